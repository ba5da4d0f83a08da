//! `pressmark eval quotes`: quotes, their kinds and their speakers against our own corpus.
//!
//! A quote is exact when all its pieces are, and matched when the words of its pieces have a Jaccard likeness of 0.8. A speaker
//! is right when its place in the text names the annotated one; a pronoun counts as the name it stands for.

use crate::annotation::{Medium, QuoteKind};
use crate::attribution::{self, Attribution};
use crate::corpus::Article;
use crate::identity::{self, Identity};
use crate::lexicon::Reading;
use crate::ner;
use crate::quote::scorer::Weights;
use crate::quote::train::{is_speaker, is_without_speaker, speakers_of};
use crate::quote::{self, Findings, Quote};
use crate::span::Span;
use crate::text::Text;
use std::fmt::Write;

/// Likeness from which two quotes are the same.
const MATCHED: f64 = 0.8;

#[derive(Default, Clone, Copy)]
struct Count {
    gold: usize,
    found: usize,
    exact: usize,
    matched: usize,
}

impl Count {
    fn line(&self, name: &str) -> String {
        let percent = |part: usize, whole: usize| if whole > 0 { 100.0 * part as f64 / whole as f64 } else { 0.0 };
        let f1 = |right: usize| percent(2 * right, self.gold + self.found);
        format!(
            "{name:<22} {:>5} {:>6}  {:>5.1} {:>5.1} {:>5.1}   {:>5.1} {:>5.1} {:>5.1}\n",
            self.gold,
            self.found,
            percent(self.exact, self.found),
            percent(self.exact, self.gold),
            f1(self.exact),
            percent(self.matched, self.found),
            percent(self.matched, self.gold),
            f1(self.matched)
        )
    }
}

/// Speakers of matched quotes.
#[derive(Default, Clone, Copy)]
struct Speakers {
    matched: usize,
    right: usize,
    given: usize,
    /// Right, and resolved to the entity of that name.
    resolved: usize,
    named: usize,
    sure: usize,
    sure_and_right: usize,
}

/// What is counted over articles.
#[derive(Default)]
pub struct Tally {
    counts: [Count; 3],
    marked: Count,
    indirect: Count,
    pieces: Count,
    speakers: [Speakers; 2],
    false_quotes: usize,
    non_quotes: usize,
    cues: usize,
    cues_right: usize,
    /// Quotes by annotated and found medium.
    media: [[usize; 3]; 3],
    /// Confidence of each indirect quote found, and whether it is right.
    sureness: Vec<(f32, bool)>,
    mistakes: [Vec<String>; 5],
}

/// Scores by weights on articles, and prints up to `errors` mistakes of each sort.
pub fn report(articles: &[Article], weights: &Weights, errors: usize) -> String {
    let mut tally = Tally::default();
    articles.iter().for_each(|article| tally.add(article, weights));
    tally.page(errors)
}

