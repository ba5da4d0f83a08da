//! One walk through the text that resolves nominals and the pronouns of the third person, each by what was mentioned before.
//!
//! The walk remembers who and what was mentioned where; [`super::pronouns`] and [`super::nominals`] turn that into features
//! of each possible answer, and a [`Judge`] chooses: the trained weights, or, in training, the annotation.

use super::descriptions::{Descriptions, Noun};
use super::join::Joined;
use super::ranking::{Answer, Topic, Weights};
use super::titles::Titles;
use super::{Gender, Resolved, nominals, pronouns};
use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::hashing::WordMap;
use crate::lexicon::grammar::{Parts, Word};
use crate::lexicon::{Class, Reading};
use crate::ner::Mention;
use crate::text::{Case, MarkRole, Text, TokenKind, TokenRange};

/// Mentions remembered at a time.
const REMEMBERED: usize = 64;

/// Chooses an answer: its cluster and how sure that is.
pub(super) type Judge<'j> = dyn FnMut(Topic, TokenRange, &[Answer]) -> Option<(usize, f32)> + 'j;

/// The least probability of an answer, by topic: where precision and recall are worth about the same (corpus/train, by halves).
const LEAST: [f32; 3] = [0.38, 0.4, 0.25];

/// From this probability on, a pronoun tells the gender of whom it means.
const SURE: f32 = 0.6;

/// The judge that a table of weights is.
pub(super) fn by_weights(weights: &Weights) -> impl FnMut(Topic, TokenRange, &[Answer]) -> Option<(usize, f32)> + '_ {
    |topic, _, answers| weights.choose(topic, answers, LEAST[topic as usize])
}

/// A text and what is read once for all of this stage.
pub(super) struct Page<'a, 't> {
    pub text: &'a Text<'t>,
    pub reading: &'a Reading,
    /// Parts of speech of each token.
    pub grammar: Vec<Word>,
    /// For each token the number of the outermost pair of marks around it, 0 outside.
    pub quoted: Vec<u32>,
}

impl<'a, 't> Page<'a, 't> {
    #[inline(never)]
    pub fn read(text: &'a Text<'t>, reading: &'a Reading) -> Self {
        Page { text, reading, grammar: reading.grammar(), quoted: quoted_tokens(text) }
    }
}

/// What does not change during the walk.
pub(super) struct World<'a, 't> {
    pub text: &'a Text<'t>,
    pub reading: &'a Reading,
    /// Parts of speech of each token.
    pub grammar: Vec<Word>,
    pub names: &'a [Mention],
    pub titles: &'a Titles,
    pub descriptions: Descriptions,
    /// For each token the number of the outermost pair of marks around it, 0 outside.
    pub quoted: Vec<u32>,
    /// For each token whether it stands in a role right beside a name.
    pub in_role: Vec<bool>,
}

/// Somebody or something mentioned, and how it stood there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// None for what has no name.
    pub cluster: Option<usize>,
    pub entity_type: EntityType,
    /// Of what has no name; a cluster knows its own.
    pub gender: Gender,
    pub is_plural: bool,
    pub kind: MentionKind,
    pub tokens: TokenRange,
    pub sentence: u32,
    /// A verb follows: it acts.
    pub is_subject: bool,
    /// The first one in its sentence.
    pub is_first: bool,
    /// "Guterres' meeting"
    pub is_possessor: bool,
    /// "for Guterres"
    pub after_preposition: bool,
    /// A reporting verb is beside it.
    pub is_speaker: bool,
    pub in_heading: bool,
    pub quoted: u32,
}

/// What a cluster has been so far.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Past {
    pub mentions: u32,
    pub last_sentence: u32,
    /// The first token of its last mention.
    pub last_place: u32,
    pub was_subject: bool,
    pub in_heading: bool,
}

