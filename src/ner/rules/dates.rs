//! Calendar expressions: "March 3, 2025", "5 Dec", "Friday", "last week", "1990s", "2023/24", "third quarter of 2024".

use super::meaning::{
    ARTICLE, BEFORE_YEAR, DAY, DIGITS, DOUBTFUL, FISCAL, MONTH, NEAR, ORDINAL, PART, PERIOD, PERIODS, SOME, UNIT,
    WEEKDAY, WORD,
};
use super::numbers::{self, integer};
use super::{Found, Reader};
use crate::annotation::EntityType;
use crate::text::Case;

/// A date that begins with a word or with a day's number.
#[inline(never)]
pub fn read(reader: &Reader, token: u32) -> Option<Found> {
    let meaning = reader.at(token);
    if meaning.has(WEEKDAY) {
        return weekday(reader, token);
    }
    if meaning.has(MONTH) {
        return month(reader, token);
    }
    if meaning.has(DAY) {
        return (!is_future(reader, token)).then(|| found(token + 1, None));
    }
    if meaning.has(NEAR) {
        return near(reader, token);
    }
    if meaning.has(FISCAL) {
        return fiscal(reader, token);
    }
    if meaning.has(DIGITS)
        && let Some(found) =
            day_first(reader, token).or_else(|| numeric(reader.of(token), token)).or_else(|| iso(reader, token))
    {
        return Some(found);
    }
    if meaning.has(ORDINAL | DIGITS)
        && let Some(found) = part(reader, token)
    {
        return Some(found);
    }
    if meaning.has(PERIOD) && reader.key(token) == "weekend" && reader.key(token.wrapping_sub(1)) == "the" {
        return Some(found(token + 1, None));
    }
    ago(reader, token)
}

/// "a brighter tomorrow"
fn is_future(reader: &Reader, token: u32) -> bool {
    const BETTER: [&str; 10] =
        ["better", "brighter", "cleaner", "fairer", "freer", "greener", "happier", "new", "safer", "stronger"];
    let first = reader.sentence.start;
    reader.key(token) == "tomorrow"
        && token >= first + 2
        && BETTER.contains(&reader.key(token - 1))
        && (reader.at(token - 2).has(ARTICLE) || matches!(reader.key(token - 2), "our" | "the" | "their" | "your"))
}

/// The day of the attacks of 2001, as the event is called: "after 9/11", "9/11 families"; not the fraction or the score.
pub fn read_event(reader: &Reader, token: u32) -> Option<Found> {
    let next = reader.of(token + 1);
    let is_number = next.starts_with(|c: char| c.is_numeric()) || matches!(next, "of" | "%" | "-" | "–");
    (reader.of(token) == "9/11" && !is_number).then(|| Found::new(token + 1, EntityType::Event, "day of an event"))
}

/// A date that begins with a number and is no amount: a year, a decade, a season.
#[inline(never)]
pub fn read_number(reader: &Reader, token: u32) -> Option<Found> {
    if !reader.at(token).has(DIGITS) {
        return None;
    }
    let letters = reader.of(token);
    // "1960 s" and "70 s", as some corpora are spaced
    if reader.of(token + 1) == "s"
        && let Some(decade) = decade(&format!("{letters}s"))
    {
        return Some(found(token + 2, Some(decade)));
    }
    // "the 90’s", "the early 1970's"
    if matches!(reader.of(token + 1), "'s" | "’s")
        && is_of_decade(reader, token)
        && let Some(decade) = decade(&format!("{letters}s"))
    {
        return Some(found(token + 2, Some(decade)));
    }
    // "1000s of people" counts them.
    let counts = reader.of(token + 1) == "of" && (token == reader.sentence.start || reader.key(token - 1) != "the");
    if let Some(decade) = decade(letters).filter(|_| !counts && !is_age_or_rate(reader, token, letters)) {
        return Some(found(token + 1, Some(decade)));
    }
    // "2023/24"
    if let Some((first, second)) = letters.split_once('/') {
        let season = year(first).is_some() && (second.len() == 2 || second.len() == 4) && integer(second).is_some();
        return season.then(|| found(token + 1, None));
    }
    let value = year(letters)?;
    if !is_year_here(reader, token, value) {
        return None;
    }
    // "2022-23", "1938–2025"
    if matches!(reader.of(token + 1), "-" | "–" | "/") {
        let second = reader.of(token + 2);
        let next = integer(second).is_some_and(|second_value| match second.len() {
            1 => second_value > value % 10,
            2 => second_value > value % 100 && second_value <= value % 100 + 10,
            4 => second_value > value && second_value <= 2100,
            _ => false,
        });
        if next {
            return Some(found(token + 3, None));
        }
    }
    Some(found(token + 1, Some(value.to_string())))
}

