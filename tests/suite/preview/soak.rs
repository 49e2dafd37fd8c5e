//! Edits for a whole while, and readers all the time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::super::laws::Random;
use super::super::support::{on_disk, reviewed};
use super::served::Served;
use super::watching::project;

/// How long it takes, in seconds; ORDINARILY_SOAK says another time.
const SECONDS: u64 = 20;

/// What a page may be answered with while its file comes and goes.
const INTENDED: [u16; 2] = [200, 404];

fn path(number: usize) -> String {
    format!("content/boroughs/barnet/guides/page-{number}.md")
}

/// One of many small edits of thirty pages.
fn edit(served: &Served, root: &std::path::Path, random: &mut Random, step: usize) {
    let file = path(random.below(30));
    match random.below(5) {
        0 => {
            let _ = std::fs::remove_file(root.join(file));
        }
        1 => served.write(&file, "---\ntitle: [broken\n---\n"),
        2 => served
            .write(&file, &(reviewed(&format!("Title {step}"), "needs: [autism]\n") + "Words.\n")),
        _ => served.write(&file, &(reviewed("Page", "") + &format!("Words {step}.\n"))),
    }
}

/// Kilobytes held, threads, and open files of a process.
fn holdings(process: u32) -> (u64, u64, usize) {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let number = |name: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches("kB").trim().parse().unwrap()
    };
    let open = std::fs::read_dir(format!("/proc/{process}/fd")).unwrap().count();
    (number("VmRSS:"), number("Threads:"), open)
}

#[test]
fn edits_and_readers_for_a_while_leave_no_error_and_no_more_memory_or_threads() {
    let seconds = std::env::var("ORDINARILY_SOAK").ok().and_then(|s| s.parse().ok());
    let whole = Duration::from_secs(seconds.unwrap_or(SECONDS));
    let mut files = project();
    for number in 0..30 {
        files.insert(path(number), reviewed(&format!("Page {number}"), ""));
    }
    let root = on_disk(&files);
    let served = Served::start(root.path(), &[]);
    let (over, answers) = (AtomicBool::new(false), AtomicUsize::new(0));
    let unintended = std::sync::Mutex::new(BTreeMap::new());
    let (early, late) = std::thread::scope(|scope| {
        for reader in 0..3 {
            let (served, over, answers, unintended) = (&served, &over, &answers, &unintended);
            scope.spawn(move || {
                let mut random = Random::new(reader);
                while !over.load(Ordering::Relaxed) {
                    let page = match random.below(5) {
                        0 => "/barnet/guides/".to_owned(),
                        1 => "/hub/boroughs/barnet/".to_owned(),
                        2 => "/barnet/needs/autism/".to_owned(),
                        _ => format!("/barnet/guides/page-{}/", random.below(30)),
                    };
                    let status = served.get(&page).status;
                    answers.fetch_add(1, Ordering::Relaxed);
                    if !INTENDED.contains(&status) {
                        unintended.lock().unwrap().insert(page, status);
                    }
                }
            });
        }
        for listener in 0..3 {
            let (served, over) = (&served, &over);
            scope.spawn(move || {
                // Pages are opened, listened to for a while, and closed again.
                while !over.load(Ordering::Relaxed) {
                    let mut news = served.listen(&format!("/barnet/guides/page-{listener}/"));
                    for _ in 0..5 {
                        if !over.load(Ordering::Relaxed) {
                            news.next();
                        }
                    }
                }
            });
        }
        let mut random = Random::new(99);
        let start = Instant::now();
        let (mut early, mut step) = (None, 0);
        while start.elapsed() < whole {
            edit(&served, root.path(), &mut random, step);
            step += 1;
            // The next edit comes when a page has heard of this one, or of one after it.
            if step % 3 == 0 {
                served.settle(&format!("step {step}"));
            }
            if early.is_none() && start.elapsed() > whole / 4 {
                early = Some(holdings(served.process()));
            }
        }
        over.store(true, Ordering::Relaxed);
        // Whoever listens hears one more generation, and sees that it is over.
        served.settle("over");
        (early.unwrap(), holdings(served.process()))
    });
    let unintended = unintended.into_inner().unwrap();
    assert!(unintended.is_empty(), "{unintended:?}");
    assert!(answers.load(Ordering::Relaxed) > 100, "nobody read anything");
    let ((memory, threads, open), (memory_late, threads_late, open_late)) = (early, late);
    assert!(memory_late < memory + memory / 2 + 10_000, "{memory} kB became {memory_late} kB");
    assert!(threads_late <= threads.max(20), "{threads} threads became {threads_late}");
    assert!(open_late <= open + 20, "{open} open files became {open_late}");
    for number in 0..30 {
        let there = root.path().join(path(number)).exists();
        let text = std::fs::read_to_string(root.path().join(path(number))).unwrap_or_default();
        let sound = there && !text.contains("[broken");
        let page = served.get(&format!("/barnet/guides/page-{number}/"));
        assert!(!sound || page.status == 200, "page {number} is not there");
        assert!(there || page.status == 404, "page {number} is there");
    }
}
