//! What speaks for each of the clauses that a cue may report.

use super::super::choice::{Choice, range};
use super::super::cues::{CueShape, CueSite};
use super::super::landmarks::FINITE;
use super::super::marked::Scene;
use super::super::phrases::{NONE, Phrase, PhraseKind};
use super::super::scorer::{both, word};
use super::super::subjects::directly_inside;
use super::Tie;
use super::candidates::{Candidate, Candidates};
use super::marks::{Marked, Marks};
use super::opening::Opening;
use super::places::{COMMA, End, Site, Start, is_measure, is_restrictive, relative_before};
use super::tense::tense_in;
use crate::annotation::QuoteKind;
use crate::lexicon::cues::Frames;
use crate::lexicon::grammar::Parts;
use crate::text::{Case, TokenKind, TokenRange};
use std::ops::Deref;

/// The score of none, in logits, above which the clauses are not looked at: of 8,900 that somebody reports 3 are lost by it.
const SURELY_NONE: f32 = 3.0;
/// Places that a clause goes past, of which the scorer hears.
const MOST_PASSED: usize = 3;
/// Words before the one that ties a clause to what follows: "Hours after", "Even though".
const MOST_BEFORE_TIE: usize = 3;
/// Words before a cue whose clause is tied to what follows.
const LONGEST_TIED: usize = 40;
/// The sign of an end before the cue.
const BEFORE_CUE: u32 = 30;

/// An end, with what it tells of all clauses that reach it.
pub(super) struct Ending<S> {
    end: End,
    features: S,
    rest: Option<Rest<S>>,
}

/// What follows a clause's end inside its sentence.
struct Rest<S> {
    following: u32,
    tense: u32,
    /// What the end tells of the clauses that go past it.
    passed: S,
}

/// How the clauses with some start begin, with what that tells of those that begin so: ends may cut a beginning short.
pub(super) struct Beginning<S> {
    manner: Manner,
    features: S,
}

#[derive(Clone, Copy, PartialEq)]
struct Manner {
    finite: u32,
    tense: u32,
    shape: u32,
    is_word: bool,
}

/// What is known of a cue whatever its clause is.
pub(super) struct Facts<'s> {
    scene: &'s Scene<'s, 's>,
    site: Site<'s>,
    /// The cues after it.
    later: &'s [CueSite],
    lemma: u32,
    shape: u32,
    frames: u32,
    level: u32,
    block_kind: u32,
    adjacency: u32,
    neighbours: u32,
    left_kind: u32,
    right_kind: u32,
    /// What follows the cue.
    after_cue: u32,
    cue_cluster: u32,
    left_cluster: u32,
}

/// What is known of a cue that may report something.
struct ClauseFacts<'f, 's> {
    facts: &'f Facts<'s>,
    marked: &'f Marked<'s>,
    /// "…, said one official in the room": what follows the one who may have said it.
    after_right: u32,
    /// How the cue's own clause is part of a sentence that goes on after it: see [`tied`]; 0 for not.
    tied: u32,
}

impl<'s> Deref for ClauseFacts<'_, 's> {
    type Target = Facts<'s>;

    fn deref(&self) -> &Facts<'s> {
        self.facts
    }
}

