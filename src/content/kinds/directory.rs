//! Services and places: whom and where people can turn to.

use std::ops::RangeInclusive;

use super::words;
use crate::content::fields::{Placed, Read, Reader, record};
use crate::content::names::BoroughId;
use crate::content::node::{Node, Value};
use crate::content::shape::Shape;

record! {
    /// The fields of a service.
    pub struct Service {
        /// What it does.
        pub does: Vec<String>,
        /// How to be referred.
        pub referral: Option<Referral>,
        /// How to reach it.
        pub contact: Option<Contact>,
        /// Whom it covers; none means wherever the page is shown.
        pub covers: Vec<Area>,
        /// What it costs.
        pub cost: Option<String>,
    }
}

record! {
    /// How to be referred to a service.
    pub struct Referral {
        /// Who asks, and how.
        pub route: Option<String>,
        /// What must have been done before.
        pub threshold: Vec<String>,
        /// The form: a file beside the page or an address.
        pub form: Option<Placed<String>>,
    }
}

record! {
    /// How to reach somebody. Every part is optional: what is not published is said to be so.
    pub struct Contact {
        /// Who it is: a person or a team.
        pub name: Option<String>,
        /// What they do.
        pub role: Option<String>,
        /// A telephone number, as people write it.
        pub phone: Option<String>,
        /// More numbers, each with what it is for.
        pub phones: Vec<Phone>,
        /// An email address.
        pub email: Option<String>,
        /// A web address, from https:// on.
        pub url: Option<String>,
        /// When they answer.
        pub hours: Option<String>,
    }
}

record! {
    /// A telephone number with what it is for.
    pub struct Phone {
        /// What it is for.
        pub label: String,
        /// The number, as people write it.
        pub number: String,
    }
}

/// Whom a service covers.
#[derive(Clone, Debug, PartialEq)]
pub enum Area {
    /// A borough with a site.
    Borough(BoroughId),
    /// Somewhere outside London, by name.
    Named(String),
}

record! {
    /// An area outside London.
    pub struct NamedArea {
        /// What it is called, such as Windsor and Maidenhead.
        pub name: String,
    }
}

impl Read for Area {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        if matches!(node.value, Value::Map(_)) {
            return NamedArea::read(node, reader).map(|area| Self::Named(area.name));
        }
        BoroughId::read(node, reader).map(Self::Borough)
    }

    fn shape() -> Shape {
        Shape::Either(vec![BoroughId::shape(), NamedArea::shape()])
    }
}

record! {
    /// The fields of a place.
    pub struct Place {
        /// The school it is in or is.
        pub school: Option<String>,
        /// What it is.
        pub place_type as "type": PlaceType,
        /// How many places it has.
        pub places: Option<u32>,
        /// Street and town.
        pub address: Option<String>,
        /// Postcode.
        pub postcode: Option<String>,
        /// Degrees north.
        pub latitude: Option<f64>,
        /// Degrees east; west is negative.
        pub longitude: Option<f64>,
        /// Who pays for the places, and since when.
        pub commissioned: Option<String>,
        /// How children come to have a place.
        pub admission: Option<String>,
    }
}

words! {
    /// What a place is.
    pub enum PlaceType {
        /// Additional resourced provision in a mainstream school.
        Arp = "arp",
        /// An inclusion base for support.
        SupportBase = "support-base",
        /// An inclusion base for specialist teaching.
        SpecialistBase = "specialist-base",
        /// A special school.
        SpecialSchool = "special-school",
    }
}

/// Degrees north of what is in London or near it.
const NORTH: RangeInclusive<f64> = 51.0..=52.2;
/// Degrees east of it.
const EAST: RangeInclusive<f64> = -1.2..=0.9;

impl Place {
    /// Where it is, in degrees north and east; nothing where that is not said, or said to be far
    /// away: most often the two are exchanged then, and [`Place::read_checked`] has told so.
    pub fn point(&self) -> Option<(f64, f64)> {
        let (north, east) = (self.latitude?, self.longitude?);
        (NORTH.contains(&north) && EAST.contains(&east)).then_some((north, east))
    }

    /// Reads a place, and tells a point that cannot be in London or near it.
    pub fn read_checked(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        for (field, range) in [("latitude", NORTH), ("longitude", EAST)] {
            let value =
                node.get(field).and_then(|node| Some((node, node.text()?.parse::<f64>().ok()?)));
            if let Some((node, degrees)) = value
                && !range.contains(&degrees)
            {
                let message = format!("{degrees} is not a {field} in or near London");
                let help = "latitude is about 51.5, longitude between -0.5 and 0.3";
                reader.warn("far-away", &node.at, message, help);
            }
        }
        Self::read_fields(node, reader)
    }
}
