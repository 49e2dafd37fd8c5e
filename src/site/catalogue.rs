//! Everything that a site lists, sorted once: lists, need pages and the A to Z only pick from it.
//!
//! A borough's own entries come first on its site, the shared ones first in the hub, then owner by
//! owner; within an owner news and answers by date, newest first, and all else by title. Whoever asks for
//! a kind, a need, an age or an audience gets its lines in that order, without going over the
//! others. Each scope has a shelf of its own, and
//! a list goes over the shelves in the order of the scopes: so an edit sorts one shelf anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::index::sort_key;
use super::place::{Home, SiteId};
use crate::content::kinds::{EntryId, Kind, Payload};
use crate::content::layer::Layer;
use crate::path::Slug;

/// One listed entry.
#[derive(Clone, Debug)]
pub struct Line {
    /// The number of its scope.
    pub scope: usize,
    /// The entry and its address.
    pub home: Home,
    /// Whose it is.
    pub owner: Layer,
    /// What it is sorted by among its owner's.
    pub key: String,
}

impl Line {
    /// The day on which it last said something new: that of a piece of news, else of its review.
    pub fn day(&self) -> Option<Date> {
        told_on(&self.home).or(self.home.entry.common().reviewed)
    }
}

/// Places of lines by what they name, kind by kind.
type Named = BTreeMap<Kind, BTreeMap<Slug, Vec<usize>>>;

/// The listed entries of one scope.
#[derive(Debug, Default)]
pub struct Shelf {
    lines: Vec<Line>,
    by_kind: BTreeMap<Kind, Vec<usize>>,
    by_need: Named,
    by_phase: Named,
    by_audience: Named,
}

impl Shelf {
    /// Sorts every entry that has a page of its own in a scope. Welcomes are home pages, and stand
    /// in no list.
    pub(super) fn new(site: &SiteId, scope: usize, homes: &BTreeMap<EntryId, Home>) -> Self {
        let listed = homes.values();
        let listed = listed.filter(|home| home.here && home.entry.id.kind != Kind::Welcome);
        let mut lines: Vec<Line> = listed
            .map(|home| Line {
                scope,
                owner: owner(site, home),
                key: sort_key(&home.entry.common().title),
                home: home.clone(),
            })
            .collect();
        let hub = *site == SiteId::Hub;
        lines.sort_by(|a, b| {
            let rank = |line: &Line| match (&line.owner, hub) {
                (Layer::Shared, true) | (Layer::Borough(_), false) => 0,
                (Layer::Partner(_), _) => 1,
                _ => 2,
            };
            let owners = (rank(a), &a.owner).cmp(&(rank(b), &b.owner));
            let dates = told_on(&b.home).cmp(&told_on(&a.home));
            owners.then(dates).then_with(|| (&a.key, &a.home.url).cmp(&(&b.key, &b.home.url)))
        });
        let mut shelf = Self::default();
        for (at, line) in lines.iter().enumerate() {
            let kind = line.home.entry.id.kind;
            let common = line.home.entry.common();
            shelf.by_kind.entry(kind).or_default().push(at);
            let named = |known: &mut Named, name: &Slug| {
                known.entry(kind).or_default().entry(name.clone()).or_default().push(at);
            };
            common.needs.iter().for_each(|need| named(&mut shelf.by_need, need.slug()));
            common.phases.iter().for_each(|phase| named(&mut shelf.by_phase, phase.slug()));
            common.audiences.iter().for_each(|who| named(&mut shelf.by_audience, who.slug()));
        }
        shelf.lines = lines;
        shelf
    }

    /// The entries of a kind that are about a need.
    pub(super) fn about<'a>(
        &'a self,
        need: &'a Slug,
        kind: Kind,
    ) -> impl Iterator<Item = &'a Line> {
        let places = Choice::Need(need, kind).places(self, kind);
        places.iter().map(|at| &self.lines[*at])
    }
}

/// All listed entries of a site, shelf by shelf.
#[derive(Debug, Default)]
pub struct Catalogue {
    shelves: Vec<Arc<Shelf>>,
    /// For each kind and need the shelves that have anything: nearly every page asks for the first
    /// few lines about its needs, and few shelves of a hub have all kinds.
    about: Named,
}

impl Catalogue {
    /// Puts shelves beside each other.
    pub(super) fn new(shelves: Vec<Arc<Shelf>>) -> Self {
        let mut about = Named::new();
        for (at, shelf) in shelves.iter().enumerate() {
            for (kind, needs) in &shelf.by_need {
                let known = about.entry(*kind).or_default();
                needs.keys().for_each(|need| known.entry(need.clone()).or_default().push(at));
            }
        }
        Self { shelves, about }
    }

