//! Blocks to tokens: words, numbers, marks.
//!
//! News rules: hyphens part words ("Iran-backed" is three tokens, so that "Iran" can be a mention); apostrophes inside a word
//! do not ("Al-Khaz'ali" ends in one token); a possessive or contracted ending is a token of its own ("Treasury" + "’s",
//! "they" + "'ve"), but "n't" stays with its verb; a full stop belongs to an abbreviation or an initial, else it is a token.

use super::TokenRange;
use super::bytes::{ALPHANUMERIC, END, LETTER, LOWER, PUNCTUATION, SPACE, UPPER, class};
use crate::article::Block;
use crate::span::Span;

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// Letters, and digits after a letter.
    Word,
    /// A number, with its separators: "1,000", "3.5", and with letters after it: "30th", "1990s", "50m".
    Number,
    /// A possessive or contracted ending: "'s", "’", "'ve".
    Clitic,
    /// One sign that may be a quotation mark or an apostrophe: `"`, `“`, `’`, `«` …
    Mark,
    /// Any other punctuation; a run of dots or dashes is one token.
    Punctuation,
    /// Anything else that shows: "$", "&", an emoji.
    Symbol,
    /// "@name".
    Handle,
    /// "#word".
    Hashtag,
    /// A web or e-mail address.
    Address,
}

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Case {
    /// No letters with case.
    None,
    /// "ministry"
    Lower,
    /// "Ministry", "I", "Khaz'ali"
    Title,
    /// "UN", "U.S."
    Upper,
    /// "iPhone", "McDonald"
    Mixed,
}

/// A word, number or sign.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is written.
    pub case: Case,
}

/// Abbreviations that keep their full stop and do not end a sentence before a capital.
pub(super) fn is_title_abbreviation(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Mx"
            | "Dr"
            | "Prof"
            | "Rev"
            | "Fr"
            | "Hon"
            | "Sen"
            | "Rep"
            | "Reps"
            | "Sens"
            | "Gov"
            | "Govs"
            | "Gen"
            | "Lt"
            | "Col"
            | "Maj"
            | "Capt"
            | "Cmdr"
            | "Cpl"
            | "Sgt"
            | "Pvt"
            | "Adm"
            | "Brig"
            | "Insp"
            | "Supt"
            | "Det"
            | "Pres"
            | "St"
            | "Ste"
            | "Mt"
            | "Ft"
            | "Messrs"
            | "Mme"
            | "Mlle"
            | "Sr"
            | "Sra"
            | "Srta"
            | "Dra"
            | "Ing"
            | "Lic"
            | "Atty"
            | "Amb"
            | "Asst"
            | "Assoc"
            | "Dep"
            | "Del"
            | "Supt."
            | "Smt"
            | "Shri"
            | "Pte"
            | "Spc"
            | "vs"
            | "v"
            | "No"
            | "Nos"
            | "Vol"
            | "Art"
            | "Sec"
            | "Fig"
            | "ca"
            | "cf"
            | "approx"
            | "est"
    )
}

/// Abbreviations that keep their full stop and may end a sentence.
fn is_other_abbreviation(word: &str) -> bool {
    matches!(
        word,
        "Inc"
            | "Ltd"
            | "Co"
            | "Corp"
            | "Bros"
            | "Jr"
            | "Esq"
            | "etc"
            | "Ave"
            | "Blvd"
            | "Rd"
            | "Hwy"
            | "Jan"
            | "Feb"
            | "Mar"
            | "Apr"
            | "Jun"
            | "Jul"
            | "Aug"
            | "Sep"
            | "Sept"
            | "Oct"
            | "Nov"
            | "Dec"
            | "Mon"
            | "Tue"
            | "Tues"
            | "Wed"
            | "Thu"
            | "Thur"
            | "Thurs"
            | "Fri"
            | "Ala"
            | "Ariz"
            | "Ark"
            | "Calif"
            | "Colo"
            | "Conn"
            | "Fla"
            | "Ga"
            | "Ill"
            | "Ind"
            | "Kan"
            | "Ky"
            | "La"
            | "Md"
            | "Mass"
            | "Mich"
            | "Minn"
            | "Miss"
            | "Mo"
            | "Mont"
            | "Neb"
            | "Nev"
            | "Okla"
            | "Ore"
            | "Pa"
            | "Tenn"
            | "Tex"
            | "Vt"
            | "Va"
            | "Wash"
            | "Wis"
            | "Wyo"
            | "Ont"
            | "Que"
            | "Alta"
            | "Univ"
            | "Dept"
            | "Gov't"
            | "pp"
            | "ft"
            | "lb"
            | "lbs"
            | "oz"
            | "min"
            | "mph"
            | "sq"
            | "Rs"
            | "al"
    )
}

