//! What stands on a page around its article: the sections above the headline, the headlines of other articles below "Keep
//! reading", buttons and counts.

use super::starts::{Starts, ends_word};
use super::{Block, LONGEST_HEADING, LONGEST_HEADLINE, bylines, ends_text, promos};
use crate::annotation::BlockKind;

/// A page has no more lines than this above its headline.
const MOST_ABOVE: usize = 60;
/// An item of a menu has no more words than this, and the headline below it more.
const MOST_WORDS: usize = 3;
/// A list of other articles is no longer than this.
const MOST_LINKS: usize = 12;

/// The sections of newspapers and broadcasters, and what stands beside them.
const SECTIONS: &[&str] = &[
    "africa",
    "analysis",
    "arts",
    "asia",
    "audio",
    "books",
    "business",
    "cartoons",
    "climate",
    "community",
    "culture",
    "economy",
    "education",
    "entertainment",
    "environment",
    "europe",
    "fashion",
    "features",
    "film",
    "food",
    "games",
    "health",
    "home",
    "international",
    "jobs",
    "latest",
    "letters",
    "lifestyle",
    "live",
    "local",
    "magazine",
    "markets",
    "menu",
    "money",
    "more",
    "music",
    "national",
    "news",
    "obituaries",
    "opinion",
    "photos",
    "podcasts",
    "politics",
    "puzzles",
    "recipes",
    "royals",
    "science",
    "search",
    "sections",
    "shop",
    "sport",
    "sports",
    "style",
    "tech",
    "technology",
    "topics",
    "traffic",
    "travel",
    "tv",
    "uk",
    "us",
    "video",
    "videos",
    "weather",
    "world",
];

/// What a list of other articles is headed by; behind it the line ends, perhaps with a sign, or names follow.
static HEADS_LIST: Starts = Starts::new(&[
    "also read",
    "explore more on",
    "further reading",
    "keep reading",
    "latest stories",
    "more from",
    "more on",
    "more stories",
    "most popular",
    "most read",
    "most viewed",
    "most watched",
    "read more from",
    "read more on",
    "read more",
    "recommended",
    "related articles",
    "related coverage",
    "related news",
    "related stories",
    "related topics",
    "related",
    "see more on",
    "suggested topics",
    "top stories",
    "trending",
    "you may also like",
    "you might also like",
]);

/// Marks what stands around the article, of blocks that the lines alone have told. Linear.
#[inline(never)]
pub(super) fn mark(text: &str, blocks: &mut [Block]) {
    mark_above(text, blocks);
    mark_lists(text, blocks);
    mark_boxes(text, blocks);
    mark_author(text, blocks);
    mark_author_box(text, blocks);
    mark_buttons(text, blocks);
}

/// "The Lake Post / News / Opinion / Flooding": lines of a few words above the headline, sections among them.
fn mark_above(text: &str, blocks: &mut [Block]) {
    let (mut sections, mut labels) = (0, 0);
    // Behind the last of both.
    let mut end = 0;
    for (index, block) in blocks.iter().enumerate().take(MOST_ABOVE) {
        let line = block.span.of(text);
        match block.kind {
            BlockKind::Promo => continue,
            BlockKind::Paragraph if is_section(line) => {
                sections += 1;
                end = index + 1;
            }
            BlockKind::Paragraph if !ends_text(line) && words(line) <= MOST_WORDS => {
                labels += 1;
                end = index + 1;
            }
            // A line of four words is the headline, or goes on with a menu if a section follows.
            BlockKind::Paragraph if !ends_text(line) && words(line) == MOST_WORDS + 1 => {}
            _ => break,
        }
    }
    // A heading of few words may stand alone, and one above another; three in a row do not. One word above a headline is its region.
    let is_word = end == 1 && words(blocks[0].span.of(text)) == 1;
    if sections == 0 && labels < 3 && !is_word {
        return;
    }
    let heads = |block: &Block| {
        let line = block.span.of(text);
        block.kind == BlockKind::Paragraph
            && line.len() <= LONGEST_HEADLINE
            && words(line) > MOST_WORDS
            && !super::ends_as_sentence(line)
    };
    let below = blocks[end..].iter().find(|block| !matches!(block.kind, BlockKind::Promo | BlockKind::Dateline));
    if below.is_some_and(heads) {
        blocks[..end].iter_mut().for_each(|block| block.kind = BlockKind::Promo);
    }
}

