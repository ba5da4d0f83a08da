//! The places where the words that a cue reports may start and end.

use super::super::cues::{CueShape, CueSite};
use super::super::landmarks::FINITE;
use super::super::marked::Scene;
use super::super::phrases::{NONE, Phrase, PhraseKind};
use super::super::subjects::{directly_inside, is_inside, left_of, right_of};
use super::super::words;
use super::Tie;
use super::features::is_before_verb;
use crate::lexicon::cues::Frames;
use crate::lexicon::grammar::{Parts, Word};
use crate::text::{Case, Text, TokenKind, TokenRange};

/// Tokens looked at for the start of a clause after its cue.
const LONGEST_APPROACH: u32 = 22;
/// Tokens after a cue in which the phrase beside it begins.
const FARTHEST_RIGHT: u32 = 2;
/// Places inside a sentence where a clause may start or end.
const MOST_ENDS: usize = 6;
const MOST_STARTS: usize = 4;
/// Starts without a word that ties them to their cue.
const MOST_BARE: u32 = 3;
/// Tokens in brackets behind a name.
const LONGEST_BRACKETS: u32 = 6;
/// Ends of what goes on after "…, she said, …".
const MOST_SECOND_ENDS: usize = 3;
/// Tokens of a sentence before "…, she said": more stand before none that somebody wrote.
const LONGEST_BEFORE: u32 = 240;
/// Tokens of a sentence that are searched for ends.
pub(super) const LONGEST_CLAUSE: u32 = 90;

/// A place after the cue where a clause may start.
#[derive(Clone, Copy)]
pub(super) struct Start {
    pub token: u32,
    pub tie: Tie,
    /// Tokens, phrases and commas between the cue and it.
    pub skipped: u32,
    pub phrases: u32,
    pub commas: u32,
}

/// A place where a clause may end.
#[derive(Clone, Copy)]
pub(super) struct End {
    pub token: u32,
    /// 0 for the sentence's or pair's end, else what is there.
    pub sign: u32,
}

/// A cue and the phrases beside it.
#[derive(Clone, Copy)]
pub(super) struct Site<'s> {
    pub cue: &'s CueSite,
    /// Where the words that it reports may stand.
    pub region: TokenRange,
    /// The nearest phrase before it.
    pub left: Option<Phrase>,
    /// The one that begins right after it, or after one word more.
    pub right: Option<Phrase>,
}

impl<'s> Site<'s> {
    pub fn of(scene: &Scene<'s, '_>, index: usize) -> Site<'s> {
        let Scene { text, syntax, cues, .. } = *scene;
        let cue = &cues[index];
        let phrase = |subject: super::super::subjects::Subject| syntax.phrases[subject.phrase as usize];
        let left = left_of(text, syntax, cue).next().map(phrase);
        let right = right_of(text, syntax, cue, FARTHEST_RIGHT).next().map(phrase);
        Site { cue, region: region(scene, cue), left, right }
    }

    /// Where the nearest phrase before the cue starts, else the cue.
    pub fn left_start(&self) -> u32 {
        self.left.map_or(self.cue.tokens.start, |phrase| phrase.tokens.start)
    }

    /// Where the phrase after the cue ends, else the cue.
    pub fn right_end(&self) -> u32 {
        self.right.map_or(self.cue.tokens.end, |phrase| phrase.tokens.end)
    }
}

/// Lists of places, kept between cues for their memory.
pub(super) struct Places {
    /// Starts after the cue.
    pub starts: Vec<Start>,
    /// Their ends.
    pub ends: Vec<End>,
    /// The comma that parts the cue from what is reported before it.
    pub comma: Option<u32>,
    /// Starts of what that comma ends.
    pub befores: Vec<u32>,
    /// The sign after the cue behind which what stands before the comma goes on.
    pub after: u32,
    /// Ends of what goes on.
    pub second_ends: Vec<End>,
}

impl Places {
    /// None yet.
    pub fn none() -> Places {
        Places {
            starts: Vec::with_capacity(8),
            ends: Vec::with_capacity(MOST_ENDS + MOST_BEFORE_VERBS + 1),
            comma: None,
            befores: Vec::with_capacity(8),
            after: 0,
            second_ends: Vec::with_capacity(MOST_ENDS + 1),
        }
    }

