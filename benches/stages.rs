//! Time per stage and as a whole, natively, in one process and on one thread.
//!
//! `cargo xtask bench` runs this and reads the lines that it prints (tab-separated: what, stage, number …).
//! A harness of our own: what is wanted are shares and ratios in one run on machines that other programs use as well,
//! with the fastest of many interleaved rounds and their spread. Criterion compares one function with itself over time
//! on a quiet machine, and its dependencies take longer to build than the crate.

use pressmark::lexicon::Reading;
use pressmark::text::Text;
use pressmark::{Options, attribution, identity, ner, quote};
use std::hint::black_box;
use std::sync::OnceLock;
use std::time::Instant;

const USAGE: &str = "\
stages speed TEXTS.jsonl ROUNDS     time per stage and whole: ROUNDS rounds over all texts
stages growth TEXTS.jsonl           time per byte of 1 KB, 10 KB … 10 MB
stages count TEXTS.jsonl            each stage once over all texts: to be run where instructions are counted";

/// The stages in order. The last one is what [`pressmark::analyze`] does beyond the others: the result is put together.
const STAGES: [&str; 6] = ["text", "lexicon", "names", "identity", "quotes", "attribution"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["speed", texts, rounds] => speed(&read(texts), rounds.parse().expect("a number of rounds")),
        ["growth", texts] => growth(&read(texts)),
        ["count", texts] => count(&read(texts)),
        _ => println!("{USAGE}"),
    }
}

/// The texts of a file with one JSON object a line.
fn read(path: &str) -> Vec<String> {
    let lines = std::fs::read_to_string(path).expect("a file of texts");
    let text = |line: &str| {
        let mut document: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        match document["text"].take() {
            serde_json::Value::String(text) => text,
            _ => panic!("a line without a text"),
        }
    };
    lines.lines().map(text).collect()
}

// Each stage in a function of its own, which no optimiser may dissolve: profilers count by function.

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
fn stage_quotes(text: &Text, reading: &Reading, identity: &identity::Identity) -> quote::Findings {
    quote::find(text, reading, identity)
}

#[inline(never)]
fn stage_attribution(
    text: &Text,
    reading: &Reading,
    identity: identity::Identity,
    findings: &quote::Findings,
) -> (Vec<attribution::Attribution>, identity::Identity) {
    let attributions = attribution::attribute(text, reading, &identity, findings);
    let first_person = attribution::first_person(text, &identity, findings, &attributions);
    let identity = identity::add_first_person(text, identity, &first_person);
    (attributions, identity)
}

#[inline(never)]
fn whole(source: &str) -> pressmark::Annotation {
    pressmark::analyze(source, &Options::default()).expect("a text of allowed length")
}

/// Seconds that this process has had of the processor; of the clock where that cannot be told.
///
/// What other programs take from us in between does not count.
fn used() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let scheduler = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = scheduler.as_ref().and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |used| used / 1e9)
}

/// Runs stage after stage, each over all texts, and calls `end` after each with its place in [`STAGES`]. Returns the number
/// of tokens.
fn each_stage(texts: &[String], mut end: impl FnMut(usize)) -> usize {
    let read: Vec<Text> = texts.iter().map(|source| stage_text(source)).collect();
    end(0);
    let readings: Vec<Reading> = read.iter().map(stage_lexicon).collect();
    end(1);
    let pairs = || read.iter().zip(&readings);
    let names: Vec<_> = pairs().map(|(text, reading)| stage_names(text, reading)).collect();
    end(2);
    let identities: Vec<_> =
        pairs().zip(names).map(|((text, reading), names)| stage_identity(text, reading, names)).collect();
    end(3);
    let findings: Vec<_> =
        pairs().zip(&identities).map(|((text, reading), identity)| stage_quotes(text, reading, identity)).collect();
    end(4);
    for (((text, reading), identity), findings) in pairs().zip(identities).zip(&findings) {
        black_box(stage_attribution(text, reading, identity, findings));
    }
    end(5);
    read.iter().map(|text| text.tokens.len()).sum()
}

fn speed(texts: &[String], rounds: usize) {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); STAGES.len() + 1];
    let mut tokens = 0;
    for _ in 0..rounds {
        let mut clock = used();
        let mut lap = |stage: usize| {
            let now = used();
            times[stage].push(now - clock);
            clock = now;
        };
        tokens = each_stage(texts, &mut lap);
        let clock = used();
        for source in texts {
            black_box(whole(source));
        }
        times[STAGES.len()].push(used() - clock);
    }
    println!("texts\t{}\t{}\t{tokens}", texts.len(), texts.iter().map(String::len).sum::<usize>());
    for (stage, times) in STAGES.iter().chain(&["whole"]).zip(&mut times) {
        times.sort_unstable_by(f64::total_cmp);
        println!("stage\t{stage}\t{:.6}\t{:.6}\t{:.6}", times[0], times[times.len() / 2], times[times.len() - 1]);
    }
}

fn growth(texts: &[String]) {
    for (name, text) in [("news", joined(texts, 10_000_000)), ("marks", "\" ".repeat(5_000_000))] {
        for length in [1_000, 10_000, 100_000, 1_000_000, 10_000_000] {
            let part = &text[..boundary(&text, length)];
            // Small texts often enough to be measured, each at another place.
            let repeats = (1_000_000 / length).clamp(1, 200);
            let mut fastest = f64::INFINITY;
            for _ in 0..3 {
                let clock = used();
                for repeat in 0..repeats {
                    let from = boundary(&text, repeat * length % (text.len() - length + 1));
                    let part = if length == 10_000_000 { part } else { &text[from..boundary(&text, from + length)] };
                    black_box(whole(part));
                }
                fastest = fastest.min((used() - clock) / repeats as f64);
            }
            println!("growth\t{name}\t{length}\t{:.3}", fastest * 1e9 / part.len() as f64);
        }
    }
}

/// The last place up to `at` where a text can be cut.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Texts after each other, again and again, up to a length in bytes.
fn joined(texts: &[String], length: usize) -> String {
    let mut all = String::with_capacity(length + 100_000);
    for text in texts.iter().cycle() {
        if all.len() >= length {
            break;
        }
        all.push_str(text);
        all.push_str("\n\n");
    }
    all
}

fn count(texts: &[String]) {
    each_stage(texts, |_| {});
    for source in texts {
        black_box(whole(source));
    }
}
