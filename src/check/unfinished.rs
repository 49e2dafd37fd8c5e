//! Words that stand where somebody has still to write something.

use memchr::memmem;

use super::subject::Written;
use super::{Finding, Look, Rule};
use crate::content::node::{Node, Value};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unfinished",
    reason: "What was left for later is easily published, and tells a family nothing.",
    severity: Severity::Advice,
    explanation: "It finds “To be written”, with which `ordinarily new` begins a page, “To be confirmed”, \
        “Council to supply”, “Lorem ipsum”, and TODO, TBC, TBD and FIXME in capitals, in every \
        field and in the text of pages that are not drafts, and in borough.yaml and partner.yaml. \
        It leaves alone code, other words that hold these, and sentences in which they stand in \
        small letters: a plan has to be written. Write what is missing, take it out, or make the \
        page a draft. Where the words are meant, \
        `allow: [{rule: unfinished, because: it is what the council's form says}]`.",
    look: Look::Written(look),
};

/// What stands for something else until it is known.
pub(super) const MARKS: [&str; 9] = [
    "To be written",
    "To be confirmed",
    "To be completed",
    "Council to supply",
    "Lorem ipsum",
    "TODO",
    "TBC",
    "TBD",
    "FIXME",
];

fn look(written: &Written<'_>, findings: &mut Vec<Finding>) {
    fields(written.node, findings);
    let Some(page) = written.body else { return };
    for passage in page.passages.iter().filter(|passage| passage.is_of_body()) {
        if let Some((at, mark)) = first(&passage.text) {
            let span = page.place(passage, &(at..at + mark.len()));
            findings.push(finding(span, mark));
        }
    }
}

/// Goes through every field, but for what says why a rule may be broken.
fn fields(node: &Node, findings: &mut Vec<Finding>) {
    match &node.value {
        Value::Map(entries) => {
            let said = entries.iter().filter(|entry| entry.key != "allow");
            said.for_each(|entry| fields(&entry.node, findings));
        }
        Value::List(items) => items.iter().for_each(|item| fields(item, findings)),
        Value::Scalar(scalar) => {
            let Some((_, mark)) = first(&scalar.text) else { return };
            let (file, range) = (&node.at.file, &node.at.range);
            // Folded lines may part the words in the file.
            let place = file.text.get(range.clone()).and_then(|written| written.find(mark));
            let span = place.map_or_else(
                || node.at.span(),
                |at| file.span(range.start + at..range.start + at + mark.len()),
            );
            findings.push(finding(span, mark));
        }
        Value::Null => {}
    }
}

fn finding(span: crate::diagnostic::Span, mark: &str) -> Finding {
    let help = "write what is missing, or take it out until it is known";
    Finding::new(span, format!("“{mark}”: something was left to be written"), help)
}

/// The first mark in a text that is a word or words of its own, and where it stands.
fn first(text: &str) -> Option<(usize, &'static str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let alone = |(at, mark): &(usize, &str)| {
        !text[..*at].ends_with(is_word) && !text[at + mark.len()..].starts_with(is_word)
    };
    let places = |mark: &'static str| {
        let places = memmem::find_iter(text.as_bytes(), mark).map(move |at| (at, mark));
        places.filter(alone).take(1)
    };
    MARKS.into_iter().flat_map(places).min()
}
