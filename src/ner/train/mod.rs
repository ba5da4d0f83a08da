//! `pressmark train ner`: from corpora to `src/ner/model.bin`. The same inputs give the same bytes.
//!
//! First the documents' features are collected and numbered; then models of parts of the data tag the other parts, so
//! that each document has a first pass that has not seen its labels; then the final model learns from all of it, now with
//! and now without the features of that first pass; at last its weights are cut to 8 bits.

mod crf;
mod random;
mod sources;

use super::document::{Counted, Evidence};
use super::features::{self, EDGES, Sink};
use super::memory::Memory;
use super::model::Model;
use super::packing::Row;
use super::tagger::{self, Place};
use super::tags::{LANES, OUTSIDE, TAGS, TagSet};
use super::words::{Table, Words};
use crate::lexicon::Reading;
use crate::text::{Text, TokenRange};
use crf::{Crf, Rate, Token, Weights};
use random::Random;
use sources::{Document, SOURCES};
use std::path::PathBuf;

/// What to train on and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of other people's corpora, one folder each.
    pub corpora: PathBuf,
    /// Folder of our own corpus.
    pub own: PathBuf,
    /// Names of corpora to leave out.
    pub without: Vec<String>,
    /// Rounds over the data.
    pub epochs: usize,
    /// How many times the model is trained, each time in another order and with other features left out; the weights are
    /// the mean of all.
    pub runs: u64,
    /// Most features in the model.
    pub features: usize,
    /// Features seen less often are not learnt.
    pub cutoff: u32,
    /// L1 penalty.
    pub l1: f32,
    /// Learning rate.
    pub alpha: f32,
    /// How many parts the data is cut into for the first pass; 0 for no second pass.
    pub folds: usize,
    /// Share of features that are left out at random, by kind.
    pub dropout: [f32; 5],
    /// The model is the mean of the weights after each round but the first ones: this many are left out, but never the last.
    pub burn_in: usize,
    /// The strongest weight is worth this many steps, at most 127; fewer steps make a smaller file.
    pub levels: f32,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            corpora: "../shared/corpora/ner".into(),
            own: "corpus".into(),
            without: Vec::new(),
            epochs: 4,
            runs: 8,
            features: 36_000,
            cutoff: 2,
            l1: 1.0,
            alpha: 0.1,
            folds: 3,
            dropout: [0.4, 0.2, 0.25, 0.3, 0.1],
            burn_in: 1,
            levels: 60.0,
        }
    }
}

impl Options {
    /// How often a feature of this name is left out.
    fn dropout(&self, name: u64) -> f32 {
        self.dropout[features::kind(name) as usize]
    }
}

const FIRST_PASS_EPOCHS: usize = 2;
/// How often a document is seen with its first pass's tags.
const EVIDENCE_SHARE: f32 = 0.6;

/// One document, its features as numbers.
struct Example {
    source: usize,
    stretches: Vec<Stretch>,
    /// For each active token.
    tokens: Vec<Item>,
    features: Vec<u32>,
    /// Features of the second pass.
    evidence: Vec<u32>,
}

struct Stretch {
    /// Range of [`Example::tokens`].
    start: u32,
    end: u32,
}

struct Item {
    token: u32,
    /// Where its features end in [`Example::features`].
    features_end: u32,
    evidence_end: u32,
    edge: u16,
    allowed: TagSet,
}

#[derive(Default)]
struct Collected(Vec<u64>);

impl Sink for Collected {
    fn add(&mut self, feature: u64) {
        self.0.push(feature);
    }
}

/// Names of features to numbers.
struct Dictionary {
    table: Table,
    names: Vec<u64>,
    counts: Vec<u32>,
}

impl Dictionary {
    fn number(&mut self, feature: u64) -> u32 {
        let number = self.table.entry(feature, self.names.len() as u32);
        if number as usize == self.names.len() {
            self.names.push(feature);
            self.counts.push(0);
        }
        self.counts[number as usize] += 1;
        number
    }
}

