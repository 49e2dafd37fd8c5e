//! `_headers` and `_redirects`, which Netlify and Cloudflare Pages read from a site's folder:
//! <https://docs.netlify.com/manage/routing/headers/>,
//! <https://developers.cloudflare.com/pages/configuration/headers/>. Other hosts pass them by.
//!
//! Of a request that several rules fit, both hosts join the values of a header that each of them
//! names; so no address is in two rules that name the same header.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::page::maker::Maker;
use crate::path::encoded;
use crate::site::routes::Page;

/// What every page keeps to, as its own `meta` element says, and where it may be framed, which
/// only a header can say (Content Security Policy Level 3).
const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; \
                      frame-ancestors 'none'";

/// What no page uses.
const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// A year: what has the digest of its own content in its name never changes (RFC 8246).
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Pages are asked for again each time, so that nobody reads last year's telephone number; what
/// has not changed is not sent again.
const SHORT: &str = "public, max-age=0, must-revalidate";

/// What hosts say with each file.
pub fn headers(maker: &Maker<'_>) -> Vec<u8> {
    let root = root(maker);
    let mut text = String::new();
    let mut rule = |path: &str, headers: &[(&str, &str)]| {
        let _ = writeln!(text, "{root}{path}");
        for (name, value) in headers {
            let _ = writeln!(text, "  {name}: {value}");
        }
    };
    rule(
        "*",
        &[
            ("Content-Security-Policy", POLICY),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Permissions-Policy", PERMISSIONS),
        ],
    );
    rule("assets/*", &[("Cache-Control", FOR_EVER)]);
    // The files of the search index lie below a folder that is named by what they say.
    rule("search/:index/*", &[("Cache-Control", FOR_EVER)]);
    rule("", &[("Cache-Control", SHORT)]);
    rule("search/", &[("Cache-Control", SHORT)]);
    for folder in folders(maker) {
        rule(&format!("{folder}/*"), &[("Cache-Control", SHORT)]);
    }
    rule("*.ics", &[("Content-Type", "text/calendar; charset=utf-8")]);
    rule("*.atom", &[("Content-Type", "application/atom+xml; charset=utf-8")]);
    text.into_bytes()
}

/// The folders that pages lie in, without those that have files of both kinds.
fn folders<'a>(maker: &Maker<'a>) -> BTreeSet<&'a str> {
    let pages = maker.routes.table().into_iter();
    let pages = pages.filter(|(_, page)| !matches!(page, Page::Feed(_) | Page::Redirect(_)));
    let first = pages.filter_map(|(url, _)| Some(url.as_str().split_once('/')?.0));
    first.filter(|folder| !["search", "assets"].contains(folder)).collect()
}

/// Where old addresses lead: each in a line of its own, with the status of what has moved for good
/// (RFC 9110, section 15.4.2).
pub fn redirects(maker: &Maker<'_>) -> Vec<u8> {
    let root = root(maker);
    let mut text = String::new();
    for (from, page) in maker.routes.table() {
        if let Page::Redirect(to) = page {
            let _ = writeln!(
                text,
                "{root}{} {root}{} 301",
                encoded(from.as_str()),
                encoded(to.as_str())
            );
        }
    }
    text.into_bytes()
}

/// What stands before the site's addresses, from its host's root.
fn root(maker: &Maker<'_>) -> String {
    maker.place.base_url.as_ref().map_or_else(|| "/".to_owned(), |base| base.path())
}
