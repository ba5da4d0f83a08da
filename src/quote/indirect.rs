//! Reporting expressions to the words that they report without quotation marks.
//!
//! For each expression the places where its clause may start and end are listed (after "that", after the addressee, before
//! ", she said", at the sentence's end …); the scorer chooses one of their combinations, or none.

use super::choice::{Choice, range};
use super::cues::{CueShape, CueSite};
use super::marked::Scene;
use super::phrases::{NONE, PhraseKind};
use super::scorer::{Task, Weights, both, word};
use super::subjects::{is_inside, subjects};
use crate::annotation::QuoteKind;
use crate::lexicon::cues::Frames;
use crate::lexicon::grammar::Parts;
use crate::text::{Case, Text, TokenKind, TokenRange};

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
    /// "said: …"
    Colon,
    /// "said they …", directly.
    Bare,
    /// "told the court they …", after other words.
    BareLater,
    /// "According to X, …"
    Comma,
    /// "…, she said"
    Before,
    /// "…, she said, …": both sides.
    Around,
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

/// The words between a clause's start and end candidates are counted from sums over the text, made once.
pub struct Sums {
    finite: Vec<u32>,
    /// Words and numbers.
    words: Vec<u32>,
    /// What each pair of marks is.
    kinds: Vec<Option<QuoteKind>>,
    /// The first finite verb at or after each token, across sentences; the number of tokens where there is none.
    verbs: Vec<u32>,
}

impl Sums {
    /// Counts over a text. `kind_of` tells what each pair of marks is.
    pub fn of(scene: &Scene, kind_of: impl Fn(usize) -> Option<QuoteKind>) -> Sums {
        let count = scene.text.tokens.len();
        let mut sums = Sums {
            finite: Vec::with_capacity(count + 1),
            words: Vec::with_capacity(count + 1),
            kinds: (0..scene.text.marks.len()).map(kind_of).collect(),
            verbs: vec![count as u32; count + 1],
        };
        let (mut finite, mut words) = (0, 0);
        for token in 0..count {
            sums.finite.push(finite);
            sums.words.push(words);
            let parts = scene.syntax.words[token];
            let is_clitic = scene.text.tokens[token].kind == TokenKind::Clitic;
            finite += u32::from(
                parts.is(Parts::AUXILIARY) && (!is_clitic || scene.syntax.phrase_of[token] == NONE)
                    || scene.syntax.phrase_of[token] == NONE && parts.is(Parts::PAST.and(Parts::THIRD)),
            );
            words += u32::from(matches!(scene.text.tokens[token].kind, TokenKind::Word | TokenKind::Number));
        }
        sums.finite.push(finite);
        sums.words.push(words);
        for token in (0..count).rev() {
            let word = scene.syntax.words[token];
            let is_finite = word.is(Parts::AUXILIARY)
                || word.is(Parts::PAST.and(Parts::THIRD)) && scene.syntax.phrase_of[token] == NONE;
            sums.verbs[token] = if is_finite { token as u32 } else { sums.verbs[token + 1] };
        }
        sums
    }

    /// The tense of the first finite verb of some words; 0 for none.
    fn tense(&self, scene: &Scene, tokens: TokenRange) -> u32 {
        let verb = self.verbs[tokens.start as usize];
        if verb < tokens.end.min(tokens.start + LONGEST_SEARCH) { tense_of(scene, verb) } else { 0 }
    }

    fn finite(&self, tokens: TokenRange) -> u32 {
        self.finite[tokens.end as usize] - self.finite[tokens.start as usize]
    }

    fn words(&self, tokens: TokenRange) -> u32 {
        self.words[tokens.end as usize] - self.words[tokens.start as usize]
    }
}

/// The quotes in marks near a cue, at its own level: a cue inside a quotation looks at those inside it.
struct Marked<'s> {
    sums: &'s Sums,
    pairs: Vec<(TokenRange, QuoteKind)>,
}

impl<'s> Marked<'s> {
    fn near(scene: &Scene, sums: &'s Sums, cue: &CueSite, region: TokenRange) -> Marked<'s> {
        let marks = &scene.text.marks;
        let start = region.start.max(cue.tokens.start.saturating_sub(LONGEST_CLAUSE));
        let from = marks.partition_point(|pair| pair.open < start);
        let pairs = marks[from..]
            .iter()
            .zip(&sums.kinds[from..])
            .take_while(|(pair, _)| pair.open < region.end)
            .take(MOST_NEIGHBOURS)
            .filter(|(pair, _)| pair.parent.unwrap_or(NONE) == cue.pair && pair.open < pair.close)
            .filter_map(|(pair, kind)| Some((pair.tokens(), (*kind)?)))
            .collect();
        Marked { sums, pairs }
    }

    /// Whether some words hold any of them.
    fn any(&self, tokens: TokenRange) -> bool {
        self.pairs.iter().any(|(pair, _)| pair.start < tokens.end && tokens.start < pair.end)
    }

    /// Words and numbers outside all of them.
    fn plain(&self, tokens: TokenRange) -> u32 {
        let inside = self.pairs.iter().map(|(pair, _)| {
            let shared = TokenRange::new(pair.start.max(tokens.start), pair.end.min(tokens.end));
            if shared.start < shared.end { self.sums.words(shared) } else { 0 }
        });
        self.sums.words(tokens) - inside.sum::<u32>()
    }

    /// Finite verbs outside all of them.
    fn finite(&self, tokens: TokenRange) -> u32 {
        let inside = self.pairs.iter().map(|(pair, _)| {
            let shared = TokenRange::new(pair.start.max(tokens.start), pair.end.min(tokens.end));
            if shared.start < shared.end { self.sums.finite(shared) } else { 0 }
        });
        self.sums.finite(tokens) - inside.sum::<u32>()
    }

    /// What is quoted among some words: 0 nothing, 1 fragments, 2 direct quotes, 3 all of it is.
    fn quoted(&self, tokens: TokenRange) -> u32 {
        let direct = self
            .pairs
            .iter()
            .any(|(pair, kind)| *kind == QuoteKind::Direct && pair.start < tokens.end && tokens.start < pair.end);
        match self.any(tokens) {
            false => 0,
            true if self.plain(tokens) == 0 => 3,
            true => 1 + u32::from(direct),
        }
    }
}

/// A probability of none below this means that something is reported. Over folds of the training articles F1 is flat from 0.5 to
/// 0.4 and falls on both sides; the lower end shows fewer reports that are none.
const ACCEPTED: f32 = 0.4;

/// Finds the reported clauses of a text, in order of their cues. Bounded work for each cue.
pub fn find(scene: &Scene, sums: &Sums, weights: &Weights) -> Vec<Clause> {
    let mut choice = Choice::default();
    let mut clauses = Vec::new();
    let mut found: Vec<Clause> = Vec::new();
    for cue in 0..scene.cues.len() {
        clauses.clear();
        candidates(scene, sums, cue, &mut clauses, &mut choice);
        if clauses.is_empty() {
            continue;
        }
        // The first candidate is none.
        let probabilities = choice.probabilities(weights, Task::Indirect);
        if probabilities[0] > ACCEPTED {
            continue;
        }
        let best = (0..clauses.len())
            .fold(0, |best, other| if probabilities[other + 1] > probabilities[best + 1] { other } else { best });
        found.push(Clause { confidence: 1.0 - probabilities[0], ..clauses[best] });
    }
    without_conflicts(scene, found)
}

/// Clauses before one that it is held against: more stand in no sentence that somebody wrote.
const MOST_NEIGHBOURS: usize = 64;

/// Of two clauses that cut into each other, or are the same, the surer one stays.
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
    let overlap = a.start < b.end && b.start < a.end;
    let nested = a.start <= b.start && b.end <= a.end || b.start <= a.start && a.end <= b.end;
    overlap && !nested || a == b
}

