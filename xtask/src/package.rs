//! Core → wasm → bindings → optimised: the generated part of the npm package, `npm/dist`.

use crate::shell::{Shell, Stamp};
use crate::wasm_toolchain::{TARGET, WasmToolchain};
use crate::{Result, npm, root};
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// Names of the generated files: `pressmark.js`, `pressmark.d.ts`, `pressmark_bg.wasm`.
const NAME: &str = "pressmark";

/// What engines understand that we support, one by one: `--all-features` writes modules that Node 20 refuses.
const WASM_OPT: &[&str] = &[
    "-O3",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// Where the package's generated files lie.
pub fn folder() -> PathBuf {
    root().join("npm/dist")
}

/// Builds the package, as far as it is not built.
///
/// # Errors
/// A tool is missing or fails.
pub fn build(shell: &Shell) -> Result<()> {
    npm::install(shell)?;
    let toolchain = WasmToolchain::find(shell)?;
    shell.note(format!("wasm compiler: {}", toolchain.description));
    // Cargo itself knows best whether the core has to be compiled.
    shell.run(
        toolchain.cargo_build().args(["--locked", "--package", "pressmark", "--lib", "--release"]).current_dir(root()),
    )?;
    let compiled = toolchain.target_directory.join(TARGET).join("release/pressmark.wasm");

    let folder = folder();
    let stamp = Stamp::new(
        folder.join(".made-from"),
        &[
            &std::fs::read(&compiled)?,
            &std::fs::read(npm::folder().join("package-lock.json"))?,
            WASM_OPT.concat().as_bytes(),
            include_bytes!("package.rs"),
            include_bytes!("../../Cargo.lock"),
        ],
    );
    if stamp.is_fresh() {
        return Ok(());
    }
    // A new folder that takes the old one's place only when all is well: an interrupted build leaves no half package.
    let fresh = root().join("npm/dist.new");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh)?;
    }
    shell.note("writing the bindings");
    bind(&compiled, &fresh)?;
    shell.note("optimising the wasm");
    optimise(shell, &fresh.join(format!("{NAME}_bg.wasm")))?;
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::rename(&fresh, &folder)?;
    stamp.set()
}

/// The JavaScript and the declarations around the wasm.
fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(NAME)
        .web(true)?
        .typescript(true)
        // The package names the wasm's address itself, in the one form that every bundler knows.
        .omit_default_module_path(true)
        // After a panic the package throws the instance away and makes a new one.
        .reset_state_function(true)
        .remove_producers_section(true)
        .generate(folder)?;
    Ok(())
}

fn optimise(shell: &Shell, wasm: &Path) -> Result<()> {
    let tool = npm::folder().join("node_modules/binaryen/bin/wasm-opt");
    shell.run(npm::node()?.arg(tool).args(WASM_OPT).arg(wasm).arg("--output").arg(wasm)).map(drop)
}
