//! What a site publishes for programs and spreadsheets, beside its pages.
//!
//! Bytes out, from the same words that pages show: nothing is said here that no page says.

pub mod atom;
pub mod calendar;
pub mod coverage;
pub mod expectations;
pub mod hosting;
mod ics;
mod identity;
pub mod json_ld;
mod london;
pub mod open_referral;
pub mod sitemap;
pub mod tables;
mod xml;

use crate::page::maker::Maker;
use crate::path::Slug;
use crate::site::feeds::Feed;
use crate::site::place::SiteId;

/// The bytes of a feed.
pub fn bytes(maker: &Maker<'_>, feed: &Feed) -> Vec<u8> {
    match feed {
        Feed::ExpectationsCsv => expectations::csv(maker),
        Feed::ExpectationsJson => expectations::json(maker),
        Feed::CoverageCsv => coverage::csv(&maker.place.model, &of_site(maker)),
        Feed::CoverageJson => coverage::json(&maker.place.model, &of_site(maker)),
        Feed::Calendar => calendar::site(maker),
        Feed::Dates(scope, id) => calendar::entry(maker, *scope, id),
        Feed::NewsAtom | Feed::TrainingAtom | Feed::ChangesAtom => atom::feed(maker, feed),
        Feed::PlacesCsv => tables::places(maker),
        Feed::TrainingCsv => tables::training(maker),
        Feed::OpenReferral => open_referral::json(maker),
        Feed::Headers => hosting::headers(maker),
        Feed::Redirects => hosting::redirects(maker),
        Feed::Robots => sitemap::robots(maker),
        Feed::Sitemap(0 | 1) => sitemap::part(maker, 1, usize::MAX),
        Feed::Sitemap(parts) => sitemap::index(maker, *parts),
        Feed::SitemapPart(part, length) => sitemap::part(maker, *part, *length),
    }
}

/// The borough of a site; none, which means all, in the hub.
fn of_site(maker: &Maker<'_>) -> Vec<Slug> {
    match &maker.place.id {
        SiteId::Hub => Vec::new(),
        SiteId::Borough(slug) => vec![slug.clone()],
    }
}
