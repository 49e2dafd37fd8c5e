//! Nothing that a request says leads out of the sites, and nobody else is harmed by it.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use super::super::support::{files_in, on_disk, run};
use super::served::{Served, parse};
use super::watching::project;

/// Paths that try to get out, in all ways that are known.
fn climbing() -> Vec<String> {
    let ups = [
        "..",
        "%2e%2e",
        "%2E%2E",
        ".%2e",
        "%2e.",
        "..%2f",
        "..%5c",
        "..\\",
        "%252e%252e",
        "..;",
        "....//",
        "%c0%ae%c0%ae",
        "%e0%80%ae.",
        "..%00",
        ".%00.",
        "\u{ff0e}\u{ff0e}",
    ];
    let ends = ["etc/passwd", "content/site.yaml", "Cargo.toml", ".git/config", "secret.txt"];
    let starts = ["", "barnet/", "hub/assets/", "_preview/", "_preview/assets/", "_problems/"];
    let mut paths = Vec::new();
    for up in ups {
        for end in ends {
            for start in starts {
                paths.push(format!("/{start}{up}/{up}/{up}/{end}"));
            }
        }
    }
    for odd in [
        "//etc/passwd",
        "/barnet//etc/passwd",
        "/\\etc\\passwd",
        "/barnet/%00",
        "/barnet/a%0d%0aX: y",
        "/barnet/%ff%fe",
        "/barnet/%",
        "/barnet/%zz",
        "/%2fetc%2fpasswd",
        "/barnet/link.txt",
        "/barnet/files/link.txt",
        "/content/site.yaml",
        "/.ordinarily/",
        "/barnet/.ordinarily/",
        "/file:///etc/passwd",
        "/http://127.0.0.1/",
        "/barnet/?../../etc/passwd",
    ] {
        paths.push(odd.to_owned());
    }
    paths
}

#[test]
fn five_hundred_hostile_paths_reach_nothing_but_pages() {
    let root = on_disk(&project());
    let secret = "the secret words of a file outside";
    std::fs::write(root.path().join("secret.txt"), secret).unwrap();
    let outside = root.path().join("secret.txt");
    let files = root.path().join("content/london/files");
    std::fs::create_dir_all(&files).unwrap();
    std::os::unix::fs::symlink(&outside, files.join("link.txt")).unwrap();
    let served = Served::start(root.path(), &[]);
    let paths = climbing();
    assert!(paths.len() >= 490, "{} paths", paths.len());
    for path in paths {
        let bytes =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.address);
        let answer = served.raw(bytes.as_bytes());
        let response = parse(&answer).unwrap_or_else(|| panic!("no answer to {path}"));
        let allowed = [200, 302, 400, 404];
        assert!(allowed.contains(&response.status), "{path}: {}", response.status);
        let text = response.text();
        for leak in [secret, "root:x:", "[package]", "notice: Demonstration"] {
            assert!(!text.contains(leak), "{path} shows {leak}");
        }
        assert!(response.status != 200 || path.contains('?'), "{path} is a page");
    }
    assert_eq!(served.get("/barnet/").status, 200);
}

#[test]
fn broken_and_oversized_requests_are_refused_and_harm_nobody() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let host = format!("Host: {}\r\nConnection: close\r\n", served.address);
    let long = "a".repeat(20_000);
    let many: String = (0..200).map(|number| format!("X-{number}: y\r\n")).collect();
    let cases: Vec<(String, &[u16])> = vec![
        (format!("POST /barnet/ HTTP/1.1\r\n{host}Content-Length: 3\r\n\r\nabc"), &[405]),
        (format!("DELETE /barnet/ HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("OPTIONS * HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("CONNECT example.org:443 HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("GET /{long} HTTP/1.1\r\n{host}\r\n"), &[400, 414, 431]),
        (format!("GET / HTTP/1.1\r\n{host}X: {long}\r\n\r\n"), &[400, 431]),
        (format!("GET / HTTP/1.1\r\n{host}{many}\r\n"), &[400, 431]),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), &[400]),
        (format!("GET / HTTP/1.1\r\n{host}{host}\r\n"), &[400]),
        (format!("GET / HTTP/1.1\r\n{host}X: a\u{1}b\r\n\r\n"), &[400]),
        (format!("GET http://evil.example/ HTTP/1.1\r\n{host}\r\n"), &[421]),
        (format!("GET / HTTP/9.9\r\n{host}\r\n"), &[400, 505]),
        ("\0\0\0\0\r\n\r\n".to_owned(), &[400]),
        ("GET\r\n\r\n".to_owned(), &[400]),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}".to_owned(), &[400]),
    ];
    for (request, statuses) in cases {
        let answer = served.raw(request.as_bytes());
        let shown: String = request.chars().take(60).collect();
        let status = parse(&answer).map(|response| response.status);
        // A client that talks no HTTP may get no answer at all.
        let fits = status.is_none_or(|status| statuses.contains(&status));
        assert!(fits, "{shown:?}: {status:?}");
        assert!(status.is_some() || !shown.starts_with("GET /"), "{shown:?} has no answer");
        assert_eq!(served.get("/barnet/").status, 200, "after {shown:?}");
    }
}

