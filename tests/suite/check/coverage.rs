//! Which statutory headings a borough publishes: as pages, as text, as CSV and JSON.

use serde_json::Value;

use super::{check, count, guide};
use crate::support::{Files, page, with, words};

fn files() -> Files {
    let heading = |id: &str, title: &str| {
        format!("- {{id: {id}, title: {title}, citation: \"Schedule 2, paragraph 1\"}}\n")
    };
    let headings = heading("travel", "Getting there")
        + &heading("money", "How it is paid for")
        + &heading("health", "Health")
        + &heading("complaints", "Complaints");
    let names = |id: &str, title: &str| {
        guide(&format!("local_offer: {id}\n"), "Help.")
            .replace("title: Help", &format!("title: {title}"))
            .replace("What help there is.", &format!("About {title}."))
    };
    let late = names("health", "Health").replace("2027-09-01", "2026-11-01");
    with(&[
        ("vocabulary/local-offer.yaml", &headings),
        ("london/guides/money.md", &names("money", "Money")),
        ("boroughs/barnet/guides/travel.md", &names("travel", "Travel")),
        ("boroughs/barnet/guides/health.md", &late),
    ])
}

#[test]
fn each_heading_is_published_inherited_out_of_date_or_missing() {
    let run = check(&files(), &["--coverage", "text", "--site", "barnet"]);
    assert_eq!((run.status, &*run.err), (0, ""));
    let expected = "\
Barnet: 1 published, 1 inherited only, 1 out of date, 1 missing
  published      Getting there
                 guides/travel (Barnet; reviewed 2026-09-01 by SEND team)
  inherited only How it is paid for
                 guides/money (London-wide; reviewed 2026-09-01 by SEND team)
  out of date    Health
                 guides/health (Barnet; reviewed 2026-09-01 by SEND team)
  missing        Complaints

";
    assert_eq!(run.out, expected);
}

#[test]
fn the_same_is_a_table_and_json() {
    let csv = check(&files(), &["--coverage", "csv"]).out;
    assert!(
        csv.contains("borough,heading,title,citation,status,page,from,reviewed,owner"),
        "{csv}"
    );
    let row = "barnet,travel,Getting there,\"Schedule 2, paragraph 1\",published,guides/travel,Barnet,2026-09-01,SEND team";
    assert!(csv.contains(row), "{csv}");
    assert!(
        csv.contains("kingston,complaints,Complaints,\"Schedule 2, paragraph 1\",missing,,,,"),
        "{csv}"
    );
    let json: Value = serde_json::from_str(&check(&files(), &["--coverage", "json"]).out).unwrap();
    let barnet = &json["boroughs"][0];
    assert_eq!(
        (&barnet["id"], &barnet["headings"][2]["status"]),
        (&"barnet".into(), &"out_of_date".into())
    );
}

#[test]
fn a_boroughs_page_shows_what_is_published_by_whom_and_never_says_compliant() {
    let html = page(&files(), "barnet", "coverage/index.html");
    let text = words(&html);
    for said in ["1 Published", "1 Inherited only", "1 Out of date", "1 Missing", "by SEND team"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(
        text.contains("Reviewed on 1 September 2026") && text.contains("The review is overdue.")
    );
    assert!(html.contains("href=\"../guides/travel/\""), "{html}");
    assert!(!text.to_lowercase().contains("complian") && !text.to_lowercase().contains("complies"));
    let about = page(&files(), "barnet", "about/index.html");
    assert!(about.contains("href=\"../coverage/\""));
}

#[test]
fn the_hub_has_a_table_of_all_boroughs() {
    let text = words(&page(&files(), "hub", "coverage/index.html"));
    assert!(text.contains("Barnet 1 1 1 1") && text.contains("Kingston 0 1 0 3"), "{text}");
    assert!(text.contains("Getting there Schedule 2, paragraph 1 1 0 0 1"), "{text}");
}

#[test]
fn a_check_advises_what_is_missing_or_out_of_date() {
    let run = check(&files(), &[]);
    let file = "boroughs/barnet/borough.yaml";
    assert_eq!(count(&run.err, "statutory-heading", file), 2, "{}", run.err);
    assert!(run.err.contains("1 of 4 statutory headings is missing in Barnet"), "{}", run.err);
    assert!(!run.err.contains("[out-of-area]"), "no such heading: {}", run.err);
}

#[test]
fn out_of_area_and_offline_pages_are_wanted_of_each_borough() {
    let headings =
        "- {id: provision-out-of-area, title: Outside}\n- {id: offline-copy, title: Paper}\n";
    let own = guide("local_offer: [provision-out-of-area, offline-copy]\n", "Help.");
    let with_page = with(&[
        ("vocabulary/local-offer.yaml", headings),
        ("boroughs/barnet/guides/paper.md", &own),
    ]);
    let said = check(&with_page, &[]).err;
    for code in ["out-of-area", "offline-route"] {
        assert_eq!(count(&said, code, "boroughs/barnet/"), 0, "{said}");
        assert_eq!(count(&said, code, "boroughs/kingston/"), 1, "{said}");
    }
}
