//! Versions of an entry: in other languages, and in short sentences.
//!
//! A translation is put on the layer that it belongs to, before the layers above: so what a
//! borough changes afterwards stands in English until the borough translates it too, and nobody
//! reads a translation of words that no longer hold. An Easy Read version is put on top of all: a
//! borough's ordinary sentences would not be easy to read among its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::layers::{Changes, compose, merge};
use super::model::{Day, Entry, Version};
use crate::content::kinds::EntryId;
use crate::content::layer::{self, Layer, Page};
use crate::content::markdown::Body;
use crate::content::names::Language;
use crate::content::node::{Node, Value};
use crate::content::project::Project;
use crate::diagnostic::Diagnostic;

/// The files of the versions that take part today, lowest first.
#[derive(Default)]
struct VersionPages {
    easy_read: Vec<Arc<Page>>,
    translations: BTreeMap<Language, Vec<Arc<Page>>>,
}

impl VersionPages {
    fn find(project: &Project, day: Day, id: &EntryId, stack: &[Layer]) -> Self {
        let shown = |page: &&Arc<Page>| page.part.is_shown(day.today, day.drafts);
        let mut pages = Self::default();
        for layer in stack {
            let content = project.layers.get(layer);
            let Some(versions) = content.and_then(|content| content.entries.get(id)) else {
                continue;
            };
            pages.easy_read.extend(versions.easy_read.iter().filter(shown).cloned());
            for (language, page) in &versions.translations {
                if shown(&page) {
                    pages.translations.entry(language.clone()).or_default().push(page.clone());
                }
            }
        }
        pages
    }
}

/// Whether the versions of a resolved entry are those that a stack has.
pub(super) fn are_those_of(project: &Project, day: Day, entry: &Entry, stack: &[Layer]) -> bool {
    let pages = VersionPages::find(project, day, &entry.id, stack);
    let same = |known: Option<&Arc<Version>>, pages: &[Arc<Page>]| {
        let known = known.map_or(&[] as &[Arc<Page>], |version| &version.pages);
        known.len() == pages.len() && known.iter().zip(pages).all(|(a, b)| Arc::ptr_eq(a, b))
    };
    same(entry.easy_read.as_ref(), &pages.easy_read)
        && entry.translations.len() == pages.translations.len()
        && pages
            .translations
            .iter()
            .all(|(language, pages)| same(entry.translations.get(language), pages))
}

/// Adds its versions to an entry.
pub(super) fn add(
    project: &Project,
    day: Day,
    entry: &mut Entry,
    stack: &[Layer],
    problems: &mut Vec<Diagnostic>,
) {
    let pages = VersionPages::find(project, day, &entry.id, stack);
    entry.easy_read = match pages.easy_read.is_empty() {
        true => None,
        false => {
            let order = entry.pages.iter().chain(&pages.easy_read).cloned().collect();
            version(project, entry, pages.easy_read, order, problems)
        }
    };
    let translated = pages.translations.into_iter().filter_map(|(language, pages)| {
        let of = |layer: &Layer, pages: &[Arc<Page>]| -> Vec<Arc<Page>> {
            pages.iter().filter(|page| page.layer == *layer).cloned().collect()
        };
        let order = stack
            .iter()
            .flat_map(|layer| [of(layer, &entry.pages), of(layer, &pages)].concat())
            .collect();
        Some((language, version(project, entry, pages, order, problems)?))
    });
    entry.translations = translated.collect();
}

/// Puts files on each other in `order`; `own` are those of the version among them.
fn version(
    project: &Project,
    entry: &Entry,
    own: Vec<Arc<Page>>,
    order: Vec<Arc<Page>>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Arc<Version>> {
    let mut merged: Option<Node> = None;
    let mut body: Option<Arc<Body>> = None;
    let mut words = Changes::default();
    let mut texts = BTreeSet::new();
    for page in order {
        let is_own = own.iter().any(|own| Arc::ptr_eq(own, &page));
        // The entry's own files tell their mistakes when the entry itself is resolved.
        let mut quiet = Vec::new();
        let told = if is_own { &mut *problems } else { &mut quiet };
        if page.part.replaces == Some(true) {
            (merged, body, words) = (None, None, Changes::default());
        }
        let node = project.document(&page)?;
        if is_own {
            add_texts(&node, &mut texts);
        }
        let (node, changes) = merge(merged.as_ref(), &node, entry.id.kind, told);
        match is_own {
            true => words.add(&changes),
            false => words.take_away(&changes),
        }
        merged = Some(node);
        body = Some(compose(body.as_ref(), &page.body, told));
    }
    let (fields, found) = layer::read_fields(&entry.id, &merged?, &project.names);
    problems.extend(found.missing);
    let made_from = own.last().and_then(|page| page.part.translated_from);
    let outdated = made_from.zip(entry.common().reviewed).is_some_and(|(from, now)| from < now);
    Some(Arc::new(Version {
        fields: Arc::new(fields?),
        body: body?,
        words,
        texts,
        outdated,
        pages: own,
    }))
}

fn add_texts(node: &Node, texts: &mut BTreeSet<String>) {
    match &node.value {
        Value::Scalar(scalar) => _ = texts.insert(scalar.text.clone()),
        Value::List(items) => items.iter().for_each(|item| add_texts(item, texts)),
        Value::Map(entries) => entries.iter().for_each(|entry| add_texts(&entry.node, texts)),
        Value::Null => {}
    }
}
