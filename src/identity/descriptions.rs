//! What the text calls each thing besides its name: "minister", "tanker", "34".
//!
//! Descriptions are gathered before anything is resolved: from roles, from the common nouns in a name ("Kapuas River"), right
//! before it ("the tanker Eagle S"), in commas after it and after "is a".

use super::countries;
use super::join::Joined;
use super::lists::Lists;
use super::nouns::{Noun, Vocabulary};
use super::titles::Titles;
use crate::annotation::EntityType;
use crate::hashing::WordMap;
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Class, Classes, Reading, WordId};
use crate::ner::Mention;
use crate::text::{Case, Text, TokenKind, TokenRange};

/// Nouns remembered for one thing.
const NOUNS: usize = 24;
/// Words of its descriptions remembered for one thing.
const WORDS: usize = 64;
/// Ages remembered for one thing.
const AGES: usize = 4;
/// Names that one thing belongs to, remembered for it.
const OWNERS: usize = 12;
/// Things remembered for one noun.
const THINGS: usize = 24;

/// Where a noun for something comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Source {
    /// Its name.
    Name,
    /// A role.
    Role,
    /// What a role is one kind of.
    Wide,
    /// A description beside its name.
    Beside,
}

/// What every thing is called.
pub(super) struct Descriptions {
    /// By cluster.
    nouns: Lists<(Noun, Source)>,
    words: Lists<WordId>,
    ages: Lists<WordId>,
    /// The clusters of the names in its descriptions: Norland for "the president of Norland", "Norland's president".
    owners: Lists<usize>,
    /// What somebody is of one of alone: the number of the country that each cluster is, or whose people; or that of a party.
    nations: Vec<Option<u32>>,
    /// Whether somebody has an office that one person holds.
    offices: Vec<bool>,
    /// The ranks by which a noun is somebody's role, and whether it was that before.
    ranks: Lists<(Noun, Rank, bool)>,
    /// The clusters that each noun is for, by the number in `numbers`.
    things: Lists<usize>,
    numbers: WordMap<Noun, usize>,
}

struct Reader<'a, 't> {
    text: &'a Text<'t>,
    reading: &'a Reading,
    vocabulary: &'a Vocabulary<'a>,
}

/// Words for what something is.
const HEADS: Classes = Classes::of(Class::OrganizationHead)
    .and(Classes::of(Class::PlaceHead))
    .and(Classes::of(Class::WorkHead))
    .and(Classes::of(Class::EventHead));

/// Puts a value at the end of a list unless it is there or the list is full; tells whether it did.
fn push_new<T: Copy>(lists: &mut Lists<T>, list: usize, value: T, most: usize, is_it: impl Fn(&T) -> bool) -> bool {
    let mut count = 0;
    let is_new = !lists.of(list).inspect(|_| count += 1).any(|known| is_it(&known)) && count < most;
    if is_new {
        lists.push(list, value);
    }
    is_new
}

