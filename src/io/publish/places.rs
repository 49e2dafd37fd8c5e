//! Where everything of one site lies, and the putting right of what a killed run left there.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::error::{PublishError, failed};
use super::exchange::{absent, finish_interrupted, is_there};
use super::manifest::Manifest;
use crate::path::OutputPath;

/// The folder in the output folder that is ours alone.
pub(super) const OURS: &str = ".ordinarily";

/// The paths of one site.
#[derive(Debug)]
pub(super) struct Places {
    /// What people see: `dist/<id>`.
    pub(super) live: PathBuf,
    /// The tree that the next build writes into.
    pub(super) spare: PathBuf,
    /// The old tree for a moment, see `exchange`.
    pub(super) leaving: PathBuf,
    /// Files on their way over an existing one.
    pub(super) writing: PathBuf,
    /// What took long to make, for the next build.
    pub(super) kept: PathBuf,
    pub(super) live_manifest: PathBuf,
    pub(super) spare_manifest: PathBuf,
    /// The manifest of a spare tree that is ready to be published.
    pub(super) next_manifest: PathBuf,
}

impl Places {
    /// The places of `site` in the output folder `out`.
    pub(super) fn new(out: &Path, site: &str) -> Result<Self, PublishError> {
        let sound = OutputPath::parse(site).is_some() && !site.contains('/');
        if !sound || site.starts_with('.') {
            return Err(PublishError::SiteName { site: site.to_owned() });
        }
        let ours = out.join(OURS).join(site);
        Ok(Self {
            live: out.join(site),
            spare: ours.join("spare"),
            leaving: ours.join("leaving"),
            writing: ours.join("writing"),
            kept: ours.join("kept"),
            live_manifest: ours.join("live.manifest"),
            spare_manifest: ours.join("spare.manifest"),
            next_manifest: ours.join("next.manifest"),
        })
    }

    /// Finishes what a run before this one was stopped in: first the trees, then the manifests.
    pub(super) fn recover(&self) -> Result<(), PublishError> {
        finish_interrupted(self)?;
        if !is_there(&self.next_manifest)? {
            return Ok(());
        }
        let next = Manifest::read(&self.next_manifest)?;
        let is_of = |tree| next.inputs.is_some() && inode(tree) == Some(next.folder);
        if is_of(&self.live) {
            self.next_is_live()
        } else if is_of(&self.spare) {
            move_over(&self.next_manifest, &self.spare_manifest)
        } else {
            remove_file(&self.next_manifest)
        }
    }

    /// Gives the manifests the names that their trees have after an exchange.
    pub(super) fn next_is_live(&self) -> Result<(), PublishError> {
        if is_there(&self.live_manifest)? {
            move_over(&self.live_manifest, &self.spare_manifest)?;
        }
        move_over(&self.next_manifest, &self.live_manifest)
    }

    /// The folder that people see must be a folder or not be there.
    pub(super) fn check_live_is_a_folder(&self) -> Result<(), PublishError> {
        match fs::symlink_metadata(&self.live) {
            Ok(metadata) if metadata.is_dir() => Ok(()),
            Ok(_) => Err(PublishError::NotAFolder { path: self.live.clone() }),
            Err(error) if absent(&error) => Ok(()),
            Err(error) => Err(failed("read", &self.live)(error)),
        }
    }

    /// Makes the spare folder where it is missing; a link to elsewhere in its place is removed.
    pub(super) fn make_spare(&self) -> Result<(), PublishError> {
        match fs::symlink_metadata(&self.spare) {
            Ok(metadata) if metadata.is_dir() => return Ok(()),
            Ok(_) => remove_file(&self.spare)?,
            Err(_) => {}
        }
        fs::create_dir_all(&self.spare).map_err(failed("make", &self.spare))
    }

    /// Makes `writing/`, or empties it.
    pub(super) fn clear_writing(&self) -> Result<(), PublishError> {
        remove_folder(&self.writing)?;
        fs::create_dir_all(&self.writing).map_err(failed("make", &self.writing))
    }
}

/// The inode of what stands at `path`.
pub(super) fn inode(path: &Path) -> Option<u64> {
    fs::symlink_metadata(path).ok().map(|metadata| metadata.ino())
}

fn move_over(from: &Path, to: &Path) -> Result<(), PublishError> {
    fs::rename(from, to).map_err(failed("replace", to))
}

/// Removes a file; fine if it is not there.
pub(super) fn remove_file(path: &Path) -> Result<(), PublishError> {
    match fs::remove_file(path) {
        Err(error) if !absent(&error) => Err(failed("remove", path)(error)),
        _ => Ok(()),
    }
}

/// Removes a folder and all in it, following no links; fine if it is not there.
pub(super) fn remove_folder(path: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(path) {
        Err(error) if !absent(&error) => Err(failed("remove", path)(error)),
        _ => Ok(()),
    }
}
