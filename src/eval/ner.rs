//! `pressmark eval ner`: names, dates and amounts against annotated texts, by exact span.
//!
//! The one place where other people's labels are mapped to ours. What a corpus does not label is not held against a
//! prediction: it is dropped.

use crate::annotation::{EntityType, MentionKind};
use crate::corpus::{self, Labelled};
use crate::identity;
use crate::lexicon::{Class, Phrase, Reading};
use crate::ner;
use crate::span::Span;
use crate::text::{Text, TokenRange};
use regex::Regex;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

/// The mapping as it is printed.
pub const MAPPING: &str = "\
PER → PERSON, ORG → ORGANIZATION, LOC and FAC → PLACE, NORP → GROUP; EVENT, WORK, PRODUCT, DATE, MONEY as they are.
MISC counts for \"any name\" alone, where GROUP, EVENT, WORK and PRODUCT predictions may match it; NUM is left out.
Predictions of a type that the corpus labels neither by itself nor as MISC are dropped. Dates without a calendar day,
month or year in them (\"today\", \"this week\", \"two years ago\", \"18th century\") are dropped except in our own corpus, and
a leading \"last\", \"next\" or \"this\" (\"last Friday\") is not compared there. Nor is the country of a dollar
(\"US $5 million\"): some corpora have it inside the amount, some outside, some both ways. Countries and cities that act are
places for us, for some corpora organisations: a second line tells what F1 is if these few count as right.";

/// A corpus to score on.
pub struct Corpus {
    /// As it is printed and chosen.
    pub name: &'static str,
    /// Under `../shared/corpora`; none for our own.
    path: Option<&'static str>,
    labels: Labels,
}

/// Which types a corpus labels.
#[derive(Clone, Copy, PartialEq)]
enum Labels {
    /// Everything, as our guideline says.
    Ours,
    /// PER, ORG, LOC alone.
    Three,
    /// PER, ORG, LOC, DATE, EVENT, PRODUCT and MISC; nationalities are unmarked.
    Gum,
    /// PER, ORG, LOC, NORP, PRODUCT, DATE, MONEY and MISC.
    World,
}

impl Labels {
    /// Types whose predictions count one by one.
    fn scores(self, entity_type: EntityType) -> bool {
        use EntityType::*;
        match self {
            Labels::Ours => true,
            Labels::Three => matches!(entity_type, Person | Organization | Place),
            Labels::Gum => matches!(entity_type, Person | Organization | Place | Event | Product | Date),
            Labels::World => matches!(entity_type, Person | Organization | Place | Group | Product | Date | Money),
        }
    }

    /// Types whose predictions count among "any name".
    fn is_name(self, entity_type: EntityType) -> bool {
        use EntityType::*;
        match self {
            Labels::Three => matches!(entity_type, Person | Organization | Place),
            Labels::Gum => matches!(entity_type, Person | Organization | Place | Event | Work | Product),
            _ => matches!(entity_type, Person | Organization | Place | Group | Event | Work | Product),
        }
    }
}

/// All corpora, in the order of printing.
pub const CORPORA: &[Corpus] = &[
    Corpus { name: "own", path: None, labels: Labels::Ours },
    Corpus { name: "worldwide", path: Some("evaluation-only/worldwide/dev.jsonl"), labels: Labels::World },
    Corpus { name: "uner_pud", path: Some("ner/uner_pud/test.jsonl"), labels: Labels::Three },
    Corpus { name: "gum_news", path: Some("ner/gum_news/test.jsonl"), labels: Labels::Gum },
    Corpus {
        name: "re3d_australian_department_of",
        path: Some("ner/re3d_australian_department_of/all.jsonl"),
        labels: Labels::World,
    },
    Corpus { name: "re3d_centcom", path: Some("ner/re3d_centcom/all.jsonl"), labels: Labels::World },
    Corpus {
        name: "re3d_delegation_of_the_europe",
        path: Some("ner/re3d_delegation_of_the_europe/all.jsonl"),
        labels: Labels::World,
    },
    Corpus { name: "re3d_uk_government", path: Some("ner/re3d_uk_government/all.jsonl"), labels: Labels::World },
    Corpus {
        name: "re3d_us_state_department",
        path: Some("ner/re3d_us_state_department/all.jsonl"),
        labels: Labels::World,
    },
    Corpus { name: "re3d_wikipedia", path: Some("ner/re3d_wikipedia/all.jsonl"), labels: Labels::World },
];

/// What a gold span is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Gold {
    Type(EntityType),
    Miscellany,
}

/// An annotated text.
pub struct Case {
    id: String,
    text: String,
    gold: Vec<(Span, Gold)>,
}

impl Corpus {
    /// Reads the corpus; none where it is not on this machine. `shared` is `../shared/corpora`, `own` is `corpus/dev`.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn read(&self, shared: &Path, own: &Path) -> Result<Option<Vec<Case>>, String> {
        match self.path {
            None => {
                let articles = corpus::read_folder(own).map_err(|problems| problems.join("\n"))?;
                Ok(Some(articles.into_iter().map(from_article).collect()))
            }
            Some(path) if shared.join(path).exists() => {
                Ok(Some(corpus::read_labelled(&shared.join(path))?.into_iter().map(from_labelled).collect()))
            }
            Some(_) => Ok(None),
        }
    }
}

