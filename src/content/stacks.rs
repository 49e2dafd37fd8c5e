//! Partners and boroughs, each with the stack of layers that its site is put together from.

use std::collections::BTreeMap;

use super::config::{BoroughFile, PartnerFile};
use super::fields::Placed;
use super::layer::Layer;
use super::layout::Outline;
use super::names::Names;
use crate::diagnostic::{Diagnostic, Span, did_you_mean};
use crate::path::Slug;

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

/// Puts the layers of partners and boroughs on each other, as their own files say.
pub(super) fn stack(
    outline: &Outline,
    (partner_files, borough_files): (BTreeMap<Slug, PartnerFile>, BTreeMap<Slug, BoroughFile>),
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> (BTreeMap<Slug, Partner>, BTreeMap<Slug, Borough>) {
    let below = partner_files
        .iter()
        .map(|(slug, file)| (slug.clone(), known_layers(&file.layers, names, problems)))
        .collect();
    let mut stack = |own: &Slug, top: Layer, layers: &[Placed<String>]| {
        let named = match &top {
            Layer::Partner(_) => vec![(own.clone(), Span::file(&outline.partners[own].path))],
            _ => known_layers(layers, names, problems),
        };
        let mut stack = vec![Layer::Shared];
        expand(&named, &below, &mut Vec::new(), &mut stack, problems);
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
    (partners, boroughs.collect())
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
