//! What the tagger learns from: each corpus with its labels in our terms.
//!
//! Corpora disagree. Where one leaves a type unlabelled, or lumps several together, a token's label is the set of tags
//! that may be right, and training decides between them (see [`super::crf`]).

use crate::annotation::MentionKind;
use crate::corpus::{self, Labelled};
use crate::lexicon::{Class, Classes, Reading};
use crate::ner::tags::{self, OUTSIDE, Part, TYPES, Tag, TagSet};
use crate::span::Span;
use crate::text::{Case, Text, TokenRange};
use std::path::Path;

/// A set of indices of [`TYPES`].
type Types = u8;

const PERSON: Types = 1;
const ORGANIZATION: Types = 2;
const PLACE: Types = 4;
const GROUP: Types = 8;
const EVENT: Types = 16;
const WORK: Types = 32;
const PRODUCT: Types = 64;
const MISCELLANEOUS: Types = GROUP | EVENT | WORK | PRODUCT;

/// A corpus to train on.
pub struct Source {
    /// Its folder's name, or `own`.
    pub name: &'static str,
    files: &'static [&'static str],
    /// Author and licence, for the model's notes.
    pub licence: &'static str,
    /// Types that it does not label: a capitalised word outside its labels may be one of these.
    unlabelled: Types,
    /// Whether "MISC" may also be what is no name for us.
    loose_miscellany: bool,
    /// Whether a file's lines follow each other in one document.
    pub coherent: bool,
    /// How much a sentence counts.
    pub weight: f32,
}

