//! Sites without an accessibility statement that is in date.

use std::collections::BTreeMap;

use super::{Finding, Look, Rule, Whole};
use crate::content::kinds::{EntryId, Kind};
use crate::diagnostic::{Severity, Span};
use crate::path::{Slug, SourcePath};
use crate::site::coverage::is_in_date;

pub(super) const RULE: Rule = Rule {
    code: "accessibility-statement",
    reason: "Each public body's site needs a statement (Accessibility Regulations 2018), kept in date.",
    severity: Severity::Warning,
    explanation: "It finds sites without a guide called `accessibility-statement`, shared or their \
        own, or with one whose review is overdue. Whether the statement is true, it cannot say.",
    look: Look::Whole(look),
};

/// The name of the guide, by which the sites' own links know it too.
const STATEMENT: &str = "accessibility-statement";

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    let Ok(slug) = Slug::parse(STATEMENT) else { return };
    let id = EntryId { kind: Kind::Guide, slug };
    let mut lacking: BTreeMap<Span, Vec<&str>> = BTreeMap::new();
    for (borough, view) in &whole.model.boroughs {
        let name = whole.model.project.boroughs[borough].file.name.as_str();
        match view.entries.get(&id) {
            Some(entry) if is_in_date(entry, whole.model.day.today) => {}
            Some(entry) => {
                let file = entry.pages.last().map(|page| Span::file(&page.path));
                lacking.entry(file.unwrap_or_else(site_file)).or_default().push(name);
            }
            None => lacking.entry(site_file()).or_default().push(name),
        }
    }
    for (span, names) in lacking {
        let sites = match names.as_slice() {
            [one] => format!("the site of {one} has"),
            many => format!("{} sites have", many.len()),
        };
        let message = format!("{sites} no accessibility statement that is in date");
        let help = format!("write guides/{STATEMENT}.md, or review the one there is");
        findings.push(Finding::new(span, message, help));
    }
}

fn site_file() -> Span {
    Span::file(&SourcePath::new("content/site.yaml"))
}
