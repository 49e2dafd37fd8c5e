//! Everything that is expected of schools: as a table for spreadsheets, and as JSON, which the
//! self-evaluation reads too.

use serde::Serialize;

use crate::content::tables::to_csv;
use crate::page::expectations::{self, Filter};
use crate::page::maker::Maker;
use crate::page::matrix;
use crate::page::parts::{ExpectationView, IndicatorsView, TierView};
use crate::path::Slug;
use crate::site::expected::{self, Subject};
use crate::site::place::Home;

/// The columns of the table.
const COLUMNS: [&str; 13] = [
    "subject", "page", "id", "word", "tier", "ages", "who", "text", "detail", "law", "from",
    "reviewed", "address",
];

/// All expectations.
#[derive(Serialize)]
struct All<'a> {
    /// The site's name.
    site: &'a str,
    /// The newest day on which any of it was reviewed: what tells one edition from another.
    edition: String,
    subjects: Vec<OfSubject>,
}

/// The expectations of one need, or of one page of what every pupil gets.
#[derive(Serialize)]
struct OfSubject {
    /// The need's id, or the page's.
    id: String,
    title: String,
    /// The group that it belongs to.
    area: String,
    items: Vec<Item>,
}

/// One expectation.
#[derive(Serialize)]
struct Item {
    /// Its name for ever: its page and its id there.
    key: String,
    /// From the site's root.
    address: String,
    word: &'static str,
    tier: String,
    tier_title: String,
    text: String,
    detail: Option<String>,
    ages: Vec<String>,
    who: Vec<String>,
    indicators: Option<IndicatorsView>,
}

/// Goes over all expectations, subject by subject, page by page, tier by tier.
fn all<'a>(
    maker: &Maker<'a>,
    mut each: impl FnMut(&Subject, &'a Home, &TierView, &ExpectationView),
) {
    for subject in expected::subjects(maker.place) {
        for (home, provision) in expected::provision(maker.scope, &subject) {
            let one = std::iter::once((home, provision));
            for tier in expectations::tiers(maker, one, &Filter::default(), false) {
                for expectation in &tier.expectations {
                    each(&subject, home, &tier, expectation);
                }
            }
        }
    }
}

/// The address of an expectation from the site's root.
fn address(home: &Home, expectation: &ExpectationView) -> String {
    format!("{}#{}", home.url.as_str(), expectation.anchor)
}

/// One row for each expectation of each subject, with a row of headings.
pub fn csv(maker: &Maker<'_>) -> Vec<u8> {
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    all(maker, |subject, home, tier, item| {
        let common = home.entry.common();
        let law = item.law.as_ref().map(|law| match &law.provision {
            Some(provision) => format!("{}, {provision}", law.title),
            None => law.title.clone(),
        });
        let from = match (&item.from, maker.from(&home.entry)) {
            (Some(from), _) => from.name.clone(),
            (None, from) if from.style == "own" => from.name,
            _ => maker.word("from.london").to_owned(),
        };
        let base = maker.place.base_url.as_ref();
        let address = address(home, item);
        rows.push(vec![
            matrix::title(maker, subject),
            maker.text(&common.title),
            item.anchor.clone(),
            item.modal.to_owned(),
            tier.title.clone(),
            item.phases.join("; "),
            item.responsible.join("; "),
            item.text.clone(),
            item.detail.clone().unwrap_or_default(),
            law.unwrap_or_default(),
            from,
            common.reviewed.map(|date| date.to_string()).unwrap_or_default(),
            base.map_or_else(|| address.clone(), |base| base.join(&address)),
        ]);
    });
    to_csv(&rows)
}

/// The same, need by need; what every pupil gets page by page, because there is so much of it.
pub fn json(maker: &Maker<'_>) -> Vec<u8> {
    let vocabulary = &maker.place.model.project.vocabulary;
    let area_of = |need: &Slug| {
        let need = vocabulary.needs.iter().find(|known| known.id.slug() == need)?;
        let area = vocabulary.areas.iter().find(|area| area.id == *need.area.slug())?;
        Some(area.title.clone())
    };
    let mut subjects: Vec<OfSubject> = Vec::new();
    let mut edition = None;
    all(maker, |subject, home, tier, item| {
        let (id, title, area) = match subject {
            Subject::Need(need) => {
                (need.as_str(), matrix::title(maker, subject), area_of(need).unwrap_or_default())
            }
            Subject::WholeSchool => {
                let title = maker.text(&home.entry.common().title);
                (home.entry.id.slug.as_str(), title, matrix::title(maker, subject))
            }
        };
        if subjects.last().is_none_or(|last| last.id != id || last.area != area) {
            subjects.push(OfSubject { id: id.to_owned(), title, area, items: Vec::new() });
        }
        edition = edition.max(home.entry.common().reviewed);
        if let Some(last) = subjects.last_mut() {
            last.items.push(Item {
                key: format!("{}#{}", home.entry.id.path(), item.anchor),
                address: address(home, item),
                word: item.modal,
                tier: tier.id.clone(),
                tier_title: tier.title.clone(),
                text: item.text.clone(),
                detail: item.detail.clone(),
                ages: item.phases.clone(),
                who: item.responsible.clone(),
                indicators: item.indicators.clone(),
            });
        }
    });
    let site = crate::page::home::site_name(maker);
    let edition = edition.map(|date| date.to_string()).unwrap_or_default();
    serde_json::to_vec(&All { site: &site, edition, subjects }).unwrap_or_default()
}
