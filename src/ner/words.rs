//! The different words of one text, each looked at once: spelling, shape, what the lexicon knows of it, and how the text
//! writes it elsewhere. All later work is per occurrence and needs no letters.

use super::hash::{bytes, mix};
use super::lines::{Line, lines};
use super::memory::Memory;
use super::rules::meaning::{Meaning, meaning};
use crate::lexicon::{Class, Classes, Entry, Reading};
use crate::text::{Case, Text, Token, TokenKind};

/// Index of a [`Form`] in [`Words::forms`]: the lexicon's distinct words, after one for the edge of a sentence.
pub type FormId = u32;

/// Longest part of a word that is looked at, in chars; a longer "word" is data, not language.
const LONGEST: usize = 48;

/// A word as spelled.
#[derive(Clone, Debug)]
pub struct Form {
    /// Of the folded word with every digit as 0.
    pub lower: u64,
    /// What the lexicon knows of it.
    pub entry: Entry,
    /// Of the last 3 chars, lower-cased; 0 where the word is not longer than that.
    pub suffix: u64,
    /// "Khaz'ali" → of "Xx'x".
    pub short_shape: u64,
    /// What it may mean in a date or an amount.
    pub meaning: Meaning,
    /// What it is, coarsely: the row or column of the transition weights.
    pub category: Category,
    /// Index in [`Words::spellings`].
    pub spelling: u32,
    /// Chars, at most 15.
    pub length: u8,
    /// Whether it begins or goes on with a capital: where a name may be.
    pub capital: bool,
}

/// More of a word's letters, which only its own tag depends on, and not those of the words around.
pub struct Letters {
    /// Of the first 1 to 4 chars, lower-cased; 0 where the word is not longer than that.
    pub prefixes: [u64; 4],
    /// Of the last 1 to 4 chars, lower-cased; 0 where the word is not longer than that.
    pub suffixes: [u64; 4],
    /// "Khaz'ali" → of "Xxxx'xxx".
    pub shape: u64,
}

/// The coarse kind of a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Category {
    /// "ministry"
    Lower,
    /// "Ministry"
    Title,
    /// "UN"
    Upper,
    /// "iPhone"
    Mixed,
    /// "J."
    Initial,
    /// "2022"
    Number,
    /// "'s"
    Clitic,
    /// "of", "de", "for"
    Of,
    /// "and", "&"
    And,
    /// "the"
    The,
    /// "-"
    Hyphen,
    /// ","
    Comma,
    /// Quotation marks and brackets.
    Bracket,
    /// The rest.
    Other,
}

impl Category {
    /// How many there are.
    pub const COUNT: usize = 14;
}

/// How the text writes a word, whatever its case here.
#[derive(Clone, Copy, Default, Debug)]
pub struct Spelling {
    /// Occurrences without a capital.
    pub lower: u32,
    /// Occurrences with a capital where nothing but a name asks for one.
    pub capital: u32,
}

impl Spelling {
    /// 0: neither; 1: only lower-case; 2: only with a capital; 3: both.
    pub fn status(self) -> u64 {
        u64::from(self.lower > 0) + 2 * u64::from(self.capital > 0)
    }
}

/// Why a word at its place may have a capital without being a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Start {
    /// No reason.
    Inside = 0,
    /// First word of a sentence.
    Sentence = 1,
    /// After an opening mark, a colon or a dash.
    Clause = 2,
}

/// A form at a kind of place: (form, start, line) as one index into [`Words::words`].
pub type WordId = u32;

/// See [`WordId`].
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its spelling.
    pub form: FormId,
    /// Where it stands in its sentence.
    pub start: Start,
    /// What kind of line it stands in.
    pub line: Line,
    /// See [`crate::lexicon::Word::remembered`].
    pub remembered: Option<u32>,
    /// Whether it stands at one such place only.
    pub is_single: bool,
    /// See [`Form::category`].
    pub category: Category,
    /// See [`Form::capital`].
    pub capital: bool,
}

