//! What took long to make and may serve the next build: a file each, named by the digest of what
//! it was made from.
//!
//! A file begins with the digest of the rest, so that one that is cut short or was changed is not
//! taken for what it was; then it is made again. Nothing here is ever an error: what cannot be kept
//! costs the next build some time.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::places::remove_folder;
use crate::digest::Digest;

/// How long a digest is, in bytes.
const DIGEST: usize = 32;

/// The files that one site keeps.
#[derive(Debug)]
pub struct Kept {
    folder: PathBuf,
    /// Whether nothing that is there is to be taken.
    believes_nothing: bool,
    /// The names of what this run has used.
    used: Mutex<BTreeSet<String>>,
}

impl Kept {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, believes_nothing: false, used: Mutex::default() }
    }

    pub(super) fn believe_nothing(&mut self) {
        self.believes_nothing = true;
    }

    fn used(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was kept, if it is whole.
    pub fn get(&self, from: Digest) -> Option<Vec<u8>> {
        if self.believes_nothing {
            return None;
        }
        let name = from.hex();
        let mut bytes = fs::read(self.folder.join(&name)).ok()?;
        let digest = bytes.get(..DIGEST)?;
        if digest != Digest::of(&bytes[DIGEST..]).bytes() {
            return None;
        }
        self.used().insert(name);
        bytes.drain(..DIGEST);
        Some(bytes)
    }

    /// Whether something is kept under that name, whole or not; then it stays.
    pub fn has(&self, from: Digest) -> bool {
        let name = from.hex();
        let there = !self.believes_nothing && self.folder.join(&name).is_file();
        let mut used = self.used();
        used.contains(&name) || there && used.insert(name)
    }

    /// Keeps something.
    pub fn put(&self, from: Digest, made: &[u8]) {
        let name = from.hex();
        let file = self.folder.join(&name);
        let bytes = [Digest::of(made).bytes(), made].concat();
        let written = fs::create_dir_all(&self.folder).and_then(|()| fs::write(&file, bytes));
        match written {
            Ok(()) => _ = self.used().insert(name),
            // Half a file takes room that others may need.
            Err(_) => _ = fs::remove_file(&file),
        }
    }

    /// Removes what this run has not used.
    pub(super) fn tidy(&self) {
        let used = self.used();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if !entry.file_name().to_str().is_some_and(|name| used.contains(name)) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Removes everything.
    pub(super) fn clear(&self) {
        let _ = remove_folder(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn names(kept: &Kept) -> usize {
        fs::read_dir(&kept.folder).map_or(0, Iterator::count)
    }

    #[test]
    fn what_was_kept_comes_back_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let kept = || Kept::new(folder.path().join("kept"));
        let [one, other] = [b"one", b"two"].map(|from| Digest::of(from));
        kept().put(one, b"made");
        assert_eq!(kept().get(one).as_deref(), Some(b"made".as_slice()));
        assert_eq!(kept().get(other), None);

        let file = kept().folder.join(one.hex());
        let whole = fs::read(&file).unwrap();
        for end in 0..whole.len() {
            fs::write(&file, &whole[..end]).unwrap();
            assert_eq!(kept().get(one), None, "cut short after {end} bytes");
        }
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            fs::write(&file, changed).unwrap();
            assert_eq!(kept().get(one), None, "changed at byte {at}");
        }
        kept().put(one, b"made");
        assert_eq!(kept().get(one).as_deref(), Some(b"made".as_slice()));
    }

    #[test]
    fn only_what_a_run_has_used_stays() {
        let folder = tempfile::tempdir().unwrap();
        let kept = || Kept::new(folder.path().join("kept"));
        let [got, put, left] = [b"1", b"2", b"3"].map(|from| Digest::of(from));
        let before = kept();
        before.put(got, b"got");
        before.put(left, b"left");
        let after = kept();
        assert!(after.get(got).is_some());
        after.put(put, b"put");
        after.tidy();
        assert!(after.has(got) && after.has(put) && !after.has(left));
        assert_eq!(names(&after), 2);
        assert_eq!(kept().get(left), None);
    }

    #[test]
    fn a_run_that_believes_nothing_takes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let from = Digest::of(b"from");
        Kept::new(folder.path().to_path_buf()).put(from, b"made");
        let mut kept = Kept::new(folder.path().to_path_buf());
        kept.believe_nothing();
        assert_eq!(kept.get(from), None);
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is_kept_and_nothing_fails() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "in the way").unwrap();
        let kept = Kept::new(file);
        kept.put(Digest::of(b"from"), b"made");
        assert!(!kept.has(Digest::of(b"from")));
        kept.tidy();
    }
}
