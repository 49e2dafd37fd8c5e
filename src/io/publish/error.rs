//! Why nothing was published, in words for an editor.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why nothing was published. Whichever it is, the published site is as it was.
#[derive(Debug)]
pub enum PublishError {
    /// The output folder holds something and lacks our mark.
    NotOurs {
        /// The output folder.
        folder: PathBuf,
    },
    /// A symbolic link or a file stands where a folder belongs.
    NotAFolder {
        /// What stands there.
        path: PathBuf,
    },
    /// A file in the published site that we did not write.
    Foreign {
        /// That file.
        file: PathBuf,
    },
    /// A site's name that cannot be a folder beside our own.
    SiteName {
        /// The name.
        site: String,
    },
    /// Two files of a site that cannot both be there: the same name, names that differ only in
    /// capitals, or a file where the other one needs a folder.
    Clash {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// [`Publisher::finish`](super::Publisher::finish) after a `put` that failed and was told then.
    Incomplete,
    /// Something else changed the files under our hands.
    Disturbed {
        /// A file that is not as we wrote it.
        file: PathBuf,
    },
    /// The file system said no.
    Disk {
        /// What we were about to do: `write`, `read`, …
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// What it said.
        cause: io::Error,
    },
}

impl PublishError {
    /// Whether there was no room left, so that giving some back helps.
    pub fn is_disk_full(&self) -> bool {
        matches!(self, Self::Disk { cause, .. }
            if matches!(cause.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded))
    }
}

/// Makes an error of the file system into one that says what we were doing, and to what.
pub(super) fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> PublishError {
    let path = path.to_path_buf();
    move |cause| PublishError::Disk { doing, path, cause }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { folder } => write!(
                f,
                "`{}` holds files that ordinarily did not write: choose an empty or a new folder \
                 with `--out`, or move its files away; nothing was touched",
                folder.display()
            ),
            Self::NotAFolder { path } => write!(
                f,
                "`{}` is not a folder but a file or a link: move it away; nothing was touched",
                path.display()
            ),
            Self::Foreign { file } => write!(
                f,
                "`{}` was not written by ordinarily, and publishing would lose it: move it, or \
                 the whole site's folder, away; nothing was touched",
                file.display()
            ),
            Self::SiteName { site } => write!(
                f,
                "`{site}` cannot be the name of a site: it becomes a folder, so it takes letters, \
                 digits and hyphens"
            ),
            Self::Clash { first, second } => write!(
                f,
                "`{first}` and `{second}` cannot both be published: on many computers they are \
                 one and the same name; rename one of them; the published site is as it was"
            ),
            Self::Incomplete => f.write_str(
                "a file of the site could not be written; the published site is as it was",
            ),
            Self::Disturbed { file } => write!(
                f,
                "`{}` changed while the site was being written: let nothing else write there and \
                 build again; the published site is as it was",
                file.display()
            ),
            Self::Disk { doing, path, cause } => write!(
                f,
                "cannot {doing} `{}`: {cause}; {}; the published site is as it was",
                path.display(),
                advice(cause.kind())
            ),
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

/// What to do about it.
fn advice(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::StorageFull => {
            "the disk is full: make room (a site is kept twice, the published one and the next) \
             and build again"
        }
        ErrorKind::QuotaExceeded => "your share of the disk is used up: make room and build again",
        ErrorKind::FileTooLarge => "files may not grow that large here: lift the limit",
        ErrorKind::PermissionDenied => {
            "you may not write there: ask for the right to, or choose another folder with `--out`"
        }
        ErrorKind::ReadOnlyFilesystem => "it can only be read: choose another folder with `--out`",
        ErrorKind::CrossesDevices | ErrorKind::ResourceBusy => {
            "the output folder and the sites in it must lie on one disk and be no mounts of their \
             own"
        }
        _ => "see to it and build again",
    }
}
