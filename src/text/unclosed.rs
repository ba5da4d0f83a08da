//! Quotations whose closing mark is missing: where the writer's own words begin again.
//!
//! Without its mark a quotation reaches to the end of its paragraph, unless the paragraph tells better: “We will go, she wrote on
//! Monday. It was too late.” has the quotation's end before its teller, and “called it “a choir with one song. Nobody laughed.”
//! the end of the fragment's sentence, or another verb of its teller before: “a choir with one song and said it was late.”

use super::marks::{MarkPair, MarkRole, content};
use super::{Case, Token, TokenKind};

/// What somebody does who tells whose words were quoted.
const TELLS: [&str; 24] = [
    "added",
    "adds",
    "answered",
    "asked",
    "asks",
    "concluded",
    "continued",
    "explained",
    "explains",
    "insisted",
    "joked",
    "posted",
    "recalled",
    "recalls",
    "remarked",
    "replied",
    "replies",
    "said",
    "says",
    "told",
    "tweeted",
    "warned",
    "writes",
    "wrote",
];

/// What follows the verb of a teller at the end of the words; "said that", "told him he" would go on with other words.
const FOLLOWS: [&str; 22] = [
    "about",
    "after",
    "as",
    "at",
    "before",
    "by",
    "during",
    "from",
    "in",
    "last",
    "on",
    "outside",
    "over",
    "through",
    "to",
    "via",
    "when",
    "while",
    "with",
    "yesterday",
    "later",
    "this",
];

/// Words of the longest teller: "the former deputy mayor of Porto".
const LONGEST_TELLER: u32 = 6;

/// Shortens the quotations without a closing mark, and takes what stands behind out of them. Linear: each token is looked at for
/// each of the few quotations around it.
pub(super) fn shorten(text: &str, tokens: &[Token], pairs: &mut [MarkPair]) {
    for index in 0..pairs.len() {
        let MarkPair { open, close, role, parent, .. } = pairs[index];
        if role != MarkRole::Unclosed {
            continue;
        }
        // Marks inside have ends of their own.
        let nested = pairs.get(index + 1).filter(|next| next.open < close).map_or(close, |next| next.open);
        let reader = Reader { text, tokens, end: close };
        let Some(end) = reader.end_of_words(open, nested) else { continue };
        pairs[index].close = end;
        pairs[index].content = content(text, tokens, open, end);
        let outside = pairs[index + 1..].iter_mut().take_while(|next| next.open < close);
        outside
            .filter(|next| next.parent == Some(index as u32) && next.open >= end)
            .for_each(|next| next.parent = parent);
    }
}

struct Reader<'r> {
    text: &'r str,
    tokens: &'r [Token],
    /// The end of the paragraph.
    end: u32,
}

