//! How long each phase of a build takes, and how much memory is held at its end.

use std::io::Write;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::io::machine;

/// One phase.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Phase {
    pub(super) name: &'static str,
    /// By the clock on the wall, in milliseconds.
    pub(super) wall_ms: f64,
    /// Of all threads, in milliseconds, where the system tells.
    pub(super) cpu_ms: Option<f64>,
    /// What is held when it ends, where the system tells.
    pub(super) memory_bytes: Option<u64>,
}

/// Measures phases that follow each other.
pub(super) struct Clock {
    last: (Instant, Option<Duration>),
    pub(super) phases: Vec<Phase>,
}

impl Clock {
    /// Begins to measure.
    pub(super) fn start() -> Self {
        Self { last: now(), phases: Vec::new() }
    }

    /// Says that a phase has ended.
    pub(super) fn phase(&mut self, name: &'static str) {
        let before = std::mem::replace(&mut self.last, now());
        let (wall, cpu) = self.last;
        self.phases.push(Phase {
            name,
            wall_ms: milliseconds(wall.duration_since(before.0)),
            cpu_ms: cpu.zip(before.1).map(|(now, then)| milliseconds(now.saturating_sub(then))),
            memory_bytes: machine::memory().map(|memory| memory.now),
        });
    }
}

fn now() -> (Instant, Option<Duration>) {
    (Instant::now(), machine::cpu_time())
}

/// To a hundredth.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 100_000.0).round() / 100.0
}

/// Prints phases as a table.
pub(super) fn print(phases: &[Phase], out: &mut impl Write) {
    // Nobody reads a closed pipe: no reason to fail.
    let _ = writeln!(out, "\n{:<10} {:>10} {:>10} {:>10}", "phase", "wall", "CPU", "memory");
    let dash = || "-".to_owned();
    for Phase { name, wall_ms, cpu_ms, memory_bytes } in phases {
        let cpu = cpu_ms.map_or_else(dash, |cpu| format!("{cpu:.1} ms"));
        let memory = memory_bytes.map_or_else(dash, |bytes| format!("{} MiB", bytes >> 20));
        let _ =
            writeln!(out, "{name:<10} {:>10} {cpu:>10} {memory:>10}", format!("{wall_ms:.1} ms"));
    }
}
