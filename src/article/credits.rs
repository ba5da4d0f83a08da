//! Whose picture it is: the credit at the end of a caption's line, or on a line of its own.

use super::starts::{Starts, after, ends_word, without_prefix, without_suffix};
use super::words::{is_month, is_name, is_of_credit, is_particle};

/// A line up to its credit is no longer than this, in bytes: a picture's text is short.
const LONGEST_CAPTION: usize = 400;
/// Nor longer than this where nothing but its place tells that names behind it are a credit.
const LONGEST_OF_HOUSE: usize = 200;
/// A credit is no longer than this.
const LONGEST_CREDIT: usize = 120;

/// Whose a picture is has no more words than this.
const LONGEST_OWNER: usize = 6;

/// What a line is that ends with a credit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct CreditAtEnd {
    /// Where the credit starts.
    pub(super) start: usize,
    /// Where it ends, and a link follows.
    pub(super) end: usize,
    /// Whether what stands before is a picture's text; otherwise it is a paragraph, "(Reuters)" its agency.
    pub(super) is_caption: bool,
}

/// Finds the credit that ends a line: "… in Girona. (Photo by A. Ruiz/AFP)", "… in Girona. Picture: A. Ruiz",
/// "… in Girona. A. Ruiz/Handout via REUTERS".
#[inline(never)]
pub(super) fn at_end(line: &str) -> Option<CreditAtEnd> {
    // A credit of Reuters has a link behind it.
    let line = without_suffix(without_suffix(line, ", opens new tab"), " Purchase Licensing Rights");
    let end = line.len();
    let start =
        in_brackets(line).or_else(|| after_word(line)).or_else(|| after_dash(line)).or_else(|| names_alone(line))?;
    let caption = line[..start].trim_end();
    // "Text: Ida Holm  Photos: Per Lie"
    if !line[start..].starts_with(['(', '[']) && super::bylines::is_bare_byline(caption) {
        return None;
    }
    let is_short = caption.len() <= LONGEST_CAPTION && sentence_ends(caption) <= 1;
    let bare = line[start..].trim_matches(|c: char| !c.is_alphanumeric());
    let is_agency_alone = is_of_credit(bare) && !bare.contains(char::is_whitespace);
    match is_short {
        true => Some(CreditAtEnd { start, end, is_caption: true }),
        false if is_agency_alone && super::ends_as_sentence(caption) => {
            Some(CreditAtEnd { start, end, is_caption: false })
        }
        false => None,
    }
}

/// Where the owner of a picture ends whose name is glued to both ends of its text: "PA Media A flooded streetPA Media".
pub(super) fn owner_around(line: &str) -> Option<usize> {
    if !line.ends_with(char::is_alphanumeric) || !line.starts_with(char::is_uppercase) {
        return None;
    }
    let may_end = |c: char| c.is_lowercase() || c.is_numeric() || ".)'’\"”".contains(c);
    let is_owner = |at: &usize| {
        let text = line[at + 1..].strip_suffix(&line[..*at]);
        *at > 1 && text.is_some_and(|text| text.starts_with(char::is_uppercase) && text.ends_with(may_end))
    };
    line.match_indices(' ').take(LONGEST_OWNER).map(|(at, _)| at).find(is_owner)
}

/// How many sentences end before the last one.
fn sentence_ends(text: &str) -> usize {
    text.match_indices(". ")
        .filter(|(at, _)| {
            let before = text[..*at].rsplit(char::is_whitespace).next().unwrap_or_default();
            // "Sen.", "U.S." end none.
            before.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) || before.chars().count() > 4
        })
        .count()
}

