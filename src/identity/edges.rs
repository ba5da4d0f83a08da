//! Where names begin and end: what the recogniser took into a name that is none of it, and what it left out.

use super::repeats::{COMMON, HEADS};
use super::types::{is_name, is_ship_prefix, is_sport};
use super::word_list::WordList;
use crate::annotation::{EntityType, MentionKind};
use crate::hashing::{WordMap, WordSet};
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Class, Classes, Reading, WordId};
use crate::ner::{self, Mention};
use crate::sorting::sort_by_key;
use crate::text::{Case, Text, TokenKind, TokenRange};

/// A name of more tokens is a broken text; each description near it would go through all of them again.
const LONGEST_NAME: usize = 40;

/// So many offices are looked for elsewhere in a text.
const MOST_OFFICES: usize = 8;

/// What is no noun.
const NO_NOUN: Parts = Parts::CLOSED.and(Parts::PAST).and(Parts::THIRD).and(Parts::ADVERB);

/// Mends the edges of names. Linear.
#[inline(never)]
pub(super) fn mend(text: &Text, reading: &Reading, mentions: &mut Vec<Mention>) {
    let people = People::of(reading, mentions);
    for mention in mentions.iter_mut() {
        without_title(text, reading, &people, mention);
        without_rank(text, reading, &people, mention);
        without_trade(text, reading, mention);
        without_clock(text, mention);
        without_article(text, reading, mention);
        with_particles(text, reading, &people, mention);
        if mention.entity_type == EntityType::Person && is_militia(reading, mention.tokens) {
            mention.entity_type = EntityType::Organization;
        }
    }
    join_by_ampersand(text, reading, &people, mentions);
    part_place_and_person(text, reading, &people, mentions);
    part_two(text, reading, mentions);
    mentions.iter_mut().for_each(|mention| with_neighbours(text, reading, mention));
    let (mut end_of_person, mut reached) = (None, 0);
    let outer = |tokens: TokenRange| [tokens.start, tokens.end - 1].map(|token| reading.word_of[token as usize]);
    let pairs = mentions.windows(2).filter(|pair| is_office(text, reading, &pair[0], &pair[1]));
    let offices: Vec<[WordId; 2]> = pairs.take(MOST_OFFICES).map(|pair| outer(pair[0].tokens)).collect();
    mentions.retain(|mention| {
        let tokens = mention.tokens;
        // "Tom Reed, KC, said": letters behind a name.
        let is_letters = tokens.len() == 1
            && ner::is_post_nominal(text.of(tokens.start))
            && end_of_person.is_some_and(|end: u32| end + 1 == tokens.start && text.of(end) == ",");
        end_of_person = (mention.entity_type == EntityType::Person).then_some(tokens.end);
        let is_rank = mention.kind == MentionKind::Acronym
            && tokens.start > reached + 1
            && text.of(tokens.start - 1) == "("
            && is_bracketed_before_person(text, reading, tokens);
        let is_covered = tokens.start < reached;
        reached = reached.max(tokens.end);
        let is_office = || offices.contains(&outer(tokens)) && mention.entity_type != EntityType::Person;
        !is_letters
            && !is_rank
            && !is_covered
            && (offices.is_empty() || !is_office())
            && tokens.len() <= LONGEST_NAME
            && !is_stamp(text, reading, mention)
    });
    name_storms(text, reading, mentions);
}

/// "Superintendent of Police (DSP) Ida Holm": what stands in brackets right before somebody's name is what somebody is.
fn is_bracketed_before_person(text: &Text, reading: &Reading, tokens: TokenRange) -> bool {
    let person = tokens.end + 1;
    // "the union (GMB) Paul Roe led": there no title stands before the brackets.
    let mut before = (tokens.start.saturating_sub(FARTHEST_TITLE)..tokens.start).rev();
    let mut has_title = || before.any(|token| reading.classes(token).any(Classes::TITLES));
    text.sentence(tokens.start).tokens.holds(person)
        && text.of(tokens.end) == ")"
        && text.tokens[person as usize].case == Case::Title
        && reading.classes(person).has(Class::GivenName)
        && has_title()
}

/// Tokens between the beginning of a title and letters in brackets behind it.
const FARTHEST_TITLE: u32 = 6;

/// The people that a text names.
struct People {
    /// Those who are named by one word, as it is written.
    singles: WordSet<WordId>,
    /// The last words of those who are named by more, folded, each with a name.
    families: WordMap<WordId, TokenRange>,
}

