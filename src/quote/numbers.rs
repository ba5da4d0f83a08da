//! Numbers that are the same for many tokens in a row.

use crate::text::{NONE, Place, Runs, TokenRange};

/// A number for each token of a text, or none.
pub struct Numbers {
    runs: Runs,
    /// That of each run.
    numbers: Vec<u32>,
}

impl Numbers {
    /// Of a text of `count` tokens: of each one the number of the last of so many ranges that holds it. The ranges are in order of
    /// their starts; some numbers have none.
    #[inline(never)]
    pub fn of(count: usize, ranges: usize, range: &dyn Fn(usize) -> Option<TokenRange>) -> Numbers {
        let few = ranges.min(64);
        let (mut runs, mut numbers) = (Vec::with_capacity(few), Vec::with_capacity(few));
        let mut add = |start: u32, end: u32, number: u32| {
            if start < end {
                runs.push(TokenRange::new(start, end));
                numbers.push(number);
            }
        };
        // The ranges that go on, inner ones behind outer ones, and up to where they are told.
        let mut open: Vec<(u32, u32)> = Vec::with_capacity(ranges.min(4));
        let mut told = 0;
        let end = TokenRange::new(u32::MAX, u32::MAX);
        for number in 0..=ranges {
            let Some(range) = (if number < ranges { range(number) } else { Some(end) }) else { continue };
            while let Some((end, number)) = open.pop_if(|(end, _)| *end <= range.start) {
                add(told, end, number);
                told = told.max(end);
            }
            if let Some(&(_, number)) = open.last() {
                add(told, range.start, number);
            }
            told = told.max(range.start);
            open.push((range.end, number as u32));
        }
        Numbers { runs: Runs::of(count, runs.len(), &|run| runs[run]), numbers }
    }

    /// Whether a token has a number.
    pub fn has(&self, token: u32) -> bool {
        self.runs.hold(token)
    }

    /// The places of some tokens: those in a run have a number.
    pub fn places(&self, tokens: TokenRange) -> impl Iterator<Item = Place> {
        self.runs.places(tokens)
    }

    /// The number of a token; [`NONE`] for none.
    pub fn at(&self, token: u32) -> u32 {
        let run = self.runs.number(token);
        if run == NONE { NONE } else { self.numbers[run as usize] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_has_the_number_of_the_last_range_that_holds_it() {
        let ranges =
            [(1, 9), (1, 4), (2, 3), (4, 4), (5, 7), (6, 12), (12, 13), (14, 80), (20, 31), (32, 33), (33, 64)];
        let mut expected = [NONE; 101];
        for (number, &(start, end)) in ranges.iter().enumerate() {
            // One that has no range.
            if start != 20 {
                expected[start..end].fill(number as u32);
            }
        }
        let ranges = ranges.map(|(start, end)| TokenRange::new(start as u32, end as u32));
        let numbers = Numbers::of(100, ranges.len(), &|number| Some(ranges[number]).filter(|range| range.start != 20));
        let found: Vec<u32> = (0..101).map(|token| numbers.at(token)).collect();
        assert_eq!(found, expected);
        assert!((0..101).all(|token| numbers.has(token) == (expected[token as usize] != NONE)));
    }
}
