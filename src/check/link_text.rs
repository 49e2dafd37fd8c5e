//! Links whose words do not say where they lead.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "link-text",
    reason: "People who listen to a page hear its links one after the other, without the words around.",
    severity: Severity::Warning,
    explanation: "It finds links without words, links that say only “click here”, “here”, “more” and \
        the like, and bare web addresses as words (WCAG 2.4.4). Links to an email address or a \
        phone number may show it. Write what the reader finds there.",
    look: Look::Page(look),
};

const VAGUE: [&str; 14] = [
    "here",
    "click here",
    "click",
    "this",
    "this link",
    "this page",
    "link",
    "more",
    "read more",
    "learn more",
    "find out more",
    "more information",
    "details",
    "website",
];

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for link in &subject.links {
        let words = link.words.trim();
        let said = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let bare = ["http://", "https://", "www."].iter().any(|start| said.starts_with(start));
        let (message, help) = if words.is_empty() {
            if link.has_other_words {
                continue;
            }
            ("this link has no words", "write them between the square brackets")
        } else if bare {
            (
                "a web address stands where words should",
                "write what the reader finds there: [words](address)",
            )
        } else if VAGUE.contains(&said.as_str()) {
            ("these words do not say where the link leads", "write what the reader finds there")
        } else {
            continue;
        };
        findings.push(Finding::new(subject.span(link.range.clone()), message, help));
    }
}
