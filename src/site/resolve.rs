//! Resolves a project: for every stack of layers, what each entry comes to.
//!
//! An entry of one layer is taken as it was read. One that several layers speak of is merged anew
//! from their files, lowest first, and then read. What comes out as in a view below is taken from
//! there, so 33 boroughs share what they merely inherit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::layers::{Changes, compose, merge};
use super::model::{Day, Entry, Model, Version, View};
use super::provenance::Provenance;
use crate::content::kinds::EntryId;
use crate::content::layer::{self, Layer, Page};
use crate::content::markdown::{Body, Piece};
use crate::content::names::Language;
use crate::content::node::Node;
use crate::content::project::Project;
use crate::diagnostic::{Checked, Diagnostic, did_you_mean};
use crate::path::Slug;

/// Resolves a project for a day.
pub fn resolve(project: Project, day: Day) -> Checked<Model> {
    let mut problems = Vec::new();
    let resolver = Resolver { project: &project, day };
    let shared = resolver.view(&[Layer::Shared], &[], &[]).into_value(&mut problems);
    let mut partners = BTreeMap::new();
    for (slug, partner) in &project.partners {
        let view = resolver.view(&partner.stack, &[&shared], &[]).into_value(&mut problems);
        partners.insert(slug.clone(), view);
    }
    let below: Vec<&View> = partners.values().chain([&shared]).collect();
    let resolve_borough = |slug: &Slug| {
        let borough = &project.boroughs[slug];
        let mut problems = Vec::new();
        let hide: Vec<EntryId> =
            borough.file.hide.iter().filter_map(|hidden| EntryId::parse(&hidden.value)).collect();
        let view = resolver.view(&borough.stack, &below, &hide).into_value(&mut problems);
        for hidden in &borough.file.hide {
            let id = EntryId::parse(&hidden.value);
            if !id.as_ref().is_some_and(|id| view.hidden.contains(id)) {
                let known: Vec<String> = view.entries.keys().map(EntryId::path).collect();
                let message = format!("`hide` names an unknown entry `{}`", hidden.value);
                let help = did_you_mean(&hidden.value, known.iter().map(String::as_str));
                problems.push(
                    Diagnostic::error("unknown-entry", hidden.span.clone(), message).help(help),
                );
            }
        }
        Checked { value: (slug.clone(), view), problems }
    };
    let slugs: Vec<&Slug> = project.boroughs.keys().collect();
    let views: Vec<_> = slugs.into_par_iter().map(resolve_borough).collect();
    let boroughs = views.into_iter().map(|view| view.into_value(&mut problems)).collect();
    Checked { value: Model { project, day, shared, partners, boroughs }, problems }
}

struct Resolver<'a> {
    project: &'a Project,
    day: Day,
}

