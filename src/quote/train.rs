//! `pressmark train quotes`: the scorer's weights from annotated articles.
//!
//! Each task is a choice among candidates; the weights maximise the likelihood of the annotated ones (a conditional logit),
//! by FTRL-proximal steps (McMahan et al. 2013), which leave most weights at zero. The same articles give the same bytes.

use super::choice::Features;
use super::cues::{self, CueSite};
use super::dialogue::Author;
use super::indirect::{self, Candidate, Marks};
use super::marked::{self, CLASSES, Decision, Scene};
use super::phrases::{NONE, Syntax};
use super::scorer::{SIZE, Task, Weights};
use super::{Quote, continues, nest};
use crate::annotation::QuoteKind;
use crate::attribution::{self, Who};
use crate::corpus::{self, Article};
use crate::identity;
use crate::lexicon::Reading;
use crate::ner;
use crate::softmax::normalise;
use crate::span::Span;
use crate::text::{MarkRole, Text, TokenRange};
use std::fmt::Write;

/// Passes over the examples, and how many of the first ones the weights are no mean of: the mean of the later ones is better on
/// other people's articles than the last one alone.
const EPOCHS: u64 = 24;
const BURN_IN: u64 = 12;
/// Learning rate, and what damps the first steps.
const ALPHA: f32 = 0.05;
const BETA: f32 = 1.0;
/// Penalties; the first by task, in the order of [`Task::ALL`]: the more examples, the more a feature has to explain. With 2 for
/// the last two the file is a tenth larger, and nothing is found better.
const L1: [f32; 4] = [2.0, 2.0, 3.0, 3.0];
const L2: f32 = 2.0;

/// One decision and which candidates are right.
struct Example {
    /// Index of its article.
    article: usize,
    choice: Features,
    right: Vec<bool>,
}

/// The decisions of annotated articles.
#[derive(Default)]
pub struct Lessons {
    /// By task.
    examples: [Vec<Example>; 4],
    /// Annotated quotes of each kind whose words are among no cue's candidates and no pairs of marks, of all.
    unreached: [(usize, usize); 3],
    /// Those, in their places.
    places: Vec<String>,
}

impl Lessons {
    /// Reads the decisions of articles.
    pub fn of(articles: &[Article]) -> Lessons {
        let mut lessons = Lessons::default();
        for (index, article) in articles.iter().enumerate() {
            lessons.collect(index, article);
        }
        lessons
    }

    /// The bytes of weights learnt from the articles at some indices.
    pub fn learn(&self, uses: impl Fn(usize) -> bool) -> Vec<u8> {
        Weights::write(&std::array::from_fn(|task| {
            let examples: Vec<&Example> = self.examples[task].iter().filter(|example| uses(example.article)).collect();
            fit(&examples, L1[task])
        }))
    }

    /// What there is to learn from, and which quotes no weights could find.
    pub fn page(&self, errors: usize) -> String {
        let mut page = String::new();
        for task in Task::ALL {
            let _ = writeln!(page, "{task:?}: {} examples", self.examples[task as usize].len());
        }
        for kind in [QuoteKind::Direct, QuoteKind::Partial, QuoteKind::Indirect] {
            let (unreached, all) = self.unreached[kind as usize];
            let _ = writeln!(page, "{unreached} of {all} {kind:?} are no candidates");
        }
        self.places.iter().take(errors).for_each(|place| page += place);
        page
    }

