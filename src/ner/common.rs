//! Acronyms that name no one thing: "every NFT", "a super PAC" beside "super PACs", "non-fungible tokens (NFT)".

use super::Mention;
use crate::annotation::{EntityType, MentionKind};
use crate::hashing::WordSet;
use crate::lexicon::Reading;
use crate::text::{Case, Text, TokenKind, TokenRange};
use std::cell::OnceCell;

/// Drops the acronyms which the text uses as common nouns. Linear in the text's length.
#[inline(never)]
pub(super) fn drop_common(text: &Text, reading: &Reading, mentions: &mut Vec<Mention>) {
    let mut common: WordSet<&str> = WordSet::default();
    // What the text writes with an s behind it; most texts are not asked.
    let plurals = OnceCell::new();
    let has_plural = |word: &str| {
        let find = || reading.words.iter().filter_map(|word| text.of(word.first).strip_suffix('s')).collect();
        let plurals: &WordSet<&str> = plurals.get_or_init(find);
        plurals.contains(word)
    };
    for mention in mentions.iter().filter(|mention| is_acronym(mention)) {
        if is_one_of_many(text, reading, mention.tokens, &has_plural) || is_spelled(text, mention.tokens) {
            common.insert(mention.span.of(text.source));
        }
    }
    if common.is_empty() {
        return;
    }
    mentions.retain_mut(|mention| {
        let last = mention.tokens.end - 1;
        if mention.entity_type != EntityType::Organization || !common.contains(text.of(last)) {
            return true;
        }
        // "Harbour Police NFT-related news" is news of the police.
        let is_bound = text.tokens.get(last as usize + 1).is_some() && text.of(last + 1) == "-";
        if mention.tokens.len() > 1 && is_bound {
            mention.tokens.end = last;
            mention.span = text.span(mention.tokens);
        }
        mention.tokens.len() > 1 || mention.tokens.end == last
    });
}

fn is_acronym(mention: &Mention) -> bool {
    mention.kind == MentionKind::Acronym && mention.entity_type == EntityType::Organization && mention.tokens.len() == 1
}

/// "every NFT is", "a super PAC" where the text has "PACs" as well.
fn is_one_of_many(text: &Text, reading: &Reading, acronym: TokenRange, has_plural: &dyn Fn(&str) -> bool) -> bool {
    let sentence = text.sentence(acronym.start).tokens;
    let key = |token: Option<u32>| token.filter(|token| sentence.holds(*token)).map_or("", |token| reading.key(token));
    let before = acronym.start.checked_sub(1);
    // "every NATO member", "an EU of the regions"
    let stands_alone = !sentence.holds(acronym.end)
        || text.tokens[acronym.end as usize].kind != TokenKind::Word
        || reading.word(acronym.end).grammar.parts.is(crate::lexicon::grammar::Parts::CLOSED);
    if stands_alone && matches!(key(before), "each" | "every") {
        return true;
    }
    let is_lower = |token: u32| sentence.holds(token) && text.tokens[token as usize].case == Case::Lower;
    let is_article = |word: &str| matches!(word, "a" | "an");
    let is_indefinite =
        is_article(key(before)) || before.is_some_and(is_lower) && is_article(key(acronym.start.checked_sub(2)));
    is_indefinite && has_plural(text.of(acronym.start))
}

/// "non-fungible tokens (NFT)": the first letters of the words in lower case before the bracket are its own; with "the" before
/// them they are the name of one thing.
fn is_spelled(text: &Text, acronym: TokenRange) -> bool {
    let letters: Vec<char> = text.of_range(acronym).chars().rev().collect();
    if acronym.start < 2 || text.of(acronym.start - 1) != "(" || letters.len() < 2 {
        return false;
    }
    let start = text.sentence(acronym.start).tokens.start;
    let mut token = acronym.start - 1;
    for letter in letters {
        loop {
            if token <= start {
                return false;
            }
            token -= 1;
            if text.of(token) != "-" {
                break;
            }
        }
        let is_word = text.tokens[token as usize].case == Case::Lower;
        if !is_word || !text.of(token).starts_with(|c: char| c.to_uppercase().eq([letter])) {
            return false;
        }
    }
    let before = if token > start { text.of(token - 1) } else { "" };
    !matches!(before, "the" | "The" | "its" | "their" | "'s" | "’s")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    /// What is left of names, each given where it first stands.
    fn kept(source: &str, names: &[&str]) -> Vec<String> {
        let text = Text::read(source);
        let mut mentions: Vec<Mention> = Vec::new();
        for name in names {
            for (at, _) in source.match_indices(name) {
                let span = Span::at(at, at + name.len());
                let tokens = text.tokens_in(span);
                let kind = if tokens.len() == 1 { MentionKind::Acronym } else { MentionKind::Name };
                let entity_type = EntityType::Organization;
                if text.span(tokens) == span {
                    mentions.push(Mention {
                        span,
                        tokens,
                        entity_type,
                        kind,
                        confidence: 1.0,
                        because: "test",
                        value: None,
                    });
                }
            }
        }
        drop_common(&text, &Reading::of(&text), &mut mentions);
        mentions.iter().map(|mention| mention.span.of(source).to_owned()).collect()
    }

    #[test]
    fn what_there_are_many_of_has_no_name() {
        assert_eq!(kept("A super PAC gave, and super PACs took. The PAC said no.", &["PAC"]), [""; 0]);
        assert_eq!(kept("They sold non-fungible tokens (NFT). An NFT is dear.", &["NFT"]), [""; 0]);
        assert_eq!(
            kept("In short, every NFT is one. The Harbour Police NFT-related news.", &["Harbour Police NFT"]).len(),
            1
        );
        let trimmed = kept(
            "Here every NFT is one. See Harbour Police NFT-related news.",
            &["every NFT", "Harbour Police NFT", "NFT"],
        );
        assert!(trimmed.contains(&"Harbour Police".to_owned()), "{trimmed:?}");
    }

    #[test]
    fn names_stay() {
        for text in
            ["A NATO official spoke to the NATO.", "The electoral board (NATO) met.", "Every NATO member paid a NATO."]
        {
            assert!(!kept(text, &["NATO"]).is_empty(), "{text}");
        }
    }
}
