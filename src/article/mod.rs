//! The string to blocks: headline, standfirst, byline, dateline, caption, credit, paragraph, promo, repeated.
//!
//! A block is a line, or a part of one. First every line is judged by itself ([`lines`]), then by its neighbours: the first
//! line is the headline, what stands between it and the first byline, caption or dateline is the standfirst, and a
//! line whose words stood there before is a repetition.

mod bylines;
mod credits;
mod datelines;
mod lines;
mod menus;
mod promos;
mod starts;
mod summaries;
mod words;

use crate::annotation::BlockKind;
use crate::hashing::{WordHasher, WordMap};
use crate::span::Span;
use std::hash::Hasher;

/// A part of the page: one line, or a part of one.
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// What it is for.
    pub kind: BlockKind,
    /// Where it stands; no white space at its ends.
    pub span: Span,
    /// Index of the earlier block whose text this one repeats.
    pub duplicate_of: Option<u32>,
}

/// A headline is no longer than this, in bytes.
const LONGEST_HEADLINE: usize = 220;
/// A heading inside the article is no longer than this.
const LONGEST_HEADING: usize = 90;
/// A heading with a full stop is no longer than this.
const LONGEST_CROSSHEAD: usize = 45;
/// A first line with a full stop above a dateline or byline is no longer than this.
const LONGEST_SUMMARY: usize = 130;
/// A standfirst is no longer than this.
const LONGEST_STANDFIRST: usize = 400;
/// Bylines stand among this many blocks from the headline on.
const HEAD_BLOCKS: usize = 7;
/// A dateline on several lines stands among this many blocks, and its place has no more words than this.
const MOST_ABOVE_TEXT: usize = 40;
const MOST_WORDS_OF_PLACE: usize = 4;
/// What items of a list start with.
const BULLETS: [char; 3] = ['•', '*', '·'];
/// What may open a quotation.
const OPENING: [char; 5] = ['"', '\'', '“', '‘', '«'];
/// What may close behind the end of a sentence.
const CLOSING: [char; 7] = ['"', '\'', '”', '’', '»', ')', ']'];
/// A line of fewer words may stand twice without repeating anything.
const SHORTEST_REPETITION: usize = 4;

/// Splits a text into its blocks. Linear in the text's length.
#[inline(never)]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut head = lines::Head::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::at(start, start + line.len()).trim(text);
        start += line.len();
        if !span.is_empty() {
            lines::split(text, span, &mut blocks, &mut head);
        }
    }
    menus::mark(text, &mut blocks);
    mark_repetitions(text, &mut blocks);
    mark_parted_dateline(text, &mut blocks);
    mark_captions(text, &mut blocks);
    mark_heading_and_standfirst(text, &mut blocks);
    mark_inner_headings(text, &mut blocks);
    mark_crossheads(text, &mut blocks);
    mark_author_below(text, &mut blocks);
    blocks
}

#[inline(never)]
fn mark_repetitions(text: &str, blocks: &mut Vec<Block>) {
    // Few lines begin and end with the same words as another one: only those are read as a whole.
    let outer: Vec<Option<u64>> = blocks
        .iter()
        .map(|block| {
            let may_repeat = !matches!(block.kind, BlockKind::Promo | BlockKind::Credit | BlockKind::Dateline);
            may_repeat.then(|| hash_of_outer_words(block.span.of(text)))
        })
        .collect();
    let mut alike: WordMap<u64, u32> = WordMap::default();
    alike.reserve(blocks.len());
    outer.iter().flatten().for_each(|words| *alike.entry(*words).or_default() += 1);
    // By the hash of their words; what hashes alike is compared.
    let mut seen: WordMap<u64, u32> = WordMap::default();
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    for (mut block, outer) in blocks.drain(..).zip(outer) {
        let on_line_of_last = kept.last().is_some_and(|last| {
            last.duplicate_of.is_some() && !text[last.span.end as usize..block.span.start as usize].contains('\n')
        });
        if on_line_of_last && block.kind == BlockKind::Credit {
            // A line that stands again is one repetition, its credit with it.
            if let Some(last) = kept.last_mut() {
                last.span.end = block.span.end;
            }
            continue;
        }
        if outer.is_some_and(|words| alike[&words] > 1) {
            let words = |span: Span| span.of(text).split_whitespace();
            if words(block.span).nth(SHORTEST_REPETITION - 1).is_some() {
                let first = *seen.entry(hash_of_words(block.span.of(text))).or_insert(kept.len() as u32);
                if (first as usize) < kept.len() && words(kept[first as usize].span).eq(words(block.span)) {
                    block.kind = BlockKind::Repeated;
                    block.duplicate_of = Some(first);
                }
            }
        }
        kept.push(block);
    }
    *blocks = kept;
    // What stands twice right after another is the text of a picture.
    // The last block before each that is no credit.
    let mut before = None;
    for index in 0..blocks.len() {
        if let Some(first) = blocks[index].duplicate_of.map(|first| first as usize)
            && before == Some(first)
            && blocks[first].kind == BlockKind::Paragraph
        {
            blocks[first].kind = BlockKind::Caption;
        }
        if !matches!(blocks[index].kind, BlockKind::Credit | BlockKind::Promo) {
            before = Some(index);
        }
    }
}

