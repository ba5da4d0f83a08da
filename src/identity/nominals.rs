//! "the former envoy", "the ministry": definite descriptions of somebody or something named before.
//!
//! A description starts with "the", "this", "that" or "its"/"his"/"her"; its head is its last noun. A head that stands in an
//! entity's role or in an organisation's name points to the entity last named with it. General words ("the company",
//! "the group") point to the last organisation named in this sentence or the one before, where there is only one. Else: nothing.

use super::Resolved;
use super::join::Joined;
use super::titles::Titles;
use crate::annotation::{EntityType, MentionKind};
use crate::lexicon::{Class, Reading, WordId};
use crate::ner::Mention;
use crate::text::{Text, TokenKind, TokenRange};
use std::collections::HashMap;

/// Words between the determiner and the head.
const LONGEST: u32 = 5;
/// A role is remembered for so many sentences after the entity was last mentioned.
const REACH: u32 = 24;

/// Words for organisations that stand in few of their names.
fn is_general(key: &str) -> bool {
    matches!(
        key,
        "company"
            | "firm"
            | "group"
            | "organisation"
            | "organization"
            | "agency"
            | "body"
            | "institution"
            | "party"
            | "club"
            | "team"
            | "side"
            | "bank"
            | "union"
            | "charity"
            | "watchdog"
            | "regulator"
            | "ministry"
            | "court"
            | "council"
            | "carmaker"
            | "airline"
            | "retailer"
            | "lender"
            | "bloc"
            | "militia"
            | "movement"
            | "newspaper"
            | "paper"
            | "broadcaster"
            | "network"
            | "university"
            | "school"
            | "center"
            | "centre"
            | "institute"
            | "commission"
            | "committee"
            | "department"
            | "startup"
            | "manufacturer"
            | "publisher"
            | "insurer"
            | "utility"
            | "association"
            | "federation"
            | "league"
            | "hospital"
            | "museum"
            | "foundation"
            | "think-tank"
    )
}

pub(super) fn resolve(
    text: &Text,
    reading: &Reading,
    names: &[Mention],
    joined: &Joined,
    titles: &Titles,
) -> Vec<Resolved> {
    let mut resolved = Vec::new();
    // The cluster last named with a role or a head, and the sentence.
    let mut last: HashMap<WordId, (usize, u32)> = HashMap::new();
    let mut recent: Vec<(usize, u32)> = Vec::new();
    let mut heads_of: HashMap<usize, Vec<WordId>> = HashMap::new();
    let mut next = 0;
    for (sentence_number, sentence) in text.sentences.iter().enumerate() {
        let sentence_number = sentence_number as u32;
        let mut token = sentence.tokens.start;
        while token < sentence.tokens.end {
            if next < names.len() && names[next].tokens.start <= token {
                if let Some(found) = office_after(text, reading, names, joined, titles, next, &last) {
                    resolved.push(found);
                }
                note(
                    text,
                    reading,
                    names,
                    joined,
                    titles,
                    next,
                    sentence_number,
                    &mut last,
                    &mut recent,
                    &mut heads_of,
                );
                token = names[next].tokens.end.max(token + 1);
                next += 1;
                continue;
            }
            let found = is_determiner(reading.key(token))
                .then(|| description(text, reading, names, next, token, sentence.tokens.end))
                .flatten();
            let Some((end, head)) = found else {
                token += 1;
                continue;
            };
            let word = reading.word(head).folded;
            let possessive = matches!(reading.key(token), "its" | "his" | "her" | "their");
            let by_head = last
                .get(&word)
                .filter(|(_, seen)| sentence_number - seen <= REACH && !possessive)
                .map(|(cluster, _)| (*cluster, 0.75, "role or head of a name"));
            let cluster = by_head.or_else(|| {
                let general =
                    is_general(reading.key(head)) && matches!(reading.key(token), "the" | "this") && end - token <= 2;
                if general {
                    only_recent(&recent, sentence_number).map(|cluster| (cluster, 0.55, "the only organisation near"))
                } else {
                    None
                }
            });
            if let Some((cluster, confidence, because)) = cluster {
                let tokens = TokenRange::new(token, end);
                let mention = Mention {
                    span: text.span(tokens),
                    tokens,
                    entity_type: joined.clusters[cluster].entity_type,
                    kind: MentionKind::Nominal,
                    confidence,
                    because,
                    value: None,
                };
                resolved.push(Resolved { mention, cluster });
                for head in heads_of.get(&cluster).into_iter().flatten() {
                    last.insert(*head, (cluster, sentence_number));
                }
            }
            token = end;
        }
    }
    resolved
}