/// What the walk remembers.
pub(super) struct Memory {
    /// The latest mentions, in order.
    pub seen: Vec<Seen>,
    /// By cluster.
    pub past: Vec<Past>,
    /// The named cluster mentioned most often so far, by kind: person, other.
    pub most: [Option<usize>; 2],
    /// Whom the last "he", the last "she", the last "it" meant, and in which sentence.
    pub chains: [Option<(usize, u32)>; 4],
    /// The one who was last beside a reporting verb, and in which sentence.
    pub speaker: Option<(usize, u32)>,
    /// The latest clusters of each type, the last first.
    pub recent: [Vec<usize>; TYPES],
    /// How many clusters of each type were mentioned so far.
    pub so_far: [u32; TYPES],
    /// How many there are in the whole text.
    pub in_all: [u32; TYPES],
    /// What "the company" meant when it stood last, nothing included.
    pub meant: WordMap<Noun, Option<usize>>,
    /// In which sentence "a company" stood last.
    pub introduced: WordMap<Noun, u32>,
    first_in_sentence: bool,
}

const TYPES: usize = EntityType::ALL.len();
/// Clusters of one type remembered as the latest.
const RECENT: usize = 8;

impl Memory {
    #[inline(never)]
    fn remember(&mut self, mut seen: Seen, joined: &Joined) {
        seen.is_first = std::mem::take(&mut self.first_in_sentence);
        if let Some(cluster) = seen.cluster {
            let past = &mut self.past[cluster];
            let entity_type = joined.clusters[cluster].entity_type as usize;
            self.so_far[entity_type] += u32::from(past.mentions == 0);
            past.mentions += 1;
            past.last_sentence = seen.sentence;
            past.last_place = seen.tokens.start;
            past.was_subject = seen.is_subject;
            past.in_heading |= seen.in_heading;
            let recent = &mut self.recent[entity_type];
            match recent.iter().position(|&other| other == cluster) {
                Some(at) => recent[..=at].rotate_right(1),
                None => {
                    recent.truncate(RECENT - 1);
                    recent.insert(0, cluster);
                }
            }
            if seen.is_speaker {
                self.speaker = Some((cluster, seen.sentence));
            }
            let kind = usize::from(joined.clusters[cluster].entity_type != EntityType::Person);
            if self.most[kind].is_none_or(|most| self.past[cluster].mentions > self.past[most].mentions) {
                self.most[kind] = Some(cluster);
            }
        }
        if self.seen.len() == REMEMBERED {
            self.seen.drain(..REMEMBERED / 2);
        }
        self.seen.push(seen);
    }
}

