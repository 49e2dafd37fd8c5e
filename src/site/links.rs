//! Where links lead.
//!
//! A link is looked up from the scope of the page it stands on, so the same words of the shared
//! layer lead to Barnet's version on Barnet's page. [`check`] goes over every link and every name
//! of another entry, and tells the broken ones at their place; a page that is made later can then
//! take each link for granted.

use std::collections::BTreeSet;

use super::model::{Entry, Version};
use super::place::{Home, Place, Scope};
use super::routes::Routes;
use crate::content::kinds::{EntryId, Kind, Payload};
use crate::content::layer::{Layer, LayerFile};
use crate::content::markdown::{Body, Directive, Image, Link, LinkTarget, Piece, Shows};
use crate::diagnostic::{Diagnostic, Span, did_you_mean};
use crate::path::{Slug, UrlPath, normalise, slugify};

/// What a link leads to.
#[derive(Clone, Debug)]
pub enum Target<'a> {
    /// A page of this site.
    Page(UrlPath, Option<&'a Home>),
    /// A file that is passed on.
    File(&'a Layer, &'a LayerFile, String),
    /// The page that the link stands on.
    Here,
    /// An entry that exists and is not shown here.
    Hidden(EntryId),
    /// Nothing: what is wrong, and what to do.
    Nothing(String, String),
}

/// Looks up links from one scope of a site.
#[derive(Clone, Copy)]
pub struct Finder<'a> {
    /// The site.
    pub place: &'a Place,
    /// Its routes.
    pub routes: &'a Routes,
    /// The scope.
    pub scope: &'a Scope,
}

impl<'a> Finder<'a> {
    /// Looks up a link that stands in the body of an entry.
    pub fn link(&self, from: &EntryId, link: &Link) -> Target<'a> {
        match &link.target {
            LinkTarget::Here => Target::Here,
            LinkTarget::Entry(path) => match EntryId::parse(path) {
                Some(id) => self.entry(&id),
                None => {
                    let folders: Vec<&str> = Kind::listed().map(Kind::folder).collect();
                    let help = format!(
                        "write the folder and the name, as in [[services/sendiass]]; folders: {}",
                        folders.join(", ")
                    );
                    Target::Nothing(format!("`{path}` is not the name of an entry"), help)
                }
            },
            LinkTarget::Site(path) => self.address(path),
            LinkTarget::File(path) => self.file(from, path),
        }
    }

    /// Looks up an entry.
    pub fn entry(&self, id: &EntryId) -> Target<'a> {
        if let Some(home) = self.scope.homes.get(id) {
            return Target::Page(home.url.clone(), Some(home));
        }
        let model = &self.place.model;
        if model.view(&self.scope.owner).hidden.contains(id) {
            return Target::Hidden(id.clone());
        }
        let known: Vec<String> = self.scope.homes.keys().map(EntryId::path).collect();
        let path = id.path();
        let help = did_you_mean(&path, known.iter().map(String::as_str));
        Target::Nothing(format!("there is no `{path}` here"), help)
    }

    /// Looks up an address from the site's root.
    fn address(&self, path: &str) -> Target<'a> {
        let path = path.trim_start_matches('/');
        if let Some(home) = EntryId::parse(path).and_then(|id| self.scope.homes.get(&id)) {
            return Target::Page(home.url.clone(), Some(home));
        }
        let folder = match path.is_empty() || path.ends_with('/') || path.contains('.') {
            true => path.to_owned(),
            false => format!("{path}/"),
        };
        let url = UrlPath::new(&folder);
        if self.routes.get(&url).is_some() {
            return Target::Page(url, None);
        }
        if let Some((layer, file)) = self.place.model.file(&self.scope.stack, path) {
            return Target::File(layer, file, path.to_owned());
        }
        if let Some(id) = EntryId::parse(path) {
            return self.entry(&id);
        }
        let known: Vec<String> = self.routes.iter().map(|route| route.url.to_string()).collect();
        let wrong = url.to_string();
        let help = did_you_mean(&wrong, known.iter().map(String::as_str));
        Target::Nothing(format!("no page has the address {wrong}"), help)
    }

    /// Looks up a picture that stands in the body of an entry.
    pub fn image(&self, from: &EntryId, image: &Image) -> Target<'a> {
        match image.address.strip_prefix('/') {
            Some(path) => self.address(path),
            None => self.file(from, &image.address),
        }
    }

    /// Looks up a path from an entry's folder: another page, or a file.
    pub fn file(&self, from: &EntryId, path: &str) -> Target<'a> {
        let Some(path) = within_layer(from, path) else {
            let help = "link to files of content/ only".to_owned();
            return Target::Nothing(format!("`{path}` lies outside the content"), help);
        };
        if let Some(stem) = path.strip_suffix(".md") {
            let id = match stem {
                "index" => return Target::Page(self.scope.prefix.clone(), None),
                stem => EntryId::parse(stem),
            };
            return match id {
                Some(id) => self.entry(&id),
                None => {
                    let help = "link to a page as in ../services/sendiass.md".to_owned();
                    Target::Nothing(format!("`{path}` is not the path of a page"), help)
                }
            };
        }
        match self.place.model.file(&self.scope.stack, &path) {
            Some((layer, file)) => Target::File(layer, file, path),
            None if !path.contains('.') => self.address(&path),
            None => {
                let files = self
                    .scope
                    .stack
                    .iter()
                    .filter_map(|layer| self.place.model.project.layers.get(layer));
                let known: Vec<&str> =
                    files.flat_map(|content| content.files.keys().map(String::as_str)).collect();
                let help = did_you_mean(&path, known);
                Target::Nothing(format!("there is no file `{path}`"), help)
            }
        }
    }
}

