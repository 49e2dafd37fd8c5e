//! The client's top tens are tantivy's own, on made-up corpora of two sizes.

use std::collections::BTreeMap;

use ordinarily::search::query::{Found, Mode, Question};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
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

#[test]
fn whatever_is_typed_tantivy_and_the_client_answer() {
    let searched = corpus(60);
    let word = prop::sample::select(queries(&searched, 40));
    let odd = "(\\PC|[\"“” \n\t'-]|a|é|İ|ß|ﬁ|ك|\u{301}|[0-9]){0,12}";
    let text = prop::collection::vec(prop_oneof![word, odd.prop_map(|text| text)], 0..6);
    let mut runner = TestRunner::deterministic();
    let mut typed = || text.new_tree(&mut runner).unwrap().current().concat();
    let texts: Vec<String> = (0..150).map(|_| typed()).collect();
    let ask =
        |text: &String| json!({"do": "see", "text": text, "typing": text.len().is_multiple_of(2)});
    let answers = searched.ask(&texts.iter().map(ask).collect::<Vec<_>>());
    let mut found = 0;
    for (text, answer) in texts.iter().zip(answers) {
        assert!(answer["answer"]["error"].is_null(), "{text:?}: {answer}");
        let question = Question::new(&searched.english, text);
        for mode in [Mode::And, Mode::Or] {
            let top = question.top(&searched.english.index, mode, 10).unwrap();
            assert!(top.is_sorted_by(|a, b| a.score >= b.score), "{text:?}: {top:?}");
            assert!(top.iter().all(|one| searched.english.page(one).is_some()), "{text:?}");
            found += top.len();
        }
    }
    assert!(found > 400, "{found}");
}
