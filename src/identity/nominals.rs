//! "the former envoy", "the ministry": definite descriptions of somebody or something named before.
//!
//! A description starts with "the", "this" or "that"; its head is its last noun. What it may mean: whatever the text calls
//! by that noun (see [`super::descriptions`]), and whatever was mentioned near and is of a type that the noun is for.

use super::anaphora::{Memory, Past, Seen, World};
use super::descriptions::{Source, is_personal_office, rank, role_head};
use super::join::{Joined, contradict};
use super::kin::{self, Relation, is_kin};
use super::nouns::{Noun, Types};
use super::ranking::{Answer, Features, Target, features, noun_number};
use super::repeats::HEADS;
use super::word_list::WordList;
use super::{Gender, Resolved, countries};
use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Class, Reading, WordId, lexicon};
use crate::ner::Mention;
use crate::sorting::sort_by_key;
use crate::text::{Case, Text, TokenKind, TokenRange};
use std::sync::OnceLock;

/// Tokens between the determiner and the head.
const LONGEST: u32 = 6;
/// Sentences that are near.
const NEAR: u32 = 5;
/// Sentences that the thing's own noun reaches back.
const REACH: u32 = 30;
/// Tokens in which what a heading speaks of is named soon.
const SOON: u32 = 120;
/// Names looked at for what a heading speaks of.
const MOST_AHEAD: usize = 24;
/// Sentences between somebody and "her client".
const OWNED: u32 = 4;
/// Answers looked at for one description.
const ANSWERS: usize = 16;

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
        NothingIntroduced "nothing: a such thing without a name",
        NothingSubject "nothing: a verb follows",
        SameNoun "the noun meant it before",
        SameNounElse "the noun meant another before",
        OnlySoFar "the only one of its type so far",
        OnlyInText "the only one of its type in the text",
        OtherNoun "another noun in its name",
        KindFits "noun for a company, name of a company; team and media likewise",
        KindClashes "noun for a company, name of something else; team and media likewise",
        OtherRole "has roles, not this one",
        OtherOffice "holds an office, not this one",
        Heading "in a heading",
        Near "of its type in the last five sentences",
        UncalledOnly "not called so: the only one of its type so far",
        UncalledOften "not called so: mentioned most often",
        UncalledOffice "not called so: noun for an office of state",
        UncalledInstitution "not called so: noun for another institution",
        NothingNamed "nothing: a name in it",
        NothingPossessed "nothing: possessed by a name",
        NameFits "the name in it is in its descriptions",
        NameFitsCalled "the name in it and the noun are in its descriptions",
        NameElse "the name in it is of another country than its descriptions",
        NameUnknownCalled "its descriptions tell nothing of the name in it, and have the noun",
        NameUnknown "its descriptions tell nothing of the name in it",
        NothingBare "nothing: without an article, in a heading",
        NothingBareSeveral "nothing: without an article, several are called so",
        NothingHis "nothing: possessed by a pronoun",
        HisName "possessed by a pronoun: noun in its name",
        Ahead "named later",
        AheadSoon "named soon",
        BareName "without an article: noun in its name",
        BareUncalled "without an article: not called so",
        BareUncalledFirst "without an article: not called so, the first of its type that is named",
        BareUncalledOften "without an article: not called so, named three times and more",
        HisUncalled "possessed by a pronoun: not called so",
        HisOwner "possessed by a pronoun: not called so, the likely owner",
        HisUncalledOrganization "possessed by a pronoun: not called so, organisation",
    }
}

/// A definite description.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Nominal {
    /// Determiner to head; behind a name in it, from there to the head.
    pub tokens: TokenRange,
    /// The name in it, by index: "the Norlandish president", "Norland's president".
    name: Option<usize>,
    /// Where it begins.
    lead: u32,
    pub gender: Gender,
    head: u32,
    types: Types,
    age: Option<u32>,
    is_capital: bool,
    /// "source", "official": a noun for who may speak.
    is_speaker: bool,
    /// Whether it is a noun of [`AREAS`], of [`SITES`].
    is_area: bool,
    is_site: bool,
    form: Form,
    /// Index of the first name behind it.
    next: usize,
}

/// How a description begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// "the minister", "Norland's minister"
    Definite,
    /// A heading's, which leaves articles out and may speak of what is named below it: "Minister quits".
    Bare,
    /// "her husband"
    Possessed,
}

impl Nominal {
    /// The description that a definite word at `token` begins, if there is one. `next` is the first name after it.
    pub fn read(world: &World, token: u32, end: u32, next: usize) -> Option<Nominal> {
        // "reported that spokesman Ruiz": what is reported begins here.
        if world.key(token) == "that" && token > 0 && world.is_cue(token - 1) {
            return None;
        }
        // "it became clear that official results"
        if world.key(token) == "that"
            && token > 0
            && !world.parts(token - 1).is(Parts::PREPOSITION.and(Parts::CONJUNCTION).and(Parts::VERB))
            && world.text.tokens[token as usize - 1].kind == TokenKind::Word
        {
            return None;
        }
        Nominal::up_to_head(world, TokenRange::new(token, token + 1), end, next, None)
    }

    /// The description that a name stands in, the head noun behind it: "the Norlandish president".
    pub fn behind(world: &World, name: usize, end: u32) -> Option<Nominal> {
        let Mention { tokens, entity_type, .. } = world.names[name];
        let text = world.text;
        let is_possessor = text.tokens.get(tokens.end as usize).is_some_and(|token| token.kind == TokenKind::Clitic);
        let fits = match entity_type {
            EntityType::Group | EntityType::Place | EntityType::Organization => true,
            EntityType::Person => is_possessor,
            _ => false,
        };
        if !fits {
            return None;
        }
        let start = text.sentence(tokens.start).tokens.start;
        let mut lead = tokens.start;
        let is_definite = loop {
            let Some(before) = lead.checked_sub(1).filter(|&before| before >= start && tokens.start - before <= 3)
            else {
                break false;
            };
            if matches!(world.key(before), "the" | "this") {
                lead = before;
                break true;
            }
            let is_adjective = text.tokens[before as usize].kind == TokenKind::Word
                && text.tokens[before as usize].case == Case::Lower
                && is_modifier(world, before)
                && !(name > 0 && world.names[name - 1].tokens.holds(before));
            if !is_adjective {
                break false;
            }
            lead = before;
        };
        if !is_definite && !is_possessor {
            return None;
        }
        let lead = if is_definite { lead } else { tokens.start };
        // "Delta, the Norlandish roaster": what it says is known already.
        let is_apposition = lead > start + 1
            && matches!(text.of(lead - 1), "," | "—" | "–" | "(")
            && name > 0
            && world.names[name - 1].tokens.end + 1 == lead;
        if is_apposition {
            return None;
        }
        // "the Leeds-based company": any company may be meant.
        let based = tokens.end + 1;
        if is_definite && based + 1 < end && is_hyphen(text, tokens.end) && is_where(world.key(based)) {
            let nominal = Nominal::up_to_head(world, TokenRange::new(lead, based + 1), end, name + 1, Some(name))?;
            return Some(Nominal { name: None, ..nominal });
        }
        let end_of_name = tokens.end + u32::from(is_possessor);
        Nominal::up_to_head(world, TokenRange::new(lead, end_of_name), end, name + 1, Some(name))
    }

