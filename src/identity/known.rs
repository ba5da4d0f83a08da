//! Names that the caller knows: found where the recogniser missed them, and joined with what they are names of.

use super::join::Joined;
use crate::annotation::MentionKind;
use crate::hashing::WordMap;
use crate::lexicon::{Reading, fold};
use crate::ner::Mention;
use crate::options::KnownEntity;
use crate::sorting::sort_by_key;
use crate::text::{Text, TokenKind, TokenRange};

/// The mentions with those added that the caller's names are found at, and the known entity of each mention.
///
/// A known name takes the place of mentions that it overlaps, unless one of them is longer.
pub(super) fn add(
    text: &Text,
    reading: &Reading,
    names: Vec<Mention>,
    known: &[KnownEntity],
) -> (Vec<Mention>, Vec<Option<u32>>) {
    if known.is_empty() {
        let count = names.len();
        return (names, vec![None; count]);
    }
    let mut by_first: WordMap<String, Vec<(Vec<String>, u32)>> = WordMap::default();
    for (index, entity) in known.iter().enumerate() {
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            let words = Text::read(name).tokens.iter().map(|token| fold(token.span.of(name))).collect::<Vec<_>>();
            if let Some(first) = words.first().cloned() {
                by_first.entry(first).or_default().push((words, index as u32));
            }
        }
    }
    // The longest name first; of equal ones, the one that the caller names first.
    by_first
        .values_mut()
        .for_each(|names| sort_by_key(names, |(words, index)| (std::cmp::Reverse(words.len()), *index)));
    let mut found: Vec<(Mention, u32)> = Vec::new();
    let mut token = 0;
    while token < text.tokens.len() as u32 {
        match longest_at(text, reading, &by_first, token) {
            Some((end, index)) => {
                let tokens = TokenRange::new(token, end);
                let kind = if text.tokens[token as usize].kind == TokenKind::Handle {
                    MentionKind::Handle
                } else {
                    MentionKind::Name
                };
                let entity_type = known[index as usize].entity_type;
                found.push((
                    Mention {
                        span: text.span(tokens),
                        tokens,
                        entity_type,
                        kind,
                        confidence: 1.0,
                        because: "known entity",
                        value: None,
                    },
                    index,
                ));
                token = end;
            }
            None => token += 1,
        }
    }
    let mut merged: Vec<(Mention, Option<u32>)> = Vec::with_capacity(names.len() + found.len());
    found.retain(|(mention, _)| {
        let at = names.partition_point(|name| name.span.end <= mention.span.start);
        !names[at..]
            .iter()
            .take_while(|name| name.span.start < mention.span.end)
            .any(|name| name.span.len() > mention.span.len())
    });
    for name in names {
        let at = found.partition_point(|(mention, _)| mention.span.end <= name.span.start);
        if !found.get(at).is_some_and(|(mention, _)| mention.span.overlaps(name.span)) {
            merged.push((name, None));
        }
    }
    merged.extend(found.into_iter().map(|(mention, index)| (mention, Some(index))));
    sort_by_key(&mut merged, |(mention, _)| mention.span.start);
    merged.into_iter().unzip()
}

fn longest_at(
    text: &Text,
    reading: &Reading,
    by_first: &WordMap<String, Vec<(Vec<String>, u32)>>,
    token: u32,
) -> Option<(u32, u32)> {
    let candidates = by_first.get(reading.key(token))?;
    let sentence_end = text.sentence(token).tokens.end;
    // A known name is written with a capital, a digit or a handle's sign somewhere.
    candidates.iter().find_map(|(words, index)| {
        let end = token + words.len() as u32;
        let fits = end <= sentence_end
            && words.iter().zip(token..end).all(|(word, token)| word == reading.key(token))
            && (token..end)
                .any(|token| text.of(token).chars().any(|c| !c.is_lowercase() && c.is_alphanumeric() || c == '@'));
        fits.then_some((end, *index))
    })
}

/// Puts all names of one known entity into one cluster; gives the known entity of each cluster.
pub(super) fn merge(joined: &mut Joined, known_of: &[Option<u32>], count: usize) -> Vec<Option<u32>> {
    let mut of_cluster = vec![None; joined.clusters.len()];
    let mut target: Vec<Option<usize>> = vec![None; count];
    let mut moved: WordMap<usize, usize> = WordMap::default();
    for (mention, known) in known_of.iter().enumerate() {
        let Some(known) = known else { continue };
        let cluster = joined.cluster_of[mention];
        match target[*known as usize] {
            None => {
                target[*known as usize] = Some(cluster);
                of_cluster[cluster] = Some(*known);
            }
            Some(target) if target != cluster && of_cluster[cluster].is_none() => {
                moved.insert(cluster, target);
            }
            Some(_) => {}
        }
    }
    for cluster in &mut joined.cluster_of {
        if let Some(&target) = moved.get(cluster) {
            *cluster = target;
        }
    }
    of_cluster
}