impl Descriptions {
    /// Reads the surroundings of every name. Linear: a bounded number of tokens around each.
    #[inline(never)]
    pub fn read(
        text: &Text,
        reading: &Reading,
        vocabulary: &Vocabulary,
        names: &[Mention],
        joined: &Joined,
        titles: &Titles,
    ) -> Descriptions {
        let reader = Reader { text, reading, vocabulary };
        let count = joined.clusters.len();
        let mut descriptions = Descriptions {
            nouns: Lists::new(count),
            words: Lists::new(count),
            ages: Lists::new(0),
            owners: Lists::new(count),
            nations: vec![None; count],
            offices: vec![false; count],
            ranks: Lists::new(0),
            things: Lists::new(0),
            numbers: WordMap::default(),
        };
        for (index, mention) in names.iter().enumerate() {
            let cluster = joined.cluster_of[index];
            let nation = &mut descriptions.nations[cluster];
            *nation = nation.or_else(|| reader.nation(mention, cluster));
            let add_owners = |descriptions: &mut Descriptions, phrase: TokenRange| {
                for owner in reader.names_in(names, phrase).filter(|&owner| owner != index) {
                    let owner = joined.cluster_of[owner];
                    push_new(&mut descriptions.owners, cluster, owner, OWNERS, |known| *known == owner);
                }
            };
            // "Ruiz of Norland", "Ruiz of the Danish Refugee Council"
            if names.get(index + 1).is_some_and(|next| {
                next.entity_type == EntityType::Place
                    || next.entity_type == EntityType::Organization && next.tokens.start <= mention.tokens.end + 2
            }) && matches!(reading.key(mention.tokens.end), "of" | "from")
            {
                add_owners(&mut descriptions, names[index + 1].tokens);
            }
            // "Norland's Ana Ruiz"
            if let Some(before) = index.checked_sub(1).map(|before| names[before].tokens)
                && before.end + 1 == mention.tokens.start
                && text.tokens[before.end as usize].kind == TokenKind::Clitic
            {
                add_owners(&mut descriptions, before);
            }
            for role in titles.roles_of(index) {
                add_owners(&mut descriptions, TokenRange::new(reader.possessor(role.start), role.end));
                let head = role_head(reading, *role);
                reader.add(&mut descriptions, cluster, head, Source::Role);
                for noun in wider(reading.key(head)) {
                    descriptions.add_noun(cluster, Noun::of(noun), Source::Wide);
                }
                descriptions.offices[cluster] |= is_personal_office(reading.key(head));
                let was =
                    (role.start..head).any(|token| matches!(reading.key(token), "former" | "ex" | "late" | "past"));
                let mut add_rank = |noun, rank| {
                    push_new(&mut descriptions.ranks, cluster, (noun, rank, was), NOUNS, |known| {
                        *known == (noun, rank, was)
                    });
                };
                add_rank(vocabulary.noun(head), rank(reading, role.start.saturating_sub(1), head));
                if let Some(noun) = reader.initials(*role, head) {
                    add_rank(noun, Rank::Full);
                    descriptions.add_noun(cluster, noun, Source::Role);
                }
                for token in role.start..role.end {
                    descriptions.add_word(cluster, reading.word(token).folded);
                }
            }
            if mention.entity_type != EntityType::Person {
                for token in mention.tokens.start..mention.tokens.end {
                    descriptions.add_word(cluster, reading.word(token).folded);
                    let classes = reading.classes(token);
                    // In a name of one word, that word is the name: "Treasury" may well be "the treasury".
                    if classes.any(HEADS) && !reader.is_modifier(mention.tokens, token)
                        || token + 1 == mention.tokens.end && classes.has(Class::Common) && mention.tokens.len() > 1
                    {
                        reader.add(&mut descriptions, cluster, token, Source::Name);
                    }
                }
            }
            if let Some(noun) = reader.before(mention) {
                // "the Norlandish tanker Eagle"
                add_owners(&mut descriptions, TokenRange::new(noun.saturating_sub(2), noun));
                reader.add(&mut descriptions, cluster, noun, Source::Beside);
            }
            if let Some(phrase) = reader.after(mention) {
                add_owners(&mut descriptions, phrase);
                for token in phrase.start..phrase.end {
                    descriptions.add_word(cluster, reading.word(token).folded);
                }
                reader.add(&mut descriptions, cluster, phrase.end - 1, Source::Beside);
            }
            for noun in reader.part_in_crime(mention) {
                descriptions.add_noun(cluster, Noun::of(noun), Source::Beside);
            }
            if let Some(age) = reader.age(mention) {
                push_new(&mut descriptions.ages, cluster, reading.word(age).folded, AGES, |_| false);
            }
        }
        descriptions
    }

    fn add_noun(&mut self, cluster: usize, noun: Noun, source: Source) {
        if push_new(&mut self.nouns, cluster, (noun, source), NOUNS, |(known, _)| *known == noun) {
            let new = self.numbers.len();
            let number = *self.numbers.entry(noun).or_insert(new);
            push_new(&mut self.things, number, cluster, THINGS, |_| false);
        }
    }

    fn add_word(&mut self, cluster: usize, word: WordId) {
        push_new(&mut self.words, cluster, word, WORDS, |known| *known == word);
    }

