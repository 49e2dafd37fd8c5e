//! From the source tree to a [`Project`]: everything that the files say, read once.
//!
//! 1. The ground: the small files and the vocabularies, so that all names are known, and the stack
//!    of layers of each borough.
//! 2. Every layer, in parallel: its pages and files (`pages`).
//!
//! Layers are not merged here, and no file waits for another's mistakes to be mended. A preview
//! reads on from what it read before: the ground is read again only if one of its files has
//! changed, a layer only if one of its own has, and of that only the pages that have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::config::{BoroughFile, Config, PartnerFile};
use super::fields::{Read, Reader};
use super::layer::{Layer, LayerContent, Page, ReadPage, Wording};
use super::names::Names;
use super::node::Node;
use super::source::SourceFile;
use super::stacks::{self, Borough, Partner};
use super::tree::SourceTree;
use super::vocabulary::{self, Vocabulary};
use super::{layout, pages, yaml};
use crate::diagnostic::{Checked, Diagnostic, Span, did_you_mean};
use crate::path::{Slug, SourcePath};

/// Everything that the files say.
#[derive(Clone, Debug)]
pub struct Project {
    /// `site.yaml`.
    pub config: Arc<Config>,
    /// The vocabularies.
    pub vocabulary: Arc<Vocabulary>,
    /// Every name that exists.
    pub names: Arc<Names>,
    /// What each layer holds.
    pub layers: BTreeMap<Layer, Arc<LayerContent>>,
    /// The boroughs.
    pub boroughs: Arc<BTreeMap<Slug, Borough>>,
    /// The partners.
    pub partners: Arc<BTreeMap<Slug, Partner>>,
    /// What is wrong with the ground. What is wrong with a layer, the layer knows.
    ground_problems: Arc<Vec<Diagnostic>>,
}

/// What was read before, and every file that has changed since: added, rewritten or deleted.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// What was read.
    pub project: &'a Project,
    /// What has changed.
    pub changed: &'a BTreeSet<SourcePath>,
}

/// Reads a source tree. `None` when there is no sound `site.yaml` to begin with. With `before`,
/// what has not changed is taken from there, and of a page that has a mistake now the last sound
/// version stays in place; its problems are told all the same.
pub fn parse(tree: &SourceTree, before: Option<Before<'_>>) -> Checked<Option<Project>> {
    let ground = match before.filter(|before| !before.ground_has_changed()) {
        Some(before) => Ground::of(before.project),
        None => read_ground(tree, before),
    };
    let unread = before.map(|before| before.unread_layers(&ground.names));
    let same_names = before.is_some_and(|b| Arc::ptr_eq(&b.project.names, &ground.names));
    let read = |layer: &Layer| {
        let last = before.and_then(|before| before.project.layers.get(layer));
        let content = match (last, &unread) {
            (Some(last), Some(unread)) if !unread.contains(layer) => last.clone(),
            _ => {
                let last = last.map(|content| pages::Last { content, same_names });
                Arc::new(pages::read_layer(tree, layer, &ground.names, last))
            }
        };
        (layer.clone(), content)
    };
    let layers = ground.layers.par_iter().map(read).collect();
    ground.with(layers)
}

impl Before<'_> {
    /// Whether a file has changed that says more than one layer's pages do.
    fn ground_has_changed(&self) -> bool {
        self.changed.iter().any(|path| match layout::layer_of(path) {
            Some((layer, rest)) => {
                !self.project.layers.contains_key(&layer) || !layout::is_within(&layer, rest)
            }
            None => path.as_str().starts_with("content/"),
        })
    }

    /// The layers that must be read again.
    fn unread_layers(&self, names: &Arc<Names>) -> BTreeSet<Layer> {
        // A page may take its table from another layer's folder.
        let all = !Arc::ptr_eq(&self.project.names, names)
            || self.changed.iter().any(|path| path.as_str().ends_with(".csv"));
        let touched = self.changed.iter().filter_map(|path| Some(layout::layer_of(path)?.0));
        match all {
            true => self.project.layers.keys().cloned().chain(touched).collect(),
            false => touched.collect(),
        }
    }
}

impl Project {
    /// The text of a page, as it was last read, sound or not.
    pub fn text(&self, path: &SourcePath) -> Option<&Arc<SourceFile>> {
        Some(&self.reading(path)?.file)
    }

    /// Whether an earlier version of a page stands in for one with a mistake: then places in it are
    /// not places in its text.
    pub fn is_behind(&self, path: &SourcePath) -> bool {
        self.reading(path).is_some_and(|read| !read.is_current())
    }

    /// The front matter of a page as a tree, tables in their place.
    pub fn document(&self, page: &Page) -> Option<Node> {
        self.wording(page)?.document(page.id.kind)
    }

    /// What a page was read from.
    pub fn wording(&self, page: &Page) -> Option<&Arc<Wording>> {
        self.reading(&page.path)?.wording.as_ref()
    }

    /// Lets go of what pages were read from, where nobody else holds it too. Then they can be shown,
    /// but neither merged nor judged anew.
    pub fn forget_wordings(&mut self) {
        for content in self.layers.values_mut().filter_map(Arc::get_mut) {
            content.pages.clear();
        }
    }

    fn reading(&self, path: &SourcePath) -> Option<&Arc<ReadPage>> {
        let (layer, _) = layout::layer_of(path)?;
        self.layers.get(&layer)?.pages.get(path)
    }
}

