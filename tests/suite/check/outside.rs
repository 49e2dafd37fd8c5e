//! Links to other sites, asked of a server that the test starts on this machine.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use super::{count, guide};
use crate::support::{Run, on_disk, run, with};

/// A site that notes what it is asked.
struct Site {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let notes = asked.clone();
        // It ends with the test.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let Some(Ok(first)) = lines.next() else { continue };
                let _: Vec<_> = lines.map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
                let mut words = first.split(' ');
                let (method, path) = (words.next().unwrap(), words.next().unwrap());
                notes.lock().unwrap().push(format!("{method} {path}"));
                let (head, body) = answer(method, path);
                let length = body.len();
                let body = if method == "HEAD" { "" } else { body };
                let _ = write!(
                    stream,
                    "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn answer(method: &str, path: &str) -> (&'static str, &'static str) {
    match (method, path) {
        (_, "/robots.txt") => ("200 OK", "User-agent: *\nDisallow: /private\n"),
        ("HEAD", "/only-get") => ("405 Method Not Allowed", ""),
        (_, "/fine" | "/only-get" | "/new" | "/private/page") => ("200 OK", "Here."),
        (_, "/old") => ("301 Moved Permanently\r\nLocation: /new", ""),
        (_, "/for-now") => ("302 Found\r\nLocation: new", ""),
        (_, "/round") => ("302 Found\r\nLocation: /round", ""),
        (_, "/away") => ("302 Found\r\nLocation: ftp://example.org/", ""),
        _ => ("404 Not Found", ""),
    }
}

const PAGE: &str = "london/guides/help.md";

fn check(root: &std::path::Path, more: &[&str]) -> Run {
    run(root, &[&["check", "--today", "2026-11-22", "--external"], more].concat())
}

fn page(links: &[String]) -> String {
    let lines: Vec<String> =
        links.iter().map(|link| format!("- [The page {link}]({link})")).collect();
    guide("", &lines.join("\n"))
}

#[test]
fn what_is_gone_or_has_moved_is_told_and_what_is_fine_is_not_asked_again() {
    let site = Site::start();
    let at = |path: &str| format!("{}{path}", site.address);
    let paths = [
        "/fine#part",
        "/only-get",
        "/old",
        "/for-now",
        "/round",
        "/gone",
        "/private/page",
        "/away",
    ];
    let links: Vec<String> = paths.iter().map(|path| at(path)).collect();
    let root = on_disk(&with(&[(PAGE, &page(&links))]));
    let run = check(root.path(), &["--external-loopback"]);
    let said = &run.err;
    assert_eq!(count(said, "outside-link", PAGE), 2, "{said}");
    assert!(said.contains(&format!("{} is not there: it answers with 404", at("/gone"))), "{said}");
    assert!(
        said.contains(&format!("{} is not there: it leads on more than 5", at("/round"))),
        "{said}"
    );
    assert_eq!(count(said, "outside-moved", PAGE), 1, "{said}");
    assert!(said.contains(&format!("write the new address: {}", at("/new"))), "{said}");
    assert_eq!(count(said, "outside-not-asked", PAGE), 2, "{said}");
    let asked = site.asked();
    assert!(asked.contains(&"HEAD /fine".to_owned()) && !asked.contains(&"GET /fine".to_owned()));
    assert!(asked.contains(&"GET /only-get".to_owned()), "{asked:?}");
    assert!(!asked.iter().any(|line| line.contains("/private")), "{asked:?}");
    let again = check(root.path(), &["--external-loopback"]);
    assert_eq!(&again.err, said);
    let asked = site.asked();
    assert!(!asked.iter().any(|line| line.contains("/fine") || line.contains("/old")), "{asked:?}");
    assert!(asked.iter().any(|line| line.contains("/gone")), "{asked:?}");
}

#[test]
fn nothing_is_asked_unless_it_is_wanted_and_never_a_private_network() {
    let site = Site::start();
    let root = on_disk(&with(&[(PAGE, &page(&[format!("{}/fine", site.address)]))]));
    let quiet = run(root.path(), &["check", "--today", "2026-11-22"]);
    assert!(!quiet.err.contains("outside-"), "{}", quiet.err);
    let guarded = check(root.path(), &[]);
    assert!(
        guarded.err.contains("was not asked: it is an address of a private network"),
        "{}",
        guarded.err
    );
    assert_eq!(site.asked(), Vec::<String>::new());
}

#[test]
fn a_host_that_does_not_answer_is_told_with_the_reason() {
    // A port that nobody listens at: it was free a moment ago.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let root = on_disk(&with(&[(PAGE, &page(&[format!("http://{free}/")]))]));
    let run = check(root.path(), &["--external-loopback"]);
    assert_eq!(count(&run.err, "outside-link", PAGE), 1, "{}", run.err);
    assert_eq!(run.status, 0, "a warning: {}", run.err);
}
