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

/// What `content/` holds besides the pages and files of its layers.
#[derive(Default)]
pub struct Outline {
    /// The vocabulary files.
    pub vocabulary: Vec<Arc<SourceFile>>,
    /// `borough.yaml` of each borough.
    pub boroughs: BTreeMap<Slug, Arc<SourceFile>>,
    /// `partner.yaml` of each partner.
    pub partners: BTreeMap<Slug, Arc<SourceFile>>,
    /// Every layer that has a folder.
    pub layers: BTreeSet<Layer>,
}

/// The files of one layer, sorted by what they are.
#[derive(Default)]
pub struct LayerFiles<'a> {
    /// The pages.
    pub pages: Vec<PageFile<'a>>,
    /// All others: the path within the layer, the path, the file.
    pub files: Vec<(&'a str, &'a SourcePath, &'a Loaded)>,
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

/// Which layer a file lies in, and its path within the layer's folder.
pub fn layer_of(path: &SourcePath) -> Option<(Layer, &str)> {
    let rest = path.as_str().strip_prefix("content/")?;
    if let Some(rest) = rest.strip_prefix("london/") {
        return Some((Layer::Shared, rest));
    }
    let (group, rest) = rest.split_once('/')?;
    let (folder, rest) = rest.split_once('/')?;
    let slug = Slug::parse(folder).ok()?;
    match group {
        "boroughs" => Some((Layer::Borough(slug), rest)),
        "partners" => Some((Layer::Partner(slug), rest)),
        _ => None,
    }
}

/// Whether a file only says something within its layer: not which layers there are, and no name
/// that other files may refer to.
pub fn is_within(layer: &Layer, rest: &str) -> bool {
    layer.own_file() != Some(rest)
}

/// Sorts everything but the pages and files of layers.
pub fn outline(tree: &SourceTree) -> Checked<Outline> {
    let mut outliner = Outliner::default();
    let mut folders: BTreeMap<Layer, &SourcePath> = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for (rest, path, loaded) in tree.below("content") {
        if let Some((layer, rest)) = layer_of(path) {
            if let Loaded::Text(file) = loaded {
                outliner.own_file(&layer, rest, file);
            }
            folders.entry(layer).or_insert(path);
            continue;
        }
        let parts: Vec<&str> = rest.splitn(3, '/').collect();
        match *parts.as_slice() {
            ["site.yaml"] | ["README.md"] => {}
            ["vocabulary", _] => outliner.vocabulary(path, loaded),
            ["boroughs" | "partners", folder, _] => {
                if unknown.insert(folder) {
                    let sound = Slug::parse(folder).err().unwrap_or_default();
                    let message = format!("the folder `{folder}` cannot be part of an address");
                    let help = format!("call it `{sound}`");
                    outliner.problems.push(problem("wrong-name", path, message, help));
                }
            }
            [first, ..] => {
                if unknown.insert(first) {
                    let known = ["site.yaml", "vocabulary", "london", "partners", "boroughs"];
                    let message = format!("`{first}` is not a part of content/");
                    let help = did_you_mean(first, known);
                    outliner.problems.push(problem("unknown-file", path, message, help));
                }
            }
            [] => {}
        }
    }
    outliner.folders_without_a_file(&folders);
    outliner.outline.layers = folders.into_keys().collect();
    Checked { value: outliner.outline, problems: outliner.problems }
}

/// Sorts the files of one layer.
pub fn files_of<'a>(tree: &'a SourceTree, layer: &Layer) -> Checked<LayerFiles<'a>> {
    let files = LayerFiles::default();
    let mut sorter = Sorter { layer, files, problems: Vec::new() };
    for (rest, path, loaded) in tree.below(&layer.folder()) {
        sorter.file(rest, path, loaded);
    }
    Checked { value: sorter.files, problems: sorter.problems }
}

fn problem(
    code: &'static str,
    path: &SourcePath,
    message: String,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::error(code, Span::file(path), message).help(help)
}

#[derive(Default)]
struct Outliner {
    outline: Outline,
    problems: Vec<Diagnostic>,
}

impl Outliner {
    fn own_file(&mut self, layer: &Layer, rest: &str, file: &Arc<SourceFile>) {
        match layer {
            _ if is_within(layer, rest) => {}
            Layer::Shared => {}
            Layer::Borough(slug) => {
                self.outline.boroughs.insert(slug.clone(), file.clone());
            }
            Layer::Partner(slug) => {
                self.outline.partners.insert(slug.clone(), file.clone());
            }
        }
    }

    fn vocabulary(&mut self, path: &SourcePath, loaded: &Loaded) {
        match loaded {
            Loaded::Text(file) if path.as_str().ends_with(".yaml") => {
                self.outline.vocabulary.push(file.clone());
            }
            _ => {
                let message = format!("`{}` is not a vocabulary", path.file_name());
                let help = "vocabularies end in `.yaml`";
                self.problems.push(problem("unknown-file", path, message, help));
            }
        }
    }

    fn folders_without_a_file(&mut self, folders: &BTreeMap<Layer, &SourcePath>) {
        for (layer, path) in folders {
            let known = match layer {
                Layer::Borough(slug) => self.outline.boroughs.contains_key(slug),
                Layer::Partner(slug) => self.outline.partners.contains_key(slug),
                Layer::Shared => true,
            };
            if let Some(file) = layer.own_file().filter(|_| !known) {
                let missing = SourcePath::new(&format!("{}/{file}", layer.folder()));
                let message = format!("the folder of {} has no `{file}`", path.folder());
                let help = format!("add `{file}`");
                self.problems.push(problem("no-layer-file", &missing, message, help));
            }
        }
    }
}

struct Sorter<'a, 'l> {
    layer: &'l Layer,
    files: LayerFiles<'a>,
    problems: Vec<Diagnostic>,
}

impl<'a> Sorter<'a, '_> {
    fn problem(
        &mut self,
        code: &'static str,
        path: &SourcePath,
        message: String,
        help: impl Into<String>,
    ) {
        self.problems.push(problem(code, path, message, help));
    }

    fn file(&mut self, rest: &'a str, path: &'a SourcePath, loaded: &'a Loaded) {
        match (rest.split_once('/'), loaded) {
            (None, Loaded::Text(file)) => self.top_file(rest, path, file),
            (Some(("files", _)), _) => self.files.files.push((rest, path, loaded)),
            (Some((folder, name)), _) => {
                let kind = Kind::listed().find(|kind| kind.folder() == folder);
                match kind {
                    Some(kind) => self.kind_file(kind, (rest, name), path, loaded),
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
    fn top_file(&mut self, rest: &'a str, path: &SourcePath, file: &'a Arc<SourceFile>) {
        match rest {
            own if !is_within(self.layer, own) => {}
            name if name == "index.md" || welcome_suffix(name).is_some() => {
                if let Ok(slug) = Slug::parse("index") {
                    let id = EntryId { kind: Kind::Welcome, slug };
                    let suffix = welcome_suffix(name);
                    let layer = self.layer.clone();
                    self.files.pages.push(PageFile { layer, id, suffix, file });
                }
            }
            name => {
                let message = format!("`{name}` lies outside the folders of its layer");
                let help = "put a page into the folder of its kind (provision, guides, services, …) \
                            and other files into `files/`";
                self.problem("unknown-file", path, message, help);
            }
        }
    }

    fn kind_file(
        &mut self,
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
                        let layer = self.layer.clone();
                        self.files.pages.push(PageFile { layer, id, suffix, file });
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
            _ => self.files.files.push((rest, path, loaded)),
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
