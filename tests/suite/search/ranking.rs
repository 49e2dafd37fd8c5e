//! The client's top tens are tantivy's own, on made-up corpora of two sizes; what they cost is
//! within the targets.

use std::collections::BTreeMap;

use ordinarily::content::tree::SourceTree;
use ordinarily::path::SourcePath;
use ordinarily::search::query::{Found, Mode, Question};
use serde_json::{Value, json};

use super::client::Searched;

#[path = "../../../examples/corpus/made_up.rs"]
mod made_up;

/// What may differ between two ways of adding the same numbers.
const TOLERANCE: f64 = 1e-5;

pub(super) fn corpus(pages: usize) -> Searched {
    let mut tree = SourceTree::new();
    made_up::write(pages, 1, &mut |path, text| {
        tree.insert(SourcePath::new(&path), text.as_bytes()).unwrap();
    });
    Searched::new(&tree, "hub")
}

/// A generator of numbers, seeded, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
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

fn assert_same(query: &str, mode: Mode, tantivys: &[Found], clients: &Value) {
    let clients: Vec<(u32, f64)> = serde_json::from_value(clients.clone()).unwrap();
    let told = || format!("{query}, {mode:?}:\n{tantivys:?}\n{clients:?}");
    assert_eq!(tantivys.len(), clients.len(), "{}", told());
    let scores: BTreeMap<u32, f64> =
        tantivys.iter().map(|found| (found.document, f64::from(found.score))).collect();
    for (found, (document, score)) in tantivys.iter().zip(&clients) {
        let near = |a: f64, b: f64| (a - b).abs() <= TOLERANCE * a.abs().max(b.abs());
        assert!(near(f64::from(found.score), *score), "{}", told());
        // Only what is as good as equal may stand elsewhere, or just outside the ten.
        let theirs = scores.get(document).copied().unwrap_or(f64::from(found.score));
        assert!(found.document == *document || near(theirs, *score), "{}", told());
    }
}

fn the_client_ranks_as_tantivy_does(pages: usize) {
    let searched = corpus(pages);
    let queries = queries(&searched, 400);
    let asks: Vec<Value> = queries.iter().map(|q| json!({"do": "rank", "text": q})).collect();
    let index = &searched.english.index;
    let mut found = 0;
    for (query, answer) in queries.iter().zip(searched.ask(&asks)) {
        let question = Question::new(index, query, "en").unwrap();
        for (mode, name) in [(Mode::And, "and"), (Mode::Or, "or")] {
            let top = question.top(index, mode, 10).unwrap();
            found += top.len();
            assert_same(query, mode, &top, &answer["answer"][name]);
        }
    }
    assert!(found > 3_000, "only {found} documents were compared");
}

#[test]
fn the_client_ranks_300_pages_as_tantivy_does() {
    the_client_ranks_as_tantivy_does(300);
}

#[test]
fn the_client_ranks_10_200_pages_as_tantivy_does() {
    the_client_ranks_as_tantivy_does(10_200);
}
