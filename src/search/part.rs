//! A part of an index: some documents that follow each other, numbered from 0, as one segment of
//! tantivy's, with the forms of their words.
//!
//! Documents come with their stems, so tantivy only cuts at spaces. A part is never changed,
//! because deleted documents would stay in its statistics.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory as _, RamDirectory};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager, WhitespaceTokenizer};
use tantivy::{IndexReader, ReloadPolicy, Searcher, SegmentReader, TantivyDocument};

use super::document::{Analysed, FIELDS};
use super::forms::Forms;
use super::index::IndexError;

/// Room for tantivy's tables while it indexes a part, in bytes. It sizes them by this and takes
/// more where it needs more.
const ROOM: usize = 15_000_000;
const SPACES: &str = "spaces";
/// The file that tantivy begins to read an index with.
const META: &str = "meta.json";

/// Some documents, indexed.
pub(super) struct Part {
    directory: RamDirectory,
    pub(super) searcher: Searcher,
    pub(super) forms: Forms,
}

/// A part as bytes: the forms of its words, and tantivy's files by their names.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    #[serde(borrow)]
    forms: Forms<&'a str>,
    #[serde(borrow)]
    files: Vec<(&'a str, &'a [u8])>,
}

/// The fields of every index: title, headings, text.
pub(super) fn fields() -> [Field; FIELDS] {
    [0, 1, 2].map(Field::from_field_id)
}

impl Part {
    /// Indexes documents.
    pub(super) fn new(documents: &[Arc<Analysed>]) -> Result<Self, IndexError> {
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
        let directory = RamDirectory::create();
        let mut writer: SingleSegmentIndexWriter = tantivy::Index::builder()
            .schema(schema.build())
            .tokenizers(tokenizers)
            .single_segment_index_writer(directory.clone(), ROOM)?;
        for analysed in documents {
            let mut document = TantivyDocument::default();
            for (field, text) in fields().into_iter().zip(&analysed.fields) {
                document.add_text(field, text);
            }
            writer.add_document(document)?;
        }
        let part = Self::open(directory, writer.finalize()?, Forms::new(documents))?;
        match usize::try_from(part.len()) == Ok(documents.len()) {
            true => Ok(part),
            false => Err(IndexError::lost_documents(part.len(), documents.len())),
        }
    }

    fn open(
        directory: RamDirectory,
        index: tantivy::Index,
        forms: Forms,
    ) -> Result<Self, IndexError> {
        let reader: IndexReader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { directory, searcher: reader.searcher(), forms })
    }

    /// A part that [`Part::to_bytes`] wrote.
    ///
    /// # Errors
    /// If the bytes are not what it wrote.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, IndexError> {
        let Written { forms, files } = postcard::from_bytes(bytes)?;
        let directory = RamDirectory::create();
        for (name, bytes) in files {
            directory.atomic_write(Path::new(name), bytes)?;
        }
        let index = tantivy::Index::open(directory.clone())?;
        let part = Self::open(directory, index, forms.into_owned())?;
        match part.searcher.segment_readers().len() {
            1 => Ok(part),
            _ => Err(IndexError::lost_documents(part.len(), 0)),
        }
    }

    /// All of it, for [`Part::from_bytes`].
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, IndexError> {
        let mut names = self.searcher.index().directory().list_managed_files();
        names.insert(META.into());
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort();
        let read = names.iter().map(|name| {
            let file = self.directory.open_read(name)?;
            Ok((name.to_string_lossy(), file.read_bytes()?))
        });
        let files = read.collect::<Result<Vec<_>, IndexError>>()?;
        let files = files.iter().map(|(name, bytes)| (name.as_ref(), bytes.as_slice()));
        let written = Written { forms: self.forms.borrowed(), files: files.collect() };
        Ok(postcard::to_allocvec(&written)?)
    }

    /// How many documents it has.
    pub(super) fn len(&self) -> u32 {
        self.searcher.segment_readers().iter().map(SegmentReader::max_doc).sum()
    }

    /// Its one segment.
    pub(super) fn segment(&self) -> &SegmentReader {
        self.searcher.segment_reader(0)
    }
}
