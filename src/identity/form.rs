//! Mentions to comparable names: parts without titles, particles and company endings.

use super::skeleton::{consonants, skeleton};
use crate::annotation::EntityType;
use crate::hashing::{WordHasher, WordMap};
use crate::lexicon::{Class, Reading};
use crate::ner::Mention;
use crate::text::{Text, TokenKind, TokenRange};
use std::hash::Hasher;
use std::rc::Rc;

/// One word of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// Folded letters.
    pub key: String,
    /// Transliteration-blind key.
    pub skeleton: String,
    /// The same without its vowels, see [`consonants`].
    pub consonants: String,
    /// "J." or "J"
    pub is_initial: bool,
    /// "of", "and", "the", "al": tells little by itself.
    pub is_minor: bool,
    /// Stands in lower case in running text as well: "national", "apple".
    pub is_common: bool,
    /// "ministry", "group": names of one kind share it.
    pub is_generic: bool,
}

impl Part {
    /// How surely the two are one word: 1 for equal letters, less for a transliteration or an initial, 0 for different ones.
    pub fn similarity(&self, other: &Part) -> f32 {
        if self.key == other.key {
            return 1.0;
        }
        if self.is_initial || other.is_initial {
            return if self.key.chars().next() == other.key.chars().next() { 0.8 } else { 0.0 };
        }
        if self.skeleton == other.skeleton && self.skeleton.chars().count() >= 3 {
            return 0.93;
        }
        if self.key.len().abs_diff(other.key.len()) <= 3
            && self.consonants == other.consonants
            && self.consonants.chars().count() >= 3
        {
            return 0.86;
        }
        0.0
    }
}

/// The forms of a text's names, each made once: a name stands in a text again and again.
pub(super) struct Forms<'a, 't> {
    text: &'a Text<'t>,
    reading: &'a Reading,
    /// By the hash of a name's words.
    known: WordMap<u64, Known>,
    count: u32,
}

/// A name that was met before.
struct Known {
    /// Where it stood first.
    tokens: TokenRange,
    is_person: bool,
    form: (u32, Rc<Form>),
}

impl<'a, 't> Forms<'a, 't> {
    /// None yet.
    pub fn new(text: &'a Text<'t>, reading: &'a Reading) -> Self {
        Forms { text, reading, known: WordMap::default(), count: 0 }
    }

    /// The form of a mention, and a number that it shares with equal ones only.
    pub fn of(&mut self, mention: &Mention) -> (u32, Rc<Form>) {
        let is_person = mention.entity_type == EntityType::Person;
        // All that [`Form::of`] looks at: the words as they are written, and what kind of tokens they are.
        let word = |token: usize| (self.reading.word_of[token], self.text.tokens[token].kind);
        let mut hasher = WordHasher::default();
        for token in mention.tokens.indices() {
            hasher.write_u32(word(token).0.0);
        }
        hasher.write_u8(u8::from(is_person));
        let hash = hasher.finish();
        if let Some(known) = self.known.get(&hash)
            && known.is_person == is_person
            && known.tokens.indices().map(word).eq(mention.tokens.indices().map(word))
        {
            return known.form.clone();
        }
        let form = (self.count, Rc::new(Form::of(self.text, self.reading, mention)));
        self.count += 1;
        self.known.insert(hash, Known { tokens: mention.tokens, is_person, form: form.clone() });
        form
    }
}

/// A name as it is compared.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Form {
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// See [`Form::joined_key`].
    pub joined: Option<String>,
}

