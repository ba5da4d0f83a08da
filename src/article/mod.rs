//! The string to blocks: headline, standfirst, byline, dateline, caption, credit, paragraph, promo, repeated.
//!
//! A block is a line, or a part of one. First every line is judged by itself ([`lines`]), then by its neighbours: the first
//! line is the headline, what stands between it and the first byline, caption or dateline is the standfirst, and a
//! line whose words stood there before is a repetition.

mod lines;

use crate::annotation::BlockKind;
use crate::hashing::{WordHasher, WordMap};
use crate::span::Span;
use std::hash::Hasher;

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

/// A headline is no longer than this, in bytes.
const LONGEST_HEADLINE: usize = 220;
/// A heading inside the article is no longer than this.
const LONGEST_HEADING: usize = 90;
/// A standfirst is no longer than this.
const LONGEST_STANDFIRST: usize = 400;
/// A line of fewer words may stand twice without repeating anything.
const SHORTEST_REPETITION: usize = 4;

/// Splits a text into its blocks. Linear in the text's length.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::at(start, start + line.len()).trim(text);
        start += line.len();
        if !span.is_empty() {
            lines::split(text, span, &mut blocks);
        }
    }
    mark_repetitions(text, &mut blocks);
    mark_captions(text, &mut blocks);
    mark_heading_and_standfirst(text, &mut blocks);
    mark_inner_headings(text, &mut blocks);
    blocks
}

fn mark_repetitions(text: &str, blocks: &mut [Block]) {
    // By the hash of their words; what hashes alike is compared.
    let mut seen: WordMap<u64, u32> = WordMap::default();
    for index in 0..blocks.len() {
        if matches!(blocks[index].kind, BlockKind::Promo | BlockKind::Credit | BlockKind::Dateline) {
            continue;
        }
        let words = |index: usize| blocks[index].span.of(text).split_whitespace();
        let mut hasher = WordHasher::default();
        let mut count = 0;
        for word in words(index) {
            hasher.write(word.as_bytes());
            count += 1;
        }
        if count < SHORTEST_REPETITION {
            continue;
        }
        let first = *seen.entry(hasher.finish()).or_insert(index as u32);
        if first as usize != index && words(first as usize).eq(words(index)) {
            blocks[index].kind = BlockKind::Repeated;
            blocks[index].duplicate_of = Some(first);
        }
    }
    // What stands twice right after another is the text of a picture.
    // The last block before each that is no credit.
    let mut before = None;
    for index in 0..blocks.len() {
        if let Some(first) = blocks[index].duplicate_of.map(|first| first as usize)
            && before == Some(first)
            && blocks[first].kind == BlockKind::Paragraph
        {
            blocks[first].kind = BlockKind::Caption;
        }
        if blocks[index].kind != BlockKind::Credit {
            before = Some(index);
        }
    }
}

/// A single sentence right before a credit is the text of the picture.
fn mark_captions(text: &str, blocks: &mut [Block]) {
    for index in 1..blocks.len() {
        let line = blocks[index - 1].span.of(text);
        let is_caption = blocks[index].kind == BlockKind::Credit
            && blocks[index - 1].kind == BlockKind::Paragraph
            && line.len() <= LONGEST_STANDFIRST
            && !line.trim_end_matches('.').contains(". ");
        // The last line of an article may be followed by a credit of its own.
        if is_caption && index > 1 && index + 1 < blocks.len() {
            blocks[index - 1].kind = BlockKind::Caption;
        }
    }
}

/// True where the line ends as a sentence does.
fn ends_as_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| "\"'”’»)]".contains(c));
    line.ends_with(['.', '…']) && !line.ends_with("..")
}

