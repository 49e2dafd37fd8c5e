//! Files that take long to make: made when what they are made from changes, moved when only their
//! address does.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::Barrier;
use std::thread;
use std::time::SystemTime;

use ordinarily::digest::Digest;
use ordinarily::io::publish::PublishError;
use ordinarily::path::OutputPath;

use super::{Files, Meddle, claim, empty_folder, files_in, inputs, mtime, put, put_made, texts};

#[test]
fn a_file_that_takes_long_to_make_is_made_only_when_what_it_is_made_from_changes() {
    let out = empty_folder();
    let publish_from = |from: &str, meddle: Meddle| {
        meddle(out.path());
        let folder = claim(out.path());
        let publisher = folder.publisher("barnet").unwrap();
        let path = OutputPath::parse("a.gz").unwrap();
        let mut made = false;
        let make = || {
            made = true;
            Ok::<_, PublishError>(format!("made from {from}").into_bytes())
        };
        publisher.put_made(&path, Digest::of(from.as_bytes()), make).unwrap();
        publisher.finish(inputs(&[])).unwrap();
        let file = out.path().join("barnet/a.gz");
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("made from {from}"));
        (made, mtime(&file))
    };
    let nothing: Meddle = |_| {};
    let (made, first) = publish_from("one", nothing);
    assert!(made);
    // The spare tree is empty: the published file is copied. Then both have it.
    assert_eq!(publish_from("one", nothing), (false, first));
    assert_eq!(publish_from("one", nothing), (false, first));
    assert!(publish_from("two", nothing).0);
    // The spare tree still has the file made from one, the published one that from two.
    assert!(!publish_from("two", nothing).0);
    assert!(publish_from("one", nothing).0);
    // What was meddled with is believed in neither tree.
    let spoil_both: Meddle = |out| {
        for file in ["barnet/a.gz", ".ordinarily/barnet/spare/a.gz"] {
            fs::write(out.join(file), "something else").unwrap();
        }
    };
    assert!(publish_from("one", spoil_both).0);
    let forget: Meddle = |out| fs::remove_dir_all(out.join(".ordinarily/barnet/spare")).unwrap();
    assert!(!publish_from("one", forget).0);
}

/// Publishes files that are each made from their text, and tells which had to be made.
fn publish_made(out: &Path, files: Files<'_>) -> Vec<String> {
    let folder = claim(out);
    let publisher = folder.publisher("barnet").unwrap();
    let mut made = Vec::new();
    for (path, from) in files {
        let make = || {
            made.push((*path).to_owned());
            Ok::<_, PublishError>(from.as_bytes().to_vec())
        };
        let path = OutputPath::parse(path).unwrap();
        publisher.put_made(&path, Digest::of(from.as_bytes()), make).unwrap();
    }
    publisher.finish(inputs(files)).unwrap();
    assert_eq!(files_in(&out.join("barnet")), texts(files));
    made
}

#[test]
fn a_file_that_takes_long_to_make_moves_with_its_address() {
    let out = empty_folder();
    let site = out.path().join("barnet");
    let inode = |path: &str| fs::metadata(site.join(path)).unwrap().ino();
    assert_eq!(publish_made(out.path(), &[("1/a", "A"), ("1/b", "B")]).len(), 2);
    let (first, made) = (["1/a", "1/b"].map(inode), mtime(&site.join("1/b")));
    assert!(publish_made(out.path(), &[("2/a", "A"), ("2/b", "B")]).is_empty());
    wait_for_a_later_time(made);
    assert!(publish_made(out.path(), &[("3/a", "A"), ("3/b", "B")]).is_empty());
    assert_eq!(["3/a", "3/b"].map(inode), first, "the first tree's files have moved");
    assert!(mtime(&site.join("3/a")) > made, "caches that knew another file there ask by its time");
    assert!(publish_made(out.path(), &[("3/a", "A"), ("3/b", "B")]).is_empty());
}

/// Until the disk dates new files later.
fn wait_for_a_later_time(time: SystemTime) {
    let folder = empty_folder();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    while mtime(&file) <= time {
        fs::write(&file, "").unwrap();
    }
}

#[test]
fn a_file_stays_where_it_is_needed_and_its_old_address_can_be_had_anew() {
    let out = empty_folder();
    for _ in 0..2 {
        publish_made(out.path(), &[("a", "A"), ("b", "B")]);
    }
    // First moved from, then put; and first put, then not to be moved.
    assert_eq!(publish_made(out.path(), &[("c", "A"), ("a", "C"), ("b", "B"), ("d", "B")]), ["a"]);
    publish_made(out.path(), &[("a", "A"), ("b", "B")]);
    publish_made(out.path(), &[("a", "A"), ("b", "B")]);
    // Moved from, and needed again.
    assert!(publish_made(out.path(), &[("c", "A"), ("a", "A"), ("b", "B")]).is_empty());
    publish_made(out.path(), &[("a", "A"), ("b", "B")]);
    publish_made(out.path(), &[("a", "A"), ("b", "B")]);
    // In a circle, and into a folder of the old name.
    assert!(publish_made(out.path(), &[("b", "A"), ("a", "B")]).is_empty());
    assert!(publish_made(out.path(), &[("a/b", "A"), ("b/a", "B")]).is_empty());
    assert!(publish_made(out.path(), &[("a", "B"), ("b", "A")]).is_empty());
    // Where its old name became a folder of others, it is no longer there to be moved.
    publish_made(out.path(), &[("a", "A")]);
    publish_made(out.path(), &[("c", "C")]);
    publish_made(out.path(), &[("a/d", "D"), ("b", "A")]);
}

#[test]
fn a_file_is_put_right_where_another_has_just_moved_away() {
    const FILES: usize = 60;
    let out = empty_folder();
    for run in 2..30 {
        let moving: Vec<_> = (0..FILES).map(|at| (format!("{run}/{at}"), at.to_string())).collect();
        // Of the site before the last the same files lie here, to be moved.
        let here = (0..FILES).map(|at| (format!("{}/{at}", run - 2), format!("{at} in {run}")));
        let here: Vec<_> = here.collect();
        let folder = claim(out.path());
        let publisher = folder.publisher("barnet").unwrap();
        let both = Barrier::new(2);
        thread::scope(|scope| {
            // None gives up half-way, or the other would wait for ever.
            let moved = scope.spawn(|| {
                let put = moving.iter().map(|(path, text)| {
                    both.wait();
                    put_made(&publisher, path, text)
                });
                put.filter_map(Result::err).last()
            });
            let put = here.iter().map(|(path, text)| {
                both.wait();
                put(&publisher, path, text)
            });
            let errors = (put.filter_map(Result::err).last(), moved.join().unwrap());
            assert!(matches!(errors, (None, None)), "run {run}: {errors:?}");
        });
        publisher.finish(inputs(&[])).unwrap();
        let all = moving.into_iter().chain(here).collect();
        assert_eq!(files_in(&out.path().join("barnet")), all, "run {run}");
    }
}
