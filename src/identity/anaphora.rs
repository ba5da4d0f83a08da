//! One walk through the text that resolves nominals and the pronouns of the third person, each by what was mentioned before.
//!
//! The walk remembers who and what was mentioned where; [`super::pronouns`] and [`super::nominals`] turn that into features
//! of each possible answer, and a [`Judge`] chooses: the trained weights, or, in training, the annotation.

use super::descriptions::Descriptions;
use super::join::{Cluster, Joined};
use super::kin::Ties;
use super::nouns::{Lead, Noun, Types, Vocabulary};
use super::ranking::{Answer, Topic, Weights};
use super::titles::Titles;
use super::{Gender, Resolved, nominals, pronouns};
use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::hashing::WordMap;
use crate::lexicon::Reading;
use crate::lexicon::grammar::Parts;
use crate::ner::Mention;
use crate::text::{Case, MarkRole, Text, TokenKind, TokenRange};

/// Mentions remembered at a time.
const REMEMBERED: usize = 64;

/// Chooses an answer: its cluster and how sure that is.
pub(super) type Judge<'j> = dyn FnMut(Topic, TokenRange, &[Answer]) -> Option<(usize, f32)> + 'j;

/// The least probability of an answer, by topic: where precision and recall are worth about the same (corpus/train, by halves).
const LEAST: [f32; 3] = [0.38, 0.4, 0.25];

/// Tokens of a clause that opens a sentence, and those before it where it opens a quotation in it.
const LONGEST_OPENING: u32 = 40;
const LATEST_OPENING: u32 = 12;

/// From this probability on, a pronoun tells the gender of whom it means.
const SURE: f32 = 0.6;

/// The judge that a table of weights is.
pub(super) fn by_weights(weights: &Weights) -> impl FnMut(Topic, TokenRange, &[Answer]) -> Option<(usize, f32)> + '_ {
    let mut shares = Vec::new();
    move |topic, _, answers| weights.choose(topic, answers, LEAST[topic as usize], &mut shares)
}

/// A text and what is read once for all of this stage.
pub(super) struct Page<'a, 't> {
    pub text: &'a Text<'t>,
    pub reading: &'a Reading,
    pub vocabulary: Vocabulary<'a>,
    pub quoted: Quoted,
}

impl<'a, 't> Page<'a, 't> {
    #[inline(never)]
    pub fn read(text: &'a Text<'t>, reading: &'a Reading) -> Self {
        Page { text, reading, vocabulary: Vocabulary::of(reading), quoted: Quoted::read(text) }
    }
}

/// What does not change during the walk.
pub(super) struct World<'a, 't> {
    pub text: &'a Text<'t>,
    pub reading: &'a Reading,
    pub vocabulary: Vocabulary<'a>,
    pub names: &'a [Mention],
    pub titles: &'a Titles,
    pub descriptions: Descriptions,
    pub quoted: Quoted,
    /// The tokens that stand in a role right beside a name.
    pub in_role: Tokens,
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
    /// The first one in its sentence, or behind the clause that opens it.
    pub is_first: bool,
    /// "Guterres' meeting"
    pub is_possessor: bool,
    /// "for Guterres"
    pub after_preposition: bool,
    /// A reporting verb is beside it.
    pub is_speaker: bool,
    /// Somebody spoke before it in its sentence: it stands in what is reported.
    pub is_reported: bool,
    pub in_heading: bool,
    pub quoted: u32,
    pub place: SentencePlace,
    /// It has no name, and the text told of it before: "A boy was hurt. The boy …".
    pub goes_on: bool,
}

/// Where in its sentence something stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SentencePlace {
    /// In a clause that opens it: "While Ruiz was away, …"
    Opening,
    /// Behind such a clause.
    Behind,
    /// In a sentence that no such clause opens.
    Plain,
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
    /// The last sentence with somebody beside a reporting verb, with or without a name.
    spoken: Option<u32>,
    /// The latest clusters of each type, the last first.
    pub recent: [Recent; TYPES],
    /// How many clusters of each type were mentioned so far.
    pub so_far: [u32; TYPES],
    /// How many there are in the whole text.
    pub in_all: [u32; TYPES],
    /// What "the company" meant when it stood last, nothing included.
    pub meant: WordMap<Noun, Option<usize>>,
    /// In which sentence "a company" stood last.
    pub introduced: WordMap<Noun, u32>,
    /// Who is whose.
    pub ties: Ties,
    first_in_sentence: bool,
    /// The clause that opens the sentence.
    opening: Option<TokenRange>,
}

