//! Rules that look at all pages together.

use std::fmt::Write as _;

use super::{count, finds, guide, told};
use crate::support::reviewed;

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

#[test]
fn a_page_far_from_home_must_be_linked_from_somewhere() {
    let mut pages = Vec::new();
    for number in 0..201 {
        let mut body = String::new();
        if number == 0 {
            let _ = write!(body, "See [[guides/g199]].");
        }
        let page = guide("", &body).replace("title: Help", &format!("title: Help {number:03}"));
        let page = page.replace("What help there is.", &format!("Help number {number}."));
        pages.push((format!("london/guides/g{number:03}.md"), page));
    }
    let files: Vec<(&str, &str)> = pages.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let said = told(&files);
    assert_eq!(count(&said, "orphan", "g200.md"), 1, "{said}");
    assert!(said.contains("this page is 4 clicks from home"), "{said}");
    assert_eq!(said.matches("[orphan]").count(), 1);
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
