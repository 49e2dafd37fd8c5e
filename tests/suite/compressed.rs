//! `build --compress`: what stands beside the files of a site, and what it costs a second time.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use serde_json::Value;

use super::support::{Files, files_in, on_disk, provision, reviewed, run, with, write};

/// A project with a page for each kind of file, long and short ones.
fn project() -> Files {
    let long = "A sentence about support at school, again and again.\n".repeat(60);
    let mut files = with(&[
        (
            "london/provision/autism.md",
            &(provision("Autism", "expectations:\n- {id: one, text: Do one., modal: should}\n")
                + &long),
        ),
        (
            "london/guides/start.md",
            &(reviewed("Start", "")
                + "![A drawing](../files/a.svg) [long](../files/long.csv), \
                   [short](../files/short.csv), [form](../files/form.pdf).\n"),
        ),
        ("london/guides/second.md", &(reviewed("Second", "") + &long)),
    ]);
    let mut file = |path: &str, text: String| {
        files.insert(format!("content/london/files/{path}"), text);
    };
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>";
    file("a.svg", format!("{drawing}{}</svg>", "<path d='M0 0h9v9'/>".repeat(99)));
    file("long.csv", "name,number\n".to_owned() + &"one,1\n".repeat(400));
    file("short.csv", "name,number\none,1\n".to_owned());
    file("form.pdf", "%PDF-1.4\n".to_owned() + &"0 0 0\n".repeat(400));
    files
}

/// Builds into `out` and gives the report.
fn build(root: &Path, out: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["build", "--json", "--today", "2026-11-22", "--out", out];
    arguments.extend(["--base-url", "https://example.org"]);
    arguments.extend(more);
    let done = run(root, &arguments);
    assert_eq!(done.status, 0, "{}", done.err);
    serde_json::from_str(&done.out).unwrap()
}

/// A number of a report, of all sites together.
fn sum(report: &Value, name: &str) -> u64 {
    report["sites"].as_array().unwrap().iter().map(|site| site[name].as_u64().unwrap()).sum()
}

fn inflated(path: &str, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    if path.ends_with(".br") {
        brotli::BrotliDecompress(&mut &bytes[..], &mut plain).unwrap();
    } else {
        flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    }
    plain
}

fn is_form(path: &str) -> bool {
    path.ends_with(".br") || path.ends_with(".gz")
}

fn forms(tree: &BTreeMap<String, Vec<u8>>) -> usize {
    tree.keys().filter(|path| is_form(path)).count()
}

#[test]
fn long_files_of_text_have_two_forms_beside_them_that_say_the_same_in_fewer_bytes() {
    let root = on_disk(&project());
    let report = build(root.path(), "dist", &["--compress"]);
    let tree = files_in(&root.path().join("dist"));
    for (path, bytes) in tree.iter().filter(|(path, _)| is_form(path)) {
        let source = &tree[path.rsplit_once('.').unwrap().0];
        assert!(bytes.len() < source.len(), "{path}");
        assert_eq!(&inflated(path, bytes), source, "{path}");
    }
    let has = |path: &str| [".br", ".gz"].map(|end| tree.contains_key(&format!("{path}{end}")));
    for path in [
        "hub/index.html",
        "hub/404.html",
        "hub/sitemap.xml",
        "hub/files/long.csv",
        "hub/self-evaluation/index.html",
        "barnet/guides/second/index.html",
    ] {
        assert_eq!(has(path), [true, true], "{path}");
    }
    let alone = |path: &&String| !is_form(path) && has(path) == [false, false];
    let alone: Vec<&String> = tree.keys().filter(alone).collect();
    for path in ["hub/files/short.csv", "hub/files/form.pdf", "hub/search/root", "hub/_headers"] {
        assert!(alone.contains(&&path.to_owned()), "{path} among {alone:?}");
    }
    for ending in [".js", ".css", ".svg"] {
        let own = |path: &&String| path.starts_with("hub/assets/") && path.ends_with(ending);
        let long = tree.keys().filter(own).filter(|path| tree[*path].len() > 1400);
        assert!(long.clone().count() > 0, "no {ending} is long");
        long.for_each(|path| assert_eq!(has(path), [true, true], "{path}"));
    }
    assert_eq!(sum(&report, "compressed"), forms(&tree) as u64);
    assert_eq!(sum(&report, "compressed_anew"), forms(&tree) as u64);
    assert_eq!(sum(&report, "files"), tree.len() as u64);
    let bytes: usize = tree.values().map(Vec::len).sum();
    assert_eq!(sum(&report, "bytes"), bytes as u64);
}

#[test]
fn nothing_that_a_site_lists_names_a_compressed_form() {
    let root = on_disk(&project());
    build(root.path(), "dist", &["--compress"]);
    for (path, bytes) in files_in(&root.path().join("dist")) {
        // A compressed file may hold any bytes, and search is compressed.
        if is_form(&path) || path.contains("/search/") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for name in [".html.br", ".html.gz", ".csv.br", ".csv.gz", ".xml.gz", ".atom.br"] {
            assert!(!text.contains(name), "{path} names {name}");
        }
    }
}

