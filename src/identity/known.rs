//! Names that the caller knows: found where the recogniser missed them, and joined with what they are names of.

use super::join::Joined;
use crate::annotation::MentionKind;
use crate::lexicon::{Reading, fold};
use crate::ner::Mention;
use crate::options::KnownEntity;
use crate::text::{Text, TokenKind, TokenRange};
use std::collections::HashMap;

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
    let mut by_first: HashMap<String, Vec<(Vec<String>, u32)>> = HashMap::new();
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
        .for_each(|names| names.sort_by_key(|(words, index)| (std::cmp::Reverse(words.len()), *index)));
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
    merged.sort_by_key(|(mention, _)| mention.span.start);
    merged.into_iter().unzip()
}

fn longest_at(
    text: &Text,
    reading: &Reading,
    by_first: &HashMap<String, Vec<(Vec<String>, u32)>>,
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
    let mut moved: HashMap<usize, usize> = HashMap::new();
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
}