/// Places that a clause goes past, of which the scorer hears.
const MOST_PASSED: usize = 3;
/// Tokens looked at for the start of a clause after its cue.
const LONGEST_APPROACH: u32 = 22;
/// Places inside a sentence where a clause may start or end.
const MOST_ENDS: usize = 6;
const MOST_STARTS: usize = 4;
/// Ends of what goes on after "…, she said, …".
const MOST_SECOND_ENDS: usize = 3;
/// Tokens of a sentence that are searched for ends.
const LONGEST_CLAUSE: u32 = 90;

#[derive(Clone, Copy)]
struct Start {
    token: u32,
    tie: Tie,
    skipped: u32,
    phrases: u32,
    commas: u32,
}

#[derive(Clone, Copy)]
struct End {
    token: u32,
    /// 0 for the sentence's or pair's end, else what is there.
    sign: u32,
}

/// Lists the clauses that a cue may report, and in `choice` none and each of them with its features.
/// Both stay empty where there is no candidate.
pub fn candidates(scene: &Scene, sums: &Sums, index: usize, clauses: &mut Vec<Clause>, choice: &mut Choice) {
    choice.clear();
    let cue = &scene.cues[index];
    let text = scene.text;
    let region = region(scene, cue);
    let marked = Marked::near(scene, sums, cue, region);
    let mut subject = NONE;
    let mut subject_kind = 20;
    let mut right_subject_end = cue.tokens.end;
    let mut left_subject_start = cue.tokens.start;
    let all_subjects = subjects(text, scene.syntax, cue);
    if let Some(nearest) = all_subjects.iter().find(|subject| !subject.after) {
        let phrase = &scene.syntax.phrases[nearest.phrase as usize];
        subject = nearest.phrase;
        subject_kind = phrase.kind as u32;
        left_subject_start = phrase.tokens.start;
    }
    let mut right_kind = 20;
    if let Some(nearest) = all_subjects.iter().find(|subject| subject.after) {
        let phrase = &scene.syntax.phrases[nearest.phrase as usize];
        if phrase.tokens.start <= cue.tokens.end + 1 {
            right_kind = phrase.kind as u32;
            right_subject_end = phrase.tokens.end;
        }
    }
    let mut starts: Vec<Start> = Vec::new();
    starts_after(scene, cue, region, &mut starts);
    // "said that" and nothing after it.
    starts.retain(|start| start.token < region.end);
    let mut ends: Vec<End> = Vec::new();
    let first_start = starts.iter().map(|start| start.token).min();
    if let Some(first) = first_start {
        ends_after(scene, region, first, &mut ends);
    }
    for start in &starts {
        for end in &ends {
            // "asked why"
            if end.token > start.token + u32::from(start.tie != Tie::Wh) {
                push(clauses, index, [TokenRange::new(start.token, end.token), TokenRange::default()], start.tie);
            }
        }
    }
    let after_count = clauses.len();
    let comma = comma_before(scene, cue, region, left_subject_start);
    let mut befores: Vec<u32> = Vec::new();
    let mut second_ends: Vec<End> = Vec::new();
    if let Some(comma) = comma {
        starts_before(scene, region, comma, &mut befores);
        for &start in &befores {
            push(clauses, index, [TokenRange::new(start, comma), TokenRange::default()], Tie::Before);
        }
        // "The plan, he said, would go on."
        let after = (cue.tokens.end..region.end.min(cue.tokens.end + LONGEST_APPROACH)).find(|&token| {
            (matches!(text.of(token), "," | "–" | "—") || is_dash(text, token))
                && scene.syntax.pair_of[token as usize] == cue.pair
        });
        if let Some(after) = after.filter(|after| after + 2 < region.end) {
            second_ends.clear();
            ends_after(scene, region, after + 1, &mut second_ends);
            second_ends.truncate(MOST_SECOND_ENDS);
            for &start in &befores {
                for end in &second_ends {
                    if end.token > after + 2 {
                        let pieces = [TokenRange::new(start, comma), TokenRange::new(after + 1, end.token)];
                        push(clauses, index, pieces, Tie::Around);
                    }
                }
            }
        }
    }
    // What is in marks as a whole is no indirect quote.
    let is_marked = |clause: &Clause| {
        let plain: u32 = clause.pieces.iter().map(|&piece| marked.plain(piece)).sum();
        // "told the paper about the militias: “…”": what stands before the colon introduces the quotation.
        let first = clause.pieces[0];
        let colon = scene.cues.partition_point(|other| other.tokens.start < first.start);
        let introduces =
            scene.cues[colon..].iter().take(MOST_NEIGHBOURS).take_while(|other| other.tokens.end < first.end).any(
                |other| {
                    other.shape == CueShape::Colon && text.tokens[other.tokens.end as usize].kind == TokenKind::Mark
                },
            );
        plain == 0 || introduces
    };
    let mut kept = 0;
    let mut after_kept = 0;
    for at in 0..clauses.len() {
        if !is_marked(&clauses[at]) {
            clauses[kept] = clauses[at];
            kept += 1;
            after_kept += usize::from(at < after_count);
        }
    }
    clauses.truncate(kept);
    if clauses.is_empty() {
        return;
    }
    let lemma = cue.number;
    let shape = cue.shape as u32 | u32::from(cue.passive) << 4 | u32::from(cue.negated) << 5;
    let level = u32::from(cue.pair != NONE);
    let block_kind = text.blocks[text.sentence(cue.tokens.start).block as usize].kind as u32;
    let adjacency = subject_gap(scene, cue, subject);
    let coarse = |token: u32| u32::from(scene.reading.entry(token).coarse);
    let cue_cluster = both(coarse(cue.tokens.start), 1);
    let subject_cluster =
        if subject == NONE { 0 } else { coarse(scene.syntax.phrases[subject as usize].tokens.end - 1) };
    let neighbours = marks_beside(scene, sums, cue, left_subject_start, right_subject_end);
    let next_part = if cue.tokens.end < region.end { part(scene, cue.tokens.end) } else { 98 };
    // Which ties there are to choose from.
    let ties = clauses.iter().fold(0, |ties, clause| ties | 1 << clause.tie as u32);
    let head = if subject == NONE {
        0
    } else {
        scene.syntax.number(scene.reading, scene.syntax.phrases[subject as usize].tokens.end - 1)
    };
    let opens_region = u32::from(left_subject_start == region.start);
    // "said she felt that": expressions before and after it in its sentence.
    let beside = |other: Option<&CueSite>, distance: &dyn Fn(&CueSite) -> u32| {
        let other = other.filter(|other| other.sentence == cue.sentence && other.pair == cue.pair);
        other.map_or(20, |other| range(distance(other)).min(7) | u32::from(other.frames.has(Frames::QUOTE)) << 3)
    };
    let before_it =
        beside(index.checked_sub(1).map(|before| &scene.cues[before]), &|other| cue.tokens.start - other.tokens.end);
    let after_it = beside(scene.cues.get(index + 1), &|other| other.tokens.start - cue.tokens.end);
    let mind = u32::from(cue.frames.has(Frames::MIND)) | u32::from(cue.frames.has(Frames::QUOTE)) << 1;
    choice.add(320, both(mind, before_it));
    choice.add(321, both(lemma, before_it));
    choice.add(322, both(shape, both(before_it, subject_kind)));
    choice.add(323, both(lemma, after_it));
    choice.add(324, both(mind, both(after_it, subject_kind)));
    if left_subject_start > region.start && subject != NONE {
        let before_subject = part(scene, left_subject_start - 1);
        choice.add(325, both(before_subject, both(subject_kind, shape)));
        choice.add(326, both(before_subject, lemma));
        choice.add(327, both(scene.syntax.number(scene.reading, left_subject_start - 1), subject_kind));
    }
    // None.
    choice.add(280, both(lemma, next_part));
    choice.add(281, both(lemma, ties));
    choice.add(282, both(ties, both(shape, subject_kind)));
    choice.add(283, head);
    choice.add(284, both(head, lemma));
    choice.add(285, both(opens_region, both(adjacency, shape)));
    choice.add(286, both(next_part, both(shape, subject_kind)));
    choice.add(287, both(neighbours, lemma));
    choice.add(288, both(level, both(lemma, subject_kind)));
    choice.add(289, both(subject_cluster, cue_cluster));
    choice.add(217, both(neighbours, cue.shape as u32));
    choice.add(218, both(neighbours, both(u32::from(after_kept > 0), u32::from(comma.is_some()))));
    choice.add(200, 0);
    choice.add(214, both(cue_cluster, shape));
    choice.add(215, both(subject_cluster, adjacency));
    choice.add(216, both(cue_cluster, subject_kind));
    choice.add(201, lemma);
    choice.add(202, both(lemma, shape));
    choice.add(203, both(shape, subject_kind));
    choice.add(204, both(shape, level));
    choice.add(205, both(u32::from(after_kept > 0), u32::from(comma.is_some())));
    choice.add(206, both(subject_kind, adjacency));
    choice.add(207, both(lemma, subject_kind));
    choice.add(208, both(block_kind, cue.shape as u32));
    let next_key = if cue.tokens.end < region.end { scene.syntax.number(scene.reading, cue.tokens.end) } else { 0 };
    choice.add(209, both(next_key, cue.shape as u32));
    choice.add(210, both(right_kind, shape));
    choice.add(213, both(level, both(subject_kind, shape)));
    let before_key =
        if cue.tokens.start > region.start { scene.syntax.number(scene.reading, cue.tokens.start - 1) } else { 1 };
    choice.add(211, before_key);
    choice.add(212, both(before_key, shape));
    choice.next();
    // Most features depend on a clause's tie, its start or its end alone: those are worked out once for each.
    let frames = u32::from(cue.frames.has(Frames::THAT))
        | u32::from(cue.frames.has(Frames::BARE)) << 1
        | u32::from(cue.frames.has(Frames::AFTER)) << 2
        | u32::from(cue.frames.has(Frames::WHOM)) << 3
        | u32::from(cue.frames.has(Frames::TO)) << 4
        | u32::from(cue.frames.has(Frames::WHOM_TO)) << 5
        | u32::from(cue.frames.has(Frames::WH)) << 6
        | u32::from(cue.frames.has(Frames::MIND)) << 7;
    let describe_tie = |tie: Tie, choice: &mut Choice| {
        let tie = tie as u32;
        choice.add(220, tie);
        choice.add(221, both(tie, lemma));
        choice.add(222, both(tie, frames));
        choice.add(223, both(tie, shape));
        choice.add(232, both(tie, both(subject_kind, adjacency)));
        choice.add(234, both(tie, both(level, block_kind)));
        choice.add(272, both(tie, both(right_kind, frames)));
        choice.add(278, both(tie, neighbours));
        choice.add(273, both(tie, cue_cluster));
        choice.add(275, both(tie, subject_cluster));
    };
    let mut by_start = Choice::with_room();
    let mut openings: Vec<Opening> = Vec::with_capacity(starts.len());
    for start in &starts {
        let tie = start.tie as u32;
        openings.push(Opening::at(scene, start.token, region.end));
        describe_tie(start.tie, &mut by_start);
        by_start.add(236, both(tie, start.skipped.min(12)));
        by_start.add(237, both(tie, both(start.phrases.min(3), frames)));
        by_start.add(238, both(tie, both(start.commas.min(2), lemma)));
        by_start.add(239, both(tie, both(start.phrases.min(3), lemma)));
        // "said in a report": no clause begins after a preposition.
        if start.token > region.start {
            by_start.add(300, both(tie, part(scene, start.token - 1)));
            by_start.add(301, both(tie, scene.syntax.number(scene.reading, start.token - 1)));
        }
        let kind = scene.syntax.phrase(start.token).map_or(20, |phrase| phrase.kind as u32);
        by_start.add(303, both(tie, both(kind, subject_kind)));
        by_start.add(304, both(tie, both(kind, lemma)));
        // "said Thursday a report": a time of the cue's before a subject.
        let is_time = scene.syntax.phrase(start.token).is_some_and(|phrase| phrase.kind == PhraseKind::Time);
        let second = scene.syntax.phrase(start.token).map_or(start.token, |phrase| phrase.tokens.end);
        let meets = second < region.end && scene.syntax.phrase_of[second as usize] != NONE;
        by_start.add(313, both(tie, u32::from(is_time) | u32::from(meets) << 1));
        by_start.add(310, both(tie, both(coarse(start.token), cue_cluster)));
        by_start.add(306, both(tie, scene.syntax.number(scene.reading, start.token)));
        by_start.next();
    }
    let cue_after = |token: u32| {
        let next_cue = scene.cues.partition_point(|other| other.tokens.start < token);
        let next = scene.cues.get(next_cue).filter(|other| other.tokens.start < region.end);
        next.map_or(9, |other| range(other.tokens.start - token))
    };
    let mut by_end = Choice::with_room();
    // The same of each end for the clauses that go past it.
    let mut by_passed = Choice::with_room();
    // What follows each end that is not the region's.
    let mut rests: Vec<Option<Rest>> = Vec::with_capacity(ends.len());
    for end in &ends {
        let sign = end.sign;
        by_end.add(228, sign);
        by_end.add(231, both(sign, range(region.end - end.token.min(region.end))));
        by_end.add(241, both(sign, part(scene, end.token.saturating_sub(1))));
        let last = coarse(end.token.saturating_sub(1));
        by_end.add(308, both(sign, last));
        by_end.add(305, both(sign, scene.syntax.number(scene.reading, end.token.saturating_sub(1))));
        let mut rest = None;
        if end.token < region.end {
            let after = end.token + u32::from(text.tokens[end.token as usize].kind == TokenKind::Punctuation);
            if after < region.end {
                let following = part(scene, after);
                let tokens = TokenRange::new(after, region.end);
                by_end.add(242, both(sign, scene.syntax.number(scene.reading, after)));
                by_end.add(243, both(sign, following));
                by_end.add(244, both(sign, sums.finite(tokens).min(2)));
                // The writer's own words, or the speaker's still: what follows has a cue, marks, a verb in the same tense.
                by_end.add(260, both(sign, cue_after(after)));
                by_end.add(261, both(sign, u32::from(marked.any(tokens))));
                let second = if after + 1 < region.end { part(scene, after + 1) } else { 96 };
                by_end.add(264, both(sign, both(following, second)));
                by_end.add(265, both(lemma, sign));
                by_end.add(266, both(sign, range(tokens.len() as u32)));
                let tense = sums.tense(scene, tokens);
                let near = range(sums.verbs[after as usize].min(region.end) - after).min(5);
                by_end.add(290, both(sign, both(shape, both(tense, near))));
                by_end.add(291, both(sign, both(following, both(near, second))));
                by_end.add(309, both(sign, both(last, coarse(after))));
                by_end.add(292, both(sign, both(frames, following)));
                rest = Some(Rest { sign, following, second, tense, cue_after: cue_after(after) });
            }
        }
        if let Some(rest) = rest {
            by_passed.add(294, both(rest.sign, both(rest.following, rest.second)));
            by_passed.add(295, both(rest.sign, rest.cue_after));
            by_passed.add(297, both(rest.sign, both(frames, rest.following)));
        }
        by_passed.next();
        rests.push(rest);
        by_end.next();
    }
    for clause in clauses.iter() {
        let [first, second] = clause.pieces;
        let tie = clause.tie as u32;
        let finite = sums.finite(first).min(2);
        let opening = part(scene, first.start);
        let opening2 = if first.start + 1 < first.end { part(scene, first.start + 1) } else { 99 };
        choice.add(224, both(tie, both(opening, finite)));
        choice.add(225, both(tie, both(opening, opening2)));
        choice.add(226, both(tie, range(first.len() as u32)));
        choice.add(227, both(tie, finite));
        let quoted = marked.quoted(first);
        choice.add(233, both(tie, quoted));
        if quoted > 0 {
            let is_mark = |token: u32| u32::from(text.tokens[token as usize].kind == TokenKind::Mark);
            let ends = is_mark(first.start) | is_mark(first.end - 1) << 1;
            choice.add(298, both(tie, both(quoted, both(ends, range(marked.plain(first)).min(6)))));
            // "told the audience, “…”": its own words alone make no clause.
            let own = marked.finite(first).min(2);
            choice.add(311, both(tie, both(quoted, own)));
            choice.add(312, both(tie, both(quoted, both(own, ends))));
            choice.add(299, both(quoted, both(frames, range(marked.plain(first)).min(6))));
        }
        choice.add(235, both(tie, both(u32::from(first.start == region.start), u32::from(first.end == region.end))));
        let mut describe_opening = |shape_here: u32, sign: u32| {
            choice.add(279, both(tie, both(neighbours, shape_here)));
            choice.add(270, both(tie, shape_here));
            choice.add(271, both(tie, both(shape_here, frames)));
            choice.add(274, both(tie, both(shape_here, shape)));
            choice.add(276, both(shape_here, sign));
            choice.add(277, both(tie, both(shape_here, lemma)));
        };
        if !matches!(clause.tie, Tie::Before | Tie::Around) {
            // Found again where they were listed: starts and ends are a handful.
            let start = starts.iter().position(|start| start.token == first.start && start.tie == clause.tie);
            let end = ends.iter().position(|end| end.token == first.end);
            let (start, end) = (start.unwrap_or_default(), end.unwrap_or_default());
            let sign = ends[end].sign;
            describe_opening(openings[start].up_to(first.end), sign);
            choice.copy(by_start.of(start));
            choice.copy(by_end.of(end));
            choice.add(229, both(sign, tie));
            choice.add(230, both(sign, finite));
            choice.add(240, both(tie, both(starts[start].skipped.min(4), finite)));
            choice.add(293, both(sign, range(first.len() as u32)));
            choice.add(302, both(tie, both(sums.tense(scene, first), shape)));
            choice.add(307, both(tie, both(sums.tense(scene, first), lemma)));
            // The places where it might have ended and goes on.
            let tense = sums.tense(scene, first);
            for (at, rest) in rests.iter().enumerate().take(MOST_PASSED + 1) {
                if let Some(rest) = rest.filter(|_| ends[at].token > first.start && ends[at].token < first.end) {
                    choice.copy(by_passed.of(at));
                    choice.add(296, both(rest.sign, both(tense, rest.tense)));
                }
            }
            if let Some(rest) = rests[end] {
                choice.add(250, both(sign, both(rest.following, finite)));
                choice.add(262, both(tense, rest.tense));
                choice.add(263, both(sign, both(tense, rest.tense)));
            } else if first.end == region.end {
                // Everything to the end: what a shorter clause would have left out.
                choice.add(267, both(tie, range(ends.len() as u32)));
                let shorter = ends.iter().filter(|end| end.token < region.end && end.token > first.start);
                if let Some(other) = shorter.min_by_key(|end| end.token) {
                    let rest = TokenRange::new((other.token + 1).min(region.end), region.end);
                    let kept = TokenRange::new(first.start, other.token);
                    choice.add(268, both(other.sign, cue_after(rest.start)));
                    choice.add(269, both(sums.tense(scene, kept), sums.tense(scene, rest)));
                }
            }
        } else {
            let sign = 30;
            describe_opening(Opening::at(scene, first.start, first.end).up_to(first.end), sign);
            describe_tie(clause.tie, choice);
            choice.add(228, sign);
            choice.add(229, both(sign, tie));
            choice.add(230, both(sign, finite));
            choice.add(231, both(sign, range(region.end - first.end.min(region.end))));
            choice.add(241, both(sign, part(scene, first.end.saturating_sub(1))));
            choice.add(245, both(right_kind, subject_kind));
            choice.add(246, both(shape, both(right_kind.min(19), u32::from(cue.tokens.end >= region.end))));
            choice.add(247, both(u32::from(first.start == region.start), part(scene, first.start)));
            choice.add(
                248,
                both(u32::from(second.is_empty()), u32::from(region.end.saturating_sub(cue.tokens.end) <= 3)),
            );
            let after_cue = if cue.tokens.end < region.end { part(scene, cue.tokens.end) } else { 98 };
            choice.add(249, both(after_cue, tie));
            if !second.is_empty() {
                choice.add(252, range(second.start - cue.tokens.end));
                choice.add(253, both(part(scene, second.start), sums.finite(second).min(2)));
                choice.add(254, both(u32::from(second.start - 1 == right_subject_end), right_kind));
                choice.add(255, both(sums.finite(first).min(2), sums.finite(second).min(2)));
                let sign = second_ends.iter().find(|end| end.token == second.end).map_or(0, |end| end.sign);
                choice.add(256, sign);
                if second.end < region.end {
                    let after = second.end + u32::from(text.tokens[second.end as usize].kind == TokenKind::Punctuation);
                    choice.add(257, both(sign, part(scene, after)));
                    choice.add(258, both(sign, cue_after(after)));
                }
            }
            choice.add(251, both(tie, both(cue.shape as u32, adjacency)));
        }
        choice.next();
    }
}