/// True for every sign that can open or close a quotation, apostrophes too.
pub fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '`'
            | '´'
            | '″'
            | '′'
            | '＂'
    )
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | '‛' | '′')
}

/// Letters, and the combining marks that belong to them.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{ad}')
}

#[inline(never)]
pub(super) fn tokenize(text: &str, blocks: &[Block]) -> (Vec<Token>, Vec<TokenRange>) {
    // English has a token in five bytes; the list need not be moved, and gives back what it has too much.
    let mut tokens = Vec::with_capacity(text.len() / 4);
    let mut ranges = Vec::with_capacity(blocks.len());
    for block in blocks {
        let first = tokens.len() as u32;
        let mut scanner =
            Scanner { text: &text[..block.span.end as usize], at: block.span.start as usize, without_address: 0 };
        while let Some(token) = scanner.next() {
            tokens.push(token);
        }
        ranges.push(TokenRange::new(first, tokens.len() as u32));
    }
    tokens.shrink_to_fit();
    (tokens, ranges)
}

/// Most tokens are words of ASCII before a space, or signs of ASCII: they are read byte by byte, the others by their chars.
struct Scanner<'t> {
    /// Up to the block's end.
    text: &'t str,
    at: usize,
    /// From the last word or number to here there is no sign of an address.
    without_address: usize,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Length of a web or e-mail address here, whose first `plain` bytes are letters and digits of ASCII.
    fn address_length(&mut self, plain: usize) -> Option<usize> {
        if self.may_be_address(plain) { address_length(self.rest()) } else { None }
    }

    /// Whether there may be an address that goes on after its first letters and digits: there is one of its signs inside, not
    /// only at the end, before a space or anything beyond ASCII. Each byte is looked at once.
    fn may_be_address(&mut self, plain: usize) -> bool {
        let bytes = self.text.as_bytes();
        let limit = bytes.len().min(self.at + plain + LONGEST_ADDRESS);
        self.without_address = self.without_address.max(self.at + plain);
        while self.without_address < limit {
            let byte = bytes[self.without_address];
            match byte {
                b'@' | b'/' => return true,
                b'.' if !ends_address(&bytes[self.without_address + 1..]) => return true,
                128.. => return false,
                _ if class(byte) & END != 0 => return false,
                _ => self.without_address += 1,
            }
        }
        false
    }

    fn next(&mut self) -> Option<Token> {
        let first = self.skip_spaces()?;
        let start = self.at;
        let (kind, case) = if class(first) & LETTER != 0 {
            let bytes = &self.text.as_bytes()[start..];
            let (length, case) = plain_word(first, &bytes[1..]);
            let ends = bytes.get(length).is_none_or(|&byte| class(byte) & END != 0);
            if ends {
                self.at += length;
                (TokenKind::Word, case)
            } else {
                self.scan_word(length, case)
            }
        } else {
            self.scan_other(first)
        };
        Some(Token { span: Span::at(start, self.at), kind, case })
    }

    /// Moves to the next token; its first byte.
    fn skip_spaces(&mut self) -> Option<u8> {
        loop {
            let first = *self.text.as_bytes().get(self.at)?;
            if class(first) & SPACE != 0 {
                self.at += 1;
            } else if first.is_ascii() {
                return Some(first);
            } else {
                match self.rest().chars().next() {
                    Some(c) if is_space(c) => self.at += c.len_utf8(),
                    _ => return Some(first),
                }
            }
        }
    }

    /// Moves past a word, or an address, that goes on or may go on after so many letters and digits of ASCII.
    #[inline(never)]
    fn scan_word(&mut self, plain: usize, case: Case) -> (TokenKind, Case) {
        let rest = self.rest();
        if let Some(length) = self.address_length(plain) {
            self.at += length;
            return (TokenKind::Address, Case::None);
        }
        let length = match rest.as_bytes()[plain] {
            b'.' if plain > 1 => with_stop(rest, plain),
            b'.' if rest.starts_with('X')
                && !rest[2..].starts_with(is_letter)
                && is_posted_on(&self.text[..self.at]) =>
            {
                plain
            }
            b'.' | b'\'' | b'`' | 128.. => word_length(rest, plain),
            _ => plain,
        };
        self.at += length;
        (TokenKind::Word, if length == plain { case } else { case_of(&rest[..length]) })
    }

    /// Moves past a token that does not begin with a letter of ASCII.
    fn scan_other(&mut self, first: u8) -> (TokenKind, Case) {
        let rest = self.rest();
        let (length, kind) = match first {
            b'"' => (1, TokenKind::Mark),
            b'0'..=b'9' => {
                let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
                match self.address_length(plain) {
                    Some(length) => (length, TokenKind::Address),
                    None => (number_length(rest), TokenKind::Number),
                }
            }
            b'@' | b'#' => match tag_length(rest) {
                Some(length) if first == b'@' => (length, TokenKind::Handle),
                Some(length) => (length, TokenKind::Hashtag),
                None => (1, TokenKind::Symbol),
            },
            b'\'' | b'`' => match clitic_length(rest).filter(|_| self.follows_word()) {
                Some(length) => (length, TokenKind::Clitic),
                // Two in a row stand for one double mark.
                None => (if rest.as_bytes().get(1) == Some(&first) { 2 } else { 1 }, TokenKind::Mark),
            },
            b'.' | b'-' | b'*' | b'_' | b'=' | b'~' => {
                (rest.bytes().take_while(|&byte| byte == first).count(), TokenKind::Punctuation)
            }
            128.. => self.beyond_ascii(rest),
            _ if class(first) & PUNCTUATION != 0 => (1, TokenKind::Punctuation),
            _ => (1, TokenKind::Symbol),
        };
        self.at += length;
        let has_case = matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Hashtag | TokenKind::Handle);
        (kind, if has_case { case_of(&rest[..length]) } else { Case::None })
    }

    /// Length and kind of a token that begins with a char beyond ASCII.
    fn beyond_ascii(&self, rest: &str) -> (usize, TokenKind) {
        let c = rest.chars().next().unwrap_or(' ');
        if is_apostrophe(c)
            && let Some(length) = clitic_length(rest).filter(|_| self.follows_word())
        {
            return (length, TokenKind::Clitic);
        }
        let length = c.len_utf8();
        match c {
            // Two in a row stand for one double mark.
            '‘' | '’' if rest[length..].starts_with(c) => (2 * length, TokenKind::Mark),
            _ if is_mark(c) => (length, TokenKind::Mark),
            '–' | '—' | '…' => (rest.find(|d| d != c).unwrap_or(rest.len()), TokenKind::Punctuation),
            '¿' | '¡' | '·' | '•' | '‐' | '‑' | '‒' | '―' | '、' | '。' => {
                (length, TokenKind::Punctuation)
            }
            _ if is_letter(c) => (word_length(rest, 0), TokenKind::Word),
            _ if c.is_numeric() => (number_length(rest), TokenKind::Number),
            _ => (length, TokenKind::Symbol),
        }
    }

    fn follows_word(&self) -> bool {
        self.text[..self.at].chars().next_back().is_some_and(|c| is_letter(c) || c.is_numeric() || c == '.')
    }
}