impl Form {
    /// The form of a mention.
    #[inline(never)]
    pub fn of(text: &Text, reading: &Reading, mention: &Mention) -> Form {
        let mut parts = Vec::with_capacity(mention.tokens.len());
        for token in mention.tokens.start..mention.tokens.end {
            let kind = text.tokens[token as usize].kind;
            if matches!(kind, TokenKind::Punctuation | TokenKind::Mark | TokenKind::Clitic) {
                continue;
            }
            let classes = reading.classes(token);
            let key = reading.key(token);
            let key = if key.contains('.') { key.replace('.', "") } else { key.to_owned() };
            if key.is_empty() {
                continue;
            }
            let written = text.of(token);
            let is_initial = written.chars().filter(|c| c.is_alphabetic()).count() == 1
                && written.chars().all(|c| c.is_uppercase() || c == '.');
            // "Ben Okri", "Van Jones": a given name, where it comes first and no hyphen follows.
            let is_given = token == mention.tokens.start
                && mention.entity_type == EntityType::Person
                && matches!(key.as_str(), "ben" | "van" | "mac")
                && mention.tokens.len() > 1
                && text.of(token + 1) != "-";
            let is_minor = classes.has(Class::Particle) && !is_given
                || matches!(
                    key.as_str(),
                    "of" | "the" | "and" | "&" | "for" | "in" | "on" | "to" | "jr" | "sr" | "ii" | "iii" | "wal" | "ul"
                );
            let is_generic = classes.has(Class::OrganizationHead) || classes.has(Class::OrganizationSuffix);
            let is_common = classes.has(Class::Common) || classes.has(Class::CommonOrName);
            let skeleton = skeleton(&key);
            let consonants = consonants(&skeleton);
            parts.push(Part { is_common, skeleton, consonants, key, is_initial, is_minor, is_generic });
        }
        // "Sheikh Tamim bin Hamad": a title that the recogniser took for a part of the name tells nothing of who it is.
        if mention.entity_type == EntityType::Person {
            let titles = (mention.tokens.start..mention.tokens.end)
                .take_while(|&token| {
                    reading.classes(token).has(Class::Title) && !reading.classes(token).has(Class::GivenName)
                })
                .count();
            if titles < parts.len() {
                parts.drain(..titles);
            }
        }
        let mut form = Form { parts, joined: None };
        form.joined = form.joined_key();
        form
    }

    /// The parts that tell: not "al", not "of".
    pub fn telling(&self) -> impl DoubleEndedIterator<Item = &Part> + Clone {
        let all_minor = self.parts.iter().all(|part| part.is_minor);
        self.parts.iter().filter(move |part| all_minor || !part.is_minor)
    }

    /// The letters of a capitalised name's words, with and without the small words: "un", "uotn".
    pub fn initials(&self) -> [String; 2] {
        let letter = |part: &&Part| part.key.chars().next();
        [
            self.parts.iter().filter(|part| !part.is_minor).filter_map(|part| letter(&part)).collect(),
            self.parts.iter().filter_map(|part| letter(&part)).collect(),
        ]
    }

    /// A key that is blind to how a name is cut into words: consonants in a row without articles, "bdlrzkfhd" for Abd al-Razzaq
    /// al-Fahd and for Abdulrazzaq Fahd. None where it would be too short to tell.
    fn joined_key(&self) -> Option<String> {
        let mut row = String::with_capacity(self.parts.iter().map(|part| part.key.len() + 3).sum());
        for part in &self.parts {
            let key = part.key.as_str();
            match key {
                _ if part.is_initial => return None,
                "al" | "el" | "ul" | "il" => {}
                "abdul" | "abdel" | "abdal" | "abdol" => row.push_str("abd"),
                _ => match (key.strip_prefix("abd"), key.strip_prefix("el").or_else(|| key.strip_prefix("al"))) {
                    (Some(rest), _) if rest.len() > 4 => {
                        row.push_str("abd");
                        let article = rest.starts_with(['u', 'e', 'a', 'o']) && rest[1..].starts_with('l');
                        row.push_str(if article { &rest[2..] } else { rest });
                    }
                    (_, Some(rest)) if rest.len() >= 4 => row.push_str(rest),
                    _ => row.push_str(key),
                },
            }
        }
        let mut key = skeleton(&row);
        key.retain(|sound| !matches!(sound, 'a' | 'i' | 'u'));
        (key.chars().count() >= 6).then_some(key)
    }

    /// All letters in a row: "united nations" is "unitednations".
    pub fn letters(&self) -> String {
        let mut letters = String::with_capacity(self.parts.iter().map(|part| part.key.len()).sum());
        letters.extend(self.parts.iter().map(|part| part.key.as_str()));
        letters
    }
}
