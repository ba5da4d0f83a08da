//! A fast hasher for maps that live as long as one analysis.
//!
//! The standard one resists keys chosen by an attacker, at the price of a third of the time of reading a text. Here the text
//! is the reader's own, on the reader's own machine: whoever writes words that collide slows that one analysis down.

use std::hash::{BuildHasherDefault, Hasher};

/// A map by [`WordHasher`].
pub type WordMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// A set by [`WordHasher`].
pub type WordSet<K> = std::collections::HashSet<K, BuildHasherDefault<WordHasher>>;

/// Numbers of things that lie elsewhere, found by their hash: less than a map where the thing itself is at hand.
#[derive(Default)]
pub struct Numbers {
    /// Open addressing: the upper half of the hash, and below it one more than the number; 0 for an empty slot.
    slots: Vec<u64>,
    count: usize,
}

impl Numbers {
    /// Nothing yet, with room for so many.
    pub fn with_room(count: usize) -> Numbers {
        Numbers { slots: vec![0; (2 * count).next_power_of_two().max(16)], count: 0 }
    }

    /// The number of the thing with this hash that `is` it, or else `new`, which is its number from now on.
    pub fn find_or_add(&mut self, hash: u64, new: u32, is: impl Fn(u32) -> bool) -> u32 {
        self.find(hash, is).unwrap_or_else(|| {
            self.add(hash, new);
            new
        })
    }

    /// The number of the thing with this hash that `is` it.
    pub fn find(&self, hash: u64, is: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = hash >> 32 << 32;
        let mut slot = self.place(hash);
        // Without room there is no slot at all.
        while let Some(&filled) = self.slots.get(slot)
            && filled != 0
        {
            let number = (filled as u32).wrapping_sub(1);
            if filled >> 32 << 32 == hash && is(number) {
                return Some(number);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        None
    }

    /// The number that stands where the thing with this hash is looked for first, most often its own; none where the thing has none.
    /// To look up many things, ask this for all of them first: then one need not wait for another to be fetched from memory.
    pub fn nearest(&self, hash: u64) -> Option<u32> {
        (self.slots.get(self.place(hash)).copied().unwrap_or(0) as u32).checked_sub(1)
    }

    /// Numbers a thing that was not found.
    pub fn add(&mut self, hash: u64, new: u32) {
        self.count += 1;
        if 2 * self.count > self.slots.len() {
            self.grow();
        }
        self.fill(hash >> 32 << 32 | u64::from(new.wrapping_add(1)));
    }

    #[inline(always)]
    fn fill(&mut self, filled: u64) {
        let mut slot = self.place(filled);
        while self.slots[slot] != 0 {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.slots[slot] = filled;
    }

    fn place(&self, hash: u64) -> usize {
        (hash >> 32) as usize & self.slots.len().wrapping_sub(1)
    }

    #[inline(never)]
    fn grow(&mut self) {
        let more = vec![0; (2 * self.slots.len()).max(16)];
        let old = std::mem::replace(&mut self.slots, more);
        old.into_iter().filter(|filled| *filled != 0).for_each(|filled| self.fill(filled));
    }
}

/// The hash of a number.
pub fn hash_of_number(number: u64) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write_u64(number);
    hasher.finish()
}

/// The hash of a string.
pub fn hash(string: &str) -> u64 {
    hash_of_bytes(string.as_bytes())
}

/// The hash of a string's bytes.
pub fn hash_of_bytes(bytes: &[u8]) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

/// A number for a word that no build changes: FNV-1a of its bytes. What is learnt of words goes by it.
pub const fn stable(word: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut rest = word.as_bytes();
    while let [byte, others @ ..] = rest {
        hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
        rest = others;
    }
    hash
}

/// Fewer than eight bytes as a number, the first one lowest, by loads that overlap: a copy of so few is a call and a loop.
#[inline(always)]
pub fn number(bytes: &[u8]) -> u64 {
    let byte = |at: usize| u64::from(bytes[at]) << (8 * at);
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4))
        }
        _ if bytes.is_empty() => 0,
        _ => byte(0) | byte(bytes.len() / 2) | byte(bytes.len() - 1),
    }
}

/// Multiplies and rotates, eight bytes at a time.
#[derive(Clone, Copy, Default, Debug)]
pub struct WordHasher(u64);

const A: u64 = 0x9E37_79B9_7F4A_7C15;
const B: u64 = 0xC2B2_AE3D_27D4_EB4F;

impl WordHasher {
    fn step(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(A).rotate_left(29);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks::<8>();
        for chunk in chunks {
            self.step(u64::from_le_bytes(*chunk));
        }
        if !rest.is_empty() {
            self.step(number(rest) ^ (rest.len() as u64) << 56);
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.step(u64::from(value) ^ B);
    }

    fn write_u32(&mut self, value: u32) {
        self.step(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.step(value);
    }

    fn write_usize(&mut self, value: usize) {
        self.step(value as u64);
    }

    fn finish(&self) -> u64 {
        // Tables take their place from the lowest bits and their tag from the highest.
        let hash = (self.0 ^ self.0 >> 32).wrapping_mul(B);
        hash ^ hash >> 29
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasher, Hash};

    fn hash(word: impl Hash) -> u64 {
        BuildHasherDefault::<WordHasher>::default().hash_one(word)
    }

    #[test]
    fn few_bytes_are_a_number() {
        for length in 0..8 {
            let bytes = &[1, 2, 3, 4, 5, 6, 7][..length];
            let expected = bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte));
            assert_eq!(number(bytes), expected, "{length} bytes");
        }
    }

    #[test]
    fn numbers_are_found_again() {
        let words: Vec<String> = (0..1000).map(|number| format!("word{}", number % 700)).collect();
        let mut numbers = Numbers::with_room(0);
        let mut known: Vec<&str> = Vec::new();
        let mut found = Vec::new();
        for word in &words {
            let number =
                numbers.find_or_add(super::hash(word), known.len() as u32, |other| known[other as usize] == word);
            if number as usize == known.len() {
                known.push(word);
            }
            found.push(number);
        }
        assert_eq!(known.len(), 700);
        assert!(found.iter().zip(&words).all(|(number, word)| known[*number as usize] == word));
    }

    #[test]
    fn words_that_differ_a_little_hash_apart() {
        let mut low = std::collections::BTreeSet::new();
        let words: Vec<String> = (0..4096).map(|number| format!("word{number}")).collect();
        for word in &words {
            low.insert(hash(word.as_str()) & 0xFFFF);
        }
        // 4,096 into 65,536 places: about 3,970 stay apart by chance.
        assert!(low.len() > 3900, "{}", low.len());
        assert_ne!(hash("a"), hash("a\0"));
        assert_ne!(hash(1u32), hash(2u32));
    }
}
