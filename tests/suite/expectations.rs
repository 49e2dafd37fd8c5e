//! What schools should provide: the matrix, the list behind each number, and the same as files.

use scraper::{Html, Selector};

use super::support::{Files, build, build_on, page, provision, reviewed, today, with, words};

/// Two needs, one of them with nothing; one expectation of a phase, one changed by Barnet.
fn project() -> Files {
    with(&[
        (
            "london/provision/autism.md",
            &provision(
                "Autism",
                "expectations:\n- {id: one, text: Do one., modal: should, tier: universal}\n\
                 - {id: two, text: 'Do \"two\", slowly.', modal: could, tier: targeted, phases: [primary]}\n",
            ),
        ),
        (
            "london/provision/everyone.md",
            "---\ntitle: Everyone\nsummary: For all.\nreviewed: 2026-09-02\n\
             review_by: 2027-09-01\nowner: SEND team\n\
             expectations:\n- {id: all, text: Do it for all., modal: should}\n---\n",
        ),
        (
            "boroughs/barnet/provision/autism.md",
            "---\nexpectations:\n- {id: one, text: 'Do one in {borough}.'}\n---\n",
        ),
    ])
}

fn cells(html: &str, row: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let rows = Selector::parse("table.matrix tr").unwrap();
    let of = |selector: &str, row: scraper::ElementRef<'_>| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        row.select(&selector)
            .map(|cell| cell.text().collect::<String>().trim().to_owned())
            .collect()
    };
    let found = document.select(&rows).find(|line| of("th", *line).iter().any(|th| th == row));
    found.map(|line| of("td", line)).unwrap_or_else(|| panic!("no row {row}"))
}

#[test]
fn the_matrix_counts_what_is_expected_for_each_need_and_age() {
    let html = page(&project(), "barnet", "expectations/index.html");
    assert_eq!(cells(&html, "Autism"), ["Autism, Early years: 1", "Autism, Primary: 2"]);
    assert_eq!(cells(&html, "For every pupil")[0], "For every pupil, Early years: 1");
    assert!(cells(&html, "Hearing")[0].starts_with("none published"));
}

#[test]
fn each_number_leads_to_its_list_and_nothing_leads_to_an_empty_one() {
    let built = build(&project(), "barnet");
    let all = words(&built["expectations/autism/index.html"]);
    assert!(all.contains("2 expectations") && all.contains("Do one in Barnet."), "{all}");
    let early = words(&built["expectations/autism/early-years/index.html"]);
    assert!(early.contains("1 expectation of 2") && !early.contains("slowly"), "{early}");
    assert!(built.contains_key("expectations/whole-school/primary/index.html"));
    assert!(!built.keys().any(|path| path.starts_with("expectations/hearing")));
    // The need's own page leads to the list for one age.
    assert!(built["needs/autism/index.html"].contains("../../expectations/autism/primary/"));
}

#[test]
fn the_hub_shows_what_all_of_london_shares() {
    let list = words(&page(&project(), "hub", "expectations/autism/index.html"));
    assert!(list.contains("Do one.") && !list.contains("Barnet."), "{list}");
}

#[test]
fn the_table_opens_in_a_spreadsheet_and_says_who_says_what() {
    let csv = page(&project(), "barnet", "expectations/expectations.csv");
    let csv = csv.strip_prefix('\u{feff}').expect("a mark that it is UTF-8");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let field = |row: usize, name: &str| {
        let at = headings.iter().position(|heading| heading == name).unwrap();
        rows[row][at].to_owned()
    };
    assert_eq!(rows.len(), 3);
    assert_eq!(
        (field(0, "subject"), field(0, "text")),
        ("For every pupil".into(), "Do it for all.".into())
    );
    assert_eq!((field(1, "text"), field(1, "from")), ("Do one in Barnet.".into(), "Barnet".into()));
    assert_eq!(
        (field(2, "text"), field(2, "from")),
        ("Do \"two\", slowly.".into(), "London-wide".into())
    );
    assert_eq!((field(2, "word"), field(2, "ages")), ("could".into(), "Primary".into()));
    assert_eq!(field(2, "address"), "provision/autism/#two");
}

#[test]
fn the_json_keeps_a_name_for_ever_for_each_expectation() {
    let json = page(&project(), "barnet", "expectations/expectations.json");
    let all: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&all["site"], &all["edition"]), (&"Barnet".into(), &"2026-09-02".into()));
    let everyone = &all["subjects"][0];
    let of_all = (&everyone["id"], &everyone["title"], &everyone["area"]);
    assert_eq!(of_all, (&"everyone".into(), &"Everyone".into(), &"For every pupil".into()));
    let autism = &all["subjects"][1];
    assert_eq!((&autism["id"], &autism["area"]), (&"autism".into(), &"Communication".into()));
    let one = &autism["items"][0];
    assert_eq!(one["key"], "provision/autism#one");
    assert_eq!(one["address"], "provision/autism/#one");
    assert_eq!((&one["word"], &one["tier"]), (&"should".into(), &"universal".into()));
}

#[test]
fn two_thousand_expectations_are_counted_and_listed() {
    let many: String = (0..2000)
        .map(|number| format!("- {{id: item-{number}, text: Do {number}., modal: should}}\n"))
        .collect();
    let more = format!("expectations:\n{many}");
    let files = with(&[("london/provision/autism.md", &provision("Autism", &more))]);
    let html = page(&files, "hub", "expectations/index.html");
    assert_eq!(cells(&html, "Autism")[0], "Autism, Early years: 2000");
    assert!(html.len() < 20_000, "the overview stays small: {}", html.len());
    let list = page(&files, "hub", "expectations/autism/index.html");
    assert_eq!(list.matches("<li class=\"expectation\"").count(), 2000);
}

#[test]
fn a_site_without_provision_says_so_and_has_no_lists() {
    let (built, problems, _) = build_on(&with(&[]), "barnet", today());
    assert!(problems.is_empty(), "{problems:?}");
    assert!(cells(&built["expectations/index.html"], "Autism")[0].starts_with("none published"));
    assert!(!built.contains_key("expectations/autism/index.html"));
    let json: serde_json::Value =
        serde_json::from_str(&built["expectations/expectations.json"]).unwrap();
    assert_eq!(json["subjects"].as_array().unwrap().len(), 0);
}

#[test]
fn services_that_a_page_says_to_ask_are_not_listed_a_second_time_below() {
    let provision = provision(
        "Autism",
        "ask_next: [outreach]\nexpectations: [{id: a, text: Do it., modal: should}]\n",
    );
    let files = with(&[
        ("london/provision/autism.md", &provision),
        ("london/services/outreach.md", &reviewed("Outreach", "needs: autism\n")),
        ("london/services/clinic.md", &reviewed("The clinic", "needs: autism\n")),
    ]);
    let built = build(&files, "barnet");
    for path in ["needs/autism/index.html", "provision/autism/index.html"] {
        let links = |slug: &str| built[path].matches(&format!("services/{slug}/\"")).count();
        assert_eq!((links("outreach"), links("clinic")), (1, 1), "{path}");
    }
}
