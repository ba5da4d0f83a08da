//! One thing, one type: names that can only be the same thing get the type that the evidence of all of them speaks for.
//!
//! The recogniser sees each sentence nearly by itself and may read one name as an organisation here and as a treaty there.
//! Its confidence in each mention is a vote; so is what stands beside a name ("the tanker Eagle S", "Mr Kato", "Acme, a
//! broker"), an acronym that is made of its initials, and, for a single word, the full name of somebody who has it as
//! surname. A name of two words or more, or an acronym, seldom is two things in one article; a single word that is a place
//! as well ("Washington") may well be, and stays one unless nearly all speaks for the other.

use super::businesses::is_business;
use super::edges::is_law_of;
use super::form::{Consonants, Form, FormId, Forms, Part, ROOM};
use super::nominals::is_name_of_paper;
use super::nouns::Vocabulary;
use super::spellings::Spelling;
use super::word_list::WordList;
use crate::annotation::{EntityType, MentionKind};
use crate::hashing::{Numbers, WordHasher, WordMap, WordSet};
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Class, Classes, Reading};
use crate::ner::Mention;
use crate::text::{Case, Text, TokenKind, TokenRange};
use std::hash::Hasher;

/// What a word beside a name that tells what it is weighs; a confident mention weighs 1.
const BESIDE: f32 = 0.7;
/// What "the village of" weighs.
const OF_WHAT: f32 = 1.5;
/// What "south of" weighs, and "in" where it stands for somebody.
const LOCATED: f32 = 0.9;
/// What a noun behind a name weighs for each of its mentions: "Garuda Pangan, a food company".
const APPOSED: f32 = 1.2;
/// What a full name weighs for each mention of its surname.
const FULL_NAME: f32 = 1.0;
/// What the votes for a short name weigh beside those for the name that it stands for, and what these weigh.
const SHORT: f32 = 0.2;
const DEFINED: f32 = 3.0;
/// How many times the votes of its other mentions a type needs to take those of a place from it.
const CLEARLY: f32 = 4.0;

/// True for what has a name by which it is told from others of its kind.
pub(super) fn is_name(entity_type: EntityType) -> bool {
    use EntityType::{Event, Organization, Person, Place, Product, Work};
    matches!(entity_type, Person | Organization | Place | Event | Work | Product)
}

/// Votes by type.
type Votes = [f32; EntityType::ALL.len()];

/// Names that are one thing by their letters.
struct Ballot {
    /// Of the first of them.
    form: FormId,
    /// Index of the first of them.
    first: u32,
    /// How many there are.
    mentions: u32,
    votes: Votes,
    /// A name of two words or more, or an acronym.
    is_whole: bool,
    /// Somebody or something is in it, or comes from it.
    is_where: bool,
    /// What the words beside it say for sure that it is.
    told: Option<EntityType>,
    /// What a noun behind it says that it is.
    apposed: Option<EntityType>,
    /// The type with the most votes.
    winner: EntityType,
    /// How many times the votes of a mention's own type it needs to take its place.
    factor: f32,
}

/// No ballot.
const NONE: u32 = u32::MAX;

/// What spellings of one name share: "'Asaeb Ahl Al-Haqq" is what "Asa’ib Ahl al-Haq" is.
enum Shared<'f> {
    Letters(Spelling),
    /// Of all words in a row.
    Row(Consonants),
    /// Of each of these.
    Parts(&'f [Part]),
}

impl Shared<'_> {
    fn of<'f>(form: &Form<'f>) -> Shared<'f> {
        match form.joined {
            _ if form.telling.len() < 2 => Shared::Letters(form.letters),
            Some(joined) => Shared::Row(joined),
            None => Shared::Parts(form.telling),
        }
    }

    fn hash(&self) -> u64 {
        let mut hasher = WordHasher::default();
        match self {
            Shared::Letters(letters) => hasher.write_usize(letters.index()),
            Shared::Row(consonants) => hasher.write_usize(!consonants.index()),
            Shared::Parts(parts) => parts.iter().for_each(|part| hasher.write_usize(part.consonants.index())),
        }
        hasher.finish()
    }

    fn is(&self, other: &Shared) -> bool {
        match (self, other) {
            (Shared::Letters(one), Shared::Letters(other)) => one == other,
            (Shared::Row(one), Shared::Row(other)) => one == other,
            (Shared::Parts(ones), Shared::Parts(others)) => {
                ones.iter().map(|part| part.consonants).eq(others.iter().map(|part| part.consonants))
            }
            _ => false,
        }
    }
}

const PLACES: Classes = Classes::of(Class::Place)
    .and(Classes::of(Class::City))
    .and(Classes::of(Class::Town))
    .and(Classes::of(Class::Country))
    .and(Classes::of(Class::Region));

/// Words that make names of other things than people.
const HEADS: Classes = Classes::of(Class::OrganizationHead)
    .and(Classes::of(Class::PlaceHead))
    .and(Classes::of(Class::EventHead))
    .and(Classes::of(Class::WorkHead))
    .and(Classes::of(Class::Common));

/// What the lexicon knows for names of organisations.
const ORGANIZATIONS: Classes = Classes::of(Class::Organization)
    .and(Classes::of(Class::Media))
    .and(Classes::of(Class::Party))
    .and(Classes::of(Class::Team));

