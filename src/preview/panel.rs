//! What the preview adds to a page: the editor's bar, and over it what must be mended.

use serde::Serialize;

use super::generation::{Generation, World};
use super::page::Shown;
use super::problem::{Count, Problem, Problems};
use super::{Editor, PROBLEMS_SHOWN, Preview, address};
use crate::content::kinds::EntryId;
use crate::content::layer::Layer;
use crate::diagnostic::Severity;
use crate::engine::Edition;
use crate::page::sources::{Source, sources};
use crate::path::{SourcePath, UrlPath, encoded};
use crate::site::model::Entry;
use crate::site::place::SiteId;
use crate::site::routes::{Page, Route};

/// What the preview knows of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Panel {
    /// The number of the generation.
    pub generation: u64,
    /// All sites, to go to the same page of another.
    pub sites: Vec<SiteLink>,
    /// The files that the page is made from, the highest layer first.
    pub files: Vec<FileView>,
    /// When somebody last checked the page, by when somebody must.
    pub review: Option<Review>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether nothing is at this address any more.
    pub gone: bool,
    /// What keeps the page from being shown as its files are now.
    pub blocking: Vec<Problem>,
    /// How much more of that there is.
    pub blocking_more: usize,
    /// What else is wrong with the page's own files.
    pub warnings: Vec<Problem>,
    /// Everything that is wrong anywhere.
    pub count: Count,
    /// The list of everything that is wrong.
    pub problems_href: String,
}

/// A site to go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SiteLink {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its address, or that of the same page in it.
    pub href: String,
    /// Where it is published, if that is known: links to there lead to the preview instead.
    pub published: Option<String>,
    /// Whether this page belongs to it.
    pub current: bool,
}

/// A file to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileView {
    /// Its path.
    pub path: String,
    /// Whose it is: `Barnet`; nothing where all share it.
    pub layer: Option<String>,
    /// Opens the editor.
    pub open: Option<String>,
}

/// When a page is checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Review {
    /// When somebody last did.
    pub reviewed: Option<String>,
    /// By when somebody must.
    pub review_by: Option<String>,
    /// Whether that day is over.
    pub overdue: bool,
}

/// The panel of one page.
pub fn panel(preview: &Preview, now: &Generation, shown: &Shown) -> Panel {
    let editor = &preview.settings.editor;
    let mut panel = Panel {
        generation: now.number,
        sites: now.world.as_ref().map_or_else(Vec::new, |world| sites(world, shown)),
        files: Vec::new(),
        review: None,
        draft: false,
        gone: shown.is_missing,
        blocking: Vec::new(),
        blocking_more: 0,
        warnings: Vec::new(),
        count: now.count(),
        problems_href: format!("/{}/", address::PROBLEMS),
    };
    let (Some(world), Some(edition)) = (&now.world, &shown.edition) else {
        let errors = now.problems.iter().filter(|problem| problem.severity == Severity::Error);
        panel.block(errors.cloned().collect());
        return panel;
    };
    let files = match &shown.route {
        Some(route) if !shown.is_missing => sources(&edition.place, route),
        Some(_) => hidden_sources(world, edition, &shown.url),
        None => {
            let path = edition.source_of(&shown.url).cloned();
            path.map(|path| Source { path, layer: None }).into_iter().collect()
        }
    };
    panel.files = files.iter().rev().map(|file| view(file, world, editor)).collect();
    if let Some(entry) = shown.route.as_ref().and_then(|route| entry_of(edition, route)) {
        let common = entry.common();
        panel.review = Some(Review {
            reviewed: common.reviewed.map(|date| date.to_string()),
            review_by: common.review_by.map(|date| date.to_string()),
            overdue: common.review_by.is_some_and(|date| date < world.model.day.today),
        });
        panel.draft = entry.pages.iter().any(|page| page.part.draft == Some(true));
    }
    let mut own = shown.problems.clone();
    own.extend(link_problems(preview, world, edition, shown).iter().cloned());
    for (path, problems) in now.problems.files() {
        if files.iter().any(|file| file.path == *path) || concerns_all(world, edition, path) {
            own.extend(problems.iter().cloned());
        }
    }
    let (errors, warnings) =
        own.into_iter().partition(|problem| problem.severity == Severity::Error);
    panel.warnings = warnings;
    for (_, found) in
        now.findings().files().filter(|(path, _)| files.iter().any(|f| f.path == **path))
    {
        panel.warnings.extend(found.iter().cloned());
    }
    panel.block(errors);
    panel
}