#[inline(never)]
fn in_brackets(line: &str) -> Option<usize> {
    let end = line.trim_end_matches(['.', ' ']);
    let open = match end.chars().next_back()? {
        ')' => end.rfind('(')?,
        ']' => end.rfind('[')?,
        _ => return None,
    };
    let inside = end[open + 1..end.len() - 1].trim();
    // "… the court said (AFP)." is a sentence with a source in it.
    let is_in_sentence = end.len() < line.trim_end().len() && !line[..open].trim_end().ends_with(['.', '!', '?']);
    if open == 0 || inside.is_empty() || inside.len() > LONGEST_CREDIT {
        return None;
    }
    let first = inside.split(|c: char| c.is_whitespace() || matches!(c, ':' | '/')).next().unwrap_or_default();
    let low = first.to_ascii_lowercase();
    let labelled = inside.len() > first.len()
        && (matches!(
            low.as_str(),
            "photo"
                | "photos"
                | "image"
                | "images"
                | "picture"
                | "pictures"
                | "pic"
                | "photograph"
                | "credit"
                | "credits"
                | "courtesy"
                | "illustration"
        ) || matches!(low.as_str(), "file" | "staff" | "handout" | "video")
            && inside[first.len()..].trim_start().to_ascii_lowercase().starts_with(['p', 'i', ':', '/']))
        && (inside.contains([':', '/', '|', '©']) || inside.to_ascii_lowercase().contains(" by ") || low == "courtesy");
    // "(Ida Holm for The Lake Post)", "(Lake County Police)" behind the one sentence of a caption
    let is_of_house = || {
        let is_ascribed = inside.split_once(" for ").is_some_and(|parts| is_names(parts.0) && is_names(parts.1));
        // "Prices will rise. (The Lake Post)" is news in brief.
        let is_alone = open < LONGEST_OF_HOUSE && inside.contains(' ') && !inside.starts_with("The ");
        let caption = line[..open].trim_end();
        caption.ends_with('.') && sentence_ends(caption) == 0 && (is_ascribed || is_alone && is_names(inside))
    };
    let is_of_names =
        inside.starts_with(|c: char| c.is_uppercase() || c == '©') && (reads_as_credit(inside) || is_of_house());
    (labelled || is_of_names && !is_in_sentence).then_some(open)
}

/// Names with a stroke, a "via", a word of credits or a colon between them.
fn reads_as_credit(inside: &str) -> bool {
    let (mut of_credit, mut words) = (false, 0);
    for word in inside.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | ':' | '|' | '©')) {
        let is_small = matches!(word, "" | "via" | "VIA" | "for" | "of" | "the" | "and" | "by" | "&");
        of_credit |= is_of_credit(word) && word != "file" && word != "File";
        if !(is_small
            || is_name(word)
            || is_particle(word)
            || is_of_credit(word)
            || word.chars().all(char::is_alphanumeric) && word.starts_with(char::is_uppercase))
        {
            return false;
        }
        words += usize::from(!is_small);
    }
    let has_stroke = inside.split_once('/').is_some_and(|(before, after)| {
        before.ends_with(|c: char| c.is_alphabetic() || c == ' ') && after.trim_start().starts_with(char::is_uppercase)
    });
    (1..=10).contains(&words) && (of_credit || has_stroke || inside.contains(": "))
}

/// What a credit may begin with behind a sentence or a gap.
static LABELS: Starts = Starts::new(&[
    "&copy;",
    "credit",
    "file photo",
    "foto",
    "image",
    "photo",
    "picture",
    "pic",
    "portrait",
    "staff photo",
    "©",
]);

/// "Photo: …", "— Photo by …", "© …" behind a sentence or a gap.
#[inline(never)]
fn after_word(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let from = line.len().saturating_sub(LONGEST_CREDIT).max(1);
    // Inside a word there is no label, but "… outside the courtCredit: Alamy" lost its gap.
    let may_begin = |at: &usize| {
        let before = bytes[*at - 1];
        BEGINS_LABEL[usize::from(bytes[*at])]
            && (!before.is_ascii_alphanumeric() || !before.is_ascii_uppercase() && line[*at..].starts_with("Credit: "))
    };
    (from..line.len()).filter(may_begin).find_map(|at| label_at(line, at))
}

/// Where a credit starts whose label stands at a byte of the line, if one does.
#[inline(never)]
fn label_at(line: &str, at: usize) -> Option<usize> {
    let rest = LABELS.rests(&line[at..]).next()?;
    let before = &line[..at];
    let sign = before.trim_end_matches(['–', '—', '-', '|', '/', ' ', '\u{a0}']);
    let gap = before.len() - sign.len();
    let ends = sign.ends_with(['.', '!', '?', '”', '"', ')', '’', ';']);
    // "… of the ferry Picture: Ida Holm/Lake Post"
    let is_capital = line.as_bytes()[at].is_ascii_uppercase();
    let is_glued = gap == 0 && !before.ends_with(char::is_uppercase) && rest.starts_with(": ");
    let is_apart = ends
        || gap >= 2
        || is_glued && is_capital
        || gap == 1
            && (is_capital && rest.strip_prefix(": ").is_some_and(is_names)
                || line[at..].strip_prefix("© ").is_some_and(is_names));
    if sign.is_empty() || !is_apart || !is_label(&line[at..], rest) {
        return None;
    }
    Some(before[sign.len()..].find(['–', '—', '-', '|']).map_or(at, |dash| sign.len() + dash))
}

