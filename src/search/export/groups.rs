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
use crate::search::index::{Index, IndexError};
use crate::search::part::fields;

/// The highest frequencies in title, headings and text that a code can say.
const HIGHEST: [u32; FIELDS] = [3, 3, 15];

/// What the index knows of one stem, column by column: documents that have it are many, and a
/// column of theirs takes a fifth of the room that a row each would.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The stem.
    pub(super) stem: String,
    /// The documents that have it, in order; at least one.
    pub(super) documents: Vec<u32>,
    /// How often each has it: in the text in the lower four bits, in the title in the next two, in
    /// the headings in the highest two. The highest value of each (15, 3, 3) says that the
    /// frequency less that value is in `rests`.
    pub(super) codes: Vec<u8>,
    /// The norms of titles that have it, and of headings.
    pub(super) norms: [Vec<u8>; 2],
    /// What codes leave out, of titles, headings and texts.
    pub(super) rests: [Vec<u32>; FIELDS],
}

/// How often a stem is in the fields of a document.
#[derive(Clone, Copy, Debug)]
struct Posting {
    document: u32,
    /// In title, headings, text.
    frequencies: [u32; FIELDS],
    /// Of title and headings.
    norms: [u8; 2],
}

impl Group {
    /// A group of postings of several fields.
    fn new(stem: String, postings: &mut Vec<Posting>) -> Self {
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
        let mut group = Self { stem, ..Self::default() };
        group.documents = postings.iter().map(|posting| posting.document).collect();
        group.codes = postings.iter().map(|posting| code(posting.frequencies)).collect();
        for posting in postings.drain(..) {
            for field in 0..2 {
                let has_it = posting.frequencies[field] > 0;
                group.norms[field].extend(has_it.then_some(posting.norms[field]));
            }
            let frequencies = posting.frequencies.into_iter().zip(HIGHEST);
            for (rests, (frequency, highest)) in group.rests.iter_mut().zip(frequencies) {
                rests.extend(frequency.checked_sub(highest));
            }
        }
        group
    }
}

fn code(frequencies: [u32; FIELDS]) -> u8 {
    let [title, headings, text] = [0, 1, 2].map(|field| {
        let most = frequencies[field].min(HIGHEST[field]);
        u8::try_from(most).unwrap_or(u8::MAX)
    });
    text | title << 4 | headings << 6
}

/// All groups, in the order of their stems.
pub(super) fn groups(index: &Index) -> Result<Vec<Group>, IndexError> {
    let lists = lists(index)?;
    let terms = terms(&lists)?;
    let read = terms.stems.into_par_iter().map_init(Vec::new, |postings, (stem, places)| {
        for place in &terms.places[places] {
            let List { start, field, inverted, norms } = &lists[place.list as usize];
            let option = IndexRecordOption::WithFreqs;
            let mut list = inverted.read_postings_from_terminfo(&place.info(), option)?;
            while list.doc() != TERMINATED {
                let mut frequencies = [0; FIELDS];
                frequencies[*field] = list.term_freq();
                let norms = [&norms[0], &norms[1]].map(|norms| norms.fieldnorm_id(list.doc()));
                postings.push(Posting { document: start + list.doc(), frequencies, norms });
                list.advance();
            }
        }
        Ok(Group::new(stem, postings))
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
struct Terms {
    /// In order, each with its places among `places`.
    stems: Vec<(String, Range<usize>)>,
    places: Vec<Place>,
}

/// Where a stem stands. There are as many as all parts have stems: tantivy's own form of it, which
/// has room for positions too, takes three times as much.
struct Place {
    /// Which list.
    list: u32,
    /// In how many documents.
    documents: u32,
    /// Its bytes in the list.
    from: u32,
    to: u32,
}

impl Place {
    fn new((list, info): (usize, TermInfo)) -> Result<Self, IndexError> {
        let small = |number: usize| u32::try_from(number).map_err(|_| IndexError::too_large());
        Ok(Self {
            list: small(list)?,
            documents: info.doc_freq,
            from: small(info.postings_range.start)?,
            to: small(info.postings_range.end)?,
        })
    }

    fn info(&self) -> TermInfo {
        TermInfo {
            doc_freq: self.documents,
            postings_range: self.from as usize..self.to as usize,
            positions_range: 0..0,
        }
    }
}

fn terms(lists: &[List]) -> Result<Terms, IndexError> {
    let streams = lists.iter().map(|list| list.inverted.terms().stream());
    let mut merger = TermMerger::new(streams.collect::<Result<_, _>>()?);
    let count = lists.iter().map(|list| list.inverted.terms().num_terms()).sum();
    let mut terms = Terms { stems: Vec::new(), places: Vec::with_capacity(count) };
    while merger.advance() {
        let from = terms.places.len();
        for place in merger.current_segment_ords_and_term_infos() {
            terms.places.push(Place::new(place)?);
        }
        let stem = String::from_utf8_lossy(merger.key()).into_owned();
        terms.stems.push((stem, from..terms.places.len()));
    }
    Ok(terms)
}
