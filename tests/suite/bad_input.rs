//! What the program says of wrong content: every problem of every file in one run, each with its
//! place, its line, a caret and what to do. Never a panic, never silence.

use std::fs;
use std::os::unix::fs::symlink;

use proptest::prelude::*;

use super::support::{base, files_in, on_disk, provision, reviewed, run, said, with};

/// Asserts that the problems of a project are just these, as people see them.
#[track_caller]
fn says(files: &[(&str, &str)], expected: &str) {
    let said = said(&with(files));
    assert_eq!(said.trim(), expected.trim(), "\n--- said:\n{said}");
}

/// Asserts that the problems of a project hold these words, one after the other.
#[track_caller]
fn mentions(files: &[(&str, &str)], words: &[&str]) {
    let said = said(&with(files));
    let mut rest = said.as_str();
    for word in words {
        let at = rest.find(word).unwrap_or_else(|| panic!("{word:?} is not in:\n{said}"));
        rest = &rest[at + word.len()..];
    }
}

#[test]
fn a_sound_project_has_no_problems() {
    assert_eq!(said(&base()), "");
}

#[test]
fn an_unknown_need_is_told_with_its_line_a_caret_and_the_nearest_name() {
    let page = provision("Autism", "").replace("[autism]", "[autisum]");
    says(
        &[("london/provision/a.md", &page)],
        "
error[unknown-name]: unknown need `autisum`
 --> content/london/provision/a.md:4:9
  |
4 | needs: [autisum]
  |         ^^^^^^^
  |
  = help: did you mean `autism`?",
    );
}

#[test]
fn a_date_of_another_form_is_told_with_the_right_one() {
    let page = reviewed("Help", "").replace("reviewed: 2026-09-01", "reviewed: 10/09/2026");
    says(
        &[("london/guides/a.md", &page)],
        "
error[wrong-date]: `10/09/2026` is not a date such as 2026-09-01
 --> content/london/guides/a.md:4:11
  |
4 | reviewed: 10/09/2026
  |           ^^^^^^^^^^
  |
  = help: write the year first: `2026-09-10`",
    );
    let page = reviewed("Help", "").replace("reviewed: 2026-09-01", "reviewed: soon");
    mentions(
        &[("london/guides/a.md", &page)],
        &["a.md:4:11", "it must be a date such as 2026-09-01"],
    );
}

#[test]
fn all_problems_of_all_files_are_told_in_one_run() {
    let first = provision("A", "tier: univrsal\n").replace("summary", "sumary");
    let second = reviewed("B", "owner: again\nreveiwed: 2026-01-01\n");
    let third = "---\ntitle: C\nsummary: D\ntype: arpp\n---\n[x](nothing.md)\n\n::: stepps\n";
    mentions(
        &[
            ("boroughs/barnet/places/c.md", third),
            ("london/guides/b.md", &second),
            ("london/provision/a.md", &first),
        ],
        &[
            "unknown value `arpp`",
            "places/c.md:4:7",
            "did you mean `arp`?",
            "places/c.md:8:",
            "did you mean `steps`?",
            "`owner` stands twice (first in line 6)",
            "guides/b.md:7:1",
            "unknown field `reveiwed`",
            "did you mean `reviewed`?",
            "`summary` is missing",
            "unknown field `sumary`",
            "did you mean `summary`?",
            "unknown tier `univrsal`",
            "did you mean `universal`?",
        ],
    );
}

