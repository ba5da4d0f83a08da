//! Pressmark reads an English news article and finds who is who, and who said what.
//!
//! ```
//! let text = "“We will rebuild,” said Mayor Ana Ruiz of Porto. She thanked the Red Cross.";
//! let annotation = pressmark::analyze(text, &pressmark::Options::default())?;
//! assert_eq!(annotation.quotes.len(), 1);
//! # Ok::<(), pressmark::Error>(())
//! ```
//!
//! # Map
//! The modules in the order in which the text goes through them; nothing is imported by what comes before it.
//!
//! | module | from | to |
//! |---|---|---|
//! | [`article`] | the string | blocks: headline, caption, paragraph … |
//! | [`text`] | blocks | tokens, pairs of quotation marks, sentences |
//! | [`lexicon`] | | gazetteers, titles, cue verbs: what is known beforehand |
//! | [`ner`] | tokens | mentions: names, dates, amounts |
//! | [`identity`] | mentions | entities: all mentions of one thing, nominals and pronouns too |
//! | [`quote`] | pairs, cues | quotes of every kind |
//! | [`attribution`] | quotes, entities | speakers |
//! | [`annotation`] | all of it | the public result |

#![forbid(unsafe_code)]

pub mod annotation;
pub mod article;
mod assemble;
pub mod attribution;
#[cfg(target_arch = "wasm32")]
mod flat;
mod hashing;
pub mod identity;
pub mod lexicon;
pub mod ner;
pub mod options;
mod packing;
mod pipeline;
pub mod quote;
mod softmax;
mod sorting;
pub mod span;
pub mod text;

#[cfg(feature = "cli")]
pub mod corpus;
#[cfg(feature = "cli")]
pub mod eval;
#[cfg(feature = "cli")]
pub mod jsonl;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use annotation::{Annotation, EntityType, MentionKind, QuoteKind};
pub use options::{Error, KnownEntity, MAX_LENGTH, Options};
pub use pipeline::{Progress, Stage, analyze, analyze_telling};
pub use span::{OffsetUnit, Span};
