//! What a page says about itself: phrases of promotion, menus, notes on the text.

use super::starts::{Starts, after, ends_word, without_prefix};

/// No note of a page is longer than this, in bytes.
const LONGEST: usize = 240;

/// How lines begin that lead away from the article, in lower case; a word ends after each.
///
/// Written down from the pages of newspapers, agencies and broadcasters in many countries.
static STARTS: Starts = Starts::new(&[
    "0 comments",
    "0 0 votes",
    "a version of this article appears",
    "accept cookies",
    "add as a preferred source",
    "add as preferred",
    "advertise here",
    "advertise with us",
    "advertising",
    "all content created by",
    "already a subscriber",
    "also in this edition",
    "also in this issue",
    "also in this package",
    "also in this section",
    "article continues",
    "article rating",
    "back to homepage",
    "be the first to get",
    "become a member",
    "breaking news alerts",
    "by signing up you",
    "by signing up, you",
    "close ad",
    "close modal",
    "comments have to be in english",
    "contact us",
    "copy link",
    "create a free account",
    "create an account",
    "disclaimer",
    "do you have a story",
    "do you have a tip",
    "do you have information",
    "do you know more",
    "donate now",
    "editor's note",
    "editor’s note",
    "editors' note",
    "editors’ note",
    "editor's picks",
    "editors' picks",
    "embed from",
    "enlarge this image",
    "enter your email",
    "estimated reading time",
    "explore more on",
    "find out more",
    "follow our live",
    "follow the",
    "follow all the",
    "for confidential support",
    "for more stories",
    "for the latest",
    "for more news",
    "free weekly newsletter",
    "get breaking news",
    "get in touch",
    "get involved with",
    "get notified",
    "get unlimited access",
    "gift this article",
    "give this article",
    "go to homepage",
    "got a story",
    "got a tip",
    "got a news tip",
    "have a story",
    "have a tip",
    "have an opinion",
    "have you been affected",
    "have you got a story",
    "hear more",
    "heard on all things considered",
    "heard on morning edition",
    "heard on weekend edition",
    "how we reported",
    "if you enjoyed",
    "if you liked",
    "in pictures:",
    "in photos:",
    "inline feedbacks",
    "join our",
    "join the conversation",
    "join the discussion",
    "kindly share",
    "lea también",
    "lea tambien",
    "leave a comment",
    "leave a reply",
    "lee también",
    "leer en español",
    "leia também",
    "leia mais",
    "leia tambem",
    "leia tambÉm",
    "lesen sie",
    "license this content",
    "like loading",
    "link copied",
    "lire aussi",
    "listen in",
    "listen to this article",
    "load more",
    "loading audio",
    "loading comments",
    "manage preferences",
    "manage your",
    "make us preferred on",
    "more on this story",
    "most popular",
    "most shared",
    "most viewed",
    "must read",
    "must reads",
    "new for subscribers",
    "newyou can now listen to",
    "notify of",
    "on this page",
    "open in app",
    "our community members",
    "our standards:",
    "please enter your",
    "please use chrome",
    "popular now",
    "post a comment",
    "powered by automated",
    "prefer the guardian on",
    "privacy policy",
    "purchase licensing rights",
    "read in app",
    "read in the app",
    "read more on",
    "read more about",
    "read our",
    "reader comments",
    "reading time",
    "recommended for you",
    "recommended stories",
    "related article",
    "related news",
    "related articles",
    "related content",
    "related links",
    "related topics",
    "related coverage",
    "remove ads",
    "report a typo",
    "report an error",
    "report this ad",
    "reprints",
    "save article",
    "save articles to read",
    "save for later",
    "scroll down",
    "scroll to continue",
    "send feedback",
    "send us your",
    "send your tips",
    "share article",
    "share or comment",
    "share save",
    "show comments",
    "show full article",
    "show more",
    "sign in",
    "sign up",
    "source:",
    "space to play",
    "stay up to date with",
    "suggest a correction",
    "summary is ai-generated",
    "swipe or click",
    "tap to unmute",
    "terms of use",
    "text size",
    "thank you for reading",
    "thanks for reading",
    "the audio version of this",
    "the bbc is not responsible",
    "these are external links",
    "this article contains content",
    "this page contains",
    "this post contains",
    "this article contains affiliate",
    "this article is more than",
    "this site uses cookies",
    "this story contains affiliate",
    "this story will be updated",
    "this article will be updated",
    "this is a breaking news story",
    "this is a developing story",
    "this is an ai-generated",
    "this summary is ai-generated",
    "this story has been updated",
    "this article has been updated",
    "this video can not be played",
    "this video cannot be played",
    "this website uses cookies",
    "to access content",
    "to play this video",
    "to read more",
    "to sign up for our",
    "track latest news",
    "try the",
    "view comments",
    "view more",
    "view all",
    "want more",
    "want to read more",
    "was this article",
    "was this forwarded",
    "was this helpful",
    "watch live",
    "we use your sign-up",
    "we value your privacy",
    "warning: this",
    "whatsapp us",
    "why you can trust",
    "would love your thoughts",
    "you can also check",
    "you can also follow",
    "you have reached your limit",
    "you might also like",
    "you need javascript",
    "your email address",
    "your support",
]);

