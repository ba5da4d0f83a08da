//! The lexicon's keys: sorted strings, each written as what differs from the one before.
//!
//! Sixteen keys make a block whose first one is written whole; a look-up finds the block by halving and reads on in it.
//! That is two thirds of an automaton's size once both are compressed, and fast enough for one look-up for each
//! distinct word of a text.
//!
//! Layout: for each block the bytes of its letters (`u16`), then for each key one byte (low half: length shared with the
//! key before; high half: length of the rest, [`LONG`] where the rest begins with its length), then all letters.

use std::cmp::Ordering;

/// Keys in a block.
const BLOCK: usize = 16;
/// The longest length that half a byte holds; as the length of a rest it means that a whole byte follows.
const LONG: usize = 15;
/// No key is longer, in bytes.
pub const LONGEST: usize = 127;

/// What is known of a string.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// The number of the key that it is.
    pub index: Option<u32>,
    /// Whether some key is this string, a space and more.
    pub goes_on: bool,
}

/// See the module.
pub struct Keys<'d> {
    /// Where each block's letters begin.
    starts: Vec<u32>,
    lengths: &'d [u8],
    letters: &'d [u8],
}

/// A place among the keys, with the key that stands there.
struct Cursor<'k> {
    lengths: &'k [u8],
    letters: &'k [u8],
    key: [u8; LONGEST + 1],
    len: usize,
}

impl<'k> Cursor<'k> {
    /// Reads the next key; false after the last one, and in broken data.
    fn step(&mut self) -> bool {
        let Some((&byte, lengths)) = self.lengths.split_first() else { return false };
        self.lengths = lengths;
        let shared = usize::from(byte & 15);
        let mut rest = usize::from(byte >> 4);
        if rest == LONG {
            let Some((&length, letters)) = self.letters.split_first() else { return false };
            rest = usize::from(length);
            self.letters = letters;
        }
        let Some((letters, after)) = self.letters.split_at_checked(rest) else { return false };
        self.letters = after;
        self.len = shared + rest;
        match self.key.get_mut(shared..shared + rest) {
            Some(place) => place.copy_from_slice(letters),
            None => return false,
        }
        true
    }

    fn key(&self) -> &[u8] {
        &self.key[..self.len]
    }
}

