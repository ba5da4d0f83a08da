//! Names of organisations: acronyms, short forms, transliterations.

use super::form::{Form, Part};

/// How surely two names of organisations are one, 0 to 1. `short` has no more parts than `long`.
pub(super) fn same_organization(short: &Form, long: &Form) -> f32 {
    super::count_comparison();
    let (a, b): (Vec<&Part>, Vec<&Part>) = (short.telling().collect(), long.telling().collect());
    if a.is_empty() || b.is_empty() || a.len() > b.len() {
        return 0.0;
    }
    if a.len() == b.len() {
        let similarity = a.iter().zip(&b).map(|(a, b)| a.similarity(b)).fold(1.0, f32::min);
        // One word alone must be written alike: "Shell" is not "Schell".
        return if a.len() == 1 && similarity < 1.0 { 0.0 } else { similarity };
    }
    // One word alone must be written alike here as well, and a part of an institution is not the institution.
    if a.len() == 1 && !b.iter().any(|part| part.key == a[0].key) || is_subordinate(&a, &b) {
        return 0.0;
    }
    // "American University in Washington" is not "Washington".
    let is_where_it_is = |at: usize| at > 0 && matches!(long.parts[at - 1].key.as_str(), "in" | "at");
    if a.len() == 1 && (0..long.parts.len()).filter(|&at| long.parts[at].key == a[0].key).all(is_where_it_is) {
        return 0.0;
    }
    // A common word is a short name only where nothing but its kind follows: "Labour Party", "Apple Inc", not "Iraqi National Charter".
    let is_before_its_kind = b[0].key == a[0].key && b[1..].iter().all(|part| part.is_generic);
    let is_before_of = long.parts[0].key == a[0].key && long.parts.get(1).is_some_and(|part| part.key == "of");
    let is_short_name = is_before_its_kind || is_before_of || is_nickname_of_team(a[0], &b);
    if a.len() == 1 && a[0].is_common && !a[0].is_generic && !is_short_name {
        return 0.0;
    }
    // "Court of Appeal" is not the "Court of Final Appeal": words left out in the middle make another name.
    if a.len() > 1 && !b.windows(a.len()).any(|window| window.iter().zip(&a).all(|(b, a)| a.similarity(b) >= 0.86)) {
        return 0.0;
    }
    // The short name's words in their order: "Wiesenthal Center" in "Simon Wiesenthal Center".
    let mut rest = b.iter();
    let mut similarity: f32 = 1.0;
    for part in &a {
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
        (false, 2..) if b.starts_with(&a) || b.ends_with(&a) => 0.82 * similarity,
        (false, _) if is_prefix_or_suffix(a[0], &b) => 0.8 * similarity,
        _ => 0.0,
    }
}

/// "Treasury Committee" is not a longer name of the "Treasury".
fn is_subordinate(short: &[&Part], long: &[&Part]) -> bool {
    let head = |part: &Part| {
        matches!(
            part.key.as_str(),
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
    long.last().is_some_and(|last| head(last)) && long.starts_with(short)
}

/// "Bears" for the "Chicago Bears".
fn is_nickname_of_team(short: &Part, long: &[&Part]) -> bool {
    short.key.ends_with('s') && long.len() <= 3 && long.last().is_some_and(|last| last.key == short.key)
}

/// "Treasury" is the first or last word, or stands beside the end: a short form people use.
fn is_prefix_or_suffix(part: &Part, long: &[&Part]) -> bool {
    long.len() <= 3 && long.iter().any(|other| other.key == part.key)
}

/// True when an acronym's letters are those of the name's words: "UN", "IRGC", "AAH"; of its words without a legal form, a
/// country before or what follows a first part ("CDC"); or the beginnings of its words: "CENTCOM", "DOTr".
pub(super) fn is_acronym_of(acronym: &Form, name: &Form) -> bool {
    super::count_comparison();
    let [part] = acronym.parts.as_slice() else { return false };
    let letters: Vec<char> = part.key.chars().collect();
    if letters.len() < 2 || name.parts.len() < 2 {
        return false;
    }
    if name.initials().iter().any(|initials| initials.chars().eq(letters.iter().copied())) {
        return true;
    }
    if letters.len() < 3 {
        return false;
    }
    let parts: Vec<&Part> = name.parts.iter().filter(|part| !part.is_initial).collect();
    let telling: Vec<&Part> = parts.iter().copied().filter(|part| !part.is_minor).collect();
    let initials = |parts: &[&Part]| parts.iter().filter_map(|part| part.key.chars().next()).collect::<Vec<_>>();
    let cut = [&parts, &telling].into_iter().any(|parts| {
        let initials = initials(parts);
        // All but the first word, or all but the last ones.
        initials.len() == letters.len() + 1 && (initials.ends_with(&letters) || initials.starts_with(&letters))
    });
    cut || is_made_of_beginnings(&letters, &telling) || is_made_of_beginnings(&letters, &parts)
}

/// "CENTCOM" is made of "Central" and "Command", "DOTr" of "Department", "of" and "Transportation": each word gives its first
/// letter or letters, in order; only a first word may give none, and one letter in all is not enough for a word more.
fn is_made_of_beginnings(letters: &[char], parts: &[&Part]) -> bool {
    fn fits(letters: &[char], parts: &[&Part]) -> bool {
        let Some((part, rest)) = parts.split_first() else { return letters.is_empty() };
        let common = part.key.chars().zip(letters).take_while(|(one, other)| one == *other).count();
        (1..=common.min(5)).any(|taken| fits(&letters[taken..], rest))
    }
    letters.len() >= 4
        && parts.len() <= 6
        && (parts.len() >= 2 && fits(letters, parts) || parts.len() >= 3 && fits(letters, &parts[1..]))
}

#[cfg(test)]
mod tests {
    use super::super::people::tests::form;
    use super::*;

    #[test]
    fn acronyms_are_made_of_initials_or_beginnings() {
        for (acronym, name) in [
            ("UN", "United Nations"),
            ("CDC", "Centers for Disease Control and Prevention"),
            ("DNR", "Wisconsin Department of Natural Resources"),
            ("CENTCOM", "U.S. Central Command"),
            ("DOTr", "Department of Transportation"),
            ("Minem", "Ministry of Energy and Mines"),
        ] {
            assert!(is_acronym_of(&form(acronym), &form(name)), "{acronym} / {name}");
        }
        for (acronym, name) in [
            ("BBC", "British Council"),
            ("IMF", "International Fund"),
            ("CIA", "Central Bank"),
            ("SAMA", "Saudi Aramco"),
        ] {
            assert!(!is_acronym_of(&form(acronym), &form(name)), "{acronym} / {name}");
        }
    }

    #[test]
    fn short_forms_keep_the_words_together() {
        let same = |short: &str, long: &str| same_organization(&form(short), &form(long));
        assert!(same("Wiesenthal Center", "Simon Wiesenthal Center") >= 0.8);
        assert!(same("Labour", "Labour Party") >= 0.8);
        assert!(same("Bears", "Chicago Bears") >= 0.8);
        assert!(same("Saehan", "Saehan Group") > same("Saehan", "Saehan Biologics"));
        assert_eq!(same("Court of Appeal", "Court of Final Appeal"), 0.0);
        assert_eq!(same("Treasury", "Treasury Committee"), 0.0);
        assert_eq!(same("Washington", "American University in Washington"), 0.0);
    }
}
