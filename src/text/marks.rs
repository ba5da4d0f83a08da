//! Tokens to pairs of quotation marks.
//!
//! Each sign that may be a quotation mark has several readings: it opens, it closes, it is an apostrophe, it stands for
//! inches or minutes, it belongs to nothing. Every reading has a cost that comes from the signs around it (spaces first of
//! all; the direction of the glyph is a hint that typists and converters often get wrong). A small beam search per block
//! finds the cheapest consistent reading of the whole block, so that a stray mark costs its own price and damages nothing
//! else. The beam and the stack are bounded: the search is linear in the number of marks. A quotation that a block leaves open
//! may go on over a few blocks without marks to the closing mark that is waiting there: quotations broken over lines.

use super::{Case, Token, TokenKind, TokenRange};
use crate::span::Span;

/// What a quotation mark, or a pair of them, was read as.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MarkRole {
    /// Both marks are there.
    Pair,
    /// The closing mark is missing.
    Unclosed,
    /// A mark without a partner that opens nothing. `open` and `close` are both its token, and `content` is empty.
    Stray,
}

/// A quotation in marks, of whatever kind: the quote stage decides what it is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MarkPair {
    /// Token of the opening mark.
    pub open: u32,
    /// Token of the closing mark; for a missing one, one past the last token inside.
    pub close: u32,
    /// What is between, trimmed; a full stop or comma that follows the opening mark is outside.
    pub content: Span,
    /// How the marks were read.
    pub role: MarkRole,
    /// True when the two marks are of different kinds, such as `“…"`, or point the wrong way.
    pub mismatched: bool,
    /// Index of the pair around this one.
    pub parent: Option<u32>,
}

impl MarkPair {
    /// The tokens between the marks, those that `content` leaves out too.
    pub const fn inside(&self) -> TokenRange {
        TokenRange::new(self.open + 1, self.close)
    }

    /// The tokens of the marks and of all that is between.
    pub const fn tokens(&self) -> TokenRange {
        TokenRange::new(self.open, if matches!(self.role, MarkRole::Unclosed) { self.close } else { self.close + 1 })
    }
}

#[inline(never)]
pub(super) fn pair(text: &str, tokens: &[Token], block_tokens: &[TokenRange]) -> Vec<MarkPair> {
    let marks: Vec<u32> =
        (0..).zip(tokens).filter(|(_, token)| token.kind == TokenKind::Mark).map(|(index, _)| index).collect();
    let style = Style::of(text, tokens, &marks);
    let mut at = 0;
    // The first token that is behind a crowd.
    let mut crowded = 0;
    let mut search = Search::with_room();
    let mut stack: Vec<u32> = Vec::with_capacity(DEPTH);
    let mut pairs: Vec<MarkPair> = Vec::new();
    let mut waiting: Option<Waiting> = None;
    let mut next = block_tokens.first().and_then(|first| opening(text, tokens, *first));
    for (index, block) in block_tokens.iter().enumerate() {
        let opens = next;
        next = block_tokens.get(index + 1).and_then(|next| opening(text, tokens, *next));
        let carried = waiting.take().filter(|_| opens.is_none());
        search.marks.clear();
        search.marks.extend(carried.map(|carried| carried.mark));
        while let Some(&token) = marks.get(at).filter(|token| **token < block.end) {
            if token >= crowded {
                let end = end_of_row(tokens, token);
                crowded = if end - token >= CROWD { end } else { token };
            }
            search.marks.push(if token < crowded {
                Mark::stray(text, tokens, token)
            } else {
                read_mark(text, tokens, *block, token, style)
            });
            at += 1;
        }
        // Who tells before the mark and who tells behind it are two: each quoted something.
        let is_told_twice = carried.is_some()
            && matches!(search.marks[..], [open, close]
                if is_told_before(text, tokens, open.token) && is_told_after(text, tokens, close.token, block.end));
        if is_told_twice {
            search.marks.remove(0);
        }
        let carried = carried.filter(|_| !is_told_twice);
        let own = usize::from(carried.is_some());
        if search.marks.len() == own {
            waiting = carried
                .filter(|carried| carried.blocks < MOST_BLOCKS)
                .map(|carried| Waiting { blocks: carried.blocks + 1, ..carried });
            continue;
        }
        search.run(carried.is_some(), next);
        let left = emit(text, tokens, *block, &search, carried.map(|carried| carried.pair), &mut stack, &mut pairs);
        // Single marks are too often apostrophes to be waited for.
        waiting = left
            .map(|(pair, mark)| Waiting { pair, mark: search.marks[mark], blocks: 1 })
            .filter(|waiting| waiting.mark.glyph.family != Family::Single);
    }
    pairs
}

/// "Ruiz wrote: “": whether a quotation's teller stands before its opening mark.
fn is_told_before(text: &str, tokens: &[Token], open: u32) -> bool {
    let of = |back: u32| open.checked_sub(back).map_or("", |token| tokens[token as usize].span.of(text));
    of(1) == ":" || of(1) == "," && is_telling(of(2))
}

