//! What the reading of whole articles gives, and how good it is, as committed files: a change shows in the diff.
//!
//! `PRESSMARK_SNAPSHOTS=write cargo test --features cli --test snapshots` writes them anew; read the difference before you commit it.
#![cfg(feature = "cli")]

use pressmark::text::Text;
use pressmark::{Annotation, Options, eval};
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Compares with, or writes, a file of `tests/snapshots`.
fn check(name: &str, fresh: &str) {
    let path = root().join("tests/snapshots").join(name);
    if std::env::var_os("PRESSMARK_SNAPSHOTS").is_some_and(|how| how == "write") {
        std::fs::write(&path, fresh).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let first = kept.lines().zip(fresh.lines()).find(|(kept, fresh)| kept != fresh);
    assert!(
        kept == fresh,
        "{name} changed, first here: {first:?}; PRESSMARK_SNAPSHOTS=write cargo test --features cli --test snapshots"
    );
}

/// Offsets and roles, no words: bytes, so that an article that is not ours can be kept this way too.
fn outline(source: &str, annotation: &Annotation) -> String {
    let mut page = String::new();
    for block in &annotation.blocks {
        let _ = writeln!(page, "block {:?} {}..{}", block.kind, block.start, block.end);
    }
    for pair in &Text::read(source).marks {
        let _ = writeln!(page, "marks {:?} {}..{}", pair.role, pair.content.start, pair.content.end);
    }
    for entity in &annotation.entities {
        let mentions: Vec<String> =
            entity.mentions.iter().map(|mention| format!("{}..{}", mention.start, mention.end)).collect();
        let _ = writeln!(page, "{} {:?} {}", entity.id, entity.entity_type, mentions.join(" "));
    }
    for quote in &annotation.quotes {
        let pieces: Vec<String> = quote.pieces.iter().map(|piece| format!("{}..{}", piece.start, piece.end)).collect();
        let speaker = quote.speaker.as_ref().map_or("nobody".to_owned(), |speaker| {
            format!("{} at {}..{}", speaker.entity.as_deref().unwrap_or("-"), speaker.start, speaker.end)
        });
        let parent = quote.parent.as_ref().map(|parent| format!(" in {parent}")).unwrap_or_default();
        let _ = writeln!(
            page,
            "{} {:?} {:?} {}{parent}: {speaker} {:?}",
            quote.id,
            quote.kind,
            quote.medium,
            pieces.join(" "),
            quote.flags
        );
    }
    page
}

#[test]
fn articles() {
    let mut sources: Vec<PathBuf> = std::fs::read_dir(root().join("www/samples"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    sources.sort();
    let real = root().join("../shared/articles/guterres.txt");
    if real.is_file() {
        sources.push(real);
    } else {
        println!("left out: the outline of the real article: ../shared/articles is not here");
    }
    for path in sources {
        let source = std::fs::read_to_string(&path).unwrap();
        let annotation = pressmark::analyze(&source, &Options::default()).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy();
        check(&format!("{name}.outline"), &outline(&source, &annotation));
    }
}

#[test]
fn scores() {
    let articles = pressmark::corpus::read_folder(&root().join("corpus/dev")).unwrap();
    let options = eval::ner::Options {
        shared: Path::new("."),
        own: &root().join("corpus/dev"),
        corpora: vec!["own".into()],
        errors: 0,
        system: None,
        model: None,
        after_identity: false,
    };
    let names = eval::ner::report(&options).unwrap();
    let table = names.split("\n\n").nth(1).unwrap_or(&names);
    let page = format!(
        "{table}\n\n{}\n{}\n{}",
        eval::identity::report(&articles, false, 0, None),
        eval::quotes::report(&articles, pressmark::quote::scorer::weights(), 0),
        eval::blocks::report(&articles, 0)
    );
    check("scores.snap", &page);
}
