//! Where cues may begin, clauses end and speakers name themselves, and how many words and verbs lie between: one pass over the words,
//! by what is known of each distinct one.

use super::phrases::NONE;
use super::words;
use crate::lexicon::grammar::{Parts, Word};
use crate::lexicon::{Reading, WordId};
use crate::text::{Runs, Text, TokenKind, TokenRange, bits_of};

/// Forms of verbs that are finite, or may be.
pub const FINITE: Parts = Parts::AUXILIARY.and(Parts::PAST).and(Parts::THIRD);

/// Places in a text, and counts up to each of its tokens.
#[derive(Default)]
pub struct Landmarks {
    /// The tokens that may be words of the first person, in order.
    pub first_person: Vec<u32>,
    blocks: Vec<Block>,
}

/// So many tokens in a row.
const BLOCK: usize = u32::BITS as usize;

/// Tokens in a row, a bit for each, the first one's lowest.
#[derive(Clone, Copy, Default)]
struct Block {
    /// Those with which a reporting expression may begin.
    beginnings: u32,
    /// All signs, and the words at which a clause may end.
    joints: u32,
    /// Finite verbs, and genitives that are written like one.
    verbs: u32,
    finite: Counted,
    /// Words and numbers.
    words: Counted,
}

/// Some of the tokens in a row, and how many stand before all of them.
#[derive(Clone, Copy, Default)]
struct Counted {
    bits: u32,
    before: u32,
}

impl Counted {
    /// How many there are before the token at a place in the row.
    fn up_to(self, place: u32) -> u32 {
        self.before + (self.bits & !(u32::MAX << place)).count_ones()
    }
}

// What a distinct word may be …
const BEGINS: u8 = 1;
const JOINS: u8 = 2;
const FIRST_PERSON: u8 = 4;
const LIKE_VERB: u8 = 8;
const AUXILIARY: u8 = 16;
// … and what each of its tokens is.
const CLITIC: u8 = 32;
const COUNTS: u8 = 64;

impl Landmarks {
    /// The landmarks of a text, of which some tokens are in phrases, from what its distinct words may be ([`kind`]). Linear in its
    /// length.
    #[inline(never)]
    pub fn of(text: &Text, reading: &Reading, kinds: &[u8], phrases: &Runs) -> Landmarks {
        let blocks = Vec::with_capacity(text.tokens.len() / BLOCK + 1);
        let mut found = Landmarks { first_person: Vec::new(), blocks };
        let (mut finite_before, mut words_before) = (0, 0);
        let (mut ids, mut tokens) = (&reading.word_of[..], &text.tokens[..]);
        // A block that lacks some, if only all, comes last.
        for (start, in_phrase) in (0..).step_by(BLOCK).zip(phrases.blocks()) {
            let mut places = [0; BLOCK];
            for ((&WordId(id), token), place) in ids.iter().zip(tokens).zip(&mut places) {
                *place = in_place(kinds[id as usize], token.kind);
            }
            let bits = |kind| bits_of(&places, kind);
            let verbs = bits(LIKE_VERB) & (!in_phrase | bits(AUXILIARY));
            // A clitic inside a phrase is a genitive.
            let finite = Counted { bits: verbs & !(in_phrase & bits(CLITIC)), before: finite_before };
            let words = Counted { bits: bits(COUNTS), before: words_before };
            finite_before += finite.bits.count_ones();
            words_before += words.bits.count_ones();
            found.blocks.push(Block { beginnings: bits(BEGINS), joints: bits(JOINS), verbs, finite, words });
            found.first_person.extend(tokens_of(bits(FIRST_PERSON), start));
            if tokens.len() < BLOCK {
                break;
            }
            (ids, tokens) = (&ids[BLOCK..], &tokens[BLOCK..]);
        }
        found
    }

    /// Forgets all but the words of the first person.
    pub fn keep_first_person(&mut self) {
        *self = Landmarks { first_person: std::mem::take(&mut self.first_person), ..Landmarks::default() };
    }

    /// The tokens with which a reporting expression may begin, in order.
    pub fn beginnings(&self) -> impl Iterator<Item = u32> {
        let starts = (0..).step_by(BLOCK);
        starts.zip(&self.blocks).flat_map(|(start, block)| tokens_of(block.beginnings, start))
    }

    /// All signs, and the words at which a clause may end, from a token on, in order.
    pub fn joints(&self, from: u32) -> impl Iterator<Item = u32> {
        let (first, passed) = (from as usize / BLOCK, from % BLOCK as u32);
        let mut wanted = u32::MAX << passed;
        let starts = (from - passed..).step_by(BLOCK);
        starts.zip(&self.blocks[first..]).flat_map(move |(start, block)| {
            let joints = block.joints & wanted;
            wanted = u32::MAX;
            tokens_of(joints, start)
        })
    }

