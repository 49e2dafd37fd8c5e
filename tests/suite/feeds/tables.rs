//! Places and training as tables, read as a spreadsheet reads them.

use std::collections::BTreeMap;

use super::super::support::{Files, build, reviewed, with};
use super::addressed;

/// The rows of a table, each cell under its heading.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let csv = csv.strip_prefix('\u{feff}').expect("a mark that it is UTF-8");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = headings.iter().zip(record.iter());
        cells.map(|(heading, cell)| (heading.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn project() -> Files {
    addressed(&[
        (
            "boroughs/barnet/places/base.md",
            "---\ntitle: Base\nsummary: '=HYPERLINK(\"https://evil\")'\nneeds: [autism]\n\
             phases: [primary]\nschool: '@School'\ntype: arp\nplaces: 12\n\
             address: \"1 Road, Barnet\"\npostcode: N1 1AA\nlatitude: 51.6\nlongitude: -0.2\n---\n",
        ),
        (
            "boroughs/barnet/places/draft.md",
            "---\ntitle: Draft\nsummary: D.\ntype: arp\ndraft: true\n---\n",
        ),
        (
            "london/training/autism.md",
            &reviewed(
                "Autism",
                "offer: free\nprovider: Team for {borough}\nfor_roles: [senco]\nsessions:\n\
                 - {start: 2026-12-01 09:30, end: 2026-12-01 12:00, place: Online, places_left: 3}\n\
                 - {start: 2027-01-12 09:30}\n",
            ),
        ),
        ("london/training/other.md", &reviewed("Other", "")),
    ])
}

#[test]
fn each_place_is_a_row_with_what_its_page_says() {
    let rows = rows(&build(&project(), "barnet")["places/places.csv"]);
    assert_eq!(rows.len(), 1, "no draft: {rows:?}");
    let row = &rows[0];
    assert_eq!((&*row["title"], &*row["places"], &*row["postcode"]), ("Base", "12", "N1 1AA"));
    assert_eq!(row["type"], "Additional resourced provision (ARP)");
    assert_eq!((&*row["needs"], &*row["ages"], &*row["from"]), ("Autism", "Primary", "Barnet"));
    assert_eq!(row["address"], "https://barnet.example.org/send/places/base/");
}

#[test]
fn no_cell_is_a_formula_and_a_number_stays_one() {
    let rows = rows(&build(&project(), "barnet")["places/places.csv"]);
    assert_eq!(rows[0]["summary"], "'=HYPERLINK(\"https://evil\")");
    assert_eq!(rows[0]["school"], "'@School");
    assert_eq!((&*rows[0]["latitude"], &*rows[0]["longitude"]), ("51.6", "-0.2"));
}

#[test]
fn each_session_of_training_is_a_row_and_training_without_one_has_a_row_too() {
    let rows = rows(&build(&project(), "barnet")["training/training.csv"]);
    let cells = |name: &str| -> Vec<&str> { rows.iter().map(|row| &*row[name]).collect() };
    assert_eq!(cells("title"), ["Autism", "Autism", "Other"]);
    assert_eq!(cells("start"), ["2026-12-01 09:30", "2027-01-12 09:30", ""]);
    assert_eq!(cells("places_left"), ["3", "", ""]);
    assert_eq!(cells("offer"), ["Free", "Free", ""]);
    assert_eq!(cells("provider"), ["Team for Barnet", "Team for Barnet", ""]);
    assert_eq!(cells("for"), ["SENCo", "SENCo", ""]);
}

#[test]
fn lists_lead_to_their_tables_and_empty_ones_to_none() {
    let built = build(&project(), "barnet");
    assert!(built["places/index.html"].contains("href=\"../places/places.csv\""));
    assert!(built["training/index.html"].contains("href=\"../training/training.csv\""));
    let empty = build(&with(&[]), "barnet");
    assert!(
        !empty.contains_key("places/places.csv") && !empty.contains_key("training/training.csv")
    );
    assert!(!empty["places/index.html"].contains("places.csv"));
}
