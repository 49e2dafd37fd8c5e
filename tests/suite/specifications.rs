//! The inputs of the YAML test suite and of the CommonMark specification as an editor's files: as
//! pages, as front matter, those of YAML as settings and vocabularies too. Whatever they hold, a
//! build ends, in good time, and tells what is wrong with each.

use std::collections::BTreeSet;
use std::fs::File;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::markdown::commonmark::examples;
use super::support::{Files, build_on, on_disk, reviewed, today, with};

/// How long one build may take: many times what it does take.
const PATIENCE: Duration = Duration::from_secs(120);

/// The inputs of the YAML test suite by name, out of the package that the browser's tests lock.
fn yaml_inputs() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let output = Command::new("node").arg("yaml-inputs.mjs").current_dir(folder).output().unwrap();
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "tests/run installs the YAML test suite: {why}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn commonmark_inputs() -> Files {
    let named = |number: usize, text: &str| (format!("commonmark-{number}"), text.to_owned());
    examples().iter().map(|example| named(example.number, &example.markdown)).collect()
}

/// Every input in three ways: as a whole page, as a page's front matter, as a page's text. By the
/// path of the page.
fn pages() -> Files {
    let mut pages = Files::new();
    for (name, text) in yaml_inputs().into_iter().chain(commonmark_inputs()) {
        let ways = [
            ("whole", text.clone()),
            ("fields", format!("---\ntitle: A\n{text}\n---\nText.\n")),
            ("text", reviewed(&name, "") + &text),
        ];
        for (way, page) in ways {
            pages.insert(format!("content/london/guides/{name}-{way}.md"), page);
        }
    }
    pages
}

/// What the program says and how it ends; `None` if it does not end, or not as it should.
fn ended(root: &Path, arguments: &[&str]) -> Option<(i32, String)> {
    // Into a file: a pipe that nobody reads would stop the program.
    let said = root.join("said.txt");
    let mut program = Command::new(env!("CARGO_BIN_EXE_ordinarily"))
        .arg("--root")
        .arg(root)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(File::create(&said).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let status = loop {
        match program.try_wait().unwrap() {
            Some(status) => break status.code(),
            None if start.elapsed() > PATIENCE => {
                program.kill().unwrap();
                program.wait().unwrap();
                break None;
            }
            None => thread::sleep(Duration::from_millis(10)),
        }
    };
    let status = status.filter(|status| matches!(status, 0 | 1))?;
    Some((status, std::fs::read_to_string(&said).unwrap()))
}

const CHECK: [&str; 7] = ["check", "--site", "barnet", "--format", "json", "--today", "2026-11-22"];
const BUILD: [&str; 6] = ["build", "--site", "barnet", "--json", "--today", "2026-11-22"];

/// What `check` says of pages; `None` if it fails.
fn checked(pages: &Files) -> Option<Value> {
    let mut files = with(&[]);
    files.extend(pages.clone());
    let (_, said) = ended(on_disk(&files).path(), &CHECK)?;
    serde_json::from_str(&said).ok()
}

/// The page for whose sake `check` fails, looked for by halves.
fn culprit(pages: &Files) -> String {
    let names: Vec<&String> = pages.keys().collect();
    if let [only] = names[..] {
        return only.clone();
    }
    let middle = names[names.len() / 2].clone();
    let (mut first, mut second) = (pages.clone(), pages.clone());
    let second_half = first.split_off(&middle);
    second.retain(|path, _| second_half.contains_key(path));
    let failing = [first, second].into_iter().find(|half| checked(half).is_none());
    failing.map_or_else(|| format!("{} pages together", names.len()), |half| culprit(&half))
}

/// The pages that `check` finds errors in.
fn with_errors(report: &Value) -> BTreeSet<String> {
    let problems = report["problems"].as_array().unwrap().iter();
    let errors = problems.filter(|problem| problem["severity"] == "error");
    errors.map(|problem| problem["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn as_pages_each_is_told_what_is_wrong_with_it_and_the_others_are_built() {
    let pages = pages();
    assert!(pages.len() > 3_000, "{} pages", pages.len());
    let Some(report) = checked(&pages) else { panic!("`check` fails for {}", culprit(&pages)) };
    let broken = with_errors(&report);
    for (path, text) in &pages {
        let has_front_matter = text.starts_with("---");
        assert!(has_front_matter || broken.contains(path), "nothing is said of {path}");
    }
    let mut sound = with(&[]);
    sound.extend(pages.into_iter().filter(|(path, _)| !broken.contains(path)));
    assert!(sound.len() > 900, "{} pages are sound", sound.len());
    let root = on_disk(&sound);
    let built = ended(root.path(), &BUILD);
    let Some((status, said)) = built else { panic!("the pages without errors are not built") };
    assert_eq!(status, 0, "{said}");
    for path in sound.keys().filter(|path| path.contains("/guides/")) {
        let page = path.replace("content/london/", "dist/barnet/").replace(".md", "/index.html");
        assert!(root.path().join(&page).is_file(), "{page}");
    }
}

/// Does something that must end; gives why it did not, if so.
fn fails_to_end(work: impl FnOnce() + Send + 'static) -> Option<&'static str> {
    let (done, is_done) = mpsc::channel();
    thread::spawn(move || {
        let _ = done.send(panic::catch_unwind(AssertUnwindSafe(work)).is_ok());
    });
    match is_done.recv_timeout(PATIENCE) {
        Ok(true) => None,
        Ok(false) => Some("panics"),
        Err(_) => Some("does not end"),
    }
}

#[test]
fn yaml_as_settings_and_vocabularies_ends() {
    let others = [
        "boroughs/barnet/borough.yaml",
        "partners/achieving/partner.yaml",
        "vocabulary/needs.yaml",
        "vocabulary/phases.yaml",
        "vocabulary/tiers.yaml",
        "vocabulary/audiences.yaml",
        "vocabulary/roles.yaml",
        "vocabulary/topics.yaml",
        "vocabulary/stages.yaml",
        "vocabulary/local-offer.yaml",
        "vocabulary/synonyms.yaml",
        "vocabulary/glossary.yaml",
    ];
    let places = [&["site.yaml"][..], &others];
    let mut wrong = Vec::new();
    for (name, text) in yaml_inputs() {
        for place in places {
            let more: Vec<(&str, &str)> = place.iter().map(|path| (*path, &*text)).collect();
            let files = with(&more);
            let why = fails_to_end(move || {
                build_on(&files, "hub", today());
            });
            wrong.extend(why.map(|why| format!("{name} as {} {why}", place[0])));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
