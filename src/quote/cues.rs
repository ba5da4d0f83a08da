//! Tokens to reporting expressions: verbs and phrases of the lexicon in their place in the sentence, prepositions such as
//! "according to", nouns with a clause ("the claim that …"), and the colon after a name.

use super::phrases::{Phrase, PhraseKind, Syntax};
use super::scorer::word;
use super::words;
use crate::lexicon::Reading;
use crate::lexicon::cues::{self, CueEntry, CueId, Frames};
use crate::lexicon::grammar::Parts;
use crate::text::{Case, Text, TokenKind, TokenRange};

/// The form of a reporting expression.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CueShape {
    /// "said"
    Past,
    /// "says"
    Third,
    /// "say", "will say"
    Base,
    /// "to say"
    Infinitive,
    /// "saying"
    Gerund,
    /// "has said", "was told", "a man described as"
    Participle,
    /// "according to"
    Preposition,
    /// "the claim that"
    Noun,
    /// ":"
    Colon,
}

/// A reporting expression in the text, whether or not it reports something here.
#[derive(Clone, PartialEq, Debug)]
pub struct CueSite {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Dictionary form.
    pub lemma: &'static str,
    /// The lemma's number, as features use it.
    pub number: u32,
    /// What it can take.
    pub frames: Frames,
    /// Its form.
    pub shape: CueShape,
    /// "was described", "is quoted"
    pub passive: bool,
    /// "did not say", "would say", "if he says"
    pub negated: bool,
    /// Innermost pair of marks around it, [`super::phrases::NONE`] outside.
    pub pair: u32,
    /// Its sentence.
    pub sentence: u32,
}

/// Prepositions that name a source, by their words.
const PREPOSITIONS: &[(&str, &[&str])] = &[
    ("according to", &["according", "to"]),
    ("in the words of", &["in", "the", "words", "of"]),
    ("in the view of", &["in", "the", "view", "of"]),
    ("in the opinion of", &["in", "the", "opinion", "of"]),
    ("in the eyes of", &["in", "the", "eyes", "of"]),
    ("as per", &["as", "per"]),
];

/// Lemmas of expressions that are no verbs.
const CLEAR: (&str, u32) = ("clear", word("clear"));
const CLAIM: (&str, u32) = ("claim", word("claim"));
/// The same where nothing beside it tells whose it is: "the claim that"; features tell the two apart.
const A_CLAIM: (&str, u32) = ("claim", word("a claim"));
const COLON: (&str, u32) = (":", word(":"));

/// Cues of an article that is not long.
const FEW: usize = 48;

/// Finds all reporting expressions, in order. Linear in the text's length.
#[inline(never)]
pub fn find(text: &Text, reading: &Reading, syntax: &Syntax) -> Vec<CueSite> {
    // Nearly all words begin none.
    let mut sites: Vec<CueSite> = Vec::with_capacity(FEW);
    let mut end = 0;
    for token in syntax.landmarks.beginnings() {
        if token < end {
            continue;
        }
        let site = match text.tokens[token as usize].kind {
            TokenKind::Word => preposition(text, reading, syntax, token)
                .or_else(|| verb(text, reading, syntax, token))
                .or_else(|| noun(text, syntax, token)),
            TokenKind::Punctuation => colon(text, syntax, token),
            _ => None,
        };
        if let Some(site) = site {
            end = site.tokens.end;
            sites.push(site);
        }
    }
    sites.shrink_to_fit();
    sites
}

