//! Shows pages to a browser over HTTP/1.1, and tells open pages when there is something new.
//!
//! 1. [`Listener::bind`] takes a port, or says which one is free.
//! 2. [`serve`] answers until it is interrupted: `guard` looks at who asks, the [`Pages`] make the
//!    answer, `events` keeps open pages posted.
//!
//! There is no way from here to a file: an answer is made in memory, by whoever brings the pages.
//! Nothing is read from a request but its first line and its headers, and only so much of them.

mod events;
mod guard;

use std::convert::Infallible;
use std::io;
use std::net::{TcpListener, ToSocketAddrs as _};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{Either, Full, channel::Channel};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Semaphore, watch};
use tokio_io_timeout::TimeoutStream;

/// How many connections are open at once; more wait their turn.
const CONNECTIONS: usize = 512;

/// How long a request may take to come in, and a connection may be idle.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a reader may take nothing of what is sent.
const STALLED: Duration = Duration::from_secs(20);

/// The most that the first line and the headers of a request may have, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;

/// The most headers that a request may have.
const MOST_HEADERS: usize = 64;

/// How many answers are made at once.
const MAKERS: usize = 8;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The path as it was sent, still percent-encoded: it begins with `/`.
    pub path: String,
    /// What follows `?`, as it was sent.
    pub query: String,
}

/// What is answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A page or a file.
    Whole(Whole),
    /// News of the page at this path, as they come.
    Events(String),
}

/// A page or a file.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The status code.
    pub status: u16,
    /// Its media type.
    pub content_type: String,
    /// What tells its bytes from others: a digest.
    pub etag: Option<String>,
    /// Where it is instead.
    pub location: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Who makes the answers.
pub struct Pages {
    /// Answers a request.
    pub answer: Box<dyn Fn(&Asked) -> Answer + Send + Sync>,
    /// Says how the page at a path stands, in one line, for whoever has it open.
    pub news: Box<dyn Fn(&str) -> String + Send + Sync>,
}

/// Wakes whoever waits for news.
#[derive(Clone, Debug)]
pub struct Bell(watch::Sender<u64>);

impl Bell {
    /// A bell that nobody hears yet.
    #[allow(clippy::new_without_default, reason = "a bell is made to be rung, not a value")]
    pub fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    /// Rings.
    pub fn ring(&self) {
        self.0.send_modify(|rung| *rung += 1);
    }
}

/// A port that is ours.
#[derive(Debug)]
pub struct Listener {
    listener: TcpListener,
    host: String,
    port: u16,
}

/// Why a port cannot be ours.
#[derive(Debug)]
pub struct BindError {
    /// What the system said.
    pub error: io::Error,
    /// A port after it that is free, if it is only taken.
    pub free: Option<u16>,
}

impl Listener {
    /// Takes a port of a host; 0 takes any.
    pub fn bind(host: &str, port: u16) -> Result<Self, BindError> {
        let bind = |port: u16| -> io::Result<TcpListener> {
            let bare = host.trim_start_matches('[').trim_end_matches(']');
            let mut last = io::Error::other("the host has no address");
            for address in (bare, port).to_socket_addrs()? {
                match TcpListener::bind(address) {
                    Ok(listener) => return Ok(listener),
                    Err(error) => last = error,
                }
            }
            Err(last)
        };
        let found = bind(port).and_then(|listener| {
            listener.set_nonblocking(true)?;
            Ok((listener.local_addr()?.port(), listener))
        });
        match found {
            Ok((port, listener)) => Ok(Self { listener, host: host.to_owned(), port }),
            Err(error) => {
                let taken = error.kind() == io::ErrorKind::AddrInUse;
                let mut after = (1..=100).filter_map(|step| port.checked_add(step));
                let free = taken.then(|| after.find(|port| bind(*port).is_ok())).flatten();
                Err(BindError { error, free })
            }
        }
    }

    /// Whether other machines reach it.
    pub fn is_public(&self) -> bool {
        self.listener.local_addr().is_ok_and(|address| !address.ip().is_loopback())
    }

    /// Where a browser finds it, without a slash at the end.
    pub fn origin(&self) -> String {
        match self.host.contains(':') && !self.host.starts_with('[') {
            true => format!("http://[{}]:{}", self.host, self.port),
            false => format!("http://{}:{}", self.host, self.port),
        }
    }
}