    /// The clusters that a noun describes, a bounded number.
    pub fn called(&self, noun: Noun) -> impl Iterator<Item = usize> + '_ {
        self.numbers.get(&noun).into_iter().flat_map(|&number| self.things.of(number))
    }

    /// True when a noun describes something.
    pub fn is_called(&self, noun: Noun) -> bool {
        self.numbers.contains_key(&noun)
    }

    /// Where the noun for this cluster comes from.
    pub fn source(&self, cluster: usize, noun: Noun) -> Option<Source> {
        self.nouns.of(cluster).find(|(known, _)| *known == noun).map(|(_, source)| source)
    }

    /// Whether a noun of this rank can be for the cluster: false where it is its role, with other ranks alone.
    pub fn may_have_rank(&self, cluster: usize, noun: Noun, rank: Rank) -> bool {
        let mut of_noun = self.ranks.of(cluster).filter(|(known, ..)| *known == noun).peekable();
        of_noun.peek().is_none() || of_noun.any(|(_, known, _)| known == rank)
    }

    /// Whether a noun is the cluster's former role and none that it has now.
    pub fn was(&self, cluster: usize, noun: Noun) -> bool {
        let mut of_noun = self.ranks.of(cluster).filter(|(known, ..)| *known == noun).peekable();
        of_noun.peek().is_some() && of_noun.all(|(_, _, was)| was)
    }

    /// True when the text tells a role of the cluster.
    pub fn has_role(&self, cluster: usize) -> bool {
        self.nouns.of(cluster).any(|(_, source)| source == Source::Role)
    }

    /// True when the text tells of an office that the cluster holds alone.
    pub fn has_office(&self, cluster: usize) -> bool {
        self.offices[cluster]
    }

    /// True for who has an office or a profession that no child has.
    pub fn is_official(&self, cluster: usize) -> bool {
        let jobs = ["officer", "inspector", "superintendent", "spokesman", "doctor", "lawyer", "headteacher"];
        self.offices[cluster] || jobs.iter().any(|job| self.source(cluster, Noun::of(job)).is_some())
    }

    /// True when the word stands in a description of the cluster, or in its name.
    pub fn has_word(&self, cluster: usize, word: WordId) -> bool {
        self.words.of(cluster).any(|known| known == word)
    }

    /// Whether something belongs to what a name names, by its descriptions; none where they tell nothing of that kind.
    pub fn belongs(&self, cluster: usize, owner: usize) -> Option<bool> {
        let nation = self.nations[owner];
        let is_nation = |other: usize| nation.is_some() && self.nations[other] == nation;
        let mut tells = None;
        for other in self.owners.of(cluster) {
            if other == owner || is_nation(other) {
                return Some(true);
            }
            // One may be a Norlandish socialist.
            let is_party = |nation: u32| nation >= 1 << 16;
            if let (Some(one), Some(other)) = (nation, self.nations[other])
                && is_party(one) == is_party(other)
            {
                tells = Some(false);
            }
        }
        tells
    }

    /// Whose names stand in the descriptions of something.
    pub fn owners(&self, cluster: usize) -> impl Iterator<Item = usize> + '_ {
        self.owners.of(cluster)
    }

    /// True when the text gives this age.
    pub fn has_age(&self, cluster: usize, age: WordId) -> bool {
        self.ages.of(cluster).any(|known| known == age)
    }

    /// True when the text gives any age.
    pub fn has_any_age(&self, cluster: usize) -> bool {
        self.ages.of(cluster).next().is_some()
    }
}

/// Offices that one person holds at a time, or at one place: who is a mayor is not "the governor".
pub(super) fn is_personal_office(key: &str) -> bool {
    matches!(
        key,
        "president"
            | "premier"
            | "minister"
            | "chancellor"
            | "secretary"
            | "governor"
            | "mayor"
            | "senator"
            | "congressman"
            | "congresswoman"
            | "ambassador"
            | "envoy"
            | "commissioner"
            | "judge"
            | "magistrate"
            | "prosecutor"
            | "sheriff"
            | "chief"
            | "king"
            | "queen"
            | "prince"
            | "princess"
            | "pope"
            | "bishop"
            | "archbishop"
            | "general"
            | "chairman"
            | "chairwoman"
            | "coach"
            | "captain"
    )
}

/// Nouns that say the same as a role with less: "the officer" for a constable.
fn wider(key: &str) -> &'static [&'static str] {
    match key.trim_end_matches('.') {
        "pc" | "constable" | "sergeant" | "sgt" | "detective" | "det" | "trooper" | "patrolman" | "supt"
        | "lieutenant" | "lt" => &["officer"],
        "attorney" | "solicitor" | "barrister" | "lawyer" | "counsel" | "advocate" => {
            &["lawyer", "attorney", "advocate", "barrister", "solicitor"]
        }
        _ => &[],
    }
}

