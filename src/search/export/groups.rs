//! Groups: everything that the index knows of one stem, read from tantivy when it is written. All
//! of them together take several times the room of the index.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermMerger;
use tantivy::{InvertedIndexReader, TERMINATED};

use crate::search::document::FIELDS;
use crate::search::index::{Index, IndexError};
use crate::search::part::fields;

#[cfg(test)]
mod tests;

/// The highest frequencies in title, headings and text that a code can say.
const HIGHEST: [u32; FIELDS] = [3, 3, 15];

/// What the index knows of one stem, column by column: documents that have it are many, and a
/// column of theirs takes a fifth of the room that a row each would.
#[derive(Debug, Default)]
pub(super) struct Group {
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

impl Group {
    /// A group of so many documents.
    fn with_room(documents: usize) -> Self {
        let (documents, codes) = (Vec::with_capacity(documents), Vec::with_capacity(documents));
        Self { documents, codes, ..Self::default() }
    }

    /// Adds the documents of a part that come next, in order.
    fn add(&mut self, part: &Lists<'_>, cursors: &mut Cursors) {
        while let Some(here) = first(cursors) {
            let frequencies = cursors.each_mut().map(|cursor| match cursor.document() == here {
                true => cursor.take(),
                false => 0,
            });
            self.documents.push(part.start + here);
            self.note(part, here, frequencies);
        }
    }

    /// The same where one field alone has the stem, as is so of most.
    fn add_of_one(&mut self, part: &Lists<'_>, field: usize, blocks: &mut BlockSegmentPostings) {
        let mut left = blocks.doc_freq() as usize;
        while left > 0 {
            self.documents.extend(blocks.docs().iter().map(|document| part.start + document));
            for (document, frequency) in blocks.docs().iter().zip(blocks.freqs()) {
                let mut frequencies = [0; FIELDS];
                frequencies[field] = *frequency;
                self.note(part, *document, frequencies);
            }
            left = left.saturating_sub(blocks.block_len());
            if left > 0 {
                blocks.advance();
            }
        }
    }

    /// Notes how often a document of a part has the stem.
    fn note(&mut self, part: &Lists<'_>, document: u32, frequencies: [u32; FIELDS]) {
        self.codes.push(code(frequencies));
        for ((norms, frequency), reader) in self.norms.iter_mut().zip(frequencies).zip(part.norms) {
            if frequency > 0 {
                norms.push(reader.fieldnorm_id(document));
            }
        }
        let frequencies = frequencies.into_iter().zip(HIGHEST);
        for (rests, (frequency, highest)) in self.rests.iter_mut().zip(frequencies) {
            if frequency >= highest {
                rests.push(frequency - highest);
            }
        }
    }
}

fn code([title, headings, text]: [u32; FIELDS]) -> u8 {
    let most = |frequency: u32, highest: u32| {
        // At most 15, so always a byte.
        frequency.min(highest) as u8
    };
    let [of_title, of_headings, of_text] = HIGHEST;
    most(text, of_text) | most(title, of_title) << 4 | most(headings, of_headings) << 6
}

/// The groups of all stems.
pub(super) struct Groups {
    lists: Vec<List>,
    /// Where each stem stands, part by part.
    places: Vec<Place>,
    by_stem: FxHashMap<String, Found>,
}

/// What is known of a group before it is read.
pub(super) struct Found {
    /// In how many documents its stem is.
    pub(super) documents: usize,
    /// Its places among all.
    places: Range<usize>,
}

/// What reading a group needs; to be used again for the next.
pub(super) type Cursors = [Cursor; FIELDS];

impl Groups {
    /// Finds the stems of an index, and counts the documents of each.
    pub(super) fn of(index: &Index) -> Result<Self, IndexError> {
        let lists = lists(index)?;
        let Terms { stems, places } = terms(&lists)?;
        let found = stems.into_par_iter().map_init(Cursors::default, |cursors, (stem, range)| {
            let parts = by_part(&lists, &places[range.clone()]);
            let counts = parts.map(|places| count(&lists, places, cursors));
            let documents = counts.sum::<Result<usize, IndexError>>()?;
            Ok((stem, Found { documents, places: range }))
        });
        let by_stem = found.collect::<Result<_, IndexError>>()?;
        Ok(Self { lists, places, by_stem })
    }

