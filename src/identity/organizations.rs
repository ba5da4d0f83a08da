//! Names of organisations: acronyms, short forms, transliterations.

use super::form::{Form, Part};
use super::spellings::Spellings;
use super::types::is_trade;

/// How surely two names of organisations are one, 0 to 1. `short` has no more parts than `long`.
pub(super) fn same_organization(spellings: &Spellings, short: &Form, long: &Form) -> f32 {
    super::count_comparison();
    let (a, b) = (short.telling, long.telling);
    let [first, others @ ..] = a else { return 0.0 };
    if a.len() > b.len() {
        return 0.0;
    }
    // "Iowa State" is not "Iowa".
    let [fewer, more] = if short.parts.len() < long.parts.len() { [short, long] } else { [long, short] };
    if fewer.parts.len() + 1 == more.parts.len()
        && more.parts.last().is_some_and(|part| spellings.of(part.key) == "state")
    {
        return 0.0;
    }
    // "U.N. Security Council" for the "United Nations Security Council".
    let initials = spellings.of(first.key);
    let count = initials.chars().count();
    if !others.is_empty()
        && count > 1
        && b.len() == others.len() + count
        && b.iter().zip(initials.chars()).all(|(part, letter)| part.first == letter)
        && others.iter().zip(&b[count..]).all(|(one, other)| one.key == other.key)
    {
        return 0.95;
    }
    if a.len() == b.len() {
        let similarity = a.iter().zip(b).map(|(a, b)| a.similarity(b)).fold(1.0, f32::min);
        // One word alone must be written alike: "Shell" is not "Schell".
        return if others.is_empty() && similarity < 1.0 { 0.0 } else { similarity };
    }
    // One word alone must be written alike here as well, and a part of an institution is not the institution.
    if others.is_empty() && !b.iter().any(|part| part.key == first.key) || is_subordinate(spellings, a, b) {
        return 0.0;
    }
    // "American University in Washington" is not "Washington".
    let is = |at: usize, words: &[&str]| long.parts.get(at).is_some_and(|part| words.contains(&spellings.of(part.key)));
    let is_where_it_is = |at: usize| at > 0 && is(at - 1, &["in", "at"]);
    if others.is_empty() && (0..long.parts.len()).filter(|&at| long.parts[at].key == first.key).all(is_where_it_is) {
        return 0.0;
    }
    // A common word is a short name only where nothing but its kind follows: "Labour Party", "Apple Inc", not "Iraqi National Charter".
    let is_kind = |part: &Part| part.is_generic || b.len() == 2 && is_trade(spellings.of(part.key));
    let is_before_its_kind = b[0].key == first.key && b[1..].iter().all(is_kind);
    let is_before_of = long.parts[0].key == first.key && is(1, &["of"]);
    let is_short_name = is_before_its_kind || is_before_of || is_nickname_of_team(spellings, first, b);
    if others.is_empty() && first.is_common && !first.is_generic && !is_short_name {
        return 0.0;
    }
    // "Court of Appeal" is not the "Court of Final Appeal": words left out in the middle make another name.
    if !others.is_empty()
        && !b.windows(a.len()).any(|window| window.iter().zip(a).all(|(b, a)| a.similarity(b) >= 0.86))
    {
        return 0.0;
    }
    // The short name's words in their order: "Wiesenthal Center" in "Simon Wiesenthal Center".
    let mut rest = b.iter();
    let mut similarity: f32 = 1.0;
    for part in a {
        match rest.by_ref().map(|other| part.similarity(other)).find(|similarity| *similarity >= 0.86) {
            Some(found) => similarity = similarity.min(found),
            None => return 0.0,
        }
    }
    let tells = a.iter().any(|part| !part.is_generic);
    match (tells, a.len()) {
        // "Saehan" is sooner the "Saehan Group" than "Saehan Biologics".
        (true, 1) if is_before_its_kind => 0.95 * similarity,
        (true, _) => 0.9 * similarity,
        // "Supreme Court" for the "Supreme Court of Kenya", not "Court of Appeal" for the "Court of Final Appeal";
        // "Ministry" alone is left to the nominals.
        (false, 2..) if b.starts_with(a) || b.ends_with(a) => 0.82 * similarity,
        (false, _) if is_prefix_or_suffix(first, b) => 0.8 * similarity,
        _ => 0.0,
    }
}

/// "Treasury Committee" is not a longer name of the "Treasury", nor "Young Labour" of "Labour".
fn is_subordinate(spellings: &Spellings, short: &[Part], long: &[Part]) -> bool {
    let is_head = |part: &Part| {
        matches!(
            spellings.of(part.key),
            "committee"
                | "subcommittee"
                | "commission"
                | "foundation"
                | "service"
                | "academy"
                | "school"
                | "hospital"
                | "museum"
                | "council"
                | "board"
                | "inspectorate"
                | "prison"
                | "library"
        )
    };
    // "Kataib Hezbollah": brigades, not whom they are called after.
    let is_unit = |part: &Part| {
        matches!(spellings.of(part.key), "kataib" | "kataeb" | "katibat" | "saraya" | "liwa" | "jaysh" | "young")
    };
    long.starts_with(short) && long.last().is_some_and(is_head) || long.ends_with(short) && is_unit(&long[0])
}

/// "Bears" for the "Chicago Bears".
fn is_nickname_of_team(spellings: &Spellings, short: &Part, long: &[Part]) -> bool {
    long.len() <= 3 && long.last().is_some_and(|last| last.key == short.key) && spellings.of(short.key).ends_with('s')
}