fn from_article(article: corpus::Article) -> Case {
    let gold = article
        .mentions
        .iter()
        .filter(|mention| !matches!(mention.kind, MentionKind::Nominal | MentionKind::Pronoun))
        .map(|mention| (mention.span, Gold::Type(mention.entity_type)))
        .collect();
    Case { id: article.id, text: article.text, gold }
}

fn from_labelled(document: Labelled) -> Case {
    let gold = document
        .entities
        .iter()
        .filter_map(|(span, label)| {
            let gold = match label.as_str() {
                "PER" => Gold::Type(EntityType::Person),
                "ORG" => Gold::Type(EntityType::Organization),
                "LOC" | "FAC" => Gold::Type(EntityType::Place),
                "NORP" => Gold::Type(EntityType::Group),
                "EVENT" => Gold::Type(EntityType::Event),
                "WORK" => Gold::Type(EntityType::Work),
                "PRODUCT" => Gold::Type(EntityType::Product),
                "DATE" => Gold::Type(EntityType::Date),
                "MONEY" => Gold::Type(EntityType::Money),
                "MISC" => Gold::Miscellany,
                _ => return None,
            };
            let money = matches!(gold, Gold::Type(EntityType::Money));
            Some((if money { without_country(*span, &document.text) } else { *span }, gold))
        })
        .collect();
    Case { id: document.id, text: document.text, gold }
}

/// Right, predicted and gold spans.
#[derive(Clone, Copy, Default)]
pub struct Count {
    right: usize,
    found: usize,
    gold: usize,
}

impl Count {
    fn percent(part: f64, whole: f64) -> f64 {
        if whole > 0.0 { 100.0 * part / whole } else { 0.0 }
    }

    /// Of what is found, what is right.
    pub fn precision(self) -> f64 {
        Count::percent(self.right as f64, self.found as f64)
    }

    /// Of what there is, what is found.
    pub fn recall(self) -> f64 {
        Count::percent(self.right as f64, self.gold as f64)
    }

    /// Their harmonic mean.
    pub fn f1(self) -> f64 {
        Count::percent(2.0 * self.right as f64, (self.found + self.gold) as f64)
    }
}

/// The score of one corpus.
#[derive(Default)]
pub struct Score {
    types: BTreeMap<EntityType, Count>,
    /// PERSON, ORGANIZATION and PLACE together.
    pub three: Count,
    /// Spans of names, whatever their type.
    pub untyped: Count,
    /// Countries and cities that were found as places and are organisations there, because they act ("China said").
    acting: usize,
    errors: HashMap<String, (usize, String)>,
}

