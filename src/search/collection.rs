//! What a site lets people search: its pages, each with what results show of it, in the order of
//! their numbers.

use crate::digest::Digest;
use crate::path::UrlPath;

/// A page that can be found.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address in the site; it may lead to a part of a page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Its kind: a place in [`Facets::kinds`].
    pub kind: usize,
    /// Whose it is: a place in [`Facets::owners`].
    pub owner: usize,
    /// The needs it is about: places in [`Facets::needs`].
    pub needs: Vec<usize>,
    /// The ages it is for: places in [`Facets::phases`].
    pub phases: Vec<usize>,
    /// Tells apart pages of different words.
    pub words: Digest,
}

/// A value that results can be narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its name in an address.
    pub key: String,
    /// Its name for people.
    pub label: String,
}

/// What results can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Kinds of page.
    pub kinds: Vec<Value>,
    /// London, partners, boroughs.
    pub owners: Vec<Value>,
    /// Needs.
    pub needs: Vec<Value>,
    /// Ages.
    pub phases: Vec<Value>,
}

/// Everything of one language that a site lets people search.
#[derive(Clone, Debug)]
pub struct Collection {
    /// The language's code.
    pub language: String,
    /// What results can be narrowed by.
    pub facets: Facets,
    /// The pages; a page's place is its number.
    pub pages: Vec<Page>,
}

impl Collection {
    /// Puts pages in their order, each with what belongs to it: owner by owner, kind by kind, need
    /// by need, by title. Pages that are alike stand together, so what is written of them is small.
    pub(super) fn new<T>(
        language: &str,
        facets: Facets,
        mut pages: Vec<(Page, T)>,
    ) -> (Self, Vec<T>) {
        pages.sort_by(|(a, _), (b, _)| {
            let key = |page: &Page| (page.owner, page.kind, page.needs.first().copied());
            (key(a), &a.title, &a.url).cmp(&(key(b), &b.title, &b.url))
        });
        let (pages, others) = pages.into_iter().unzip();
        (Self { language: language.to_owned(), facets, pages }, others)
    }

    /// The address of the file that a browser asks for first.
    pub fn root(&self) -> UrlPath {
        root(&self.language)
    }
}

/// The address of the file that a browser asks for first.
pub fn root(language: &str) -> UrlPath {
    UrlPath::new(&format!("{}root", folder(language)))
}

/// The folder of a language's root: English has none of its own.
pub fn folder(language: &str) -> String {
    match language {
        "en" => "search/".to_owned(),
        language => format!("search/{language}/"),
    }
}
