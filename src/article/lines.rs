//! What one line tells of itself: the order in which the kinds of blocks are asked.

use super::datelines::{self, DateLine};
use super::{Block, bylines, credits, promos};
use crate::annotation::BlockKind;
use crate::span::Span;

/// No byline, credit or promo is longer than this, in bytes.
const LONGEST_FURNITURE: usize = 240;
/// A paragraph longer than this is the article itself: what stands at a page's head is over.
const LONGEST_AT_HEAD: usize = 200;
/// A page's head has no more lines than this that are longer than the items of a menu.
const MOST_AT_HEAD: usize = 12;
/// An item of a menu is no longer than this.
const LONGEST_ITEM: usize = 24;

/// What the lines so far have told of where the article begins.
#[derive(Default)]
pub(super) struct Head {
    /// How many of the blocks have been looked at.
    seen: usize,
    /// Blocks longer than the items of a menu.
    lines: usize,
    /// Whether a sentence of the article stands before.
    has_begun: bool,
    /// Whether a long paragraph does.
    is_over: bool,
}

impl Head {
    fn look_at(&mut self, text: &str, blocks: &[Block]) {
        for block in &blocks[self.seen..] {
            let length = block.span.len();
            self.lines += usize::from(length > LONGEST_ITEM);
            if block.kind == BlockKind::Paragraph {
                self.has_begun |= length > 60 && super::ends_as_sentence(block.span.of(text));
                self.is_over |= length > LONGEST_AT_HEAD;
            }
        }
        self.seen = blocks.len();
    }
}

/// Cuts a line (trimmed, not empty) into its blocks.
#[inline(never)]
pub(super) fn split(text: &str, line: Span, blocks: &mut Vec<Block>, head: &mut Head) {
    let is_first = blocks.is_empty();
    head.look_at(text, blocks);
    let has_begun = head.has_begun;
    let at_head = head.lines <= MOST_AT_HEAD && !head.is_over;
    let mut push = |kind, span: Span| {
        let span = span.trim(text);
        if !span.is_empty() {
            blocks.push(Block { kind, span, duplicate_of: None });
        }
    };
    let written = line.of(text);
    let is_short = written.len() <= LONGEST_FURNITURE;
    if is_short && (promos::is_promo(written) || !at_head && promos::is_shouted(written)) {
        return push(BlockKind::Promo, line);
    }
    // "ByIda Holm, Reporter"
    if at_head
        && written
            .strip_prefix("By")
            .is_some_and(|name| name.starts_with(char::is_uppercase) && bylines::is_bare_byline(name))
    {
        push(BlockKind::Byline, Span::new(line.start, line.start + 2));
        return push(BlockKind::Byline, Span::new(line.start + 2, line.end));
    }
    match datelines::date_line(written) {
        Some(DateLine::Time) => return push(BlockKind::Dateline, line),
        Some(DateLine::Date) if at_head || written.ends_with(" ago") => return push(BlockKind::Dateline, line),
        Some(DateLine::Author) if at_head => return push(BlockKind::Byline, line),
        _ => {}
    }
    if is_short && !super::ends_as_sentence(written) && bylines::is_byline(written) {
        let is_stamp = bylines::is_stamp(written) && !written.contains("| By ");
        return push(if is_stamp { BlockKind::Dateline } else { BlockKind::Byline }, line);
    }
    if is_short && bylines::is_sign_off(written) {
        return push(BlockKind::Byline, line);
    }
    if !is_first && let Some(owner) = credits::owner_around(written) {
        let (start, end) = (line.start + owner as u32, line.end - owner as u32);
        push(BlockKind::Credit, Span::new(line.start, start));
        push(BlockKind::Caption, Span::new(start, end));
        return push(BlockKind::Credit, Span::new(end, line.end));
    }
    if is_short && !is_first && (credits::begins_as_credit(written) || credits::is_labelled_line(written)) {
        return push(BlockKind::Credit, line);
    }
    if !is_first && let Some(found) = credits::at_end(written) {
        let middle = line.start + found.start as u32;
        let before = if found.is_caption { BlockKind::Caption } else { BlockKind::Paragraph };
        push(before, Span::new(line.start, middle));
        let end = line.start + found.end as u32;
        push(BlockKind::Credit, Span::new(middle, end));
        return push(BlockKind::Promo, Span::new(end, line.end));
    }
    if let Some(end) = datelines::entry_time(written) {
        let middle = line.start + end as u32;
        push(BlockKind::Dateline, Span::new(line.start, middle));
        return push(BlockKind::Paragraph, Span::new(middle, line.end));
    }
    // "LIMA: Dock strike enters its third day" heads a text, "NEW DELHI: The court on Tuesday …." is its lead.
    let may_open =
        at_head && !has_begun && (!is_first || written.len() >= SHORTEST_LEAD && super::ends_as_sentence(written));
    if let Some(end) = datelines::dateline(written, may_open)
        && !(written[..end].ends_with(':') && is_label_of_turns(text, &written[..end]))
    {
        let middle = line.start + end as u32;
        push(BlockKind::Dateline, Span::new(line.start, middle));
        return push(BlockKind::Paragraph, Span::new(middle, line.end));
    }
    push(BlockKind::Paragraph, line);
}

/// A first line as long as this, in bytes, with a full stop at its end is no headline.
const SHORTEST_LEAD: usize = 100;

/// "SMITH:", "Ruiz (Leeds West):", before the turns of a conversation, where the name starts another line; "LAHORE:" stands once.
fn is_label_of_turns(text: &str, label: &str) -> bool {
    let name = label.split([':', '(']).next().unwrap_or_default().trim_end();
    let says =
        |line: &str| line.trim_start().strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with([':', '(']));
    text.lines().filter(|line| says(line)).nth(1).is_some()
}