impl People {
    fn of(reading: &Reading, mentions: &[Mention]) -> People {
        let mut people = People { singles: WordSet::default(), families: WordMap::default() };
        for mention in mentions.iter().filter(|mention| mention.entity_type == EntityType::Person) {
            let last = mention.tokens.end - 1;
            if mention.tokens.len() == 1 {
                people.singles.insert(reading.word_of[last as usize]);
            } else {
                let longest = people.families.entry(reading.word(last).folded).or_insert(mention.tokens);
                if longest.len() < mention.tokens.len() {
                    *longest = mention.tokens;
                }
            }
        }
        people
    }

    /// The fullest name whose last word is this one.
    fn with_family(&self, reading: &Reading, token: u32) -> Option<TokenRange> {
        self.families.get(&reading.word(token).folded).copied()
    }
}

/// Gives a mention other tokens.
fn put(text: &Text, mention: &mut Mention, tokens: TokenRange) {
    mention.tokens = tokens;
    mention.span = text.span(tokens);
}

/// "Senator Maria Lindner" as an organisation or product is a person after a title; so is "Uncle Prak Huot", where "Huot"
/// alone is somebody.
fn without_title(text: &Text, reading: &Reading, people: &People, mention: &mut Mention) {
    use EntityType::{Event, Organization, Person, Product, Work};
    let tokens = mention.tokens;
    if tokens.len() < 3
        || tokens.len() > 4
        || !matches!(mention.entity_type, Person | Organization | Product | Event | Work)
    {
        return;
    }
    // "Odd-Arne Hjelle": half of a word is no title.
    if text.tokens[tokens.start as usize + 1].kind != TokenKind::Word {
        return;
    }
    let (first, last) = (reading.classes(tokens.start), tokens.end - 1);
    let is_title = (first.has(Class::Title) || first.has(Class::Role)) && mention.entity_type != Person;
    let is_word = first.has(Class::Common) && !first.has(Class::CommonOrName);
    let is_given = reading.classes(tokens.start + 1).has(Class::GivenName);
    let is_plain = text.tokens[last as usize].case == Case::Title && !reading.classes(last).any(COMMON);
    if !first.any(Classes::PERSONAL)
        && is_plain
        && (is_title && is_given && tokens.len() == 3
            || is_word && people.singles.contains(&reading.word_of[last as usize]))
    {
        put(text, mention, TokenRange::new(tokens.start + 1, tokens.end));
        mention.entity_type = Person;
    }
}

/// "16:05 HKT Kweilin halted": the time zone is no part of the name.
fn without_clock(text: &Text, mention: &mut Mention) {
    if mention.tokens.len() > 1 && is_zone(text, mention.tokens.start) {
        put(text, mention, TokenRange::new(mention.tokens.start + 1, mention.tokens.end));
    }
}

/// "A Zenara Health spokesman said": the article that opens a sentence is no part of the name; "A Christmas Carol" is a work, and
/// "A R Rahman said" has no noun behind it.
fn without_article(text: &Text, reading: &Reading, mention: &mut Mention) {
    use EntityType::{Organization, Person, Place};
    let TokenRange { start, end } = mention.tokens;
    if text.of(start) == "A"
        && matches!(mention.entity_type, Organization | Person | Place)
        && end > start + 1
        && text.space_before(start + 1)
        && text.sentence(start).tokens.start == start
        && text.sentence(start).tokens.holds(end)
        && text.tokens[end as usize].case == Case::Lower
        && !reading.word(end).grammar.is(NO_NOUN)
    {
        put(text, mention, TokenRange::new(start + 1, end));
    }
}

/// "22.15 EET", and an ordinary word behind it, whose capital tells nothing: "21.05 EET Exit polls are in"; but "21.05 EET
/// Parliament votes".
fn is_stamp(text: &Text, reading: &Reading, mention: &Mention) -> bool {
    let token = mention.tokens.start;
    let classes = reading.classes(token);
    let is_ordinary = classes.has(Class::Common) && !classes.any(HEADS);
    mention.tokens.len() == 1
        && is_name(mention.entity_type)
        && (is_zone(text, token) || is_ordinary && token.checked_sub(1).is_some_and(|before| is_zone(text, before)))
}

/// Capitals behind a time: "16:05 HKT".
fn is_zone(text: &Text, token: u32) -> bool {
    let is_clock = |token: u32| {
        let written = text.of(token);
        text.tokens[token as usize].kind == TokenKind::Number
            && written.len() >= 4
            && written.contains([':', '.'])
            && written.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '.')
    };
    text.tokens[token as usize].case == Case::Upper
        && (2..=5).contains(&text.of(token).len())
        && token.checked_sub(1).is_some_and(is_clock)
}

