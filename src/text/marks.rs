//! Tokens to pairs of quotation marks.

use super::{Token, TokenKind, TokenRange};
use crate::span::Span;

/// What a quotation mark, or a pair of them, was read as.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MarkRole {
    /// Both marks are there.
    Pair,
    /// The closing mark is missing.
    Unclosed,
    /// A mark without a partner that opens nothing.
    Stray,
}

/// A quotation in marks, of whatever kind: the quote stage decides what it is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MarkPair {
    /// Token of the opening mark.
    pub open: u32,
    /// Token of the closing mark; for a missing one, one past the last token inside.
    pub close: u32,
    /// What is between, trimmed.
    pub content: Span,
    /// How the marks were read.
    pub role: MarkRole,
    /// True when the two marks are of different kinds, such as `“…"`.
    pub mismatched: bool,
    /// Index of the pair around this one.
    pub parent: Option<u32>,
}

pub(super) fn pair(text: &str, tokens: &[Token], block_tokens: &[TokenRange]) -> Vec<MarkPair> {
    let mut pairs = Vec::new();
    for block in block_tokens {
        let mut open: Option<u32> = None;
        for index in block.start..block.end {
            let token = tokens[index as usize];
            if token.kind != TokenKind::Mark || !matches!(token.span.of(text), "\"" | "“" | "”") {
                continue;
            }
            match open.take() {
                None => open = Some(index),
                Some(start) => {
                    let content = Span::new(tokens[start as usize].span.end, token.span.start).trim(text);
                    pairs.push(MarkPair {
                        open: start,
                        close: index,
                        content,
                        role: MarkRole::Pair,
                        mismatched: false,
                        parent: None,
                    });
                }
            }
        }
    }
    pairs
}
