//! Reporting expressions to the noun phrases that may be their subjects: whose words they report.

use super::choice::Choice;
use super::cues::{CueShape, CueSite};
use super::landmarks::FINITE;
use super::phrases::{NONE, Phrase, PhraseKind, Syntax};
use super::scorer::both;
use super::words;
use crate::lexicon::cues::{self, CueId, Frames};
use crate::lexicon::grammar::Parts;
use crate::text::{Text, TokenKind, TokenRange};

/// A phrase beside a cue.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Subject {
    /// Index in [`Syntax::phrases`].
    pub phrase: u32,
    /// True when it stands after the cue.
    pub after: bool,
    /// 0 for the nearest on its side.
    pub rank: u32,
    gap: Gap,
}

/// What lies between a phrase and a cue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Gap {
    tokens: u32,
    commas: u8,
    verbs: u8,
    prepositions: u8,
    conjunctions: u8,
    relative: bool,
    marks: bool,
}

/// Phrases looked at on the left of a cue, and how far away they may start, in tokens.
const MOST_LEFT: u32 = 8;
const FARTHEST: u32 = 60;
/// Verbs between a cue and its subject: more stand in no sentence that somebody wrote.
const MOST_VERBS: u8 = 13;
/// Phrases looked at on its right, and among how many tokens; also behind the "by" of a passive.
const MOST_RIGHT: u32 = 3;
const FARTHEST_RIGHT: u32 = 14;
const FARTHEST_BY: u32 = 20;
/// Candidates of a cue at most.
pub const MOST: usize = (MOST_LEFT + MOST_RIGHT) as usize;

/// The candidates of a cue: those before it, then those after it, on each side the nearest first. Bounded work for each cue.
pub fn subjects<'s>(text: &'s Text, syntax: &'s Syntax, cue: &'s CueSite) -> impl Iterator<Item = Subject> + 's {
    let clause = clause_of(text, syntax, cue);
    let is_outside = move |subject: &Subject| clause.holds(syntax.phrases[subject.phrase as usize].tokens.start);
    let farthest = if cue.passive { FARTHEST_BY } else { FARTHEST_RIGHT };
    left_of(text, syntax, cue).filter(is_outside).chain(right_of(text, syntax, cue, farthest))
}

/// The candidates before a cue, nearest first.
pub fn left_of<'s>(text: &'s Text, syntax: &'s Syntax, cue: &'s CueSite) -> impl Iterator<Item = Subject> + 's {
    let mut gap = Gap::default();
    let mut token = cue.tokens.start;
    let looks_left = cue.shape != CueShape::Preposition && (cue.passive || !quotes_as_saying(text, syntax, cue));
    let floor = if looks_left { text.sentence(token).tokens.start.max(token.saturating_sub(FARTHEST)) } else { token };
    let mut ranks = 0..MOST_LEFT;
    std::iter::from_fn(move || {
        if ranks.is_empty() {
            return None;
        }
        while token > floor && gap.verbs <= MOST_VERBS {
            token -= 1;
            // Other people's words are not this sentence's grammar.
            let pair = syntax.pair_of(token);
            if pair != cue.pair {
                if is_inside(text, pair, cue.pair) {
                    gap.marks = true;
                    gap.tokens += 1;
                    continue;
                }
                break;
            }
            let phrase = syntax.phrase_of(token);
            if phrase == NONE {
                gap.add(text, syntax, token);
                continue;
            }
            let whole = &syntax.phrases[phrase as usize];
            token = whole.tokens.start.max(floor);
            if whole.kind == PhraseKind::Time {
                continue;
            }
            let before_it = gap;
            gap.tokens += whole.tokens.len() as u32;
            if !is_possessor(text, syntax, whole, cue) {
                return Some(Subject { phrase, after: false, rank: ranks.next()?, gap: before_it });
            }
        }
        None
    })
}

/// The candidates among so many tokens after a cue, nearest first.
pub fn right_of<'s>(
    text: &'s Text,
    syntax: &'s Syntax,
    cue: &'s CueSite,
    farthest: u32,
) -> impl Iterator<Item = Subject> + 's {
    let mut gap = Gap::default();
    let mut token = cue.tokens.end;
    let looks_right = cue.shape != CueShape::Colon && !(cue.passive && quotes_as_saying(text, syntax, cue));
    let ceiling = if looks_right { text.sentence(cue.tokens.start).tokens.end.min(token + farthest) } else { token };
    let mut ranks = 0..MOST_RIGHT;
    std::iter::from_fn(move || {
        while !ranks.is_empty() && token < ceiling {
            let pair = syntax.pair_of(token);
            if pair != cue.pair {
                // "was described as “reckless” by critics"
                let marks = text.marks.get(pair as usize).filter(|marks| cue.passive && marks.open + 1 == token);
                let Some(by) = marks.map(|marks| marks.close + 1) else { break };
                if by >= ceiling || syntax.number(by) != words::BY || syntax.pair_of(by) != cue.pair {
                    break;
                }
                gap.marks = true;
                token = by;
                continue;
            }
            let phrase = syntax.phrase_of(token);
            if phrase == NONE {
                gap.add(text, syntax, token);
                token += 1;
                continue;
            }
            let whole = &syntax.phrases[phrase as usize];
            let before_it = gap;
            gap.tokens += whole.tokens.len() as u32;
            token = whole.tokens.end.max(token + 1);
            if whole.kind != PhraseKind::Time {
                return Some(Subject { phrase, after: true, rank: ranks.next()?, gap: before_it });
            }
        }
        None
    })
}