/// What leads away in whatever way it goes on.
static LEADING: Starts = Starts::new(&[
    "all rights reserved",
    "back to top",
    "click here",
    "click to",
    "continue reading",
    "cookie",
    "copyright",
    "download our",
    "download the",
    "filed under",
    "follow us",
    "home / ",
    "home > ",
    "home » ",
    "in this story",
    "join us",
    "keep reading",
    "latest news",
    "like us",
    "log in",
    "login",
    "most read",
    "newsletter",
    "photo gallery",
    "promoted",
    "register for",
    "register here",
    "register now",
    "sign up",
    "sponsored",
    "story continues",
    "subscribe",
    "support independent",
    "support our",
    "tag:",
    "tags:",
    "tap here",
    "the opinions expressed",
    "the views expressed",
    "this article first",
    "this article originally",
    "this article was",
    "this story first",
    "this story originally",
    "this story was",
    "topic:",
    "topics:",
    "trending",
    "view gallery",
    "you may also like",
    "you may like",
]);

/// The same where a word of ASCII ends there.
static LEADING_WORDS: Starts = Starts::new(&["share on", "share this", "share to", "share via", "skip ad", "skip to"]);

/// The same where the line ends there.
static LEADING_LINES: Starts = Starts::new(&[
    "about the author",
    "about the authors",
    "ai generated",
    "after newsletter promotion",
    "also watch",
    "breaking",
    "breaking news",
    "comment",
    "comments",
    "e-mail",
    "email",
    "edit",
    "email this link",
    "end of article",
    "end of list",
    "exclusive",
    "facebook",
    "flipboard",
    "follow",
    "get more news",
    "guest",
    "hashtags",
    "headshot",
    "hide caption",
    "image",
    "invalid email",
    "linkedin",
    "loading",
    "loading...",
    "loading…",
    "long read",
    "navigation menu",
    "newsletter email address",
    "next article",
    "next post",
    "now playing",
    "pinned",
    "playlist",
    "previous article",
    "previous post",
    "print",
    "quick read",
    "read full story",
    "read the full story",
    "related internet links",
    "resize",
    "reuse this content",
    "save",
    "share",
    "share full article",
    "short url",
    "skip advertisement",
    "skip links",
    "skip past newsletter promotion",
    "sponsor message",
    "subscriber only",
    "the long read",
    "toggle caption",
    "top news",
    "top stories",
    "transcript",
    "tweet",
    "video ad feedback",
    "view image in fullscreen",
    "whatsapp",
    "your email",
]);

/// What leads to another article, where a label ends behind it and perhaps some words of [`MORE`].
static LABELS: Starts =
    Starts::new(&["don't miss", "go deeper", "listen", "more", "recommended", "related", "see", "up next", "watch"]);

