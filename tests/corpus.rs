//! The annotated corpus keeps its promises. Needs the feature `cli`, which holds the reader.
#![cfg(feature = "cli")]

use pressmark::corpus::{self, Article};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)
}

fn articles(split: &str) -> Vec<Article> {
    corpus::read_folder(&folder(split)).unwrap_or_else(|problems| panic!("{}", problems.join("\n")))
}

#[test]
fn every_article_reads_and_nothing_is_forgotten_in_it() {
    let mut problems = Vec::new();
    for split in ["train", "dev"] {
        for article in articles(split) {
            assert!(
                folder(split).join(format!("{}.txt", article.id)).exists(),
                "{}: the id is not the file's name",
                article.id
            );
            problems.extend(corpus::check(&article).iter().map(|problem| format!("{split}/{}: {problem}", article.id)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Five words in a row, over the whole article.
fn shingles(article: &Article) -> HashSet<Vec<&str>> {
    let words: Vec<&str> = article.text.split_whitespace().collect();
    words.windows(5).map(<[&str]>::to_vec).collect()
}

#[test]
fn no_article_of_dev_is_nearly_one_of_train() {
    let (train, dev) = (articles("train"), articles("dev"));
    let train: Vec<_> = train.iter().map(|article| (article, shingles(article))).collect();
    for article in &dev {
        let own = shingles(article);
        for (other, shingles) in &train {
            let common = own.intersection(shingles).count();
            assert!(
                common * 20 < own.len(),
                "{} and {} share {common} of {} runs of five words",
                article.id,
                other.id,
                own.len()
            );
        }
    }
}

#[test]
fn the_statistics_are_those_of_the_articles() {
    let (train, dev) = (articles("train"), articles("dev"));
    let page = std::fs::read_to_string(folder("STATS.md")).unwrap_or_default();
    let fresh = corpus::statistics(&[("train", &train), ("dev", &dev)]);
    assert!(page == fresh, "corpus/STATS.md is stale: pressmark corpus stats corpus > corpus/STATS.md");
}

#[test]
fn stand_off_annotations_fit_their_texts() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    if !corpora.exists() {
        println!("left out: the texts of corpus/real are in ../shared/corpora, which is not here");
        return;
    }
    for split in ["real/train", "real/dev"] {
        if folder(split).exists()
            && let Err(problems) = corpus::standoff::read_folder_with_texts(&folder(split), &corpora)
        {
            panic!("{}", problems.join("\n"));
        }
    }
}