/// "…,” said Ruiz", "…,” the minister said": whether a teller stands behind a closing mark.
fn is_told_after(text: &str, tokens: &[Token], close: u32, end: u32) -> bool {
    let of = |token: u32| tokens[token as usize].span.of(text);
    close.checked_sub(1).is_some_and(|last| matches!(of(last), "," | "?" | "!"))
        && (close + 1..end.min(close + 1 + LONGEST_TELLER))
            .take_while(|&token| tokens[token as usize].kind == TokenKind::Word)
            .any(|token| is_telling(of(token)))
}

/// Tokens of the longest teller behind a closing mark.
const LONGEST_TELLER: u32 = 7;

fn is_telling(word: &str) -> bool {
    matches!(word, "said" | "says" | "told" | "wrote" | "added" | "adds" | "posted" | "tweeted" | "warned" | "asked")
}

/// So many marks in a row, without a space, that none of them quotes: twice as many as anybody nests, and one.
const CROWD: u32 = 7;

/// The end of the marks that stand in a row from a token on.
fn end_of_row(tokens: &[Token], first: u32) -> u32 {
    let row = &tokens[first as usize..];
    let is_next = |pair: &&[Token]| pair[1].kind == TokenKind::Mark && pair[0].span.end == pair[1].span.start;
    first + 1 + row.windows(2).take_while(is_next).count() as u32
}

/// A quotation that a block left open.
#[derive(Clone, Copy)]
struct Waiting {
    /// Its index among the pairs.
    pair: u32,
    /// Its opening mark.
    mark: Mark,
    /// Blocks since then.
    blocks: u32,
}

/// Blocks over which a quotation may go on without an opening mark of their own.
const MOST_BLOCKS: u32 = 8;

/// The kind of marks of a quotation that the block's start may open.
fn opening(text: &str, tokens: &[Token], block: TokenRange) -> Option<Family> {
    // A block of signs that nobody sees has no tokens.
    if block.is_empty() {
        return None;
    }
    let first = tokens[block.start as usize];
    let glyph = Glyph::of(first.span.of(text));
    let opens = first.kind == TokenKind::Mark
        && block.len() > 1
        && tokens[block.start as usize + 1].span.start == first.span.end
        && glyph.direction != Direction::Right;
    opens.then_some(glyph.family)
}

/// Kinds of marks that belong together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Family {
    Double,
    Single,
    Angle,
    Corner,
    /// `′` and `″`: minutes and seconds, feet and inches.
    Prime,
}

/// Which way a glyph points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Direction {
    Left,
    Right,
    Neither,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Glyph {
    family: Family,
    direction: Direction,
    sign: char,
}

impl Glyph {
    fn of(mark: &str) -> Glyph {
        use Direction::{Left, Neither, Right};
        use Family::{Angle, Corner, Double, Prime, Single};
        let sign = mark.chars().next().unwrap_or('"');
        let (family, direction) = match sign {
            _ if mark.len() == 2 && sign == '`' => (Double, Left),
            _ if mark.len() == 2 && sign == '\'' => (Double, Neither),
            '‘' if mark.len() > sign.len_utf8() => (Double, Left),
            '’' if mark.len() > sign.len_utf8() => (Double, Right),
            '“' | '‟' | '„' => (Double, Left),
            '”' => (Double, Right),
            '‘' | '‛' | '‚' | '`' => (Single, Left),
            '’' | '´' => (Single, Right),
            '\'' => (Single, Neither),
            '«' | '‹' => (Angle, Left),
            '»' | '›' => (Angle, Right),
            '「' | '『' => (Corner, Left),
            '」' | '』' => (Corner, Right),
            '′' | '″' => (Prime, Neither),
            _ => (Double, Neither),
        };
        Glyph { family, direction, sign }
    }

    /// True for `„…“`, `‚…‘`, `»…«` and `”…”`: other countries' habits, no mistakes.
    fn closes_habitually(self, open: Glyph) -> bool {
        matches!((open.sign, self.sign), ('„', '“' | '”') | ('‚', '‘' | '’') | ('»', '«') | ('›', '‹'))
    }

    fn mismatches(self, open: Glyph) -> bool {
        if self.closes_habitually(open) {
            return false;
        }
        self.family != open.family
            || open.direction == Direction::Right
            || self.direction == Direction::Left
            || (open.direction == Direction::Neither) != (self.direction == Direction::Neither)
    }
}

/// What the whole text's habits say about a mark.
#[derive(Clone, Copy)]
struct Style {
    /// Single marks enclose speech here (`'…,' he said`), not only quotations inside quotations.
    single: bool,
}

impl Style {
    fn of(text: &str, tokens: &[Token], marks: &[u32]) -> Style {
        let bytes = text.as_bytes();
        let mut single = 0_usize;
        let mut double = 0_usize;
        for token in marks.iter().map(|&mark| tokens[mark as usize]) {
            let after_punctuation =
                token.span.start > 0 && matches!(bytes[token.span.start as usize - 1], b',' | b'.' | b'?' | b'!');
            match Glyph::of(token.span.of(text)).family {
                Family::Single if after_punctuation => single += 1,
                Family::Double => double += 1,
                _ => {}
            }
        }
        Style { single: single > 0 && single * 2 >= double }
    }
}

/// A mark with the price of each of its readings.
#[derive(Clone, Copy)]
struct Mark {
    token: u32,
    glyph: Glyph,
    open: f32,
    close: f32,
    /// Apostrophe, inches, minutes: no mark at all.
    sign: f32,
    stray: f32,
}

