//! The manifest of a tree: each file's size, modification time and digest, as text.
//!
//! ```text
//! ordinarily manifest 1
//! inputs 5f1c…            the digest of what the tree was built from
//! folder 131075           the inode of the tree's own folder: which of the two trees this is
//! 20480 1795312345678901234 9a0b… needs/autism/index.html
//! end 1                   how many files: a manifest cut short is no manifest
//! ```
//!
//! A digest is that of the file's bytes, or, of a file that takes long to make, of all that decides
//! them: so it can be compared without making the file.
//!
//! A manifest that is not whole, or of another version, is trusted for nothing but the names in
//! it: those files are ours to replace, and all of them are written again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::error::{PublishError, failed};
use super::listing::Stamp;
use crate::digest::Digest;

const HEADER: &str = "ordinarily manifest 1";

/// One file as we wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) stamp: Stamp,
    pub(super) digest: Digest,
}

/// The files of one tree as we wrote them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// What the tree was built from; `None` when only the names can be believed.
    pub(super) inputs: Option<Digest>,
    /// The inode of the tree's folder.
    pub(super) folder: u64,
    pub(super) lines: BTreeMap<String, Line>,
}

impl Manifest {
    /// Reads a manifest; one that is not there, or is no text, is an empty one.
    pub(super) fn read(path: &Path) -> Result<Self, PublishError> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => {
                Ok(Self::default())
            }
            Err(error) => Err(failed("read", path)(error)),
        }
    }

    fn parse(text: &str) -> Self {
        let mut rows = text.split('\n');
        let versioned = rows.next() == Some(HEADER);
        let inputs = rows.next().and_then(|row| Digest::parse(row.strip_prefix("inputs ")?));
        let folder = rows.next().and_then(|row| row.strip_prefix("folder ")?.parse().ok());
        let lines: BTreeMap<_, _> = rows.clone().filter_map(parse_line).collect();
        let end = format!("end {}", lines.len());
        let whole = versioned && rows.next_back() == Some("") && rows.next_back() == Some(&end);
        match (inputs, folder) {
            (Some(inputs), Some(folder)) if whole => Self { inputs: Some(inputs), folder, lines },
            _ => Self { inputs: None, folder: 0, lines },
        }
    }

    /// The text that [`Manifest::read`] takes.
    pub(super) fn text(inputs: Digest, folder: u64, lines: &BTreeMap<String, Line>) -> String {
        let mut text = format!("{HEADER}\ninputs {}\nfolder {folder}\n", inputs.hex());
        for (path, Line { stamp, digest }) in lines {
            // No output path holds a backslash, so this cannot be mistaken. Writing to a `String`
            // never fails.
            let path = path.replace('\n', "\\n");
            let _ = writeln!(text, "{} {} {} {path}", stamp.size, stamp.mtime, digest.hex());
        }
        let _ = writeln!(text, "end {}", lines.len());
        text
    }
}

fn parse_line(row: &str) -> Option<(String, Line)> {
    let mut parts = row.splitn(4, ' ');
    let size = parts.next()?.parse().ok()?;
    let mtime = parts.next()?.parse().ok()?;
    let digest = Digest::parse(parts.next()?)?;
    let path = parts.next()?.replace("\\n", "\n");
    Some((path, Line { stamp: Stamp { size, mtime }, digest }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines() -> BTreeMap<String, Line> {
        let line = |text: &str, mtime| Line {
            stamp: Stamp { size: text.len() as u64, mtime },
            digest: Digest::of(text.as_bytes()),
        };
        BTreeMap::from([
            ("a b/ é\r.html".into(), line("one", -5)),
            ("two\nlines".into(), line("two", 1_795_312_345_678_901_234)),
        ])
    }

    #[test]
    fn a_manifest_reads_back_whatever_the_names_are() {
        let inputs = Digest::of(b"inputs");
        let read = Manifest::parse(&Manifest::text(inputs, 7, &lines()));
        assert_eq!(read, Manifest { inputs: Some(inputs), folder: 7, lines: lines() });
    }

    #[test]
    fn a_manifest_cut_short_anywhere_is_believed_for_names_alone() {
        let text = Manifest::text(Digest::of(b"inputs"), 7, &lines());
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            assert_eq!(Manifest::parse(&text[..cut]).inputs, None, "cut at {cut}");
        }
        let later = text.replace("manifest 1", "manifest 2");
        assert_eq!(Manifest::parse(&later).inputs, None);
        assert_eq!(Manifest::parse(&later).lines.len(), 2);
    }

    proptest! {
        #[test]
        fn a_manifest_that_somebody_changed_anywhere_is_read_or_not_believed(
            at in 0..1_000_usize, with in "\\PC{0,3}|\n|[0-9]{30}",
        ) {
            let text = Manifest::text(Digest::of(b"inputs"), 7, &lines());
            let at = at % text.len();
            prop_assume!(text.is_char_boundary(at));
            let read = Manifest::parse(&format!("{}{with}{}", &text[..at], &text[at..]));
            prop_assert!(read.inputs.is_none() || read.lines.len() == 2);
            prop_assert!(Manifest::parse(&with).inputs.is_none());
        }
    }
}
