//! Who may have said a quote, with the features that speak for and against each.

use super::may_speak;
use crate::annotation::QuoteKind;
use crate::lexicon::cues::Frames;
use crate::quote::Quote;
use crate::quote::choice::{Choice, range};
use crate::quote::cues::CueShape;
use crate::quote::marked::{Scene, is_introduced};
use crate::quote::phrases::NONE;
use crate::quote::scorer::{both, word};
use crate::quote::subjects::{self, subjects};
use crate::sorting::sort_by_key;
use crate::text::{TokenKind, TokenRange};

/// Who is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// The text does not tell.
    Nobody,
    /// A noun phrase, by its index.
    Phrase(u32),
    /// Whoever said another quote, by its index: one before this one in [`crate::quote::Findings::quotes`].
    SpeakerOf(usize),
}

/// One who may have said a quote.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// Who.
    pub who: Who,
    /// Index of the cue that tells.
    pub cue: Option<usize>,
    /// How it was found.
    pub because: &'static str,
}

/// Cues looked at around a quote.
const MOST_CUES: usize = 6;
/// Tokens around a quote that are searched for cues.
const WINDOW: u32 = 70;
/// Tokens between a fragment of a clause and a cue of its own.
const FARTHEST_OF_FRAGMENT: u32 = 10;
/// Names looked at around a quote that have no cue.
const MOST_NAMES: usize = 4;

/// Where a cue stands beside a quote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum Place {
    Own,
    Between,
    After,
    Before,
    SentenceAfter,
    SentenceBefore,
}

