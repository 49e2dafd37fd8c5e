//! Where files may lie in `content/`, and what their names mean.
//!
//! Every file is either taken or told: nothing is passed over in silence, but for the litter that
//! editors and systems leave (`io::load` leaves that out).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::kinds::{EntryId, Kind};
use super::layer::{Layer, Variant};
use super::names::{Language, Names};
use super::source::SourceFile;
use super::tree::{Loaded, SourceTree};
use crate::diagnostic::{Checked, Diagnostic, Span, did_you_mean};
use crate::path::{Slug, SourcePath};

/// The files of `content/`, sorted by what they are.
#[derive(Default)]
pub struct Layout<'a> {
    /// The vocabulary files.
    pub vocabulary: Vec<Arc<SourceFile>>,
    /// `borough.yaml` of each borough.
    pub boroughs: BTreeMap<Slug, Arc<SourceFile>>,
    /// `partner.yaml` of each partner.
    pub partners: BTreeMap<Slug, Arc<SourceFile>>,
    /// The pages.
    pub pages: Vec<PageFile<'a>>,
    /// All other files of layers: whose, the path within the layer, the path, the file.
    pub files: Vec<(Layer, &'a str, &'a SourcePath, &'a Loaded)>,
}

/// A page by its place alone.
pub struct PageFile<'a> {
    /// Whose it is.
    pub layer: Layer,
    /// Which entry it belongs to.
    pub id: EntryId,
    /// The part of its name that says which version it is: `pl` of `autism.pl.md`.
    pub suffix: Option<&'a str>,
    /// The file.
    pub file: &'a Arc<SourceFile>,
}

/// Sorts the files of a tree.
pub fn sort(tree: &SourceTree) -> Checked<Layout<'_>> {
    let mut sorter = Sorter { layout: Layout::default(), problems: Vec::new() };
    let mut folders: BTreeMap<Layer, &SourcePath> = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for (rest, path, loaded) in tree.below("content") {
        let parts: Vec<&str> = rest.splitn(3, '/').collect();
        match *parts.as_slice() {
            ["site.yaml"] | ["README.md"] => {}
            ["vocabulary", _] => sorter.vocabulary(path, loaded),
            ["london", ..] => {
                let rest = &rest["london/".len()..];
                sorter.layer_file(Layer::Shared, rest, path, loaded);
            }
            ["boroughs", folder, rest] => {
                if let Some(slug) = sorter.slug(folder, path, &mut unknown) {
                    let layer = Layer::Borough(slug);
                    folders.entry(layer.clone()).or_insert(path);
                    sorter.layer_file(layer, rest, path, loaded);
                }
            }
            ["partners", folder, rest] => {
                if let Some(slug) = sorter.slug(folder, path, &mut unknown) {
                    let layer = Layer::Partner(slug);
                    folders.entry(layer.clone()).or_insert(path);
                    sorter.layer_file(layer, rest, path, loaded);
                }
            }
            [first, ..] => {
                if unknown.insert(first.to_owned()) {
                    let known = ["site.yaml", "vocabulary", "london", "partners", "boroughs"];
                    let message = format!("`{first}` is not a part of content/");
                    let help = did_you_mean(first, known);
                    sorter.problem("unknown-file", path, message, help);
                }
            }
            [] => {}
        }
    }
    sorter.folders_without_a_file(&folders);
    Checked { value: sorter.layout, problems: sorter.problems }
}

struct Sorter<'a> {
    layout: Layout<'a>,
    problems: Vec<Diagnostic>,
}

impl<'a> Sorter<'a> {
    fn problem(
        &mut self,
        code: &'static str,
        path: &SourcePath,
        message: String,
        help: impl Into<String>,
    ) {
        self.problems.push(Diagnostic::error(code, Span::file(path), message).help(help));
    }

    fn vocabulary(&mut self, path: &SourcePath, loaded: &Loaded) {
        match loaded {
            Loaded::Text(file) if path.as_str().ends_with(".yaml") => {
                self.layout.vocabulary.push(file.clone());
            }
            _ => {
                let message = format!("`{}` is not a vocabulary", path.file_name());
                self.problem("unknown-file", path, message, "vocabularies end in `.yaml`");
            }
        }
    }

    /// The name of a borough's or a partner's folder.
    fn slug(
        &mut self,
        folder: &'a str,
        path: &SourcePath,
        told: &mut BTreeSet<String>,
    ) -> Option<Slug> {
        match Slug::parse(folder) {
            Ok(slug) => Some(slug),
            Err(sound) => {
                if told.insert(folder.to_owned()) {
                    let message = format!("the folder `{folder}` cannot be part of an address");
                    let help = format!("call it `{sound}`");
                    self.problem("wrong-name", path, message, help);
                }
                None
            }
        }
    }

