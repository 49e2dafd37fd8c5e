//! A map of places, drawn when the site is built: a page asks no other host for streets, and so
//! tells nobody what its reader looks at.
//!
//! - Up to forty places each have a numbered pin, and their cards in the list have the same
//!   number: that is how a parent gets from "near us" to a name.
//! - Of more places than that nobody could read the pins. In the hub the boroughs stand instead,
//!   each with its number of places: a family knows its borough, and is one step from its places.
//!   A borough with so many shows how many there are about each spot.

use std::collections::BTreeMap;

use serde::Serialize;

use super::drawing::{self, Drawing, Point, Spot};
use crate::content::kinds::Payload;
use crate::content::kinds::directory::Place;
use crate::content::layer::Layer;
use crate::page::home::{BoroughLink, TileView, boroughs};
use crate::page::maker::Maker;
use crate::path::encoded;
use crate::site::catalogue::Listed;
use crate::site::place::SiteId;

/// How many pins can be told from each other.
const PINS: usize = 40;
/// How many points tell anything.
const ENOUGH: usize = 2;
/// How high the strip with the scale is.
const STRIP: i32 = 44;
/// Metres in a mile.
const MILE: f64 = 1_609.344;

/// Where the places of a list are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapView {
    /// How wide the drawing is, in its own units.
    pub width: i32,
    /// How high.
    pub height: i32,
    /// Where the strip with the scale begins.
    pub foot: i32,
    /// The pins.
    pub pins: Vec<PinView>,
    /// Groups of places, where there are too many for pins.
    pub heaps: Vec<HeapView>,
    /// The scale, in kilometres and miles.
    pub scale: Vec<ScaleView>,
    /// Boroughs with their numbers of places instead of a drawing.
    pub boroughs: Vec<BoroughLink>,
    /// From how many places on a borough's tile is a full one.
    pub many: usize,
    /// How many places have a point.
    pub known: usize,
    /// How many places there are.
    pub total: usize,
}

/// A place with its number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PinView {
    /// Its number, here and in the list.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Where the pin is.
    pub at: (i32, i32),
    /// Where the place is, if the pin had to make room for another.
    pub spot: Option<(i32, i32)>,
}

/// Some places near each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeapView {
    /// How many there are.
    pub count: usize,
    /// Where they are.
    pub at: (i32, i32),
}

/// A line as long as something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScaleView {
    /// The key of its words: `kilometres`, `half_mile`, `mile`, `miles`.
    pub key: &'static str,
    /// How many kilometres or miles.
    pub number: i32,
    /// How long it is on the drawing.
    pub length: i32,
}

/// The points of a list of places, in its order.
#[derive(Debug, Default)]
pub struct Points(Vec<Option<Point>>);

impl Points {
    /// Those of a list.
    pub fn of(places: &Listed<'_>) -> Self {
        let point = |payload: &Payload| match payload {
            Payload::Place(place) => place.point(),
            _ => None,
        };
        Self(places.iter().map(|line| point(line.home.entry.payload())).collect())
    }

    fn known(&self) -> Vec<Point> {
        self.0.iter().flatten().copied().collect()
    }

    /// The number of each place on the map; none where there are no pins.
    pub fn numbers(&self) -> Vec<Option<usize>> {
        let mut last = 0;
        let number = |point: &Option<Point>| {
            last += usize::from(point.is_some());
            point.map(|_| last)
        };
        let numbers: Vec<Option<usize>> = self.0.iter().map(number).collect();
        if (ENOUGH..=PINS).contains(&last) { numbers } else { Vec::new() }
    }
}

