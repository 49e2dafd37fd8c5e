//! The preview: every site in memory, and only the page that is asked for is made.
//!
//! 1. [`Preview::new`] makes the first `generation` of the sites, [`Preview::update`] each
//!    further one from what has changed.
//! 2. [`Preview::answer`] reads an `address`, makes the `page` there, and adds the `panel`: the
//!    editor's bar, and what must be mended.
//! 3. [`Preview::news`] says how an open page stands, so that it can decide by itself whether to
//!    load again.
//! 4. [`Preview::follow_links`] looks for broken links everywhere, while nobody waits.
//!
//! It knows no file, no clock and no network: `commands::serve` brings them together.

pub mod address;
pub mod generation;
pub mod page;
pub mod panel;
pub mod problem;

use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;

use address::Address;
use generation::{Generation, Inputs};
use page::Shown;
use panel::SiteLink;
use problem::{Count, Problem};

use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::io::http::{Answer, Asked, Whole};
use crate::path::{SourcePath, UrlPath};
use crate::theme::interface::Interface;

/// How many problems are shown over a page; the list of all has the others.
pub const PROBLEMS_SHOWN: usize = 10;

/// How many problems one page of the list of all shows.
const PROBLEMS_PER_PAGE: usize = 100;

/// What stays the same as long as a preview runs.
#[derive(Debug)]
pub struct Settings {
    /// Where it is: `http://127.0.0.1:3000`.
    pub origin: String,
    /// The only site that is shown, if not all are.
    pub only: Option<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// How files are opened.
    pub editor: Editor,
    /// Templates, style and script of the preview itself.
    pub interface: Interface,
}

/// How files are opened.
#[derive(Clone, Debug)]
pub enum Editor {
    /// Not from the preview.
    None,
    /// By an address that Visual Studio Code listens to; files lie below this folder.
    VsCode(String),
}

impl Editor {
    /// The link that opens a file at a place.
    pub fn link(&self, path: &SourcePath, line: u32, column: u32) -> Option<String> {
        match self {
            Self::None => None,
            Self::VsCode(root) => {
                let file = address::encode(&format!("{root}/{path}"));
                Some(format!("vscode://file{file}:{}:{}", line.max(1), column.max(1)))
            }
        }
    }
}

/// All sites, as their files are now.
#[derive(Debug)]
pub struct Preview {
    settings: Settings,
    now: RwLock<Arc<Generation>>,
}

impl Preview {
    /// Makes the first generation.
    pub fn new(settings: Settings, inputs: Inputs<'_>) -> Self {
        let first = Generation::new(None, inputs, &settings);
        Self { settings, now: RwLock::new(Arc::new(first)) }
    }

    /// Makes the next generation from what has changed.
    pub fn update(&self, inputs: Inputs<'_>) {
        let next = Generation::new(Some(&self.now()), inputs, &self.settings);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    }

    /// The newest generation.
    pub fn now(&self) -> Arc<Generation> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many problems are known.
    pub fn count(&self) -> Count {
        let now = self.now();
        Count::of(now.problems.iter().chain(now.links().iter()))
    }

    /// Follows every link of the newest generation, until there is a newer one. True if anything
    /// is known now that was not.
    pub fn follow_links(&self) -> bool {
        let now = self.now();
        now.follow_links(&self.settings, &|| self.now().number != now.number)
    }

    /// Answers a request.
    pub fn answer(&self, asked: &Asked) -> Answer {
        let now = self.now();
        let answer = match Address::parse(&asked.path) {
            None => Ok(plain(400, "this is no address of the preview")),
            Some(Address::Events) => {
                let page = address::field(&asked.query, "page").unwrap_or_default();
                return Answer::Events(page);
            }
            Some(Address::Sites) => self.sites(&now, 200),
            Some(Address::Problems) => {
                let number = address::field(&asked.query, "page").and_then(|n| n.parse().ok());
                self.problems(&now, number.unwrap_or(1))
            }
            Some(Address::Own(url)) => Ok(match self.settings.interface.file(&url) {
                Some(bytes) => file(url.as_str(), 200, bytes.to_vec()),
                None => plain(404, "the preview has no such file"),
            }),
            Some(Address::Folder(name)) => Ok(moved(&format!("/{name}/"), &asked.query)),
            Some(Address::Site(site, url)) => self.page(&now, &site, &url, asked),
        };
        Answer::Whole(answer.unwrap_or_else(|problem| plain(500, &problem.message)))
    }

    fn page(
        &self,
        now: &Generation,
        site: &str,
        url: &UrlPath,
        asked: &Asked,
    ) -> Result<Whole, Diagnostic> {
        let Some(shown) = page::show(self, now, site, url) else { return self.sites(now, 404) };
        if let Some(edition) = shown.edition.as_ref().filter(|_| shown.is_missing) {
            let folder = url.join("/");
            if !url.as_str().ends_with('/') && edition.routes.get(&folder).is_some() {
                return Ok(moved(&format!("/{site}{folder}"), &asked.query));
            }
        }
        let status = match (&shown.edition, shown.is_missing) {
            (None, _) => 503,
            (_, true) => 404,
            (_, false) => 200,
        };
        let name = match url.output() {
            Some(path) if !shown.is_missing => path.to_string(),
            _ => "404.html".to_owned(),
        };
        if !name.ends_with(".html") {
            return Ok(file(&name, status, shown.bytes));
        }
        let html =
            match shown.bytes.is_empty() && !shown.problems.is_empty() || shown.edition.is_none() {
                true => self.settings.interface.render("empty.html", &())?.into_bytes(),
                false => shown.bytes.clone(),
            };
        Ok(file(&name, status, self.add_panel(now, site, url, &shown, &html)?))
    }

