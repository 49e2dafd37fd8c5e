//! Sites that are no more, and sites that are not there because a file of theirs cannot be read.

use std::fs;

use super::support::{base, on_disk, run};

#[test]
fn the_folder_of_a_site_that_is_no_more_stays_and_is_named() {
    let root = on_disk(&base());
    let build = || {
        let done = run(root.path(), &["build", "--today", "2026-11-22"]);
        assert_eq!(done.status, 0, "{}", done.err);
        done.out
    };
    let note = "note: barnet was built here before and is no site any more";
    assert!(!build().contains(note));
    fs::remove_dir_all(root.path().join("content/boroughs/barnet")).unwrap();
    assert!(build().contains(note));
    assert!(build().contains(note), "also where nothing has changed");
    assert!(root.path().join("dist/barnet/index.html").exists());
    fs::remove_dir_all(root.path().join("dist/barnet")).unwrap();
    assert!(!build().contains(note), "nothing is left of it that anybody could find");
}

#[test]
fn a_site_whose_file_cannot_be_read_is_missed_with_the_reason() {
    let root = on_disk(&base());
    fs::write(root.path().join("content/boroughs/barnet/borough.yaml"), b"name: \xff\n").unwrap();
    for command in [&["build"][..], &["serve", "--port", "0"]] {
        let done = run(root.path(), &[command, &["--site", "barnet"]].concat());
        assert_eq!(done.status, 2, "{command:?}: {}", done.err);
        assert!(done.err.contains("there is no site `barnet`"), "{command:?}: {}", done.err);
        assert!(done.err.contains("the file is not UTF-8 text"), "{command:?}: {}", done.err);
    }
}
