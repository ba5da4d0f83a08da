//! The result: what a user sees, as plain data, field by field.
//!
//! Offsets are bytes as [`crate::analyze`] returns them; [`Annotation::in_unit`] converts the whole result once.

use crate::span::{OffsetMap, OffsetUnit, Span};
use serde::{Deserialize, Serialize};

/// Everything found in one article.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Annotation {
    /// Version of this shape; rises when a field changes its meaning.
    pub schema: u32,
    /// Length of the text, in the unit of all other offsets.
    pub length: u32,
    /// Headline, paragraphs and the like, in text order; they do not overlap.
    pub blocks: Vec<Block>,
    /// Sentences in text order; each lies inside one block.
    pub sentences: Vec<Span>,
    /// Who and what the article names, in order of first mention.
    pub entities: Vec<Entity>,
    /// What is said, in order of the first piece; a nested quote follows its parent.
    pub quotes: Vec<Quote>,
}

/// The version of [`Annotation`]'s shape.
pub const SCHEMA: u32 = 1;

/// What a part of the page is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The title of the article, or a heading inside it.
    Headline,
    /// The summary under the headline.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// Place and date before the first sentence.
    Dateline,
    /// The text under a picture.
    Caption,
    /// Who made the picture.
    Credit,
    /// Running text.
    Paragraph,
    /// "Read more", "Advertisement", buttons: not the article.
    Promo,
    /// Text that stands in the article a second time.
    Repeated,
}

/// A part of the page.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// What it is for.
    pub kind: BlockKind,
    /// Where it starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Index in [`Annotation::blocks`] of the block that this one repeats.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duplicate_of: Option<u32>,
}

/// What an entity is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EntityType {
    /// A human being, real or fictional.
    Person,
    /// Firms, institutions, parties, militias, teams, media, governments by name.
    Organization,
    /// Countries (also when they act), cities, regions, natural places, buildings.
    Place,
    /// Nationalities, religions, peoples and their adherents, as noun or adjective.
    Group,
    /// Named wars, disasters, games, holidays.
    Event,
    /// Laws, treaties, books, films, reports, prizes, court cases.
    Work,
    /// Goods, vehicles, weapons, ships, software.
    Product,
    /// Calendar expressions, absolute or relative.
    Date,
    /// Amounts with a currency.
    Money,
    /// Amounts per hundred.
    Percent,
    /// Amounts with a unit of measure.
    Quantity,
}

impl EntityType {
    /// All types, in the order of the documentation.
    pub const ALL: [EntityType; 11] = [
        EntityType::Person,
        EntityType::Organization,
        EntityType::Place,
        EntityType::Group,
        EntityType::Event,
        EntityType::Work,
        EntityType::Product,
        EntityType::Date,
        EntityType::Money,
        EntityType::Percent,
        EntityType::Quantity,
    ];

    /// The name as it stands in the result: `PERSON`.
    pub const fn name(self) -> &'static str {
        match self {
            EntityType::Person => "PERSON",
            EntityType::Organization => "ORGANIZATION",
            EntityType::Place => "PLACE",
            EntityType::Group => "GROUP",
            EntityType::Event => "EVENT",
            EntityType::Work => "WORK",
            EntityType::Product => "PRODUCT",
            EntityType::Date => "DATE",
            EntityType::Money => "MONEY",
            EntityType::Percent => "PERCENT",
            EntityType::Quantity => "QUANTITY",
        }
    }

    /// The inverse of [`EntityType::name`].
    pub fn from_name(name: &str) -> Option<EntityType> {
        EntityType::ALL.into_iter().find(|entity_type| entity_type.name() == name)
    }
}

/// One person, organisation, place or other thing, with all its mentions.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entity {
    /// Stable for the same text: `e1`, `e2` … in order of first mention.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub entity_type: EntityType,
    /// The fullest proper name, in the text's own spelling.
    pub name: String,
    /// Its other names and spellings, in order of appearance.
    pub aliases: Vec<String>,
    /// What the text calls it: "former US Special Envoy for Syria".
    pub roles: Vec<String>,
    /// Its acronym, where the text has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub acronym: Option<String>,
    /// ISO 8601 value of a DATE, where the text itself gives one; `XXXX` for an unknown year.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
    /// The caller's own id of a known entity.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub known_id: Option<String>,
    /// How much the article is about it, 0 to 1.
    #[serde(serialize_with = "rounded")]
    pub salience: f32,
    /// Where it is mentioned, in text order.
    pub mentions: Vec<Mention>,
}