/// A hash of the first and the last word of a line.
fn hash_of_outer_words(line: &str) -> u64 {
    let mut hasher = WordHasher::default();
    let mut words = line.split_whitespace();
    for word in [words.next(), words.next_back()].into_iter().flatten() {
        hasher.write(word.as_bytes());
    }
    hasher.finish()
}

/// A hash of a line that is the same however its words are spaced.
fn hash_of_words(line: &str) -> u64 {
    let mut hasher = WordHasher::default();
    let mut before = ' ';
    for c in line.chars() {
        // One sign for all gaps.
        let c = if c.is_whitespace() { ' ' } else { c };
        if (c, before) != (' ', ' ') {
            hasher.write_u32(u32::from(c));
        }
        before = c;
    }
    hasher.finish()
}

/// A single sentence right before a credit is the text of the picture, and names with a stroke right behind one its credit.
#[inline(never)]
fn mark_captions(text: &str, blocks: &mut [Block]) {
    // The last line of an article may be followed by a credit of its own.
    for index in 2..blocks.len().saturating_sub(1) {
        let line = blocks[index].span.of(text);
        let is_credit = match blocks[index].kind {
            BlockKind::Credit => true,
            BlockKind::Paragraph => credits::is_credit_line(line),
            _ => false,
        };
        // Behind "hide caption" the credit stands again.
        let mut near = blocks[index.saturating_sub(3)..index].iter();
        if is_credit && near.any(|block| block.kind == BlockKind::Credit && block.span.of(text) == line) {
            blocks[index].kind = BlockKind::Credit;
        }
        let is_above = || credits::is_above_caption(line) || is_around(text, &blocks[index..]);
        if !is_credit || is_above() || !may_be_caption(text, &blocks[index - 1]) {
            continue;
        }
        blocks[index].kind = BlockKind::Credit;
        if blocks[index - 1].kind == BlockKind::Paragraph {
            blocks[index - 1].kind = BlockKind::Caption;
        }
    }
    for index in 1..blocks.len() {
        let (above, line) = (&blocks[index - 1], blocks[index].span.of(text));
        let is_below = || match above.kind {
            BlockKind::Credit if ends_text(line) => false,
            BlockKind::Credit => {
                credits::is_above_caption(above.span.of(text))
                    || is_around(text, &blocks[index.saturating_sub(3)..index])
            }
            // "Image caption,"
            BlockKind::Caption => above.span.of(text).ends_with("aption,"),
            // "Image", and what it shows for those who cannot see it.
            BlockKind::Promo => above.span.of(text) == "Image",
            _ => false,
        };
        let is_short = line.len() <= LONGEST_STANDFIRST;
        if blocks[index].kind == BlockKind::Paragraph && is_short && (is_labelled_caption(line) || is_below()) {
            blocks[index].kind = BlockKind::Caption;
        }
    }
    // What those hear who cannot see a picture begins as the caption below it does.
    for index in 1..blocks.len().saturating_sub(1) {
        let (line, below) = (blocks[index].span.of(text), &blocks[index + 1]);
        let first = |line| str::split_whitespace(line).take(SHORTEST_REPETITION);
        // The same words, and whose picture it is: "The pier at dusk (Lake Council)", "The pier at dusk.Lake Council".
        let names = below.span.of(text).strip_prefix(line).unwrap_or_default().trim_start_matches([' ', '(']);
        let is_again = below.kind == BlockKind::Paragraph && credits::is_names(names.trim_end_matches(')'));
        if blocks[index].kind == BlockKind::Paragraph
            && (below.kind == BlockKind::Caption || is_again)
            && line.len() <= LONGEST_STANDFIRST
            && (is_again || !ends_text(line))
            && first(line).count() == SHORTEST_REPETITION
            && first(line).eq(first(below.span.of(text)))
        {
            blocks[index].kind = BlockKind::Caption;
            if is_again {
                blocks[index + 1].kind = BlockKind::Repeated;
                blocks[index + 1].duplicate_of = Some(index as u32);
            }
        }
    }
}

