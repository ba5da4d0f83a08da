//! The lexicon's keys: sorted strings, each written as what differs from the one before.
//!
//! So many keys make a [`Chunk`], which is unpacked when a string is first looked up in it: an article's words stand in a third of
//! them. Its first line in the processor's cache tells of most strings that are not in it that they are not. In a chunk four keys
//! make a block whose first one is written whole; a look-up finds the chunk and the block by halving, and reads on in it: fast
//! enough for one look-up for each distinct word of a text.

use super::packed::Packed;
use crate::hashing::hash_of_bytes;
use std::sync::OnceLock;

/// Keys in a chunk, in all but the last one.
pub const CHUNK: usize = 64;
/// Keys in a block.
const BLOCK: usize = 4;
const BLOCKS: usize = CHUNK / BLOCK;
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
    /// The numbers of the class set and of the cluster of the key that it is.
    pub entry: Option<(u16, u16)>,
    /// Whether some key is this string, a space and more.
    pub goes_on: bool,
}

/// See the module.
#[derive(Default)]
pub struct Keys<'d> {
    heads: Heads,
    packed: Packed<'d>,
    /// None in the place of a chunk whose data are broken.
    chunks: Vec<OnceLock<Option<Box<Chunk>>>>,
}

impl<'d> Keys<'d> {
    /// Keys of which only the first one of each chunk is unpacked.
    pub fn new(heads: Heads, packed: Packed<'d>) -> Keys<'d> {
        let chunks = (0..heads.len()).map(|_| OnceLock::new()).collect();
        Keys { heads, packed, chunks }
    }

    /// Looks up a string that has this hash by [`hash_of_bytes`]. Logarithmic in the number of keys.
    pub fn find(&self, key: &str, hash: u64) -> Found {
        let key = key.as_bytes();
        if key.is_empty() || key.len() > LONGEST {
            return Found::default();
        }
        let next = self.heads.after(key);
        let chunk = next.checked_sub(1).and_then(|number| self.chunk(number));
        // The space is the smallest of all signs: what goes on with one stands right behind the string.
        let goes_on = |head: &[u8]| head.strip_prefix(key).is_some_and(|rest| rest.first() == Some(&b' '));
        match chunk.map(|chunk| chunk.find(key, hash)) {
            Some(Searched { found, is_past: true }) => found,
            Some(Searched { found, is_past: false }) => Found { goes_on: goes_on(self.heads.at(next)), ..found },
            // Before the first key of all, something longer may still begin with this.
            None => Found { entry: None, goes_on: next == 0 && goes_on(self.heads.at(0)) },
        }
    }

    fn chunk(&self, number: usize) -> Option<&Chunk> {
        self.chunks.get(number)?.get_or_init(|| self.packed.chunk(number, self.heads.at(number))).as_deref()
    }

    /// Unpacks all that is not unpacked. False where some of it is broken.
    pub fn is_whole(&self) -> bool {
        (0..self.chunks.len()).all(|number| self.chunk(number).is_some())
    }
}

/// The first eight bytes as a number that is in the order of the strings, zeros where there are fewer.
fn beginning(key: &[u8]) -> u64 {
    match key.first_chunk() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => crate::hashing::number(key).swap_bytes(),
    }
}

/// The first keys of chunks, in order.
#[derive(Default)]
pub struct Heads {
    /// How each begins: nearly all of the halving is done in here.
    beginnings: Vec<u64>,
    /// Where each ends in the letters.
    ends: Vec<u32>,
    letters: Vec<u8>,
}

impl Heads {
    /// Adds the next one.
    pub fn push(&mut self, key: &[u8]) {
        self.beginnings.push(beginning(key));
        self.letters.extend_from_slice(key);
        self.ends.push(self.letters.len() as u32);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The key with this number; an empty one behind the last.
    fn at(&self, number: usize) -> &[u8] {
        let end = self.ends.get(number).map_or(0, |&end| end as usize);
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |&end| end as usize);
        self.letters.get(start..end).unwrap_or_default()
    }

    /// How many are not greater than a key.
    fn after(&self, key: &[u8]) -> usize {
        count_up_to(key, &self.beginnings, |number| self.at(number))
    }
}

