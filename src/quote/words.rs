//! The words that rules name, by the numbers of their folded forms: [`super::phrases::Syntax::number`] tells that of a token, and two
//! numbers are compared more cheaply than two strings.

use super::scorer::word;
use crate::text::Text;

macro_rules! words {
    ($($name:ident = $key:literal;)*) => {
        $(
            #[doc = concat!("\"", $key, "\"")]
            pub const $name: u32 = word($key);
        )*
    };
}

words! {
    TELL = "tell";
    THAT = "that";
    IF = "if";
    UNLESS = "unless";
    WHETHER = "whether";
    WHAT = "what";
    WHY = "why";
    HOW = "how";
    WHEN = "when";
    WHERE = "where";
    WHO = "who";
    WHICH = "which";
    WHOSE = "whose";
    WHOM = "whom";
    TO = "to";
    NOT = "not";
    AND = "and";
    BUT = "but";
    AFTER = "after";
    AS = "as";
    WHILE = "while";
    BEFORE = "before";
    DURING = "during";
    ALTHOUGH = "although";
    THOUGH = "though";
    FOLLOWING = "following";
    ACCORDING = "according";
    CLEAR = "clear";
    CLOSE = "close";
    QUESTION = "question";
    ANSWER = "answer";
    COLON = ":";
    IN = "in";
    THE = "the";
    PER = "per";
    OF = "of";
    FOR = "for";
    HEAR = "hear";
    HEAD = "head";
    BY = "by";
    DENY = "deny";
    DISPUTE = "dispute";
    I = "i";
    ME = "me";
    MY = "my";
    MINE = "mine";
    MYSELF = "myself";
    WE = "we";
    US = "us";
    OUR = "our";
    OURS = "ours";
    OURSELVES = "ourselves";
    YOU = "you";
    QUOTE = "quote";
    QUOTES = "quotes";
    QUOTED = "quoted";
    SAYING = "saying";
    YOURSELF = "yourself";
    IT = "it";
    ITSELF = "itself";
    WORDS = "words";
    SAY = "say";
    READ = "read";
    CHANT = "chant";
    SHOUT = "shout";
    HE = "he";
    SHE = "she";
    DECLINED = "declined";
    DECLINES = "declines";
    REFUSED = "refused";
    REFUSES = "refuses";
}

/// Whether a token is a sign of one byte, at the cost of fewer checks than to compare strings.
pub fn is_sign(text: &Text, token: u32, sign: u8) -> bool {
    let span = text.tokens[token as usize].span;
    span.len() == 1 && text.source.as_bytes().get(span.start as usize) == Some(&sign)
}

/// Whether a hyphen ties a token to the word before it: "so-called".
pub fn is_hyphenated(text: &Text, token: u32) -> bool {
    token > 0 && is_sign(text, token - 1, b'-') && !text.space_before(token) && !text.space_before(token - 1)
}

/// "after", "while"
pub const fn is_time(number: u32) -> bool {
    matches!(number, AFTER | AS | WHILE | WHEN | BEFORE | DURING | ALTHOUGH | THOUGH | FOLLOWING)
}

/// "I", "our", and what is written like one of them: "US"
pub const fn is_first_person(number: u32) -> bool {
    matches!(number, I | ME | MY | MINE | MYSELF | WE | US | OUR | OURS | OURSELVES)
}

/// "I", "us", "you": a subject or object that stands for who speaks or listens
pub const fn is_of_speaker(number: u32) -> bool {
    matches!(number, I | ME | MYSELF | WE | US | OURSELVES | YOU | YOURSELF)
}
