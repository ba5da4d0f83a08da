//! "12%", "3.5 percent", "nine per cent", "two percentage points", "25 basis points".

use super::meaning::PERCENT;
use super::numbers::{Number, Suffix};
use super::{Found, Reader};
use crate::annotation::EntityType;

pub fn read(reader: &Reader, number: &Number) -> Option<Found> {
    if number.suffix != Suffix::None || number.vague {
        return None;
    }
    let mut token = number.end;
    if reader.of(token) == "-" && reader.at(token + 1).has(PERCENT) {
        token += 1;
    }
    if !reader.at(token).has(PERCENT) {
        return None;
    }
    let points = matches!(reader.key(token + 1), "point" | "points");
    let end = match reader.key(token) {
        "per" if reader.key(token + 1) == "cent" => token + 2,
        "per" => return None,
        "percentage" | "basis" if points => token + 2,
        "percentage" | "basis" => return None,
        _ => token + 1,
    };
    Some(Found::new(end, EntityType::Percent, "percent"))
}
