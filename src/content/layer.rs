//! Layers: whose content a file is, and what one layer holds.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::common::{Fields, Part};
use super::fields::Reader;
use super::kinds::{EntryId, Kind};
use super::markdown::Body;
use super::names::{Language, Names};
use super::node::{Entry, Node, Value};
use super::source::SourceFile;
use super::tree::Loaded;
use super::{tables, yaml};
use crate::diagnostic::Diagnostic;
use crate::path::{Slug, SourcePath};

/// Whose content it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// What every borough inherits.
    Shared,
    /// What the boroughs of one provider share.
    Partner(Slug),
    /// A borough's own.
    Borough(Slug),
}

impl Layer {
    /// The folder of the shared layer.
    pub const SHARED_FOLDER: &'static str = "content/london";

    /// The folder it lies in.
    pub fn folder(&self) -> String {
        match self {
            Self::Shared => Self::SHARED_FOLDER.to_owned(),
            Self::Partner(slug) => format!("content/partners/{slug}"),
            Self::Borough(slug) => format!("content/boroughs/{slug}"),
        }
    }

    /// The file in its folder by which it describes itself.
    pub fn own_file(&self) -> Option<&'static str> {
        match self {
            Self::Shared => None,
            Self::Partner(_) => Some("partner.yaml"),
            Self::Borough(_) => Some("borough.yaml"),
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.folder().trim_start_matches("content/"))
    }
}

/// Which version of an entry a file is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// The entry itself, in English.
    Main,
    /// In short sentences.
    EasyRead,
    /// In another language.
    Translation(Language),
}

/// One file of Markdown, read as far as it can be read alone.
#[derive(Debug)]
pub struct Page {
    /// Its file.
    pub path: SourcePath,
    /// Whose it is.
    pub layer: Layer,
    /// Which entry it belongs to.
    pub id: EntryId,
    /// Which version of it.
    pub variant: Variant,
    /// What it says about its own part in the site.
    pub part: Part,
    /// Whether it takes items away or puts them after others, as only layers do.
    pub arranges: bool,
    /// Its fields, if it has all that are required.
    pub fields: Option<Arc<Fields>>,
    /// What is required and not there: a problem only where no lower layer has it.
    pub missing: Vec<Diagnostic>,
    /// Its text.
    pub body: Arc<Body>,
}

/// What a page was read from, word for word.
#[derive(Debug)]
pub struct Wording {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Where its YAML stands.
    pub front_matter: Range<usize>,
    /// The tables that its front matter names, by the name written there.
    pub tables: BTreeMap<String, Arc<SourceFile>>,
}

impl Wording {
    /// The front matter of an entry of that kind as a tree, tables in their place; none if it is
    /// no YAML. It is parsed anew each time: few pages are ever merged, and keeping every tree
    /// would cost more memory than all pages do.
    pub fn document(&self, kind: Kind) -> Option<Node> {
        let mut node = yaml::parse(&self.file, self.front_matter.clone()).value?;
        // What is wrong with it was told when the page was read.
        let _ = place_tables(&mut node, kind, &self.tables);
        Some(node)
    }
}

/// The field of a kind that may name a CSV file.
pub fn table_field(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Provision => Some("expectations"),
        Kind::Data => Some("file"),
        _ => None,
    }
}

/// Puts the tables that a front matter names where it names them.
pub fn place_tables(
    node: &mut Node,
    kind: Kind,
    tables: &BTreeMap<String, Arc<SourceFile>>,
) -> Vec<Diagnostic> {
    let Some(field) = table_field(kind) else { return Vec::new() };
    let Value::Map(entries) = &mut node.value else { return Vec::new() };
    let Some(at) = entries.iter().position(|entry| entry.key == field) else { return Vec::new() };
    let Some(table) = entries[at].node.text().and_then(|name| tables.get(name)) else {
        return Vec::new();
    };
    if kind == Kind::Provision {
        let mut read = tables::expectations(table);
        if let Some(list) = read.value.take() {
            entries[at].node = list;
        }
        return read.problems;
    }
    let mut read = tables::columns_and_rows(table);
    if let Some((columns, rows)) = read.value.take() {
        for (key, node) in [("columns", columns), ("rows", rows)] {
            let key_at = entries[at].key_at.clone();
            entries.retain(|entry| entry.key != key);
            entries.push(Entry { key: key.to_owned(), key_at, node });
        }
    }
    read.problems
}

/// Reads the fields of a tree.
pub fn read_fields(id: &EntryId, node: &Node, names: &Names) -> (Option<Fields>, ReadProblems) {
    let mut reader = Reader::new(names);
    let fields = Fields::read(id, node, &mut reader);
    (fields, ReadProblems { problems: reader.problems, missing: reader.missing })
}

/// What a reading found.
pub struct ReadProblems {
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
    /// What is required and not there.
    pub missing: Vec<Diagnostic>,
}

/// The versions of one entry in one layer.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    /// The entry itself.
    pub main: Option<Arc<Page>>,
    /// Its Easy Read version.
    pub easy_read: Option<Arc<Page>>,
    /// Its translations.
    pub translations: BTreeMap<Language, Arc<Page>>,
}

impl Versions {
    /// Whether these are the very same pages.
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |a: &Option<Arc<Page>>, b: &Option<Arc<Page>>| match (a, b) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        same(&self.main, &other.main)
            && same(&self.easy_read, &other.easy_read)
            && self.translations.len() == other.translations.len()
            && (self.translations.iter()).all(|(key, page)| {
                other.translations.get(key).is_some_and(|o| Arc::ptr_eq(page, o))
            })
    }
}

/// One reading of one file.
#[derive(Debug)]
pub struct ReadPage {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The entry that it belongs to by its name.
    pub id: EntryId,
    /// What it says; where it has a mistake and there is one, its last version without.
    pub page: Option<Arc<Page>>,
    /// What `page` was read from.
    pub wording: Option<Arc<Wording>>,
    /// The tables that its front matter asked for, and what was there.
    pub tables: BTreeMap<SourcePath, Option<Arc<SourceFile>>>,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

impl ReadPage {
    /// Whether the page says what the file says now: no earlier version stands in for it.
    pub fn is_current(&self) -> bool {
        self.wording.as_ref().is_none_or(|wording| Arc::ptr_eq(&wording.file, &self.file))
    }
}

/// What one layer holds.
#[derive(Clone, Debug, Default)]
pub struct LayerContent {
    /// Its entries.
    pub entries: BTreeMap<EntryId, Versions>,
    /// Every page that was read, by its file.
    pub pages: BTreeMap<SourcePath, Arc<ReadPage>>,
    /// What is wrong with the files' places and names.
    pub problems: Vec<Diagnostic>,
    /// Its other files, by their path within the layer: `files/logo.svg`.
    pub files: BTreeMap<String, LayerFile>,
}

impl LayerContent {
    /// Everything that is wrong with the layer.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.iter().chain(self.pages.values().flat_map(|page| &page.problems))
    }
}

/// A file that is passed on.
#[derive(Clone, Debug)]
pub struct LayerFile {
    /// Where it lies.
    pub path: SourcePath,
    /// What it holds.
    pub loaded: Loaded,
}