    fn layer_file(
        &mut self,
        layer: Layer,
        rest: &'a str,
        path: &'a SourcePath,
        loaded: &'a Loaded,
    ) {
        match (rest.split_once('/'), loaded) {
            (None, Loaded::Text(file)) => self.top_file(layer, rest, path, file),
            (Some(("files", _)), _) => self.layout.files.push((layer, rest, path, loaded)),
            (Some((folder, name)), _) => {
                let kind = Kind::listed().find(|kind| kind.folder() == folder);
                match kind {
                    Some(kind) => self.kind_file(layer, kind, (rest, name), path, loaded),
                    None => {
                        let folders = Kind::listed().map(Kind::folder).chain(["files"]);
                        let message = format!("`{folder}` is not a folder of a layer");
                        let help = match Kind::parse(folder) {
                            Some(kind) => format!("call it `{}`", kind.folder()),
                            None => did_you_mean(folder, folders),
                        };
                        self.problem("unknown-folder", path, message, help);
                    }
                }
            }
            (None, Loaded::Bytes(_)) => {
                let message = format!("`{rest}` lies outside the folders of its layer");
                self.problem("unknown-file", path, message, "put it into `files/`");
            }
        }
    }

    /// A file directly in a layer's folder: the welcome or the layer's own description.
    fn top_file(
        &mut self,
        layer: Layer,
        rest: &'a str,
        path: &SourcePath,
        file: &'a Arc<SourceFile>,
    ) {
        match (&layer, rest) {
            (Layer::Borough(slug), "borough.yaml") => {
                self.layout.boroughs.insert(slug.clone(), file.clone());
            }
            (Layer::Partner(slug), "partner.yaml") => {
                self.layout.partners.insert(slug.clone(), file.clone());
            }
            (_, name) if name == "index.md" || welcome_suffix(name).is_some() => {
                if let Ok(slug) = Slug::parse("index") {
                    let id = EntryId { kind: Kind::Welcome, slug };
                    let suffix = welcome_suffix(name);
                    self.layout.pages.push(PageFile { layer, id, suffix, file });
                }
            }
            (_, name) => {
                let message = format!("`{name}` lies outside the folders of its layer");
                let help = "put a page into the folder of its kind (provision, guides, services, …) \
                            and other files into `files/`";
                self.problem("unknown-file", path, message, help);
            }
        }
    }

    fn kind_file(
        &mut self,
        layer: Layer,
        kind: Kind,
        (rest, name): (&'a str, &'a str),
        path: &'a SourcePath,
        loaded: &'a Loaded,
    ) {
        let page = name.strip_suffix(".md").filter(|_| !name.contains('/'));
        match (page, loaded) {
            (Some(stem), Loaded::Text(file)) => {
                let (stem, suffix) = match stem.split_once('.') {
                    Some((stem, suffix)) => (stem, Some(suffix)),
                    None => (stem, None),
                };
                match Slug::parse(stem) {
                    Ok(slug) => {
                        let id = EntryId { kind, slug };
                        self.layout.pages.push(PageFile { layer, id, suffix, file });
                    }
                    Err(sound) => {
                        let message = format!("`{stem}` cannot be part of an address");
                        let help = format!(
                            "small letters, digits and hyphens only: call the file `{sound}.md`"
                        );
                        self.problem("wrong-name", path, message, help);
                    }
                }
            }
            _ if name.ends_with(".md") => {
                let message = format!("`{name}` lies too deep");
                let help = format!("put pages directly into `{}/`", kind.folder());
                self.problem("unknown-file", path, message, help);
            }
            _ if [".yaml", ".yml", ".markdown", ".MD", ".html", ".txt"]
                .iter()
                .any(|ending| name.ends_with(ending)) =>
            {
                let message = format!("`{name}` is not a page");
                let help = "a page's name ends in `.md`; put files to download into `files/`";
                self.problem("unknown-file", path, message, help);
            }
            _ => self.layout.files.push((layer, rest, path, loaded)),
        }
    }

    fn folders_without_a_file(&mut self, folders: &BTreeMap<Layer, &SourcePath>) {
        for (layer, path) in folders {
            let (file, known) = match layer {
                Layer::Borough(slug) => ("borough.yaml", self.layout.boroughs.contains_key(slug)),
                Layer::Partner(slug) => ("partner.yaml", self.layout.partners.contains_key(slug)),
                Layer::Shared => continue,
            };
            if !known {
                let missing = SourcePath::new(&format!("{}/{file}", layer.folder()));
                let message = format!("the folder of {} has no `{file}`", path.folder());
                self.problem("no-layer-file", &missing, message, format!("add `{file}`"));
            }
        }
    }
}

/// `pl` of `index.pl.md`.
fn welcome_suffix(name: &str) -> Option<&str> {
    name.strip_prefix("index.")?.strip_suffix(".md")
}

/// Which version of its entry a page is.
pub fn variant(page: &PageFile<'_>, names: &Names) -> Result<Variant, Diagnostic> {
    let Some(suffix) = page.suffix else { return Ok(Variant::Main) };
    if suffix == "easy-read" {
        return Ok(Variant::EasyRead);
    }
    if suffix == "en" {
        return Ok(Variant::Main);
    }
    let language = Slug::parse(suffix).ok().and_then(|slug| Language::known(&slug, names));
    language.map(Variant::Translation).ok_or_else(|| {
        let languages = names.languages.iter().map(Slug::as_str).chain(["easy-read"]);
        let message = format!("`{suffix}` is no language of these sites");
        let help = format!("{}; languages stand in site.yaml", did_you_mean(suffix, languages));
        Diagnostic::error("unknown-language", Span::file(&page.file.path), message).help(help)
    })
}