/// Lists the candidates of quote `index`; `choice` gets the features of each. `speaker_of` tells the speaker's phrase of
/// quotes before it. Bounded work for each quote.
pub fn candidates<C: Choice>(
    scene: &Scene,
    quotes: &[Quote],
    index: usize,
    speaker_of: &dyn Fn(usize) -> Option<u32>,
    choice: &mut C,
) -> Vec<Candidate> {
    let (text, reading, syntax, cues) = (scene.text, scene.reading, scene.syntax, scene.cues);
    choice.clear();
    let mut list = Vec::new();
    let quote = &quotes[index];
    let cover = quote.cover_tokens();
    let own = quote.cue.map(|cue| cue as usize);
    let marked = quote.kind != QuoteKind::Indirect && own.is_none();
    let kind = quote.kind as u32;
    // The marks are outside the tokens of a piece.
    let outer = TokenRange::new(
        cover.start.saturating_sub(u32::from(marked)),
        (cover.end + u32::from(marked)).min(text.tokens.len() as u32),
    );
    let first_sentence = text.sentence_of[outer.start as usize];
    let last_sentence = text.sentence_of[outer.end as usize - 1];
    let block_index = text.sentences[first_sentence as usize].block as usize;
    let block = text.block_tokens[block_index];
    let last_block = text.block_tokens[text.sentences[last_sentence as usize].block as usize];
    let sentence_start = text.sentences[first_sentence as usize].tokens.start;
    let sentence_end = text.sentences[last_sentence as usize].tokens.end;
    let starts_sentence = outer.start == sentence_start;
    let ends_sentence = outer.end == sentence_end;
    let starts_block = outer.start == block.start;
    let ends_block = outer.end >= last_block.end;
    // "He commented:" on the line before.
    let introduced = starts_block && is_introduced(text, block_index);
    let in_pieces = |token: u32| quote.tokens.iter().any(|piece| piece.holds(token));

    // Who signs it says it.
    if let Some(author) = quote.author {
        choice.add(397, 0);
        choice.next();
        list.push(Candidate { who: Who::Phrase(author), cue: None, because: "signature" });
        return list;
    }

    // A fragment of a clause is its speaker's.
    if let Some(parent) = whole(scene, quotes, quote).filter(|&parent| speaker_of(parent).is_some()) {
        choice.add(396, 0);
        choice.next();
        list.push(Candidate { who: Who::SpeakerOf(parent), cue: None, because: "the quote around it" });
        return list;
    }

    // Cues around it, at its own level.
    let mut around: Vec<(usize, Place, u32)> = Vec::new();
    if let Some(own) = own {
        around.push((own, Place::Own, 0));
    }
    let window_start = if starts_sentence && first_sentence > 0 {
        text.sentences[first_sentence as usize - 1].tokens.start
    } else {
        sentence_start
    }
    .max(outer.start.saturating_sub(WINDOW));
    let after_sentence = last_sentence as usize + 1;
    let window_end = if ends_sentence
        && after_sentence < text.sentences.len()
        && text.sentences[after_sentence].block as usize == text.sentences[last_sentence as usize].block as usize
    {
        text.sentences[after_sentence].tokens.end
    } else {
        sentence_end
    }
    .min(outer.end + WINDOW);
    let from = cues.partition_point(|cue| cue.tokens.start < window_start);
    let to = cues.partition_point(|cue| cue.tokens.end <= window_end);
    let mut near: Vec<(u32, usize, Place)> = Vec::new();
    let mut next = from;
    while next < to {
        let (at, cue) = (next, &cues[next]);
        // Those inside the quote are passed over at once: a quote may be as long as the text.
        if let Some(piece) = quote.tokens.iter().find(|piece| piece.holds(cue.tokens.start)) {
            next += cues[next..to].partition_point(|cue| cue.tokens.start < piece.end);
            continue;
        }
        next += 1;
        if cue.pair != quote.level || Some(at) == own {
            continue;
        }
        let (place, distance) = if cue.tokens.end <= outer.start {
            let same = cue.sentence == first_sentence
                || introduced && cue.shape != CueShape::Colon && cue.sentence + 1 == first_sentence;
            (if same { Place::Before } else { Place::SentenceBefore }, outer.start - cue.tokens.end)
        } else if cue.tokens.start >= outer.end {
            let same = cue.sentence == last_sentence;
            (if same { Place::After } else { Place::SentenceAfter }, cue.tokens.start - outer.end)
        } else {
            (Place::Between, 0)
        };
        near.push((distance, at, place));
    }
    sort_by_key(&mut near, |&near| near);
    around.extend(near.iter().take(MOST_CUES).map(|&(distance, at, place)| (at, place, distance)));

    // What the quote itself looks like, for all candidates.
    let last_inside = quote.tokens[quote.tokens.len() - 1].end.saturating_sub(1);
    let end_sign = match text.tokens[last_inside as usize].kind {
        TokenKind::Punctuation => word(text.of(last_inside)),
        _ => 0,
    };
    let before_mark = if outer.start > block.start {
        word(text.of(outer.start - 1))
    } else if introduced {
        1
    } else {
        0
    };
    let after_mark = if outer.end < last_block.end { word(text.of(outer.end)) } else { 0 };
    let situation = both(
        kind,
        u32::from(starts_sentence)
            | u32::from(ends_sentence) << 1
            | u32::from(starts_block) << 2
            | u32::from(ends_block) << 3,
    );
    let mut closest = 9;
    for &(at, place, distance) in &around {
        let cue = &cues[at];
        let quoting = cue.frames.has(Frames::QUOTE) || place == Place::Own;
        if quoting && distance <= 8 {
            closest = closest.min(place as u32);
        }
    }

    let previous = previous_quote(quotes, index, quote);
    let previous_phrase = previous.and_then(speaker_of);
    let mut seen: Vec<u32> = Vec::new();
    for (rank, &(at, place, distance)) in around.iter().enumerate() {
        let cue = &cues[at];
        let place_number = place as u32;
        let frames = u32::from(cue.frames.has(Frames::QUOTE))
            | u32::from(cue.frames.has(Frames::THING)) << 1
            | u32::from(cue.frames.has(Frames::AS)) << 2
            | u32::from(cue.frames.has(Frames::MIND)) << 3
            | u32::from(cue.frames.has(Frames::MANNER)) << 4;
        let shape = cue.shape as u32 | u32::from(cue.passive) << 5;
        // Another quote between the cue and this one takes the cue for itself.
        let blocked = match place {
            Place::Before | Place::SentenceBefore => has_mark(scene, cue.tokens.end, outer.start),
            Place::After | Place::SentenceAfter => has_mark(scene, outer.end, cue.tokens.start),
            _ => false,
        };
        for subject in subjects(text, syntax, cue) {
            let phrase = &syntax.phrases[subject.phrase as usize];
            if in_pieces(phrase.tokens.start) {
                continue;
            }
            // The phrase may stand on the quote's other side: "A," he said, and "B".
            let side = u32::from(phrase.tokens.start >= outer.end) | u32::from(phrase.tokens.end <= outer.start) << 1;
            seen.push(subject.phrase);
            let sum = subjects::describe(text, reading, syntax, cue, &subject, 300, choice);
            choice.add(320, both(place_number, range(distance)));
            choice.add(321, both(place_number, both(frames, range(distance).min(4))));
            choice.add(322, both(place_number, cue.number));
            choice.add(323, both(both(place_number, kind), both(shape, u32::from(subject.after))));
            choice.add(324, both(place_number, both(end_sign, range(distance).min(3))));
            choice.add(325, both(place_number, both(before_mark, range(distance).min(3))));
            choice.add(326, both(place_number, both(situation, rank as u32)));
            choice.add(327, both(place_number, both(u32::from(blocked), rank as u32)));
            choice.add(328, both(place_number, both(sum, u32::from(place == Place::Own))));
            choice.add(329, both(kind, sum));
            choice.add(330, both(place_number, both(side, u32::from(subject.after))));
            choice.add(331, both(place_number, both(phrase.kind as u32, subject.rank.min(3))));
            choice.add(332, both(place_number, both(after_mark, range(distance).min(3))));
            choice.add(333, both(u32::from(previous_phrase == Some(subject.phrase)), place_number));
            choice.add(334, both(closest, place_number));
            choice.add(
                335,
                both(u32::from(same_entity(scene, previous_phrase, subject.phrase)), both(place_number, kind)),
            );
            if cue.shape == CueShape::Colon {
                choice.add(336, both(place_number, both(phrase.kind as u32, u32::from(subject.rank == 0))));
            }
            choice.add(337, both(both(kind, place_number), both(u32::from(subject.after), subject.rank.min(3))));
            choice.next();
            list.push(Candidate { who: Who::Phrase(subject.phrase), cue: Some(at), because: because(place) });
        }
    }

    // Names nearby, without a cue: a byline's pull quote, a name after a dash, the subject of the sentence before.
    let lower = if starts_sentence { window_start } else { sentence_start }.max(outer.start.saturating_sub(WINDOW));
    let upper = if ends_sentence { window_end } else { sentence_end }.min(outer.end + WINDOW);
    let mut names = 0;
    for side in 0..2 {
        let mut token = if side == 0 { outer.start } else { outer.end };
        let mut rank = 0;
        while names < MOST_NAMES * (side + 1) && if side == 0 { token > lower } else { token < upper } {
            let here = if side == 0 { token - 1 } else { token };
            let phrase_index = syntax.phrase_of[here as usize];
            let step = if phrase_index == NONE || syntax.pair_of[here as usize] != quote.level {
                1
            } else {
                let phrase = &syntax.phrases[phrase_index as usize];
                let speaks = phrase.mention.is_some_and(|mention| {
                    let mention = &scene.identity.mentions[mention as usize];
                    may_speak(mention.kind, mention.entity_type)
                }) || matches!(
                    phrase.kind,
                    crate::quote::phrases::PhraseKind::Pronoun | crate::quote::phrases::PhraseKind::Speaker
                );
                if speaks && !seen.contains(&phrase_index) && !in_pieces(here) {
                    let distance = if side == 0 {
                        outer.start - phrase.tokens.end.min(outer.start)
                    } else {
                        phrase.tokens.start.max(outer.end) - outer.end
                    };
                    let same = u32::from(
                        text.sentence_of[here as usize] == if side == 0 { first_sentence } else { last_sentence },
                    );
                    let opens = u32::from(phrase.tokens.start == text.sentence(here).tokens.start);
                    choice.add(350, both(side as u32, both(rank, same)));
                    choice.add(351, both(side as u32, both(range(distance), same)));
                    choice.add(352, both(phrase.kind as u32, both(side as u32, same)));
                    choice.add(353, both(closest, both(side as u32, same)));
                    choice.add(354, both(situation, both(side as u32, same)));
                    choice.add(355, both(opens, both(side as u32, same)));
                    choice
                        .add(356, both(kind, both(if side == 0 { before_mark } else { after_mark }, range(distance))));
                    choice.add(357, both(closest, both(kind, both(opens, same))));
                    choice.add(358, both(u32::from(same_entity(scene, previous_phrase, phrase_index)), closest));
                    choice.next();
                    list.push(Candidate { who: Who::Phrase(phrase_index), cue: None, because: "name nearby" });
                    names += 1;
                    rank += 1;
                }
                phrase.tokens.len() as u32
            };
            token = if side == 0 { token.saturating_sub(step).max(lower) } else { token + step };
        }
    }

    // The speaker of the quote before it, of the one before that, and of the one around it.
    let mut inherit = |other: usize, template: u32, because: &'static str, choice: &mut C| {
        if speaker_of(other).is_none() {
            return;
        }
        let before = &quotes[other];
        let gap = outer.start.saturating_sub(before.cover_tokens().end);
        let blocks =
            (block_index as u32).saturating_sub(text.sentence(before.cover_tokens().end.saturating_sub(1)).block);
        let kinds = both(before.kind as u32, kind);
        choice.add(template, kinds);
        choice.add(template + 1, both(closest, kinds));
        choice.add(template + 2, both(blocks.min(3), both(closest, kinds)));
        choice.add(template + 3, both(blocks.min(2), range(gap)));
        choice.add(template + 4, both(situation, blocks.min(2)));
        choice.add(template + 5, both(situation, both(closest, blocks.min(2))));
        choice.add(template + 6, both(u32::from(own.is_some()), kinds));
        choice.add(template + 7, both(before_mark, blocks.min(2)));
        choice.next();
        list.push(Candidate { who: Who::SpeakerOf(other), cue: None, because });
    };
    if let Some(parent) = quote.parent {
        inherit(parent.0 as usize, 360, "the quote around it", choice);
    }
    if let Some(previous) = previous {
        inherit(previous, 370, "goes on", choice);
        if let Some(before) = previous_quote(quotes, previous, quote) {
            inherit(before, 380, "in turn", choice);
        }
    }

    // Nobody.
    choice.add(390, kind);
    choice.add(391, both(kind, closest));
    choice.add(392, situation);
    choice.add(393, both(situation, closest));
    choice.add(394, text.blocks[block_index].kind as u32);
    choice.add(395, u32::from(own.is_some()));
    choice.next();
    list.push(Candidate { who: Who::Nobody, cue: None, because: "" });
    list
}