/// All words of a text.
pub struct Words<'w> {
    text: &'w Text<'w>,
    reading: &'w Reading,
    /// Every different spelling.
    pub forms: Vec<Form>,
    /// By lower-cased spelling.
    pub spellings: Vec<Spelling>,
    /// Every different form at every different kind of place; the first is the edge of a sentence.
    pub words: Vec<Word>,
    /// For each token of the text.
    pub of_token: Vec<WordId>,
}

/// What stands before the first and after the last word of a sentence.
pub const EDGE: WordId = 0;

/// How many kinds of places there are.
pub const PLACES: usize = 9;

impl Word {
    /// The number of the kind of place where it stands: 0 inside a sentence of running text.
    pub fn place(&self) -> usize {
        place(self.start, self.line)
    }
}

fn place(start: Start, line: Line) -> usize {
    start as usize * 3 + line as usize
}

impl<'w> Words<'w> {
    /// Looks at every token. Linear.
    #[inline(never)]
    pub fn read(text: &'w Text, reading: &'w Reading, memory: &mut Memory) -> Words<'w> {
        let mut buffer = Vec::new();
        let mut forms = Vec::with_capacity(reading.words.len() + 1);
        let edge = edge_form();
        forms.push(edge.clone());
        // First what is remembered, which lies far away: one form is fetched while the others are.
        let mut new = Vec::new();
        for (id, word) in (0..).zip(&reading.words) {
            let known = memory.form(word.remembered);
            if known.is_none() {
                new.push(id);
            }
            forms.push(Form { spelling: word.folded.0 + 1, ..known.unwrap_or(&edge).clone() });
        }
        for id in new {
            let word = &reading.words[id as usize];
            let token = &text.tokens[word.first as usize];
            let key = reading.word_key(crate::lexicon::WordId(id));
            let form = read_form(token, text.source, key, word.entry, &mut buffer);
            memory.remember(word.remembered, &form);
            forms[id as usize + 1] = Form { spelling: word.folded.0 + 1, ..form };
        }
        let mut spellings = vec![Spelling::default(); forms.len()];
        // Few stand at several kinds of places.
        let mut words = Vec::with_capacity(forms.len() + forms.len() / 8);
        words.push(Word {
            form: 0,
            start: Start::Inside,
            line: Line::Running,
            remembered: None,
            is_single: false,
            category: forms[0].category,
            capital: false,
        });
        let mut places: Vec<[WordId; PLACES]> = vec![[0; PLACES]; forms.len()];
        let mut of_token = Vec::with_capacity(text.tokens.len());
        let lines = lines(text);
        for (sentence, &line) in text.sentences.iter().zip(&lines) {
            let mut start = Start::Sentence;
            for index in sentence.tokens.indices() {
                let token = &text.tokens[index];
                let id = reading.word_of[index].0 + 1;
                let form = &forms[id as usize];
                let spelling = &mut spellings[form.spelling as usize];
                if token.case == Case::Lower {
                    spelling.lower += 1;
                } else if form.capital && start == Start::Inside && line == Line::Running {
                    spelling.capital += 1;
                }
                let place = &mut places[id as usize][place(start, line)];
                if *place == 0 {
                    *place = words.len() as WordId;
                    let remembered = reading.words[id as usize - 1].remembered;
                    let Form { category, capital, .. } = *form;
                    words.push(Word { form: id, start, line, remembered, is_single: true, category, capital });
                } else {
                    words[*place as usize].is_single = false;
                }
                of_token.push(*place);
                start = next_start(start, token, text.source);
            }
        }
        Words { text, reading, forms, spellings, words, of_token }
    }

    /// The word of a token.
    pub fn at(&self, token: u32) -> &Word {
        &self.words[self.of_token[token as usize] as usize]
    }

    /// The form of a word.
    pub fn form(&self, word: &Word) -> &Form {
        &self.forms[word.form as usize]
    }

    /// The form of the word with this id.
    pub fn form_of(&self, word: WordId) -> &Form {
        self.form(&self.words[word as usize])
    }

    /// The letters of a form: not kept, for few are asked for and most of these once.
    pub fn letters(&self, form: FormId) -> Letters {
        let Some(id) = form.checked_sub(1).map(crate::lexicon::WordId) else {
            return Letters { prefixes: [0; 4], suffixes: [0; 4], shape: mix(2, 0) };
        };
        let token = &self.text.tokens[self.reading.words[id.0 as usize].first as usize];
        read_letters(token, self.text.source, self.reading.word_key(id))
    }
}

