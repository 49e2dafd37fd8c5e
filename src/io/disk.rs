//! A project's files in memory, kept in step with the disk.
//!
//! What a watcher says is only a reason to look: the folders it names are listed again, and what
//! differs in size or time from the last reading is read. A file that it names itself is read in
//! any case, because two saves of the same length may carry the same time. What cannot be read now
//! keeps the words it last had, and the problem is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use super::load::{self, Depth, FOLDERS};
use super::watch::Wake;
use crate::content::tree::{Loaded, SourceTree};
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;

/// A project's files.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    tree: SourceTree,
    stamps: BTreeMap<SourcePath, Stamp>,
    /// What is wrong with files that could not be read.
    unread: BTreeMap<SourcePath, Diagnostic>,
    /// What is wrong with folders and with what lies in them, by the folder that was listed.
    unlisted: BTreeMap<String, Vec<Diagnostic>>,
}

/// What the file system said of a file just before it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(file: &Path) -> Self {
        let metadata = fs::metadata(file).ok();
        Self {
            size: metadata.as_ref().map_or(0, fs::Metadata::len),
            modified: metadata.and_then(|metadata| metadata.modified().ok()),
        }
    }
}

impl Disk {
    /// Reads all files below a project's root.
    pub fn read(root: &Path) -> Self {
        let mut disk = Self {
            root: root.to_path_buf(),
            tree: SourceTree::new(),
            stamps: BTreeMap::new(),
            unread: BTreeMap::new(),
            unlisted: BTreeMap::new(),
        };
        disk.look_everywhere(&mut BTreeSet::new());
        disk
    }

    /// The files.
    pub fn tree(&self) -> &SourceTree {
        &self.tree
    }

    /// The files, for good.
    pub fn into_tree(self) -> SourceTree {
        self.tree
    }

    /// What cannot be read, and why.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.unlisted.values().flatten().chain(self.unread.values())
    }

    /// Looks again where something may have happened. Gives every file that is new, gone or says
    /// something else, and whether what cannot be read has changed.
    pub fn look_again(&mut self, wake: &Wake) -> Seen {
        let told: Vec<Diagnostic> = self.problems().cloned().collect();
        let mut changed = BTreeSet::new();
        match wake {
            Wake::Everywhere => self.look_everywhere(&mut changed),
            Wake::At(paths) => self.look_at(paths, &mut changed),
        }
        Seen { changed, problems_changed: !self.problems().eq(&told) }
    }

    fn look_everywhere(&mut self, changed: &mut BTreeSet<SourcePath>) {
        self.unlisted.clear();
        for folder in FOLDERS {
            self.look_in(folder, Depth::All, changed);
        }
    }

    fn look_at(&mut self, paths: &BTreeSet<PathBuf>, changed: &mut BTreeSet<SourcePath>) {
        let mut folders = BTreeSet::new();
        for path in paths {
            let source = load::source_path(&self.root, path);
            let parts: Vec<&str> = source.as_str().split('/').collect();
            let is_input = FOLDERS.contains(&parts[0]);
            if !is_input || parts.iter().any(|part| load::is_litter(part)) {
                continue;
            }
            if parts.len() > 1 {
                folders.insert(source.folder().to_owned());
            }
            if path.is_dir() || parts.len() == 1 {
                self.look_in(source.as_str(), Depth::All, changed);
            } else if path.is_file() {
                // Its time may be that of the last reading: forget it.
                self.stamps.remove(&source);
            }
        }
        for folder in folders {
            self.look_in(&folder, Depth::Own, changed);
        }
    }

    /// Brings one folder up to date. A folder in it that nobody knows yet is looked through whole,
    /// and one that is gone takes its files along.
    fn look_in(&mut self, folder: &str, depth: Depth, changed: &mut BTreeSet<SourcePath>) {
        let listing = load::list(&self.root, folder, depth);
        self.unlisted.retain(|listed, _| match depth {
            Depth::All => listed != folder && !listed.starts_with(&format!("{folder}/")),
            Depth::Own => listed != folder,
        });
        if !listing.problems.is_empty() {
            self.unlisted.insert(folder.to_owned(), listing.problems);
        }
        let there: BTreeSet<&SourcePath> = listing.files.iter().map(|(path, _)| path).collect();
        let (known, known_folders) = self.known(folder, depth);
        for gone in known.iter().filter(|path| !there.contains(path)) {
            self.forget(gone, changed);
        }
        for gone in known_folders.iter().filter(|path| !listing.folders.contains(path)) {
            for path in self.known(gone.as_str(), Depth::All).0 {
                self.forget(&path, changed);
            }
        }
        if depth == Depth::Own {
            for new in listing.folders.iter().filter(|path| !known_folders.contains(path)) {
                self.look_in(new.as_str(), Depth::All, changed);
            }
        }
        self.read_changed(listing.files, changed);
    }

    /// The known files of a folder, and the folders directly in it that hold known files. Files in
    /// deeper folders are skipped over, not gone through, unless all are wanted.
    fn known(&self, folder: &str, depth: Depth) -> (BTreeSet<SourcePath>, BTreeSet<SourcePath>) {
        let prefix = format!("{folder}/");
        let (mut files, mut folders) = (BTreeSet::new(), BTreeSet::new());
        let mut from = SourcePath::new(&prefix);
        while let Some(path) = self.tree.first_from(&from) {
            let Some(rest) = path.as_str().strip_prefix(&prefix) else { break };
            match rest.split_once('/').filter(|_| depth == Depth::Own) {
                Some((name, _)) => {
                    folders.insert(SourcePath::new(&format!("{prefix}{name}")));
                    // `0` is the character after `/`.
                    from = SourcePath::new(&format!("{prefix}{name}0"));
                }
                None => {
                    files.insert(path.clone());
                    from = SourcePath::new(&format!("{path}\0"));
                }
            }
        }
        let unread = self.unread.keys().filter(|path| match depth {
            Depth::All => path.as_str().starts_with(&prefix),
            Depth::Own => path.folder() == folder,
        });
        files.extend(unread.cloned());
        (files, folders)
    }

    fn forget(&mut self, path: &SourcePath, changed: &mut BTreeSet<SourcePath>) {
        self.stamps.remove(path);
        self.unread.remove(path);
        if self.tree.get(path).is_some() {
            self.tree.remove(path);
            changed.insert(path.clone());
        }
    }

    fn read_changed(
        &mut self,
        files: Vec<(SourcePath, PathBuf)>,
        changed: &mut BTreeSet<SourcePath>,
    ) {
        let stamps = &self.stamps;
        let read = |listed: (SourcePath, PathBuf)| {
            let stamp = Stamp::of(&listed.1);
            let is_known = stamps.get(&listed.0) == Some(&stamp);
            (!is_known).then(|| (load::read(&listed, stamp.size), listed.0, stamp))
        };
        let read: Vec<_> = files.into_par_iter().filter_map(read).collect();
        for (loaded, path, stamp) in read {
            match loaded {
                Ok(Some(loaded)) => {
                    self.unread.remove(&path);
                    self.stamps.insert(path.clone(), stamp);
                    if !self.tree.get(&path).is_some_and(|known| is_same(known, &loaded)) {
                        self.tree.insert_loaded(path.clone(), loaded);
                        changed.insert(path);
                    }
                }
                Ok(None) => self.forget(&path, changed),
                Err(problem) => {
                    self.stamps.insert(path.clone(), stamp);
                    self.unread.insert(path, problem);
                }
            }
        }
    }
}

