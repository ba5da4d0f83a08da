//! What is known beforehand: names, places, demonyms, titles, the heads of names, and classes of words.
//!
//! The lists are readable files in `src/lexicon/sources`; `pressmark train lexicon` compiles them into one binary: the folded words
//! and phrases in order, and for each the number of its set of classes and its cluster. It is packed for the way to the reader,
//! and unpacked part by part, as words of texts are looked up.

#[cfg(feature = "cli")]
pub mod build;
#[cfg(feature = "cli")]
pub mod clusters;
pub mod cues;
mod fold;
pub mod grammar;
mod keys;
mod memory;
mod packed;
mod reading;

pub use fold::{fold, fold_into};
pub use reading::{Phrase, Reading, Word, WordId};

use crate::hashing::hash;
use keys::Keys;
use std::sync::OnceLock;

/// A set of [`Class`]es.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Classes(pub u32);

impl Classes {
    /// Nationalities, peoples, religions.
    pub const PEOPLES: Classes = Classes::of(Class::Demonym).and(Classes::of(Class::Group));
    /// Names of people, the first ones and the last.
    pub const PERSONAL: Classes = Classes::of(Class::GivenName).and(Classes::of(Class::Surname));
    /// What stands before a person's name and is no part of it.
    pub const TITLES: Classes = Classes::of(Class::Title).and(Classes::of(Class::Honorific));

    /// The set of one.
    pub const fn of(class: Class) -> Classes {
        Classes(1 << class as u32)
    }

    /// True when the class is in the set.
    pub const fn has(self, class: Class) -> bool {
        self.0 & 1 << class as u32 != 0
    }

    /// True when the sets share a class.
    pub const fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    pub const fn and(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// True when there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

macro_rules! classes {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal,)*) => {
        /// What a word or phrase is known as. The names are those of the source files' `@` lines.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Class { $($(#[doc = $doc])* $variant,)* }

        impl Class {
            /// All classes, in the order of their bits.
            pub const ALL: &'static [Class] = &[$(Class::$variant,)*];

            /// The name in the source files.
            pub const fn name(self) -> &'static str {
                match self { $(Class::$variant => $name,)* }
            }
        }
    };
}

classes! {
    /// "maria"
    GivenName "given-name",
    /// Of women, or a word that tells of one: "maria", "widow".
    Female "female",
    /// Of men: "ahmed", "king".
    Male "male",
    /// "guterres"
    Surname "surname",
    /// Any place.
    Place "place",
    /// A larger city.
    City "city",
    /// A smaller city or town.
    Town "town",
    /// "kenya", "u.s."
    Country "country",
    /// A province, state or part of the world.
    Region "region",
    /// "kenyan"
    Demonym "demonym",
    /// A people, religion or political camp.
    Group "group",
    /// Stands before a person's name: "minister", "mr".
    Title "title",
    /// A title that is no office: "mr".
    Honorific "honorific",
    /// What a person may be called: "spokesman".
    Role "role",
    /// What an organisation may be called: "ministry".
    OrganizationHead "org-head",
    /// "ltd", "fc"
    OrganizationSuffix "org-suffix",
    /// A known organisation.
    Organization "organization",
    /// A sports team.
    Team "team",
    /// A newspaper, broadcaster or agency.
    Media "media",
    /// A political party or movement.
    Party "party",
    /// "river", "airport"
    PlaceHead "place-head",
    /// "war", "cup"
    EventHead "event-head",
    /// "act", "treaty"
    WorkHead "work-head",
    /// A known product.
    Product "product",
    /// A known event.
    Event "event",
    /// A known law, book, prize …
    Work "work",
    /// "march", "sept"
    Month "month",
    /// "monday"
    Weekday "weekday",
    /// Stands in lower case in running text.
    Common "common",
    /// Stands in lower case and as a name.
    CommonOrName "common-or-name",
    /// "al", "von"
    Particle "particle",
    /// A known acronym.
    Acronym "acronym",
}

/// What is known of a word or phrase.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Entry {
    /// What it is known as.
    pub classes: Classes,
    /// Its cluster among [`CLUSTERS`] by the company it keeps in news; [`NO_CLUSTER`] where that is not known.
    pub cluster: u16,
    /// The coarser one, among [`COARSE_CLUSTERS`].
    pub coarse: u8,
}

/// A word that is not in the lexicon.
pub const UNKNOWN: Entry = Entry { classes: Classes(0), cluster: NO_CLUSTER, coarse: u8::MAX };

/// Number of fine clusters.
pub const CLUSTERS: usize = 1024;
/// Number of coarse clusters.
pub const COARSE_CLUSTERS: usize = 64;
/// The cluster of a word without one.
pub const NO_CLUSTER: u16 = u16::MAX;

const MAGIC: &[u8; 4] = b"PMLX";
const VERSION: u32 = 6;
const HEADER: usize = 24;

/// The compiled lexicon.
///
/// File, little-endian: magic (4 bytes), version `u32`, checksum `u64` of all that follows; number of class sets `u32`, number of keys
/// `u32`; the class sets, each a `u32`; the coarse cluster of each fine one, a byte; the keys as in [`packed`].
#[derive(Default)]
pub struct Lexicon<'d> {
    keys: Keys<'d>,
    class_sets: Vec<Classes>,
    /// For each cluster.
    coarse: Vec<u8>,
}

