//! Dates for calendars, read by a program that knows iCalendar.

use icalendar::{Calendar, Component, Event, EventLike};

use super::super::support::{Files, build, page, reviewed, with, words};
use super::addressed;

fn read(text: &str) -> Calendar {
    text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn event(title: &str, more: &str) -> String {
    format!("---\ntitle: {title}\nsummary: Come.\nreviewed: 2026-09-01\n{more}---\n")
}

fn project() -> Files {
    addressed(&[
        (
            "boroughs/barnet/events/open-day.md",
            &event(
                "Open day",
                "start: 2026-10-24 10:00\nend: 2026-10-24 12:00\nplace: 'Hall; room 2, Barnet'\n",
            ),
        ),
        (
            "boroughs/barnet/events/conference.md",
            &event("Conference", "start: 2026-11-02 00:00\nend: 2026-11-04 00:00\n"),
        ),
        ("boroughs/barnet/events/some-day.md", &event("Some day", "")),
        (
            "boroughs/barnet/events/secret.md",
            &event("Secret", "start: 2026-10-24 10:00\ndraft: true\n"),
        ),
        (
            "boroughs/barnet/networks/sencos.md",
            &event(
                "SENCos",
                "meets: {every: 2 weeks, on: Tuesday, time: '16:00-17:30', from: 2026-10-13, \
                 until: 2026-11-24, except: [2026-11-10]}\n",
            ),
        ),
        (
            "boroughs/barnet/networks/termly.md",
            &event("Termly", "meets: {every: term, time: '16:00-17:30', from: 2026-10-13}\n"),
        ),
        (
            "london/training/autism.md",
            &reviewed(
                "Autism",
                "sessions:\n- {start: 2027-03-27 09:30, end: 2027-03-27 15:00}\n\
                 - {start: 2027-03-29 09:30}\n",
            ),
        ),
    ])
}

fn value<'a>(event: &'a Event, name: &str) -> Option<&'a str> {
    event.property_value(name)
}

#[test]
fn an_event_has_a_file_beside_its_page_with_its_hours_in_london() {
    let built = build(&project(), "barnet");
    let calendar = read(&built["events/open-day/open-day.ics"]);
    let events: Vec<&Event> = calendar.events().collect();
    let [event] = events[..] else { panic!("{} events", events.len()) };
    assert_eq!(event.get_summary(), Some("Open day"));
    assert_eq!(event.get_location(), Some("Hall; room 2, Barnet"));
    assert_eq!(event.get_url(), Some("https://barnet.example.org/send/events/open-day/"));
    assert_eq!(value(event, "DTSTART"), Some("20261024T100000"));
    assert_eq!(value(event, "DTEND"), Some("20261024T120000"));
    assert_eq!(event.properties()["DTSTART"].params()["TZID"].value(), "Europe/London");
    assert_eq!(value(event, "DTSTAMP"), Some("20260901T000000Z"), "the day of its review");
    assert!(
        built["events/open-day/open-day.ics"].contains("BEGIN:VTIMEZONE\r\nTZID:Europe/London")
    );
}

#[test]
fn what_begins_and_ends_at_midnight_lasts_all_day_on_its_page_and_in_calendars() {
    let built = build(&project(), "barnet");
    let calendar = read(&built["events/conference/conference.ics"]);
    let event = calendar.events().next().unwrap();
    assert_eq!(value(event, "DTSTART"), Some("20261102"));
    assert_eq!(value(event, "DTEND"), Some("20261104"), "the day after the last");
    assert_eq!(event.properties()["DTSTART"].params()["VALUE"].value(), "DATE");
    let page = words(&built["events/conference/index.html"]);
    assert!(page.contains("2 November 2026") && !page.contains("midnight"), "{page}");
    assert!(!page.contains("12am") && !page.contains("0:00"), "{page}");
}

#[test]
fn what_repeats_keeps_its_hour_when_the_clocks_change() {
    let calendar = read(&build(&project(), "barnet")["networks/sencos/sencos.ics"]);
    let events: Vec<_> = calendar.calendar_events().collect();
    let [event] = &events[..] else { panic!("{} events", events.len()) };
    let dates: Vec<String> = event
        .get_recurrence()
        .unwrap()
        .into_iter()
        .map(|date| date.format("%Y-%m-%d %H:%M %z").to_string())
        .collect();
    // British Summer Time ends on 25 October; the tenth of November is an exception, and the last
    // meeting is on the last day.
    assert_eq!(
        dates,
        ["2026-10-13 16:00 +0100", "2026-10-27 16:00 +0000", "2026-11-24 16:00 +0000"]
    );
}

