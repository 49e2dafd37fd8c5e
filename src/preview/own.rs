//! The preview's own pages: the list of all sites, and the list of all problems.

use serde::Serialize;

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
    let view = Sites {
        missing: status == 404,
        sites: now.world.as_ref().map_or_else(Vec::new, site_links),
        count: now.count(),
        problems_href: format!("/{}/", address::PROBLEMS),
        digest: digest(now),
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
        problems: Vec<Problem>,
        number: usize,
        pages: usize,
        digest: String,
        page: String,
    }
    let links = now.links();
    let all = || now.problems.iter().chain(links.iter());
    let first = number.saturating_sub(1).saturating_mul(PER_PAGE);
    let view = All {
        count: now.count(),
        problems: all().skip(first).take(PER_PAGE).cloned().collect(),
        number,
        pages: all().count().div_ceil(PER_PAGE),
        digest: digest(now),
        page: format!("/{}/", address::PROBLEMS),
    };
    page(preview, "problems.html", 200, &view)
}

/// What tells a state of these pages from another: all problems may be on them, and all sites.
pub(super) fn digest(now: &Generation) -> String {
    let links = now.links();
    let problems: Vec<&Problem> = now.problems.iter().chain(links.iter()).collect();
    let sites = now.world.as_ref().map(site_links);
    Digest::of(format!("{problems:?}{sites:?}").as_bytes()).short()
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
