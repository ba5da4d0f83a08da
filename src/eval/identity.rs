//! `pressmark eval identity`: clusters of mentions against our own corpus.
//!
//! MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998) and CEAF-e (Luo 2005), and their mean, the CoNLL score (Pradhan et al.
//! 2012); over proper names, and over all mentions. Dates and amounts have no identity and are left out.

use crate::annotation::{BlockKind, EntityType, MentionKind};
use crate::attribution;
use crate::corpus::Article;
use crate::identity;
use crate::lexicon::Reading;
use crate::ner::{self, Mention};
use crate::quote;
use crate::span::Span;
use crate::text::Text;
use std::collections::HashMap;
use std::fmt::Write;

/// A cluster: the spans of one entity.
type Cluster = Vec<Span>;

/// Sums over documents: what each measure needs for precision and recall.
#[derive(Default)]
struct Sums {
    /// Numerator and denominator of recall, then of precision, per measure.
    muc: [f64; 4],
    b_cubed: [f64; 4],
    ceaf: [f64; 4],
}

/// Scores the stage on articles. `gold_names` gives it the annotated names, so that identity is scored alone;
/// `errors` prints up to so many wrong merges and splits; `weights` are tried instead of the built-in ones.
pub fn report(articles: &[Article], gold_names: bool, errors: usize, weights: Option<&str>) -> String {
    let mut names = Sums::default();
    let mut all = Sums::default();
    let mut people = Sums::default();
    let (mut entities, mut wrong_merges) = (0, 0);
    let mut mistakes = Vec::new();
    let mut resolved = [[0usize; 3]; 2];
    // Articles whose headline names something, and those whose most salient entity it names.
    let (mut headlines, mut fitting) = (0, 0);
    for article in articles {
        let text = Text::read(&article.text);
        let reading = Reading::of(&text);
        let given = if gold_names { annotated_names(article, &text) } else { ner::recognise(&text, &reading) };
        let found = match weights {
            Some(weights) => identity::resolve_by(weights, &text, &reading, given),
            None => identity::resolve(&text, &reading, given, &[]),
        };
        // "I" in a quote is its speaker.
        let quotes = quote::find(&text, &reading, &found);
        let mut attributions = attribution::attribute(&text, &reading, &found, &quotes);
        let found =
            attribution::join_first_person(&text, found, &quotes.quotes, quotes.first_person(), &mut attributions);
        if let Some(fits) = most_salient_is_in_headline(&text, &found, &attributions) {
            headlines += 1;
            fitting += usize::from(fits);
        }
        let system = |keep: &dyn Fn(&Mention) -> bool| -> Vec<Cluster> {
            let clusters = found.entities.iter().map(|entity| {
                entity
                    .mentions
                    .iter()
                    .map(|id| &found.mentions[id.0 as usize])
                    .filter(|mention| has_identity(mention.entity_type) && keep(mention))
                    .map(|mention| mention.span)
                    .collect()
            });
            clusters.filter(|cluster: &Cluster| !cluster.is_empty()).collect()
        };
        let is_name =
            |kind: MentionKind| matches!(kind, MentionKind::Name | MentionKind::Acronym | MentionKind::Handle);
        let gold_by_name = gold(article, &|mention| is_name(mention.kind));
        let system_by_name = system(&|mention| is_name(mention.kind));
        names.add(&gold_by_name, &system_by_name);
        all.add(&gold(article, &|_| true), &system(&|_| true));
        people.add(
            &gold(article, &|mention| is_name(mention.kind) && mention.entity_type == EntityType::Person),
            &system(&|mention| is_name(mention.kind) && mention.entity_type == EntityType::Person),
        );
        let of_gold: HashMap<Span, usize> = gold_by_name
            .iter()
            .enumerate()
            .flat_map(|(index, cluster)| cluster.iter().map(move |span| (*span, index)))
            .collect();
        let of_system: HashMap<Span, usize> = system_by_name
            .iter()
            .enumerate()
            .flat_map(|(index, cluster)| cluster.iter().map(move |span| (*span, index)))
            .collect();
        // A resolved pronoun or nominal is right when its entity holds a name of the annotated one.
        let key_of: HashMap<Span, (&str, MentionKind)> = article
            .mentions
            .iter()
            .filter_map(|mention| Some((mention.span, (mention.key.as_deref()?, mention.kind))))
            .collect();
        for (row, kind) in resolved.iter_mut().zip([MentionKind::Pronoun, MentionKind::Nominal]) {
            row[0] += article.mentions.iter().filter(|mention| mention.kind == kind && mention.key.is_some()).count();
            for (mention, entity) in
                found.mentions.iter().zip(&found.entity_of).filter(|(mention, _)| mention.kind == kind)
            {
                let mut names: HashMap<&str, usize> = HashMap::new();
                for id in &found.entities[entity.0 as usize].mentions {
                    if let Some((key, kind)) = key_of.get(&found.mentions[id.0 as usize].span) {
                        *names.entry(key).or_default() += usize::from(is_name(*kind));
                    }
                }
                let name =
                    names.iter().max_by_key(|(key, count)| (**count, std::cmp::Reverse(**key))).map(|(key, _)| *key);
                let annotated = key_of.get(&mention.span).map(|(key, _)| *key);
                row[1] += 1;
                row[2] += usize::from(annotated.is_some() && annotated == name);
                if annotated.is_none() || annotated != name {
                    mistakes.push(format!(
                        "{:<8}{}: {} → {} (annotated: {})",
                        format!("{kind:?}"),
                        article.id,
                        before(&article.text, mention.span),
                        name.unwrap_or("nothing named"),
                        annotated.unwrap_or("nothing")
                    ));
                }
            }
        }
        for (span, (key, kind)) in &key_of {
            if matches!(kind, MentionKind::Pronoun | MentionKind::Nominal)
                && !found.mentions.iter().any(|mention| mention.span == *span)
            {
                mistakes.push(format!("missed {kind:?} {}: {} → {key}", article.id, before(&article.text, *span)));
            }
        }
        let strings = |cluster: &Cluster| {
            let mut strings: Vec<&str> = cluster.iter().map(|span| span.of(&article.text)).collect();
            strings.dedup();
            strings.join(" = ")
        };
        for cluster in &system_by_name {
            let mut golds: Vec<usize> = cluster.iter().filter_map(|span| of_gold.get(span).copied()).collect();
            golds.sort_unstable();
            golds.dedup();
            entities += 1;
            if golds.len() > 1 {
                wrong_merges += 1;
                mistakes.push(format!("merged  {}: {}", article.id, strings(cluster)));
            }
        }
        for cluster in &gold_by_name {
            let mut parts: Vec<usize> = cluster.iter().filter_map(|span| of_system.get(span).copied()).collect();
            parts.sort_unstable();
            parts.dedup();
            if parts.len() > 1 {
                let parts: Vec<String> = parts.iter().map(|part| strings(&system_by_name[*part])).collect();
                mistakes.push(format!("split   {}: {}", article.id, parts.join("  |  ")));
            }
        }
    }
    let mut page =
        format!("{} articles, {}\n", articles.len(), if gold_names { "annotated names" } else { "recognised names" });
    page.push_str("                    MUC     B³  CEAFe  CoNLL\n");
    for (label, sums) in [("proper names", &names), ("… of people", &people), ("all mentions", &all)] {
        let [muc, b_cubed, ceaf] = [f1(&sums.muc), f1(&sums.b_cubed), f1(&sums.ceaf)];
        let _ =
            writeln!(page, "{label:<16} {muc:>6.1} {b_cubed:>6.1} {ceaf:>6.1} {:>6.1}", (muc + b_cubed + ceaf) / 3.0);
    }
    let share = 100.0 * wrong_merges as f64 / f64::from(entities.max(1));
    let _ = writeln!(page, "wrong merges: {wrong_merges} of {entities} entities ({share:.1}%)");
    for (label, [gold, found, right]) in [("pronouns", resolved[0]), ("nominals", resolved[1])] {
        let percent = |whole: usize| 100.0 * right as f64 / whole.max(1) as f64;
        let _ = writeln!(
            page,
            "{label}: {right} right of {found} resolved ({:.1}%), of {gold} annotated ({:.1}%)",
            percent(found),
            percent(gold)
        );
    }
    let _ = writeln!(page, "most salient in the headline: {fitting} of {headlines} articles whose headline has a name");
    mistakes.sort_unstable();
    mistakes.iter().take(errors).for_each(|mistake| {
        let _ = writeln!(page, "{mistake}");
    });
    page
}

