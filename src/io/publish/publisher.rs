//! One site on its way to being published.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::{PublishError, failed};
use super::exchange;
use super::kept::Kept;
use super::listing::{Listing, Stamp, is_litter};
use super::manifest::Manifest;
use super::out_folder::OutFolder;
use super::places::{Places, inode, remove_file, remove_folder};
use super::spare::{Spare, Tree, folders_of};
use crate::digest::Digest;
use crate::path::OutputPath;

/// Takes the files of one site and publishes them all at once. Dropped before
/// [`Publisher::finish`], it leaves the published site as it was.
#[derive(Debug)]
pub struct Publisher<'a> {
    out: &'a OutFolder,
    pub(super) places: Places,
    /// The published tree when we came.
    pub(super) live: Tree,
    spare: Spare,
    kept: Kept,
    put: Mutex<BTreeMap<String, Digest>>,
    /// How many of them have the content of the published file.
    unchanged: AtomicUsize,
    /// Whether a file could not be put, so that the tree must not be published.
    failed: AtomicBool,
    /// Whether what we wrote is better thrown away than kept for the next run.
    spoilt: AtomicBool,
}

/// What a publication did, told as an editor sees it: against the site published before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or whose content changed.
    pub written: usize,
    /// Files whose content is as it was; they keep their modification time.
    pub unchanged: usize,
    /// Files that are no longer there.
    pub removed: usize,
    /// The size of the whole site, in bytes.
    pub bytes: u64,
}

impl<'a> Publisher<'a> {
    pub(super) fn open(out: &'a OutFolder, places: Places) -> Result<Self, PublishError> {
        places.recover()?;
        places.check_live_is_a_folder()?;
        let live = Tree::read(&places.live, &places.live_manifest)?;
        refuse_foreign(&places, &live.listing, &live.manifest)?;
        let spare = Spare::open(&places)?;
        let kept = Kept::new(places.kept.clone());
        Ok(Self {
            out,
            places,
            live,
            spare,
            kept,
            put: Mutex::default(),
            unchanged: AtomicUsize::new(0),
            failed: AtomicBool::new(false),
            spoilt: AtomicBool::new(false),
        })
    }

    /// Believes no manifest and takes nothing that was kept: every file is made again, and compared
    /// with what lies there.
    pub fn believing_nothing(mut self) -> Self {
        self.live.manifest.inputs = None;
        self.spare.believe_nothing();
        self.kept.believe_nothing();
        self
    }