    /// The page with what the preview adds, just before the body ends, between two comments.
    fn add_panel(
        &self,
        now: &Generation,
        site: &str,
        url: &UrlPath,
        shown: &Shown,
        html: &[u8],
    ) -> Result<Vec<u8>, Diagnostic> {
        #[derive(Serialize)]
        struct Addition<'a> {
            page: String,
            digest: String,
            gone: bool,
            panel: &'a panel::Panel,
        }
        let panel = panel::panel(self, now, site, url, shown);
        let addition = Addition {
            page: path_of(site, url),
            digest: shown.digest().short(),
            gone: shown.is_missing,
            panel: &panel,
        };
        let added = self.settings.interface.render("addition.html", &addition)?;
        let end = html.windows(7).rposition(|tag| tag == b"</body>").unwrap_or(html.len());
        Ok([&html[..end], added.as_bytes(), &html[end..]].concat())
    }

    /// How the page at a path stands, as one line of JSON: its digest, its style sheets, whether it
    /// is gone, and its panel.
    pub fn news(&self, path: &str) -> String {
        #[derive(Serialize)]
        struct News {
            generation: u64,
            digest: String,
            gone: bool,
            styles: Vec<String>,
            panel: String,
        }
        let now = self.now();
        let mut news = News {
            generation: now.number,
            digest: String::new(),
            gone: false,
            styles: Vec::new(),
            panel: String::new(),
        };
        let page = match Address::parse(path) {
            Some(Address::Site(site, url)) => {
                page::show(self, &now, &site, &url).map(|shown| (site, url, shown))
            }
            _ => None,
        };
        match page {
            Some((site, url, shown)) => {
                news.digest = shown.digest().short();
                news.gone = shown.is_missing;
                let edition = shown.edition.iter();
                let sheets = edition.flat_map(|edition| page::sheets(edition));
                news.styles = sheets.map(|sheet| format!("/{site}/{sheet}")).collect();
                let panel = panel::panel(self, &now, &site, &url, &shown);
                let rendered = self.settings.interface.render("panel.html", &panel);
                news.panel = rendered.unwrap_or_else(|problem| problem.message);
            }
            // A page of the preview itself: all problems may be on it.
            None => {
                let all: Vec<Problem> =
                    now.problems.iter().chain(now.links().iter()).cloned().collect();
                let world = now.world.as_ref();
                let sites = world.map(|world| panel::sites(world, "", &UrlPath::home()));
                news.digest = Digest::of(format!("{all:?}{sites:?}").as_bytes()).short();
            }
        }
        serde_json::to_string(&news).unwrap_or_default()
    }

    fn sites(&self, now: &Generation, status: u16) -> Result<Whole, Diagnostic> {
        #[derive(Serialize)]
        struct Sites {
            missing: bool,
            sites: Vec<SiteLink>,
            count: Count,
            problems_href: String,
            digest: String,
            page: &'static str,
        }
        let world = now.world.as_ref();
        let view = Sites {
            missing: status == 404,
            sites: world.map_or_else(Vec::new, |w| panel::sites(w, "", &UrlPath::home())),
            count: self.count(),
            problems_href: format!("/{}/", address::PROBLEMS),
            digest: self.own_digest(),
            page: "/",
        };
        self.own_page("sites.html", status, &view)
    }

    fn problems(&self, now: &Generation, number: usize) -> Result<Whole, Diagnostic> {
        #[derive(Serialize)]
        struct All {
            count: Count,
            problems: Vec<Problem>,
            number: usize,
            pages: usize,
            digest: String,
            page: String,
        }
        let links = now.links();
        let all = || now.problems.iter().chain(links.iter());
        let first = number.saturating_sub(1).saturating_mul(PROBLEMS_PER_PAGE);
        let view = All {
            count: Count::of(all()),
            problems: all().skip(first).take(PROBLEMS_PER_PAGE).cloned().collect(),
            number,
            pages: all().count().div_ceil(PROBLEMS_PER_PAGE),
            digest: self.own_digest(),
            page: format!("/{}/", address::PROBLEMS),
        };
        self.own_page("problems.html", 200, &view)
    }

    /// The digest that [`Preview::news`] gives for a page of the preview itself.
    fn own_digest(&self) -> String {
        let news: serde_json::Value = serde_json::from_str(&self.news("/")).unwrap_or_default();
        news["digest"].as_str().unwrap_or_default().to_owned()
    }

    fn own_page(
        &self,
        template: &str,
        status: u16,
        view: &impl Serialize,
    ) -> Result<Whole, Diagnostic> {
        let html = self.settings.interface.render(template, view)?;
        Ok(file(template, status, html.into_bytes()))
    }
}

/// The path of a page in the preview.
fn path_of(site: &str, url: &UrlPath) -> String {
    format!("/{site}/{}", address::encode(url.as_str()))
}

fn file(name: &str, status: u16, bytes: Vec<u8>) -> Whole {
    Whole {
        status,
        content_type: address::media_type(name),
        etag: Some(Digest::of(&bytes).short()),
        location: None,
        bytes,
    }
}

fn plain(status: u16, words: &str) -> Whole {
    file("message.txt", status, format!("{words}\n").into_bytes())
}

fn moved(path: &str, query: &str) -> Whole {
    let to = address::encode(path);
    let location = if query.is_empty() { to } else { format!("{to}?{query}") };
    Whole { location: Some(location), ..plain(302, "it is at the same address with a slash") }
}
