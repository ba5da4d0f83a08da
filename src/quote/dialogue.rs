//! Lines to turns of a printed conversation: "Q: …", "NWANKWO: …", "@handle: …". The whole line is somebody's words, without
//! quotation marks.

use super::cues::{CueShape, CueSite};
use super::phrases::{NONE, Syntax};
use crate::hashing::WordMap;
use crate::lexicon::Reading;
use crate::text::{Case, Text, TokenKind, TokenRange};

/// A turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// Index of the colon among the cues.
    pub cue: u32,
    /// The words.
    pub tokens: TokenRange,
    /// True for a post under its author's handle.
    pub post: bool,
}

/// The longest label, in tokens.
const LONGEST_LABEL: u32 = 7;
/// Lines with labels that make a conversation, and how often one of its labels comes back.
const FEWEST_TURNS: usize = 3;

/// Finds the turns of a text, in order. Linear in its length.
pub fn find(text: &Text, reading: &Reading, syntax: &Syntax, cues: &[CueSite]) -> Vec<Turn> {
    let mut turns: Vec<(Turn, String)> = Vec::new();
    let mut counts: WordMap<String, usize> = WordMap::default();
    for (index, cue) in cues.iter().enumerate() {
        if cue.shape != CueShape::Colon {
            continue;
        }
        let block = text.block_tokens[text.sentence(cue.tokens.start).block as usize];
        let label = TokenRange::new(block.start, cue.tokens.start);
        let words = TokenRange::new(cue.tokens.end, block.end);
        // A line of few words is a list's; words in marks are found by their marks.
        let marked = words.is_empty() || text.tokens[words.start as usize].kind == TokenKind::Mark;
        if label.is_empty() || label.len() as u32 > LONGEST_LABEL || marked || !is_label(text, reading, syntax, label) {
            continue;
        }
        let post = text.tokens[label.start as usize].kind == TokenKind::Handle;
        let key = text.of_range(label).to_lowercase();
        *counts.entry(key.clone()).or_default() += 1;
        turns.push((Turn { cue: index as u32, tokens: words, post }, key));
    }
    let repeated = turns.iter().any(|(_, key)| counts[key] > 1);
    let is_conversation = turns.iter().filter(|(turn, _)| !turn.post).count() >= FEWEST_TURNS && repeated;
    turns.into_iter().map(|(turn, _)| turn).filter(|turn| turn.post || is_conversation).collect()
}

/// "Q", "NWANKWO", "Jordan Shapiro", "Deshmukh, J.", "@handle, the lobbyist"
fn is_label(text: &Text, reading: &Reading, syntax: &Syntax, label: TokenRange) -> bool {
    let first = text.tokens[label.start as usize];
    if first.kind == TokenKind::Handle {
        return true;
    }
    if label.len() == 1 && matches!(reading.key(label.start), "q" | "a") {
        return true;
    }
    let tokens = label.indices().map(|token| (token as u32, &text.tokens[token]));
    let names = tokens.clone().any(|(token, _)| syntax.name_of[token as usize] != NONE);
    let words = tokens.filter(|(_, token)| token.kind == TokenKind::Word);
    let mut all_upper = true;
    let mut all_title = true;
    for (_, word) in words {
        all_upper &= word.case == Case::Upper || word.span.len() == 1;
        all_title &= word.case != Case::Lower;
    }
    first.kind == TokenKind::Word && (all_upper || all_title && names)
}
