//! Provision that leaves a family alone where school's own help ends.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::content::kinds::Payload;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "no-one-to-ask",
    reason: "Each page about a need must say whom to ask when school's own help is not enough.",
    severity: Severity::Warning,
    explanation: "It finds provision with `needs` that has no `ask_next`, inherited or its own. \
        Provision for the whole school is left alone. Name the services, nearest first: \
        `ask_next: [sendiass]`.",
    look: Look::Page(look),
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(entry) = subject.entry.filter(|_| subject.is_main()) else { return };
    let Payload::Provision(provision) = entry.payload() else { return };
    if provision.ask_next.is_empty() && !entry.common().needs.is_empty() {
        let help = "name the services to ask, nearest first: `ask_next: [sendiass]`";
        findings.push(Finding::new(subject.whole(), "the page names no one to ask next", help));
    }
}
