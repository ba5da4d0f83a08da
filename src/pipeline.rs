//! The stages in order.

use crate::annotation::Annotation;
use crate::assemble::{Cue, Found, assemble};
use crate::lexicon::Reading;
use crate::options::{Error, MAX_LENGTH, Options};
use crate::quote::Findings;
use crate::text::Text;
use crate::{attribution, identity, ner, quote};

/// Length in bytes from which progress is told inside the stages that do one thing after the other.
const LONG: usize = 100_000;
/// The text's share of the time of its stage, the other is the lexicon's; and that of finding quotes, the other is the speakers'.
const TEXT: f32 = 0.5;
const FINDING: f32 = 0.6;

/// Reads an article: its blocks, sentences, entities and quotes, all offsets in bytes.
///
/// Total: any string gives a result. Linear in the text's length.
///
/// # Errors
/// [`Error::TextTooLong`] above [`Options::max_length`].
pub fn analyze(source: &str, options: &Options) -> Result<Annotation, Error> {
    analyze_telling(source, options, &mut |_| {})
}

/// What an analysis does next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Blocks, tokens and sentences.
    Read,
    /// Mentions.
    Names,
    /// Which mentions are one entity.
    Identity,
    /// Quotes and who says them.
    Quotes,
}

/// How far an analysis is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Progress {
    /// What it does.
    pub stage: Stage,
    /// How much of that lies behind, 0 to 1: 0 when it begins.
    pub part: f32,
}

/// As [`analyze`]; `tell` hears of each stage before it begins, and on the way through those of a long text.
///
/// # Errors
/// As [`analyze`].
pub fn analyze_telling(source: &str, options: &Options, tell: &mut dyn FnMut(Progress)) -> Result<Annotation, Error> {
    let mut tell = |stage, part| tell(Progress { stage, part });
    let maximum = options.max_length.min(MAX_LENGTH);
    if source.len() > maximum {
        return Err(Error::TextTooLong { length: source.len(), maximum });
    }
    tell(Stage::Read, 0.0);
    let mut text = Text::read(source);
    if source.len() >= LONG {
        tell(Stage::Read, TEXT);
    }
    let reading = Reading::of(&text);
    tell(Stage::Names, 0.0);
    let names = ner::recognise_telling(&text, &reading, &mut |part| tell(Stage::Names, part));
    tell(Stage::Identity, 0.0);
    let identity = identity::resolve(&text, &reading, names, &options.known_entities);
    if !options.quotes {
        return Ok(assemble(&text, &identity, None, options));
    }
    tell(Stage::Quotes, 0.0);
    let findings = quote::find(&text, &reading, &identity);
    if source.len() >= LONG {
        tell(Stage::Quotes, FINDING);
    }
    let mut attributions = attribution::attribute(&text, &reading, &identity, &findings);
    // The annotation of a long text is large: what has only led to it gives way.
    let Findings { mut syntax, cues, quotes } = findings;
    let first_person = std::mem::take(&mut syntax.landmarks.first_person);
    drop(syntax);
    drop(reading);
    let identity = attribution::join_first_person(&text, identity, &quotes, &first_person, &mut attributions);
    let cues: Vec<Cue> = cues.iter().map(|site| Cue::of(&text, site)).collect();
    text.tokens = Vec::new();
    let found = Found { quotes: &quotes, cues: &cues, attributions: &attributions };
    Ok(assemble(&text, &identity, Some(found), options))
}
