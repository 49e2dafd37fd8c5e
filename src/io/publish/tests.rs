//! Runs stopped at the moments that cannot be met from outside, and disks that cannot exchange.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::exchange::replace;
use super::listing::Listing;
use super::{OutFolder, Publisher};
use crate::digest::Digest;
use crate::path::OutputPath;

const OLD: [(&str, &str); 3] = [("index.html", "old"), ("a/b", "gone"), ("c", "same")];
const NEW: [(&str, &str); 3] = [("index.html", "new"), ("c", "same"), ("d/e", "added")];

/// Where a run is killed.
#[derive(Clone, Copy, Debug)]
enum Killed {
    WhilePutting,
    BeforeTheExchange,
    AfterTheFirstRename,
    AfterTheSecondRename,
    AfterTheExchange,
    BetweenTheManifests,
}

use Killed::*;

fn claim(out: &Path, in_one_step: bool) -> OutFolder {
    let mut folder = OutFolder::claim(out, || panic!("nobody else builds here")).unwrap();
    folder.in_one_step = in_one_step;
    folder
}

fn put(publisher: &Publisher<'_>, tree: &[(&str, &str)]) {
    for (path, text) in tree {
        let path = OutputPath::parse(path).unwrap();
        publisher.put(&path, text.as_bytes()).unwrap();
    }
}

fn inputs(tree: &[(&str, &str)]) -> Digest {
    Digest::of(format!("{tree:?}").as_bytes())
}

fn publish(out: &Path, tree: &[(&str, &str)], in_one_step: bool) {
    let folder = claim(out, in_one_step);
    let publisher = folder.publisher("barnet").unwrap();
    put(&publisher, tree);
    publisher.finish(inputs(tree)).unwrap();
}

/// Publishes the old tree twice, so that there is a spare one, and gets killed publishing the new.
fn publish_and_die(out: &Path, killed: Killed) {
    publish(out, &OLD, true);
    publish(out, &OLD, true);
    let folder = claim(out, true);
    let publisher = folder.publisher("barnet").unwrap();
    let places = &publisher.places;
    put(&publisher, &NEW[..2]);
    if let WhilePutting = killed {
        return;
    }
    put(&publisher, &NEW[2..]);
    publisher.prepare(inputs(&NEW)).unwrap();
    match killed {
        WhilePutting | BeforeTheExchange => {}
        AfterTheFirstRename => fs::rename(&places.live, &places.leaving).unwrap(),
        AfterTheSecondRename => {
            fs::rename(&places.live, &places.leaving).unwrap();
            fs::rename(&places.spare, &places.live).unwrap();
        }
        AfterTheExchange => replace(places, true).unwrap(),
        BetweenTheManifests => {
            replace(places, true).unwrap();
            fs::rename(&places.live_manifest, &places.spare_manifest).unwrap();
        }
    }
}

fn tree_in(folder: &Path) -> BTreeMap<String, String> {
    let files = Listing::of(folder).unwrap().files;
    let read = |path: String| (path.clone(), fs::read_to_string(folder.join(path)).unwrap());
    files.into_keys().map(read).collect()
}

