//! One name read in one way: what the document shows to be a name in one place is one in the others.
//!
//! The recogniser reads each sentence nearly by itself. Where it found "Marine Minerals Amendment Bill" whole in one place
//! and cut or not at all in another, the whole name wins if it is the surer reading; and a name of several words, the
//! surname of somebody who is named in full, or an acronym is a mention wherever it stands again.

use super::lists::Lists;
use super::types::is_name;
use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::lexicon::{Class, Classes, Reading};
use crate::ner::Mention;
use crate::sorting::sort_by_key;
use crate::text::{Case, Text, TokenKind, TokenRange};

/// Names that begin with one word and are looked for.
const NAMES: usize = 12;
/// A name this sure is looked for elsewhere.
const SURE: f32 = 0.5;
/// How sure a repeat is.
const REPEATED: f32 = 0.55;

/// A name that is looked for.
struct Name {
    /// Where it was first found.
    tokens: TokenRange,
    /// A word that stands in lower case as well: "House".
    is_common: bool,
    entity_type: EntityType,
    kind: MentionKind,
    /// How often the recogniser found it, and how sure it was of all these together.
    found: u32,
    whole: f32,
    /// How sure it was of parts of it, where it found these instead.
    parts: f32,
    /// Where it stands and is no mention.
    missed: Vec<TokenRange>,
    /// Where parts of it are mentions.
    cut: Vec<TokenRange>,
}

/// The names with those added and mended that the rest of the document shows. Linear: a bounded number of names is tried at
/// each word.
#[inline(never)]
pub(super) fn mend(text: &Text, reading: &Reading, mut mentions: Vec<Mention>) -> Vec<Mention> {
    let mut search = Search { text, reading, names: Vec::new(), by_first: Lists::new(reading.words.len()) };
    for mention in mentions.iter().filter(|mention| is_name(mention.entity_type) && mention.confidence >= SURE) {
        search.add(mention.tokens, mention);
        if mention.entity_type == EntityType::Person && mention.tokens.len() > 1 {
            search.add(TokenRange::new(mention.tokens.end - 1, mention.tokens.end), mention);
        }
    }
    search.walk(&mentions);
    let mut added: Vec<Mention> = Vec::new();
    for name in &search.names {
        let cut = name.cut.iter().filter(|_| name.whole > name.parts);
        // What is mostly no name is none: "Hope", "House".
        let most = if name.is_common { name.found } else { 2 * name.found };
        let missed = name.missed.iter().filter(|_| name.missed.len() as u32 <= most);
        added.extend(cut.chain(missed).map(|&tokens| Mention {
            span: text.span(tokens),
            tokens,
            entity_type: name.entity_type,
            kind: name.kind,
            confidence: REPEATED,
            because: "named elsewhere",
            value: None,
        }));
    }
    if !added.is_empty() {
        sort_by_key(&mut added, |mention| mention.tokens.start);
        let mut at = 0;
        mentions.retain(|mention| {
            while at < added.len() && added[at].tokens.end <= mention.tokens.start {
                at += 1;
            }
            added.get(at).is_none_or(|new| new.tokens.start >= mention.tokens.end)
        });
        mentions.append(&mut added);
        sort_by_key(&mut mentions, |mention| mention.tokens.start);
    }
    mentions
}

const NEVER: Classes = Classes::of(Class::Title)
    .and(Classes::of(Class::Demonym))
    .and(Classes::of(Class::Group))
    .and(Classes::of(Class::Role))
    .and(Classes::of(Class::Month))
    .and(Classes::of(Class::Weekday));
/// "Parliament", "River"
pub(super) const HEADS: Classes = Classes::of(Class::OrganizationHead).and(Classes::of(Class::PlaceHead));
pub(super) const COMMON: Classes =
    Classes::of(Class::Common).and(Classes::of(Class::CommonOrName)).and(HEADS).and(NEVER);

struct Search<'a, 't> {
    text: &'a Text<'t>,
    reading: &'a Reading,
    names: Vec<Name>,
    /// Their indices, by the folded form of their first word.
    by_first: Lists<usize>,
}

