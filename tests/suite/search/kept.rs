//! Parts of an index outlive the run that made them: the next run takes over those of which nothing
//! has changed, and what it writes is what it would have written without.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use ordinarily::digest::Digest;
use ordinarily::engine::Edition;
use ordinarily::search::memo::Store;

use super::client::edition;
use super::made_up_corpus::tree;

type Damage = fn(&mut Vec<u8>);

/// A store in memory, which counts.
#[derive(Default)]
struct Shelf {
    kept: Mutex<HashMap<Digest, Vec<u8>>>,
    put: Mutex<usize>,
}

impl Shelf {
    fn damage(&self, how: impl Fn(&mut Vec<u8>)) {
        self.kept.lock().unwrap().values_mut().for_each(how);
    }

    /// How many parts were put since the last time.
    fn news(&self) -> usize {
        std::mem::take(&mut *self.put.lock().unwrap())
    }
}

impl Store for Shelf {
    fn get(&self, from: Digest) -> Option<Vec<u8>> {
        self.kept.lock().unwrap().get(&from).cloned()
    }

    fn has(&self, from: Digest) -> bool {
        self.kept.lock().unwrap().contains_key(&from)
    }

    fn put(&self, from: Digest, made: &[u8]) {
        *self.put.lock().unwrap() += 1;
        self.kept.lock().unwrap().insert(from, made.to_vec());
    }
}

/// The files of search that a site consists of.
fn files(edition: &Edition, store: Option<&dyn Store>) -> BTreeMap<String, Vec<u8>> {
    let languages = edition.search(store).unwrap();
    let exports: Vec<_> = languages.iter().map(|language| language.export().unwrap()).collect();
    let files = exports.iter().flat_map(|export| {
        export.urls().map(|url| (url.as_str().to_owned(), export.bytes(url).unwrap()))
    });
    files.collect()
}

fn hub(edit: impl Fn(&str, String) -> String) -> Edition {
    edition(&tree(3_000, edit), "hub").0
}

#[test]
fn after_an_edit_only_the_part_with_the_entry_is_made_and_the_files_are_the_same() {
    let shelf = Shelf::default();
    let before = hub(|_, text| text);
    let made = files(&before, Some(&shelf));
    assert_eq!(made, files(&before, None));
    let parts = shelf.news();
    assert!(parts > 2, "{parts} parts");
    assert_eq!(made, files(&before, Some(&shelf)), "all from the store");
    assert_eq!(shelf.news(), 0);

    let edited = std::cell::Cell::new(false);
    let is_guide = |path: &str| path.contains("/boroughs/") && path.contains("/guides/");
    let after = hub(|path, text| match is_guide(path) && !edited.replace(true) {
        true => format!("{text}\nA sentence with zebrafish in it.\n"),
        false => text,
    });
    let made_again = files(&after, Some(&shelf));
    assert_eq!(made_again, files(&after, None));
    assert_ne!(made_again, made);
    // A part may end after the entry now, or no longer: then the next one changes too.
    assert!((1..=2).contains(&shelf.news()), "{parts} parts");
}

#[test]
fn a_store_that_gives_back_something_else_costs_time_and_nothing_else() {
    let before = edition(&tree(60, |_, text| text), "hub").0;
    let made = files(&before, None);
    let damages: [(&str, Damage); 4] = [
        ("nothing", Vec::clear),
        ("half", |bytes| bytes.truncate(bytes.len() / 2)),
        ("the end", |bytes| drop(bytes.drain(..bytes.len() / 2))),
        ("noise", |bytes| {
            bytes.iter_mut().enumerate().for_each(|(at, byte)| *byte = (at * 7) as u8)
        }),
    ];
    for (name, damage) in damages {
        let shelf = Shelf::default();
        files(&before, Some(&shelf));
        shelf.damage(damage);
        shelf.news();
        assert_eq!(files(&before, Some(&shelf)), made, "{name}");
        assert!(shelf.news() > 0, "{name}: what was damaged is put anew");
        files(&before, Some(&shelf));
        assert_eq!(shelf.news(), 0, "{name}: and taken the next time");
    }
}