/// Gives each thing one type. Linear.
#[inline(never)]
pub(super) fn agree(
    text: &Text,
    reading: &Reading,
    vocabulary: &Vocabulary,
    forms: &mut Forms,
    mentions: &mut [Mention],
) {
    let pairs = brackets(text, reading, forms, mentions);
    families(text, reading, mentions);
    line_ups(text, mentions);
    let room = mentions.len().min(ROOM);
    let mut ballots: Vec<Ballot> = Vec::with_capacity(room);
    let mut numbers = Numbers::with_room(room);
    // Surnames of people who are named in full, without their vowels; and their given names.
    let mut surnames: WordSet<Consonants> = WordSet::default();
    let mut given: WordSet<Spelling> = WordSet::default();
    // The last words of these names.
    let mut families: WordSet<Spelling> = WordSet::default();
    // People who are named by one word.
    let mut single: WordMap<Spelling, f32> = WordMap::default();
    // Organisations that are named by one word and what they are, those of these that are companies, and ships.
    let mut shortened: WordSet<Spelling> = WordSet::default();
    let mut companies: WordSet<Spelling> = WordSet::default();
    let mut ships: WordSet<Spelling> = WordSet::default();
    // By mention.
    let mut ballots_of: Vec<u32> = vec![NONE; mentions.len()];
    // The end of the list of names that is gone through, and what all in it are.
    let (mut end_of_list, mut listed) = (0, None);
    for (index, mention) in mentions.iter().enumerate() {
        if index >= end_of_list {
            (end_of_list, listed) = list_from(text, reading, mentions, index);
        }
        // What the lexicon knows as a people stays one.
        let is_people =
            mention.entity_type == EntityType::Group && !reading.classes(mention.tokens.end - 1).any(Classes::PEOPLES);
        if !is_name(mention.entity_type) && !is_people {
            continue;
        }
        let id = forms.of_nth(index, mention);
        let form = forms.get(id);
        match (mention.entity_type, form.telling) {
            (EntityType::Person, [part]) => *single.entry(part.key).or_default() += mention.confidence,
            (EntityType::Person, [first, .., last]) => {
                given.insert(first.key);
                families.insert(last.key);
                if last.has_telling_consonants {
                    surnames.insert(last.consonants);
                }
            }
            // "Saehan Group" is also called "Saehan", "Corella Resources" "Corella".
            (EntityType::Organization, [word, kind @ ..])
                if !kind.is_empty()
                    && !word.is_common
                    && !kind.iter().any(|part| is_of_town(forms.spellings.of(part.key)))
                    && (kind.iter().all(|part| part.is_generic)
                        || mention.tokens.len() == 2 && is_trade(reading.key(mention.tokens.end - 1))) =>
            {
                shortened.insert(word.key);
                let last = reading.key(mention.tokens.end - 1);
                if is_trade(last) || matches!(last, "insurance" | "ltd" | "inc" | "plc" | "corp" | "group") {
                    companies.insert(word.key);
                }
            }
            // "HMS Argyll" is also called "the Argyll", "MSC Ariel" the "Ariel".
            (entity_type, [_, word])
                if is_ship_prefix(text.of(mention.tokens.start), entity_type != EntityType::Product)
                    || entity_type == EntityType::Product
                        && mention.tokens.len() == 2
                        && text.tokens[mention.tokens.start as usize].case == Case::Upper
                        && !reading.classes(mention.tokens.end - 1).any(PLACES) =>
            {
                ships.insert(word.key);
            }
            _ => {}
        }
        let shared = Shared::of(&form);
        let is_shared = |ballot: u32| shared.is(&Shared::of(&forms.get(ballots[ballot as usize].form)));
        let ballot = numbers.find_or_add(shared.hash(), ballots.len() as u32, is_shared) as usize;
        if ballot == ballots.len() {
            let is_whole = form.telling.len() > 1 || mention.kind == MentionKind::Acronym;
            let winner = mention.entity_type;
            ballots.push(Ballot {
                form: id,
                first: index as u32,
                mentions: 0,
                votes: Votes::default(),
                is_whole,
                is_where: false,
                told: None,
                apposed: None,
                winner,
                factor: 1.0,
            });
        }
        ballots_of[index] = ballot as u32;
        let ballot = &mut ballots[ballot];
        ballot.mentions += 1;
        if is_located(text, reading, mention) {
            ballot.votes[EntityType::Place as usize] += LOCATED;
        }
        ballot.is_where |= mention.tokens.start > text.sentence(mention.tokens.start).tokens.start
            && matches!(
                reading.key(mention.tokens.start - 1),
                "in" | "from" | "at" | "near" | "across" | "into" | "outside"
            );
        ballot.votes[mention.entity_type as usize] += mention.confidence;
        let (apposed, is_clear) = apposition(text, reading, vocabulary, mention);
        if let Some(entity_type) = apposed.or_else(|| beside(text, reading, vocabulary, mention)) {
            ballot.votes[entity_type as usize] += BESIDE;
        }
        ballot.apposed = ballot.apposed.or(apposed.filter(|_| is_clear));
        let told = called(text, reading, vocabulary, mention);
        let is_business = told.is_none() && is_business(text, reading, mention);
        ballot.told = ballot.told.or(told).or(is_business.then_some(EntityType::Organization));
        if is_movement(text, reading, mention) {
            ballot.votes[EntityType::Organization as usize] += OF_WHAT;
        }
        if let Some(entity_type) = listed.filter(|&listed| may_be(text, reading, mention, listed)) {
            ballot.votes[entity_type as usize] += OF_WHAT;
        }
        let before = index.checked_sub(1).map(|before| &mentions[before]);
        if let Some(entity_type) = of_what(text, reading, mention).or_else(|| of_whose(text, reading, before?, mention))
        {
            ballot.votes[entity_type as usize] += OF_WHAT;
        }
        if is_state(text, reading, mention) {
            ballot.votes[EntityType::Place as usize] += OF_WHAT;
        }
        if is_ship(text, reading, mention) {
            ballot.votes[EntityType::Product as usize] += OF_WHAT;
        }
        if is_law(text, reading, mention) {
            ballot.votes[EntityType::Work as usize] += OF_WHAT;
        }
        if is_fair(reading, mention) {
            ballot.votes[EntityType::Event as usize] += OF_WHAT;
        }
    }
    // What a short name was taken for elsewhere counts little beside the name that it stands for.
    for (short, name) in pairs {
        let (short, name) = (ballots_of[short], ballots_of[name]);
        if short != NONE && name != NONE && short != name {
            let votes = ballots[name as usize].votes;
            for (all, votes) in ballots[short as usize].votes.iter_mut().zip(votes) {
                *all = SHORT * *all + DEFINED * votes;
            }
        }
    }
    pool_acronyms(reading, forms, mentions, &mut ballots);
    let is_sport = is_sport(reading, mentions) || mentions.iter().any(|mention| wins(text, reading, mention));
    for ballot in &mut ballots {
        let first = &mentions[ballot.first as usize];
        // The last word: "al-Khalidi" is no "AL".
        let classes = reading.classes(first.tokens.end - 1);
        let is_place = !ballot.is_whole && classes.any(PLACES);
        // "Lorraine", where somebody is called Lorraine Ruiz and nobody is in Lorraine.
        let form = forms.get(ballot.form);
        let is_given = is_place
            && !ballot.is_where
            && classes.has(Class::GivenName)
            && form.telling.first().is_some_and(|part| given.contains(&part.key));
        if is_given {
            ballot.votes[EntityType::Person as usize] += 2.0 * FULL_NAME * ballot.mentions as f32;
        }
        // "… on the Siachen Glacier, a brigade": what is where is no apposition.
        let may_be_organization = ballot.is_whole && !classes.has(Class::PlaceHead);
        if let Some(entity_type) = ballot.apposed
            && (first.entity_type == EntityType::Person
                || entity_type == EntityType::Product
                    && first.tokens.start > 0
                    && reading.key(first.tokens.start - 1) == "the"
                || entity_type == EntityType::Organization
                    && first.entity_type == EntityType::Place
                    && may_be_organization)
        {
            ballot.votes[entity_type as usize] += APPOSED * ballot.mentions as f32;
        }
        let is_surname =
            !ballot.is_whole && form.telling.last().is_some_and(|last| surnames.contains(&last.consonants));
        if is_surname && !is_place {
            ballot.votes[EntityType::Person as usize] += FULL_NAME * ballot.mentions as f32;
        }
        let is_named = given.contains(&form.letters);
        if let Some(entity_type) = ballot.told
            && (entity_type != EntityType::Organization
                || !is_surname && !is_named && !form.telling.last().is_some_and(|last| families.contains(&last.key)))
        {
            ballot.votes[entity_type as usize] += APPOSED * if ballot.is_where { 1.0 } else { ballot.mentions as f32 };
        }
        // "Norcross" of Norcross Industries, where nothing is in Norcross.
        let is_short = !ballot.is_whole && (!is_place || !ballot.is_where && !classes.has(Class::Country));
        let is_ship = is_short && ships.contains(&form.letters);
        let is_company = is_short && companies.contains(&form.letters);
        if is_ship || is_short && shortened.contains(&form.letters) {
            let (entity_type, weight) =
                if is_ship { (EntityType::Product, OF_WHAT) } else { (EntityType::Organization, FULL_NAME) };
            ballot.votes[entity_type as usize] += weight * ballot.mentions as f32;
            if is_place {
                ballot.votes[entity_type as usize] += ballot.votes[EntityType::Place as usize];
                ballot.votes[EntityType::Place as usize] = 0.0;
            }
        }
        // "Rabindranath Tagore", where "Tagore" is somebody.
        if ballot.is_whole
            && matches!(first.tokens.len(), 2 | 3)
            && first.entity_type != EntityType::Person
            && !first.tokens.indices().any(|token| reading.classes(token as u32).any(HEADS))
            && let Some(sum) = single.get(&forms.spellings.add(reading.key(first.tokens.end - 1)))
        {
            ballot.votes[EntityType::Person as usize] += sum.min(2.0);
        }
        if is_place && !is_given && ballot.votes[EntityType::Place as usize] > 0.0 {
            ballot.votes[EntityType::Place as usize] += BESIDE;
        }
        // "sanctioned by Washington": where nobody plays, a city that acts is its government, which we call by the place. Nor is a
        // capital somebody, "Tehran said", where nobody has the name.
        if is_city(reading, first) && !is_sport && !is_company {
            let is_nobody = !is_surname
                && !is_named
                && ballot.votes[EntityType::Person as usize] > 0.0
                && CAPITALS.has(reading.key(first.tokens.start))
                && !reading.classes(first.tokens.start.saturating_sub(1)).any(Classes::TITLES);
            for other in [EntityType::Organization, EntityType::Person] {
                if is_nobody || other == EntityType::Organization {
                    ballot.votes[EntityType::Place as usize] += ballot.votes[other as usize];
                    ballot.votes[other as usize] = 0.0;
                }
            }
        }
        // The first of equal ones: that of the first mention.
        ballot.winner = first.entity_type;
        for entity_type in EntityType::ALL {
            if ballot.votes[entity_type as usize] > ballot.votes[ballot.winner as usize] {
                ballot.winner = entity_type;
            }
        }
        // A team is named as its city; where the city is named oftener, the other is more likely it, acting.
        if is_place && !is_given && ballot.winner != EntityType::Place {
            ballot.factor = CLEARLY;
        }
    }
    for (mention, &ballot) in mentions.iter_mut().zip(&ballots_of) {
        let Some(Ballot { votes, winner, factor, .. }) = ballots.get(ballot as usize) else { continue };
        if votes[*winner as usize] > factor * votes[mention.entity_type as usize] {
            mention.entity_type = *winner;
        }
        if is_sport
            && mention.entity_type == EntityType::Place
            && (plays(text, reading, mention) || wins(text, reading, mention))
        {
            mention.entity_type = EntityType::Organization;
        }
    }
}