/// Predictions for one text.
pub type Predictions = Vec<(Span, EntityType)>;

/// What the recogniser finds, by the model that is built in or another one; `after_identity` what that stage makes of it.
fn find(case: &Case, model: Option<&[u8]>, after_identity: bool) -> Predictions {
    let text = Text::read(&case.text);
    let reading = Reading::of(&text);
    let mut mentions = match model {
        None => ner::recognise(&text, &reading),
        Some(model) => ner::recognise_by(model, &text, &reading).unwrap_or_default(),
    };
    if after_identity {
        mentions = identity::resolve(&text, &reading, mentions, &[]).mentions;
        mentions.retain(|mention| !matches!(mention.kind, MentionKind::Nominal | MentionKind::Pronoun));
    }
    mentions.iter().map(|mention| (mention.span, mention.entity_type)).collect()
}

/// Scores one corpus.
pub fn score(corpus: &Corpus, cases: &[Case], mut predict: impl FnMut(&Case) -> Predictions) -> Score {
    let mut score = Score::default();
    for case in cases {
        let mut predictions = predict(case);
        if corpus.labels != Labels::Ours {
            for (span, entity_type) in &mut predictions {
                match entity_type {
                    EntityType::Date => *span = without_near(*span, &case.text),
                    EntityType::Money => *span = without_country(*span, &case.text),
                    _ => {}
                }
            }
        }
        predictions.retain(|&(span, entity_type)| {
            (corpus.labels.scores(entity_type) || corpus.labels.is_name(entity_type))
                && !(corpus.labels != Labels::Ours
                    && entity_type == EntityType::Date
                    && is_relative(span.of(&case.text)))
        });
        score.add(corpus, case, &predictions);
    }
    score
}

impl Score {
    fn add(&mut self, corpus: &Corpus, case: &Case, predictions: &Predictions) {
        let labels = corpus.labels;
        let gold: HashMap<Span, Gold> = case.gold.iter().copied().collect();
        for &gold in gold.values() {
            if let Gold::Type(entity_type) = gold
                && labels.scores(entity_type)
            {
                self.types.entry(entity_type).or_default().gold += 1;
            }
            self.untyped.gold += usize::from(match gold {
                Gold::Type(entity_type) => labels.is_name(entity_type),
                Gold::Miscellany => labels != Labels::Three,
            });
        }
        for &(span, entity_type) in predictions {
            let found = gold.get(&span).copied();
            let right = found == Some(Gold::Type(entity_type));
            if labels.scores(entity_type) {
                let count = self.types.entry(entity_type).or_default();
                count.found += 1;
                count.right += usize::from(right);
            }
            if labels.is_name(entity_type) {
                self.untyped.found += 1;
                self.untyped.right += usize::from(match found {
                    Some(Gold::Type(entity_type)) => labels.is_name(entity_type),
                    Some(Gold::Miscellany) => labels != Labels::Three,
                    None => false,
                });
            }
            self.acting += usize::from(
                labels != Labels::Ours
                    && found == Some(Gold::Type(EntityType::Organization))
                    && entity_type == EntityType::Place
                    && is_known_place(span.of(&case.text)),
            );
            let excused = found == Some(Gold::Miscellany) && labels.is_name(entity_type) && !labels.scores(entity_type);
            if !right && !excused {
                let gold = match found {
                    Some(Gold::Type(entity_type)) => entity_type.name(),
                    Some(Gold::Miscellany) => "MISC",
                    None => match case.gold.iter().find(|(gold, _)| gold.overlaps(span)) {
                        Some((gold, _)) => &format!("“{}”", gold.of(&case.text)),
                        None => "nothing",
                    },
                };
                self.note(case, span, &format!("{} for {gold}", entity_type.name()));
            }
        }
        for (&span, &gold) in &gold {
            if let Gold::Type(entity_type) = gold
                && labels.scores(entity_type)
                && !predictions.iter().any(|(found, _)| found.overlaps(span))
            {
                self.note(case, span, &format!("nothing for {}", entity_type.name()));
            }
        }
        self.three = Count::default();
        for entity_type in [EntityType::Person, EntityType::Organization, EntityType::Place] {
            let count = self.types.get(&entity_type).copied().unwrap_or_default();
            self.three.right += count.right;
            self.three.found += count.found;
            self.three.gold += count.gold;
        }
    }

