//! What stands before and after a name: titles, roles, and what they tell of gender.
//!
//! A role is a noun phrase without its determiner whose noun is for a person: "former US Special Envoy for Syria". It is a
//! title right before the name, an apposition before or behind it, or what somebody "is". No name is the role of another
//! one, and no clause is a role.

use super::Gender;
use super::nouns::{Vocabulary, is_plural_of_person};
use crate::annotation::EntityType;
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Class, Reading};
use crate::ner::Mention;
use crate::span::Span;
use crate::text::{Case, Text, TokenKind, TokenRange};

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
const LONGEST_ROLE: u32 = 24;
/// Words before the noun of a role.
const MODIFIERS: u32 = 14;
/// Words between "of" and the name in "Secretary of State John Ruiz".
const TAIL: u32 = 6;
/// Names after "Judges".
const LISTED: usize = 8;

/// Reads the surroundings of every name. Linear: a bounded number of tokens around each.
#[inline(never)]
pub(super) fn read(text: &Text, reading: &Reading, vocabulary: &Vocabulary, mentions: &[Mention]) -> Titles {
    let count = mentions.len();
    let mut titles = Titles { gender: Vec::with_capacity(count), roles: Vec::new(), ends: Vec::with_capacity(count) };
    let reader = Reader { text, reading, vocabulary, mentions };
    // "Judges": the title of all the names in the list that it begins, and how many these were so far.
    let mut listed: Option<(TokenRange, usize)> = None;
    for (index, mention) in mentions.iter().enumerate() {
        let roles = &mut titles.roles;
        let first = roles.len();
        let mut gender = Gender::Unknown;
        if mention.entity_type == EntityType::Person {
            let before = reader.title_before(index);
            gender = gender_of(text, reading, mention, before);
            roles.extend(reader.without_honorifics(before));
            listed = match reader.plural_before(index) {
                Some(title) => Some((title, 1)),
                None => listed
                    .filter(|(_, count)| *count < LISTED && before.is_empty() && reader.goes_on(index))
                    .map(|(title, count)| (title, count + 1)),
            };
            roles.extend(listed.map(|(title, _)| title));
            if roles.len() == first {
                roles.extend(reader.apposition_before(index, before));
            }
            reader.apposition_after(index, roles);
            reader.is_a(index, roles);
            if gender == Gender::Unknown {
                gender = roles[first..]
                    .iter()
                    .map(|role| gender_in(text, reading, *role))
                    .find(|gender| *gender != Gender::Unknown)
                    .unwrap_or_default();
            }
        } else {
            listed = None;
            if mention.entity_type == EntityType::Organization {
                reader.apposition_after(index, roles);
            }
        }
        titles.ends.push(roles.len() as u32);
        titles.gender.push(gender);
    }
    titles
}

struct Reader<'a, 't> {
    text: &'a Text<'t>,
    reading: &'a Reading,
    vocabulary: &'a Vocabulary<'a>,
    mentions: &'a [Mention],
}

/// What may stand in a noun phrase that is a role, or end it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A noun or an adjective.
    Word,
    /// "based" in "politician based in"
    Participle,
    /// A name, up to its end.
    Name(u32),
    /// "of", "at"
    Preposition,
    /// "and", "or"
    And,
    /// A determiner, a pronoun that possesses, "'s"
    Determiner,
    /// A finite verb.
    Verb,
    /// A comma, "who", "that", and the like.
    End,
}