const TYPES: usize = EntityType::ALL.len();
/// Clusters of one type remembered as the latest.
const RECENT: usize = 8;

/// The latest clusters of one type.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Recent {
    clusters: [u32; RECENT],
    count: usize,
}

impl Recent {
    /// The last one first.
    pub fn clusters(&self) -> impl Iterator<Item = usize> + '_ {
        self.clusters[..self.count].iter().map(|&cluster| cluster as usize)
    }

    fn add(&mut self, cluster: usize) {
        let known = self.clusters().position(|other| other == cluster);
        if known.is_none() {
            self.count = RECENT.min(self.count + 1);
        }
        let at = known.unwrap_or(self.count - 1);
        // All before it move by one, over it or over the one that is too many.
        self.clusters.copy_within(..at, 1);
        self.clusters[0] = cluster as u32;
    }
}

impl Memory {
    #[inline(never)]
    fn remember(&mut self, mut seen: Seen, joined: &Joined) {
        seen.place = match self.opening {
            Some(clause) if clause.holds(seen.tokens.start) => SentencePlace::Opening,
            Some(clause) if seen.tokens.start >= clause.end => SentencePlace::Behind,
            _ => SentencePlace::Plain,
        };
        seen.is_first = seen.place != SentencePlace::Opening && std::mem::take(&mut self.first_in_sentence);
        seen.is_reported = self.spoken == Some(seen.sentence) && !seen.is_speaker;
        if seen.is_speaker {
            self.spoken = Some(seen.sentence);
        }
        if let Some(cluster) = seen.cluster {
            let past = &mut self.past[cluster];
            let entity_type = joined.clusters[cluster].entity_type as usize;
            self.so_far[entity_type] += u32::from(past.mentions == 0);
            past.mentions += 1;
            past.last_sentence = seen.sentence;
            past.last_place = seen.tokens.start;
            past.was_subject = seen.is_subject;
            past.in_heading |= seen.in_heading;
            self.recent[entity_type].add(cluster);
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
) -> (Vec<Resolved>, Ties) {
    let Page { text, reading, vocabulary, quoted } = page;
    let descriptions = Descriptions::read(text, reading, &vocabulary, names, joined, titles);
    let mut in_role = Tokens::none(text.tokens.len());
    titles.roles.iter().for_each(|role| in_role.add(*role));
    let world = World { text, reading, vocabulary, names, titles, descriptions, quoted, in_role };
    let mut memory = Memory {
        seen: Vec::with_capacity(REMEMBERED),
        past: vec![Past::default(); joined.clusters.len()],
        most: [None; 2],
        chains: [None; 4],
        speaker: None,
        spoken: None,
        recent: Default::default(),
        so_far: [0; TYPES],
        in_all: [0; TYPES],
        meant: WordMap::default(),
        introduced: WordMap::default(),
        ties: Ties::default(),
        first_in_sentence: true,
        opening: None,
    };
    joined.clusters.iter().filter(|cluster| cluster.forms > 0).for_each(|cluster| {
        memory.in_all[cluster.entity_type as usize] += 1;
    });
    let mut walk = Walk {
        world: &world,
        joined,
        memory,
        judge,
        answers: Vec::new(),
        buffers: nominals::Buffers::default(),
        resolved: Vec::new(),
        goes_on: u32::MAX,
    };
    let mut next = 0;
    for (number, sentence) in text.sentences.iter().enumerate() {
        walk.memory.first_in_sentence = true;
        walk.memory.opening = world.opening(sentence.tokens);
        // Who wrote the article or took the picture is not spoken of.
        let kind = text.blocks[sentence.block as usize].kind;
        let is_about = !matches!(kind, BlockKind::Byline | BlockKind::Credit | BlockKind::Promo);
        let place = |next: usize| Place { sentence: number as u32, end: sentence.tokens.end, next };
        let mut token = sentence.tokens.start;
        while token < sentence.tokens.end {
            if let Some(name) = names.get(next)
                && name.tokens.start <= token
            {
                let end = walk.name(place(next), is_about && name.tokens.start >= sentence.tokens.start);
                token = end.max(token + 1);
                next += 1;
                continue;
            }
            let stop = names.get(next).map_or(u32::MAX, |name| name.tokens.start).min(sentence.tokens.end);
            if !is_about {
                token = stop;
            }
            while token < stop {
                let word = world.vocabulary.word(token);
                token = match word.lead {
                    Lead::Nothing if !word.types.any(UNNAMED) && !word.many.any(UNNAMED) => token + 1,
                    _ => walk.word(token, word.lead, place(next)),
                };
            }
        }
    }
    (walk.resolved, walk.memory.ties)
}

/// Types of things that pronouns may mean although they have no name.
const UNNAMED: Types = Types::of(EntityType::Person).and(Types::of(EntityType::Organization));

/// Where the walk is.
#[derive(Clone, Copy)]
struct Place {
    sentence: u32,
    /// The sentence's.
    end: u32,
    /// Index of the first name that is not behind.
    next: usize,
}

/// The walk through a text.
struct Walk<'w> {
    world: &'w World<'w, 'w>,
    joined: &'w mut Joined,
    memory: Memory,
    judge: &'w mut Judge<'w>,
    /// A buffer.
    answers: Vec<Answer>,
    buffers: nominals::Buffers,
    resolved: Vec<Resolved>,
    /// The noun for the last one without a name of whom the text told before.
    goes_on: u32,
}

impl Walk<'_> {
    /// Goes over the next name, which is remembered where it `counts`, and a description that it stands in; gives the token to
    /// go on with.
    #[inline(never)]
    fn name(&mut self, place: Place, counts: bool) -> u32 {
        let Mention { tokens, entity_type, .. } = self.world.names[place.next];
        let office = nominals::office_after(self.world, self.joined, &self.memory, place.next);
        let is_office = office.is_some();
        self.resolved.extend(office);
        if !counts {
            return tokens.end;
        }
        let seen = self.world.seen(tokens, place.sentence, MentionKind::Name, entity_type);
        self.remember(seen, self.joined.cluster_of[place.next]);
        if entity_type == EntityType::Person {
            self.memory.ties.read(self.world, self.joined, place.next, &self.resolved);
        }
        if !is_office
            && let Some(nominal) = nominals::Nominal::behind(self.world, place.next, place.end)
            && self.nominal(&nominal, place)
        {
            return nominal.tokens.end;
        }
        tokens.end
    }

