//! The best sequence of tags, exactly, and how far it is ahead of the next best.

use super::model::{Row, Scores};
use super::tags::{COMPLETE, LANES, OUTSIDE, Part, TAGS, TYPES, Tag, part};

/// Lower than any sum of weights; two of them still fit an `i32`.
const NEVER: i32 = -(1 << 28);

/// Buffers, reused from one run of tokens to the next.
#[derive(Default)]
pub struct Decoder {
    /// Best score of any sequence that ends in each tag, for each token.
    best: Vec<[i32; LANES]>,
    /// The tag before it in that sequence.
    from: Vec<[Tag; LANES]>,
    /// Best score of any sequence that begins after each tag.
    rest: Vec<[i32; LANES]>,
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
        self.from.clear();
        let mut before = [NEVER; LANES];
        before[OUTSIDE as usize] = 0;
        for (scores, &transitions) in scores.iter().zip(transitions) {
            let (best, from) = step(&before, scores, transitions);
            self.best.push(best);
            self.from.push(from);
            before = best;
        }
        let Some(mut tag) = best_complete(&before) else { return };
        let first = tags.len();
        let total = before[tag as usize];
        for from in self.from.iter().rev() {
            tags.push(tag);
            tag = from[tag as usize];
        }
        tags[first..].reverse();
        if let Some(margins) = margins {
            self.margins(scores, transitions, &tags[first..], total, margins);
        }
    }

    fn margins(
        &mut self,
        scores: &[Scores],
        transitions: &[&[Row; LANES]],
        tags: &[Tag],
        total: i32,
        margins: &mut Vec<i32>,
    ) {
        self.rest.clear();
        self.rest.resize(scores.len(), [NEVER; LANES]);
        let Some(last) = self.rest.last_mut() else { return };
        for (tag, score) in last.iter_mut().enumerate().take(TAGS) {
            if COMPLETE >> tag & 1 == 1 {
                *score = 0;
            }
        }
        for index in (1..scores.len()).rev() {
            let after = self.rest[index];
            let weighted: [i32; LANES] = std::array::from_fn(|tag| after[tag] + i32::from(scores[index][tag]));
            let row = &mut self.rest[index - 1];
            for previous in 0..TAGS {
                let weights = &transitions[index][previous];
                let mut best = NEVER;
                for_each_next(previous as Tag, |next| {
                    best = best.max(weighted[next as usize] + i32::from(weights[next as usize] as i8));
                });
                row[previous] = best;
            }
        }
        for (index, &tag) in tags.iter().enumerate() {
            let mut second = NEVER;
            for other in 0..TAGS {
                if other != tag as usize {
                    second = second.max(self.best[index][other] + self.rest[index][other]);
                }
            }
            margins.push(total - second);
        }
    }
}

/// Calls `visit` for each tag that may follow.
fn for_each_next(previous: Tag, mut visit: impl FnMut(Tag)) {
    match part(previous) {
        Part::First => {
            visit(previous + 1);
            visit(previous + 2);
        }
        Part::Inner => {
            visit(previous);
            visit(previous + 1);
        }
        _ => {
            visit(OUTSIDE);
            for index in 0..TYPES.len() as Tag {
                visit(1 + 4 * index);
                visit(4 + 4 * index);
            }
        }
    }
}

/// From the best scores before a token to those after it.
fn step(before: &[i32; LANES], scores: &Scores, transitions: &[Row; LANES]) -> ([i32; LANES], [Tag; LANES]) {
    let mut best = [NEVER; LANES];
    let mut from = [OUTSIDE; LANES];
    // From a complete tag to all tags at once: lanes where that is not allowed are corrected below.
    for previous in 0..TAGS {
        if COMPLETE >> previous & 1 == 0 {
            continue;
        }
        let base = before[previous];
        for next in 0..LANES {
            let score = base + i32::from(transitions[previous][next] as i8);
            let better = score > best[next];
            best[next] = if better { score } else { best[next] };
            from[next] = if better { previous as Tag } else { from[next] };
        }
    }
    for index in 0..TYPES.len() {
        let first = 1 + 4 * index;
        let inner = first + 1;
        for next in [inner, inner + 1] {
            let started = before[first] + i32::from(transitions[first][next] as i8);
            let going_on = before[inner] + i32::from(transitions[inner][next] as i8);
            (best[next], from[next]) =
                if started >= going_on { (started, first as Tag) } else { (going_on, inner as Tag) };
        }
    }
    for tag in 0..TAGS {
        best[tag] = (best[tag] + i32::from(scores[tag])).max(NEVER);
    }
    (best, from)
}

fn best_complete(scores: &[i32; LANES]) -> Option<Tag> {
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
