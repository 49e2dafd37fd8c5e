//! The index: tantivy's, in memory, one segment, always built afresh.
//!
//! Documents come with their stems, so tantivy only cuts at spaces. The number of a document in
//! the index is its place in the collection: whatever is written about documents elsewhere uses
//! that number. An index is never changed, because deleted documents would stay in its statistics.

use std::fmt;
use std::sync::Arc;

use tantivy::directory::RamDirectory;
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager, WhitespaceTokenizer};
use tantivy::{IndexReader, ReloadPolicy, SegmentReader, TantivyDocument, TantivyError, Term};

use super::document::{Analysed, FIELDS};

/// Room for tantivy's tables while it indexes, in bytes. It sizes them by this and takes more
/// where it needs more.
const ROOM: usize = 50_000_000;
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
pub struct Index {
    pub(super) reader: IndexReader,
    pub(super) fields: [Field; FIELDS],
}

impl Index {
    /// Indexes documents in their order.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub fn new<'a>(documents: impl Iterator<Item = &'a Arc<Analysed>>) -> Result<Self, IndexError> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(SPACES)
            .set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields =
            ["title", "headings", "body"].map(|name| schema.add_text_field(name, options.clone()));
        let tokenizers = TokenizerManager::new();
        tokenizers.register(SPACES, TextAnalyzer::builder(WhitespaceTokenizer::default()).build());
        let mut writer: SingleSegmentIndexWriter = tantivy::Index::builder()
            .schema(schema.build())
            .tokenizers(tokenizers)
            .single_segment_index_writer(RamDirectory::create(), ROOM)?;
        let mut count = 0;
        for analysed in documents {
            let mut document = TantivyDocument::default();
            for (field, text) in fields.iter().zip(&analysed.fields) {
                document.add_text(*field, text);
            }
            writer.add_document(document)?;
            count += 1;
        }
        let index = writer.finalize()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let index = Self { reader, fields };
        match index.len() == count {
            true => Ok(index),
            false => Err(IndexError(format!("{} documents of {count}", index.len()))),
        }
    }

    /// How many documents it has.
    pub fn len(&self) -> u32 {
        self.segment().map_or(0, |segment| segment.max_doc())
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether any document has one of some terms.
    pub(super) fn has(&self, terms: impl Iterator<Item = Term>) -> bool {
        let searcher = self.reader.searcher();
        let mut counts = terms.map(|term| searcher.doc_freq(&term));
        counts.any(|count| count.is_ok_and(|count| count > 0))
    }

    /// The one segment; none where there is no document.
    pub(super) fn segment(&self) -> Option<SegmentReader> {
        self.reader.searcher().segment_readers().first().cloned()
    }
}
