//! Who may have said a quote, with the features that speak for and against each.

use super::may_speak;
use crate::annotation::QuoteKind;
use crate::lexicon::cues::Frames;
use crate::quote::Quote;
use crate::quote::choice::{Choice, range};
use crate::quote::cues::{CueShape, CueSite};
use crate::quote::dialogue::Author;
use crate::quote::marked::{Scene, is_introduced};
use crate::quote::phrases::{NONE, Phrase, PhraseKind};
use crate::quote::scorer::{both, word};
use crate::quote::subjects::{self, Subject, subjects};
use crate::text::{TokenKind, TokenRange};

/// Who is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// The text does not tell.
    Nobody,
    /// A noun phrase, by its index.
    Phrase(u32),
    /// Whoever said another quote, by its index: one before this one in [`crate::quote::Findings::quotes`].
    SpeakerOf(usize),
}

/// One who may have said a quote.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// Who.
    pub who: Who,
    /// Index of the cue that tells.
    pub cue: Option<usize>,
    /// How it was found.
    pub because: &'static str,
    /// Index of the first candidate that stands for the same phrase.
    pub first: usize,
}

/// Cues looked at around a quote.
const MOST_CUES: usize = 3;
/// Tokens around a quote that are searched for cues.
const WINDOW: u32 = 70;
/// Tokens between a fragment of a clause and a cue of its own.
const FARTHEST_OF_FRAGMENT: u32 = 10;
/// Phrases beside cues after which no more cues are looked at: more stand around no quote that somebody wrote.
const MOST_SUBJECTS: usize = 48;
/// Cues whose phrases are kept for the quotes that follow: more than are looked at for one.
const LAST_CUES: usize = 16;
/// Words that are looked at in a quote.
const MOST_WORDS: u32 = 160;
/// The score of a phrase beside a cue, and how far it is ahead of the cue's others, above which nobody else is looked at, in logits.
/// Of 1,300 quotes by other people it is so for 880, and one that was looked at later had a higher score for none.
const CLEAR: f32 = 7.0;
const CLEARLY_AHEAD: f32 = 2.0;
/// The first template of the features of whoever said the quote around one.
const AROUND: u32 = 360;
/// Names looked at around a quote that have no cue.
const MOST_NAMES: usize = 4;

/// Where a cue stands beside a quote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum Place {
    Own,
    Between,
    After,
    Before,
    SentenceAfter,
    SentenceBefore,
}

/// A cue near a quote; the nearest are the least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Near {
    /// Tokens between the two.
    distance: u32,
    /// Its index.
    cue: usize,
    place: Place,
}

/// Those who may have said a quote, and in a choice the features of each; kept for all quotes of one text.
pub struct Candidates<C: Choice> {
    /// The features.
    pub choice: C,
    /// The candidates; the last is nobody, unless it is clear who speaks.
    pub list: Vec<Candidate>,
    /// The quote's own cue and the nearest others.
    around: Vec<Near>,
    /// The phrase that each of `list` stands for; [`NONE`] for nobody.
    phrases: Vec<u32>,
    /// The phrases beside the last cues that were looked at; those of a cue are in the place of its index modulo [`LAST_CUES`].
    beside: Vec<Beside<C::Shared>>,
}

/// The phrases beside a cue: most cues are near several quotes.
#[derive(Clone)]
struct Beside<S> {
    cue: Option<usize>,
    /// See [`subjects::joined`].
    joined: u32,
    subjects: Vec<Described<S>>,
}

/// A phrase beside a cue; once it was needed, its features and a number that sums them up.
#[derive(Clone)]
struct Described<S> {
    subject: Subject,
    known: Option<(S, u32)>,
}

/// What is known of a quote whoever said it.
struct Setting<'s> {
    scene: &'s Scene<'s, 's>,
    quotes: &'s [Quote],
    quote: &'s Quote,
    /// The quote with its marks.
    outer: TokenRange,
    /// The tokens that are looked at, its own and those around them: its sentences, and those beside them where it starts or ends one.
    window: TokenRange,
    /// "He commented:" on the line before.
    introduced: bool,
    block: u32,
    kind: u32,
    situation: u32,
    /// The signs before the quote, at its end and after it.
    before_mark: u32,
    end_sign: u32,
    after_mark: u32,
    /// Whether the quote itself says "I" (1), "we" (2), both (3).
    first_person: u32,
    previous: Option<usize>,
    /// The speaker of the quote before it.
    previous_phrase: Option<u32>,
}