    /// Lists the places of a cue, in place of another's.
    pub fn list(&mut self, scene: &Scene, site: &Site) {
        let (cue, region) = (site.cue, site.region);
        self.starts.clear();
        self.ends.clear();
        self.befores.clear();
        self.second_ends.clear();
        starts_after(scene, cue, region, &mut self.starts);
        // "said that" and nothing after it.
        self.starts.retain(|start| start.token < region.end);
        if let Some(first) = self.starts.iter().map(|start| start.token).min() {
            ends_after(scene, region, first, &mut self.ends);
            let is_tied = cue.shape == CueShape::Noun
                || relative_before(scene, cue, region).is_some_and(|relative| is_restrictive(scene, relative, region));
            // "Customers, told that they were safe, were angry"
            let is_apposed = cue.passive && words::is_sign(scene.text, cue.tokens.start.saturating_sub(1), b',');
            let before_verb = || self.ends.iter().find(|end| is_before_verb(scene, end.token)).copied();
            if let Some(end) = is_apposed.then(before_verb).flatten() {
                self.ends.clear();
                self.ends.push(end);
            } else if let Some(token) = verb_behind(scene, first, region.end).filter(|_| is_tied) {
                self.ends.clear();
                self.ends.push(End { token, sign: BEFORE_VERB });
            } else if is_tied {
                before_verbs(scene, region, first, &mut self.ends);
            }
        }
        self.comma = comma_before(scene, cue, region, site.left_start());
        let Some(comma) = self.comma.filter(|comma| comma - region.start <= LONGEST_BEFORE) else { return };
        starts_before(scene, region, comma, &mut self.befores);
        // "The plan, he said, would go on."
        let after = (cue.tokens.end..region.end.min(cue.tokens.end + LONGEST_APPROACH)).find(|&token| {
            scene.text.tokens[token as usize].kind == TokenKind::Punctuation
                && (matches!(scene.text.of(token), "," | "–" | "—") || is_dash(scene.text, token))
                && scene.syntax.pair_of(token) == cue.pair
        });
        if let Some(after) = after
            .filter(|&after| after + 2 < region.end && !tells_more(scene, after + 1) && !is_later(scene, after + 1))
            .filter(|&after| !is_comment(scene, after))
        {
            self.after = after;
            ends_after(scene, region, after + 1, &mut self.second_ends);
            self.second_ends.truncate(MOST_SECOND_ENDS);
        }
    }
}

/// "…, he said, adding that …", "…, she said, also noting that …": another cue's own words.
fn tells_more(scene: &Scene, token: u32) -> bool {
    let token = token + u32::from(scene.syntax.is(token, Parts::ADVERB));
    scene.syntax.word(token).cue.is_some() && scene.syntax.is_gerund(scene.text, token)
}

/// "…, witnesses said, a claim the police reject": the writer's word on what was said.
fn is_comment(scene: &Scene, comma: u32) -> bool {
    let follows = (comma as usize) + 1 < scene.text.tokens.len() && words::is_sign(scene.text, comma, b',');
    follows && scene.syntax.phrase(comma + 1).is_some_and(|phrase| phrase.kind == PhraseKind::Report)
}

/// "…, he said, a day after the vote": when it was said.
fn is_later(scene: &Scene, token: u32) -> bool {
    let time = scene.syntax.phrase(token).filter(|phrase| phrase.kind == PhraseKind::Time);
    let next = time.map(|time| time.tokens.end).filter(|&next| (next as usize) < scene.text.tokens.len());
    next.is_some_and(|next| matches!(scene.syntax.number(next), words::AFTER | words::BEFORE))
}

/// The sentence around a cue, or what of it lies in the pair of marks around the cue; without its final stop.
#[inline(never)]
fn region(scene: &Scene, cue: &CueSite) -> TokenRange {
    let text = scene.text;
    let mut region = text.sentence(cue.tokens.start).tokens;
    if cue.pair != NONE {
        let inside = text.marks[cue.pair as usize].inside();
        region.start = region.start.max(inside.start);
        region.end = region.end.min(inside.end);
    }
    // A quotation of several sentences that the clause holds belongs to it as a whole.
    let pair = directly_inside(text, scene.syntax.pair_of(region.end - 1), cue.pair);
    if pair != NONE {
        region.end = region.end.max(text.marks[pair as usize].tokens().end);
    }
    while region.end > cue.tokens.end {
        let token = &text.tokens[region.end as usize - 1];
        let sign = text.of(region.end - 1);
        let is_stop = token.kind == TokenKind::Punctuation && sign.starts_with(['.', '!', '?', '…', ':', ',']);
        // A mark that closes a fragment inside the clause belongs to it.
        let pair = scene.syntax.pair_of(region.end - 1);
        let is_stray = token.kind == TokenKind::Mark && pair == cue.pair && !closes(scene, region.end - 1);
        if is_stop || is_stray { region.end -= 1 } else { break }
    }
    // "• Shares fell, the company said"
    if matches!(text.of(region.start), "•" | "*" | "·" | "▪" | "●" | "-" | "–" | "—")
        && text.space_before(region.start + 1)
    {
        region.start += 1;
    }
    region.start = region.start.min(cue.tokens.start);
    if is_comment(scene, cue.tokens.end) {
        region.end = cue.tokens.end;
    }
    region
}