/// "Treasury" is the first or last word, or stands beside the end: a short form people use.
fn is_prefix_or_suffix(part: &Part, long: &[Part]) -> bool {
    long.len() <= 3 && long.iter().any(|other| other.key == part.key)
}

/// True when an acronym's letters are those of the name's words: "UN", "IRGC", "AAH"; of its words without a legal form, a
/// country before or what follows a first part ("CDC"); or the beginnings of its words: "CENTCOM", "DOTr".
pub(super) fn is_acronym_of(spellings: &Spellings, acronym: &Form, name: &Form) -> bool {
    super::count_comparison();
    let [part] = acronym.parts else { return false };
    let letters: Vec<char> = spellings.of(part.key).chars().collect();
    if letters.len() < 2 || name.parts.len() < 2 {
        return false;
    }
    if name.has_initials(letters.iter().copied()) {
        return true;
    }
    // "Department of Veterans Affairs" is the "VA".
    if let [head, of, rest @ ..] = name.parts
        && head.is_generic
        && of.is_minor
        && rest.len() > 1
        && rest.iter().map(|part| part.first).eq(letters.iter().copied())
    {
        return true;
    }
    if letters.len() < 3 {
        return false;
    }
    let parts: Vec<&Part> = name.parts.iter().filter(|part| !part.is_initial).collect();
    let telling: Vec<&Part> = parts.iter().copied().filter(|part| !part.is_minor).collect();
    let cut = [&parts, &telling].into_iter().any(|parts| {
        let initials = parts.iter().map(|part| part.first).collect::<Vec<_>>();
        // All but the first word, or all but the last ones.
        initials.len() == letters.len() + 1 && (initials.ends_with(&letters) || initials.starts_with(&letters))
    });
    cut || [&telling, &parts].into_iter().any(|parts| is_made_of_beginnings(spellings, &letters, parts))
}

/// "CENTCOM" is made of "Central" and "Command", "DOTr" of "Department", "of" and "Transportation": each word gives its first
/// letter or letters, in order; only a first word may give none, and one letter in all is not enough for a word more.
fn is_made_of_beginnings(spellings: &Spellings, letters: &[char], parts: &[&Part]) -> bool {
    fn fits(spellings: &Spellings, letters: &[char], parts: &[&Part]) -> bool {
        let Some((part, rest)) = parts.split_first() else { return letters.is_empty() };
        let key = spellings.of(part.key);
        let common = key.chars().zip(letters).take_while(|(one, other)| one == *other).count();
        (1..=common.min(5)).any(|taken| fits(spellings, &letters[taken..], rest))
    }
    let fits = |parts: &[&Part]| fits(spellings, letters, parts);
    letters.len() >= 4 && parts.len() <= 6 && (parts.len() >= 2 && fits(parts) || parts.len() >= 3 && fits(&parts[1..]))
}

#[cfg(test)]
mod tests {
    use super::super::form::tests::compare;

    fn is_acronym_of(acronym: &str, name: &str) -> bool {
        compare(acronym, name, |spellings, acronym, name| super::is_acronym_of(spellings, &acronym, &name))
    }

    #[test]
    fn acronyms_are_made_of_initials_or_beginnings() {
        for (acronym, name) in [
            ("UN", "United Nations"),
            ("CDC", "Centers for Disease Control and Prevention"),
            ("DNR", "Wisconsin Department of Natural Resources"),
            ("CENTCOM", "U.S. Central Command"),
            ("DOTr", "Department of Transportation"),
            ("Minem", "Ministry of Energy and Mines"),
            ("SA", "Department of Sailors Affairs"),
            ("SEC", "Securities and Exchange Commission"),
        ] {
            assert!(is_acronym_of(acronym, name), "{acronym} / {name}");
        }
        for (acronym, name) in [
            ("BBC", "British Council"),
            ("IMF", "International Fund"),
            ("CIA", "Central Bank"),
            ("SAMA", "Saudi Aramco"),
        ] {
            assert!(!is_acronym_of(acronym, name), "{acronym} / {name}");
        }
    }

    #[test]
    fn short_forms_keep_the_words_together() {
        let same = |short: &str, long: &str| {
            compare(short, long, |spellings, short, long| super::same_organization(spellings, &short, &long))
        };
        assert!(same("Wiesenthal Center", "Simon Wiesenthal Center") >= 0.8);
        assert!(same("Labour", "Labour Party") >= 0.8);
        assert!(same("U.N. Harbour Council", "United Nations Harbour Council") >= 0.9);
        assert_eq!(
            same("U.N. Harbour Council", "United Ports Harbour Council"),
            same("U.N. Harbour Council", "United Nations Council")
        );
        assert!(same("Bears", "Chicago Bears") >= 0.8);
        assert!(same("Saehan", "Saehan Group") > same("Saehan", "Saehan Biologics"));
        assert_eq!(same("Court of Appeal", "Court of Final Appeal"), 0.0);
        assert_eq!(same("Treasury", "Treasury Committee"), 0.0);
        assert_eq!(same("Iowa", "Iowa State"), 0.0);
        assert_eq!(same("Hezbollah", "Kata’ib Hezbollah"), 0.0);
        assert!(same("Hezbollah", "Lebanese Hezbollah") >= 0.8);
        assert_eq!(same("Washington", "American University in Washington"), 0.0);
    }
}
