//! Weights of the choices among answers, from annotated articles: what `pressmark train identity` writes.
//!
//! The walk of [`super::anaphora`] runs over the annotated names and is told the annotated answer at every question, so that
//! later questions see a right memory. The weights maximise the likelihood of the right answers (any of them, where several
//! are right), less the squares of
//! their distances from what is known beforehand.

use super::form::Forms;
use super::ranking::{Answer, NOUNS, Target, Topic, Weights, noun_number};
use super::{anaphora, join, titles, types};
use crate::annotation::MentionKind;
use crate::corpus::Article;
use crate::hashing::stable;
use crate::lexicon::Reading;
use crate::ner::Mention;
use crate::span::Span;
use crate::text::Text;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

/// What a weight costs: its square times this.
const COST: f32 = 0.0015;
/// What the weight of a noun costs: few questions ask by each.
const NOUN_COST: f32 = 0.0004;
/// Nouns that fewer questions ask by have no weight.
const FEWEST: u32 = 5;
const ROUNDS: usize = 600;

struct Question {
    topic: Topic,
    answers: Vec<Answer>,
    right: Vec<bool>,
}

/// The table of weights, from articles and their annotated names.
pub fn train(articles: &[Article], names: impl Fn(&Article, &Text) -> Vec<Mention>) -> String {
    let mut questions = Vec::new();
    let mut nouns: BTreeMap<String, u32> = BTreeMap::new();
    for article in articles {
        ask(article, &names, &mut questions, &mut nouns);
    }
    nouns.retain(|_, count| *count >= FEWEST);
    let mut weights = Weights::none();
    let mut table = String::from(
        "# What speaks for (above 0) and against an answer to \"whom or what does this word mean?\": the higher the sum, the\n\
         # likelier. Written by `pressmark train identity`; the features are described where they are declared, in\n\
         # `pronouns.rs` and `nominals.rs`.\n",
    );
    for topic in Topic::ALL {
        let of_topic: Vec<&Question> = questions.iter().filter(|question| question.topic == topic).collect();
        fit(&mut weights, topic, &of_topic, &nouns);
        let _ = writeln!(table, "@ {}", topic.name());
        for (name, weight) in topic.features().iter().zip(weights.by_topic[topic as usize]) {
            if weight.abs() >= 0.005 {
                let _ = writeln!(table, "{weight:>6.2} {name}");
            }
        }
    }
    let _ = writeln!(table, "@ nouns");
    for noun in nouns.keys() {
        let weight = weights.nouns[number(noun)];
        if weight.abs() >= 0.05 {
            let _ = writeln!(table, "{weight:>6.2} {noun}");
        }
    }
    table
}

fn number(noun: &str) -> usize {
    usize::from(noun_number(stable(noun)))
}

