//! Cues, their subjects and what stands beside them to the medium of a quote: spoken, posted or written.

use super::{Attribution, Who};
use crate::annotation::{Medium, QuoteKind};
use crate::lexicon::cues::Frames;
use crate::lexicon::grammar::Parts;
use crate::quote::Quote;
use crate::quote::marked::Scene;
use crate::quote::phrases::{Phrase, PhraseKind};
use crate::text::{Case, TokenKind};

/// Tokens before and behind a cue that are searched for "in a statement", "on Twitter".
const NEAR: u32 = 24;

/// Where a quote was first said. `done` are the attributions of the quotes before it, `who` is the candidate that became its speaker.
pub fn medium(
    scene: &Scene,
    quotes: &[Quote],
    index: usize,
    attribution: &Attribution,
    who: Who,
    done: &[Attribution],
) -> Medium {
    let quote = &quotes[index];
    if let Some(medium) = quote.medium {
        return medium;
    }
    // What goes on goes on in its medium, and a post holds nothing but posted words.
    if let Who::SpeakerOf(other) = who {
        return done[other].medium;
    }
    let frames = attribution.cue.map(|cue| scene.cues[cue as usize].frames).unwrap_or_default();
    // A tweet stays one in a letter that quotes it.
    if frames.has(Frames::POST) {
        return Medium::Post;
    }
    let parent = quote.parent.map(|parent| parent.0 as usize);
    if let Some(parent) = parent.filter(|&parent| quotes[parent].kind != QuoteKind::Indirect)
        && done[parent].medium != Medium::Speech
    {
        return done[parent].medium;
    }
    let phrase = attribution.speaker.as_ref().map(|speaker| &scene.syntax.phrases[speaker.phrase as usize]);
    let is_handle =
        phrase.is_some_and(|phrase| scene.text.tokens[phrase.tokens.start as usize].kind == TokenKind::Handle);
    let kind = phrase.map(|phrase| phrase.kind);
    if is_handle || kind == Some(PhraseKind::Post) {
        return Medium::Post;
    }
    if matches!(kind, Some(PhraseKind::Document | PhraseKind::Report)) {
        return Medium::Document;
    }
    let beside = attribution.cue.and_then(|cue| beside(scene, quote, cue as usize));
    let written = if frames.has(Frames::DOCUMENT) { Medium::Document } else { Medium::Speech };
    beside.unwrap_or(written)
}

/// "said in a statement", "wrote on Bluesky", "In a letter to parents, …": the medium that a cue's sentence names outside the
/// quoted words, nearest to the cue first.
fn beside(scene: &Scene, quote: &Quote, cue: usize) -> Option<Medium> {
    let (text, syntax) = (scene.text, scene.syntax);
    let site = &scene.cues[cue];
    let sentence = text.sentence(site.tokens.start).tokens;
    let last = sentence.end.min(site.tokens.end + NEAR);
    let first = sentence.start.max(site.tokens.start.saturating_sub(NEAR));
    let named = |token: u32| {
        if quote.piece_with(token).is_some() || syntax.pair_of(token) != site.pair || token + 1 >= sentence.end {
            return None;
        }
        let preposition = scene.reading.key(token);
        if !matches!(preposition, "in" | "on" | "via" | "by" | "through" | "to" | "of") {
            return None;
        }
        let phrase = syntax.phrase(token + 1).filter(|phrase| phrase.tokens.start == token + 1)?;
        // "in one of the posts"
        let is_chosen = preposition != "of" || token > sentence.start && scene.reading.key(token - 1) == "one";
        is_chosen.then(|| place(scene, site.frames, preposition, phrase)).flatten()
    };
    // A plain loop: filtered and searched as an iterator, each token is a call.
    for token in (site.tokens.end..last).chain((first..site.tokens.start).rev()) {
        if syntax.is(token, Parts::PREPOSITION)
            && let Some(medium) = named(token)
        {
            return Some(medium);
        }
    }
    None
}

/// What the phrase after a preposition tells of where words were published.
fn place(scene: &Scene, frames: Frames, preposition: &str, phrase: &Phrase) -> Option<Medium> {
    let (text, syntax) = (scene.text, scene.syntax);
    let head = phrase.tokens.end - 1;
    let is_any = |parts: Parts| phrase.tokens.indices().any(|token| syntax.is(token as u32, parts));
    let is_media = scene.reading.key(head) == "media"
        && phrase.tokens.indices().any(|token| scene.reading.key(token as u32) == "social");
    let is_x = matches!(text.of(head), "X" | "X.") && phrase.tokens.len() == 1;
    let is_post = match preposition {
        "on" => is_any(Parts::POST) || is_media || is_x,
        "in" | "via" | "by" | "through" | "of" => {
            syntax.is(head, Parts::POST) && text.tokens[head as usize].case == Case::Lower
        }
        _ => false,
    };
    // "took to Facebook"; "wrote on Bluesky": a platform whatever its name is.
    let takes = preposition == "to" && frames.has(Frames::POST) && is_any(Parts::POST);
    let is_name = syntax.in_name(head) && phrase.tokens.indices().all(|token| text.tokens[token].case != Case::Lower);
    let is_platform = preposition == "on"
        && frames.has(Frames::DOCUMENT)
        && is_name
        && !matches!(phrase.kind, PhraseKind::Time | PhraseKind::Place);
    if is_post || takes || is_platform {
        return Some(Medium::Post);
    }
    let is_spoken = matches!(
        scene.reading.key(head),
        "speech" | "address" | "testimony" | "motion" | "figures" | "numbers" | "data"
    );
    let is_document = matches!(preposition, "in" | "via" | "by" | "through")
        && syntax.is(head, Parts::DOCUMENT)
        && text.tokens[head as usize].case == Case::Lower
        && !is_spoken;
    is_document.then_some(Medium::Document)
}