/// Whether the most salient entity is named in the headline; none where the headline names nothing.
fn most_salient_is_in_headline(
    text: &Text,
    found: &identity::Identity,
    attributions: &[attribution::Attribution],
) -> Option<bool> {
    let headline = text.blocks.iter().find(|block| block.kind == BlockKind::Headline)?;
    let named = found.mentions_in(headline.span);
    let named: Vec<usize> = named.map(|mention| found.entity_of[mention].0 as usize).collect();
    if !named.iter().any(|&entity| has_identity(found.entities[entity].entity_type)) {
        return None;
    }
    let mut spoken = vec![0; found.entities.len()];
    for speaker in attributions.iter().filter_map(|attribution| attribution.speaker.as_ref()?.entity) {
        spoken[speaker.0 as usize] += 1;
    }
    let salience = identity::salience(text, found, &spoken);
    let most = (0..salience.len()).max_by(|&one, &other| salience[one].total_cmp(&salience[other]))?;
    Some(named.contains(&most))
}

/// The span and what stands before it, on one line.
fn before(text: &str, span: Span) -> String {
    let start = span.start.saturating_sub(60) as usize;
    let start = (0..=start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}[{}]", &text[start..span.start as usize], span.of(text)).replace('\n', "⏎")
}

fn has_identity(entity_type: EntityType) -> bool {
    !matches!(entity_type, EntityType::Date | EntityType::Money | EntityType::Percent | EntityType::Quantity)
}

