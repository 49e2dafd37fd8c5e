//! Resolves a project: for every stack of layers, what each entry comes to.
//!
//! An entry of one layer is taken as it was read. One that several layers speak of is merged anew
//! from their files, lowest first, and then read. What comes out as in a view below is taken from
//! there, so 33 boroughs share what they merely inherit. A preview goes on from the model before:
//! only entries whose files have changed are resolved again, and an entry that cannot be put
//! together now stays as it last was.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::layers::{Changes, compose, merge};
use super::model::{Day, Entry, Model, View};
use super::provenance::Provenance;
use super::versions;
use crate::content::kinds::EntryId;
use crate::content::layer::{self, Layer, LayerContent, Page};
use crate::content::markdown::{Body, Piece};
use crate::content::node::Node;
use crate::content::project::Project;
use crate::diagnostic::{Checked, Diagnostic, did_you_mean, has_errors};
use crate::path::Slug;

/// Resolves a project for a day, going on from the model before if there is one.
pub fn resolve(project: Project, day: Day, before: Option<&Model>) -> Checked<Model> {
    let resolver = Resolver::new(&project, day, before);
    let shared = resolver.view(&[Layer::Shared], &[], &[], before.map(|model| &model.shared));
    let mut partners = BTreeMap::new();
    for (slug, partner) in project.partners.iter() {
        let before = before.and_then(|model| model.partners.get(slug));
        let view = resolver.view(&partner.stack, &[&shared], &[], before);
        partners.insert(slug.clone(), view);
    }
    let below: Vec<&Arc<View>> = partners.values().chain([&shared]).collect();
    let resolve_borough = |slug: &Slug| {
        let borough = &project.boroughs[slug];
        let hide: Vec<EntryId> =
            borough.file.hide.iter().filter_map(|hidden| EntryId::parse(&hidden.value)).collect();
        let before = before.and_then(|model| model.boroughs.get(slug));
        (slug.clone(), resolver.view(&borough.stack, &below, &hide, before))
    };
    let slugs: Vec<&Slug> = project.boroughs.keys().collect();
    let boroughs = slugs.into_par_iter().map(resolve_borough).collect();
    let model = Model { project, day, shared, partners, boroughs };
    Checked { problems: problems(&model), value: model }
}

/// Everything that is wrong with how layers fit on each other.
fn problems(model: &Model) -> Vec<Diagnostic> {
    let views = [&model.shared].into_iter().chain(model.partners.values());
    let views = views.chain(model.boroughs.values());
    let of_entries = views.flat_map(|view| view.problems.values().flatten()).cloned();
    let of_hiding = model.boroughs.iter().flat_map(|(slug, view)| hide_problems(model, slug, view));
    of_entries.chain(of_hiding).collect()
}

/// What a borough hides that is not there.
fn hide_problems(model: &Model, slug: &Slug, view: &View) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for hidden in &model.project.boroughs[slug].file.hide {
        let id = EntryId::parse(&hidden.value);
        if !id.as_ref().is_some_and(|id| view.hidden.contains(id)) {
            let known: Vec<String> = view.entries.keys().map(EntryId::path).collect();
            let message = format!("`hide` names an unknown entry `{}`", hidden.value);
            let help = did_you_mean(&hidden.value, known.iter().map(String::as_str));
            problems
                .push(Diagnostic::error("unknown-entry", hidden.span.clone(), message).help(help));
        }
    }
    problems
}

struct Resolver<'a> {
    project: &'a Project,
    day: Day,
    /// The entries of each layer that another reading gave other pages; nothing where every entry
    /// must be looked at: there is no model before, or what all entries depend on has changed.
    changed: Option<BTreeMap<&'a Layer, BTreeSet<&'a EntryId>>>,
    /// Whether entries of the model before may be taken over.
    same_names: bool,
}

impl<'a> Resolver<'a> {
    fn new(project: &'a Project, day: Day, before: Option<&'a Model>) -> Self {
        let same_names =
            before.is_some_and(|b| Arc::ptr_eq(&b.project.names, &project.names) && b.day == day);
        let same_stacks = |before: &Model| {
            Arc::ptr_eq(&before.project.boroughs, &project.boroughs)
                && Arc::ptr_eq(&before.project.partners, &project.partners)
        };
        let changed = before.filter(|before| same_names && same_stacks(before)).map(|before| {
            let layers = project.layers.iter().filter_map(|(layer, now)| {
                let then = before.project.layers.get(layer)?;
                (!Arc::ptr_eq(then, now)).then(|| (layer, changed_entries(then, now)))
            });
            layers.collect()
        });
        Self { project, day, changed, same_names }
    }

