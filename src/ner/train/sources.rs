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

impl Source {
    /// Whether it was annotated by our own guideline.
    pub fn ours(&self) -> bool {
        matches!(self.name, "own" | "briefs" | "real" | "real_names")
    }
}

const fn source(name: &'static str, files: &'static [&'static str], licence: &'static str) -> Source {
    Source { name, files, licence, unlabelled: 0, loose_miscellany: false, coherent: true, weight: 1.0 }
}

const ALL: &[&str] = &["all"];
const EVERY: &[&str] = &["train", "dev", "test"];

/// All corpora, the most important one first.
pub const SOURCES: &[Source] = &[
    Source { weight: 2.0, ..source("own", &["train"], "Pressmark news corpus, CC BY 4.0") },
    Source { weight: 2.0, ..source("briefs", &["briefs"], "Pressmark news briefs, CC BY 4.0") },
    Source {
        weight: 2.0,
        ..source(
            "real",
            &["real/train"],
            "annotation: Pressmark news corpus, CC BY 4.0; texts: Wikinews CC BY 2.5, \
            US State Department and CENTCOM, public domain, UK government, Open Government Licence",
        )
    },
    Source {
        weight: 2.0,
        ..source(
            "real_names",
            &["real/names"],
            "annotation: Pressmark news corpus, CC BY 4.0; texts: Wikipedia, CC BY-SA, by way of Re-DocRED, WikiGold, \
            CrossNER and GUM; Wikinews, Wikivoyage, courts and papers by way of GUM, CC BY and CC BY-SA",
        )
    },
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
        if source.ours() {
            // Stand-off annotation names its text by a path that begins above the labelled names.
            let texts = corpora.parent().unwrap_or(corpora);
            let articles = corpus::read_articles(&own.join(file), texts).map_err(|problems| problems.join("\n"))?;
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

const PLACES: Classes = Classes::of(Class::Country).and(Classes::of(Class::Place));

impl Document {
    /// For each token, the tags that may be right.
    pub fn allowed(&self, text: &Text, reading: &Reading) -> Vec<TagSet> {
        let own = SOURCES[self.source].ours();
        let mut allowed: Vec<TagSet> = text
            .tokens
            .iter()
            .map(|token| {
                let capital = !matches!(token.case, Case::Lower | Case::None);
                let mut set = 1 << OUTSIDE;
                for tag in 1..tags::TAGS as Tag {
                    let inner = tags::part(tag) == Part::Inner;
                    if has(self.unlabelled, tag) && (capital || inner) {
                        set |= 1 << tag;
                    }
                }
                set
            })
            .collect();
        // Other corpora leave nationalities and religions out, or call them places, organisations and persons.
        if !own {
            for people in peoples(text, reading) {
                let sure = people.sure;
                for (token, set) in people.tokens.indices().zip(parts(people.tokens, GROUP)) {
                    allowed[token] = if sure { set } else { allowed[token] | set };
                }
            }
        }
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
            let classes = known_as(text, reading, tokens);
            // A country that acts is still a place.
            if types == ORGANIZATION && classes.has(Class::Country) && !classes.has(Class::Organization) {
                types = PLACE;
            }
            let personal =
                tokens.len() == 1 && classes.any(Classes::PERSONAL) && !reading.key(tokens.start).ends_with('s');
            if classes.any(Classes::PEOPLES) && !classes.any(PLACES) && !(types == PERSON && personal) {
                types = if classes.has(Class::Party) { types & ORGANIZATION | GROUP } else { GROUP };
            }
        }
        // A label that ends inside a token cannot be learnt from.
        if glued && text.span(tokens) != label.span && !label.span.contains(text.span(tokens)) {
            allowed[tokens.indices()].fill(tags::ANY);
            return;
        }
        for (token, set) in tokens.indices().zip(parts(tokens, types)) {
            allowed[token] = if label.or_none { any_part(types) | 1 << OUTSIDE } else { set };
        }
    }
}

/// For each token of a name, the tags of these types that fit its place.
fn parts(tokens: TokenRange, types: Types) -> impl Iterator<Item = TagSet> {
    (tokens.start..tokens.end).map(move |token| {
        let part = match (token == tokens.start, token + 1 == tokens.end) {
            (true, true) => Part::Only,
            (true, false) => Part::First,
            (false, true) => Part::Last,
            (false, false) => Part::Inner,
        };
        (1..tags::TAGS as Tag)
            .filter(|&tag| has(types, tag) && tags::part(tag) == part)
            .fold(0, |set, tag| set | 1 << tag)
    })
}

fn any_part(types: Types) -> TagSet {
    (1..tags::TAGS as Tag).filter(|&tag| has(types, tag)).fold(0, |set, tag| set | 1 << tag)
}

/// A nationality, people or religion in the text.
struct People {
    tokens: TokenRange,
    /// Whether it can be nothing else.
    sure: bool,
}

/// All of them, phrases ("South African") before single words.
fn peoples(text: &Text, reading: &Reading) -> Vec<People> {
    let mut found: Vec<People> = Vec::new();
    let mut end = 0;
    let mut phrases = reading.phrases.iter().filter(|phrase| phrase.classes.any(Classes::PEOPLES)).peekable();
    for token in 0..text.tokens.len() as u32 {
        if token < end || matches!(text.tokens[token as usize].case, Case::Lower | Case::None) {
            continue;
        }
        while phrases.next_if(|phrase| phrase.tokens.start < token).is_some() {}
        let (tokens, classes) = match phrases.peek() {
            Some(phrase) if phrase.tokens.start == token => (phrase.tokens, phrase.classes),
            _ => (TokenRange::new(token, token + 1), reading.classes(token)),
        };
        if !classes.any(Classes::PEOPLES) {
            continue;
        }
        end = tokens.end;
        let doubtful = classes.any(Classes::PERSONAL.and(PLACES).and(Classes::of(Class::Party)));
        found.push(People { tokens, sure: !doubtful && !is_language(text, reading, tokens) });
    }
    found
}

/// "in English", "the Hindi language"
fn is_language(text: &Text, reading: &Reading, tokens: TokenRange) -> bool {
    let key = |token: u32| if (token as usize) < text.tokens.len() { reading.key(token) } else { "" };
    let before = tokens.start.checked_sub(1).map_or("", key);
    let spoken = matches!(
        before,
        "in" | "into"
            | "from"
            | "speak"
            | "speaks"
            | "spoke"
            | "speaking"
            | "spoken"
            | "fluent"
            | "translated"
            | "or"
            | "and"
    );
    let next = key(tokens.end);
    let alone = !next.starts_with(|c: char| c.is_alphabetic());
    let named = matches!(next, "language" | "languages" | "word" | "words" | "translation" | "dialect" | "spelling");
    spoken && alone || named
}

/// What the tokens together are known as.
fn known_as(text: &Text, reading: &Reading, tokens: TokenRange) -> Classes {
    if tokens.len() == 1 {
        return reading.classes(tokens.start);
    }
    debug_assert!((tokens.end as usize) <= text.tokens.len());
    let phrase = reading.phrases.iter().find(|phrase| phrase.tokens == tokens);
    phrase.map_or(Classes::default(), |phrase| phrase.classes)
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
        if determiner || person && classes.any(Classes::TITLES) && !classes.any(Classes::PERSONAL) {
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
