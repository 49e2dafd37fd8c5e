//! Two pages that search results cannot tell apart.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Look, Rule, Whole};
use crate::content::layer::Layer;
use crate::diagnostic::{Severity, Span};

pub(super) const RULE: Rule = Rule {
    code: "duplicate-title",
    reason: "In lists and search results two pages with one title or summary cannot be told apart.",
    severity: Severity::Warning,
    explanation: "It finds two entries of one site with the same title, or the same summary. An entry \
        that adapts another is the same page and is left alone, and so are pages of two boroughs. \
        Change the one that stands in the higher layer.",
    look: Look::Whole(look),
};

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    let model = whole.model;
    let owners = std::iter::once(Layer::Shared)
        .chain(model.partners.keys().cloned().map(Layer::Partner))
        .chain(model.boroughs.keys().cloned().map(Layer::Borough));
    let mut told = BTreeSet::new();
    for owner in owners {
        let mut seen: BTreeMap<(&str, String), &crate::site::model::Entry> = BTreeMap::new();
        for entry in model.view(&owner).entries.values() {
            let common = entry.common();
            for (field, text) in [("title", &common.title), ("summary", &common.summary)] {
                let Some(first) = seen.insert((field, text.to_lowercase()), entry) else {
                    continue;
                };
                // The later file of the two is the one to change; a shared pair is told once.
                let pages = [first, entry].map(|entry| entry.pages.last());
                let [Some(one), Some(other)] = pages else { continue };
                let is_higher = first.provenance.top() > entry.provenance.top();
                let (keep, change) = if is_higher { (other, one) } else { (one, other) };
                if told.insert((field, keep.path.clone(), change.path.clone())) {
                    let node = model.project.document(change);
                    let at = node.as_ref().and_then(|node| node.get(field));
                    let span = at.map_or_else(|| Span::file(&change.path), |at| at.at.span());
                    let message = format!("{} has the same {field}", keep.path);
                    let help = format!("give each page a {field} of its own");
                    findings.push(Finding::new(span, message, help));
                }
            }
        }
    }
}
