//! What is counted in runs of words, from sums over the text.

use super::super::cues::{CueShape, CueSite};
use super::super::marked::Scene;
use super::super::phrases::{NONE, Syntax};
use super::places::LONGEST_CLAUSE;
use crate::annotation::QuoteKind;
use crate::lexicon::grammar::{Parts, Word};
use crate::text::{TokenKind, TokenRange};

/// Forms of verbs that are finite, or may be.
pub(super) const FINITE: Parts = Parts::AUXILIARY.and(Parts::PAST).and(Parts::THIRD);

/// The words between a clause's start and end candidates are counted from sums over the text, made once.
pub struct Sums {
    /// Before so many tokens in a row ([`BLOCK`]).
    blocks: Vec<Counts>,
    /// Before each token since the start of its block.
    counts: Vec<Few>,
    /// The finite verbs, genitives that are written like one among them, and behind them the number of tokens.
    verbs: Vec<u32>,
    /// What each pair of marks is.
    pub(super) kinds: Vec<Option<QuoteKind>>,
    /// Colons among the cues that stand before a mark.
    colons: Vec<u32>,
}

/// No count inside a block is greater than its tokens.
const BLOCK: usize = 16;

/// How many finite verbs, words with numbers, and verbs with genitives that are written like one there are.
#[derive(Clone, Copy, Default)]
struct Counts {
    finite: u32,
    words: u32,
    verbs: u32,
}

/// Those of less than a block in one number, five bits each.
#[derive(Clone, Copy, Default)]
struct Few(u16);

impl Few {
    const FINITE: u16 = 1;
    const WORD: u16 = 1 << 5;
    const VERB: u16 = 1 << 10;

    fn counts(self) -> Counts {
        let all = u32::from(self.0);
        Counts { finite: all & 31, words: all >> 5 & 31, verbs: all >> 10 }
    }
}

/// Whether a token is a finite verb (true), or a genitive that is written like one (false).
#[inline(always)]
fn verb(syntax: &Syntax, token: u32, word: Word, kind: TokenKind) -> Option<bool> {
    if !word.is(FINITE) {
        return None;
    }
    let in_phrase = syntax.in_phrase(token);
    // A clitic inside a phrase is a genitive.
    (!in_phrase || word.is(Parts::AUXILIARY)).then_some(!in_phrase || kind != TokenKind::Clitic)
}

impl Sums {
    /// Counts over a text. `kind_of` tells what each pair of marks is.
    #[inline(never)]
    pub fn of(scene: &Scene, kind_of: impl Fn(usize) -> Option<QuoteKind>) -> Sums {
        let tokens = &scene.text.tokens;
        let mut blocks: Vec<Counts> = Vec::with_capacity(tokens.len() / BLOCK + 1);
        let mut counts = Vec::with_capacity(tokens.len() + 1);
        let mut verbs = Vec::with_capacity(tokens.len() / 8 + 1);
        let (mut all, mut here) = (Counts::default(), 0);
        let mut words = scene.syntax.words();
        let mut rest = &tokens[..];
        // A block that lacks some, if only all, comes last.
        loop {
            let (block, others) = rest.split_at(rest.len().min(BLOCK));
            blocks.push(all);
            let mut since = Few::default();
            counts.extend(block.iter().zip(&mut words).map(|(token, word)| {
                let before = since;
                if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                    since.0 += Few::WORD;
                }
                if let Some(is_finite) = verb(scene.syntax, here, word, token.kind) {
                    since.0 += Few::VERB + if is_finite { Few::FINITE } else { 0 };
                    verbs.push(here);
                }
                here += 1;
                before
            }));
            if block.len() < BLOCK {
                counts.push(since);
                break;
            }
            let Counts { finite, words, verbs } = since.counts();
            all = Counts { finite: all.finite + finite, words: all.words + words, verbs: all.verbs + verbs };
            rest = others;
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
        let before = self.before(token).verbs;
        self.verbs[before as usize]
    }

    #[inline(never)]
    pub(super) fn finite(&self, tokens: TokenRange) -> u32 {
        self.before(tokens.end).finite - self.before(tokens.start).finite
    }

    #[inline(never)]
    pub(super) fn words(&self, tokens: TokenRange) -> u32 {
        self.before(tokens.end).words - self.before(tokens.start).words
    }

    fn before(&self, token: u32) -> Counts {
        let block = self.blocks[token as usize / BLOCK];
        let since = self.counts[token as usize].counts();
        Counts {
            finite: block.finite + since.finite,
            words: block.words + since.words,
            verbs: block.verbs + since.verbs,
        }
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