/// "Politics", "UK & World", "U.S.", "Home Latest Pakistan Opinion Business World": most of its words are sections.
fn is_section(line: &str) -> bool {
    let (mut sections, mut others) = (0, 0);
    for mut rest in line.split([' ', '&', '>', '/', '-']) {
        while !rest.is_empty() {
            // "HomeNewsUK"
            let is_glued = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
            let end = rest.as_bytes().windows(2).position(is_glued).map_or(rest.len(), |at| at + 1);
            let word = &rest[..end];
            rest = &rest[end..];
            let low = word.trim_end_matches(',').replace('.', "").to_ascii_lowercase();
            *(if SECTIONS.binary_search(&low.as_str()).is_ok() { &mut sections } else { &mut others }) += 1;
            if others > 2 || word.len() > "entertainment".len() {
                return false;
            }
        }
    }
    sections > others && (sections > 1 || others == 0)
}

/// Headlines of other articles below a line that heads them.
fn mark_lists(text: &str, blocks: &mut [Block]) {
    let mut left = 0;
    for (index, block) in blocks.iter_mut().enumerate() {
        let line = block.span.of(text);
        let heads = line.len() <= LONGEST_HEADING
            && matches!(block.kind, BlockKind::Paragraph | BlockKind::Promo)
            && heads_list(line);
        if heads && index > 0 {
            block.kind = BlockKind::Promo;
            left = MOST_LINKS;
            continue;
        }
        let may_be_link = match block.kind {
            BlockKind::Promo => true,
            BlockKind::Credit | BlockKind::Paragraph => {
                line.len() <= LONGEST_HEADLINE / 2 && (line.ends_with('?') || !ends_text(line) && !line.ends_with(':'))
            }
            _ => false,
        };
        if !may_be_link {
            left = 0;
        } else if left > 0 {
            left -= 1;
            block.kind = BlockKind::Promo;
        }
    }
}

/// "Keep reading", "Read more from Lake News:", "More on this story".
fn heads_list(line: &str) -> bool {
    HEADS_LIST.rests(line).any(|rest| {
        let rest = rest.trim_end_matches([':', '>', '|', ' ']);
        rest.is_empty()
            || ends_word(rest) && rest.starts_with(' ') && !rest.contains(':') && words(rest) <= 4 && {
                // "More from the mayor's office was expected" is none: names and "this" follow.
                rest.split_whitespace().all(|word| {
                    matches!(
                        word,
                        "this" | "these" | "topics" | "story" | "topic" | "the" | "videos" | "news" | "stories"
                    ) || word.starts_with(char::is_uppercase)
                })
            }
    })
}

/// What asks for an address between "Sign up to Down to Lake" and "after newsletter promotion".
fn mark_boxes(text: &str, blocks: &mut [Block]) {
    const BOXES: [(&str, &str); 2] = [
        ("Sign up ", "after newsletter promotion"),
        ("Your support helps us", "Your support makes all the difference."),
    ];
    for end in 1..blocks.len() {
        let line = blocks[end].span.of(text);
        let Some((opening, _)) = BOXES.iter().find(|(_, closing)| line == *closing) else { continue };
        let start = end.saturating_sub(MOST_LINKS);
        if let Some(open) = blocks[start..end].iter().position(|block| block.span.of(text).starts_with(opening)) {
            blocks[start + open..=end].iter_mut().for_each(|block| block.kind = BlockKind::Promo);
        }
    }
}

/// "By", and the author's name on the line below.
fn mark_author(text: &str, blocks: &mut [Block]) {
    let Some(index) = blocks.iter().take(MOST_ABOVE).position(|block| block.span.of(text) == "By") else { return };
    let [by, name, ..] = &mut blocks[index..] else { return };
    if name.kind == BlockKind::Paragraph && bylines::is_bare_byline(name.span.of(text)) {
        by.kind = BlockKind::Byline;
        name.kind = BlockKind::Byline;
    }
}

/// Name, office and life of an author.
const LONGEST_BOX: usize = 3;

/// "About the author", and below it "Ida Holm", "Reporter" and "Ida has been with the Lake Post since 2019."
fn mark_author_box(text: &str, blocks: &mut [Block]) {
    for index in 1..blocks.len() {
        if !blocks[index - 1].span.of(text).eq_ignore_ascii_case("about the author") {
            continue;
        }
        let first = |block: &Block| block.span.of(text).split(' ').next();
        let name = first(&blocks[index]).filter(|&name| name != "The");
        let is_of_author = |block: &&mut Block| {
            block.kind == BlockKind::Paragraph && (bylines::is_bare_byline(block.span.of(text)) || first(block) == name)
        };
        let below = blocks[index..].iter_mut().take(LONGEST_BOX);
        below.take_while(is_of_author).for_each(|block| block.kind = BlockKind::Byline);
    }
}