#[test]
fn front_matter_that_is_missing_open_or_not_yaml_is_told_in_plain_words() {
    let file = "london/guides/a.md";
    mentions(&[(file, "")], &["the file is empty", "write the page or delete the file"]);
    mentions(&[(file, "Hello\n")], &["the page has no front matter", "a.md:1:1"]);
    mentions(&[(file, "---\ntitle: A\nHello\n")], &["never ends", "a.md:1:1", "put a line `---`"]);
    mentions(&[(file, "---\ntitle:\n\t- A\n---\n")], &["a tab", "a.md:3:1", "two spaces"]);
    mentions(&[(file, "---\ntitle: A: B\n---\n")], &["second colon", "a.md:2:", "quotation marks"]);
    mentions(&[(file, "---\njust words\n---\n")], &["not a group of fields"]);
    mentions(&[(file, "---\n- a\n- b\n---\n")], &["not a group of fields"]);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_simply_right() {
    let page = format!("\u{feff}{}", reviewed("Help", "").replace('\n', "\r\n") + "Text\r\n");
    says(&[("london/guides/a.md", &page)], "");
}

#[test]
fn an_alias_bomb_and_deep_nesting_are_refused_quickly() {
    let mut bomb = "---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let below = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", [below.as_str(); 10].join(", "));
    }
    mentions(&[("london/guides/a.md", &(bomb + "---\n"))], &["aliases", "without end"]);
    let deep = format!("---\ntitle: {}\n---\n", "[".repeat(100_000));
    mentions(&[("london/guides/a.md", &deep)], &["too deep"]);
    let deep = format!("{}{}\n", reviewed("A", ""), "> ".repeat(50_000));
    said(&with(&[("london/guides/a.md", &deep)]));
}

#[test]
fn a_file_of_more_than_ten_megabytes_is_refused_and_one_of_ten_is_not() {
    let line = "Plain words that go on and on, page after page. \n";
    let body = |bytes: usize| reviewed("Long", "") + &line.repeat(bytes / line.len());
    says(&[("london/guides/a.md", &body(9_900_000))], "");
    mentions(&[("london/guides/a.md", &body(11_000_000))], &["the file is 11 MB long", "split it"]);
}

