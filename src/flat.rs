//! The public result as one list of numbers and one string: what crosses the JS boundary.
//!
//! Two values cross it in a fraction of the time that thousands of small objects take, or JSON, which has five bytes for each
//! byte of an article. `npm/src/unpack.js` makes objects of them again: it reads in the order in which this module writes.
//!
//! A list is its length and its items; a string its length in UTF-16 code units, its letters behind those of all strings before;
//! an enum the number of its variant; a score its ten-thousandths. What may be missing is 0 for nothing, or one more than its
//! number or length.

use crate::annotation::{Annotation, Block, Entity, Mention, Quote, Speaker};
use crate::span::Span;

/// See the module.
#[derive(Default)]
pub struct Flat {
    /// Everything but the letters of strings.
    pub numbers: Vec<u32>,
    /// All strings, one after the other.
    pub strings: String,
}

impl Flat {
    /// An annotation, whose offsets are in UTF-16 code units.
    pub fn of(annotation: &Annotation) -> Flat {
        let mut flat = Flat::default();
        flat.numbers.extend([annotation.schema, annotation.length]);
        flat.list(&annotation.blocks, Flat::block);
        flat.list(&annotation.sentences, |flat, &span| flat.span(span));
        flat.list(&annotation.entities, Flat::entity);
        flat.list(&annotation.quotes, Flat::quote);
        flat
    }

    fn list<T>(&mut self, items: &[T], item: impl Fn(&mut Flat, &T)) {
        self.number(items.len() as u32);
        items.iter().for_each(|one| item(self, one));
    }

    fn number(&mut self, number: u32) {
        self.numbers.push(number);
    }

    fn span(&mut self, span: Span) {
        self.numbers.extend([span.start, span.end]);
    }

    /// As [`crate::annotation`] writes scores elsewhere: with four decimals.
    fn score(&mut self, score: f32) {
        self.number((f64::from(score) * 1e4).round() as u32);
    }

    fn string(&mut self, string: &str) {
        self.number(length(string));
        self.strings.push_str(string);
    }

    fn perhaps(&mut self, string: Option<&str>) {
        self.number(string.map_or(0, |string| 1 + length(string)));
        self.strings.push_str(string.unwrap_or_default());
    }

    fn block(&mut self, block: &Block) {
        let Block { kind, start, end, duplicate_of } = *block;
        self.numbers.extend([kind as u32, start, end, duplicate_of.map_or(0, |index| index + 1)]);
    }

    fn entity(&mut self, entity: &Entity) {
        self.string(&entity.id);
        self.number(entity.entity_type as u32);
        self.string(&entity.name);
        self.list(&entity.aliases, |flat, alias| flat.string(alias));
        self.list(&entity.roles, |flat, role| flat.string(role));
        self.perhaps(entity.acronym.as_deref());
        self.perhaps(entity.value.as_deref());
        self.perhaps(entity.known_id.as_deref());
        self.score(entity.salience);
        self.list(&entity.mentions, Flat::mention);
    }

    fn mention(&mut self, mention: &Mention) {
        self.numbers.extend([mention.start, mention.end, mention.kind as u32]);
        self.score(mention.confidence);
        self.perhaps(mention.because.as_deref());
    }

    fn quote(&mut self, quote: &Quote) {
        self.string(&quote.id);
        self.numbers.extend([quote.kind as u32, quote.medium as u32]);
        self.list(&quote.pieces, |flat, &span| flat.span(span));
        self.speaker(quote.speaker.as_ref());
        self.number(u32::from(quote.cue.is_some()));
        if let Some(cue) = &quote.cue {
            self.numbers.extend([cue.start, cue.end]);
            self.string(&cue.lemma);
        }
        self.speaker(quote.addressee.as_ref());
        self.perhaps(quote.parent.as_deref());
        self.list(&quote.flags, |flat, &flag| flat.number(flag as u32));
        self.score(quote.confidence);
        self.perhaps(quote.because.as_deref());
    }

    fn speaker(&mut self, speaker: Option<&Speaker>) {
        self.number(u32::from(speaker.is_some()));
        if let Some(speaker) = speaker {
            self.perhaps(speaker.entity.as_deref());
            self.numbers.extend([speaker.start, speaker.end]);
            self.string(&speaker.text);
            self.score(speaker.confidence);
            self.perhaps(speaker.because.as_deref());
        }
    }
}

/// Of a string in JavaScript.
fn length(string: &str) -> u32 {
    (if string.is_ascii() { string.len() } else { string.encode_utf16().count() }) as u32
}
