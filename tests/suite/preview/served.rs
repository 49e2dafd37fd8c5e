//! A running preview of a project on disk, and an HTTP client that waits for what it wants to see.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// How long anything may take before a test gives it up: far beyond what it does take.
const PATIENCE: Duration = Duration::from_secs(40);

/// A page that every project here has: once it shows an edit, all earlier edits have been seen.
pub(crate) const SENTINEL: &str = "content/london/news/sentinel.md";

/// The sentinel with some words.
pub(crate) fn sentinel(words: &str) -> String {
    format!("---\ntitle: Sentinel\nsummary: Says it.\ndate: 2026-11-01\n---\n{words}\n")
}

/// A running preview; it ends with the test.
pub(crate) struct Served {
    child: Child,
    /// What it listens at: `127.0.0.1:34567`.
    pub(crate) address: String,
    root: PathBuf,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The page without what the preview adds.
    pub(crate) fn own(&self) -> Vec<u8> {
        without_addition(&self.body)
    }
}

/// A page without what the preview adds to it.
pub(crate) fn without_addition(page: &[u8]) -> Vec<u8> {
    let find = |mark: &[u8]| page.windows(mark.len()).position(|part| part == mark);
    match (find(b"<!--preview-->"), find(b"<!--/preview-->")) {
        (Some(start), Some(end)) => {
            [&page[..start], &page[end + b"<!--/preview-->".len()..]].concat()
        }
        _ => page.to_vec(),
    }
}

impl Served {
    /// Starts the real program on a project; it chooses a port itself.
    pub(crate) fn start(root: &Path, more: &[&str]) -> Self {
        Self::start_at(root, "0", more)
    }

    pub(crate) fn start_at(root: &Path, port: &str, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ordinarily"))
            .arg("--root")
            .arg(root)
            .args(["serve", "--port", port, "--today", "2026-11-22"])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        said.read_line(&mut first).unwrap();
        if first.is_empty() {
            let mut why = String::new();
            child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
            panic!("the preview did not start: {why}");
        }
        // Whoever reads nothing more would stop the program at its next word.
        std::thread::spawn(move || said.lines().map_while(Result::ok).for_each(drop));
        let address = first.split("http://").nth(1).unwrap().split('/').next().unwrap();
        Self { address: address.to_owned(), child, root: root.to_path_buf() }
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Writes a file of the project as most programs do: in place.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Sends bytes and gives whatever comes back until the connection ends.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // A server that has refused may not want to hear the rest.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends a request with some headers besides the host.
    pub(crate) fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.address);
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += "Connection: close\r\n\r\n";
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        parse(&answer).unwrap_or_else(|| panic!("no answer to {method} {path}"))
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.request("GET", path, &[])
    }

    /// Waits until a page is as wanted, woken by the preview's own events.
    #[track_caller]
    pub(crate) fn wait(&self, path: &str, wanted: impl Fn(&Response) -> bool) -> Response {
        let mut news = self.listen(path);
        let start = Instant::now();
        loop {
            let response = self.get(path);
            if wanted(&response) {
                return response;
            }
            let late = start.elapsed() > PATIENCE;
            assert!(!late, "{path} never was as wanted: {} {}", response.status, response.text());
            news.next();
        }
    }

    /// Makes one more edit and waits until it is seen: so is every edit before it.
    #[track_caller]
    pub(crate) fn settle(&self, words: &str) {
        self.write(SENTINEL, &sentinel(words));
        self.wait("/hub/news/sentinel/", |page| page.text().contains(words));
    }

    /// Listens to the news of a page.
    pub(crate) fn listen(&self, path: &str) -> News {
        let mut stream = self.connect();
        let query = path.replace('%', "%25").replace('&', "%26");
        let request =
            format!("GET /_preview/events?page={query} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        News { reader: BufReader::new(stream) }
    }

    /// Ends it as Ctrl+C does, and gives its exit status.
    pub(crate) fn interrupt(&mut self) -> Option<i32> {
        let process = Pid::from_child(&self.child);
        kill_process(process, Signal::INT).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The news of a page, event by event.
pub(crate) struct News {
    reader: BufReader<TcpStream>,
}

impl News {
    /// Waits for the next event.
    pub(crate) fn next(&mut self) -> serde_json::Value {
        let mut line = String::new();
        loop {
            line.clear();
            let read = self.reader.read_line(&mut line).expect("news in good time");
            assert!(read > 0, "the news have ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data.trim()).unwrap();
            }
        }
    }
}

/// A whole answer, read apart.
pub(crate) fn parse(answer: &[u8]) -> Option<Response> {
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    Some(Response { status, headers, body: answer[end + 4..].to_vec() })
}
