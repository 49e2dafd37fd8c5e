//! `ordinarily check`: what each rule finds, and what it must leave alone.

mod coverage;
mod facts;
mod formats;
mod outside;
mod reviews;
mod settings;
mod shipped;
mod whole;
mod words;

use super::support::{Files, Run, on_disk, run, with};

/// Checks a project on the day of all tests.
fn check(files: &Files, more: &[&str]) -> Run {
    let root = on_disk(files);
    run(root.path(), &[&["check", "--today", "2026-11-22"], more].concat())
}

/// What a check tells, without the summary.
fn told(more: &[(&str, &str)]) -> String {
    check(&with(more), &[]).err
}

/// How often a code is told of a file.
fn count(told: &str, code: &str, path: &str) -> usize {
    let problems = told.split("\n\n");
    problems.filter(|one| one.contains(&format!("[{code}]")) && one.contains(path)).count()
}

/// Checks that a rule finds one thing in the first files and nothing in the second.
#[track_caller]
fn finds(code: &str, wrong: &[(&str, &str)], right: &[(&str, &str)]) {
    let path = wrong[0].0;
    let said = told(wrong);
    assert_eq!(count(&said, code, path), 1, "{code} in {path}:\n{said}");
    let said = told(right);
    assert_eq!(count(&said, code, path), 0, "{code} in {path} is a false alarm:\n{said}");
}

/// A guide with everything that a guide should have, and a body.
fn guide(more: &str, body: &str) -> String {
    format!(
        "---\ntitle: Help\nsummary: What help there is.\nreviewed: 2026-09-01\n\
         review_by: 2027-09-01\nowner: SEND team\nsources: [{{title: A law, date: 2014}}]\n\
         {more}---\n{body}\n"
    )
}
