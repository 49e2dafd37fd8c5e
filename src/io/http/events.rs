//! News for an open page, as server-sent events (HTML Living Standard, section 9.2).
//!
//! The first event says at once how the page stands, so that a browser that comes back after a
//! break has missed nothing; each further one comes when the bell has rung and something is new.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::Either;
use http_body_util::channel::{Channel, Sender};
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};
use tokio::sync::watch;

use super::{Body, Pages, respond};

/// How often a word is sent although nothing happens: so a page that was closed is noticed.
const ALIVE: Duration = Duration::from_secs(10);

/// How soon a browser comes back after a break, in milliseconds.
const RETRY: u32 = 500;

/// Streams the news of a page until the client leaves.
pub(super) fn stream(
    pages: Arc<Pages>,
    page: String,
    bell: watch::Receiver<u64>,
) -> Response<Body> {
    let (sender, body) = Channel::new(1);
    tokio::spawn(async move {
        // The only reason to end is that nobody listens any more.
        let _ = tell(pages, &page, bell, sender).await;
    });
    let mut response = respond(StatusCode::OK, Either::Right(body));
    let events = HeaderValue::from_static("text/event-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, events);
    response
}

/// Nobody listens any more, or the program ends.
struct Gone;

async fn tell(
    pages: Arc<Pages>,
    page: &str,
    mut bell: watch::Receiver<u64>,
    mut sender: Sender<Bytes>,
) -> Result<(), Gone> {
    let mut last = String::new();
    let mut lead = format!("retry: {RETRY}\n");
    loop {
        bell.borrow_and_update();
        let (made_by, asked) = (pages.clone(), page.to_owned());
        let news = tokio::task::spawn_blocking(move || (made_by.news)(&asked)).await;
        let news = news.map_err(|_| Gone)?;
        if news != last {
            let event = format!("{lead}data: {news}\n\n");
            sender.send_data(Bytes::from(event)).await.map_err(|_| Gone)?;
            last = news;
            lead.clear();
        }
        loop {
            match tokio::time::timeout(ALIVE, bell.changed()).await {
                Ok(rung) => break rung.map_err(|_| Gone)?,
                Err(_) => {
                    sender.send_data(Bytes::from_static(b":\n\n")).await.map_err(|_| Gone)?;
                }
            }
        }
    }
}
