//! Mentions to entities: all names of one thing joined, nominals and pronouns resolved.
//!
//! 1. [`edges`] mends where names begin and end; [`repeats`] finds names again where the recogniser missed or cut them; [`scripts`]
//!    adds those in brackets that say a name once more; [`expansions`] takes out acronyms that the text explains as no names;
//!    [`types`] gives each thing one type, [`aliases`] that of the name before to another name of it.
//! 2. [`known`] adds the names that the caller knows.
//! 3. [`titles`] reads titles, roles and gender around names.
//! 4. [`join`] joins names, but not those of people whom [`relatives`] finds to be two.
//! 5. [`descriptions`] gathers what else each thing is called.
//! 6. [`anaphora`] walks through the text and resolves [`nominals`] ("the ministry", "the former envoy") and [`pronouns`]
//!    ("he", "its"), by the weights of [`ranking`]; [`voices`] adds the author's "I" and the turns of an interview.

mod aliases;
mod anaphora;
mod businesses;
mod countries;
mod descriptions;
mod edges;
mod expansions;
mod form;
mod join;
mod kin;
mod known;
mod lists;
mod nicknames;
mod nominals;
mod nouns;
mod organizations;
mod people;
mod pronouns;
mod ranking;
mod relatives;
mod repeats;
mod salience;
mod scripts;
mod skeleton;
mod spellings;
mod titles;
#[cfg(feature = "cli")]
mod train;
mod types;
mod voices;
mod word_list;

pub use salience::salience;
#[cfg(feature = "cli")]
pub use train::train;
pub(crate) use voices::is_mine;

use crate::annotation::{EntityType, MentionKind};
use crate::lexicon::{Class, Classes, Reading, lexicon};
use crate::ner::Mention;
use crate::options::KnownEntity;
use crate::sorting::sort_by_key;
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

impl Gender {
    /// Whom a word is for.
    fn of(classes: Classes) -> Gender {
        match (classes.has(Class::Female), classes.has(Class::Male)) {
            (true, false) => Gender::Female,
            (false, true) => Gender::Male,
            _ => Gender::Unknown,
        }
    }
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
    /// Who is whose, by index of entity.
    ties: kin::Ties,
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

