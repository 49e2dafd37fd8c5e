//! What search does for people: synonyms, phrases, completions, facets, other languages, and
//! whatever may be typed or go wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use ordinarily::content::tree::SourceTree;
use ordinarily::engine;
use ordinarily::path::SourcePath;
use serde_json::{Value, json};

use super::client::{Searched, addresses, ask};
use crate::shipped;
use crate::support::{Files, base, on_disk, provision, reviewed, run, tree, with};

fn searched(files: &Files, site: &str) -> Searched {
    let mut problems = Vec::new();
    let tree: SourceTree = tree(files, &mut problems);
    Searched::new(&tree, site)
}

/// The one answer to a question.
fn answer(searched: &Searched, what: Value) -> Value {
    searched.ask(&[what]).remove(0)["answer"].take()
}

#[test]
fn synonyms_lead_both_ways() {
    let mut problems = Vec::new();
    let project = engine::parse(shipped::tree(), None).into_value(&mut problems).unwrap();
    let groups = &project.vocabulary.synonyms.same;
    // A page for each word of each group, which says nothing else.
    let mut files = base();
    let path = "content/vocabulary/synonyms.yaml";
    files.insert(
        path.to_owned(),
        shipped::tree().text(&SourcePath::new(path)).unwrap().text.to_string(),
    );
    let address = |group: usize, word: usize| format!("guides/of-{group}-{word}/");
    for (group, words) in groups.iter().enumerate() {
        for (at, word) in words.iter().enumerate() {
            let path = format!("content/london/{}.md", address(group, at).trim_end_matches('/'));
            files.insert(path, reviewed("Page", "") + &format!("See {word} here.\n"));
        }
    }
    let searched = searched(&files, "barnet");
    let words = groups.iter().flatten();
    let asks: Vec<Value> = words.map(|word| json!({"do": "whole", "text": word})).collect();
    let mut answers = searched.ask(&asks).into_iter();
    let mut pairs = 0;
    for (group, words) in groups.iter().enumerate() {
        for word in words {
            let documents: Vec<usize> =
                serde_json::from_value(answers.next().unwrap()["answer"].take()).unwrap();
            let pages = &searched.english.collection.pages;
            let urls: Vec<&str> = documents.iter().map(|at| pages[*at].url.as_str()).collect();
            for (other, known) in words.iter().enumerate() {
                let url = address(group, other);
                assert!(urls.contains(&url.as_str()), "{word} does not find the page of {known}");
                pairs += 1;
            }
        }
    }
    assert!(pairs > 700, "{pairs}");
}

#[test]
fn a_phrase_is_looked_for_on_the_pages_themselves() {
    let guide = |title: &str, text: &str| reviewed(title, "") + text;
    let files = with(&[
        ("london/guides/one.md", &guide("One", "They hold a break card up.\n")),
        ("london/guides/two.md", &guide("Two", "The card may break.\n")),
    ]);
    let searched = searched(&files, "barnet");
    for (path, html) in crate::support::build(&files, "barnet") {
        let path = searched.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, html).unwrap();
    }
    assert_eq!(searched.shown("break card").len(), 2);
    let phrase = answer(&searched, json!({"do": "see", "text": "\u{201c}break card\u{201d}"}));
    assert_eq!(phrase["whole"], 1);
    assert_eq!(phrase["shown"][0][1], "guides/one/");
    let passages = phrase["passages"].as_object().unwrap();
    assert!(passages.values().all(|text| text.as_str().unwrap().contains("hold a break card up")));
}

#[test]
fn the_last_word_goes_on_while_somebody_types() {
    let searched = Searched::new(shipped::tree(), "barnet");
    let longer = answer(&searched, json!({"do": "complete", "text": "dysl"}));
    assert_eq!(longer[0], "dyslexia");
    let typing = json!({"do": "see", "text": "speech ther", "typing": true});
    let found = answer(&searched, typing);
    assert_eq!(found["shown"][0][1], "services/speech-and-language-therapy/");
    assert_eq!(found["mended"], false);
}

