//! The index: tantivy's, in memory, in parts of a thousand documents or so.
//!
//! The number of a document in the index is its place in the collection: whatever is written about
//! documents elsewhere uses that number.
//!
//! After an edit the part with the document is indexed afresh, and the others are taken over
//! ([`Memo`]); the first time parts are indexed on all cores. Where a part ends
//! follows from its documents alone, so that a document more or less moves no other part.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::directory::error::OpenReadError;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError, Term};

use super::collection::Page;
use super::document::Analysed;
use super::forms;
use super::memo::{Memo, Store};
use super::part::Part;
use crate::digest::{Digest, Digester};

/// To be raised whenever a part of the same documents comes out differently.
const FORMAT: u32 = 1;
/// A part has about so many documents: each costs tantivy a dictionary of its own.
const USUAL: usize = 1_000;
/// Nor does a part grow beyond so many documents.
const MOST: usize = 4_000;

/// An index could not be built or read: of one that lies in memory, a mistake in the program.
#[derive(Debug)]
pub struct IndexError(String);

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the search index could not be made: {}", self.0)
    }
}

impl std::error::Error for IndexError {}

impl IndexError {
    /// A part that has not the documents that it should have.
    pub(super) fn lost_documents(found: u32, wanted: usize) -> Self {
        Self(format!("{found} documents of {wanted}"))
    }

    /// A part of more than 4 GB: its documents would have to have billions of different words.
    pub(super) fn too_large() -> Self {
        Self("a part of it has over 4 GB".to_owned())
    }
}

impl From<TantivyError> for IndexError {
    fn from(error: TantivyError) -> Self {
        Self(error.to_string())
    }
}

impl From<OpenReadError> for IndexError {
    fn from(error: OpenReadError) -> Self {
        Self(error.to_string())
    }
}

impl From<postcard::Error> for IndexError {
    fn from(error: postcard::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<std::io::Error> for IndexError {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Documents, indexed.
#[derive(Clone)]
pub struct Index {
    /// Each with the number of its first document, in that order; none is empty.
    pub(super) parts: Vec<(u32, Arc<Part>)>,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("documents", &self.len()).finish_non_exhaustive()
    }
}

impl Index {
    /// Indexes the documents of pages in their order. `words` brings those of some of the pages: of
    /// parts that neither the memo nor the store has.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub(super) fn new(
        pages: &[Page],
        words: impl Fn(Range<usize>) -> Vec<Arc<Analysed>> + Sync,
        memo: &Memo,
        store: Option<&dyn Store>,
    ) -> Result<Self, IndexError> {
        let parts = cut(pages).into_par_iter().map(|cut| {
            let digest = digest(&pages[cut.clone()]);
            memo.part(digest, store, || Part::new(&words(cut)))
        });
        let parts: Vec<Arc<Part>> = parts.collect::<Result<_, _>>()?;
        let starts = parts.iter().scan(0, |next, part| {
            let start = *next;
            *next += part.len();
            Some(start)
        });
        let starts: Vec<u32> = starts.collect();
        Ok(Self { parts: starts.into_iter().zip(parts).collect() })
    }

    /// Every word that is in it, folded, and in how many documents, in order.
    pub fn words(&self) -> Vec<(&str, usize)> {
        forms::forms(self).into_iter().map(|form| (form.text, form.documents)).collect()
    }

    /// How many documents it has.
    pub fn len(&self) -> u32 {
        self.parts.last().map_or(0, |(start, part)| start + part.len())
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether any document has one of some terms.
    pub(super) fn has(&self, mut terms: impl Iterator<Item = Term>) -> bool {
        terms.any(|term| self.doc_freq(&term).is_ok_and(|count| count > 0))
    }

    fn sum(&self, mut of: impl FnMut(&Searcher) -> tantivy::Result<u64>) -> tantivy::Result<u64> {
        self.parts.iter().map(|(_, part)| of(&part.searcher)).sum()
    }
}

/// Parts score as if they were one: all statistics are those of the whole.
impl Bm25StatisticsProvider for Index {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.sum(|searcher| searcher.total_num_tokens(field))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(u64::from(self.len()))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.sum(|searcher| searcher.doc_freq(term))
    }
}

/// Cuts pages into parts: where an owner's end, once there are enough of them, so that an edit
/// concerns few others; and within an owner's after one document in so many, chosen by what is in
/// it.
fn cut(pages: &[Page]) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut start = 0;
    for at in 1..=pages.len() {
        let size = at - start;
        let owner = |at: usize| pages.get(at).map(|page| page.owner);
        let owner_ends = size >= USUAL && owner(at - 1) != owner(at);
        let chosen = pages[at - 1].words.number().is_multiple_of(USUAL as u64);
        if owner_ends || chosen || size == MOST || at == pages.len() {
            cuts.push(start..at);
            start = at;
        }
    }
    cuts
}

/// Tells parts of different documents apart.
fn digest(pages: &[Page]) -> Digest {
    let mut digester = Digester::new();
    digester.part(&FORMAT.to_le_bytes());
    for page in pages {
        digester.part(page.words.bytes());
    }
    digester.finish()
}
