//! The TypeScript declarations in `src/wasm.d.ts` say what the Rust types say: the same fields, the same of them optional or
//! null, the same kinds of values, the same names in every enumeration.
#![cfg(feature = "cli")]

use pressmark::annotation::{
    Annotation, Block, BlockKind, Cue, Entity, EntityType, Medium, Mention, MentionKind, Quote, QuoteFlag, QuoteKind,
    Speaker,
};
use pressmark::{KnownEntity, Options, Span};
use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde_json::Value;
use std::collections::BTreeMap;

const DECLARATIONS: &str = include_str!("../src/wasm.d.ts");

/// `name?: type` of an interface, with the fields of `Span` where it extends it.
fn interface(name: &str) -> BTreeMap<String, (bool, String)> {
    let start =
        DECLARATIONS.find(&format!("export interface {name} ")).unwrap_or_else(|| panic!("no interface {name}"));
    let (head, body) = DECLARATIONS[start..].split_once("{\n").unwrap();
    let mut fields = if head.contains("extends Span") { interface("Span") } else { BTreeMap::new() };
    for line in body.split("\n}").next().unwrap().lines().map(str::trim) {
        let Some((field, kind)) = line.strip_suffix(';').and_then(|line| line.split_once(": ")) else { continue };
        let field = field.trim_start_matches("readonly ");
        fields.insert(field.trim_end_matches('?').to_owned(), (field.ends_with('?'), kind.to_owned()));
    }
    fields
}

/// The members of `type Name = 'a' | 'b'`.
fn union(name: &str) -> Vec<String> {
    let start = DECLARATIONS.find(&format!("export type {name} =")).unwrap_or_else(|| panic!("no type {name}"));
    let body = DECLARATIONS[start..].split(';').next().unwrap();
    body.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether a value may stand where the declarations say `kind`.
fn fits(value: &Value, kind: &str) -> bool {
    kind.split(" | ").any(|kind| match value {
        Value::Null => kind == "null",
        Value::Bool(_) => kind == "boolean",
        Value::Number(_) => kind == "number",
        Value::String(text) => {
            kind == "string" || DECLARATIONS.contains(&format!("export type {kind} =")) && union(kind).contains(text)
        }
        Value::Array(items) => {
            let Some(kind) = kind.strip_prefix("readonly ").and_then(|kind| kind.strip_suffix("[]")) else {
                return false;
            };
            items.iter().all(|item| fits(item, kind))
        }
        Value::Object(_) => {
            DECLARATIONS.contains(&format!("export interface {kind} ")) && {
                check(kind, value);
                true
            }
        }
    })
}

/// Every field is declared and fits; every field that may not be absent is there.
fn check(name: &str, value: &Value) {
    let declared = interface(name);
    let object = value.as_object().unwrap();
    for (field, value) in object {
        let (_, kind) = declared.get(field).unwrap_or_else(|| panic!("{name}.{field} is not declared"));
        assert!(fits(value, kind), "{name}.{field} is declared as {kind}, and can be {value}");
    }
    for (field, (optional, _)) in &declared {
        assert!(*optional || object.contains_key(field), "{name}.{field} can be absent, and is not declared so");
    }
}

/// What the fullest value holds must be all that is declared.
fn check_full(name: &str, value: &Value) {
    check(name, value);
    for field in interface(name).keys() {
        assert!(value.as_object().unwrap().contains_key(field), "{name}.{field} is declared, and does not exist");
    }
}

/// All names of an enumeration, as serde reads them.
fn variants<T: DeserializeOwned>() -> Vec<String> {
    struct Ask<'a>(&'a mut Vec<String>);
    impl<'de> Deserializer<'de> for Ask<'_> {
        type Error = serde::de::value::Error;
        fn deserialize_enum<V: Visitor<'de>>(
            self,
            _: &'static str,
            variants: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Self::Error> {
            self.0.extend(variants.iter().map(|name| name.to_string()));
            Err(serde::de::Error::custom("only asked"))
        }
        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(serde::de::Error::custom("not an enumeration"))
        }
        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
            seq tuple tuple_struct map struct identifier ignored_any
        }
    }
    let mut names = Vec::new();
    let _ = T::deserialize(Ask(&mut names));
    names
}

