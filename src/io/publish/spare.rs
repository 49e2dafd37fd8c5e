//! The tree that a build writes into, and that becomes the published one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;
use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW, UTIME_OMIT};

use super::error::{PublishError, failed};
use super::exchange::absent;
use super::listing::{Listing, Stamp};
use super::manifest::{Line, Manifest};
use super::places::{Places, remove_file, remove_folder};
use crate::digest::Digest;

/// A tree on disk and what its manifest says of it.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) listing: Listing,
    pub(super) manifest: Manifest,
    /// The paths of its files by their digests; put together when somebody asks.
    by_digest: OnceLock<HashMap<Digest, String>>,
}

impl Tree {
    pub(super) fn read(root: &Path, manifest: &Path) -> Result<Self, PublishError> {
        let both = rayon::join(|| Listing::of(root), || Manifest::read(manifest));
        Ok(Self { listing: both.0?, manifest: both.1?, by_digest: OnceLock::new() })
    }

    /// The manifest's line for a file, if it can be believed.
    pub(super) fn line(&self, path: &str) -> Option<Line> {
        let line = *self.manifest.lines.get(path)?;
        let found = self.listing.files.get(path)?;
        (self.manifest.inputs.is_some() && *found == line.stamp).then_some(line)
    }

    /// The path of a file of this digest, wherever it lies, as far as its line can be believed.
    pub(super) fn path_of(&self, digest: Digest) -> Option<&str> {
        let by_digest = self.by_digest.get_or_init(|| {
            let lines = self.manifest.lines.iter();
            lines.map(|(path, line)| (line.digest, path.clone())).collect()
        });
        by_digest.get(&digest).map(String::as_str).filter(|path| self.line(path).is_some())
    }
}

/// The spare tree of a site, as it was when we came and as we change it.
#[derive(Debug)]
pub(super) struct Spare {
    root: PathBuf,
    writing: PathBuf,
    before: Tree,
    /// The files that were there and now lie elsewhere.
    moved: Mutex<BTreeSet<String>>,
    /// Counts the files in `writing/`.
    written: AtomicU64,
}

