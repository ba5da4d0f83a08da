//! Tokens to sentences.
//!
//! A sentence ends at its block's end, or at a full stop, question or exclamation mark (with the quotation marks and
//! brackets that close right after it) before something that can start a sentence.

use super::{Case, MarkPair, Sentence, Token, TokenKind, TokenRange, tokens};
use crate::span::Span;

#[inline(never)]
pub(super) fn split(text: &str, tokens: &[Token], block_tokens: &[TokenRange], marks: &[MarkPair]) -> Vec<Sentence> {
    // Whether a mark token closes something: it belongs to the sentence before it.
    let mut closes = vec![false; tokens.len()];
    for pair in marks {
        if let Some(closing) = closes.get_mut(pair.close as usize) {
            *closing = tokens[pair.close as usize].kind == TokenKind::Mark;
        }
    }
    let mut sentences = Vec::new();
    for (block, range) in block_tokens.iter().enumerate() {
        let mut start = range.start;
        let mut index = range.start;
        while index < range.end {
            let mut next = index + 1;
            if ends_sentence(text, tokens, index, *range) {
                let ends;
                (next, ends) = read_end(text, tokens, &closes, index, *range);
                if ends {
                    push(&mut sentences, tokens, start, next, block);
                    start = next;
                }
            }
            index = next;
        }
        if start < range.end {
            push(&mut sentences, tokens, start, range.end, block);
        }
    }
    sentences
}

/// The token after those that close a sentence which may end at a token, and whether it does.
#[inline(never)]
fn read_end(text: &str, tokens: &[Token], closes: &[bool], end: u32, block: TokenRange) -> (u32, bool) {
    let mut next = end + 1;
    while next < block.end && closes_sentence(text, tokens, closes, next) {
        next += 1;
    }
    (next, next == block.end || starts_sentence(text, tokens, end, next))
}

fn push(sentences: &mut Vec<Sentence>, tokens: &[Token], start: u32, end: u32, block: usize) {
    let span = Span::new(tokens[start as usize].span.start, tokens[end as usize - 1].span.end);
    sentences.push(Sentence { tokens: TokenRange::new(start, end), span, block: block as u32 });
}

/// A full stop of its own, or one inside an abbreviation that may end a sentence.
fn ends_sentence(text: &str, tokens: &[Token], index: u32, block: TokenRange) -> bool {
    let token = tokens[index as usize];
    match token.kind {
        TokenKind::Punctuation => token.span.of(text).starts_with(['.', '!', '?', '…']),
        TokenKind::Word if text.as_bytes()[token.span.end as usize - 1] == b'.' => {
            let stem = &text[token.span.start as usize..token.span.end as usize - 1];
            // A title or an initial goes on to its name; "U.S." and "Inc." may end a sentence.
            !tokens::is_title_abbreviation(stem) && stem.chars().count() > 1 && index + 1 < block.end
        }
        _ => false,
    }
}

fn closes_sentence(text: &str, tokens: &[Token], closes: &[bool], index: u32) -> bool {
    let token = tokens[index as usize];
    match token.kind {
        TokenKind::Mark => closes[index as usize],
        TokenKind::Punctuation => matches!(token.span.of(text), ")" | "]" | "." | "!" | "?" | "…" | "..."),
        _ => false,
    }
}

fn starts_sentence(text: &str, tokens: &[Token], end: u32, next: u32) -> bool {
    let token = tokens[next as usize];
    let spaced = tokens[next as usize - 1].span.end < token.span.start;
    let after_abbreviation = tokens[end as usize].kind == TokenKind::Word;
    let ellipsis =
        tokens[end as usize].span.of(text).starts_with("..") || tokens[end as usize].span.of(text).starts_with('…');
    match token.kind {
        TokenKind::Word if after_abbreviation => spaced && is_sentence_opener(token.span.of(text)),
        TokenKind::Word => {
            (spaced || !ellipsis) && token.case != Case::Lower && (spaced || token.case == Case::Title)
                || (spaced && token.case == Case::None)
        }
        TokenKind::Number => spaced && !after_abbreviation,
        TokenKind::Mark => spaced && !ellipsis && followed_by_capital(text, tokens, next),
        TokenKind::Handle | TokenKind::Hashtag | TokenKind::Address => spaced && !after_abbreviation,
        TokenKind::Punctuation => {
            spaced
                && !after_abbreviation
                && matches!(token.span.of(text), "(" | "[" | "—" | "–" | "-" | "•" | "¿" | "¡")
                && followed_by_capital(text, tokens, next)
        }
        TokenKind::Symbol => spaced && !after_abbreviation,
        TokenKind::Clitic => false,
    }
}

fn followed_by_capital(text: &str, tokens: &[Token], index: u32) -> bool {
    tokens[index as usize + 1..]
        .iter()
        .find(|token| token.kind != TokenKind::Mark && token.span.of(text) != "[")
        .is_some_and(|token| {
            matches!(token.case, Case::Title | Case::Upper | Case::Mixed) || token.kind == TokenKind::Number
        })
}

/// Words that seldom continue a name after "U.S." or "Inc.": before these the full stop ends the sentence.
fn is_sentence_opener(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "I"
            | "You"
            | "In"
            | "On"
            | "At"
            | "But"
            | "And"
            | "For"
            | "If"
            | "That"
            | "This"
            | "These"
            | "Those"
            | "There"
            | "When"
            | "While"
            | "After"
            | "Before"
            | "As"
            | "His"
            | "Her"
            | "Its"
            | "Their"
            | "Our"
            | "My"
            | "So"
            | "Yet"
            | "What"
            | "Who"
            | "How"
            | "Why"
            | "Where"
            | "Some"
            | "Many"
            | "Most"
            | "All"
            | "No"
            | "Not"
            | "More"
            | "Other"
            | "According"
            | "Since"
            | "Although"
            | "However"
            | "Both"
            | "Last"
            | "Under"
            | "With"
            | "From"
            | "By"
            | "To"
            | "Then"
            | "Now"
            | "Only"
            | "One"
            | "Two"
            | "Several"
            | "Meanwhile"
            | "Also"
            | "During"
    )
}

#[cfg(test)]
mod tests {
    use crate::text::Text;

    fn sentences(text: &str) -> Vec<&str> {
        Text::read(text).sentences.iter().map(|sentence| sentence.span.of(text)).collect()
    }

    #[test]
    fn titles_initials_and_countries_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Mr. J. Doe met U.S. Treasury staff. He left."),
            ["Mr. J. Doe met U.S. Treasury staff.", "He left."]
        );
        assert_eq!(sentences("It is in the U.S. The rest is not."), ["It is in the U.S.", "The rest is not."]);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_before() {
        assert_eq!(sentences("“We go. You stay.” He left."), ["“We go.", "You stay.”", "He left."]);
        assert_eq!(sentences("“Who goes?” he asked."), ["“Who goes?” he asked."]);
    }

    #[test]
    fn a_block_ends_its_sentence() {
        assert_eq!(sentences("A headline\nThe text. More"), ["A headline", "The text.", "More"]);
    }
}
