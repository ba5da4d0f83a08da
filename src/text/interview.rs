//! Interviews whose turns have neither labels nor quotation marks: what is left of a page with bold questions once it is pasted.
//!
//! The whole of it tells: lines that ask "you", between them lines in which somebody says "I", and above them an introduction.
//! In a column that asks its readers nobody answers; in a list of questions and answers nobody is "I".

use super::{MarkPair, MarkRole, Token, TokenRange};
use crate::annotation::BlockKind;
use crate::article::Block;

/// A question or an answer of an interview without labels.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// A question; otherwise an answer.
    pub asks: bool,
    /// Its lines, in order; signs of emphasis around one are outside.
    pub lines: Vec<TokenRange>,
}

/// An interview has no more lines than this: a longer text is many articles.
const MOST_LINES: usize = 2_000;
/// Tokens before the first question that may tell of an interview.
const LONGEST_INTRODUCTION: u32 = 800;
/// Answered questions that make an interview.
const FEWEST: usize = 3;
/// The longest question, in tokens.
const LONGEST_QUESTION: usize = 90;
/// The longest line that is a question though it does not end as one.
const LONGEST_PROMPT: usize = 40;
/// Lines with labels, one of so many, that make a conversation of another kind.
const LABELLED: usize = 3;

/// A line that may be a turn or a part of one.
struct Line {
    /// Without signs of emphasis.
    tokens: TokenRange,
    /// What its words outside quotation marks are, of [`WORDS`].
    says: u16,
    /// Ends with a question mark, or stands between signs of emphasis.
    asks: bool,
    /// "Tell us …", "You have said …"
    prompts: bool,
    /// "No, …", "Because …", "We were …"
    replies: bool,
    is_heading: bool,
    sentences: usize,
}

impl Line {
    fn says(&self, what: u16) -> bool {
        self.says & what != 0
    }
}

const I: u16 = 1;
const WE: u16 = 2;
const YOU: u16 = 4;
/// Begins a reply.
const REPLY: u16 = 8;
/// Stands before a prompt's verb.
const LINK: u16 = 16;
/// Begins a prompt, by itself, or before "us", "me" or "about".
const PROMPT: u16 = 32;
const PROMPTS_US: u16 = 64;
/// Tells that somebody meets somebody, by itself, or before a preposition.
const MEETS: u16 = 128;
const MEETS_WITH: u16 = 256;
/// Ends a sentence.
const SIGN: u16 = 512;

/// Words and what they are, in the order of their bytes.
static WORDS: [(&str, u16); 91] = [
    ("!", SIGN),
    (",", LINK),
    (".", SIGN),
    ("?", SIGN),
    ("Absolutely", REPLY),
    ("And", LINK),
    ("Because", REPLY),
    ("But", LINK),
    ("Definitely", REPLY),
    ("Describe", PROMPT),
    ("Exactly", REPLY),
    ("Explain", PROMPT),
    ("Give", PROMPTS_US),
    ("I", I | REPLY),
    ("I'm", I),
    ("It", REPLY),
    ("I’m", I),
    ("Maybe", REPLY),
    ("Me", I),
    ("My", I | REPLY),
    ("Never", REPLY),
    ("No", REPLY),
    ("Not", REPLY),
    ("Now", LINK),
    ("Oh", REPLY),
    ("Our", WE),
    ("Perhaps", REPLY),
    ("Q&A", MEETS),
    ("Remind", PROMPTS_US),
    ("Right", REPLY),
    ("So", LINK),
    ("Sure", REPLY),
    ("Take", PROMPTS_US),
    ("Talk", PROMPTS_US),
    ("Tell", PROMPTS_US),
    ("That", REPLY),
    ("Then", LINK),
    ("They", REPLY),
    ("True", REPLY),
    ("Walk", PROMPTS_US),
    ("We", WE | REPLY),
    ("Well", REPLY | LINK),
    ("Yeah", REPLY),
    ("Yes", REPLY),
    ("Yet", LINK),
    ("You", YOU | PROMPT),
    ("You're", YOU | PROMPT),
    ("You've", YOU | PROMPT),
    ("Your", YOU | PROMPT),
    ("You’re", YOU | PROMPT),
    ("You’ve", YOU | PROMPT),
    ("answered", MEETS),
    ("answers", MEETS),
    ("asked", MEETS),
    ("asks", MEETS),
    ("caught", MEETS_WITH),
    ("chats", MEETS_WITH),
    ("chatted", MEETS_WITH),
    ("describe", PROMPT),
    ("discussed", MEETS),
    ("discusses", MEETS),
    ("explain", PROMPT),
    ("give", PROMPTS_US),
    ("me", I),
    ("meets", MEETS),
    ("met", MEETS),
    ("mine", I),
    ("my", I),
    ("myself", I),
    ("our", WE),
    ("ours", WE),
    ("questions", MEETS),
    ("reached", MEETS),
    ("remind", PROMPTS_US),
    ("sat", MEETS_WITH),
    ("sits", MEETS_WITH),
    ("speaks", MEETS_WITH),
    ("spoke", MEETS_WITH),
    ("take", PROMPTS_US),
    ("talk", PROMPTS_US),
    ("talked", MEETS_WITH),
    ("talks", MEETS_WITH),
    ("tell", PROMPTS_US),
    ("tells", MEETS),
    ("us", WE),
    ("walk", PROMPTS_US),
    ("we", WE),
    ("you", YOU | PROMPT),
    ("your", YOU | PROMPT),
    ("yours", YOU),
    ("yourself", YOU),
];

