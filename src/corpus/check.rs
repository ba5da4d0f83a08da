//! What a careful second reader would object to, found by machine.

use super::{Article, Problem};
use crate::annotation::{EntityType, MentionKind};
use crate::span::Span;
use std::collections::BTreeSet;

/// Problems of an article that reads: names left unannotated, quotation marks outside quotes, quotes without content.
///
/// The header's `unannotated: A; B` names texts that are left unannotated on purpose.
pub fn check(article: &Article) -> Vec<Problem> {
    let mut problems = Vec::new();
    forgotten_names(article, &mut problems);
    forgotten_dates_and_amounts(article, &mut problems);
    marks_outside_quotes(article, &mut problems);
    quotes(article, &mut problems);
    problems.sort_by_key(|problem| problem.line);
    problems
}

fn line_of(article: &Article, offset: usize) -> usize {
    let header = article.header.len() + 1;
    header + 1 + article.text[..offset].matches('\n').count()
}

fn allowed(article: &Article) -> BTreeSet<&str> {
    article.header.get("unannotated").map(|list| list.split(';').map(str::trim).collect()).unwrap_or_default()
}

fn is_covered(article: &Article, span: Span) -> bool {
    article.mentions.iter().any(|mention| mention.kind != MentionKind::Nominal && mention.span.overlaps(span))
}

/// Occurrences of `name` as whole words.
fn occurrences<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = Span> + 'a {
    text.match_indices(name).map(move |(at, _)| Span::at(at, at + name.len())).filter(move |span| {
        let before = text[..span.start as usize].chars().next_back();
        let after = text[span.end as usize..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn forgotten_names(article: &Article, problems: &mut Vec<Problem>) {
    let allowed = allowed(article);
    let names: BTreeSet<&str> = article
        .mentions
        .iter()
        .filter(|mention| matches!(mention.kind, MentionKind::Name | MentionKind::Acronym | MentionKind::Handle))
        .filter(|mention| !matches!(mention.entity_type, EntityType::Date | EntityType::Quantity))
        .map(|mention| mention.span.of(&article.text))
        .filter(|name| name.chars().any(char::is_uppercase) && name.chars().count() > 1)
        .collect();
    for name in names {
        if allowed.contains(name) {
            continue;
        }
        for span in occurrences(&article.text, name) {
            if !is_covered(article, span) {
                let line = line_of(article, span.start as usize);
                let around = context(&article.text, span);
                problems.push(Problem { line, message: format!("`{name}` is not annotated here: {around}") });
            }
        }
    }
}

fn forgotten_dates_and_amounts(article: &Article, problems: &mut Vec<Problem>) {
    let allowed = allowed(article);
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    for day in DAYS {
        for span in occurrences(&article.text, day) {
            if !is_covered(article, span) && !allowed.contains(day) {
                let line = line_of(article, span.start as usize);
                problems.push(Problem { line, message: format!("DATE missing: {}", context(&article.text, span)) });
            }
        }
    }
    for (at, sign) in article.text.match_indices(['$', '€', '£', '¥', '₹']) {
        let digit = article.text[at + sign.len()..].starts_with(|c: char| c.is_ascii_digit());
        let span = Span::at(at, at + sign.len());
        if digit && !is_covered(article, span) {
            let line = line_of(article, at);
            problems.push(Problem { line, message: format!("MONEY missing: {}", context(&article.text, span)) });
        }
    }
    for (at, _) in article.text.match_indices('%') {
        let digit = article.text[..at].ends_with(|c: char| c.is_ascii_digit());
        let span = Span::at(at, at + 1);
        if digit && !is_covered(article, span) {
            let line = line_of(article, at);
            problems.push(Problem { line, message: format!("PERCENT missing: {}", context(&article.text, span)) });
        }
    }
}

/// A double mark stands at the edge of a piece or non-quote, or inside a name, or is marked `<<x stray|…>>`.
fn marks_outside_quotes(article: &Article, problems: &mut Vec<Problem>) {
    let text = &article.text;
    let contents: Vec<Span> = article
        .quotes
        .iter()
        .flat_map(|quote| quote.pieces.iter().copied())
        .chain(article.non_quotes.iter().map(|non_quote| non_quote.span))
        .collect();
    let at_edge = |span: Span| {
        contents.iter().any(|content| {
            let before = if span.end <= content.start { Some(Span::new(span.end, content.start)) } else { None };
            let after = if content.end <= span.start { Some(Span::new(content.end, span.start)) } else { None };
            let inside = content.contains(span);
            // Marks in a row, spaces, invisible characters and stray stops may stand between a mark and its content.
            let only_marks = |gap: Span| {
                gap.of(text).chars().all(|c| {
                    c.is_whitespace()
                        || crate::text::is_mark(c)
                        || matches!(c, '.' | ',' | '…' | '?' | '!' | ')' | '(' | '\u{200B}'..='\u{200F}' | '\u{FEFF}')
                })
            };
            before.into_iter().chain(after).any(only_marks)
                || (inside
                    && (only_marks(Span::new(content.start, span.start))
                        || only_marks(Span::new(span.end, content.end))))
        })
    };
    for (at, mark) in text.match_indices(['"', '“', '”', '«', '»', '„']) {
        let span = Span::at(at, at + mark.len());
        if !at_edge(span) && !is_covered(article, span) {
            let line = line_of(article, at);
            problems.push(Problem {
                line,
                message: format!("a quotation mark outside any quote: {}", context(text, span)),
            });
        }
    }
}

fn quotes(article: &Article, problems: &mut Vec<Problem>) {
    for quote in &article.quotes {
        if quote.pieces.is_empty() {
            problems.push(Problem { line: quote.line, message: format!("quote {} has no piece", quote.number) });
        }
        for piece in &quote.pieces {
            for pointer in &quote.speakers {
                if piece.contains(pointer.span) {
                    let message = format!("the speaker of quote {} stands inside it", quote.number);
                    problems.push(Problem { line: quote.line, message });
                }
            }
        }
    }
}

fn context(text: &str, span: Span) -> String {
    let start =
        text[..span.start as usize].char_indices().rev().take(25).last().map_or(span.start as usize, |(at, _)| at);
    let end = text[span.end as usize..]
        .char_indices()
        .take(25)
        .last()
        .map_or(text.len(), |(at, c)| span.end as usize + at + c.len_utf8());
    text[start..end].replace('\n', "⏎")
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn problems(body: &str) -> Vec<String> {
        let source = format!("id: a\nregion: r\nstyle: wire\nnames: n\nquotes: american\n===\n{body}\n");
        check(&read(&source).unwrap()).into_iter().map(|problem| problem.to_string()).collect()
    }

    #[test]
    fn a_forgotten_second_mention_is_found() {
        assert_eq!(
            problems("{Ruiz|PERSON ruiz} left.\nThen Ruiz came."),
            ["line 8: `Ruiz` is not annotated here: {Ruiz left.⏎Then Ruiz came.}".replace(['{', '}'], "")]
        );
        assert!(problems("{Ruiz|PERSON ruiz} left. {Ana Ruiz|ruiz} came.").is_empty());
    }

    #[test]
    fn forgotten_dates_amounts_and_marks_are_found() {
        assert_eq!(problems("On Monday $5 and 6% “x” of it").len(), 5);
        assert!(problems("{On|PERSON on} “<<1 direct|x>>” and “<<x scare|y>>”").is_empty());
        assert!(problems("“\u{200E}<<1 direct|x>>”").is_empty());
    }
}