/// Whether the first of these blocks and the third are the owner of a picture on both sides of its text, all on one line.
fn is_around(text: &str, blocks: &[Block]) -> bool {
    let [open, _, close, ..] = blocks else { return false };
    [open, close].iter().all(|block| block.kind == BlockKind::Credit)
        && open.span.of(text) == close.span.of(text)
        && !text[open.span.end as usize..close.span.start as usize].contains('\n')
}

/// Whether a block may be the text of the picture whose credit follows: a single sentence.
fn may_be_caption(text: &str, block: &Block) -> bool {
    let line = block.span.of(text);
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Caption | BlockKind::Repeated)
        && line.len() <= LONGEST_STANDFIRST
        && line.split_whitespace().nth(2).is_some()
        && !line.trim_end_matches('.').contains(". ")
        && !bylines::is_bare_byline(line)
        && !credits::is_credit_line(line)
}

/// "FILE - …", "File photo of …", "Image caption, …", "Pictured: …".
fn is_labelled_caption(line: &str) -> bool {
    const LABELS: [&str; 12] = [
        "FILE - ",
        "FILE – ",
        "FILE — ",
        "FILE: ",
        "FILE PHOTO: ",
        "FILE PHOTO - ",
        "File photo of ",
        "File photo: ",
        "Image caption",
        "Caption: ",
        "Pictured: ",
        "Pictured above",
    ];
    LABELS.iter().any(|label| line.starts_with(label))
}

/// True where the line ends as a sentence does.
fn ends_as_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(CLOSING);
    line.ends_with(['.', '…']) && !line.ends_with("..")
}

#[inline(never)]
fn mark_heading_and_standfirst(text: &str, blocks: &mut [Block]) {
    // Share buttons, section names, and on some pages the author and the day, stand above the headline.
    let Some(first) = blocks.iter().enumerate().position(|(index, block)| match block.kind {
        BlockKind::Promo | BlockKind::Credit => false,
        BlockKind::Byline | BlockKind::Dateline => !is_line(text, blocks, index),
        _ => true,
    }) else {
        return;
    };
    let line = blocks[first].span.of(text);
    let is_short = blocks[first].kind == BlockKind::Paragraph && line.len() <= LONGEST_HEADLINE;
    if !is_short || blocks.len() == first + 1 {
        return;
    }
    let is_summary = ends_as_sentence(line) && opens_article(text, &blocks[first..]);
    if ends_as_sentence(line) && !is_summary {
        return;
    }
    let goes_on = is_summary || line.ends_with(';');
    // Wires print "CRICKET - COUNTY SCORES ." as a headline.
    let is_sentence = is_summary && line.contains(char::is_lowercase);
    blocks[first].kind = if is_sentence { BlockKind::Standfirst } else { BlockKind::Headline };
    let mut looked_at = 1;
    for block in &mut blocks[first + 1..] {
        looked_at += usize::from(!matches!(block.kind, BlockKind::Promo | BlockKind::Caption | BlockKind::Credit));
        if looked_at > HEAD_BLOCKS {
            break;
        }
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let line = block.span.of(text);
        if line.len() > LONGEST_STANDFIRST {
            break;
        }
        if bylines::is_bare_byline(line) {
            let is_credit = credits::is_credit_line(line) && line.split_whitespace().count() > 2;
            block.kind = if is_credit { BlockKind::Credit } else { BlockKind::Byline };
        }
    }
    let mut index = first + 1;
    // Lines without a full stop go on with the heading; one with it is a standfirst if the article proper starts after it.
    while index + 1 < blocks.len() && blocks[index].kind == BlockKind::Paragraph {
        let line = blocks[index].span.of(text);
        let before_body = matches!(
            blocks[index + 1].kind,
            BlockKind::Byline | BlockKind::Caption | BlockKind::Dateline | BlockKind::Credit
        ) || index == first + 1 && datelines::starts_with_time(blocks[index + 1].span.of(text));
        let sums_up_more =
            goes_on && index == first + 1 && summaries::sums_up_more(line, blocks[index + 1].span.of(text));
        if line.len() > LONGEST_STANDFIRST
            || (ends_text(line) && !before_body && !sums_up_more)
            || line.ends_with(':')
            || datelines::starts_with_time(line)
        {
            break;
        }
        blocks[index].kind = BlockKind::Standfirst;
        index += 1;
    }
    // Below the author only a line without a full stop is one: the article starts there.
    let below = (first + 1..blocks.len().min(first + HEAD_BLOCKS))
        .take_while(|index| blocks[*index].kind != BlockKind::Paragraph)
        .last()
        .filter(|last| (first + 1..=*last).any(|index| blocks[index].kind == BlockKind::Byline))
        .filter(|last| !is_time(text, &blocks[*last]));
    if let Some(last) = below
        && let (Some(here), Some(next)) = (blocks.get(last + 1), blocks.get(last + 2))
    {
        let line = here.span.of(text);
        let goes_on =
            next.kind == BlockKind::Dateline || next.span.len() > LONGEST_HEADING && ends_text(next.span.of(text));
        let is_standfirst = here.kind == BlockKind::Paragraph
            && line.len() <= LONGEST_STANDFIRST
            && line.split_whitespace().count() >= 6
            && !ends_text(line)
            && !line.ends_with([':', ',', ';'])
            && !line.starts_with(BULLETS)
            && !line.contains('|')
            && !datelines::starts_with_time(line);
        if is_line(text, blocks, last) && goes_on && is_standfirst {
            blocks[last + 1].kind = BlockKind::Standfirst;
        }
    }
}

