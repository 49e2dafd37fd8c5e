//! Asks the index as tantivy itself ranks: what `ordinarily search` answers, and what the browser
//! must answer too.

use tantivy::Term;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::analyzer::{Analyzer, query_words};
use super::document::BOOSTS;
use super::index::{Index, IndexError};

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
pub struct Question(Vec<Box<dyn Query>>);

impl Question {
    /// What `text` asks an index of a language; `None` if it has no words.
    pub fn new(index: &Index, text: &str, language: &str) -> Option<Self> {
        let mut analyzer = Analyzer::new(language);
        let words = query_words(text, language);
        let surfaces = words.iter().filter_map(|word| analyzer.surface(word));
        let mut stems: Vec<Box<str>> = Vec::new();
        for surface in surfaces {
            if !stems.contains(&surface.stem) {
                stems.push(surface.stem.clone());
            }
        }
        let asked = stems.iter().map(|stem| one_word(index, stem)).collect::<Vec<_>>();
        (!asked.is_empty()).then_some(Self(asked))
    }

    fn query(&self, mode: Mode) -> BooleanQuery {
        let words = self.0.iter().map(|query| query.box_clone()).collect();
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
        let found = index.reader.searcher().search(&self.query(mode), &best)?;
        let found = found.into_iter().take(limit);
        Ok(found.map(|(score, address)| Found { document: address.doc_id, score }).collect())
    }

    /// How many documents one mode finds.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub fn count(&self, index: &Index, mode: Mode) -> Result<usize, IndexError> {
        Ok(index.reader.searcher().search(&self.query(mode), &Count)?)
    }

    /// Documents with every word, and where they are fewer than `limit`, then those with some.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub fn best(&self, index: &Index, limit: usize) -> Result<Vec<Found>, IndexError> {
        let mut found = self.top(index, Mode::And, limit)?;
        if found.len() < limit {
            let known: Vec<u32> = found.iter().map(|found| found.document).collect();
            let more = self.top(index, Mode::Or, limit + known.len())?;
            found.extend(more.into_iter().filter(|found| !known.contains(&found.document)));
            found.truncate(limit);
        }
        Ok(found)
    }
}

/// One word in any field.
fn one_word(index: &Index, stem: &str) -> Box<dyn Query> {
    let in_field = |(field, boost): (&tantivy::schema::Field, f32)| -> Box<dyn Query> {
        let term = Term::from_field_text(*field, stem);
        let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
        if boost == 1.0 { query } else { Box::new(BoostQuery::new(query, boost)) }
    };
    let fields = index.fields.iter().zip(BOOSTS).map(in_field).collect();
    Box::new(BooleanQuery::union(fields))
}
