//! Words that say less than a plainer one.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "plain-words",
    reason: "Readers take in plain words faster, and trust them more.",
    severity: Severity::Advice,
    explanation: "It finds words such as `utilise`, `in order to` and `prior to`, which the GOV.UK \
        style guide asks writers to avoid, and names a plainer one. English pages only. Where a \
        word is part of a name, allow it: `allow: [{rule: plain-words, because: a service's name}]`.",
    look: Look::Page(look),
};

/// A word to avoid, in small letters, and what to write.
const WORDS: [(&str, &str); 26] = [
    ("additionally", "also"),
    ("aforementioned", "this"),
    ("ascertain", "find out"),
    ("commence", "start"),
    ("endeavour", "try"),
    ("facilitate", "help, or say what you do"),
    ("going forward", "from now on"),
    ("henceforth", "from now on"),
    ("impact on", "affect"),
    ("in accordance with", "by, or following"),
    ("in lieu of", "instead of"),
    ("in order to", "to"),
    ("in respect of", "about"),
    ("in the event of", "if"),
    ("leverage", "use"),
    ("notwithstanding", "even so"),
    ("on an ongoing basis", "all the time"),
    ("prior to", "before"),
    ("purchase", "buy"),
    ("robust", "strong, or say how"),
    ("signpost to", "tell people about"),
    ("streamline", "make simpler"),
    ("subsequently", "later"),
    ("thereafter", "then"),
    ("utilise", "use"),
    ("with regard to", "about"),
];

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if !subject.is_english() {
        return;
    }
    for passage in &subject.passages {
        // Letters of other lengths would move every place behind them.
        let text = passage.text.to_ascii_lowercase();
        for at in word_starts(&text) {
            let rest = &text[at..];
            // Two letters tell most words apart from all of these.
            let begins = rest.as_bytes().get(..2);
            let whole = |word: &str| {
                let same = begins == word.as_bytes().get(..2);
                let after = same.then(|| rest.strip_prefix(word)).flatten();
                after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
            };
            if let Some((word, plain)) = WORDS.iter().find(|(word, _)| whole(word)) {
                let span = subject.place(passage, &(at..at + word.len()));
                let message = format!("“{word}” has a plainer word");
                findings.push(Finding::new(span, message, format!("write: {plain}")));
            }
        }
    }
}

/// Where words begin: a text is gone over once, not once for each word to avoid.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, letter)| {
        let was_inside = std::mem::replace(&mut inside, letter.is_alphanumeric());
        (inside && !was_inside).then_some(at)
    })
}