    /// The description that goes on behind `start`, its determiner or all up to a name in it.
    fn up_to_head(world: &World, start: TokenRange, end: u32, next: usize, name: Option<usize>) -> Option<Nominal> {
        let stop = world.names.get(next).map_or(u32::MAX, |name| name.tokens.start);
        let reading = world.reading;
        let (head, age) = head(world, start.end, end, stop)?;
        // "Ruiz, the minister,": the name is right there. But "a spokesman for the company".
        let is_role = world.in_role.has(head)
            && !start.start.checked_sub(1).is_some_and(|before| {
                world.in_role.has(before) && world.parts(before).is(Parts::PREPOSITION) && name.is_none()
            });
        if is_role || head + 1 >= stop && head + 1 < end {
            return None;
        }
        let key = world.key(head);
        let is_plural = key.ends_with('s') && !key.ends_with("ss") && !matches!(key, "series" | "news" | "united")
            || matches!(key, "men" | "women" | "people" | "children" | "police" | "forces");
        // "the signing of Ruiz" is what a club does.
        let is_act = key == "signing" && world.key(head + 1) == "of";
        if is_plural || is_act || is_inside_compound(world, head, end, next) {
            return None;
        }
        let mut types = world.vocabulary.types(head);
        if age.is_some_and(|age| age + 4 == head) {
            types = Types::of(EntityType::Person);
        }
        let gender = Gender::of(reading.classes(head));
        let is_capital = world.text.tokens[head as usize].case != Case::Lower;
        let first = if name.is_some() { start.end } else { start.start };
        let tokens = TokenRange::new(first, head + 1);
        let is_speaker = world.parts(head).is(Parts::SPEAKER);
        Some(Nominal {
            tokens,
            name,
            lead: start.start,
            gender,
            head,
            types,
            age,
            is_capital,
            is_speaker,
            is_area: types.has(EntityType::Place) && AREAS.has(key),
            is_site: types.has(EntityType::Place) && SITES.has(key),
            form: Form::Definite,
            next,
        })
    }

    /// The description that ends with the noun at `token` in a heading: "Former minister quits", "UN envoy quits". `next` is the
    /// first name after it.
    pub fn bare(world: &World, token: u32, sentence: TokenRange, next: usize) -> Option<Nominal> {
        let name = next.checked_sub(1).filter(|&before| world.names[before].tokens.end > sentence.start);
        let floor = name.map_or(sentence.start, |before| world.names[before].tokens.end);
        let mut start = token;
        let is_word = |token: u32| world.text.tokens[token as usize].kind == TokenKind::Word;
        while start > floor
            && token - start < LONGEST
            && is_word(start - 1)
            && is_modifier(world, start - 1)
            && !world.parts(start - 1).is(Parts::VERB.and(Parts::ADVERB))
        {
            start -= 1;
        }
        // "a minister" is somebody new, "Minister Ruiz" has his name.
        let before = start.checked_sub(1).filter(|&before| before >= floor);
        if before.is_some_and(|before| world.parts(before).is(Parts::DETERMINER.and(Parts::POSSESSIVE))) {
            return None;
        }
        let of = name.filter(|&name| {
            let Mention { tokens, entity_type, .. } = world.names[name];
            let is_possessor = world.text.tokens[tokens.end as usize].kind == TokenKind::Clitic;
            tokens.end + u32::from(is_possessor) == start
                && matches!(entity_type, EntityType::Group | EntityType::Place | EntityType::Organization)
        });
        let first = TokenRange::new(token, token);
        let mut nominal = Nominal::up_to_head(world, first, sentence.end, next, None)?;
        if nominal.head != token {
            return None;
        }
        nominal.tokens.start = start;
        (nominal.lead, nominal.name) = (start, of);
        (nominal.form, nominal.is_capital) = (Form::Bare, false);
        Some(nominal)
    }

    /// The description that a possessive pronoun at `token` begins. `next` is the first name after it.
    pub fn possessed(world: &World, token: u32, end: u32, next: usize) -> Option<Nominal> {
        if !world.parts(token).is(Parts::POSSESSIVE) {
            return None;
        }
        let nominal = Nominal::up_to_head(world, TokenRange::new(token, token + 1), end, next, None)?;
        let may_be_near = Types::of(EntityType::Person).and(Types::of(EntityType::Organization));
        let is_told = world.descriptions.is_called(nominal.noun(world)) || nominal.types.any(may_be_near);
        is_told.then_some(Nominal { form: Form::Possessed, ..nominal })
    }

    fn modifiers(&self) -> std::ops::Range<u32> {
        self.tokens.start + u32::from(self.name.is_none() && self.form != Form::Bare)..self.head
    }

    /// Its head.
    pub fn noun(&self, world: &World) -> Noun {
        world.vocabulary.noun(self.head)
    }
}

fn is_hyphen(text: &Text, token: u32) -> bool {
    matches!(text.of(token), "-" | "‑") && !text.space_before(token) && !text.space_before(token + 1)
}

/// What joins a place to a company by a hyphen.
fn is_where(key: &str) -> bool {
    matches!(key, "based" | "headquartered" | "listed" | "registered" | "quoted")
}

/// The head of the noun phrase that goes on at `first`, behind its determiner, and the age in it. No name may stand inside or right
/// after: `stop` is where the next one begins.
fn head(world: &World, first: u32, end: u32, stop: u32) -> Option<(u32, Option<u32>)> {
    let (mut head, mut age) = (None, None);
    let mut at = first;
    while at < end && at - first < LONGEST {
        // Another phrase, or a title of that name.
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
        if matches!(world.text.of(at), "-" | "‑") && at > first {
            at += 1;
            continue;
        }
        if !matches!(kind, TokenKind::Word | TokenKind::Number) {
            break;
        }
        let parts = world.parts(at);
        let can_be_noun = head.is_none() || !parts.is(Parts::VERB) || parts.is(Parts::ALSO_NOUN);
        let is_noun = || {
            kind == TokenKind::Word && world.vocabulary.types(at).is_any()
                || (lower || head.is_none()) && world.descriptions.is_called(world.vocabulary.noun(at))
        };
        if can_be_noun && is_noun() {
            head = Some(at);
        } else if head.is_some() || !is_modifier(world, at) {
            break;
        }
        at += 1;
    }
    Some((head?, age))
}

/// True where the noun is half of something else: "the court ruling", "the commander-in-chief", "the official results", "the
/// republic of Norland".
fn is_inside_compound(world: &World, head: u32, end: u32, next: usize) -> bool {
    let after = head + 1;
    if after >= end {
        return false;
    }
    let text = world.text;
    if matches!(text.of(after), "-" | "‑") && !text.space_before(after) {
        return true;
    }
    let is_place = world.vocabulary.types(head).only() == Some(EntityType::Place);
    // "on the bank of the river"
    let before = head.checked_sub(2).map(|token| world.key(token));
    if world.key(after) == "of" && world.key(head) == "bank" && matches!(before, Some("on" | "along" | "to" | "from")) {
        return true;
    }
    if world.key(after) == "of"
        && is_place
        && world.names.get(next).is_some_and(|name| {
            name.entity_type == EntityType::Place && (after + 1..=after + 2).contains(&name.tokens.start)
        })
    {
        return true;
    }
    if text.tokens[after as usize].kind != TokenKind::Word || text.tokens[after as usize].case != Case::Lower {
        return false;
    }
    let parts = world.parts(after);
    let closed = Parts::CLOSED.and(Parts::TIME).and(Parts::ADVERB);
    if parts.is(closed) {
        return false;
    }
    if !parts.is(Parts::VERB) {
        return parts.is(Parts::NOUN.and(Parts::DOCUMENT).and(Parts::REPORT))
            || world.reading.classes(after).has(Class::Common) && !world.key(after).ends_with("ble");
    }
    // A verb that is a noun as well: a verb or an end follows the noun.
    let ends = || {
        after + 1 >= end
            || matches!(text.of(after + 1), "." | "," | ";" | "?" | "!") && world.key(after).ends_with('s')
            || world.parts(after + 1).is(Parts::AUXILIARY) && !world.parts(after + 1).is(Parts::PREPOSITION)
    };
    parts.is(Parts::ALSO_NOUN) && ends() || world.key(after) == "ruling"
}

