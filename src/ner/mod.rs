//! Tokens to mentions: names by the tagger, dates and amounts by rule.
//!
//! [`words`] looks at each distinct word once, [`features`] says what the tagger sees, [`mod@model`] holds the weights,
//! [`decode`] finds the best tags, [`document`] lets a second pass know what the first one found.

mod chunks;
mod common;
mod decode;
mod document;
mod features;
mod hash;
mod kept;
mod lines;
mod memory;
mod model;
mod packing;
mod rules;
mod tagger;
mod tags;
#[cfg(feature = "cli")]
pub mod train;
mod words;

use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::lexicon::{Classes, Reading};
use crate::span::Span;
use crate::text::{Case, Text, TokenKind, TokenRange};
use memory::Memory;
use model::Model;
use std::cell::RefCell;
use std::sync::OnceLock;
use tagger::Tagging;
use tags::{OUTSIDE, Part, TYPES};
use words::Words;

/// A name, date or amount in the text.
#[derive(Clone, PartialEq, Debug)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// Its tokens. A span may start or end inside the first or last one only where punctuation is glued to it.
    pub tokens: TokenRange,
    /// What it names.
    pub entity_type: EntityType,
    /// How.
    pub kind: MentionKind,
    /// 0 to 1.
    pub confidence: f32,
    /// The rule or model that found it.
    pub because: &'static str,
    /// ISO 8601 value of a date.
    pub value: Option<Box<str>>,
}

/// The model that is built in.
fn model() -> &'static Model<'static> {
    static DATA: &[u8] = include_bytes!("model.bin");
    static MODEL: OnceLock<Model<'static>> = OnceLock::new();
    // The data is part of the build and checked by a test; an empty model, which finds nothing, is the defined result of
    // a broken build.
    MODEL.get_or_init(|| Model::read(DATA).unwrap_or_else(Model::empty))
}

/// What the built-in model was trained on and under which licences, as its header tells.
pub fn model_notes() -> &'static str {
    model().notes
}

/// Finds names, dates and amounts. Mentions are ordered and do not overlap. Linear in the text's length.
pub fn recognise(text: &Text, reading: &Reading) -> Vec<Mention> {
    recognise_telling(text, reading, &mut |_| {})
}

/// As [`recognise`]; `tell` hears on the way how much lies behind, 0 to 1.
pub fn recognise_telling(text: &Text, reading: &Reading, tell: &mut dyn FnMut(f32)) -> Vec<Mention> {
    thread_local!(static MEMORY: RefCell<Memory> = RefCell::default());
    MEMORY.with_borrow_mut(|memory| recognise_with(model(), memory, text, reading, tell))
}

/// [`recognise`] by another model: one that is being trained.
///
/// None when the bytes are no model.
#[cfg(feature = "cli")]
pub fn recognise_by(model: &[u8], text: &Text, reading: &Reading) -> Option<Vec<Mention>> {
    Some(recognise_with(&Model::read(model)?, &mut Memory::default(), text, reading, &mut |_| {}))
}

fn recognise_with(
    model: &Model,
    memory: &mut Memory,
    text: &Text,
    reading: &Reading,
    tell: &mut dyn FnMut(f32),
) -> Vec<Mention> {
    let words = Words::read(text, reading, memory);
    let tagging = tagger::tag(model, memory, text, reading, &words, tell);
    let mut names = mentions(model, text, reading, &tagging);
    common::drop_common(text, reading, &mut names);
    merge(names, rules::find(text, reading, &words))
}

/// Both lists in one, without overlaps: a name that goes beyond a date or amount in it wins ("Sunday Agbo", "Vision
/// 2030"), else the rule does.
#[inline(never)]
fn merge(names: Vec<Mention>, amounts: Vec<Mention>) -> Vec<Mention> {
    let mut merged: Vec<Mention> = Vec::with_capacity(names.len() + amounts.len());
    let mut amounts = amounts.into_iter().peekable();
    for name in names {
        let mut kept = true;
        while let Some(amount) = amounts.next_if(|amount| amount.tokens.start < name.tokens.end) {
            if amount.tokens.end <= name.tokens.start {
                merged.push(amount);
            } else if name.tokens.len() <= amount.tokens.len()
                || !(name.tokens.start <= amount.tokens.start && amount.tokens.end <= name.tokens.end)
            {
                merged.push(amount);
                kept = false;
            }
        }
        // The amount before may reach into the name.
        if kept && merged.last().is_none_or(|last| last.tokens.end <= name.tokens.start) {
            merged.push(name);
        }
    }
    merged.extend(amounts);
    merged
}

#[inline(never)]
fn mentions(model: &Model, text: &Text, reading: &Reading, tagging: &Tagging) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut start = 0;
    for (index, &tag) in tagging.tags.iter().enumerate().filter(|(_, tag)| **tag != OUTSIDE) {
        if matches!(tags::part(tag), Part::First | Part::Only) {
            start = index as u32;
        }
        let Some(type_index) = tags::type_index(tag) else { continue };
        if !matches!(tags::part(tag), Part::Last | Part::Only) {
            continue;
        }
        let mut tokens = TokenRange::new(start, index as u32 + 1);
        if TYPES[type_index] == EntityType::Person {
            tokens.start += titles(text, reading, tokens);
            // "Jane Cole OBE"
            while tokens.len() > 2 && is_post_nominal(text.of(tokens.end - 1)) {
                tokens.end -= 1;
            }
        }
        if has_article(text, TYPES[type_index], tokens) {
            tokens.start -= 1;
        }
        // What the tagger found in brackets that belong to the name before it.
        if mentions.last().is_some_and(|last: &Mention| tokens.start < last.tokens.end) {
            continue;
        }
        let mut entity_type = TYPES[type_index];
        if let Some(end) = wing(text, tokens) {
            tokens.end = end;
            entity_type = EntityType::Organization;
        }
        let margin = tagging.margins[tokens.indices()].iter().min().copied().unwrap_or(0);
        mentions.push(Mention {
            span: text.span(tokens),
            tokens,
            entity_type,
            kind: kind(text, tokens),
            confidence: model.confidence(margin),
            because: "tagger",
            value: None,
        });
    }
    mentions
}

