//! From the source tree to a [`Project`]: everything that the files say, read once.
//!
//! 1. The small files and the vocabularies, so that all names are known.
//! 2. The stack of layers of each borough.
//! 3. Every page, in parallel: front matter, fields, body.
//!
//! Layers are not merged here, and no file waits for another's mistakes to be mended.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::common::Part;
use super::config::{BoroughFile, Config, PartnerFile};
use super::fields::{Placed, Read, Reader};
use super::layer::{self, Layer, LayerContent, LayerFile, Page, Variant};
use super::layout::{self, PageFile};
use super::names::Names;
use super::source::SourceFile;
use super::tree::{Loaded, SourceTree};
use super::vocabulary::{self, Vocabulary};
use super::{front_matter, markdown, yaml};
use crate::diagnostic::{Checked, Diagnostic, Span, did_you_mean};
use crate::path::{Slug, SourcePath};

/// Everything that the files say.
#[derive(Debug)]
pub struct Project {
    /// `site.yaml`.
    pub config: Config,
    /// The vocabularies.
    pub vocabulary: Vocabulary,
    /// Every name that exists.
    pub names: Names,
    /// What each layer holds.
    pub layers: BTreeMap<Layer, LayerContent>,
    /// The boroughs.
    pub boroughs: BTreeMap<Slug, Borough>,
    /// The partners.
    pub partners: BTreeMap<Slug, Partner>,
}

/// One authority.
#[derive(Debug)]
pub struct Borough {
    /// `borough.yaml`.
    pub file: BoroughFile,
    /// Its layers, lowest first.
    pub stack: Vec<Layer>,
}

/// A provider that serves several boroughs.
#[derive(Debug)]
pub struct Partner {
    /// `partner.yaml`.
    pub file: PartnerFile,
    /// Its layers, lowest first.
    pub stack: Vec<Layer>,
}

