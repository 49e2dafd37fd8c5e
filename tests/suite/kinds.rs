//! Every kind of entry with every field, as its page shows it. Dates and people are made up.

use super::support::{Files, page, reviewed, said, with, words};

/// The words of the page of one file in the shared layer.
#[track_caller]
fn shown(path: &str, text: &str) -> String {
    let mut files: Files =
        with(&[(path, text), ("london/services/help.md", &reviewed("Help line", ""))]);
    files.insert("content/london/files/form.txt".into(), "x".repeat(1500));
    assert_eq!(said(&files), "", "the file is sound");
    let address = path.trim_start_matches("london/").replace(".md", "/index.html");
    words(&page(&files, "barnet", &address))
}

#[track_caller]
fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

#[test]
fn provision_shows_every_field() {
    let text = shown(
        "london/provision/autism.md",
        "---
title: Autism
summary: What schools do.
needs: [autism, hearing]
phases: [early-years, primary]
audiences: schools
reviewed: 2026-09-01
review_by: 2027-09-01
owner: SEND team
sources:
  - {title: A report, url: \"https://example.org/r\", date: 2019-06, page: 12}
local_offer: []
keywords: [asd]
allow: [{rule: reading-age, because: quotes the law}]
tier: targeted
presents_as: [is upset by noise]
expectations:
  - id: adjust
    text: Make reasonable adjustments.
    detail: In {borough} too.
    modal: must
    law: {title: Equality Act 2010, provision: section 20, checked: 2026-01-05}
    tier: universal
    phases: primary
    topic: assessment
    responsible: senco
    indicators: {green: All done, amber: Some done, red: None done}
  - {id: try, text: Try it., modal: could}
strategies:
  - {id: cards, title: Cards, text: Show them.}
evidence: [A dated record]
ask_next: [help]
ask_the_school: [Who is the adult?]
parent_summary: Help comes first.
---
## A heading

Words.
",
    );
    holds(
        &text,
        &[
            "Autism",
            "What schools do.",
            "Reviewed 1 September 2026, next by 1 September 2027",
            "is upset by noise",
            "must",
            "Make reasonable adjustments.",
            "In Barnet too.",
            "Equality Act 2010, section 20",
            "Primary",
            "SENCo",
            "All done",
            "Some done",
            "None done",
            "could",
            "Try it.",
            "Cards",
            "Show them.",
            "A dated record",
            "Help line",
            "Who is the adult?",
            "Help comes first.",
            "A heading",
            "SEND team",
            "A report",
            "June 2019",
            "Schools",
        ],
    );
}

#[test]
fn expectations_can_come_from_a_table() {
    let mut files = with(&[
        (
            "london/provision/a.md",
            "---\ntitle: A\nsummary: B.\nreviewed: 2026-09-01\nreview_by: 2027-09-01\nowner: C\nexpectations: rows.csv\n---\n",
        ),
        (
            "london/provision/rows.csv",
            "id,text,modal,tier,phases,responsible,green,red\n\
             one,\"Do it, always.\",should,universal,early-years;primary,senco,Seen,Not seen\n\
             two,Do more.,could,targeted,,,,\n",
        ),
    ]);
    assert_eq!(said(&files), "");
    let text = words(&page(&files, "barnet", "provision/a/index.html"));
    holds(
        &text,
        &["Do it, always.", "Early years", "Primary", "SENCo", "Seen", "Not seen", "Do more."],
    );
    // A borough adapts a row of the table as it adapts any other.
    files.insert(
        "content/boroughs/barnet/provision/a.md".into(),
        "---\nexpectations:\n- {id: two, text: Do more here.}\n---\n".into(),
    );
    let text = words(&page(&files, "barnet", "provision/a/index.html"));
    holds(&text, &["Do it, always.", "Do more here.", "Adapted by Barnet"]);
}

#[test]
fn training_shows_its_dates_and_how_to_book() {
    let text = shown(
        "london/training/course.md",
        &reviewed(
            "A course",
            "areas: [autism, speech]\noffer: free\nprovider: A team\nformat: In person\n\
             duration: Half a day\ncost: Nothing\ncascade: true\n\
             sessions:\n- {start: 2027-01-12 09:30, end: 2027-01-12 12:00, place: A hall, places_left: 3}\n\
             book: {url: \"https://example.org/book\", email: a@example.org}\nfor_roles: senco\n",
        ),
    );
    holds(
        &text,
        &[
            "Free",
            "autism",
            "speech",
            "A team",
            "In person",
            "Half a day",
            "12 January 2027",
            "9:30am to midday",
            "A hall",
            "3 places left",
            "Book a place",
            "a@example.org",
            "SENCo",
        ],
    );
}

#[test]
fn a_toolkit_measures_its_documents() {
    let text = shown(
        "london/toolkits/kit.md",
        &reviewed(
            "A kit",
            "coproduced_with: A group\nitems:\n\
             - {id: form, title: The form, file: ../files/form.txt, purpose: assess}\n\
             - {id: more, title: More, url: \"https://example.org/more\", purpose: review}\n",
        ),
    );
    holds(&text, &["A group", "The form", "TXT", "2 KB", "To assess", "More", "To review"]);
}

#[test]
fn a_place_says_what_it_is_and_how_children_come_to_it() {
    let text = shown(
        "london/places/unit.md",
        "---\ntitle: A unit\nsummary: A unit in a school.\nneeds: autism\nschool: A School\n\
         type: arp\nplaces: 12\naddress: 1 Road\npostcode: N1 1AA\nlatitude: 51.5\nlongitude: -0.1\n\
         commissioned: By the council\nadmission: Through a plan\n---\n",
    );
    holds(&text, &["A School", "12", "1 Road", "N1 1AA", "By the council", "Through a plan"]);
}

#[test]
fn a_service_says_what_it_does_and_how_to_ask_it() {
    let text = shown(
        "london/services/outreach.md",
        &reviewed(
            "Outreach",
            "does: [Visits schools]\nreferral: {route: The school asks., threshold: [Advice was used], form: ../files/form.txt}\n\
             contact: {name: The team, role: Advisers, phone: 020 7946 0001, phones: [{label: Evenings, number: 020 7946 0002}], email: t@example.org, url: \"https://example.org\", hours: 9am to 5pm}\n\
             covers: [barnet, {name: Windsor and Maidenhead}]\ncost: Free for schools\n",
        ),
    );
    holds(
        &text,
        &[
            "Visits schools",
            "The school asks.",
            "Advice was used",
            "The form",
            "The team",
            "Advisers",
            "020 7946 0001",
            "Evenings",
            "020 7946 0002",
            "t@example.org",
            "9am to 5pm",
            "Barnet",
            "Windsor and Maidenhead",
            "Free for schools",
        ],
    );
    let html = page(
        &with(&[("london/services/a.md", &reviewed("A", "contact: {phone: +44 20 7946 0001}\n"))]),
        "barnet",
        "services/a/index.html",
    );
    assert!(html.contains("href=\"tel:+442079460001\""), "a phone can dial it");
}

#[test]
fn school_practice_tells_what_why_and_what_came_of_it() {
    let text = shown(
        "london/practice/idea.md",
        "---\ntitle: An idea\nsummary: A good idea.\nschool: A School\nborough: barnet\n\
         what: They did it.\nwhy: It was needed.\nresult: It helped.\nstrategies: [short breaks]\n---\n",
    );
    holds(
        &text,
        &["A School", "Barnet", "They did it.", "It was needed.", "It helped.", "short breaks"],
    );
}

#[test]
fn networks_and_events_say_when_they_meet() {
    let text = shown(
        "london/networks/group.md",
        "---\ntitle: A group\nsummary: It meets.\nmeets: {every: half-term, on: first Tuesday, time: \"16:00-17:30\", from: 2027-01-05, until: 2027-07-06, except: [2027-02-02]}\nplace: A school\nopen_to: SENCos\n---\n",
    );
    holds(
        &text,
        &[
            "Every half term",
            "first Tuesday",
            "4pm to 5:30pm",
            "5 January 2027",
            "SENCos",
            "A school",
        ],
    );
    let text = shown(
        "london/events/fair.md",
        "---\ntitle: A fair\nsummary: It happens.\nstart: 2027-03-04 10:00\nend: 2027-03-04 14:00\nplace: A hall\n---\n",
    );
    holds(&text, &["4 March 2027", "10am to 2pm", "A hall"]);
}

#[test]
fn a_guide_has_steps() {
    let text = shown(
        "london/guides/help.md",
        &reviewed(
            "Getting help",
            "steps:\n- {id: talk, title: Talk, text: Say it., who: You, when: At once}\n",
        ),
    );
    holds(&text, &["Talk", "Say it.", "You", "At once"]);
}

#[test]
fn a_guide_is_introduced_before_its_steps_and_goes_on_after_them() {
    let steps = "steps:\n- {id: talk, title: Talk}\n";
    let guide = |body: &str| shown("london/guides/help.md", &(reviewed("Help", steps) + body));
    let text = guide("First words.\n\n## More\n\nLast words.\n");
    let at = |part: &str| text.find(part).unwrap();
    assert!(at("First words.") < at("Talk") && at("Talk") < at("Last words."), "{text}");
    let text = guide("::: details A\n## B\n\nInside.\n:::\n");
    assert!(text.find("Talk").unwrap() < text.find("Inside.").unwrap(), "nothing is torn apart");
}

#[test]
fn news_and_feedback_have_their_day() {
    let text = shown(
        "london/news/new.md",
        "---\ntitle: New\nsummary: It is new.\ndate: 2026-10-01\n---\n",
    );
    holds(&text, &["New", "1 October 2026"]);
    let text = shown(
        "london/feedback/said.md",
        "---\ntitle: Words\nsummary: About words.\ndate: 2026-10-01\nyou_said: Too hard.\nwe_did: Made it plain.\nstatus: done\n---\n",
    );
    holds(&text, &["You said", "Too hard.", "We did", "Made it plain.", "Done"]);
}

#[test]
fn data_is_a_table_with_bars_and_says_what_it_does_not_tell() {
    let data = "---\ntitle: Figures\nsummary: Some figures.\ncolumns: [What, Number]\nrows: [[First, 124], [Second, 88]]\ncaveat: Not all.\nchart: bar\n---\n";
    holds(&shown("london/data/f.md", data), &["First", "124", "Second", "88", "Not all."]);
    let none = "---\ntitle: Figures\nsummary: Some figures.\ncaveat: None are published.\n---\n";
    holds(&shown("london/data/f.md", none), &["None are published."]);
    let mut files = with(&[("london/data/f.md", "---\ntitle: F\nsummary: S.\nfile: f.csv\n---\n")]);
    files.insert("content/london/data/f.csv".into(), "What,Number\nA,1\nB,2\n".into());
    assert_eq!(said(&files), "");
    holds(&words(&page(&files, "hub", "data/f/index.html")), &["What", "A", "1", "B", "2"]);
}

#[test]
fn directives_show_what_they_name() {
    let mut files = with(&[
        ("london/services/help.md", &reviewed("Help line", "contact: {email: h@example.org}\n")),
        ("london/training/t.md", &reviewed("A course", "needs: autism\n")),
        (
            "london/data/f.md",
            "---\ntitle: Figures\nsummary: S.\ncolumns: [A, B]\nrows: [[x, 7]]\n---\n",
        ),
        (
            "london/provision/p.md",
            &super::support::provision(
                "P",
                "expectations:\n- {id: one, text: Do it., modal: should, phases: primary}\n- {id: two, text: Not this., modal: should, phases: early-years}\n",
            ),
        ),
    ]);
    files.insert(
        "content/london/guides/g.md".into(),
        reviewed("G", "")
            + "::: contact help\n\n::: entries kind=training need=autism\n\n::: chart f\n\n\
               ::: expectations need=autism phase=primary\n\n\
               ::: details More of it\nInside **it**.\n:::\n\n::: steps\n1. First\n2. Second\n:::\n",
    );
    assert_eq!(said(&files), "");
    let text = words(&page(&files, "barnet", "guides/g/index.html"));
    holds(
        &text,
        &[
            "h@example.org",
            "A course",
            "Figures",
            "7",
            "Do it.",
            "More of it",
            "Inside it",
            "First",
        ],
    );
    assert!(!text.contains("Not this."));
}
