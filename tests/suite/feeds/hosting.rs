//! `_headers` and `_redirects`, read as hosts read them.

use super::super::support::{Files, build, reviewed, with};
use super::addressed;

/// Rules in their order: a pattern, and the headers below it.
fn rules(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut rules: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            Some(header) => {
                let (name, value) = header.split_once(": ").unwrap();
                rules.last_mut().unwrap().1.push((name.to_owned(), value.to_owned()));
            }
            None => rules.push((line.to_owned(), Vec::new())),
        }
    }
    rules
}

/// Whether a pattern fits: `*` is anything, `:name` anything but a slash.
fn fits(pattern: &str, path: &str) -> bool {
    match (pattern.chars().next(), path.chars().next()) {
        (None, None) => true,
        (Some('*'), _) => {
            let rest = &pattern[1..];
            path.char_indices().any(|(at, _)| fits(rest, &path[at..])) || fits(rest, "")
        }
        (Some(':'), _) => {
            let (_, rest) = pattern.split_once('/').unwrap();
            path.split_once('/').is_some_and(|(part, tail)| !part.is_empty() && fits(rest, tail))
        }
        (Some(a), Some(b)) => a == b && fits(&pattern[a.len_utf8()..], &path[b.len_utf8()..]),
        _ => false,
    }
}

/// The values that a host sends for a header.
fn sent(headers: &str, path: &str, name: &str) -> Vec<String> {
    let rules = rules(headers).into_iter().filter(|(pattern, _)| fits(pattern, path));
    rules.flat_map(|(_, headers)| headers).filter(|(n, _)| n == name).map(|(_, v)| v).collect()
}

fn project() -> Files {
    addressed(&[
        ("boroughs/barnet/guides/own.md", &reviewed("Own", "aliases: [/old/own, 'ol*d/ś.html']\n")),
        (
            "boroughs/barnet/events/day.md",
            "---\ntitle: Day\nsummary: Come.\nstart: 2026-12-01 10:00\n---\n",
        ),
    ])
}

#[test]
fn every_page_is_sent_with_the_policy_that_it_keeps_to_itself() {
    let built = build(&project(), "barnet");
    let policy = sent(&built["_headers"], "/send/guides/own/", "Content-Security-Policy");
    let [policy] = &policy[..] else { panic!("{policy:?}") };
    let page = scraper::Html::parse_document(&built["guides/own/index.html"]);
    let meta = scraper::Selector::parse("meta[http-equiv=Content-Security-Policy]").unwrap();
    let own = page.select(&meta).next().unwrap().value().attr("content").unwrap();
    assert_eq!(policy, &format!("{own}; frame-ancestors 'none'"));
    assert!(!policy.contains("unsafe"));
    for name in ["X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"] {
        assert_eq!(sent(&built["_headers"], "/send/", name).len(), 1, "{name}");
    }
}

#[test]
fn what_is_named_by_its_digest_is_kept_for_ever_and_pages_are_not() {
    let built = build(&project(), "barnet");
    let headers = &built["_headers"];
    let cached = |path: &str| sent(headers, &format!("/send/{path}"), "Cache-Control");
    let pages = built.keys().filter_map(|path| path.strip_suffix("index.html"));
    for page in pages.filter(|page| !page.starts_with("old/")) {
        assert_eq!(cached(page), ["public, max-age=0, must-revalidate"], "{page}");
    }
    let assets: Vec<&String> = built.keys().filter(|path| path.starts_with("assets/")).collect();
    assert!(assets.len() > 3);
    for path in assets {
        assert_eq!(cached(path), ["public, max-age=31536000, immutable"], "{path}");
    }
    assert_eq!(cached("search/0a1b2c3d/i/7"), ["public, max-age=31536000, immutable"]);
    assert!(rules(headers).len() <= 100, "Cloudflare reads no more");
}

#[test]
fn calendars_and_feeds_have_their_media_types() {
    let headers = &build(&project(), "barnet")["_headers"];
    let types = |path: &str| sent(headers, path, "Content-Type");
    assert_eq!(types("/send/events/day/day.ics"), ["text/calendar; charset=utf-8"]);
    assert_eq!(types("/send/calendar.ics"), ["text/calendar; charset=utf-8"]);
    assert_eq!(types("/send/changes.atom"), ["application/atom+xml; charset=utf-8"]);
    assert!(types("/send/guides/own/").is_empty());
}

#[test]
fn old_addresses_lead_to_new_ones_for_good() {
    let redirects = &build(&project(), "barnet")["_redirects"];
    assert_eq!(
        redirects,
        "/send/ol%2Ad/%C5%9B.html /send/guides/own/ 301\n/send/old/own/ /send/guides/own/ 301\n"
    );
    assert!(!build(&with(&[]), "barnet").contains_key("_redirects"));
    let headers = &build(&with(&[]), "barnet")["_headers"];
    assert!(headers.starts_with("/*\n"), "without an address a site is at its host's root");
}
