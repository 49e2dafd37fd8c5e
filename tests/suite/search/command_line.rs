//! `ordinarily search` answers what the site itself answers.

use serde_json::Value;

use super::client::Searched;
use crate::shipped;
use crate::support::{on_disk, reviewed, run, with};

#[test]
fn it_answers_what_the_site_answers() {
    let root = env!("CARGO_MANIFEST_DIR");
    let searched = Searched::new(shipped::tree(), "barnet");
    for query in ["my son cant sit still", "dislexia", "senco training", "what is an arp"] {
        let arguments = ["search", query, "--site", "barnet", "--today", "2026-11-22", "--json"];
        let done = run(root.as_ref(), &arguments);
        assert_eq!(done.status, 0, "{}", done.err);
        let printed: Value = serde_json::from_str(&done.out).unwrap();
        let urls: Vec<&str> = printed["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["url"].as_str().unwrap().trim_start_matches('/'))
            .collect();
        assert_eq!(urls, searched.shown(query), "{query}");
    }
}

#[test]
fn it_narrows_and_tells_unknown_values() {
    let files = with(&[
        ("london/guides/one.md", &reviewed("Ramps", "needs: [hearing]\n")),
        ("london/guides/two.md", &reviewed("Ramps too", "")),
    ]);
    let root = on_disk(&files);
    let ask = |more: &[&str]| {
        let mut arguments = vec!["search", "ramps", "--site", "barnet", "--today", "2026-11-22"];
        arguments.extend(more);
        run(root.path(), &arguments)
    };
    let all = ask(&[]);
    assert!(all.out.contains("2 of barnet with every word"), "{}", all.out);
    assert!(all.out.contains("Ramps too  (Guide, London-wide; score"), "{}", all.out);
    assert!(all.out.contains("\n/guides/two/\nAbout Ramps too.\n"), "{}", all.out);
    let narrowed = ask(&["--need", "hearing", "--kind", "guides", "--phase", "primary"]);
    assert!(narrowed.out.contains("1 of barnet with every word"), "{}", narrowed.out);
    let unknown = ask(&["--kind", "guide"]);
    assert_eq!(unknown.status, 2);
    assert!(
        unknown.err.contains("there is no kind `guide`: did you mean `guides`?"),
        "{}",
        unknown.err
    );
    let lost = run(root.path(), &["search", "x", "--site", "barnt"]);
    assert_eq!(lost.status, 2);
    assert!(lost.err.contains("did you mean `barnet`?"), "{}", lost.err);
}