/// What a word before its noun makes of an office: "prime minister" and "minister" are two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rank {
    Full,
    Prime,
    Shadow,
    Deputy,
}

/// The rank of an office by the words before its noun, none before `first`.
pub(super) fn rank(reading: &Reading, first: u32, head: u32) -> Rank {
    let ranks = (first.max(head.saturating_sub(4))..head).rev().find_map(|token| match reading.key(token) {
        "prime" => Some(Rank::Prime),
        "shadow" => Some(Rank::Shadow),
        "deputy" | "vice" | "assistant" | "associate" | "junior" => Some(Rank::Deputy),
        _ => None,
    });
    ranks.unwrap_or(Rank::Full)
}

/// The noun that a role is about: the last word before "of", "for" and the like.
pub(super) fn role_head(reading: &Reading, role: TokenRange) -> u32 {
    let end = (role.start + 1..role.end)
        .find(|&token| matches!(reading.key(token), "of" | "for" | "at" | "in" | "with" | "to" | "on" | "from"))
        .unwrap_or(role.end);
    end - 1
}

/// "prime", "deputy": the first word of an office that is called by the initials of its two words.
pub(super) fn begins_office(key: &str) -> bool {
    matches!(key, "prime" | "deputy" | "vice" | "chief" | "cabinet" | "first" | "foreign" | "finance" | "attorney")
}

impl Reader<'_, '_> {
    /// Adds a noun for a cluster.
    fn add(&self, descriptions: &mut Descriptions, cluster: usize, noun: u32, source: Source) {
        descriptions.add_word(cluster, self.reading.word(noun).folded);
        descriptions.add_noun(cluster, self.vocabulary.noun(noun), source);
    }

    /// "the PM" for a prime minister, "the DP" for a deputy president: the noun that the initials of an office's two words are.
    fn initials(&self, role: TokenRange, head: u32) -> Option<Noun> {
        let before = head.checked_sub(1).filter(|&before| before >= role.start)?;
        if !self.reading.classes(head).has(Class::Title) || rank(self.reading, role.start, before) != Rank::Full {
            return None;
        }
        match (self.reading.key(before), self.reading.key(head)) {
            // Which is "the premier" as well.
            ("prime", "minister") => Some(Noun::of("prime minister")),
            (one, other) if begins_office(one) => Some(Noun::of(&[one.get(..1)?, other.get(..1)?].concat())),
            _ => None,
        }
    }

    /// "State Emergency Service" is no state, "Airport Operators Association" no airport: whether what a name tells comes later, before
    /// an "of" or the end.
    fn is_modifier(&self, name: TokenRange, token: u32) -> bool {
        // "Fire and Rescue Service" is no fire.
        let of = |token: &u32| matches!(self.reading.key(*token), "of" | "for" | "in" | "at");
        let rest = (token + 1..name.end).take_while(|token| !of(token));
        rest.last().is_some_and(|last| self.reading.classes(last).any(HEADS))
    }

    /// The country that a name names, or whose people; or a party.
    fn nation(&self, name: &Mention, cluster: usize) -> Option<u32> {
        const PARTIES: u32 = 1 << 16;
        if name.tokens.len() == 1 && matches!(self.reading.key(name.tokens.start), "gop" | "republican" | "republicans")
        {
            return Some(PARTIES);
        }
        if name.entity_type == EntityType::Group && self.reading.classes(name.tokens.start).has(Class::Party) {
            return Some(PARTIES + 1 + cluster as u32);
        }
        if !matches!(name.entity_type, EntityType::Place | EntityType::Group) {
            return None;
        }
        let letters: String =
            name.tokens.indices().map(|token| self.reading.key(token as u32).replace('.', "")).collect();
        countries::country(&letters).or_else(|| countries::people_of(&letters)).map(u32::from)
    }