    /// Whom "my late mother" means, which an owner says at a token, where that is known; and its tokens.
    pub fn relative(&self, text: &Text, my: u32, owner: EntityId) -> Option<FirstPerson> {
        if !matches!(text.of(my), "my" | "My" | "MY" | "our" | "Our") {
            return None;
        }
        let end = text.sentence(my).tokens.end;
        let key = |token: u32| text.of(token).to_ascii_lowercase();
        let (noun, relation) =
            (my + 1..end.min(my + 3)).find_map(|token| Some((token, kin::Relation::of(&key(token))?)))?;
        // "my son, Wyatt," and "my mother-in-law"
        let after = if noun + 1 < end { text.of(noun + 1) } else { "" };
        let next = self.mentions.partition_point(|mention| mention.tokens.start <= noun);
        let name = noun + 1 + u32::from(after == ",");
        if after == "-" || self.mentions.get(next).is_some_and(|mention| mention.tokens.start == name) {
            return None;
        }
        let gender = lexicon().entry(&key(noun)).map_or(Gender::Unknown, |entry| Gender::of(entry.classes));
        let fits = |other: usize| !join::contradict(gender, self.entities[other].gender);
        let other = self.ties.find(owner.0 as usize, relation, fits)?;
        Some(FirstPerson { tokens: TokenRange::new(my, noun + 1), entity: EntityId(other as u32) })
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
    let page = anaphora::Page::read(text, reading);
    edges::mend(text, reading, &mut names);
    let mut names = repeats::mend(text, reading, names);
    scripts::add(text, reading, &mut names);
    expansions::drop_explained(text, reading, &mut names);
    let mut forms = form::Forms::new(text, reading, names.len());
    types::agree(text, reading, &page.vocabulary, &mut forms, &mut names);
    aliases::agree(text, reading, &mut names);
    businesses::before_family(reading, &mut names);
    if !known.is_empty() {
        forms.renumber();
    }
    let (mut mentions, known_of) = known::add(text, reading, names, known);
    let titles = titles::read(text, reading, &page.vocabulary, &mentions);
    let mut joined = join::join(text, reading, &mut forms, &mentions, &titles);
    drop(forms);
    let known_clusters = known::merge(&mut joined, &known_of, known.len());
    drop(known_of);
    let voices = voices::resolve(text, &mentions, &joined, &page.quoted);
    let (anaphora, ties) = anaphora::resolve(page, &mentions, &mut joined, &titles, &mut anaphora::by_weights(weights));
    let of_cluster = |cluster: usize| EntityId(cluster as u32);
    let mut others: Vec<(Mention, EntityId)> = voices
        .into_iter()
        .chain(anaphora)
        .map(|Resolved { mention, cluster }| (mention, of_cluster(cluster)))
        .collect();
    sort_by_key(&mut others, |(mention, _)| place(mention));
    // With room for the first person of quotes: another copy of all mentions has no place where memory is scarcest.
    let room = others.len() + mentions.len() / 8;
    mentions.reserve_exact(room);
    let mut cluster_of: Vec<EntityId> = Vec::with_capacity(mentions.len() + room);
    cluster_of.extend(joined.cluster_of.iter().map(|&cluster| of_cluster(cluster)));
    insert(&mut mentions, &mut cluster_of, others);
    assemble(text, mentions, cluster_of, &joined, &titles, &known_clusters, &ties)
}

/// What mentions are ordered by.
fn place(mention: &Mention) -> (u32, u32) {
    (mention.span.start, mention.span.end)
}

/// Puts mentions that are in order among others that are, each with its entity; behind one that has the same place. A long
/// text's mentions are many: none is copied elsewhere.
#[inline(never)]
fn insert(mentions: &mut Vec<Mention>, entity_of: &mut Vec<EntityId>, new: Vec<(Mention, EntityId)>) {
    // How many of the old ones are not behind a new one yet.
    let mut left = mentions.len();
    mentions.reserve_exact(new.len());
    for (mention, entity) in &new {
        mentions.push(mention.clone());
        entity_of.push(*entity);
    }
    // From the end on, the last of those that are left is put behind them all.
    for (before, (mention, entity)) in new.into_iter().enumerate().rev() {
        while left > 0 && place(&mentions[left - 1]) > place(&mention) {
            left -= 1;
            mentions.swap(left, left + before + 1);
            entity_of.swap(left, left + before + 1);
        }
        mentions[left + before] = mention;
        entity_of[left + before] = entity;
    }
}

/// Clusters to entities, in order of first mention. `entity_of` has the cluster of each mention.
#[inline(never)]
fn assemble(
    text: &Text,
    mentions: Vec<Mention>,
    mut entity_of: Vec<EntityId>,
    joined: &join::Joined,
    titles: &titles::Titles,
    known: &[Option<u32>],
    ties: &kin::Ties,
) -> Identity {
    let mut entities: Vec<Entity> = Vec::with_capacity(joined.clusters.len());
    let mut counts = vec![0; joined.clusters.len()];
    entity_of.iter().for_each(|cluster| counts[cluster.0 as usize] += 1);
    let mut entity_of_cluster: Vec<Option<EntityId>> = vec![None; joined.clusters.len()];
    for (index, of) in entity_of.iter_mut().enumerate() {
        let id = MentionId(index as u32);
        let cluster = of.0 as usize;
        *of = *entity_of_cluster[cluster].get_or_insert_with(|| {
            let content = &joined.clusters[cluster];
            entities.push(Entity {
                entity_type: content.entity_type,
                mentions: Vec::with_capacity(counts[cluster]),
                canonical: id,
                roles: Vec::new(),
                gender: content.gender,
                known: known.get(cluster).copied().flatten(),
            });
            EntityId(entities.len() as u32 - 1)
        });
        entities[of.0 as usize].mentions.push(id);
    }
    let ties = ties.renumbered(|cluster| Some(entity_of_cluster.get(cluster)?.as_ref()?.0 as usize));
    let mut identity = Identity { mentions, entity_of, entities, ties };
    for (name, cluster) in joined.cluster_of.iter().enumerate() {
        let Some(entity) = entity_of_cluster[*cluster] else { continue };
        for role in titles.roles_of(name) {
            add_role(text, &mut identity.entities[entity.0 as usize].roles, titles::span(text, *role));
        }
    }
    for entity in identity.entities.iter_mut().filter(|entity| entity.mentions.len() > 1) {
        entity.canonical = canonical(text, &identity.mentions, &entity.mentions);
    }
    identity
}

/// Counts comparisons of names in tests, where the promise of linear work is checked; does nothing elsewhere.
fn count_comparison() {
    #[cfg(test)]
    tests::COMPARISONS.with(|count| count.set(count.get() + 1));
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
    let kind = |id: &MentionId| match mentions[id.0 as usize].kind {
        MentionKind::Pronoun => 0u8,
        MentionKind::Nominal => 1,
        MentionKind::Handle => 2,
        MentionKind::Acronym | MentionKind::Name => 3,
    };
    let fullness = |id: &MentionId| {
        let mention = &mentions[id.0 as usize];
        let written = mention.span.of(text.source);
        let is_name = u8::from(mention.kind == MentionKind::Name);
        let is_spelt = u8::from(written.chars().any(char::is_lowercase));
        (is_spelt, is_name, written.split_whitespace().count().min(8), written.len(), std::cmp::Reverse(id.0))
    };
    let best = of.iter().map(kind).max();
    of.iter().filter(|id| Some(kind(id)) == best).max_by_key(|id| fullness(id)).copied().unwrap_or(MentionId(0))
}

/// Words of the first person, or a relative of theirs, and whom each means: decided by the quote it stands in.
pub struct FirstPerson {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its speaker, or whom "my mother" means.
    pub entity: EntityId,
}

/// Adds the first-person pronouns of quotes, in text order, to their speakers' entities.
pub fn add_first_person(text: &Text, mut identity: Identity, first_person: &[FirstPerson]) -> Identity {
    if first_person.is_empty() {
        return identity;
    }
    let Identity { mentions, entity_of, entities, .. } = &mut identity;
    let mut new: Vec<(Mention, EntityId)> = Vec::new();
    for word in first_person {
        let span = text.span(word.tokens);
        let taken = mentions.partition_point(|mention| mention.span.end <= span.start);
        if mentions.get(taken).is_some_and(|mention| mention.span.overlaps(span)) {
            continue;
        }
        let mention = Mention {
            span,
            tokens: word.tokens,
            entity_type: entities[word.entity.0 as usize].entity_type,
            kind: if word.tokens.len() > 1 { MentionKind::Nominal } else { MentionKind::Pronoun },
            confidence: 0.85,
            because: "first person in a quote",
            value: None,
        };
        new.push((mention, word.entity));
    }
    let canonical: Vec<Span> = entities.iter().map(|entity| mentions[entity.canonical.0 as usize].span).collect();
    insert(mentions, entity_of, new);
    entities.iter_mut().for_each(|entity| entity.mentions.clear());
    let mut kept = 0;
    for index in 0..mentions.len() {
        let span = mentions[index].span;
        if kept > 0 && mentions[kept - 1].span.overlaps(span) {
            continue;
        }
        // Most stay where they are.
        if kept < index {
            mentions.swap(kept, index);
            entity_of.swap(kept, index);
        }
        let (id, entity) = (MentionId(kept as u32), entity_of[kept].0 as usize);
        if span == canonical[entity] {
            entities[entity].canonical = id;
        }
        entities[entity].mentions.push(id);
        kept += 1;
    }
    mentions.truncate(kept);
    entity_of.truncate(kept);
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

    /// The mention at the `nth` place where a name stands.
    pub(super) fn mention(text: &Text, name: &str, nth: usize, entity_type: EntityType) -> Mention {
        let (at, _) = text.source.match_indices(name).nth(nth).expect(name);
        let span = Span::at(at, at + name.len());
        let tokens = text.tokens_in(span);
        let kind = ner_kind(name);
        Mention { span, tokens, entity_type, kind, confidence: 0.8, because: "test", value: None }
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
    fn a_headline_may_speak_of_whom_the_text_names_below() {
        let text = "Former envoy condemns deal\n\nFormer UN envoy Ana Ruiz condemned the deal on Monday. Ruiz said it was late. The envoy left.";
        let found = entities(text, &[("UN", Organization), ("Ana Ruiz", Person), ("Ruiz", Person)]);
        assert!(
            found.iter().any(|entity| entity[..] == ["Former envoy", "Ana Ruiz", "Ruiz", "The envoy"]),
            "{found:?}"
        );
    }

    #[test]
    fn whose_husband_he_is_is_told_before() {
        let text = "Ana Ruiz and her husband, Ben Okoro, left. Ruiz said that her husband had paid.";
        let found = entities(text, &[("Ana Ruiz", Person), ("Ben Okoro", Person), ("Ruiz", Person)]);
        assert!(found.iter().any(|entity| entity[..] == ["Ben Okoro", "her husband"]), "{found:?}");
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
    fn a_surname_stays_with_the_one_who_was_called_by_it_first() {
        let found = entities(
            "Okri wins vote. Ana Okri beat all rivals. Okri thanked a brother, Ben Okri. The Okri team sang.",
            &[("Ana Okri", Person), ("Ben Okri", Person), ("Okri", Person)],
        );
        assert_eq!(found, [vec!["Okri", "Ana Okri", "Okri", "Okri"], vec!["Ben Okri"]]);
    }

    #[test]
    fn an_office_tells_which_of_two_people_a_surname_means() {
        let found = entities(
            "Prime Minister Sol Hanan met Justice Minister Dong Hanan. Prime Minister Hanan left. Hanan stayed.",
            &[("Sol Hanan", Person), ("Dong Hanan", Person), ("Hanan", Person)],
        );
        assert_eq!(found, [vec!["Sol Hanan", "Hanan", "Hanan"], vec!["Dong Hanan"]]);
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
    fn the_prime_minister_is_no_other_minister() {
        let text = "Rebecca Lowe, the education minister, resigned. The prime minister was sorry. The minister left.";
        let found = entities(text, &[("Rebecca Lowe", Person)]);
        assert_eq!(found, [["Rebecca Lowe", "The minister"]]);
        let text = "Ana Ruiz, the deputy mayor, resigned. The mayor was sorry. The deputy mayor left.";
        assert_eq!(entities(text, &[("Ana Ruiz", Person)]), [["Ana Ruiz", "The deputy mayor"]]);
    }

    #[test]
    fn kin_are_nobody_but_whom_the_text_calls_so() {
        let names = &[("Tom Diaz", Person), ("Lucia Ramos", Person)];
        let found = entities("Governor Tom Diaz spoke. Teacher Lucia Ramos met her son on Monday.", names);
        assert!(found.iter().all(|entity| !entity.contains(&"her son".to_owned())), "{found:?}");
    }

    #[test]
    fn a_company_may_be_called_by_where_it_is() {
        let text = "Corella wants more. The Porto-based company said on Monday that it would raise prices.";
        let found = entities(text, &[("Corella", Organization), ("Porto", Place)]);
        assert_eq!(found[0], ["Corella", "company", "it"]);
    }

    #[test]
    fn a_ticker_names_its_company() {
        let text = "Norvane (NYSE: NRV) will cut jobs. The company fell.";
        let names = &[("Norvane", Organization), ("NYSE", Organization), ("NRV", Organization)];
        assert_eq!(entities(text, names)[0], ["Norvane", "NRV", "The company"]);
        for text in ["Norvane ($NVB) fell.", "Norvane (NRV) fell."] {
            let ticker = &text[text.find(')').unwrap() - 3..][..3];
            assert_eq!(entities(text, &[("Norvane", Organization), (ticker, Organization)]).len(), 1, "{text}");
        }
    }

    #[test]
    fn the_company_is_the_one_that_the_sentence_is_of() {
        let text = "Norvane fell. The company cut jobs. Corella’s profit rose, but the company cut its dividend.";
        let found = entities(text, &[("Norvane", Organization), ("Corella", Organization)]);
        assert_eq!(found[0], ["Norvane", "The company"]);
        assert_eq!(found[1][..2], ["Corella", "the company"]);
    }

    #[test]
    fn a_family_name_alone_is_not_the_first_ladys() {
        let text = "President Tom Hale and first lady Eva Hale arrived. Hale spoke.";
        let found = entities(text, &[("Tom Hale", Person), ("Eva Hale", Person), ("Hale", Person)]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[1], ["Eva Hale"]);
    }

    #[test]
    fn two_names_with_the_same_initials_are_two() {
        let text = "The American Medical Association (AMA) sued. The Coastal Music Academy (CMA) did not, and the \
            Central Mining Agency (CMA) did.";
        let names = ["American Medical Association", "AMA", "Coastal Music Academy", "CMA", "Central Mining Agency"];
        let found = entities(text, &names.map(|name| (name, Organization)));
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn nobody_is_his_own_father() {
        let found = entities(
            "Ahmed Karim built a clock. On Wednesday, Karim and his father are to travel to the United Nations.",
            &[("Ahmed Karim", Person), ("Karim", Person), ("United Nations", Organization)],
        );
        assert!(found.iter().all(|entity| !entity.contains(&"his father".to_owned())), "{found:?}");
    }

    #[test]
    fn a_family_name_alone_is_not_the_relatives_unless_they_speak() {
        let source = "Ben Holt runs the pub. His sister, Eva Holt, keeps the books. Holt was fined on Tuesday.";
        assert_eq!(entities(source, &[("Ben Holt", Person), ("Eva Holt", Person), ("Holt", Person)])[0][2], "Holt");
        let source = "Ben Holt was shot. His mother, Eva Holt, said he was kind. “He was mine,” Holt said.";
        assert!(
            entities(source, &[("Ben Holt", Person), ("Eva Holt", Person), ("Holt", Person)])[1]
                .contains(&"Holt".into())
        );
        let source = "Ben Holt drowned in May. His widow, Eva, was at home. Mrs Holt called the police.";
        assert_eq!(entities(source, &[("Ben Holt", Person), ("Eva", Person), ("Holt", Person)])[1], ["Eva", "Holt"]);
    }

    #[test]
    fn a_relative_is_somebody_else_whatever_the_name() {
        let apart = |source: &str, names: &[(&str, EntityType)], count: usize| {
            let found = entities(source, names);
            assert_eq!(found.len(), count, "{found:?}");
        };
        let holts = [("J. R. Holt", Person), ("James Holt", Person)];
        apart("J. R. Holt fell. His son, James Holt, left.", &holts, 2);
        apart("James Holt, the son of J. R. Holt, left.", &[holts[1], holts[0]], 2);
        apart("J. R. Holt fell. James Holt, his son, left.", &holts, 2);
        apart("J. R. Holt and James Holt left.", &holts, 2);
        apart("Ben Okri Jr. fell. Ben Okri Sr. left.", &[("Ben Okri Jr.", Person), ("Ben Okri Sr.", Person)], 2);
        let three = [("James Holt", Person), ("Sarah Holt", Person), ("J. R. Holt", Person)];
        apart("James Holt fell. Sarah Holt and her husband, J. R. Holt, left.", &three, 2);
        apart("J. R. Holt, whose son is ill, left. James Holt is old.", &holts, 1);
    }

    #[test]
    fn what_nothing_is_called_is_not_any_company_or_law() {
        let all = |source: &str, names: &[(&str, EntityType)]| entities(source, names).concat().join("|");
        let acme = [("Acme Ltd", Organization)];
        assert_eq!(all("Acme Ltd was fined. The watchdog said so.", &acme), "Acme Ltd");
        assert_eq!(all("Acme Water was fined. The regulator said so.", &[("Acme Water", Organization)]), "Acme Water");
        let found = all("Ofwat fined Acme Ltd again. The watchdog said so.", &[("Ofwat", Organization), acme[0]]);
        assert_eq!(found, "Ofwat|The watchdog|Acme Ltd");
        let act = [("Housing Act", EntityType::Work)];
        assert_eq!(all("The Housing Act passed. The treaty was signed.", &act), "Housing Act");
        assert_eq!(all("The Housing Act passed. The act is old.", &act), "Housing Act|The act");
    }

    #[test]
    fn a_street_is_no_village_and_a_sergeant_is_an_officer() {
        let source = "The mill on Canal Street burned. Ben Okri said the village was poor.";
        assert_eq!(entities(source, &[("Canal Street", Place), ("Ben Okri", Person)])[0], ["Canal Street"]);
        let source = "Sergeant Ben Okri searched the house. The officer said a knife was found.";
        assert_eq!(entities(source, &[("Ben Okri", Person)])[0], ["Ben Okri", "The officer"]);
        let source = "Attorney Ben Okri objected. Ana Ruiz said her lawyer was late.";
        assert_eq!(entities(source, &[("Ben Okri", Person), ("Ana Ruiz", Person)])[0], ["Ben Okri"]);
    }

    #[test]
    fn a_nominal_of_a_country_is_who_is_of_it() {
        let source = "Tern's Ana Ruiz met Ben Okri of Norland. Ruiz spoke first. The Norland leader left.";
        let names = [("Tern", Place), ("Ana Ruiz", Person), ("Ben Okri", Person), ("Norland", Place), ("Ruiz", Person)];
        let found = entities(source, &names);
        assert!(found.contains(&vec!["Ben Okri".to_owned(), "leader".to_owned()]), "{found:?}");
    }

    #[test]
    fn her_company_is_the_one_that_she_is_of() {
        let names = [("Sara Ito", Person), ("Meridian Foods", Organization), ("Delta Mills", Organization)];
        let source = "Sara Ito, president of Meridian Foods, spoke after Delta Mills did. Her company was calm.";
        assert!(entities(source, &names).contains(&vec!["Meridian Foods".to_owned(), "Her company".to_owned()]));
        let source = source.replace("Her company", "Her laboratory");
        assert!(entities(&source, &names).contains(&vec!["Meridian Foods".to_owned()]));
    }

    #[test]
    fn a_noun_for_another_kind_is_no_known_company_or_agency() {
        let names = [("FDA", Organization), ("Pfizer", Organization)];
        let source = "The FDA cleared the drug. Pfizer will ship it. The agency had waited.";
        assert_eq!(entities(source, &names)[0], ["FDA", "The agency"]);
        let names = [("Toyota", Organization), ("UNICEF", Organization)];
        let source = "Toyota gave 30 cars to UNICEF. The army took them. The carmaker protested.";
        assert_eq!(entities(source, &names), [vec!["Toyota", "The carmaker"], vec!["UNICEF"]]);
    }

    #[test]
    fn an_epithet_is_who_was_spoken_of_alone() {
        let names = [("Ana Ruiz", Person), ("Leeds", Organization)];
        let source = "Ana Ruiz has signed for two years. The former Leeds midfielder said no more.";
        assert_eq!(entities(source, &names)[0], ["Ana Ruiz", "midfielder"]);
        // Another manager, and one of two people.
        let source = "Ana Ruiz has signed for two years. The Leeds manager said no more.";
        assert_eq!(entities(source, &names)[0], ["Ana Ruiz"]);
        let source = "Ana Ruiz met Eva Holt. The former Leeds midfielder said no more.";
        assert_eq!(entities(source, &[names[0], ("Eva Holt", Person), names[1]])[0], ["Ana Ruiz"]);
    }

    #[test]
    fn a_part_in_a_crime_is_told() {
        let of = |source: &str| entities(source, &[("Ana Ruiz", Person)]).concat().join("|");
        assert_eq!(of("Ana Ruiz saw it. The suspect fled."), "Ana Ruiz");
        assert_eq!(of("Ana Ruiz, 34, was charged with theft. The suspect fled."), "Ana Ruiz|The suspect");
        assert_eq!(of("Ana Ruiz was killed there. The victim was old."), "Ana Ruiz|The victim");
        assert_eq!(of("Police named the victim as Ana Ruiz. The victim was old."), "Ana Ruiz|The victim");
        assert_eq!(of("Ana Ruiz, 34, left. The 72-year-old fell."), "Ana Ruiz");
        assert_eq!(of("Ana Ruiz sat there. A waiter came. The waiter left."), "Ana Ruiz");
    }

    #[test]
    fn a_nominal_in_a_role_is_read() {
        let found = entities(
            "Kivilo makes phones. The company has 40 engineers. Piret Saar, a spokeswoman for the company, said so.",
            &[("Kivilo", Organization), ("Piret Saar", Person)],
        );
        assert_eq!(found[0], ["Kivilo", "The company", "the company"]);
    }

    #[test]
    fn a_description_may_speak_of_whom_the_text_names_below() {
        let is_meant = |source: &str, name: &str, description: &str| {
            let found = crate::analyze(source, &crate::Options::default()).unwrap();
            let person = found.entities.iter().find(|entity| entity.name == name).unwrap();
            let at = source.find(description).unwrap();
            person.mentions.iter().any(|mention| mention.start as usize == at)
        };
        let airline = "Senate grills airline over storm\n\nThe chief executive of Meridian Airlines told senators on Thursday that he was ashamed of it all.\n\nCarl Hendry, who took over the airline in May, said so twice.";
        assert!(is_meant(airline, "Carl Hendry", "The chief executive"));
        let minister = "Ana Ruiz left the hall at noon. Asked about the transport minister, she smiled at everybody.\n\nJames Holt, the transport minister, had said no.";
        assert!(is_meant(minister, "James Holt", "the transport minister"));
        // Of the captain the lead speaks by the way.
        let storm = "Storm shuts the harbour\n\nA storm shut the harbour on Thursday before the captain of the last ferry had left the pier.\n\nCarl Hendry, who sells fish, said so twice.";
        assert!(!is_meant(storm, "Carl Hendry", "the captain"));
    }

    #[test]
    fn a_heading_may_speak_of_whom_the_text_names_below() {
        let source =
            "Striker says knee is sound\n\nBruno Techera joined Rosario on Monday. “It is fine,” Techera said.";
        let found = crate::analyze(source, &crate::Options::default()).unwrap();
        let techera = found.entities.iter().find(|entity| entity.name == "Bruno Techera").unwrap();
        assert_eq!(techera.mentions[0].start, 0, "{techera:?}");
    }

    #[test]
    fn handles_join_by_their_letters() {
        let found = entities(
            "Antonio Guterres left. @antonioguterre wrote.",
            &[("Antonio Guterres", Person), ("@antonioguterre", Person)],
        );
        assert_eq!(found.len(), 1, "{found:?}");
    }

    thread_local! {
        pub(super) static COMPARISONS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
    }

    /// Comparisons made for a text of `count` lines, each the name of somebody or something else, and the entities found.
    fn comparisons(count: usize, entity_type: EntityType, line: impl Fn(usize) -> String) -> (u64, usize) {
        let source: String = (0..count).map(|n| line(n) + " met.\n").collect();
        let text = Text::read(&source);
        let reading = Reading::of(&text);
        let mentions = text
            .sentences
            .iter()
            .map(|sentence| {
                // All but "met" and the full stop.
                let tokens = TokenRange::new(sentence.tokens.start, sentence.tokens.end - 2);
                Mention {
                    span: text.span(tokens),
                    tokens,
                    entity_type,
                    kind: ner_kind(text.of_range(tokens)),
                    confidence: 1.0,
                    because: "test",
                    value: None,
                }
            })
            .collect();
        COMPARISONS.with(|count| count.set(0));
        let entities = resolve(&text, &reading, mentions, &[]).entities.len();
        (COMPARISONS.with(std::cell::Cell::get), entities)
    }

    /// A name that no other number has: its digits as syllables.
    fn word(mut number: usize) -> String {
        let mut word = String::from("Q");
        for _ in 0..5 {
            word.push_str(["ab", "ad", "af", "ak", "al", "am", "an", "ap", "ar", "at"][number % 10]);
            number /= 10;
        }
        word
    }

    #[test]
    fn comparisons_grow_with_the_number_of_names_not_with_its_square() {
        let people = |n: usize| format!("{} Ruiz{}", word(n), n % 3);
        let surnames =
            |n: usize| if n.is_multiple_of(2) { format!("{} {}", word(n), word(n / 2 + 7)) } else { word(n / 2 + 7) };
        let organizations = |n: usize| format!("{} Group", word(n));
        let acronyms =
            |n: usize| if n.is_multiple_of(2) { format!("{} National Bank", word(n)) } else { "QNB".to_owned() };
        type Line = fn(usize) -> String;
        let cases: [(EntityType, Line); 4] =
            [(Person, people), (Person, surnames), (Organization, organizations), (Organization, acronyms)];
        for (entity_type, line) in cases {
            let (few, _) = comparisons(5_000, entity_type, line);
            let (many, _) = comparisons(20_000, entity_type, line);
            assert!(many <= few.max(5_000) * 5, "{entity_type:?} {}: {few} to {many}", line(0));
            assert!(many <= 20_000 * 100, "{entity_type:?} {}: {many}", line(0));
        }
    }

    #[test]
    fn a_hundred_thousand_distinct_people_are_so_many_entities() {
        let (count, entities) = comparisons(100_000, Person, |n| format!("{} {}", word(n), word(n / 10)));
        assert!(entities > 99_000, "{entities}");
        assert!(count < 100_000 * 100, "{count}");
    }

    #[test]
    fn a_noun_alone_is_no_mention_inside_another() {
        let source =
            "This is editing,” veteran advocate tells Ana Ruiz:\nShe has named it Ayqulash, after a lighthouse.";
        let annotation = crate::analyze(source, &crate::Options::default()).unwrap();
        let mentions = annotation.entities.iter().flat_map(|entity| &entity.mentions);
        let mut spans: Vec<(u32, u32)> = mentions.map(|mention| (mention.start, mention.end)).collect();
        spans.sort_unstable();
        assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{spans:?}");
    }

    #[test]
    fn first_person_words_join_their_speaker_in_order_and_leave_taken_places_alone() {
        let source = "Ana Ruiz said: “I went with my son. She and I left.” Ben Okri agreed.";
        let text = Text::read(source);
        let reading = Reading::of(&text);
        let name = |written: &str| {
            let at = source.find(written).unwrap_or(0);
            let span = Span::at(at, at + written.len());
            Mention {
                span,
                tokens: text.tokens_in(span),
                entity_type: Person,
                kind: MentionKind::Name,
                confidence: 1.0,
                because: "test",
                value: None,
            }
        };
        let identity = resolve(&text, &reading, vec![name("Ana Ruiz"), name("Ben Okri")], &[]);
        let before = identity.mentions.len();
        let canonical = identity.entities[1].mentions.len();
        let words: Vec<FirstPerson> = (0..text.tokens.len() as u32)
            .filter(|&token| matches!(text.of(token), "I" | "my" | "Ana"))
            .map(|token| FirstPerson { tokens: TokenRange::new(token, token + 1), entity: EntityId(0) })
            .collect();
        assert_eq!(words.len(), 4);
        let identity = add_first_person(&text, identity, &words);
        // "Ana" is part of a name already.
        assert_eq!(identity.mentions.len(), before + 3);
        assert!(identity.mentions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        let of = |entity: &Entity| -> Vec<&str> {
            entity.mentions.iter().map(|id| identity.mentions[id.0 as usize].span.of(source)).collect()
        };
        let ana = of(&identity.entities[0]);
        assert_eq!((ana[0], ana.iter().filter(|word| matches!(**word, "I" | "my")).count()), ("Ana Ruiz", 3));
        assert_eq!(identity.entities[1].mentions.len(), canonical);
        for entity in &identity.entities {
            let name = identity.mentions[entity.canonical.0 as usize].span.of(source);
            assert!(matches!(name, "Ana Ruiz" | "Ben Okri"), "{name}");
        }
        for (index, entity) in identity.entity_of.iter().enumerate() {
            assert!(identity.entities[entity.0 as usize].mentions.contains(&MentionId(index as u32)));
        }
    }

    #[test]
    fn spellings_short_forms_and_aliases_join() {
        let one = |source: &str, names: &[(&str, EntityType)]| {
            let found = entities(source, names);
            assert_eq!(found.len(), 1, "{found:?}");
        };
        one("Cyclone Idai hit. Idai left.", &[("Cyclone Idai", EntityType::Event), ("Idai", EntityType::Event)]);
        one("Danny came. Daniel Pak went.", &[("Danny", Person), ("Daniel Pak", Person)]);
        one(
            "Andrés Manuel Obrador (AMO) came. AMO went.",
            &[("Andrés Manuel Obrador", Person), ("AMO", Organization), ("AMO", Organization)],
        );
        one(
            "The National Athletes Welfare Foundation (Yakeb) came. Yakeb went.",
            &[("National Athletes Welfare Foundation", Organization), ("Yakeb", Person), ("Yakeb", Person)],
        );
        one(
            "U.S. Central Command spoke. CENTCOM wrote.",
            &[("U.S. Central Command", Organization), ("CENTCOM", Organization)],
        );
        one(
            "The Revolutionary Guard-Qods Force (RG-QF) left. RG-QF wrote.",
            &[("Revolutionary Guard-Qods Force", Organization), ("RG-QF", Organization)],
        );
        one(
            "The Rapid Intervention Battalion, known by its initials BIR, left.",
            &[("Rapid Intervention Battalion", Organization), ("BIR", Organization)],
        );
        one(
            "Winston Hope, better known as Lord Ledger, sang. Ledger left.",
            &[("Winston Hope", Person), ("Lord Ledger", Person), ("Ledger", Person)],
        );
        one(
            "Alistair Crombie left. @premiercrombie wrote.",
            &[("Alistair Crombie", Person), ("@premiercrombie", Person)],
        );
    }

    #[test]
    fn formal_names_directions_and_scripts_join() {
        let one = |source: &str, names: &[(&str, EntityType)]| {
            let found = entities(source, names);
            assert_eq!(found.len(), 1, "{found:?}");
        };
        one("The State of Qatar left. Qatar stayed.", &[("State of Qatar", Place), ("Qatar", Place)]);
        one("North Korea fired. N. Korea denied.", &[("North Korea", Place), ("N. Korea", Place)]);
        one("Lin Mei (林梅) left. Lin sang.", &[("Lin Mei", Person), ("Lin", Person)]);
        one("They saw Tern Island (Ilha Norte, 燕鷗島).", &[("Tern Island", Place), ("Ilha Norte", Place)]);
        one("Order and Bread (CzH) won. CzH sang.", &[("Order and Bread", Organization)]);
        one(
            "Democrats left. A Democratic vote. One Democrat.",
            &[("Democrats", EntityType::Group), ("Democratic", EntityType::Group), ("Democrat", EntityType::Group)],
        );
        one(
            "The Justice for All Sailors Act failed. JFASA is dead.",
            &[("Justice for All Sailors Act", EntityType::Work), ("JFASA", Organization)],
        );
        one("HMS Argyll left. The Argyll is old.", &[("HMS Argyll", EntityType::Product), ("Argyll", Place)]);
        one("Lincoln Textiles fell. Lincoln denied it.", &[("Lincoln Textiles", Organization), ("Lincoln", Place)]);
        one("Summit Brewing rose. Summit said so.", &[("Summit Brewing", Organization), ("Summit", Organization)]);
        one("Islam and the Islamic faith.", &[("Islam", EntityType::Group), ("Islamic", EntityType::Group)]);
        let found =
            entities("Islam is taught. Muslims pray.", &[("Islam", EntityType::Group), ("Muslims", EntityType::Group)]);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn a_nationality_before_a_noun_fits_whom_it_means() {
        let found = entities(
            "Egypt's President Amr Sabri met Somalia's President Ali Nur. Nur left. The Egyptian president spoke.",
            &[
                ("Egypt", Place),
                ("Somalia", Place),
                ("Amr Sabri", Person),
                ("Ali Nur", Person),
                ("Nur", Person),
                ("Egyptian", EntityType::Group),
            ],
        );
        assert!(found.contains(&vec!["Amr Sabri".to_owned(), "president".to_owned()]), "{found:?}");
        let found = entities(
            "Senator Ana Ruiz of Vermont met Ben Okri. She laughed. The Vermont senator said so.",
            &[("Ana Ruiz", Person), ("Vermont", Place), ("Ben Okri", Person)],
        );
        assert!(found.iter().any(|names| names[0] == "Ana Ruiz" && names.contains(&"senator".to_owned())), "{found:?}");
    }

    #[test]
    fn half_of_another_noun_means_nothing() {
        let all = |source: &str, names: &[(&str, EntityType)]| entities(source, names).concat().join("|");
        let names = all("The Riga Court sat. The appeals court ruling came.", &[("Riga Court", Organization)]);
        assert_eq!(names, "Riga Court");
        let names = all(
            "Ana Ruiz, an official, won. It became clear that official results came. He saw the official results.",
            &[("Ana Ruiz", Person)],
        );
        assert!(!names.contains("official"), "{names}");
        let names =
            all("They sailed in the Tern Sea, a source said. It is deep, the source said.", &[("Tern Sea", Place)]);
        assert!(!names.contains("source"), "{names}");
    }

    #[test]
    fn an_office_is_the_one_of_its_institution() {
        let found = entities(
            "UN Secretary General Ana Ruiz met Ben Okri, the secretary general of Fatah. Did the UN Secretary General know?",
            &[("UN", Organization), ("Ana Ruiz", Person), ("Ben Okri", Person), ("Fatah", Organization)],
        );
        assert!(found.contains(&vec!["Ana Ruiz".to_owned(), "Secretary General".to_owned()]), "{found:?}");
    }

    #[test]
    fn nominals_mean_what_fits_them() {
        let found = entities(
            "The tanker Aurora left Riga. Captain Ana Ruiz, 34, boarded it. The vessel was old. The 34-year-old smiled.",
            &[("Aurora", EntityType::Product), ("Riga", Place), ("Ana Ruiz", Person)],
        );
        assert!(
            found.iter().any(|names| names[0] == "Aurora" && names.contains(&"The vessel".to_owned())),
            "{found:?}"
        );
        let ana = found.iter().find(|names| names[0] == "Ana Ruiz");
        assert!(ana.is_some_and(|names| names.contains(&"The 34-year-old".to_owned())), "{found:?}");
    }

    #[test]
    fn what_is_reported_begins_with_that() {
        let found = entities(
            "Ana Ruiz, the spokeswoman, left. Acme reported that spokeswoman for the port had told it so.",
            &[("Ana Ruiz", Person), ("Acme", Organization)],
        );
        assert!(found.contains(&vec!["Ana Ruiz".to_owned()]), "{found:?}");
    }

    #[test]
    fn an_it_of_weather_means_nothing() {
        let found = entities("Acme opened. It was raining in Riga.", &[("Acme", Organization), ("Riga", Place)]);
        assert_eq!(found, [["Acme"], ["Riga"]]);
    }
}
