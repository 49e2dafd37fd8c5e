//! The preview's own pages: the list of all sites, and the list of all problems.

use serde::Serialize;

use super::address::Address;
use super::generation::Generation;
use super::panel::{SiteLink, site_links};
use super::problem::{Count, Problem};
use super::{Preview, address, file};
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::io::http::Whole;

/// How many problems one page of the list shows.
const PER_PAGE: usize = 100;

/// The list of all sites; with status 404, for somebody who asked for one that there is not.
pub(super) fn sites(preview: &Preview, now: &Generation, status: u16) -> Result<Whole, Diagnostic> {
    #[derive(Serialize)]
    struct Sites {
        missing: bool,
        sites: Vec<SiteLink>,
        count: Count,
        problems_href: String,
        digest: String,
        page: &'static str,
    }
    let digest = digest(now, "/");
    let view = Sites {
        missing: status == 404,
        sites: now.world.as_ref().map_or_else(Vec::new, site_links),
        count: now.count(),
        problems_href: format!("/{}/", address::PROBLEMS),
        digest,
        page: "/",
    };
    page(preview, "sites.html", status, &view)
}

/// One page of the list of all problems.
pub(super) fn problems(
    preview: &Preview,
    now: &Generation,
    number: usize,
) -> Result<Whole, Diagnostic> {
    #[derive(Serialize)]
    struct All {
        count: Count,
        looking: bool,
        problems: Vec<Problem>,
        number: usize,
        pages: usize,
        digest: String,
        page: String,
    }
    let path = format!("/{}/", address::PROBLEMS);
    let digest = digest(now, &path);
    let (links, findings) = (now.links(), now.findings());
    let all = || now.problems.iter().chain(links.iter()).chain(findings.iter());
    let pages = all().count().div_ceil(PER_PAGE);
    // What was the last page is beyond the end once problems are mended.
    let number = number.clamp(1, pages.max(1));
    let first = (number - 1).saturating_mul(PER_PAGE);
    let view = All {
        count: now.count(),
        looking: !now.is_looked_through(),
        problems: all().skip(first).take(PER_PAGE).cloned().collect(),
        number,
        pages,
        digest,
        page: path,
    };
    page(preview, "problems.html", 200, &view)
}

/// What tells a state of the page at a path from another: how many errors and warnings there are and
/// all sites are on both; the problems, what rules found, and whether all has been looked at only on
/// the list of problems. It is taken before the page is made: if more
/// links are followed in between, the page loads again once too often, not once too rarely.
pub(super) fn digest(now: &Generation, path: &str) -> String {
    let (count, links, findings) = (now.count(), now.links(), now.findings());
    let sites = now.world.as_ref().map(site_links);
    let shown = match Address::parse(path) {
        Some(Address::Problems) => {
            let looked = now.is_looked_through();
            let all = now.problems.iter().chain(links.iter()).chain(findings.iter());
            format!("{count:?}{looked}{:?}{sites:?}", all.collect::<Vec<_>>())
        }
        _ => format!("{:?}{sites:?}", Count { findings: 0, ..count }),
    };
    Digest::of(shown.as_bytes()).short()
}

fn page(
    preview: &Preview,
    template: &str,
    status: u16,
    view: &impl Serialize,
) -> Result<Whole, Diagnostic> {
    let html = preview.settings.interface.render(template, view)?;
    Ok(file(template, status, html.into_bytes()))
}
