//! Names of people: which full names are one person, and whom a short name means.

use super::form::Form;

/// How surely two full names (two telling parts and more) are one person, 0 to 1.
///
/// The family names must agree, and the given names where both are written; a name in the other order agrees as well.
pub(super) fn same_person(one: &Form, other: &Form) -> f32 {
    super::count_comparison();
    let (a, b): (Vec<_>, Vec<_>) = (one.telling().collect(), other.telling().collect());
    let (Some(a_first), Some(a_last), Some(b_first), Some(b_last)) = (a.first(), a.last(), b.first(), b.last()) else {
        return 0.0;
    };
    let given = if super::nicknames::are_one(&a_first.key, &b_first.key) { 0.9 } else { a_first.similarity(b_first) };
    let straight = a_last.similarity(b_last).min(given);
    // "Kim Jong-un" and "Jong-un Kim": all parts again, in another order.
    let turned = if a.len() == b.len() && a.len() > 1 {
        let found =
            |parts: &[&super::form::Part], part: &super::form::Part| parts.iter().any(|other| other.key == part.key);
        if a.iter().all(|part| found(&b, part)) && b.iter().all(|part| found(&a, part)) { 0.95 } else { 0.0 }
    } else {
        0.0
    };
    // "Gabriel García" and "Gabriel García Márquez": the shorter is a head of the longer.
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let head = if short.len() >= 2 && short.len() < long.len() {
        short.iter().zip(long.iter()).map(|(s, l)| s.similarity(l)).fold(0.9, f32::min)
    } else {
        0.0
    };
    // "María José Ruiz" and "José Ruiz": a tail.
    let tail = if short.len() >= 2 && short.len() < long.len() {
        short.iter().rev().zip(long.iter().rev()).map(|(s, l)| s.similarity(l)).fold(0.88, f32::min)
    } else {
        0.0
    };
    // "Blanca Ruiz de Azagra Olano" and "Ruiz de Azagra": family names in a row.
    let inside = if short.len() >= 2
        && short.len() < long.len()
        && long.windows(short.len()).any(|window| window.iter().zip(short).all(|(l, s)| l.key == s.key))
    {
        0.85
    } else {
        0.0
    };
    // Middle names that contradict each other are two people: "George H. Bush", "George W. Bush".
    let contradict = a.len() > 2 && a.len() == b.len() && a.iter().zip(&b).any(|(a, b)| a.similarity(b) == 0.0);
    let straight = if contradict { 0.0 } else { straight };
    // "Abd al-Razzaq al-Fahd" and "Abdulrazzaq Fahd": cut into words in another way.
    let recut = if one.joined.is_some() && one.joined == other.joined { 0.86 } else { 0.0 };
    straight.max(turned).max(head).max(tail).max(inside).max(recut)
}

/// How surely a short name means the person of this full name: by family name, by any later part, by given name.
pub(super) fn short_for(short: &Form, full: &Form) -> f32 {
    super::count_comparison();
    let shorts: Vec<_> = short.telling().collect();
    let parts: Vec<_> = full.telling().collect();
    let [part] = shorts.as_slice() else { return 0.0 };
    let Some((last, rest)) = parts.split_last() else { return 0.0 };
    let family = part.similarity(last);
    let middle = rest.iter().skip(1).map(|other| part.similarity(other)).fold(0.0, f32::max) * 0.92;
    let given = rest.first().map_or(0.0, |first| part.similarity(first)) * 0.85;
    if family.max(middle).max(given) < 0.8 {
        let is_short = |given: &&&super::form::Part| {
            super::nicknames::are_one(&part.key, &given.key) || is_cut(&part.key, &given.key)
        };
        // Behind an initial stands the given name: "Kayal" for S. Kayalvizhi.
        let after_initial = rest.iter().all(|part| part.is_initial) && !rest.is_empty() && is_cut(&part.key, &last.key);
        return if rest.first().filter(is_short).is_some() || after_initial { 0.81 } else { 0.0 };
    }
    // A transliteration decides only for names long enough to tell.
    let best = family.max(middle).max(given);
    if part.is_initial || (best < 0.95 && part.key.len() < 4 && best != 0.92 && best != 0.85) { 0.0 } else { best }
}

/// "Gul" for Gulbarchyn: the first syllable of a long given name.
fn is_cut(short: &str, given: &str) -> bool {
    short.len() >= 3 && given.len() >= short.len() + 3 && given.starts_with(short)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::form::Form;
    use super::*;
    use crate::annotation::{EntityType, MentionKind};
    use crate::lexicon::Reading;
    use crate::ner::Mention;
    use crate::text::{Text, TokenRange};

    pub(in super::super) fn form(name: &str) -> Form {
        let text = Text::read(name);
        let tokens = TokenRange::new(0, text.tokens.len() as u32);
        let mention = Mention {
            span: text.span(tokens),
            tokens,
            entity_type: EntityType::Person,
            kind: MentionKind::Name,
            confidence: 1.0,
            because: "test",
            value: None,
        };
        Form::of(&text, &Reading::of(&text), &mention)
    }

    #[test]
    fn spellings_and_shortenings_of_one_person_join() {
        for (one, other) in [
            ("Qais Al-Khaz'ali", "Qais Khazali"),
            ("Muammar Gaddafi", "Muammar Qadhafi"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("J. K. Rowling", "Joanne Rowling"),
            ("Gabriel García", "Gabriel García Márquez"),
            ("Kim Jong-un", "Jong-un Kim"),
            ("Lech Wałęsa", "Lech Walesa"),
            ("Abd al-Razzaq al-Fahd", "Abdulrazzaq Fahd"),
            ("Abdulhamid al-Mabrouk", "Abdel Hamid Elmabrouk"),
            ("Joe Sandoval", "Joseph Sandoval"),
        ] {
            assert!(same_person(&form(one), &form(other)) >= 0.8, "{one} / {other}");
        }
    }

    #[test]
    fn different_people_stay_apart() {
        for (one, other) in [
            ("Boris Johnson", "Boris Johnston"),
            ("George H. Bush", "George W. Bush"),
            ("Ana Ruiz", "Eva Ruiz"),
            ("Karim Benzema", "Karim Benali"),
            ("Hillary Clinton", "Bill Clinton"),
            ("Sheikh Tamim bin Hamad Al Thani", "Sheikh Abdullah bin Hamad Al Thani"),
        ] {
            assert!(same_person(&form(one), &form(other)) < 0.8, "{one} / {other}");
        }
    }

    #[test]
    fn a_short_name_prefers_the_family_name() {
        assert_eq!(short_for(&form("Guterres"), &form("Antonio Guterres")), 1.0);
        assert!(short_for(&form("Khazali"), &form("Qais Al-Khaz'ali")) > 0.85);
        assert!(short_for(&form("Antonio"), &form("Antonio Guterres")) > 0.8);
        assert!(short_for(&form("Joe"), &form("Joseph Sandoval")) >= 0.8);
        assert!(short_for(&form("Gul"), &form("Gulbarchyn Asanova")) >= 0.8);
        assert_eq!(short_for(&form("Okri"), &form("Ben Okri")), 1.0);
        assert_eq!(form("Ben Okri").telling().count(), 2);
        assert!(short_for(&form("Kayal"), &form("S. Kayalvizhi")) >= 0.8);
        assert_eq!(short_for(&form("Ruiz"), &form("Antonio Guterres")), 0.0);
        assert_eq!(short_for(&form("Ana"), &form("Anand Rao")), 0.0);
    }
}