impl<'t> Reader<'_, 't> {
    fn parts(&self, token: u32) -> Parts {
        self.reading.word(token).grammar.parts
    }

    fn kind(&self, token: u32) -> TokenKind {
        self.text.tokens[token as usize].kind
    }

    /// "'s", also "’ s"
    fn is_clitic(&self, token: u32) -> bool {
        let is_torn = |token: u32| token > 0 && matches!(self.text.of(token - 1), "’" | "'");
        self.kind(token) == TokenKind::Clitic || self.text.of(token) == "s" && is_torn(token)
    }

    fn is_lower(&self, token: u32) -> bool {
        self.text.tokens[token as usize].case == Case::Lower
    }

    /// A noun for a person: "minister", "Gov.", "striker".
    fn is_person(&self, token: u32) -> bool {
        let classes = self.reading.classes(token);
        let is_known = || self.vocabulary.types(token).has(EntityType::Person);
        self.kind(token) == TokenKind::Word && (classes.has(Class::Title) || classes.has(Class::Role) || is_known())
    }

    /// The mention that holds a token; `near` is the index of one that is not far from it.
    fn mention_at(&self, token: u32, near: usize) -> Option<&Mention> {
        let mut at = near.min(self.mentions.len().checked_sub(1)?);
        while at > 0 && self.mentions[at].tokens.start > token {
            at -= 1;
        }
        while at + 1 < self.mentions.len() && self.mentions[at].tokens.end <= token {
            at += 1;
        }
        Some(&self.mentions[at]).filter(|mention| mention.tokens.holds(token))
    }

    /// Where the noun phrase whose noun, the last word, is right before `end` begins: after the last verb, preposition or
    /// determiner before it.
    fn phrase_before(&self, end: u32, floor: u32, near: usize) -> u32 {
        let head = end - 1;
        // "to damage Secretary Ruiz": few words in lower case belong to an office with a capital.
        let mut is_title = !self.is_lower(head);
        let mut start = head;
        // The noun itself may be part of a name: "Democrat".
        if let Some(name) = self.mention_at(head, near) {
            start = name.tokens.start;
        }
        while start > floor && end - start < MODIFIERS {
            let token = start - 1;
            if let Some(name) = self.mention_at(token, near) {
                if matches!(name.entity_type, EntityType::Person | EntityType::Date) || name.tokens.start < floor {
                    break;
                }
                start = name.tokens.start;
                continue;
            }
            let belongs = match self.kind(token) {
                TokenKind::Word => !self.is_clitic(token) && self.is_modifier(token, floor, is_title, near),
                TokenKind::Punctuation => self.is_hyphen(token),
                _ => false,
            };
            if !belongs {
                break;
            }
            // "vice presidential nominee Governor Ruiz"
            is_title &= !self.is_person(token) || !self.is_lower(token);
            start = token;
        }
        // "12-year-old daughter": half of a word is none.
        while start < head && (self.kind(start) != TokenKind::Word || start > floor && self.is_hyphen(start - 1)) {
            start += 1;
        }
        start
    }

    fn is_hyphen(&self, token: u32) -> bool {
        matches!(self.text.of(token), "-" | "‑") && self.touches(token)
    }

    /// A hyphen without spaces: "co-founder"; also "co - founder".
    fn touches(&self, token: u32) -> bool {
        let span = |token: u32| self.text.tokens[token as usize].span;
        let space = |one: u32, other: u32| span(other).start - span(one).end;
        token > 0
            && (token as usize) + 1 < self.text.tokens.len()
            && space(token - 1, token) == space(token, token + 1)
            && space(token, token + 1) < 2
    }

    /// A word that may stand before the noun of a role, in the sentence that begins at `floor`.
    fn is_modifier(&self, token: u32, floor: u32, is_title: bool, near: usize) -> bool {
        let key = self.reading.key(token);
        // "editor in chief"
        let after = token + 1 + u32::from(self.is_hyphen(token + 1));
        if is_usual_modifier(key) || key == "in" && self.reading.key(after) == "chief" {
            return true;
        }
        let parts = self.parts(token);
        if parts.is(Parts::CLOSED.and(Parts::TIME).and(Parts::ADVERB)) {
            return false;
        }
        let classes = self.reading.classes(token);
        let types = self.vocabulary.types(token);
        if types.has(EntityType::Person) || types.has(EntityType::Organization) {
            return true;
        }
        if !self.is_lower(token) && token > floor {
            return true;
        }
        // "Fisheries Secretary Ruiz" opens a sentence, "Asked Secretary Ruiz" as well.
        if is_title && !self.is_lower(token) {
            return !parts.is(Parts::VERB) || parts.is(Parts::ALSO_NOUN);
        }
        if is_title {
            return self.is_lower(token) && (types.has(EntityType::Place) || matches!(key, "party" | "press"));
        }
        let is_participle =
            parts.is(Parts::GERUND.and(Parts::PARTICIPLE)) || key.ends_with("ed") || key.ends_with("ing");
        let is_verb = parts.is(Parts::VERB) && !parts.is(Parts::ALSO_NOUN);
        let before = token.checked_sub(1).filter(|&before| before >= floor);
        let is_determined = || {
            before.is_some_and(|before| {
                self.parts(before).is(Parts::DETERMINER.and(Parts::POSSESSIVE)) || self.is_clitic(before)
            })
        };
        if is_participle || is_verb {
            return is_participle && is_determined();
        }
        // "to blame activist", "Ruiz calls activist": a verb that is a noun as well.
        if parts.is(Parts::VERB) || key.ends_with('s') && !key.ends_with("ss") {
            return before.is_none_or(|before| {
                let parts = self.parts(before);
                let is_subject = self.mention_at(before, near).is_some() || self.is_person(before);
                let has_base = parts.is(Parts::SUBJECT.and(Parts::MODAL).and(Parts::DO).and(Parts::RELATIVE));
                !is_subject && (!has_base || parts.is(Parts::DETERMINER)) && self.reading.key(before) != "to"
            });
        }
        // "the interior minister", "a former interior minister": between the two, whatever the lexicon knows of it.
        let is_after_modifier = || before.is_some_and(|before| is_usual_modifier(self.reading.key(before)));
        classes.has(Class::Common) || !self.is_lower(token) || is_determined() || is_after_modifier()
    }

    /// The words right before a name that belong to it: "UN Secretary-General", "the former striker", "Mr". Empty where there
    /// are none.
    fn title_before(&self, index: usize) -> TokenRange {
        let name = self.mentions[index].tokens;
        let floor = self.text.sentence(name.start).tokens.start;
        let none = TokenRange::new(name.start, name.start);
        let Some(last) = name.start.checked_sub(1).filter(|&last| last >= floor) else { return none };
        let inner = self.mention_at(last, index);
        let near = index.saturating_sub(1);
        if inner.is_none() && self.is_person(last) {
            return TokenRange::new(self.joined_before(name.start, floor, near), name.start);
        }
        // "Secretary of State John Ruiz", "the president of Norland Ana Ruiz", "chief of staff Ben Okri".
        let mut start = name.start;
        while start > floor && name.start - start < TAIL {
            let token = start - 1;
            if let Some(inner) = self.mention_at(token, near) {
                if !matches!(inner.entity_type, EntityType::Organization | EntityType::Place)
                    || inner.tokens.start < floor
                {
                    return none;
                }
                start = inner.tokens.start;
                continue;
            }
            let key = self.reading.key(token);
            if matches!(key, "of" | "for") && start < name.start {
                let is_office =
                    token > floor && self.mention_at(token - 1, near).is_none() && self.is_person(token - 1);
                // "a friend of rivals Ana Ruiz": only what is written like an office goes on in small letters.
                let is_short = name.start - start == 1
                    || !self.is_lower(start)
                    || key == "of" && token > floor && !self.is_lower(token - 1);
                if !is_office || !is_short {
                    return none;
                }
                return TokenRange::new(self.joined_before(token, floor, near), name.start);
            }
            let parts = self.parts(token);
            let is_determiner = key == "the" && start < name.start;
            let is_noun = self.kind(token) == TokenKind::Word
                && !parts.is(Parts::CLOSED.and(Parts::TIME).and(Parts::ADVERB))
                && (!parts.is(Parts::VERB) || parts.is(Parts::ALSO_NOUN) || !self.is_lower(token))
                && !self.is_person(token);
            if !is_determiner && !is_noun {
                return none;
            }
            start = token;
        }
        none
    }

    /// Where a phrase begins, with one that "and" joins to it: "founder and chief executive", but not "the president and
    /// Secretary Ruiz".
    fn joined_before(&self, end: u32, floor: u32, near: usize) -> u32 {
        let start = self.phrase_before(end, floor, near);
        let Some(and) = start.checked_sub(1).filter(|&and| and > floor && self.reading.key(and) == "and") else {
            return start;
        };
        let other = and - 1;
        let is_same =
            self.is_lower(other) == self.is_lower(end - 1) || self.text.tokens[other as usize].case == Case::Upper;
        if !self.is_person(other) || !is_same || self.mention_at(other, near).is_some() {
            return start;
        }
        let first = self.phrase_before(and, floor, near);
        // "the minister and activist Ruiz" may be two people where the first has an article.
        let is_one = first == floor || self.reading.key(first - 1) != "the";
        if is_one && end - first < MODIFIERS { first } else { start }
    }

    /// The role without honorifics ("Mr", "Dr"); none when nothing else is there.
    fn without_honorifics(&self, mut range: TokenRange) -> Option<TokenRange> {
        let is_honorific = |token: u32| self.reading.classes(token).has(Class::Honorific);
        while !range.is_empty() && is_honorific(range.start) {
            range.start += 1;
        }
        while !range.is_empty() && (is_honorific(range.end - 1) || self.kind(range.end - 1) != TokenKind::Word) {
            range.end -= 1;
        }
        range.indices().any(|token| self.is_person(token as u32)).then_some(range)
    }

    /// "Judges Ana Ruiz, Ben Okri and Mei Lin": a title of several people, before the first.
    fn plural_before(&self, index: usize) -> Option<TokenRange> {
        let name = self.mentions[index].tokens;
        let floor = self.text.sentence(name.start).tokens.start;
        let title = name.start.checked_sub(1).filter(|&title| title >= floor)?;
        let next = self.mentions.get(index + 1)?;
        let goes_on = next.entity_type == EntityType::Person && self.goes_on(index + 1);
        let is_title = self.kind(title) == TokenKind::Word
            && self.mention_at(title, index).is_none()
            && is_plural_of_person(self.reading.key(title));
        (goes_on && is_title).then(|| TokenRange::new(self.phrase_before(name.start, floor, index), name.start))
    }

    /// True where only a comma or "and" stands between a name and the one before.
    fn goes_on(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).map(|before| &self.mentions[before]) else { return false };
        let between = before.tokens.end..self.mentions[index].tokens.start;
        before.entity_type == EntityType::Person
            && (1..=2).contains(&between.len())
            && between.into_iter().all(|token| matches!(self.text.of(token), "," | "and" | "&"))
    }

    /// "A member of the council, Maki Al-Nazzal, declared": a noun phrase with a role, a comma, the name.
    fn apposition_before(&self, index: usize, title: TokenRange) -> Option<TokenRange> {
        let name = self.mentions[index].tokens;
        let sentence = self.text.sentence(name.start).tokens;
        let comma = title.start.checked_sub(1)?;
        if comma <= sentence.start || self.text.of(comma) != "," {
            return None;
        }
        // "After she met the minister, Ruiz left": the name closes as well as it opens.
        let closes = name.end >= sentence.end
            || matches!(self.text.of(name.end), "," | "." | ";" | ":" | "(" | ")" | "—" | "–" | "and" | "?" | "!");
        if !closes {
            return None;
        }
        let near = index.saturating_sub(1);
        let mut end = comma;
        // From the last noun phrase to the ones that it belongs to.
        while end > sentence.start && comma - end < LONGEST_ROLE {
            let head = end - 1;
            let inner = self.mention_at(head, near);
            if inner.is_none() && self.is_person(head) {
                return Some(TokenRange::new(self.joined_before(end, sentence.start, near), comma));
            }
            // Another noun phrase: up to its preposition.
            let mut start = end;
            while start > sentence.start && comma - start < LONGEST_ROLE {
                let token = start - 1;
                if let Some(inner) = self.mention_at(token, near) {
                    if inner.tokens.start < sentence.start || inner.entity_type == EntityType::Person {
                        return None;
                    }
                    start = inner.tokens.start;
                    continue;
                }
                match self.step(token, near, sentence.end) {
                    Step::Preposition | Step::Verb | Step::End | Step::And => break,
                    Step::Word | Step::Participle | Step::Name(_) | Step::Determiner => start = token,
                }
            }
            if start == end || start <= sentence.start || !is_link(self.reading.key(start - 1)) {
                return None;
            }
            end = start - 1;
        }
        None
    }

    /// What a token is in a noun phrase, read from left to right.
    fn step(&self, token: u32, near: usize, end: u32) -> Step {
        if let Some(name) = self.mention_at(token, near) {
            return Step::Name(name.tokens.end);
        }
        let key = self.reading.key(token);
        match self.kind(token) {
            _ if self.is_clitic(token) => return Step::Determiner,
            TokenKind::Number => return Step::Word,
            TokenKind::Word => {}
            _ if matches!(self.text.of(token), "-" | "‑" | "/" | "&") => return Step::Word,
            _ => return Step::End,
        }
        let parts = self.parts(token);
        if matches!(key, "and" | "or") {
            return Step::And;
        }
        if parts.is(Parts::RELATIVE.and(Parts::SUBORDINATOR))
            && !matches!(key, "for" | "as" | "since" | "until" | "till")
            || matches!(key, "but" | "nor" | "yet" | "so")
        {
            return Step::End;
        }
        if parts.is(Parts::AUXILIARY) {
            return Step::Verb;
        }
        if parts.is(Parts::PREPOSITION) {
            return Step::Preposition;
        }
        if parts.is(Parts::DETERMINER.and(Parts::POSSESSIVE)) {
            return Step::Determiner;
        }
        if parts.is(Parts::SUBJECT.and(Parts::OBJECT).and(Parts::NEGATION)) {
            return Step::End;
        }
        if parts.is(Parts::PAST.and(Parts::THIRD))
            && !parts.is(Parts::ALSO_NOUN)
            && self.is_lower(token)
            && !(token > 0 && self.is_hyphen(token - 1))
        {
            // "based in", "known as"; but "invited residents".
            let next = token + 1;
            let is_participle = parts.is(Parts::PARTICIPLE)
                && (next >= end || self.parts(next).is(Parts::PREPOSITION) || self.is_person(next));
            return if is_participle { Step::Participle } else { Step::Verb };
        }
        Step::Word
    }

    /// The noun phrase from `start` on: its determiner, its noun, where it ends, and what ends it. Names of people are no
    /// part of it before its noun.
    fn phrase_after(&self, start: u32, sentence: TokenRange, near: usize) -> Option<Phrase<'t>> {
        let stop = sentence.end.min(start + LONGEST_ROLE);
        let mut phrase = Phrase { start, head: start, end: start, and: None, ends_in: Step::End, article: "" };
        let mut token = start;
        if token < stop && self.step(token, near, stop) == Step::Determiner && self.kind(token) == TokenKind::Word {
            phrase.article = self.text.of(token);
            token += 1;
            phrase.start = token;
        }
        // Up to the noun: nothing but words, names and what possesses.
        let mut head = None;
        while token < stop {
            match self.step(token, near, stop) {
                Step::Word => head = Some((token, None)),
                Step::Participle if head.is_none() => {}
                Step::Name(end) => {
                    let name = self.mention_at(token, near)?;
                    if name.entity_type == EntityType::Person && head.is_some_and(|(head, _)| self.is_person(head)) {
                        return None;
                    }
                    head = Some((end - 1, Some(name.entity_type)));
                    token = end - 1;
                }
                Step::Determiner if self.is_clitic(token) => {
                    head = None;
                    phrase.start = token + 1;
                }
                // "founder and chief executive of"
                Step::And if head.is_some_and(|(head, name)| name.is_none() && self.is_person(head)) => {
                    let goes_on = token + 1 < stop && self.conjunct_is_office(token + 1, stop, near);
                    if !goes_on {
                        break;
                    }
                }
                _ => break,
            }
            token += 1;
        }
        let (head, name) = head?;
        if name.is_some_and(|name| name != EntityType::Group) {
            return None;
        }
        phrase.head = head;
        phrase.end = token;
        // What belongs to the noun.
        let mut has_complement = false;
        while token < stop {
            if has_complement && self.is_mark_of_name(token, near) {
                token += 1;
                continue;
            }
            let step = self.step(token, near, stop);
            phrase.ends_in = step;
            match step {
                Step::Preposition | Step::Participle => has_complement = true,
                Step::Name(end) if has_complement => token = end - 1,
                Step::Word | Step::Determiner if has_complement => {}
                Step::And if has_complement => {
                    if self.begins_office(token + 1, stop, near) {
                        phrase.and = Some(token);
                        break;
                    }
                    if !self.closes(token + 1, stop, near) {
                        break;
                    }
                }
                // "president Ana Ruiz": the title of the next name.
                _ => break,
            }
            token += 1;
            phrase.end = token;
            phrase.ends_in = Step::End;
        }
        // Nothing ends in a preposition, an article or a sign.
        while phrase.end > head + 1
            && (!matches!(self.kind(phrase.end - 1), TokenKind::Word | TokenKind::Number)
                || matches!(self.step(phrase.end - 1, near, stop), Step::Preposition | Step::Determiner | Step::And)
                    && !self.parts(phrase.end - 1).is(Parts::NUMBER))
        {
            phrase.end -= 1;
        }
        Some(phrase)
    }

    /// The quotation marks in "head of the 'Asaib' militia", also where one of them is missing.
    fn is_mark_of_name(&self, token: u32, near: usize) -> bool {
        let opens = || self.mention_at(token + 1, near).is_some_and(|name| name.tokens.start == token + 1);
        let closes = || self.mention_at(token - 1, near).is_some_and(|name| name.tokens.end == token);
        self.kind(token) == TokenKind::Mark && (opens() || closes())
    }

    /// After "founder and": "chief executive of", a noun for a person with no determiner.
    fn conjunct_is_office(&self, start: u32, stop: u32, near: usize) -> bool {
        let mut last = None;
        for token in start..stop.min(start + 6) {
            match self.step(token, near, stop) {
                Step::Word => last = Some(token),
                Step::Name(_) if last.is_none() => {}
                _ => break,
            }
        }
        last.is_some_and(|last| self.is_person(last))
    }

    /// After "professor at Acme and": "former director of", "the secretary general of".
    fn begins_office(&self, start: u32, stop: u32, near: usize) -> bool {
        let start = start + u32::from(start < stop && self.text.of(start) == "the");
        let mut last = None;
        let mut token = start;
        while token < stop.min(start + 8) {
            match self.step(token, near, stop) {
                Step::Word => last = Some(token),
                Step::Name(end) => {
                    last = None;
                    token = end - 1;
                }
                Step::Preposition | Step::End => return last.is_some_and(|last| self.is_person(last)),
                _ => return false,
            }
            token += 1;
        }
        false
    }

    /// "in logistics and transportation,": what follows "and" is a noun phrase that the clause ends behind.
    fn closes(&self, start: u32, stop: u32, near: usize) -> bool {
        let mut token = start;
        while token < stop {
            match self.step(token, near, stop) {
                Step::Name(end)
                    if self.mention_at(token, near).is_some_and(|name| name.entity_type != EntityType::Person) =>
                {
                    token = end - 1;
                }
                Step::Word | Step::Preposition | Step::Participle => {}
                Step::End => {
                    return token > start && matches!(self.text.of(token), "," | "." | ";" | ")" | "who" | "which");
                }
                _ => return false,
            }
            token += 1;
        }
        token > start
    }

    /// "Joel Rayburn, the former envoy,": a comma and a noun phrase, or two that "and" joins.
    fn apposition_after(&self, index: usize, roles: &mut Vec<TokenRange>) {
        let mention = &self.mentions[index];
        let sentence = self.text.sentence(mention.tokens.start).tokens;
        let mut comma = mention.tokens.end;
        // Sentences hold whole mentions; the guard is for those that touch their end.
        if comma + 1 >= sentence.end || self.text.of(comma) != "," {
            return;
        }
        // "Ana Ruiz, 34, a teacher"
        if comma + 3 < sentence.end && self.kind(comma + 1) == TokenKind::Number && self.text.of(comma + 2) == "," {
            comma += 2;
        }
        let is_person = mention.entity_type == EntityType::Person;
        let Some(phrase) = self.phrase_after(comma + 1, sentence, index) else { return };
        let after = phrase.end;
        let is_indefinite = matches!(phrase.article, "a" | "an");
        let noun = self.vocabulary.types(phrase.head);
        let fits = if is_person {
            self.is_person(phrase.head) && !is_plural(self.reading.key(phrase.head))
        } else {
            // "the African Union, the United Nations" are two; so are "Acme, the minister".
            self.is_lower(phrase.head)
                && (noun.has(EntityType::Organization) && !phrase.article.is_empty()
                    || is_indefinite
                        && matches!(self.reading.key(phrase.head), "leader" | "owner" | "founder" | "champion"))
        };
        // "They met Ruiz, the minister said": a clause of its own.
        let is_subject = phrase.ends_in == Step::Verb && !is_indefinite;
        if !fits || is_subject && (!phrase.article.is_empty() || after == phrase.head + 1) {
            return;
        }
        // "According to Acme, spokesman Ruiz left", "For Acme, the minister": the comma ends what stands before the clause.
        if !is_indefinite && self.is_fronted(mention.tokens, sentence) {
            let closes = after + 1 < sentence.end && self.text.of(after) == ",";
            if !closes || !is_person || matches!(self.step(after + 1, index, sentence.end), Step::Verb) {
                return;
            }
        }
        self.add(phrase, sentence, index, roles);
    }

    /// "Ana Ruiz is a lawyer at Acme", "Ben Okri was the mayor of Riga".
    fn is_a(&self, index: usize, roles: &mut Vec<TokenRange>) {
        let name = self.mentions[index].tokens;
        let sentence = self.text.sentence(name.start).tokens;
        let is = name.end + 1 < sentence.end && matches!(self.text.of(name.end), "is" | "was" | "became" | "remains");
        // "the wife of Ben Okri is a lawyer"
        let is_part = name.start > sentence.start && self.parts(name.start - 1).is(Parts::PREPOSITION);
        if !is || is_part {
            return;
        }
        let Some(phrase) = self.phrase_after(name.end + 1, sentence, index) else { return };
        let is_office = self.is_person(phrase.head)
            && self.is_lower(phrase.head)
            && !is_plural(self.reading.key(phrase.head))
            && (!phrase.article.is_empty() || phrase.end > phrase.head + 1)
            && matches!(phrase.article, "" | "a" | "an" | "the")
            && phrase.ends_in != Step::Verb
            && !self.parts(phrase.start).is(Parts::VERB.and(Parts::ADVERB));
        if is_office {
            self.add(phrase, sentence, index, roles);
        }
    }

    /// Adds a phrase as a role, and the one that "and" joins to it.
    fn add(&self, phrase: Phrase, sentence: TokenRange, index: usize, roles: &mut Vec<TokenRange>) {
        roles.push(TokenRange::new(phrase.start, phrase.end));
        if let Some(and) = phrase.and
            && let Some(other) = self.phrase_after(and + 1, sentence, index)
            && self.is_person(other.head)
        {
            roles.push(TokenRange::new(other.start, other.end));
        }
    }

    /// True for a name in what stands before the clause: "According to Acme," at the start of a sentence.
    fn is_fronted(&self, name: TokenRange, sentence: TokenRange) -> bool {
        let first = sentence.start;
        let opens =
            self.parts(first).is(Parts::PREPOSITION.and(Parts::SUBORDINATOR)) || self.reading.key(first) == "according";
        first < name.start
            && name.start - first < LONGEST_ROLE
            && opens
            && (first..name.start).all(|token| self.text.of(token) != ",")
    }
}

