//! Made-up corpora, indexed once for all tests, and queries of their words.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use ordinarily::content::tree::SourceTree;
use ordinarily::path::SourcePath;

use super::client::Searched;

#[path = "../../../examples/corpus/made_up.rs"]
mod made_up;

/// A made-up project of so many pages.
pub(super) fn corpus(pages: usize) -> Arc<Searched> {
    static MADE: Mutex<BTreeMap<usize, Arc<Searched>>> = Mutex::new(BTreeMap::new());
    MADE.lock().unwrap().entry(pages).or_insert_with(|| Arc::new(make(pages))).clone()
}

fn make(pages: usize) -> Searched {
    let mut tree = SourceTree::new();
    made_up::write(pages, 1, &mut |path, text| {
        tree.insert(SourcePath::new(&path), text.as_bytes()).unwrap();
    });
    Searched::new(&tree, "hub")
}

/// A generator of numbers, seeded, so that a failure can be repeated.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// Surfaces of the corpus, as often as they are in it: of documents taken by chance.
pub(super) fn queries(searched: &Searched, count: usize) -> Vec<String> {
    let pages = &searched.english.collection.pages;
    let mut random = Random(7);
    let word = |random: &mut Random| {
        let page = &pages[random.below(pages.len())];
        let surfaces = &page.analysed.surfaces;
        surfaces[random.below(surfaces.len())].text.to_string()
    };
    (0..count)
        .map(|at| {
            let words: Vec<String> = (0..=at % 3).map(|_| word(&mut random)).collect();
            words.join(" ")
        })
        .collect()
}