impl<C: Choice> Candidates<C> {
    /// None yet.
    pub fn new(choice: C) -> Candidates<C> {
        let beside = vec![Beside { cue: None, joined: 0, subjects: Vec::new() }; LAST_CUES];
        let (list, phrases) = (Vec::with_capacity(MOST_SUBJECTS / 2), Vec::with_capacity(MOST_SUBJECTS / 2));
        Candidates { choice, list, around: Vec::with_capacity(MOST_CUES + 2), phrases, beside }
    }

    /// Lists the candidates of quote `index`, in place of another's. `speaker_of` tells the speaker's phrase of quotes before it.
    /// Bounded work for each quote.
    #[inline(never)]
    pub fn find(&mut self, scene: &Scene, quotes: &[Quote], index: usize, speaker_of: &dyn Fn(usize) -> Option<u32>) {
        self.choice.clear();
        self.list.clear();
        self.phrases.clear();
        let quote = &quotes[index];
        // Who signs it says it.
        let signed = match quote.author {
            Author::Phrase(author) => Some(Who::Phrase(author)),
            Author::Nobody => Some(Who::Nobody),
            Author::Unknown => None,
        };
        if let Some(who) = signed {
            self.choice.add(397, 0);
            self.push(who, None, quote.because, NONE);
            return;
        }
        // "…, a jury heard": who hears something has not said it.
        let parent = whole(scene, quotes, quote);
        let reported = parent.map_or(quote, |parent| &quotes[parent]);
        if reported.cue.is_some_and(|cue| scene.cues[cue as usize].lemma == "hear") {
            self.push(Who::Nobody, None, quote.because, NONE);
            return;
        }
        // A fragment of a clause is its speaker's.
        if let Some((parent, phrase)) = parent.and_then(|parent| Some((parent, speaker_of(parent)?))) {
            self.push(Who::SpeakerOf(parent), None, "the quote around it", phrase);
            return;
        }
        let setting = Setting::of(scene, quotes, index, speaker_of);
        self.look_around(&setting);
        let quoting = self.around.iter().filter(|near| {
            near.distance <= 8 && (near.place == Place::Own || scene.cues[near.cue].frames.has(Frames::QUOTE))
        });
        let closest = quoting.map(|near| near.place as u32).min().unwrap_or(9);
        for rank in 0..self.around.len() {
            if self.list.len() < MOST_SUBJECTS {
                self.add_subjects(&setting, rank);
            }
            if self.choice.is_settled(CLEAR, CLEARLY_AHEAD) {
                self.add_nobody(&setting, closest);
                return;
            }
        }
        if quote.cue.is_none() {
            self.add_names(&setting, closest);
        }
        // The speaker of the quote around it, of the one before it, and of the one before that.
        let mut inherit = |other: usize, template: u32, because: &'static str| {
            if let Some(phrase) = speaker_of(other) {
                self.add_speaker_of(&setting, closest, other, template);
                setting.describe_content(phrase, &mut self.choice);
                self.push(Who::SpeakerOf(other), None, because, phrase);
            }
        };
        if let Some(parent) = quote.parent {
            inherit(parent.0 as usize, AROUND, "the quote around it");
        }
        if let Some(previous) = setting.previous {
            inherit(previous, 370, "goes on");
            if let Some(before) = previous_quote(quotes, previous, quote) {
                inherit(before, 380, "in turn");
            }
        }
        self.add_nobody(&setting, closest);
    }

    fn push(&mut self, who: Who, cue: Option<usize>, because: &'static str, phrase: u32) {
        self.choice.next();
        let first = first(&self.phrases, phrase).unwrap_or(self.list.len());
        self.phrases.push(phrase);
        self.list.push(Candidate { who, cue, because, first });
    }

    /// Finds the quote's own cue and the nearest others, at its own level.
    #[inline(never)]
    fn look_around(&mut self, setting: &Setting) {
        let Setting { scene, quote, outer, window, .. } = *setting;
        let cues = scene.cues;
        let own = quote.cue.map(|cue| cue as usize);
        self.around.clear();
        self.around.extend(own.map(|cue| Near { distance: 0, cue, place: Place::Own }));
        let others = self.around.len();
        // "condemned the meeting, noting that": beside a quote's own cue one more may tell who speaks.
        let most = if own.is_some() { 2 } else { MOST_CUES };
        let mut look_at = |at: usize| {
            let cue = &cues[at];
            let is_near = cue.pair == quote.level && Some(at) != own;
            if is_near {
                let near = setting.near(at, cue);
                let place = others + self.around[others..].partition_point(|other| *other < near);
                self.around.insert(place, near);
                self.around.truncate(most);
            }
            is_near
        };
        let mut next = cues.partition_point(|cue| cue.tokens.end <= outer.start);
        let mut before = 0;
        for at in (0..next).rev() {
            if before == MOST_CUES || cues[at].tokens.start < window.start {
                break;
            }
            before += usize::from(look_at(at));
        }
        let mut after = 0;
        while after < MOST_CUES && cues.get(next).is_some_and(|cue| cue.tokens.end <= window.end) {
            let start = cues[next].tokens.start;
            // Those inside the quote are passed over at once: a quote may be as long as the text.
            if let Some(piece) = quote.piece_with(start) {
                next += cues[next..].partition_point(|cue| cue.tokens.start < piece.end);
                continue;
            }
            after += usize::from(look_at(next) && start >= outer.end);
            next += 1;
        }
    }

    /// The phrases beside a cue, which has some rank among those around the quote.
    #[inline(never)]
    fn add_subjects(&mut self, setting: &Setting, rank: usize) {
        let Setting { scene, kind, .. } = *setting;
        let Near { distance, cue: at, place } = self.around[rank];
        let cue = &scene.cues[at];
        let because = because(place);
        let is_own = u32::from(place == Place::Own);
        let (place, distance_range) = (place as u32, range(distance));
        let frames = u32::from(cue.frames.has(Frames::QUOTE))
            | u32::from(cue.frames.has(Frames::THING)) << 1
            | u32::from(cue.frames.has(Frames::AS)) << 2
            | u32::from(cue.frames.has(Frames::MIND)) << 3
            | u32::from(cue.frames.has(Frames::MANNER)) << 4;
        let shape = cue.shape as u32 | u32::from(cue.passive) << 5;
        let near = distance_range.min(3);
        let choice = &mut self.choice;
        choice.add(320, both(place, distance_range));
        choice.add(321, both(place, both(frames, distance_range.min(4))));
        choice.add(322, both(place, cue.number));
        choice.add(324, both(place, both(setting.end_sign, near)));
        choice.add(325, both(place, both(setting.before_mark, near)));
        choice.add(326, both(place, both(setting.situation, rank as u32)));
        choice.add(332, both(place, both(setting.after_mark, near)));
        let of_cue = choice.share();
        let Candidates { choice, list, phrases, beside, .. } = self;
        let beside = &mut beside[at % LAST_CUES];
        if beside.cue != Some(at) {
            beside.cue = Some(at);
            beside.joined = subjects::joined(scene.text, scene.syntax, cue);
            beside.subjects.clear();
            beside.subjects.reserve(subjects::MOST);
            let found = subjects(scene.text, scene.syntax, cue);
            beside.subjects.extend(found.map(|subject| Described { subject, known: None }));
        }
        let joined = beside.joined;
        for Described { subject, known } in &mut beside.subjects {
            let phrase = &scene.syntax.phrases[subject.phrase as usize];
            if setting.quote.piece_with(phrase.tokens.start).is_some() {
                continue;
            }
            let (after, rank) = (u32::from(subject.after), subject.rank.min(3));
            let is_previous = setting.previous_phrase == Some(subject.phrase);
            let (features, number) = known.get_or_insert_with(|| {
                let number = subjects::describe(scene.text, scene.syntax, (cue, joined), subject, choice);
                (choice.share(), number)
            });
            choice.copy(&of_cue);
            choice.copy(features);
            choice.add(323, both(both(place, kind), both(shape, after)));
            choice.add(328, both(place, both(*number, is_own)));
            choice.add(329, both(kind, *number));
            choice.add(333, both(u32::from(is_previous), place));
            choice.add(337, both(both(kind, place), both(after, rank)));
            setting.describe_content(subject.phrase, choice);
            choice.next();
            let first = first(phrases, subject.phrase).unwrap_or(list.len());
            phrases.push(subject.phrase);
            list.push(Candidate { who: Who::Phrase(subject.phrase), cue: Some(at), because, first });
        }
    }

    /// Names nearby, without a cue: a byline's pull quote, a name after a dash, the subject of the sentence before.
    #[inline(never)]
    fn add_names(&mut self, setting: &Setting, closest: u32) {
        let Setting { scene, outer, window, .. } = *setting;
        let syntax = scene.syntax;
        let beside_cues = self.list.len();
        let mut names = 0;
        for after in [false, true] {
            let most = if after { 2 * MOST_NAMES } else { MOST_NAMES };
            // What is not looked at yet.
            let mut rest =
                if after { TokenRange::new(outer.end, window.end) } else { TokenRange::new(window.start, outer.start) };
            let mut rank = 0;
            while names < most && !rest.is_empty() {
                let nearest = if after { syntax.first_in(rest) } else { syntax.last_in(rest) };
                let Some(phrase) = nearest else { break };
                let whole = &syntax.phrases[phrase as usize];
                let here = if after { whole.tokens.start.max(rest.start) } else { whole.tokens.end.min(rest.end) - 1 };
                let is_level = syntax.pair_of(here) == setting.quote.level;
                let is_new = first(&self.phrases, phrase).is_none_or(|first| first >= beside_cues);
                if is_level && is_new && setting.may_speak(whole) && setting.quote.piece_with(here).is_none() {
                    self.add_name(setting, closest, phrase, here, rank);
                    names += 1;
                    rank += 1;
                }
                let step = if is_level { whole.tokens.len() as u32 } else { 1 };
                if after {
                    rest.start = here + step;
                } else {
                    rest.end = (here + 1).saturating_sub(step);
                }
            }
        }
    }

    /// A phrase that is met at token `here`, after `rank` others on its side.
    fn add_name(&mut self, setting: &Setting, closest: u32, phrase: u32, here: u32, rank: u32) {
        let Setting { scene, outer, kind, .. } = *setting;
        let whole = &scene.syntax.phrases[phrase as usize];
        let after = here >= outer.end;
        let edge = if after { outer.end - 1 } else { outer.start };
        let same = u32::from(scene.text.sentence_of(here) == scene.text.sentence_of(edge));
        let opens = u32::from(whole.tokens.start == scene.text.sentence(here).tokens.start);
        let after = u32::from(after);
        let place = both(after, same);
        let choice = &mut self.choice;
        choice.add(350, both(after, both(rank, same)));
        choice.add(352, both(whole.kind as u32, place));
        choice.add(355, both(opens, place));
        // "Port chief ‘astonished’ by plan"
        let gap = edge.abs_diff(here).min(4);
        let block = scene.text.blocks[setting.block as usize].kind as u32;
        choice.add(356, both(block, both(kind, both(after, gap))));
        choice.add(357, both(closest, both(kind, both(opens, same))));
        setting.describe_content(phrase, choice);
        self.push(Who::Phrase(phrase), None, "name nearby", phrase);
    }

    /// Features of the speaker of another quote.
    #[inline(never)]
    fn add_speaker_of(&mut self, setting: &Setting, closest: u32, other: usize, template: u32) {
        let Setting { scene, quotes, quote, kind, situation, .. } = *setting;
        let before = &quotes[other];
        let end = before.cover_tokens().end;
        let gap = setting.outer.start.saturating_sub(end);
        let blocks = setting.block.saturating_sub(scene.text.sentence(end.saturating_sub(1)).block);
        let kinds = both(before.kind as u32, kind);
        let choice = &mut self.choice;
        choice.add(template, kinds);
        choice.add(template + 3, both(blocks.min(2), range(gap)));
        choice.add(template + 4, both(situation, blocks.min(2)));
        choice.add(template + 6, both(u32::from(quote.cue.is_some()), kinds));
        if template == AROUND {
            choice.add(template + 2, both(blocks.min(3), both(closest, kinds)));
            choice.add(template + 7, both(setting.before_mark, blocks.min(2)));
        }
    }

    fn add_nobody(&mut self, setting: &Setting, closest: u32) {
        let Setting { scene, quote, kind, .. } = *setting;
        let choice = &mut self.choice;
        choice.add(391, both(kind, closest));
        choice.add(394, scene.text.blocks[setting.block as usize].kind as u32);
        choice.add(395, u32::from(quote.cue.is_some()));
        choice.add(398, both(setting.first_person, both(kind, closest)));
        self.push(Who::Nobody, None, "", NONE);
    }
}

