//! What the tagger looks at, as 64-bit names of features.
//!
//! Three kinds, by how often they change: features of a word at a distance of −2 to 2 (the same for each occurrence, so
//! their weights are added up once per word and text), features of several words around a token, and features of the
//! document, known only after a first pass. The trainer and the tagger run this same code.

use super::document::{Counted, Evidence};
use super::hash::mix;
use super::lines::Line;
use super::tagger::Place;
use super::words::{Category, EDGE, Form, Start, Word, WordId, Words};
use crate::annotation::BlockKind;
use crate::lexicon::{Class, Classes, Entry, NO_CLUSTER, Phrase, Reading};
use crate::text::TokenRange;

/// Where features go.
pub trait Sink {
    /// Takes one feature.
    fn add(&mut self, feature: u64);
}

/// What a feature is made of; the trainer drops some kinds at random, so that the model leans on none alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    /// The word itself.
    Identity = 0,
    /// Letters, case, place.
    Form = 1,
    /// The lexicon and word clusters.
    Lexicon = 2,
    /// Words around.
    Context = 3,
    /// The rest of the document.
    Document = 4,
}

const KIND_SHIFT: u32 = 61;

/// The kind of a feature, which is the top of its name.
#[cfg(any(test, feature = "cli"))]
pub fn kind(feature: u64) -> Kind {
    match feature >> KIND_SHIFT {
        0 => Kind::Identity,
        1 => Kind::Form,
        2 => Kind::Lexicon,
        3 => Kind::Context,
        _ => Kind::Document,
    }
}

#[inline(always)]
fn feature(kind: Kind, template: u64, value: u64) -> u64 {
    mix(template.wrapping_mul(0xD6E8_FEB8_6659_FD93), value) >> 3 | (kind as u64) << KIND_SHIFT
}

/// Distances at which words are looked at: −2 to 2.
pub const OFFSETS: usize = 5;

/// The token itself in `0..OFFSETS`.
pub const HERE: usize = 2;

/// Features of a word `offset - HERE` tokens away.
#[inline(always)]
pub fn word(words: &Words, id: WordId, offset: usize, sink: &mut impl Sink) {
    let word = words.words[id as usize];
    let form = &words.forms[word.form as usize];
    let base = 100 + 100 * offset as u64;
    // Why there may be a capital, and whether there is one.
    let case = (form.category as u64) << 4 | (word.line as u64) << 2 | word.start as u64;
    sink.add(feature(Kind::Identity, base, form.lower));
    sink.add(feature(Kind::Form, base + 1, mix(form.short_shape, word.line as u64)));
    let Entry { classes, cluster, coarse } = form.entry;
    if cluster != NO_CLUSTER {
        sink.add(feature(Kind::Lexicon, base + 30, u64::from(cluster) << 1 | u64::from(form.capital)));
        sink.add(feature(Kind::Lexicon, base + 31, u64::from(coarse) << 1 | u64::from(form.capital)));
    } else {
        sink.add(feature(Kind::Lexicon, base + 32, u64::from(form.capital)));
    }
    let mut rest = classes.0;
    while rest != 0 {
        let class = u64::from(rest.trailing_zeros());
        rest &= rest - 1;
        sink.add(feature(Kind::Lexicon, base + 33, class << 4 | form.category as u64));
    }
    if offset == 0 || offset == OFFSETS - 1 {
        return;
    }
    sink.add(feature(Kind::Form, base + 3, case));
    sink.add(feature(Kind::Identity, base + 4, mix(form.lower, u64::from(form.capital))));
    if offset != HERE {
        sink.add(feature(Kind::Form, base + 2, mix(form.suffix, 0)));
        return;
    }
    let letters = words.letters(word.form);
    sink.add(feature(Kind::Form, base + 5, 0));
    sink.add(feature(Kind::Form, base + 6, mix(letters.shape, u64::from(word.start as u64 == 0))));
    for n in 0..4 {
        if letters.prefixes[n] != 0 {
            sink.add(feature(Kind::Form, base + 10 + n as u64, letters.prefixes[n]));
            sink.add(feature(Kind::Form, base + 14 + n as u64, letters.suffixes[n]));
        }
    }
    sink.add(feature(Kind::Form, base + 18, mix(form.suffix, case)));
    sink.add(feature(Kind::Form, base + 19, u64::from(form.length) << 8 | form.category as u64));
    sink.add(feature(Kind::Lexicon, base + 34, u64::from(classes.0) << 8 | case));
    if cluster != NO_CLUSTER {
        sink.add(feature(Kind::Lexicon, base + 35, u64::from(cluster) << 8 | case));
    }
    let status = words.spellings[form.spelling as usize].status();
    let common = u64::from(classes.has(Class::Common)) << 1 | u64::from(classes.has(Class::CommonOrName));
    sink.add(feature(Kind::Form, base + 20, status << 8 | case));
    sink.add(feature(Kind::Lexicon, base + 22, common << 16 | status << 8 | case));
    if word.start != Start::Inside || word.line != Line::Running {
        sink.add(feature(Kind::Identity, base + 21, mix(form.lower, case)));
    }
}

