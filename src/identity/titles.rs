//! What stands before and after a person's name: titles, roles, and what they tell of gender.

use super::Gender;
use crate::annotation::EntityType;
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Class, Reading};
use crate::ner::Mention;
use crate::span::Span;
use crate::text::{Text, TokenKind, TokenRange};

/// What the text around each name tells of it, by index of the mention.
pub(super) struct Titles {
    /// By title, role and given name.
    pub gender: Vec<Gender>,
    /// Roles, without honorifics: "former US Special Envoy for Syria"; those of all names, one after the other.
    pub roles: Vec<TokenRange>,
    /// Where those of each name end.
    ends: Vec<u32>,
}

impl Titles {
    /// The roles of a name.
    pub fn roles_of(&self, name: usize) -> &[TokenRange] {
        let start = name.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.roles[start as usize..self.ends[name] as usize]
    }
}

/// No role is longer than this, in tokens.
const LONGEST_ROLE: u32 = 18;

/// Reads the surroundings of every name. Linear: a bounded number of tokens around each.
#[inline(never)]
pub(super) fn read(text: &Text, reading: &Reading, mentions: &[Mention]) -> Titles {
    let count = mentions.len();
    let mut titles = Titles { gender: Vec::with_capacity(count), roles: Vec::new(), ends: Vec::with_capacity(count) };
    for (index, mention) in mentions.iter().enumerate() {
        let roles = &mut titles.roles;
        let first = roles.len();
        let mut gender = Gender::Unknown;
        if mention.entity_type == EntityType::Person {
            let previous = index.checked_sub(1).map_or(0, |previous| mentions[previous].tokens.end);
            let before = title_before(text, reading, mentions, index);
            gender = gender_of(text, reading, mention, before);
            roles.extend(role_in(text, reading, before));
            roles.extend(apposition_before(text, reading, mention, previous));
            roles.extend(apposition_after(text, reading, mention));
            if gender == Gender::Unknown {
                gender = roles[first..]
                    .iter()
                    .map(|role| gender_in(text, reading, *role))
                    .find(|gender| *gender != Gender::Unknown)
                    .unwrap_or_default();
            }
        } else if mention.entity_type == EntityType::Organization {
            roles.extend(apposition_after(text, reading, mention));
        }
        titles.ends.push(roles.len() as u32);
        titles.gender.push(gender);
    }
    titles
}

fn is_role(reading: &Reading, token: u32) -> bool {
    let classes = reading.classes(token);
    classes.has(Class::Title) || classes.has(Class::Role)
}

/// The words right before a name that belong to it: "UN Secretary-General", "the former striker", "Mr".
fn title_before(text: &Text, reading: &Reading, mentions: &[Mention], index: usize) -> TokenRange {
    let end = mentions[index].tokens.start;
    // "They met Finance Minister Kato": "met" is a verb and nothing else.
    let is_verb = |token: u32| {
        let parts = reading.word(token).grammar.parts;
        parts.is(Parts::PAST.and(Parts::THIRD).and(Parts::BASE)) && !parts.is(Parts::ALSO_NOUN)
    };
    let sentence = text.sentence(end);
    let mut start = end;
    let mut mention = index;
    let mut has_role = false;
    while start > sentence.tokens.start && end - start < LONGEST_ROLE {
        let token = start - 1;
        // A name inside a title ("UN", "Iraqi") is stepped over as a whole.
        if mention > 0 && mentions[mention - 1].tokens.holds(token) {
            let inner = &mentions[mention - 1];
            if !has_role || matches!(inner.entity_type, EntityType::Person | EntityType::Date) {
                break;
            }
            mention -= 1;
            start = inner.tokens.start;
            continue;
        }
        let word = text.of(token);
        let classes = reading.classes(token);
        let kind = text.tokens[token as usize].kind;
        let belongs = match kind {
            TokenKind::Word if is_role(reading, token) => {
                has_role = true;
                true
            }
            TokenKind::Word if has_role => {
                let lower = text.tokens[token as usize].case == crate::text::Case::Lower;
                matches!(
                    reading.key(token),
                    "former"
                        | "ex"
                        | "acting"
                        | "deputy"
                        | "vice"
                        | "senior"
                        | "chief"
                        | "veteran"
                        | "then"
                        | "late"
                        | "first"
                        | "assistant"
                        | "associate"
                        | "special"
                        | "interim"
                        | "outgoing"
                        | "incoming"
                        | "retired"
                        | "of"
                        | "for"
                        | "foreign"
                        | "prime"
                ) || (!lower && !is_sentence_start(text, token))
                    || (lower && classes.has(Class::OrganizationHead))
                    || (lower
                        && classes.has(Class::Common)
                        && !is_function_word(reading.key(token))
                        && start - 1 > sentence.tokens.start
                        && !ends_as_verb(reading.key(token))
                        && !is_verb(token))
            }
            TokenKind::Punctuation => has_role && word == "-",
            _ => false,
        };
        if !belongs {
            break;
        }
        start = token;
    }
    // "of" and "-" do not begin a role.
    while start < end
        && (text.tokens[start as usize].kind != TokenKind::Word || matches!(reading.key(start), "of" | "for"))
    {
        start += 1;
    }
    if has_role { TokenRange::new(start, end) } else { TokenRange::new(end, end) }
}

