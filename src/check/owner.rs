//! Pages for which nobody answers.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::content::kinds::Kind;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "no-owner",
    reason: "A page for which nobody answers is a page that nobody mends.",
    severity: Severity::Warning,
    explanation: "It finds places, school practice, networks and data without an `owner`. Kinds that \
        must have one (provision, guides, services, training, toolkits) are told by `missing-field`; \
        the welcome, events, news and feedback have their day instead.",
    look: Look::Page(look),
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let wanted =
        matches!(subject.page.id.kind, Kind::Place | Kind::Practice | Kind::Network | Kind::Data);
    let has_none = subject.common().is_some_and(|common| common.owner.is_none());
    if wanted && has_none && subject.is_main() {
        let help = "add who answers for it: `owner: SEND team`";
        findings.push(Finding::new(subject.whole(), "the page has no owner", help));
    }
}