/// What a word is, of [`WORDS`].
fn kinds(word: &str) -> u16 {
    if word.len() > LONGEST_WORD {
        return 0;
    }
    WORDS.binary_search_by_key(&word, |(known, _)| known).map_or(0, |at| WORDS[at].1)
}

/// Bytes of the longest of [`WORDS`].
const LONGEST_WORD: usize = 10;

/// Finds the turns, in order; none in a text that is no such interview. Linear in the text's length.
#[inline(never)]
pub(super) fn turns(
    source: &str,
    blocks: &[Block],
    tokens: &[Token],
    block_tokens: &[TokenRange],
    marks: &[MarkPair],
) -> Vec<Turn> {
    let words = Words { source, tokens };
    // Nearly all texts end here.
    if blocks.len() > MOST_LINES || block_tokens.iter().filter(|line| words.asks(**line)).take(FEWEST).count() < FEWEST
    {
        return Vec::new();
    }
    let start = block_tokens.iter().find(|line| words.asks(**line)).map_or(0, |line| line.start);
    let introduction = TokenRange::new(start.saturating_sub(LONGEST_INTRODUCTION), start);
    if !words.tells_of_interview(introduction) {
        return Vec::new();
    }
    let lines = words.lines(blocks, block_tokens, marks);
    let asking = |line: &Line| line.asks;
    let (Some(first), Some(last)) = (lines.iter().position(asking), lines.iter().rposition(asking)) else {
        return Vec::new();
    };
    let labelled = lines[first..=last].iter().filter(|line| words.is_labelled(line.tokens)).count();
    if labelled * LABELLED >= last + 1 - first {
        return Vec::new();
    }
    let mut lines = &lines[opening(&lines, first)..end(&words, &lines, last)];
    // A line for each sentence: an answer has many lines, and none of them tells that it is a question but by its sign.
    let is_split = lines.iter().filter(|line| line.sentences > 1).count() * FEWEST_LONG < lines.len();
    if is_split && !words.names_interview(introduction) {
        return Vec::new();
    }
    let asks = alternate(lines, is_split);
    let mut turns: Vec<Turn> = Vec::new();
    let mut counts = Counts::default();
    let mut after_crosshead = false;
    for &asks in &asks {
        let Some((line, rest)) = lines.split_first() else { break };
        lines = rest;
        let before = turns.last_mut();
        if is_crosshead(line) && before.as_ref().is_some_and(|turn| !turn.asks) {
            after_crosshead = true;
            continue;
        }
        let goes_on = before.filter(|turn| turn.asks == asks && !(after_crosshead && asks));
        counts.add(line, asks, goes_on.is_none());
        match goes_on {
            Some(turn) => turn.lines.push(line.tokens),
            None => turns.push(Turn { asks, lines: vec![line.tokens] }),
        }
        after_crosshead = false;
    }
    counts.end_answer();
    if counts.is_interview(is_split) { turns } else { Vec::new() }
}

/// "On the fund": a heading between turns.
fn is_crosshead(line: &Line) -> bool {
    line.is_heading && !line.asks && !line.prompts && line.tokens.len() < LONGEST_CROSSHEAD
}

