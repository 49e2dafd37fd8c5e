//! The surfaces of a collection, and how common each is.

use std::collections::HashMap;

use rayon::prelude::*;

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
    let counted = collection.pages.par_iter().fold(HashMap::new, |known, page| {
        let surfaces = page.analysed.surfaces.iter();
        surfaces.map(|s| Form { text: &s.text, stem: &s.stem, documents: 1 }).fold(known, add)
    });
    let known = counted.reduce(HashMap::new, |all, some| some.into_values().fold(all, add));
    let mut forms: Vec<Form<'_>> = known.into_values().collect();
    forms.par_sort_unstable_by(|a, b| a.text.encode_utf16().cmp(b.text.encode_utf16()));
    forms
}

fn add<'a>(mut known: HashMap<&'a str, Form<'a>>, form: Form<'a>) -> HashMap<&'a str, Form<'a>> {
    known.entry(form.text).or_insert(Form { documents: 0, ..form }).documents += form.documents;
    known
}
