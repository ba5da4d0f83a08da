//! What the text calls each thing besides its name: "minister", "tanker", "34".
//!
//! Descriptions are gathered before anything is resolved: from roles, from the common nouns in a name ("Kapuas River"), right
//! before it ("the tanker Eagle S"), in commas after it and after "is a".

use super::join::Joined;
use super::titles::Titles;
use crate::annotation::EntityType;
use crate::hashing::{WordHasher, WordMap};
use crate::lexicon::grammar::{Parts, Word};
use crate::lexicon::{Class, Reading, WordId};
use crate::ner::Mention;
use crate::text::{Case, Text, TokenKind, TokenRange};
use std::hash::Hasher;

/// Nouns remembered for one thing.
const NOUNS: usize = 24;
/// Words of its descriptions remembered for one thing.
const WORDS: usize = 64;
/// Things remembered for one noun.
const THINGS: usize = 24;

/// Where a noun for something comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Source {
    /// Its name.
    Name,
    /// A role.
    Role,
    /// A description beside its name.
    Beside,
}

/// A noun, the same for all words of one office or thing: "Gov." is a governor.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Noun(u64);

impl Noun {
    /// The noun of a folded word.
    pub fn of(key: &str) -> Noun {
        let key = key.trim_end_matches('.');
        let key = match key {
            "gov" => "governor",
            "sen" => "senator",
            "rep" | "congresswoman" | "representative" => "congressman",
            "justice" | "magistrate" => "judge",
            "pres" => "president",
            "premier" | "pm" => "prime minister",
            "prof" => "professor",
            "dr" | "physician" => "doctor",
            "capt" => "captain",
            "lt" => "lieutenant",
            "sgt" => "sergeant",
            "gen" => "general",
            "col" => "colonel",
            "supt" => "superintendent",
            "det" => "detective",
            "fr" | "father" => "priest",
            "rev" | "reverend" => "pastor",
            "amb" => "ambassador",
            "ceo" => "chief executive",
            "chairwoman" | "chairperson" | "chair" => "chairman",
            "spokeswoman" | "spokesperson" => "spokesman",
            "councilor" | "councilman" | "councilwoman" => "councillor",
            "film-maker" | "filmmaker" => "film maker",
            "organization" => "organisation",
            "centre" => "center",
            "programme" => "program",
            "theatre" => "theater",
            "harbour" => "harbor",
            _ => key,
        };
        let mut hasher = WordHasher::default();
        hasher.write(key.as_bytes());
        Noun(hasher.finish())
    }
}

/// What one thing is called.
#[derive(Clone, Default, Debug)]
struct Called {
    nouns: Vec<(Noun, Source)>,
    words: Vec<WordId>,
    ages: Vec<WordId>,
}

/// What every thing is called.
pub(super) struct Descriptions {
    by_cluster: Vec<Called>,
    by_noun: WordMap<Noun, Vec<usize>>,
}

struct Reader<'a, 't> {
    text: &'a Text<'t>,
    reading: &'a Reading,
    grammar: &'a [Word],
}

impl Descriptions {
    /// Reads the surroundings of every name. Linear: a bounded number of tokens around each.
    pub fn read(
        text: &Text,
        reading: &Reading,
        grammar: &[Word],
        names: &[Mention],
        joined: &Joined,
        titles: &Titles,
    ) -> Descriptions {
        let reader = Reader { text, reading, grammar };
        let mut descriptions =
            Descriptions { by_cluster: vec![Called::default(); joined.clusters.len()], by_noun: WordMap::default() };
        for (index, mention) in names.iter().enumerate() {
            let cluster = joined.cluster_of[index];
            for role in &titles.roles[index] {
                let head = role_head(reading, *role);
                descriptions.add(reading, cluster, head, Source::Role);
                for token in role.start..role.end {
                    descriptions.add_word(reading, cluster, token);
                }
            }
            if mention.entity_type != EntityType::Person {
                for token in mention.tokens.start..mention.tokens.end {
                    descriptions.add_word(reading, cluster, token);
                    let classes = reading.classes(token);
                    let heads = [Class::OrganizationHead, Class::PlaceHead, Class::WorkHead, Class::EventHead];
                    // In a name of one word, that word is the name: "Treasury" may well be "the treasury".
                    if heads.into_iter().any(|class| classes.has(class))
                        || token + 1 == mention.tokens.end && classes.has(Class::Common) && mention.tokens.len() > 1
                    {
                        descriptions.add(reading, cluster, token, Source::Name);
                    }
                }
            }
            reader.before(mention).into_iter().for_each(|noun| {
                descriptions.add(reading, cluster, noun, Source::Beside);
            });
            for phrase in reader.after(mention) {
                for token in phrase.start..phrase.end {
                    descriptions.add_word(reading, cluster, token);
                }
                descriptions.add(reading, cluster, phrase.end - 1, Source::Beside);
            }
            if let Some(age) = reader.age(mention) {
                let ages = &mut descriptions.by_cluster[cluster].ages;
                if ages.len() < 4 {
                    ages.push(reading.word(age).folded);
                }
            }
        }
        descriptions
    }

