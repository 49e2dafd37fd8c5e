//! How long an editor waits: from the moment a file is saved until the page that is asked for over
//! HTTP has the new words, whatever the size of the sites.
//!
//! ```text
//! cargo bench --bench preview                    # 300, 10,200 and 100,000 pages
//! cargo bench --bench preview -- 300 10200 --edits 40
//! ```
//!
//! Each size is a made-up project (`examples/corpus/`). The real program serves it; a file is
//! saved as editors do (another file is written, then renamed), and the page is asked for again and
//! again, every millisecond, until it has changed. Reported are the median and the 95th percentile,
//! how soon the hub's search knows of an edit, the time to the first page, and the memory that the program holds afterwards. The wait of 20 ms
//! for quiet, without which a half-written file would be shown, is part of every figure.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on stops")]

#[path = "shared/corpus.rs"]
mod corpus;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What is edited, and where it is looked at.
const LOOKS: [(&str, &str, &str); 4] = [
    ("a borough's page on its own site", "boroughs/authority-003", "authority-003/"),
    ("a borough's page in the hub", "boroughs/authority-003", "hub/boroughs/authority-003/"),
    ("a shared page in the hub", "london", "hub/"),
    ("a shared page on a borough's site", "london", "authority-003/"),
];

fn main() {
    let mut sizes = Vec::new();
    let mut edits = 30;
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--edits" => edits = arguments.next().unwrap().parse().unwrap(),
            size => sizes.push(size.parse().unwrap()),
        }
    }
    if sizes.is_empty() {
        sizes = vec![300, 10_200, 100_000];
    }
    for size in sizes {
        measure(&corpus::corpus(size), size, edits);
    }
}

fn measure(root: &Path, size: usize, edits: usize) {
    let preview = Preview::start(root);
    println!("{size} pages: first page after {:.0} ms", preview.first.as_secs_f64() * 1000.0);
    for (what, layer, site) in LOOKS {
        let folder = root.join("content").join(layer).join("guides");
        let mut files: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let (words, titles) = (Change::Words, Change::Title);
        for (change, name) in [(words, "words"), (titles, "title")] {
            let mut times: Vec<f64> = (0..edits)
                .map(|number| preview.edit(&files[number % files.len()], site, change, number))
                .collect();
            times.sort_by(f64::total_cmp);
            println!(
                "  {what}, its {name}: median {:.1} ms, 95th percentile {:.1} ms",
                times[times.len() / 2],
                times[(times.len() * 95 / 100).min(times.len() - 1)],
            );
        }
    }
    let guides = root.join("content/boroughs/authority-003/guides");
    let file = fs::read_dir(guides).unwrap().next().unwrap().unwrap().path();
    let mut times: Vec<f64> = (0..edits.min(10)).map(|n| preview.search(&file, n)).collect();
    times.sort_by(f64::total_cmp);
    println!("  the hub's search follows an edit: median {:.0} ms", times[times.len() / 2]);
    println!("  memory held: {} MB", preview.memory() / 1_000_000);
}

#[derive(Clone, Copy)]
enum Change {
    Words,
    Title,
}

/// A running preview.
struct Preview {
    child: Child,
    address: String,
    first: Duration,
}

impl Preview {
    fn start(root: &Path) -> Self {
        let start = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_ordinarily"))
            .arg("--root")
            .arg(root)
            .args(["serve", "--port", "0", "--today", "2026-11-22"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        // Whoever reads nothing more would stop the program at its next word.
        std::thread::spawn(move || lines.for_each(drop));
        get(&address, "authority-003/");
        Self { child, address, first: start.elapsed() }
    }

    /// Changes a file and waits for the page: milliseconds.
    fn edit(&self, file: &Path, site: &str, change: Change, number: usize) -> f64 {
        let good = fs::read_to_string(file).unwrap();
        let mark = format!("Changedword{number}");
        let changed = match change {
            Change::Words => format!("{good}\n{mark}.\n"),
            Change::Title => good.replacen("title: ", &format!("title: {mark} "), 1),
        };
        let name = file.file_stem().unwrap().to_str().unwrap();
        let page = format!("{site}guides/{name}/");
        let time = self.save_and_wait(file, &changed, &page, |html| html.contains(&mark));
        self.save_and_wait(file, &good, &page, |html| !html.contains(&mark));
        time
    }

    /// Changes a file and waits until the hub's search is another: milliseconds.
    fn search(&self, file: &Path, number: usize) -> f64 {
        let good = fs::read_to_string(file).unwrap();
        let before = get(&self.address, "hub/search/root");
        let changed = format!("{good}\nUnheard{number}.\n");
        let time = self.save_and_wait(file, &changed, "hub/search/root", |now| {
            now.lines().last() != before.lines().last()
        });
        self.save_and_wait(file, &good, "hub/search/root", |now| {
            now.lines().last() == before.lines().last()
        });
        time
    }

    fn save_and_wait(
        &self,
        file: &Path,
        text: &str,
        page: &str,
        is_there: impl Fn(&str) -> bool,
    ) -> f64 {
        let beside = file.with_extension("md.tmp");
        fs::write(&beside, text).unwrap();
        fs::rename(&beside, file).unwrap();
        let start = Instant::now();
        while !is_there(&get(&self.address, page)) {
            assert!(start.elapsed() < Duration::from_secs(30), "{page} never changed");
            std::thread::sleep(Duration::from_millis(1));
        }
        start.elapsed().as_secs_f64() * 1000.0
    }

    /// The memory that the program holds, in bytes.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() * 1024
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn get(address: &str, path: &str) -> String {
    String::from_utf8_lossy(&get_bytes(address, path)).into_owned()
}

fn get_bytes(address: &str, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET /{path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}