impl<C: Choice> Candidates<C> {
    /// The features of all clauses of a cue. `marked` are the quotes near it.
    pub(super) fn describe(&mut self, facts: &Facts, marked: &Marked) {
        let (scene, site) = (facts.scene, &facts.site);
        let Candidates { choice, clauses, places, endings, beginnings } = self;
        // Those after the cue come first.
        let after = clauses.partition_point(|clause| clause.tie < Tie::Before);
        // Which ties there are to choose from.
        let ties = clauses.iter().fold(0, |ties, clause| ties | 1 << clause.tie as u32);
        let sides = both(u32::from(after > 0), u32::from(places.comma.is_some()));
        choice.add(281, both(facts.lemma, ties));
        choice.add(218, both(facts.neighbours, sides));
        choice.next();
        if choice.is_settled(SURELY_NONE, 0.0) {
            clauses.clear();
            return;
        }
        let facts = &facts.with_clauses(marked);
        let mut by_tie: [Option<C::Shared>; Tie::COUNT] = [const { None }; Tie::COUNT];
        let mut rest: u32 = ties;
        while rest != 0 {
            let tie = rest.trailing_zeros();
            facts.describe_tie(tie, choice);
            by_tie[tie as usize] = Some(choice.share());
            rest &= rest - 1;
        }
        let (after_cue, before_cue) = clauses.split_at(after);
        endings.clear();
        if !after_cue.is_empty() {
            endings.extend(places.ends.iter().map(|&end| facts.ending(end, choice)));
        }
        for same_start in after_cue.chunk_by(|one, other| one.start == other.start) {
            let start = &places.starts[same_start[0].start];
            let opening = Opening::at(scene, start.token, site.region.end);
            by_tie[start.tie as usize].iter().for_each(|shared| choice.copy(shared));
            facts.describe_start(start, choice);
            let by_start = choice.share();
            beginnings.clear();
            for clause in same_start {
                let manner = facts.manner(opening, clause);
                let known = beginnings.iter().position(|beginning| beginning.manner == manner);
                let known = known.unwrap_or_else(|| {
                    choice.copy(&by_start);
                    facts.describe_beginning(start, manner, choice);
                    beginnings.push(Beginning { manner, features: choice.share() });
                    beginnings.len() - 1
                });
                choice.copy(&beginnings[known].features);
                facts.describe_clause(clause, manner, endings, choice);
                choice.next();
            }
        }
        let has_same_start = |one: &Candidate, other: &Candidate| one.tie == other.tie && one.start == other.start;
        for same_start in before_cue.chunk_by(has_same_start) {
            by_tie[same_start[0].tie as usize].iter().for_each(|shared| choice.copy(shared));
            facts.describe_before(&same_start[0], choice);
            let shared = choice.share();
            for clause in same_start {
                choice.copy(&shared);
                if clause.tie == Tie::Around {
                    facts.describe_second(clause, places.second_ends[clause.end].sign, choice);
                }
                choice.next();
            }
        }
    }
}

