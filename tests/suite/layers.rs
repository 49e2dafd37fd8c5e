//! How boroughs adapt what they inherit, on the pages that people read.

use std::sync::Arc;

use ordinarily::content::kinds::Kind;
use ordinarily::content::node::Node;
use ordinarily::content::source::SourceFile;
use ordinarily::content::tree::SourceTree;
use ordinarily::content::yaml;
use ordinarily::path::SourcePath;
use ordinarily::site::layers::merge;
use proptest::prelude::*;

use super::support::{
    Files, build, build_on, build_tree, page, provision, reviewed, today, with, words,
};

const SHARED: &str = "expectations:\n\
    - {id: one, text: Say one., detail: In full., modal: should, indicators: {green: G, red: R}}\n\
    - {id: two, text: Say two., modal: could}\n\
    - {id: three, text: Say three., modal: should}\n\
    evidence: [A record]\n\
    ask_the_school: [What do you do?]\n";

/// The words of Barnet's page when it adapts the shared one with `yaml` and `body`.
fn adapted(yaml: &str, body: &str) -> String {
    let shared = provision("Autism", SHARED) + "Shared words.\n";
    let own = format!("---\n{yaml}---\n{body}");
    let files =
        with(&[("london/provision/a.md", &shared), ("boroughs/barnet/provision/a.md", &own)]);
    words(&page(&files, "barnet", "provision/a/index.html"))
}

fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} is not next in:\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn a_borough_can_change_one_field_and_inherits_the_rest() {
    let text = adapted("title: Autism in Barnet\n", "");
    in_order(&text, &["Autism in Barnet", "What schools should do.", "Adapted by Barnet"]);
    in_order(&text, &["Say one.", "Say two.", "Say three."]);
    assert!(text.contains("Shared words."));
}

#[test]
fn a_borough_can_change_one_field_of_one_expectation_and_the_page_shows_what() {
    let text = adapted("expectations:\n- {id: one, text: Say one aloud.}\n", "");
    in_order(&text, &["Say one aloud.", "In full.", "Adapted by Barnet", "What Barnet changed"]);
    in_order(&text, &["removed:", "one.", "added:", "one aloud."]);
    assert_eq!(text.matches("What Barnet changed").count(), 1);
}

#[test]
fn a_borough_can_change_one_indicator() {
    let shared = provision("Autism", SHARED);
    let own = "---\nexpectations:\n- {id: one, indicators: {red: Never seen}}\n---\n";
    let files =
        with(&[("london/provision/a.md", &shared), ("boroughs/barnet/provision/a.md", own)]);
    let html = page(&files, "barnet", "provision/a/index.html");
    in_order(&words(&html), &["G", "Never seen"]);
}

#[test]
fn a_new_expectation_comes_last_or_after_the_one_it_names() {
    let new = |after: &str| {
        format!("expectations:\n- {{id: new, {after}text: Say new., modal: should}}\n")
    };
    in_order(&adapted(&new(""), ""), &["Say one.", "Say three.", "Say new."]);
    let text = adapted(&new("after: one, "), "");
    in_order(&text, &["Say one.", "Say new.", "From Barnet", "Say two.", "Say three."]);
}

#[test]
fn a_borough_can_drop_one_shared_expectation_and_clear_a_field() {
    let text = adapted("drop: {expectations: [two]}\nevidence: null\n", "");
    in_order(&text, &["Say one.", "Say three."]);
    assert!(!text.contains("Say two."));
    assert!(!text.contains("A record"));
    assert!(text.contains("What do you do?"));
}

#[test]
fn a_plain_list_is_replaced() {
    let text = adapted("ask_the_school: Who helps?\n", "");
    assert!(text.contains("Who helps?") && !text.contains("What do you do?"));
}