/// How an entity is mentioned.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// By a proper name, or, for dates and amounts, as written.
    Name,
    /// By its letters: "UN".
    Acronym,
    /// By its account: "@antonioguterres".
    Handle,
    /// By what it is: "the former envoy".
    Nominal,
    /// "he", "its", "I".
    Pronoun,
}

/// One place where an entity is mentioned.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mention {
    /// Where it starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// How.
    pub kind: MentionKind,
    /// 0 to 1.
    #[serde(serialize_with = "rounded")]
    pub confidence: f32,
    /// The rule or model that found it; only with [`crate::Options::explain`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<String>,
}

/// How words are reported.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// Sentences or clauses inside quotation marks.
    Direct,
    /// A fragment inside quotation marks, in the writer's own sentence.
    Partial,
    /// The reported clause, without marks.
    Indirect,
}

/// Where the words were first said.
#[derive(Default, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Medium {
    /// Spoken, or told to a reporter.
    #[default]
    Speech,
    /// A tweet or another social-media post.
    Post,
    /// A statement, report, ruling, letter, notice.
    Document,
}

/// What is unusual about a quote.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteFlag {
    /// A mark is missing; the quote ends with its paragraph or sentence.
    Unclosed,
    /// The two marks are not of one kind.
    Mismatched,
    /// A mark at its edge belongs to nothing.
    StrayMark,
    /// "did not say that", "if he says that".
    Negated,
}

/// Somebody's words.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    /// Stable for the same text: `q1`, `q2` … in text order.
    pub id: String,
    /// How it is reported.
    pub kind: QuoteKind,
    /// Where it was said.
    pub medium: Medium,
    /// The content, without its quotation marks; more than one piece where the writer interrupts.
    pub pieces: Vec<Span>,
    /// Who said it; null where the text does not tell.
    pub speaker: Option<Speaker>,
    /// The reporting expression.
    pub cue: Option<Cue>,
    /// Whom it was said to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub addressee: Option<Speaker>,
    /// Id of the quote that this one stands in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub parent: Option<String>,
    /// What is unusual about it.
    pub flags: Vec<QuoteFlag>,
    /// That this is a quote of this kind, 0 to 1.
    #[serde(serialize_with = "rounded")]
    pub confidence: f32,
    /// The rule that found it; only with [`crate::Options::explain`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<String>,
}

/// Who speaks, or is spoken to: a place in the text and, where it is known, an entity.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Speaker {
    /// [`Entity::id`]; null for "a senior official".
    pub entity: Option<String>,
    /// Where the mention beside the cue starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The entity's name, or the mention's own words.
    pub text: String,
    /// That this is the right one, 0 to 1.
    #[serde(serialize_with = "rounded")]
    pub confidence: f32,
    /// The rule that chose it; only with [`crate::Options::explain`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<String>,
}

/// A reporting expression.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cue {
    /// Where it starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Its dictionary form: "say", "according to", ":".
    pub lemma: String,
}

/// Scores leave with four decimals: widened to JavaScript's number, an `f32` would show digits that mean nothing.
fn rounded<S: serde::Serializer>(score: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*score) * 1e4).round() / 1e4)
}

impl Annotation {
    /// The same annotation with every offset counted in `unit`. `text` is the text that was analysed.
    pub fn in_unit(mut self, text: &str, unit: OffsetUnit) -> Annotation {
        let map = OffsetMap::new(text, unit);
        let convert = |start: &mut u32, end: &mut u32| {
            *start = map.convert(*start);
            *end = map.convert(*end);
        };
        self.length = map.convert(text.len() as u32);
        for block in &mut self.blocks {
            convert(&mut block.start, &mut block.end);
        }
        for sentence in &mut self.sentences {
            *sentence = map.convert_span(*sentence);
        }
        for mention in self.entities.iter_mut().flat_map(|entity| &mut entity.mentions) {
            convert(&mut mention.start, &mut mention.end);
        }
        for quote in &mut self.quotes {
            for piece in &mut quote.pieces {
                *piece = map.convert_span(*piece);
            }
            for speaker in quote.speaker.iter_mut().chain(&mut quote.addressee) {
                convert(&mut speaker.start, &mut speaker.end);
            }
            if let Some(cue) = &mut quote.cue {
                convert(&mut cue.start, &mut cue.end);
            }
        }
        self
    }
}