    fn note(&mut self, case: &Case, span: Span, what: &str) {
        let key = format!("{what}: {}", span.of(&case.text));
        let entry = self.errors.entry(key).or_insert_with(|| (0, context(case, span)));
        entry.0 += 1;
    }

    /// A table of all types, and up to `errors` of the most frequent mistakes.
    pub fn table(&self, name: &str, errors: usize) -> String {
        let mut page = format!("{name:<30}   gold  found      P      R     F1\n");
        let mut line = |name: &str, count: Count| {
            let (p, r, f) = (count.precision(), count.recall(), count.f1());
            let _ = writeln!(page, "  {name:<28} {:>6} {:>6} {p:>6.1} {r:>6.1} {f:>6.1}", count.gold, count.found);
        };
        for (entity_type, &count) in &self.types {
            line(entity_type.name(), count);
        }
        line("PERSON ORGANIZATION PLACE", self.three);
        if self.acting > 0 {
            line("… if what acts is a place too", Count { right: self.three.right + self.acting, ..self.three });
        }
        line("any name, untyped", self.untyped);
        let mut mistakes: Vec<_> = self.errors.iter().collect();
        mistakes.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
        for (what, (count, context)) in mistakes.into_iter().take(errors) {
            let _ = writeln!(page, "{count:>4} {what}  | {context}");
        }
        page
    }

    /// F1 of a type.
    pub fn f1(&self, entity_type: EntityType) -> f64 {
        self.types.get(&entity_type).copied().unwrap_or_default().f1()
    }
}

/// Whether the lexicon knows a name as a place's, a country's above all.
fn is_known_place(name: &str) -> bool {
    let text = Text::read(name);
    let reading = Reading::of(&text);
    let all = TokenRange::new(0, text.tokens.len() as u32);
    let of_phrase = |phrase: &Phrase| phrase.tokens == all && phrase.classes.has(Class::Place);
    reading.phrases.iter().any(of_phrase) || all.len() == 1 && reading.classes(0).has(Class::Place)
}

/// Some words around a span.
fn context(case: &Case, span: Span) -> String {
    let from = case.text[..span.start as usize].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let rest = &case.text[span.end as usize..];
    let to = span.end as usize + rest.char_indices().nth(40).map_or(rest.len(), |(at, _)| at);
    let around = |from: usize, to: usize| case.text[from..to].replace('\n', " ⏎ ");
    let (start, end) = (span.start as usize, span.end as usize);
    format!("{}[{}]{} ({})", around(from, start), around(start, end), around(end, to), case.id)
}

/// Compiles a pattern of this module; a test does so for all of them.
fn pattern(source: &'static str) -> Regex {
    Regex::new(source).unwrap_or_else(|error| unreachable!("{error}"))
}

/// "today", "last year": a date without a digit, a month's or a weekday's name.
fn is_relative(date: &str) -> bool {
    static RELATIVE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:ago|century)$"));
    static OF_CALENDAR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i-u)\b(?:[0-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)")
    });
    RELATIVE.is_match(date) || !OF_CALENDAR.is_match(date)
}

/// "last Friday" → "Friday"
fn without_near(span: Span, text: &str) -> Span {
    static NEAR: LazyLock<Regex> = LazyLock::new(|| pattern("^(?:[Ll]ast|[Nn]ext|[Tt]his) "));
    let cut = NEAR.find(span.of(text)).map_or(0, |found| found.end());
    Span::new(span.start + cut as u32, span.end)
}

