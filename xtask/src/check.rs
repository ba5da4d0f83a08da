//! `cargo xtask test`: everything that must pass, one line a step.

use crate::server::Server;
use crate::shell::{Finished, Shell, find_program};
use crate::{
    Result, apt, browser, npm, package, page, root, serve, size, supply, target_directory, vendor, wasm_toolchain,
};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Tests and checks that passed and failed, and what the steps left out and why.
#[derive(Default)]
struct Tally {
    passed: u32,
    failed: u32,
    left_out: Vec<String>,
    /// What a reader needs to find the failure.
    output: String,
}

impl Tally {
    /// A step that is one check.
    fn one() -> Tally {
        Tally { passed: 1, ..Tally::default() }
    }
}

type Step = fn(&Shell) -> Result<Tally>;

/// Name, what it does, and whether it needs the built package.
const STEPS: &[(&str, Step, bool)] = &[
    ("format", format, false),
    ("lints", lints, false),
    ("native tests", native_tests, false),
    ("documentation", documentation, false),
    ("supply chain", supply_chain, false),
    ("package", package, false),
    ("lints for wasm", lints_for_wasm, false),
    ("sizes", sizes, true),
    ("declarations", declarations, true),
    ("API in Node", node_tests, true),
    ("API in Chromium", embedding_tests, true),
    ("page in Chromium", page_tests, true),
];

/// The package in other people's tools: minutes and hundreds of megabytes, so only where it is asked for.
const PACKAGE_STEPS: &[(&str, Step, bool)] = &[("package", package, false), ("import matrix", package_tests, true)];

/// Runs everything that must pass at any time.
///
/// # Errors
/// None: failures are counted.
pub fn run() -> Result<ExitCode> {
    run_steps(STEPS)
}

/// Tries the packed package in every runtime, bundler and compiler of the matrix, and shows each cell.
///
/// # Errors
/// None: failures are counted.
pub fn run_packages() -> Result<ExitCode> {
    run_steps(PACKAGE_STEPS)
}

/// Runs steps, also after one has failed.
fn run_steps(steps: &[(&str, Step, bool)]) -> Result<ExitCode> {
    let mut total = Tally::default();
    let mut has_package = true;
    for (name, step, needs_package) in steps {
        print!("{name:<18}");
        std::io::stdout().flush()?;
        let shell = Shell::keeping_output();
        let start = Instant::now();
        let result =
            if *needs_package && !has_package { Err("not run: there is no package".into()) } else { step(&shell) };
        let seconds = start.elapsed().as_secs_f64();
        let tally = result.unwrap_or_else(|error| Tally { failed: 1, output: error.to_string(), ..Tally::default() });
        if *name == "package" {
            has_package = tally.failed == 0;
        }
        // Over the progress that a terminal shows.
        let clear = if std::io::stdout().is_terminal() { "\x1b[K" } else { "" };
        println!("{:>5} passed {:>3} failed {seconds:>8.1} s{clear}", tally.passed, tally.failed);
        for line in shell.take_notes().iter().chain(&tally.left_out) {
            println!("    {line}");
        }
        if tally.failed > 0 {
            println!("{}", tally.output.trim_end());
        }
        total.passed += tally.passed;
        total.failed += tally.failed;
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    // The same folder as everybody else's, however this program was started.
    command.args(arguments).current_dir(root()).env("CARGO_TARGET_DIR", target_directory());
    command
}

/// Makes sure that cargo has a subcommand that not every installation brings.
fn need_component(shell: &Shell, component: &str, debian_package: &str) -> Result<()> {
    let is_there = || crate::shell::ask("cargo", &[component, "--version"]).is_some();
    if is_there() {
        return Ok(());
    }
    let rustup_name = if component == "fmt" { "rustfmt" } else { component };
    if find_program("rustup").is_some() {
        let _ = shell.run(Command::new("rustup").args(["component", "add", rustup_name]));
    } else {
        apt::install(shell, &[debian_package], rustup_name)?;
    }
    if is_there() {
        Ok(())
    } else {
        Err(format!("{rustup_name} is missing: rustup component add {rustup_name}").into())
    }
}

fn format(shell: &Shell) -> Result<Tally> {
    need_component(shell, "fmt", "rustfmt")?;
    shell.run(&mut cargo(&["fmt", "--all", "--check"]))?;
    Ok(Tally::one())
}

fn lints(shell: &Shell) -> Result<Tally> {
    need_component(shell, "clippy", "rust-clippy")?;
    let targets = ["--locked", "--workspace", "--all-targets", "--features", "pressmark/cli"];
    shell.run(cargo(&["clippy"]).args(targets).args(["--", "--deny", "warnings"]))?;
    Ok(Tally::one())
}

fn lints_for_wasm(shell: &Shell) -> Result<Tally> {
    if !wasm_toolchain::has_standard_library() {
        let reason = "left out: Debian's compiler for wasm brings no lints".into();
        return Ok(Tally { left_out: vec![reason], ..Tally::default() });
    }
    let targets = ["--locked", "--package", "pressmark", "--lib", "--target", wasm_toolchain::TARGET];
    shell.run(cargo(&["clippy"]).args(targets).args(["--", "--deny", "warnings"]))?;
    Ok(Tally::one())
}

fn native_tests(shell: &Shell) -> Result<Tally> {
    let arguments =
        ["test", "--locked", "--workspace", "--features", "pressmark/cli", "--no-fail-fast", "--", "--show-output"];
    Ok(tally_native(shell.run_to_end(&mut cargo(&arguments))?))
}

/// Reads cargo's `test result: ok. 21 passed; 0 failed; …` lines, and `left out: …` lines that tests print.
fn tally_native(Finished { succeeded, output }: Finished) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines() {
        if let Some(result) = line.strip_prefix("test result: ") {
            tally.passed += number_before(result, " passed");
            tally.failed += number_before(result, " failed");
        } else if line.starts_with("left out: ") && !tally.left_out.iter().any(|known| known == line) {
            tally.left_out.push(line.to_owned());
        }
    }
    tally.finish(succeeded, output)
}