impl Mark {
    /// One that is nothing else.
    fn stray(text: &str, tokens: &[Token], token: u32) -> Mark {
        let glyph = Glyph::of(tokens[token as usize].span.of(text));
        Mark { token, glyph, open: NEVER, close: NEVER, sign: NEVER, stray: STRAY }
    }
}

/// No such reading.
const NEVER: f32 = 1e9;
const STRAY: f32 = 5.0;
/// Price of a quotation that its block's end closes.
const UNCLOSED: f32 = 3.5;
/// The same where the next block opens anew: the quotation goes on. Single marks may be apostrophes.
const CONTINUED: f32 = 0.5;
const CONTINUED_SINGLE: f32 = 1.5;
/// Price of a quotation that goes on in a block that does not open it anew.
const CARRIED: f32 = 1.0;
/// Price of an opening mark that shows that the one before it was never closed.
const REOPENED: f32 = 4.0;
/// Price of a quotation in marks of the same family as those around it.
const SAME_FAMILY: f32 = 3.0;
/// Price of closing with another family's mark.
const OTHER_FAMILY: f32 = 2.5;
/// Price of nothing between the marks.
const EMPTY: f32 = 4.0;

/// What stands directly beside a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Edge,
    Space,
    Letter,
    Digit,
    /// `.` `!` `?` `…`
    Stop,
    /// `,`
    Comma,
    /// `:` `;`
    Colon,
    /// An opening bracket, a slash.
    Bracket,
    /// A closing bracket.
    CloseBracket,
    Dash,
    Mark,
    Other,
}

fn beside(text: &str, token: Token) -> Beside {
    match token.kind {
        TokenKind::Word | TokenKind::Clitic | TokenKind::Handle | TokenKind::Hashtag | TokenKind::Address => {
            Beside::Letter
        }
        TokenKind::Number => Beside::Digit,
        TokenKind::Mark => Beside::Mark,
        TokenKind::Symbol => Beside::Other,
        TokenKind::Punctuation => match token.span.of(text).chars().next().unwrap_or(' ') {
            '.' | '!' | '?' | '…' => Beside::Stop,
            ',' => Beside::Comma,
            ':' | ';' => Beside::Colon,
            '(' | '[' | '/' | '{' => Beside::Bracket,
            ')' | ']' | '}' => Beside::CloseBracket,
            '-' | '–' | '—' | '―' | '‐' | '‑' | '‒' => Beside::Dash,
            _ => Beside::Other,
        },
    }
}