const fn source(name: &'static str, files: &'static [&'static str], licence: &'static str) -> Source {
    Source { name, files, licence, unlabelled: 0, loose_miscellany: false, coherent: true, weight: 1.0 }
}

const ALL: &[&str] = &["all"];
const EVERY: &[&str] = &["train", "dev", "test"];

/// All corpora, the most important one first.
pub const SOURCES: &[Source] = &[
    Source { weight: 2.0, ..source("own", &["train"], "Pressmark news corpus, CC BY 4.0") },
    // The news part's test file is kept for evaluation.
    source("gum_news", &["train", "dev"], "GUM, Wikinews: text CC BY 2.5, annotation CC BY 4.0"),
    source("gum_interview", EVERY, "GUM, Wikinews: text CC BY 2.5, annotation CC BY 4.0"),
    source("gum_academic", EVERY, "GUM: CC BY 4.0"),
    source("gum_court", EVERY, "GUM: CC BY 4.0"),
    source("gum_bio", EVERY, "GUM, Wikipedia: text CC BY-SA 3.0, annotation CC BY 4.0"),
    source("gum_voyage", EVERY, "GUM, Wikivoyage: text CC BY-SA 3.0, annotation CC BY 4.0"),
    source("wikigold", ALL, "WikiGold: CC BY 4.0"),
    source("redocred", &["dev", "test"], "Re-DocRED: MIT, text of Wikipedia CC BY-SA"),
    Source {
        unlabelled: MISCELLANEOUS,
        coherent: false,
        ..source("uner_ewt", &["dev", "test"], "UNER English EWT: CC BY-SA 4.0")
    },
    cross("crossner_politics"),
    cross("crossner_literature"),
    cross("crossner_music"),
    cross("crossner_science"),
    cross("crossner_ai"),
    Source {
        unlabelled: MISCELLANEOUS,
        coherent: false,
        weight: 0.5,
        ..source("btc", ALL, "Broad Twitter Corpus: CC BY 4.0")
    },
    Source {
        unlabelled: GROUP | EVENT,
        coherent: false,
        weight: 0.5,
        ..source("wnut17", EVERY, "WNUT 2017: CC BY 4.0")
    },
];

const fn cross(name: &'static str) -> Source {
    Source {
        loose_miscellany: true,
        coherent: false,
        ..source(name, EVERY, "CrossNER: MIT, text of Wikipedia CC BY-SA")
    }
}

/// A text with what may be right for each of its tokens.
pub struct Document {
    /// The text.
    pub text: String,
    /// Names and what they may be; none where they may be no name.
    labels: Vec<Label>,
    /// See [`Source::unlabelled`].
    unlabelled: Types,
    /// Index in [`SOURCES`].
    pub source: usize,
}

struct Label {
    span: Span,
    types: Types,
    /// Whether it may be no name after all.
    or_none: bool,
}

/// Reads the documents of one corpus. `corpora` is the folder of other people's corpora, `own` that of our own.
pub fn read(index: usize, corpora: &Path, own: &Path) -> Result<Vec<Document>, String> {
    let source = &SOURCES[index];
    let mut documents = Vec::new();
    for file in source.files {
        if source.name == "own" {
            let articles = corpus::read_folder(&own.join(file)).map_err(|problems| problems.join("\n"))?;
            documents.extend(articles.iter().map(|article| from_article(article, index)));
        } else {
            let path = corpora.join(source.name).join(format!("{file}.jsonl"));
            documents.extend(corpus::read_labelled(&path)?.into_iter().map(|text| from_labelled(text, index)));
        }
    }
    Ok(documents)
}

fn from_article(article: &corpus::Article, source: usize) -> Document {
    let labels = article
        .mentions
        .iter()
        .filter(|mention| !matches!(mention.kind, MentionKind::Nominal | MentionKind::Pronoun))
        .filter_map(|mention| {
            let index = TYPES.iter().position(|&entity_type| entity_type == mention.entity_type)?;
            Some(Label { span: mention.span, types: 1 << index, or_none: false })
        })
        .collect();
    Document { text: article.text.clone(), labels, unlabelled: 0, source }
}

fn from_labelled(document: Labelled, source: usize) -> Document {
    let labels = document
        .entities
        .iter()
        .filter_map(|(span, label)| {
            let types = match label.as_str() {
                "PER" => PERSON,
                "ORG" => ORGANIZATION,
                "LOC" | "FAC" => PLACE,
                "NORP" => GROUP,
                "EVENT" => EVENT,
                "WORK" => WORK,
                "PRODUCT" => PRODUCT,
                "MISC" => MISCELLANEOUS,
                // Dates and numbers are found by rule.
                _ => return None,
            };
            let or_none = label == "MISC" && SOURCES[source].loose_miscellany;
            Some(Label { span: *span, types, or_none })
        })
        .collect();
    Document { text: document.text, labels, unlabelled: SOURCES[source].unlabelled, source }
}

const PEOPLES: Classes = Classes::of(Class::Demonym).and(Classes::of(Class::Group));
const TITLES: Classes = Classes::of(Class::Title).and(Classes::of(Class::Honorific));
const PERSONAL: Classes = Classes::of(Class::GivenName).and(Classes::of(Class::Surname));

impl Document {
    /// For each token, the tags that may be right.
    pub fn allowed(&self, text: &Text, reading: &Reading) -> Vec<TagSet> {
        let own = SOURCES[self.source].name == "own";
        let mut allowed: Vec<TagSet> = (0..text.tokens.len())
            .map(|index| {
                let capital = !matches!(text.tokens[index].case, Case::Lower | Case::None);
                let mut set = 1 << OUTSIDE;
                for tag in 1..tags::TAGS as Tag {
                    let inner = tags::part(tag) == Part::Inner;
                    if has(self.unlabelled, tag) && (capital || inner) {
                        set |= 1 << tag;
                    }
                }
                // Nationalities are often left out, or are languages.
                if !own && capital && reading.classes(index as u32).any(PEOPLES) {
                    set |= 1 << tags::tag(3, Part::Only);
                }
                set
            })
            .collect();
        for label in &self.labels {
            self.apply(label, text, reading, own, &mut allowed);
        }
        allowed
    }

    fn apply(&self, label: &Label, text: &Text, reading: &Reading, own: bool, allowed: &mut [TagSet]) {
        let mut tokens = covering(text, label.span);
        if tokens.is_empty() {
            return;
        }
        let glued = text.span(tokens) != label.span;
        let mut types = label.types;
        if !own {
            tokens = trim(text, reading, tokens, types == PERSON);
            if tokens.is_empty() {
                return;
            }
            if tokens.len() == 1 && types & (PLACE | MISCELLANEOUS) != 0 {
                let classes = reading.classes(tokens.start);
                if classes.any(PEOPLES) && !classes.has(Class::Country) && !classes.has(Class::Place) {
                    types = GROUP;
                }
            }
        }
        // A label that ends inside a token cannot be learnt from.
        if glued && text.span(tokens) != label.span && !label.span.contains(text.span(tokens)) {
            allowed[tokens.indices()].fill(tags::ANY);
            return;
        }
        for token in tokens.indices() {
            let first = token == tokens.start as usize;
            let last = token + 1 == tokens.end as usize;
            let part = match (first, last) {
                (true, true) => Part::Only,
                (true, false) => Part::First,
                (false, true) => Part::Last,
                (false, false) => Part::Inner,
            };
            let mut set = if label.or_none { 1 << OUTSIDE } else { 0 };
            for tag in 1..tags::TAGS as Tag {
                if has(types, tag) && (label.or_none || tags::part(tag) == part) {
                    set |= 1 << tag;
                }
            }
            allowed[token] = set;
        }
    }
}

fn has(types: Types, tag: Tag) -> bool {
    tags::type_index(tag).is_some_and(|index| types >> index & 1 == 1)
}

/// The tokens that share a byte with the span.
fn covering(text: &Text, span: Span) -> TokenRange {
    let start = text.tokens.partition_point(|token| token.span.end <= span.start);
    let end = text.tokens.partition_point(|token| token.span.start < span.end);
    TokenRange::new(start as u32, end.max(start) as u32)
}

/// Our guideline: determiners, titles and possessives stand outside.
fn trim(text: &Text, reading: &Reading, mut tokens: TokenRange, person: bool) -> TokenRange {
    while tokens.len() > 1 {
        let first = tokens.start;
        let determiner = matches!(text.of(first), "the" | "a" | "an" | "The" | "A" | "An") && text.of(first) != "A"
            || matches!(text.of(first), "\"" | "'" | "“");
        let classes = reading.classes(first);
        if determiner || person && classes.any(TITLES) && !classes.any(PERSONAL) {
            tokens.start += 1;
        } else {
            break;
        }
    }
    while tokens.len() > 1 && matches!(text.of(tokens.end - 1), "'s" | "’s" | "'" | "’" | "," | "\"") {
        tokens.end -= 1;
    }
    tokens
}
