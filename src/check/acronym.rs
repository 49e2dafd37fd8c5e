//! Short forms that nobody explains.

use std::collections::BTreeSet;

use super::subject::Subject;
use super::unfinished::MARKS;
use super::{Finding, Look, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unexplained-acronym",
    reason: "Jargon is what families complain of first.",
    severity: Severity::Warning,
    explanation: "It finds words of 2 to 6 capital letters that are neither in vocabulary/glossary.yaml \
        nor a title, another name or a code in any vocabulary, and that the page does not explain in \
        brackets where it first uses them: `Duke of Edinburgh (DofE)`. Roman numbers, parts of \
        postcodes, code and translations are left alone. Add the word to the glossary, or write it out.",
    look: Look::Page(look),
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if !subject.is_english() {
        return;
    }
    let mut told = BTreeSet::new();
    let all: Vec<&str> = subject.passages.iter().map(|passage| &*passage.text).collect();
    for passage in &subject.passages {
        for (at, word) in capital_words(&passage.text) {
            let plural = word.trim_end_matches('s');
            if told.contains(plural) || is_roman(plural) || is_known(subject, plural) {
                continue;
            }
            let brackets = format!("({plural})");
            if all.iter().any(|text| text.contains(&brackets))
                || is_spelt_out(&passage.text, at, word)
            {
                continue;
            }
            told.insert(plural.to_owned());
            let span = subject.place(passage, &(at..at + word.len()));
            let message = format!("`{plural}` is not explained");
            let help = "write it out, or add it to vocabulary/glossary.yaml";
            findings.push(Finding::new(span, message, help));
        }
    }
}

/// The words of 2 to 6 capitals (digits may follow: `KS1`), each with its place.
fn capital_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at + text[at..].find(is_part)?;
            let end =
                text[start..].find(|c: char| !is_part(c)).map_or(text.len(), |len| start + len);
            at = end;
            let word = &text[start..end];
            let letters = word.strip_suffix('s').unwrap_or(word);
            let capitals = letters.chars().filter(char::is_ascii_uppercase).count();
            // `E09000003` and `N1` are codes, not words.
            if letters.len() == capitals && (2..=6).contains(&capitals) {
                return Some((start, word));
            }
        }
        None
    })
}

fn is_roman(word: &str) -> bool {
    word.chars().all(|letter| "IVX".contains(letter))
}

/// Whether brackets with the long form follow: `EP (educational psychologist)`.
fn is_spelt_out(text: &str, at: usize, word: &str) -> bool {
    text[at + word.len()..].trim_start().starts_with('(')
}

fn is_known(subject: &Subject<'_>, word: &str) -> bool {
    // That something was left to be written is another rule's to tell.
    if MARKS.contains(&word) {
        return true;
    }
    let vocabulary = subject.vocabulary();
    let glossary = vocabulary
        .glossary
        .iter()
        .flat_map(|term| std::iter::once(&term.term).chain(&term.aliases).chain(&term.title));
    let items = (vocabulary.areas.iter())
        .chain(vocabulary.needs.iter().map(|need| &need.item))
        .chain(&vocabulary.phases)
        .chain(&vocabulary.tiers)
        .chain(&vocabulary.audiences)
        .chain(&vocabulary.roles)
        .chain(&vocabulary.topics)
        .chain(&vocabulary.stages)
        .chain(&vocabulary.strands);
    let items = items.flat_map(|item| std::iter::once(&item.title).chain(&item.aliases));
    let codes = vocabulary.needs.iter().filter_map(|need| need.code.as_ref());
    let boroughs = subject.model.project.boroughs.values().filter_map(|b| b.file.tile.as_ref());
    let tiles = boroughs.map(|tile| &tile.code);
    let mut names = glossary.chain(items).chain(codes).chain(tiles);
    names.any(|name| name.split(|c: char| !c.is_alphanumeric()).any(|part| part == word))
}
