//! The words of the interface: one catalogue for each language, edited by translators.
//!
//! A catalogue is a tree of messages. A message is a text with places to fill in (`{name}`), a
//! list, or the forms of a plural: `{one: …, other: …}`, as many as the language has. What a
//! catalogue lacks is taken from English; a plural remembers whose it is, so that English words
//! are counted by English rules also on a Polish page.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{plurals, spoken};
use crate::content::node::{Node, Value};
use crate::page::maker::Words;

/// The field of a plural, besides its forms, that names the language of its words.
pub(super) const LANGUAGE: &str = "language";
/// The field of a plural that holds the ten digits of its language, where they are not 0 to 9.
pub(super) const DIGITS: &str = "digits";

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
        let digits = node.get("language").and_then(|own| own.get(DIGITS)).and_then(Node::text);
        let mut tree = json(node, code, digits.filter(|digits| is_other_digits(digits)));
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

    /// Adds what all languages are called, each in its own words.
    pub(super) fn name_languages(&mut self, names: &BTreeMap<String, String>) {
        let Json::Object(tree) = &mut self.tree else { return };
        let languages = tree.entry("languages").or_insert_with(|| Json::Object(Map::new()));
        if let Json::Object(languages) = languages {
            let names = names.iter().map(|(code, name)| (code.clone(), name.clone().into()));
            languages.insert("names".to_owned(), Json::Object(names.collect()));
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

/// Whether these are ten digits, and not those of English.
pub(super) fn is_other_digits(digits: &str) -> bool {
    digits.chars().count() == 10 && digits != "0123456789"
}

/// Whether a map is the forms of a plural: it has `other`, and nothing that is no form.
pub(super) fn is_plural(node: &Node) -> bool {
    node.entry("other").is_some()
        && node.entries().iter().all(|entry| plurals::FORMS.contains(&entry.key.as_str()))
}

fn json(node: &Node, code: &str, digits: Option<&str>) -> Json {
    match &node.value {
        Value::Null => Json::String(String::new()),
        Value::Scalar(scalar) => Json::String(scalar.text.clone()),
        Value::List(items) => {
            Json::Array(items.iter().map(|item| json(item, code, digits)).collect())
        }
        Value::Map(entries) => {
            let pair = |key: &str, text: &str| (key.to_owned(), Json::String(text.to_owned()));
            let pairs = entries.iter().map(|e| (e.key.clone(), json(&e.node, code, digits)));
            let mut map: Map<String, Json> = pairs.collect();
            if is_plural(node) {
                map.extend([pair(LANGUAGE, code)]);
                map.extend(digits.map(|digits| pair(DIGITS, digits)));
            }
            Json::Object(map)
        }
    }
}

/// Takes over what is not there, and what is of another shape. Forms of a plural are never mixed:
/// another language's form would be the wrong words for the number.
fn fill_gaps(tree: &mut Json, fallback: &Json) {
    match (tree, fallback) {
        (Json::Object(own), Json::Object(fallback)) => {
            if is_counted(fallback) {
                if !is_counted(own) {
                    own.clone_from(fallback);
                    own.iter_mut().for_each(|(key, form)| spoken::mark_word(key, form));
                }
                return;
            }
            for (key, value) in fallback {
                match own.get_mut(key) {
                    Some(own) => fill_gaps(own, value),
                    None => {
                        let mut value = value.clone();
                        spoken::mark_word(key, &mut value);
                        own.insert(key.clone(), value);
                    }
                }
            }
        }
        (Json::String(_), Json::String(_)) | (Json::Array(_), Json::Array(_)) => {}
        (tree, fallback) => tree.clone_from(fallback),
    }
}

/// Whether a map is the forms of a plural, with the language of its words.
fn is_counted(map: &Map<String, Json>) -> bool {
    map.contains_key("other") && map.get(LANGUAGE).is_some_and(Json::is_string)
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
