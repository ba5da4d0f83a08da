//! The lexicon's view of one text: each distinct word looked up once, and the known phrases in it.

use super::grammar::{self, Grammar};
use super::memory::{Known, Memory};
use super::{Classes, Entry, Lexicon, UNKNOWN, fold_into, lexicon};
use crate::hashing::{Numbers, hash_of_bytes, stable};
use crate::text::{Case, Text, Token, TokenKind, TokenRange};

/// Index of a distinct word of the text, as written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct WordId(pub u32);

/// A distinct word of the text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Word {
    /// Its first token.
    pub first: u32,
    /// Its number among the words that are remembered beyond this text.
    pub remembered: Option<u32>,
    /// Its folded form, bytes of [`Reading::keys`].
    key: (u32, u32),
    /// What is known of it; an empty entry for a word that is not in the lexicon.
    pub entry: Entry,
    /// Id of the first distinct word with the same folded form: "THE", "The" and "the" share one.
    pub folded: WordId,
    /// Whether a known phrase begins with it.
    goes_on: bool,
    /// What it can be in a sentence; nothing for what is no word.
    pub grammar: grammar::Word,
    /// The number of its folded form: [`stable`].
    pub number: u32,
}

/// A known phrase of two words or more.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Phrase {
    /// Its tokens; hyphens inside are tokens as well.
    pub tokens: TokenRange,
    /// What it is known as.
    pub classes: Classes,
}

/// What the lexicon says of a text.
pub struct Reading {
    /// The distinct word of each token.
    pub word_of: Vec<WordId>,
    /// The distinct words, in order of first appearance.
    pub words: Vec<Word>,
    /// The longest known phrase from each place where one starts, in order; they may overlap.
    pub phrases: Vec<Phrase>,
    keys: String,
}

/// The longest phrase in tokens; longer ones are not in the lexicon.
const LONGEST_PHRASE: usize = 16;

impl Reading {
    /// Looks every token up. Linear in the text's length.
    pub fn of(text: &Text) -> Reading {
        let lexicon = lexicon();
        let mut reading = Memory::with(|memory| Reading::words(lexicon, memory, text));
        reading.find_phrases(lexicon, text);
        reading
    }

    /// All but the phrases.
    fn words(lexicon: &Lexicon, memory: &mut Memory, text: &Text) -> Reading {
        // More than half of the words of an article are different ones, of a long text ever fewer.
        let room = (text.tokens.len() / 8 * 5).min(4096);
        let mut reading = Reading {
            word_of: Vec::with_capacity(text.tokens.len()),
            words: Vec::with_capacity(room),
            phrases: Vec::new(),
            keys: String::with_capacity(6 * room),
        };
        let mut ids = Numbers::with_room(room);
        let mut spellings: Vec<&[u8]> = Vec::with_capacity(room);
        // Each word's hash, and the token where it stands first.
        let mut firsts: Vec<(u64, u32)> = Vec::with_capacity(room);
        for (index, token) in (0..).zip(&text.tokens) {
            let written = &text.source.as_bytes()[token.span.start as usize..token.span.end as usize];
            let hash = hash_of_bytes(written);
            let new = spellings.len() as u32;
            let id = ids.find_or_add(hash, new, |id| spellings[id as usize] == written);
            if id == new {
                spellings.push(written);
                firsts.push((hash, index));
            }
            reading.word_of.push(WordId(id));
        }
        drop((ids, spellings));
        reading.look_up_all(lexicon, memory, text, &firsts);
        reading
    }

    /// Looks up the distinct words, each with its hash and its first token.
    #[inline(never)]
    fn look_up_all(&mut self, lexicon: &Lexicon, memory: &mut Memory, text: &Text, firsts: &[(u64, u32)]) {
        let mut folded_ids = Numbers::with_room(firsts.len());
        let numbers = memory.find(text, firsts);
        for (&(hash, first), remembered) in firsts.iter().zip(numbers) {
            let token = &text.tokens[first as usize];
            let start = self.keys.len();
            let (remembered, hash_of_key, known) = match remembered {
                Some(number) => {
                    let (hash_of_key, known) = memory.recall(number, token.span.of(text.source), &mut self.keys);
                    (remembered, hash_of_key, known)
                }
                None => self.look_up(lexicon, memory, hash, text, token),
            };
            let key = (start as u32, self.keys.len() as u32);
            let new = self.words.len() as u32;
            let folded =
                folded_ids.find_or_add(hash_of_key, new, |other| self.word_key(WordId(other)) == self.letters(key));
            let Known { entry, goes_on, grammar, number } = known;
            let folded = WordId(folded);
            self.words.push(Word { first, remembered, key, entry, folded, goes_on, grammar, number });
        }
    }