    fn add(&mut self, reading: &Reading, cluster: usize, noun: u32, source: Source) {
        self.add_word(reading, cluster, noun);
        let word = Noun::of(reading.key(noun));
        let called = &mut self.by_cluster[cluster];
        if called.nouns.len() < NOUNS && !called.nouns.iter().any(|(known, _)| *known == word) {
            called.nouns.push((word, source));
            let things = self.by_noun.entry(word).or_default();
            if things.len() < THINGS {
                things.push(cluster);
            }
        }
    }

    fn add_word(&mut self, reading: &Reading, cluster: usize, token: u32) {
        let word = reading.word(token).folded;
        let words = &mut self.by_cluster[cluster].words;
        if words.len() < WORDS && !words.contains(&word) {
            words.push(word);
        }
    }

    /// The clusters that a noun describes, a bounded number.
    pub fn called(&self, noun: Noun) -> &[usize] {
        self.by_noun.get(&noun).map_or(&[], Vec::as_slice)
    }

    /// Where the noun for this cluster comes from.
    pub fn source(&self, cluster: usize, noun: Noun) -> Option<Source> {
        self.by_cluster[cluster].nouns.iter().find(|(known, _)| *known == noun).map(|(_, source)| *source)
    }

    /// True when the text tells a role of the cluster.
    pub fn has_role(&self, cluster: usize) -> bool {
        self.by_cluster[cluster].nouns.iter().any(|(_, source)| *source == Source::Role)
    }

    /// True when the word stands in a description of the cluster, or in its name.
    pub fn has_word(&self, cluster: usize, word: WordId) -> bool {
        self.by_cluster[cluster].words.contains(&word)
    }

    /// True when the text gives this age.
    pub fn has_age(&self, cluster: usize, age: WordId) -> bool {
        self.by_cluster[cluster].ages.contains(&age)
    }

    /// True when the text gives any age.
    pub fn has_any_age(&self, cluster: usize) -> bool {
        !self.by_cluster[cluster].ages.is_empty()
    }
}

/// The noun that a role is about: the last word before "of", "for" and the like.
pub(super) fn role_head(reading: &Reading, role: TokenRange) -> u32 {
    let end = (role.start + 1..role.end)
        .find(|&token| matches!(reading.key(token), "of" | "for" | "at" | "in" | "with" | "to" | "on" | "from"))
        .unwrap_or(role.end);
    end - 1
}

impl Reader<'_, '_> {
    fn parts(&self, token: u32) -> Parts {
        self.grammar[token as usize].parts
    }

    /// A lower-case word that can be a noun.
    fn is_noun(&self, token: u32) -> bool {
        let parts = self.parts(token);
        let closed = Parts::CLOSED.and(Parts::TIME);
        let token_of = &self.text.tokens[token as usize];
        token_of.kind == TokenKind::Word
            && token_of.case == Case::Lower
            && self.text.of(token).len() > 2
            && !parts.is(closed)
            && (!parts.is(Parts::VERB.and(Parts::ADVERB)) || parts.is(Parts::ALSO_NOUN))
    }