impl<'s> Facts<'s> {
    pub(super) fn of(scene: &'s Scene<'s, 's>, all: &Marks, index: usize, site: Site<'s>) -> Facts<'s> {
        let cue = site.cue;
        let kind = |phrase: Option<Phrase>| phrase.map_or(20, |phrase| phrase.kind as u32);
        let part_inside = |token: u32| if token < site.region.end { part(scene, token) } else { 98 };
        let frame = |frame: Frames, bit: u32| u32::from(cue.frames.has(frame)) << bit;
        Facts {
            scene,
            site,
            later: &scene.cues[index + 1..],
            lemma: cue.number,
            shape: cue.shape as u32 | u32::from(cue.passive) << 4 | u32::from(cue.negated) << 5,
            frames: frame(Frames::THAT, 0)
                | frame(Frames::BARE, 1)
                | frame(Frames::AFTER, 2)
                | frame(Frames::WHOM, 3)
                | frame(Frames::TO, 4)
                | frame(Frames::WHOM_TO, 5)
                | frame(Frames::WH, 6)
                | frame(Frames::MIND, 7),
            level: u32::from(cue.pair != NONE),
            block_kind: scene.text.blocks[scene.text.sentence(cue.tokens.start).block as usize].kind as u32,
            adjacency: left_gap(scene, &site),
            neighbours: marks_beside(scene, all, &site),
            left_kind: kind(site.left),
            right_kind: kind(site.right),
            after_cue: part_inside(cue.tokens.end),
            cue_cluster: both(coarse(scene, cue.tokens.start), 1),
            left_cluster: site.left.map_or(0, |phrase| coarse(scene, phrase.tokens.end - 1)),
        }
    }

    /// With what is told of clauses only. `marked` are the quotes near the cue.
    fn with_clauses<'f>(&'f self, marked: &'f Marked<'s>) -> ClauseFacts<'f, 's> {
        let Facts { scene, site, .. } = *self;
        let end = site.right_end();
        let after_right = if end < site.region.end { part(scene, end) } else { 98 };
        ClauseFacts { facts: self, marked, after_right, tied: tied(scene, &site) }
    }

    /// The number of a token's folded form.
    fn number(&self, token: u32) -> u32 {
        self.scene.syntax.number(token)
    }

    fn part(&self, token: u32) -> u32 {
        part(self.scene, token)
    }

    /// How far the next cue is from a token after this one.
    fn cue_after(&self, token: u32) -> u32 {
        let next = self.later.iter().find(|other| other.tokens.start >= token);
        let next = next.filter(|other| other.tokens.start < self.site.region.end);
        next.map_or(9, |other| range(other.tokens.start - token))
    }

    /// What tells that a cue reports nothing, as far as it is known before any clauses are; the clauses add to it.
    #[inline(never)]
    pub(super) fn describe_none(&self, index: usize, choice: &mut impl Choice) {
        let Facts { scene, site, lemma, shape, left_kind, adjacency, neighbours, .. } = *self;
        let Site { cue, region, .. } = site;
        let left_start = site.left_start();
        let head = site.left.map_or(0, |phrase| self.number(phrase.tokens.end - 1));
        let opens_region = u32::from(left_start == region.start);
        // "said she felt that": expressions before and after it in its sentence.
        let beside = |other: Option<&CueSite>, distance: &dyn Fn(&CueSite) -> u32| {
            let other = other.filter(|other| other.sentence == cue.sentence && other.pair == cue.pair);
            other.map_or(20, |other| range(distance(other)).min(7) | u32::from(other.frames.has(Frames::QUOTE)) << 3)
        };
        let before_it = beside(index.checked_sub(1).map(|before| &scene.cues[before]), &|other| {
            cue.tokens.start - other.tokens.end
        });
        let after_it = beside(self.later.first(), &|other| other.tokens.start - cue.tokens.end);
        let mind = u32::from(cue.frames.has(Frames::MIND)) | u32::from(cue.frames.has(Frames::QUOTE)) << 1;
        choice.add(322, both(shape, both(before_it, left_kind)));
        choice.add(324, both(mind, both(after_it, left_kind)));
        if left_start > region.start && site.left.is_some() {
            choice.add(326, both(self.part(left_start - 1), lemma));
            choice.add(327, both(self.number(left_start - 1), left_kind));
        }
        choice.add(280, both(lemma, self.after_cue));
        choice.add(283, head);
        choice.add(285, both(opens_region, both(adjacency, shape)));
        choice.add(286, both(self.after_cue, both(shape, left_kind)));
        choice.add(287, both(neighbours, lemma));
        choice.add(288, both(self.level, both(lemma, left_kind)));
        choice.add(217, both(neighbours, cue.shape as u32));
        choice.add(200, 0);
        choice.add(214, both(self.cue_cluster, shape));
        choice.add(215, both(self.left_cluster, adjacency));
        choice.add(201, lemma);
        choice.add(202, both(lemma, shape));
        choice.add(208, both(self.block_kind, cue.shape as u32));
        let next_key = if cue.tokens.end < region.end { self.number(cue.tokens.end) } else { 0 };
        choice.add(209, both(next_key, cue.shape as u32));
        choice.add(210, both(self.right_kind, shape));
        // "according to officials" and "according to plan".
        choice.add(213, both(self.right_kind, both(self.after_cue, shape)));
        let before_key = if cue.tokens.start > region.start { self.number(cue.tokens.start - 1) } else { 1 };
        choice.add(211, before_key);
        choice.add(212, both(before_key, shape));
    }
}

impl ClauseFacts<'_, '_> {
    /// Features of a tie, for all clauses that have it.
    fn describe_tie(&self, tie: u32, choice: &mut impl Choice) {
        choice.add(221, both(tie, self.lemma));
        choice.add(222, both(tie, self.frames));
        choice.add(223, both(tie, self.shape));
        choice.add(234, both(tie, both(self.level, self.block_kind)));
        choice.add(278, both(tie, self.neighbours));
    }

