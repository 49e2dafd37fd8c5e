//! The index: tantivy's, in memory, in parts of a thousand documents or so.
//!
//! Documents come with their stems, so tantivy only cuts at spaces. The number of a document in
//! the index is its place in the collection: whatever is written about documents elsewhere uses
//! that number.
//!
//! A part is never changed, because deleted documents would stay in its statistics. After an edit
//! the part with the document is indexed afresh, and the others are taken over
//! ([`Memo`]); the first time parts are indexed on all cores. Where a part ends
//! follows from its documents alone, so that a document more or less moves no other part.

use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::directory::RamDirectory;
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager, WhitespaceTokenizer};
use tantivy::{
    IndexReader, ReloadPolicy, Searcher, SegmentReader, TantivyDocument, TantivyError, Term,
};

use super::collection::Collection;
use super::document::{Analysed, FIELDS};
use super::memo::Memo;
use crate::digest::{Digest, Digester};

/// Room for tantivy's tables while it indexes a part, in bytes. It sizes them by this and takes
/// more where it needs more.
const ROOM: usize = 15_000_000;
/// A part has about so many documents: each costs tantivy a dictionary of its own.
const USUAL: usize = 1_000;
/// Nor does a part grow beyond so many documents.
const MOST: usize = 4_000;
const SPACES: &str = "spaces";

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

/// Some documents that follow each other, indexed; they are numbered from 0.
pub(super) struct Part {
    pub(super) searcher: Searcher,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("documents", &self.len()).finish_non_exhaustive()
    }
}

/// The fields of every index: title, headings, text.
pub(super) fn fields() -> [Field; FIELDS] {
    [0, 1, 2].map(Field::from_field_id)
}

impl Index {
    /// Indexes the documents of a collection in their order.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub fn new(collection: &Collection, memo: &Memo) -> Result<Self, IndexError> {
        let documents: Vec<&Analysed> =
            collection.pages.iter().map(|page| page.analysed.as_ref()).collect();
        let cuts = cut(collection, &documents);
        let parts = cuts.par_iter().map(|cut| memo.part(cut, || Part::new(cut)));
        let parts: Vec<Arc<Part>> = parts.collect::<Result<_, _>>()?;
        let starts = parts.iter().scan(0, |next, part| {
            let start = *next;
            *next += part.len();
            Some(start)
        });
        let starts: Vec<u32> = starts.collect();
        Ok(Self { parts: starts.into_iter().zip(parts).collect() })
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

/// Cuts documents into parts: where an owner's end, once there are enough of them, so that an edit
/// concerns few others; and within an owner's after one document in so many, chosen by what is in
/// it.
fn cut<'a, 'b>(collection: &Collection, documents: &'b [&'a Analysed]) -> Vec<&'b [&'a Analysed]> {
    let mut cuts = Vec::new();
    let mut start = 0;
    for at in 1..=documents.len() {
        let size = at - start;
        let owner = |at: usize| collection.pages.get(at).map(|page| page.owner);
        let owner_ends = size >= USUAL && owner(at - 1) != owner(at);
        let chosen = documents[at - 1].digest.number().is_multiple_of(USUAL as u64);
        if owner_ends || chosen || size == MOST || at == documents.len() {
            cuts.push(&documents[start..at]);
            start = at;
        }
    }
    cuts
}

/// Tells parts of different documents apart.
pub(super) fn digest(documents: &[&Analysed]) -> Digest {
    let mut digester = Digester::new();
    for document in documents {
        digester.part(document.digest.bytes());
    }
    digester.finish()
}

impl Part {
    fn new(documents: &[&Analysed]) -> Result<Self, IndexError> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(SPACES)
            .set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        for name in ["title", "headings", "body"] {
            schema.add_text_field(name, options.clone());
        }
        let tokenizers = TokenizerManager::new();
        tokenizers.register(SPACES, TextAnalyzer::builder(WhitespaceTokenizer::default()).build());
        let mut writer: SingleSegmentIndexWriter = tantivy::Index::builder()
            .schema(schema.build())
            .tokenizers(tokenizers)
            .single_segment_index_writer(RamDirectory::create(), ROOM)?;
        for analysed in documents {
            let mut document = TantivyDocument::default();
            for (field, text) in fields().into_iter().zip(&analysed.fields) {
                document.add_text(field, text);
            }
            writer.add_document(document)?;
        }
        let index = writer.finalize()?;
        let reader: IndexReader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let part = Self { searcher: reader.searcher() };
        match usize::try_from(part.len()) == Ok(documents.len()) {
            true => Ok(part),
            false => Err(IndexError(format!("{} documents of {}", part.len(), documents.len()))),
        }
    }

    fn len(&self) -> u32 {
        self.searcher.segment_readers().iter().map(SegmentReader::max_doc).sum()
    }

    /// Its one segment.
    pub(super) fn segment(&self) -> &SegmentReader {
        self.searcher.segment_reader(0)
    }
}