/// What looking again has shown.
#[derive(Debug)]
pub struct Seen {
    /// The files that are new, gone or say something else.
    pub changed: BTreeSet<SourcePath>,
    /// Whether other files than before cannot be read, or for other reasons.
    pub problems_changed: bool,
}

fn is_same(known: &Loaded, loaded: &Loaded) -> bool {
    matches!(known, Loaded::Text(_)) == matches!(loaded, Loaded::Text(_))
        && known.bytes() == loaded.bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str, text: &str) -> PathBuf {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        file
    }

    fn at(paths: &[PathBuf]) -> Wake {
        Wake::At(paths.iter().cloned().collect())
    }

    fn changed(disk: &mut Disk, wake: &Wake) -> Vec<String> {
        let seen = disk.look_again(wake);
        seen.changed.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_save_of_the_same_length_and_time_is_seen_where_it_is_named() {
        let root = tempfile::tempdir().unwrap();
        let file = write(root.path(), "content/london/guides/a.md", "one");
        let mut disk = Disk::read(root.path());
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        fs::write(&file, "two").unwrap();
        fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
        assert!(changed(&mut disk, &Wake::Everywhere).is_empty());
        assert_eq!(changed(&mut disk, &at(&[file])), ["content/london/guides/a.md"]);
        assert!(disk.tree().text(&SourcePath::new("content/london/guides/a.md")).is_some());
    }

    #[test]
    fn a_folder_that_is_moved_takes_its_files_along() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "content/london/guides/a.md", "one");
        write(root.path(), "content/london/guides/deep/b.md", "two");
        let mut disk = Disk::read(root.path());
        let (old, new) =
            (root.path().join("content/london/guides"), root.path().join("content/london/news"));
        fs::rename(&old, &new).unwrap();
        assert_eq!(
            changed(&mut disk, &at(&[old, new])),
            [
                "content/london/guides/a.md",
                "content/london/guides/deep/b.md",
                "content/london/news/a.md",
                "content/london/news/deep/b.md"
            ]
        );
    }

    #[test]
    fn a_folder_that_is_gone_and_comes_back_is_followed() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "content/site.yaml", "name: a");
        write(root.path(), "content/london/index.md", "b");
        let mut disk = Disk::read(root.path());
        let content = root.path().join("content");
        fs::remove_dir_all(&content).unwrap();
        assert_eq!(changed(&mut disk, &at(std::slice::from_ref(&content))).len(), 2);
        write(root.path(), "content/site.yaml", "name: a");
        assert_eq!(changed(&mut disk, &at(&[content])), ["content/site.yaml"]);
    }

    #[test]
    fn litter_and_files_beside_the_inputs_are_no_change() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "content/site.yaml", "name: a");
        let mut disk = Disk::read(root.path());
        let litter = write(root.path(), "content/.site.yaml.swp", "x");
        let output = write(root.path(), "dist/hub/index.html", "x");
        assert!(changed(&mut disk, &at(&[litter, output])).is_empty());
    }

    #[test]
    fn a_file_that_cannot_be_read_keeps_its_last_words_and_is_told() {
        let root = tempfile::tempdir().unwrap();
        let file = write(root.path(), "content/london/guides/a.md", "one");
        let mut disk = Disk::read(root.path());
        fs::write(&file, b"\xff\xfe").unwrap();
        let seen = disk.look_again(&at(std::slice::from_ref(&file)));
        assert!(seen.changed.is_empty() && seen.problems_changed);
        let path = SourcePath::new("content/london/guides/a.md");
        assert_eq!(&*disk.tree().text(&path).unwrap().text, "one");
        fs::remove_file(&file).unwrap();
        let seen = disk.look_again(&at(&[file]));
        assert!(seen.problems_changed && disk.tree().get(&path).is_none());
        assert_eq!(disk.problems().count(), 0);
    }
}
