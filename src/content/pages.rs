//! Reads the pages and files of one layer: front matter, fields, body, each page for itself.
//!
//! A page whose file, tables and known names are those of the last reading is not read again.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::common::Part;
use super::fields::Reader;
use super::layer::{self, Layer, LayerContent, LayerFile, Page, ReadPage, Variant, Wording};
use super::layout::{self, PageFile};
use super::names::Names;
use super::node::Node;
use super::source::SourceFile;
use super::tree::{Loaded, SourceTree};
use super::{front_matter, markdown, yaml};
use crate::diagnostic::{Checked, Diagnostic, Span, has_errors};
use crate::path::SourcePath;

/// What was read of a layer before.
#[derive(Clone, Copy, Debug)]
pub struct Last<'a> {
    /// What it held.
    pub content: &'a LayerContent,
    /// Whether the names that pages may refer to are still the same.
    pub same_names: bool,
}

/// Reads a layer.
pub fn read_layer(
    tree: &SourceTree,
    layer: &Layer,
    names: &Names,
    last: Option<Last<'_>>,
) -> LayerContent {
    let mut content = LayerContent::default();
    let files = layout::files_of(tree, layer).into_value(&mut content.problems);
    for (rest, path, loaded) in files.files {
        let file = LayerFile { path: path.clone(), loaded: loaded.clone() };
        content.files.insert(rest.to_owned(), file);
    }
    let one = |file: &PageFile<'_>| {
        let last_page = last.and_then(|last| last.content.pages.get(&file.file.path));
        match (last_page, last) {
            (Some(page), Some(last)) if last.same_names && is_unchanged(page, file, tree) => {
                page.clone()
            }
            _ => Arc::new(read_again(file, tree, names, last_page)),
        }
    };
    let read: Vec<Arc<ReadPage>> = files.pages.par_iter().map(one).collect();
    for read in read {
        if let Some(page) = &read.page {
            content.place(page);
        }
        content.pages.insert(read.file.path.clone(), read);
    }
    content
}

impl LayerContent {
    /// Puts a page among the versions of its entry, and tells if its place is taken.
    fn place(&mut self, page: &Arc<Page>) {
        let versions = self.entries.entry(page.id.clone()).or_default();
        let taken = match &page.variant {
            Variant::Main => versions.main.replace(page.clone()),
            Variant::EasyRead => versions.easy_read.replace(page.clone()),
            Variant::Translation(language) => {
                versions.translations.insert(language.clone(), page.clone())
            }
        };
        if let Some(first) = taken {
            let message = format!("two files are `{}`: this one and another", first.id);
            self.problems.push(
                Diagnostic::error("same-address", Span::file(&first.path), message)
                    .help("English needs no `.en` in its name: keep one of the two files"),
            );
        }
    }
}

/// Whether all that a page was read from is still the same.
fn is_unchanged(page: &ReadPage, file: &PageFile<'_>, tree: &SourceTree) -> bool {
    let is_same =
        |path: &SourcePath, table: Option<&Arc<SourceFile>>| match (tree.text(path), table) {
            (Some(now), Some(then)) => Arc::ptr_eq(now, then),
            (now, then) => now.is_none() && then.is_none(),
        };
    Arc::ptr_eq(&page.file, file.file)
        && page.tables.iter().all(|(path, table)| is_same(path, table.as_ref()))
}

/// The tables that a page asked for, and what was there.
type TablesLookedUp = BTreeMap<SourcePath, Option<Arc<SourceFile>>>;

/// Reads a page; one with a mistake leaves the last sound version in place.
fn read_again(
    file: &PageFile<'_>,
    tree: &SourceTree,
    names: &Names,
    last: Option<&Arc<ReadPage>>,
) -> ReadPage {
    let mut tables = TablesLookedUp::new();
    let read = read_page(file, tree, names, &mut tables);
    let sound = last.filter(|last| !last.is_current() || !has_errors(&last.problems));
    let last = sound.and_then(|last| last.page.clone().zip(last.wording.clone()));
    let (page, wording) = match last {
        Some(last) if has_errors(&read.problems) => Some(last),
        _ => read.value.map(|(page, wording)| (Arc::new(page), Arc::new(wording))),
    }
    .unzip();
    let (file, id) = (file.file.clone(), file.id.clone());
    ReadPage { file, id, page, wording, tables, problems: read.problems }
}

/// Reads one page as far as it can be read alone.
fn read_page(
    page: &PageFile<'_>,
    tree: &SourceTree,
    names: &Names,
    looked_up: &mut TablesLookedUp,
) -> Checked<Option<(Page, Wording)>> {
    let mut problems = Vec::new();
    let file = page.file;
    let variant = match layout::variant(page, names) {
        Ok(variant) => variant,
        Err(problem) => return Checked { value: None, problems: vec![problem] },
    };
    let parts = match front_matter::split(file) {
        Ok(parts) => parts,
        Err(problem) => return Checked { value: None, problems: vec![problem] },
    };
    let mut node = yaml::parse(file, parts.front_matter.clone()).into_value(&mut problems);
    let mut tables = BTreeMap::new();
    if let Some(node) = &mut node {
        tables = find_tables(page, node, tree, looked_up, &mut problems);
        problems.append(&mut layer::place_tables(node, page.id.kind, &tables));
    }
    let body = markdown::compile(file, parts.body).into_value(&mut problems);
    let Some(node) = node else { return Checked { value: None, problems } };
    let (fields, mut found) = layer::read_fields(&page.id, &node, names);
    problems.append(&mut found.problems);
    // Its problems have just been told by `read_fields`, which goes over the same fields.
    let part = Part::read_fields(&node, &mut Reader::new(names));
    let Some(part) = part else { return Checked { value: None, problems } };
    let front_matter = parts.front_matter;
    let page = Page {
        path: file.path.clone(),
        layer: page.layer.clone(),
        id: page.id.clone(),
        variant,
        arranges: !part.drop.is_empty() || file.text[front_matter.clone()].contains("after:"),
        part,
        fields: fields.map(Arc::new),
        missing: found.missing,
        body: Arc::new(body),
    };
    let wording = Wording { file: file.clone(), front_matter, tables };
    Checked { value: Some((page, wording)), problems }
}

/// The CSV file that a front matter names, beside the page or below its folder.
fn find_tables(
    page: &PageFile<'_>,
    node: &Node,
    tree: &SourceTree,
    looked_up: &mut TablesLookedUp,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Arc<SourceFile>> {
    let mut tables = BTreeMap::new();
    let Some(field) = layer::table_field(page.id.kind) else { return tables };
    let Some(node) = node.get(field) else { return tables };
    let Some(name) = node.text() else { return tables };
    let path = page.file.path.join_sibling(name);
    looked_up.extend(path.iter().map(|path| (path.clone(), tree.text(path).cloned())));
    match path.as_ref().and_then(|path| tree.get(path)) {
        Some(Loaded::Text(file)) if name.ends_with(".csv") => {
            tables.insert(name.to_owned(), file.clone());
        }
        _ => {
            let message = format!("there is no table `{name}` beside this page");
            let problem = Diagnostic::error("no-table", node.at.span(), message);
            problems.push(problem.help("save it as CSV in the same folder, or write a list here"));
        }
    }
    tables
}
