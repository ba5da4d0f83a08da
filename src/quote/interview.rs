//! Who asks and who answers in an interview without labels: its introduction tells.

use super::dialogue::{Author, Form, Turn};
use super::marked::Scene;
use super::phrases::PhraseKind;
use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::identity::EntityId;
use crate::text::TokenRange;

/// Tokens of the longest introduction that is read.
const LONGEST_INTRODUCTION: u32 = 2_000;
/// Tokens between a verb of meeting and who meets.
const FARTHEST: u32 = 8;

/// The turns of [`crate::text::Text::turns`] with those whose words they are. Linear in their number.
pub fn find(scene: &Scene) -> Vec<Turn> {
    let Some(first) = scene.text.turns.first() else { return Vec::new() };
    let start = first.lines[0].start;
    let introduction = TokenRange::new(start.saturating_sub(LONGEST_INTRODUCTION), start);
    let guest = guest(scene, introduction);
    let host = host(scene, introduction, guest);
    let author = |who: Option<EntityId>| {
        who.and_then(|who| phrase_of(scene, introduction, who)).map_or(Author::Nobody, Author::Phrase)
    };
    let (host, guest) = (author(host), author(guest));
    let turns = scene.text.turns.iter().map(|turn| Turn {
        cue: None,
        author: if turn.asks { host } else { guest },
        pieces: turn.lines.clone(),
        form: Form::Interview,
    });
    turns.collect()
}

/// The person of whom the introduction speaks most, by name or pronoun; the first of equal ones. Not its author.
fn guest(scene: &Scene, introduction: TokenRange) -> Option<EntityId> {
    let mut counts: Vec<(EntityId, u32)> = Vec::new();
    for mention in scene.identity.mentions_in(scene.text.span(introduction)) {
        let known = &scene.identity.mentions[mention];
        let block = &scene.text.blocks[scene.text.sentence(known.tokens.start).block as usize];
        if known.entity_type != EntityType::Person || block.kind == BlockKind::Credit {
            continue;
        }
        let who = scene.identity.entity_of[mention];
        let at = counts.iter().position(|(other, _)| *other == who).unwrap_or_else(|| {
            counts.push((who, 0));
            counts.len() - 1
        });
        let is_author = block.kind == BlockKind::Byline;
        // "Interview with Ana Ruiz", "The Herald spoke to Ana Ruiz".
        let before = known.tokens.start.checked_sub(1).map(|before| scene.reading.key(before));
        let is_met = matches!(before, Some("with" | "interviews" | "interviewed"));
        counts[at].1 += if is_author { 0 } else { 1 + u32::from(is_met) };
        if is_author {
            counts[at].1 = 0;
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().filter(|most| *most > 0)?;
    counts.iter().find(|(_, count)| *count == most).map(|(who, _)| *who)
}

/// Who meets the guest: the other person or the paper beside a verb of meeting.
fn host(scene: &Scene, introduction: TokenRange, guest: Option<EntityId>) -> Option<EntityId> {
    let meets = |token: &u32| {
        matches!(
            scene.reading.key(*token),
            "interviews"
                | "interviewed"
                | "spoke"
                | "speaks"
                | "talks"
                | "talked"
                | "met"
                | "meets"
                | "asked"
                | "asks"
                | "sat"
                | "caught"
                | "tells"
                | "chatted"
        )
    };
    let may_ask = |token: u32| {
        let phrase = scene.syntax.phrase(token)?;
        let is_one = matches!(phrase.kind, PhraseKind::Person | PhraseKind::Organization);
        let who = scene.identity.entity_of[phrase.mention.filter(|_| is_one)? as usize];
        (Some(who) != guest).then_some(who)
    };
    (introduction.start..introduction.end).filter(meets).find_map(|verb| {
        let sentence = scene.text.sentence(verb).tokens;
        let before = sentence.start.max(verb.saturating_sub(FARTHEST))..verb;
        let after = verb + 1..sentence.end.min(verb + FARTHEST);
        before.rev().find_map(may_ask).or_else(|| after.into_iter().find_map(may_ask))
    })
}

/// The phrase that ends with the first name of somebody outside bylines, or with the first name at all.
fn phrase_of(scene: &Scene, introduction: TokenRange, who: EntityId) -> Option<u32> {
    let mentions = scene.identity.mentions_in(scene.text.span(introduction));
    let names = mentions.filter(|&mention| {
        scene.identity.entity_of[mention] == who
            && matches!(scene.identity.mentions[mention].kind, MentionKind::Name | MentionKind::Acronym)
    });
    let phrases = names.filter_map(|mention| {
        let tokens = scene.identity.mentions[mention].tokens;
        let phrase = scene.syntax.phrase_of[tokens.start as usize];
        let ends = scene.syntax.phrases.get(phrase as usize)?.mention == Some(mention as u32);
        let block = scene.text.sentence(tokens.start).block as usize;
        ends.then_some((phrase, matches!(scene.text.blocks[block].kind, BlockKind::Byline | BlockKind::Headline)))
    });
    let phrases: Vec<(u32, bool)> = phrases.collect();
    phrases.iter().find(|(_, is_above)| !is_above).or(phrases.first()).map(|(phrase, _)| *phrase)
}