/// How many of some strings in order are not greater than a key, by how they begin and, where that is not enough, as a whole.
#[inline(always)]
fn count_up_to<'s>(key: &[u8], beginnings: &[u64], whole: impl Fn(usize) -> &'s [u8]) -> usize {
    let begins = beginning(key);
    // Halving without a branch: which way it goes cannot be foretold.
    let (mut low, mut length) = (0, beginnings.len());
    while length > 1 {
        let half = length / 2;
        low += if beginnings[low + half - 1] < begins { half } else { 0 };
        length -= half;
    }
    low += usize::from(length == 1 && beginnings.get(low).is_some_and(|&head| head < begins));
    // Of those that begin alike few are looked at as a whole.
    while beginnings.get(low) == Some(&begins) && whole(low) <= key {
        low += 1;
    }
    low
}

/// Some keys after each other, with what they are known as.
#[repr(C, align(64))]
pub struct Chunk {
    /// Bits by the hashes of the keys and of what they begin with before a space: one in eight is set.
    hashes: [u64; 8],
    /// How each block's first key begins.
    beginnings: [u64; BLOCKS],
    /// Where each block's letters begin.
    starts: [u16; BLOCKS],
    /// For each key one byte (low half: length shared with the key before; high half: length of the rest, [`LONG`]
    /// where the rest begins with its length).
    lengths: [u8; CHUNK],
    entries: [(u16, u16); CHUNK],
    letters: Vec<u8>,
    count: usize,
}

/// What a chunk tells of a string.
struct Searched {
    found: Found,
    /// Whether a greater key of the chunk was met, so that the next chunk need not be looked at.
    is_past: bool,
}

impl Chunk {
    /// One that is to be filled.
    pub fn empty() -> Box<Chunk> {
        Box::new(Chunk {
            hashes: [0; 8],
            beginnings: [0; BLOCKS],
            starts: [0; BLOCKS],
            lengths: [0; CHUNK],
            entries: [(0, 0); CHUNK],
            letters: Vec::with_capacity(6 * CHUNK),
            count: 0,
        })
    }

    /// Adds the key in the first `length` bytes (at most [`LONGEST`]), which begins with so many bytes of the key before. No more
    /// than [`CHUNK`] are added.
    pub fn add(&mut self, shared: usize, key: &Key, length: usize, entry: (u16, u16)) {
        let at = self.count % CHUNK;
        self.count = at + 1;
        let spaces = key[..length].iter().enumerate().filter(|(_, byte)| **byte == b' ');
        for end in spaces.map(|(at, _)| at).chain([length]) {
            let (word, bit) = Chunk::bit(hash_of_bytes(&key[..end]));
            self.hashes[word] |= bit;
        }
        let mut shared = shared.min(LONG);
        if at.is_multiple_of(BLOCK) {
            self.beginnings[at / BLOCK] = beginning(&key[..length]);
            self.starts[at / BLOCK] = self.letters.len() as u16;
            shared = 0;
        }
        let rest = length - shared;
        self.lengths[at] = shared as u8 | (rest.min(LONG) as u8) << 4;
        self.entries[at] = entry;
        let letters = &mut self.letters;
        if rest >= LONG {
            letters.push(rest as u8);
            letters.extend_from_slice(&key[shared..length]);
        } else {
            let end = letters.len() + rest;
            letters.extend_from_slice(&key[shared..shared + COPIED]);
            letters.truncate(end);
        }
    }

    /// The first key of a block, in place.
    fn head(&self, block: usize) -> &[u8] {
        let start = usize::from(self.starts[block]);
        match usize::from(self.lengths[block * BLOCK] >> 4) {
            LONG => {
                let length = usize::from(self.letters.get(start).copied().unwrap_or_default());
                self.letters.get(start + 1..start + 1 + length).unwrap_or_default()
            }
            length => self.letters.get(start..start + length).unwrap_or_default(),
        }
    }

    /// Of [`Chunk::hashes`], the number and the bit that tell of a hash.
    fn bit(hash: u64) -> (usize, u64) {
        ((hash >> 61) as usize, 1 << (hash >> 55 & 63))
    }