    /// Features of a start after the cue, for all clauses that have it.
    #[inline(never)]
    fn describe_start(&self, start: &Start, choice: &mut impl Choice) {
        let Facts { scene, site, lemma, frames, .. } = **self;
        let tie = start.tie as u32;
        choice.add(236, both(tie, start.skipped.min(12)));
        choice.add(259, both(tie, both(self.after_right, both(self.adjacency, self.right_kind))));
        choice.add(238, both(tie, both(start.commas.min(2), lemma)));
        choice.add(239, both(tie, both(start.phrases.min(3), lemma)));
        // "said in a report": no clause begins after a preposition.
        if start.token > site.region.start {
            choice.add(300, both(tie, self.part(start.token - 1)));
            choice.add(301, both(tie, self.number(start.token - 1)));
        }
        let phrase = scene.syntax.phrase(start.token);
        let kind = phrase.map_or(20, |phrase| phrase.kind as u32);
        choice.add(303, both(tie, both(kind, self.left_kind)));
        choice.add(304, both(tie, both(kind, lemma)));
        choice.add(306, both(tie, self.number(start.token + u32::from(is_measure(scene, start.token)))));
        // "said remorse that", "told her that": whom it is told, or what the words after "that" tell of.
        let direct =
            scene.syntax.phrase(site.cue.tokens.end).filter(|phrase| phrase.tokens.start == site.cue.tokens.end);
        let direct = direct.filter(|_| start.token > site.cue.tokens.end + 1).map_or(20, |phrase| phrase.kind as u32);
        choice.add(314, both(tie, both(direct, frames)));
        choice.add(315, both(tie, both(direct, lemma)));
    }

    /// How many finite verbs there are among some words.
    fn finite(&self, tokens: TokenRange) -> u32 {
        self.scene.syntax.landmarks.finite(tokens)
    }

    /// Features of an end after the cue, for all clauses that have it.
    #[inline(never)]
    fn ending<C: Choice>(&self, end: End, choice: &mut C) -> Ending<C::Shared> {
        let Facts { scene, site, frames, .. } = **self;
        let region = site.region;
        let End { token, sign } = end;
        choice.add(231, both(sign, range(region.end - token.min(region.end))));
        choice.add(241, both(sign, self.part(token.saturating_sub(1))));
        let is_inside = token < region.end;
        let after = if is_inside { after_sign(scene, token) } else { region.end };
        if after >= region.end {
            return Ending { end, features: choice.share(), rest: None };
        }
        let following = self.part(after);
        let tokens = TokenRange::new(after, region.end);
        choice.add(242, both(sign, self.number(after)));
        choice.add(243, both(sign, following));
        choice.add(244, both(sign, self.finite(tokens).min(2)));
        // The writer's own words, or the speaker's still: what follows has a cue, marks, a verb in the same tense.
        let cue_after = self.cue_after(after);
        choice.add(260, both(sign, cue_after));
        choice.add(261, both(sign, u32::from(self.marked.any(tokens))));
        let second = if after + 1 < region.end { self.part(after + 1) } else { 96 };
        choice.add(265, both(self.lemma, sign));
        let tense = tense_in(scene, tokens);
        let near = range(scene.syntax.landmarks.verb(after).min(region.end) - after).min(5);
        choice.add(290, both(sign, both(self.shape, both(tense, near))));
        choice.add(292, both(sign, both(frames, following)));
        let features = choice.share();
        choice.add(294, both(sign, both(following, second)));
        choice.add(295, both(sign, cue_after));
        choice.add(297, both(sign, both(frames, following)));
        Ending { end, features, rest: Some(Rest { following, tense, passed: choice.share() }) }
    }

    fn manner(&self, opening: Opening, clause: &Candidate) -> Manner {
        let first = clause.pieces[0];
        Manner {
            finite: self.finite(first).min(2),
            tense: tense_in(self.scene, first),
            shape: opening.up_to(first.end),
            is_word: first.len() == 1,
        }
    }

    /// Features of the first words after a start.
    #[inline(never)]
    fn describe_beginning(&self, start: &Start, manner: Manner, choice: &mut impl Choice) {
        let tie = start.tie as u32;
        let Manner { finite, tense, shape, is_word } = manner;
        self.describe_first(tie, TokenRange::new(start.token, start.token + 2 - u32::from(is_word)), finite, choice);
        self.describe_opening(tie, shape, choice);
        choice.add(240, both(tie, both(start.skipped.min(4), finite)));
        // "…, said one official in the room": what has no verb there is the subject; not so in "Minister says 11 missing".
        choice.add(302, both(tie, both(tense, self.shape)));
        choice.add(307, both(tie, both(tense, self.lemma)));
    }

