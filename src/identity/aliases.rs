//! Names that the text gives to what it has just named: "Luis Vega, nicknamed “Tigre”", "…, better known as Lord Ledger", "(aka M4C)".

use super::types::is_name;
use crate::annotation::EntityType;
use crate::hashing::WordMap;
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Class, Reading, WordId};
use crate::ner::Mention;
use crate::text::{Case, Text, TokenKind, TokenRange};

/// Tokens between a name and the other one.
const FARTHEST: u32 = 12;

/// The names with another one of the same thing after them, each by its index, in order. Linear.
#[inline(never)]
pub(super) fn pairs(text: &Text, reading: &Reading, mentions: &[Mention]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for right in 1..mentions.len() {
        // A nationality may stand between: "known by its French initials BIR".
        let between = usize::from(mentions[right - 1].entity_type == EntityType::Group);
        let Some(left) = right.checked_sub(1 + between) else { continue };
        let (one, two) = (&mentions[left], &mentions[right]);
        let gap = TokenRange::new(one.tokens.end, two.tokens.start);
        if !gap.is_empty()
            && gap.end - gap.start <= FARTHEST
            && is_name(one.entity_type)
            && (is_name(two.entity_type) || two.entity_type == one.entity_type || two.entity_type == EntityType::Group)
            && ties(text, reading, one.tokens.start, gap, two)
        {
            found.push((left, right));
        }
    }
    found
}

/// Whether the words between a name, which starts at a token, and another one give that to it.
fn ties(text: &Text, reading: &Reading, start: u32, gap: TokenRange, name: &Mention) -> bool {
    let key = |token: u32| reading.key(token);
    // "its study, known as ECHO-TB" is about the study.
    let is_group = |token: u32| {
        matches!(key(token), "group" | "party" | "movement" | "militia" | "organisation" | "organization" | "company")
    };
    let starts = |token: u32| {
        is_opening(text, token)
            || reading.word(token).grammar.is(Parts::BE.and(Parts::ADVERB).and(Parts::HAVE))
            || matches!(key(token), "known" | "aka" | "alias" | "who" | "which")
            || key(token).starts_with("a.k.a")
    };
    let first = gap.start + u32::from(gap.len() > 1 && is_group(gap.start));
    if !starts(first) {
        return false;
    }
    let is_word = |token: u32| text.tokens[token as usize].kind == TokenKind::Word;
    // "nicknamed Putin’s poodle", "known as the Sheriff of Nottingham": only a part of what is said.
    let next = text.tokens.get(name.tokens.end as usize);
    let goes_on = next.is_some_and(|next| next.kind == TokenKind::Clitic)
        || next.is_some() && matches!(text.of(name.tokens.end), "of" | "-");
    if goes_on || text.sentence_of(gap.start) != text.sentence_of(name.tokens.start) {
        return false;
    }
    let mut end = gap.end;
    let is_particle = |token: u32| {
        text.tokens[token as usize].kind == TokenKind::Mark
            || matches!(key(token), "the" | "a" | "an" | "simply" | "just" | "only" | "el" | "la")
    };
    while end > gap.start && is_particle(end - 1) {
        end -= 1;
    }
    // "by the nickname", "by its French initials"
    let is_kind_of_name =
        |token: u32| matches!(key(token), "initials" | "acronym" | "abbreviation" | "nickname" | "name" | "pseudonym");
    // "known by its Spanish acronym, EAAF"
    if end > gap.start + 2 && text.of(end - 1) == "," && is_kind_of_name(end - 2) {
        end -= 1;
    }
    let is_named = end > gap.start + 1 && is_kind_of_name(end - 1);
    if is_named {
        end -= 1;
        while end > gap.start && key(end - 1) != "by" && key(end - 1) != "under" {
            end -= 1;
        }
    }
    if end == gap.start {
        return false;
    }
    let last = end - 1;
    let before = TokenRange::new(gap.start, last);
    let has = |words: &[&str]| before.indices().any(|token| words.contains(&key(token as u32)));
    let is_plain = before.indices().all(|token| {
        text.tokens[token].case != Case::Upper && text.tokens[token].case != Case::Title
            || reading.classes(token as u32).has(Class::Demonym)
    });
    let opens_mark = next.is_some_and(|next| next.kind == TokenKind::Mark) && text.space_before(name.tokens.end);
    let follows_and = start > text.sentence(start).tokens.start && key(start - 1) == "and";
    match key(last) {
        "as" | "by" | "under" => is_plain && has(&["known", "goes", "went", "going", "abbreviated"]),
        // "Gill and Leslie, aka the Looms"
        "aka" | "alias" | "a.k.a" | "a.k.a." => !follows_and && before.indices().all(|token| !is_word(token as u32)),
        // "the Azawad Liberation Front, or FLA,": its letters, in French perhaps
        "or" => before.len() == 1 && is_opening(text, before.start) && has_letters(text, start, gap.start, name),
        // "Lola, born Maria Lopez"
        "born" | "nee" => name.entity_type == EntityType::Person && before.len() == 1 && is_opening(text, before.start),
        // "Trump called Putin", "…, called Putin “a friend”" give him no name.
        _ if opens_mark => false,
        "called" | "nicknamed" | "dubbed" | "styled" | "abbreviated" | "renamed" => {
            let adverb = |token: &usize| {
                let token = *token as u32;
                reading.word(token).grammar.is(Parts::ADVERB)
                    || matches!(key(token), "also" | "often" | "sometimes" | "once" | "still" | "now" | "later")
            };
            before
                .indices()
                .rev()
                .find(|token| !adverb(token))
                .is_some_and(|token| is_opening(text, token as u32) || reading.word(token as u32).grammar.is(Parts::BE))
        }
        _ => false,
    }
}

