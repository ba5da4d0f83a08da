//! What rules find better than a tagger: dates, amounts, handles.
//!
//! Every distinct word has been looked up once ([`meaning`]); only tokens that can begin an expression are looked at again. Each
//! kind of expression is a small hand-written grammar over tokens, read from left to right inside one sentence.

mod dates;
mod handles;
pub(super) mod meaning;
mod money;
mod numbers;
mod percent;
mod quantity;

use super::Mention;
use super::words::Words;
use crate::annotation::{EntityType, MentionKind};
use crate::lexicon::Reading;
use crate::text::{Text, TokenKind, TokenRange};
use meaning::Meaning;

/// The text as the grammars see it.
struct Reader<'r> {
    text: &'r Text<'r>,
    reading: &'r Reading,
    /// By distinct word.
    meanings: Vec<Meaning>,
    /// The sentence that is being read.
    sentence: TokenRange,
    /// "pounds" are money here: the text writes "£" or "pence" somewhere.
    sterling: bool,
}

impl<'r> Reader<'r> {
    /// What the token may mean; nothing outside the sentence.
    fn at(&self, token: u32) -> Meaning {
        if self.sentence.holds(token) {
            self.meanings[self.reading.word_of[token as usize].0 as usize]
        } else {
            Meaning::default()
        }
    }

    /// The token's letters; none outside the sentence.
    fn of(&self, token: u32) -> &'r str {
        if self.sentence.holds(token) { self.text.of(token) } else { "" }
    }

    /// The token's folded letters.
    fn key(&self, token: u32) -> &str {
        if self.sentence.holds(token) { self.reading.key(token) } else { "" }
    }

    /// Whether the token follows the one before without a space.
    fn is_glued(&self, token: u32) -> bool {
        token > self.sentence.start && self.sentence.holds(token) && !self.text.space_before(token)
    }

    /// What the token before may mean.
    fn before(&self, token: u32) -> Meaning {
        token.checked_sub(1).map_or(Meaning::default(), |before| self.at(before))
    }

    fn kind(&self, token: u32) -> TokenKind {
        self.text.tokens[token as usize].kind
    }
}

/// An expression that a grammar has read.
struct Found {
    /// One past its last token.
    end: u32,
    entity_type: EntityType,
    value: Option<Box<str>>,
    because: &'static str,
}

impl Found {
    fn new(end: u32, entity_type: EntityType, because: &'static str) -> Found {
        Found { end, entity_type, value: None, because }
    }
}

/// Dates, amounts and handles, in order. Linear in the text's length.
#[inline(never)]
pub(super) fn find(text: &Text, reading: &Reading, words: &Words) -> Vec<Mention> {
    // The first form is no word's.
    let meanings: Vec<Meaning> = words.forms[1..].iter().map(|form| form.meaning).collect();
    let is_handle = |first: u32| text.tokens[first as usize].kind == TokenKind::Handle;
    let begins: Vec<bool> = reading
        .words
        .iter()
        .zip(&meanings)
        .map(|(word, meaning)| meaning.has(meaning::START) || is_handle(word.first))
        .collect();
    let mut reader = Reader { text, reading, sterling: false, meanings, sentence: TokenRange::default() };
    reader.sterling = reader.meanings.iter().any(|meaning| meaning.has(meaning::STERLING));
    let mut mentions = Vec::new();
    for sentence in &text.sentences {
        reader.sentence = sentence.tokens;
        let mut token = sentence.tokens.start;
        while token < sentence.tokens.end {
            let found = if begins[reading.word_of[token as usize].0 as usize] { read(&reader, token) } else { None };
            let Some((start, found)) = found else {
                token += 1;
                continue;
            };
            let tokens = TokenRange::new(start, found.end);
            let kind = if found.because == "handle" { MentionKind::Handle } else { MentionKind::Name };
            mentions.push(Mention {
                span: text.span(tokens),
                tokens,
                entity_type: found.entity_type,
                kind,
                confidence: if kind == MentionKind::Handle { 0.6 } else { 0.95 },
                because: found.because,
                value: found.value,
            });
            token = found.end;
        }
    }
    mentions
}

/// The number of "HB 1523", "H.R. 1319", a bill in a parliament of the United States, and of "Prop 13", "Section 230"; but
/// "Article 21 of the Constitution" is a part of it.
fn is_bill(reader: &Reader, number: u32) -> bool {
    number > reader.sentence.start
        && match reader.of(number - 1) {
            "HB" | "SB" | "AB" | "H.B." | "S.B." | "H.R." | "HR" | "Prop" | "Proposition" => true,
            // Article 19 fights for the freedom of expression.
            "Section" | "Article" => {
                reader.sentence.len() > 5 && reader.of(number) != "19" && !matches!(reader.of(number + 1), "of" | "(")
            }
            _ => false,
        }
        && reader.of(number).len() < 6
        && reader.of(number).bytes().all(|byte| byte.is_ascii_digit())
}

