//! Style, script and pictures of a theme, each named by the digest of its own bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::digest::Digest;
use crate::page::chrome::AssetPaths;
use crate::path::{OutputPath, UrlPath};

/// The files of a theme that a site passes on.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// Their paths, for templates.
    pub paths: AssetPaths,
    /// Their bytes, by their addresses in a site.
    pub files: BTreeMap<UrlPath, Arc<[u8]>>,
}

/// Puts style sheets together in the order of their names, and names every file by its digest.
/// There are three: what every page needs before it can be shown; in `some-pages/` what only pages
/// that link it have; in `print/` what only paper needs, which no page waits for.
pub(super) fn collect(files: &BTreeMap<String, Arc<[u8]>>) -> Assets {
    let mut assets = Assets::default();
    let (mut style, mut some_pages, mut print) = (Vec::new(), Vec::new(), Vec::new());
    let mut modules: BTreeMap<&str, String> = BTreeMap::new();
    for (path, bytes) in files {
        if let Some(name) = path.strip_prefix("assets/css/") {
            let sheet = match name.split_once('/') {
                Some(("some-pages", _)) => &mut some_pages,
                Some(("print", _)) => &mut print,
                _ => &mut style,
            };
            if name.ends_with(".css") {
                sheet.extend_from_slice(&squeezed(bytes, &["/*"]));
            }
        } else if let Some(name) = path.strip_prefix("assets/fixed/") {
            // A service worker rules the folder that it lies in, under a name that stays.
            if OutputPath::parse(name).is_some() {
                assets.files.insert(UrlPath::new(name), bytes.clone());
            }
        } else if let Some(name) = path.strip_prefix("assets/js/search/") {
            let text = squeezed(bytes, &["//", "/*"]);
            modules.insert(name, String::from_utf8_lossy(&text).into_owned());
        } else if let Some(name) = path.strip_prefix("assets/") {
            let name = name.rsplit('/').next().unwrap_or(name);
            let url = assets.add(name, bytes.clone());
            match name {
                "site.js" => assets.paths.script = url,
                "self-evaluation.js" => assets.paths.self_evaluation = url,
                "icons.svg" => assets.paths.sprite = url,
                "favicon.svg" => assets.paths.icon = url,
                _ => {}
            }
        }
    }
    assets.paths.search = assets.add("search.js", Arc::from(joined(modules).into_bytes()));
    assets.paths.style = assets.add("style.css", Arc::from(style));
    assets.paths.some_pages = assets.add("some-pages.css", Arc::from(some_pages));
    assets.paths.print = assets.add("print.css", Arc::from(print));
    assets
}

impl Assets {
    /// Adds a file under a name with its digest, and gives its path.
    pub fn add(&mut self, name: &str, bytes: Arc<[u8]>) -> String {
        let digest = Digest::of(&bytes).short();
        let path = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("assets/{stem}.{digest}.{ending}"),
            None => format!("assets/{name}.{digest}"),
        };
        if OutputPath::parse(&path).is_some() {
            self.files.insert(UrlPath::new(&path), bytes);
        }
        path
    }
}

/// Modules that import each other as one, so that a telephone asks once. Those that are imported
/// come first; each import stands on a line of its own, and no two modules may name a thing alike.
fn joined(mut modules: BTreeMap<&str, String>) -> String {
    let mut whole = String::new();
    while !modules.is_empty() {
        let is_ready = |text: &String| {
            !modules.keys().any(|name| text.contains(&format!("from \"./{name}\"")))
        };
        let ready = modules.iter().find(|(_, text)| is_ready(text)).map(|(name, _)| *name);
        // Of modules that go round in a circle any may be the first.
        let first = ready.or_else(|| modules.keys().next().copied());
        for line in first.and_then(|name| modules.remove(name)).unwrap_or_default().lines() {
            if !line.starts_with("import ") {
                let line = line.strip_prefix("export ").unwrap_or(line);
                // No text of ours has these, nor goes over several lines.
                let line = line.replace(" => ", "=>").replace(" = ", "=").replace(") {", "){");
                whole.push_str(&line);
                if !line.ends_with(['{', '(', ',', ';']) {
                    whole.push('\n');
                }
            }
        }
    }
    whole + "export{box,page}\n"
}

/// A style sheet or script without the comments that stand on lines of their own and without
/// indentation: what people need to read it is not what a telephone needs to show it.
fn squeezed(bytes: &[u8], comments: &[&str]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let mut squeezed = Vec::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        if in_comment || comments.iter().any(|comment| line.starts_with(comment)) {
            in_comment = (in_comment || line.starts_with("/*")) && !line.ends_with("*/");
            continue;
        }
        // Types within a line of a script.
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("/**") {
            squeezed.extend_from_slice(before.as_bytes());
            rest = after.split_once("*/").map_or("", |(_, after)| after.trim_start());
        }
        if !line.is_empty() {
            squeezed.extend_from_slice(rest.as_bytes());
            squeezed.push(b'\n');
        }
    }
    squeezed
}