/// Whether a text names teams.
pub(super) fn is_sport(reading: &Reading, mentions: &[Mention]) -> bool {
    let is_team = |mention: &Mention| reading.classes(mention.tokens.end - 1).has(Class::Team);
    mentions.iter().any(|mention| mention.entity_type == EntityType::Organization && is_team(mention))
}

/// What stands behind two numbers that are no score: "a 6-3 ruling".
static NO_SCORES: WordList = WordList::of(
    "ruling vote decision majority verdict margin split inches inch places points percent per rate jobs days weeks months years",
);

/// "Exeter won 21-14", "Didcot took a 3-0 lead", "Clinton (5-2) hosts", "Ohio won again": a team, whatever else a text is about.
fn wins(text: &Text, reading: &Reading, mention: &Mention) -> bool {
    let TokenRange { start, end } = mention.tokens;
    let sentence = text.sentence(start).tokens;
    if mention.entity_type != EntityType::Place || !sentence.holds(end + 2) {
        return false;
    }
    let is_goals = |token: u32| text.tokens[token as usize].kind == TokenKind::Number && text.of(token).len() < 4;
    let is_score = |token: u32| {
        sentence.holds(token + 2)
            && matches!(text.of(token + 1), "-" | "–")
            && is_goals(token)
            && is_goals(token + 2)
            && !text.space_before(token + 1)
            && !(sentence.holds(token + 3) && NO_SCORES.has(reading.key(token + 3)))
    };
    let has_score = match reading.key(end) {
        // "Auteuil (7-2), Per Lie" is a horse.
        "(" => {
            let close = (end + 4..sentence.end.min(end + 9)).find(|&token| text.of(token) == ")");
            is_score(end + 1)
                && close.is_some_and(|close| {
                    sentence.holds(close + 1) && text.tokens[close as usize + 1].case == Case::Lower
                })
        }
        "beat" | "defeated" | "downed" | "drew" | "edged" | "fell" | "led" | "lost" | "took" | "trailed" => {
            (end + 1..end + 9).any(is_score)
        }
        "won" => reading.key(end + 1) == "again" || (end + 1..end + 9).any(is_score),
        _ => false,
    };
    has_score && !known_as(reading, mention.tokens).has(Class::Country)
}

/// Where the list of names ends that begins at a mention, "Parkes, Forbes, Nyngan and Bourke", and whether all in it are places or people
/// because most of them are.
#[inline(never)]
fn list_from(text: &Text, reading: &Reading, mentions: &[Mention], first: usize) -> (usize, Option<EntityType>) {
    let mut end = first + 1;
    while let Some(next) = mentions.get(end)
        && next.tokens.start.wrapping_sub(mentions[end - 1].tokens.end).wrapping_sub(1) < 2
        && (mentions[end - 1].tokens.end..next.tokens.start).all(|tie| matches!(text.of(tie), "," | "and" | "or" | "&"))
    {
        end += 1;
    }
    let list = &mentions[first..end];
    if list.len() < 4 {
        return (end, None);
    }
    // "the towns of Tarlee, Holm and Bellin"
    if of_what(text, reading, &list[0]) == Some(EntityType::Place) {
        return (end, Some(EntityType::Place));
    }
    let (mut all, mut most) = (None, 2);
    for entity_type in [EntityType::Place, EntityType::Person] {
        let count = list.iter().filter(|mention| mention.entity_type == entity_type).count();
        let fits = || list.iter().all(|mention| may_be(text, reading, mention, entity_type));
        if count > most && (count * 5 >= list.len() * 3 || count * 2 >= list.len() && fits()) {
            (all, most) = (Some(entity_type), count);
        }
    }
    (end, all)
}

/// Whether a name in a list can be what the others there are: a place has one word, and what is known or has a kind in it is
/// nobody.
fn may_be(text: &Text, reading: &Reading, mention: &Mention, entity_type: EntityType) -> bool {
    use EntityType::{Organization, Person, Place, Product, Work};
    let TokenRange { start, end } = mention.tokens;
    let known = known_as(reading, mention.tokens);
    let fits = || match (entity_type, mention.entity_type) {
        (Place, Person | Organization) => end == start + 1 && (known.any(PLACES) || !known.any(ORGANIZATIONS)),
        (Person, Place) if end != start + 2 => false,
        (Person, Place | Organization | Work | Product) => {
            !known.any(ORGANIZATIONS) && !reading.classes(end - 1).any(HEADS.and(PLACES))
        }
        _ => false,
    };
    let is_free = mention.kind == MentionKind::Name && text.tokens[end as usize - 1].case == Case::Title;
    mention.entity_type == entity_type || is_free && fits()
}

/// What the lexicon knows a name as: all of it, or else its last word.
fn known_as(reading: &Reading, tokens: TokenRange) -> Classes {
    let at = reading.phrases.partition_point(|phrase| phrase.tokens.start < tokens.start);
    let whole = reading.phrases.get(at).filter(|phrase| phrase.tokens == tokens).map(|phrase| phrase.classes);
    whole.unwrap_or(reading.classes(tokens.end - 1))
}

/// "Oxford beat Derby", "Exeter lost to Bath", "Slough v Burton": teams, where a text is about sport. A land's is called by the land.
fn plays(text: &Text, reading: &Reading, mention: &Mention) -> bool {
    let TokenRange { start, end } = mention.tokens;
    let sentence = text.sentence(start).tokens;
    let key = |token: u32| if sentence.holds(token) { reading.key(token) } else { "" };
    let before = |back: u32| start.checked_sub(back).map_or("", key);
    let is_capital = |token: u32| sentence.holds(token) && text.tokens[token as usize].case == Case::Title;
    static BEATS: WordList = WordList::of(
        "beat beats beating defeated downed edged host hosted hosts outlasted routed stunned thrashed thumped v vs",
    );
    let beats = |key: &str| BEATS.has(key);
    // "lost 2-1 to Bath", "drew at home with Bath"
    let ends_badly = || (2..6).any(|back| matches!(before(back), "lost" | "drew" | "fell" | "losing" | "drawing"));
    let is_number = |token: u32| sentence.holds(token) && text.tokens[token as usize].kind == TokenKind::Number;
    let is_followed =
        || matches!(key(end + 1), "" | "." | "," | "again" | "and" | "at" | "in" | "to" | "with") || is_number(end + 1);
    !known_as(reading, mention.tokens).has(Class::Country)
        && (beats(key(end)) && is_capital(end + 1)
            || matches!(key(end), "lost" | "won" | "drew") && is_followed()
            || matches!(key(end), "scored" | "trailed" | "rallied" | "clinched")
            || beats(before(1)) && start > 1 && is_capital(start - 2)
            || matches!(before(1), "to" | "with") && ends_badly())
}

/// "JASTA", where the text has one "Justice for All Sailors of Tern Act": an acronym without a definition is what the one name
/// is whose initials it has.
#[inline(never)]
fn pool_acronyms(reading: &Reading, forms: &Forms, mentions: &[Mention], ballots: &mut [Ballot]) {
    use EntityType::{Event, Organization, Work};
    let first = |ballot: &Ballot| &mentions[ballot.first as usize];
    // "USA" stays a country.
    let is_acronym = |ballot: &Ballot| {
        let first = first(ballot);
        first.kind == MentionKind::Acronym && !reading.classes(first.tokens.start).any(PLACES)
    };
    if !ballots.iter().any(is_acronym) {
        return;
    }
    let mut by_initials: WordMap<Spelling, Option<usize>> = WordMap::default();
    let mut initials = String::new();
    for (index, ballot) in ballots.iter().enumerate() {
        let form = forms.get(ballot.form);
        let is_named = first(ballot).kind == MentionKind::Name
            && matches!(first(ballot).entity_type, Organization | Work | Event)
            && form.telling.len() > 2;
        for with_minor in [false, true].into_iter().filter(|_| is_named) {
            initials.clear();
            initials.extend(form.initials(with_minor));
            if let Some(initials) = forms.spellings.find(&initials) {
                let entry = by_initials.entry(initials).or_insert(Some(index));
                if *entry != Some(index) {
                    *entry = None;
                }
            }
        }
    }
    for index in 0..ballots.len() {
        if !is_acronym(&ballots[index]) {
            continue;
        }
        let letters = forms.get(ballots[index].form).letters;
        if let Some(&Some(name)) = by_initials.get(&letters) {
            let votes = ballots[name].votes;
            for (all, votes) in ballots[index].votes.iter_mut().zip(votes) {
                *all = SHORT * *all + DEFINED * votes;
            }
        }
    }
}

