//! Set-up and checks of the repository. What is done already is not done again.
//!
//! | module | what |
//! |---|---|
//! | [`package`] | core → wasm → bindings → optimised package in `npm/dist`; what is published in `target/npm` |
//! | [`wasm_toolchain`] | which compiler makes the wasm |
//! | [`npm`], [`apt`] | tools from npm by lockfile, programs from the system's packages |
//! | [`server`], [`serve`] | the page on loopback |
//! | [`page`], [`vendor`] | the page's modules as few files, and its kept libraries |
//! | [`browser`] | where a browser is |
//! | [`size`], [`parts`] | bytes shipped against the budget, and what takes them |
//! | [`mod@bench`] | time, memory and instructions, beside the peers |
//! | [`fuzz`] | invented inputs for the core and its readers |
//! | [`supply`] | dependencies, bill of materials, two builds that are one |
//! | [`check`] | everything that must pass |
//! | [`shell`] | how other programs are run and what is seen of them |

mod apt;
mod bench;
mod browser;
mod check;
mod fuzz;
mod npm;
mod package;
mod page;
mod parts;
mod serve;
mod server;
mod shell;
mod size;
mod supply;
mod vendor;
mod wasm_toolchain;

use lexopt::prelude::*;
use shell::Shell;
use std::path::PathBuf;
use std::process::ExitCode;

/// Errors are for reading: what failed, and what to do about it.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "\
cargo xtask serve [--port N] [--no-open] [--article FILE]
    Build what is not built yet, serve the page on 127.0.0.1 and open a browser on it.
    --article: the page opens on this text or HTML file.
cargo xtask build
    Build the package into npm/dist, what is published into target/npm, the page's libraries into www/vendor and its modules
    into www/bundle.
cargo xtask test
    Everything that must pass: format, lints, native tests, docs, package, sizes, the JS API in Node, the page in Chromium.
cargo xtask test --packages
    The packed package in Node, Bun, Deno, Chromium, bundlers and TypeScript: the import matrix.
cargo xtask fuzz [TARGET] [--runs N] [--broad]
    Invent inputs, 100,000 for each target (analyze, offsets, readers, corpus, jsonl), on one core; --broad changes those
    that were found at random, ten times as many in the same time.
cargo xtask reproduce
    Build the wasm twice from nothing and compare.
cargo xtask sbom
    Print a CycloneDX bill of materials of the wasm.
cargo xtask bench [--only PART]… [--cost] [--flame]
    Measure speed beside the peers, cold start, growth, memory, stages, instructions and the page; write bench/RESULTS.md.
    --only: one part anew. --cost: ten megabytes of each hostile kind, into SECURITY.md. --flame: a picture of the time.
cargo xtask bench --check
    Compare the instructions of each stage with bench/instructions.tsv: a change of over 3 % is told.
cargo xtask size [--write]
    Bytes of each shipped file, raw and compressed, against the budget, and what takes them in the wasm by section and crate.
    --write: the files' table into the package's README as well.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let mut arguments = lexopt::Parser::from_env();
    let command = match arguments.next()? {
        Some(Value(command)) => command.string()?,
        Some(Short('h') | Long("help")) => {
            println!("{USAGE}");
            return Ok(ExitCode::SUCCESS);
        }
        Some(other) => return Err(other.unexpected().into()),
        None => return Err(USAGE.into()),
    };
    if command == "fuzz" {
        return fuzz::run(&fuzz::Arguments::parse(&mut arguments)?);
    }
    if command == "bench" {
        return bench::run(&bench::Arguments::parse(&mut arguments)?);
    }
    if command == "serve" {
        return serve::run(&serve::Arguments::parse(&mut arguments)?);
    }
    let flag = match (command.as_str(), arguments.next()?) {
        (_, None) => false,
        ("test", Some(Long("packages"))) | ("size", Some(Long("write"))) => true,
        (_, Some(argument)) => return Err(argument.unexpected().into()),
    };
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    let shell = Shell::on_terminal();
    match command.as_str() {
        "build" => {
            package::build(&shell)?;
            vendor::build(&shell)?;
            page::build(&shell)?;
            Ok(ExitCode::SUCCESS)
        }
        "size" => {
            package::build(&shell)?;
            let report = size::measure(&shell)?;
            println!("{report}\n\n{}", parts::measure(&std::fs::read(package::build_named(&shell)?)?)?);
            if flag {
                report.write_into(&root().join("npm/README.md"))?;
            }
            report.check()?;
            Ok(ExitCode::SUCCESS)
        }
        "test" if flag => check::run_packages(),
        "reproduce" => {
            supply::reproduce(&shell)?.iter().for_each(|hash| println!("{hash}"));
            Ok(ExitCode::SUCCESS)
        }
        "sbom" => {
            println!("{}", supply::bill_of_materials()?.trim_end());
            Ok(ExitCode::SUCCESS)
        }
        "test" => check::run(),
        _ => Err(format!("no command {command:?}\n\n{USAGE}").into()),
    }
}

/// The repository.
fn root() -> PathBuf {
    // Cargo tells where the package lies now; it may have moved since it was compiled.
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map_or(env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().expect("xtask lies in the repository").to_owned()
}

/// Where cargo builds, and where everything that is kept between runs lies.
fn target_directory() -> PathBuf {
    // Relative to the current folder, as cargo reads it.
    std::env::var_os("CARGO_TARGET_DIR")
        .and_then(|path| std::path::absolute(path).ok())
        .unwrap_or_else(|| root().join("target"))
}