fn gold(article: &Article, keep: &dyn Fn(&crate::corpus::Mention) -> bool) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut of_key: HashMap<&str, usize> = HashMap::new();
    for mention in article.mentions.iter().filter(|mention| has_identity(mention.entity_type) && keep(mention)) {
        let Some(key) = mention.key.as_deref() else { continue };
        let cluster = *of_key.entry(key).or_insert_with(|| {
            clusters.push(Vec::new());
            clusters.len() - 1
        });
        clusters[cluster].push(mention.span);
    }
    clusters
}

/// The annotated names as the recogniser would give them.
pub fn annotated_names(article: &Article, text: &Text) -> Vec<Mention> {
    let mut names: Vec<Mention> = article
        .mentions
        .iter()
        .filter(|mention| !matches!(mention.kind, MentionKind::Nominal | MentionKind::Pronoun))
        .map(|mention| Mention {
            span: mention.span,
            tokens: text.tokens_in(mention.span),
            entity_type: mention.entity_type,
            kind: mention.kind,
            confidence: 1.0,
            because: "annotation",
            value: mention.value.as_deref().map(Into::into),
        })
        .filter(|mention| !mention.tokens.is_empty())
        .collect();
    names.sort_by_key(|mention| mention.span.start);
    names.dedup_by(|later, earlier| later.tokens.start < earlier.tokens.end);
    names
}

fn f1(sums: &[f64; 4]) -> f64 {
    let recall = if sums[1] > 0.0 { sums[0] / sums[1] } else { 0.0 };
    let precision = if sums[3] > 0.0 { sums[2] / sums[3] } else { 0.0 };
    if recall + precision > 0.0 { 200.0 * recall * precision / (recall + precision) } else { 0.0 }
}