impl<'s> Setting<'s> {
    #[inline(never)]
    fn of(
        scene: &'s Scene<'s, 's>,
        quotes: &'s [Quote],
        index: usize,
        speaker_of: &dyn Fn(usize) -> Option<u32>,
    ) -> Setting<'s> {
        let text = scene.text;
        let quote = &quotes[index];
        let cover = quote.cover_tokens();
        // The marks are outside the tokens of a piece.
        let mark = u32::from(quote.kind != QuoteKind::Indirect && quote.cue.is_none());
        let outer = TokenRange::new(cover.start.saturating_sub(mark), (cover.end + mark).min(text.tokens.len() as u32));
        let (first, last) = (text.sentence_of(outer.start) as usize, text.sentence(outer.end - 1));
        let (before, first) = (first.checked_sub(1).map(|before| &text.sentences[before]), &text.sentences[first]);
        let after = text.sentences.get(text.sentence_of(outer.end - 1) as usize + 1);
        let after = after.filter(|after| after.block == last.block);
        let (block, last_block) = (text.block_tokens[first.block as usize], text.block_tokens[last.block as usize]);
        let starts_sentence = outer.start == first.tokens.start;
        let ends_sentence = outer.end == last.tokens.end;
        let starts_block = outer.start == block.start;
        let ends_block = outer.end >= last_block.end;
        let introduced = starts_block && is_introduced(text, first.block as usize);
        let window_start = before.filter(|_| starts_sentence).unwrap_or(first).tokens.start;
        let window_end = after.filter(|_| ends_sentence).unwrap_or(last).tokens.end;
        let last_inside = quote.tokens[quote.tokens.len() - 1].end.saturating_sub(1);
        let is_sign = text.tokens[last_inside as usize].kind == TokenKind::Punctuation;
        let kind = quote.kind as u32;
        let previous = previous_quote(quotes, index, quote);
        Setting {
            scene,
            quotes,
            quote,
            outer,
            window: TokenRange::new(
                window_start.max(outer.start.saturating_sub(WINDOW)),
                window_end.min(outer.end + WINDOW),
            ),
            introduced,
            block: first.block,
            kind,
            situation: both(
                kind,
                u32::from(starts_sentence)
                    | u32::from(ends_sentence) << 1
                    | u32::from(starts_block) << 2
                    | u32::from(ends_block) << 3,
            ),
            before_mark: if outer.start > block.start { word(text.of(outer.start - 1)) } else { u32::from(introduced) },
            end_sign: if is_sign { word(text.of(last_inside)) } else { 0 },
            after_mark: if outer.end < last_block.end { word(text.of(outer.end)) } else { 0 },
            previous,
            previous_phrase: previous.and_then(speaker_of),
            first_person: first_person(scene, quote),
        }
    }

    /// What the quote's own words tell of who may have said them: "I" is no ministry.
    fn describe_content(&self, phrase: u32, choice: &mut impl Choice) {
        let Setting { scene, kind, first_person, .. } = *self;
        let phrase = &scene.syntax.phrases[phrase as usize];
        choice.add(340, both(kind, both(first_person, phrase.kind as u32)));
    }

    /// How near a cue is that stands outside the quote.
    fn near(&self, index: usize, cue: &CueSite) -> Near {
        let Setting { scene, outer, .. } = *self;
        let (place, distance) = if cue.tokens.end <= outer.start {
            let first = scene.text.sentence_of(outer.start);
            let is_same =
                cue.sentence == first || self.introduced && cue.shape != CueShape::Colon && cue.sentence + 1 == first;
            (if is_same { Place::Before } else { Place::SentenceBefore }, outer.start - cue.tokens.end)
        } else if cue.tokens.start >= outer.end {
            let is_same = cue.sentence == scene.text.sentence_of(outer.end - 1);
            (if is_same { Place::After } else { Place::SentenceAfter }, cue.tokens.start - outer.end)
        } else {
            (Place::Between, 0)
        };
        Near { distance, cue: index, place }
    }

    /// Whether a phrase may speak without a cue beside it.
    fn may_speak(&self, phrase: &Phrase) -> bool {
        let by_name = phrase.mention().is_some_and(|mention| {
            let mention = &self.scene.identity.mentions[mention as usize];
            may_speak(mention.kind, mention.entity_type)
        });
        by_name || matches!(phrase.kind, PhraseKind::Pronoun | PhraseKind::Speaker)
    }
}

