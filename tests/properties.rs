//! What holds for every text, sane or not.

use pressmark::{Annotation, Error, OffsetUnit, Options, Span, analyze};
use proptest::prelude::*;

fn read(text: &str) -> Annotation {
    analyze(text, &Options { explain: true, ..Options::default() }).expect("short enough")
}

/// Every promise about the shape of a result.
fn check(text: &str, annotation: &Annotation) {
    let slice = |start: u32, end: u32| text.get(start as usize..end as usize);
    let mut end = 0;
    for block in &annotation.blocks {
        assert!(block.start >= end && block.start < block.end, "blocks in order: {block:?}");
        assert!(slice(block.start, block.end).is_some(), "block on char boundaries: {block:?}");
        end = block.end;
    }
    let in_a_block =
        |span: Span| annotation.blocks.iter().any(|block| block.start <= span.start && span.end <= block.end);
    let mut end = 0;
    for sentence in &annotation.sentences {
        assert!(sentence.start >= end && sentence.start < sentence.end, "sentences in order: {sentence:?}");
        assert!(in_a_block(*sentence), "a sentence inside a block: {sentence:?}");
        end = sentence.end;
    }
    let mut mentions: Vec<Span> = Vec::new();
    for (index, entity) in annotation.entities.iter().enumerate() {
        assert!(!entity.mentions.is_empty() && !entity.name.is_empty(), "{entity:?}");
        assert!((0.0..=1.0).contains(&entity.salience), "{entity:?}");
        if let Some(next) = annotation.entities.get(index + 1) {
            assert!(entity.mentions[0].start < next.mentions[0].start, "entities in order of first mention");
        }
        for mention in &entity.mentions {
            let span = Span::new(mention.start, mention.end);
            let words = slice(span.start, span.end).expect("a mention on char boundaries");
            assert!(
                !words.trim().is_empty() && words.trim() == words,
                "a mention without white space around: {words:?}"
            );
            assert!((0.0..=1.0).contains(&mention.confidence) && mention.because.is_some(), "{mention:?}");
            assert!(in_a_block(span), "a mention inside a block: {mention:?}");
            mentions.push(span);
        }
        assert!(entity.mentions.windows(2).all(|pair| pair[0].end <= pair[1].start), "{entity:?}");
    }
    mentions.sort();
    assert!(mentions.windows(2).all(|pair| pair[0].end <= pair[1].start), "mentions do not overlap");
    let ids: Vec<&str> = annotation.entities.iter().map(|entity| entity.id.as_str()).collect();
    let quotes: Vec<&str> = annotation.quotes.iter().map(|quote| quote.id.as_str()).collect();
    for quote in &annotation.quotes {
        assert!(!quote.pieces.is_empty(), "{quote:?}");
        assert!((0.0..=1.0).contains(&quote.confidence), "{quote:?}");
        for piece in &quote.pieces {
            assert!(slice(piece.start, piece.end).is_some_and(|words| !words.trim().is_empty()), "{quote:?}");
            assert!(in_a_block(*piece), "a piece inside a block: {quote:?}");
        }
        assert!(quote.pieces.windows(2).all(|pair| pair[0].end <= pair[1].start), "{quote:?}");
        assert!(
            quote.parent.as_ref().is_none_or(|parent| quotes.contains(&parent.as_str()) && *parent != quote.id),
            "{quote:?}"
        );
        for speaker in quote.speaker.iter().chain(&quote.addressee) {
            assert!(slice(speaker.start, speaker.end).is_some_and(|words| !words.is_empty()), "{quote:?}");
            assert!((0.0..=1.0).contains(&speaker.confidence), "{quote:?}");
            assert!(speaker.entity.as_ref().is_none_or(|entity| ids.contains(&entity.as_str())), "{quote:?}");
        }
        if let Some(cue) = &quote.cue {
            assert!(
                slice(cue.start, cue.end).is_some_and(|words| !words.is_empty()) && !cue.lemma.is_empty(),
                "{quote:?}"
            );
        }
    }
    // The same spans slice to the same words in the other units.
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let chars: Vec<char> = text.chars().collect();
    let in_utf16 = annotation.clone().in_unit(text, OffsetUnit::Utf16);
    let in_chars = annotation.clone().in_unit(text, OffsetUnit::Char);
    assert_eq!(in_utf16.length as usize, utf16.len());
    assert_eq!(in_chars.length as usize, chars.len());
    for ((bytes, units), points) in annotation.entities.iter().zip(&in_utf16.entities).zip(&in_chars.entities) {
        for ((b, u), c) in bytes.mentions.iter().zip(&units.mentions).zip(&points.mentions) {
            let words = slice(b.start, b.end).unwrap_or_default();
            assert_eq!(String::from_utf16_lossy(&utf16[u.start as usize..u.end as usize]), words);
            assert_eq!(chars[c.start as usize..c.end as usize].iter().collect::<String>(), words);
        }
    }
}