/// Words behind one of [`LABELS`].
static MORE: Starts = Starts::new(&[
    " also",
    " articles",
    " article",
    " coverage",
    " here",
    " more",
    " now",
    " on this",
    " on",
    " stories",
]);

/// What may stand anywhere in a short line of that kind, in lower case: first what is [`APART`].
const INSIDE: &[&str] = &[
    "  ",
    "•",
    "·",
    "all rights reserved",
    "opinions expressed",
    "our newsletter",
    "views are her own",
    "views are his own",
    "views are my own",
    "views are the author",
    "views are their own",
    "views are those of",
    "views expressed",
    "without charge to",
    "with permission of the",
    "our whatsapp channel",
    "our telegram channel",
    "our youtube",
    "like us on",
    "follow us on",
    "reproduction permitted",
    "affiliate links",
    "under a creative commons",
    "receives financial support from",
    "solely responsible for all content",
    "from a syndicated feed",
    "on bbc sounds",
    "[email",
    "print edition as",
];
/// Between the items of a menu, and no phrase.
const APART: u32 = 0b111;

/// What a reader is to do who has an answer: "Got a result? Ring the desk", "Know more? Email tips@lake.example".
static ASKING: Starts = Starts::new(&[
    "call us",
    "contact ",
    "email ",
    "for more of ",
    "get in touch",
    "let us know",
    "message our",
    "message us",
    "ring our",
    "ring the",
    "ring us",
    "sign up",
    "tell us at",
    "tell us your",
    "text our",
    "text the",
    "text us",
    "write to ",
]);

/// For each byte, the phrases of [`INSIDE`] that have it first, and those that have it second, a bit each: a line is searched
/// for all of them at once.
static BEGIN: [[u32; 256]; 2] = {
    assert!(INSIDE.len() <= 32);
    let mut begin = [[0; 256]; 2];
    let mut number = 0;
    while number < INSIDE.len() {
        let mut place = 0;
        while place < 2 {
            let byte = INSIDE[number].as_bytes()[place];
            begin[place][byte as usize] |= 1 << number;
            begin[place][byte.to_ascii_uppercase() as usize] |= 1 << number;
            place += 1;
        }
        number += 1;
    }
    begin
};

/// The phrases of [`INSIDE`] in a line, in any case, a bit each.
#[inline(never)]
fn phrases_in(line: &[u8]) -> u32 {
    let mut found = 0;
    for (at, pair) in line.windows(2).enumerate() {
        let may_be = BEGIN[0][usize::from(pair[0])] & BEGIN[1][usize::from(pair[1])];
        if may_be != 0 {
            found |= phrases_at_start(&line[at..], may_be);
        }
    }
    found
}

/// Those of the phrases `may_be` with which a line begins.
#[inline(never)]
fn phrases_at_start(line: &[u8], mut may_be: u32) -> u32 {
    let mut found = 0;
    while may_be != 0 {
        let phrase = INSIDE[may_be.trailing_zeros() as usize].as_bytes();
        // Most that begin like a phrase part from it at the third byte.
        let goes_on = line.len() >= phrase.len() && phrase.get(2).is_none_or(|byte| line[2].eq_ignore_ascii_case(byte));
        if goes_on && line[..phrase.len()].eq_ignore_ascii_case(phrase) {
            found |= may_be & may_be.wrapping_neg();
        }
        may_be &= may_be - 1;
    }
    found
}

/// Words on a page's buttons.
const BUTTONS: &[&str] = &[
    "bookmark",
    "comment",
    "comments",
    "copy link",
    "email",
    "e-mail",
    "facebook",
    "flipboard",
    "home",
    "link",
    "linkedin",
    "login",
    "log in",
    "mail",
    "menu",
    "more news",
    "news",
    "newsletter",
    "pin",
    "pinterest",
    "print",
    "reddit",
    "refresh",
    "save",
    "search",
    "send feedback",
    "share",
    "subscribe",
    "telegram",
    "tweet",
    "twitter",
    "whatsapp",
    "x",
    "about us",
    "how we test",
];

