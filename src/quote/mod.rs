//! Pairs of marks and reporting cues to quotes: direct, partial, indirect, nested.
//!
//! 1. [`phrases`] finds noun phrases.
//! 2. [`cues`] finds reporting expressions.
//! 3. [`marked`] says what each pair of marks is.
//! 4. [`indirect`] finds reported words without marks.
//! 5. [`dialogue`] finds the turns of a printed conversation, [`interview`] those without labels, [`sources`] what a headline
//!    reports of its source, [`unopened`] quotations without their opening mark, [`signers`] who is named below or beside one.
//! 6. [`subjects`] lists who may be meant beside a cue, for the next module.
//!
//! Decisions are taken by [`scorer`] among the candidates of a [`choice`].

pub mod choice;
mod chunker;
pub mod cues;
pub mod dialogue;
pub mod indirect;
mod interview;
mod landmarks;
pub mod marked;
mod natures;
mod numbers;
pub mod phrases;
pub mod scorer;
pub mod signers;
mod sources;
pub mod subjects;
#[cfg(feature = "cli")]
pub mod train;
mod unopened;
pub(crate) mod words;

use crate::annotation::{Medium, QuoteFlag, QuoteKind};
use crate::identity::Identity;
use crate::lexicon::Reading;
use crate::sorting::sort_by_key;
use crate::span::Span;
use crate::text::{Case, MarkPair, MarkRole, Text, TokenRange};
use choice::Scores;
use cues::{CueShape, CueSite};
use dialogue::{Author, Form, Turn};
use indirect::{Clause, Marks};
use marked::{Decision, Scene};
use phrases::Syntax;
use scorer::{Task, Weights};

/// Index of a quote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct QuoteId(pub u32);

/// Somebody's words, before it is known whose.
#[derive(Clone, PartialEq, Debug)]
pub struct Quote {
    /// How they are reported.
    pub kind: QuoteKind,
    /// The content, marks outside; in text order.
    pub pieces: Vec<Span>,
    /// The tokens of each piece.
    pub tokens: Vec<TokenRange>,
    /// Index in [`Findings::cues`] of what reports it, as far as that is known without its speaker.
    pub cue: Option<u32>,
    /// The quote around this one.
    pub parent: Option<QuoteId>,
    /// Who signs it, where somebody does.
    pub author: Author,
    /// Where it was first said, as far as that is known without its speaker.
    pub medium: Option<Medium>,
    /// Innermost pair of marks around it, [`phrases::NONE`] outside all: the level at which its cue and speaker stand.
    pub level: u32,
    /// What is unusual.
    pub flags: Vec<QuoteFlag>,
    /// 0 to 1.
    pub confidence: f32,
    /// The rule that found it.
    pub because: &'static str,
}

impl Quote {
    /// From the first piece's start to the last one's end.
    pub fn cover(&self) -> Span {
        self.pieces[0].cover(self.pieces[self.pieces.len() - 1])
    }

    /// Adds the words between two marks, which may stand in different blocks: a piece for each block that has some of them.
    fn add(&mut self, text: &Text, content: Span, tokens: TokenRange) {
        let before = self.pieces.len();
        for (piece, block) in by_block(text, tokens) {
            let span = if piece == tokens { content } else { text.span(piece) };
            let start = span.start.max(content.start).max(block.start);
            let end = span.end.min(content.end).min(block.end);
            // Of a block where a full stop stands alone behind the opening mark nothing is content.
            if start < end {
                self.pieces.push(Span::new(start, end));
                self.tokens.push(piece);
            }
        }
        if self.pieces.len() == before {
            // Signs that are no token.
            self.pieces.push(content);
            self.tokens.push(tokens);
        }
    }

    /// The tokens of the piece that a token lies in. Logarithmic: a quote of a whole text may have as many pieces as sentences.
    pub fn piece_with(&self, token: u32) -> Option<TokenRange> {
        if !self.cover_tokens().holds(token) {
            return None;
        }
        let piece = self.tokens.get(self.tokens.partition_point(|piece| piece.end <= token));
        piece.copied().filter(|piece| piece.holds(token))
    }

    /// The tokens from the first piece's start to the last one's end.
    pub fn cover_tokens(&self) -> TokenRange {
        TokenRange::new(self.tokens[0].start, self.tokens[self.tokens.len() - 1].end)
    }
}

/// What this module found, and what the next one needs.
pub struct Findings<'r> {
    /// Phrases and words.
    pub syntax: Syntax<'r>,
    /// All reporting expressions, in order.
    pub cues: Vec<CueSite>,
    /// All quotes, in order of their first piece, outer ones before inner ones.
    pub quotes: Vec<Quote>,
}

impl Findings<'_> {
    /// The tokens that may be of the first person, in order.
    pub fn first_person(&self) -> &[u32] {
        &self.syntax.landmarks.first_person
    }
}

/// Finds the quotes of a text. Linear in the text's length.
pub fn find<'r>(text: &Text, reading: &'r Reading, identity: &Identity) -> Findings<'r> {
    find_with(scorer::weights(), text, reading, identity)
}

/// [`find`] by other weights: those that are being trained.
pub fn find_with<'r>(weights: &Weights, text: &Text, reading: &'r Reading, identity: &Identity) -> Findings<'r> {
    let mut syntax = Syntax::of(text, reading, identity);
    let cues = cues::find(text, reading, &syntax);
    let scene = Scene { text, reading, identity, syntax: &syntax, cues: &cues };
    let decisions = marked::classify(&scene, weights);
    let marks = Marks::of(&scene, |pair| decisions[pair].kind);
    let turns = match text.turns.is_empty() {
        true => dialogue::find(text, reading, &syntax, &cues),
        false => interview::find(&scene),
    };
    let sourced = sources::find(&scene);
    let unopened = unopened::find(&scene);
    let mut clauses = indirect::find(&scene, &marks, weights);
    let mut introducing: Vec<u32> = turns.iter().chain(&sourced).chain(&unopened).filter_map(|turn| turn.cue).collect();
    sort_by_key(&mut introducing, |cue| *cue);
    clauses.retain(|clause| introducing.binary_search(&(clause.cue as u32)).is_err());
    let first = |turn: &Turn| turn.pieces[0].start;
    let covers = |clause: &Clause| sourced.binary_search_by_key(&clause.pieces[0].start, first).is_ok();
    clauses.retain(|clause| !covers(clause));
    let mut quotes = join_pairs(&scene, weights, &decisions);
    quotes.reserve_exact(clauses.len() + turns.len() + sourced.len() + unopened.len());
    quotes.extend(clauses.iter().filter_map(|clause| reported(&scene, clause)));
    quotes.extend(turns.iter().chain(&sourced).chain(&unopened).map(|turn| spoken(text, turn)));
    let quotes = nest(quotes);
    // Nobody asks for the others any more.
    syntax.landmarks.keep_first_person();
    Findings { syntax, cues, quotes }
}

