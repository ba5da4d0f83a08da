//! Tokens to tags: two passes of the same model, the second one with what the first found.

use super::decode::Decoder;
use super::document::Evidence;
use super::features::{self, HERE, OFFSETS, Phrases, Run, Window};
use super::memory::Memory;
use super::model::{Buffer, Keys, Model, Scores};
use super::tags::{LANES, OUTSIDE, Tag};
use super::words::{WordId, Words};
use crate::annotation::BlockKind;
use crate::lexicon::Reading;
use crate::text::{Text, TokenRange};

/// The tagger's answer.
pub struct Tagging {
    /// One for each token of the text.
    pub tags: Vec<Tag>,
    /// How much the best sequence of tags is ahead of the best one with another tag here, in steps of the model.
    pub margins: Vec<i32>,
}

/// The sums of the own weights of words that stand at several places in the text or are remembered from others.
struct WordScores<'m> {
    model: &'m Model<'m>,
    memory: &'m mut Memory,
    /// For each word and distance, one more than the place in `scores`; 0 where it is not known yet.
    places: Vec<[u32; OFFSETS]>,
    scores: Vec<Scores>,
    /// Features of one word.
    keys: Buffer,
}

impl WordScores<'_> {
    /// Adds the sums of a word at a distance to `scores`; false, and nothing is added, where they are asked for only this once.
    fn add(&mut self, words: &Words, id: WordId, offset: usize, scores: &mut Scores) -> bool {
        let word = &words.words[id as usize];
        let sums = if !word.is_single {
            if self.places[id as usize][offset] == 0 {
                let sums = self.sums(words, id, offset);
                self.scores.push(sums);
                self.places[id as usize][offset] = self.scores.len() as u32;
            }
            &self.scores[self.places[id as usize][offset] as usize - 1]
        } else if word.remembered.is_some() {
            &self.sums(words, id, offset)
        } else {
            return false;
        };
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score += *sum;
        }
        true
    }

    fn sums(&mut self, words: &Words, id: WordId, offset: usize) -> Scores {
        let WordScores { model, memory, keys, .. } = self;
        let mut make = || {
            let mut sums = [0; LANES];
            let count = word_keys(words, id, offset, 0, keys);
            model.add(keys, count, &mut sums);
            sums
        };
        match words.words[id as usize].remembered {
            Some(number) => memory.sums(number, features::way(words, id, offset), make),
            None => make(),
        }
    }
}

/// Writes the features of a word behind the first `count` of `keys`, and returns how many there are then.
#[inline(never)]
fn word_keys(words: &Words, word: WordId, offset: usize, count: usize, keys: &mut Buffer) -> usize {
    let mut keys = Keys::after(count, keys);
    features::word(words, word, offset, &mut keys);
    keys.count()
}

/// As [`word_keys`], the features of several words around a token.
#[inline(never)]
fn context_keys(place: &Place, phrases: &Phrases, count: usize, keys: &mut Buffer) -> usize {
    let mut keys = Keys::after(count, keys);
    features::context(place, phrases, &mut keys);
    keys.count()
}

/// A run of active tokens inside one sentence.
pub(super) struct Stretch {
    pub tokens: TokenRange,
    pub sentence: TokenRange,
}

/// An active token.
pub(super) struct Place<'p> {
    pub token: u32,
    pub window: Window<'p>,
    pub run: &'p Run,
    pub block: BlockKind,
}

/// Calls `visit` for each active token, in order, and returns the stretches that they make.
pub(super) fn walk(text: &Text, words: &Words, mut visit: impl FnMut(Place)) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut active = Vec::new();
    let mut runs: Vec<Run> = Vec::new();
    for sentence in &text.sentences {
        let range = sentence.tokens;
        features::active(words, range, &mut active);
        if !active.contains(&true) {
            continue;
        }
        features::runs(words, range, &mut runs);
        let block = text.blocks[sentence.block as usize].kind;
        for token in range.start..range.end {
            let index = (token - range.start) as usize;
            if !active[index] {
                continue;
            }
            match stretches.last_mut() {
                Some(stretch) if index > 0 && active[index - 1] => stretch.tokens.end = token + 1,
                _ => stretches.push(Stretch { tokens: TokenRange::new(token, token + 1), sentence: range }),
            }
            visit(Place { token, window: Window::new(words, range), run: &runs[index], block });
        }
    }
    stretches
}

/// Tokens after which progress is told: some 20 milliseconds' worth.
const STEP: u32 = 1 << 14;
/// Shares of the time that the two passes over the features take; decoding follows each.
const FEATURES: f32 = 0.6;
const FIRST: f32 = 0.7;
const EVIDENCE: f32 = 0.85;

