//! The page's kept libraries, bundled from npm as the lockfile has them: `www/vendor`.

use crate::shell::{Shell, Stamp};
use crate::{Result, npm, root};

/// Name of the bundle, what the page takes from it, and whose it is.
const LIBRARIES: &[(&str, &str, &str)] = &[
    (
        "d3-force",
        "export { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';",
        "/*! d3-force, d3-dispatch, d3-quadtree, d3-timer; Copyright Mike Bostock; ISC licence */",
    ),
    ("fflate", "export { unzip } from 'fflate';", "/*! fflate; Copyright Arjun Barrett; MIT licence */"),
];

/// Bundles them, unless they are as the lockfile wants them.
///
/// # Errors
/// A tool is missing or fails.
pub fn build(shell: &Shell) -> Result<()> {
    npm::install(shell)?;
    let folder = root().join("www/vendor");
    let lockfile = std::fs::read(npm::folder().join("package-lock.json"))?;
    let mut parts = vec![lockfile.as_slice()];
    for (name, entry, notice) in LIBRARIES {
        parts.extend([name.as_bytes(), entry.as_bytes(), notice.as_bytes()]);
    }
    let stamp = Stamp::new(folder.join(".made-from"), &parts);
    if stamp.is_fresh() {
        return Ok(());
    }
    shell.progress("bundling the page's libraries");
    std::fs::create_dir_all(&folder)?;
    for (name, entry, notice) in LIBRARIES {
        let mut command = npm::node()?;
        command
            .arg(root().join("xtask/src/bundle.mjs"))
            .arg(npm::folder().join("node_modules"))
            .args([entry, notice])
            .arg(folder.join(format!("{name}.js")));
        shell.run(&mut command)?;
    }
    stamp.set()
}