/// Whether a decade may stand behind the words before: "the", "the early", "mid-", "the 70's and".
fn is_of_decade(reader: &Reader, token: u32) -> bool {
    if matches!(reader.key(token.wrapping_sub(1)), "and" | "or") {
        return matches!(reader.of(token.wrapping_sub(2)), "'s" | "’s") && reader.at(token.wrapping_sub(3)).has(DIGITS);
    }
    let before = if reader.of(token.wrapping_sub(1)) == "-" { token.wrapping_sub(2) } else { token.wrapping_sub(1) };
    matches!(reader.key(before), "the" | "early" | "late" | "mid")
}

/// "in her 30s", "is in the mid-30s", "in the low-50s": two digits alone are an age or a rate there.
fn is_age_or_rate(reader: &Reader, token: u32, letters: &str) -> bool {
    let hyphen = u32::from(reader.of(token.wrapping_sub(1)) == "-");
    let part = reader.key(token.wrapping_sub(1 + hyphen));
    let is_part = matches!(part, "early" | "high" | "late" | "low" | "lower" | "mid" | "upper");
    let owner = reader.key(token.wrapping_sub(1 + if is_part { 1 + hyphen } else { 0 }));
    letters.len() == 3
        && (matches!(owner, "her" | "his" | "its" | "my" | "our" | "their" | "your")
            || matches!(part, "high" | "low" | "lower" | "upper")
            || part == "mid" && letters < "50s")
}

fn found(end: u32, value: Option<String>) -> Found {
    Found { value: value.map(String::into_boxed_str), ..Found::new(end, EntityType::Date, "date") }
}

/// "Friday", "Friday, May 23", "Tuesday 5 March 2024"
fn weekday(reader: &Reader, token: u32) -> Option<Found> {
    let next = token + 1 + u32::from(matches!(reader.of(token + 1), "," | "."));
    let dated = if reader.at(next).has(MONTH) {
        month_with_day(reader, next)
    } else if reader.at(next).has(DIGITS) {
        day_first(reader, next)
    } else {
        None
    };
    if dated.is_some() {
        return dated;
    }
    // "Sat" and "Sun" alone are other things; "sunday" is the same written carelessly.
    (!reader.at(token).has(DOUBTFUL)).then(|| found(token + 1, None))
}

/// "March 3, 2025", "March 3-5", "March 2025", "March"
fn month(reader: &Reader, token: u32) -> Option<Found> {
    if reader.text.tokens[token as usize].case == Case::Lower {
        return None;
    }
    if let Some(found) = month_with_day(reader, token) {
        return Some(found);
    }
    let meaning = reader.at(token);
    let comma = u32::from(reader.of(token + 1) == ",");
    if let Some(value) = year(reader.of(token + 1 + comma)).filter(|&year| year >= 1400) {
        return Some(found(token + 2 + comma, Some(format!("{value}-{:02}", meaning.number))));
    }
    if reader.key(token + 1) == "quarter" {
        return Some(found(token + 2, None));
    }
    let before = reader.before(token);
    // Inside running text: at the start of a sentence and in headlines, verbs have capitals as well.
    let inside = token > reader.sentence.start && reader.text.tokens[token as usize - 1].case == Case::Lower;
    let bare = match reader.key(token) {
        "may" | "march" => {
            inside
                || before.has(BEFORE_YEAR | NEAR | MONTH)
                || reader.of(token + 1) == "and" && reader.at(token + 2).has(MONTH)
        }
        _ if meaning.has(DOUBTFUL) => {
            before.has(BEFORE_YEAR) && (reader.of(token).ends_with('.') || reader.key(token).len() == 4)
        }
        _ => before.has(BEFORE_YEAR | NEAR) || !next_is_name(reader, token),
    };
    bare.then(|| found(token + 1, Some(format!("XXXX-{:02}", meaning.number))))
}

