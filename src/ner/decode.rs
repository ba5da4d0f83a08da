//! The best sequence of tags, exactly, and how far it is ahead of the next best.
//!
//! Only steps that are allowed are weighed: from the 15 complete tags to the 15 that may stand after one, and inside
//! each of the seven types. With the tags in order of their parts (see [`super::tags::lane`]) each of these is a row of 8 or
//! 16 numbers, which is one or two vector registers.

use super::model::Scores;
use super::tags::{self, COMPLETE, LANES, OUTSIDE, OUTSIDE_LANE, Part, TAGS, TYPES, Tag, lane, may_follow, part};

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

/// Weights of the steps to a token, one table for each kind of edge.
#[derive(Clone, Debug)]
pub struct Steps {
    /// From each complete tag, by [`end_column`], to each that may stand after one, by [`start_column`].
    onward: [[i16; HALF]; HALF],
    /// The same the other way round.
    back: [[i16; HALF]; HALF],
    /// Inside a name of each type: first to inner, first to last, inner to inner, inner to last.
    inside: [[i16; PART]; 4],
    /// The sum, relative to that of [`OUTSIDE`], above which a row of `onward` can be the best way to some tag at all: most rows
    /// are left out by it at most tokens. Never that of [`OUTSIDE`] itself, which needs no asking.
    onward_needs: Needs,
    /// The same for the rows of `back`.
    back_needs: Needs,
}

/// What the sums at half a row's places have to be above.
#[derive(Clone, Debug)]
struct Needs {
    sums: [i16; HALF],
    /// One bit for each place. As data, not as a constant, they are taken together for all places at a time.
    bits: [u16; HALF],
}

impl Needs {
    fn all(sum: i16) -> Needs {
        Needs { sums: [sum; HALF], bits: std::array::from_fn(|column| 1 << column) }
    }
}

