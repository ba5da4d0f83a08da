//! Weights of the choices among answers, from annotated articles: what `pressmark train identity` writes.
//!
//! The walk of [`super::anaphora`] runs over the annotated names and is told the annotated answer at every question, so that
//! later questions see a right memory. The weights maximise the likelihood of the right answers (any of them, where several
//! are right), less the squares of their distances from what is known beforehand, and less the sizes of those of pairs: most have
//! none.

use super::form::Forms;
use super::ranking::{Answer, NOUNS, Pair, Pairs, TOGETHER, Target, Topic, Weights, noun_number};
use super::{anaphora, join, titles, types};
use crate::annotation::MentionKind;
use crate::corpus::Article;
use crate::hashing::stable;
use crate::lexicon::Reading;
use crate::ner::Mention;
use crate::softmax::normalise;
use crate::span::Span;
use crate::text::Text;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

/// What a weight costs: its square times this.
const COST: f32 = 0.0008;
/// The same for a pair, and what it costs by its size.
const PAIR_COST: f32 = 0.0015;
const PAIR_SIZE: f32 = 0.0003;
/// Pairs that fewer answers have get no weight, nor do those that would have one nearer to 0.
const FEWEST_PAIRS: u32 = 10;
const LEAST_PAIR: f32 = 0.03;
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
        let pairs = fit(&mut weights, topic, &of_topic, &nouns);
        let _ = writeln!(table, "@ {}", topic.name());
        for (name, weight) in topic.features().iter().zip(weights.by_topic[topic as usize]) {
            if weight.abs() >= 0.005 {
                let _ = writeln!(table, "{weight:>6.2} {name}");
            }
        }
        let name = |number: u8| topic.features()[usize::from(number)];
        for ((one, other), weight) in pairs {
            let _ = writeln!(table, "{weight:>6.2} {}{TOGETHER}{}", name(one), name(other));
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
        // "While Ruiz was away, Kim voted. He …": few sentences begin so, as few words are reflexive.
        Some(&"in the clause that opens the sentence before") => -1.0,
        Some(&"subject behind the clause that opens the sentence before") => 0.7,
        Some(&"reflexive: subject of this clause") => 2.0,
        Some(&"later in the sentence, whose subject it is after an opening phrase") => 6.0,
        _ => 0.0,
    }
}

/// Gradient ascent with steps of AdaGrad, for pairs with a step back towards 0 after each; the same questions give the same weights.
/// Returns those of pairs, in order.
fn fit(
    weights: &mut Weights,
    topic: Topic,
    questions: &[&Question],
    nouns: &BTreeMap<String, u32>,
) -> Vec<(Pair, f32)> {
    let numbers: Vec<usize> = nouns.keys().map(|noun| number(noun)).collect();
    let pairs = frequent_pairs(questions);
    // The pairs of each answer, one after the other, by their places among those.
    let of_answers: Vec<Vec<u32>> =
        questions.iter().flat_map(|question| &question.answers).map(|answer| pairs_of(answer, &pairs)).collect();
    let mut of_pairs = vec![0.0f32; pairs.len()];
    let mut squares = [1e-6f32; 128];
    let mut squares_of_nouns = [1e-6f32; NOUNS];
    let mut squares_of_pairs = vec![1e-6f32; pairs.len()];
    let (mut scores, mut slopes) = (Vec::new(), vec![0.0f32; pairs.len()]);
    let count = questions.len().max(1) as f32;
    for _ in 0..ROUNDS {
        let mut gradient = [0.0f32; 128];
        let mut of_nouns = [0.0f32; NOUNS];
        slopes.fill(0.0);
        let mut rest = &of_answers[..];
        for question in questions {
            let here;
            (here, rest) = rest.split_at(question.answers.len());
            scores.clear();
            scores.extend(question.answers.iter().zip(here).map(|(answer, pairs)| {
                weights.score(topic, answer) + pairs.iter().map(|&pair| of_pairs[pair as usize]).sum::<f32>()
            }));
            let shares = &mut scores;
            normalise(shares);
            let sum: f32 =
                shares.iter().zip(&question.right).filter(|(_, right)| **right).map(|(share, _)| share).sum();
            for (((answer, share), right), pairs) in
                question.answers.iter().zip(&*shares).zip(&question.right).zip(here)
            {
                let wanted = if *right { share / sum.max(1e-9) } else { 0.0 };
                for number in answer.features.numbers() {
                    gradient[number] += wanted - share;
                }
                for &pair in pairs {
                    slopes[pair as usize] += wanted - share;
                }
                if let Some(noun) = answer.noun {
                    of_nouns[usize::from(noun)] += wanted - share;
                }
            }
        }
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
        for ((weight, square), slope) in of_pairs.iter_mut().zip(&mut squares_of_pairs).zip(&slopes) {
            let slope = slope / count - PAIR_COST * *weight;
            *square += slope * slope;
            let step = 0.3 / square.sqrt();
            let moved = *weight + step * slope;
            *weight = moved.signum() * (moved.abs() - step * PAIR_SIZE).max(0.0);
        }
    }
    let kept: Vec<(Pair, f32)> =
        pairs.into_iter().zip(of_pairs).filter(|(_, weight)| weight.abs() >= LEAST_PAIR).collect();
    weights.pairs[topic as usize] = Pairs::of(kept.iter().copied());
    kept
}

/// The pairs of features that enough answers have, in order.
fn frequent_pairs(questions: &[&Question]) -> Vec<Pair> {
    let mut counts: BTreeMap<Pair, u32> = BTreeMap::new();
    for answer in questions.iter().flat_map(|question| &question.answers) {
        for pair in all_pairs(answer) {
            *counts.entry(pair).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= FEWEST_PAIRS).map(|(pair, _)| pair).collect()
}

/// The places of an answer's pairs among others that are in order.
fn pairs_of(answer: &Answer, pairs: &[Pair]) -> Vec<u32> {
    all_pairs(answer).filter_map(|pair| pairs.binary_search(&pair).ok()).map(|place| place as u32).collect()
}

fn all_pairs(answer: &Answer) -> impl Iterator<Item = Pair> {
    let features = answer.features;
    let behind = move |one: usize| features.numbers().filter(move |&other| other > one);
    features.numbers().flat_map(move |one| behind(one).map(move |other| (one as u8, other as u8)))
}