#[test]
fn a_body_replaces_inherits_or_stands_around_the_lower_one() {
    assert!(adapted("owner: Barnet\n", "").contains("Shared words."));
    let replaced = adapted("owner: Barnet\n", "Own words.\n");
    assert!(replaced.contains("Own words.") && !replaced.contains("Shared words."));
    let around = adapted("owner: Barnet\n", "Before.\n\n::: inherit\n\nAfter.\n");
    in_order(&around, &["Before.", "Shared words.", "After."]);
}

#[test]
fn replaces_inherits_nothing() {
    let own = provision(
        "Own",
        "replaces: true\nexpectations:\n- {id: x, text: Say x., modal: must, law: {title: An Act}}\n",
    );
    let files = with(&[
        ("london/provision/a.md", &(provision("Autism", SHARED) + "Shared words.\n")),
        ("boroughs/barnet/provision/a.md", &own),
    ]);
    let text = words(&page(&files, "barnet", "provision/a/index.html"));
    assert!(
        text.contains("Say x.") && !text.contains("Say one.") && !text.contains("Shared words.")
    );
}

#[test]
fn inherited_footnotes_and_headings_do_not_clash_with_a_boroughs_own() {
    let body = |words: &str| format!("## Notes\n\n{words}[^1]\n\n[^1]: About {words}.\n");
    let files = with(&[
        ("london/provision/a.md", &(provision("A", "") + &body("shared"))),
        (
            "boroughs/barnet/provision/a.md",
            &format!("---\nowner: B\n---\n{}\n::: inherit\n", body("own")),
        ),
    ]);
    let html = page(&files, "barnet", "provision/a/index.html");
    for id in ["id=\"notes\"", "id=\"notes-again-2\"", "id=\"note-1\"", "id=\"note-2\""] {
        assert_eq!(html.matches(id).count(), 1, "{id}");
    }
    in_order(&words(&html), &["own", "1", "shared", "2", "About own.", "About shared."]);
}

#[test]
fn a_partner_stands_between_london_and_its_boroughs_only() {
    let files = with(&[
        ("london/provision/a.md", &provision("Autism", SHARED)),
        (
            "partners/achieving/provision/a.md",
            "---\nexpectations:\n- {id: two, text: Partner two.}\n---\n",
        ),
        (
            "boroughs/kingston/provision/a.md",
            "---\nexpectations:\n- {id: three, text: Kingston three.}\n---\n",
        ),
        ("partners/achieving/services/panel.md", &reviewed("Panel", "")),
    ]);
    let kingston = words(&page(&files, "kingston", "provision/a/index.html"));
    in_order(
        &kingston,
        &[
            "Say one.",
            "Partner two.",
            "Achieving for Children",
            "Kingston three.",
            "Adapted by Kingston",
        ],
    );
    let barnet = build(&files, "barnet");
    assert!(words(&barnet["provision/a/index.html"]).contains("Say two."));
    assert!(!barnet.contains_key("services/panel/index.html"));
    assert!(build(&files, "kingston").contains_key("services/panel/index.html"));
}

#[test]
fn what_a_borough_hides_is_gone_and_links_to_it_become_words_with_a_warning() {
    let mut files = with(&[
        ("london/guides/a.md", &(reviewed("A", "") + "See [the other](b.md) and [[guides/b]].\n")),
        ("london/guides/b.md", &reviewed("B", "")),
    ]);
    let file = files.get_mut("content/boroughs/barnet/borough.yaml").unwrap();
    file.push_str("hide: [guides/b]\n");
    let (built, problems, _) = build_on(&files, "barnet", today());
    assert!(!built.contains_key("guides/b/index.html"));
    let html = &built["guides/a/index.html"];
    assert!(html.contains("See the other and b."), "{html}");
    assert_eq!(problems.iter().filter(|problem| problem.code == "hidden-link").count(), 2);
    assert!(build(&files, "kingston").contains_key("guides/b/index.html"));
}

