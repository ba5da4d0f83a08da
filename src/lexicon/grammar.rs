//! Parts of speech of English function words and verbs: enough grammar to find subjects and clauses around a reporting verb.
//!
//! The sources are the readable lists in `sources/`; the table is built once, on first use.

use super::cues::{self, CueId};
use std::sync::OnceLock;

/// A set of parts of speech, finer than a school's; a word may be several.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Parts(pub u32);

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $source:literal;)*) => {
        impl Parts {
            $($(#[$doc])* pub const $name: Parts = Parts(1 << $bit);)*

            /// The class of this name in `sources/function-words.txt`.
            fn from_name(name: &str) -> Option<Parts> {
                match name {
                    $($source => Some(Parts::$name),)*
                    _ => None,
                }
            }
        }
    };
}

parts! {
    /// "the", "some", "three"
    DETERMINER = 0, "determiner";
    /// "his"
    POSSESSIVE = 1, "possessive";
    /// "he"
    SUBJECT = 2, "subject";
    /// "him"
    OBJECT = 3, "object";
    /// "someone", "many": stands for a noun phrase
    PRONOUN = 4, "pronoun";
    /// "who"
    RELATIVE = 5, "relative";
    /// "of"
    PREPOSITION = 6, "preposition";
    /// "and"
    CONJUNCTION = 7, "conjunction";
    /// "because"
    SUBORDINATOR = 8, "subordinator";
    /// Forms of "be"
    BE = 9, "be";
    /// Forms of "have"
    HAVE = 10, "have";
    /// Forms of "do"
    DO = 11, "do";
    /// "would"
    MODAL = 12, "modal";
    /// "not", "didn't"
    NEGATION = 13, "negation";
    /// "also"; words in -ly count as well
    ADVERB = 14, "adverb";
    /// "Tuesday", "week"
    TIME = 15, "time";
    /// "dozen"
    NUMBER = 16, "number";
    /// "official": a noun for who may speak
    SPEAKER = 17, "speaker";
    /// "statement": a noun for what may be read
    DOCUMENT = 18, "document";
    /// "tweet"
    POST = 19, "post";
    /// "claim": a noun that takes a reported clause
    REPORT = 20, "report";
    /// "novel": a noun before a title in quotation marks
    WORK = 21, "work";
    /// "term": a noun or verb before a word as a word
    WORD = 22, "word";
    /// "Mr"
    TITLE = 23, "title";
    /// The form that stands after "to": "go"
    BASE = 24, "base form";
    /// "goes"
    THIRD = 25, "third person";
    /// "went"
    PAST = 26, "past";
    /// "gone"
    PARTICIPLE = 27, "participle";
    /// "going"
    GERUND = 28, "gerund";
    /// A verb that is a noun just as often: "report"
    ALSO_NOUN = 29, "also noun";
    /// A noun by its ending: "-tion"
    NOUN = 30, "noun-ending";
}

impl Parts {
    /// Any form of a full verb.
    pub const VERB: Parts =
        Parts(Parts::BASE.0 | Parts::THIRD.0 | Parts::PAST.0 | Parts::PARTICIPLE.0 | Parts::GERUND.0);
    /// "be", "have", "do", "would"
    pub const AUXILIARY: Parts = Parts(Parts::BE.0 | Parts::HAVE.0 | Parts::DO.0 | Parts::MODAL.0);

    /// The closed classes: words that no noun phrase has as its noun or adjective.
    pub const CLOSED: Parts = Parts(
        Parts::DETERMINER.0
            | Parts::POSSESSIVE.0
            | Parts::SUBJECT.0
            | Parts::OBJECT.0
            | Parts::PRONOUN.0
            | Parts::RELATIVE.0
            | Parts::PREPOSITION.0
            | Parts::CONJUNCTION.0
            | Parts::SUBORDINATOR.0
            | Parts::AUXILIARY.0
            | Parts::NEGATION.0,
    );

    /// True when the word can be one of `parts`.
    pub const fn is(self, parts: Parts) -> bool {
        self.0 & parts.0 != 0
    }

    /// The parts of either.
    pub const fn and(self, other: Parts) -> Parts {
        Parts(self.0 | other.0)
    }

    /// The word's parts, less these.
    pub const fn without(self, other: Parts) -> Parts {
        Parts(self.0 & !other.0)
    }
}

/// What the grammar knows of one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// What it can be.
    pub parts: Parts,
    /// A reporting expression that starts with it; [`cues::starting_with`] gives all.
    pub cue: Option<CueId>,
}

