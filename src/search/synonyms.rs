//! Words that lead to other words: synonyms, short forms, misspellings, parents' words.
//!
//! They go into the index, not into queries: a page that says "speech therapy" is found by "SaLT"
//! because the index has it there too. Phrases are compared stem by stem, so "speech therapies"
//! counts as well.
//!
//! - A group of `same` leads from each of its words to all others, wherever a page has one.
//! - `leads_to` works only where a page is *about* what is meant: in its title, headings and
//!   keywords. A page that mentions a need in passing is no answer to what parents type of it.

use std::collections::{BTreeSet, HashMap};

use super::analyzer::{Analyzer, words};
use super::document::{Token, is_short_form};
use crate::content::vocabulary::{Need, Term, Vocabulary};
use crate::digest::{Digest, Digester};

/// A phrase that is looked for, and what it leads to.
#[derive(Debug)]
struct Rule {
    /// The stems after its first one.
    rest: Vec<Box<str>>,
    /// Whether it is a short form, which counts only in capitals.
    capitals: bool,
    /// Whether it counts only where a page is about it.
    only_about: bool,
    /// What it leads to.
    words: String,
}

/// All rules of a vocabulary for one language.
#[derive(Debug)]
pub struct Synonyms {
    rules: Vec<Rule>,
    /// The rules by the first stem of their phrase.
    by_first: HashMap<Box<str>, Vec<usize>>,
    /// What they were made from.
    pub digest: Digest,
}

impl Synonyms {
    /// Tells apart vocabularies that differ in anything that search uses.
    pub fn digest(vocabulary: &Vocabulary, language: &str) -> Digest {
        let Vocabulary { synonyms, glossary, needs, .. } = vocabulary;
        Digester::new()
            .part(language.as_bytes())
            .part(format!("{synonyms:?} {glossary:?} {needs:?}").as_bytes())
            .finish()
    }

    /// The rules of a vocabulary. They are in English; another language has none.
    pub fn new(vocabulary: &Vocabulary, language: &str) -> Self {
        let mut made = Self {
            rules: Vec::new(),
            by_first: HashMap::new(),
            digest: Self::digest(vocabulary, language),
        };
        if language != "en" {
            return made;
        }
        let mut analyzer = Analyzer::new(language);
        let glossary = vocabulary.glossary.iter().map(spellings);
        for group in vocabulary.synonyms.same.iter().cloned().chain(glossary) {
            for (at, phrase) in group.iter().enumerate() {
                let others = group.iter().enumerate().filter(|(other, _)| *other != at);
                let others: Vec<&str> = others.map(|(_, other)| other.as_str()).collect();
                made.add(&mut analyzer, phrase, &others, false);
            }
        }
        for rule in &vocabulary.synonyms.leads_to {
            let from: Vec<&str> = rule.from.iter().map(String::as_str).collect();
            for phrase in &rule.to {
                made.add(&mut analyzer, phrase, &from, true);
            }
        }
        made
    }

    fn add(&mut self, analyzer: &mut Analyzer, phrase: &str, to: &[&str], only_about: bool) {
        let stems = words(phrase).filter_map(|(_, word)| analyzer.surface(word));
        let mut stems = stems.map(|surface| surface.stem.clone());
        let (Some(first), rest) = (stems.next(), stems.collect()) else { return };
        if to.is_empty() {
            return;
        }
        self.by_first.entry(first).or_default().push(self.rules.len());
        let capitals = is_short_form(phrase);
        self.rules.push(Rule { rest, capitals, only_about, words: to.join(" . ") });
    }

    /// The rules that fit a text. `about` says whether the text is what its page is about.
    pub(super) fn found(&self, text: &[Token], about: bool) -> impl Iterator<Item = usize> {
        let mut found = BTreeSet::new();
        for (at, token) in text.iter().enumerate() {
            for rule in self.by_first.get(&token.surface.stem).into_iter().flatten() {
                let Rule { rest, capitals, only_about, .. } = &self.rules[*rule];
                let next = text[at + 1..].get(..rest.len());
                let fits = next.is_some_and(|next| {
                    next.iter().zip(rest).all(|(token, stem)| token.surface.stem == *stem)
                });
                if fits && (about || !only_about) && (token.capitals || !capitals) {
                    found.insert(*rule);
                }
            }
        }
        found.into_iter()
    }

    /// What a rule leads to, as text.
    pub(super) fn words(&self, rule: usize) -> &str {
        &self.rules[rule].words
    }
}

/// The spellings of a word of the glossary. Its title is one of them where it says what letters
/// stand for; else it explains.
fn spellings(term: &Term) -> Vec<String> {
    let letters = term.term.chars().filter(|c| c.is_uppercase()).count();
    let short = letters > 1 && !term.term.contains(' ');
    let title = term.title.iter().filter(|_| short);
    std::iter::once(&term.term).chain(title).chain(&term.aliases).cloned().collect()
}

/// The names of a need: whoever is about it is found by each of them.
pub fn names(need: &Need) -> impl Iterator<Item = &str> {
    let item = &need.item;
    let plain = item.plain_title.as_deref();
    let code = need.code.as_deref();
    let names = std::iter::once(item.title.as_str()).chain(plain).chain(code);
    names.chain(item.aliases.iter().map(String::as_str))
}

/// The names of a need in another language.
pub fn translated<'a>(need: &'a Need, language: &str) -> impl Iterator<Item = &'a str> {
    let own = need.item.translations.get(language);
    let names = own.map(|own| own.title.iter().chain(&own.plain_title));
    names.into_iter().flatten().map(String::as_str)
}
