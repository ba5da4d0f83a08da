//! Numbers in digits and words: "3.5", "1,000 to 2,000", "two and a half million", "hundreds of".

use super::Reader;
use super::meaning::{self, ARTICLE, BEFORE_YEAR, DIGITS, SCALE, SCALES, WORD};

/// A number, or a range of two.
pub struct Number {
    /// One past its last token.
    pub end: u32,
    /// Letters glued to the last digits: "m" of "3.5m".
    pub suffix: Suffix,
    /// Whether a scale was read: "million".
    pub scaled: bool,
    /// Whether it is "hundreds of" and the like.
    pub vague: bool,
}

/// What is glued to digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Suffix {
    None,
    /// "bn", "m", "k"
    Scale,
    /// "p": pence
    Pence,
    /// "km", "ft"
    Unit,
    /// "st", "s", "am" …
    Other,
}

/// Reads the number that begins at `token`.
#[inline(never)]
pub fn read(reader: &Reader, token: u32) -> Option<Number> {
    let mut number = simple(reader, token)?;
    if number.suffix == Suffix::None && !number.vague {
        // "1,000-2,000 baht", "2,600 to 2,800 metres"
        let joint = reader.of(number.end);
        if matches!(joint, "-" | "–" | "—" | "to")
            && reader.at(number.end + 1).has(DIGITS | WORD)
            && let Some(second) = simple(reader, number.end + 1)
        {
            let digits = reader.at(token).has(DIGITS) == reader.at(number.end + 1).has(DIGITS);
            // "by 2030 to 32 percent"
            let is_year = joint == "to"
                && reader.before(token).has(BEFORE_YEAR)
                && reader.of(token).len() == 4
                && integer(reader.of(token)).is_some_and(|year| (1900..=2100).contains(&year))
                && reader.of(number.end + 1).len() < 4;
            if digits
                && !is_year
                && (joint != "to" || !reader.at(second.end).is_none() || second.suffix != Suffix::None)
            {
                number = second;
            }
        }
    }
    Some(number)
}

fn simple(reader: &Reader, token: u32) -> Option<Number> {
    let first = reader.at(token);
    let mut number = Number { end: token + 1, suffix: Suffix::None, scaled: false, vague: false };
    if first.has(DIGITS) {
        number.suffix = suffix(reader.of(token));
        // "1 / 2", "317½"
        if reader.is_glued(token + 1) && matches!(reader.of(token + 1), "½" | "¼" | "¾") {
            number.end += 1;
        }
    } else if first.has(WORD) {
        words(reader, &mut number);
    } else if first.has(SCALES) {
        // "tens of thousands of"
        while reader.key(number.end) == "of" && reader.at(number.end + 1).has(SCALES) {
            number.end += 2;
        }
        if reader.key(number.end) != "of" {
            return None;
        }
        number.end += 1;
        number.vague = true;
        number.scaled = true;
        return Some(number);
    } else if first.has(ARTICLE) {
        // "a million", "half a million", "half a hectare"
        if reader.key(token) == "half" {
            if !matches!(reader.key(token + 1), "a" | "an") {
                return None;
            }
            number.end += 1;
        } else if !reader.at(token + 1).has(SCALE) || reader.of(token + 2) == "-" {
            return None;
        }
    } else if first.has(SCALE) && reader.key(token).len() > 3 {
        // "billion-dollar"
        let hyphen = reader.of(token + 1) == "-";
        if !hyphen {
            return None;
        }
        number.scaled = true;
        return Some(number);
    } else {
        return None;
    }
    if number.suffix != Suffix::None {
        return (number.suffix != Suffix::Other).then_some(number);
    }
    scales(reader, &mut number);
    Some(number)
}

/// "twenty-five", "one hundred and twelve"
fn words(reader: &Reader, number: &mut Number) {
    loop {
        let hyphen = u32::from(matches!(reader.of(number.end), "-" | "–"));
        if reader.at(number.end + hyphen).has(WORD) {
            number.end += hyphen + 1;
        } else {
            break;
        }
    }
}

/// "million", "lakh crore", "-million", "and a half million"
fn scales(reader: &Reader, number: &mut Number) {
    if reader.key(number.end) == "and" && reader.key(number.end + 1) == "a" && reader.key(number.end + 2) == "half" {
        number.end += 3;
    }
    loop {
        let hyphen = u32::from(matches!(reader.of(number.end), "-" | "–"));
        let next = reader.at(number.end + hyphen);
        let letter = hyphen == 1 && matches!(reader.of(number.end + 1), "B" | "M" | "K");
        if next.has(SCALE) || letter || matches!(reader.key(number.end + hyphen), "lakhs" | "crores") {
            number.end += hyphen + 1;
            number.scaled = true;
        } else if number.scaled && hyphen == 0 && next.has(WORD) {
            number.end += 1;
        } else if number.scaled && reader.key(number.end) == "and" && reader.at(number.end + 1).has(WORD) {
            // "one hundred and twelve", but not "two hundred and three hundred"
            let mut after = Number { end: number.end + 2, suffix: Suffix::None, scaled: false, vague: false };
            words(reader, &mut after);
            if reader.at(after.end).has(SCALE) {
                break;
            }
            number.end = after.end;
        } else {
            break;
        }
    }
}

fn suffix(letters: &str) -> Suffix {
    let end = letters
        .rfind(|c: char| c.is_numeric())
        .map_or(0, |at| at + letters[at..].chars().next().map_or(0, char::len_utf8));
    let (digits, rest) = letters.split_at(end);
    match rest {
        "" => Suffix::None,
        "m" | "bn" | "mn" | "k" | "tn" | "b" | "K" | "M" | "B" | "T" | "cr" | "Cr" | "Mn" | "Bn" | "mln" | "bln"
        | "million" | "billion" | "trillion" => Suffix::Scale,
        "p" if !matches!(digits, "240" | "360" | "480" | "720" | "1080" | "1440" | "2160") => Suffix::Pence,
        "g" | "G" | "c" | "f" => Suffix::Other,
        "C" | "F" => Suffix::Unit,
        _ if meaning::is_unit(&rest.to_lowercase()) => Suffix::Unit,
        _ => Suffix::Other,
    }
}

/// The value of plain digits: "2,022" is none, "2022" is.
pub fn integer(letters: &str) -> Option<u32> {
    if letters.len() > 9 || !letters.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    letters.parse().ok()
}
