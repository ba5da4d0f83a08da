//! The JS boundary: thin, typed, no logic. Offsets are UTF-16 code units.
//!
//! A lone surrogate in the caller's string is read as U+FFFD, which is one code unit as well: offsets still slice the caller's string.

use crate::{OffsetUnit, Options};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Analyses `text`. `options` is a plain object as [`Options`] documents it, or undefined.
///
/// # Errors
/// A plain object `{code, message, …}`: `text-too-long` with `length` and `maximum` in bytes of UTF-8; `invalid-option`.
#[wasm_bindgen(skip_typescript)]
pub fn analyze(text: &str, options: JsValue) -> Result<JsValue, JsValue> {
    let options: Options = if options.is_undefined() || options.is_null() {
        Options::default()
    } else {
        serde_wasm_bindgen::from_value(options).map_err(|error| failure("invalid-option", &error.to_string(), None))?
    };
    let annotation = crate::analyze(text, &options).map_err(|error| {
        let crate::Error::TextTooLong { length, maximum } = error;
        failure("text-too-long", &error.to_string(), Some((length, maximum)))
    })?;
    let annotation = annotation.in_unit(text, OffsetUnit::Utf16);
    annotation.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
}

/// The version of the package.
#[wasm_bindgen(skip_typescript)]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

fn failure(code: &str, message: &str, lengths: Option<(usize, usize)>) -> JsValue {
    let object = js_sys::Object::new();
    let set = |key: &str, value: JsValue| {
        // Setting a field of a fresh plain object cannot fail.
        let _ = js_sys::Reflect::set(&object, &key.into(), &value);
    };
    set("code", code.into());
    set("message", message.into());
    if let Some((length, maximum)) = lengths {
        set("length", (length as f64).into());
        set("maximum", (maximum as f64).into());
    }
    object.into()
}