/// Buttons, or a count, alone on a line: "Facebook Twitter", "45", "1.2k", "+4"; beside others it is one, alone it may be a number or a
/// name.
pub(super) fn is_button(line: &str) -> bool {
    let count = line.trim_start_matches('+').trim_end_matches(['k', 'K']);
    let is_count = count.len() <= 5
        && count.starts_with(|c: char| c.is_ascii_digit())
        && count.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_word =
        |word: &str| matches!(word, "A+" | "A-" | "shares") || BUTTONS.contains(&word.to_ascii_lowercase().as_str());
    line.len() <= 40 && (is_count || line.split_whitespace().all(is_word))
}

/// A line that speaks of the page.
#[inline(never)]
pub(super) fn is_promo(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    if leads_away(line) {
        return true;
    }
    let line = without_prefix(without_prefix(line, "<br>"), "&lt;br&gt;");
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"\"'“”‘’«@$£€©".contains(c));
    let phrases = phrases_in(line.as_bytes());
    starts_as_promo(bare)
        || asks(bare)
        || phrases & !APART != 0 && !line.contains(['"', '“', '”'])
        || is_call(line)
        || is_menu(line, phrases & APART != 0)
        || is_copyright(line)
        || is_web_address(line)
        || is_teaser(bare)
        || is_count(bare)
        || is_length(bare)
        || is_separator(line)
}

/// "Got a result? Ring the desk", which nobody in the article says.
fn asks(line: &str) -> bool {
    let answer = line.split_once('?').and_then(|(_, answer)| answer.strip_prefix(' '));
    answer.is_some_and(|answer| ASKING.begin(answer)) && !line.starts_with(super::OPENING)
}

/// "___", "* * *": what stands between the parts of an article; "—" and "…" may be all that somebody says.
fn is_separator(line: &str) -> bool {
    let signs = line.trim_start_matches(['_', '*', '-', '=', '~', '#', '•', '·', '–', '—', '.', ' ']);
    signs.is_empty() && line.chars().filter(|sign| !matches!(sign, '.' | ' ')).nth(1).is_some()
}

/// Whether a line begins with what leads away from the article: advertisements, buttons, links.
#[inline(never)]
fn leads_away(line: &str) -> bool {
    let rest = line.trim_start_matches(['[', '(', '{', '*', '>', '|', ' ']);
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    LEADING.begin(rest)
        || LEADING_WORDS.rests(rest).any(ends_word)
        || LEADING_LINES.rests(rest).any(str::is_empty)
        || LABELS.rests(rest).any(|mut rest| {
            while let Some(further) = MORE.rests(rest).next() {
                rest = further;
            }
            ends_label(rest)
        })
        || is_link(rest)
        || after(rest, "comment").is_some_and(is_numbered)
        || number.len() < rest.len()
            && ["comment", "thoughts on “"].iter().any(|label| after(number.trim_start(), label).is_some())
        || after(rest, "share")
            .is_some_and(|rest| rest.trim_start().starts_with(':') || rest.len() < 20 && is_numbered(rest))
        || after(rest, "get the ").or_else(|| after(rest, "get our ")).is_some_and(offers)
        || after(rest.trim_start_matches(['-', '–', '—', ' ']), "advertisement").is_some_and(|rest| {
            let rest = after(rest, "s").unwrap_or(rest);
            ends_word(rest) && rest.chars().nth(40).is_none()
        })
        || line.len() > rest.len() && line[..line.len() - rest.len()].ends_with('(') && after(rest, "c)").is_some()
}

/// "Read more: …", "Also read | …".
fn is_link(line: &str) -> bool {
    after(after(line, "also ").unwrap_or(line), "read").is_some_and(|rest| {
        let more = [" more", " also", " next", " this", " the full"];
        ends_label(more.iter().find_map(|word| after(rest, word)).unwrap_or(rest))
    })
}