/// "DC Furness", "PC Laura Finch": a rank of the British police; but "PC World", "DC Council".
fn without_rank(text: &Text, reading: &Reading, people: &People, mention: &mut Mention) {
    let tokens = mention.tokens;
    let is_rank = matches!(
        text.of(tokens.start),
        "PC" | "WPC" | "DC" | "DS" | "DI" | "DCI" | "DSI" | "DCS" | "PCSO" | "PS" | "Insp" | "Supt" | "Det" | "Sgt"
    );
    if !is_rank || !(2..=3).contains(&tokens.len()) || !is_name(mention.entity_type) {
        return;
    }
    let last = tokens.end - 1;
    let is_family = people.with_family(reading, last).is_some() || !reading.classes(last).any(COMMON);
    if is_family && text.tokens[last as usize].case == Case::Title {
        put(text, mention, TokenRange::new(tokens.start + 1, tokens.end));
        mention.entity_type = EntityType::Person;
    }
}

/// "Drugmaker Pfizer said", "Rival Bolt fell": at a sentence's start the capital of a common noun tells nothing.
fn without_trade(text: &Text, reading: &Reading, mention: &mut Mention) {
    let tokens = mention.tokens;
    let key = reading.key(tokens.start);
    let is_trade = key.len() > 5 && (key.ends_with("maker") || key.ends_with("builder"))
        || matches!(
            key,
            "lender" | "insurer" | "retailer" | "supermarket" | "miner" | "brewer" | "airline" | "rival" | "grocer"
        );
    if is_trade
        && tokens.len() > 1
        && is_name(mention.entity_type)
        && text.tokens[tokens.start as usize].case == Case::Title
        && text.sentence(tokens.start).tokens.start == tokens.start
        && text.tokens[tokens.start as usize + 1].kind == TokenKind::Word
    {
        put(text, mention, TokenRange::new(tokens.start + 1, tokens.end));
        mention.entity_type = EntityType::Organization;
    }
}

/// "Hag" of Erik ten Hag where "Ten Hag" stands: the small words before a family name are part of it.
fn with_particles(text: &Text, reading: &Reading, people: &People, mention: &mut Mention) {
    let TokenRange { mut start, end } = mention.tokens;
    if mention.entity_type != EntityType::Person || mention.kind != MentionKind::Name {
        return;
    }
    let Some(full) = people.with_family(reading, end - 1) else { return };
    let floor = text.sentence(start).tokens.start;
    while start > floor && full.len() as u32 > end - start + 1 {
        let same = full.end - (end - start) - 1;
        let is_particle =
            text.tokens[same as usize].case == Case::Lower && text.tokens[same as usize].kind == TokenKind::Word;
        if !is_particle || reading.word(same).folded != reading.word(start - 1).folded {
            break;
        }
        start -= 1;
    }
    if start < mention.tokens.start {
        put(text, mention, TokenRange::new(start, end));
    }
}

/// "The Controller of Budget, Ida Holm, said": who somebody is, and no institution.
fn is_office(text: &Text, reading: &Reading, office: &Mention, person: &Mention) -> bool {
    use EntityType::{Organization, Person, Place, Product, Work};
    let TokenRange { start, end } = office.tokens;
    // A title may stand before the name.
    let is_near = person.tokens.start > end && person.tokens.start < end + 3;
    if !is_near || person.entity_type != Person || !matches!(office.entity_type, Organization | Place | Product | Work)
    {
        return false;
    }
    let sentence = text.sentence(start).tokens;
    let key = |token: u32| if sentence.holds(token) { reading.key(token) } else { "" };
    let after = person.tokens.end;
    let is_apposed = key(end) == "," && key(after) == "," && !matches!(key(after + 1), "and" | "or" | "the" | "");
    let has_article = start > sentence.start && key(start - 1) == "the";
    let is_free = start < sentence.start + 2 || !reading.word(start - 2).grammar.is(Parts::PREPOSITION);
    is_apposed
        && has_article
        && is_free
        && !reading.classes(start).any(HEADS)
        && (key(end - 1) == "general" || (start + 1..end.min(start + 4)).any(|token| key(token) == "of"))
}

/// A headline is told from running text by the words around a name, as many to both sides.
const AROUND: u32 = 12;

