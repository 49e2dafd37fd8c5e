//! Asks web addresses whether they are still there, politely.
//!
//! 1. Addresses are put together by host: a host is asked one thing at a time, and only a few hosts
//!    at once. What was fine a few days ago is not asked again.
//! 2. `robots` says what a host wants nobody to ask.
//! 3. HEAD, then GET where HEAD is refused; redirects are followed by hand, so that each address on
//!    the way is checked too. `guard` lets only public addresses through, whatever a name says.
//!
//! It reads no page: only the first line of an answer counts.

mod cache;
mod guard;
mod robots;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::civil::Date;
use ureq::Agent;

use cache::Cache;
use robots::Robots;

/// How many hosts are asked at once.
const AT_ONCE: usize = 4;

/// How many redirects are followed.
const MOST_REDIRECTS: usize = 5;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// The name under which we ask; `robots.txt` may address it.
const NAME: &str = "ordinarily";

/// What came of asking an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is there.
    Fine,
    /// It is there under another address; whether for good.
    Moved {
        /// Where.
        to: String,
        /// Whether the host says that this is for good.
        for_good: bool,
    },
    /// The host answers that it is not there, with this status.
    Status(u16),
    /// No answer came.
    Unreachable(String),
    /// The host wants nobody to ask, or it is no address that we ask.
    NotAsked(String),
}

/// What is asked, and how.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// Where answers are kept between runs.
    pub cache: &'a Path,
    /// The day, to know how old they are.
    pub today: Date,
    /// Whether addresses of this machine may be asked: only for tests.
    pub loopback: bool,
}

/// Asks all addresses; each gets an answer.
pub fn ask(addresses: &[String], asking: Asking<'_>) -> BTreeMap<String, Answer> {
    let mut cache = Cache::read(asking.cache);
    let mut answers = BTreeMap::new();
    let mut by_host: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for address in addresses {
        match cache.fresh(address, asking.today) {
            Some(answer) => {
                answers.insert(address.clone(), answer);
            }
            None => by_host.entry(host(address)).or_default().push(address),
        }
    }
    let queue = Mutex::new(by_host.into_values());
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                let mut asker = Asker::new(asking.loopback);
                while let Some(of_host) = lock(&queue).next() {
                    for address in of_host {
                        let answer = asker.ask(address);
                        lock(&found).push((address.clone(), answer));
                    }
                }
            });
        }
    });
    for (address, answer) in found.into_inner().unwrap_or_else(PoisonError::into_inner) {
        cache.keep(&address, &answer, asking.today);
        answers.insert(address, answer);
    }
    // Without a cache the next run asks again; that is no reason to fail this one.
    let _ = cache.write(asking.cache);
    answers
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Scheme, host and port: what comes before the path.
fn host(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    format!("{scheme}://{}", &rest[..end])
}

/// Path and query, at least `/`.
fn path(address: &str) -> String {
    let rest = address.get(host(address).len()..).unwrap_or_default();
    let rest = rest.split('#').next().unwrap_or_default();
    if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") }
}

/// One line of questions, one after the other.
struct Asker {
    agent: Agent,
    robots: BTreeMap<String, Robots>,
}

impl Asker {
    fn new(loopback: bool) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Behind a proxy nobody here would know which machine is asked.
            .proxy(None)
            .user_agent(concat!("ordinarily/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .timeout_global(Some(PATIENCE))
            .build();
        Self { agent: guard::agent(config, loopback), robots: BTreeMap::new() }
    }

    fn ask(&mut self, address: &str) -> Answer {
        let mut at = address.to_owned();
        let mut for_good = true;
        for _ in 0..=MOST_REDIRECTS {
            if !(at.starts_with("http://") || at.starts_with("https://")) {
                return Answer::NotAsked(format!("it leads to {at}, which is not http or https"));
            }
            if !self.may_ask(&at) {
                return Answer::NotAsked("the site's robots.txt asks not to".to_owned());
            }
            let (status, to) = match self.answer(&at) {
                Ok(answer) => answer,
                Err(why) => return why,
            };
            match (status, to) {
                (301 | 302 | 303 | 307 | 308, Some(to)) => {
                    for_good &= matches!(status, 301 | 308);
                    at = join(&at, &to);
                }
                (200..=299, _) if at == address => return Answer::Fine,
                (200..=299, _) => return Answer::Moved { to: at, for_good },
                (status, _) => return Answer::Status(status),
            }
        }
        Answer::Unreachable(format!("it leads on more than {MOST_REDIRECTS} times"))
    }

    /// Status and `Location` of an address.
    fn answer(&self, at: &str) -> Result<(u16, Option<String>), Answer> {
        let at = at.split('#').next().unwrap_or_default();
        let mut response = self.agent.head(at).call();
        // Many hosts answer HEAD with an error that they do not answer GET with.
        if response.as_ref().map_or(true, |response| response.status().as_u16() >= 400) {
            response = self.agent.get(at).call();
        }
        match response {
            Ok(response) => {
                let to = response.headers().get("location").and_then(|to| to.to_str().ok());
                Ok((response.status().as_u16(), to.map(str::to_owned)))
            }
            Err(error) => Err(match guard::refused(&error) {
                true => Answer::NotAsked("it is an address of a private network".to_owned()),
                false => Answer::Unreachable(error.to_string()),
            }),
        }
    }

    fn may_ask(&mut self, at: &str) -> bool {
        let host = host(at);
        if !self.robots.contains_key(&host) {
            let answer = self.agent.get(format!("{host}/robots.txt")).call();
            let robots = match answer {
                Ok(mut response) => match response.status().as_u16() {
                    200..=299 => {
                        let body = response.body_mut().with_config().limit(robots::MOST_BYTES);
                        Robots::parse(&body.read_to_string().unwrap_or_default(), NAME)
                    }
                    // RFC 9309, section 2.3.1.4: a host in trouble is left alone.
                    500..=599 => Robots::nothing(),
                    _ => Robots::everything(),
                },
                // What keeps it from answering is told of the address itself.
                Err(_) => Robots::everything(),
            };
            self.robots.insert(host.clone(), robots);
        }
        self.robots.get(&host).is_none_or(|robots| robots.allows(&path(at)))
    }
}

/// Where a `Location` leads from an address (RFC 3986, section 5.2, for what hosts send).
fn join(from: &str, to: &str) -> String {
    let host = host(from);
    if to.contains("://") {
        return to.to_owned();
    }
    if to.starts_with("//") {
        let scheme = from.split("//").next().unwrap_or_default();
        return format!("{scheme}{to}");
    }
    if to.starts_with('/') {
        return format!("{host}{to}");
    }
    let path = path(from);
    let path = path.split('?').next().unwrap_or_default();
    match to.chars().next() {
        Some('?') => format!("{host}{path}{to}"),
        _ => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{host}{folder}/{to}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_leads_where_a_browser_would_go() {
        let from = "https://example.org/a/b?c#d";
        for (to, there) in [
            ("http://other.example/x", "http://other.example/x"),
            ("//other.example/x", "https://other.example/x"),
            ("/x", "https://example.org/x"),
            ("x", "https://example.org/a/x"),
            ("?x", "https://example.org/a/b?x"),
        ] {
            assert_eq!(join(from, to), there);
        }
        assert_eq!(join("https://example.org", "x"), "https://example.org/x");
    }
}
