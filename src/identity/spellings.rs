//! Strings that are compared again and again, each kept once: equal ones have one number.

use crate::hashing::{Numbers, hash};

/// The number of a string in [`Spellings`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Spelling(u32);

impl Spelling {
    /// For what is listed by spelling.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The strings of one text's names: their words, the keys made of these, and more.
pub(super) struct Spellings {
    numbers: Numbers,
    /// All of them, one after the other.
    letters: String,
    /// Where each one ends.
    ends: Vec<u32>,
}

impl Spellings {
    /// None yet, with room for about so many.
    pub fn with_room(count: usize) -> Spellings {
        let letters = String::with_capacity(8 * count);
        Spellings { numbers: Numbers::with_room(count), letters, ends: Vec::with_capacity(count) }
    }

    /// The number of a string.
    pub fn add(&mut self, string: &str) -> Spelling {
        let Spellings { numbers, letters, ends } = self;
        let new = ends.len() as u32;
        let number = numbers.find_or_add(hash(string), new, |other| spelt(letters, ends, other) == string);
        if number == new {
            letters.push_str(string);
            ends.push(letters.len() as u32);
        }
        Spelling(number)
    }

    /// The number of a string that has one.
    pub fn find(&self, string: &str) -> Option<Spelling> {
        self.numbers.find(hash(string), |other| spelt(&self.letters, &self.ends, other) == string).map(Spelling)
    }

    /// How many strings have a number.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The number of the string that the first bytes of another one are; none where it is shorter, or a letter would be cut.
    pub fn beginning(&mut self, of: Spelling, length: usize) -> Option<Spelling> {
        let Spellings { numbers, letters, ends } = self;
        let string = spelt(letters, ends, of.0).get(..length)?;
        let new = ends.len() as u32;
        let number = numbers.find_or_add(hash(string), new, |other| spelt(letters, ends, other) == string);
        if number == new {
            let start = start(ends, of.0);
            letters.extend_from_within(start..start + length);
            ends.push(letters.len() as u32);
        }
        Some(Spelling(number))
    }

    /// The string itself.
    pub fn of(&self, spelling: Spelling) -> &str {
        spelt(&self.letters, &self.ends, spelling.0)
    }
}

fn start(ends: &[u32], number: u32) -> usize {
    number.checked_sub(1).map_or(0, |before| ends[before as usize] as usize)
}

fn spelt<'s>(letters: &'s str, ends: &[u32], number: u32) -> &'s str {
    &letters[start(ends, number)..ends[number as usize] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_strings_have_one_number() {
        let mut spellings = Spellings::with_room(0);
        let numbers: Vec<Spelling> = ["ruiz", "", "karim", "ruiz"].map(|name| spellings.add(name)).to_vec();
        assert_eq!(numbers[0], numbers[3]);
        assert_eq!(spellings.beginning(numbers[2], 3), Some(spellings.add("kar")));
        assert_eq!(spellings.beginning(numbers[0], 5), None);
        assert_eq!(
            numbers.iter().map(|&number| spellings.of(number)).collect::<Vec<_>>(),
            ["ruiz", "", "karim", "ruiz"]
        );
    }
}
