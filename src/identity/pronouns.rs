//! "he", "her", "its": what speaks for each thing that a pronoun of the third person may mean.

use super::Gender;
use super::anaphora::{Memory, Seen, SentencePlace, World};
use super::join::{Joined, contradict};
use super::kin::is_kin;
use super::ranking::{Answer, Features, Target, Topic, features};
use crate::annotation::{EntityType, MentionKind};
use crate::lexicon::grammar::Parts;
use crate::ner::Mention;
use crate::text::{Case, TokenKind, TokenRange};

/// Mentions farther back than this, in sentences, are out of a pronoun's reach.
const REACH: u32 = 5;
/// Tokens between a quote's end and the name of who said it.
const FARTHEST_SPEAKER: u32 = 14;
/// Tokens between a subject and an object of its clause.
const FARTHEST_SUBJECT: u32 = 12;
/// Answers looked at for one pronoun.
const ANSWERS: usize = 14;

features! {
    /// What speaks for or against an answer.
    Sign {
        /// The answer is "nothing".
        Nothing "nothing",
        NothingPlural "nothing: they",
        NothingPossessive "nothing: possessive",
        NothingEmpty "nothing: it is, it was",
        NothingQuoted "nothing: in a quote",
        NothingObject "nothing: object",
        NothingFirst "nothing: opens the sentence",
        NothingAlone "nothing: nobody near",
        NothingCue "nothing: a reporting verb follows",
        NothingMany "nothing: they, a plural noun stands near",
        NothingManySubject "nothing: they, a plural noun is the subject here or one sentence back",
        NothingManyClause "nothing: they, a plural noun is the subject of this clause",
        /// The answer is a common noun.
        Unnamed "unnamed",
        UnnamedAgrees "unnamed: gender agrees",
        UnnamedHere "unnamed: this sentence",
        UnnamedSubject "unnamed: subject",
        UnnamedLast "unnamed: mentioned last",
        UnnamedSameClause "unnamed: subject of this clause",
        UnnamedSpeaker "no name, speaks",
        UnnamedRelative "no name, in its relative clause",
        Relative "in its relative clause",
        Here "this sentence",
        OneBack "one sentence back",
        TwoBack "two sentences back",
        ThreeBack "three sentences back",
        Farther "farther back",
        Later "later in the sentence",
        LaterPossessive "later in the sentence: possessive",
        LaterSubject "later in the sentence: subject",
        LaterReported "later in the sentence, a reporting verb follows",
        LaterOpening "later in the sentence, whose subject it is after an opening phrase",
        LaterSpeaker "later in the sentence, says this",
        LaterSpeakerQuoted "later in the sentence, says this in a quote",
        BesideByAnd "beside the pronoun with an \"and\"",
        OwnerByAnd "possessive, right before \"and\"",
        OwnTurn "whose turn of a conversation it is",
        SpeakerHereQuoted "the last speaker, in this paragraph, pronoun in a quote",
        SaysIt "he, she: a reporting verb before, whose subject it is",
        SaysEmpty "it is, it was: a reporting verb before, whose subject it is",
        OpensSentence "subject and first one sentence back, pronoun opens the sentence",
        BeyondSubject "object or possessive, subject of this sentence beyond another subject",
        BehindUnnamed "behind a common noun",
        BehindPlural "behind a common noun: they",
        NamedBefore "named in the words before the reporting verb",
        ReportedBack "in what was reported before, a reporting verb follows",
        ReportedBackSubject "in what was reported before, subject",
        Within3 "within 3 words",
        Within10 "within 10 words",
        SubjectHere "subject in this sentence",
        SubjectOneBack "subject one sentence back",
        SubjectFarther "subject farther back",
        FirstHere "first in this sentence",
        FirstOneBack "first one sentence back",
        Possessor "possessor",
        AfterPreposition "after a preposition",
        ByPronoun "last by a pronoun",
        ByNominal "last by a nominal",
        Heading "in a heading or caption",
        Speaker "beside a reporting verb",
        SpeakerAgain "beside a reporting verb, as the pronoun is",
        LastSpeaker "the last speaker, a reporting verb follows",
        NotLastSpeaker "not the last speaker, a reporting verb follows",
        LastSpeakerQuoted "the last speaker, pronoun in a quote",
        OpensMostOften "mentioned most often, pronoun opens the paragraph",
        OpensLast "mentioned last, pronoun opens the paragraph",
        OpensSubject "subject one sentence back, pronoun opens the paragraph",
        OpensSpeaker "the last speaker, pronoun opens the paragraph",
        Last "mentioned last",
        SecondLast "mentioned second last",
        LastObject "mentioned last, no subject",
        LastPossessor "mentioned last, possessor",
        SubjectBeforeObject "subject one sentence back, another mentioned after it",
        ObjectBack "no subject, one sentence back, pronoun is subject",
        PossessorBack "possessor, one sentence back, pronoun is subject",
        Only "the only one in reach",
        Once "mentioned once so far",
        Often "mentioned four times and more",
        MostOften "mentioned most often",
        Agrees "gender agrees",
        Chain "the last such pronoun meant it",
        ChainNear "the last such pronoun, near, meant it",
        ChainOther "the last such pronoun, near, meant another",
        SameQuote "in the same quote",
        QuoteToOutside "pronoun in a quote, mentioned outside in this sentence",
        QuoteToOutsideSpeaker "pronoun in a quote, beside a reporting verb in this sentence",
        QuoteToEarlier "pronoun in a quote, mentioned outside before",
        OutsideToQuote "pronoun outside, mentioned in a quote",
        OwnQuote "pronoun in a quote that is its own",
        OthersQuote "pronoun in a quote that is another's",
        SubjectToSubject "both subjects, this sentence",
        SubjectToSubjectBack "both subjects, one sentence back",
        ObjectToSubject "object, subject of this sentence",
        ObjectToSubjectNear "object, subject of this clause",
        PossessiveToSubject "possessive, subject of this sentence",
        PossessiveToSubjectNear "possessive, subject of this clause",
        SameBlock "in this paragraph",
        Organization "organisation",
        Other "place or thing",
        OtherHere "place or thing in this sentence",
        OtherSubject "place or thing as subject",
        PluralOrganization "they: organisation",
        AfterCue "it, they: a reporting verb before, whose subject it is",
        TwoHere "mentioned twice near",
        Reflexive "reflexive: subject of this clause",
        ReflexiveElse "reflexive: no subject of this clause",
        OpeningBack "in the clause that opens the sentence before",
        BehindOpeningBack "subject behind the clause that opens the sentence before",
    }
}