/// "Washington, DC,": two letters between a city and a comma or an end.
fn is_state(text: &Text, reading: &Reading, mention: &Mention) -> bool {
    let sentence = text.sentence(mention.tokens.start).tokens;
    let Some(city) = mention.tokens.start.checked_sub(2).filter(|&city| sentence.holds(city)) else { return false };
    mention.tokens.len() == 1
        && text.of(mention.tokens.start).bytes().filter(u8::is_ascii_uppercase).count() == 2
        && matches!(text.of(mention.tokens.start).len(), 2 | 4)
        && text.of(city + 1) == ","
        && reading.classes(city).has(Class::City)
        && (!sentence.holds(mention.tokens.end) || matches!(text.of(mention.tokens.end), "," | "." | ")"))
}

/// "Martha's Rule", "the Coastal and Small Islands Law", "the Code of Money and Credit". "Harvard Law" has no article, and no law is called "the Law".
fn is_law(text: &Text, reading: &Reading, mention: &Mention) -> bool {
    let TokenRange { start, end } = mention.tokens;
    let of = |token: u32| (token as usize) < text.tokens.len() && reading.key(token) == "of";
    let has_article = start > 0 && matches!(reading.key(start - 1), "the" | "a") || reading.key(start) == "the";
    if mention.tokens.len() == 3 && text.tokens[end as usize - 2].kind == TokenKind::Clitic {
        return text.tokens[end as usize - 1].case == Case::Title
            && is_law_of(reading.key(end - 1), reading.classes(start));
    }
    mention.tokens.len() > 1
        && has_article
        && (matches!(reading.key(end - 1), "law" | "act" | "bill" | "ordinance" | "regulations" | "statute")
            || matches!(reading.key(start), "code" | "statute") && of(start + 1))
}

/// "south of Gavdos", "in Oulad Senna": where something is, if the name is not one by which people are known.
fn is_located(text: &Text, reading: &Reading, mention: &Mention) -> bool {
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let sentence = text.sentence(start).tokens;
    if mention.entity_type != EntityType::Person || start <= sentence.start {
        return false;
    }
    let is_known = mention.tokens.indices().any(|token| reading.classes(token as u32).any(Classes::PERSONAL));
    // "in Kato's view", "in Kato and his men"
    let is_free = !sentence.holds(end)
        || text.tokens[end as usize].kind == TokenKind::Punctuation
        || text.tokens[end as usize].case == Case::Lower
            && text.tokens[end as usize].kind == TokenKind::Word
            && !matches!(reading.key(end), "a" | "an" | "the");
    let is_point = |key: &str| {
        matches!(
            key,
            "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest" | "outside"
        )
    };
    let before = reading.key(start - 1);
    !is_known
        && is_free
        && (matches!(before, "in" | "near" | "outside" | "across")
            || before == "of" && start > sentence.start + 1 && is_point(reading.key(start - 2)))
}

/// What stands before the name of a ship; some of it before other names as well: "MS Dhoni", "SS Lazio".
pub(super) fn is_ship_prefix(written: &str, may_be_other: bool) -> bool {
    match written {
        "BNS" | "BRP" | "FPSO" | "HMAS" | "HMCS" | "HMNZS" | "HMS" | "INS" | "KRI" | "MV" | "PNS" | "RFA" | "RMS"
        | "RNLB" | "RRS" | "TCG" | "USCGC" | "USNS" | "USS" => true,
        "MS" | "MT" | "RV" | "SS" => !may_be_other,
        _ => false,
    }
}

/// "HMS Argyll", "aboard the Bayesian".
fn is_ship(text: &Text, reading: &Reading, mention: &Mention) -> bool {
    let TokenRange { start, end } = mention.tokens;
    let sentence = text.sentence(start).tokens;
    let key = |token: u32| if sentence.holds(token) { reading.key(token) } else { "" };
    let has_article = start > sentence.start && key(start - 1) == "the";
    let may_be_other = match mention.entity_type {
        EntityType::Person => true,
        EntityType::Organization => !has_article,
        _ => false,
    };
    if mention.tokens.len() > 1 && is_ship_prefix(text.of(start), may_be_other) {
        return true;
    }
    has_article
        && mention.kind == MentionKind::Name
        && mention.tokens.len() < 4
        && !reading.classes(end - 1).any(HEADS)
        && start > sentence.start + 1
        && match (key(start - 2), start.checked_sub(3).map_or("", key)) {
            ("aboard", _) | ("board", "on") => true,
            ("of", noun) => matches!(noun, "crew" | "wreck" | "sinking" | "wreckage"),
            _ => false,
        }
}

/// The last word of a company's name that tells its trade: the company is called by the first one as well.
pub(super) fn is_trade(key: &str) -> bool {
    static TRADES: WordList = WordList::of(
        "resources industries foods motors metals minerals materials copper gold lithium chemicals pharma \
         biotech biosciences therapeutics semiconductor semiconductors aerospace robotics labs networks \
         solutions dynamics instruments packaging timber plastics textiles properties homes developments \
         construction engineering freight financial assurance analytics digital brewing electronics aviation \
         marine wines seafoods renewables retail stores games",
    );
    TRADES.has(key)
}

/// "Washington", "Iran": no name of anything else for the lexicon.
fn is_city(reading: &Reading, mention: &Mention) -> bool {
    let classes = reading.classes(mention.tokens.start);
    mention.tokens.len() == 1
        && (classes.has(Class::Country) || classes.has(Class::City))
        && !classes.any(Classes::of(Class::Organization).and(Classes::of(Class::Media)).and(Classes::of(Class::Party)))
}

/// Seats of governments that are called by their names.
static CAPITALS: WordList = WordList::of(
    "\
amman ankara athens baghdad bangkok beijing beirut belgrade berlin bogota brasilia brussels bucharest budapest
cairo canberra caracas damascus delhi dhaka doha dublin hanoi harare havana islamabad jakarta kabul kampala
khartoum kiev kyiv london madrid manila minsk moscow nairobi oslo paris prague pretoria pyongyang rabat riyadh
rome seoul stockholm taipei tbilisi tehran tokyo tripoli tunis vienna vilnius warsaw washington",
);

/// Short names in brackets right after a name are what the name is: gives both one type, and says which mention stands for
/// which, as (short name, name).
#[inline(never)]
fn brackets(text: &Text, reading: &Reading, forms: &mut Forms, mentions: &mut [Mention]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for right in 1..mentions.len() {
        let (one, two) = (&mentions[right - 1], &mentions[right]);
        if one.kind != MentionKind::Name
            || !is_name(one.entity_type)
            || !is_name(two.entity_type)
            || !follows_in_brackets(text, one, two)
        {
            continue;
        }
        let is_acronym = two.kind == MentionKind::Acronym && {
            let [one, two] = [one, two].map(|mention| forms.of(mention));
            let short = forms.spellings.of(forms.get(two).letters);
            forms.get(one).has_initials(short.chars())
        };
        // What has an acronym is seldom a person, whatever its name looks like: "Asa’ib Ahl al-Haq (AAH)"; but "Andrés
        // Manuel López Obrador (AMLO)".
        let is_given = reading.classes(one.tokens.start).has(Class::GivenName);
        let entity_type = match one.entity_type {
            EntityType::Person if !is_given => EntityType::Organization,
            entity_type => entity_type,
        };
        if is_acronym || is_foreign_short_name(text, reading, one, two) {
            pairs.push((right, right - 1));
            for mention in &mut mentions[right - 1..=right] {
                mention.entity_type = entity_type;
                mention.confidence = 1.0;
            }
        }
    }
    pairs
}

/// "United Nations (UN)": whether one of two mentions is all that stands in brackets right after the other.
pub(super) fn follows_in_brackets(text: &Text, one: &Mention, two: &Mention) -> bool {
    one.tokens.end + 1 == two.tokens.start
        && text.of(one.tokens.end) == "("
        && text.tokens.get(two.tokens.end as usize).is_some_and(|token| token.span.of(text.source) == ")")
}

/// "National Athletes' Welfare Foundation (Yakeb)", "Law and Justice (PiS)": a word in brackets after an organisation's name
/// that is nobody's and no place's is its short name, often from another language.
pub(super) fn is_foreign_short_name(text: &Text, reading: &Reading, name: &Mention, short: &Mention) -> bool {
    let written = text.of(short.tokens.start);
    let classes = reading.classes(short.tokens.start);
    name.entity_type == EntityType::Organization
        && name.tokens.len() > 1
        && short.tokens.len() == 1
        && (name.tokens.len() > 2 && reading.classes(name.tokens.end - 1).has(Class::OrganizationHead)
            || written.starts_with(char::is_uppercase) && written.contains(char::is_lowercase))
        && !classes.any(PLACES.and(Classes::PEOPLES).and(Classes::PERSONAL))
        && !classes.has(Class::Team)
}

