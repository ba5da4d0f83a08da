//! Texts made to hurt: everything is read to its end, in work that grows as the text does. SECURITY.md holds the table.
//!
//! Measure anew: `cargo test --profile quick --features cli --test adversarial -- --ignored --nocapture the_cost`
//! Search for more: `cargo test --profile quick --features cli --test adversarial -- --ignored --nocapture search`
#![cfg(feature = "cli")]

mod promises;

use pressmark::{EntityType, KnownEntity, Options, analyze};
use promises::check;

type Make = fn(usize) -> String;

/// What it is, and a text of it of at least so many bytes.
const KINDS: &[(&str, Make)] = &[
    ("straight quotation marks", |length| repeat("\"", length)),
    ("opening quotation marks", |length| repeat("“", length)),
    ("marks of all kinds", |length| repeat("“\"'‘»”«’ ", length)),
    ("apostrophes", |length| repeat("'", length)),
    ("capitals", |length| repeat("A", length)),
    ("words of capitals", |length| repeat("ABC ", length)),
    ("one token", |length| repeat("a", length)),
    ("one token of digits", |length| repeat("1,", length)),
    ("new lines", |length| repeat("\n", length)),
    ("brackets", |length| repeat("([", length)),
    ("closed brackets", |length| repeat("(a) ", length)),
    ("combining marks", |length| repeat("\u{301}", length)),
    ("letters with combining marks", |length| repeat("e\u{301}\u{323} ", length)),
    ("acronyms", |length| repeat("UN ", length)),
    ("acronyms with stops", |length| repeat("U.N. ", length)),
    ("bracketed acronyms", |length| repeat("Red Cross Union (RCU) ", length)),
    ("said", |length| repeat("said ", length)),
    ("said that", |length| repeat("said that ", length)),
    ("he said, she said", |length| repeat("he said, she said that ", length)),
    ("according to", |length| repeat("according to ", length)),
    ("quotes in quotes", |length| {
        let depth = length / 14;
        format!("{}x{}", "“a ‘b ".repeat(depth), "’”".repeat(depth))
    }),
    ("unclosed quotes, a line each", |length| repeat("“We will stay\n", length)),
    ("quotes with a name", |length| repeat("“We will stay,” Ana Ruiz said. ", length)),
    ("marks, a line each", |length| repeat("\"\n", length)),
    ("distinct names", |length| numbered(length, |name| format!("Mr. {name} met Ana {name}. "))),
    ("distinct names with one surname", |length| numbered(length, |name| format!("{name} Ruiz spoke. "))),
    ("distinct names with one given name", |length| numbered(length, |name| format!("Ana {name} spoke. "))),
    ("distinct acronyms", |length| numbered(length, |name| format!("{} (UN) said. ", name.to_uppercase()))),
    ("distinct organisations", |length| numbered(length, |name| format!("The {name} Bank Group grew. "))),
    ("one long name", |length| repeat("Ana ", length)),
    ("one name again and again", |length| repeat("Ana Ruiz left. ", length)),
    ("pronouns", |length| repeat("he ", length)),
    ("a name, then pronouns", |length| format!("Ana Ruiz spoke. {}", repeat("She left. ", length))),
    ("nominals", |length| repeat("the former minister ", length)),
    ("commas", |length| repeat("a, ", length)),
    ("of the", |length| repeat("of the ", length)),
    ("titles", |length| repeat("Mr. ", length)),
    ("hyphens", |length| repeat("a-", length)),
    ("full stops", |length| repeat(".", length)),
    ("short sentences", |length| repeat("A. ", length)),
    ("handles", |length| repeat("@a ", length)),
    ("addresses", |length| repeat("https://a.b/", length)),
    ("dates", |length| repeat("March 3, 2024 ", length)),
    ("amounts", |length| repeat("$3.5 million ", length)),
    ("one line repeated", |length| repeat("The mayor left the town\n", length)),
    ("credits, then a line repeated", |length| {
        format!(
            "The mayor left it.\n{}{}",
            repeat("(photo credit: AP)\n", length / 2),
            repeat("The mayor left it.\n", length / 2)
        )
    }),
    ("datelines", |length| repeat("PORTO (Reuters) — ", length)),
    ("questions and answers", |length| repeat("Q: Why?\nA: Because.\n", length)),
    ("families of emoji", |length| repeat("👩‍👩‍👧 ", length)),
    ("text from right to left", |length| repeat("«שלום» ", length)),
    ("NUL characters", |length| repeat("\0", length)),
    ("markup", |length| repeat("<p class=\"a\">", length)),
];

fn repeat(piece: &str, length: usize) -> String {
    piece.repeat(length.div_ceil(piece.len()))
}

/// Pieces with names that are all different.
fn numbered(length: usize, piece: impl Fn(&str) -> String) -> String {
    let mut text = String::with_capacity(length + 64);
    for number in 0.. {
        if text.len() >= length {
            break;
        }
        // Vowels and consonants in turn, so that each reads like a name.
        let mut rest = number + 400;
        let mut name = String::new();
        while rest > 0 {
            name.push(char::from(b"bdfgklmnprstvz"[rest % 14]));
            name.push(char::from(b"aeiou"[rest / 14 % 5]));
            rest /= 70;
        }
        name[..1].make_ascii_uppercase();
        text.push_str(&piece(&name));
    }
    text
}

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

/// A line of /proc/self/status in bytes.
fn memory(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes = line.and_then(|line| line.trim_start_matches(':').trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() * 1024.0
}

/// Seconds, and bytes at the peak beyond the text and what was there before it.
fn measure(text: &str) -> (f64, f64) {
    analyze("Ana Ruiz", &Options::default()).expect("a short text is read");
    let before = memory("VmRSS");
    let start = seconds();
    let annotation = analyze(text, &Options::default()).expect("10 MB are read");
    let taken = seconds() - start;
    drop(annotation);
    (taken, memory("VmHWM") - before)
}

/// One process for each number: the peak of memory never falls again.
#[test]
#[ignore = "takes minutes: prints the table of SECURITY.md"]
fn the_cost_of_ten_megabytes_of_each() {
    const CHILD: &str = "PRESSMARK_COST";
    if let Ok(asked) = std::env::var(CHILD) {
        let (kind, length) = asked.split_once(' ').expect("index and length");
        let make = KINDS[kind.parse::<usize>().expect("an index")].1;
        let text = make(length.parse().expect("a length"));
        let (seconds, bytes) = measure(&text);
        println!("cost {seconds} {bytes} {}", text.len());
        return;
    }
    let run = |kind: usize, length: usize| -> [f64; 3] {
        let output = std::process::Command::new(std::env::current_exe().expect("this program"))
            .args(["--ignored", "--nocapture", "--exact", "the_cost_of_ten_megabytes_of_each"])
            .env(CHILD, format!("{kind} {length}"))
            .output()
            .expect("this program runs again");
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = output.lines().find_map(|line| line.split_once("cost ").map(|(_, numbers)| numbers.to_owned()));
        let numbers: Vec<f64> = line.unwrap_or_default().split(' ').filter_map(|number| number.parse().ok()).collect();
        numbers.try_into().unwrap_or([f64::NAN; 3])
    };
    println!("| 10 MB of | seconds | growth per byte, 10 MB over 1 MB | peak memory over text |\n|---|---|---|---|");
    for (index, (what, _)) in KINDS.iter().enumerate() {
        let [small, _, small_length] = run(index, 1_000_000);
        let [large, bytes, length] = run(index, 10_000_000);
        let growth = (large / length) / (small / small_length);
        println!("| {what} | {large:.2} | {growth:.2} | {:.1} × |", bytes / length);
    }
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