/// Where the subject of a cue may start.
#[inline(never)]
fn clause_of(text: &Text, syntax: &Syntax, cue: &CueSite) -> TokenRange {
    let mut end = cue.tokens.start;
    let floor = text.sentence(end).tokens.start.max(end.saturating_sub(FARTHEST));
    while end > floor && syntax.is(end - 1, Parts::AUXILIARY.and(Parts::ADVERB)) && !syntax.in_phrase(end - 1) {
        end -= 1;
    }
    if end <= floor + 2 {
        return TokenRange::new(0, NONE);
    }
    let before = TokenRange::new(floor, end);
    if words::is_sign(text, end - 1, b',') {
        return TokenRange::new(0, insertion(text, syntax, cue, before));
    }
    // "sent his lawyer a message: “…”", "the man asking"
    match cue.shape {
        CueShape::Past | CueShape::Third | CueShape::Base | CueShape::Participle if !cue.passive => {
            match defining(text, syntax, cue, before) {
                NONE => TokenRange::new(own_clause(syntax, cue, before), NONE),
                who => TokenRange::new(0, who),
            }
        }
        _ => TokenRange::new(0, NONE),
    }
}

/// "Cole, who lives with her husband, Tom, said": the "who" of a clause about the subject that a comma ends right before the cue.
/// Nobody in it is the subject. [`NONE`] where there is no such clause.
fn insertion(text: &Text, syntax: &Syntax, cue: &CueSite, before: TokenRange) -> u32 {
    let is_comma = |token: u32| words::is_sign(text, token, b',') && syntax.pair_of(token) == cue.pair;
    let TokenRange { start: floor, end } = before;
    let comma = end - 1;
    if comma <= floor + 2 || !is_comma(comma) {
        return NONE;
    }
    let is_who = |who: &u32| matches!(syntax.number(*who), words::WHO | words::WHOSE) && is_comma(*who - 1);
    let Some(who) = (floor + 2..comma).rev().find(is_who) else { return NONE };
    // "Speaking to residents, who cheered, the mayor, Tom Reed, said"
    let about = syntax.phrase(who - 2).map_or(0, |about| about.tokens.start);
    let follows_preposition = about > floor && syntax.is(about - 1, Parts::PREPOSITION);
    if follows_preposition && syntax.number(about - 1) != words::OF {
        return NONE;
    }
    let mut has_verb = false;
    for token in who..comma {
        let is_verb = !syntax.in_phrase(token) && syntax.is(token, FINITE);
        // "Cole, who led the inquiry, asked why the minister, Tom Reed, said": it ended before.
        if has_verb && is_comma(token - 1) && (is_verb || syntax.is(token, Parts::CONJUNCTION)) {
            return NONE;
        }
        has_verb |= is_verb;
    }
    if has_verb { who } else { NONE }
}

/// Tokens of a clause that tells who the subject is.
const LONGEST_DEFINING: usize = 14;

/// "one man who knew Cole said": the "who" of a clause that ends, without a comma, right before the cue. Nobody in it is the subject.
fn defining(text: &Text, syntax: &Syntax, cue: &CueSite, before: TokenRange) -> u32 {
    let mut has_verb = false;
    for token in (before.start + 1..before.end).rev().take(LONGEST_DEFINING) {
        let word = syntax.word(token);
        if syntax.number(token) == words::WHO {
            return if has_verb && syntax.in_phrase(token - 1) { token } else { NONE };
        }
        if syntax.in_phrase(token) {
            continue;
        }
        // "who left after Cole said", "who knew Cole and said"
        let is_other = word.is(Parts::SUBORDINATOR.and(Parts::CONJUNCTION)) || syntax.pair_of(token) != cue.pair;
        if is_other || text.tokens[token as usize].kind != TokenKind::Word {
            return NONE;
        }
        // "who says Cole lied": what is said may have a subject of its own.
        let says = |cue: CueId| cues::starting_with(cue)[0].frames.has(Frames::BARE);
        has_verb |= word.is(FINITE.and(Parts::BASE)) && !word.cue.is_some_and(says);
    }
    NONE
}

