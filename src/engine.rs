//! The order of the phases, readable aloud.
//!
//! 1. [`parse`] reads every file, and [`resolve()`] puts the layers together.
//! 2. [`lay_out`] gives each wanted site its addresses and checks every link.
//! 3. [`Edition::outputs`] lists what a site consists of, and [`Edition::bytes`] makes any one of
//!    it. A build makes them all, in parallel; a preview makes the one that is asked for.
//!
//! Nothing here touches the world, and nothing is made twice for two sites that share it.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::project::{self, Project};
use crate::content::tree::{Loaded, SourceTree};
use crate::diagnostic::{Checked, Diagnostic, Span};
use crate::page;
use crate::page::chrome;
use crate::page::maker::Words;
use crate::path::{OutputPath, Slug, SourcePath, UrlPath};
use crate::site::model::{Day, Model};
use crate::site::place::{Place, SiteId, all_sites};
use crate::site::resolve;
use crate::site::routes::{self, Route, Routes};
use crate::site::{files, links};
use crate::theme::{SiteContext, Theme};

pub use crate::content::config::BaseUrl;

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

/// Reads every file.
pub fn parse(tree: &SourceTree) -> Checked<Option<Project>> {
    project::parse(tree)
}

/// Puts the layers together.
pub fn resolve(project: Project, wanted: &Wanted) -> Checked<Arc<Model>> {
    resolve::resolve(project, wanted.day).map(Arc::new)
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
pub struct Edition {
    /// The site.
    pub place: Place,
    /// Its addresses.
    pub routes: Routes,
    context: SiteContext,
    words: Words,
    files: Vec<(UrlPath, File)>,
}

enum File {
    Asset(Arc<[u8]>),
    Loaded(Loaded),
}

/// One file of a site.
pub enum Output<'a> {
    /// A page, to be rendered.
    Page(Route),
    /// A file that is passed on.
    File(&'a UrlPath, &'a [u8]),
}

impl Output<'_> {
    /// Where it lies in the site's folder.
    pub fn path(&self) -> Option<OutputPath> {
        match self {
            Self::Page(route) => route.url.output(),
            Self::File(url, _) => url.output(),
        }
    }
}

/// Lays out the wanted sites and checks them.
pub fn lay_out(model: &Arc<Model>, theme: &Theme, wanted: &Wanted) -> Checked<Vec<Edition>> {
    let ids: Vec<SiteId> = all_sites(model)
        .into_iter()
        .filter(|id| wanted.sites.is_empty() || wanted.sites.iter().any(|site| site == id.as_str()))
        .collect();
    let several = ids.len() > 1;
    let one = |id: SiteId| {
        let base_url = base_url(model, wanted, &id, several);
        edition(Place::new(model.clone(), id, base_url), theme)
    };
    let laid_out: Vec<Checked<Edition>> = ids.into_par_iter().map(one).collect();
    let mut problems = Vec::new();
    let editions = laid_out.into_iter().map(|edition| edition.into_value(&mut problems)).collect();
    Checked { value: editions, problems }
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

fn edition(place: Place, theme: &Theme) -> Checked<Edition> {
    let mut problems = Vec::new();
    let routes = routes::routes(&place).into_value(&mut problems);
    problems.extend(links::check(&place, &routes));
    let words = theme.catalogue("en").map(|c| c.words.clone()).unwrap_or_default();
    let mut assets = theme.assets.clone();
    if let Some(colour) = place.borough().and_then(|b| b.brand.as_ref()?.colour.as_ref()) {
        let sheet = format!(":root{{--brand:{}}}\n", colour.as_str());
        assets.paths.brand = Some(assets.add("brand.css", Arc::from(sheet.into_bytes())));
    }
    let site = chrome::site(&place, &routes, &words, assets.paths.clone());
    let passed_on = files::files(&place, &routes).into_iter();
    let files = assets
        .files
        .into_iter()
        .map(|(url, bytes)| (url, File::Asset(bytes)))
        .chain(passed_on.map(|(url, loaded)| (url, File::Loaded(loaded))))
        .collect();
    let context = theme.site_context(&site);
    Checked { value: Edition { place, routes, context, words, files }, problems }
}

impl Edition {
    /// Everything that the site consists of.
    pub fn outputs(&self) -> Vec<Output<'_>> {
        let pages = self.routes.iter().map(Output::Page);
        let files = self.files.iter().map(|(url, file)| match file {
            File::Asset(bytes) => Output::File(url, bytes),
            File::Loaded(loaded) => Output::File(url, loaded.bytes()),
        });
        pages.chain(files).collect()
    }

    /// The bytes of one file of the site.
    pub fn bytes<'a>(
        &self,
        theme: &Theme,
        output: &'a Output<'_>,
    ) -> Result<Cow<'a, [u8]>, Diagnostic> {
        match output {
            Output::File(_, bytes) => Ok(Cow::Borrowed(bytes)),
            Output::Page(route) => {
                let language = route.page.language();
                let catalogue = language.and_then(|language| theme.catalogue(language.as_str()));
                let words = catalogue.map_or(&self.words, |catalogue| &catalogue.words);
                let view = page::view(&self.place, &self.routes, route, words);
                let view = view.ok_or_else(|| lost(&route.url))?;
                theme.render(&self.context, &view).map(Cow::Owned)
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

/// Loads the theme that a project names.
pub fn load_theme(tree: &SourceTree, project: &Project) -> Checked<Option<Theme>> {
    let name = project.config.theme.as_ref().map_or("london", Slug::as_str);
    Theme::load(tree, name)
}
