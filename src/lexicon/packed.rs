//! Keys, class sets and clusters in the file: each byte in the context of what stands before, by [`crate::packing`].
//!
//! A key is told by how much of the key before it begins with, its next letter (it comes after the one that stands there in the
//! key before), its other letters, and a zero. Then follow the number of its class set, its coarse cluster ([`NO_COARSE`] for
//! none), and which of the fine ones in that it is.

use super::keys::{KEY_ROOM, Key, Keys, KeysBuilder, LONGEST};
use super::{COARSE_CLUSTERS, NO_CLUSTER};
use crate::packing::{AT_A_TIME, Reader, Tables};

/// What stands for the coarse cluster of a word without one.
const NO_COARSE: u8 = COARSE_CLUSTERS as u8;
/// Ends a key.
const END: u8 = 0;
/// The first number of a class set that takes two bytes.
const RARE: u16 = 255;

/// Contexts of the shared length: how much the key before shares with its own one before, and how long it is beyond that.
const SHARED: usize = 0;
const SHARES: usize = 11;
const RESTS: usize = 7;
/// Of the first letter that differs: the one in its place, or the last one where the key before is over.
const DIFFERENT: usize = SHARED + SHARES * RESTS;
const LETTERS: usize = 28;
/// Of the others: the letter before, and what the one before that is.
const LETTER: usize = DIFFERENT + 2 * LETTERS;
const SORTS: usize = 3;
/// Of the class set: that of the key before, and the number of words.
const SET: usize = LETTER + SORTS * LETTERS;
const SETS_BEFORE: usize = 13;
const WORDS: usize = 3;
const RARE_SET: usize = SET + SETS_BEFORE * WORDS;
/// Of the coarse cluster: the class set.
const COARSE: usize = RARE_SET + 1;
const SETS: usize = 24;
/// Of the fine cluster: the coarse one.
const FINE: usize = COARSE + SETS;
const CONTEXTS: usize = FINE + COARSE_CLUSTERS;

/// What a byte is as a part of contexts: which letter, and, times the number of letters, which sort, where two letters are too many.
static LETTER_OF: [(u8, u8); 256] = {
    let mut letters = [(27, 2 * LETTERS as u8); 256];
    letters[b' ' as usize].0 = 26;
    let mut byte = b'a';
    while byte <= b'z' {
        let is_vowel = matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        letters[byte as usize] = (byte - b'a', if is_vowel { 0 } else { LETTERS as u8 });
        byte += 1;
    }
    letters
};

fn letter(byte: u8) -> usize {
    usize::from(LETTER_OF[usize::from(byte)].0)
}

/// Where reader and writer are: the key so far, and what of the key before tells about the next one.
struct Place {
    key: Key,
    length: usize,
    /// How many spaces stand before each byte of the key, and in all of it.
    spaces: [u8; LONGEST + 1],
    /// What the key before shares with its own one before.
    shared: usize,
    /// Its class set.
    set: u16,
}

impl Place {
    fn start() -> Place {
        Place { key: [END; KEY_ROOM], length: 0, spaces: [0; LONGEST + 1], shared: 0, set: 0 }
    }

    fn shared_context(&self) -> usize {
        SHARED + self.shared.min(SHARES - 1) * RESTS + self.length.saturating_sub(self.shared).min(RESTS - 1)
    }

    fn different_context(&self, shared: usize) -> usize {
        let key = &self.key[..self.length];
        match key.get(shared) {
            Some(&byte) => DIFFERENT + letter(byte),
            None => DIFFERENT + LETTERS + letter(key.last().copied().unwrap_or(END)),
        }
    }

    /// The last two letters, [`END`] before the first.
    fn last_two(&self) -> [u8; 2] {
        match self.key[..self.length] {
            [.., one, other] => [one, other],
            [only] => [END, only],
            [] => [END; 2],
        }
    }

    #[cfg(feature = "cli")]
    fn letter_context([before, last]: [u8; 2]) -> usize {
        LETTER + usize::from(LETTER_OF[usize::from(before)].1) + letter(last)
    }

    fn set_context(&self) -> usize {
        SET + usize::from(self.set).min(SETS_BEFORE - 1) * WORDS + usize::from(self.spaces[self.length]).min(WORDS - 1)
    }

    fn coarse_context(set: u16) -> usize {
        COARSE + usize::from(set).min(SETS - 1)
    }

    /// None where the key is too long.
    #[cfg(feature = "cli")]
    fn push(&mut self, byte: u8) -> Option<()> {
        *self.key[..LONGEST].get_mut(self.length)? = byte;
        self.spaces[self.length + 1] = self.spaces[self.length] + u8::from(byte == b' ');
        self.length += 1;
        Some(())
    }
}

/// The fine clusters of each coarse one, in order.
fn fine_of(coarse: &[u8]) -> Vec<Vec<u16>> {
    let mut fine_of = vec![Vec::new(); COARSE_CLUSTERS];
    for (fine, coarse) in (0..).zip(coarse) {
        if let Some(of) = fine_of.get_mut(usize::from(*coarse)) {
            of.push(fine);
        }
    }
    fine_of
}

