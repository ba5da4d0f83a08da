//! A log-linear scorer over hashed features: which of several candidates is meant.
//!
//! Weights are learnt on our own corpus by `pressmark train quotes` and read in place from one file: 16 bytes of header
//! (magic, version, checksum), then for each [`Task`] a scale (`f32`, logits per step) and [`SIZE`] weights of 8 bits.

use std::sync::OnceLock;

/// What is decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Task {
    /// What a pair of marks is: direct, partial, no quote.
    Marked,
    /// Whether two pairs are one quote.
    Join,
    /// Which words around a cue are reported without marks.
    Indirect,
    /// Whose words a quote is.
    Speaker,
}

impl Task {
    /// All, in the order of the file.
    pub const ALL: [Task; 4] = [Task::Marked, Task::Join, Task::Indirect, Task::Speaker];
}

/// Weights of one task. Two features may share one: the table is large enough for that to be rare.
pub const SIZE: usize = 1 << 15;
const MAGIC: &[u8; 4] = b"PMQT";
const VERSION: u32 = 1;
const HEADER: usize = 16;

/// A feature: an index into the weights.
pub type Feature = u16;

/// The feature of a template and a value.
pub const fn feature(template: u32, value: u32) -> Feature {
    let mut hash = template.wrapping_mul(0x9E37_79B1) ^ value.wrapping_mul(0x85EB_CA77);
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0xC2B2_AE3D);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0x27D4_EB2F);
    hash ^= hash >> 16;
    (hash as usize & (SIZE - 1)) as Feature
}

/// A number for a word: FNV-1a of its bytes.
pub fn word(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// One number out of two.
pub const fn both(one: u32, other: u32) -> u32 {
    (one.wrapping_mul(0x9E37_79B1) ^ other.rotate_left(13)).wrapping_mul(0x85EB_CA6B)
}

/// Weights of all tasks, in steps.
#[derive(Clone, Copy)]
pub struct Weights<'w> {
    scales: [f32; 4],
    tables: [&'w [u8]; 4],
}

impl<'w> Weights<'w> {
    /// Looks at the header; copies nothing. None for other bytes.
    pub fn read(bytes: &'w [u8]) -> Option<Weights<'w>> {
        let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        if bytes.get(..4)? != MAGIC || word(4)? != VERSION || bytes.len() != HEADER + 4 * (4 + SIZE) {
            return None;
        }
        let mut scales = [0.0; 4];
        let mut tables: [&[u8]; 4] = [&[]; 4];
        for task in 0..4 {
            let at = HEADER + task * (4 + SIZE);
            scales[task] = f32::from_bits(word(at)?);
            if !scales[task].is_finite() {
                return None;
            }
            tables[task] = &bytes[at + 4..at + 4 + SIZE];
        }
        Some(Weights { scales, tables })
    }

    /// The bytes of weights given in logits, one table a task.
    #[cfg(feature = "cli")]
    pub fn write(tables: &[Vec<f32>; 4]) -> Vec<u8> {
        let mut body = Vec::new();
        for table in tables {
            let largest = table.iter().fold(0.0f32, |largest, weight| largest.max(weight.abs()));
            let scale = if largest == 0.0 { 1.0 } else { largest / 127.0 };
            body.extend(scale.to_bits().to_le_bytes());
            body.extend(table.iter().map(|weight| (weight / scale).round() as i8 as u8));
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(checksum(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    /// The score of a candidate, in logits.
    pub fn score(&self, task: Task, features: &[Feature]) -> f32 {
        let table = self.tables[task as usize];
        let sum: i32 = features.iter().map(|&feature| i32::from(table[feature as usize] as i8)).sum();
        sum as f32 * self.scales[task as usize]
    }
}

#[cfg(any(test, feature = "cli"))]
fn checksum(body: &[u8]) -> u64 {
    body.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// Scores of no candidate at all.
static EMPTY: [u8; HEADER + 4 * (4 + SIZE)] = {
    let mut bytes = [0; HEADER + 4 * (4 + SIZE)];
    let mut at = 0;
    while at < 4 {
        bytes[at] = MAGIC[at];
        at += 1;
    }
    bytes[4] = VERSION as u8;
    bytes
};

/// The weights that are built in.
pub fn weights() -> Weights<'static> {
    static DATA: &[u8] = include_bytes!("weights.bin");
    static WEIGHTS: OnceLock<Weights<'static>> = OnceLock::new();
    // The data is part of the build and checked by a test; weights of zero are the defined result of a broken build.
    *WEIGHTS
        .get_or_init(|| Weights::read(DATA).or_else(|| Weights::read(&EMPTY)).expect("weights of zero are well formed"))
}

/// Turns scores into probabilities, in place.
pub fn normalise(scores: &mut [f32]) {
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::expf(*score - largest);
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_weights_are_intact() {
        let bytes = include_bytes!("weights.bin");
        assert!(Weights::read(bytes).is_some());
        assert_eq!(bytes[8..16], checksum(&bytes[HEADER..]).to_le_bytes());
    }

    #[test]
    fn weights_survive_the_file() {
        let mut tables: [Vec<f32>; 4] = std::array::from_fn(|_| vec![0.0; SIZE]);
        tables[1][7] = 1.0;
        tables[3][9] = -2.0;
        let bytes = Weights::write(&tables);
        let weights = Weights::read(&bytes).unwrap();
        assert!((weights.score(Task::Join, &[7, 8]) - 1.0).abs() < 0.01);
        assert!((weights.score(Task::Speaker, &[9]) + 2.0).abs() < 0.01);
        assert!(Weights::read(&bytes[..100]).is_none());
    }

    #[test]
    fn probabilities_sum_to_one() {
        let mut scores = [1.0, 2.0, -3.0];
        normalise(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