    /// "the tanker Eagle S", "the film “Untwined”", "a study titled “Open Doors”", "the company, Milestone,".
    fn before(&self, mention: &Mention) -> Option<u32> {
        if mention.entity_type == EntityType::Person {
            return None; // Titles are read elsewhere.
        }
        let sentence = self.text.sentence(mention.tokens.start).tokens;
        let (start, end) = (sentence.start, mention.tokens.end);
        let mut token = mention.tokens.start.checked_sub(1).filter(|token| sentence.holds(*token))?;
        if token > start && self.text.tokens[token as usize].kind == TokenKind::Mark {
            token -= 1;
        }
        if token > start && matches!(self.reading.key(token), "titled" | "entitled" | "called" | "named" | "dubbed") {
            token -= 1;
            if token > start && self.text.of(token) == "," {
                token -= 1;
            }
        } else if token > start && self.text.of(token) == "," && end < sentence.end && self.text.of(end) == "," {
            token -= 1;
        }
        (token > start && self.is_noun(token) && self.names(token, mention.entity_type)).then_some(token)
    }

    /// True when the noun can be for something of this type, or for nothing that is known.
    fn names(&self, token: u32, entity_type: EntityType) -> bool {
        let types = super::nouns::types(self.reading, token);
        !types.is_any() || types.has(entity_type)
    }

    /// "Eagle S, a tanker registered in", "Ruiz is a singer from".
    fn after(&self, mention: &Mention) -> Vec<TokenRange> {
        let end = self.text.sentence(mention.tokens.start).tokens.end;
        let mut phrases = Vec::new();
        let mut token = mention.tokens.end;
        if token + 2 >= end {
            return phrases;
        }
        // "Ruiz, 34, a singer": the age is stepped over.
        if self.text.of(token) == "," && self.text.tokens[token as usize + 1].kind == TokenKind::Number {
            token += 2;
        }
        let opens = token + 2 < end
            && (matches!(self.text.of(token), "," | "(" | "—" | "–" | "--")
                || matches!(self.reading.key(token), "is" | "was" | "became"));
        if opens && matches!(self.reading.key(token + 1), "a" | "an" | "the") {
            phrases.extend(self.phrase(token + 2, end, mention.entity_type));
        }
        phrases
    }

    /// The noun phrase without its determiner, up to its head: the last noun before anything else.
    fn phrase(&self, start: u32, end: u32, entity_type: EntityType) -> Option<TokenRange> {
        let mut head = None;
        for token in start..end.min(start + 7) {
            if self.is_noun(token) {
                head = Some(token);
                continue;
            }
            let parts = self.parts(token);
            let goes_on = self.text.of(token) == "-"
                || self.text.tokens[token as usize].case != Case::Lower
                    && self.text.tokens[token as usize].kind == TokenKind::Word
                || parts.is(Parts::ADVERB.and(Parts::PARTICIPLE).and(Parts::GERUND)) && head.is_none();
            if !goes_on {
                break;
            }
        }
        let head = head?;
        self.names(head, entity_type).then_some(TokenRange::new(start, head + 1))
    }

    /// "Ruiz, 34,", "34-year-old Ruiz", "Ruiz (34)".
    fn age(&self, mention: &Mention) -> Option<u32> {
        if mention.entity_type != EntityType::Person {
            return None;
        }
        let sentence = self.text.sentence(mention.tokens.start).tokens;
        let is_number = |token: u32| {
            sentence.holds(token)
                && self.text.tokens[token as usize].kind == TokenKind::Number
                && self.text.of(token).len() <= 3
        };
        let after = mention.tokens.end + 1;
        if is_number(after) && matches!(self.text.of(after - 1), "," | "(") {
            let closes = after + 1 >= sentence.end || matches!(self.text.of(after + 1), "," | ")" | "." | ";");
            return closes.then_some(after);
        }
        // "34-year-old" up to five tokens before the name.
        let from = mention.tokens.start.saturating_sub(9).max(sentence.start);
        (from..mention.tokens.start)
            .find(|&token| {
                is_number(token) && token + 2 < mention.tokens.start && self.reading.key(token + 2) == "year"
            })
            .filter(|token| token + 4 < mention.tokens.start && self.reading.key(token + 4) == "old")
    }
}