/// What a pronoun does in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Use {
    Subject,
    Object,
    Possessive,
}

/// A pronoun of the third person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pronoun {
    token: u32,
    gender: Gender,
    is_plural: bool,
    usage: Use,
    is_reflexive: bool,
}

impl Pronoun {
    /// The pronoun at a token.
    pub fn read(world: &World, token: u32) -> Option<Pronoun> {
        if is_honorific(world, token) {
            return None;
        }
        let (gender, is_plural, usage) = match world.key(token) {
            "he" => (Gender::Male, false, Use::Subject),
            "him" | "himself" => (Gender::Male, false, Use::Object),
            "his" => (Gender::Male, false, Use::Possessive),
            "she" => (Gender::Female, false, Use::Subject),
            "hers" | "herself" => (Gender::Female, false, Use::Object),
            "her" => (Gender::Female, false, if is_object(world, token) { Use::Object } else { Use::Possessive }),
            "it" if is_idle(world, token) => return None,
            "it" => (Gender::Neuter, false, if world.verb_at(token + 1) { Use::Subject } else { Use::Object }),
            "itself" => (Gender::Neuter, false, Use::Object),
            "its" => (Gender::Neuter, false, Use::Possessive),
            "they" => (Gender::Unknown, true, Use::Subject),
            "them" | "themselves" => (Gender::Unknown, true, Use::Object),
            "their" | "theirs" => (Gender::Unknown, true, Use::Possessive),
            _ => return None,
        };
        let is_reflexive = world.key(token).ends_with("self") || world.key(token).ends_with("selves");
        Some(Pronoun { token, gender, is_plural, usage, is_reflexive })
    }

    pub fn gender(self) -> Gender {
        self.gender
    }

    pub fn topic(self) -> Topic {
        if matches!(self.gender, Gender::Male | Gender::Female) { Topic::Person } else { Topic::Thing }
    }

    /// Index in [`Memory::chains`].
    pub fn chain(self) -> usize {
        match self.gender {
            Gender::Male => 0,
            Gender::Female => 1,
            Gender::Neuter => 2,
            Gender::Unknown => 3,
        }
    }
}

/// "His Highness", "Her Royal Highness", "HE Juan Ruiz": no pronoun but a way to speak of somebody.
fn is_honorific(world: &World, token: u32) -> bool {
    const RANKS: [&str; 14] = [
        "beatitude",
        "eminence",
        "excellency",
        "grace",
        "highness",
        "holiness",
        "honor",
        "honour",
        "ladyship",
        "lordship",
        "magnificence",
        "majesty",
        "worship",
        "worshipfulness",
    ];
    let has_capital = |token: u32| world.text.tokens.get(token as usize).is_some_and(|token| token.case == Case::Title);
    match world.key(token) {
        "his" | "her" | "their" => {
            let is_long = matches!(world.key(token + 1), "imperial" | "royal" | "serene" | "most" | "right");
            let rank = token + 1 + u32::from(is_long);
            let key = world.key(rank);
            has_capital(rank) && (RANKS.contains(&key) || matches!(key, "eminences" | "excellencies" | "majesties"))
        }
        // In a line of capitals it is one.
        "he" => world.text.of(token) == "HE" && has_capital(token + 1),
        _ => false,
    }
}

/// "told her that": nothing that it could possess follows.
fn is_object(world: &World, token: u32) -> bool {
    let next = token + 1;
    if next as usize >= world.text.tokens.len() || world.text.tokens[next as usize].kind != TokenKind::Word {
        return true;
    }
    world.parts(next).is(Parts::PREPOSITION
        .and(Parts::CONJUNCTION)
        .and(Parts::DETERMINER)
        .and(Parts::SUBORDINATOR)
        .and(Parts::AUXILIARY)
        .and(Parts::SUBJECT))
        && !world.parts(next).is(Parts::NUMBER)
}

