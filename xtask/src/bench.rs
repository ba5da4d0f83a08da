//! `cargo xtask bench`: gets ready what is measured and the peers, and has `bench/run.mjs` measure.

use crate::server::Server;
use crate::shell::{Shell, Stamp, ask, find_program};
use crate::{Result, apt, browser, npm, package, page, root, serve, target_directory, vendor};
use lexopt::prelude::*;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The parts, in the order in which they run, and whether they do when none is named: the cost of hostile texts takes
/// minutes and belongs to SECURITY.md.
const PARTS: &[(&str, bool)] = &[
    ("speed", true),
    ("start", true),
    ("growth", true),
    ("memory", true),
    ("stages", true),
    ("instructions", true),
    ("page", true),
    ("cost", false),
];

/// What the user asked for.
#[derive(Debug)]
pub struct Arguments {
    parts: Vec<String>,
    check: bool,
    flame: bool,
}

impl Arguments {
    /// Reads the arguments after the command.
    ///
    /// # Errors
    /// There is no such argument or part.
    pub fn parse(parser: &mut lexopt::Parser) -> Result<Arguments> {
        let mut arguments = Arguments { parts: Vec::new(), check: false, flame: false };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("only") => arguments.parts.push(parser.value()?.string()?),
                Long("cost") => arguments.parts.push("cost".into()),
                Long("check") => arguments.check = true,
                Long("flame") => arguments.flame = true,
                other => return Err(other.unexpected().into()),
            }
        }
        if let Some(unknown) = arguments.parts.iter().find(|part| !PARTS.iter().any(|(name, _)| name == part)) {
            let names: Vec<_> = PARTS.iter().map(|(name, _)| *name).collect();
            return Err(format!("nothing is measured as {unknown:?}; there are {}", names.join(", ")).into());
        }
        if arguments.parts.is_empty() && !arguments.flame {
            let wanted = PARTS
                .iter()
                .filter(|(name, by_itself)| if arguments.check { *name == "instructions" } else { *by_itself });
            arguments.parts.extend(wanted.map(|(name, _)| (*name).to_owned()));
        }
        Ok(arguments)
    }

    fn wants(&self, part: &str) -> bool {
        self.parts.iter().any(|wanted| wanted == part)
    }
}

/// Measures.
///
/// # Errors
/// Something that is measured cannot be built. A peer that is not to be had is left out, and that is told.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let shell = Shell::on_terminal();
    let folder = target_directory().join("bench");
    std::fs::create_dir_all(&folder)?;
    let native = native(&shell, &folder)?;
    let texts = folder.join("texts.jsonl");
    shell.run(Command::new(&native).arg("texts").arg(root().join("corpus")).arg(&texts))?;
    if arguments.flame {
        flame(&shell, &folder, &native, &texts)?;
    }
    if arguments.parts.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let mut node = npm::node()?;
    node.arg(root().join("bench/run.mjs")).arg(&folder).args(&arguments.parts);
    node.env("PRESSMARK_BENCH_TEXTS", &texts).env("PRESSMARK_BENCH_NATIVE", &native);
    if ["speed", "start", "growth", "memory", "page"].iter().any(|part| arguments.wants(part)) {
        package::build(&shell)?;
        node.env("PRESSMARK_PACKED", package::packed());
    }
    if ["speed", "start", "memory"].iter().any(|part| arguments.wants(part)) {
        npm::install_in(&shell, &root().join("bench"))?;
    }
    if arguments.wants("speed") {
        match python(&shell, &folder) {
            Ok(python) => drop(node.env("PRESSMARK_BENCH_PYTHON", python)),
            Err(error) => shell.note(format!("spaCy is left out: {}", last_line(&*error))),
        }
    }
    if arguments.wants("instructions") {
        node.env("PRESSMARK_BENCH_VALGRIND", valgrind(&shell)?);
    }
    if arguments.wants("page") {
        vendor::build(&shell)?;
        page::build(&shell)?;
        node.env("PRESSMARK_CHROMIUM", browser::chromium(&shell)?);
        let server = Server::bind(0)?;
        node.env("PRESSMARK_PAGE", server.address());
        std::thread::spawn(move || server.serve(serve::site(None)));
    }
    if arguments.check {
        node.env("PRESSMARK_BENCH_CHECK", "1");
    }
    let succeeded = node.current_dir(root()).status()?.success();
    Ok(if succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The native harness, built as what is shipped is.
fn native(shell: &Shell, folder: &Path) -> Result<PathBuf> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.args(["build", "--quiet", "--locked", "--release"]).current_dir(root().join("bench/native"));
    shell.run(cargo.env("CARGO_TARGET_DIR", folder.join("cargo")))?;
    Ok(folder.join("cargo/release").join(format!("pressmark-bench{}", std::env::consts::EXE_SUFFIX)))
}