#[test]
fn what_is_mended_is_said_and_can_be_refused() {
    let searched = Searched::new(shipped::tree(), "barnet");
    let mended = answer(&searched, json!({"do": "see", "text": "dislexia help"}));
    assert_eq!(mended["mended"], "dyslexia help");
    let refused = answer(&searched, json!({"do": "see", "text": "dislexia", "exact": true}));
    assert_eq!((&refused["mended"], &refused["documents"]), (&json!(false), &json!(0)));
}

#[test]
fn results_are_narrowed_or_within_a_facet_and_and_between() {
    let more = "phases: [primary]\nneeds: [autism]\n";
    let files = with(&[
        ("london/guides/one.md", &(reviewed("Ramps one", more))),
        ("london/guides/two.md", &(reviewed("Ramps two", "needs: [hearing]\n"))),
        ("london/services/three.md", &(reviewed("Ramps three", "does: Help\nneeds: [hearing]\n"))),
    ]);
    let searched = searched(&files, "barnet");
    let facets = &searched.english.collection.facets;
    let at = |values: &[ordinarily::search::collection::Value], key: &str| {
        values.iter().position(|value| value.key == key).unwrap()
    };
    let (guides, services) = (at(&facets.kinds, "guides"), at(&facets.kinds, "services"));
    let (autism, hearing) = (at(&facets.needs, "autism"), at(&facets.needs, "hearing"));
    let (early, primary) = (at(&facets.phases, "early-years"), at(&facets.phases, "primary"));
    let narrowed = |filter: Value| {
        answer(&searched, json!({"do": "counts", "text": "ramps", "filter": filter}))
    };
    let count = |answer: &Value, facet: &str, at: usize| answer["counts"][facet][at].as_u64();

    let all = narrowed(json!({}));
    assert_eq!(all["whole"], 3);
    assert_eq!(count(&all, "kind", guides), Some(2));
    assert_eq!(count(&all, "need", hearing), Some(2));
    // What names no age is for every age.
    assert_eq!((count(&all, "phase", early), count(&all, "phase", primary)), (Some(2), Some(3)));

    let hearing_guides = narrowed(json!({"kind": [guides], "need": [hearing]}));
    assert_eq!(hearing_guides["whole"], 1);
    // Each count is of what would be shown if that value were chosen too.
    assert_eq!(count(&hearing_guides, "kind", services), Some(1));
    assert_eq!(count(&hearing_guides, "need", autism), Some(1));
    assert_eq!(narrowed(json!({"need": [autism, hearing]}))["whole"], 3);
}

#[test]
fn drafts_hidden_pages_and_those_of_another_day_are_not_found() {
    let files = with(&[
        ("london/guides/seen.md", &reviewed("Zebra seen", "")),
        ("london/guides/draft.md", &reviewed("Zebra draft", "draft: true\n")),
        ("london/guides/later.md", &reviewed("Zebra later", "publish_from: 2027-01-01\n")),
        ("london/guides/hidden.md", &reviewed("Zebra hidden", "")),
        (
            "boroughs/barnet/borough.yaml",
            "official_name: London Borough of Barnet\nname: Barnet\nons_code: E09000003\n\
             hide: [guides/hidden]\n",
        ),
    ]);
    assert_eq!(searched(&files, "barnet").shown("zebra"), ["guides/seen/"]);
}

#[test]
fn the_hub_has_what_boroughs_inherit_once_and_what_they_write_each() {
    let files = with(&[
        ("london/provision/autism.md", &provision("Zebra", "keywords: [stripes]\n")),
        ("boroughs/barnet/provision/autism.md", "---\nsummary: Ours.\n---\n"),
        ("boroughs/kingston/guides/own.md", &reviewed("Zebra too", "")),
    ]);
    let mut found = searched(&files, "hub").shown("zebra");
    found.sort();
    let own = ["boroughs/barnet/provision/autism/", "boroughs/kingston/guides/own/"];
    assert_eq!(found[..2], own);
    assert!(found[2..].contains(&"provision/autism/".to_owned()), "{found:?}");
    assert!(found.iter().filter(|url| url.ends_with("provision/autism/")).count() == 2);
    assert_eq!(
        searched(&files, "kingston").shown("zebra too"),
        ["guides/own/", "provision/autism/"]
    );
}

