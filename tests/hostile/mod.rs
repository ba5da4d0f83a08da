//! Texts made to hurt, by kind: shared by the tests and by the measuring of what they cost.

/// A text of at least so many bytes.
pub type Make = fn(usize) -> String;

/// What it is, and how it is made.
pub const KINDS: &[(&str, Make)] = &[
    ("straight quotation marks", |length| repeat("\"", length)),
    ("opening quotation marks", |length| repeat("“", length)),
    ("marks of all kinds", |length| repeat("“\"'‘»”«’ ", length)),
    ("apostrophes", |length| repeat("'", length)),
    ("capitals", |length| repeat("A", length)),
    ("words of capitals", |length| repeat("ABC ", length)),
    ("one token", |length| repeat("a", length)),
    ("one token of digits", |length| repeat("1,", length)),
    ("new lines", |length| repeat("\n", length)),
    ("brackets", |length| repeat("([", length)),
    ("closed brackets", |length| repeat("(a) ", length)),
    ("combining marks", |length| repeat("\u{301}", length)),
    ("letters with combining marks", |length| repeat("e\u{301}\u{323} ", length)),
    ("acronyms", |length| repeat("UN ", length)),
    ("acronyms with stops", |length| repeat("U.N. ", length)),
    ("bracketed acronyms", |length| repeat("Red Cross Union (RCU) ", length)),
    ("said", |length| repeat("said ", length)),
    ("said that", |length| repeat("said that ", length)),
    ("he said, she said", |length| repeat("he said, she said that ", length)),
    ("according to", |length| repeat("according to ", length)),
    ("quotes in quotes", |length| {
        let depth = length / 14;
        format!("{}x{}", "“a ‘b ".repeat(depth), "’”".repeat(depth))
    }),
    ("unclosed quotes, a line each", |length| repeat("“We will stay\n", length)),
    ("quotes with a name", |length| repeat("“We will stay,” Ana Ruiz said. ", length)),
    ("marks, a line each", |length| repeat("\"\n", length)),
    ("distinct names", |length| numbered(length, |name| format!("Mr. {name} met Ana {name}. "))),
    ("distinct names with one surname", |length| numbered(length, |name| format!("{name} Ruiz spoke. "))),
    ("distinct names with one given name", |length| numbered(length, |name| format!("Ana {name} spoke. "))),
    ("distinct acronyms", |length| numbered(length, |name| format!("{} (UN) said. ", name.to_uppercase()))),
    ("distinct organisations", |length| numbered(length, |name| format!("The {name} Bank Group grew. "))),
    ("one long name", |length| repeat("Ana ", length)),
    ("one long name of heads", |length| repeat("Bank ", length)),
    ("one long name of a place, then descriptions", |length| {
        format!("He lives in {}. {}", repeat("Paris ", length / 2), repeat("The village is small. ", length / 2))
    }),
    ("colons without an end", |length| repeat("Town: / Mead; ", length)),
    ("one name again and again", |length| repeat("Ana Ruiz left. ", length)),
    ("pronouns", |length| repeat("he ", length)),
    ("a name, then pronouns", |length| format!("Ana Ruiz spoke. {}", repeat("She left. ", length))),
    ("names and pronouns without an end", |length| repeat("Tehran told and they ", length)),
    ("nominals", |length| repeat("the former minister ", length)),
    ("commas", |length| repeat("a, ", length)),
    ("of the", |length| repeat("of the ", length)),
    ("titles", |length| repeat("Mr. ", length)),
    ("hyphens", |length| repeat("a-", length)),
    ("full stops", |length| repeat(".", length)),
    ("short sentences", |length| repeat("A. ", length)),
    ("handles", |length| repeat("@a ", length)),
    ("addresses", |length| repeat("https://a.b/", length)),
    ("dates", |length| repeat("March 3, 2024 ", length)),
    ("amounts", |length| repeat("$3.5 million ", length)),
    ("one line repeated", |length| repeat("The mayor left the town\n", length)),
    ("credits, then a line repeated", |length| {
        format!(
            "The mayor left it.\n{}{}",
            repeat("(photo credit: AP)\n", length / 2),
            repeat("The mayor left it.\n", length / 2)
        )
    }),
    ("datelines", |length| repeat("PORTO (Reuters) — ", length)),
    ("questions and answers", |length| repeat("Q: Why?\nA: Because.\n", length)),
    ("families of emoji", |length| repeat("👩‍👩‍👧 ", length)),
    ("text from right to left", |length| repeat("«שלום» ", length)),
    ("NUL characters", |length| repeat("\0", length)),
    ("markup", |length| repeat("<p class=\"a\">", length)),
];

fn repeat(piece: &str, length: usize) -> String {
    piece.repeat(length.div_ceil(piece.len()))
}

/// Pieces with names that are all different.
fn numbered(length: usize, piece: impl Fn(&str) -> String) -> String {
    let mut text = String::with_capacity(length + 64);
    for number in 0.. {
        if text.len() >= length {
            break;
        }
        // Vowels and consonants in turn, so that each reads like a name.
        let mut rest = number + 400;
        let mut name = String::new();
        while rest > 0 {
            name.push(char::from(b"bdfgklmnprstvz"[rest % 14]));
            name.push(char::from(b"aeiou"[rest / 14 % 5]));
            rest /= 70;
        }
        name[..1].make_ascii_uppercase();
        text.push_str(&piece(&name));
    }
    text
}