/// The place of the token after this one.
fn next_start(start: Start, token: &Token, source: &str) -> Start {
    let letters = || token.span.of(source);
    let opens = match token.kind {
        TokenKind::Word | TokenKind::Clitic => return Start::Inside,
        TokenKind::Mark => true,
        TokenKind::Punctuation | TokenKind::Symbol => {
            matches!(letters(), ":" | "(" | "[" | "—" | "–" | "--" | "•" | "*" | "|" | ">")
        }
        // "3. Find the key"
        TokenKind::Number => token.span.len() < 3 && start == Start::Sentence,
        _ => false,
    };
    match start {
        Start::Sentence if opens || token.kind != TokenKind::Number && letters() != "," => Start::Sentence,
        _ if opens => Start::Clause,
        _ => Start::Inside,
    }
}

fn edge_form() -> Form {
    Form {
        lower: mix(1, 0),
        entry: Entry { classes: Classes(0), cluster: u16::MAX, coarse: u8::MAX },
        suffix: 0,
        short_shape: mix(3, 0),
        meaning: Meaning::default(),
        category: Category::Other,
        spelling: 0,
        length: 0,
        capital: false,
    }
}

/// Chars of a shape, long or short, that are looked at.
const SHAPE: usize = 12;

/// `buffer` is written over.
#[inline(never)]
fn read_form(token: &Token, source: &str, key: &str, entry: Entry, buffer: &mut Vec<u8>) -> Form {
    let Token { span, kind, case } = *token;
    let (mut shape, mut short_shape) = ([0; LONGEST], [0; SHAPE]);
    let (mut count, mut short) = (0, 0);
    for c in span.of(source).chars().take(LONGEST) {
        let sign = sign(c);
        if (count == 0 || shape[count - 1] != sign) && short < SHAPE {
            short_shape[short] = sign;
            short += 1;
        }
        shape[count] = sign;
        count += 1;
    }
    let shape = &shape[..count];
    // Punctuation folds to nothing where it is an apostrophe: its own sign says more.
    let letters = if matches!(kind, TokenKind::Mark | TokenKind::Clitic) { shape } else { key.as_bytes() };
    let lower = without_digits(letters, buffer);
    // The word is longer than its suffix.
    let suffix = match char_starts(lower).rev().nth(2) {
        Some(start @ 1..) if has_affixes(kind) => bytes(&lower[start..]),
        _ => 0,
    };
    let count = count as u8;
    Form {
        lower: bytes(if lower.is_empty() { &shape[..shape.len().min(SHAPE)] } else { lower }),
        entry,
        suffix,
        short_shape: bytes(&short_shape[..short]),
        meaning: meaning(key),
        category: category(lower, entry, kind, case, count),
        spelling: 0,
        length: count.min(15),
        capital: matches!(case, Case::Title | Case::Upper | Case::Mixed)
            && matches!(kind, TokenKind::Word | TokenKind::Hashtag | TokenKind::Number),
    }
}

fn read_letters(token: &Token, source: &str, key: &str) -> Letters {
    let mut shape = [0; SHAPE];
    let mut count = 0;
    for c in token.span.of(source).chars().take(SHAPE) {
        shape[count] = sign(c);
        count += 1;
    }
    let mut letters = Letters { prefixes: [0; 4], suffixes: [0; 4], shape: bytes(&shape[..count]) };
    if has_affixes(token.kind) {
        let mut buffer = Vec::new();
        let lower = without_digits(key.as_bytes(), &mut buffer);
        let (mut from_start, mut from_end) = (char_starts(lower).skip(1), char_starts(lower).rev());
        for n in 0..4 {
            // The word is longer than both parts.
            let (Some(end), Some(start @ 1..)) = (from_start.next(), from_end.next()) else { break };
            letters.prefixes[n] = bytes(&lower[..end]);
            letters.suffixes[n] = bytes(&lower[start..]);
        }
    }
    letters
}

