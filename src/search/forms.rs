//! The surfaces of a collection, and how common each is.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::analyzer::Surface;
use super::collection::Collection;

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

/// All surfaces of a collection, in the order in which JavaScript compares them.
pub(super) fn forms(collection: &Collection) -> Vec<Form<'_>> {
    // Documents share their surfaces, so most are told by where they lie, and few words are read.
    let counted = collection.pages.par_iter().fold(FxHashMap::default, |mut known, page| {
        for surface in &page.analysed.surfaces {
            known.entry(Arc::as_ptr(surface) as usize).or_insert((surface, 0)).1 += 1;
        }
        known
    });
    let known = counted.map(|known| known.into_values().map(form).fold(FxHashMap::default(), add));
    let known = known.reduce(FxHashMap::default, |all, some| some.into_values().fold(all, add));
    let mut forms: Vec<Form<'_>> = known.into_values().collect();
    forms.par_sort_unstable_by(|a, b| a.text.encode_utf16().cmp(b.text.encode_utf16()));
    forms
}

fn form((surface, documents): (&Arc<Surface>, usize)) -> Form<'_> {
    Form { text: &surface.text, stem: &surface.stem, documents }
}

fn add<'a>(
    mut known: FxHashMap<&'a str, Form<'a>>,
    form: Form<'a>,
) -> FxHashMap<&'a str, Form<'a>> {
    known.entry(form.text).or_insert(Form { documents: 0, ..form }).documents += form.documents;
    known
}
