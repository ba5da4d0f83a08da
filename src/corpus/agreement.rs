//! How far two annotations of the same articles agree, layer by layer: `corpus/AGREEMENT.md`.

use super::{Article, Mention, Pointer, Quote};
use crate::annotation::{EntityType, MentionKind};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Counts of one layer: what one annotation has, what the other has, what both have.
#[derive(Clone, Copy, Default)]
struct Counts {
    one: usize,
    other: usize,
    both: usize,
}

impl Counts {
    fn f1(self) -> f64 {
        if self.one + self.other == 0 { 1.0 } else { 2.0 * self.both as f64 / (self.one + self.other) as f64 }
    }
}

/// Cells of the table, and what the annotations differ in.
#[derive(Default)]
struct Comparison {
    /// Layers of which each annotation has its own set.
    layers: BTreeMap<Layer, Counts>,
    /// Attributes of what both have: how many, and how many alike.
    attributes: BTreeMap<Attribute, (usize, usize)>,
    /// Sums over shared mentions for B³: mentions, precision, recall.
    identity: (usize, f64, f64),
    differences: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Blocks,
    Names,
    Amounts,
    Nominals,
    Pronouns,
    Quotes,
    QuotesOfOneKind,
    NonQuotes,
}

impl Layer {
    const fn name(self) -> &'static str {
        match self {
            Layer::Blocks => "blocks: span and kind",
            Layer::Names => "names: span and type",
            Layer::Amounts => "dates and amounts: span and type",
            Layer::Nominals => "nominals: span and type",
            Layer::Pronouns => "pronouns: span and type",
            Layer::Quotes => "quotes: every piece exact",
            Layer::QuotesOfOneKind => "quotes: every piece exact, and the kind",
            Layer::NonQuotes => "marked non-quotes: span and kind",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Attribute {
    SpeakerPlace,
    SpeakerEntity,
    Cue,
    Addressee,
    Medium,
}

impl Attribute {
    const fn name(self) -> &'static str {
        match self {
            Attribute::SpeakerPlace => "speaker: the same mention",
            Attribute::SpeakerEntity => "speaker: the same entity",
            Attribute::Cue => "cue: the same words",
            Attribute::Addressee => "addressee: the same mention",
            Attribute::Medium => "medium",
        }
    }
}

/// Compares annotations of the same texts, each pair the one and the other; with a list of `differences` if asked for.
///
/// # Errors
/// When the two of a pair do not have the same text.
pub fn agreement(pairs: &[(&Article, &Article)], differences: bool) -> Result<String, String> {
    let mut comparison = Comparison::default();
    for (one, other) in pairs {
        if one.text != other.text {
            let same = one.text.bytes().zip(other.text.bytes()).take_while(|(one, other)| one == other).count();
            return Err(format!("{}: the texts differ at byte {same}", one.id));
        }
        comparison.mentions(one, other);
        comparison.identity(one, other);
        comparison.quotes(one, other);
        comparison.rest(one, other);
    }
    Ok(comparison.page(pairs.len(), differences))
}

fn layer_of(mention: &Mention) -> Layer {
    match (mention.kind, mention.entity_type) {
        (_, EntityType::Date | EntityType::Money | EntityType::Percent | EntityType::Quantity) => Layer::Amounts,
        (MentionKind::Nominal, _) => Layer::Nominals,
        (MentionKind::Pronoun, _) => Layer::Pronouns,
        _ => Layer::Names,
    }
}

/// What of `one` is not in `other`, in order.
fn only<'a, T: Ord>(one: &'a BTreeSet<T>, other: &'a BTreeSet<T>) -> impl Iterator<Item = &'a T> {
    one.iter().filter(move |item| !other.contains(item))
}

fn spans(pointers: &[Pointer]) -> BTreeSet<(u32, u32)> {
    pointers.iter().map(|pointer| (pointer.span.start, pointer.span.end)).collect()
}

fn place(span: Span) -> (u32, u32) {
    (span.start, span.end)
}

/// The first words of a text and, of a long one, its last, on one line.
fn shortened(text: &str) -> String {
    const LONG: usize = 90;
    let characters: Vec<char> = text.chars().map(|c| if c == '\n' { '⏎' } else { c }).collect();
    if characters.len() <= LONG {
        return characters.into_iter().collect();
    }
    let (head, tail) = (&characters[..LONG / 2], &characters[characters.len() - LONG / 2..]);
    format!("{} … {}", head.iter().collect::<String>(), tail.iter().collect::<String>())
}

impl Comparison {
    fn add(&mut self, layer: Layer, one: usize, other: usize, both: usize) {
        let counts = self.layers.entry(layer).or_default();
        counts.one += one;
        counts.other += other;
        counts.both += both;
    }