/// The noun behind an indefinite word: "a tanker", "another company": something that has no name, where the text goes on without one.
pub(super) fn introduced(world: &World, token: u32, end: u32, next: usize) -> Option<Noun> {
    let stop = world.names.get(next).map_or(u32::MAX, |name| name.tokens.start);
    let (head, _) = head(world, token + 1, end, stop)?;
    (head + 1 < stop).then(|| world.vocabulary.noun(head))
}

/// What kind of organisation something is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// "Acme Ltd", "carmaker"
    Company,
    /// "Leeds", "club"
    Team,
    /// "Reuters", "newspaper"
    Media,
    /// "Labour", "party"
    Party,
    /// "Transport Workers Local 7", "union"
    Union,
    /// "Ministry of Health", "County Board": it has a noun of its own.
    Institution,
}

/// The kind that a noun is for; none for "group", "body" and the like, which are for all.
fn kind_of_noun(key: &str) -> Option<Kind> {
    match key {
        "company" | "firm" | "manufacturer" | "maker" | "carmaker" | "automaker" | "airline" | "retailer"
        | "operator" | "lender" | "insurer" | "supplier" | "developer" | "startup" | "miner" | "builder"
        | "contractor" | "corporation" | "publisher" | "producer" | "conglomerate" | "subsidiary" | "bank"
        | "chain" | "utility" | "carrier" | "brewery" | "multinational" | "drugmaker" | "chipmaker" | "shipbuilder"
        | "housebuilder" | "distributor" | "wholesaler" | "supermarket" | "start-up" => Some(Kind::Company),
        "club" | "team" | "side" | "franchise" | "squad" => Some(Kind::Team),
        "newspaper" | "paper" | "broadcaster" | "website" | "outlet" | "network" | "channel" | "magazine" | "daily" => {
            Some(Kind::Media)
        }
        "party" => Some(Kind::Party),
        "union" | "local" | "brotherhood" => Some(Kind::Union),
        "group" | "organisation" | "organization" | "body" | "institution" | "agency" | "outfit" => None,
        _ => Some(Kind::Institution),
    }
}

/// Nouns of [`Kind::Institution`] that companies may be called by as well.
static BUSINESSES: WordList = WordList::of(
    "giant brand business shop store hotel restaurant unit \
    consultancy consortium cooperative shipyard factory studio venture bidder buyer target rival employer competitor partner",
);

/// Whether something's name is like that of a watchdog: "FCA", "Ofcom", "Environment Agency".
fn may_oversee(world: &World, joined: &Joined, cluster: usize) -> bool {
    joined.mentions_of(cluster).take(4).any(|mention| {
        let name = &world.names[mention];
        let written = world.text.of(name.tokens.start);
        name.kind == MentionKind::Acronym && written.len() > 2
            || name.tokens.len() == 1 && written.starts_with("Of") && written.len() < 8
            || name.tokens.indices().any(|token| {
                matches!(
                    world.reading.key(token as u32),
                    "authority"
                        | "commission"
                        | "agency"
                        | "office"
                        | "board"
                        | "administration"
                        | "executive"
                        | "bureau"
                        | "inspectorate"
                        | "commissioner"
                        | "ombudsman"
                        | "regulator"
                        | "service"
                        | "watch"
                        | "monitor"
                )
            })
    })
}

/// What kind of law something is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Law {
    /// "act", also before it is one: "bill"
    Act,
    /// "pact"
    Treaty,
    Constitution,
}

/// The kind that a noun is for; none for "law" and "deal", which are for all.
fn kind_of_law(key: &str) -> Option<Law> {
    match key {
        "act" | "bill" | "statute" | "legislation" | "ordinance" => Some(Law::Act),
        "treaty" | "pact" | "accord" | "accords" | "agreement" | "convention" | "protocol" => Some(Law::Treaty),
        "constitution" => Some(Law::Constitution),
        _ => None,
    }
}

/// Nouns for offices of state.
fn is_office(key: &str) -> bool {
    matches!(
        key,
        "ministry"
            | "department"
            | "government"
            | "parliament"
            | "senate"
            | "congress"
            | "cabinet"
            | "council"
            | "commission"
            | "committee"
            | "court"
            | "tribunal"
            | "police"
            | "army"
            | "navy"
            | "treasury"
            | "embassy"
    )
}

/// Roles that a scene brings with it, so that "the judge" is nobody who was named: not "the singer", "the 34-year-old".
fn is_of_scene(key: &str) -> bool {
    is_personal_office(key)
        || matches!(
            key,
            "doctor"
                | "nurse"
                | "surgeon"
                | "midwife"
                | "paramedic"
                | "officer"
                | "policeman"
                | "policewoman"
                | "detective"
                | "constable"
                | "sergeant"
                | "inspector"
                | "lawyer"
                | "barrister"
                | "solicitor"
                | "attorney"
                | "coroner"
                | "juror"
                | "clerk"
                | "referee"
                | "manager"
                | "driver"
                | "reporter"
                | "journalist"
                | "interviewer"
                | "landlord"
                | "engineer"
                | "teacher"
                | "headteacher"
                | "principal"
                | "priest"
                | "pilot"
                | "neighbour"
                | "neighbor"
                | "passer-by"
                | "thief"
                | "gunman"
                | "attacker"
                | "victim"
                | "suspect"
                | "defendant"
                | "accused"
                | "plaintiff"
                | "complainant"
                | "assailant"
                | "shooter"
                | "killer"
                | "robber"
                | "burglar"
                | "resident"
                | "passenger"
                | "bystander"
                | "customer"
                | "witness"
                | "owner"
                | "buyer"
                | "seller"
                | "caller"
                | "host"
                | "moderator"
                | "aide"
                | "adviser"
                | "spokesman"
                | "spokeswoman"
                | "spokesperson"
        )
}

/// Those of [`is_of_scene`] whom a report of a crime or an accident is about.
static OF_CRIME: WordList = WordList::of(
    "driver gunman attacker victim suspect defendant accused complainant assailant shooter killer robber \
    burglar thief passenger witness",
);

/// Nouns for somebody who holds no office yet.
fn is_young(key: &str) -> bool {
    matches!(key, "boy" | "girl" | "teenager" | "teen" | "schoolboy" | "schoolgirl" | "toddler" | "baby" | "pupil")
}

/// Nouns for where people live together.
static AREAS: WordList = WordList::of(
    "village town city capital county state province district region country nation municipality \
    borough territory republic kingdom parish township commune suburb hamlet",
);

/// Nouns for what stands or flows in a place, and is none where people live together.
static SITES: WordList = WordList::of(
    "street road avenue lane boulevard highway motorway interstate route school station river lake \
    dam hall stadium arena bridge airport building tower church mosque temple cathedral square \
    museum theatre canal reservoir tunnel prison cemetery mount mountain mountains ocean desert \
    strait forest mill farm hospital house",
);

/// Last words of the names of newspapers.
pub(super) fn is_name_of_paper(key: &str) -> bool {
    matches!(
        key,
        "times"
            | "post"
            | "herald"
            | "tribune"
            | "gazette"
            | "chronicle"
            | "observer"
            | "guardian"
            | "journal"
            | "telegraph"
            | "courier"
            | "echo"
            | "monitor"
            | "dispatch"
            | "bulletin"
            | "sentinel"
            | "examiner"
            | "inquirer"
            | "advertiser"
            | "mirror"
            | "daily"
            | "weekly"
            | "review"
    )
}

