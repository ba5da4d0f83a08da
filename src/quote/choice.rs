//! One decision among several candidates, each with its features: what the scorer chooses from and the trainer learns from.

use super::scorer::{Feature, Task, Weights, feature, normalise};

/// Candidates of one decision; kept between decisions for its memory.
#[derive(Clone, Default)]
pub struct Choice {
    features: Vec<Feature>,
    /// One past the last feature of each candidate.
    ends: Vec<u32>,
}

impl Choice {
    /// None yet, with room for what one decision has at most times.
    pub fn with_room() -> Choice {
        Choice { features: Vec::with_capacity(256), ends: Vec::with_capacity(16) }
    }

    /// Forgets all candidates.
    pub fn clear(&mut self) {
        self.features.clear();
        self.ends.clear();
    }

    /// Adds a feature to the candidate that [`Choice::next`] will end.
    pub fn add(&mut self, template: u32, value: u32) {
        self.features.push(feature(template, value));
    }

    /// Adds features that were worked out before.
    pub fn copy(&mut self, features: &[Feature]) {
        self.features.extend_from_slice(features);
    }

    /// Ends the candidate whose features were added.
    pub fn next(&mut self) {
        self.ends.push(self.features.len() as u32);
    }

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

    /// The probability of each candidate; they sum to 1.
    pub fn probabilities(&self, weights: &Weights, task: Task) -> Vec<f32> {
        let mut scores: Vec<f32> = (0..self.len()).map(|candidate| weights.score(task, self.of(candidate))).collect();
        normalise(&mut scores);
        scores
    }
}

/// A number as one of a few ranges: 0, 1, 2, 3, 4-5, 6-8, 9-13, 14-21, more.
pub const fn range(number: u32) -> u32 {
    match number {
        0..=3 => number,
        4..=5 => 4,
        6..=8 => 5,
        9..=13 => 6,
        14..=21 => 7,
        _ => 8,
    }
}