fn site(
    text: &Text,
    syntax: &Syntax,
    tokens: TokenRange,
    (lemma, number): (&'static str, u32),
    frames: Frames,
    shape: CueShape,
) -> CueSite {
    CueSite {
        tokens,
        lemma,
        number,
        frames,
        shape,
        passive: false,
        negated: false,
        pair: syntax.pair_of(tokens.start),
        sentence: text.sentence_of(tokens.start),
    }
}

fn preposition(text: &Text, reading: &Reading, syntax: &Syntax, token: u32) -> Option<CueSite> {
    // Nearly all words end here.
    if !matches!(syntax.number(token), words::ACCORDING | words::IN | words::AS)
        || (token as usize + 1) >= text.tokens.len()
        || !matches!(syntax.number(token + 1), words::TO | words::THE | words::PER)
    {
        return None;
    }
    let (lemma, words) = PREPOSITIONS.iter().find(|(_, words)| {
        words.iter().enumerate().all(|(offset, word)| {
            let at = token + offset as u32;
            (at as usize) < text.tokens.len() && reading.key(at) == *word
        })
    })?;
    let tokens = TokenRange::new(token, token + words.len() as u32);
    Some(site(text, syntax, tokens, (lemma, word(lemma)), Frames::THAT, CueShape::Preposition))
}

#[inline(never)]
fn verb(text: &Text, reading: &Reading, syntax: &Syntax, token: u32) -> Option<CueSite> {
    let word = syntax.word(token);
    let first = word.cue?;
    // "so-called", "self-described"
    if syntax.in_name(token) || words::is_hyphenated(text, token) {
        return None;
    }
    // "His boast that": a noun, whatever its form.
    let next = token + 1;
    let has_that = (next as usize) < text.tokens.len() && syntax.number(next) == words::THAT;
    if has_that && word.is(Parts::REPORT) && is_owned(text, syntax, token) {
        return None;
    }
    // Inside a noun phrase it is a noun, unless the phrase ends with it and something that it governs follows.
    if let Some(phrase) = syntax.phrase(token) {
        // "Action Network (CAN) estimates that"
        let is_alone = phrase.tokens.start == token;
        let is_apart = || token > 0 && matches!(text.of(token - 1), ")" | ",") && word.is(Parts::THIRD);
        let governs = phrase.tokens.end == next
            && (has_that && word.is(Parts::PAST.and(Parts::THIRD)) && (!is_alone || is_apart())
                || !is_alone
                    && (next as usize) < text.tokens.len()
                    && text.tokens[next as usize].kind == TokenKind::Mark);
        if !governs {
            return None;
        }
    }
    let (entry, length) = matching(text, syntax, first, token)?;
    let sentence = text.sentence(token).tokens;
    if entry.number == words::HEAR && is_told(text, reading, syntax, TokenRange::new(sentence.start, token)) {
        let tokens = TokenRange::new(token, token + length);
        let told = site(text, syntax, tokens, (entry.lemma, words::TELL), TOLD, CueShape::Participle);
        return Some(CueSite { passive: true, ..told });
    }
    let mut passive = false;
    let mut negated = false;
    let mut after_have = false;
    let mut after_to = false;
    let mut auxiliary = false;
    // Back over auxiliaries, adverbs and negations; a few words at most.
    let mut before = token;
    while before > sentence.start && token - before < 6 {
        let parts = syntax.word(before - 1);
        if parts.is(Parts::NEGATION) {
            negated = true;
        } else if parts.is(Parts::BE) {
            passive |= word.is(Parts::PARTICIPLE) && !auxiliary;
            auxiliary = true;
        } else if parts.is(Parts::HAVE) {
            after_have = true;
            auxiliary = true;
        } else if parts.is(Parts::MODAL.and(Parts::DO)) {
            negated |= matches!(reading.key(before - 1), "could" | "might" | "would") && !after_have;
            auxiliary = true;
        } else if syntax.number(before - 1) == words::TO {
            after_to = true;
            break;
        } else if !parts.is(Parts::ADVERB) || syntax.in_phrase(before - 1) {
            break;
        }
        before -= 1;
    }
    // "…, MPs told", "Customers, told that they were safe, were angry": whoever tells, tells somebody.
    let end = token + length;
    let is_apposed = entry.frames.has(Frames::WHOM)
        && word.is(Parts::PARTICIPLE)
        && token > sentence.start + 1
        && words::is_sign(text, token - 1, b',')
        && (end as usize) < text.tokens.len()
        && matches!(syntax.number(end), words::THAT | words::TO)
        && syntax.phrase(token - 2).is_some_and(|phrase| phrase.tokens.start <= sentence.start + 1);
    passive |= is_apposed || is_naming(text, syntax, sentence.start, TokenRange::new(token, end));
    let is_last = end >= sentence.end || end + 1 == sentence.end && words::is_sign(text, end, b'.');
    passive |= entry.number == words::TELL && is_last && word.is(Parts::PARTICIPLE) && !auxiliary;
    // "was fined and ordered to pay", "was held and warned not to go": whoever orders, orders somebody.
    let number = |at: u32| if (at as usize) < text.tokens.len() { syntax.number(at) } else { 0 };
    let is_ordered = entry.frames.has(Frames::WHOM_TO)
        && !entry.frames.has(Frames::TO)
        && number(end + u32::from(number(end) == words::NOT)) == words::TO;
    passive |= is_ordered && word.is(Parts::PARTICIPLE) && !auxiliary;
    // "if he says that"
    let clause_start = before.saturating_sub(4).max(sentence.start);
    negated |= (clause_start..before).any(|at| matches!(syntax.number(at), words::IF | words::UNLESS));
    let shape = if syntax.is_gerund(text, token) {
        CueShape::Gerund
    } else if passive || after_have && word.is(Parts::PARTICIPLE) {
        CueShape::Participle
    } else if after_to {
        CueShape::Infinitive
    } else if word.is(Parts::PAST) && !(auxiliary && word.is(Parts::BASE)) {
        CueShape::Past
    } else if word.is(Parts::THIRD) {
        CueShape::Third
    } else if word.is(Parts::BASE) {
        CueShape::Base
    } else {
        CueShape::Participle
    };
    let tokens = TokenRange::new(token, token + length);
    Some(CueSite { passive, negated, ..site(text, syntax, tokens, (entry.lemma, entry.number), entry.frames, shape) })
}

/// "Cole, hailed as “a hero” by fans, left", "the road – dubbed “the chute” –": how somebody else calls what stands before it.
fn is_naming(text: &Text, syntax: &Syntax, start: u32, verb: TokenRange) -> bool {
    if verb.start < start + 2 || verb.end as usize >= text.tokens.len() || !syntax.is(verb.start, Parts::PARTICIPLE) {
        return false;
    }
    let is_apart = matches!(text.of(verb.start - 1), "," | "(" | "-" | "–" | "—") && syntax.in_phrase(verb.start - 2);
    let is_mark = || text.tokens[verb.end as usize].kind == TokenKind::Mark;
    // "in what the union, Unit 4, called “theft”"
    // "Ruiz, 45, dismissed as “absurd” claims that": what was dismissed stands behind.
    let inner = syntax.pair_of((verb.end + 2).min(text.tokens.len() as u32 - 1));
    let has_object = text.marks.get(inner as usize).is_some_and(|pair| {
        pair.open == verb.end + 1 && (pair.close as usize) + 1 < text.tokens.len() && syntax.in_phrase(pair.close + 1)
    });
    if has_object {
        return false;
    }
    let mut before =
        (start.max(verb.start.saturating_sub(FARTHEST_WHAT))..verb.start).map(|token| syntax.number(token));
    is_apart
        && (syntax.number(verb.end) == words::AS || is_mark() && NAMING.contains(&text.of(verb.start)))
        && !before.any(|number| matches!(number, words::WHAT | words::WHICH | words::THAT))
}

/// Tokens between "what" and the verb.
const FARTHEST_WHAT: u32 = 40;
/// Verbs of which a name is the second object: "called the tax “theft”".
const NAMING: [&str; 7] = ["dubbed", "nicknamed", "labelled", "labeled", "branded", "called", "termed"];

/// What "was told" takes.
const TOLD: Frames = Frames::QUOTE.and(Frames::THAT).and(Frames::BARE).and(Frames::WH).and(Frames::WHOM);

/// "The court in Leeds heard they met": as much as that it was told so. Behind "…, a court heard on Monday" nothing is told.
fn is_told(text: &Text, reading: &Reading, syntax: &Syntax, before: TokenRange) -> bool {
    let (heard, next) = (before.end, before.end + 1);
    let is_word = |token: &u32| text.tokens.get(*token as usize).is_some_and(|token| token.kind == TokenKind::Word);
    let mut near = (before.start.max(heard.saturating_sub(FARTHEST_HEARER))..heard).rev().take_while(is_word);
    // "heard him say"
    let is_object = || matches!(reading.key(next), "him" | "them" | "me" | "us");
    is_word(&next)
        && !is_object()
        && !syntax.is(next, Parts::TIME.and(Parts::PREPOSITION))
        && syntax.is(heard, Parts::PAST.and(Parts::THIRD))
        && near.any(|token| HEARERS.contains(&reading.key(token)))
}

/// Who hears what is told in public, and tokens between them and the verb.
const HEARERS: [&str; 16] = [
    "court",
    "inquest",
    "jury",
    "jurors",
    "tribunal",
    "coroner",
    "judge",
    "magistrates",
    "sheriff",
    "hearing",
    "trial",
    "inquiry",
    "mps",
    "panel",
    "committee",
    "lawmakers",
];
const FARTHEST_HEARER: u32 = 6;

/// The longest entry whose words stand here, and how many tokens they take. "opened fire" is no "opened up".
fn matching(text: &Text, syntax: &Syntax, first: CueId, token: u32) -> Option<(&'static CueEntry, u32)> {
    let stands = |at: u32, particle: u32| (at as usize) < text.tokens.len() && syntax.number(at) == particle;
    let entry = cues::starting_with(first)
        .iter()
        .find(|entry| (token + 1..).zip(entry.particles()).all(|(at, &particle)| stands(at, particle)))?;
    Some((entry, 1 + entry.particles().len() as u32))
}

/// "the claim that", "a warning that"; "is clear that"
#[inline(never)]
fn noun(text: &Text, syntax: &Syntax, token: u32) -> Option<CueSite> {
    let next = token + 1;
    if next as usize >= text.tokens.len() || syntax.number(next) != words::THAT {
        return None;
    }
    let tokens = TokenRange::new(token, next);
    if syntax.number(token) == words::CLEAR {
        let mut before = token;
        while before > 0 && token - before < 3 && syntax.is(before - 1, Parts::ADVERB.and(Parts::NEGATION)) {
            before -= 1;
        }
        let is_predicate = before > 0 && syntax.is(before - 1, Parts::BE);
        return is_predicate.then(|| site(text, syntax, tokens, CLEAR, Frames::THAT, CueShape::Third));
    }
    // "said in its report that": the verb reports.
    let phrase = syntax.phrase(token).map_or(token, |phrase| phrase.tokens.start);
    let is_where_said = phrase > 1 && syntax.number(phrase - 1) == words::IN && syntax.word(phrase - 2).cue.is_some();
    let is_cue = syntax.is(token, Parts::REPORT) && !syntax.in_name(token) && !is_where_said;
    let lemma = if is_owned(text, syntax, token) { CLAIM } else { A_CLAIM };
    is_cue.then(|| site(text, syntax, tokens, lemma, Frames::THAT, CueShape::Noun))
}

/// "Ruiz's warning", "their repeated claims": whether it is told whose a noun is. "He's warning" is a verb.
fn is_owned(text: &Text, syntax: &Syntax, noun: u32) -> bool {
    let phrase = syntax.phrase(noun).map_or(noun, |phrase| phrase.tokens.start);
    let is_owner = |token: u32| match text.tokens[token as usize].kind {
        TokenKind::Word => syntax.is(token, Parts::POSSESSIVE),
        _ => {
            matches!(text.of(token), "'s" | "’s" | "'" | "’")
                && token > 0
                && !text.space_before(token)
                && !syntax.is(token - 1, Parts::SUBJECT)
        }
    };
    (phrase.saturating_sub(1).max(noun.saturating_sub(LONGEST_OWNED))..noun).any(is_owner)
}

/// "'s often repeated", in tokens.
const LONGEST_OWNED: u32 = 5;

/// The longest label, in tokens.
const LONGEST_LABEL: usize = 8;
/// Brackets after a label, and the longest of them.
const MOST_BRACKETS: usize = 2;
const LONGEST_BRACKET: usize = 8;

/// A label without the brackets behind it: "Samper (laughs)", "Ana Ruiz (Leeds West) (Lab)".
pub fn before_brackets(text: &Text, label: TokenRange) -> TokenRange {
    let TokenRange { start, mut end } = label;
    for _ in 0..MOST_BRACKETS {
        if end <= start + 1 || text.of(end - 1) != ")" {
            break;
        }
        let Some(open) = (start + 1..end - 1).rev().take(LONGEST_BRACKET).find(|&open| text.of(open) == "(") else {
            break;
        };
        end = open;
    }
    TokenRange::new(start, end)
}

/// A colon after a short noun phrase at the start of its line: "Ruiz: We will go on", or after anything before a mark.
fn colon(text: &Text, syntax: &Syntax, token: u32) -> Option<CueSite> {
    if text.of(token) != ":" {
        return None;
    }
    let block = text.block_tokens[text.sentence(token).block as usize];
    // "Deshmukh, J.:"
    let label = before_brackets(text, TokenRange::new(block.start, token));
    let mut last = label.end.saturating_sub(1);
    if last > block.start && text.of(last) == "." {
        last -= 1;
    }
    let is_label = |phrase: &Phrase| {
        phrase.tokens.start == block.start
            || matches!(phrase.kind, PhraseKind::Person | PhraseKind::Organization) && phrase.tokens.end == last + 1
    };
    // "question" is a verb as well.
    let is_turn = last == block.start
        && ["question", "answer", "q", "a"].iter().any(|label| text.of(last).eq_ignore_ascii_case(label));
    // "Deshmukh, J.", "“RUIZ"
    let all_capitals = || {
        (block.start..=last).all(|before| {
            let word = text.tokens[before as usize];
            word.kind != TokenKind::Word || word.case != Case::Lower
        })
    };
    let starts_line = label.len() <= LONGEST_LABEL
        && token > block.start
        && last >= block.start
        && (is_turn || all_capitals() || syntax.phrase(last).is_some_and(is_label));
    let before_mark =
        (token as usize + 1) < text.tokens.len() && text.tokens[token as usize + 1].kind == TokenKind::Mark;
    (starts_line || before_mark)
        .then(|| site(text, syntax, TokenRange::new(token, token + 1), COLON, Frames::QUOTE, CueShape::Colon))
}