/// Trains; `report` gets each epoch's model and returns a line on it. Returns the last model's bytes.
///
/// # Errors
/// When a corpus cannot be read.
pub fn train(options: &Options, mut report: impl FnMut(&[u8]) -> String) -> Result<Vec<u8>, String> {
    let mut documents = Vec::new();
    let mut notes = String::new();
    for (index, source) in SOURCES.iter().enumerate() {
        if options.without.iter().any(|name| source.name.starts_with(name.as_str())) {
            continue;
        }
        let mut read = sources::read(index, &options.corpora, &options.own)?;
        // What we annotated anew comes first, and is not learnt by the older labels as well.
        read.retain(|new| !documents.iter().any(|known: &Document| known.text == new.text));
        notes += &format!("{}: {}\n", source.name, source.licence);
        eprintln!("{:>20}: {} documents", source.name, read.len());
        documents.extend(read);
    }
    let mut dictionary = Dictionary { table: Table::default(), names: Vec::new(), counts: Vec::new() };
    let mut examples: Vec<Example> = documents.iter().map(|document| example(document, &mut dictionary)).collect();
    let tokens: usize = examples.iter().map(|example| example.tokens.len()).sum();
    eprintln!("{tokens} active tokens, {} features", dictionary.names.len());
    cut(options.cutoff, &mut dictionary, &mut examples);
    eprintln!("{} features after the cut", dictionary.names.len());
    if options.folds > 0 {
        first_pass(options, &documents, &mut examples, &mut dictionary);
    }
    let runs: Vec<u64> = (1..=options.runs).collect();
    let all: Vec<usize> = (0..examples.len()).collect();
    let mut mean = Mean::default();
    // Two at a time: each takes a gigabyte.
    for pair in runs.chunks(2) {
        let means = std::thread::scope(|scope| {
            let (examples, dictionary, all) = (&examples, &dictionary, &all);
            let train = |seed: u64| {
                let mut trainer = Trainer::new(options, dictionary, seed);
                let mut mean = Mean::default();
                for epoch in 1..=options.epochs {
                    let loss = trainer.round(examples, all.clone());
                    eprintln!("run {seed}, epoch {epoch}: loss {loss:.4}");
                    if epoch > options.burn_in || epoch == options.epochs {
                        mean.add(&trainer.crf);
                    }
                }
                mean
            };
            let running: Vec<_> = pair.iter().map(|&seed| scope.spawn(move || train(seed))).collect();
            running.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
        });
        for of_run in means {
            mean.join(of_run.map_err(|_| "a training thread failed".to_owned())?);
        }
    }
    if mean.rounds == 0 {
        return Err("no runs or no epochs: nothing was learnt".into());
    }
    let bytes = pack(options, &dictionary, &mean, &notes);
    eprintln!("{} KB  {}", bytes.len() / 1024, report(&bytes));
    Ok(bytes)
}

fn example(document: &Document, dictionary: &mut Dictionary) -> Example {
    let text = Text::read(&document.text);
    let reading = Reading::of(&text);
    let words = Words::read(&text, &reading, &mut Memory::default());
    let allowed = document.allowed(&text, &reading);
    let mut collected = Collected::default();
    let mut example = Example {
        source: document.source,
        stretches: Vec::new(),
        tokens: Vec::new(),
        features: Vec::new(),
        evidence: Vec::new(),
    };
    let mut walk = tagger::Walk::new(&text, &reading, &words);
    let mut visit = |place: Place| {
        collected.0.clear();
        for (offset, &word) in place.around.iter().enumerate() {
            features::word(&words, word, offset, &mut collected);
        }
        features::context(&place, &mut collected);
        example.features.extend(collected.0.iter().map(|&feature| dictionary.number(feature)));
        example.tokens.push(Item {
            token: place.token,
            features_end: example.features.len() as u32,
            evidence_end: 0,
            edge: features::edge(place.window, place.token) as u16,
            allowed: allowed[place.token as usize],
        });
    };
    let mut start = 0;
    for stretch in tagger::stretches(&text, &words) {
        walk.through(&stretch, &mut visit);
        let end = start + stretch.tokens.len() as u32;
        example.stretches.push(Stretch { start, end });
        start = end;
    }
    // A label that goes on outside the stretch would contradict the stretch's edge.
    for stretch in &example.stretches {
        close(&mut example.tokens[stretch.start as usize..stretch.end as usize]);
    }
    example
}

/// Lets everything be right where no allowed sequence exists.
fn close(items: &mut [Item]) {
    let mut reachable: TagSet = 1 << OUTSIDE;
    for item in items.iter() {
        let mut next = 0;
        for previous in 0..TAGS as u8 {
            if reachable >> previous & 1 == 1 {
                for tag in 0..TAGS as u8 {
                    if item.allowed >> tag & 1 == 1 && super::tags::may_follow(previous, tag) {
                        next |= 1 << tag;
                    }
                }
            }
        }
        reachable = next;
    }
    if reachable & super::tags::COMPLETE == 0 {
        items.iter_mut().for_each(|item| item.allowed = super::tags::ANY);
    }
}