impl Tally {
    /// A run that failed without a failed test failed before its tests: it did not compile, or it crashed.
    fn finish(mut self, succeeded: bool, output: String) -> Tally {
        if !succeeded {
            self.failed = self.failed.max(1);
        }
        self.output = output;
        self
    }
}

fn number_before(text: &str, word: &str) -> u32 {
    let before = text.split(word).next().unwrap_or_default();
    before.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

fn documentation(shell: &Shell) -> Result<Tally> {
    let mut command = cargo(&["doc", "--locked", "--no-deps", "--workspace", "--features", "pressmark/cli"]);
    shell.run(
        // The maps of the modules link to private ones: they are for those who work on them.
        command.env("RUSTDOCFLAGS", "--deny warnings --allow rustdoc::private_intra_doc_links"),
    )?;
    Ok(Tally::one())
}

fn supply_chain(shell: &Shell) -> Result<Tally> {
    shell.note(supply::check()?);
    Ok(Tally::one())
}

fn package(shell: &Shell) -> Result<Tally> {
    package::build(shell)?;
    Ok(Tally::one())
}

fn sizes(shell: &Shell) -> Result<Tally> {
    let sizes = size::measure(shell)?;
    sizes.check()?;
    shell.note(sizes.summary());
    Ok(Tally::one())
}

fn declarations(shell: &Shell) -> Result<Tally> {
    let compiler = npm::folder().join("node_modules/typescript/bin/tsc");
    // Programs as users write them, under both ways in which TypeScript finds modules.
    for project in ["tsconfig.json", "tsconfig.bundler.json"] {
        let project = root().join("tests/types").join(project);
        shell.run(npm::node()?.arg(&compiler).arg("--project").arg(project).current_dir(root()))?;
    }
    Ok(Tally { passed: 2, ..Tally::default() })
}

fn node_tests(shell: &Shell) -> Result<Tally> {
    let mut node = npm::node()?;
    node.env("PRESSMARK_PANIC_PROBE", package::build_panic_probe(shell)?).env("PRESSMARK_PACKED", package::packed());
    // The native program that the wasm is held against; the tests before have built most of it.
    shell.run(&mut cargo(&["build", "--locked", "--package", "pressmark", "--features", "cli"]))?;
    node.env("PRESSMARK_NATIVE", target_directory().join("debug/pressmark"));
    run_in_node(shell, "tests/node", node)
}

fn embedding_tests(shell: &Shell) -> Result<Tally> {
    let mut node = npm::node()?;
    node.env("PRESSMARK_CHROMIUM", browser::chromium(shell)?).env("PRESSMARK_PACKED", package::packed());
    run_in_node(shell, "tests/embedding", node)
}

fn package_tests(shell: &Shell) -> Result<Tally> {
    npm::install_in(shell, &root().join("tests/packages"))?;
    let mut node = npm::node()?;
    node.env("PRESSMARK_CHROMIUM", browser::chromium(shell)?).env("PRESSMARK_PACKED", package::packed());
    let mut tally = run_in_node(shell, "tests/packages", node)?;
    let cells = read_lossy(&target_directory().join("tests-packages.tap"));
    tally.left_out = cells.lines().filter_map(cell).collect();
    Ok(tally)
}

/// A line of TAP as a cell of the matrix: `ok 3 - Vite, built` becomes `passed  Vite, built`.
fn cell(line: &str) -> Option<String> {
    let (result, name) = line.split_once(" - ")?;
    let (name, reason) = name.split_once(" # SKIP").unwrap_or((name, ""));
    let result = match result.rsplit_once(' ')?.0 {
        _ if line.contains(" # SKIP") => "left out",
        "ok" => "passed",
        "not ok" => "failed",
        _ => return None,
    };
    Some(format!("{result:<9}{name}{}", if reason.is_empty() { String::new() } else { format!(":{reason}") }))
}

fn page_tests(shell: &Shell) -> Result<Tally> {
    vendor::build(shell)?;
    page::build(shell)?;
    let chromium = browser::chromium(shell)?;
    let mut node = npm::node()?;
    node.env("PRESSMARK_CHROMIUM", chromium).env("PRESSMARK_PAGE", serve_in_background(None)?);
    // The real article is not ours to ship: it lies beside the repository where there is one.
    let article = root().join("../shared/articles/guterres.txt");
    if article.is_file() {
        node.env("PRESSMARK_PAGE_WITH_ARTICLE", serve_in_background(Some(article))?);
    }
    run_in_node(shell, "tests/page", node)
}

fn serve_in_background(article: Option<PathBuf>) -> Result<String> {
    let server = Server::bind(0)?;
    let address = server.address();
    let site = serve::site(article);
    std::thread::spawn(move || server.serve(site));
    Ok(address)
}

/// Runs all `*.test.mjs` files of a folder.
fn run_in_node(shell: &Shell, folder: &str, mut node: Command) -> Result<Tally> {
    let mut files = Vec::new();
    for file in root().join(folder).read_dir()? {
        let file = file?.path();
        if file.to_string_lossy().ends_with(".test.mjs") {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        // Without a file, Node would look for tests everywhere.
        return Err(format!("{folder} holds no *.test.mjs").into());
    }
    let counts = target_directory().join(format!("{}.tap", folder.replace('/', "-")));
    // For each file as a whole: the matrix is one file and runs ten builds.
    let minutes = if folder == "tests/packages" { 30 } else { 10 };
    node.args(["--test", &format!("--test-timeout={}", minutes * 60_000)])
        // For people on the one side, for counting on the other.
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
        .args(["--test-reporter=tap", "--test-reporter-destination"])
        .arg(&counts)
        .args(files)
        .current_dir(root());
    let finished = shell.run_to_end(&mut node)?;
    Ok(tally_tap(finished, &read_lossy(&counts)))
}

fn read_lossy(file: &Path) -> String {
    std::fs::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Reads the summary at the end of TAP, and the tests that were skipped with their reasons.
fn tally_tap(Finished { succeeded, output }: Finished, tap: &str) -> Tally {
    let mut tally = Tally::default();
    for line in tap.lines() {
        if let Some(number) = line.strip_prefix("# pass ") {
            tally.passed = number.parse().unwrap_or(0);
        } else if let Some(number) = line.strip_prefix("# fail ") {
            tally.failed = number.parse().unwrap_or(0);
        } else if let Some((test, reason)) = line.split_once(" # SKIP") {
            let name = test.split_once(" - ").map_or(test, |(_, name)| name);
            tally.left_out.push(format!("left out: {name}: {}", reason.trim()));
        }
    }
    // Failures are told twice: where they happen, and together at the end.
    let output = output.split_once("failing tests:\n").map_or(output.as_str(), |(_, failures)| failures).to_owned();
    tally.finish(succeeded, output)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(succeeded: bool, output: &str) -> Finished {
        Finished { succeeded, output: output.to_owned() }
    }

    #[test]
    fn native_results_are_summed_over_all_test_programs() {
        let tally = tally_native(finished(
            true,
            "test result: ok. 21 passed; 0 failed; 2 ignored; 0 measured\nleft out: corpora: ../shared is absent\n\
             left out: corpora: ../shared is absent\ntest result: ok. 3 passed; 0 failed; 0 ignored",
        ));
        assert_eq!((tally.passed, tally.failed), (24, 0));
        assert_eq!(tally.left_out, ["left out: corpora: ../shared is absent"]);
    }

    #[test]
    fn a_run_that_does_not_compile_has_failed() {
        assert_eq!(tally_native(finished(false, "error: expected `;`")).failed, 1);
        assert_eq!(tally_tap(finished(false, ""), "").failed, 1);
    }

    #[test]
    fn cells_of_the_matrix_tell_their_result() {
        assert_eq!(cell("ok 3 - Vite, built").as_deref(), Some("passed   Vite, built"));
        assert_eq!(cell("not ok 4 - webpack 5").as_deref(), Some("failed   webpack 5"));
        assert_eq!(cell("ok 5 - Bun # SKIP no Bun here").as_deref(), Some("left out Bun: no Bun here"));
        assert_eq!(cell("# pass 5"), None);
    }

    #[test]
    fn results_of_node_are_read_from_the_summary() {
        let tap =
            "TAP version 13\nok 1 - offsets\n    ok 1 - nested # SKIP ../shared is absent\n1..2\n# pass 5\n# fail 2\n";
        let tally = tally_tap(finished(false, ""), tap);
        assert_eq!((tally.passed, tally.failed), (5, 2));
        assert_eq!(tally.left_out, ["left out: nested: ../shared is absent"]);
    }
}