/// Resolves nominals and pronouns, in text order. Linear in the number of tokens: the memory is bounded.
pub(super) fn resolve(
    page: Page,
    names: &[Mention],
    joined: &mut Joined,
    titles: &Titles,
    judge: &mut Judge,
) -> Vec<Resolved> {
    let Page { text, reading, grammar, quoted } = page;
    let descriptions = Descriptions::read(text, reading, &grammar, names, joined, titles);
    let mut in_role = vec![false; text.tokens.len()];
    titles.roles.iter().flatten().for_each(|role| in_role[role.indices()].fill(true));
    let world = World { text, reading, grammar, names, titles, descriptions, quoted, in_role };
    let mut memory = Memory {
        seen: Vec::with_capacity(REMEMBERED),
        past: vec![Past::default(); joined.clusters.len()],
        most: [None; 2],
        chains: [None; 4],
        speaker: None,
        recent: Default::default(),
        so_far: [0; TYPES],
        in_all: [0; TYPES],
        meant: WordMap::default(),
        introduced: WordMap::default(),
        first_in_sentence: true,
    };
    joined.clusters.iter().filter(|cluster| cluster.forms > 0).for_each(|cluster| {
        memory.in_all[cluster.entity_type as usize] += 1;
    });
    let mut resolved = Vec::new();
    let mut next = 0;
    for (number, sentence) in text.sentences.iter().enumerate() {
        let number = number as u32;
        memory.first_in_sentence = true;
        // Who wrote the article or took the picture is not spoken of.
        let kind = text.blocks[sentence.block as usize].kind;
        let is_about = !matches!(kind, BlockKind::Byline | BlockKind::Credit | BlockKind::Promo);
        let mut token = sentence.tokens.start;
        while token < sentence.tokens.end {
            if next < names.len() && names[next].tokens.start <= token {
                let mention = &names[next];
                if let Some(office) = nominals::office_after(&world, joined, &memory, next) {
                    resolved.push(office);
                }
                if is_about && mention.tokens.start >= sentence.tokens.start {
                    let cluster = joined.cluster_of[next];
                    let mut seen = world.seen(mention.tokens, number, MentionKind::Name, mention.entity_type);
                    seen.cluster = Some(cluster);
                    memory.remember(seen, joined);
                }
                token = mention.tokens.end.max(token + 1);
                next += 1;
                continue;
            }
            if !is_about {
                token += 1;
                continue;
            }
            if let Some(pronoun) = pronouns::Pronoun::read(&world, token) {
                let answers = pronouns::answers(&world, joined, &memory, pronoun, number, next);
                let topic = pronoun.topic();
                let tokens = TokenRange::new(token, token + 1);
                if let Some((cluster, confidence)) = judge(topic, tokens, &answers) {
                    let entity_type = joined.clusters[cluster].entity_type;
                    // A guess says nothing of gender.
                    let is_sure = confidence >= SURE && entity_type == EntityType::Person;
                    if is_sure && joined.clusters[cluster].gender == Gender::Unknown {
                        joined.clusters[cluster].gender = pronoun.gender();
                    }
                    memory.chains[pronoun.chain()] = Some((cluster, number));
                    let mut seen = world.seen(tokens, number, MentionKind::Pronoun, entity_type);
                    seen.cluster = Some(cluster);
                    memory.remember(seen, joined);
                    resolved.push(world.mention(
                        tokens,
                        entity_type,
                        MentionKind::Pronoun,
                        confidence,
                        cluster,
                        "weighed by agreement, place and recency",
                    ));
                }
                token += 1;
                continue;
            }
            if let Some(nominal) = nominals::Nominal::read(&world, token, sentence.tokens.end, next) {
                let answers = nominals::answers(&world, joined, &memory, &nominal, number);
                let answer = judge(Topic::Nominal, nominal.tokens, &answers);
                memory.meant.insert(nominal.noun(&world), answer.map(|(cluster, _)| cluster));
                if let Some((cluster, confidence)) = answer {
                    let entity_type = joined.clusters[cluster].entity_type;
                    let mut seen = world.seen(nominal.tokens, number, MentionKind::Nominal, entity_type);
                    seen.cluster = Some(cluster);
                    if entity_type == EntityType::Person && joined.clusters[cluster].gender == Gender::Unknown {
                        joined.clusters[cluster].gender = nominal.gender;
                    }
                    memory.remember(seen, joined);
                    resolved.push(world.mention(
                        nominal.tokens,
                        entity_type,
                        MentionKind::Nominal,
                        confidence,
                        cluster,
                        "weighed by head, role and recency",
                    ));
                    token = nominal.tokens.end;
                    continue;
                }
            }
            if let Some(noun) = nominals::introduced(&world, token, sentence.tokens.end, next) {
                memory.introduced.insert(noun, number);
            }
            if let Some(seen) = world.unnamed(token, number, next) {
                memory.remember(seen, joined);
            }
            token += 1;
        }
    }
    resolved
}

impl World<'_, '_> {
    fn mention(
        &self,
        tokens: TokenRange,
        entity_type: EntityType,
        kind: MentionKind,
        confidence: f32,
        cluster: usize,
        because: &'static str,
    ) -> Resolved {
        let mention =
            Mention { span: self.text.span(tokens), tokens, entity_type, kind, confidence, because, value: None };
        Resolved { mention, cluster }
    }

    /// The token's parts of speech, none past the end.
    pub fn parts(&self, token: u32) -> Parts {
        self.grammar.get(token as usize).map_or(Parts::default(), |word| word.parts)
    }

    /// The folded token, empty past the end.
    pub fn key(&self, token: u32) -> &str {
        if (token as usize) < self.text.tokens.len() { self.reading.key(token) } else { "" }
    }

    /// A finite verb, or an adverb and a finite verb.
    pub fn verb_at(&self, token: u32) -> bool {
        let finite = Parts::PAST.and(Parts::THIRD).and(Parts::AUXILIARY);
        let is_verb = |token: u32| {
            let parts = self.parts(token);
            parts.is(finite)
                && !parts.is(Parts::PREPOSITION)
                && self.text.tokens.get(token as usize).is_some_and(|token| token.case == Case::Lower)
        };
        is_verb(token) || self.parts(token).is(Parts::ADVERB) && is_verb(token + 1)
    }