/// Drops features that are seen less than `cutoff` times and numbers the rest anew.
fn cut(cutoff: u32, dictionary: &mut Dictionary, examples: &mut [Example]) {
    let mut kept = Dictionary { table: Table::default(), names: Vec::new(), counts: Vec::new() };
    let new_numbers: Vec<Option<u32>> = (0..dictionary.names.len())
        .map(|number| {
            (dictionary.counts[number] >= cutoff).then(|| {
                let new = kept.number(dictionary.names[number]);
                kept.counts[new as usize] = dictionary.counts[number];
                new
            })
        })
        .collect();
    *dictionary = kept;
    for example in examples {
        let old = std::mem::take(&mut example.features);
        let mut start = 0;
        for item in &mut example.tokens {
            let end = item.features_end as usize;
            example.features.extend(old[start..end].iter().filter_map(|&number| new_numbers[number as usize]));
            item.features_end = example.features.len() as u32;
            start = end;
        }
        example.features.shrink_to_fit();
    }
}

/// Tags each part of the documents by a model of the other parts, and turns that into the second pass's features.
fn first_pass(options: &Options, documents: &[Document], examples: &mut [Example], dictionary: &mut Dictionary) {
    for fold in 0..options.folds {
        let (held, rest): (Vec<usize>, Vec<usize>) =
            (0..examples.len()).partition(|index| index % options.folds == fold);
        let mut crf = {
            let mut trainer = Trainer::new(options, dictionary, 1);
            for _ in 0..FIRST_PASS_EPOCHS {
                trainer.round(examples, rest.clone());
            }
            trainer.crf
        };
        let mut collected = Collected::default();
        let (mut right, mut total) = (0, 0);
        for index in held {
            if !SOURCES[documents[index].source].coherent {
                continue;
            }
            let text = Text::read(&documents[index].text);
            let reading = Reading::of(&text);
            let words = Words::read(&text, &reading, &mut Memory::default());
            let mut tags = vec![OUTSIDE; text.tokens.len()];
            let example = &mut examples[index];
            for stretch in &example.stretches {
                let items = &example.tokens[stretch.start as usize..stretch.end as usize];
                let sequence = Sequence::whole(example, stretch);
                for (item, tag) in items.iter().zip(crf.decode(&sequence.tokens(items))) {
                    tags[item.token as usize] = tag;
                    right += u32::from(item.allowed >> tag & 1 == 1);
                    total += 1;
                }
            }
            let mut evidence = Evidence::read(&words);
            let of_stretch = |stretch: &Stretch| {
                let token = example.tokens[stretch.start as usize].token;
                TokenRange::new(token, token + stretch.end - stretch.start)
            };
            evidence.count(&text, &tags, example.stretches.iter().map(of_stretch));
            for (index, item) in example.tokens.iter_mut().enumerate() {
                collected.0.clear();
                let counted = Counted { token: item.token, index, tag: tags[item.token as usize] };
                features::document(&evidence, counted, &mut collected);
                example.evidence.extend(collected.0.iter().map(|&feature| dictionary.number(feature)));
                item.evidence_end = example.evidence.len() as u32;
            }
        }
        eprintln!("first pass {}: {:.2}% of tokens", fold + 1, 100.0 * f64::from(right) / f64::from(total));
    }
}

/// A stretch as the model sees it.
struct Sequence {
    features: Vec<u32>,
    ends: Vec<usize>,
}

impl Sequence {
    /// Without evidence, nothing left out.
    fn whole(example: &Example, stretch: &Stretch) -> Sequence {
        Sequence::of(example, stretch, false, |_| true)
    }

    fn of(example: &Example, stretch: &Stretch, evidence: bool, mut keep: impl FnMut(u32) -> bool) -> Sequence {
        let mut sequence = Sequence { features: Vec::new(), ends: Vec::new() };
        for index in stretch.start as usize..stretch.end as usize {
            let item = &example.tokens[index];
            let (start, evidence_start) = match index {
                0 => (0, 0),
                _ => (example.tokens[index - 1].features_end, example.tokens[index - 1].evidence_end),
            };
            let features = &example.features[start as usize..item.features_end as usize];
            sequence.features.extend(features.iter().copied().filter(|&number| keep(number)));
            if evidence {
                let features = &example.evidence[evidence_start as usize..item.evidence_end as usize];
                sequence.features.extend(features.iter().copied().filter(|&number| keep(number)));
            }
            sequence.ends.push(sequence.features.len());
        }
        sequence
    }

    fn tokens<'s>(&'s self, items: &[Item]) -> Vec<Token<'s>> {
        let mut start = 0;
        items
            .iter()
            .zip(&self.ends)
            .map(|(item, &end)| {
                let features = &self.features[start..end];
                start = end;
                Token { features, edge: item.edge, allowed: item.allowed }
            })
            .collect()
    }
}

/// Weights added up over rounds: their mean is steadier than the last round's.
#[derive(Default)]
struct Mean {
    rounds: usize,
    features: Vec<Weights>,
    /// `[edge * LANES + previous]`
    transitions: Vec<Weights>,
}

