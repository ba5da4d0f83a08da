//! Who speaks where no name stands: the author's "I" outside quotation marks, and "Q:" and "A:" of an interview.

use super::Resolved;
use super::anaphora::Quoted;
use super::join::Joined;
use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::ner::Mention;
use crate::text::{Text, TokenKind, TokenRange};

/// Questions, and answers, that make an interview of a text.
const TURNS: usize = 2;

/// The author's first person and the turns of an interview, as mentions. `quoted` tells for each token whether it stands in
/// quotation marks. Linear.
#[inline(never)]
pub(super) fn resolve(text: &Text, names: &[Mention], joined: &Joined, quoted: &Quoted) -> Vec<Resolved> {
    let author = author(text, names, joined);
    let turns: Vec<(u32, bool)> = (0..text.blocks.len()).filter_map(|block| turn(text, block)).collect();
    let asked = turns.iter().filter(|(_, is_question)| *is_question).count();
    let is_interview = asked >= TURNS && turns.len() - asked >= TURNS;
    let guest = turns.first().filter(|_| is_interview).and_then(|&(first, _)| guest(text, names, joined, first));
    let mut resolved = Vec::new();
    let mut add = |token: u32, kind: MentionKind, cluster: usize, because: &'static str| {
        let tokens = TokenRange::new(token, token + 1);
        let at = names.partition_point(|name| name.tokens.end <= token);
        if names.get(at).is_none_or(|name| name.tokens.start > token) {
            let (span, entity_type) = (text.span(tokens), EntityType::Person);
            let mention = Mention { span, tokens, entity_type, kind, confidence: 0.75, because, value: None };
            resolved.push(Resolved { mention, cluster });
        }
    };
    if is_interview {
        for &(token, is_question) in &turns {
            if let Some(cluster) = if is_question { author } else { guest } {
                add(token, MentionKind::Nominal, cluster, "turn of an interview");
            }
        }
    }
    let Some(author) = author else { return resolved };
    let lines = || text.turns.iter().flat_map(|turn| &turn.lines);
    let turns = TokenRange::new(lines().next().map_or(0, |line| line.start), lines().last().map_or(0, |line| line.end));
    for (block, tokens) in text.blocks.iter().zip(&text.block_tokens) {
        let is_told = matches!(block.kind, BlockKind::Paragraph | BlockKind::Headline | BlockKind::Standfirst);
        // "A: I did.", "Ruiz: I did.": somebody else's words.
        let is_turn = (tokens.start..tokens.end.min(tokens.start + 6)).any(|token| text.of(token) == ":");
        if !is_told || is_turn || is_interview || turns.overlaps(*tokens) {
            continue;
        }
        for token in tokens.start..tokens.end {
            // The first letter tells nearly all words apart from these.
            let first = text.source.as_bytes()[text.tokens[token as usize].span.start as usize];
            if !matches!(first, b'I' | b'M' | b'm') {
                continue;
            }
            let written = text.of(token);
            let is_it = matches!(written, "I" | "me" | "Me" | "my" | "My" | "myself" | "Myself")
                || matches!(written, "mine" | "Mine") && is_mine(text, token);
            // "World War I", "Article I": a number.
            let is_number = token > tokens.start
                && written == "I"
                && text.of(token - 1).starts_with(char::is_uppercase)
                && text.sentence(token).tokens.start + 1 < token;
            if is_it && quoted.of(token) == 0 && !is_number {
                add(token, MentionKind::Pronoun, author, "the author's first person");
            }
        }
    }
    resolved
}

/// "That one is mine", "a friend of mine": what is dug for ore is none, nor what explodes.
pub(crate) fn is_mine(text: &Text, token: u32) -> bool {
    let sentence = text.sentence(token).tokens;
    let at = |token: u32| if sentence.holds(token) { text.of(token) } else { "" };
    let ends = |word: &str| {
        !word.starts_with(|c: char| c.is_alphanumeric() || c == '-')
            || matches!(
                word,
                "and"
                    | "are"
                    | "as"
                    | "but"
                    | "from"
                    | "in"
                    | "is"
                    | "now"
                    | "or"
                    | "that"
                    | "to"
                    | "was"
                    | "were"
                    | "who"
            )
    };
    let before = at(token.wrapping_sub(1));
    ends(at(token + 1))
        && match before {
            "of" | "is" | "are" | "was" | "were" | "be" | "been" | "'s" | "’s" | "than" | "like" | "not" | "all" => {
                true
            }
            // "Mine is older."
            _ => {
                (token == sentence.start || text.of(token) == "Mine")
                    && matches!(at(token + 1), "is" | "was" | "are" | "were")
            }
        }
}

