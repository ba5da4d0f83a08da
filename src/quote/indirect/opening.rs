//! Whether words begin like a clause.

use super::super::marked::Scene;
use super::super::phrases::NONE;
use crate::lexicon::grammar::Parts;
use crate::text::TokenKind;

/// Whether words begin like a clause: a noun phrase, what hangs on it, and a finite verb. Worked out once for a start, for
/// all ends.
#[derive(Clone, Copy)]
pub(super) struct Opening {
    /// Where that is decided.
    decided: u32,
    /// 0 for no.
    shape: u32,
    /// Where the first noun phrase stands; the largest number where there is none.
    named: u32,
}

impl Opening {
    /// Of words that start at a token and end somewhere before `limit`.
    pub(super) fn at(scene: &Scene, start: u32, limit: u32) -> Opening {
        let syntax = scene.syntax;
        let mut token = start;
        let mut opening = Opening { decided: u32::MAX, shape: 0, named: u32::MAX };
        let mut phrases = 0;
        let mut hanging = 0;
        let mut last = limit.min(start + 20);
        while token < last {
            let phrase = syntax.phrase_of(token);
            let word = syntax.word(token);
            let kind = scene.text.tokens[token as usize].kind;
            // "Ruiz, who owned the boat with Kato, was in debt": the subject's verb stands behind what is put in.
            if phrases == 1
                && phrase == NONE
                && scene.text.of(token) == ","
                && let Some(close) = verb_behind_comma(scene, token, limit)
            {
                (token, last) = (close + 1, limit.min(close + 8));
                phrases += 1;
                continue;
            }
            let shape = if word.is(Parts::AUXILIARY) && (phrase == NONE || kind != TokenKind::Clitic) {
                Some(1 + phrases.min(2) + 3 * hanging)
            } else if phrase != NONE {
                phrases += 1;
                opening.named = opening.named.min(token);
                token = syntax.phrases[phrase as usize].tokens.end.max(token + 1);
                continue;
            } else if phrases > 0 && word.is(Parts::PAST.and(Parts::THIRD)) {
                Some(10 + phrases.min(2) + 3 * hanging)
            } else if phrases > 0 && word.is(Parts::BASE) && !word.is(Parts::PREPOSITION) {
                Some(19)
            } else if word.is(Parts::PREPOSITION) {
                // "about 3 million people need food"
                let is_measure = phrases == 0 && token + 1 < last && is_number(scene, token + 1);
                hanging = u32::from(!is_measure);
                None
            } else if !word.is(Parts::ADVERB) && kind != TokenKind::Mark {
                Some(if phrases > 0 { 20 } else { 0 })
            } else {
                None
            };
            if let Some(shape) = shape {
                return Opening { decided: token, shape, ..opening };
            }
            token += 1;
        }
        opening
    }

    /// The shape of the words up to an end.
    pub(super) fn up_to(self, end: u32) -> u32 {
        match self.decided < end {
            true => self.shape,
            false if self.named < end => 21,
            false => 0,
        }
    }
}

fn is_number(scene: &Scene, token: u32) -> bool {
    scene.text.tokens[token as usize].kind == TokenKind::Number || scene.syntax.is(token, Parts::NUMBER)
}

/// Tokens put in between a subject and its verb.
const LONGEST_INSERTION: u32 = 28;

/// The comma that ends what another one opens, where a finite verb stands right behind it.
fn verb_behind_comma(scene: &Scene, comma: u32, limit: u32) -> Option<u32> {
    let syntax = scene.syntax;
    let end = limit.min(comma + LONGEST_INSERTION);
    (comma + 2..end.saturating_sub(1)).find(|&token| {
        let next = token + 1 + u32::from(syntax.is(token + 1, Parts::ADVERB));
        scene.text.of(token) == ","
            && next < limit
            && !syntax.in_phrase(next)
            && syntax.is(next, Parts::AUXILIARY.and(Parts::PAST).and(Parts::THIRD))
    })
}