impl Tally {
    /// Reads an article by these weights and counts what is right.
    pub fn add(&mut self, article: &Article, weights: &Weights) {
        let text = Text::read(&article.text);
        let reading = Reading::of(&text);
        let identity = identity::resolve(&text, &reading, ner::recognise(&text, &reading), &[]);
        let findings = quote::find_with(weights, &text, &reading, &identity);
        let mut attributions = attribution::attribute_with(weights, &text, &reading, &identity, &findings);
        let identity = attribution::join_first_person(
            &text,
            identity,
            &findings.quotes,
            findings.first_person(),
            &mut attributions,
        );
        let gold = &article.quotes;
        let found = &findings.quotes;
        self.non_quotes += article.non_quotes.len();
        for (kind, count) in self.counts.iter_mut().enumerate() {
            count.gold += gold.iter().filter(|quote| quote.kind as usize == kind).count();
            count.found += found.iter().filter(|quote| quote.kind as usize == kind).count();
        }
        let matches = match_quotes(gold.iter().map(|quote| (&quote.pieces[..], quote.kind)), found, &article.text);
        let mut used = vec![false; found.len()];
        for (index, quote) in gold.iter().enumerate() {
            let Some((other, likeness)) = matches[index] else {
                self.mistakes[quote.kind as usize].push(format!(
                    "missed {:?} {}: {}",
                    quote.kind,
                    article.id,
                    shown(article, &quote.pieces)
                ));
                continue;
            };
            let system = &found[other];
            used[other] = true;
            let same_class = (quote.kind == QuoteKind::Indirect) == (system.kind == QuoteKind::Indirect);
            if likeness < MATCHED || !same_class {
                self.mistakes[quote.kind as usize].push(format!(
                    "missed {:?} {}: {}\n   found {:?}: {}",
                    quote.kind,
                    article.id,
                    shown(article, &quote.pieces),
                    system.kind,
                    shown(article, &system.pieces)
                ));
                continue;
            }
            let exact = quote.pieces == system.pieces;
            let count = if quote.kind == QuoteKind::Indirect { &mut self.indirect } else { &mut self.marked };
            count.matched += 1;
            count.exact += usize::from(exact);
            if quote.kind == system.kind {
                self.counts[quote.kind as usize].matched += 1;
                self.counts[quote.kind as usize].exact += usize::from(exact);
            }
            if !exact || quote.kind != system.kind {
                self.mistakes[quote.kind as usize].push(format!(
                    "unlike {:?} {}: {}\n   found {:?}: {}",
                    quote.kind,
                    article.id,
                    shown(article, &quote.pieces),
                    system.kind,
                    shown(article, &system.pieces)
                ));
            }
            let row = &mut self.speakers[usize::from(quote.kind == QuoteKind::Indirect)];
            score_speaker(article, index, &attributions[other], &identity, row, &mut |what| {
                self.mistakes[3].push(format!(
                    "{} {}: {}\n   {what}",
                    article.id,
                    quote.number,
                    context(article, quote.pieces[0])
                ));
            });
            let medium = attributions[other].medium;
            self.media[quote.medium as usize][medium as usize] += 1;
            if quote.medium != medium {
                let place = context(article, quote.pieces[0]);
                self.mistakes[4].push(format!("{:?}, found {medium:?} {}: {place}", quote.medium, article.id));
            }
            if !quote.cues.is_empty() {
                self.cues += 1;
                let cue = attributions[other].cue.map(|cue| text.span(findings.cues[cue as usize].tokens));
                self.cues_right +=
                    usize::from(cue.is_some_and(|cue| quote.cues.iter().any(|(span, _)| span.overlaps(cue))));
            }
        }
        let is_right = |other: usize| {
            gold.iter().zip(&matches).any(|(quote, found)| {
                quote.kind == QuoteKind::Indirect
                    && found.is_some_and(|(found, likeness)| found == other && likeness >= MATCHED)
            })
        };
        let indirect = found.iter().enumerate().filter(|(_, quote)| quote.kind == QuoteKind::Indirect);
        self.sureness.extend(indirect.map(|(index, quote)| (quote.confidence, is_right(index))));
        for (index, quote) in found.iter().enumerate() {
            if !used[index] {
                self.mistakes[quote.kind as usize].push(format!(
                    "extra  {:?} {} ({}): {}",
                    quote.kind,
                    article.id,
                    quote.because,
                    shown(article, &quote.pieces)
                ));
            }
        }
        let is_non_quote = |quote: &&Quote| {
            quote.kind != QuoteKind::Indirect
                && article
                    .non_quotes
                    .iter()
                    .any(|other| other.span.overlaps(quote.pieces[0]) && other.span.contains(quote.pieces[0]))
        };
        self.false_quotes += found.iter().filter(is_non_quote).count();
        count_pieces(gold, found, &mut self.pieces);
    }

    /// The scores as a table, and up to `errors` mistakes of each sort.
    pub fn page(&self, errors: usize) -> String {
        let (mut marked, mut indirect) = (self.marked, self.indirect);
        let Tally { counts, pieces, speakers, cues, cues_right, false_quotes, non_quotes, mistakes, .. } = self;
        for kind in [QuoteKind::Direct, QuoteKind::Partial] {
            let count = counts[kind as usize];
            marked.gold += count.gold;
            marked.found += count.found;
        }
        indirect.gold = counts[2].gold;
        indirect.found = counts[2].found;
        let mut page =
            String::from("                        gold  found   exact P     R    F1   at 0.8 P    R    F1\n");
        page += &counts[0].line("direct");
        page += &counts[1].line("partial");
        page += &marked.line("direct and partial");
        page += &pieces.line("… piece by piece");
        page += &indirect.line("indirect");
        let percent = |part: usize, whole: usize| if whole > 0 { 100.0 * part as f64 / whole as f64 } else { 0.0 };
        page += "indirect quotes at 0.8 by least confidence:";
        for least in [0.5, 0.6, 0.7, 0.8, 0.9] {
            let given = self.sureness.iter().filter(|(confidence, _)| *confidence >= least);
            let (given, right) =
                given.fold((0, 0), |(given, right), (_, is_right)| (given + 1, right + usize::from(*is_right)));
            let _ = write!(page, "  {least}: P {:.1} R {:.1}", percent(right, given), percent(right, indirect.gold));
        }
        page.push('\n');
        for (name, row) in ["marked", "indirect"].iter().zip(speakers) {
            let _ = writeln!(
                page,
                "speakers of {} {name} quotes: {:.1}% right ({:.1}% given); of {} with a name, resolved to it: {:.1}%; of {} given at 0.9 and more {:.1}% right",
                row.matched,
                percent(row.right, row.matched),
                percent(row.given, row.matched),
                row.named,
                percent(row.resolved, row.named),
                row.sure,
                percent(row.sure_and_right, row.sure),
            );
        }
        let total: usize = marked.found + indirect.found;
        let _ = writeln!(page, "cues: {:.1}% right of {cues}", percent(*cues_right, *cues));
        let media = [Medium::Speech, Medium::Post, Medium::Document].map(|medium| {
            let gold: usize = self.media[medium as usize].iter().sum();
            let found: usize = self.media.iter().map(|row| row[medium as usize]).sum();
            let right = self.media[medium as usize][medium as usize];
            format!("{medium:?} P {:.1} R {:.1} of {gold}", percent(right, found), percent(right, gold))
        });
        let _ = writeln!(page, "media: {}", media.join("  "));
        let _ = writeln!(
            page,
            "{false_quotes} of {non_quotes} titles, nicknames and so-called things taken for quotes: {:.1}% of all quotes found",
            percent(*false_quotes, total)
        );
        for list in mistakes {
            for mistake in list.iter().take(errors) {
                let _ = writeln!(page, "{mistake}");
            }
        }
        page
    }
}

