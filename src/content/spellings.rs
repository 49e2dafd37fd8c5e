//! Finds the words that the glossary explains in running text.
//!
//! A spelling with a capital in it (`SENCo`, `PD`) is only met as it is written: "pd" and "hi" are
//! other words. One without is met in any case. The longest one counts: in "SEN register" nobody is
//! told what SEN is.

use std::collections::BTreeMap;
use std::ops::Range;

use super::runs::runs;
use super::vocabulary::Term;

/// Every spelling of every term, by its first word in small letters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spellings {
    by_first_word: BTreeMap<String, Vec<Spelling>>,
    /// For each letter from a to z the lengths of the first words that begin with it, as bits:
    /// most words of a page are told by this to be none, without being looked up.
    lengths: [u32; 26],
}

#[derive(Clone, Debug, PartialEq)]
struct Spelling {
    text: String,
    exact: bool,
    term: usize,
}

impl Spellings {
    /// The spellings of some terms; a term is known by its place among them.
    pub fn new(terms: &[Term]) -> Self {
        let mut by_first_word: BTreeMap<String, Vec<Spelling>> = BTreeMap::new();
        for (term, item) in terms.iter().enumerate() {
            for text in std::iter::once(&item.term).chain(&item.aliases) {
                let Some(first) = words(text).next() else { continue };
                let spelling = Spelling {
                    text: text.clone(),
                    exact: text.chars().any(char::is_uppercase),
                    term,
                };
                by_first_word.entry(text[first].to_lowercase()).or_default().push(spelling);
            }
        }
        for spellings in by_first_word.values_mut() {
            spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.text.len()));
        }
        let mut lengths = [0; 26];
        for first in by_first_word.keys() {
            if let Some((letter, length)) = letter_and_length(first) {
                lengths[letter] |= length;
            }
        }
        Self { by_first_word, lengths }
    }

    /// The places in a text where a term stands, in order and without overlap, each with the term.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let mut end = 0;
        for word in words(text) {
            let none = letter_and_length(&text[word.clone()])
                .is_some_and(|(letter, length)| self.lengths[letter] & length == 0);
            if none || word.start < end {
                continue;
            }
            let spellings = lowercase(&text[word.clone()], |word| self.by_first_word.get(word));
            let here = spellings.into_iter().flatten().find_map(|spelling| {
                let range = word.start..word.start + spelling.text.len();
                let part = text.get(range.clone())?;
                let same = match spelling.exact {
                    true => part == spelling.text,
                    false => part.to_lowercase() == spelling.text,
                };
                let ends = !text[range.end..].chars().next().is_some_and(char::is_alphanumeric);
                (same && ends).then_some((range, spelling.term))
            });
            if let Some((range, term)) = here {
                end = range.end;
                found.push((range, term));
            }
        }
        found
    }
}

/// Of a word in ASCII letters its first letter, and its length as a bit.
fn letter_and_length(word: &str) -> Option<(usize, u32)> {
    let first = word.bytes().next().filter(|_| word.is_ascii())?.to_ascii_lowercase();
    first.is_ascii_lowercase().then(|| (usize::from(first - b'a'), 1 << word.len().min(31)))
}

/// Looks a word up in small letters. Pages have a thousand words, most of them short and without
/// accents: those are folded where they stand, without a string for each.
fn lowercase<T>(word: &str, look_up: impl FnOnce(&str) -> T) -> T {
    let mut short = [0_u8; 24];
    match short.get_mut(..word.len()) {
        Some(bytes) if word.is_ascii() => {
            bytes.copy_from_slice(word.as_bytes());
            bytes.make_ascii_lowercase();
            look_up(std::str::from_utf8(bytes).unwrap_or(word))
        }
        _ => look_up(&word.to_lowercase()),
    }
}

/// The words of a text: runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    runs(text, char::is_alphanumeric, char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, usize)> {
        let term = |term: &str, aliases: &[&str]| Term {
            term: term.to_owned(),
            title: None,
            aliases: aliases.iter().map(ToString::to_string).collect(),
            description: String::new(),
            translations: BTreeMap::new(),
        };
        let terms = [
            term("SENCo", &["SENCos"]),
            term("PD", &[]),
            term("SEN", &[]),
            term("SEN register", &[]),
            term("outcome", &["outcomes"]),
            term("co-production", &[]),
        ];
        let found = Spellings::new(&terms).find(text);
        found.into_iter().map(|(range, term)| (&text[range], term)).collect()
    }

    #[test]
    fn terms_are_met_as_whole_words_and_acronyms_only_as_they_are_written() {
        assert_eq!(found("Ask the SENCo, or two SENCos."), [("SENCo", 0), ("SENCos", 0)]);
        assert_eq!(found("Outcomes, not PDs or pd"), [("Outcomes", 4)]);
        assert_eq!(found("Co-production by é SENCoé"), [("Co-production", 5)]);
    }

    #[test]
    fn the_longest_spelling_counts() {
        assert_eq!(found("the SEN register of SEN"), [("SEN register", 3), ("SEN", 2)]);
    }
}