/// "Kinshasa", "CNN" and "—", or "Noida:", on lines of their own above the text: its dateline.
fn mark_parted_dateline(text: &str, blocks: &mut [Block]) {
    for index in 1..blocks.len().min(MOST_ABOVE_TEXT) {
        let (line, rest) = (blocks[index].span.of(text), &blocks[index..]);
        let Some(length) = rest.iter().take(3).position(|block| block.span.of(text).ends_with([':', '—'])) else {
            continue;
        };
        let is_open = rest.iter().take(length + 2).all(|block| block.kind == BlockKind::Paragraph);
        let Some(lead) = rest.get(length + 1).filter(|_| is_open && line.split(' ').nth(MOST_WORDS_OF_PLACE).is_none())
        else {
            continue;
        };
        let end = rest[length].span.end;
        let is_dateline = ends_as_sentence(lead.span.of(text))
            && datelines::dateline(Span::new(rest[0].span.start, lead.span.end).of(text), true)
                == Some((end - rest[0].span.start) as usize);
        if is_dateline {
            blocks[index..=index + length].iter_mut().for_each(|block| block.kind = BlockKind::Dateline);
            return;
        }
    }
}

/// Whether a block is a line of its own: what follows it stands on another.
fn is_line(text: &str, blocks: &[Block], index: usize) -> bool {
    let end = blocks[index].span.end as usize;
    blocks.get(index + 1).is_some_and(|next| text[end..next.span.start as usize].contains('\n'))
}

/// Whether the first of these blocks, a sentence, sums up what the others tell.
fn opens_article(text: &str, blocks: &[Block]) -> bool {
    let [first, next, after, ..] = blocks else { return false };
    let (line, below) = (first.span.of(text), next.span.of(text));
    // A second line may sum up as well: "After storm, council aims to rely less on ferries."
    let is_second_short = below.len() <= LONGEST_HEADING;
    let opening = if is_second_short && next.kind == BlockKind::Paragraph { after } else { next };
    if matches!(opening.kind, BlockKind::Dateline | BlockKind::Byline) {
        let is_short = line.len() <= LONGEST_SUMMARY && summaries::is_one_sentence(line);
        return is_short || next.kind == BlockKind::Dateline && summaries::sums_up(line, after.span.of(text));
    }
    matches!(next.kind, BlockKind::Paragraph | BlockKind::Caption)
        && (introduces_statement(below) && summaries::is_one_sentence(line)
            || summaries::sums_up(line, below)
            || is_second_short && summaries::sums_up(line, after.span.of(text)))
}

/// "Foreign Secretary Ida Holm said:", alone on its line; "She said:" goes on with what stands before.
fn introduces_statement(line: &str) -> bool {
    let is_pronoun = ["He ", "I ", "It ", "She ", "They ", "We "].iter().any(|pronoun| line.starts_with(pronoun));
    line.len() <= LONGEST_SUMMARY && line.ends_with(" said:") && !is_pronoun
}

/// True where the line ends as a sentence, question or call does.
fn ends_text(line: &str) -> bool {
    line.trim_end_matches(CLOSING).ends_with(['.', '…', '?', '!'])
}

/// A time alone on its line: the stamp of an entry in a live blog.
fn is_time(text: &str, block: &Block) -> bool {
    block.kind == BlockKind::Dateline && datelines::date_line(block.span.of(text)) == Some(datelines::DateLine::Time)
}

