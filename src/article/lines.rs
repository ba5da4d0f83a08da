//! What one line tells of itself: patterns of bylines, credits and promos, and the order in which kinds are asked.

use super::datelines::{self, DateLine};
use super::words::Starts;
use super::{Block, credits, promos};
use crate::annotation::BlockKind;
use crate::span::Span;
use regex::bytes::Regex;
use std::sync::OnceLock;

/// No byline, credit or promo is longer than this, in bytes; patterns look no further.
const LONGEST_FURNITURE: usize = 240;
/// A paragraph longer than this is the article itself: what stands at a page's head is over.
const LONGEST_AT_HEAD: usize = 200;
/// A page's head has no more blocks than this.
const MOST_AT_HEAD: usize = 12;

/// A pattern, compiled when a line first needs it; ASCII only, so that no Unicode tables are needed.
///
/// Compiling one takes as long as reading an article, and the engine without tables is slow: each pattern has a quick look
/// that lets only those lines through which may match. They are of bytes, in which "any char" is written shorter than the engine does.
struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    const fn new(source: &'static str) -> Pattern {
        Pattern { source, compiled: OnceLock::new() }
    }

    /// None for a pattern that does not compile: a test compiles them all.
    fn get(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(self.source).ok()).as_ref()
    }

    fn matches(&self, line: &str) -> bool {
        self.get().is_some_and(|pattern| pattern.is_match(line.as_bytes()))
    }
}

/// Any one char but a line's end, of text that is UTF-8.
macro_rules! any {
    () => {
        r"(?:[^\n\x80-\xBF][\x80-\xBF]*)"
    };
}

static PROMO: Pattern = Pattern::new(concat!(
    r"^(?i-u)[\[({*>| ]*(?:",
    r"advertisements?\b",
    any!(),
    r"{0,40}$|skip (?:ad|to)\b|(?:also )?read(?: more| also| next| this| the full)?(?: *[:>|]|$)|(?:see|watch|listen|more|related|also|don't miss|up next|recommended)(?: (?:also|more|here|now|on this|stories|coverage|articles?))*(?: *[:>|]|$)",
    r"|(?:most read|trending|latest news|story continues|continue reading|keep reading|click (?:here|to)|tap here|sign up|subscribe|log ?in|register (?:now|here|for)|follow us|like us|join us|share(?: (?:this|on|via|to)\b|\s*$|\s*:)|tweet\s*$|print\s*$|e-?mail\s*$|comments?(?: \(?\d|\s*$)|\d+ comments?|get (?:the|our) ",
    any!(),
    r"{0,40}(?:newsletter|app|inbox)|download (?:the|our)|support (?:our|independent)|copyright|all rights reserved|\(c\)|cookie|newsletter|tags?:|topics?:|filed under|in this story|you may (?:also )?like|sponsored|promoted|photo gallery|view gallery|back to top|this (?:article|story) (?:was|first|originally)|the opinions expressed|the views expressed)",
    r")"
));

static BYLINE: Pattern = Pattern::new(concat!(
    r"^(?-u)(?:(?:(?i)by|words by|story by|reported by|written by|report by) [A-Z]",
    any!(),
    r"{0,140}$",
    r"|\(?(?i)(?:additional )?(?:reporting|writing|editing|edited|translated|compiled) by\b",
    r"|(?:published|updated|posted|last (?:updated|modified)|first published|issued)\b ?(?:on|at|:)? ?",
    any!(),
    r"{0,60}\d",
    r")"
));

static CREDIT: Pattern = Pattern::new(concat!(
    r"^(?i-u)[\[(]?(?:(?:file )?(?:photo|photograph|image|picture|pic|illustration|video|graphic|map|file pic)s?(?: credits?| courtesy(?: of)?| by)? ?(?::|/|by\b|©|\|)|credits?:|photographer:|courtesy(?: of)?\b",
    any!(),
    r"{0,60}$|©|getty images|shutterstock)",
));

/// How lines begin that [`PROMO`] may match, after signs.
static PROMO_STARTS: Starts = Starts::new(&[
    "advertisement",
    "all rights",
    "also read",
    "back to top",
    "c)",
    "click",
    "comment",
    "continue",
    "cookie",
    "copyright",
    "don't miss",
    "download",
    "e-mail",
    "email",
    "filed under",
    "follow",
    "get ",
    "in this story",
    "join us",
    "keep reading",
    "latest news",
    "like us",
    "listen",
    "log",
    "more",
    "most read",
    "newsletter",
    "photo gallery",
    "print",
    "promoted",
    "read",
    "recommended",
    "register",
    "related",
    "see",
    "share",
    "sign up",
    "skip ",
    "sponsored",
    "story continues",
    "subscribe",
    "support ",
    "tag",
    "tap here",
    "the opinions",
    "the views",
    "this article",
    "this story",
    "topic",
    "trending",
    "tweet",
    "up next",
    "view gallery",
    "watch",
    "you may",
]);