/// Whether a mark closes a pair.
fn closes(scene: &Scene, mark: u32) -> bool {
    let mut pair = mark.checked_sub(1).map_or(NONE, |inside| scene.syntax.pair_of(inside));
    while pair != NONE && scene.text.marks[pair as usize].close != mark {
        pair = scene.text.marks[pair as usize].parent.unwrap_or(NONE);
    }
    pair != NONE
}

fn is_question(number: u32) -> bool {
    matches!(
        number,
        words::WHAT
            | words::WHY
            | words::HOW
            | words::WHEN
            | words::WHERE
            | words::WHO
            | words::WHICH
            | words::WHOSE
            | words::WHOM
    )
}

/// Tokens in which a clause's verb is looked for.
const LONGEST_SUBJECT: u32 = 8;

/// "prices", "talks", "staff": a verb by its form that is a noun as often.
fn may_be_noun(word: Word) -> bool {
    word.is(Parts::VERB)
        && word.is(Parts::ALSO_NOUN.and(Parts::SPEAKER).and(Parts::DOCUMENT).and(Parts::REPORT).and(Parts::POST))
}

/// Whether the words from a token on may be a subject: whether a finite verb follows with nothing but words between.
fn precedes_verb(scene: &Scene, token: u32, limit: u32) -> bool {
    (token + 1..limit.min(token + LONGEST_SUBJECT))
        .take_while(|&next| matches!(scene.text.tokens[next as usize].kind, TokenKind::Word | TokenKind::Number))
        .any(|next| is_finite(scene, next))
}

/// Whether a token is a finite verb, or may be one, and no part of a phrase.
fn is_finite(scene: &Scene, token: u32) -> bool {
    !scene.syntax.in_phrase(token) && scene.syntax.is(token, FINITE)
}

/// Whether "that" stands for a thing before it: a verb follows, "reported results that beat the market", and no noun, "said in a
/// letter that results beat the market".
fn is_relative(scene: &Scene, cue: &CueSite, that: u32, limit: u32) -> bool {
    let syntax = scene.syntax;
    // "said in an interview that was not true": where it was said.
    let is_thing = |phrase: &Phrase| {
        matches!(phrase.kind, PhraseKind::Other | PhraseKind::Document | PhraseKind::Report)
            && !syntax.is(phrase.tokens.start - 1, Parts::PREPOSITION)
    };
    let verb = that + 1 + u32::from(that + 2 < limit && syntax.is(that + 1, Parts::ADVERB));
    verb + 1 < limit
        && that > cue.tokens.end
        && !cue.frames.has(Frames::WHOM)
        && is_finite(scene, verb)
        && !syntax.is(verb, Parts::ALSO_NOUN)
        && (syntax.is(verb, Parts::AUXILIARY) || syntax.is(verb + 1, Parts::DETERMINER.and(Parts::POSSESSIVE)))
        && syntax.phrase(that - 1).is_some_and(is_thing)
}

/// Whether a clause may be tied so to a cue with some frames. By what is annotated: one in 200 is that is ruled out here.
fn takes(frames: Frames, tie: Tie) -> bool {
    match tie {
        Tie::Bare => frames.has(Frames::BARE.and(Frames::THAT)),
        Tie::BareLater => frames.has(Frames::BARE),
        _ => true,
    }
}