#[inline(never)]
fn read_mark(text: &str, tokens: &[Token], block: TokenRange, index: u32, style: Style) -> Mark {
    let at = index as usize;
    let token = tokens[at];
    let glyph = Glyph::of(token.span.of(text));
    let before = (index > block.start).then(|| tokens[at - 1]);
    let after = (index + 1 < block.end).then(|| tokens[at + 1]);
    // Signs beside the mark, past a space too.
    let (near_left, left) = match before {
        None => (Beside::Edge, Beside::Edge),
        Some(before) => {
            let near = beside(text, before);
            (near, if before.span.end == token.span.start { near } else { Beside::Space })
        }
    };
    let (near_right, right) = match after {
        None => (Beside::Edge, Beside::Edge),
        Some(after) => {
            let near = beside(text, after);
            (near, if after.span.start == token.span.end { near } else { Beside::Space })
        }
    };
    if glyph.family == Family::Corner {
        let (open, close) = if glyph.direction == Direction::Left { (0.0, NEVER) } else { (NEVER, 0.0) };
        return Mark { token: index, glyph, open, close, sign: NEVER, stray: STRAY };
    }
    let capital_after = after.is_some_and(|after| matches!(after.case, Case::Title | Case::Upper | Case::Mixed));
    let introduced = before.is_some_and(|before| introduces(before.span.of(text))) || near_left == Beside::Colon;

    let mut open: f32 = match left {
        Beside::Edge | Beside::Space => 0.0,
        Beside::Bracket | Beside::Mark => 0.2,
        Beside::Dash => 0.4,
        Beside::Comma | Beside::Colon => 1.5,
        Beside::Stop => 3.0,
        Beside::Letter | Beside::Digit | Beside::CloseBracket | Beside::Other => 4.0,
    } + match right {
        Beside::Letter | Beside::Digit => 0.0,
        Beside::Bracket | Beside::Mark => 0.2,
        Beside::Other => 0.3,
        Beside::Dash => 1.0,
        Beside::Stop if after.is_some_and(|after| is_ellipsis(after.span.of(text))) => 0.4,
        Beside::Stop => 1.5,
        Beside::Comma | Beside::Colon | Beside::CloseBracket => 4.0,
        Beside::Space if matches!(near_right, Beside::Comma | Beside::Colon | Beside::CloseBracket) => 4.0,
        Beside::Space => 1.8,
        Beside::Edge => 8.0,
    };
    let mut close: f32 = match left {
        Beside::Stop | Beside::Comma => 0.0,
        Beside::Letter | Beside::Digit | Beside::CloseBracket | Beside::Mark => 0.3,
        Beside::Other | Beside::Colon => 0.5,
        Beside::Dash => 0.8,
        Beside::Bracket => 4.0,
        Beside::Space if near_left == Beside::Stop => 1.2,
        Beside::Space => 1.8,
        Beside::Edge => 8.0,
    } + match right {
        Beside::Edge | Beside::Space => 0.0,
        Beside::Stop | Beside::Comma | Beside::Colon | Beside::CloseBracket | Beside::Dash | Beside::Mark => 0.0,
        Beside::Bracket | Beside::Other => 0.5,
        // A clitic after the mark: “the Wall”'s.
        Beside::Letter if after.is_some_and(|after| after.kind == TokenKind::Clitic) => 0.2,
        // “We go,”he said.
        Beside::Letter if left != Beside::Space && matches!(near_left, Beside::Stop | Beside::Comma) => 1.5,
        Beside::Letter | Beside::Digit => 4.0,
    };
    match glyph.direction {
        Direction::Left => close += 2.5,
        Direction::Right => open += 2.5,
        Direction::Neither => {}
    }
    if introduced {
        // wrote’ While …: after such a word nothing closes, and nothing is left out.
        let glued = left == Beside::Letter && right == Beside::Space;
        open -= match (capital_after, glued) {
            (true, true) => 5.0,
            (true, false) => 2.0,
            (false, _) => 0.5,
        };
        close += 1.0;
    }
    if near_left == Beside::Comma && left == Beside::Space && capital_after {
        open -= 0.5;
    }

    let mut sign = NEVER;
    match glyph.family {
        Family::Single => {
            let word_before = before.map_or("", |before| before.span.of(text));
            let word_after = after.map_or("", |after| after.span.of(text));
            sign = match (left, right) {
                // 5'10, and what the tokens did not join.
                (Beside::Letter | Beside::Digit, Beside::Letter | Beside::Digit) => 0.3,
                // players' strike, goin’ home
                (Beside::Letter | Beside::Digit, _) if drops_its_end(word_before) => 0.7,
                // rock 'n' roll
                (Beside::Letter, _) if word_before.eq_ignore_ascii_case("n") => 0.0,
                (Beside::Letter, Beside::Space) if introduced && capital_after => 6.0,
                (Beside::Digit, _) => 1.5,
                (Beside::Letter, _) => 4.0,
                // '90s, 'tis
                (_, Beside::Digit) if is_decade(word_after) => 0.0,
                (_, Beside::Letter) if is_elision(word_after) => 0.3,
                // ‘Asaeb, ‘Abd: a letter of other alphabets
                (_, Beside::Letter | Beside::Digit) => 3.5,
                _ => 6.0,
            };
            open += if style.single { 0.3 } else { 1.0 };
            if (left == Beside::Letter || left == Beside::Digit) && drops_its_end(word_before) && right == Beside::Space
            {
                let goes_on = after.is_some_and(|after| after.kind == TokenKind::Word && after.case == Case::Lower);
                close += if goes_on { 1.2 } else { 0.4 };
            }
            if left == Beside::Letter && right == Beside::Letter {
                close += 2.0;
            }
        }
        Family::Double if matches!(left, Beside::Digit) => {
            // 5'10" and 6" are lengths, unless a quotation is waiting to be closed.
            let feet = index >= block.start + 2
                && tokens[at - 2].kind == TokenKind::Mark
                && tokens[at - 2].span.end == tokens[at - 1].span.start
                && matches!(Glyph::of(tokens[at - 2].span.of(text)).family, Family::Single | Family::Prime);
            sign = if feet { 0.0 } else { 1.0 };
            close += if feet { 2.0 } else { 0.0 };
        }
        Family::Prime => {
            sign = if left == Beside::Digit { 0.0 } else { 2.0 };
            open += 4.0;
            close += 4.0;
        }
        _ => {}
    }
    // A run of marks with nothing between them means nothing.
    let run = left == Beside::Mark
        && right == Beside::Mark
        && before.is_some_and(|before| before.span.of(text) == token.span.of(text))
        && after.is_some_and(|after| after.span.of(text) == token.span.of(text));
    if run {
        return Mark { token: index, glyph, open: NEVER, close: NEVER, sign: NEVER, stray: 0.1 };
    }
    Mark { token: index, glyph, open: open.max(0.0), close: close.max(0.0), sign, stray: STRAY }
}

fn is_ellipsis(word: &str) -> bool {
    word.starts_with('…') || word.starts_with("..")
}

/// Words after which a quotation is often opened, with or without a comma.
fn introduces(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "saying"
            | "say"
            | "that"
            | "wrote"
            | "writes"
            | "writing"
            | "tweeted"
            | "posted"
            | "added"
            | "adding"
            | "asked"
            | "told"
            | "reads"
            | "read"
            | "declared"
            | "commented"
            | "replied"
            | "stated"
            | "noted"
            | "warned"
            | "shouted"
            | "as"
    )
}

/// "players", "goin": words whose last letters an apostrophe may stand for.
fn drops_its_end(word: &str) -> bool {
    word.ends_with(['s', 'S', 'z', 'x']) || (word.ends_with("in") && word.len() > 4)
}

