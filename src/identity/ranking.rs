//! A choice among answers by weights: a small log-linear model over yes-or-no features.
//!
//! Each answer to a question ("whom does this *she* mean?") is a set of features, and so is the answer "nothing that is
//! named". An answer's score is the sum of the weights of its features and of some pairs of them; the probability of an answer is
//! its share of the exponentials. The weights are a readable table, `weights.txt`, written by `pressmark train identity`.

use crate::hashing::stable;
use crate::softmax::normalise;
use std::sync::OnceLock;

/// A set of features, each a number below 128.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Features(pub u128);

impl Features {
    /// Adds a feature when `holds`.
    pub fn add(&mut self, feature: impl Feature, holds: bool) {
        if holds {
            self.0 |= 1 << feature.number();
        }
    }

    /// The numbers of the features in the set.
    pub fn numbers(self) -> impl Iterator<Item = usize> {
        // By halves: whole numbers of 128 bits are slow.
        [(self.0 as u64, 0), ((self.0 >> 64) as u64, 64)].into_iter().flat_map(|(mut rest, from)| {
            std::iter::from_fn(move || {
                let number = rest.trailing_zeros() as usize;
                rest &= rest.wrapping_sub(1);
                (number < 64).then_some(from + number)
            })
        })
    }
}

/// A feature of one kind of question.
pub(super) trait Feature: Copy {
    /// Its number, below 128.
    fn number(self) -> usize;
}

/// Declares the features of one kind of question with their names in the table of weights.
macro_rules! features {
    ($(#[$doc:meta])* $kind:ident { $($(#[$feature_doc:meta])* $feature:ident $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) enum $kind { $($(#[$feature_doc])* $feature,)* }

        impl $kind {
            /// Names in the table of weights, by number.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];
        }

        impl $crate::identity::ranking::Feature for $kind {
            fn number(self) -> usize {
                self as usize
            }
        }
    };
}
pub(super) use features;

/// Whom or what an answer means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Target {
    /// A cluster of names that such a word may mean.
    Named(usize),
    /// A cluster of names of a kind that such words are not resolved to: a place that "it" means.
    Other(usize),
    /// Somebody or something without a name.
    Unnamed,
    /// Nothing that was mentioned.
    Nothing,
}

impl Target {
    /// Its cluster, if it has one.
    pub const fn cluster(self) -> Option<usize> {
        match self {
            Target::Named(cluster) | Target::Other(cluster) => Some(cluster),
            Target::Unnamed | Target::Nothing => None,
        }
    }
}

/// One possible answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    pub target: Target,
    pub features: Features,
    /// The number of the noun whose weight counts as well ([`noun_number`]).
    pub noun: Option<u16>,
}

/// How many numbers of nouns there are: more than nouns with weights, so that few share one.
pub(super) const NOUNS: usize = 2048;

/// The number of a noun, by [`crate::hashing::stable`] of its folded form.
pub(super) const fn noun_number(stable: u32) -> u16 {
    ((stable ^ stable >> 15) % NOUNS as u32) as u16
}

/// What is asked: it decides which weights count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Topic {
    /// "she"
    Person,
    /// "it", "they"
    Thing,
    /// "the ministry"
    Nominal,
}

impl Topic {
    pub const ALL: [Topic; 3] = [Topic::Person, Topic::Thing, Topic::Nominal];

    /// Its name in the table of weights.
    pub const fn name(self) -> &'static str {
        match self {
            Topic::Person => "person",
            Topic::Thing => "thing",
            Topic::Nominal => "nominal",
        }
    }

    /// The names of its features, by number.
    pub const fn features(self) -> &'static [&'static str] {
        match self {
            Topic::Person | Topic::Thing => super::pronouns::Sign::NAMES,
            Topic::Nominal => super::nominals::Sign::NAMES,
        }
    }
}

/// Weights by topic and feature, those of pairs, and those of nouns.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Weights {
    pub by_topic: [[f32; 128]; 3],
    /// What two features together add to both.
    pub pairs: [Pairs; 3],
    /// How much likelier the noun means nothing that was named, by [`noun_number`].
    pub nouns: Box<[f32; NOUNS]>,
}

