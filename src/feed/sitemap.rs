//! `sitemap.xml` (the protocol of sitemaps.org, 0.9) and `robots.txt` (RFC 9309).
//!
//! The sitemap lists each page that is its own canonical page: what a borough merely inherits is
//! in the hub's. When a page last changed is the day of its review or of its news, as its author
//! wrote it; pages put together from many say nothing of it. The clock says nothing either.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::xml;
use crate::content::kinds::Payload;
use crate::page::maker::Maker;
use crate::site::canonical::is_listed;
use crate::site::feeds::part_url;
use crate::site::place::Home;
use crate::site::routes::Page;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Everything may be read; the sitemap is named where there is one.
pub fn robots(maker: &Maker<'_>) -> Vec<u8> {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = &maker.place.base_url {
        let _ = writeln!(text, "\nSitemap: {}", base.join("sitemap.xml"));
    }
    text.into_bytes()
}

/// The list of a sitemap's parts.
pub fn index(maker: &Maker<'_>, parts: usize) -> Vec<u8> {
    let mut text = format!("{}<sitemapindex xmlns=\"{NAMESPACE}\">\n", xml::DECLARATION);
    for url in (1..=parts).map(part_url) {
        let whole = maker.place.base_url.as_ref().map(|base| base.join(&url));
        let whole = whole.unwrap_or_default();
        let _ = writeln!(text, "<sitemap><loc>{}</loc></sitemap>", xml::text(&whole));
    }
    text.push_str("</sitemapindex>\n");
    text.into_bytes()
}

/// One part, from 1, where each has so many addresses and the last one the rest.
pub fn part(maker: &Maker<'_>, part: usize, length: usize) -> Vec<u8> {
    let table = maker.routes.table();
    let own = table.into_iter().filter(|(_, page)| is_listed(maker.place, page));
    let base = maker.place.base_url.as_ref();
    let mut text = format!("{}<urlset xmlns=\"{NAMESPACE}\">\n", xml::DECLARATION);
    for (url, page) in own.skip((part - 1).saturating_mul(length)).take(length) {
        let address = base.map(|base| base.join(url.as_str())).unwrap_or_default();
        let _ = write!(text, "<url><loc>{}</loc>", xml::text(&address));
        if let Some(day) = last_changed(maker, page) {
            let _ = write!(text, "<lastmod>{day}</lastmod>");
        }
        text.push_str("</url>\n");
    }
    text.push_str("</urlset>\n");
    text.into_bytes()
}

fn last_changed(maker: &Maker<'_>, page: &Page) -> Option<Date> {
    let (Page::Entry(scope, id) | Page::EasyRead(scope, id) | Page::Translation(scope, id, _)) =
        page
    else {
        return None;
    };
    day(maker.place.scopes.get(*scope)?.homes.get(id)?, maker.place.model.day.today)
}

/// The day on which an entry last said something new: its review, or the day of its news if that
/// is later. A day to come is none.
fn day(home: &Home, today: Date) -> Option<Date> {
    let told = match home.entry.payload() {
        Payload::News(news) => Some(news.date),
        Payload::Feedback(feedback) => Some(feedback.date),
        _ => None,
    };
    let days = [told, home.entry.common().reviewed].into_iter().flatten();
    days.filter(|day| *day <= today).max()
}
