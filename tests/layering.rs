//! The one-way street of the pipeline: no stage imports a later one.

use std::path::{Path, PathBuf};

/// The stages in the order of the data. Shared vocabulary (`span`, `annotation`'s enums, `options`) stands outside.
const STAGES: [&str; 7] = ["article", "text", "lexicon", "ner", "identity", "quote", "attribution"];
/// What no stage may know: the result's assembly, the JS edge, and the tools around the core.
const ABOVE: [&str; 4] = ["pipeline", "wasm", "eval", "corpus"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("a folder entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_stage_imports_a_later_one() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (position, stage) in STAGES.iter().enumerate() {
        let mut files = Vec::new();
        sources(&src.join(stage), &mut files);
        assert!(!files.is_empty(), "no sources in {stage}");
        for file in files {
            // Trainers and builders are tools that live beside what they make.
            let is_tool = file.components().any(|part| {
                matches!(part.as_os_str().to_str(), Some("train" | "train.rs" | "build.rs" | "clusters.rs"))
            });
            let text = std::fs::read_to_string(&file).expect("a readable source");
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(&text);
            for later in STAGES[position + 1..].iter().chain(&ABOVE) {
                if !is_tool
                    && code
                        .lines()
                        .any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("crate::{later}::")))
                {
                    wrong.push(format!("{} imports {later}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
