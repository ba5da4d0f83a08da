//! Quotes and entities to speakers.
//!
//! For each quote the noun phrases beside the cues around it are candidates, and so are the speaker of the quote before it,
//! of the quote around it, and names nearby. The scorer gives each a probability, which becomes the speaker's confidence.

mod candidates;
mod medium;

pub use candidates::{Candidate, Candidates, Who};

use crate::annotation::{EntityType, Medium, MentionKind, QuoteKind};
use crate::hashing::WordMap;
use crate::identity::{Entity, EntityId, FirstPerson, Identity, add_first_person};
use crate::lexicon::grammar::Parts;
use crate::lexicon::{Class, Classes, Reading};
use crate::ner::Mention;
use crate::quote::choice::Scores;
use crate::quote::cues::CueShape;
use crate::quote::marked::Scene;
use crate::quote::phrases::{NONE, Phrase, PhraseKind};
use crate::quote::scorer::{self, Task, Weights};
use crate::quote::{Findings, Quote, signers, words};
use crate::span::Span;
use crate::text::{Case, Text, TokenRange};

/// Who speaks, or is spoken to.
#[derive(Clone, PartialEq, Debug)]
pub struct Speaker {
    /// The mention beside the cue.
    pub span: Span,
    /// Whom it names, where that is known.
    pub entity: Option<EntityId>,
    /// 0 to 1.
    pub confidence: f32,
    /// The rule that chose it.
    pub because: &'static str,
    /// Index in [`crate::quote::phrases::Syntax::phrases`].
    pub phrase: u32,
}

/// Whose words a quote is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Attribution {
    /// Who said it.
    pub speaker: Option<Speaker>,
    /// Whom it was said to.
    pub addressee: Option<Speaker>,
    /// Index in [`Findings::cues`].
    pub cue: Option<u32>,
    /// Where it was first said.
    pub medium: Medium,
}

/// Chooses the speaker of each quote. Linear in the text's length.
pub fn attribute(text: &Text, reading: &Reading, identity: &Identity, findings: &Findings) -> Vec<Attribution> {
    attribute_with(scorer::weights(), text, reading, identity, findings)
}

/// [`attribute`] by other weights: those that are being trained.
pub fn attribute_with(
    weights: &Weights,
    text: &Text,
    reading: &Reading,
    identity: &Identity,
    findings: &Findings,
) -> Vec<Attribution> {
    let scene = Scene { text, reading, identity, syntax: &findings.syntax, cues: &findings.cues };
    let mut candidates = Candidates::new(Scores::of(weights, Task::Speaker));
    let mut done: Vec<Attribution> = Vec::with_capacity(findings.quotes.len());
    let mut chances = Vec::with_capacity(32);
    for index in 0..findings.quotes.len() {
        let known = |quote: usize| done[quote].speaker.as_ref().map(|speaker| speaker.phrase);
        candidates.find(&scene, &findings.quotes, index, &known);
        let (list, probabilities) = (&candidates.list, candidates.choice.probabilities());
        let best = likeliest(list, probabilities, &mut chances);
        let mut attribution = best.map_or_else(Attribution::default, |(at, confidence)| {
            settle(&scene, &findings.quotes, &list[at], confidence, &done)
        });
        let who = best.map_or(Who::Nobody, |(at, _)| list[at].who);
        attribution.medium = medium::medium(&scene, &findings.quotes, index, &attribution, who, &done);
        done.push(attribution);
    }
    done
}

/// A phrase that may have said a quote.
struct Chance {
    /// Index of the likeliest of the candidates that stand for it.
    best: usize,
    probability: f32,
}

