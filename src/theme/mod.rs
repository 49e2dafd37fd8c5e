//! Turns views into pages. Tera lives here and nowhere else.
//!
//! The theme `london` is embedded in the binary; a folder of the same name in the project's
//! `themes/` replaces it file by file, and another theme only brings the files in which it
//! differs. Templates get plain data and give text: they know no clock, no file and no network.

pub mod assets;
pub mod brand;
mod catalogues;
mod directions;
mod filters;
pub mod interface;
pub mod messages;
mod plurals;
mod shared;
mod spoken;
mod translations;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde_json::Value as Json;
use tera::{Context, ErrorKind, Tera, Value};

use assets::Assets;
use messages::Catalogue;
use shared::{Shared, SharedFrame};

use crate::content::tree::SourceTree;
use crate::diagnostic::{Checked, Diagnostic, Span};
use crate::digest::{Digest, Digester};
use crate::page::PageView;
use crate::page::chrome::SiteView;
use crate::page::parts::GroupView;
use crate::path::SourcePath;

static LONDON: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/london");

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    folder: String,
    catalogues: BTreeMap<String, (Catalogue, Value)>,
    /// The words of English, marked, for pages in a language without a catalogue.
    english: Value,
    files: BTreeMap<String, Arc<[u8]>>,
    /// Style, script and pictures.
    pub assets: Assets,
}

/// What all pages of a site share, ready for templates.
#[derive(Debug)]
pub struct SiteContext {
    words: Value,
    /// The same for pages that are not in English.
    marked: Value,
    shared: Shared,
    /// Tells apart sites whose pages may look otherwise.
    digest: Digest,
}

impl Theme {
    /// Loads a theme: the embedded files, and over them those of the project. Catalogues are read
    /// of English, of the languages asked for, and of those that the project brings.
    pub fn load(tree: &SourceTree, name: &str, languages: &[&str]) -> Checked<Option<Self>> {
        let folder = format!("themes/{name}");
        let mut files: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        embedded(&LONDON, &mut files);
        let own = tree.below(&folder);
        let own: BTreeMap<String, Arc<[u8]>> =
            own.map(|(rest, _, loaded)| (rest.to_owned(), Arc::from(loaded.bytes()))).collect();
        if own.is_empty() && name != "london" {
            let span = Span::file(&SourcePath::new(&folder));
            let problem =
                Diagnostic::error("no-theme", span, format!("there is no theme `{name}`"))
                    .help("add its folder to themes/, or take `theme` out of site.yaml");
            return Checked { value: None, problems: vec![problem] };
        }
        let mut problems = Vec::new();
        let catalogues = catalogues::load(&folder, (&files, &own), languages, &mut problems);
        let mut english = catalogues.get("en").map(|c| c.tree.clone()).unwrap_or_default();
        spoken::mark_words(&mut english);
        let english = Value::from_serializable(&english);
        let ready = |catalogue: Catalogue| {
            let words = Value::from_serializable(&catalogue.tree);
            (catalogue.code.clone(), (catalogue, words))
        };
        let catalogues = catalogues.into_values().map(ready).collect();
        files.extend(own);
        let mut tera = Tera::new();
        filters::register(&mut tera);
        let templates = files.iter().filter_map(|(path, bytes)| {
            let name = path.strip_prefix("templates/")?;
            Some((name.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        });
        if let Err(error) = tera.add_raw_templates(templates) {
            problems.push(problem(&folder, &error));
            return Checked { value: None, problems };
        }
        let assets = assets::collect(&files);
        Checked { value: Some(Self { tera, folder, catalogues, english, files, assets }), problems }
    }

    /// The text of one of its files, such as a template.
    pub fn text(&self, path: &SourcePath) -> Option<String> {
        let path = path.as_str().strip_prefix(&self.folder)?.strip_prefix('/')?;
        Some(String::from_utf8_lossy(self.files.get(path)?).into_owned())
    }

    /// Whether a language has a catalogue.
    pub fn speaks(&self, language: &str) -> bool {
        self.catalogues.contains_key(language)
    }

    /// The catalogue of a language; English where it has none.
    pub fn catalogue(&self, language: &str) -> Option<&Catalogue> {
        self.entry(language).map(|(catalogue, _)| catalogue)
    }

    fn entry(&self, language: &str) -> Option<&(Catalogue, Value)> {
        self.catalogues.get(language).or_else(|| self.catalogues.get("en"))
    }

    /// Makes what all pages of a site share ready once, so that no page pays for it.
    pub fn site_context(&self, site: &SiteView) -> SiteContext {
        // Views are plain data: there is nothing in them that JSON could not say.
        let mut marked = serde_json::to_value(site).unwrap_or_default();
        let digest = Digest::of(marked.to_string().as_bytes());
        spoken::mark_view(&mut marked, &BTreeSet::new());
        let marked = Value::from_serializable(&marked);
        SiteContext {
            words: Value::from_serializable(site),
            marked,
            shared: Shared::default(),
            digest,
        }
    }

    /// The digest of all that a site's pages are rendered from, besides what each shows.
    pub fn made_from(&self, site: &SiteContext) -> Digest {
        let mut digester = Digester::new();
        for (path, bytes) in &self.files {
            digester.part(path.as_bytes()).part(bytes);
        }
        digester.part(site.digest.bytes()).finish()
    }

    /// Renders one page.
    pub fn render(&self, site: &SiteContext, view: &PageView) -> Result<String, Diagnostic> {
        if view.language != "en" {
            return self.render_translated(site, view);
        }
        let mut context = Context::new();
        context.insert_value("site", site.words.clone());
        if let Some((catalogue, words)) = self.entry("en") {
            context.insert_value("m", words.clone());
            context.insert("lang", &LanguageContext::new("en", catalogue));
        }
        self.add_shared(site, view, &mut context)?;
        context.insert("frame", &view.frame);
        context.insert("page", &view.page);
        self.fill(&format!("pages/{}.html", view.frame.template), &context).map(directions::apart)
    }

    /// Renders a page that is in another language than English, with what is in English marked.
    fn render_translated(&self, site: &SiteContext, view: &PageView) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        context.insert_value("site", site.marked.clone());
        let mut direction = "ltr";
        if let Some((catalogue, words)) = self.entry(&view.language) {
            let words = match catalogue.code == view.language {
                true => words.clone(),
                false => self.english.clone(),
            };
            let language = LanguageContext::new(&view.language, catalogue);
            direction = language.dir;
            context.insert_value("m", words);
            context.insert("lang", &language);
        }
        self.add_shared(site, view, &mut context)?;
        let mut insert = |key: &'static str, value: serde_json::Result<Json>| {
            // Views are plain data: there is nothing in them that JSON could not say.
            let mut value = value.unwrap_or_default();
            spoken::mark_view(&mut value, &view.translated);
            context.insert(key, &value);
        };
        insert("frame", serde_json::to_value(&view.frame));
        insert("page", serde_json::to_value(&view.page));
        let template = format!("pages/{}.html", view.frame.template);
        let page = spoken::spans(&self.fill(&template, &context)?, direction);
        Ok(if direction == "ltr" { directions::apart(page) } else { page })
    }

