//! What search costs: time to index and to write, files and bytes; beside Pagefind on the same
//! rendered pages, if its program is named.
//!
//! ```text
//! npm install --prefix target/pagefind --ignore-scripts pagefind@1.6.0
//! cargo bench --bench search -- 300 10200 \
//!   --pagefind target/pagefind/node_modules/@pagefind/linux-x64/bin/pagefind_extended
//! node benches/search.mjs target/search/10200     # bytes and time of a first search, in Chromium
//! ```
//!
//! Each size is a made-up project (`examples/corpus/`), of which the hub is indexed. Reported is
//! the median of five runs: words analysed afresh (as a build does) and with all but one page known
//! (as a preview does after an edit). The pages are left in `target/search/<size>/`.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on stops")]

#[path = "shared/corpus.rs"]
mod corpus;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::date;
use ordinarily::engine::{self, Edition, Wanted};
use ordinarily::io::load;
use ordinarily::site::model::Day;
use rayon::prelude::*;

/// How often each thing is measured.
const RUNS: usize = 5;

fn main() {
    let (mut sizes, mut pagefind) = (Vec::new(), None);
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--pagefind" => pagefind = arguments.next(),
            size => sizes.push(size.parse().unwrap()),
        }
    }
    if sizes.is_empty() {
        sizes = vec![300, 10_200];
    }
    for size in sizes {
        ours(size);
        if let Some(program) = &pagefind {
            theirs(size, program);
        }
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Seconds that something takes.
fn timed<T>(what: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let done = what();
    (start.elapsed().as_secs_f64(), done)
}

/// Indexes and writes; files and bytes.
fn search(edition: &Edition) -> (usize, usize) {
    let outputs = edition.search_outputs(None).unwrap();
    let bytes = outputs.par_iter().map(|output| output.search_bytes().len());
    (outputs.len(), bytes.sum())
}

fn ours(size: usize) {
    let root = corpus::corpus(size);
    let tree = load::load(&root).value;
    let day = Day { today: date(2026, 11, 22), drafts: false };
    let wanted = Wanted { day, sites: vec!["hub".to_owned()], base_url: None };
    let project = engine::parse(&tree, None).value.unwrap();
    let theme = engine::load_theme(&tree, &project).value.unwrap();
    let model = engine::resolve(project, day, None).value;
    let (mut fresh, mut again, mut made) = (Vec::new(), Vec::new(), (0, 0));
    for _ in 0..RUNS {
        let edition = engine::lay_out(&model, &theme, &wanted).remove(0);
        let (seconds, files) = timed(|| search(&edition));
        fresh.push(seconds);
        made = files;
        let id = (edition.place.id.clone(), None);
        let next = Edition::new(Arc::clone(&model), &theme, id, Some(&edition));
        again.push(timed(|| next.exports(None).map(<[_]>::len).unwrap()).0);
    }
    let (files, bytes) = made;
    let pages = edition_pages(&engine::lay_out(&model, &theme, &wanted).remove(0));
    println!(
        "{size}: {pages} documents, indexed and written in {:.2} s, after an edit in {:.2} s, \
         {files} files, {} bytes a document",
        median(fresh),
        median(again),
        bytes / pages,
    );
}

fn edition_pages(edition: &Edition) -> usize {
    edition.search(None).unwrap().iter().map(|language| language.collection.pages.len()).sum()
}

fn theirs(size: usize, program: &str) {
    let out = PathBuf::from(format!("target/search/{size}"));
    let built = Command::new(env!("CARGO_BIN_EXE_ordinarily"))
        .arg("--root")
        .arg(corpus::corpus(size))
        .args(["build", "--site", "hub", "--today", "2026-11-22", "--out"])
        .arg(std::fs::canonicalize(".").unwrap().join(&out))
        .stdout(Stdio::null())
        .status();
    assert!(built.unwrap().success());
    let site = out.join("hub");
    let index = site.join("pagefind");
    let times = (0..RUNS).map(|_| {
        let _ = std::fs::remove_dir_all(&index);
        let run = || {
            Command::new(program)
                .arg("--site")
                .arg(&site)
                .args(["--root-selector", "main"])
                .stdout(Stdio::null())
                .status()
        };
        let (seconds, status) = timed(run);
        assert!(status.unwrap().success());
        seconds
    });
    let seconds = median(times.collect());
    let (files, bytes) = weigh(&index);
    println!("{size}: Pagefind in {seconds:.2} s, {files} files, {bytes} bytes");
}

fn weigh(folder: &Path) -> (usize, u64) {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files: Vec<u64> = files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.metadata().unwrap().len())
        .collect();
    (files.len(), files.iter().sum())
}
