//! "he", "her", "its": pronouns of the third person to the last one that fits.
//!
//! A personal pronoun means a person of its gender mentioned in this paragraph or the one before: the one that was the
//! subject (first in its sentence) before others, nearer before farther, the one that the last such pronoun meant before
//! all. "It" and "its" mean an organisation only where one is near and is the subject. When unsure: nothing.

use super::join::Joined;
use super::{Gender, Resolved};
use crate::annotation::{EntityType, MentionKind};
use crate::lexicon::Reading;
use crate::ner::Mention;
use crate::text::{MarkRole, Text, TokenRange};

/// A person is remembered for so many sentences.
const REACH: u32 = 4;
/// People and organisations remembered at a time.
const REMEMBERED: usize = 24;

// What speaks for a candidate, found by a search over the articles of corpus/train and checked on corpus/dev.
const DISTANCE: f32 = 0.9;
const SAME_SENTENCE: f32 = 1.0;
const SAME_BLOCK: f32 = 0.1;
const SUBJECT: f32 = 1.0;
const CHAIN: f32 = 0.5;
const AGREEMENT: f32 = 0.8;
const SAME_QUOTE: f32 = 0.5;
const LAST: f32 = 0.45;
const REPEATED: f32 = 0.15;
/// Closer candidates than this leave the pronoun unresolved.
const LEAST_MARGIN: f32 = 0.05;

/// Somebody or something mentioned before.
#[derive(Clone, Copy)]
struct Candidate {
    cluster: usize,
    sentence: u32,
    is_subject: bool,
    by_pronoun: bool,
    /// The pair of quotation marks it stands in, 0 outside.
    quoted: u32,
}

pub(super) fn resolve(
    text: &Text,
    reading: &Reading,
    names: &[Mention],
    joined: &mut Joined,
    nominals: &[Resolved],
) -> Vec<Resolved> {
    let quoted = quoted_tokens(text);
    let mut resolved = Vec::new();
    let mut people: Vec<Candidate> = Vec::new();
    let mut things: Vec<Candidate> = Vec::new();
    let (mut next_name, mut next_nominal) = (0, 0);
    for (number, sentence) in text.sentences.iter().enumerate() {
        let number = number as u32;
        let mut subject_seen = false;
        let mut token = sentence.tokens.start;
        while token < sentence.tokens.end {
            let name = names
                .get(next_name)
                .filter(|name| name.tokens.start <= token)
                .map(|name| (name.tokens, joined.cluster_of[next_name], name.entity_type));
            let nominal = nominals
                .get(next_nominal)
                .filter(|nominal| nominal.mention.tokens.start <= token)
                .map(|nominal| (nominal.mention.tokens, nominal.cluster, nominal.mention.entity_type));
            if let Some((tokens, cluster, entity_type)) = name.or(nominal) {
                if name.is_some() {
                    next_name += 1
                } else {
                    next_nominal += 1
                }
                // A possessor is not the subject: "Guterres' meeting".
                let possessor = text
                    .tokens
                    .get(tokens.end as usize)
                    .is_some_and(|token| token.kind == crate::text::TokenKind::Clitic);
                let candidate = Candidate {
                    cluster,
                    sentence: number,

                    is_subject: !subject_seen && !possessor,
                    by_pronoun: false,
                    quoted: quoted[tokens.start as usize],
                };
                match entity_type {
                    EntityType::Person => remember(&mut people, candidate),
                    EntityType::Organization => remember(&mut things, candidate),

                    _ => {
                        token = tokens.end.max(token + 1);
                        continue;
                    }
                }
                subject_seen = subject_seen || !possessor;
                token = tokens.end.max(token + 1);
                continue;
            }
            if let Some((gender, is_possessive)) = pronoun(reading.key(token)) {
                let found = match gender {
                    Gender::Neuter => {
                        thing(text, reading, &things, number, token, is_possessive, quoted[token as usize])
                    }
                    gender => person(
                        &people,
                        joined,
                        gender,
                        number,
                        sentence.block == block_of(text, number.saturating_sub(1)),
                        quoted[token as usize],
                    ),
                };
                if let Some((cluster, confidence)) = found {
                    let tokens = TokenRange::new(token, token + 1);
                    let entity_type = joined.clusters[cluster].entity_type;
                    if joined.clusters[cluster].gender == Gender::Unknown && entity_type == EntityType::Person {
                        joined.clusters[cluster].gender = gender;
                    }
                    let mention = Mention {
                        span: text.span(tokens),
                        tokens,
                        entity_type,
                        kind: MentionKind::Pronoun,
                        confidence,
                        because: "agreement and recency",
                        value: None,
                    };
                    resolved.push(Resolved { mention, cluster });
                    let candidate = Candidate {
                        cluster,
                        sentence: number,
                        is_subject: !subject_seen,
                        by_pronoun: true,
                        quoted: quoted[token as usize],
                    };
                    remember(if entity_type == EntityType::Person { &mut people } else { &mut things }, candidate);
                }
                subject_seen = true;
            }
            token += 1;
        }
    }
    resolved
}

fn block_of(text: &Text, sentence: u32) -> u32 {
    text.sentences[sentence as usize].block
}

fn remember(candidates: &mut Vec<Candidate>, candidate: Candidate) {
    if candidates.len() == REMEMBERED {
        candidates.remove(0);
    }
    candidates.push(candidate);
}