fn count_pieces(gold: &[crate::corpus::Quote], found: &[Quote], count: &mut Count) {
    let gold: Vec<Span> =
        gold.iter().filter(|quote| quote.kind != QuoteKind::Indirect).flat_map(|quote| quote.pieces.clone()).collect();
    let found: Vec<Span> =
        found.iter().filter(|quote| quote.kind != QuoteKind::Indirect).flat_map(|quote| quote.pieces.clone()).collect();
    let right = gold.iter().filter(|piece| found.contains(piece)).count();
    count.gold += gold.len();
    count.found += found.len();
    count.exact += right;
    count.matched += right;
}

fn score_speaker(
    article: &Article,
    gold: usize,
    attribution: &Attribution,
    identity: &Identity,
    row: &mut Speakers,
    complain: &mut dyn FnMut(String),
) {
    row.matched += 1;
    let speaker = attribution.speaker.as_ref();
    row.given += usize::from(speaker.is_some());
    let right = match speaker {
        Some(speaker) => is_speaker(article, gold, speaker.span),
        None => is_without_speaker(article, gold),
    };
    row.right += usize::from(right);
    if speaker.is_some_and(|speaker| speaker.confidence >= 0.9) {
        let _ = speaker;
        row.sure += 1;
        row.sure_and_right += usize::from(right);
    }
    let keys: Vec<&str> = speakers_of(article, gold).iter().filter_map(|pointer| pointer.key.as_deref()).collect();
    if !keys.is_empty() {
        row.named += 1;
        let canonical = speaker
            .and_then(|speaker| speaker.entity)
            .map(|entity| identity.mentions[identity.entities[entity.0 as usize].canonical.0 as usize].span);
        row.resolved += usize::from(canonical.is_some_and(|span| {
            article.mentions.iter().any(|mention| {
                mention.span.overlaps(span) && mention.key.as_deref().is_some_and(|key| keys.contains(&key))
            })
        }));
    }
    if !right {
        let wanted: Vec<&str> =
            speakers_of(article, gold).iter().map(|pointer| pointer.span.of(&article.text)).collect();
        complain(match speaker {
            Some(speaker) => format!(
                "speaker {wanted:?}, found {:?} ({}, {:.2})",
                speaker.span.of(&article.text),
                speaker.because,
                speaker.confidence
            ),
            None => format!("speaker {wanted:?}, found nobody"),
        });
    }
}

/// The found quote most like each annotated one, one to one, best pairs first; quotes of marks and without marks apart where
/// both fit.
fn match_quotes<'q>(
    gold: impl Iterator<Item = (&'q [Span], QuoteKind)>,
    found: &[Quote],
    text: &str,
) -> Vec<Option<(usize, f64)>> {
    let gold: Vec<_> = gold.collect();
    let words_of_found: Vec<Vec<u32>> = found.iter().map(|quote| words(text, &quote.pieces)).collect();
    let mut pairs = Vec::new();
    for (index, (pieces, kind)) in gold.iter().enumerate() {
        let wanted = words(text, pieces);
        for (other, quote) in found.iter().enumerate() {
            let shared = wanted.iter().filter(|word| words_of_found[other].binary_search(word).is_ok()).count();
            let all = wanted.len() + words_of_found[other].len() - shared;
            let likeness = shared as f64 / all.max(1) as f64;
            if likeness > 0.3 {
                let same = (quote.kind == QuoteKind::Indirect) == (*kind == QuoteKind::Indirect);
                let exact = quote.pieces == *pieces;
                pairs.push((
                    likeness + if same { 0.5 } else { 0.0 } + if exact { 0.01 } else { 0.0 },
                    likeness,
                    index,
                    other,
                ));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)));
    let mut matched = vec![None; gold.len()];
    let mut used = vec![false; found.len()];
    for (_, likeness, index, other) in pairs {
        if matched[index].is_none() && !used[other] {
            matched[index] = Some((other, likeness));
            used[other] = true;
        }
    }
    matched
}

