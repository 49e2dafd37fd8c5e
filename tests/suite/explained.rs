//! The glossary in place: a page's first use of a word leads to what it means.

use scraper::{Html, Selector};

use super::support::{page, reviewed, with};

/// The explained words of a page, each with its address and its meaning.
fn explained(html: &str) -> Vec<(String, String, String)> {
    let document = Html::parse_document(html);
    let terms = Selector::parse("main a.term").unwrap();
    let attribute = |term: scraper::ElementRef<'_>, name: &str| term.attr(name).unwrap().to_owned();
    let found = document.select(&terms).map(|term| {
        (term.text().collect(), attribute(term, "href"), attribute(term, "data-meaning"))
    });
    found.collect()
}

fn guide(body: &str) -> Vec<(String, String, String)> {
    let glossary = "- {term: SENCo, title: SEN co-ordinator, description: A \"teacher\" & more.}\n\
                    - {term: outcome, aliases: [outcomes], description: What changes.}\n";
    let text = reviewed("Guide", "") + body;
    let files = with(&[("vocabulary/glossary.yaml", glossary), ("london/guides/a.md", &text)]);
    explained(&page(&files, "barnet", "guides/a/index.html"))
}

#[test]
fn the_first_use_of_a_word_carries_its_meaning_and_leads_to_the_glossary() {
    let found = guide("Outcomes: ask the SENCo. The SENCo knows, and an outcome too.\n");
    let expected = [
        ("Outcomes", "../../glossary/#outcome", "What changes."),
        ("SENCo", "../../glossary/#senco", "SEN co-ordinator. A \"teacher\" & more."),
    ];
    let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn nothing_is_explained_inside_links_headings_and_code() {
    let body = "## The SENCo\n\n`SENCo`, [a SENCo](https://example.org), \
                [the outcome](../guides/a.md) and ![SENCo](x) are left alone.\n\n\
                ::: details An outcome\nInside, an outcome is explained.\n:::\n";
    let body = body.replace(" and ![SENCo](x)", "");
    let found = guide(&body);
    let words: Vec<&str> = found.iter().map(|(words, ..)| words.as_str()).collect();
    assert_eq!(words, ["outcome"]);
}

#[test]
fn a_page_in_another_language_is_not_explained_in_english() {
    let glossary = "- {term: SENCo, description: A teacher.}\n";
    let files = with(&[
        ("vocabulary/glossary.yaml", glossary),
        ("london/guides/a.md", &(reviewed("Guide", "") + "Ask the SENCo.\n")),
        ("london/guides/a.pl.md", "---\ntitle: Przewodnik\n---\nZapytaj SENCo.\n"),
    ]);
    assert!(explained(&page(&files, "hub", "pl/guides/a/index.html")).is_empty());
    assert_eq!(explained(&page(&files, "hub", "guides/a/index.html")).len(), 1);
}

#[test]
fn a_word_is_explained_where_the_page_first_uses_it_wherever_that_stands() {
    let glossary =
        "- {term: SENCo, description: A teacher.}\n- {term: outcome, description: What changes.}\n";
    let more = "presents_as: [Has no outcome yet.]\nexpectations:\n\
                - {id: a, text: Ask the SENCo., modal: should, tier: universal}\n\
                - {id: b, text: Ask the SENCo again., modal: should, tier: universal}\n";
    let text = super::support::provision("Autism", more) + "The SENCo knows.\n";
    let files =
        with(&[("vocabulary/glossary.yaml", glossary), ("london/provision/autism.md", &text)]);
    for path in ["provision/autism/index.html", "needs/autism/index.html"] {
        let html = page(&files, "barnet", path);
        let words: Vec<String> = explained(&html).into_iter().map(|(words, ..)| words).collect();
        assert_eq!(words, ["SENCo", "outcome"], "{path}");
        assert!(html.contains("<p class=\"says\">Ask the <a class=\"term\""), "{path}");
    }
}

#[test]
fn nothing_is_explained_in_lists_of_cards_and_on_the_glossary_itself() {
    let glossary = "- {term: SENCo, description: A teacher who asks the SENCo.}\n";
    let text = reviewed("Ask", "").replace("summary: About Ask.", "summary: What the SENCo does.");
    let files = with(&[("vocabulary/glossary.yaml", glossary), ("london/guides/a.md", &text)]);
    assert!(explained(&page(&files, "barnet", "guides/index.html")).is_empty());
    assert!(explained(&page(&files, "barnet", "glossary/index.html")).is_empty());
    assert_eq!(explained(&page(&files, "barnet", "guides/a/index.html")).len(), 1, "its summary");
}