    /// The end of an apposition in commas after `token`, or `token` itself: "Ruiz, a singer, |said".
    fn after_apposition(&self, token: u32, end: u32) -> u32 {
        if token >= end || self.text.of(token) != "," {
            return token;
        }
        (token + 1..end.min(token + 14)).find(|&other| self.text.of(other) == ",").map_or(token, |comma| comma + 1)
    }

    #[inline(never)]
    fn seen(&self, tokens: TokenRange, sentence: u32, kind: MentionKind, entity_type: EntityType) -> Seen {
        let text = self.text;
        let range = text.sentences[sentence as usize].tokens;
        let is_possessor = tokens.end < range.end && text.tokens[tokens.end as usize].kind == TokenKind::Clitic
            || kind == MentionKind::Pronoun && self.parts(tokens.start).is(Parts::POSSESSIVE);
        let before = tokens.start.checked_sub(1).filter(|token| range.holds(*token));
        let after_preposition = before.is_some_and(|token| {
            let token = if self.parts(token).is(Parts::DETERMINER) { token.saturating_sub(1) } else { token };
            range.holds(token) && self.parts(token).is(Parts::PREPOSITION)
        });
        let follows = self.after_apposition(tokens.end, range.end);
        let is_subject = !is_possessor && follows < range.end && self.verb_at(follows);
        let is_cue =
            |token: u32| range.holds(token) && self.grammar[token as usize].cue.is_some() && self.verb_at(token);
        let is_speaker = !is_possessor && (is_cue(follows) || before.is_some_and(is_cue));
        let heading = text.blocks[text.sentences[sentence as usize].block as usize].kind;
        Seen {
            cluster: None,
            entity_type,
            gender: Gender::Unknown,
            is_plural: false,
            kind,
            tokens,
            sentence,
            is_subject,
            is_first: false,
            is_possessor,
            after_preposition,
            is_speaker,
            in_heading: matches!(heading, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption),
            quoted: self.quoted[tokens.start as usize],
        }
    }

    /// A common noun for a person or an organisation: nobody with a name, as far as is known.
    #[inline(never)]
    fn unnamed(&self, token: u32, sentence: u32, next: usize) -> Option<Seen> {
        if self.text.tokens[token as usize].kind != TokenKind::Word
            || self.text.tokens[token as usize].case != Case::Lower
            || self.names.get(next).is_some_and(|name| name.tokens.start == token + 1)
            || self.in_role[token as usize]
        {
            return None;
        }
        let classes = self.reading.classes(token);
        let types = nominals::types_of(self, token);
        let gender = match (classes.has(Class::Female), classes.has(Class::Male)) {
            (true, false) => Gender::Female,
            (false, true) => Gender::Male,
            _ => Gender::Unknown,
        };
        let entity_type = if types.has(EntityType::Person) {
            EntityType::Person
        } else if types.has(EntityType::Organization) {
            EntityType::Organization
        } else {
            return None;
        };
        // "the health ministry chief": the last noun is meant.
        if nominals::types_of(self, token + 1).is_any() && self.text.tokens[token as usize + 1].case == Case::Lower {
            return None;
        }
        let mut seen = self.seen(TokenRange::new(token, token + 1), sentence, MentionKind::Nominal, entity_type);
        seen.gender = gender;
        let key = self.key(token);
        seen.is_plural =
            key.ends_with('s') && !key.ends_with("ss") || matches!(key, "people" | "men" | "women" | "police");
        Some(seen)
    }
}

/// For each token the number of the outermost pair of marks around it, 0 outside.
fn quoted_tokens(text: &Text) -> Vec<u32> {
    let mut quoted = vec![0; text.tokens.len()];
    let mut reached = 0;
    for (number, pair) in text.marks.iter().enumerate() {
        if pair.role == MarkRole::Stray || pair.close.saturating_sub(pair.open) < 4 {
            continue;
        }
        let end = pair.close.min(text.tokens.len() as u32);
        for token in pair.open.max(reached)..end {
            quoted[token as usize] = number as u32 + 1;
        }
        reached = reached.max(end);
    }
    quoted
}