/// Everything that the pages of layers stand on.
struct Ground {
    config: Option<Arc<Config>>,
    vocabulary: Arc<Vocabulary>,
    names: Arc<Names>,
    boroughs: Arc<BTreeMap<Slug, Borough>>,
    partners: Arc<BTreeMap<Slug, Partner>>,
    layers: BTreeSet<Layer>,
    problems: Arc<Vec<Diagnostic>>,
}

impl Ground {
    fn of(project: &Project) -> Self {
        Self {
            config: Some(project.config.clone()),
            vocabulary: project.vocabulary.clone(),
            names: project.names.clone(),
            boroughs: project.boroughs.clone(),
            partners: project.partners.clone(),
            layers: project.layers.keys().cloned().collect(),
            problems: project.ground_problems.clone(),
        }
    }

    fn with(self, layers: BTreeMap<Layer, Arc<LayerContent>>) -> Checked<Option<Project>> {
        let of_layers = layers.values().flat_map(|content| content.problems());
        let problems = self.problems.iter().chain(of_layers).cloned().collect();
        let Self { vocabulary, names, boroughs, partners, problems: ground_problems, .. } = self;
        let value = self.config.map(|config| Project {
            config,
            vocabulary,
            names,
            layers,
            boroughs,
            partners,
            ground_problems,
        });
        Checked { value, problems }
    }
}

/// Every name that exists, whatever else is wrong.
pub fn names(tree: &SourceTree) -> Arc<Names> {
    read_ground(tree, None).names
}

fn read_ground(tree: &SourceTree, before: Option<Before<'_>>) -> Ground {
    let mut problems = Vec::new();
    let outline = layout::outline(tree).into_value(&mut problems);
    let files = vocabulary::files::Files::parse(&outline.vocabulary).into_value(&mut problems);
    let mut names = files.names();
    names.boroughs = outline.boroughs.keys().cloned().collect();
    names.partners = outline.partners.keys().cloned().collect();

    let config = read_config(tree, &names, &mut problems);
    let codes = config.iter().flat_map(|config| &config.languages);
    names.languages = codes.cloned().collect();

    let mut reader = Reader::new(&names);
    let vocabulary = files.read(&mut reader);
    problems.append(&mut reader.problems);
    problems.append(&mut reader.missing);
    if let Some(config) = &config {
        check_reserved(tree, config, &names, &mut problems);
    }
    let partners = read_all::<PartnerFile>(&outline.partners, &names, &mut problems);
    let boroughs = read_all::<BoroughFile>(&outline.boroughs, &names, &mut problems);
    let (partners, boroughs) = stacks::stack(&outline, (partners, boroughs), &names, &mut problems);
    let names = match before {
        Some(before) if *before.project.names == names => before.project.names.clone(),
        _ => Arc::new(names),
    };
    Ground {
        config: config.map(Arc::new),
        vocabulary: Arc::new(vocabulary),
        names,
        boroughs: Arc::new(boroughs),
        partners: Arc::new(partners),
        layers: outline.layers,
        problems: Arc::new(problems),
    }
}

fn read_config(tree: &SourceTree, names: &Names, problems: &mut Vec<Diagnostic>) -> Option<Config> {
    let path = SourcePath::new("content/site.yaml");
    match tree.text(&path) {
        Some(file) => read_file(file, names, problems),
        None => {
            let message = "there is no content/site.yaml";
            problems.push(
                Diagnostic::error("no-site", Span::file(&path), message)
                    .help("run in the folder that holds content/, or name it with --root"),
            );
            None
        }
    }
}

/// Reads one YAML file as one value.
fn read_file<T: Read>(
    file: &Arc<SourceFile>,
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> Option<T> {
    let node = yaml::parse(file, 0..file.text.len()).into_value(problems)?;
    let mut reader = Reader::new(names);
    let value = T::read(&node, &mut reader);
    problems.append(&mut reader.problems);
    problems.append(&mut reader.missing);
    value
}

fn read_all<T: Read>(
    files: &BTreeMap<Slug, Arc<SourceFile>>,
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<Slug, T> {
    let read = |(slug, file): (&Slug, &Arc<SourceFile>)| {
        read_file(file, names, problems).map(|value| (slug.clone(), value))
    };
    files.iter().filter_map(read).collect()
}

/// A borough's folder is its site's name, so it cannot be `hub` or a language.
fn check_reserved(
    tree: &SourceTree,
    config: &Config,
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) {
    for slug in &names.boroughs {
        if slug.as_str() == "hub" || config.languages.contains(slug) {
            let path = SourcePath::new(&format!("content/boroughs/{slug}/borough.yaml"));
            let message = format!("a borough cannot be called `{slug}`");
            problems.push(
                Diagnostic::error("reserved-name", Span::file(&path), message)
                    .help("`hub` and the codes of languages are kept: rename the folder"),
            );
        }
    }
    let path = SourcePath::new("content/site.yaml");
    let known: Vec<&str> = names.boroughs.iter().map(Slug::as_str).collect();
    for borough in config.base_urls.keys().filter(|id| !known.contains(&id.as_str())) {
        let file = tree.text(&path);
        let place = file.and_then(|file| Some((file, file.text.find(&format!("{borough}:"))?)));
        let span =
            place.map_or_else(|| Span::file(&path), |(file, at)| file.span(at..at + borough.len()));
        let message = format!("`base_urls` names an unknown borough `{borough}`");
        problems.push(
            Diagnostic::error("unknown-name", span, message)
                .help(did_you_mean(borough, known.iter().copied())),
        );
    }
}