    fn attribute(&mut self, attribute: Attribute, alike: bool) {
        let (shared, same) = self.attributes.entry(attribute).or_default();
        *shared += 1;
        *same += usize::from(alike);
    }

    fn mentions(&mut self, one: &Article, other: &Article) {
        for layer in [Layer::Names, Layer::Amounts, Layer::Nominals, Layer::Pronouns] {
            let set = |article: &Article| -> BTreeSet<(u32, u32, EntityType)> {
                article
                    .mentions
                    .iter()
                    .filter(|mention| layer_of(mention) == layer)
                    .map(|mention| (mention.span.start, mention.span.end, mention.entity_type))
                    .collect()
            };
            let (ours, theirs) = (set(one), set(other));
            self.add(layer, ours.len(), theirs.len(), ours.intersection(&theirs).count());
            for (which, (from, to)) in [("one", (&ours, &theirs)), ("other", (&theirs, &ours))] {
                for &(start, end, entity_type) in only(from, to) {
                    let text = shortened(Span::new(start, end).of(&one.text));
                    let layer = layer.name().split(':').next().unwrap_or_default();
                    self.differences.push(format!(
                        "{}, {layer}, only the {which}: `{text}` {}",
                        one.id,
                        entity_type.name()
                    ));
                }
            }
        }
    }

    /// B³ over the mentions that both have, with a key in both.
    fn identity(&mut self, one: &Article, other: &Article) {
        let keys = |article: &Article| -> BTreeMap<(u32, u32), String> {
            article
                .mentions
                .iter()
                .filter_map(|mention| Some((place(mention.span), mention.key.clone()?)))
                .collect::<BTreeMap<_, _>>()
        };
        let (ours, theirs) = (keys(one), keys(other));
        let shared: Vec<_> =
            ours.iter().filter_map(|(at, key)| Some((*at, key.as_str(), theirs.get(at)?.as_str()))).collect();
        for &(at, key, other_key) in &shared {
            let mine = shared.iter().filter(|(_, other, _)| *other == key).count();
            let its = shared.iter().filter(|(_, _, other)| *other == other_key).count();
            let common = shared.iter().filter(|(_, a, b)| *a == key && *b == other_key).count();
            self.identity.0 += 1;
            self.identity.1 += common as f64 / mine as f64;
            self.identity.2 += common as f64 / its as f64;
            if common < mine || common < its {
                let text = Span::new(at.0, at.1).of(&one.text);
                self.differences.push(format!("{}, identity: `{text}` is {key} and {other_key}", one.id));
            }
        }
    }

