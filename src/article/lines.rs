//! What one line tells of itself: patterns of bylines, datelines, credits, captions and promos.

use super::Block;
use crate::annotation::BlockKind;
use crate::span::Span;
use regex::Regex;
use std::sync::OnceLock;

/// No byline, credit or promo is longer than this, in bytes; patterns look no further.
const LONGEST_FURNITURE: usize = 240;
/// A dateline ends within these bytes.
const LONGEST_DATELINE: usize = 90;

struct Patterns {
    promo: Regex,
    byline: Regex,
    credit: Regex,
    credit_at_end: Regex,
    dateline: Regex,
}

/// Compiled once; ASCII only, so that no Unicode tables are needed.
fn patterns() -> Option<&'static Patterns> {
    static PATTERNS: OnceLock<Option<Patterns>> = OnceLock::new();
    PATTERNS
        .get_or_init(|| {
            Some(Patterns {
                promo: Regex::new(concat!(
                    r"^(?i-u)[\[({*>| ]*(?:",
                    r"advertisements?\b(?u-i:.){0,40}$|skip (?:ad|to)\b|(?:also )?read(?: more| also| next| this| the full)?(?: *[:>|]|$)|(?:see|watch|listen|more|related|also|don't miss|up next|recommended)(?: (?:also|more|here|now|on this|stories|coverage|articles?))*(?: *[:>|]|$)",
                    r"|(?:most read|trending|latest news|story continues|continue reading|keep reading|click (?:here|to)|tap here|sign up|subscribe|log ?in|register (?:now|here|for)|follow us|like us|join us|share(?: (?:this|on|via|to)\b|\s*$|\s*:)|tweet\s*$|print\s*$|e-?mail\s*$|comments?(?: \(?\d|\s*$)|\d+ comments?|get (?:the|our) (?u-i:.){0,40}(?:newsletter|app|inbox)|download (?:the|our)|support (?:our|independent)|copyright|all rights reserved|\(c\)|cookie|newsletter|tags?:|topics?:|filed under|in this story|you may (?:also )?like|sponsored|promoted|photo gallery|view gallery|back to top|this (?:article|story) (?:was|first|originally)|the opinions expressed|the views expressed)",
                    r")"
                ))
                .ok()?,
                byline: Regex::new(concat!(
                    r"^(?:(?:(?i-u)by|words by|story by|reported by|written by|report by) (?-i:[A-Z])(?u-i:.){0,140}$",
                    r"|\(?(?i-u)(?:additional )?(?:reporting|writing|editing|edited|translated|compiled) by\b",
                    r"|(?i-u)(?:published|updated|posted|last (?:updated|modified)|first published|issued)\b ?(?:on|at|:)? ?(?u-i:.){0,60}\d",
                    r")"
                ))
                .ok()?,
                credit: Regex::new("^(?i-u)[\\[(]?(?:(?:file )?(?:photo|photograph|image|picture|pic|illustration|video|graphic|map|file pic)s?(?: credits?| courtesy(?: of)?| by)? ?(?::|/|by\\b|©|\\|)|credits?:|photographer:|courtesy(?: of)?\\b(?u-i:.){0,60}$|©|getty images|shutterstock)")
                .ok()?,
                credit_at_end: Regex::new("[\\[(](?i-u)(?:(?:file )?(?:photo|image|picture|pic|video|illustration|file)s?(?: credits?| courtesy(?: of)?| by)? ?[:/|]|photo by|credits?:|courtesy|via|(?-i:[A-Z])[A-Za-z ]{1,30}/(?-i:[A-Z])|(?:reuters|afp|ap|ap photo|epa|xinhua|tass|getty images|bloomberg|anadolu|yonhap|kyodo)\\b)(?u-i:[^()\\[\\]]){0,120}[\\])][. ]*$")
                .ok()?,
                // "KISUMU, Kenya, March 3 (Reuters) —", "NAIROBI, (AFP) -"; "Esbjerg, 4 June 2025 -", "Beira (AIM) —"
                dateline: Regex::new(concat!(
                    r"^(?:[A-Z](?:[A-Z.'’ -]|[^\x00-\x7F]){2,40}(?:[,/] ?(?:[A-Za-z0-9.' ]|[^\x00-\x7F]){1,30}){0,4}(?: ?\([A-Za-z ./-]{2,30}\))?",
                    r"|[A-Z](?:[A-Za-z.'’ ]|[^\x00-\x7F]){2,40}(?:, [A-Z](?:[A-Za-z.' ]|[^\x00-\x7F]){2,30}){0,2}(?:, (?:[A-Z][a-z]{2,8}\.? [0-9]{1,2}|[0-9]{1,2} [A-Z][a-z]{2,8})(?:,? [0-9]{4})?(?: ?\([A-Za-z ./-]{2,30}\))?| ?\([A-Z][A-Za-z ./-]{1,30}\)))",
                    r"(?: ?(?:—|–|--|:)| -)(?: |$)"
                ))
                .ok()?,
            })
        })
        .as_ref()
}

/// Cuts a line (trimmed, not empty) into its blocks.
pub(super) fn split(text: &str, line: Span, blocks: &mut Vec<Block>) {
    let mut push = |kind, span: Span| {
        let span = span.trim(text);
        if !span.is_empty() {
            blocks.push(Block { kind, span, duplicate_of: None });
        }
    };
    let written = line.of(text);
    let Some(patterns) = patterns() else { return push(BlockKind::Paragraph, line) };
    let is_short = written.len() <= LONGEST_FURNITURE;
    if is_short && patterns.promo.is_match(written) {
        return push(BlockKind::Promo, line);
    }
    if is_short && !super::ends_as_sentence(written) && patterns.byline.is_match(written) {
        return push(BlockKind::Byline, line);
    }
    if is_short && patterns.credit.is_match(written) && !written.contains(". ") {
        return push(BlockKind::Credit, line);
    }
    if let Some(credit) = credit_at_end(patterns, written) {
        let middle = line.start + credit as u32;
        push(BlockKind::Caption, Span::new(line.start, middle));
        return push(BlockKind::Credit, Span::new(middle, line.end));
    }
    if let Some(end) = dateline(patterns, written) {
        let middle = line.start + end as u32;
        push(BlockKind::Dateline, Span::new(line.start, middle));
        return push(BlockKind::Paragraph, Span::new(middle, line.end));
    }
    push(BlockKind::Paragraph, line);
}

/// Where a credit in brackets starts that ends the line.
fn credit_at_end(patterns: &Patterns, line: &str) -> Option<usize> {
    let mut from = line.len().saturating_sub(160);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    let found = patterns.credit_at_end.find(&line[from..])?;
    Some(from + found.start())
}

/// Where the dateline at the start of a line ends.
fn dateline(patterns: &Patterns, line: &str) -> Option<usize> {
    let mut bound = line.len().min(LONGEST_DATELINE);
    while !line.is_char_boundary(bound) {
        bound -= 1;
    }
    let found = patterns.dateline.find(&line[..bound])?;
    // "Q:" and "SMITH:" are turns of an interview; a place of one word has its date, agency or a dash.
    let place = found.as_str().trim_end();
    let is_turn = place.ends_with(':') && !place.contains(',') && !place.contains('(');
    (!is_turn && line.len() > found.end()).then_some(found.end())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_patterns_compile() {
        assert!(super::patterns().is_some());
    }
}
