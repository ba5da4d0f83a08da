//! The stages, each in a function of its own, which no optimiser may dissolve: counters of instructions count by function.

use crate::clock::ProcessorTime;
use criterion::measurement::Measurement;
use criterion::{Criterion, SamplingMode, Throughput};
use pressmark::lexicon::Reading;
use pressmark::text::Text;
use pressmark::{Annotation, Options, attribution, identity, ner, quote};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

#[inline(never)]
fn stage_text(source: &str) -> Text<'_> {
    Text::read(source)
}

#[inline(never)]
fn stage_lexicon(text: &Text) -> Reading {
    Reading::of(text)
}

#[inline(never)]
fn stage_names(text: &Text, reading: &Reading) -> Vec<ner::Mention> {
    ner::recognise(text, reading)
}

#[inline(never)]
fn stage_identity(text: &Text, reading: &Reading, names: Vec<ner::Mention>) -> identity::Identity {
    identity::resolve(text, reading, names, &[])
}

#[inline(never)]
fn stage_quotes<'r>(text: &Text, reading: &'r Reading, identity: &identity::Identity) -> quote::Findings<'r> {
    quote::find(text, reading, identity)
}

#[inline(never)]
fn stage_attribution(
    text: &Text,
    reading: &Reading,
    identity: identity::Identity,
    findings: &quote::Findings,
) -> (Vec<attribution::Attribution>, identity::Identity) {
    let mut attributions = attribution::attribute(text, reading, &identity, findings);
    let identity =
        attribution::join_first_person(text, identity, &findings.quotes, findings.first_person(), &mut attributions);
    (attributions, identity)
}

/// All stages; what it does beyond the others is to put the result together.
#[inline(never)]
pub fn whole(source: &str) -> Annotation {
    pressmark::analyze(source, &Options::default()).expect("a text of allowed length")
}

/// What is done once in a process: lists and weights are read, patterns compiled. The text needs all of them.
#[inline(never)]
fn stage_first(source: &str) -> Annotation {
    pressmark::analyze(source, &Options::default()).expect("a text of allowed length")
}

/// A few sentences in which there is something for every stage.
const FIRST: &str = "Council votes for bridge\n\nBy Ana Ruiz\n\nPORTO, March 3 (Reuters) - \u{201c}We will build it,\u{201d} said Ana \
    Ruiz, the mayor of Porto. She said the United Nations (UN) would pay $3.5 million, 40% of it on Monday. Her rival, \
    Jim Baker, told @reuters that James Baker was \u{2018}not asked\u{2019}, according to a Kenyan official.";

#[inline(never)]
fn warm_up(texts: &[String]) {
    for source in texts {
        black_box(pressmark::analyze(source, &Options::default()).expect("a text of allowed length"));
    }
}

/// Runs each text through all stages, and then the whole over all texts.
pub fn run_once(texts: &[String]) {
    black_box(stage_first(FIRST));
    // Patterns build their automata as texts need them: all of it is there before anything is counted.
    warm_up(texts);
    let mut unwatched = Watch { stage: "", sum: Duration::ZERO };
    texts.iter().for_each(|source| unwatched.read(source));
    for source in texts {
        black_box(whole(source));
    }
}

/// The time that one of the stages takes as text after text goes through all of them: its data is in the processor's cache as the
/// stage before has left it, its code is not.
struct Watch {
    /// The name of the stage.
    stage: &'static str,
    sum: Duration,
}

/// In order.
const STAGES: [&str; 6] = ["text", "lexicon", "names", "identity", "quotes", "attribution"];

impl Watch {
    fn over<T>(&mut self, stage: &'static str, run: impl FnOnce() -> T) -> T {
        if stage != self.stage {
            return run();
        }
        let start = ProcessorTime.start();
        let made = black_box(run());
        self.sum += ProcessorTime.end(start);
        made
    }

    fn read(&mut self, source: &str) {
        let text = self.over("text", || stage_text(source));
        let reading = self.over("lexicon", || stage_lexicon(&text));
        let names = self.over("names", || stage_names(&text, &reading));
        let identity = self.over("identity", || stage_identity(&text, &reading, names));
        let findings = self.over("quotes", || stage_quotes(&text, &reading, &identity));
        black_box(self.over("attribution", || stage_attribution(&text, &reading, identity, &findings)));
    }
}

/// The time of quotes and attribution where all mentions are given: the stages before have read all texts, and these two go through
/// one after another. Their code is in the processor's cache, their data is not.
fn alone<'t>(texts: &'t [String]) -> Duration {
    let read = |source: &'t String| {
        let text = stage_text(source);
        let reading = stage_lexicon(&text);
        let names = stage_names(&text, &reading);
        let identity = stage_identity(&text, &reading, names);
        ((text, reading), identity)
    };
    let (texts, identities): (Vec<_>, Vec<_>) = texts.iter().map(read).unzip();
    let start = ProcessorTime.start();
    for ((text, reading), identity) in texts.iter().zip(identities) {
        let findings = stage_quotes(text, reading, &identity);
        black_box(stage_attribution(text, reading, identity, &findings));
    }
    ProcessorTime.end(start)
}

/// Times each stage over all texts, and the whole.
pub fn measure(texts: &[String], folder: &Path) {
    let mut criterion = Criterion::default()
        .with_measurement(ProcessorTime)
        .without_plots()
        .output_directory(folder)
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    let mut group = criterion.benchmark_group("stages");
    // Every sample is some runs over all the texts: times of single runs are what is wanted, not a slope.
    group.sampling_mode(SamplingMode::Flat);
    group.throughput(Throughput::Bytes(texts.iter().map(String::len).sum::<usize>() as u64));
    for stage in STAGES {
        group.bench_function(stage, |bencher| {
            bencher.iter_custom(|runs| {
                let mut watch = Watch { stage, sum: Duration::ZERO };
                (0..runs).for_each(|_| texts.iter().for_each(|source| watch.read(source)));
                watch.sum
            });
        });
    }
    group.bench_function("quotes and attribution alone", |bencher| {
        bencher.iter_custom(|runs| (0..runs).map(|_| alone(texts)).sum());
    });
    let all = || texts.iter().map(|source| whole(source)).collect::<Vec<_>>();
    group.bench_function("whole", |bencher| bencher.iter_with_large_drop(all));
    group.finish();
}
