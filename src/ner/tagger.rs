//! Tokens to tags: two passes of the same model, the second one with what the first found.

use super::chunks::Chunks;
use super::decode::{Decoder, Steps};
use super::document::{Counted, Evidence};
use super::features::{self, Around, OFFSETS, Phrases, Run, Way, Window};
use super::kept::Kept;
use super::memory::{Memory, Sums};
use super::model::{Buffer, Keys, Model, Scores};
use super::tags::{LANES, OUTSIDE, Tag};
use super::words::{WordId, Words};
use crate::annotation::BlockKind;
use crate::lexicon::{Classes, Reading};
use crate::text::{Text, TokenRange};

/// The tagger's answer.
pub struct Tagging {
    /// One for each token of the text.
    pub tags: Vec<Tag>,
    /// How much the best sequence of tags is ahead of the best one with another tag here, in steps of the model.
    pub margins: Vec<u16>,
}

/// The sums of the own weights of words that stand at several places in the text or are remembered from others.
struct WordScores<'m> {
    model: &'m Model<'m>,
    memory: &'m mut Memory,
    /// For each word and distance the number of its sums; 0 where it is not known yet.
    numbers: Vec<[u32; OFFSETS]>,
    /// Sums that are not in the memory; [`OWN`] is added to their numbers.
    own: Chunks<Sums>,
    /// Features of one word.
    keys: Buffer,
}

/// See [`WordScores::own`].
const OWN: u32 = 1 << 31;

impl WordScores<'_> {
    /// The numbers of the sums of the words around some tokens of a sentence; 0 for those that are asked for only this once.
    fn number_all(
        &mut self,
        words: &Words,
        sentence: TokenRange,
        tokens: TokenRange,
        numbers: &mut Vec<[u32; OFFSETS]>,
    ) {
        let window = Window::new(words, sentence);
        let mut around = window.around(tokens.start);
        for token in tokens.start..tokens.end {
            numbers.push(std::array::from_fn(|offset| self.number(words, around[offset], offset).unwrap_or(0)));
            around = window.next(token, around);
        }
    }

    /// The number of the sums of a word at a distance; none where they are asked for only this once.
    fn number(&mut self, words: &Words, id: WordId, offset: usize) -> Option<u32> {
        let word = &words.words[id as usize];
        if !word.is_single {
            let number = self.numbers[id as usize][offset];
            if number != 0 {
                return Some(number);
            }
        } else if word.remembered.is_none() {
            return None;
        }
        self.find(words, id, offset)
    }

    fn find(&mut self, words: &Words, id: WordId, offset: usize) -> Option<u32> {
        let WordScores { model, memory, keys, .. } = self;
        let word = &words.words[id as usize];
        let mut make = || {
            let mut sums = [0; LANES];
            let count = word_keys(words, id, offset, 0, keys);
            model.add(keys, count, &mut sums);
            sums
        };
        let remembered = word.remembered.and_then(|word| memory.sums(word, Way::of(words, id, offset), &mut make));
        if word.is_single {
            return remembered;
        }
        let number = remembered.unwrap_or_else(|| {
            self.own.push(Sums(make()));
            OWN + self.own.len() as u32 - 1
        });
        self.numbers[id as usize][offset] = number;
        Some(number)
    }

    /// Adds up the sums with these numbers, all of them at a time.
    fn add_up(&self, numbers: &[u32; OFFSETS]) -> Scores {
        let mut scores = [0; LANES];
        for &number in numbers {
            let Sums(sums) = if number < OWN { self.memory.of(number) } else { self.own.at((number - OWN) as usize) };
            for (score, sum) in scores.iter_mut().zip(sums) {
                *score += *sum;
            }
        }
        scores
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
fn context_keys(place: &Place, count: usize, keys: &mut Buffer) -> usize {
    let mut keys = Keys::after(count, keys);
    features::context(place, &mut keys);
    keys.count()
}

/// A run of active tokens inside one sentence.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub tokens: TokenRange,
    /// Index of the sentence.
    pub sentence: u32,
}

