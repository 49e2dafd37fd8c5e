//! Adapted pages whose shared version has changed since.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::content::date::parse_date;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "base-changed",
    reason: "A borough that has changed a shared page should know when the shared page changes.",
    severity: Severity::Warning,
    explanation: "It finds pages that adapt a lower layer's page which was reviewed after \
        `base_reviewed`, or, without that, after the borough's own `reviewed`. Compare the two, then \
        set `base_reviewed` to the lower page's `reviewed`.",
    look: Look::Page(look),
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let base = subject.entry.filter(|_| subject.is_main()).and_then(|entry| entry.base.as_ref());
    let Some(now) = base.and_then(|base| base.common().reviewed) else { return };
    let own = |field: &'static str| {
        let date = subject.node.get(field)?.text().and_then(parse_date)?;
        Some((field, date))
    };
    let Some((field, looked)) = own("base_reviewed").or_else(|| own("reviewed")) else { return };
    if looked < now && subject.adapts() {
        let message =
            format!("the page that this one adapts was reviewed on {now}, after {looked}");
        let help = format!("compare the two, then write `base_reviewed: {now}`");
        findings.push(Finding::new(subject.field(field), message, help));
    }
}