/// A noun phrase.
#[derive(Clone, Copy)]
struct Phrase<'t> {
    /// Its first word behind the determiner.
    start: u32,
    /// Its noun.
    head: u32,
    end: u32,
    /// The "and" behind it that another one follows.
    and: Option<u32>,
    ends_in: Step,
    /// Its determiner.
    article: &'t str,
}

/// What joins a noun phrase to the one that it belongs to.
fn is_link(key: &str) -> bool {
    matches!(key, "of" | "for" | "at" | "in" | "with" | "from" | "on" | "to")
}

/// "residents"
fn is_plural(key: &str) -> bool {
    key.ends_with('s') && !key.ends_with("ss")
}

/// Words before a role that are no nouns, or stand in lower case before one with a capital.
fn is_usual_modifier(key: &str) -> bool {
    matches!(
        key,
        "former"
            | "ex"
            | "co"
            | "acting"
            | "deputy"
            | "shadow"
            | "vice"
            | "senior"
            | "junior"
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
            | "foreign"
            | "prime"
            | "longtime"
            | "current"
            | "managing"
            | "lead"
            | "leading"
            | "running"
            | "founding"
            | "ranking"
            | "sitting"
    )
}

fn gender_of(text: &Text, reading: &Reading, mention: &Mention, before: TokenRange) -> Gender {
    let titled = gender_in(text, reading, before);
    if titled != Gender::Unknown {
        return titled;
    }
    // A given name tells only as the first of several parts.
    if mention.tokens.len() > 1 {
        let classes = reading.classes(mention.tokens.start);
        // "Li Wei", "Kim Min-jae": a family name that is a given name elsewhere.
        let last = reading.classes(mention.tokens.end - 1);
        let is_family =
            classes.has(Class::Surname) && !last.has(Class::Surname) && text.of(mention.tokens.start).len() <= 4;
        match (classes.has(Class::GivenName) && !is_family, classes.has(Class::Female), classes.has(Class::Male)) {
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

    /// The roles of all names of a text, each with the name, at the first place where it stands.
    fn roles(source: &str, names: &[(&str, EntityType)]) -> Vec<(String, String)> {
        let text = Text::read(source);
        let reading = Reading::of(&text);
        let vocabulary = Vocabulary::of(&reading);
        let mut mentions: Vec<Mention> = names.iter().map(|(name, kind)| mention(&text, name, 0, *kind)).collect();
        mentions.sort_by_key(|mention| mention.span.start);
        let titles = read(&text, &reading, &vocabulary, &mentions);
        let mut found = Vec::new();
        for (index, mention) in mentions.iter().enumerate() {
            for role in titles.roles_of(index) {
                let words = |span: Span| span.of(source).to_owned();
                found.push((words(mention.span), words(span(&text, *role))));
            }
        }
        found
    }

    #[track_caller]
    fn check(source: &str, names: &[(&str, EntityType)], expected: &[(&str, &str)]) {
        let found = roles(source, names);
        let found: Vec<(&str, &str)> = found.iter().map(|(name, role)| (name.as_str(), role.as_str())).collect();
        assert_eq!(found, expected, "{source}");
    }

    use EntityType::{Group, Organization, Person, Place};

    #[test]
    fn what_stands_before_an_honorific_is_no_role() {
        for (source, role) in [
            ("They heard the news of Mr Kato today.", None),
            ("It is the death of Dr Kato.", None),
            ("They met Finance Minister Kato there.", Some("Finance Minister")),
            ("They met former minister Mr Kato there.", Some("former minister")),
        ] {
            let expected: Vec<(&str, &str)> = role.iter().map(|role| ("Kato", *role)).collect();
            check(source, &[("Kato", Person)], &expected);
        }
    }

    #[test]
    fn whatever_stands_between_belongs_to_a_role() {
        for role in ["interior minister", "former interior minister", "county counsel"] {
            check(&format!("The {role}, Ben Okri, left."), &[("Ben Okri", Person)], &[("Ben Okri", role)]);
        }
    }

    #[test]
    fn no_name_is_the_role_of_another_one() {
        check(
            "It met the Federal Council of Norland, the Southern Union, the Joint Bank, and others.",
            &[
                ("Federal Council of Norland", Organization),
                ("Southern Union", Organization),
                ("Joint Bank", Organization),
            ],
            &[],
        );
        check(
            "According to Korna News, Ruiz spokesman Ben Okri left.",
            &[("Korna News", Organization), ("Ruiz", Person), ("Ben Okri", Person)],
            &[("Ben Okri", "spokesman")],
        );
        check(
            "In her words to the Joint Council, the economy minister, speaking of prices, wept.",
            &[("Joint Council", Organization)],
            &[],
        );
        check("For Acme, the news of the killing came as a shock.", &[("Acme", Organization)], &[]);
        check(
            "Acme, a global leader in logistics and transport, grew.",
            &[("Acme", Organization)],
            &[("Acme", "global leader in logistics and transport")],
        );
    }

    #[test]
    fn a_role_begins_behind_verbs_prepositions_and_determiners() {
        for (source, role) in [
            ("They tried to damage Secretary Ruiz there.", "Secretary"),
            ("It was the success of President Ruiz there.", "President"),
            ("They met both President Ruiz and her son.", "President"),
            ("He lost another defender Ana Ruiz there.", "defender"),
            ("They prayed that it would help Sheikh Ruiz there.", "Sheikh"),
            ("The council formally invited the people to join via the first mayor, Ana Ruiz.", "first mayor"),
        ] {
            let name = if source.contains("Ana") { "Ana Ruiz" } else { "Ruiz" };
            check(source, &[(name, Person)], &[(name, role)]);
        }
    }

    #[test]
    fn titles_with_what_they_are_of() {
        check(
            "Secretary of State Ana J. Ruiz left.",
            &[("Ana J. Ruiz", Person)],
            &[("Ana J. Ruiz", "Secretary of State")],
        );
        check(
            "It was signed by Director of Education Ana Ruiz.",
            &[("Ana Ruiz", Person)],
            &[("Ana Ruiz", "Director of Education")],
        );
        check(
            "They spoke of the president of Norland Ana Ruiz.",
            &[("Norland", Place), ("Ana Ruiz", Person)],
            &[("Ana Ruiz", "president of Norland")],
        );
        check(
            "The court heard public protector Ana Ruiz.",
            &[("Ana Ruiz", Person)],
            &[("Ana Ruiz", "public protector")],
        );
        check(
            "The firm\u{2019}s chief executive, Ana Ruiz, called.",
            &[("Ana Ruiz", Person)],
            &[("Ana Ruiz", "chief executive")],
        );
        check("After meeting the minister, Ana Ruiz left.", &[("Ana Ruiz", Person)], &[]);
    }

    #[test]
    fn two_roles_and_one_of_two_words() {
        check(
            "Ana Ruiz, managing director of Acme and former chief strategy officer at Korna Works, spoke.",
            &[("Ana Ruiz", Person), ("Acme", Organization), ("Korna Works", Organization)],
            &[("Ana Ruiz", "managing director of Acme"), ("Ana Ruiz", "former chief strategy officer at Korna Works")],
        );
        check(
            "“No,” said Ana Ruiz, founder and CEO of Youth of Korna.",
            &[("Ana Ruiz", Person), ("Youth of Korna", Organization)],
            &[("Ana Ruiz", "founder and CEO of Youth of Korna")],
        );
        check(
            "Ana Ruiz, leader of the board at Hope and Help Norland, left.",
            &[("Ana Ruiz", Person), ("Hope and Help Norland", Organization)],
            &[("Ana Ruiz", "leader of the board at Hope and Help Norland")],
        );
        check(
            "Ana Ruiz, a Norlandish opposition politician based in Korna, said so.",
            &[("Ana Ruiz", Person), ("Norlandish", Group), ("Korna", Place)],
            &[("Ana Ruiz", "Norlandish opposition politician based in Korna")],
        );
    }

    #[test]
    fn what_somebody_is_and_titles_of_several() {
        check(
            "Ana Ruiz is director of debate at the college. Ben Okri was happy.",
            &[("Ana Ruiz", Person), ("Ben Okri", Person)],
            &[("Ana Ruiz", "director of debate at the college")],
        );
        check(
            "Judges Ana Ruiz, Ben Okri and Mei Lin agreed.",
            &[("Ana Ruiz", Person), ("Ben Okri", Person), ("Mei Lin", Person)],
            &[("Ana Ruiz", "Judges"), ("Ben Okri", "Judges"), ("Mei Lin", "Judges")],
        );
        check("They met Minister Ana Ruiz, the minister said.", &[("Ana Ruiz", Person)], &[("Ana Ruiz", "Minister")]);
    }
}
