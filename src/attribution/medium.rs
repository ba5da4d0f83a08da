//! Cues, their subjects and what stands beside them to the medium of a quote: spoken, posted or written.

use super::candidates::previous_quote;
use super::{Attribution, Who};
use crate::annotation::{EntityType, Medium, QuoteKind};
use crate::lexicon::cues::{self, Frames};
use crate::lexicon::grammar::Parts;
use crate::quote::Quote;
use crate::quote::marked::Scene;
use crate::quote::phrases::{Phrase, PhraseKind};
use crate::text::{Case, TokenKind};

/// Tokens before and behind a cue that are searched for "in a statement", "on Twitter".
const NEAR: u32 = 24;
/// Tokens before a cue that are searched for something posted or written.
const FARTHEST: u32 = 40;

/// Where a quote was first said. `done` are the attributions of the quotes before it, `who` is the candidate that became its speaker.
pub fn medium(
    scene: &Scene,
    quotes: &[Quote],
    index: usize,
    attribution: &Attribution,
    who: Who,
    done: &[Attribution],
) -> Medium {
    let quote = &quotes[index];
    if let Some(medium) = quote.medium {
        return medium;
    }
    // What goes on goes on in its medium, and a post holds nothing but posted words.
    if let Who::SpeakerOf(other) = who {
        return done[other].medium;
    }
    let frames = attribution.cue.map(|cue| scene.cues[cue as usize].frames).unwrap_or_default();
    // A tweet stays one in a letter that quotes it.
    if frames.has(Frames::POST) {
        return Medium::Post;
    }
    let parent = quote.parent.map(|parent| parent.0 as usize);
    if let Some(parent) = parent.filter(|&parent| quotes[parent].kind != QuoteKind::Indirect)
        && done[parent].medium != Medium::Speech
    {
        return done[parent].medium;
    }
    let phrase = attribution.speaker.as_ref().map(|speaker| &scene.syntax.phrases[speaker.phrase as usize]);
    let is_handle =
        phrase.is_some_and(|phrase| scene.text.tokens[phrase.tokens.start as usize].kind == TokenKind::Handle);
    let kind = phrase.map(|phrase| kind_of(scene, phrase));
    if is_handle || kind == Some(PhraseKind::Post) {
        return Medium::Post;
    }
    if matches!(kind, Some(PhraseKind::Document | PhraseKind::Report)) {
        return Medium::Document;
    }
    let beside = attribution.cue.and_then(|cue| beside(scene, quote, cue as usize));
    if let Some(medium) = beside {
        return medium;
    }
    // "police ordered him to move" is said, what "a judge ordered" is written.
    let is_said =
        |cue: &u32| scene.cues[*cue as usize].lemma == "order" && !phrase.is_some_and(|by| is_court(scene, by));
    if let Some(cue) = attribution.cue.filter(|cue| frames.has(Frames::DOCUMENT) && !is_said(cue)) {
        let is_written = matches!(scene.cues[cue as usize].lemma, "write" | "read");
        let told = is_written.then(|| told_before(scene, quote, cue as usize, false)).flatten();
        return told.unwrap_or(Medium::Document);
    }
    // "There was a sign. It said: “…”"
    let is_thing = matches!(kind, Some(PhraseKind::Neuter | PhraseKind::Someone))
        && attribution.speaker.as_ref().is_some_and(|speaker| speaker.entity.is_none());
    if let Some(cue) = attribution.cue.filter(|_| is_thing) {
        return told_before(scene, quote, cue as usize, true).unwrap_or(Medium::Speech);
    }
    continued(scene, quotes, index, attribution, done).unwrap_or(Medium::Speech)
}

/// "a federal judge", "the High Court"
fn is_court(scene: &Scene, phrase: &Phrase) -> bool {
    phrase.tokens.indices().any(|token| {
        let key = scene.reading.key(token as u32);
        matches!(key, "court" | "courts" | "judge" | "judges" | "justice" | "justices" | "tribunal" | "magistrate")
    })
}

/// The kind of a phrase, or, where that tells nothing, of what it is of: "a copy of the letter".
fn kind_of(scene: &Scene, phrase: &Phrase) -> PhraseKind {
    let of = phrase.tokens.end;
    let is_open = matches!(phrase.kind, PhraseKind::Other | PhraseKind::Someone)
        && (of as usize) < scene.text.tokens.len()
        && scene.reading.key(of) == "of";
    let whole = is_open.then(|| scene.syntax.phrase(of + 1)).flatten();
    whole.map_or(phrase.kind, |whole| whole.kind)
}

