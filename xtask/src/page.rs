//! The page's own modules and what they take from the package as few files: `www/bundle`. A browser asks for each file by
//! itself, and for fifty small ones it works longer than for what is in them.

use crate::shell::Shell;
use crate::{Result, npm, root};
use std::path::Path;
use std::sync::Mutex;
use std::time::SystemTime;

/// Bundles them, unless that was done after the last change.
///
/// # Errors
/// A tool is missing or fails.
pub fn build(shell: &Shell) -> Result<()> {
    // Two browsers that ask at once get one bundle.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock();
    let folder = root().join("www/bundle");
    let made = folder.join("main.js").metadata().and_then(|file| file.modified()).ok();
    let sources = ["www/src", "npm/src", "npm/index.js", "npm/dist/pressmark.js", "xtask/src/page.mjs"];
    if made.is_some_and(|made| sources.iter().all(|source| newest(&root().join(source)) <= Some(made))) {
        return Ok(());
    }
    npm::install(shell)?;
    let mut command = npm::node()?;
    command.arg(root().join("xtask/src/page.mjs"));
    shell.run(command.arg(npm::folder().join("node_modules")).arg(root()).arg(folder)).map(drop)
}

/// Bundles anew what has changed since, so that a reload shows it.
pub fn renew() {
    if let Err(error) = build(&Shell::keeping_output()) {
        eprintln!("the page is as it was before: {error}");
    }
}

/// When the file, or the one of the folder that was changed last, was changed.
fn newest(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return path.metadata().ok()?.modified().ok();
    }
    path.read_dir().ok()?.flatten().filter_map(|entry| newest(&entry.path())).max()
}