fn is(tree: &[(&str, &str)]) -> BTreeMap<String, String> {
    tree.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn the_next_run_finds_a_whole_site_wherever_the_last_one_was_killed() {
    for killed in [
        WhilePutting,
        BeforeTheExchange,
        AfterTheFirstRename,
        AfterTheSecondRename,
        AfterTheExchange,
        BetweenTheManifests,
    ] {
        let out = tempfile::tempdir().unwrap();
        publish_and_die(out.path(), killed);
        let whole: &[_] = match killed {
            WhilePutting | BeforeTheExchange => &OLD,
            _ => &NEW,
        };
        let folder = claim(out.path(), true);
        let site = out.path().join("barnet");
        assert_eq!(tree_in(&site), is(whole), "{killed:?}");
        assert!(folder.is_intact("barnet", inputs(whole)), "{killed:?}");
        drop(folder);
        for tree in [&OLD, &NEW, &OLD] {
            publish(out.path(), tree, true);
            assert_eq!(tree_in(&site), is(tree), "{killed:?}");
        }
    }
}

#[test]
fn manifests_of_a_killed_run_go_to_the_trees_they_describe() {
    for killed in [
        BeforeTheExchange,
        AfterTheFirstRename,
        AfterTheSecondRename,
        AfterTheExchange,
        BetweenTheManifests,
    ] {
        let out = tempfile::tempdir().unwrap();
        publish_and_die(out.path(), killed);
        drop(claim(out.path(), true));
        let folder = claim(out.path(), true);
        let places = super::places::Places::new(out.path(), "barnet").unwrap();
        let live = super::spare::Tree::read(&places.live, &places.live_manifest).unwrap();
        let spare = super::spare::Tree::read(&places.spare, &places.spare_manifest).unwrap();
        for tree in [&live, &spare] {
            let believed = tree.listing.files.keys().filter(|path| tree.line(path).is_some());
            assert_eq!(believed.count(), tree.listing.files.len(), "{killed:?}");
        }
        assert!(!places.next_manifest.exists() && !places.leaving.exists(), "{killed:?}");
        drop(folder);
    }
}

#[test]
fn a_disk_that_cannot_exchange_publishes_by_two_renames() {
    let out = tempfile::tempdir().unwrap();
    for tree in [&OLD, &NEW, &OLD, &OLD, &NEW] {
        publish(out.path(), tree, false);
        assert_eq!(tree_in(&out.path().join("barnet")), is(tree));
        assert!(!out.path().join(".ordinarily/barnet/leaving").exists());
    }
}

#[test]
fn a_file_put_beside_ours_while_we_build_is_refused_and_kept() {
    // A folder that was changed long ago shows by its time if it changes now; others are looked into.
    for (mine, long_ago) in [
        ("mine.txt", false),
        ("a/mine.txt", false),
        ("mine.txt", true),
        ("a/mine.txt", true),
        ("new/mine.txt", true),
    ] {
        let out = tempfile::tempdir().unwrap();
        publish(out.path(), &OLD, true);
        let site = out.path().join("barnet");
        for folder in [site.clone(), site.join("a")].iter().filter(|_| long_ago) {
            fs::File::open(folder).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        }
        let folder = claim(out.path(), true);
        let publisher = folder.publisher("barnet").unwrap();
        put(&publisher, &NEW);
        assert!(publisher.live.listing.has_nothing_new(&site), "{mine}, {long_ago}");
        fs::create_dir_all(site.join(mine).parent().unwrap()).unwrap();
        fs::write(site.join(mine), "mine").unwrap();
        assert!(!publisher.live.listing.has_nothing_new(&site), "{mine}, {long_ago}");
        let error = publisher.finish(inputs(&NEW)).unwrap_err().to_string();
        assert!(error.contains(&format!("barnet/{mine}")), "{error}");
        assert_eq!(fs::read_to_string(site.join("index.html")).unwrap(), "old");
    }
}

#[test]
fn a_tree_changed_under_our_hands_is_not_published() {
    let out = tempfile::tempdir().unwrap();
    publish(out.path(), &OLD, true);
    let folder = claim(out.path(), true);
    let publisher = folder.publisher("barnet").unwrap();
    put(&publisher, &NEW);
    fs::remove_file(publisher.places.spare.join("d/e")).unwrap();
    let error = publisher.finish(inputs(&NEW)).unwrap_err().to_string();
    assert!(error.contains("spare/d/e` changed"), "{error}");
    drop(folder);
    assert_eq!(tree_in(&out.path().join("barnet")), is(&OLD));
    publish(out.path(), &NEW, true);
    assert_eq!(tree_in(&out.path().join("barnet")), is(&NEW));
}