/// The likeliest phrase's likeliest candidate, by its index, and the phrase's probability: where it may be reached by several ways,
/// its chances add up. `chances` is a buffer.
fn likeliest(list: &[Candidate], probabilities: &[f32], chances: &mut Vec<Chance>) -> Option<(usize, f32)> {
    // One for each candidate; those of the first ones that stand for a phrase are filled.
    chances.clear();
    for (at, candidate) in list.iter().enumerate() {
        chances.push(Chance { best: at, probability: 0.0 });
        let chance = &mut chances[candidate.first];
        if probabilities[at] > probabilities[chance.best] {
            chance.best = at;
        }
    }
    for (at, candidate) in list.iter().enumerate() {
        let chance = &mut chances[candidate.first];
        if candidate.first == at {
            chance.probability = probabilities[chance.best];
        }
        if chance.best != at {
            chance.probability += probabilities[at];
        }
    }
    let firsts = list.iter().zip(&*chances).enumerate().filter(|(at, (candidate, _))| candidate.first == *at);
    let is_likelier = |one: &Chance, other: &Chance| {
        one.probability > other.probability || one.probability == other.probability && one.best < other.best
    };
    let best =
        firsts.map(|(_, (_, chance))| chance).reduce(|best, other| if is_likelier(other, best) { other } else { best });
    best.map(|chance| (chance.best, chance.probability))
}

#[inline(never)]
fn settle(
    scene: &Scene,
    quotes: &[Quote],
    candidate: &Candidate,
    confidence: f32,
    done: &[Attribution],
) -> Attribution {
    let quote = &quotes[done.len()];
    let cue = quote.cue.or(candidate.cue.map(|cue| cue as u32));
    let addressee = cue.and_then(|cue| addressee(scene, cue as usize, candidate));
    let speaker = match candidate.who {
        Who::Nobody => None,
        Who::SpeakerOf(other) => {
            // No surer than the other quote's.
            done[other].speaker.clone().map(|speaker| Speaker {
                confidence: confidence * speaker.confidence,
                because: candidate.because,
                ..speaker
            })
        }
        Who::Phrase(phrase) => {
            let (span, entity) = mention_of(scene, phrase);
            let entity = entity.filter(|_| !is_unnamed(scene, phrase, quotes, done));
            Some(Speaker { span, entity, confidence, because: candidate.because, phrase })
        }
    };
    let cue = if matches!(candidate.who, Who::SpeakerOf(_)) { quote.cue } else { cue };
    let cue = cue.map(|cue| introducing(scene, quote, cue));
    Attribution { speaker, addressee, cue, medium: Medium::Speech }
}

/// "A foreman said nobody had signed in. “We count helmets,” he said": whether a pronoun stands for somebody without a name who spoke
/// just before it in its paragraph, and for none of those who have one.
fn is_unnamed(scene: &Scene, phrase: u32, quotes: &[Quote], done: &[Attribution]) -> bool {
    let Scene { text, syntax, identity, .. } = *scene;
    let pronoun = syntax.phrases[phrase as usize].tokens;
    let number = syntax.number(pronoun.start);
    if pronoun.len() != 1 || !matches!(number, words::HE | words::SHE) {
        return false;
    }
    // Whoever speaks in somebody's words has said nothing here.
    let before =
        quotes[..done.len()].iter().zip(done).rev().take(MOST_BEFORE).filter(|(quote, _)| quote.parent.is_none());
    let before = before.filter_map(|(_, before)| before.speaker.as_ref());
    let Some(last) = before.filter(|before| before.phrase < phrase).max_by_key(|before| before.phrase) else {
        return false;
    };
    let Phrase { tokens: found, kind, .. } = syntax.phrases[last.phrase as usize];
    let is_one = found.len() > 1
        && matches!(kind, PhraseKind::Speaker | PhraseKind::Other)
        && matches!(scene.reading.key(found.start), "a" | "an" | "one" | "another");
    let is_same = found.len() == 1 && syntax.number(found.start) == number;
    let sentence = text.sentence(found.start);
    if last.entity.is_some() || !(is_one || is_same) || sentence.block != text.sentence(pronoun.start).block {
        return false;
    }
    // "A foreman said so. Phiri shook his head. “Nobody told me,” he said": outside marks another one was named.
    let between = Span::new(text.span(sentence.tokens).end, text.span(pronoun).start);
    let is_named = |at: usize| {
        let mention = &identity.mentions[at];
        mention.kind == MentionKind::Name
            && mention.entity_type == EntityType::Person
            && syntax.pair_of(mention.tokens.start) == NONE
    };
    between.start >= between.end || !identity.mentions_in(between).take(MOST_MENTIONS_BACK).any(is_named)
}