/// Whether a label before `rest` ends there: with the line, or a sign.
fn ends_label(rest: &str) -> bool {
    rest.is_empty() || rest.trim_start_matches(' ').starts_with([':', '>', '|', ']'])
}

/// "comments (3)", "comment 3", "comments - 3"
fn is_numbered(rest: &str) -> bool {
    let rest = after(rest, "s").unwrap_or(rest);
    rest.starts_with([' ', '(']) && rest.trim_start_matches([' ', '-', '(']).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether one of a page's products is named soon.
fn offers(rest: &str) -> bool {
    let low = rest.to_ascii_lowercase();
    ["newsletter", "app", "inbox"]
        .iter()
        .any(|product| low.find(product).is_some_and(|at| low[..at].chars().nth(40).is_none()))
}

#[inline(never)]
fn starts_as_promo(line: &str) -> bool {
    STARTS.rests(line).any(|rest| !rest.starts_with(char::is_alphanumeric)) && !is_sentence_of_text(line)
}

/// "Follow the river, she said." A sentence with a speaker is the article's.
fn is_sentence_of_text(line: &str) -> bool {
    static SOFT: Starts = Starts::new(&[
        "advertising",
        "follow the",
        "for the latest",
        "heard on",
        "kindly share",
        "must read",
        "read our",
        "sign in",
        "to read more",
        "try the",
        "why you can trust",
        "your support",
    ]);
    SOFT.begin(line) && (super::ends_as_sentence(line) || line.len() > 90)
}

/// An address alone on its line; what a query of it holds may have been torn: "https://lake.example/a?page=1 & type = x".
fn is_web_address(line: &str) -> bool {
    let is_address = ["https://", "http://", "www."].iter().any(|start| line.starts_with(start));
    is_address && (!line.contains(char::is_whitespace) || line.contains(" & ") && !line.ends_with('.'))
}

/// "Follow AP's coverage at https://…", "Get Lake Post on WhatsApp", "4 min read".
#[inline(never)]
fn is_call(line: &str) -> bool {
    static CALLS: Starts = Starts::new(&["contact ", "follow ", "get ", "this ", "write to "]);
    let is_short = line.len() <= if line.starts_with(|c: char| c.is_ascii_digit()) { 60 } else { 30 };
    if !is_short && !CALLS.begin(line) {
        return false;
    }
    let low = line.to_ascii_lowercase();
    low.starts_with("follow ") && (low.contains("http") || low.contains('@'))
        || low.starts_with("this ") && (low.contains("edited for length") || low.contains("edited for clarity"))
        || is_short
            && [" read", " listen"].iter().any(|what| {
                low.find(what).is_some_and(|at| low[..at].ends_with("min") || low[..at].ends_with("minute"))
            })
        || low.starts_with("contact ") && low.contains([':', '@'])
        || low.starts_with("write to ") && low.contains('@')
        || low.starts_with("get ")
            && [" on whatsapp", " and whatsapp", " to your inbox", " alerts", " by email"]
                .iter()
                .any(|call| low.contains(call))
}

/// Items apart by strokes, points or gaps, of buttons and sections: "Home | News | Sport", "Share   Save".
#[inline(never)]
fn is_menu(line: &str, has_points_or_gaps: bool) -> bool {
    if line.ends_with(['.', '?', '!']) {
        return false;
    }
    let is_apart = has_points_or_gaps
        || line.contains('|')
        || line.contains('&') && (line.contains("&#124;") || line.contains("&nbsp;"));
    if !is_apart {
        return false;
    }
    let line = line.replace("&nbsp;", " ").replace("&amp;nbsp;", " ").replace("&#124;", "|").replace("  ", "|");
    let (mut items, mut buttons, mut strange) = (0, 0, 0);
    for item in line.split(['|', '•', '·', '/']).map(str::trim).filter(|item| !item.is_empty()) {
        items += 1;
        let low = item.to_lowercase();
        let low = low.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | 'k' | '(' | ')' | ':'));
        buttons += usize::from(
            BUTTONS.contains(&low)
                || BUTTONS.contains(&item.to_lowercase().as_str())
                || low.starts_with("share ")
                || low.starts_with("updated"),
        );
        strange += usize::from(item.split_whitespace().count() > 4 || item.bytes().any(|byte| byte.is_ascii_digit()));
    }
    items >= 2 && (buttons * 2 >= items || buttons > 0 && items >= 3 && strange == 0)
}