    /// Resolves what a token begins, if it begins anything; gives the token to go on with.
    #[inline(never)]
    fn word(&mut self, token: u32, lead: Lead, place: Place) -> u32 {
        match lead {
            Lead::Pronoun => {
                if let Some(nominal) = nominals::Nominal::possessed(self.world, token, place.end, place.next)
                    && self.nominal(&nominal, place)
                {
                    return nominal.tokens.end;
                }
                if let Some(pronoun) = pronouns::Pronoun::read(self.world, token) {
                    self.pronoun(pronoun, token, place);
                    return token + 1;
                }
            }
            Lead::Definite => {
                if let Some(nominal) = nominals::Nominal::read(self.world, token, place.end, place.next)
                    && self.nominal(&nominal, place)
                {
                    return nominal.tokens.end;
                }
            }
            Lead::Indefinite => {
                // "She is a nun"
                let is_said_of = token > 0 && self.world.parts(token - 1).is(Parts::BE);
                if !is_said_of && let Some(noun) = nominals::introduced(self.world, token, place.end, place.next) {
                    self.memory.introduced.insert(noun, place.sentence);
                }
            }
            Lead::Nothing => {
                let sentence = &self.world.text.sentences[place.sentence as usize];
                let kind = self.world.text.blocks[sentence.block as usize].kind;
                if matches!(kind, BlockKind::Headline | BlockKind::Standfirst)
                    && let Some(nominal) = nominals::Nominal::bare(self.world, token, sentence.tokens, place.next)
                    && self.nominal(&nominal, place)
                {
                    return nominal.tokens.end;
                }
            }
        }
        if let Some(mut seen) = self.world.unnamed(token, place.sentence, place.next) {
            seen.goes_on = self.goes_on == token;
            self.memory.remember(seen, self.joined);
        }
        token + 1
    }

    #[inline(never)]
    fn pronoun(&mut self, pronoun: pronouns::Pronoun, token: u32, place: Place) {
        let Place { sentence, next, .. } = place;
        let tokens = TokenRange::new(token, token + 1);
        if pronouns::means_unnamed(self.world, self.joined, &self.memory, pronoun, sentence) {
            let mut seen = self.world.seen(tokens, sentence, MentionKind::Pronoun, EntityType::Person);
            (seen.gender, seen.goes_on) = (pronoun.gender(), true);
            return self.memory.remember(seen, self.joined);
        }
        self.answers.clear();
        pronouns::answers(self.world, self.joined, &self.memory, pronoun, sentence, next, &mut self.answers);
        let Some((cluster, confidence)) = (self.judge)(pronoun.topic(), tokens, &self.answers) else { return };
        let Cluster { entity_type, gender, .. } = &mut self.joined.clusters[cluster];
        // A guess says nothing of gender.
        if confidence >= SURE && *entity_type == EntityType::Person && *gender == Gender::Unknown {
            *gender = pronoun.gender();
        }
        let entity_type = *entity_type;
        self.memory.chains[pronoun.chain()] = Some((cluster, sentence));
        self.remember(self.world.seen(tokens, sentence, MentionKind::Pronoun, entity_type), cluster);
        self.resolved.push(self.world.mention(
            tokens,
            entity_type,
            MentionKind::Pronoun,
            confidence,
            cluster,
            "weighed by agreement, place and recency",
        ));
    }