fn next_is_name(reader: &Reader, token: u32) -> bool {
    reader.sentence.holds(token + 1) && matches!(reader.text.tokens[token as usize + 1].case, Case::Title | Case::Upper)
}

/// "March 3, 2025", "March 3rd", "March 3-5"
fn month_with_day(reader: &Reader, token: u32) -> Option<Found> {
    let month = reader.at(token).number;
    // "in May First Minister Hale"
    let is_alone = || !next_is_name(reader, token + 1);
    let day = day(reader.of(token + 1)).or_else(|| written_day(reader, token + 1).filter(|_| is_alone()))?;
    let mut end = token + 2;
    // "March 3-5", "March 3 to 5"; "2-3" is no range of days after a colon and so on, but then no month stands before it.
    let mut range = false;
    if matches!(reader.of(end), "-" | "–" | "—") && self::day(reader.of(end + 1)).is_some_and(|second| second > day)
    {
        end += 2;
        range = true;
    }
    let comma = u32::from(reader.of(end) == ",");
    let year = year(reader.of(end + comma)).filter(|&year| year >= 1400);
    let year_text = match year {
        Some(year) => {
            end += comma + 1;
            year.to_string()
        }
        None => "XXXX".to_owned(),
    };
    let value = (!range).then(|| format!("{year_text}-{month:02}-{day:02}"));
    Some(found(end, value))
}

/// "3 March 2025", "3rd of March", "28 to 31 July", "3-5 March"
fn day_first(reader: &Reader, token: u32) -> Option<Found> {
    let mut value = day(reader.of(token))?;
    let mut next = token + 1;
    let mut range = false;
    if matches!(reader.of(next), "-" | "–" | "to" | "and" | "/")
        && let Some(second) = day(reader.of(next + 1)).filter(|&second| second > value)
    {
        value = second;
        next += 2;
        range = true;
    }
    if reader.key(next) == "of" || reader.of(next) == "-" && reader.at(next + 1).has(MONTH) {
        next += 1;
    }
    let month = reader.at(next);
    if !month.has(MONTH) || reader.text.tokens[next as usize].case == Case::Lower {
        return None;
    }
    // "in 10 May" the modal would need a subject; "5 March for peace" is rare enough.
    let mut end = next + 1;
    let comma = u32::from(matches!(reader.of(end), "," | "-"));
    let year = year(reader.of(end + comma)).filter(|&year| year >= 1400);
    if year.is_some() {
        end += comma + 1;
    }
    let text = year.map_or("XXXX".to_owned(), |year| year.to_string());
    Some(found(end, (!range).then(|| format!("{text}-{:02}-{value:02}", month.number))))
}

/// "last week", "this morning", "next Friday", "last March"
fn near(reader: &Reader, token: u32) -> Option<Found> {
    let next = reader.at(token + 1);
    let key = reader.key(token);
    if next.has(WEEKDAY | MONTH) && !next.has(DOUBTFUL) && matches!(key, "last" | "next" | "this") {
        return Some(found(token + 2, None));
    }
    // "this past week", "this coming summer"
    if key == "this"
        && matches!(reader.key(token + 1), "past" | "coming")
        && (reader.at(token + 2).has(WEEKDAY) && !reader.at(token + 2).has(DOUBTFUL)
            || matches!(
                reader.key(token + 2),
                "week" | "month" | "year" | "weekend" | "summer" | "winter" | "autumn" | "spring" | "fall"
            ))
    {
        return Some(found(token + 3, None));
    }
    if !next.has(PERIOD) {
        return None;
    }
    let period = reader.key(token + 1);
    let named = match key {
        // "the last week of", "the next year or two" are spans of time; so are "last half" and "this quarter" of a game.
        "last" | "next" => {
            !matches!(period, "half" | "day" | "quarter" | "morning" | "evening" | "afternoon")
                && (reader.key(token.wrapping_sub(1)) != "the" || token == reader.sentence.start)
        }
        "this" => !matches!(period, "half" | "day" | "night"),
        "previous" | "following" => matches!(period, "year" | "month" | "week" | "day"),
        "coming" => {
            matches!(period, "year" | "month" | "week" | "weekend") && reader.key(token.wrapping_sub(1)) == "the"
        }
        _ => false,
    };
    named.then(|| found(token + 2, None))
}