/// The map above a list of places; nothing if fewer than two points are known.
pub fn view(maker: &Maker<'_>, places: &Listed<'_>, points: &Points) -> Option<MapView> {
    let known = points.known();
    if known.len() < ENOUGH {
        return None;
    }
    let total = places.len();
    if known.len() > PINS && maker.place.id == SiteId::Hub {
        return by_borough(maker, places);
    }
    let drawing = drawing::draw(&known)?;
    let foot = whole(drawing.height);
    let mut view = MapView {
        width: whole(drawing::WIDTH),
        height: foot + STRIP,
        foot,
        pins: Vec::new(),
        heaps: Vec::new(),
        scale: scale(&drawing),
        boroughs: Vec::new(),
        many: 0,
        known: known.len(),
        total,
    };
    if known.len() > PINS {
        let heaps = drawing::heaps(&drawing.spots).into_iter();
        view.heaps = heaps.map(|(at, count)| HeapView { count, at: spot(at) }).collect();
        return Some(view);
    }
    let of_point = places.iter().zip(&points.0).filter(|(_, point)| point.is_some());
    let pins = drawing::apart(&drawing).into_iter().zip(&drawing.spots);
    for (number, ((line, _), (pin, own))) in (1..).zip(of_point.zip(pins)) {
        let card = maker.card(line);
        let (at, own) = (spot(pin), spot(*own));
        // Nearer than this the pin still lies over the spot.
        let spot = ((at.0 - own.0).pow(2) + (at.1 - own.1).pow(2) > 13 * 13).then_some(own);
        view.pins.push(PinView { number, title: card.title, href: card.href, at, spot });
    }
    Some(view)
}

/// How many places each borough has, where boroughs have tiles.
fn by_borough(maker: &Maker<'_>, places: &Listed<'_>) -> Option<MapView> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in places.iter() {
        if let Layer::Borough(slug) = &line.owner {
            *counts.entry(slug.as_str()).or_default() += 1;
        }
    }
    let many = counts.values().sum::<usize>().div_ceil(counts.len().max(1)).max(2);
    let tile = |borough: BoroughLink| {
        let own = counts.get(borough.id.as_str()).copied().unwrap_or(0);
        let level = usize::from(own > 0) + usize::from(own >= many);
        let part = if own > 0 { "#part-places" } else { "" };
        Some(BoroughLink {
            tile: Some(TileView { level, ..borough.tile? }),
            href: borough.href + part,
            own,
            adapted: 0,
            ..borough
        })
    };
    let boroughs: Vec<BoroughLink> = boroughs(maker).into_iter().filter_map(tile).collect();
    (!boroughs.is_empty()).then(|| MapView {
        width: 0,
        height: 0,
        foot: 0,
        pins: Vec::new(),
        heaps: Vec::new(),
        scale: Vec::new(),
        many,
        known: boroughs.iter().map(|borough| borough.own).sum(),
        boroughs,
        total: places.len(),
    })
}

/// Lines of a third of the drawing at most, in round numbers.
fn scale(drawing: &Drawing) -> Vec<ScaleView> {
    let line = |unit: &'static str, metres: f64| {
        let number = drawing::round(drawing::WIDTH / 3.0 * drawing.metres / metres);
        let key = match unit {
            "miles" if number < 1.0 => "half_mile",
            "miles" if number < 2.0 => "mile",
            unit => unit,
        };
        let length = whole(number * metres / drawing.metres);
        ScaleView { key, number: whole(number), length }
    };
    vec![line("kilometres", 1_000.0), line("miles", MILE)]
}

/// A map of a place on another website: at its point, or searched for by its postcode or address.
pub fn elsewhere(place: &Place) -> Option<String> {
    const MAPS: &str = "https://www.openstreetmap.org";
    if let Some((north, east)) = place.point() {
        return Some(format!("{MAPS}/?mlat={north}&mlon={east}#map=17/{north}/{east}"));
    }
    let words = place.postcode.as_ref().or(place.address.as_ref())?;
    Some(format!("{MAPS}/search?query={}", encoded(words.trim())))
}

fn spot((x, y): Spot) -> (i32, i32) {
    (whole(x), whole(y))
}

#[allow(clippy::cast_possible_truncation, reason = "a drawing has a few hundred units")]
fn whole(number: f64) -> i32 {
    number.round() as i32
}
