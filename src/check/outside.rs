//! Links to other sites: which there are, and what came of asking them.

use std::collections::{BTreeMap, BTreeSet};

use super::subject::{Subject, values_of};
use super::{Finding, Look, Rule, Whole};
use crate::content::tree::{Loaded, SourceTree};
use crate::content::yaml;
use crate::diagnostic::{Severity, Span};
use crate::site::model::Model;

pub(super) const BROKEN: Rule = Rule {
    code: "outside-link",
    reason: "A dead link sends a family away with nothing.",
    severity: Severity::Warning,
    explanation: "With --external each address of another site is asked. It finds those that answer \
        with an error or not at all. Find where the page has gone, or take the link away.",
    look: Look::Whole(broken),
};

pub(super) const MOVED: Rule = Rule {
    code: "outside-moved",
    reason: "A page that has moved for good will one day not be forwarded any more.",
    severity: Severity::Advice,
    explanation: "With --external: it finds addresses that lead on to another one for good (status 301 \
        or 308 all the way). Write the new address. What only leads on for now is left alone.",
    look: Look::Whole(moved),
};

pub(super) const NOT_ASKED: Rule = Rule {
    code: "outside-not-asked",
    reason: "A link that could not be asked may be dead: somebody has to look.",
    severity: Severity::Advice,
    explanation: "With --external: it finds addresses that were not asked, because the site's \
        robots.txt asks not to, or because they belong to a private network. Open them yourself.",
    look: Look::Whole(not_asked),
};

/// What came of asking an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is there.
    Fine,
    /// It is there under this other address, for good.
    Moved(String),
    /// It is not there: why.
    Broken(String),
    /// It was not asked: why.
    NotAsked(String),
}

/// What came of asking, by address; empty where nobody asked.
pub type Answers = BTreeMap<String, Answer>;

/// Every address of another site that pages, borough.yaml and partner.yaml name.
pub fn addresses(model: &Model, tree: &SourceTree) -> Vec<String> {
    let subjects = super::subject::subjects(model);
    let of_pages = subjects.iter().flat_map(places);
    let all: BTreeSet<String> =
        of_pages.chain(own_files(tree)).map(|(address, _)| address).collect();
    all.into_iter().collect()
}

fn is_outside(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

fn places(subject: &Subject<'_>) -> Vec<(String, Span)> {
    let links = subject.prose.links.iter().filter(|link| is_outside(&link.address));
    let links = links.map(|link| (link.address.clone(), subject.span(link.range.clone())));
    let fields = ["url", "website", "form"].into_iter().flat_map(|name| subject.values(name));
    let fields = fields.filter_map(|node| Some((node.text()?.to_owned(), node.at.span())));
    links.chain(fields.filter(|(address, _)| is_outside(address))).collect()
}

fn own_files(tree: &SourceTree) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for (_, path, loaded) in tree.below("content") {
        let Loaded::Text(file) = loaded else { continue };
        if !["borough.yaml", "partner.yaml"].contains(&path.file_name()) {
            continue;
        }
        let Some(node) = yaml::parse(file, 0..file.text.len()).value else { continue };
        for name in ["url", "website"] {
            let nodes = values_of(&node, name).into_iter();
            let named = nodes.filter_map(|node| Some((node.text()?.to_owned(), node.at.span())));
            found.extend(named.filter(|(address, _)| is_outside(address)));
        }
    }
    found
}

/// Goes over every place of every address that was asked.
fn each(whole: &Whole<'_>, mut tell: impl FnMut(&str, Span, &Answer)) {
    if whole.answers.is_empty() {
        return;
    }
    let of_pages = whole.subjects.iter().flat_map(places);
    for (address, span) in of_pages.chain(own_files(whole.tree)) {
        if let Some(answer) = whole.answers.get(&address) {
            tell(&address, span, answer);
        }
    }
}

fn broken(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    each(whole, |address, span, answer| {
        if let Answer::Broken(why) = answer {
            let help = "find where the page has gone, or take the link away";
            findings.push(Finding::new(span, format!("{address} is not there: {why}"), help));
        }
    });
}

fn moved(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    each(whole, |address, span, answer| {
        if let Answer::Moved(to) = answer {
            let message = format!("{address} has moved for good");
            findings.push(Finding::new(span, message, format!("write the new address: {to}")));
        }
    });
}

fn not_asked(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    each(whole, |address, span, answer| {
        if let Answer::NotAsked(why) = answer {
            let message = format!("{address} was not asked: {why}");
            findings.push(Finding::new(span, message, "open it yourself"));
        }
    });
}