/// "FY2024-25", "Q1 2026"
fn fiscal(reader: &Reader, token: u32) -> Option<Found> {
    let letters = reader.of(token);
    if !letters.starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    if letters.starts_with("FY") {
        let range = matches!(reader.of(token + 1), "-" | "–" | "/") && integer(reader.of(token + 2)).is_some();
        return Some(found(token + if range { 3 } else { 1 }, None));
    }
    let quarter = letters.as_bytes().get(1).filter(|digit| (b'1'..=b'4').contains(digit))? - b'0';
    let of = u32::from(reader.key(token + 1) == "of");
    let year = year(reader.of(token + 1 + of))?;
    let value = letters.starts_with('Q').then(|| format!("{year}-Q{quarter}"));
    Some(found(token + 2 + of, value))
}

/// "Fourth" of July: a day in a word with a capital.
fn written_day(reader: &Reader, token: u32) -> Option<u32> {
    const DAYS: [&str; 9] = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth"];
    DAYS.iter().zip(1..).find_map(|(day, number)| (reader.of(token) == *day).then_some(number))
}

/// "third quarter of 2024", "first half of 2026", "19th century", "the Fourth of July"
fn part(reader: &Reader, token: u32) -> Option<Found> {
    let ordinal = reader.at(token).has(ORDINAL)
        || day(reader.of(token)).is_some() && !reader.of(token).ends_with(|c: char| c.is_ascii_digit());
    // "the Fourth of July"
    if let Some(day) = written_day(reader, token).filter(|_| reader.of(token + 1) == "of")
        && reader.at(token + 2).has(MONTH)
        && reader.text.tokens[token as usize + 2].case == Case::Title
    {
        return Some(found(token + 3, Some(format!("XXXX-{:02}-{day:02}", reader.at(token + 2).number))));
    }
    let hyphen = u32::from(reader.of(token + 1) == "-");
    let at = token + 1 + hyphen;
    if !ordinal || !reader.at(at).has(PART) {
        return None;
    }
    let key = reader.key(at);
    if key == "century" {
        return Some(found(at + 1, None));
    }
    let of = u32::from(reader.key(at + 1) == "of");
    if year(reader.of(at + 1 + of)).is_some() {
        return Some(found(at + 2 + of, None));
    }
    // A quarter alone is one of the year where money is spoken of, one of the game elsewhere: too doubtful but for these.
    // Of "the second quarter of this year" the year alone is one.
    let has_year = of == 1 && reader.at(at + 2).has(NEAR) && reader.key(at + 3) == "year";
    let yearly = key == "quarter"
        && !has_year
        && (hyphen == 1 || matches!(reader.key(token.wrapping_sub(1)), "in" | "the" | "for"));
    yearly.then(|| found(at + 1, None))
}

/// "four years ago", "a few days ago", "several months ago", "a couple of weeks ago"
fn ago(reader: &Reader, token: u32) -> Option<Found> {
    if !reader.at(token).has(WORD | DIGITS | ARTICLE | SOME) {
        return None;
    }
    let some = token + u32::from(reader.at(token).has(ARTICLE));
    let end = if reader.at(some).has(SOME) {
        some + 1 + u32::from(reader.key(some) == "couple" && reader.key(some + 1) == "of")
    } else if some > token {
        some
    } else {
        numbers::read(reader, token)?.end
    };
    let period = reader.at(end).has(PERIODS) || reader.at(end).has(PERIOD);
    (period && reader.key(end + 1) == "ago").then(|| found(end + 2, None))
}

/// "2025-03-16"
fn iso(reader: &Reader, token: u32) -> Option<Found> {
    let year = year(reader.of(token))?;
    let glued = (1..5).all(|distance| reader.is_glued(token + distance));
    if !glued || reader.of(token + 1) != "-" || reader.of(token + 3) != "-" {
        return None;
    }
    let month = integer(reader.of(token + 2)).filter(|month| (1..=12).contains(month))?;
    let day = day(reader.of(token + 4))?;
    Some(found(token + 5, Some(format!("{year}-{month:02}-{day:02}"))))
}

