//! "the former envoy", "the ministry": definite descriptions of somebody or something named before.
//!
//! A description starts with "the", "this" or "that"; its head is its last noun. What it may mean: whatever the text calls
//! by that noun (see [`super::descriptions`]), and whatever was mentioned near and is of a type that the noun is for.

use super::anaphora::{Memory, World};
use super::descriptions::{Source, role_head};
use super::join::{Joined, contradict};
use super::ranking::{Answer, Features, Target, features};
use super::{Gender, Resolved, countries};
use crate::annotation::{EntityType, MentionKind};
use crate::hashing::WordMap;
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Class, Reading, WordId};
use crate::ner::Mention;
use crate::sorting::sort_by_key;
use crate::text::{Case, TokenKind, TokenRange};
use std::sync::OnceLock;

/// Tokens between the determiner and the head.
const LONGEST: u32 = 6;
/// Sentences that a noun of the right type reaches back.
const NEAR: u32 = 5;
/// Sentences that the thing's own noun reaches back.
const REACH: u32 = 30;
/// Answers looked at for one description.
const ANSWERS: usize = 16;

/// A set of entity types.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Types(u16);

impl Types {
    const fn of(entity_type: EntityType) -> Types {
        Types(1 << entity_type as u16)
    }

    /// True when the type is in the set.
    pub fn has(self, entity_type: EntityType) -> bool {
        self.0 & Types::of(entity_type).0 != 0
    }

    /// True when there is one.
    pub fn is_any(self) -> bool {
        self.0 != 0
    }

    fn add(&mut self, entity_type: EntityType) {
        self.0 |= Types::of(entity_type).0;
    }
}