/// Which lines are questions: the likeliest way to take turns that begins with one.
#[inline(never)]
fn alternate(lines: &[Line], is_split: bool) -> Vec<bool> {
    // By what the line is: an answer, a question; with what the line before was.
    let mut best = [f32::NEG_INFINITY, 0.0];
    let mut came_from: Vec<[bool; 2]> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let asks = if is_split && !line.asks && !line.prompts { UNLIKELY } else { asking(line) };
        if at == 0 {
            best = [f32::NEG_INFINITY, asks];
            came_from.push([false; 2]);
            continue;
        }
        let (goes_on, asks_on) = (best[0] + ANSWER_GOES_ON, best[1] + QUESTION_GOES_ON);
        came_from.push([best[1] >= goes_on, asks_on >= best[0]]);
        best = [best[1].max(goes_on), best[0].max(asks_on) + asks];
    }
    let mut is_question = best[1] > best[0];
    let mut found = vec![false; lines.len()];
    for at in (0..lines.len()).rev() {
        found[at] = is_question;
        is_question = came_from[at][usize::from(is_question)];
    }
    found
}

/// What it costs that an answer, or a question, has another line: answers often have.
const ANSWER_GOES_ON: f32 = -0.6;
const QUESTION_GOES_ON: f32 = -2.5;
/// How likely a line without a sign is a question, where each sentence has a line.
const UNLIKELY: f32 = -9.0;
/// One line of so many has several sentences in an interview whose paragraphs are lines.
const FEWEST_LONG: usize = 5;
/// The longest heading between turns, in tokens.
const LONGEST_CROSSHEAD: usize = 8;

/// How much likelier a line is a question than an answer.
fn asking(line: &Line) -> f32 {
    let length = line.tokens.len();
    let add = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
    let of_sign = match line.asks {
        // "… Two? I had heard three?"
        true if line.says(I) => 1.0,
        true => 3.0,
        false => -0.6,
    };
    of_sign
        + add(line.prompts, 1.5)
        + add(line.says(YOU) && !line.says(I), 0.8)
        + add(line.says(I), -2.0)
        + add(line.replies, -1.5)
        + add(line.sentences == 1 && length <= LONGEST_PROMPT, 0.5)
        + add(line.sentences > 2, -0.8)
        + add(length > LONGEST_PROMPT, -0.8)
}

/// What the lines that were taken for turns say.
#[derive(Default)]
struct Counts {
    asked: usize,
    signs: usize,
    to_you: usize,
    of_me: usize,
    answered: usize,
    by_i: usize,
    by_us: usize,
    /// Tokens of questions and of answers.
    tokens: [usize; 2],
    /// What the answer says that is being read.
    answer: u16,
}

impl Counts {
    fn add(&mut self, line: &Line, asks: bool, is_new: bool) {
        self.tokens[usize::from(!asks)] += line.tokens.len();
        if asks {
            self.end_answer();
            self.asked += 1;
            self.signs += usize::from(line.asks);
            self.to_you += usize::from(line.says(YOU) || line.prompts);
            self.of_me += usize::from(line.says(I));
        } else {
            self.answered += usize::from(is_new);
            self.answer |= line.says;
        }
    }

    fn end_answer(&mut self) {
        self.by_i += usize::from(self.answer & I != 0);
        self.by_us += usize::from(self.answer & (I | WE) != 0);
        self.answer = 0;
    }

    /// Whether enough questions ask somebody who answers in the first person.
    fn is_interview(&self, is_split: bool) -> bool {
        let Counts { asked, signs, to_you, of_me, answered, by_i, by_us, tokens, .. } = *self;
        // A firm or a club answers as "we".
        let is_answered = by_us * 5 >= answered * 2 && by_i * 4 >= answered && to_you * 5 >= asked
            || by_us * 2 >= answered && to_you * 2 >= asked;
        answered >= FEWEST
            && is_answered
            && signs * if is_split { 2 } else { 4 } >= asked
            && (!is_split || to_you * 4 >= asked && by_i * 3 >= answered)
            && of_me * 3 <= asked
            && tokens[1] > tokens[0]
    }
}

/// A short question looks like a heading.
pub(super) fn read_as_paragraphs(turns: &[Turn], blocks: &mut [Block], block_tokens: &[TokenRange]) {
    for turn in turns {
        for line in &turn.lines {
            let block = block_tokens.partition_point(|block| block.end <= line.start);
            blocks[block].kind = BlockKind::Paragraph;
        }
    }
}

