//! Core → wasm → bindings → optimised: the generated part of the npm package, `npm/dist`; and the package as it is published.

use crate::shell::{Shell, Stamp};
use crate::wasm_toolchain::{TARGET, WasmToolchain};
use crate::{Result, npm, root, target_directory};
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// Names of the generated files: `pressmark.js`, `pressmark.d.ts`, `pressmark_bg.wasm`.
const NAME: &str = "pressmark";

/// What engines understand that we support, one by one: `--all-features` writes modules that Node 20 refuses.
const WASM_OPT: &[&str] = &[
    // As fast as -O3 and done in a fifth of the time.
    "-O2",
    // Otherwise all stages that are called once become one function of 350 KB: slow to optimise, here and in the browser.
    "--one-caller-inline-max-function-size=50",
    // Cuts the data wherever it holds some zeros: fifty thousand segments for a model, 15% more bytes in gzip.
    "--skip-pass=memory-packing",
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

/// Where the package lies as it is published: what `npm` holds, its scripts bundled.
pub fn packed() -> PathBuf {
    target_directory().join("npm")
}

/// Builds the package, as far as it is not built.
///
/// # Errors
/// A tool is missing or fails.
pub fn build(shell: &Shell) -> Result<()> {
    let toolchain = WasmToolchain::find(shell)?;
    shell.note(format!("wasm compiler: {}", toolchain.description));
    generate(shell, &toolchain, &["--release"], "release", &folder(), &[])?;
    pack(shell)
}

/// Makes what is published. It takes a moment, so it is done each time: whatever was left there before is gone.
fn pack(shell: &Shell) -> Result<()> {
    let packed = packed();
    if packed.exists() {
        std::fs::remove_dir_all(&packed)?;
    }
    let tools = npm::folder().join("node_modules");
    let mut command = npm::node()?;
    command.arg(root().join("xtask/src/pack.mjs")).arg(tools).arg(root().join("npm")).arg(packed);
    shell.run(&mut command).map(drop)
}

/// Builds the same module with the names of its functions, for measuring what takes the room. Returns the wasm.
///
/// # Errors
/// A tool is missing or fails.
pub fn build_named(shell: &Shell) -> Result<PathBuf> {
    let toolchain = WasmToolchain::find(shell)?;
    let folder = target_directory().join("named");
    generate(shell, &toolchain, &["--release"], "release", &folder, &["--debuginfo"])?;
    Ok(folder.join(format!("{NAME}_bg.wasm")))
}

/// Builds the package from nothing, with all that belongs to it in a folder of its own. Returns the wasm.
///
/// # Errors
/// A tool is missing or fails.
pub fn build_in(shell: &Shell, folder: &Path) -> Result<PathBuf> {
    let mut toolchain = WasmToolchain::find(shell)?;
    toolchain.target_directory = folder.join("cargo");
    let package = folder.join("dist");
    generate(shell, &toolchain, &["--release"], "release", &package, &[])?;
    Ok(package.join(format!("{NAME}_bg.wasm")))
}

/// Builds the module that panics on one text, for the tests of what happens then. Returns its folder.
///
/// # Errors
/// A tool is missing or fails.
pub fn build_panic_probe(shell: &Shell) -> Result<PathBuf> {
    let toolchain = WasmToolchain::find(shell)?;
    let folder = target_directory().join("panic-probe");
    generate(shell, &toolchain, &["--profile", "quick", "--features", "panic-probe"], "quick", &folder, &[])?;
    Ok(folder)
}

fn generate(
    shell: &Shell,
    toolchain: &WasmToolchain,
    profile: &[&str],
    profile_folder: &str,
    folder: &Path,
    also: &[&str],
) -> Result<()> {
    npm::install(shell)?;
    // Cargo itself knows best whether the core has to be compiled.
    let mut cargo = toolchain.cargo_build();
    shell.run(cargo.args(["--locked", "--package", "pressmark", "--lib"]).args(profile).current_dir(root()))?;
    let compiled = toolchain.target_directory.join(TARGET).join(profile_folder).join("pressmark.wasm");

    let lockfile = std::fs::read(npm::folder().join("package-lock.json"))?;
    let options = [WASM_OPT, also].concat().concat();
    // This program itself stands for the bindings' generator and its options.
    let generator = std::fs::read(std::env::current_exe()?)?;
    let parts = [&std::fs::read(&compiled)?, &lockfile, options.as_bytes(), &generator];
    let stamp = Stamp::new(folder.join(".made-from"), &parts);
    if stamp.is_fresh() {
        return Ok(());
    }
    // A new folder that takes the old one's place only when all is well: an interrupted build leaves no half package.
    let fresh = folder.with_extension("new");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh)?;
    }
    shell.progress("writing the bindings");
    bind(&compiled, &fresh)?;
    shell.progress("optimising the wasm");
    optimise(shell, &fresh.join(format!("{NAME}_bg.wasm")), also)?;
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::rename(&fresh, folder)?;
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
    let declarations = folder.join(format!("{NAME}.d.ts"));
    let text = without_any(&std::fs::read_to_string(&declarations)?);
    Ok(std::fs::write(declarations, text)?)
}

/// The generator calls handles of JavaScript values `any` where it declares the module's raw exports. Nobody should use
/// those, and whoever does should not lose the type checker.
fn without_any(declarations: &str) -> String {
    declarations.replace(": any", ": unknown")
}

fn optimise(shell: &Shell, wasm: &Path, also: &[&str]) -> Result<()> {
    let tool = npm::folder().join("node_modules/binaryen/bin/wasm-opt");
    shell.run(npm::node()?.arg(tool).args(WASM_OPT).args(also).arg(wasm).arg("--output").arg(wasm)).map(drop)
}