/// What follows a clause's end inside its sentence.
#[derive(Clone, Copy)]
struct Rest {
    sign: u32,
    following: u32,
    second: u32,
    tense: u32,
    cue_after: u32,
}

fn push(clauses: &mut Vec<Clause>, cue: usize, pieces: [TokenRange; 2], tie: Tie) {
    if pieces[0].start < pieces[0].end {
        clauses.push(Clause { cue, pieces, tie, confidence: 0.0 });
    }
}

/// The sentence around a cue, or what of it lies in the pair of marks around the cue; without its final stop.
fn region(scene: &Scene, cue: &CueSite) -> TokenRange {
    let text = scene.text;
    let mut region = text.sentence(cue.tokens.start).tokens;
    if cue.pair != NONE {
        let inside = text.marks[cue.pair as usize].inside();
        region.start = region.start.max(inside.start);
        region.end = region.end.min(inside.end);
    }
    // A quotation of several sentences that the clause holds belongs to it as a whole.
    let mut pair = scene.syntax.pair_of[region.end as usize - 1];
    if pair != cue.pair && is_inside(text, pair, cue.pair) {
        while let Some(outer) = text.marks[pair as usize].parent.filter(|outer| *outer != cue.pair) {
            pair = outer;
        }
        region.end = region.end.max(text.marks[pair as usize].tokens().end);
    }
    while region.end > cue.tokens.end {
        let token = &text.tokens[region.end as usize - 1];
        let sign = text.of(region.end - 1);
        let is_stop = token.kind == TokenKind::Punctuation && sign.starts_with(['.', '!', '?', '…', ':', ',']);
        // A mark that closes a fragment inside the clause belongs to it.
        let pair = scene.syntax.pair_of[region.end as usize - 1];
        let is_stray = token.kind == TokenKind::Mark && pair == cue.pair && !closes(scene, region.end - 1);
        if is_stop || is_stray { region.end -= 1 } else { break }
    }
    region.start = region.start.min(cue.tokens.start);
    region
}