/// Length and case of a run of letters and digits of ASCII: its first letter and what follows.
fn plain_word(first: u8, rest: &[u8]) -> (usize, Case) {
    let mut length = 1;
    let mut later = 0;
    for &byte in rest {
        let class = class(byte);
        if class & ALPHANUMERIC == 0 {
            break;
        }
        later |= class;
        length += 1;
    }
    (length, case_of_classes(class(first), later))
}

/// The case of letters by the class of the first one and those of the others.
fn case_of_classes(first: u8, later: u8) -> Case {
    let [has_lower, has_upper] = [LOWER, UPPER].map(|class| later & class != 0);
    match first & UPPER != 0 {
        true if !has_upper => Case::Title,
        true if !has_lower => Case::Upper,
        false if !has_upper => Case::Lower,
        _ => Case::Mixed,
    }
}

/// Length of the "@name" or "#word" at the start of `rest`.
fn tag_length(rest: &str) -> Option<usize> {
    let name = &rest[1..];
    let length = name.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(name.len());
    let is_tag = length > 0 && (rest.starts_with('@') || name.starts_with(char::is_alphabetic));
    is_tag.then_some(1 + length)
}

/// Length of the word at the start of `rest`, whose first `plain` bytes are letters and digits of ASCII.
fn word_length(rest: &str, plain: usize) -> usize {
    let mut length = plain;
    let mut letters_since_dot = plain;
    let mut alphabetic = rest.bytes().take(plain).filter(u8::is_ascii_alphabetic).count();
    let mut dots = 0;
    let mut chars = rest[plain..].char_indices().map(|(at, c)| (plain + at, c)).peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, c)| c);
        if is_letter(c) || c.is_numeric() {
            length = at + c.len_utf8();
            letters_since_dot += 1;
            alphabetic += usize::from(c.is_alphabetic());
        } else if is_apostrophe(c) && after.is_some_and(is_letter) {
            if clitic_length(&rest[at..]).is_some() {
                break;
            }
        } else if c == '.' && letters_since_dot == 1 && (dots > 0 || at <= 4) && alphabetic == dots + 1 {
            // "U.S.", "a.m.", "J."
            let first = rest.chars().next().unwrap_or(' ');
            let single = dots == 0 && !after.is_some_and(is_letter);
            if single && (!first.is_uppercase() || rest.starts_with('I') && !looks_like_initial(&rest[at + 1..])) {
                break;
            }
            length = at + 1;
            letters_since_dot = 0;
            dots += 1;
        } else {
            break;
        }
    }
    with_stop(rest, length)
}

