//! What the documents of a collection are made from: they are needed twice, to tell whether their
//! words are known and to find these, and would take much room in between.

use std::ops::Range;
use std::sync::Arc;

use super::Site;
use crate::content::kinds::{Kind, Payload};
use crate::content::names::NeedId;
use crate::content::vocabulary::find;
use crate::digest::Digest;
use crate::search::collection::Page;
use crate::search::document::{Analysed, Document};
use crate::search::memo::Known;
use crate::search::{entry, text};
use crate::site::model::Entry;

/// What one document is made from.
pub(super) enum Source<'a> {
    /// An entry.
    Entry(&'a Arc<Entry>),
    /// The document itself.
    Document(Document),
}

/// What the documents of all pages are made from, in the order of the pages.
pub struct Sources<'a> {
    pub(super) site: Site<'a>,
    pub(super) known: Arc<Known>,
    pub(super) sources: Vec<Source<'a>>,
}

impl Sources<'_> {
    /// The words of some pages.
    pub(in crate::search) fn words(
        &self,
        pages: &[Page],
        some: Range<usize>,
    ) -> Vec<Arc<Analysed>> {
        let both = pages[some.clone()].iter().zip(&self.sources[some]);
        self.known.with_analyzer(|analyzer| {
            let words = both.map(|(page, source)| {
                self.known.words(page.words, analyzer, || match source {
                    Source::Entry(entry) => self.site.document(entry, text::plain(&entry.body)),
                    Source::Document(document) => document.clone(),
                })
            });
            words.collect()
        })
    }
}

impl Source<'_> {
    /// What tells its words apart.
    pub(super) fn digest(&self, site: Site<'_>, known: &Known) -> Digest {
        match self {
            Self::Entry(entry) => {
                known.digest_of(entry, || site.document(entry, text::digest(&entry.body).hex()))
            }
            Self::Document(document) => known.digest(document),
        }
    }
}

impl<'a> Site<'a> {
    /// The document of an entry, with `text` for what its body says.
    fn document(self, entry: &Entry, text: String) -> Document {
        let names = self.names(entry);
        entry::document(&entry.fields, (&entry.body, text), names, stands_behind(entry))
    }

    /// Names of what an entry is about, of whom it is for, and of its owner.
    fn names(self, entry: &Entry) -> impl Iterator<Item = &'a str> {
        let vocabulary = &self.place.model.project.vocabulary;
        let needs = &entry.common().needs;
        let about = vocabulary.needs.iter().filter(|need| needs.contains(&need.id));
        let owner = self.place.model.layer_name(entry.provenance.top());
        let easy_read = entry.easy_read.as_ref().map(|_| "Easy Read");
        let roles = match entry.payload() {
            Payload::Training(training) => training.for_roles.as_slice(),
            _ => &[],
        };
        let roles = roles.iter().filter_map(|id| find(&vocabulary.roles, id.slug()));
        let roles = roles.map(|role| role.title.as_str());
        about.map(|need| need.item.title.as_str()).chain(roles).chain(owner).chain(easy_read)
    }
}

/// Whether an entry is the provision of one need, whose page is put together from it.
pub(super) fn stands_behind(entry: &Entry) -> bool {
    let own = |need: &NeedId| *need.slug() == entry.id.slug;
    entry.id.kind == Kind::Provision && entry.common().needs.iter().any(own)
}
