//! How each sentence is written: running text, Title Case or ALL CAPITALS. In the latter two, capitals say nothing.

use crate::text::{Case, Text, TokenKind};

/// How a sentence uses capitals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line {
    /// As in prose.
    Running = 0,
    /// Like This: a headline.
    Title = 1,
    /// LIKE THIS.
    Capitals = 2,
}

/// For each sentence.
pub fn lines(text: &Text) -> Vec<Line> {
    text.sentences
        .iter()
        .map(|sentence| {
            let (mut lower, mut title, mut upper) = (0, 0, 0);
            for token in &text.tokens[sentence.tokens.indices()] {
                if token.kind != TokenKind::Word {
                    continue;
                }
                match token.case {
                    // Short words are lower-case in Title Case, too.
                    Case::Lower => lower += u32::from(token.span.len() > 3),
                    Case::Upper => upper += u32::from(token.span.len() > 1),
                    Case::Title | Case::Mixed => title += 1,
                    Case::None => {}
                }
            }
            if upper >= 3 && upper >= 4 * (lower + title) {
                Line::Capitals
            } else if title >= upper && title >= 3 && title + upper >= (5 * lower).max(4) {
                Line::Title
            } else {
                Line::Running
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        lines(&Text::read(text))[0]
    }

    #[test]
    fn headlines_are_told_from_prose() {
        assert_eq!(line("Traders Count Losses As Fire Guts 63 Shops In Kano"), Line::Title);
        assert_eq!(line("BORDER PATROL UNION BOSS SAYS MORALE THROUGH THE FLOOR"), Line::Capitals);
        assert_eq!(line("The Ministry of Health told Reuters on Tuesday that it would act"), Line::Running);
        assert_eq!(line("UN, EU and NATO meet in Geneva"), Line::Running);
    }
}