fn is_decade(word: &str) -> bool {
    let digits = word.trim_end_matches(['s', 'S']);
    digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words that lost their first letters.
fn is_elision(word: &str) -> bool {
    const ELISIONS: [&str; 24] = [
        "tis", "twas", "twere", "twill", "twould", "em", "cause", "cos", "coz", "til", "till", "bout", "n", "round",
        "neath", "gainst", "fore", "ere", "im", "er", "ave", "appen", "ow", "nother",
    ];
    ELISIONS.iter().any(|elision| elision.eq_ignore_ascii_case(word))
}

/// What a mark was read as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reading {
    /// Opens; `closing` quotations of the stack end here unclosed.
    Open {
        ending: u8,
    },
    /// Closes; `dropped` quotations inside end here unclosed.
    Close {
        dropped: u8,
    },
    /// Apostrophe, inches, minutes.
    Sign,
    Stray,
}

const DEPTH: usize = 4;
const BEAM: usize = 8;
/// States that are this much dearer than the best one are given up.
const HOPELESS: f32 = 9.0;
/// After so many marks the best state so far is kept as it is: the memory of the search does not grow with the text.
const COMMIT: usize = 1024;

#[derive(Clone, Copy)]
struct State {
    cost: f32,
    depth: u8,
    /// Indices into `Search::marks`.
    stack: [u32; DEPTH],
    /// Index into `Search::steps`.
    step: u32,
}

impl State {
    /// Whether two states leave the same quotations open.
    fn is_like(&self, other: &State) -> bool {
        let depth = self.depth as usize;
        other.depth == self.depth && other.stack[..depth] == self.stack[..depth]
    }
}

#[derive(Clone, Copy)]
struct Step {
    previous: u32,
    reading: Reading,
}

/// The beam search over one block; kept between blocks for its memory.
struct Search {
    marks: Vec<Mark>,
    steps: Vec<Step>,
    readings: Vec<Reading>,
    beam: Vec<State>,
    /// The states after the mark that is being read, with its reading: the cheapest of each kind, the cheapest first, of equal
    /// ones the earliest.
    next: Vec<(State, Reading)>,
    /// States that were tried since the last commit.
    tried: usize,
    /// What costs more than this is given up, and what costs as much as this is no cheaper than as many as are kept.
    hopeless: f32,
    enough: f32,
}

impl Search {
    /// For the marks of nearly any block.
    fn with_room() -> Search {
        Search {
            marks: Vec::with_capacity(32),
            steps: Vec::with_capacity(32 * BEAM),
            readings: Vec::with_capacity(32),
            beam: Vec::with_capacity(BEAM),
            next: Vec::with_capacity(BEAM + 1),
            tried: 0,
            hopeless: f32::INFINITY,
            enough: f32::INFINITY,
        }
    }

    /// Reads the marks of a block. `carried` tells that the first of them stands before the block and may be open still;
    /// `next` is what the next block may open.
    fn run(&mut self, carried: bool, next: Option<Family>) {
        self.readings.clear();
        self.steps.clear();
        self.tried = 0;
        self.beam.clear();
        let start = State { cost: 0.0, depth: 0, stack: [0; DEPTH], step: u32::MAX };
        if carried {
            self.push(start, 0.0, Reading::Sign);
            self.push(State { depth: 1, ..start }, CARRIED, Reading::Open { ending: 0 });
            self.step();
        } else {
            self.beam.push(start);
        }
        for index in usize::from(carried)..self.marks.len() {
            self.advance(index);
            if self.tried >= COMMIT * BEAM {
                self.beam.truncate(1);
                self.commit();
            }
        }
        for state in &mut self.beam {
            for level in 0..state.depth as usize {
                let open = &self.marks[state.stack[level] as usize];
                let continues = level == 0 && next == Some(open.glyph.family);
                state.cost += match open.glyph.family {
                    Family::Single if continues => CONTINUED_SINGLE,
                    Family::Single => 2.5 + UNCLOSED,
                    _ if continues => CONTINUED,
                    _ => UNCLOSED,
                };
            }
        }
        let best = self.beam.iter().min_by(|a, b| a.cost.total_cmp(&b.cost)).copied();
        self.beam.clear();
        self.beam.extend(best);
        self.commit();
    }

    /// Writes the readings of the only state left to `readings`.
    fn commit(&mut self) {
        let start = self.readings.len();
        let mut step = self.beam[0].step;
        while step != u32::MAX {
            let Step { previous, reading } = self.steps[step as usize];
            self.readings.push(reading);
            step = previous;
        }
        self.readings[start..].reverse();
        self.steps.clear();
        self.tried = 0;
        self.beam[0].step = u32::MAX;
    }

    #[inline(never)]
    fn advance(&mut self, index: usize) {
        let mark = self.marks[index];
        for state in 0..self.beam.len() {
            let state = self.beam[state];
            if mark.sign < NEVER {
                self.push(state, mark.sign, Reading::Sign);
            }
            self.push(state, mark.stray, Reading::Stray);
            if mark.open < NEVER {
                self.open(index, state);
            }
            if mark.close < NEVER {
                self.close(index, state);
            }
        }
        self.step();
    }

