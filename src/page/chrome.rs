//! What stands around every page: its frame, and what all pages of a site share.

use serde::Serialize;

use super::formats::{self, FormatView};
use super::home::site_name;
use super::maker::{ACCESSIBILITY, GETTING_HELP, Maker, Words};
use super::paper;
use super::parts::LinkView;
use crate::content::kinds::Kind;
use crate::path::UrlPath;
use crate::site::canonical::canonical;
use crate::site::logo;
use crate::site::place::{Place, SiteId};
use crate::site::routes::{Page, Routes};

/// What stands around one page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frame {
    /// The page's template.
    pub template: &'static str,
    /// Its title, without the site's name.
    pub title: String,
    /// A sentence on it.
    pub description: String,
    /// What stands before an address from the site's root: `../../`.
    pub root: String,
    /// Its canonical address, where it has one.
    pub canonical: Option<String>,
    /// Whether searchers should pass it over.
    pub robots_none: bool,
    /// The pages above it, from the home page.
    pub crumbs: Vec<LinkView>,
    /// The part of the navigation that it belongs to.
    pub section: &'static str,
    /// What there is of it in other formats.
    pub formats: Vec<FormatView>,
    /// The same for programs that read pages (JSON-LD), ready to stand in a `<script>` element.
    pub data: String,
    /// What stands before `search/` in the address of the search page in its language: nothing,
    /// or `pl/`.
    pub search: String,
}

/// What all pages of a site share. Paths are from the site's root.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SiteView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is the hub.
    pub hub: bool,
    /// The authority's full name.
    pub official_name: String,
    /// The council's logo.
    pub logo: Option<LogoView>,
    /// A line at the top of every page.
    pub notice: Option<String>,
    /// The main navigation.
    pub nav: Vec<NavItem>,
    /// The columns of the footer.
    pub footer: Vec<FooterColumn>,
    /// The hub's address, on a borough's site.
    pub hub_url: Option<String>,
    /// Style, script and pictures.
    pub assets: AssetPaths,
    /// Whether the borough has anything of its own.
    pub adapted: bool,
}

/// A logo.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogoView {
    /// Its address from the site's root.
    pub path: String,
    /// Its width in pixels.
    pub width: usize,
    /// Its height in pixels.
    pub height: usize,
}

/// A link that every page has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NavItem {
    /// The key of its words.
    pub key: &'static str,
    /// Its address from the site's root.
    pub path: String,
    /// The part of the navigation it stands for.
    pub section: &'static str,
}

/// A column of the footer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FooterColumn {
    /// The key of its heading.
    pub key: &'static str,
    /// Its links.
    pub items: Vec<NavItem>,
}

/// The theme's files, named by their digests; paths from the site's root.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AssetPaths {
    /// The style sheet.
    pub style: String,
    /// The style sheet of pages with maps, tables and forms that the others do not have.
    pub some_pages: String,
    /// The style sheet for paper.
    pub print: String,
    /// The script.
    pub script: String,
    /// The script of the self-evaluation.
    pub self_evaluation: String,
    /// The script of search.
    pub search: String,
    /// The pictures in one file.
    pub sprite: String,
    /// The site's icon.
    pub icon: String,
    /// The borough's colours.
    pub brand: Option<String>,
}

/// What all pages of a site share.
pub fn site(place: &Place, routes: &Routes, words: &Words, assets: AssetPaths) -> SiteView {
    let root = "";
    let maker = Maker { place, routes, scope: place.main(), root, words };
    let hub = place.id == SiteId::Hub;
    let kind = |kind: Kind| NavItem {
        key: kind.folder(),
        path: format!("{}/", kind.folder()),
        section: kind.folder(),
    };
    let page = |key: &'static str, path: &str| NavItem { key, path: path.to_owned(), section: key };
    let help = maker.known(GETTING_HELP).map_or_else(
        || kind(Kind::Guide),
        |home| NavItem { path: home.url.as_str().to_owned(), ..kind(Kind::Guide) },
    );
    let mut nav = vec![page("needs", "needs/"), page("expectations", "expectations/"), help];
    if !hub {
        nav.push(kind(Kind::Training));
    }
    if hub {
        nav.extend([page("compare", "compare/"), page("boroughs", "boroughs/")]);
    } else {
        nav.push(kind(Kind::Place));
    }
    let find = vec![
        page("atoz", "a-z/"),
        page("glossary", "glossary/"),
        kind(Kind::Guide),
        kind(Kind::Service),
        kind(Kind::Place),
    ];
    let schools = vec![
        kind(Kind::Provision),
        page("self_evaluation", "self-evaluation/"),
        kind(Kind::Toolkit),
        kind(Kind::Practice),
        kind(Kind::Network),
        kind(Kind::Training),
    ];
    let mut about = vec![
        page("about", "about/"),
        page("coverage", "coverage/"),
        page("paper", paper::url().as_str()),
        kind(Kind::News),
        kind(Kind::Feedback),
        kind(Kind::Data),
    ];
    about.extend(maker.known(ACCESSIBILITY).map(|home| page("accessibility", home.url.as_str())));
    let owner = &place.main().owner;
    let own = |home: &crate::site::place::Home| home.entry.provenance.top() == owner;
    SiteView {
        id: place.id.to_string(),
        name: site_name(&maker),
        hub,
        official_name: place.borough().map(|b| b.official_name.clone()).unwrap_or_default(),
        logo: logo_view(place),
        notice: place.model.project.config.notice.clone(),
        nav,
        footer: vec![
            FooterColumn { key: "find", items: find },
            FooterColumn { key: "schools", items: schools },
            FooterColumn { key: "about", items: about },
        ],
        hub_url: place
            .model
            .project
            .config
            .hub
            .base_url
            .as_ref()
            .filter(|_| !hub)
            .map(|url| url.join("")),
        assets,
        adapted: hub || place.main().homes.values().any(own),
    }
}

