//! What the machine knows of this run: the program that runs, and the memory it took.

use std::fs;

use crate::digest::Digest;

/// What tells this program from another version of it, which may write other pages: where it lies,
/// how large it is and when it was last changed. To read its many megabytes for a digest of them
/// would take longer than a small site.
pub fn program() -> Digest {
    let file = std::env::current_exe().and_then(|path| Ok((path.clone(), fs::metadata(path)?)));
    let told = file.map(|(path, file)| format!("{path:?} {} {:?}", file.len(), file.modified()));
    Digest::of(told.unwrap_or_default().as_bytes())
}

/// The most memory that this run has had at once, in bytes, where the system tells.
pub fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}
