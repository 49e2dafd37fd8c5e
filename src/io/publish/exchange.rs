//! Putting the spare tree in the place of the published one.
//!
//! Where the kernel and the file system can, both change places in one step. Where they cannot,
//! two renames do it, with the old tree in `leaving/` in between. That folder is the journal: it
//! is there from the first rename to the last and at no other time, so it cannot be out of step
//! with what it tells, and the next run finishes what it finds.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::error::{PublishError, failed};
use super::places::Places;

/// How a kernel or a file system says that it cannot exchange.
const LACKING: [Errno; 4] = [Errno::NOSYS, Errno::INVAL, Errno::OPNOTSUPP, Errno::NOTSUP];

/// Publishes the spare tree and keeps the published one, if any, as the spare. `in_one_step` is
/// false only in tests of the other way.
pub(super) fn replace(places: &Places, in_one_step: bool) -> Result<(), PublishError> {
    let (spare, live) = (&places.spare, &places.live);
    if !is_there(live)? {
        return fs::rename(spare, live).map_err(failed("publish", live));
    }
    if in_one_step {
        match renameat_with(CWD, spare, CWD, live, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            Err(errno) if LACKING.contains(&errno) => {}
            Err(errno) => return Err(failed("publish", live)(errno.into())),
        }
    }
    fs::rename(live, &places.leaving).map_err(failed("replace", live))?;
    if let Err(error) = fs::rename(spare, live) {
        // The old site goes back to its place; should that fail too, the next run does it.
        let _ = fs::rename(&places.leaving, live);
        return Err(failed("publish", live)(error));
    }
    // The new site is there. If the old one cannot be moved yet, the next run does it.
    let _ = fs::rename(&places.leaving, spare);
    Ok(())
}

/// Finishes two renames that a run before this one was stopped in.
pub(super) fn finish_interrupted(places: &Places) -> Result<(), PublishError> {
    let (spare, live, leaving) = (&places.spare, &places.live, &places.leaving);
    if !is_there(leaving)? {
        return Ok(());
    }
    if !is_there(live)? && is_there(spare)? {
        fs::rename(spare, live).map_err(failed("publish", live))?;
    }
    if is_there(spare)? {
        // Somebody made a folder in the site's place before we came back. Whether it is ours to
        // replace is asked elsewhere; one copy to write over is enough.
        return fs::remove_dir_all(leaving).map_err(failed("remove", leaving));
    }
    fs::rename(leaving, spare).map_err(failed("move", leaving))
}

/// Whether anything, be it a dangling link, stands at `path`.
pub(super) fn is_there(path: &Path) -> Result<bool, PublishError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if absent(&error) => Ok(false),
        Err(error) => Err(failed("read", path)(error)),
    }
}

/// Whether an error says that there is nothing there: not bad news for one who removes.
pub(super) fn absent(error: &io::Error) -> bool {
    error.kind() == ErrorKind::NotFound
}
