//! The caller's options, field by field.
//!
//! Deserialising them would bring all that serde can say of a value it did not expect, down to the printing of floats: 25 KB of code
//! for ten fields.

use crate::Options;
use crate::annotation::EntityType;
use crate::options::KnownEntity;
use wasm_bindgen::JsValue;

/// Reads [`Options`] from a plain object.
///
/// # Errors
/// Which field is wrong, and what it has to be.
pub fn read(given: &JsValue) -> Result<Options, String> {
    let mut options = Options::default();
    if let Some(types) = field(given, "types")?.filter(|types| !types.is_null()) {
        options.types = Some(list(&types, "types", entity_type)?);
    }
    if let Some(quotes) = field(given, "quotes")? {
        options.quotes = boolean(&quotes, "quotes")?;
    }
    if let Some(confidence) = field(given, "minConfidence")? {
        options.min_confidence = number(&confidence, "minConfidence")? as f32;
    }
    if let Some(entities) = field(given, "knownEntities")? {
        options.known_entities = list(&entities, "knownEntities", known_entity)?;
    }
    if let Some(explain) = field(given, "explain")? {
        options.explain = boolean(&explain, "explain")?;
    }
    if let Some(length) = field(given, "maxLength")? {
        let length = number(&length, "maxLength")?;
        if length.trunc() != length || !(0.0..=f64::from(u32::MAX)).contains(&length) {
            return Err(wrong("maxLength", "a whole number"));
        }
        options.max_length = length as usize;
    }
    Ok(options)
}

fn known_entity(given: &JsValue, name: &str) -> Result<KnownEntity, String> {
    let needed = |key: &str| field(given, key)?.ok_or_else(|| wrong(name, "a name and a type in each"));
    Ok(KnownEntity {
        name: string(&needed("name")?, "name")?,
        entity_type: entity_type(&needed("type")?, "type")?,
        aliases: field(given, "aliases")?.map_or(Ok(Vec::new()), |aliases| list(&aliases, "aliases", string))?,
        id: field(given, "id")?.filter(|id| !id.is_null()).map(|id| string(&id, "id")).transpose()?,
    })
}

/// A field that is there.
fn field(object: &JsValue, key: &str) -> Result<Option<JsValue>, String> {
    if !object.is_object() {
        return Err("expected an object".into());
    }
    let value = js_sys::Reflect::get(object, &key.into()).map_err(|_| wrong(key, "a field that can be read"))?;
    Ok(Some(value).filter(|value| !value.is_undefined()))
}

fn list<T>(value: &JsValue, name: &str, read: impl Fn(&JsValue, &str) -> Result<T, String>) -> Result<Vec<T>, String> {
    // A string can be gone through as well, sign by sign: that is no list.
    let items = if value.is_object() { js_sys::try_iter(value).ok().flatten() } else { None };
    let items = items.ok_or_else(|| wrong(name, "a list"))?;
    items.map(|item| read(&item.map_err(|_| wrong(name, "a list that can be read"))?, name)).collect()
}

fn entity_type(value: &JsValue, name: &str) -> Result<EntityType, String> {
    let known = EntityType::from_name(&string(value, name)?);
    known.ok_or_else(|| wrong(name, &EntityType::ALL.map(EntityType::name).join(", ")))
}

fn string(value: &JsValue, name: &str) -> Result<String, String> {
    value.as_string().ok_or_else(|| wrong(name, "a string"))
}

fn boolean(value: &JsValue, name: &str) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| wrong(name, "true or false"))
}

fn number(value: &JsValue, name: &str) -> Result<f64, String> {
    value.as_f64().ok_or_else(|| wrong(name, "a number"))
}

fn wrong(name: &str, expected: &str) -> String {
    format!("{name}: expected {expected}")
}
