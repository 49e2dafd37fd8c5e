//! Which statutory headings each borough publishes, as text, as a table and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use crate::content::layer::Layer;
use crate::content::tables::to_csv;
use crate::path::Slug;
use crate::site::coverage::{Coverage, Status, counts, coverage};
use crate::site::model::{Entry, Model};

/// The columns of the table.
const COLUMNS: [&str; 9] =
    ["borough", "heading", "title", "citation", "status", "page", "from", "reviewed", "owner"];

/// One heading.
#[derive(Serialize)]
struct Heading<'a> {
    id: &'a str,
    title: &'a str,
    citation: Option<&'a str>,
    status: &'static str,
    pages: Vec<Page<'a>>,
}

/// A page under a heading.
#[derive(Serialize)]
struct Page<'a> {
    page: String,
    title: &'a str,
    from: String,
    reviewed: Option<String>,
    review_by: Option<String>,
    owner: Option<&'a str>,
}

impl<'a> Page<'a> {
    fn new(model: &Model, entry: &'a Entry) -> Self {
        let common = entry.common();
        let from = model.layer_name(entry.provenance.top()).unwrap_or("London-wide").to_owned();
        Self {
            page: entry.id.path(),
            title: &common.title,
            from,
            reviewed: common.reviewed.map(|date| date.to_string()),
            review_by: common.review_by.map(|date| date.to_string()),
            owner: common.owner.as_deref(),
        }
    }
}

/// The boroughs that are wanted, with their names and how they stand; none wanted means all.
fn boroughs<'a>(
    model: &'a Model,
    wanted: &'a [Slug],
) -> impl Iterator<Item = (&'a Slug, &'a str, Vec<Coverage<'a>>)> {
    let all = model.project.boroughs.iter();
    let all = all.filter(move |(slug, _)| wanted.is_empty() || wanted.contains(slug));
    all.map(|(slug, borough)| {
        let lines = coverage(model, &Layer::Borough(slug.clone()));
        (slug, &*borough.file.name, lines)
    })
}

/// For people: a line for each borough and heading, and the counts of each borough.
pub fn text(model: &Model, wanted: &[Slug]) -> String {
    let mut text = String::new();
    for (_, name, lines) in boroughs(model, wanted) {
        let [published, inherited, old, missing] = counts(&lines);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{name}: {published} published, {inherited} inherited only, {old} out of date, \
             {missing} missing"
        );
        for line in lines {
            let _ = writeln!(text, "  {:<14} {}", line.status.words(), line.heading.item.title);
            for entry in line.pages {
                let page = Page::new(model, entry);
                let reviewed = page.reviewed.as_deref().unwrap_or("never");
                let owner = page.owner.unwrap_or("nobody named");
                let _ = writeln!(
                    text,
                    "                 {} ({}; reviewed {reviewed} by {owner})",
                    page.page, page.from
                );
            }
        }
        text.push('\n');
    }
    text
}

/// For spreadsheets: a row for each borough, heading and page; one without a page where there is
/// none.
pub fn csv(model: &Model, wanted: &[Slug]) -> Vec<u8> {
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    for (slug, _, lines) in boroughs(model, wanted) {
        for line in lines {
            let item = &line.heading.item;
            let citation = line.heading.citation.clone().unwrap_or_default();
            let start =
                [slug.as_str(), item.id.as_str(), &item.title, &citation, line.status.key()];
            let mut row = |rest: [String; 4]| {
                rows.push(start.iter().map(|cell| (*cell).to_owned()).chain(rest).collect());
            };
            if line.pages.is_empty() {
                row(Default::default());
            }
            for page in line.pages.iter().map(|entry| Page::new(model, entry)) {
                let owner = page.owner.unwrap_or_default().to_owned();
                row([page.page, page.from, page.reviewed.unwrap_or_default(), owner]);
            }
        }
    }
    to_csv(&rows)
}

/// For programs.
pub fn json(model: &Model, wanted: &[Slug]) -> Vec<u8> {
    let heading = |line: Coverage<'_>| -> serde_json::Value {
        let item = &line.heading.item;
        let heading = Heading {
            id: item.id.as_str(),
            title: &item.title,
            citation: line.heading.citation.as_deref(),
            status: line.status.key(),
            pages: line.pages.iter().map(|entry| Page::new(model, entry)).collect(),
        };
        serde_json::to_value(heading).unwrap_or_default()
    };
    let all: Vec<serde_json::Value> = boroughs(model, wanted)
        .map(|(slug, name, lines)| {
            let headings: Vec<serde_json::Value> = lines.into_iter().map(heading).collect();
            serde_json::json!({"id": slug.as_str(), "name": name, "headings": headings})
        })
        .collect();
    let statuses = Status::ALL.map(Status::key);
    let report = serde_json::json!({
        "today": model.day.today.to_string(),
        "statuses": statuses,
        "boroughs": all,
    });
    report.to_string().into_bytes()
}
