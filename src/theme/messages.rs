//! The words of the interface: one catalogue for each language, edited by translators.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::content::node::{Node, Value};
use crate::page::maker::Words;

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The language's code.
    pub code: String,
    /// Its name in its own words.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// The words as templates see them: nested.
    pub tree: Json,
    /// The words as page builders see them: `body.alert-note` → "Note".
    pub words: Words,
}

impl Catalogue {
    /// Reads a catalogue; what it lacks is taken from `fallback`.
    pub fn new(code: &str, node: &Node, fallback: Option<&Catalogue>) -> Self {
        let mut tree = json(node);
        if let Some(fallback) = fallback {
            fill_gaps(&mut tree, &fallback.tree);
        }
        let mut words = BTreeMap::new();
        flatten(&tree, "", &mut words);
        let word = |key: &str, or: &str| words.get(key).map_or(or, String::as_str).to_owned();
        Self {
            code: code.to_owned(),
            name: word("language.name", code),
            direction: word("language.direction", "ltr"),
            tree,
            words,
        }
    }
}

/// The direction in which a language without a catalogue is written.
pub fn direction(code: &str) -> &'static str {
    match code {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::String(String::new()),
        Value::Scalar(scalar) => Json::String(scalar.text.clone()),
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Map(entries) => {
            let pairs = entries.iter().map(|entry| (entry.key.clone(), json(&entry.node)));
            Json::Object(pairs.collect::<Map<_, _>>())
        }
    }
}

fn fill_gaps(tree: &mut Json, fallback: &Json) {
    if let (Json::Object(tree), Json::Object(fallback)) = (tree, fallback) {
        for (key, value) in fallback {
            match tree.get_mut(key) {
                Some(own) => fill_gaps(own, value),
                None => {
                    tree.insert(key.clone(), value.clone());
                }
            }
        }
    }
}

fn flatten(tree: &Json, prefix: &str, words: &mut Words) {
    match tree {
        Json::String(text) => {
            words.insert(prefix.to_owned(), text.clone());
        }
        Json::Object(map) => {
            for (key, value) in map {
                let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                flatten(value, &key, words);
            }
        }
        _ => {}
    }
}