impl<'d> Keys<'d> {
    /// No keys.
    pub const fn empty() -> Keys<'static> {
        Keys { starts: Vec::new(), lengths: &[], letters: &[] }
    }

    /// Takes `count` keys from the front of `data`; the rest are the letters. None where that is too short.
    pub fn read(data: &'d [u8], count: usize) -> Option<Keys<'d>> {
        let blocks = count.div_ceil(BLOCK);
        let (sizes, rest) = data.split_at_checked(blocks.checked_mul(2)?)?;
        let (lengths, letters) = rest.split_at_checked(count)?;
        let mut starts = Vec::with_capacity(blocks);
        let mut start = 0u32;
        for size in sizes.as_chunks::<2>().0 {
            starts.push(start);
            start += u32::from(u16::from_le_bytes(*size));
        }
        (start as usize == letters.len()).then_some(Keys { starts, lengths, letters })
    }

    fn cursor(&self, block: usize) -> Cursor<'d> {
        let lengths = self.lengths.get(block * BLOCK..).unwrap_or_default();
        let letters = self.letters.get(self.starts[block] as usize..).unwrap_or_default();
        Cursor { lengths, letters, key: [0; LONGEST + 1], len: 0 }
    }

    /// The first key of a block, in place.
    fn head(&self, block: usize) -> &'d [u8] {
        let start = self.starts[block] as usize;
        match usize::from(self.lengths[block * BLOCK] >> 4) {
            LONG => {
                let length = usize::from(self.letters.get(start).copied().unwrap_or_default());
                self.letters.get(start + 1..start + 1 + length).unwrap_or_default()
            }
            length => self.letters.get(start..start + length).unwrap_or_default(),
        }
    }

    /// Looks a string up. Logarithmic in the number of keys.
    pub fn find(&self, key: &str) -> Found {
        let key = key.as_bytes();
        if key.is_empty() || key.len() > LONGEST {
            return Found::default();
        }
        let (mut low, mut high) = (0, self.starts.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.head(middle) <= key { low = middle + 1 } else { high = middle }
        }
        // Before the first key of all, something longer may still begin with this.
        let block = low.saturating_sub(1);
        if block >= self.starts.len() {
            return Found::default();
        }
        let mut cursor = self.cursor(block);
        let mut found = Found::default();
        let mut index = (block * BLOCK) as u32;
        // One step beyond the block where the string is its last key: the space is the smallest of all signs, so what
        // goes on with one stands right behind.
        while cursor.step() {
            match cursor.key().cmp(key) {
                Ordering::Less => {}
                Ordering::Equal => found.index = Some(index),
                Ordering::Greater => {
                    found.goes_on = cursor.key().strip_prefix(key).is_some_and(|rest| rest.first() == Some(&b' '));
                    break;
                }
            }
            index += 1;
        }
        found
    }

    /// The bytes of these keys, which are in order and without repeats.
    ///
    /// # Errors
    /// A key that is empty or longer than [`LONGEST`].
    #[cfg(feature = "cli")]
    pub fn write<'k>(keys: impl Iterator<Item = &'k str>) -> Result<Vec<u8>, String> {
        let (mut sizes, mut lengths, mut letters) = (Vec::new(), Vec::new(), Vec::new());
        let mut before: &[u8] = &[];
        let mut start = 0;
        for (index, key) in keys.enumerate() {
            if key.is_empty() || key.len() > LONGEST {
                return Err(format!("a key of {} bytes: {key}", key.len()));
            }
            let key = key.as_bytes();
            if index % BLOCK == 0 {
                before = &[];
                if index > 0 {
                    sizes.extend(((letters.len() - start) as u16).to_le_bytes());
                    start = letters.len();
                }
            }
            let shared = before.iter().zip(key).take(LONG).take_while(|(a, b)| a == b).count();
            let rest = &key[shared..];
            lengths.push(shared as u8 | (rest.len().min(LONG) as u8) << 4);
            if rest.len() >= LONG {
                letters.push(rest.len() as u8);
            }
            letters.extend(rest);
            before = key;
        }
        if !lengths.is_empty() {
            sizes.extend(((letters.len() - start) as u16).to_le_bytes());
        }
        Ok([sizes, lengths, letters].concat())
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    fn bytes(keys: &[String]) -> Vec<u8> {
        Keys::write(keys.iter().map(String::as_str)).unwrap()
    }

    #[test]
    fn every_key_is_found_with_its_number_and_nothing_else_is() {
        let mut keys: Vec<String> =
            (0..500).map(|n| format!("{}word{n}", ["", "a long beginning of a "][n % 2])).collect();
        keys.sort();
        let data = bytes(&keys);
        let read = Keys::read(&data, keys.len()).unwrap();
        for (index, key) in keys.iter().enumerate() {
            assert_eq!(read.find(key).index, Some(index as u32), "{key}");
            assert_eq!(read.find(&format!("{key}x")).index, None);
        }
        for key in ["", "a", "word", "zzz", "a long beginning of a "] {
            assert_eq!(read.find(key).index, None, "{key}");
        }
    }

    #[test]
    fn phrases_go_on_wherever_they_stand_in_a_block() {
        for padding in 0..2 * BLOCK {
            let mut keys: Vec<String> = (0..padding).map(|n| format!("aa{n:02}")).collect();
            keys.extend(["addis ababa", "new", "new york", "newer", "zebra"].map(String::from));
            let data = bytes(&keys);
            let read = Keys::read(&data, keys.len()).unwrap();
            let goes_on = |key: &str| read.find(key).goes_on;
            assert!(goes_on("addis") && goes_on("new"), "{padding}");
            assert!(!goes_on("newer") && !goes_on("add") && !goes_on("zebra") && !goes_on("new york"), "{padding}");
            assert_eq!(read.find("addis").index, None);
        }
    }

    #[test]
    fn broken_data_is_refused_or_finds_nothing() {
        let keys: Vec<String> = (0..40).map(|n| format!("key{n:02}")).collect();
        let data = bytes(&keys);
        assert!(Keys::read(&data[..data.len() - 1], keys.len()).is_none());
        assert!(Keys::read(&data, keys.len() * 100).is_none());
        let mut torn = data.clone();
        torn[6..46].fill(0xFF);
        if let Some(read) = Keys::read(&torn, keys.len()) {
            assert_eq!(read.find("key07").index, None);
        }
    }
}
