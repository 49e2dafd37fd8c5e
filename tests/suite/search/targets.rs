//! What search costs, and how it forgives slips: the targets that the project set itself.

use std::collections::BTreeSet;
use std::io::Write as _;

use flate2::{Compression, GzBuilder};
use ordinarily::search::slips::Slips;
use serde_json::{Value, json};

use super::client::{Searched, edition};
use super::made_up_corpus::{Random, corpus, queries};
use crate::shipped::tree;

/// The client as sites have it, compressed.
fn client() -> usize {
    let (edition, theme) = edition(tree(), "barnet");
    let is_client = |path: &str| path.starts_with("assets/search.") && path.ends_with(".js");
    let outputs = edition.outputs();
    let script = outputs
        .iter()
        .find(|output| output.path().is_some_and(|path| is_client(path.as_str())))
        .unwrap();
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::new(6));
    encoder.write_all(&edition.bytes(&theme, script).unwrap()).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn the_client_is_at_most_6_kb() {
    let bytes = client();
    assert!((3_000..=6 * 1024).contains(&bytes), "{bytes} bytes");
}

/// What a first search costs of which all but 5 in 100 are cheaper, with the client, in bytes.
fn p95(searched: &Searched, queries: &[String]) -> u64 {
    let ask = |query: &String| json!({"do": "see", "text": query, "exact": true, "cold": true});
    let answers = searched.ask(&queries.iter().map(ask).collect::<Vec<_>>());
    let mut bytes: Vec<u64> =
        answers.iter().map(|answer| answer["bytes"].as_u64().unwrap()).collect();
    bytes.sort_unstable();
    assert!(bytes[0] > 1_000, "something was fetched");
    bytes[bytes.len() * 95 / 100] + client() as u64
}

fn a_first_search_costs_at_most(pages: usize, one: u64, three: u64) {
    let searched = corpus(pages);
    let queries = queries(&searched, 450);
    for (words, most) in [(1, one), (3, three)] {
        let of_length: Vec<String> =
            queries.iter().filter(|q| q.split(' ').count() == words).cloned().collect();
        let bytes = p95(&searched, &of_length);
        assert!(bytes <= most * 1024, "{words} words: {bytes} bytes");
    }
}

#[test]
fn a_first_search_of_300_pages_costs_at_most_30_kb_and_of_three_words_60_kb() {
    a_first_search_costs_at_most(300, 30, 60);
}

#[test]
fn a_first_search_of_10_200_pages_costs_at_most_40_kb_and_of_three_words_65_kb() {
    a_first_search_costs_at_most(10_200, 40, 65);
}

#[test]
fn the_index_of_the_shipped_content_has_at_most_400_bytes_a_page() {
    for site in ["hub", "barnet", "camden"] {
        let searched = Searched::new(tree(), site);
        let urls = searched.export.urls();
        let bytes: usize = urls.map(|url| searched.export.bytes(url).unwrap().len()).sum();
        let pages = searched.english.collection.pages.len();
        assert!(pages > 200);
        assert!(bytes <= 400 * pages, "{site}: {} bytes a page", bytes / pages);
    }
}

#[test]
fn the_index_of_10_200_pages_has_at_most_a_file_for_five_pages() {
    let searched = corpus(10_200);
    let (files, pages) = (searched.export.urls().count(), searched.english.collection.pages.len());
    assert!(files * 5 <= pages, "{files} files of {pages} pages");
}

/// Words of five letters and more, each with one slip in it that makes no other word.
fn slips(searched: &Searched, count: usize) -> Vec<(String, String)> {
    let words = searched.english.index.words();
    let forms: BTreeSet<&str> = words.iter().map(|(word, _)| *word).collect();
    let is_word = |form: &&&str| form.len() >= 5 && form.bytes().all(|b| b.is_ascii_lowercase());
    let words: Vec<&&str> = forms.iter().filter(is_word).collect();
    let mut random = Random(5);
    let mut slips = Vec::new();
    while slips.len() < count {
        let word = *words[random.below(words.len())];
        let mut letters: Vec<char> = word.chars().collect();
        let at = random.below(letters.len());
        let letter = char::from(b'a' + u8::try_from(random.below(26)).unwrap());
        match random.below(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letter),
            2 => letters[at] = letter,
            _ => {
                let at = at.min(word.len() - 2);
                letters.swap(at, at + 1);
            }
        }
        let slip: String = letters.into_iter().collect();
        if !forms.contains(slip.as_str()) {
            slips.push((word.to_owned(), slip));
        }
    }
    slips
}

fn slips_are_forgiven(searched: &Searched) {
    let slips = slips(searched, 600);
    let asks: Vec<Value> =
        slips.iter().map(|(_, slip)| json!({"do": "nearest", "text": slip})).collect();
    let ours = Slips::new(&searched.english.index);
    let (mut first, mut three) = (0, 0);
    for ((word, slip), answer) in slips.iter().zip(searched.ask(&asks)) {
        let near: Vec<String> = serde_json::from_value(answer["answer"].clone()).unwrap();
        assert_eq!(near, ours.nearest(slip), "the command line mends {slip} alike");
        first += usize::from(near.first() == Some(word));
        three += usize::from(near.contains(word));
    }
    let all = slips.len();
    assert!(first * 100 >= all * 93, "{first} of {all} first");
    assert!(three * 100 >= all * 99, "{three} of {all} in the first three");
}

#[test]
fn a_slip_in_a_made_up_word_is_mended() {
    slips_are_forgiven(&corpus(300));
    slips_are_forgiven(&corpus(10_200));
}

#[test]
fn a_slip_in_a_word_of_the_shipped_content_is_mended() {
    slips_are_forgiven(&Searched::new(tree(), "hub"));
}
