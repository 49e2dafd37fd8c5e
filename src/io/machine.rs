//! What the machine knows of this run: the program that runs, and the memory it took.

use std::fs;

use crate::digest::Digest;

/// The digest of the program itself: another version may write other pages.
pub fn program_digest() -> Digest {
    let bytes = std::env::current_exe().and_then(fs::read);
    Digest::of(&bytes.unwrap_or_default())
}

/// The most memory that this run has had at once, in bytes, where the system tells.
pub fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}
