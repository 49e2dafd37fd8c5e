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
    Searched::new(&tree(pages, |_, text| text), "hub")
}

/// The files of a made-up project of so many pages, after an edit of each.
pub(super) fn tree(pages: usize, edit: impl Fn(&str, String) -> String) -> SourceTree {
    let mut tree = SourceTree::new();
    made_up::write(pages, 1, &mut |path, text| {
        let text = edit(&path, text);
        tree.insert(SourcePath::new(&path), text.as_bytes()).unwrap();
    });
    tree
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

/// Words of the corpus by chance, the likelier the more documents have them.
pub(super) fn queries(searched: &Searched, count: usize) -> Vec<String> {
    let words = searched.english.index.words();
    let ends = words.iter().scan(0, |end, (_, documents)| {
        *end += documents;
        Some(*end)
    });
    let ends: Vec<usize> = ends.collect();
    let mut random = Random(7);
    let word = |random: &mut Random| {
        let chosen = random.below(*ends.last().unwrap());
        words[ends.partition_point(|end| *end <= chosen)].0.to_owned()
    };
    (0..count)
        .map(|at| {
            let words: Vec<String> = (0..=at % 3).map(|_| word(&mut random)).collect();
            words.join(" ")
        })
        .collect()
}
