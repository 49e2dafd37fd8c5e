//! Lists: of a kind, for an age, for an audience; page by page.

use serde::Serialize;

use super::maker::Maker;
use super::parts::{ChoiceView, GroupView, LinkView};
use crate::content::kinds::Kind;
use crate::content::layer::Layer;
use crate::path::UrlPath;
use crate::site::place::{Home, Scope, SiteId};
use crate::site::routes::PER_PAGE;

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
    /// Its entries, in their order.
    pub entries: Vec<(&'a Scope, &'a Home)>,
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
    let first = (page - 1) * PER_PAGE;
    let shown: Vec<_> = listing.entries.into_iter().skip(first).take(PER_PAGE).collect();
    let groups = match listing.kind {
        "" => by_kind(maker, &shown),
        _ => by_owner(maker, &shown),
    };
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
    }
}

/// Entries grouped by whose they are: in a borough's site its own first, in the hub the shared
/// ones first and then borough by borough.
fn by_owner<'a>(maker: &Maker<'a>, entries: &[(&'a Scope, &'a Home)]) -> Vec<GroupView> {
    let mut groups: Vec<(Layer, GroupView)> = Vec::new();
    for (scope, home) in entries {
        let owner = owner(maker, home);
        let card = maker.card(scope, home);
        match groups.iter_mut().find(|(known, _)| *known == owner) {
            Some((_, group)) => group.cards.push(card),
            None => {
                let name = maker.place.model.layer_name(&owner).unwrap_or_default();
                let id = crate::path::slugify(if name.is_empty() { "london" } else { name });
                groups.push((owner, group(id, name.to_owned(), "", vec![card])));
            }
        }
    }
    let mut groups: Vec<GroupView> = groups.into_iter().map(|(_, group)| group).collect();
    for group in &mut groups {
        group.total = group.cards.len();
    }
    groups
}

/// Whose an entry is in a list: the layer that brought it; what a borough merely adapts stays
/// with its like.
fn owner(maker: &Maker<'_>, home: &Home) -> Layer {
    let provenance = &home.entry.provenance;
    match maker.place.id {
        SiteId::Hub => provenance.top().clone(),
        SiteId::Borough(_) => provenance.layers.first().cloned().unwrap_or(Layer::Shared),
    }
}

/// The order of a list: in a borough's site its own first; then by title.
pub fn sort<'a>(maker: &Maker<'_>, entries: &mut [(&'a Scope, &'a Home)]) {
    let hub = maker.place.id == SiteId::Hub;
    entries.sort_by_cached_key(|(_, home)| {
        let owner = owner(maker, home);
        let rank = match (&owner, hub) {
            (Layer::Shared, true) | (Layer::Borough(_), false) => 0,
            (Layer::Partner(_), _) => 1,
            _ => 2,
        };
        (rank, owner, crate::site::index::sort_key(&home.entry.common().title))
    });
}

fn by_kind<'a>(maker: &Maker<'a>, entries: &[(&'a Scope, &'a Home)]) -> Vec<GroupView> {
    groups_by_kind(maker, Kind::listed(), usize::MAX, |kind| {
        entries.iter().filter(|(_, home)| home.entry.id.kind == kind).copied().collect()
    })
}

/// Groups of entries, one for each kind that has any, with at most `most` cards each and a link to
/// the kind's list where there are more.
pub fn groups_by_kind<'a>(
    maker: &Maker<'a>,
    kinds: impl Iterator<Item = Kind>,
    most: usize,
    entries: impl Fn(Kind) -> Vec<(&'a Scope, &'a Home)>,
) -> Vec<GroupView> {
    let group_of = |kind: Kind| {
        let mut entries = entries(kind);
        if entries.is_empty() {
            return None;
        }
        sort(maker, &mut entries);
        let total = entries.len();
        let cards = entries.iter().take(most).map(|(scope, home)| maker.card(scope, home));
        let folder = kind.folder();
        let all = (total > most).then(|| LinkView {
            title: String::new(),
            href: maker.href(&UrlPath::new(&format!("{folder}/"))),
        });
        let view = group(folder.to_owned(), String::new(), folder, cards.collect());
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
