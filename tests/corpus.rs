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

/// Where the texts of `corpus/real` are, if they are.
fn corpora() -> Option<PathBuf> {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    if !corpora.exists() {
        println!("left out: the texts of corpus/real are in ../shared/corpora, which is not here");
        return None;
    }
    Some(corpora)
}

/// The stand-off articles of a split; none where their texts are not there.
fn real(split: &str) -> Vec<Article> {
    let Some(corpora) = corpora() else { return Vec::new() };
    corpus::standoff::read_folder_with_texts(&folder(split), &corpora)
        .unwrap_or_else(|problems| panic!("{}", problems.join("\n")))
}

#[test]
fn every_article_reads_and_nothing_is_forgotten_in_it() {
    let mut problems = Vec::new();
    for split in ["train", "dev", "briefs"] {
        for article in articles(split) {
            assert!(
                folder(split).join(format!("{}.txt", article.id)).exists(),
                "{}: the id is not the file's name",
                article.id
            );
            assert_eq!(article.has_names_only(), split == "briefs", "{split}/{}", article.id);
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
    let train: Vec<Article> =
        [articles("train"), articles("briefs"), real("real/train"), real("real/names")].into_iter().flatten().collect();
    let dev: Vec<Article> = [articles("dev"), real("real/dev")].into_iter().flatten().collect();
    let train: Vec<_> = train.iter().map(|article| (article, shingles(article))).collect();
    let mut problems = Vec::new();
    for article in &dev {
        let own = shingles(article);
        for (other, shingles) in &train {
            let common = own.intersection(shingles).count();
            // Of the shorter one: a short release that stands whole in a long one is known from it.
            let shorter = own.len().min(shingles.len());
            if common * 20 >= shorter {
                problems
                    .push(format!("{} and {} share {common} of {shorter} runs of five words", article.id, other.id));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_statistics_are_those_of_the_articles() {
    let (train, dev, briefs) = (articles("train"), articles("dev"), articles("briefs"));
    let own: &[(&str, &[Article])] = &[("train", &train), ("dev", &dev), ("briefs", &briefs)];
    let page = std::fs::read_to_string(folder("STATS.md")).unwrap_or_default();
    const STALE: &str = "corpus/STATS.md is stale: pressmark corpus stats corpus > corpus/STATS.md";
    assert!(page.starts_with(&corpus::statistics_page(own, None)), "{STALE}");
    if corpora().is_some() {
        let (train, dev) = (real("real/train"), real("real/dev"));
        let real: &[(&str, &[Article])] = &[("train", &train), ("dev", &dev)];
        assert!(page == corpus::statistics_page(own, Some(real)), "{STALE}");
    }
}

#[test]
fn stand_off_annotations_fit_their_texts() {
    for split in ["real/train", "real/dev", "real/names"] {
        let articles = real(split).len();
        let files = std::fs::read_dir(folder(split)).unwrap().count();
        assert!(corpora().is_none() || articles == files, "{split}: {articles} of {files}");
    }
}

#[test]
fn nothing_is_forgotten_in_texts_of_which_only_the_names_are_annotated() {
    let mut problems = Vec::new();
    for article in real("real/names") {
        assert!(article.has_names_only() && article.quotes.is_empty(), "{}", article.id);
        problems.extend(corpus::check(&article).iter().map(|problem| format!("{}: {problem}", article.id)));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
