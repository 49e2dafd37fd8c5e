//! Groups: everything that the index knows of one stem.
//!
//! ```text
//! df of title, headings, text · n · Δdocument ×n · code ×n · what codes leave out
//!                             · title norm of each with the stem there · headings norm likewise
//! ```
//! A code has the frequency in the text in its lower four bits, in the title in the next two and
//! in the headings in the highest two. The highest value of each (15, 3, 3) says that the
//! frequency less that value follows after the codes.

use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

use super::bytes::Bytes;
use crate::search::document::FIELDS;
use crate::search::index::{Index, IndexError};

/// What the index knows of one stem.
#[derive(Debug)]
pub(super) struct Group {
    /// The stem.
    pub(super) stem: String,
    /// Encoded.
    pub(super) bytes: Vec<u8>,
}

/// How often a stem is in the fields of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Posting {
    document: u32,
    frequencies: [u32; FIELDS],
}

/// All groups, in the order of their stems.
pub(super) fn groups(index: &Index) -> Result<Vec<Group>, IndexError> {
    let Some(segment) = index.segment() else { return Ok(Vec::new()) };
    let terms = terms(index, &segment)?;
    let norms = index
        .fields
        .iter()
        .map(|field| segment.get_fieldnorms_reader(*field))
        .collect::<Result<Vec<_>, _>>()?;
    let inverted = index
        .fields
        .iter()
        .map(|field| segment.inverted_index(*field))
        .collect::<Result<Vec<_>, _>>()?;
    let encoded = terms.into_par_iter().map(|(stem, infos)| {
        let mut postings = Vec::new();
        let mut df = [0; FIELDS];
        for (field, info) in infos.iter().enumerate() {
            let Some(info) = info else { continue };
            let option = IndexRecordOption::WithFreqs;
            let mut list = inverted[field].read_postings_from_terminfo(info, option)?;
            df[field] = info.doc_freq;
            while list.doc() != TERMINATED {
                let mut frequencies = [0; FIELDS];
                frequencies[field] = list.term_freq();
                postings.push(Posting { document: list.doc(), frequencies });
                list.advance();
            }
        }
        Ok(Group { stem, bytes: encode(df, &merged(postings), &norms) })
    });
    encoded.collect()
}

/// The stems of all fields in order, each with its place in every field's list.
fn terms(
    index: &Index,
    segment: &SegmentReader,
) -> Result<Vec<(String, [Option<TermInfo>; FIELDS])>, IndexError> {
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

fn encode(df: [u32; FIELDS], postings: &[Posting], norms: &[FieldNormReader]) -> Vec<u8> {
    let mut bytes = Bytes::default();
    for df in df {
        bytes.integer(df);
    }
    bytes.count(postings.len());
    let mut before = 0;
    for posting in postings {
        bytes.integer(posting.document - before);
        before = posting.document;
    }
    let mut left_out = Bytes::default();
    for Posting { frequencies: [title, headings, body], .. } in postings {
        let mut part = |frequency: u32, most: u8| match u8::try_from(frequency) {
            Ok(frequency) if frequency < most => frequency,
            _ => {
                left_out.integer(frequency - u32::from(most));
                most
            }
        };
        bytes.byte(part(*body, 15) | part(*title, 3) << 4 | part(*headings, 3) << 6);
    }
    bytes.0.append(&mut left_out.0);
    for field in 0..2 {
        let present = postings.iter().filter(|posting| posting.frequencies[field] > 0);
        bytes.0.extend(present.map(|posting| norms[field].fieldnorm_id(posting.document)));
    }
    bytes.0
}