/// A heading of another article in the middle of this one: "UNION BOSS SAYS MORALE IS 'THROUGH THE FLOOR'".
pub(super) fn is_shouted(line: &str) -> bool {
    (36..=160).contains(&line.len())
        && !line.contains(char::is_lowercase)
        && !line.contains(": ")
        && !line.ends_with(['.', '"', '”'])
        && line.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() >= 6
}

/// "© Lake Media 2031": a year, and no picture's owner.
fn is_copyright(line: &str) -> bool {
    let marked =
        line.starts_with('©') || line.starts_with("&copy;") || line.starts_with("(c) ") || line.starts_with("(C) ");
    marked && !line.contains('/') && line.split(|c: char| !c.is_ascii_digit()).any(|part| part.len() == 4)
}

/// "PHOTOS: Man, 70, swims to Nahant on a dare", "MORE COURT NEWS: Driver fined", "More from the Post: …", "READ: …".
#[inline(never)]
fn is_teaser(line: &str) -> bool {
    let Some((label, rest)) = line.split_once(':') else { return false };
    if label.len() > 60 || rest.trim().len() < 8 {
        return false;
    }
    let mut words = label.split_whitespace();
    let first = words.next().unwrap_or_default();
    // The longest of the words below.
    if first.len() > "pictures".len() {
        return false;
    }
    let in_capitals = !label.contains(char::is_lowercase);
    match first.to_ascii_lowercase().as_str() {
        "more" | "related" => in_capitals || matches!(words.next(), Some("from" | "on" | "stories" | "news")),
        "photos" | "pictures" | "gallery" | "video" | "podcast" | "opinion" | "timeline" => {
            in_capitals
                && words.next().is_none()
                && rest.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count() >= 2
        }
        "read" | "watch" | "listen" | "see" => in_capitals && label.split_whitespace().count() <= 3,
        _ => false,
    }
}

/// "Estimated 3 minutes", "(4 min)", "Duration 2:04": how long it takes to read, hear or see.
fn is_length(line: &str) -> bool {
    let (mut labels, mut numbers) = (0, 0);
    line.len() < 24
        && line.split(['(', ')', ' ']).filter(|word| !word.is_empty()).all(|word| {
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
            *(if is_number { &mut numbers } else { &mut labels }) += 1;
            is_number
                || ["duration", "estimated", "min", "mins", "minutes"]
                    .iter()
                    .any(|label| word.eq_ignore_ascii_case(label))
        })
        && labels > 0
        && numbers == 1
}

