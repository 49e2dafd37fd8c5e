//! The order of the phases, readable aloud.
//!
//! 1. [`parse`] reads every file, and [`resolve()`] puts the layers together.
//! 2. [`lay_out`] gives each wanted site its addresses, and [`check`] follows every link.
//! 3. [`Edition::outputs`] lists what a site consists of, and [`Edition::bytes`] makes any one of
//!    it. A build makes them all, in parallel; a preview makes the one that is asked for.
//!
//! Nothing here touches the world, and nothing is made twice for two sites that share it.

mod edition;

use std::sync::Arc;

use rayon::prelude::*;

use crate::content::project::{self, Project};
use crate::content::tree::SourceTree;
use crate::diagnostic::{Checked, Diagnostic, Span};
use crate::path::{Slug, SourcePath, UrlPath};
use crate::search::index::IndexError;
use crate::search::memo::Memo;
use crate::site::model::{Day, Model};
use crate::site::place::{SiteId, all_sites};
use crate::site::resolve;
use crate::theme::Theme;

pub use crate::content::config::BaseUrl;
pub use crate::content::project::Before;
pub use edition::{Draft, Edition, Output};

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

/// The same for sites that are made once: what pages were read from is let go of.
pub fn resolve_once(project: Project, day: Day) -> Checked<Arc<Model>> {
    let mut resolved = resolve::resolve(project, day, None);
    resolved.value.project.forget_wordings();
    resolved.map(Arc::new)
}

/// The sites that a source tree has, without reading any file: the hub, and each borough.
pub fn site_names(tree: &SourceTree) -> Vec<String> {
    let boroughs = tree.below("content/boroughs").filter_map(|(rest, _, _)| {
        let name = rest.strip_suffix("/borough.yaml")?;
        (!name.contains('/')).then(|| name.to_owned())
    });
    std::iter::once("hub".to_owned()).chain(boroughs).collect()
}

/// Lays out the wanted sites.
pub fn lay_out(model: &Arc<Model>, theme: &Theme, wanted: &Wanted) -> Vec<Edition> {
    let ids: Vec<SiteId> = all_sites(model)
        .into_iter()
        .filter(|id| wanted.sites.is_empty() || wanted.sites.iter().any(|site| site == id.as_str()))
        .collect();
    let several = ids.len() > 1;
    let memo = Arc::new(if several { Memo::for_several() } else { Memo::for_one() });
    let one = |id: SiteId| {
        let base_url = base_url(model, wanted, &id, several);
        let edition = Edition::new(model.clone(), theme, (id, base_url), None);
        edition.sharing(memo.clone())
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
