//! Statutory headings: what a borough publishes under each, and in the hub all boroughs together.

use serde::Serialize;

use super::maker::Maker;
use super::matrix::Downloads;
use super::parts::FromView;
use crate::content::layer::Layer;
use crate::path::UrlPath;
use crate::site::coverage::{self, Status};
use crate::site::model::Entry;
use crate::site::place::SiteId;

/// How many pages are shown under a heading; all are in the files.
const SHOWN: usize = 5;

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoverageView {
    /// How many headings stand so, for each status; in the hub empty.
    pub counts: Vec<StatusCount>,
    /// The headings of a borough; in the hub empty.
    pub headings: Vec<HeadingView>,
    /// All boroughs, in the hub.
    pub boroughs: Vec<BoroughRow>,
    /// All headings over all boroughs, in the hub.
    pub totals: Vec<TotalRow>,
    /// The statuses, in the order of the columns.
    pub statuses: Vec<&'static str>,
    /// The same as files.
    pub downloads: Downloads,
}

/// How many headings stand so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatusCount {
    /// The status.
    pub key: &'static str,
    /// How many.
    pub n: usize,
}

/// One heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeadingView {
    /// Its id, which is its anchor too.
    pub id: String,
    /// Its words.
    pub title: String,
    /// Where the law asks for it.
    pub citation: Option<String>,
    /// How it stands.
    pub status: &'static str,
    /// What is published under it: the borough's own first.
    pub pages: Vec<CoverageLink>,
    /// How many more pages there are.
    pub more: usize,
}

/// A page under a heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoverageLink {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Whose it is.
    pub from: FromView,
    /// When somebody last checked it.
    pub reviewed: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Whether its review is overdue.
    pub overdue: bool,
}

/// How one borough stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoroughRow {
    /// Its name.
    pub name: String,
    /// Its own page about this, where it has an address, else its section of the hub.
    pub href: String,
    /// How many headings stand so, in the order of the statuses.
    pub counts: Vec<usize>,
}

/// How all boroughs stand with one heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TotalRow {
    /// The heading.
    pub title: String,
    /// Where the law asks for it.
    pub citation: Option<String>,
    /// How many boroughs stand so, in the order of the statuses.
    pub counts: Vec<usize>,
}

/// The page of a borough's site, or of the hub.
pub fn view(maker: &Maker<'_>) -> CoverageView {
    let downloads = Downloads {
        csv: maker.href(&UrlPath::new("coverage/coverage.csv")),
        json: maker.href(&UrlPath::new("coverage/coverage.json")),
    };
    let statuses = Status::ALL.iter().map(|status| status.key()).collect();
    let mut view = CoverageView {
        counts: Vec::new(),
        headings: Vec::new(),
        boroughs: Vec::new(),
        totals: Vec::new(),
        statuses,
        downloads,
    };
    match &maker.place.id {
        SiteId::Hub => all_boroughs(maker, &mut view),
        SiteId::Borough(slug) => {
            let lines = coverage::coverage(&maker.place.model, &Layer::Borough(slug.clone()));
            let counts = Status::ALL.iter().zip(coverage::counts(&lines));
            view.counts = counts.map(|(status, n)| StatusCount { key: status.key(), n }).collect();
            view.headings = lines
                .iter()
                .map(|line| HeadingView {
                    id: line.heading.item.id.to_string(),
                    title: line.heading.item.title.clone(),
                    citation: line.heading.citation.clone(),
                    status: line.status.key(),
                    pages: (line.pages.iter().take(SHOWN))
                        .filter_map(|entry| link(maker, entry))
                        .collect(),
                    more: line.pages.len().saturating_sub(SHOWN),
                })
                .collect();
        }
    }
    view
}

fn link(maker: &Maker<'_>, entry: &Entry) -> Option<CoverageLink> {
    let home = maker.scope.homes.get(&entry.id)?;
    let common = entry.common();
    Some(CoverageLink {
        title: maker.text(&common.title),
        href: maker.href(&home.url),
        from: maker.from(entry),
        reviewed: common.reviewed.map(|date| date.to_string()),
        owner: common.owner.clone(),
        overdue: !coverage::is_in_date(entry, maker.place.model.day.today),
    })
}

fn all_boroughs(maker: &Maker<'_>, view: &mut CoverageView) {
    let model = &maker.place.model;
    let headings = &model.project.vocabulary.local_offer;
    let mut totals = vec![[0; 4]; headings.len()];
    for (slug, borough) in model.project.boroughs.iter() {
        let lines = coverage::coverage(model, &Layer::Borough(slug.clone()));
        for (total, line) in totals.iter_mut().zip(&lines) {
            for (count, status) in total.iter_mut().zip(Status::ALL) {
                *count += usize::from(line.status == status);
            }
        }
        let own_site = model.project.config.base_urls.get(slug.as_str());
        let section = || maker.href(&UrlPath::new(&format!("boroughs/{slug}/")));
        view.boroughs.push(BoroughRow {
            name: borough.file.name.clone(),
            href: own_site.map_or_else(section, |url| url.join("coverage/")),
            counts: coverage::counts(&lines).to_vec(),
        });
    }
    let rows = headings.iter().zip(totals).map(|(heading, counts)| TotalRow {
        title: heading.item.title.clone(),
        citation: heading.citation.clone(),
        counts: counts.to_vec(),
    });
    view.totals = rows.collect();
}
