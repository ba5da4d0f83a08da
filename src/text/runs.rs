//! Runs of tokens: which one a token is in is told in constant time, by a byte for each token of the text.

use super::TokenRange;

/// No run.
pub const NONE: u32 = u32::MAX;

/// Runs of tokens, in order, that share none.
#[derive(Default)]
pub struct Runs {
    /// For each token how many runs start in its block up to it, and [`OUTSIDE`] for those in none.
    places: Vec<u8>,
    blocks: Vec<Block>,
}

/// So many tokens in a row.
const BLOCK: u32 = u32::BITS;
/// The place of a token that is in no run.
const OUTSIDE: u8 = u8::MAX;

#[derive(Clone, Copy, Default)]
struct Block {
    /// A bit for each token that starts a run, the first token's lowest.
    starts: u32,
    /// How many runs start before the block.
    before: u32,
}

impl Runs {
    /// Of a text of `count` tokens so many runs, by their numbers. None is empty.
    #[inline(never)]
    pub fn of(count: usize, runs: usize, run: &dyn Fn(usize) -> TokenRange) -> Runs {
        // What stands right behind the text is asked for as well.
        let mut places = vec![OUTSIDE; count + 1];
        let mut blocks = vec![Block::default(); count / BLOCK as usize + 1];
        // The block of the last run's start, and how many start before it.
        let (mut block, mut before) = (0, 0);
        for (number, TokenRange { start, end }) in (0..).zip((0..runs).map(run)) {
            if start / BLOCK != block {
                blocks[block as usize + 1..=(start / BLOCK) as usize]
                    .iter_mut()
                    .for_each(|block| block.before = number);
                (block, before) = (start / BLOCK, number);
            }
            blocks[block as usize].starts |= 1 << (start % BLOCK);
            // That of the block's own runs begins at 1: 0 goes on from the block before.
            let first_end = end.min((block + 1) * BLOCK);
            places[start as usize..first_end as usize].fill((number - before) as u8 + 1);
            places[first_end as usize..end as usize].fill(0);
        }
        let rest = &mut blocks[block as usize + 1..];
        rest.iter_mut().for_each(|block| block.before = runs as u32);
        Runs { places, blocks }
    }

    /// Whether a token is in a run.
    pub fn hold(&self, token: u32) -> bool {
        self.places[token as usize] != OUTSIDE
    }

    /// How many runs start before a token.
    pub fn before(&self, token: u32) -> u32 {
        let block = self.blocks[(token / BLOCK) as usize];
        block.before + (block.starts & !(u32::MAX << (token % BLOCK))).count_ones()
    }

    /// The number of the run that a token is in; [`NONE`] outside of all.
    pub fn number(&self, token: u32) -> u32 {
        match self.places[token as usize] {
            OUTSIDE => NONE,
            place => self.blocks[(token / BLOCK) as usize].before + u32::from(place) - 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_side_by_side_are_two() {
        let ranges = [(0, 2), (2, 3), (30, 70), (99, 100)].map(|(start, end)| TokenRange::new(start, end));
        let runs = Runs::of(100, ranges.len(), &|run| ranges[run]);
        for token in 0..=100 {
            let number = ranges.iter().position(|run| run.holds(token)).map_or(NONE, |number| number as u32);
            assert_eq!((runs.number(token), runs.hold(token)), (number, number != NONE), "{token}");
            assert_eq!(runs.before(token) as usize, ranges.iter().filter(|run| run.start < token).count(), "{token}");
        }
    }
}