/// Whether a mark closes a pair.
fn closes(scene: &Scene, mark: u32) -> bool {
    let mut pair = mark.checked_sub(1).map_or(NONE, |inside| scene.syntax.pair_of[inside as usize]);
    while pair != NONE && scene.text.marks[pair as usize].close != mark {
        pair = scene.text.marks[pair as usize].parent.unwrap_or(NONE);
    }
    pair != NONE
}

/// A number for what stands at a token.
fn part(scene: &Scene, token: u32) -> u32 {
    let syntax = scene.syntax;
    let text = scene.text;
    let Some(word) = syntax.words.get(token as usize) else { return 97 };
    let kind = text.tokens[token as usize].kind;
    if syntax.name_of[token as usize] != NONE {
        return 40 + scene.identity.mentions[syntax.name_of[token as usize] as usize].entity_type as u32;
    }
    match kind {
        TokenKind::Punctuation | TokenKind::Symbol => both(3, self::word(text.of(token))),
        TokenKind::Mark => 2,
        TokenKind::Number => 4,
        TokenKind::Clitic => 5,
        _ if word.is(Parts::SUBJECT) => 6,
        _ if word.is(Parts::POSSESSIVE) => 7,
        _ if word.is(Parts::DETERMINER) => 8,
        _ if word.is(Parts::AUXILIARY) => 9,
        _ if word.is(Parts::NEGATION) => 10,
        _ if word.is(Parts::RELATIVE) => 11,
        _ if word.is(Parts::CONJUNCTION) => 12,
        _ if word.is(Parts::SUBORDINATOR) && !word.is(Parts::PREPOSITION) => 13,
        _ if word.is(Parts::PREPOSITION) => 14,
        _ if syntax.phrase_of[token as usize] != NONE => {
            15 + u32::from(text.tokens[token as usize].case != Case::Lower)
        }
        _ if word.cue.is_some() => 17,
        _ if word.is(Parts::GERUND) => 18,
        _ if word.is(Parts::VERB) => 19,
        _ if word.is(Parts::TIME) => 20,
        _ if word.is(Parts::ADVERB) => 21,
        _ => 22,
    }
}

