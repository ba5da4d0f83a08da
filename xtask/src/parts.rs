//! What takes the room inside the wasm: its sections, its data by file, its code by crate and module.

use crate::{Result, root};
use std::collections::HashMap;
use std::fmt;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Files that are part of the data as they are.
const DATA: &[&str] = &["src/ner/model.bin", "src/lexicon/lexicon.bin", "src/quote/weights.bin"];

/// Rows of the table of the code; the rest is one row more.
const ROWS: usize = 30;

/// Bytes by name, largest first.
type Bytes = Vec<(String, u64)>;

/// What a module is made of. Shown as tables.
pub struct Parts {
    sections: Bytes,
    data: Bytes,
    code: Bytes,
}

/// Takes a module apart that holds the names of its functions.
///
/// # Errors
/// It is no module.
pub fn measure(wasm: &[u8]) -> Result<Parts> {
    let mut sections = Vec::new();
    let mut bodies = Vec::new();
    let mut imported = 0;
    let mut names = HashMap::new();
    let mut data_bytes = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                sections.push(("imports".to_owned(), imports.range().len() as u64));
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionStart { range, .. } => sections.push(("code".into(), range.len() as u64)),
            Payload::CodeSectionEntry(body) => bodies.push(body.range().len() as u64),
            Payload::DataSection(data) => {
                data_bytes = data.range().len() as u64;
                sections.push(("data".into(), data_bytes));
            }
            Payload::TypeSection(part) => sections.push(("types".into(), part.range().len() as u64)),
            Payload::FunctionSection(part) => sections.push(("functions".into(), part.range().len() as u64)),
            Payload::ElementSection(part) => sections.push(("elements".into(), part.range().len() as u64)),
            Payload::ExportSection(part) => sections.push(("exports".into(), part.range().len() as u64)),
            Payload::CustomSection(custom) => match custom.as_known() {
                // Not shipped: here for this table alone.
                KnownCustom::Name(reader) => {
                    for name in reader {
                        let Name::Function(functions) = name? else { continue };
                        for naming in functions {
                            let naming = naming?;
                            names.insert(naming.index, naming.name);
                        }
                    }
                }
                _ => sections.push((custom.name().to_owned(), custom.range().len() as u64)),
            },
            _ => {}
        }
    }
    let mut code: HashMap<String, u64> = HashMap::new();
    for (index, bytes) in bodies.into_iter().enumerate() {
        let name = names.get(&(index as u32 + imported)).copied().unwrap_or_default();
        *code.entry(owner(name)).or_default() += bytes;
    }
    let mut data: Bytes = Vec::new();
    for file in DATA {
        data.push(((*file).to_owned(), std::fs::metadata(root().join(file))?.len()));
    }
    let files: u64 = data.iter().map(|(_, bytes)| bytes).sum();
    data.push(("strings and tables in the code".into(), data_bytes.saturating_sub(files)));
    let mut parts = Parts { sections, data, code: code.into_iter().collect() };
    for list in [&mut parts.sections, &mut parts.data, &mut parts.code] {
        list.sort_by(|(name, bytes), (other, others)| others.cmp(bytes).then_with(|| name.cmp(other)));
    }
    Ok(parts)
}

/// Whose code a function is: its crate, of our own its module. What is generic is its author's, not its user's.
fn owner(function: &str) -> String {
    let mut path = function.split("::");
    let word = |part: &str| -> String {
        // `<core::…`, `&mut alloc`, `<&str as core`: the last word before the colons.
        part.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default().to_owned()
    };
    let first = word(path.next().unwrap_or_default());
    match path.next() {
        None => "glue: what the bindings and the compiler add".into(),
        Some(module) if first == "pressmark" => {
            let module: String = module.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            format!("pressmark::{module}")
        }
        // `<[T]>::sort`, `<str>::find`: methods of the language's own types.
        Some(_) if first.is_empty() => "core".into(),
        Some(_) => first,
    }
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = |title: &str, list: &Bytes| -> fmt::Result {
            let total: u64 = list.iter().map(|(_, bytes)| bytes).sum();
            writeln!(f, "{title:<50} {:>10} {:>7}", "bytes", "share")?;
            let share = |bytes: u64| bytes as f64 * 100.0 / total.max(1) as f64;
            for (name, bytes) in list.iter().take(ROWS) {
                writeln!(f, "{name:<50} {bytes:>10} {:>5.1} %", share(*bytes))?;
            }
            let rest: u64 = list.iter().skip(ROWS).map(|(_, bytes)| bytes).sum();
            if rest > 0 {
                writeln!(f, "{:<50} {rest:>10} {:>5.1} %", "the rest", share(rest))?;
            }
            writeln!(f)
        };
        table("wasm, by section", &self.sections)?;
        table("data", &self.data)?;
        table("code, by crate and module", &self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_its_authors() {
        for (function, expected) in [
            ("pressmark::ner::tagger::tag", "pressmark::ner"),
            ("<pressmark::span::Span as core::fmt::Debug>::fmt", "pressmark::span"),
            ("core::slice::sort::stable::drift::sort<pressmark::ner::Mention>", "core"),
            ("<alloc::vec::Vec<T> as core::ops::drop::Drop>::drop", "alloc"),
            ("<&str as serde_core::de::Deserialize>::deserialize", "serde_core"),
            ("<[u8]>::starts_with", "core"),
            ("__wbindgen_malloc", "glue: what the bindings and the compiler add"),
        ] {
            assert_eq!(owner(function), expected);
        }
    }
}
