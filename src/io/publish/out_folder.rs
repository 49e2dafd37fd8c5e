//! The output folder: whose it is, who may write to it now, and which sites in it are intact.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::error::{PublishError, failed};
use super::exchange::is_there;
use super::listing::{Listing, is_litter};
use super::manifest::Manifest;
use super::places::{OURS, Places};
use super::publisher::Publisher;
use crate::digest::Digest;

const README: &str = "\
This folder belongs to `ordinarily`, the program that built the sites beside it.

For each site it holds the copy that the next build will write to, lists of what was written, and
what took long to make.
Visitors need nothing of it: leave it out when you copy the sites to a server.

Please change nothing in here. If you want to start afresh, delete the whole output folder, sites
and all, and build again.
";

/// An output folder that is ours, and in which no other build writes for as long as this lives.
#[derive(Debug)]
pub struct OutFolder {
    path: PathBuf,
    _lock: Lock,
    /// False in tests of file systems that cannot exchange two folders.
    pub(super) in_one_step: bool,
}

impl OutFolder {
    /// Claims the folder at `path`, making it if need be. If another build holds it, `on_wait` is
    /// called, and then we wait. What a killed run left half done is finished, for every site.
    ///
    /// # Errors
    /// A folder that is not empty and lacks our mark is refused, untouched; so is what is no
    /// folder.
    pub fn claim(path: &Path, on_wait: impl FnOnce()) -> Result<Self, PublishError> {
        let ours = path.join(OURS);
        if !is_marked_or_empty(path, &ours)? {
            return Err(PublishError::NotOurs { folder: path.to_path_buf() });
        }
        fs::create_dir_all(&ours).map_err(failed("make", &ours))?;
        let readme = ours.join("README.txt");
        if !is_there(&readme)? {
            fs::write(&readme, README).map_err(failed("write", &readme))?;
        }
        let lock = lock(&ours.join("lock"), on_wait)?;
        for site in folders_in(&ours)? {
            Places::new(path, &site)?.recover()?;
        }
        Ok(Self { path: path.to_path_buf(), _lock: lock, in_one_step: true })
    }

    /// Whether the published site was built from just these `inputs`, and every file of it is there
    /// as it was written, by size and modification time, and nothing else is. Then a build has
    /// nothing to do.
    pub fn is_intact(&self, site: &str, inputs: Digest) -> bool {
        self.compare(site, inputs).unwrap_or(false)
    }

    fn compare(&self, site: &str, inputs: Digest) -> Result<bool, PublishError> {
        let places = Places::new(&self.path, site)?;
        places.check_live_is_a_folder()?;
        let manifest = Manifest::read(&places.live_manifest)?;
        if manifest.inputs != Some(inputs) {
            return Ok(false);
        }
        let listing = Listing::of(&places.live)?;
        let found = listing.files.iter().filter(|(path, _)| !is_litter(path));
        let as_written = manifest.lines.iter().map(|(path, line)| (path, &line.stamp));
        Ok(listing.strange.is_empty() && found.eq(as_written))
    }

    /// The sites that earlier builds have published here, besides these.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn sites_besides(&self, sites: &[String]) -> Result<Vec<String>, PublishError> {
        let mut others = folders_in(&self.path.join(OURS))?;
        others.retain(|site| !sites.contains(site) && self.path.join(site).is_dir());
        Ok(others)
    }

    /// Opens a site for publishing. One publisher for a site at a time; several sites together are
    /// fine.
    ///
    /// # Errors
    /// A file in `dist/<site>` that we did not write, or a link in that place, is refused,
    /// untouched.
    pub fn publisher(&self, site: &str) -> Result<Publisher<'_>, PublishError> {
        Publisher::open(self, Places::new(&self.path, site)?)
    }
}

/// Whether we may take the folder: it bears our mark, or there is nothing in it to lose. A run
/// that was killed before it had written the mark leaves our own folder empty.
fn is_marked_or_empty(path: &Path, ours: &Path) -> Result<bool, PublishError> {
    let readme = ours.join("README.txt");
    for folder in [path, ours] {
        match fs::metadata(folder) {
            Ok(metadata) if !metadata.is_dir() => {
                return Err(PublishError::NotAFolder { path: folder.to_path_buf() });
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(failed("read", folder)(error)),
        }
        for entry in fs::read_dir(folder).map_err(failed("read", folder))? {
            let name = entry.map_err(failed("read", folder))?.file_name();
            if name != OURS && !name.to_str().is_some_and(is_litter) {
                // Asked last: of all we write, the mark comes first, so a build that claims the
                // folder at this moment cannot look like somebody else's.
                return is_there(&readme);
            }
        }
    }
    Ok(true)
}

/// The lock on an output folder. The death of the process lets it go too.
#[derive(Debug)]
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough while a process that we are just starting (a browser, in
        // a test another build) has inherited it and not yet closed it.
        let _ = flock(&self.0, FlockOperation::Unlock);
    }
}

/// Takes the lock, asking first, so that a wait can be told.
fn lock(path: &Path, on_wait: impl FnOnce()) -> Result<Lock, PublishError> {
    let open = File::options().create(true).truncate(false).write(true).open(path);
    let file = open.map_err(failed("lock", path))?;
    let mut taken = flock(&file, FlockOperation::NonBlockingLockExclusive);
    if taken == Err(Errno::WOULDBLOCK) {
        on_wait();
        taken = Err(Errno::INTR);
        while taken == Err(Errno::INTR) {
            taken = flock(&file, FlockOperation::LockExclusive);
        }
    }
    match taken {
        // Some network file systems have no locks. To refuse them would shut their users out.
        Ok(()) | Err(Errno::NOSYS | Errno::OPNOTSUPP | Errno::NOLCK) => Ok(Lock(file)),
        Err(errno) => Err(failed("lock", path)(errno.into())),
    }
}

/// The names of the folders in `path`, sorted.
fn folders_in(path: &Path) -> Result<Vec<String>, PublishError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path).map_err(failed("read", path))? {
        let entry = entry.map_err(failed("read", path))?;
        let is_folder = entry.file_type().map_err(failed("read", path))?.is_dir();
        // Folders of other names (a desktop's trash) are no sites.
        if let Ok(name) = entry.file_name().into_string()
            && is_folder
            && Places::new(path, &name).is_ok()
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