#[test]
fn each_language_has_an_index_of_its_own() {
    let files = with(&[
        ("london/guides/help.md", &reviewed("Help", "")),
        (
            "london/guides/help.pl.md",
            "---\ntitle: Pomoc dla łosia\nsummary: Źródło.\n---\nSzkoły.\n",
        ),
        ("london/guides/help.ar.md", "---\ntitle: مساعدة المدارس\nsummary: نص.\n---\n"),
    ]);
    let searched = searched(&files, "barnet");
    let see = |folder: &str, text: &str| {
        let answer =
            searched.ask(&[json!({"do": "see", "text": text, "folder": folder})]).remove(0);
        addresses(&answer)
    };
    assert_eq!(see("search/pl/", "losia"), ["pl/guides/help/"]);
    assert_eq!(see("search/pl/", "zrodlo"), ["pl/guides/help/"]);
    // The article may be left out.
    assert_eq!(see("search/ar/", "مدارس"), ["ar/guides/help/"]);
    assert_eq!(see("search/", "losia"), [""; 0]);
}

#[test]
fn the_client_cuts_and_folds_as_the_index_does() {
    use ordinarily::search::analyzer::{fold, words};
    let letters: Vec<char> =
        ('\u{20}'..='\u{ffff}').filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)).collect();
    let texts: Vec<String> = letters
        .chunks(64)
        .map(|letters| letters.iter().map(|letter| format!("a{letter}b {letter}c ")).collect())
        .collect();
    let asks: Vec<Value> = texts.iter().map(|text| json!({"do": "words", "text": text})).collect();
    let searched = searched(&base(), "barnet");
    let (mut compared, mut unlike) = (0, 0);
    for (text, answer) in texts.iter().zip(searched.ask(&asks)) {
        let clients: Vec<String> = serde_json::from_value(answer["answer"].clone()).unwrap();
        let ours: Vec<String> = words(text)
            .map(|(_, word)| fold(word).into_owned())
            .filter(|word| !word.is_empty())
            .collect();
        compared += ours.len();
        let sets = [&ours, &clients].map(|words| words.iter().collect::<BTreeSet<_>>());
        unlike += sets[0].symmetric_difference(&sets[1]).count();
        let settled =
            |c: char| matches!(c, '\0'..'\u{590}' | '\u{600}'..'\u{700}' | '\u{980}'..'\u{a00}');
        if text.chars().all(settled) {
            assert_eq!(ours, clients, "{text}");
        }
    }
    assert!(compared > 60_000, "{compared}");
    // Letters that came into Unicode lately may be unknown to one of the two.
    assert!(unlike * 100 < compared, "{unlike} of {compared}");
}

#[test]
fn whatever_is_typed_has_an_answer() {
    let searched = Searched::new(shipped::tree(), "barnet");
    let long = "autism ".repeat(1_500);
    let letters = "a".repeat(10_000);
    let hostile = [
        long.as_str(),
        letters.as_str(),
        "",
        "   ",
        "the of and",
        "what is it",
        "🙂🙂",
        "\u{0}",
        "<script>alert(1)</script>",
        ".*",
        "[",
        "(",
        "\\",
        "__proto__",
        "constructor",
        "toString",
        "hasOwnProperty",
        "\"",
        "\"\"",
        "\"a",
        "“",
        "বাংলা",
        "اردو",
        "中文",
        "a",
        "'",
        "%00",
        "../..",
        "-1",
        "1e9",
        "İ",
        "ß",
        "\u{202e}",
        "{q}",
        "$&",
    ];
    for typing in [false, true] {
        let ask = |text: &&str| json!({"do": "see", "text": text, "typing": typing});
        let asks: Vec<Value> = hostile.iter().map(ask).collect();
        for (text, answer) in hostile.iter().zip(searched.ask(&asks)) {
            let shown = answer["answer"]["shown"].as_array();
            assert!(shown.is_some(), "{text}: {answer}");
        }
    }
    assert!(!searched.shown("the of and").is_empty(), "stop words alone are words");
    assert_eq!(searched.shown(&long)[0], "needs/autism/");
}