/// Adds all that the pronoun may mean to no `answers`. `next` is the first name after it.
pub(super) fn answers(
    world: &World,
    joined: &Joined,
    memory: &Memory,
    pronoun: Pronoun,
    sentence: u32,
    next: usize,
    answers: &mut Vec<Answer>,
) {
    let quoted = world.quoted.of(pronoun.token);
    let range = world.text.sentences[sentence as usize].tokens;
    let cue_after = world.is_cue(pronoun.token + 1);
    let after_cue =
        pronoun.token > range.start && (world.is_cue(pronoun.token - 1) || world.key(pronoun.token - 1) == "that");
    let block = world.text.sentences[sentence as usize].block;
    // "Ruiz was ill, he said", "… ill,” he said"
    let closes = pronoun.token > range.start + 1
        && matches!(world.text.tokens[pronoun.token as usize - 1].kind, TokenKind::Punctuation | TokenKind::Mark);
    let opens = range.start == world.text.block_tokens[block as usize].start && pronoun.token < range.start + 3;
    let speaker = speaker(world, joined, pronoun.token, quoted, world.text.block_tokens[block as usize]);
    let is_told = is_told(world, pronoun, quoted);
    let asked = asked(world, memory, pronoun);
    let beside = in_apposition(world, pronoun, range.end);
    let mut subject = None;
    let (mut teller, mut told, mut is_one) = (None, None, true);
    let mut relative = relative_clause(world, range.start, pronoun.token);
    let mut named = 0;
    let mut unnamed = false;
    let mut subject_between = false;
    let mut nothing = Features::default();
    let mut nearest_is_near = false;
    for seen in memory.seen.iter().rev() {
        let distance = sentence - seen.sentence;
        if distance > REACH {
            break;
        }
        // The clause belongs to the nearest person before it.
        let is_person = seen.entity_type == EntityType::Person;
        let is_relative = is_person
            && relative.take_if(|who| seen.tokens.end <= *who).is_some()
            && distance == 0
            && pronoun.usage == Use::Subject;
        let is_beyond = subject_between && seen.is_subject && distance == 0;
        subject_between |= seen.is_subject && distance == 0;
        let shares_subject =
            distance == 0 && subject.is_some_and(|subject| is_joined_to(world, seen.tokens.end, subject));
        if distance == 0
            && seen.is_subject
            && subject.is_none()
            && pronoun.usage == Use::Object
            && !pronoun.is_reflexive
        {
            let from = seen.tokens.end + u32::from(world.text.of(seen.tokens.end) == ",");
            let is_near = (from..from + FARTHEST_SUBJECT).contains(&pronoun.token);
            subject = (is_near && is_one_clause(world, from, pronoun.token)).then_some(seen.tokens.start);
        }
        if !agrees(joined, pronoun, seen) || beside == Some(seen.tokens.end) {
            continue;
        }
        let Some(cluster) = seen.cluster else {
            // One noun without a name is enough: the nearest.
            if !unnamed && distance < 2 && answers.len() < ANSWERS {
                unnamed = true;
                let mut features = Features::default();
                features.add(Sign::Unnamed, true);
                features.add(Sign::UnnamedAgrees, seen.gender == pronoun.gender);
                features.add(Sign::UnnamedHere, distance == 0);
                features.add(Sign::UnnamedSubject, seen.is_subject);
                features.add(Sign::UnnamedLast, named == 0);
                let is_here = distance == 0 && seen.is_subject && pronoun.usage != Use::Subject;
                let is_same_clause = is_here && is_one_clause(world, seen.tokens.end, pronoun.token);
                features.add(Sign::UnnamedSameClause, is_same_clause);
                features.add(Sign::UnnamedSpeaker, seen.is_speaker);
                features.add(Sign::UnnamedRelative, is_relative);
                nothing.add(Sign::NothingMany, pronoun.is_plural);
                nothing.add(Sign::NothingManySubject, pronoun.is_plural && seen.is_subject);
                nothing.add(Sign::NothingManyClause, pronoun.is_plural && is_same_clause);
                answers.push(Answer { target: Target::Unnamed, features, noun: None });
            }
            continue;
        };
        let opens_back = seen.is_first && seen.is_subject;
        if is_told && distance == 1 && (opens_back || seen.kind != MentionKind::Pronoun) {
            let by = seen.tokens.start > 0 && world.key(seen.tokens.start - 1) == "by";
            let role = if opens_back { &mut teller } else { &mut told };
            is_one &= !by && !seen.is_possessor && role.replace(cluster).is_none_or(|other| other == cluster);
        }
        if let Some(Answer { features, .. }) = answer_of(answers, cluster) {
            features.add(Sign::TwoHere, distance < 2);
            features.add(Sign::ObjectToSubjectNear, shares_subject);
            place(features, seen, distance, false);
            continue;
        }
        if answers.len() == ANSWERS {
            break;
        }
        let mut features = Features::default();
        named += 1;
        nearest_is_near |= distance < 2;
        features.add(Sign::Last, named == 1);
        features.add(Sign::SecondLast, named == 2);
        features.add(Sign::LastObject, named == 1 && !seen.is_subject);
        features.add(Sign::LastPossessor, named == 1 && seen.is_possessor);
        features.add(Sign::SubjectBeforeObject, named > 1 && distance == 1 && seen.is_subject);
        let is_subject = pronoun.usage == Use::Subject;
        features.add(Sign::ObjectBack, is_subject && distance == 1 && !seen.is_subject && !seen.is_possessor);
        features.add(Sign::PossessorBack, is_subject && distance == 1 && seen.is_possessor);
        features.add(Sign::BehindUnnamed, unnamed && pronoun.topic() == Topic::Thing);
        features.add(Sign::BehindPlural, unnamed && pronoun.is_plural);
        features.add(Sign::OwnerByAnd, owns_by_and(world, pronoun, seen));
        features.add(Sign::Relative, is_relative);
        place(&mut features, seen, distance, true);
        let words = pronoun.token.saturating_sub(seen.tokens.end);
        features.add(Sign::Within3, distance == 0 && words < 3);
        features.add(Sign::Within10, distance == 0 && (3..10).contains(&words));
        standing(&mut features, joined, memory, pronoun, cluster, seen, distance);
        features.add(Sign::SpeakerAgain, cue_after && seen.is_speaker);
        features.add(Sign::NamedBefore, cue_after && closes && distance == 0 && seen.kind == MentionKind::Name);
        features.add(Sign::ReportedBack, cue_after && seen.is_reported && distance > 0);
        features.add(Sign::ReportedBackSubject, pronoun.usage == Use::Subject && seen.is_reported && distance == 1);
        let spoke = memory.speaker.is_some_and(|(speaker, at)| speaker == cluster && sentence - at < 4);
        features.add(Sign::LastSpeaker, cue_after && spoke);
        features.add(Sign::NotLastSpeaker, cue_after && !spoke && memory.speaker.is_some());
        features.add(Sign::LastSpeakerQuoted, quoted != 0 && spoke);
        let speaks_here = |(_, at): (usize, u32)| world.text.sentences[at as usize].block == block;
        features.add(Sign::SpeakerHereQuoted, quoted != 0 && spoke && memory.speaker.is_some_and(speaks_here));
        features
            .add(Sign::OwnTurn, is_label_of_turn(world, seen.tokens, world.text.block_tokens[block as usize].start));
        let is_parallel = pronoun.token == range.start && pronoun.usage != Use::Object;
        features.add(Sign::OpensSentence, is_parallel && distance == 1 && seen.is_first && seen.is_subject);
        features.add(Sign::OpeningBack, distance == 1 && seen.place == SentencePlace::Opening);
        features.add(Sign::BehindOpeningBack, distance == 1 && seen.place == SentencePlace::Behind && seen.is_subject);
        features.add(Sign::OpensLast, opens && named == 1);
        features.add(Sign::OpensSubject, opens && seen.is_subject && distance == 1);
        features.add(Sign::OpensSpeaker, opens && spoke);
        features.add(Sign::OpensMostOften, opens && memory.most[0] == Some(cluster));
        quotes(&mut features, quoted, seen, distance);
        features.add(Sign::OwnQuote, speaker == Some(cluster));
        features.add(Sign::OthersQuote, speaker.is_some_and(|speaker| speaker != cluster));
        let here = distance == 0 && seen.is_subject;
        features.add(Sign::BeyondSubject, is_beyond && pronoun.usage != Use::Subject);
        match pronoun.usage {
            Use::Subject => {
                features.add(Sign::SubjectToSubject, here);
                features.add(Sign::SubjectToSubjectBack, distance == 1 && seen.is_subject);
                let is_reported = here && seen.is_speaker && after_cue;
                let is_thing = pronoun.topic() == Topic::Thing;
                features.add(Sign::AfterCue, is_reported && is_thing);
                features.add(Sign::SaysIt, is_reported && !is_thing);
                features.add(Sign::SaysEmpty, is_reported && is_thing && is_empty(world, pronoun.token));
            }
            Use::Object => {
                let is_own = here && is_one_clause(world, seen.tokens.end, pronoun.token);
                features.add(Sign::ObjectToSubject, here);
                features.add(Sign::ObjectToSubjectNear, is_own || shares_subject);
                // "a photo of Ruiz and himself": two, in one clause.
                let by_and = matches!(world.key(pronoun.token - 1), "and" | "or");
                features.add(Sign::BesideByAnd, by_and && seen.tokens.end + 1 == pronoun.token);
                let is_own = here && is_one_clause(world, seen.tokens.end, pronoun.token - u32::from(by_and));
                features.add(Sign::Reflexive, pronoun.is_reflexive && is_own);
                features.add(Sign::ReflexiveElse, pronoun.is_reflexive && !is_own);
            }
            Use::Possessive => {
                features.add(Sign::PossessiveToSubject, here);
                features
                    .add(Sign::PossessiveToSubjectNear, here && is_one_clause(world, seen.tokens.end, pronoun.token));
            }
        }
        features.add(Sign::SameBlock, world.text.sentences[seen.sentence as usize].block == block);
        answers.push(Answer { target: target(joined, cluster), features, noun: None });
    }
    // "Hale praised Barton. “He is the best,” he said.": of two, whom the sentence tells of is no subject of it.
    if is_one && teller.is_some() && told.is_some() && told != teller {
        answers.retain(|answer| answer.target.cluster() != teller);
    }
    // "“Ruiz lied,” he said" is not Ruiz.
    if quoted == 0 && closes && cue_after && pronoun.usage == Use::Subject {
        let before = world.quoted.of(pronoun.token - 1).max(world.quoted.of(pronoun.token - 2));
        let is_told = |seen: &&Seen| before != 0 && seen.quoted == before && seen.kind == MentionKind::Name;
        for seen in memory.seen.iter().rev().take_while(|seen| sentence - seen.sentence <= REACH).filter(is_told) {
            answers.retain(|answer| answer.target.cluster() != seen.cluster || is_addressed(world, seen.tokens));
        }
    }
    if asked.is_some() && answers.iter().any(|answer| answer.target.cluster() == asked) {
        answers.retain(|answer| answer.target.cluster() == asked);
    }
    later(world, joined, pronoun, range, next, answers);
    if let Some(cluster) = says_this(world, joined, pronoun, range.end, next)
        && let Some(answer) = answer_of(answers, cluster)
    {
        answer.features.add(Sign::LaterSpeaker, true);
        answer.features.add(Sign::LaterSpeakerQuoted, quoted != 0);
    }
    if named == 1 {
        let of_clusters = answers.iter_mut().filter(|answer| answer.target.cluster().is_some());
        of_clusters.for_each(|answer| answer.features.add(Sign::Only, true));
    }
    nothing.add(Sign::Nothing, true);
    nothing.add(Sign::NothingPlural, pronoun.is_plural);
    nothing.add(Sign::NothingPossessive, pronoun.usage == Use::Possessive);
    nothing.add(Sign::NothingObject, pronoun.usage == Use::Object);
    nothing.add(Sign::NothingEmpty, pronoun.gender == Gender::Neuter && is_empty(world, pronoun.token));
    nothing.add(Sign::NothingQuoted, quoted != 0);
    nothing.add(Sign::NothingFirst, pronoun.token == range.start);
    nothing.add(Sign::NothingAlone, !nearest_is_near);
    nothing.add(Sign::NothingCue, cue_after);
    answers.push(Answer { target: Target::Nothing, features: nothing, noun: None });
}

