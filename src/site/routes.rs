//! Routes: every address of a site and what is shown there.
//!
//! No page is made here. The list is complete, so that links can be checked against it, and no
//! address leads to two things: where two files want the same one, [`check`] names both. What
//! every site has comes first, then the pages of each scope, then their old addresses; each scope
//! has a table of its own, so that an edit changes one of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::alias;
use super::canonical::is_listed;
use super::expected::{self, Subject};
use super::feeds::{self, Feed};
use super::place::{Home, Place, SiteId};
use crate::content::kinds::{EntryId, Kind};
use crate::content::names::{Language, NeedId};
use crate::diagnostic::{Diagnostic, Span};
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
    /// Search, in English or another language.
    Search(Option<Language>),
    /// How much is expected of schools, for each need and age.
    Matrix,
    /// What is expected for a subject, perhaps at one age.
    Checklist(Subject, Option<Slug>),
    /// Where a school rates itself.
    SelfEvaluation,
    /// A file for spreadsheets or programs.
    Feed(Feed),
    /// Everything as one document, to be printed.
    Paper,
    /// How the site is made.
    About,
    /// Which statutory headings are published.
    Coverage,
    /// Needs to compare boroughs on (hub).
    CompareIndex,
    /// Boroughs beside each other on a need (hub).
    Compare(Slug),
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

/// What wants an address, and the file that says so.
#[derive(Debug)]
struct Claim {
    page: Page,
    file: Option<Span>,
}

/// The addresses of one scope's own pages.
#[derive(Debug, Default)]
pub struct ScopeRoutes {
    pages: BTreeMap<UrlPath, Claim>,
    aliases: BTreeMap<UrlPath, Claim>,
    /// Claims on an address that the same scope had given away.
    lost: Vec<(UrlPath, Claim)>,
    /// Old addresses that are none.
    problems: Vec<Diagnostic>,
}

/// All routes of a site.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    every_site: BTreeMap<UrlPath, Page>,
    scopes: Vec<Arc<ScopeRoutes>>,
}

impl Routes {
    /// What is shown at an address.
    pub fn get(&self, url: &UrlPath) -> Option<&Page> {
        let pages = self.scopes.iter().map(|scope| &scope.pages);
        let mut tables = pages.chain(self.scopes.iter().map(|scope| &scope.aliases));
        let claimed = || Some(&tables.find_map(|table| table.get(url))?.page);
        self.every_site.get(url).or_else(claimed)
    }

    /// All routes, in the order of their addresses.
    pub fn iter(&self) -> impl Iterator<Item = Route> {
        let route = |(url, page): (&UrlPath, &Page)| Route { url: url.clone(), page: page.clone() };
        self.table().into_iter().map(route).collect::<Vec<_>>().into_iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.table().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.every_site.is_empty() && self.scopes.is_empty()
    }

    /// What is shown at each address, in their order.
    pub fn table(&self) -> BTreeMap<&UrlPath, &Page> {
        let mut table: BTreeMap<&UrlPath, &Page> = self.every_site.iter().collect();
        for claims in self.claims() {
            for (url, claim) in claims {
                table.entry(url).or_insert(&claim.page);
            }
        }
        table
    }

    /// What a sitemap would list. No address has two claims on it in a site without errors.
    fn listed(&self, place: &Place) -> feeds::Listed {
        let claims = self.scopes.iter().flat_map(|scope| &scope.pages);
        let claims = claims.map(|(url, claim)| (url, &claim.page));
        let listed = self.every_site.iter().chain(claims);
        let listed = listed.filter(|(_, page)| is_listed(place, page));
        feeds::Listed::of(listed.map(|(url, _)| url))
    }

    /// The tables of claims, in the order in which they are heard.
    fn claims(&self) -> impl Iterator<Item = &BTreeMap<UrlPath, Claim>> {
        let pages = self.scopes.iter().map(|scope| &scope.pages);
        pages.chain(self.scopes.iter().map(|scope| &scope.aliases))
    }
}

/// Lays out all routes of a site.
pub fn routes(place: &Place) -> Routes {
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
    for letter in super::index::split(place).into_iter().skip(1) {
        let url = format!("a-z/{}/", super::index::letter_slug(letter));
        table.add(&url, Page::AToZ(Some(letter)));
    }
    table.add("search/", Page::Search(None));
    for language in languages(place) {
        let url = format!("{}/search/", language.as_str());
        table.add(&url, Page::Search(Some(language.clone())));
    }
    add_expectations(place, &mut table);
    table.add("paper/", Page::Paper);
    table.add("about/", Page::About);
    table.add("coverage/", Page::Coverage);
    table.add("404.html", Page::NotFound);
    if place.id == SiteId::Hub {
        table.add("boroughs/", Page::Boroughs);
        table.add("compare/", Page::CompareIndex);
        for need in &model.project.vocabulary.needs {
            let slug = need.id.slug();
            table.add(&format!("compare/{slug}/"), Page::Compare(slug.clone()));
        }
        for (at, scope) in place.scopes.iter().enumerate().skip(1) {
            table.add(scope.prefix.as_str(), Page::Section(at));
        }
    }
    let scopes = place.scopes.iter().map(|scope| scope.routes.clone()).collect();
    let mut routes = Routes { every_site: table.0, scopes };
    for (url, feed) in feeds::of_site(place, routes.listed(place)) {
        routes.every_site.insert(UrlPath::new(&url), Page::Feed(feed));
    }
    routes
}