#[test]
fn another_host_or_another_site_gets_nothing() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let status = |host: &str, more: &str| {
        let request =
            format!("GET /barnet/ HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n");
        parse(&served.raw(request.as_bytes())).unwrap().status
    };
    let own = served.address.clone();
    assert_eq!(status("evil.example", ""), 421);
    assert_eq!(status("localhost", ""), 200);
    assert_eq!(status(&own, "Origin: http://evil.example\r\n"), 403);
    assert_eq!(status(&own, &format!("Origin: http://{own}\r\n")), 200);
    assert_eq!(status(&own, "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"), 403);
    let response = served.get("/barnet/");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "SAMEORIGIN"),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(response.headers[name], value);
    }
}

#[test]
fn a_head_is_the_page_without_its_bytes_and_a_known_page_is_not_sent_again() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let page = served.get("/barnet/");
    let head = served.request("HEAD", "/barnet/", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.headers["content-length"], page.body.len().to_string());
    let known = served.request("GET", "/barnet/", &[("If-None-Match", &page.headers["etag"])]);
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert_eq!(served.request("HEAD", "/_preview/events?page=/hub/", &[]).status, 405);
}

#[test]
fn clients_that_stall_keep_nobody_from_reading() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let mut stalled = Vec::new();
    for number in 0..200 {
        let mut stream = served.connect();
        match number % 4 {
            0 => {}
            1 => stream.write_all(b"GET /barnet/ HT").unwrap(),
            2 => {
                // Asks for much and reads nothing of it.
                let request = format!("GET /barnet/ HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
                stream.write_all(request.repeat(20).as_bytes()).unwrap();
            }
            _ => {
                let request = format!(
                    "GET /_preview/events?page=/hub/ HTTP/1.1\r\nHost: {}\r\n\r\n",
                    served.address
                );
                stream.write_all(request.as_bytes()).unwrap();
            }
        }
        stalled.push(stream);
    }
    served.settle("read all the same");
    assert_eq!(served.get("/barnet/guides/start/").status, 200);
    // A request that never ends is cut off, with whatever the server says about it.
    let mut half = stalled.swap_remove(1);
    let mut rest = Vec::new();
    half.read_to_end(&mut rest).unwrap();
}

#[test]
fn a_port_that_is_taken_is_told_with_one_that_is_free() {
    let root = on_disk(&project());
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = run(root.path(), &["serve", "--port", &port]);
    assert_eq!(refused.status, 2);
    let start = format!("error: port {port} is in use");
    assert!(refused.err.starts_with(&start), "{}", refused.err);
    let free: u16 =
        refused.err.split("--port ").nth(1).unwrap().split('`').next().unwrap().parse().unwrap();
    let served = Served::start_at(root.path(), &free.to_string(), &[]);
    assert_eq!(served.get("/hub/").status, 200);
}

#[test]
fn a_host_that_is_none_and_a_site_that_is_none_are_told() {
    let root = on_disk(&project());
    let refused = run(root.path(), &["serve", "--port", "0", "--host", "not a host"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("cannot listen at not a host"), "{}", refused.err);
    let refused = run(root.path(), &["serve", "--port", "0", "--site", "barnett"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("did you mean `barnet`?"), "{}", refused.err);
    let refused = run(&root.path().join("nowhere"), &["serve", "--port", "0"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("cannot be read"), "{}", refused.err);
}

#[test]
fn an_interrupt_ends_it_at_once_and_leaves_nothing_behind() {
    let root = on_disk(&project());
    let before = files_in(root.path());
    let mut served = Served::start(root.path(), &[]);
    assert_eq!(served.get("/hub/").status, 200);
    let mut news = served.listen("/hub/");
    news.next();
    let start = Instant::now();
    assert_eq!(served.interrupt(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(20), "open connections held it up");
    assert_eq!(files_in(root.path()), before);
    TcpListener::bind(&served.address).unwrap();
}
