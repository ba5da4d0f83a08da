//! Names of people: which full names are one person, and whom a short name means.

use super::form::{Form, Part};
use super::nicknames;
use super::spellings::Spellings;

/// How surely two full names (two telling parts and more) are one person, 0 to 1.
///
/// The family names must agree, and the given names where both are written; a name in the other order agrees as well.
pub(super) fn same_person(spellings: &Spellings, one: &Form, other: &Form) -> f32 {
    super::count_comparison();
    let (a, b) = (one.telling, other.telling);
    let ([a_first, .., a_last], [b_first, .., b_last]) = (a, b) else { return 0.0 };
    // Middle names that contradict each other are two people: "George H. Bush", "George W. Bush".
    let contradict = || a.len() > 2 && a.len() == b.len() && a.iter().zip(b).any(|(a, b)| a.similarity(b) == 0.0);
    let family = a_last.similarity(b_last);
    let straight = if family > 0.0 && !contradict() {
        let [key, other_key] = [a_first, b_first].map(|part| spellings.of(part.key));
        family.min(if nicknames::are_one(key, other_key) { 0.9 } else { a_first.similarity(b_first) })
    } else {
        0.0
    };
    // "Kim Jong-un" and "Jong-un Kim": all parts again, in another order.
    let found = |parts: &[Part], part: &Part| parts.iter().any(|other| other.key == part.key);
    let is_turned = a.len() == b.len() && a.iter().all(|part| found(b, part)) && b.iter().all(|part| found(a, part));
    let turned = if is_turned { 0.95 } else { 0.0 };
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let parted = if short.len() < long.len() { part_of_name(short, long) } else { 0.0 };
    // "Abd al-Razzaq al-Fahd" and "Abdulrazzaq Fahd": cut into words in another way.
    let recut = if one.joined.is_some() && one.joined == other.joined { 0.86 } else { 0.0 };
    // "Van Persie" and "Robin van Persie".
    let tail = if one.parts.len() < other.parts.len() {
        tail_with_particle(one, other)
    } else {
        tail_with_particle(other, one)
    };
    straight.max(turned).max(parted).max(recut).max(tail)
}

/// "Ben Okri Jr." and "Okri Sr.": whether two names tell of two generations.
pub(super) fn are_generations(spellings: &Spellings, one: &Form, other: &Form) -> bool {
    let [one, other] = [one, other].map(|form| {
        let last = form.parts.last().filter(|last| last.is_minor)?;
        let key = spellings.of(last.key);
        matches!(key, "jr" | "sr" | "ii" | "iii").then_some(key)
    });
    one.is_some() && other.is_some() && one != other
}

/// How surely a name that begins with a small word, as it seems, is the end of a longer one in which it is one.
fn tail_with_particle(short: &Form, long: &Form) -> f32 {
    let Some(at) = long.parts.len().checked_sub(short.parts.len()) else { return 0.0 };
    let is_tail =
        at > 0 && long.parts[at].is_minor && long.parts[at..].iter().zip(short.parts).all(|(l, s)| l.key == s.key);
    if is_tail { 0.95 } else { 0.0 }
}

/// How surely one name is a part of a longer one of the same person.
fn part_of_name(short: &[Part], long: &[Part]) -> f32 {
    // "Gabriel García" and "Gabriel García Márquez": the shorter is a head of the longer.
    let head = short.iter().zip(long).map(|(s, l)| s.similarity(l)).fold(0.9, f32::min);
    // "María José Ruiz" and "José Ruiz": a tail.
    let tail = short.iter().rev().zip(long.iter().rev()).map(|(s, l)| s.similarity(l)).fold(0.88, f32::min);
    // "Blanca Ruiz de Azagra Olano" and "Ruiz de Azagra": family names in a row.
    let is_inside = long.windows(short.len()).any(|window| window.iter().zip(short).all(|(l, s)| l.key == s.key));
    head.max(tail).max(if is_inside { 0.85 } else { 0.0 })
}

/// How surely a short name means the person of this full name: by family name, by any later part, by given name.
pub(super) fn short_for(spellings: &Spellings, short: &Form, full: &Form) -> f32 {
    super::count_comparison();
    let ([part], [rest @ .., last]) = (short.telling, full.telling) else { return 0.0 };
    // "Hadid" is not "Haddad", "Hussein" not "Hassan": vowels tell family names that stand alone apart.
    let alike = |other: &Part| Some(part.similarity(other)).filter(|similarity| *similarity > 0.9).unwrap_or_default();
    let family = alike(last);
    // The first of two family names, but half of one is none: "Ruiz-Holm" is seldom Ruiz.
    let of_middle = |other: &Part| alike(other) * if other.is_joined { 0.88 } else { 0.92 };
    let middle = rest.iter().skip(1).map(of_middle).fold(0.0, f32::max);
    let given = rest.first().map_or(0.0, |first| part.similarity(first)) * 0.85;
    let best = family.max(middle).max(given);
    if best < 0.8 {
        let [key, last_key] = [part, last].map(|part| spellings.of(part.key));
        let is_short = |given: &Part| {
            let given = spellings.of(given.key);
            nicknames::are_one(key, given) || is_cut(key, given)
        };
        // Behind an initial stands the given name: "Kayal" for S. Kayalvizhi.
        let after_initial = !rest.is_empty() && rest.iter().all(|part| part.is_initial) && is_cut(key, last_key);
        return if rest.first().is_some_and(is_short) || after_initial { 0.81 } else { 0.0 };
    }
    // A transliteration decides only for names long enough to tell.
    if part.is_initial || (best < 0.95 && part.length < 4 && best != 0.92 && best != 0.85) { 0.0 } else { best }
}

/// "Gul" for Gulbarchyn: the first syllable of a long given name.
fn is_cut(short: &str, given: &str) -> bool {
    short.len() >= 3 && given.len() >= short.len() + 3 && given.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::super::form::tests::compare;

    fn same_person(one: &str, other: &str) -> f32 {
        compare(one, other, |spellings, one, other| super::same_person(spellings, &one, &other))
    }

    fn short_for(short: &str, full: &str) -> f32 {
        compare(short, full, |spellings, short, full| super::short_for(spellings, &short, &full))
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
            assert!(same_person(one, other) >= 0.8, "{one} / {other}");
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
            assert!(same_person(one, other) < 0.8, "{one} / {other}");
        }
    }

    #[test]
    fn a_short_name_prefers_the_family_name() {
        assert_eq!(short_for("Guterres", "Antonio Guterres"), 1.0);
        assert!(short_for("Khazali", "Qais Al-Khaz'ali") > 0.85);
        assert!(short_for("Antonio", "Antonio Guterres") > 0.8);
        assert!(short_for("Joe", "Joseph Sandoval") >= 0.8);
        assert!(short_for("Gul", "Gulbarchyn Asanova") >= 0.8);
        assert_eq!(short_for("Okri", "Ben Okri"), 1.0);
        assert!(short_for("Cedeño", "Byron Cedeño Alvarado") >= 0.9);
        assert!(short_for("Hope", "Camille Hope-Ruiz") < 0.9);
        assert!(short_for("Kayal", "S. Kayalvizhi") >= 0.8);
        assert_eq!(short_for("Ruiz", "Antonio Guterres"), 0.0);
        assert_eq!(short_for("Ana", "Anand Rao"), 0.0);
    }
}
