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

/// The landmarks of a text. Linear in its length.
#[inline(never)]
pub fn of(text: &Text, reading: &Reading) -> Landmarks {
    let kinds: Vec<u8> = reading.words.iter().map(kind).collect();
    let (mut beginnings, mut joints) = (Vec::new(), Vec::with_capacity(text.tokens.len() / 4));
    for (token, (id, written)) in (0..).zip(reading.word_of.iter().zip(&text.tokens)) {
        let kind = kinds[id.0 as usize];
        if kind & BEGINS != 0 {
            beginnings.push(token);
        }
        if written.kind == TokenKind::Punctuation || kind & JOINS != 0 && written.kind == TokenKind::Word {
            joints.push(token);
        }
    }
    Landmarks { beginnings, joints }
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