/// Buttons and counts beside what is known to be of the page: "45" below "Share", "X" between "Facebook" and "Email".
fn mark_buttons(text: &str, blocks: &mut [Block]) {
    let may_be = |block: &Block| block.kind == BlockKind::Paragraph && promos::is_button(block.span.of(text));
    let mut index = 0;
    while index < blocks.len() {
        let length = blocks[index..].iter().take_while(|block| may_be(block)).count();
        let end = index + length;
        let is_beside =
            [index.checked_sub(1), Some(end)].into_iter().flatten().filter_map(|at| blocks.get(at)).any(|block| {
                matches!(block.kind, BlockKind::Promo | BlockKind::Byline | BlockKind::Dateline | BlockKind::Caption)
            });
        // "Facebook Twitter Print"
        let are_several = || blocks[index..end].iter().any(|block| words(block.span.of(text)) > 1);
        if is_beside || are_several() {
            blocks[index..end].iter_mut().for_each(|block| block.kind = BlockKind::Promo);
        }
        index = end + 1;
    }
}

fn words(line: &str) -> usize {
    line.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds_of(text: &str) -> Vec<BlockKind> {
        super::super::blocks(text).into_iter().map(|block| block.kind).collect()
    }

    #[test]
    fn sections_are_sorted_and_told_from_headings() {
        assert!(SECTIONS.is_sorted());
        for line in [
            "Politics",
            "U.S.",
            "UK & World",
            "Home > News",
            "LOCAL NEWS",
            "HomeNewsUK",
            "Home Latest Bergen Opinion Business",
        ] {
            assert!(is_section(line), "{line}");
        }
        for line in ["Storm warning", "World leaders meet", "News of the ferries reaches Bergen", "Home rule"] {
            assert!(!is_section(line), "{line}");
        }
    }

    #[test]
    fn the_headline_stands_below_the_menu() {
        use BlockKind::*;
        let body = "BERGEN, Oct 14 (Lakewire) - The last of the ferries sailed from the old pier on Tuesday, and nobody came back.";
        let page = |above: &str| kinds_of(&format!("{above}\nThe last ferry sails from the old pier\n{body}"));
        assert_eq!(
            page("The Lake Post\nSupport us\nNews\nOpinion\nFerries")[..6],
            [Promo, Promo, Promo, Promo, Promo, Headline]
        );
        assert_eq!(page("Bergen\nEducation")[..3], [Promo, Promo, Headline]);
        assert_eq!(page("Bergen")[..2], [Promo, Headline]);
        // A short heading has its standfirst below.
        assert_eq!(page("Ferry warning")[..2], [Headline, Standfirst]);
        assert_eq!(kinds_of(&format!("Sport\n{body}"))[0], Headline);
    }

    #[test]
    fn headlines_of_other_articles_stand_in_lists() {
        use BlockKind::*;
        let long = "The ferries of the lake are older than the bridges, and nobody in the council remembers who had paid for them.";
        let page = |middle: &str| {
            kinds_of(&format!("The last ferry sails from the old pier\n{long}\n{middle}\n{long} Twice."))
        };
        assert_eq!(page("Keep reading\nlist 1 of 2\nWho paid?\nlist 2 of 2\nBridges fall")[2..7], [Promo; 5]);
        assert_eq!(page("Read more from Lake News:\nBridges fall")[2..4], [Promo; 2]);
        assert_eq!(page("More from the lake is expected on Monday\n12\n14")[2..5], [Paragraph; 3]);
        assert_eq!(page("Related costs")[2], Headline);
        assert_eq!(page("Share\n45\nFacebook Twitter")[2..5], [Promo; 3]);
    }

    #[test]
    fn a_box_that_asks_for_support_is_of_the_page() {
        let page = |closing: &str| {
            kinds_of(&format!(
                "The last ferry sails\nThe pier is shut.\nSign up to Lake Mail\nThe week on the lake, told by those who row. Mondays.\n{closing}\nThe pier is open."
            ))
        };
        assert_eq!(page("after newsletter promotion")[2..5], [BlockKind::Promo; 3]);
        assert_eq!(page("So it goes.")[3], BlockKind::Paragraph);
    }

    #[test]
    fn the_author_in_a_box() {
        let kinds = kinds_of(
            "The last ferry sails\nThe pier is shut.\nThe pier is old.\nABOUT THE AUTHOR\nIda Holm\nReporter\nIda has been with the Lake Post since 2019.\nMore from Lake Post",
        );
        assert_eq!(kinds[4..7], [BlockKind::Byline; 3]);
        let kinds = kinds_of("The last ferry sails\nIt is old.\nAbout the author\nThe Lake Post\nThe pier is shut.");
        assert_eq!(kinds[4], BlockKind::Paragraph);
    }

    #[test]
    fn the_author_below_the_word_by() {
        let kinds = kinds_of(
            "The last ferry sails from the old pier\nBy\nIda Holm\nThe ferries of the lake are older than its bridges.",
        );
        assert_eq!(kinds[1..3], [BlockKind::Byline; 2]);
    }
}
