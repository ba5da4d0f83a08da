//! What a cue may report: the combinations of the places where a clause may start and end.

use super::super::choice::Choice;
use super::super::marked::Scene;
use super::Tie;
use super::features::{Beginning, Ending, Facts};
use super::marks::{Marked, Marks};
use super::places::{Places, Site, is_refusal};
use crate::lexicon::cues::Frames;
use crate::text::TokenRange;

/// One clause that a cue may report.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// The words; the second run is empty unless the cue stands in their middle.
    pub pieces: [TokenRange; 2],
    /// How they are tied to the cue.
    pub tie: Tie,
    /// Index of the place where the first run starts, among those on its side of the cue.
    pub(super) start: usize,
    /// Index of the place where the last run ends, likewise.
    pub(super) end: usize,
}

/// Whether a cue with some frames may report a clause at all. Of 4,700 in our corpus that take no more than words in marks, a thing
/// or a sound 20 do, of 850 of thoughts that nobody is quoted with none.
fn reports_clauses(frames: Frames) -> bool {
    frames.has(CLAUSE) && (frames.has(Frames::QUOTE) || !frames.has(Frames::MIND))
}

/// The score of none, in logits, above which a cue's clauses are not even listed. It lacks what the clauses tell of it: of 1,039
/// articles none is read otherwise by it.
const SURELY_NONE_ALONE: f32 = 3.5;

/// What a cue that reports a clause can take.
const CLAUSE: Frames = Frames::THAT
    .and(Frames::BARE)
    .and(Frames::AFTER)
    .and(Frames::WHOM)
    .and(Frames::WH)
    .and(Frames::TO)
    .and(Frames::WHOM_TO);

/// The clauses that a cue may report, and in a choice none and each of them with its features; kept for all cues of one text.
pub struct Candidates<C: Choice> {
    /// Nothing reported, and then each clause. Empty where there is no clause.
    pub choice: C,
    /// The clauses.
    pub clauses: Vec<Candidate>,
    pub(super) places: Places,
    pub(super) endings: Vec<Ending<C::Shared>>,
    pub(super) beginnings: Vec<Beginning<C::Shared>>,
}

impl<C: Choice> Candidates<C> {
    /// None yet.
    pub fn new(choice: C) -> Candidates<C> {
        let (clauses, endings, beginnings) = (Vec::with_capacity(32), Vec::with_capacity(8), Vec::with_capacity(8));
        Candidates { choice, clauses, places: Places::none(), endings, beginnings }
    }

    /// Lists the clauses of a cue, in place of another's. Bounded work.
    #[inline(never)]
    pub fn list(&mut self, scene: &Scene, all: &Marks, index: usize) {
        self.choice.clear();
        self.clauses.clear();
        if !reports_clauses(scene.cues[index].frames) {
            return;
        }
        let site = Site::of(scene, index);
        let facts = Facts::of(scene, all, index, site);
        facts.describe_none(index, &mut self.choice);
        if self.choice.is_sure(SURELY_NONE_ALONE) {
            self.choice.clear();
            return;
        }
        let marked = Marked::near(scene, all, site.cue, site.region);
        self.places.list(scene, &site);
        self.combine(scene, &site, &marked, all);
        if self.clauses.is_empty() {
            self.choice.clear();
        } else {
            self.describe(&facts, &marked);
        }
    }

    #[inline(never)]
    fn combine(&mut self, scene: &Scene, site: &Site, marked: &Marked, all: &Marks) {
        let Candidates { clauses, places, .. } = self;
        let none = TokenRange::default();
        let mut add = |pieces: [TokenRange; 2], tie: Tie, start: usize, end: usize| {
            // What is in marks as a whole is no indirect quote, and what introduces one isn't either.
            let is_reported = !pieces[0].is_empty()
                && pieces.iter().any(|&piece| marked.plain(piece) > 0)
                && !all.introduce(pieces[0]);
            if is_reported {
                clauses.push(Candidate { pieces, tie, start, end });
            }
        };
        // "said in its report that “…”": what is in marks as a whole is no indirect quote, and the words before it are none.
        let end = places.ends.first().map_or(0, |end| end.token);
        let that = places.starts.iter().find(|start| start.tie == Tie::That).map_or(0, |start| start.token);
        let is_marked = |words: TokenRange| !words.is_empty() && marked.any(words) && marked.plain(words) == 0;
        let first = if that > 0 && is_marked(TokenRange::new(that, end)) { that } else { 0 };
        for (at, start) in places.starts.iter().enumerate().filter(|(_, start)| start.token >= first) {
            // "asked why"
            let shortest = if start.tie == Tie::Wh { 1 } else { 2 };
            let refusal = places.ends.iter().find(|end| is_refusal(scene, site, start, end));
            let last = refusal.map_or(u32::MAX, |end| end.token);
            for (end_at, end) in places.ends.iter().enumerate() {
                if end.token >= start.token + shortest && end.token <= last {
                    add([TokenRange::new(start.token, end.token), none], start.tie, at, end_at);
                }
            }
        }
        if let Some(comma) = places.comma {
            for (at, &start) in places.befores.iter().enumerate() {
                add([TokenRange::new(start, comma), none], Tie::Before, at, 0);
            }
            for (at, &start) in places.befores.iter().enumerate() {
                for (end_at, end) in places.second_ends.iter().enumerate() {
                    if end.token > places.after + 2 {
                        let pieces = [TokenRange::new(start, comma), TokenRange::new(places.after + 1, end.token)];
                        // "As for the war, he said, “It is over.”"
                        if !pieces.iter().any(|&piece| marked.are_direct(piece)) {
                            add(pieces, Tie::Around, at, end_at);
                        }
                    }
                }
            }
        }
    }
}