/// Two features of one topic, by their numbers, the lower one first.
pub(super) type Pair = (u8, u8);

/// Weights of pairs of features: most pairs have none.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Pairs {
    /// By the lower number.
    rows: Vec<Row>,
    /// In order.
    weights: Vec<f32>,
}

/// The features of higher numbers that one has a weight with, the first 64 and the others.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Row {
    partners: [u64; 2],
    /// Where the weights of each half begin.
    starts: [u32; 2],
}

impl Pairs {
    /// From a list in order.
    pub fn of(list: impl Iterator<Item = (Pair, f32)>) -> Pairs {
        let mut pairs = Pairs { rows: vec![Row::default(); 128], weights: Vec::new() };
        for ((one, other), weight) in list {
            let (row, half) = (&mut pairs.rows[usize::from(one)], usize::from(other) / 64);
            if row.partners[half] == 0 {
                row.starts[half] = pairs.weights.len() as u32;
            }
            row.partners[half] |= 1 << (other % 64);
            pairs.weights.push(weight);
        }
        pairs
    }

    /// The sum of the weights of all pairs among some features.
    fn score(&self, features: Features) -> f32 {
        let halves = [features.0 as u64, (features.0 >> 64) as u64];
        let mut sum = 0.0;
        for row in features.numbers().map_while(|one| self.rows.get(one)) {
            for ((partners, start), half) in row.partners.into_iter().zip(row.starts).zip(halves) {
                let mut both = partners & half;
                while both != 0 {
                    let before = partners & ((both & both.wrapping_neg()) - 1);
                    sum += self.weights[(start + before.count_ones()) as usize];
                    both &= both - 1;
                }
            }
        }
        sum
    }
}

impl Weights {
    /// The table that is built in.
    pub fn get() -> &'static Weights {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        // Both are whole numbers that floats hold as they are: the quotient is the float next to what is written.
        WEIGHTS.get_or_init(|| {
            let Table { by_topic, pairs, nouns } = &HUNDREDTHS;
            let weight = |hundredths: i16| f32::from(hundredths) / 100.0;
            let of_topic = |topic: Topic| pairs.iter().filter(move |(of, ..)| *of == topic as u8);
            let pairs =
                Topic::ALL.map(|topic| Pairs::of(of_topic(topic).map(|&(_, pair, value)| (pair, weight(value)))));
            Weights { by_topic: by_topic.map(|topic| topic.map(weight)), pairs, nouns: Box::new(nouns.map(weight)) }
        })
    }

    /// Reads another table; lines that name no feature are passed over (a test asserts that there are none).
    #[cfg(any(test, feature = "cli"))]
    pub fn read(table: &str) -> Weights {
        let mut weights = Weights::none();
        let mut pairs: [Vec<(Pair, f32)>; 3] = Default::default();
        // None among the nouns.
        let mut topic = Some(Topic::Person);
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix("@ ") {
                topic = Topic::ALL.into_iter().find(|topic| topic.name() == name.trim());
            } else if let Some((weight, name)) = line.trim().split_once(' ') {
                let weight = hundredths(weight).unwrap_or(0.0);
                let Some(topic) = topic else {
                    weights.nouns[usize::from(noun_number(stable(name)))] = weight;
                    continue;
                };
                let number = |name: &str| topic.features().iter().position(|feature| *feature == name.trim());
                if let Some((one, other)) = name.split_once(TOGETHER) {
                    let pair = number(one).zip(number(other));
                    pairs[topic as usize].extend(pair.map(|(one, other)| ((one as u8, other as u8), weight)));
                } else if let Some(number) = number(name) {
                    weights.by_topic[topic as usize][number] = weight;
                }
            }
        }
        weights.pairs = pairs.map(|list| Pairs::of(list.into_iter()));
        weights
    }

    /// Weights of 0.
    #[cfg(any(test, feature = "cli"))]
    pub fn none() -> Weights {
        Weights { by_topic: [[0.0; 128]; 3], pairs: Default::default(), nouns: Box::new([0.0; NOUNS]) }
    }

    /// The sum of the weights of an answer's features, of pairs of them and of its noun.
    pub fn score(&self, topic: Topic, answer: &Answer) -> f32 {
        let weights = &self.by_topic[topic as usize];
        let of_noun = answer.noun.map_or(0.0, |noun| self.nouns[usize::from(noun) % NOUNS]);
        let alone = answer.features.numbers().map(|number| weights[number]).sum::<f32>();
        alone + self.pairs[topic as usize].score(answer.features) + of_noun
    }

    /// The most probable of the answers other than "nothing", where it has a name and a probability of at least `least`;
    /// and that probability. `shares` is a buffer.
    pub fn choose(&self, topic: Topic, answers: &[Answer], least: f32, shares: &mut Vec<f32>) -> Option<(usize, f32)> {
        shares.clear();
        shares.extend(answers.iter().map(|answer| self.score(topic, answer)));
        normalise(shares);
        let mut best: Option<(Target, f32)> = None;
        for (answer, &probability) in answers.iter().zip(shares.iter()) {
            if answer.target != Target::Nothing && best.is_none_or(|(_, top)| probability > top) {
                best = Some((answer.target, probability));
            }
        }
        match best {
            Some((Target::Named(cluster), probability)) if probability >= least => Some((cluster, probability)),
            _ => None,
        }
    }
}