/// Whether words in marks end near before the cue and its subject (1), or begin just after (2): the cue may be theirs. It
/// most likely is where a direct quote ends (4) or begins (8) with nothing between.
fn marks_beside(scene: &Scene, sums: &Sums, cue: &CueSite, left_subject_start: u32, right_subject_end: u32) -> u32 {
    let text = scene.text;
    let is_mark = |token: u32| text.tokens.get(token as usize).is_some_and(|token| token.kind == TokenKind::Mark);
    let sign = |token: u32| text.tokens.get(token as usize).is_some_and(|token| token.kind == TokenKind::Punctuation);
    // The pair at this level that a token beside one of its marks is in.
    let kind = |inner: Option<&u32>| {
        let mut pair = *inner.unwrap_or(&NONE);
        while pair != NONE && text.marks[pair as usize].parent.unwrap_or(NONE) != cue.pair {
            pair = text.marks[pair as usize].parent.unwrap_or(NONE);
        }
        if pair == NONE { None } else { sums.kinds[pair as usize] }
    };
    let mut beside = 0;
    for start in [cue.tokens.start, left_subject_start] {
        // “…,” the minister, Ana Ruiz, said: a few more words may stand before the subject.
        let window = start.saturating_sub(if start == left_subject_start { 6 } else { 2 })..start;
        let mut tokens = window.rev();
        if tokens.any(is_mark) {
            beside |= 1;
        }
        let end = start.saturating_sub(1 + u32::from(start > 0 && sign(start - 1)));
        if end > 0 && is_mark(end) && kind(scene.syntax.pair_of.get(end as usize - 1)) == Some(QuoteKind::Direct) {
            beside |= 4;
        }
    }
    for end in [cue.tokens.end, right_subject_end] {
        let mark = end + u32::from(sign(end));
        if is_mark(mark) {
            beside |= 2;
            if kind(scene.syntax.pair_of.get(mark as usize + 1)) == Some(QuoteKind::Direct) {
                beside |= 8;
            }
        }
    }
    beside
}