    /// Resolves the entries of a stack: all of them, or those that have changed since `before`.
    /// What comes out as in a view `below` is taken from there.
    fn view(
        &self,
        stack: &[Layer],
        below: &[&Arc<View>],
        hide: &[EntryId],
        before: Option<&Arc<View>>,
    ) -> Arc<View> {
        let changed = self.changed.as_ref().zip(before);
        let (ids, mut view): (BTreeSet<&EntryId>, View) = match changed {
            Some((changed, before)) => {
                let ids = stack.iter().filter_map(|layer| changed.get(layer));
                let ids: BTreeSet<&EntryId> = ids.flatten().copied().collect();
                if ids.is_empty() {
                    return before.clone();
                }
                (ids, (**before).clone())
            }
            None => {
                let layers = stack.iter().filter_map(|layer| self.project.layers.get(layer));
                let ids = layers.flat_map(|content| content.entries.keys()).collect();
                (ids, View { stack: stack.to_vec(), ..View::default() })
            }
        };
        let ids: Vec<&EntryId> = ids.into_iter().collect();
        let one = |id: &&EntryId| match hide.contains(*id) {
            true => Checked::sound(None),
            false => self.one(id, stack, below, before),
        };
        let resolved: Vec<Checked<Option<Arc<Entry>>>> = ids.par_iter().map(one).collect();
        for (id, resolved) in ids.into_iter().zip(resolved) {
            view.put(id, resolved, self.exists(stack, id));
        }
        Arc::new(view)
    }

    /// Whether any layer of a stack speaks of an entry, shown or not.
    fn exists(&self, stack: &[Layer], id: &EntryId) -> bool {
        let mut layers = stack.iter().filter_map(|layer| self.project.layers.get(layer));
        layers.any(|content| content.entries.contains_key(id))
    }

    fn one(
        &self,
        id: &EntryId,
        stack: &[Layer],
        below: &[&Arc<View>],
        before: Option<&Arc<View>>,
    ) -> Checked<Option<Arc<Entry>>> {
        let shown = self.shown(stack, id);
        if shown.is_empty() {
            return Checked::sound(None);
        }
        let known_in = |view: &Arc<View>| -> Option<Arc<Entry>> {
            let entry = view.entries.get(id).filter(|entry| {
                entry.pages.len() == shown.len()
                    && entry.pages.iter().zip(&shown).all(|(a, b)| Arc::ptr_eq(a, b))
                    && versions::are_those_of(self.project, self.day, entry, stack)
            });
            entry.cloned()
        };
        if let Some(entry) = below.iter().find_map(|view| known_in(view)) {
            return Checked::sound(Some(entry));
        }
        let last = before.and_then(|before| {
            let entry = known_in(before).filter(|_| self.same_names)?;
            let problems = before.problems.get(id).cloned().unwrap_or_default();
            Some(Checked { value: Some(entry), problems })
        });
        let mut resolved = last.unwrap_or_else(|| self.entry(id, &shown, stack));
        if resolved.value.is_none() && has_errors(&resolved.problems) {
            resolved.value = before.and_then(|before| before.entries.get(id)).cloned();
        }
        resolved
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
        let parsed = page.arranges.then(|| self.project.document(page)).flatten();
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
            let node = self.project.document(page)?;
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

impl View {
    fn put(&mut self, id: &EntryId, resolved: Checked<Option<Arc<Entry>>>, exists: bool) {
        self.entries.remove(id);
        self.hidden.remove(id);
        self.problems.remove(id);
        match resolved.value {
            Some(entry) => {
                self.entries.insert(id.clone(), entry);
            }
            None if exists => {
                self.hidden.insert(id.clone());
            }
            None => {}
        }
        if !resolved.problems.is_empty() {
            self.problems.insert(id.clone(), resolved.problems);
        }
    }
}

/// The entries of a layer whose pages are not those of before.
fn changed_entries<'a>(then: &'a LayerContent, now: &'a LayerContent) -> BTreeSet<&'a EntryId> {
    let ids = then.entries.keys().chain(now.entries.keys());
    ids.filter(|id| match (then.entries.get(*id), now.entries.get(*id)) {
        (Some(then), Some(now)) => !then.is_same(now),
        _ => true,
    })
    .collect()
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