/// A word in lower case that may be a noun.
pub(super) fn is_noun(text: &Text, reading: &Reading, token: u32) -> bool {
    let parts = reading.word(token).grammar.parts;
    let written = &text.tokens[token as usize];
    written.kind == TokenKind::Word
        && written.case == Case::Lower
        && !parts.is(Parts::CLOSED.and(Parts::TIME))
        && (!parts.is(Parts::VERB.and(Parts::ADVERB)) || parts.is(Parts::ALSO_NOUN))
}

/// The one type that a noun is for: "a tank", but "a think tank", "a publishing house".
fn type_of(reading: &Reading, vocabulary: &Vocabulary, noun: u32) -> Option<EntityType> {
    let before = noun.checked_sub(1).map_or("", |before| reading.key(before));
    let is_compound = match reading.key(noun) {
        "tank" => before == "think",
        "house" => matches!(before, "publishing" | "auction" | "fashion" | "production" | "media"),
        _ => false,
    };
    if is_compound { Some(EntityType::Organization) } else { vocabulary.types(noun).only() }
}

/// What a noun says that gives the name: "a company called Fernhill", "Her film, Redcliff,".
#[inline(never)]
fn called(text: &Text, reading: &Reading, vocabulary: &Vocabulary, mention: &Mention) -> Option<EntityType> {
    let TokenRange { start, end } = mention.tokens;
    let sentence = text.sentence(start).tokens;
    let key = |token: u32| if sentence.holds(token) { reading.key(token) } else { "" };
    let mut at = start.checked_sub(1).filter(|at| *at > sentence.start)?;
    if text.tokens[at as usize].kind == TokenKind::Mark || key(at) == "the" {
        at -= 1;
    }
    let is_called = matches!(key(at), "called" | "named" | "titled" | "entitled" | "dubbed" | "christened");
    let is_apposed = text.of(at) == "," && sentence.holds(end) && text.of(end) == ",";
    let noun = at.checked_sub(1).filter(|noun| (is_called || is_apposed) && sentence.holds(*noun))?;
    if !is_noun(text, reading, noun) {
        return None;
    }
    let is_determiner = |token: u32| match key(token) {
        "a" | "an" | "another" => is_called,
        "the" | "his" | "her" | "its" | "their" | "my" | "our" => {
            is_apposed && !(token > sentence.start && reading.word(token - 1).grammar.is(Parts::PREPOSITION))
        }
        _ => false,
    };
    if !(sentence.start.max(noun.saturating_sub(3))..noun).any(is_determiner) {
        return None;
    }
    let is_animal =
        matches!(key(noun), "dog" | "cat" | "horse" | "puppy" | "labrador" | "terrier" | "spaniel" | "pony");
    let entity_type = if is_animal { Some(EntityType::Person) } else { type_of(reading, vocabulary, noun) }?;
    // "The owner, Talgarth,"; "The company, Ruth Hale, a nurse, and"
    let is_other = match (mention.entity_type, entity_type) {
        (EntityType::Person, _) => mention.tokens.len() > 1,
        // "the firm that owns the resort, Talgarth,"
        (EntityType::Organization, EntityType::Place) => true,
        _ => matches!(key(noun), "game" | "instrument"),
    };
    (is_called || (entity_type != EntityType::Person || is_animal) && !is_other).then_some(entity_type)
}

/// The type that a noun behind a name tells: "Ruiz, a singer from", "Ruiz is a singer", "Ruiz, 34, a singer", "Acme, the
/// country's largest insurer,"; and whether it can be for nothing else: "a builder", "a giant of the stage", "a party to the talks"
/// may be somebody.
fn apposition(
    text: &Text,
    reading: &Reading,
    vocabulary: &Vocabulary,
    mention: &Mention,
) -> (Option<EntityType>, bool) {
    let sentence = text.sentence(mention.tokens.start).tokens;
    let mut at = mention.tokens.end;
    if at + 3 < sentence.end && text.tokens[at as usize + 1].kind == TokenKind::Number && text.of(at) == "," {
        at += 2;
    }
    if at + 2 >= sentence.end {
        return (None, false);
    }
    let is_behind_comma = text.of(at) == ",";
    let is_definite = match reading.key(at + 1) {
        "a" | "an" if is_behind_comma || matches!(reading.key(at), "is" | "was") => false,
        "the" if is_behind_comma => true,
        _ => return (None, false),
    };
    let mut noun = None;
    for token in at + 2..sentence.end.min(at + 10) {
        if is_noun(text, reading, token) {
            noun = Some(token);
        } else if matches!(text.of(token), "'s" | "’s" | "-") && !text.space_before(token) {
            noun = None;
        } else if noun.is_some()
            || text.tokens[token as usize].kind != TokenKind::Word
            || reading.word(token).grammar.parts.is(Parts::CLOSED)
        {
            // "a Republican who represents a district"
            break;
        }
    }
    let Some(noun) = noun else { return (None, false) };
    let entity_type = type_of(reading, vocabulary, noun);
    use EntityType::{Organization, Person, Place, Product};
    // A station and a house are places, and what runs them an organisation.
    let is_of_thing = match entity_type {
        Some(Place) => mention.entity_type != Organization,
        other => matches!(other, Some(Organization | Product)),
    };
    let after = if sentence.holds(noun + 1) { reading.key(noun + 1) } else { "" };
    if is_definite {
        // "…, the company said"
        let ends = !sentence.holds(noun + 1)
            || text.tokens[noun as usize + 1].kind == TokenKind::Punctuation
            || matches!(after, "behind" | "for" | "in" | "of" | "that" | "which" | "with");
        let may_be = matches!(mention.entity_type, Person | Organization | Place);
        if !is_of_thing || !may_be || noun == at + 2 || !ends {
            return (None, false);
        }
    }
    let key = reading.key(noun);
    let is_agent = ["er", "or", "ee", "giant", "target"].iter().any(|end| key.ends_with(end))
        && !(matches!(key, "insurer" | "lender" | "newspaper" | "regulator" | "retailer" | "river")
            || key.len() > 7 && (key.ends_with("maker") || key.ends_with("builder")));
    (entity_type, is_of_thing && !is_agent && !matches!(after, "and" | "or" | "to" | "&" | "'s" | "’s"))
}

/// The type that the words beside a name tell: "the tanker Eagle S", "film “Tafsut”", "the Kibune probe".
#[inline(never)]
fn beside(text: &Text, reading: &Reading, vocabulary: &Vocabulary, mention: &Mention) -> Option<EntityType> {
    let sentence = text.sentence(mention.tokens.start).tokens;
    let is_noun = |token: u32| is_noun(text, reading, token);
    let only = |token: u32| type_of(reading, vocabulary, token);
    // Right before it, perhaps with a mark between.
    if let Some(mut token) = mention.tokens.start.checked_sub(1).filter(|token| sentence.holds(*token)) {
        if text.tokens[token as usize].kind == TokenKind::Mark && token > sentence.start {
            token -= 1;
        }
        if is_noun(token) && token > sentence.start {
            // "owner", "member", "leader": of whom, not who.
            if let Some(entity_type) = only(token).filter(|&entity_type| entity_type != EntityType::Person) {
                return Some(entity_type);
            }
        }
    }
    // Right after it, where the noun can hardly be about somebody else's.
    let after = mention.tokens.end;
    if after < sentence.end && is_noun(after) && text.space_before(after) {
        return match reading.key(after) {
            "militia" | "newspaper" | "daily" | "airline" | "broadcaster" | "carmaker" | "network" => {
                Some(EntityType::Organization)
            }
            "probe" | "spacecraft" | "rover" | "telescope" | "satellite" | "rocket" | "missile" | "drone"
            | "tanker" | "frigate" | "submarine" | "vaccine" | "app" | "chatbot" | "smartphone" => {
                Some(EntityType::Product)
            }
            "river" | "district" | "province" | "neighbourhood" | "neighborhood" | "peninsula" | "island"
            | "asteroid" => Some(EntityType::Place),
            _ => None,
        };
    }
    None
}

