//! What is counted in runs of words, from sums over the text.

use super::super::cues::{CueShape, CueSite};
use super::super::marked::Scene;
use super::super::phrases::NONE;
use super::places::LONGEST_CLAUSE;
use crate::annotation::QuoteKind;
use crate::lexicon::grammar::Parts;
use crate::text::{TokenKind, TokenRange};

/// Forms of verbs that are finite, or may be.
pub(super) const FINITE: Parts = Parts::AUXILIARY.and(Parts::PAST).and(Parts::THIRD);

/// The words between a clause's start and end candidates are counted from sums over the text, made once.
pub struct Sums {
    /// Before so many tokens in a row ([`BLOCK`]).
    blocks: Vec<Counts<u32>>,
    /// Before each token since the start of its block.
    counts: Vec<Counts<u8>>,
    /// The finite verbs, genitives that are written like one among them, and behind them the number of tokens.
    verbs: Vec<u32>,
    /// What each pair of marks is.
    pub(super) kinds: Vec<Option<QuoteKind>>,
    /// Colons among the cues that stand before a mark.
    colons: Vec<u32>,
}

/// No count inside a block is greater than its tokens.
const BLOCK: usize = 256;

#[derive(Clone, Copy, Default)]
struct Counts<N> {
    finite: N,
    /// Words and numbers.
    words: N,
    /// Finite verbs, genitives that are written like one among them.
    verbs: N,
}

impl Sums {
    /// Counts over a text. `kind_of` tells what each pair of marks is.
    #[inline(never)]
    pub fn of(scene: &Scene, kind_of: impl Fn(usize) -> Option<QuoteKind>) -> Sums {
        let tokens = &scene.text.tokens;
        let syntax = scene.syntax;
        let mut blocks: Vec<Counts<u32>> = Vec::with_capacity(tokens.len() / BLOCK + 1);
        let mut counts = Vec::with_capacity(tokens.len() + 1);
        let mut verbs = Vec::with_capacity(tokens.len() / 8 + 1);
        let (mut block, mut before) = (Counts::default(), Counts::default());
        for here in 0..=tokens.len() as u32 {
            if (here as usize).is_multiple_of(BLOCK) {
                block = before;
                blocks.push(block);
            }
            let since = |all: u32, start: u32| (all - start) as u8;
            counts.push(Counts {
                finite: since(before.finite, block.finite),
                words: since(before.words, block.words),
                verbs: since(before.verbs, block.verbs),
            });
            let Some(token) = tokens.get(here as usize) else { break };
            before.words += u32::from(matches!(token.kind, TokenKind::Word | TokenKind::Number));
            let word = syntax.word(here);
            if word.is(FINITE) {
                let in_phrase = syntax.in_phrase(here);
                if !in_phrase || word.is(Parts::AUXILIARY) {
                    // A clitic inside a phrase is a genitive.
                    before.finite += u32::from(!in_phrase || token.kind != TokenKind::Clitic);
                    before.verbs += 1;
                    verbs.push(here);
                }
            }
        }
        verbs.push(tokens.len() as u32);
        let is_before_mark = |cue: &&CueSite| {
            let next = tokens.get(cue.tokens.end as usize);
            cue.shape == CueShape::Colon && next.is_some_and(|next| next.kind == TokenKind::Mark)
        };
        Sums {
            blocks,
            counts,
            verbs,
            kinds: (0..scene.text.marks.len()).map(kind_of).collect(),
            colons: scene.cues.iter().filter(is_before_mark).map(|cue| cue.tokens.start).collect(),
        }
    }

    /// "told the paper about the militias: “…”": whether some words hold a colon before a mark, and more after it.
    pub(super) fn introduce(&self, tokens: TokenRange) -> bool {
        let colon = self.colons.partition_point(|&colon| colon < tokens.start);
        self.colons.get(colon).is_some_and(|colon| colon + 1 < tokens.end)
    }

    /// The tense of the first finite verb of some words; 0 for none.
    pub(super) fn tense(&self, scene: &Scene, tokens: TokenRange) -> u32 {
        let verb = self.verb(tokens.start);
        if verb < tokens.end.min(tokens.start + LONGEST_SEARCH) { tense_of(scene, verb) } else { 0 }
    }

    /// The first finite verb at or after a token, across sentences; the number of tokens where there is none.
    pub(super) fn verb(&self, token: u32) -> u32 {
        let before = self.blocks[token as usize / BLOCK].verbs + u32::from(self.counts[token as usize].verbs);
        self.verbs[before as usize]
    }

    #[inline(never)]
    pub(super) fn finite(&self, tokens: TokenRange) -> u32 {
        self.finite_before(tokens.end) - self.finite_before(tokens.start)
    }

    fn finite_before(&self, token: u32) -> u32 {
        self.blocks[token as usize / BLOCK].finite + u32::from(self.counts[token as usize].finite)
    }

    #[inline(never)]
    pub(super) fn words(&self, tokens: TokenRange) -> u32 {
        self.words_before(tokens.end) - self.words_before(tokens.start)
    }

    fn words_before(&self, token: u32) -> u32 {
        self.blocks[token as usize / BLOCK].words + u32::from(self.counts[token as usize].words)
    }
}

/// Pairs of marks near a cue: more stand in no sentence that somebody wrote.
const MOST_PAIRS: usize = 64;

/// The quotes in marks near a cue, at its own level: a cue inside a quotation looks at those inside it.
pub(super) struct Marked<'s> {
    sums: &'s Sums,
    pairs: Vec<(TokenRange, QuoteKind)>,
}

impl<'s> Marked<'s> {
    pub(super) fn near(scene: &Scene, sums: &'s Sums, cue: &CueSite, region: TokenRange) -> Marked<'s> {
        let marks = &scene.text.marks;
        let start = region.start.max(cue.tokens.start.saturating_sub(LONGEST_CLAUSE));
        let from = marks.partition_point(|pair| pair.open < start);
        let pairs = marks[from..]
            .iter()
            .zip(&sums.kinds[from..])
            .take_while(|(pair, _)| pair.open < region.end)
            .take(MOST_PAIRS)
            .filter(|(pair, _)| pair.parent.unwrap_or(NONE) == cue.pair && pair.open < pair.close)
            .filter_map(|(pair, kind)| Some((pair.tokens(), (*kind)?)))
            .collect();
        Marked { sums, pairs }
    }

    /// Whether some words hold any of them.
    pub(super) fn any(&self, tokens: TokenRange) -> bool {
        self.pairs.iter().any(|(pair, _)| pair.overlaps(tokens))
    }

    /// Words and numbers outside all of them.
    pub(super) fn plain(&self, tokens: TokenRange) -> u32 {
        self.outside(tokens, |run| self.sums.words(run))
    }

    /// Finite verbs outside all of them.
    pub(super) fn finite(&self, tokens: TokenRange) -> u32 {
        self.outside(tokens, |run| self.sums.finite(run))
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
        let is_direct = |(pair, kind): &(TokenRange, QuoteKind)| *kind == QuoteKind::Direct && pair.overlaps(tokens);
        if self.plain(tokens) == 0 { 3 } else { 1 + u32::from(self.pairs.iter().any(is_direct)) }
    }
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