#[test]
fn a_borough_with_nothing_of_its_own_is_the_shared_layer_with_its_name() {
    let shared = [
        ("london/provision/a.md", provision("Autism", SHARED) + "In {borough}.\n"),
        ("london/guides/g.md", reviewed("Guide", "") + "See [[provision/a]].\n"),
    ];
    let mut files: Files = with(&shared.each_ref().map(|(path, text)| (*path, text.as_str())));
    files.insert(
        "content/boroughs/camden/borough.yaml".to_owned(),
        "official_name: London Borough of Camden\nname: Camden\nons_code: E09000007\n".to_owned(),
    );
    let (barnet, camden) = (build(&files, "barnet"), build(&files, "camden"));
    assert_eq!(barnet.len(), camden.len());
    for (path, html) in &barnet {
        let renamed = html.replace("Barnet", "Camden").replace("E09000003", "E09000007");
        let renamed = renamed.replace("\"barnet\"", "\"camden\"");
        assert_eq!(&renamed, &camden[path], "{path}");
    }
    assert!(words(&barnet["provision/a/index.html"]).contains("In Barnet."));
    assert!(words(&barnet["index.html"]).contains("Barnet has added nothing of its own yet"));
}

#[test]
fn what_a_borough_changes_is_never_shown_in_a_translation_of_the_old_words() {
    let mut files = with(&[
        ("london/provision/a.md", &(provision("Autism", SHARED) + "Shared words.\n")),
        (
            "london/provision/a.pl.md",
            "---\ntitle: Autyzm\nexpectations:\n- {id: one, text: Jeden.}\n- {id: two, text: Dwa.}\n---\nWspólne.\n",
        ),
        (
            "boroughs/barnet/provision/a.md",
            "---\nexpectations:\n- {id: one, text: One in Barnet.}\n---\n::: inherit\n\nOwn words.\n",
        ),
    ]);
    let path = "pl/provision/a/index.html";
    let text = words(&page(&files, "barnet", path));
    in_order(&text, &["Autyzm", "One in Barnet.", "Dwa.", "Wspólne.", "Own words."]);
    assert!(!text.contains("Jeden."), "{text}");
    assert!(words(&page(&files, "kingston", path)).contains("Jeden."));
    // The borough translates its own change, and nothing else.
    files.insert(
        "content/boroughs/barnet/provision/a.pl.md".into(),
        "---\nexpectations:\n- {id: one, text: Jeden w Barnet.}\n---\n".into(),
    );
    let text = words(&page(&files, "barnet", path));
    in_order(&text, &["Autyzm", "Jeden w Barnet.", "Dwa.", "Wspólne.", "Own words."]);
}

#[test]
fn a_draft_that_adapts_leaves_the_inherited_page_as_it_is() {
    let files = with(&[
        ("london/provision/a.md", &provision("Autism", SHARED)),
        ("boroughs/barnet/provision/a.md", "---\ndraft: true\ntitle: New\n---\n"),
    ]);
    assert!(words(&page(&files, "barnet", "provision/a/index.html")).contains("Autism"));
    let drafts = ordinarily::site::model::Day { drafts: true, ..today() };
    let (built, _, _) = build_on(&files, "barnet", drafts);
    assert!(words(&built["provision/a/index.html"]).contains("New"));
}

