//! Amounts with their currency: "$3 million", "Rs 40 crore", "two million euros", "50p", "millions of dollars".

use super::meaning::{CODE, CURRENCY, GLUED, Meaning, POUND, SCALE, SIGN, SIGN_PREFIX, meaning};
use super::numbers::{self, Number, Suffix};
use super::{Found, Reader};
use crate::annotation::EntityType;
use crate::lexicon::Class;

/// An amount that begins with its currency.
#[inline(never)]
pub fn read(reader: &Reader, token: u32) -> Option<Found> {
    let end = before_number(reader, token).or_else(|| glued(reader, token))?;
    // "COP30" is a conference, "COP30 million" and "COP 4,500" are pesos.
    let number = match reader.of(token).strip_prefix("COP") {
        Some("") if end == token + 2 => reader.of(token + 1),
        Some(number) if end == token + 1 => number,
        _ => "",
    };
    let is_conference = matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit());
    Some(if is_conference { Found::new(end, EntityType::Event, "conference") } else { found(end) })
}

/// An amount that begins with its number.
#[inline(never)]
pub fn after_number(reader: &Reader, number: &Number) -> Option<Found> {
    currency_after(reader, number).map(found)
}

fn found(end: u32) -> Found {
    Found::new(end, EntityType::Money, "money")
}

/// "US$42 million", "Rs 40 crore", "USD 3.5m", "$9.8 billion pesos"
fn before_number(reader: &Reader, token: u32) -> Option<u32> {
    let meaning = reader.at(token);
    let number = if meaning.has(SIGN) {
        token + 1
    } else if meaning.has(SIGN_PREFIX | CODE) && reader.at(token + 1).has(SIGN) && is_code(reader, token) {
        token + 2
    } else if meaning.has(CODE) && is_code(reader, token) {
        // "Rs." is one token, "Ksh." may be two.
        token + 1 + u32::from(reader.of(token + 1) == "." && reader.is_glued(token + 1))
    } else {
        return None;
    };
    if !reader.of(number).starts_with(|c: char| c.is_numeric()) {
        return None;
    }
    let read = numbers::read(reader, number)?;
    if matches!(read.suffix, Suffix::Unit | Suffix::Pence) {
        return None;
    }
    let end = read.end;
    // "$9.8 billion pesos", but not "$5 dollar"
    let named = reader.at(end).has(CURRENCY) && reader.key(end).ends_with('s') && read.scaled;
    Some(end + u32::from(named))
}

/// A code is written with a capital, and a short one alone is none: "Sh 300", but "P 3" needs the number glued to it.
fn is_code(reader: &Reader, token: u32) -> bool {
    let letters = reader.of(token);
    let capital = letters.starts_with(|c: char| c.is_uppercase());
    let next_is_sign = reader.at(token + 1).has(SIGN);
    match reader.key(token) {
        "naira" | "birr" | "kr" | "zig" => true,
        "us" | "can" | "a" | "try" | "php" | "mad" | "all" | "pen" | "cop" | "bob" | "le" | "re" | "gel" => {
            letters.chars().all(|c| c.is_uppercase() || c == '.') || letters == "Re" && !next_is_sign || letters == "Le"
        }
        key if key.len() == 1 => capital && (next_is_sign || reader.is_glued(token + 1)),
        _ => capital || matches!(reader.key(token), "rs" | "ksh" | "tk"),
    }
}