    fn collect(&mut self, index: usize, article: &Article) {
        let text = Text::read(&article.text);
        let reading = Reading::of(&text);
        let identity = identity::resolve(&text, &reading, ner::recognise(&text, &reading), &[]);
        let syntax = Syntax::of(&text, &reading, &identity);
        let cues = cues::find(&text, &reading, &syntax);
        let scene = Scene { text: &text, reading: &reading, identity: &identity, syntax: &syntax, cues: &cues };
        let mut of_article: [Vec<(Features, Vec<bool>)>; 4] = Default::default();
        let decisions = collect_marked(article, &scene, &mut of_article[Task::Marked as usize]);
        collect_joins(article, &scene, &decisions, &mut of_article[Task::Join as usize]);
        let reached = collect_indirect(article, &scene, &decisions, &mut of_article[Task::Indirect as usize]);
        collect_speakers(article, &scene, &mut of_article[Task::Speaker as usize]);
        for (task, examples) in of_article.into_iter().enumerate() {
            self.examples[task].extend(examples.into_iter().map(|(choice, right)| Example {
                article: index,
                choice,
                right,
            }));
        }
        for (quote, gold) in article.quotes.iter().enumerate() {
            let is_reached = match gold.kind {
                QuoteKind::Indirect => reached.contains(&quote),
                _ => gold.pieces.iter().all(|piece| {
                    text.marks
                        .iter()
                        .any(|pair| pair.content.contains(*piece) && gold_of(article, pair.content) == Some(quote))
                }),
            };
            let (unreached, all) = &mut self.unreached[gold.kind as usize];
            *unreached += usize::from(!is_reached);
            if !is_reached {
                let around = |span: Span| span.of(&article.text).replace('\n', "¶");
                let start = gold.pieces[0].start as usize;
                let before: String =
                    article.text[..start].chars().rev().take(50).collect::<Vec<_>>().into_iter().rev().collect();
                let pieces: Vec<String> = gold.pieces.iter().map(|piece| around(*piece)).collect();
                let cue =
                    gold.cues.iter().map(|(span, lemma)| format!("{lemma:?} at {}", span.start)).collect::<Vec<_>>();
                self.places.push(
                    format!("{:?} {}: {before} [[{}]] {cue:?}", gold.kind, article.id, pieces.join(" ‖ "))
                        .replace('\n', "¶")
                        + "\n",
                );
            }
            *all += 1;
        }
    }
}

/// The annotated quote of a pair of marks, by index, if the annotation has the pair at all.
fn gold_of(article: &Article, content: Span) -> Option<usize> {
    // The pieces of a quotation broken over lines lie in one pair of marks.
    let near = |one: u32, other: u32| one.abs_diff(other) <= MOST_SIGNS;
    article.quotes.iter().position(|quote| {
        quote.kind != QuoteKind::Indirect
            && quote.pieces.iter().any(|piece| near(piece.start, content.start))
            && quote.pieces.iter().any(|piece| near(piece.end, content.end))
    })
}

/// Bytes at the ends of a quotation in which annotation and reading may differ: a sign or two.
const MOST_SIGNS: u32 = 3;

fn collect_marked(article: &Article, scene: &Scene, examples: &mut Vec<(Features, Vec<bool>)>) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for (index, pair) in scene.text.marks.iter().enumerate() {
        let gold = gold_of(article, pair.content);
        let kind = gold.map(|gold| article.quotes[gold].kind);
        if pair.role != MarkRole::Stray && !pair.content.is_empty() {
            // A pair that cuts an annotated quote was paired wrongly: nothing to learn from it.
            let cuts = gold.is_none()
                && article.quotes.iter().filter(|quote| quote.kind != QuoteKind::Indirect).any(|quote| {
                    quote.pieces.iter().any(|piece| {
                        piece.overlaps(pair.content) && !piece.contains(pair.content) && !pair.content.contains(*piece)
                    })
                });
            if !cuts {
                let mut choice = Features::default();
                marked::candidates(scene, index, &decisions, &mut Vec::new(), &mut choice);
                let right = CLASSES.iter().map(|class| *class == kind).collect();
                examples.push((choice, right));
            }
        }
        decisions.push(Decision { kind, confidence: 1.0 });
    }
    decisions
}

fn collect_joins(article: &Article, scene: &Scene, decisions: &[Decision], examples: &mut Vec<(Features, Vec<bool>)>) {
    let marks = &scene.text.marks;
    for (later_index, later) in marks.iter().enumerate() {
        let Some(kind) = decisions[later_index].kind else { continue };
        let earlier = (0..later_index).rev().take(8).find(|&earlier| {
            marks[earlier].parent == later.parent
                && decisions[earlier].kind.is_some()
                && marks[earlier].close < later.open
        });
        let Some(earlier) = earlier else { continue };
        if !marked::may_join(scene, &marks[earlier], later) || continues(scene.text, earlier, later_index) {
            continue;
        }
        let mut choice = Features::default();
        let kinds = [decisions[earlier].kind.unwrap_or(kind), kind];
        marked::join_candidates(scene, &marks[earlier], later, kinds, &mut choice);
        let same = gold_of(article, marks[earlier].content) == gold_of(article, later.content);
        examples.push((choice, vec![!same, same]));
    }
}

