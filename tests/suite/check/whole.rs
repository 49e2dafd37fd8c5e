//! Rules that look at all pages together.

use std::collections::{BTreeMap, VecDeque};

use ordinarily::path::normalise;

use super::{count, finds, guide, told};
use crate::support::{Files, build, reviewed, with, words};

#[test]
fn two_pages_of_a_site_must_differ_in_title_and_summary() {
    let (one, two) = ("london/guides/a.md", "london/guides/b.md");
    let page = |title: &str, summary: &str| {
        reviewed(title, "").replace(&format!("About {title}."), summary)
    };
    let first = page("Help", "One.");
    let other = page("More help", "Two.");
    finds(
        "duplicate-title",
        &[(two, &page("Help", "Two.")), (one, &first)],
        &[(two, &other), (one, &first)],
    );
    finds(
        "duplicate-title",
        &[(two, &page("More", "One.")), (one, &first)],
        &[(two, &other), (one, &first)],
    );
    // A borough that adapts a page has the same page, and two boroughs have two sites.
    let said = told(&[
        (one, &first),
        ("boroughs/barnet/guides/a.md", "---\nkeywords: [x]\n---\nOurs.\n"),
        ("boroughs/barnet/guides/c.md", &page("Ours", "Three.")),
        ("boroughs/kingston/guides/c.md", &page("Ours", "Three.")),
    ]);
    assert!(!said.contains("duplicate-title"), "{said}");
}

#[test]
fn a_boroughs_page_is_told_and_not_the_shared_one_that_it_repeats() {
    let shared = reviewed("Help", "");
    let said = told(&[("london/guides/z.md", &shared), ("boroughs/barnet/guides/a.md", &shared)]);
    assert_eq!(count(&said, "duplicate-title", "boroughs/barnet/guides/a.md"), 2, "{said}");
}

/// So many guides about nothing in particular, of which the first one links to the one behind the
/// hundredth; and as many news.
fn long_lists() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for number in 0..102 {
        let body = if number == 0 { "See [[guides/g100]]." } else { "" };
        let page = guide("", body).replace("title: Help", &format!("title: Help {number:03}"));
        let page = page.replace("What help there is.", &format!("Help number {number}."));
        pages.push((format!("london/guides/g{number:03}.md"), page));
        let (month, day) = (1 + number / 25, 1 + number % 25);
        let told = format!(
            "---\ntitle: Told {number}\nsummary: Number {number}.\ndate: 2026-{month:02}-{day:02}\n---\n"
        );
        pages.push((format!("boroughs/barnet/news/n{number:03}.md"), told));
    }
    pages
}

#[test]
fn a_page_behind_the_first_of_its_list_must_be_found_in_another_way() {
    let mut pages = long_lists();
    // The second oldest is about a need, so only the oldest of the news is left.
    let second = pages.iter_mut().find(|(path, _)| path.ends_with("n001.md")).unwrap();
    second.1 = second.1.replace("---\ntitle", "---\nneeds: [autism]\ntitle");
    let files: Vec<(&str, &str)> = pages.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let said = told(&files);
    for (path, list) in [("g101.md", "guides"), ("n000.md", "news")] {
        assert_eq!(count(&said, "orphan", path), 1, "{said}");
        assert!(said.contains(&format!("only page 2 of /{list}/ and the A to Z lead here")));
    }
    assert_eq!(said.matches("[orphan]").count(), 2, "{said}");
    // It is just what those pages of the lists show.
    let (hub, barnet) = (build(&with(&files), "hub"), build(&with(&files), "barnet"));
    let guides = words(&hub["guides/page/2/index.html"]);
    assert!(guides.contains("Help 101") && guides.contains("Help 100"), "{guides}");
    assert!(!guides.contains("Help 099"), "{guides}");
    let news = words(&barnet["news/page/2/index.html"]);
    assert!(news.contains("Told 0 ") && news.contains("Told 1 "), "{news}");
    assert!(!news.contains("Told 2 "), "{news}");
}

