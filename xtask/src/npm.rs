//! Tools from npm, exactly as `tests/package-lock.json` lists them.

use crate::shell::{Shell, Stamp, ask, find_program};
use crate::{Result, root};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Node that the tools and the package run on: major, minor.
const OLDEST_NODE: (u32, u32) = (20, 16);

/// The folder with the tools' lockfile.
pub fn folder() -> PathBuf {
    root().join("tests")
}

/// Node, checked for its version.
///
/// # Errors
/// It is missing or too old.
pub fn node() -> Result<Command> {
    let (major, minor) = OLDEST_NODE;
    match ask("node", &["--version"]) {
        Some(version) if parse_version(&version).is_some_and(|found| found >= OLDEST_NODE) => Ok(Command::new("node")),
        Some(version) => {
            Err(format!("Node {version} is too old: install Node {major}.{minor} or newer, and run again").into())
        }
        None => Err(format!("Node is missing: install Node {major}.{minor} or newer with npm, and run again").into()),
    }
}

/// `v20.16.0`: major and minor.
fn parse_version(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.trim().trim_start_matches('v').split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// Installs the tools, unless they are as the lockfile wants them.
pub fn install(shell: &Shell) -> Result<()> {
    node()?;
    install_in(shell, &folder())
}

/// Installs what the lockfile in a folder lists, unless it is there.
///
/// # Errors
/// npm is missing or fails.
pub fn install_in(shell: &Shell, folder: &Path) -> Result<()> {
    let lockfile = std::fs::read(folder.join("package-lock.json"))?;
    // Inside the folder it vouches for, so that it vanishes with it.
    let stamp = Stamp::new(folder.join("node_modules/.installed-from"), &[&lockfile]);
    if stamp.is_fresh() {
        return Ok(());
    }
    shell.progress("installing the build tools from npm");
    let npm = find_program("npm").ok_or("npm is missing: install npm, and run again")?;
    shell.run(Command::new(npm).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder))?;
    stamp.set()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(parse_version("v20.20.2"), Some((20, 20)));
        assert!(parse_version("v20.9.0") < Some(OLDEST_NODE));
        assert!(parse_version("v100.0.0") > Some(OLDEST_NODE));
        assert_eq!(parse_version("unknown"), None);
    }
}
