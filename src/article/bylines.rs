//! Who wrote it, where no "By" says so: "Rupert Aldous in Girona", "Tendai Rukuni, Business reporter".

use super::words::{is_name, is_particle, is_role, without_suffix};

/// No line of authors is longer than this, in bytes.
const LONGEST: usize = 110;
/// What stands before authors with a colon, in lower case.
const LABELS: &[&str] = &[
    "analysis",
    "author",
    "exclusive",
    "interview",
    "report",
    "reporting",
    "reporter",
    "story",
    "text",
    "web desk",
    "words",
    "written by",
];

/// A line of nothing but names, roles and places of work. It may be so only near the head of a page.
pub(super) fn is_bare_byline(line: &str) -> bool {
    let line = without_suffix(without_suffix(line, "&lt;br&gt;"), "<br>").trim_end();
    if line.len() > LONGEST || line.ends_with(['.', ':', '?', '!']) {
        return false;
    }
    if is_address(line) {
        return true;
    }
    if let Some((label, rest)) = line.split_once(':') {
        let low = label.to_lowercase();
        return LABELS.contains(&low.trim()) && rest.split_whitespace().filter(|word| is_name(word)).count() >= 2;
    }
    let from = line.strip_prefix("From ").or_else(|| line.strip_prefix("EXCLUSIVE by "));
    let (mut names, mut others, mut in_segment, mut roles, mut handles) = (0, 0, 0, 0, 0);
    for segment in from.unwrap_or(line).split([',', '|', '/']) {
        // Words in lower case are part of a role where the segment ends with one: "Home affairs editor".
        let words = segment.split_whitespace().map(|word| word.trim_matches(['(', ')', ';']));
        let is_of_role = segment.split_whitespace().next_back().is_some_and(is_role);
        roles += u32::from(is_of_role);
        let mut low = 0;
        for word in words {
            match word {
                "and" | "in" | "for" | "at" | "of" | "the" | "by" | "&" | "&amp" | "–" | "-" | "now" | "earlier" => {
                    others += 1
                }
                _ if word.starts_with('@') => handles += 1,
                _ if is_name(word) => names += 1,
                _ if is_particle(word) && names > 0 => {}
                _ if is_of_role => low += 1,
                _ => return false,
            }
        }
        if low > 3 {
            return false;
        }
        in_segment += 1;
    }
    // "Guards Win Pay Rise Before Easter Holiday" is a heading with capitals.
    let is_broken = from.is_some() || others > 0 || in_segment > 1 || roles > 0;
    let most = if is_broken { 10 } else { 5 };
    let fewest = if roles + handles > 0 { 1 } else { 2 };
    (fewest..=most).contains(&names) && others <= 4
}

/// An address of mail or a handle, alone on its line.
fn is_address(line: &str) -> bool {
    let (name, site) = line.split_once('@').unwrap_or_default();
    !line.contains(char::is_whitespace) && !site.is_empty() && (name.is_empty() || site.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_without_by() {
        for line in [
            "Rupert Aldous in Girona",
            "Tendai Rukuni, Business Reporter",
            "Sunita Oyelaran Home affairs editor",
            "Ida Holm, political correspondent",
            "Ida Holm (Bergen) and Per Lie (Oslo) for Nordnytt",
            "Aud Bø @audbo",
            "news@fjordposten.example",
            "Joost van den Akker",
            "Interview: Ida Holm, Nordnytt",
            "From Ida Holm in Bergen",
            "Ida Holm | Nordnytt",
            "Ida Holm (now) and Per Lie (earlier)",
        ] {
            assert!(is_bare_byline(line), "{line}");
        }
    }

    #[test]
    fn what_is_no_author() {
        for line in [
            "Rescue went on until dawn, police say",
            "Guards Win Pay Rise Before Easter Holiday",
            "Ferry",
            "The mayor said so.",
            "Kenya: Tea workers return",
            "Who pays?",
        ] {
            assert!(!is_bare_byline(line), "{line}");
        }
    }
}