impl Sums {
    fn add(&mut self, gold: &[Cluster], system: &[Cluster]) {
        for (at, one, other) in [(0, gold, system), (2, system, gold)] {
            let of_other: HashMap<Span, usize> = other
                .iter()
                .enumerate()
                .flat_map(|(index, cluster)| cluster.iter().map(move |span| (*span, index)))
                .collect();
            for cluster in one {
                let mut parts: HashMap<usize, f64> = HashMap::new();
                let mut missing = 0.0;
                for span in cluster {
                    match of_other.get(span) {
                        Some(part) => *parts.entry(*part).or_default() += 1.0,
                        None => missing += 1.0,
                    }
                }
                let size = cluster.len() as f64;
                self.muc[at] += size - (parts.len() as f64 + missing);
                self.muc[at + 1] += size - 1.0;
                self.b_cubed[at] += parts.values().map(|part| part * part / size).sum::<f64>();
                self.b_cubed[at + 1] += size;
            }
        }
        let similarity = best_alignment(gold, system);
        self.ceaf[0] += similarity;
        self.ceaf[1] += gold.len() as f64;
        self.ceaf[2] += similarity;
        self.ceaf[3] += system.len() as f64;
    }
}

/// The largest sum of φ4 similarities over one-to-one alignments: the assignment problem, by the Hungarian method, cubic.
fn best_alignment(gold: &[Cluster], system: &[Cluster]) -> f64 {
    let size = gold.len().max(system.len());
    if gold.is_empty() || system.is_empty() {
        return 0.0;
    }
    let similarity = |row: usize, column: usize| -> f64 {
        let (Some(one), Some(other)) = (gold.get(row), system.get(column)) else { return 0.0 };
        let common = one.iter().filter(|span| other.contains(span)).count() as f64;
        2.0 * common / (one.len() + other.len()) as f64
    };
    let cost: Vec<Vec<f64>> = (0..size).map(|row| (0..size).map(|column| -similarity(row, column)).collect()).collect();
    let (mut u, mut v) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut row_of = vec![0usize; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; size + 1];
        let mut used = vec![false; size + 1];
        let mut way = vec![0usize; size + 1];
        while row_of[column] != 0 {
            used[column] = true;
            let current = row_of[column];
            let mut delta = f64::INFINITY;
            let mut next = 0;
            for other in 1..=size {
                if used[other] {
                    continue;
                }
                let reduced = cost[current - 1][other - 1] - u[current] - v[other];
                if reduced < least[other] {
                    least[other] = reduced;
                    way[other] = column;
                }
                if least[other] < delta {
                    delta = least[other];
                    next = other;
                }
            }
            for other in 0..=size {
                if used[other] {
                    u[row_of[other]] += delta;
                    v[other] -= delta;
                } else {
                    least[other] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    (1..=size).map(|column| similarity(row_of[column] - 1, column - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(groups: &[&[u32]]) -> Vec<Cluster> {
        groups.iter().map(|group| group.iter().map(|&start| Span::new(start, start + 1)).collect()).collect()
    }

    #[test]
    fn the_measures_agree_with_a_worked_example() {
        // Annotated {1 2 3} {4 5 6 7}, found {1 2} {3 4 5} {6 7 8 9}; worked out by hand.
        let mut sums = Sums::default();
        sums.add(&clusters(&[&[1, 2, 3], &[4, 5, 6, 7]]), &clusters(&[&[1, 2], &[3, 4, 5], &[6, 7, 8, 9]]));
        let rates = |sums: &[f64; 4]| [sums[0] / sums[1], sums[2] / sums[3]];
        let close = |found: [f64; 2], expected: [f64; 2]| found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-3);
        assert!(close(rates(&sums.muc), [0.6, 0.5]), "{:?}", rates(&sums.muc));
        assert!(close(rates(&sums.b_cubed), [0.5238, 0.5185]), "{:?}", rates(&sums.b_cubed));
        assert!(close(rates(&sums.ceaf), [0.6857, 0.4571]), "{:?}", rates(&sums.ceaf));
    }
}
