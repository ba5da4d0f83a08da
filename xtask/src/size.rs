//! Bytes that a reader downloads, against the budget.

use crate::shell::{Shell, ask_output, find_program};
use crate::{Result, npm, root};
use std::fmt;

/// All code and data of the package in gzip: 0.95 MB, less than the smallest comparable package.
const BUDGET: u64 = 950_000;

/// The sizes of one file, in bytes.
struct File {
    path: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// The sizes of everything that the package ships to run. Shown as a table.
pub struct Sizes {
    files: Vec<File>,
}

/// Measures the built package.
pub fn measure(shell: &Shell) -> Result<Sizes> {
    npm::install(shell)?;
    let npm = find_program("npm").ok_or("npm is missing: install npm, and run again")?;
    let lines = ask_output(npm::node()?.arg(root().join("xtask/src/sizes.mjs")).arg(root().join("npm")).arg(npm))?;
    let files: Option<Vec<File>> = lines.lines().map(parse).collect();
    Ok(Sizes { files: files.ok_or_else(|| format!("sizes.mjs printed something unexpected:\n{lines}"))? })
}

fn parse(line: &str) -> Option<File> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [path, raw, gzip, brotli] = fields[..] else { return None };
    Some(File { path: path.into(), raw: raw.parse().ok()?, gzip: gzip.parse().ok()?, brotli: brotli.parse().ok()? })
}

impl Sizes {
    /// Whether the package fits its budget and is whole.
    ///
    /// # Errors
    /// It is too large, or holds no wasm.
    pub fn check(&self) -> Result<()> {
        if !self.files.iter().any(|file| file.path.ends_with(".wasm")) {
            return Err("the package would be published without its wasm".into());
        }
        let gzip = self.total().gzip;
        if gzip > BUDGET {
            return Err(
                format!("the package is {} bytes over its budget of {BUDGET} bytes in gzip", gzip - BUDGET).into()
            );
        }
        Ok(())
    }

    /// The total in one line.
    pub fn summary(&self) -> String {
        let File { raw, gzip, brotli, .. } = self.total();
        format!("{raw} bytes, {gzip} in gzip (budget {BUDGET}), {brotli} in brotli")
    }

    fn total(&self) -> File {
        let sum = |size: fn(&File) -> u64| self.files.iter().map(size).sum();
        File {
            path: "total".into(),
            raw: sum(|file| file.raw),
            gzip: sum(|file| file.gzip),
            brotli: sum(|file| file.brotli),
        }
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<28} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli")?;
        let total = self.total();
        for file in self.files.iter().chain([&total]) {
            writeln!(f, "{:<28} {:>10} {:>10} {:>10}", file.path, file.raw, file.gzip, file.brotli)?;
        }
        write!(f, "{:<28} {:>10} {:>10}", "budget", "", BUDGET)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(lines: &[&str]) -> Sizes {
        Sizes { files: lines.iter().map(|line| parse(line).unwrap()).collect() }
    }

    #[test]
    fn a_package_is_over_budget_by_the_sum_of_its_files() {
        assert!(sizes(&["a.wasm\t2000000\t900000\t800000", "b.js\t90000\t50000\t40000"]).check().is_ok());
        let error = sizes(&["a.wasm\t2000000\t900000\t800000", "b.js\t90000\t50001\t40000"]).check().unwrap_err();
        assert!(error.to_string().contains("1 bytes over"), "{error}");
    }

    #[test]
    fn a_package_without_wasm_is_refused() {
        assert!(sizes(&["b.js\t90\t50\t40"]).check().is_err());
    }
}