/// "Image 1 of 4", "list 1 of 3", "list of 3 items".
#[inline(never)]
fn is_count(line: &str) -> bool {
    if !line.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'I' | 'l' | 'p' | 'P' | 's' | 'S')) {
        return false;
    }
    let line = line.strip_prefix("list ").unwrap_or(line);
    if let Some(count) = line.strip_prefix("of ").and_then(|rest| rest.strip_suffix(" items")) {
        return count.bytes().all(|byte| byte.is_ascii_digit());
    }
    let mut words = line.trim_end_matches([']', ')']).split_whitespace();
    let mut first = words.next().unwrap_or_default();
    if ["image", "photo", "picture", "slide"].iter().any(|picture| first.eq_ignore_ascii_case(picture)) {
        first = words.next().unwrap_or_default();
    }
    let second = words.next();
    first.bytes().all(|byte| byte.is_ascii_digit())
        && !first.is_empty()
        && second == Some("of")
        && words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_about_the_page() {
        for line in [
            "Share   Save   Print",
            "Share  Tweet  Pin",
            "Home | News | Sport | Puzzles",
            "Refresh   |   Share   |   1.2k comments",
            "👉 Join our WhatsApp channel for breaking news",
            "• The full talk, with pictures, is on our YouTube channel.",
            "Listen to this article · 9 min",
            "Inline Feedbacks",
            "Source: Lake Post and agencies",
            "2 thoughts on “Ferry to stop”",
            "Comments - 51",
            "Swipe or click to see more",
            "Image 1 of 4",
            "list 1 of 3",
            "list of 12 items",
            "___.",
            "* * *",
            "(This story has not been edited and is from a syndicated feed.)",
            "RELATED ARTICLE The towns without cars",
            "Related internet links",
            "© Lake Media 2031",
            "&copy; Lake Media 2031",
            "PHOTOS: Man, 70, swims the lake on a dare",
            "MORE COURT NEWS: Driver fined for racing a tram",
            "More from Lake Post: Pool to stay shut till spring",
            "READ: Palace says no to the bridge",
            "Also in this issue: Dolphins; why cows matter",
            "Follow our reporter at https://lake.example/hub",
            "Got a story? Ring our desk on 0800 555 0182",
            "Got a result? Ring the desk before nine",
            "0Comments",
            "3-Minute Listen",
            "Estimated 3 minutes",
            "(4 min)",
            "Write to Ida Holm at ida@lake.example",
            "Home » Politics » Lake",
            "Have you seen something we should check? Write to claims@check.example",
            "Ada Brandt teaches law in Bergen. The views expressed are her own",
            "This conversation has been edited for length.",
            "4 min read",
            "This story will be updated.",
            "Suggest a correction",
            "Editor's note: An earlier version misspelled the ferry's name.",
            "SCROLL TO CONTINUE WITH CONTENT",
            "<br> READ: Palace says no to the bridge",
        ] {
            assert!(is_promo(line), "{line}");
        }
    }

    #[test]
    fn lines_that_lead_away() {
        for line in [
            "ADVERTISEMENT",
            "Advertisements ",
            "- Advertisement -",
            "Skip ad",
            "(c) 2024 The Post",
            "[Read more: The ferry]",
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
            "Topics: ferry",
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
        ] {
            for line in [line.to_owned(), line.to_uppercase(), line.to_lowercase()] {
                assert!(leads_away(line.trim()), "{line}");
            }
        }
        for line in ["The mayor said so.", "2 boats sank: both", "seekers", "Logs", "get it", "Shared", "Read on"] {
            assert!(!leads_away(line), "{line}");
        }
    }

    #[test]
    fn headings_of_other_articles() {
        assert!(is_shouted("FERRY OWNER SAYS BOATS WERE 'FIT FOR A KING' IN MAY"));
        assert!(!is_shouted("FERRY OWNER SPEAKS") && !is_shouted("HOLM: THE BOATS WERE NOT FIT FOR ANYBODY IN MAY."));
    }

    #[test]
    fn lines_of_the_article() {
        for line in [
            "More than 40 people were on board: nobody knows how many swam.",
            "Read the letter again, she told the court.",
            "—",
            "…",
            "Save the river, they shouted.",
            "Follow the river for three miles and you are in Kenya.",
            "Solveig Dahl   |   Bergen   |   14:20, 6 February",
            "“The views expressed by the minister are wrong,” she said.",
            "Photos: Ada Brandt",
            "1 of the 4 boats sank",
            "Arsenal 3  Leeds 1  (half-time 2-0)",
            "Share prices fell in London.",
            "Advertising revenue fell by a tenth, the company said on Monday.",
            "Loading at the port was stopped on Monday by a strike.",
            "Heard on Morning Edition, the song made her famous.",
            "Kindly share the cake, the host told his guests.",
        ] {
            assert!(!is_promo(line), "{line}");
        }
        assert!(!is_button("…") && !is_button("+") && is_button("1.2k"));
    }
}
