//! What every annotation promises, whatever the text: shared by the property tests and the fuzz targets.

use pressmark::{Annotation, OffsetUnit, Span};
use std::collections::HashSet;

/// Holds `annotation`, with offsets in bytes, against everything that the types promise about `text`.
///
/// # Panics
/// With the first promise that is broken.
pub fn check(text: &str, annotation: &Annotation) {
    assert_eq!(annotation.length as usize, text.len());
    let blocks: Vec<Span> = annotation.blocks.iter().map(|block| Span::new(block.start, block.end)).collect();
    ordered_and_apart(text, &blocks, "block");
    for (index, block) in annotation.blocks.iter().enumerate() {
        assert!(block.duplicate_of.is_none_or(|first| (first as usize) < index), "a block repeats an earlier one");
    }
    ordered_and_apart(text, &annotation.sentences, "sentence");
    for &sentence in &annotation.sentences {
        inside_one(&blocks, sentence, text, "sentence");
    }
    entities(text, annotation, &blocks);
    quotes(text, annotation, &blocks);
    units(text, annotation);
}

fn entities(text: &str, annotation: &Annotation, blocks: &[Span]) {
    let mut ids = HashSet::new();
    let mut mentions = Vec::new();
    let mut before = 0;
    for entity in &annotation.entities {
        let number: usize =
            entity.id.strip_prefix('e').and_then(|id| id.parse().ok()).expect("an id is e and a number");
        assert!(number > before, "ids are numbered in order");
        before = number;
        assert!(ids.insert(&entity.id), "{} stands twice", entity.id);
        assert!(!entity.name.is_empty(), "{} has no name", entity.id);
        assert!((0.0..=1.0).contains(&entity.salience), "salience {} of {}", entity.salience, entity.name);
        assert!(!entity.mentions.is_empty(), "{} is mentioned nowhere", entity.name);
        let aliases: HashSet<&String> = entity.aliases.iter().collect();
        assert_eq!(aliases.len(), entity.aliases.len(), "{} has an alias twice", entity.name);
        assert!(!aliases.contains(&entity.name), "{} is its own alias", entity.name);
        let own: Vec<Span> = entity.mentions.iter().map(|mention| Span::new(mention.start, mention.end)).collect();
        ordered_and_apart(text, &own, "mention");
        for mention in &entity.mentions {
            assert!((0.0..=1.0).contains(&mention.confidence), "confidence {}", mention.confidence);
        }
        mentions.extend(own);
    }
    for &mention in &mentions {
        inside_one(blocks, mention, text, "mention");
    }
    mentions.sort_unstable();
    ordered_and_apart(text, &mentions, "mention of different entities");
}

fn quotes(text: &str, annotation: &Annotation, blocks: &[Span]) {
    let known: HashSet<&str> = annotation.entities.iter().map(|entity| entity.id.as_str()).collect();
    for (index, quote) in annotation.quotes.iter().enumerate() {
        assert_eq!(quote.id, format!("q{}", index + 1));
        assert!(!quote.pieces.is_empty(), "{} has no piece", quote.id);
        assert!((0.0..=1.0).contains(&quote.confidence), "confidence {}", quote.confidence);
        ordered_and_apart(text, &quote.pieces, "piece");
        for &piece in &quote.pieces {
            inside_one(blocks, piece, text, "piece");
        }
        if index > 0 {
            let earlier = &annotation.quotes[index - 1];
            assert!(earlier.pieces[0].start <= quote.pieces[0].start, "{} starts before {}", quote.id, earlier.id);
        }
        if let Some(parent) = &quote.parent {
            let parent = annotation.quotes[..index].iter().rev().find(|other| other.id == *parent);
            let parent = parent.unwrap_or_else(|| panic!("{}'s parent does not stand before it", quote.id));
            assert!(
                parent.pieces.iter().any(|piece| piece.contains(quote.pieces[0])),
                "{} does not stand inside {}",
                quote.id,
                parent.id
            );
        }
        for speaker in quote.speaker.iter().chain(&quote.addressee) {
            slice(text, Span::new(speaker.start, speaker.end), "speaker");
            assert!(!speaker.text.is_empty(), "{}'s speaker has no words", quote.id);
            assert!((0.0..=1.0).contains(&speaker.confidence), "confidence {}", speaker.confidence);
            if let Some(entity) = &speaker.entity {
                assert!(known.contains(entity.as_str()), "{}'s speaker {entity} is not among the entities", quote.id);
            }
        }
        if let Some(cue) = &quote.cue {
            slice(text, Span::new(cue.start, cue.end), "cue");
            assert!(!cue.lemma.is_empty());
        }
    }
}

/// Every offset, in every unit, cuts the same letters.
fn units(text: &str, annotation: &Annotation) {
    let in_bytes = spans(annotation);
    let chars: Vec<char> = text.chars().collect();
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let in_chars = annotation.clone().in_unit(text, OffsetUnit::Char);
    let in_utf16 = annotation.clone().in_unit(text, OffsetUnit::Utf16);
    assert_eq!((in_chars.length as usize, in_utf16.length as usize), (chars.len(), utf16.len()));
    for ((bytes, by_char), by_utf16) in in_bytes.into_iter().zip(spans(&in_chars)).zip(spans(&in_utf16)) {
        let expected = bytes.of(text);
        let indices = |span: Span| span.start as usize..span.end as usize;
        assert!(expected.chars().eq(chars[indices(by_char)].iter().copied()), "in chars: {expected:?}");
        assert!(expected.encode_utf16().eq(utf16[indices(by_utf16)].iter().copied()), "in UTF-16: {expected:?}");
    }
}

/// Every span of an annotation, in an order that does not depend on the unit.
pub fn spans(annotation: &Annotation) -> Vec<Span> {
    let mut spans: Vec<Span> = annotation.blocks.iter().map(|block| Span::new(block.start, block.end)).collect();
    spans.extend(&annotation.sentences);
    let mentions = annotation.entities.iter().flat_map(|entity| &entity.mentions);
    spans.extend(mentions.map(|mention| Span::new(mention.start, mention.end)));
    for quote in &annotation.quotes {
        spans.extend(&quote.pieces);
        spans.extend(quote.speaker.iter().chain(&quote.addressee).map(|who| Span::new(who.start, who.end)));
        spans.extend(quote.cue.iter().map(|cue| Span::new(cue.start, cue.end)));
    }
    spans
}

fn slice<'t>(text: &'t str, span: Span, what: &str) -> &'t str {
    let inside = text.get(span.start as usize..span.end as usize);
    let inside = inside.unwrap_or_else(|| panic!("{what} {span:?} does not cut the text at chars"));
    assert!(!inside.is_empty(), "{what} {span:?} is empty");
    inside
}

fn ordered_and_apart(text: &str, spans: &[Span], what: &str) {
    for &span in spans {
        let inside = slice(text, span, what);
        assert_eq!(inside, inside.trim(), "{what} {span:?} begins or ends with white space");
    }
    for pair in spans.windows(2) {
        assert!(pair[0].end <= pair[1].start, "{what}s {:?} and {:?} overlap or are out of order", pair[0], pair[1]);
    }
}

fn inside_one(blocks: &[Span], span: Span, text: &str, what: &str) {
    let after = blocks.partition_point(|block| block.start <= span.start);
    let inside = after > 0 && blocks[after - 1].contains(span);
    assert!(inside, "{what} {:?} lies in no block", span.of(text));
}
