//! Words of earlier texts: what is known of them is not looked up again.
//!
//! News repeats its words: of the distinct words of an article three in four stood in one of the hundred before it. A word's
//! number here lets other stages remember more of it. Nothing that is found depends on what is remembered, only the time it takes.

use super::{Entry, UNKNOWN, grammar};
use crate::hashing::Numbers;
use crate::text::{Case, Token, TokenKind};
use std::cell::RefCell;

/// No more words are remembered: with what other stages remember of them they take some 6 MB. Those that come often come early.
const MOST: usize = 10_000;
/// A longer word, in bytes, is not remembered.
const LONGEST: usize = 40;

/// See the module.
#[derive(Default)]
pub struct Memory {
    /// Of `words`, by the hash of what is written.
    numbers: Numbers,
    words: Vec<Remembered>,
    /// What is written and folded, one after the other.
    letters: String,
}

/// What is known of a word, whatever text it stands in.
struct Remembered {
    /// Where it begins in the letters, where its folded form does, and where that ends.
    letters: [u32; 3],
    kind: TokenKind,
    case: Case,
    known: Known,
}

/// What the lexicon and the grammar know of a word.
#[derive(Clone, Copy)]
pub struct Known {
    /// The lexicon's entry; an empty one for a word that is not in it.
    pub entry: Entry,
    /// Whether a known phrase begins with it.
    pub goes_on: bool,
    /// What it can be in a sentence.
    pub grammar: grammar::Word,
    /// The number of its folded form: [`crate::hashing::stable`].
    pub number: u32,
}

impl Memory {
    /// Lets `act` use the memory of this thread.
    pub fn with<T>(act: impl FnOnce(&mut Memory) -> T) -> T {
        thread_local!(static MEMORY: RefCell<Memory> = RefCell::default());
        MEMORY.with_borrow_mut(act)
    }

    /// The number, the folded form and the rest of what is known of a word with this hash.
    pub fn find(&self, hash: u64, written: &str, token: &Token) -> Option<(u32, &str, Known)> {
        let number = self.numbers.find(hash, |number| {
            let Remembered { letters: [start, end, _], kind, case, .. } = self.words[number as usize];
            (kind, case) == (token.kind, token.case) && &self.letters[start as usize..end as usize] == written
        })?;
        let Remembered { letters: [_, start, end], known, .. } = self.words[number as usize];
        Some((number, &self.letters[start as usize..end as usize], known))
    }

    /// Remembers a word that was not found, where it may come again and there is room. Returns its number.
    pub fn add(&mut self, hash: u64, written: &str, token: &Token, key: &str, known: Known) -> Option<u32> {
        // What is in no list is one text's own: a text of nothing else must not take the room of words that others share.
        let is_shared = known.entry != UNKNOWN
            || matches!(token.kind, TokenKind::Punctuation | TokenKind::Mark | TokenKind::Symbol | TokenKind::Clitic);
        if self.words.len() >= MOST || written.len() > LONGEST || !is_shared {
            return None;
        }
        let number = self.words.len() as u32;
        self.numbers.add(hash, number);
        let start = self.letters.len();
        self.letters.push_str(written);
        self.letters.push_str(key);
        let letters = [start, start + written.len(), self.letters.len()].map(|at| at as u32);
        self.words.push(Remembered { letters, kind: token.kind, case: token.case, known });
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reading;
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_text_is_read_alike_whatever_was_read_before() {
        let read = |text: &str| {
            let text = Text::read(text);
            let reading = Reading::of(&text);
            (0..text.tokens.len() as u32)
                .map(|token| {
                    let word = reading.word(token);
                    (reading.key(token).to_owned(), word.entry, word.folded, word.grammar)
                })
                .collect::<Vec<_>>()
        };
        let text = "Réka said the ’90s were THE best; the River Café agreed.";
        let first = read(text);
        assert_eq!(read(text), first);
        // More words than are remembered: each in small letters and in capitals.
        let lines = include_str!("sources/common-words.txt").lines().filter(|line| !line.starts_with('#'));
        let words = lines.flat_map(str::split_whitespace);
        let many: Vec<String> = words.flat_map(|word| [word.to_owned(), word.to_uppercase()]).collect();
        read(&many.join(" "));
        assert_eq!(Memory::with(|memory| memory.words.len()), MOST);
        assert_eq!(read(text), first);
    }
}