/// "The company said in a statement that it was sorry. It added that …": an organisation goes on in the medium of its words in the
/// sentence before, or in the same one, and so does whoever adds something.
fn continued(
    scene: &Scene,
    quotes: &[Quote],
    index: usize,
    attribution: &Attribution,
    done: &[Attribution],
) -> Option<Medium> {
    let (text, quote) = (scene.text, &quotes[index]);
    let entity = attribution.speaker.as_ref()?.entity?;
    let start = quote.cover_tokens().start;
    let before = previous_quote(quotes, index, quote)?;
    let [earlier, later] = [quotes[before].cover_tokens().end - 1, start].map(|token| text.sentence_of(token));
    let is_near =
        later <= earlier + 1 && text.sentences[earlier as usize].block == text.sentences[later as usize].block;
    let adds = attribution.cue.is_some_and(|cue| matches!(scene.cues[cue as usize].lemma, "add" | "continue"));
    let is_organization = scene.identity.entities[entity.0 as usize].entity_type == EntityType::Organization;
    let goes_on = is_near && (is_organization || adds) && done[before].speaker.as_ref()?.entity == Some(entity);
    goes_on.then_some(done[before].medium)
}

/// "Lanuza denied it on Facebook. “…,” he wrote": what is written and nothing tells where, stands where the sentences before it in its
/// block tell of something posted or written last; `by_noun` where only a thing counts, a letter or a post, and no verb or place.
fn told_before(scene: &Scene, quote: &Quote, cue: usize, by_noun: bool) -> Option<Medium> {
    let (text, syntax) = (scene.text, scene.syntax);
    let site = &scene.cues[cue];
    let block = text.sentences[site.sentence as usize].block as usize;
    let first = text.block_tokens[block].start.max(site.tokens.start.saturating_sub(FARTHEST));
    let told = |token: u32| {
        let word = syntax.word(token);
        let is_outside = syntax.pair_of(token) == site.pair && quote.piece_with(token).is_none();
        let posts = word.cue.is_some_and(|cue| cues::starting_with(cue)[0].frames.has(Frames::POST));
        let is_noun = text.tokens[token as usize].case == Case::Lower && syntax.in_phrase(token);
        if !is_outside || text.tokens[token as usize].kind != TokenKind::Word || by_noun && !is_noun {
            None
        } else if posts || word.is(Parts::POST) || text.of(token) == "X" {
            Some(Medium::Post)
        } else {
            (word.is(Parts::DOCUMENT) && (by_noun || !word.is(Parts::VERB))).then_some(Medium::Document)
        }
    };
    (first..site.tokens.start).rev().find_map(told)
}

/// "said in a statement", "wrote on Bluesky", "In a letter to parents, …": the medium that a cue's sentence names outside the
/// quoted words, nearest to the cue first.
fn beside(scene: &Scene, quote: &Quote, cue: usize) -> Option<Medium> {
    let (text, syntax) = (scene.text, scene.syntax);
    let site = &scene.cues[cue];
    let sentence = text.sentence(site.tokens.start).tokens;
    let last = sentence.end.min(site.tokens.end + NEAR);
    let first = sentence.start.max(site.tokens.start.saturating_sub(NEAR));
    let named = |token: u32| {
        if quote.piece_with(token).is_some() || syntax.pair_of(token) != site.pair || token + 1 >= sentence.end {
            return None;
        }
        let preposition = scene.reading.key(token);
        if !matches!(preposition, "in" | "on" | "via" | "by" | "through" | "to" | "of" | "from") {
            return None;
        }
        let phrase = syntax.phrase(token + 1).filter(|phrase| phrase.tokens.start == token + 1)?;
        // "in one of the posts"
        let is_chosen = preposition != "of" || token > sentence.start && scene.reading.key(token - 1) == "one";
        is_chosen.then(|| place(scene, site.frames, preposition, phrase)).flatten()
    };
    // A plain loop: filtered and searched as an iterator, each token is a call.
    for token in (site.tokens.end..last).chain((first..site.tokens.start).rev()) {
        if syntax.is(token, Parts::PREPOSITION)
            && let Some(medium) = named(token)
        {
            return Some(medium);
        }
    }
    None
}