/// Nouns for things of each type, beside the heads of names and the roles that the lexicon knows.
const NOUNS: [(EntityType, &[&str]); 6] = [
    (
        EntityType::Person,
        &[
            "man",
            "woman",
            "boy",
            "girl",
            "teenager",
            "defendant",
            "accused",
            "suspect",
            "plaintiff",
            "petitioner",
            "appellant",
            "claimant",
            "deceased",
            "star",
            "striker",
            "winger",
            "midfielder",
            "defender",
            "goalkeeper",
            "keeper",
            "batsman",
            "batter",
            "bowler",
            "pitcher",
            "quarterback",
            "skipper",
            "champion",
            "veteran",
            "rookie",
            "pensioner",
            "novelist",
            "poet",
            "playwright",
            "musician",
            "composer",
            "pianist",
            "filmmaker",
            "painter",
            "sculptor",
            "chef",
            "architect",
            "engineer",
            "banker",
            "billionaire",
            "tycoon",
            "entrepreneur",
            "businessman",
            "businesswoman",
            "politician",
            "leader",
            "strongman",
            "dictator",
            "monarch",
            "pontiff",
            "cleric",
            "priest",
            "monk",
            "nun",
            "rabbi",
            "imam",
            "official",
            "lawmaker",
            "mp",
            "peer",
            "republican",
            "democrat",
            "physicist",
            "chemist",
            "biologist",
            "astronaut",
            "pilot",
            "sailor",
            "teacher",
            "nurse",
            "surgeon",
            "physician",
            "inmate",
            "prisoner",
            "convict",
            "fugitive",
            "gunman",
            "shooter",
            "attacker",
            "driver",
            "singer",
            "actor",
            "actress",
            "director",
            "author",
            "writer",
            "comedian",
            "presenter",
            "host",
            "rapper",
            "model",
            "athlete",
            "runner",
            "swimmer",
            "cyclist",
            "golfer",
            "boxer",
            "jockey",
            "apprentice",
            "graduate",
            "native",
            "whistleblower",
            "heir",
            "widow",
            "widower",
            "orphan",
            "refugee",
            "migrant",
        ],
    ),
    (
        EntityType::Organization,
        &[
            "company",
            "firm",
            "group",
            "organisation",
            "organization",
            "agency",
            "body",
            "institution",
            "party",
            "club",
            "team",
            "side",
            "bank",
            "union",
            "charity",
            "watchdog",
            "regulator",
            "carmaker",
            "automaker",
            "airline",
            "carrier",
            "retailer",
            "lender",
            "bloc",
            "militia",
            "movement",
            "newspaper",
            "paper",
            "broadcaster",
            "network",
            "startup",
            "start-up",
            "manufacturer",
            "publisher",
            "insurer",
            "utility",
            "supplier",
            "operator",
            "chain",
            "giant",
            "maker",
            "brand",
            "outlet",
            "website",
            "platform",
            "consultancy",
            "nonprofit",
            "ngo",
            "non-profit",
            "franchise",
            "squad",
            "outfit",
            "faction",
            "alliance",
            "panel",
            "tribunal",
            "developer",
            "builder",
            "miner",
            "producer",
            "subsidiary",
            "conglomerate",
            "contractor",
            "junta",
            "regime",
            "consortium",
            "cooperative",
            "co-operative",
            "parish",
            "think-tank",
            "channel",
            "label",
            "studio",
        ],
    ),
    (
        EntityType::Place,
        &[
            "country",
            "nation",
            "city",
            "town",
            "village",
            "island",
            "capital",
            "state",
            "region",
            "territory",
            "province",
            "district",
            "county",
            "municipality",
            "river",
            "lake",
            "mountain",
            "volcano",
            "dam",
            "area",
            "site",
            "complex",
            "neighbourhood",
            "neighborhood",
            "suburb",
            "port",
            "republic",
            "kingdom",
            "enclave",
            "settlement",
            "resort",
            "peninsula",
            "archipelago",
            "atoll",
            "wetland",
            "reservoir",
            "stadium",
            "venue",
            "ground",
            "lough",
            "loch",
            "glacier",
            "commune",
            "metropolis",
            "hamlet",
        ],
    ),
    (
        EntityType::Work,
        &[
            "film",
            "movie",
            "book",
            "novel",
            "report",
            "study",
            "law",
            "act",
            "bill",
            "treaty",
            "song",
            "album",
            "show",
            "series",
            "play",
            "opera",
            "documentary",
            "memoir",
            "poem",
            "agreement",
            "pact",
            "deal",
            "accord",
            "measure",
            "legislation",
            "statute",
            "decree",
            "award",
            "prize",
            "collection",
            "painting",
            "exhibition",
            "programme",
            "podcast",
            "magazine",
            "charter",
            "directive",
            "regulation",
            "paper",
            "ruling",
            "case",
            "record",
            "single",
        ],
    ),
    (
        EntityType::Event,
        &[
            "war",
            "conflict",
            "tournament",
            "competition",
            "festival",
            "summit",
            "conference",
            "storm",
            "hurricane",
            "cyclone",
            "typhoon",
            "race",
            "championship",
            "event",
            "ceremony",
            "election",
            "operation",
            "fire",
            "quake",
            "earthquake",
            "disaster",
            "contest",
            "meeting",
            "march",
            "strike",
            "trial",
            "match",
            "game",
            "offensive",
        ],
    ),
    (
        EntityType::Product,
        &[
            "ship",
            "vessel",
            "tanker",
            "ferry",
            "boat",
            "yacht",
            "trawler",
            "freighter",
            "submarine",
            "plane",
            "jet",
            "aircraft",
            "airliner",
            "helicopter",
            "drone",
            "missile",
            "rocket",
            "satellite",
            "spacecraft",
            "probe",
            "capsule",
            "rover",
            "lander",
            "telescope",
            "phone",
            "smartphone",
            "device",
            "drug",
            "vaccine",
            "medicine",
            "treatment",
            "car",
            "vehicle",
            "model",
            "truck",
            "app",
            "software",
            "chatbot",
            "robot",
            "weapon",
            "system",
            "train",
            "engine",
            "chip",
            "console",
            "tablet",
            "pill",
            "sedan",
            "munition",
            "tank",
        ],
    ),
];

/// [`NOUNS`] by noun.
fn nouns() -> &'static WordMap<&'static str, Types> {
    static BY_NOUN: OnceLock<WordMap<&'static str, Types>> = OnceLock::new();
    BY_NOUN.get_or_init(|| {
        let mut by_noun: WordMap<&str, Types> = WordMap::default();
        for (entity_type, nouns) in NOUNS {
            nouns.iter().for_each(|noun| by_noun.entry(noun).or_default().add(entity_type));
        }
        by_noun
    })
}

