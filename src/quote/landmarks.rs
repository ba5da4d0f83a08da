//! Where cues may begin, clauses end and speakers name themselves, and how many words and verbs lie between: one pass over the words,
//! by what is known of each distinct one.

use super::phrases::NONE;
use super::words;
use crate::lexicon::grammar::{Parts, Word};
use crate::lexicon::{Reading, WordId};
use crate::text::{Runs, Text, TokenKind, TokenRange};

/// Forms of verbs that are finite, or may be.
pub const FINITE: Parts = Parts::AUXILIARY.and(Parts::PAST).and(Parts::THIRD);

/// Places in a text, and counts up to each of its tokens.
#[derive(Default)]
pub struct Landmarks {
    /// The tokens that may be words of the first person, in order.
    pub first_person: Vec<u32>,
    blocks: Vec<Block>,
    /// What stands before each token in its block.
    counts: Vec<Few>,
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
    /// What stands before all of them.
    before: Counts,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    /// Finite verbs.
    finite: u32,
    /// Words and numbers.
    words: u32,
}

/// The counts of no more than a block in one number, six bits each.
#[derive(Clone, Copy, Default)]
struct Few(u16);

impl Few {
    const FINITE: u16 = 1;
    const WORD: u16 = 1 << 6;

    fn counts(self) -> Counts {
        let all = u32::from(self.0);
        Counts { finite: all & 63, words: all >> 6 }
    }
}

// What a distinct word may be …
const BEGINS: u8 = 1;
const JOINS: u8 = 2;
const FIRST_PERSON: u8 = 4;
const LIKE_VERB: u8 = 8;
const AUXILIARY: u8 = 16;
// … and what each of its tokens is.
const IN_PHRASE: u8 = 32;
const CLITIC: u8 = 64;
const COUNTS: u8 = 128;
/// Instead of [`LIKE_VERB`] where that is settled.
const VERB: u8 = LIKE_VERB;

/// The lowest bit of those by which verbs are told.
const TELLING: u32 = LIKE_VERB.trailing_zeros();

/// By these bits what a token adds to the counts, and [`VERB`] or nothing.
const ADDED: [(u16, u8); 1 << (u8::BITS - TELLING)] = {
    let mut added = [(0, 0); 1 << (u8::BITS - TELLING)];
    let mut bits = 0;
    while bits < added.len() {
        let kind = (bits as u8) << TELLING;
        let in_phrase = kind & IN_PHRASE != 0;
        let is_verb = kind & LIKE_VERB != 0 && (!in_phrase || kind & AUXILIARY != 0);
        // A clitic inside a phrase is a genitive.
        let is_finite = is_verb && (!in_phrase || kind & CLITIC == 0);
        let is_counted = kind & COUNTS != 0;
        added[bits].0 = if is_finite { Few::FINITE } else { 0 } + if is_counted { Few::WORD } else { 0 };
        added[bits].1 = if is_verb { VERB } else { 0 };
        bits += 1;
    }
    added
};

impl Landmarks {
    /// The landmarks of a text, of which some tokens are in phrases, from what its distinct words may be ([`kind`]). Linear in its
    /// length.
    #[inline(never)]
    pub fn of(text: &Text, reading: &Reading, kinds: &[u8], phrases: &Runs) -> Landmarks {
        let count = text.tokens.len();
        let blocks = Vec::with_capacity(count / BLOCK + 1);
        let mut found = Landmarks { first_person: Vec::new(), blocks, counts: Vec::with_capacity(count + 1) };
        let mut before = Counts::default();
        let (mut ids, mut tokens) = (&reading.word_of[..], &text.tokens[..]);
        // A block that lacks some, if only all, comes last.
        for start in (0..).step_by(BLOCK) {
            let length = tokens.len().min(BLOCK);
            let mut places = [0; BLOCK];
            let mut counts = [Few::default(); BLOCK];
            let mut since = Few::default();
            let mut inside = phrases.block(start);
            let here = ids[..length].iter().zip(&tokens[..length]);
            for ((&WordId(id), token), (place, count)) in here.zip(places.iter_mut().zip(&mut counts)) {
                let kind = in_place(kinds[id as usize], token.kind) | ((inside & 1) as u8 * IN_PHRASE);
                inside >>= 1;
                let (added, verb) = ADDED[usize::from(kind >> TELLING)];
                *count = since;
                since.0 += added;
                *place = kind & (BEGINS | JOINS | FIRST_PERSON) | verb;
            }
            let bits = |kind| bits_of(&places, kind);
            found.blocks.push(Block { beginnings: bits(BEGINS), joints: bits(JOINS), verbs: bits(VERB), before });
            found.first_person.extend(tokens_of(bits(FIRST_PERSON), start));
            found.counts.extend_from_slice(&counts[..length]);
            if length < BLOCK {
                found.counts.push(since);
                break;
            }
            let Counts { finite, words } = since.counts();
            before = Counts { finite: before.finite + finite, words: before.words + words };
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
        self.before(tokens.end).finite - self.before(tokens.start).finite
    }

    /// How many words and numbers there are among some tokens.
    #[inline(never)]
    pub fn words(&self, tokens: TokenRange) -> u32 {
        self.before(tokens.end).words - self.before(tokens.start).words
    }

    fn before(&self, token: u32) -> Counts {
        let block = self.blocks[token as usize / BLOCK].before;
        let since = self.counts[token as usize].counts();
        Counts { finite: block.finite + since.finite, words: block.words + since.words }
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

/// A bit for each of some bytes: whether it has a bit.
fn bits_of(bytes: &[u8; BLOCK], bit: u8) -> u32 {
    bytes.as_chunks::<8>().0.iter().rev().fold(0, |bits, eight| {
        // The lowest bit of each byte is moved to the place of its byte in the uppermost one.
        let ones = u64::from_le_bytes(*eight) >> bit.trailing_zeros() & 0x0101_0101_0101_0101;
        bits << 8 | (ones.wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
    })
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
