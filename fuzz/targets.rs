//! What each fuzz target does with its bytes. The fuzzer runs them under `cargo xtask fuzz`; the tests run them on every seed
//! and on seeds torn apart.

use pressmark::lexicon::{Lexicon, Reading};
use pressmark::quote::scorer::{Task, Weights};
use pressmark::span::OffsetMap;
use pressmark::text::Text;
use pressmark::{EntityType, KnownEntity, OffsetUnit, Options, corpus, jsonl};

use super::promises;

/// Words of every kind, so that damaged tables are looked into.
const TEXT: &str = "“We will rebuild,” Ana Ruiz (UN) said in New Zealand on Tuesday.";

/// Reads bytes and panics where a promise is broken.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const TARGETS: &[(&str, Target)] =
    &[("analyze", analyze), ("offsets", offsets), ("readers", readers), ("corpus", annotated), ("jsonl", lines)];

/// Any text gives an annotation that keeps every promise of its types.
pub fn analyze(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let annotation = pressmark::analyze(&text, &Options::default()).expect("a short text is read");
    promises::check(&text, &annotation);
}

/// Offsets of any text, in every unit, convert as the standard library counts; with options drawn from the input too.
pub fn offsets(bytes: &[u8]) {
    let [switches, rest @ ..] = bytes else { return };
    let text = String::from_utf8_lossy(rest);
    for unit in [OffsetUnit::Byte, OffsetUnit::Char, OffsetUnit::Utf16] {
        let map = OffsetMap::new(&text, unit);
        let mut expected = 0;
        for (at, c) in text.char_indices() {
            assert_eq!(map.convert(at as u32) as usize, expected);
            expected += match unit {
                OffsetUnit::Byte => c.len_utf8(),
                OffsetUnit::Char => 1,
                OffsetUnit::Utf16 => c.len_utf16(),
            };
        }
        assert_eq!(map.convert(text.len() as u32) as usize, expected);
    }
    // The first line names things that the caller knows.
    let known =
        text.lines().next().unwrap_or_default().split(',').filter(|name| !name.is_empty()).take(4).map(|name| {
            KnownEntity {
                name: name.to_owned(),
                entity_type: EntityType::ALL[usize::from(*switches) % EntityType::ALL.len()],
                aliases: name.split(' ').map(str::to_owned).collect(),
                id: Some(name.to_owned()),
            }
        });
    let options = Options {
        quotes: switches & 1 == 0,
        explain: switches & 2 == 0,
        min_confidence: if switches & 4 == 0 { 0.0 } else { 0.8 },
        types: (switches & 8 == 0).then(|| EntityType::ALL[..usize::from(switches >> 4) % 11].to_vec()),
        known_entities: if switches & 16 == 0 { known.collect() } else { Vec::new() },
        ..Options::default()
    };
    promises::check(&text, &pressmark::analyze(&text, &options).expect("a short text is read"));
}

/// The readers of binary data take any bytes: they refuse them, or what they read can be used.
pub fn readers(bytes: &[u8]) {
    let [kind, bytes @ ..] = bytes else { return };
    match kind % 3 {
        0 => {
            // Reading leaves the checksum alone; whoever takes data from elsewhere verifies it.
            let read = Lexicon::read(bytes);
            if Lexicon::verify(bytes).is_ok() {
                let lexicon = read.unwrap_or_else(|_| unreachable!("what is verified can be read"));
                for word in TEXT.split(' ') {
                    lexicon.entry(&word.to_lowercase());
                }
            }
        }
        1 => {
            let text = Text::read(TEXT);
            pressmark::ner::recognise_by(bytes, &text, &Reading::of(&text));
        }
        _ => {
            if let Some(weights) = Weights::read(bytes) {
                let steps = weights.steps(Task::Speaker);
                std::hint::black_box(steps.logits([0, 1, 2].into_iter().map(|feature| steps.of(feature)).sum()));
            }
        }
    }
}

/// The readers of annotated articles and of labelled corpora take any text: an article, or problems with their lines.
pub fn annotated(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    if let Ok(article) = corpus::read(&source) {
        for mention in &article.mentions {
            assert!(!mention.span.of(&article.text).is_empty());
        }
        corpus::check(&article);
    }
    for document in source.lines().filter_map(|line| corpus::read_line(line).ok()) {
        for (span, _) in &document.entities {
            let _ = span.of(&document.text);
        }
    }
}

/// Lines of JSON, good and bad: one line out for each good one, one complaint for each bad one, never an error.
pub fn lines(bytes: &[u8]) {
    let (mut output, mut complaints) = (Vec::new(), Vec::new());
    let refused = jsonl::annotate_lines(bytes, &mut output, &mut complaints, |text| {
        Ok(pressmark::analyze(text, &Options::default())?.in_unit(text, OffsetUnit::Utf16))
    });
    let refused = refused.expect("vectors take everything");
    let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!(count(&complaints), refused);
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    assert_eq!(count(&output) + refused, lines);
    for line in output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        serde_json::from_slice::<serde_json::Value>(line).expect("what is written is JSON");
    }
}
