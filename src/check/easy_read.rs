//! Pages for families that have no Easy Read version.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::content::kinds::Kind;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "no-easy-read",
    reason: "A Local Offer must suit different groups of people; some read only short sentences with pictures.",
    severity: Severity::Advice,
    explanation: "It finds provision and guides written for an audience with a reading age \
        (vocabulary/audiences.yaml), without a `NAME.easy-read.md` beside them, in the layer that \
        brought them. A borough that adapts a page inherits its Easy Read version.",
    look: Look::Page(look),
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(entry) = subject.entry.filter(|_| subject.is_main() && !subject.adapts()) else {
        return;
    };
    let wanted = matches!(entry.id.kind, Kind::Provision | Kind::Guide);
    if wanted && entry.easy_read.is_none() && subject.reading_aim().is_some() {
        let stem = &entry.id.slug;
        let help = format!("add {stem}.easy-read.md beside it, in short sentences");
        let message = "this page for families has no Easy Read version";
        findings.push(Finding::new(subject.whole(), message, help));
    }
}
