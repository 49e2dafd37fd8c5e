//! Waits until something may have happened to a project's files.
//!
//! Whole folders are watched, never single files, because editors save by writing another file and
//! renaming it. What the system reports is not taken for a fact but for a reason to look: who wakes
//! up looks at the files themselves (`disk`). Where the system reports nothing, on network drives,
//! waking up at regular times does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, Event, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::load::FOLDERS;

/// How long nothing may happen before a change counts as complete.
const QUIET: Duration = Duration::from_millis(20);

/// How long a change may take in all before it is looked at as it is.
const LONGEST: Duration = Duration::from_millis(250);

/// Where something may have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// At these paths, or in these folders.
    At(BTreeSet<PathBuf>),
    /// Anywhere.
    Everywhere,
}

/// Watches a project's folders.
#[derive(Debug)]
pub struct Watcher {
    root: PathBuf,
    /// None where only the clock wakes.
    system: Option<RecommendedWatcher>,
    events: Receiver<notify::Result<Event>>,
}

impl Watcher {
    /// Watches below a root. `Err` says why the system cannot, with a watcher that only the clock
    /// wakes.
    pub fn new(root: &Path) -> Result<Self, (String, Self)> {
        let (sender, events) = channel();
        let mut watcher = Self { root: root.to_path_buf(), system: None, events };
        // A watcher that nobody listens to any more has nothing to report.
        let report = move |event| drop(sender.send(event));
        let started = notify::recommended_watcher(report).and_then(|mut system| {
            system.watch(root, RecursiveMode::NonRecursive)?;
            for folder in FOLDERS.map(|folder| root.join(folder)) {
                if folder.is_dir() {
                    system.watch(&folder, RecursiveMode::Recursive)?;
                }
            }
            Ok(system)
        });
        match started {
            Ok(system) => {
                watcher.system = Some(system);
                Ok(watcher)
            }
            Err(error) => Err((error.to_string(), watcher)),
        }
    }

    /// A watcher that only the clock wakes.
    pub fn by_the_clock(root: &Path) -> Self {
        let (_, events) = channel();
        Self { root: root.to_path_buf(), system: None, events }
    }

    /// Whether the system reports changes.
    pub fn is_told(&self) -> bool {
        self.system.is_some()
    }

    /// Waits until something may have happened and then has not for a moment. `None` after
    /// `patience`, if nothing did.
    pub fn wait(&mut self, patience: Duration) -> Option<Wake> {
        if self.system.is_none() {
            std::thread::sleep(patience);
            return None;
        }
        let end = Instant::now() + patience;
        let mut found = Found::default();
        while found.is_empty() {
            let rest = end.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(rest) {
                Ok(event) => {
                    found.add(event);
                }
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => {
                    self.system = None;
                    return Some(Wake::Everywhere);
                }
            }
        }
        let end = Instant::now() + LONGEST;
        let mut quiet_from = Instant::now();
        loop {
            let rest = (quiet_from + QUIET).min(end).saturating_duration_since(Instant::now());
            match self.events.recv_timeout(rest) {
                Ok(event) => {
                    if found.add(event) {
                        quiet_from = Instant::now();
                    }
                }
                Err(_) => break,
            }
            if Instant::now() >= end {
                break;
            }
        }
        self.follow(&found);
        Some(found.wake())
    }

    /// A watched folder that was removed, renamed or made anew is another one to the system, even
    /// under the same name.
    fn follow(&mut self, found: &Found) {
        let Some(system) = &mut self.system else { return };
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            if found.everywhere || found.paths.contains(&folder) {
                let _ = system.unwatch(&folder);
                let _ = system.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }
}

/// What the system has reported so far.
#[derive(Default)]
struct Found {
    paths: BTreeSet<PathBuf>,
    everywhere: bool,
}

impl Found {
    /// Takes a report; false if it says nothing about what files hold.
    fn add(&mut self, event: notify::Result<Event>) -> bool {
        match event {
            Ok(event) if event.need_rescan() => self.everywhere = true,
            // That a file was read, too, is reported: also when we read it ourselves.
            Ok(event) if is_only_looking(event.kind) => return false,
            Ok(event) => self.paths.extend(event.paths),
            Err(_) => self.everywhere = true,
        }
        true
    }

    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everywhere
    }

    fn wake(self) -> Wake {
        match self.everywhere {
            true => Wake::Everywhere,
            false => Wake::At(self.paths),
        }
    }
}

fn is_only_looking(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
