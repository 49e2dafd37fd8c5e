//! Boroughs beside each other: what all share once, what differs beside it, what is not there said.

use scraper::{Html, Selector};

use super::support::{Files, page, provision, reviewed, with, words};

fn project() -> Files {
    with(&[
        (
            "london/provision/autism.md",
            &provision(
                "Autism",
                "expectations:\n- {id: one, text: Do one., modal: should}\n\
                 - {id: two, text: Do two., modal: could}\n- {id: three, text: Do three., modal: could}\n",
            ),
        ),
        (
            "boroughs/barnet/provision/autism.md",
            "---\nexpectations:\n- {id: one, text: Do one well.}\n- {id: new, text: Do more., modal: should}\n---\n",
        ),
        ("boroughs/kingston/provision/autism.md", "---\ndrop: {expectations: [three]}\n---\n"),
        (
            "partners/achieving/training/course.md",
            &reviewed("A course", "needs: [autism]\nareas: [autism]\n"),
        ),
    ])
}

/// The words of each element that a selector finds.
fn found(html: &str, selector: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let selector = Selector::parse(selector).unwrap();
    let text =
        document.select(&selector).map(|element| element.text().collect::<Vec<_>>().join(" "));
    text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn what_all_share_stands_once_and_what_differs_beside_it() {
    let html = page(&project(), "hub", "compare/autism/index.html");
    assert_eq!(found(&html, ".shared .says"), ["Do two."]);
    let rows = found(&html, "#part-differs .pair");
    assert_eq!(
        rows,
        [
            "Do one. All other boroughs Do one. Barnet Do removed: one. added: one well. Changed by Barnet",
            "Only here Barnet Do more. Added by Barnet",
            "Do three. All other boroughs Do three. Kingston Left out by Kingston",
        ]
    );
}

#[test]
fn what_a_partner_offers_counts_for_each_borough_that_it_serves() {
    let html = page(&project(), "hub", "compare/autism/index.html");
    let side = found(&html, "#part-offers [data-boroughs=kingston]");
    assert_eq!(side, ["Achieving for Children A course"]);
}

#[test]
fn a_need_that_no_borough_speaks_of_says_so() {
    let html = page(&project(), "hub", "compare/hearing/index.html");
    let text = words(&html);
    assert!(text.contains("No borough changes, adds or leaves out an expectation here."), "{text}");
    assert_eq!(found(&html, "#part-silent a"), ["Barnet", "Kingston"]);
    let index = page(&project(), "hub", "compare/index.html");
    assert_eq!(found(&index, "main .chip"), ["Autism 3", "Hearing"]);
}

#[test]
fn only_the_hub_compares() {
    let built = super::support::build(&project(), "barnet");
    assert!(!built.keys().any(|path| path.starts_with("compare")));
}