/// The same after a number.
static COMMENTS: Starts = Starts::new(&[" comment"]);

/// The same of [`BYLINE`].
static BYLINE_STARTS: Starts = Starts::new(&[
    "additional ",
    "by ",
    "compiled",
    "edited",
    "editing",
    "first published",
    "issued",
    "last modified",
    "last updated",
    "posted",
    "published",
    "report by ",
    "reported by ",
    "reporting",
    "story by ",
    "translated",
    "updated",
    "words by ",
    "writing",
    "written by ",
]);

/// Those of them that say when.
static STAMP_STARTS: Starts =
    Starts::new(&["first published", "issued", "last modified", "last updated", "posted", "published", "updated"]);

/// Those of them that close a report: who wrote and edited it stands there as a picture's owner does.
static SIGN_OFF_STARTS: Starts = Starts::new(&["additional ", "editing", "reporting by", "writing"]);

/// The same of [`CREDIT`].
static CREDIT_STARTS: Starts = Starts::new(&[
    "courtesy",
    "credit",
    "file p",
    "file i",
    "file v",
    "file g",
    "file m",
    "file f",
    "getty images",
    "graphic",
    "illustration",
    "image",
    "map",
    "photo",
    "pic",
    "shutterstock",
    "video",
    "©",
]);

fn may_be_promo(line: &str) -> bool {
    let line = line.trim_start_matches(['[', '(', '{', '*', '>', '|', ' ']);
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    PROMO_STARTS.begin(line) || after_number.len() < line.len() && COMMENTS.begin(after_number)
}

fn may_be_byline(line: &str) -> bool {
    BYLINE_STARTS.begin(line.trim_start_matches('('))
}

fn may_be_credit(line: &str) -> bool {
    CREDIT_STARTS.begin(line.trim_start_matches(['[', '(']))
}

/// Cuts a line (trimmed, not empty) into its blocks.
pub(super) fn split(text: &str, line: Span, blocks: &mut Vec<Block>) {
    let is_first = blocks.is_empty();
    // Whether a sentence of the article stands before.
    let has_begun = blocks.iter().take(MOST_AT_HEAD).any(|block| {
        block.kind == BlockKind::Paragraph && block.span.len() > 60 && super::ends_as_sentence(block.span.of(text))
    });
    let at_head = blocks.len() <= MOST_AT_HEAD
        && !blocks.iter().any(|block| block.kind == BlockKind::Paragraph && block.span.len() > LONGEST_AT_HEAD);
    let mut push = |kind, span: Span| {
        let span = span.trim(text);
        if !span.is_empty() {
            blocks.push(Block { kind, span, duplicate_of: None });
        }
    };
    let written = line.of(text);
    let is_short = written.len() <= LONGEST_FURNITURE;
    if is_short
        && (may_be_promo(written) && PROMO.matches(written)
            || promos::is_promo(written)
            || !at_head && promos::is_shouted(written))
    {
        return push(BlockKind::Promo, line);
    }
    match datelines::date_line(written) {
        Some(DateLine::Time) => return push(BlockKind::Dateline, line),
        Some(DateLine::Date) if at_head => return push(BlockKind::Dateline, line),
        Some(DateLine::Author) if at_head => return push(BlockKind::Byline, line),
        _ => {}
    }
    if is_short && may_be_byline(written) && !super::ends_as_sentence(written) && BYLINE.matches(written) {
        let kind = match () {
            () if STAMP_STARTS.begin(written.trim_start_matches('(')) && !written.contains("| By ") => {
                BlockKind::Dateline
            }
            () if is_sign_off(written) => BlockKind::Credit,
            () => BlockKind::Byline,
        };
        return push(kind, line);
    }
    let is_credit = may_be_credit(written) && CREDIT.matches(written) && !written.contains(". ");
    if is_short && !is_first && (is_credit || credits::is_labelled_line(written)) {
        return push(BlockKind::Credit, line);
    }
    if !is_first && let Some(found) = credits::at_end(written) {
        let middle = line.start + found.start as u32;
        let before = if found.is_caption { BlockKind::Caption } else { BlockKind::Paragraph };
        push(before, Span::new(line.start, middle));
        return push(BlockKind::Credit, Span::new(middle, line.end));
    }
    if let Some(end) = datelines::dateline(written, at_head && !is_first && !has_begun)
        && !(written[..end].ends_with(':') && is_label_of_turns(text, &written[..end]))
    {
        let middle = line.start + end as u32;
        push(BlockKind::Dateline, Span::new(line.start, middle));
        return push(BlockKind::Paragraph, Span::new(middle, line.end));
    }
    push(BlockKind::Paragraph, line);
}