/// "“Listen, Ana,” she said", "“I am Ana”": whether a name is no third person's where it stands.
fn is_addressed(world: &World, tokens: TokenRange) -> bool {
    let is_sign = |token: u32| {
        let kind = world.text.tokens.get(token as usize).map(|token| token.kind);
        matches!(kind, Some(TokenKind::Punctuation | TokenKind::Mark))
    };
    let before = tokens.start.saturating_sub(1);
    is_sign(before) && is_sign(tokens.end) || matches!(world.key(before), "am" | "is" | "m" | "'m" | "’m")
}

/// Whether a pronoun means somebody without a name of whom the text goes on to tell: "The boy had lost his footing. He was taken
/// to hospital." That is who was mentioned last of those that it may mean.
pub(super) fn means_unnamed(world: &World, joined: &Joined, memory: &Memory, pronoun: Pronoun, sentence: u32) -> bool {
    if pronoun.topic() != Topic::Person {
        return false;
    }
    // "his uncle's truck, and his": an uncle is only told of.
    let counts = |seen: &&Seen| seen.cluster.is_some() || seen.goes_on || seen.is_subject;
    let mut near = memory.seen.iter().rev().take_while(|seen| sentence - seen.sentence < 2).filter(counts);
    let Some(seen) = near.find(|seen| agrees(joined, pronoun, seen)) else { return false };
    let is_near = match pronoun.usage {
        _ if seen.sentence < sentence => {
            let start = world.text.sentences[sentence as usize].tokens.start;
            // "Tom Hale killed the boy. He": the subject goes on.
            let is_named = |other: &Seen| other.cluster.is_some() && other.is_subject && agrees(joined, pronoun, other);
            let mut last = memory.seen.iter().rev().take_while(|other| sentence - other.sentence < 2);
            pronoun.usage != Use::Object
                && pronoun.token == start
                && (seen.is_subject || !last.any(is_named))
                && (!seen.is_possessor || seen.kind == MentionKind::Pronoun)
        }
        Use::Object => pronoun.is_reflexive || !is_one_clause(world, seen.tokens.end, pronoun.token),
        _ => true,
    };
    // "The witness said he ran": whoever was spoken of; but "the woman said she", "the boy told them he".
    let is_other = seen.is_subject && world.is_cue(seen.tokens.end) && seen.gender != pronoun.gender;
    let speaks = pronoun.usage == Use::Subject && world.is_cue(pronoun.token + 1);
    let is_told = world.quoted.of(pronoun.token) != 0 || speaks || is_other;
    seen.goes_on && is_near && !is_told
}

/// The answer that means a cluster.
fn answer_of(answers: &mut [Answer], cluster: usize) -> Option<&mut Answer> {
    answers.iter_mut().find(|answer| answer.target.cluster() == Some(cluster))
}

/// What a cluster is as an answer.
fn target(joined: &Joined, cluster: usize) -> Target {
    match joined.clusters[cluster].entity_type {
        EntityType::Person | EntityType::Organization => Target::Named(cluster),
        _ => Target::Other(cluster),
    }
}

