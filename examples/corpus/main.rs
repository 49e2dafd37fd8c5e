//! Writes a made-up project of any size, for measuring: the same number and seed give the same
//! files, byte for byte.
//!
//! ```text
//! cargo run --release --example corpus -- 10200 [SEED]     # into target/corpus/10200/
//! ```

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a tool for developers may stop")]

mod made_up;

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let pages: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(300);
    let seed: u64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1);
    let root = PathBuf::from(format!("target/corpus/{pages}"));
    if root.exists() {
        fs::remove_dir_all(&root).expect("the old corpus can be removed");
    }
    made_up::write(pages, seed, &mut |path, text| write(&root.join(path), &text));
    println!("{}", root.display());
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("every file lies in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
