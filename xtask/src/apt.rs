//! Programs from the system's own packages, on Debian and Ubuntu.

use crate::Result;
use crate::shell::{Shell, ask, find_program};
use std::process::Command;
use std::sync::Once;

/// Installs packages that are not installed yet.
///
/// # Errors
/// A line that says what to install by hand: there is no apt, no right to use it, or it fails.
pub fn install(shell: &Shell, packages: &[&str], purpose: &str) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if find_program("apt-get").is_none() {
        return Err(
            format!("{purpose} is missing: install {names}, or what your system calls it, and run again").into()
        );
    }
    let by_hand = format!("install it and run again: sudo apt-get install {names}");
    let Some(apt) = privileged() else {
        return Err(format!("{purpose} is missing: {by_hand}").into());
    };
    shell.note(format!("{purpose}: installing {names} with apt-get"));
    let run =
        |arguments: &[&str]| shell.run(Command::new(apt[0]).args(&apt[1..]).arg("apt-get").args(arguments)).map(drop);
    static UPDATE: Once = Once::new();
    // A stale or unreachable list is no reason to give up: the packages may be there all the same.
    UPDATE.call_once(|| drop(run(&["update", "--quiet=2"])));
    run(&["install", "--yes", "--quiet=2", "--no-install-recommends", "--"]
        .into_iter()
        .chain(missing)
        .collect::<Vec<_>>())
    .map_err(|error| format!("{error}\n{purpose} is missing: {by_hand}").into())
}

/// Whether this package is installed.
pub fn is_installed(package: &str) -> bool {
    ask("dpkg-query", &["--show", "--showformat=${db:Status-Status}", package]).as_deref() == Some("installed")
}

/// How to run something as root without being asked for a password.
fn privileged() -> Option<&'static [&'static str]> {
    const AS_ROOT: &[&str] = &["env", "DEBIAN_FRONTEND=noninteractive"];
    const BY_SUDO: &[&str] = &["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"];
    if ask("id", &["-u"])? == "0" { Some(AS_ROOT) } else { ask("sudo", &["-n", "true"]).map(|_| BY_SUDO) }
}
