//! What of a page is there in another format too: announced to programs in its head, and to people
//! where they would want it.

use serde::Serialize;

use super::maker::Maker;
use crate::content::kinds::Kind;
use crate::path::UrlPath;
use crate::site::feeds::{self, Feed};
use crate::site::routes::Page;

/// A page, or what it lists, in another format.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FormatView {
    /// The key of its name.
    pub key: &'static str,
    /// Its address.
    pub href: String,
    /// Its media type.
    pub media_type: &'static str,
}

/// What the page about the site names: all that is not named on one page alone.
const ALL: [Feed; 7] = [
    Feed::Calendar,
    Feed::ChangesAtom,
    Feed::NewsAtom,
    Feed::TrainingAtom,
    Feed::PlacesCsv,
    Feed::TrainingCsv,
    Feed::OpenReferral,
];

/// What there is of a page.
pub fn formats(maker: &Maker<'_>, page: &Page) -> Vec<FormatView> {
    match page {
        Page::Home => of_site(maker, &[Feed::ChangesAtom, Feed::NewsAtom, Feed::Calendar]),
        Page::About => of_site(maker, &ALL),
        Page::List(Kind::News, _) => of_site(maker, &[Feed::NewsAtom, Feed::ChangesAtom]),
        Page::List(Kind::Training, _) => {
            of_site(maker, &[Feed::Calendar, Feed::TrainingAtom, Feed::TrainingCsv])
        }
        Page::List(Kind::Network | Kind::Event, _) => of_site(maker, &[Feed::Calendar]),
        Page::List(Kind::Place, _) => of_site(maker, &[Feed::PlacesCsv, Feed::OpenReferral]),
        Page::List(Kind::Service, _) => of_site(maker, &[Feed::OpenReferral]),
        Page::Entry(_, id) | Page::EasyRead(_, id) | Page::Translation(_, id, _) => {
            let home = maker.scope.homes.get(id);
            let dated = home.filter(|home| home.here && feeds::is_dated(home));
            let dates = dated.map(|home| FormatView {
                key: "dates",
                href: maker.href(&feeds::dates_url(home)),
                media_type: Feed::Calendar.media_type(),
            });
            dates.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Those of some files that the site has.
fn of_site(maker: &Maker<'_>, wanted: &[Feed]) -> Vec<FormatView> {
    let view = |feed: &Feed| {
        let url = UrlPath::new(feed.url()?);
        maker.routes.get(&url)?;
        Some(FormatView { key: key(feed), href: maker.href(&url), media_type: feed.media_type() })
    };
    wanted.iter().filter_map(view).collect()
}

fn key(feed: &Feed) -> &'static str {
    match feed {
        Feed::Calendar => "calendar",
        Feed::ChangesAtom => "changes",
        Feed::NewsAtom => "news",
        Feed::TrainingAtom => "training",
        Feed::PlacesCsv => "places_csv",
        Feed::TrainingCsv => "training_csv",
        Feed::OpenReferral => "open_referral",
        _ => "",
    }
}
