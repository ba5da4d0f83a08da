//! Tokens to noun phrases: enough syntax to find who stands beside a reporting verb.
//!
//! No parser: a phrase is a run of determiners, adjectives, nouns and names, broken by verbs, prepositions, conjunctions and
//! punctuation. Words that may be verb or noun are read by the word before them.

use super::landmarks::{self, Landmarks};
use super::numbers::Numbers;
use super::words;
use crate::annotation::{EntityType, MentionKind};
use crate::identity::Identity;
use crate::lexicon::grammar::{Parts, Word};
use crate::lexicon::{self, Reading, WordId};
use crate::ner;
use crate::text::{Case, Runs, Text, TokenKind, TokenRange};

/// What a noun phrase may stand for, as far as its last word tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PhraseKind {
    /// A person by name.
    Person,
    /// An organisation by name.
    Organization,
    /// A place by name.
    Place,
    /// Another name.
    OtherName,
    /// "he", "they", and nominals that were resolved.
    Pronoun,
    /// "I", "we", "you"
    FirstPerson,
    /// "it", "this"
    Neuter,
    /// "someone", "many"
    Someone,
    /// "the spokesman"
    Speaker,
    /// "the report"
    Document,
    /// "the tweet"
    Post,
    /// "the claim"
    Report,
    /// "last week"
    Time,
    /// Anything else.
    Other,
}

/// A noun phrase without what hangs on it by "of".
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Phrase {
    /// Its tokens.
    pub tokens: TokenRange,
    /// What it may stand for.
    pub kind: PhraseKind,
    /// See [`Phrase::mention`]; [`NONE`] for none.
    mention: u32,
}

impl Phrase {
    /// Index in [`Identity::mentions`] of the last mention in it that ends it.
    pub fn mention(&self) -> Option<u32> {
        (self.mention != NONE).then_some(self.mention)
    }
}

pub use crate::text::NONE;

/// What all tokens of one word share, side by side.
#[derive(Clone, Copy)]
struct Distinct {
    /// What it can be.
    grammar: Word,
    /// The number of its folded form, as features use it.
    number: u32,
    /// The kind of its first token: "'" may be of several.
    kind: TokenKind,
    /// What a token of this kind does to the phrase before it, where that does not depend on its neighbours.
    role: Option<Role>,
}

impl Distinct {
    fn of(text: &Text, word: &lexicon::Word) -> Distinct {
        let &lexicon::Word { grammar, number, first, .. } = word;
        let kind = text.tokens[first as usize].kind;
        let role = if kind == TokenKind::Word { Role::of(grammar, number) } else { Role::of_sign(text, first) };
        Distinct { grammar, number, kind, role }
    }
}

/// What is known of the sentence structure of a text.
pub struct Syntax<'r> {
    /// The distinct word of each token.
    word_of: &'r [WordId],
    /// The distinct words.
    words: Vec<Distinct>,
    /// Noun phrases, in order.
    pub phrases: Vec<Phrase>,
    /// Their tokens.
    phrase_runs: Runs,
    pairs: Numbers,
    names: Numbers,
    /// Where cues may begin, clauses end and speakers name themselves.
    pub(crate) landmarks: Landmarks,
}

impl<'r> Syntax<'r> {
    /// Reads a text. Linear in its length.
    pub fn of(text: &Text, reading: &'r Reading, identity: &Identity) -> Syntax<'r> {
        let count = text.tokens.len();
        let mentions = |names: bool| {
            Numbers::of(count, identity.mentions.len(), &|index| {
                let mention = &identity.mentions[index];
                let is_name = !matches!(mention.kind, MentionKind::Nominal | MentionKind::Pronoun);
                (is_name == names).then_some(mention.tokens)
            })
        };
        let mut syntax = Syntax {
            word_of: &reading.word_of,
            words: reading.words.iter().map(|word| Distinct::of(text, word)).collect(),
            phrases: Vec::new(),
            phrase_runs: Runs::default(),
            // Ordered by their opening mark: inner ones come behind outer ones.
            pairs: Numbers::of(count, text.marks.len(), &|index| {
                Some(text.marks[index]).filter(|pair| pair.open < pair.close).map(|pair| pair.inside())
            }),
            names: mentions(true),
            landmarks: landmarks::of(text, reading),
        };
        syntax.phrases = syntax.chunk(text, identity, &mentions(false));
        syntax.phrase_runs = Runs::of(count, syntax.phrases.len(), &|phrase| syntax.phrases[phrase].tokens);
        syntax
    }

    /// What a token can be.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn word(&self, token: u32) -> Word {
        self.words[self.word_of[token as usize].0 as usize].grammar
    }

