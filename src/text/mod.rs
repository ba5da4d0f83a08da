//! Blocks to tokens, pairs of quotation marks, the turns of interviews and sentences.

mod bytes;
mod interview;
mod marks;
mod runs;
mod sentences;
mod tokens;
mod unclosed;

pub use interview::Turn;
pub use marks::{MarkPair, MarkRole};
pub use runs::{NONE, Place, Runs, bits_of};
pub use tokens::{Case, Token, TokenKind, is_mark};

use crate::article::{self, Block};
use crate::span::Span;

/// Index of a token in [`Text::tokens`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct TokenId(pub u32);

/// A half-open run of tokens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// A run from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> TokenRange {
        TokenRange { start, end }
    }

    /// Number of tokens.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when there are none.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The run as indices, for slicing [`Text::tokens`].
    pub const fn indices(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True when the two share at least one token.
    pub const fn overlaps(self, other: TokenRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Those of some tokens that are in order which the range holds, by their places. Logarithmic.
    pub fn places_in(self, tokens: &[u32]) -> std::ops::Range<usize> {
        let from = tokens.partition_point(|&token| token < self.start);
        from..from + tokens[from..].partition_point(|&token| token < self.end)
    }

    /// True when the token lies in the run.
    pub const fn holds(self, token: u32) -> bool {
        self.start <= token && token < self.end
    }
}

/// A sentence, a heading, or whatever stands between two sentence ends; never crosses a block.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Where it stands.
    pub span: Span,
    /// Index of its block in [`Text::blocks`].
    pub block: u32,
}

/// One article, read as far as this module goes: the input of all later stages.
pub struct Text<'t> {
    /// The string itself; all spans point into it.
    pub source: &'t str,
    /// Parts of the page, in order.
    pub blocks: Vec<Block>,
    /// All tokens of all blocks, in order.
    pub tokens: Vec<Token>,
    /// The tokens of each block.
    pub block_tokens: Vec<TokenRange>,
    /// Quotation marks and what each was read as, ordered by opening mark.
    pub marks: Vec<MarkPair>,
    /// The turns of an interview that has no labels, in order.
    pub turns: Vec<Turn>,
    /// Sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Their tokens, which are all that there are.
    sentence_runs: Runs,
}

impl<'t> Text<'t> {
    /// Reads a text. Linear in its length.
    pub fn read(source: &'t str) -> Text<'t> {
        let mut blocks = article::blocks(source);
        let (tokens, block_tokens) = tokens::tokenize(source, &blocks);
        let mut marks = marks::pair(source, &tokens, &block_tokens);
        unclosed::shorten(source, &tokens, &mut marks);
        let turns = interview::turns(source, &blocks, &tokens, &block_tokens, &marks);
        interview::read_as_paragraphs(&turns, &mut blocks, &block_tokens);
        let sentences = sentences::split(source, &tokens, &block_tokens, &marks);
        let sentence_runs = Runs::of(tokens.len(), sentences.len(), &|sentence| sentences[sentence].tokens);
        Text { source, blocks, tokens, block_tokens, marks, turns, sentences, sentence_runs }
    }

    /// The token's own letters.
    pub fn of(&self, token: u32) -> &'t str {
        let Span { start, end } = self.tokens[token as usize].span;
        &self.source[start as usize..end as usize]
    }

    /// From the first token's start to the last one's end.
    pub fn span(&self, range: TokenRange) -> Span {
        if range.is_empty() {
            return Span::default();
        }
        Span::new(self.tokens[range.start as usize].span.start, self.tokens[range.end as usize - 1].span.end)
    }

    /// The letters of a run of tokens, with the spaces between them.
    pub fn of_range(&self, range: TokenRange) -> &'t str {
        self.span(range).of(self.source)
    }

    /// The tokens that lie wholly inside a span. Logarithmic.
    pub fn tokens_in(&self, span: Span) -> TokenRange {
        let start = self.tokens.partition_point(|token| token.span.start < span.start);
        let end = self.tokens.partition_point(|token| token.span.end <= span.end);
        TokenRange::new(start as u32, end.max(start) as u32)
    }

    /// Index of the sentence of a token.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn sentence_of(&self, token: u32) -> u32 {
        self.sentence_runs.number(token)
    }

    /// The sentence of a token.
    pub fn sentence(&self, token: u32) -> &Sentence {
        &self.sentences[self.sentence_of(token) as usize]
    }

    /// Whether white space stands before the token.
    pub fn space_before(&self, token: u32) -> bool {
        let token = token as usize;
        token == 0 || self.tokens[token - 1].span.end < self.tokens[token].span.start
    }
}
