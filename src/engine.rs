//! The order of the phases, readable aloud.
//!
//! 1. [`parse`] reads every file, and [`resolve()`] puts the layers together.
//! 2. [`lay_out`] gives each wanted site its addresses, and [`check`] follows every link.
//! 3. [`Edition::outputs`] lists what a site consists of, and [`Edition::bytes`] makes any one of
//!    it. A build makes them all, in parallel; a preview makes the one that is asked for.
//!
//! Nothing here touches the world, and nothing is made twice for two sites that share it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::content::project::{self, Project};
use crate::content::tree::{Loaded, SourceTree};
use crate::diagnostic::{Checked, Diagnostic, Span};
use crate::feed;
use crate::page::chrome::{self, AssetPaths};
use crate::page::maker::{Maker, Words};
use crate::page::{self, Content, PageView, explain, paper};
use crate::path::{OutputPath, Slug, SourcePath, UrlPath};
use crate::search::Searchable;
use crate::search::collect::Site;
use crate::search::export::Export;
use crate::search::index::IndexError;
use crate::search::memo::Memo;
use crate::site::model::{Day, Model};
use crate::site::place::{Place, SiteId, all_sites};
use crate::site::resolve;
use crate::site::routes::{self, Page, Route, Routes};
use crate::site::{files, links, logo};
use crate::theme::{SiteContext, Theme, brand};

pub use crate::content::config::BaseUrl;
pub use crate::content::project::Before;

/// What is to be made.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The day, and whether drafts are shown.
    pub day: Day,
    /// Only these sites; none means all.
    pub sites: Vec<String>,
    /// An address instead of those of `site.yaml`. With several sites each is below it.
    pub base_url: Option<BaseUrl>,
}

/// Reads every file; with `before`, those that have changed.
pub fn parse(tree: &SourceTree, before: Option<Before<'_>>) -> Checked<Option<Project>> {
    project::parse(tree, before)
}

/// Puts the layers together; with the model `before`, where they have changed.
pub fn resolve(project: Project, day: Day, before: Option<&Model>) -> Checked<Arc<Model>> {
    resolve::resolve(project, day, before).map(Arc::new)
}

/// The sites that a source tree has, without reading any file: the hub, and each borough.
pub fn site_names(tree: &SourceTree) -> Vec<String> {
    let boroughs = tree.below("content/boroughs").filter_map(|(rest, _, _)| {
        let name = rest.strip_suffix("/borough.yaml")?;
        (!name.contains('/')).then(|| name.to_owned())
    });
    std::iter::once("hub".to_owned()).chain(boroughs).collect()
}

/// One site, ready to be made.
#[derive(Debug)]
pub struct Edition {
    /// The site.
    pub place: Place,
    /// Its addresses.
    pub routes: Routes,
    /// Its style, script and pictures.
    pub assets: AssetPaths,
    context: SiteContext,
    words: Words,
    theme_files: BTreeMap<UrlPath, Arc<[u8]>>,
    /// The files that its pages refer to; found when somebody asks.
    passed_on: OnceLock<BTreeMap<UrlPath, Loaded>>,
    /// The words of the interface in the other languages that it has pages in.
    languages: Vec<(String, Words)>,
    memo: Arc<Memo>,
    exports: OnceLock<Result<Vec<Export>, Diagnostic>>,
    was_searched: bool,
}

/// One file of a site.
pub enum Output<'a> {
    /// A page, to be rendered.
    Page(Route),
    /// A file that is passed on.
    File(&'a UrlPath, &'a [u8]),
    /// A file of search, to be compressed.
    Search(&'a UrlPath, &'a Export),
}