    /// What took long to make, from the last build and for the next.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Writes one file of the site into the spare tree, unless it holds these bytes already. To be
    /// called from many threads at once.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), PublishError> {
        let (path, digest) = (path.as_str(), Digest::of(bytes));
        self.noting(|| {
            self.take(path, digest)?;
            let published = match self.live.line(path) {
                Some(line) => Some(line.stamp).filter(|_| line.digest == digest),
                None => self.published_with(path, bytes),
            };
            self.put_as(path, bytes, digest, published)
        })
    }

    /// Like [`Publisher::put`], of a file that takes long to make. `from` is the digest of all that
    /// decides its bytes; `make` is asked for them only if neither tree has a file made from that,
    /// wherever it lies there: one of the spare tree that nobody has put moves here. Gives the
    /// file's size.
    ///
    /// # Errors
    /// What `make` says, and what keeps the file from being written.
    pub fn put_made<E: From<PublishError>>(
        &self,
        path: &OutputPath,
        from: Digest,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<u64, E> {
        let path = path.as_str();
        self.noting(|| self.take(path, from))?;
        let published = self.live.line(path).filter(|line| line.digest == from);
        let published = published.map(|line| line.stamp);
        if let Some(stamp) = self.spare.stamp_of(path, from) {
            self.noting(|| self.put_as(path, &[], from, published))?;
            return Ok(stamp.size);
        }
        if let Some(size) = self.moved(path, from) {
            return Ok(size);
        }
        let bytes = match self.read_made(published.map(|_| path), from) {
            Some(bytes) => bytes,
            None => make()?,
        };
        // What was made from something else may come out the same.
        let published = published.or_else(|| self.published_with(path, &bytes));
        self.noting(|| self.put_as(path, &bytes, from, published))?;
        Ok(bytes.len() as u64)
    }

    /// The bytes of a file that was put.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(&self, path: &OutputPath) -> Result<Vec<u8>, PublishError> {
        self.noting(|| self.spare.read(path.as_str()))
    }

    /// Remembers if a file could not be put.
    fn noting<T>(&self, put: impl FnOnce() -> Result<T, PublishError>) -> Result<T, PublishError> {
        put().inspect_err(|error| {
            self.failed.store(true, Ordering::Relaxed);
            self.note(error);
        })
    }

    fn put_so_far(&self) -> MutexGuard<'_, BTreeMap<String, Digest>> {
        self.put.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a name for a file of this digest.
    fn take(&self, path: &str, digest: Digest) -> Result<(), PublishError> {
        match self.put_so_far().insert(path.into(), digest) {
            Some(_) => Err(clash(path, path)),
            None => Ok(()),
        }
    }

    /// Moves a file that was made from the same, and that is not needed where it lies, to a path
    /// that neither tree has a file at. Gives its size.
    fn moved(&self, path: &str, from: Digest) -> Option<u64> {
        if self.live.listing.files.contains_key(path) {
            return None;
        }
        // Held until it has moved: whoever puts its old path after that finds no file there.
        let put = self.put_so_far();
        self.spare.move_to(path, from, |old| is_free(&put, old))
    }

    /// Puts a file; `published` is the stamp of the published one, if its content is the same.
    fn put_as(
        &self,
        path: &str,
        bytes: &[u8],
        digest: Digest,
        published: Option<Stamp>,
    ) -> Result<(), PublishError> {
        if published.is_some() {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
        }
        self.spare.put(path, bytes, digest, published.map(|stamp| stamp.mtime))
    }

    /// The published file's stamp, if it holds these bytes.
    fn published_with(&self, path: &str, bytes: &[u8]) -> Option<Stamp> {
        let stamp = *self.live.listing.files.get(path)?;
        let same = stamp.size == bytes.len() as u64
            && fs::read(self.places.live.join(path)).is_ok_and(|found| found == bytes);
        same.then_some(stamp)
    }

    /// A published file that was made from the same, `here` or elsewhere, if it is still as long as
    /// its line says.
    fn read_made(&self, here: Option<&str>, from: Digest) -> Option<Vec<u8>> {
        let path = here.or_else(|| self.live.path_of(from))?;
        let line = self.live.line(path)?;
        let bytes = fs::read(self.places.live.join(path)).ok()?;
        (bytes.len() as u64 == line.stamp.size).then_some(bytes)
    }

    /// Publishes what was put, and nothing else. `inputs` is the digest of all that the site was
    /// built from, for [`OutFolder::is_intact`].
    pub fn finish(self, inputs: Digest) -> Result<Published, PublishError> {
        let published = self.prepare(inputs).inspect_err(|error| self.note(error))?;
        exchange::replace(&self.places, self.out.in_one_step)?;
        // The site is published. If the manifests cannot be renamed, the next run does it.
        let _ = self.places.next_is_live();
        self.kept.tidy();
        Ok(published)
    }

    /// Everything before the exchange.
    pub(super) fn prepare(&self, inputs: Digest) -> Result<Published, PublishError> {
        if self.failed.load(Ordering::Relaxed) {
            return Err(PublishError::Incomplete);
        }
        let put = self.put_so_far();
        let (clashes, lines) = rayon::join(|| refuse_clashes(&put), || self.spare.complete(&put));
        clashes?;
        let lines = lines?;
        self.places.check_live_is_a_folder()?;
        let again = match self.live.listing.has_nothing_new(&self.places.live) {
            true => None,
            false => Some(Listing::of(&self.places.live)?),
        };
        let live = again.as_ref().unwrap_or(&self.live.listing);
        refuse_foreign(&self.places, live, &self.live.manifest)?;

        let folder = inode(&self.places.spare).unwrap_or_default();
        let beside = self.places.writing.join("manifest");
        let next = &self.places.next_manifest;
        fs::write(&beside, Manifest::text(inputs, folder, &lines))
            .and_then(|()| fs::rename(&beside, next))
            .map_err(failed("write", next))?;

        let unchanged = self.unchanged.load(Ordering::Relaxed);
        let is_gone = |path: &&String| !put.contains_key(*path) && !is_litter(path);
        Ok(Published {
            written: put.len() - unchanged,
            unchanged,
            removed: live.files.keys().filter(is_gone).count(),
            bytes: lines.values().map(|line| line.stamp.size).sum(),
        })
    }

    /// Remembers errors after which the spare tree is better gone: it fills the disk, or it is not
    /// what we believed.
    fn note(&self, error: &PublishError) {
        if error.is_disk_full() || matches!(error, PublishError::Disturbed { .. }) {
            self.spoilt.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Publisher<'_> {
    fn drop(&mut self) {
        if self.spoilt.load(Ordering::Relaxed) {
            // It was no success anyway, and the first error has been told.
            let _ = remove_file(&self.places.next_manifest);
            let _ = remove_folder(&self.places.spare);
            let _ = remove_folder(&self.places.writing);
            self.kept.clear();
        }
    }
}

/// Whether neither a file nor a folder of what was put has that path.
fn is_free(put: &BTreeMap<String, Digest>, path: &str) -> bool {
    let folder = format!("{path}/");
    let is_folder =
        put.range(folder.clone()..).next().is_some_and(|(at, _)| at.starts_with(&folder));
    !is_folder && !put.contains_key(path)
}

/// Refuses to replace a tree with files in it that we did not write.
fn refuse_foreign(
    places: &Places,
    live: &Listing,
    manifest: &Manifest,
) -> Result<(), PublishError> {
    match live.first_foreign(|path| manifest.lines.contains_key(path)) {
        Some(file) => Err(PublishError::Foreign { file: places.live.join(file) }),
        None => Ok(()),
    }
}

/// Refuses names that some computers, or all of them, cannot hold side by side.
fn refuse_clashes(put: &BTreeMap<String, Digest>) -> Result<(), PublishError> {
    let mut plain: BTreeMap<String, &str> = BTreeMap::new();
    for path in put.keys() {
        if let Some(first) = plain.insert(path.to_lowercase(), path) {
            return Err(clash(first, path));
        }
    }
    for (lower, path) in &plain {
        if let Some(first) = folders_of(lower).find_map(|folder| plain.get(folder)) {
            return Err(clash(first, path));
        }
    }
    Ok(())
}

fn clash(first: &str, second: &str) -> PublishError {
    PublishError::Clash { first: first.to_owned(), second: second.to_owned() }
}