/// All that the features of a word depend on but for the word itself.
#[derive(Clone, Copy)]
pub struct Way {
    /// The distance, and at the token itself how the text writes the word elsewhere: below [`Way::SLOTS`].
    pub slot: u8,
    /// See [`Word::place`].
    pub place: u8,
}

impl Way {
    /// How many slots there are: four distances, and four ways to write a word elsewhere.
    pub const SLOTS: usize = OFFSETS - 1 + 4;

    /// Of a word at this distance.
    pub fn of(words: &Words, id: WordId, offset: usize) -> Way {
        let word = words.words[id as usize];
        let slot = match offset {
            HERE => OFFSETS - 1 + words.spellings[words.forms[word.form as usize].spelling as usize].status() as usize,
            _ => offset - usize::from(offset > HERE),
        };
        Way { slot: slot as u8, place: word.place() as u8 }
    }
}

/// Tokens that stand together under capitals: "Ministry of Health".
#[derive(Clone, Copy, Debug, Default)]
pub struct Run {
    /// Capitalised words, with hyphens and the like between them.
    pub tight: TokenRange,
    /// The same with "of", "for the" and the like between them.
    pub loose: TokenRange,
}

/// The runs around each token of a sentence; empty ones where there is no capital.
#[inline(never)]
pub fn runs(words: &Words, sentence: TokenRange, runs: &mut Vec<Run>) {
    runs.clear();
    runs.resize(sentence.len(), Run::default());
    let word = |token: u32| words.at(token);
    let mut token = sentence.start;
    let mut loose_start = None;
    while token < sentence.end {
        if !word(token).capital {
            token += 1;
            continue;
        }
        let mut end = token + 1;
        loop {
            if end < sentence.end && word(end).capital {
                end += 1;
            } else if end + 1 < sentence.end && joins(words, end) && word(end + 1).capital {
                end += 2;
            } else {
                break;
            }
        }
        let tight = TokenRange::new(token, end);
        for run in &mut runs[(token - sentence.start) as usize..(end - sentence.start) as usize] {
            run.tight = tight;
        }
        let first = *loose_start.get_or_insert(token);
        // A loose run goes on over one or two linking words.
        let mut next = end;
        while next < sentence.end && next - end < 2 && links(word(next)) {
            next += 1;
        }
        if next == end || next == sentence.end || !word(next).capital {
            let loose = TokenRange::new(first, end);
            for run in &mut runs[(first - sentence.start) as usize..(end - sentence.start) as usize] {
                run.loose = loose;
            }
            loose_start = None;
        }
        token = next.max(end);
    }
}

fn joins(words: &Words, token: u32) -> bool {
    let word = words.at(token);
    word.category == Category::Hyphen || word.category == Category::And && words.forms[word.form as usize].length == 1
}

fn links(word: &Word) -> bool {
    matches!(word.category, Category::Of | Category::The)
}

/// The words around one token.
pub struct Window<'w> {
    words: &'w Words<'w>,
    sentence: TokenRange,
}

/// The words −2 to 2 tokens away from one.
pub type Around = [WordId; OFFSETS];

impl<'w> Window<'w> {
    /// Inside one sentence.
    pub fn new(words: &'w Words<'w>, sentence: TokenRange) -> Window<'w> {
        Window { words, sentence }
    }

    /// The words around a token.
    pub fn around(&self, token: u32) -> Around {
        std::array::from_fn(|offset| self.word(token, offset as i32 - HERE as i32))
    }

    /// From the words around a token to those around the next one.
    pub fn next(&self, token: u32, [_, before2, before, here, after]: Around) -> Around {
        [before2, before, here, after, self.word(token, (OFFSETS - HERE) as i32)]
    }

    /// The word `distance` tokens after `token`, or the sentence's edge.
    #[inline(always)]
    fn word(&self, token: u32, distance: i32) -> WordId {
        match token.checked_add_signed(distance) {
            Some(at) if self.sentence.holds(at) => self.words.of_token[at as usize],
            _ => EDGE,
        }
    }

    fn form(&self, token: u32, distance: i32) -> &'w Form {
        self.words.form_of(self.word(token, distance))
    }

    fn at(&self, token: u32, distance: i32) -> &'w Word {
        &self.words.words[self.word(token, distance) as usize]
    }
}

