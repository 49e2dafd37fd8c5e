//! Facts that come from nowhere.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::content::kinds::Kind;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "no-source",
    reason: "Nobody can check a fact without knowing where it comes from.",
    severity: Severity::Warning,
    explanation: "It finds provision, guides, places, school practice and data without `sources`. \
        What a council says of its own work (services, training, toolkits, events, news) needs none. \
        Add the document and its date: `sources: [{title: …, date: 2026-09}]`.",
    look: Look::Page(look),
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let wanted = matches!(
        subject.page.id.kind,
        Kind::Provision | Kind::Guide | Kind::Place | Kind::Practice | Kind::Data
    );
    let has_none = subject.common().is_some_and(|common| common.sources.is_empty());
    if wanted && has_none && subject.is_main() {
        let help = "add where its facts come from: `sources: [{title: …, date: …}]`";
        findings.push(Finding::new(subject.whole(), "the page names no source", help));
    }
}