/// The types of things that a noun is for.
pub(super) fn types(reading: &Reading, token: u32) -> Types {
    let classes = reading.classes(token);
    let key = reading.key(token);
    let mut types = nouns().get(key).copied().unwrap_or_default();
    if (classes.has(Class::Role) || classes.has(Class::Title)) && !classes.has(Class::Honorific) {
        types.add(EntityType::Person);
    }
    for (class, entity_type) in [
        (Class::OrganizationHead, EntityType::Organization),
        (Class::PlaceHead, EntityType::Place),
        (Class::WorkHead, EntityType::Work),
        (Class::EventHead, EntityType::Event),
    ] {
        if classes.has(class) {
            types.add(entity_type);
        }
    }
    types
}

/// The types of things that a noun is for; none past the end.
pub(super) fn types_of(world: &World, token: u32) -> Types {
    if (token as usize) < world.text.tokens.len() { types(world.reading, token) } else { Types::default() }
}

features! {
    /// What speaks for or against an answer.
    Sign {
        /// The answer is "nothing".
        Nothing "nothing",
        NothingPerson "nothing: noun for a person",
        NothingOrganization "nothing: noun for an organisation",
        NothingPlace "nothing: noun for a place",
        NothingWork "nothing: noun for a work",
        NothingEvent "nothing: noun for an event",
        NothingProduct "nothing: noun for a product",
        NothingUnknown "nothing: noun not known",
        NothingGoesOn "nothing: of, that, for follows",
        NothingNoun "nothing: a noun follows",
        NothingLong "nothing: modifiers",
        NothingThis "nothing: this, that",
        NothingQuoted "nothing: in a quote",
        NothingCapital "nothing: capital",
        NothingUncalled "nothing: nothing is called so",
        NothingMixed "nothing: a noun for several types",
        NothingPreposition "nothing: after a preposition",
        NothingUsual "nothing: seldom points back",
        NothingAge "nothing: age",
        InName "noun in its name",
        InRole "noun in its role",
        Beside "noun beside its name",
        Uncalled "not called so",
        UncalledPerson "not called so: person",
        UncalledPlace "not called so: place",
        UncalledWork "not called so: work, event, product",
        Modifiers "modifiers in its descriptions",
        ModifiersElse "modifiers not in its descriptions",
        ModifierName "modifier in its name or descriptions, some",
        Age "its age",
        AgeElse "another age",
        AgeUnknown "no age given",
        Here "this sentence",
        OneBack "one sentence back",
        TwoBack "two sentences back",
        FiveBack "three to five sentences back",
        TwelveBack "six to twelve sentences back",
        Farther "farther back",
        Subject "subject when last mentioned",
        Last "last of its type",
        SecondLast "second last of its type",
        Only "the only one in reach",
        OnlyCalled "the only one called so",
        LastCalled "the last one called so",
        Once "mentioned once so far",
        Often "mentioned four times and more",
        MostOften "mentioned most often",
        CountryFits "country",
        CityFits "city",
        PlaceClashes "country for a city, city for a country",
        GenderAgrees "gender agrees",
        UncalledHere "not called so: this sentence",
        UncalledFar "not called so: more than two sentences back",
        UncalledMixed "not called so: a noun for several types",
        UncalledModifiers "not called so: modifiers",
    }
}

/// A definite description.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Nominal {
    /// Determiner to head.
    pub tokens: TokenRange,
    pub gender: Gender,
    head: u32,
    types: Types,
    age: Option<u32>,
    is_capital: bool,
}

