//! Clauses to the tense of their verbs.

use super::super::landmarks::SEEN;
use super::super::marked::Scene;
use crate::lexicon::grammar::Parts;
use crate::text::TokenRange;

/// The tense of the first finite verb of some words; 0 for none.
pub(super) fn tense_in(scene: &Scene, tokens: TokenRange) -> u32 {
    let verb = scene.syntax.landmarks.verb(tokens.start);
    if verb < tokens.end.min(tokens.start + LONGEST_SEARCH) { tense_of(scene, verb) } else { 0 }
}

/// The tense of a finite verb.
fn tense_of(scene: &Scene, token: u32) -> u32 {
    let word = scene.syntax.word(token);
    if word.is(Parts::AUXILIARY) {
        return match scene.reading.key(token) {
            "would" | "could" | "might" | "should" => 1,
            "had" => 2,
            "was" | "were" | "did" => 3,
            "will" | "can" | "may" | "must" => 4,
            "is" | "are" | "has" | "have" | "do" | "does" => 5,
            _ => 6,
        };
    }
    if word.is(Parts::PAST) { 7 } else { 8 }
}

/// Words that are searched for the first finite verb.
const LONGEST_SEARCH: u32 = 30;
const _: () = assert!(LONGEST_SEARCH <= SEEN);
