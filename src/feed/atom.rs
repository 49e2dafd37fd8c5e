//! Atom feeds (RFC 4287): news, training, and what changed.
//!
//! The days are those that authors wrote: of news its date, of all else the review. What is dated
//! after today is not told yet, as on the home page. Entries keep their id for ever, on every site
//! that shows them (section 4.2.6), and no clock is asked.

use std::cmp::Reverse;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::{identity, xml};
use crate::content::kinds::Kind;
use crate::page::home::site_name;
use crate::page::maker::Maker;
use crate::path::UrlPath;
use crate::site::catalogue::Line;
use crate::site::feeds::Feed;

/// How many entries a feed has at most, the newest of them.
const ENTRIES: usize = 50;

/// A feed; nothing where the site has no address.
pub fn feed(maker: &Maker<'_>, feed: &Feed) -> Vec<u8> {
    let catalogue = &maker.place.catalogue;
    match feed {
        Feed::NewsAtom => {
            let lines = catalogue.of_kind(Kind::News);
            write(maker, feed, ("kinds.news.title", "news/"), lines.iter())
        }
        Feed::TrainingAtom => {
            let lines = catalogue.of_kind(Kind::Training);
            write(maker, feed, ("kinds.training.title", "training/"), lines.iter())
        }
        _ => write(maker, feed, ("recent.title", ""), catalogue.all()),
    }
}

fn write<'a>(
    maker: &Maker<'a>,
    feed: &Feed,
    (title, page): (&str, &str),
    lines: impl Iterator<Item = &'a Line>,
) -> Vec<u8> {
    let (Some(base), Some(url)) = (&maker.place.base_url, feed.url()) else { return Vec::new() };
    let lines = newest(maker, lines);
    let site = site_name(maker);
    let author = maker.place.borough().map_or(&site, |borough| &borough.official_name);
    let updated = lines.first().map(|(day, _)| moment(*day)).unwrap_or_default();
    let mut text = format!(
        "{}<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\">\n\
         <id>urn:uuid:{}</id>\n<title>{}: {}</title>\n<updated>{updated}</updated>\n\
         <author><name>{}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        xml::DECLARATION,
        identity::uuid(&format!("{}/{url}", maker.place.id)),
        xml::text(&site),
        xml::text(maker.word(title)),
        xml::text(author),
        xml::text(&base.join(url)),
        xml::text(&base.join(page)),
    );
    for (day, line) in lines {
        add_entry(maker, day, line, &mut text);
    }
    text.push_str("</feed>\n");
    text.into_bytes()
}

/// The newest entries, each with its day; of one day in the order of their addresses.
fn newest<'a>(maker: &Maker<'_>, lines: impl Iterator<Item = &'a Line>) -> Vec<(Date, &'a Line)> {
    type Key<'a> = (Reverse<Date>, &'a UrlPath);
    fn key<'a>((day, line): &(Date, &'a Line)) -> Key<'a> {
        (Reverse(*day), &line.home.url)
    }
    let today = maker.place.model.day.today;
    let dated = lines.filter_map(|line| Some((line.day()?, line)));
    let mut dated: Vec<_> = dated.filter(|(day, _)| *day <= today).collect();
    // A hub may list a hundred thousand: only the first few need be in order.
    if dated.len() > ENTRIES {
        dated.select_nth_unstable_by(ENTRIES, |a, b| key(a).cmp(&key(b)));
        dated.truncate(ENTRIES);
    }
    dated.sort_by(|a, b| key(a).cmp(&key(b)));
    dated
}

fn add_entry(maker: &Maker<'_>, day: Date, line: &Line, text: &mut String) {
    let Some(base) = &maker.place.base_url else { return };
    let card = maker.card(line);
    let day = moment(day);
    let _ = writeln!(
        text,
        "<entry>\n<id>urn:uuid:{}</id>\n<title>{}</title>\n<updated>{day}</updated>",
        identity::uuid(&identity::of_entry(&line.home.entry)),
        xml::text(&card.title),
    );
    if line.home.entry.id.kind == Kind::News {
        let _ = writeln!(text, "<published>{day}</published>");
    }
    if !card.from.name.is_empty() {
        let _ = writeln!(text, "<author><name>{}</name></author>", xml::text(&card.from.name));
    }
    let _ = writeln!(
        text,
        "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
         <category term=\"{}\" label=\"{}\"/>\n<summary>{}</summary>\n</entry>",
        xml::text(&base.join(line.home.url.as_str())),
        card.kind,
        xml::text(maker.word(&format!("kind.{}", card.kind))),
        xml::text(&card.summary),
    );
}

/// A day as the moment that RFC 3339 asks for.
fn moment(day: Date) -> String {
    format!("{day}T00:00:00Z")
}
