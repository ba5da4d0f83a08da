//! The working types turned into the public result.

use crate::annotation::{self, Annotation, MentionKind};
use crate::attribution::{Attribution, Speaker};
use crate::identity::{self, Identity};
use crate::options::Options;
use crate::quote::Quote;
use crate::quote::cues::CueSite;
use crate::span::Span;
use crate::text::Text;
use std::fmt::Write;

/// What of a reporting expression is told.
pub struct Cue {
    span: Span,
    lemma: &'static str,
}

impl Cue {
    /// Of one in the text.
    pub fn of(text: &Text, site: &CueSite) -> Cue {
        Cue { span: text.span(site.tokens), lemma: site.lemma }
    }
}

/// The quotes of a text, and what reports them and who says them.
#[derive(Clone, Copy)]
pub struct Found<'f> {
    /// All of them.
    pub quotes: &'f [Quote],
    /// All reporting expressions.
    pub cues: &'f [Cue],
    /// One for each quote.
    pub attributions: &'f [Attribution],
}

/// What was found, as the options ask for it; all offsets in bytes. The text's tokens are not looked at: there may be none any more.
pub fn assemble(text: &Text, identity: &Identity, found: Option<Found>, options: &Options) -> Annotation {
    let mut spoken = vec![0; identity.entities.len()];
    for speaker in found.iter().flat_map(|found| found.attributions).filter_map(|said| said.speaker.as_ref()) {
        if let Some(entity) = speaker.entity {
            spoken[entity.0 as usize] += 1;
        }
    }
    let salience = identity::salience(text, identity, &spoken);
    let because = |rule: &'static str| options.explain.then(|| rule.to_owned());
    // An entity that the caller did not ask for has no id to point to.
    let mut is_there = vec![false; identity.entities.len()];
    let mut entities: Vec<annotation::Entity> = Vec::with_capacity(identity.entities.len());
    for (index, (entity, salience)) in identity.entities.iter().zip(salience).enumerate() {
        if options.types.as_ref().is_some_and(|types| !types.contains(&entity.entity_type)) {
            continue;
        }
        let of_entity = entity.mentions.iter().map(|id| &identity.mentions[id.0 as usize]);
        let mentions = || of_entity.clone().filter(|mention| mention.confidence >= options.min_confidence);
        if mentions().next().is_none() {
            continue;
        }
        is_there[index] = true;
        let name = entity_name(text, identity, entity, options);
        let mut aliases: Vec<String> = Vec::new();
        for mention in mentions().filter(|mention| !matches!(mention.kind, MentionKind::Pronoun | MentionKind::Nominal))
        {
            let alias = mention.span.of(text.source);
            if alias != name && !aliases.iter().any(|known| known == alias) {
                aliases.push(alias.to_owned());
            }
        }
        let mut listed = Vec::with_capacity(entity.mentions.len());
        listed.extend(mentions().map(|mention| annotation::Mention {
            start: mention.span.start,
            end: mention.span.end,
            kind: mention.kind,
            confidence: mention.confidence,
            because: because(mention.because),
        }));
        entities.push(annotation::Entity {
            id: id('e', index),
            entity_type: entity.entity_type,
            name: name.to_owned(),
            aliases,
            roles: entity.roles.iter().map(|role| role.of(text.source).to_owned()).collect(),
            acronym: mentions()
                .find(|mention| mention.kind == MentionKind::Acronym)
                .map(|mention| mention.span.of(text.source).to_owned()),
            value: mentions().find_map(|mention| mention.value.as_deref().map(str::to_owned)),
            known_id: entity.known.and_then(|known| options.known_entities[known as usize].id.clone()),
            salience,
            mentions: listed,
        });
    }
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
        quotes: found.map_or_else(Vec::new, |found| quotes(text, identity, found, &is_there, options)),
        entities,
    }
}

fn quotes(
    text: &Text,
    identity: &Identity,
    found: Found,
    is_there: &[bool],
    options: &Options,
) -> Vec<annotation::Quote> {
    let because = |rule: &'static str| options.explain.then(|| rule.to_owned());
    let speaker = |speaker: &Speaker| {
        let entity = speaker.entity.filter(|entity| is_there[entity.0 as usize]);
        annotation::Speaker {
            entity: entity.map(|entity| id('e', entity.0 as usize)),
            start: speaker.span.start,
            end: speaker.span.end,
            text: match entity {
                Some(entity) => entity_name(text, identity, &identity.entities[entity.0 as usize], options),
                None => speaker.span.of(text.source),
            }
            .to_owned(),
            confidence: speaker.confidence,
            because: because(speaker.because),
        }
    };
    found
        .quotes
        .iter()
        .zip(found.attributions)
        .enumerate()
        .map(|(index, (quote, attribution))| annotation::Quote {
            id: id('q', index),
            kind: quote.kind,
            medium: attribution.medium,
            pieces: quote.pieces.clone(),
            speaker: attribution.speaker.as_ref().map(speaker),
            cue: attribution.cue.map(|cue| {
                let Cue { span, lemma } = found.cues[cue as usize];
                annotation::Cue { start: span.start, end: span.end, lemma: lemma.to_owned() }
            }),
            addressee: attribution.addressee.as_ref().map(speaker),
            parent: quote.parent.map(|parent| id('q', parent.0 as usize)),
            flags: quote.flags.clone(),
            confidence: quote.confidence,
            because: because(quote.because),
        })
        .collect()
}

/// The id of the entity or quote with this index: "e1".
fn id(letter: char, index: usize) -> String {
    let mut id = String::with_capacity(8);
    // A string takes whatever is written to it.
    let _ = write!(id, "{letter}{}", index + 1);
    id
}

fn entity_name<'a>(text: &Text<'a>, identity: &Identity, entity: &identity::Entity, options: &'a Options) -> &'a str {
    match entity.known {
        Some(known) => &options.known_entities[known as usize].name,
        None => identity.mentions[entity.canonical.0 as usize].span.of(text.source),
    }
}