    /// What each token can be, in order.
    pub fn words(&self) -> impl Iterator<Item = Word> {
        self.word_of.iter().map(|word| self.words[word.0 as usize].grammar)
    }

    /// The number of a token's folded form, as features use it.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn number(&self, token: u32) -> u32 {
        self.words[self.word_of[token as usize].0 as usize].number
    }

    /// Whether a token is a verb's form in -ing.
    pub fn is_gerund(&self, text: &Text, token: u32) -> bool {
        self.is(token, Parts::GERUND) && text.of(token).ends_with("ing")
    }

    /// Whether a token can be one of `parts`.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn is(&self, token: u32, parts: Parts) -> bool {
        self.word_of.get(token as usize).is_some_and(|word| self.words[word.0 as usize].grammar.is(parts))
    }

    /// Index of the phrase of a token; [`NONE`] outside.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn phrase_of(&self, token: u32) -> u32 {
        self.phrase_runs.number(token)
    }

    /// Whether a token is part of a phrase.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn in_phrase(&self, token: u32) -> bool {
        self.phrase_runs.hold(token)
    }

    /// Index of the first phrase that some tokens share a token with.
    pub fn first_in(&self, tokens: TokenRange) -> Option<u32> {
        let before = self.phrase_runs.before(tokens.start);
        let first = if self.in_phrase(tokens.start) { self.phrase_of(tokens.start) } else { before };
        self.phrases.get(first as usize).is_some_and(|phrase| phrase.tokens.start < tokens.end).then_some(first)
    }

    /// Index of the last phrase that some tokens share a token with.
    pub fn last_in(&self, tokens: TokenRange) -> Option<u32> {
        let last = self.phrase_runs.before(tokens.end).checked_sub(1)?;
        (self.phrases[last as usize].tokens.end > tokens.start).then_some(last)
    }

    /// The phrase of a token.
    pub fn phrase(&self, token: u32) -> Option<&Phrase> {
        self.phrases.get(self.phrase_of(token) as usize)
    }

    /// Index in [`Text::marks`] of the innermost pair around a token; [`NONE`] outside. Marks lie outside their own pair.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn pair_of(&self, token: u32) -> u32 {
        self.pairs.at(token)
    }

    /// Index in [`Identity::mentions`] of the name that a token is part of; [`NONE`] outside.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn name_of(&self, token: u32) -> u32 {
        self.names.at(token)
    }

    /// Whether a token is part of a name.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn in_name(&self, token: u32) -> bool {
        self.names.has(token)
    }

    /// Finds the phrases of all sentences. `resolved` are the mentions that are no names.
    fn chunk(&self, text: &Text, identity: &Identity, resolved: &Numbers) -> Vec<Phrase> {
        let mut phrases = Vec::with_capacity(text.tokens.len() / 3);
        for sentence in text.sentences.iter().map(|sentence| sentence.tokens) {
            let mut start = NONE;
            for token in sentence.start..sentence.end {
                let role = self.role(text, identity, sentence, start, token);
                if start != NONE && role != Role::Goes {
                    self.close(text, identity, resolved, TokenRange::new(start, token), &mut phrases);
                    start = NONE;
                }
                if role == Role::Outside {
                    continue;
                }
                if role == Role::Alone {
                    self.close(text, identity, resolved, TokenRange::new(token, token + 1), &mut phrases);
                } else {
                    start = start.min(token);
                }
            }
            if start != NONE {
                self.close(text, identity, resolved, TokenRange::new(start, sentence.end), &mut phrases);
            }
        }
        phrases.shrink_to_fit();
        phrases
    }

    /// What a token does to the phrase that began at `start`.
    #[inline(always)]
    fn role(&self, text: &Text, identity: &Identity, sentence: TokenRange, start: u32, token: u32) -> Role {
        let is_name = self.in_name(token);
        let word = &self.words[self.word_of[token as usize].0 as usize];
        if !is_name
            && text.tokens[token as usize].kind == word.kind
            // Most words.
            && let Some(role) = word.role
        {
            // "a mum-of-two", "her mother-in-law"
            let is_inside = role == Role::Outside && start != NONE && words::is_hyphenated(text, token);
            return if is_inside && word.grammar.is(Parts::PREPOSITION) { Role::Goes } else { role };
        }
        let may_be_time = start != NONE && (is_name || word.grammar.is(Parts::TIME));
        if may_be_time && self.starts_time(text, identity, sentence, start, token) {
            return Role::Starts;
        }
        if is_name { Role::Goes } else { self.role_of_other(text, identity, sentence, start, token) }
    }

    /// What a token does that is no name, and no word with a role of its own.
    #[inline(never)]
    fn role_of_other(&self, text: &Text, identity: &Identity, sentence: TokenRange, start: u32, token: u32) -> Role {
        let open = start != NONE;
        let kind = text.tokens[token as usize].kind;
        let next = token + 1;
        let has_next = next < sentence.end;
        let word = self.word(token);
        let next_word = if has_next { self.word(next) } else { Word::default() };
        match kind {
            TokenKind::Word => {}
            TokenKind::Clitic => {
                let possessive = matches!(text.of(token), "'s" | "’s" | "'" | "’");
                // "he's", "Ruiz's said": only before something that can go on a noun phrase.
                let goes_on = has_next
                    && (self.in_name(next)
                        || text.tokens[next as usize].kind == TokenKind::Number
                        || text.tokens[next as usize].kind == TokenKind::Word
                            && !next_word.is(FUNCTION)
                            && (!next_word.is(Parts::VERB) || next_word.is(Parts::ALSO_NOUN)));
                let pronoun = token > sentence.start && self.word(token - 1).is(Parts::SUBJECT);
                return if open && possessive && goes_on && !pronoun { Role::Goes } else { Role::Outside };
            }
            _ => {
                return Role::of_sign(text, token).unwrap_or_else(|| {
                    // "Iran-backed", "Al-Nazzal"
                    let joined = open && has_next && words::is_hyphenated(text, next);
                    if joined { Role::Goes } else { Role::Outside }
                });
            }
        }
        let first = !open;
        let parts = word.parts;
        let is = |set: Parts| parts.is(set);
        if let Some(role) = Role::of_closed(word, self.number(token)) {
            return role;
        }
        if is(Parts::DETERMINER) {
            // "that" is more often a conjunction; "one" and numbers go on inside a phrase: "the two men".
            // "said that", "told me that"
            let is_cue = |before: u32| token >= sentence.start + before && self.word(token - before).cue.is_some();
            let reported = is_cue(1) || is_cue(2) && self.word(token - 1).is(Parts::SUBJECT.and(Parts::OBJECT));
            let is_that = is(Parts::RELATIVE);
            if is_that && (reported || !(next_word.is(Parts::SPEAKER) || next_word.is(Parts::TIME))) {
                return Role::Outside;
            }
            return if open && is(Parts::NUMBER) { Role::Goes } else { Role::Starts };
        }
        let capital = text.tokens[token as usize].case != Case::Lower && token > sentence.start;
        if capital && !is(Parts::VERB) {
            return Role::Goes;
        }
        // "QUESTION:" is a label.
        let is_label = first && token == sentence.start && has_next && words::is_sign(text, next, b':');
        if is_label && ["question", "answer"].iter().any(|label| text.of(token).eq_ignore_ascii_case(label)) {
            return Role::Goes;
        }
        if is(Parts::VERB) {
            let previous = token.checked_sub(1).filter(|&previous| previous >= sentence.start);
            let after_determiner = open
                && previous.is_some_and(|previous| {
                    let before = self.word(previous);
                    before.is(Parts::DETERMINER.and(Parts::POSSESSIVE).and(Parts::NUMBER))
                        && !words::is_hyphenated(text, previous)
                        || text.tokens[previous as usize].kind == TokenKind::Clitic
                        || words::is_sign(text, previous, b'-')
                });
            // "Both say", "another thinks", "half said they": no noun, but whoever says.
            let tells = open
                && start + 1 == token
                && word.cue.is_some()
                && self.word(start).is(Parts::PRONOUN)
                && (is(Parts::THIRD) && !is(Parts::ALSO_NOUN)
                    || self.starts_clause(text, next, has_next)
                    // "One said: “…”"
                    || is(Parts::PAST) && has_next && (words::is_sign(text, next, b':') || words::is_sign(text, next, b',')));
            if after_determiner && !tells {
                return Role::Goes;
            }
            let noun_like = is(Parts::ALSO_NOUN)
                || is(Parts::SPEAKER)
                || is(Parts::DOCUMENT)
                || is(Parts::REPORT)
                || is(Parts::POST);
            if open && is(Parts::GERUND) && !is(Parts::PAST) && noun_follows(text, next_word, has_next, next) {
                return Role::Goes;
            }
            // "the sanction notice": the base form cannot follow a singular noun as a verb.
            let bare = is(Parts::BASE) && !is(Parts::PAST) && !is(Parts::THIRD);
            let singular = previous.is_some_and(|previous| {
                // "an Iraqi source", "the Labour head", but in Britain "the Home Office claim".
                let goes_on = match self.name_of(previous) {
                    NONE => true,
                    name => {
                        is(Parts::SPEAKER) && word.cue.is_none()
                            || identity.mentions[name as usize].entity_type == EntityType::Group
                    }
                };
                goes_on && self.phrase_of_run(start, previous) && !text.of(previous).ends_with('s')
            });
            if noun_like && open && bare && singular {
                return Role::Goes;
            }
            // "his last Facebook post", "a Truth Social post"
            let determined = open
                && (self.is(start, Parts::DETERMINER.and(Parts::POSSESSIVE)) || self.has_possessor(text, start, token));
            if is(Parts::POST) && determined {
                return Role::Goes;
            }
            if noun_like && open && !starts_object(text, self, next, has_next) {
                // "the company report said", "property records show": a noun where a verb or the phrase's end follows.
                let is_plural = is(Parts::THIRD)
                    && (word.cue.is_none() || is(Parts::DOCUMENT))
                    && next_word.is(Parts::BASE)
                    && next_word.cue.is_some();
                let finite_next = next_word.is(Parts::PAST.and(Parts::THIRD).and(Parts::AUXILIARY));
                if finite_next || is_plural || !is(Parts::THIRD) && !is(Parts::PAST) && !has_next {
                    return Role::Goes;
                }
            }
            if noun_like && first && (is(Parts::SPEAKER) || is(Parts::DOCUMENT)) && !is(Parts::PAST) {
                return Role::Goes;
            }
            return Role::Outside;
        }
        if is(Parts::ADVERB) && !is(Parts::TIME) {
            return if open && self.is(start, Parts::DETERMINER) && token == start + 1 {
                Role::Goes
            } else {
                Role::Outside
            };
        }
        Role::Goes
    }

    /// Whether a token is part of a person's name.
    fn is_person(&self, identity: &Identity, token: u32) -> bool {
        let name = self.name_of(token);
        name != NONE && identity.mentions[name as usize].entity_type == EntityType::Person
    }

    /// Whether the token may start what a verb of saying governs.
    fn starts_clause(&self, text: &Text, token: u32, has: bool) -> bool {
        starts_object(text, self, token, has) || has && self.is(token, Parts::OBJECT.and(Parts::DETERMINER))
    }

    /// "Ruiz later said", "the ministry Friday said", "the police last week said": whether a time or a name begins a time that is no
    /// part of the phrase before it.
    #[inline(never)]
    fn starts_time(&self, text: &Text, identity: &Identity, sentence: TokenRange, start: u32, token: u32) -> bool {
        let date = self.name_of(token);
        let word = self.word(token);
        let (is_time, end) = if date == NONE {
            let is_relative =
                text.of(token).eq_ignore_ascii_case("last") || text.of(token).eq_ignore_ascii_case("next");
            (word.is(Parts::ADVERB) || is_relative, token + 1 + u32::from(is_relative))
        } else {
            let mention = &identity.mentions[date as usize];
            (mention.entity_type == EntityType::Date && mention.tokens.start == token, mention.tokens.end)
        };
        if !is_time || end >= sentence.end {
            return false;
        }
        let before = token - 1;
        let is_noun = text.tokens[before as usize].kind == TokenKind::Word
            && !self.word(before).is(Parts::ADVERB.and(Parts::TIME))
            && (self.in_name(before) || self.phrase_of_run(start, before));
        let after = self.word(end);
        let is_verb = !self.in_name(end)
            && (after.cue.is_some() && after.is(Parts::PAST.and(Parts::THIRD)) || after.is(Parts::AUXILIARY));
        is_noun && is_verb
    }

    /// "Ruiz's latest": whether one of a few words from `start` on is a possessive.
    fn has_possessor(&self, text: &Text, start: u32, token: u32) -> bool {
        (start..token).take(6).any(|before| text.tokens[before as usize].kind == TokenKind::Clitic)
    }

    /// Whether a phrase that began at `start` reaches `token` by a plain noun or adjective.
    fn phrase_of_run(&self, start: u32, token: u32) -> bool {
        start < token && !self.word(token).is(FUNCTION)
    }

    #[inline(never)]
    fn close(
        &self,
        text: &Text,
        identity: &Identity,
        resolved: &Numbers,
        mut tokens: TokenRange,
        phrases: &mut Vec<Phrase>,
    ) {
        // A clitic or hyphen at the end belongs to what follows.
        while tokens.len() > 1
            && matches!(text.tokens[tokens.end as usize - 1].kind, TokenKind::Clitic | TokenKind::Punctuation)
        {
            tokens.end -= 1;
        }
        let mut last = tokens.end - 1;
        // "mother-in-law"
        if last >= tokens.start + 4
            && words::is_hyphenated(text, last)
            && words::is_hyphenated(text, last - 2)
            && self.is(last - 2, Parts::PREPOSITION)
        {
            last -= 4;
        }
        // "Rachel Dunn KC" is whom the name before the letters names.
        if last > tokens.start && text.tokens[last as usize].case != Case::Lower && self.is_person(identity, last - 1) {
            last -= u32::from(!self.in_name(last) && ner::is_post_nominal(text.of(last)));
        }
        let name = self.name_of(last);
        let mention = if name == NONE { resolved.at(last) } else { name };
        let word = self.word(last);
        let kind = if name != NONE {
            match identity.mentions[name as usize].entity_type {
                EntityType::Person => PhraseKind::Person,
                EntityType::Organization => PhraseKind::Organization,
                EntityType::Place => PhraseKind::Place,
                EntityType::Date => PhraseKind::Time,
                other if is_amount(other) => PhraseKind::Other,
                _ => PhraseKind::OtherName,
            }
        } else if word.is(Parts::SUBJECT.and(Parts::OBJECT)) {
            let written = text.of(last);
            let is_one_of = |words: &[&str]| words.iter().any(|word| written.eq_ignore_ascii_case(word));
            if is_one_of(&["i", "we", "me", "us", "you", "myself", "ourselves", "yourself"]) {
                PhraseKind::FirstPerson
            } else if is_one_of(&["it", "itself"]) {
                PhraseKind::Neuter
            } else {
                PhraseKind::Pronoun
            }
        } else if word.is(Parts::TIME) {
            PhraseKind::Time
        } else if word.is(Parts::SPEAKER) {
            PhraseKind::Speaker
        } else if word.is(Parts::POST) {
            PhraseKind::Post
        } else if word.is(Parts::DOCUMENT) {
            PhraseKind::Document
        } else if word.is(Parts::REPORT) {
            PhraseKind::Report
        } else if word.is(Parts::PRONOUN) && !word.is(Parts::PREPOSITION) {
            PhraseKind::Someone
        } else if text.tokens[last as usize].kind == TokenKind::Handle {
            PhraseKind::OtherName
        } else if mention != NONE {
            PhraseKind::Pronoun
        } else {
            PhraseKind::Other
        };
        phrases.push(Phrase { tokens, kind, mention });
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Starts a phrase and ends the one before.
    Starts,
    /// Goes on a phrase or starts one.
    Goes,
    /// Is a phrase.
    Alone,
    Outside,
}

