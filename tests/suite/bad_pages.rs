//! Content that is sound and yet hard to show: the page stands, and says what it has.

use scraper::{Html, Selector};

use super::support::{build, page, provision, reviewed, with, words};

fn count(html: &str, selector: &str) -> usize {
    Html::parse_document(html).select(&Selector::parse(selector).unwrap()).count()
}

#[test]
fn a_title_of_300_letters_and_a_word_of_200_are_shown_whole_wherever_they_stand() {
    let title =
        format!("{}end", "A very long title ".repeat(16)).chars().take(300).collect::<String>();
    let word = "w".repeat(200);
    let text = reviewed(&title, "") + &format!("\n## {word}\n\n{word} and more.\n");
    let built = build(&with(&[("london/guides/long.md", &text)]), "barnet");
    let shown = title.trim();
    for path in
        ["guides/long/index.html", "guides/index.html", "a-z/index.html", "paper/index.html"]
    {
        assert!(words(&built[path]).contains(shown), "{path}");
    }
    assert!(words(&built["guides/long/index.html"]).contains(&format!("{word} and more.")));
}

#[test]
fn a_kind_without_entries_says_what_that_means() {
    let built = build(&with(&[]), "barnet");
    for kind in ["training", "places", "services", "news", "events", "provision"] {
        let html = &built[&format!("{kind}/index.html")];
        assert_eq!(count(html, "main .missing"), 1, "{kind}");
        assert!(words(html).contains("nobody has written it here"), "{kind}");
        assert_eq!(count(html, "main ul:empty, main ol:empty"), 0, "{kind}");
    }
    assert_eq!(count(&built["expectations/index.html"], "h1"), 1);
    assert_eq!(
        count(&built["paper/index.html"], "main h1"),
        1,
        "a paper edition with nothing in it"
    );
}

#[test]
fn a_need_about_which_nothing_is_published_says_so_and_whom_to_ask() {
    let html = page(&with(&[]), "barnet", "needs/hearing/index.html");
    assert_eq!(count(&html, "h1"), 1);
    assert!(words(&html).contains("Hearing"));
    assert!(count(&html, "main .missing") >= 1, "{}", words(&html));
}

#[test]
fn two_thousand_expectations_are_all_shown_once() {
    let items: String = (0..2_000)
        .map(|n| {
            format!("- {{id: item-{n}, text: Do thing {n}., modal: should, tier: universal}}\n")
        })
        .collect();
    let text = provision("Autism", &format!("expectations:\n{items}"));
    let built = build(&with(&[("london/provision/autism.md", &text)]), "barnet");
    for path in
        ["provision/autism/index.html", "needs/autism/index.html", "expectations/autism/index.html"]
    {
        assert_eq!(count(&built[path], ".expectation"), 2_000, "{path}");
        assert!(built[path].contains("Do thing 1999."), "{path}");
    }
    assert!(words(&built["expectations/index.html"]).contains("2000"));
}

#[test]
fn arabic_within_english_and_english_within_arabic_keep_their_direction() {
    let english = reviewed("Help in العربية today", "") + "Say مرحبا to them.\n";
    let arabic =
        "---\ntitle: مساعدة SENCo في المدرسة\nsummary: اسأل SENCo.\n---\nاسأل SENCo الآن.\n";
    let files = with(&[("london/guides/a.md", &english), ("london/guides/a.ar.md", arabic)]);
    let built = build(&files, "barnet");
    let page = &built["guides/a/index.html"];
    // In a title no element can hold words together, so Unicode's isolates do.
    assert!(
        page.contains("<title>\u{2068}Help in العربية today\u{2069} – Barnet</title>"),
        "{page:.900}"
    );
    assert!(words(page).contains("Say مرحبا to them."));
    assert!(page.contains("Say <bdi>مرحبا</bdi> to them."));
    let page = &built["ar/guides/a/index.html"];
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(words(page).contains("اسأل SENCo الآن."));
}

#[test]
fn a_name_in_arabic_stands_apart_wherever_an_english_page_has_it_in_a_line() {
    let unit = "---\ntitle: وحدة الميناء 12\nsummary: A unit (مدرسة), 8 places.\nneeds: autism\n\
                type: arp\nschool: مدرسة الميناء\n---\n";
    let other = "---\ntitle: Another unit\nsummary: More.\nneeds: autism\ntype: arp\n---\n\
                 See [[places/a]], 8 places.\n";
    let files = with(&[("london/places/a.md", unit), ("london/places/b.md", other)]);
    let built = build(&files, "barnet");
    let name = "<bdi>وحدة الميناء 12</bdi>";
    let cases: [(&str, &[&str]); 5] = [
        // Its heading, and the last of the breadcrumbs.
        (
            "places/a/index.html",
            &[
                "<h1><bdi>وحدة",
                "aria-current=\"page\"><bdi>وحدة",
                "<dd><bdi>مدرسة الميناء</bdi></dd>",
            ],
        ),
        (
            "places/index.html",
            &[name, "<bdi>مدرسة الميناء</bdi>", "A unit (<bdi>مدرسة</bdi>), 8 places."],
        ),
        // A link in a text, and one to what is about the same need.
        (
            "places/b/index.html",
            &[
                "See <a href=\"../../places/a/\"><bdi>وحدة",
                "<h3 class=\"name\"><a href=\"../../places/a/\"><bdi>",
            ],
        ),
        ("needs/autism/index.html", &[name]),
        ("a-z/index.html", &[name]),
    ];
    for (page, parts) in cases {
        for part in parts {
            assert!(built[page].contains(part), "{part} in {page}: {}", built[page]);
        }
    }
    let plain = built["guides/index.html"].replace("العربية", "");
    assert!(!plain.contains("<bdi>"), "what runs one way needs nothing");
}
