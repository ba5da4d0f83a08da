//! The best sequence of tags, exactly, and how far it is ahead of the next best.

use super::model::{Row, Scores};
use super::tags::{COMPLETE, LANES, OUTSIDE, Part, TAGS, TYPES, Tag, part};

/// Lower than any sum of weights that is reached.
///
/// All sums are 16-bit, so that eight of them fill a vector register. They are kept relative to the sum of [`OUTSIDE`] at
/// the same token, which can follow and be followed by nearly everything: the distance of any other tag is that of a few
/// tokens' weights, some thousands, however long the run is. Beyond their range sums saturate, they never wrap.
const NEVER: i16 = -30_000;

/// Sums relative to that of [`OUTSIDE`], one for each tag.
type Sums = [i16; LANES];

/// Lanes whose tags can stand after a complete one.
const STARTS: [bool; LANES] = {
    let mut starts = [false; LANES];
    let mut tag = 0;
    while tag < TAGS {
        starts[tag] = matches!(part(tag as Tag), Part::Outside | Part::First | Part::Only);
        tag += 1;
    }
    starts
};

/// Tags that are complete: [`OUTSIDE`], and the last and only token of each type.
const ENDS: [usize; 1 + 2 * TYPES.len()] = {
    let mut ends = [0; 1 + 2 * TYPES.len()];
    let mut at = 0;
    let mut tag = 0;
    while tag < TAGS {
        if COMPLETE >> tag & 1 == 1 {
            ends[at] = tag;
            at += 1;
        }
        tag += 1;
    }
    ends
};

/// Buffers, reused from one run of tokens to the next.
#[derive(Default)]
pub struct Decoder {
    /// Best sum of any sequence that ends in each tag, for each token.
    best: Vec<Sums>,
    /// Best sum of any sequence that begins after each tag.
    rest: Vec<Sums>,
}

impl Decoder {
    /// Tags a run of tokens that stands between two tokens outside of all names. `scores` and `transitions` have one
    /// entry for each token; `transitions[i]` leads to token `i`. Appends to `tags`, and each token's margin to `margins`:
    /// how much better the best sequence is than the best one with another tag there.
    pub fn decode(
        &mut self,
        scores: &[Scores],
        transitions: &[&[Row; LANES]],
        tags: &mut Vec<Tag>,
        margins: Option<&mut Vec<i32>>,
    ) {
        self.best.clear();
        let mut before = EDGE;
        for (scores, &transitions) in scores.iter().zip(transitions) {
            before = step(&before, scores, transitions);
            self.best.push(before);
        }
        let Some(mut tag) = best_complete(&before) else { return };
        let first = tags.len();
        // Back along the best sequence; where it came from is found again, which is less work than to note it for all.
        for index in (0..scores.len()).rev() {
            tags.push(tag);
            let before = if index == 0 { &EDGE } else { &self.best[index - 1] };
            tag = previous(before, transitions[index], tag);
        }
        tags[first..].reverse();
        if let Some(margins) = margins {
            self.margins(scores, transitions, &tags[first..], margins);
        }
    }

    fn margins(&mut self, scores: &[Scores], transitions: &[&[Row; LANES]], tags: &[Tag], margins: &mut Vec<i32>) {
        self.rest.clear();
        self.rest.resize(scores.len(), [NEVER; LANES]);
        let Some(last) = self.rest.last_mut() else { return };
        for tag in ENDS {
            last[tag] = 0;
        }
        for index in (1..scores.len()).rev() {
            let after = self.rest[index];
            self.rest[index - 1] = step_back(&after, &scores[index], transitions[index]);
        }
        for (index, &tag) in tags.iter().enumerate() {
            let (best, rest) = (&self.best[index], &self.rest[index]);
            // Each sum is relative to something of its own, which cancels out: both paths go through this token.
            let total = i32::from(best[tag as usize]) + i32::from(rest[tag as usize]);
            let mut others = *best;
            others[tag as usize] = i16::MIN;
            let second = others.iter().zip(rest).map(|(&best, &rest)| i32::from(best) + i32::from(rest)).max();
            margins.push(total - second.unwrap_or(total));
        }
    }
}

/// Before the first token: outside of all names.
const EDGE: Sums = {
    let mut sums = [NEVER; LANES];
    sums[OUTSIDE as usize] = 0;
    sums
};

/// From the best sums before a token to those after it.
fn step(before: &Sums, scores: &Scores, transitions: &[Row; LANES]) -> Sums {
    let mut best = [i16::MIN; LANES];
    // From a complete tag to all tags at once: lanes where that is not allowed are corrected below.
    for previous in ENDS {
        let base = before[previous];
        let row = &transitions[previous];
        for next in 0..LANES {
            best[next] = best[next].max(base.saturating_add(i16::from(row[next] as i8)));
        }
    }
    for index in 0..TYPES.len() {
        let first = 1 + 4 * index;
        let inner = first + 1;
        for next in [inner, inner + 1] {
            let started = before[first].saturating_add(i16::from(transitions[first][next] as i8));
            let going_on = before[inner].saturating_add(i16::from(transitions[inner][next] as i8));
            best[next] = started.max(going_on);
        }
    }
    let outside = best[OUTSIDE as usize].saturating_add(scores[OUTSIDE as usize]);
    for tag in 0..LANES {
        best[tag] = best[tag].saturating_add(scores[tag]).saturating_sub(outside);
    }
    // Lanes without a tag stay out of the way.
    best[TAGS..].fill(NEVER);
    best
}

