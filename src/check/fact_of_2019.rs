//! Facts from the report of 2019 that read as if they were of today.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::content::layer::Layer;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "undated-fact",
    reason: "What a borough did in 2019 is not what it offers now.",
    severity: Severity::Warning,
    explanation: "It finds pages of a borough or a partner whose newest source is of 2019, and whose \
        words never say so. Write the year: “In June 2019 …”. Pages of the shared layer, which tell \
        what any school should do, are left alone.",
    look: Look::Page(look),
};

const YEAR: i16 = 2019;

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.page.layer == Layer::Shared || !subject.is_main() {
        return;
    }
    // Only what this file says: what it inherits has its own dates.
    let sources = subject.values("date");
    let years = sources.iter().filter_map(|node| node.text()?.get(..4)?.parse::<i16>().ok());
    if years.max() != Some(YEAR) {
        return;
    }
    let year = YEAR.to_string();
    let is_dated = subject.passages.iter().any(|passage| passage.text.contains(&year))
        || subject
            .values("commissioned")
            .iter()
            .any(|n| n.text().is_some_and(|t| t.contains(&year)));
    if !is_dated {
        let help = "write the year where the fact stands: “In June 2019 …”";
        let message = "the newest source is of 2019, and the page does not say so";
        findings.push(Finding::new(subject.field("sources"), message, help));
    }
}