fn mark_heading_and_standfirst(text: &str, blocks: &mut [Block]) {
    // Share buttons and section names may stand above the headline.
    let Some(first) = blocks.iter().position(|block| !matches!(block.kind, BlockKind::Promo | BlockKind::Credit))
    else {
        return;
    };
    let line = blocks[first].span.of(text);
    let alone = blocks.len() == first + 1;
    let is_headline = blocks[first].kind == BlockKind::Paragraph
        && line.len() <= LONGEST_HEADLINE
        && !ends_as_sentence(line)
        && !(alone && line.len() > LONGEST_HEADING);
    if !is_headline || alone {
        return;
    }
    blocks[first].kind = BlockKind::Headline;
    for index in first + 1..blocks.len().min(first + 5) {
        if blocks[index].kind == BlockKind::Paragraph && blocks[index].span.len() > LONGEST_STANDFIRST {
            break;
        }
        if blocks[index].kind == BlockKind::Paragraph && is_bare_byline(blocks[index].span.of(text)) {
            blocks[index].kind = BlockKind::Byline;
        }
    }
    let mut index = first + 1;
    // Lines without a full stop go on with the heading; one with it is a standfirst if the article proper starts after it.
    while index + 1 < blocks.len() && blocks[index].kind == BlockKind::Paragraph {
        let line = blocks[index].span.of(text);
        let before_body = matches!(
            blocks[index + 1].kind,
            BlockKind::Byline | BlockKind::Caption | BlockKind::Dateline | BlockKind::Credit
        );
        if line.len() > LONGEST_STANDFIRST || (ends_as_sentence(line) && !before_body) || line.ends_with(':') {
            break;
        }
        blocks[index].kind = BlockKind::Standfirst;
        index += 1;
    }
}

/// A line of nothing but names: "Rupert Aldous in Girona", "Tendai Rukuni, Business Reporter".
fn is_bare_byline(line: &str) -> bool {
    let mut names = 0;
    let mut others = 0;
    for word in line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '/' | '–' | '-'))
        .filter(|word| !word.is_empty())
    {
        match word {
            "and" | "in" | "for" | "at" | "of" | "the" | "by" | "&" => others += 1,
            _ if word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || "'’.".contains(c)) =>
            {
                names += 1
            }
            _ => return false,
        }
    }
    (2..=8).contains(&names) && others <= 2 && !line.ends_with(['.', ':'])
}

/// A short line without an end between full paragraphs is a heading.
fn mark_inner_headings(text: &str, blocks: &mut [Block]) {
    for index in 2..blocks.len() {
        let line = blocks[index].span.of(text);
        let after = blocks.get(index + 1);
        let is_heading = blocks[index].kind == BlockKind::Paragraph
            && line.len() <= LONGEST_HEADING
            && line.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            && !line.contains(": ")
            && !line.ends_with(|c: char| ".…:;,!”\"’'»)".contains(c))
            && after.is_some_and(|after| {
                matches!(after.kind, BlockKind::Paragraph | BlockKind::Dateline) && after.span.len() > LONGEST_HEADING
            })
            && blocks[index - 1].kind == BlockKind::Paragraph
            && ends_as_sentence(blocks[index - 1].span.of(text));
        if is_heading {
            blocks[index].kind = BlockKind::Headline;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(BlockKind, &str)> {
        blocks(text).into_iter().map(|block| (block.kind, block.span.of(text))).collect()
    }

    #[test]
    fn a_pasted_page_falls_into_its_parts() {
        use BlockKind::*;
        let text = "Ferry sinks off Kisumu; 11 missing\n\nRescue went on until dawn, police say\nBy Jane Atieno\n\nDivers search the shore on Monday.  (photo credit: REUTERS/ANA RUIZ)\nDivers search the shore on Monday.\n\nKISUMU, Kenya, March 3 (Reuters) — A ferry sank.\n\nADVERTISEMENT\nThe lake was calm.\nRead more: The last ferry";
        assert_eq!(
            kinds(text),
            [
                (Headline, "Ferry sinks off Kisumu; 11 missing"),
                (Standfirst, "Rescue went on until dawn, police say"),
                (Byline, "By Jane Atieno"),
                (Caption, "Divers search the shore on Monday."),
                (Credit, "(photo credit: REUTERS/ANA RUIZ)"),
                (Repeated, "Divers search the shore on Monday."),
                (Dateline, "KISUMU, Kenya, March 3 (Reuters) —"),
                (Paragraph, "A ferry sank."),
                (Promo, "ADVERTISEMENT"),
                (Paragraph, "The lake was calm."),
                (Promo, "Read more: The last ferry"),
            ]
        );
    }

    #[test]
    fn running_text_stays_paragraphs() {
        let text = "By Tuesday the water had gone. Nobody came.\nThe mayor — a former nurse — said so.\nShare prices fell in London.\nPhoto opportunities are over, she said.";
        assert!(kinds(text).iter().all(|(kind, _)| *kind == BlockKind::Paragraph), "{:?}", kinds(text));
    }

    #[test]
    fn nothing_and_white_space_have_no_blocks() {
        assert!(blocks("").is_empty());
        assert!(blocks(" \n\u{a0}\n\t").is_empty());
    }
}
