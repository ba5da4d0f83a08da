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
    /// Ends with a question mark, or stands between signs of emphasis.
    asks: bool,
    says_i: bool,
    says_we: bool,
    says_you: bool,
    /// "Tell us …", "You have said …"
    prompts: bool,
    /// "No, …", "Because …", "We were …"
    replies: bool,
    sentences: usize,
    is_heading: bool,
}

/// Finds the turns, in order; none in a text that is no such interview. Linear in the text's length.
pub(super) fn turns(
    source: &str,
    blocks: &[Block],
    tokens: &[Token],
    block_tokens: &[TokenRange],
    marks: &[MarkPair],
) -> Vec<Turn> {
    let words = Words { source, tokens };
    let asks = |&&line: &&TokenRange| words.asks(line);
    // Nearly all texts end here.
    if blocks.len() > MOST_LINES || block_tokens.iter().filter(asks).take(FEWEST).count() < FEWEST {
        return Vec::new();
    }
    let mut is_quoted = vec![false; tokens.len()];
    for pair in marks.iter().filter(|pair| pair.role != MarkRole::Stray) {
        is_quoted[pair.inside().indices()].fill(true);
    }
    let lines: Vec<Line> = (0..blocks.len())
        .filter(|&block| {
            let kind = blocks[block].kind;
            matches!(kind, BlockKind::Paragraph | BlockKind::Headline | BlockKind::Standfirst)
                && !block_tokens[block].is_empty()
        })
        .map(|block| words.line(blocks[block].kind, block_tokens[block], &is_quoted))
        .collect();
    let asking = |line: &Line| line.asks;
    let (Some(first), Some(last)) = (lines.iter().position(asking), lines.iter().rposition(asking)) else {
        return Vec::new();
    };
    let introduction = TokenRange::new(0, lines[first].tokens.start);
    let labelled = lines[first..=last].iter().filter(|line| words.is_labelled(line.tokens)).count();
    if labelled * LABELLED >= last + 1 - first || !words.tells_of_interview(introduction) {
        return Vec::new();
    }
    let lines: Vec<&Line> = lines[opening(&lines, first)..end(&words, &lines, last)].iter().collect();
    // A line for each sentence: an answer has many lines, and none of them tells that it is a question but by its sign.
    let is_split = lines.iter().filter(|line| line.sentences > 1).count() * FEWEST_LONG < lines.len();
    if is_split && !words.names_interview(introduction) {
        return Vec::new();
    }
    let asks = alternate(&lines, is_split);
    let mut turns: Vec<Turn> = Vec::new();
    let mut after_crosshead = false;
    let mut kept: Vec<(bool, &Line)> = Vec::with_capacity(lines.len());
    for (&line, &asks) in lines.iter().zip(&asks) {
        if is_crosshead(line) && turns.last().is_some_and(|turn| !turn.asks) {
            after_crosshead = true;
            continue;
        }
        kept.push((asks, line));
        match turns.last_mut() {
            Some(turn) if turn.asks == asks && !(after_crosshead && asks) => turn.lines.push(line.tokens),
            _ => turns.push(Turn { asks, lines: vec![line.tokens] }),
        }
        after_crosshead = false;
    }
    if is_interview(&turns, &kept, is_split) { turns } else { Vec::new() }
}

/// "On the fund": a heading between turns.
fn is_crosshead(line: &Line) -> bool {
    line.is_heading && !line.asks && !line.prompts && line.tokens.len() < LONGEST_CROSSHEAD
}

/// Which lines are questions: the likeliest way to take turns that begins with one.
fn alternate(lines: &[&Line], is_split: bool) -> Vec<bool> {
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
        true if line.says_i => 1.0,
        true => 3.0,
        false => -0.6,
    };
    of_sign
        + add(line.prompts, 1.5)
        + add(line.says_you && !line.says_i, 0.8)
        + add(line.says_i, -2.0)
        + add(line.replies, -1.5)
        + add(line.sentences == 1 && length <= LONGEST_PROMPT, 0.5)
        + add(line.sentences > 2, -0.8)
        + add(length > LONGEST_PROMPT, -0.8)
}

/// Whether enough questions ask somebody who answers in the first person.
fn is_interview(turns: &[Turn], lines: &[(bool, &Line)], is_split: bool) -> bool {
    let lines_of = |asks: bool| lines.iter().filter(move |(asked, _)| *asked == asks).map(|(_, line)| line);
    let count = |asks: bool, is: fn(&Line) -> bool| lines_of(asks).filter(|line| is(line)).count();
    let tokens = |asks: bool| lines_of(asks).map(|line| line.tokens.len()).sum::<usize>();
    let (asked, answered) = (count(true, |_| true), turns.iter().filter(|turn| !turn.asks).count());
    // Of the answers, each by whether one of its lines says it.
    let (mut by_i, mut by_us) = (0, 0);
    for answer in lines.chunk_by(|one, other| one.0 == other.0).filter(|lines| !lines[0].0) {
        by_i += usize::from(answer.iter().any(|(_, line)| line.says_i));
        by_us += usize::from(answer.iter().any(|(_, line)| line.says_i || line.says_we));
    }
    let (signs, to_you) = (count(true, |line| line.asks), count(true, |line| line.says_you || line.prompts));
    // A firm or a club answers as "we".
    let is_answered = by_us * 5 >= answered * 2 && by_i * 4 >= answered && to_you * 5 >= asked
        || by_us * 2 >= answered && to_you * 2 >= asked;
    answered >= FEWEST
        && is_answered
        && signs * if is_split { 2 } else { 4 } >= asked
        && (!is_split || to_you * 4 >= asked && by_i * 3 >= answered)
        && count(true, |line| line.says_i) * 3 <= asked
        && tokens(false) > tokens(true)
}

