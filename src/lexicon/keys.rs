//! The lexicon's keys: sorted strings, each written as what differs from the one before.
//!
//! Four keys make a block whose first one is written whole; a look-up finds the block by the first two letters and then by
//! halving, and reads on in it: fast enough for one look-up for each distinct word of a text.

/// Keys in a block.
const BLOCK: usize = 4;
/// The longest length that half a byte holds; as the length of a rest it means that a whole byte follows.
const LONG: usize = 15;
/// No key is longer, in bytes.
pub const LONGEST: usize = 127;
/// Room for a key, and for the bytes behind it that are copied with it: a copy of few bytes of any number is a call.
pub type Key = [u8; KEY_ROOM];
pub const KEY_ROOM: usize = LONGEST + 1 + COPIED;
const COPIED: usize = 16;

/// What is known of a string.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// The number of the key that it is.
    pub index: Option<u32>,
    /// Whether some key is this string, a space and more.
    pub goes_on: bool,
}

/// See the module.
#[derive(Default)]
pub struct Keys {
    /// How each block's first key begins: nearly all of the halving is done in here.
    heads: Vec<u64>,
    /// For each pair of first letters the number of heads before those that begin so, and that of all.
    firsts: Vec<u32>,
    /// Where each block's letters begin.
    starts: Vec<u32>,
    /// For each key one byte (low half: length shared with the key before; high half: length of the rest, [`LONG`]
    /// where the rest begins with its length).
    lengths: Vec<u8>,
    letters: Vec<u8>,
}

/// The first eight bytes as a number that is in the order of the strings, zeros where there are fewer.
fn beginning(key: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let length = key.len().min(8);
    bytes[..length].copy_from_slice(&key[..length]);
    u64::from_be_bytes(bytes)
}

/// Sorts of letters: what comes before the small ones of ASCII, each of these, what comes after them.
const SORTS: usize = 28;

/// The number of the first two letters' pair, which is in the order of the strings as well.
fn pair(beginning: u64) -> usize {
    let [first, second, ..] =
        beginning.to_be_bytes().map(|byte| usize::from(byte.clamp(b'a' - 1, b'z' + 1) - (b'a' - 1)));
    first * SORTS + second
}

impl Keys {
    /// The first key of a block, in place.
    fn head(&self, block: usize) -> &[u8] {
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
        let [start, end] =
            [0, 1].map(|more| self.firsts.get(pair(begins) + more).copied().unwrap_or_default() as usize);
        // Halving without a branch: which way it goes cannot be foretold.
        let (mut low, mut length) = (start, end.saturating_sub(start));
        while length > 1 {
            let half = length / 2;
            low += if self.heads[low + half - 1] < begins { half } else { 0 };
            length -= half;
        }
        low += usize::from(length == 1 && self.heads.get(low).is_some_and(|&head| head < begins));
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
}

/// Takes keys in order, one after the other.
pub struct KeysBuilder(Keys);

impl KeysBuilder {
    /// For so many keys.
    pub fn with_capacity(count: usize) -> KeysBuilder {
        let blocks = count.div_ceil(BLOCK);
        KeysBuilder(Keys {
            heads: Vec::with_capacity(blocks),
            firsts: vec![0; SORTS * SORTS + 1],
            starts: Vec::with_capacity(blocks),
            lengths: Vec::with_capacity(count),
            letters: Vec::with_capacity(4 * count),
        })
    }

    /// Adds the key in the first `length` bytes (at most [`LONGEST`]), which begins with so many bytes of the key before.
    pub fn add(&mut self, shared: usize, key: &Key, length: usize) {
        let Keys { heads, starts, lengths, letters, .. } = &mut self.0;
        let mut shared = shared.min(LONG);
        if lengths.len().is_multiple_of(BLOCK) {
            heads.push(beginning(&key[..length]));
            starts.push(letters.len() as u32);
            shared = 0;
        }
        let rest = length - shared;
        lengths.push(shared as u8 | (rest.min(LONG) as u8) << 4);
        if rest >= LONG {
            letters.push(rest as u8);
            letters.extend_from_slice(&key[shared..length]);
        } else {
            let end = letters.len() + rest;
            letters.extend_from_slice(&key[shared..shared + COPIED]);
            letters.truncate(end);
        }
    }

    /// All of them.
    pub fn finish(mut self) -> Keys {
        let Keys { heads, firsts, .. } = &mut self.0;
        heads.iter().for_each(|&head| firsts[pair(head) + 1] += 1);
        (1..firsts.len()).for_each(|at| firsts[at] += firsts[at - 1]);
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(keys: &[String]) -> Keys {
        let mut builder = KeysBuilder::with_capacity(keys.len());
        let mut before = "";
        for key in keys {
            let mut room = [0; KEY_ROOM];
            room[..key.len()].copy_from_slice(key.as_bytes());
            let shared = before.bytes().zip(key.bytes()).take_while(|(one, other)| one == other).count();
            builder.add(shared, &room, key.len());
            before = key;
        }
        builder.finish()
    }

    #[test]
    fn every_key_is_found_with_its_number_and_nothing_else_is() {
        let mut keys: Vec<String> =
            (0..500).map(|n| format!("{}word{n}", ["", "a long beginning of a "][n % 2])).collect();
        keys.sort();
        let read = of(&keys);
        for (index, key) in keys.iter().enumerate() {
            assert_eq!(read.find(key).index, Some(index as u32), "{key}");
            assert_eq!(read.find(&format!("{key}x")).index, None);
        }
        for key in ["", "a", "word", "zzz", "a long beginning of a "] {
            assert_eq!(read.find(key).index, None, "{key}");
        }
        assert_eq!(of(&[]).find("key"), Found::default());
    }

    #[test]
    fn phrases_go_on_wherever_they_stand_in_a_block() {
        for padding in 0..2 * BLOCK {
            let mut keys: Vec<String> = (0..padding).map(|n| format!("aa{n:02}")).collect();
            keys.extend(["addis ababa", "new", "new york", "newer", "zebra"].map(String::from));
            let read = of(&keys);
            let goes_on = |key: &str| read.find(key).goes_on;
            assert!(goes_on("addis") && goes_on("new"), "{padding}");
            assert!(!goes_on("newer") && !goes_on("add") && !goes_on("zebra") && !goes_on("new york"), "{padding}");
            assert_eq!(read.find("addis").index, None);
        }
    }

    #[test]
    fn keys_out_of_order_do_no_harm() {
        let keys: Vec<String> = (0..40).map(|n| format!("key{:02}", n * 7 % 40)).collect();
        let read = of(&keys);
        for key in ["key07", "a", "key", "z"] {
            read.find(key);
        }
    }
}