/// What the phrase after a preposition tells of where words were published.
fn place(scene: &Scene, frames: Frames, preposition: &str, phrase: &Phrase) -> Option<Medium> {
    let (text, syntax) = (scene.text, scene.syntax);
    let mut head = phrase.tokens.end - 1;
    // "in a statement Thursday"
    while phrase.kind == PhraseKind::Time
        && head > phrase.tokens.start
        && (syntax.in_name(head) || syntax.is(head, Parts::TIME))
    {
        head -= 1;
    }
    let is_any = |parts: Parts| phrase.tokens.indices().any(|token| syntax.is(token as u32, parts));
    let is_media = scene.reading.key(head) == "media"
        && phrase.tokens.indices().any(|token| scene.reading.key(token as u32) == "social");
    // "said by text", "in a text message to her": but "in the text of the treaty".
    let is_text = |token: u32| matches!(scene.reading.key(token), "text" | "texts");
    let is_message = match scene.reading.key(head) {
        "text" | "texts" => preposition == "by" || scene.reading.key(phrase.tokens.start) == "a",
        "message" | "messages" => phrase.tokens.len() > 1 && is_text(head - 1),
        _ => false,
    };
    let is_x = matches!(text.of(head), "X" | "X.") && phrase.tokens.len() == 1;
    let is_post = match preposition {
        "on" => is_any(Parts::POST) || is_media || is_x,
        "in" | "via" | "by" | "through" | "of" => {
            syntax.is(head, Parts::POST) && text.tokens[head as usize].case == Case::Lower
        }
        _ => false,
    };
    // "took to Facebook"; "wrote on Bluesky": a platform whatever its name is.
    let takes = preposition == "to" && frames.has(Frames::POST) && is_any(Parts::POST);
    let is_name = syntax.in_name(head) && phrase.tokens.indices().all(|token| text.tokens[token].case != Case::Lower);
    let is_platform = preposition == "on"
        && frames.has(Frames::DOCUMENT)
        && is_name
        && !matches!(phrase.kind, PhraseKind::Time | PhraseKind::Place);
    // "from her X account", "on his verified Facebook page"
    let is_account = matches!(scene.reading.key(head), "account" | "handle" | "page" | "profile" | "feed" | "timeline")
        && (is_any(Parts::POST) || phrase.tokens.indices().any(|token| text.of(token as u32) == "X"));
    if is_post || is_message || takes || is_platform || is_account {
        return Some(Medium::Post);
    }
    let is_spoken = matches!(
        scene.reading.key(head),
        "speech" | "address" | "testimony" | "motion" | "figures" | "numbers" | "data"
    );
    // Of "e-mail" the second half.
    let is_document = matches!(preposition, "in" | "via" | "by" | "through")
        && (syntax.is(head, Parts::DOCUMENT) || scene.reading.key(head) == "mail")
        && text.tokens[head as usize].case == Case::Lower
        && !is_spoken;
    is_document.then_some(Medium::Document)
}

#[cfg(test)]
mod tests {
    use crate::annotation::Medium;
    use crate::{Options, analyze};

    fn media(source: &str) -> Vec<Medium> {
        let annotation = analyze(source, &Options::default()).unwrap();
        annotation.quotes.iter().map(|quote| quote.medium).collect()
    }

    #[test]
    fn what_is_written_after_a_post_is_posted() {
        use Medium::{Document, Post, Speech};
        assert_eq!(media("Ana Ruiz denied it on Facebook. “I was not there,” she wrote."), [Post]);
        assert_eq!(media("Ana Ruiz sent a letter to the board. “I was not there,” she wrote."), [Document]);
        assert_eq!(media("Ana Ruiz denied it on Facebook. “I was not there,” she said in court."), [Speech]);
    }

    #[test]
    fn an_account_is_a_place_for_posts() {
        for place in ["from her X account", "on her verified Facebook page"] {
            assert_eq!(media(&format!("Ana Ruiz replied {place}: “I was not there.”")), [Medium::Post]);
        }
        assert_eq!(media("Ana Ruiz replied from her bank account: “I was not there.”"), [Medium::Speech]);
    }

    #[test]
    fn messages_are_posts_and_e_mail_is_a_document() {
        assert_eq!(media("“Stay away from us,” Ana Ruiz texted on Monday."), [Medium::Post]);
        assert_eq!(media("Ana Ruiz said in a text message that it was over."), [Medium::Post]);
        assert_eq!(media("Ana Ruiz said by e-mail that it was over."), [Medium::Document]);
    }

    #[test]
    fn an_organisation_goes_on_in_its_statement() {
        let said = "The Danish Refugee Council said in a statement Thursday that two men had died.";
        assert_eq!(media(&format!("{said} It added that a third was missing.")), [Medium::Document; 2]);
        let other = "“We need boats,” said Ana Ruiz, a fisherman.";
        assert_eq!(media(&format!("{said} {other}")), [Medium::Document, Medium::Speech]);
    }

    #[test]
    fn whoever_adds_something_goes_on_in_its_medium() {
        use Medium::{Document, Post, Speech};
        let said = "“We lost,” Maria Cole wrote on Facebook.";
        assert_eq!(media(&format!("{said} “I am sorry,” she added.")), [Post; 2]);
        assert_eq!(media(&format!("{said} “I am sorry,” she told reporters.")), [Post, Speech]);
        assert_eq!(media("A sign hung on the door. It said: “Ring twice.”"), [Document]);
    }

    #[test]
    fn a_court_orders_in_writing() {
        assert_eq!(media("A federal judge ordered the firm to publish its records."), [Medium::Document]);
        assert_eq!(media("Police ordered him to move his van."), [Medium::Speech]);
    }

    #[test]
    fn what_is_of_a_document_is_one() {
        assert_eq!(media("A copy of the letter says that the bridge would close."), [Medium::Document]);
        assert_eq!(media("One of the critics of the report says that the bridge would close."), [Medium::Speech]);
    }
}