/// How many clicks each page of a site is from home, by the links and forms that pages have.
fn clicks(site: &Files) -> BTreeMap<&str, usize> {
    let leads = scraper::Selector::parse("a[href], form[action]").unwrap();
    let mut found = BTreeMap::from([("index.html", 0)]);
    let mut next = VecDeque::from(["index.html"]);
    while let Some(page) = next.pop_front() {
        let document = scraper::Html::parse_document(&site[page]);
        for element in document.select(&leads) {
            let to = element.attr("href").or_else(|| element.attr("action")).unwrap();
            let to = to.split(['#', '?']).next().unwrap();
            let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
            let Some(path) = normalise(folder, to).filter(|_| !to.contains(':')) else { continue };
            let index = format!("{path}/index.html");
            let known = site.get_key_value(&path).or_else(|| site.get_key_value(&index));
            let known =
                known.or_else(|| site.get_key_value("index.html").filter(|_| path.is_empty()));
            let Some((path, _)) = known.filter(|(path, _)| path.ends_with(".html")) else {
                continue;
            };
            if !found.contains_key(path.as_str()) {
                found.insert(path, found[page] + 1);
                next.push_back(path);
            }
        }
    }
    found
}

/// Checks that every page of a site is three clicks from home at most.
#[track_caller]
fn is_near(site: &Files) {
    let clicks = clicks(site);
    // Nothing leads to a list of nothing.
    let pages = site.iter().filter(|(path, html)| {
        path.ends_with("index.html")
            && *path != "events/index.html"
            && !html.contains("http-equiv=\"refresh\"")
    });
    // The other versions of an entry are one click from it.
    let most = |path: &str| 3 + usize::from(path.contains("easy-read/") || path.starts_with("pl/"));
    let far: Vec<_> = pages
        .map(|(path, _)| (path, clicks.get(path.as_str())))
        .filter(|(path, clicks)| clicks.is_none_or(|clicks| *clicks > most(path)))
        .collect();
    assert!(far.is_empty(), "{far:?}");
}

#[test]
fn every_page_is_three_clicks_from_home_at_most() {
    let mut pages = long_lists();
    let easy = "---\ntitle: Start\nsummary: Start here.\n---\nWords.\n";
    let polish = "---\ntitle: Start\nsummary: Tak.\ntranslation: reviewed\n---\nTak.\n";
    for (path, text) in [
        ("london/index.easy-read.md", easy),
        ("london/index.pl.md", polish),
        ("boroughs/barnet/index.md", easy),
        ("boroughs/barnet/index.pl.md", polish),
        ("london/guides/g101.easy-read.md", easy),
        ("london/guides/g101.pl.md", polish),
    ] {
        pages.push((path.to_owned(), text.to_owned()));
    }
    // So many that the A to Z has a page for each letter.
    for number in 0..300 {
        let text = reviewed(&format!("{} {number}", char::from(b'a' + number as u8 % 26)), "");
        pages.push((format!("boroughs/barnet/services/s{number}.md"), text));
    }
    let files: Vec<(&str, &str)> = pages.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    for site in ["hub", "barnet"] {
        let site = build(&with(&files), site);
        assert!(site.contains_key("a-z/h/index.html"), "the A to Z is in parts");
        assert!(site.keys().any(|path| path.ends_with("page/2/index.html")));
        is_near(&site);
    }
}

#[test]
fn a_site_must_have_an_accessibility_statement_that_is_in_date() {
    let path = "london/guides/accessibility-statement.md";
    let page = guide("", "It works.");
    let late = page.replace("2027-09-01", "2026-11-01");
    finds("accessibility-statement", &[(path, &late)], &[(path, &page)]);
    let said = told(&[]);
    assert!(said.contains("2 sites have no accessibility statement"), "{said}");
}

#[test]
fn a_borough_should_show_comments_and_its_responses() {
    let feedback = |date: &str, more: &str| {
        format!(
            "---\ntitle: Words\nsummary: Too long.\ndate: {date}\nyou_said: It is long.\n{more}---\n"
        )
    };
    let path = "boroughs/barnet/feedback/words.md";
    let told_of = |page: &str| {
        let said = told(&[(path, page)]);
        count(&said, "comments-and-responses", "boroughs/barnet/borough.yaml")
    };
    assert_eq!(told_of(&feedback("2026-01-01", "we_did: We cut it.\n")), 0);
    assert_eq!(told_of(&feedback("2026-01-01", "")), 1);
    assert_eq!(told_of(&feedback("2025-11-21", "we_did: We cut it.\n")), 1);
}
