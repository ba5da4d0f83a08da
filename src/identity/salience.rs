//! How much an article is about each entity.

use super::Identity;
use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::text::Text;

/// Salience of each entity, 0 to 1; `spoken` counts the quotes of each.
///
/// A weighted sum: mentions on a logarithmic scale, being in the headline or standfirst, how early the first mention is,
/// being quoted. The entity with the highest sum gets what its own signals give, so that a text about nothing has no 1.
pub fn salience(text: &Text, identity: &Identity, spoken: &[u32]) -> Vec<f32> {
    let most = identity.entities.iter().map(|entity| entity.mentions.len()).max().unwrap_or(1) as f32;
    let length = text.source.len().max(1) as f32;
    identity
        .entities
        .iter()
        .zip(spoken)
        .map(|(entity, &spoken)| {
            let mut in_heading = false;
            let mut first = f32::MAX;
            let mut mentions = 0.0f32;
            for id in &entity.mentions {
                let mention = &identity.mentions[id.0 as usize];
                let block = &text.blocks[text.sentence(mention.tokens.start).block as usize];
                match block.kind {
                    BlockKind::Headline | BlockKind::Standfirst => in_heading = true,
                    // What stands in bylines, credits and promos is not what the article is about.
                    BlockKind::Byline | BlockKind::Credit | BlockKind::Promo | BlockKind::Repeated => continue,
                    _ => {}
                }
                first = first.min(mention.span.start as f32 / length);
                mentions += if mention.kind == MentionKind::Pronoun { 0.5 } else { 1.0 };
            }
            if first > 1.0 {
                return 0.0;
            }
            let frequency = libm::logf(1.0 + mentions) / libm::logf(1.0 + most).max(1.0);
            let weight = match entity.entity_type {
                EntityType::Person
                | EntityType::Organization
                | EntityType::Event
                | EntityType::Work
                | EntityType::Product => 1.0,
                EntityType::Place | EntityType::Group => 0.8,
                _ => 0.4,
            };
            let quoted = (spoken as f32).min(4.0) / 4.0;
            let sum =
                0.5 * frequency.min(1.0) + if in_heading { 0.2 } else { 0.0 } + 0.15 * (1.0 - first) + 0.15 * quoted;
            (weight * sum * 1000.0).round() / 1000.0
        })
        .collect()
}
