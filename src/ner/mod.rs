//! Tokens to mentions: names by the tagger, dates and amounts by rule.

use crate::annotation::{EntityType, MentionKind};
use crate::lexicon::Reading;
use crate::span::Span;
use crate::text::{Case, Text, TokenKind, TokenRange};

/// A name, date or amount in the text.
#[derive(Clone, PartialEq, Debug)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// Its tokens. A span may start or end inside the first or last one only where punctuation is glued to it.
    pub tokens: TokenRange,
    /// What it names.
    pub entity_type: EntityType,
    /// How.
    pub kind: MentionKind,
    /// 0 to 1.
    pub confidence: f32,
    /// The rule or model that found it.
    pub because: &'static str,
    /// ISO 8601 value of a date.
    pub value: Option<Box<str>>,
}

/// Finds names, dates and amounts. Mentions are ordered and do not overlap. Linear in the text's length.
pub fn recognise(text: &Text, _reading: &Reading) -> Vec<Mention> {
    // Placeholder until the tagger lands: runs of capitalised words inside sentences.
    let mut mentions = Vec::new();
    let mut index = 0;
    while index < text.tokens.len() as u32 {
        let start = index;
        while (index as usize) < text.tokens.len()
            && text.tokens[index as usize].kind == TokenKind::Word
            && matches!(text.tokens[index as usize].case, Case::Title | Case::Upper)
            && text.sentence_of[index as usize] == text.sentence_of[start as usize]
        {
            index += 1;
        }
        if index > start && text.sentence(start).tokens.start != start {
            let tokens = TokenRange::new(start, index);
            let kind = if text.tokens[start as usize].case == Case::Upper && tokens.len() == 1 {
                MentionKind::Acronym
            } else {
                MentionKind::Name
            };
            mentions.push(Mention {
                span: text.span(tokens),
                tokens,
                entity_type: EntityType::Organization,
                kind,
                confidence: 0.3,
                because: "capitals",
                value: None,
            });
        }
        index = index.max(start + 1);
    }
    mentions
}