    /// Everything.
    pub fn all(&self) -> impl Iterator<Item = &Line> {
        self.shelves.iter().flat_map(|shelf| &shelf.lines)
    }

    /// The entries of a kind.
    pub fn of_kind(&self, kind: Kind) -> Listed<'_> {
        self.listed(Choice::Kind(kind))
    }

    /// The entries of a kind that are about a need.
    pub fn about<'a>(&'a self, need: &'a Slug, kind: Kind) -> Listed<'a> {
        let among = self.about.get(&kind).and_then(|needs| needs.get(need));
        let among = Some(among.map_or(&[] as &[usize], Vec::as_slice));
        Listed { among, ..self.listed(Choice::Need(need, kind)) }
    }

    /// The entries that name an age, kind by kind.
    pub fn for_phase<'a>(&'a self, phase: &'a Slug) -> Listed<'a> {
        self.listed(Choice::Phase(phase))
    }

    /// The entries that are written for an audience, kind by kind.
    pub fn for_audience<'a>(&'a self, audience: &'a Slug) -> Listed<'a> {
        self.listed(Choice::Audience(audience))
    }

    fn listed<'a>(&'a self, choice: Choice<'a>) -> Listed<'a> {
        Listed { shelves: &self.shelves, among: None, choice }
    }
}

/// What a list is of.
#[derive(Clone, Copy, Debug)]
enum Choice<'a> {
    Kind(Kind),
    Need(&'a Slug, Kind),
    Phase(&'a Slug),
    Audience(&'a Slug),
}

impl Choice<'_> {
    /// The kinds whose lines follow each other.
    fn kinds(self) -> impl Iterator<Item = Kind> {
        let one = match self {
            Self::Kind(kind) | Self::Need(_, kind) => Some(kind),
            Self::Phase(_) | Self::Audience(_) => None,
        };
        let all = one.is_none().then(Kind::listed);
        one.into_iter().chain(all.into_iter().flatten())
    }

    /// The places of a kind's lines on a shelf.
    fn places(self, shelf: &Shelf, kind: Kind) -> &[usize] {
        let places = match self {
            Self::Kind(kind) => shelf.by_kind.get(&kind),
            Self::Need(need, kind) => shelf.by_need.get(&kind).and_then(|needs| needs.get(need)),
            Self::Phase(phase) => shelf.by_phase.get(&kind).and_then(|ages| ages.get(phase)),
            Self::Audience(who) => shelf.by_audience.get(&kind).and_then(|all| all.get(who)),
        };
        places.map_or(&[], Vec::as_slice)
    }
}

/// Some lines of a catalogue, in its order. Nothing is looked up before somebody asks: most pages
/// show the first few, and a hub has a shelf for each authority.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    shelves: &'a [Arc<Shelf>],
    /// The places of the shelves to look at; all of them where nothing is said.
    among: Option<&'a [usize]>,
    choice: Choice<'a>,
}

impl<'a> Listed<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.parts().map(|(_, places)| places.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The lines.
    pub fn iter(&self) -> impl Iterator<Item = &'a Line> + use<'a> {
        self.parts().flat_map(|(lines, places)| places.iter().map(move |at| &lines[*at]))
    }

    /// Lines of a shelf, and which of them.
    fn parts(&self) -> impl Iterator<Item = (&'a [Line], &'a [usize])> + use<'a> {
        let Self { shelves, among, choice } = *self;
        let count = among.map_or(shelves.len(), <[usize]>::len);
        let shelf = move |at: usize| &shelves[among.map_or(at, |among| among[at])];
        choice.kinds().flat_map(move |kind| {
            let shelves = (0..count).map(shelf);
            shelves.map(move |shelf| (shelf.lines.as_slice(), choice.places(shelf, kind)))
        })
    }
}

/// The day of what is read for its day.
fn told_on(home: &Home) -> Option<Date> {
    match home.entry.payload() {
        Payload::News(news) => Some(news.date),
        Payload::Feedback(feedback) => Some(feedback.date),
        _ => None,
    }
}

/// Whose an entry is in a list: in the hub whoever spoke last; on a borough's site whoever brought
/// it, so that what is merely adapted stays with its like.
fn owner(id: &SiteId, home: &Home) -> Layer {
    let provenance = &home.entry.provenance;
    match id {
        SiteId::Hub => provenance.top().clone(),
        SiteId::Borough(_) => provenance.layers.first().cloned().unwrap_or(Layer::Shared),
    }
}