/// "the UN Secretary General", "Iraq's Prime Minister": an office after the name of its institution or country, where it is
/// word for word somebody's office. The mention is the office alone, since mentions do not overlap.
fn office_after(
    text: &Text,
    reading: &Reading,
    names: &[Mention],
    joined: &Joined,
    titles: &Titles,
    name: usize,
    last: &HashMap<WordId, (usize, u32)>,
) -> Option<Resolved> {
    let mention = &names[name];
    if !matches!(mention.entity_type, EntityType::Organization | EntityType::Place | EntityType::Group) {
        return None;
    }
    let sentence_end = text.sentence(mention.tokens.start).tokens.end;
    let possessed = text.tokens.get(mention.tokens.end as usize).is_some_and(|token| token.kind == TokenKind::Clitic);
    let start = mention.tokens.end + u32::from(possessed);
    let mut end = start;
    while end < sentence_end && end - start < LONGEST && (is_title(reading, end) || text.of(end) == "-" && end > start)
    {
        end += 1;
    }
    // Right before a name the words are its title, and "Treasury Secretary" may go on as a name.
    let before_name = names.get(name + 1).is_some_and(|next| next.tokens.start <= end);
    if start == end || before_name {
        return None;
    }
    let head = reading.word(end - 1).folded;
    let (cluster, _) = *last.get(&head)?;
    let words = |range: TokenRange| -> Vec<&str> {
        range
            .indices()
            .filter(|&token| text.tokens[token].kind == TokenKind::Word)
            .map(|token| reading.key(token as u32))
            .collect()
    };
    let wanted = words(TokenRange::new(start, end));
    let has_office = joined.mentions_of(cluster).any(|mention| {
        titles.roles[mention].iter().any(|role| {
            let role = TokenRange::new(role.start, role_head(reading, *role) + 1);
            words(role).ends_with(&wanted)
        })
    });
    let tokens = TokenRange::new(start, end);
    has_office.then(|| Resolved {
        mention: Mention {
            span: text.span(tokens),
            tokens,
            entity_type: joined.clusters[cluster].entity_type,
            kind: MentionKind::Nominal,
            confidence: 0.7,
            because: "office word for word",
            value: None,
        },
        cluster,
    })
}

fn is_title(reading: &Reading, token: u32) -> bool {
    let classes = reading.classes(token);
    classes.has(Class::Title) && !classes.has(Class::Honorific)
        || classes.has(Class::Role)
        || matches!(reading.key(token), "prime" | "foreign" | "secretary" | "general" | "chief" | "deputy" | "vice")
}

fn is_determiner(key: &str) -> bool {
    matches!(key, "the" | "this" | "that" | "its" | "his" | "her")
}