/// "Rs44bn", "N38 million", "SR93.40", "Sh30,000", "$US1.5 billion"
fn glued(reader: &Reader, mut token: u32) -> Option<u32> {
    let of_dollars = reader.at(token).has(SIGN) && names_dollars(reader, token + 1);
    token += u32::from(of_dollars);
    if !(of_dollars || reader.at(token).has(GLUED)) || !reader.of(token).starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    let mut end = token + 1;
    while matches!(reader.of(end), "," | ".")
        && reader.is_glued(end)
        && reader.is_glued(end + 1)
        && reader.of(end + 1).starts_with(|c: char| c.is_ascii_digit())
    {
        end += 2;
    }
    let hyphen = u32::from(reader.of(end) == "-");
    let scale = reader.at(end + hyphen).has(SCALE) || hyphen == 1 && matches!(reader.of(end + 1), "B" | "M");
    let amount = end > token + 1 || scale;
    // "R34" and "N500" are money, "B2" and "K9" are not: a single letter needs more digits or a scale.
    let letters = reader.of(token);
    let prefix = letters.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = letters[prefix..].bytes().take_while(u8::is_ascii_digit).count();
    let enough = amount
        || of_dollars
        || prefix > 1
        || digits > 2
        || letters.starts_with('R') && digits > 1
        || !letters.ends_with(|c: char| c.is_ascii_digit());
    if !enough {
        return None;
    }
    if scale {
        end += hyphen + 1;
    }
    Some(end)
}

/// "US40" behind "$": whose dollars, and how many.
fn names_dollars(reader: &Reader, token: u32) -> bool {
    let written = reader.of(token);
    let letters = written.bytes().take_while(u8::is_ascii_uppercase).count();
    let has_digit = written[letters..].starts_with(|c: char| c.is_ascii_digit());
    let whose = &written[..letters];
    has_digit && reader.is_glued(token) && (whose == "A" || meaning(&whose.to_ascii_lowercase()).has(SIGN_PREFIX))
}

/// "two million euros", "90 US cents", "52 billion Iraqi dinars", "50p", "21,000 crore", "billion-dollar"
fn currency_after(reader: &Reader, number: &Number) -> Option<u32> {
    if number.suffix == Suffix::Pence {
        return Some(number.end);
    }
    if !matches!(number.suffix, Suffix::None | Suffix::Scale) {
        return None;
    }
    let hyphen = u32::from(reader.of(number.end) == "-");
    let mut currency = number.end + hyphen;
    let nation = reader.reading.word_of.get(currency as usize).is_some_and(|_| {
        reader.sentence.holds(currency) && {
            let classes = reader.reading.classes(currency);
            classes.has(Class::Demonym) || classes.has(Class::Country)
        }
    });
    let adjective =
        nation || matches!(reader.key(currency), "us" | "u.s." | "cfa" | "fcfa" | "pacific" | "convertible");
    if adjective && reader.at(currency + 1).has(CURRENCY) {
        currency += 1;
    }
    let meaning = reader.at(currency);
    if meaning.has(CURRENCY) {
        let bare_pounds = meaning.has(POUND) && !adjective && !reader.sterling;
        let doubtful =
            matches!(reader.key(currency), "real" | "won" | "som" | "sol" | "colon" | "rand" | "lei" | "lev" | "cent");
        let fine = !doubtful || number.scaled || adjective || reader.key(currency) == "cent" && hyphen == 0;
        return (!bare_pounds && fine && !is_verb(reader, currency)).then_some(currency + 1);
    }
    if is_code_after(reader, currency, meaning) {
        return Some(currency + 1);
    }
    if meaning.has(SIGN) && reader.is_glued(currency) && reader.of(currency) == "€" {
        return Some(currency + 1);
    }
    // Lakhs and crores without more are rupees, unless things are counted by them.
    let counts = reader.at(number.end - 1).has(SCALE) && matches!(reader.key(number.end - 1), "crore" | "crores");
    let next = reader.of(number.end);
    let counted = next.starts_with(|c: char| c.is_lowercase()) && reader.at(number.end).is_none();
    (counts && !counted && !number.vague).then_some(number.end)
}

fn is_code_after(reader: &Reader, token: u32, meaning: Meaning) -> bool {
    meaning.has(CODE) && reader.key(token).len() == 3 && reader.of(token).bytes().all(|byte| byte.is_ascii_uppercase())
}

/// "won" after a number of seats is a verb.
fn is_verb(reader: &Reader, token: u32) -> bool {
    reader.key(token) == "won"
        && reader.key(token + 1) != "("
        && matches!(reader.key(token + 1), "the" | "a" | "by" | "in")
}