/// Pairs to quotes: those that are one quotation joined.
#[inline(never)]
fn join_pairs(scene: &Scene, weights: &Weights, decisions: &[Decision]) -> Vec<Quote> {
    let text = scene.text;
    let mut choice = Scores::of(weights, Task::Join);
    let most = decisions.iter().filter(|decision| decision.kind.is_some()).count();
    let mut quotes: Vec<Quote> = Vec::with_capacity(most);
    // The pair that ends the last quote of each depth; deeper ones are forgotten where a shallower one starts.
    let mut last: Vec<Option<(usize, usize)>> = Vec::new();
    for (index, pair) in text.marks.iter().enumerate() {
        let Some(kind) = decisions[index].kind else { continue };
        let mut depth = 0;
        let mut parent = pair.parent;
        while let Some(outer) = parent {
            depth += 1;
            parent = text.marks[outer as usize].parent;
        }
        last.resize(depth + 1, None);
        let label = label(scene, index);
        if let Some((earlier_index, quote)) = last[depth].filter(|_| label.is_none()) {
            let earlier = &text.marks[earlier_index];
            let kinds = [decisions[earlier_index].kind.unwrap_or(kind), kind];
            let goes_on = continues(text, earlier_index, index);
            let joined = goes_on
                || marked::may_join(scene, earlier, pair) && {
                    marked::join_candidates(scene, earlier, pair, kinds, &mut choice);
                    choice.probabilities()[1] > 0.5
                };
            if joined {
                let quote: &mut Quote = &mut quotes[quote];
                quote.add(text, pair.content, pair.inside());
                // A quotation that its next paragraph takes up lacks no mark.
                if goes_on {
                    quote.flags.retain(|flag| *flag != QuoteFlag::Unclosed);
                    if kind == QuoteKind::Direct {
                        quote.kind = kind;
                    }
                }
                flag(quote, pair.role, pair.mismatched);
                last[depth] = Some((index, last[depth].map_or(0, |last| last.1)));
                continue;
            }
        }
        let inside = label.map_or(pair.inside(), |cue| TokenRange::new(scene.cues[cue].tokens.end, pair.inside().end));
        let content = label.map_or(pair.content, |_| Span::new(text.span(inside).start, pair.content.end));
        let mut quote = Quote {
            kind,
            pieces: Vec::with_capacity(1),
            tokens: Vec::with_capacity(1),
            cue: label.map(|cue| cue as u32),
            parent: None,
            author: signers::of(scene, pair),
            medium: None,
            level: pair.parent.unwrap_or(phrases::NONE),
            flags: Vec::new(),
            confidence: decisions[index].confidence,
            because: "quotation marks",
        };
        quote.add(text, content, inside);
        flag(&mut quote, pair.role, pair.mismatched);
        last[depth] = Some((index, quotes.len()));
        quotes.push(quote);
    }
    quotes
}

/// “RUIZ: We will go on.”: the colon, among the cues, after a label inside the marks of a paragraph.
fn label(scene: &Scene, pair: usize) -> Option<usize> {
    let text = scene.text;
    let MarkPair { open, close, .. } = text.marks[pair];
    let starts_block = text.block_tokens[text.sentence(open).block as usize].start == open;
    let from = scene.cues.partition_point(|cue| cue.tokens.start <= open + 1);
    let cue = scene.cues.get(from).filter(|_| starts_block)?;
    let is_label = cue.shape == CueShape::Colon
        && cue.pair == pair as u32
        && cue.tokens.start <= open + LONGEST_LABEL
        && cue.tokens.end < close
        && (open + 1..cue.tokens.start).all(|token| text.tokens[token as usize].case == Case::Upper);
    is_label.then_some(from)
}

/// The longest label inside marks, in tokens.
const LONGEST_LABEL: u32 = 4;

fn flag(quote: &mut Quote, role: MarkRole, mismatched: bool) {
    let mut add = |flag: QuoteFlag, is: bool| {
        if is && !quote.flags.contains(&flag) {
            quote.flags.push(flag);
        }
    };
    add(QuoteFlag::Unclosed, role == MarkRole::Unclosed);
    add(QuoteFlag::Mismatched, mismatched);
}

/// Whether a pair that its block's end closes is taken up by one at the next block's start.
pub fn continues(text: &Text, earlier: usize, later: usize) -> bool {
    let (earlier, later) = (&text.marks[earlier], &text.marks[later]);
    let block = text.sentence(earlier.open).block as usize;
    // "had spared “the mafias": a fragment that lacks its mark goes on nowhere.
    let is_whole = text.tokens.get(earlier.open as usize + 1).is_some_and(|first| first.case != Case::Lower);
    earlier.role == MarkRole::Unclosed
        && is_whole
        && earlier.close == text.block_tokens[block].end
        && text.block_tokens.get(block + 1).is_some_and(|next| next.start == later.open)
}

