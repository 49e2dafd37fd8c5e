//! Translations of words that have changed since.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::content::layer::Variant;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "outdated-translation",
    reason: "Whoever reads only the translation must not be told less, or something else.",
    severity: Severity::Warning,
    explanation: "It finds translations and Easy Read versions whose `translated_from` is before the \
        `reviewed` date of the page they were made from. The page itself says so too. Compare the \
        two, then set `translated_from` to the page's `reviewed`.",
    look: Look::Page(look),
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(entry) = subject.entry else { return };
    let version = match &subject.page.variant {
        Variant::Main => None,
        Variant::EasyRead => entry.easy_read.as_ref(),
        Variant::Translation(language) => entry.translations.get(language),
    };
    let Some(reviewed) = entry.common().reviewed else { return };
    if version.is_some_and(|version| version.outdated) {
        let message = format!("the page was reviewed on {reviewed}, after this version was made");
        let help = "compare the two, then set `translated_from` to that day";
        findings.push(Finding::new(subject.field("translated_from"), message, help));
    }
}
