//! What is measured natively: time and instructions per stage, growth with the length, what hostile texts cost.
//!
//! `cargo xtask bench` runs this; each command prints tab-separated lines.

mod clock;
#[path = "../../../tests/hostile/mod.rs"]
mod hostile;
mod stages;

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::path::Path;

const USAGE: &str = "\
texts CORPUS FILE [BYTES]     write the articles of the corpus, mixed, a line of JSON each; the first up to so many BYTES
stages TEXTS.jsonl FOLDER     time of each stage and of the whole, by criterion; its samples go to FOLDER
count TEXTS.jsonl             each stage once and the whole once, to be run where instructions are counted
growth TEXTS.jsonl            nanoseconds per byte of texts of 1 KB, 10 KB … 10 MB
turns TEXTS.jsonl             print `ready`; then, for each number of bytes on standard input, read so many
hostile                       the kinds of hostile text
cost KIND BYTES               one hostile text: seconds, bytes at the peak over it, its length";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["texts", corpus, file] => write_texts(corpus, file, usize::MAX),
        ["texts", corpus, file, bytes] => write_texts(corpus, file, number(bytes)),
        ["stages", texts, folder] => stages::measure(&read(texts), Path::new(folder)),
        ["count", texts] => stages::run_once(&read(texts)),
        ["growth", texts] => growth(&read(texts)),
        ["turns", texts] => turns(&read(texts)),
        ["hostile"] => hostile::KINDS.iter().for_each(|(name, _)| println!("{name}")),
        ["cost", kind, bytes] => cost(kind, number(bytes)),
        _ => println!("{USAGE}"),
    }
}

fn number(argument: &str) -> usize {
    argument.parse().expect("a number")
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

/// Regions and styles lie side by side in the corpus; mixed by a hash of their names, any first part of them is like the whole.
fn write_texts(corpus: &str, file: &str, bytes: usize) {
    let read = |part| {
        pressmark::corpus::read_folder(&Path::new(corpus).join(part)).unwrap_or_else(|errors| panic!("{errors:?}"))
    };
    let mut articles: Vec<_> = ["dev", "train"].into_iter().flat_map(read).collect();
    articles.sort_by_cached_key(|article| {
        article
            .id
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    });
    let mut lines = String::new();
    let mut length = 0;
    for article in articles {
        if length >= bytes {
            break;
        }
        length += article.text.len();
        lines.push_str(&serde_json::json!({ "doc_id": article.id, "text": article.text }).to_string());
        lines.push('\n');
    }
    std::fs::write(file, lines).expect("a file that can be written");
}

fn growth(texts: &[String]) {
    for (name, text) in [("news", joined(texts, 10_000_000)), ("marks", "\" ".repeat(5_000_000))] {
        for length in [1_000, 10_000, 100_000, 1_000_000, 10_000_000] {
            // Small texts often enough to be measured, each at another place.
            let repeats = (1_000_000 / length).clamp(1, 200);
            let rounds = if length == 10_000_000 { 2 } else { 3 };
            let fastest = (0..rounds).map(|_| seconds_each(&text, length, repeats)).fold(f64::INFINITY, f64::min);
            println!("{name}\t{length}\t{:.3}", fastest * 1e9 / length as f64);
        }
    }
}

/// Seconds for one part of that length, the mean of some at different places.
fn seconds_each(text: &str, length: usize, repeats: usize) -> f64 {
    let start = clock::seconds();
    for repeat in 0..repeats {
        let from = boundary(text, repeat * length % (text.len() - length + 1));
        black_box(stages::whole(&text[from..boundary(text, from + length)]));
    }
    (clock::seconds() - start) / repeats as f64
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

/// As `bench/measure/turns.mjs` does it: seconds of the processor, seconds of the clock, bytes.
fn turns(texts: &[String]) {
    let tokens: usize = texts.iter().map(|text| pressmark::text::Text::read(text).tokens.len()).sum();
    println!("ready\t{tokens}\t{}", texts.iter().map(String::len).sum::<usize>());
    std::io::stdout().flush().expect("somebody who listens");
    for line in std::io::stdin().lock().lines() {
        let wanted = number(&line.expect("a line"));
        let (used, start) = (clock::seconds(), std::time::Instant::now());
        let mut bytes = 0;
        for text in texts.iter().cycle() {
            if bytes >= wanted {
                break;
            }
            black_box(stages::whole(text));
            bytes += text.len();
        }
        println!("{}\t{}\t{bytes}", clock::seconds() - used, start.elapsed().as_secs_f64());
        std::io::stdout().flush().expect("somebody who listens");
    }
}

/// One process for each: the peak of memory never falls again.
fn cost(kind: &str, length: usize) {
    let (_, make) = hostile::KINDS.iter().find(|(name, _)| *name == kind).expect("a kind of hostile text");
    let text = make(length);
    black_box(stages::whole("Ana Ruiz"));
    let before = memory("VmRSS");
    let start = clock::seconds();
    let annotation = stages::whole(&text);
    let seconds = clock::seconds() - start;
    drop(annotation);
    println!("{seconds}\t{}\t{}", memory("VmHWM") - before, text.len());
}

/// A line of /proc/self/status in bytes; 0 where there is none.
fn memory(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes = line.and_then(|line| line.trim_start_matches(':').trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() * 1024.0
}