/// A turn of a conversation as a quote.
fn spoken(text: &Text, turn: &Turn) -> Quote {
    Quote {
        kind: if turn.form == Form::Source { QuoteKind::Indirect } else { QuoteKind::Direct },
        pieces: turn.pieces.iter().map(|piece| text.span(*piece)).collect(),
        tokens: turn.pieces.clone(),
        cue: turn.cue,
        parent: None,
        author: turn.author,
        medium: match turn.form {
            Form::Post => Some(Medium::Post),
            // "released the following statement:"
            Form::Statement if turn.cue.is_none() => Some(Medium::Document),
            _ => None,
        },
        level: phrases::NONE,
        flags: if turn.form == Form::Unopened { vec![QuoteFlag::StrayMark] } else { Vec::new() },
        confidence: 0.9,
        because: match turn.form {
            Form::Dialogue => "dialogue",
            Form::Post => "post",
            Form::Statement => "statement",
            Form::Signed => "signature",
            Form::Interview => "interview",
            Form::Source => "source of a headline",
            Form::Unopened => "quotation without its opening mark",
        },
    }
}

/// A reported clause as a quote.
#[inline(never)]
fn reported(scene: &Scene, clause: &Clause) -> Option<Quote> {
    let cue = &scene.cues[clause.cue];
    let tokens: Vec<TokenRange> =
        clause.pieces.iter().flat_map(|piece| by_block(scene.text, *piece).map(|(piece, _)| piece)).collect();
    let pieces: Vec<Span> = tokens.iter().map(|piece| scene.text.span(*piece)).collect();
    let mut flags = Vec::new();
    // "denied that …": the verb itself says so.
    if cue.negated || matches!(cue.number, words::DENY | words::DISPUTE) {
        flags.push(QuoteFlag::Negated);
    }
    let end = tokens.last()?.end;
    let stray_after = scene.text.marks.partition_point(|mark| mark.open < end);
    let is_stray = |mark: &crate::text::MarkPair| mark.role == MarkRole::Stray && mark.open <= end + 1;
    if scene.text.marks.get(stray_after).is_some_and(is_stray) {
        flags.push(QuoteFlag::StrayMark);
    }
    Some(Quote {
        kind: QuoteKind::Indirect,
        pieces,
        tokens,
        cue: Some(clause.cue as u32),
        parent: None,
        author: Author::Unknown,
        medium: None,
        level: cue.pair,
        flags,
        confidence: clause.confidence,
        because: match clause.tie {
            indirect::Tie::That => "cue + that",
            indirect::Tie::If | indirect::Tie::Wh => "cue + question",
            indirect::Tie::To => "cue + infinitive",
            indirect::Tie::Gerund => "cue + gerund",
            indirect::Tie::Colon => "colon",
            indirect::Tie::Bare | indirect::Tie::BareLater => "cue + clause",
            indirect::Tie::Comma => "according to",
            indirect::Tie::Before | indirect::Tie::Around => "clause, cue",
        },
    })
}

/// The parts of a run of tokens that lie in one block each, and where the block stands: quotations may be broken over lines.
fn by_block<'t>(text: &'t Text, tokens: TokenRange) -> impl Iterator<Item = (TokenRange, Span)> + 't {
    let mut start = tokens.start;
    std::iter::from_fn(move || {
        let block = (start < tokens.end).then(|| text.sentence(start).block as usize)?;
        let piece = TokenRange::new(start, tokens.end.min(text.block_tokens[block].end.max(start + 1)));
        start = piece.end;
        Some((piece, text.blocks[block].span))
    })
}

/// Orders quotes and finds the quote around each one.
#[inline(never)]
pub fn nest(mut quotes: Vec<Quote>) -> Vec<Quote> {
    sort_by_key(&mut quotes, |quote| {
        (quote.pieces[0].start, std::cmp::Reverse(quote.pieces[0].end), quote.kind != QuoteKind::Indirect)
    });
    // Quotes whose cover is still open, outermost first; covers may overlap where pieces do not.
    let mut open: Vec<u32> = Vec::new();
    for index in 0..quotes.len() {
        let first = quotes[index].pieces[0];
        open.retain(|&other| quotes[other as usize].cover().end > first.start);
        let parent = open.iter().rev().find(|&&other| {
            let other = &quotes[other as usize];
            let around = other.pieces.get(other.pieces.partition_point(|piece| piece.end <= first.start));
            around
                .is_some_and(|around| around.contains(first) && (*around != first || other.kind != quotes[index].kind))
        });
        quotes[index].parent = parent.map(|&parent| QuoteId(parent));
        open.push(index as u32);
        // Bounded: deeper nesting than this is a broken text.
        if open.len() > 12 {
            open.remove(0);
        }
    }
    quotes
}

#[cfg(test)]
mod tests {
    use crate::{Options, analyze};

    /// The quotes of a text, kind first, pieces parted by "|".
    fn quotes(source: &str) -> Vec<String> {
        let annotation = analyze(source, &Options::default()).unwrap();
        let pieces = |quote: &crate::annotation::Quote| {
            quote
                .pieces
                .iter()
                .map(|piece| &source[piece.start as usize..piece.end as usize])
                .collect::<Vec<_>>()
                .join("|")
        };
        annotation.quotes.iter().map(|quote| format!("{:?}: {}", quote.kind, pieces(quote))).collect()
    }

    /// The name or words of each quote's speaker.
    fn speakers(source: &str) -> Vec<String> {
        let annotation = analyze(source, &Options::default()).unwrap();
        annotation
            .quotes
            .iter()
            .map(|quote| quote.speaker.as_ref().map_or(String::new(), |speaker| speaker.text.clone()))
            .collect()
    }

    #[test]
    fn whoever_speaks_is_told_apart_from_what_is_said() {
        for (text, quote) in [
            (
                "“It is late,” Ana Lopez, head of the Harbour Trust, said in a statement on Monday.",
                "Direct: It is late,",
            ),
            ("The pier is safe, Ana Lopez, head of the fund for boats in Hull, said.", "Indirect: The pier is safe"),
            ("It was Abu Sabir, not his son, argues Reem Haddad.", "Indirect: It was Abu Sabir, not his son"),
        ] {
            assert_eq!(quotes(text), [quote]);
        }
    }

    #[test]
    fn whoever_is_ordered_does_not_order() {
        for text in ["Tom Hale was fined and ordered to pay £260.", "She was arrested and warned not to return."] {
            assert_eq!(speakers(text), [""], "{text}");
        }
        assert_eq!(speakers("Tom Hale rose and ordered the army to leave."), ["Tom Hale"]);
    }