/// The stretches of a text, in order.
#[inline(never)]
pub(super) fn stretches(text: &Text, words: &Words) -> impl Iterator<Item = Stretch> {
    let mut active = Vec::new();
    let mut sentences = (0..).zip(&text.sentences);
    let (mut sentence, mut first, mut at) = (0, 0, 0);
    std::iter::from_fn(move || {
        loop {
            if let Some(skipped) = active[at..].iter().position(|&is_active| is_active) {
                let start = at + skipped;
                let length = active[start..].iter().position(|&is_active| !is_active);
                at = length.map_or(active.len(), |length| start + length);
                return Some(Stretch { tokens: TokenRange::new(first + start as u32, first + at as u32), sentence });
            }
            let (index, next) = sentences.next()?;
            features::active(words, next.tokens, &mut active);
            (sentence, first, at) = (index, next.tokens.start, 0);
        }
    })
}

/// An active token.
pub(super) struct Place<'p> {
    pub token: u32,
    pub window: &'p Window<'p>,
    pub around: Around,
    pub run: &'p Run,
    pub block: BlockKind,
    /// See [`Phrases::at`].
    pub phrase: (Classes, u8),
}

/// Looks at the tokens of stretches.
pub(super) struct Walk<'w> {
    text: &'w Text<'w>,
    words: &'w Words<'w>,
    /// The sentence that is walked through, and its runs.
    sentence: Option<u32>,
    runs: Vec<Run>,
    phrases: Phrases<'w>,
}