/// Whether no comma, no "and" stands between, nor a second verb: "Tuan said the car had hit him".
fn is_one_clause(world: &World, start: u32, end: u32) -> bool {
    let mut verbs = 0;
    (start..end).all(|token| {
        let parts = world.parts(token);
        verbs += u32::from(world.verb_at(token) && !parts.is(Parts::AUXILIARY.and(Parts::ADVERB)));
        verbs < 2
            && !parts.is(Parts::CONJUNCTION.and(Parts::SUBORDINATOR).and(Parts::RELATIVE))
            && !matches!(world.text.of(token), "," | ";" | ":" | "—" | "–" | "(")
    })
}

/// "Ruiz and her sister Eva met her": whether the name that ends here is a subject together with the one from `subject` on.
fn is_joined_to(world: &World, end: u32, subject: u32) -> bool {
    world.key(end) == "and" && (end..end + 6).contains(&subject) && (end..subject).all(|token| !world.verb_at(token))
}

/// "Holt, her former editor, said": where the name ends that tells who is whose, since it is not the owner's. But "Holt, his wife
/// and his son".
fn in_apposition(world: &World, pronoun: Pronoun, end: u32) -> Option<u32> {
    let comma = pronoun.token.checked_sub(1).filter(|&comma| world.text.of(comma) == ",")?;
    let mut next = pronoun.token + 1..end.min(pronoun.token + 5);
    let noun = next.find(|&token| {
        let is_last = token + 1 >= end || matches!(world.text.of(token + 1), "," | "." | ")");
        let is_thing = pronoun.gender == Gender::Neuter && !world.key(token).ends_with('s');
        is_last && (is_thing || world.vocabulary.types(token).has(EntityType::Person))
    })?;
    let is_one = world.key(noun + 1) != "," || !is_kin(world.key(noun));
    (pronoun.usage == Use::Possessive && is_one).then_some(comma)
}

/// A clause is not longer than this, in tokens.
const LONGEST_CLAUSE: usize = 64;

/// "an official in the ministry, who asked not to be named because he fears for his job": where the relative clause begins in
/// which a pronoun stands.
fn relative_clause(world: &World, start: u32, pronoun: u32) -> Option<u32> {
    let near = (start..pronoun).rev().take(LONGEST_CLAUSE);
    near.take_while(|&token| world.text.of(token) != ",").find(|&token| matches!(world.key(token), "who" | "whose"))
}

fn agrees(joined: &Joined, pronoun: Pronoun, seen: &Seen) -> bool {
    let is_person = seen.entity_type == EntityType::Person;
    match pronoun.topic() {
        Topic::Person => {
            let gender = || seen.cluster.map_or(seen.gender, |cluster| joined.clusters[cluster].gender);
            is_person && !seen.is_plural && !contradict(pronoun.gender, gender())
        }
        _ if pronoun.is_plural => {
            seen.is_plural || matches!(seen.entity_type, EntityType::Organization | EntityType::Group)
        }
        _ => {
            !is_person
                && !seen.is_plural
                && !matches!(
                    seen.entity_type,
                    EntityType::Group
                        | EntityType::Date
                        | EntityType::Money
                        | EntityType::Percent
                        | EntityType::Quantity
                )
        }
    }
}

/// Where a mention stands. Earlier mentions of the same thing add what they were, not how far they are.
fn place(features: &mut Features, seen: &Seen, distance: u32, is_latest: bool) {
    if is_latest {
        let sign = match distance {
            0 => Sign::Here,
            1 => Sign::OneBack,
            2 => Sign::TwoBack,
            3 => Sign::ThreeBack,
            _ => Sign::Farther,
        };
        features.add(sign, true);
        features.add(Sign::Possessor, seen.is_possessor);
        features.add(Sign::AfterPreposition, seen.after_preposition);
        features.add(Sign::ByPronoun, seen.kind == MentionKind::Pronoun);
        features.add(Sign::ByNominal, seen.kind == MentionKind::Nominal);
        features.add(Sign::Heading, seen.in_heading);
    }
    features.add(Sign::SubjectHere, seen.is_subject && distance == 0);
    features.add(Sign::SubjectOneBack, seen.is_subject && distance == 1);
    features.add(Sign::SubjectFarther, seen.is_subject && distance > 1);
    features.add(Sign::FirstHere, seen.is_first && distance == 0);
    features.add(Sign::FirstOneBack, seen.is_first && distance == 1);
    features.add(Sign::Speaker, seen.is_speaker && distance < 2);
}

fn standing(
    features: &mut Features,
    joined: &Joined,
    memory: &Memory,
    pronoun: Pronoun,
    cluster: usize,
    seen: &Seen,
    distance: u32,
) {
    let mentions = memory.past[cluster].mentions;
    features.add(Sign::Once, mentions == 1);
    features.add(Sign::Often, mentions > 3);
    let is_person = pronoun.topic() == Topic::Person;
    features.add(Sign::MostOften, memory.most[usize::from(!is_person)] == Some(cluster));
    features.add(Sign::Agrees, is_person && joined.clusters[cluster].gender == pronoun.gender);
    if let Some((last, sentence)) = memory.chains[pronoun.chain()] {
        let near = seen.sentence + distance - sentence < 3;
        features.add(Sign::Chain, last == cluster);
        features.add(Sign::ChainNear, last == cluster && near);
        features.add(Sign::ChainOther, last != cluster && near);
    }
    let entity_type = joined.clusters[cluster].entity_type;
    let other = !matches!(entity_type, EntityType::Person | EntityType::Organization);
    features.add(Sign::Organization, entity_type == EntityType::Organization);
    features.add(Sign::Other, other);
    features.add(Sign::OtherHere, other && distance == 0);
    features.add(Sign::OtherSubject, other && seen.is_subject);
    features.add(Sign::PluralOrganization, pronoun.is_plural && entity_type == EntityType::Organization);
}

fn quotes(features: &mut Features, quoted: u32, seen: &Seen, distance: u32) {
    if quoted != 0 {
        let outside = seen.quoted == 0;
        features.add(Sign::SameQuote, seen.quoted == quoted);
        features.add(Sign::QuoteToOutside, outside && distance == 0);
        features.add(Sign::QuoteToOutsideSpeaker, outside && distance == 0 && seen.is_speaker);
        features.add(Sign::QuoteToEarlier, outside && distance > 0);
    } else {
        features.add(Sign::OutsideToQuote, seen.quoted != 0);
    }
}