    /// Tells whether it means anything.
    #[inline(never)]
    fn nominal(&mut self, nominal: &nominals::Nominal, place: Place) -> bool {
        let below = nominals::named_below(self.world, self.joined, &self.memory, nominal);
        let told = below
            .or_else(|| nominals::tied(self.world, self.joined, &self.memory, nominal, place.sentence))
            .or_else(|| nominals::epithet(self.world, self.joined, &self.memory, nominal, place.sentence));
        let answer = told.map(|cluster| (cluster, SURE)).or_else(|| {
            self.answers.clear();
            let (buffers, answers) = (&mut self.buffers, &mut self.answers);
            nominals::answers(self.world, self.joined, &self.memory, nominal, place.sentence, buffers, answers);
            (self.judge)(Topic::Nominal, nominal.tokens, &self.answers)
        });
        self.memory.meant.insert(nominal.noun(self.world), answer.map(|(cluster, _)| cluster));
        let Some((cluster, confidence)) = answer else {
            if nominals::goes_on(self.world, &self.memory, nominal, place.sentence) {
                self.goes_on = nominal.tokens.end - 1;
                self.memory.introduced.insert(nominal.noun(self.world), place.sentence);
            }
            return false;
        };
        let Cluster { entity_type, gender, .. } = &mut self.joined.clusters[cluster];
        if *entity_type == EntityType::Person && *gender == Gender::Unknown {
            *gender = nominal.gender;
        }
        let entity_type = *entity_type;
        self.remember(self.world.seen(nominal.tokens, place.sentence, MentionKind::Nominal, entity_type), cluster);
        // "veteran advocate tells …": what was taken for a noun alone is a part of it.
        while self.resolved.last().is_some_and(|last| last.mention.tokens.end > nominal.tokens.start) {
            self.resolved.pop();
        }
        self.resolved.push(self.world.mention(
            nominal.tokens,
            entity_type,
            MentionKind::Nominal,
            confidence,
            cluster,
            "weighed by head, role and recency",
        ));
        true
    }

    /// Remembers a mention of a cluster.
    fn remember(&mut self, mut seen: Seen, cluster: usize) {
        seen.cluster = Some(cluster);
        self.memory.remember(seen, self.joined);
    }
}

