//! Names of organisations: acronyms, short forms, transliterations.

use super::form::{Form, Part};

/// How surely two names of organisations are one, 0 to 1. `short` has no more parts than `long`.
pub(super) fn same_organization(short: &Form, long: &Form) -> f32 {
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
    // A common word is a short name only where nothing but its kind follows: "Labour Party", "Apple Inc", not "Iraqi National Charter".
    if a.len() == 1
        && a[0].is_common
        && !a[0].is_generic
        && !(b[0].key == a[0].key && b[1..].iter().all(|part| part.is_generic))
    {
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

/// "Treasury" is the first or last word, or stands beside the end: a short form people use.
fn is_prefix_or_suffix(part: &Part, long: &[&Part]) -> bool {
    long.len() <= 3 && long.iter().any(|other| other.key == part.key)
}

/// True when an acronym's letters are those of the name's words: "UN", "IRGC", "AAH".
pub(super) fn is_acronym_of(acronym: &Form, name: &Form) -> bool {
    let [part] = acronym.parts.as_slice() else { return false };
    let letters = part.key.as_str();
    if letters.chars().count() < 2 || name.parts.len() < 2 {
        return false;
    }
    name.initials().iter().any(|initials| initials == letters)
}
