//! Lines to somebody's words without quotation marks: turns of a printed conversation ("Q: …", "NWANKWO: …"), posts
//! ("@handle: …"), words above a line with their author's name and statements set out below a line that ends in a colon.

use super::cues::{CueShape, CueSite, before_brackets};
use super::landmarks::FINITE;
use super::phrases::{NONE, PhraseKind, Syntax};
use super::words;
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
    /// Whose they are, where that is known.
    pub author: Author,
    /// The words, a run for each paragraph.
    pub pieces: Vec<TokenRange>,
    /// How they are set out.
    pub form: Form,
}

/// Whose words a quote is, as far as it is known without looking around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Author {
    /// Not known.
    Unknown,
    /// Index in [`Syntax::phrases`] of the name that signs them.
    Phrase(u32),
    /// The text tells of nobody: the questions of an interview.
    Nobody,
}

/// How words without quotation marks are set out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// After a label.
    Dialogue,
    /// Beside their author's handle.
    Post,
    /// Below a line such as "The minister said:".
    Statement,
    /// Above a line such as "— Ana Ruiz, Valencia".
    Signed,
    /// In turns without labels, below an introduction.
    Interview,
    /// Reported by a headline that ends with its source.
    Source,
    /// Before a closing mark that none opens.
    Unopened,
}

/// The longest label, in tokens.
const LONGEST_LABEL: u32 = 7;
/// The longest label with what stands in brackets before and behind it.
const LONGEST_HEAD: u32 = 26;
/// Lines with labels that make a conversation, and how often one of its labels comes back.
const FEWEST_TURNS: usize = 3;
/// Paragraphs for each one with a label in a conversation whose turns may have several.
const SPARSEST: usize = 3;

/// Finds the turns of a text, in order. Linear in its length.
#[inline(never)]
pub fn find(text: &Text, reading: &Reading, syntax: &Syntax, cues: &[CueSite]) -> Vec<Turn> {
    let mut turns = conversation(text, reading, syntax, cues);
    // A printed conversation introduces its turns by their labels alone.
    if turns.iter().all(|turn| turn.form == Form::Post) {
        turns.extend(statements(text, reading, syntax, cues));
    }
    let mut taken = vec![false; text.block_tokens.len()];
    for piece in turns.iter().flat_map(|turn| &turn.pieces) {
        taken[text.sentence(piece.start).block as usize] = true;
    }
    turns.extend(
        (1..taken.len()).filter(|&block| !taken[block - 1]).filter_map(|block| signed(text, reading, syntax, block)),
    );
    sort_by_key(&mut turns, |turn| turn.pieces[0].start);
    turns
}

/// A block that begins with the name of who speaks in it.
struct Labelled {
    block: usize,
    words: TokenRange,
    cue: Option<u32>,
    form: Form,
    /// False for "SUBJECTS", "Deputy Spokesperson", "Q" without a colon.
    is_name: bool,
    /// "NWANKWO", "UNIDENTIFIED MALE"
    is_upper: bool,
    /// The label in small letters.
    key: String,
}

/// Turns after labels.
fn conversation(text: &Text, reading: &Reading, syntax: &Syntax, cues: &[CueSite]) -> Vec<Turn> {
    let mut labelled: Vec<Labelled> = Vec::new();
    let mut next = 0;
    for (block, tokens) in text.block_tokens.iter().enumerate() {
        while cues.get(next).is_some_and(|cue| cue.tokens.start < tokens.start) {
            next += 1;
        }
        labelled.extend(
            after_colon(text, reading, syntax, cues, next, block).or_else(|| after_letter(text, reading, block)),
        );
    }
    // Most texts have none.
    if labelled.is_empty() { Vec::new() } else { turns_of(text, labelled) }
}

