//! Mentions to comparable names: parts without titles, particles and company endings.

use super::skeleton::{Key, Sounds};
use super::spellings::{Spelling, Spellings};
use crate::annotation::EntityType;
use crate::hashing::{Numbers, WordHasher};
use crate::lexicon::{Class, Classes, Reading};
use crate::ner::Mention;
use crate::text::{Text, TokenKind, TokenRange};
use std::hash::Hasher;
use std::ops::Range;

/// One word of a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// Folded letters.
    pub key: Spelling,
    /// The hash of its transliteration-blind key.
    skeleton: u64,
    /// The same without its vowels, see [`Sounds`].
    pub consonants: Consonants,
    /// The first letter.
    pub first: char,
    /// How many bytes its letters have.
    pub length: u32,
    /// Whether its skeleton, its consonants are long enough to tell it from other words.
    has_telling_skeleton: bool,
    pub has_telling_consonants: bool,
    /// "J." or "J"
    pub is_initial: bool,
    /// A hyphen joins it to the next one.
    pub is_joined: bool,
    /// "of", "and", "the", "al": tells little by itself.
    pub is_minor: bool,
    /// Stands in lower case in running text as well: "national", "apple".
    pub is_common: bool,
    /// "ministry", "group": names of one kind share it.
    pub is_generic: bool,
}

/// Sounds from which on a key tells words apart, and names.
const TELLING: usize = 3;
const TELLING_IN_ROW: usize = 6;

/// The number of a key of consonants in [`Forms`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Consonants(u32);

impl Consonants {
    /// For what is listed by consonants.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The keys of consonants that a text's names have.
struct Keys {
    numbers: Numbers,
    hashes: Vec<u64>,
}

impl Keys {
    fn add(&mut self, key: &Key) -> Consonants {
        let (hash, new) = (key.hash(), self.hashes.len() as u32);
        let number = self.numbers.find_or_add(hash, new, |known| self.hashes[known as usize] == hash);
        if number == new {
            self.hashes.push(hash);
        }
        Consonants(number)
    }
}

impl Part {
    /// How surely the two are one word: 1 for equal letters, less for a transliteration or an initial, 0 for different ones.
    pub fn similarity(&self, other: &Part) -> f32 {
        if self.key == other.key {
            return 1.0;
        }
        if self.is_initial || other.is_initial {
            return if self.first == other.first { 0.8 } else { 0.0 };
        }
        if self.skeleton == other.skeleton && self.has_telling_skeleton {
            return 0.93;
        }
        let is_long = self.length.abs_diff(other.length) <= 3 && self.has_telling_consonants;
        if is_long && self.consonants == other.consonants { 0.86 } else { 0.0 }
    }
}

/// A name as it is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Form<'f> {
    /// Its parts, in order.
    pub parts: &'f [Part],
    /// The parts that tell: not "al", not "of"; all where none does.
    pub telling: &'f [Part],
    /// All letters in a row: "united nations" is "unitednations".
    pub letters: Spelling,
    /// See [`Forms::joined_key`].
    pub joined: Option<Consonants>,
}

impl<'f> Form<'f> {
    /// The letters of a capitalised name's words: "un", or with the small words: "uotn".
    pub fn initials(self, with_minor: bool) -> impl Iterator<Item = char> + use<'f> {
        self.parts.iter().filter(move |part| with_minor || !part.is_minor).map(|part| part.first)
    }

    /// True when these are the letters of its words, with or without the small ones.
    pub fn has_initials(self, letters: impl Iterator<Item = char> + Clone) -> bool {
        self.initials(false).eq(letters.clone()) || self.initials(true).eq(letters)
    }
}

/// The number of a form in [`Forms`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct FormId(u32);

/// No form.
const NONE: FormId = FormId(u32::MAX);

/// Names that room is made for beforehand: a long text names the same things again and again.
pub(super) const ROOM: usize = 2048;

/// The forms of a text's names, each made once: a name stands in a text again and again, and so do its words.
pub(super) struct Forms<'a, 't> {
    text: &'a Text<'t>,
    reading: &'a Reading,
    /// Letters of names and of their parts.
    pub spellings: Spellings,
    keys: Keys,
    /// One more than the place in `of_words` of each distinct word of the text, 0 for those that were not asked for.
    places: Vec<u32>,
    of_words: Vec<Part>,
    /// Those of all names, one after the other.
    parts: Vec<Part>,
    outlines: Vec<Outline>,
    numbers: Numbers,
    /// The form of each mention that one was asked for by its index, [`NONE`] for the others.
    of_mentions: Vec<FormId>,
    /// A buffer.
    row: String,
}

/// What a form is made for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Person,
    /// Any other name.
    Name,
    /// A date or amount: only its letters tell.
    Amount,
}

impl Use {
    fn of(entity_type: EntityType) -> Use {
        match entity_type {
            EntityType::Person => Use::Person,
            EntityType::Date | EntityType::Money | EntityType::Percent | EntityType::Quantity => Use::Amount,
            _ => Use::Name,
        }
    }
}

