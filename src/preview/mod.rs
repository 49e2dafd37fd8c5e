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
mod own;
pub mod page;
pub mod panel;
pub mod problem;

use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;

use address::Address;
use generation::{Generation, Inputs};
use page::Shown;
use problem::Count;

use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::io::http::{Answer, Asked, Whole};
use crate::path::{SourcePath, encoded};
use crate::theme::interface::Interface;

/// How many problems are shown over a page; the list of all has the others.
pub const PROBLEMS_SHOWN: usize = 10;

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
    pub interface: Arc<Interface>,
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
                let file = encoded(&format!("{root}/{path}"));
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
        self.now().count()
    }

    /// Follows every link of the newest generation, until there is a newer one. True if anything
    /// is known now that was not.
    pub fn follow_links(&self) -> bool {
        let now = self.now();
        now.follow_links(&self.settings, &|| self.now().number != now.number)
    }

    /// Indexes the newest generation of each site that somebody has searched, until there is a
    /// newer one: whoever searches next does not wait.
    pub fn index(&self) {
        let now = self.now();
        now.index(&|| self.now().number != now.number);
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
            Some(Address::Sites) => own::sites(self, &now, 200),
            Some(Address::Problems) => {
                let number = address::field(&asked.query, "page").and_then(|n| n.parse().ok());
                own::problems(self, &now, number.unwrap_or(1))
            }
            Some(Address::Own(url)) => Ok(match self.settings.interface.file(&url) {
                Some(bytes) => file(url.as_str(), 200, bytes.to_vec()),
                None => plain(404, "the preview has no such file"),
            }),
            Some(Address::Folder(name)) => Ok(moved(&format!("/{name}/"), &asked.query)),
            Some(Address::Site(site, url)) => match page::show(self, &now, &site, &url) {
                Some(shown) => self.page(&now, &shown, &asked.query),
                None => own::sites(self, &now, 404),
            },
        };
        Answer::Whole(answer.unwrap_or_else(|problem| plain(500, &problem.message)))
    }

    fn page(&self, now: &Generation, shown: &Shown, query: &str) -> Result<Whole, Diagnostic> {
        if let Some(edition) = shown.edition.as_ref().filter(|_| shown.is_missing) {
            let folder = shown.url.join("/");
            if !shown.url.as_str().ends_with('/') && edition.routes.get(&folder).is_some() {
                return Ok(moved(&format!("/{}{folder}", shown.site), query));
            }
        }
        let status = match (&shown.edition, shown.is_missing) {
            (None, _) => 503,
            (_, true) => 404,
            (_, false) => 200,
        };
        let name = shown.file_name();
        if !name.ends_with(".html") {
            return Ok(file(&name, status, shown.bytes.clone()));
        }
        let could_not = shown.bytes.is_empty() && !shown.problems.is_empty();
        match could_not || shown.edition.is_none() {
            true => {
                let html = self.settings.interface.render("empty.html", &())?;
                Ok(file(&name, status, self.add_panel(now, shown, html.as_bytes())?))
            }
            false => Ok(file(&name, status, self.add_panel(now, shown, &shown.bytes)?)),
        }
    }

    /// The page with what the preview adds, just before the body ends, between two comments.
    fn add_panel(
        &self,
        now: &Generation,
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
        let addition = Addition {
            page: shown.path(),
            digest: shown.digest().short(),
            gone: shown.is_missing,
            panel: &panel::panel(self, now, shown),
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
        let shown = match Address::parse(path) {
            Some(Address::Site(site, url)) => page::show(self, &now, &site, &url),
            _ => None,
        };
        let news = match shown {
            Some(shown) => {
                let panel = panel::panel(self, &now, &shown);
                let rendered = self.settings.interface.render("panel.html", &panel);
                News {
                    generation: now.number,
                    digest: shown.digest().short(),
                    gone: shown.is_missing,
                    styles: shown.styles(),
                    panel: rendered.unwrap_or_else(|problem| problem.message),
                }
            }
            None => News {
                generation: now.number,
                digest: own::digest(&now, path),
                gone: false,
                styles: Vec::new(),
                panel: String::new(),
            },
        };
        serde_json::to_string(&news).unwrap_or_default()
    }
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
    let to = encoded(path);
    let location = if query.is_empty() { to } else { format!("{to}?{query}") };
    Whole { location: Some(location), ..plain(302, "it is at the same address with a slash") }
}