/// A path written in an entry's file as a path within a layer: `provision/autism.md`. Paths that
/// go through the folders of another layer are understood as well.
fn within_layer(from: &EntryId, path: &str) -> Option<String> {
    if let Some(path) = normalise(from.kind.folder(), path) {
        return Some(path);
    }
    // `../../../london/services/x.md` from a borough's folder: find the layer it names.
    let from = format!("content/boroughs/x/{}", from.kind.folder());
    let path = normalise(&from, path)?;
    let rest = path.strip_prefix("content/")?;
    let parts: Vec<&str> = rest.splitn(3, '/').collect();
    match parts.as_slice() {
        ["boroughs" | "partners", _, rest] => Some((*rest).to_owned()),
        ["london", ..] => Some(rest.trim_start_matches("london/").to_owned()),
        _ => None,
    }
}

/// The anchors of an entry's page: its headings and its items.
pub fn anchors(entry: &Entry) -> BTreeSet<String> {
    let mut anchors: BTreeSet<String> =
        entry.body.anchors.iter().map(|anchor| anchor.name.clone()).collect();
    let ids: Vec<&Slug> = match entry.payload() {
        Payload::Provision(provision) => {
            let strategies = provision.strategies.iter().map(|item| &item.id);
            provision.expectations.iter().map(|item| &item.id).chain(strategies).collect()
        }
        Payload::Guide(guide) => guide.steps.iter().map(|item| &item.id).collect(),
        Payload::Toolkit(toolkit) => toolkit.items.iter().map(|item| &item.id).collect(),
        _ => Vec::new(),
    };
    anchors.extend(ids.into_iter().map(Slug::to_string));
    anchors
}

/// The anchor of a word in the glossary.
pub fn term_anchor(term: &str) -> String {
    slugify(term)
}

/// Goes over every link of every page of a site, and every name of another entry.
pub fn check(place: &Place, routes: &Routes) -> Vec<Diagnostic> {
    use rayon::prelude::*;
    let pages: Vec<(&Scope, &Home)> = place.pages().collect();
    let found = pages
        .par_iter()
        .flat_map_iter(|(scope, home)| check_entry(place, routes, scope.at(), &home.entry.id));
    found.collect()
}

/// Goes over every link of one entry.
pub fn check_entry(place: &Place, routes: &Routes, scope: usize, id: &EntryId) -> Vec<Diagnostic> {
    let scope = place.scopes.get(scope);
    let Some((scope, home)) = scope.and_then(|scope| Some((scope, scope.homes.get(id)?))) else {
        return Vec::new();
    };
    let finder = Finder { place, routes, scope };
    let mut checker = Checker { finder, entry: &home.entry, problems: Vec::new() };
    checker.entry();
    checker.problems
}