impl Search<'_, '_> {
    /// Looks for this name from now on.
    fn add(&mut self, tokens: TokenRange, mention: &Mention) {
        let starts = self.text.sentence(tokens.start).tokens.start == tokens.start;
        let is_common = tokens.len() == 1 && self.reading.classes(tokens.start).any(COMMON);
        if tokens.len() == 1 && !self.tells(tokens.start) || is_common && (starts || tokens != mention.tokens) {
            return;
        }
        let first = self.folded(tokens.start);
        let words = |tokens: TokenRange| &self.reading.word_of[tokens.indices()];
        let mut known = 0;
        let is_known =
            self.by_first.of(first).inspect(|_| known += 1).any(|name| words(self.names[name].tokens) == words(tokens));
        if is_known || known == NAMES {
            return;
        }
        self.by_first.push(first, self.names.len());
        self.names.push(Name {
            tokens,
            is_common,
            entity_type: mention.entity_type,
            kind: if tokens == mention.tokens { mention.kind } else { MentionKind::Name },
            // The full name speaks for the surname.
            found: if tokens == mention.tokens { 0 } else { 3 },
            whole: 0.0,
            parts: 0.0,
            missed: Vec::new(),
            cut: Vec::new(),
        });
    }

    /// The number of a token's folded form.
    fn folded(&self, token: u32) -> usize {
        self.reading.word(token).folded.0 as usize
    }

    /// True for a word that may be a name by itself: no title, three letters or all capitals.
    fn tells(&self, token: u32) -> bool {
        let written = &self.text.tokens[token as usize];
        let letters = self.text.of(token).chars().count();
        written.kind == TokenKind::Word
            && !self.reading.classes(token).any(NEVER)
            && match written.case {
                Case::Upper => letters > 1,
                Case::Lower => false,
                _ => letters > 2,
            }
    }

    /// The longest name that stands at a token of a sentence that ends there; `in_capitals`: that is without a small letter.
    fn longest(&self, token: u32, end: u32, in_capitals: bool) -> Option<(usize, TokenRange)> {
        self.by_first
            .of(self.folded(token))
            .filter_map(|name| {
                let known = self.names[name].tokens;
                let here = TokenRange::new(token, token + known.len() as u32);
                let is_same = |(one, other): (usize, usize)| {
                    self.reading.word_of[one] == self.reading.word_of[other]
                        || (known.len() > 1 || in_capitals)
                            && self.folded(one as u32) == self.folded(other as u32)
                            && self.text.tokens[other].case == Case::Upper
                };
                (here.end <= end && known.indices().zip(here.indices()).all(is_same)).then_some((name, here))
            })
            .max_by_key(|(_, here)| here.len())
    }

    /// Looks at every place where a name stands.
    #[inline(never)]
    fn walk(&mut self, mentions: &[Mention]) {
        let mut next = 0;
        // Hardly any word begins a name.
        let words = self.reading.words.iter();
        let begins: Vec<bool> = words.map(|word| !self.by_first.is_empty(word.folded.0 as usize)).collect();
        for sentence in &self.text.sentences {
            let mut capitals = None;
            let mut token = sentence.tokens.start;
            while token < sentence.tokens.end {
                if !begins[self.reading.word_of[token as usize].0 as usize] {
                    token += 1;
                    continue;
                }
                let in_capitals = *capitals.get_or_insert_with(|| self.is_in_capitals(sentence.tokens));
                let Some((name, here)) = self.longest(token, sentence.tokens.end, in_capitals) else {
                    token += 1;
                    continue;
                };
                while next < mentions.len() && mentions[next].tokens.end <= token {
                    next += 1;
                }
                token = here.end;
                self.look_at(name, here, in_capitals, &mentions[next..]);
            }
        }
    }

    /// Looks at a place where a name stands; `mentions` are those that do not end before.
    fn look_at(&mut self, name: usize, here: TokenRange, in_capitals: bool, mentions: &[Mention]) {
        let there = || mentions.iter().take_while(|mention| mention.tokens.start < here.end);
        let sum: f32 = there().map(|mention| mention.confidence).sum();
        let is_free = there().next().is_none()
            && (in_capitals || self.is_free(here, mentions.first()))
            && (!self.names[name].is_common || self.is_inside(here.start));
        let known = &mut self.names[name];
        if there().next().is_some_and(|mention| mention.tokens == here) {
            known.found += 1;
            known.whole += sum;
        } else if is_free {
            known.missed.push(here);
        } else if there().next().is_some()
            && there().all(|mention| {
                here.start <= mention.tokens.start && mention.tokens.end <= here.end && is_name(mention.entity_type)
            })
        {
            known.parts += sum / there().count() as f32;
            known.cut.push(here);
        }
    }

    /// True for a heading in capitals, whose words' capitals tell nothing.
    fn is_in_capitals(&self, sentence: TokenRange) -> bool {
        let words = || self.text.tokens[sentence.indices()].iter().filter(|token| token.kind == TokenKind::Word);
        words().all(|token| token.case == Case::Upper) && words().count() > 2
    }