impl Role {
    /// That of a word which does the same whatever stands beside it.
    fn of(word: Word, number: u32) -> Option<Role> {
        // Most nouns and adjectives.
        if !word.is(TELLING.and(Parts::TIME)) {
            return Some(Role::Goes);
        }
        // "week", "last"
        if word.is(Parts::TIME) {
            return None;
        }
        Role::of_closed(word, number)
    }

    /// That of a token that is no word, unless it depends on its neighbours: a hyphen, a clitic.
    fn of_sign(text: &Text, token: u32) -> Option<Role> {
        match text.tokens[token as usize].kind {
            TokenKind::Handle | TokenKind::Number => Some(Role::Goes),
            TokenKind::Symbol if matches!(text.of(token), "&" | "$" | "£" | "€") => Some(Role::Goes),
            TokenKind::Symbol | TokenKind::Mark | TokenKind::Address | TokenKind::Hashtag => Some(Role::Outside),
            TokenKind::Punctuation => (!words::is_sign(text, token, b'-')).then_some(Role::Outside),
            TokenKind::Word | TokenKind::Clitic => None,
        }
    }

    /// That of a word of the closed classes, unless it depends on its neighbours: "that", "two".
    fn of_closed(word: Word, number: u32) -> Option<Role> {
        let is = |parts: Parts| word.is(parts);
        if is(Parts::SUBJECT) || is(Parts::OBJECT) && !is(Parts::POSSESSIVE) {
            return Some(Role::Alone);
        }
        // "the report, which found", "whose counter": no part of the phrase after it.
        let is_that = is(Parts::RELATIVE) && number == words::THAT;
        if is(Parts::RELATIVE) && !is_that {
            return Some(Role::Outside);
        }
        if is(Parts::POSSESSIVE) {
            return Some(Role::Starts);
        }
        if is(Parts::DETERMINER) {
            return (!is_that && !is(Parts::NUMBER)).then_some(Role::Starts);
        }
        // "outside" and "following" inside a phrase are rare enough.
        if is(Parts::RELATIVE.and(JOINING)) {
            return Some(Role::Outside);
        }
        is(Parts::PRONOUN).then_some(Role::Alone)
    }
}