struct Checker<'a> {
    finder: Finder<'a>,
    entry: &'a Entry,
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn entry(&mut self) {
        let entry = self.entry;
        self.body(&entry.body);
        let versions = entry.easy_read.iter().chain(entry.translations.values());
        for version in versions {
            let version: &Version = version;
            self.body(&version.body);
        }
        match entry.payload() {
            Payload::Provision(provision) => {
                for service in &provision.ask_next {
                    self.service(&service.value, &service.span);
                }
            }
            Payload::Toolkit(toolkit) => {
                for file in toolkit.items.iter().filter_map(|item| item.file.as_ref()) {
                    self.path(&file.value, &file.span);
                }
            }
            Payload::Service(service) => {
                let form = service.referral.as_ref().and_then(|referral| referral.form.as_ref());
                if let Some(form) = form.filter(|form| !form.value.contains("://")) {
                    self.path(&form.value, &form.span);
                }
            }
            _ => {}
        }
    }

    fn body(&mut self, body: &Body) {
        let notes = body.footnotes.iter().flat_map(|note| &note.pieces);
        for piece in body.pieces.iter().chain(notes) {
            match piece {
                Piece::LinkStart(link) | Piece::LinkTitle(link) => self.link(link),
                Piece::Image(image) => self.image(image),
                Piece::Directive(directive) => self.directive(directive),
                _ => {}
            }
        }
    }

    fn link(&mut self, link: &Link) {
        let target = self.finder.link(&self.entry.id, link);
        let anchor = link.anchor.as_deref().filter(|anchor| !anchor.is_empty());
        if let (Some(anchor), Some(known)) = (anchor, self.known_anchors(&target)) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            if !known.contains(&anchor) {
                let message = format!("the page has no part `#{anchor}`");
                self.problems.push(
                    Diagnostic::error("broken-anchor", link.span.clone(), message)
                        .help(did_you_mean(anchor, known)),
                );
            }
        }
        self.target(&target, &link.span);
    }

    /// The anchors of what a link leads to, where they are known.
    fn known_anchors(&self, target: &Target<'_>) -> Option<BTreeSet<String>> {
        match target {
            Target::Here => Some(anchors(self.entry)),
            Target::Page(_, Some(home)) => Some(anchors(&home.entry)),
            Target::Page(url, None) if url.as_str() == "glossary/" => {
                let glossary = &self.finder.place.model.project.vocabulary.glossary;
                Some(glossary.iter().map(|term| term_anchor(&term.term)).collect())
            }
            _ => None,
        }
    }

    fn target(&mut self, target: &Target<'_>, span: &Span) {
        match target {
            Target::Nothing(message, help) => self.problems.push(
                Diagnostic::error("broken-link", span.clone(), message.clone()).help(help.clone()),
            ),
            Target::Hidden(id) => {
                let site = &self.finder.scope.owner;
                let message =
                    format!("`{id}` is not shown in {site}: the link is plain words there");
                self.problems.push(
                    Diagnostic::warning("hidden-link", span.clone(), message)
                        .help("show the entry, or give the borough words of its own"),
                );
            }
            _ => {}
        }
    }

    fn path(&mut self, path: &str, span: &Span) {
        let target = self.finder.file(&self.entry.id, path);
        self.target(&target, span);
    }

    fn image(&mut self, image: &Image) {
        match self.finder.image(&self.entry.id, image) {
            Target::File(..) => {}
            Target::Nothing(message, help) => self
                .problems
                .push(Diagnostic::error("broken-image", image.span.clone(), message).help(help)),
            _ => self.problems.push(
                Diagnostic::error("broken-image", image.span.clone(), "this is not a picture")
                    .help("save the picture beside the page or in files/"),
            ),
        }
    }

    fn service(&mut self, slug: &Slug, span: &Span) {
        let id = EntryId { kind: Kind::Service, slug: slug.clone() };
        let target = self.finder.entry(&id);
        self.target(&target, span);
    }

    fn directive(&mut self, directive: &Directive) {
        let names = &self.finder.place.model.project.names;
        let problems = &mut self.problems;
        for argument in &directive.arguments {
            let known: Vec<&str> = match argument.name {
                "need" => names.needs.iter().map(Slug::as_str).collect(),
                "phase" => names.phases.iter().map(Slug::as_str).collect(),
                "tier" => names.tiers.iter().map(Slug::as_str).collect(),
                "topic" => names.topics.iter().map(Slug::as_str).collect(),
                "kind" if Kind::parse(&argument.value).is_some() => continue,
                "kind" => Kind::listed().map(Kind::folder).collect(),
                _ => continue,
            };
            if !known.contains(&argument.value.as_str()) {
                let message = format!("unknown {} `{}`", argument.name, argument.value);
                let problem = Diagnostic::error("unknown-name", argument.span.clone(), message);
                problems.push(problem.help(did_you_mean(&argument.value, known)));
            }
        }
        let kind = match directive.shows {
            Shows::Contact => Kind::Service,
            Shows::Chart => Kind::Data,
            _ => return,
        };
        let Some(named) = directive.arguments.first() else { return };
        let target = match Slug::parse(&named.value) {
            Ok(slug) => self.finder.entry(&EntryId { kind, slug }),
            Err(sound) => Target::Nothing(
                format!("`{}` cannot be the name of an entry", named.value),
                format!("did you mean `{sound}`?"),
            ),
        };
        self.target(&target, &named.span);
    }
}