/// Whether words begin like a clause: a noun phrase, what hangs on it, and a finite verb. Worked out once for a start, for
/// all ends.
#[derive(Clone, Copy)]
struct Opening {
    /// Where that is decided.
    decided: u32,
    /// 0 for no.
    shape: u32,
    /// Where the first noun phrase stands; the largest number where there is none.
    named: u32,
}

impl Opening {
    /// Of words that start at a token and end somewhere before `limit`.
    fn at(scene: &Scene, start: u32, limit: u32) -> Opening {
        let syntax = scene.syntax;
        let mut token = start;
        let mut opening = Opening { decided: u32::MAX, shape: 0, named: u32::MAX };
        let mut phrases = 0;
        let mut hanging = 0;
        while token < limit.min(start + 20) {
            let phrase = syntax.phrase_of[token as usize];
            let word = syntax.words[token as usize];
            let kind = scene.text.tokens[token as usize].kind;
            let shape = if word.is(Parts::AUXILIARY) && (phrase == NONE || kind != TokenKind::Clitic) {
                Some(1 + phrases.min(2) + 3 * hanging)
            } else if phrase != NONE {
                phrases += 1;
                opening.named = opening.named.min(token);
                token = syntax.phrases[phrase as usize].tokens.end.max(token + 1);
                continue;
            } else if phrases > 0 && word.is(Parts::PAST.and(Parts::THIRD)) {
                Some(10 + phrases.min(2) + 3 * hanging)
            } else if phrases > 0 && word.is(Parts::BASE) && !word.is(Parts::PREPOSITION) {
                Some(19)
            } else if word.is(Parts::PREPOSITION) {
                hanging = 1;
                None
            } else if !word.is(Parts::ADVERB) && kind != TokenKind::Mark {
                Some(if phrases > 0 { 20 } else { 0 })
            } else {
                None
            };
            if let Some(shape) = shape {
                return Opening { decided: token, shape, ..opening };
            }
            token += 1;
        }
        opening
    }

    /// The shape of the words up to an end.
    fn up_to(self, end: u32) -> u32 {
        match self.decided < end {
            true => self.shape,
            false if self.named < end => 21,
            false => 0,
        }
    }
}

/// A token as a finite verb: 0 no, else its tense.
fn tense_of(scene: &Scene, token: u32) -> u32 {
    let word = scene.syntax.words[token as usize];
    if word.is(Parts::AUXILIARY) {
        return match scene.reading.key(token) {
            "would" | "could" | "might" | "should" => 1,
            "had" => 2,
            "was" | "were" | "did" => 3,
            "will" | "can" | "may" | "must" => 4,
            "is" | "are" | "has" | "have" | "do" | "does" => 5,
            _ => 6,
        };
    }
    if !word.is(Parts::PAST.and(Parts::THIRD)) || scene.syntax.phrase_of[token as usize] != NONE {
        return 0;
    }
    if word.is(Parts::PAST) { 7 } else { 8 }
}

/// Words that are searched for the first finite verb.
const LONGEST_SEARCH: u32 = 30;

/// How the nearest phrase on the left is tied to the cue: 0 directly, by few words, or not.
fn subject_gap(scene: &Scene, cue: &CueSite, subject: u32) -> u32 {
    if subject == NONE {
        return 5;
    }
    let phrase = &scene.syntax.phrases[subject as usize];
    let gap = phrase.tokens.end..cue.tokens.start;
    if gap.clone().count() > 8 {
        return 4;
    }
    if gap.clone().any(|token| scene.text.tokens[token as usize].kind == TokenKind::Punctuation) {
        return 3;
    }
    if gap.clone().any(|token| scene.syntax.is(token, Parts::RELATIVE)) {
        return 2;
    }
    u32::from(gap.clone().any(|token| {
        let is_time = scene.syntax.phrase(token).is_some_and(|phrase| phrase.kind == PhraseKind::Time);
        !is_time && !scene.syntax.is(token, Parts::AUXILIARY.and(Parts::ADVERB).and(Parts::NEGATION))
    }))
}

