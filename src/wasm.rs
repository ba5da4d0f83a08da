//! The JS boundary: thin, typed, no logic. Offsets are UTF-16 code units.
//!
//! Options come as an object; the annotation leaves flat, and `npm/src/unpack.js` makes an object of it.
//!
//! A lone surrogate in the caller's string is read as U+FFFD, which is one code unit as well: offsets still slice the caller's string.

mod options;

use crate::flat::Flat;
use crate::{OffsetUnit, Options, Progress, Stage};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &'static str = include_str!("wasm.d.ts");

#[wasm_bindgen]
extern "C" {
    /// [`Options`] as a plain object.
    #[wasm_bindgen(typescript_type = "Options")]
    pub type JsOptions;
    /// [`Flat`]: its numbers, its strings.
    #[wasm_bindgen(typescript_type = "[numbers: Uint32Array, strings: string]")]
    pub type JsFlat;
}

/// Makes a panic an exception with its message. The instance is of no use afterwards: the caller makes a new one.
#[wasm_bindgen(start)]
fn throw_panics() {
    std::panic::set_hook(Box::new(|panic| {
        // The class that engines themselves throw when a module stops.
        wasm_bindgen::throw_val(js_sys::WebAssembly::RuntimeError::new(&panic.to_string()).into())
    }));
}

/// Finds the blocks, sentences, entities and quotes of an article: an `Annotation` for `unpack`. `progress` is called with the
/// name of each stage, `read`, `names`, `identity`, `quotes`, and how much of it lies behind, 0 to 1: with 0 before it begins,
/// and on the way through the stages of a long text. What it throws is ignored.
///
/// @throws {Failure} when the text is too long or an option is wrong; `code` tells which.
/// @throws {WebAssembly.RuntimeError} on a bug of ours; the module has to be instantiated anew.
#[wasm_bindgen]
pub fn analyze(text: &str, options: Option<JsOptions>, progress: Option<js_sys::Function>) -> Result<JsFlat, JsValue> {
    #[cfg(feature = "panic-probe")]
    assert_ne!(text, "panic, please");
    let options: Options = match options {
        None => Options::default(),
        Some(given) => options::read(&given.into())
            .map_err(|message| failure(&Failure { code: "invalid-option", length: None, maximum: None }, &message))?,
    };
    let mut tell = |Progress { stage, part }: Progress| {
        if let Some(progress) = &progress {
            let _ = progress.call2(&JsValue::NULL, &name(stage).into(), &part.into());
        }
    };
    let annotation = crate::analyze_telling(text, &options, &mut tell).map_err(|error| {
        let crate::Error::TextTooLong { length, maximum } = error;
        // A text's length is counted in 32 bits; what is longer is told as the longest.
        let [length, maximum] = [length, maximum].map(|bytes| Some(u32::try_from(bytes).unwrap_or(u32::MAX)));
        failure(&Failure { code: "text-too-long", length, maximum }, &error.to_string())
    })?;
    let Flat { numbers, strings } = Flat::of(&annotation.in_unit(text, OffsetUnit::Utf16));
    let numbers = js_sys::Uint32Array::from(numbers.as_slice());
    Ok(js_sys::Array::of2(&numbers, &strings.into()).unchecked_into())
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "read",
        Stage::Names => "names",
        Stage::Identity => "identity",
        Stage::Quotes => "quotes",
    }
}

/// The version of the package.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// What an error tells besides its message: `Failure` in `wasm.d.ts`.
#[derive(Serialize)]
struct Failure {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<u32>,
}

fn failure(failure: &Failure, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    // Three plain fields are always written.
    if let Ok(fields) = failure.serialize(&serde_wasm_bindgen::Serializer::json_compatible()) {
        js_sys::Object::assign(&error, fields.unchecked_ref());
    }
    error.into()
}