fn ask(
    article: &Article,
    names: &impl Fn(&Article, &Text) -> Vec<Mention>,
    questions: &mut Vec<Question>,
    nouns: &mut BTreeMap<String, u32>,
) {
    let text = Text::read(&article.text);
    let reading = Reading::of(&text);
    let page = anaphora::Page::read(&text, &reading);
    let mut names = names(article, &text);
    let mut forms = Forms::new(&text, &reading, names.len());
    types::agree(&text, &reading, &page.vocabulary, &mut forms, &mut names);
    let titles = titles::read(&text, &reading, &page.vocabulary, &names);
    let mut joined = join::join(&text, &reading, &mut forms, &names, &titles);
    let key_of: HashMap<Span, (&str, MentionKind)> = article
        .mentions
        .iter()
        .filter_map(|mention| Some((mention.span, (mention.key.as_deref()?, mention.kind))))
        .collect();
    // The annotated thing that most names of a cluster name.
    let mut votes: Vec<HashMap<&str, usize>> = vec![HashMap::new(); joined.clusters.len()];
    for (name, &cluster) in names.iter().zip(&joined.cluster_of) {
        if let Some((key, _)) = key_of.get(&name.span) {
            *votes[cluster].entry(key).or_default() += 1;
        }
    }
    let key_of_cluster: Vec<Option<&str>> = votes
        .iter()
        .map(|votes| votes.iter().max_by_key(|(key, count)| (**count, std::cmp::Reverse(**key))).map(|(key, _)| *key))
        .collect();
    let mut judge = |topic: Topic, tokens: crate::text::TokenRange, answers: &[Answer]| {
        let annotated = key_of
            .get(&text.span(tokens))
            .filter(|(_, kind)| matches!(kind, MentionKind::Pronoun | MentionKind::Nominal))
            .map(|(key, _)| *key);
        let right: Vec<bool> = answers
            .iter()
            .map(|answer| match answer.target {
                Target::Named(cluster) => annotated.is_some() && key_of_cluster[cluster] == annotated,
                Target::Other(_) | Target::Unnamed | Target::Nothing => annotated.is_none(),
            })
            .collect();
        let chosen = answers.iter().zip(&right).find_map(|(answer, right)| match answer.target {
            Target::Named(cluster) if *right => Some((cluster, 1.0)),
            _ => None,
        });
        if right.contains(&true) {
            if topic == Topic::Nominal {
                *nouns.entry(reading.key(tokens.end - 1).to_owned()).or_default() += 1;
            }
            questions.push(Question { topic, answers: answers.to_vec(), right });
        }
        chosen
    };
    anaphora::resolve(page, &names, &mut joined, &titles, &mut judge);
}

/// The weight of a feature of which the articles tell little: so few ages stand in them that the rule is given.
fn prior(topic: Topic, number: usize) -> f32 {
    match topic.features().get(number) {
        Some(&"its age") => 3.0,
        Some(&"another age") => -3.0,
        // Nor do many of "the Norlandish president".
        Some(&"the name in it is in its descriptions") => 1.5,
        Some(&"the name in it and the noun are in its descriptions") => 1.0,
        Some(&"the name in it is of another country than its descriptions") => -3.0,
        Some(&"nothing: they, a plural noun is the subject here or one sentence back") => 1.2,
        Some(&"beside the pronoun with an \"and\"") => -3.0,
        Some(&"possessive, right before \"and\"") => 2.0,
        Some(&"no name, in its relative clause") => 1.5,
        Some(&"later in the sentence, whose subject it is after an opening phrase") => 6.0,
        _ => 0.0,
    }
}

/// Gradient ascent with steps of AdaGrad; the same questions give the same weights.
fn fit(weights: &mut Weights, topic: Topic, questions: &[&Question], nouns: &BTreeMap<String, u32>) {
    let numbers: Vec<usize> = nouns.keys().map(|noun| number(noun)).collect();
    let mut squares = [1e-6f32; 128];
    let mut squares_of_nouns = [1e-6f32; NOUNS];
    let mut shares = Vec::new();
    for _ in 0..ROUNDS {
        let mut gradient = [0.0f32; 128];
        let mut of_nouns = [0.0f32; NOUNS];
        for question in questions {
            weights.probabilities(topic, &question.answers, &mut shares);
            let sum: f32 =
                shares.iter().zip(&question.right).filter(|(_, right)| **right).map(|(share, _)| share).sum();
            for ((answer, share), right) in question.answers.iter().zip(&shares).zip(&question.right) {
                let wanted = if *right { share / sum.max(1e-9) } else { 0.0 };
                for number in answer.features.numbers() {
                    gradient[number] += wanted - share;
                }
                if let Some(noun) = answer.noun {
                    of_nouns[usize::from(noun)] += wanted - share;
                }
            }
        }
        let count = questions.len().max(1) as f32;
        for &noun in &numbers {
            let slope = of_nouns[noun] / count - NOUN_COST * weights.nouns[noun];
            squares_of_nouns[noun] += slope * slope;
            weights.nouns[noun] += 0.3 * slope / squares_of_nouns[noun].sqrt();
        }
        let own = &mut weights.by_topic[topic as usize];
        for number in 0..128 {
            let slope = gradient[number] / count - COST * (own[number] - prior(topic, number));
            squares[number] += slope * slope;
            own[number] += 0.3 * slope / squares[number].sqrt();
        }
    }
}