/// Pieces of news, messy ones too: what rules trip over.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "``",
    "«",
    "»",
    "„",
    "「",
    "」",
    " ",
    "\n",
    "\n\n",
    "\u{a0}",
    ". ",
    ", ",
    "; ",
    ": ",
    "? ",
    "! ",
    "… ",
    "...",
    " — ",
    "--",
    "-",
    "(",
    ")",
    "[",
    "]",
    "%",
    "$",
    "£",
    "&amp;",
    "&nbsp;",
    "<br>",
    "<img src=x onerror=alert(1)>",
    "said",
    " said ",
    " told ",
    " according to ",
    "According to ",
    " that ",
    " tweeted ",
    " wrote ",
    " asked ",
    " added ",
    "not",
    " did not say ",
    "Q: ",
    "A: ",
    "RUIZ: ",
    "Antonio Guterres",
    "Guterres",
    "UN",
    "U.N.",
    "the United Nations",
    "Qais Al-Khaz'ali",
    "al-Khazali",
    "'Asaeb Ahl Al-Haqq",
    "Asa’ib Ahl al-Haq (AAH)",
    "Mr. ",
    "Dr ",
    "Mrs Clinton",
    "the ministry",
    "the former envoy",
    "Iran-backed",
    "Iraqis",
    "Washington, DC",
    "he",
    " she ",
    " it ",
    " its ",
    " their ",
    " I ",
    " we ",
    "who",
    "Monday",
    "March 3, 2022",
    "2019",
    "the 1990s",
    "$3.5 million",
    "12%",
    "Rs 40 crore",
    "40 km",
    "@antonioguterre",
    "#Iraq",
    "www.who.int/x",
    "e\u{301}",
    "👩‍👩‍👧",
    "שלום",
    "ﷺ",
    "\u{200b}",
    "\u{fffd}",
    "\0",
    "IRGC-QF",
    "By Jane Atieno",
    "ADVERTISEMENT",
    "Read more: X",
    "(photo credit: REUTERS/DAVID 'DEE' DELGADO)",
    "KISUMU, Kenya, March 3 (Reuters) — ",
    "The ",
    "A ",
    "of ",
    " and ",
    "president ",
    "Secretary-General ",
    "'90s",
    "5'10\"",
    "rock 'n' roll",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_of_news_in_any_order_give_a_sound_result(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let text = pieces.concat();
        check(&text, &read(&text));
    }

    #[test]
    fn any_text_gives_a_sound_result(text in "\\PC{0,200}") {
        check(&text, &read(&text));
    }

    #[test]
    fn the_same_text_gives_the_same_result(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let text = pieces.concat();
        prop_assert_eq!(read(&text), read(&text));
    }
}

#[test]
fn odd_texts_give_a_sound_result() {
    let nul = "\0".repeat(1000);
    let rubbish: String = (0u32..4000).filter_map(|n| char::from_u32(n * 37 % 0x11_0000)).collect();
    for text in
        ["", " ", "\n", "x", "“", "'", "\0", "\u{feff}", "\u{301}", "\u{202e}abc", nul.as_str(), rubbish.as_str()]
    {
        check(text, &read(text));
    }
}

#[test]
fn a_text_that_is_too_long_is_an_error() {
    let options = Options { max_length: 10, ..Options::default() };
    assert_eq!(analyze("eleven byte", &options), Err(Error::TextTooLong { length: 11, maximum: 10 }));
    assert!(analyze("ten bytes!", &options).is_ok());
}

/// Megabytes of what a quadratic step would choke on. Not timed: a quadratic step would not end.
#[test]
fn hostile_texts_end() {
    let size = if cfg!(debug_assertions) { 200_000 } else { 4_000_000 };
    for piece in [
        "\"",
        "“",
        "'",
        "A",
        "Ab ",
        "(",
        "[",
        "\n",
        "e\u{301}",
        "’ ",
        "UN ",
        "said ",
        "“a ",
        "a” ",
        "-",
        "@",
        "1",
        ".",
        "“‘",
        "Ab Cd, ",
        "he ",
        "\"I\" said Al. ",
    ] {
        let text = piece.repeat(size / piece.len());
        check_quickly(&text);
    }
    let names: String = (0..size / 40).map(|n| format!("Ann{n} Ruiz{} met Bob{n} in Oslo{n}. ", n % 7)).collect();
    check_quickly(&names);
}

fn check_quickly(text: &str) {
    let annotation = read(text);
    assert_eq!(annotation.length as usize, text.len());
}
