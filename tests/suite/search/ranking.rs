//! The client's top tens are tantivy's own, on made-up corpora of two sizes.

use std::collections::BTreeMap;

use ordinarily::search::query::{Found, Mode, Question};
use serde_json::{Value, json};

use super::made_up_corpus::{corpus, queries};

/// What may differ between two ways of adding the same numbers.
const TOLERANCE: f64 = 1e-5;

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
        let question = Question::new(&searched.english, query);
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
