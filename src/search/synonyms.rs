//! Words that lead to other words: synonyms, short forms, misspellings, parents' words.
//!
//! They go into the index, not into queries: a page that says "speech therapy" is found by "SaLT"
//! because the index has it there too. Phrases are compared stem by stem, so "speech therapies"
//! counts as well.
//!
//! - A group of `same` leads from each of its words to all others, wherever a page has one.
//! - `leads_to` works only where a page is *about* what is meant: its title has it, or one of its
//!   headings and keywords is just that. A need's name leads to the need's page alone: a course
//!   that mentions it is no answer to what parents type.
//!   A slip that the browser mends by itself is left out, or it would be offered as a word.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::analyzer::{Analyzer, Beginnings, Token, TokenId, fold, is_short_form, words};
use crate::content::vocabulary::{Need, Term, Vocabulary};
use crate::digest::{Digest, Digester};

/// A phrase that is looked for, and what it leads to.
#[derive(Debug)]
struct Rule {
    /// The stems after its first one.
    rest: Vec<Box<str>>,
    /// Whether it is a short form, which counts only in capitals.
    capitals: bool,
    /// Where it counts.
    leads: Leads,
    /// What it leads to.
    words: String,
}

/// Where a phrase leads to other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    /// Wherever it stands.
    Anywhere,
    /// Where a page is about it.
    IfAbout,
    /// Where a page is about it and is the page of a need: the phrase is a need's name.
    ToNeed,
}

/// What a text says of what its page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Nothing: only words that mean the same count.
    Nothing,
    /// A part of the text may name it, as in a title. Holds whether the page is a need's.
    Part(bool),
    /// The text as a whole names it, as keywords do. Holds whether the page is a need's.
    Whole(bool),
}

/// All rules of a vocabulary for one language.
#[derive(Debug)]
pub struct Synonyms {
    rules: Vec<Rule>,
    /// The rules by the first stem of their phrase.
    by_first: Arc<Beginnings>,
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
        let digest = Self::digest(vocabulary, language);
        if language != "en" {
            return Self { rules: Vec::new(), by_first: Arc::default(), digest };
        }
        let mut made = Rules::default();
        let mut analyzer = Analyzer::new(language);
        let glossary = vocabulary.glossary.iter().map(spellings);
        for group in vocabulary.synonyms.same.iter().cloned().chain(glossary) {
            for (at, phrase) in group.iter().enumerate() {
                let others = group.iter().enumerate().filter(|(other, _)| *other != at);
                let others: Vec<&str> = others.map(|(_, other)| other.as_str()).collect();
                made.add(&mut analyzer, phrase, &others, Leads::Anywhere);
            }
        }
        for rule in &vocabulary.synonyms.leads_to {
            let from = rule.from.iter().map(String::as_str);
            let from: Vec<&str> = from.filter(|from| !is_slip(from, &rule.to)).collect();
            for phrase in &rule.to {
                let is_need =
                    vocabulary.needs.iter().flat_map(names).any(|name| is_same(name, phrase));
                let leads = if is_need { Leads::ToNeed } else { Leads::IfAbout };
                made.add(&mut analyzer, phrase, &from, leads);
            }
        }
        Self { rules: made.rules, by_first: Arc::new(made.by_first), digest }
    }

    /// An analyzer that knows what the phrases begin with.
    pub fn analyzer(&self, language: &str) -> Analyzer {
        Analyzer::of_phrases(language, self.by_first.clone())
    }

    /// The rules that fit a text of an analyzer that [`Synonyms::analyzer`] made.
    pub(super) fn found(
        &self,
        text: &[TokenId],
        tokens: &[Token],
        about: About,
    ) -> impl Iterator<Item = usize> {
        let mut found = BTreeSet::new();
        let token = |id: &TokenId| &tokens[*id as usize];
        for (at, first) in text.iter().enumerate() {
            let first = token(first);
            if !first.begins {
                continue;
            }
            for rule in self.by_first.get(&first.surface.stem).into_iter().flatten() {
                let Rule { rest, capitals, leads, .. } = &self.rules[*rule];
                let next = text[at + 1..].get(..rest.len());
                let fits = next.is_some_and(|next| {
                    next.iter().zip(rest).all(|(id, stem)| token(id).surface.stem == *stem)
                });
                let counts = match (leads, about) {
                    (Leads::Anywhere, _) => true,
                    (_, About::Nothing) => false,
                    (Leads::ToNeed, About::Part(need) | About::Whole(need)) if !need => false,
                    (_, About::Part(_)) => true,
                    (_, About::Whole(_)) => text.len() == rest.len() + 1,
                };
                if fits && counts && (first.capitals || !capitals) {
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

/// Rules on their way.
#[derive(Default)]
struct Rules {
    rules: Vec<Rule>,
    by_first: Beginnings,
}

impl Rules {
    fn add(&mut self, analyzer: &mut Analyzer, phrase: &str, to: &[&str], leads: Leads) {
        let stems = words(phrase).filter_map(|(_, word)| analyzer.surface(word));
        let mut stems = stems.map(|surface| surface.stem.clone());
        let (Some(first), rest) = (stems.next(), stems.collect()) else { return };
        if to.is_empty() {
            return;
        }
        self.by_first.entry(first).or_default().push(self.rules.len());
        let capitals = is_short_form(phrase);
        self.rules.push(Rule { rest, capitals, leads, words: to.join(" . ") });
    }
}

fn is_same(a: &str, b: &str) -> bool {
    let folded = |text| words(text).map(|(_, word)| fold(word).into_owned()).collect::<Vec<_>>();
    folded(a) == folded(b)
}

/// Whether what people type is so near to a word that is meant that the browser mends it by
/// itself: then it says so, and marks the right word. The limits are those of `nearest` in
/// `search.js`.
fn is_slip(typed: &str, meant: &[String]) -> bool {
    let most = match typed.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    let near = |word: &str| strsim::osa_distance(typed, &word.to_lowercase()) <= most;
    meant.iter().flat_map(|phrase| words(phrase)).any(|(_, word)| near(word))
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
