//! Resolves a project: for every stack of layers, what each entry comes to.
//!
//! An entry of one layer is taken as it was read. One that several layers speak of is merged anew
//! from their files, lowest first, and then read. What comes out as in a view below is taken from
//! there, so 33 boroughs share what they merely inherit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::layers::{Changes, compose, merge};
use super::model::{Day, Entry, Model, View};
use super::provenance::Provenance;
use super::versions;
use crate::content::kinds::EntryId;
use crate::content::layer::{self, Layer, Page};
use crate::content::markdown::{Body, Piece};
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
                        && versions::are_those_of(self.project, self.day, entry, stack)
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
            versions::add(self.project, self.day, &mut entry, stack, &mut problems);
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
