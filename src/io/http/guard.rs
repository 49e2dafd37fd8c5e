//! Who may ask: a browser that shows our own pages, and programs on this machine.
//!
//! Any site that somebody looks at can make the browser send requests to this machine. Two checks
//! keep such a site from reading a preview: the `Host` must be an address or a name of ours, not a
//! name that an attacker lets point here (DNS rebinding), and a page of another origin may lead
//! here but not load anything from here.

use std::net::IpAddr;

use hyper::header::{self, HeaderMap, HeaderName};
use hyper::{Request, StatusCode};

/// Lets a request pass, or says with which status and words it is refused.
pub(super) fn check<B>(
    request: &Request<B>,
    own_host: &str,
) -> Result<(), (StatusCode, &'static str)> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err((StatusCode::BAD_REQUEST, "a request names one host"));
    };
    let host = host.to_str().unwrap_or_default();
    let target = request.uri().authority().map(|authority| authority.as_str());
    if !is_ours(host, own_host) || target.is_some_and(|target| target != host) {
        return Err((StatusCode::MISDIRECTED_REQUEST, "this is not the host that was asked for"));
    }
    if !is_from_here(request.headers(), host) {
        return Err((StatusCode::FORBIDDEN, "other sites may not use this preview"));
    }
    Ok(())
}

/// Whether a `Host` means this machine for certain: an address, which no name server decides,
/// `localhost`, or the name that the server was started with.
fn is_ours(host: &str, own_host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || name.eq_ignore_ascii_case(own_host)
}

/// Whether a request comes from one of our own pages, from no page, or is somebody following a
/// link to here.
fn is_from_here(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let own = format!("http://{host}");
    if text(&header::ORIGIN).is_some_and(|origin| !origin.eq_ignore_ascii_case(&own)) {
        return false;
    }
    let site = text(&HeaderName::from_static("sec-fetch-site"));
    let mode = text(&HeaderName::from_static("sec-fetch-mode"));
    let into = text(&HeaderName::from_static("sec-fetch-dest"));
    match site {
        None | Some("same-origin" | "none") => true,
        Some(_) => mode == Some("navigate") && into == Some("document"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(headers: &[(&str, &str)]) -> u16 {
        let mut request = Request::builder().uri("/barnet/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(()).unwrap();
        check(&request, "preview.local").err().map_or(200, |(status, _)| status.as_u16())
    }

    #[test]
    fn only_a_host_that_nobody_else_can_claim_is_ours() {
        for ours in ["127.0.0.1:3000", "localhost:3000", "LOCALHOST", "[::1]:3000", "preview.local"]
        {
            assert_eq!(status(&[("host", ours)]), 200, "{ours}");
        }
        for other in ["evil.example", "127.0.0.1.evil.example:3000", "localhost.evil.example", ""] {
            assert_eq!(status(&[("host", other)]), 421, "{other}");
        }
        assert_eq!(status(&[]), 400);
        assert_eq!(status(&[("host", "localhost"), ("host", "localhost")]), 400);
    }

    #[test]
    fn another_site_may_lead_here_but_load_nothing() {
        let host = ("host", "localhost:3000");
        assert_eq!(status(&[host, ("origin", "http://localhost:3000")]), 200);
        assert_eq!(status(&[host, ("origin", "http://evil.example")]), 403);
        assert_eq!(status(&[host, ("origin", "null")]), 403);
        let from_elsewhere = ("sec-fetch-site", "cross-site");
        let load = [host, from_elsewhere, ("sec-fetch-mode", "no-cors")];
        assert_eq!(status(&load), 403);
        let frame = ("sec-fetch-dest", "iframe");
        assert_eq!(status(&[host, from_elsewhere, ("sec-fetch-mode", "navigate"), frame]), 403);
        let page = ("sec-fetch-dest", "document");
        assert_eq!(status(&[host, from_elsewhere, ("sec-fetch-mode", "navigate"), page]), 200);
    }
}
