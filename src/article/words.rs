//! Classes of words that lines about a text are made of: months, names, roles, agencies.

/// "March", "Sept.", "OCT"; "May" too: a line of names and dates has no verbs.
pub(super) fn is_month(word: &str) -> bool {
    if !word.starts_with(['A', 'D', 'F', 'J', 'M', 'N', 'O', 'S']) {
        return false;
    }
    let word = word.trim_end_matches(['.', ',']);
    let month = match &beginning(word) {
        b"jan" => "january",
        b"feb" => "february",
        b"mar" => "march",
        b"apr" => "april",
        b"may" => "may",
        b"jun" => "june",
        b"jul" => "july",
        b"aug" => "august",
        b"sep" => "september",
        b"oct" => "october",
        b"nov" => "november",
        b"dec" => "december",
        _ => return false,
    };
    let is_short = word.len() == 3 || word.len() == 4 && month == "september";
    (is_short || word.len() == month.len()) && month.as_bytes()[..word.len()].eq_ignore_ascii_case(word.as_bytes())
}

/// "Monday", "Tue".
pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']);
    let day = match &beginning(word) {
        b"mon" => "monday",
        b"tue" => "tuesday",
        b"wed" => "wednesday",
        b"thu" => "thursday",
        b"fri" => "friday",
        b"sat" => "saturday",
        b"sun" => "sunday",
        _ => return false,
    };
    (word.len() <= 4 || word.len() == day.len()) && day.as_bytes()[..word.len()].eq_ignore_ascii_case(word.as_bytes())
}

/// The first three letters, made small; those of nothing where there are fewer.
fn beginning(word: &str) -> [u8; 3] {
    word.as_bytes().first_chunk().copied().unwrap_or_default().map(|byte| byte.to_ascii_lowercase())
}

/// A word as a name is written: a capital, then letters.
pub(super) fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '‘'))
        && word.chars().any(char::is_alphabetic)
        && word.chars().all(|c| c.is_alphabetic() || "'’‘.-&".contains(c))
}

/// A small word inside a person's name: "van den", "al".
pub(super) fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "a’", "al", "ap", "bin", "binte", "da", "das", "de", "dei", "del", "den", "der", "di", "do", "dos", "du", "e",
        "el", "ibn", "la", "le", "ter", "van", "von", "y", "zu",
    ];
    PARTICLES.contains(&word)
}

/// What a writer of a page is: the last word of "Home affairs editor".
pub(super) fn is_role(word: &str) -> bool {
    const ROLES: &[&str] = &[
        "columnist",
        "commentator",
        "contributor",
        "correspondent",
        "correspondents",
        "critic",
        "desk",
        "editor",
        "editors",
        "journalist",
        "producer",
        "reporter",
        "report",
        "reports",
        "reporters",
        "staff",
        "writer",
        "writers",
    ];
    let low = word.trim_end_matches([',', ';']).to_ascii_lowercase();
    ROLES.contains(&low.as_str())
}

/// A word that says that a picture is somebody's: agencies of pictures and what stands beside their names.
pub(super) fn is_of_credit(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "afp",
        "alamy",
        "anadolu",
        "ani",
        "ansa",
        "ap",
        "bloomberg",
        "courtesy",
        "credit",
        "credits",
        "dpa",
        "efe",
        "epa",
        "file",
        "flash90",
        "getty",
        "handout",
        "image",
        "images",
        "imago",
        "kyodo",
        "photo",
        "photograph",
        "photos",
        "pic",
        "picture",
        "pictures",
        "pti",
        "reuters",
        "shutterstock",
        "supplied",
        "tass",
        "unsplash",
        "via",
        "xinhua",
        "yonhap",
    ];
    let low = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    WORDS.contains(&low.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_their_words() {
        assert!(["March", "Sept.", "OCT", "May", "Dec."].iter().all(|word| is_month(word)));
        assert!(["march", "Mars", "Mar1", "Octo", "Ma", "Marc"].iter().all(|word| !is_month(word)));
        assert!(["Monday", "Tue", "Thur.", "SUNDAY"].iter().all(|word| is_weekday(word)));
        assert!(["Mon4", "Mo", "Sunder", "Frida"].iter().all(|word| !is_weekday(word)));
        assert!(["O’Neill", "‘Ana", "J.", "Bell-Kostov", "É."].iter().all(|word| is_name(word)));
        assert!(["neill", "4th", "a.m.", "K9", "Why?"].iter().all(|word| !is_name(word)));
        assert!(is_role("Correspondent,") && !is_role("editors-in"));
        assert!(is_of_credit("(AFP)") && is_of_credit("Getty") && !is_of_credit("pictured"));
    }
}
