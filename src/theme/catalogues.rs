//! Puts the catalogues of a theme together.
//!
//! 1. English is what the program brings, and over it the words of the project's own theme.
//! 2. Any other language is the project's words, over those that the program brings, over English.
//! 3. The project's files are checked. Those in the program are not: whoever reads the problem
//!    could not mend them, and our own tests hold them to the same rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::messages::Catalogue;
use super::translations::{self, Translation};
use crate::content::node::{Entry, Node, Value};
use crate::content::source::SourceFile;
use crate::content::yaml;
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;

/// Files of a theme by their paths within it.
type Files = BTreeMap<String, Arc<[u8]>>;

/// Reads the catalogues of the theme in `folder`: `own` are the files of the project, `built_in`
/// those of the program, of which only the languages in `wanted` are read.
pub(super) fn load(
    folder: &str,
    (built_in, own): (&Files, &Files),
    wanted: &[&str],
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Catalogue> {
    let mut read = |files: &Files, code: &str| {
        let path = format!("messages/{code}.yaml");
        let bytes = files.get(&path)?;
        read(SourcePath::new(&format!("{folder}/{path}")), bytes, problems)
    };
    let built_in_of = |code: &str| {
        let path = format!("messages/{code}.yaml");
        built_in.get(&path).filter(|bytes| own.get(&path) != Some(bytes)).is_some()
    };
    let english = (
        built_in_of("en").then(|| read(built_in, "en")).flatten(),
        own.contains_key("messages/en.yaml").then(|| read(own, "en")).flatten(),
    );
    let of_project =
        own.keys().filter_map(|path| path.strip_prefix("messages/")?.strip_suffix(".yaml"));
    let codes: BTreeSet<&str> = of_project.chain(wanted.iter().copied()).collect();
    let others: Vec<(&str, Option<Node>, Option<Node>)> = codes
        .into_iter()
        .filter(|code| *code != "en")
        .map(|code| {
            let lower = built_in_of(code).then(|| read(built_in, code)).flatten();
            (code, lower, read(own, code))
        })
        .collect();

    let mut catalogues = BTreeMap::new();
    let whole = match &english {
        (Some(lower), Some(upper)) => {
            translations::check_english(upper, lower, problems);
            Some(overlaid(lower, upper))
        }
        (lower, upper) => upper.clone().or_else(|| lower.clone()),
    };
    let Some(whole) = whole else { return catalogues };
    let fallback = Catalogue::new("en", &whole, None);
    for (code, lower, upper) in &others {
        if upper.is_some() || english.1.is_some() && lower.is_some() {
            let path = SourcePath::new(&format!("{folder}/messages/{code}.yaml"));
            let translation = Translation { code, path, english: &whole };
            translation.check(upper.as_ref(), lower.as_ref(), problems);
        }
        let node = match (lower, upper) {
            (Some(lower), Some(upper)) => Some(overlaid(lower, upper)),
            (lower, upper) => upper.clone().or_else(|| lower.clone()),
        };
        let Some(node) = node else { continue };
        catalogues.insert((*code).to_owned(), Catalogue::new(code, &node, Some(&fallback)));
    }
    catalogues.insert("en".to_owned(), fallback);
    let names = catalogues.values().map(|c| (c.code.clone(), c.name.clone())).collect();
    for catalogue in catalogues.values_mut() {
        catalogue.name_languages(&names);
    }
    catalogues
}

fn read(path: SourcePath, bytes: &[u8], problems: &mut Vec<Diagnostic>) -> Option<Node> {
    match SourceFile::decode(path, bytes) {
        Ok(file) => {
            let file = Arc::new(file);
            let range = 0..file.text.len();
            yaml::parse(&file, range).into_value(problems)
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// One tree over another, message by message; the forms of a plural replace each other together.
fn overlaid(lower: &Node, upper: &Node) -> Node {
    let (Value::Map(below), Value::Map(above)) = (&lower.value, &upper.value) else {
        return if upper.is_null() { lower.clone() } else { upper.clone() };
    };
    if super::messages::is_plural(upper) {
        return upper.clone();
    }
    let mut entries: Vec<Entry> = below.clone();
    for entry in above {
        match entries.iter_mut().find(|known| known.key == entry.key) {
            Some(known) => {
                let node = overlaid(&known.node, &entry.node);
                *known = Entry { node, ..entry.clone() };
            }
            None => entries.push(entry.clone()),
        }
    }
    Node { at: upper.at.clone(), value: Value::Map(entries) }
}
