//! Lines to somebody's words without quotation marks: turns of a printed conversation ("Q: …", "NWANKWO: …"), posts
//! ("@handle: …") and statements set out below a line that ends in a colon.

use super::cues::{CueShape, CueSite};
use super::phrases::{NONE, PhraseKind, Syntax};
use crate::annotation::BlockKind;
use crate::hashing::WordMap;
use crate::lexicon::Reading;
use crate::lexicon::cues::Frames;
use crate::lexicon::grammar::Parts;
use crate::sorting::sort_by_key;
use crate::text::{Case, Text, TokenKind, TokenRange};

/// Somebody's words in whole paragraphs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// Index among the cues of what introduces them: a colon after a label, "said" before a statement.
    pub cue: Option<u32>,
    /// The words, a run for each paragraph.
    pub pieces: Vec<TokenRange>,
    /// How they are set out.
    pub form: Form,
}

/// How words without quotation marks are set out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// After a label.
    Dialogue,
    /// Under their author's handle.
    Post,
    /// Below a line such as "The minister said:".
    Statement,
}

/// The longest label, in tokens.
const LONGEST_LABEL: u32 = 7;
/// Lines with labels that make a conversation, and how often one of its labels comes back.
const FEWEST_TURNS: usize = 3;

/// Finds the turns of a text, in order. Linear in its length.
pub fn find(text: &Text, reading: &Reading, syntax: &Syntax, cues: &[CueSite]) -> Vec<Turn> {
    let mut turns = conversation(text, reading, syntax, cues);
    // A printed conversation introduces its turns by their labels alone.
    if turns.iter().all(|turn| turn.form == Form::Post) {
        turns.extend(statements(text, reading, syntax, cues));
        sort_by_key(&mut turns, |turn| turn.pieces[0].start);
    }
    turns
}

/// Turns after labels.
fn conversation(text: &Text, reading: &Reading, syntax: &Syntax, cues: &[CueSite]) -> Vec<Turn> {
    let mut turns: Vec<(Turn, String)> = Vec::new();
    let mut counts: WordMap<String, usize> = WordMap::default();
    for (index, cue) in cues.iter().enumerate() {
        if cue.shape != CueShape::Colon {
            continue;
        }
        let block_index = text.sentence(cue.tokens.start).block as usize;
        let block = text.block_tokens[block_index];
        let mut label = TokenRange::new(block.start, cue.tokens.start);
        // "Samper (laughs):"
        if let Some(bracket) = label.indices().find(|&token| text.of(token as u32) == "(") {
            label.end = bracket as u32;
        }
        let words = TokenRange::new(cue.tokens.end, block.end);
        // A line of few words is a list's; words in marks are found by their marks.
        let marked = words.is_empty() || text.tokens[words.start as usize].kind == TokenKind::Mark;
        if label.is_empty() || label.len() as u32 > LONGEST_LABEL || marked || !is_label(text, reading, syntax, label) {
            continue;
        }
        let form =
            if text.tokens[label.start as usize].kind == TokenKind::Handle { Form::Post } else { Form::Dialogue };
        let key = text.of_range(label).to_lowercase();
        let mut pieces = vec![words];
        if matches!(key.as_str(), "question" | "answer") {
            // Such a transcript holds nothing but questions and answers.
            let next = cues[index + 1..].iter().find(|next| next.shape == CueShape::Colon && starts_block(text, next));
            let end = next.map_or(text.block_tokens.len(), |next| text.sentence(next.tokens.start).block as usize);
            let more = text.block_tokens[block_index + 1..end.max(block_index + 1)].iter();
            pieces.extend(more.copied().filter(|block| !block.is_empty()));
        }
        *counts.entry(key.clone()).or_default() += 1;
        turns.push((Turn { cue: Some(index as u32), pieces, form }, key));
    }
    let has = |label: &str| counts.contains_key(label);
    let repeated = counts.values().any(|&count| count > 1);
    let labelled = turns.iter().filter(|(turn, _)| turn.form == Form::Dialogue).count();
    let is_conversation =
        labelled >= FEWEST_TURNS && repeated || has("question") && has("answer") || has("q") && has("a");
    turns.into_iter().map(|(turn, _)| turn).filter(|turn| turn.form == Form::Post || is_conversation).collect()
}

/// Whether a colon stands after a label of one word that starts its line.
fn starts_block(text: &Text, colon: &CueSite) -> bool {
    text.block_tokens[text.sentence(colon.tokens.start).block as usize].start + 1 == colon.tokens.start
}

/// Tokens between a verb of saying and the colon that ends its line.
const LONGEST_INTRODUCTION: u32 = 16;
/// Paragraphs in nobody's first person that may end a statement.
const MOST_IMPERSONAL: usize = 2;

