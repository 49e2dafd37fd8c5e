//! Routes: every address of a site and what is shown there.
//!
//! No page is made here. The list is complete, so that links can be checked against it, and no
//! address leads to two things: where two files want the same one, both are named.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{Place, Scope, SiteId};
use crate::content::kinds::{EntryId, Kind};
use crate::content::names::{Language, NeedId};
use crate::diagnostic::{Checked, Diagnostic, Span};
use crate::path::{Slug, UrlPath};

/// How many entries one page of a list shows.
pub const PER_PAGE: usize = 100;

/// What is shown at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The home page.
    Home,
    /// All needs, by area.
    Needs,
    /// One need, put together from every entry about it.
    Need(Slug),
    /// One need in another language: what of its provision is translated.
    NeedIn(Slug, Language),
    /// All entries of a kind, page by page from 1.
    List(Kind, usize),
    /// All entries for an age, page by page from 1.
    Phase(Slug, usize),
    /// All entries written for an audience, page by page from 1.
    Audience(Slug, usize),
    /// One entry: the scope it is in, and which.
    Entry(usize, EntryId),
    /// An entry's Easy Read version.
    EasyRead(usize, EntryId),
    /// An entry in another language.
    Translation(usize, EntryId, Language),
    /// Words explained.
    Glossary,
    /// Everything by its first letter; `None` is the first page.
    AToZ(Option<char>),
    /// How the site is made.
    About,
    /// All boroughs (hub).
    Boroughs,
    /// A borough's or partner's section (hub), by its scope.
    Section(usize),
    /// An old address that leads to a new one.
    Redirect(UrlPath),
    /// What a host shows where there is nothing.
    NotFound,
}

/// An address and what is shown there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The address.
    pub url: UrlPath,
    /// What is shown.
    pub page: Page,
}

/// All routes of a site.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    by_url: BTreeMap<UrlPath, Page>,
}

impl Routes {
    /// What is shown at an address.
    pub fn get(&self, url: &UrlPath) -> Option<&Page> {
        self.by_url.get(url)
    }

    /// All routes, in the order of their addresses.
    pub fn iter(&self) -> impl Iterator<Item = Route> {
        self.by_url.iter().map(|(url, page)| Route { url: url.clone(), page: page.clone() })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_url.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_url.is_empty()
    }
}

/// Lays out all routes of a site, and tells addresses that two things want.
pub fn routes(place: &Place) -> Checked<Routes> {
    let mut table = Table::default();
    let model = &place.model;
    table.add("", Page::Home);
    table.add("needs/", Page::Needs);
    for need in &model.project.vocabulary.needs {
        let slug = need.id.slug();
        table.add(&format!("needs/{slug}/"), Page::Need(slug.clone()));
        for language in languages_of(place, &need.id) {
            let url = format!("{}/needs/{slug}/", language.as_str());
            table.add(&url, Page::NeedIn(slug.clone(), language.clone()));
        }
    }
    for kind in Kind::listed() {
        let entries = place.catalogue.of_kind(kind).len();
        table.add_list(&format!("{}/", kind.folder()), entries, |page| Page::List(kind, page));
    }
    for phase in &model.project.vocabulary.phases {
        let entries = place.catalogue.for_phase(&phase.id).len();
        let to_page = |page| Page::Phase(phase.id.clone(), page);
        table.add_list(&format!("ages/{}/", phase.id), entries, to_page);
    }
    for audience in &model.project.vocabulary.audiences {
        let entries = place.catalogue.for_audience(&audience.id).len();
        let to_page = |page| Page::Audience(audience.id.clone(), page);
        table.add_list(&format!("for/{}/", audience.id), entries, to_page);
    }
    table.add("glossary/", Page::Glossary);
    table.add("a-z/", Page::AToZ(None));
    let letters = super::index::letters(place);
    if super::index::is_split(&letters) {
        for letter in letters.keys().skip(1) {
            table.add(
                &format!("a-z/{}/", super::index::letter_slug(*letter)),
                Page::AToZ(Some(*letter)),
            );
        }
    }
    table.add("about/", Page::About);
    table.add("404.html", Page::NotFound);
    if place.id == SiteId::Hub {
        table.add("boroughs/", Page::Boroughs);
        for (at, scope) in place.scopes.iter().enumerate().skip(1) {
            table.add(scope.prefix.as_str(), Page::Section(at));
        }
    }
    for (at, scope) in place.scopes.iter().enumerate() {
        table.add_entries(at, scope);
    }
    for scope in &place.scopes {
        table.add_aliases(scope);
    }
    Checked { value: Routes { by_url: table.by_url }, problems: table.problems }
}

