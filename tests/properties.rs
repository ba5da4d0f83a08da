//! What holds for every text: random Unicode, torn and rejoined news, markup and rubbish.
#![cfg(feature = "cli")]

mod promises;

use pressmark::{Annotation, EntityType, KnownEntity, OffsetUnit, Options, analyze};
use promises::{check, spans};
use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};
use std::path::Path;
use std::sync::LazyLock;

/// Sentences of our own corpus, cut at full stops and line ends.
static SENTENCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut sentences = Vec::new();
    for split in ["train", "dev"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(split);
        for article in pressmark::corpus::read_folder(&folder).unwrap_or_else(|problems| panic!("{problems:?}")) {
            let pieces = article.text.split_inclusive(['\n', '.']).map(str::trim).filter(|piece| piece.len() > 3);
            sentences.extend(pieces.map(str::to_owned));
        }
    }
    sentences
});

/// What news is made of, and what breaks it.
const FRAGMENTS: &[&str] = &[
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "``",
    "''",
    "„",
    "‹",
    "›",
    "「",
    "」",
    "′",
    "″",
    "(",
    ")",
    "[",
    "]",
    "—",
    "–",
    "-",
    ",",
    ".",
    "...",
    "…",
    ":",
    ";",
    "!",
    "?",
    " ",
    "  ",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{202b}",
    "\t",
    "\n",
    "\r\n",
    "\n\n",
    "\u{2028}",
    "said",
    "says",
    "told reporters",
    "tweeted:",
    "according to",
    "added that",
    "asked if",
    "he",
    "She",
    "I",
    "We",
    "their",
    "it",
    "who",
    "which",
    "President",
    "Mr.",
    "Dr",
    "former",
    "the minister",
    "a senior official",
    "the company",
    "Ana Ruiz",
    "Ruiz",
    "Qais al-Khaz'ali",
    "O’Neill",
    "Al-Khaz‘ali",
    "van der Berg",
    "UN",
    "U.N.",
    "(UN)",
    "United Nations",
    "U.S.",
    "Red Cross",
    "Porto",
    "Kenya",
    "Guinea-Bissau",
    "Kenyan",
    "Reuters",
    "@anaruiz",
    "#Porto",
    "Q:",
    "A:",
    "By",
    "Tuesday",
    "March 3",
    "2024",
    "3 March 2024",
    "5 p.m.",
    "$3.5 million",
    "€9",
    "40%",
    "550 tonnes",
    "5'10\"",
    "'90s",
    "rock 'n' roll",
    "not",
    "did not",
    "if",
    "that",
    "and",
    "of",
    "in",
    "(photo credit: AP)",
    "Read more:",
    "ADVERTISEMENT",
    "KISUMU, Kenya (Reuters) —",
    "<p>",
    "</blockquote>",
    "<script>alert(1)</script>",
    "&quot;",
    "&#8220;",
    "https://example.org/a?b=c",
    "![x](y)",
    "**",
    "{\"a\":1}",
    "İ",
    "ß",
    "ﬁ",
    "e\u{301}",
    "\u{301}",
    "👩‍👩‍👧",
    "🇺🇳",
    "שלום",
    "مرحبا",
    "東京",
    "ＮＡＴＯ",
    "\0",
    "\u{fffd}",
    "\u{1}",
];

fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(FRAGMENTS).prop_map(str::to_owned),
        2 => any::<prop::sample::Index>().prop_map(|index| index.get(&SENTENCES).clone()),
        // Part of a sentence.
        2 => (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(which, from, to)| {
            let chars: Vec<char> = which.get(&SENTENCES).chars().collect();
            let (from, to) = (from.index(chars.len()), to.index(chars.len()));
            chars[from.min(to)..from.max(to)].iter().collect()
        }),
        1 => any::<String>(),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(&["", " ", " ", " ", "\n", "\n\n"][..]);
    prop::collection::vec((fragment(), gap), 0..40)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect())
}

/// Sentences of the corpus with every mark replaced, dropped or doubled at random.
fn broken_marks() -> impl Strategy<Value = String> {
    let sentence =
        (any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 1..20)).prop_map(|(index, fates)| {
            const MARKS: &[&str] = &["", "“", "”", "\"", "'", "’", "‘", "«", "»", "\"\"", " \" ", "”“"];
            let mut fate = fates.iter().cycle();
            let mut broken = String::new();
            for c in index.get(&SENTENCES).chars() {
                if "“”\"'‘’«»".contains(c) {
                    match fate.next().map_or(0, |fate| usize::from(*fate)) {
                        kept @ 0..128 => broken.push(if kept % 2 == 0 { c } else { '"' }),
                        other => broken.push_str(MARKS[other % MARKS.len()]),
                    }
                } else {
                    broken.push(c);
                }
            }
            broken
        });
    prop::collection::vec((sentence, prop::sample::select(&[" ", " ", "\n\n", ""][..])), 1..8)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect())
}

