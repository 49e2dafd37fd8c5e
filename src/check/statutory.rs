//! Statutory headings that a borough says nothing about.

use super::{Finding, Look, Rule, Whole, borough_file};
use crate::content::layer::Layer;
use crate::diagnostic::Severity;
use crate::path::Slug;
use crate::site::coverage::{Coverage, Status, coverage};

pub(super) const MISSING: Rule = Rule {
    code: "statutory-heading",
    reason: "Schedule 2 of the SEND Regulations 2014 names what a Local Offer must hold.",
    severity: Severity::Advice,
    explanation: "It finds boroughs in which no page, own or shared, names a heading of \
        vocabulary/local-offer.yaml in `local_offer`, or in which each that does is overdue. `check \
        --coverage text` lists all. It can say published or missing; whether the law is complied \
        with, only people can.",
    look: Look::Whole(missing),
};

pub(super) const OUT_OF_AREA: Rule = Rule {
    code: "out-of-area",
    reason: "Families near a border need to know what there is on the other side (Schedule 2, paragraph 2).",
    severity: Severity::Advice,
    explanation: "It finds boroughs without a page of their own, or of their partner, under the \
        heading `provision-out-of-area`. Add `local_offer: [provision-out-of-area]` to a page about \
        schools and services outside the borough.",
    look: Look::Whole(out_of_area),
};

pub(super) const OFFLINE: Rule = Rule {
    code: "offline-route",
    reason: "People without the internet must be able to get a copy (SEND Regulations 2014, Part 4).",
    severity: Severity::Advice,
    explanation: "It finds boroughs without a page of their own, or of their partner, under the \
        heading `offline-copy`. Add `local_offer: [offline-copy]` to the page that says where to ask \
        for a paper copy.",
    look: Look::Whole(offline),
};

const OUT_OF_AREA_HEADING: &str = "provision-out-of-area";
const OFFLINE_HEADING: &str = "offline-copy";

/// Every borough with its name and how it stands with each heading.
fn boroughs<'w>(
    whole: &'w Whole<'_>,
) -> impl Iterator<Item = (&'w Slug, &'w str, Vec<Coverage<'w>>)> {
    whole.model.project.boroughs.iter().map(|(slug, borough)| {
        let lines = coverage(whole.model, &Layer::Borough(slug.clone()));
        (slug, &*borough.file.name, lines)
    })
}

fn missing(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    for (slug, name, lines) in boroughs(whole) {
        for (status, words) in [(Status::Missing, "missing"), (Status::OutOfDate, "out of date")] {
            let ids: Vec<&str> = (lines.iter())
                .filter(|line| line.status == status)
                .map(|line| line.heading.item.id.as_str())
                .collect();
            if ids.is_empty() {
                continue;
            }
            let verb = if ids.len() == 1 { "is" } else { "are" };
            let (some, all) = (ids.len(), lines.len());
            let message = format!("{some} of {all} statutory headings {verb} {words} in {name}");
            let help =
                format!("name them in `local_offer` of the pages about them: {}", ids.join(", "));
            findings.push(Finding::new(borough_file(slug), message, help));
        }
    }
}

fn out_of_area(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    own_page(whole, findings, OUT_OF_AREA_HEADING, "what there is outside the borough");
}

fn offline(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    own_page(whole, findings, OFFLINE_HEADING, "how people without the internet get a copy");
}

/// Finds boroughs without a page of their own under a heading, where the vocabulary has it.
fn own_page(whole: &Whole<'_>, findings: &mut Vec<Finding>, id: &str, what: &str) {
    for (slug, name, lines) in boroughs(whole) {
        let line = lines.iter().find(|line| line.heading.item.id.as_str() == id);
        if line.is_some_and(|line| line.status != Status::Published) {
            let message = format!("no page of {name} says {what}");
            let help = format!("add one with `local_offer: [{id}]`");
            findings.push(Finding::new(borough_file(slug), message, help));
        }
    }
}