/// Reads so many keys, and the number of the class set and the cluster of each. `coarse` tells where fine clusters belong. None for
/// bytes that [`write`] did not make.
pub fn read(bytes: &[u8], count: usize, coarse: &[u8]) -> Option<(Keys, Vec<(u16, u16)>)> {
    // Each key takes more than a byte: a count from broken data cannot ask for more memory than that.
    if count > bytes.len() {
        return None;
    }
    let (tables, stream) = Tables::read(bytes, CONTEXTS)?;
    let mut reader = Reader::new(&tables, stream)?;
    let fine_of = fine_of(coarse);
    let mut place = Place::start();
    let mut keys = KeysBuilder::with_capacity(count);
    let mut entries = vec![(0, 0); count];
    for entries in entries.chunks_mut(AT_A_TIME) {
        reader = read_keys(reader, &mut place, &mut keys, entries, &fine_of)?;
    }
    reader.is_at_end().then(|| (keys.finish(), entries))
}

/// Reads some keys, and gives the reader behind them.
#[inline(never)]
fn read_keys<'b>(
    mut reader: Reader<'b>,
    place: &mut Place,
    keys: &mut KeysBuilder,
    entries: &mut [(u16, u16)],
    fine_of: &[Vec<u16>],
) -> Option<Reader<'b>> {
    for entry in entries {
        let shared = usize::from(reader.next(place.shared_context())?);
        if shared > place.length {
            return None;
        }
        let mut byte = reader.next(place.different_context(shared))?;
        place.length = shared;
        let (_, mut sort) = LETTER_OF[usize::from(place.last_two()[1])];
        // As [`Place::push`], with nothing in memory but the letters.
        let (mut length, mut spaces) = (shared, place.spaces[shared]);
        while byte != END {
            *place.key[..LONGEST].get_mut(length)? = byte;
            spaces += u8::from(byte == b' ');
            length += 1;
            place.spaces[length] = spaces;
            let (letter, next_sort) = LETTER_OF[usize::from(byte)];
            byte = reader.next(LETTER + usize::from(sort) + usize::from(letter))?;
            sort = next_sort;
        }
        place.length = length;
        keys.add(shared, &place.key, length);
        let mut set = u16::from(reader.next(place.set_context())?);
        if set == RARE {
            set += u16::from(reader.next(RARE_SET)?);
        }
        let cluster = match reader.next(Place::coarse_context(set))? {
            NO_COARSE => NO_CLUSTER,
            coarse => {
                let fine = reader.next(FINE + usize::from(coarse))?;
                *fine_of.get(usize::from(coarse))?.get(usize::from(fine))?
            }
        };
        (place.shared, place.set) = (shared, set);
        *entry = (set, cluster);
    }
    Some(reader)
}

/// The bytes of keys in order with the numbers of their class sets and their clusters.
///
/// # Errors
/// A key that is empty, too long or holds a zero; more sets, or more clusters in a coarse one, than a file can tell.
#[cfg(feature = "cli")]
pub fn write<'k>(entries: impl Iterator<Item = (&'k str, u16, u16)>, coarse: &[u8]) -> Result<Vec<u8>, String> {
    let fine_of = fine_of(coarse);
    let mut message: Vec<(usize, u8)> = Vec::new();
    let mut place = Place::start();
    for (key, set, cluster) in entries {
        let bytes = key.as_bytes();
        if bytes.is_empty() || bytes.len() > LONGEST || bytes.contains(&END) {
            return Err(format!("a key of {} bytes: {key}", bytes.len()));
        }
        let before = &place.key[..place.length];
        let shared = before.iter().zip(bytes).take_while(|(one, other)| one == other).count();
        message.push((place.shared_context(), shared as u8));
        let mut context = place.different_context(shared);
        place.length = shared;
        for &byte in &bytes[shared..] {
            message.push((context, byte));
            place.push(byte).ok_or(key)?;
            context = Place::letter_context(place.last_two());
        }
        message.push((context, END));
        message.push((place.set_context(), set.min(RARE) as u8));
        if let Some(rest) = set.checked_sub(RARE) {
            message.push((RARE_SET, u8::try_from(rest).map_err(|_| "more class sets than numbers")?));
        }
        if cluster == NO_CLUSTER {
            message.push((Place::coarse_context(set), NO_COARSE));
        } else {
            let coarse = coarse[usize::from(cluster)];
            let fine = fine_of.get(usize::from(coarse)).and_then(|all| all.binary_search(&cluster).ok());
            let fine = fine.and_then(|fine| u8::try_from(fine).ok()).ok_or("a coarse cluster of too many fine ones")?;
            message.extend([(Place::coarse_context(set), coarse), (FINE + usize::from(coarse), fine)]);
        }
        (place.shared, place.set) = (shared, set);
    }
    Ok(crate::packing::write(CONTEXTS, &message))
}
