//! Reporting verbs and phrases with their frames. The list is `sources/cues.txt`; its head explains the format.

use super::grammar::{Parts, inflect, lines};
use crate::hashing::{WordMap, hash, stable};
use crate::sorting::sort_by_key;
use std::sync::OnceLock;

/// Index of a reporting expression.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CueId(pub u16);

/// What a reporting expression can take.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Frames(u16);

macro_rules! frames {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $source:literal;)*) => {
        impl Frames {
            $($(#[$doc])* pub const $name: Frames = Frames(1 << $bit);)*

            fn from_name(name: &str) -> Option<Frames> {
                match name {
                    $($source => Some(Frames::$name),)*
                    _ => None,
                }
            }
        }
    };
}

frames! {
    /// Words in quotation marks.
    QUOTE = 0, "quote";
    /// A clause after "that".
    THAT = 1, "that";
    /// A clause of its own.
    BARE = 2, "bare";
    /// The clause may come first.
    AFTER = 3, "after";
    /// An addressee before the clause.
    WHOM = 4, "whom";
    /// A question as its clause.
    WH = 5, "wh";
    /// An infinitive as the words reported.
    TO = 6, "to";
    /// An addressee and an infinitive.
    WHOM_TO = 7, "whom-to";
    /// "as" and a description.
    AS = 8, "as";
    /// An object.
    THING = 9, "thing";
    /// A sound or gesture.
    MANNER = 10, "manner";
    /// A thought.
    MIND = 11, "mind";
    /// Reports a post.
    POST = 12, "post";
    /// Reports something written.
    DOCUMENT = 13, "document";
}

impl Frames {
    /// The frames of either.
    pub const fn and(self, other: Frames) -> Frames {
        Frames(self.0 | other.0)
    }

    /// True when at least one of `frames` is among these.
    pub const fn has(self, frames: Frames) -> bool {
        self.0 & frames.0 != 0
    }
}

/// A reporting verb or phrase.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CueEntry {
    /// Its dictionary form: "point out".
    pub lemma: &'static str,
    /// The number of the lemma: [`stable`].
    pub number: u32,
    /// What it can take.
    pub frames: Frames,
    particles: [u32; MOST_PARTICLES],
    /// How many particles there are.
    count: u8,
    /// The entries with the same first word: its first one, and one past its last.
    alternatives: (u16, u16),
}

/// Words of an entry after its first one.
const MOST_PARTICLES: usize = 3;

impl CueEntry {
    /// The numbers of the words after the first one.
    pub fn particles(&self) -> &[u32] {
        &self.particles[..usize::from(self.count)]
    }
}

#[derive(Default)]
struct Cues {
    /// Those with one first word side by side, longest first.
    entries: Vec<CueEntry>,
    /// The first word of each entry, and its past and participle where they are irregular.
    verbs: Vec<[Option<&'static str>; 3]>,
}

fn table() -> &'static Cues {
    static CUES: OnceLock<Cues> = OnceLock::new();
    CUES.get_or_init(|| {
        let mut lines: Vec<Line> = lines(include_str!("sources/cues.txt")).map(Line::read).collect();
        // Verbs in the order of their first lines, by the hash of each: these are few, and no two have the same.
        let mut verbs: WordMap<u64, u16> = WordMap::default();
        for line in &mut lines {
            let next = verbs.len() as u16;
            line.verb = *verbs.entry(hash(line.forms[0].unwrap_or_default())).or_insert(next);
        }
        sort_by_key(&mut lines, |line| (line.verb, std::cmp::Reverse(line.entry.count)));
        let mut cues = Cues::default();
        let mut start = 0;
        for same in lines.chunk_by(|one, other| one.verb == other.verb) {
            let alternatives = (start, start + same.len() as u16);
            cues.entries.extend(same.iter().map(|line| CueEntry { alternatives, ..line.entry.clone() }));
            cues.verbs.extend(same.iter().map(|line| line.forms));
            start = alternatives.1;
        }
        cues
    })
}