    /// The names that stand in a phrase whole.
    fn names_in<'n>(&self, names: &'n [Mention], phrase: TokenRange) -> impl Iterator<Item = usize> + 'n {
        let first = names.partition_point(|name| name.tokens.start < phrase.start);
        let within = names[first..].iter().take_while(move |name| name.tokens.end <= phrase.end);
        within.enumerate().map(move |(at, _)| first + at)
    }

    /// Where the possessor before a role begins, at most three words before; its start where none is there.
    fn possessor(&self, start: u32) -> u32 {
        let is_possessed = start > 0 && self.text.tokens[start as usize - 1].kind == TokenKind::Clitic;
        if is_possessed { start.saturating_sub(4) } else { start }
    }

    fn parts(&self, token: u32) -> Parts {
        self.reading.word(token).grammar.parts
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
    #[inline(never)]
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
        let types = self.vocabulary.types(token);
        // "in the Southern Sea, a source said"
        let speaks = self.parts(token).is(Parts::SPEAKER)
            && !matches!(entity_type, EntityType::Person | EntityType::Organization);
        !speaks && (!types.is_any() || types.has(entity_type))
    }

    /// "Eagle S, a tanker registered in", "Ruiz is a singer from".
    #[inline(never)]
    fn after(&self, mention: &Mention) -> Option<TokenRange> {
        let end = self.text.sentence(mention.tokens.start).tokens.end;
        let mut token = mention.tokens.end;
        if token + 2 >= end {
            return None;
        }
        // "Ruiz, 34, a singer": the age is stepped over.
        if self.text.tokens[token as usize + 1].kind == TokenKind::Number && self.text.of(token) == "," {
            token += 2;
        }
        let opens = token + 2 < end
            && matches!(self.reading.key(token + 1), "a" | "an" | "the")
            && (matches!(self.text.of(token), "," | "(" | "—" | "–" | "--")
                || matches!(self.reading.key(token), "is" | "was" | "became"));
        let phrase = if opens { self.phrase(token + 2, end, mention.entity_type)? } else { return None };
        // "In a letter to Acme, the ministry said": another one, that says something.
        let says = self.reading.key(token + 1) == "the"
            && self.text.of(token) == ","
            && phrase.end < end
            && self.parts(phrase.end).is(Parts::VERB.and(Parts::AUXILIARY));
        (!says).then_some(phrase)
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

    /// "Ruiz was charged with theft", "police named the suspect as Ruiz": what a court or the police calls somebody.
    #[inline(never)]
    fn part_in_crime(&self, mention: &Mention) -> &'static [&'static str] {
        if mention.entity_type != EntityType::Person {
            return &[];
        }
        let TokenRange { start, end } = mention.tokens;
        let sentence = self.text.sentence(start).tokens;
        let suspect: &'static [&'static str] = &["suspect", "defendant", "accused"];
        if start > sentence.start && self.reading.key(start - 1) == "as" {
            let mut before = (start.saturating_sub(6).max(sentence.start)..start).map(|token| self.reading.key(token));
            if before.clone().any(|key| matches!(key, "named" | "identified")) {
                let noun = before.find(|key| matches!(*key, "victim" | "suspect" | "gunman" | "attacker" | "shooter"));
                return match noun {
                    Some("victim") => &["victim"],
                    Some(_) => &["suspect", "gunman", "attacker", "shooter"],
                    None => &[],
                };
            }
        }
        // "Ruiz, 34, of Porto, was charged", "who has pleaded", but "has not been accused"
        let mut is_passive = false;
        for token in end..sentence.end.min(end + 10) {
            let parts = self.parts(token);
            is_passive |= parts.is(Parts::BE);
            match self.reading.key(token) {
                "pleaded" => return suspect,
                "arrested" | "charged" | "accused" | "convicted" | "indicted" | "detained" | "jailed" | "sentenced"
                | "acquitted"
                    if is_passive =>
                {
                    return suspect;
                }
                "killed" | "shot" | "stabbed" | "murdered" | "attacked" | "assaulted" | "beaten" | "robbed"
                | "injured" | "wounded"
                    if is_passive =>
                {
                    return &["victim"];
                }
                _ if parts.is(Parts::NEGATION) => break,
                _ if parts.is(Parts::VERB) && !parts.is(Parts::BE.and(Parts::HAVE).and(Parts::ADVERB)) => break,
                _ => {}
            }
        }
        &[]
    }

    /// "Ruiz, 34,", "34-year-old Ruiz", "Ruiz (34)".
    #[inline(never)]
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
