//! The client reads files that came over a network and out of a cache: whatever they hold, it
//! answers or says that it cannot, in good time, and finds its way back once they are whole.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::client::modules;
use super::made_up_corpus::{corpus, queries};

/// How long one round may take: many times what it does take.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn damaged_files_of_the_index_hang_nothing_and_are_read_anew() {
    let searched = corpus(60);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/damaged.mjs");
    let mut node = Command::new("node")
        .arg("--max-old-space-size=256")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the tests of search need Node: tests/run installs it");
    let mut queries = queries(&searched, 5);
    queries.push("slipt wordz".to_owned());
    let job = json!({
        "site": searched.folder.path(), "client": modules(), "seed": 8, "rounds": 120,
        "queries": queries,
    });
    node.stdin.take().unwrap().write_all(job.to_string().as_bytes()).unwrap();
    let lines = BufReader::new(node.stdout.take().unwrap()).lines();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| tell.send(line)));
    let mut last = "the start".to_owned();
    loop {
        match told.recv_timeout(PATIENCE) {
            Ok(line) => last = line,
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                node.kill().unwrap();
                node.wait().unwrap();
                panic!("the client hangs at {last}");
            }
        }
    }
    assert!(node.wait().unwrap().success() && last == "done", "the client fails at {last}");
}