fn json(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn mention(because: Option<String>) -> Mention {
    Mention { start: 0, end: 1, kind: MentionKind::Name, confidence: 1.0, because }
}

fn speaker(full: bool) -> Speaker {
    let text = |text: &str| full.then(|| text.to_owned());
    Speaker { entity: text("e1"), start: 0, end: 1, text: "A".into(), confidence: 0.5, because: text("rule") }
}

fn entity(full: bool) -> Entity {
    let text = |text: &str| full.then(|| text.to_owned());
    Entity {
        id: "e1".into(),
        entity_type: EntityType::Date,
        name: "May 1".into(),
        aliases: vec!["1 May".into()],
        roles: vec!["holiday".into()],
        acronym: text("M"),
        value: text("XXXX-05-01"),
        known_id: text("7"),
        salience: 1.0,
        mentions: vec![mention(text("rule"))],
    }
}

fn quote(full: bool) -> Quote {
    let text = |text: &str| full.then(|| text.to_owned());
    Quote {
        id: "q1".into(),
        kind: QuoteKind::Direct,
        medium: Medium::Speech,
        pieces: vec![Span::new(0, 1)],
        speaker: full.then(|| speaker(true)),
        cue: full.then(|| Cue { start: 0, end: 1, lemma: "say".into() }),
        addressee: full.then(|| speaker(false)),
        parent: text("q0"),
        flags: vec![QuoteFlag::StrayMark],
        confidence: 0.1,
        because: text("rule"),
    }
}

fn annotation(full: bool) -> Annotation {
    let block = Block { kind: BlockKind::Headline, start: 0, end: 1, duplicate_of: full.then_some(0) };
    Annotation {
        schema: 1,
        length: 1,
        blocks: vec![block],
        sentences: vec![Span::new(0, 1)],
        entities: vec![entity(full)],
        quotes: vec![quote(full)],
    }
}

#[test]
fn results_are_declared_as_they_are() {
    check("Annotation", &json(annotation(false)));
    let full = json(annotation(true));
    check_full("Annotation", &full);
    check_full("Block", &full["blocks"][0]);
    check_full("Span", &full["sentences"][0]);
    check_full("Entity", &full["entities"][0]);
    check_full("Mention", &full["entities"][0]["mentions"][0]);
    check_full("Quote", &full["quotes"][0]);
    check_full("Speaker", &full["quotes"][0]["speaker"]);
    check_full("Cue", &full["quotes"][0]["cue"]);
}

#[test]
fn the_package_knows_variants_by_their_numbers() {
    const UNPACK: &str = include_str!("../npm/src/unpack.js");
    let list = |name: &str| -> Vec<String> {
        let start = UNPACK.find(&format!("const {name} = [")).unwrap_or_else(|| panic!("no list {name}"));
        let list = UNPACK[start..].split(']').next().unwrap();
        list.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
    };
    assert_eq!(list("BLOCKS"), variants::<BlockKind>());
    assert_eq!(list("TYPES"), variants::<EntityType>());
    assert_eq!(list("MENTIONS"), variants::<MentionKind>());
    assert_eq!(list("QUOTES"), variants::<QuoteKind>());
    assert_eq!(list("MEDIA"), variants::<Medium>());
    assert_eq!(list("FLAGS"), variants::<QuoteFlag>());
}

#[test]
fn options_are_declared_as_they_are_read() {
    let known = KnownEntity {
        name: "Ana Ruiz".into(),
        entity_type: EntityType::Person,
        aliases: vec!["Ruiz".into()],
        id: Some("7".into()),
    };
    let full = Options { types: Some(EntityType::ALL.to_vec()), known_entities: vec![known], ..Options::default() };
    let full = json(full);
    check_full("Options", &full);
    check_full("KnownEntity", &full["knownEntities"][0]);
    for (field, (optional, _)) in interface("Options") {
        assert!(optional, "{field} has a default");
    }
    let least: Options =
        serde_json::from_str(r#"{"knownEntities": [{"name": "Ana Ruiz", "type": "PERSON"}]}"#).unwrap();
    assert_eq!(least.known_entities[0].name, "Ana Ruiz");
}

#[test]
fn enumerations_are_declared_with_all_their_names() {
    assert_eq!(union("BlockKind"), variants::<BlockKind>());
    assert_eq!(union("EntityType"), variants::<EntityType>());
    assert_eq!(union("MentionKind"), variants::<MentionKind>());
    assert_eq!(union("QuoteKind"), variants::<QuoteKind>());
    assert_eq!(union("Medium"), variants::<Medium>());
    assert_eq!(union("QuoteFlag"), variants::<QuoteFlag>());
}

#[test]
fn nothing_is_declared_as_any() {
    assert!(!DECLARATIONS.split(|c: char| !c.is_alphanumeric()).any(|word| word == "any"));
}