/// Answers until the program is interrupted or told to end. Connections that are open then are cut
/// off: nothing of what they read is lost.
pub fn serve(listener: Listener, pages: Arc<Pages>, bell: &Bell) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(MAKERS)
        .enable_all()
        .build()?;
    let served = runtime.block_on(async {
        let mut interrupted = signal(SignalKind::interrupt())?;
        let mut ended = signal(SignalKind::terminate())?;
        let accepting = pin!(accept(listener, pages, bell.0.clone()));
        tokio::select! {
            failed = accepting => failed,
            _ = interrupted.recv() => Ok(()),
            _ = ended.recv() => Ok(()),
        }
    });
    runtime.shutdown_background();
    served
}

async fn accept(listener: Listener, pages: Arc<Pages>, bell: watch::Sender<u64>) -> io::Result<()> {
    let Listener { listener, host, .. } = listener;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    let desk = Arc::new(Desk { pages, host, bell });
    loop {
        let Ok(permit) = free.clone().acquire_owned().await else { return Ok(()) };
        let Ok((stream, _)) = listener.accept().await else {
            // A client that left again, or no file descriptors for now: neither is the end.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let desk = desk.clone();
        tokio::spawn(async move {
            let _permit = permit;
            let _ = stream.set_nodelay(true);
            let mut stream = TimeoutStream::new(stream);
            stream.set_write_timeout(Some(STALLED));
            let service = service_fn(|request| {
                let desk = desk.clone();
                async move { Ok::<_, Infallible>(desk.respond(request).await) }
            });
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .max_buf_size(LARGEST_HEAD)
                .max_headers(MOST_HEADERS)
                .serve_connection(TokioIo::new(Box::pin(stream)), service);
            // What a broken client does to its own connection concerns nobody else.
            let _ = connection.await;
        });
    }
}

type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// Takes requests and gives answers.
struct Desk {
    pages: Arc<Pages>,
    host: String,
    bell: watch::Sender<u64>,
}

impl Desk {
    async fn respond(&self, request: Request<Incoming>) -> Response<Body> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD");
            refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return refused;
        }
        if let Err((status, why)) = guard::check(&request, &self.host) {
            return plain(status, why);
        }
        let asked = Asked {
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
        };
        let pages = self.pages.clone();
        let made = tokio::task::spawn_blocking(move || (pages.answer)(&asked)).await;
        match made {
            Ok(Answer::Whole(whole)) => deliver(whole, request.headers()),
            Ok(Answer::Events(_)) if request.method() == Method::HEAD => {
                plain(StatusCode::METHOD_NOT_ALLOWED, "events are for GET")
            }
            Ok(Answer::Events(page)) => {
                events::stream(self.pages.clone(), page, self.bell.subscribe())
            }
            Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "the program made a mistake here"),
        }
    }
}

/// An answer as it goes over the wire, or the word that the client has it already.
fn deliver(whole: Whole, asked: &HeaderMap) -> Response<Body> {
    let tag = whole.etag.as_ref().and_then(|tag| HeaderValue::try_from(format!("\"{tag}\"")).ok());
    let known = asked.get(header::IF_NONE_MATCH);
    let has_it = tag.is_some() && tag.as_ref() == known && whole.status == 200;
    let (status, bytes) = match has_it {
        true => (StatusCode::NOT_MODIFIED, Bytes::new()),
        false => {
            let status = StatusCode::from_u16(whole.status);
            (status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), Bytes::from(whole.bytes))
        }
    };
    let mut response = respond(status, Either::Left(Full::new(bytes)));
    let headers = response.headers_mut();
    if let Ok(content_type) = HeaderValue::try_from(whole.content_type) {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    if let Some(location) = whole.location.and_then(|to| HeaderValue::try_from(to).ok()) {
        headers.insert(header::LOCATION, location);
    }
    headers.extend(tag.map(|tag| (header::ETAG, tag)));
    response
}

fn plain(status: StatusCode, words: &str) -> Response<Body> {
    let bytes = Bytes::from(format!("{words}\n"));
    let mut response = respond(status, Either::Left(Full::new(bytes)));
    let plain_text = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, plain_text);
    response
}

/// A response with what every response says: ask again each time, and let no other site use this.
fn respond(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in [
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
