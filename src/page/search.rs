//! The search page: a field, room for results, and the ways that need no script.

use serde::Serialize;

use super::maker::{ASSESSMENT, GETTING_HELP, Maker, SEN_TEAM, SENDIASS};
use super::need::{self, AreaView};
use super::parts::LinkView;
use crate::content::names::Language;

/// The search page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchView {
    /// The needs, for whoever does not know the word.
    pub areas: Vec<AreaView>,
    /// Whom to ask, and where to begin.
    pub ask: Vec<LinkView>,
    /// Whether the page searches English pages.
    pub english: bool,
}

/// Makes the search page of a language.
pub fn view(maker: &Maker<'_>, language: Option<&Language>) -> SearchView {
    SearchView {
        areas: need::areas(maker),
        ask: maker.known_links(&[GETTING_HELP, SENDIASS, SEN_TEAM, ASSESSMENT]),
        english: language.is_none(),
    }
}