/// The logo, if it is sound: what is wrong with one is told when the site is checked.
fn logo_view(place: &Place) -> Option<LogoView> {
    let picture = logo::logo(place)?.ok()?.picture;
    let (width, height) = picture.size?;
    Some(LogoView { path: picture.url.as_str().to_owned(), width, height })
}

/// The frame of one page; title and description come from what the page shows.
pub fn frame(
    maker: &Maker<'_>,
    url: &UrlPath,
    page: &Page,
    (title, description): (String, String),
) -> Frame {
    let aside = matches!(page, Page::NotFound | Page::Redirect(_));
    Frame {
        template: super::template(page),
        title,
        description,
        root: maker.root.to_owned(),
        canonical: canonical(maker.place, url, page).filter(|_| *page != Page::NotFound),
        robots_none: aside,
        crumbs: if aside || *page == Page::Home { Vec::new() } else { crumbs(maker, page) },
        section: section(page),
        formats: formats::formats(maker, page),
        data: String::new(),
        search: page.language().map(|l| format!("{}/", l.as_str())).unwrap_or_default(),
    }
}

fn section(page: &Page) -> &'static str {
    match page {
        Page::Needs | Page::Need(_) | Page::NeedIn(..) => "needs",
        Page::List(kind, _) => kind.folder(),
        Page::Entry(_, id) | Page::EasyRead(_, id) | Page::Translation(_, id, _) => {
            id.kind.folder()
        }
        Page::Boroughs | Page::Section(_) => "boroughs",
        Page::CompareIndex | Page::Compare(_) => "compare",
        Page::Glossary => "glossary",
        Page::AToZ(_) => "atoz",
        Page::Search(_) => "search",
        Page::About => "about",
        Page::Coverage => "coverage",
        Page::Matrix | Page::Checklist(..) | Page::SelfEvaluation => "expectations",
        _ => "",
    }
}

fn crumbs(maker: &Maker<'_>, page: &Page) -> Vec<LinkView> {
    let link = |key: &'static str, path: &str| LinkView {
        title: maker.word(key).to_owned(),
        href: maker.href(&UrlPath::new(path)),
    };
    let mut crumbs = vec![link("nav.home", "")];
    let of_scope = |scope: usize| {
        let scope = &maker.place.scopes[scope];
        let name = maker.place.model.layer_name(&scope.owner)?;
        let section = maker.place.id == SiteId::Hub;
        section.then(|| LinkView { title: name.to_owned(), href: maker.href(&scope.prefix) })
    };
    match page {
        Page::Need(_) | Page::NeedIn(..) => crumbs.push(link("nav.needs", "needs/")),
        Page::Section(_) => crumbs.push(link("nav.boroughs", "boroughs/")),
        Page::Coverage => crumbs.push(link("nav.about", "about/")),
        Page::Compare(_) => crumbs.push(link("nav.compare", "compare/")),
        Page::Checklist(..) | Page::SelfEvaluation => {
            crumbs.push(link("expectations.title", "expectations/"));
        }
        Page::Entry(scope, id) => match of_scope(*scope) {
            Some(section) => {
                crumbs.push(link("nav.boroughs", "boroughs/"));
                crumbs.push(section);
            }
            None => crumbs.push(kind_crumb(maker, id.kind)),
        },
        // A version of the welcome stands directly below the home page.
        Page::EasyRead(_, id) | Page::Translation(_, id, _) if id.kind == Kind::Welcome => {}
        Page::EasyRead(scope, id) | Page::Translation(scope, id, _) => {
            crumbs.push(kind_crumb(maker, id.kind));
            if let Some(home) = maker.place.scopes[*scope].homes.get(id) {
                crumbs.push(LinkView {
                    title: maker.text(&home.entry.common().title),
                    href: maker.href(&home.url),
                });
            }
        }
        _ => {}
    }
    crumbs
}

fn kind_crumb(maker: &Maker<'_>, kind: Kind) -> LinkView {
    let folder = kind.folder();
    LinkView {
        title: maker.word(&format!("kinds.{folder}.title")).to_owned(),
        href: maker.href(&UrlPath::new(&format!("{folder}/"))),
    }
}