    /// The distinct word of a token.
    pub fn word(&self, token: u32) -> &Word {
        &self.words[self.word_of[token as usize].0 as usize]
    }

    /// What is known of a token.
    pub fn entry(&self, token: u32) -> Entry {
        self.word(token).entry
    }

    /// The token's classes.
    pub fn classes(&self, token: u32) -> Classes {
        self.word(token).entry.classes
    }

    /// The folded form of a token: lower case, no accents, no apostrophes.
    pub fn key(&self, token: u32) -> &str {
        self.word_key(self.word_of[token as usize])
    }

    /// The folded form of a distinct word.
    #[inline(always)]
    pub fn word_key(&self, word: WordId) -> &str {
        self.letters(self.words[word.0 as usize].key)
    }

    #[inline(always)]
    fn letters(&self, (start, end): (u32, u32)) -> &str {
        &self.keys[start as usize..end as usize]
    }

    /// What is known of a word that is not remembered: its number in the memory from now on, the hash of its folded form, which is
    /// put behind the others, and the rest.
    #[inline(never)]
    fn look_up(
        &mut self,
        lexicon: &Lexicon,
        memory: &mut Memory,
        hash: u64,
        text: &Text,
        token: &Token,
    ) -> (Option<u32>, u64, Known) {
        let written = token.span.of(text.source);
        let start = self.keys.len();
        fold_into(written, &mut self.keys);
        let key = &self.keys[start..];
        let hash_of_key = hash_of_bytes(key.as_bytes());
        let (entry, goes_on) = lexicon.look_up(key, hash_of_key);
        let grammar = match token.kind {
            TokenKind::Word | TokenKind::Clitic => Grammar::get().look_up(written),
            _ => grammar::Word::default(),
        };
        let known = Known { entry: entry.unwrap_or(UNKNOWN), goes_on, grammar, number: stable(key) };
        (memory.add(hash, written, token, (key, hash_of_key), known), hash_of_key, known)
    }

    #[inline(never)]
    fn find_phrases(&mut self, lexicon: &Lexicon, text: &Text) {
        let mut key = String::new();
        for sentence in &text.sentences {
            for start in sentence.tokens.start..sentence.tokens.end {
                let token = &text.tokens[start as usize];
                // A known phrase is a name: its first word is written with a capital.
                if token.kind != TokenKind::Word || token.case == Case::Lower || !self.word(start).goes_on {
                    continue;
                }
                if let Some(phrase) = self.longest_phrase(lexicon, text, start, sentence.tokens.end, &mut key) {
                    self.phrases.push(phrase);
                }
            }
        }
    }

    /// `phrase` is a buffer.
    fn longest_phrase(
        &self,
        lexicon: &Lexicon,
        text: &Text,
        start: u32,
        end: u32,
        phrase: &mut String,
    ) -> Option<Phrase> {
        phrase.clear();
        phrase.push_str(self.key(start));
        let mut found = None;
        let end = end.min(start + LONGEST_PHRASE as u32);
        let mut token = start + 1;
        while token < end {
            // "Guinea-Bissau" is keyed "guinea bissau".
            if text.of(token) == "-" {
                token += 1;
                continue;
            }
            phrase.push(' ');
            phrase.push_str(self.key(token));
            token += 1;
            let (entry, goes_on) = lexicon.look_up(phrase, hash_of_bytes(phrase.as_bytes()));
            if let Some(entry) = entry {
                found = Some(Phrase { tokens: TokenRange::new(start, token), classes: entry.classes });
            }
            if !goes_on {
                break;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::Class;
    use super::*;

    #[test]
    fn phrases_are_found_longest_first_and_over_hyphens() {
        let text = Text::read("He left New Zealand for Guinea-Bissau and the Central African Republic.");
        let reading = Reading::of(&text);
        let found: Vec<_> = reading
            .phrases
            .iter()
            .filter(|phrase| phrase.classes.has(Class::Country))
            .map(|phrase| text.of_range(phrase.tokens))
            .collect();
        assert_eq!(found, ["New Zealand", "Guinea-Bissau", "Central African Republic"]);
    }

    #[test]
    fn spellings_of_one_word_share_a_folded_id() {
        let text = Text::read("THE Café, the cafe");
        let reading = Reading::of(&text);
        assert_eq!(reading.word(0).folded, reading.word(3).folded);
        assert_eq!(reading.word(1).folded, reading.word(4).folded);
        assert_eq!(reading.key(1), "cafe");
    }
}