/// Whether each letter of a short name in capitals begins a word of the name at these tokens, in any order, and the short name ends there.
fn has_letters(text: &Text, start: u32, end: u32, short: &Mention) -> bool {
    let letters = text.of(short.tokens.start);
    let begins = |letter: char| (start..end).any(|token| text.of(token).starts_with(letter));
    let ends = text.tokens.get(short.tokens.end as usize).is_none_or(|next| next.kind == TokenKind::Punctuation);
    ends && short.tokens.len() == 1
        && matches!(letters.len(), 2..=6)
        && letters.chars().all(|letter| letter.is_ascii_uppercase() && begins(letter))
}

fn is_opening(text: &Text, token: u32) -> bool {
    matches!(text.of(token), "," | "(" | "–" | "—")
}

/// Gives the other names of people and organisations the type of these, wherever they stand. Linear.
#[inline(never)]
pub(super) fn agree(text: &Text, reading: &Reading, mentions: &mut [Mention]) {
    let mut types: WordMap<&[WordId], EntityType> = WordMap::default();
    let words = |mention: &Mention| &reading.word_of[mention.tokens.indices()];
    for (one, two) in pairs(text, reading, mentions) {
        let entity_type = mentions[one].entity_type;
        let is_known = matches!(entity_type, EntityType::Person | EntityType::Organization);
        if is_known && mentions[two].entity_type != entity_type {
            types.insert(words(&mentions[two]), entity_type);
        }
    }
    if types.is_empty() {
        return;
    }
    for mention in mentions.iter_mut().filter(|mention| is_name(mention.entity_type)) {
        if let Some(&entity_type) = types.get(words(mention)) {
            mention.entity_type = entity_type;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, analyze};

    /// The names of each entity that has several mentions.
    fn joined(source: &str) -> Vec<Vec<String>> {
        let annotation = analyze(source, &Options::default()).unwrap();
        let names = annotation.entities.iter().map(|entity| {
            let names = entity.mentions.iter().map(|mention| &source[mention.start as usize..mention.end as usize]);
            names.map(str::to_owned).collect::<Vec<_>>()
        });
        names.filter(|names| names.len() > 1).collect()
    }

    #[test]
    fn another_name_is_joined_and_takes_the_type() {
        for ties in [
            ", nicknamed “Tigre”,",
            ", known to friends as Tigre,",
            " (aka Tigre)",
            ", alias Tigre,",
            " was dubbed Tigre and",
        ] {
            let source = format!("Luis Vega{ties} fled. Tigre denies it.");
            assert_eq!(joined(&source), [["Luis Vega", "Tigre", "Tigre"]], "{source}");
        }
        assert_eq!(joined("Lola (born Maria Lopez) died."), [["Lola", "Maria Lopez"]]);
        assert_eq!(
            joined("Fighters of the Azawad Liberation Front, or FLA, said so. The FLA had left."),
            [["Azawad Liberation Front", "FLA", "FLA"]]
        );
        assert_eq!(joined("He may join the European Union, or NATO, in May."), [[""; 0]; 0]);
    }

    #[test]
    fn whoever_calls_somebody_is_not_called_so() {
        for source in [
            "Donald Trump called Vladimir Putin on Friday.",
            "Donald Trump, who called Vladimir Putin, was sad.",
            "Philippine Cole, a senator, called Maria Lopez “a friend”.",
        ] {
            assert!(joined(source).is_empty(), "{:?}", joined(source));
        }
    }
}