    /// The first finite verb at or after a token, or genitive that is written like one, across sentences; [`NONE`] where there is
    /// none in the next [`SEEN`] tokens.
    pub fn verb(&self, token: u32) -> u32 {
        let (block, passed) = (token as usize / BLOCK, token % BLOCK as u32);
        let here = self.blocks[block].verbs >> passed;
        if here != 0 {
            return token + here.trailing_zeros();
        }
        let next = self.blocks.get(block + 1).map_or(0, |next| next.verbs);
        if next == 0 { NONE } else { token - passed + BLOCK as u32 + next.trailing_zeros() }
    }

    /// How many finite verbs there are among some tokens.
    #[inline(never)]
    pub fn finite(&self, tokens: TokenRange) -> u32 {
        let before = |token: u32| self.blocks[token as usize / BLOCK].finite.up_to(token % BLOCK as u32);
        before(tokens.end) - before(tokens.start)
    }

    /// How many words and numbers there are among some tokens.
    #[inline(never)]
    pub fn words(&self, tokens: TokenRange) -> u32 {
        let before = |token: u32| self.blocks[token as usize / BLOCK].words.up_to(token % BLOCK as u32);
        before(tokens.end) - before(tokens.start)
    }
}

/// The tokens from one on among which [`Landmarks::verb`] finds the next verb wherever it stands.
pub const SEEN: u32 = BLOCK as u32;

/// What is known of a word, at a token of some kind.
#[inline(always)]
fn in_place(word: u8, kind: TokenKind) -> u8 {
    match kind {
        TokenKind::Word => word | COUNTS,
        TokenKind::Number => word & !JOINS | COUNTS,
        TokenKind::Punctuation => word | JOINS,
        TokenKind::Clitic => word & !JOINS | CLITIC,
        _ => word & !JOINS,
    }
}

/// The tokens of a block that begins at `start`, in order.
fn tokens_of(mut bits: u32, start: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(start + place)
    })
}

/// What a distinct word may be.
pub fn kind(word: Word, number: u32) -> u8 {
    if word == Word::default() {
        // No other sign or word that the grammar does not have is a landmark.
        return if matches!(number, words::COLON | words::CLEAR) { BEGINS } else { 0 };
    }
    let verb = if word.is(FINITE) { LIKE_VERB } else { 0 } | if word.is(Parts::AUXILIARY) { AUXILIARY } else { 0 };
    let begins = if word.cue.is_some() || word.is(Parts::REPORT) { BEGINS } else { 0 };
    let is_person = word.is(PERSON) && words::is_first_person(number);
    begins
        | verb
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
                let kind = kind(Grammar::get().look_up(word), crate::quote::scorer::word(word));
                assert_eq!(kind & (BEGINS | JOINS | FIRST_PERSON), expected, "{word}");
            }
        };
        kinds("clear in : said claim", BEGINS);
        kinds("as according", BEGINS | JOINS);
        kinds("and but after while when before during although though following", JOINS);
        kinds("i me my mine myself we us our ours ourselves", FIRST_PERSON);
        kinds("he the house , Ruiz", 0);
    }

    #[test]
    fn counts_and_places_are_those_of_the_tokens() {
        let sentence =
            "We told Ruiz’s aides, who had said it, that the old mills of his firm (and 9 others) were for sale. ";
        for copies in [0, 1, 2, 7] {
            let source = sentence.repeat(copies);
            let text = Text::read(&source);
            let reading = Reading::of(&text);
            let count = text.tokens.len() as u32;
            let kinds: Vec<u8> = reading.words.iter().map(|word| kind(word.grammar, word.number)).collect();
            let phrases = Runs::of(count as usize, 0, &|_| TokenRange::default());
            let landmarks = Landmarks::of(&text, &reading, &kinds, &phrases);
            let is = |token: u32, words: &[&str]| words.contains(&text.of(token));
            let has = |token: u32| matches!(text.tokens[token as usize].kind, TokenKind::Word | TokenKind::Number);
            let is_verb = |token: u32| is(token, &["told", "had", "said", "were", "’s"]);
            let is_joint = |token: u32| is(token, &[",", "(", ")", ".", "and"]);
            for from in 0..=count {
                let words = (from..count).filter(|&token| has(token)).count() as u32;
                assert_eq!(landmarks.words(TokenRange::new(from, count)), words);
                let verbs = (from..count).filter(|&token| is_verb(token));
                assert_eq!(landmarks.finite(TokenRange::new(from, count)), verbs.clone().count() as u32);
                assert_eq!(landmarks.verb(from), verbs.clone().next().unwrap_or(NONE));
                let joints = (from..count).filter(|&token| is_joint(token));
                assert_eq!(landmarks.joints(from).collect::<Vec<_>>(), joints.collect::<Vec<_>>());
            }
            let first_person: Vec<u32> = (0..count).filter(|&token| is(token, &["We"])).collect();
            assert_eq!(landmarks.first_person, first_person);
            let beginnings: Vec<u32> = landmarks.beginnings().filter(|&token| is_verb(token)).collect();
            assert_eq!(beginnings, (0..count).filter(|&token| is(token, &["told", "said"])).collect::<Vec<_>>());
        }
    }
}