fn is_sentence_start(text: &Text, token: u32) -> bool {
    text.sentence(token).tokens.start == token
}

fn is_function_word(key: &str) -> bool {
    matches!(
        key,
        "the"
            | "a"
            | "an"
            | "and"
            | "or"
            | "but"
            | "that"
            | "which"
            | "who"
            | "whom"
            | "whose"
            | "to"
            | "in"
            | "on"
            | "at"
            | "by"
            | "with"
            | "from"
            | "as"
            | "is"
            | "was"
            | "were"
            | "are"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "said"
            | "says"
            | "told"
            | "when"
            | "where"
            | "while"
            | "after"
            | "before"
            | "if"
            | "than"
            | "then"
            | "so"
            | "not"
            | "no"
            | "he"
            | "she"
            | "it"
            | "they"
            | "his"
            | "her"
            | "its"
            | "their"
            | "this"
            | "these"
            | "those"
            | "about"
            | "into"
            | "over"
            | "under"
            | "between"
            | "against"
            | "during"
            | "since"
            | "until"
            | "including"
    )
}

fn ends_as_verb(key: &str) -> bool {
    key.ends_with("ed") || key.ends_with("ing") || key.ends_with('s') && !key.ends_with("ss")
}

/// The role without honorifics ("Mr", "Dr") and determiners; none when nothing else is there.
fn role_in(text: &Text, reading: &Reading, before: TokenRange) -> Option<TokenRange> {
    let mut range = before;
    while !range.is_empty()
        && (is_function_word(reading.key(range.start))
            || matches!(
                reading.key(range.start),
                "did" | "does" | "do" | "can" | "will" | "how" | "why" | "what" | "today"
            )
            || reading.classes(range.start).has(Class::Honorific))
    {
        range.start += 1;
    }
    while !range.is_empty()
        && (reading.classes(range.end - 1).has(Class::Honorific)
            || text.tokens[range.end as usize - 1].kind != TokenKind::Word)
    {
        range.end -= 1;
    }
    // "news of Mr Kato" tells no role of him.
    let ends_as_role = !range.is_empty() && !matches!(reading.key(range.end - 1), "of" | "for");
    (ends_as_role && range.indices().any(|token| is_role(reading, token as u32))).then_some(range)
}

/// "A member of the council, Maki Al-Nazzal, declared": a noun phrase with a role, a comma, the name.
fn apposition_before(text: &Text, reading: &Reading, mention: &Mention, previous_end: u32) -> Option<TokenRange> {
    let sentence = text.sentence(mention.tokens.start).tokens;
    let comma = mention.tokens.start.checked_sub(1)?;
    if comma <= sentence.start || text.of(comma) != "," {
        return None;
    }
    let _ = previous_end;
    let mut start = comma;
    while start > sentence.start
        && comma - start < LONGEST_ROLE
        && !matches!(text.of(start - 1), "," | ";" | ":" | "." | "—" | "–" | "“" | "”" | "\"" | "(")
    {
        start -= 1;
    }
    phrase_with_role(text, reading, start, comma)
}

