//! One decision among several candidates, each with its features: what the scorer chooses from and the trainer learns from.

use super::scorer::{Feature, Steps, Task, Weights, feature};
use crate::softmax::normalise;

/// Takes the features of the candidates of one decision, one candidate after the other.
///
/// Whoever reads a text needs no more of them than their sum ([`Scores`]), the trainer needs all of them.
pub trait Choice {
    /// What features come to that several candidates share.
    type Shared: Clone;

    /// Forgets all candidates.
    fn clear(&mut self);

    /// Adds a feature to the candidate that [`Choice::next`] will end.
    fn add(&mut self, template: u32, value: u32);

    /// Takes back all that was added since the last candidate ended: it is worked out once, and copied to several.
    fn share(&mut self) -> Self::Shared;

    /// Adds features that were worked out before.
    fn copy(&mut self, shared: &Self::Shared);

    /// Ends the candidate whose features were added.
    fn next(&mut self);

    /// Whether one of the candidates so far is so likely that no others need to be listed: whether its score is at least `score`,
    /// and ahead of the second one's by `lead`, in logits. Never for the trainer, which learns from all.
    fn is_settled(&self, score: f32, lead: f32) -> bool;

    /// Whether the candidate that is not ended has so high a score, in logits, that it needs no others. Never for the trainer.
    fn is_sure(&self, score: f32) -> bool;

    /// So many candidates, each with features of its own for the same templates and values.
    fn add_answers<const ANSWERS: usize>(&mut self, features: &[(u32, u32)]);
}

/// The scores of the candidates of a decision, added up as their features come.
pub struct Scores<'w> {
    steps: Steps<'w>,
    /// Of the candidate that is not ended.
    sum: i32,
    scores: Vec<f32>,
}

impl<'w> Scores<'w> {
    /// For decisions of a task.
    pub fn of(weights: &'w Weights, task: Task) -> Scores<'w> {
        Scores { steps: weights.steps(task), sum: 0, scores: Vec::with_capacity(32) }
    }

    /// The probability of each candidate; they sum to 1. Once for a decision.
    pub fn probabilities(&mut self) -> &[f32] {
        normalise(&mut self.scores);
        &self.scores
    }
}

impl Choice for Scores<'_> {
    type Shared = i32;

    fn clear(&mut self) {
        self.sum = 0;
        self.scores.clear();
    }

    fn add(&mut self, template: u32, value: u32) {
        self.sum += self.steps.of(feature(template, value));
    }

    fn share(&mut self) -> i32 {
        std::mem::take(&mut self.sum)
    }

    fn copy(&mut self, shared: &i32) {
        self.sum += shared;
    }

    fn next(&mut self) {
        self.scores.push(self.steps.logits(self.sum));
        self.sum = 0;
    }

    fn is_settled(&self, score: f32, lead: f32) -> bool {
        let (mut best, mut second) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
        for &score in &self.scores {
            if score > best {
                (best, second) = (score, best);
            } else if score > second {
                second = score;
            }
        }
        best >= score && best - second >= lead
    }

    fn is_sure(&self, score: f32) -> bool {
        self.steps.logits(self.sum) >= score
    }

    fn add_answers<const ANSWERS: usize>(&mut self, features: &[(u32, u32)]) {
        let mut sums = [0; ANSWERS];
        for &(template, value) in features {
            let first = first_of(template, value, ANSWERS);
            for (answer, sum) in (0..).zip(&mut sums) {
                *sum += self.steps.of(first + answer);
            }
        }
        self.scores.extend(sums.map(|sum| self.steps.logits(sum)));
    }
}

/// The features of the candidates of a decision.
#[cfg(feature = "cli")]
#[derive(Clone, Default)]
pub struct Features {
    features: Vec<Feature>,
    /// One past the last feature of each candidate.
    ends: Vec<u32>,
}

#[cfg(feature = "cli")]
impl Features {
    /// Number of candidates.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True when there is no candidate.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The features of a candidate.
    pub fn of(&self, candidate: usize) -> &[Feature] {
        let start = if candidate == 0 { 0 } else { self.ends[candidate - 1] };
        &self.features[start as usize..self.ends[candidate] as usize]
    }
}

#[cfg(feature = "cli")]
impl Choice for Features {
    type Shared = Vec<Feature>;

    fn clear(&mut self) {
        self.features.clear();
        self.ends.clear();
    }

    fn add(&mut self, template: u32, value: u32) {
        self.features.push(feature(template, value));
    }

    fn share(&mut self) -> Vec<Feature> {
        self.features.split_off(self.ends.last().map_or(0, |&end| end as usize))
    }

    fn copy(&mut self, shared: &Vec<Feature>) {
        self.features.extend_from_slice(shared);
    }

    fn next(&mut self) {
        self.ends.push(self.features.len() as u32);
    }

    fn is_settled(&self, _score: f32, _lead: f32) -> bool {
        false
    }

    fn is_sure(&self, _score: f32) -> bool {
        false
    }

    fn add_answers<const ANSWERS: usize>(&mut self, features: &[(u32, u32)]) {
        for answer in 0..ANSWERS as Feature {
            self.features.extend(features.iter().map(|&(template, value)| first_of(template, value, ANSWERS) + answer));
            self.next();
        }
    }
}

/// The first of so many features for a template and a value, one for each answer: they lie side by side, so that the weights of all
/// come from memory at once.
fn first_of(template: u32, value: u32, answers: usize) -> Feature {
    let room = answers.next_power_of_two();
    feature(template, value.wrapping_mul(room as u32)) & !(room as Feature - 1)
}

/// A number as one of a few ranges: 0, 1, 2, 3, 4-5, 6-8, 9-13, 14-21, more.
pub const fn range(number: u32) -> u32 {
    const RANGES: [u8; 22] = [0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7];
    if number < RANGES.len() as u32 { RANGES[number as usize] as u32 } else { 8 }
}
