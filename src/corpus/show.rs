//! An annotated article for the eye: in the colours of a terminal.

use super::{Article, Pointer};
use crate::annotation::{EntityType, MentionKind, QuoteKind};
use std::fmt::Write;

const RESET: &str = "\x1b[0m";
const FAINT: &str = "\x1b[2m";

/// Select Graphic Rendition: the colour of a type.
const fn colour(entity_type: EntityType) -> &'static str {
    match entity_type {
        EntityType::Person => "\x1b[34m",
        EntityType::Organization => "\x1b[31m",
        EntityType::Place => "\x1b[32m",
        EntityType::Group => "\x1b[33m",
        EntityType::Event => "\x1b[35m",
        EntityType::Work => "\x1b[36m",
        EntityType::Product => "\x1b[94m",
        EntityType::Date => "\x1b[90m",
        EntityType::Money => "\x1b[92m",
        EntityType::Percent => "\x1b[96m",
        EntityType::Quantity => "\x1b[93m",
    }
}

/// Names are bold, nominals underlined, pronouns plain.
const fn weight(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name | MentionKind::Acronym | MentionKind::Handle => "\x1b[1m",
        MentionKind::Nominal => "\x1b[4m",
        MentionKind::Pronoun => "",
    }
}

fn named(article: &Article, pointer: &Pointer) -> String {
    match &pointer.key {
        Some(key) => key.clone(),
        None => format!("“{}”", pointer.span.of(&article.text)),
    }
}

/// The text, each mention in the colour of its type with its key behind it, each piece of a quote in brackets that tell
/// number, kind, speaker and cue.
pub fn show(article: &Article) -> String {
    // What is written at a place: closing before opening, outer before inner.
    let mut at: Vec<(u32, i64, String)> = Vec::new();
    for mention in &article.mentions {
        let (start, end) = (mention.span.start, mention.span.end);
        at.push((start, i64::from(u32::MAX - end), format!("{}{}", colour(mention.entity_type), weight(mention.kind))));
        let key = mention.key.as_deref().or(mention.value.as_deref()).unwrap_or_default();
        let label = if key.is_empty() { mention.entity_type.name().to_lowercase() } else { key.to_owned() };
        at.push((end, -i64::from(start) - 1, format!("{RESET}{FAINT}·{label}{RESET}")));
    }
    for quote in &article.quotes {
        let kind = match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Partial => "partial",
            QuoteKind::Indirect => "indirect",
        };
        let speakers: Vec<String> = quote.speakers.iter().map(|pointer| named(article, pointer)).collect();
        let cues: Vec<&str> = quote.cues.iter().map(|(span, _)| span.of(&article.text)).collect();
        let to: String = quote.addressees.iter().map(|pointer| format!(" to {}", named(article, pointer))).collect();
        let speaker = if speakers.is_empty() { "nobody".to_owned() } else { speakers.join(" and ") };
        for (index, piece) in quote.pieces.iter().enumerate() {
            let head = match index {
                0 => format!("⟦{} {kind}, {speaker} {}{to}: ", quote.number, cues.join(" ")),
                _ => format!("⟦{} ", quote.number),
            };
            // A quote opens before a mention that starts with it and closes after one that ends with it.
            at.push((piece.start, i64::from(u32::MAX - piece.end) - 1, format!("{FAINT}{head}{RESET}")));
            at.push((piece.end, -i64::from(piece.start), format!("{FAINT}⟧{RESET}")));
        }
    }
    for non_quote in &article.non_quotes {
        let kind = format!("{:?}", non_quote.kind).to_lowercase();
        let (start, end) = (non_quote.span.start, non_quote.span.end);
        at.push((start, i64::from(u32::MAX - end) - 1, format!("{FAINT}⟨{kind}: {RESET}")));
        at.push((end, -i64::from(start), format!("{FAINT}⟩{RESET}")));
    }
    for block in &article.blocks {
        let kind = format!("{:?}", block.kind).to_lowercase();
        at.push((block.span.start, 0, format!("{FAINT}{kind:>10} {RESET}")));
    }
    at.sort_by_key(|(offset, order, _)| (*offset, *order));
    let mut page = format!("{FAINT}{}{RESET}\n", article.id);
    let mut done = 0;
    for (offset, _, what) in at {
        let _ = write!(page, "{}{what}", &article.text[done..offset as usize]);
        done = offset as usize;
    }
    page.push_str(&article.text[done..]);
    page.push('\n');
    page
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn everything_annotated_is_told_where_it_stands() {
        let source = "id: a\nregion: r\nstyle: wire\nnames: n\nquotes: american\n===\n%headline%{Ruiz|PERSON ruiz; s1} {told|c1=tell} {Lee|PERSON lee; a1} “<<1 direct|{I|ruiz pronoun} go on {Monday|DATE}>>”\n";
        let page = show(&read(source).unwrap());
        let mut plain = String::new();
        let mut rest = page.as_str();
        while let Some((before, after)) = rest.split_once("\x1b[") {
            plain.push_str(before);
            rest = after.split_once('m').unwrap().1;
        }
        plain.push_str(rest);
        assert_eq!(
            plain,
            "a\n  headline Ruiz·ruiz told Lee·lee “⟦1 direct, ruiz told to lee: I·ruiz go on Monday·date⟧”\n"
        );
        assert!(page.contains("\x1b[34m\x1b[1mRuiz\x1b[0m"), "a person is blue, a name bold");
    }
}