/// "“He is the best,” he said": whether a pronoun begins the words of somebody for whom another one like it stands behind them.
fn is_told(world: &World, pronoun: Pronoun, quoted: u32) -> bool {
    if quoted == 0 || pronoun.topic() != Topic::Person || pronoun.token != world.quoted.start(quoted) + 1 {
        return false;
    }
    let speaks = if pronoun.gender == Gender::Male { "he" } else { "she" };
    let next = world.quoted.end(quoted) + 1;
    world.key(next) == speaks && world.is_cue(next + 1) || world.is_cue(next) && world.key(next + 1) == speaks
}

/// "Ruiz asked Holt whether he": who was asked about himself, not by somebody who "asked Holt if he could leave".
fn asked(world: &World, memory: &Memory, pronoun: Pronoun) -> Option<usize> {
    let question = pronoun.token.checked_sub(1)?;
    if pronoun.topic() != Topic::Person
        || pronoun.usage != Use::Subject
        || !matches!(world.key(question), "if" | "whether" | "why" | "what" | "how" | "when" | "where")
        || matches!(world.key(pronoun.token + 1), "could" | "can" | "may" | "might" | "should")
        || world.key(pronoun.token + 2) == "supposed"
    {
        return None;
    }
    // "Ruiz asked the nominee, Holt, whether he"
    let end = question - u32::from(question > 0 && world.text.of(question - 1) == ",");
    let seen = memory.seen.last().filter(|seen| seen.tokens.end == end)?;
    let mut verb = (seen.tokens.start.saturating_sub(5)..seen.tokens.start).rev();
    let is_asked = verb.any(|token| matches!(world.key(token), "asked" | "asks" | "asking"));
    if is_asked { seen.cluster } else { None }
}

/// Whose words a pronoun stands in, as far as a name tells: “She was ill,” Ruiz said; Ruiz said: “She was ill”; RUIZ: She was ill.
fn speaker(world: &World, joined: &Joined, token: u32, quoted: u32, block: TokenRange) -> Option<usize> {
    let first_from = |token: u32| world.names.partition_point(|name| name.tokens.start < token);
    if quoted == 0 {
        let at = first_from(block.start);
        let name = world.names.get(at)?;
        let speaks = name.entity_type == EntityType::Person
            && name.tokens.end < token
            && is_label_of_turn(world, name.tokens, block.start);
        return speaks.then(|| joined.cluster_of[at]);
    }
    let (open, close) = (world.quoted.start(quoted), world.quoted.end(quoted));
    let end = block.end.min(close + FARTHEST_SPEAKER);
    let from = first_from(close);
    let is_outside = |at: &usize| world.quoted.of(world.names[*at].tokens.start) == 0;
    let speaks = |at: &usize| {
        let Mention { tokens, entity_type, .. } = world.names[*at];
        let sentence = world.text.sentence_of(tokens.start);
        entity_type == EntityType::Person && world.seen(tokens, sentence, MentionKind::Name, entity_type).is_speaker
    };
    let after = (from..world.names.len())
        .take_while(|&at| world.names[at].tokens.start < end)
        .take_while(is_outside)
        .find(speaks);
    // A colon or comma stands between the reporting verb and the mark.
    let before = || {
        let sign = open.checked_sub(1).filter(|&sign| matches!(world.text.of(sign), ":" | ","))?;
        let start = world.text.sentence(sign).tokens.start.max(open.saturating_sub(FARTHEST_SPEAKER));
        let names = (0..first_from(open)).rev().take_while(|&at| world.names[at].tokens.start >= start);
        names.take_while(is_outside).find(speaks)
    };
    after.or_else(before).map(|at| joined.cluster_of[at])
}

/// "Ruiz: He knows", "Ruiz (Leeds West): He knows": whether a mention is the label of the turn that begins at `start`.
fn is_label_of_turn(world: &World, mention: TokenRange, start: u32) -> bool {
    let end = mention.end;
    (start..start + 4).contains(&mention.start)
        && (end..end + 6)
            .find(|&token| world.key(token) == ":")
            .is_some_and(|colon| colon == end || world.key(end) == "(" && world.key(colon - 1) == ")")
}

/// "Ruiz and his brother": the name right before owns what follows.
fn owns_by_and(world: &World, pronoun: Pronoun, seen: &Seen) -> bool {
    pronoun.usage == Use::Possessive
        && seen.tokens.end + 1 == pronoun.token
        && matches!(world.key(seen.tokens.end), "and" | "or")
}

/// "Asked whether she would stay, Ruiz said": whether a sentence opens with what somebody had to answer.
fn is_question(world: &World, start: u32) -> bool {
    let participle = start + u32::from(world.key(start) == "when");
    matches!(world.key(participle), "asked" | "pressed" | "questioned" | "quizzed" | "challenged")
}

/// "In her remarks, Ruiz said": whether the name from `start` on is the subject behind the phrase that opens the sentence, in
/// which the pronoun stands.
fn follows_opening(world: &World, pronoun: Pronoun, range: TokenRange, name: TokenRange) -> bool {
    let is_question = is_question(world, range.start);
    let opens =
        is_question || world.parts(range.start).is(Parts::PREPOSITION.and(Parts::SUBORDINATOR).and(Parts::GERUND));
    let comma = (pronoun.token + 1..name.start).find(|&token| world.text.of(token) == ",");
    // "In a statement posted on her page": a participle is no verb of its own.
    let finite = Parts::AUXILIARY.and(Parts::THIRD);
    let has_verb = |from: u32| (from..pronoun.token).any(|token| world.parts(token).is(finite));
    opens
        && (is_question || !has_verb(range.start))
        && comma.is_some_and(|comma| name.start - comma < 5 && (comma..name.start).all(|token| !world.verb_at(token)))
        && {
            let after = world.after_apposition(name.end, range.end);
            world.verb_at(after) || world.key(after).ends_with("ed")
        }
}

/// "… her vote, Ruiz said": the one who says what the pronoun stands in, if the verb follows.
fn says_this(world: &World, joined: &Joined, pronoun: Pronoun, end: u32, next: usize) -> Option<usize> {
    let quoted = world.quoted.of(pronoun.token);
    for (at, name) in world.names.iter().enumerate().skip(next).take(8) {
        let tokens = name.tokens;
        if tokens.start >= end {
            break;
        }
        // Behind the mark or comma that ends the words: "…, Ruiz said", "…, said Ruiz".
        let is_behind = |token: u32| {
            matches!(world.text.tokens[token as usize].kind, TokenKind::Punctuation | TokenKind::Mark)
                && token > pronoun.token
        };
        let after = tokens.end;
        let says = tokens.start > pronoun.token + 2
            && world.quoted.of(tokens.start) != quoted.max(1)
            && (is_behind(tokens.start - 1) && world.is_cue(after) && world.verb_at(after)
                || world.is_cue(tokens.start - 1) && world.verb_at(tokens.start - 1) && is_behind(tokens.start - 2));
        if says {
            return Some(joined.cluster_of[at]);
        }
    }
    None
}