/// What stands between the names of two features in the table.
pub(super) const TOGETHER: &str = " + ";

/// The table of weights in hundredths.
struct Table<const PAIRS: usize> {
    by_topic: [[i16; 128]; 3],
    /// In the order of the table, each with the number of its topic.
    pairs: [(u8, Pair, i16); PAIRS],
    nouns: [i16; NOUNS],
}

const TABLE: &[u8] = include_bytes!("weights.txt");

/// The table that is built in. Read when this is compiled: its names are no part of a download.
#[allow(long_running_const_eval)]
static HUNDREDTHS: Table<{ count_pairs(TABLE) }> = {
    let table = TABLE;
    let mut found = Table { by_topic: [[0; 128]; 3], pairs: [(0, (0, 0), 0); count_pairs(TABLE)], nouns: [0; NOUNS] };
    let (mut topic, mut pairs, mut start) = (0, 0, 0);
    while start < table.len() {
        let end = line_end(table, start);
        if table[start] == b'@' {
            topic = 0;
            // The nouns come behind all topics.
            while topic < Topic::ALL.len() && !is_part(table, start + 2, end, Topic::ALL[topic].name().as_bytes()) {
                topic += 1;
            }
        } else if table[start] != b'#' && start < end {
            let (mut at, mut number, mut sign) = (start, 0, 1);
            while table[at] == b' ' {
                at += 1;
            }
            while table[at] != b' ' {
                match table[at] {
                    b'-' => sign = -1,
                    b'.' => {}
                    digit => number = number * 10 + (digit - b'0') as i16,
                }
                at += 1;
            }
            at += 1;
            if topic == Topic::ALL.len() {
                found.nouns[noun_number(stable_of(table, at, end)) as usize] = sign * number;
            } else if let Some(between) = together(table, at, end) {
                let one = feature(topic, table, at, between) as u8;
                let other = feature(topic, table, between + TOGETHER.len(), end) as u8;
                found.pairs[pairs] = (topic as u8, (one, other), sign * number);
                pairs += 1;
            } else {
                found.by_topic[topic][feature(topic, table, at, end)] = sign * number;
            }
        }
        start = end + 1;
    }
    found
};

/// Where a line of a table ends.
const fn line_end(table: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < table.len() && table[end] != b'\n' {
        end += 1;
    }
    end
}

/// The lines of a table that name two features.
const fn count_pairs(table: &[u8]) -> usize {
    let (mut pairs, mut start) = (0, 0);
    while start < table.len() {
        let end = line_end(table, start);
        pairs += (table[start] != b'#' && together(table, start, end).is_some()) as usize;
        start = end + 1;
    }
    pairs
}