#[test]
fn every_session_of_training_is_a_date_of_its_own() {
    let calendar = read(&build(&project(), "barnet")["training/autism/autism.ics"]);
    let starts: Vec<&str> = calendar.events().map(|e| value(e, "DTSTART").unwrap()).collect();
    assert_eq!(starts, ["20270327T093000", "20270329T093000"]);
    let ids: Vec<&str> = calendar.events().map(|event| event.get_uid().unwrap()).collect();
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn two_groups_at_one_time_are_two_dates() {
    let files = addressed(&[(
        "london/training/autism.md",
        &reviewed(
            "Autism",
            "sessions:\n- {start: 2027-03-27 09:30, end: 2027-03-27 12:00, place: Room A}\n\
             - {start: 2027-03-27 09:30, end: 2027-03-27 15:00, place: Room B}\n",
        ),
    )]);
    let calendar = read(&build(&files, "hub")["training/autism/autism.ics"]);
    let ids: std::collections::BTreeSet<&str> =
        calendar.events().map(|event| event.get_uid().unwrap()).collect();
    assert_eq!(ids.len(), 2);
}

#[test]
fn the_calendar_of_a_site_has_everything_that_has_a_date_and_nothing_that_is_hidden() {
    let calendar = read(&build(&project(), "barnet")["calendar.ics"]);
    let mut titles: Vec<&str> = calendar.events().map(|e| e.get_summary().unwrap()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["Autism", "Autism", "Conference", "Open day", "SENCos"]);
    assert_eq!(calendar.get_name(), Some("Barnet"));
}

#[test]
fn the_same_date_has_the_same_name_on_every_site_and_after_a_change_of_address() {
    let uids = |files: &Files, site: &str, path: &str| -> Vec<String> {
        let calendar = read(&build(files, site)[path]);
        calendar.events().map(|event| event.get_uid().unwrap().to_owned()).collect()
    };
    let here = uids(&project(), "barnet", "training/autism/autism.ics");
    assert_eq!(here, uids(&project(), "hub", "training/autism/autism.ics"));
    let mut moved = project();
    let site = moved.get_mut("content/site.yaml").unwrap();
    *site = site.replace("barnet.example.org", "elsewhere.example.org");
    assert_eq!(here, uids(&moved, "barnet", "training/autism/autism.ics"));
    let own = uids(&project(), "barnet", "events/open-day/open-day.ics");
    let hub = uids(&project(), "hub", "boroughs/barnet/events/open-day/open-day.ics");
    assert_eq!(own, hub);
}

#[test]
fn what_has_no_date_has_no_file_and_no_page_speaks_of_one() {
    let built = build(&project(), "barnet");
    assert!(!built.contains_key("events/some-day/some-day.ics"));
    assert!(!built.contains_key("networks/termly/termly.ics"), "a term is not a date");
    assert!(!built.keys().any(|path| path.contains("secret")));
    assert!(!built["events/some-day/index.html"].contains(".ics"));
    let empty = build(&with(&[]), "barnet");
    assert!(!empty.contains_key("calendar.ics"));
    assert!(empty.values().all(|text| !text.contains("calendar.ics")));
}

#[test]
fn pages_lead_people_and_programs_to_their_dates() {
    let built = build(&project(), "barnet");
    let announced = |path: &str, href: &str| {
        let document = scraper::Html::parse_document(&built[path]);
        let find = |selector: &str| {
            let selector = scraper::Selector::parse(selector).unwrap();
            document.select(&selector).any(|found| found.value().attr("href") == Some(href))
        };
        let head = find("head link[rel=alternate][type='text/calendar'][title]");
        (head, find("main a"))
    };
    assert_eq!(
        announced("events/open-day/index.html", "../../events/open-day/open-day.ics"),
        (true, true)
    );
    for list in ["events", "training", "networks"] {
        let page = format!("{list}/index.html");
        assert_eq!(announced(&page, "../calendar.ics"), (true, true), "{list}");
    }
    assert_eq!(announced("about/index.html", "../calendar.ics"), (true, true));
    assert!(announced("index.html", "./calendar.ics").0);
}

#[test]
fn a_translated_page_says_it_in_its_language() {
    let files = addressed(&[
        ("boroughs/barnet/events/day.md", &event("Day", "start: 2026-10-24 10:00\n")),
        ("boroughs/barnet/events/day.pl.md", "---\ntitle: Dzień\nsummary: Przyjdź.\n---\n"),
    ]);
    let html = page(&files, "barnet", "pl/events/day/index.html");
    assert!(words(&html).contains("Dodaj do kalendarza"), "{html}");
}

#[test]
fn long_titles_in_any_script_come_back_as_they_were() {
    let title = format!("{}; <b>&\\", "دعم, Zażółć ".repeat(9).trim());
    let text = event(&format!("'{title}'"), "start: 2026-10-24 10:00\n");
    let files = addressed(&[("boroughs/barnet/events/long.md", &text)]);
    let written = &build(&files, "barnet")["calendar.ics"];
    assert!(written.split("\r\n").all(|line| line.len() <= 75), "{written}");
    assert_eq!(read(written).events().next().unwrap().get_summary(), Some(title.as_str()));
}
