//! The home page, of a borough and of London.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::Serialize;

use super::body;
use super::diary::{self, DateView};
use super::maker::{GETTING_HELP, Maker, SEN_TEAM, SENDIASS};
use super::need::{AreaView, areas};
use super::parts::{BlockView, CardView, ContactView, FromView, LanguageView};
use crate::content::kinds::{EntryId, Kind};
use crate::content::layer::Layer;
use crate::path::{Slug, UrlPath};
use crate::site::catalogue::Line;
use crate::site::place::{Home, Scope, SiteId};

/// How many entries the home page shows of a kind.
const SHOWN: usize = 3;
/// How many it shows of what was made here.
const MADE_HERE: usize = 6;
/// How many it shows of what changed lately.
const RECENT: usize = 5;

/// The home page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HomeView {
    /// Its title.
    pub title: String,
    /// What this site is, in one sentence.
    pub lead: String,
    /// The welcome.
    pub body: Vec<BlockView>,
    /// The welcome's Easy Read version.
    pub easy_read: Option<String>,
    /// The welcome's other languages.
    pub languages: Vec<LanguageView>,
    /// Ways in, by audience.
    pub doors: Vec<DoorView>,
    /// Needs by area.
    pub areas: Vec<AreaView>,
    /// Ages.
    pub phases: Vec<PhaseLink>,
    /// Getting help, step by step.
    pub start: Option<CardView>,
    /// Whom to ask now.
    pub contacts: Vec<ContactView>,
    /// The next dates of training and events.
    pub next: Vec<DateView>,
    /// Training and events, where there are no dates.
    pub training: Vec<CardView>,
    /// What this borough's schools and council made.
    pub own: Vec<CardView>,
    /// Places.
    pub places: Vec<CardView>,
    /// What changed lately, newest first.
    pub recent: Vec<RecentView>,
    /// The boroughs (hub).
    pub boroughs: Vec<BoroughLink>,
    /// How much there is (hub).
    pub counts: Vec<CountView>,
}

/// Something that is new, or was reviewed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecentView {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its kind's folder.
    pub kind: &'static str,
    /// The day.
    pub date: String,
    /// Who says so.
    pub from: FromView,
}

/// A way in for an audience.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DoorView {
    /// The audience's id, for its picture.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What is behind it.
    pub text: Option<String>,
    /// Its page.
    pub href: String,
}

/// A link to an age.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseLink {
    /// Its name.
    pub title: String,
    /// What it means.
    pub description: Option<String>,
    /// Its page.
    pub href: String,
}

/// A link to a borough or partner.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoroughLink {
    /// Its name.
    pub name: String,
    /// Its section.
    pub href: String,
    /// How many entries only it has.
    pub own: usize,
    /// How many shared entries it changed.
    pub adapted: usize,
    /// Its id.
    pub id: String,
    /// Its place on the map, if it has one.
    pub tile: Option<TileView>,
}

/// A borough on a map on which all are equally large.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TileView {
    /// A few letters.
    pub code: String,
    /// From the left, from 1.
    pub column: u32,
    /// From the top, from 1.
    pub row: u32,
    /// How much it publishes itself: 0 for nothing, 1 for little, 2 for more.
    pub level: usize,
}

/// A number worth saying.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CountView {
    /// The key of its name.
    pub key: &'static str,
    /// The number.
    pub n: usize,
}

/// The home page.
pub fn view(maker: &Maker<'_>) -> HomeView {
    let model = &maker.place.model;
    let vocabulary = &model.project.vocabulary;
    let welcome = welcome(maker.scope);
    let (title, lead, body) = match welcome {
        Some(home) => {
            let common = home.entry.common();
            let body = body::fill(maker, &home.entry.id, &home.entry.body);
            (maker.text(&common.title), maker.text(&common.summary), body.blocks)
        }
        None => (site_name(maker), String::new(), Vec::new()),
    };
    let door = |audience: &crate::content::vocabulary::Item| DoorView {
        id: audience.id.to_string(),
        title: audience.plain().to_owned(),
        text: audience.description.clone(),
        href: maker.href(&UrlPath::new(&format!("for/{}/", audience.id))),
    };
    let phase = |phase: &crate::content::vocabulary::Item| PhaseLink {
        title: phase.title.clone(),
        description: phase.plain_title.clone().or_else(|| phase.description.clone()),
        href: maker.href(&UrlPath::new(&format!("ages/{}/", phase.id))),
    };
    let contacts = [SENDIASS, SEN_TEAM].into_iter().filter_map(|known| maker.known(known));
    let hub = maker.place.id == SiteId::Hub;
    let next = diary::next(maker, &[Kind::Training, Kind::Event], SHOWN);
    HomeView {
        title,
        lead,
        body,
        easy_read: welcome.and_then(|home| maker.easy_read(home)),
        languages: welcome.map(|home| maker.languages(home)).unwrap_or_default(),
        doors: vocabulary.audiences.iter().map(door).collect(),
        areas: areas(maker),
        phases: vocabulary.phases.iter().map(phase).collect(),
        start: maker.known(GETTING_HELP).map(|home| maker.card_of(home)),
        contacts: contacts.map(|home| maker.service_contact(home)).collect(),
        training: match next.is_empty() {
            true => first(maker, &[Kind::Event, Kind::Training], SHOWN, |_| true),
            false => Vec::new(),
        },
        next,
        own: first(
            maker,
            // Places have a part of their own below.
            &[Kind::Practice, Kind::Toolkit, Kind::Network, Kind::Service],
            MADE_HERE,
            |home| *home.entry.provenance.top() != Layer::Shared,
        ),
        places: first(maker, &[Kind::Place], SHOWN, |_| true),
        recent: recent(maker),
        boroughs: if hub { boroughs(maker) } else { Vec::new() },
        counts: if hub { counts(maker) } else { Vec::new() },
    }
}

