//! Publishing, seen from beside the output folder: what is in it after each build.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime};

use ordinarily::digest::Digest;
use ordinarily::io::publish::{OutFolder, PublishError, Published, Publisher};
use ordinarily::path::OutputPath;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::names_in;

mod made;
mod refusals;

/// A change that somebody makes to a site by hand.
type Meddle = fn(&Path);

type Files<'a> = &'a [(&'a str, &'a str)];

fn empty_folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn claim(out: &Path) -> OutFolder {
    OutFolder::claim(out, || panic!("nobody else builds here")).unwrap()
}

fn put(publisher: &Publisher<'_>, path: &str, text: &str) -> Result<(), PublishError> {
    publisher.put(&OutputPath::parse(path).unwrap(), text.as_bytes())
}

/// Puts a file that is made from its text.
fn put_made(publisher: &Publisher<'_>, path: &str, text: &str) -> Result<(), PublishError> {
    let (path, bytes) = (OutputPath::parse(path).unwrap(), text.as_bytes());
    publisher.put_made(&path, Digest::of(bytes), || Ok(bytes.to_vec())).map(drop)
}

fn try_publish(out: &Path, files: Files<'_>) -> Result<Published, PublishError> {
    let folder = OutFolder::claim(out, || panic!("nobody else builds here"))?;
    let publisher = folder.publisher("barnet")?;
    for (path, text) in files {
        put(&publisher, path, text)?;
    }
    publisher.finish(inputs(files))
}

fn publish(out: &Path, files: Files<'_>) -> Published {
    try_publish(out, files).unwrap()
}

fn inputs(files: Files<'_>) -> Digest {
    Digest::of(format!("{files:?}").as_bytes())
}

/// Every file below a folder with its text; folders without files with a slash and no text.
fn files_in(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if entry.file_type().is_file() {
            found.insert(path, fs::read_to_string(entry.path()).unwrap());
        } else if fs::read_dir(entry.path()).unwrap().next().is_none() {
            found.insert(format!("{path}/"), String::new());
        }
    }
    found
}

fn texts(files: Files<'_>) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn mtime(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn a_first_build_leaves_the_site_and_our_own_folder() {
    let out = empty_folder();
    let files = [("index.html", "home"), ("needs/autism/index.html", "autism")];
    let published = publish(out.path(), &files);
    assert_eq!(files_in(&out.path().join("barnet")), texts(&files));
    assert_eq!(names_in(out.path()), [".ordinarily", "barnet"]);
    assert_eq!(published, Published { written: 2, unchanged: 0, removed: 0, bytes: 10 });
}

#[test]
fn a_build_counts_what_an_editor_sees_change() {
    let out = empty_folder();
    publish(out.path(), &[("a", "1"), ("b", "1"), ("c", "1")]);
    // The first time, the spare tree is empty and all is written, but `b` is as people saw it.
    let published = publish(out.path(), &[("a", "2"), ("b", "1"), ("d/e", "1")]);
    assert_eq!(published, Published { written: 2, unchanged: 1, removed: 1, bytes: 3 });
    let published = publish(out.path(), &[("a", "1"), ("b", "1"), ("d/e", "1")]);
    assert_eq!(published, Published { written: 1, unchanged: 2, removed: 0, bytes: 3 });
}

#[test]
fn removed_files_take_their_empty_folders_along() {
    let out = empty_folder();
    publish(out.path(), &[("a/b/c", "1"), ("a/d", "1"), ("a-b/c", "1")]);
    publish(out.path(), &[("a/b/c", "1"), ("a/d", "1"), ("a-b/c", "1")]);
    publish(out.path(), &[("a/d", "1")]);
    assert_eq!(files_in(&out.path().join("barnet")), texts(&[("a/d", "1")]));
    publish(out.path(), &[]);
    assert_eq!(files_in(&out.path().join("barnet")), texts(&[]));
}

#[test]
fn a_folder_can_become_a_file_and_a_file_a_folder() {
    let out = empty_folder();
    let as_file: Files<'_> = &[("needs", "a file"), ("x", "1")];
    let as_folder: Files<'_> = &[("needs/autism/a", "1"), ("needs/autism/b", "2"), ("x", "1")];
    for files in [as_file, as_folder, as_file, as_file, as_folder, as_folder, as_file] {
        publish(out.path(), files);
        assert_eq!(files_in(&out.path().join("barnet")), texts(files));
    }
}

