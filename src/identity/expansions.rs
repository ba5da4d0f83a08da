//! Acronyms whose words the text gives: "artificial intelligence (AI)" is no name, wherever "AI" stands.
//!
//! The recogniser takes an acronym that it does not know for an organisation, which it mostly is. Where the words that it
//! stands for are written beside it, they tell better: words that are no name to the recogniser make none of their
//! acronym, except where they tell of an institution. The words are found by the acronym's letters, one word for each,
//! from the last to the first (the method of Schwartz and Hearst, "A simple algorithm for identifying abbreviation
//! definitions in biomedical text", 2003, by whole words).

use super::descriptions::begins_office;
use crate::annotation::{EntityType, MentionKind};
use crate::hashing::WordSet;
use crate::lexicon::{Class, Classes, Reading};
use crate::ner::Mention;
use crate::text::{Text, TokenKind, TokenRange};

/// Most words that are looked at for one acronym.
const WORDS: u32 = 14;

/// Takes out the mentions of acronyms that stand for no name. Linear.
pub(super) fn drop_explained(text: &Text, reading: &Reading, mentions: &mut Vec<Mention>) {
    let mut explained: WordSet<&str> = WordSet::default();
    let mut next = 0;
    for token in 1..text.tokens.len() as u32 {
        if text.tokens[token as usize].kind != TokenKind::Punctuation || !matches!(text.of(token), "(" | "[") {
            continue;
        }
        let sentence = text.sentence(token).tokens;
        if token <= sentence.start || !sentence.holds(token + 2) {
            continue;
        }
        while next < mentions.len() && mentions[next].tokens.end + WORDS < token {
            next += 1;
        }
        let is_mentioned = |words: TokenRange| {
            mentions[next..]
                .iter()
                .take_while(|mention| mention.tokens.start < words.end)
                .any(|mention| mention.tokens.end > words.start)
        };
        let acronym = token + 1;
        if is_acronym(text, acronym)
            && matches!(text.of(acronym + 1), ")" | "]")
            && let Some(words) = expansion(text, acronym, TokenRange::new(sentence.start, token))
            && !is_name(text, reading, words)
            && !is_mentioned(words)
        {
            explained.insert(singular(text.of(acronym)));
        }
    }
    let is_office = |mention: &Mention| {
        let start = mention.tokens.start;
        let is_one = mention.kind == MentionKind::Acronym && mention.entity_type == EntityType::Organization;
        is_one && start > 0 && matches!(text.of(start - 1), "the" | "The" | "a" | "our" | "their")
    };
    // Most texts have none.
    let offices = if mentions.iter().any(is_office) { offices(text, reading, mentions) } else { WordSet::default() };
    if !explained.is_empty() || !offices.is_empty() {
        mentions.retain(|mention| {
            let written = text.of(mention.tokens.start);
            let is_explained = || explained.contains(singular(written));
            let is_of_office =
                || written.as_bytes().try_into().is_ok_and(|letters| offices.contains::<[u8; 2]>(letters));
            mention.tokens.len() > 1 || !(is_explained() || is_office(mention) && is_of_office())
        });
    }
}

/// The initials by which a text may speak of an office: "the DP" beside "Deputy President Ana Ruiz".
fn offices(text: &Text, reading: &Reading, mentions: &[Mention]) -> WordSet<[u8; 2]> {
    let initial = |token: u32| text.of(token).as_bytes()[0].to_ascii_uppercase();
    let people = mentions.iter().filter(|mention| mention.entity_type == EntityType::Person);
    let titles = people.filter_map(|mention| {
        let end = mention.tokens.start;
        let end = end - u32::from(end > 0 && text.of(end - 1) == ",");
        // "Argentine President Ana Ruiz" makes the AP no office.
        let is_title = end > 1 && reading.classes(end - 1).has(Class::Title) && begins_office(reading.key(end - 2));
        is_title.then(|| [initial(end - 2), initial(end - 1)])
    });
    [*b"PM", *b"MP", *b"CM"].into_iter().chain(titles).collect()
}

/// "AI", "EIAs"
fn is_acronym(text: &Text, token: u32) -> bool {
    let written = text.of(token);
    text.tokens[token as usize].kind == TokenKind::Word
        && (2..=10).contains(&written.len())
        && singular(written).bytes().all(|byte| byte.is_ascii_uppercase())
}

/// "EIA" for "EIAs".
fn singular(written: &str) -> &str {
    match written.strip_suffix('s') {
        Some(acronym) if acronym.len() > 1 && acronym.bytes().all(|byte| byte.is_ascii_uppercase()) => acronym,
        _ => written,
    }
}

