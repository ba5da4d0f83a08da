//! How much an article is about each entity.

use super::Identity;
use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::text::Text;

/// Salience of each entity, 0 to 1; `spoken` counts the quotes of each.
///
/// A weighted sum: mentions on a logarithmic scale, being in the headline (most of all as the first there) or standfirst, how
/// early the first mention is, being quoted. The entity with the highest sum gets what its own signals give, so that a text
/// about nothing has no 1.
pub fn salience(text: &Text, identity: &Identity, spoken: &[u32]) -> Vec<f32> {
    let most = identity.entities.iter().map(|entity| entity.mentions.len()).max().unwrap_or(1) as f32;
    let length = text.source.len().max(1) as f32;
    // Later headings are inside the article.
    let headline = text.blocks.iter().position(|block| block.kind == BlockKind::Headline);
    let leader = headline.and_then(|block| {
        let first = identity
            .mentions_in(text.blocks[block].span)
            .find(|&mention| weight(identity.mentions[mention].entity_type) == 1.0)?;
        Some(identity.entity_of[first])
    });
    identity
        .entities
        .iter()
        .zip(spoken)
        .enumerate()
        .map(|(index, (entity, &spoken))| {
            let mut in_heading = 0.0f32;
            let mut first = f32::MAX;
            let mut mentions = 0.0f32;
            for id in &entity.mentions {
                let mention = &identity.mentions[id.0 as usize];
                let block = text.sentence(mention.tokens.start).block as usize;
                match text.blocks[block].kind {
                    BlockKind::Headline if Some(block) == headline => in_heading = HEADLINE,
                    BlockKind::Standfirst => in_heading = in_heading.max(STANDFIRST),
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
            let leads = leader.is_some_and(|leader| leader.0 as usize == index);
            let quoted = (spoken as f32).min(4.0) / 4.0;
            let sum = FREQUENCY * frequency.min(1.0)
                + in_heading
                + if leads { LEADER } else { 0.0 }
                + FIRST * (1.0 - first)
                + QUOTED * quoted;
            (weight(entity.entity_type) * sum * 1000.0).round() / 1000.0
        })
        .collect()
}

// What each signal is worth; together 1.
const FREQUENCY: f32 = 0.4;
const HEADLINE: f32 = 0.3;
const STANDFIRST: f32 = 0.15;
const LEADER: f32 = 0.1;
const FIRST: f32 = 0.1;
const QUOTED: f32 = 0.1;

/// Who and what articles are about, before where it happened and when.
fn weight(entity_type: EntityType) -> f32 {
    match entity_type {
        EntityType::Person | EntityType::Organization | EntityType::Event | EntityType::Work | EntityType::Product => {
            1.0
        }
        EntityType::Place | EntityType::Group => 0.8,
        _ => 0.4,
    }
}

#[cfg(test)]
mod tests {
    use super::super::resolve;
    use super::super::tests::mention;
    use super::*;
    use crate::lexicon::Reading;

    #[test]
    fn the_headlines_subject_comes_first_and_the_photographer_last() {
        let source = "Ruiz quits as Acme chief\n\nAcme said on Monday that Ana Ruiz had resigned. “We thank her,” said Ben Okri, who \
                      leads Acme. Okri has been with the firm for long. Okri is 50.\n\nPhoto: Eva Pell\n";
        let text = Text::read(source);
        use EntityType::{Organization, Person};
        let mut names = Vec::new();
        for (name, nth, entity_type) in [
            ("Ruiz", 0, Person),
            ("Acme", 0, Organization),
            ("Acme", 1, Organization),
            ("Ana Ruiz", 0, Person),
            ("Ben Okri", 0, Person),
            ("Acme", 2, Organization),
            ("Okri", 1, Person),
            ("Okri", 2, Person),
            ("Eva Pell", 0, Person),
        ] {
            names.push(mention(&text, name, nth, entity_type));
        }
        names.sort_by_key(|name| name.span.start);
        let identity = resolve(&text, &Reading::of(&text), names, &[]);
        let spoken: Vec<u32> = (0..identity.entities.len() as u32).map(|entity| u32::from(entity == 2)).collect();
        let salience = salience(&text, &identity, &spoken);
        let of = |entity: &super::super::Entity| -> Vec<&str> {
            entity.mentions.iter().map(|id| identity.mentions[id.0 as usize].span.of(source)).collect()
        };
        let names: Vec<_> = identity.entities.iter().map(of).collect();
        assert_eq!(salience.len(), 4, "{names:?}");
        assert!(salience[0] > salience[1] && salience[1] > salience[2], "{salience:?}");
        assert_eq!(salience[3], 0.0);
        assert!(salience.iter().all(|salience| (0.0..=1.0).contains(salience)), "{salience:?}");
    }
}
