//! Scores that are kept from the first pass for the second: of a long text they are most of what an analysis holds at a time, so
//! those that are not the first ones are packed.

use super::chunks::Chunks;
use super::memory::Sums;
use super::model::Scores;
use super::tags::LANES;

/// Scores of tokens.
#[derive(Default)]
pub struct Kept {
    /// Those of the first tokens ([`PLAIN`]): all of an article's.
    plain: Chunks<Sums>,
    packed: Chunks<Packed>,
    /// What does not go into ten bits.
    wide: Vec<Scores>,
}

/// A megabyte's.
const PLAIN: usize = 1 << 14;

/// Scores of ten bits each. The last lane is no tag's: where it is not 0, the first ones hold the index of what is in
/// [`Kept::wide`].
struct Packed {
    /// The lower eight bits.
    low: [u8; LANES],
    /// The other two: those of one lane, and above them those of the lanes so many further on.
    high: [u8; QUARTER],
}

const QUARTER: usize = LANES / 4;
const BITS: u32 = 10;
/// What is added to a score, so that it is not negative.
const BIAS: i16 = 1 << (BITS - 1);

impl Kept {
    /// Of how many tokens there are scores.
    pub fn len(&self) -> usize {
        self.plain.len() + self.packed.len()
    }

    /// Adds the scores of a token.
    pub fn push(&mut self, scores: &Scores) {
        if self.plain.len() < PLAIN {
            self.plain.push(Sums(*scores));
        } else {
            self.pack(scores);
        }
    }

    #[inline(never)]
    fn pack(&mut self, scores: &Scores) {
        let biased = scores.map(|score| score.wrapping_add(BIAS) as u16);
        let mut low = biased.map(|score| score as u8);
        if biased.iter().fold(0, |all, score| all | score) >> BITS != 0 {
            low[..4].copy_from_slice(&(self.wide.len() as u32).to_le_bytes());
            low[LANES - 1] = 1;
            self.wide.push(*scores);
        }
        let mut high = [0; QUARTER];
        for quarter in 0..4 {
            for (at, high) in high.iter_mut().enumerate() {
                *high |= ((biased[quarter * QUARTER + at] >> 8) as u8) << (2 * quarter);
            }
        }
        self.packed.push(Packed { low, high });
    }

    /// The scores of a token, by its number among those that were added.
    pub fn at(&self, index: usize) -> Scores {
        match index.checked_sub(PLAIN) {
            None => self.plain.at(index).0,
            Some(index) => self.unpacked(index),
        }
    }

    #[inline(never)]
    fn unpacked(&self, index: usize) -> Scores {
        let Packed { low, high } = self.packed.at(index);
        if low[LANES - 1] != 0 {
            return self.wide[u32::from_le_bytes([low[0], low[1], low[2], low[3]]) as usize];
        }
        let mut scores = low.map(i16::from);
        for quarter in 0..4 {
            for (at, high) in high.iter().enumerate() {
                scores[quarter * QUARTER + at] |= i16::from(high >> (2 * quarter) & 3) << 8;
            }
        }
        scores.map(|score| score - BIAS)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tags::{TAGS, Tag, lane};
    use super::*;

    #[test]
    fn scores_are_as_they_were() {
        let of = |score: &dyn Fn(usize) -> i16| {
            let mut scores = [0; LANES];
            (0..TAGS).for_each(|tag| scores[lane(tag as Tag)] = score(tag));
            scores
        };
        let all = [
            of(&|tag| 37 * tag as i16 - 512),
            of(&|_| 511),
            of(&|tag| if tag == 3 { 512 } else { 0 }),
            of(&|tag| -18 * tag as i16),
            of(&|tag| if tag == TAGS - 1 { -513 } else { 1 }),
            of(&|_| i16::MAX),
        ];
        let mut kept = Kept::default();
        let many = || all.iter().cycle().take(PLAIN + 2 * all.len());
        many().for_each(|scores| kept.push(scores));
        assert_eq!(kept.len(), many().count());
        // Two of all go into ten bits.
        assert_eq!(kept.wide.len(), 2 * (all.len() - 2));
        assert!(many().enumerate().all(|(index, scores)| kept.at(index) == *scores));
    }
}
