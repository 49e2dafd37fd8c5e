//! Search: tantivy indexes, the site is static, the phone ranks.
//!
//! 1. [`collect`] lists what a site lets people search: a [`collection`] of pages, each with a
//!    [`document`] of what it says.
//! 2. [`analyzer`] cuts and stems their words, [`synonyms`] adds what the words lead to.
//! 3. [`index`] gives them to tantivy, one index a language, in parts; a part of which nothing has
//!    changed since the last time comes from [`memo`].
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
mod part;
pub mod query;
pub mod slips;
pub mod synonyms;
mod text;

use collect::Site;
use collection::Collection;
use index::{Index, IndexError};
use memo::{Memo, Store};

/// One language of a site, indexed: to ask, or to write out.
pub struct Searchable {
    /// The pages.
    pub collection: Collection,
    /// Their index.
    pub index: Index,
}

impl Searchable {
    /// Indexes the pages of one language of a site. Parts of the index that are in the store are
    /// taken from there, and those that are not are put there.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub fn new(
        site: Site<'_>,
        language: &str,
        memo: &Memo,
        store: Option<&dyn Store>,
    ) -> Result<Self, IndexError> {
        let known = memo.known(&site.place.model.project.vocabulary, language);
        let (collection, sources) = collect::collect(site, language, known);
        let pages = &collection.pages;
        let index = Index::new(pages, |some| sources.words(pages, some), memo, store)?;
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
