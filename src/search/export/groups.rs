//! Groups: everything that the index knows of one stem, read from tantivy.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermMerger;
use tantivy::{DocSet as _, InvertedIndexReader, TERMINATED};

use crate::search::document::FIELDS;
use crate::search::index::{Index, IndexError, fields};

/// What the index knows of one stem.
#[derive(Debug)]
pub(super) struct Group {
    /// The stem.
    pub(super) stem: String,
    /// The documents that have it, in order; at least one.
    pub(super) postings: Vec<Posting>,
}

/// How often a stem is in the fields of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    /// The document.
    pub(super) document: u32,
    /// Frequency in title, headings, text.
    pub(super) frequencies: [u32; FIELDS],
    /// Norms of title and headings.
    pub(super) norms: [u8; 2],
}

/// All groups, in the order of their stems.
pub(super) fn groups(index: &Index) -> Result<Vec<Group>, IndexError> {
    let lists = lists(index)?;
    let terms = terms(&lists)?;
    let read = terms.stems.into_par_iter().map(|(stem, places)| {
        let mut postings = Vec::new();
        for (at, info) in &terms.places[places] {
            let List { start, field, inverted, norms } = &lists[*at];
            let option = IndexRecordOption::WithFreqs;
            let mut list = inverted.read_postings_from_terminfo(info, option)?;
            while list.doc() != TERMINATED {
                let mut frequencies = [0; FIELDS];
                frequencies[*field] = list.term_freq();
                let norms = [&norms[0], &norms[1]].map(|norms| norms.fieldnorm_id(list.doc()));
                postings.push(Posting { document: start + list.doc(), frequencies, norms });
                list.advance();
            }
        }
        Ok(Group { stem, postings: merged(postings) })
    });
    read.collect()
}

/// What a part knows of one field.
struct List {
    /// The number of the part's first document.
    start: u32,
    field: usize,
    inverted: Arc<InvertedIndexReader>,
    /// Norms of titles and headings.
    norms: [FieldNormReader; 2],
}

/// The lists of all parts in their order, field by field.
fn lists(index: &Index) -> Result<Vec<List>, IndexError> {
    let [title, headings, _] = fields();
    let mut lists = Vec::new();
    for (start, part) in &index.parts {
        let segment = part.segment();
        for (at, field) in fields().into_iter().enumerate() {
            let norms =
                [segment.get_fieldnorms_reader(title)?, segment.get_fieldnorms_reader(headings)?];
            let inverted = segment.inverted_index(field)?;
            lists.push(List { start: *start, field: at, inverted, norms });
        }
    }
    Ok(lists)
}

/// All stems, and where each stands.
#[derive(Default)]
struct Terms {
    /// In order, each with its places among `places`.
    stems: Vec<(String, Range<usize>)>,
    /// A list, and where in it.
    places: Vec<(usize, TermInfo)>,
}

fn terms(lists: &[List]) -> Result<Terms, IndexError> {
    let streams = lists.iter().map(|list| list.inverted.terms().stream());
    let mut merger = TermMerger::new(streams.collect::<Result<_, _>>()?);
    let mut terms = Terms::default();
    while merger.advance() {
        let from = terms.places.len();
        terms.places.extend(merger.current_segment_ords_and_term_infos());
        let stem = String::from_utf8_lossy(merger.key()).into_owned();
        terms.stems.push((stem, from..terms.places.len()));
    }
    Ok(terms)
}

/// The postings of several fields as one list.
fn merged(mut postings: Vec<Posting>) -> Vec<Posting> {
    postings.sort_by_key(|posting| posting.document);
    postings.dedup_by(|next, kept| {
        let same = next.document == kept.document;
        if same {
            for (kept, next) in kept.frequencies.iter_mut().zip(next.frequencies) {
                *kept += next;
            }
        }
        same
    });
    postings
}