fn valgrind(shell: &Shell) -> Result<PathBuf> {
    if find_program("valgrind").is_none() {
        apt::install(shell, &["valgrind"], "valgrind, which counts instructions,")?;
    }
    find_program("valgrind").ok_or_else(|| "valgrind is missing: install it, and run again".into())
}

/// A Python with spaCy and its small English model: the user's own, or one in a folder of ours.
fn python(shell: &Shell, folder: &Path) -> Result<PathBuf> {
    const HAS_ALL: &str =
        "import spacy; assert any(n.startswith('en_core_web_sm') for n in spacy.util.get_installed_models())";
    let python = find_program("python3").ok_or("there is no python3")?;
    if ask(&python, &["-c", HAS_ALL]).is_some() {
        return Ok(python);
    }
    let own = folder.join("python");
    let program = own.join("bin/python");
    let wanted = root().join("bench/python");
    let (spacy, model) = (wanted.join("spacy.txt"), wanted.join("model.txt"));
    let stamp = Stamp::new(own.join(".installed-from"), &[&std::fs::read(&spacy)?, &std::fs::read(&model)?]);
    if stamp.is_fresh() {
        return Ok(program);
    }
    shell.progress("installing spaCy, which takes a minute or two");
    let quiet = Shell::keeping_output();
    quiet.run(Command::new(python).args(["-m", "venv"]).arg(&own))?;
    let pip = |arguments: &[&str], list: &Path| {
        let mut pip = Command::new(&program);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(arguments);
        quiet.run(pip.arg("--requirement").arg(list))
    };
    pip(&[], &spacy)?;
    pip(&["--no-deps", "--require-hashes"], &model)?;
    stamp.set()?;
    Ok(program)
}

/// Where the time goes, as a picture: sampled by the kernel, drawn by inferno, which is built for it the first time.
fn flame(shell: &Shell, folder: &Path, native: &Path, texts: &Path) -> Result<()> {
    let perf = find_program("perf").ok_or("perf is missing: install it (linux-perf on Debian), and run again")?;
    let tools = folder.join("tools");
    if !tools.join("bin/inferno-flamegraph").exists() {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        shell.run(cargo.args(["install", "--quiet", "--locked", "inferno", "--root"]).arg(&tools))?;
    }
    let samples = folder.join("perf.data");
    let mut record = Command::new(&perf);
    // The clock, for virtual machines hide the processor's counters. Whole stacks: the program keeps no frame pointers.
    record.args([
        "record",
        "--quiet",
        "--event",
        "cpu-clock:u",
        "--freq",
        "499",
        "--call-graph",
        "dwarf,16384",
        "--output",
    ]);
    shell.run(record.arg(&samples).arg(native).arg("count").arg(texts))?;
    let picture = folder.join("flame.svg");
    let draw = format!(
        "'{}' script --input '{}' 2>/dev/null | '{bin}/inferno-collapse-perf' | '{bin}/inferno-flamegraph' > '{}'",
        perf.display(),
        samples.display(),
        picture.display(),
        bin = tools.join("bin").display(),
    );
    shell.run(Command::new("sh").args(["-c", &draw]))?;
    println!("{}", picture.display());
    Ok(())
}

fn last_line(error: &dyn std::error::Error) -> String {
    error.to_string().trim_end().lines().last().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &[&str]) -> Result<Arguments> {
        Arguments::parse(&mut lexopt::Parser::from_args(line))
    }

    #[test]
    fn what_is_measured_is_what_was_asked_for() {
        assert!(!parse(&[]).unwrap().wants("cost"));
        assert_eq!(parse(&["--only", "start", "--cost"]).unwrap().parts, ["start", "cost"]);
        assert_eq!(parse(&["--check"]).unwrap().parts, ["instructions"]);
        assert!(parse(&["--flame"]).unwrap().parts.is_empty());
        assert!(parse(&["--only", "everything"]).unwrap_err().to_string().contains("there are speed, start"));
    }
}
