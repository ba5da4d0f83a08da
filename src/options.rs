//! What a caller may ask for, and what can go wrong.

use crate::annotation::EntityType;
use serde::{Deserialize, Serialize};

/// The longest text that [`crate::analyze`] takes, in bytes of UTF-8: 32 MiB, some five million words.
pub const MAX_LENGTH: usize = 32 << 20;

/// How to analyse.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Options {
    /// Entity types in the result; all when absent. Names of other types still help to find speakers.
    pub types: Option<Vec<EntityType>>,
    /// Whether to look for quotes.
    pub quotes: bool,
    /// Mentions below this confidence (0 to 1) are left out.
    pub min_confidence: f32,
    /// People and things that the caller knows already.
    pub known_entities: Vec<KnownEntity>,
    /// Whether each mention, quote and speaker names the rule that found it.
    pub explain: bool,
    /// Refuse texts of more bytes than this; at most [`MAX_LENGTH`].
    pub max_length: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            types: None,
            quotes: true,
            min_confidence: 0.0,
            known_entities: Vec::new(),
            explain: false,
            max_length: MAX_LENGTH,
        }
    }
}

/// Somebody or something that the caller knows already, such as an entry of a newsroom's people file.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KnownEntity {
    /// The full name; it becomes [`crate::annotation::Entity::name`] where the text names this entity.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The caller's own id or URL, handed back untouched.
    #[serde(default)]
    pub id: Option<String>,
}

/// Why a text was not analysed.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The text is longer than [`Options::max_length`] allows; both in bytes.
    TextTooLong {
        /// Length of the text.
        length: usize,
        /// Longest length allowed.
        maximum: usize,
    },
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::TextTooLong { length, maximum } => {
                write!(f, "the text is {length} bytes long; at most {maximum} are analysed")
            }
        }
    }
}

impl std::error::Error for Error {}