#[test]
fn bytes_that_are_not_text_are_told_at_their_place() {
    let root = on_disk(&base());
    let path = root.path().join("content/london/guides");
    fs::create_dir_all(&path).unwrap();
    fs::write(path.join("a.md"), b"---\ntitle: caf\xe9\n---\n").unwrap();
    let run = run(root.path(), &["build"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("content/london/guides/a.md:2:11"), "{}", run.err);
    assert!(run.err.contains("not UTF-8"), "{}", run.err);
}

#[test]
fn a_title_of_three_hundred_characters_is_a_warning_and_the_site_is_built() {
    let page = reviewed(&"long ".repeat(60), "");
    let root = on_disk(&with(&[("london/guides/a.md", &page)]));
    let run = run(root.path(), &["build", "--site", "barnet"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("warning[long-text]: `title` has 299 characters"), "{}", run.err);
}

#[test]
fn names_that_cannot_be_addresses_and_places_nobody_knows_are_told_with_what_to_do() {
    let page = &reviewed("A", "");
    mentions(&[("london/guides/My Page.md", page)], &["call the file `my-page.md`"]);
    mentions(&[("london/provisions/a.md", page)], &["`provisions` is not a folder", "`provision`"]);
    mentions(&[("london/service/a.md", page)], &["call it `services`"]);
    mentions(&[("london/guides/deep/a.md", page)], &["lies too deep"]);
    mentions(&[("london/guides/a.yaml", "a: b")], &["not a page"]);
    mentions(&[("london/a.md", page)], &["outside the folders of its layer"]);
    mentions(&[("vocabulary/kneeds.yaml", "[]")], &["not a vocabulary", "did you mean `needs`?"]);
    mentions(&[("extra/a.md", page)], &["`extra` is not a part of content/"]);
    mentions(&[("london/guides/a.xx.md", page)], &["`xx` is no language", "site.yaml"]);
}

#[test]
fn two_files_of_one_address_are_told_with_both() {
    let page = &reviewed("A", "");
    mentions(
        &[("london/guides/a.md", page), ("london/guides/a.en.md", page)],
        &["two files are `guides/a`", "keep one"],
    );
    let alias = &reviewed("B", "aliases: [/guides/a/]\n");
    mentions(
        &[("london/guides/a.md", page), ("london/guides/b.md", alias)],
        &["the address /guides/a/ is taken by content/london/guides/a.md", "guides/b.md:7:11"],
    );
    let same = &reviewed("C", "aliases: [/old/]\n");
    mentions(
        &[("london/guides/b.md", same), ("london/guides/c.md", same)],
        &["/old/ is taken by content/london/guides/b.md:7:11"],
    );
    mentions(
        &[("london/guides/a.md", &reviewed("A", "aliases: [\"https://x.org/a\"]\n"))],
        &["not an address of this site"],
    );
}

#[test]
fn a_borough_without_its_file_an_unknown_layer_and_a_circle_of_layers_are_told() {
    let page = &reviewed("A", "");
    mentions(
        &[("boroughs/camden/guides/a.md", page)],
        &["has no `borough.yaml`", "add `borough.yaml`"],
    );
    let borough = |layers: &str| {
        format!("official_name: X\nname: X\nons_code: E09000007\nlayers: [{layers}]\n")
    };
    let file = "boroughs/camden/borough.yaml";
    mentions(
        &[(file, &borough("acheiving"))],
        &["unknown partner layer `acheiving`", "borough.yaml:4:10", "did you mean `achieving`?"],
    );
    mentions(
        &[(file, &borough("barnet"))],
        &["unknown partner layer", "only partners can be layers"],
    );
    mentions(&[(file, &borough("achieving, achieving"))], &["`achieving` stands twice"]);
    mentions(
        &[
            ("partners/achieving/partner.yaml", "name: A\nlayers: [other]\n"),
            ("partners/other/partner.yaml", "name: B\nlayers: [achieving]\n"),
        ],
        &["the layers go round in a circle", "achieving → other → achieving"],
    );
    mentions(&[("boroughs/hub/borough.yaml", &borough(""))], &["cannot be called `hub`"]);
    mentions(&[("boroughs/pl/borough.yaml", &borough(""))], &["cannot be called `pl`"]);
}

#[test]
fn wrong_small_files_are_told_like_wrong_pages() {
    mentions(
        &[("boroughs/barnet/borough.yaml", "name: B\nons_code: E0900003\nofficial_name: B\n")],
        &["borough.yaml:2:11", "E06, E08, E09 or E10"],
    );
    mentions(
        &[("boroughs/barnet/borough.yaml", "name: B\nons_code: E09000099\nofficial_name: B\n")],
        &["warning[unknown-ons-code]"],
    );
    mentions(
        &[(
            "boroughs/barnet/borough.yaml",
            "name: B\nofficial_name: B\nons_code: E09000003\nbrand: {colour: green}\nhide: [guides/x]\n",
        )],
        &["`green` is not a colour"],
    );
    mentions(
        &[(
            "boroughs/barnet/borough.yaml",
            "name: B\nofficial_name: B\nons_code: E09000003\nhide: [guides/x]\n",
        )],
        &["`hide` names an unknown entry `guides/x`", "borough.yaml:4:8"],
    );
    mentions(
        &[("site.yaml", "name: A\nhub: {title: B, base_url: example.org}\nlanguages: [en]\n")],
        &["site.yaml:2:27", "an address such as https://example.org/send"],
    );
    mentions(
        &[(
            "site.yaml",
            "name: A\nhub: {title: B}\nlanguages: [en]\nbase_urls: {barnett: \"https://a.b\"}\n",
        )],
        &["unknown borough `barnett`", "did you mean `barnet`?"],
    );
}

#[test]
fn broken_links_are_told_at_their_place_with_the_nearest_page() {
    let body = |text: &str| reviewed("A", "") + text;
    let guides = |text: &str| vec![("london/guides/a.md".to_owned(), body(text))];
    for (text, words) in [
        ("See [x](../guides/b.md).", ["there is no `guides/b` here", "a.md:8:5"]),
        ("See [[guides/aa]].", ["there is no `guides/aa` here", "did you mean `guides/a`?"]),
        ("See [x](/nedes/autism/).", ["no page has the address /nedes/autism/", "a.md:8:5"]),
        ("See [x](#nowhere).", ["the page has no part `#nowhere`", "a.md:8:5"]),
        ("See [x](../files/a.pdf).", ["there is no file `files/a.pdf`", "a.md:8:5"]),
        ("See [x](../../../../etc/passwd).", ["lies outside the content", "a.md:8:5"]),
        ("See [x](javascript:alert(1)).", ["javascript", "a.md:8:5"]),
        ("See [x](data:text/html,x).", ["data", "a.md:8:5"]),
        ("![A cat](cat.png)", ["there is no file `guides/cat.png`", "a.md:8:1"]),
        ("::: contact nobody", ["there is no `services/nobody` here", "a.md:8:13"]),
        ("::: expectations need=autisum", ["unknown need `autisum`", "a.md:8:23"]),
        ("::: chart figures", ["there is no `data/figures` here", "a.md:8:11"]),
        ("::: inherit", ["no lower layer's text to inherit", "a.md:8:1"]),
    ] {
        let files = guides(text);
        let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (&**a, &**b)).collect();
        let said = said(&with(&files));
        for word in words {
            assert!(said.contains(word), "{text:?} says\n{said}\nwithout {word:?}");
        }
    }
}

#[test]
fn wrong_layering_is_told_at_its_place() {
    let shared = provision("A", "expectations:\n- {id: one, text: Do., modal: should}\n");
    let borough = |yaml: &str| format!("---\n{yaml}---\n");
    let says = |yaml: &str, words: &[&str]| {
        mentions(
            &[
                ("london/provision/a.md", &shared),
                ("boroughs/barnet/provision/a.md", &borough(yaml)),
            ],
            words,
        );
    };
    says(
        "drop: {expectations: [onne]}\n",
        &["no item `onne` to drop", "a.md:2:23", "did you mean `one`?"],
    );
    says("drop: {evidence: [one]}\n", &["`drop` cannot take items from `evidence`"]);
    says(
        "expectations:\n- {id: two, after: onee, text: Do., modal: should}\n",
        &["`after` names an unknown item `onee`", "did you mean `one`?"],
    );
    says("expectations:\n- {id: two, modal: should}\n", &["`text` is missing"]);
    says(
        "expectations:\n- {id: two, text: A., modal: should}\n- {id: two, text: B., modal: should}\n",
        &["the id `two` stands twice"],
    );
}

#[test]
fn wrong_tables_are_told_at_their_cell() {
    let page = provision("A", "expectations: rows.csv\n");
    let table = "id,text,modal,phases\none,Do it.,shoud,primary;secondry\n";
    mentions(
        &[("london/provision/a.md", &page), ("london/provision/rows.csv", table)],
        &["unknown value `shoud`", "rows.csv:2:12", "unknown phase `secondry`", "rows.csv:2:26"],
    );
    mentions(&[("london/provision/a.md", &page)], &["there is no table `rows.csv`", "a.md:8:15"]);
    mentions(
        &[("london/provision/a.md", &page), ("london/provision/rows.csv", "id,text,mdal\na,b,c\n")],
        &["unknown field `mdal`", "rows.csv:1:9", "did you mean `modal`?"],
    );
}

#[test]
fn a_link_out_of_the_content_is_refused_and_one_inside_is_followed() {
    let root = on_disk(&with(&[("london/guides/a.md", &reviewed("A", ""))]));
    let guides = root.path().join("content/london/guides");
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.md"), reviewed("Secret", "")).unwrap();
    symlink("a.md", guides.join("b.md")).unwrap();
    let out = run(root.path(), &["build", "--site", "hub"]);
    assert_eq!(out.status, 0, "{}", out.err);
    assert!(root.path().join("dist/hub/guides/b/index.html").exists());

    symlink(outside.path().join("secret.md"), guides.join("c.md")).unwrap();
    symlink(outside.path(), guides.join("d")).unwrap();
    symlink("nowhere.md", guides.join("e.md")).unwrap();
    let out = run(root.path(), &["build", "--site", "hub"]);
    assert_eq!(out.status, 1);
    for words in ["guides/c.md", "leaves the content", "guides/d", "guides/e.md", "leads nowhere"] {
        assert!(out.err.contains(words), "{words}: {}", out.err);
    }
}

#[test]
fn what_is_neither_a_file_nor_a_folder_is_told_and_never_waited_for() {
    let root = on_disk(&base());
    let pipe = root.path().join("content/london/guides.md");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let run = run(root.path(), &["build", "--site", "hub"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("content/london/guides.md"), "{}", run.err);
    assert!(run.err.contains("neither a file nor a folder"), "{}", run.err);
}

#[test]
fn an_output_folder_that_is_not_ours_or_lies_among_the_inputs_is_refused_untouched() {
    let root = on_disk(&base());
    let build = |out: &str| run(root.path(), &["build", "--out", out]);
    for out in ["content/dist", "content", ".", "themes/../content/london"] {
        let before = files_in(root.path());
        let run = build(out);
        assert_eq!(run.status, 2, "{out}");
        assert!(run.err.contains("--out"), "{}", run.err);
        assert_eq!(files_in(root.path()), before, "{out}");
    }
    let theirs = tempfile::tempdir().unwrap();
    fs::write(theirs.path().join("thesis.txt"), "years of work").unwrap();
    let run = build(theirs.path().to_str().unwrap());
    assert_eq!(run.status, 2);
    assert_eq!(files_in(theirs.path()).len(), 1);
    assert_eq!(fs::read_dir(theirs.path()).unwrap().count(), 1, "nothing is left there");
}

#[test]
fn wrong_usage_ends_with_status_two_and_says_what_is_right() {
    let root = on_disk(&base());
    for (arguments, words) in [
        (&["build", "--site", "barnett"][..], "did you mean `barnet`?"),
        (&["build", "--today", "22/11/2026"], "YYYY-MM-DD"),
        (&["build", "--base-url", "example.org"], "https://example.org/send"),
        (&["bild"], "build"),
    ] {
        let run = run(root.path(), arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.err.contains(words), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn a_folder_without_content_is_told_what_to_do() {
    let root = tempfile::tempdir().unwrap();
    let run = run(root.path(), &["build"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("there is no content/site.yaml"), "{}", run.err);
    assert!(run.err.contains("--root"), "{}", run.err);
}

#[test]
fn a_broken_template_is_told_at_its_place_and_the_old_site_stays() {
    let mut files = base();
    let root = on_disk(&files);
    assert_eq!(run(root.path(), &["build", "--site", "barnet"]).status, 0);
    let before = files_in(&root.path().join("dist"));
    for template in ["{% block main %}\n  {{ page.nothing }}\n{% endblock %}", "{{ oops"] {
        let path = "themes/london/templates/pages/glossary.html";
        files.insert(path.to_owned(), format!("{{% extends \"base.html\" %}}\n{template}"));
        super::support::write(root.path(), &files);
        let run = run(root.path(), &["build", "--site", "barnet"]);
        assert_eq!(run.status, 1);
        assert!(run.err.contains(path), "{}", run.err);
        assert_eq!(files_in(&root.path().join("dist")), before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_front_matter_and_no_body_make_the_program_panic(
        yaml in "[a-z:\\-\\[\\]{}&*!|>'\"#%@`, \n\t0-9]{0,200}",
        body in "(\\PC|\n|:::|[\\[\\](){}*_`>#|~-]){0,200}",
        whole in "(\\PC|\n|---\n){0,100}",
    ) {
        let page = format!("---\ntitle: A\n{yaml}\n---\n{body}");
        said(&with(&[
            ("london/provision/a.md", &page),
            ("boroughs/barnet/provision/a.md", &whole),
            ("london/data/b.md", &page),
            ("vocabulary/needs.yaml", &yaml),
            ("boroughs/barnet/borough.yaml", &yaml),
            ("site.yaml", &format!("name: A\n{yaml}")),
        ]));
    }
}

#[test]
fn what_ends_before_it_starts_is_told_where_it_says_so() {
    let event = "---\ntitle: Day\nsummary: Come.\nstart: 2026-12-01 10:00\n\
                 end: 2026-12-01 10:00\n---\n";
    let training = reviewed(
        "Autism",
        "sessions:\n- {start: 2027-03-27 09:30, end: 2027-03-27 15:00}\n\
         - {start: 2027-03-28 09:30, end: 2027-03-27 15:00}\n",
    );
    mentions(
        &[("london/events/day.md", event), ("london/training/autism.md", &training)],
        &[
            "error[wrong-date]: the end is not after the start",
            "events/day.md:5:6",
            "error[wrong-date]: the end is not after the start",
            "training/autism.md",
            "2027-03-28 09:30",
            "= help: check both dates and times",
        ],
    );
}