    /// The states after a mark become those before the next one.
    fn step(&mut self) {
        if self.next.is_empty() {
            return;
        }
        self.beam.clear();
        for (state, reading) in self.next.drain(..).take_while(|(state, _)| state.cost <= self.hopeless) {
            let step = self.steps.len() as u32;
            self.steps.push(Step { previous: state.step, reading });
            self.beam.push(State { step, ..state });
        }
        (self.hopeless, self.enough) = (f32::INFINITY, f32::INFINITY);
    }

    /// Tries what follows a state: it stays where it is among the cheapest.
    #[inline(always)]
    fn push(&mut self, state: State, cost: f32, reading: Reading) {
        self.tried += 1;
        let cost = state.cost + cost;
        if cost <= self.hopeless && cost < self.enough {
            self.keep(State { cost, ..state }, reading);
        }
    }

    /// Keeps a state among the cheapest, each kind once.
    #[inline(never)]
    fn keep(&mut self, state: State, reading: Reading) {
        let is_dearer = |(other, _): &(State, Reading)| other.cost > state.cost;
        let is_full = self.next.len() == BEAM;
        match self.next.iter().position(|(other, _)| other.is_like(&state)) {
            Some(known) if !is_dearer(&self.next[known]) => return,
            Some(known) => {
                self.next.remove(known);
            }
            None if is_full => {
                self.next.pop();
            }
            None => {}
        }
        let place = self.next.iter().rposition(|other| !is_dearer(other)).map_or(0, |before| before + 1);
        self.next.insert(place, (state, reading));
        self.hopeless = self.next[0].0.cost + HOPELESS;
        if let Some((last, _)) = self.next.get(BEAM - 1) {
            self.enough = last.cost;
        }
    }

    #[inline(never)]
    fn open(&mut self, index: usize, state: State) {
        let mark = self.marks[index];
        let depth = state.depth as usize;
        let family = mark.glyph.family;
        let mut same = [false; DEPTH];
        for (same, &open) in same.iter_mut().zip(&state.stack[..depth]) {
            *same = self.marks[open as usize].glyph.family == family;
        }
        if depth < DEPTH {
            let mut cost = mark.open;
            if same.contains(&true) {
                // A straight mark points nowhere: nested in its like it is next to unreadable.
                let top = self.marks[state.stack[depth - 1] as usize].glyph;
                cost += if top.family != family {
                    0.3
                } else if mark.glyph.direction == Direction::Neither && top.direction == Direction::Neither {
                    SAME_FAMILY + 2.0
                } else if mark.glyph.direction == top.direction {
                    SAME_FAMILY
                } else {
                    SAME_FAMILY - 1.0
                };
            } else if depth > 0 {
                cost += 0.3;
            }
            let mut opened = state;
            opened.stack[depth] = index as u32;
            opened.depth += 1;
            self.push(opened, cost, Reading::Open { ending: 0 });
        }
        // The same mark is open already: that one was never closed.
        if depth > 0 && same[depth - 1] && family != Family::Single {
            let mut opened = state;
            opened.stack[depth - 1] = index as u32;
            self.push(opened, mark.open + REOPENED, Reading::Open { ending: 1 });
        }
    }

    #[inline(never)]
    fn close(&mut self, index: usize, state: State) {
        let mark = self.marks[index];
        for dropped in 0..state.depth {
            let level = (state.depth - 1 - dropped) as usize;
            let open_index = state.stack[level] as usize;
            let open = self.marks[open_index];
            let mut cost = mark.close;
            if mark.glyph.closes_habitually(open.glyph) && mark.glyph.direction == Direction::Left {
                cost = (cost - 2.5).max(0.0);
            }
            if mark.glyph.family != open.glyph.family {
                // Apostrophes are many: one closes a double mark only if nothing else does.
                cost += if mark.glyph.family == Family::Single { OTHER_FAMILY + 1.5 } else { OTHER_FAMILY };
            } else if mark.glyph.mismatches(open.glyph) {
                cost += 0.3;
            }
            if mark.token == open.token + 1 {
                cost += EMPTY;
            }
            for inner in level + 1..state.depth as usize {
                let inner = self.marks[state.stack[inner] as usize].glyph.family;
                cost += if inner == Family::Single { 3.0 } else { UNCLOSED };
            }
            let mut closed = state;
            closed.depth = level as u8;
            self.push(closed, cost, Reading::Close { dropped });
        }
    }
}