impl Output<'_> {
    /// Where it lies in the site's folder.
    pub fn path(&self) -> Option<OutputPath> {
        match self {
            Self::Page(route) => route.url.output(),
            Self::File(url, _) | Self::Search(url, _) => url.output(),
        }
    }

    /// The bytes of a file of search; none of anything else.
    pub fn search_bytes(&self) -> Vec<u8> {
        match self {
            Self::Search(url, export) => export.bytes(url).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

/// Lays out the wanted sites.
pub fn lay_out(model: &Arc<Model>, theme: &Theme, wanted: &Wanted) -> Vec<Edition> {
    let ids: Vec<SiteId> = all_sites(model)
        .into_iter()
        .filter(|id| wanted.sites.is_empty() || wanted.sites.iter().any(|site| site == id.as_str()))
        .collect();
    let several = ids.len() > 1;
    let memo = Arc::new(Memo::default());
    let one = |id: SiteId| {
        let base_url = base_url(model, wanted, &id, several);
        let edition = Edition::new(model.clone(), theme, (id, base_url), None);
        Edition { memo: memo.clone(), ..edition }
    };
    ids.into_par_iter().map(one).collect()
}

/// The sites that have no address: what can only be written with one is left out of them.
pub fn without_address(editions: &[Edition]) -> Vec<&SiteId> {
    let places = editions.iter().map(|edition| &edition.place);
    places.filter(|place| place.base_url.is_none()).map(|place| &place.id).collect()
}

/// Follows every link of some sites, and tells addresses that two things want.
pub fn check(editions: &[Edition]) -> Vec<Diagnostic> {
    editions.par_iter().flat_map_iter(Edition::check).collect()
}

fn base_url(model: &Model, wanted: &Wanted, id: &SiteId, several: bool) -> Option<BaseUrl> {
    let config = &model.project.config;
    match (&wanted.base_url, id) {
        (Some(url), id) if several => BaseUrl::parse(&url.join(id.as_str())),
        (Some(url), _) => Some(url.clone()),
        (None, SiteId::Hub) => config.hub.base_url.clone(),
        (None, SiteId::Borough(slug)) => config.base_urls.get(slug.as_str()).cloned(),
    }
}

impl Edition {
    /// Lays out one site, taking over what is the same `before`.
    pub fn new(
        model: Arc<Model>,
        theme: &Theme,
        (id, base_url): (SiteId, Option<BaseUrl>),
        before: Option<&Self>,
    ) -> Self {
        let place = Place::new(model, id, base_url, before.map(|before| &before.place));
        let routes = routes::routes(&place);
        let words = theme.catalogue("en").map(|c| c.words.clone()).unwrap_or_default();
        let mut assets = theme.assets.clone();
        if let Some(colour) = place.borough().and_then(|b| b.brand.as_ref()?.colour.as_ref()) {
            let sheet = brand::sheet(&colour.value).into_bytes();
            assets.paths.brand = Some(assets.add("brand.css", Arc::from(sheet)));
        }
        let languages = routes::languages(&place).into_iter().map(|language| {
            let catalogue = theme.catalogue(language.as_str());
            (language.as_str().to_owned(), catalogue.map(|c| c.words.clone()).unwrap_or_default())
        });
        let languages = languages.collect();
        let site = chrome::site(&place, &routes, &words, assets.paths.clone());
        let context = theme.site_context(&site);
        Self {
            place,
            routes,
            assets: assets.paths,
            context,
            words,
            theme_files: assets.files,
            passed_on: OnceLock::new(),
            languages,
            memo: before.map(|before| before.memo.clone()).unwrap_or_default(),
            exports: OnceLock::new(),
            was_searched: before.is_some_and(Self::is_searched),
        }
    }

    /// Follows every link of the entry that a route shows, if it shows one.
    pub fn check_page(&self, route: &Route) -> Vec<Diagnostic> {
        match &route.page {
            Page::Entry(at, id) | Page::EasyRead(at, id) | Page::Translation(at, id, _) => {
                links::check_entry(&self.place, &self.routes, *at, id)
            }
            _ => Vec::new(),
        }
    }

    /// Follows every link, and tells addresses that two things want.
    pub fn check(&self) -> Vec<Diagnostic> {
        let mut problems = routes::check(&self.routes);
        problems.extend(links::check(&self.place, &self.routes));
        let colour = self.place.borough().and_then(|b| b.brand.as_ref()?.colour.as_ref());
        problems.extend(colour.and_then(brand::check));
        problems.extend(logo::logo(&self.place).and_then(Result::err));
        problems
    }

    /// Indexes what the site lets people search, language by language, English first.
    pub fn search(&self) -> Result<Vec<Searchable>, Diagnostic> {
        let languages = std::iter::once(("en", &self.words));
        let languages =
            languages.chain(self.languages.iter().map(|(l, words)| (l.as_str(), words)));
        let one = |(language, words)| {
            let site = Site { place: &self.place, routes: &self.routes, words };
            Searchable::new(site, language, &self.memo).map_err(|error| unsound(&error))
        };
        languages.map(one).collect()
    }

    /// The files of search, language by language; made when somebody asks.
    pub fn exports(&self) -> Result<&[Export], Diagnostic> {
        let make = || {
            let languages = self.search()?;
            languages.iter().map(|one| one.export().map_err(|error| unsound(&error))).collect()
        };
        self.exports.get_or_init(make).as_deref().map_err(Diagnostic::clone)
    }

    /// Whether anybody has searched this site, or what it was before.
    pub fn is_searched(&self) -> bool {
        self.was_searched || self.exports.get().is_some()
    }

    fn passed_on(&self) -> &BTreeMap<UrlPath, Loaded> {
        self.passed_on.get_or_init(|| files::files(&self.place, &self.routes))
    }

    /// The files of search, which nobody who only reads pages waits for.
    pub fn search_outputs(&self) -> Result<Vec<Output<'_>>, Diagnostic> {
        let exports = self.exports()?.iter();
        let files = exports.flat_map(|export| export.urls().map(move |url| (url, export)));
        Ok(files.map(|(url, export)| Output::Search(url, export)).collect())
    }

    /// Everything else that the site consists of.
    pub fn outputs(&self) -> Vec<Output<'_>> {
        let pages = self.routes.iter().map(Output::Page);
        let assets = self.theme_files.iter().map(|(url, bytes)| Output::File(url, bytes));
        let passed_on = self.passed_on().iter();
        let passed_on = passed_on.map(|(url, loaded)| Output::File(url, loaded.bytes()));
        pages.chain(assets).chain(passed_on).collect()
    }

    /// What is at an address, if anything is.
    pub fn output(&self, url: &UrlPath) -> Option<Output<'_>> {
        if let Some(page) = self.routes.get(url) {
            return Some(Output::Page(Route { url: url.clone(), page: page.clone() }));
        }
        if let Some((url, bytes)) = self.theme_files.get_key_value(url) {
            return Some(Output::File(url, bytes));
        }
        if let Some((url, loaded)) = self.passed_on().get_key_value(url) {
            return Some(Output::File(url, loaded.bytes()));
        }
        // Only whoever searches waits for the index.
        let is_search = url.as_str().starts_with("search/");
        let exports = is_search.then(|| self.exports().ok()).flatten()?;
        exports.iter().find_map(|export| Some(Output::Search(export.url(url)?, export)))
    }

    /// The file that is passed on at an address, if it is one that people write.
    pub fn source_of(&self, url: &UrlPath) -> Option<&SourcePath> {
        match self.passed_on().get(url)? {
            Loaded::Text(file) => Some(&file.path),
            Loaded::Bytes(_) => None,
        }
    }

    /// What a page tells programs that read it.
    fn data(&self, route: &Route, view: &PageView, words: &Words) -> String {
        let (place, routes, root) = (&self.place, &self.routes, &view.frame.root);
        let scope = page::scope(place, &route.page).unwrap_or(place.main());
        feed::json_ld::block(&Maker { place, routes, scope, root, words }, route, view)
    }

    /// The bytes of one file of the site.
    pub fn bytes<'a>(
        &self,
        theme: &Theme,
        output: &'a Output<'_>,
    ) -> Result<Cow<'a, [u8]>, Diagnostic> {
        match output {
            Output::File(_, bytes) => Ok(Cow::Borrowed(bytes)),
            Output::Search(..) => Ok(Cow::Owned(output.search_bytes())),
            Output::Page(Route { url, page: Page::Feed(feed) }) => {
                let scope = self.place.main();
                let (place, routes, words) = (&self.place, &self.routes, &self.words);
                let root = &url.to_root();
                let maker = Maker { place, routes, scope, root, words };
                Ok(Cow::Owned(feed::bytes(&maker, feed)))
            }
            Output::Page(route) => {
                let language = route.page.language();
                let catalogue = language.and_then(|language| theme.catalogue(language.as_str()));
                let words = catalogue.map_or(&self.words, |catalogue| &catalogue.words);
                let view = page::view(&self.place, &self.routes, route, words);
                let mut view = view.ok_or_else(|| lost(&route.url))?;
                view.frame.data = self.data(route, &view, words);
                let html = theme.render(&self.context, &view)?;
                let root = &view.frame.root;
                let html = match &view.page {
                    Content::Paper(paper) => paper::bind(&html, paper, root),
                    _ if explain::explains(&route.page) => {
                        explain::explain(&html, &self.place.model.project.vocabulary, root)
                    }
                    _ => html,
                };
                Ok(Cow::Owned(html.into_bytes()))
            }
        }
    }
}

