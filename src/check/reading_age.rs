//! Pages that are harder to read than their readers should need.

use super::readability::{grade, sentences, words};
use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "reading-age",
    reason: "A tired parent must understand a page at the first reading.",
    severity: Severity::Warning,
    explanation: "It measures what families read on a page with the Flesch–Kincaid grade (1975): \
        0.39 × words per sentence + 11.8 × syllables per word − 15.59; five more give a reading \
        age. The aim is `reading_age` of the page's audiences in vocabulary/audiences.yaml; the \
        lowest counts. Pages for audiences without one, translations, and texts under 60 words are \
        left alone. It names the hardest sentences: cut them in two, and use shorter words.",
    look: Look::Page(look),
};

/// Fewer words than this are measured by chance.
const LEAST_WORDS: usize = 60;

/// How many sentences are shown.
const SHOWN: usize = 3;

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(aim) = subject.reading_aim().filter(|_| subject.is_english()) else { return };
    let read: Vec<&str> = subject
        .passages
        .iter()
        .filter(|passage| passage.is_for_families && !passage.is_label)
        .map(|passage| &*passage.text)
        .collect();
    if read.iter().flat_map(|text| words(text)).count() < LEAST_WORDS {
        return;
    }
    let Some(age) = grade(read.iter().copied()).map(|grade| grade + 5.0) else { return };
    if age <= f64::from(aim) {
        return;
    }
    let all = read.iter().flat_map(|text| sentences(text).into_iter().map(|range| &text[range]));
    let mut hardest: Vec<(f64, &str)> = all
        .filter(|sentence| words(sentence).count() > 4)
        .filter_map(|sentence| Some((grade([sentence])?, sentence)))
        .collect();
    hardest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let shown: Vec<String> =
        hardest.iter().take(SHOWN).map(|(_, sentence)| format!("“{sentence}”")).collect();
    let message = format!("the reading age of this page is {age:.1}; it should be {aim} at most");
    let help = format!("the hardest sentences are: {}", shown.join(" "));
    findings.push(Finding::new(subject.whole(), message, help));
}
