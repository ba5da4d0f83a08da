//! Mentions to entities: all names of one thing joined, nominals and pronouns resolved.
//!
//! 1. [`types`] gives each name one type.
//! 2. [`known`] adds the names that the caller knows.
//! 3. [`titles`] reads titles, roles and gender around names.
//! 4. [`join`] joins names.
//! 5. [`descriptions`] gathers what else each thing is called.
//! 6. [`anaphora`] walks through the text and resolves [`nominals`] ("the ministry", "the former envoy") and [`pronouns`]
//!    ("he", "its"), by the weights of [`ranking`].

mod anaphora;
mod countries;
mod descriptions;
mod form;
mod join;
mod known;
mod nominals;
mod organizations;
mod people;
mod pronouns;
mod ranking;
mod salience;
mod skeleton;
mod titles;
#[cfg(feature = "cli")]
mod train;
mod types;

pub use salience::salience;
#[cfg(feature = "cli")]
pub use train::train;

use crate::annotation::{EntityType, MentionKind};
use crate::lexicon::Reading;
use crate::ner::Mention;
use crate::options::KnownEntity;
use crate::span::Span;
use crate::text::{Text, TokenRange};

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

/// A mention that was resolved, and the cluster it belongs to.
struct Resolved {
    mention: Mention,
    cluster: usize,
}

/// Joins the names of one thing, and resolves nominals and the pronouns of the third person.
/// Linear in the number of mentions and tokens.
pub fn resolve(text: &Text, reading: &Reading, names: Vec<Mention>, known: &[KnownEntity]) -> Identity {
    resolve_with(ranking::Weights::get(), text, reading, names, known)
}

/// [`resolve`] by another table of weights: one that is being tried.
#[cfg(feature = "cli")]
pub fn resolve_by(weights: &str, text: &Text, reading: &Reading, names: Vec<Mention>) -> Identity {
    resolve_with(&ranking::Weights::read(weights), text, reading, names, &[])
}

fn resolve_with(
    weights: &ranking::Weights,
    text: &Text,
    reading: &Reading,
    mut names: Vec<Mention>,
    known: &[KnownEntity],
) -> Identity {
    types::agree(text, reading, &mut names);
    let (names, known_of) = known::add(text, reading, names, known);
    let titles = titles::read(text, reading, &names);
    let mut joined = join::join(text, reading, &names, &titles);
    let known_clusters = known::merge(&mut joined, &known_of, known.len());
    let anaphora = anaphora::resolve(text, reading, &names, &mut joined, &titles, &mut anaphora::by_weights(weights));
    let mut all: Vec<Resolved> = names
        .into_iter()
        .zip(&joined.cluster_of)
        .map(|(mention, &cluster)| Resolved { mention, cluster })
        .chain(anaphora)
        .collect();
    all.sort_by_key(|resolved| (resolved.mention.span.start, resolved.mention.span.end));
    assemble(text, all, &joined, &titles, &known_clusters)
}

/// Clusters to entities, in order of first mention.
fn assemble(
    text: &Text,
    all: Vec<Resolved>,
    joined: &join::Joined,
    titles: &titles::Titles,
    known: &[Option<u32>],
) -> Identity {
    let mut identity = Identity::default();
    let mut entity_of_cluster: Vec<Option<EntityId>> = vec![None; joined.clusters.len()];
    for Resolved { mention, cluster } in all {
        let id = MentionId(identity.mentions.len() as u32);
        let entity = *entity_of_cluster[cluster].get_or_insert_with(|| {
            let content = &joined.clusters[cluster];
            identity.entities.push(Entity {
                entity_type: content.entity_type,
                mentions: Vec::new(),
                canonical: id,
                roles: Vec::new(),
                gender: content.gender,
                known: known.get(cluster).copied().flatten(),
            });
            EntityId(identity.entities.len() as u32 - 1)
        });
        identity.entities[entity.0 as usize].mentions.push(id);
        identity.entity_of.push(entity);
        identity.mentions.push(mention);
    }
    for (name, cluster) in joined.cluster_of.iter().enumerate() {
        let Some(entity) = entity_of_cluster[*cluster] else { continue };
        for role in &titles.roles[name] {
            add_role(text, &mut identity.entities[entity.0 as usize].roles, titles::span(text, *role));
        }
    }
    for entity in &mut identity.entities {
        entity.canonical = canonical(text, &identity.mentions, &entity.mentions);
    }
    identity
}

/// Roles listed for one entity.
const MOST_ROLES: usize = 12;

