//! Reads `content/` and `themes/` into a [`SourceTree`].
//!
//! The order in which a file system lists its files never matters: paths are sorted. A file that
//! vanishes between being listed and being read was deleted, and is not there. Litter that editors
//! and systems leave beside files is left out; everything else is read or told.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

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

/// Reads all files below a project's root.
pub fn load(root: &Path) -> Checked<SourceTree> {
    let mut problems = Vec::new();
    let mut files = Vec::new();
    for folder in FOLDERS {
        list(root, folder, &mut files, &mut problems);
    }
    let read: Vec<_> = files.par_iter().map(read).collect();
    let mut tree = SourceTree::new();
    for ((path, _), loaded) in files.into_iter().zip(read) {
        match loaded {
            Ok(Some(loaded)) => tree.insert_loaded(path, loaded),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    Checked { value: tree, problems }
}

fn list(
    root: &Path,
    folder: &str,
    files: &mut Vec<(SourcePath, PathBuf)>,
    problems: &mut Vec<Diagnostic>,
) {
    let top = root.join(folder);
    if !top.exists() {
        return;
    }
    let inside = fs::canonicalize(&top).unwrap_or_else(|_| top.clone());
    let walk = WalkDir::new(&top).min_depth(1).into_iter();
    for entry in walk.filter_entry(|entry| !is_litter(&entry.file_name().to_string_lossy())) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.io_error().is_some_and(|e| e.kind() == ErrorKind::NotFound) => {
                continue;
            }
            Err(error) => {
                let path = error.path().unwrap_or(&top).to_path_buf();
                let message = format!("the folder cannot be read: {error}");
                problems.push(unreadable(&source_path(root, &path), message));
                continue;
            }
        };
        let path = source_path(root, entry.path());
        if entry.path().to_str().is_none() {
            let message = "the file's name is not UTF-8".to_owned();
            problems.push(unreadable(&path, message).help("rename the file"));
            continue;
        }
        let kind = entry.file_type();
        if kind.is_symlink() {
            match linked_file(entry.path(), &inside) {
                Ok(()) => files.push((path, entry.into_path())),
                Err(message) => problems.push(
                    Diagnostic::error("symbolic-link", Span::file(&path), message)
                        .help("copy the file to this place instead of linking to it"),
                ),
            }
        } else if kind.is_file() {
            files.push((path, entry.into_path()));
        } else if !kind.is_dir() {
            let message = "this is neither a file nor a folder";
            problems.push(
                Diagnostic::error("special-file", Span::file(&path), message)
                    .help("take it out of the content"),
            );
        }
    }
    files.sort();
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

fn read((path, file): &(SourcePath, PathBuf)) -> Result<Option<Loaded>, Diagnostic> {
    let too_large = |size: u64, most: u64| {
        let message = format!("the file is {} MB long", size / 1_000_000);
        Diagnostic::error("file-too-large", Span::file(path), message)
            .help(format!("up to {} MB are taken: make it smaller", most / 1_000_000))
    };
    let read = fs::metadata(file).and_then(|metadata| {
        let text = path.as_str().ends_with(".md") || path.as_str().ends_with(".yaml");
        let most = if text { SourceFile::LARGEST as u64 } else { LARGEST_FILE };
        if metadata.len() > most {
            return Ok(Err(too_large(metadata.len(), most)));
        }
        fs::read(file).map(Ok)
    });
    match read {
        Ok(Ok(bytes)) => tree::load(path, &bytes).map(Some),
        Ok(Err(problem)) => Err(problem),
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
        let gone = read(&(path, folder.path().join("a.md")));
        assert!(matches!(gone, Ok(None)));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_and_is_no_mistake_of_the_editor() {
        let folder = tempfile::tempdir().unwrap();
        // A folder in the place of a file: reading it fails for every user, root too.
        let path = SourcePath::new("content/london/files/a.pdf");
        let problem = read(&(path, folder.path().to_path_buf())).unwrap_err();
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