impl Reader<'_> {
    fn of(&self, token: u32) -> &str {
        if token < self.end { self.tokens[token as usize].span.of(self.text) } else { "" }
    }

    fn is_one_of(&self, token: u32, words: &[&str]) -> bool {
        words.iter().any(|word| self.of(token).eq_ignore_ascii_case(word))
    }

    fn case(&self, token: u32) -> Case {
        if token < self.end { self.tokens[token as usize].case } else { Case::None }
    }

    /// One past the last token of the words that the mark at `open` opens, of which those up to `nested` are looked at.
    fn end_of_words(&self, open: u32, nested: u32) -> Option<u32> {
        let is_fragment = self.case(open + 1) == Case::Lower
            && open > 0
            && self.tokens[open as usize - 1].kind == TokenKind::Word
            && self.of(open - 1) != "that";
        (open + 2..nested).find_map(|token| match self.of(token) {
            "." if is_fragment && self.case(token + 1) == Case::Title => Some(token),
            // "called it “a stain on us all and said it must end."
            "and" | "but" if is_fragment && self.is_one_of(token + 1, &TELLS) => Some(token),
            "," | "?" | "!" if self.tells(token + 1) => Some(token + 1),
            _ => None,
        })
    }

    /// Whether a teller and a verb of telling stand from here on, in whatever order.
    fn tells(&self, start: u32) -> bool {
        if self.is_one_of(start, &TELLS) {
            return self.case(start) == Case::Lower && self.teller(start + 1).is_some();
        }
        let Some(verb) = self.teller(start) else { return false };
        let after = verb + 1;
        self.is_one_of(verb, &TELLS) && (self.goes_on(after) || self.of(verb) == "told" && self.addresses(after))
    }

    /// Whether what stands here may follow the verb of a teller.
    fn goes_on(&self, token: u32) -> bool {
        token >= self.end || matches!(self.of(token), "." | "," | ";" | ":") || self.is_one_of(token, &FOLLOWS)
    }

    /// "parliament.", "the Daily Courier in a letter": whether somebody stands here who is told, and nothing of what.
    fn addresses(&self, token: u32) -> bool {
        const TOLD: [&str; 10] = ["that", "he", "she", "it", "they", "we", "i", "you", "there", "if"];
        let is_word = |token: &u32| {
            let kind = self.tokens[*token as usize].kind;
            matches!(kind, TokenKind::Word | TokenKind::Clitic) && !self.is_one_of(*token, &TOLD)
        };
        let most = (token + LONGEST_TELLER).min(self.end);
        let end = (token..most).find(|token| !is_word(token) || self.is_one_of(*token, &FOLLOWS));
        end.is_some_and(|end| end > token && self.goes_on(end))
    }

    /// Where a teller that begins here ends: "she", "Ana Ruiz", "the family", "one of the men".
    fn teller(&self, start: u32) -> Option<u32> {
        if self.is_one_of(start, &["he", "she", "they"]) {
            return Some(start + 1);
        }
        let is_noun = self.is_one_of(start, &["the", "a", "an", "one", "his", "her", "their", "its"]);
        let is_name = |token: u32| matches!(self.case(token), Case::Title | Case::Upper) && self.of(token) != "I";
        if !is_noun && !is_name(start) {
            return None;
        }
        let most = start + LONGEST_TELLER;
        let end = (start + 1..most.min(self.end)).find(|&token| {
            let is_word = matches!(self.tokens[token as usize].kind, TokenKind::Word | TokenKind::Clitic)
                || matches!(self.of(token), "-" | ".");
            !is_word || self.is_one_of(token, &TELLS) || !is_noun && !is_name(token) && self.of(token) != "of"
        });
        end.or((most >= self.end).then_some(self.end))
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Text;

    fn contents(source: &str) -> Vec<&str> {
        Text::read(source).marks.iter().map(|pair| pair.content.of(source)).collect()
    }

    #[test]
    fn words_end_before_their_teller() {
        for (words, rest) in [
            ("We will go,", " she wrote on Monday. It was too late."),
            ("We will go,", " said Ana Ruiz, the mayor. “You stay.”"),
            ("We will go. You stay,", " the family said on its page."),
            ("Will you go?", " asked the mayor of Porto."),
            ("We will go,", " Ruiz said."),
            ("The war is over,", " President Amadi told parliament. “We must rebuild.”"),
            ("We will go,", " the deputy mayor of Porto added."),
        ] {
            let source = format!("The bridge is shut.\n\n“{words}{rest}");
            assert_eq!(contents(&source)[0], words, "{source}");
        }
        assert_eq!(contents("She called it “a choir with one song. Nobody laughed."), ["a choir with one song"]);
        assert_eq!(contents("She called it “a choir and said it was late."), ["a choir"]);
        assert_eq!(contents("She said: “They came and said it was late."), ["They came and said it was late."]);
    }

    #[test]
    fn what_is_told_inside_stays_inside() {
        for words in [
            "I met him, and he said he would go.",
            "If you ask me, she told everybody that it was over.",
            "If he lies, she told them he would go.",
            "My father, I said to him, was right.",
            "We go. The ship, Ruiz knows, is old.",
        ] {
            let source = format!("“{words}");
            assert_eq!(contents(&source), [words], "{source}");
        }
    }
}
