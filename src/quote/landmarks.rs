//! Where cues may begin and clauses may end: one pass over the words, by what is known of each distinct one.

use super::words;
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Reading, Word};
use crate::text::{Text, TokenKind};

/// Tokens of a text, in order.
pub struct Landmarks {
    /// Those with which a reporting expression may begin.
    pub beginnings: Vec<u32>,
    /// All signs, and the words at which a clause may end.
    pub joints: Vec<u32>,
}

const BEGINS: u8 = 1;
const JOINS: u8 = 2;

impl Landmarks {
    /// Reads a text. Linear in its length.
    pub fn of(text: &Text, reading: &Reading) -> Landmarks {
        let kinds: Vec<u8> = reading.words.iter().map(kind).collect();
        let mut landmarks = Landmarks { beginnings: Vec::new(), joints: Vec::with_capacity(text.tokens.len() / 5) };
        for (token, (word, written)) in (0..).zip(reading.word_of.iter().zip(&text.tokens)) {
            let kind = kinds[word.0 as usize];
            if kind & BEGINS != 0 {
                landmarks.beginnings.push(token);
            }
            let joins = written.kind == TokenKind::Word && kind & JOINS != 0;
            if joins || written.kind == TokenKind::Punctuation {
                landmarks.joints.push(token);
            }
        }
        landmarks
    }
}

fn kind(word: &Word) -> u8 {
    let begins = if word.grammar.cue.is_some() || word.grammar.is(Parts::REPORT) { BEGINS } else { 0 };
    begins
        | match word.number {
            words::COLON | words::CLEAR | words::IN => BEGINS,
            words::ACCORDING | words::AS => BEGINS | JOINS,
            words::AND | words::BUT => JOINS,
            number if words::is_time(number) => JOINS,
            _ => 0,
        }
}
