//! People whom the text says to be two, though their names could be one's: "J. R. Holt and his son, James Holt".

use super::kin::is_kin;
use crate::annotation::EntityType;
use crate::lexicon::Reading;
use crate::lexicon::grammar::Parts;
use crate::ner::Mention;
use crate::text::{Text, TokenKind, TokenRange};

/// Words between a pronoun and the noun that it possesses, and between a name and "son of".
const WORDS: u32 = 3;
/// Mentions between somebody and "his son, James Holt".
const MENTIONS: usize = 6;

/// The mentions of people whom the text makes relatives or names side by side, "Tom and Thomas Holt", each pair by index. Linear.
#[inline(never)]
pub(super) fn pairs(text: &Text, reading: &Reading, mentions: &[Mention]) -> Vec<(usize, usize)> {
    let is_person = |at: usize| mentions[at].entity_type == EntityType::Person;
    let is_owned = |token: u32| {
        reading.word(token).grammar.is(Parts::POSSESSIVE)
            || reading.key(token) == "whose"
            || text.tokens[token as usize].kind == TokenKind::Clitic
    };
    // The word that possesses what has a noun: "his" of "his youngest son".
    let owner =
        |noun: u32, floor: u32| (noun.saturating_sub(WORDS).max(floor)..noun).rev().find(|&token| is_owned(token));
    let mut found = Vec::new();
    let mut add = |one: Option<usize>, other: usize| found.extend(one.map(|one| (one, other)));
    for at in (0..mentions.len()).filter(|&at| is_person(at)) {
        let TokenRange { start, end } = mentions[at].tokens;
        let sentence = text.sentence(start).tokens;
        let mut before = (at.saturating_sub(MENTIONS)..at).rev();
        let last = at.checked_sub(1).filter(|&last| is_person(last) && mentions[last].tokens.end + 1 == start);
        if last.is_some() && reading.key(start - 1) == "and" {
            add(last, at);
            continue;
        }
        // "with First Lady Eva Holt": whose family name she has
        let is_consort = start > sentence.start + 1
            && matches!(reading.key(start - 1), "lady" | "gentleman")
            && reading.key(start - 2) == "first";
        if is_consort {
            let family = reading.key(end - 1);
            add(before.find(|&at| is_person(at) && reading.key(mentions[at].tokens.end - 1) == family), at);
            continue;
        }
        let noun = start.saturating_sub(if start > 0 && text.of(start - 1) == "," { 2 } else { 1 });
        // "his wife, Dr. Eva Holt", "her father, producer James Holt"
        let is_title = |token: &u32| {
            text.tokens[*token as usize].kind == TokenKind::Word
                && !reading.word(*token).grammar.parts.is(Parts::VERB.and(Parts::CLOSED))
        };
        let title = (start.saturating_sub(WORDS)..start).rev().take_while(is_title).last();
        let noun = title.filter(|&title| title > 1 && text.of(title - 1) == ",").map_or(noun, |title| title - 2);
        if sentence.holds(noun) && is_kin(reading.key(noun)) {
            // "Brother James Holt said", but not "Father James Holt"
            let is_bare = noun == sentence.start && reading.key(noun) != "father";
            let Some(owner) = owner(noun, sentence.start).or(is_bare.then_some(noun)) else { continue };
            let is_clitic = text.tokens[owner as usize].kind == TokenKind::Clitic;
            let person = before.find(|&at| is_person(at) && mentions[at].tokens.end <= owner);
            add(person.filter(|&at| !is_clitic || mentions[at].tokens.end == owner), at);
            continue;
        }
        // "James Holt, his son", "James Holt, the son of J. R. Holt"
        let is_followed = mentions.get(at + 1).is_some_and(|next| next.tokens.start <= end + WORDS + 3);
        if !is_followed && (end == sentence.end || text.of(end) != ",") {
            continue;
        }
        let Some(noun) = (end..(sentence.end - 1).min(end + WORDS + 2)).find(|&token| is_kin(reading.key(token)))
        else {
            continue;
        };
        let is_after = mentions.get(at + 1).is_some_and(|next| next.tokens.start == noun + 2 && is_person(at + 1));
        if is_after && reading.key(noun + 1) == "of" {
            add(Some(at), at + 1);
        } else if text.of(end) == ","
            && reading.key(end + 1) != "whose"
            && owner(noun, end) == Some(end + 1)
            && matches!(text.of(noun + 1), "," | "." | ")")
        {
            add(before.find(|&at| is_person(at)), at);
        }
    }
    found
}