fn starts_after(scene: &Scene, cue: &CueSite, region: TokenRange, starts: &mut Vec<Start>) {
    let (text, syntax, reading) = (scene.text, scene.syntax, scene.reading);
    let mut token = cue.tokens.end;
    let limit = region.end.min(cue.tokens.end + LONGEST_APPROACH);
    let (mut phrases, mut commas, mut bare) = (0, 0, 0);
    let preposition = cue.shape == CueShape::Preposition;
    while token < limit {
        let skipped = token - cue.tokens.end;
        let (passed, crossed) = (phrases, commas);
        let mut start = |tie: Tie, token: u32| {
            starts.push(Start { token, tie, skipped, phrases: passed, commas: crossed });
        };
        let pair = syntax.pair_of[token as usize];
        if pair != cue.pair {
            // Words in marks: stepped over, or the start of a clause that a fragment opens.
            if !is_inside(text, pair, cue.pair) {
                break;
            }
            token += 1;
            continue;
        }
        let key = reading.key(token);
        let parts = syntax.words[token as usize];
        let kind = text.tokens[token as usize].kind;
        if preposition {
            // "According to Ruiz the plan would fail."
            let begins = syntax.phrase(token).is_some_and(|phrase| phrase.tokens.start == token);
            if begins && phrases == 1 && commas == 0 && syntax.phrase_of[token as usize - 1] != NONE {
                start(Tie::Comma, token);
            }
            phrases += u32::from(begins);
            if kind == TokenKind::Punctuation && text.of(token) == "," {
                commas += 1;
                start(Tie::Comma, token + 1);
                if commas == 3 {
                    break;
                }
            }
            token += 1;
            continue;
        }
        if kind == TokenKind::Punctuation {
            match text.of(token) {
                ":" => {
                    start(Tie::Colon, token + 1);
                    break;
                }
                "," | "-" => commas += u32::from(text.of(token) == ","),
                // "told the Council today (23 December) that …"
                "(" => match (token..limit).find(|&other| text.of(other) == ")") {
                    Some(close) => token = close,
                    None => break,
                },
                _ => break,
            }
            token += 1;
            continue;
        }
        if cue.shape == CueShape::Colon {
            start(Tie::Colon, token);
            break;
        }
        if kind == TokenKind::Mark {
            if bare < 3 {
                start(if skipped == 0 { Tie::Bare } else { Tie::BareLater }, token);
                bare += 1;
            }
            token += 1;
            continue;
        }
        if key == "that" && syntax.phrase_of[token as usize] == NONE {
            start(Tie::That, token + 1);
            break;
        }
        if matches!(key, "if" | "whether") {
            start(Tie::If, token);
            break;
        }
        if matches!(key, "what" | "why" | "how" | "when" | "where" | "who" | "which" | "whose" | "whom")
            && (commas == 0 || cue.frames.has(Frames::WH))
        {
            start(Tie::Wh, token);
            if parts.is(Parts::RELATIVE) || key == "what" || key == "why" || key == "how" {
                break;
            }
        }
        if key == "to" || key == "not" && token + 1 < limit && reading.key(token + 1) == "to" {
            let verb = token + 1 + u32::from(key == "not");
            if (verb as usize) < syntax.words.len() && syntax.phrase_of[verb as usize] == NONE {
                start(Tie::To, token);
                token += 1;
                continue;
            }
        }
        let phrase = syntax.phrase_of[token as usize];
        if phrase != NONE {
            let whole = &syntax.phrases[phrase as usize];
            let begins = whole.tokens.start == token || skipped == 0;
            if begins && bare < 3 {
                start(if skipped == 0 { Tie::Bare } else { Tie::BareLater }, token);
                bare += 1;
            }
            // "told CNBC wealth inflows were": the addressee's name and the subject stand side by side.
            let name = syntax.name_of[token as usize];
            if begins && skipped == 0 && name != NONE && cue.frames.has(Frames::WHOM) && bare < 3 {
                let named = scene.identity.mentions[name as usize].tokens.end;
                let is_noun = named < whole.tokens.end && text.tokens[named as usize].kind == TokenKind::Word;
                if is_noun && named < limit {
                    start(Tie::BareLater, named);
                    bare += 1;
                }
            }
            phrases += u32::from(whole.kind != PhraseKind::Time);
            token = whole.tokens.end.max(token + 1);
            continue;
        }
        // "said there was", "said in March the", "said only when"
        if skipped == 0
            && (parts.is(Parts::SUBORDINATOR.and(Parts::PREPOSITION).and(Parts::ADVERB)) || kind == TokenKind::Number)
        {
            start(Tie::Bare, token);
        }
        let finite = parts.is(Parts::PAST.and(Parts::THIRD).and(Parts::AUXILIARY)) && kind != TokenKind::Clitic;
        if finite && (phrases > 0 || skipped > 0) {
            // The clause's own verb: its subject was passed. Or "said in a note read on air that …".
            let that = (token..limit).find(|&other| {
                reading.key(other) == "that"
                    && syntax.phrase_of[other as usize] == NONE
                    && syntax.pair_of[other as usize] == cue.pair
            });
            if let Some(that) = that.filter(|_| cue.frames.has(Frames::THAT)) {
                starts.push(Start { token: that + 1, tie: Tie::That, skipped: that - cue.tokens.end, phrases, commas });
            }
            break;
        }
        token += 1;
    }
}