    fn find(&self, key: &[u8], hash: u64) -> Searched {
        let (word, bit) = Chunk::bit(hash);
        if self.hashes[word] & bit == 0 {
            return Searched { found: Found::default(), is_past: false };
        }
        let block = count_up_to(key, &self.beginnings[..self.count.div_ceil(BLOCK)], |block| self.head(block));
        let none = Searched { found: Found::default(), is_past: true };
        self.find_from(block.saturating_sub(1), key).unwrap_or(none)
    }

    /// Looks a string up that is no key of an earlier block. None in broken data.
    ///
    /// The keys need not be put together: how much the string has in common with the key before is enough to go on.
    fn find_from(&self, block: usize, key: &[u8]) -> Option<Searched> {
        let mut letters = self.letters.get(usize::from(*self.starts.get(block)?)..)?;
        let mut found = Found::default();
        // Bytes of the string that the last key begins with.
        let mut common = 0;
        // One step beyond the block where the string is its last key.
        for (index, &byte) in self.lengths[..self.count].iter().enumerate().skip(block * BLOCK) {
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
                return Some(Searched { found, is_past: true });
            }
            if shared == common {
                let wanted = &key[common..];
                let more = rest.iter().zip(wanted).take_while(|(one, other)| one == other).count();
                common += more;
                match (rest.get(more), wanted.get(more)) {
                    (None, None) => found.entry = Some(self.entries[index]),
                    (None, Some(_)) => {}
                    (Some(&after), None) => {
                        found.goes_on = after == b' ';
                        return Some(Searched { found, is_past: true });
                    }
                    (Some(one), Some(other)) if one > other => return Some(Searched { found, is_past: true }),
                    (Some(_), Some(_)) => {}
                }
            }
        }
        Some(Searched { found, is_past: false })
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::super::packed;
    use super::*;

    fn find(keys: &Keys, key: &str) -> Found {
        keys.find(key, hash_of_bytes(key.as_bytes()))
    }

    /// Calls `act` with keys, each of which has its number for a cluster.
    fn with<K: AsRef<str>>(keys: &[K], act: impl FnOnce(&Keys)) {
        let entries = keys.iter().zip(0..).map(|(key, number)| (key.as_ref(), 0, number));
        // Each coarse cluster holds the same number of fine ones.
        let coarse: Vec<u8> = (0..super::super::CLUSTERS).map(|fine| (fine / 16) as u8).collect();
        let bytes = packed::write(entries, &coarse).expect("keys that can be written");
        let read = packed::read(&bytes, keys.len(), &coarse).expect("just written");
        assert!(read.is_whole());
        act(&read);
    }

    #[test]
    fn every_key_is_found_with_its_entry_and_nothing_else_is() {
        let mut keys: Vec<String> =
            (0..500).map(|n| format!("{}word{n}", ["", "a long beginning of a "][n % 2])).collect();
        keys.sort();
        with(&keys, |read| {
            for (key, number) in keys.iter().zip(0..) {
                assert_eq!(find(read, key).entry, Some((0, number)), "{key}");
                assert_eq!(find(read, &format!("{key}x")).entry, None);
            }
            for key in ["", "a", "word", "zzz", "a long beginning of a "] {
                assert_eq!(find(read, key).entry, None, "{key}");
            }
        });
        with::<&str>(&[], |read| assert_eq!(find(read, "key"), Found::default()));
    }

    #[test]
    fn phrases_go_on_wherever_they_stand_in_a_chunk() {
        for padding in 0..2 * CHUNK {
            let mut keys: Vec<String> = (0..padding).map(|n| format!("aa{n:03}")).collect();
            keys.extend(["addis ababa", "new", "new york", "newer", "zebra"].map(String::from));
            with(&keys, |read| {
                let goes_on = |key: &str| find(read, key).goes_on;
                assert!(goes_on("addis") && goes_on("new"), "{padding}");
                assert!(!goes_on("newer") && !goes_on("add") && !goes_on("zebra") && !goes_on("new york"), "{padding}");
                assert_eq!(find(read, "addis").entry, None);
            });
        }
    }
}
