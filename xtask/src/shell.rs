//! Runs other programs, and decides what is seen of them.

use crate::Result;
use std::cell::RefCell;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

/// Runs programs; their output goes to the terminal, or is kept until it is needed.
pub struct Shell {
    keep: bool,
    notes: RefCell<Vec<String>>,
}

impl Shell {
    /// Output goes to the terminal as it comes.
    pub fn on_terminal() -> Shell {
        Shell { keep: false, notes: RefCell::default() }
    }

    /// Output is kept: it stands in the error when a program fails. On a terminal its last line shows that work goes on.
    pub fn keeping_output() -> Shell {
        Shell { keep: true, notes: RefCell::default() }
    }

    /// Tells the user one thing worth knowing: at once, or with [`Shell::take_notes`] when output is kept.
    pub fn note(&self, line: impl Into<String>) {
        if self.keep {
            self.notes.borrow_mut().push(line.into());
        } else {
            eprintln!("{}", line.into());
        }
    }

    /// Tells the user what is going on just now, where it is seen at all.
    pub fn progress(&self, line: &str) {
        if !self.keep {
            eprintln!("{line}");
        } else if std::io::stderr().is_terminal() {
            show_progress(line);
        }
    }

    /// What there was to tell.
    pub fn take_notes(&self) -> Vec<String> {
        self.notes.take()
    }

    /// Runs a program to its end; its output, where output is kept.
    ///
    /// # Errors
    /// The program is not there or fails.
    pub fn run(&self, command: &mut Command) -> Result<String> {
        let Finished { succeeded, output } = self.run_to_end(command)?;
        if succeeded { Ok(output) } else { Err(format!("failed: {}\n{output}", line_of(command)).into()) }
    }

    /// As [`Shell::run`], but a failing program is a result as well.
    pub fn run_to_end(&self, command: &mut Command) -> Result<Finished> {
        // Nothing here asks questions: whatever would, has to fail.
        command.stdin(Stdio::null());
        if !self.keep {
            let status = command.status().map_err(|error| missing(command, &error))?;
            return Ok(Finished { succeeded: status.success(), output: String::new() });
        }
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| missing(command, &error))?;
        let output = Arc::new(Mutex::new(String::new()));
        let readers = [
            child.stdout.take().map(|pipe| keep(Box::new(pipe), output.clone())),
            child.stderr.take().map(|pipe| keep(Box::new(pipe), output.clone())),
        ];
        for reader in readers.into_iter().flatten() {
            let _ = reader.join();
        }
        let succeeded = child.wait()?.success();
        let output = std::mem::take(&mut *output.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
        Ok(Finished { succeeded, output })
    }
}

/// A program that has ended.
pub struct Finished {
    /// Exit status 0.
    pub succeeded: bool,
    /// Both output streams, line by line, where output is kept.
    pub output: String,
}

fn keep(pipe: Box<dyn Read + Send>, output: Arc<Mutex<String>>) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let terminal = std::io::stderr().is_terminal();
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            let text = String::from_utf8_lossy(&line);
            if terminal {
                show_progress(text.trim());
            }
            output.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push_str(&text);
            line.clear();
        }
    })
}

fn show_progress(line: &str) {
    let short: String = line.chars().filter(|c| !c.is_control()).take(70).collect();
    // Saves the cursor, clears the rest of the line, writes, goes back: the next line writes over it.
    eprint!("\x1b7\x1b[K  {short}\x1b8");
    let _ = std::io::stderr().flush();
}

/// The output of a quick question to another program; `None` when it is not there or fails.
pub fn ask(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The standard output of another program, kept apart from what it says on standard error.
///
/// # Errors
/// The program is not there or fails; holds what it said.
pub fn ask_output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| missing(command, &error))?;
    if !output.status.success() {
        return Err(format!("failed: {}\n{}", line_of(command), String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where a program lies in the search path.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| [folder.join(name), folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))])
        .find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

fn missing(command: &Command, error: &std::io::Error) -> String {
    format!("cannot run {}: {error}", command.get_program().to_string_lossy())
}

fn line_of(command: &Command) -> String {
    let words: Vec<_> =
        std::iter::once(command.get_program()).chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    words.join(" ")
}

/// FNV-1a over parts and their lengths: tells versions apart, guards against nobody.
pub struct Fnv(u64);

impl Fnv {
    /// Of nothing.
    pub fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    /// One part more.
    pub fn add(&mut self, part: &[u8]) {
        for byte in (part.len() as u64).to_le_bytes().iter().chain(part) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The hash of all parts so far.
    pub fn value(&self) -> u64 {
        self.0
    }
}

/// A file whose content says what something was made from: as long as it stays the same, nothing is made anew.
pub struct Stamp {
    file: PathBuf,
    expected: String,
}

impl Stamp {
    /// The stamp for something made from these parts.
    pub fn new(file: PathBuf, parts: &[&[u8]]) -> Stamp {
        let mut hash = Fnv::new();
        parts.iter().for_each(|part| hash.add(part));
        Stamp { file, expected: format!("{:016x}\n", hash.value()) }
    }

    /// Whether it was made from the same parts.
    pub fn is_fresh(&self) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|found| found == self.expected)
    }

    /// To be called once it is made.
    pub fn set(&self) -> Result<()> {
        Ok(std::fs::write(&self.file, &self.expected)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_an_error_with_its_output() {
        let shell = Shell::keeping_output();
        let error = shell.run(Command::new("cargo").arg("no-such-command")).unwrap_err().to_string();
        assert!(error.starts_with("failed: cargo no-such-command\n"), "{error}");
        assert!(error.contains("no such command"), "{error}");
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error_with_its_name() {
        let error = Shell::on_terminal().run(&mut Command::new("no-such-program-at-all")).unwrap_err().to_string();
        assert!(error.contains("no-such-program-at-all"), "{error}");
    }

    #[test]
    fn a_stamp_is_fresh_until_a_part_changes() {
        let file = std::env::temp_dir().join(format!("pressmark-stamp-{}", std::process::id()));
        let stamp = Stamp::new(file.clone(), &[b"ab", b"c"]);
        assert!(!stamp.is_fresh());
        stamp.set().unwrap();
        assert!(stamp.is_fresh());
        assert!(!Stamp::new(file.clone(), &[b"a", b"bc"]).is_fresh());
        std::fs::remove_file(file).unwrap();
    }
}