#[test]
fn an_empty_site_and_a_page_of_a_megabyte_are_searched() {
    let empty = searched(&base(), "barnet");
    assert_eq!(empty.shown("autism"), ["needs/autism/"]);
    let words: Vec<String> = (0..120_000).map(|at| format!("word{}", at % 7_000)).collect();
    let files = with(&[("london/guides/long.md", &(reviewed("Long", "") + &words.join(" ")))]);
    let long = searched(&files, "barnet");
    assert_eq!(long.shown("word6999"), ["guides/long/"]);
}

#[test]
fn a_page_opened_before_a_deploy_finds_the_new_index() {
    let before = with(&[("london/guides/one.md", &reviewed("Giraffe", ""))]);
    let after = with(&[("london/guides/two.md", &reviewed("Giraffe two", ""))]);
    let (old, new) = (searched(&before, "barnet"), searched(&after, "barnet"));
    let root = |searched: &Searched| fs::read(searched.folder.path().join("search/root")).unwrap();
    // A host that has the new files, and an old root in somebody's cache.
    let answers = |first: &[u8]| {
        let folder = new.folder.path();
        fs::write(folder.join("search/stale"), first).unwrap();
        ask(folder, &[json!({"do": "see", "text": "giraffe", "stale": true})]).remove(0)
    };
    assert_eq!(addresses(&answers(&root(&old))), ["guides/two/"]);
    assert_eq!(addresses(&answers(b"not an index")), ["guides/two/"]);
}

#[test]
fn a_missing_or_broken_file_is_told() {
    let files = with(&[("london/guides/one.md", &reviewed("Giraffe", ""))]);
    for spoil in ["norms", "i/0", "root"] {
        let searched = searched(&files, "barnet");
        let url = searched.export.urls().find(|url| url.as_str().ends_with(spoil)).unwrap();
        let path = searched.folder.path().join(url.as_str());
        let whole = fs::read(&path).unwrap();
        if spoil != "root" {
            fs::write(&path, &whole[..whole.len() / 2]).unwrap();
            let answer = answer(&searched, json!({"do": "see", "text": "giraffe", "cold": true}));
            assert!(answer["error"].is_string(), "{spoil} cut short: {answer}");
        }
        fs::remove_file(&path).unwrap();
        if spoil != "root" {
            let answer = answer(&searched, json!({"do": "see", "text": "giraffe", "cold": true}));
            assert!(answer["error"].is_string(), "{spoil} gone: {answer}");
        }
    }
}

#[test]
fn a_build_has_one_generation_of_each_language() {
    let files = with(&[
        ("london/guides/help.md", &reviewed("Help", "")),
        ("london/guides/help.pl.md", "---\ntitle: Pomoc\nsummary: Tak.\n---\n"),
    ]);
    let root = on_disk(&files);
    let build = || {
        let done = run(root.path(), &["build", "--site", "barnet", "--today", "2026-11-22"]);
        assert_eq!(done.status, 0, "{}", done.err);
        let files = crate::support::files_in(&root.path().join("dist/barnet/search"));
        let folders: BTreeMap<String, usize> =
            files.keys().fold(BTreeMap::new(), |mut all, path| {
                if let Some((folder, _)) = path.split_once('/') {
                    *all.entry(folder.to_owned()).or_default() += 1;
                }
                all
            });
        assert!(files.contains_key("root") && files.contains_key("pl/root"));
        assert!(files.contains_key("index.html"));
        folders
    };
    let first = build();
    // Two generations, and the folder of the Polish root.
    assert_eq!(first.len(), 3, "{first:?}");
    fs::write(root.path().join("content/london/guides/more.md"), reviewed("More", "")).unwrap();
    let second = build();
    assert_eq!(second.len(), 3, "{second:?}");
    assert_eq!(first.keys().filter(|name| second.contains_key(*name)).count(), 2);
}
