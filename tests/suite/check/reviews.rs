//! Rules about days: reviews, publishing, translations, adapted pages.

use super::{check, count, finds, guide, told};
use crate::support::{reviewed, with};

const PAGE: &str = "london/guides/help.md";

fn due(day: &str) -> String {
    guide("", "Help.").replace("2027-09-01", day)
}

#[test]
fn a_late_review_is_a_warning_and_a_near_one_advice() {
    finds("review-overdue", &[(PAGE, &due("2026-11-21"))], &[(PAGE, &due("2026-11-22"))]);
    finds("review-soon", &[(PAGE, &due("2026-12-22"))], &[(PAGE, &due("2026-12-23"))]);
    finds("review-soon", &[(PAGE, &due("2026-11-22"))], &[(PAGE, &due("2026-11-21"))]);
    let run = check(&with(&[(PAGE, &due("2026-11-01"))]), &[]);
    assert!(run.err.contains("the review is overdue by 21 days"), "{}", run.err);
}

#[test]
fn days_of_publishing_that_are_over_or_to_come_are_told() {
    let page = |more: &str| guide(more, "Help.");
    let now = page("publish_from: 2026-11-22\npublish_until: 2026-11-22\n");
    finds("expired", &[(PAGE, &page("publish_until: 2026-11-21\n"))], &[(PAGE, &now)]);
    finds("not-yet-published", &[(PAGE, &page("publish_from: 2026-11-23\n"))], &[(PAGE, &now)]);
}

#[test]
fn a_version_that_is_older_than_its_page_is_told() {
    let version = |day: &str| guide(&format!("translated_from: {day}\n"), "Pomoc.");
    let (old, new) = (version("2026-08-31"), version("2026-09-01"));
    let page = guide("", "Help.");
    let polish = "london/guides/help.pl.md";
    finds(
        "outdated-translation",
        &[(polish, &old), (PAGE, &page)],
        &[(polish, &new), (PAGE, &page)],
    );
}

#[test]
fn a_borough_is_told_that_the_page_it_adapts_has_changed() {
    let own = "boroughs/barnet/guides/help.md";
    let adapts = |more: &str| format!("---\ntitle: Help in Barnet\n{more}---\nOurs.\n");
    let page = guide("", "Help.");
    let old = adapts("base_reviewed: 2026-08-31\n");
    let new = adapts("base_reviewed: 2026-09-01\n");
    finds("base-changed", &[(own, &old), (PAGE, &page)], &[(own, &new), (PAGE, &page)]);
    let alone = guide("replaces: true\nbase_reviewed: 2026-01-01\n", "Ours.");
    let said = told(&[(own, &alone), (PAGE, &page)]);
    assert_eq!(count(&said, "base-changed", own), 0, "{said}");
}

#[test]
fn drafts_are_looked_at_only_when_they_are_asked_for() {
    let draft = due("2026-01-01").replace("title: Help", "title: Help\ndraft: true");
    let files = with(&[(PAGE, &draft)]);
    assert_eq!(count(&check(&files, &[]).err, "review-overdue", PAGE), 0);
    assert_eq!(count(&check(&files, &["--drafts"]).err, "review-overdue", PAGE), 1);
}

#[test]
fn dates_that_cannot_be_are_told() {
    let page = |body: &str| guide("", body);
    let right = page("It is on Sunday 22 November 2026, or 29 February 2028, or 31 May.");
    for wrong in ["It is on Monday 22 November 2026.", "It is on 31 June 2026."] {
        finds("impossible-date", &[(PAGE, &page(wrong))], &[(PAGE, &right)]);
    }
    let early = reviewed("Help", "").replace("2026-09-01", "2026-11-23");
    finds("impossible-date", &[(PAGE, &early)], &[(PAGE, &reviewed("Help", ""))]);
}