fn has_affixes(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Hashtag | TokenKind::Number)
}

/// As much of a word as is looked at, with every digit as 0. `buffer` is written over.
fn without_digits<'l>(letters: &'l [u8], buffer: &'l mut Vec<u8>) -> &'l [u8] {
    let letters = &letters[..letters.len().min(4 * LONGEST)];
    if !letters.iter().any(u8::is_ascii_digit) {
        return letters;
    }
    buffer.clear();
    buffer.extend(letters.iter().map(|&byte| if byte.is_ascii_digit() { b'0' } else { byte }));
    buffer
}

/// Where the chars of UTF-8 begin.
fn char_starts(bytes: &[u8]) -> impl DoubleEndedIterator<Item = usize> {
    bytes.iter().enumerate().filter(|(_, byte)| **byte & 0xC0 != 0x80).map(|(at, _)| at)
}

/// A char in a word's shape.
fn sign(c: char) -> u8 {
    match c {
        'A'..='Z' => b'X',
        'a'..='z' => b'x',
        '0'..='9' => b'0',
        _ if c.is_ascii() => c as u8,
        _ if c.is_uppercase() => b'X',
        _ if c.is_alphabetic() => b'x',
        _ if c.is_numeric() => b'0',
        _ => plain_mark(c),
    }
}

/// All apostrophes, quotation marks and dashes as one of each.
fn plain_mark(c: char) -> u8 {
    match c {
        '’' | '‘' | '´' | 'ʼ' | 'ʻ' | '‛' | '′' | '‚' => b'\'',
        '“' | '”' | '„' | '«' | '»' | '″' => b'"',
        '–' | '—' | '‐' | '‑' | '‒' | '―' => b'-',
        _ => b'?',
    }
}

fn category(lower: &[u8], entry: Entry, kind: TokenKind, case: Case, length: u8) -> Category {
    match kind {
        TokenKind::Word => match lower {
            b"of" | b"for" if case == Case::Lower => Category::Of,
            _ if case == Case::Lower && entry.classes.has(Class::Particle) => Category::Of,
            b"and" if case == Case::Lower => Category::And,
            b"the" => Category::The,
            _ => match case {
                Case::Lower | Case::None => Category::Lower,
                Case::Upper => Category::Upper,
                Case::Title if length <= 2 && lower.ends_with(b".") || length == 1 => Category::Initial,
                Case::Title => Category::Title,
                Case::Mixed => Category::Mixed,
            },
        },
        TokenKind::Hashtag => Category::Mixed,
        TokenKind::Number => Category::Number,
        TokenKind::Clitic => Category::Clitic,
        TokenKind::Mark => Category::Bracket,
        TokenKind::Symbol if lower == b"&" => Category::And,
        TokenKind::Punctuation | TokenKind::Symbol => match lower.first() {
            Some(b',') => Category::Comma,
            Some(b'-') => Category::Hyphen,
            Some(b'(' | b')' | b'[' | b']') => Category::Bracket,
            _ => Category::Other,
        },
        TokenKind::Handle | TokenKind::Address => Category::Other,
    }
}

/// Ids of 64-bit keys, by open addressing.
#[derive(Default)]
pub struct Table {
    slots: Vec<(u64, u32)>,
    len: usize,
}

const EMPTY: u32 = u32::MAX;

impl Table {
    /// The id of `key`; `new` where it has none yet.
    pub fn entry(&mut self, key: u64, new: u32) -> u32 {
        if (self.len + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let slot = self.find(key);
        if self.slots[slot].1 == EMPTY {
            self.slots[slot] = (key, new);
            self.len += 1;
        }
        self.slots[slot].1
    }

    fn find(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (key >> 20) as usize & mask;
        while self.slots[slot].1 != EMPTY && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![(0, EMPTY); (old.len() * 2).max(256)];
        for entry in old {
            if entry.1 != EMPTY {
                let slot = self.find(entry.0);
                self.slots[slot] = entry;
            }
        }
    }
}