/// "Joel Rayburn, the former envoy,": a comma, a noun phrase with a role, up to the next comma.
fn apposition_after(text: &Text, reading: &Reading, mention: &Mention) -> Option<TokenRange> {
    let sentence = text.sentence(mention.tokens.start).tokens;
    let comma = mention.tokens.end;
    // Sentences hold whole mentions; the guard is for those that touch their end.
    if comma + 1 >= sentence.end || text.of(comma) != "," {
        return None;
    }
    let start = comma + 1;
    let mut end = start;
    while end < sentence.end
        && end - start < LONGEST_ROLE
        && !matches!(
            text.of(end),
            "," | ";"
                | ":"
                | "."
                | "?"
                | "!"
                | "—"
                | "–"
                | "“"
                | "”"
                | "\""
                | ")"
                | "who"
                | "which"
                | "whose"
                | "and"
                | "said"
                | "told"
                | "says"
        )
    {
        end += 1;
    }
    phrase_with_role(text, reading, start, end)
}

/// A noun phrase that is a role: it starts with a determiner or the role itself, and its head comes before any "of" or "for".
fn phrase_with_role(text: &Text, reading: &Reading, mut start: u32, mut end: u32) -> Option<TokenRange> {
    if start >= end {
        return None;
    }
    let mut determined = false;
    if matches!(reading.key(start), "the" | "a" | "an" | "its" | "his" | "her" | "their") {
        determined = true;
        start += 1;
    }
    let mut head = None;
    for token in start..end {
        let key = reading.key(token);
        if matches!(key, "of" | "for" | "at" | "in" | "with" | "from" | "on" | "to") {
            break;
        }
        let spread = is_role(reading, token) || reading.classes(token).has(Class::OrganizationHead) && determined;
        if spread {
            head = Some(token);
        } else if is_function_word(key) {
            return None;
        }
    }
    let head = head?;
    if !determined && head > start && text.tokens[start as usize].case == crate::text::Case::Lower && head - start > 3 {
        return None;
    }
    // A verb after the head means a clause, not a role.
    for token in head + 1..end {
        if matches!(
            reading.key(token),
            "is" | "was"
                | "were"
                | "are"
                | "has"
                | "have"
                | "had"
                | "said"
                | "says"
                | "told"
                | "will"
                | "would"
                | "could"
                | "can"
                | "that"
        ) {
            end = token;
            break;
        }
    }
    while end > start
        && text.tokens[end as usize - 1].kind != TokenKind::Word
        && text.tokens[end as usize - 1].kind != TokenKind::Number
    {
        end -= 1;
    }
    // A bracket that opens a remark of its own does not belong.
    if let Some(bracket) = (head + 1..end).find(|&token| matches!(text.of(token), "(" | "[")) {
        end = bracket;
    }
    (head < end).then_some(TokenRange::new(start, end))
}

fn gender_of(text: &Text, reading: &Reading, mention: &Mention, before: TokenRange) -> Gender {
    let titled = gender_in(text, reading, before);
    if titled != Gender::Unknown {
        return titled;
    }
    // A given name tells only as the first of several parts.
    if mention.tokens.len() > 1 {
        let classes = reading.classes(mention.tokens.start);
        match (classes.has(Class::GivenName), classes.has(Class::Female), classes.has(Class::Male)) {
            (true, true, false) => return Gender::Female,
            (true, false, true) => return Gender::Male,
            _ => {}
        }
    }
    Gender::Unknown
}

/// The gender that a title or role tells: the last word that does.
fn gender_in(_text: &Text, reading: &Reading, range: TokenRange) -> Gender {
    for token in (range.start..range.end).rev() {
        let classes = reading.classes(token);
        let tells = classes.has(Class::Title) || classes.has(Class::Role) || !classes.has(Class::GivenName);
        match (tells, classes.has(Class::Female), classes.has(Class::Male)) {
            (true, true, false) => return Gender::Female,
            (true, false, true) => return Gender::Male,
            _ => {}
        }
    }
    Gender::Unknown
}

/// The span of a role.
pub(super) fn span(text: &Text, role: TokenRange) -> Span {
    text.span(role)
}

#[cfg(test)]
mod tests {
    use super::super::tests::mention;
    use super::*;

    #[test]
    fn what_stands_before_an_honorific_is_no_role() {
        for (source, role) in [
            ("They heard the news of Mr Kato today.", None),
            ("It is the death of Dr Kato.", None),
            ("They met Finance Minister Kato there.", Some("Finance Minister")),
            ("They met former minister Mr Kato there.", Some("former minister")),
        ] {
            let text = Text::read(source);
            let reading = Reading::of(&text);
            let titles = read(&text, &reading, &[mention(&text, "Kato", 0, EntityType::Person)]);
            let found = titles.roles_of(0).first().map(|&role| span(&text, role).of(source));
            assert_eq!(found, role, "{source}");
        }
    }
}
