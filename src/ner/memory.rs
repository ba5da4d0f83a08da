//! What the tagger worked out about words of earlier texts: see [`crate::lexicon::Word::remembered`].

use super::model::Scores;
use super::words::Form;
use crate::hashing::{Numbers, hash_of_number};

/// Sums are remembered for so many words in their places: 4 MB.
const MOST: usize = 60_000;

/// Forms of words, and the sums of their own weights by one model.
#[derive(Default)]
pub struct Memory {
    /// By the word's number.
    forms: Vec<Option<Form>>,
    /// Of the sums.
    numbers: Numbers,
    /// The word's number, and below it how it stands.
    keys: Vec<u32>,
    sums: Vec<Scores>,
}

impl Memory {
    /// The form of a word with this number, made where it is not remembered.
    pub fn form(&mut self, word: Option<u32>, make: impl FnOnce() -> Form) -> Form {
        let Some(word) = word.map(|word| word as usize) else { return make() };
        if self.forms.len() <= word {
            self.forms.resize(word + 1, None);
        }
        self.forms[word].get_or_insert_with(make).clone()
    }

    /// The sums of a word with this number that stands in one of 256 ways, made where they are not remembered.
    pub fn sums(&mut self, word: u32, way: u8, make: impl FnOnce() -> Scores) -> Scores {
        let key = word << 8 | u32::from(way);
        let hash = hash_of_number(u64::from(key));
        match self.numbers.find(hash, |number| self.keys[number as usize] == key) {
            Some(number) => self.sums[number as usize],
            None => {
                let sums = make();
                if self.sums.len() < MOST {
                    self.numbers.add(hash, self.keys.len() as u32);
                    self.keys.push(key);
                    self.sums.push(sums);
                }
                sums
            }
        }
    }
}
