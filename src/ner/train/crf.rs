//! A linear-chain conditional random field over sparse features, trained online with FTRL-proximal: per-weight learning
//! rates, and an L1 penalty that leaves most weights at exactly 0.
//!
//! A token's label is a set of tags that are allowed there; the likelihood is that of all allowed sequences together, so
//! corpora that leave a type unlabelled teach nothing about it.

use crate::ner::features::EDGES;
use crate::ner::tags::{self, COMPLETE, LANES, OUTSIDE, TAGS, Tag, TagSet};

/// One weight for each tag.
pub type Weights = [f32; LANES];

#[derive(Clone)]
struct Parameter {
    weight: Weights,
    /// FTRL's adjusted sum of gradients.
    z: Weights,
    /// Sum of squared gradients.
    n: Weights,
}

impl Default for Parameter {
    fn default() -> Parameter {
        Parameter { weight: [0.0; LANES], z: [0.0; LANES], n: [0.0; LANES] }
    }
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Learning rate.
    pub alpha: f32,
    /// Damps the first steps.
    pub beta: f32,
    /// L1 penalty.
    pub l1: f32,
    /// L2 penalty.
    pub l2: f32,
}

impl Parameter {
    fn update(&mut self, gradient: &Weights, rate: &Rate) {
        for (lane, &g) in gradient.iter().enumerate() {
            let n = self.n[lane] + g * g;
            let sigma = (n.sqrt() - self.n[lane].sqrt()) / rate.alpha;
            let z = self.z[lane] + g - sigma * self.weight[lane];
            let shrunk = (z.abs() - rate.l1).max(0.0).copysign(z);
            self.weight[lane] = -shrunk / ((rate.beta + n.sqrt()) / rate.alpha + rate.l2);
            self.n[lane] = n;
            self.z[lane] = z;
        }
    }
}

/// A token of a training sequence.
#[derive(Clone, Copy)]
pub struct Token<'f> {
    /// Ids of its features.
    pub features: &'f [u32],
    /// Which table of transitions leads to it.
    pub edge: u16,
    /// Tags that are right here.
    pub allowed: TagSet,
}

/// The weights in training.
pub struct Crf {
    rate: Rate,
    features: Vec<Parameter>,
    /// `[EDGES][previous]`
    transitions: Vec<Parameter>,
    buffers: Buffers,
}

#[derive(Default)]
struct Buffers {
    potentials: Vec<Weights>,
    edges: Vec<[Weights; LANES]>,
    free: Lattice,
    gold: Lattice,
}

/// Forward and backward sums of one sequence, scaled to 1 at each token.
#[derive(Default)]
struct Lattice {
    forward: Vec<Weights>,
    backward: Vec<Weights>,
    log_sum: f64,
}

/// Sets of tags as rows of 0 and 1.
fn mask(set: TagSet) -> Weights {
    std::array::from_fn(|tag| if tag < TAGS && set >> tag & 1 == 1 { 1.0 } else { 0.0 })
}

impl Lattice {
    fn run(&mut self, potentials: &[Weights], edges: &[[Weights; LANES]], allowed: impl Fn(usize) -> TagSet) {
        self.forward.clear();
        self.backward.clear();
        self.log_sum = 0.0;
        let mut before = [0.0; LANES];
        before[OUTSIDE as usize] = 1.0;
        for (index, (potential, edge)) in potentials.iter().zip(edges).enumerate() {
            let mut next = [0.0; LANES];
            for previous in 0..TAGS {
                let weight = before[previous];
                if weight != 0.0 {
                    for lane in 0..LANES {
                        next[lane] += weight * edge[previous][lane];
                    }
                }
            }
            let allowed = mask(allowed(index));
            let mut sum = 0.0;
            for lane in 0..LANES {
                next[lane] *= potential[lane] * allowed[lane];
                sum += next[lane];
            }
            // No sequence is that unlikely unless the labels contradict themselves.
            let sum = f32::max(sum, 1e-30);
            next.iter_mut().for_each(|value| *value /= sum);
            self.log_sum += f64::from(sum.ln());
            self.forward.push(next);
            before = next;
        }
        let complete = mask(COMPLETE);
        self.backward.resize(potentials.len(), complete);
        let end: f32 = before.iter().zip(&complete).map(|(a, b)| a * b).sum();
        self.log_sum += f64::from(end.max(1e-30).ln());
        for index in (1..potentials.len()).rev() {
            let allowed = mask(allowed(index));
            let weighted: Weights =
                std::array::from_fn(|lane| self.backward[index][lane] * potentials[index][lane] * allowed[lane]);
            let mut row = [0.0; LANES];
            let mut sum = 0.0f32;
            for previous in 0..TAGS {
                row[previous] = edges[index][previous].iter().zip(&weighted).map(|(a, b)| a * b).sum();
                sum += row[previous];
            }
            let sum = sum.max(1e-30);
            row.iter_mut().for_each(|value| *value /= sum);
            self.backward[index - 1] = row;
        }
    }

    fn marginal(&self, index: usize) -> Weights {
        let mut row: Weights = std::array::from_fn(|lane| self.forward[index][lane] * self.backward[index][lane]);
        let sum = row.iter().sum::<f32>().max(1e-30);
        row.iter_mut().for_each(|value| *value /= sum);
        row
    }