/// For each token the number of the outermost pair of marks around it, 0 outside.
fn quoted_tokens(text: &Text) -> Vec<u32> {
    let mut quoted = vec![0; text.tokens.len()];
    let mut reached = 0;
    for (number, pair) in text.marks.iter().enumerate() {
        if pair.role == MarkRole::Stray || pair.close.saturating_sub(pair.open) < 4 {
            continue;
        }
        let end = pair.close.min(text.tokens.len() as u32);
        for token in pair.open.max(reached)..end {
            quoted[token as usize] = number as u32 + 1;
        }
        reached = reached.max(end);
    }
    quoted
}

fn pronoun(key: &str) -> Option<(Gender, bool)> {
    Some(match key {
        "he" | "him" | "himself" => (Gender::Male, false),
        "his" => (Gender::Male, true),
        "she" | "herself" => (Gender::Female, false),
        "her" | "hers" => (Gender::Female, true),
        "it" | "itself" => (Gender::Neuter, false),
        "its" => (Gender::Neuter, true),
        _ => return None,
    })
}

/// The best person, and how sure that is: none when two fit equally well.
fn person(
    people: &[Candidate],
    joined: &Joined,
    gender: Gender,
    sentence: u32,
    same_block: bool,
    quoted: u32,
) -> Option<(usize, f32)> {
    let mut scores: Vec<(f32, usize)> = Vec::new();
    let mut last = true;
    for candidate in people.iter().rev() {
        let distance = sentence - candidate.sentence;
        if distance > REACH {
            break;
        }
        let other = joined.clusters[candidate.cluster].gender;
        if super::join::contradict(gender, other) {
            continue;
        }
        // Words inside a quote speak of people inside it, or of the people before it; not the other way round.
        if quoted == 0 && candidate.quoted != 0 {
            continue;
        }
        let near = distance == 0;
        let mut score = 3.0 - DISTANCE * distance as f32;
        score += if near { SAME_SENTENCE } else { 0.0 };
        score += if near || same_block { SAME_BLOCK } else { 0.0 };
        score += if candidate.is_subject { SUBJECT } else { 0.0 };
        score += if candidate.by_pronoun { CHAIN } else { 0.0 };
        score += if other == gender { AGREEMENT } else { 0.0 };
        score += if quoted != 0 && candidate.quoted == quoted { SAME_QUOTE } else { 0.0 };
        score += if last { LAST } else { 0.0 };
        last = false;
        match scores.iter_mut().find(|(_, cluster)| *cluster == candidate.cluster) {
            // Mentioned more than once: the best place counts, and a little for the rest.
            Some(known) => known.0 = known.0.max(score) + REPEATED,
            None => scores.push((score, candidate.cluster)),
        }
    }
    let mut best: Option<(f32, usize)> = None;
    let mut second = f32::MIN;
    for &(score, cluster) in &scores {
        match best {
            Some((top, _)) if score <= top => second = second.max(score),
            _ => {
                second = best.map_or(f32::MIN, |(top, _)| top);
                best = Some((score, cluster));
            }
        }
    }
    let (score, cluster) = best?;
    let margin = (score - second).min(2.0);
    if margin < LEAST_MARGIN || score < 1.0 {
        return None;
    }
    let confidence = (0.5 + 0.2 * margin).min(0.9) * if quoted != 0 { 0.8 } else { 1.0 };
    Some((cluster, confidence))
}

/// The organisation that "it" or "its" means: the subject of this sentence, or of the last one at its start.
fn thing(
    text: &Text,
    reading: &Reading,
    things: &[Candidate],
    sentence: u32,
    token: u32,
    is_possessive: bool,
    quoted: u32,
) -> Option<(usize, f32)> {
    let last = things.iter().rev().find(|candidate| candidate.quoted == quoted || candidate.quoted == 0)?;
    let start = text.sentences[sentence as usize].tokens.start;
    if last.sentence == sentence {
        let first = things.iter().rev().take_while(|candidate| candidate.sentence == sentence).last()?;
        // "The ministry said it would": "it" after a reporting verb is the one who reports.
        let after_cue = token > start
            && matches!(
                reading.key(token - 1),
                "said" | "says" | "announced" | "added" | "that" | "claimed" | "confirmed" | "denied"
            );
        let one_only = things
            .iter()
            .rev()
            .take_while(|candidate| candidate.sentence == sentence)
            .all(|candidate| candidate.cluster == first.cluster);
        let subject = first.is_subject;
        return match (is_possessive, after_cue, one_only) {
            (true, _, true) => Some((first.cluster, 0.75)),
            (true, _, false) if subject => Some((first.cluster, 0.6)),
            (false, true, _) if subject => Some((first.cluster, 0.7)),
            (false, _, true) if subject && !is_empty_it(reading, token) => Some((first.cluster, 0.55)),
            _ => None,
        };
    }
    // "It also closed three offices." right after a sentence about it.
    let opens = token == start;
    if sentence - last.sentence == 1 && opens && last.is_subject && !is_empty_it(reading, token) {
        return Some((last.cluster, 0.5));
    }
    None
}

/// "It is clear that", "it was raining": an "it" that means nothing.
fn is_empty_it(reading: &Reading, token: u32) -> bool {
    let next = token + 1;
    (next as usize) < reading.word_of.len()
        && matches!(
            reading.key(next),
            "is" | "was"
                | "'s"
                | "s"
                | "would"
                | "will"
                | "may"
                | "might"
                | "seems"
                | "seemed"
                | "appears"
                | "appeared"
                | "takes"
                | "took"
                | "remains"
                | "remained"
                | "had"
                | "has"
                | "rained"
                | "can"
                | "could"
        )
}