/// From the best sums after a token's tags to those after the tags before it.
fn step_back(after: &Sums, scores: &Scores, transitions: &[Row; LANES]) -> Sums {
    let mut weighted = [NEVER; LANES];
    let mut starting = [NEVER; LANES];
    for tag in 0..LANES {
        weighted[tag] = after[tag].saturating_add(scores[tag]);
        starting[tag] = if STARTS[tag] { weighted[tag] } else { i16::MIN };
    }
    let mut rest = [NEVER; LANES];
    for previous in ENDS {
        let row = &transitions[previous];
        let mut best = i16::MIN;
        for next in 0..LANES {
            best = best.max(starting[next].saturating_add(i16::from(row[next] as i8)));
        }
        rest[previous] = best;
    }
    for index in 0..TYPES.len() {
        let first = 1 + 4 * index;
        let inner = first + 1;
        for previous in [first, inner] {
            let row = &transitions[previous];
            let goes_on = weighted[inner].saturating_add(i16::from(row[inner] as i8));
            let ends = weighted[inner + 1].saturating_add(i16::from(row[inner + 1] as i8));
            rest[previous] = goes_on.max(ends);
        }
    }
    let outside = rest[OUTSIDE as usize];
    for sum in &mut rest {
        *sum = sum.saturating_sub(outside);
    }
    rest[TAGS..].fill(NEVER);
    rest
}

/// The tag before `tag` in the best sequence that ends in it; of equals the first.
fn previous(before: &Sums, transitions: &[Row; LANES], tag: Tag) -> Tag {
    let from = |previous: usize| before[previous].saturating_add(i16::from(transitions[previous][tag as usize] as i8));
    let best_of = |first: usize, others: &[usize]| {
        others.iter().fold(first, |best, &other| if from(other) > from(best) { other } else { best })
    };
    match part(tag) {
        Part::Inner => best_of(tag as usize - 1, &[tag as usize]) as Tag,
        Part::Last => best_of(tag as usize - 2, &[tag as usize - 1]) as Tag,
        _ => best_of(ENDS[0], &ENDS[1..]) as Tag,
    }
}

fn best_complete(scores: &Sums) -> Option<Tag> {
    (0..TAGS).filter(|tag| COMPLETE >> tag & 1 == 1).max_by_key(|&tag| scores[tag]).map(|tag| tag as Tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::hash::mix;
    use crate::ner::tags::may_follow;

    fn random(seed: u64) -> i8 {
        (mix(seed, 99) % 201) as i8
    }

    /// Every sequence, one by one.
    fn by_hand(scores: &[Scores], transitions: &[&[Row; LANES]]) -> (i32, Vec<Tag>) {
        let mut sequences = vec![(0i32, vec![])];
        for (scores, transitions) in scores.iter().zip(transitions) {
            let mut longer = Vec::new();
            for (score, tags) in &sequences {
                let previous = tags.last().copied().unwrap_or(OUTSIDE);
                for next in 0..TAGS as Tag {
                    if may_follow(previous, next) {
                        let weight = i32::from(transitions[previous as usize][next as usize] as i8);
                        let mut tags: Vec<Tag> = tags.clone();
                        tags.push(next);
                        longer.push((score + weight + i32::from(scores[next as usize]), tags));
                    }
                }
            }
            sequences = longer;
        }
        sequences.into_iter().filter(|(_, tags)| COMPLETE >> tags[tags.len() - 1] & 1 == 1).max().unwrap_or_default()
    }

    #[test]
    fn the_best_of_all_sequences_is_found() {
        for seed in 0..20 {
            let scores: Vec<Scores> = (0..3)
                .map(|i| std::array::from_fn(|tag| i16::from(random(seed * 1000 + i * 40 + tag as u64))))
                .collect();
            let table: [Row; LANES] =
                std::array::from_fn(|a| std::array::from_fn(|b| random(seed + (a * 32 + b) as u64 * 7) as u8));
            let transitions = vec![&table; 3];
            let (total, expected) = by_hand(&scores, &transitions);
            let mut tags = Vec::new();
            let mut margins = Vec::new();
            Decoder::default().decode(&scores, &transitions, &mut tags, Some(&mut margins));
            let sum: i32 = (0..3)
                .map(|i| {
                    let previous = if i == 0 { OUTSIDE } else { tags[i - 1] };
                    i32::from(scores[i][tags[i] as usize]) + i32::from(table[previous as usize][tags[i] as usize] as i8)
                })
                .sum();
            assert_eq!(sum, total, "{expected:?} {tags:?}");
            assert!(margins.iter().all(|&margin| margin >= 0));
        }
    }
}