/// Quotes before one whose speakers are looked at.
const MOST_BEFORE: usize = 4;

/// "rejected the claims, saying “…”": the second verb of a cue's subject, where it stands right before the marks, in place of the cue.
fn introducing(scene: &Scene, quote: &Quote, cue: u32) -> u32 {
    let open = quote.tokens[0].start.saturating_sub(1);
    let mut nearest = scene.cues.partition_point(|cue| cue.tokens.end <= open).saturating_sub(1);
    nearest -= usize::from(nearest > 0 && scene.cues[nearest].shape == CueShape::Colon);
    let (first, second) = (&scene.cues[cue as usize], &scene.cues[nearest]);
    let goes_on = quote.cue.is_none()
        && nearest as u32 > cue
        && second.shape == CueShape::Gerund
        && second.sentence == first.sentence
        && second.pair == quote.level
        && open - second.tokens.end <= MOST_INTRODUCING
        && scene.text.of(second.tokens.start - 1) == ",";
    if goes_on { nearest as u32 } else { cue }
}

/// Words between "saying that it was" and the marks.
const MOST_INTRODUCING: u32 = 4;

/// The place in the text that names a phrase's referent, and the referent: the name that ends the phrase, or the whole
/// phrase with what hangs on it by "of", "for", "at" or "in".
pub fn mention_of(scene: &Scene, phrase: u32) -> (Span, Option<EntityId>) {
    let found = &scene.syntax.phrases[phrase as usize];
    if let Some(mention) = author(scene, found) {
        return (scene.identity.mentions[mention].span, Some(scene.identity.entity_of[mention]));
    }
    if let Some(owner) = owner_of_report(scene, found) {
        let span = scene.text.span(owner);
        let mention = scene.identity.mentions_in(span).last();
        let named = mention.filter(|&mention| scene.identity.mentions[mention].tokens.end == owner.end);
        let named =
            named.map(|mention| (scene.identity.mentions[mention].span, Some(scene.identity.entity_of[mention])));
        return named.unwrap_or((span, None));
    }
    if let Some(person) = labelled(scene, found.tokens) {
        return (scene.text.span(found.tokens), Some(person));
    }
    if let Some(mention) = named_behind_title(scene, found) {
        return (scene.identity.mentions[mention].span, Some(scene.identity.entity_of[mention]));
    }
    if let Some(mention) = found.mention() {
        let known = &scene.identity.mentions[mention as usize];
        if let Some(person) = called_by_group(scene, found, known) {
            return (scene.text.span(found.tokens), Some(person));
        }
        return (known.span, Some(scene.identity.entity_of[mention as usize]));
    }
    if let Some(mention) = named_before_kind(scene, found.tokens) {
        return (scene.identity.mentions[mention].span, Some(scene.identity.entity_of[mention]));
    }
    (scene.text.span(with_complements(scene, with_possessor(scene, found.tokens))), None)
}

/// "MW: I was tired": the one of the first people named whose initials label a line.
fn labelled(scene: &Scene, label: TokenRange) -> Option<EntityId> {
    let Scene { text, identity, .. } = *scene;
    let initials = text.of(label.start);
    let is_label = label.len() == 1
        && (2..=3).contains(&initials.len())
        && initials.bytes().all(|letter| letter.is_ascii_uppercase())
        && (label.end as usize) < text.tokens.len()
        && words::is_sign(text, label.end, b':')
        && text.block_tokens[text.sentence(label.start).block as usize].start == label.start;
    let has_initials = |entity: &Entity| {
        let name = identity.mentions[entity.canonical.0 as usize].span.of(text.source);
        name.split_whitespace().map(|word| word.as_bytes()[0]).eq(initials.bytes())
    };
    let is_it = |entity: &Entity| entity.entity_type == EntityType::Person && has_initials(entity);
    let person = is_label.then(|| identity.entities.iter().take(MOST_LABELLED).position(is_it)).flatten();
    person.map(|index| EntityId(index as u32))
}

/// The first entities of a text: among them are the people who speak in an interview.
const MOST_LABELLED: usize = 64;

