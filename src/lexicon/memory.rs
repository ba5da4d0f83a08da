//! Words of earlier texts: what is known of them is not looked up again.
//!
//! News repeats its words: of the distinct words of an article three in four stood in one of the hundred before it. A word's
//! number here lets other stages remember more of it. Nothing that is found depends on what is remembered, only the time it takes.

use super::{Entry, UNKNOWN, grammar};
use crate::hashing::{Numbers, number};
use crate::text::{Case, Text, Token, TokenKind};
use std::cell::RefCell;

/// No more words are remembered: with what other stages remember of them they take some 6 MB. Those that come often come early.
const MOST: usize = 10_000;
/// A longer word, in bytes, is not remembered.
const LONGEST: usize = 24;

/// See the module.
#[derive(Default)]
pub struct Memory {
    /// Of `words`, by the hash of what is written.
    numbers: Numbers,
    words: Vec<Remembered>,
    /// Folded forms, one after the other: of words that are not folded by making them small.
    letters: String,
}

/// What is known of a word, whatever text it stands in: in one line of the processor's cache.
#[repr(align(64))]
struct Remembered {
    written: [u8; LONGEST],
    length: u8,
    kind: TokenKind,
    case: Case,
    /// Length of the folded form, and where it begins in the letters; [`SMALL`] where it is what is written in small letters.
    key_length: u8,
    key: u32,
    hash_of_key: u64,
    known: Known,
}

const SMALL: u32 = u32::MAX;

const _: () = assert!(size_of::<Remembered>() == 64);

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

    /// The numbers of words, which have these hashes and stand at these tokens; none where a word is not remembered.
    ///
    /// All of it lies far away: what is needed of one word is fetched while the others' is.
    #[inline(never)]
    pub fn find(&self, text: &Text, words: &[(u64, u32)]) -> Vec<Option<u32>> {
        let mut numbers: Vec<Option<u32>> = Vec::with_capacity(words.len());
        numbers.extend(words.iter().map(|(hash, _)| self.numbers.nearest(*hash)));
        for (number, &(hash, token)) in numbers.iter_mut().zip(words) {
            if number.is_some_and(|number| !self.is(number, text, token)) {
                *number = self.numbers.find(hash, |number| self.is(number, text, token));
            }
        }
        numbers
    }

    /// Whether the word with a number is that at a token.
    fn is(&self, number: u32, text: &Text, token: u32) -> bool {
        let word = &self.words[number as usize];
        let token = &text.tokens[token as usize];
        let written = &text.source.as_bytes()[token.span.start as usize..token.span.end as usize];
        (word.kind, word.case, usize::from(word.length)) == (token.kind, token.case, written.len())
            && begins_with(&word.written, written)
    }

    /// What is known of the word with a number that is `written` so: the hash of its folded form, which is put behind `keys`, and the
    /// rest.
    pub fn recall(&self, number: u32, written: &str, keys: &mut String) -> (u64, Known) {
        let Remembered { key_length, key, hash_of_key, known, .. } = self.words[number as usize];
        if key == SMALL {
            let start = keys.len();
            keys.push_str(written);
            keys[start..].make_ascii_lowercase();
        } else {
            keys.push_str(&self.letters[key as usize..key as usize + usize::from(key_length)]);
        }
        (hash_of_key, known)
    }

    /// Remembers a word that was not found, where it may come again and there is room. Returns its number.
    pub fn add(&mut self, hash: u64, text: &str, token: &Token, key: (&str, u64), known: Known) -> Option<u32> {
        // What is in no list is one text's own: a text of nothing else must not take the room of words that others share.
        let is_shared = known.entry != UNKNOWN
            || matches!(token.kind, TokenKind::Punctuation | TokenKind::Mark | TokenKind::Symbol | TokenKind::Clitic);
        let (key, hash_of_key) = key;
        let key_length = u8::try_from(key.len()).ok()?;
        if self.words.len() >= MOST || text.len() > LONGEST || !is_shared {
            return None;
        }
        let number = self.words.len() as u32;
        self.numbers.add(hash, number);
        let mut written = [0; LONGEST];
        written[..text.len()].copy_from_slice(text.as_bytes());
        let is_small = text.len() == key.len() && text.bytes().map(|byte| byte.to_ascii_lowercase()).eq(key.bytes());
        let start = if is_small { SMALL } else { self.letters.len() as u32 };
        if !is_small {
            self.letters.push_str(key);
        }
        let (length, Token { kind, case, .. }) = (text.len() as u8, *token);
        self.words.push(Remembered { written, length, kind, case, key_length, key: start, hash_of_key, known });
        Some(number)
    }
}

/// Whether letters begin with some bytes, of which there are no more. Few are compared by loads that overlap, which is no call.
fn begins_with(letters: &[u8; LONGEST], bytes: &[u8]) -> bool {
    let same = |at: usize| letters[at..].first_chunk::<8>() == bytes[at..].first_chunk::<8>();
    match bytes.len() {
        8.. => same(0) && same(bytes.len() - 8) && (bytes.len() <= 16 || same(8)),
        length => number(&letters[..length]) == number(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reading;
    use super::*;

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
