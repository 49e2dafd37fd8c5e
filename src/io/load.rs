//! Lists and reads the files of `content/` and `themes/`.
//!
//! The order in which a file system lists its files never matters: paths are sorted. A file that
//! vanishes between being listed and being read was deleted, and is not there. Litter that editors
//! and systems leave beside files is left out; everything else is read or told.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::disk::Disk;
use crate::content::source::SourceFile;
use crate::content::tree::{self, Loaded, SourceTree};
use crate::diagnostic::{Checked, Diagnostic, Span};
use crate::path::SourcePath;

/// The folders of a project that hold its inputs.
pub const FOLDERS: [&str; 2] = ["content", "themes"];

/// The largest file that is passed on, in bytes.
const LARGEST_FILE: u64 = 100 * 1024 * 1024;

/// The code of problems that lie with the machine and not with the content.
pub const UNREADABLE: &str = "unreadable";

/// Reads all files below a project's root into a [`SourceTree`].
pub fn load(root: &Path) -> Checked<SourceTree> {
    let disk = Disk::read(root);
    let problems = disk.problems().cloned().collect();
    Checked { value: disk.into_tree(), problems }
}

/// How much of a folder is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// The files that lie in it.
    Own,
    /// Those of the folders in it too.
    All,
}

/// What lies in a folder, in the order of the paths.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Files to read.
    pub(super) files: Vec<(SourcePath, PathBuf)>,
    /// Folders directly in the listed one.
    pub(super) folders: Vec<SourcePath>,
    /// What can be neither.
    pub(super) problems: Vec<Diagnostic>,
}

/// Lists one of the [`FOLDERS`], or a folder in it.
pub(super) fn list(root: &Path, folder: &str, depth: Depth) -> Listing {
    let mut listing = Listing::default();
    let start = root.join(folder);
    match fs::metadata(&start) {
        Ok(metadata) if metadata.is_dir() => {}
        // What is not there says nothing; what cannot be looked at might say everything.
        Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            let message = format!("the folder cannot be read: {error}");
            listing.problems.push(unreadable(&source_path(root, &start), message));
            return listing;
        }
        _ => return listing,
    }
    let top = folder.split('/').next().map_or_else(|| start.clone(), |top| root.join(top));
    let inside = fs::canonicalize(&top).unwrap_or(top);
    let deepest = if depth == Depth::All { usize::MAX } else { 1 };
    let walk = WalkDir::new(&start).min_depth(1).max_depth(deepest).into_iter();
    for entry in walk.filter_entry(|entry| !is_litter(&entry.file_name().to_string_lossy())) {
        match entry {
            Ok(entry) => listing.add(root, &inside, entry),
            Err(error) if error.io_error().is_some_and(|e| e.kind() == ErrorKind::NotFound) => {}
            Err(error) => {
                let path = source_path(root, error.path().unwrap_or(&start));
                let message = format!("the folder cannot be read: {error}");
                listing.problems.push(unreadable(&path, message));
            }
        }
    }
    listing.files.sort();
    listing
}

impl Listing {
    fn add(&mut self, root: &Path, inside: &Path, entry: walkdir::DirEntry) {
        let path = source_path(root, entry.path());
        if entry.path().to_str().is_none() {
            let message = "the file's name is not UTF-8".to_owned();
            self.problems.push(unreadable(&path, message).help("rename the file"));
            return;
        }
        let kind = entry.file_type();
        if kind.is_symlink() {
            match linked_file(entry.path(), inside) {
                Ok(()) => self.files.push((path, entry.into_path())),
                Err(message) => self.problems.push(
                    Diagnostic::error("symbolic-link", Span::file(&path), message)
                        .help("copy the file to this place instead of linking to it"),
                ),
            }
        } else if kind.is_file() {
            self.files.push((path, entry.into_path()));
        } else if kind.is_dir() {
            if entry.depth() == 1 {
                self.folders.push(path);
            }
        } else {
            let message = "this is neither a file nor a folder";
            self.problems.push(
                Diagnostic::error("special-file", Span::file(&path), message)
                    .help("take it out of the content"),
            );
        }
    }
}

/// Whether a symbolic link leads to a file inside the same folder.
fn linked_file(link: &Path, inside: &Path) -> Result<(), &'static str> {
    match fs::canonicalize(link) {
        Err(_) => Err("the symbolic link leads nowhere"),
        Ok(target) if !target.starts_with(inside) => {
            Err("the symbolic link leaves the content: it is not followed")
        }
        Ok(target) if !target.is_file() => Err("the symbolic link leads to a folder"),
        Ok(_) => Ok(()),
    }
}

/// Reads a file of so many bytes; `None` if it is not there any more.
pub(super) fn read(
    (path, file): &(SourcePath, PathBuf),
    size: u64,
) -> Result<Option<Loaded>, Diagnostic> {
    let text = path.as_str().ends_with(".md") || path.as_str().ends_with(".yaml");
    let most = if text { SourceFile::LARGEST as u64 } else { LARGEST_FILE };
    if size > most {
        let message = format!("the file is {} MB long", size / 1_000_000);
        return Err(Diagnostic::error("file-too-large", Span::file(path), message)
            .help(format!("up to {} MB are taken: make it smaller", most / 1_000_000)));
    }
    match fs::read(file) {
        Ok(bytes) => tree::load(path, &bytes).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, format!("the file cannot be read: {error}"))),
    }
}

fn unreadable(path: &SourcePath, message: String) -> Diagnostic {
    Diagnostic::error(UNREADABLE, Span::file(path), message)
        .help("check that you may read it (permissions), and that the disk is sound")
}

/// A path on disk as a path within the project. The only place where one becomes the other.
pub fn source_path(root: &Path, path: &Path) -> SourcePath {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> =
        relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    SourcePath::new(&parts.join("/"))
}

/// Whether a file or folder is one that editors and systems leave behind.
pub fn is_litter(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swx", ".tmp", ".bak", ".orig"].iter().any(|ending| name.ends_with(ending))
        || ["Thumbs.db", "desktop.ini", "4913"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_vanishes_before_it_is_read_was_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let path = SourcePath::new("content/london/guides/a.md");
        let gone = read(&(path, folder.path().join("a.md")), 0);
        assert!(matches!(gone, Ok(None)));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_and_is_no_mistake_of_the_editor() {
        let folder = tempfile::tempdir().unwrap();
        // A folder in the place of a file: reading it fails for every user, root too.
        let path = SourcePath::new("content/london/files/a.pdf");
        let problem = read(&(path, folder.path().to_path_buf()), 0).unwrap_err();
        assert_eq!(problem.code, UNREADABLE);
        assert!(problem.message.starts_with("the file cannot be read"), "{}", problem.message);
    }

    #[test]
    fn what_editors_leave_behind_is_litter_and_pages_are_not() {
        for name in [".a.md.swp", "a.md~", "#a.md#", ".DS_Store", "Thumbs.db", "4913", "a.md.orig"]
        {
            assert!(is_litter(name), "{name}");
        }
        for name in ["a.md", "index.pl.md", "form.html", "logo.svg"] {
            assert!(!is_litter(name), "{name}");
        }
    }
}
