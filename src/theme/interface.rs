//! The preview's own pages and what it adds to others.
//!
//! They come from the theme that is embedded in the program, never from a project's own: so a
//! theme with a mistake cannot hide the words that tell of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera, Value};

use super::assets::{self, Assets};
use super::{LONDON, Theme, embedded, filters, problem};
use crate::content::tree::SourceTree;
use crate::diagnostic::Diagnostic;
use crate::path::UrlPath;

/// Templates, style and script of the preview.
#[derive(Debug)]
pub struct Interface {
    tera: Tera,
    words: Option<Value>,
    files: BTreeMap<UrlPath, Arc<[u8]>>,
    paths: Paths,
    /// The embedded theme, for pages that a project's own cannot render.
    pub theme: Arc<Theme>,
}

/// Where the preview's files are, below its own folder.
#[derive(Debug, Serialize)]
struct Paths {
    /// What is added to every page.
    style: String,
    script: String,
    /// What only the preview's own pages use.
    theme_style: String,
    sprite: String,
    icon: String,
}

impl Interface {
    /// Makes the embedded files ready. It fails only if the program was built with a mistake.
    pub fn new() -> Result<Self, Diagnostic> {
        let mut problems = Vec::new();
        let theme = Theme::load(&SourceTree::new(), "london", &[]).into_value(&mut problems);
        let Some(theme) = theme else { return Err(problems.remove(0)) };
        let mut files = BTreeMap::new();
        embedded(&LONDON, &mut files);
        let mut assets: Assets = assets::collect(&files);
        let mut own = |name: &str| {
            let bytes = files.get(&format!("preview/{name}")).cloned().unwrap_or_default();
            assets.add(name, bytes)
        };
        let (style, script) = (own("preview.css"), own("preview.js"));
        let mut tera = Tera::new();
        filters::register(&mut tera);
        let templates = files.iter().filter_map(|(path, bytes)| {
            let name = path.strip_prefix("preview/").filter(|name| name.ends_with(".html"))?;
            Some((name.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        });
        tera.add_raw_templates(templates)
            .map_err(|error| problem("themes/london/preview", &error))?;
        let words = theme.entry("en").map(|(_, words)| words.clone());
        let paths = Paths {
            style,
            script,
            theme_style: assets.paths.style,
            sprite: assets.paths.sprite,
            icon: assets.paths.icon,
        };
        Ok(Self { tera, words, files: assets.files, paths, theme: Arc::new(theme) })
    }

    /// One of the preview's files.
    pub fn file(&self, url: &UrlPath) -> Option<&Arc<[u8]>> {
        self.files.get(url)
    }

    /// Renders one of the preview's templates, such as `panel.html`.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        context.insert("view", view);
        context.insert("files", &self.paths);
        if let Some(words) = &self.words {
            context.insert_value("m", words.clone());
        }
        self.tera
            .render(template, &context)
            .map_err(|error| problem("themes/london/preview", &error))
    }
}
