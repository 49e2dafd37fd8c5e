//! Lists: of a kind, for an age, for an audience; page by page.

use serde::Serialize;

use super::diary::{self, DateView};
use super::maker::{GETTING_HELP, Maker, SEN_TEAM, SENDIASS};
use super::parts::{ChartView, ChoiceView, GroupView, LinkView};
use super::places;
use super::places::map::{self, MapView, Points};
use crate::content::kinds::Kind;
use crate::path::{UrlPath, slugify};
use crate::site::catalogue::{Line, Listed};
use crate::site::routes::PER_PAGE;

/// How many dates stand above a list.
const DATES: usize = 20;

/// A list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListView {
    /// A kind's folder, where the list is of one kind: the theme has its title and lead.
    pub kind: &'static str,
    /// Its title, where it is not of one kind.
    pub title: String,
    /// A sentence on it.
    pub lead: String,
    /// Other lists to choose from.
    pub filters: Vec<FilterView>,
    /// The entries of this page.
    pub groups: Vec<GroupView>,
    /// How many entries there are on all pages.
    pub total: usize,
    /// The number of this page.
    pub page: usize,
    /// All pages; empty where there is one.
    pub pages: Vec<ChoiceView>,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Whether there is nothing to list.
    pub empty: bool,
    /// Whom to ask then, and where to begin.
    pub ask: Vec<LinkView>,
    /// What is held next, above its first page.
    pub dates: Vec<DateView>,
    /// Where its entries are, above its first page.
    pub map: Option<MapView>,
    /// Figures on all of it, below its first page.
    pub chart: Option<ChartView>,
}

/// Lists to choose from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FilterView {
    /// The key of its name.
    pub key: &'static str,
    /// The choices.
    pub choices: Vec<ChoiceView>,
}

/// What a list is of.
pub struct Listing<'a> {
    /// A kind's folder, or empty.
    pub kind: &'static str,
    /// Its title, or empty.
    pub title: String,
    /// A sentence on it, or empty.
    pub lead: String,
    /// Its address.
    pub url: UrlPath,
    /// Its entries.
    pub entries: Listed<'a>,
    /// Other lists to choose from.
    pub filters: Vec<FilterView>,
}

/// One page of a list.
pub fn view<'a>(maker: &Maker<'a>, listing: Listing<'a>, page: usize) -> ListView {
    let total = listing.entries.len();
    let count = total.div_ceil(PER_PAGE).max(1);
    let address = |number: usize| match number {
        1 => listing.url.clone(),
        number => listing.url.join(&format!("page/{number}/")),
    };
    let choice = |number: usize| ChoiceView {
        title: number.to_string(),
        href: maker.href(&address(number)),
        current: number == page,
        count: None,
    };
    let shown: Vec<&Line> =
        listing.entries.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).collect();
    let is_of_places = listing.kind == Kind::Place.folder();
    let points = if is_of_places { Points::of(&listing.entries) } else { Points::default() };
    let mut groups = match listing.kind {
        "" => groups_by_kind(maker, Kind::listed(), |kind| {
            let of_kind = shown.iter().filter(|line| line.home.entry.id.kind == kind);
            (of_kind.copied().collect(), 0)
        }),
        _ => by_owner(maker, &shown),
    };
    let cards = groups.iter_mut().flat_map(|group| &mut group.cards);
    for (card, pin) in cards.zip(points.numbers().into_iter().skip((page - 1) * PER_PAGE)) {
        card.pin = pin;
    }
    ListView {
        kind: listing.kind,
        title: listing.title,
        lead: listing.lead,
        filters: listing.filters,
        groups,
        total,
        page,
        pages: if count > 1 { (1..=count).map(choice).collect() } else { Vec::new() },
        previous: (page > 1).then(|| maker.href(&address(page - 1))),
        next: (page < count).then(|| maker.href(&address(page + 1))),
        empty: total == 0,
        ask: match total {
            0 => maker.known_links(&[GETTING_HELP, SENDIASS, SEN_TEAM]),
            _ => Vec::new(),
        },
        dates: match Kind::parse(listing.kind).filter(|_| page == 1) {
            Some(kind) => diary::next(maker, &[kind], DATES),
            None => Vec::new(),
        },
        map: match page == 1 && is_of_places {
            true => map::view(maker, &listing.entries, &points),
            false => None,
        },
        chart: match page == 1 && is_of_places {
            true => places::by_need(maker, &listing.entries),
            false => None,
        },
    }
}

/// Entries of one kind, grouped by whose they are.
fn by_owner(maker: &Maker<'_>, lines: &[&Line]) -> Vec<GroupView> {
    lines
        .chunk_by(|a, b| a.owner == b.owner)
        .map(|lines| {
            let name = maker.place.model.layer_name(&lines[0].owner).unwrap_or_default();
            let id = slugify(if name.is_empty() { "london" } else { name });
            group(id, name.to_owned(), "", lines.iter().map(|line| maker.card(line)).collect())
        })
        .collect()
}

/// Groups of entries, one for each kind that has any. `lines` gives those to show and how many
/// more there are; where there are more, the group links to the kind's list.
pub fn groups_by_kind<'a>(
    maker: &Maker<'a>,
    kinds: impl Iterator<Item = Kind>,
    lines: impl Fn(Kind) -> (Vec<&'a Line>, usize),
) -> Vec<GroupView> {
    let group_of = |kind: Kind| {
        let (lines, more) = lines(kind);
        if lines.is_empty() {
            return None;
        }
        let folder = kind.folder();
        let all = (more > 0).then(|| LinkView {
            title: String::new(),
            href: maker.href(&UrlPath::new(&format!("{folder}/"))),
        });
        let total = lines.len() + more;
        let cards = lines.into_iter().map(|line| maker.card(line)).collect();
        let view = group(folder.to_owned(), String::new(), folder, cards);
        Some(GroupView { total, all, ..view })
    };
    kinds.filter_map(group_of).collect()
}

fn group(
    id: String,
    title: String,
    kind: &'static str,
    cards: Vec<super::parts::CardView>,
) -> GroupView {
    GroupView { id, title, kind, all: None, total: cards.len(), cards }
}
