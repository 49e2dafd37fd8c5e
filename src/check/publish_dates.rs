//! Pages whose days are over, or have not come.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::diagnostic::Severity;

pub(super) const EXPIRED: Rule = Rule {
    code: "expired",
    reason: "A page that is not shown any more still has to be read and kept by somebody.",
    severity: Severity::Advice,
    explanation: "It finds pages whose `publish_until` is before today. Delete the file, or give it a \
        later day.",
    look: Look::Page(expired),
};

pub(super) const NOT_YET: Rule = Rule {
    code: "not-yet-published",
    reason: "Whoever wonders where a page is should be told that its day has not come.",
    severity: Severity::Advice,
    explanation: "It finds pages whose `publish_from` is after today. A site must be built again on \
        that day for the page to be shown.",
    look: Look::Page(not_yet),
};

fn expired(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if let Some(last) = subject.page.part.publish_until.filter(|_| subject.has_expired()) {
        let message = format!("the page has not been shown since {last}");
        let help = "delete the file, or set a later `publish_until`";
        findings.push(Finding::new(subject.field("publish_until"), message, help));
    }
}

fn not_yet(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let first = subject.page.part.publish_from.filter(|first| *first > subject.today());
    if let Some(first) = first {
        let message = format!("the page is not shown before {first}");
        let help = "build the site again on that day";
        findings.push(Finding::new(subject.field("publish_from"), message, help));
    }
}
