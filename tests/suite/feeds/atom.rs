//! Atom feeds, read by a program that knows RFC 4287.

use atom_syndication::{Entry, Feed};

use super::super::support::{Files, build, build_on, reviewed, today, with};
use super::{HARD, addressed};

fn read(text: &str) -> Feed {
    Feed::read_from(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn news(title: &str, date: &str, more: &str) -> String {
    format!("---\ntitle: '{title}'\nsummary: 'About {title}.'\ndate: {date}\n{more}---\n")
}

fn project() -> Files {
    addressed(&[
        ("boroughs/barnet/news/old.md", &news("Old", "2026-10-01", "")),
        ("boroughs/barnet/news/new.md", &news("New", "2026-11-01", "reviewed: 2026-11-03\n")),
        ("boroughs/barnet/news/draft.md", &news("Draft", "2026-11-01", "draft: true\n")),
        ("boroughs/barnet/news/future.md", &news("Future", "2026-12-01", "")),
        ("london/training/autism.md", &reviewed("Autism", "")),
        ("london/guides/help.md", &reviewed("Help in {borough}", "")),
    ])
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries().iter().map(|entry: &Entry| entry.title().as_str()).collect()
}

#[test]
fn news_come_newest_first_with_the_days_that_authors_gave() {
    let feed = read(&build(&project(), "barnet")["news/news.atom"]);
    assert_eq!(feed.title().as_str(), "Barnet: News");
    assert_eq!(titles(&feed), ["New", "Old"], "no draft, and nothing of days to come");
    assert_eq!(feed.updated().to_rfc3339(), "2026-11-01T00:00:00+00:00");
    assert_eq!(feed.authors()[0].name(), "London Borough of Barnet");
    let entry = &feed.entries()[0];
    assert_eq!(entry.published().unwrap().to_rfc3339(), "2026-11-01T00:00:00+00:00");
    assert_eq!(entry.summary().unwrap().as_str(), "About New.");
    assert_eq!(entry.links()[0].href(), "https://barnet.example.org/send/news/new/");
    assert_eq!(entry.categories()[0].term(), "news");
}

#[test]
fn what_changed_tells_of_every_kind_and_training_of_its_own() {
    let built = build(&project(), "barnet");
    let changes = read(&built["changes.atom"]);
    assert_eq!(titles(&changes), ["New", "Old", "Help in Barnet", "Autism"]);
    assert_eq!(titles(&read(&built["training/training.atom"])), ["Autism"]);
    let own =
        |feed: &Feed| feed.links().iter().find(|l| l.rel() == "self").unwrap().href().to_owned();
    assert_eq!(own(&changes), "https://barnet.example.org/send/changes.atom");
}

#[test]
fn ids_stay_whatever_the_address_and_whichever_site_tells() {
    let ids = |files: &Files, site: &str, path: &str| -> Vec<String> {
        let feed = read(&build(files, site)[path]);
        feed.entries().iter().map(|entry| entry.id().to_owned()).collect()
    };
    let here = ids(&project(), "barnet", "training/training.atom");
    assert!(here[0].starts_with("urn:uuid:"), "{here:?}");
    assert_eq!(here, ids(&project(), "hub", "training/training.atom"));
    let mut moved = project();
    let site = moved.get_mut("content/site.yaml").unwrap();
    *site = site.replace("barnet.example.org", "elsewhere.example.org");
    assert_eq!(here, ids(&moved, "barnet", "training/training.atom"));
}

#[test]
fn a_feed_does_not_change_with_the_day_alone() {
    let mut later = today();
    later.today = later.today.tomorrow().unwrap();
    let (tomorrow, ..) = build_on(&project(), "barnet", later);
    assert_eq!(build(&project(), "barnet")["changes.atom"], tomorrow["changes.atom"]);
}

#[test]
fn hard_text_comes_back_as_it_was() {
    let title = format!("{HARD} {}", "very long ".repeat(8)).trim().to_owned();
    let files = addressed(&[("boroughs/barnet/news/hard.md", &news(&title, "2026-11-01", ""))]);
    assert_eq!(titles(&read(&build(&files, "barnet")["news/news.atom"])), [title]);
}

#[test]
fn many_entries_are_cut_to_the_newest_fifty() {
    let mut files = addressed(&[]);
    for day in 1..=28 {
        for month in [8, 9] {
            let path = format!("content/boroughs/barnet/news/n{month}-{day}.md");
            files.insert(path, news("N", &format!("2026-{month:02}-{day:02}"), ""));
        }
    }
    let feed = read(&build(&files, "barnet")["news/news.atom"]);
    assert_eq!(feed.entries().len(), 50);
    assert_eq!(feed.entries()[0].updated().to_rfc3339(), "2026-09-28T00:00:00+00:00");
    assert_eq!(feed.entries()[49].updated().to_rfc3339(), "2026-08-07T00:00:00+00:00");
}

#[test]
fn without_an_address_or_without_news_no_page_announces_a_feed() {
    for files in [with(&[]), addressed(&[])] {
        for (path, text) in build(&files, "barnet") {
            assert!(!path.ends_with(".atom"), "{path}");
            let announces = path.ends_with(".html") && text.contains("application/atom+xml");
            assert!(!announces, "{path}");
        }
    }
    let kingston = build(&project(), "kingston");
    assert!(!kingston.contains_key("changes.atom"), "it has no address");
    let built = build(&project(), "barnet");
    for (page, href) in [
        ("index.html", "./changes.atom"),
        ("index.html", "./news/news.atom"),
        ("news/index.html", "../news/news.atom"),
        ("training/index.html", "../training/training.atom"),
        ("about/index.html", "../changes.atom"),
    ] {
        let document = scraper::Html::parse_document(&built[page]);
        for selector in ["head link[rel=alternate][type='application/atom+xml']", "main a"] {
            let found = scraper::Selector::parse(selector).unwrap();
            let leads = document.select(&found).any(|a| a.value().attr("href") == Some(href));
            assert!(leads, "{page} has no {selector} to {href}");
        }
    }
}
