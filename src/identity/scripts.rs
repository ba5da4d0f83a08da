//! A name said once more in brackets, which the recogniser does not see: in another script, "Lin Mei (林梅)", or as a short form
//! in mixed case, "Law and Justice (PiS)".

use super::types::{is_foreign_short_name, is_name};
use crate::annotation::MentionKind;
use crate::lexicon::{Class, Classes, Reading};
use crate::ner::Mention;
use crate::sorting::sort_by_key;
use crate::text::{Case, Text, TokenKind, TokenRange};

/// Tokens of a name in another script.
const LONGEST: u32 = 12;
/// How sure such a name is.
const SURE: f32 = 0.8;

/// Adds these names. Linear.
#[inline(never)]
pub(super) fn add(text: &Text, reading: &Reading, mentions: &mut Vec<Mention>) {
    let mut added: Vec<Mention> = Vec::new();
    for index in 0..mentions.len() {
        let name = &mentions[index];
        if !is_name(name.entity_type) || !is_bracket(text, name.tokens.end) {
            continue;
        }
        let mut start = name.tokens.end + 1;
        let mut next = mentions.get(index + 1).map(|next| next.tokens);
        // "Tern Island (Ilha Norte, 燕鷗島)"
        if let Some(alias) = next.filter(|alias| alias.start == start)
            && mentions[index + 1].entity_type == name.entity_type
            && text.tokens.get(alias.end as usize).is_some_and(|token| token.span.of(text.source) == ",")
        {
            start = alias.end + 1;
            next = mentions.get(index + 2).map(|next| next.tokens);
        }
        let end = script_end(text, start);
        let is_free = |tokens: TokenRange| next.is_none_or(|next| next.start >= tokens.end);
        let tokens = TokenRange::new(start, end);
        let mention = |tokens: TokenRange, because| Mention {
            span: text.span(tokens),
            tokens,
            entity_type: name.entity_type,
            kind: MentionKind::Name,
            confidence: SURE,
            because,
            value: None,
        };
        if !tokens.is_empty() {
            if is_free(tokens) {
                added.push(mention(tokens, "the name in another script"));
            }
        } else if start == name.tokens.end + 1 && is_short_form(text, reading, start) {
            let short = mention(TokenRange::new(start, start + 1), "a short form in brackets");
            if is_free(short.tokens) && is_foreign_short_name(text, reading, name, &short) {
                added.push(short);
            }
        }
    }
    if !added.is_empty() {
        mentions.append(&mut added);
        sort_by_key(mentions, |mention| mention.tokens.start);
    }
}

fn is_bracket(text: &Text, token: u32) -> bool {
    text.tokens.get(token as usize).is_some_and(|token| matches!(token.span.of(text.source), "(" | "（"))
}

/// Where words in another script end that stand from `start` to a closing bracket, a comma or a semicolon; `start` where there
/// are none.
fn script_end(text: &Text, start: u32) -> u32 {
    let mut end = start;
    while end - start < LONGEST
        && text.tokens.get(end as usize).is_some_and(|token| is_script(token.span.of(text.source)))
    {
        end += 1;
    }
    let closes =
        text.tokens.get(end as usize).is_some_and(|token| matches!(token.span.of(text.source), ")" | "）" | "," | ";"));
    if closes && end > start && text.sentence_of(start) == text.sentence_of(end) { end } else { start }
}

/// Letters, and none of them Latin.
fn is_script(word: &str) -> bool {
    let is_latin = |c: char| matches!(u32::from(c), 0..=0x36f | 0x1e00..=0x1eff | 0x2c60..=0x2c7f | 0xff00..=0xff5e);
    word.chars().all(|c| !is_latin(c) && (c.is_alphabetic() || matches!(c, '·' | '・')))
}

/// "PiS", "Dinac": a word by itself in brackets that is no common one.
fn is_short_form(text: &Text, reading: &Reading, token: u32) -> bool {
    const WORDS: Classes = Classes::of(Class::Common)
        .and(Classes::of(Class::CommonOrName))
        .and(Classes::of(Class::Month))
        .and(Classes::of(Class::Weekday));
    let Some(written) = text.tokens.get(token as usize) else { return false };
    written.kind == TokenKind::Word
        && matches!(written.case, Case::Title | Case::Mixed)
        && text.of(token).starts_with(char::is_uppercase)
        && text.of(token).len() > 2
        && !reading.classes(token).any(WORDS)
        && text.tokens.get(token as usize + 1).is_some_and(|token| token.span.of(text.source) == ")")
}

/// A name in another script than this language's.
pub(super) fn is_in_script(text: &Text, mention: &Mention) -> bool {
    mention.tokens.indices().all(|token| is_script(text.of(token as u32)))
}

/// True where the second of two names is the first thing in the brackets behind the first.
pub(super) fn opens_bracket(text: &Text, one: &Mention, two: &Mention) -> bool {
    one.tokens.end + 1 == two.tokens.start && is_bracket(text, one.tokens.end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::mention;
    use super::*;
    use crate::annotation::EntityType::{self, Organization, Person, Place};

    fn added(source: &str, names: &[(&str, EntityType)]) -> Vec<String> {
        let text = Text::read(source);
        let mut mentions: Vec<Mention> = names.iter().map(|(name, kind)| mention(&text, name, 0, *kind)).collect();
        add(&text, &Reading::of(&text), &mut mentions);
        assert!(mentions.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
        mentions.iter().map(|mention| mention.span.of(source).to_owned()).collect()
    }

    #[test]
    fn a_name_in_another_script_is_a_mention() {
        let names = [("Lin Mei", Person), ("Tern Island", Place), ("Ilha Norte", Place)];
        let source = "Lin Mei (林梅) saw Tern Island (Ilha Norte, 燕鷗島) (a rock).";
        assert_eq!(added(source, &names), ["Lin Mei", "林梅", "Tern Island", "Ilha Norte", "燕鷗島"]);
        assert_eq!(added("Lin Mei (aged 30) left.", &[("Lin Mei", Person)]), ["Lin Mei"]);
    }

    #[test]
    fn a_word_of_mixed_case_in_brackets_is_a_short_form() {
        let source = "Order and Bread (CzH) beat the Board of Basic Ports (Bobap). Order and Bread (Left) won.";
        let names = [("Order and Bread", Organization), ("Board of Basic Ports", Organization)];
        assert_eq!(added(source, &names), ["Order and Bread", "CzH", "Board of Basic Ports", "Bobap"]);
    }
}
