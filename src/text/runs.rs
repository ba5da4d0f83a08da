//! Runs of tokens: which one a token is in is told in constant time, by three bits for each token of the text.

use super::TokenRange;

/// No run.
pub const NONE: u32 = u32::MAX;

/// Runs of tokens, in order, that share none.
#[derive(Default)]
pub struct Runs {
    blocks: Vec<Block>,
}

/// So many tokens in a row.
const BLOCK: u32 = u32::BITS;

#[derive(Clone, Copy, Default)]
struct Block {
    /// A bit for each token in a run, the first token's lowest.
    inside: u32,
    /// The same for each one that starts a run.
    starts: u32,
    /// How many runs start before the block.
    before: u32,
}

impl Runs {
    /// Of a text of `count` tokens so many runs, by their numbers. None is empty.
    #[inline(never)]
    pub fn of(count: usize, runs: usize, run: &dyn Fn(usize) -> TokenRange) -> Runs {
        // What stands before the end is asked for as well.
        let mut blocks = vec![Block::default(); count / BLOCK as usize + 1];
        for TokenRange { start, end } in (0..runs).map(run) {
            let (first, last) = (start / BLOCK, (end - 1) / BLOCK);
            blocks[first as usize].starts |= 1 << (start % BLOCK);
            let mut bits = u32::MAX << (start % BLOCK);
            for block in &mut blocks[first as usize..last as usize] {
                block.inside |= bits;
                bits = u32::MAX;
            }
            blocks[last as usize].inside |= bits & u32::MAX >> (BLOCK - 1 - (end - 1) % BLOCK);
        }
        let mut all = 0;
        for block in &mut blocks {
            block.before = all;
            all += block.starts.count_ones();
        }
        Runs { blocks }
    }

    /// Whether a token is in a run.
    pub fn hold(&self, token: u32) -> bool {
        self.blocks[(token / BLOCK) as usize].inside >> (token % BLOCK) & 1 != 0
    }

    /// A bit for each of the 32 tokens from one on, a multiple of 32, the first one's lowest: whether it is in a run.
    pub fn block(&self, token: u32) -> u32 {
        self.blocks[(token / BLOCK) as usize].inside
    }

    /// How many runs start before a token.
    pub fn before(&self, token: u32) -> u32 {
        let block = self.blocks[(token / BLOCK) as usize];
        block.before + (block.starts & !(u32::MAX << (token % BLOCK))).count_ones()
    }

    /// The number of the run that a token is in; [`NONE`] outside of all.
    pub fn number(&self, token: u32) -> u32 {
        let block = self.blocks[(token / BLOCK) as usize];
        if block.inside >> (token % BLOCK) & 1 == 0 {
            return NONE;
        }
        block.before + (block.starts << (BLOCK - 1 - token % BLOCK)).count_ones() - 1
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