/// Reads the search's result as pairs, ordered by opening mark. `carried` is the pair of the first mark, where that one stands
/// before the block; `stack` is empty, and is so again. Returns the pair that stays open alone, and the index of its mark.
#[inline(never)]
fn emit(
    text: &str,
    tokens: &[Token],
    block: TokenRange,
    search: &Search,
    carried: Option<u32>,
    stack: &mut Vec<u32>,
    pairs: &mut Vec<MarkPair>,
) -> Option<(u32, usize)> {
    let mut last_stray = u32::MAX;
    let end = |pairs: &mut Vec<MarkPair>, pair: u32, close: u32, glyph: Option<Glyph>| {
        // One that is carried and closed by nothing ends where its own block does.
        if glyph.is_none() && carried == Some(pair) {
            return;
        }
        let pair = &mut pairs[pair as usize];
        let open = Glyph::of(tokens[pair.open as usize].span.of(text));
        pair.close = close;
        pair.role = if glyph.is_some() { MarkRole::Pair } else { MarkRole::Unclosed };
        pair.mismatched = glyph.is_some_and(|glyph| glyph.mismatches(open));
        pair.content = content(text, tokens, pair.open, close);
    };
    for (index, (mark, reading)) in search.marks.iter().zip(&search.readings).enumerate() {
        if let Some(pair) = carried.filter(|_| index == 0) {
            if *reading != Reading::Sign {
                stack.push(pair);
            }
            continue;
        }
        match *reading {
            Reading::Open { ending } => {
                for _ in 0..ending {
                    if let Some(pair) = stack.pop() {
                        end(pairs, pair, mark.token, None);
                    }
                }
                let parent = stack.last().copied();
                stack.push(pairs.len() as u32);
                pairs.push(MarkPair {
                    open: mark.token,
                    close: mark.token,
                    content: Span::default(),
                    role: MarkRole::Unclosed,
                    mismatched: false,
                    parent,
                });
            }
            Reading::Close { dropped } => {
                for _ in 0..dropped {
                    if let Some(pair) = stack.pop() {
                        end(pairs, pair, mark.token, None);
                    }
                }
                if let Some(pair) = stack.pop() {
                    end(pairs, pair, mark.token, Some(mark.glyph));
                }
            }
            Reading::Stray => {
                // One of a run is enough.
                if last_stray.wrapping_add(1) != mark.token {
                    let at = tokens[mark.token as usize].span;
                    pairs.push(MarkPair {
                        open: mark.token,
                        close: mark.token,
                        content: Span::new(at.end, at.end),
                        role: MarkRole::Stray,
                        mismatched: false,
                        parent: stack.last().copied(),
                    });
                }
                last_stray = mark.token;
            }
            Reading::Sign => {}
        }
    }
    let alone = if let [pair] = stack[..] { Some(pair).filter(|_| carried != Some(pair)) } else { None };
    while let Some(pair) = stack.pop() {
        end(pairs, pair, block.end, None);
    }
    let pair = alone?;
    let open = pairs[pair as usize].open;
    Some((pair, search.marks.partition_point(|mark| mark.token < open)))
}

/// What stands between two marks.
pub(super) fn content(text: &str, tokens: &[Token], open: u32, close: u32) -> Span {
    let mut first = open + 1;
    // “.Text and “, text: a slip of the keyboard.
    if first + 1 < close && matches!(tokens[first as usize].span.of(text), "." | ",") {
        first += 1;
    }
    if first >= close {
        let at = tokens[open as usize].span.end;
        return Span::new(at, at);
    }
    Span::new(tokens[first as usize].span.start, tokens[close as usize - 1].span.end)
}

#[cfg(test)]
mod tests {
    use super::MarkRole;
    use crate::text::Text;

    /// The contents of all pairs, in order; unclosed ones end with "⟂".
    fn pairs(text: &str) -> Vec<String> {
        let text = Text::read(text);
        text.marks
            .iter()
            .filter(|pair| pair.role != MarkRole::Stray)
            .map(|pair| {
                let end = if pair.role == MarkRole::Unclosed { "⟂" } else { "" };
                format!("{}{end}", pair.content.of(text.source))
            })
            .collect()
    }

    fn parents(text: &str) -> Vec<Option<u32>> {
        Text::read(text).marks.iter().map(|pair| pair.parent).collect()
    }

    #[test]
    fn a_crowd_of_marks_quotes_nothing() {
        for mark in ["\"", "“", "”\"'«"] {
            let crowd = mark.repeat(40);
            let text = format!("{crowd}\nKato said, “We will go.” {crowd} He left, “they say.”\n{crowd}");
            assert_eq!(pairs(&text), ["We will go.", "they say."], "{text}");
        }
        // Four are no crowd.
        assert_eq!(pairs("Kato said, “‘“‘Go,’” she told me.’”")[0], "‘“‘Go,’” she told me.’");
    }

    #[test]
    fn every_kind_of_marks() {
        for (open, close) in [
            ("“", "”"),
            ("\"", "\""),
            ("‘", "’"),
            ("'", "'"),
            ("«", "»"),
            ("„", "“"),
            ("「", "」"),
            ("``", "''"),
            ("‘‘", "’’"),
        ] {
            let text = format!("Kato said, {open}We will go.{close} He left.");
            assert_eq!(pairs(&text), ["We will go."], "{text}");
            let text = format!("{open}We will go,{close} Kato said. {open}You stay.{close}");
            assert_eq!(pairs(&text), ["We will go,", "You stay."], "{text}");
        }
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(pairs("The players' strike and 'tis the '90s, rock 'n' roll, Guterres' visit."), [""; 0]);
        assert_eq!(pairs("'The players' strike is over,' he said."), ["The players' strike is over,"]);
        assert_eq!(pairs("‘It’s the ’90s workers’ revolt,’ she said."), ["It’s the ’90s workers’ revolt,"]);
        assert_eq!(pairs("the Iran-sponsored  'Asaeb Ahl Al-Haqq militia, and others"), [""; 0]);
        assert_eq!(
            pairs("'I don't know the Joneses' dog,' he said, 'or yours.'"),
            ["I don't know the Joneses' dog,", "or yours."]
        );
    }