/// The turns that blocks with labels begin.
#[inline(never)]
fn turns_of(text: &Text, mut labelled: Vec<Labelled>) -> Vec<Turn> {
    let mut counts: WordMap<String, usize> = WordMap::default();
    labelled.iter().for_each(|labelled| *counts.entry(labelled.key.clone()).or_default() += 1);
    // What is no name is a label where it comes back, or where all names stand in capitals as it does.
    let mut names = labelled.iter().filter(|labelled| labelled.is_name);
    let in_capitals = names.clone().nth(1).is_some() && names.all(|labelled| labelled.is_upper);
    labelled.retain(|labelled| {
        let key = if labelled.cue.is_none() { "q" } else { &labelled.key };
        labelled.is_name || labelled.is_upper && in_capitals || counts.get(key).is_some_and(|&count| count > 1)
    });
    let has = |label: &str| counts.contains_key(label);
    let repeated = counts.values().any(|&count| count > 1);
    let turns = labelled.iter().filter(|labelled| labelled.form == Form::Dialogue).count();
    let asks = has("question") && turns > 1;
    let is_conversation = turns >= FEWEST_TURNS && repeated || asks || has("q") && has("a");
    labelled.retain(|labelled| labelled.form == Form::Post || is_conversation);
    // Such a transcript holds nothing but questions and answers.
    let is_transcript = has("question") || has("answer");
    let blocks = labelled.last().map_or(0, |last| last.block + 1) - labelled.first().map_or(0, |first| first.block);
    let is_dense = labelled.len() * SPARSEST >= blocks;
    let ends = labelled.iter().skip(1).map(|next| Some(next.block)).chain([None]).collect::<Vec<_>>();
    let goes_on = |block: usize| {
        let tokens = text.block_tokens[block];
        let is_aside = |tokens: TokenRange| {
            matches!(text.of(tokens.start), "(" | "[") && matches!(text.of(tokens.end - 1), ")" | "]")
        };
        !tokens.is_empty()
            && (is_transcript || text.blocks[block].kind == BlockKind::Paragraph && tokens.len() >= FEWEST_WORDS)
            && !is_aside(tokens)
    };
    labelled
        .iter()
        .zip(ends)
        .map(|(labelled, end)| {
            let mut pieces = vec![labelled.words];
            if labelled.form == Form::Dialogue && (is_dense || is_transcript) {
                let end = end.unwrap_or(if is_transcript { text.block_tokens.len() } else { 0 });
                let more = (labelled.block + 1..end).take_while(|&block| goes_on(block));
                pieces.extend(more.map(|block| text.block_tokens[block]));
            }
            Turn { cue: labelled.cue, author: Author::Unknown, pieces, form: labelled.form }
        })
        .collect()
}

/// "NWANKWO: …" at a block's start; `from` is the first cue at or after it.
fn after_colon(
    text: &Text,
    reading: &Reading,
    syntax: &Syntax,
    cues: &[CueSite],
    from: usize,
    block: usize,
) -> Option<Labelled> {
    let tokens = text.block_tokens[block];
    let mut start = tokens.start;
    // "[00:14] NWANKWO:"
    if !tokens.is_empty() && matches!(text.of(start), "[" | "(") {
        let limit = tokens.end.min(start + LONGEST_LABEL);
        start = (start..limit).find(|&token| matches!(text.of(token), "]" | ")"))? + 1;
    }
    let limit = tokens.end.min(start + LONGEST_HEAD);
    let cue = (from..cues.len())
        .take_while(|&cue| cues[cue].tokens.start < limit)
        .find(|&cue| cues[cue].shape == CueShape::Colon && cues[cue].tokens.start > start)?;
    let colon = cues[cue].tokens;
    let label = before_brackets(text, TokenRange::new(start, colon.start));
    let words = TokenRange::new(colon.end, tokens.end);
    // A line of few words is a list's; words in marks are found by their marks.
    let marked = words.is_empty() || text.tokens[words.start as usize].kind == TokenKind::Mark;
    if matches!(text.blocks[block].kind, BlockKind::Caption | BlockKind::Promo | BlockKind::Repeated) {
        return None;
    }
    if label.is_empty() || label.len() as u32 > LONGEST_LABEL || marked || !is_label(text, reading, syntax, label) {
        return None;
    }
    let is_handle = text.tokens[label.start as usize].kind == TokenKind::Handle;
    let form = if is_handle { Form::Post } else { Form::Dialogue };
    let names = (label.start..label.end).any(|token| syntax.in_name(token));
    let is_name = is_handle || names || label.len() == 1 && is_turn(reading, label.start);
    let written = text.of_range(label);
    let is_upper = !written.contains(char::is_lowercase);
    Some(Labelled { block, words, cue: Some(cue as u32), form, is_name, is_upper, key: written.to_lowercase() })
}

/// "Q  Mr. Secretary, …", "A. …": a letter without a colon.
fn after_letter(text: &Text, reading: &Reading, block: usize) -> Option<Labelled> {
    let tokens = text.block_tokens[block];
    if tokens.len() < FEWEST_WORDS || !matches!(text.of(tokens.start), "Q" | "A" | "Q." | "A.") {
        return None;
    }
    let first = tokens.start + 1 + u32::from(text.of(tokens.start + 1) == ".");
    let is_start = text.space_before(first) && text.tokens[first as usize].case != Case::Lower;
    is_start.then(|| Labelled {
        block,
        words: TokenRange::new(first, tokens.end),
        cue: None,
        form: Form::Dialogue,
        is_name: false,
        is_upper: true,
        key: reading.key(tokens.start).trim_end_matches('.').to_owned(),
    })
}