/// "The minister said:" and paragraphs without quotation marks in the first person.
fn statements(text: &Text, reading: &Reading, syntax: &Syntax, cues: &[CueSite]) -> Vec<Turn> {
    let mut turns = Vec::new();
    let mut block = 0;
    while block + 1 < text.block_tokens.len() {
        let Some(cue) = introduction(text, reading, syntax, cues, block) else {
            block += 1;
            continue;
        };
        let first = block + 1;
        let mut end = first;
        let mut personal = None;
        while end < text.block_tokens.len() && goes_on(text, reading, syntax, cues, end) {
            if is_personal(text, reading, syntax, end) {
                personal = Some(end);
            }
            end += 1;
        }
        if let Some(personal) = personal {
            if end - personal > MOST_IMPERSONAL + 1 {
                end = personal + 1;
            }
            let pieces = text.block_tokens[first..end].to_vec();
            turns.push(Turn { cue, pieces, form: Form::Statement });
        }
        block = end.max(first);
    }
    turns
}

/// The cue of a line that ends in a colon and introduces somebody's words; None where it does not, Some(None) where no verb
/// of saying but a noun such as "statement" tells.
fn introduction(
    text: &Text,
    reading: &Reading,
    syntax: &Syntax,
    cues: &[CueSite],
    block: usize,
) -> Option<Option<u32>> {
    let tokens = text.block_tokens[block];
    let colon = tokens.end.checked_sub(1).filter(|&last| last > tokens.start && text.of(last) == ":")?;
    let nearest = colon.saturating_sub(LONGEST_INTRODUCTION).max(tokens.start);
    let after = cues.partition_point(|cue| cue.tokens.end <= colon);
    let cue = cues[..after]
        .iter()
        .rposition(|cue| {
            cue.tokens.start < nearest
                || cue.frames.has(Frames::QUOTE)
                    && cue.pair == NONE
                    && matches!(cue.shape, CueShape::Past | CueShape::Third | CueShape::Participle | CueShape::Gerund)
        })
        .filter(|&cue| cues[cue].tokens.start >= nearest);
    if let Some(cue) = cue {
        return Some(Some(cue as u32));
    }
    let is_text = syntax.is(colon - 1, Parts::DOCUMENT)
        || (nearest..colon).any(|token| reading.key(token) == "following" && syntax.is(token + 1, Parts::DOCUMENT));
    is_text.then_some(None)
}

/// Whether a paragraph may belong to a statement that began before it.
fn goes_on(text: &Text, reading: &Reading, syntax: &Syntax, cues: &[CueSite], block: usize) -> bool {
    let tokens = text.block_tokens[block];
    let kind = text.blocks[block].kind;
    if tokens.len() < FEWEST_WORDS || !matches!(kind, BlockKind::Paragraph | BlockKind::Standfirst) {
        return false;
    }
    if text.tokens[tokens.start as usize].kind == TokenKind::Mark
        || introduction(text, reading, syntax, cues, block).is_some()
        || !matches!(text.of(tokens.end - 1), "." | "!" | "?" | "…" | ")")
    {
        return false;
    }
    // "He added that …": the reporter again.
    let from = cues.partition_point(|cue| cue.tokens.start < tokens.start);
    let reported = cues[from..].iter().take_while(|cue| cue.tokens.end <= tokens.end).take(MOST_CUES).any(|cue| {
        cue.pair == NONE
            && cue.shape == CueShape::Past
            && cue.frames.has(Frames::QUOTE)
            && syntax.phrase(cue.tokens.start.saturating_sub(1)).is_some_and(|phrase| {
                phrase.tokens.start >= tokens.start && matches!(phrase.kind, PhraseKind::Person | PhraseKind::Pronoun)
            })
    });
    !reported
}

/// The shortest paragraph of a statement, in tokens.
const FEWEST_WORDS: usize = 4;
/// Cues of a paragraph that are looked at.
const MOST_CUES: usize = 32;

/// Whether a paragraph says "I" or "we" outside quotation marks.
fn is_personal(text: &Text, reading: &Reading, syntax: &Syntax, block: usize) -> bool {
    text.block_tokens[block].indices().any(|token| {
        syntax.pair_of[token] == NONE
            && matches!(reading.key(token as u32), "i" | "we" | "my" | "our" | "us" | "me" | "ours")
            && (text.tokens[token].case != Case::Upper || text.of(token as u32) == "I")
    })
}

/// "Q", "NWANKWO", "Jordan Shapiro", "Deshmukh, J.", "@handle, the lobbyist"
fn is_label(text: &Text, reading: &Reading, syntax: &Syntax, label: TokenRange) -> bool {
    let first = text.tokens[label.start as usize];
    if first.kind == TokenKind::Handle {
        return true;
    }
    if label.len() == 1 && matches!(reading.key(label.start), "q" | "a" | "question" | "answer") {
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