    #[test]
    fn inches_and_minutes_are_no_marks() {
        assert_eq!(pairs("He is 5'10\" tall and has a 12\" pipe; “6′2″” is a height."), ["6′2″"]);
        assert_eq!(pairs("\"It was in 2019\" he said."), ["It was in 2019"]);
    }

    #[test]
    fn marks_of_two_kinds_pair() {
        assert_eq!(pairs("He said: “We go.\" She said: \"You stay.”"), ["We go.", "You stay."]);
        assert!(Text::read("He said: “We go.\"").marks[0].mismatched);
        assert!(!Text::read("He said: „We go.“").marks[0].mismatched);
    }

    #[test]
    fn spaces_and_slips_at_the_marks() {
        assert_eq!(pairs("Rayburn tweeted “ The UN is all smiles.” He left."), ["The UN is all smiles."]);
        assert_eq!(pairs("According to the Treasury, “.Qais was part of it.” The rest"), ["Qais was part of it."]);
        assert_eq!(
            pairs("According to the notice,” In May 2018, a video circulated.”"),
            ["In May 2018, a video circulated."]
        );
        assert_eq!(pairs("\" We go. \" he said."), ["We go."]);
        assert_eq!(pairs("told the paper that  the “The photo was taken.”"), ["The photo was taken."]);
    }

    #[test]
    fn wrong_marks_around_a_nested_quotation() {
        let text = "MEMRI wrote’ While Qais Al-Khaz'ali did not, he tweeted and commented: ‘After six years he came. Iraq is Iraq.\"’";
        assert_eq!(
            pairs(text),
            [
                "While Qais Al-Khaz'ali did not, he tweeted and commented: ‘After six years he came. Iraq is Iraq.\"",
                "After six years he came. Iraq is Iraq."
            ]
        );
    }

    #[test]
    fn a_stray_mark_damages_nothing_else() {
        assert_eq!(pairs("with his face blotted out.”"), [""; 0]);
        assert_eq!(pairs("out.” He said, “We go.” She said, “You stay.”"), ["We go.", "You stay."]);
        assert_eq!(pairs("He said \"we go\" and left\". She said \"you stay\" here."), ["we go", "you stay"]);
    }

    #[test]
    fn a_missing_closing_mark_ends_at_its_block_or_before_its_teller() {
        assert_eq!(pairs("He said: “We will go.\nShe said: “You stay.”"), ["We will go.⟂", "You stay."]);
        assert_eq!(pairs("“We will go, he said. “You stay,” she said."), ["We will go,⟂", "You stay,"]);
    }

    #[test]
    fn a_quotation_in_single_marks_over_paragraphs() {
        let text = "‘I can’t say. It’s a caravan.\n‘Past what?’ he said. ‘It’s late.’";
        assert_eq!(pairs(text), ["I can’t say. It’s a caravan.⟂", "Past what?", "It’s late."]);
        assert_eq!(pairs("‘Tis the season of the players’ strike.\n‘Past what?’ he said."), ["Past what?"]);
    }

    #[test]
    fn a_quotation_broken_over_lines() {
        let text = "He said, \"It was a good day.\nWe won.\nThe cup is ours,\" and left. \"Bye.\"";
        assert_eq!(pairs(text), ["It was a good day.\nWe won.\nThe cup is ours,", "Bye."]);
        let text = "“The maniacs fired.\nSix shells of the ‘paper tigers’ hit us”, said KCNA.\nIt added: “Go.”";
        assert_eq!(pairs(text), ["The maniacs fired.\nSix shells of the ‘paper tigers’ hit us", "paper tigers", "Go."]);
        assert_eq!(parents(text), [None, Some(0), None]);
        // What other paragraphs open and close is theirs.
        assert_eq!(pairs("“We go.\nHe left.\n“You stay,” she said."), ["We go.⟂", "You stay,"]);
        assert_eq!(pairs("“We go.\nHe said “you stay” to us.\nAnd left.”"), ["We go.⟂", "you stay"]);
    }

    #[test]
    fn nested_to_the_third_depth() {
        let text = "“He told me, ‘She said “never” to us,’ and left,” Kato said.";
        assert_eq!(
            pairs(text),
            ["He told me, ‘She said “never” to us,’ and left,", "She said “never” to us,", "never"]
        );
        assert_eq!(parents(text), [None, Some(0), Some(1)]);
        let text = "'He told me, \"She said 'never' to us,\" and left,' Kato said.";
        assert_eq!(pairs(text).len(), 3);
        assert_eq!(parents(text), [None, Some(0), Some(1)]);
        assert_eq!(pairs("“The poll: “Do you agree?” Forty said yes.”").len(), 2);
    }

    #[test]
    fn a_quotation_over_paragraphs() {
        let text = "“We will go. It is late.\n“And you stay,” he said.";
        assert_eq!(pairs(text), ["We will go. It is late.⟂", "And you stay,"]);
    }

    #[test]
    fn marks_without_end_are_read_in_bounded_memory() {
        for unit in ["\"", "“", "'", "” ", "\"a", " 'a", "‘’"] {
            let text = unit.repeat(20_000);
            Text::read(&text);
        }
    }
}
