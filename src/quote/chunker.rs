//! Tokens to noun phrases: runs of determiners, adjectives, nouns and names, broken by verbs, prepositions, conjunctions and
//! punctuation. Words that may be verb or noun are read by the word before them.

use super::numbers::Numbers;
use super::phrases::{NONE, Phrase, PhraseKind, Syntax};
use super::words;
use crate::annotation::EntityType;
use crate::identity::Identity;
use crate::lexicon::cues;
use crate::lexicon::grammar::{Parts, Word};
use crate::ner;
use crate::text::{Case, Place, Text, TokenKind, TokenRange};

/// The noun phrases of all sentences. `resolved` are the mentions that are no names.
pub fn phrases(syntax: &Syntax, text: &Text, identity: &Identity, resolved: &Numbers) -> Vec<Phrase> {
    let phrases = Vec::with_capacity(text.tokens.len() / 3);
    let sentence = TokenRange::default();
    let mut chunker = Chunker { syntax, text, identity, resolved, sentence, phrases };
    for sentence in &text.sentences {
        chunker.read(sentence.tokens);
    }
    chunker.phrases.shrink_to_fit();
    chunker.phrases
}

struct Chunker<'c> {
    syntax: &'c Syntax<'c>,
    text: &'c Text<'c>,
    identity: &'c Identity,
    resolved: &'c Numbers,
    /// The one that is read.
    sentence: TokenRange,
    phrases: Vec<Phrase>,
}