/// "the Christian Babylon movement", which is no people; "the Tamil Nadu government" is another thing.
fn is_movement(text: &Text, reading: &Reading, mention: &Mention) -> bool {
    let after = mention.tokens.end;
    mention.entity_type == EntityType::Group
        && mention.tokens.len() > 1
        && text.sentence(mention.tokens.start).tokens.holds(after)
        && text.space_before(after)
        && matches!(reading.key(after), "movement" | "party" | "front" | "bloc" | "faction" | "alliance" | "militia")
}

/// The type that a noun with a preposition tells: "the village of Aït Yenni", "the mayor of Porto", "MP for Osu", "founder of Isavia".
#[inline(never)]
fn of_what(text: &Text, reading: &Reading, mention: &Mention) -> Option<EntityType> {
    let start = text.sentence(mention.tokens.start).tokens.start;
    let mut preposition = mention.tokens.start.checked_sub(1)?;
    if reading.key(preposition) == "the" {
        preposition = preposition.checked_sub(1)?;
    }
    if preposition <= start {
        return None;
    }
    let noun = preposition - 1;
    static OF_PLACE: WordList = WordList::of(
        "village villages town towns city cities island islands hamlet suburb suburbs neighbourhood neighborhood port township \
             municipality commune district districts counties communities province region kingdom mayor residents inhabitants citizens outskirts streets",
    );
    static OF_ORGANIZATION: WordList = WordList::of(
        "founder co-founder cofounder chairman chairwoman chairperson ceo cfo owner shareholder shareholders subsidiary",
    );
    let works_for = |noun: &str| matches!(noun, "columnist" | "lobbyist" | "correspondent" | "analyst");
    let sits_for = |noun: &str| matches!(noun, "mp" | "mps" | "mla" | "mna" | "senator" | "constituency");
    let noun = reading.key(noun);
    match reading.key(preposition) {
        "of" if OF_PLACE.has(noun) => Some(EntityType::Place),
        "for" if sits_for(noun) => Some(EntityType::Place),
        "of" | "at" if OF_ORGANIZATION.has(noun) => Some(EntityType::Organization),
        "for" | "at" | "with" if works_for(noun) => Some(EntityType::Organization),
        _ => None,
    }
}

/// "Mayor Tom Hale of Penfold", "Tom Hale, 34, of Penfold": where somebody holds an office or lives is a place; and
/// what a broadcaster has is a programme.
fn of_whose(text: &Text, reading: &Reading, before: &Mention, mention: &Mention) -> Option<EntityType> {
    let (start, end) = (before.tokens.end, mention.tokens.start);
    use EntityType::{Organization, Person, Place, Product, Work};
    // "the BBC's Watchdog", but "Reuters' Berlin bureau", "the BBC's World Service"
    let is_shown = before.entity_type == Organization
        && matches!(mention.entity_type, Organization | Place | Product)
        && end == start + 1
        && matches!(text.of(start), "'s" | "’s" | "'" | "’")
        && mention.kind == MentionKind::Name
        && known_as(reading, before.tokens).has(Class::Media)
        && !known_as(reading, mention.tokens)
            .any(PLACES.and(Classes::of(Class::OrganizationHead)).and(Classes::of(Class::Organization)));
    if is_shown {
        return Some(Work);
    }
    let is_of = before.entity_type == Person && mention.tokens.len() < 3 && reading.key(end - 1) == "of";
    let is_aged = || {
        let is_number = text.tokens[start as usize + 1].kind == TokenKind::Number;
        is_number && text.of(start) == "," && text.of(end - 2) == ","
    };
    let is_local = || {
        let role = before.tokens.start.checked_sub(1).map_or("", |role| reading.key(role));
        ["mayor", "bishop", "archbishop", "sheriff", "governor", "gov", "king", "queen", "clerk", "farmer", "resident"]
            .contains(&role)
    };
    (is_of && (end == start + 1 && is_local() || end == start + 4 && is_aged())).then_some(Place)
}

/// "the Lagos Trade Fair", "Chelsea Flower Show"; "Vanity Fair" is a magazine.
fn is_fair(reading: &Reading, mention: &Mention) -> bool {
    let TokenRange { start, end } = mention.tokens;
    mention.entity_type == EntityType::Organization
        && end > start + 1
        && match reading.key(end - 1) {
            "fair" => reading.key(start) != "vanity",
            "biennale" | "carnival" | "expo" | "festival" | "marathon" => true,
            "show" => matches!(
                reading.key(end - 2),
                "air" | "agricultural" | "boat" | "county" | "flower" | "motor" | "trade"
            ),
            _ => false,
        }
}

/// "Town (4-4-2): Tranter; Moxon, …", "Town: Tranter; Moxon, Hall; …": a team, and who plays for it to the end of the line.
#[inline(never)]
fn line_ups(text: &Text, mentions: &mut [Mention]) {
    // The end of the line that is gone through.
    let mut end = 0;
    for mention in mentions {
        if mention.tokens.end > end {
            let formation = formation_after(text, mention.tokens.end);
            if formation.is_some() {
                mention.entity_type = EntityType::Organization;
            }
            if let Some(colon) = formation.or_else(|| squad_after(text, mention)) {
                end = text.block_tokens[text.sentence(colon).block as usize].end;
            }
        } else {
            // "Boyce (Van Rhijn 76)", but "Referee: Ana Ruiz (Leeds)".
            let is_in_brackets = text.of(mention.tokens.start - 1) == "(";
            let has_minute =
                || text.tokens.get(mention.tokens.end as usize).is_some_and(|next| next.kind == TokenKind::Number);
            if is_name(mention.entity_type) && (!is_in_brackets || has_minute()) {
                (mention.entity_type, mention.confidence) = (EntityType::Person, 1.0);
            }
        }
    }
}

/// The colon behind a team that some lines of players follow, "Tranter; Moxon, Hall; Doyle".
fn squad_after(text: &Text, team: &Mention) -> Option<u32> {
    let colon = team.tokens.end;
    if (colon as usize) >= text.tokens.len() || text.of(colon) != ":" {
        return None;
    }
    let end = text.block_tokens[text.sentence(colon).block as usize].end.min(colon + 60);
    let (mut parts, mut words) = (0, 0);
    for token in colon..end {
        parts += u32::from(text.of(token) == ";");
        if text.of(token) == "v" {
            return None;
        }
        words += u32::from(text.tokens[token as usize].case == Case::Lower);
    }
    let may_be = matches!(team.entity_type, EntityType::Organization | EntityType::Place);
    (may_be && parts > 1 && words * 8 < end - colon).then_some(colon)
}

/// The colon behind a formation in brackets, "(4-4-2):", that stands at a token.
fn formation_after(text: &Text, token: u32) -> Option<u32> {
    let of = |token: u32| ((token as usize) < text.tokens.len()).then(|| text.of(token));
    if of(token)? != "(" {
        return None;
    }
    let close = (token + 1..token + 9).find(|&other| of(other) == Some(")"))?;
    let written = text.of_range(TokenRange::new(token + 1, close));
    let is_formation = written.bytes().filter(|byte| *byte == b'-').count() > 1
        && written.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    (is_formation && of(close + 1)? == ":").then_some(close + 1)
}

/// "Stockbury Gazette", "Stockbury Police Department": what is called after the town that it is of, and not by it alone.
fn is_of_town(key: &str) -> bool {
    is_name_of_paper(key)
        || matches!(
            key,
            "police" | "council" | "court" | "hospital" | "airport" | "chamber" | "radio" | "library" | "prison"
        )
}

/// "the Obamas" are people, where somebody's family name is Obama: no organisation.
fn families(text: &Text, reading: &Reading, mentions: &mut [Mention]) {
    // Organisations that look like it, and the family names that they would be of.
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        if mention.tokens.len() == 1
            && mention.entity_type == EntityType::Organization
            && mention.kind == MentionKind::Name
            && let Some(name) = reading.key(mention.tokens.start).strip_suffix('s')
            && mention.tokens.start.checked_sub(1).is_some_and(|token| text.of(token).eq_ignore_ascii_case("the"))
        {
            found.push((index, name));
        }
    }
    if found.is_empty() {
        return;
    }
    let surnames: WordSet<&str> = mentions
        .iter()
        .filter(|mention| mention.entity_type == EntityType::Person && mention.kind == MentionKind::Name)
        .map(|mention| reading.key(mention.tokens.end - 1))
        .collect();
    for (index, _) in found.into_iter().filter(|(_, name)| surnames.contains(name)) {
        mentions[index].entity_type = EntityType::Group;
    }
}

#[cfg(test)]
mod tests {
    use super::super::resolve;
    use super::super::tests::mention;
    use super::*;

