//! What is known of documents from before: parts of an index are made once, however many sites
//! show them, however often a preview indexes anew, and, where there is a [`Store`], from one run
//! to the next.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::analyzer::Analyzer;
use super::document::{Analysed, Document, analyse};
use super::index::IndexError;
use super::part::Part;
use super::synonyms::Synonyms;
use crate::content::vocabulary::Vocabulary;
use crate::digest::{Digest, Digester};
use crate::site::model::Entry;

/// Keeps what took long to make until the next run, by the digest of what it was made from.
pub trait Store: Sync {
    /// What was put, whole, or nothing.
    fn get(&self, from: Digest) -> Option<Vec<u8>>;
    /// Whether it has something made from that.
    fn has(&self, from: Digest) -> bool;
    /// Keeps something. If it cannot, the next run makes it again.
    fn put(&self, from: Digest, made: &[u8]);
}

/// Who may ask again for what is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Asks {
    /// Nobody: a single site is made once.
    Nobody,
    /// Whoever is writing: the same site, with some entries changed.
    #[default]
    Again,
    /// Other sites, in which the same entries stand beside others.
    Others,
}

/// What is known, language by language. It may be shared between threads and sites.
#[derive(Default)]
pub struct Memo {
    asks: Asks,
    languages: Mutex<HashMap<String, Arc<Known>>>,
    parts: Mutex<HashMap<Digest, Arc<Part>>>,
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

/// What is known of one language with one vocabulary.
pub(super) struct Known {
    language: String,
    synonyms: Synonyms,
    analyzers: Mutex<Vec<Analyzer>>,
    /// What tells the words of an entry apart, by its address in memory, which stays its own as
    /// long as it is kept here.
    entries: Mutex<HashMap<usize, (Arc<Entry>, Digest)>>,
    /// Words by what tells them apart.
    words: Mutex<HashMap<Digest, Arc<Analysed>>>,
    asks: Asks,
}

/// A lock that a panic elsewhere cannot spoil: what it holds is only ever added to.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memo {
    /// A memo for a single site that is built once: it keeps nothing.
    pub fn for_one() -> Self {
        Self { asks: Asks::Nobody, ..Self::default() }
    }

    /// A memo for several sites that share entries: it keeps words as well.
    pub fn for_several() -> Self {
        Self { asks: Asks::Others, ..Self::default() }
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
            words: Mutex::default(),
            asks: self.asks,
        });
        languages.insert(language.to_owned(), known.clone());
        known
    }

    /// The part of an index that is made from something, made unless it is there.
    pub(super) fn part(
        &self,
        from: Digest,
        store: Option<&dyn Store>,
        make: impl FnOnce() -> Result<Part, IndexError>,
    ) -> Result<Arc<Part>, IndexError> {
        let put = |part: &Part| {
            if let Some(store) = store {
                store.put(from, &part.to_bytes()?);
            }
            Ok::<_, IndexError>(())
        };
        if let Some(part) = lock(&self.parts).get(&from).cloned() {
            if store.is_some_and(|store| !store.has(from)) {
                put(&part)?;
            }
            return Ok(part);
        }
        // What cannot be read is made again, and put in the place of what was there.
        let stored = store.and_then(|store| Part::from_bytes(&store.get(from)?).ok());
        let part = match stored {
            Some(part) => Arc::new(part),
            None => {
                let part = make()?;
                put(&part)?;
                Arc::new(part)
            }
        };
        if self.asks != Asks::Nobody {
            lock(&self.parts).insert(from, part.clone());
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
        let mut analyzer = idle.unwrap_or_else(|| self.synonyms.analyzer(&self.language));
        let done = work(&mut analyzer);
        lock(&self.analyzers).push(analyzer);
        done
    }

    /// What tells the words of a document apart.
    pub(super) fn digest(&self, document: &Document) -> Digest {
        let (document, synonyms) = (document.digest(), self.synonyms.digest);
        Digester::new().part(document.bytes()).part(synonyms.bytes()).finish()
    }

    /// What tells the words of an entry's document apart.
    pub(super) fn digest_of(
        &self,
        entry: &Arc<Entry>,
        document: impl FnOnce() -> Document,
    ) -> Digest {
        let key = Arc::as_ptr(entry) as usize;
        if let Some((_, digest)) = lock(&self.entries).get(&key) {
            return *digest;
        }
        let digest = self.digest(&document());
        if self.asks != Asks::Nobody {
            lock(&self.entries).insert(key, (entry.clone(), digest));
        }
        digest
    }

    /// The words of a document, by what tells them apart.
    pub(super) fn words(
        &self,
        digest: Digest,
        analyzer: &mut Analyzer,
        document: impl FnOnce() -> Document,
    ) -> Arc<Analysed> {
        if let Some(words) = lock(&self.words).get(&digest) {
            return words.clone();
        }
        let words = Arc::new(analyse(&document(), analyzer, &self.synonyms));
        if self.asks == Asks::Others {
            lock(&self.words).insert(digest, words.clone());
        }
        words
    }

    /// Forgets entries that nothing else holds any more.
    pub(super) fn tidy(&self) {
        lock(&self.entries).retain(|_, (entry, _)| Arc::strong_count(entry) > 1);
    }
}
