//! What the machine knows of this run: the program that runs, and the memory it took.

use std::fs;
use std::time::Duration;

use crate::digest::Digest;

/// What tells this program from another version of it, which may write other pages: where it lies,
/// how large it is and when it was last changed. To read its many megabytes for a digest of them
/// would take longer than a small site.
pub fn program() -> Digest {
    let file = std::env::current_exe().and_then(|path| Ok((path.clone(), fs::metadata(path)?)));
    let told = file.map(|(path, file)| format!("{path:?} {} {:?}", file.len(), file.modified()));
    Digest::of(told.unwrap_or_default().as_bytes())
}

/// The memory of this run, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// What it has now.
    pub now: u64,
    /// The most that it has had at once.
    pub peak: u64,
}

/// The memory of this run, where the system tells.
pub fn memory() -> Option<Memory> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
        Some(kilobytes * 1024)
    };
    Some(Memory { now: field("VmRSS:")?, peak: field("VmHWM:")? })
}

/// The time that all threads of this run have computed for, where the system tells.
pub fn cpu_time() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(time.tv_sec.try_into().ok()?, time.tv_nsec.try_into().ok()?))
}
