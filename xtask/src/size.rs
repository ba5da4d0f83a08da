//! Bytes that a reader downloads, against the budget.

use crate::shell::{Shell, ask_output, find_program};
use crate::{Result, npm, package, root};
use std::fmt::{self, Write};
use std::path::Path;

/// All code and data of the package in gzip: 0.95 MB, less than the smallest comparable package.
const BUDGET: u64 = 950_000;

/// What may be shipped until the budget is met: it may only go down. Over it are the code (some 350 KB) and the model.
const BOUND: u64 = 1_060_000;

/// Between these the README has its table.
const TABLE_START: &str = "<!-- sizes: cargo xtask size --write -->";
const TABLE_END: &str = "<!-- /sizes -->";

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
    let lines = ask_output(npm::node()?.arg(root().join("xtask/src/sizes.mjs")).arg(package::packed()).arg(npm))?;
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
        if gzip > BOUND {
            return Err(format!("the package is {} bytes over its bound of {BOUND} bytes in gzip", gzip - BOUND).into());
        }
        Ok(())
    }

    /// Puts the table between the README's marks.
    ///
    /// # Errors
    /// The README has no marks or cannot be written.
    pub fn write_into(&self, readme: &Path) -> Result<()> {
        let text = std::fs::read_to_string(readme)?;
        let fresh = self.replace_table(&text).ok_or("the README has lost the marks of its table of sizes")?;
        Ok(std::fs::write(readme, fresh)?)
    }

    fn replace_table(&self, text: &str) -> Option<String> {
        let start = text.find(TABLE_START)? + TABLE_START.len();
        let end = start + text[start..].find(TABLE_END)?;
        Some(format!("{}\n{}{}", &text[..start], self.markdown(), &text[end..]))
    }

    fn markdown(&self) -> String {
        let mut table = String::from("| bytes | raw | gzip | brotli |\n|---|---:|---:|---:|\n");
        let total = self.total();
        for File { path, raw, gzip, brotli } in self.files.iter().chain([&total]) {
            let _ = writeln!(table, "| {path} | {raw} | {gzip} | {brotli} |");
        }
        table
    }

    /// The total in one line.
    pub fn summary(&self) -> String {
        let File { raw, gzip, brotli, .. } = self.total();
        format!("{raw} bytes, {gzip} in gzip (budget {BUDGET}, bound for now {BOUND}), {brotli} in brotli")
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
    fn a_package_is_over_its_bound_by_the_sum_of_its_files() {
        let package =
            |script: u64| sizes(&["a.wasm\t2000000\t900000\t800000", &format!("b.js\t90000\t{script}\t40000")]);
        assert!(package(BOUND - 900_000).check().is_ok());
        let error = package(BOUND - 900_000 + 1).check().unwrap_err();
        assert!(error.to_string().contains("1 bytes over"), "{error}");
    }

    #[test]
    fn the_readme_gets_the_table_between_its_marks() {
        let sizes = sizes(&["a.wasm\t3\t2\t1"]);
        let text = format!("before\n{TABLE_START}\nold\n{TABLE_END}\nafter\n");
        let fresh = sizes.replace_table(&text).unwrap();
        assert!(fresh.contains("| a.wasm | 3 | 2 | 1 |\n| total | 3 | 2 | 1 |\n<!-- /sizes -->\nafter"), "{fresh}");
        assert!(!fresh.contains("old"));
        assert_eq!(sizes.replace_table(&fresh), Some(fresh.clone()));
        assert_eq!(sizes.replace_table("no marks"), None);
    }

    #[test]
    fn a_package_without_wasm_is_refused() {
        assert!(sizes(&["b.js\t90\t50\t40"]).check().is_err());
    }
}
