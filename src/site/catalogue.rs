//! Everything that a site lists, sorted once: lists, need pages and the A to Z only pick from it.
//!
//! A borough's own entries come first on its site, the shared ones first in the hub, then owner by
//! owner; within an owner news and answers by date, newest first, and all else by title. Whoever asks for a kind, a need, an age or an audience gets
//! its lines in that order, without going over the others. Each scope has a shelf of its own, and
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

/// The listed entries of one scope.
#[derive(Debug, Default)]
pub struct Shelf {
    lines: Vec<Line>,
    by_kind: BTreeMap<Kind, Vec<usize>>,
    by_need: BTreeMap<(Slug, Kind), Vec<usize>>,
    by_phase: BTreeMap<(Slug, Kind), Vec<usize>>,
    by_audience: BTreeMap<(Slug, Kind), Vec<usize>>,
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
            for need in &common.needs {
                shelf.by_need.entry((need.slug().clone(), kind)).or_default().push(at);
            }
            for phase in &common.phases {
                shelf.by_phase.entry((phase.slug().clone(), kind)).or_default().push(at);
            }
            for audience in &common.audiences {
                shelf.by_audience.entry((audience.slug().clone(), kind)).or_default().push(at);
            }
        }
        shelf.lines = lines;
        shelf
    }
}

/// All listed entries of a site, shelf by shelf.
#[derive(Debug, Default)]
pub struct Catalogue {
    shelves: Vec<Arc<Shelf>>,
}

impl Catalogue {
    /// Puts shelves beside each other.
    pub(super) fn new(shelves: Vec<Arc<Shelf>>) -> Self {
        Self { shelves }
    }

    /// Everything.
    pub fn all(&self) -> impl Iterator<Item = &Line> {
        self.shelves.iter().flat_map(|shelf| &shelf.lines)
    }

    /// The entries of a kind.
    pub fn of_kind(&self, kind: Kind) -> Listed<'_> {
        self.listed([kind], |shelf, kind| shelf.by_kind.get(&kind))
    }

    /// The entries of a kind that are about a need.
    pub fn about(&self, need: &Slug, kind: Kind) -> Listed<'_> {
        let key = (need.clone(), kind);
        self.listed([kind], |shelf, _| shelf.by_need.get(&key))
    }

    /// The entries that name an age, kind by kind.
    pub fn for_phase(&self, phase: &Slug) -> Listed<'_> {
        self.listed(Kind::listed(), |shelf, kind| shelf.by_phase.get(&(phase.clone(), kind)))
    }

    /// The entries that are written for an audience, kind by kind.
    pub fn for_audience(&self, audience: &Slug) -> Listed<'_> {
        self.listed(Kind::listed(), |shelf, kind| shelf.by_audience.get(&(audience.clone(), kind)))
    }

    fn listed<'a>(
        &'a self,
        kinds: impl IntoIterator<Item = Kind>,
        places: impl Fn(&'a Shelf, Kind) -> Option<&'a Vec<usize>>,
    ) -> Listed<'a> {
        let mut parts = Vec::new();
        for kind in kinds {
            let found = self.shelves.iter().filter_map(|shelf| {
                let places = places(shelf, kind)?;
                Some((shelf.lines.as_slice(), places.as_slice()))
            });
            parts.extend(found);
        }
        Listed { parts }
    }
}

/// Some lines of a catalogue, in its order.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    /// Lines of a shelf, and which of them.
    parts: Vec<(&'a [Line], &'a [usize])>,
}

impl<'a> Listed<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|(_, places)| places.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The lines.
    pub fn iter(&self) -> impl Iterator<Item = &'a Line> + use<'a> {
        let parts = self.parts.clone().into_iter();
        parts.flat_map(|(lines, places)| places.iter().map(move |at| &lines[*at]))
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
