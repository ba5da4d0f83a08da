//! The best sequence of tags, exactly, and how far it is ahead of the next best.
//!
//! Only steps that are allowed are weighed: from the 15 complete tags to the 15 that may stand after one, and inside
//! each of the seven types. With the tags in order of their parts (see [`super::tags::lane`]) each of these is a row of 8 or
//! 16 numbers, which is one or two vector registers.

use super::model::Scores;
use super::tags::{self, COMPLETE, LANES, OUTSIDE, OUTSIDE_LANE, Part, TAGS, TYPES, Tag, lane, part};

/// Lower than any sum of weights that is reached.
///
/// All sums are 16-bit, so that eight of them fill a vector register. They are kept relative to the sum of [`OUTSIDE`] at
/// the same token, which can follow and be followed by nearly everything: the distance of any other tag is that of a few
/// tokens' weights, some thousands, however long the run is. Beyond their range sums saturate, they never wrap.
const NEVER: i16 = -30_000;

/// Sums relative to that of [`OUTSIDE`], one for each lane.
type Sums = [i16; LANES];

/// Half of the lanes: those where a name may start, or those where one is complete.
const HALF: usize = 16;
/// The lanes of one part.
const PART: usize = 8;
const INNER: usize = PART;
const LAST: usize = 2 * PART;
const ONLY: usize = 3 * PART;

/// How many tags are complete: [`OUTSIDE`], and the last and only token of each type. As many may stand after one.
const ENDS: usize = 1 + 2 * TYPES.len();

/// Complete tags, in order.
const END_TAGS: [Tag; ENDS] = {
    let mut ends = [OUTSIDE; ENDS];
    let (mut at, mut tag) = (0, 0);
    while tag < TAGS {
        if COMPLETE >> tag & 1 == 1 {
            ends[at] = tag as Tag;
            at += 1;
        }
        tag += 1;
    }
    ends
};

/// The lanes of [`END_TAGS`].
const END_LANES: [usize; ENDS] = {
    let mut lanes = [0; ENDS];
    let mut at = 0;
    while at < ENDS {
        lanes[at] = lane(END_TAGS[at]);
        at += 1;
    }
    lanes
};

/// The lanes that are no tag's.
const UNUSED: [usize; 3] = [INNER + PART - 1, LAST + PART - 1, ONLY + PART - 1];

/// Weights of the steps to a token, one table for each kind of edge.
#[derive(Clone, Debug)]
pub struct Steps {
    /// From each of [`END_TAGS`] to the lanes of first tokens and of [`OUTSIDE`], and of only ones.
    onward: [[i16; HALF]; ENDS],
    /// The same the other way round: to each lane of the rows above, from the lanes of last tokens and of [`OUTSIDE`], and of
    /// only ones.
    back: [[i16; HALF]; HALF],
    /// Inside a name of each type: first to inner, first to last, inner to inner, inner to last.
    inside: [[i16; PART]; 4],
    /// The sum, relative to that of [`OUTSIDE`], above which a row of `onward` can be the best way to some tag at all: most rows
    /// are left out by it at most tokens.
    onward_needs: [i16; ENDS],
    /// The same for the rows of `back`.
    back_needs: [i16; HALF],
}

impl Steps {
    /// From weights by tag before and tag after.
    pub fn of(weight: impl Fn(Tag, Tag) -> i8) -> Steps {
        let weight = |from: Tag, to: Tag| i16::from(weight(from, to));
        let mut steps = Steps {
            onward: [[0; HALF]; ENDS],
            back: [[0; HALF]; HALF],
            inside: [[0; PART]; 4],
            onward_needs: [i16::MIN; ENDS],
            back_needs: [i16::MIN; HALF],
        };
        for (row, &from) in END_TAGS.iter().enumerate() {
            for to in 0..TAGS as Tag {
                if matches!(part(to), Part::Outside | Part::First | Part::Only) {
                    let column = start_column(to);
                    steps.onward[row][column] = weight(from, to);
                    steps.back[column][end_column(from)] = weight(from, to);
                }
            }
        }
        for index in 0..TYPES.len() {
            let [first, inner, last] = [Part::First, Part::Inner, Part::Last].map(|part| tags::tag(index, part));
            for (row, (from, to)) in
                [(first, inner), (first, last), (inner, inner), (inner, last)].into_iter().enumerate()
            {
                steps.inside[row][index] = weight(from, to);
            }
        }
        // The last row and column are no tag's.
        let need = |rows: &[[i16; HALF]], outside: usize, row: usize| {
            let lead = (0..HALF - 1).map(|column| rows[outside][column] - rows[row][column]);
            if row == outside { i16::MIN } else { lead.min().unwrap_or(i16::MIN) }
        };
        steps.onward_needs = std::array::from_fn(|row| need(&steps.onward, OUTSIDE as usize, row));
        steps.back_needs = std::array::from_fn(|row| need(&steps.back, OUTSIDE_LANE, row));
        steps.back_needs[HALF - 1] = i16::MAX;
        steps
    }
}

