//! Countries and their people: "the US", "America" and "the United States" are one place.

use crate::hashing::WordMap;
use crate::lexicon::fold;
use std::sync::OnceLock;

/// The same list that the lexicon is made from.
static TABLE: &str = include_str!("../lexicon/sources/countries.txt");

/// Lines of the table whose names are parts or neighbours of one country, not the country itself.
const NAMES_OF_PARTS: [&str; 8] = [
    "Antigua and Barbuda",
    "Cyprus",
    "Germany",
    "Gaza",
    "Trinidad and Tobago",
    "Europe",
    "Russia",
    "Republic of the Congo",
];

/// Numbers of the countries by folded name, and of their people by folded demonym.
struct Countries {
    places: WordMap<String, u16>,
    people: WordMap<String, u16>,
}

fn countries() -> &'static Countries {
    static COUNTRIES: OnceLock<Countries> = OnceLock::new();
    COUNTRIES.get_or_init(|| {
        let mut countries = Countries { places: WordMap::default(), people: WordMap::default() };
        let lines = TABLE.lines().filter(|line| !line.starts_with(['#', '@']) && !line.is_empty());
        for (number, line) in lines.enumerate() {
            let (names, people) = line.split_once('|').unwrap_or((line, ""));
            let has_parts = NAMES_OF_PARTS.iter().any(|name| names.starts_with(name));
            let names = if has_parts { names.split_once(',').map_or(names, |(first, _)| first) } else { names };
            add(&mut countries.places, names, number as u16);
            add(&mut countries.people, people, number as u16);
        }
        countries
    })
}

/// Adds names, between commas, with their country's number.
#[inline(never)]
fn add(numbers: &mut WordMap<String, u16>, names: &str, number: u16) {
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        numbers.insert(fold(name).replace(['.', '-', ' '], ""), number);
    }
}

/// The country's number by the letters of its name, without spaces and full stops.
pub(super) fn country(letters: &str) -> Option<u16> {
    countries().places.get(letters).copied()
}

/// The country's number by its name with the form of its state, as letters: "stateofqatar", "republicofkenya".
pub(super) fn by_form(letters: &str) -> Option<u16> {
    const FORMS: [&str; 6] = ["republicof", "stateof", "kingdomof", "sultanateof", "emirateof", "commonwealthof"];
    // All of them end so, and few names have it.
    let mut ends = letters.as_bytes().windows(2).enumerate().filter(|(_, pair)| *pair == b"of").map(|(at, _)| at + 2);
    let name = ends.find_map(|end| {
        let (form, name) = letters.split_at(end);
        FORMS.iter().any(|known| form.ends_with(known)).then_some(name)
    })?;
    // Two that are others: Taiwan, and a state in Mexico.
    let is_other = name == "china" && !letters.starts_with("people") || letters == "stateofmexico";
    country(name.strip_prefix("the").unwrap_or(name)).filter(|_| !is_other)
}

/// The number of the country whose people are called so.
pub(super) fn people_of(letters: &str) -> Option<u16> {
    countries().people.get(letters).copied()
}

/// States of the United States as newspapers abbreviate them, with a full stop: "Ga.", "N.Y.".
const STATES: [(&str, &str); 42] = [
    ("ala", "alabama"),
    ("ariz", "arizona"),
    ("ark", "arkansas"),
    ("calif", "california"),
    ("colo", "colorado"),
    ("conn", "connecticut"),
    ("del", "delaware"),
    ("fla", "florida"),
    ("ga", "georgia"),
    ("ill", "illinois"),
    ("ind", "indiana"),
    ("kan", "kansas"),
    ("ky", "kentucky"),
    ("la", "louisiana"),
    ("md", "maryland"),
    ("mass", "massachusetts"),
    ("mich", "michigan"),
    ("minn", "minnesota"),
    ("miss", "mississippi"),
    ("mo", "missouri"),
    ("mont", "montana"),
    ("neb", "nebraska"),
    ("nev", "nevada"),
    ("nh", "newhampshire"),
    ("nj", "newjersey"),
    ("nm", "newmexico"),
    ("ny", "newyork"),
    ("nc", "northcarolina"),
    ("nd", "northdakota"),
    ("okla", "oklahoma"),
    ("ore", "oregon"),
    ("pa", "pennsylvania"),
    ("ri", "rhodeisland"),
    ("sc", "southcarolina"),
    ("sd", "southdakota"),
    ("tenn", "tennessee"),
    ("tex", "texas"),
    ("vt", "vermont"),
    ("va", "virginia"),
    ("wash", "washington"),
    ("wva", "westvirginia"),
    ("wis", "wisconsin"),
];

/// The state's full letters by those of its abbreviation.
pub(super) fn state(letters: &str) -> Option<&'static str> {
    STATES.iter().find(|(short, _)| *short == letters).map(|(_, full)| *full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_country_share_its_number() {
        assert!(country("us").is_some());
        assert_eq!(country("us"), country("unitedstates"));
        assert_eq!(country("uk"), country("britain"));
        assert_ne!(country("northkorea"), country("southkorea"));
        assert_eq!(people_of("iraqi"), people_of("iraqis"));
        assert_eq!(country("europeanunion"), None);
        assert_eq!(by_form("stateofqatar"), country("qatar"));
        assert_eq!(by_form("federalrepublicofgermany"), country("germany"));
        assert_eq!(by_form("republicofchina"), None);
        assert_eq!(by_form("stateofnewyork"), None);
    }
}