impl<'w> Walk<'w> {
    pub(super) fn new(text: &'w Text, reading: &'w Reading, words: &'w Words) -> Walk<'w> {
        Walk { text, words, sentence: None, runs: Vec::new(), phrases: Phrases::new(reading) }
    }

    /// Calls `visit` for each token of the stretch, in order. Stretches are to come in order.
    pub(super) fn through(&mut self, stretch: &Stretch, mut visit: impl FnMut(Place)) {
        let Walk { text, words, .. } = *self;
        let sentence = &text.sentences[stretch.sentence as usize];
        if self.sentence != Some(stretch.sentence) {
            self.sentence = Some(stretch.sentence);
            features::runs(words, sentence.tokens, &mut self.runs);
        }
        let block = text.blocks[sentence.block as usize].kind;
        let window = Window::new(words, sentence.tokens);
        let mut around = window.around(stretch.tokens.start);
        for token in stretch.tokens.start..stretch.tokens.end {
            let run = &self.runs[(token - sentence.tokens.start) as usize];
            visit(Place { token, window: &window, around, run, block, phrase: self.phrases.at(token) });
            around = window.next(token, around);
        }
    }
}

/// Tokens after which progress is told: some 20 milliseconds' worth.
const STEP: u32 = 1 << 14;
/// The first pass's share of the time.
const FIRST: f32 = 0.8;

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
#[inline(never)]
pub fn tag(
    model: &Model,
    memory: &mut Memory,
    text: &Text,
    reading: &Reading,
    words: &Words,
    tell: &mut dyn FnMut(f32),
) -> Tagging {
    let mut teller = Teller { tell, next: STEP, count: text.tokens.len() as u32 };
    let mut evidence = Evidence::read(words);
    let mut word_scores = WordScores {
        model,
        memory,
        numbers: vec![[0; OFFSETS]; words.words.len()],
        own: Chunks::default(),
        keys: [0; Keys::MOST],
    };
    let mut tagging = Tagging { tags: vec![OUTSIDE; text.tokens.len()], margins: vec![0; text.tokens.len()] };
    let mut decoding = Decoding::new(model, text, words);
    let mut keys = [0; Keys::MOST];
    let mut numbers: Vec<[u32; OFFSETS]> = Vec::new();
    let mut walk = Walk::new(text, reading, words);
    // The stretches that the second pass may see otherwise.
    let mut open: Chunks<Stretch> = Chunks::default();
    let mut kept = Kept::default();
    let mut scores: Vec<Scores> = Vec::new();
    for stretch in stretches(text, words) {
        // Sums lie far away: those of one token are fetched while the others' are.
        numbers.clear();
        word_scores.number_all(words, text.sentences[stretch.sentence as usize].tokens, stretch.tokens, &mut numbers);
        scores.clear();
        scores.extend(numbers.iter().map(|numbers| word_scores.add_up(numbers)));
        let mut sums = numbers.iter().zip(&mut scores);
        walk.through(&stretch, |place| {
            let Some((numbers, sums)) = sums.next() else { return };
            let mut count = 0;
            for (offset, _) in numbers.iter().enumerate().filter(|(_, number)| **number == 0) {
                count = word_keys(words, place.around[offset], offset, count, &mut keys);
            }
            count = context_keys(&place, count, &mut keys);
            model.add(&mut keys, count, sums);
        });
        teller.at(stretch.tokens.end, 0.0, FIRST);
        let is_open = (stretch.tokens.start..stretch.tokens.end).any(|token| evidence.may_tell(token));
        decoding.decode(&stretch, &scores, &mut tagging, !is_open);
        if is_open {
            scores.iter().for_each(|scores| kept.push(scores));
            open.push(stretch);
        }
    }
    drop(word_scores);
    evidence.count(text, &tagging.tags, open.iter().map(|stretch| stretch.tokens));
    teller.next = STEP;
    let mut indices = 0..kept.len();
    for stretch in open.iter() {
        let mut is_new = false;
        scores.clear();
        for (token, index) in (stretch.tokens.start..stretch.tokens.end).zip(&mut indices) {
            let mut of_document = Keys::after(0, &mut keys);
            let tag = tagging.tags[token as usize];
            features::document(&evidence, Counted { token, index, tag }, &mut of_document);
            let count = of_document.count();
            let mut sums = kept.at(index);
            is_new |= model.add(&mut keys, count, &mut sums);
            scores.push(sums);
        }
        teller.at(stretch.tokens.end, FIRST, 1.0);
        // Where nothing was found and nothing is new it is the same once more.
        if is_new || tagging.tags[stretch.tokens.indices()].iter().any(|&tag| tag != OUTSIDE) {
            decoding.decode(stretch, &scores, &mut tagging, true);
        }
    }
    tagging
}

/// Finds the best tags of stretches.
struct Decoding<'m> {
    model: &'m Model<'m>,
    text: &'m Text<'m>,
    words: &'m Words<'m>,
    decoder: Decoder,
    steps: Vec<&'m Steps>,
    tags: Vec<Tag>,
    margins: Vec<u16>,
}

impl<'m> Decoding<'m> {
    fn new(model: &'m Model, text: &'m Text, words: &'m Words) -> Decoding<'m> {
        let (decoder, steps, tags, margins) = Default::default();
        Decoding { model, text, words, decoder, steps, tags, margins }
    }

    /// Writes the tags of a stretch, and its margins where they are the last.
    fn decode(&mut self, stretch: &Stretch, scores: &[Scores], tagging: &mut Tagging, are_last: bool) {
        let Decoding { model, text, words, decoder, steps, tags, margins } = self;
        let window = Window::new(words, text.sentences[stretch.sentence as usize].tokens);
        tags.clear();
        margins.clear();
        steps.clear();
        steps.extend(
            (stretch.tokens.start..stretch.tokens.end).map(|token| model.steps(features::edge(&window, token))),
        );
        decoder.decode(scores, steps, tags, are_last.then_some(&mut *margins));
        tagging.tags[stretch.tokens.indices()].copy_from_slice(tags);
        if are_last {
            tagging.margins[stretch.tokens.indices()].copy_from_slice(margins);
        }
    }
}