/// A short line without an end between full paragraphs is a heading, and so is one under the time of a live blog's entry.
#[inline(never)]
fn mark_inner_headings(text: &str, blocks: &mut [Block]) {
    for index in 2..blocks.len() {
        let line = blocks[index].span.of(text);
        let Some(after) = blocks.get(index + 1) else { break };
        if blocks[index].kind != BlockKind::Paragraph || line.len() > LONGEST_HEADING || ends_as_sentence(line) {
            continue;
        }
        let before = &blocks[index - 1];
        let after_text = after.span.of(text);
        let goes_on = matches!(after.kind, BlockKind::Paragraph | BlockKind::Dateline)
            && (after_text.len() > LONGEST_HEADING
                || after_text.len() > line.len() && ends_text(after_text)
                || after_text.starts_with(BULLETS));
        let is_under_time = is_time(text, before);
        let has_ended = match before.kind {
            BlockKind::Paragraph => {
                let text = before.span.of(text);
                ends_text(text) || text.ends_with(')') || text.starts_with(BULLETS)
            }
            BlockKind::Promo | BlockKind::Repeated | BlockKind::Caption | BlockKind::Credit => true,
            kind => line.ends_with('?') && kind != BlockKind::Headline,
        };
        if goes_on
            && !is_asked_in_talk(line)
            && (is_under_time || datelines::starts_with_time(line) || has_ended && has_form_of_heading(line))
        {
            blocks[index].kind = BlockKind::Headline;
        }
    }
}

/// "How is that possible?", "But you know what?": a question about what has just been said.
fn is_asked_in_talk(line: &str) -> bool {
    line.ends_with('?')
        && (line.starts_with("But ")
            || line[..line.len() - 1].split(' ').any(|word| matches!(word, "me" | "that" | "those")))
}

/// "GARLAND STEPS ASIDE.", and where there are several, "A reclamation plan.": headings that end as sentences do.
fn mark_crossheads(text: &str, blocks: &mut [Block]) {
    let mut terse = Vec::new();
    for index in 2..blocks.len().saturating_sub(1) {
        let (before, here, after) = (&blocks[index - 1], &blocks[index], &blocks[index + 1]);
        let line = here.span.of(text);
        let stands_between = [before, here, after].iter().all(|block| block.kind == BlockKind::Paragraph)
            && line.len() <= LONGEST_CROSSHEAD
            && line.ends_with('.')
            && after.span.len() > LONGEST_HEADING
            && before.span.len() > LONGEST_HEADING
            && ends_text(before.span.of(text));
        if stands_between && summaries::is_shouted(line) {
            blocks[index].kind = BlockKind::Headline;
        } else if stands_between && summaries::is_without_verb(line) {
            terse.push(index);
        }
    }
    // One alone may be a sentence of an essay: "A pity."
    if terse.len() > 1 {
        terse.iter().for_each(|index| blocks[*index].kind = BlockKind::Headline);
    }
}

/// "Ida Holm is a reporter in Bergen.", below a text that does not speak of her, says who wrote it.
fn mark_author_below(text: &str, blocks: &mut [Block]) {
    let is_of_page = |kind| matches!(kind, BlockKind::Promo | BlockKind::Credit | BlockKind::Byline);
    let Some(last) = blocks.iter().rposition(|block| !is_of_page(block.kind)).filter(|_| blocks.len() > 3) else {
        return;
    };
    let line = blocks[last].span.of(text);
    if blocks[last].kind != BlockKind::Paragraph || line.len() > LONGEST_STANDFIRST {
        return;
    }
    let Some((author, name)) = bylines::author_below(line) else { return };
    // The name may stand above what is told of its owner.
    let is_above = last.checked_sub(1).filter(|&above| blocks[above].span.of(text) == author);
    let speaks_of = |block: &Block| block.kind != BlockKind::Byline && block.span.of(text).contains(name);
    if !blocks[..is_above.unwrap_or(last)].iter().any(speaks_of) {
        blocks[is_above.unwrap_or(last)..=last].iter_mut().for_each(|block| block.kind = BlockKind::Byline);
    }
}