/// Parts of speech of words that join phrases and clauses.
const JOINING: Parts =
    Parts::PREPOSITION.and(Parts::CONJUNCTION).and(Parts::SUBORDINATOR).and(Parts::AUXILIARY).and(Parts::NEGATION);

const FUNCTION: Parts = JOINING.and(Parts::DETERMINER).and(Parts::POSSESSIVE).and(Parts::SUBJECT).and(Parts::RELATIVE);

/// Parts of speech of words that may stand outside noun phrases or at their start.
const TELLING: Parts = FUNCTION.and(Parts::OBJECT).and(Parts::PRONOUN).and(Parts::VERB).and(Parts::ADVERB);

fn is_amount(entity_type: EntityType) -> bool {
    matches!(entity_type, EntityType::Date | EntityType::Money | EntityType::Percent | EntityType::Quantity)
}

fn noun_follows(text: &Text, next: Word, has_next: bool, token: u32) -> bool {
    has_next && text.tokens[token as usize].kind == TokenKind::Word && !next.is(FUNCTION) && !next.is(Parts::VERB)
}

/// Whether the token may start an object or clause, so that the word before it is a verb.
fn starts_object(text: &Text, syntax: &Syntax, token: u32, has: bool) -> bool {
    has && (syntax.is(token, Parts::DETERMINER.and(Parts::POSSESSIVE).and(Parts::SUBJECT).and(Parts::SUBORDINATOR))
        || syntax.in_name(token)
        || text.tokens[token as usize].kind == TokenKind::Mark
        || text.of(token) == "to")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{identity, ner};

    fn phrases(source: &str) -> Vec<String> {
        let text = Text::read(source);
        let reading = Reading::of(&text);
        let identity = identity::resolve(&text, &reading, ner::recognise(&text, &reading), &[]);
        let syntax = Syntax::of(&text, &reading, &identity);
        syntax.phrases.iter().map(|phrase| text.of_range(phrase.tokens).to_owned()).collect()
    }

    #[test]
    fn verbs_and_prepositions_part_noun_phrases() {
        assert_eq!(
            phrases("A senior official at the ministry told the reporters that they would appeal."),
            ["A senior official", "the ministry", "the reporters", "they"]
        );
    }

    #[test]
    fn a_noun_that_is_a_verb_as_well_ends_a_phrase_after_a_people() {
        assert_eq!(phrases("The talks failed, said an Iraqi source."), ["The talks", "an Iraqi source"]);
    }

    #[test]
    fn a_time_before_the_verb_is_no_part_of_its_subject() {
        assert_eq!(phrases("The ministry later said that it would appeal."), ["The ministry", "later", "it"]);
        assert_eq!(phrases("The army Friday told them."), ["The army", "Friday", "them"]);
        assert_eq!(phrases("An earlier report said that."), ["An earlier report"]);
        assert_eq!(phrases("His Friday speech was over."), ["His Friday speech"]);
    }

    #[test]
    fn possessives_and_hyphens_stay_inside() {
        assert_eq!(
            phrases("The Iran-backed group's spokesman said nothing on Tuesday."),
            ["The Iran-backed group's spokesman", "nothing", "Tuesday"]
        );
    }
}