/// The first bytes of [`LABELS`], of some of them only as capitals.
static BEGINS_LABEL: [bool; 256] = {
    let mut begins = [false; 256];
    // 0xC2 is that of "©".
    let first = b"&pPfFICS\xC2";
    let mut at = 0;
    while at < first.len() {
        begins[first[at] as usize] = true;
        at += 1;
    }
    begins
};

/// Whether a credit's word is followed by what makes it one, a colon, a stroke, "by": `rest` stands behind the word.
fn is_label(label: &str, mut rest: &str) -> bool {
    if label.starts_with(['©', '&']) {
        return rest.trim_start().starts_with(|c: char| c.is_uppercase());
    }
    for more in ["graphs", "graph", "s", " credits", " credit", " courtesy of", " courtesy"] {
        rest = after(rest, more).unwrap_or(rest);
    }
    let by = after(rest, " by ").is_some();
    // "Credit...Ida Holm for The Lake Post"
    let sign = rest.trim_start_matches(' ').starts_with([':', '/', '|', '©']) || rest.starts_with("...");
    let named =
        rest.trim_start_matches([' ', ':', '/', '|', '©', '.']).get(if by { 3.. } else { 0.. }).unwrap_or_default();
    (by || sign) && named.trim_start().starts_with(|c: char| c.is_uppercase() || c == '@' || c == '©')
}

/// "… on Tuesday. — AFP", "… at the Senate. —ANA RUIZ": capitals or an agency behind a dash. Whoever signs what was said is
/// written in small letters.
#[inline(never)]
fn after_dash(line: &str) -> Option<usize> {
    // No further back than a credit is long: this is asked of every paragraph.
    let from = (line.len().saturating_sub(LONGEST_CREDIT)..line.len()).find(|&at| line.is_char_boundary(at))?;
    let start = from + line[from..].rfind(['—', '–'])?;
    let name = line[start..].trim_start_matches(['—', '–', ' ']);
    let is_agency = name.split_whitespace().all(is_of_credit);
    let is_credit = !name.ends_with('.')
        && line[..start].trim_end().ends_with(['.', '!', '?'])
        && is_names(name)
        && (is_agency || !name.contains(char::is_lowercase));
    is_credit.then_some(start)
}

/// Names without a full stop behind the one sentence of a caption: "A scene from the film. Bad Lantern Studios".
#[inline(never)]
fn names_alone(line: &str) -> Option<usize> {
    if line.len() > LONGEST_CAPTION || super::ends_as_sentence(line) {
        return None;
    }
    let stop = line.rfind(". ").or_else(|| line.rfind(".\u{a0}"))?;
    let caption = &line[..stop];
    let last = caption.rsplit(char::is_whitespace).next()?;
    if caption.split_whitespace().count() < 4
        || last.contains('.')
        || last.starts_with(char::is_uppercase) && last.chars().count() <= 4 && !is_month(last)
    {
        return None;
    }
    let start = stop + 1 + (line[stop + 1..].len() - line[stop + 1..].trim_start().len());
    let rest = &line[start..];
    // "… is designed. It" is a line broken in the middle of a sentence.
    let is_one_word = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).nth(1).is_none();
    let is_credit = (is_names(rest) || reads_as_credit(rest)) && (!is_one_word || is_of_credit(rest));
    (is_credit && sentence_ends(&line[..start]) == 1).then_some(start)
}

/// One to eight names, with what stands between names.
pub(super) fn is_names(rest: &str) -> bool {
    let mut names = 0;
    for word in rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '|')).filter(|word| !word.is_empty())
    {
        match word {
            "for" | "via" | "of" | "the" | "and" | "&" | "–" | "-" => {}
            _ if is_name(word) => names += 1,
            _ if is_particle(word) => {}
            _ => return false,
        }
    }
    // "KP/AF" is who typed it.
    let are_initials = rest.contains('/') && rest.split('/').all(|part| part.len() <= 3);
    (1..=8).contains(&names) && rest.starts_with(char::is_uppercase) && !rest.ends_with('.') && !are_initials
}

