//! Pages that nobody comes by.
//!
//! # How far a page is from home
//! Over the links that pages really have, three clicks at most, whatever an editor writes: lists
//! and the A to Z are one click from home, each page of them is one further, and each entry one
//! more (and then its Easy Read and its languages). That is a promise of the theme, and a test goes through whole sites to hold it. So the
//! rule does not count clicks; it finds pages to which *only* those ways lead, and which stand
//! behind the first page of their list, where somebody would have to know them to look for them.
//!
//! It works this out from what entries say, because to make every page and read its links would
//! cost a check as much as a build. It errs towards silence where a page names a need, an age or
//! an audience (it may stand far behind in that list too), and towards advice where only
//! `::: entries` or the newest on a home page lead to one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Finding, Look, Rule, Whole};
use crate::content::kinds::{EntryId, Kind, Payload};
use crate::content::layer::Layer;
use crate::content::markdown::{Body, Directive, LinkTarget, Piece, Shows};
use crate::diagnostic::{Severity, Span};
use crate::path::{Slug, normalise};
use crate::site::index::sort_key;
use crate::site::model::{Entry, Model};
use crate::site::routes::PER_PAGE;

pub(super) const RULE: Rule = Rule {
    code: "orphan",
    reason: "A page that only a long list leads to is read by nobody who does not know of it.",
    severity: Severity::Advice,
    explanation: "Every page is three clicks from home at most: by the list of its kind, or by the A to Z. \
        It finds pages to which nothing else leads, in the site of the borough or in London's: no \
        need, age or audience is named, no other page links there, and they are not among the \
        first hundred of their kind. Name its `needs`, `phases` or `audiences`, or link to it from \
        another page.",
    look: Look::Whole(look),
};

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    let model = whole.model;
    let owners = std::iter::once(Layer::Shared)
        .chain(model.partners.keys().cloned().map(Layer::Partner))
        .chain(model.boroughs.keys().cloned().map(Layer::Borough));
    for owner in owners {
        let entries = &model.view(&owner).entries;
        let own = entries.values().filter(|entry| *entry.provenance.top() == owner);
        let own: Vec<_> = own.filter(|entry| !is_near(entry)).collect();
        if own.is_empty() || entries.len() <= PER_PAGE {
            continue;
        }
        let linked: BTreeSet<EntryId> = entries.values().flat_map(|entry| links(entry)).collect();
        let places = places(model, &owner);
        for entry in own.into_iter().filter(|entry| !linked.contains(&entry.id)) {
            let place = places.get(&entry.id).copied().unwrap_or_default();
            if place >= PER_PAGE
                && let Some(written) = entry.pages.last()
            {
                let (page, list) = (1 + place / PER_PAGE, entry.id.kind.folder());
                let message = format!("only page {page} of /{list}/ and the A to Z lead here");
                let help = "name its `needs`, `phases` or `audiences`, or link to it";
                findings.push(Finding::new(Span::file(&written.path), message, help));
            }
        }
    }
}

/// Whether a page about a need, or for an age or an audience, leads there.
fn is_near(entry: &Entry) -> bool {
    let common = entry.common();
    let is_welcome = entry.id.kind == Kind::Welcome;
    is_welcome
        || !common.needs.is_empty()
        || !common.phases.is_empty()
        || !common.audiences.is_empty()
}

/// How many entries stand before each in the list of its kind: on the site of its borough, and
/// else in the hub, where partners come after what all share, one after the other.
fn places<'a>(model: &'a Model, owner: &Layer) -> BTreeMap<&'a EntryId, usize> {
    let earlier = |other: &Layer| match (other, owner) {
        (Layer::Partner(other), Layer::Partner(slug)) => other < slug,
        _ => false,
    };
    let partners = model.partners.keys().cloned().map(Layer::Partner).filter(earlier);
    let others = partners.map(|partner| {
        let entries = model.view(&partner).entries.values();
        entries.filter(|entry| *entry.provenance.top() == partner).collect::<Vec<_>>()
    });
    let mut lines: Vec<_> = others.flatten().collect();
    lines.extend(model.view(owner).entries.values());
    // What a borough brought itself comes first, then its partners', then what all share.
    let stands = |entry: &'a Entry| match owner {
        Layer::Borough(_) => (None, Some(Reverse(entry.provenance.layers.first()))),
        _ => (Some(entry.provenance.top()), None),
    };
    lines.sort_by_cached_key(|entry| (entry.id.kind, stands(entry), order(entry)));
    let mut before: BTreeMap<Kind, usize> = BTreeMap::new();
    let place = |entry: &'a Arc<Entry>| {
        let count = before.entry(entry.id.kind).or_default();
        *count += 1;
        (&entry.id, *count - 1)
    };
    lines.into_iter().map(place).collect()
}

/// What lists sort an owner's entries of a kind by: the newest first, else by title.
fn order(entry: &Entry) -> (Reverse<Option<jiff::civil::Date>>, String, &Slug) {
    let told = match entry.payload() {
        Payload::News(news) => Some(news.date),
        Payload::Feedback(feedback) => Some(feedback.date),
        _ => None,
    };
    (Reverse(told), sort_key(&entry.common().title), &entry.id.slug)
}

/// The entries that an entry's words lead to, in each of its versions.
fn links(entry: &Entry) -> Vec<EntryId> {
    let versions = entry.easy_read.iter().chain(entry.translations.values());
    let bodies = std::iter::once(&*entry.body).chain(versions.map(|version| &*version.body));
    let mut found: Vec<EntryId> = bodies.flat_map(|body| of_body(&entry.id, body)).collect();
    if let Payload::Provision(provision) = entry.payload() {
        let services = provision.ask_next.iter().map(|service| service.value.clone());
        found.extend(services.map(|slug| EntryId { kind: Kind::Service, slug }));
    }
    found
}

fn of_body(from: &EntryId, body: &Body) -> Vec<EntryId> {
    let notes = body.footnotes.iter().flat_map(|note| &note.pieces);
    let target = |piece: &Piece| match piece {
        Piece::LinkStart(link) | Piece::LinkTitle(link) => match &link.target {
            LinkTarget::Entry(path) => EntryId::parse(path),
            LinkTarget::Site(path) => EntryId::parse(path.trim_matches('/')),
            LinkTarget::File(path) => normalise(from.kind.folder(), path)
                .and_then(|path| EntryId::parse(path.strip_suffix(".md")?)),
            LinkTarget::Here => None,
        },
        Piece::Directive(directive) => shown(directive),
        _ => None,
    };
    body.pieces.iter().chain(notes).filter_map(target).collect()
}

/// The entry that a directive names.
fn shown(directive: &Directive) -> Option<EntryId> {
    let kind = match directive.shows {
        Shows::Contact => Kind::Service,
        Shows::Chart => Kind::Data,
        _ => return None,
    };
    Some(EntryId { kind, slug: Slug::parse(&directive.arguments.first()?.value).ok()? })
}
