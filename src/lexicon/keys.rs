//! The lexicon's keys: sorted strings, each written as what differs from the one before.
//!
//! Sixteen keys make a block whose first one is written whole; a look-up finds the block by halving and reads on in it.
//! That is two thirds of an automaton's size once both are compressed, and fast enough for one look-up for each
//! distinct word of a text.
//!
//! Layout: for each block the bytes of its letters (`u16`), then for each key one byte (low half: length shared with the
//! key before; high half: length of the rest, [`LONG`] where the rest begins with its length), then all letters.

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
    /// How each block's first key begins: nearly all of the halving is done in here.
    heads: Vec<u64>,
    /// Where each block's letters begin.
    starts: Vec<u32>,
    lengths: &'d [u8],
    letters: &'d [u8],
}

/// The first eight bytes as a number that is in the order of the strings, zeros where there are fewer.
fn beginning(key: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let length = key.len().min(8);
    bytes[..length].copy_from_slice(&key[..length]);
    u64::from_be_bytes(bytes)
}

impl<'d> Keys<'d> {
    /// No keys.
    pub const fn empty() -> Keys<'static> {
        Keys { heads: Vec::new(), starts: Vec::new(), lengths: &[], letters: &[] }
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
        let mut keys = Keys { heads: Vec::new(), starts, lengths, letters };
        keys.heads = (0..blocks).map(|block| beginning(keys.head(block))).collect();
        (start as usize == letters.len()).then_some(keys)
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
        let begins = beginning(key);
        // Halving without a branch: which way it goes cannot be foretold.
        let (mut low, mut length) = (0, self.heads.len());
        while length > 1 {
            let half = length / 2;
            low += if self.heads[low + half - 1] < begins { half } else { 0 };
            length -= half;
        }
        low += usize::from(self.heads.get(low).is_some_and(|&head| head < begins));
        // Of blocks that begin alike few are looked at as a whole.
        while self.heads.get(low) == Some(&begins) && self.head(low) <= key {
            low += 1;
        }
        // Before the first key of all, something longer may still begin with this.
        self.find_from(low.saturating_sub(1), key).unwrap_or_default()
    }

    /// Looks a string up that is no key of an earlier block. None in broken data.
    ///
    /// The keys need not be put together: how much the string has in common with the key before is enough to go on.
    fn find_from(&self, block: usize, key: &[u8]) -> Option<Found> {
        let mut letters = self.letters.get(*self.starts.get(block)? as usize..)?;
        let mut found = Found::default();
        // Bytes of the string that the last key begins with.
        let mut common = 0;
        // One step beyond the block where the string is its last key: the space is the smallest of all signs, so what
        // goes on with one stands right behind.
        for (index, &byte) in self.lengths.iter().enumerate().skip(block * BLOCK) {
            let shared = usize::from(byte & 15);
            let mut length = usize::from(byte >> 4);
            if length == LONG {
                length = usize::from(*letters.first()?);
                letters = &letters[1..];
            }
            let (rest, after) = letters.split_at_checked(length)?;
            letters = after;
            // A block's first key stands alone; more than so many shared bytes are not counted.
            common = if index.is_multiple_of(BLOCK) { 0 } else { common.min(LONG) };
            if shared < common {
                break;
            }
            if shared == common {
                let wanted = &key[common..];
                let more = rest.iter().zip(wanted).take_while(|(one, other)| one == other).count();
                common += more;
                match (rest.get(more), wanted.get(more)) {
                    (None, None) => found.index = Some(index as u32),
                    (None, Some(_)) => {}
                    (Some(&after), None) => {
                        found.goes_on = after == b' ';
                        break;
                    }
                    (Some(one), Some(other)) if one > other => break,
                    (Some(_), Some(_)) => {}
                }
            }
        }
        Some(found)
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
