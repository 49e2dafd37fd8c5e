//! Sentences that are hard to hold in mind.

use super::readability::{sentences, words};
use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "long-sentence",
    reason: "Few people hold more than 25 words in mind.",
    severity: Severity::Advice,
    explanation: "It finds sentences of more than 25 words (the limit of the GOV.UK style guide), in \
        English pages and in the fields of their front matter. Headings, cells of tables and code \
        are left alone. Cut the sentence in two, or make it a list.",
    look: Look::Page(look),
};

const MOST_WORDS: usize = 25;

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if !subject.is_english() {
        return;
    }
    for passage in subject.passages.iter().filter(|passage| !passage.is_label) {
        for sentence in sentences(&passage.text) {
            let count = words(&passage.text[sentence.clone()]).count();
            if count > MOST_WORDS {
                let span = subject.place(passage, &sentence);
                let message = format!("a sentence of {count} words");
                findings.push(Finding::new(span, message, "cut it in two, or make it a list"));
            }
        }
    }
}