    /// Features of the first words of a clause on either side of the cue.
    fn describe_first(&self, tie: u32, words: TokenRange, finite: u32, choice: &mut impl Choice) {
        let opening = self.part(words.start);
        let second = if words.start + 1 < words.end { self.part(words.start + 1) } else { 99 };
        choice.add(224, both(tie, both(opening, finite)));
        choice.add(225, both(tie, both(opening, second)));
    }

    fn describe_opening(&self, tie: u32, opening: u32, choice: &mut impl Choice) {
        choice.add(270, both(tie, opening));
        choice.add(271, both(tie, both(opening, self.frames)));
        choice.add(274, both(tie, both(opening, self.shape)));
        choice.add(277, both(tie, both(opening, self.lemma)));
    }

    /// Features of a clause after the cue beyond those of its beginning.
    #[inline(never)]
    fn describe_clause<C: Choice>(
        &self,
        clause: &Candidate,
        manner: Manner,
        endings: &[Ending<C::Shared>],
        choice: &mut C,
    ) {
        let Manner { finite, tense, .. } = manner;
        let first = clause.pieces[0];
        let tie = clause.tie as u32;
        let Ending { end: End { sign, .. }, features, rest } = &endings[clause.end];
        let length = range(first.len() as u32);
        self.describe_run(tie, first, choice);
        choice.copy(features);
        choice.add(230, both(*sign, finite));
        choice.add(293, both(*sign, length));
        // The places where it might have ended and goes on.
        for Ending { end: passed, rest, .. } in endings.iter().take(MOST_PASSED + 1) {
            if let Some(rest) = rest.as_ref().filter(|_| passed.token > first.start && passed.token < first.end) {
                choice.copy(&rest.passed);
            }
        }
        let region = self.site.region;
        // "After Ruiz said that the mine would close, 300 workers left.", "Cole, who said the plan was bad, left."
        if self.tied > 0 {
            let inside = |ending: &&Ending<_>| ending.end.token > first.start && ending.end.token < first.end;
            let commas = || endings.iter().filter(inside).filter(|ending| ending.end.sign == COMMA);
            choice.add(316, both(self.tied, both(*sign, commas().count().min(2) as u32)));
            choice.add(317, both(self.tied, both(*sign, rest.as_ref().map_or(0, |rest| rest.following))));
        }
        if let Some(rest) = rest {
            choice.add(262, both(tense, rest.tense));
            choice.add(263, both(*sign, both(tense, rest.tense)));
        } else if first.end == region.end {
            // Everything to the end: what a shorter clause would have left out.
            choice.add(267, both(tie, range(endings.len() as u32)));
            let shorter = endings.iter().map(|ending| ending.end);
            let shorter = shorter.filter(|end| end.token < region.end && end.token > first.start);
            if let Some(other) = shorter.min_by_key(|end| end.token) {
                let rest = TokenRange::new((other.token + 1).min(region.end), region.end);
                let kept = TokenRange::new(first.start, other.token);
                choice.add(269, both(tense_in(self.scene, kept), tense_in(self.scene, rest)));
            }
        }
    }

    /// Features of a run of words as a whole.
    fn describe_run(&self, tie: u32, run: TokenRange, choice: &mut impl Choice) {
        let (Facts { scene, site, .. }, marked) = (self.facts, self.marked);
        let is_whole = both(u32::from(run.start == site.region.start), u32::from(run.end == site.region.end));
        choice.add(235, both(tie, is_whole));
        let quoted = marked.quoted(run);
        choice.add(233, both(tie, quoted));
        if quoted > 0 {
            let is_mark = |token: u32| u32::from(scene.text.tokens[token as usize].kind == TokenKind::Mark);
            let ends = is_mark(run.start) | is_mark(run.end - 1) << 1;
            // "told the audience, “…”": its own words alone make no clause.
            let own = marked.finite(run).min(2);
            choice.add(312, both(tie, both(quoted, both(own, ends))));
        }
    }