/// "wrote on X.": what stands before the name of the platform, which is no initial.
fn is_posted_on(before: &str) -> bool {
    let before = before.trim_end_matches(' ');
    let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    word.len() < before.len() && matches!(word, "on" | "via" | "platform" | "network" | "site" | "to")
}

/// Length of a word of so many bytes with the full stop behind it, where it is an abbreviation's.
fn with_stop(rest: &str, length: usize) -> usize {
    let word = &rest[..length];
    if !rest[length..].starts_with('.') || !(is_title_abbreviation(word) || is_other_abbreviation(word)) {
        return length;
    }
    // "No." and "Co." at the end of everything are words.
    let after = rest[length + 1..].trim_start();
    let kept = match word {
        "No" | "Nos" | "Art" | "Fig" | "Vol" => after.starts_with(|c: char| c.is_ascii_digit()),
        "v" | "vs" => true,
        "Mar" | "Miss" | "Mass" | "Wash" | "Ill" | "Ind" | "Fri" | "Mon" | "Wed" | "Sun" | "min" | "al" | "Del" => {
            !after.is_empty()
        }
        _ => true,
    };
    if kept { length + 1 } else { length }
}

/// After "I.": an initial stands before a capitalised word ("I. Newton"), the pronoun ends its sentence.
fn looks_like_initial(after: &str) -> bool {
    let mut chars = after.trim_start().chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(|c| c.is_lowercase() || c == '.')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}') || (c.is_control())
}

/// Length of a possessive or contracted ending at the start of `rest`, which begins with an apostrophe after a word.
fn clitic_length(rest: &str) -> Option<usize> {
    let apostrophe = rest.chars().next()?;
    if apostrophe == '‘' || apostrophe == '`' {
        return None;
    }
    let at = apostrophe.len_utf8();
    let letters = &rest[at..];
    let end = letters.find(|c: char| !c.is_alphanumeric()).unwrap_or(letters.len());
    let ending = &letters[..end];
    let is_clitic = matches!(ending, "s" | "S" | "ve" | "re" | "ll" | "d" | "m" | "VE" | "RE" | "LL" | "D" | "M");
    is_clitic.then_some(at + end)
}

fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut length = 0;
    let chars = rest.char_indices().peekable();
    for (at, c) in chars {
        let digit_after = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if c.is_numeric() || (matches!(c, '.' | ',' | ':' | '/') && digit_after) {
            length = at + c.len_utf8();
        } else {
            break;
        }
    }
    // "30th", "1990s", "50m", "3pm"
    let letters = rest[length..].find(|c: char| !is_letter(c)).unwrap_or(rest.len() - length);
    length + letters
}

/// Whether an address ends before `bytes`: some places where it does, the most frequent ones.
fn ends_address(bytes: &[u8]) -> bool {
    match bytes {
        // ‘ ’ “ ”
        [] | [0xE2, 0x80, 0x98 | 0x99 | 0x9C | 0x9D, ..] => true,
        [first, ..] => class(*first) & END != 0,
    }
}

/// No address is longer than this, in bytes; the bound keeps hostile input without spaces linear.
const LONGEST_ADDRESS: usize = 512;