/// The place in half a row of a tag that may stand after a complete one.
const fn start_column(tag: Tag) -> usize {
    let lane = lane(tag);
    if lane < PART { lane } else { lane - HALF }
}

/// The place in half a row of a complete tag.
const fn end_column(tag: Tag) -> usize {
    let lane = lane(tag);
    if lane == OUTSIDE_LANE { lane } else { lane - HALF }
}

/// Buffers, reused from one run of tokens to the next.
#[derive(Default)]
pub struct Decoder {
    /// Best sum of any sequence that ends in each tag, for each token.
    best: Vec<Sums>,
    /// Best sum of any sequence that begins after each tag.
    rest: Vec<Sums>,
}

impl Decoder {
    /// Tags a run of tokens that stands between two tokens outside of all names. `scores` and `steps` have one
    /// entry for each token; `steps[i]` leads to token `i`. Appends to `tags`, and each token's margin to `margins`:
    /// how much better the best sequence is than the best one with another tag there; 0 in a run without a name, where
    /// nobody asks.
    pub fn decode(&mut self, scores: &[Scores], steps: &[&Steps], tags: &mut Vec<Tag>, margins: Option<&mut Vec<i32>>) {
        self.best.clear();
        let mut before = EDGE;
        for (scores, &steps) in scores.iter().zip(steps) {
            before = step(&before, scores, steps);
            self.best.push(before);
        }
        let Some(mut tag) = best_complete(&before) else { return };
        let first = tags.len();
        // Back along the best sequence; where it came from is found again, which is less work than to note it for all.
        for index in (0..scores.len()).rev() {
            tags.push(tag);
            let before = if index == 0 { &EDGE } else { &self.best[index - 1] };
            tag = previous(before, steps[index], tag);
        }
        tags[first..].reverse();
        if let Some(margins) = margins {
            let tags = &tags[first..];
            if tags.iter().all(|&tag| tag == OUTSIDE) {
                margins.resize(margins.len() + tags.len(), 0);
            } else {
                self.margins(scores, steps, tags, margins);
            }
        }
    }

    fn margins(&mut self, scores: &[Scores], steps: &[&Steps], tags: &[Tag], margins: &mut Vec<i32>) {
        self.rest.clear();
        self.rest.resize(scores.len(), [NEVER; LANES]);
        let Some(last) = self.rest.last_mut() else { return };
        for lane in END_LANES {
            last[lane] = 0;
        }
        for index in (1..scores.len()).rev() {
            let after = self.rest[index];
            self.rest[index - 1] = step_back(&after, &scores[index], steps[index]);
        }
        for (index, &tag) in tags.iter().enumerate() {
            let (best, rest) = (&self.best[index], &self.rest[index]);
            // Each sum is relative to something of its own, which cancels out: both paths go through this token.
            let mut sums: Sums = std::array::from_fn(|lane| best[lane].saturating_add(rest[lane]));
            let own = lane(tag);
            let total = i32::from(std::mem::replace(&mut sums[own], i16::MIN));
            let second = sums.into_iter().max().map(i32::from);
            margins.push(total - second.unwrap_or(total));
        }
    }
}

/// Before the first token: outside of all names.
const EDGE: Sums = {
    let mut sums = [NEVER; LANES];
    sums[OUTSIDE_LANE] = 0;
    sums
};

/// From the best sums before a token to those after it.
fn step(before: &Sums, scores: &Scores, steps: &Steps) -> Sums {
    let mut started = [i16::MIN; HALF];
    for ((&end, row), &need) in END_LANES.iter().zip(&steps.onward).zip(&steps.onward_needs) {
        let base = before[end];
        if base > need {
            for column in 0..HALF {
                started[column] = started[column].max(base.saturating_add(row[column]));
            }
        }
    }
    let mut best = [NEVER; LANES];
    best[..PART].copy_from_slice(&started[..PART]);
    best[ONLY..].copy_from_slice(&started[PART..]);
    for index in 0..PART {
        let (first, inner) = (before[index], before[INNER + index]);
        let [to_inner, to_last, on, off] = [0, 1, 2, 3].map(|row: usize| steps.inside[row][index]);
        best[INNER + index] = first.saturating_add(to_inner).max(inner.saturating_add(on));
        best[LAST + index] = first.saturating_add(to_last).max(inner.saturating_add(off));
    }
    let outside = best[OUTSIDE_LANE].saturating_add(scores[OUTSIDE_LANE]);
    for lane in 0..LANES {
        best[lane] = best[lane].saturating_add(scores[lane]).saturating_sub(outside);
    }
    // Lanes without a tag stay out of the way.
    for lane in UNUSED {
        best[lane] = NEVER;
    }
    best
}

