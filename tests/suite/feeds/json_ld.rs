//! Structured data in pages, read as a program reads it: the element first, then the JSON in it.

use serde_json::{Value, json};

use super::super::support::{Files, build, reviewed, words};
use super::{HARD, addressed};

const BARNET: &str = "https://barnet.example.org/send/";

/// The things that a page's data speak of, with that every page must have checked.
fn things(html: &str) -> Vec<Value> {
    let document = scraper::Html::parse_document(html);
    let selector = scraper::Selector::parse("script[type='application/ld+json']").unwrap();
    let blocks: Vec<_> = document.select(&selector).collect();
    assert!(blocks.len() <= 1, "one block a page");
    let text = |block: &scraper::ElementRef<'_>| block.text().collect::<String>();
    let Some(block) = blocks.first() else { return Vec::new() };
    let data: Value = serde_json::from_str(&text(block)).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    data["@graph"].as_array().unwrap().clone()
}

fn thing(html: &str, kind: &str) -> Value {
    let found: Vec<Value> = things(html).into_iter().filter(|t| t["@type"] == kind).collect();
    let [thing] = &found[..] else { panic!("{} of {kind}", found.len()) };
    thing.clone()
}

fn project() -> Files {
    let place = "---\ntitle: The Base\nsummary: A base.\nschool: Brook School\ntype: arp\n\
                 address: 1 Road\npostcode: N1 1AA\nlatitude: 51.6\nlongitude: -0.2\n---\n";
    addressed(&[
        (
            "boroughs/barnet/services/team.md",
            &reviewed(
                "Team",
                "covers: [barnet, {name: Elmbridge}]\n\
                 contact: {phone: '020 7946 0000', email: a@example.org, url: 'https://a.example.org/'}\n",
            ),
        ),
        ("boroughs/barnet/services/silent.md", &reviewed("Silent", "")),
        ("boroughs/barnet/places/base.md", place),
        (
            "boroughs/barnet/events/day.md",
            "---\ntitle: Day\nsummary: Come.\nstart: 2026-07-01 10:00\nend: 2026-07-01 12:00\n\
             place: Hall\n---\n",
        ),
        (
            "boroughs/barnet/events/days.md",
            "---\ntitle: Days\nsummary: Come.\nstart: 2026-12-01 00:00\nend: 2026-12-03 00:00\n---\n",
        ),
        (
            "boroughs/barnet/training/course.md",
            &reviewed(
                "Course",
                "provider: The team\noffer: free\nsessions:\n- {start: 2026-01-12 09:00}\n\
                 - {start: 2027-01-12 09:00, place: Online}\n",
            ),
        ),
    ])
}

#[test]
fn every_page_below_the_home_page_says_where_it_stands() {
    let built = build(&project(), "barnet");
    let crumbs = thing(&built["services/team/index.html"], "BreadcrumbList");
    let step = |position: usize, name: &str, path: &str| json!({"@type": "ListItem", "position": position, "name": name, "item": format!("{BARNET}{path}")});
    let steps =
        [step(1, "Home", ""), step(2, "Services", "services/"), step(3, "Team", "services/team/")];
    assert_eq!(crumbs["itemListElement"], json!(steps));
    assert!(things(&built["index.html"]).is_empty() && things(&built["404.html"]).is_empty());
}

#[test]
fn a_service_tells_how_to_reach_it_and_nothing_that_is_not_published() {
    let built = build(&project(), "barnet");
    let team = thing(&built["services/team/index.html"], "GovernmentService");
    assert_eq!(
        (&team["name"], &team["url"]),
        (&json!("Team"), &json!(format!("{BARNET}services/team/")))
    );
    assert_eq!(team["areaServed"], json!(["Barnet", "Elmbridge"]));
    let channel = &team["availableChannel"];
    assert_eq!(channel["servicePhone"]["telephone"], json!(["020 7946 0000"]));
    assert_eq!(channel["servicePhone"]["email"], "a@example.org");
    assert_eq!(channel["serviceUrl"], "https://a.example.org/");
    let silent = thing(&built["services/silent/index.html"], "GovernmentService");
    assert_eq!((silent.get("availableChannel"), silent.get("areaServed")), (None, None));
}

#[test]
fn events_and_courses_say_when_with_londons_offset_of_that_day() {
    let built = build(&project(), "barnet");
    let day = thing(&built["events/day/index.html"], "EducationEvent");
    assert_eq!(day["startDate"], "2026-07-01T10:00:00+01:00");
    assert_eq!(day["endDate"], "2026-07-01T12:00:00+01:00");
    assert_eq!(day["location"]["name"], "Hall");
    let days = thing(&built["events/days/index.html"], "EducationEvent");
    assert_eq!(
        (&days["startDate"], &days["endDate"]),
        (&json!("2026-12-01"), &json!("2026-12-02"))
    );
    let course = thing(&built["training/course/index.html"], "Course");
    assert_eq!(course["provider"]["name"], "The team");
    assert_eq!(course["isAccessibleForFree"], true);
    let dates = course["hasCourseInstance"].as_array().unwrap();
    assert_eq!(dates.len(), 1, "what is over is not offered");
    assert_eq!(dates[0]["startDate"], "2027-01-12T09:00:00+00:00");
}

#[test]
fn a_place_is_a_school_with_the_address_that_its_page_shows() {
    let html = &build(&project(), "barnet")["places/base/index.html"];
    let school = thing(html, "School");
    assert_eq!(
        (&school["name"], &school["description"]),
        (&json!("Brook School"), &json!("A base."))
    );
    let address =
        json!({"@type": "PostalAddress", "streetAddress": "1 Road", "postalCode": "N1 1AA"});
    assert_eq!(school["address"], address);
    let shown = words(html);
    assert!(shown.contains("Brook School") && shown.contains("1 Road, N1 1AA"), "{shown}");
    assert_eq!(school.get("geo"), None, "no page shows a latitude");
}

#[test]
fn no_text_ends_the_block_or_begins_a_comment_in_it() {
    let hostile = format!("{HARD} <!-- <script> x");
    let text =
        format!("---\ntitle: '{hostile}'\nsummary: '{hostile}'\nstart: 2026-12-01 10:00\n---\n");
    let html = &build(&addressed(&[("boroughs/barnet/events/hard.md", &text)]), "barnet")["events/hard/index.html"];
    let event = thing(html, "EducationEvent");
    assert_eq!((&event["name"], &event["description"]), (&json!(hostile), &json!(hostile)));
    let block = html.split("application/ld+json\">").nth(1).unwrap();
    let block = block.split("</script>").next().unwrap();
    assert!(!block.contains(['<', '>', '&']), "{block}");
}

#[test]
fn a_course_with_a_thousand_dates_has_a_small_block() {
    let sessions = "- {start: 2027-01-12 09:00, place: A hall in Barnet}\n".repeat(1000);
    let text = reviewed("Course", &format!("sessions:\n{sessions}"));
    let built = build(&addressed(&[("boroughs/barnet/training/course.md", &text)]), "barnet");
    let html = &built["training/course/index.html"];
    let block = html.split("application/ld+json\">").nth(1).unwrap();
    assert!(block.split("</script>").next().unwrap().len() < 4000);
}

#[test]
fn without_an_address_links_are_relative() {
    let built = build(&project(), "kingston");
    let crumbs = thing(&built["about/index.html"], "BreadcrumbList");
    assert_eq!(crumbs["itemListElement"][0]["item"], "../");
    assert_eq!(crumbs["itemListElement"][1]["item"], "../about/");
}
