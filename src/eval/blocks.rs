//! `pressmark eval blocks`: kinds of blocks against our own corpus.

use crate::annotation::BlockKind;
use crate::article;
use crate::corpus::Article;
use crate::span::Span;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Precision, recall and F1 per kind (a block is right when span and kind are), and up to `errors` mistakes.
pub fn report(articles: &[Article], errors: usize) -> String {
    let mut counts: BTreeMap<BlockKind, [usize; 3]> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for article in articles {
        let gold: Vec<(BlockKind, Span)> = article.blocks.iter().map(|block| (block.kind, block.span)).collect();
        let found: Vec<(BlockKind, Span)> =
            article::blocks(&article.text).iter().map(|block| (block.kind, block.span)).collect();
        for block in &gold {
            let entry = counts.entry(block.0).or_default();
            entry[0] += 1;
            if found.contains(block) {
                entry[2] += 1;
            } else {
                mistakes.push(format!("missed  {:?} {}: {}", block.0, article.id, start(block.1, article)));
            }
        }
        for block in &found {
            counts.entry(block.0).or_default()[1] += 1;
            if !gold.contains(block) {
                mistakes.push(format!("wrong   {:?} {}: {}", block.0, article.id, start(block.1, article)));
            }
        }
    }
    let mut page = String::from("kind         gold  found      P      R     F1\n");
    for (kind, [gold, found, right]) in counts {
        let (gold, found, right) = (gold as f64, found as f64, right as f64);
        let percent = |part: f64, whole: f64| if whole > 0.0 { 100.0 * part / whole } else { 0.0 };
        let (p, r) = (percent(right, found), percent(right, gold));
        let name = format!("{kind:?}");
        let f1 = percent(2.0 * right, gold + found);
        let _ = writeln!(page, "{name:<11} {gold:>5} {found:>6} {p:>6.1} {r:>6.1} {f1:>6.1}");
    }
    mistakes.iter().take(errors).for_each(|mistake| {
        let _ = writeln!(page, "{mistake}");
    });
    page
}

fn start(span: Span, article: &Article) -> String {
    span.of(&article.text).chars().take(110).collect()
}
