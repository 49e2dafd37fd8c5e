//! The surfaces of an index, and how common each is.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::analyzer::Surface;
use super::document::Analysed;
use super::index::Index;

/// A surface of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form<'a> {
    /// The folded word.
    pub(super) text: &'a str,
    /// Its stem.
    pub(super) stem: &'a str,
    /// In how many documents it is.
    pub(super) documents: usize,
}

/// The surfaces of some documents in no order, with as little around them as possible: a preview
/// holds those of all its parts.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Forms<T = Box<str>> {
    /// Surface, stem, surface, stem, and so on.
    text: T,
    /// Of each surface its length and its stem's in bytes, and in how many documents it is.
    rows: Vec<(u32, u32, u32)>,
}

impl Forms {
    /// Counts the surfaces of documents.
    pub(super) fn new(documents: &[Arc<Analysed>]) -> Self {
        // Documents share their surfaces, so most are told by where they lie, and few are read.
        let mut counts: FxHashMap<usize, (&Surface, usize)> = FxHashMap::default();
        for surface in documents.iter().flat_map(|document| &document.surfaces) {
            counts.entry(Arc::as_ptr(surface) as usize).or_insert((surface, 0)).1 += 1;
        }
        let counted = counts.into_values().map(|(surface, documents)| Form {
            text: &surface.text,
            stem: &surface.stem,
            documents,
        });
        let (mut text, mut rows) = (String::new(), Vec::new());
        for form in counted.fold(FxHashMap::default(), add).into_values() {
            text.push_str(form.text);
            text.push_str(form.stem);
            let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            rows.push((small(form.text.len()), small(form.stem.len()), small(form.documents)));
        }
        rows.shrink_to_fit();
        Self { text: text.into(), rows }
    }

    /// The same, to be written.
    pub(super) fn borrowed(&self) -> Forms<&str> {
        Forms { text: &self.text, rows: self.rows.clone() }
    }

    fn iter(&self) -> impl Iterator<Item = Form<'_>> {
        let mut rest: &str = &self.text;
        self.rows.iter().map_while(move |(text, stem, documents)| {
            let mut next = |length: u32| {
                let (word, after) = rest.split_at_checked(length as usize)?;
                rest = after;
                Some(word)
            };
            Some(Form { text: next(*text)?, stem: next(*stem)?, documents: *documents as usize })
        })
    }
}

impl Forms<&str> {
    /// The same, to be kept.
    pub(super) fn into_owned(self) -> Forms {
        Forms { text: self.text.into(), rows: self.rows }
    }
}

/// The logarithm of a number of documents, to the base 2, rounded down.
pub(super) fn class(documents: usize) -> u8 {
    u8::try_from(documents.max(1).ilog2()).unwrap_or(u8::MAX)
}

/// All surfaces of an index, in the order in which JavaScript compares them.
pub(super) fn forms(index: &Index) -> Vec<Form<'_>> {
    let parts = index.parts.par_iter();
    let known =
        parts.fold(FxHashMap::default, |known, (_, part)| part.forms.iter().fold(known, add));
    let known = known.reduce(FxHashMap::default, |all, some| some.into_values().fold(all, add));
    let mut forms: Vec<Form<'_>> = known.into_values().collect();
    forms.par_sort_unstable_by(|a, b| a.text.encode_utf16().cmp(b.text.encode_utf16()));
    forms
}

fn add<'a>(
    mut known: FxHashMap<&'a str, Form<'a>>,
    form: Form<'a>,
) -> FxHashMap<&'a str, Form<'a>> {
    known.entry(form.text).or_insert(Form { documents: 0, ..form }).documents += form.documents;
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_counted_by_what_they_are_not_by_who_found_them() {
        let surface = |text: &str| Arc::new(Surface { text: text.into(), stem: "school".into() });
        let document = |words: &[&Arc<Surface>]| {
            let surfaces = words.iter().map(|surface| Arc::clone(surface)).collect();
            Arc::new(Analysed { fields: Default::default(), surfaces })
        };
        // Two analyzers have each found “schools”.
        let (one, again, other) = (surface("schools"), surface("schools"), surface("school"));
        let forms = Forms::new(&[document(&[&one, &other]), document(&[&again])]);
        let mut all: Vec<_> = forms.iter().map(|form| (form.text, form.documents)).collect();
        all.sort_unstable();
        assert_eq!(all, [("school", 1), ("schools", 2)]);
        assert!(forms.iter().all(|form| form.stem == "school"));
    }
}