/// Tokens between a verb of saying and the colon that ends its line.
const LONGEST_INTRODUCTION: u32 = 16;
/// Paragraphs in nobody's first person that may end a statement.
const MOST_IMPERSONAL: usize = 2;

/// "The minister said:" and paragraphs without quotation marks in the first person.
fn statements(text: &Text, reading: &Reading, syntax: &Syntax, cues: &[CueSite]) -> Vec<Turn> {
    let mut turns = Vec::new();
    let mut block = 0;
    while block < text.block_tokens.len() {
        let inline = inline(text, reading, syntax, cues, block);
        let introduced = inline.map(|(cue, _)| Some(cue));
        let Some(cue) = introduced.or_else(|| introduction(text, reading, syntax, cues, block)) else {
            block += 1;
            continue;
        };
        let first = block + 1;
        let mut end = first;
        let mut personal = inline.map(|_| block);
        while end < text.block_tokens.len() && goes_on(text, reading, syntax, cues, end) {
            if is_personal(text, reading, syntax, end) {
                personal = Some(end);
            }
            end += 1;
        }
        // "The firm issued this statement:" needs no first person, for a paragraph.
        let last = text.block_tokens[block].end.saturating_sub(2);
        if personal.is_none() && inline.is_none() && end > first && syntax.is(last, Parts::DOCUMENT) {
            personal = Some(first);
            end = first + 1;
        }
        if let Some(personal) = personal {
            if end - personal > MOST_IMPERSONAL + 1 {
                end = personal + 1;
            }
            let inline = inline.map(|(_, words)| words);
            let pieces = inline.into_iter().chain(text.block_tokens[first..end].iter().copied()).collect();
            turns.push(Turn { cue, author: Author::Unknown, pieces, form: Form::Statement });
        }
        block = end.max(first);
    }
    turns
}

/// The longest line with an author's name, in tokens.
pub const LONGEST_SIGNATURE: usize = 16;

/// A paragraph that the line below it signs: "— Ana Ruiz (@anaruiz) May 3, 2030", "— Ana Ruiz, Valencia".
fn signed(text: &Text, reading: &Reading, syntax: &Syntax, block: usize) -> Option<Turn> {
    let line = text.block_tokens[block];
    let above = text.block_tokens[block - 1];
    let is_dash = |token: u32| matches!(text.of(token), "—" | "–" | "-" | "--" | "―");
    if line.len() < 2 || line.len() > LONGEST_SIGNATURE || above.len() < FEWEST_WORDS || !is_dash(line.start) {
        return None;
    }
    // What stands in marks is found by its marks.
    if is_dash(above.start) || text.tokens[above.start as usize].kind == TokenKind::Mark {
        return None;
    }
    let name = syntax.phrase(line.start + 1).filter(|phrase| phrase.tokens.start == line.start + 1);
    let handle = (line.start..line.end).find(|&token| text.tokens[token as usize].kind == TokenKind::Handle);
    let is_person = name.is_some_and(|name| name.kind == PhraseKind::Person);
    let (token, form) = match handle {
        Some(handle) => (if is_person { line.start + 1 } else { handle }, Form::Post),
        None => {
            let is_sentence = matches!(text.of(line.end - 1), "." | "!" | "?" | ":");
            let is_signed = is_person && !is_sentence && is_personal(text, reading, syntax, block - 1);
            is_signed.then_some((line.start + 1, Form::Signed))?
        }
    };
    let is_link = |token: u32| text.tokens[token as usize].kind == TokenKind::Address;
    let end = (above.start + 1..=above.end).rev().find(|&end| !is_link(end - 1))?;
    let author = syntax.phrase_of(token);
    Some(Turn {
        cue: None,
        author: if author == NONE { Author::Unknown } else { Author::Phrase(author) },
        pieces: vec![TokenRange::new(above.start, end)],
        form,
    })
}