/// Returns the indices of the annotated quotes that are among the candidates.
fn collect_indirect(
    article: &Article,
    scene: &Scene,
    decisions: &[Decision],
    examples: &mut Vec<(Features, Vec<bool>)>,
) -> Vec<usize> {
    let mut reached = Vec::new();
    let marks = Marks::of(scene, |pair| decisions[pair].kind);
    let mut candidates = indirect::Candidates::new(Features::default());
    for (index, cue) in scene.cues.iter().enumerate() {
        candidates.list(scene, &marks, index);
        let (choice, clauses) = (&candidates.choice, &candidates.clauses);
        if clauses.is_empty() {
            continue;
        }
        let site = scene.text.span(cue.tokens);
        let gold = article.quotes.iter().position(|quote| {
            quote.kind == QuoteKind::Indirect && quote.cues.iter().any(|(span, _)| span.overlaps(site))
        });
        let mut right = vec![false; clauses.len() + 1];
        match gold {
            None => right[0] = true,
            Some(gold) => {
                let likeness: Vec<f64> =
                    clauses.iter().map(|clause| overlap(scene.text, clause, &article.quotes[gold].pieces)).collect();
                let best = likeness.iter().copied().fold(0.0, f64::max);
                if best >= 0.8 {
                    reached.push(gold);
                }
                if best < 0.7 {
                    continue;
                }
                for (at, likeness) in likeness.iter().enumerate() {
                    right[at + 1] = *likeness >= best;
                }
            }
        }
        examples.push((choice.clone(), right));
    }
    reached
}

/// Bytes that a clause and annotated pieces share, over the bytes of either.
fn overlap(text: &Text, clause: &Candidate, gold: &[Span]) -> f64 {
    let spans: Vec<Span> =
        clause.pieces.iter().filter(|piece| !piece.is_empty()).map(|piece| text.span(*piece)).collect();
    let shared: usize = spans
        .iter()
        .flat_map(|span| {
            gold.iter().map(|other| span.end.min(other.end).saturating_sub(span.start.max(other.start)) as usize)
        })
        .sum();
    let all: usize = spans.iter().chain(gold).map(|span| span.len()).sum();
    shared as f64 / (all - shared) as f64
}

fn collect_speakers(article: &Article, scene: &Scene, examples: &mut Vec<(Features, Vec<bool>)>) {
    let quotes = annotated_quotes(article, scene.text, scene.syntax, scene.cues);
    let (quotes, gold): (Vec<Quote>, Vec<usize>) = quotes.into_iter().unzip();
    // The phrase of each quote's annotated speaker, for those that come after it.
    let mut speakers: Vec<Option<u32>> = Vec::new();
    let mut candidates = attribution::Candidates::new(Features::default());
    for (index, &annotated) in gold.iter().enumerate() {
        let known = |quote: usize| speakers.get(quote).copied().flatten();
        candidates.find(scene, &quotes, index, &known);
        let list = &candidates.list;
        let right: Vec<bool> = list
            .iter()
            .map(|candidate| {
                let phrase = match candidate.who {
                    Who::Nobody => return is_without_speaker(article, annotated),
                    Who::Phrase(phrase) => Some(phrase),
                    Who::SpeakerOf(other) => known(other),
                };
                phrase.is_some_and(|phrase| is_speaker(article, annotated, attribution::mention_of(scene, phrase).0))
            })
            .collect();
        let phrase =
            list.iter().zip(&right).filter(|(_, right)| **right).find_map(|(candidate, _)| match candidate.who {
                Who::Phrase(phrase) => Some(phrase),
                Who::SpeakerOf(other) => known(other),
                Who::Nobody => None,
            });
        speakers.push(phrase);
        if right.contains(&true) {
            examples.push((candidates.choice.clone(), right));
        }
    }
}

/// The annotated quotes as this module's own, with the index of each in the article.
fn annotated_quotes(article: &Article, text: &Text, syntax: &Syntax, cues: &[CueSite]) -> Vec<(Quote, usize)> {
    let mut quotes: Vec<Quote> = Vec::new();
    for quote in &article.quotes {
        let tokens: Vec<TokenRange> = quote.pieces.iter().map(|piece| text.tokens_in(*piece)).collect();
        if tokens.iter().any(|piece| piece.is_empty()) {
            continue;
        }
        let inner = syntax.pair_of(tokens[0].start);
        let cue = quote.cues.iter().find_map(|(span, _)| {
            cues.iter().position(|cue| text.span(cue.tokens).overlaps(*span)).map(|cue| cue as u32)
        });
        let level = match (quote.kind, cue) {
            (QuoteKind::Indirect, Some(cue)) => cues[cue as usize].pair,
            (QuoteKind::Indirect, None) => inner,
            _ if inner == NONE => NONE,
            _ => text.marks[inner as usize].parent.unwrap_or(NONE),
        };
        quotes.push(Quote {
            kind: quote.kind,
            pieces: quote.pieces.clone(),
            tokens,
            cue: cue.filter(|_| quote.kind == QuoteKind::Indirect || inner == NONE),
            parent: None,
            author: Author::Unknown,
            medium: None,
            level,
            flags: Vec::new(),
            confidence: 1.0,
            because: "annotated",
        });
    }
    nest(quotes)
        .into_iter()
        .filter_map(|quote| {
            let gold = article.quotes.iter().position(|gold| gold.pieces == quote.pieces && gold.kind == quote.kind)?;
            Some((quote, gold))
        })
        .collect()
}

