//! The made-up projects that everything is measured on.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The folder of the project of a size; makes it, unless it is there.
///
/// # Panics
/// If it cannot be made.
pub(crate) fn corpus(size: usize) -> PathBuf {
    let root = PathBuf::from(format!("target/corpus/{size}"));
    if !root.exists() {
        let made = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--release", "--example", "corpus", "--", &size.to_string()])
            .stdout(Stdio::null())
            .status();
        assert!(made.is_ok_and(|status| status.success()), "the corpus of {size} pages");
    }
    root
}