/// "Ana Ruiz said: We welcome the deal. It …": the cue and the words after its colon, in the first person up to the block's end.
fn inline(
    text: &Text,
    reading: &Reading,
    syntax: &Syntax,
    cues: &[CueSite],
    block: usize,
) -> Option<(u32, TokenRange)> {
    let tokens = text.block_tokens[block];
    if text.blocks[block].kind != BlockKind::Paragraph {
        return None;
    }
    let from = cues.partition_point(|cue| cue.tokens.start < tokens.start);
    let (cue, colon) =
        (from..cues.len()).take_while(|&cue| cues[cue].tokens.end < tokens.end).take(MOST_CUES).find_map(|index| {
            let cue = &cues[index];
            let says = cue.frames.has(Frames::QUOTE)
                && cue.pair == NONE
                && matches!(cue.shape, CueShape::Past | CueShape::Third | CueShape::Participle | CueShape::Gerund);
            if !says {
                return None;
            }
            let limit = tokens.end.min(cue.tokens.end + LONGEST_INTRODUCTION / 2);
            let is_sign = |token: &u32| {
                matches!(text.tokens[*token as usize].kind, TokenKind::Punctuation | TokenKind::Mark)
                    && !matches!(text.of(*token), "," | "-")
            };
            let sign = (cue.tokens.end..limit).find(is_sign)?;
            (text.of(sign) == ":").then_some((index as u32, sign))
        })?;
    let words = TokenRange::new(colon + 1, tokens.end);
    let is_statement = words.len() >= FEWEST_WORDS
        && text.tokens[words.start as usize].kind == TokenKind::Word
        && text.tokens[words.start as usize].case != Case::Lower
        && matches!(text.of(words.end - 1), "." | "!" | "?" | "…")
        && says_i(text, reading, syntax, words);
    is_statement.then_some((cue, words))
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
    // "Half of them have reported, but here is how it looks:": another clause than the cue's.
    let begins = |token: u32| {
        words::is_sign(text, token, b',')
            && syntax.is(token + 1, Parts::CONJUNCTION)
            && (token + 2..colon.min(token + 5)).any(|verb| syntax.is(verb, FINITE) && !syntax.in_phrase(verb))
    };
    let cue = cue.filter(|&cue| !(cues[cue].tokens.end..colon).any(begins));
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
        || inline(text, reading, syntax, cues, block).is_some()
        || is_time(text, tokens.start)
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

/// "17:02", the start of another entry of a live blog.
fn is_time(text: &Text, token: u32) -> bool {
    text.tokens[token as usize].kind == TokenKind::Number && text.of(token).contains(':')
}

/// The shortest paragraph of a statement, in tokens.
const FEWEST_WORDS: usize = 4;
/// Cues of a paragraph that are looked at.
const MOST_CUES: usize = 32;

/// Whether a paragraph says "I" or "we" outside quotation marks.
fn is_personal(text: &Text, reading: &Reading, syntax: &Syntax, block: usize) -> bool {
    says_i(text, reading, syntax, text.block_tokens[block])
}

/// Whether "I" or "we" stands among some words, outside quotation marks; "US" is a country.
pub fn says_i(text: &Text, reading: &Reading, syntax: &Syntax, tokens: TokenRange) -> bool {
    (tokens.start..tokens.end).any(|token| {
        matches!(reading.key(token), "i" | "we" | "my" | "our" | "us" | "me" | "ours")
            && syntax.pair_of(token) == NONE
            && (text.tokens[token as usize].case != Case::Upper || text.of(token) == "I")
    })
}

/// "Q", "NWANKWO", "Jordan Shapiro", "Deshmukh, J.", "@handle, the lobbyist"
fn is_label(text: &Text, reading: &Reading, syntax: &Syntax, label: TokenRange) -> bool {
    let first = text.tokens[label.start as usize];
    if first.kind == TokenKind::Handle {
        return true;
    }
    if label.len() == 1 && is_turn(reading, label.start) {
        return true;
    }
    let tokens = label.indices().map(|token| (token as u32, &text.tokens[token]));
    let names = tokens.clone().any(|(token, _)| syntax.in_name(token));
    let words = tokens.filter(|(_, token)| token.kind == TokenKind::Word);
    // "Deputy Spokesperson"
    let is_office = label
        .indices()
        .any(|token| syntax.phrase(token as u32).is_some_and(|phrase| phrase.kind == PhraseKind::Speaker));
    let mut all_upper = true;
    let mut all_title = true;
    // "Minister for Water"
    let links = |token: u32| syntax.is(token, Parts::PREPOSITION.and(Parts::CONJUNCTION).and(Parts::DETERMINER));
    for (token, word) in words {
        all_upper &= word.case == Case::Upper || word.span.len() == 1;
        all_title &= word.case != Case::Lower || is_office && links(token);
    }
    first.kind == TokenKind::Word && (all_upper || all_title && (names || is_office))
}

/// "Q", "ANSWER"
fn is_turn(reading: &Reading, token: u32) -> bool {
    matches!(reading.key(token), "q" | "a" | "question" | "answer")
}
