//! Groups: everything that the index knows of one stem, read from tantivy.

use rayon::prelude::*;
use tantivy::postings::{Postings as _, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

use crate::search::document::FIELDS;
use crate::search::index::{Index, IndexError};

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
    let Some(segment) = index.segment() else { return Ok(Vec::new()) };
    let terms = terms(index, &segment)?;
    let norms = index
        .fields
        .iter()
        .take(2)
        .map(|field| segment.get_fieldnorms_reader(*field))
        .collect::<Result<Vec<_>, _>>()?;
    let inverted = index
        .fields
        .iter()
        .map(|field| segment.inverted_index(*field))
        .collect::<Result<Vec<_>, _>>()?;
    let read = terms.into_par_iter().map(|(stem, infos)| {
        let mut postings = Vec::new();
        for (field, info) in infos.iter().enumerate() {
            let Some(info) = info else { continue };
            let option = IndexRecordOption::WithFreqs;
            let mut list = inverted[field].read_postings_from_terminfo(info, option)?;
            while list.doc() != TERMINATED {
                let mut frequencies = [0; FIELDS];
                frequencies[field] = list.term_freq();
                let norms = [&norms[0], &norms[1]].map(|norms| norms.fieldnorm_id(list.doc()));
                postings.push(Posting { document: list.doc(), frequencies, norms });
                list.advance();
            }
        }
        Ok(Group { stem, postings: merged(postings) })
    });
    read.collect()
}

/// Where a stem stands in the list of each field, if the field has it.
type Places = [Option<TermInfo>; FIELDS];

/// The stems of all fields in order, each with its place in every field's list.
fn terms(index: &Index, segment: &SegmentReader) -> Result<Vec<(String, Places)>, IndexError> {
    let mut terms = Vec::new();
    for (at, field) in index.fields.iter().enumerate() {
        let inverted = segment.inverted_index(*field)?;
        let mut stream = inverted.terms().stream()?;
        while let Some((term, info)) = stream.next() {
            terms.push((String::from_utf8_lossy(term).into_owned(), at, info.clone()));
        }
    }
    terms.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let mut merged: Vec<(String, [Option<TermInfo>; FIELDS])> = Vec::new();
    for (stem, at, info) in terms {
        if merged.last().is_none_or(|(last, _)| *last != stem) {
            merged.push((stem, Default::default()));
        }
        if let Some((_, infos)) = merged.last_mut() {
            infos[at] = Some(info);
        }
    }
    Ok(merged)
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
