//! The words that rules name, by the numbers of their folded forms: [`super::phrases::Syntax::number`] tells that of a token, and two
//! numbers are compared more cheaply than two strings.

use super::scorer::word;

macro_rules! words {
    ($($name:ident = $key:literal;)*) => {
        $(
            #[doc = concat!("\"", $key, "\"")]
            pub const $name: u32 = word($key);
        )*
    };
}

words! {
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
    COLON = ":";
    IN = "in";
}