/// Adds a role unless it, or a fuller wording of it, is there; replaces a shorter wording.
fn add_role(text: &Text, roles: &mut Vec<Span>, role: Span) {
    let words = |span: Span| span.of(text.source).to_lowercase();
    let new = words(role);
    for old in roles.iter_mut() {
        let existing = words(*old);
        if existing.ends_with(&new) {
            return;
        }
        if new.ends_with(&existing) {
            *old = role;
            return;
        }
    }
    if roles.len() < MOST_ROLES {
        roles.push(role);
    }
}

/// The name with the most words, then the most letters; the first of equal ones. All capitals only where there is nothing else.
fn canonical(text: &Text, mentions: &[Mention], of: &[MentionId]) -> MentionId {
    let fullness = |id: &MentionId| {
        let mention = &mentions[id.0 as usize];
        let written = mention.span.of(text.source);
        let is_name = u8::from(mention.kind == MentionKind::Name);
        let is_spelt = u8::from(written.chars().any(char::is_lowercase));
        let kind = match mention.kind {
            MentionKind::Pronoun => 0u8,
            MentionKind::Nominal => 1,
            MentionKind::Handle => 2,
            MentionKind::Acronym | MentionKind::Name => 3,
        };
        (kind, is_spelt, is_name, written.split_whitespace().count().min(8), written.len(), std::cmp::Reverse(id.0))
    };
    of.iter().max_by_key(|id| fullness(id)).copied().unwrap_or(MentionId(0))
}

/// Words of the first person, and whom each means: decided by the quote it stands in.
pub struct FirstPerson {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its speaker.
    pub entity: EntityId,
}

