//! One site on its way to being published.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::error::{PublishError, failed};
use super::exchange;
use super::listing::{Listing, is_litter};
use super::manifest::{Line, Manifest};
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
    live: Tree,
    spare: Spare,
    put: Mutex<BTreeMap<String, Digest>>,
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
        Ok(Self {
            out,
            places,
            live,
            spare,
            put: Mutex::default(),
            failed: AtomicBool::new(false),
            spoilt: AtomicBool::new(false),
        })
    }

    /// Writes one file of the site into the spare tree, unless it holds these bytes already. To be
    /// called from many threads at once.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), PublishError> {
        let digest = Digest::of(bytes);
        self.noting(|| {
            self.take(path.as_str(), digest)?;
            self.spare.put(path.as_str(), bytes, digest, self.published(path.as_str(), digest))
        })
    }

    /// Like [`Publisher::put`], of a file that takes long to make. `from` is the digest of all that
    /// decides its bytes; `make` is asked for them only if neither tree has a file made from that.
    pub fn put_made(
        &self,
        path: &OutputPath,
        from: Digest,
        make: impl FnOnce() -> Vec<u8>,
    ) -> Result<(), PublishError> {
        let path = path.as_str();
        self.noting(|| {
            self.take(path, from)?;
            let published = self.published(path, from);
            if self.spare.has(path, from) {
                return self.spare.put(path, &[], from, published);
            }
            let bytes = published.and_then(|line| self.read(path, line)).unwrap_or_else(make);
            self.spare.put(path, &bytes, from, published)
        })
    }

    /// Remembers if a file could not be put.
    fn noting(&self, put: impl FnOnce() -> Result<(), PublishError>) -> Result<(), PublishError> {
        put().inspect_err(|error| {
            self.failed.store(true, Ordering::Relaxed);
            self.note(error);
        })
    }

    /// Takes a name for a file of this digest.
    fn take(&self, path: &str, digest: Digest) -> Result<(), PublishError> {
        let mut put = self.put.lock().unwrap_or_else(PoisonError::into_inner);
        match put.insert(path.into(), digest) {
            Some(_) => Err(clash(path, path)),
            None => Ok(()),
        }
    }

    /// The published file's line, if the file has this digest.
    fn published(&self, path: &str, digest: Digest) -> Option<Line> {
        self.live.line(path).filter(|line| line.digest == digest)
    }

    /// The published file, if it is still as long as its line says.
    fn read(&self, path: &str, line: Line) -> Option<Vec<u8>> {
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
        Ok(published)
    }

    /// Everything before the exchange.
    pub(super) fn prepare(&self, inputs: Digest) -> Result<Published, PublishError> {
        if self.failed.load(Ordering::Relaxed) {
            return Err(PublishError::Incomplete);
        }
        let put = self.put.lock().unwrap_or_else(PoisonError::into_inner);
        refuse_clashes(&put)?;
        let lines = self.spare.complete(&put)?;
        self.places.check_live_is_a_folder()?;
        let live = Listing::of(&self.places.live)?;
        refuse_foreign(&self.places, &live, &self.live.manifest)?;

        let folder = inode(&self.places.spare).unwrap_or_default();
        let beside = self.places.writing.join("manifest");
        let next = &self.places.next_manifest;
        fs::write(&beside, Manifest::text(inputs, folder, &lines))
            .and_then(|()| fs::rename(&beside, next))
            .map_err(failed("write", next))?;

        let is_unchanged = |path: &str, digest: Digest| {
            self.live.line(path).is_some_and(|published| published.digest == digest)
        };
        let unchanged = put.iter().filter(|(path, digest)| is_unchanged(path, **digest)).count();
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
        }
    }
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