/// "a deal the union called “a betrayal”": where the clause begins whose subject stands right before the cue, behind another noun
/// phrase. Nobody before it is the subject.
fn own_clause(syntax: &Syntax, cue: &CueSite, before: TokenRange) -> u32 {
    let Some(Phrase { tokens: nearest, kind, .. }) = syntax.phrase(before.end - 1) else { return 0 };
    // "Hale this week said"
    if *kind == PhraseKind::Time {
        return 0;
    }
    // "Cole and Holm both said"
    let is_whole = match nearest.len() {
        1 => syntax.is(nearest.start, Parts::SUBJECT),
        _ => syntax.is(nearest.start, Parts::DETERMINER.and(Parts::POSSESSIVE)),
    };
    let is_own = is_whole
        && nearest.start > before.start
        && syntax.in_phrase(nearest.start - 1)
        && syntax.pair_of(nearest.start - 1) == cue.pair;
    if is_own { nearest.start } else { 0 }
}

/// "the Courier quoted Ruiz as saying", "Ruiz was quoted as saying by the Courier": who is quoted speaks, not who quotes.
fn quotes_as_saying(text: &Text, syntax: &Syntax, cue: &CueSite) -> bool {
    let end = text.sentence(cue.tokens.start).tokens.end.min(cue.tokens.end + LONGEST_QUOTED);
    matches!(syntax.number(cue.tokens.start), words::QUOTED | words::QUOTES | words::QUOTE)
        && (cue.tokens.start..end).any(|token| syntax.number(token) == words::SAYING)
}

/// Tokens between "quoted" and "as saying".
const LONGEST_QUOTED: u32 = 10;

/// "condemned Guterres' meeting, noting that": whose the meeting is tells not who notes. "Ruiz's also warned" is another thing.
fn is_possessor(text: &Text, syntax: &Syntax, phrase: &Phrase, cue: &CueSite) -> bool {
    let clitic = phrase.tokens.end;
    // A phrase may reach over the cue, to the text's end.
    if clitic + 1 >= cue.tokens.start {
        return false;
    }
    // An apostrophe after an s may be a token of its own that belongs to no pair of marks.
    let is_clitic = match text.tokens[clitic as usize].kind {
        TokenKind::Clitic => true,
        TokenKind::Mark => !text.space_before(clitic) && syntax.pair_of(clitic - 1) == cue.pair,
        _ => false,
    };
    if !is_clitic || syntax.is(phrase.tokens.start, Parts::SUBJECT) {
        return false;
    }
    match text.of(clitic) {
        "'" | "’" => true,
        "'s" | "’s" => {
            let verbal =
                Parts::AUXILIARY.and(Parts::ADVERB).and(Parts::NEGATION).and(Parts::VERB).and(Parts::DETERMINER);
            text.tokens[clitic as usize + 1].kind == TokenKind::Word && !syntax.is(clitic + 1, verbal)
        }
        _ => false,
    }
}

/// Whether pair `inner` lies inside pair `outer`. A few steps: pairs nest four deep.
pub fn is_inside(text: &Text, inner: u32, outer: u32) -> bool {
    if outer == NONE {
        return true;
    }
    let mut pair = inner;
    while pair != NONE && pair != outer {
        pair = text.marks[pair as usize].parent.unwrap_or(NONE);
    }
    pair == outer
}

/// The pair directly inside `outer` that `inner` is or lies in; [`NONE`] where there is none.
pub fn directly_inside(text: &Text, inner: u32, outer: u32) -> u32 {
    let mut pair = inner;
    while pair != NONE && text.marks[pair as usize].parent.unwrap_or(NONE) != outer {
        pair = text.marks[pair as usize].parent.unwrap_or(NONE);
    }
    pair
}

impl Gap {
    fn add(&mut self, text: &Text, syntax: &Syntax, token: u32) {
        self.tokens += 1;
        let word = syntax.word(token);
        match text.tokens[token as usize].kind {
            TokenKind::Mark => self.marks = true,
            TokenKind::Punctuation => self.commas += 1,
            _ if word.is(Parts::RELATIVE) => self.relative = true,
            _ if word.is(Parts::AUXILIARY.and(Parts::ADVERB).and(Parts::NEGATION)) => self.tokens -= 1,
            _ if word.is(Parts::VERB) => self.verbs += 1,
            _ if word.is(Parts::PREPOSITION.and(Parts::SUBORDINATOR)) => self.prepositions += 1,
            _ if word.is(Parts::CONJUNCTION) => self.conjunctions += 1,
            _ => {}
        }
    }

    fn number(self) -> u32 {
        u32::from(self.commas.min(3))
            | u32::from(self.verbs.min(2)) << 2
            | u32::from(self.prepositions.min(2)) << 4
            | u32::from(self.conjunctions.min(1)) << 6
            | u32::from(self.relative) << 7
            | u32::from(self.marks) << 8
    }
}