/// A line of the list.
struct Line {
    entry: CueEntry,
    forms: [Option<&'static str>; 3],
    /// The number of its first word.
    verb: u16,
}

impl Line {
    #[inline(never)]
    fn read(line: &'static str) -> Line {
        let (lemma, rest) = match line.split_once('(') {
            Some((lemma, rest)) => (lemma.trim(), rest),
            // Without irregular forms the lemma ends at the run of spaces before the frames.
            None => line.split_once("  ").map_or((line, ""), |(lemma, frames)| (lemma.trim(), frames)),
        };
        let (irregular, frames) = match rest.split_once(')') {
            Some((irregular, frames)) => (irregular, frames),
            None => ("", rest),
        };
        // One form, two separated by a space, or phrases separated by commas: only first words are inflected.
        let mut irregular = if irregular.contains(',') || lemma.contains(' ') {
            irregular.split(',').filter_map(first_word).collect::<Vec<_>>()
        } else {
            irregular.split_ascii_whitespace().collect()
        }
        .into_iter();
        let past = irregular.next();
        let participle = irregular.next().or(past);
        let mut words = lemma.split(' ');
        let forms = [words.next(), past, participle];
        let (mut particles, mut count) = ([0; MOST_PARTICLES], 0);
        for (number, word) in particles.iter_mut().zip(words) {
            *number = stable(word);
            count += 1;
        }
        let frames = frames.split_ascii_whitespace().filter_map(Frames::from_name);
        let frames = frames.fold(Frames::default(), Frames::and);
        let entry = CueEntry { lemma, number: stable(lemma), frames, particles, count, alternatives: (0, 0) };
        Line { entry, forms, verb: 0 }
    }
}

fn first_word(phrase: &str) -> Option<&str> {
    phrase.split_ascii_whitespace().next()
}

/// Calls `visit` with the first words of all reporting expressions, in all their forms, in order of entry.
pub(super) fn forms(visit: &mut dyn FnMut(&str, Parts, CueId)) {
    for (id, &[verb, past, participle]) in table().verbs.iter().enumerate() {
        // "labelled" and "labeled" are two lines of one verb.
        inflect(verb.unwrap_or_default(), past, participle, &mut |form, class| {
            visit(form, class, CueId(id as u16));
        });
    }
}

/// The entry.
pub fn entry(id: CueId) -> &'static CueEntry {
    &table().entries[id.0 as usize]
}

/// Number of reporting expressions.
pub fn count() -> usize {
    table().entries.len()
}

/// The entries that start with the same verb as `id`, longest first.
pub fn starting_with(id: CueId) -> &'static [CueEntry] {
    let (start, end) = entry(id).alternatives;
    &table().entries[usize::from(start)..usize::from(end)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::grammar::Grammar;

    #[test]
    fn at_least_three_hundred_expressions() {
        let mut lemmas: Vec<_> = table().entries.iter().map(|entry| entry.lemma).collect();
        lemmas.sort_unstable();
        lemmas.dedup();
        assert!(lemmas.len() >= 300, "{}", lemmas.len());
    }

    #[test]
    fn no_expression_is_cut_short() {
        for entry in &table().entries {
            assert_eq!(entry.particles().len(), entry.lemma.split(' ').count() - 1, "{}", entry.lemma);
        }
    }

    #[test]
    fn every_expression_has_a_frame() {
        for entry in &table().entries {
            assert_ne!(entry.frames, Frames::default(), "{}", entry.lemma);
        }
    }

    #[test]
    fn a_phrase_is_found_by_any_form_of_its_verb() {
        for (form, lemma) in [
            ("pointed", "point out"),
            ("went", "go on"),
            ("said", "say"),
            ("labelled", "label"),
            ("making", "make clear"),
        ] {
            let first = Grammar::get().look_up(form).cue.expect(form);
            assert!(starting_with(first).iter().any(|entry| entry.lemma == lemma), "{form}");
        }
    }
}
