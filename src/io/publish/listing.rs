//! What lies below a folder, read without following a single symbolic link.
//!
//! One level of folders at a time, each level in parallel: 10,200 pages are 10,200 folders, and
//! opening them is most of the cost.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{PublishError, failed};
use crate::io::clock;

/// For so long after a change of a folder another one may leave the same modification time, in
/// nanoseconds: some file systems count in seconds.
const TOO_FRESH: i128 = 2_000_000_000;

/// Size and modification time: what shows that a file is still the one we wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// In bytes.
    pub(super) size: u64,
    /// Nanoseconds since 1970; 128 bits because a file may claim any year.
    pub(super) mtime: i128,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let mtime =
            i128::from(metadata.mtime()) * 1_000_000_000 + i128::from(metadata.mtime_nsec());
        Self { size: metadata.len(), mtime }
    }
}

/// Everything below one folder, by its `/`-separated path from there.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) files: BTreeMap<String, Stamp>,
    /// The folders, each as it was just before it was read.
    pub(super) folders: BTreeMap<String, Stamp>,
    /// What we never write: symbolic links, pipes, names that are not UTF-8.
    pub(super) strange: Vec<PathBuf>,
    /// The folder itself, if it was there.
    top: Option<Stamp>,
    /// When we began to read, in nanoseconds since 1970.
    read_at: i128,
}

/// The entries of one folder.
#[derive(Default)]
struct Level {
    files: Vec<(String, Stamp)>,
    folders: Vec<(String, Stamp)>,
    strange: Vec<PathBuf>,
}

impl Listing {
    /// Lists what is below `root`; a folder that is not there is an empty one.
    pub(super) fn of(root: &Path) -> Result<Self, PublishError> {
        let top = fs::symlink_metadata(root).ok().map(|metadata| Stamp::of(&metadata));
        let mut all = Self { top, read_at: clock::nanoseconds(), ..Self::default() };
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        let mut read = vec![Level::read(root, "")?];
        while !read.is_empty() {
            let first = folders.len();
            for level in read {
                files.extend(level.files);
                all.strange.extend(level.strange);
                folders.extend(level.folders);
            }
            let below = folders[first..].par_iter();
            read = below.map(|(folder, _)| Level::read(root, folder)).collect::<Result<_, _>>()?;
        }
        all.files = files.into_iter().collect();
        all.folders = folders.into_iter().collect();
        Ok(all)
    }

    /// Whether nothing is below `root` that was not there when it was read. Only folders are looked
    /// into that were changed since, or whose times cannot tell.
    pub(super) fn has_nothing_new(&self, root: &Path) -> bool {
        let is_as_it_was = |folder: &str, then: &Stamp| {
            let found = fs::symlink_metadata(root.join(folder));
            then.mtime < self.read_at - TOO_FRESH
                && found.is_ok_and(|now| now.is_dir() && Stamp::of(&now).mtime == then.mtime)
        };
        let knows_all = |folder: &str| match Level::read(root, folder) {
            Ok(level) => {
                level.strange.is_empty()
                    && level.files.iter().all(|(file, _)| self.files.contains_key(file))
                    && level.folders.iter().all(|(folder, _)| self.folders.contains_key(folder))
            }
            Err(_) => false,
        };
        let has_no_more =
            |folder: &str, then: &Stamp| is_as_it_was(folder, then) || knows_all(folder);
        self.top.map_or_else(|| knows_all(""), |top| has_no_more("", &top))
            && self.folders.par_iter().all(|(folder, then)| has_no_more(folder, then))
    }

    /// The first file or strange thing that `ours` does not know and that is no litter.
    pub(super) fn first_foreign(&self, ours: impl Fn(&str) -> bool) -> Option<PathBuf> {
        let file = self.files.keys().find(|path| !ours(path) && !is_litter(path));
        self.strange.first().cloned().or_else(|| file.map(PathBuf::from))
    }
}

impl Level {
    fn read(root: &Path, folder: &str) -> Result<Self, PublishError> {
        let path = root.join(folder);
        let mut level = Self::default();
        let entries = match fs::read_dir(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(level),
            other => other.map_err(failed("read", &path))?,
        };
        for entry in entries {
            let entry = entry.map_err(failed("read", &path))?;
            let name = entry.file_name();
            let below = match name.to_str() {
                None => {
                    level.strange.push(Path::new(folder).join(&name));
                    continue;
                }
                Some(name) if folder.is_empty() => name.to_owned(),
                Some(name) => format!("{folder}/{name}"),
            };
            let kind = entry.file_type().map_err(failed("read", &entry.path()))?;
            if kind.is_dir() || kind.is_file() {
                let metadata = entry.metadata().map_err(failed("read", &entry.path()))?;
                let level = if kind.is_dir() { &mut level.folders } else { &mut level.files };
                level.push((below, Stamp::of(&metadata)));
            } else {
                level.strange.push(PathBuf::from(below));
            }
        }
        Ok(level)
    }
}

/// Whether a desktop leaves such a file in any folder that somebody looks at.
pub(super) fn is_litter(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some(".DS_Store" | "Thumbs.db" | "desktop.ini"))
}