/// "After her win, Ruiz said": the first fitting name after the pronoun in its sentence.
fn later(world: &World, joined: &Joined, pronoun: Pronoun, range: TokenRange, next: usize, answers: &mut Vec<Answer>) {
    for (at, name) in world.names.iter().enumerate().skip(next).take(4) {
        if name.tokens.start >= range.end || name.tokens.start > pronoun.token + 20 {
            return;
        }
        let cluster = joined.cluster_of[at];
        let fits = match pronoun.topic() {
            Topic::Person => {
                name.entity_type == EntityType::Person && !contradict(pronoun.gender, joined.clusters[cluster].gender)
            }
            _ => name.entity_type == EntityType::Organization,
        };
        if !fits {
            continue;
        }
        // "he and Ruiz" are two.
        let is_beside = world.key(pronoun.token + 1) == "and"
            && (pronoun.token + 2..name.tokens.start).all(|token| !world.verb_at(token) && world.text.of(token) != ",");
        if is_beside {
            if let Some(answer) = answer_of(answers, cluster) {
                answer.features.add(Sign::BesideByAnd, true);
            }
            continue;
        }
        // "he told Ruiz", "she said to Ruiz": whoever is told something says something else.
        let gap = name.tokens.start - pronoun.token;
        let is_told = pronoun.usage == Use::Subject
            && world.is_cue(pronoun.token + 1)
            && (gap == 2 || gap == 3 && world.key(pronoun.token + 2) == "to");
        if is_told {
            answers.retain(|answer| answer.target.cluster() != Some(cluster));
            return;
        }
        let is_after_opening = follows_opening(world, pronoun, range, name.tokens);
        if !is_after_opening && is_question(world, range.start) {
            continue;
        }
        match answer_of(answers, cluster) {
            Some(answer) => {
                let is_subject = pronoun.usage == Use::Subject;
                answer.features.add(Sign::Later, true);
                answer.features.add(Sign::LaterOpening, is_after_opening);
                answer.features.add(Sign::LaterSubject, is_subject);
                answer.features.add(Sign::LaterReported, is_subject && world.is_cue(pronoun.token + 1));
            }
            None => {
                let mut features = Features::default();
                features.add(Sign::Later, true);
                features.add(Sign::LaterOpening, is_after_opening);
                features.add(Sign::LaterPossessive, pronoun.usage == Use::Possessive);
                features.add(
                    Sign::Agrees,
                    pronoun.topic() == Topic::Person && joined.clusters[cluster].gender == pronoun.gender,
                );
                features.add(Sign::Organization, pronoun.topic() == Topic::Thing);
                answers.push(Answer { target: target(joined, cluster), features, noun: None });
            }
        }
        return;
    }
}

/// "It was raining", "it is clear that": an "it" that means nothing at all.
fn is_idle(world: &World, token: u32) -> bool {
    let rains = |key: &str| {
        ["rain", "snow", "hail", "drizzl"].iter().any(|stem| key.starts_with(stem)) && key.ends_with(['d', 'g', 's'])
    };
    let judges = |key: &str| {
        matches!(
            key,
            "clear"
                | "unclear"
                | "likely"
                | "unlikely"
                | "possible"
                | "impossible"
                | "important"
                | "difficult"
                | "hard"
                | "easy"
                | "true"
                | "necessary"
                | "time"
                | "obvious"
                | "essential"
                | "vital"
                | "crucial"
                | "too"
        )
    };
    let is_auxiliary = |token: u32| world.parts(token).is(Parts::AUXILIARY.and(Parts::NEGATION).and(Parts::ADVERB));
    let mut at = token + 1;
    while at < token + 4 && is_auxiliary(at) {
        at += 1;
    }
    is_idiom(world, token)
        || rains(world.key(at))
        || (at > token + 1
            || matches!(world.key(at + 1), "that" | "to" | "for") && world.parts(token.wrapping_sub(1)).is(Parts::VERB))
            && judges(world.key(at))
            && matches!(world.key(at + 1), "that" | "to" | "for" | "whether" | "if" | "early" | "late" | "soon")
}

/// "when it comes to", "as it were", "it turned out that", "it seems that", "if it were not for"
fn is_idiom(world: &World, token: u32) -> bool {
    let before = if token > 0 { world.key(token - 1) } else { "" };
    let next = world.key(token + 1);
    let is_clause = |token: u32| matches!(world.key(token), "that" | "as" | "like" | ",");
    match next {
        "comes" | "came" | "come" => {
            matches!(before, "when" | "if" | "once") && matches!(world.key(token + 2), "to" | "down")
        }
        "were" => {
            before == "as" && !world.parts(token + 2).is(Parts::SUBJECT.and(Parts::DETERMINER).and(Parts::ADVERB))
                || matches!(before, "if" | "unless") && matches!(world.key(token + 2), "not" | "n't" | "up")
        }
        "turns" | "turned" => {
            world.key(token + 2) == "out" && (is_clause(token + 3) || world.parts(token + 3).is(Parts::SUBJECT))
        }
        "seems" | "seemed" | "appears" | "appeared" | "follows" | "happens" | "happened" | "transpired" | "emerged" => {
            is_clause(token + 2)
        }
        _ => false,
    }
}

