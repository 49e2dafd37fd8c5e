//! The Open Referral UK export, held against what the standard requires.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::support::{Files, build, reviewed, with};
use super::{HARD, addressed};

/// The fields that must be there, as `required` has them in the schemas of HSDS 3.0
/// (<https://github.com/openreferral/specification/tree/3.0/schema>) and of its UK profile
/// (<https://github.com/OpenReferralUK/uk-profile/tree/main/schema>: service, organization,
/// location, and the others as they are in HSDS).
const REQUIRED: [(&str, &[&str]); 10] = [
    ("service", &["id", "name", "status"]),
    ("organization", &["id", "name", "description"]),
    ("phones", &["id", "number"]),
    ("contacts", &["id"]),
    ("schedules", &["id"]),
    ("cost_options", &["id"]),
    ("service_areas", &["id"]),
    ("service_at_locations", &["id"]),
    ("location", &["id", "location_type"]),
    (
        "addresses",
        &["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"],
    ),
];

fn project() -> Files {
    addressed(&[
        (
            "boroughs/barnet/services/team.md",
            &reviewed(
                "Team",
                "covers: [barnet, {name: Elmbridge}]\ncost: Free\n\
                 contact: {name: Ann, role: Lead, phone: '020 7946 0000', \
                 email: a@example.org, url: 'https://a.example.org/', hours: Mondays}\n",
            ),
        ),
        ("london/services/silent.md", &reviewed(&format!("'{HARD}'"), "")),
        ("boroughs/barnet/services/draft.md", &reviewed("Draft", "draft: true\n")),
        (
            "boroughs/barnet/places/base.md",
            "---\ntitle: Base\nsummary: A base.\nschool: Brook School\ntype: arp\n\
             address: 'Unit 2, 1 Road, Barnet'\npostcode: N1 1AA\nlatitude: 51.6\n\
             longitude: -0.2\n---\n",
        ),
        ("boroughs/barnet/places/bare.md", "---\ntitle: Bare\nsummary: A place.\ntype: arp\n---\n"),
    ])
}

fn export(files: &Files, site: &str) -> Value {
    serde_json::from_str(&build(files, site)["services/open-referral-uk.json"]).unwrap()
}

/// Checks one record and all within it; gathers ids.
fn check(name: &str, record: &Value, ids: &mut Vec<String>) {
    let (_, required) = REQUIRED.iter().find(|(known, _)| *known == name).unwrap();
    for field in *required {
        assert!(record[*field].is_string(), "a {name} without {field}: {record}");
    }
    let id = uuid::Uuid::parse_str(record["id"].as_str().unwrap()).unwrap();
    assert_eq!(id.get_version_num(), 5, "{record}");
    ids.push(id.to_string());
    for (field, value) in record.as_object().unwrap() {
        match value {
            Value::Object(_) => check(field, value, ids),
            Value::Array(items) => items.iter().for_each(|item| check(field, item, ids)),
            Value::Null => panic!("{name}.{field} is null"),
            _ => {}
        }
    }
}

#[test]
fn every_record_has_the_fields_that_the_standard_requires_and_an_id_of_its_own() {
    let export = export(&project(), "barnet");
    let services = export["contents"].as_array().unwrap();
    assert_eq!(services.len(), 4, "no draft");
    assert_eq!((&export["total_items"], &export["last_page"]), (&json!(4), &json!(true)));
    let mut ids = Vec::new();
    services.iter().for_each(|service| check("service", service, &mut ids));
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice");
    let states = ["active", "inactive", "defunct", "temporarily closed"];
    assert!(services.iter().all(|service| states.contains(&service["status"].as_str().unwrap())));
}

#[test]
fn a_service_says_what_its_page_says_and_leaves_out_what_nobody_published() {
    let export = export(&project(), "barnet");
    let named = |name: &str| {
        let all = export["contents"].as_array().unwrap();
        all.iter().find(|service| service["name"] == name).unwrap().clone()
    };
    let team = named("Team");
    assert_eq!(
        (&team["email"], &team["url"]),
        (&json!("a@example.org"), &json!("https://a.example.org/"))
    );
    assert_eq!(team["phones"][0]["number"], "020 7946 0000");
    assert_eq!(
        (&team["contacts"][0]["name"], &team["contacts"][0]["title"]),
        (&json!("Ann"), &json!("Lead"))
    );
    assert_eq!(team["schedules"][0]["description"], "Mondays");
    assert_eq!(team["cost_options"][0]["amount_description"], "Free");
    assert_eq!(team["service_areas"][1]["name"], "Elmbridge");
    assert_eq!(team["assured_date"], "2026-09-01");
    let silent = named(HARD);
    for field in ["email", "phones", "contacts", "organization", "service_at_locations"] {
        assert_eq!(silent.get(field), None, "{field}");
    }
    assert_eq!(silent["url"], "https://barnet.example.org/send/services/silent/");
}

#[test]
fn a_place_is_a_service_at_a_location() {
    let export = export(&project(), "barnet");
    let all = export["contents"].as_array().unwrap();
    let base = all.iter().find(|service| service["name"] == "Base").unwrap();
    assert_eq!(base["organization"]["name"], "Brook School");
    let location = &base["service_at_locations"][0]["location"];
    assert_eq!((&location["latitude"], &location["longitude"]), (&json!(51.6), &json!(-0.2)));
    let address = &location["addresses"][0];
    assert_eq!(
        (&address["address_1"], &address["city"]),
        (&json!("Unit 2, 1 Road"), &json!("Barnet"))
    );
    assert_eq!((&address["postal_code"], &address["country"]), (&json!("N1 1AA"), &json!("GB")));
    let bare = all.iter().find(|service| service["name"] == "Bare").unwrap();
    assert_eq!(bare["service_at_locations"][0]["location"].get("addresses"), None);
}

#[test]
fn ids_are_the_same_on_every_site_and_at_every_address() {
    let id = |export: &Value| {
        let all = export["contents"].as_array().unwrap();
        all.iter().find(|service| service["name"] == HARD).unwrap()["id"].clone()
    };
    let here = id(&export(&project(), "barnet"));
    assert_eq!(here, id(&export(&project(), "hub")));
    assert_eq!(here, id(&export(&project(), "kingston")), "which has no address");
}

#[test]
fn it_is_called_an_export_and_offered_only_where_there_is_one() {
    let built = build(&project(), "barnet");
    for page in ["services/index.html", "places/index.html"] {
        assert!(built[page].contains("href=\"../services/open-referral-uk.json\""), "{page}");
        assert!(built[page].contains("Open Referral UK export"), "{page}");
        assert!(!built[page].contains("API"), "{page}");
    }
    let empty = build(&with(&[]), "barnet");
    assert!(!empty.contains_key("services/open-referral-uk.json"));
    assert!(!empty["services/index.html"].contains("open-referral"));
}