/// The welcome of a scope.
pub fn welcome(scope: &Scope) -> Option<&Home> {
    let id = EntryId { kind: Kind::Welcome, slug: Slug::parse("index").ok()? };
    scope.homes.get(&id)
}

/// A site's name for people.
pub fn site_name(maker: &Maker<'_>) -> String {
    match maker.place.borough() {
        Some(borough) => borough.name.clone(),
        None => maker.place.model.project.config.hub.title.clone(),
    }
}

/// The first few entries of some kinds, the borough's own first, a kind after the other in turn so
/// that no kind crowds the others out.
fn first(
    maker: &Maker<'_>,
    kinds: &[Kind],
    most: usize,
    wanted: impl Fn(&Home) -> bool,
) -> Vec<CardView> {
    let catalogue = &maker.place.catalogue;
    let column = |kind: &Kind| catalogue.of_kind(*kind).iter().filter(|line| wanted(&line.home));
    let mut columns: Vec<_> = kinds.iter().map(column).collect();
    let mut cards = Vec::new();
    loop {
        let before = cards.len();
        for column in &mut columns {
            if cards.len() < most
                && let Some(line) = column.next()
            {
                cards.push(maker.card(line));
            }
        }
        if cards.len() == before || cards.len() == most {
            return cards;
        }
    }
}

/// What changed lately: the newest first, and of one day what is not shared before what is.
fn recent(maker: &Maker<'_>) -> Vec<RecentView> {
    let today = maker.place.model.day.today;
    let dated = maker.place.catalogue.all().filter_map(|line| {
        let day = line.day().filter(|day| *day <= today)?;
        let shared = *line.home.entry.provenance.top() == Layer::Shared;
        Some(((Reverse(day), shared, &line.key, &line.home.url), line))
    });
    let mut dated: Vec<_> = dated.collect();
    // Only the first few need be in order: a hub may list a hundred thousand.
    if dated.len() > RECENT {
        dated.select_nth_unstable_by_key(RECENT, |(key, _)| *key);
        dated.truncate(RECENT);
    }
    dated.sort_by_key(|(key, _)| *key);
    let view = |((Reverse(day), ..), line): ((Reverse<Date>, bool, &String, &UrlPath), &Line)| {
        let CardView { title, href, kind, from, .. } = maker.card(line);
        RecentView { title, href, kind, from, date: day.to_string() }
    };
    dated.into_iter().map(view).collect()
}

/// Links to all boroughs.
pub fn boroughs(maker: &Maker<'_>) -> Vec<BoroughLink> {
    let scopes = maker.place.scopes.iter();
    scopes
        .filter(|scope| matches!(scope.owner, Layer::Borough(_)))
        .map(|scope| section_link(maker, scope))
        .collect()
}

/// Links to all partners.
pub fn partners(maker: &Maker<'_>) -> Vec<BoroughLink> {
    let scopes = maker.place.scopes.iter();
    scopes
        .filter(|scope| matches!(scope.owner, Layer::Partner(_)))
        .map(|scope| section_link(maker, scope))
        .collect()
}

fn section_link(maker: &Maker<'_>, scope: &Scope) -> BoroughLink {
    let here = || {
        let here = scope.homes.values().filter(|home| home.here);
        here.filter(|home| home.entry.id.kind != Kind::Welcome)
    };
    let adapted = here().filter(|home| home.entry.provenance.is_adapted()).count();
    let id = match &scope.owner {
        Layer::Borough(slug) | Layer::Partner(slug) => slug.to_string(),
        Layer::Shared => String::new(),
    };
    let own = here().count() - adapted;
    let borough = match &scope.owner {
        Layer::Borough(slug) => maker.place.model.project.boroughs.get(slug),
        _ => None,
    };
    let tile = borough.and_then(|borough| borough.file.tile.as_ref()).map(|tile| TileView {
        code: tile.code.clone(),
        column: tile.column,
        row: tile.row,
        level: match (own, adapted) {
            (0, 0) => 0,
            (0..=2, _) => 1,
            _ => 2,
        },
    });
    BoroughLink {
        tile,
        name: maker.place.model.layer_name(&scope.owner).unwrap_or_default().to_owned(),
        href: maker.href(&scope.prefix),
        own,
        adapted,
        id,
    }
}

fn counts(maker: &Maker<'_>) -> Vec<CountView> {
    let mut counts = vec![CountView { key: "boroughs", n: maker.place.model.boroughs.len() }];
    for kind in [Kind::Provision, Kind::Practice, Kind::Training, Kind::Place] {
        let n = maker.place.catalogue.of_kind(kind).len();
        counts.push(CountView { key: kind.folder(), n });
    }
    counts
}
