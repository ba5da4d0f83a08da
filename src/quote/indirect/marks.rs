//! Quotation marks to what is quoted among some words.

use super::super::cues::{CueShape, CueSite};
use super::super::landmarks::Landmarks;
use super::super::marked::Scene;
use super::super::phrases::NONE;
use super::places::LONGEST_CLAUSE;
use crate::annotation::QuoteKind;
use crate::text::{TokenKind, TokenRange};

/// The quotation marks of a text.
pub struct Marks {
    /// What each pair of marks is.
    pub(super) kinds: Vec<Option<QuoteKind>>,
    /// Colons among the cues that stand before a mark.
    colons: Vec<u32>,
}

impl Marks {
    /// Those of a text. `kind_of` tells what each pair is.
    pub fn of(scene: &Scene, kind_of: impl Fn(usize) -> Option<QuoteKind>) -> Marks {
        let is_before_mark = |cue: &&CueSite| {
            let next = scene.text.tokens.get(cue.tokens.end as usize);
            cue.shape == CueShape::Colon && next.is_some_and(|next| next.kind == TokenKind::Mark)
        };
        Marks {
            kinds: (0..scene.text.marks.len()).map(kind_of).collect(),
            colons: scene.cues.iter().filter(is_before_mark).map(|cue| cue.tokens.start).collect(),
        }
    }

    /// "told the paper about the militias: “…”": whether some words hold a colon before a mark, and more after it.
    pub(super) fn introduce(&self, tokens: TokenRange) -> bool {
        let colon = self.colons.partition_point(|&colon| colon < tokens.start);
        self.colons.get(colon).is_some_and(|colon| colon + 1 < tokens.end)
    }
}

/// Pairs of marks near a cue: more stand in no sentence that somebody wrote.
const MOST_PAIRS: usize = 64;

/// The quotes in marks near a cue, at its own level: a cue inside a quotation looks at those inside it.
pub(super) struct Marked<'s> {
    landmarks: &'s Landmarks,
    pairs: Vec<(TokenRange, QuoteKind)>,
}

impl<'s> Marked<'s> {
    pub(super) fn near(scene: &Scene<'s, '_>, all: &Marks, cue: &CueSite, region: TokenRange) -> Marked<'s> {
        let marks = &scene.text.marks;
        let start = region.start.max(cue.tokens.start.saturating_sub(LONGEST_CLAUSE));
        let from = marks.partition_point(|pair| pair.open < start);
        let pairs = marks[from..]
            .iter()
            .zip(&all.kinds[from..])
            .take_while(|(pair, _)| pair.open < region.end)
            .take(MOST_PAIRS)
            .filter(|(pair, _)| pair.parent.unwrap_or(NONE) == cue.pair && pair.open < pair.close)
            .filter_map(|(pair, kind)| Some((pair.tokens(), (*kind)?)))
            .collect();
        Marked { landmarks: &scene.syntax.landmarks, pairs }
    }

    /// Whether some words hold any of them.
    pub(super) fn any(&self, tokens: TokenRange) -> bool {
        self.pairs.iter().any(|(pair, _)| pair.overlaps(tokens))
    }

    /// Words and numbers outside all of them.
    pub(super) fn plain(&self, tokens: TokenRange) -> u32 {
        self.outside(tokens, |run| self.landmarks.words(run))
    }

    /// Finite verbs outside all of them.
    pub(super) fn finite(&self, tokens: TokenRange) -> u32 {
        self.outside(tokens, |run| self.landmarks.finite(run))
    }

    fn outside(&self, tokens: TokenRange, count: impl Fn(TokenRange) -> u32) -> u32 {
        let inside = self.pairs.iter().map(|(pair, _)| {
            let shared = TokenRange::new(pair.start.max(tokens.start), pair.end.min(tokens.end));
            if shared.is_empty() { 0 } else { count(shared) }
        });
        count(tokens) - inside.sum::<u32>()
    }

    /// What is quoted among some words: 0 nothing, 1 fragments, 2 direct quotes, 3 all of it is.
    pub(super) fn quoted(&self, tokens: TokenRange) -> u32 {
        if !self.any(tokens) {
            return 0;
        }
        if self.plain(tokens) == 0 { 3 } else { 1 + u32::from(self.any_direct(tokens)) }
    }

    /// Whether some words are a direct quote and nothing else.
    pub(super) fn are_direct(&self, tokens: TokenRange) -> bool {
        self.any_direct(tokens) && self.plain(tokens) == 0
    }

    fn any_direct(&self, tokens: TokenRange) -> bool {
        self.pairs.iter().any(|(pair, kind)| *kind == QuoteKind::Direct && pair.overlaps(tokens))
    }
}