/// Reads a source tree. `None` when there is no `site.yaml` to begin with.
pub fn parse(tree: &SourceTree) -> Checked<Option<Project>> {
    let mut problems = Vec::new();
    let layout = layout::sort(tree).into_value(&mut problems);
    let files = vocabulary::Files::parse(&layout.vocabulary).into_value(&mut problems);
    let mut names = files.names();
    names.boroughs = layout.boroughs.keys().cloned().collect();
    names.partners = layout.partners.keys().cloned().collect();

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
    let partner_files = read_all::<PartnerFile>(&layout.partners, &names, &mut problems);
    let borough_files = read_all::<BoroughFile>(&layout.boroughs, &names, &mut problems);
    let below = partner_files
        .iter()
        .map(|(slug, file)| (slug.clone(), known_layers(&file.layers, &names, &mut problems)))
        .collect();
    let mut stack = |own: &Slug, top: Layer, layers: &[Placed<String>]| {
        let named = match &top {
            Layer::Partner(_) => vec![(own.clone(), Span::file(&layout.partners[own].path))],
            _ => known_layers(layers, &names, &mut problems),
        };
        let mut stack = vec![Layer::Shared];
        expand(&named, &below, &mut Vec::new(), &mut stack, &mut problems);
        if matches!(top, Layer::Borough(_)) {
            stack.push(top);
        }
        stack
    };
    let partners = partner_files.into_iter().map(|(slug, file)| {
        let stack = stack(&slug, Layer::Partner(slug.clone()), &file.layers);
        (slug, Partner { file, stack })
    });
    let partners = partners.collect();
    let boroughs = borough_files.into_iter().map(|(slug, file)| {
        let stack = stack(&slug, Layer::Borough(slug.clone()), &file.layers);
        (slug, Borough { file, stack })
    });
    let boroughs = boroughs.collect();

    let layers = read_layers(tree, &layout, &names, &mut problems);
    let project =
        config.map(|config| Project { config, vocabulary, names, layers, boroughs, partners });
    Checked { value: project, problems }
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

/// The partner layers that a file names, as far as they exist.
fn known_layers(
    layers: &[Placed<String>],
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(Slug, Span)> {
    let mut known: Vec<(Slug, Span)> = Vec::new();
    for layer in layers {
        match names.partners.iter().find(|slug| slug.as_str() == layer.value) {
            Some(slug) if known.iter().any(|(first, _)| first == slug) => {
                let message = format!("the layer `{slug}` stands twice");
                problems.push(
                    Diagnostic::error("layer-twice", layer.span.clone(), message)
                        .help("name each layer once"),
                );
            }
            Some(slug) => known.push((slug.clone(), layer.span.clone())),
            None => {
                let partners = names.partners.iter().map(Slug::as_str);
                let help = match names.boroughs.iter().any(|b| b.as_str() == layer.value) {
                    true => "only partners can be layers; a borough's own layer is always there"
                        .to_owned(),
                    false => did_you_mean(&layer.value, partners),
                };
                let message = format!("unknown partner layer `{}`", layer.value);
                problems.push(
                    Diagnostic::error("unknown-layer", layer.span.clone(), message).help(help),
                );
            }
        }
    }
    known
}

/// Adds partners and the partners below them to a stack, lowest first, and tells cycles.
fn expand(
    named: &[(Slug, Span)],
    below: &BTreeMap<Slug, Vec<(Slug, Span)>>,
    path: &mut Vec<Slug>,
    stack: &mut Vec<Layer>,
    problems: &mut Vec<Diagnostic>,
) {
    for (slug, span) in named {
        if path.contains(slug) {
            let chain: Vec<&str> = path.iter().chain([slug]).map(Slug::as_str).collect();
            let message = format!("the layers go round in a circle: {}", chain.join(" → "));
            problems.push(
                Diagnostic::error("layer-cycle", span.clone(), message)
                    .help("take one of them out of `layers`"),
            );
            continue;
        }
        let layer = Layer::Partner(slug.clone());
        if stack.contains(&layer) {
            continue;
        }
        path.push(slug.clone());
        expand(below.get(slug).map_or(&[], Vec::as_slice), below, path, stack, problems);
        path.pop();
        stack.push(layer);
    }
}

/// Reads every page of every layer, in parallel.
fn read_layers(
    tree: &SourceTree,
    layout: &layout::Layout,
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<Layer, LayerContent> {
    let mut layers: BTreeMap<Layer, LayerContent> = BTreeMap::new();
    for (layer, rest, path, loaded) in &layout.files {
        let content = layers.entry(layer.clone()).or_default();
        let file = LayerFile { path: (*path).clone(), loaded: (*loaded).clone() };
        content.files.insert((*rest).to_owned(), file);
    }
    let read: Vec<Checked<Option<Page>>> =
        layout.pages.par_iter().map(|page| read_page(page, tree, names)).collect();
    for page in read {
        let Some(page) = page.into_value(problems) else { continue };
        let content = layers.entry(page.layer.clone()).or_default();
        let versions = content.entries.entry(page.id.clone()).or_default();
        let place = match &page.variant {
            Variant::Main => versions.main.replace(Arc::new(page)),
            Variant::EasyRead => versions.easy_read.replace(Arc::new(page)),
            Variant::Translation(language) => {
                versions.translations.insert(language.clone(), Arc::new(page))
            }
        };
        if let Some(first) = place {
            let message = format!("two files are `{}`: this one and another", first.id);
            problems.push(
                Diagnostic::error("same-address", Span::file(&first.file.path), message)
                    .help("English needs no `.en` in its name: keep one of the two files"),
            );
        }
    }
    layers
}

/// Reads one page as far as it can be read alone.
fn read_page(page: &PageFile<'_>, tree: &SourceTree, names: &Names) -> Checked<Option<Page>> {
    let mut problems = Vec::new();
    let file = page.file;
    let variant = match layout::variant(page, names) {
        Ok(variant) => variant,
        Err(problem) => return Checked { value: None, problems: vec![problem] },
    };
    let parts = match front_matter::split(file) {
        Ok(parts) => parts,
        Err(problem) => return Checked { value: None, problems: vec![problem] },
    };
    let tables = find_tables(page, parts.front_matter.clone(), tree, &mut problems);
    let range = parts.front_matter.clone();
    let node = layer::document(file, range, page.id.kind, &tables).into_value(&mut problems);
    let body = markdown::compile(file, parts.body).into_value(&mut problems);
    let Some(node) = node else { return Checked { value: None, problems } };
    let (fields, mut found) = layer::read_fields(&page.id, &node, names);
    problems.append(&mut found.problems);
    // Its problems have just been told by `read_fields`, which goes over the same fields.
    let part = Part::read_fields(&node, &mut Reader::new(names));
    let Some(part) = part else { return Checked { value: None, problems } };
    let page = Page {
        file: file.clone(),
        layer: page.layer.clone(),
        id: page.id.clone(),
        variant,
        front_matter: parts.front_matter,
        tables,
        part,
        fields: fields.map(Arc::new),
        missing: found.missing,
        body: Arc::new(body),
    };
    Checked { value: Some(page), problems }
}

/// The CSV file that a front matter names, beside the page or below its folder.
fn find_tables(
    page: &PageFile<'_>,
    front_matter: std::ops::Range<usize>,
    tree: &SourceTree,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Arc<SourceFile>> {
    let mut tables = BTreeMap::new();
    let Some(field) = layer::table_field(page.id.kind) else { return tables };
    let parsed = yaml::parse(page.file, front_matter).value;
    let Some(node) = parsed.as_ref().and_then(|node| node.get(field)) else { return tables };
    let Some(name) = node.text() else { return tables };
    let path = page.file.path.join_sibling(name);
    match path.as_ref().and_then(|path| tree.get(path)) {
        Some(Loaded::Text(file)) if name.ends_with(".csv") => {
            tables.insert(name.to_owned(), file.clone());
        }
        _ => {
            let message = format!("there is no table `{name}` beside this page");
            let problem = Diagnostic::error("no-table", node.at.span(), message);
            problems.push(problem.help("save it as CSV in the same folder, or write a list here"));
        }
    }
    tables
}