/// What belongs to the name beside it: "Martha's Law", "HMS Queen Elizabeth", "BBC Radio 4"; and "ITV's This Morning" is no time.
fn with_neighbours(text: &Text, reading: &Reading, mention: &mut Mention) {
    use EntityType::{Date, Organization, Person, Place, Product, Work};
    let TokenRange { start, end } = mention.tokens;
    let sentence = text.sentence(start).tokens;
    let key = |token: u32| if sentence.holds(token) { reading.key(token) } else { "" };
    let case = |token: u32| text.tokens[token as usize].case;
    let is_clitic = |token: u32| sentence.holds(token) && text.tokens[token as usize].kind == TokenKind::Clitic;
    if mention.entity_type == Date {
        let may_be =
            start > sentence.start && case(start) == Case::Title && matches!(key(start), "today" | "tonight" | "this");
        if may_be && (is_clitic(start - 1) || matches!(key(end), "programme" | "program" | "show")) {
            (mention.entity_type, mention.value) = (Work, None);
        }
        return;
    }
    if !matches!(mention.entity_type, Person | Place | Organization | Product) {
        return;
    }
    let is_prefix =
        |token: u32| sentence.holds(token) && case(token) == Case::Upper && is_ship_prefix(text.of(token), true);
    let ship = (1..=2).filter_map(|back| start.checked_sub(back)).find(|&at| is_prefix(at));
    if let Some(ship) = ship.filter(|&ship| ship + 1 == start || case(ship + 1) == Case::Title) {
        put(text, mention, TokenRange::new(ship, end));
        mention.entity_type = Product;
    } else if key(end - 1) == "radio" && key(end).len() == 1 && text.tokens[end as usize].kind == TokenKind::Number {
        put(text, mention, TokenRange::new(start, end + 1));
    } else if is_clitic(end) && end < start + 3 && is_law_of(key(end + 1), reading.classes(start)) {
        // In a headline that has capitals all over, "Life Under Putin's Rule".
        let from = sentence.start.max(start.saturating_sub(AROUND));
        let is_running =
            (from..sentence.end.min(end + AROUND)).any(|token| case(token) == Case::Lower && key(token).len() > 3);
        let ends = !sentence.holds(end + 2) || case(end + 2) != Case::Title;
        if is_running && ends && case(end + 1) == Case::Title {
            put(text, mention, TokenRange::new(start, end + 2));
            mention.entity_type = Work;
        }
    }
}

/// What a law is that has somebody's name: "Martha's Rule", "Benedict's Law".
pub(super) fn is_law_of(key: &str, whose: Classes) -> bool {
    matches!(key, "law" | "act") || key == "rule" && whose.has(Class::GivenName)
}

/// "Harakat al-Nujaba", "Saraya al-Salam": movements and brigades.
fn is_militia(reading: &Reading, tokens: TokenRange) -> bool {
    tokens.len() > 1
        && matches!(
            reading.key(tokens.start),
            "harakat"
                | "harakah"
                | "saraya"
                | "asaib"
                | "kataib"
                | "kataeb"
                | "liwa"
                | "jabhat"
                | "jaysh"
                | "jaish"
                | "faylaq"
        )
}

/// "Marks & Spencer", "Ben & Jerry's": one house, unless both are places or the text names one of them otherwise as well.
fn join_by_ampersand(text: &Text, reading: &Reading, people: &People, mentions: &mut Vec<Mention>) {
    let is_half = |mention: &Mention| {
        mention.tokens.len() == 1
            && people.with_family(reading, mention.tokens.start).is_none()
            && matches!(mention.entity_type, EntityType::Person | EntityType::Place | EntityType::Organization)
    };
    // How far names are joined.
    let mut joined = 0;
    for at in 0..mentions.len() {
        let TokenRange { start, end } = mentions[at].tokens;
        if start < joined || !is_half(&mentions[at]) {
            continue;
        }
        let sentence = text.sentence(start).tokens;
        let is_ampersand = |token: u32| sentence.holds(token) && text.of(token) == "&";
        let is_capital = |token: u32| {
            sentence.holds(token)
                && text.tokens[token as usize].kind == TokenKind::Word
                && text.tokens[token as usize].case == Case::Title
        };
        // What is no name alone may be the other half: "Marks".
        let other = if is_ampersand(end) && is_capital(end + 1) {
            Some(end + 1)
        } else if start >= sentence.start + 2 && start >= joined + 2 && is_ampersand(start - 1) && is_capital(start - 2)
        {
            Some(start - 2)
        } else {
            None
        };
        let Some(other) = other else { continue };
        let named = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let named = named.filter_map(|at| mentions.get(at)).find(|mention| mention.tokens.holds(other));
        let are_places =
            named.is_some_and(|named| [named, &mentions[at]].iter().all(|one| one.entity_type == EntityType::Place));
        if named.is_some_and(|named| !is_half(named)) || are_places {
            continue;
        }
        let tokens = TokenRange::new(start.min(other), end.max(other + 1));
        put(text, &mut mentions[at], tokens);
        mentions[at].entity_type = EntityType::Organization;
        mentions[at].kind = MentionKind::Name;
        joined = tokens.end;
    }
    if joined > 0 {
        let mut reached = 0;
        mentions.retain(|mention| {
            let is_new = mention.tokens.start >= reached;
            reached = reached.max(mention.tokens.end);
            is_new
        });
    }
}

const PLACES: Classes = Classes::of(Class::City).and(Classes::of(Class::Country));

