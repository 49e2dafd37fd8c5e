//! Everything that a site lists, sorted once: lists, need pages and the A to Z only pick from it.
//!
//! A borough's own entries come first on its site, the shared ones first in the hub, then owner by
//! owner; within an owner by title. Whoever asks for a kind, a need, an age or an audience gets
//! its lines in that order, without going over the others.

use std::collections::BTreeMap;

use super::index::sort_key;
use super::place::{Home, Scope, SiteId};
use crate::content::kinds::Kind;
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

/// All listed entries of a site.
#[derive(Debug, Default)]
pub struct Catalogue {
    lines: Vec<Line>,
    by_kind: BTreeMap<Kind, Vec<usize>>,
    by_need: BTreeMap<(Slug, Kind), Vec<usize>>,
    by_phase: BTreeMap<Slug, Vec<usize>>,
    by_audience: BTreeMap<Slug, Vec<usize>>,
}

impl Catalogue {
    /// Sorts every entry that has a page of its own in one of the scopes. Welcomes are home
    /// pages, and stand in no list.
    pub(super) fn new(id: &SiteId, scopes: &[Scope]) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        for (at, scope) in scopes.iter().enumerate() {
            let listed = scope.homes.values();
            let listed = listed.filter(|home| home.here && home.entry.id.kind != Kind::Welcome);
            lines.extend(listed.map(|home| Line {
                scope: at,
                owner: owner(id, home),
                key: sort_key(&home.entry.common().title),
                home: home.clone(),
            }));
        }
        let hub = *id == SiteId::Hub;
        lines.sort_by(|a, b| {
            let rank = |line: &Line| match (&line.owner, hub) {
                (Layer::Shared, true) | (Layer::Borough(_), false) => 0,
                (Layer::Partner(_), _) => 1,
                _ => 2,
            };
            (rank(a), &a.owner, &a.key, &a.home.url).cmp(&(rank(b), &b.owner, &b.key, &b.home.url))
        });
        let mut catalogue = Self::default();
        for (at, line) in lines.iter().enumerate() {
            let kind = line.home.entry.id.kind;
            let common = line.home.entry.common();
            catalogue.by_kind.entry(kind).or_default().push(at);
            for need in &common.needs {
                catalogue.by_need.entry((need.slug().clone(), kind)).or_default().push(at);
            }
            for phase in &common.phases {
                catalogue.by_phase.entry(phase.slug().clone()).or_default().push(at);
            }
            for audience in &common.audiences {
                catalogue.by_audience.entry(audience.slug().clone()).or_default().push(at);
            }
        }
        // A list that shows several kinds goes kind by kind.
        for places in catalogue.by_phase.values_mut().chain(catalogue.by_audience.values_mut()) {
            places.sort_by_key(|at| lines[*at].home.entry.id.kind);
        }
        catalogue.lines = lines;
        catalogue
    }

    /// Everything.
    pub fn all(&self) -> &[Line] {
        &self.lines
    }

    /// The entries of a kind.
    pub fn of_kind(&self, kind: Kind) -> Listed<'_> {
        self.listed(self.by_kind.get(&kind))
    }

    /// The entries of a kind that are about a need.
    pub fn about(&self, need: &Slug, kind: Kind) -> Listed<'_> {
        self.listed(self.by_need.get(&(need.clone(), kind)))
    }

    /// The entries that name an age.
    pub fn for_phase(&self, phase: &Slug) -> Listed<'_> {
        self.listed(self.by_phase.get(phase))
    }

    /// The entries that are written for an audience.
    pub fn for_audience(&self, audience: &Slug) -> Listed<'_> {
        self.listed(self.by_audience.get(audience))
    }

    fn listed<'a>(&'a self, places: Option<&'a Vec<usize>>) -> Listed<'a> {
        Listed { lines: &self.lines, places: places.map_or(&[], Vec::as_slice) }
    }
}

/// Some lines of a catalogue, in its order.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    lines: &'a [Line],
    places: &'a [usize],
}

impl<'a> Listed<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The lines.
    pub fn iter(&self) -> impl Iterator<Item = &'a Line> + use<'a> {
        let lines = self.lines;
        self.places.iter().map(move |at| &lines[*at])
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