impl Panel {
    fn block(&mut self, mut errors: Vec<Problem>) {
        errors.dedup();
        self.blocking_more = errors.len().saturating_sub(PROBLEMS_SHOWN);
        errors.truncate(PROBLEMS_SHOWN);
        self.blocking = errors;
    }
}

/// All sites; each link leads to the same page where the other site has it.
fn sites(world: &World, shown: &Shown) -> Vec<SiteLink> {
    let page = encoded(shown.url.as_str());
    let mut links = site_links(world);
    for link in &mut links {
        link.current = link.id == shown.site;
        link.href.push_str(&page);
    }
    links
}

/// All sites, each with the address of its home page.
pub fn site_links(world: &World) -> Vec<SiteLink> {
    let config = &world.model.project.config;
    let link = |id: &SiteId| {
        let (name, published) = match id {
            SiteId::Hub => (config.hub.title.clone(), config.hub.base_url.as_ref()),
            SiteId::Borough(slug) => {
                let borough = world.model.project.boroughs.get(slug);
                let name = borough.map(|borough| borough.file.name.clone());
                (name.unwrap_or_default(), config.base_urls.get(slug.as_str()))
            }
        };
        SiteLink {
            href: format!("/{id}/"),
            published: published.map(|base| base.join("")),
            current: false,
            id: id.to_string(),
            name,
        }
    };
    world.names().map(link).collect()
}

fn view(file: &Source, world: &World, editor: &Editor) -> FileView {
    FileView {
        path: file.path.to_string(),
        layer: file.layer.as_ref().map(|layer| {
            world.model.layer_name(layer).map_or_else(|| "London-wide".to_owned(), str::to_owned)
        }),
        open: editor.link(&file.path, 1, 1),
    }
}

fn entry_of<'a>(edition: &'a Edition, route: &Route) -> Option<&'a Entry> {
    match &route.page {
        Page::Entry(at, id) | Page::EasyRead(at, id) | Page::Translation(at, id, _) => {
            Some(&edition.place.scopes.get(*at)?.homes.get(id)?.entry)
        }
        _ => None,
    }
}

/// The files that would be a page at an address where there is none: because a mistake has kept
/// them from ever being one, or because their day has not come.
fn hidden_sources(world: &World, edition: &Edition, url: &UrlPath) -> Vec<Source> {
    let mut files = Vec::new();
    for scope in &edition.place.scopes {
        let Some(rest) = url.as_str().strip_prefix(scope.prefix.as_str()) else { continue };
        let Some(id) = EntryId::parse(rest.trim_end_matches('/')) else { continue };
        for layer in &scope.stack {
            let content = world.model.project.layers.get(layer);
            let pages = content.into_iter().flat_map(|content| content.pages.values());
            for page in pages.filter(|page| page.id == id) {
                let source = Source { path: page.file.path.clone(), layer: Some(layer.clone()) };
                if !files.contains(&source) {
                    files.push(source);
                }
            }
        }
    }
    files
}

/// What is wrong with the links of the page's entry, as it is just now.
fn link_problems(
    preview: &Preview,
    world: &World,
    edition: &Edition,
    shown: &Shown,
) -> Vec<Problem> {
    let Some(route) = &shown.route else { return Vec::new() };
    let project = &world.model.project;
    let text = |path: &SourcePath| project.text(path).map(|file| file.text.to_string());
    let mut found = edition.check_page(route);
    found.retain(|problem| !project.is_behind(&problem.span.path));
    Problems::new(found, &preview.settings.editor, text).iter().cloned().collect()
}

/// Whether a mistake in a file can be seen on every page of a site.
fn concerns_all(world: &World, edition: &Edition, path: &SourcePath) -> bool {
    let path = path.as_str();
    let own_files = edition
        .place
        .main()
        .stack
        .iter()
        .filter_map(|layer: &Layer| Some(format!("{}/{}", layer.folder(), layer.own_file()?)));
    path == "content/site.yaml"
        || path.starts_with("content/vocabulary/")
        || path.starts_with(&format!("themes/{}/", crate::engine::theme_name(&world.model.project)))
        || own_files.into_iter().any(|own| own == path)
}