/// "21/08/2024", "11.02.25": one token.
fn numeric(letters: &str, token: u32) -> Option<Found> {
    let dots = letters.contains('.');
    let mut parts = letters.split(if dots { '.' } else { '/' });
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || dots && first.len() + second.len() < 4 && third.len() != 4 {
        return None;
    }
    let year = match third.len() {
        4 => year(third)?,
        2 => 2000 + integer(third)?,
        _ => return None,
    };
    let (first, second) = (day(first)?, day(second)?);
    let value = match (first > 12, second > 12) {
        (true, false) => Some((second, first)),
        (false, true) => Some((first, second)),
        // With dots the day always stands first.
        (false, false) if dots => Some((second, first)),
        (false, false) => None,
        (true, true) => return None,
    };
    Some(found(token + 1, value.map(|(month, day)| format!("{year}-{month:02}-{day:02}"))))
}

/// "3", "23rd"
fn day(letters: &str) -> Option<u32> {
    let digits = letters.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &letters[digits.len()..];
    if digits.len() > 2 || !matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH") {
        return None;
    }
    integer(digits).filter(|day| (1..=31).contains(day))
}

fn year(letters: &str) -> Option<u32> {
    if letters.len() != 4 {
        return None;
    }
    integer(letters).filter(|year| (1000..=2100).contains(year))
}

/// "1990s"
fn decade(letters: &str) -> Option<String> {
    let digits = letters.strip_suffix('s')?;
    match digits.len() {
        4 if digits.ends_with('0') => year(digits).map(|year| format!("{}X", year / 10)),
        2 if digits.ends_with('0') && digits >= "20" => Some(format!("19{}X", &digits[..1])),
        _ => None,
    }
}

/// "'93", where `token` is the number after the apostrophe.
#[inline(never)]
pub fn read_short_year(reader: &Reader, token: u32) -> Option<Found> {
    let letters = reader.of(token);
    let value = integer(letters).filter(|_| letters.len() == 2)?;
    let before = token.checked_sub(2).map(|before| reader.at(before))?;
    let apostrophe = matches!(reader.of(token - 1), "'" | "’" | "‘") && reader.is_glued(token);
    if !apostrophe || reader.is_glued(token - 1) || !before.has(BEFORE_YEAR | MONTH) {
        return None;
    }
    Some(found(token + 1, Some(format!("{}{value:02}", if value < 40 { 20 } else { 19 }))))
}

/// Whether four digits are a year: those of our time nearly always are, older ones need a word before them.
fn is_year_here(reader: &Reader, token: u32, value: u32) -> bool {
    let before = reader.before(token);
    let marked = before.has(BEFORE_YEAR | MONTH | NEAR)
        || token > reader.sentence.start && matches!(reader.of(token - 1), "(" | "–" | "-" | "'" | "’");
    if token > reader.sentence.start && matches!(reader.of(token - 1), "#" | "№") {
        return false;
    }
    // "+27 11 482-1003"
    let is_of_phone = token > reader.sentence.start + 1
        && matches!(reader.of(token - 1), "-" | "–")
        && reader.is_glued(token)
        && reader.is_glued(token - 1)
        && reader.of(token - 2).len() >= 3
        && integer(reader.of(token - 2)).is_some()
        && year(reader.of(token - 2)).is_none();
    if is_of_phone || reader.at(token + 1).has(UNIT) || before.has(super::meaning::CODE | super::meaning::SIGN) {
        return false;
    }
    if !(1900..=2099).contains(&value) {
        let marked = marked || token > reader.sentence.start && reader.key(token - 1) == "the";
        return marked && value < 2100 && (!value.is_multiple_of(100) || !next_is_counted(reader, token));
    }
    // "2000 soldiers"
    !value.is_multiple_of(50)
        || before.has(BEFORE_YEAR) && reader.key(token - 1) != "of"
        || !next_is_counted(reader, token)
}

/// Whether a lower-case word in the plural follows.
fn next_is_counted(reader: &Reader, token: u32) -> bool {
    reader.sentence.holds(token + 1) && {
        let next = reader.of(token + 1);
        next.starts_with(|c: char| c.is_lowercase())
            && next.ends_with('s')
            && !matches!(next, "is" | "was" | "has" | "as")
            || next == "people"
    }
}