/// The matrix, the list behind each of its numbers, and the same as files.
fn add_expectations(place: &Place, table: &mut Table) {
    table.add("expectations/", Page::Matrix);
    table.add("self-evaluation/", Page::SelfEvaluation);
    for subject in expected::subjects(place) {
        let url = format!("expectations/{}/", subject.slug());
        table.add(&url, Page::Checklist(subject.clone(), None));
        for phase in &place.model.project.vocabulary.phases {
            if expected::count(place.main(), &subject, Some(&phase.id)) > 0 {
                let page = Page::Checklist(subject.clone(), Some(phase.id.clone()));
                table.add(&format!("{url}{}/", phase.id), page);
            }
        }
    }
}

/// Tells old addresses that are none, and addresses that two things want.
pub fn check(routes: &Routes) -> Vec<Diagnostic> {
    let of_scopes = routes.scopes.iter().flat_map(|scope| &scope.problems);
    let mut problems: Vec<Diagnostic> = of_scopes.cloned().collect();
    let mut taken: BTreeMap<&UrlPath, &Claim> = BTreeMap::new();
    let lost = routes.scopes.iter().flat_map(|scope| &scope.lost).map(|(url, claim)| (url, claim));
    for (url, claim) in routes.claims().flatten().chain(lost) {
        let whose = match (routes.every_site.get(url), taken.get(url)) {
            (Some(page), _) if *page != claim.page => "a page that every site has".to_owned(),
            (None, Some(first)) if first.page != claim.page => {
                first.file.as_ref().map(Span::to_string).unwrap_or_default()
            }
            _ => {
                taken.entry(url).or_insert(claim);
                continue;
            }
        };
        let anywhere = || Span::file(&crate::path::SourcePath::new("content"));
        let span = claim.file.clone().unwrap_or_else(anywhere);
        let message = format!("the address {url} is taken by {whose}");
        problems.push(
            Diagnostic::error("same-address", span, message)
                .help("rename one of the two files, or take the alias away"),
        );
    }
    problems
}

/// The languages other than English that anything is published in.
pub fn languages(place: &Place) -> BTreeSet<&Language> {
    place.pages().flat_map(|(_, home)| home.entry.translations.keys()).collect()
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
            Self::Search(language) => language.as_ref(),
            _ => None,
        }
    }
}

/// The routes that every site has.
#[derive(Default)]
struct Table(BTreeMap<UrlPath, Page>);

impl Table {
    fn add(&mut self, url: &str, page: Page) {
        self.0.insert(UrlPath::new(url), page);
    }

    fn add_list(&mut self, url: &str, entries: usize, page: impl Fn(usize) -> Page) {
        self.add(url, page(1));
        for number in 2..=entries.div_ceil(PER_PAGE) {
            self.add(&format!("{url}page/{number}/"), page(number));
        }
    }
}

impl ScopeRoutes {
    /// The addresses of the pages that a scope itself shows.
    pub(super) fn new(at: usize, prefix: &UrlPath, homes: &BTreeMap<EntryId, Home>) -> Self {
        let mut routes = Self::default();
        for home in homes.values().filter(|home| home.here) {
            routes.add_entry(at, home);
            routes.add_aliases(prefix, home);
        }
        routes
    }

    fn add_entry(&mut self, at: usize, home: &Home) {
        let entry = &home.entry;
        let file = |pages: &[Arc<crate::content::layer::Page>]| {
            pages.last().map(|page| Span::file(&page.path))
        };
        if entry.id.kind != Kind::Welcome {
            let page = Page::Entry(at, entry.id.clone());
            self.claim_page(home.url.clone(), page, file(&entry.pages));
        }
        if feeds::is_dated(home) {
            let page = Page::Feed(Feed::Dates(at, entry.id.clone()));
            self.claim_page(feeds::dates_url(home), page, file(&entry.pages));
        }
        if let Some(version) = &entry.easy_read {
            let page = Page::EasyRead(at, entry.id.clone());
            self.claim_page(home.url.join("easy-read/"), page, file(&version.pages));
        }
        for (language, version) in &entry.translations {
            let url = UrlPath::new(&format!("{}/{}", language.as_str(), home.url.as_str()));
            let page = Page::Translation(at, entry.id.clone(), language.clone());
            self.claim_page(url, page, file(&version.pages));
        }
    }

    fn add_aliases(&mut self, prefix: &UrlPath, home: &Home) {
        for alias in &home.entry.common().aliases {
            let path = match alias::path(&alias.value) {
                Ok(path) => path,
                Err((message, help)) => {
                    let problem = Diagnostic::error("wrong-alias", alias.span.clone(), message);
                    self.problems.push(problem.help(help));
                    continue;
                }
            };
            let page = Page::Redirect(home.url.clone());
            let claim = Claim { page, file: Some(alias.span.clone()) };
            claim_in(&mut self.aliases, &mut self.lost, prefix.join(&path), claim);
        }
    }

    fn claim_page(&mut self, url: UrlPath, page: Page, file: Option<Span>) {
        claim_in(&mut self.pages, &mut self.lost, url, Claim { page, file });
    }
}

fn claim_in(
    table: &mut BTreeMap<UrlPath, Claim>,
    lost: &mut Vec<(UrlPath, Claim)>,
    url: UrlPath,
    claim: Claim,
) {
    match table.get(&url) {
        Some(_) => lost.push((url, claim)),
        None => {
            table.insert(url, claim);
        }
    }
}
