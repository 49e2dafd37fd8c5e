//! What a build tells when it is done.

use std::io::Write as _;

use serde::Serialize;

use super::compressed::Compressed;
use super::timings::{self, Phase};
use crate::engine::Edition;
use crate::io::publish::Published;

/// What `--json` prints. Stable; documented in the README.
#[derive(Default, Serialize)]
pub(super) struct Report {
    /// The day that was built for.
    pub(super) today: String,
    /// Whether there was nothing to do.
    pub(super) unchanged: bool,
    pub(super) sites: Vec<SiteReport>,
    pub(super) phases: Vec<Phase>,
    pub(super) peak_memory_bytes: Option<u64>,
    pub(super) warnings: usize,
    /// The sites that have no address, and so lack what needs one.
    pub(super) without_address: Vec<String>,
    /// The sites that were built here before and are no more.
    pub(super) left_over: Vec<String>,
}

/// What was built of one site.
#[derive(Serialize)]
pub(super) struct SiteReport {
    id: String,
    pages: usize,
    files: usize,
    written: usize,
    unchanged: usize,
    removed: usize,
    bytes: u64,
    /// How many of the files are compressed forms of others.
    compressed: usize,
    /// How many of those had to be made; the others follow from files that are as they were.
    compressed_anew: usize,
}

impl SiteReport {
    /// Tells what was published.
    pub(super) fn new(
        edition: &Edition,
        published: &Published,
        compressed: Option<&Compressed>,
    ) -> Self {
        Self {
            id: edition.place.id.to_string(),
            pages: edition.routes.len(),
            files: published.written + published.unchanged,
            written: published.written,
            unchanged: published.unchanged,
            removed: published.removed,
            bytes: published.bytes,
            compressed: compressed.map_or(0, Compressed::all),
            compressed_anew: compressed.map_or(0, Compressed::made),
        }
    }
}

impl Report {
    /// Prints itself. That nobody reads it (a closed pipe) is no reason to fail.
    pub(super) fn print(&self, json: bool, timings: bool) {
        let mut out = std::io::stdout().lock();
        if json {
            let _ = writeln!(out, "{}", self.to_json());
            return;
        }
        if self.unchanged {
            let _ = writeln!(out, "Nothing has changed: the sites are as they were.");
        } else {
            self.print_sites(&mut out);
        }
        for site in &self.left_over {
            let _ = writeln!(
                out,
                "note: {site} was built here before and is no site any more: delete its folder \
                 when nobody looks for it there"
            );
        }
        if timings {
            timings::print(&self.phases, &mut out);
        }
    }

    fn print_sites(&self, out: &mut impl std::io::Write) {
        for site in &self.sites {
            let SiteReport { id, pages, written, unchanged, .. } = site;
            let _ = writeln!(
                out,
                "{id:<24} {pages:>6} pages {written:>6} files written {unchanged:>6} unchanged"
            );
        }
        self.note_missing_addresses(out);
        let pages: usize = self.sites.iter().map(|site| site.pages).sum();
        let seconds: f64 = self.phases.iter().map(|phase| phase.wall_ms).sum::<f64>() / 1000.0;
        let sites = match self.sites.len() {
            1 => "1 site".to_owned(),
            sites => format!("{sites} sites"),
        };
        let _ = writeln!(out, "\n{sites}, {pages} pages in {seconds:.2} s");
    }

    /// One note, however many sites are built: to have no address is a choice, not a mistake.
    fn note_missing_addresses(&self, out: &mut impl std::io::Write) {
        let who = match &self.without_address[..] {
            [] => return,
            [one] => format!("{one} has"),
            several => format!("{} sites have", several.len()),
        };
        let _ = writeln!(
            out,
            "note: {who} no address, so no sitemap.xml and no Atom feeds: give --base-url, or \
             `base_urls` in content/site.yaml"
        );
    }

    fn to_json(&self) -> String {
        let phases_ms: serde_json::Map<String, serde_json::Value> =
            self.phases.iter().map(|phase| (phase.name.to_owned(), phase.wall_ms.into())).collect();
        let report = serde_json::json!({
            "today": self.today,
            "unchanged": self.unchanged,
            "sites": self.sites,
            "left_over": self.left_over,
            "phases_ms": phases_ms,
            "phases": self.phases,
            "peak_memory_bytes": self.peak_memory_bytes,
            "warnings": self.warnings,
            "without_address": self.without_address,
        });
        report.to_string()
    }
}