/// "Ruiz's claim", "the family's allegation", "her belief", "the defendants' argument": the one whose a report is.
fn owner_of_report(scene: &Scene, phrase: &Phrase) -> Option<TokenRange> {
    let Scene { text, syntax, .. } = *scene;
    let TokenRange { start, end } = phrase.tokens;
    // "Ruiz's statement that": what is a document elsewhere.
    let has_that = (end as usize) < text.tokens.len() && syntax.number(end) == words::THAT;
    if phrase.kind != PhraseKind::Report && !(has_that && syntax.is(end - 1, Parts::REPORT)) {
        return None;
    }
    let within = signers::owner_in(scene, phrase.tokens, LONGEST_OWNED);
    within.or_else(|| owner_before(scene, start).map(|owner| owner.tokens))
}

/// "the defendants’ |argument": the phrase before a plural's apostrophe, which is a sign of its own.
fn owner_before<'s>(scene: &'s Scene, start: u32) -> Option<&'s Phrase> {
    let Scene { text, syntax, .. } = *scene;
    let apostrophe = start.checked_sub(1).filter(|&before| matches!(text.of(before), "'" | "’"))?;
    let owner = syntax.phrase(apostrophe.checked_sub(1)?).filter(|_| !text.space_before(apostrophe))?;
    (owner.tokens.end == apostrophe).then_some(owner)
}

/// "'s often repeated claim", in tokens.
const LONGEST_OWNED: usize = 4;

/// "The teachers’ union": behind the apostrophe another phrase begins. "Dolan's words" are Dolan's.
fn with_possessor(scene: &Scene, mut tokens: TokenRange) -> TokenRange {
    let text = scene.text;
    let may_be = |owner: &&Phrase| {
        owner.mention().is_none()
            && text.of(owner.tokens.end - 1).ends_with('s')
            && owner.tokens.start >= text.sentence(tokens.start).tokens.start
    };
    if let Some(owner) = owner_before(scene, tokens.start).filter(may_be) {
        tokens.start = owner.tokens.start;
    }
    signers::owner_of_words(scene, tokens).unwrap_or(tokens)
}

/// "The Ohio Republican said", "the Australian said": one of a people or party is whoever was named last, as the subject first.
fn called_by_group(scene: &Scene, phrase: &Phrase, name: &Mention) -> Option<EntityId> {
    let Scene { text, identity, reading, .. } = *scene;
    let last = reading.key(phrase.tokens.end - 1);
    // "The French said" are many.
    let is_one = ["an", "crat", "ist"].iter().any(|ending| last.ends_with(ending))
        || matches!(last, "briton" | "scot" | "dane" | "swede" | "pole" | "turk" | "finn" | "spaniard");
    let is_the = text.of(phrase.tokens.start).eq_ignore_ascii_case("the");
    if name.entity_type != EntityType::Group || !is_one || !is_the {
        return None;
    }
    let number = text.sentence_of(phrase.tokens.start);
    let sentences = text.sentences[number.saturating_sub(MOST_SENTENCES_BACK) as usize..=number as usize].iter().rev();
    let before =
        sentences.map(|sentence| TokenRange::new(sentence.tokens.start, sentence.tokens.end.min(phrase.tokens.start)));
    let is_person = |at: &usize| {
        let mention = &identity.mentions[*at];
        mention.entity_type == EntityType::Person && mention.kind == MentionKind::Name
    };
    let mut first = before
        .filter(|tokens| !tokens.is_empty())
        .filter_map(|tokens| identity.mentions_in(text.span(tokens)).take(MOST_MENTIONS_BACK).find(is_person));
    first.next().map(|mention| identity.entity_of[mention])
}

/// Sentences before in which one of a people was named, and mentions in one that are looked at.
const MOST_SENTENCES_BACK: u32 = 2;
const MOST_MENTIONS_BACK: usize = 24;

