//! What is known of documents from before: words are cut and stemmed once, and parts of an index
//! made once, however many sites show them and however often a preview indexes anew.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::analyzer::Analyzer;
use super::document::{Analysed, Document, analyse};
use super::index::{self, IndexError, Part};
use super::synonyms::Synonyms;
use crate::content::vocabulary::Vocabulary;
use crate::digest::Digest;
use crate::site::model::Entry;

/// So many documents that are no entry's are kept.
const KEPT: usize = 10_000;

/// What is known, language by language. It may be shared between threads and sites.
#[derive(Default)]
pub struct Memo {
    /// Whether nobody will ask for the same again.
    is_last: bool,
    languages: Mutex<HashMap<String, Arc<Known>>>,
    parts: Mutex<HashMap<Digest, Arc<Part>>>,
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

/// An entry, and its words.
type KnownEntry = (Arc<Entry>, Arc<Analysed>);

/// What is known of one language with one vocabulary.
pub(super) struct Known {
    language: String,
    synonyms: Synonyms,
    analyzers: Mutex<Vec<Analyzer>>,
    /// By the entry's address in memory, which stays its own as long as it is kept here.
    entries: Mutex<HashMap<usize, KnownEntry>>,
    others: Mutex<HashMap<Digest, Arc<Analysed>>>,
    is_last: bool,
}

/// A lock that a panic elsewhere cannot spoil: what it holds is only ever added to.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memo {
    /// A memo for a single site that is built once: it keeps nothing.
    pub fn for_one() -> Self {
        Self { is_last: true, ..Self::default() }
    }

    /// What is known of a language; nothing if the vocabulary has changed.
    pub(super) fn known(&self, vocabulary: &Vocabulary, language: &str) -> Arc<Known> {
        let digest = Synonyms::digest(vocabulary, language);
        let mut languages = lock(&self.languages);
        if let Some(known) = languages.get(language)
            && known.synonyms.digest == digest
        {
            return known.clone();
        }
        let known = Arc::new(Known {
            language: language.to_owned(),
            synonyms: Synonyms::new(vocabulary, language),
            analyzers: Mutex::default(),
            entries: Mutex::default(),
            others: Mutex::default(),
            is_last: self.is_last,
        });
        languages.insert(language.to_owned(), known.clone());
        known
    }

    /// The part of an index that has some documents, made unless it is there.
    pub(super) fn part(
        &self,
        documents: &[&Analysed],
        make: impl FnOnce() -> Result<Part, IndexError>,
    ) -> Result<Arc<Part>, IndexError> {
        let digest = index::digest(documents);
        if let Some(part) = lock(&self.parts).get(&digest) {
            return Ok(part.clone());
        }
        let part = Arc::new(make()?);
        if !self.is_last {
            lock(&self.parts).insert(digest, part.clone());
        }
        Ok(part)
    }

    /// Forgets parts that no index has any more.
    pub(super) fn tidy(&self) {
        lock(&self.parts).retain(|_, part| Arc::strong_count(part) > 1);
    }
}

impl Known {
    /// Works with an analyzer that remembers the stems it has found.
    pub(super) fn with_analyzer<T>(&self, work: impl FnOnce(&mut Analyzer) -> T) -> T {
        let idle = lock(&self.analyzers).pop();
        let mut analyzer = idle.unwrap_or_else(|| Analyzer::new(&self.language));
        let done = work(&mut analyzer);
        lock(&self.analyzers).push(analyzer);
        done
    }

    /// The words of an entry.
    pub(super) fn entry(
        &self,
        analyzer: &mut Analyzer,
        entry: &Arc<Entry>,
        document: impl FnOnce() -> Document,
    ) -> Arc<Analysed> {
        let key = Arc::as_ptr(entry) as usize;
        if let Some((_, analysed)) = lock(&self.entries).get(&key) {
            return analysed.clone();
        }
        let analysed = Arc::new(analyse(&document(), analyzer, &self.synonyms));
        if !self.is_last {
            lock(&self.entries).insert(key, (entry.clone(), analysed.clone()));
        }
        analysed
    }

    /// The words of anything else.
    pub(super) fn other(&self, analyzer: &mut Analyzer, document: &Document) -> Arc<Analysed> {
        let digest = document.digest();
        if let Some(analysed) = lock(&self.others).get(&digest) {
            return analysed.clone();
        }
        let analysed = Arc::new(analyse(document, analyzer, &self.synonyms));
        let mut others = lock(&self.others);
        if others.len() >= KEPT {
            others.clear();
        }
        others.insert(digest, analysed.clone());
        analysed
    }

    /// Forgets entries that nothing else holds any more.
    pub(super) fn tidy(&self) {
        lock(&self.entries).retain(|_, (entry, _)| Arc::strong_count(entry) > 1);
    }
}