/// "US $5 million" → "$5 million"
fn without_country(span: Span, text: &str) -> Span {
    static COUNTRY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[A-Z.]* *\$"));
    let cut = COUNTRY.find(span.of(text)).map_or(0, |found| found.end() - 1);
    Span::new(span.start + cut as u32, span.end)
}

/// What `pressmark eval ner` is asked.
pub struct Options<'o> {
    /// `../shared/corpora`
    pub shared: &'o Path,
    /// `corpus/dev`
    pub own: &'o Path,
    /// Names of the corpora, or the beginnings of them; all when empty.
    pub corpora: Vec<String>,
    /// How many mistakes to print for each corpus.
    pub errors: usize,
    /// Lines of `annotate --jsonl --offsets char` of some system; none for our own recogniser.
    pub system: Option<&'o Path>,
    /// A model other than the built-in one.
    pub model: Option<&'o Path>,
    /// Score the names as identity leaves them: types agreed on, missed repeats added.
    pub after_identity: bool,
}

/// Scores and prints.
///
/// # Errors
/// When a file cannot be read.
pub fn report(options: &Options) -> Result<String, String> {
    let system = options.system.map(read_system).transpose()?;
    let model = options.model.map(std::fs::read).transpose().map_err(|error| error.to_string())?;
    let mut page = format!("{MAPPING}\n\n");
    for corpus in CORPORA {
        let chosen =
            options.corpora.is_empty() || options.corpora.iter().any(|name| corpus.name.starts_with(name.as_str()));
        if !chosen {
            continue;
        }
        let Some(cases) = corpus.read(options.shared, options.own)? else {
            let _ = writeln!(page, "{}: not here ({} is absent)\n", corpus.name, options.shared.display());
            continue;
        };
        let score = score(corpus, &cases, |case| match (&system, &model) {
            (Some(system), _) => system.get(&case.id).map_or(Vec::new(), |found| found.in_bytes(&case.text)),
            (None, model) => find(case, model.as_deref(), options.after_identity),
        });
        page += &score.table(corpus.name, options.errors);
        page.push('\n');
    }
    Ok(page)
}

/// Tokens that the recogniser reads in a second on one core: words looked up, tags, dates and amounts; sentences and
/// tokens are there already. The best of several rounds over all texts.
///
/// # Errors
/// When a corpus is there and cannot be read.
pub fn speed(options: &Options) -> Result<String, String> {
    const ROUNDS: usize = 5;
    let mut cases = Vec::new();
    for corpus in CORPORA {
        cases.extend(corpus.read(options.shared, options.own)?.unwrap_or_default());
    }
    let texts: Vec<Text> = cases.iter().map(|case| Text::read(&case.text)).collect();
    let tokens: usize = texts.iter().map(|text| text.tokens.len()).sum();
    let mut best = f64::INFINITY;
    let mut found = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        found = texts.iter().map(|text| ner::recognise(text, &Reading::of(text)).len()).sum();
        best = best.min(start.elapsed().as_secs_f64());
    }
    Ok(format!("{tokens} tokens, {found} mentions, {:.2} million tokens/s\n", tokens as f64 / best / 1e6))
}

/// The numbers that matter while training: (corpus, text) of each.
pub struct Dev {
    corpora: Vec<(&'static Corpus, Vec<Case>)>,
}

impl Dev {
    /// Reads what is here.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn read(shared: &Path, own: &Path) -> Result<Dev, String> {
        let mut corpora = Vec::new();
        for corpus in CORPORA {
            if let Some(cases) = corpus.read(shared, own)? {
                corpora.push((corpus, cases));
            }
        }
        Ok(Dev { corpora })
    }

