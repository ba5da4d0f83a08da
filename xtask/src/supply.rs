//! What is built from whom, and whether it can be built again: licences, sources and checksums of everything that comes from
//! elsewhere, a bill of materials, and two clean builds that must be one.

use crate::shell::{Shell, find_program};
use crate::{Result, npm, package, root, target_directory, wasm_toolchain};
use std::io::Write;
use std::process::{Command, Stdio};

/// Checks every dependency against the rules in `supply.mjs`. Returns a line that sums them up.
///
/// # Errors
/// One that breaks a rule is named.
pub fn check() -> Result<String> {
    let lockfile = npm::folder().join("package-lock.json");
    let output = ask_node(&["check", &lockfile.to_string_lossy()])?;
    Ok(format!("{}; {}", output.trim_end(), deny()?))
}

/// The same and bans by cargo-deny, of all three workspaces, where it is installed: it is a second opinion, and takes longer to
/// build than everything else together.
fn deny() -> Result<String> {
    let Some(program) = find_program("cargo-deny") else { return Ok("cargo-deny is not installed".to_owned()) };
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml", "bench/native/Cargo.toml"] {
        let output = Command::new(&program)
            .args(["--all-features", "--locked", "--config", "deny.toml", "--manifest-path", manifest])
            .args(["check", "licenses", "bans", "sources"])
            .current_dir(root())
            .output()?;
        if !output.status.success() {
            return Err(format!("cargo-deny: {manifest}\n{}", String::from_utf8_lossy(&output.stderr)).into());
        }
    }
    Ok("cargo-deny has no objection".to_owned())
}

/// A CycloneDX list of what is inside the wasm.
///
/// # Errors
/// Cargo or Node is missing or fails.
pub fn bill_of_materials() -> Result<String> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml"))?;
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    ask_node(&["sbom", version.ok_or("Cargo.toml names no version")?])
}

/// Builds the package twice, each time from nothing in a folder of its own. Returns the two hashes.
///
/// # Errors
/// A build fails, or the two differ.
pub fn reproduce(shell: &Shell) -> Result<[String; 2]> {
    let mut hashes = [String::new(), String::new()];
    for (hash, name) in hashes.iter_mut().zip(["reproduce-one", "reproduce-other-folder"]) {
        let folder = target_directory().join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        let wasm = package::build_in(shell, &folder)?;
        let bytes = std::fs::read(&wasm)?;
        *hash = sha256(&bytes)?;
        std::fs::remove_dir_all(&folder)?;
    }
    if hashes[0] != hashes[1] {
        return Err(format!("two clean builds differ: {} and {}", hashes[0], hashes[1]).into());
    }
    Ok(hashes)
}

/// The dependencies, as cargo resolves them for the wasm, handed to `supply.mjs`.
fn ask_node(arguments: &[&str]) -> Result<String> {
    let metadata = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["metadata", "--locked", "--format-version", "1", "--filter-platform", wasm_toolchain::TARGET])
        .current_dir(root())
        .output()?;
    if !metadata.status.success() {
        return Err(String::from_utf8_lossy(&metadata.stderr).into());
    }
    answer(npm::node()?.arg(root().join("xtask/src/supply.mjs")).args(arguments), &metadata.stdout)
}

/// Lowercase hexadecimal; Node has it, so that no crate has to.
fn sha256(bytes: &[u8]) -> Result<String> {
    let program = "let h=require('crypto').createHash('sha256');process.stdin.pipe(h).on('finish',()=>console.log(h.digest('hex')))";
    Ok(answer(npm::node()?.args(["-e", program]), bytes)?.trim().to_owned())
}

/// What a program prints when it is given `input`; an error where it fails.
fn answer(command: &mut Command, input: &[u8]) -> Result<String> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut stdin = child.stdin.take().ok_or("no standard input")?;
    let input = input.to_vec();
    // Written beside: a program that answers before it has read everything must not wait for us.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output()?;
    let _ = writer.join();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(text)
    } else {
        Err(format!("{text}{}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_that_of_the_standard() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc").unwrap(), expected);
    }
}