/// A form, and the name that it was made of.
struct Outline {
    /// Where the name stood first.
    tokens: TokenRange,
    usage: Use,
    parts: Range<u32>,
    telling: Range<u32>,
    letters: Spelling,
    joined: Option<Consonants>,
}

impl<'a, 't> Forms<'a, 't> {
    /// None yet, with room for those of so many names.
    pub fn new(text: &'a Text<'t>, reading: &'a Reading, names: usize) -> Self {
        let names = names.min(ROOM);
        Forms {
            text,
            reading,
            spellings: Spellings::with_room(2 * names),
            keys: Keys { numbers: Numbers::with_room(2 * names), hashes: Vec::with_capacity(2 * names) },
            places: vec![0; reading.words.len()],
            of_words: Vec::with_capacity(2 * names),
            parts: Vec::with_capacity(2 * names),
            outlines: Vec::with_capacity(names),
            numbers: Numbers::with_room(names),
            of_mentions: Vec::new(),
            row: String::new(),
        }
    }

    /// A form by its number.
    pub fn get(&self, id: FormId) -> Form<'_> {
        let outline = &self.outlines[id.0 as usize];
        let parts = |range: &Range<u32>| &self.parts[range.start as usize..range.end as usize];
        Form {
            parts: parts(&outline.parts),
            telling: parts(&outline.telling),
            letters: outline.letters,
            joined: outline.joined,
        }
    }

    /// How many keys of consonants there are.
    pub fn count_of_consonants(&self) -> usize {
        self.keys.hashes.len()
    }

    /// The form of a mention, by its index as well: one step after the other asks for it.
    pub fn of_nth(&mut self, index: usize, mention: &Mention) -> FormId {
        if let Some(&id) = self.of_mentions.get(index)
            && id != NONE
            && self.outlines[id.0 as usize].usage == Use::of(mention.entity_type)
        {
            return id;
        }
        let id = self.of(mention);
        if index >= self.of_mentions.len() {
            self.of_mentions.resize(index + 1, NONE);
        }
        self.of_mentions[index] = id;
        id
    }

    /// From now on mentions have other indices.
    pub fn renumber(&mut self) {
        self.of_mentions.clear();
    }

    /// The form of a mention.
    pub fn of(&mut self, mention: &Mention) -> FormId {
        let usage = Use::of(mention.entity_type);
        // All that the form is made from: the words as they are written, and what kind of tokens they are.
        let word = |token: usize| (self.reading.word_of[token], self.text.tokens[token].kind);
        let mut hasher = WordHasher::default();
        for token in mention.tokens.indices() {
            hasher.write_u32(word(token).0.0);
        }
        hasher.write_u8(usage as u8);
        let new = self.outlines.len() as u32;
        let number = self.numbers.find_or_add(hasher.finish(), new, |known| {
            let known = &self.outlines[known as usize];
            known.usage == usage && known.tokens.indices().map(word).eq(mention.tokens.indices().map(word))
        });
        if number == new {
            let outline = match usage {
                Use::Amount => self.letters_alone(mention.tokens),
                Use::Name | Use::Person => self.outline(mention.tokens, usage),
            };
            self.outlines.push(outline);
        }
        FormId(number)
    }

    /// Tokens that are no part of a name's letters.
    fn is_sign(&self, token: u32) -> bool {
        let kind = self.text.tokens[token as usize].kind;
        matches!(kind, TokenKind::Punctuation | TokenKind::Mark | TokenKind::Clitic)
    }

    /// A form without parts.
    fn letters_alone(&mut self, tokens: TokenRange) -> Outline {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        for token in (tokens.start..tokens.end).filter(|&token| !self.is_sign(token)) {
            row.extend(self.reading.key(token).split('.'));
        }
        let letters = self.spellings.add(&row);
        self.row = row;
        Outline { tokens, usage: Use::Amount, parts: 0..0, telling: 0..0, letters, joined: None }
    }

    #[inline(never)]
    fn outline(&mut self, tokens: TokenRange, usage: Use) -> Outline {
        let is_person = usage == Use::Person;
        let mut start = self.parts.len();
        for token in tokens.start..tokens.end {
            if self.is_sign(token) {
                continue;
            }
            let mut part = self.part(token);
            // "Ben Okri", "Van Jones": a given name, where it comes first and no hyphen follows.
            if is_person
                && token == tokens.start
                && tokens.len() > 1
                && matches!(self.spellings.of(part.key), "ben" | "van" | "mac")
                && self.text.of(token + 1) != "-"
            {
                part.is_minor = false;
            }
            part.is_joined = token + 1 < tokens.end && self.text.of(token + 1) == "-";
            if part.length > 0 {
                self.parts.push(part);
            }
        }
        // "Sheikh Tamim bin Hamad": a title that the recogniser took for a part of the name tells nothing of who it is.
        if is_person {
            let is_title = |classes: Classes| classes.has(Class::Title) && !classes.has(Class::GivenName);
            let titles = (tokens.start..tokens.end).take_while(|&token| is_title(self.reading.classes(token))).count();
            if start + titles < self.parts.len() {
                start += titles;
            }
        }
        let parts = start..self.parts.len();
        let telling = self.telling(parts.clone());
        let letters = self.letters(parts.clone());
        let joined = if telling.len() > 1 { self.joined_key(parts.clone()) } else { None };
        let [parts, telling] = [parts, telling].map(|range| range.start as u32..range.end as u32);
        Outline { tokens, usage, parts, telling, letters, joined }
    }

    /// A word as a part of names; one without letters has no length.
    fn part(&mut self, token: u32) -> Part {
        let word = self.reading.word_of[token as usize].0 as usize;
        if let Some(place) = self.places[word].checked_sub(1) {
            return self.of_words[place as usize];
        }
        let part = self.make_part(token);
        self.of_words.push(part);
        self.places[word] = self.of_words.len() as u32;
        part
    }

    #[inline(never)]
    fn make_part(&mut self, token: u32) -> Part {
        let key = self.reading.key(token);
        self.row.clear();
        // Most have no full stop.
        let key = if key.as_bytes().contains(&b'.') {
            self.row.extend(key.split('.'));
            self.row.as_str()
        } else {
            key
        };
        let sounds = Sounds::of(key);
        let (skeleton, consonants) = (sounds.skeleton, sounds.consonants());
        let written = self.text.of(token);
        let classes = self.reading.classes(token);
        Part {
            key: self.spellings.add(key),
            skeleton: skeleton.hash(),
            consonants: self.keys.add(&consonants),
            first: key.chars().next().unwrap_or(' '),
            length: key.len() as u32,
            has_telling_skeleton: skeleton.length >= TELLING,
            has_telling_consonants: consonants.length >= TELLING,
            is_initial: written.chars().all(|c| c.is_uppercase() || c == '.')
                && written.chars().filter(|c| c.is_alphabetic()).count() == 1,
            is_minor: classes.has(Class::Particle)
                || matches!(
                    key,
                    "of" | "the" | "and" | "&" | "for" | "in" | "on" | "to" | "jr" | "sr" | "ii" | "iii" | "wal" | "ul"
                ),
            is_common: classes.has(Class::Common) || classes.has(Class::CommonOrName),
            is_joined: false,
            is_generic: classes.has(Class::OrganizationHead) || classes.has(Class::OrganizationSuffix),
        }
    }

    /// See [`Form::telling`]: the parts themselves where all tell or none does, else those that do once more.
    fn telling(&mut self, parts: Range<usize>) -> Range<usize> {
        let minor = self.parts[parts.clone()].iter().filter(|part| part.is_minor).count();
        if minor == 0 || minor == parts.len() {
            return parts;
        }
        let start = self.parts.len();
        for place in parts {
            let part = self.parts[place];
            if !part.is_minor {
                self.parts.push(part);
            }
        }
        start..self.parts.len()
    }

    fn letters(&mut self, parts: Range<usize>) -> Spelling {
        match &self.parts[parts] {
            [part] => part.key,
            parts => {
                self.row.clear();
                self.row.extend(parts.iter().map(|part| self.spellings.of(part.key)));
                self.spellings.add(&self.row)
            }
        }
    }

    /// The letters of some of a form's telling parts in a row.
    pub fn letters_of(&mut self, id: FormId, telling: Range<usize>) -> Spelling {
        let start = self.outlines[id.0 as usize].telling.start as usize;
        self.letters(start + telling.start..start + telling.end)
    }

    /// A key that is blind to how a name is cut into words: consonants in a row without articles, "bdlrzkfhd" for Abd al-Razzaq
    /// al-Fahd and for Abdulrazzaq Fahd. None where it would be too short to tell.
    fn joined_key(&mut self, parts: Range<usize>) -> Option<Consonants> {
        let row = &mut self.row;
        row.clear();
        for part in &self.parts[parts] {
            let key = self.spellings.of(part.key);
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
        let key = Sounds::of(row).bare;
        (key.length >= TELLING_IN_ROW).then(|| self.keys.add(&key))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::annotation::MentionKind;
    use crate::span::Span;

    /// What is to be said of two people's or organisations' names.
    pub fn compare<R>(one: &str, other: &str, compare: impl Fn(&Spellings, Form, Form) -> R) -> R {
        let source = format!("{one}\n\n{other}");
        let text = Text::read(&source);
        let reading = Reading::of(&text);
        let mut forms = Forms::new(&text, &reading, 2);
        let ids = [Span::at(0, one.len()), Span::at(one.len() + 2, source.len())].map(|span| {
            forms.of(&Mention {
                span,
                tokens: text.tokens_in(span),
                entity_type: EntityType::Person,
                kind: MentionKind::Name,
                confidence: 1.0,
                because: "test",
                value: None,
            })
        });
        compare(&forms.spellings, forms.get(ids[0]), forms.get(ids[1]))
    }

    #[test]
    fn equal_names_are_one_form_and_small_words_do_not_tell() {
        compare("Ana Ruiz", "Ana Ruiz", |_, one, other| assert_eq!(one, other));
        compare("Ben Okri", "Bank of Kenya", |_, one, other| {
            assert_eq!((one.telling.len(), other.telling.len(), other.parts.len()), (2, 2, 3));
        });
    }
}
