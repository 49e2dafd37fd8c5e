//! Pages in other languages say which of their words are in English (WCAG 2.2, 3.1.2).

use scraper::{ElementRef, Html, Selector};

use super::support::{page, provision, with};

/// The language of the words of a page that hold a text: that of the nearest element that says one.
#[track_caller]
fn language_of(html: &str, text: &str) -> (String, Option<String>) {
    let document = Html::parse_document(html);
    let holds =
        |node: &scraper::node::Node| matches!(node, scraper::Node::Text(t) if t.contains(text));
    let body = document.select(&Selector::parse("body").unwrap()).next().unwrap();
    let found = body.descendants().find(|node| holds(node.value()));
    let found = found.unwrap_or_else(|| panic!("`{text}` is not on the page"));
    let elements = found.ancestors().filter_map(ElementRef::wrap);
    let spoken = elements.into_iter().find(|element| element.attr("lang").is_some()).unwrap();
    (spoken.attr("lang").unwrap().to_owned(), spoken.attr("dir").map(str::to_owned))
}

fn polish(path: &str, translation: &str, code: &str) -> String {
    let original = provision(
        "Autism",
        "parent_summary: Ask the school.\npresents_as: [Covers ears., Hides.]\n\
         expectations:\n- {id: one, text: Show what is next., modal: should, tier: universal, \
         responsible: senco, phases: [primary]}\n\
         - {id: two, text: Speak clearly., modal: should, tier: universal}\n",
    ) + "\n## What it is\n\nIn English.\n";
    let name = format!("london/provision/autism.{code}.md");
    let files = with(&[("london/provision/autism.md", &original), (&name, translation)]);
    page(&files, "hub", path)
}

const HALF: &str = "---\ntitle: Autyzm\nexpectations:\n- {id: one, text: Pokaż to.}\n---\n";

#[test]
fn what_is_not_translated_is_said_to_be_english_and_nothing_else_is() {
    let html = polish("pl/provision/autism/index.html", HALF, "pl");
    let spoken = |text: &str| language_of(&html, text).0;
    for translated in ["Autyzm", "Pokaż to.", "Strona główna", "powinna"] {
        assert_eq!(spoken(translated), "pl", "{translated}");
    }
    let english = [
        "What schools should do.",
        "Ask the school.",
        "Covers ears.",
        "Speak clearly.",
        "Primary",
        "Universal",
        "SENCo",
        "SEND team",
        "Demonstration content.",
        "In English.",
    ];
    for english in english {
        assert_eq!(spoken(english), "en", "{english}");
    }
    let whole = polish("pl/needs/autism/index.html", HALF, "pl");
    assert_eq!(language_of(&whole, "Pokaż").0, "pl");
    assert_eq!(language_of(&whole, "Hides.").0, "en");
}

#[test]
fn a_text_of_its_own_is_in_the_language_of_the_translation() {
    let html = polish("pl/provision/autism/index.html", &format!("{HALF}Po polsku.\n"), "pl");
    assert_eq!(language_of(&html, "Po polsku.").0, "pl");
    assert!(!html.contains("In English."));
}

#[test]
fn english_runs_from_left_to_right_on_a_page_from_right_to_left() {
    let html = polish("ar/provision/autism/index.html", "---\ntitle: التوحد\n---\n", "ar");
    let english = ("en".to_owned(), Some("ltr".to_owned()));
    assert_eq!(language_of(&html, "Speak clearly."), english);
    assert_eq!(language_of(&html, "In English."), english);
    assert_eq!(language_of(&html, "التوحد"), ("ar".to_owned(), Some("rtl".to_owned())));
}

#[test]
fn marks_stay_inside_the_program() {
    let html = polish("pl/provision/autism/index.html", HALF, "pl");
    assert!(!html.contains(['\u{1fffe}', '\u{1ffff}']));
    let document = Html::parse_document(&html);
    for only_text in ["title span", "svg span", "option span"] {
        assert_eq!(document.select(&Selector::parse(only_text).unwrap()).count(), 0);
    }
    let english = page(&with(&[]), "hub", "index.html");
    assert!(!english.contains("<span lang=\"en\""), "English pages have nothing to say");
}