#[test]
fn unchanged_content_keeps_its_modification_time() {
    let out = empty_folder();
    let (kept, changed) = (out.path().join("barnet/kept"), out.path().join("barnet/changed"));
    publish(out.path(), &[("kept", "k"), ("changed", "1")]);
    let first = (mtime(&kept), mtime(&changed));
    for text in ["2", "1", "2", "2"] {
        thread::sleep(Duration::from_millis(15));
        let before = (mtime(&changed), fs::read_to_string(&changed).unwrap());
        publish(out.path(), &[("kept", "k"), ("changed", text)]);
        assert_eq!(mtime(&kept), first.0);
        // A page that returns to an older wording is newer, not older, than what it replaces.
        assert_eq!(mtime(&changed) > before.0, before.1 != text, "{text}");
    }
}

#[test]
fn a_build_can_tell_that_nothing_changed_since() {
    let out = empty_folder();
    let files: Files<'_> = &[("index.html", "home"), ("a/b", "1")];
    assert!(!claim(out.path()).is_intact("barnet", inputs(files)));
    publish(out.path(), files);
    assert!(claim(out.path()).is_intact("barnet", inputs(files)));
    assert!(!claim(out.path()).is_intact("brent", inputs(files)));
    assert!(!claim(out.path()).is_intact("barnet", inputs(&[])));
    fs::write(out.path().join("barnet/.DS_Store"), "").unwrap();
    assert!(claim(out.path()).is_intact("barnet", inputs(files)));
}

#[test]
fn a_site_that_somebody_changed_is_not_intact() {
    let edits: [Meddle; 5] = [
        |site| fs::write(site.join("a/b"), "2").unwrap(),
        |site| fs::remove_file(site.join("a/b")).unwrap(),
        |site| fs::remove_dir_all(site).unwrap(),
        |site| fs::write(site.join("more"), "").unwrap(),
        |site| symlink("a", site.join("link")).unwrap(),
    ];
    for (number, edit) in edits.iter().enumerate() {
        let out = empty_folder();
        let files = [("index.html", "home"), ("a/b", "1")];
        publish(out.path(), &files);
        thread::sleep(Duration::from_millis(15));
        edit(&out.path().join("barnet"));
        assert!(!claim(out.path()).is_intact("barnet", inputs(&files)), "edit {number}");
    }
}

#[test]
fn a_published_file_that_somebody_changed_or_removed_is_put_right() {
    let out = empty_folder();
    let files: Files<'_> = &[("a", "1"), ("b", "1"), ("c", "1")];
    publish(out.path(), files);
    publish(out.path(), files);
    thread::sleep(Duration::from_millis(15));
    fs::write(out.path().join("barnet/a"), "X").unwrap();
    fs::remove_file(out.path().join("barnet/b")).unwrap();
    let published = publish(out.path(), files);
    assert_eq!((published.written, published.unchanged), (2, 1));
    assert_eq!(files_in(&out.path().join("barnet")), texts(files));
}

#[test]
fn a_site_that_was_deleted_is_published_again() {
    let out = empty_folder();
    for text in ["1", "2", "2"] {
        publish(out.path(), &[("a", text)]);
        fs::remove_dir_all(out.path().join("barnet")).unwrap();
    }
    let published = publish(out.path(), &[("a", "2")]);
    assert_eq!(published.written, 1);
    assert_eq!(files_in(&out.path().join("barnet")), texts(&[("a", "2")]));
}

#[test]
fn a_spare_tree_that_somebody_edited_is_distrusted() {
    let out = empty_folder();
    let files: Files<'_> = &[("a", "1"), ("b/c", "1"), ("d", "1")];
    publish(out.path(), files);
    publish(out.path(), files);
    thread::sleep(Duration::from_millis(15));
    let (spare, elsewhere) = (out.path().join(".ordinarily/barnet/spare"), empty_folder());
    fs::write(elsewhere.path().join("c"), "precious").unwrap();
    fs::write(spare.join("a"), "X").unwrap();
    fs::write(spare.join("stray"), "X").unwrap();
    fs::remove_dir_all(spare.join("b")).unwrap();
    symlink(elsewhere.path(), spare.join("b")).unwrap();
    publish(out.path(), files);
    assert_eq!(files_in(&out.path().join("barnet")), texts(files));
    assert_eq!(fs::read_to_string(elsewhere.path().join("c")).unwrap(), "precious");
}

#[test]
fn damaged_manifests_cost_time_and_nothing_else() {
    let out = empty_folder();
    let files: Files<'_> = &[("a", "1"), ("b/c", "1")];
    for manifest in ["live.manifest", "spare.manifest"] {
        publish(out.path(), files);
        publish(out.path(), files);
        let path = out.path().join(".ordinarily/barnet").join(manifest);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("end 2", "end")).unwrap();
        publish(out.path(), &[("a", "2"), ("d", "1")]);
        assert_eq!(files_in(&out.path().join("barnet")), texts(&[("a", "2"), ("d", "1")]));
    }
}

