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
    if block_tokens.iter().filter(asks).take(FEWEST).count() < FEWEST {
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
    let (Some(mut first), Some(last)) = (lines.iter().position(asking), lines.iter().rposition(asking)) else {
        return Vec::new();
    };
    let introduction = TokenRange::new(0, lines[first].tokens.start);
    let labelled = lines[first..=last].iter().filter(|line| words.is_labelled(line.tokens)).count();
    if labelled * LABELLED >= last + 1 - first
        || !words.tells_of_interview(introduction)
        || !is_interview(&lines[first..(last + 2).min(lines.len())])
    {
        return Vec::new();
    }
    first = opening(&lines, first);
    let end = end(&words, &lines, last);
    let mut turns: Vec<Turn> = Vec::new();
    for at in first..end {
        let line = &lines[at];
        let after_question = turns.last().is_some_and(|turn| turn.asks);
        // A crosshead.
        if line.is_heading && !line.asks && !line.prompts && !after_question {
            continue;
        }
        // "… and was I wrong?" ends an answer.
        let answers = line.says_i && (after_question || line.tokens.len() > LONGEST_PROMPT);
        let asks = line.asks && !answers || at + 1 < end && !after_question && is_prompt(line, &lines[at + 1]);
        match turns.last_mut() {
            Some(turn) if turn.asks == asks => turn.lines.push(line.tokens),
            _ => turns.push(Turn { asks, lines: vec![line.tokens] }),
        }
    }
    turns
}

/// A short question looks like a heading.
pub(super) fn read_as_paragraphs(turns: &[Turn], blocks: &mut [Block], block_tokens: &[TokenRange]) {
    for line in turns.iter().flat_map(|turn| &turn.lines) {
        let block = block_tokens.partition_point(|block| block.end <= line.start);
        blocks[block].kind = BlockKind::Paragraph;
    }
}

/// Whether enough questions ask somebody who answers in the first person.
fn is_interview(lines: &[Line]) -> bool {
    let (mut asked, mut to_you, mut of_me) = (0, 0, 0);
    let (mut answered, mut by_i, mut by_us) = (0, 0, 0);
    let mut at = 0;
    while at < lines.len() {
        let questions = lines[at..].iter().take_while(|line| line.asks).count();
        let answers = lines[at + questions..].iter().take_while(|line| !line.asks).count();
        let (question, answer) = lines[at..at + questions + answers].split_at(questions);
        asked += questions;
        to_you += question.iter().filter(|line| line.says_you).count();
        of_me += question.iter().filter(|line| line.says_i).count();
        answered += usize::from(answers > 0);
        by_i += usize::from(answer.iter().any(|line| line.says_i));
        by_us += usize::from(answer.iter().any(|line| line.says_i || line.says_we));
        at += questions + answers;
    }
    answered >= FEWEST && by_us * 2 >= answered && by_i * 3 >= answered && of_me * 3 <= asked && to_you * 4 >= asked
}

/// Where the turns begin: before the first question mark, where a prompt and its answer stand there.
fn opening(lines: &[Line], first: usize) -> usize {
    let answers = lines[..first].iter().rev().take_while(|line| line.says_i && !line.prompts).count();
    let prompt = first.checked_sub(answers + 1).filter(|&prompt| answers > 0 && prompt > 0);
    prompt.filter(|&prompt| is_prompt(&lines[prompt], &lines[prompt + 1])).unwrap_or(first)
}

/// One past the last line of the last answer: what follows the answer's first line goes on in the first person.
fn end(words: &Words, lines: &[Line], last: usize) -> usize {
    let goes_on = |at: usize| {
        lines
            .get(at)
            .is_some_and(|line| (line.says_i || line.says_we || line.prompts) && !words.tells_of_interview(line.tokens))
    };
    let mut end = (last + 2).min(lines.len());
    while goes_on(end) || end < lines.len() && !lines[end].is_heading && goes_on(end + 1) {
        end += 1;
    }
    end
}

/// A question that does not end as one, before its answer.
fn is_prompt(line: &Line, next: &Line) -> bool {
    line.prompts && !line.says_i && line.tokens.len() <= LONGEST_PROMPT && !next.asks && !next.is_heading
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

    /// "NWANKWO: …", "Q. …"
    fn is_labelled(&self, line: TokenRange) -> bool {
        let head = TokenRange::new(line.start, line.end.min(line.start + 7));
        (head.start..head.end).any(|token| self.of(token) == ":")
            || matches!(self.of(line.start), "Q" | "A" | "Q." | "A.")
    }

    /// "Kamau talks to the Herald about …", "This interview was …"
    fn tells_of_interview(&self, lines: TokenRange) -> bool {
        let is = |token: u32, wanted: &[&str]| token < lines.end && wanted.contains(&self.of(token));
        (lines.start..lines.end).any(|token| {
            let word = self.of(token);
            let begins = |stem: &str| word.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem));
            begins("interview")
                || begins("conversation")
                || matches!(
                    word,
                    "Q&A"
                        | "met"
                        | "meets"
                        | "answers"
                        | "answered"
                        | "asked"
                        | "asks"
                        | "tells"
                        | "discusses"
                        | "discussed"
                )
                || matches!(
                    word,
                    "spoke" | "speaks" | "talks" | "talked" | "chatted" | "chats" | "sat" | "sits" | "caught"
                ) && (is(token + 1, &["to", "with", "down", "up"]))
        })
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
            "{INTRODUCTION}When did you hear your first bell?\n\nI was six.\n\nIt was cracked.\n\nDid you mend it?\n\nMy father did.\n\nTell us about the big one.\n\nI was afraid of it.\n\nAnd now?\n\nI sleep under it.\n\nThis interview was shortened."
        );
        assert_eq!(
            turns(&text),
            [
                "? When did you hear your first bell?",
                "I was six.|It was cracked.",
                "? Did you mend it?",
                "My father did.",
                "? Tell us about the big one.",
                "I was afraid of it.",
                "? And now?",
                "I sleep under it.",
            ]
        );
    }

    #[test]
    fn bold_lines_are_questions() {
        let text = format!(
            "{INTRODUCTION}**You began with a bicycle bell.**\n\nI did, when I was six.\n\n**Why bronze?**\n\nIt forgives me.\n\n**And the wage of your trade?**\n\nI eat."
        );
        let found = turns(&text);
        assert_eq!(found[0], "? You began with a bicycle bell.");
        assert_eq!(found.len(), 6);
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
        let text =
            format!("{INTRODUCTION}Why bells?\n\nI like them.\n\nWhy you?\n\nI was there.\n\nDo you sleep?\n\nI do.");
        let read = Text::read(&text);
        assert!(read.blocks[2..].iter().all(|block| block.kind == crate::annotation::BlockKind::Paragraph));
    }
}
