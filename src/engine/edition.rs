//! One site, ready to be made, and the files that it consists of.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{BaseUrl, lost, unsound};
use crate::content::tree::Loaded;
use crate::diagnostic::Diagnostic;
use crate::digest::{Digest, Digester};
use crate::feed;
use crate::page::chrome::{self, AssetPaths};
use crate::page::maker::{Maker, Words};
use crate::page::{self, Content, PageView, explain, paper};
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::search::Searchable;
use crate::search::collect::Site;
use crate::search::export::Export;
use crate::search::memo::{Memo, Store};
use crate::site::model::Model;
use crate::site::place::{Place, SiteId};
use crate::site::routes::{self, Page, Route, Routes};
use crate::site::{files, links, logo};
use crate::theme::{SiteContext, Theme, brand};

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
    /// The digest of what all its pages are rendered from.
    made_from: OnceLock<Digest>,
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

/// One file of a site, before what takes long.
pub enum Draft<'a> {
    /// Its bytes: nothing about it takes long.
    Bytes(Cow<'a, [u8]>),
    /// What a page shows, to be rendered.
    Page(&'a Route, Box<PageView>),
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
            made_from: OnceLock::new(),
        }
    }

    /// The same with a memo that other sites have too.
    pub(super) fn sharing(self, memo: Arc<Memo>) -> Self {
        Self { memo, ..self }
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

    /// Indexes what the site lets people search, language by language, English first; with a
    /// store, what has changed since the last run.
    pub fn search(&self, store: Option<&dyn Store>) -> Result<Vec<Searchable>, Diagnostic> {
        let languages = std::iter::once(("en", &self.words));
        let languages =
            languages.chain(self.languages.iter().map(|(l, words)| (l.as_str(), words)));
        let one = |(language, words)| {
            let site = Site { place: &self.place, routes: &self.routes, words };
            Searchable::new(site, language, &self.memo, store).map_err(|error| unsound(&error))
        };
        languages.map(one).collect()
    }

    /// The files of search, language by language; made when somebody asks.
    pub fn exports(&self, store: Option<&dyn Store>) -> Result<&[Export], Diagnostic> {
        let make = || {
            let languages = self.search(store)?;
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
    pub fn search_outputs(&self, store: Option<&dyn Store>) -> Result<Vec<Output<'_>>, Diagnostic> {
        let exports = self.exports(store)?.iter();
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
        let exports = is_search.then(|| self.exports(None).ok()).flatten()?;
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
        match self.draft(output)? {
            Draft::Bytes(bytes) => Ok(bytes),
            Draft::Search(..) => Ok(Cow::Owned(output.search_bytes())),
            Draft::Page(route, view) => Ok(Cow::Owned(self.render(theme, route, &view)?)),
        }
    }

    /// One file of the site, before what takes long: rendering, and compressing.
    pub fn draft<'a>(&self, output: &'a Output<'_>) -> Result<Draft<'a>, Diagnostic> {
        match output {
            Output::File(_, bytes) => Ok(Draft::Bytes(Cow::Borrowed(bytes))),
            Output::Search(url, export) => Ok(Draft::Search(url, export)),
            Output::Page(Route { url, page: Page::Feed(feed) }) => {
                let scope = self.place.main();
                let (place, routes, words) = (&self.place, &self.routes, &self.words);
                let root = &url.to_root();
                let maker = Maker { place, routes, scope, root, words };
                Ok(Draft::Bytes(Cow::Owned(feed::bytes(&maker, feed))))
            }
            Output::Page(route) => {
                let language = route.page.language();
                let language = language.map(|language| language.as_str());
                let mut words = self.languages.iter();
                let words = words.find(|(code, _)| Some(code.as_str()) == language);
                let words = words.map_or(&self.words, |(_, words)| words);
                let view = page::view(&self.place, &self.routes, route, words);
                let mut view = view.ok_or_else(|| lost(&route.url))?;
                view.frame.data = self.data(route, &view, words);
                Ok(Draft::Page(route, Box::new(view)))
            }
        }
    }

    /// The digest of all that a page is rendered from; nothing if it cannot be told.
    pub fn made_from(&self, theme: &Theme, view: &PageView) -> Option<Digest> {
        let all = self.made_from.get_or_init(|| {
            let glossary = &self.place.model.project.vocabulary.glossary;
            let shared = theme.made_from(&self.context);
            Digester::new().part(shared.bytes()).part(format!("{glossary:?}").as_bytes()).finish()
        });
        Some(Digester::new().part(all.bytes()).part(view.digest()?.bytes()).finish())
    }

    /// Renders a page.
    pub fn render(
        &self,
        theme: &Theme,
        route: &Route,
        view: &PageView,
    ) -> Result<Vec<u8>, Diagnostic> {
        let html = theme.render(&self.context, view)?;
        let root = &view.frame.root;
        let html = match &view.page {
            Content::Paper(paper) => paper::bind(&html, paper, root),
            _ if explain::explains(&route.page) => {
                explain::explain(&html, &self.place.model.project.vocabulary, root)
            }
            _ => html,
        };
        Ok(html.into_bytes())
    }
}
