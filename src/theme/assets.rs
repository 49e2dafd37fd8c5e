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
pub(super) fn collect(files: &BTreeMap<String, Arc<[u8]>>) -> Assets {
    let mut assets = Assets::default();
    let mut style = Vec::new();
    for (path, bytes) in files {
        if let Some(name) = path.strip_prefix("assets/css/") {
            if name.ends_with(".css") {
                style.extend_from_slice(&squeezed(bytes));
            }
        } else if let Some(name) = path.strip_prefix("assets/fixed/") {
            // A service worker rules the folder that it lies in, under a name that stays.
            if OutputPath::parse(name).is_some() {
                assets.files.insert(UrlPath::new(name), bytes.clone());
            }
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
    assets.paths.style = assets.add("style.css", Arc::from(style));
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

/// A style sheet without the comments that stand on lines of their own and without indentation:
/// what people need to read it is not what a telephone needs to show it.
fn squeezed(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let mut squeezed = Vec::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
            continue;
        }
        if !line.is_empty() {
            squeezed.extend_from_slice(line.as_bytes());
            squeezed.push(b'\n');
        }
    }
    squeezed
}
