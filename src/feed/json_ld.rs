//! Structured data in pages (JSON-LD 1.1, in the words of schema.org): where a page stands, and
//! what a service, an event, a course or a school is.
//!
//! A data block is no script: nothing in it is carried out, and a strict Content-Security-Policy
//! lets it stand. It says nothing that the page does not show.

use jiff::civil::DateTime;
use serde::Serialize;
use serde_json::{Value, json};

use super::london;
use crate::content::date::lasts_all_day;
use crate::content::kinds::directory::Place;
use crate::content::kinds::meeting::Meeting;
use crate::content::kinds::training::{Offer, Training};
use crate::content::kinds::{Kind, Payload};
use crate::page::entry::EntryView;
use crate::page::maker::Maker;
use crate::page::{Content, PageView};
use crate::site::routes::{Page, Route};

/// How many dates of a course are told: a page stays small however many it has.
const DATES: usize = 20;

/// A page above this one, or this one itself.
#[derive(Serialize)]
struct Step<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    item: String,
}

/// Where a page stands.
#[derive(Serialize)]
struct Breadcrumbs<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    steps: Vec<Step<'a>>,
}

/// All that one page says.
#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

/// One thing that it speaks of.
#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Breadcrumbs(Breadcrumbs<'a>),
    Thing(Value),
}