/// Where [`TOGETHER`] stands in a part of a table.
const fn together(table: &[u8], start: usize, end: usize) -> Option<usize> {
    let mut at = start;
    while at + TOGETHER.len() < end {
        if is_part(table, at, at + TOGETHER.len(), TOGETHER.as_bytes()) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The number of the feature that a part of a table names.
const fn feature(topic: usize, table: &[u8], start: usize, end: usize) -> usize {
    let names = Topic::ALL[topic].features();
    let mut feature = 0;
    while !is_part(table, start, end, names[feature].as_bytes()) {
        feature += 1;
    }
    feature
}

/// [`crate::hashing::stable`] of a part of a table.
const fn stable_of(table: &[u8], start: usize, end: usize) -> u32 {
    let (_, from) = table.split_at(start);
    let (part, _) = from.split_at(end - start);
    match std::str::from_utf8(part) {
        Ok(word) => stable(word),
        Err(_) => panic!("a table in UTF-8"),
    }
}

/// Whether a part of a table is a name.
const fn is_part(table: &[u8], start: usize, end: usize, name: &[u8]) -> bool {
    if end - start != name.len() {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if table[start + at] != name[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A number with two decimals.
#[cfg(any(test, feature = "cli"))]
fn hundredths(written: &str) -> Option<f32> {
    let (whole, decimals) = written.split_once('.').filter(|(_, decimals)| decimals.len() == 2)?;
    let number: i32 = [whole, decimals].concat().parse().ok()?;
    // Both are whole numbers that floats hold as they are: the quotient is the float next to what is written.
    Some(number as f32 / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_names_a_feature_of_its_topic() {
        let mut topic = None;
        let mut lines = 0;
        for line in include_str!("weights.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            if let Some(name) = line.strip_prefix("@ ") {
                topic = Topic::ALL.into_iter().find(|topic| topic.name() == name);
                assert!(topic.is_some() || name == "nouns", "{name}");
                continue;
            }
            let (weight, name) = line.trim().split_once(' ').expect(line);
            assert_eq!(hundredths(weight), weight.parse().ok(), "{line}");
            assert!(hundredths(weight).is_some(), "{line}");
            let is_feature = |name: &str| topic.is_none_or(|topic| topic.features().contains(&name.trim()));
            assert!(name.split(TOGETHER).all(is_feature), "{line}");
            lines += 1;
        }
        assert!(lines > 60, "{lines}");
        assert_eq!(*Weights::get(), Weights::read(include_str!("weights.txt")));
    }

    #[test]
    fn the_answer_with_the_heavier_features_wins_unless_it_has_no_name() {
        let mut weights = Weights::none();
        weights.by_topic[Topic::Person as usize][3] = 2.0;
        weights.by_topic[Topic::Person as usize][5] = 3.0;
        let answer = |target, features| Answer { target, features: Features(features), noun: None };
        let [one, two] = [answer(Target::Named(7), 1 << 3), answer(Target::Named(8), 0)];
        let choose = |answers: &[Answer], least| weights.choose(Topic::Person, answers, least, &mut Vec::new());
        let (cluster, probability) = choose(&[two, one], 0.5).unwrap_or_default();
        assert_eq!(cluster, 7);
        assert!((probability - 2f32.exp() / (2f32.exp() + 1.0)).abs() < 1e-5);
        assert_eq!(choose(&[two, one], 0.9), None);
        assert_eq!(choose(&[one, answer(Target::Unnamed, 1 << 5)], 0.0), None);
    }

    #[test]
    fn a_pair_counts_where_both_of_its_features_are() {
        let list = [((3, 5), 1.0), ((3, 100), 0.5), ((70, 100), 0.25)];
        let pairs = Pairs::of(list.into_iter());
        let score = |numbers: &[u32]| pairs.score(Features(numbers.iter().fold(0, |all, number| all | 1 << number)));
        assert_eq!(score(&[3, 5]), 1.0);
        assert_eq!(score(&[3, 70, 100]), 0.75);
        assert_eq!(score(&[5, 70]), 0.0);
        assert_eq!(score(&[3, 5, 70, 100, 127]), 1.75);
    }
}
