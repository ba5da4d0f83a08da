//! Who wrote it and when: "By Rupert Aldous", "Published on 3 March"; and where no "By" says so: "Rupert Aldous in Girona", "Tendai
//! Rukuni, Business reporter".

use super::starts::{Starts, after, ends_word, without_suffix};
use super::words::{is_name, is_particle, is_role};

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

/// Names behind them are authors'.
static AUTHORS: Starts =
    Starts::new(&["by ", "by: ", "report by ", "reported by ", "story by ", "words by ", "written by "]);

/// What somebody did to a report; "additional" may stand before it.
static WORK: Starts =
    Starts::new(&["compiled by", "edited by", "editing by", "reporting by", "translated by", "writing by"]);

/// Before a date or time.
static STAMPS: Starts =
    Starts::new(&["first published", "issued", "last modified", "last updated", "posted", "published", "updated"]);

/// A line that says in words that it tells the author, the editor or the time.
pub(super) fn is_byline(line: &str) -> bool {
    let is_of_author = AUTHORS
        .rests(line)
        .any(|name| name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().nth(141).is_none());
    let inside = line.strip_prefix('(').unwrap_or(line);
    let inside = after(inside, "additional ").unwrap_or(inside);
    // "Reporting from Leeds", and as it is pasted "Reporting fromLeeds"
    let is_sent = after(line, "reporting from").is_some_and(|place| place.trim_start().starts_with(char::is_uppercase));
    is_of_author || is_sent || WORK.rests(inside).any(ends_word) || is_stamp(line)
}

/// "Published on 3 March", "Updated: 14.30": a digit not far behind.
pub(super) fn is_stamp(line: &str) -> bool {
    STAMPS.rests(line).filter(|rest| ends_word(rest)).any(|rest| {
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let rest = ["on", "at", ":"].iter().find_map(|word| after(rest, word)).unwrap_or(rest);
        rest.strip_prefix(' ').unwrap_or(rest).chars().take(61).any(|c| c.is_ascii_digit())
    })
}

/// Whether a sentence says who worked on the report: "(Reporting by Ida Holm; Editing by Per Lie.)", "--additional reporting
/// from Ida Holm.", "Ida Holm and Per Lie contributed reporting.", "(With inputs from PTI)", "Holm reported from Oslo, Lie from
/// Bergen."
pub(super) fn is_sign_off(line: &str) -> bool {
    let inside = line.trim_start_matches(['(', '[', '-', '–', '—', '*', ' ']);
    let work = after(inside, "with ").unwrap_or(inside);
    let further = after(work, "additional ");
    let is_marked = inside.len() < line.len() || line.contains(';') || further.is_some();
    let begins = WORK.rests(further.unwrap_or(work)).any(ends_word)
        || further.is_some_and(|work| after(work, "reporting from ").is_some());
    let is_given = || after(inside, "with ").is_some_and(|given| GIVEN.rests(given).any(are_desks));
    let sent = || inside.split_once(" reported from ").is_some_and(|(who, place)| are_desks(who) && are_desks(place));
    is_marked && begins || is_given() || sent() || is_contribution(inside)
}

/// What somebody else gave to a report, behind "with".
static GIVEN: Starts = Starts::new(&["agency inputs", "files from ", "input from ", "inputs from ", "reporting by "]);

/// Names of people, agencies and places with what stands between them.
fn are_desks(rest: &str) -> bool {
    let is_between =
        |word: &str| matches!(word, "" | "agencies" | "and" | "from" | "in" | "reported" | "the" | "wires");
    let rest = rest.trim_end_matches(['.', ')', ' ']);
    rest.split([' ', ',']).all(|word| is_between(word) || is_name(word) || is_particle(word))
}

/// "Associated Press writers Ann Lee in Paris and Bo Ray in Rome contributed to this report."
fn is_contribution(line: &str) -> bool {
    let Some((who, rest)) = line.split_once(" contributed") else { return false };
    let works = [" reporting", " to this article", " to this report", " to this story"];
    // "NBC News' Lena Dahl contributed."
    let is_writer =
        || [" writer", " journalist", " reporter", "'s ", "’s ", "s' ", "s’ "].iter().any(|role| who.contains(role));
    let rest = works.iter().find_map(|work| rest.strip_prefix(work)).or_else(|| is_writer().then_some(rest));
    who.split(' ').next().is_some_and(is_name)
        && rest.is_some_and(|rest| {
            rest.starts_with('.') && rest.len() < 4 || rest.strip_prefix(" from ").is_some_and(are_desks)
        })
}