impl Word {
    /// True when the word can be one of `parts`.
    pub const fn is(self, parts: Parts) -> bool {
        self.parts.is(parts)
    }
}

/// An open-addressing table from lower-case words to what is known of them.
pub struct Grammar {
    /// Open addressing; 0 for an empty slot, else [`TAG`] bits of the word's hash over one more than its place in `words`, so that
    /// a word that is not there is seldom compared with another.
    slots: Vec<u32>,
    words: Vec<Known>,
    /// Those of all words, one after the other.
    letters: String,
}

/// A word of the table.
struct Known {
    /// Where its letters begin.
    start: u32,
    /// How many bytes they have.
    length: u32,
    word: Word,
}

/// Bits of the hash in a slot.
const TAG: u32 = 18;

/// No word of the lists is longer, in bytes.
const LONGEST: usize = 24;

impl Grammar {
    /// The one table.
    pub fn get() -> &'static Grammar {
        static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
        GRAMMAR.get_or_init(Grammar::build)
    }

    fn build() -> Grammar {
        let (words, letters) = (Vec::with_capacity(6000), String::with_capacity(50_000));
        let mut grammar = Grammar { slots: vec![0; 1 << 14], words, letters };
        for line in lines(include_str!("sources/function-words.txt")) {
            let Some((class, words)) = line.split_once(':') else { continue };
            let Some(class) = Parts::from_name(class) else { continue };
            // Endings are tested on the word itself.
            if class != Parts::NOUN {
                for word in words.split_ascii_whitespace() {
                    grammar.add(word, class, None);
                }
            }
        }
        for line in lines(include_str!("sources/verbs.txt")) {
            line.split_ascii_whitespace().for_each(|entry| grammar.add_verb(entry));
        }
        cues::forms(&mut |form, class, cue| grammar.add(form, class, Some(cue)));
        grammar
    }

    /// Adds a verb of the list in all its forms: "put(put)*".
    #[inline(never)]
    fn add_verb(&mut self, entry: &str) {
        let (entry, noun) = match entry.strip_suffix('*') {
            Some(entry) => (entry, Parts::ALSO_NOUN),
            None => (entry, Parts(0)),
        };
        let (lemma, irregular) = match entry.split_once('(') {
            Some((lemma, forms)) => (lemma, forms.trim_end_matches(')')),
            None => (entry, ""),
        };
        let mut irregular = irregular.split(',').filter(|form| !form.is_empty());
        let past = irregular.next();
        inflect(lemma, past, irregular.next().or(past), &mut |form, class| {
            let noun = if class.is(Parts::BASE) || class.is(Parts::THIRD) { noun } else { Parts(0) };
            self.add(form, class.and(noun), None);
        });
    }

    fn add(&mut self, word: &str, parts: Parts, cue: Option<CueId>) {
        let hash = hash(word.as_bytes());
        let mut slot = hash as usize & (self.slots.len() - 1);
        loop {
            match self.slots[slot] {
                0 => {
                    let (start, length) = (self.letters.len() as u32, word.len() as u32);
                    self.letters.push_str(word);
                    self.words.push(Known { start, length, word: Word { parts, cue } });
                    self.slots[slot] = tag(hash) | self.words.len() as u32;
                    return;
                }
                filled if tag(filled) == tag(hash) && self.spelt(place(filled)) == word.as_bytes() => {
                    let entry = &mut self.words[place(filled)].word;
                    entry.parts = entry.parts.and(parts);
                    entry.cue = entry.cue.or(cue);
                    return;
                }
                _ => {}
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The letters of a word of the table.
    fn spelt(&self, place: usize) -> &[u8] {
        let Known { start, length, .. } = self.words[place];
        &self.letters.as_bytes()[start as usize..][..length as usize]
    }

    /// What is known of a word, in any case.
    pub fn look_up(&self, word: &str) -> Word {
        if word.len() > LONGEST {
            return Word::default();
        }
        let mut lower = [0; LONGEST];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        let hash = hash(lower);
        let mut slot = hash as usize & (self.slots.len() - 1);
        while self.slots[slot] != 0 {
            let filled = self.slots[slot];
            if tag(filled) == tag(hash) && self.spelt(place(filled)) == lower {
                return self.words[place(filled)].word;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        // Endings: "-ly", and verbs that no list holds.
        let mut parts = Parts(0);
        if lower.len() > 4 {
            if lower.ends_with(b"ly") {
                parts = Parts::ADVERB;
            } else if lower.ends_with(b"ed") {
                parts = Parts::PAST.and(Parts::PARTICIPLE);
            } else if lower.ends_with(b"ing") && lower.len() > 5 {
                parts = Parts::GERUND;
            } else if [&b"tion"[..], b"sion", b"ment", b"ness", b"ity", b"ship", b"ism", b"ance", b"ence"]
                .iter()
                .any(|ending| lower.ends_with(ending))
            {
                parts = Parts::NOUN;
            }
        }
        Word { parts, cue: None }
    }
}

pub(super) fn lines(source: &str) -> impl Iterator<Item = &str> {
    source.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The part of a hash that is kept in a slot.
fn tag(hash: u32) -> u32 {
    hash >> (32 - TAG) << (32 - TAG)
}

/// The place in `words` that a slot names.
fn place(slot: u32) -> usize {
    (slot << TAG >> TAG) as usize - 1
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u32 {
    let hash = bytes.iter().fold(0x811c_9dc5_u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^ (hash >> 15)
}

/// All forms of a verb, each with its class.
#[inline(never)]
pub(super) fn inflect(lemma: &str, past: Option<&str>, participle: Option<&str>, form: &mut dyn FnMut(&str, Parts)) {
    form(lemma, Parts::BASE);
    let bytes = lemma.as_bytes();
    let last = bytes.last().copied().unwrap_or(b'e');
    let consonant_y = last == b'y' && bytes.len() > 1 && !is_vowel(bytes[bytes.len() - 2]);
    let stem = &lemma[..lemma.len().saturating_sub(1)];
    let mut whole = String::with_capacity(lemma.len() + 4);
    let mut join = |parts: [&str; 3], class: Parts| {
        whole.clear();
        whole.extend(parts);
        form(&whole, class);
    };
    let third = match lemma {
        "be" => ["is", "", ""],
        "have" => ["has", "", ""],
        _ if consonant_y => [stem, "ies", ""],
        _ if lemma.ends_with("sh") || lemma.ends_with("ch") || matches!(last, b's' | b'x' | b'z' | b'o') => {
            [lemma, "es", ""]
        }
        _ => [lemma, "s", ""],
    };
    join(third, Parts::THIRD);
    let regular = match last {
        b'e' => [lemma, "d", ""],
        _ if consonant_y => [stem, "ied", ""],
        _ => [lemma, "ed", ""],
    };
    join(past.map_or(regular, |past| [past, "", ""]), Parts::PAST);
    join(participle.map_or(regular, |participle| [participle, "", ""]), Parts::PARTICIPLE);
    // "admitted" tells that "admitting" doubles its consonant; "putting" and "running" do so by their shape.
    let doubled = past.is_some_and(|past| past.len() == lemma.len() + 3 && past.ends_with("ed"))
        || past.is_some()
            && bytes.len() <= 5
            && is_short_syllable(bytes)
            && !past.is_some_and(|past| past.ends_with("ed"));
    let gerund = if let Some(stem) = lemma.strip_suffix("ie") {
        [stem, "ying", ""]
    } else if last == b'e' && !lemma.ends_with("ee") && lemma.len() > 2 {
        [stem, "ing", ""]
    } else if doubled {
        [lemma, &lemma[stem.len()..], "ing"]
    } else {
        [lemma, "ing", ""]
    };
    join(gerund, Parts::GERUND);
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Consonant, one vowel, one consonant other than w, x, y: "run", "cut", "begin".
fn is_short_syllable(bytes: &[u8]) -> bool {
    let n = bytes.len();
    n >= 3
        && !is_vowel(bytes[n - 1])
        && !matches!(bytes[n - 1], b'w' | b'x' | b'y')
        && is_vowel(bytes[n - 2])
        && !is_vowel(bytes[n - 3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_all_their_forms() {
        let grammar = Grammar::get();
        for (form, class) in [
            ("says", Parts::THIRD),
            ("said", Parts::PAST),
            ("admitting", Parts::GERUND),
            ("Denied", Parts::PARTICIPLE),
            ("written", Parts::PARTICIPLE),
            ("putting", Parts::GERUND),
            ("begun", Parts::PARTICIPLE),
            ("flees", Parts::THIRD),
            ("seeing", Parts::GERUND),
            ("teaches", Parts::THIRD),
        ] {
            assert!(grammar.look_up(form).is(class), "{form}");
        }
        assert!(grammar.look_up("tweeted").cue.is_some());
        assert!(grammar.look_up("ship").cue.is_none());
    }

    #[test]
    fn words_of_no_list_are_read_by_their_ending() {
        let grammar = Grammar::get();
        assert!(grammar.look_up("zealously").is(Parts::ADVERB));
        assert_eq!(grammar.look_up("زعيم"), Word::default());
    }
}
