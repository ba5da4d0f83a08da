//! Which compiler makes the wasm. One that is there is used; otherwise one is fetched: from rustup, or from Debian.

use crate::shell::{Shell, ask, find_program};
use crate::{Result, apt, target_directory};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler for Firefox, its standard library as source, and a linker.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "rust-web-src", "lld-19"];

/// A compiler for wasm.
pub struct WasmToolchain {
    /// For the user, in one line.
    pub description: &'static str,
    /// Where it builds. Debian's compiler is another version than the native one: in one folder they would undo each
    /// other's work.
    pub target_directory: PathBuf,
    debian: Option<Debian>,
}

struct Debian {
    compiler: PathBuf,
    linker: PathBuf,
}

impl WasmToolchain {
    /// Finds one, or installs one.
    ///
    /// # Errors
    /// There is none, and no way to install one: says what to install by hand.
    pub fn find(shell: &Shell) -> Result<WasmToolchain> {
        if has_standard_library() {
            return Ok(WasmToolchain::of_cargo("the installed target of your Rust toolchain"));
        }
        let target_directory = target_directory();
        // Asking rustup's server every time would cost seconds: the answer is kept for as long as the build is.
        let refused = target_directory.join("rustup-has-no-wasm");
        let mut by_hand = format!("rustup target add {TARGET}");
        if find_program("rustup").is_some() && !refused.exists() {
            shell.progress(&format!("adding rustup's target {TARGET}"));
            let added = shell.run(Command::new("rustup").args(["target", "add", TARGET]));
            if has_standard_library() {
                return Ok(WasmToolchain::of_cargo("rustup's target, just added"));
            }
            if let Err(error) = added {
                by_hand = format!("{by_hand}  # it failed: {}", error.to_string().lines().last().unwrap_or_default());
            }
            std::fs::create_dir_all(&target_directory)?;
            std::fs::write(&refused, "")?;
        }
        let failed = |error| format!("No compiler for wasm. Either: {by_hand}\nor, on Debian: {error}");
        apt::install(shell, DEBIAN_PACKAGES, "Debian's compiler for wasm").map_err(failed)?;
        let debian = Debian::installed().ok_or("Debian's packages hold no compiler for wasm where it was expected")?;
        Ok(WasmToolchain {
            description: "Debian's rustc-web, building the standard library from source",
            target_directory: target_directory.join("debian-wasm"),
            debian: Some(debian),
        })
    }

    fn of_cargo(description: &'static str) -> WasmToolchain {
        WasmToolchain { description, target_directory: target_directory(), debian: None }
    }

    /// `cargo build` for wasm.
    pub fn cargo_build(&self) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        command.args(["build", "--target", TARGET]).env("CARGO_TARGET_DIR", &self.target_directory);
        if let Some(debian) = &self.debian {
            command
                .arg("-Zbuild-std=std,panic_abort")
                // Building the standard library is a nightly option; Debian ships the sources that fit its compiler.
                .env("RUSTC_BOOTSTRAP", "1")
                .env("RUSTC", &debian.compiler)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &debian.linker);
        }
        command
    }
}

impl Debian {
    fn installed() -> Option<Debian> {
        let files = ask("dpkg", &["--listfiles", "rustc-web"])?;
        let compiler = files.lines().find(|file| file.ends_with("bin/rustc"))?.into();
        let linker = find_program("wasm-ld-19")?;
        Some(Debian { compiler, linker })
    }
}

/// Whether cargo's own compiler has the target.
pub fn has_standard_library() -> bool {
    let compiler = std::env::var_os("RUSTC").unwrap_or("rustc".into());
    ask(compiler, &["--print", "target-libdir", "--target", TARGET])
        .is_some_and(|folder| holds_library(Path::new(&folder)))
}

fn holds_library(folder: &Path) -> bool {
    let Ok(files) = folder.read_dir() else { return false };
    files.flatten().any(|file| {
        let name = file.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}