    #[test]
    fn what_a_thing_did_is_not_reported() {
        assert_eq!(quotes("The bank announced a profit that was its best in years."), [""; 0]);
        assert_eq!(quotes("The bank said in a letter that results were late."), ["Indirect: results were late"]);
        assert_eq!(quotes("Hale said at the meeting that was his view.").len(), 1);
    }

    #[test]
    fn what_another_clause_than_the_cues_introduces_is_no_statement() {
        let text =
            "A fifth of the firms have reported, but here is how it looks:\n\nWe count 66 that did well this time.";
        assert_eq!(quotes(text), [""; 0]);
    }

    #[test]
    fn a_statement_below_a_colon_is_one_quote() {
        let text = "Minister greets deal\n\nForeign Office Minister Ana Ruiz said:\n\nI welcome the deal that both sides reached on Friday.\n\nWe will go on. The talks begin in May.";
        assert_eq!(
            quotes(text),
            ["Direct: I welcome the deal that both sides reached on Friday.|We will go on. The talks begin in May."]
        );
        assert_eq!(speakers(text), ["Ana Ruiz"]);
    }

    #[test]
    fn a_clause_tied_to_the_next_one_ends_before_it() {
        assert_eq!(
            quotes("After Maria Cole announced that the mine would close, 300 workers walked out."),
            ["Indirect: the mine would close"]
        );
    }

    #[test]
    fn whoever_says_he_of_somebody_is_another() {
        let praised = "Marcus Hale praised Tom Barton. “He is the best player we have,” he said.";
        assert_eq!(speakers(praised), ["Marcus Hale"]);
        let praised = "Tom Barton was praised by Marcus Hale. “He is the best player we have,” Hale said.";
        assert_eq!(speakers(praised), ["Marcus Hale"]);
    }

    #[test]
    fn nobody_in_a_clause_about_the_subject_is_it() {
        assert_eq!(speakers("Maria Cole, who lives with her husband, Tom, said the noise was bad."), ["Maria Cole"]);
        let asked = "Cole, who led the inquiry, asked why the minister, Tom Reed, said the road was safe.";
        assert_eq!(speakers(asked).last().map(String::as_str), Some("Tom Reed"));
    }

    #[test]
    fn fragments_are_of_whom_the_verb_or_by_names() {
        assert_eq!(speakers("They ran what prosecutors called “a brazen scheme” for years."), ["prosecutors"]);
        assert_eq!(speakers("The plan was described as “reckless” by critics on Monday."), ["critics"]);
        assert_eq!(speakers("The club was, in Dolan's words, “finished as a force”."), ["Dolan"]);
        assert_eq!(speakers("The law is, in the president's words, “a step forward”."), ["the president"]);
    }

    #[test]
    fn the_verb_before_the_marks_is_the_cue() {
        let text = "Ann Lee rejected the claims on Monday, saying “they are without any foundation”.";
        let annotation = analyze(text, &Options::default()).unwrap();
        let cue = annotation.quotes[0].cue.as_ref().unwrap();
        assert_eq!(&text[cue.start as usize..cue.end as usize], "saying");
        assert_eq!(speakers(text), ["Ann Lee"]);
    }

    #[test]
    fn a_name_below_a_paragraph_in_marks_signs_it() {
        for signature in ["— Ann Lee, farmer", "Ann Lee", "Ann Lee, 43, farmer"] {
            let text = format!("The pool closed.\n\n“We were let down.”\n{signature}\n\nIt had been open for years.");
            assert_eq!(speakers(&text), ["Ann Lee"]);
        }
        assert_eq!(speakers("The pool closed.\n\n“We were let down.”\n\nAnn Lee opened it in May."), [""]);
        assert_eq!(speakers("“We were let down”\nAnn Lee\n\nThe pool closed in March."), [""]);
    }

    #[test]
    fn capitals_on_a_placard_are_no_title() {
        assert_eq!(quotes("A crowd held placards reading “SAVE OUR POOL” outside.").len(), 1);
        assert_eq!(quotes("The crowd marched through the city chanting “No More Cuts”.").len(), 1);
        assert_eq!(quotes("Marchers held placards reading “Not In Our Name” and “Bread First” outside.").len(), 2);
        assert_eq!(quotes("She was reading “Bleak House” on the train."), [""; 0]);
    }

    #[test]
    fn a_clause_ends_before_the_verb_of_its_noun() {
        assert_eq!(quotes("Hale's warning that the dam would fail was ignored."), ["Indirect: the dam would fail"]);
        assert_eq!(
            quotes("Two soldiers died, the army said, hours after the truce began."),
            ["Indirect: Two soldiers died"]
        );
        assert_eq!(quotes("Cole said “thank you” while his lawyer held the door.").len(), 1);
    }

    #[test]
    fn a_claim_is_of_whose_it_is() {
        for (text, speaker, content) in [
            ("Moscow rejected Kyiv's assertion that the drones were decoys.", "Kyiv", "the drones were decoys"),
            ("Police rejected the family's allegation that officers stood by.", "the family", "officers stood by"),
            ("Police rejected their lawyer's allegation that officers stood by.", "their lawyer", "officers stood by"),
        ] {
            assert_eq!(quotes(text), [format!("Indirect: {content}")]);
            assert_eq!(speakers(text), [speaker]);
        }
        // "The doctors report that" and "the demand that day" are no nouns with a clause.
        assert_eq!(speakers("His lawyers claim that he was framed."), ["His lawyers"]);
        assert_eq!(quotes("The demand that day was low."), [""; 0]);
    }

    #[test]
    fn what_its_speaker_refuses_is_no_part_of_a_clause() {
        for (text, content) in [
            ("The landlord said the boiler was old but refused to replace it.", "the boiler was old"),
            ("Ruiz said it was a private matter and declined to go on.", "it was a private matter"),
            ("Police said he was drunk and refused to leave.", "he was drunk and refused to leave"),
            ("The union said members were angry and wanted a vote.", "members were angry and wanted a vote"),
        ] {
            assert_eq!(quotes(text)[0], format!("Indirect: {content}"));
        }
    }