#[inline(never)]
fn starts_after(scene: &Scene, cue: &CueSite, region: TokenRange, starts: &mut Vec<Start>) {
    let (text, syntax) = (scene.text, scene.syntax);
    let mut token = cue.tokens.end;
    let limit = region.end.min(cue.tokens.end + LONGEST_APPROACH);
    let (mut phrases, mut commas, mut bare) = (0, 0, 0);
    let preposition = cue.shape == CueShape::Preposition;
    while token < limit {
        let skipped = token - cue.tokens.end;
        let (passed, crossed) = (phrases, commas);
        let mut start = |tie: Tie, token: u32| {
            if takes(cue.frames, tie) {
                starts.push(Start { token, tie, skipped, phrases: passed, commas: crossed });
            }
        };
        let pair = syntax.pair_of(token);
        if pair != cue.pair {
            // Words in marks: stepped over, or the start of a clause that a fragment opens.
            if !is_inside(text, pair, cue.pair) {
                break;
            }
            token += 1;
            continue;
        }
        let parts = syntax.word(token);
        let kind = text.tokens[token as usize].kind;
        let number = syntax.number(token);
        if preposition {
            // "According to Ruiz the plan would fail."
            let begins = syntax.phrase(token).is_some_and(|phrase| phrase.tokens.start == token);
            if begins && phrases == 1 && commas == 0 && syntax.in_phrase(token - 1) {
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
                "," => {
                    // "The river, he said, had come up": a writer's beginning and somebody's end.
                    if commas == 0 && cue.tokens.start > region.start + 1 && cue.frames.has(Frames::AFTER) {
                        start(Tie::Comma, token + 1);
                    }
                    commas += 1;
                }
                "-" => {}
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
            // "said “no comment” as she left"
            let inner = if token + 1 < limit { syntax.pair_of(token + 1) } else { NONE };
            let pair = text.marks.get(inner as usize).filter(|pair| pair.open == token);
            if pair.is_some_and(|pair| pair.close + 1 < limit && words::is_time(syntax.number(pair.close + 1))) {
                break;
            }
            if bare < MOST_BARE {
                start(if skipped == 0 { Tie::Bare } else { Tie::BareLater }, token);
                bare += 1;
            }
            token += 1;
            continue;
        }
        if number == words::THAT && !syntax.in_phrase(token) {
            // "said that, if the plan failed, he would resign"
            let has_comma = token + 2 < limit && text.of(token + 1) == ",";
            // "announced a profit that was better": what the profit was, and not what was announced.
            if is_relative(scene, cue, token, limit) {
                break;
            }
            start(Tie::That, token + 1 + u32::from(has_comma));
            // "said that was for the judge"
            if (token as usize + 1) < text.tokens.len() && is_finite(scene, token + 1) {
                start(Tie::Bare, token);
            }
            break;
        }
        if matches!(number, words::IF | words::WHETHER) {
            start(Tie::If, token);
            break;
        }
        if is_question(number) && (commas == 0 || cue.frames.has(Frames::WH)) {
            start(Tie::Wh, token);
            if parts.is(Parts::RELATIVE) || matches!(number, words::WHAT | words::WHY | words::HOW) {
                break;
            }
        }
        let is_not = number == words::NOT;
        if number == words::TO || is_not && token + 1 < limit && syntax.number(token + 1) == words::TO {
            let verb = token + 1 + u32::from(is_not);
            // "told him to hush", "vowed to stay": the verb may be a noun.
            let takes_verb = phrases > 0 || is_not || cue.frames.has(Frames::TO);
            let is_verb = |verb: u32| {
                !syntax.in_phrase(verb)
                    || takes_verb
                        && text.tokens[verb as usize].case == Case::Lower
                        && !syntax
                            .is(verb, Parts::DETERMINER.and(Parts::POSSESSIVE).and(Parts::SUBJECT).and(Parts::OBJECT))
                        && !syntax.is(verb, Parts::SPEAKER)
            };
            if (verb as usize) < text.tokens.len() && is_verb(verb) {
                start(Tie::To, token);
                token += 1;
                continue;
            }
        }
        let phrase = syntax.phrase_of(token);
        if phrase != NONE {
            let whole = &syntax.phrases[phrase as usize];
            let begins = whole.tokens.start == token || skipped == 0;
            if begins && bare < MOST_BARE {
                start(if skipped == 0 { Tie::Bare } else { Tie::BareLater }, token);
                bare += 1;
            }
            // "told CNBC wealth inflows were", "told reporters prices had": the addressee and the subject stand side by side.
            if begins && skipped == 0 && cue.frames.has(Frames::WHOM) && bare < MOST_BARE {
                let is_article = syntax.is(token, Parts::DETERMINER) && token + 1 < whole.tokens.end;
                let addressee = token + u32::from(is_article);
                let subject = match syntax.name_of(addressee) {
                    NONE => syntax.is(addressee, Parts::SPEAKER).then_some(addressee + 1),
                    name => Some(scene.identity.mentions[name as usize].tokens.end)
                        .filter(|&end| text.tokens.get(end as usize).is_some_and(|next| next.kind == TokenKind::Word)),
                };
                if let Some(subject) = subject.filter(|&subject| subject < whole.tokens.end.min(limit)) {
                    start(Tie::BareLater, subject);
                    bare += 1;
                }
            }
            phrases += u32::from(whole.kind != PhraseKind::Time);
            token = whole.tokens.end.max(token + 1);
            continue;
        }
        let finite = parts.is(FINITE) && kind != TokenKind::Clitic;
        if skipped == 0 && syntax.is_gerund(text, token) {
            start(Tie::Gerund, token);
        }
        // "said at least nine had closed": no place where it was said.
        if skipped == 0 && is_measure(scene, token) {
            start(Tie::Bare, token);
            bare = MOST_BARE;
            token += 2;
            continue;
        }
        if skipped == 0 {
            // "said there was", "said in March the", "said only when"; "which, it said, would …"; "said prices had risen"
            let is_opening = parts.is(Parts::SUBORDINATOR.and(Parts::PREPOSITION).and(Parts::ADVERB));
            if is_opening || finite || kind == TokenKind::Number || precedes_verb(scene, token, limit) {
                start(Tie::Bare, token);
            }
        } else if may_be_noun(parts)
            && syntax.in_phrase(token - 1)
            && bare < MOST_BARE
            && precedes_verb(scene, token, limit)
        {
            // "told reporters prices had risen"
            start(Tie::BareLater, token);
            bare += 1;
            phrases += 1;
            token += 1;
            continue;
        }
        if finite && (phrases > 0 || skipped > 0) {
            // The clause's own verb: its subject was passed. Or "said in a note read on air that …".
            let that = (token..limit).filter(|_| cue.frames.has(Frames::THAT)).find(|&other| {
                syntax.number(other) == words::THAT && !syntax.in_phrase(other) && syntax.pair_of(other) == cue.pair
            });
            if let Some(that) = that {
                starts.push(Start { token: that + 1, tie: Tie::That, skipped: that - cue.tokens.end, phrases, commas });
            }
            break;
        }
        token += 1;
    }
}

#[inline(never)]
fn ends_after(scene: &Scene, region: TokenRange, first: u32, ends: &mut Vec<End>) {
    let text = scene.text;
    ends.push(End { token: region.end, sign: 0 });
    let limit = region.end.min(first + LONGEST_CLAUSE);
    let mut depth = 0;
    for token in scene.syntax.landmarks.joints(first + 1).take_while(|&token| token < limit) {
        if ends.len() > MOST_ENDS {
            break;
        }
        if text.tokens[token as usize].kind == TokenKind::Word {
            if depth <= 0 && text.of(token - 1) != "," {
                let may_be_time = ends.len() < MOST_ENDS - 1 && token > first + 3;
                let sign = word_sign(scene, token, limit, may_be_time);
                ends.extend(sign.map(|sign| End { token, sign }));
            }
            continue;
        }
        let sign = match text.of(token) {
            // "said it was “nonsense,” adding": the mark belongs to the fragment.
            "," if token + 2 < limit
                && text.tokens[token as usize + 1].kind == TokenKind::Mark
                && closes(scene, token + 1) =>
            {
                ends.push(End { token: token + 2, sign: COMMA });
                continue;
            }
            // A comma inside a number of words in a row is listed like any other.
            "," => COMMA,
            ";" => 2,
            "-" | "–" | "—" | "--" if text.space_before(token) => 3,
            "(" => {
                depth += 1;
                4
            }
            ")" => {
                depth -= 1;
                continue;
            }
            ":" => 5,
            _ => continue,
        };
        ends.push(End { token, sign });
    }
}

/// The sign of an end at a comma.
pub(super) const COMMA: u32 = 1;
/// Those of ends at "and" and "but".
const AND: u32 = 6;
const BUT: u32 = 7;
/// The sign of an end before the verb of which the cue's noun is the subject.
const BEFORE_VERB: u32 = 9;
/// Such ends of one cue.
const MOST_BEFORE_VERBS: usize = 2;

/// Words between "who" and its verb.
const LONGEST_BEFORE_VERB: u32 = 10;

/// The "who", "which" or "whose" of a cue's own clause.
pub(super) fn relative_before(scene: &Scene, cue: &CueSite, region: TokenRange) -> Option<u32> {
    let syntax = scene.syntax;
    let floor = region.start.max(cue.tokens.start.saturating_sub(LONGEST_BEFORE_VERB));
    for token in (floor..cue.tokens.start).rev() {
        if matches!(syntax.number(token), words::WHO | words::WHICH | words::WHOSE) {
            return Some(token);
        }
        let passes = syntax.in_phrase(token)
            || syntax.is(token, Parts::AUXILIARY.and(Parts::ADVERB).and(Parts::NEGATION).and(Parts::PREPOSITION));
        if !passes {
            break;
        }
    }
    None
}

/// "Fans who said they had seats were left outside": whether the clause of a relative pronoun is a part of the subject whose verb comes
/// later.
pub(super) fn is_restrictive(scene: &Scene, relative: u32, region: TokenRange) -> bool {
    relative > region.start
        && scene.syntax.in_phrase(relative - 1)
        && scene.syntax.landmarks.finite(TokenRange::new(region.start, relative)) == 0
}

/// "the claim that prices had doubled was wrong": the verb behind a clause's own one, where no word or sign joins the two.
#[inline(never)]
fn verb_behind(scene: &Scene, first: u32, end: u32) -> Option<u32> {
    let Scene { text, syntax, .. } = *scene;
    const JOINS: Parts = Parts::CONJUNCTION.and(Parts::RELATIVE).and(Parts::SUBORDINATOR);
    const GOES_ON: Parts = Parts::AUXILIARY.and(Parts::ADVERB).and(Parts::NEGATION);
    // The clause's own verb, and whether nothing but "not been" stood behind it.
    let (mut own, mut is_one) = (None, true);
    for token in first..end.min(first + LONGEST_SIMPLE) {
        let parts = syntax.word(token);
        let is_word = matches!(text.tokens[token as usize].kind, TokenKind::Word | TokenKind::Number);
        // "the dam he built would fail": two phrases side by side before the verb.
        let is_second = token > first
            && own.is_none()
            && syntax.in_phrase(token - 1)
            && syntax.phrase(token).is_some_and(|phrase| phrase.tokens.start == token);
        if !is_word || is_second || parts.cue.is_some() || parts.is(JOINS) && !parts.is(Parts::PREPOSITION) {
            return None;
        }
        if is_finite(scene, token) && own.is_none() {
            own = Some(token);
        } else if is_finite(scene, token) && !(is_one && own.is_some_and(|own| syntax.is(own, Parts::AUXILIARY))) {
            let has_object =
                syntax.is(token + 1, Parts::DETERMINER.and(Parts::POSSESSIVE)) || syntax.in_name(token + 1);
            return (parts.is(Parts::AUXILIARY) || parts.is(Parts::PAST) && has_object).then_some(token);
        } else if own.is_some() {
            is_one &= parts.is(GOES_ON) && !syntax.in_phrase(token);
        }
    }
    None
}

/// Words of a clause without another one in it.
const LONGEST_SIMPLE: u32 = 24;

/// "the claim that prices had doubled was wrong": a noun's clause ends before the verb of the noun.
#[inline(never)]
fn before_verbs(scene: &Scene, region: TokenRange, first: u32, ends: &mut Vec<End>) {
    let verbs = (first..region.end.min(first + LONGEST_CLAUSE)).filter(|&token| is_finite(scene, token));
    // "had doubled": a verb with its auxiliaries is one.
    let later =
        verbs.skip(1).filter(|&token| !is_finite(scene, token - 1) && !scene.syntax.is(token - 1, Parts::NEGATION));
    let is_new = |end: &u32| ends.iter().all(|known| known.token != *end);
    let found: Vec<End> =
        later.filter(is_new).take(MOST_BEFORE_VERBS).map(|token| End { token, sign: BEFORE_VERB }).collect();
    ends.extend(found);
}

/// "said the law was clear and refused to comment": whether "and" or "but" joins to a clause what its speaker will not tell, or tells
/// as well. The law refuses nothing, and "she" is who speaks; others may have refused: "said he was drunk and refused to leave".
pub(super) fn is_refusal(scene: &Scene, site: &Site, start: &Start, end: &End) -> bool {
    let Scene { text, syntax, .. } = *scene;
    let and = end.token + u32::from(end.sign == COMMA);
    let refuses = matches!(end.sign, AND | BUT | COMMA)
        && (and as usize) + 2 < text.tokens.len()
        && matches!(syntax.number(and), words::AND | words::BUT)
        && match syntax.number(and + 1) {
            words::DECLINED | words::DECLINES | words::REFUSED | words::REFUSES => syntax.number(and + 2) == words::TO,
            // "said prices fell and said": told apart by the same verb.
            number => {
                let is_same = number == syntax.number(site.cue.tokens.start) && syntax.is(and + 1, FINITE);
                is_same && !site.cue.frames.has(Frames::WHOM)
            }
        };
    if !refuses || end.token <= start.token + 1 {
        return false;
    }
    let Some(subject) = syntax.phrase(start.token) else { return true };
    let is_speaker = |speaker: Phrase| match speaker.kind {
        PhraseKind::Person => true,
        PhraseKind::Pronoun => syntax.number(speaker.tokens.start) == syntax.number(start.token),
        _ => false,
    };
    match subject.kind {
        PhraseKind::Pronoun => subject.tokens.len() == 1 && site.left.is_some_and(is_speaker),
        PhraseKind::Other | PhraseKind::Neuter | PhraseKind::Document | PhraseKind::Report | PhraseKind::Time => true,
        _ => false,
    }
}

/// The sign of the end that a word makes which joins a clause to another.
fn word_sign(scene: &Scene, token: u32, limit: u32, may_be_time: bool) -> Option<u32> {
    let Scene { text, syntax, .. } = *scene;
    match syntax.number(token) {
        number @ (words::AND | words::BUT) => {
            // "said he would go and asked": another verb of the same subject.
            let next = (token + 1..(token + 4).min(limit)).find(|&next| !syntax.is(next, Parts::ADVERB))?;
            let is_verb = !syntax.in_phrase(next) && syntax.is(next, Parts::VERB.and(Parts::AUXILIARY));
            (is_verb || syntax.is(next, Parts::SUBJECT)).then_some(if number == words::AND { AND } else { BUT })
        }
        words::ACCORDING => Some(8),
        number => (may_be_time && text.tokens[token as usize].case == Case::Lower).then_some(number),
    }
}

/// A hyphen for a dash; "Iran-backed" has none.
fn is_dash(text: &Text, token: u32) -> bool {
    text.of(token) == "-" && text.space_before(token)
}

/// The comma that parts "…, she said" from what is reported; the cue itself for "… according to".
fn comma_before(scene: &Scene, cue: &CueSite, region: TokenRange, left_subject_start: u32) -> Option<u32> {
    let (text, syntax) = (scene.text, scene.syntax);
    // "He hid the money, a charge he denies": what he denies was said before.
    let denies = matches!(cue.number, words::DENY | words::DISPUTE);
    if denies || matches!(cue.shape, CueShape::Noun | CueShape::Colon) {
        return None;
    }
    // "Germany, he said, would not sign": one word may be a subject, not "However", "Yesterday".
    let first = syntax.phrase(region.start).filter(|first| first.tokens.end == region.start + 1);
    let is_subject = first.is_some_and(|first| first.kind != PhraseKind::Time);
    let is_comma = |token: u32| {
        token > region.start + u32::from(!is_subject)
            && text.tokens[token as usize].kind == TokenKind::Punctuation
            && (matches!(text.of(token), "," | ";" | "–" | "—" | ":") || is_dash(text, token))
            && syntax.pair_of(token) == cue.pair
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
            && syntax.pair_of(token - 2) != cue.pair
            && syntax.pair_of(token - 1) == cue.pair
            && closes(scene, token - 1)
    };
    if closes_with_comma(cue.tokens.start) {
        return Some(cue.tokens.start);
    }
    let mut left_subject_start = left_subject_start;
    if let Some(role) = before_apposition(scene, cue, left_subject_start).filter(|role| *role > region.start + 2) {
        left_subject_start = role;
    } else if cue.tokens.start > region.start && is_comma(cue.tokens.start - 1) {
        // Directly: ", said Ruiz". A subject's closing comma has another one before it.
        return Some(cue.tokens.start - 1);
    }
    // Left over the subject, "of" and appositions, to the first comma at which a noun phrase starts.
    let mut token = left_subject_start;
    let floor = region.start.max(cue.tokens.start.saturating_sub(30));
    while token > floor {
        // ", the Office of Civil Defense (OCD) said"
        if let Some(open) = before_brackets(text, token, floor) {
            token = open;
            continue;
        }
        if is_comma(token - 1) {
            return Some(token - 1);
        }
        if closes_with_comma(token) {
            return Some(token);
        }
        let phrase = syntax.phrase_of(token - 1);
        if phrase != NONE {
            // "…, a claim he repeated"
            if token == left_subject_start && syntax.is(token - 1, Parts::REPORT) {
                return None;
            }
            token = syntax.phrases[phrase as usize].tokens.start;
        } else if syntax.is(token - 1, Parts::PREPOSITION.and(Parts::CONJUNCTION).and(Parts::ADVERB))
            // "…, leaked email says"
            || token == left_subject_start && syntax.is(token - 1, Parts::PARTICIPLE) && token > floor + 1 && is_comma(token - 2)
        {
            token -= 1;
        } else {
            return None;
        }
    }
    None
}

/// "…, the finance minister, Ann Lee, has warned", "…, Ann Lee, head of the fund for widows in Leeds, said": where the phrase begins
/// that something between commas stands behind, before the verb.
fn before_apposition(scene: &Scene, cue: &CueSite, name: u32) -> Option<u32> {
    let Scene { text, syntax, .. } = *scene;
    let is_comma = |token: u32| text.of(token) == "," && syntax.pair_of(token) == cue.pair;
    let floor = cue.tokens.start.saturating_sub(4);
    let mut verb = cue.tokens.start;
    while verb > floor && syntax.is(verb - 1, Parts::AUXILIARY.and(Parts::ADVERB)) && !syntax.in_phrase(verb - 1) {
        verb -= 1;
    }
    if verb < 4 || !is_comma(verb - 1) {
        return None;
    }
    let named = syntax.phrase(name)?;
    if name > 1 && named.tokens.end + 1 == verb && is_comma(name - 1) {
        let role = syntax.phrase(name - 2)?;
        return (role.tokens.end + 1 == name && role.kind != PhraseKind::Time).then_some(role.tokens.start);
    }
    // "It was Ruiz, not Hale, argues Cole": who says it stands behind the verb.
    let behind = cue.tokens.end;
    let is_inverted = (behind as usize) < text.tokens.len() && syntax.in_phrase(behind);
    if is_inverted && !cue.frames.has(Frames::WHOM) {
        return None;
    }
    let floor = text.sentence(verb).tokens.start.max(verb.saturating_sub(LONGEST_APPOSITION));
    let is_role = |token: &u32| !syntax.is(*token, FINITE) || syntax.in_phrase(*token);
    let comma = (floor + 2..verb - 2).rev().take_while(is_role).find(|&token| {
        let person = || syntax.phrase(token - 1).filter(|person| person.kind == PhraseKind::Person);
        is_comma(token) && syntax.in_name(token - 1) && person().is_some()
    })?;
    let person = syntax.phrase(comma - 1)?;
    (person.tokens.end == comma && person.tokens.start > floor).then_some(person.tokens.start)
}

/// Tokens of what stands behind a name and tells who it is.
const LONGEST_APPOSITION: u32 = 30;

/// Where the brackets open that close right before a token, or inside which it is the first.
fn before_brackets(text: &Text, token: u32, floor: u32) -> Option<u32> {
    let is = |token: u32, sign: &str| token >= floor && text.of(token) == sign;
    match token.checked_sub(1) {
        Some(open) if is(open, "(") => Some(open),
        Some(close) if is(close, ")") => {
            (floor.max(close.saturating_sub(LONGEST_BRACKETS))..close).rev().find(|&open| text.of(open) == "(")
        }
        _ => None,
    }
}

/// "at least nine"
pub(super) fn is_measure(scene: &Scene, token: u32) -> bool {
    scene.reading.key(token) == "at"
        && scene.text.tokens.get(token as usize + 1).is_some()
        && matches!(scene.reading.key(token + 1), "least" | "most")
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

#[inline(never)]
fn starts_before(scene: &Scene, region: TokenRange, comma: u32, starts: &mut Vec<u32>) {
    let (text, reading) = (scene.text, scene.reading);
    let token = after_time(scene, region);
    starts.push(token);
    let key = reading.key(token);
    if matches!(key, "but" | "and" | "yet" | "so" | "still" | "however" | "meanwhile") {
        starts.push(token + 1);
        if token + 2 < comma && text.of(token + 1) == "," {
            starts.push(token + 2);
        }
    }
    let limit = comma.min(region.start + LONGEST_CLAUSE);
    for token in scene.syntax.landmarks.joints(token).take_while(|&token| token < limit) {
        if starts.len() >= MOST_STARTS {
            break;
        }
        let is_break = text.tokens[token as usize].kind == TokenKind::Punctuation
            && matches!(text.of(token), ";" | "—" | "–" | ":" | "," | "--");
        if is_break && token + 1 < comma {
            let is_comma = text.of(token) == ",";
            let conjunction = matches!(reading.key(token + 1), "and" | "but" | "while" | "as" | "though" | "although");
            if !is_comma || conjunction {
                starts.push(token + 1 + u32::from(conjunction));
            }
        }
    }
    starts.retain(|&start| start < comma);
}