/// A front matter of a few fields, as an editor might write it.
fn front_matter() -> impl Strategy<Value = String> {
    let scalar = ("(title|summary|owner)", "[a-z]{1,5}")
        .prop_map(|(key, value)| format!("{key}: {value}\n"));
    let null = "(title|evidence|keywords)".prop_map(|key| format!("{key}: null\n"));
    let list = ("(evidence|keywords)", proptest::collection::vec("[a-z]{1,3}", 0..3))
        .prop_map(|(key, items)| format!("{key}: [{}]\n", items.join(", ")));
    let item = (
        "[abcd]",
        "[a-z]{1,4}",
        proptest::option::of("[abcd]"),
        proptest::option::of("[a-z]{1,3}"),
    );
    let items = proptest::collection::vec(item, 0..4).prop_map(|items| {
        let mut text = "expectations:\n".to_owned();
        let mut seen = Vec::new();
        for (id, words, after, green) in items {
            if seen.contains(&id) {
                continue;
            }
            text += &format!("- {{id: {id}, text: {words}");
            text += &after.map(|after| format!(", after: {after}")).unwrap_or_default();
            text +=
                &green.map(|green| format!(", indicators: {{green: {green}}}")).unwrap_or_default();
            text += "}\n";
            seen.push(id);
        }
        if seen.is_empty() { String::new() } else { text }
    });
    let drop = proptest::option::of("[abcd]").prop_map(|id| {
        id.map(|id| format!("drop: {{expectations: [{id}]}}\n")).unwrap_or_default()
    });
    let replaces = proptest::bool::weighted(0.1)
        .prop_map(|yes| if yes { "replaces: true\n".to_owned() } else { String::new() });
    (scalar, null, list, items, drop, replaces).prop_map(|(a, b, c, d, e, f)| {
        // A field stands once in a file; the first wins here.
        let mut keys = Vec::new();
        let mut text = String::new();
        for part in [a, b, c, d, e, f] {
            let key = part.split(':').next().unwrap_or_default().to_owned();
            if !keys.contains(&key) {
                text += &part;
                keys.push(key);
            }
        }
        text
    })
}

fn node(text: &str) -> Node {
    let file = Arc::new(SourceFile::new(SourcePath::new("a.md"), text));
    yaml::parse(&file, 0..text.len()).value.unwrap()
}

fn put(base: Option<&Node>, over: &Node) -> Node {
    merge(base, over, Kind::Provision, &mut Vec::new()).0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn putting_a_file_on_twice_changes_nothing(base in front_matter(), over in front_matter()) {
        let base = put(None, &node(&base));
        let over = node(&over);
        let once = put(Some(&base), &over);
        let twice = put(Some(&once), &over);
        prop_assert!(once.says_the_same(&twice), "{once:?}\n{twice:?}");
    }

    #[test]
    fn a_file_that_says_nothing_changes_nothing(base in front_matter()) {
        let base = put(None, &node(&base));
        let (same, changes) = merge(Some(&base), &node("{}"), Kind::Provision, &mut Vec::new());
        prop_assert!(base.says_the_same(&same));
        prop_assert_eq!(changes, Default::default());
    }

    #[test]
    fn what_a_file_says_again_is_no_change(text in front_matter()) {
        let says = |line: &&str| !["null", "drop", "replaces"].iter().any(|word| line.contains(word));
        let text: String = text.lines().filter(says).map(|line| format!("{line}\n")).collect();
        let base = put(None, &node(&text));
        let (_, changes) = merge(Some(&base), &node(&text), Kind::Provision, &mut Vec::new());
        prop_assert_eq!(changes, Default::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_in_which_files_come_never_matters(seed in any::<u64>()) {
        let files = with(&[
            ("london/provision/a.md", &provision("Autism", SHARED)),
            ("partners/achieving/provision/a.md", "---\nexpectations:\n- {id: two, text: P.}\n---\n"),
            ("boroughs/kingston/provision/a.md", "---\nexpectations:\n- {id: two, detail: K.}\n---\n"),
            ("london/guides/g.md", &reviewed("G", "")),
        ]);
        let sorted = build(&files, "kingston");
        let mut shuffled: Vec<(&String, &String)> = files.iter().collect();
        shuffled.sort_by_key(|(path, _)| {
            path.bytes().fold(seed, |hash, byte| hash.rotate_left(7) ^ u64::from(byte).wrapping_mul(0x9e37_79b9))
        });
        let mut other = SourceTree::new();
        for (path, text) in shuffled {
            other.insert(SourcePath::new(path), text.as_bytes()).unwrap();
        }
        prop_assert_eq!(sorted, build_tree(&other, "kingston", today(), Vec::new()).0);
    }
}
