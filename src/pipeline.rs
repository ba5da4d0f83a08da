//! The stages in order, and the working types turned into the public result.

use crate::annotation::{self, Annotation};
use crate::attribution::{self, Attribution, Speaker};
use crate::identity::{self, Identity};
use crate::lexicon::Reading;
use crate::options::{Error, MAX_LENGTH, Options};
use crate::quote::{self, Quote};
use crate::text::Text;
use crate::{MentionKind, ner};

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
    let (quotes, attributions) = if options.quotes {
        let quotes = quote::find(&text, &reading, &identity);
        let attributions = attribution::attribute(&text, &reading, &identity, &quotes);
        (quotes, attributions)
    } else {
        (Vec::new(), Vec::new())
    };
    let first_person = attribution::first_person(&text, &quotes, &attributions);
    let identity = identity::add_first_person(&text, identity, &first_person);
    Ok(assemble(&text, &identity, &quotes, &attributions, options))
}

fn assemble(
    text: &Text,
    identity: &Identity,
    quotes: &[Quote],
    attributions: &[Attribution],
    options: &Options,
) -> Annotation {
    let mut spoken = vec![0; identity.entities.len()];
    for speaker in attributions.iter().filter_map(|attribution| attribution.speaker.as_ref()) {
        if let Some(entity) = speaker.entity {
            spoken[entity.0 as usize] += 1;
        }
    }
    let salience = identity::salience(text, identity, &spoken);
    let because = |rule: &'static str| options.explain.then(|| rule.to_owned());
    let entities = identity
        .entities
        .iter()
        .zip(salience)
        .enumerate()
        .filter(|(_, (entity, _))| options.types.as_ref().is_none_or(|types| types.contains(&entity.entity_type)))
        .filter_map(|(index, (entity, salience))| {
            let name = entity_name(text, identity, entity, options);
            let mentions: Vec<_> = entity
                .mentions
                .iter()
                .map(|id| &identity.mentions[id.0 as usize])
                .filter(|mention| mention.confidence >= options.min_confidence)
                .collect();
            if mentions.is_empty() {
                return None;
            }
            let mut aliases: Vec<String> = Vec::new();
            for mention in
                mentions.iter().filter(|mention| !matches!(mention.kind, MentionKind::Pronoun | MentionKind::Nominal))
            {
                let alias = mention.span.of(text.source);
                if alias != name && !aliases.iter().any(|known| known == alias) {
                    aliases.push(alias.to_owned());
                }
            }
            Some(annotation::Entity {
                id: format!("e{}", index + 1),
                entity_type: entity.entity_type,
                aliases,
                roles: entity.roles.iter().map(|role| role.of(text.source).to_owned()).collect(),
                acronym: mentions
                    .iter()
                    .find(|mention| mention.kind == MentionKind::Acronym)
                    .map(|mention| mention.span.of(text.source).to_owned()),
                value: mentions.iter().find_map(|mention| mention.value.as_deref().map(str::to_owned)),
                known_id: entity.known.and_then(|known| options.known_entities[known as usize].id.clone()),
                salience,
                mentions: mentions
                    .iter()
                    .map(|mention| annotation::Mention {
                        start: mention.span.start,
                        end: mention.span.end,
                        kind: mention.kind,
                        confidence: mention.confidence,
                        because: because(mention.because),
                    })
                    .collect(),
                name,
            })
        })
        .collect();
    let speaker = |speaker: &Speaker| annotation::Speaker {
        entity: speaker.entity.map(|entity| format!("e{}", entity.0 + 1)),
        start: speaker.span.start,
        end: speaker.span.end,
        text: match speaker.entity {
            Some(entity) => entity_name(text, identity, &identity.entities[entity.0 as usize], options),
            None => speaker.span.of(text.source).to_owned(),
        },
        confidence: speaker.confidence,
        because: because(speaker.because),
    };
    let quotes = quotes
        .iter()
        .zip(attributions)
        .enumerate()
        .map(|(index, (quote, attribution))| annotation::Quote {
            id: format!("q{}", index + 1),
            kind: quote.kind,
            medium: quote.medium,
            pieces: quote.pieces.clone(),
            speaker: attribution.speaker.as_ref().map(speaker),
            cue: quote.cue.as_ref().map(|cue| {
                let span = text.span(cue.tokens);
                annotation::Cue { start: span.start, end: span.end, lemma: cue.lemma.to_owned() }
            }),
            addressee: attribution.addressee.as_ref().map(speaker),
            parent: quote.parent.map(|parent| format!("q{}", parent.0 + 1)),
            flags: quote.flags.clone(),
            confidence: quote.confidence,
            because: because(quote.because),
        })
        .collect();
    Annotation {
        schema: annotation::SCHEMA,
        length: text.source.len() as u32,
        blocks: text
            .blocks
            .iter()
            .map(|block| annotation::Block {
                kind: block.kind,
                start: block.span.start,
                end: block.span.end,
                duplicate_of: block.duplicate_of,
            })
            .collect(),
        sentences: text.sentences.iter().map(|sentence| sentence.span).collect(),
        entities,
        quotes,
    }
}

fn entity_name(text: &Text, identity: &Identity, entity: &identity::Entity, options: &Options) -> String {
    match entity.known {
        Some(known) => options.known_entities[known as usize].name.clone(),
        None => identity.mentions[entity.canonical.0 as usize].span.of(text.source).to_owned(),
    }
}