    /// Adds the probabilities of each pair of tags at the edge to token `index`, times `sign`.
    fn add_pairs(
        &self,
        index: usize,
        potentials: &[Weights],
        edge: &[Weights; LANES],
        allowed: TagSet,
        sign: f32,
        pairs: &mut [Weights; LANES],
    ) {
        let allowed = mask(allowed);
        let weighted: Weights =
            std::array::from_fn(|lane| self.backward[index][lane] * potentials[index][lane] * allowed[lane]);
        let start = {
            let mut row = [0.0; LANES];
            row[OUTSIDE as usize] = 1.0;
            row
        };
        let before = if index == 0 { &start } else { &self.forward[index - 1] };
        let mut sum = 0.0;
        for previous in 0..TAGS {
            let row: f32 = edge[previous].iter().zip(&weighted).map(|(a, b)| a * b).sum();
            sum += before[previous] * row;
        }
        let factor = sign / sum.max(1e-30);
        for previous in 0..TAGS {
            let weight = before[previous] * factor;
            if weight != 0.0 {
                for lane in 0..LANES {
                    pairs[previous][lane] += weight * edge[previous][lane] * weighted[lane];
                }
            }
        }
    }
}

impl Crf {
    /// All weights 0.
    pub fn new(features: usize, rate: Rate) -> Crf {
        Crf {
            rate,
            features: vec![Parameter::default(); features],
            transitions: vec![Parameter::default(); EDGES * LANES],
            buffers: Buffers::default(),
        }
    }

    /// How many features there are.
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// The weights of a feature.
    pub fn feature(&self, id: u32) -> &Weights {
        &self.features[id as usize].weight
    }

    /// The weights from a tag to each tag at an edge.
    pub fn transition(&self, edge: usize, previous: usize) -> &Weights {
        &self.transitions[edge * LANES + previous].weight
    }

    fn fill_potentials(&mut self, tokens: &[Token]) {
        self.buffers.potentials.clear();
        self.buffers.edges.clear();
        for token in tokens {
            let mut scores = [0.0; LANES];
            for &feature in token.features {
                let weight = &self.features[feature as usize].weight;
                for lane in 0..LANES {
                    scores[lane] += weight[lane];
                }
            }
            let most = scores[..TAGS].iter().copied().fold(f32::MIN, f32::max);
            self.buffers
                .potentials
                .push(std::array::from_fn(|tag| if tag < TAGS { (scores[tag] - most).max(-60.0).exp() } else { 0.0 }));
            let rows = &self.transitions[token.edge as usize * LANES..];
            self.buffers.edges.push(std::array::from_fn(|previous| {
                if previous >= TAGS {
                    return [0.0; LANES];
                }
                std::array::from_fn(|next| {
                    if next < TAGS && tags::may_follow(previous as Tag, next as Tag) {
                        rows[previous].weight[next].exp()
                    } else {
                        0.0
                    }
                })
            }));
        }
    }

    /// Learns from one sequence; `weight` multiplies its gradient. Returns its loss in nats.
    pub fn learn(&mut self, tokens: &[Token], weight: f32) -> f64 {
        self.fill_potentials(tokens);
        let Buffers { potentials, edges, free, gold } = &mut self.buffers;
        free.run(potentials, edges, |_| tags::ANY);
        gold.run(potentials, edges, |index| tokens[index].allowed);
        let loss = free.log_sum - gold.log_sum;
        if !(0.0..1000.0).contains(&loss) && loss.abs() > 0.01 {
            return loss;
        }
        for (index, token) in tokens.iter().enumerate() {
            let (expected, right) = (free.marginal(index), gold.marginal(index));
            let gradient: Weights = std::array::from_fn(|lane| weight * (expected[lane] - right[lane]));
            if gradient.iter().all(|value| value.abs() < 1e-3) {
                continue;
            }
            for &feature in token.features {
                self.features[feature as usize].update(&gradient, &self.rate);
            }
            let mut pairs = [[0.0; LANES]; LANES];
            free.add_pairs(index, potentials, &edges[index], tags::ANY, weight, &mut pairs);
            gold.add_pairs(index, potentials, &edges[index], token.allowed, -weight, &mut pairs);
            for (previous, gradient) in pairs.iter().enumerate().take(TAGS) {
                if gradient.iter().any(|value| value.abs() > 1e-4) {
                    self.transitions[token.edge as usize * LANES + previous].update(gradient, &self.rate);
                }
            }
        }
        loss
    }

    /// The best sequence of tags.
    pub fn decode(&mut self, tokens: &[Token]) -> Vec<Tag> {
        self.fill_potentials(tokens);
        let Buffers { potentials, edges, .. } = &self.buffers;
        let mut before = [0.0; LANES];
        before[OUTSIDE as usize] = 1.0;
        let mut from = vec![[OUTSIDE; LANES]; tokens.len()];
        for (index, (potential, edge)) in potentials.iter().zip(edges).enumerate() {
            let mut best: Weights = [0.0; LANES];
            for previous in 0..TAGS {
                for next in 0..TAGS {
                    let score = before[previous] * edge[previous][next];
                    if score > best[next] {
                        best[next] = score;
                        from[index][next] = previous as Tag;
                    }
                }
            }
            let mut most = f32::MIN_POSITIVE;
            for tag in 0..TAGS {
                best[tag] *= potential[tag];
                most = most.max(best[tag]);
            }
            before = best.map(|score| score / most);
        }
        let complete = (0..TAGS as Tag).filter(|tag| COMPLETE >> tag & 1 == 1);
        let mut tag = complete.max_by(|a, b| before[*a as usize].total_cmp(&before[*b as usize])).unwrap_or(OUTSIDE);
        let mut tags = vec![OUTSIDE; tokens.len()];
        for index in (0..tokens.len()).rev() {
            tags[index] = tag;
            tag = from[index][tag as usize];
        }
        tags
    }
}
