//! Links to other sites: which there are, and what came of asking them.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::subject::{self, Subject, Written};
use super::{Finding, Look, Rule};
use crate::content::tree::SourceTree;
use crate::diagnostic::{Severity, Span};
use crate::site::model::Model;

pub(super) const BROKEN: Rule = Rule {
    code: "outside-link",
    reason: "A dead link sends a family away with nothing.",
    severity: Severity::Warning,
    explanation: "With --external each address of another site is asked. It finds those that answer \
        with an error or not at all. Find where the page has gone, or take the link away.",
    look: Look::Written(broken),
};

pub(super) const MOVED: Rule = Rule {
    code: "outside-moved",
    reason: "A page that has moved for good will one day not be forwarded any more.",
    severity: Severity::Advice,
    explanation: "With --external: it finds addresses that lead on to another one for good (status 301 \
        or 308 all the way). Write the new address. What only leads on for now is left alone.",
    look: Look::Written(moved),
};

pub(super) const NOT_ASKED: Rule = Rule {
    code: "outside-not-asked",
    reason: "A link that could not be asked may be dead: somebody has to look.",
    severity: Severity::Advice,
    explanation: "With --external: it finds addresses that were not asked, because the site's \
        robots.txt asks not to, or because they belong to a private network. Open them yourself.",
    look: Look::Written(not_asked),
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
    let answers = &Answers::new();
    let of = |written: &Written<'_>| -> Vec<String> {
        places(written).map(|(address, _)| address.to_owned()).collect()
    };
    let pages = subject::pages(model).into_par_iter();
    let of_pages = pages.filter_map(|page| Some(of(&Subject::new(model, page)?.written(answers))));
    let mut all: BTreeSet<String> = of_pages.flatten_iter().collect();
    for node in subject::own_files(tree) {
        all.extend(of(&Written { node: &node, body: None, answers }));
    }
    all.into_iter().collect()
}

/// The addresses of other sites that a file names.
fn places<'a>(written: &Written<'a>) -> impl Iterator<Item = (&'a str, Span)> {
    let fields = written.values(&["url", "website", "form"]);
    let fields = fields.filter_map(|node| Some((node.text()?, node.at.span())));
    let all = written.links().chain(fields);
    all.filter(|(address, _)| address.starts_with("https://") || address.starts_with("http://"))
}

/// The places of addresses that were asked, each with what came of it.
fn asked<'a>(written: &Written<'a>) -> impl Iterator<Item = (&'a str, Span, &'a Answer)> {
    let answers = written.answers;
    places(written).filter_map(|(address, span)| Some((address, span, answers.get(address)?)))
}

fn broken(written: &Written<'_>, findings: &mut Vec<Finding>) {
    for (address, span, answer) in asked(written) {
        if let Answer::Broken(why) = answer {
            let help = "find where the page has gone, or take the link away";
            findings.push(Finding::new(span, format!("{address} is not there: {why}"), help));
        }
    }
}

fn moved(written: &Written<'_>, findings: &mut Vec<Finding>) {
    for (address, span, answer) in asked(written) {
        if let Answer::Moved(to) = answer {
            let message = format!("{address} has moved for good");
            findings.push(Finding::new(span, message, format!("write the new address: {to}")));
        }
    }
}

fn not_asked(written: &Written<'_>, findings: &mut Vec<Finding>) {
    for (address, span, answer) in asked(written) {
        if let Answer::NotAsked(why) = answer {
            let message = format!("{address} was not asked: {why}");
            findings.push(Finding::new(span, message, "open it yourself"));
        }
    }
}