/// "Mayor of London Sadiq Khan", "Oxfam head of policy Ann Pole": somebody named right behind what the title is of. Whom "a lawyer for"
/// somebody speaks for is another.
fn named_behind_title(scene: &Scene, phrase: &Phrase) -> Option<usize> {
    let Scene { text, syntax, reading, identity, .. } = *scene;
    let is_lower = |token: u32| text.tokens[token as usize].case == Case::Lower;
    // "Oxfam |head", which may be a verb.
    let next = phrase.tokens.end;
    let head = next - u32::from((next as usize) >= text.tokens.len() || syntax.number(next) != words::HEAD);
    let key = reading.key(head);
    let is_title = match is_lower(head) {
        true => matches!(key, "head" | "director" | "chief" | "manager" | "editor" | "secretary" | "minister"),
        false => phrase.mention().is_none() && reading.classes(head).any(TITLES),
    };
    if !is_title || matches!(key, "spokesman" | "spokeswoman" | "spokesperson" | "lawyer" | "aide") {
        return None;
    }
    let mut end = head + 1;
    for _ in 0..MOST_OF_TITLE {
        let is_behind = (end as usize + 1) < text.tokens.len() && syntax.is(end, Parts::PREPOSITION);
        let behind = is_behind.then(|| syntax.phrase(end + 1)).flatten()?;
        if let Some(mention) = behind.mention().map(|mention| mention as usize) {
            let named = &identity.mentions[mention];
            if named.entity_type == EntityType::Person {
                // "the wife of President Ruiz"
                let before = named.tokens.start.saturating_sub(1);
                let is_of_another = is_lower(head) && (!is_lower(before) || reading.classes(before).any(TITLES));
                let is_apart = named.tokens.start > behind.tokens.start && named.kind == MentionKind::Name;
                return (is_apart && !is_of_another).then_some(mention);
            }
        }
        end = behind.tokens.end;
    }
    None
}

const TITLES: Classes = Classes::of(Class::Title).and(Classes::of(Class::Role));
/// Prepositions in a title: "Permanent Secretary in the Ministry of Health".
const MOST_OF_TITLE: usize = 3;

/// "The Guardian newspaper", "the Unite union": the organisation's name right before the noun for what it is, which ends a phrase.
fn named_before_kind(scene: &Scene, phrase: TokenRange) -> Option<usize> {
    let kind = phrase.end - 1;
    let is_kind = matches!(
        scene.reading.key(kind),
        "newspaper"
            | "paper"
            | "magazine"
            | "website"
            | "channel"
            | "network"
            | "broadcaster"
            | "agency"
            | "union"
            | "charity"
            | "party"
            | "movement"
            | "militia"
            | "airline"
            | "bank"
            | "company"
            | "firm"
            | "retailer"
            | "supermarket"
            | "chain"
    );
    if !is_kind || kind <= phrase.start || scene.text.tokens[kind as usize].case != Case::Lower {
        return None;
    }
    let name = scene.syntax.name_of(kind - 1);
    let mention = scene.identity.mentions.get(name as usize)?;
    (mention.entity_type == EntityType::Organization).then_some(name as usize)
}

/// "His last post", "Ruiz's tweet", "her answer": the mention of whose post or words a phrase is.
fn author(scene: &Scene, phrase: &Phrase) -> Option<usize> {
    let is_answer = matches!(
        scene.reading.key(phrase.tokens.end - 1),
        "answer"
            | "reply"
            | "response"
            | "verdict"
            | "message"
            | "motto"
            | "advice"
            | "conclusion"
            | "comment"
            | "words"
    );
    if phrase.kind != PhraseKind::Post && !is_answer {
        return None;
    }
    scene.identity.mentions_in(scene.text.span(phrase.tokens)).find(|&mention| {
        let tokens = scene.identity.mentions[mention].tokens;
        let is_owner = scene.syntax.is(tokens.start, Parts::POSSESSIVE)
            || tokens.end < phrase.tokens.end && matches!(scene.text.of(tokens.end), "'s" | "’s" | "'" | "’");
        tokens.start == phrase.tokens.start && is_owner
    })
}

/// "the critic of Libération": a phrase and the phrases that prepositions hang on it.
fn with_complements(scene: &Scene, mut tokens: TokenRange) -> TokenRange {
    for _ in 0..3 {
        let next = tokens.end;
        let hangs = (next as usize + 1) < scene.text.tokens.len()
            && matches!(scene.reading.key(next), "of" | "for" | "at" | "from" | "in" | "with")
            && scene.text.sentence_of(next + 1) == scene.text.sentence_of(tokens.start)
            && scene.syntax.pair_of(next + 1) == scene.syntax.pair_of(tokens.start);
        let Some(phrase) = hangs.then(|| scene.syntax.phrase(next + 1)).flatten() else { break };
        if matches!(phrase.kind, PhraseKind::Time) {
            break;
        }
        tokens.end = phrase.tokens.end;
    }
    tokens
}