/// The quote around a fragment whose words it is part of: an indirect quote without another cue beside the fragment.
fn whole(scene: &Scene, quotes: &[Quote], quote: &Quote) -> Option<usize> {
    let parent = quote.parent?.0 as usize;
    let around = &quotes[parent];
    if quote.kind == QuoteKind::Indirect || around.kind != QuoteKind::Indirect || around.level != quote.level {
        return None;
    }
    let cover = around.cover_tokens();
    let from = scene.cues.partition_point(|cue| cue.tokens.start < cover.start);
    let fragment = quote.cover_tokens();
    let others = scene.cues[from..]
        .iter()
        .take_while(|cue| cue.tokens.end <= cover.end)
        .take(MOST_CUES)
        .filter(|cue| {
            let near = fragment.start.saturating_sub(cue.tokens.end) <= FARTHEST_OF_FRAGMENT
                && cue.tokens.start.saturating_sub(fragment.end) <= FARTHEST_OF_FRAGMENT;
            cue.pair == quote.level && near && cue.frames.has(Frames::QUOTE.and(Frames::THING).and(Frames::AS))
        })
        .count();
    // The cue of a clause may stand in its middle.
    let own = around.cue.is_some_and(|own| {
        let own = scene.cues[own as usize].tokens;
        cover.start < own.start && own.end < cover.end
    });
    (others <= usize::from(own)).then_some(parent)
}

