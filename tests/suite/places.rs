//! Where places are: the map above the list of them, and the way to a map of streets.

use super::support::{Files, build, page, said, with, words};

fn place(title: &str, more: &str) -> String {
    format!("---\ntitle: {title}\nsummary: About {title}.\ntype: arp\n{more}---\n")
}

fn at(north: f64, east: f64) -> String {
    format!("latitude: {north}\nlongitude: {east}\n")
}

/// So many places of Barnet, the first of them with points.
fn many(all: usize, with_points: usize) -> Files {
    let tile = "official_name: London Borough of Barnet\nname: Barnet\nons_code: E09000003\n\
                tile: {code: BAR, column: 3, row: 1}\n";
    let mut files = with(&[("boroughs/barnet/borough.yaml", tile)]);
    for number in 0..all {
        let (row, column) = (number / 12, number % 12);
        let point = match number < with_points {
            true => at(51.55 + 0.01 * row as f64, -0.25 + 0.01 * column as f64),
            false => String::new(),
        };
        let path = format!("content/boroughs/barnet/places/unit-{number:03}.md");
        files.insert(path, place(&format!("Unit {number:03}"), &point));
    }
    files
}

fn pins(page: &str) -> usize {
    page.matches("\" tabindex=\"-1\"><title>Unit").count()
}

#[test]
fn places_with_points_have_pins_with_the_numbers_of_the_list() {
    let files = with(&[
        ("boroughs/barnet/places/a.md", &place("The Alder unit", &at(51.6, -0.2))),
        ("boroughs/barnet/places/b.md", &place("The Birch unit", "")),
        ("boroughs/barnet/places/c.md", &place("The Cedar unit", &at(51.62, -0.15))),
    ]);
    assert_eq!(said(&files), "");
    let list = page(&files, "barnet", "places/index.html");
    let pin = |number: u32, name: &str, slug: &str| {
        let link = format!("<a href=\"../places/{slug}/\" tabindex=\"-1\"><title>{name}</title>");
        let (_, rest) = list.split_once(&link).unwrap();
        assert!(rest.split("</a>").next().unwrap().contains(&format!(">{number}</text>")));
    };
    pin(1, "The Alder unit", "a");
    pin(2, "The Cedar unit", "c");
    let text = words(&list);
    assert!(text.contains("2 of 3 places are on the map."), "{text}");
    assert!(text.contains("Number on the map 1 The Alder unit"), "{text}");
    assert!(text.contains("About The Alder unit. The Birch unit"), "no number: {text}");
    assert!(text.contains("Number on the map 2 The Cedar unit"), "{text}");
    assert!(text.contains("1 km") && text.contains("½ mile"), "{text}");
}

#[test]
fn places_at_one_point_have_a_pin_each() {
    let files = with(&[
        ("boroughs/barnet/places/a.md", &place("Unit A", &at(51.6, -0.2))),
        ("boroughs/barnet/places/b.md", &place("Unit B", &at(51.6, -0.2))),
    ]);
    let list = page(&files, "barnet", "places/index.html");
    assert_eq!(pins(&list), 2);
    let circles: Vec<&str> = list.split("</title><circle ").skip(1).map(|c| &c[..22]).collect();
    assert!(circles[0] != circles[1] && !list.contains("NaN"), "{circles:?}");
}

#[test]
fn fewer_than_two_points_make_no_map() {
    let files = with(&[
        ("boroughs/barnet/places/a.md", &place("Unit A", &at(51.6, -0.2))),
        ("boroughs/barnet/places/b.md", &place("Unit B", "latitude: 51.6\n")),
    ]);
    let list = page(&files, "barnet", "places/index.html");
    assert!(!list.contains("places-map") && !list.contains("pin-number"), "{list}");
}

#[test]
fn a_point_far_away_is_told_and_left_out() {
    let files = with(&[
        ("boroughs/barnet/places/a.md", &place("Unit A", &at(51.6, -0.2))),
        ("boroughs/barnet/places/b.md", &place("Unit B", &at(51.61, -0.21))),
        ("boroughs/barnet/places/c.md", &place("Unit C", &at(-0.2, 51.6))),
    ]);
    assert!(said(&files).contains("51.6 is not a longitude in or near London"));
    let list = page(&files, "barnet", "places/index.html");
    assert_eq!(pins(&list), 2);
    assert!(!page(&files, "barnet", "places/c/index.html").contains("openstreetmap"));
}

#[test]
fn only_the_first_page_of_a_long_list_has_the_map() {
    let mut files = many(120, 0);
    for number in [3, 110] {
        let path = format!("content/boroughs/barnet/places/unit-{number:03}.md");
        let point = at(51.6, -0.2 + f64::from(number) / 1000.0);
        files.insert(path, place(&format!("Unit {number:03}"), &point));
    }
    let built = build(&files, "barnet");
    let first = &built["places/index.html"];
    assert_eq!(pins(first), 2);
    assert!(words(first).contains("2 of 120 places are on the map."));
    let second = &built["places/page/2/index.html"];
    assert!(!second.contains("places-map"));
    assert!(words(second).contains("Number on the map 2 Unit 110"));
}

#[test]
fn a_borough_with_more_places_than_pins_can_be_read_says_how_many_are_where() {
    let list = page(&many(60, 60), "barnet", "places/index.html");
    assert!(pins(&list) == 0 && !list.contains("pin-number"));
    let heaps = list.split("class=\"heap\"").skip(1).map(|heap| {
        let (before, _) = heap.split_once("</text>").unwrap();
        before.rsplit('>').next().unwrap().parse::<usize>().unwrap()
    });
    assert_eq!(heaps.sum::<usize>(), 60);
    assert!(words(&list).contains("All 60 places are on the map."));
}

#[test]
fn a_hub_with_thousands_of_places_shows_how_many_each_borough_has() {
    let built = build(&many(2_000, 2_000), "hub");
    let list = &built["places/index.html"];
    assert!(list.contains("<a href=\"../boroughs/barnet/#part-places\" tabindex=\"-1\" class=\"l2\"><title>Barnet</title>"));
    assert!(words(list).contains("2000"), "Barnet's number");
    assert!(built["boroughs/barnet/index.html"].contains("id=\"part-places\""));
}

#[test]
fn a_place_links_to_a_map_on_another_website_and_says_so() {
    let maps = "https://www.openstreetmap.org/";
    let cases = [
        (at(51.6, -0.2), format!("{maps}?mlat=51.6&amp;mlon=-0.2#map=17/51.6/-0.2")),
        ("postcode: N1 1AA\naddress: 1 Road\n".to_owned(), format!("{maps}search?query=N1%201AA")),
        (
            "address: '1 & 2 Road, N1'\n".to_owned(),
            format!("{maps}search?query=1%20%26%202%20Road%2C%20N1"),
        ),
    ];
    for (more, link) in cases {
        let files = with(&[("london/places/unit.md", &place("Unit", &more))]);
        let unit = page(&files, "barnet", "places/unit/index.html");
        assert!(unit.contains(&format!("href=\"{link}\">")), "{link}: {unit}");
        assert!(words(&unit).contains("OpenStreetMap, which is another website"));
    }
    let files = with(&[("london/places/unit.md", &place("Unit", ""))]);
    assert!(!page(&files, "barnet", "places/unit/index.html").contains("openstreetmap"));
}