/// Where the words of some pieces start, in order.
fn words(text: &str, pieces: &[Span]) -> Vec<u32> {
    let mut starts = Vec::new();
    for piece in pieces {
        let mut inside = false;
        for (at, c) in piece.of(text).char_indices() {
            let is_letter = c.is_alphanumeric();
            if is_letter && !inside {
                starts.push(piece.start + at as u32);
            }
            inside = is_letter;
        }
    }
    starts
}

fn shown(article: &Article, pieces: &[Span]) -> String {
    let mut shown: Vec<String> = pieces.iter().map(|piece| piece.of(&article.text).replace('\n', " ")).collect();
    if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
        let before: String =
            article.text[..first.start as usize].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = article.text[last.end as usize..].chars().take(40).collect();
        shown.insert(0, before.replace('\n', "¶"));
        shown.push(after.replace('\n', "¶"));
    }
    shown.join(" ‖ ")
}

fn context(article: &Article, piece: Span) -> String {
    let before: String =
        article.text[..piece.start as usize].chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = article.text[piece.start as usize..].chars().take(200).collect();
    format!("{before}‖{after}").replace('\n', "¶")
}

/// A document's quotes in the shape of the scorer of attributions: `{"doc_id", "quotes": [{start, end, type, speaker, cue}]}`,
/// offsets in code points. A partial inside an indirect quote is no quote of its own there: both are one mixed one. What is
/// reported inside a quotation in marks, with or without marks of its own, is the quotation's there, and left out. Its types go by
/// double quotation marks: what stands in single ones, or in two single ones for a double one, is indirect there.
pub fn scorer_line(doc_id: &serde_json::Value, source: &str, weights: &Weights) -> serde_json::Value {
    use crate::span::{OffsetMap, OffsetUnit};
    let text = Text::read(source);
    let reading = Reading::of(&text);
    let identity = identity::resolve(&text, &reading, ner::recognise(&text, &reading), &[]);
    let findings: Findings = quote::find_with(weights, &text, &reading, &identity);
    let attributions = attribution::attribute_with(weights, &text, &reading, &identity, &findings);
    let map = OffsetMap::new(source, OffsetUnit::Char);
    let quotes = &findings.quotes;
    let is_part = |quote: &Quote| {
        quote.kind == QuoteKind::Partial
            && quote.parent.is_some_and(|parent| quotes[parent.0 as usize].kind == QuoteKind::Indirect)
    };
    let is_inside = |quote: &Quote| {
        let mut parent = quote.parent;
        while let Some(around) = parent.map(|parent| &quotes[parent.0 as usize]) {
            if around.kind != QuoteKind::Indirect {
                return true;
            }
            parent = around.parent;
        }
        false
    };
    let lines: Vec<serde_json::Value> = quotes
        .iter()
        .enumerate()
        .filter(|(_, quote)| !is_part(quote) && !is_inside(quote))
        .flat_map(|(index, quote)| {
            let has_part = quotes.iter().any(|other| is_part(other) && other.parent == Some(quote::QuoteId(index as u32)));
            let before = source[..quote.pieces[0].start as usize].trim_end();
            let kind = match quote.kind {
                QuoteKind::Direct | QuoteKind::Partial if before.ends_with(['\'', '‘', '’', '`']) => "indirect",
                QuoteKind::Direct => "direct",
                QuoteKind::Partial => "mixed",
                QuoteKind::Indirect if has_part => "mixed",
                QuoteKind::Indirect => "indirect",
            };
            let speaker = attributions[index].speaker.as_ref().map(|speaker| {
                let canonical = speaker.entity.map(|entity| {
                    identity.mentions[identity.entities[entity.0 as usize].canonical.0 as usize].span.of(source)
                });
                serde_json::json!({
                    "start": map.convert(speaker.span.start), "end": map.convert(speaker.span.end),
                    "text": speaker.span.of(source), "canonical": canonical,
                })
            });
            let cue = attributions[index].cue.map(|cue| {
                let span = text.span(findings.cues[cue as usize].tokens);
                serde_json::json!({"start": map.convert(span.start), "end": map.convert(span.end), "text": span.of(source)})
            });
            // Pieces of one quote are quotes of their own there.
            let spans: Vec<Span> = quote.pieces.clone();
            let map = &map;
            spans.into_iter().map(move |span| {
                serde_json::json!({
                    "start": map.convert(span.start), "end": map.convert(span.end), "type": kind, "speaker": speaker, "cue": cue,
                })
            })
        })
        .collect();
    serde_json::json!({"doc_id": doc_id, "quotes": lines})
}
