//! What only a company or an institution has: shares, staff, a spokeswoman, a chief executive.
//!
//! The recogniser takes an unknown word for the name of a person or a place where its sentence does not tell: "a spokesman for
//! Stagecoach", "Halvorsen said it had", "the shops, run by Haddon".

use super::types::is_noun;
use super::word_list::WordList;
use crate::annotation::EntityType;
use crate::hashing::WordSet;
use crate::lexicon::{Class, Classes, Reading};
use crate::ner::Mention;
use crate::text::{Text, TokenKind};

const TOWNS: Classes = Classes::of(Class::Country)
    .and(Classes::of(Class::City))
    .and(Classes::of(Class::Region))
    .and(Classes::of(Class::PlaceHead));

/// "Hanley Inc. cut its forecast. Hanley's shops … chief executive Mark Hanley": a family name that begins the name of a company
/// above is the company's until somebody of the family is named in full. Linear.
pub(super) fn before_family(reading: &Reading, names: &mut [Mention]) {
    let (mut firms, mut people) = (WordSet::default(), WordSet::default());
    for Mention { tokens, entity_type, .. } in names {
        let words = (tokens.start..tokens.end).map(|token| reading.word(token).folded);
        match entity_type {
            EntityType::Person if tokens.len() > 1 => people.extend(words),
            EntityType::Person => {
                let word = reading.word(tokens.start).folded;
                let has_title = tokens.start > 0 && reading.classes(tokens.start - 1).any(Classes::TITLES);
                let is_word = reading.classes(tokens.start).has(Class::Common);
                if has_title {
                    people.insert(word);
                } else if !is_word && firms.contains(&word) && !people.contains(&word) {
                    *entity_type = EntityType::Organization;
                }
            }
            EntityType::Organization if tokens.len() > 1 => {
                let last = tokens.end - 1;
                // "Favour Cole" is no firm, and the "Warhol Foundation" not the painter.
                let trades = reading.classes(last).any(TRADES) && !FOUNDED.has(reading.key(last));
                if trades {
                    firms.extend(words.take(tokens.len() - 1));
                }
            }
            _ => {}
        }
    }
}

/// Last words of names that honour somebody, or tell where something is.
static FOUNDED: WordList = WordList::of(
    "foundation university college school institute centre center museum hospital trust fund church library \
    department police council association society award awards prize memorial theatre girls boys",
);

/// What the last word of a company's name may be.
const TRADES: Classes =
    Classes::of(Class::Common).and(Classes::of(Class::OrganizationHead)).and(Classes::of(Class::OrganizationSuffix));

/// Whether the words beside a name tell that it is an organisation's.
#[inline(never)]
pub(super) fn is_business(text: &Text, reading: &Reading, mention: &Mention) -> bool {
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let sentence = text.sentence(start).tokens;
    let key = |token: u32| if sentence.holds(token) { reading.key(token) } else { "" };
    let before = |back: u32| start.checked_sub(back).map_or("", key);
    let after = |more: u32| key(end + more);
    let the = u32::from(before(1) == "the");
    let (preposition, noun, kind) = (before(1 + the), before(2 + the), before(3 + the));
    let has_clitic = sentence.holds(end) && text.tokens[end as usize].kind == TokenKind::Clitic;
    // "said it had", "said in a statement that its"; but "said it would be wrong"
    let speaks = || {
        let words = if after(3) == "statement" { 4 } else { 1 };
        let it = words + u32::from(after(words) == "that");
        let next = after(it + 2);
        match after(it + 1) {
            _ if after(it) == "its" => true,
            _ if after(it) != "it" => false,
            "had" | "has" | "will" | "would" | "plans" | "expects" => !matches!(next, "be" | "been"),
            "is" | "was" => matches!(next, "investigating" | "reviewing" | "working" | "aware" | "looking"),
            _ => false,
        }
    };
    let is_sure = match preposition {
        "of" | "in" | "at" => match noun {
            "shares" | "shareholders" | "shareholder" | "stake" => true,
            "employees" => preposition != "in",
            "executive" => kind == "chief",
            "director" => kind == "managing",
            _ => false,
        },
        _ => false,
    } || match after(0) {
        // "Hale shares a flat"
        "shares" => !matches!(after(1), "a" | "an" | "the" | "his" | "her" | "their" | "this" | "that" | "with"),
        "employees" | "ceo" | "shareholders" => true,
        "said" => speaks(),
        "," if after(1) == "which" => matches!(after(2), "employs" | "owns" | "operates" | "runs" | "makes" | "sells"),
        _ if has_clitic => {
            matches!(after(1), "shares" | "employees" | "shareholders" | "revenue")
                || after(1) == "chief" && after(2) == "executive"
        }
        _ => false,
    };
    // Beside names of people as well: "a spokesman for Trump". And "run by the Thondaman family", "its Visayas spokesman".
    let may_be = || match preposition {
        "for" | "of" | "at" | "by" if sentence.holds(end) && is_noun(text, reading, end) => false,
        "for" => {
            matches!(noun, "spokesman" | "spokeswoman" | "spokesperson" | "analyst" | "correspondent" | "lobbyist")
        }
        "at" | "with" if noun == "analyst" => true,
        "of" | "at" => matches!(noun, "staff" | "workers" | "customers" | "employee"),
        "by" => matches!(noun, "employed" | "operated" | "run" | "manufactured" | "insured"),
        "its" | "their" => false,
        _ => matches!(after(0), "spokesman" | "spokeswoman" | "spokesperson") || has_clitic && after(1) == "board",
    };
    let classes = reading.classes(start);
    if !is_sure && !may_be() || start > sentence.start && reading.classes(start - 1).any(Classes::TITLES) {
        return false;
    }
    match mention.entity_type {
        EntityType::Group => false,
        EntityType::Person if is_sure && mention.tokens.len() == 1 => !classes.has(Class::GivenName),
        EntityType::Person => !classes.any(Classes::PERSONAL),
        _ => !reading.classes(end - 1).any(TOWNS),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::entities;
    use super::EntityType::{Organization, Person};

    #[test]
    fn a_family_name_is_the_company_s_until_the_family_is_named() {
        let names = [("Dalton Motors", Organization), ("Dalton", Person), ("Ed Dalton", Person)];
        let source = "Dalton Motors will close a plant. Dalton said demand fell. Ed Dalton died. Dalton was old.";
        assert_eq!(entities(source, &names), [vec!["Dalton Motors", "Dalton"], vec!["Ed Dalton", "Dalton"]]);
        let names = [("Dalton Foundation", Organization), ("Dalton", Person)];
        let source = "The Dalton Foundation gave money. Mr Dalton left. Dalton died.";
        assert_eq!(entities(source, &names), [vec!["Dalton Foundation"], vec!["Dalton", "Dalton"]]);
    }
}