/// The words at the end of a run of tokens that the acronym's letters begin, the last ones first. Small words may give none.
fn expansion(text: &Text, acronym: u32, before: TokenRange) -> Option<TokenRange> {
    let letters = singular(text.of(acronym)).as_bytes();
    let mut left = letters.len();
    let mut token = before.end;
    while token > before.start && before.end - token < WORDS {
        token -= 1;
        let written = text.of(token);
        if text.tokens[token as usize].kind != TokenKind::Word {
            // "non-fungible"
            if written == "-" || written == "‑" {
                continue;
            }
            return None;
        }
        let first = written.as_bytes()[0].to_ascii_uppercase();
        if first == letters[left - 1] {
            left -= 1;
            if left == 0 {
                return Some(TokenRange::new(token, before.end));
            }
        } else if !matches!(written, "of" | "the" | "and" | "for" | "in" | "by" | "with" | "to" | "a" | "on" | "or") {
            return None;
        }
    }
    None
}

const INSTITUTIONS: Classes = Classes::of(Class::OrganizationHead).and(Classes::of(Class::OrganizationSuffix));

/// True for words that name an institution although the recogniser found no name in them: "Syrian democratic forces",
/// "people's council of Raqqa".
fn is_name(text: &Text, reading: &Reading, words: TokenRange) -> bool {
    let is_institution = |token: u32| words.holds(token) && reading.classes(token).any(INSTITUTIONS);
    let preposition = words.indices().find(|&token| matches!(text.of(token as u32), "of" | "for"));
    is_institution(words.end - 1) || preposition.is_some_and(|token| token > 0 && is_institution(token as u32 - 1))
}

#[cfg(test)]
mod tests {
    use super::super::tests::mention;
    use super::*;
    use crate::annotation::EntityType::{Organization, Place};

    /// Which of the names are left.
    fn left(source: &str, names: &[&str]) -> Vec<String> {
        let text = Text::read(source);
        let mut mentions: Vec<Mention> = names.iter().map(|name| mention(&text, name, 0, Organization)).collect();
        drop_explained(&text, &Reading::of(&text), &mut mentions);
        mentions.iter().map(|mention| mention.span.of(source).to_owned()).collect()
    }

    #[test]
    fn words_in_lower_case_explain_that_an_acronym_is_no_name() {
        let source = "In artificial intelligence (AI) the UN leads. Low alcohol-by-volume (ABV) beers and \
            children with special needs (CWSN) too, says AI.";
        assert_eq!(left(source, &["AI", "UN", "ABV", "CWSN"]), ["UN"]);
        let source = "Four impact assessments (IAs) were read. The IA of May failed.";
        assert_eq!(left(source, &["IAs", "IA of"]), ["IA of"]);
        assert_eq!(left(source, &["IAs", "May"]), ["May"]);
    }

    #[test]
    fn a_title_is_no_name_and_an_institution_is_one() {
        let source = "The chief election commissioner (CEC) met Syrian democratic forces (SDF).";
        assert_eq!(left(source, &["CEC", "SDF"]), ["SDF"]);
        let source = "The people's council of Raqqa (PCR) met.";
        assert_eq!(left(source, &["PCR"]), ["PCR"]);
    }

    #[test]
    fn the_initials_of_an_office_are_no_organisation() {
        let source = "Deputy President Ana Ruiz left. The DP said the PM and the ANC would meet. DP voted.";
        let text = Text::read(source);
        let mut mentions = vec![mention(&text, "Ana Ruiz", 0, EntityType::Person)];
        mentions.extend(["DP", "PM", "ANC"].map(|name| mention(&text, name, 0, Organization)));
        mentions.push(mention(&text, "DP", 1, Organization));
        mentions.iter_mut().skip(1).for_each(|mention| mention.kind = MentionKind::Acronym);
        drop_explained(&text, &Reading::of(&text), &mut mentions);
        let left: Vec<&str> = mentions.iter().map(|mention| mention.span.of(source)).collect();
        assert_eq!(left, ["Ana Ruiz", "ANC", "DP"]);
    }

    #[test]
    fn other_words_before_a_bracket_explain_nothing() {
        let source = "The minister of transport (ANC) spoke. Uganda’s runners (KEN) won.";
        assert_eq!(left(source, &["ANC", "KEN"]), ["ANC", "KEN"]);
    }

    #[test]
    fn a_name_before_the_bracket_keeps_its_acronym() {
        let source = "The Grand Nile Dam (GND) leaks.";
        let text = Text::read(source);
        let mut mentions = vec![mention(&text, "Grand Nile Dam", 0, Place), mention(&text, "GND", 0, Place)];
        drop_explained(&text, &Reading::of(&text), &mut mentions);
        assert_eq!(mentions.len(), 2);
    }
}