/// The one person in the bylines.
fn author(text: &Text, names: &[Mention], joined: &Joined) -> Option<usize> {
    let mut author = None;
    for (name, &cluster) in names.iter().zip(&joined.cluster_of) {
        let block = text.sentence(name.tokens.start).block;
        if name.entity_type != EntityType::Person || text.blocks[block as usize].kind != BlockKind::Byline {
            continue;
        }
        if author.is_some_and(|author| author != cluster) {
            return None;
        }
        author = Some(cluster);
    }
    author
}

/// The person named most before the first turn, bylines and captions apart; the first of equal ones.
fn guest(text: &Text, names: &[Mention], joined: &Joined, first: u32) -> Option<usize> {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for (name, &cluster) in
        names.iter().zip(&joined.cluster_of).take_while(|(name, _)| name.tokens.start < first).take(64)
    {
        let kind = text.blocks[text.sentence(name.tokens.start).block as usize].kind;
        if name.entity_type != EntityType::Person || matches!(kind, BlockKind::Byline | BlockKind::Credit) {
            continue;
        }
        match counts.iter_mut().find(|(known, _)| *known == cluster) {
            Some((_, count)) => *count += 1,
            None => counts.push((cluster, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.iter().find(|(_, count)| *count == most).map(|(cluster, _)| *cluster)
}

/// "Q: …", "A. …" at the start of a block: its token, and whether it is a question.
fn turn(text: &Text, block: usize) -> Option<(u32, bool)> {
    let tokens = text.block_tokens[block];
    if tokens.len() < 3 || text.tokens[tokens.start as usize].kind != TokenKind::Word {
        return None;
    }
    let (letter, sign) = match text.of(tokens.start) {
        "Q." | "A." => (&text.of(tokens.start)[..1], ":"),
        letter => (letter, text.of(tokens.start + 1)),
    };
    (matches!(letter, "Q" | "A") && matches!(sign, ":" | ".")).then_some((tokens.start, letter == "Q"))
}

#[cfg(test)]
mod tests {
    use super::super::resolve;
    use super::super::tests::mention;
    use super::*;
    use crate::lexicon::Reading;

    /// Names and what joins each of them, of a text with one byline.
    fn joined(source: &str, people: &[&str]) -> Vec<Vec<String>> {
        let text = Text::read(source);
        let mut names: Vec<Mention> = people.iter().map(|name| mention(&text, name, 0, EntityType::Person)).collect();
        names.sort_by_key(|name| name.span.start);
        let identity = resolve(&text, &Reading::of(&text), names, &[]);
        let of = |id: &super::super::MentionId| identity.mentions[id.0 as usize].span.of(source).to_owned();
        identity.entities.iter().map(|entity| entity.mentions.iter().map(of).collect()).collect()
    }

    #[test]
    fn outside_quotation_marks_i_am_the_author() {
        let source = "The diner is not a focus group\n\nBy Chad Mercer\n\nI think about Effie Karras a lot, since my aunt knew World War I. “I said no,” Effie answered.\n";
        let found = joined(source, &["Chad Mercer", "Effie Karras"]);
        assert_eq!(found[0], ["Chad Mercer", "I", "my"]);
    }

    #[test]
    fn a_mine_may_be_mine() {
        let is_it = |source: &str| {
            let text = Text::read(source);
            let token = (0..text.tokens.len() as u32).find(|&token| text.of(token).eq_ignore_ascii_case("mine"));
            is_mine(&text, token.expect(source))
        };
        for source in ["That goat is mine.", "She is a friend of mine and yours.", "Mine is older."] {
            assert!(is_it(source), "{source}");
        }
        for source in
            ["A canary in the coal mine.", "They mine gold.", "He spoke of mine safety.", "The mine was shut."]
        {
            assert!(!is_it(source), "{source}");
        }
    }

    #[test]
    fn two_authors_have_no_i() {
        let source = "The diner is not a focus group\n\nBy Chad Mercer and Ana Ruiz\n\nI think a lot about what they said to me.\n";
        assert_eq!(joined(source, &["Chad Mercer", "Ana Ruiz"]), [["Chad Mercer"], ["Ana Ruiz"]]);
    }

    #[test]
    fn the_turns_of_an_interview_are_its_author_and_its_guest() {
        let source = "The censor read it\n\nBy Sophie Brand\n\nMahin Deylami left Rasht on foot.\n\nQ: Why?\n\nA: Because I had to.\n\nQ: And then?\n\nA: Then I wrote.\n";
        let found = joined(source, &["Sophie Brand", "Mahin Deylami"]);
        assert_eq!(found, [["Sophie Brand", "Q", "Q"], ["Mahin Deylami", "A", "A"]]);
        // One question is no interview.
        let source = "By Sophie Brand\n\nMahin Deylami left.\n\nQ: Why?\n\nA: Because.\n";
        assert_eq!(joined(source, &["Sophie Brand", "Mahin Deylami"]).concat(), ["Sophie Brand", "Mahin Deylami"]);
    }
}