/// "In Paris Macron said", "Emir of Kano Musa Bello": two names, a place that opens the sentence and somebody whom the text
/// names in full, or whose name no place has; and where somebody holds an office.
fn part_place_and_person(text: &Text, reading: &Reading, people: &People, mentions: &mut Vec<Mention>) {
    let mut parted: Vec<Mention> = Vec::new();
    for mention in mentions.iter_mut() {
        let tokens = mention.tokens;
        let sentence = text.sentence(tokens.start).tokens;
        let opens = tokens.start == sentence.start + 1 && matches!(text.of(sentence.start), "In" | "At" | "From");
        let holds_office = tokens.len() > 2
            && tokens.start > sentence.start + 1
            && reading.key(tokens.start - 1) == "of"
            && reading.classes(tokens.start - 2).has(Class::Title);
        if !is_name(mention.entity_type) || !(opens && tokens.len() == 2 || holds_office) {
            continue;
        }
        let (place, person) = (reading.classes(tokens.start), reading.classes(tokens.start + 1));
        let is_family = people.with_family(reading, tokens.start + 1).is_some()
            || person.has(Class::Surname) && !person.has(Class::Place) && !person.any(COMMON);
        let known = reading.phrases.partition_point(|phrase| phrase.tokens.start < tokens.start);
        let is_known = reading.phrases.get(known).is_some_and(|phrase| phrase.tokens == tokens);
        let are_two = match holds_office {
            true => {
                let is_given = person.has(Class::GivenName) && !place.any(COMMON);
                let may_be = mention.entity_type == EntityType::Person
                    || is_given && !reading.classes(tokens.end - 1).any(HEADS);
                may_be && (place.any(PLACES) || is_given && !place.any(Classes::PERSONAL))
            }
            false => place.any(PLACES) && !place.any(Classes::PERSONAL) && is_family,
        };
        if are_two && !is_known {
            let mut person = mention.clone();
            put(text, mention, TokenRange::new(tokens.start, tokens.start + 1));
            mention.entity_type = EntityType::Place;
            put(text, &mut person, TokenRange::new(tokens.start + 1, tokens.end));
            person.entity_type = EntityType::Person;
            parted.push(person);
        }
    }
    if !parted.is_empty() {
        mentions.append(&mut parted);
        sort_by_key(mentions, |mention| mention.tokens.start);
    }
}

/// "Kestrel Trust and Open Doors", "Kent Police and Essex Police", "Essex Police's Drugs Unit", "Refuge, Shelter and Crisis": two names, where the first ends as
/// names of institutions do and the second of two with "and" does not or in the same way, or where they end a list of organisations; "Debrah, Smith".
fn part_two(text: &Text, reading: &Reading, mentions: &mut Vec<Mention>) {
    let mut parted: Vec<Mention> = Vec::new();
    let is_sport = is_sport(reading, mentions);
    for at in 0..mentions.len() {
        let TokenRange { start, end } = mentions[at].tokens;
        if end < start + 3 {
            continue;
        }
        let is_clitic = |token: u32| text.tokens[token as usize].kind == TokenKind::Clitic;
        let is_head = |token: u32| {
            static HEADS_OF_OWNERS: WordList = WordList::of(
                "academy agency alliance association authority bank college council department federation foundation institute \
                 ministry office police school service society trust union university",
            );
            HEADS_OF_OWNERS.has(reading.key(token))
        };
        let is_kind = |token: u32| reading.classes(token).any(HEADS.and(Classes::of(Class::OrganizationSuffix)));
        // "Children's" belongs to the name of a hospital.
        let is_tie =
            |token: u32| matches!(text.of(token), "and" | "or" | "," | "v") || is_clitic(token) && is_head(token - 1);
        let Some(tie) = (start + 1..end - 1).find(|&token| is_tie(token)) else { continue };
        // "Department for Business and Trade" is one.
        let is_plain = |TokenRange { start, end }| {
            (start..end).all(|token| token == tie || text.tokens[token as usize].case != Case::Lower)
        };
        let ends_list = || {
            let Some(before) = at.checked_sub(1).map(|before| &mentions[before]) else { return false };
            let goes_on = text.tokens.get(end as usize).is_some() && matches!(text.of(end), "and" | ",");
            let follows = before.tokens.end + 1 == start && text.of(start - 1) == ",";
            follows && !goes_on && before.entity_type == EntityType::Organization && is_plain(before.tokens)
        };
        use EntityType::{Event, Organization, Person, Place, Work};
        let are_two = match (text.of(tie), mentions[at].entity_type) {
            ("and", Work) => ends_list() || tie > start + 1 && end > tie + 2 && text.of(tie + 1) == "The",
            ("and", Organization) => {
                let (key, last) = (reading.key(tie - 1), reading.key(end - 1));
                let are_heads =
                    is_head(tie - 1) && (!is_kind(end - 1) || key == last) || (key, last) == ("hospital", key);
                tie > start + 1 && end > tie + 2 && are_heads || ends_list()
            }
            // "Slough v Burton", but "Hale v Ruiz" in court
            ("v", Place) => true,
            ("v", Organization | Event | Work) => is_sport,
            // "Rain or Shine" may be one.
            ("or", Organization) => end > start + 3,
            (",", Person) => end == start + 3 && text.of(end - 1).len() > 3,
            (",", _) => false,
            (_, Organization) => tie > start + 1,
            _ => false,
        };
        let known = reading.phrases.partition_point(|phrase| phrase.tokens.start < start);
        let is_known = reading.phrases.get(known).is_some_and(|phrase| phrase.tokens == mentions[at].tokens);
        if are_two && !is_known && is_plain(mentions[at].tokens) {
            let mut second = mentions[at].clone();
            put(text, &mut mentions[at], TokenRange::new(start, tie));
            put(text, &mut second, TokenRange::new(tie + 1, end));
            if text.of(tie) == "v" {
                (mentions[at].entity_type, second.entity_type) = (Organization, Organization);
            }
            parted.push(second);
        }
    }
    if !parted.is_empty() {
        mentions.append(&mut parted);
        sort_by_key(mentions, |mention| mention.tokens.start);
    }
}