impl Nominal {
    /// The description that starts at `token`, if there is one. `next` is the first name after it.
    pub fn read(world: &World, token: u32, end: u32, next: usize) -> Option<Nominal> {
        if !matches!(world.key(token), "the" | "this" | "that") {
            return None;
        }
        // A name inside or right after: another phrase, or a title of that name.
        let stop = world.names.get(next).map_or(u32::MAX, |name| name.tokens.start);
        let reading = world.reading;
        let mut head = None;
        let mut at = token + 1;
        let mut age = None;
        while at < end && at - token <= LONGEST {
            if at >= stop {
                return None;
            }
            let kind = world.text.tokens[at as usize].kind;
            let lower = world.text.tokens[at as usize].case == Case::Lower;
            if kind == TokenKind::Number && world.key(at + 2) == "year" && world.key(at + 4) == "old" && at + 4 < end {
                age = Some(at);
                head = Some(at + 4);
                at += 5;
                continue;
            }
            if matches!(world.text.of(at), "-" | "‑") && at > token + 1 {
                at += 1;
                continue;
            }
            if !matches!(kind, TokenKind::Word | TokenKind::Number) {
                break;
            }
            let is_noun = types(reading, at).is_any() && kind == TokenKind::Word
                || !world.descriptions.called(reading.word(at).folded).is_empty() && (lower || head.is_none());
            let parts = world.parts(at);
            if is_noun && (!parts.is(Parts::VERB) || parts.is(Parts::ALSO_NOUN) || head.is_none()) {
                head = Some(at);
            } else if head.is_some() || !is_modifier(world, at) {
                break;
            }
            at += 1;
        }
        let head = head?;
        // "Ruiz, the minister,": the name is right there.
        if world.in_role[head as usize] || head + 1 >= stop && head + 1 < end {
            return None;
        }
        let key = world.key(head);
        let is_plural = key.ends_with('s') && !key.ends_with("ss") && !matches!(key, "series" | "news" | "united")
            || matches!(key, "men" | "women" | "people" | "children" | "police" | "forces");
        if is_plural {
            return None;
        }
        let mut types = types(reading, head);
        if age.is_some_and(|age| age + 4 == head) {
            types = Types::of(EntityType::Person);
        }
        let classes = reading.classes(head);
        let gender = match (classes.has(Class::Female), classes.has(Class::Male)) {
            (true, false) => Gender::Female,
            (false, true) => Gender::Male,
            _ => Gender::Unknown,
        };
        let is_capital = world.text.tokens[head as usize].case != Case::Lower;
        Some(Nominal { tokens: TokenRange::new(token, head + 1), gender, head, types, age, is_capital })
    }

    fn modifiers(&self) -> std::ops::Range<u32> {
        self.tokens.start + 1..self.head
    }
}

/// Anything that may stand between: "former", "Kenyan", "foreign". Function words end the phrase.
fn is_modifier(world: &World, token: u32) -> bool {
    !world.parts(token).is(Parts::CLOSED)
        && !matches!(
            world.key(token),
            "only" | "same" | "other" | "first" | "next" | "last" | "most" | "best" | "two" | "three"
        )
}

/// Nouns that mostly mean what everybody knows, not what the article named.
fn seldom_points_back(key: &str) -> bool {
    matches!(
        key,
        "air"
            | "area"
            | "army"
            | "border"
            | "case"
            | "coast"
            | "day"
            | "deal"
            | "economy"
            | "election"
            | "family"
            | "final"
            | "fire"
            | "front"
            | "game"
            | "government"
            | "home"
            | "house"
            | "internet"
            | "law"
            | "majority"
            | "market"
            | "match"
            | "media"
            | "military"
            | "month"
            | "news"
            | "opposition"
            | "order"
            | "plan"
            | "police"
            | "president"
            | "project"
            | "public"
            | "record"
            | "road"
            | "sea"
            | "season"
            | "service"
            | "site"
            | "star"
            | "station"
            | "street"
            | "system"
            | "time"
            | "war"
            | "week"
            | "world"
            | "year"
    )
}