/// Where the turns begin: before the first question mark, where a prompt and its answer stand there.
fn opening(lines: &[Line], first: usize) -> usize {
    let answers = lines[..first].iter().rev().take_while(|line| line.says(I) && !line.prompts).count();
    let prompt = first.checked_sub(answers + 1).filter(|&prompt| answers > 0 && prompt > 0);
    let is_prompt = |&prompt: &usize| {
        let line = &lines[prompt];
        line.prompts && !line.says(I) && line.tokens.len() <= LONGEST_PROMPT
    };
    prompt.filter(is_prompt).unwrap_or(first)
}

/// One past the last line of the last answer: what follows the answer's first line goes on in the first person.
fn end(words: &Words, lines: &[Line], last: usize) -> usize {
    let goes_on = |at: usize| {
        lines.get(at).is_some_and(|line| (line.says(I | WE) || line.prompts) && !words.names_interview(line.tokens))
    };
    let mut end = (last + 2).min(lines.len());
    while goes_on(end) || end < lines.len() && !lines[end].is_heading && goes_on(end + 1) {
        end += 1;
    }
    end
}

struct Words<'w> {
    source: &'w str,
    tokens: &'w [Token],
}

impl Words<'_> {
    fn of(&self, token: u32) -> &str {
        self.tokens[token as usize].span.of(self.source)
    }

    /// "**Why?**"
    fn without_emphasis(&self, mut line: TokenRange) -> TokenRange {
        let is_sign = |token: u32| self.of(token).bytes().all(|byte| matches!(byte, b'*' | b'_'));
        while !line.is_empty() && is_sign(line.start) {
            line.start += 1;
        }
        while !line.is_empty() && is_sign(line.end - 1) {
            line.end -= 1;
        }
        line
    }

    fn asks(&self, line: TokenRange) -> bool {
        let bare = self.without_emphasis(line);
        let is_bold = bare.start > line.start && bare.end < line.end;
        (2..=LONGEST_QUESTION).contains(&bare.len()) && (is_bold || self.of(bare.end - 1) == "?")
    }

    /// The lines that may be turns.
    fn lines(&self, blocks: &[Block], block_tokens: &[TokenRange], marks: &[MarkPair]) -> Vec<Line> {
        let mut is_quoted = vec![false; self.tokens.len()];
        for pair in marks.iter().filter(|pair| pair.role != MarkRole::Stray) {
            is_quoted[pair.inside().indices()].fill(true);
        }
        let mut lines = Vec::new();
        for (block, &tokens) in blocks.iter().zip(block_tokens) {
            let is_heading = matches!(block.kind, BlockKind::Headline | BlockKind::Standfirst);
            if tokens.is_empty() || !is_heading && block.kind != BlockKind::Paragraph {
                continue;
            }
            let asks = self.asks(tokens) && !is_quoted[tokens.end as usize - 1];
            let tokens = self.without_emphasis(tokens);
            if tokens.is_empty() {
                continue;
            }
            let (mut says, mut sentences, mut first) = (0, 0, 0);
            let mut prompts = false;
            let mut opens = true;
            for token in tokens.start..tokens.end {
                let kinds = kinds(self.of(token));
                sentences += usize::from(kinds & SIGN != 0);
                if !is_quoted[token as usize] {
                    says |= kinds;
                }
                first |= if token == tokens.start { kinds } else { 0 };
                // "So tell us …"
                if opens && kinds & LINK == 0 {
                    opens = false;
                    let next = if token + 1 < tokens.end { self.of(token + 1) } else { "" };
                    prompts = kinds & PROMPT != 0 || kinds & PROMPTS_US != 0 && matches!(next, "us" | "me" | "about");
                }
            }
            lines.push(Line { tokens, says, asks, prompts, replies: first & REPLY != 0, is_heading, sentences });
        }
        lines
    }

    /// "NWANKWO: …", "Q. …"
    fn is_labelled(&self, line: TokenRange) -> bool {
        let head = TokenRange::new(line.start, line.end.min(line.start + 7));
        (head.start..head.end).any(|token| self.of(token) == ":")
            || matches!(self.of(line.start), "Q" | "A" | "Q." | "A.")
    }

    /// "This interview was shortened."
    fn names_interview(&self, lines: TokenRange) -> bool {
        (lines.start..lines.end).any(|token| {
            let word = self.of(token);
            let begins = |stem: &&str| word.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem));
            ["interview", "conversation", "excerpt"].iter().any(begins)
        })
    }

    /// "Kamau talks to the Herald about …"
    fn tells_of_interview(&self, lines: TokenRange) -> bool {
        let mut meets = false;
        for token in lines.start..lines.end {
            let word = self.of(token);
            if meets && matches!(word, "to" | "with" | "down" | "up" | "about") {
                return true;
            }
            let kinds = kinds(word);
            if kinds & MEETS != 0 {
                return true;
            }
            meets = kinds & MEETS_WITH != 0;
        }
        self.names_interview(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Text;

    /// The turns of a text, "?" before questions, lines parted by "|".
    fn turns(source: &str) -> Vec<String> {
        let text = Text::read(source);
        let lines =
            |turn: &super::Turn| turn.lines.iter().map(|line| text.of_range(*line)).collect::<Vec<_>>().join("|");
        text.turns.iter().map(|turn| format!("{}{}", if turn.asks { "? " } else { "" }, lines(turn))).collect()
    }

    const INTRODUCTION: &str = "The woman who mends bells\n\nIda Holm talks to the Harbour Post about bronze.\n\n";

    #[test]
    fn questions_to_you_and_answers_in_the_first_person_are_turns() {
        let text = format!(
            "{INTRODUCTION}When did you hear your first bell?\n\nI was six. It hung in a pear tree.\n\nIt was cracked. My father said that it sang through its nose.\n\nThe council wants to melt the big one.\n\nLet them try. I have the key.\n\nTell us about it.\n\nIt weighs two tons. It is out of tune.\n\nAnd now?\n\nI sleep under it.\n\nIs that safe?\n\nNo.\n\nThis interview was shortened."
        );
        assert_eq!(
            turns(&text),
            [
                "? When did you hear your first bell?",
                "I was six. It hung in a pear tree.|It was cracked. My father said that it sang through its nose.",
                "? The council wants to melt the big one.",
                "Let them try. I have the key.",
                "? Tell us about it.",
                "It weighs two tons. It is out of tune.",
                "? And now?",
                "I sleep under it.",
                "? Is that safe?",
                "No.",
            ]
        );
    }

    #[test]
    fn words_stand_in_order() {
        assert!(super::WORDS.is_sorted_by_key(|(word, _)| word));
        assert!(super::WORDS.iter().all(|(word, _)| word.len() <= super::LONGEST_WORD));
    }

    #[test]
    fn bold_lines_are_questions() {
        let text = format!(
            "{INTRODUCTION}**You began with a bicycle bell.**\n\nI did. I was six.\n\n**Why bronze?**\n\nIt forgives me. Iron never does.\n\n**And the wage of your trade?**\n\nI eat."
        );
        let found = turns(&text);
        assert_eq!(found.first().map(String::as_str), Some("? You began with a bicycle bell."));
        assert_eq!(found.len(), 6);
    }

    #[test]
    fn where_each_sentence_has_a_line_answers_have_many() {
        let text = "An interview with Ida Holm\n\nWhen did you hear your first bell?\n\nI was six.\n\nIt hung in a pear tree.\n\nDid you mend it?\n\nMy father did.\n\nHe used a file.\n\nWill you mend the big one?\n\nI would like to.\n\nIt is out of tune.";
        assert_eq!(turns(text)[1], "I was six.|It hung in a pear tree.");
        assert_eq!(turns(text).len(), 6);
    }

    #[test]
    fn without_somebody_who_answers_there_are_none() {
        for text in [
            // A list of questions and answers.
            "What a heat dome is\n\nWe asked the office.\n\nWhat is it?\n\nHot air under high pressure.\n\nWhat should you do?\n\nDrink water.\n\nWhen does it end?\n\nOn Friday.",
            // A column.
            "My bell\n\nI asked myself this.\n\nWho hears it?\n\nNobody in the town.\n\nWhy do I ring it?\n\nI do not know.\n\nWhat would I do without it?\n\nI would sleep.",
            // Labels.
            "Talk\n\nHolm talks to us.\n\nPost: Did you mend it?\n\nHolm: I did.\n\nPost: Do you sleep?\n\nHolm: I do.\n\nPost: Do you eat?\n\nHolm: I do.",
            // No introduction.
            "Did you mend it?\n\nI did.\n\nDo you sleep?\n\nI do.\n\nDo you eat?\n\nI do.",
        ] {
            assert_eq!(turns(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_asks_is_no_heading() {
        let text = format!(
            "{INTRODUCTION}Why bells?\n\nI like them. They like me.\n\nWhy you?\n\nI was there. Nobody else was.\n\nDo you sleep?\n\nI do."
        );
        let read = Text::read(&text);
        assert!(read.blocks[2..].iter().all(|block| block.kind == crate::annotation::BlockKind::Paragraph));
    }
}