/// The data of a page as it may stand in a `<script>` element; empty where there is none.
pub fn block(maker: &Maker<'_>, route: &Route, view: &PageView) -> String {
    let frame = &view.frame;
    if frame.crumbs.is_empty() {
        return String::new();
    }
    let address = |href: &str| match &maker.place.base_url {
        Some(base) => base.join(href.strip_prefix(maker.root).unwrap_or(href)),
        None => href.to_owned(),
    };
    let own = format!("{}{}", maker.root, route.url.as_str());
    let above = frame.crumbs.iter().map(|crumb| (crumb.title.as_str(), crumb.href.as_str()));
    let steps = above.chain([(frame.title.as_str(), own.as_str())]).zip(1..);
    let steps = steps
        .map(|((name, href), position)| Step {
            kind: "ListItem",
            position,
            name,
            item: address(href),
        })
        .collect();
    let breadcrumbs = Breadcrumbs { kind: "BreadcrumbList", steps };
    let things = match (&route.page, &view.page) {
        (Page::Entry(_, id), Content::Entry(entry)) => {
            let payload = maker.scope.homes.get(id).map(|home| home.entry.payload());
            payload.map(|payload| things(maker, id.kind, payload, entry)).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let url = address(&own);
    let things = things.into_iter().map(|thing| with(thing, "url", Some(json!(url))));
    let graph = [Node::Breadcrumbs(breadcrumbs)].into_iter();
    let graph = graph.chain(things.map(Node::Thing)).collect();
    let graph = Graph { context: "https://schema.org", graph };
    contained(&serde_json::to_string(&graph).unwrap_or_default())
}

/// JSON in which nothing ends or begins an element: HTML reads on for `</script` and `<!--`, and
/// JSON may write any letter by its number.
fn contained(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match c {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            c => text.push(c),
        }
    }
    text
}

fn things(maker: &Maker<'_>, kind: Kind, payload: &Payload, entry: &EntryView) -> Vec<Value> {
    let thing =
        |kind: &str, name: &str| json!({"@type": kind, "name": name, "description": entry.summary});
    match payload {
        Payload::Service(_) => vec![service(thing("GovernmentService", &entry.title), entry)],
        Payload::Meeting(meeting) if kind == Kind::Event => {
            let thing = thing("EducationEvent", &entry.title);
            event(maker, thing, meeting).into_iter().collect()
        }
        Payload::Training(training) => vec![course(maker, thing("Course", &entry.title), training)],
        Payload::Place(place) => {
            let name = maker.some_text(place.school.as_ref());
            vec![school(maker, thing("School", name.as_ref().unwrap_or(&entry.title)), place)]
        }
        _ => Vec::new(),
    }
}

/// A thing with one more property, where there is something to say.
fn with(mut thing: Value, name: &str, value: Option<Value>) -> Value {
    if let (Some(fields), Some(value)) = (thing.as_object_mut(), value) {
        fields.insert(name.to_owned(), value);
    }
    thing
}

fn service(thing: Value, entry: &EntryView) -> Value {
    let areas = entry.facts.iter().filter(|fact| fact.key == "covers");
    let areas: Vec<&str> = areas.flat_map(|fact| &fact.values).map(|v| v.title.as_str()).collect();
    let thing = with(thing, "areaServed", (!areas.is_empty()).then(|| json!(areas)));
    let Some(contact) = entry.contact.as_ref().filter(|contact| !contact.missing) else {
        return thing;
    };
    let phones: Vec<&str> = contact.phones.iter().map(|phone| phone.number.as_str()).collect();
    let point = json!({"@type": "ContactPoint"});
    let point = with(point, "telephone", (!phones.is_empty()).then(|| json!(phones)));
    let point = with(point, "email", contact.email.as_ref().map(|email| json!(email)));
    let says_more = point.as_object().is_some_and(|point| point.len() > 1);
    let channel = json!({"@type": "ServiceChannel"});
    let channel = with(channel, "servicePhone", says_more.then_some(point));
    let channel = with(channel, "serviceUrl", contact.url.as_ref().map(|url| json!(url)));
    with(thing, "availableChannel", Some(channel))
}

fn event(maker: &Maker<'_>, thing: Value, meeting: &Meeting) -> Option<Value> {
    let start = meeting.start?;
    Some(dated(maker, thing, (start, meeting.end), meeting.place.as_ref()))
}

fn course(maker: &Maker<'_>, thing: Value, training: &Training) -> Value {
    let provider = maker.some_text(training.provider.as_ref());
    let provider = provider.map(|name| json!({"@type": "Organization", "name": name}));
    let thing = with(thing, "provider", provider);
    let free = training.offer == Some(Offer::Free);
    let thing = with(thing, "isAccessibleForFree", free.then_some(Value::Bool(true)));
    let today = maker.place.model.day.today;
    let to_come = training.sessions.iter().filter(|session| session.start.date() >= today);
    let instance = |session: &crate::content::kinds::training::Session| {
        let held = (session.start, session.end);
        dated(maker, json!({"@type": "CourseInstance"}), held, session.place.as_ref())
    };
    let instances: Vec<Value> = to_come.take(DATES).map(instance).collect();
    with(thing, "hasCourseInstance", (!instances.is_empty()).then(|| json!(instances)))
}

fn school(maker: &Maker<'_>, thing: Value, place: &Place) -> Value {
    let address = json!({"@type": "PostalAddress"});
    let street = maker.some_text(place.address.as_ref()).map(|street| json!(street));
    let address = with(address, "streetAddress", street);
    let postcode = maker.some_text(place.postcode.as_ref()).map(|postcode| json!(postcode));
    let address = with(address, "postalCode", postcode);
    let says_more = address.as_object().is_some_and(|address| address.len() > 1);
    with(thing, "address", says_more.then_some(address))
}

/// A thing with when and where it is held.
fn dated(
    maker: &Maker<'_>,
    thing: Value,
    (start, end): (DateTime, Option<DateTime>),
    place: Option<&String>,
) -> Value {
    let moment = |at: DateTime| match lasts_all_day(start, end) {
        true => Some(json!(at.date().to_string())),
        false => Some(json!(london::zoned(at)?.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())),
    };
    // Of whole days schema.org names the last one, and we know the day after it.
    let last = end.and_then(|end| match lasts_all_day(start, Some(end)) {
        true => end.date().yesterday().ok().map(|day| day.to_datetime(start.time())),
        false => Some(end),
    });
    let thing = with(thing, "startDate", moment(start));
    let thing = with(thing, "endDate", last.and_then(moment));
    let place = maker.some_text(place).map(|name| json!({"@type": "Place", "name": name}));
    with(thing, "location", place)
}