/// Tells how far a long text is, a pass over it by [`STEP`]s.
struct Teller<'t> {
    tell: &'t mut dyn FnMut(f32),
    next: u32,
    count: u32,
}

impl Teller<'_> {
    /// A pass that goes from share to share is at `token`.
    fn at(&mut self, token: u32, from: f32, to: f32) {
        if token >= self.next {
            self.next = token + STEP;
            (self.tell)(from + (to - from) * token as f32 / self.count as f32);
        }
    }
}

/// Tags every token. Linear. `tell` hears of a long text how much lies behind, 0 to 1.
pub fn tag(
    model: &Model,
    memory: &mut Memory,
    text: &Text,
    reading: &Reading,
    words: &Words,
    tell: &mut dyn FnMut(f32),
) -> Tagging {
    let mut teller = Teller { tell, next: STEP, count: text.tokens.len() as u32 };
    let phrases = Phrases::read(text, reading);
    let mut word_scores = WordScores {
        model,
        memory,
        places: vec![[0; OFFSETS]; words.words.len()],
        scores: Vec::new(),
        keys: [0; Keys::MOST],
    };
    // Counted beforehand, for they are most of what an analysis holds at a time.
    let mut active = Vec::new();
    let count = text.sentences.iter().map(|sentence| {
        features::active(words, sentence.tokens, &mut active);
        active.iter().filter(|is_active| **is_active).count()
    });
    let mut scores: Vec<Scores> = Vec::with_capacity(count.sum());
    let mut keys = [0; Keys::MOST];
    let stretches = walk(text, words, |place| {
        teller.at(place.token, 0.0, FEATURES);
        let mut sums = [0; LANES];
        let mut count = 0;
        for offset in 0..OFFSETS {
            let word = place.window.word(place.token, offset as i32 - HERE as i32);
            if !word_scores.add(words, word, offset, &mut sums) {
                count = word_keys(words, word, offset, count, &mut keys);
            }
        }
        count = context_keys(&place, &phrases, count, &mut keys);
        model.add(&mut keys, count, &mut sums);
        scores.push(sums);
    });
    drop(word_scores);
    let first = decode(model, text, words, &stretches, &scores, None).tags;
    let evidence = Evidence::read(text, words, first.clone());
    teller.next = STEP;
    let mut next = scores.iter_mut();
    let changed: Vec<bool> = stretches
        .iter()
        .map(|stretch| {
            (stretch.tokens.start..stretch.tokens.end).zip(&mut next).fold(false, |changed, (token, scores)| {
                teller.at(token, FIRST, EVIDENCE);
                let mut of_document = Keys::after(0, &mut keys);
                features::document(&evidence, token, &mut of_document);
                let count = of_document.count();
                model.add(&mut keys, count, scores) || changed
            })
        })
        .collect();
    decode(model, text, words, &stretches, &scores, Some((&first, &changed)))
}

/// Finds the best tags of each stretch. In the second pass, with the first one's tags and whether anything is new in each
/// stretch, margins as well.
fn decode(
    model: &Model,
    text: &Text,
    words: &Words,
    stretches: &[Stretch],
    scores: &[Scores],
    first: Option<(&[Tag], &[bool])>,
) -> Tagging {
    let mut tagging = Tagging {
        tags: vec![OUTSIDE; text.tokens.len()],
        margins: vec![0; if first.is_some() { text.tokens.len() } else { 0 }],
    };
    let mut decoder = Decoder::default();
    let mut tags = Vec::new();
    let mut margins = Vec::new();
    let mut steps = Vec::new();
    let mut next = 0;
    for (index, stretch) in stretches.iter().enumerate() {
        let scores = &scores[next..next + stretch.tokens.len()];
        next += stretch.tokens.len();
        // Nothing was found there and nothing is new: the same once more.
        if first.is_some_and(|(tags, changed)| {
            !changed[index] && tags[stretch.tokens.indices()].iter().all(|&tag| tag == OUTSIDE)
        }) {
            continue;
        }
        let window = Window::new(words, stretch.sentence);
        tags.clear();
        margins.clear();
        steps.clear();
        steps.extend(
            (stretch.tokens.start..stretch.tokens.end).map(|token| model.steps(features::edge(&window, token))),
        );
        decoder.decode(scores, &steps, &mut tags, first.is_some().then_some(&mut margins));
        tagging.tags[stretch.tokens.indices()].copy_from_slice(&tags);
        if first.is_some() {
            tagging.margins[stretch.tokens.indices()].copy_from_slice(&margins);
        }
    }
    tagging
}