/// The expression that begins at a token, if any.
#[inline(never)]
fn read(reader: &Reader, token: u32) -> Option<(u32, Found)> {
    if reader.kind(token) == TokenKind::Handle {
        return Some((token, handles::read(reader, token)));
    }
    let meaning = reader.at(token);
    if meaning.has(meaning::DIGITS) && is_bill(reader, token) {
        return Some((token - 1, Found::new(token + 1, EntityType::Work, "bill")));
    }
    if meaning.has(meaning::DIGITS)
        && let Some(found) = dates::read_short_year(reader, token)
    {
        return Some((token - 1, found));
    }
    if meaning.has(meaning::DIGITS)
        && let Some(found) = dates::read_event(reader, token)
    {
        return Some((token, found));
    }
    let found = if meaning.has(meaning::DATE_START) { dates::read(reader, token) } else { None };
    let found = found.or_else(|| money::read(reader, token));
    let found = found.or_else(|| {
        let number = numbers::read(reader, token)?;
        let found = money::after_number(reader, &number).or_else(|| percent::read(reader, &number));
        found.or_else(|| quantity::read(reader, &number))
    });
    let found = found.or_else(|| dates::read_number(reader, token))?;
    // A sign belongs to its number: "-21C", but not in "10-21C".
    let signed = matches!(found.entity_type, EntityType::Percent | EntityType::Quantity)
        && reader.is_glued(token)
        && matches!(reader.of(token - 1), "-" | "−" | "–")
        && token - 1 > reader.sentence.start
        && !reader.is_glued(token - 1);
    Some((if signed { token - 1 } else { token }, found))
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    fn found(source: &str, entity_type: EntityType) -> Vec<String> {
        let text = Text::read(source);
        let reading = Reading::of(&text);
        find(&text, &reading, &Words::read(&text, &reading, &mut Memory::default()))
            .into_iter()
            .filter(|mention| mention.entity_type == entity_type)
            .map(|mention| match mention.value {
                Some(value) => format!("{}={value}", mention.span.of(source)),
                None => mention.span.of(source).to_owned(),
            })
            .collect()
    }

    #[test]
    fn bills_have_numbers() {
        for (text, expected) in [
            ("He signed HB 1523.", &["HB 1523"][..]),
            ("H.R. 815 and SB 9", &["H.R. 815", "SB 9"]),
            ("They passed Prop 13, and Section 230 protects them.", &["Prop 13", "Section 230"]),
            ("They broke Article 68 of the law, says Article 19 there.", &[]),
        ] {
            assert_eq!(found(text, EntityType::Work), expected, "{text}");
        }
        assert!(found("An HB pencil for 2 hours, and 1523 HB.", EntityType::Work).is_empty());
    }

    #[test]
    fn dates_carry_the_value_that_the_text_gives() {
        for (text, expected) in [
            ("On March 3, 2025, it began.", &["March 3, 2025=2025-03-03"][..]),
            ("It ended on 17 Feb last.", &["17 Feb=XXXX-02-17"]),
            ("Posted Sun Mar 16, 2025 at noon", &["Sun Mar 16, 2025=2025-03-16"]),
            ("from 28 to 31 July", &["28 to 31 July"]),
            ("In May 2022 and in the 1990s", &["May 2022=2022-05", "1990s=199X"]),
            ("1000s of people, 1000s of them in the 1990s of her youth", &["1990s=199X"]),
            ("They may march in May.", &["May=XXXX-05"]),
            (
                "dated 21/08/2024 and 02.07.2025, or 03/04/2024",
                &["21/08/2024=2024-08-21", "02.07.2025=2025-07-02", "03/04/2024"],
            ),
            ("End date: Oct-12-2010", &["2010=2010"]),
            ("the 2022-23 season and FY2024-25", &["2022-23", "FY2024-25"]),
            (
                "Last week he came; this morning he left, two years ago today.",
                &["Last week", "this morning", "two years ago", "today"],
            ),
            ("on Monday morning", &["Monday"]),
            ("in the 70's and 90’s and the early 1980's", &["70's=197X", "90’s=199X", "1980's=198X"]),
            (
                "A few days ago, several years ago, a couple of weeks ago",
                &["A few days ago", "several years ago", "a couple of weeks ago"],
            ),
            (
                "this past week, this past summer, this coming Friday",
                &["this past week", "this past summer", "this coming Friday"],
            ),
            ("to grow by 2030 to 32 percent", &["2030=2030"]),
            ("in the second quarter of this year", &["this year"]),
            ("the mid-1990s, the mid-60s and the 80s", &["1990s=199X", "60s=196X", "80s=198X"]),
            ("In ’93 we ate the bulb.", &["’93=1993"]),
            ("He fell on 2025-03-16.", &["2025-03-16=2025-03-16"]),
            ("in the third quarter of 2024", &["third quarter of 2024"]),
            ("on the Fourth of July and July Fourth", &["Fourth of July=XXXX-07-04", "July Fourth=XXXX-07-04"]),
            ("In May First Minister John Hale left.", &["May=XXXX-05"]),
        ] {
            assert_eq!(found(text, EntityType::Date), expected, "{text}");
        }
    }

    #[test]
    fn durations_counts_and_verbs_are_no_dates() {
        for text in [
            "It took three days.",
            "We sent 2000 soldiers.",
            "He may go.",
            "They march on.",
            "A 42-year-old at 5pm",
            "Ring +27 11 482-1003 or 800-273-8255.",
            "She hopes for a brighter tomorrow.",
            "The rate is in the mid-30s, the other in the low-50s.",
            "She is in her 30s, her mother in her late 60s.",
        ] {
            assert_eq!(found(text, EntityType::Date), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_day_may_be_an_event() {
        assert_eq!(found("After 9/11, 9/11 families said no.", EntityType::Event), ["9/11", "9/11"]);
        assert_eq!(
            found("At COP30, as at COP 29, it cost COP30 million or COP 450.", EntityType::Event),
            ["COP30", "COP 29"]
        );
        assert_eq!(found("They won 9/11 of the games on 9/11/2031.", EntityType::Event), [""; 0]);
    }

    #[test]
    fn money_of_the_world() {
        for (text, expected) in [
            ("It cost $3.5 million, or US$42m.", &["$3.5 million", "US$42m"][..]),
            ("Rs 40 crore and Rs44bn and ₹25 lakh", &["Rs 40 crore", "Rs44bn", "₹25 lakh"]),
            ("LL89,500 and LL13 million", &["LL89,500", "LL13 million"]),
            ("$US1.5 billion, $NZ650 and $A2m for $XY5", &["$US1.5 billion", "$NZ650", "$A2m"]),
            ("Sh30,000, N38 million, R34 and SR93.40", &["Sh30,000", "N38 million", "R34", "SR93.40"]),
            ("two million euros, 85,000 Syrian pounds", &["two million euros", "85,000 Syrian pounds"]),
            ("millions of dollars; 50p; 90 US cents", &["millions of dollars", "50p", "90 US cents"]),
            ("USD 29 million, Tk 1.5 crore, Ksh 550", &["USD 29 million", "Tk 1.5 crore", "Ksh 550"]),
            ("a $212-million plan, a billion-dollar one", &["$212-million", "billion-dollar"]),
            ("He paid £20, or 30 pounds.", &["£20", "30 pounds"]),
            ("past $1billion, from $64.8million to $45.1million", &["$1billion", "$64.8million", "$45.1million"]),
        ] {
            assert_eq!(found(text, EntityType::Money), expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_other_things_are_no_money() {
        for text in ["The party won 20 seats.", "G20 and B2 and 1080p", "It weighs 40 pounds."] {
            assert_eq!(found(text, EntityType::Money), [""; 0], "{text}");
        }
    }

    #[test]
    fn percentages_and_quantities() {
        assert_eq!(found("to cut it by 2030 to 32 percent", EntityType::Percent), ["32 percent"]);
        let text = "Up 12%, nine per cent or 25 basis points; 40 kilometres, 6ft, 13 billion cubic metres, a 26-mile run, -21C.";
        assert_eq!(found(text, EntityType::Percent), ["12%", "nine per cent", "25 basis points"]);
        assert_eq!(
            found(text, EntityType::Quantity),
            ["40 kilometres", "6ft", "13 billion cubic metres", "26-mile", "-21C"]
        );
    }

    #[test]
    fn handles_are_people_or_institutions() {
        assert_eq!(found("as @antonioguterres wrote", EntityType::Person), ["@antonioguterres"]);
        assert_eq!(found("as @BBCNews wrote to @WHO", EntityType::Organization), ["@BBCNews", "@WHO"]);
    }
}