fn ends_after(scene: &Scene, region: TokenRange, first: u32, ends: &mut Vec<End>) {
    let (text, syntax, reading) = (scene.text, scene.syntax, scene.reading);
    ends.push(End { token: region.end, sign: 0 });
    let limit = region.end.min(first + LONGEST_CLAUSE);
    let mut token = first + 1;
    let mut depth = 0;
    while token < limit && ends.len() <= MOST_ENDS {
        let kind = text.tokens[token as usize].kind;
        let key = reading.key(token);
        let sign = text.of(token);
        match kind {
            TokenKind::Punctuation => match sign {
                "," => {
                    // A comma inside a number of words in a row is listed like any other.
                    ends.push(End { token, sign: 1 });
                }
                ";" => ends.push(End { token, sign: 2 }),
                "-" | "–" | "—" | "--" if text.space_before(token) => ends.push(End { token, sign: 3 }),
                "(" => {
                    depth += 1;
                    ends.push(End { token, sign: 4 });
                }
                ")" => depth -= 1,
                ":" => ends.push(End { token, sign: 5 }),
                _ => {}
            },
            TokenKind::Word if depth <= 0 && text.of(token - 1) != "," => match key {
                "and" | "but" => {
                    // "said he would go and asked": another verb of the same subject.
                    let next = (token + 1..(token + 4).min(limit)).find(|&next| !syntax.is(next, Parts::ADVERB));
                    if next.is_some_and(|next| {
                        syntax.phrase_of[next as usize] == NONE && syntax.is(next, Parts::VERB.and(Parts::AUXILIARY))
                            || syntax.is(next, Parts::SUBJECT)
                    }) {
                        ends.push(End { token, sign: if key == "and" { 6 } else { 7 } });
                    }
                }
                "after" | "as" | "while" | "when" | "before" | "during" | "because" | "although" | "though" | "in"
                | "at" | "on" | "following" | "until" | "since"
                    if ends.len() < MOST_ENDS - 1
                        && token > first + 3
                        && text.tokens[token as usize].case == Case::Lower =>
                {
                    if matches!(
                        key,
                        "after" | "as" | "while" | "when" | "before" | "during" | "although" | "though" | "following"
                    ) {
                        ends.push(End { token, sign: word(key) });
                    }
                }
                "according" => ends.push(End { token, sign: 8 }),
                _ => {}
            },
            _ => {}
        }
        token += 1;
    }
}

/// A hyphen for a dash; "Iran-backed" has none.
fn is_dash(text: &Text, token: u32) -> bool {
    text.of(token) == "-" && text.space_before(token)
}

/// The comma that parts "…, she said" from what is reported; the cue itself for "… according to".
fn comma_before(scene: &Scene, cue: &CueSite, region: TokenRange, left_subject_start: u32) -> Option<u32> {
    let (text, syntax) = (scene.text, scene.syntax);
    if matches!(cue.shape, CueShape::Noun | CueShape::Colon) {
        return None;
    }
    let is_comma = |token: u32| {
        token > region.start + 1
            && text.tokens[token as usize].kind == TokenKind::Punctuation
            && (matches!(text.of(token), "," | ";" | "–" | "—" | ":") || is_dash(text, token))
            && syntax.pair_of[token as usize] == cue.pair
    };
    if cue.shape == CueShape::Preposition {
        if cue.tokens.start <= region.start + 1 {
            return None;
        }
        let before = cue.tokens.start - 1;
        return Some(if is_comma(before) { before } else { cue.tokens.start });
    }
    // The plan was “too little,” she said: the comma stands inside the marks.
    let closes_with_comma = |token: u32| {
        token > region.start + 2
            && text.tokens[token as usize - 1].kind == TokenKind::Mark
            && matches!(text.of(token - 2), "," | "?" | "!")
            && syntax.pair_of[token as usize - 2] != cue.pair
            && syntax.pair_of[token as usize - 1] == cue.pair
            && closes(scene, token - 1)
    };
    if closes_with_comma(cue.tokens.start) {
        return Some(cue.tokens.start);
    }
    if cue.tokens.start > region.start && is_comma(cue.tokens.start - 1) {
        // Directly: ", said Ruiz". A subject's closing comma has another one before it.
        return Some(cue.tokens.start - 1);
    }
    // Left over the subject, "of" and appositions, to the first comma at which a noun phrase starts.
    let mut token = left_subject_start;
    let floor = region.start.max(cue.tokens.start.saturating_sub(30));
    while token > floor {
        if is_comma(token - 1) {
            return Some(token - 1);
        }
        if closes_with_comma(token) {
            return Some(token);
        }
        let phrase = syntax.phrase_of[token as usize - 1];
        if phrase != NONE {
            token = syntax.phrases[phrase as usize].tokens.start;
        } else if syntax.is(token - 1, Parts::PREPOSITION.and(Parts::CONJUNCTION).and(Parts::ADVERB)) {
            token -= 1;
        } else {
            return None;
        }
    }
    None
}

/// Past the time of day that begins an entry of a live blog: "19:52", "2.40pm", "16:05 HKT".
fn after_time(scene: &Scene, region: TokenRange) -> u32 {
    let text = scene.text;
    let first = region.start;
    let written = text.of(first);
    let is_time = text.tokens[first as usize].kind == TokenKind::Number
        && written.starts_with(|sign: char| sign.is_ascii_digit())
        && written.contains([':', '.', 'p', 'a'])
        && first == text.block_tokens[text.sentence(first).block as usize].start;
    if !is_time {
        return first;
    }
    let is_zone = |token: u32| {
        let word = text.of(token);
        matches!(word, "am" | "pm" | "a.m." | "p.m." | "AM" | "PM")
            || (2..=4).contains(&word.len()) && word.bytes().all(|letter| letter.is_ascii_uppercase())
    };
    let mut after = first + 1;
    while after < region.end && after < first + 3 && is_zone(after) {
        after += 1;
    }
    after
}

fn starts_before(scene: &Scene, region: TokenRange, comma: u32, starts: &mut Vec<u32>) {
    let (text, reading) = (scene.text, scene.reading);
    let mut token = after_time(scene, region);
    starts.push(token);
    let key = reading.key(token);
    if matches!(key, "but" | "and" | "yet" | "so" | "still" | "however" | "meanwhile") {
        starts.push(token + 1);
        if token + 2 < comma && text.of(token + 1) == "," {
            starts.push(token + 2);
        }
    }
    while token < comma.min(region.start + LONGEST_CLAUSE) && starts.len() < MOST_STARTS {
        let is_break = text.tokens[token as usize].kind == TokenKind::Punctuation
            && (matches!(text.of(token), ";" | "—" | "–" | ":" | ",") || text.of(token) == "--");
        if is_break && token + 2 < comma {
            let is_comma = text.of(token) == ",";
            let conjunction = matches!(reading.key(token + 1), "and" | "but" | "while" | "as" | "though" | "although");
            if !is_comma || conjunction {
                starts.push(token + 1 + u32::from(conjunction));
            }
        }
        token += 1;
    }
    starts.retain(|&start| start < comma);
}