    #[test]
    fn nobody_in_a_clause_that_tells_who_the_subject_is_is_it() {
        assert_eq!(speakers("“It went dark,” one woman who met Halloran said."), ["one woman"]);
        assert_eq!(speakers("The doctor who treated Ms Lund told the hearing she was well."), ["The doctor"]);
        assert_eq!(speakers("One of the men who attacked Lowe was jailed and Dunn said he was glad."), ["Dunn"]);
        assert_eq!(speakers("The man who says Harker cheated him said he would sue."), ["The man"]);
    }

    #[test]
    fn the_subject_of_a_clause_behind_a_noun_speaks() {
        assert_eq!(speakers("Farrow signed a deal the union called “a betrayal”."), ["the union"]);
        assert_eq!(speakers("Pryor quoted a line his wife called “awful”."), ["his wife"]);
        assert_eq!(speakers("Tom Hale this week said the road was safe."), ["Tom Hale"]);
        assert_eq!(speakers("Aoife Page and Tom Carroll both claimed that it rained."), ["Tom Carroll"]);
    }

    #[test]
    fn whom_lawyers_speak_for_does_not_speak() {
        assert!(speakers("Attorneys for Pike and Dunn said the men would appeal.")[0].starts_with("Attorneys"));
        assert_eq!(speakers("Pike spoke for an hour and Dunn said the men would appeal."), ["Dunn"]);
    }

    #[test]
    fn what_a_court_heard_is_nobodys() {
        assert_eq!(quotes("The court heard police were called at dawn."), ["Indirect: police were called at dawn"]);
        assert_eq!(speakers("The court heard police were called at dawn."), [""]);
        assert_eq!(speakers("The driver was found by a neighbour, a coroner heard."), [""]);
        assert_eq!(quotes("The judge heard arguments on Monday."), [""; 0]);
    }

    #[test]
    fn whoever_is_dubbed_something_does_not_speak() {
        assert_eq!(speakers("The road, dubbed “the widow maker” by locals, was shut."), ["locals"]);
        assert_eq!(speakers("Lena Voss, hailed as “the best of her age”, retired."), [""]);
        assert_eq!(speakers("Tom Hale, 45, dismissed as “absurd” claims that he had lied."), ["Tom Hale"]);
        assert_eq!(speakers("It was what the owner, Dan Hale, called “a farce”."), ["Dan Hale"]);
    }

    #[test]
    fn a_sentence_with_its_own_teller_holds_a_quote_of_its_own() {
        let text =
            "“They were slow,” Dana Hurst tells us. In a note, Pollard said that “our crews did all they could” then.";
        assert!(quotes(text).contains(&"Direct: They were slow,".to_owned()));
        assert_eq!(speakers(text), ["Dana Hurst", "Pollard", "Pollard"]);
    }

    #[test]
    fn a_title_with_a_full_stop_is_no_quote() {
        assert_eq!(quotes("He read a story titled “Gunmen Kill Two in Port.”"), [""; 0]);
        assert_eq!(quotes("It opens with a song called “Leave It There.”"), [""; 0]);
        assert_eq!(quotes("It was a plan the report called “a fraud”.").len(), 1);
        assert_eq!(quotes("She said that she was entitled “to be heard”.").len(), 2);
    }

    #[test]
    fn a_second_said_begins_another_clause() {
        let said = ["Indirect: sales fell in June", "Indirect: it would close two shops"];
        assert_eq!(quotes("The firm said sales fell in June and said it would close two shops."), said);
        assert_eq!(quotes("Police said the man called and said he was lost.").len(), 2);
    }

    #[test]
    fn a_head_of_something_is_named_behind_it() {
        assert_eq!(speakers("Oxfam head of policy Ruth Orr said the aid was late."), ["Ruth Orr"]);
        assert_eq!(speakers("The firm's head of research Ivan Poole told clients it was over."), ["Ivan Poole"]);
        assert_eq!(speakers("The wife of mayor Tim Roe said he slept."), ["The wife of mayor Tim Roe"]);
    }

    #[test]
    fn whoever_denies_a_claim_has_not_made_it() {
        let text = "According to the union, 40 drivers were sacked by text, a claim the firm has denied.";
        assert_eq!(quotes(text), ["Indirect: 40 drivers were sacked by text"]);
    }

    #[test]
    fn whoever_is_told_behind_a_comma_goes_on_behind_the_next() {
        let text = "Customers, told that their savings were safe, were furious.";
        assert_eq!(quotes(text), ["Indirect: their savings were safe"]);
        assert_eq!(speakers(text), [""]);
    }

    #[test]
    fn a_pronoun_may_be_of_somebody_without_a_name() {
        let named = "The mayor, Alan Reid, has backed the plan.\n";
        let one = format!("{named}One shopkeeper said trade had halved. “I might as well sell sand,” he said.");
        assert_eq!(speakers(&one), ["One shopkeeper", "he"]);
        let other = format!("{named}One shopkeeper said trade had halved. Reid shook his head. “I know,” he said.");
        assert_eq!(speakers(&other), ["One shopkeeper", "Alan Reid"]);
    }

    #[test]
    fn initials_before_a_turn_are_somebodys() {
        let text = "Mo Webb, 58, runs a nursery. Declan Carty met her.\nDC: You walked out. Why?\n\
                    MW: I was tired, so I got on a train.\nDC: And the band?\nMW: They went on without me.";
        assert_eq!(speakers(text), ["Declan Carty", "Mo Webb", "Declan Carty", "Mo Webb"]);
    }

    #[test]
    fn a_noun_alone_may_begin_a_clause_around_its_cue() {
        assert_eq!(quotes("Costa was guarded: unity, he said, was important."), ["Indirect: unity|was important"]);
    }

    #[test]
    fn a_fragment_ends_a_clause_with_its_comma_and_mark() {
        assert_eq!(
            quotes("Cole said the plan was “nonsense,” adding that she would fight it."),
            ["Indirect: the plan was “nonsense,”", "Partial: nonsense,", "Indirect: she would fight it"]
        );
    }