impl World<'_, '_> {
    /// Whether a token stands in a line that tells who wrote the article, or took its picture.
    pub fn is_byline(&self, token: u32) -> bool {
        let kind = self.text.blocks[self.text.sentence(token).block as usize].kind;
        matches!(kind, BlockKind::Byline | BlockKind::Credit)
    }

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
        if (token as usize) < self.text.tokens.len() {
            self.reading.word(token).grammar.parts
        } else {
            Parts::default()
        }
    }

    /// Whether a reporting expression begins with the token.
    pub fn is_cue(&self, token: u32) -> bool {
        (token as usize) < self.text.tokens.len() && self.reading.word(token).grammar.cue.is_some()
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
    pub fn after_apposition(&self, token: u32, end: u32) -> u32 {
        let is_comma =
            |token: u32| self.text.tokens[token as usize].kind == TokenKind::Punctuation && self.text.of(token) == ",";
        if token >= end || !is_comma(token) {
            return token;
        }
        (token + 1..end.min(token + 14)).find(|&other| is_comma(other)).map_or(token, |comma| comma + 1)
    }

    #[inline(never)]
    pub fn seen(&self, tokens: TokenRange, sentence: u32, kind: MentionKind, entity_type: EntityType) -> Seen {
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
        let follows_cue = || before.is_some_and(|token| self.is_cue(token) && self.verb_at(token));
        let is_speaker = is_subject && self.is_cue(follows) || !is_possessor && follows_cue();
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
            is_reported: false,
            in_heading: matches!(heading, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption),
            quoted: self.quoted.of(tokens.start),
            place: SentencePlace::Plain,
            goes_on: false,
        }
    }

    /// The clause that opens a sentence, or a quotation in it: "While Ruiz was away, …". Bounded work.
    fn opening(&self, sentence: TokenRange) -> Option<TokenRange> {
        let is_mark = |token: u32| self.text.tokens[token as usize].kind == TokenKind::Mark;
        let opens = |token: u32| token == sentence.start || is_mark(token - 1);
        let start = (sentence.start..sentence.end.min(sentence.start + LATEST_OPENING))
            .find(|&token| opens(token) && self.parts(token).is(Parts::SUBORDINATOR))?;
        let comma = (start..sentence.end.min(start + LONGEST_OPENING)).find(|&token| self.text.of(token) == ",")?;
        // "After six years, …"
        let is_clause = (start..comma).any(|token| self.verb_at(token));
        is_clause.then(|| TokenRange::new(start, comma))
    }

    /// A common noun for a person or an organisation: nobody with a name, as far as is known.
    #[inline(never)]
    fn unnamed(&self, token: u32, sentence: u32, next: usize) -> Option<Seen> {
        let noun = self.vocabulary.word(token);
        let types = if noun.types.any(UNNAMED) { noun.types } else { noun.many };
        let entity_type = if types.has(EntityType::Person) {
            EntityType::Person
        } else if types.has(EntityType::Organization) {
            EntityType::Organization
        } else {
            return None;
        };
        // "Teachers search their bags": a capital only because of its place.
        let case = self.text.tokens[token as usize].case;
        let opens = token == self.text.sentences[sentence as usize].tokens.start;
        if self.text.tokens[token as usize].kind != TokenKind::Word
            || case != Case::Lower && !(opens && case == Case::Title && self.key(token).ends_with('s'))
            || self.names.get(next).is_some_and(|name| name.tokens.start == token + 1)
            || self.in_role.has(token)
        {
            return None;
        }
        // "the health ministry chief": the last noun is meant.
        if self.vocabulary.types(token + 1).is_any() && self.text.tokens[token as usize + 1].case == Case::Lower {
            return None;
        }
        let mut seen = self.seen(TokenRange::new(token, token + 1), sentence, MentionKind::Nominal, entity_type);
        seen.gender = Gender::of(self.reading.classes(token));
        let key = self.key(token);
        seen.is_plural =
            key.ends_with('s') && !key.ends_with("ss") || matches!(key, "people" | "men" | "women" | "police");
        // "Parents drop": the verb of many has its plain form.
        let next = self.parts(token + 1);
        seen.is_subject |= seen.is_plural && !seen.is_possessor && next.is(Parts::BASE) && !next.is(Parts::PREPOSITION);
        Some(seen)
    }
}

/// The outermost pairs of marks, as far as none before reaches, in order.
pub(super) struct Quoted(Vec<TokenRange>);

impl Quoted {
    fn read(text: &Text) -> Quoted {
        let mut quoted: Vec<TokenRange> = Vec::new();
        let mut reached = 0;
        for pair in &text.marks {
            if pair.role == MarkRole::Stray || pair.close.saturating_sub(pair.open) < 4 {
                continue;
            }
            let tokens = TokenRange::new(pair.open.max(reached), pair.close.min(text.tokens.len() as u32));
            if !tokens.is_empty() {
                reached = tokens.end;
                quoted.push(tokens);
            }
        }
        Quoted(quoted)
    }

    /// The opening mark of a pair by its number, which is not 0.
    pub fn start(&self, number: u32) -> u32 {
        self.0[number as usize - 1].start
    }

    /// The closing mark of a pair by its number, which is not 0.
    pub fn end(&self, number: u32) -> u32 {
        self.0[number as usize - 1].end
    }

    /// The number of the pair that a token stands in, 0 outside. Logarithmic.
    pub fn of(&self, token: u32) -> u32 {
        let at = self.0.partition_point(|pair| pair.end <= token);
        if self.0.get(at).is_some_and(|pair| pair.start <= token) { at as u32 + 1 } else { 0 }
    }
}

/// A set of a text's tokens, a bit for each.
pub(super) struct Tokens(Vec<u32>);

impl Tokens {
    fn none(count: usize) -> Tokens {
        Tokens(vec![0; count.div_ceil(32)])
    }

    fn add(&mut self, tokens: TokenRange) {
        tokens.indices().for_each(|token| self.0[token / 32] |= 1 << (token % 32));
    }

    /// True for a token in the set.
    pub fn has(&self, token: u32) -> bool {
        self.0[token as usize / 32] >> (token % 32) & 1 != 0
    }
}