/// From the best sums after a token's tags to those after the tags before it.
fn step_back(after: &Sums, scores: &Scores, steps: &Steps) -> Sums {
    let mut weighted = [NEVER; LANES];
    for lane in 0..LANES {
        weighted[lane] = after[lane].saturating_add(scores[lane]);
    }
    let mut ended = [i16::MIN; HALF];
    // The lanes of the rows: two parts that do not lie side by side.
    let bases = weighted[..PART].iter().chain(&weighted[ONLY..]);
    let outside = i32::from(weighted[OUTSIDE_LANE]);
    for ((&base, row), &need) in bases.zip(&steps.back).zip(&steps.back_needs) {
        if i32::from(base) - outside > i32::from(need) {
            for column in 0..HALF {
                ended[column] = ended[column].max(base.saturating_add(row[column]));
            }
        }
    }
    let mut rest = [NEVER; LANES];
    for index in 0..PART {
        let (inner, last) = (weighted[INNER + index], weighted[LAST + index]);
        let [to_inner, to_last, on, off] = [0, 1, 2, 3].map(|row: usize| steps.inside[row][index]);
        rest[index] = inner.saturating_add(to_inner).max(last.saturating_add(to_last));
        rest[INNER + index] = inner.saturating_add(on).max(last.saturating_add(off));
    }
    rest[LAST..].copy_from_slice(&ended);
    rest[OUTSIDE_LANE] = ended[OUTSIDE_LANE];
    let outside = rest[OUTSIDE_LANE];
    for sum in &mut rest {
        *sum = sum.saturating_sub(outside);
    }
    for lane in UNUSED {
        rest[lane] = NEVER;
    }
    rest
}

/// The tag before `tag` in the best sequence that ends in it; of equals the first.
fn previous(before: &Sums, steps: &Steps, tag: Tag) -> Tag {
    let inside = |row: usize| {
        let index = lane(tag) % PART;
        let started = before[index].saturating_add(steps.inside[row][index]);
        let going_on = before[INNER + index].saturating_add(steps.inside[row + 2][index]);
        tags::tag(index, if going_on > started { Part::Inner } else { Part::First })
    };
    match part(tag) {
        Part::Inner => inside(0),
        Part::Last => inside(1),
        _ => {
            let column = start_column(tag);
            let mut best = (i16::MIN, OUTSIDE);
            for (row, &need) in steps.onward_needs.iter().enumerate() {
                let base = before[END_LANES[row]];
                if base > need {
                    let sum = base.saturating_add(steps.onward[row][column]);
                    if sum > best.0 {
                        best = (sum, END_TAGS[row]);
                    }
                }
            }
            best.1
        }
    }
}

fn best_complete(sums: &Sums) -> Option<Tag> {
    END_TAGS.into_iter().max_by_key(|&tag| sums[lane(tag)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::hash::mix;
    use crate::ner::tags::may_follow;

    fn random(seed: u64) -> i8 {
        (mix(seed, 99) % 201) as u8 as i8
    }

    /// The best sum of all sequences, of those with `tag` at token `at`, and of those with another tag there.
    fn by_hand(scores: &[[i16; TAGS]], weight: &impl Fn(Tag, Tag) -> i8) -> Vec<(i32, Vec<Tag>)> {
        let mut sequences = vec![(0i32, vec![])];
        for scores in scores {
            let mut longer = Vec::new();
            for (score, tags) in &sequences {
                let previous = tags.last().copied().unwrap_or(OUTSIDE);
                for next in 0..TAGS as Tag {
                    if may_follow(previous, next) {
                        let mut tags: Vec<Tag> = tags.clone();
                        tags.push(next);
                        let weight = i32::from(weight(previous, next));
                        longer.push((score + weight + i32::from(scores[next as usize]), tags));
                    }
                }
            }
            sequences = longer;
        }
        sequences.retain(|(_, tags)| COMPLETE >> tags[tags.len() - 1] & 1 == 1);
        sequences
    }

    #[test]
    fn the_best_of_all_sequences_is_found_and_how_far_it_is_ahead() {
        for seed in 0..20 {
            let by_tag: Vec<[i16; TAGS]> = (0..3)
                .map(|i| std::array::from_fn(|tag| i16::from(random(seed * 1000 + i * 40 + tag as u64))))
                .collect();
            let weight = |from: Tag, to: Tag| random(seed + u64::from(from) * 32 * 7 + u64::from(to) * 7);
            let all = by_hand(&by_tag, &weight);
            let total = all.iter().map(|(sum, _)| *sum).max().unwrap();
            let scores: Vec<Scores> = by_tag
                .iter()
                .map(|by_tag| {
                    let mut scores = [0; LANES];
                    (0..TAGS).for_each(|tag| scores[lane(tag as Tag)] = by_tag[tag]);
                    scores
                })
                .collect();
            let steps = Steps::of(weight);
            let (mut tags, mut margins) = (Vec::new(), Vec::new());
            Decoder::default().decode(&scores, &[&steps; 3], &mut tags, Some(&mut margins));
            let found = all.iter().find(|(_, sequence)| *sequence == tags).expect("an allowed sequence");
            assert_eq!(found.0, total);
            if tags.iter().all(|&tag| tag == OUTSIDE) {
                continue;
            }
            for (at, &margin) in margins.iter().enumerate() {
                let other = all.iter().filter(|(_, sequence)| sequence[at] != tags[at]).map(|(sum, _)| *sum).max();
                assert_eq!(margin, total - other.unwrap(), "token {at}");
            }
        }
    }
}
