//! Asks the index as tantivy itself ranks: what `ordinarily search` answers, and what the browser
//! must answer too.

use std::collections::HashSet;

use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::Searchable;
use super::analyzer::{Analyzer, query_words};
use super::document::BOOSTS;
use super::index::{Index, IndexError};
use super::part::fields;
use super::slips::Slips;

/// Which documents count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Those with every word.
    And,
    /// Those with any.
    Or,
}

/// One document that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Its number.
    pub document: u32,
    /// How well it fits.
    pub score: f32,
}

/// A query, ready to ask an index.
pub struct Question {
    /// Each word, in any field.
    words: Vec<Box<dyn Query>>,
    mended: Option<String>,
}

impl Question {
    /// What `text` asks a collection. A word that is nowhere in it is taken for a slip of the
    /// nearest one.
    pub fn new(searchable: &Searchable, text: &str) -> Self {
        let language = searchable.collection.language.as_str();
        let mut slips = None;
        let mut analyzer = Analyzer::new(language);
        let mut words = query_words(text, language);
        let mut mended = false;
        for word in &mut words {
            let known = analyzer.surface(word).is_some_and(|surface| {
                let term = |field: &Field| Term::from_field_text(*field, &surface.stem);
                searchable.index.has(fields().iter().map(term))
            });
            if !known {
                let slips = slips.get_or_insert_with(|| Slips::new(&searchable.index));
                if let Some(meant) = slips.nearest(word).into_iter().next() {
                    *word = meant;
                    mended = true;
                }
            }
        }
        let mut stems: Vec<Box<str>> = Vec::new();
        for surface in words.iter().filter_map(|word| analyzer.surface(word)) {
            if !stems.contains(&surface.stem) {
                stems.push(surface.stem.clone());
            }
        }
        Self {
            words: stems.iter().map(|stem| one_word(stem)).collect(),
            mended: mended.then(|| words.join(" ")),
        }
    }

    /// What is asked instead, if a word was mended.
    pub fn mended(&self) -> Option<&str> {
        self.mended.as_deref()
    }

    fn query(&self, mode: Mode) -> BooleanQuery {
        let words = self.words.iter().map(|query| query.box_clone()).collect();
        match mode {
            Mode::And => BooleanQuery::intersection(words),
            Mode::Or => BooleanQuery::union(words),
        }
    }

    /// The best documents of one mode, best first; of two that fit equally well the first.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub fn top(&self, index: &Index, mode: Mode, limit: usize) -> Result<Vec<Found>, IndexError> {
        let best = TopDocs::with_limit(limit.max(1)).order_by_score();
        let query = self.query(mode);
        let mut all = Vec::new();
        for (start, part) in &index.parts {
            let found = part.searcher.search_with_statistics_provider(&query, &best, index)?;
            let found = found.into_iter();
            all.extend(found.map(|(score, at)| Found { document: start + at.doc_id, score }));
        }
        all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
        all.truncate(limit);
        Ok(all)
    }

    /// All documents with every word, and all others with some, each best first.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub fn all(&self, index: &Index) -> Result<(Vec<Found>, Vec<Found>), IndexError> {
        let most = usize::try_from(index.len()).unwrap_or(usize::MAX);
        let whole = self.top(index, Mode::And, most)?;
        let known: HashSet<u32> = whole.iter().map(|found| found.document).collect();
        let mut some = self.top(index, Mode::Or, most)?;
        some.retain(|found| !known.contains(&found.document));
        Ok((whole, some))
    }
}

/// One word in any field.
fn one_word(stem: &str) -> Box<dyn Query> {
    let in_field = |(field, boost): (Field, f32)| -> Box<dyn Query> {
        let term = Term::from_field_text(field, stem);
        let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
        if boost == 1.0 { query } else { Box::new(BoostQuery::new(query, boost)) }
    };
    let fields = fields().into_iter().zip(BOOSTS).map(in_field).collect();
    Box::new(BooleanQuery::union(fields))
}