    fn quotes(&mut self, one: &Article, other: &Article) {
        let pieces = |quote: &Quote| -> Vec<(u32, u32)> { quote.pieces.iter().map(|piece| place(*piece)).collect() };
        let by_pieces = |article: &Article| -> BTreeMap<Vec<(u32, u32)>, Quote> {
            article.quotes.iter().map(|quote| (pieces(quote), quote.clone())).collect()
        };
        let (ours, theirs) = (by_pieces(one), by_pieces(other));
        let shared: Vec<_> = ours.iter().filter_map(|(at, quote)| Some((quote, theirs.get(at)?))).collect();
        let of_one_kind = shared.iter().filter(|(quote, other)| quote.kind == other.kind).count();
        self.add(Layer::Quotes, ours.len(), theirs.len(), shared.len());
        self.add(Layer::QuotesOfOneKind, ours.len(), theirs.len(), of_one_kind);
        let text = |quote: &Quote| {
            let pieces: Vec<_> = quote.pieces.iter().map(|piece| shortened(piece.of(&one.text))).collect();
            pieces.join(" // ")
        };
        for (which, (from, to)) in [("one", (&ours, &theirs)), ("other", (&theirs, &ours))] {
            for (at, quote) in from {
                if !to.contains_key(at) {
                    let kind = format!("{:?}", quote.kind).to_lowercase();
                    self.differences.push(format!("{}, quotes, only the {which}: {kind} `{}`", one.id, text(quote)));
                }
            }
        }
        for (quote, their) in shared {
            // Which entity of `one` stands where the other annotation points to; a place without entity is itself.
            let entities = |quote: &Quote| -> BTreeSet<String> {
                quote
                    .speakers
                    .iter()
                    .map(|speaker| {
                        let mention = one.mentions.iter().find(|mention| mention.span == speaker.span);
                        mention.and_then(|mention| mention.key.clone()).unwrap_or_else(|| format!("{:?}", speaker.span))
                    })
                    .collect()
            };
            let cue = |quote: &Quote| -> BTreeSet<_> { quote.cues.iter().map(|(span, _)| place(*span)).collect() };
            let alike = [
                (Attribute::SpeakerPlace, spans(&quote.speakers) == spans(&their.speakers)),
                (Attribute::SpeakerEntity, entities(quote) == entities(their)),
                (Attribute::Cue, cue(quote) == cue(their)),
                (Attribute::Addressee, spans(&quote.addressees) == spans(&their.addressees)),
                (Attribute::Medium, quote.medium == their.medium),
            ];
            for (attribute, alike) in alike {
                self.attribute(attribute, alike);
                if !alike && attribute != Attribute::SpeakerEntity {
                    let words = |quote: &Quote| -> String {
                        let list: Vec<&str> = match attribute {
                            Attribute::Cue => quote.cues.iter().map(|(span, _)| span.of(&one.text)).collect(),
                            Attribute::Addressee => quote.addressees.iter().map(|a| a.span.of(&one.text)).collect(),
                            Attribute::Medium => return format!("{:?}", quote.medium).to_lowercase(),
                            _ => quote.speakers.iter().map(|speaker| speaker.span.of(&one.text)).collect(),
                        };
                        if list.is_empty() { "none".into() } else { list.join(", ") }
                    };
                    self.differences.push(format!(
                        "{}, {}: `{}` or `{}` of `{}`",
                        one.id,
                        attribute.name().split(':').next().unwrap_or_default(),
                        words(quote),
                        words(their),
                        text(quote)
                    ));
                }
            }
            if quote.kind != their.kind {
                let kinds = format!("{:?} or {:?}", quote.kind, their.kind).to_lowercase();
                self.differences.push(format!("{}, kind: {kinds} of `{}`", one.id, text(quote)));
            }
        }
    }

    /// Blocks and non-quotes.
    fn rest(&mut self, one: &Article, other: &Article) {
        let blocks = |article: &Article| -> BTreeSet<_> {
            article.blocks.iter().map(|block| (block.span.start, block.span.end, format!("{:?}", block.kind))).collect()
        };
        let non_quotes = |article: &Article| -> BTreeSet<_> {
            article.non_quotes.iter().map(|no| (no.span.start, no.span.end, format!("{:?}", no.kind))).collect()
        };
        for (layer, ours, theirs) in
            [(Layer::Blocks, blocks(one), blocks(other)), (Layer::NonQuotes, non_quotes(one), non_quotes(other))]
        {
            self.add(layer, ours.len(), theirs.len(), ours.intersection(&theirs).count());
            for (which, (from, to)) in [("one", (&ours, &theirs)), ("other", (&theirs, &ours))] {
                for (start, end, kind) in only(from, to) {
                    let text = shortened(Span::new(*start, *end).of(&one.text));
                    let layer = layer.name().split(':').next().unwrap_or_default();
                    let kind = kind.to_lowercase();
                    self.differences.push(format!("{}, {layer}, only the {which}: {kind} `{text}`", one.id));
                }
            }
        }
    }

