//! The stages in order.

use crate::annotation::Annotation;
use crate::assemble::assemble;
use crate::lexicon::Reading;
use crate::options::{Error, MAX_LENGTH, Options};
use crate::text::Text;
use crate::{attribution, identity, ner, quote};

/// Reads an article: its blocks, sentences, entities and quotes, all offsets in bytes.
///
/// Total: any string gives a result. Linear in the text's length.
///
/// # Errors
/// [`Error::TextTooLong`] above [`Options::max_length`].
pub fn analyze(source: &str, options: &Options) -> Result<Annotation, Error> {
    let maximum = options.max_length.min(MAX_LENGTH);
    if source.len() > maximum {
        return Err(Error::TextTooLong { length: source.len(), maximum });
    }
    let text = Text::read(source);
    let reading = Reading::of(&text);
    let names = ner::recognise(&text, &reading);
    let identity = identity::resolve(&text, &reading, names, &options.known_entities);
    if !options.quotes {
        return Ok(assemble(&text, &identity, None, options));
    }
    let findings = quote::find(&text, &reading, &identity);
    let attributions = attribution::attribute(&text, &reading, &identity, &findings);
    let first_person = attribution::first_person(&text, &identity, &findings, &attributions);
    let identity = identity::add_first_person(&text, identity, &first_person);
    Ok(assemble(&text, &identity, Some((&findings, &attributions)), options))
}