/// A line of names with a stroke or a word of credits: "Ann Ruiz/Agence Adour", "Handout via REUTERS".
pub(super) fn is_credit_line(line: &str) -> bool {
    if line.len() > LONGEST_CREDIT {
        return false;
    }
    let line = line.trim_start_matches(['-', '–', '—', '(', '[', ' ']).trim_end_matches([')', ']', ' ', '.']);
    let has_stroke = line
        .split_once('/')
        .is_some_and(|(before, after)| before.ends_with(char::is_alphabetic) && after.starts_with(char::is_uppercase));
    is_names(line)
        && (has_stroke
            || line
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| is_of_credit(word) && !word.eq_ignore_ascii_case("via")))
}

/// Whose a picture is, whatever follows.
static OWNERS: Starts = Starts::new(&[
    "credit:",
    "credits:",
    "getty images",
    "image source,",
    "photographer:",
    "picture source,",
    "shutterstock",
    "©",
]);

/// What a picture is.
static PICTURES: Starts = Starts::new(&[
    "file pic",
    "graphic",
    "illustration",
    "image",
    "map",
    "photo",
    "photograph",
    "pic",
    "picture",
    "video",
]);

/// "Photo: …", "[File photo by …", "Pictures courtesy of: …", "Courtesy of …", "© …".
#[inline(never)]
pub(super) fn begins_as_credit(line: &str) -> bool {
    let inside = line.strip_prefix(['[', '(']).unwrap_or(line);
    let is_courtesy = after(inside, "courtesy").filter(|rest| ends_word(rest)).is_some_and(|rest| {
        let whose = after(rest, " of").filter(|rest| ends_word(rest)).unwrap_or(rest);
        whose.chars().nth(60).is_none()
    });
    let is_of_picture = || {
        let filed = after(inside, "file ").unwrap_or_default();
        PICTURES.rests(inside).chain(PICTURES.rests(filed)).any(is_followed_by_owner)
    };
    (OWNERS.begin(inside) || is_courtesy || is_of_picture() || is_above_caption(line)) && !line.contains(". ")
}

/// "Image source, Reuters", and "PA Media A woman stands outside a court", which tells those who cannot see the picture what it
/// shows: the text of the picture stands below, not above.
pub(super) fn is_above_caption(line: &str) -> bool {
    static AGENCIES: Starts = Starts::new(&[
        "afp",
        "alamy",
        "bbc",
        "epa",
        "family handout",
        "getty images",
        "handout",
        "pa media",
        "reuters",
        "shutterstock",
        "supplied",
    ]);
    let shows = |rest: &str| {
        let article = [" A ", " An ", " The ", " Two ", " Three ", " Several "].iter().find_map(|word| rest.find(word));
        // "BBC/Tom Hale A brick house"
        article.is_some_and(|at| at == 0 || at < 40 && rest.starts_with(['/', '-']))
    };
    after(line, "image source,").or_else(|| after(line, "picture source,")).is_some()
        || AGENCIES.rests(line).any(shows) && !super::ends_as_sentence(line)
}

/// What follows "photo" where whose it is comes next: perhaps "credits" or "courtesy of", and then a sign or "by".
fn is_followed_by_owner(mut rest: &str) -> bool {
    rest = after(rest, "s").unwrap_or(rest);
    let more = [" credits", " credit", " courtesy of", " courtesy"];
    rest = more.iter().find_map(|word| after(rest, word)).unwrap_or(rest);
    rest = rest.strip_prefix(' ').unwrap_or(rest);
    rest.starts_with([':', '/', '|', '©']) || after(rest, "by").is_some_and(ends_word)
}

