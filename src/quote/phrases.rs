//! Enough syntax to find who stands beside a reporting verb: what each word can be, and the noun phrases. No parser.

use super::chunker::{self, Roles};
use super::landmarks::Landmarks;
use super::natures::{self, Nature};
use super::numbers::Numbers;
use crate::annotation::MentionKind;
use crate::identity::Identity;
use crate::lexicon::grammar::{Parts, Word};
use crate::lexicon::{Reading, WordId};
use crate::text::{Place, Runs, Text, TokenKind, TokenRange};

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
    pub(super) mention: u32,
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
pub(super) struct Distinct {
    /// What it can be.
    pub grammar: Word,
    /// The number of its folded form, as features use it.
    number: u32,
    /// The kind of its first token: "'" may be of several.
    pub kind: TokenKind,
    /// What a token of this kind does to the phrase before it.
    pub roles: Roles,
    /// What a phrase may stand for that it ends, where it tells.
    phrase: Option<PhraseKind>,
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
        let (mut words, mut landmarks) =
            (Vec::with_capacity(reading.words.len()), Vec::with_capacity(reading.words.len()));
        natures::for_each(text, reading, |word, Nature { roles, phrase, landmark }| {
            let kind = text.tokens[word.first as usize].kind;
            words.push(Distinct { grammar: word.grammar, number: word.number, kind, roles, phrase });
            landmarks.push(landmark);
        });
        let mut syntax = Syntax {
            word_of: &reading.word_of,
            words,
            phrases: Vec::new(),
            phrase_runs: Runs::default(),
            // Ordered by their opening mark: inner ones come behind outer ones.
            pairs: Numbers::of(count, text.marks.len(), &|index| {
                Some(text.marks[index]).filter(|pair| pair.open < pair.close).map(|pair| pair.inside())
            }),
            names: mentions(true),
            landmarks: Landmarks::default(),
        };
        syntax.phrases = chunker::phrases(&syntax, text, identity, &mentions(false));
        syntax.phrase_runs = Runs::of(count, syntax.phrases.len(), &|phrase| syntax.phrases[phrase].tokens);
        syntax.landmarks = Landmarks::of(text, reading, &landmarks, &syntax.phrase_runs);
        syntax
    }

    /// What a token can be.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn word(&self, token: u32) -> Word {
        self.words[self.word_of[token as usize].0 as usize].grammar
    }

    /// The number of a token's folded form, as features use it.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn number(&self, token: u32) -> u32 {
        self.words[self.word_of[token as usize].0 as usize].number
    }

    /// What a phrase may stand for that a token ends, where its word tells.
    pub(super) fn kind_of_phrase(&self, token: u32) -> Option<PhraseKind> {
        self.words[self.word_of[token as usize].0 as usize].phrase
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

    /// The distinct words of some tokens.
    pub(super) fn words_of(&self, tokens: TokenRange) -> &[WordId] {
        &self.word_of[tokens.indices()]
    }

    /// What the tokens of a word share.
    pub(super) fn distinct(&self, word: WordId) -> &Distinct {
        &self.words[word.0 as usize]
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

    /// Where some tokens lie among the names.
    pub(super) fn among_names(&self, tokens: TokenRange) -> impl Iterator<Item = Place> {
        self.names.places(tokens)
    }

    /// Whether a token is part of a name.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn in_name(&self, token: u32) -> bool {
        self.names.has(token)
    }
}
