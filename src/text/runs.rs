//! Runs of tokens: which one a token is in is told in constant time, by a byte for each token of the text.

use super::TokenRange;

/// No run.
pub const NONE: u32 = u32::MAX;

/// Runs of tokens, in order, that share none.
#[derive(Default)]
pub struct Runs {
    /// Of each token, and of what stands behind the last one, the seven lowest bits of how many runs have started up to it, and
    /// [`INSIDE`].
    places: Vec<u8>,
    /// How many runs start before each block.
    before: Vec<u32>,
}

/// So many tokens in a row: fewer than seven bits count.
const BLOCK: usize = 32;

/// What marks the first token of a run, and the one behind its last, until all are counted.
const STARTS: u8 = 64;
const ENDS: u8 = 128;
/// Set for a token in a run.
const INSIDE: u8 = 128;
/// The bits beside it.
const COUNT: u64 = 127;

/// One in each byte.
const ONES: u64 = u64::MAX / 255;

/// Where a token lies. Two tokens side by side in equal places are in one run, or both in none.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Place(u8);

impl Place {
    /// Whether it is in a run.
    pub fn is_inside(self) -> bool {
        self.0 >= INSIDE
    }
}

impl Runs {
    /// Of a text of `count` tokens so many runs, by their numbers. None is empty.
    #[inline(never)]
    pub fn of(count: usize, runs: usize, run: &dyn Fn(usize) -> TokenRange) -> Runs {
        // What stands before the end is asked for as well.
        let mut places = vec![0; (count + 1).next_multiple_of(BLOCK)];
        for TokenRange { start, end } in (0..runs).map(run) {
            places[start as usize] |= STARTS;
            places[end as usize] |= ENDS;
        }
        let mut before = Vec::with_capacity(places.len() / BLOCK);
        let (mut all, mut is_open) = (0_u64, 0);
        for block in places.as_chunks_mut::<BLOCK>().0 {
            before.push(all as u32);
            // Eight places at a time: by the factor each byte becomes the sum of those up to it.
            for eight in block.as_chunks_mut::<8>().0 {
                let marks = u64::from_le_bytes(*eight);
                let starts = ((marks / u64::from(STARTS)) & ONES).wrapping_mul(ONES);
                let ends = ((marks / u64::from(ENDS)) & ONES).wrapping_mul(ONES);
                let inside = is_open * ONES + starts - ends;
                let counts = ((all & COUNT) * ONES + starts) & (COUNT * ONES);
                *eight = ((inside * u64::from(INSIDE)) | counts).to_le_bytes();
                (is_open, all) = (inside >> 56, all + (starts >> 56));
            }
        }
        Runs { places, before }
    }

    /// Whether a token is in a run.
    pub fn hold(&self, token: u32) -> bool {
        self.places[token as usize] >= INSIDE
    }

    /// The places of some tokens, in order.
    pub fn places(&self, tokens: TokenRange) -> impl Iterator<Item = Place> {
        self.places[tokens.indices()].iter().map(|&place| Place(place))
    }

    /// Of 32 tokens after 32 a bit for each, the first one's lowest: whether it is in a run. What stands behind the last is in none.
    pub fn blocks(&self) -> impl Iterator<Item = u32> {
        self.places.as_chunks::<BLOCK>().0.iter().map(|block| bits_of(block, INSIDE))
    }

    /// How many runs start before a token.
    pub fn before(&self, token: u32) -> u32 {
        token.checked_sub(1).map_or(0, |last| self.up_to(last))
    }

    /// How many runs have started at a token and before it.
    #[inline(always)]
    fn up_to(&self, token: u32) -> u32 {
        let before = self.before[token as usize / BLOCK];
        before + (u32::from(self.places[token as usize]).wrapping_sub(before) & COUNT as u32)
    }

    /// The number of the run that a token is in; [`NONE`] outside of all.
    #[inline(always)]
    pub fn number(&self, token: u32) -> u32 {
        if self.hold(token) { self.up_to(token) - 1 } else { NONE }
    }
}

/// A bit for each of some bytes, the first one's lowest: whether it has a bit.
pub fn bits_of(bytes: &[u8; BLOCK], bit: u8) -> u32 {
    bytes.as_chunks::<8>().0.iter().rev().fold(0, |bits, eight| {
        // The lowest bit of each byte is moved to the place of its byte in the uppermost one.
        let ones = u64::from_le_bytes(*eight) >> bit.trailing_zeros() & ONES;
        bits << 8 | (ones.wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_side_by_side_are_two() {
        let ranges = [(0, 2), (2, 3), (30, 64), (64, 130), (130, 131), (191, 192), (192, 193), (199, 200)]
            .map(|(start, end)| TokenRange::new(start, end));
        let runs = Runs::of(200, ranges.len(), &|run| ranges[run]);
        let places: Vec<Place> = runs.places(TokenRange::new(0, 200)).collect();
        for token in 1..200 {
            let is_one = runs.number(token - 1) == runs.number(token);
            assert_eq!(places[token as usize - 1] == places[token as usize], is_one, "{token}");
        }
        for token in 0..=200 {
            let number = ranges.iter().position(|run| run.holds(token)).map_or(NONE, |number| number as u32);
            assert_eq!((runs.number(token), runs.hold(token)), (number, number != NONE), "{token}");
            assert_eq!(runs.before(token) as usize, ranges.iter().filter(|run| run.start < token).count(), "{token}");
        }
    }
}