/// See [`Setting::first_person`].
fn first_person(scene: &Scene, quote: &Quote) -> u32 {
    let words = &scene.syntax.landmarks.first_person;
    let level = scene.syntax.pair_of(quote.tokens[0].start);
    let mut found = 0;
    let mut left = MOST_WORDS;
    for piece in &quote.tokens {
        let end = piece.end.min(piece.start.saturating_add(left));
        left -= end - piece.start;
        for &token in &words[TokenRange::new(piece.start, end).places_in(words)] {
            if scene.syntax.pair_of(token) == level {
                found |= match super::first_person_word(scene.text.of(token)) {
                    Some(true) => 1,
                    Some(false) => 2,
                    None => 0,
                };
            }
        }
    }
    found
}

/// The index of the first candidate that stands for a phrase.
fn first(phrases: &[u32], phrase: u32) -> Option<usize> {
    phrases.iter().position(|&other| other == phrase)
}

/// The quote around a fragment whose words it is part of: an indirect quote without another cue beside the fragment.
fn whole(scene: &Scene, quotes: &[Quote], quote: &Quote) -> Option<usize> {
    let parent = quote.parent?.0 as usize;
    let around = &quotes[parent];
    if quote.kind == QuoteKind::Indirect || around.kind != QuoteKind::Indirect || around.level != quote.level {
        return None;
    }
    let cover = around.cover_tokens();
    let from = scene.cues.partition_point(|cue| cue.tokens.start < cover.start);
    let fragment = quote.cover_tokens();
    let others = scene.cues[from..]
        .iter()
        .take_while(|cue| cue.tokens.end <= cover.end)
        .take(MOST_CUES)
        .filter(|cue| {
            let near = fragment.start.saturating_sub(cue.tokens.end) <= FARTHEST_OF_FRAGMENT
                && cue.tokens.start.saturating_sub(fragment.end) <= FARTHEST_OF_FRAGMENT;
            cue.pair == quote.level && near && cue.frames.has(Frames::QUOTE.and(Frames::THING).and(Frames::AS))
        })
        .count();
    // The cue of a clause may stand in its middle.
    let own = around.cue.is_some_and(|own| {
        let own = scene.cues[own as usize].tokens;
        cover.start < own.start && own.end < cover.end
    });
    (others <= usize::from(own)).then_some(parent)
}

fn because(place: Place) -> &'static str {
    match place {
        Place::Own => "subject of the cue",
        Place::Between => "cue inside",
        Place::After => "cue after",
        Place::Before => "cue before",
        Place::SentenceAfter => "cue in the sentence after",
        Place::SentenceBefore => "cue in the sentence before",
    }
}

/// The last quote before this one at its level.
pub(super) fn previous_quote(quotes: &[Quote], index: usize, of: &Quote) -> Option<usize> {
    (index.saturating_sub(8)..index).rev().find(|&other| {
        let before = &quotes[other];
        before.level == of.level
            && before.cover().end <= of.cover().start
            && Some(other) != of.parent.map(|parent| parent.0 as usize)
    })
}