fn because(place: Place) -> &'static str {
    match place {
        Place::Own => "subject of the cue",
        Place::Between => "cue inside",
        Place::After => "cue after",
        Place::Before => "cue before",
        Place::SentenceAfter => "cue in the sentence after",
        Place::SentenceBefore => "cue in the sentence before",
    }
}

/// Whether a quotation mark stands between two tokens that are near each other.
fn has_mark(scene: &Scene, from: u32, to: u32) -> bool {
    (from..to).take(40).any(|token| scene.text.tokens[token as usize].kind == TokenKind::Mark)
}

fn same_entity(scene: &Scene, one: Option<u32>, other: u32) -> bool {
    let entity = |phrase: u32| {
        scene.syntax.phrases[phrase as usize].mention.map(|mention| scene.identity.entity_of[mention as usize])
    };
    one.is_some_and(|one| entity(one).is_some() && entity(one) == entity(other))
}

/// The last quote before this one at its level.
fn previous_quote(quotes: &[Quote], index: usize, of: &Quote) -> Option<usize> {
    (index.saturating_sub(8)..index).rev().find(|&other| {
        let before = &quotes[other];
        before.level == of.level
            && before.cover().end <= of.cover().start
            && Some(other) != of.parent.map(|parent| parent.0 as usize)
    })
}