#[test]
fn a_run_stopped_between_two_renames_is_finished_by_the_next_claim() {
    let out = empty_folder();
    publish(out.path(), &[("a", "old")]);
    publish(out.path(), &[("a", "new")]);
    // What the disk looks like when the old tree has left and the new one has not arrived.
    let ours = out.path().join(".ordinarily/barnet");
    fs::rename(ours.join("spare"), ours.join("leaving")).unwrap();
    fs::rename(out.path().join("barnet"), ours.join("spare")).unwrap();
    drop(claim(out.path()));
    assert_eq!(files_in(&out.path().join("barnet")), texts(&[("a", "new")]));
    assert!(!ours.join("leaving").exists());
    publish(out.path(), &[("a", "newer")]);
    assert_eq!(files_in(&out.path().join("barnet")), texts(&[("a", "newer")]));
}

#[test]
fn a_second_build_waits_for_the_first() {
    let out = empty_folder();
    let first = claim(out.path());
    let (waits, told) = mpsc::channel();
    thread::scope(|scope| {
        let second = scope.spawn(|| {
            let folder = OutFolder::claim(out.path(), || waits.send(()).unwrap()).unwrap();
            folder.is_intact("barnet", inputs(&[]))
        });
        told.recv_timeout(Duration::from_secs(10)).unwrap();
        let publisher = first.publisher("barnet").unwrap();
        put(&publisher, "a", "first").unwrap();
        publisher.finish(inputs(&[])).unwrap();
        assert!(!second.is_finished());
        drop(first);
        assert!(second.join().unwrap(), "the second build finds what the first one published");
    });
}

#[test]
fn many_builds_that_start_at_once_all_succeed() {
    let out = empty_folder();
    let dist = out.path().join("dist");
    thread::scope(|scope| {
        for number in 0..8 {
            let dist = &dist;
            scope.spawn(move || {
                let folder = OutFolder::claim(dist, || {}).unwrap();
                let publisher = folder.publisher("barnet").unwrap();
                put(&publisher, "a", &number.to_string()).unwrap();
                publisher.finish(inputs(&[])).unwrap();
            });
        }
    });
    assert_eq!(names_in(&dist), [".ordinarily", "barnet"]);
}

#[test]
fn a_publisher_dropped_half_way_changes_nothing() {
    let out = empty_folder();
    let old: Files<'_> = &[("a", "1"), ("b/c", "1"), ("d", "1")];
    let new: Files<'_> = &[("a", "2"), ("b", "2"), ("e", "2")];
    for _ in 0..3 {
        publish(out.path(), old);
        let folder = claim(out.path());
        let publisher = folder.publisher("barnet").unwrap();
        put(&publisher, "a", "2").unwrap();
        put(&publisher, "b", "2").unwrap();
        drop(publisher);
        assert_eq!(files_in(&out.path().join("barnet")), texts(old));
        assert!(folder.is_intact("barnet", inputs(old)));
    }
    publish(out.path(), new);
    assert_eq!(files_in(&out.path().join("barnet")), texts(new));
}

/// A tree of up to a dozen files whose names often meet: `a`, `a/b`, `a/b/c`.
fn any_tree() -> impl Strategy<Value = BTreeMap<String, String>> {
    let path = prop::collection::vec(prop::sample::select(vec!["a", "b", "c-d"]), 1..4);
    let files = prop::collection::btree_map(path, "[xy]{0,2}", 0..12);
    files.prop_map(|files| {
        let files: BTreeMap<String, String> =
            files.into_iter().map(|(path, text)| (path.join("/"), text)).collect();
        let below = |path: &str| format!("{path}/");
        let is_folder = |path: &String| files.keys().any(|other| other.starts_with(&below(path)));
        files.clone().into_iter().filter(|(path, _)| !is_folder(path)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_was_published_before_the_last_tree_is_what_is_there(
        steps in prop::collection::vec((any_tree(), prop::bool::weighted(0.3)), 1..6),
        backwards in any::<bool>(),
    ) {
        let out = empty_folder();
        publish(out.path(), &[]);
        let mut last = BTreeMap::new();
        for (tree, given_up) in steps {
            let folder = claim(out.path());
            let publisher = folder.publisher("barnet").unwrap();
            let mut files: Vec<_> = tree.iter().collect();
            if backwards {
                files.reverse();
            }
            for (path, text) in files {
                match text.starts_with('x') {
                    true => put_made(&publisher, path, text).unwrap(),
                    false => put(&publisher, path, text).unwrap(),
                }
            }
            if !given_up {
                let published = publisher.finish(inputs(&[])).unwrap();
                let same = tree.iter().filter(|(path, text)| last.get(*path) == Some(*text));
                prop_assert_eq!(published.unchanged, same.count());
                last = tree;
            }
            prop_assert_eq!(&files_in(&out.path().join("barnet")), &last);
        }
    }
}
