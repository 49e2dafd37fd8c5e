//! A site's search files in a folder, and the client that is asked about them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ordinarily::content::tree::SourceTree;
use ordinarily::engine::{self, Edition, Wanted};
use ordinarily::search::Searchable;
use ordinarily::search::export::Export;
use ordinarily::theme::Theme;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::today;

/// Where the client's modules are.
pub(crate) fn modules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/london/assets/js/search")
}

/// A site, laid out.
pub(crate) fn edition(tree: &SourceTree, site: &str) -> (Edition, Theme) {
    let wanted = Wanted { day: today(), sites: vec![site.to_owned()], base_url: None };
    let project = engine::parse(tree, None).value.unwrap();
    let theme = engine::load_theme(tree, &project).value.unwrap();
    let model = engine::resolve(project, wanted.day, None).value;
    (engine::lay_out(&model, &theme, &wanted).remove(0), theme)
}

/// A site that can be searched here and in the client.
pub(crate) struct Searched {
    pub(crate) english: Searchable,
    pub(crate) export: Export,
    pub(crate) folder: TempDir,
}

impl Searched {
    pub(crate) fn new(tree: &SourceTree, site: &str) -> Self {
        let (edition, _) = edition(tree, site);
        let languages = edition.search(None).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut exports = languages.iter().map(|language| {
            let export = language.export().unwrap();
            for url in export.urls() {
                let path = folder.path().join(url.as_str());
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, export.bytes(url).unwrap()).unwrap();
            }
            export
        });
        let export = exports.next().unwrap();
        exports.for_each(drop);
        Self { english: languages.into_iter().next().unwrap(), export, folder }
    }

    /// Asks the client; one answer for each of `asks`.
    pub(crate) fn ask(&self, asks: &[Value]) -> Vec<Value> {
        ask(self.folder.path(), asks)
    }

    /// The addresses that the client shows first for a query.
    pub(crate) fn shown(&self, query: &str) -> Vec<String> {
        let answer = self.ask(&[json!({"do": "see", "text": query})]).remove(0);
        addresses(&answer)
    }
}

/// The addresses among what a person sees.
pub(crate) fn addresses(answer: &Value) -> Vec<String> {
    let shown = answer["answer"]["shown"].as_array().unwrap_or_else(|| panic!("{answer}"));
    shown.iter().map(|page| page[1].as_str().unwrap().to_owned()).collect()
}

/// Asks the client about the site in a folder.
pub(crate) fn ask(folder: &Path, asks: &[Value]) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/ask.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the tests of search need Node: tests/run installs it");
    let job = json!({"site": folder, "client": modules(), "asks": asks});
    node.stdin.take().unwrap().write_all(job.to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "the client failed");
    let lines = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), asks.len());
    answers
}