/// Whether a line says who wrote and edited the report.
pub(super) fn is_sign_off(line: &str) -> bool {
    SIGN_OFF_STARTS.begin(line.trim_start_matches('('))
}

/// "SMITH:", before the turns of a conversation, where it starts another line; "LAHORE:" stands once.
fn is_label_of_turns(text: &str, label: &str) -> bool {
    text.lines().filter(|line| line.trim_start().starts_with(label)).nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &[&str] = &[
        "ADVERTISEMENT",
        "Advertisements ",
        "Skip ad",
        "(c) 2024 The Post",
        "[Read more]",
        "* Also read: The ferry",
        "Read next",
        "SEE ALSO: Ferry",
        "Watch: the ferry",
        "Listen now:",
        "More on this |",
        "Related stories:",
        "Don't miss: x",
        "Up next",
        "Recommended:",
        "Most read",
        "Trending",
        "Latest news",
        "Story continues below",
        "Continue reading",
        "Keep reading",
        "Click here",
        "Tap here",
        "Sign up",
        "Subscribe",
        "Log in",
        "Login",
        "Register now",
        "Follow us",
        "Like us",
        "Join us",
        "Share this",
        "Share",
        "Tweet",
        "Print",
        "E-mail",
        "Email",
        "Comments (3)",
        "12 comments",
        "Get the newsletter",
        "Download our app",
        "Support independent news",
        "Copyright 2024",
        "All rights reserved",
        "Cookie settings",
        "Newsletter",
        "Tags: ferry",
        "Topics",
        "Filed under: ferry",
        "In this story",
        "You may also like",
        "Sponsored",
        "Promoted",
        "Photo gallery",
        "View gallery",
        "Back to top",
        "This article was first published",
        "The views expressed",
        "The opinions expressed here",
        "This story originally ran",
        "| > Read this",
        "By Jane Atieno",
        "Words by Jane",
        "story BY Jane",
        "Reported by Jane",
        "Written by Jane",
        "Report by Jane",
        "(Additional reporting by Jane",
        "Editing by Jane",
        "(Writing by Jane",
        "Edited by",
        "Translated by Jane",
        "Compiled by Jane",
        "Published on 3 March",
        "Updated: 14.30",
        "Posted 3 March",
        "Last updated 3",
        "Last modified 3",
        "First published at 3",
        "Issued on 3 March",
        "Photo: Jane",
        "(File photo: Jane",
        "[Photograph by Jane",
        "Image credit: Jane",
        "Picture: Jane",
        "Pic/Jane",
        "Illustration: Jane",
        "Video: Jane",
        "Graphic: Jane",
        "Map: Jane",
        "File pic: Jane",
        "File pictures | Jane",
        "Credits: Jane",
        "Photographer: Jane",
        "Courtesy of Jane",
        "© Jane",
        "Getty Images",
        "Shutterstock/Jane",
        "File file pic: Jane",
        "The mayor said so.",
        "A former nurse - she was one - spoke (twice).",
        "2 boats sank: both",
        "seekers",
        "Logs",
        "get it",
    ];

    #[test]
    fn the_patterns_compile() {
        assert!([&PROMO, &BYLINE, &CREDIT].iter().all(|pattern| pattern.get().is_some()));
    }

    #[test]
    fn a_quick_look_lets_all_through_that_match() {
        type Look = fn(&str) -> bool;
        let looks: [(&Pattern, Look); 3] = [(&PROMO, may_be_promo), (&BYLINE, may_be_byline), (&CREDIT, may_be_credit)];
        for (pattern, look) in looks {
            let mut matching = 0;
            for line in LINES {
                for line in [line.to_string(), line.to_uppercase(), line.to_lowercase()] {
                    if pattern.matches(&line) {
                        assert!(look(&line), "{line:?} against {}", pattern.source);
                        matching += 1;
                    }
                }
            }
            assert!(matching >= 4, "{matching} lines match {}", pattern.source);
        }
        assert!(!may_be_promo("The mayor said so."));
    }
}