/// Well-known names of each kind. What keeps their company in the news, and so is in a cluster with one of them, is of its kind.
const KNOWN: [(Kind, &str); 3] = [
    (
        Kind::Company,
        "barclays tesco bp pfizer ford ryanair samsung google verizon vodafone nestle citigroup siemens unilever",
    ),
    (Kind::Union, "uaw"),
    (Kind::Institution, "unhcr fda ftc faa dea idf"),
];

/// The kind of something with a name of one word by the cluster of that.
#[inline(never)]
fn kind_by_company(world: &World, joined: &Joined, cluster: usize) -> Option<Kind> {
    static CLUSTERS: OnceLock<Vec<(u16, Kind)>> = OnceLock::new();
    let known = CLUSTERS.get_or_init(|| {
        let of_kind = |(kind, names): &(Kind, &'static str)| {
            let kind = *kind;
            let entries = names.split(' ').filter_map(|name| lexicon().entry(name));
            entries.map(move |entry| (entry.cluster, kind))
        };
        KNOWN.iter().flat_map(of_kind).collect()
    });
    let name = world.names[joined.mentions_of(cluster).next()?].tokens;
    let cluster = world.reading.entry(name.start).cluster;
    known.iter().find(|(of, _)| *of == cluster && name.len() == 1).map(|(_, kind)| *kind)
}

/// Whether "the army" may mean something, by its name.
#[inline(never)]
fn may_be_army(world: &World, joined: &Joined, cluster: usize) -> bool {
    joined.mentions_of(cluster).take(4).flat_map(|mention| world.names[mention].tokens.indices()).any(|token| {
        let key = world.reading.key(token as u32);
        matches!(key, "army" | "forces" | "military" | "navy" | "defence" | "defense" | "guard" | "guards" | "idf")
    })
}

/// Whether "the union" may mean something, by its name: not "Orkney Ferries", but "Unison", "IG Metall", "Transport Workers".
fn may_be_union(world: &World, joined: &Joined, cluster: usize) -> bool {
    let is_else = |mention: usize| {
        let tokens = world.names[mention].tokens;
        tokens.len() > 1 && world.reading.classes(tokens.end - 1).has(Class::Common)
    };
    !joined.mentions_of(cluster).take(4).any(is_else) || kind_of_organization(world, joined, cluster).is_some()
}

/// What the name of an organisation tells of its kind.
fn kind_of_organization(world: &World, joined: &Joined, cluster: usize) -> Option<Kind> {
    let mut kind = None;
    for mention in joined.mentions_of(cluster).take(4) {
        let tokens = world.names[mention].tokens;
        if matches!(world.key(tokens.end), "plc" | "ltd" | "inc" | "llc") {
            return Some(Kind::Company);
        }
        for token in tokens.start..tokens.end {
            let classes = world.reading.classes(token);
            if classes.has(Class::Team) {
                return Some(Kind::Team);
            }
            if classes.has(Class::Media) || token + 1 == tokens.end && is_name_of_paper(world.key(token)) {
                return Some(Kind::Media);
            }
            if classes.has(Class::Party) || world.key(token) == "party" {
                return Some(Kind::Party);
            }
            if matches!(world.key(token), "union" | "workers" | "teamsters" | "brotherhood" | "local") {
                return Some(Kind::Union);
            }
            // "Marlow Energy", not the "International Energy Agency" nor the "Ministry of Oil".
            let is_last =
                token + 1 == tokens.end && !(token > tokens.start && matches!(world.key(token - 1), "of" | "and"));
            let trades = match world.key(token) {
                "company" | "group" | "corporation" | "holdings" | "motor" | "airlines" | "airways" | "enterprises"
                | "sons" | "brothers" | "bank" => true,
                "industries" | "motors" | "energy" | "partners" | "technologies" | "systems" | "mining" | "foods"
                | "steel" | "oil" | "materials" => is_last,
                _ => false,
            };
            if matches!(world.key(token), "fc" | "afc" | "cf" | "rfc") {
                return Some(Kind::Team);
            }
            if trades || classes.has(Class::OrganizationSuffix) {
                return Some(Kind::Company);
            }
            // "House" alone is one of a parliament.
            if classes.has(Class::OrganizationHead)
                || matches!(world.key(token), "house" | "senate" | "commons" | "lords")
            {
                kind = Some(Kind::Institution);
            }
        }
    }
    kind
}