    /// True where only a name has a capital: in running text, not at the start of a sentence or quotation.
    fn is_inside(&self, token: u32) -> bool {
        let sentence = self.text.sentence(token);
        token > sentence.tokens.start
            && self.text.blocks[sentence.block as usize].kind == BlockKind::Paragraph
            && self.text.tokens[token as usize].case == Case::Title
            && (self.text.tokens[token as usize - 1].case == Case::Lower
                || self.text.tokens[token as usize - 1].kind == TokenKind::Punctuation
                    && self.text.of(token - 1) == ",")
    }

    /// True where nothing beside it makes a longer name of it. `next` is the first mention after it.
    fn is_free(&self, here: TokenRange, next: Option<&Mention>) -> bool {
        let sentence = self.text.sentence(here.start).tokens;
        let is_part = |token: u32| {
            let written = &self.text.tokens[token as usize];
            matches!(self.text.of(token), "-" | "‑" | "&" | "/" | "@" | "#")
                || written.kind == TokenKind::Word && written.case != Case::Lower && token > sentence.start
        };
        let mut before = here.start.checked_sub(1).filter(|token| sentence.holds(*token));
        // A title may stand before.
        before = before.filter(|&token| !self.reading.classes(token).has(Class::Title));
        let after =
            Some(here.end).filter(|&token| sentence.holds(token) && next.is_none_or(|next| next.tokens.start > token));
        // In a heading many words have capitals.
        let wide = here.len() > 1;
        wide || !before.is_some_and(is_part) && !after.is_some_and(is_part)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::mention;
    use super::*;
    use EntityType::{Organization, Person, Place, Work};

    /// What is a name after mending, as (text, type).
    fn mended(source: &str, names: &[(&str, usize, EntityType, f32)]) -> Vec<(String, EntityType)> {
        let text = Text::read(source);
        let mut given: Vec<Mention> = names
            .iter()
            .map(|&(name, nth, entity_type, confidence)| Mention {
                confidence,
                ..mention(&text, name, nth, entity_type)
            })
            .collect();
        given.sort_by_key(|mention| mention.span.start);
        let mended = mend(&text, &Reading::of(&text), given);
        assert!(mended.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
        mended.iter().map(|mention| (mention.span.of(source).to_owned(), mention.entity_type)).collect()
    }

    fn mended_starts(source: &str, names: &[(&str, usize, EntityType, f32)]) -> Vec<Option<u32>> {
        let text = Text::read(source);
        let given = names.iter().map(|&(name, nth, entity_type, _)| mention(&text, name, nth, entity_type)).collect();
        mend(&text, &Reading::of(&text), given).iter().map(|mention| Some(mention.span.start)).collect()
    }

    #[test]
    fn the_whole_name_wins_over_its_parts_where_it_is_surer() {
        let source = "The Marine Minerals Amendment Bill passed. They read the Marine Minerals Amendment Bill.";
        let names = |whole, part| {
            [("Marine Minerals Amendment Bill", 0, Work, whole), ("Amendment Bill", 1, Organization, part)]
        };
        let bill = |name: &str, entity_type| (name.to_owned(), entity_type);
        let whole = bill("Marine Minerals Amendment Bill", Work);
        assert_eq!(mended(source, &names(0.9, 0.6)), [whole.clone(), whole.clone()]);
        assert_eq!(mended(source, &names(0.6, 0.9)), [whole, bill("Amendment Bill", Organization)]);
    }

    #[test]
    fn a_surname_and_an_acronym_are_found_again_and_a_common_word_only_inside_a_sentence() {
        let source = "Ana Khazali of ABK met Hope. Then Khazali left ABK in hope. Hope is all that Hope needs.";
        let found =
            mended(source, &[("Ana Khazali", 0, Person, 0.9), ("ABK", 0, Organization, 0.9), ("Hope", 0, Person, 0.9)]);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Ana Khazali", "ABK", "Hope", "Khazali", "ABK", "Hope"]);
        let at = |index: usize| source.match_indices("Hope").nth(index).map(|(at, _)| at as u32);
        assert_eq!(mended_starts(source, &[("Hope", 0, Person, 0.9)]), [at(0), at(2)]);
    }

    #[test]
    fn a_heading_in_capitals_has_the_names_of_the_text() {
        let source = "ABK CLOSES IN HOPE AS KORNA CHEERS

Ana Khazali of Korna met Hope. Korna cheered.";
        let found =
            mended(source, &[("Ana Khazali", 0, Person, 0.9), ("Korna", 0, Place, 0.9), ("Hope", 0, Person, 0.9)]);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["KORNA", "Ana Khazali", "Korna", "Hope", "Korna"]);
    }

    #[test]
    fn part_of_another_name_is_no_repeat() {
        let source = "Ana Khazali spoke. The Khazali Brothers sang in Khazali-Street.";
        assert_eq!(mended(source, &[("Ana Khazali", 0, Person, 0.9)]).len(), 1);
    }
}