/// Remembers a name, its roles' heads and, for an organisation, the head of its name.
#[allow(clippy::too_many_arguments)]
fn note(
    text: &Text,
    reading: &Reading,
    names: &[Mention],
    joined: &Joined,
    titles: &Titles,
    name: usize,
    sentence: u32,
    last: &mut HashMap<WordId, (usize, u32)>,
    recent: &mut Vec<(usize, u32)>,
    heads_of: &mut HashMap<usize, Vec<WordId>>,
) {
    let mention = &names[name];
    let cluster = joined.cluster_of[name];
    let heads = heads_of.entry(cluster).or_default();
    let mut add = |token: u32| {
        let word = reading.word(token).folded;
        if !heads.contains(&word) && heads.len() < 16 {
            heads.push(word);
        }
    };
    match mention.entity_type {
        EntityType::Person => titles.roles[name].iter().for_each(|role| add(role_head(reading, *role))),
        EntityType::Organization => {
            titles.roles[name].iter().for_each(|role| add(role_head(reading, *role)));
            mention
                .tokens
                .indices()
                .filter(|&token| reading.classes(token as u32).has(Class::OrganizationHead))
                .for_each(|token| add(token as u32));
            recent.push((cluster, sentence));
            if recent.len() > 32 {
                recent.drain(..16);
            }
        }
        EntityType::Event | EntityType::Work => {
            // "the treaty", "the war"
            let head = mention.tokens.end - 1;
            if reading.classes(head).has(Class::WorkHead) || reading.classes(head).has(Class::EventHead) {
                add(head);
            }
        }
        _ => {}
    }
    let _ = text;
    for head in heads.iter() {
        last.insert(*head, (cluster, sentence));
    }
}

/// The noun that a role is about: the last word before "of", "for" and the like.
fn role_head(reading: &Reading, role: TokenRange) -> u32 {
    let end = (role.start + 1..role.end)
        .find(|&token| matches!(reading.key(token), "of" | "for" | "at" | "in" | "with" | "to" | "on" | "from"))
        .unwrap_or(role.end);
    end - 1
}

/// The end of the description that starts with the determiner at `start`, and its head.
fn description(
    text: &Text,
    reading: &Reading,
    names: &[Mention],
    next: usize,
    start: u32,
    sentence_end: u32,
) -> Option<(u32, u32)> {
    let mut end = start + 1;
    let mut head = None;
    while end < sentence_end && end - start <= LONGEST {
        // A name inside or right after: another phrase, or a title of that name.
        if names.get(next).is_some_and(|name| name.tokens.holds(end)) {
            return None;
        }
        let token = text.tokens[end as usize];
        if token.kind != TokenKind::Word && text.of(end) != "-" {
            break;
        }
        let classes = reading.classes(end);
        let is_head = classes.has(Class::Role)
            || classes.has(Class::Title)
            || classes.has(Class::OrganizationHead)
            || classes.has(Class::WorkHead)
            || classes.has(Class::EventHead)
            || is_general(reading.key(end));
        if token.kind == TokenKind::Word && is_head {
            head = Some(end);
        } else if head.is_some() {
            break;
        } else if text.of(end) != "-" && !is_modifier(reading.key(end)) {
            return None;
        }
        end += 1;
    }
    let head = head?;
    Some((head + 1, head))
}

/// Anything that may stand between: "former", "Kenyan", "foreign". Function words end the phrase.
fn is_modifier(key: &str) -> bool {
    key.len() > 2
        && !matches!(
            key,
            "and"
                | "that"
                | "who"
                | "which"
                | "has"
                | "had"
                | "was"
                | "were"
                | "are"
                | "is"
                | "will"
                | "said"
                | "for"
                | "with"
                | "from"
                | "not"
                | "its"
                | "the"
                | "his"
                | "her"
                | "only"
                | "same"
                | "other"
                | "first"
                | "next"
                | "last"
        )
}

/// The one organisation of this sentence and the one before.
fn only_recent(recent: &[(usize, u32)], sentence: u32) -> Option<usize> {
    let mut only = None;
    for (cluster, seen) in recent.iter().rev() {
        if sentence - seen > 1 {
            break;
        }
        match only {
            None => only = Some(*cluster),
            Some(other) if other == *cluster => {}
            Some(_) => return None,
        }
    }
    only
}