/// A route that leads nowhere: our own mistake, told rather than panicked about.
fn lost(url: &UrlPath) -> Diagnostic {
    let span = Span::file(&SourcePath::new("content"));
    Diagnostic::error("internal", span, format!("nothing is shown at {url}"))
        .help("this is a mistake in the program: please report it")
}

/// An index that cannot be made in memory: our own mistake as well.
fn unsound(error: &IndexError) -> Diagnostic {
    let span = Span::file(&SourcePath::new("content"));
    Diagnostic::error("internal", span, error.to_string())
        .help("this is a mistake in the program: please report it")
}

/// The name of the theme that a project asks for.
pub fn theme_name(project: &Project) -> &str {
    project.config.theme.as_ref().map_or("london", Slug::as_str)
}

/// Loads the theme that a project asks for, with the words of its languages.
pub fn load_theme(tree: &SourceTree, project: &Project) -> Checked<Option<Theme>> {
    let languages: Vec<&str> = project.config.languages.iter().map(Slug::as_str).collect();
    let name = theme_name(project);
    let mut loaded = Theme::load(tree, name, &languages);
    if let Some(theme) = &loaded.value {
        let silent = languages.iter().filter(|language| !theme.speaks(language));
        loaded.problems.extend(silent.map(|language| {
            let span = Span::file(&SourcePath::new("content/site.yaml"));
            let message = format!("the menus and headings of pages in `{language}` are in English");
            let help = format!("add themes/{name}/messages/{language}.yaml: copy an English one");
            Diagnostic::warning("no-catalogue", span, message).help(help)
        }));
    }
    loaded
}
