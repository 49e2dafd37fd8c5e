//! What a site publishes beside its pages: which files, and where each of them lies.
//!
//! A file of which there would be nothing to say is not there, and no page announces it. What can
//! only be written with whole addresses (the sitemap, Atom) needs the site's own.

use super::place::Place;

/// How many addresses a sitemap may have: the limit of the sitemaps.org protocol.
pub const SITEMAP_URLS: usize = 50_000;

/// What a site publishes beside its pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feed {
    /// All expectations, for spreadsheets.
    ExpectationsCsv,
    /// All expectations, for programs.
    ExpectationsJson,
    /// Statutory headings, for spreadsheets.
    CoverageCsv,
    /// Statutory headings, for programs.
    CoverageJson,
    /// What crawlers may read, and where the sitemap is.
    Robots,
    /// The addresses of all pages, or the list of so many parts if there is more than one.
    Sitemap(usize),
    /// One part of several, from 1: which, and of how many.
    SitemapPart(usize, usize),
}

/// The files of a whole site, with their addresses. `pages` is how many pages it has at most.
pub fn of_site(place: &Place, pages: usize) -> Vec<(String, Feed)> {
    let mut feeds = Vec::new();
    let mut add = |url: &str, feed: Feed| feeds.push((url.to_owned(), feed));
    add("expectations/expectations.csv", Feed::ExpectationsCsv);
    add("expectations/expectations.json", Feed::ExpectationsJson);
    add("coverage/coverage.csv", Feed::CoverageCsv);
    add("coverage/coverage.json", Feed::CoverageJson);
    add("robots.txt", Feed::Robots);
    if place.base_url.is_some() {
        let parts = pages.div_ceil(SITEMAP_URLS);
        add("sitemap.xml", Feed::Sitemap(parts));
        for part in (1..=parts).filter(|_| parts > 1) {
            add(&part_url(part), Feed::SitemapPart(part, parts));
        }
    }
    feeds
}

/// The address of a part of a sitemap.
pub fn part_url(part: usize) -> String {
    format!("sitemap-{part}.xml")
}