    #[test]
    fn a_bullet_is_no_word_of_a_quote() {
        for bullet in ["•", "*", "▪"] {
            assert_eq!(quotes(&format!("{bullet} Shares fell 9%, the company said.")), ["Indirect: Shares fell 9%"]);
        }
    }

    #[test]
    fn whoever_speaks_is_named_whole() {
        assert_eq!(speakers("Rachel Dunn KC said the ruling was wrong."), ["Rachel Dunn"]);
        assert_eq!(speakers("The mum-of-two said: ‘I was terrified.’"), ["The mum-of-two"]);
        assert_eq!(speakers("Her mother-in-law said the house was cold."), ["Her mother-in-law"]);
        assert_eq!(speakers("He sent dozens of emails. One said: “I know where you live.”"), ["One"]);
        assert_eq!(speakers("The teachers’ union said members would walk out."), ["The teachers’ union"]);
        assert_eq!(speakers("Property records show the house was sold in May."), ["Property records"]);
        assert_eq!(
            speakers("Jan Ode, Labour’s health spokesperson, agreed. A Home Office spokesperson said: “We are sorry.”"),
            ["A Home Office spokesperson"]
        );
    }

    #[test]
    fn a_short_quotation_may_end_a_quotation() {
        assert_eq!(
            quotes("“He wrote back ‘Good luck’,” she said."),
            ["Direct: He wrote back ‘Good luck’,", "Partial: Good luck"]
        );
        assert_eq!(quotes("“They told me ‘no’,” she said."), ["Direct: They told me ‘no’,", "Partial: no"]);
    }

    #[test]
    fn a_statement_ends_where_the_reporter_speaks_again() {
        let text = "Ruiz said:\n\nI welcome the deal that both sides reached on Friday.\n\nShe added that the talks would begin in May.";
        assert_eq!(
            quotes(text),
            ["Direct: I welcome the deal that both sides reached on Friday.", "Indirect: the talks would begin in May"]
        );
    }

    #[test]
    fn paragraphs_of_nobody_are_no_statement() {
        assert_eq!(
            quotes(
                "This is what the minister said:\n\nThe deal has four parts.\n\nThe first is about water.\n\nThe second is about roads."
            ),
            [""; 0]
        );
    }

    #[test]
    fn a_headline_may_end_with_its_source() {
        let body = "\n\nPolice in Kochi said so on Monday. The report was short.";
        for (headline, reported, source) in [
            ("Two dead as storm hits the coast: police", "Two dead as storm hits the coast", "police"),
            (
                "Dam was leaking for months before it fell – report",
                "Dam was leaking for months before it fell",
                "report",
            ),
        ] {
            let text = format!("{headline}{body}");
            assert_eq!(quotes(&text)[0], format!("Indirect: {reported}"));
            assert_eq!(speakers(&text)[0], source);
        }
        for headline in ["Football: Arsenal", "What we know about the flood so far - BBC News"] {
            let text = format!("{headline}{body}");
            assert!(quotes(&text).iter().all(|quote| !quote.contains(&headline[..8])), "{headline}");
        }
    }

    #[test]
    fn to_deny_is_to_negate() {
        let text = "Ana Ruiz denied that the firm had paid her. She said that it had not.";
        let annotation = analyze(text, &Options::default()).unwrap();
        let is_negated: Vec<bool> = annotation
            .quotes
            .iter()
            .map(|quote| quote.flags.contains(&crate::annotation::QuoteFlag::Negated))
            .collect();
        assert_eq!(is_negated, [true, false]);
    }

    #[test]
    fn what_another_cue_adds_is_its_own_quote() {
        assert_eq!(
            quotes("The deal is dead, Ana Ruiz said, adding that nobody had called."),
            ["Indirect: The deal is dead", "Indirect: nobody had called"]
        );
        assert_eq!(quotes("As for the war, Ana Ruiz said, “It will end soon.”"), ["Direct: It will end soon."]);
    }

    #[test]
    fn who_speaks_after_the_cue_is_no_clause() {
        let text = "The meeting deteriorated from there, said one Iraqi source in the room.";
        assert_eq!(quotes(text), ["Indirect: The meeting deteriorated from there"]);
        assert_eq!(speakers(text), ["one Iraqi source in the room"]);
    }

    #[test]
    fn whoever_is_told_says_nothing() {
        let text = "Fire doors were ‘wedged open for years’, inquest told\n\nA hotel's fire doors were wedged open.";
        assert_eq!(quotes(text).len(), 2);
        assert!(speakers(text).iter().all(String::is_empty), "{:?}", speakers(text));
    }

    #[test]
    fn so_called_things_and_attributes_are_no_quotes() {
        assert!(quotes("The so-called “deal of the century” is dead.").is_empty());
        assert!(quotes("<post post-id=\"7834991\">The road is shut.</post>").is_empty());
    }

    #[test]
    fn two_single_marks_are_a_double_one() {
        let text = "‘‘He asked me, ‘Which bolt?’ and left,’’ Ana Ruiz said. ‘‘All of them are loose.’’";
        assert_eq!(quotes(text)[0], "Direct: He asked me, ‘Which bolt?’ and left,|All of them are loose.");
    }

    #[test]
    fn a_statement_that_is_called_one_needs_no_first_person() {
        let text = "The plant will close in May.\n\nHolm Silicon issued this statement:\n\nHolm Silicon adapts its structure to the market. All employees will be treated with respect.\n\nThe town heard of it on Monday.";
        assert!(
            quotes(text).contains(
                &"Direct: Holm Silicon adapts its structure to the market. All employees will be treated with respect."
                    .to_owned()
            )
        );
    }

    #[test]
    fn the_introduction_tells_who_asks_and_who_answers() {
        let text = "The woman who mends bells\n\nIda Holm has mended bells for thirty years. She talks to the Harbour Post about bronze.\n\nWhen did you hear your first bell?\n\nI was six. It hung in a tree.\n\nDid you mend it?\n\nMy father did. He had a file.\n\nAnd now?\n\nI sleep under it.";
        assert_eq!(quotes(text).len(), 6);
        assert_eq!(
            speakers(text),
            ["Harbour Post", "Ida Holm", "Harbour Post", "Ida Holm", "Harbour Post", "Ida Holm"]
        );
    }

