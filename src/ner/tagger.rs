//! Tokens to tags: two passes of the same model, the second one with what the first found.

use super::decode::Decoder;
use super::document::Evidence;
use super::features::{self, HERE, OFFSETS, Phrases, Run, Window};
use super::model::{Model, Scores, Sum};
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

/// The sums of a word's own weights, worked out when first needed.
struct WordScores {
    scores: Vec<[Scores; OFFSETS]>,
    known: Vec<u8>,
}

impl WordScores {
    fn add(&mut self, model: &Model, words: &Words, word: WordId, offset: usize, scores: &mut Scores) {
        let sums = &mut self.scores[word as usize][offset];
        if self.known[word as usize] >> offset & 1 == 0 {
            self.known[word as usize] |= 1 << offset;
            let mut sum = Sum::new(model, sums);
            features::word(words, word, offset, &mut sum);
            sum.finish();
        }
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score += *sum;
        }
    }
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
pub fn tag(model: &Model, text: &Text, reading: &Reading, tell: &mut dyn FnMut(f32)) -> Tagging {
    let mut teller = Teller { tell, next: STEP, count: text.tokens.len() as u32 };
    let words = &Words::read(text, reading);
    let phrases = Phrases::read(text, reading);
    let mut word_scores =
        WordScores { scores: vec![[[0; LANES]; OFFSETS]; words.words.len()], known: vec![0; words.words.len()] };
    let mut scores: Vec<Scores> = Vec::new();
    let stretches = walk(text, words, |place| {
        teller.at(place.token, 0.0, FEATURES);
        let mut sums = [0; LANES];
        for offset in 0..OFFSETS {
            let word = place.window.word(place.token, offset as i32 - HERE as i32);
            word_scores.add(model, words, word, offset, &mut sums);
        }
        let mut sum = Sum::new(model, &mut sums);
        features::context(&place, &phrases, &mut sum);
        sum.finish();
        scores.push(sums);
    });
    let first = decode(model, text, words, &stretches, &scores, None).tags;
    let evidence = Evidence::read(text, words, first.clone());
    teller.next = STEP;
    let mut next = scores.iter_mut();
    let changed: Vec<bool> = stretches
        .iter()
        .map(|stretch| {
            (stretch.tokens.start..stretch.tokens.end).zip(&mut next).fold(false, |changed, (token, scores)| {
                teller.at(token, FIRST, EVIDENCE);
                let mut sum = Sum::new(model, scores);
                features::document(&evidence, token, &mut sum);
                sum.finish() || changed
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
