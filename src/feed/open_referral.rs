//! Services and places in the words of Open Referral UK 3.0, a profile of the Human Services Data
//! Specification (HSDS 3.0): <https://docs.openreferraluk.org>, schemas in
//! <https://github.com/OpenReferralUK/uk-profile>.
//!
//! It is an export: one file in the form of a page of results, which nothing can be asked of.
//! Nothing is made up for a field. Who provides a service is told only of a place in a school,
//! because no page of a service says it; a service whose site or contact has no address has none.
//! HSDS asks for city and state of every postal address: the last part of what an editor wrote is
//! taken for the town, and what was not written is there and empty.

use serde::Serialize;

use super::identity;
use crate::content::kinds::directory::{Area, Place, Service};
use crate::content::kinds::{Kind, Payload};
use crate::page::maker::Maker;
use crate::site::place::Home;

/// The export, in the form of the one page of results that an API would answer with.
#[derive(Serialize)]
struct Export {
    total_items: usize,
    total_pages: usize,
    page_number: usize,
    size: usize,
    first_page: bool,
    last_page: bool,
    empty: bool,
    contents: Vec<ServiceRecord>,
}

#[derive(Serialize)]
struct ServiceRecord {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    assured_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<Organization>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phones: Vec<Phone>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts: Vec<Contact>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    schedules: Vec<Described>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cost_options: Vec<CostOption>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    service_areas: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    service_at_locations: Vec<ServiceAtLocation>,
}

#[derive(Serialize)]
struct Organization {
    id: String,
    name: String,
    description: String,
}

#[derive(Serialize)]
struct Phone {
    id: String,
    number: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
}

#[derive(Serialize)]
struct Contact {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
}

#[derive(Serialize)]
struct Described {
    id: String,
    description: String,
}

#[derive(Serialize)]
struct CostOption {
    id: String,
    amount_description: String,
}

#[derive(Serialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct ServiceAtLocation {
    id: String,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    id: String,
    location_type: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    longitude: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    addresses: Vec<Address>,
}

#[derive(Serialize)]
struct Address {
    id: String,
    address_1: String,
    city: String,
    state_province: &'static str,
    postal_code: String,
    country: &'static str,
    address_type: &'static str,
}

/// The export of a site.
pub fn json(maker: &Maker<'_>) -> Vec<u8> {
    let kinds = [Kind::Service, Kind::Place].into_iter();
    let lines = kinds.flat_map(|kind| maker.place.catalogue.of_kind(kind).iter());
    let record = |line: &crate::site::catalogue::Line| {
        let scope = maker.place.scopes.get(line.scope).map_or(maker.scope, AsRef::as_ref);
        record(&maker.in_scope(scope), &line.home)
    };
    let contents: Vec<ServiceRecord> = lines.map(record).collect();
    let export = Export {
        total_items: contents.len(),
        total_pages: 1,
        page_number: 1,
        size: contents.len(),
        first_page: true,
        last_page: true,
        empty: contents.is_empty(),
        contents,
    };
    serde_json::to_vec(&export).unwrap_or_default()
}

/// What names a part of an entry for ever.
fn id(home: &Home, part: &str) -> String {
    let entry = identity::of_entry(&home.entry);
    identity::uuid(&format!("open-referral/{entry}/{part}")).to_string()
}

fn record(maker: &Maker<'_>, home: &Home) -> ServiceRecord {
    let common = home.entry.common();
    let base = maker.place.base_url.as_ref();
    let record = ServiceRecord {
        id: id(home, "service"),
        name: maker.text(&common.title),
        description: maker.text(&common.summary),
        url: base.map(|base| base.join(home.url.as_str())),
        email: None,
        // What a site publishes is offered: what no longer is, is taken off it.
        status: "active",
        assured_date: common.reviewed.map(|date| date.to_string()),
        organization: None,
        phones: Vec::new(),
        contacts: Vec::new(),
        schedules: Vec::new(),
        cost_options: Vec::new(),
        service_areas: Vec::new(),
        service_at_locations: Vec::new(),
    };
    match home.entry.payload() {
        Payload::Service(service) => with_service(maker, home, service, record),
        Payload::Place(place) => with_place(maker, home, place, record),
        _ => record,
    }
}

fn with_service(
    maker: &Maker<'_>,
    home: &Home,
    service: &Service,
    record: ServiceRecord,
) -> ServiceRecord {
    let view = maker.service_contact(home);
    let phones = view.phones.into_iter().zip(1..).map(|(phone, n)| Phone {
        id: id(home, &format!("phone/{n}")),
        number: phone.number,
        description: phone.label,
    });
    let own = service.contact.as_ref();
    let named = own.filter(|contact| contact.name.is_some() || contact.role.is_some());
    let contact = named.map(|contact| Contact {
        id: id(home, "contact"),
        name: contact.name.clone(),
        title: contact.role.clone(),
    });
    let hours = view.hours.map(|hours| Described { id: id(home, "schedule"), description: hours });
    let cost = service.cost.clone();
    let cost = cost.map(|cost| CostOption { id: id(home, "cost"), amount_description: cost });
    let boroughs = &maker.place.model.project.boroughs;
    let area = |area: &Area| match area {
        Area::Borough(borough) => {
            let known = boroughs.get(borough.slug());
            known.map_or_else(|| borough.slug().to_string(), |b| b.file.name.clone())
        }
        Area::Named(name) => name.clone(),
    };
    let area = |(at, n): (&Area, i32)| Named { id: id(home, &format!("area/{n}")), name: area(at) };
    ServiceRecord {
        url: view.url.or(record.url),
        email: view.email,
        phones: phones.collect(),
        contacts: contact.into_iter().collect(),
        schedules: hours.into_iter().collect(),
        cost_options: cost.into_iter().collect(),
        service_areas: service.covers.iter().zip(1..).map(area).collect(),
        ..record
    }
}

fn with_place(
    maker: &Maker<'_>,
    home: &Home,
    place: &Place,
    record: ServiceRecord,
) -> ServiceRecord {
    let school = maker.some_text(place.school.as_ref());
    let organization = school.clone().map(|name| Organization {
        id: id(home, "organization"),
        name,
        description: record.description.clone(),
    });
    let written = maker.some_text(place.address.as_ref()).unwrap_or_default();
    let postcode = maker.some_text(place.postcode.as_ref()).unwrap_or_default();
    let (street, town) = written.rsplit_once(',').unwrap_or((&written, ""));
    let address = Address {
        id: id(home, "address"),
        address_1: street.trim().to_owned(),
        city: town.trim().to_owned(),
        // A British postal address names no county.
        state_province: "",
        postal_code: postcode.clone(),
        country: "GB",
        address_type: "physical",
    };
    let told = !written.is_empty() || !postcode.is_empty();
    let location = Location {
        id: id(home, "location"),
        location_type: "physical",
        name: school.unwrap_or_else(|| record.name.clone()),
        latitude: place.latitude,
        longitude: place.longitude,
        addresses: told.then_some(address).into_iter().collect(),
    };
    let at = ServiceAtLocation { id: id(home, "service-at-location"), location };
    ServiceRecord { organization, service_at_locations: vec![at], ..record }
}
