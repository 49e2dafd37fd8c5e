//! Pages that nobody comes by, and pages that are far from home.

use std::collections::BTreeSet;

use super::{Finding, Look, Rule, Whole};
use crate::content::kinds::{EntryId, Kind, Payload};
use crate::content::layer::Layer;
use crate::content::markdown::{LinkTarget, Piece};
use crate::diagnostic::{Severity, Span};
use crate::path::normalise;
use crate::site::model::Entry;
use crate::site::routes::PER_PAGE;

pub(super) const RULE: Rule = Rule {
    code: "orphan",
    reason: "Families complain of pages five or six clicks deep: every page should be three from home at most.",
    severity: Severity::Advice,
    explanation: "A page is found from home through its need, its age or its audience, which are one \
        click away, or through the list of its kind. It finds pages to which none of those leads \
        within three clicks and no other page links, in the site of the borough or in London's. Name \
        its `needs`, `phases` or `audiences`, or link to it from another page.",
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
        if own.is_empty() {
            continue;
        }
        let linked: BTreeSet<EntryId> = entries.values().flat_map(|entry| links(entry)).collect();
        for entry in own {
            // The list is one click away, each further page of it another, the entry one more.
            let of_kind = entries.keys().filter(|id| id.kind == entry.id.kind);
            let place = of_kind.take_while(|id| **id != entry.id).count();
            let clicks = 2 + place / PER_PAGE;
            if clicks > 3
                && !linked.contains(&entry.id)
                && let Some(page) = entry.pages.last()
            {
                let message =
                    format!("this page is {clicks} clicks from home, and no page links to it");
                let help = "name its `needs`, `phases` or `audiences`, or link to it";
                findings.push(Finding::new(Span::file(&page.file.path), message, help));
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

/// The entries that an entry's words lead to.
fn links(entry: &Entry) -> Vec<EntryId> {
    let mut found = Vec::new();
    for piece in &entry.body.pieces {
        let (Piece::LinkStart(link) | Piece::LinkTitle(link)) = piece else { continue };
        found.extend(match &link.target {
            LinkTarget::Entry(path) => EntryId::parse(path),
            LinkTarget::Site(path) => EntryId::parse(path),
            LinkTarget::File(path) => normalise(entry.id.kind.folder(), path)
                .and_then(|path| EntryId::parse(path.strip_suffix(".md")?)),
            LinkTarget::Here => None,
        });
    }
    if let Payload::Provision(provision) = entry.payload() {
        let services = provision.ask_next.iter().map(|service| service.value.clone());
        found.extend(services.map(|slug| EntryId { kind: Kind::Service, slug }));
    }
    found
}