/// "It is", "it would": an "it" that often means nothing.
fn is_empty(world: &World, token: u32) -> bool {
    matches!(
        world.key(token + 1),
        "is" | "was"
            | "'s"
            | "s"
            | "would"
            | "will"
            | "may"
            | "might"
            | "seems"
            | "seemed"
            | "appears"
            | "appeared"
            | "takes"
            | "took"
            | "remains"
            | "remained"
            | "rained"
            | "can"
            | "could"
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::entities;
    use super::*;
    use EntityType::{Organization, Person};

    /// The first name and what was resolved to it.
    fn first(source: &str, names: &[(&str, EntityType)]) -> Vec<String> {
        entities(source, names).swap_remove(0)
    }

    #[test]
    fn honorifics_are_no_pronouns() {
        let source = "Sheikh Omar Lund spoke at length. He thanked His Highness, His Royal Highness the Prince, His Excellency and HE Juan Ruiz for his help.";
        let found = first(source, &[("Omar Lund", Person), ("Juan Ruiz", Person)]);
        assert_eq!(found[..2], ["Omar Lund", "He"]);
        assert!(found.len() <= 4 && !found.iter().any(|word| word == "His" || word == "HE"), "{found:?}");
    }

    #[test]
    fn who_has_no_name_goes_on_by_a_pronoun() {
        let source = "A girl was rescued in Hull, fire officer Ana Marsden said.\n\nThe girl had climbed on to her bed and held her aunt's phone. She was taken home.";
        assert_eq!(entities(source, &[("Ana Marsden", Person)]), [["Ana Marsden"]]);
        let source = "A pensioner lost money, Detective Inspector Neil Hobbs said. The pensioner handed over his card. He has not been paid back.";
        assert_eq!(entities(source, &[("Neil Hobbs", Person)]), [["Neil Hobbs"]]);
        // Who was mentioned last has a name.
        let source = "A pensioner lost money. The pensioner met Iain Kerr on Monday. He thanked them.";
        assert_eq!(first(source, &[("Iain Kerr", Person)]), ["Iain Kerr", "He"]);
    }

    #[test]
    fn nobody_names_himself_in_his_own_words() {
        let names = [("Pavel Lind", Person), ("Omar Doyle", Person)];
        let source = "Pavel Lind met reporters. Later he praised Omar Doyle. “Omar Doyle was tired and slow,” he said.";
        assert_eq!(entities(source, &names), [vec!["Pavel Lind", "he", "he"], vec!["Omar Doyle", "Omar Doyle"]]);
        let source = "“I am Omar Doyle,” he said.";
        assert!(first(source, &names[1..]).ends_with(&["he".to_owned()]));
    }

    #[test]
    fn an_it_of_idioms_means_nothing() {
        for idiom in [
            "There are dangers when it comes to dams.",
            "The plan was a fire, as it were.",
            "Later, it turned out that nobody had paid.",
            "Now it seems that nobody had paid.",
            "Nobody made it clear that the dam was dry.",
        ] {
            let found = first(&format!("Harbour Bank opened on Monday. {idiom}"), &[("Harbour Bank", Organization)]);
            assert_eq!(found, ["Harbour Bank"], "{idiom}");
        }
        let found = first("Harbour Bank opened on Monday. It said it seems safe.", &[("Harbour Bank", Organization)]);
        assert_eq!(found[..2], ["Harbour Bank", "It"]);
    }

    #[test]
    fn a_possessive_in_an_opening_phrase_is_the_subjects() {
        let names = [("Peter Lund", Person), ("Omar Darwish", Person)];
        let source = "Peter Lund opened the meeting in Bergen on Monday. In his remarks, Omar Darwish asserted that the harbour was full.";
        assert_eq!(entities(source, &names), [vec!["Peter Lund"], vec!["his", "Omar Darwish"]]);
    }

    #[test]
    fn two_joined_by_and_are_two() {
        let names = [("Peter Lund", Person), ("Omar Darwish", Person)];
        let source = "Peter Lund met Omar Darwish in Bergen. Peter Lund said that he and Omar Darwish had agreed to work together.";
        assert_eq!(entities(source, &names)[0], ["Peter Lund", "Peter Lund", "he"]);
        let source = "Peter Lund spoke of the president of the island, Omar Darwish and his wife.";
        assert_eq!(entities(source, &names)[1], ["Omar Darwish", "his"]);
    }

    #[test]
    fn many_without_a_name_before_one_organisation() {
        let source = "Hill School is under inquiry. Parents drop their children off outside Hill School.";
        assert_eq!(first(source, &[("Hill School", Organization)]), ["Hill School", "Hill School"]);
        let source = "Hill School is under inquiry. Teachers searched Hill School. Their bags were searched as well.";
        assert_eq!(first(source, &[("Hill School", Organization)]), ["Hill School", "Hill School"]);
    }

    #[test]
    fn who_says_it_is_not_spoken_of() {
        let source = "Peter Lund promised a ferry. “I think he has not thought it through,” Omar Darwish said.";
        let found = entities(source, &[("Peter Lund", Person), ("Omar Darwish", Person)]);
        assert_eq!(found, [vec!["Peter Lund", "he"], vec!["Omar Darwish"]]);
    }

    #[test]
    fn who_is_the_subject_behind_an_opening_clause_goes_first() {
        let source = "While Omar Darwish posted nothing about the dinner, Peter Lund did so on Monday. He wrote a long report of it.";
        let found = entities(source, &[("Omar Darwish", Person), ("Peter Lund", Person)]);
        assert_eq!(found, [vec!["Omar Darwish"], vec!["Peter Lund", "He"]]);
    }

    #[test]
    fn whoever_is_asked_is_spoken_of() {
        let names = [("Peter Lund", Person), ("Omar Darwish", Person)];
        let source = "Peter Lund opened the port. Asked whether he would resign, Omar Darwish shrugged.";
        assert_eq!(entities(source, &names)[1], ["he", "Omar Darwish"]);
        let source = "Peter Lund asked Omar Darwish whether he had read it.";
        assert_eq!(entities(source, &names)[1], ["Omar Darwish", "he"]);
        let source = "Peter Lund asked Omar Darwish if he could leave.";
        assert_eq!(entities(source, &names)[0], ["Peter Lund", "he"]);
    }

    #[test]
    fn whoever_acts_is_not_acted_upon_and_no_apposition_owns_itself() {
        let source = "Nadia Petrov arrived last year. Carol Simms and her daughter Lily Simms met her at the port.";
        let names = [("Nadia Petrov", Person), ("Carol Simms", Person), ("Lily Simms", Person)];
        assert_eq!(entities(source, &names)[..2], [vec!["Nadia Petrov", "her"], vec!["Carol Simms", "her"]]);
        let source = "Harbour Bank grew. Dock Bank, its main rival, shrank.";
        let names = [("Harbour Bank", Organization), ("Dock Bank", Organization)];
        assert_eq!(entities(source, &names)[..2], [vec!["Harbour Bank", "its"], vec!["Dock Bank"]]);
    }

    #[test]
    fn a_reflexive_means_the_subject_of_its_clause() {
        let source = "Peter Lund arrived late. Omar Darwish tweeted a photo of Lund and himself.";
        let found = entities(source, &[("Peter Lund", Person), ("Omar Darwish", Person), ("Lund", Person)]);
        assert_eq!(found, [vec!["Peter Lund", "Lund"], vec!["Omar Darwish", "himself"]]);
    }
}