/// A capital or number first, no end but a question's, and quotation marks only around the whole.
fn has_form_of_heading(line: &str) -> bool {
    let inside = line.strip_prefix(['‘', '“', '\'', '"']).and_then(|rest| rest.strip_suffix(['’', '”', '\'', '"']));
    let is_whole =
        inside.is_some_and(|inside| !inside.ends_with(['.', ',', '?', '!']) && !inside.contains(['“', '”', '"']));
    let is_numbered = line.split_once(". ").is_some_and(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
    if is_numbered {
        return !ends_as_sentence(line);
    }
    // "KENYA: Tea workers return" is a heading, "SMITH: Who knew?" a turn of a conversation.
    let label = line.split_once(": ").map(|(label, _)| label);
    (is_whole
        || line.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            && !line.ends_with(|c: char| ".…:;,!”\"’'»)".contains(c)))
        && label.is_none_or(|label| {
            let is_named = label.len() > 3 && !label.contains(char::is_lowercase) || words::is_weekday(label);
            is_named && !line.ends_with(['?', '—', '–', '-'])
        })
        && !line.starts_with("Q ")
        && line.split_whitespace().count() <= 12
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(BlockKind, &str)> {
        blocks(text).into_iter().map(|block| (block.kind, block.span.of(text))).collect()
    }

    fn kinds_of(text: &str) -> Vec<BlockKind> {
        kinds(text).into_iter().map(|(kind, _)| kind).collect()
    }

    #[test]
    fn a_pasted_page_falls_into_its_parts() {
        use BlockKind::*;
        let text = "Ferry sinks off Kisumu; 11 missing\n\nRescue went on until dawn, police say\nBy Jane Atieno\n\nDivers search the shore on Monday.  (photo credit: REUTERS/ANA RUIZ)\nDivers search the shore on Monday.\n\nKISUMU, Kenya, March 3 (Reuters) — A ferry sank.\n\nADVERTISEMENT\nThe lake was calm.\nRead more: The last ferry";
        assert_eq!(
            kinds(text),
            [
                (Headline, "Ferry sinks off Kisumu; 11 missing"),
                (Standfirst, "Rescue went on until dawn, police say"),
                (Byline, "By Jane Atieno"),
                (Caption, "Divers search the shore on Monday."),
                (Credit, "(photo credit: REUTERS/ANA RUIZ)"),
                (Repeated, "Divers search the shore on Monday."),
                (Dateline, "KISUMU, Kenya, March 3 (Reuters) —"),
                (Paragraph, "A ferry sank."),
                (Promo, "ADVERTISEMENT"),
                (Paragraph, "The lake was calm."),
                (Promo, "Read more: The last ferry"),
            ]
        );
    }

    /// The kinds of the blocks between a headline and a paragraph.
    fn kinds_between(lines: &str) -> Vec<BlockKind> {
        let lead = "A ferry with ninety people on board sank on Monday in the middle of the lake, police said.";
        let kinds =
            kinds_of(&format!("Ferry sinks off Kisumu, many missing\nBy Ida Holm\n{lines}\n{lead}\n{lead} Twice."));
        kinds[2..kinds.len() - 2].to_vec()
    }

    #[test]
    fn what_is_glued_is_parted() {
        use BlockKind::*;
        let around = "Lake Media A ferry lies on its side near the shoreLake Media\nThe ferry had been built in 1961";
        assert_eq!(kinds_between(around), [Credit, Caption, Credit, Caption]);
        let counted = "The pier at dusk in May\n4\nThe pier at dusk in MayCredit: Lake Media";
        assert_eq!(kinds_between(counted), [Caption, Promo, Repeated]);
        let linked = "Divers search the shore. REUTERS/Ana Ruiz Purchase Licensing Rights, opens new tab";
        assert_eq!(kinds_between(linked), [Caption, Credit, Promo]);
        assert_eq!(
            kinds_of("Ferry sinks off Kisumu\nByAna Ruiz, Reporter\nIt sank.")[1..],
            [Byline, Byline, Paragraph]
        );
        let apart = "Ida Holm Waves to Ida Holm";
        assert_eq!(kinds_between(&format!("{apart}\n{apart}s")).len(), 2);
    }

    #[test]
    fn what_a_picture_shows_is_told_twice() {
        use BlockKind::*;
        let begins = "A diver on the shore of the lake\nA diver on the shore on Monday. Photo: Ana Ruiz/Lake Post";
        assert_eq!(kinds_between(begins), [Caption, Caption, Credit]);
        let again = "The pier at dusk in May\nThe pier at dusk in May (Lake Council)";
        assert_eq!(kinds_between(again), [Caption, Repeated]);
        let glued = "A diver stood on the shore.\nA diver stood on the shore.Lake County Police";
        assert_eq!(kinds_between(glued), [Caption, Repeated]);
        let hidden = "A diver on the shore.\nAna Ruiz/AP\nhide caption\ntoggle caption\nAna Ruiz/AP";
        assert_eq!(kinds_between(hidden), [Caption, Credit, Promo, Promo, Credit]);
        assert_eq!(kinds_between("Image\nA diver walks on the shore."), [Promo, Caption]);
        assert_eq!(kinds_between("Image caption,\nA diver walks on the shore"), [Caption, Caption]);
    }

    #[test]
    fn a_dateline_may_have_lines_of_its_own() {
        use BlockKind::*;
        assert_eq!(kinds_between("Kinshasa\nCNN\n —"), [Dateline; 3]);
        assert_eq!(kinds_between("Noida:"), [Dateline]);
        assert_ne!(kinds_between("THE FERRY THAT NEVER CAME BACK:"), [Dateline]);
    }

    #[test]
    fn a_page_with_all_its_furniture() {
        use BlockKind::*;
        let text = "Home | News | Sport | Puzzles\nTram 9 stops for good after vote in Bergen\nThe council’s last word on a line older than its bridges\nSolveig Dahl, Transport correspondent\nUpdated 12 May 2031, 14:05\nShare   Save   Print\nA driver locks the depot on Monday. Photo: Per Lie / Fjordpress\nA driver locks the depot on Monday. Photo: Per Lie / Fjordpress\nBergen — The last tram of line 9 rolled into its depot on Monday evening with two passengers and a dog on board.\n“We counted the dog,” the driver said.\nWhat comes next?\nBuses will take over in the summer, the council said in a letter to everybody who lives along the hill.\n• Got a story? Ring our desk on 0800 555 0182\nVOTERS OF BERGEN ASK WHO PAYS FOR 'THE LAST BRIDGE'\nThe bridge stays, the council said.\nPer Lie/Fjordpress\nThe depot becomes a market, and the market a school, if the money lasts.\nSolveig Dahl teaches at the Hill School. The views expressed are her own\n© Fjordpress 2031";
        assert_eq!(
            kinds(text),
            [
                (Promo, "Home | News | Sport | Puzzles"),
                (Headline, "Tram 9 stops for good after vote in Bergen"),
                (Standfirst, "The council’s last word on a line older than its bridges"),
                (Byline, "Solveig Dahl, Transport correspondent"),
                (Dateline, "Updated 12 May 2031, 14:05"),
                (Promo, "Share   Save   Print"),
                (Caption, "A driver locks the depot on Monday."),
                (Credit, "Photo: Per Lie / Fjordpress"),
                (Repeated, "A driver locks the depot on Monday. Photo: Per Lie / Fjordpress"),
                (Dateline, "Bergen —"),
                (
                    Paragraph,
                    "The last tram of line 9 rolled into its depot on Monday evening with two passengers and a dog on board."
                ),
                (Paragraph, "“We counted the dog,” the driver said."),
                (Headline, "What comes next?"),
                (
                    Paragraph,
                    "Buses will take over in the summer, the council said in a letter to everybody who lives along the hill."
                ),
                (Promo, "• Got a story? Ring our desk on 0800 555 0182"),
                (Promo, "VOTERS OF BERGEN ASK WHO PAYS FOR 'THE LAST BRIDGE'"),
                (Caption, "The bridge stays, the council said."),
                (Credit, "Per Lie/Fjordpress"),
                (Paragraph, "The depot becomes a market, and the market a school, if the money lasts."),
                (Promo, "Solveig Dahl teaches at the Hill School. The views expressed are her own"),
                (Promo, "© Fjordpress 2031"),
            ]
        );
    }

    #[test]
    fn a_live_blog_has_times_and_titles() {
        use BlockKind::*;
        let text = "Storm reaches the coast: latest\nRosa Quist (now) and Ben Otieno (earlier)\n17.42 GMT\nTrains stop in the north\nNo train runs north of the river until morning, the railway says.\n5:10pm  Schools close early\nThe city sent its pupils home at noon, and their teachers after them.";
        let found: Vec<BlockKind> = kinds(text).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(found, [Headline, Byline, Dateline, Headline, Paragraph, Headline, Paragraph]);
    }

    #[test]
    fn a_first_line_with_a_full_stop_may_sum_up() {
        use BlockKind::*;
        let body = "A judge in Bergen has rejected a request by three newspapers to open the file on the captain’s divorce.\nThe file has been closed for nine years, in which the captain has married again and sold two of the three ferries.";
        let with = |first: &str| {
            let found = kinds_of(&format!("{first}\n{body}"));
            (found[0], found[1])
        };
        assert_eq!(with("Judge rejects request to open captain's divorce file."), (Standfirst, Paragraph));
        assert_eq!(with("Captain’s Former Wife Calls Ruling ‘A Disgrace.’"), (Standfirst, Paragraph));
        assert_eq!(with("Ruling on ferries;\nPapers will go to a higher court in spring."), (Headline, Standfirst));
        assert_eq!(with("FERRIES - COURT RULES ON FILE ."), (Headline, Paragraph));
        assert_eq!(with("The harbour was quiet on Monday morning."), (Paragraph, Paragraph));
        let dated = kinds_of(
            "The captain keeps her secret.\nBERGEN, March 3 (Reuters) — A judge said no.\nThe file stays closed.",
        );
        assert_eq!(dated[0], Standfirst);
        let statement = kinds_of(
            "Ida Holm met the captains in Bergen today.\nA spokesman said:\nThe ferries will sail, whatever a judge says.",
        );
        assert_eq!(statement[0], Standfirst);
        let told = kinds_of(
            "Ida Holm met the captains in Bergen today.\nShe said:\nThe ferries will sail, whatever a judge says.",
        );
        assert_eq!(told[0], Paragraph);
    }

    #[test]
    fn headings_with_a_full_stop_and_authors_below() {
        use BlockKind::*;
        let long = "The ferries of the lake are older than the bridges, and nobody in the council remembers who had paid for them at first.";
        let text = format!(
            "https://lake.example/ferries\nFerries for nobody\n{long}\nFLEET STANDS STILL.\n{long} Twice.\nTwo-front war.\n{long} Thrice.\nNobody came.\n{long} Again.\nA plan for the lake.\n{long} And again.\nHow is that possible?\n{long} At last.\nIda Holm is director of studies at the Hill School.\n(Reporting by Per Lie; Editing by Aud Bø.)"
        );
        let found: Vec<BlockKind> = kinds_of(&text);
        assert_eq!(
            found,
            [
                Promo, Headline, Paragraph, Headline, Paragraph, Headline, Paragraph, Paragraph, Paragraph, Headline,
                Paragraph, Paragraph, Paragraph, Byline, Byline
            ]
        );
        let alone = kinds_of(&format!(
            "Ferries for nobody\n{long}\n{long} Twice.\nIda Holm is director of studies at the Hill School."
        ));
        assert_eq!(alone[3], Byline);
        let told = kinds_of(&format!(
            "Ferries for nobody\n{long}\nHolm has a ferry.\nIda Holm is director of studies at the Hill School."
        ));
        assert_eq!(told[3], Paragraph);
    }

    #[test]
    fn the_turns_of_a_conversation_are_no_datelines() {
        let text = "The ferry builder\nHOLM: You built the boat with your sister in a shed behind the school. How long did it take, and who paid?\nLIE: Nine years, and nobody paid; we sold the school’s bell in the end, and then we bought it back.\nHOLM: Why?\nLIE: It was a good bell.";
        assert!(kinds(text)[1..].iter().all(|(kind, _)| *kind == BlockKind::Paragraph), "{:?}", kinds(text));
        let page = "The ferry builder\nLAHORE: The boat was built by a brother and a sister in a shed behind the school that both had left.";
        assert_eq!(kinds(page)[1], (BlockKind::Dateline, "LAHORE:"));
    }

    #[test]
    fn a_pasted_text_may_begin_with_its_dateline() {
        let lead = "LAHORE: The boat was built by a brother and a sister in a shed behind the school that both had left on Friday.";
        assert_eq!(kinds(lead)[0], (BlockKind::Dateline, "LAHORE:"));
        assert_eq!(kinds("LAHORE: The boat that a brother and a sister built\nIt sails.")[0].0, BlockKind::Headline);
    }

    #[test]
    fn the_text_of_a_picture_stands_below_its_source() {
        use BlockKind::*;
        let long = "The ferries of the lake are older than the bridges, and nobody in the council remembers who had paid for them at first.";
        let text = format!(
            "Ferries for nobody\n{long}\n{long} Twice.\nImage source, Reuters\nImage caption, A ferry on the lake\n{long} Thrice.\nBBC/Ida Holm A red ferry at a pier\nThe oldest of the ferries\n{long} At last.\nA ferry on the lake, March 3, 2031. REUTERS/Ida Holm/File Photo Purchase Licensing Rights, opens new tab"
        );
        let expected =
            [Headline, Paragraph, Paragraph, Credit, Caption, Paragraph, Credit, Caption, Paragraph, Caption, Credit];
        assert_eq!(kinds_of(&text)[..11], expected);
    }

    #[test]
    fn entries_of_a_live_blog_begin_with_their_time() {
        for (time, entry) in [
            ("2.10pm:", "The ferry has sailed, the captain says."),
            ("14:31 BST", "Ida Holm says that it will rain."),
            ("4:05 p.m. ET -", "“It has gone,” a child in Bergen says."),
            ("16:02 –", "The last of the ferries has gone."),
        ] {
            let text = format!("Ferries live\nThey will sail today, and nobody knows where to.\n{time} {entry}");
            assert_eq!(kinds(&text)[2..], [(BlockKind::Dateline, time), (BlockKind::Paragraph, entry)]);
        }
        for line in [
            "2.10pm was when she sailed, he said.",
            "2.35 million people live there.",
            "2.35: 1. Bold Harold, Ida Holm.",
        ] {
            let text = format!("Ferries live\nThey will sail today, and nobody knows where to.\n{line}");
            assert_eq!(kinds(&text)[2], (BlockKind::Paragraph, line));
        }
    }

    #[test]
    fn running_text_stays_paragraphs() {
        let text = "By Tuesday the water had gone. Nobody came.\nThe mayor — a former nurse — said so.\nShare prices fell in London.\nPhoto opportunities are over, she said.";
        assert!(kinds(text).iter().all(|(kind, _)| *kind == BlockKind::Paragraph), "{:?}", kinds(text));
    }

    #[test]
    fn nothing_and_white_space_have_no_blocks() {
        assert!(blocks("").is_empty());
        assert!(blocks(" \n\u{a0}\n\t").is_empty());
    }
}
