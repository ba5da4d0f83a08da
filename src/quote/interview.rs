//! Who asks and who answers in an interview without labels: its introduction tells.

use super::dialogue::{Author, Form, Turn};
use super::marked::Scene;
use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::identity::EntityId;
use crate::text::TokenRange;

/// Tokens of the longest introduction that is read.
const LONGEST_INTRODUCTION: u32 = 2_000;
/// Tokens between a verb of meeting and who meets.
const FARTHEST: u32 = 8;
/// Verbs between who asks and who answers.
static MEETING: [&str; 19] = [
    "interviews",
    "interviewed",
    "spoke",
    "speaks",
    "talks",
    "talked",
    "met",
    "asked",
    "asks",
    "sat",
    "sits",
    "caught",
    "tells",
    "told",
    "joined",
    "chatted",
    "put",
    "answers",
    "answered",
];
/// What it costs to be named in a turn, in mentions of the introduction: nobody speaks of himself by name.
const NAMED_IN_TURN: i32 = 2;

/// The turns of [`crate::text::Text::turns`] with those whose words they are. Linear in the number of mentions.
#[inline(never)]
pub fn find(scene: &Scene) -> Vec<Turn> {
    let turns = &scene.text.turns;
    let (Some(first), Some(last)) = (turns.first(), turns.last()) else { return Vec::new() };
    let start = first.lines[0].start;
    let introduction = TokenRange::new(start.saturating_sub(LONGEST_INTRODUCTION), start);
    let guest = guest(scene, introduction, TokenRange::new(start, last.lines[last.lines.len() - 1].end));
    let host = host(scene, introduction, guest);
    let author = |who: Option<EntityId>| {
        who.and_then(|who| phrase_of(scene, introduction, who)).map_or(Author::Nobody, Author::Phrase)
    };
    let (host, guest) = (author(host), author(guest));
    let turns = turns.iter().map(|turn| Turn {
        cue: None,
        author: if turn.asks { host } else { guest },
        pieces: turn.lines.clone(),
        form: Form::Interview,
    });
    turns.collect()
}

fn kind_at(scene: &Scene, token: u32) -> BlockKind {
    scene.text.blocks[scene.text.sentence(token).block as usize].kind
}

/// The person of whom the introduction speaks most, by name or pronoun, and the turns least; the first of equal ones.
fn guest(scene: &Scene, introduction: TokenRange, turns: TokenRange) -> Option<EntityId> {
    let identity = scene.identity;
    let mut people: Vec<(EntityId, i32)> = Vec::new();
    for mention in identity.mentions_in(scene.text.span(introduction)) {
        let known = &identity.mentions[mention];
        let who = identity.entity_of[mention];
        let kind = kind_at(scene, known.tokens.start);
        if known.entity_type != EntityType::Person
            || matches!(kind, BlockKind::Credit | BlockKind::Byline | BlockKind::Caption)
        {
            continue;
        }
        // "Interview with Ana Ruiz"
        let before = known.tokens.start.checked_sub(1).map(|before| scene.reading.key(before));
        let is_met = matches!(before, Some("with" | "interviews" | "interviewed"));
        let is_full = known.kind == MentionKind::Name && known.tokens.len() > 1;
        let at = people.iter().position(|(other, _)| *other == who).unwrap_or_else(|| {
            let has_role = !identity.entities[who.0 as usize].roles.is_empty();
            people.push((who, i32::from(is_full) + i32::from(has_role)));
            people.len() - 1
        });
        people[at].1 += 1 + i32::from(is_met);
    }
    for mention in identity.mentions_in(scene.text.span(turns)) {
        let is_name = identity.mentions[mention].kind == MentionKind::Name;
        let person = people.iter_mut().find(|(who, _)| is_name && *who == identity.entity_of[mention]);
        person.into_iter().for_each(|(_, count)| *count -= NAMED_IN_TURN);
    }
    let most = people.iter().map(|(_, count)| *count).max()?;
    people.iter().find(|(_, count)| *count == most).map(|(who, _)| *who)
}

/// Who meets the guest: the person or paper on the other side of a verb of meeting, or whom the byline says to have asked.
fn host(scene: &Scene, introduction: TokenRange, guest: Option<EntityId>) -> Option<EntityId> {
    let identity = scene.identity;
    let meets = |token: &u32| MEETING.contains(&scene.reading.key(*token));
    let side = |tokens: TokenRange| {
        let mut mentions = identity.mentions_in(scene.text.span(tokens));
        // A pronoun there is hardly anybody else.
        let is_pronoun = |token: usize| matches!(scene.reading.key(token as u32), "he" | "she" | "him" | "her");
        let is_guest = mentions.clone().any(|mention| Some(identity.entity_of[mention]) == guest)
            || tokens.indices().any(is_pronoun);
        let other = mentions.find(|&mention| {
            matches!(identity.mentions[mention].entity_type, EntityType::Person | EntityType::Organization)
                && matches!(identity.mentions[mention].kind, MentionKind::Name | MentionKind::Acronym)
                && Some(identity.entity_of[mention]) != guest
        });
        (is_guest, other.map(|mention| identity.entity_of[mention]))
    };
    let by_verb = (introduction.start..introduction.end).filter(meets).find_map(|verb| {
        let sentence = scene.text.sentence(verb).tokens;
        let before = TokenRange::new(sentence.start.max(verb.saturating_sub(FARTHEST)), verb);
        let after = TokenRange::new(verb + 1, sentence.end.min(verb + 1 + FARTHEST).max(verb + 1));
        match (side(before), side(after)) {
            ((true, _), (_, Some(other))) | ((_, Some(other)), (true, _)) => Some(other),
            _ => None,
        }
    });
    // "Interview: Ida Holm"
    by_verb.or_else(|| {
        identity.mentions_in(scene.text.span(introduction)).find_map(|mention| {
            let first = scene.text.sentence(identity.mentions[mention].tokens.start).tokens.start;
            let asks = identity.mentions[mention].entity_type == EntityType::Person
                && kind_at(scene, first) == BlockKind::Byline
                && matches!(scene.reading.key(first), "interview" | "interviewed" | "interviewer");
            asks.then_some(identity.entity_of[mention])
        })
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
        let phrase = scene.syntax.phrase_of(tokens.start);
        let ends = scene.syntax.phrases.get(phrase as usize)?.mention() == Some(mention as u32);
        let is_above = matches!(kind_at(scene, tokens.start), BlockKind::Byline | BlockKind::Headline);
        ends.then_some((phrase, is_above))
    });
    let phrases: Vec<(u32, bool)> = phrases.collect();
    phrases.iter().find(|(_, is_above)| !is_above).or(phrases.first()).map(|(phrase, _)| *phrase)
}