    /// Features of a clause before the cue, but for those of its second run.
    fn describe_before(&self, clause: &Candidate, choice: &mut impl Choice) {
        let Facts { scene, site, .. } = **self;
        let Site { cue, region, .. } = site;
        let first = clause.pieces[0];
        let tie = clause.tie as u32;
        let sign = BEFORE_CUE;
        let finite = self.finite(first).min(2);
        let opening = Opening::at(scene, first.start, first.end).up_to(first.end);
        self.describe_first(tie, first, finite, choice);
        self.describe_run(tie, first, choice);
        self.describe_opening(tie, opening, choice);
        choice.add(230, both(sign, finite));
        choice.add(231, both(sign, range(region.end - first.end.min(region.end))));
        choice.add(241, both(sign, self.part(first.end.saturating_sub(1))));
        choice.add(245, both(self.right_kind, self.left_kind));
        choice.add(246, both(self.shape, both(self.right_kind.min(19), u32::from(cue.tokens.end >= region.end))));
        choice.add(247, both(u32::from(first.start == region.start), self.part(first.start)));
        choice.add(258, both(tie, both(self.after_right, self.adjacency)));
        choice.add(249, both(self.after_cue, tie));
        choice.add(251, both(tie, both(cue.shape as u32, self.adjacency)));
    }

    /// Features of what goes on after the cue, up to an end with some sign.
    fn describe_second(&self, clause: &Candidate, sign: u32, choice: &mut impl Choice) {
        let [first, second] = clause.pieces;
        let finite = self.finite(second).min(2);
        choice.add(253, both(self.part(second.start), finite));
        choice.add(255, both(self.finite(first).min(2), finite));
        choice.add(256, sign);
    }
}

/// The token itself, or the next one where it is a sign.
fn after_sign(scene: &Scene, token: u32) -> u32 {
    token + u32::from(scene.text.tokens[token as usize].kind == TokenKind::Punctuation)
}

fn coarse(scene: &Scene, token: u32) -> u32 {
    u32::from(scene.reading.entry(token).coarse)
}