impl Spare {
    /// Takes the spare tree. From here on its manifest is gone, because we are about to make it
    /// untrue.
    pub(super) fn open(places: &Places) -> Result<Self, PublishError> {
        places.make_spare()?;
        places.clear_writing()?;
        let (root, writing) = (places.spare.clone(), places.writing.clone());
        let before = Tree::read(&root, &places.spare_manifest)?;
        remove_file(&places.spare_manifest)?;
        for strange in &before.listing.strange {
            let path = root.join(strange);
            let is_folder = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_dir());
            if is_folder { remove_folder(&path)? } else { remove_file(&path)? }
        }
        let (moved, written) = (Mutex::default(), AtomicU64::new(0));
        Ok(Self { root, writing, before, moved, written })
    }

    /// Takes its manifest for nothing but names.
    pub(super) fn believe_nothing(&mut self) {
        self.before.manifest.inputs = None;
    }

    fn moved(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The stamp of the file that was at `path` and has not moved since.
    fn before(&self, path: &str) -> Option<Stamp> {
        let stamp = *self.before.listing.files.get(path)?;
        (!self.moved().contains(path)).then_some(stamp)
    }

    /// Its line, if it can be believed.
    fn line(&self, path: &str) -> Option<Line> {
        self.before.line(path).filter(|_| self.before(path).is_some())
    }

    /// The stamp of the file at `path` if it has this digest, as far as its line can be believed.
    pub(super) fn stamp_of(&self, path: &str, digest: Digest) -> Option<Stamp> {
        self.line(path).filter(|line| line.digest == digest).map(|line| line.stamp)
    }

    /// Moves a file of this digest to the path `to`, where none was, and dates it now: less work
    /// than to write it there and to remove it where it was. `is_free` tells whether nobody has
    /// put a file at its old path or below; until this is over, nobody may. Gives its size; `None`
    /// if there is no such file, or if the disk would not.
    pub(super) fn move_to(
        &self,
        to: &str,
        digest: Digest,
        is_free: impl Fn(&str) -> bool,
    ) -> Option<u64> {
        let from = self.before.path_of(digest).filter(|from| is_free(from))?;
        let line = self.line(from).filter(|_| self.before(to).is_none())?;
        let old = self.root.join(from);
        let rename = |new: &Path| fs::rename(&old, new);
        // Many files move into one folder: only the first has to make it.
        rename(&self.root.join(to)).or_else(|_| self.create(to, rename)).ok()?;
        self.moved().insert(from.to_owned());
        self.date(to, None).ok()?;
        Some(line.stamp.size)
    }

    /// The bytes of the file at `path`.
    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, PublishError> {
        let file = self.root.join(path);
        fs::read(&file).map_err(failed("read", &file))
    }

    /// Makes the file at `path` hold `bytes`, with `mtime`, which is that of the published file if
    /// its content is the same, or else with that of now.
    pub(super) fn put(
        &self,
        path: &str,
        bytes: &[u8],
        digest: Digest,
        mtime: Option<i128>,
    ) -> Result<(), PublishError> {
        if !self.holds(path, bytes, digest) {
            return self.write(path, bytes, mtime);
        }
        if mtime.is_some() && mtime == self.before(path).map(|stamp| stamp.mtime) {
            return Ok(());
        }
        // An old page that comes back is a change: with its old time, caches would not ask for it.
        self.date(path, mtime)
    }

    /// Dates the file at `path`.
    fn date(&self, path: &str, mtime: Option<i128>) -> Result<(), PublishError> {
        let file = self.root.join(path);
        rustix::fs::utimensat(CWD, &file, &times(mtime), AtFlags::SYMLINK_NOFOLLOW)
            .map_err(|errno| failed("date", &file)(errno.into()))
    }

    /// Whether the file is there with this content already. Without a line to believe, the bytes
    /// themselves are compared, which costs less than writing them again.
    fn holds(&self, path: &str, bytes: &[u8], digest: Digest) -> bool {
        match (self.line(path), self.before(path)) {
            (Some(line), _) => line.digest == digest,
            (None, Some(stamp)) if stamp.size == bytes.len() as u64 => {
                fs::read(self.root.join(path)).is_ok_and(|found| found == bytes)
            }
            _ => false,
        }
    }

    /// Writes a file: at once where there was none, and else beside and over the old one, which a
    /// web server may have opened while it was published, and be sending still.
    fn write(&self, path: &str, bytes: &[u8], mtime: Option<i128>) -> Result<(), PublishError> {
        let target = self.root.join(path);
        let fill = |file: &Path| fill(File::create_new(file)?, bytes, mtime);
        if self.before(path).is_none() {
            return self.create(path, fill).map_err(failed("write", &target));
        }
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let beside = self.writing.join(number.to_string());
        fill(&beside).map_err(failed("write", &beside))?;
        fs::rename(&beside, &target).map_err(failed("replace", &target))
    }

    /// Lets `make` make a file where none was, and makes the folders above it.
    fn create(&self, path: &str, make: impl Fn(&Path) -> io::Result<()>) -> io::Result<()> {
        let target = self.root.join(path);
        let folder = path.rsplit_once('/').map(|(folder, _)| folder);
        if folder.is_some_and(|folder| !self.before.listing.folders.contains_key(folder))
            && let Some(parent) = target.parent()
        {
            // Most pages have a folder of their own. What goes wrong here is told by what follows.
            let _ = fs::create_dir_all(parent);
        }
        match make(&target) {
            // Somebody has removed it since.
            Err(error) if absent(&error) => {
                if let Some(parent) = target.parent() {
                    let _ = fs::create_dir_all(parent);
                }
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => clear(&target)?,
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                for folder in folders_of(path) {
                    let folder = self.root.join(folder);
                    // Another thread may do the same, and be first.
                    if !folder.is_dir() {
                        let _ = fs::remove_file(&folder);
                        let _ = fs::create_dir(&folder);
                    }
                }
            }
            other => return other,
        }
        make(&target)
    }

    /// Removes whatever is not in `wanted`, and gives the tree's manifest lines.
    pub(super) fn complete(
        &self,
        wanted: &BTreeMap<String, Digest>,
    ) -> Result<BTreeMap<String, Line>, PublishError> {
        let needed: BTreeSet<&str> = wanted.keys().flat_map(|path| folders_of(path)).collect();
        // What lies in a folder that goes, or that became a file, goes with it.
        let stays = |path: &str| match path.rsplit_once('/') {
            Some((folder, _)) => needed.contains(folder),
            None => true,
        };
        let stale = |path: &&String| {
            stays(path) && !wanted.contains_key(*path) && !needed.contains(path.as_str())
        };
        let before = &self.before.listing;
        let files: Vec<_> = before.files.keys().filter(stale).collect();
        let folders: Vec<_> = before.folders.keys().filter(stale).collect();
        files.par_iter().try_for_each(|file| remove_file(&self.root.join(file.as_str())))?;
        folders
            .par_iter()
            .try_for_each(|folder| remove_folder(&self.root.join(folder.as_str())))?;
        self.lines(wanted)
    }

    /// Looks at what was put as it is on the disk now: on a disk that takes capitals for small
    /// letters, or with somebody else at work there, it may be gone.
    fn lines(
        &self,
        wanted: &BTreeMap<String, Digest>,
    ) -> Result<BTreeMap<String, Line>, PublishError> {
        let line = |(path, digest): (&String, &Digest)| {
            let file = self.root.join(path);
            let stamp = match fs::symlink_metadata(&file) {
                Ok(metadata) if metadata.is_file() => Stamp::of(&metadata),
                _ => return Err(PublishError::Disturbed { file }),
            };
            Ok((path.clone(), Line { stamp, digest: *digest }))
        };
        wanted.par_iter().map(line).collect()
    }
}

/// Fills a new file and dates it.
fn fill(mut file: File, bytes: &[u8], mtime: Option<i128>) -> io::Result<()> {
    file.write_all(bytes)?;
    if mtime.is_some() {
        rustix::fs::futimens(&file, &times(mtime))?;
    }
    Ok(())
}

/// Removes the folder, link or file that stands where a file is to be.
fn clear(target: &Path) -> io::Result<()> {
    if fs::symlink_metadata(target)?.is_dir() {
        fs::remove_dir_all(target)
    } else {
        fs::remove_file(target)
    }
}

/// The folders above a file, the topmost first: `a` and `a/b` for `a/b/c`.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// A modification time in nanoseconds since 1970, or now, for the kernel.
fn times(mtime: Option<i128>) -> Timestamps {
    const SECOND: i128 = 1_000_000_000;
    let modified = match mtime {
        // Every time that we keep was read from a file, so it fits.
        Some(mtime) => Timespec {
            tv_sec: mtime.div_euclid(SECOND) as _,
            tv_nsec: mtime.rem_euclid(SECOND) as _,
        },
        None => Timespec { tv_sec: 0, tv_nsec: UTIME_NOW },
    };
    let untouched = Timespec { tv_sec: 0, tv_nsec: UTIME_OMIT };
    Timestamps { last_access: untouched, last_modification: modified }
}