    #[test]
    fn questions_and_answers_under_their_labels() {
        assert_eq!(
            quotes(
                "QUESTION: Will the ministry take part in the talks?\n\nANSWER: The minister will travel to Paris.\n\nThe talks last two days."
            ),
            [
                "Direct: Will the ministry take part in the talks?",
                "Direct: The minister will travel to Paris.|The talks last two days."
            ]
        );
        assert_eq!(
            quotes(
                "Deshmukh, J.: So why did you take down ten?\n\nVajpeyi: I will take instructions.\n\nDeshmukh, J. (laughs): Take compensation also."
            ),
            [
                "Direct: So why did you take down ten?",
                "Direct: I will take instructions.",
                "Direct: Take compensation also."
            ]
        );
    }

    #[test]
    fn a_turn_may_have_several_paragraphs_and_an_office_for_a_label() {
        let text = "MS. NOWAK: Good afternoon. I have two things.\n\nFirst, the bridge is open again.\n\nQ  Mr. Secretary, who paid for it?\n\nDeputy Spokesperson: We did. I signed for it.\n\nQ  And who will paint it?\n\nDeputy Spokesperson: I leave that to you.";
        assert_eq!(
            quotes(text),
            [
                "Direct: Good afternoon. I have two things.|First, the bridge is open again.",
                "Direct: Mr. Secretary, who paid for it?",
                "Direct: We did. I signed for it.",
                "Direct: And who will paint it?",
                "Direct: I leave that to you."
            ]
        );
        // A label that is nobody's name and stands once introduces no turn.
        let text = "SUBJECTS: Boats for Fiji and the budget.\n\nMINISTER: Good morning.\n\nJOURNALIST: Who pays for the boats?\n\nMINISTER: We do.\n\nJOURNALIST: When do they sail?";
        assert_eq!(quotes(text).len(), 4);
    }

    #[test]
    fn a_paragraph_signed_on_the_line_below_is_its_authors() {
        let text = "The village is proud.\n\nThe wind took everything but the goat. pic.twitter.com/x81\n\n— Ana Ruiz (@anaruiz) January 9, 2031\n\nThe goat is well.";
        assert_eq!(quotes(text), ["Direct: The wind took everything but the goat."]);
        assert_eq!(speakers(text), ["Ana Ruiz"]);
    }

    #[test]
    fn words_in_the_first_person_after_a_colon_are_a_statement() {
        let text = "The ministers met on Friday.\n\nForeign Secretary Ana Ruiz said: We have worked for this deal for years. It will last.";
        assert_eq!(quotes(text), ["Direct: We have worked for this deal for years. It will last."]);
        assert_eq!(speakers(text), ["Ana Ruiz"]);
    }

    #[test]
    fn a_quotation_broken_over_lines_has_a_piece_for_each() {
        let text = "Ruiz said, \"We will take the case\nto the regional court,\nand then to Paris,\" and hung up.";
        assert_eq!(quotes(text), ["Direct: We will take the case|to the regional court,|and then to Paris,"]);
    }

    #[test]
    fn a_piece_never_leaves_its_block() {
        for text in [
            "Elif Karahan, a Turkish observer, joked by radio that the tanker was \"t\n“ ''",
            "Their captain, Maren Thorkildsen, said the players had \"r\na\"🮔",
            "Anna Tallis had complained that its gearboxes were being discussed “in a tone.\n]»“",
            "The toll was likely to rise, said Gov.said ``′\nThe stomach is not,” said Priya Raghunathan, an analyst at Jefferies.",
        ] {
            let annotation = analyze(text, &Options::default()).unwrap();
            assert!(!annotation.quotes.is_empty(), "{text}");
            for piece in annotation.quotes.iter().flat_map(|quote| &quote.pieces) {
                let is_inside = |block: &crate::annotation::Block| block.start <= piece.start && piece.end <= block.end;
                assert!(annotation.blocks.iter().any(is_inside), "{:?}", piece.of(text));
            }
        }
    }

    /// The medium of each quote.
    fn media(source: &str) -> Vec<crate::annotation::Medium> {
        analyze(source, &Options::default()).unwrap().quotes.iter().map(|quote| quote.medium).collect()
    }

    #[test]
    fn posts_and_documents_are_told_by_what_stands_beside_the_cue() {
        use crate::annotation::Medium::{Document, Post, Speech};
        let cases = [
            ("“We will go on,” Ana Ruiz wrote on Bluesky on Friday.", Post),
            ("“We will go on,” Ana Ruiz wrote on Gabble.", Post),
            ("Ana Ruiz said in a post on Truth Social that the talks would go on.", Post),
            ("Ana Ruiz posted on Truth Social: “We will go on.”", Post),
            ("Ana Ruiz tweeted that the talks would go on.", Post),
            ("“We will go on,” Ana Ruiz said on X.", Post),
            ("Ana Ruiz said in one of the posts: “We will go on.”", Post),
            ("Ana Ruiz said in a statement on Friday that the talks would go on.", Document),
            ("In a letter to parents, Ana Ruiz said that the talks would go on.", Document),
            ("In its ruling, the court said that the talks would go on.", Document),
            ("“We will go on,” Ana Ruiz told reporters in Geneva.", Speech),
            ("Ana Ruiz said in a speech on Friday that the letter would be answered.", Speech),
            ("“We will go on,” Ana Ruiz said on Friday.", Speech),
        ];
        for (text, medium) in cases {
            assert_eq!(media(text), [medium], "{text}");
        }
    }

    #[test]
    fn whose_post_it_is_speaks_in_it() {
        assert_eq!(speakers("Ana Ruiz left. Her last Facebook post read: “Tomorrow we talk.”"), ["Ana Ruiz"]);
    }

