//! The index as small static files that a browser ranks by.
//!
//! ```text
//! search/root         what must be known first (JSON): this address is stable, and names …
//! search/<id>/norms   the quantised length of each document's text, a byte each
//! search/<id>/i/<k>   surfaces and postings: see `shards`
//! search/<id>/m/<k>   what results show of eight documents (JSON)
//! search/<id>/facets  kind, owner, ages and needs of each document
//! search/<id>/words   the commonest surfaces, for mending what is misspelt
//! ```
//! The folder's name tells apart collections that differ, so a browser may keep its files for
//! ever, and a page opened before a change finds them gone and asks for the root again. Every
//! file is gzipped: hosts differ in what they compress by themselves.
//!
//! Scores are f32, as in tantivy: for a word in a field `boost · idf · 2.2 · tf / (tf + 1.2 ·
//! (0.25 + 0.75 · length / average))`, with `idf = ln(1 + (N − df + 0.5) / (df + 0.5))`; they are
//! added over fields and words.

mod bytes;
mod groups;
mod shards;

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::query::Bm25StatisticsProvider as _;

use bytes::Bytes;
use groups::Groups;
use shards::Shards;

use super::analyzer::{FOLDS, LONGEST, MOST, STRIPPED, stop_words};
use super::collection::{Collection, Value};
use super::document::{BOOSTS, FIELDS};
use super::forms::{class, forms};
use super::index::{Index, IndexError};
use super::part::fields;
use super::slips::Slips;
use crate::digest::{Digest, Digester};
use crate::path::UrlPath;

/// To be raised whenever the files of the same documents come out differently.
const FORMAT: u32 = 2;
/// How many documents a file of results has.
const BLOCK: usize = 8;

/// The files of one language's index, ready to be compressed.
#[derive(Debug)]
pub struct Export {
    files: BTreeMap<UrlPath, Bytes>,
    /// As long as it is here, the next index can take its parts over.
    _index: Index,
}

impl Export {
    /// Writes an index.
    ///
    /// # Errors
    /// Only if tantivy fails in memory.
    pub fn new(collection: &Collection, index: &Index) -> Result<Self, IndexError> {
        let (forms, groups) = rayon::join(|| forms(index), || Groups::of(index));
        let Shards { keys, files: shards } = shards::shards(&forms, &groups?, index.len())?;
        let id = id(collection).short();
        let url = |name: String| UrlPath::new(&format!("search/{id}/{name}"));
        let mut files = BTreeMap::new();
        files.insert(collection.root(), root(collection, index, &id, keys)?);
        files.insert(url("norms".to_owned()), norms(index)?);
        files.insert(url("facets".to_owned()), facets(collection));
        files.insert(url("words".to_owned()), words(&Slips::among(&forms)));
        for (at, shard) in shards.into_iter().enumerate() {
            files.insert(url(format!("i/{at}")), shard);
        }
        for (at, block) in collection.pages.chunks(BLOCK).enumerate() {
            let show = |page: &super::collection::Page| {
                (page.title.clone(), page.url.clone(), page.summary.clone(), page.kind, page.owner)
            };
            let block: Vec<_> = block.iter().map(show).collect();
            files.insert(url(format!("m/{at}")), json(&block));
        }
        Ok(Self { files, _index: index.clone() })
    }

    /// The addresses of the files.
    pub fn urls(&self) -> impl Iterator<Item = &UrlPath> {
        self.files.keys()
    }

    /// An address, if it has a file.
    pub fn url(&self, url: &UrlPath) -> Option<&UrlPath> {
        self.files.get_key_value(url).map(|(url, _)| url)
    }

    /// The digest of what a file is compressed from.
    pub fn made_from(&self, url: &UrlPath) -> Digest {
        self.files.get(url).map_or_else(|| Digest::of(&[]), Bytes::digest)
    }

    /// The bytes of a file, compressed.
    pub fn bytes(&self, url: &UrlPath) -> Option<Vec<u8>> {
        self.files.get(url).map(Bytes::gzip)
    }
}

/// Tells apart collections of which anything differs that is in a file of the folder.
fn id(collection: &Collection) -> Digest {
    let mut digester = Digester::new();
    digester.part(&FORMAT.to_le_bytes()).part(collection.language.as_bytes());
    for page in &collection.pages {
        digester
            .part(page.url.as_bytes())
            .part(page.title.as_bytes())
            .part(page.summary.as_bytes())
            .part(
                format!("{} {} {:?} {:?}", page.kind, page.owner, page.needs, page.phases)
                    .as_bytes(),
            )
            .part(page.words.bytes());
    }
    digester.finish()
}

