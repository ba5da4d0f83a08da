//! Pairs of marks and reporting cues to quotes: direct, partial, indirect, nested.

use crate::annotation::{Medium, QuoteFlag, QuoteKind};
use crate::identity::Identity;
use crate::lexicon::Reading;
use crate::span::Span;
use crate::text::{Text, TokenRange};

/// Index of a quote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct QuoteId(pub u32);

/// A reporting expression in the text.
#[derive(Clone, PartialEq, Debug)]
pub struct Cue {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Dictionary form.
    pub lemma: &'static str,
}

/// Somebody's words, before it is known whose.
#[derive(Clone, PartialEq, Debug)]
pub struct Quote {
    /// How they are reported.
    pub kind: QuoteKind,
    /// Where they were said.
    pub medium: Medium,
    /// The content, marks outside; in text order.
    pub pieces: Vec<Span>,
    /// The reporting expression.
    pub cue: Option<Cue>,
    /// The quote around this one.
    pub parent: Option<QuoteId>,
    /// What is unusual.
    pub flags: Vec<QuoteFlag>,
    /// 0 to 1.
    pub confidence: f32,
    /// The rule that found it.
    pub because: &'static str,
}

/// Finds the quotes of a text, in order of their first piece. Linear in the text's length.
pub fn find(text: &Text, _reading: &Reading, _identity: &Identity) -> Vec<Quote> {
    // Placeholder: every pair of three words and more.
    text.marks
        .iter()
        .filter(|pair| pair.close - pair.open > 3)
        .map(|pair| Quote {
            kind: QuoteKind::Direct,
            medium: Medium::Speech,
            pieces: vec![pair.content],
            cue: None,
            parent: None,
            flags: Vec::new(),
            confidence: 0.5,
            because: "pair",
        })
        .collect()
}
