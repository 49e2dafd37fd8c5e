//! The surfaces of a collection, and how common each is.

use std::collections::HashMap;

use super::document::Analysed;

/// A surface of the index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    /// The folded word.
    pub(super) text: &'a str,
    /// Its stem.
    pub(super) stem: &'a str,
    /// In how many documents it is.
    pub(super) documents: usize,
}

/// The logarithm of a number of documents, to the base 2, rounded down.
pub(super) fn class(documents: usize) -> u8 {
    u8::try_from(documents.max(1).ilog2()).unwrap_or(u8::MAX)
}

/// All surfaces of some documents, in the order in which JavaScript compares them.
pub(super) fn forms<'a>(documents: impl Iterator<Item = &'a Analysed>) -> Vec<Form<'a>> {
    let mut known: HashMap<&str, Form<'a>> = HashMap::new();
    for surface in documents.flat_map(|analysed| &analysed.surfaces) {
        let new = Form { text: &surface.text, stem: &surface.stem, documents: 0 };
        known.entry(&surface.text).or_insert(new).documents += 1;
    }
    let mut forms: Vec<Form<'a>> = known.into_values().collect();
    forms.sort_by(|a, b| a.text.encode_utf16().cmp(b.text.encode_utf16()));
    forms
}