    /// One line on a model.
    pub fn line(&self, model: &[u8]) -> String {
        let mut line = String::new();
        for (corpus, cases) in &self.corpora {
            let score = score(corpus, cases, |case| find(case, Some(model), false));
            if corpus.name == "own" || corpus.name == "worldwide" {
                let _ = write!(
                    line,
                    " {} {:.1}/{:.1} (P {:.1} O {:.1} L {:.1} G {:.1})",
                    corpus.name,
                    score.three.f1(),
                    score.untyped.f1(),
                    score.f1(EntityType::Person),
                    score.f1(EntityType::Organization),
                    score.f1(EntityType::Place),
                    score.f1(EntityType::Group),
                );
            } else if cases.len() > 5 {
                let _ = write!(
                    line,
                    " {} {:.1}/{:.1}",
                    &corpus.name[..corpus.name.len().min(9)],
                    score.three.f1(),
                    score.untyped.f1()
                );
            }
        }
        line
    }
}

/// One system's answer for one text; offsets in code points.
struct Answer(Vec<(usize, usize, EntityType)>);

impl Answer {
    fn in_bytes(&self, text: &str) -> Predictions {
        let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        offsets.push(text.len());
        let offset = |at: usize| offsets.get(at).copied();
        self.0
            .iter()
            .filter_map(|&(start, end, entity_type)| Some((Span::at(offset(start)?, offset(end)?), entity_type)))
            .collect()
    }
}

/// Reads lines of `{"doc_id", "annotation"}` as `annotate --jsonl --offsets char` writes them, by id.
fn read_system(path: &Path) -> Result<HashMap<String, Answer>, String> {
    let source = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    source
        .lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let id = value["doc_id"].as_str().ok_or("a line without doc_id")?.to_owned();
            let mut found = Vec::new();
            for entity in value["annotation"]["entities"].as_array().into_iter().flatten() {
                let Some(entity_type) = entity["type"].as_str().and_then(EntityType::from_name) else { continue };
                for mention in entity["mentions"].as_array().into_iter().flatten() {
                    let number = |key: &str| mention[key].as_u64().map(|number| number as usize);
                    let (Some(start), Some(end)) = (number("start"), number("end")) else { continue };
                    if !matches!(mention["kind"].as_str(), Some("nominal" | "pronoun")) {
                        found.push((start, end, entity_type));
                    }
                }
            }
            Ok((id, Answer(found)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Case {
        let text = "Ana of Porto likes Covid and Rio".to_owned();
        let gold = vec![
            (Span::new(0, 3), Gold::Type(EntityType::Person)),
            (Span::new(7, 12), Gold::Type(EntityType::Place)),
            (Span::new(19, 24), Gold::Miscellany),
        ];
        Case { id: "x".into(), text, gold }
    }

    #[test]
    fn a_right_span_of_the_wrong_type_counts_for_any_name_alone() {
        let predictions = vec![(Span::new(0, 3), EntityType::Person), (Span::new(7, 12), EntityType::Organization)];
        let score = score(&CORPORA[1], &[case()], |_| predictions.clone());
        assert_eq!((score.three.right, score.three.found, score.three.gold), (1, 2, 2));
        assert_eq!((score.untyped.right, score.untyped.found, score.untyped.gold), (2, 2, 3));
    }

    #[test]
    fn types_that_a_corpus_does_not_label_are_dropped() {
        let predictions = vec![(Span::new(19, 24), EntityType::Event), (Span::new(29, 32), EntityType::Percent)];
        let world = score(&CORPORA[1], &[case()], |_| predictions.clone());
        assert_eq!((world.untyped.right, world.untyped.found), (1, 1));
        let three = score(&CORPORA[2], &[case()], |_| predictions.clone());
        assert_eq!(three.untyped.found, 0);
    }

    #[test]
    fn the_country_of_a_dollar_is_not_compared() {
        for (amount, rest) in [("US $5 million", "$5 million"), ("NT$3", "$3"), ("$7", "$7"), ("€7", "€7")] {
            let span = Span::new(0, amount.len() as u32);
            assert_eq!(without_country(span, amount).of(amount), rest);
        }
    }

    #[test]
    fn relative_dates_have_no_name_or_number() {
        assert!(is_relative("last week") && is_relative("today"));
        assert!(!is_relative("last Tuesday") && !is_relative("1990s") && !is_relative("Sept."));
    }
}