/// Why lexicon data was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DataError {
    /// Not a lexicon, or cut short.
    Malformed,
    /// Made for another version of this crate.
    WrongVersion,
    /// The checksum does not fit the content.
    Corrupt,
}

impl std::fmt::Display for DataError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            DataError::Malformed => "not a lexicon, or cut short",
            DataError::WrongVersion => "a lexicon of another version",
            DataError::Corrupt => "the lexicon's checksum does not fit",
        })
    }
}

impl std::error::Error for DataError {}

/// The lexicon that is built in.
pub fn lexicon() -> &'static Lexicon<'static> {
    static DATA: &[u8] = include_bytes!("lexicon.bin");
    static LEXICON: OnceLock<Lexicon<'static>> = OnceLock::new();
    // The data is part of the build and checked by a test; an empty lexicon is the defined result of a broken build.
    LEXICON.get_or_init(|| Lexicon::read(DATA).unwrap_or_default())
}

impl<'d> Lexicon<'d> {
    /// Reads a lexicon, of which most is unpacked when it is asked for. The checksum is left to [`Lexicon::verify`].
    ///
    /// # Errors
    /// When the data is no lexicon of this version.
    pub fn read(data: &'d [u8]) -> Result<Lexicon<'d>, DataError> {
        if data.len() < HEADER || &data[..4] != MAGIC {
            return Err(DataError::Malformed);
        }
        if number(data, 4) != VERSION {
            return Err(DataError::WrongVersion);
        }
        Lexicon::unpack(data).ok_or(DataError::Malformed)
    }

    fn unpack(data: &'d [u8]) -> Option<Lexicon<'d>> {
        let [sets, count] = [16, 20].map(|at| number(data, at) as usize);
        let (sets, rest) = data[HEADER..].split_at_checked(sets.checked_mul(4)?)?;
        let (coarse, packed) = rest.split_at_checked(CLUSTERS)?;
        let keys = packed::read(packed, count, coarse)?;
        let class_sets = sets.as_chunks().0.iter().map(|set| Classes(u32::from_le_bytes(*set))).collect();
        Some(Lexicon { keys, class_sets, coarse: coarse.to_vec() })
    }

    /// Checks the content against the header's checksum.
    ///
    /// # Errors
    /// [`DataError::Corrupt`] when a byte changed, or what [`Lexicon::read`] says.
    pub fn verify(data: &[u8]) -> Result<(), DataError> {
        let lexicon = Lexicon::read(data)?;
        let stored = u64::from_le_bytes(data[8..16].try_into().unwrap_or_default());
        let is_whole = checksum(&data[16..]) == stored && lexicon.keys.is_whole();
        if is_whole { Ok(()) } else { Err(DataError::Corrupt) }
    }

    /// What is known of a folded word, or of folded words joined by single spaces.
    pub fn entry(&self, key: &str) -> Option<Entry> {
        self.look_up(key, hash(key)).0
    }

    /// The entry of a key with this hash, and whether a longer key goes on after it with a space.
    fn look_up(&self, key: &str, hash: u64) -> (Option<Entry>, bool) {
        let found = self.keys.find(key, hash);
        (found.entry.map(|(set, cluster)| self.entry_of(set, cluster)), found.goes_on)
    }

    fn entry_of(&self, set: u16, cluster: u16) -> Entry {
        let classes = self.class_sets.get(usize::from(set)).copied().unwrap_or_default();
        let coarse = self.coarse.get(usize::from(cluster)).copied().unwrap_or(u8::MAX);
        Entry { classes, cluster, coarse }
    }
}

fn number(data: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]])
}

/// FNV-1a, 64 bit.
fn checksum(data: &[u8]) -> u64 {
    data.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    static DATA: &[u8] = include_bytes!("lexicon.bin");

    #[test]
    fn the_built_in_lexicon_is_whole() {
        assert_eq!(Lexicon::verify(DATA), Ok(()));
    }

    #[test]
    fn broken_data_is_refused() {
        for length in [0, 3, 23, 24, 1000, DATA.len() - 1] {
            assert!(Lexicon::verify(&DATA[..length]).is_err(), "{length} bytes");
        }
        for at in [0, 5, 9, 20, 40, DATA.len() / 2, DATA.len() - 1] {
            let mut data = DATA.to_vec();
            data[at] ^= 0x10;
            assert!(Lexicon::verify(&data).is_err(), "byte {at}");
        }
    }

    #[test]
    fn words_and_phrases_have_their_classes() {
        let has = |key: &str, class: Class| lexicon().entry(key).is_some_and(|entry| entry.classes.has(class));
        assert!(has("kenya", Class::Country));
        assert!(has("kenyan", Class::Demonym));
        assert!(has("new zealand", Class::Country));
        assert!(has("maria", Class::GivenName) && has("maria", Class::Female));
        assert!(has("ministry", Class::OrganizationHead));
        assert!(!has("ministry", Class::GivenName));
        assert_eq!(lexicon().entry("qqxzzq"), None);
    }
}
