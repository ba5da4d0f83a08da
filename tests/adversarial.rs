//! Texts made to hurt: everything is read to its end, in work that grows as the text does. SECURITY.md holds the table.
//!
//! Measure anew: `cargo xtask bench --cost`
//! Search for more: `cargo test --profile quick --features cli --test adversarial -- --ignored --nocapture search`
#![cfg(feature = "cli")]

mod hostile;
mod promises;

use hostile::KINDS;
use pressmark::{EntityType, KnownEntity, Options, analyze};
use promises::check;

#[test]
fn every_hostile_text_is_read_and_keeps_every_promise() {
    for (what, make) in KINDS {
        let text = make(40_000);
        println!("{what}");
        check(&text, &analyze(&text, &Options::default()).expect("a text of 40 KB is read"));
    }
}

/// What the properties and the fuzzer found, one by one.
#[test]
fn texts_that_once_stopped_the_reading_are_read() {
    for text in [
        // A mark before a block that has no token.
        "“\n\0",
        "““\n\u{200b}",
        "‘Is that a crime?’“\n\u{e}\nHe left.",
        // A number glued to a name that ends the text: no age.
        "The drought of 2@anaruiz",
        "꯰@anaruiz",
        // A name that reaches over a label to the text's end.
        "By Mer:Al-′Oa",
        // Nothing but a full stop between a mark and the end of its line.
        "「.\nThe defendant did not seek the bribe; he failed to refuse it,”",
        // The text ends where a clause was looked for.
        "How it happened ",
        // No office before the "of" with which the text begins.
        "of van der Berg a0®Ⴧ{ ",
    ] {
        check(text, &analyze(text, &Options::default()).expect("a short text is read"));
    }
}

#[test]
fn tens_of_thousands_of_marks_names_and_lines_come_to_an_end() {
    for what in
        ["marks of all kinds", "distinct names", "said that", "quotes in quotes", "credits, then a line repeated"]
    {
        let make = KINDS.iter().find(|(name, _)| *name == what).expect("one of the kinds").1;
        let text = make(200_000);
        let annotation = analyze(&text, &Options::default()).expect("a text of 200 KB is read");
        assert_eq!(annotation.length as usize, text.len());
    }
}

#[test]
fn thousands_of_known_entities_with_hostile_names_are_taken() {
    let hostile = ["", " ", "\0", "“", "a", "Ana", "ANA RUIZ", "__proto__", "e\u{301}", "\u{202e}", "👩‍👩‍👧"];
    let mut known: Vec<KnownEntity> = hostile
        .iter()
        .map(|name| KnownEntity {
            name: (*name).to_owned(),
            entity_type: EntityType::Person,
            aliases: hostile.iter().map(|alias| (*alias).to_owned()).collect(),
            id: Some((*name).to_owned()),
        })
        .collect();
    known.extend((0..5000).map(|number| KnownEntity {
        name: format!("Ana {number}"),
        entity_type: EntityType::Organization,
        aliases: vec!["Ruiz".to_owned(), "UN".to_owned()],
        id: None,
    }));
    let text = "“We stay,” Ana Ruiz (UN) said. ".repeat(200);
    let options = Options { known_entities: known, ..Options::default() };
    assert_eq!(analyze(&text, &options).expect("a short text is read").length as usize, text.len());
}

#[test]
fn a_text_over_the_limit_is_refused_before_it_is_read() {
    let options = Options { max_length: 10, ..Options::default() };
    let error = analyze("eleven char", &options).expect_err("eleven bytes are too long");
    assert_eq!(error, pressmark::Error::TextTooLong { length: 11, maximum: 10 });
    assert!(analyze("ten chars.", &options).is_ok());
    // No option raises the limit of the program itself.
    let options = Options { max_length: usize::MAX, ..Options::default() };
    let text = "a".repeat(pressmark::MAX_LENGTH + 1);
    assert!(analyze(&text, &options).is_err());
}

/// Seconds that this thread has had a processor for, where the system tells; others' load does not count.
fn seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

/// Repeats random pieces and prints those whose cost grows faster than they do.
#[test]
#[ignore = "takes as long as it is let: PRESSMARK_SEARCH names the number of tries"]
fn search_for_texts_whose_cost_outgrows_them() {
    const PIECES: &[&str] = &[
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "«",
        "»",
        "(",
        ")",
        "[",
        "—",
        "-",
        ",",
        ".",
        "…",
        ":",
        ";",
        "?",
        " ",
        " ",
        " ",
        "\n",
        "said",
        "told reporters",
        "tweeted:",
        "according to",
        "added that",
        "he",
        "She",
        "I",
        "we",
        "who",
        "President",
        "Mr.",
        "the minister",
        "a senior official",
        "the company",
        "Ana Ruiz",
        "Ruiz",
        "Qais al-Khaz'ali",
        "O’Neill",
        "UN",
        "U.N.",
        "(UN)",
        "United Nations",
        "Red Cross",
        "Porto",
        "Kenya",
        "Kenyan",
        "Reuters",
        "@ana",
        "#a",
        "Q:",
        "By",
        "Tuesday",
        "March 3",
        "2024",
        "$3 million",
        "40%",
        "5'10\"",
        "not",
        "if",
        "that",
        "and",
        "of",
        "in",
        "(photo credit: AP)",
        "Read more:",
        "KISUMU (Reuters) —",
        "a b c d",
        "A b c d.",
        "\u{301}",
        "x",
        "X",
        "1",
        "\0",
        "@",
        "_",
        "/",
        "http://",
        "\u{a0}",
        "NUMBER",
    ];
    let tries: u64 = std::env::var("PRESSMARK_SEARCH").ok().and_then(|tries| tries.parse().ok()).unwrap_or(200);
    let mut state = std::env::var("PRESSMARK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1u64);
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..tries {
        let mut parts = [Vec::new(), Vec::new(), Vec::new()];
        let kinds = 1 + random(3);
        for part in &mut parts[..kinds] {
            *part = (0..=random(5)).map(|_| PIECES[random(PIECES.len())]).collect::<Vec<_>>();
        }
        let make = |length: usize| -> String {
            let mut number = 0;
            let mut text = String::new();
            // One part after another, each over its share of the text.
            for (index, part) in parts[..kinds].iter().enumerate() {
                while text.len() < length * (index + 1) / kinds {
                    for piece in part {
                        number += 1;
                        if *piece == "NUMBER" { text.push_str(&format!("Ka{number}")) } else { text.push_str(piece) }
                    }
                }
            }
            text
        };
        let cost = |text: &str| {
            let start = seconds();
            analyze(text, &Options::default()).expect("a text of half a megabyte is read");
            seconds() - start
        };
        let (small, large) = (make(40_000), make(320_000));
        let growth = cost(&large) / cost(&small);
        let rate = cost(&large) / 0.32;
        if growth > 14.0 || rate > 4.0 {
            println!("growth {:.1}, {rate:.2} s/MB: {parts:?}", growth / 8.0);
        }
    }
}