    /// What is known of a stem's group.
    pub(super) fn find(&self, stem: &str) -> Option<&Found> {
        self.by_stem.get(stem)
    }

    /// Reads a group.
    pub(super) fn read(&self, found: &Found, cursors: &mut Cursors) -> Result<Group, IndexError> {
        let mut group = Group::with_room(found.documents);
        for places in by_part(&self.lists, &self.places[found.places.clone()]) {
            read(&mut group, &self.lists, places, cursors)?;
        }
        Ok(group)
    }
}

/// The places of each part: places are in the order of their lists, so these follow each other.
fn by_part<'a>(lists: &[List], places: &'a [Place]) -> impl Iterator<Item = &'a [Place]> {
    let part = |place: &Place| lists[place.list as usize].start;
    places.chunk_by(move |a, b| part(a) == part(b))
}

/// Sets cursors on what one part has of a stem.
fn open(lists: &[List], places: &[Place], cursors: &mut Cursors) -> Result<(), IndexError> {
    places.iter().try_for_each(|place| {
        let list = &lists[place.list as usize];
        cursors[list.field].open(list, place)
    })
}

/// In how many documents of one part a stem is.
fn count(lists: &[List], places: &[Place], cursors: &mut Cursors) -> Result<usize, IndexError> {
    if let [place] = places {
        return Ok(place.documents as usize);
    }
    open(lists, places, cursors)?;
    let mut documents = 0;
    while let Some(here) = first(cursors) {
        cursors.iter_mut().filter(|cursor| cursor.document() == here).for_each(Cursor::skip);
        documents += 1;
    }
    Ok(documents)
}

/// The first document of any field that is left.
fn first(cursors: &Cursors) -> Option<u32> {
    cursors.iter().map(Cursor::document).min().filter(|here| *here != TERMINATED)
}

/// Reads what one part has of a group.
fn read(
    group: &mut Group,
    lists: &[List],
    places: &[Place],
    cursors: &mut Cursors,
) -> Result<(), IndexError> {
    let Some(first) = places.first() else { return Ok(()) };
    open(lists, places, cursors)?;
    let List { start, norms, field, .. } = &lists[first.list as usize];
    let part = Lists { start: *start, norms };
    match (places.len(), &mut cursors[*field]) {
        (1, Cursor { blocks: Some(blocks), left, .. }) => {
            group.add_of_one(&part, *field, blocks);
            *left = 0;
        }
        _ => group.add(&part, cursors),
    }
    Ok(())
}

/// What the lists of a part have in common.
struct Lists<'a> {
    /// The number of the part's first document.
    start: u32,
    /// Norms of titles and headings.
    norms: &'a [FieldNormReader; 2],
}

/// The documents of a stem in one field of a part, one after the other.
#[derive(Default)]
pub(super) struct Cursor {
    /// Used again for the next stem: it has room for many documents.
    blocks: Option<BlockSegmentPostings>,
    /// The place in the block.
    at: usize,
    /// How many documents are left, this one included.
    left: u32,
}

impl Cursor {
    fn open(&mut self, list: &List, place: &Place) -> Result<(), IndexError> {
        let info = place.info();
        match &mut self.blocks {
            Some(blocks) => list.inverted.reset_block_postings_from_terminfo(&info, blocks)?,
            none => {
                let option = IndexRecordOption::WithFreqs;
                *none = Some(list.inverted.read_block_postings_from_terminfo(&info, option)?);
            }
        }
        (self.at, self.left) = (0, place.documents);
        Ok(())
    }

    /// The document's number in its part.
    fn document(&self) -> u32 {
        match &self.blocks {
            Some(blocks) if self.left > 0 => blocks.doc(self.at),
            _ => TERMINATED,
        }
    }

    /// How often the document has the stem; goes on to the next.
    fn take(&mut self) -> u32 {
        let frequency = self.blocks.as_ref().map_or(0, |blocks| blocks.freq(self.at));
        self.skip();
        frequency
    }

    /// Goes on to the next document.
    fn skip(&mut self) {
        let Some(blocks) = &mut self.blocks else { return };
        self.at += 1;
        self.left -= 1;
        if self.left > 0 && self.at == blocks.block_len() {
            blocks.advance();
            self.at = 0;
        }
    }
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
