//! Search: tantivy indexes, the site is static, the phone ranks.
//!
//! 1. [`collect`] lists what a site lets people search: a [`collection`] of pages, each with a
//!    [`document`] of what it says.
//! 2. [`analyzer`] cuts and stems their words, [`synonyms`] adds what the words lead to.
//! 3. [`index`] gives them to tantivy, one index a language, in parts; what has not changed since
//!    the last time is in [`memo`].
//! 4. [`export`] writes the index as small static files that a browser ranks by, exactly as
//!    tantivy does; [`query`] asks tantivy itself.
//!
//! Nothing here touches the disk: documents in, bytes out. The browser's part is
//! `themes/london/assets/js/search/`.

pub mod analyzer;
pub mod collect;
pub mod collection;
pub mod document;
mod entry;
pub mod export;
mod forms;
pub mod index;
pub mod memo;
pub mod query;
pub mod slips;
pub mod synonyms;
mod text;

use collect::Site;
use collection::Collection;
use index::{Index, IndexError};
use memo::Memo;

/// One language of a site, indexed: to ask, or to write out.
pub struct Searchable {
    /// The pages.
    pub collection: Collection,
    /// Their index.
    pub index: Index,
}

impl Searchable {
    /// Indexes the pages of one language of a site.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub fn new(site: Site<'_>, language: &str, memo: &Memo) -> Result<Self, IndexError> {
        let mut collection = collect::collect(site, language, memo);
        let index = Index::new(&collection, memo)?;
        collection.forget_stems();
        memo.tidy();
        Ok(Self { collection, index })
    }

    /// The page that was found.
    pub fn page(&self, found: &query::Found) -> Option<&collection::Page> {
        self.collection.pages.get(usize::try_from(found.document).ok()?)
    }

    /// Its static files.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub fn export(&self) -> Result<export::Export, IndexError> {
        export::Export::new(&self.collection, &self.index)
    }
}