    #[test]
    fn the_majority_decides_for_long_names_and_acronyms() {
        let source = "Iraqi National Charter (INC) met. Iraqi National Charter. The Iraqi National Charter and INC.";
        let text = Text::read(source);
        use EntityType::Work;
        let names = [
            ("Iraqi National Charter", 0, Organization),
            ("INC", 0, Product),
            ("Iraqi National Charter", 1, Work),
            ("Iraqi National Charter", 2, Organization),
            ("INC", 1, Organization),
        ];
        assert_eq!(agreed(source, &names), [Organization; 5]);
        let mentions = names.iter().map(|&(name, nth, entity_type)| mention(&text, name, nth, entity_type));
        let mut mentions: Vec<Mention> = mentions.collect();
        mentions.sort_by_key(|mention| mention.span.start);
        let identity = resolve(&text, &Reading::of(&text), mentions, &[]);
        assert_eq!(identity.entities.len(), 1);
    }

    #[test]
    fn all_in_a_list_are_what_most_of_them_are() {
        let types = |source: &str, names: [(&str, EntityType); 4]| {
            agreed(source, &names.map(|(name, entity_type)| (name, 0, entity_type)))
        };
        let towns = [("Tarlee", Place), ("Holm", Person), ("Bellin", Place), ("Wingford", Place)];
        assert_eq!(types("They left Tarlee, Holm, Bellin and Wingford.", towns), [Place; 4]);
        assert_eq!(types("They left Tarlee. Holm, Bellin and Wingford met.", towns)[1], Person);
        assert_eq!(
            types("The towns of Tarlee, Holm, Bellin and Wingford.", towns.map(|(name, _)| (name, Person))),
            [Place; 4]
        );
        let allies = [("Mali", Place), ("Hezbollah", Organization), ("Chad", Place), ("Niger", Place)];
        assert_eq!(types("They met Mali, Hezbollah, Chad and Niger.", allies)[1], Organization);
        let guests = [("Ade Bello", Person), ("Golden Uche", Product), ("Chika Obi", Person), ("Fela Eze", Person)];
        assert_eq!(types("She saw Ade Bello, Golden Uche, Chika Obi, and Fela Eze.", guests), [Person; 4]);
    }

    #[test]
    fn who_has_a_score_is_a_team() {
        for (source, expected) in [
            ("Hartwell won 21-14 at home.", Organization),
            ("Hartwell took an early 3-0 lead.", Organization),
            ("Hartwell (5-2, 1-0) will host them.", Organization),
            ("Hartwell won again.", Organization),
            ("Hartwell (7-2), Per Lie up, came third.", Place),
            ("Hartwell won the right to build 21 homes.", Place),
            ("Hartwell took it to a vote (", Place),
        ] {
            assert_eq!(agreed(source, &[("Hartwell", 0, Place)]), [expected], "{source}");
        }
    }

    #[test]
    fn towns_that_play_are_teams_where_teams_are_named() {
        let names = [
            ("Lakers", 0, Organization),
            ("Oxford", 0, Place),
            ("Derby", 0, Place),
            ("Exeter", 0, Place),
            ("Bath", 0, Place),
            ("New Zealand", 0, Place),
        ];
        let rest = "won. Oxford beat Derby and Exeter lost 2-1 to Bath, but New Zealand beat him.";
        let types = |source: &str| agreed(source, &names[1..]);
        assert_eq!(
            agreed(&format!("The Lakers {rest}"), &names),
            [Organization, Organization, Organization, Organization, Organization, Place]
        );
        // Without the score nothing tells; with it they are teams in any text.
        assert_eq!(types(&format!("The mayors {rest}").replace(" 2-1", "")), [Place; 5]);
        assert_eq!(
            types(&format!("The mayors {rest}")),
            [Organization, Organization, Organization, Organization, Place]
        );
        let names = [("Lakers", 0, Organization), ("Oxford", 0, Place), ("Derby", 0, Place)];
        for source in [
            "The Lakers met. Oxford won the right to build in Derby.",
            "The Lakers met after Ida hammered Oxford, not Derby.",
        ] {
            assert_eq!(agreed(source, &names)[1..], [Place; 2]);
        }
    }

    #[test]
    fn what_a_broadcaster_has_is_a_programme() {
        let source = "The BBC's Watchdog asked, as did Reuters' Berlin office and Acme's Watchdog.";
        let names = [
            ("BBC", 0, Organization),
            ("Watchdog", 0, Organization),
            ("Reuters", 0, Organization),
            ("Berlin", 0, Place),
        ];
        assert_eq!(agreed(source, &names), [Organization, EntityType::Work, Organization, Place]);
        let source = "Acme's Watchdog asked.";
        assert_eq!(agreed(source, &[("Acme", 0, Organization), ("Watchdog", 0, Organization)]), [Organization; 2]);
    }

    #[test]
    fn laws_with_an_article_are_no_organisations() {
        use EntityType::Work;
        let source = "The Coastal and Small Islands Law and the Code of Money and Credit, said Harvard Law.";
        let names = [
            ("Coastal and Small Islands Law", 0, Organization),
            ("Code of Money and Credit", 0, Organization),
            ("Harvard Law", 0, Organization),
        ];
        assert_eq!(agreed(source, &names), [Work, Work, Organization]);
    }

    #[test]
    fn a_state_behind_its_city_is_a_place() {
        let names = [("Washington", 0, Place), ("DC", 0, Organization)];
        assert_eq!(agreed("She lives in Washington, DC, with a cat.", &names), [Place; 2]);
        assert_eq!(agreed("In Washington, DC wants more.", &names), [Place, Organization]);
    }

    /// The type of each name after agreement; all with the same confidence.
    fn agreed(source: &str, names: &[(&str, usize, EntityType)]) -> Vec<EntityType> {
        let text = Text::read(source);
        let reading = Reading::of(&text);
        let mut mentions: Vec<Mention> =
            names.iter().map(|&(name, nth, entity_type)| mention(&text, name, nth, entity_type)).collect();
        mentions.sort_by_key(|mention| mention.span.start);
        let mut forms = Forms::new(&text, &reading, mentions.len());
        agree(&text, &reading, &Vocabulary::of(&reading), &mut forms, &mut mentions);
        mentions.iter().map(|mention| mention.entity_type).collect()
    }

    use EntityType::{Group, Organization, Person, Place, Product};

    #[test]
    fn a_company_is_called_by_the_name_before_its_trade() {
        let source = "Corella wants more. Corella Resources said so. Corella fell.";
        let names = [("Corella", 0, Person), ("Corella Resources", 0, Organization), ("Corella", 2, Person)];
        assert_eq!(agreed(source, &names), [Organization; 3]);
        let source = "Norcross lifts its bid. Norcross Industries said so.";
        let names = [("Norcross", 0, Place), ("Norcross Industries", 0, Organization)];
        assert_eq!(agreed(source, &names), [Organization; 2]);
        let source = "Norcross lifts its bid. Norcross Industries in Norcross said so.";
        let names = [("Norcross", 0, Place), ("Norcross Industries", 0, Organization), ("Norcross", 2, Place)];
        assert_eq!(agreed(source, &names), [Place, Organization, Place]);
    }

    #[test]
    fn where_something_is_is_a_place() {
        let source = "The boat sank south of Gavdos. It lies near Gavdos now. He believed in Kato’s luck.";
        assert_eq!(
            agreed(source, &[("Gavdos", 0, Person), ("Gavdos", 1, Person), ("Kato", 0, Person)]),
            [Place, Place, Person]
        );
    }

    #[test]
    fn who_plays_in_a_line_up_is_somebody() {
        let source =
            "Harwick Town (4-4-2): Tranter; Boyce (Rhijn 76). Referee: Ana Ruiz (Leeds).\n\nTranter (b. 1990): a life.";
        let names = [
            ("Harwick Town", 0, Place),
            ("Tranter", 0, Organization),
            ("Boyce", 0, Place),
            ("Rhijn", 0, Place),
            ("Leeds", 0, Place),
        ];
        assert_eq!(agreed(source, &names), [Organization, Person, Person, Person, Place]);
    }

    #[test]
    fn an_acronym_made_of_a_names_initials_decides_for_all_spellings() {
        let source = "'Asaeb Ahl Al-Haqq met. Then Asa’ib Ahl al-Haq (AAH) left. AAH wrote.";
        let names = [
            ("Asaeb Ahl Al-Haqq", 0, Person),
            ("Asa’ib Ahl al-Haq", 0, Person),
            ("AAH", 0, Organization),
            ("AAH", 1, Place),
        ];
        assert_eq!(agreed(source, &names), [Organization; 4]);
        // A person may have one as well.
        let source = "Andrés Manuel Obrador (AMO) spoke. AMO left.";
        let names = [("Andrés Manuel Obrador", 0, Person), ("AMO", 0, Organization), ("AMO", 1, Organization)];
        assert_eq!(agreed(source, &names), [Person; 3]);
    }

