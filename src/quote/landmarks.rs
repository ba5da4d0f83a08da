//! Where cues may begin, clauses end and speakers name themselves: one pass over the words, by what is known of each distinct one.

use super::words;
use crate::lexicon::grammar::{Parts, Word};
use crate::lexicon::{Reading, WordId};
use crate::text::{Text, TokenKind};

/// Tokens of a text, in order.
#[derive(Default)]
pub struct Landmarks {
    /// Those with which a reporting expression may begin.
    pub beginnings: Vec<u32>,
    /// All signs, and the words at which a clause may end.
    pub joints: Vec<u32>,
    /// Those that may be words of the first person.
    pub first_person: Vec<u32>,
}

const BEGINS: u8 = 1;
const JOINS: u8 = 2;
const FIRST_PERSON: u8 = 4;

/// The landmarks of a text. Linear in its length.
#[inline(never)]
pub fn of(text: &Text, reading: &Reading) -> Landmarks {
    let kinds: Vec<u8> = reading.words.iter().map(|word| kind(word.grammar, word.number)).collect();
    let mut found = Landmarks { joints: Vec::with_capacity(text.tokens.len() / 4), ..Landmarks::default() };
    for (token, (&WordId(id), written)) in (0..).zip(reading.word_of.iter().zip(&text.tokens)) {
        let kind = kinds[id as usize];
        let is_sign = written.kind == TokenKind::Punctuation;
        // Nearly all words.
        if kind == 0 && !is_sign {
            continue;
        }
        if kind & BEGINS != 0 {
            found.beginnings.push(token);
        }
        if is_sign || kind & JOINS != 0 && written.kind == TokenKind::Word {
            found.joints.push(token);
        }
        if kind & FIRST_PERSON != 0 {
            found.first_person.push(token);
        }
    }
    found
}

fn kind(word: Word, number: u32) -> u8 {
    if word == Word::default() {
        // No other sign or word that the grammar does not have is a landmark.
        return if matches!(number, words::COLON | words::CLEAR) { BEGINS } else { 0 };
    }
    let begins = if word.cue.is_some() || word.is(Parts::REPORT) { BEGINS } else { 0 };
    let is_person = word.is(PERSON) && words::is_first_person(number);
    begins
        | if is_person { FIRST_PERSON } else { 0 }
        | match number {
            words::IN => BEGINS,
            words::ACCORDING | words::AS => BEGINS | JOINS,
            words::AND | words::BUT => JOINS,
            number if words::is_time(number) => JOINS,
            _ => 0,
        }
}

/// Parts of speech of the words of the first person.
const PERSON: Parts = Parts::SUBJECT.and(Parts::OBJECT).and(Parts::POSSESSIVE).and(Parts::PRONOUN);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::grammar::Grammar;

    #[test]
    fn the_grammar_has_the_words_that_are_landmarks() {
        let kinds = |words: &str, expected: u8| {
            for word in words.split(' ') {
                assert_eq!(kind(Grammar::get().look_up(word), crate::quote::scorer::word(word)), expected, "{word}");
            }
        };
        kinds("clear in : said claim", BEGINS);
        kinds("as according", BEGINS | JOINS);
        kinds("and but after while when before during although though following", JOINS);
        kinds("i me my mine myself we us our ours ourselves", FIRST_PERSON);
        kinds("he the house , Ruiz", 0);
    }
}
