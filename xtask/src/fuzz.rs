//! `cargo xtask fuzz`: invents inputs by the paths that they take through the core.
//!
//! The installed compiler counts edges by itself (LLVM's coverage pass needs no nightly), and libFuzzer is compiled from
//! source by its crate. No sanitizer: the core forbids `unsafe`, so what is looked for are panics, overflows, broken promises,
//! hangs and hunger, all of which a build with checks tells by itself. The targets are cargo-fuzz's layout, which works too.

use crate::shell::{Shell, ask, find_program};
use crate::{Result, apt, root, target_directory};
use lexopt::prelude::*;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// All targets, and the longest input of each in bytes: short ones are tried often.
const TARGETS: &[(&str, usize)] =
    &[("analyze", 400), ("offsets", 400), ("readers", 200_000), ("corpus", 2000), ("jsonl", 2000)];

/// What cargo-fuzz asks of the compiler, so that paths are counted.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0";

/// What the command line asks for.
pub struct Arguments {
    target: Option<String>,
    runs: u64,
    /// Paths are counted in the promises alone and not in the core: what an earlier search has found is changed at random,
    /// ten times as often in the same time.
    broad: bool,
}

impl Arguments {
    /// # Errors
    /// There is no such target, or an argument is no number.
    pub fn parse(arguments: &mut lexopt::Parser) -> Result<Arguments> {
        let mut parsed = Arguments { target: None, runs: 100_000, broad: false };
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("runs") => parsed.runs = arguments.value()?.parse()?,
                Long("broad") => parsed.broad = true,
                Value(target) if parsed.target.is_none() => parsed.target = Some(target.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        if let Some(target) = &parsed.target
            && !TARGETS.iter().any(|(name, _)| name == target)
        {
            let names: Vec<_> = TARGETS.iter().map(|(name, _)| *name).collect();
            return Err(format!("no fuzz target {target:?}; there are {}", names.join(", ")).into());
        }
        Ok(parsed)
    }
}

/// Builds and runs the targets one after the other, on one core; stops at the first finding.
///
/// # Errors
/// There is no C++ compiler, or a target does not build.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let shell = Shell::on_terminal();
    if find_program("c++").is_none() {
        apt::install(&shell, &["g++"], "a C++ compiler (for libFuzzer)")?;
    }
    let host = host()?;
    let build = target_directory().join(if arguments.broad { "fuzz-broad" } else { "fuzz" });
    for (target, longest) in TARGETS {
        if arguments.target.as_deref().is_some_and(|wanted| wanted != *target) {
            continue;
        }
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        cargo
            .args(["rustc", "--locked", "--release", "--target", &host, "--bin", target])
            .current_dir(root().join("fuzz"))
            .env("CARGO_TARGET_DIR", &build);
        if arguments.broad {
            cargo.env("RUSTFLAGS", "--cfg fuzzing").arg("--").args(FLAGS.split(' '));
        } else {
            cargo.env("RUSTFLAGS", format!("--cfg fuzzing {FLAGS}"));
        }
        shell.run(&mut cargo)?;
        let found = target_directory().join("fuzz-found").join(target);
        std::fs::create_dir_all(&found)?;
        let corpus = target_directory().join("fuzz-corpus").join(target);
        seed(target, &corpus)?;
        println!("{target}: {} runs", arguments.runs);
        let status = Command::new(build.join(&host).join("release").join(target))
            .arg(&corpus)
            .arg(root().join("fuzz/seeds").join(target))
            .arg(format!("-dict={}", root().join("fuzz/dictionary.txt").display()))
            .arg(format!("-artifact_prefix={}/", found.display()))
            .arg(format!("-runs={}", arguments.runs))
            .arg(format!("-max_len={longest}"))
            .arg(format!("-keep_seed={}", u8::from(arguments.broad)))
            .args(["-timeout=20", "-rss_limit_mb=4096", "-print_final_stats=1"])
            .status()?;
        if !status.success() {
            println!("{target}: a finding lies in {}; make it a test in tests/adversarial.rs", found.display());
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Build scripts and macros run here and are no target: with a target named, the flags are not theirs.
fn host() -> Result<String> {
    let compiler = std::env::var_os("RUSTC").unwrap_or("rustc".into());
    let version = ask(compiler, &["--version", "--verbose"]).ok_or("rustc does not tell its version")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("rustc does not tell its host")?.to_owned())
}

/// Fills a new corpus with paragraphs of our own articles: whoever begins with news gets to news-like breakage sooner.
fn seed(target: &str, folder: &Path) -> Result<()> {
    if folder.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    if !matches!(target, "analyze" | "offsets" | "corpus") {
        return Ok(());
    }
    let mut files: Vec<PathBuf> = root().join("corpus/dev").read_dir()?.flatten().map(|file| file.path()).collect();
    files.sort();
    for file in files {
        let article = std::fs::read_to_string(&file)?;
        let body = article.split_once("\n===\n").map_or("", |(_, body)| body);
        for (index, paragraph) in body.split("\n\n").enumerate() {
            let seed = if target == "corpus" { paragraph.to_owned() } else { without_marks(paragraph) };
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            if seed.len() <= 400 {
                std::fs::write(folder.join(format!("{name}-{index}")), seed)?;
            }
        }
    }
    Ok(())
}

/// The words of an annotated paragraph: `{Ana Ruiz|PERSON ruiz}` is "Ana Ruiz".
fn without_marks(paragraph: &str) -> String {
    let mut words = String::new();
    let mut chars = paragraph.chars().peekable();
    // Inside braces, after the bar.
    let mut in_label = false;
    while let Some(c) = chars.next() {
        match c {
            '%' if chars.peek().is_some_and(char::is_ascii_lowercase) => {
                while chars.next().is_some_and(|c| c != '%') {}
            }
            '<' if chars.peek() == Some(&'<') => while chars.next().is_some_and(|c| c != '|') {},
            '>' if chars.peek() == Some(&'>') => drop(chars.next()),
            '{' => in_label = false,
            '|' => in_label = true,
            '}' => in_label = false,
            _ if in_label => {}
            _ => words.push(c),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_the_annotation_are_no_words() {
        let paragraph =
            "%paragraph%{Ana Ruiz|PERSON ruiz; s1} {said|c1=say} that <<1 indirect|it was {40%|PERCENT} full>>.";
        assert_eq!(without_marks(paragraph), "Ana Ruiz said that it was 40% full.");
    }

    #[test]
    fn only_targets_that_are_there_are_taken() {
        let parse = |words: &[&str]| Arguments::parse(&mut lexopt::Parser::from_args(words));
        assert!(parse(&["analyze", "--runs", "7"]).is_ok_and(|parsed| parsed.runs == 7));
        assert!(parse(&["no-such-target"]).is_err_and(|error| error.to_string().contains("jsonl")));
        for (target, _) in TARGETS {
            assert!(root().join(format!("fuzz/fuzz_targets/{target}.rs")).exists(), "{target}");
        }
    }
}
