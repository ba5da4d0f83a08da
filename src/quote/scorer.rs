//! A log-linear scorer over hashed features: which of several candidates is meant.
//!
//! Weights are learnt on our own corpus by `pressmark train quotes`, and unpacked once from one file, little-endian: magic (4
//! bytes), version `u32`, checksum `u64` of all that follows; for each [`Task`] a scale (`f32`, logits per step); then, packed as in
//! [`crate::packing`], for each task its [`SIZE`] weights of 8 bits: how many zeros, the weight after them, and so on to the end.

use crate::packing::{Reader, Tables};
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
pub const SIZE: usize = 1 << 16;
const MAGIC: &[u8; 4] = b"PMQT";
const VERSION: u32 = 3;
const HEADER: usize = 16;
/// Two for each task: the number of zeros, and the weight.
const CONTEXTS: usize = 2 * Task::ALL.len();
/// So many zeros, and no weight after them.
const MANY: u8 = 255;

/// A feature: an index into the weights.
pub type Feature = u16;

/// The feature of a template and a value.
///
/// Small values of one template have their features side by side, in one or two lines of the processor's cache: most values are
/// small numbers, and the weights that one decision has brought there serve the next one. All others are spread.
pub const fn feature(template: u32, value: u32) -> Feature {
    let hash = (value ^ template.wrapping_mul(0x9E37_79B1)).wrapping_mul(0x0001_4F1B);
    (hash >> (32 - SIZE.trailing_zeros())) as Feature
}

/// A number for a word.
pub use crate::hashing::stable as word;

/// One number out of two; those of one number and some small ones differ in their lowest bits only.
pub const fn both(one: u32, other: u32) -> u32 {
    (one ^ other >> 6).wrapping_mul(0x85EB_CA6B) ^ other
}

/// Weights of all tasks, in steps.
pub struct Weights {
    scales: [f32; Task::ALL.len()],
    /// One task after the other.
    table: Vec<i8>,
}

impl Weights {
    /// Unpacks them. None for other bytes.
    pub fn read(bytes: &[u8]) -> Option<Weights> {
        if bytes.get(..4)? != MAGIC || bytes.get(4..8)? != VERSION.to_le_bytes() {
            return None;
        }
        let (scales, packed) = bytes.get(HEADER..)?.split_first_chunk::<16>()?;
        let mut weights = Weights::zero();
        for (scale, bytes) in weights.scales.iter_mut().zip(scales.as_chunks().0) {
            *scale = f32::from_le_bytes(*bytes);
        }
        if !weights.scales.iter().all(|scale| scale.is_finite()) {
            return None;
        }
        let (tables, stream) = Tables::read(packed, CONTEXTS)?;
        let mut reader = Reader::new(&tables, stream)?;
        for (task, table) in weights.table.chunks_mut(SIZE).enumerate() {
            let mut at = 0;
            while at < SIZE {
                let zeros = reader.next(2 * task)?;
                at += usize::from(zeros);
                if zeros != MANY && at < SIZE {
                    table[at] = reader.next(2 * task + 1)? as i8;
                    at += 1;
                }
            }
        }
        reader.is_at_end().then_some(weights)
    }

    /// Those that prefer nothing.
    fn zero() -> Weights {
        Weights { scales: [0.0; Task::ALL.len()], table: vec![0; Task::ALL.len() * SIZE] }
    }

    /// The bytes of weights given in logits, one table a task.
    #[cfg(feature = "cli")]
    pub fn write(tables: &[Vec<f32>; 4]) -> Vec<u8> {
        let mut weights = Weights::zero();
        for (task, table) in tables.iter().enumerate() {
            let largest = table.iter().fold(0.0f32, |largest, weight| largest.max(weight.abs()));
            let scale = if largest == 0.0 { 1.0 } else { largest / 127.0 };
            weights.scales[task] = scale;
            for (steps, weight) in weights.table[task * SIZE..].iter_mut().zip(table) {
                *steps = (weight / scale).round() as i8;
            }
        }
        weights.pack()
    }

    #[cfg(feature = "cli")]
    fn pack(&self) -> Vec<u8> {
        let mut message: Vec<(usize, u8)> = Vec::new();
        for (task, table) in self.table.chunks(SIZE).enumerate() {
            let mut zeros = 0;
            for &weight in table {
                if weight != 0 {
                    message.extend([(2 * task, zeros), (2 * task + 1, weight as u8)]);
                    zeros = 0;
                    continue;
                }
                zeros += 1;
                if zeros == MANY {
                    message.push((2 * task, MANY));
                    zeros = 0;
                }
            }
            if zeros > 0 {
                message.push((2 * task, zeros));
            }
        }
        let mut body: Vec<u8> = self.scales.iter().flat_map(|scale| scale.to_le_bytes()).collect();
        body.extend(crate::packing::write(CONTEXTS, &message));
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(checksum(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    /// Those of one task.
    pub fn steps(&self, task: Task) -> Steps<'_> {
        Steps { table: &self.table.as_chunks().0[task as usize], scale: self.scales[task as usize] }
    }
}

/// Weights of one task.
#[derive(Clone, Copy)]
pub struct Steps<'w> {
    table: &'w [i8; SIZE],
    /// Logits per step.
    scale: f32,
}

impl Steps<'_> {
    /// The weight of a feature.
    pub fn of(self, feature: Feature) -> i32 {
        i32::from(self.table[feature as usize & (SIZE - 1)])
    }

    /// The score of a candidate whose weights come to so many steps.
    pub fn logits(self, steps: i32) -> f32 {
        steps as f32 * self.scale
    }
}

#[cfg(any(test, feature = "cli"))]
fn checksum(body: &[u8]) -> u64 {
    body.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// The weights that are built in.
pub fn weights() -> &'static Weights {
    static DATA: &[u8] = include_bytes!("weights.bin");
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    // The data is part of the build and checked by a test; weights of zero are the defined result of a broken build.
    WEIGHTS.get_or_init(|| Weights::read(DATA).unwrap_or_else(Weights::zero))
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
        tables[3][SIZE - 1] = 1.0;
        let bytes = Weights::write(&tables);
        let weights = Weights::read(&bytes).unwrap();
        let logits = |task, feature| weights.steps(task).logits(weights.steps(task).of(feature));
        assert!((logits(Task::Join, 7) - 1.0).abs() < 0.01);
        assert_eq!(logits(Task::Join, 8), 0.0);
        assert!((logits(Task::Speaker, 9) + 2.0).abs() < 0.01);
        assert!((logits(Task::Speaker, (SIZE - 1) as Feature) - 1.0).abs() < 0.01);
        assert!(Weights::read(&bytes[..bytes.len() - 1]).is_none());
    }
}