/// Adds the first-person pronouns of quotes, in text order, to their speakers' entities.
pub fn add_first_person(text: &Text, mut identity: Identity, first_person: &[FirstPerson]) -> Identity {
    if first_person.is_empty() {
        return identity;
    }
    let mut all: Vec<(Mention, EntityId)> = identity.mentions.into_iter().zip(identity.entity_of).collect();
    let names = all.len();
    for word in first_person {
        let span = text.span(word.tokens);
        let taken = all[..names].partition_point(|(mention, _)| mention.span.end <= span.start);
        if all[..names].get(taken).is_some_and(|(mention, _)| mention.span.overlaps(span)) {
            continue;
        }
        let mention = Mention {
            span,
            tokens: word.tokens,
            entity_type: identity.entities[word.entity.0 as usize].entity_type,
            kind: MentionKind::Pronoun,
            confidence: 0.85,
            because: "first person in a quote",
            value: None,
        };
        all.push((mention, word.entity));
    }
    let canonical: Vec<Span> = identity.entities.iter().map(|entity| all[entity.canonical.0 as usize].0.span).collect();
    all.sort_by_key(|(mention, _)| (mention.span.start, mention.span.end));
    all.dedup_by(|later, earlier| earlier.0.span.overlaps(later.0.span));
    for entity in &mut identity.entities {
        entity.mentions.clear();
    }
    identity.mentions = Vec::with_capacity(all.len());
    identity.entity_of = Vec::with_capacity(all.len());
    for (index, (mention, entity)) in all.into_iter().enumerate() {
        let id = MentionId(index as u32);
        if mention.span == canonical[entity.0 as usize] {
            identity.entities[entity.0 as usize].canonical = id;
        }
        identity.entities[entity.0 as usize].mentions.push(id);
        identity.mentions.push(mention);
        identity.entity_of.push(entity);
    }
    identity
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner;

    /// Entities of a text whose names are given as (text, type), each marked at every place where it stands.
    pub(super) fn entities(source: &str, names: &[(&str, EntityType)]) -> Vec<Vec<String>> {
        let text = Text::read(source);
        let reading = Reading::of(&text);
        let mut mentions: Vec<Mention> = Vec::new();
        let mut names = names.to_vec();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        for (name, entity_type) in names {
            for (at, _) in source.match_indices(name) {
                let span = Span::at(at, at + name.len());
                let tokens = text.tokens_in(span);
                let is_whole = text.span(tokens) == span;
                if is_whole && !mentions.iter().any(|other| other.span.overlaps(span)) {
                    let kind = ner_kind(name);
                    mentions.push(Mention {
                        span,
                        tokens,
                        entity_type,
                        kind,
                        confidence: 1.0,
                        because: "test",
                        value: None,
                    });
                }
            }
        }
        mentions.sort_by_key(|mention| mention.span.start);
        let identity = resolve(&text, &reading, mentions, &[]);
        identity
            .entities
            .iter()
            .map(|entity| {
                entity.mentions.iter().map(|id| identity.mentions[id.0 as usize].span.of(source).to_owned()).collect()
            })
            .collect()
    }

    fn ner_kind(name: &str) -> MentionKind {
        let _: fn(&Text, &Reading) -> Vec<Mention> = ner::recognise;
        match name {
            _ if name.starts_with('@') => MentionKind::Handle,
            _ if name.len() > 1 && name.chars().all(|c| c.is_uppercase() || c == '.') => MentionKind::Acronym,
            _ => MentionKind::Name,
        }
    }

    use EntityType::{Organization, Person, Place};

    #[test]
    fn four_spellings_are_one_person() {
        let found = entities(
            "Qais Al-Khaz'ali left. Qais Khazali spoke. Qais al-Khazali left. Al-Khaz'ali ate.",
            &[
                ("Qais Al-Khaz'ali", Person),
                ("Qais Khazali", Person),
                ("Qais al-Khazali", Person),
                ("Al-Khaz'ali", Person),
            ],
        );
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn acronyms_and_short_forms_join_their_organisation() {
        let found = entities(
            "The Middle East Media Research Institute (MEMRI) wrote. MEMRI noted. The US Treasury Department sanctioned it. Treasury added. The United Nations met. The UN left. Asa’ib Ahl al-Haq (AAH) and 'Asaeb Ahl Al-Haqq.",
            &[
                ("Middle East Media Research Institute", Organization),
                ("MEMRI", Organization),
                ("US Treasury Department", Organization),
                ("Treasury", Organization),
                ("United Nations", Organization),
                ("UN", Organization),
                ("Asa’ib Ahl al-Haq", Organization),
                ("AAH", Organization),
                ("Asaeb Ahl Al-Haqq", Organization),
            ],
        );
        assert_eq!(found.len(), 4, "{found:?}");
    }

    #[test]
    fn two_people_of_one_family_stay_two() {
        let found = entities(
            "Hillary Clinton met Bill Clinton. Mr Clinton left. Mrs Clinton stayed.",
            &[("Hillary Clinton", Person), ("Bill Clinton", Person), ("Clinton", Person)],
        );
        assert_eq!(found, [["Hillary Clinton", "Clinton"], ["Bill Clinton", "Clinton"]]);
    }

    #[test]
    fn a_country_is_one_place_by_all_its_names() {
        let found = entities(
            "The US and the United States. Britain and the U.K.",
            &[("US", Place), ("United States", Place), ("Britain", Place), ("U.K.", Place)],
        );
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn pronouns_agree_with_their_person() {
        let found = entities(
            "Maria Ruiz met Ahmed Karim. She thanked him.",
            &[("Maria Ruiz", Person), ("Ahmed Karim", Person)],
        );
        assert_eq!(found, [["Maria Ruiz", "She"], ["Ahmed Karim", "him"]]);
    }

    #[test]
    fn nominals_resolve_by_role() {
        let found = entities(
            "Joel Rayburn, the former US Special Envoy for Syria, spoke. The former envoy left.",
            &[("Joel Rayburn", Person), ("US", Place), ("Syria", Place)],
        );
        assert!(found.contains(&vec!["Joel Rayburn".to_owned(), "The former envoy".to_owned()]), "{found:?}");
    }

    #[test]
    fn handles_join_by_their_letters() {
        let found = entities(
            "Antonio Guterres left. @antonioguterre wrote.",
            &[("Antonio Guterres", Person), ("@antonioguterre", Person)],
        );
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn ten_thousand_names_are_quick_to_join() {
        // Distinct people, many of one family: a quadratic comparison would not end in a test's time.
        let source: String = (0..10_000).map(|n| format!("Abc{n}x Ruiz{} met.\n", n % 3)).collect();
        let text = Text::read(&source);
        let reading = Reading::of(&text);
        let mentions = text
            .sentences
            .iter()
            .map(|sentence| {
                let tokens = TokenRange::new(sentence.tokens.start, sentence.tokens.start + 2);
                Mention {
                    span: text.span(tokens),
                    tokens,
                    entity_type: Person,
                    kind: MentionKind::Name,
                    confidence: 1.0,
                    because: "test",
                    value: None,
                }
            })
            .collect();
        assert!(resolve(&text, &reading, mentions, &[]).entities.len() > 3_000);
    }
}