/// Whom a cue of telling names: the phrase right after it.
fn addressee(scene: &Scene, cue: usize, candidate: &Candidate) -> Option<Speaker> {
    use crate::lexicon::cues::Frames;
    let site = &scene.cues[cue];
    if !site.frames.has(Frames::WHOM) || site.passive {
        return None;
    }
    let phrase = scene.syntax.phrase_of(site.tokens.end);
    let found = scene.syntax.phrases.get(phrase as usize)?;
    if matches!(candidate.who, Who::Phrase(speaker) if speaker == phrase)
        || matches!(found.kind, PhraseKind::Time)
        || scene.syntax.pair_of(site.tokens.end) != site.pair
    {
        return None;
    }
    let (span, entity) = mention_of(scene, phrase);
    Some(Speaker { span, entity, confidence: 0.8, because: "object of the cue", phrase })
}

/// Joins the first person of each quote with its speaker, and the speakers who are such a word ("‘…,’ I said" inside a quote) with
/// whom it means. `words` are the tokens that may be of the first person, in order.
pub fn join_first_person(
    text: &Text,
    mut identity: Identity,
    quotes: &[Quote],
    words: &[u32],
    attributions: &mut [Attribution],
) -> Identity {
    let quoted = in_quotes(quotes, words);
    // What a speaker that was joined says has a first person, too.
    for _ in 0..2 {
        let words = first_person(text, &identity, &quoted, attributions);
        identity = add_first_person(text, identity, &words);
        if words.is_empty() || !link(&identity, attributions) {
            break;
        }
    }
    identity
}

/// Gives speakers and addressees without an entity the one that their words mean; tells whether there was one.
fn link(identity: &Identity, attributions: &mut [Attribution]) -> bool {
    let mut is_linked = false;
    let people = attributions.iter_mut().flat_map(|attribution| {
        let Attribution { speaker, addressee, .. } = attribution;
        speaker.iter_mut().chain(addressee)
    });
    for person in people.filter(|person| person.entity.is_none()) {
        let mention = identity.mentions_in(person.span).next();
        if let Some(mention) = mention.filter(|&mention| identity.mentions[mention].span == person.span) {
            person.entity = Some(identity.entity_of[mention]);
            is_linked = true;
        }
    }
    is_linked
}

/// Those of some tokens, which are in order, that lie in quotes in marks, each with the innermost quote around it.
fn in_quotes(quotes: &[Quote], tokens: &[u32]) -> Vec<(u32, u32)> {
    const NONE: u32 = u32::MAX;
    let mut owners = vec![NONE; tokens.len()];
    // Inner quotes come behind outer ones.
    for (index, quote) in (0..).zip(quotes).filter(|(_, quote)| quote.kind != QuoteKind::Indirect) {
        for piece in &quote.tokens {
            owners[piece.places_in(tokens)].fill(index);
        }
    }
    let owned = tokens.iter().copied().zip(owners);
    owned.filter(|&(_, owner)| owner != NONE).collect()
}

/// The first-person pronouns among some tokens inside quotes whose speaker is known: "I" for people, "we" for organisations and for
/// those that somebody speaks for.
fn first_person(
    text: &Text,
    identity: &Identity,
    quoted: &[(u32, u32)],
    attributions: &[Attribution],
) -> Vec<FirstPerson> {
    let mut found = Vec::new();
    let mut spoken_for: WordMap<u32, Option<EntityId>> = WordMap::default();
    for &(token, quote) in quoted {
        let Some(is_singular) = first_person_word(text.of(token)) else { continue };
        if matches!(text.of(token), "mine" | "Mine") && !crate::identity::is_mine(text, token) {
            continue;
        }
        let Some(entity) = attributions[quote as usize].speaker.as_ref().and_then(|speaker| speaker.entity) else {
            continue;
        };
        if let Some(relative) = identity.relative(text, token, entity) {
            found.push(relative);
            continue;
        }
        let entity_type = identity.entities[entity.0 as usize].entity_type;
        let whom = match (entity_type, is_singular) {
            (EntityType::Person, true) | (EntityType::Organization, false) => Some(entity),
            (EntityType::Person, false) => {
                *spoken_for.entry(entity.0).or_insert_with(|| voice_of(text, identity, entity))
            }
            _ => None,
        };
        let tokens = TokenRange::new(token, token + 1);
        found.extend(whom.map(|entity| FirstPerson { tokens, entity }));
    }
    found
}