impl Mean {
    fn add(&mut self, crf: &Crf) {
        self.features.resize(crf.len(), [0.0; LANES]);
        self.transitions.resize(EDGES * LANES, [0.0; LANES]);
        self.rounds += 1;
        let into = |sums: &mut Weights, weights: &Weights| {
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        };
        for (number, sums) in self.features.iter_mut().enumerate() {
            into(sums, crf.feature(number as u32));
        }
        for (index, sums) in self.transitions.iter_mut().enumerate() {
            into(sums, crf.transition(index / LANES, index % LANES));
        }
    }

    /// Adds another mean's rounds.
    fn join(&mut self, other: Mean) {
        if self.rounds == 0 {
            *self = other;
            return;
        }
        self.rounds += other.rounds;
        for (sums, others) in [(&mut self.features, other.features), (&mut self.transitions, other.transitions)] {
            for (sums, others) in sums.iter_mut().zip(others) {
                sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
            }
        }
    }

    fn feature(&self, number: u32) -> Weights {
        self.features[number as usize].map(|sum| sum / self.rounds as f32)
    }

    fn transition(&self, edge: usize, previous: usize) -> Weights {
        self.transitions[edge * LANES + previous].map(|sum| sum / self.rounds as f32)
    }
}

/// A model in training.
struct Trainer<'t> {
    options: &'t Options,
    crf: Crf,
    dictionary: &'t Dictionary,
    random: Random,
}

impl<'t> Trainer<'t> {
    fn new(options: &'t Options, dictionary: &'t Dictionary, seed: u64) -> Trainer<'t> {
        let rate = Rate { alpha: options.alpha, beta: 1.0, l1: options.l1, l2: 0.0 };
        Trainer { options, crf: Crf::new(dictionary.names.len(), rate), dictionary, random: Random(seed) }
    }

    fn dropout(&self, number: u32) -> f32 {
        self.options.dropout(self.dictionary.names[number as usize])
    }

    /// Learns from each of these examples once; returns the mean loss of a token.
    fn round(&mut self, examples: &[Example], mut order: Vec<usize>) -> f64 {
        self.random.shuffle(&mut order);
        let (mut loss, mut tokens) = (0.0, 0);
        for index in order {
            let example = &examples[index];
            let evidence = !example.evidence.is_empty() && self.random.chance(EVIDENCE_SHARE);
            for stretch in &example.stretches {
                let mut random = Random(self.random.next());
                let sequence = Sequence::of(example, stretch, evidence, |number| !random.chance(self.dropout(number)));
                let items = &example.tokens[stretch.start as usize..stretch.end as usize];
                loss += self.crf.learn(&sequence.tokens(items), SOURCES[example.source].weight);
                tokens += items.len();
            }
        }
        loss / tokens.max(1) as f64
    }
}

/// The model's bytes: the strongest features, in 8 bits over the whole range of the weights.
fn pack(options: &Options, dictionary: &Dictionary, mean: &Mean, notes: &str) -> Vec<u8> {
    let names = &dictionary.names;
    let dropout = |number: u32| options.dropout(names[number as usize]);
    let mut strongest: Vec<(f32, u32)> = (0..names.len() as u32)
        .filter_map(|number| {
            let most = mean.feature(number).iter().fold(0.0, |most: f32, weight| most.max(weight.abs()));
            let most = most * (1.0 - dropout(number));
            (most > 0.0).then(|| (most * (dictionary.counts[number as usize] as f32).powf(0.25), number))
        })
        .collect();
    strongest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    strongest.truncate(options.features);
    let mut weights: Vec<(u32, [f32; LANES])> = strongest
        .iter()
        .map(|&(_, number)| (number, mean.feature(number).map(|weight| weight * (1.0 - dropout(number)))))
        .collect();
    weights.sort_by_key(|&(number, _)| number);
    let transitions: Vec<[f32; LANES]> =
        (0..EDGES).flat_map(|edge| (0..LANES).map(move |previous| mean.transition(edge, previous))).collect();
    let most = weights
        .iter()
        .flat_map(|(_, row)| row)
        .chain(transitions.iter().flatten())
        .fold(1e-6, |most: f32, weight| most.max(weight.abs()));
    let scale = most / options.levels;
    // Weights of one step cost a quarter of the file and are worth nothing that can be measured.
    let quantise = |row: &[f32; LANES]| -> Row {
        row.map(|weight| (weight / scale).round()).map(|step| if step.abs() < 2.0 { 0 } else { step as i8 })
    };
    let rows: Vec<(u64, Row)> = weights
        .iter()
        .map(|(number, row)| (names[*number as usize], quantise(row)))
        .filter(|(_, row)| row.iter().any(|&weight| weight != 0))
        .collect();
    let transitions: Vec<Row> = transitions.iter().map(quantise).collect();
    Model::write(notes, scale, [1.0, 0.0], &transitions, &rows)
}
