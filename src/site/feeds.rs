//! What a site publishes beside its pages: which files, and where each of them lies.
//!
//! A file of which there would be nothing to say is not there, and no page announces it. What can
//! only be written with whole addresses (the sitemap, Atom) needs the site's own.

use super::catalogue::Line;
use super::place::{Home, Place};
use super::recurrence::Recurrence;
use crate::content::config::BaseUrl;
use crate::content::kinds::{EntryId, Kind, Payload};
use crate::path::UrlPath;

/// How many addresses a sitemap may have, and how many bytes: the limits of the sitemaps.org
/// protocol.
const SITEMAP_URLS: usize = 50_000;
const SITEMAP_BYTES: usize = 50_000_000;

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
    /// One part of several, from 1: which, and how many addresses each has but the last.
    SitemapPart(usize, usize),
    /// Everything that has a date, for calendars.
    Calendar,
    /// The dates of one entry, for calendars: the scope it is in, and which.
    Dates(usize, EntryId),
    /// News, for feed readers.
    NewsAtom,
    /// Training, for feed readers.
    TrainingAtom,
    /// What changed lately, for feed readers.
    ChangesAtom,
    /// Places, for spreadsheets.
    PlacesCsv,
    /// Training, for spreadsheets.
    TrainingCsv,
    /// Services and places in the words of Open Referral UK.
    OpenReferral,
    /// What a host says with each file.
    Headers,
    /// Where old addresses lead, for a host.
    Redirects,
}

/// The kinds of entry that may have dates.
pub const DATED: [Kind; 3] = [Kind::Training, Kind::Network, Kind::Event];

impl Feed {
    /// Its address in every site that has it, if that is always the same.
    pub fn url(&self) -> Option<&'static str> {
        Some(match self {
            Self::ExpectationsCsv => "expectations/expectations.csv",
            Self::ExpectationsJson => "expectations/expectations.json",
            Self::CoverageCsv => "coverage/coverage.csv",
            Self::CoverageJson => "coverage/coverage.json",
            Self::Robots => "robots.txt",
            Self::Sitemap(_) => "sitemap.xml",
            Self::Calendar => "calendar.ics",
            Self::NewsAtom => "news/news.atom",
            Self::TrainingAtom => "training/training.atom",
            Self::ChangesAtom => "changes.atom",
            Self::PlacesCsv => "places/places.csv",
            Self::TrainingCsv => "training/training.csv",
            Self::OpenReferral => "services/open-referral-uk.json",
            Self::Headers => "_headers",
            Self::Redirects => "_redirects",
            Self::SitemapPart(..) | Self::Dates(..) => return None,
        })
    }

    /// Its media type.
    pub fn media_type(&self) -> &'static str {
        match self {
            Self::ExpectationsCsv | Self::CoverageCsv | Self::PlacesCsv | Self::TrainingCsv => {
                "text/csv"
            }
            Self::NewsAtom | Self::TrainingAtom | Self::ChangesAtom => "application/atom+xml",
            Self::ExpectationsJson | Self::CoverageJson | Self::OpenReferral => "application/json",
            Self::Robots | Self::Headers | Self::Redirects => "text/plain",
            Self::Sitemap(_) | Self::SitemapPart(..) => "application/xml",
            Self::Calendar | Self::Dates(..) => "text/calendar",
        }
    }
}

/// What a sitemap would list.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    /// How many addresses.
    pub count: usize,
    /// How long the longest of them is from the site's root, in bytes.
    pub longest: usize,
}

impl Listed {
    /// These addresses.
    pub fn of<'a>(urls: impl Iterator<Item = &'a UrlPath>) -> Self {
        urls.fold(Self { count: 0, longest: 0 }, |sum, url| Self {
            count: sum.count + 1,
            longest: sum.longest.max(url.as_str().len()),
        })
    }

    /// How many addresses each part has but the last: as many as the limits allow, whichever they
    /// are and with whichever days.
    fn per_part(&self, base: &BaseUrl) -> usize {
        let (base, ampersands) = (base.join(""), base.join("").matches('&').count());
        // The tags, a day, and an `&amp;` for each `&`.
        let longest = 100 + base.len() + 4 * ampersands + self.longest;
        SITEMAP_URLS.min(SITEMAP_BYTES / longest).max(1)
    }
}