/// What stands before a phrase: 0 a sentence's start, else its kind of word.
fn before(text: &Text, syntax: &Syntax, phrase: &Phrase) -> u32 {
    let start = phrase.tokens.start;
    if start == text.sentence(start).tokens.start {
        return 0;
    }
    let token = start - 1;
    let parts = syntax.word(token);
    match text.tokens[token as usize].kind {
        TokenKind::Mark => 1,
        TokenKind::Punctuation => 2 + u32::from(text.of(token) == ","),
        _ if syntax.number(token) == words::OF => 4,
        _ if syntax.number(token) == words::BY => 5,
        _ if parts.is(Parts::RELATIVE.and(Parts::SUBORDINATOR)) && !parts.is(Parts::PREPOSITION) => 6,
        // "Ruiz left after police said": of what follows here it is the subject.
        _ if parts.is(Parts::PREPOSITION) && parts.is(Parts::SUBORDINATOR) => 11,
        _ if parts.is(Parts::PREPOSITION) => 7,
        // "Lawyers for Ruiz and Holm said": as behind the "for".
        _ if parts.is(Parts::CONJUNCTION) => 8 - u32::from(joins_objects(syntax, token)),
        _ if parts.is(Parts::VERB.and(Parts::AUXILIARY)) => 9,
        _ => 10,
    }
}

/// "lawyers for Ruiz and", "parents of Ana and"
fn joins_objects(syntax: &Syntax, and: u32) -> bool {
    let first = syntax.phrase(and.saturating_sub(1)).map_or(0, |first| first.tokens.start);
    first > 1
        && matches!(syntax.number(first - 1), words::FOR | words::OF)
        && syntax.phrase(first - 2).is_some_and(|whose| whose.kind == PhraseKind::Speaker)
}

/// Whether a cue follows an "and" or "but" (1), with a comma before it (2).
pub fn joined(text: &Text, syntax: &Syntax, cue: &CueSite) -> u32 {
    let start = text.sentence(cue.tokens.start).tokens.start;
    let mut token = cue.tokens.start;
    while token > start + 1 && syntax.is(token - 1, Parts::ADVERB.and(Parts::AUXILIARY)) {
        token -= 1;
    }
    if token <= start + 1 || !syntax.is(token - 1, Parts::CONJUNCTION) {
        return 0;
    }
    1 + u32::from(text.of(token - 2) == ",")
}

/// Features of a subject by itself and beside its cue, which is [`joined`] to what stands before it. Returns a number that sums up
/// the most telling ones, to be combined with others.
pub fn describe(
    text: &Text,
    syntax: &Syntax,
    (cue, joined): (&CueSite, u32),
    subject: &Subject,
    choice: &mut impl Choice,
) -> u32 {
    let phrase = &syntax.phrases[subject.phrase as usize];
    let kind = phrase.kind as u32;
    let side = u32::from(subject.after);
    let before = before(text, syntax, phrase);
    let shape = cue.shape as u32 | u32::from(cue.passive) << 5;
    let gap = subject.gap;
    let place = both(side, subject.rank.min(4));
    choice.add(301, both(side, gap.number()));
    choice.add(302, both(both(side, gap.tokens.min(9)), u32::from(gap.commas.min(2))));
    choice.add(303, both(before, side));
    choice.add(304, both(both(before, kind), place));
    choice.add(305, both(shape, both(side, gap.number())));
    choice.add(306, both(shape, both(side, kind)));
    choice.add(307, both(cue.number, side));
    choice.add(308, both(both(before, gap.number()), side));
    choice.add(310, both(kind, u32::from(gap.relative) | u32::from(gap.verbs > 0) << 1 | side << 2));
    choice.add(311, both(cue.number, kind));
    let end = phrase.tokens.end;
    let after = if (end as usize) < text.tokens.len() && end < text.sentence(phrase.tokens.start).tokens.end {
        match text.tokens[end as usize].kind {
            TokenKind::Word | TokenKind::Punctuation if syntax.word(end).cue.is_none() => {
                if syntax.is(end, Parts::VERB) { 3 } else { syntax.number(end) }
            }
            TokenKind::Word => 1,
            TokenKind::Clitic => 4,
            _ => 2,
        }
    } else {
        0
    };
    choice.add(312, both(after, place));
    // "He posted a picture of Ruiz and Holm, and commented": a second verb of the first one's subject.
    if joined > 0 {
        let opens = u32::from(matches!(after, 1 | 3)) | u32::from(before == 0) << 1;
        choice.add(314, both(joined, both(opens, place)));
        choice.add(315, both(joined, both(kind, before)));
    }
    choice.add(313, both(shape, both(before, place)));
    both(kind, both(place, both(gap.number(), before)))
}