    #[test]
    fn a_surname_is_its_persons_unless_it_is_a_place() {
        let source = "Lusine Hovnanessian reads. Hovnanessian left. Denzel Washington came to Washington.";
        let names = [
            ("Lusine Hovnanessian", 0, Person),
            ("Hovnanessian", 1, Place),
            ("Denzel Washington", 0, Person),
            ("Washington", 1, Place),
        ];
        assert_eq!(agreed(source, &names), [Person, Person, Person, Place]);
    }

    #[test]
    fn a_groups_short_name_is_the_group() {
        let source = "Saehan heir walks free. Saehan Group rose.";
        assert_eq!(agreed(source, &[("Saehan", 0, Person), ("Saehan Group", 0, Organization)]), [Organization; 2]);
    }

    #[test]
    fn what_has_staff_and_a_spokesman_is_an_organisation() {
        for source in [
            "A spokesman for Tolford said no.",
            "Shares in Tolford fell.",
            "Tolford said it had a plan.",
            "Tolford, which runs homes, fell.",
            "The homes, run by Tolford, shut.",
        ] {
            assert_eq!(agreed(source, &[("Tolford", 0, Person)]), [Organization], "{source}");
        }
        for source in [
            "A spokesman for the Tolford family said no.",
            "Tolford shares a flat.",
            "Tolford said it would be wrong.",
            "Mr Tolford said it had rained.",
        ] {
            assert_eq!(agreed(source, &[("Tolford", 0, Person)]), [Person], "{source}");
        }
        let names = [("Mary Tolford", 0, Person), ("Tolford", 1, Person)];
        assert_eq!(agreed("Mary Tolford left. A spokesman for Tolford said no.", &names), [Person; 2]);
    }

    #[test]
    fn a_noun_that_gives_the_name_says_what_it_is() {
        use EntityType::Work;
        let one = |source: &str, entity_type| agreed(source, &[("Fernhall", 0, entity_type)])[0];
        assert_eq!(one("A firm called Fernhall fell.", Place), Organization);
        assert_eq!(one("Her new film, Fernhall, is out.", Place), Work);
        assert_eq!(one("Their dog, Fernhall, ran off.", Place), Person);
        assert_eq!(one("The firm called Fernhall twice.", Place), Place);
        assert_eq!(one("In the film, Fernhall, a spy, dies.", Person), Person);
        assert_eq!(one("Fernhall, a publishing house, fell.", Person), Organization);
    }

    #[test]
    fn a_ship_is_known_by_what_stands_before_it_and_its_crew() {
        let one = |source: &str, name: &str, entity_type| agreed(source, &[(name, 0, entity_type)])[0];
        assert_eq!(one("The MS Norvik sank.", "MS Norvik", Organization), Product);
        assert_eq!(one("MS Norvik scored.", "MS Norvik", Person), Person);
        assert_eq!(one("At home, SS Norvik scored.", "SS Norvik", Organization), Organization);
        assert_eq!(one("He died aboard the Norvik.", "Norvik", Place), Product);
        assert_eq!(one("The Norvik, a car ferry, sank.", "Norvik", Place), Product);
    }

    #[test]
    fn who_is_of_somewhere_and_who_plays_without_a_formation() {
        let names = [("Tom Hale", 0, Person), ("Homer", 0, Person)];
        assert_eq!(agreed("Tom Hale, 27, of Homer, ran.", &names), [Person, Place]);
        let source = "Harwick Town: Mead; Boyce, Rhijn; Hall, Doyle; Paton.";
        let names = [("Harwick Town", 0, Organization), ("Mead", 0, Place), ("Hall", 0, Place)];
        assert_eq!(agreed(source, &names), [Organization, Person, Person]);
    }

    #[test]
    fn a_movement_is_no_people() {
        let source = "He leads the Christian Babylon movement. The South Korean party won.";
        let names = [("Christian Babylon", 0, Group), ("South Korean", 0, Group)];
        assert_eq!(agreed(source, &names), [Organization, Group]);
    }

    #[test]
    fn a_full_name_is_its_surnames_person() {
        let source = "Rabindranath Tagore wrote. Tagore sang. Tagore left. Lake Tagore is blue.";
        let names = [
            ("Rabindranath Tagore", 0, Product),
            ("Tagore", 1, Person),
            ("Tagore", 2, Person),
            ("Lake Tagore", 0, Place),
        ];
        assert_eq!(agreed(source, &names), [Person, Person, Person, Place]);
    }

    #[test]
    fn the_words_beside_a_name_are_evidence() {
        let source = "The tanker Aurinko sank. Aurinko, a tanker, was old.";
        assert_eq!(agreed(source, &[("Aurinko", 0, Place), ("Aurinko", 1, Place)]), [Place, Place]);
        let split = [("Aurinko", 0, Place), ("Aurinko", 1, Product)];
        assert_eq!(agreed(source, &split), [Product, Product]);
    }

    #[test]
    fn a_capital_that_acts_is_the_place_and_a_team_is_not_its_city() {
        let source = "Washington said so. In Washington it rained.";
        assert_eq!(agreed(source, &[("Washington", 0, Organization), ("Washington", 1, Place)]), [Place, Place]);
        assert_eq!(agreed("Iraq was sanctioned by Washington.", &[("Washington", 0, Organization)]), [Place]);
        let source = "Arsenal beat Washington.";
        assert_eq!(agreed(source, &[("Arsenal", 0, Organization), ("Washington", 0, Organization)]), [Organization; 2]);
        let source = "Liverpool beat Leeds. Liverpool won. In Liverpool it rained.";
        let names = [("Liverpool", 0, Organization), ("Liverpool", 1, Organization), ("Liverpool", 2, Place)];
        assert_eq!(agreed(source, &names), [Organization, Organization, Place]);
    }

    #[test]
    fn a_noun_behind_a_name_says_what_it_is() {
        let source = "Bram Holden, a food company, fell. Bram Holden cut jobs. Per Lind, the country's largest insurer, rose. Ana Penmor, a \
                      village near Truro, flooded. Tom Ward, a builder, met Jo Fell, a party to the talks, and Ida Holm, the bank said.";
        let names = [
            ("Bram Holden", 0, Person),
            ("Bram Holden", 1, Person),
            ("Per Lind", 0, Person),
            ("Ana Penmor", 0, Person),
            ("Tom Ward", 0, Person),
            ("Jo Fell", 0, Person),
            ("Ida Holm", 0, Person),
        ];
        assert_eq!(agreed(source, &names), [Organization, Organization, Organization, Place, Person, Person, Person]);
        let source = "They fought on the Siachen Glacier, a brigade at its foot. Anthony Reed, a Republican who represents a district, left.";
        let names = [("Siachen Glacier", 0, Place), ("Anthony Reed", 0, Person)];
        assert_eq!(agreed(source, &names), [Place, Person]);
    }

    #[test]
    fn where_somebody_holds_an_office_is_a_place() {
        let source = "Mayor Tom Hale of Penfold met analyst Jo Fell of Rentokil.";
        let names = [
            ("Tom Hale", 0, Person),
            ("Penfold", 0, Organization),
            ("Jo Fell", 0, Person),
            ("Rentokil", 0, Organization),
        ];
        assert_eq!(agreed(source, &names), [Person, Place, Person, Organization]);
    }

    #[test]
    fn a_city_that_acts_is_nobody() {
        assert_eq!(agreed("The ship was freed, Tehran said.", &[("Tehran", 0, Person)]), [Place]);
        let names = [("Brian Tehran", 0, Person), ("Tehran", 1, Person)];
        assert_eq!(agreed("Brian Tehran left, Tehran said.", &names), [Person; 2]);
    }

    #[test]
    fn a_fair_is_an_event_unless_it_is_a_magazine() {
        use EntityType::Event;
        let names = [("Cairo Book Fair", 0, Organization), ("Vanity Fair", 0, Organization)];
        assert_eq!(agreed("The Cairo Book Fair opened, Vanity Fair wrote.", &names), [Event, Organization]);
    }

    #[test]
    fn a_family_is_no_organisation() {
        let source = "Michelle Obama left. The Obamas waved.";
        let names = [("Michelle Obama", 0, Person), ("Obamas", 0, Organization)];
        assert_eq!(agreed(source, &names), [Person, EntityType::Group]);
    }
}
