//! Blocks to tokens: words, numbers, marks.
//!
//! News rules: hyphens part words ("Iran-backed" is three tokens, so that "Iran" can be a mention); apostrophes inside a word
//! do not ("Al-Khaz'ali" ends in one token); a possessive or contracted ending is a token of its own ("Treasury" + "’s",
//! "they" + "'ve"), but "n't" stays with its verb; a full stop belongs to an abbreviation or an initial, else it is a token.

use super::TokenRange;
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
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut ranges = Vec::with_capacity(blocks.len());
    for block in blocks {
        let first = tokens.len() as u32;
        let mut scanner = Scanner { text, at: block.span.start as usize, end: block.span.end as usize };
        while let Some(token) = scanner.next() {
            tokens.push(token);
        }
        ranges.push(TokenRange::new(first, tokens.len() as u32));
    }
    (tokens, ranges)
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..self.end]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<Token> {
        loop {
            let c = self.peek()?;
            if !is_space(c) {
                break;
            }
            self.at += c.len_utf8();
        }
        let start = self.at;
        let kind = self.scan();
        let span = Span::at(start, self.at);
        Some(Token { span, kind, case: case_of(span.of(self.text), kind) })
    }

    /// Moves past one token.
    fn scan(&mut self) -> TokenKind {
        let rest = self.rest();
        if let Some(length) = plain_word_length(rest) {
            self.at += length;
            return TokenKind::Word;
        }
        let c = rest.chars().next().unwrap_or(' ');
        if let Some(length) = address_length(rest) {
            self.at += length;
            return TokenKind::Address;
        }
        if c == '@' || c == '#' {
            let length = rest[1..].find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len() - 1);
            if length > 0 && (c == '@' || rest[1..].starts_with(|c: char| c.is_alphabetic())) {
                self.at += 1 + length;
                return if c == '@' { TokenKind::Handle } else { TokenKind::Hashtag };
            }
        }
        if is_apostrophe(c)
            && self.follows_word()
            && let Some(length) = clitic_length(rest)
        {
            self.at += length;
            return TokenKind::Clitic;
        }
        if is_letter(c) {
            self.at += self.word_length(rest);
            return TokenKind::Word;
        }
        if c.is_numeric() {
            self.at += number_length(rest);
            return TokenKind::Number;
        }
        if is_mark(c) {
            self.at += c.len_utf8();
            // Two apostrophes or backticks in a row stand for one double mark.
            if (c == '\'' || c == '`') && self.peek() == Some(c) {
                self.at += 1;
            }
            return TokenKind::Mark;
        }
        if matches!(c, '.' | '-' | '–' | '—' | '*' | '_' | '=' | '…' | '~') {
            let length = rest.find(|d| d != c).unwrap_or(rest.len());
            self.at += length;
            return TokenKind::Punctuation;
        }
        self.at += c.len_utf8();
        if c.is_ascii_punctuation() && !matches!(c, '$' | '%' | '&' | '+' | '<' | '>' | '=' | '^' | '|' | '@' | '#')
            || matches!(c, '¿' | '¡' | '·' | '•' | '‐' | '‑' | '‒' | '―' | '、' | '。')
        {
            TokenKind::Punctuation
        } else {
            TokenKind::Symbol
        }
    }

    fn follows_word(&self) -> bool {
        self.text[..self.at].chars().next_back().is_some_and(|c| is_letter(c) || c.is_numeric() || c == '.')
    }

    fn word_length(&self, rest: &str) -> usize {
        let mut length = 0;
        let mut letters_since_dot = 0;
        let mut dots = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let after = chars.peek().map(|&(_, c)| c);
            if is_letter(c) || c.is_numeric() {
                length = at + c.len_utf8();
                letters_since_dot += 1;
            } else if is_apostrophe(c) && after.is_some_and(is_letter) {
                if clitic_length(&rest[at..]).is_some() {
                    break;
                }
            } else if c == '.'
                && letters_since_dot == 1
                && (dots > 0 || at <= 4)
                && rest[..at].chars().filter(|c| c.is_alphabetic()).count() == dots + 1
            {
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
        let word = &rest[..length];
        if rest[length..].starts_with('.') && (is_title_abbreviation(word) || is_other_abbreviation(word)) {
            // "No." and "Co." at the end of everything are words.
            let after = rest[length + 1..].trim_start();
            let kept = match word {
                "No" | "Nos" | "Art" | "Fig" | "Vol" => after.starts_with(|c: char| c.is_ascii_digit()),
                "v" | "vs" => true,
                "Mar" | "Miss" | "Mass" | "Wash" | "Ill" | "Ind" | "Fri" | "Mon" | "Wed" | "Sun" | "min" | "al"
                | "Del" => !after.is_empty(),
                _ => true,
            };
            return if kept { length + 1 } else { length };
        }
        length
    }
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

/// Length of a word of ASCII letters and digits before something that neither goes on with it nor makes it an address: most words.
fn plain_word_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let length = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    let ends = match bytes.get(length) {
        Some(byte) => matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b';' | b'(' | b')' | b'[' | b']' | b'"'),
        None => true,
    };
    (ends && bytes.first()?.is_ascii_alphabetic()).then_some(length)
}

/// Length of a web or e-mail address at the start of `rest`.
fn address_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    if !bytes.first()?.is_ascii_alphanumeric() {
        return None;
    }
    let prefix = |p: &str| bytes.len() >= p.len() && bytes[..p.len()].eq_ignore_ascii_case(p.as_bytes());
    let is_url = prefix("http://") || prefix("https://") || prefix("www.");
    // No address is longer than this; the bound keeps hostile input without spaces linear.
    let mut bound = rest.len().min(512);
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

fn case_of(word: &str, kind: TokenKind) -> Case {
    if !matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Hashtag | TokenKind::Handle) {
        return Case::None;
    }
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