impl Steps {
    /// From weights by tag before and tag after.
    pub fn of(weight: &dyn Fn(Tag, Tag) -> i8) -> Steps {
        // What is no tag's stays out of the way.
        let mut steps = Steps {
            onward: [[NEVER; HALF]; HALF],
            back: [[NEVER; HALF]; HALF],
            inside: [[NEVER; PART]; 4],
            onward_needs: Needs::all(i16::MAX),
            back_needs: Needs::all(i16::MAX),
        };
        for from in 0..TAGS as Tag {
            for to in (0..TAGS as Tag).filter(|&to| may_follow(from, to)) {
                let weight = i16::from(weight(from, to));
                match (part(from), part(to)) {
                    (Part::First | Part::Inner, to_part) => {
                        let row = usize::from(to_part == Part::Last) + 2 * usize::from(part(from) == Part::Inner);
                        steps.inside[row][lane(to) % PART] = weight;
                    }
                    _ => {
                        let (row, column) = (end_column(from), start_column(to));
                        steps.onward[row][column] = weight;
                        steps.back[column][row] = weight;
                    }
                }
            }
        }
        // The last row and column are no tag's.
        let need = |rows: &[[i16; HALF]; HALF], row: usize| match row {
            OUTSIDE_LANE => i16::MAX,
            _ => (0..HALF - 1).map(|column| rows[OUTSIDE_LANE][column] - rows[row][column]).min().unwrap_or(i16::MAX),
        };
        for row in 0..HALF - 1 {
            steps.onward_needs.sums[row] = need(&steps.onward, row);
            steps.back_needs.sums[row] = need(&steps.back, row);
        }
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

/// The complete tag at a place in half a row.
fn end_tag(column: usize) -> Tag {
    match column {
        OUTSIDE_LANE => OUTSIDE,
        _ if column < PART => tags::tag(column, Part::Last),
        _ => tags::tag(column - PART, Part::Only),
    }
}

/// The places where a sum is above what is needed there, in order.
fn above(sums: &[i16; HALF], needs: &Needs) -> impl Iterator<Item = usize> + use<> {
    let mut bits = 0;
    for ((sum, need), bit) in sums.iter().zip(&needs.sums).zip(&needs.bits) {
        bits |= if sum > need { *bit } else { 0 };
    }
    std::iter::from_fn(move || {
        let first = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        first
    })
}

/// The half of a row where names are complete.
fn ends(sums: &Sums) -> &[i16; HALF] {
    sums.last_chunk().unwrap_or(&[NEVER; HALF])
}

/// Buffers, reused from one run of tokens to the next.
#[derive(Default)]
pub struct Decoder {
    /// Best sum of any sequence that ends in each tag, for each token.
    best: Vec<Sums>,
}

impl Decoder {
    /// Tags a run of tokens that stands between two tokens outside of all names. `scores` and `steps` have one
    /// entry for each token; `steps[i]` leads to token `i`. Appends to `tags`, and each token's margin to `margins`:
    /// how much better the best sequence is than the best one with another tag there; 0 outside of names, where nobody asks.
    pub fn decode(&mut self, scores: &[Scores], steps: &[&Steps], tags: &mut Vec<Tag>, margins: Option<&mut Vec<u16>>) {
        self.best.clear();
        let mut before = EDGE;
        for (scores, &steps) in scores.iter().zip(steps) {
            before = step(&before, scores, steps);
            self.best.push(before);
        }
        let mut tag = best_complete(&before);
        let first = tags.len();
        // Back along the best sequence; where it came from is found again, which is less work than to note it for all.
        for index in (0..scores.len()).rev() {
            tags.push(tag);
            let before = if index == 0 { &EDGE } else { &self.best[index - 1] };
            tag = previous(before, steps[index], tag);
        }
        tags[first..].reverse();
        if let Some(margins) = margins {
            let first_margin = margins.len();
            margins.resize(first_margin + scores.len(), 0);
            self.margins(scores, steps, &tags[first..], &mut margins[first_margin..]);
        }
    }

    fn margins(&self, scores: &[Scores], steps: &[&Steps], tags: &[Tag], margins: &mut [u16]) {
        let Some(first) = tags.iter().position(|&tag| tag != OUTSIDE) else { return };
        // Best sum of any sequence that begins after each tag.
        let mut rest = AFTER;
        for index in (first..tags.len()).rev() {
            if tags[index] != OUTSIDE {
                margins[index] = margin(&self.best[index], &rest, tags[index]);
            }
            if index > first {
                rest = step_back(&rest, &scores[index], steps[index]);
            }
        }
    }
}

/// How far the best sequence through a tag is ahead of that through any other.
fn margin(best: &Sums, rest: &Sums, tag: Tag) -> u16 {
    let own = lane(tag);
    // Each sum is relative to something of its own, which cancels out: both paths go through this token.
    let through = |lane: usize| best[lane].saturating_add(rest[lane]);
    let limits = &ALL_BUT_ONE[LANES - 1 - own..][..LANES];
    let second = (0..LANES).map(|lane| through(lane).min(limits[lane])).max();
    second.map_or(0, |second| through(own).abs_diff(second))
}

/// The highest sum, and in the middle the lowest.
static ALL_BUT_ONE: [i16; 2 * LANES - 1] = {
    let mut limits = [i16::MAX; 2 * LANES - 1];
    limits[LANES - 1] = i16::MIN;
    limits
};

/// Before the first token: outside of all names.
const EDGE: Sums = {
    let mut sums = [NEVER; LANES];
    sums[OUTSIDE_LANE] = 0;
    sums
};

/// After the last token: every name is complete.
const AFTER: Sums = {
    let mut sums = [NEVER; LANES];
    let mut tag = 0;
    while tag < TAGS {
        if COMPLETE >> tag & 1 == 1 {
            sums[lane(tag as Tag)] = 0;
        }
        tag += 1;
    }
    sums
};

/// From the best sums before a token to those after it.
fn step(before: &Sums, scores: &Scores, steps: &Steps) -> Sums {
    // From outside of all names, whose sum is 0; then from where that can be bettered.
    let mut started = steps.onward[OUTSIDE_LANE];
    for row in above(ends(before), &steps.onward_needs) {
        raise(&mut started, ends(before)[row % HALF], &steps.onward[row % HALF]);
    }
    let mut best = [0; LANES];
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
    best
}

/// Raises each sum to that of a step from `base`, where it is higher.
fn raise(sums: &mut [i16; HALF], base: i16, row: &[i16; HALF]) {
    for (sum, &weight) in sums.iter_mut().zip(row) {
        *sum = (*sum).max(base.saturating_add(weight));
    }
}

/// From the best sums after a token's tags to those after the tags before it.
fn step_back(after: &Sums, scores: &Scores, steps: &Steps) -> Sums {
    let mut weighted = [0; LANES];
    for lane in 0..LANES {
        weighted[lane] = after[lane].saturating_add(scores[lane]);
    }
    // Where a name may start: two parts that do not lie side by side.
    let mut bases = [0; HALF];
    bases[..PART].copy_from_slice(&weighted[..PART]);
    bases[PART..].copy_from_slice(&weighted[ONLY..]);
    let outside = weighted[OUTSIDE_LANE];
    let mut ended = steps.back[OUTSIDE_LANE].map(|weight| outside.saturating_add(weight));
    for row in above(&bases.map(|base| base.saturating_sub(outside)), &steps.back_needs) {
        raise(&mut ended, bases[row % HALF], &steps.back[row % HALF]);
    }
    let mut rest = [0; LANES];
    for index in 0..PART {
        let (inner, last) = (weighted[INNER + index], weighted[LAST + index]);
        let [to_inner, to_last, on, off] = [0, 1, 2, 3].map(|row: usize| steps.inside[row][index]);
        rest[index] = inner.saturating_add(to_inner).max(last.saturating_add(to_last));
        rest[INNER + index] = inner.saturating_add(on).max(last.saturating_add(off));
    }
    rest[LAST..].copy_from_slice(&ended);
    rest[OUTSIDE_LANE] = ended[OUTSIDE_LANE];
    let outside = rest[OUTSIDE_LANE];
    rest.map(|sum| sum.saturating_sub(outside))
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
            let mut best = (steps.onward[OUTSIDE_LANE][column], OUTSIDE);
            for row in above(ends(before), &steps.onward_needs) {
                let sum = ends(before)[row % HALF].saturating_add(steps.onward[row % HALF][column]);
                if sum > best.0 || sum == best.0 && end_tag(row) < best.1 {
                    best = (sum, end_tag(row));
                }
            }
            best.1
        }
    }
}

/// The best complete tag; of equals the last.
fn best_complete(sums: &Sums) -> Tag {
    // That of OUTSIDE is 0.
    let most = ends(sums).iter().copied().max().unwrap_or(NEVER);
    if most < 0 {
        return OUTSIDE;
    }
    let best = (0..HALF).filter(|&column| column % PART < TYPES.len() && ends(sums)[column] == most);
    best.map(end_tag).max().unwrap_or(OUTSIDE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::hash::mix;

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
            let steps = Steps::of(&weight);
            let (mut tags, mut margins) = (Vec::new(), Vec::new());
            Decoder::default().decode(&scores, &[&steps; 3], &mut tags, Some(&mut margins));
            let found = all.iter().find(|(_, sequence)| *sequence == tags).expect("an allowed sequence");
            assert_eq!(found.0, total);
            for (at, &margin) in margins.iter().enumerate().filter(|(at, _)| tags[*at] != OUTSIDE) {
                let other = all.iter().filter(|(_, sequence)| sequence[at] != tags[at]).map(|(sum, _)| *sum).max();
                assert_eq!(i32::from(margin), total - other.unwrap(), "token {at}");
            }
        }
    }
}
