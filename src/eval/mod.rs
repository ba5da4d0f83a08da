//! Scores: what `pressmark eval` prints.

pub mod blocks;
pub mod identity;
pub mod ner;
pub mod quotes;