/// The organisation that somebody speaks for by office: the one in "spokeswoman for the Norlandish Rail Union".
fn voice_of(text: &Text, identity: &Identity, person: EntityId) -> Option<EntityId> {
    let speaks = |role: &Span| {
        let words = || role.of(text.source).split(|letter: char| !letter.is_alphanumeric());
        let is_one_of = |list: &[&str], word: &str| list.iter().any(|other| word.eq_ignore_ascii_case(other));
        words().any(|word| is_one_of(&OFFICES, word)) && !words().any(|word| is_one_of(&NO_VOICE, word))
    };
    let organization = |role: &Span| {
        let mut named = identity.mentions_in(*role).filter_map(|mention| {
            let entity = identity.entity_of[mention];
            (identity.entities[entity.0 as usize].entity_type == EntityType::Organization).then_some(entity)
        });
        let first = named.next()?;
        // Of two it is not known which.
        named.all(|other| other == first).then_some(first)
    };
    identity.entities[person.0 as usize].roles.iter().filter(|role| speaks(role)).find_map(organization)
}

/// Words for those who speak for nobody any more, or not for the whole.
const NO_VOICE: [&str; 6] = ["former", "ex", "late", "then", "deputy", "outgoing"];

/// Words for those who say "we" of the whole.
const OFFICES: [&str; 16] = [
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "executive",
    "ceo",
    "president",
    "chairman",
    "chairwoman",
    "chair",
    "chief",
    "director",
    "secretary",
    "head",
    "founder",
    "leader",
    "coordinator",
];

/// Whether a word means the one who speaks (true) or the many who do (false); none for any other word, the country "US" among them.
fn first_person_word(word: &str) -> Option<bool> {
    match word {
        "I" | "i" | "me" | "Me" | "my" | "My" | "MY" | "mine" | "Mine" | "myself" | "Myself" => Some(true),
        "we" | "We" | "WE" | "us" | "Us" | "our" | "Our" | "OUR" | "ours" | "Ours" | "ourselves" | "Ourselves" => {
            Some(false)
        }
        _ => None,
    }
}

/// Mentions that may speak without a cue beside them.
fn may_speak(kind: MentionKind, entity_type: EntityType) -> bool {
    matches!(kind, MentionKind::Name | MentionKind::Acronym | MentionKind::Handle)
        && matches!(entity_type, EntityType::Person | EntityType::Organization)
}

#[cfg(test)]
mod tests {
    use crate::{Options, analyze};

    /// The names of what "we" means in a text.
    fn we(source: &str) -> Vec<String> {
        let annotation = analyze(source, &Options::default()).unwrap();
        let is_we = |mention: &&crate::annotation::Mention| {
            source[mention.start as usize..mention.end as usize].eq_ignore_ascii_case("we")
        };
        let entities = annotation.entities.iter();
        entities.flat_map(|entity| entity.mentions.iter().filter(is_we).map(|_| entity.name.clone())).collect()
    }

    #[test]
    fn whoever_speaks_for_an_organisation_says_we_of_it() {
        let said = "“We have boats and we have crews,” said";
        assert_eq!(
            we(&format!("{said} Ana Ruiz, a spokeswoman for the Danish Refugee Council.")),
            ["Danish Refugee Council"; 2]
        );
        assert_eq!(we(&format!("{said} the Danish Refugee Council.")), ["Danish Refugee Council"; 2]);
        for speaker in ["Ana Ruiz, a fisherman.", "Ana Ruiz, a former director of the Danish Refugee Council."] {
            assert_eq!(we(&format!("{said} {speaker}")), [""; 0]);
        }
    }
}