/// Length of a web or e-mail address at the start of `rest`.
fn address_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let prefix = |p: &str| bytes.len() >= p.len() && bytes[..p.len()].eq_ignore_ascii_case(p.as_bytes());
    let is_url = prefix("http://") || prefix("https://") || prefix("www.");
    let mut bound = rest.len().min(LONGEST_ADDRESS);
    while !rest.is_char_boundary(bound) {
        bound -= 1;
    }
    let rest = &rest[..bound];
    let end = rest
        .find(|c: char| {
            is_space(c)
                || matches!(c, '"' | '“' | '”' | '<' | '>' | '‘' | '’' | '«' | '»' | '(' | ')' | '[' | ']' | ',' | ';')
        })
        .unwrap_or(rest.len());
    let word = &rest[..end];
    if is_url || is_email(word) || is_domain(word) {
        let trimmed = word.trim_end_matches(['.', '!', '?', ':', '\'']);
        return (trimmed.len() > 4).then_some(trimmed.len());
    }
    None
}

fn is_email(word: &str) -> bool {
    let word = word.trim_end_matches(['.', '!', '?', ':']);
    match word.split_once('@') {
        Some((name, host)) => {
            !name.is_empty()
                && host.contains('.')
                && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"@._+-".contains(&b))
        }
        None => false,
    }
}

/// "example.com", "bbc.co.uk/news": a lower-case host whose last part is a well-known top level.
fn is_domain(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or("").trim_end_matches(['.', '!', '?', ':']);
    let Some((name, top)) = host.rsplit_once('.') else { return false };
    matches!(
        top,
        "com"
            | "org"
            | "net"
            | "gov"
            | "edu"
            | "io"
            | "info"
            | "co"
            | "uk"
            | "eu"
            | "de"
            | "fr"
            | "in"
            | "au"
            | "ca"
            | "ke"
            | "za"
            | "ng"
            | "tv"
            | "news"
    ) && name.len() > 1
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

fn case_of(word: &str) -> Case {
    let mut upper = 0;
    let mut lower = 0;
    let mut first_upper = None;
    for c in word.chars() {
        if c.is_lowercase() {
            lower += 1;
            first_upper.get_or_insert(false);
        } else if c.is_uppercase() {
            upper += 1;
            first_upper.get_or_insert(true);
        }
    }
    match (upper, lower, first_upper) {
        (0, 0, _) => Case::None,
        (0, _, _) => Case::Lower,
        (1, _, Some(true)) => Case::Title,
        (_, 0, _) => Case::Upper,
        _ => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text, &article::blocks(text)).0.iter().map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn hyphens_part_and_apostrophes_join() {
        assert_eq!(words("Iran-backed Al-Khaz'ali"), ["Iran", "-", "backed", "Al", "-", "Khaz'ali"]);
        assert_eq!(words("Asa’ib O'Brien d’Ivoire"), ["Asa’ib", "O'Brien", "d’Ivoire"]);
    }

    #[test]
    fn possessives_and_contractions_are_tokens() {
        assert_eq!(words("Treasury’s they've didn't it's"), ["Treasury", "’s", "they", "'ve", "didn't", "it", "'s"]);
        assert_eq!(words("Guterres' meeting"), ["Guterres", "'", "meeting"]);
    }

    #[test]
    fn full_stops_stay_with_abbreviations() {
        assert_eq!(words("Mr. J. Doe of the U.S. left."), ["Mr.", "J.", "Doe", "of", "the", "U.S.", "left", "."]);
        assert_eq!(
            words("wrote on X. So did Malcolm X. Ray to X.Y. Zhang."),
            ["wrote", "on", "X", ".", "So", "did", "Malcolm", "X.", "Ray", "to", "X.Y.", "Zhang", "."]
        );
        assert_eq!(words("at 5 p.m. today. So did I."), ["at", "5", "p.m.", "today", ".", "So", "did", "I", "."]);
    }

    #[test]
    fn numbers_keep_their_separators_and_endings() {
        assert_eq!(
            words("$3.5m, 1,000 or 12% in the 1990s"),
            ["$", "3.5m", ",", "1,000", "or", "12", "%", "in", "the", "1990s"]
        );
    }

    #[test]
    fn handles_hashtags_and_addresses_are_whole() {
        assert_eq!(
            words("@antonioguterre #Iraq www.who.int/x. a@b.org"),
            ["@antonioguterre", "#Iraq", "www.who.int/x", ".", "a@b.org"]
        );
    }

    #[test]
    fn every_visible_char_is_in_a_token() {
        let text = "“ The UN…” — «é» 'tis 5’10” \u{200b}👩‍👧 ﷽ &amp; שלום";
        let (tokens, _) = tokenize(text, &article::blocks(text));
        let mut at = 0;
        for token in tokens {
            assert!(text[at..token.span.start as usize].chars().all(is_space));
            at = token.span.end as usize;
        }
        assert_eq!(at, text.len());
    }
}