/// A number for what stands at a token.
fn part(scene: &Scene, token: u32) -> u32 {
    let syntax = scene.syntax;
    let text = scene.text;
    if token as usize >= text.tokens.len() {
        return 97;
    }
    let word = syntax.word(token);
    let kind = text.tokens[token as usize].kind;
    if syntax.in_name(token) {
        return 40 + scene.identity.mentions[syntax.name_of(token) as usize].entity_type as u32;
    }
    match kind {
        TokenKind::Punctuation | TokenKind::Symbol => both(3, self::word(text.of(token))),
        TokenKind::Mark => 2,
        TokenKind::Number => 4,
        TokenKind::Clitic => 5,
        // Most nouns.
        _ if !word.is(Parts::CLOSED) && syntax.in_phrase(token) => {
            15 + u32::from(text.tokens[token as usize].case != Case::Lower)
        }
        _ if word.is(Parts::SUBJECT) => 6,
        _ if word.is(Parts::POSSESSIVE) => 7,
        _ if word.is(Parts::DETERMINER) => 8,
        _ if word.is(Parts::AUXILIARY) => 9,
        _ if word.is(Parts::NEGATION) => 10,
        _ if word.is(Parts::RELATIVE) => 11,
        _ if word.is(Parts::CONJUNCTION) => 12,
        _ if word.is(Parts::SUBORDINATOR) && !word.is(Parts::PREPOSITION) => 13,
        _ if word.is(Parts::PREPOSITION) => 14,
        _ if syntax.in_phrase(token) => 15 + u32::from(text.tokens[token as usize].case != Case::Lower),
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
fn marks_beside(scene: &Scene, all: &Marks, site: &Site) -> u32 {
    let (cue, left_start, right_end) = (site.cue, site.left_start(), site.right_end());
    let text = scene.text;
    let is_mark = |token: u32| text.tokens.get(token as usize).is_some_and(|token| token.kind == TokenKind::Mark);
    let sign = |token: u32| text.tokens.get(token as usize).is_some_and(|token| token.kind == TokenKind::Punctuation);
    // The pair at this level that a token beside one of its marks is in.
    let kind = |inner: u32| {
        let pair = directly_inside(text, scene.syntax.pair_of(inner), cue.pair);
        if pair == NONE { None } else { all.kinds[pair as usize] }
    };
    let mut beside = 0;
    for start in [cue.tokens.start, left_start] {
        // “…,” the minister, Ana Ruiz, said: a few more words may stand before the subject.
        let window = start.saturating_sub(if start == left_start { 6 } else { 2 })..start;
        let mut tokens = window.rev();
        if tokens.any(is_mark) {
            beside |= 1;
        }
        let end = start.saturating_sub(1 + u32::from(start > 0 && sign(start - 1)));
        if end > 0 && is_mark(end) && kind(end - 1) == Some(QuoteKind::Direct) {
            beside |= 4;
        }
    }
    for end in [cue.tokens.end, right_end] {
        let mark = end + u32::from(sign(end));
        if is_mark(mark) {
            beside |= 2;
            if kind(mark + 1) == Some(QuoteKind::Direct) {
                beside |= 8;
            }
        }
    }
    beside
}

/// 1 for "After Ruiz said …", "Hours after the ministry said …": a sentence begins so that what a cue in it reports is followed by a
/// clause of the writer's own. 2 for "Cole, who said …, left", "the union, whose leader said …", 3 where a verb stands before. 4 for
/// "Cole's claim that … was wrong": the noun's verb comes later. 5 for "Customers, told that …, were furious". 6 for "Fans who said …
/// were left outside".
fn tied(scene: &Scene, site: &Site) -> u32 {
    let Scene { text, syntax, .. } = *scene;
    let region = site.region;
    let cue = site.cue.tokens.start;
    let has_verb_before = |end: u32| syntax.landmarks.finite(TokenRange::new(region.start, end)) > 0;
    if site.cue.shape == CueShape::Noun {
        return if has_verb_before(cue) { 0 } else { 4 };
    }
    // Nothing but the opening comma stands between.
    if cue > region.start + 1 && text.of(cue - 1) == "," && !has_verb_before(cue) {
        return 5;
    }
    if let Some(relative) = relative_before(scene, site.cue, region) {
        if relative > region.start && text.of(relative - 1) == "," {
            return 2 + u32::from(has_verb_before(relative));
        }
        if is_restrictive(scene, relative, region) {
            return 6;
        }
    }
    let before = TokenRange::new(region.start, site.left_start().max(region.start));
    if before.len() > LONGEST_TIED {
        return 0;
    }
    let ties = |token: u32| syntax.is(token, Parts::SUBORDINATOR);
    let mut first = before.indices().map(|token| token as u32).take(MOST_BEFORE_TIE);
    u32::from(first.any(ties) && !before.indices().any(|token| text.tokens[token].kind == TokenKind::Punctuation))
}

/// Whether a finite verb stands right behind a comma.
pub(super) fn is_before_verb(scene: &Scene, comma: u32) -> bool {
    let Scene { text, syntax, .. } = *scene;
    if comma as usize + 2 >= text.tokens.len() || text.of(comma) != "," {
        return false;
    }
    let verb = comma + 1 + u32::from(syntax.is(comma + 1, Parts::ADVERB) && !syntax.in_phrase(comma + 1));
    syntax.is(verb, FINITE) && !syntax.in_phrase(verb)
}

/// How the nearest phrase on the left is tied to the cue: 0 directly, by few words, or not.
fn left_gap(scene: &Scene, site: &Site) -> u32 {
    let Some(left) = site.left else { return 5 };
    let gap = left.tokens.end..site.cue.tokens.start;
    if gap.len() > 8 {
        return 4;
    }
    if gap.clone().any(|token| scene.text.tokens[token as usize].kind == TokenKind::Punctuation) {
        // "The talks ended badly, said an official in Berlin": it has a verb of its own.
        let has_verb = gap.clone().any(|token| scene.syntax.is(token, FINITE) && !scene.syntax.in_phrase(token));
        return if has_verb { 6 } else { 3 };
    }
    if gap.clone().any(|token| scene.syntax.is(token, Parts::RELATIVE)) {
        return 2;
    }
    u32::from(gap.clone().any(|token| {
        let is_time = scene.syntax.phrase(token).is_some_and(|phrase| phrase.kind == PhraseKind::Time);
        !is_time && !scene.syntax.is(token, Parts::AUXILIARY.and(Parts::ADVERB).and(Parts::NEGATION))
    }))
}