    /// Adds to a page's context what it shares with others.
    fn add_shared(
        &self,
        site: &SiteContext,
        view: &PageView,
        context: &mut Context,
    ) -> Result<(), Diagnostic> {
        let bare = context.clone();
        let around = SharedFrame::around(view);
        for name in ["header", "footer"] {
            let part = site.shared.part(&(name, &view.language, &around), || {
                let mut context = bare.clone();
                context.insert("frame", &around);
                self.fill(&format!("shared/{name}.html"), &context)
            })?;
            context.insert_value(name, part);
        }
        let inside = SharedFrame::inside(view);
        let group = |group: &GroupView| {
            let from = ("group", &view.language, &view.translated, &inside, group);
            site.shared.part(&from, || {
                let mut context = bare.clone();
                context.insert("frame", &inside);
                let mut words = serde_json::to_value(group).unwrap_or_default();
                if view.language != "en" {
                    spoken::mark_view(&mut words, &view.translated);
                }
                context.insert("group", &words);
                self.fill("shared/group.html", &context)
            })
        };
        let related = view.related().iter().map(group).collect::<Result<Vec<_>, _>>()?;
        context.insert_value("related", Value::from(related));
        Ok(())
    }

    fn fill(&self, template: &str, context: &Context) -> Result<String, Diagnostic> {
        self.tera.render(template, context).map_err(|error| problem(&self.folder, &error))
    }
}

/// What templates know of a page's language.
#[derive(Debug, serde::Serialize)]
struct LanguageContext<'a> {
    /// The language's code.
    code: &'a str,
    /// `ltr` or `rtl`.
    dir: &'a str,
}

impl<'a> LanguageContext<'a> {
    fn new(code: &'a str, catalogue: &'a Catalogue) -> Self {
        let known = catalogue.code == code;
        Self { code, dir: if known { &catalogue.direction } else { messages::direction(code) } }
    }
}

fn embedded(dir: &Dir<'static>, files: &mut BTreeMap<String, Arc<[u8]>>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path.replace('\\', "/"), Arc::from(file.contents()));
        }
    }
    for dir in dir.dirs() {
        embedded(dir, files);
    }
}

/// Tera's complaint at its place in the template.
fn problem(folder: &str, error: &tera::Error) -> Diagnostic {
    let help = "mend the template; the page before the change is still published";
    let (template, message, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename().to_owned(), report.message().to_owned(), Some(report.span()))
        }
        kind => (String::new(), kind.to_string(), None),
    };
    let path = SourcePath::new(&format!("{folder}/templates/{template}"));
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = place.map_or_else(
        || Span::file(&path),
        |place| Span {
            path: path.clone(),
            line: number(place.start_line),
            column: number(place.start_col + 1),
            len: number(place.end_col.saturating_sub(place.start_col)).max(1),
        },
    );
    Diagnostic::error("template", span, message).help(help)
}
