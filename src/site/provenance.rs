//! Who says what: the layer behind every field, every item and the body of an entry.

use std::collections::BTreeMap;

use super::layers::Changes;
use crate::content::layer::Layer;

/// Where the words of an entry come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The layers that say something, lowest first; at least one.
    pub layers: Vec<Layer>,
    /// The layer of each field that stands above the lowest.
    pub fields: BTreeMap<String, Layer>,
    /// The origin of each item, by list and id.
    pub items: BTreeMap<(String, String), Origin>,
    /// The layers whose words the body has, lowest first.
    pub body: Vec<Layer>,
}

/// Where one item comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The layer that brought it.
    pub layer: Layer,
    /// The layer that last changed it, with the names of the fields it changed.
    pub adapted: Option<(Layer, Vec<String>)>,
}

impl Provenance {
    /// The provenance of what one layer says alone.
    pub fn of(layer: &Layer, changes: &Changes) -> Self {
        let items = changes.items.keys().map(|key| (key.clone(), Origin::new(layer)));
        Self {
            layers: vec![layer.clone()],
            fields: BTreeMap::new(),
            items: items.collect(),
            body: vec![layer.clone()],
        }
    }

    /// Adds what a higher layer changes.
    pub fn add(&mut self, layer: &Layer, changes: &Changes) {
        self.layers.push(layer.clone());
        for field in &changes.fields {
            self.fields.insert(field.clone(), layer.clone());
        }
        for (key, fields) in &changes.items {
            match self.items.get_mut(key) {
                Some(origin) => {
                    let fields = fields.iter().cloned().collect();
                    origin.adapted = Some((layer.clone(), fields));
                }
                None => {
                    self.items.insert(key.clone(), Origin::new(layer));
                }
            }
        }
    }

    /// The layer that an entry's page belongs to: the highest that says something.
    pub fn top(&self) -> &Layer {
        self.layers.last().unwrap_or(&Layer::Shared)
    }

    /// Whether a layer changed what a lower one says.
    pub fn is_adapted(&self) -> bool {
        self.layers.len() > 1
    }

    /// The origin of an item.
    pub fn item(&self, list: &str, id: &str) -> Option<&Origin> {
        self.items.get(&(list.to_owned(), id.to_owned()))
    }
}

impl Origin {
    fn new(layer: &Layer) -> Self {
        Self { layer: layer.clone(), adapted: None }
    }
}