/// The files of a whole site, with their addresses.
pub fn of_site(place: &Place, listed: Listed) -> Vec<(String, Feed)> {
    let mut feeds = vec![
        Feed::ExpectationsCsv,
        Feed::ExpectationsJson,
        Feed::CoverageCsv,
        Feed::CoverageJson,
        Feed::Robots,
    ];
    if let Some(base) = &place.base_url {
        let length = listed.per_part(base);
        let parts = listed.count.div_ceil(length);
        feeds.push(Feed::Sitemap(parts));
        feeds.extend((1..=parts).filter(|_| parts > 1).map(|n| Feed::SitemapPart(n, length)));
    }
    let mut dated = DATED.iter().flat_map(|kind| place.catalogue.of_kind(*kind).iter());
    if dated.any(|line| is_dated(&line.home)) {
        feeds.push(Feed::Calendar);
    }
    let has = |kind: Kind| !place.catalogue.of_kind(kind).is_empty();
    feeds.extend(has(Kind::Place).then_some(Feed::PlacesCsv));
    feeds.extend(has(Kind::Training).then_some(Feed::TrainingCsv));
    let listed = has(Kind::Service) || has(Kind::Place);
    feeds.extend(listed.then_some(Feed::OpenReferral));
    feeds.push(Feed::Headers);
    let moved = place.pages().any(|(_, home)| !home.entry.common().aliases.is_empty());
    feeds.extend(moved.then_some(Feed::Redirects));
    if place.base_url.is_some() {
        let today = place.model.day.today;
        let told = |line: &Line| line.day().is_some_and(|day| day <= today);
        let tells = |kind: Kind| place.catalogue.of_kind(kind).iter().any(told);
        feeds.extend(tells(Kind::News).then_some(Feed::NewsAtom));
        feeds.extend(tells(Kind::Training).then_some(Feed::TrainingAtom));
        feeds.extend(place.catalogue.all().any(told).then_some(Feed::ChangesAtom));
    }
    let address = |feed: Feed| {
        let url = match feed {
            Feed::SitemapPart(part, _) => Some(part_url(part)),
            _ => feed.url().map(str::to_owned),
        };
        url.map(|url| (url, feed))
    };
    feeds.into_iter().filter_map(address).collect()
}

/// The address of a part of a sitemap.
pub fn part_url(part: usize) -> String {
    format!("sitemap-{part}.xml")
}

/// Whether a calendar can be told when an entry is held.
pub fn is_dated(home: &Home) -> bool {
    match home.entry.payload() {
        Payload::Training(training) => !training.sessions.is_empty(),
        Payload::Meeting(meeting) => {
            let rule = || meeting.meets.as_ref().and_then(Recurrence::of);
            meeting.start.is_some() || rule().is_some()
        }
        _ => false,
    }
}

/// The address of the dates of an entry: beside its page, under a name that says what it is once
/// it lies among somebody's downloads.
pub fn dates_url(home: &Home) -> UrlPath {
    home.url.join(&format!("{}.ics", home.entry.id.slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_full_unless_its_addresses_are_so_long_that_the_bytes_come_first() {
        let per_part = |path: usize| {
            let base = BaseUrl::parse(&format!("https://a.org/{}", "&".repeat(path))).unwrap();
            Listed { count: 1, longest: 240 }.per_part(&base)
        };
        assert_eq!(per_part(20), 50_000);
        // Each address is written in 5 × 400 bytes and those of its own.
        assert!((20_000..22_000).contains(&per_part(400)), "{}", per_part(400));
    }
}
