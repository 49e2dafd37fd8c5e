//! Headings that leave out a level.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "heading-order",
    reason: "People who listen to a page move through it by its headings, level by level.",
    severity: Severity::Warning,
    explanation: "It finds a heading that is more than one level below the one before it, such as \
        `####` after `##`; the first on a page should be `##`, below the title (WCAG 1.3.1). Going \
        up by several levels is fine.",
    look: Look::Page(look),
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    // The title is the first level; `#` is told elsewhere and counts as `##`.
    let mut last = 1;
    for (level, range) in &subject.headings {
        let level = (*level).max(2);
        if level > last + 1 {
            let message = format!("a heading of level {level} follows one of level {last}");
            let help = format!("write it with {}", "#".repeat(usize::from(last) + 1));
            findings.push(Finding::new(subject.span(range.clone()), message, help));
        }
        last = level;
    }
}