/// Who is the author of whom the last line of an article tells, by the word that the article then does not have: "Ida Holm is
/// a reporter in Bergen.", "Ida Holm is director of studies at the Hill School."; "The author", of a line that names nobody.
pub(super) fn author_below(line: &str) -> Option<(&str, &str)> {
    let parts = [" is ", " covers ", " reports on ", " writes about "].iter().filter_map(|verb| line.split_once(verb));
    let (subject, rest) = parts.min_by_key(|(subject, _)| subject.len())?;
    let has_article = !line[subject.len()..].starts_with(" is ")
        || ["a ", "an ", "the "].iter().any(|article| rest.starts_with(article));
    // A role stands without an article too; "is expected at the court" tells something else.
    let first = rest.split(' ').next()?;
    let is_office =
        [" at ", " of "].iter().any(|word| rest.contains(word)) && !first.ends_with("ed") && first.len() > 3;
    if !has_article && !is_office {
        return None;
    }
    if matches!(subject, "The author" | "The writer") {
        return Some((subject, subject));
    }
    let are_names = subject.split(' ').all(|word| is_name(word) || is_particle(word));
    (are_names && matches!(subject.split(' ').count(), 2..=4))
        .then(|| (subject, subject.rsplit(' ').next().unwrap_or(subject)))
}

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
    let (mut names, mut others, mut of_titles, mut in_segment, mut roles, mut handles) = (0, 0, 0, 0, 0, 0);
    for segment in from.unwrap_or(line).split([',', '|', '/']) {
        // Words in lower case are part of a role where the segment ends with one: "Home affairs editor".
        let words = segment.split_whitespace().map(|word| word.trim_matches(['(', ')', ';']));
        // "North of England correspondent @idaholm"
        let is_of_role = segment.split_whitespace().rfind(|word| !word.starts_with('@')).is_some_and(is_role);
        roles += u32::from(is_of_role);
        let mut low = 0;
        for word in words {
            match word {
                "of" => of_titles += 1,
                "and" | "the" | "in" | "for" | "at" | "by" | "&" | "&amp" | "–" | "-" | "now" | "earlier" => {
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
    // "Origin of Ferries" is a heading, "Office of Press Relations" an author.
    if of_titles > 0
        && !line.starts_with("Office ")
        && others + roles + handles == 0
        && from.is_none()
        && in_segment == 1
    {
        return false;
    }
    // "Guards Win Pay Rise Before Easter Holiday" is a heading with capitals.
    let is_broken = from.is_some() || others + of_titles > 0 || in_segment > 1 || roles > 0;
    let most = if is_broken { 10 } else { 5 };
    let fewest = if roles + handles > 0 { 1 } else { 2 };
    (fewest..=most).contains(&names) && others + of_titles <= 4
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
    fn authors_and_times_in_words() {
        for line in [
            "By Jane Atieno",
            "Words by Jane",
            "story BY Jane",
            "Reported by Jane",
            "Written by Jane",
            "Report by Jane",
            "(Additional reporting by Jane",
            "Editing by Jane",
            "(Writing by Jane",
            "Edited by",
            "Translated by Jane",
            "Compiled by Jane",
            "Published on 3 March",
            "Updated: 14.30",
            "Posted 3 March",
            "Last updated 3",
            "Last modified 3",
            "First published at 3",
            "Issued on 3 March",
        ] {
            assert!(is_byline(line), "{line}");
            assert_eq!(is_stamp(line), line.ends_with(['0', '3', 'h']), "{line}");
        }
        for line in ["By and by", "Bypass", "Edited byte", "Posted on the door", "Updates 3", "((Writing by Jane"] {
            assert!(!is_byline(line), "{line}");
        }
        for line in [
            "(Reporting by Ida Holm; Additional reporting by Per Lie; Editing by Aud Bø.)",
            "--additional reporting from Ida Holm.",
            "With additional reporting by Ida Holm.",
            "Ida Holm and Per Lie contributed reporting.",
            "Associated Press writers Ida Holm in Paris and Per Lie in Rome contributed to this report.",
            "NBC News' Ida Holm contributed.",
            "— Per Lie contributed to this report from Ankara.",
            "Holm reported from Oslo, Lie from Bergen. Aud Bø reported from Rome.",
            "(With inputs from PTI and agencies)",
        ] {
            assert!(is_sign_off(line), "{line}");
        }
        for line in [
            "Reporting from Oslo is hard.",
            "Editing by hand takes a year, she said.",
            "Several firms contributed to this report by the ministry.",
            "With inputs from six countries, the book took years.",
            "Holm reported from the front that the guns were silent.",
        ] {
            assert!(!is_sign_off(line), "{line}");
        }
    }

    #[test]
    fn authors_below_a_text() {
        for (line, author) in [
            ("Ida Holm is a reporter in Bergen.", Some("Holm")),
            ("Ida van den Akker is director of studies at the Hill School.", Some("Akker")),
            ("The author is a columnist for Nordnytt", Some("The author")),
            ("Ida Holm is expected at the court on Monday.", None),
            ("The mayor is the owner of the ferry.", None),
            ("Ida Holm is well.", None),
        ] {
            assert_eq!(author_below(line).map(|(_, name)| name), author, "{line}");
        }
    }

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
            "Origin of Ferries",
            "Ferry",
            "The mayor said so.",
            "Kenya: Tea workers return",
            "Who pays?",
        ] {
            assert!(!is_bare_byline(line), "{line}");
        }
    }
}