fn options() -> impl Strategy<Value = Options> {
    let entity_type = prop::sample::select(&EntityType::ALL[..]);
    let name = prop_oneof![prop::sample::select(FRAGMENTS).prop_map(str::to_owned), any::<String>()];
    let known = (name.clone(), entity_type.clone(), prop::collection::vec(name, 0..3), any::<Option<String>>())
        .prop_map(|(name, entity_type, aliases, id)| KnownEntity { name, entity_type, aliases, id });
    (
        prop::option::of(prop::collection::vec(entity_type, 0..6)),
        any::<bool>(),
        prop_oneof![Just(0.0f32), 0.0f32..1.0, Just(f32::NAN), Just(f32::INFINITY)],
        prop::collection::vec(known, 0..4),
        any::<bool>(),
    )
        .prop_map(|(types, quotes, min_confidence, known_entities, explain)| Options {
            types,
            quotes,
            min_confidence,
            known_entities,
            explain,
            ..Options::default()
        })
}

fn read(text: &str) -> Annotation {
    analyze(text, &Options::default()).expect("a short text is read")
}

fn json(annotation: &Annotation) -> String {
    serde_json::to_string(annotation).expect("an annotation is plain data")
}

/// The same cases each time, so that a change is judged by what it does; `PROPTEST_CASES` asks for as many others.
fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(cases),
        // A finding becomes a test of its own in tests/adversarial.rs.
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        max_shrink_iters: 20_000,
        rng_seed: if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(1) },
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn every_text_keeps_every_promise(text in text()) {
        check(&text, &read(&text));
    }

    #[test]
    fn news_with_broken_marks_keeps_every_promise(text in broken_marks()) {
        check(&text, &read(&text));
    }

    #[test]
    fn any_unicode_keeps_every_promise(text in any::<String>()) {
        check(&text, &read(&text));
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn every_option_keeps_every_promise(text in text(), options in options()) {
        let annotation = analyze(&text, &options).expect("a short text is read");
        for entity in &annotation.entities {
            prop_assert!(options.types.as_ref().is_none_or(|types| types.contains(&entity.entity_type)));
        }
        prop_assert!(options.quotes || annotation.quotes.is_empty());
        if options.known_entities.iter().all(|known| !known.name.is_empty()) {
            check(&text, &annotation);
        }
    }

    #[test]
    fn the_same_text_gives_the_same_bytes(text in text()) {
        prop_assert_eq!(json(&read(&text)), json(&read(&text)));
    }

    #[test]
    fn an_annotation_survives_json(text in text()) {
        let written = json(&read(&text));
        let back: Annotation = serde_json::from_str(&written).expect("what is written can be read");
        prop_assert_eq!(json(&back), written);
    }

    #[test]
    fn every_paragraph_is_read_alone(text in text()) {
        for paragraph in text.split('\n') {
            check(paragraph, &read(paragraph));
        }
    }

    #[test]
    fn text_after_a_text_moves_none_of_its_blocks(text in text(), more in text()) {
        let alone = read(&text);
        let longer = format!("{text}\n\n{more}");
        let annotation = read(&longer);
        check(&longer, &annotation);
        for (block, same) in alone.blocks.iter().zip(&annotation.blocks) {
            prop_assert_eq!((block.start, block.end), (same.start, same.end));
        }
        prop_assert!(annotation.blocks.len() >= alone.blocks.len());
    }

    #[test]
    fn white_space_around_a_text_only_moves_it(text in text()) {
        let trimmed = text.trim();
        let moved = format!("\n\n{trimmed}\n");
        let expected: Vec<_> = spans(&read(trimmed)).iter().map(|span| (span.start + 2, span.end + 2)).collect();
        let found: Vec<_> = spans(&read(&moved)).iter().map(|span| (span.start, span.end)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn units_agree_on_what_they_cut(text in text()) {
        let annotation = read(&text);
        let in_utf16 = annotation.clone().in_unit(&text, OffsetUnit::Utf16);
        for (byte, utf16) in spans(&annotation).into_iter().zip(spans(&in_utf16)) {
            prop_assert_eq!(text[..byte.start as usize].encode_utf16().count(), utf16.start as usize);
            prop_assert_eq!(text[..byte.end as usize].encode_utf16().count(), utf16.end as usize);
        }
    }
}