impl Resolver<'_> {
    /// Resolves every entry of a stack. What comes out as in a view `below` is taken from there.
    fn view(&self, stack: &[Layer], below: &[&View], hide: &[EntryId]) -> Checked<View> {
        let ids: BTreeSet<&EntryId> = stack
            .iter()
            .filter_map(|layer| self.project.layers.get(layer))
            .flat_map(|content| content.entries.keys())
            .collect();
        let one = |id: &&EntryId| {
            let shown = self.shown(stack, id);
            if shown.is_empty() || hide.contains(id) {
                return Checked::sound(None);
            }
            let known = below.iter().find_map(|view| {
                view.entries.get(*id).filter(|entry| {
                    entry.pages.len() == shown.len()
                        && entry.pages.iter().zip(&shown).all(|(a, b)| Arc::ptr_eq(a, b))
                        && self.versions_are_those_of(entry, stack)
                })
            });
            match known {
                Some(entry) => Checked::sound(Some(entry.clone())),
                None => self.entry(id, &shown, stack),
            }
        };
        let ids: Vec<&EntryId> = ids.into_iter().collect();
        let resolved: Vec<Checked<Option<Arc<Entry>>>> = ids.par_iter().map(one).collect();
        let mut problems = Vec::new();
        let mut view = View { stack: stack.to_vec(), ..View::default() };
        for (id, entry) in ids.into_iter().zip(resolved) {
            match entry.into_value(&mut problems) {
                Some(entry) => {
                    view.entries.insert(id.clone(), entry);
                }
                None => {
                    view.hidden.insert(id.clone());
                }
            }
        }
        Checked { value: view, problems }
    }

    /// The files of an entry that take part today, lowest first.
    fn shown(&self, stack: &[Layer], id: &EntryId) -> Vec<Arc<Page>> {
        let versions =
            stack.iter().filter_map(|layer| self.project.layers.get(layer)?.entries.get(id));
        versions
            .filter_map(|versions| versions.main.clone())
            .filter(|page| page.part.is_shown(self.day.today, self.day.drafts))
            .collect()
    }

    fn entry(
        &self,
        id: &EntryId,
        pages: &[Arc<Page>],
        stack: &[Layer],
    ) -> Checked<Option<Arc<Entry>>> {
        let mut problems = Vec::new();
        let entry = match pages {
            [] => None,
            [page] => self.lone(page, &mut problems),
            [.., _] => self.layered(id, pages, &mut problems),
        };
        let entry = entry.map(|mut entry| {
            self.add_versions(&mut entry, stack, &mut problems);
            Arc::new(entry)
        });
        Checked { value: entry, problems }
    }

    /// An entry of one layer: read already, if it has all that is required.
    fn lone(&self, page: &Arc<Page>, problems: &mut Vec<Diagnostic>) -> Option<Entry> {
        problems.extend(page.missing.iter().cloned());
        let fields = page.fields.clone()?;
        let parsed = needs_merge(page).then(|| page.document().value).flatten();
        let (fields, changes) = match parsed {
            Some(node) => {
                let (merged, changes) = merge(None, &node, page.id.kind, problems);
                let (read, _) = layer::read_fields(&page.id, &merged, &self.project.names);
                (read.map_or(fields, Arc::new), changes)
            }
            None => (fields, Changes::default()),
        };
        let body = compose(None, &page.body, problems);
        Some(Entry {
            id: page.id.clone(),
            provenance: Provenance::of(&page.layer, &changes),
            fields,
            body,
            base: None,
            pages: vec![page.clone()],
            easy_read: None,
            translations: BTreeMap::new(),
        })
    }

    /// An entry that several layers speak of: their front matters are merged, then read anew.
    fn layered(
        &self,
        id: &EntryId,
        pages: &[Arc<Page>],
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Entry> {
        let (top, below) = pages.split_last()?;
        let mut quiet = Vec::new();
        let base = match below {
            [page] => self.lone(page, &mut quiet),
            _ => self.layered(id, below, &mut quiet),
        };
        let mut merged: Option<(Node, Provenance)> = None;
        let mut body: Option<Arc<Body>> = None;
        for page in pages {
            let node = page.document().value?;
            // Only the highest file's own mistakes are told here: the others' are told where
            // they are highest themselves.
            let told = if Arc::ptr_eq(page, top) { &mut *problems } else { &mut quiet };
            let (below, mut provenance) = match merged.take() {
                Some((node, provenance)) => (Some(node), Some(provenance)),
                None => (None, None),
            };
            let (node, changes) = merge(below.as_ref(), &node, id.kind, told);
            match &mut provenance {
                Some(provenance) => provenance.add(&page.layer, &changes),
                None => provenance = Some(Provenance::of(&page.layer, &changes)),
            }
            let replaced = page.part.replaces == Some(true);
            let base_body = body.take().filter(|_| !replaced);
            if let Some(provenance) = &mut provenance {
                note_body(provenance, page, base_body.is_some());
            }
            body = Some(compose(base_body.as_ref(), &page.body, told));
            merged = provenance.map(|provenance| (node, provenance));
        }
        let (node, provenance) = merged?;
        let (fields, found) = layer::read_fields(id, &node, &self.project.names);
        problems.extend(found.missing);
        Some(Entry {
            id: id.clone(),
            fields: Arc::new(fields?),
            body: body?,
            provenance,
            base: base.map(Arc::new),
            pages: pages.to_vec(),
            easy_read: None,
            translations: BTreeMap::new(),
        })
    }

    /// Whether the versions of a known entry are those that this stack has.
    fn versions_are_those_of(&self, entry: &Entry, stack: &[Layer]) -> bool {
        let (easy_read, translations) = self.versions(&entry.id, stack);
        let same = |known: Option<&Arc<Version>>, page: Option<&Arc<Page>>| match (known, page) {
            (None, None) => true,
            (Some(known), Some(page)) => Arc::ptr_eq(&known.page, page),
            _ => false,
        };
        same(entry.easy_read.as_ref(), easy_read.as_ref())
            && entry.translations.len() == translations.len()
            && translations
                .iter()
                .all(|(language, page)| same(entry.translations.get(language), Some(page)))
    }

    /// The other versions of an entry: of each, the highest layer's.
    fn versions(
        &self,
        id: &EntryId,
        stack: &[Layer],
    ) -> (Option<Arc<Page>>, BTreeMap<Language, Arc<Page>>) {
        let shown = |page: &&Arc<Page>| page.part.is_shown(self.day.today, self.day.drafts);
        let mut easy_read = None;
        let mut translations = BTreeMap::new();
        for layer in stack {
            let Some(content) = self.project.layers.get(layer) else { continue };
            let Some(versions) = content.entries.get(id) else { continue };
            if let Some(page) = versions.easy_read.as_ref().filter(shown) {
                easy_read = Some(page.clone());
            }
            for (language, page) in &versions.translations {
                if shown(&page) {
                    translations.insert(language.clone(), page.clone());
                }
            }
        }
        (easy_read, translations)
    }

    fn add_versions(&self, entry: &mut Entry, stack: &[Layer], problems: &mut Vec<Diagnostic>) {
        let (easy_read, translations) = self.versions(&entry.id, stack);
        entry.easy_read = easy_read.and_then(|page| self.version(entry, page, problems));
        entry.translations = translations
            .into_iter()
            .filter_map(|(language, page)| Some((language, self.version(entry, page, problems)?)))
            .collect();
    }

    /// A version: its file put on the entry as a layer would be.
    fn version(
        &self,
        entry: &Entry,
        page: Arc<Page>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Version>> {
        let mut merged = None;
        for below in &entry.pages {
            let node = below.document().value?;
            merged = Some(merge(merged.as_ref(), &node, entry.id.kind, &mut Vec::new()).0);
        }
        let node = page.document().value?;
        let (node, words) = merge(merged.as_ref(), &node, entry.id.kind, problems);
        let (fields, found) = layer::read_fields(&entry.id, &node, &self.project.names);
        problems.extend(found.missing);
        let outdated = match (page.part.translated_from, entry.common().reviewed) {
            (Some(from), Some(reviewed)) => from < reviewed,
            _ => false,
        };
        let body = compose(Some(&entry.body), &page.body, problems);
        Some(Arc::new(Version { fields: Arc::new(fields?), body, words, outdated, page }))
    }
}

/// Whether a lone file speaks of layers at all, so that it must be tidied.
fn needs_merge(page: &Page) -> bool {
    !page.part.drop.is_empty() || page.file.text[page.front_matter.clone()].contains("after:")
}

fn is_inherit(piece: &Piece) -> bool {
    matches!(piece, Piece::Inherit(_))
}

/// Notes whose words the body has once `page` is put on it.
fn note_body(provenance: &mut Provenance, page: &Page, inherits: bool) {
    if page.body.is_empty() && inherits {
        return;
    }
    let keeps = inherits && page.body.pieces.iter().any(is_inherit);
    if !keeps {
        provenance.body.clear();
    }
    if provenance.body.last() != Some(&page.layer) {
        provenance.body.push(page.layer.clone());
    }
}