/// Anything that may stand between: "former", "Kenyan", "foreign". Function words end the phrase.
fn is_modifier(world: &World, token: u32) -> bool {
    !world.parts(token).is(Parts::CLOSED)
        && !matches!(
            world.key(token),
            "only"
                | "same"
                | "other"
                | "first"
                | "second"
                | "third"
                | "next"
                | "last"
                | "most"
                | "best"
                | "two"
                | "three"
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

/// Lists that are filled for each description anew.
#[derive(Default)]
pub(super) struct Buffers {
    clusters: Vec<usize>,
    called: Vec<usize>,
    near: Vec<usize>,
    modifiers: Vec<WordId>,
}

/// Whom the first sentence of an article speaks of, where nobody has been named before and the next paragraph begins with a name:
/// "The chief executive of Meridian told senators … / Ruiz, who took over in May, …"
pub(super) fn named_below(world: &World, joined: &Joined, memory: &Memory, nominal: &Nominal) -> Option<usize> {
    let (text, names) = (world.text, world.names);
    let may_be_lead = nominal.form == Form::Definite
        && nominal.name.is_none()
        && nominal.types == Types::of(EntityType::Person)
        && memory.so_far[EntityType::Person as usize] == 0;
    // Most descriptions end here.
    if !may_be_lead {
        return None;
    }
    let sentence = text.sentence(nominal.lead);
    let block = sentence.block as usize;
    if sentence.tokens.start != nominal.lead || text.blocks[block].kind != BlockKind::Paragraph {
        return None;
    }
    let below = text.block_tokens.get(block + 1).filter(|_| text.blocks[block + 1].kind == BlockKind::Paragraph)?;
    let from = nominal.next
        + names[nominal.next..].iter().take(MOST_AHEAD).position(|name| name.tokens.start >= below.start)?;
    let name = &names[from];
    let opens = name.tokens.start - below.start <= LONGEST
        && (below.start..name.tokens.start).all(|token| world.in_role.has(token));
    // Somebody else was named in the lead itself.
    let is_first = names[nominal.next..from].iter().all(|name| name.entity_type != EntityType::Person);
    let cluster = joined.cluster_of[from];
    let fits = opens
        && is_first
        && name.entity_type == EntityType::Person
        && fits_type(world, joined, nominal, cluster, false);
    fits.then_some(cluster)
}

/// Whom or what a description means by whose it is, where the text tells that: "her client" of a lawyer, "Ruiz's father", "his party".
pub(super) fn tied(world: &World, joined: &Joined, memory: &Memory, nominal: &Nominal, sentence: u32) -> Option<usize> {
    if nominal.form != Form::Possessed && nominal.name.is_none() {
        return None;
    }
    let gender = match world.key(nominal.lead) {
        "his" => Gender::Male,
        "her" => Gender::Female,
        _ => Gender::Unknown,
    };
    let near = memory.seen.iter().rev().take_while(|seen| sentence - seen.sentence <= OWNED);
    let mut people = near.filter(|seen| {
        seen.entity_type == EntityType::Person && seen.cluster.is_some_and(|owner| kin::fits(joined, gender, owner))
    });
    let Some(relation) = Relation::of(world.key(nominal.head)) else {
        // "Ruiz, a spokesman for Labour, said his party": the one of that kind in what the text calls Ruiz.
        // But "his laboratory" is a part of it.
        let key = world.key(nominal.head);
        let is_whole =
            || kind_of_noun(key) != Some(Kind::Institution) || matches!(key, "charity" | "movement" | "militia");
        let may_be = gender != Gender::Unknown && nominal.types.has(EntityType::Organization) && is_whole();
        let owner = people.next().filter(|_| may_be)?.cluster?;
        // "Former Tesco director Sam Hale said his company"
        let mut roles = joined.mentions_of(owner).take(4).flat_map(|mention| world.titles.roles_of(mention));
        if roles.any(|role| world.key(role.start) == "former") {
            return None;
        }
        let mut owned = world.descriptions.owners(owner).filter(|&other| {
            joined.clusters[other].entity_type == EntityType::Organization
                && fits_type(world, joined, nominal, other, false)
        });
        return owned.next().filter(|_| owned.next().is_none());
    };
    let find = |owner| memory.ties.find(owner, relation, |other| kin::fits(joined, nominal.gender, other));
    if let Some(name) = nominal.name {
        let is_possessor = world.names[name].tokens.end + 1 == nominal.tokens.start;
        return find(joined.cluster_of[name]).filter(|_| is_possessor);
    }
    // Of a sentence before it the first one is likeliest: "Tom and his brother, Ian, run a farm. His brother …"
    let mut last = None;
    for (at, other) in people.filter_map(|seen| Some((seen.sentence, find(seen.cluster?)?))) {
        if last.is_none_or(|(before, _)| before == at && at < sentence) {
            last = Some((at, other));
        } else {
            break;
        }
    }
    let tied = last.map(|(_, other)| other);
    if relation != Relation::Client {
        return tied;
    }
    // "A lawyer acting for Ms Ruiz said her client", "His lawyer said his client" where one alone is accused.
    let is_spoken_for = |seen: &&Seen| {
        let start = seen.tokens.start;
        seen.sentence == sentence && (start.saturating_sub(2)..start).any(|token| kin::stands_up(world.key(token)))
    };
    let mut accused = world.descriptions.called(Noun::of("defendant")).filter(|&one| memory.past[one].mentions > 0);
    let is_here = || memory.seen.iter().rev().find(is_spoken_for)?.cluster;
    tied.or_else(is_here).or_else(|| accused.next().filter(|_| accused.next().is_none()))
}

/// Whom an epithet means that opens a sentence, where one person alone was spoken of in the one before: "Salah has signed. The
/// former Chelsea forward said …", but not "The Chelsea manager said", who may be anybody.
pub(super) fn epithet(
    world: &World,
    joined: &Joined,
    memory: &Memory,
    nominal: &Nominal,
    sentence: u32,
) -> Option<usize> {
    let name = nominal.name.filter(|_| nominal.types == Types::of(EntityType::Person))?;
    let range = world.text.sentence(nominal.lead).tokens;
    let opens = range.start == nominal.lead && world.key(nominal.lead) == "the";
    let goes_on = || world.verb_at(world.after_apposition(nominal.tokens.end, range.end));
    let may_be_any = || is_of_scene(world.key(nominal.head)) || world.key(nominal.head) == "goalkeeper";
    if !opens || !goes_on() || may_be_any() && !is_former(world, nominal) {
        return None;
    }
    let before = memory.seen.iter().rev().skip_while(|seen| seen.sentence == sentence);
    let before = before.take_while(|seen| seen.sentence + 1 == sentence);
    let (mut person, mut is_subject) = (None, false);
    for seen in before.filter(|seen| seen.entity_type == EntityType::Person && !seen.is_plural) {
        if person.is_some_and(|person| Some(person) != seen.cluster) {
            return None;
        }
        person = Some(seen.cluster?);
        is_subject |= seen.is_subject;
    }
    let cluster = person.filter(|_| is_subject)?;
    let owner = joined.cluster_of[name];
    let belongs = |cluster: usize| world.descriptions.belongs(cluster, owner);
    // Who is a keeper is no boss, and "the Norlandish leader" somebody else who is of Norland by the text.
    let is_boss = matches!(world.key(nominal.head), "boss" | "executive");
    let mut others = memory.recent[EntityType::Person as usize].clusters().filter(|&other| other != cluster);
    let is_else = is_boss && world.descriptions.has_role(cluster) || others.any(|other| belongs(other) == Some(true));
    // Who is told to be of Leeds is no "Derby striker", but may be "the England striker" and "the Labour councillor".
    let is_organization = |cluster: usize| joined.clusters[cluster].entity_type == EntityType::Organization;
    let may_be = || {
        is_former(world, nominal)
            || !is_organization(owner)
            || kind_of_organization(world, joined, owner) == Some(Kind::Party)
            || !world.descriptions.owners(cluster).any(is_organization)
    };
    (belongs(cluster).unwrap_or_else(may_be) && !is_else && fits_type(world, joined, nominal, cluster, false))
        .then_some(cluster)
}

/// "Shell fell. The company … BP’s profit rose, but the company": whether the sentence is of the organisation that it named last, and
/// not of what such a noun meant before.
fn turned_to(memory: &Memory, last: usize, before: usize, sentence: u32) -> bool {
    let near = memory.seen.iter().rev().take_while(|seen| seen.sentence == sentence);
    let named = near.filter(|seen| seen.cluster == Some(last) && seen.kind != MentionKind::Pronoun).last();
    named.is_some_and(|named| {
        named.entity_type == EntityType::Organization
            && named.is_first
            && (named.is_subject || named.is_possessor)
            && before != last
            && memory.past[before].last_sentence < named.sentence
    })
}

/// Whether a description that means nothing with a name is of somebody of whom the text told before or goes on to tell: "a boy …
/// The boy", "the teenager", but not "the judge", who is somebody new to everybody else in the text.
pub(super) fn goes_on(world: &World, memory: &Memory, nominal: &Nominal, sentence: u32) -> bool {
    let key = world.key(nominal.head);
    let is_known = || {
        let introduced = memory.introduced.get(&nominal.noun(world));
        introduced.is_some_and(|&before| sentence - before <= NEAR) && (!is_of_scene(key) || OF_CRIME.has(key))
    };
    nominal.form == Form::Definite
        && nominal.name.is_none()
        && nominal.types == Types::of(EntityType::Person)
        && (is_young(key) || is_known())
}

/// "the former minister"
fn is_former(world: &World, nominal: &Nominal) -> bool {
    (nominal.lead..nominal.head).any(|token| world.key(token) == "former")
}

/// Adds all that the description may mean to no `answers`.
pub(super) fn answers(
    world: &World,
    joined: &Joined,
    memory: &Memory,
    nominal: &Nominal,
    sentence: u32,
    Buffers { clusters, called, near, modifiers }: &mut Buffers,
    answers: &mut Vec<Answer>,
) {
    let word = nominal.noun(world);
    // "The officer" is a constable of whom the last sentences tell, "her lawyer" no attorney who was named.
    let source = |cluster: usize| {
        let is_near = |past: Past| past.mentions > 0 && sentence - past.last_sentence <= 2;
        world
            .descriptions
            .source(cluster, word)
            .filter(|source| *source != Source::Wide || nominal.form == Form::Definite && is_near(memory.past[cluster]))
    };
    let first_name = |cluster: usize| {
        joined
            .mentions_of(cluster)
            .map(|mention| world.names[mention].tokens.start)
            .find(|&start| !world.is_byline(start))
    };
    // "Asked about the minister, she … / Ana Ruiz, the minister, …"
    let may_be_below = nominal.form == Form::Definite
        && nominal.types.has(EntityType::Person)
        && world.key(nominal.lead) != "that"
        && !is_kin(world.key(nominal.head));
    let is_named_soon = |cluster: usize| {
        may_be_below
            && joined.clusters[cluster].entity_type == EntityType::Person
            && source(cluster) == Some(Source::Role)
            && first_name(cluster).is_some_and(|start| start.saturating_sub(nominal.head) < SOON)
    };
    called.clear();
    called.extend(world.descriptions.called(word).filter(|&cluster| {
        let past = memory.past[cluster];
        let is_known = match past.mentions {
            0 => nominal.form == Form::Bare || is_named_soon(cluster),
            _ => nominal.form == Form::Bare || sentence - past.last_sentence <= REACH,
        };
        is_known && source(cluster).is_some() && fits_type(world, joined, nominal, cluster, true)
    }));
    let last_called = called.iter().copied().max_by_key(|&cluster| memory.past[cluster].last_sentence);
    // What was mentioned last of the types that it may be, the latest first.
    near.clear();
    for entity_type in EntityType::ALL.into_iter().filter(|&entity_type| nominal.types.has(entity_type)) {
        let recent = memory.recent[entity_type as usize].clusters();
        near.extend(recent.filter(|&cluster| fits_type(world, joined, nominal, cluster, false)));
    }
    sort_by_key(near, |&cluster| std::cmp::Reverse(memory.past[cluster].last_place));
    near.truncate(ANSWERS / 2);
    // "the prime minister" is no other minister, "the mayor" not her deputy.
    let rank = rank(world.reading, nominal.tokens.start, nominal.head);
    let has_rank = |&cluster: &usize| world.descriptions.may_have_rank(cluster, word, rank);
    called.retain(has_rank);
    near.retain(has_rank);
    // "The president" beside a former one is the other one, "the former president" is who was that.
    let former = is_former(world, nominal);
    let holds = |&cluster: &usize| world.descriptions.was(cluster, word) == former;
    let is_held = called.len() > 1 && called.iter().any(holds);
    let may_hold = |cluster: &usize| !is_held || source(*cluster).is_none() || holds(cluster);
    called.retain(may_hold);
    near.retain(may_hold);
    // "Ruiz and his father": whoever has a father is not him.
    if nominal.form == Form::Possessed {
        let of_person = matches!(world.key(nominal.lead), "his" | "her");
        let fits = |cluster: usize| !of_person || joined.clusters[cluster].entity_type == EntityType::Person;
        let mut before = memory.seen.iter().rev().take_while(|seen| sentence - seen.sentence <= 1);
        let owner = before.find_map(|seen| seen.cluster.filter(|&cluster| fits(cluster)));
        // "Lucia Ramos met her son": somebody without a name; but "Farrow's daughter, Kezia, said her father".
        let are_kin = |one: usize, other: usize| world.descriptions.belongs(one, other) == Some(true);
        let is_family = |cluster: usize| owner.is_some_and(|owner| are_kin(owner, cluster) || are_kin(cluster, owner));
        let may_be_any = !is_kin(world.key(nominal.head));
        near.retain(|&cluster| Some(cluster) != owner && (may_be_any || is_family(cluster)));
    }
    // "Carl Reed was jailed. The judge said": nobody who was named, unless the text calls somebody a judge.
    // But "the former French president" is somebody the reader knows.
    let is_scene = nominal.form != Form::Bare && is_of_scene(world.key(nominal.head)) && !former;
    // "A nun met Carl Reed. The nun said": the one without a name.
    let introduced = memory.introduced.get(&word).is_some_and(|&before| sentence - before <= NEAR);
    let is_else = is_scene || introduced && called.is_empty();
    let is_young = is_young(world.key(nominal.head));
    let may_be = |cluster: &usize| {
        joined.clusters[*cluster].entity_type != EntityType::Person
            || !(is_else || is_young && world.descriptions.is_official(*cluster))
    };
    near.retain(may_be);
    // Who wrote the article is nobody in it.
    let writes = |cluster: usize| {
        let mut names = joined.mentions_of(cluster).map(|mention| world.names[mention].tokens.start);
        names.all(|name| name < nominal.tokens.start && world.is_byline(name))
    };
    near.retain(|&cluster| joined.clusters[cluster].entity_type != EntityType::Person || !writes(cluster));
    // A heading speaks of what is named below it.
    if nominal.form == Form::Bare {
        near.clear();
        // "Judge frees man / A judge has freed": nobody who is named.
        let is_introduced = is_personal_office(world.key(nominal.head))
            && (nominal.head + 1..(nominal.head + SOON).min(world.text.tokens.len() as u32))
                .any(|token| world.vocabulary.noun(token) == word && matches!(world.key(token - 1), "a" | "another"));
        let ahead = world.names[nominal.next..].iter().zip(&joined.cluster_of[nominal.next..]);
        let soon = ahead.take_while(|(name, _)| name.tokens.start < nominal.head + SOON);
        for (name, &cluster) in soon.take(MOST_AHEAD) {
            if near.len() < ANSWERS / 4
                && !is_introduced
                && !near.contains(&cluster)
                && !world.is_byline(name.tokens.start)
                && nominal.types.has(joined.clusters[cluster].entity_type)
                && fits_type(world, joined, nominal, cluster, false)
            {
                near.push(cluster);
            }
        }
    }
    // What is named below only where nothing above is called so.
    if nominal.form == Form::Definite && called.iter().any(|&cluster| memory.past[cluster].mentions > 0) {
        called.retain(|&cluster| memory.past[cluster].mentions > 0);
    }
    sort_by_key(called, |&cluster| std::cmp::Reverse(memory.past[cluster].last_sentence));
    clusters.clear();
    clusters.extend(called.iter().take(ANSWERS / 2));
    for &cluster in near.iter() {
        if !clusters.contains(&cluster) {
            clusters.push(cluster);
        }
    }
    for most in memory.most.into_iter().flatten() {
        if nominal.form == Form::Definite
            && !clusters.contains(&most)
            && fits_type(world, joined, nominal, most, false)
            && has_rank(&most)
            && may_be(&most)
            && may_hold(&most)
        {
            clusters.push(most);
        }
    }
    let owner = nominal.name.map(|name| joined.cluster_of[name]);
    if let Some(name) = nominal.name {
        clusters.retain(|&cluster| fits_name(world, joined, nominal, name, cluster));
        // "the Norlandish leader" is who is of Norland by the text, where somebody is.
        let owner = joined.cluster_of[name];
        let is_of = |&cluster: &usize| {
            joined.clusters[cluster].entity_type != EntityType::Person
                || world.descriptions.belongs(cluster, owner) == Some(true)
        };
        if clusters.iter().any(|cluster| world.descriptions.belongs(*cluster, owner) == Some(true)) {
            clusters.retain(is_of);
        }
    }
    let quoted = world.quoted.of(nominal.tokens.start);
    modifiers.clear();
    let tells = |&token: &u32| {
        world.text.tokens[token as usize].kind == TokenKind::Word
            && !matches!(world.key(token), "former" | "late" | "then" | "year" | "old" | "new")
    };
    modifiers.extend(nominal.modifiers().filter(tells).map(|token| world.reading.word(token).folded));
    let (for_country, for_city) = match world.key(nominal.head) {
        "country" | "nation" | "republic" => (true, false),
        "city" | "capital" | "town" | "village" | "metropolis" => (false, true),
        _ => (false, false),
    };
    let noun_kind = kind_of_noun(world.key(nominal.head));
    let meant = memory.meant.get(&word);
    // "BP’s profit rose, but the company cut": not Shell, which the noun meant before.
    let before = meant.copied().flatten().filter(|_| world.verb_at(nominal.tokens.end));
    let over = before.filter(|&before| near.first().is_some_and(|&last| turned_to(memory, last, before, sentence)));
    clusters.retain(|&cluster| Some(cluster) != over);
    let meant = meant.filter(|_| over.is_none());
    let is_mixed = nominal.types.0.count_ones() > 1;
    let only = clusters.len() == 1;
    answers.extend(clusters.iter().map(|&cluster| {
        let mut features = Features::default();
        let entity_type = joined.clusters[cluster].entity_type;
        let source = source(cluster);
        features.add(Sign::InName, source == Some(Source::Name));
        features.add(Sign::InRole, matches!(source, Some(Source::Role | Source::Wide)));
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
        features.add(sign, past.mentions > 0);
        if nominal.form == Form::Bare {
            let first =
                joined.mentions_of(cluster).next().map_or(u32::MAX, |mention| world.names[mention].tokens.start);
            features.add(Sign::Ahead, past.mentions == 0);
            features.add(Sign::AheadSoon, past.mentions == 0 && first - nominal.head.min(first) < SOON);
            features.add(Sign::BareName, source == Some(Source::Name));
            features.add(Sign::BareUncalled, source.is_none());
            features.add(Sign::BareUncalledFirst, source.is_none() && near.first() == Some(&cluster));
            let is_named_often = || joined.mentions_of(cluster).nth(2).is_some();
            features.add(Sign::BareUncalledOften, source.is_none() && is_named_often());
        }
        if nominal.form == Form::Possessed {
            features.add(Sign::HisName, source == Some(Source::Name));
            features.add(Sign::HisUncalled, source.is_none());
            features.add(Sign::HisUncalledOrganization, source.is_none() && entity_type == EntityType::Organization);
            let is_owner = memory.speaker.is_some_and(|(speaker, _)| speaker == cluster)
                || memory.chains.iter().flatten().any(|&(one, last)| one == cluster && sentence - last <= 1);
            features.add(Sign::HisOwner, source.is_none() && is_owner);
        }
        features.add(Sign::Subject, past.was_subject);
        features.add(Sign::Last, near.first() == Some(&cluster));
        features.add(Sign::SecondLast, near.get(1) == Some(&cluster));
        features.add(Sign::Only, only);
        features.add(Sign::OnlyCalled, source.is_some() && called.len() == 1);
        features.add(Sign::LastCalled, last_called == Some(cluster));
        features.add(Sign::Once, past.mentions == 1);
        features.add(Sign::Often, past.mentions > 3);
        features.add(Sign::MostOften, memory.most.contains(&Some(cluster)));
        if entity_type == EntityType::Place && (for_country || for_city) {
            let (country, city) = kind_of_place(world, joined, cluster);
            features.add(Sign::CountryFits, for_country && country);
            features.add(Sign::CityFits, for_city && city && !country);
            features.add(Sign::PlaceClashes, for_country && !country || for_city && country);
        }
        features.add(Sign::Near, distance <= NEAR);
        features.add(Sign::Heading, past.in_heading);
        features.add(Sign::OnlySoFar, memory.so_far[entity_type as usize] == 1);
        features.add(Sign::OnlyInText, memory.in_all[entity_type as usize] == 1);
        features.add(Sign::UncalledOnly, source.is_none() && memory.so_far[entity_type as usize] == 1);
        features.add(Sign::UncalledOften, source.is_none() && memory.most.contains(&Some(cluster)));
        if let Some(meant) = meant {
            features.add(Sign::SameNoun, *meant == Some(cluster));
            features.add(Sign::SameNounElse, meant.is_some_and(|other| other != cluster));
        }
        if let Some(owner) = owner {
            let belongs = world.descriptions.belongs(cluster, owner);
            features.add(Sign::NameFits, belongs == Some(true));
            features.add(Sign::NameFitsCalled, belongs == Some(true) && source.is_some());
            features.add(Sign::NameUnknownCalled, belongs.is_none() && source.is_some());
            features.add(Sign::NameElse, belongs == Some(false));
            features.add(Sign::NameUnknown, belongs.is_none());
        }
        if entity_type == EntityType::Organization
            && source.is_none()
            && let (Some(one), Some(other)) = (noun_kind, kind_of_organization(world, joined, cluster))
        {
            features.add(Sign::KindFits, one == other && one != Kind::Institution);
            features.add(Sign::KindClashes, one != other);
            features.add(Sign::OtherNoun, one == other && one == Kind::Institution);
        }
        // A ministry's name says so, where it is no acronym.
        if entity_type == EntityType::Organization && source.is_none() && noun_kind == Some(Kind::Institution) {
            let is_spelt = joined.mentions_of(cluster).any(|mention| world.names[mention].kind == MentionKind::Name);
            let is_office = is_office(world.key(nominal.head));
            features.add(Sign::UncalledOffice, is_spelt && is_office);
            features.add(Sign::UncalledInstitution, is_spelt && !is_office);
        }
        features.add(
            Sign::OtherRole,
            entity_type == EntityType::Person && source.is_none() && world.descriptions.has_role(cluster),
        );
        features.add(
            Sign::OtherOffice,
            source.is_none() && world.descriptions.has_office(cluster) && is_personal_office(world.key(nominal.head)),
        );
        features.add(
            Sign::GenderAgrees,
            nominal.gender != Gender::Unknown && joined.clusters[cluster].gender == nominal.gender,
        );
        Answer { target: Target::Named(cluster), features, noun: None }
    }));
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
    nothing.add(Sign::NothingLong, !modifiers.is_empty());
    let is_possessed = nominal.name.is_some_and(|name| world.names[name].tokens.end + 1 == nominal.tokens.start);
    nothing.add(Sign::NothingNamed, nominal.name.is_some());
    nothing.add(Sign::NothingPossessed, is_possessed);
    let is_bare = nominal.form == Form::Bare;
    nothing.add(
        Sign::NothingThis,
        nominal.name.is_none() && nominal.form == Form::Definite && world.key(nominal.lead) != "the",
    );
    nothing.add(Sign::NothingBare, is_bare);
    nothing.add(Sign::NothingBareSeveral, is_bare && called.len() > 1);
    nothing.add(Sign::NothingHis, nominal.form == Form::Possessed);

    nothing.add(Sign::NothingQuoted, quoted != 0);
    nothing.add(Sign::NothingCapital, nominal.is_capital);
    nothing.add(Sign::NothingUncalled, called.is_empty());
    let introduced = memory.introduced.get(&word).is_some_and(|&before| sentence - before <= REACH);
    nothing.add(Sign::NothingIntroduced, introduced && called.is_empty());
    nothing.add(Sign::NothingSubject, world.verb_at(nominal.tokens.end));
    nothing.add(Sign::NothingUsual, seldom_points_back(world.key(nominal.head)));
    nothing.add(Sign::NothingAge, nominal.age.is_some());
    let before = nominal.lead.checked_sub(1);
    nothing.add(Sign::NothingPreposition, before.is_some_and(|token| world.parts(token).is(Parts::PREPOSITION)));
    let noun = Some(noun_number(world.reading.word(nominal.head).number));
    answers.push(Answer { target: Target::Nothing, features: nothing, noun });
}

/// Whether a description can be for this thing: by type where the noun is known, else only where the text calls it so.
fn fits_type(world: &World, joined: &Joined, nominal: &Nominal, cluster: usize, is_called: bool) -> bool {
    let content = &joined.clusters[cluster];
    let kind_fits = nominal.types.has(content.entity_type) || is_called && !nominal.types.is_any();
    let named = !matches!(
        content.entity_type,
        EntityType::Date | EntityType::Money | EntityType::Percent | EntityType::Quantity | EntityType::Group
    );
    let speaks =
        nominal.is_speaker && content.entity_type != EntityType::Person && !nominal.types.has(content.entity_type);
    // "the department, the prosecutor said": what is for people alone is for nothing else, whatever stands beside it.
    let is_for_people = nominal.types == Types::of(EntityType::Person);
    let fits = named
        && !speaks
        && (kind_fits || is_called && content.entity_type != EntityType::Person && !is_for_people)
        && !(content.entity_type == EntityType::Person && contradict(nominal.gender, content.gender));
    if !fits {
        return false;
    }
    let key = world.key(nominal.head);
    // No broadcaster, club or company is the ministry, no company the university, and no institution is the company.
    if content.entity_type == EntityType::Organization && !is_called {
        let noun = kind_of_noun(key);
        let is_for_any = match noun {
            Some(Kind::Institution) => !is_office(key),
            noun => noun.is_none(),
        };
        let may_be_company = || if noun.is_none() { key != "agency" } else { BUSINESSES.has(key) };
        if !(is_for_any && may_be_company())
            && kind_of_organization(world, joined, cluster)
                .or_else(|| kind_by_company(world, joined, cluster))
                .is_some_and(|kind| match kind {
                    _ if !is_for_any => Some(kind) != noun,
                    // "the charity" is no broadcaster, though "the agency" may be one of news.
                    Kind::Media | Kind::Team | Kind::Party => noun.is_some(),
                    kind => kind == Kind::Company,
                })
            || key == "union" && !may_be_union(world, joined, cluster)
            || matches!(key, "army" | "military" | "navy") && !may_be_army(world, joined, cluster)
            || matches!(key, "watchdog" | "regulator" | "ombudsman") && !may_oversee(world, joined, cluster)
        {
            return false;
        }
    }
    let mut words = joined
        .mentions_of(cluster)
        .take(4)
        .flat_map(|mention| world.names[mention].tokens.indices())
        .map(|token| token as u32);
    // No act is the treaty, and only what is called so the constitution.
    if content.entity_type == EntityType::Work
        && !is_called
        && let Some(noun) = kind_of_law(key)
    {
        let kind = words.find_map(|word| kind_of_law(world.reading.key(word)));
        if noun == Law::Constitution || kind.is_some_and(|kind| kind != noun) {
            return false;
        }
    }
    // "Canal Street" is not the village, and Norland no river.
    if content.entity_type == EntityType::Place && !is_called {
        // Few words are nouns or heads of names.
        let is_of_site = |word: u32| {
            let may_be = world.vocabulary.types(word).has(EntityType::Place) || world.reading.classes(word).any(HEADS);
            may_be && SITES.has(world.reading.key(word))
        };
        let is_else = nominal.is_area || nominal.is_site && key != "building";
        let kind = || kind_of_place(world, joined, cluster);
        if is_else && words.any(is_of_site)
            || nominal.is_site && kind() != (false, false)
            || matches!(key, "state" | "province" | "county") && kind() == (false, true)
        {
            return false;
        }
    }
    // "the 74-year-old" is nobody of another age.
    if let Some(age) = nominal.age
        && world.descriptions.has_any_age(cluster)
        && !world.descriptions.has_age(cluster, world.reading.word(age).folded)
    {
        return false;
    }
    true
}

/// Whether a description with a name in it can be for this thing, by what its descriptions tell of that name: a person or a
/// company must not be of another country, what else there is must be of this one, and nothing is what it stands before.
fn fits_name(world: &World, joined: &Joined, nominal: &Nominal, name: usize, cluster: usize) -> bool {
    let owner = joined.cluster_of[name];
    if owner == cluster {
        return false;
    }
    let belongs = world.descriptions.belongs(cluster, owner);
    let is_where = matches!(world.names[name].entity_type, EntityType::Group | EntityType::Place);
    let is_known = match joined.clusters[cluster].entity_type {
        EntityType::Person => !is_where,
        EntityType::Organization => {
            !is_where || kind_of_noun(world.key(nominal.head)).is_none_or(|kind| kind == Kind::Institution)
        }
        EntityType::Place => false,
        _ => true,
    };
    if is_known { belongs == Some(true) } else { belongs != Some(false) }
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
    let sentence = text.sentence(mention.tokens.start).tokens;
    let sentence_end = sentence.end;
    // "A senior Home Office spokesperson": one of several.
    let mut before = (sentence.start..mention.tokens.start).rev().take(3);
    if before.any(|token| matches!(reading.key(token), "a" | "an" | "another")) {
        return None;
    }
    let possessed = text.tokens.get(mention.tokens.end as usize).is_some_and(|token| token.kind == TokenKind::Clitic);
    let start = mention.tokens.end + u32::from(possessed);
    let mut end = start;
    while end < sentence_end && end - start < LONGEST && (is_title(reading, end) || text.of(end) == "-" && end > start)
    {
        end += 1;
    }
    // Right before a name the words are its title, and "Treasury Secretary" may go on as a name.
    let before_name = world.names.get(name + 1).is_some_and(|next| next.tokens.start <= end);
    if start == end || before_name || world.in_role.has(start) {
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
    let head = world.vocabulary.noun(end - 1);
    let institution = joined.cluster_of[name];
    // The office, and whether it is one of this institution, of another one, or of none that is named.
    let fit = |cluster: usize| -> Option<u8> {
        // "the Norlandish president" is not the one of another country.
        if world.descriptions.belongs(cluster, institution) == Some(false) {
            return None;
        }
        let roles = joined.mentions_of(cluster).flat_map(|mention| world.titles.roles_of(mention));
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
        .filter(|&cluster| memory.past[cluster].mentions > 0)
        .filter_map(|cluster| Some((fit(cluster)?, memory.past[cluster].last_sentence, cluster)))
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

#[cfg(test)]
mod tests {
    use super::super::tests::entities;
    use super::EntityType::{Organization, Person};

    #[test]
    fn an_office_beside_a_former_one_is_its_holders() {
        let names = [("Amaka Eze", Person), ("Bola Adisa", Person)];
        let source = "Governor Amaka Eze blamed former governor Bola Adisa. The former governor was calm. The governor disagreed.";
        assert_eq!(entities(source, &names), [["Amaka Eze", "The governor"], ["Bola Adisa", "The former governor"]]);
    }

    #[test]
    fn initials_and_the_premier_are_the_office() {
        let names = [("Jens Moe", Person), ("Ana Ruiz", Person)];
        let source =
            "Prime Minister Jens Moe met Chief Minister Ana Ruiz. The premier smiled. The CM left. The PM stayed.";
        assert_eq!(entities(source, &names), [vec!["Jens Moe", "The premier", "The PM"], vec!["Ana Ruiz", "The CM"]]);
    }

    #[test]
    fn a_signing_is_somebody_and_the_signing_of_somebody_is_not() {
        let names = [("Wrexley Town", Organization), ("Aaron Cole", Person)];
        let source = "Wrexley Town have confirmed the signing of striker Aaron Cole. Aaron Cole has left Stoke. The club announced the signing of the striker.";
        let found = entities(source, &names);
        assert!(!found.iter().flatten().any(|mention| mention == "the signing"), "{found:?}");
    }

    #[test]
    fn a_heading_s_judge_is_whom_the_text_introduces() {
        let source = "Judge blocks plan for tower\n\nA judge has blocked a plan by developer Max Stone.";
        assert_eq!(entities(source, &[("Max Stone", Person)]), [["Max Stone"]]);
    }

    #[test]
    fn a_ferry_company_is_no_union() {
        let source = "Sealink Ferries cancelled its boats. The union said pay was low.";
        let found = entities(source, &[("Sealink Ferries", Organization)]);
        assert_eq!(found, [["Sealink Ferries", "its"]]);
        let found = entities("Unite held a vote. The union said pay was low.", &[("Unite", Organization)]);
        assert_eq!(found, [["Unite", "The union"]]);
    }
}