/// All that the description may mean.
pub(super) fn answers(
    world: &World,
    joined: &Joined,
    memory: &Memory,
    nominal: &Nominal,
    sentence: u32,
) -> Vec<Answer> {
    let word = world.reading.word(nominal.head).folded;
    let mut clusters: Vec<usize> = Vec::with_capacity(ANSWERS);
    let called: Vec<usize> = world
        .descriptions
        .called(word)
        .iter()
        .copied()
        .filter(|&cluster| {
            let past = memory.past[cluster];
            past.mentions > 0 && sentence - past.last_sentence <= REACH && fits_type(joined, nominal, cluster, true)
        })
        .collect();
    let last_called = called.iter().copied().max_by_key(|&cluster| memory.past[cluster].last_sentence);
    // What was mentioned near, the latest first.
    let mut near: Vec<usize> = Vec::new();
    for seen in memory.seen.iter().rev() {
        if sentence - seen.sentence > NEAR || near.len() == ANSWERS / 2 {
            break;
        }
        if let Some(cluster) = seen.cluster
            && !near.contains(&cluster)
            && fits_type(joined, nominal, cluster, false)
        {
            near.push(cluster);
        }
    }
    let mut best_called = called.clone();
    sort_by_key(&mut best_called, |&cluster| std::cmp::Reverse(memory.past[cluster].last_sentence));
    clusters.extend(best_called.iter().take(ANSWERS / 2));
    for &cluster in &near {
        if !clusters.contains(&cluster) {
            clusters.push(cluster);
        }
    }
    for most in memory.most.into_iter().flatten() {
        if !clusters.contains(&most) && fits_type(joined, nominal, most, false) {
            clusters.push(most);
        }
    }
    let quoted = world.quoted[nominal.tokens.start as usize];
    let modifiers: Vec<WordId> = nominal
        .modifiers()
        .filter(|&token| {
            world.text.tokens[token as usize].kind == TokenKind::Word
                && !matches!(world.key(token), "former" | "late" | "then" | "year" | "old" | "new")
        })
        .map(|token| world.reading.word(token).folded)
        .collect();
    let is_mixed = nominal.types.0.count_ones() > 1;
    let only = clusters.len() == 1;
    let mut answers: Vec<Answer> = clusters
        .iter()
        .map(|&cluster| {
            let mut features = Features::default();
            let entity_type = joined.clusters[cluster].entity_type;
            let source = world.descriptions.source(cluster, word);
            features.add(Sign::InName, source == Some(Source::Name));
            features.add(Sign::InRole, source == Some(Source::Role));
            features.add(Sign::Beside, source == Some(Source::Beside));
            let known = modifiers.iter().filter(|&&word| world.descriptions.has_word(cluster, word)).count();
            features.add(Sign::Modifiers, !modifiers.is_empty() && known == modifiers.len());
            features.add(Sign::ModifierName, known > 0 && known < modifiers.len());
            features.add(Sign::ModifiersElse, !modifiers.is_empty() && known == 0);
            let past = memory.past[cluster];
            let distance = sentence - past.last_sentence;
            if source.is_none() {
                features.add(Sign::Uncalled, true);
                features.add(Sign::UncalledPerson, entity_type == EntityType::Person);
                features.add(Sign::UncalledPlace, entity_type == EntityType::Place);
                features.add(
                    Sign::UncalledWork,
                    matches!(entity_type, EntityType::Work | EntityType::Event | EntityType::Product),
                );
                features.add(Sign::UncalledHere, distance == 0);
                features.add(Sign::UncalledFar, distance > 2);
                features.add(Sign::UncalledMixed, is_mixed);
                features.add(Sign::UncalledModifiers, !modifiers.is_empty() && known == 0);
            }
            if let Some(age) = nominal.age {
                let age = world.reading.word(age).folded;
                let given = world.descriptions.has_age(cluster, age);
                features.add(Sign::Age, given);
                features.add(Sign::AgeElse, !given && world.descriptions.has_any_age(cluster));
                features.add(Sign::AgeUnknown, !given && !world.descriptions.has_any_age(cluster));
            }
            let sign = match distance {
                0 => Sign::Here,
                1 => Sign::OneBack,
                2 => Sign::TwoBack,
                3..=5 => Sign::FiveBack,
                6..=12 => Sign::TwelveBack,
                _ => Sign::Farther,
            };
            features.add(sign, true);
            features.add(Sign::Subject, past.was_subject);
            features.add(Sign::Last, near.first() == Some(&cluster));
            features.add(Sign::SecondLast, near.get(1) == Some(&cluster));
            features.add(Sign::Only, only);
            features.add(Sign::OnlyCalled, source.is_some() && called.len() == 1);
            features.add(Sign::LastCalled, last_called == Some(cluster));
            features.add(Sign::Once, past.mentions == 1);
            features.add(Sign::Often, past.mentions > 3);
            features.add(Sign::MostOften, memory.most.contains(&Some(cluster)));
            if entity_type == EntityType::Place {
                let (country, city) = kind_of_place(world, joined, cluster);
                let (for_country, for_city) = match world.key(nominal.head) {
                    "country" | "nation" | "republic" => (true, false),
                    "city" | "capital" | "town" | "village" | "metropolis" => (false, true),
                    _ => (false, false),
                };
                features.add(Sign::CountryFits, for_country && country);
                features.add(Sign::CityFits, for_city && city && !country);
                features.add(Sign::PlaceClashes, for_country && !country || for_city && country);
            }
            features.add(
                Sign::GenderAgrees,
                nominal.gender != Gender::Unknown && joined.clusters[cluster].gender == nominal.gender,
            );
            Answer { target: Target::Named(cluster), features }
        })
        .collect();
    let mut nothing = Features::default();
    nothing.add(Sign::Nothing, true);
    nothing.add(Sign::NothingPerson, nominal.types.has(EntityType::Person));
    nothing.add(Sign::NothingOrganization, nominal.types.has(EntityType::Organization));
    nothing.add(Sign::NothingPlace, nominal.types.has(EntityType::Place));
    nothing.add(Sign::NothingWork, nominal.types.has(EntityType::Work));
    nothing.add(Sign::NothingEvent, nominal.types.has(EntityType::Event));
    nothing.add(Sign::NothingProduct, nominal.types.has(EntityType::Product));
    nothing.add(Sign::NothingUnknown, !nominal.types.is_any());
    nothing.add(Sign::NothingMixed, is_mixed);
    let after = nominal.tokens.end;
    nothing.add(
        Sign::NothingGoesOn,
        matches!(world.key(after), "of" | "that" | "who" | "which" | "for" | "where" | "in" | "at" | "to"),
    );
    let noun_follows = world.text.tokens.get(after as usize).is_some_and(|token| {
        let parts = world.parts(after);
        token.kind == TokenKind::Word
            && token.case == Case::Lower
            && world.reading.classes(after).has(Class::Common)
            && !parts.is(Parts::VERB.and(Parts::AUXILIARY).and(Parts::PREPOSITION).and(Parts::CONJUNCTION))
            && !parts.is(Parts::ADVERB.and(Parts::SUBORDINATOR).and(Parts::RELATIVE).and(Parts::TIME))
            && !parts.is(Parts::DETERMINER.and(Parts::POSSESSIVE).and(Parts::OBJECT).and(Parts::SUBJECT))
    });
    nothing.add(Sign::NothingNoun, noun_follows);
    nothing.add(Sign::NothingLong, !modifiers.is_empty());
    nothing.add(Sign::NothingThis, world.key(nominal.tokens.start) != "the");
    nothing.add(Sign::NothingQuoted, quoted != 0);
    nothing.add(Sign::NothingCapital, nominal.is_capital);
    nothing.add(Sign::NothingUncalled, called.is_empty());
    nothing.add(Sign::NothingUsual, seldom_points_back(world.key(nominal.head)));
    nothing.add(Sign::NothingAge, nominal.age.is_some());
    let before = nominal.tokens.start.checked_sub(1);
    nothing.add(Sign::NothingPreposition, before.is_some_and(|token| world.parts(token).is(Parts::PREPOSITION)));
    answers.push(Answer { target: Target::Nothing, features: nothing });
    answers
}

