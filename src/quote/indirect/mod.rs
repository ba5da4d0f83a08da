//! Reporting expressions to the words that they report without quotation marks.
//!
//! For each expression the places where its clause may start and end are listed (after "that", after the addressee, before
//! ", she said", at the sentence's end …); the scorer chooses one of their combinations, or none.

mod candidates;
mod features;
mod marks;
mod opening;
mod places;
mod tense;

pub use candidates::{Candidate, Candidates};
pub use marks::Marks;

use super::choice::Scores;
use super::marked::Scene;
use super::scorer::{Task, Weights};
use crate::annotation::QuoteKind;
use crate::text::TokenRange;

/// How a clause is tied to its cue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tie {
    /// "said that …"
    That,
    /// "asked if …": the word belongs to the clause.
    If,
    /// "explained why …": the word belongs to the clause.
    Wh,
    /// "vowed to …": the "to" belongs to the clause.
    To,
    /// "denied taking …": the gerund belongs to the clause.
    Gerund,
    /// "said: …"
    Colon,
    /// "said they …", directly.
    Bare,
    /// "told the court they …", after other words.
    BareLater,
    /// "According to X, …"; "the river, he said, …", of which what stands before is the writer's.
    Comma,
    /// "…, she said"
    Before,
    /// "…, she said, …": both sides.
    Around,
}

impl Tie {
    /// How many there are.
    const COUNT: usize = Tie::Around as usize + 1;
}

/// Reported words: their cue and one or two runs of tokens.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Clause {
    /// Index of the cue.
    pub cue: usize,
    /// The words; the second run is empty unless the cue stands in their middle.
    pub pieces: [TokenRange; 2],
    /// How they are tied to the cue.
    pub tie: Tie,
    /// 0 to 1.
    pub confidence: f32,
}

/// A probability of none below this means that something is reported. From 0.3 to 0.18 F1 is the same on other people's articles,
/// where precision rises by two points as recall falls by as many; the lower half shows fewer reports that are none.
const ACCEPTED: f32 = 0.25;
/// The same for words that hold a partial quote: somebody says something there.
const ACCEPTED_AROUND: f32 = 0.45;

/// Finds the reported clauses of a text, in order of their cues. Bounded work for each cue.
#[inline(never)]
pub fn find(scene: &Scene, all: &Marks, weights: &Weights) -> Vec<Clause> {
    let marks = &scene.text.marks;
    let holds_partial = |piece: TokenRange| {
        let first = marks.partition_point(|pair| pair.open < piece.start);
        let inside = (first..marks.len()).take_while(|&pair| marks[pair].open < piece.end);
        inside.take(MOST_PAIRS).any(|pair| all.kinds[pair] == Some(QuoteKind::Partial))
    };
    let mut candidates = Candidates::new(Scores::of(weights, Task::Indirect));
    let mut found: Vec<Clause> = Vec::new();
    for cue in 0..scene.cues.len() {
        candidates.list(scene, all, cue);
        if candidates.clauses.is_empty() {
            continue;
        }
        // The first candidate is none.
        let probabilities = candidates.choice.probabilities();
        let none = probabilities[0];
        if none > ACCEPTED_AROUND {
            continue;
        }
        let clauses = probabilities[1..].iter().zip(&candidates.clauses);
        let best = clauses.reduce(|best, other| if other.0 > best.0 { other } else { best });
        let best =
            best.filter(|(_, clause)| none <= ACCEPTED || clause.pieces.iter().any(|&piece| holds_partial(piece)));
        found.extend(best.map(|(_, clause)| Clause {
            cue,
            pieces: clause.pieces,
            tie: clause.tie,
            confidence: 1.0 - none,
        }));
    }
    without_conflicts(scene, found)
}

/// Pairs of marks in a clause that are looked at.
const MOST_PAIRS: usize = 8;
/// Clauses before one that it is held against: the second is the last that one ever cuts into.
const MOST_NEIGHBOURS: usize = 8;

/// Of two clauses that cut into each other, or are the same, the surer one stays.
#[inline(never)]
fn without_conflicts(scene: &Scene, mut clauses: Vec<Clause>) -> Vec<Clause> {
    let mut kept: Vec<Clause> = Vec::with_capacity(clauses.len());
    for clause in clauses.drain(..) {
        let sentence = scene.cues[clause.cue].sentence;
        let mut is_kept = true;
        let mut at = kept.len();
        let last = at.saturating_sub(MOST_NEIGHBOURS);
        while at > last {
            at -= 1;
            let other = kept[at];
            if scene.cues[other.cue].sentence + 1 < sentence {
                break;
            }
            if conflict(&clause, &other) {
                if other.confidence >= clause.confidence {
                    is_kept = false;
                    break;
                }
                kept.remove(at);
            }
        }
        if is_kept {
            kept.push(clause);
        }
    }
    kept
}

fn conflict(one: &Clause, other: &Clause) -> bool {
    let cover =
        |clause: &Clause| TokenRange::new(clause.pieces[0].start, clause.pieces[1].end.max(clause.pieces[0].end));
    let (a, b) = (cover(one), cover(other));
    let nested = a.start <= b.start && b.end <= a.end || b.start <= a.start && a.end <= b.end;
    a.overlaps(b) && !nested || a == b
}