/// How many titles a person's name begins with ("Sheikh", "Lt. Gen."): they stand outside, unless nothing is left.
fn titles(text: &Text, reading: &Reading, name: TokenRange) -> u32 {
    let mut titles = 0;
    let title = |token: u32| {
        let classes = reading.classes(token);
        classes.any(Classes::TITLES) && !classes.any(Classes::PERSONAL) && text.of(token).len() > 1
    };
    while titles + 1 < name.len() as u32 && title(name.start + titles) {
        titles += 1;
        // "Vice-President", "Lt."
        while titles + 1 < name.len() as u32 && matches!(text.of(name.start + titles), "-" | ".") {
            titles += 1;
        }
    }
    let rest = TokenRange::new(name.start + titles, name.end);
    if text.tokens[rest.start as usize].kind == TokenKind::Word { titles } else { 0 }
}

/// Letters behind a person's name that are no part of it.
pub fn is_post_nominal(written: &str) -> bool {
    matches!(
        written,
        "KC" | "QC"
            | "SC"
            | "SAN"
            | "MP"
            | "MSP"
            | "MEP"
            | "MLA"
            | "MS"
            | "TD"
            | "OBE"
            | "CBE"
            | "MBE"
            | "KBE"
            | "DBE"
            | "FRS"
            | "PhD"
            | "MD"
            | "DPhil"
            | "JP"
            | "SJ"
            | "USN"
            | "USMC"
    )
}

/// "in The Courier": an article with a capital inside a sentence is part of the name behind it.
fn has_article(text: &Text, entity_type: EntityType, name: TokenRange) -> bool {
    let sentence = text.sentence(name.start);
    let may_have = matches!(entity_type, EntityType::Organization | EntityType::Place | EntityType::Work);
    let Some(article) = name.start.checked_sub(1).filter(|&article| may_have && article > sentence.tokens.start) else {
        return false;
    };
    let before = &text.tokens[article as usize - 1];
    text.of(article) == "The"
        && before.kind == TokenKind::Word
        && before.case == Case::Lower
        && text.blocks[sentence.block as usize].kind == BlockKind::Paragraph
}

/// "CPI(M)", "JD(U)", "Communist Party of India (Marxist)": where the wing of a party that is part of its name ends. A name with as
/// few letters in brackets that are not joined to it is another thing: "Jim Baker (R)".
fn wing(text: &Text, name: TokenRange) -> Option<u32> {
    let (open, letters, close) = (name.end, name.end + 1, name.end + 2);
    if close as usize >= text.tokens.len() || text.of(open) != "(" || text.of(close) != ")" {
        return None;
    }
    let is_short = |token: u32, most: usize| {
        let letters = text.of(token);
        letters.len() <= most && letters.bytes().all(|letter| letter.is_ascii_uppercase())
    };
    let is_glued = name.len() == 1 && !text.space_before(open) && is_short(name.start, 6) && is_short(letters, 4);
    let is_creed = matches!(text.of(letters), "Marxist" | "Maoist" | "Secular" | "Socialist" | "Liberation");
    (is_glued || is_creed).then_some(close + 1)
}

/// "UN" and "JD(U)" are acronyms, "Antonio Guterres" is a name.
fn kind(text: &Text, tokens: TokenRange) -> MentionKind {
    let token = &text.tokens[tokens.start as usize];
    let letters = text.of_range(tokens);
    // "CPI(M)"
    let has_wing =
        letters.ends_with(')') && letters.bytes().all(|byte| byte.is_ascii_uppercase() || b"()".contains(&byte));
    match token.kind {
        TokenKind::Handle => MentionKind::Handle,
        _ if has_wing => MentionKind::Acronym,
        TokenKind::Word if tokens.len() == 1 && token.case == Case::Upper && letters.len() > 1 => MentionKind::Acronym,
        _ => MentionKind::Name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wings_belong_to_their_party() {
        let wing_of = |source: &str, name: &str| {
            let text = Text::read(source);
            let start = source.find(name).unwrap();
            let tokens = text.tokens_in(Span::at(start, start + name.len()));
            wing(&text, tokens).map(|end| text.of_range(TokenRange::new(tokens.start, end)).to_owned())
        };
        assert_eq!(wing_of("The CPI(M) quit.", "CPI").as_deref(), Some("CPI(M)"));
        assert_eq!(wing_of("Janata Dal (Secular) quit.", "Janata Dal").as_deref(), Some("Janata Dal (Secular)"));
        assert_eq!(wing_of("Jim Baker (R) quit.", "Jim Baker"), None);
        assert_eq!(wing_of("The Kenya Ports Authority (KPA) quit.", "Kenya Ports Authority"), None);
        assert_eq!(wing_of("The WHO (UN) quit.", "WHO"), None);
    }

    #[test]
    fn letters_behind_a_name_are_no_part_of_it() {
        for letters in ["OBE", "KC", "MP"] {
            let source = format!("Jane Cole {letters} said that the ruling was wrong.");
            let text = Text::read(&source);
            let names = recognise(&text, &Reading::of(&text));
            assert_eq!(names[0].span.of(&source), "Jane Cole", "{letters}");
        }
    }
}