/// What a browser must know first.
#[derive(Serialize)]
struct Root<'a> {
    id: &'a str,
    language: &'a str,
    /// How many documents there are.
    count: u32,
    /// The average length of each field, in words.
    averages: [f32; FIELDS],
    boosts: [f32; FIELDS],
    block: usize,
    /// The first surface of each shard.
    keys: Vec<String>,
    longest: usize,
    most: usize,
    folds: BTreeMap<char, &'static str>,
    /// Marks to take off, as the inside of a regular expression's class.
    stripped: String,
    stop: &'static [&'static str],
    kind: Vec<(&'a str, &'a str)>,
    need: Vec<(&'a str, &'a str)>,
    phase: Vec<(&'a str, &'a str)>,
    owner: Vec<(&'a str, &'a str)>,
}

fn root(
    collection: &Collection,
    index: &Index,
    id: &str,
    keys: Vec<String>,
) -> Result<Bytes, IndexError> {
    let facets = &collection.facets;
    fn pairs(values: &[Value]) -> Vec<(&str, &str)> {
        values.iter().map(|value| (value.key.as_str(), value.label.as_str())).collect()
    }
    Ok(json(&Root {
        id,
        language: &collection.language,
        count: index.len(),
        averages: averages(index)?,
        boosts: BOOSTS,
        block: BLOCK,
        keys,
        longest: LONGEST,
        most: MOST,
        folds: FOLDS.iter().copied().collect(),
        stripped: STRIPPED.iter().map(|(first, last)| format!("{first}-{last}")).collect(),
        stop: stop_words(&collection.language),
        kind: pairs(&facets.kinds),
        need: pairs(&facets.needs),
        phase: pairs(&facets.phases),
        owner: pairs(&facets.owners),
    }))
}

fn json(value: &impl Serialize) -> Bytes {
    // Names and numbers only: there is no value here that JSON could not say.
    Bytes(serde_json::to_vec(value).unwrap_or_default(), Vec::new())
}

/// The average length of each field, as tantivy works it out.
fn averages(index: &Index) -> Result<[f32; FIELDS], IndexError> {
    let mut averages = [0.0; FIELDS];
    if !index.is_empty() {
        for (field, average) in fields().into_iter().zip(&mut averages) {
            let tokens = index.total_num_tokens(field)?;
            // f32 on purpose: the rounding is part of the score.
            #[allow(clippy::cast_precision_loss)]
            let quotient = tokens as f32 / index.len() as f32;
            *average = quotient;
        }
    }
    Ok(averages)
}

fn norms(index: &Index) -> Result<Bytes, IndexError> {
    let [_, _, text] = fields();
    let mut bytes = Bytes::default();
    for (_, part) in &index.parts {
        let segment = part.segment();
        let norms = segment.get_fieldnorms_reader(text)?;
        bytes.0.extend((0..segment.max_doc()).map(|document| norms.fieldnorm_id(document)));
    }
    Ok(bytes)
}

/// Column after column: owner, kind, ages as bits, number of needs, the needs themselves.
fn facets(collection: &Collection) -> Bytes {
    let mut bytes = Bytes::default();
    let pages = &collection.pages;
    pages.iter().for_each(|page| bytes.count(page.owner));
    pages.iter().for_each(|page| bytes.count(page.kind));
    pages.iter().for_each(|page| {
        let bits = page.phases.iter().filter(|phase| **phase < 31);
        bytes.integer(bits.fold(0, |bits, phase| bits | 1 << phase));
    });
    pages.iter().for_each(|page| bytes.count(page.needs.len()));
    pages.iter().flat_map(|page| &page.needs).for_each(|need| bytes.count(*need));
    bytes
}

/// The surfaces that somebody might misspell, in order, then the logarithm of how many documents
/// have each.
fn words(slips: &Slips<'_>) -> Bytes {
    let mut bytes = Bytes::default();
    bytes.count(slips.forms.len());
    bytes.words(slips.forms.iter().map(|form| form.text));
    slips.forms.iter().for_each(|form| bytes.byte(class(form.documents)));
    bytes
}
