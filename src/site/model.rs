//! The model: every entry as each borough, each partner and London as a whole see it.
//!
//! A view holds, for one stack of layers, what each entry comes to. An entry that only lower
//! layers speak of is the same object in every view above them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::layers::Changes;
use super::provenance::Provenance;
use crate::content::common::{Common, Fields};
use crate::content::kinds::{EntryId, Payload};
use crate::content::layer::{Layer, LayerFile, Page};
use crate::content::markdown::Body;
use crate::content::names::Language;
use crate::content::project::Project;
use crate::diagnostic::Diagnostic;
use crate::path::Slug;

/// What decides what a site shows, besides its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day, in London.
    pub today: Date,
    /// Whether drafts are shown.
    pub drafts: bool,
}

/// One entry, resolved through its layers.
#[derive(Debug)]
pub struct Entry {
    /// Which entry.
    pub id: EntryId,
    /// What it says.
    pub fields: Arc<Fields>,
    /// Its text.
    pub body: Arc<Body>,
    /// Who says what.
    pub provenance: Provenance,
    /// The entry below the highest layer, if it adapts one.
    pub base: Option<Arc<Entry>>,
    /// The files it comes from, lowest first.
    pub pages: Vec<Arc<Page>>,
    /// Its Easy Read version.
    pub easy_read: Option<Arc<Version>>,
    /// Its translations.
    pub translations: BTreeMap<Language, Arc<Version>>,
}

impl Entry {
    /// What entries of every kind say.
    pub fn common(&self) -> &Common {
        &self.fields.common
    }

    /// What only its kind says.
    pub fn payload(&self) -> &Payload {
        &self.fields.payload
    }
}

/// An entry in another language or in short sentences. What the version leaves out stands in it
/// as the entry has it.
#[derive(Debug)]
pub struct Version {
    /// Its files, lowest layer first.
    pub pages: Vec<Arc<Page>>,
    /// What it says.
    pub fields: Arc<Fields>,
    /// Its text; the entry's own where the version has none.
    pub body: Arc<Body>,
    /// Which fields and items it says in its own words.
    pub words: Changes,
    /// Every text of its own front matters, as written.
    pub texts: BTreeSet<String>,
    /// Whether the entry was reviewed after the version was made from it.
    pub outdated: bool,
}

/// What one stack of layers comes to.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The layers, lowest first.
    pub stack: Vec<Layer>,
    /// The entries.
    pub entries: BTreeMap<EntryId, Arc<Entry>>,
    /// Entries that exist but are not shown: hidden, drafts, not of today.
    pub hidden: BTreeSet<EntryId>,
    /// What is wrong with entries as this stack puts them together, where no lower one says so.
    pub problems: BTreeMap<EntryId, Vec<Diagnostic>>,
}

/// Everything, resolved.
#[derive(Debug)]
pub struct Model {
    /// What the files say.
    pub project: Project,
    /// The day and whether drafts are shown.
    pub day: Day,
    /// The shared layer alone.
    pub shared: Arc<View>,
    /// Each partner's.
    pub partners: BTreeMap<Slug, Arc<View>>,
    /// Each borough's.
    pub boroughs: BTreeMap<Slug, Arc<View>>,
}

impl Model {
    /// The view of a layer's owner.
    pub fn view(&self, layer: &Layer) -> &Arc<View> {
        match layer {
            Layer::Shared => Some(&self.shared),
            Layer::Partner(slug) => self.partners.get(slug),
            Layer::Borough(slug) => self.boroughs.get(slug),
        }
        .unwrap_or(&self.shared)
    }

    /// The name of a layer for people: `Barnet`; nothing for the shared one, which the theme
    /// names in the reader's language.
    pub fn layer_name(&self, layer: &Layer) -> Option<&str> {
        match layer {
            Layer::Shared => None,
            Layer::Partner(slug) => self.project.partners.get(slug).map(|p| p.file.name.as_str()),
            Layer::Borough(slug) => self.project.boroughs.get(slug).map(|b| b.file.name.as_str()),
        }
    }

    /// The file at a path within layers, from the highest that has it.
    pub fn file(&self, stack: &[Layer], path: &str) -> Option<(&Layer, &LayerFile)> {
        stack.iter().rev().find_map(|layer| {
            let (layer, content) = self.project.layers.get_key_value(layer)?;
            Some((layer, content.files.get(path)?))
        })
    }
}