/// The languages in which anything of a need's provision is published.
pub fn languages_of<'a>(place: &'a Place, need: &NeedId) -> BTreeSet<&'a Language> {
    let homes = place.main().homes.values();
    homes
        .filter(|home| home.entry.id.kind == Kind::Provision)
        .filter(|home| home.entry.common().needs.contains(need))
        .flat_map(|home| home.entry.translations.keys())
        .collect()
}

impl Page {
    /// The language of its words, if that is not English.
    pub fn language(&self) -> Option<&Language> {
        match self {
            Self::NeedIn(_, language) | Self::Translation(_, _, language) => Some(language),
            _ => None,
        }
    }
}

#[derive(Default)]
struct Table {
    by_url: BTreeMap<UrlPath, Page>,
    /// The file behind an address, for saying whose it is.
    files: BTreeMap<UrlPath, Span>,
    problems: Vec<Diagnostic>,
}

impl Table {
    fn add(&mut self, url: &str, page: Page) {
        self.by_url.insert(UrlPath::new(url), page);
    }

    fn add_list(&mut self, url: &str, entries: usize, page: impl Fn(usize) -> Page) {
        self.add(url, page(1));
        for number in 2..=entries.div_ceil(PER_PAGE) {
            self.add(&format!("{url}page/{number}/"), page(number));
        }
    }

    fn add_entries(&mut self, at: usize, scope: &Scope) {
        for home in scope.homes.values().filter(|home| home.here) {
            let entry = &home.entry;
            let file = entry.pages.last().map(|page| Span::file(&page.file.path));
            if entry.id.kind != Kind::Welcome {
                self.claim(&home.url, Page::Entry(at, entry.id.clone()), file.clone());
            }
            if let Some(version) = &entry.easy_read {
                let url = home.url.join("easy-read/");
                let file = version.pages.last().map(|page| Span::file(&page.file.path));
                self.claim(&url, Page::EasyRead(at, entry.id.clone()), file);
            }
            for (language, version) in &entry.translations {
                let url = UrlPath::new(&format!("{}/{}", language.as_str(), home.url.as_str()));
                let page = Page::Translation(at, entry.id.clone(), language.clone());
                let file = version.pages.last().map(|page| Span::file(&page.file.path));
                self.claim(&url, page, file);
            }
        }
    }

    fn add_aliases(&mut self, scope: &Scope) {
        for home in scope.homes.values().filter(|home| home.here) {
            for alias in &home.entry.common().aliases {
                let Some(path) = alias_path(&alias.value) else {
                    let message = format!("`{}` is not an address of this site", alias.value);
                    self.problems.push(
                        Diagnostic::error("wrong-alias", alias.span.clone(), message)
                            .help("write the old address from the site's root: `/old/page/`"),
                    );
                    continue;
                };
                let url = scope.prefix.join(&path);
                self.claim(&url, Page::Redirect(home.url.clone()), Some(alias.span.clone()));
            }
        }
    }

    fn claim(&mut self, url: &UrlPath, page: Page, file: Option<Span>) {
        if let Some(first) = self.by_url.get(url) {
            if *first == page {
                return;
            }
            let whose = match self.files.get(url) {
                Some(span) => span.to_string(),
                None => "a page that every site has".to_owned(),
            };
            let span = file.unwrap_or_else(|| Span::file(&crate::path::SourcePath::new("content")));
            let message = format!("the address {url} is taken by {whose}");
            self.problems.push(
                Diagnostic::error("same-address", span, message)
                    .help("rename one of the two files, or take the alias away"),
            );
            return;
        }
        if let Some(file) = file {
            self.files.insert(url.clone(), file);
        }
        self.by_url.insert(url.clone(), page);
    }
}

/// An alias as an address: `/old/page`, `old/page/` and `/old/page.html` are all understood.
fn alias_path(alias: &str) -> Option<String> {
    let path = alias.trim().trim_start_matches('/');
    let whole = match path.rsplit('/').next() {
        Some(last) if last.contains('.') => path.to_owned(),
        _ if path.ends_with('/') => path.to_owned(),
        _ => format!("{path}/"),
    };
    let sound = !path.is_empty() && !alias.contains(['?', '#', ':', ' ', '"', '<', '>', '\\']);
    (sound && UrlPath::new(&whole).output().is_some()).then_some(whole)
}