/// A short question looks like a heading.
pub(super) fn read_as_paragraphs(turns: &[Turn], blocks: &mut [Block], block_tokens: &[TokenRange]) {
    for line in turns.iter().flat_map(|turn| &turn.lines) {
        let block = block_tokens.partition_point(|block| block.end <= line.start);
        blocks[block].kind = BlockKind::Paragraph;
    }
}

/// Where the turns begin: before the first question mark, where a prompt and its answer stand there.
fn opening(lines: &[Line], first: usize) -> usize {
    let answers = lines[..first].iter().rev().take_while(|line| line.says_i && !line.prompts).count();
    let prompt = first.checked_sub(answers + 1).filter(|&prompt| answers > 0 && prompt > 0);
    let is_prompt = |&prompt: &usize| {
        let line = &lines[prompt];
        line.prompts && !line.says_i && line.tokens.len() <= LONGEST_PROMPT
    };
    prompt.filter(is_prompt).unwrap_or(first)
}

/// One past the last line of the last answer: what follows the answer's first line goes on in the first person.
fn end(words: &Words, lines: &[Line], last: usize) -> usize {
    let goes_on = |at: usize| {
        lines
            .get(at)
            .is_some_and(|line| (line.says_i || line.says_we || line.prompts) && !words.names_interview(line.tokens))
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

    fn line(&self, kind: BlockKind, tokens: TokenRange, is_quoted: &[bool]) -> Line {
        let asks = self.asks(tokens);
        let tokens = self.without_emphasis(tokens);
        let says = |wanted: &[&str]| {
            tokens.indices().any(|token| !is_quoted[token] && wanted.contains(&self.of(token as u32)))
        };
        Line {
            tokens,
            asks: asks && !is_quoted[tokens.end as usize - 1],
            says_i: says(&["I", "I'm", "I’m", "me", "my", "My", "myself", "Me", "mine"]),
            says_we: says(&["we", "We", "us", "our", "Our", "ours"]),
            says_you: says(&["you", "You", "your", "Your", "yours", "yourself"]),
            prompts: self.prompts(tokens),
            replies: self.replies(tokens),
            sentences: self.sentences(tokens),
            is_heading: kind != BlockKind::Paragraph,
        }
    }

    /// "Tell us about the harbour.", "So you never went back."
    fn prompts(&self, line: TokenRange) -> bool {
        let is_link =
            |token: &u32| matches!(self.of(*token), "So" | "But" | "And" | "Then" | "Yet" | "Now" | "Well" | ",");
        let mut words = (line.start..line.end).skip_while(is_link).map(|token| self.of(token));
        let first = words.next().unwrap_or_default();
        let second = words.next().unwrap_or_default();
        match first {
            "Tell" | "tell" | "Walk" | "walk" | "Give" | "give" | "Take" | "take" | "Talk" | "talk" | "Remind"
            | "remind" => {
                matches!(second, "us" | "me" | "our")
                    || matches!(first, "Talk" | "talk") && matches!(second, "about" | "to")
            }
            "Describe" | "describe" | "Explain" | "explain" => true,
            "You" | "you" | "Your" | "your" | "You've" | "You’ve" | "You're" | "You’re" => true,
            _ => false,
        }
    }

    /// "No, never.", "Because I learned nothing."
    fn replies(&self, line: TokenRange) -> bool {
        let first = self.of(line.start);
        matches!(
            first,
            "Yes"
                | "No"
                | "Yeah"
                | "Well"
                | "Oh"
                | "Absolutely"
                | "Definitely"
                | "Sure"
                | "Because"
                | "Not"
                | "Never"
                | "Maybe"
                | "Perhaps"
                | "Exactly"
                | "Right"
                | "True"
                | "I"
                | "My"
                | "We"
                | "It"
                | "They"
                | "That"
        )
    }

    fn sentences(&self, line: TokenRange) -> usize {
        (line.start..line.end).filter(|&token| matches!(self.of(token), "." | "!" | "?")).count()
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
            let begins = |stem: &str| word.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem));
            begins("interview") || begins("conversation") || begins("excerpt")
        })
    }

    /// "Kamau talks to the Herald about …"
    fn tells_of_interview(&self, lines: TokenRange) -> bool {
        let is = |token: u32, wanted: &[&str]| token < lines.end && wanted.contains(&self.of(token));
        let meets = |token: u32| match self.of(token) {
            "Q&A" | "met" | "meets" | "answers" | "answered" | "asked" | "asks" | "tells" | "discusses"
            | "discussed" | "questions" | "reached" => true,
            "spoke" | "speaks" | "talks" | "talked" | "chatted" | "chats" | "sat" | "sits" | "caught" => {
                is(token + 1, &["to", "with", "down", "up", "about"])
            }
            _ => false,
        };
        self.names_interview(lines) || (lines.start..lines.end).any(meets)
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
