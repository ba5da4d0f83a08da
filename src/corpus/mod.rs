//! Our own annotated articles: the strict reader of the format in `corpus/GUIDELINES.md`, its checks and statistics.

mod agreement;
mod check;
mod labelled;
mod read;
mod show;
pub mod standoff;
mod statistics;

pub use agreement::agreement;
pub use check::check;
pub use labelled::{Labelled, read_labelled, read_line};
pub use read::{Problem, read, read_folder};
pub use show::show;
pub use standoff::read_articles;
pub use statistics::{statistics, statistics_page};

use crate::annotation::{BlockKind, EntityType, Medium, MentionKind, QuoteFlag, QuoteKind};
use crate::span::Span;
use std::collections::BTreeMap;

/// One annotated article. All spans are bytes of [`Article::text`].
#[derive(Clone, PartialEq, Debug)]
pub struct Article {
    /// Name of the file without its ending.
    pub id: String,
    /// The header's keys and values, `id` too.
    pub header: BTreeMap<String, String>,
    /// The article without its markup.
    pub text: String,
    /// Parts of the page, in order, trimmed of white space; empty ones are left out.
    pub blocks: Vec<Block>,
    /// Every mention, ordered by start; a nominal may hold a name, a name holds nothing.
    pub mentions: Vec<Mention>,
    /// Quotes, ordered by the start of their first piece.
    pub quotes: Vec<Quote>,
    /// What stands in quotation marks and is no quote.
    pub non_quotes: Vec<NonQuote>,
}

/// A part of the page.
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// What it is for.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

impl Article {
    /// Whether only its names, dates and amounts are annotated: the header says `layers: names`.
    pub fn has_names_only(&self) -> bool {
        self.header.get("layers").is_some_and(|layers| layers == "names")
    }
}

/// One place where an entity is mentioned.
#[derive(Clone, PartialEq, Debug)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// What the entity is.
    pub entity_type: EntityType,
    /// Which entity of the article; dates and amounts need none.
    pub key: Option<String>,
    /// How it is mentioned.
    pub kind: MentionKind,
    /// ISO 8601 value of a date.
    pub value: Option<String>,
    /// Line of the file, from 1.
    pub line: usize,
}

/// A place in the text that a quote points to: its speaker or addressee.
#[derive(Clone, PartialEq, Debug)]
pub struct Pointer {
    /// Where.
    pub span: Span,
    /// Which entity of the article, where it is one.
    pub key: Option<String>,
}

/// A quote.
#[derive(Clone, PartialEq, Debug)]
pub struct Quote {
    /// Its number in the file.
    pub number: u32,
    /// How the words are reported.
    pub kind: QuoteKind,
    /// Where they were said.
    pub medium: Medium,
    /// What is unusual.
    pub flags: Vec<QuoteFlag>,
    /// The content, marks outside.
    pub pieces: Vec<Span>,
    /// Index of the quote around this one.
    pub parent: Option<usize>,
    /// Who says it: none where the text does not tell, several where several do.
    pub speakers: Vec<Pointer>,
    /// The reporting expression and its dictionary form.
    pub cues: Vec<(Span, Option<String>)>,
    /// Whom it is said to.
    pub addressees: Vec<Pointer>,
    /// Line of the file, from 1.
    pub line: usize,
}

/// Why something in quotation marks is no quote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NonQuoteKind {
    /// So-called.
    Scare,
    /// The title of a work.
    Title,
    /// A nickname.
    Nickname,
    /// A word that is spoken of.
    Word,
    /// A mark that belongs to nothing.
    Stray,
}

/// Something in quotation marks that is no quote.
#[derive(Clone, PartialEq, Debug)]
pub struct NonQuote {
    /// Why.
    pub kind: NonQuoteKind,
    /// Where, marks outside.
    pub span: Span,
}