/// Whether a description can be for this thing: by type where the noun is known, else only where the text calls it so.
fn fits_type(joined: &Joined, nominal: &Nominal, cluster: usize, is_called: bool) -> bool {
    let content = &joined.clusters[cluster];
    let kind_fits = nominal.types.has(content.entity_type) || is_called && !nominal.types.is_any();
    let named = !matches!(
        content.entity_type,
        EntityType::Date | EntityType::Money | EntityType::Percent | EntityType::Quantity | EntityType::Group
    );
    named
        && (kind_fits || is_called && content.entity_type != EntityType::Person)
        && !(content.entity_type == EntityType::Person && contradict(nominal.gender, content.gender))
}

/// Whether a place is a country, and whether it is a city.
fn kind_of_place(world: &World, joined: &Joined, cluster: usize) -> (bool, bool) {
    let Some(first) = joined.mentions_of(cluster).next() else { return (false, false) };
    let tokens = world.names[first].tokens;
    let letters: String = (tokens.start..tokens.end).map(|token| world.reading.key(token).replace('.', "")).collect();
    let classes = world.reading.classes(tokens.start);
    (countries::country(&letters).is_some(), classes.has(Class::City) || classes.has(Class::Town))
}

/// "the UN Secretary General", "Iraq's Prime Minister": an office after the name of its institution or country, where it is
/// word for word somebody's office. The mention is the office alone, since mentions do not overlap.
pub(super) fn office_after(world: &World, joined: &Joined, memory: &Memory, name: usize) -> Option<Resolved> {
    let mention = &world.names[name];
    if !matches!(mention.entity_type, EntityType::Organization | EntityType::Place | EntityType::Group) {
        return None;
    }
    let (text, reading) = (world.text, world.reading);
    let sentence_end = text.sentence(mention.tokens.start).tokens.end;
    let possessed = text.tokens.get(mention.tokens.end as usize).is_some_and(|token| token.kind == TokenKind::Clitic);
    let start = mention.tokens.end + u32::from(possessed);
    let mut end = start;
    while end < sentence_end && end - start < LONGEST && (is_title(reading, end) || text.of(end) == "-" && end > start)
    {
        end += 1;
    }
    // Right before a name the words are its title, and "Treasury Secretary" may go on as a name.
    let before_name = world.names.get(name + 1).is_some_and(|next| next.tokens.start <= end);
    if start == end || before_name || world.in_role[start as usize] {
        return None;
    }
    let words = |range: TokenRange| -> Vec<&str> {
        range
            .indices()
            .filter(|&token| text.tokens[token].kind == TokenKind::Word)
            .map(|token| reading.key(token as u32))
            .collect()
    };
    let wanted = words(TokenRange::new(start, end));
    let head = reading.word(end - 1).folded;
    let institution = joined.cluster_of[name];
    // The office, and whether it is one of this institution, of another one, or of none that is named.
    let fit = |cluster: usize| -> Option<u8> {
        let roles = joined.mentions_of(cluster).flat_map(|mention| &world.titles.roles[mention]);
        roles
            .filter(|role| words(TokenRange::new(role.start, role_head(reading, **role) + 1)).ends_with(&wanted))
            .map(|role| {
                let from = world.names.partition_point(|name| name.tokens.start < role.start);
                let mut named = world.names[from..].iter().take_while(|name| name.tokens.end <= role.end).enumerate();
                match named.clone().next() {
                    None => 1,
                    _ if named.any(|(index, _)| joined.cluster_of[from + index] == institution) => 2,
                    _ => 0,
                }
            })
            .max()
    };
    let (_, _, cluster) = world
        .descriptions
        .called(head)
        .iter()
        .filter(|&&cluster| memory.past[cluster].mentions > 0)
        .filter_map(|&cluster| Some((fit(cluster)?, memory.past[cluster].last_sentence, cluster)))
        .filter(|(fit, ..)| *fit > 0)
        .max()?;
    let tokens = TokenRange::new(start, end);
    Some(Resolved {
        mention: Mention {
            span: text.span(tokens),
            tokens,
            entity_type: joined.clusters[cluster].entity_type,
            kind: MentionKind::Nominal,
            confidence: 0.7,
            because: "office word for word",
            value: None,
        },
        cluster,
    })
}

fn is_title(reading: &Reading, token: u32) -> bool {
    let classes = reading.classes(token);
    classes.has(Class::Title) && !classes.has(Class::Honorific)
        || classes.has(Class::Role)
        || matches!(reading.key(token), "prime" | "foreign" | "secretary" | "general" | "chief" | "deputy" | "vice")
}