/// Known phrases, gone through token by token.
pub struct Phrases<'r> {
    rest: &'r [Phrase],
    /// The last one that began; of two that overlap the first one counts.
    last: TokenRange,
    classes: Classes,
}

impl<'r> Phrases<'r> {
    /// From the text's first token on.
    pub fn new(reading: &'r Reading) -> Phrases<'r> {
        Phrases { rest: &reading.phrases, last: TokenRange::default(), classes: Classes::default() }
    }

    /// What a phrase that covers the token is known as, and the token's place in it (2: first, 1: last). No token may be asked
    /// for after a later one.
    pub fn at(&mut self, token: u32) -> (Classes, u8) {
        while self.last.end <= token
            && let Some((phrase, rest)) = self.rest.split_first()
            && phrase.tokens.start <= token
        {
            if phrase.tokens.start >= self.last.end {
                (self.last, self.classes) = (phrase.tokens, phrase.classes);
            }
            self.rest = rest;
        }
        if !self.last.holds(token) {
            return (Classes::default(), 0);
        }
        (self.classes, u8::from(token == self.last.start) << 1 | u8::from(token + 1 == self.last.end))
    }
}

/// Features of several words around a token.
#[inline(always)]
pub fn context(place: &Place, sink: &mut impl Sink) {
    let Place { token, window, around, run, block, phrase: (classes, place) } = place;
    let (token, block, classes, place) = (*token, *block, *classes, *place);
    if !classes.is_empty() {
        let capital = u64::from(window.words.words[around[HERE] as usize].capital);
        sink.add(feature(Kind::Lexicon, 20, u64::from(classes.0) << 8 | u64::from(place) << 1 | capital));
        let mut rest = classes.0;
        while rest != 0 {
            let class = u64::from(rest.trailing_zeros());
            rest &= rest - 1;
            sink.add(feature(Kind::Lexicon, 21, class << 8 | u64::from(place) << 1 | capital));
        }
    }
    let [before2, before, here, after, after2] = around.map(|word| window.words.form_of(word));
    let add = |sink: &mut _, template: u64, a: u64, b: u64| {
        Sink::add(sink, feature(Kind::Context, template, mix(a, b)));
    };
    add(sink, 1, before.lower, here.lower);
    add(sink, 2, here.lower, after.lower);
    add(sink, 3, mix(before.lower, after.lower), u64::from(here.capital));
    add(sink, 4, mix(before.short_shape, here.short_shape), after.short_shape);
    add(sink, 5, before.lower, here.short_shape);
    add(sink, 6, here.short_shape, after.lower);
    add(sink, 7, mix(before2.lower, before.lower), u64::from(here.capital));
    let cluster = |form: &Form| u64::from(form.entry.cluster) << 1 | u64::from(form.capital);
    add(sink, 9, cluster(before), cluster(here));
    add(sink, 10, cluster(here), cluster(after));
    add(sink, 8, mix(after.lower, after2.lower), u64::from(here.capital));
    if !run.tight.is_empty() {
        run_features(window, token, here, run, sink);
    }
    if block != BlockKind::Paragraph {
        let position = u64::from(run.tight.start == token) << 1 | u64::from(run.tight.end == token + 1);
        add(sink, 30, block as u64, position << 8 | here.category as u64);
    }
}

/// Words that say what a name is of.
const HEADS: Classes = Classes::of(Class::OrganizationHead)
    .and(Classes::of(Class::OrganizationSuffix))
    .and(Classes::of(Class::PlaceHead))
    .and(Classes::of(Class::EventHead))
    .and(Classes::of(Class::WorkHead))
    .and(Classes::of(Class::Title));
/// Words that are names.
const NAMES: Classes = Classes::of(Class::GivenName)
    .and(Classes::of(Class::Surname))
    .and(Classes::of(Class::Place))
    .and(Classes::of(Class::Demonym))
    .and(Classes::of(Class::Group))
    .and(Classes::of(Class::Organization));
/// Words beside a name that tell of its type.
const NEIGHBOURS: Classes = HEADS.and(Classes::of(Class::Role)).and(Classes::of(Class::Demonym));

/// Tokens on either side that a name's heads are looked for in; no name is longer.
const FARTHEST: u32 = 24;

#[inline(always)]
fn run_features(window: &Window, token: u32, here: &Form, run: &Run, sink: &mut impl Sink) {
    let tight = run.tight;
    let form = |token: u32| window.words.form_of(window.words.of_token[token as usize]);
    let first = form(tight.start);
    let last = form(tight.end - 1);
    let before = window.form(tight.start, -1);
    let after = window.form(tight.end - 1, 1);
    let is_first = token == tight.start;
    let is_last = token + 1 == tight.end;
    let position = u64::from(is_first) << 1 | u64::from(is_last);
    let length = (tight.len() as u64).min(4);
    let mut add = |template: u64, a: u64, b: u64| sink.add(feature(Kind::Context, template, mix(a, b)));
    if !is_last {
        add(40, last.lower, position);
        add(41, last.suffix, position);
        add(42, after.lower, position);
    }
    if !is_first {
        add(43, first.lower, position);
        add(44, before.lower, position);
    }
    add(45, length, position << 8 | here.category as u64);
    add(46, mix(before.lower, after.lower), length);
    let classes = |form: &Form| u64::from(form.entry.classes.0);
    add(49, mix(classes(first), classes(last)), length << 4 | position);
    add(50, u64::from(last.entry.cluster), position);
    add(51, u64::from(before.entry.cluster), u64::from(is_first));
    add(52, u64::from(after.entry.cluster), u64::from(is_last));
    // "Hang Chat Witthaya School": what kind of head or name stands anywhere in the run.
    // Only so far around: a text of nothing but capitals is one run.
    let near = tight.start.max(token.saturating_sub(FARTHEST))..tight.end.min(token + FARTHEST);
    let all = near.fold(Classes::default(), |all, token| all.and(form(token).entry.classes));
    add(53, u64::from(all.0 & HEADS.0), position);
    add(54, u64::from(all.0 & NAMES.0), length << 4 | position);
    add(
        55,
        classes(before) & u64::from(NEIGHBOURS.0),
        u64::from(is_first) << 32 | classes(after) & u64::from(NEIGHBOURS.0),
    );
    if run.loose != tight {
        let place = u64::from(tight.start == run.loose.start) << 1 | u64::from(tight.end == run.loose.end);
        add(47, form(run.loose.start).lower, place);
        add(48, form(run.loose.end - 1).lower, place);
    }
}

/// Features of the document: what a first pass made of the same words elsewhere.
#[inline(always)]
pub fn document(evidence: &Evidence, token: Counted, sink: &mut impl Sink) {
    evidence.features(token, |template, value| sink.add(feature(Kind::Document, template, value)));
}

/// Which table of transition weights leads to a token.
pub const EDGES: usize = 3 * Category::COUNT;

/// See [`EDGES`].
pub fn edge(window: &Window, token: u32) -> usize {
    let before = window.at(token, -1);
    let class = if before.capital {
        0
    } else if before.category == Category::Lower {
        1
    } else {
        2
    };
    class * Category::COUNT + window.at(token, 0).category as usize
}

/// The most words without a capital between two of a name that have one: "Lost in the Woods".
const LONGEST_GAP: usize = 3;

/// Whether each token of a sentence may belong to a name, by the capitals around it. All others are outside without a look.
///
/// By what is annotated: of the words in such a gap 1 in 10 belongs to a name; of those further away or at a name's edge
/// 1 in 300, but for numbers, particles and parts of words ("Falcon 9", "de Gaulle", "McDonald's", "Tae-hyun").
#[inline(never)]
pub fn active(words: &Words, sentence: TokenRange, active: &mut Vec<bool>) {
    active.clear();
    active.resize(sentence.len(), false);
    let word = |index: usize| words.at(sentence.start + index as u32);
    // Where the tokens since the last capital begin.
    let mut gap = 0;
    for index in 0..sentence.len() {
        if !word(index).capital {
            continue;
        }
        active[index] = true;
        if gap > 0 && index - gap <= LONGEST_GAP {
            active[gap..index].fill(true);
        } else {
            if gap > 0 {
                let more = clinging((gap..index).map(|index| word(index).category));
                active[gap..gap + more].fill(true);
            }
            let more = clinging((gap..index).rev().map(|index| word(index).category));
            active[index - more..index].fill(true);
        }
        gap = index + 1;
    }
    if gap > 0 {
        let more = clinging((gap..sentence.len()).map(|index| word(index).category));
        active[gap..gap + more].fill(true);
    }
}

/// How many of the tokens next to a capital may belong to its name.
fn clinging(mut categories: impl Iterator<Item = Category>) -> usize {
    match categories.next() {
        Some(Category::Hyphen) => 1 + usize::from(categories.next().is_some()),
        Some(Category::Number | Category::Clitic | Category::Of) => 1,
        _ => 0,
    }
}