    #[test]
    fn the_time_of_a_live_blogs_entry_is_no_part_of_a_clause() {
        let text = "18:42 GMT  All trains north of Carrick are cancelled, Ana Ruiz says.";
        assert_eq!(quotes(text), ["Indirect: All trains north of Carrick are cancelled"]);
    }

    #[test]
    fn a_label_inside_the_marks_is_no_part_of_the_quote() {
        let text = "“RUIZ: Let us begin with the budget.\n\n“OKAFOR: The budget will be ready on Friday.”";
        assert_eq!(
            quotes(text),
            ["Direct: Let us begin with the budget.", "Direct: The budget will be ready on Friday."]
        );
        assert_eq!(speakers(text), ["RUIZ", "OKAFOR"]);
    }

    #[test]
    fn what_is_reported_inside_a_quotation_is_found() {
        assert_eq!(
            quotes("“My mother always said that the river would come back,” Ruiz recalled."),
            ["Direct: My mother always said that the river would come back,", "Indirect: the river would come back"]
        );
    }

    #[test]
    fn a_clause_that_is_nearly_all_in_marks_is_indirect() {
        assert_eq!(
            quotes("The agency said on Monday that it “does not comment on federal operations”."),
            [
                "Indirect: it “does not comment on federal operations”",
                "Partial: does not comment on federal operations"
            ]
        );
    }

    #[test]
    fn a_clause_before_its_cue_may_end_in_a_fragment() {
        assert_eq!(
            quotes("The dam is safe “for now,” the engineer told reporters."),
            ["Indirect: The dam is safe “for now,”", "Partial: for now,"]
        );
    }

    #[test]
    fn a_clause_may_open_with_a_noun_that_might_be_a_verb() {
        for (source, clause) in [
            ("Sources in the ministry said prices had risen since May.", "prices had risen since May"),
            ("Ana Ruiz told reporters prices had risen since May.", "prices had risen since May"),
            ("Both say the fences stop the prawns.", "the fences stop the prawns"),
            ("The minister denied taking bribes from the firm.", "taking bribes from the firm"),
        ] {
            assert_eq!(quotes(source), [format!("Indirect: {clause}")], "{source}");
        }
    }

    #[test]
    fn a_quotation_may_lack_its_opening_mark() {
        let text = "The ministry has the money. The will is on leave,” said Ana Ruiz on Monday.";
        assert_eq!(quotes(text), ["Direct: The will is on leave,"]);
        assert_eq!(speakers(text), ["Ana Ruiz"]);
        // In the first person what stands before it is the speaker's as well.
        let text = "He met the press. Last week he needed us. We were gentlemen. Today we are thieves, ” Ruiz said.";
        assert_eq!(quotes(text), ["Direct: Last week he needed us. We were gentlemen. Today we are thieves,"]);
        let text = "The US met its allies. Today we are thieves,” Ruiz said.";
        assert_eq!(quotes(text), ["Direct: Today we are thieves,"]);
        // Inches, and what nobody tells.
        assert_eq!(quotes("The screen of 6.1\", he said, is small.").len(), 1);
        assert_eq!(quotes("The door was 20\", and the window 30\" wide, as usual."), [""; 0]);
    }

    #[test]
    fn two_tellers_around_a_gap_are_two_quotes() {
        let text = "Ruiz wrote on X: “My crew pulled 51 people out. They deserve a medal.\n\nNot all agree. There is only a rope,” said Ben Okoro, a minister.";
        assert_eq!(
            quotes(text),
            ["Direct: My crew pulled 51 people out. They deserve a medal.", "Direct: There is only a rope,"]
        );
        assert_eq!(speakers(text), ["Ruiz", "Ben Okoro"]);
    }

    #[test]
    fn a_clauses_subject_may_have_something_put_in_behind_it() {
        for text in [
            "Prosecutors say Okoro, who owned the marina with Guidry, was in debt.",
            "Rao said the pots, fired at low heat to give a shine, release the metal.",
        ] {
            let clause = text.split_once(" say ").or(text.split_once(" said ")).unwrap().1.trim_end_matches('.');
            assert_eq!(quotes(text), [format!("Indirect: {clause}")]);
        }
    }

    #[test]
    fn two_speakers_in_a_paragraph_are_two_quotes() {
        assert_eq!(quotes("“Go,” said Ana Ruiz. “Stay here,” said Ben Okoro."), ["Direct: Go,", "Direct: Stay here,"]);
        assert_eq!(
            quotes("“We will go,” said Ana Ruiz. “We will not stay.” She left."),
            ["Direct: We will go,|We will not stay."]
        );
    }

    #[test]
    fn a_clause_takes_the_quotation_in_it_as_a_whole() {
        assert_eq!(
            quotes(
                "She said that the vote was lost because “we had no time at all. We had no money.” The count ends on Friday."
            )[0],
            "Indirect: the vote was lost because “we had no time at all. We had no money.”"
        );
    }

    #[test]
    fn whose_the_meeting_is_does_not_tell_who_notes() {
        let text = "The National Charter condemned Guterres' meeting, noting that he met the heads of two militias.";
        assert_eq!(speakers(text), ["National Charter"]);
    }

    #[test]
    fn who_later_said_it_said_it() {
        for text in [
            "The ministry later said that the dam was safe.",
            "The ministry yesterday said that the dam was safe.",
            "The ministry Friday said that the dam was safe.",
        ] {
            assert_eq!(speakers(text), ["The ministry"], "{text}");
        }
    }

    #[test]
    fn a_hyphen_ends_no_parenthesis() {
        let text = "The Dutch-Iranian professor of law in Leiden, Ana Ruiz told the paper of the Iran-sponsored militias: “They are no judges of anybody.”";
        assert_eq!(quotes(text), ["Direct: They are no judges of anybody."]);
    }

    #[test]
    fn where_it_was_said_is_not_what_was_said() {
        assert_eq!(
            quotes("“The crew did what it was trained to do,” Ruiz told reporters on a conference call."),
            ["Direct: The crew did what it was trained to do,"]
        );
        assert_eq!(
            quotes("The officer told members of the council today (23 December) that convoys have not been given access to Aleppo.").len(),
            1
        );
    }
}
