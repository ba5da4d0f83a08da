//! What the tagger worked out about words of earlier texts: see [`crate::lexicon::Word::remembered`].

use super::features::Way;
use super::model::Scores;
use super::tags::LANES;
use super::words::{Form, PLACES};
use crate::hashing::{Numbers, hash_of_number};

/// Sums are remembered for so many words in their places: 4 MB. Their numbers have 16 bits.
const MOST: usize = 60_000;

/// Sums that lie in one line of the processor's cache.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct Sums(pub Scores);

/// What is remembered of a word, in one line as well.
#[derive(Clone, Default)]
#[repr(align(64))]
struct Remembered {
    form: Option<Form>,
    /// Where it stands inside a sentence of running text, as nearly always: the number of the sums for each slot of a
    /// [`Way`], 0 where there are none yet.
    sums: [u16; Way::SLOTS],
}

/// Forms of words, and the sums of their own weights by one model.
pub struct Memory {
    /// By number.
    words: Vec<Remembered>,
    /// Of `others`.
    numbers: Numbers,
    /// Words at other places, with the way they stand there, and the numbers of their sums.
    others: Vec<(u32, u16)>,
    /// The first ones are those of no word.
    sums: Vec<Sums>,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory { words: Vec::new(), numbers: Numbers::default(), others: Vec::new(), sums: vec![Sums([0; LANES])] }
    }
}

impl Memory {
    /// The form of a word with this number.
    pub fn form(&self, word: Option<u32>) -> Option<&Form> {
        self.words.get(word? as usize)?.form.as_ref()
    }

    /// Remembers the form of a word, where it has a number.
    pub fn remember(&mut self, word: Option<u32>, form: &Form) {
        let Some(word) = word.map(|word| word as usize) else { return };
        if self.words.len() <= word {
            self.words.resize(word + 1, Remembered::default());
        }
        self.words[word].form = Some(form.clone());
    }

    /// The number of the sums of a word whose form is remembered, made where they are not remembered; none where there is no
    /// room for them.
    pub fn sums(&mut self, word: u32, way: Way, make: impl FnOnce() -> Scores) -> Option<u32> {
        let slot = usize::from(way.slot) % Way::SLOTS;
        if way.place == 0 {
            let number = self.words.get(word as usize)?.sums[slot];
            if number != 0 {
                return Some(u32::from(number));
            }
            let number = self.add(make)?;
            self.words[word as usize].sums[slot] = number;
            return Some(u32::from(number));
        }
        let key = (word * PLACES as u32 + u32::from(way.place)) * Way::SLOTS as u32 + slot as u32;
        let hash = hash_of_number(u64::from(key));
        if let Some(at) = self.numbers.find(hash, |at| self.others[at as usize].0 == key) {
            return Some(u32::from(self.others[at as usize].1));
        }
        let number = self.add(make)?;
        self.numbers.add(hash, self.others.len() as u32);
        self.others.push((key, number));
        Some(u32::from(number))
    }

    fn add(&mut self, make: impl FnOnce() -> Scores) -> Option<u16> {
        if self.sums.len() > MOST {
            return None;
        }
        self.sums.push(Sums(make()));
        Some((self.sums.len() - 1) as u16)
    }

    /// The sums with this number; 0 is that of none at all.
    pub fn of(&self, number: u32) -> &Sums {
        &self.sums[number as usize]
    }
}