/// "Odessa" where Cyclone Odessa is named is the storm, and "Storm Arturo" is nobody.
fn name_storms(text: &Text, reading: &Reading, mentions: &mut [Mention]) {
    let mut storms: WordSet<WordId> = WordSet::default();
    for mention in mentions.iter_mut().filter(|mention| mention.tokens.len() == 2 && is_name(mention.entity_type)) {
        let TokenRange { start, end } = mention.tokens;
        if matches!(reading.key(start), "cyclone" | "hurricane" | "typhoon" | "storm")
            && text.tokens[start as usize].case == Case::Title
            && text.tokens[end as usize - 1].case == Case::Title
            && matches!(mention.entity_type, EntityType::Event | EntityType::Person)
        {
            mention.entity_type = EntityType::Event;
            storms.insert(reading.word_of[end as usize - 1]);
            if start > text.sentence(start).tokens.start && text.of(start - 1) == "Tropical" {
                put(text, mention, TokenRange::new(start - 1, end));
            }
        }
    }
    if storms.is_empty() {
        return;
    }
    for mention in mentions.iter_mut().filter(|mention| mention.tokens.len() == 1 && is_name(mention.entity_type)) {
        if storms.contains(&reading.word_of[mention.tokens.start as usize]) {
            mention.entity_type = EntityType::Event;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::mention;
    use super::*;
    use EntityType::{Event, Organization, Person, Place, Product};

    /// What is a name after mending, as (text, type).
    fn mended(source: &str, names: &[(&str, usize, EntityType)]) -> Vec<(String, EntityType)> {
        let text = Text::read(source);
        let mut given: Vec<Mention> =
            names.iter().map(|&(name, nth, entity_type)| mention(&text, name, nth, entity_type)).collect();
        given.sort_by_key(|mention| mention.span.start);
        mend(&text, &Reading::of(&text), &mut given);
        assert!(given.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
        given.iter().map(|mention| (mention.span.of(source).to_owned(), mention.entity_type)).collect()
    }

    #[test]
    fn a_title_before_a_given_name_makes_a_person() {
        let source = "Senator Maria Lindner voted in Captain Maria Hospital.";
        let found = mended(source, &[("Senator Maria Lindner", 0, Product), ("Captain Maria Hospital", 0, Place)]);
        assert_eq!(found[0], ("Maria Lindner".to_owned(), Person));
        assert_eq!(found[1], ("Captain Maria Hospital".to_owned(), Place));
        let found = mended(
            "Then Uncle Prak Huot heard it. Huot left.",
            &[("Uncle Prak Huot", 0, Product), ("Huot", 1, Person)],
        );
        assert_eq!(found[0], ("Prak Huot".to_owned(), Person));
        let hyphen = "Odd-Arne Hjelle denied it. Hjelle left.";
        let found = mended(hyphen, &[("Odd-Arne Hjelle", 0, Person), ("Hjelle", 1, Person)]);
        assert_eq!(found[0].0, "Odd-Arne Hjelle");
    }

    #[test]
    fn a_time_zone_is_no_part_of_a_name() {
        let found = mended("16:05 HKT Kweilin halted", &[("HKT Kweilin", 0, Organization)]);
        assert_eq!(found, [("Kweilin".to_owned(), Organization)]);
        let found = mended("16:05 HKT Numbers: the HKT", &[("HKT", 0, Organization), ("Numbers", 0, Organization)]);
        assert_eq!(found, []);
        use EntityType::{Date, Group};
        let source = "16:05 HKT Monday is quiet. 16:10 HKT Parliament sits. 16:20 HKT French shares fall.";
        let names = [("Monday", 0, Date), ("Parliament", 0, Organization), ("French", 0, Group)];
        assert_eq!(mended(source, &names).len(), 3);
        let found = mended("The BBC World Service said 16:05.", &[("BBC World Service", 0, Organization)]);
        assert_eq!(found, [("BBC World Service".to_owned(), Organization)]);
    }

    #[test]
    fn an_article_that_opens_a_sentence_is_no_part_of_a_name() {
        let found = mended("A Zenara Health spokesman fell.", &[("A Zenara Health", 0, Organization)]);
        assert_eq!(found[0].0, "Zenara Health");
        let found = mended("A Christmas Carol fell.", &[("A Christmas Carol", 0, EntityType::Work)]);
        assert_eq!(found[0].0, "A Christmas Carol");
        let found = mended("A R Rahman fell.", &[("A R Rahman", 0, Person)]);
        assert_eq!(found[0].0, "A R Rahman");
    }

    #[test]
    fn an_office_is_no_institution() {
        let names = [
            ("Controller of Budget", 0, Organization),
            ("Ida Holm", 0, Person),
            ("Controller of Budget", 1, Organization),
        ];
        let rest = "of Budget, Ida Holm, left. The Controller of Budget had no choice.";
        assert_eq!(mended(&format!("The Controller {rest}"), &names), [("Ida Holm".to_owned(), Person)]);
        assert_eq!(mended(&format!("They saw a Controller {rest}"), &names).len(), 3);
        let bank = [("Bank of Ghana", 0, Organization), ("Ida Holm", 0, Person)];
        assert_eq!(mended("The Bank of Ghana, Ida Holm, told us.", &bank).len(), 2);
    }

    #[test]
    fn letters_in_brackets_before_somebody_are_a_rank() {
        let rank = [("DSP", 0, Organization), ("Peter Hale", 0, Person)];
        assert_eq!(mended("The Superintendent of Police (DSP) Peter Hale left.", &rank).len(), 1);
        assert_eq!(mended("The Superintendent of Police (DSP) saw Peter Hale.", &rank).len(), 2);
        let party = [("Lake Party", 0, Organization), ("LP", 0, Organization), ("Peter Hale", 0, Person)];
        assert_eq!(mended("The Lake Party (LP) Peter Hale led lost.", &party).len(), 3);
    }

    #[test]
    fn a_rank_of_the_police_is_no_part_of_a_name() {
        let source = "Ian Furness left. DC Furness spoke in PC World.";
        let names = [("Ian Furness", 0, Person), ("DC Furness", 0, Organization), ("PC World", 0, Organization)];
        let found = mended(source, &names);
        assert_eq!(found[1], ("Furness".to_owned(), Person));
        assert_eq!(found[2], ("PC World".to_owned(), Organization));
    }

    #[test]
    fn a_trade_that_opens_a_sentence_is_no_part_of_a_name() {
        let found = mended("Drugmaker Pfizer fell.", &[("Drugmaker Pfizer", 0, Person)]);
        assert_eq!(found, [("Pfizer".to_owned(), Organization)]);
        let found = mended("He left Rival Records.", &[("Rival Records", 0, Organization)]);
        assert_eq!(found, [("Rival Records".to_owned(), Organization)]);
    }

    #[test]
    fn small_words_before_a_family_name_are_part_of_it() {
        let names = [("Erik ten Hag", 0, Person), ("Hag", 1, Person), ("Hag", 2, Person)];
        let found = mended("Erik ten Hag lost. Ten Hag left. So did a Hag.", &names);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Erik ten Hag", "Ten Hag", "Hag"]);
    }

    #[test]
    fn an_ampersand_joins_the_names_of_a_house() {
        let house = |name: &str| vec![(name.to_owned(), Organization)];
        assert_eq!(mended("Marks & Spencer fell.", &[("Spencer", 0, Person)]), house("Marks & Spencer"));
        let halves = [("Ben", 0, Person), ("Jerry", 0, Person)];
        assert_eq!(mended("Ben & Jerry’s rose.", &halves), house("Ben & Jerry"));
        let halves = [("Kenya", 0, Place), ("Uganda", 0, Place)];
        assert_eq!(mended("Kenya & Uganda agreed.", &halves).len(), 2);
        let people = [("Ana Ruiz", 0, Person), ("Ruiz", 1, Person), ("Cole", 0, Person)];
        assert_eq!(mended("Ana Ruiz fell. Ruiz & Cole agreed.", &people).len(), 3);
    }

    #[test]
    fn a_place_that_opens_a_sentence_is_not_who_acts_there() {
        let names = [("Emmanuel Macron", 0, Person), ("Paris Macron", 0, Place)];
        let found = mended("Emmanuel Macron spoke. In Paris Macron met us.", &names);
        assert_eq!(found[1..], [("Paris".to_owned(), Place), ("Macron".to_owned(), Person)]);
        for (name, place, person) in [
            ("Kano Musa Bello", "Kano", "Musa Bello"),
            ("Arden Peter Hale", "Arden", "Peter Hale"),
            ("Mary Ann Hale", "Mary Ann Hale", ""),
            ("Defense Peter Hale", "Defense Peter Hale", ""),
        ] {
            let found = mended(&format!("The Emir of {name} left."), &[(name, 0, Person)]);
            assert_eq!(found[0].0, place);
            assert_eq!(found.get(1).map_or("", |(name, _)| name), person);
            assert_eq!(mended(&format!("The murder of {name} shocked."), &[(name, 0, Person)]).len(), 1);
        }
    }

    #[test]
    fn what_belongs_to_a_name_stands_beside_it() {
        use EntityType::{Date, Work};
        let one = |source: &str, name: &str, entity_type| mended(source, &[(name, 0, entity_type)]).remove(0);
        let is = |name: &str, entity_type| (name.to_owned(), entity_type);
        assert_eq!(one("They want Martha’s Rule in all wards.", "Martha", Person), is("Martha’s Rule", Work));
        assert_eq!(one("They want Awaab’s Law soon.", "Awaab", Person), is("Awaab’s Law", Work));
        assert_eq!(one("Life Under Putin’s Rule", "Putin", Person), is("Putin", Person));
        assert_eq!(one("They want Martha’s Law School there.", "Martha", Person), is("Martha", Person));
        assert_eq!(one("Then HMS Queen Elizabeth sailed.", "Elizabeth", Person), is("HMS Queen Elizabeth", Product));
        assert_eq!(one("He told BBC Radio 4’s men.", "BBC Radio", Organization), is("BBC Radio 4", Organization));
        assert_eq!(one("She told ITV’s This Morning so.", "This Morning", Date), is("This Morning", Work));
        assert_eq!(one("He told the Today programme so.", "Today", Date), is("Today", Work));
        assert_eq!(one("He said so. Today he left.", "Today", Date), is("Today", Date));
    }

    #[test]
    fn two_names_are_not_one() {
        let parts = |name: &str, entity_type| {
            let source = format!("They met {name} again.");
            mended(&source, &[(name, 0, entity_type)]).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(parts("Kestrel Trust and Open Doors", Organization), ["Kestrel Trust", "Open Doors"]);
        assert_eq!(parts("Essex Police’s Drugs Unit", Organization), ["Essex Police", "Drugs Unit"]);
        assert_eq!(parts("Debrah, Smith", Person), ["Debrah", "Smith"]);
        let shows = ["Slow Horses", "The White Lotus"];
        assert_eq!(parts(&shows.join(" and "), EntityType::Work), shows);
        assert_eq!(parts("Slough v Burton", Place), ["Slough", "Burton"]);
        assert_eq!(parts("Hale v Ruiz", EntityType::Work), ["Hale v Ruiz"]);
        for two in [["Kent Police", "Essex Police"], ["St Mary’s Hospital", "Royal Kestrel Hospital"]] {
            assert_eq!(parts(&two.join(" and "), Organization), two);
        }
        for one in [
            "Kestrel Hospital and Medical Center",
            "Kestrel Alert System and Data System",
            "St Mary Children’s Hospital",
            "Rain or Shine",
        ] {
            assert_eq!(parts(one, Organization), [one]);
        }
    }

    #[test]
    fn a_storm_keeps_its_name_and_a_militia_is_nobody() {
        let names = [("Cyclone Odessa", 0, Event), ("Odessa", 1, Place), ("Storm Arturo", 0, Person)];
        let found = mended("Cyclone Odessa hit. Odessa turned. Tropical Storm Arturo hit.", &names);
        assert_eq!(found[1..], [("Odessa".to_owned(), Event), ("Tropical Storm Arturo".to_owned(), Event)]);
        let found = mended("Saraya al-Salam left.", &[("Saraya al-Salam", 0, Person)]);
        assert_eq!(found[0].1, Organization);
    }

    #[test]
    fn letters_behind_a_name_are_none() {
        let names = [("Tom Reed", 0, Person), ("KC", 0, Organization), ("KC", 1, Organization)];
        let found = mended("Tom Reed, KC, left. They watched KC play.", &names);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].1, Organization);
    }
}