impl Chunker<'_> {
    fn read(&mut self, sentence: TokenRange) {
        self.sentence = sentence;
        let syntax = self.syntax;
        let mut start = NONE;
        let mut beside = Beside::Nothing;
        let mut is_tied = false;
        let mut before = Place::default();
        let (words, tokens) = (syntax.words_of(sentence), &self.text.tokens[sentence.indices()]);
        let with_names = words.iter().zip(tokens).zip(syntax.among_names(sentence));
        for (token, ((&word, written), name)) in (sentence.start..).zip(with_names) {
            let word = syntax.distinct(word);
            let roles = &word.roles;
            let is_open = beside != Beside::Nothing;
            let role = match roles.at(beside) {
                // Inside a name, or with its first word where no time can follow a noun.
                _ if name.is_inside() && (!is_open || name == before) => Role::Goes,
                // Most words.
                Some(role) if written.kind == word.kind && !name.is_inside() => {
                    // "a mum-of-two", "her mother-in-law"
                    let may_be_inside =
                        is_tied && role == Role::Outside && is_open && word.grammar.is(Parts::PREPOSITION);
                    if may_be_inside && words::is_hyphenated(self.text, token) { Role::Goes } else { role }
                }
                _ => self.role_in_place(if is_open { start } else { NONE }, token),
            };
            (before, is_tied) = (name, roles.ties);
            let goes_on = match roles.determines || written.kind == TokenKind::Clitic {
                true => Beside::Determiner,
                false => Beside::Phrase,
            };
            if role == Role::Goes && is_open {
                beside = goes_on;
            } else {
                if start != NONE {
                    self.close(start, token);
                }
                // Nothing goes on what stands alone.
                beside = if matches!(role, Role::Outside | Role::Alone) { Beside::Nothing } else { goes_on };
                start = if role == Role::Outside { NONE } else { token };
            }
        }
        if start != NONE {
            self.close(start, sentence.end);
        }
    }

    /// What a token does that is part of a name, or a word without a role of its own.
    #[inline(never)]
    fn role_in_place(&self, start: u32, token: u32) -> Role {
        let syntax = self.syntax;
        let is_name = syntax.in_name(token);
        let may_be_time = start != NONE && (is_name || syntax.word(token).is(Parts::TIME));
        if may_be_time && self.starts_time(start, token) {
            return Role::Starts;
        }
        if is_name { Role::Goes } else { self.role_of_other(start, token) }
    }

    /// What a token does that is no name, and no word with a role of its own.
    fn role_of_other(&self, start: u32, token: u32) -> Role {
        let Chunker { syntax, text, identity, sentence, .. } = *self;
        let open = start != NONE;
        let kind = text.tokens[token as usize].kind;
        let next = token + 1;
        let has_next = next < sentence.end;
        let word = syntax.word(token);
        let next_word = if has_next { syntax.word(next) } else { Word::default() };
        match kind {
            TokenKind::Word => {}
            TokenKind::Clitic => {
                let possessive = matches!(text.of(token), "'s" | "’s" | "'" | "’");
                // "he's", "Ruiz's said": only before something that can go on a noun phrase.
                let goes_on = has_next
                    && (syntax.in_name(next)
                        || text.tokens[next as usize].kind == TokenKind::Number
                        || text.tokens[next as usize].kind == TokenKind::Word
                            && !next_word.is(FUNCTION)
                            && (!next_word.is(Parts::VERB) || next_word.is(Parts::ALSO_NOUN)));
                let pronoun = token > sentence.start && syntax.word(token - 1).is(Parts::SUBJECT);
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
        if let Some(role) = Role::of_closed(word, syntax.number(token)) {
            return role;
        }
        if is(Parts::DETERMINER) {
            // "that" is more often a conjunction; "one" and numbers go on inside a phrase: "the two men".
            // "said that", "told me that"
            let is_cue = |before: u32| token >= sentence.start + before && syntax.word(token - before).cue.is_some();
            let is_noun = token > sentence.start && syntax.is(token - 1, Parts::REPORT);
            let reported =
                is_noun || is_cue(1) || is_cue(2) && syntax.word(token - 1).is(Parts::SUBJECT.and(Parts::OBJECT));
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
        if is_label && matches!(syntax.number(token), words::QUESTION | words::ANSWER) {
            return Role::Goes;
        }
        if is(Parts::VERB) {
            // "a source close to the talks"
            if open && syntax.number(token) == words::CLOSE && has_next && syntax.number(next) == words::TO {
                return Role::Outside;
            }
            // "a Harlow campaign aide"
            let is_modifier = open
                && is(Parts::ALSO_NOUN)
                && next_word.is(Parts::SPEAKER)
                && syntax.in_name(token - 1)
                && syntax.is(start, Parts::DETERMINER.and(Parts::NUMBER));
            if is_modifier {
                return Role::Goes;
            }
            // "according to company documents"
            let is_source = open
                && start >= sentence.start + 2
                && syntax.number(start - 2) == words::ACCORDING
                && syntax.number(start - 1) == words::TO;
            if is_source && is(Parts::DOCUMENT) {
                return Role::Goes;
            }
            let previous = token.checked_sub(1).filter(|&previous| previous >= sentence.start);
            let after_determiner = open
                && previous.is_some_and(|previous| {
                    let before = syntax.word(previous);
                    before.is(DETERMINING) && !words::is_hyphenated(text, previous)
                        || text.tokens[previous as usize].kind == TokenKind::Clitic
                        || words::is_sign(text, previous, b'-')
                });
            // "Both say", "another thinks", "half said they": no noun, but whoever says.
            let tells = open
                && start + 1 == token
                && word.cue.is_some()
                && syntax.word(start).is(Parts::PRONOUN)
                && (is(Parts::THIRD) && !is(Parts::ALSO_NOUN)
                    // "another told reporters"
                    || is(Parts::PAST) && word.cue.is_some_and(|cue| cues::entry(cue).number == words::TELL)
                    || starts_clause(text, syntax, next, has_next)
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
                let goes_on = match syntax.name_of(previous) {
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
                && (syntax.is(start, Parts::DETERMINER.and(Parts::POSSESSIVE)) || self.has_possessor(start, token));
            if is(Parts::POST) && determined {
                return Role::Goes;
            }
            if noun_like && open && !starts_object(text, syntax, next, has_next) {
                // "the company report said", "property records show": a noun where a verb or the phrase's end follows.
                let is_plural = is(Parts::THIRD)
                    && (word.cue.is_none() || is(Parts::DOCUMENT))
                    && next_word.is(Parts::BASE)
                    && next_word.cue.is_some();
                let finite_next = next_word.is(Parts::PAST.and(Parts::THIRD).and(Parts::AUXILIARY));
                // "…, officials claim"
                let ends_report = word.cue.is_some() && start > sentence.start && words::is_sign(text, start - 1, b',');
                if finite_next || is_plural || !is(Parts::THIRD) && !is(Parts::PAST) && !has_next && !ends_report {
                    return Role::Goes;
                }
            }
            if noun_like && first && (is(Parts::SPEAKER) || is(Parts::DOCUMENT)) && !is(Parts::PAST) {
                return Role::Goes;
            }
            return Role::Outside;
        }
        if is(Parts::ADVERB) && !is(Parts::TIME) {
            return if open && syntax.is(start, Parts::DETERMINER) && token == start + 1 {
                Role::Goes
            } else {
                Role::Outside
            };
        }
        Role::Goes
    }

    /// Whether a token is part of a person's name.
    fn is_person(&self, token: u32) -> bool {
        let name = self.syntax.name_of(token);
        name != NONE && self.identity.mentions[name as usize].entity_type == EntityType::Person
    }

    /// "Ruiz later said", "the ministry Friday said", "the police last week said": whether a time or a name begins a time that is no
    /// part of the phrase before it.
    #[inline(never)]
    fn starts_time(&self, start: u32, token: u32) -> bool {
        let Chunker { syntax, text, identity, sentence, .. } = *self;
        let date = syntax.name_of(token);
        let word = syntax.word(token);
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
            && !syntax.word(before).is(Parts::ADVERB.and(Parts::TIME))
            && (syntax.in_name(before) || self.phrase_of_run(start, before));
        let after = syntax.word(end);
        let is_verb = !syntax.in_name(end)
            && (after.cue.is_some() && after.is(Parts::PAST.and(Parts::THIRD)) || after.is(Parts::AUXILIARY));
        is_noun && is_verb
    }

    /// "Ruiz's latest": whether one of a few words from `start` on is a possessive.
    fn has_possessor(&self, start: u32, token: u32) -> bool {
        (start..token).take(6).any(|before| self.text.tokens[before as usize].kind == TokenKind::Clitic)
    }

    /// Whether a phrase that began at `start` reaches `token` by a plain noun or adjective.
    fn phrase_of_run(&self, start: u32, token: u32) -> bool {
        start < token && !self.syntax.word(token).is(FUNCTION)
    }

    /// Ends a phrase.
    #[inline(never)]
    fn close(&mut self, start: u32, end: u32) {
        let Chunker { syntax, text, identity, .. } = *self;
        // "what prosecutors called"
        let is_what = end - start > 1
            && syntax.number(start) == words::WHAT
            && (syntax.is(end, Parts::AUXILIARY) || end < self.sentence.end && syntax.word(end).cue.is_some());
        let mut tokens = TokenRange::new(start + u32::from(is_what), end);
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
            && syntax.is(last - 2, Parts::PREPOSITION)
        {
            last -= 4;
        }
        // "Rachel Dunn KC" is whom the name before the letters names.
        if last > tokens.start && text.tokens[last as usize].case != Case::Lower && self.is_person(last - 1) {
            last -= u32::from(!syntax.in_name(last) && ner::is_post_nominal(text.of(last)));
        }
        let name = syntax.name_of(last);
        let mention = if name == NONE { self.resolved.at(last) } else { name };
        let kind = if name == NONE {
            self.kind_of_word(last, mention != NONE)
        } else {
            match identity.mentions[name as usize].entity_type {
                EntityType::Person => PhraseKind::Person,
                EntityType::Organization => PhraseKind::Organization,
                EntityType::Place => PhraseKind::Place,
                EntityType::Date => PhraseKind::Time,
                other if is_amount(other) => PhraseKind::Other,
                _ => PhraseKind::OtherName,
            }
        };
        self.phrases.push(Phrase { tokens, kind, mention });
    }

    /// What a phrase may stand for whose last word is no name.
    fn kind_of_word(&self, token: u32, is_resolved: bool) -> PhraseKind {
        if let Some(kind) = self.syntax.kind_of_phrase(token) {
            return kind;
        }
        match self.text.tokens[token as usize].kind {
            TokenKind::Handle => PhraseKind::OtherName,
            _ if is_resolved => PhraseKind::Pronoun,
            _ => PhraseKind::Other,
        }
    }
}

/// What a noun phrase may stand for that a word ends, where the word tells.
pub fn phrase_kind(word: Word, number: u32) -> Option<PhraseKind> {
    if word.is(Parts::SUBJECT.and(Parts::OBJECT)) {
        return Some(match number {
            words::IT | words::ITSELF => PhraseKind::Neuter,
            number if words::is_of_speaker(number) => PhraseKind::FirstPerson,
            _ => PhraseKind::Pronoun,
        });
    }
    let kinds = [
        (Parts::TIME, PhraseKind::Time),
        (Parts::SPEAKER, PhraseKind::Speaker),
        (Parts::POST, PhraseKind::Post),
        (Parts::DOCUMENT, PhraseKind::Document),
        (Parts::REPORT, PhraseKind::Report),
    ];
    let is_someone = word.is(Parts::PRONOUN) && !word.is(Parts::PREPOSITION);
    let kind = kinds.iter().find(|(parts, _)| word.is(*parts)).map(|(_, kind)| *kind);
    kind.or(is_someone.then_some(PhraseKind::Someone))
}

/// What a token does to the phrase before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Starts a phrase and ends the one before.
    Starts,
    /// Goes on a phrase or starts one.
    Goes,
    /// Is a phrase.
    Alone,
    /// Is part of none.
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

/// What stands before a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// No phrase that could go on.
    Nothing,
    /// A phrase, and at its end a word that no noun need follow.
    Phrase,
    /// One that ends in a word that a noun follows: "the", "'s", a hyphen.
    Determiner,
}

/// What the tokens of a word do to the phrase before them, as far as the words beside it do not tell.
#[derive(Clone, Copy)]
pub struct Roles {
    /// By what stands before them.
    roles: [Option<Role>; 3],
    /// Whether a noun follows this word.
    determines: bool,
    /// Whether it is a hyphen.
    ties: bool,
}

impl Roles {
    /// Those of a word.
    pub fn of_word(word: Word, number: u32, case: Case) -> Roles {
        let is = |parts: Parts| word.is(parts);
        let with = |roles| Roles { roles, determines: is(DETERMINING), ties: false };
        let role = Role::of(word, number);
        // "two", and labels.
        if role.is_some() || matches!(number, words::QUESTION | words::ANSWER) {
            return with([role; 3]);
        }
        let closed = Role::of_closed(word, number);
        if closed.is_none() && is(Parts::DETERMINER) {
            return with([None; 3]);
        }
        let is_noun = (is(Parts::SPEAKER) || is(Parts::DOCUMENT)) && !is(Parts::PAST);
        let is_adverb = is(Parts::ADVERB) && !is(Parts::TIME);
        let may_be_noun =
            is(Parts::ALSO_NOUN.and(Parts::SPEAKER).and(Parts::DOCUMENT).and(Parts::REPORT).and(Parts::POST))
                || is(Parts::GERUND) && !is(Parts::PAST)
                || number == words::CLOSE;
        let beside_nothing = closed.or(match is(Parts::VERB) {
            true if is_noun => Some(Role::Goes),
            true => Some(Role::Outside),
            false if !is_adverb => Some(Role::Goes),
            // A capital may make a name of it.
            false => (case == Case::Lower).then_some(Role::Outside),
        });
        let beside_phrase = match is(Parts::VERB) {
            // "week", "last" may begin a time.
            _ if is(Parts::TIME) => None,
            true => (!may_be_noun).then_some(Role::Outside),
            false => Some(if case == Case::Lower && is_adverb { Role::Outside } else { Role::Goes }),
        };
        with([beside_nothing, beside_phrase, None])
    }

    /// Those of a token that is no word.
    pub fn of_sign(text: &Text, token: u32) -> Roles {
        let (role, ties) = (Role::of_sign(text, token), words::is_sign(text, token, b'-'));
        let beside_nothing = Some(role.unwrap_or(Role::Outside));
        Roles { roles: [beside_nothing, role, role], determines: ties, ties }
    }

    /// What a token does behind something.
    fn at(&self, beside: Beside) -> Option<Role> {
        self.roles[beside as usize]
    }
}

/// Parts of speech of words that a noun follows.
const DETERMINING: Parts = Parts::DETERMINER.and(Parts::POSSESSIVE).and(Parts::NUMBER);

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

/// Whether the token may start what a verb of saying governs.
fn starts_clause(text: &Text, syntax: &Syntax, token: u32, has: bool) -> bool {
    starts_object(text, syntax, token, has) || has && syntax.is(token, Parts::OBJECT.and(Parts::DETERMINER))
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Reading;
    use crate::quote::phrases::Syntax;
    use crate::text::Text;
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