/// A line that says in words that it is a credit, in other ways than [`begins_as_credit`] knows.
#[inline(never)]
pub(super) fn is_labelled_line(line: &str) -> bool {
    let line = without_prefix(line, "&lt;p&gt;").trim_start_matches(['-', '–', '—', '(', '[', ' ']);
    const LABELS: [&str; 8] = [
        "Foto: ",
        "PHOTO BY ",
        "Photo by ",
        "Photo: ",
        "Picture by ",
        "Pictures by ",
        "Portrait: ",
        "Screenshot from ",
    ];
    // "LP PHOTO: IDA HOLM"
    let is_shouted = || {
        line.split_once("PHOTO: ")
            .is_some_and(|(house, _)| house.len() < 20 && (house.is_empty() || house.ends_with(' ')))
            && !line.contains(char::is_lowercase)
    };
    line.len() <= LONGEST_CREDIT
        && (is_shouted()
            || LABELS.iter().any(|label| line.starts_with(label)) && !super::ends_as_sentence(line)
            || line.starts_with("Screenshot from ")
            || line.contains('©')
                && line.split_once(" © ").is_some_and(|(before, after)| is_names(before) && is_names(after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Option<(&str, &str)> {
        at_end(line).map(|found| (line[..found.start].trim_end(), &line[found.start..]))
    }

    #[test]
    fn credits_at_the_end_of_captions() {
        for (caption, credit) in [
            ("Divers search the shore.", "(photo credit: REUTERS/ANA RUIZ)"),
            ("Divers search the shore", "(Image: Lake Post )"),
            ("Divers search the shore.", "[AFP]. ."),
            ("Divers search the shore.", "(Ana Ruiz via Getty Images)"),
            ("Divers search the shore.", "[UN Photo/ICJ]"),
            ("Divers search the shore.", "(Lake News: Ana Ruiz)"),
            ("Divers search the shore.", "(PTI Photo)"),
            ("Divers search the shore.", "(Ana Ruiz for The Lake Post)"),
            ("Divers search the shore.", "(Lake County Police)"),
            ("Divers search the shore.", "(Staff photo by Ana Ruiz)"),
            ("Divers search the shore.", "Photo: Ana Ruiz / LakeExpress"),
            ("Divers search the shore.", "PHOTO BY ANA RUIZ"),
            ("Divers search the shore.", "— Photo by Ana Ruiz"),
            ("Divers search the shore", "Credit: Alamy"),
            ("Divers search the shore.", "© Ana Ruiz / Agence Lac"),
            ("Divers search the shore.", "Ana Ruiz/Handout via REUTERS"),
            ("Divers search the shore.", "Ana Ruiz for The Lake Post"),
            ("Divers search the shore.", "Lake Studios"),
            ("Divers search the shore.", "Ana Ruiz / Lake Post file photo"),
            ("Divers search the shore.", "— AFP"),
            ("Divers search the shore.", "—ANA RUIZ"),
        ] {
            for gap in [" ", "   "] {
                if gap == " " && !caption.ends_with('.') && !credit.starts_with(['(', '[']) {
                    continue;
                }
                let line = format!("{caption}{gap}{credit}");
                assert_eq!(split(&line), Some((caption, credit)), "{line}");
            }
        }
    }

    #[test]
    fn paragraphs_keep_their_brackets_and_names() {
        for line in [
            "Police said the ferry had been inspected in May by the African Fleet Panel (AFP).",
            "A former nurse - she was one - spoke (twice).",
            "The picture was clear, he said: nobody had looked at the boat for ten years.",
            "Nobody had told Sen. Ana Ruiz",
            "We will build this bridge in the spring. — Ana Ruiz",
            "That is how the way across the lake was designed. It",
            "Nobody knew. The ferry had not been looked at for ten years. Ana Ruiz and Kofi Mensah",
            "She put down the photo by the window.",
            "The court took a photo. Image rights, it said, are protected",
        ] {
            assert_eq!(split(line), None, "{line}");
        }
        let two = "The ferry sank on Monday. Nobody had looked at the boat for ten years. Eleven people are missing still. (Reuters)";
        assert!(at_end(two).is_some_and(|found| !found.is_caption));
    }

    #[test]
    fn credits_in_words() {
        for line in [
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
            "File file pic: Jane",
            "Credits: Jane",
            "Photographer: Jane",
            "Courtesy of Jane",
            "© Jane",
            "Getty Images",
            "Shutterstock/Jane",
        ] {
            for line in [line.to_owned(), line.to_uppercase(), line.to_lowercase()] {
                assert!(begins_as_credit(&line), "{line}");
            }
        }
        for line in ["Photos show the ferry", "Picture bylaws", "Courtesies: none", "Photo: Jane. The ferry sank"] {
            assert!(!begins_as_credit(line), "{line}");
        }
    }

    #[test]
    fn lines_of_credit() {
        assert!(
            ["Ana Ruiz/Agence Adour", "AFP", "Handout via REUTERS", "Getty Images", "(Yonhap)"]
                .iter()
                .all(|line| is_credit_line(line))
        );
        assert!(
            ["Ana Ruiz", "The ferry sank.", "Ana Ruiz / Lake Post", "Via Appia"]
                .iter()
                .all(|line| !is_credit_line(line))
        );
        assert!(
            ["- Photo by Ana Ruiz", "Ruiz e Melo © Teatro do Lago", "Foto: Ana Ruiz"]
                .iter()
                .all(|line| is_labelled_line(line))
        );
    }
}