/// Whether the text names no speaker of an annotated quote, nor of the quote around it.
pub fn is_without_speaker(article: &Article, quote: usize) -> bool {
    speakers_of(article, quote).is_empty()
}

/// The annotated speakers of a quote: its own, or those of the quote around it.
pub fn speakers_of(article: &Article, quote: usize) -> &[corpus::Pointer] {
    let mut quote = &article.quotes[quote];
    while quote.speakers.is_empty() {
        match quote.parent {
            Some(parent) => quote = &article.quotes[parent],
            None => break,
        }
    }
    &quote.speakers
}

/// Whether a place in the text names the speaker of an annotated quote: the annotated place, or another of the same entity.
pub fn is_speaker(article: &Article, quote: usize, span: Span) -> bool {
    speakers_of(article, quote).iter().any(|pointer| {
        let here = match &pointer.key {
            Some(_) => pointer.span.overlaps(span),
            // Somebody without a name: the words must be much the same.
            None => {
                let shared = pointer.span.end.min(span.end).saturating_sub(pointer.span.start.max(span.start));
                shared as usize * 2 >= pointer.span.len().min(span.len())
                    && pointer.span.start.abs_diff(span.start) <= 12
            }
        };
        here || pointer.key.as_ref().is_some_and(|key| {
            article.mentions.iter().any(|mention| mention.key.as_ref() == Some(key) && mention.span.overlaps(span))
        })
    })
}

/// One weight's state.
#[derive(Clone, Copy, Default)]
struct Parameter {
    z: f32,
    n: f32,
}

impl Parameter {
    fn weight(self, l1: f32) -> f32 {
        let shrunk = (self.z.abs() - l1).max(0.0).copysign(self.z);
        -shrunk / ((BETA + self.n.sqrt()) / ALPHA + L2)
    }

    fn update(&mut self, gradient: f32, weight: f32) {
        let n = self.n + gradient * gradient;
        let sigma = (n.sqrt() - self.n.sqrt()) / ALPHA;
        self.z += gradient - sigma * weight;
        self.n = n;
    }
}

fn fit(examples: &[&Example], l1: f32) -> Vec<f32> {
    let mut parameters = vec![Parameter::default(); SIZE];
    let mut mean = vec![0.0f32; SIZE];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut gradient = vec![0.0f32; SIZE];
    let mut touched: Vec<u16> = Vec::new();
    for epoch in 0..EPOCHS {
        order.sort_by_key(|&index| mix(epoch << 32 | index as u64));
        for &index in &order {
            let Example { choice, right, .. } = examples[index];
            let mut scores: Vec<f32> = (0..choice.len())
                .map(|candidate| {
                    choice.of(candidate).iter().map(|&feature| parameters[feature as usize].weight(l1)).sum()
                })
                .collect();
            normalise(&mut scores);
            let all: f32 = scores.iter().zip(right).filter(|(_, right)| **right).map(|(p, _)| p).sum::<f32>().max(1e-6);
            for candidate in 0..choice.len() {
                let wanted = if right[candidate] { scores[candidate] / all } else { 0.0 };
                let error = scores[candidate] - wanted;
                if error.abs() < 1e-5 {
                    continue;
                }
                for &feature in choice.of(candidate) {
                    gradient[feature as usize] += error;
                    touched.push(feature);
                }
            }
            touched.sort_unstable();
            touched.dedup();
            for feature in touched.drain(..) {
                let parameter = &mut parameters[feature as usize];
                let weight = parameter.weight(l1);
                parameter.update(gradient[feature as usize], weight);
                gradient[feature as usize] = 0.0;
            }
        }
        if epoch >= BURN_IN {
            for (mean, parameter) in mean.iter_mut().zip(&parameters) {
                *mean += parameter.weight(l1) / (EPOCHS - BURN_IN) as f32;
            }
        }
    }
    mean
}

/// An order of the examples that is another in each epoch and the same on each run.
fn mix(mut value: u64) -> u64 {
    value = (value ^ value >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ value >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ value >> 31
}
