//! Where a browser is: the user's, to look at the page; Chromium, to test it.

use crate::shell::{Shell, find_program};
use crate::{Result, apt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Shows an address in the user's browser, where there is a desktop with one. Says whether it tried.
pub fn open(address: &str) -> bool {
    let on_desktop =
        ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()));
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else if on_desktop {
        Command::new("xdg-open")
    } else {
        return false;
    };
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
}

/// Chromium or Chrome, for the tests of the page; installed where there is none and apt is there.
///
/// # Errors
/// There is none and it cannot be installed; says what to install.
pub fn chromium(shell: &Shell) -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    apt::install(shell, &["chromium"], "Chromium")?;
    find_chromium()
        .ok_or_else(|| "Chromium is missing: install it, or name it in the variable CHROMIUM, and run again".into())
}

fn find_chromium() -> Option<PathBuf> {
    const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    const APPLICATIONS: &[&str] = &[
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    NAMES
        .iter()
        .find_map(|name| find_program(name))
        .or_else(|| APPLICATIONS.iter().map(Path::new).find(|path| path.exists()).map(Path::to_owned))
}