    fn page(&self, documents: usize, differences: bool) -> String {
        let mut page =
            format!("{documents} documents.\n\n| layer | one | other | both | F1 |\n|---|---:|---:|---:|---:|\n");
        for (layer, counts) in &self.layers {
            let Counts { one, other, both } = *counts;
            let _ = writeln!(page, "| {} | {one} | {other} | {both} | {:.1} |", layer.name(), 100.0 * counts.f1());
        }
        let (mentions, precision, recall) = self.identity;
        page.push_str("\n| of what both have | shared | alike | |\n|---|---:|---:|---:|\n");
        if mentions > 0 {
            let (precision, recall) = (precision / mentions as f64, recall / mentions as f64);
            let b3 = 2.0 * precision * recall / (precision + recall);
            let _ = writeln!(page, "| identity: B³ F1 | {mentions} | | {:.1} |", 100.0 * b3);
        }
        for (attribute, (shared, alike)) in &self.attributes {
            let share = 100.0 * *alike as f64 / *shared as f64;
            let _ = writeln!(page, "| {} | {shared} | {alike} | {share:.1} |", attribute.name());
        }
        if differences {
            page.push_str("\n## Differences\n\n");
            for difference in &self.differences {
                let _ = writeln!(page, "- {difference}");
            }
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn article(body: &str) -> Article {
        read(&format!("id: a\nregion: r\nstyle: wire\nnames: n\nquotes: american\n===\n{body}\n")).unwrap()
    }

    fn lines(one: &str, other: &str) -> Vec<String> {
        let page = agreement(&[(&article(one), &article(other))], true).unwrap();
        page.lines().map(str::to_owned).collect()
    }

    #[test]
    fn an_annotation_agrees_with_itself() {
        let body = "{Ruiz|PERSON ruiz; s1} {said|c1=say} <<1 indirect|{she|ruiz pronoun} left on {May 1|DATE}>>.";
        let lines = lines(body, body);
        assert!(lines.contains(&"| names: span and type | 1 | 1 | 1 | 100.0 |".into()));
        assert!(lines.contains(&"| identity: B³ F1 | 2 | | 100.0 |".into()));
        assert!(lines.contains(&"| speaker: the same mention | 1 | 1 | 100.0 |".into()));
        assert!(!lines.iter().any(|line| line.starts_with("- ")));
    }

    #[test]
    fn every_layer_counts_and_names_what_differs() {
        let lines = lines(
            "{Ana Ruiz|PERSON ruiz}, {the envoy|ruiz nominal; s1}, {said|c1=say} “<<1 direct|Go>>” and “<<2 partial|x>>” to {Lee|PERSON lee}.",
            "{Ana|PERSON ruiz} Ruiz, the {envoy|ruiz nominal; s1}, {said|c1=say} “<<1 partial|Go>>” and “<<x scare|x>>” to {Lee|ORGANIZATION lee}.",
        );
        for expected in [
            "| names: span and type | 2 | 2 | 0 | 0.0 |",
            "| quotes: every piece exact | 2 | 1 | 1 | 66.7 |",
            "| quotes: every piece exact, and the kind | 2 | 1 | 0 | 0.0 |",
            "| speaker: the same mention | 1 | 0 | 0.0 |",
            "| cue: the same words | 1 | 1 | 100.0 |",
            "- a, names, only the one: `Ana Ruiz` PERSON",
            "- a, kind: direct or partial of `Go`",
            "- a, speaker: `the envoy` or `envoy` of `Go`",
            "- a, marked non-quotes, only the other: scare `x`",
        ] {
            assert!(lines.iter().any(|line| line == expected), "{expected}\n{}", lines.join("\n"));
        }
    }

    #[test]
    fn entities_taken_for_one_lower_b_cubed() {
        let lines = lines("{A|PERSON a} {B|PERSON b}", "{A|PERSON a} {B|PERSON a}");
        assert!(lines.contains(&"| identity: B³ F1 | 2 | | 66.7 |".into()), "{}", lines.join("\n"));
    }

    #[test]
    fn different_texts_are_refused() {
        assert_eq!(agreement(&[(&article("ab"), &article("ac"))], false), Err("a: the texts differ at byte 1".into()));
    }
}