#[test]
fn only_what_changed_is_compressed_again_and_the_outcome_is_that_of_a_fresh_build() {
    let mut files = project();
    let root = on_disk(&files);
    let first = build(root.path(), "dist", &["--compress"]);
    assert_eq!(build(root.path(), "dist", &["--compress"])["unchanged"], true);
    let again = build(root.path(), "dist", &["--compress", "--force"]);
    let all = sum(&first, "compressed");
    assert_eq!(sum(&again, "compressed_anew"), all, "with --force nothing is believed");
    assert_eq!((sum(&again, "compressed"), sum(&again, "written")), (all, 0));
    for step in 0..4 {
        let guide = files.get_mut("content/london/guides/second.md").unwrap();
        guide.push_str(&format!("Sentence {step}.\n"));
        write(root.path(), &files);
        let warm = build(root.path(), "dist", &["--compress"]);
        let pages = 2 * 3;
        // The page itself and the paper edition, on three sites, in two forms.
        let anew = sum(&warm, "compressed_anew");
        assert_eq!(anew, 2 * pages, "step {step}");
        let fresh = format!("fresh-{step}");
        build(root.path(), &fresh, &["--compress", "--jobs", if step == 0 { "1" } else { "3" }]);
        let [warm, cold] = ["dist", &fresh].map(|out| files_in(&root.path().join(out)));
        assert_eq!(warm.keys().collect::<Vec<_>>(), cold.keys().collect::<Vec<_>>());
        for (path, bytes) in &warm {
            assert_eq!(bytes, &cold[path], "step {step}: {path}");
        }
    }
}

#[test]
fn a_form_that_somebody_spoilt_is_made_again() {
    let root = on_disk(&project());
    build(root.path(), "dist", &["--compress"]);
    let before = files_in(&root.path().join("dist"));
    let [other, gone] = ["dist/hub/index.html.br", "dist/barnet/index.html.gz"];
    fs::write(root.path().join(other), "something else").unwrap();
    fs::remove_file(root.path().join(gone)).unwrap();
    let mended = build(root.path(), "dist", &["--compress"]);
    assert_eq!(sum(&mended, "compressed_anew"), 2);
    assert_eq!(files_in(&root.path().join("dist")), before);
}

#[test]
fn a_build_without_the_option_removes_the_forms_and_nothing_else() {
    let root = on_disk(&project());
    build(root.path(), "plain", &[]);
    let plain = files_in(&root.path().join("plain"));
    assert_eq!(forms(&plain), 0);
    build(root.path(), "dist", &[]);
    let on = build(root.path(), "dist", &["--compress"]);
    assert_eq!(on["unchanged"], false, "the option is an input");
    assert_eq!(sum(&on, "written"), sum(&on, "compressed"));
    let off = build(root.path(), "dist", &[]);
    assert_eq!(off["unchanged"], false);
    assert_eq!(sum(&off, "removed"), sum(&on, "compressed"));
    assert_eq!([sum(&off, "written"), sum(&off, "compressed")], [0, 0]);
    assert_eq!(files_in(&root.path().join("dist")), plain);
}

#[test]
fn a_file_of_an_editor_that_servers_would_send_in_place_of_another_is_an_error() {
    for (name, other) in [("long.csv.gz", "long.csv"), ("short.csv.br", "short.csv")] {
        let mut files = project();
        files.insert(format!("content/london/files/{name}"), "mine".to_owned());
        let start = files.get_mut("content/london/guides/start.md").unwrap();
        start.push_str(&format!("[own](../files/{name})\n"));
        let root = on_disk(&files);
        let done = run(root.path(), &["build", "--compress", "--today", "2026-11-22"]);
        assert_eq!(done.status, 1, "{}", done.err);
        for words in [
            "error[compressed-name]",
            &format!("servers would send `files/{name}` in place of `files/{other}`"),
            &format!("content/london/files/{name}"),
            "rename one of the two files",
            "nothing was built",
        ] {
            assert!(done.err.contains(words), "{words}: {}", done.err);
        }
        assert!(!root.path().join("dist/hub").exists());
        build(root.path(), "dist", &[]);
        let own = root.path().join("dist/hub/files").join(name);
        assert_eq!(fs::read_to_string(own).unwrap(), "mine");
    }
}

#[test]
fn an_archive_of_an_editor_that_stands_for_nothing_else_is_passed_on_as_it_is() {
    let mut files = project();
    files.insert("content/london/files/data.json.gz".to_owned(), "mine ".repeat(400));
    let start = files.get_mut("content/london/guides/start.md").unwrap();
    start.push_str("[archive](../files/data.json.gz)\n");
    let root = on_disk(&files);
    build(root.path(), "dist", &["--compress"]);
    let tree = files_in(&root.path().join("dist/hub"));
    assert_eq!(tree["files/data.json.gz"], "mine ".repeat(400).into_bytes());
    assert!(!tree.contains_key("files/data.json.gz.br"));
}
