//! Numbers with a unit of measure: "40 kilometres", "6ft", "13 billion cubic metres", "26-mile".

use super::meaning::{POUND, UNIT, UNIT_PREFIX};
use super::numbers::{Number, Suffix};
use super::{Found, Reader};
use crate::annotation::EntityType;

#[inline(never)]
pub fn read(reader: &Reader, number: &Number) -> Option<Found> {
    let mut end = number.end;
    match number.suffix {
        Suffix::Unit => {}
        Suffix::None => {
            if matches!(reader.of(end), "-" | "–") && reader.at(end + 1).has(UNIT | UNIT_PREFIX) {
                end += 1;
            }
            if reader.at(end).has(UNIT_PREFIX) && reader.at(end + 1).has(UNIT) {
                end += 1;
            }
            let unit = reader.at(end);
            if !unit.has(UNIT) || unit.has(POUND) && reader.sterling {
                return None;
            }
            let key = reader.key(end);
            // Single letters are units only as they are written: "7,126 m", "30 C".
            if matches!(key, "c" | "f") && reader.of(end) != "C" && reader.of(end) != "F"
                || matches!(key, "m" | "g") && reader.of(end) != key
                || matches!(key, "cc" | "hp") && reader.of(end) != key
            {
                return None;
            }
            end += 1;
        }
        _ => return None,
    }
    end = rest_of_unit(reader, end);
    Some(Found::new(end, EntityType::Quantity, "quantity"))
}

/// "per hour", "Celsius".
fn rest_of_unit(reader: &Reader, end: u32) -> u32 {
    let key = reader.key(end);
    if matches!(key, "celsius" | "fahrenheit")
        || matches!(reader.of(end), "C" | "F") && reader.key(end - 1).starts_with(['°', 'd'])
    {
        return end + 1;
    }
    if matches!(key, "per" | "/") && matches!(reader.key(end + 1), "hour" | "second" | "h" | "s" | "hr") {
        return end + 2;
    }
    end
}