#[cfg(test)]
mod tests {
    use super::super::resolve;
    use super::*;
    use crate::annotation::EntityType;

    #[test]
    fn a_known_person_is_found_and_joined_by_all_names() {
        let source = "Ngozi spoke. Dr Okonjo left; lower-case ngozi is somebody else.";
        let text = Text::read(source);
        let known = [KnownEntity {
            name: "Ngozi Okonjo".into(),
            entity_type: EntityType::Person,
            aliases: vec!["Ngozi".into(), "Okonjo".into()],
            id: None,
        }];
        let identity = resolve(&text, &Reading::of(&text), Vec::new(), &known);
        assert_eq!(identity.entities.len(), 1);
        assert_eq!(identity.entities[0].known, Some(0));
        let found: Vec<_> = identity.mentions.iter().map(|mention| mention.span.of(source)).collect();
        assert_eq!(found, ["Ngozi", "Okonjo"]);
    }

    fn known(name: &str, entity_type: EntityType, aliases: &[&str], id: &str) -> KnownEntity {
        KnownEntity {
            name: name.into(),
            entity_type,
            aliases: aliases.iter().map(|&alias| alias.into()).collect(),
            id: Some(id.into()),
        }
    }

    #[test]
    fn an_alias_joins_what_no_comparison_would_and_the_callers_type_counts() {
        // The recogniser reads the band as a place; its nickname shares no letter with it.
        let source = "Boston toured Spain. The Hometown Five sang. Boston, Massachusetts, was not on the list.";
        let text = Text::read(source);
        let reading = Reading::of(&text);
        let place = |start, end| {
            let tokens = TokenRange::new(start, end);
            Mention {
                span: text.span(tokens),
                tokens,
                entity_type: EntityType::Place,
                kind: MentionKind::Name,
                confidence: 0.9,
                because: "test",
                value: None,
            }
        };
        let known = [known("Boston Brass", EntityType::Organization, &["Hometown Five", "Boston"], "band-7")];
        let identity = resolve(&text, &reading, vec![place(0, 1), place(2, 3)], &known);
        let band = identity.entities.iter().find(|entity| entity.known == Some(0)).map(|entity| {
            let of = |id: &super::super::MentionId| identity.mentions[id.0 as usize].span.of(source);
            (entity.entity_type, entity.mentions.iter().map(of).collect::<Vec<_>>())
        });
        assert_eq!(band, Some((EntityType::Organization, vec!["Boston", "Hometown Five", "Boston"])));
        let spain = identity.entities.iter().find(|entity| entity.known.is_none());
        assert_eq!(spain.map(|entity| entity.entity_type), Some(EntityType::Place));
    }

    #[test]
    fn two_known_people_of_one_surname_stay_two_and_a_longer_name_is_not_cut() {
        let source = "Ana Ruiz met Eva Ruiz at the Ana Ruiz Foundation.";
        let text = Text::read(source);
        let reading = Reading::of(&text);
        let at = source.find("Ana Ruiz Foundation").unwrap_or(0);
        let span = crate::span::Span::at(at, at + "Ana Ruiz Foundation".len());
        let foundation = Mention {
            span,
            tokens: text.tokens_in(span),
            entity_type: EntityType::Organization,
            kind: MentionKind::Name,
            confidence: 0.9,
            because: "test",
            value: None,
        };
        let known = [
            known("Ana Ruiz", EntityType::Person, &[], "https://example.org/ana"),
            known("Eva Ruiz", EntityType::Person, &[], "https://example.org/eva"),
        ];
        let identity = resolve(&text, &reading, vec![foundation], &known);
        let found: Vec<_> = identity
            .entities
            .iter()
            .map(|entity| (entity.known, identity.mentions[entity.canonical.0 as usize].span.of(source)))
            .collect();
        assert_eq!(found, [(Some(0), "Ana Ruiz"), (Some(1), "Eva Ruiz"), (None, "Ana Ruiz Foundation")]);
    }

    #[test]
    fn the_callers_id_comes_back() {
        let options = crate::Options {
            known_entities: vec![known("Ngozi Okonjo", EntityType::Person, &["Okonjo"], "staff/12")],
            ..crate::Options::default()
        };
        let annotation = crate::analyze("Okonjo spoke in Geneva.", &options);
        let entity = annotation.as_ref().ok().and_then(|a| a.entities.iter().find(|entity| entity.known_id.is_some()));
        let found = entity.map(|entity| (entity.name.as_str(), entity.known_id.as_deref()));
        assert_eq!(found, Some(("Ngozi Okonjo", Some("staff/12"))));
    }
}
