//! The string to blocks: headline, byline, caption, credit, paragraph, promo, repeated.

use crate::annotation::BlockKind;
use crate::span::Span;

/// A part of the page: one line, or a part of one.
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// What it is for.
    pub kind: BlockKind,
    /// Where it stands; no white space at its ends.
    pub span: Span,
    /// Index of the earlier block whose text this one repeats.
    pub duplicate_of: Option<u32>,
}

/// Splits a text into its blocks. Linear in the text's length.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::at(start, start + line.len()).trim(text);
        start += line.len();
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span, duplicate_of: None });
        }
    }
    blocks
}
