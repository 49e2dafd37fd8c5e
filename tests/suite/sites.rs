//! Sites as a host shows them: addresses, lists, links, redirects, versions, days.

use std::collections::BTreeSet;

use jiff::civil::date;
use ordinarily::site::model::Day;
use scraper::{Html, Selector};

use super::support::{
    Files, build, build_on, on_disk, page, provision, reviewed, run, said, today, with, words,
};

/// Every link, picture, style and script of a page.
pub(crate) fn references(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let mut found = Vec::new();
    for (selector, attribute) in [
        ("a[href]", "href"),
        ("link[href]:not([rel=canonical])", "href"),
        ("img[src]", "src"),
        ("script[src]", "src"),
        ("use[href]", "href"),
    ] {
        let selector = Selector::parse(selector).unwrap();
        let values =
            document.select(&selector).filter_map(|element| element.value().attr(attribute));
        found.extend(values.map(str::to_owned));
    }
    found
}

/// The ids of a page's elements.
pub(crate) fn ids(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let selector = Selector::parse("[id]").unwrap();
    let ids = document.select(&selector).filter_map(|element| element.value().attr("id"));
    ids.map(str::to_owned).collect()
}

/// Where a link on a page leads: a file of the site and perhaps an anchor. `None` for another host.
pub(crate) fn target(from: &str, link: &str) -> Option<(String, Option<String>)> {
    if link.contains("://") || link.starts_with("mailto:") || link.starts_with("tel:") {
        return None;
    }
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (link, None),
    };
    if path.is_empty() {
        return Some((from.to_owned(), anchor));
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().expect("no link leaves the site");
            }
            part => parts.push(part),
        }
    }
    let mut file = parts.join("/");
    if path.ends_with('/') || path.ends_with("..") || path == "." || file.is_empty() {
        file = if file.is_empty() { "index.html".to_owned() } else { format!("{file}/index.html") };
    }
    Some((file, anchor))
}

/// Asserts that every link of a site leads to a file of it, and to an anchor that is there.
#[track_caller]
pub(crate) fn all_links_lead_somewhere(built: &Files) {
    let mut broken = BTreeSet::new();
    let anchors: std::collections::BTreeMap<&String, BTreeSet<String>> = built
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, html)| (path, ids(html).into_iter().collect()))
        .collect();
    for (path, html) in built.iter().filter(|(path, _)| path.ends_with(".html")) {
        for link in references(html) {
            let Some((file, anchor)) = target(path, &link) else { continue };
            let known = built.contains_key(&file);
            let anchored = anchor.is_none_or(|anchor| {
                anchor.is_empty()
                    || !file.ends_with(".html")
                    || anchors.get(&file).is_some_and(|ids| ids.contains(&anchor))
            });
            if !known || !anchored {
                broken.insert(format!("{path}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

fn project() -> Files {
    with(&[
        (
            "london/provision/autism.md",
            &(provision(
                "Autism",
                "ask_next: help\nexpectations:\n- {id: one, text: Do., modal: should}\n",
            ) + "See [[services/help]], [the need](/needs/autism/) and [one](#one).\n"),
        ),
        ("london/services/help.md", &reviewed("Help", "")),
        ("london/guides/old.md", &reviewed("Moved", "aliases: [/old/page, very-old.html]\n")),
        ("boroughs/barnet/provision/autism.md", "---\ntitle: Autism here\n---\n"),
        (
            "boroughs/barnet/practice/idea.md",
            "---\ntitle: Idea\nsummary: An idea.\nneeds: autism\nschool: A School\n---\nSee [[provision/autism]] and [[services/help]].\n",
        ),
        ("boroughs/kingston/index.md", "---\ntitle: Kingston\nsummary: Hello.\n---\n"),
        (
            "partners/achieving/services/panel.md",
            &(reviewed("Panel", "needs: autism\n") + "See [[provision/autism]].\n"),
        ),
    ])
}

#[test]
fn every_link_of_every_site_leads_somewhere_under_any_path() {
    for site in ["hub", "barnet", "kingston"] {
        all_links_lead_somewhere(&build(&project(), site));
    }
}

#[test]
fn no_link_inside_a_site_begins_at_the_root_of_its_host() {
    for site in ["hub", "barnet"] {
        for (path, html) in build(&project(), site) {
            if path.ends_with(".html") && path != "404.html" {
                let rooted: Vec<String> =
                    references(&html).into_iter().filter(|link| link.starts_with('/')).collect();
                assert!(rooted.is_empty(), "{path}: {rooted:?}");
            }
        }
    }
}

#[test]
fn the_hub_shows_the_shared_page_once_and_each_boroughs_own() {
    let hub = build(&project(), "hub");
    assert!(words(&hub["provision/autism/index.html"]).contains("Autism"));
    assert!(words(&hub["boroughs/barnet/provision/autism/index.html"]).contains("Autism here"));
    assert!(hub.contains_key("partners/achieving/services/panel/index.html"));
    assert!(!hub.contains_key("boroughs/kingston/provision/autism/index.html"));
    assert!(!hub.contains_key("boroughs/kingston/services/panel/index.html"));
    let links = |path: &str| -> BTreeSet<String> {
        references(&hub[path])
            .iter()
            .filter_map(|link| target(path, link))
            .map(|(file, _)| file)
            .collect()
    };
    let idea = links("boroughs/barnet/practice/idea/index.html");
    assert!(idea.contains("boroughs/barnet/provision/autism/index.html"), "its own version");
    assert!(idea.contains("services/help/index.html"), "the shared page");
    let panel = links("partners/achieving/services/panel/index.html");
    assert!(panel.contains("provision/autism/index.html"));
    let kingston = links("boroughs/kingston/index.html");
    assert!(kingston.contains("partners/achieving/index.html"));
    let need = links("needs/autism/index.html");
    assert!(need.contains("boroughs/barnet/practice/idea/index.html"), "practice of all London");
}

#[test]
fn a_need_is_put_together_from_every_entry_about_it() {
    let html = page(&project(), "barnet", "needs/autism/index.html");
    assert!(html.contains("id=\"autism--one\""));
    let text = words(&html);
    for part in ["What school should already be doing", "Do.", "Who to ask next", "Help", "Idea"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let other = words(&page(&project(), "barnet", "needs/hearing/index.html"));
    assert!(other.contains("This page is not written yet"), "{other}");
}

#[test]
fn old_addresses_lead_to_the_page() {
    let built = build(&project(), "barnet");
    for old in ["old/page/index.html", "very-old.html"] {
        let refresh = Selector::parse("meta[http-equiv=refresh]").unwrap();
        let document = Html::parse_document(&built[old]);
        let content = document.select(&refresh).next().unwrap().value().attr("content").unwrap();
        let url = content.split("url=").nth(1).unwrap();
        assert_eq!(target(old, url).unwrap().0, "guides/old/index.html");
    }
}

#[test]
fn lists_are_parted_at_a_hundred_and_a_long_a_to_z_by_letter() {
    let mut files = project();
    for number in 0..450 {
        let letter = char::from(b'a' + u8::try_from(number % 26).unwrap());
        let text = reviewed(&format!("{letter} page {number:03}"), "phases: primary\n");
        files.insert(format!("content/london/guides/p{number}.md"), text);
    }
    let built = build(&files, "barnet");
    let cards = |path: &str| {
        let document = Html::parse_document(&built[path]);
        document.select(&Selector::parse("main article, main .card").unwrap()).count()
    };
    assert_eq!(cards("guides/index.html"), 100);
    assert_eq!(cards("guides/page/5/index.html"), 51);
    assert!(!built.contains_key("guides/page/6/index.html"));
    assert!(built.contains_key("ages/primary/page/5/index.html"));
    assert!(built.contains_key("a-z/z/index.html"));
    assert!(!words(&built["a-z/index.html"]).contains("z page"));
    all_links_lead_somewhere(&built);
}

#[test]
fn a_kind_without_entries_says_so_in_words() {
    let text = words(&page(&project(), "barnet", "training/index.html"));
    assert!(text.contains("No training is published here yet."), "{text}");
}

#[test]
fn canonical_addresses_lead_to_whoever_wrote_the_page() {
    let mut files = project();
    let site = files.get_mut("content/site.yaml").unwrap();
    site.push_str("base_urls: {barnet: \"https://barnet.example.org/send\"}\n");
    let built = build(&files, "barnet");
    let canonical = |path: &str| {
        let document = Html::parse_document(&built[path]);
        let selector = Selector::parse("link[rel=canonical]").unwrap();
        document
            .select(&selector)
            .next()
            .and_then(|link| link.value().attr("href"))
            .map(str::to_owned)
    };
    let own = Some("https://barnet.example.org/send/provision/autism/".to_owned());
    assert_eq!(canonical("provision/autism/index.html"), own);
    let inherited = Some("https://hub.example.org/services/help/".to_owned());
    assert_eq!(canonical("services/help/index.html"), inherited);
    let root = "https://barnet.example.org/send/".to_owned();
    assert_eq!(canonical("index.html"), Some(root));
    let kingston = build(&files, "kingston");
    assert!(!kingston["index.html"].contains("canonical"), "no address is known");
    let lost = &built["404.html"];
    assert!(lost.contains("href=\"/send/assets/"), "{lost}");
    assert!(kingston["404.html"].contains("href=\"/assets/"));
}

#[test]
fn the_base_url_can_be_given_on_the_command_line() {
    let root = on_disk(&project());
    let read = |path: &str| std::fs::read_to_string(root.path().join(path)).unwrap();
    let both = ["build", "--site", "hub", "--site", "barnet", "--base-url", "https://a.org/x"];
    assert_eq!(run(root.path(), &both).status, 0);
    assert!(read("dist/barnet/index.html").contains("href=\"https://a.org/x/barnet/\""));
    let one = ["build", "--site", "barnet", "--base-url", "https://a.org/x"];
    assert_eq!(run(root.path(), &one).status, 0);
    assert!(read("dist/barnet/index.html").contains("href=\"https://a.org/x/\""));
    let names: BTreeSet<String> = std::fs::read_dir(root.path().join("dist"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), [".ordinarily", "barnet", "hub"]);
}

#[test]
fn drafts_and_pages_out_of_their_days_are_not_shown() {
    let files = with(&[
        ("london/guides/draft.md", &reviewed("Draft", "draft: true\n")),
        ("london/guides/later.md", &reviewed("Later", "publish_from: 2026-12-01\n")),
        ("london/guides/over.md", &reviewed("Over", "publish_until: 2026-11-21\n")),
        (
            "london/guides/now.md",
            &reviewed("Now", "publish_from: 2026-11-22\npublish_until: 2026-11-22\n"),
        ),
    ]);
    let guides = |day: Day| -> Vec<String> {
        let (built, _, _) = build_on(&files, "barnet", day);
        built
            .keys()
            .filter_map(|path| path.strip_prefix("guides/")?.strip_suffix("/index.html"))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(guides(today()), ["now"]);
    assert_eq!(guides(Day { drafts: true, ..today() }), ["draft", "now"]);
    assert_eq!(guides(Day { today: date(2026, 12, 1), drafts: false }), ["later"]);
}

#[test]
fn an_overdue_review_is_said_on_the_page_and_stops_nothing() {
    let page_text = reviewed("Old", "").replace("2027-09-01", "2026-10-01");
    let text =
        words(&page(&with(&[("london/guides/a.md", &page_text)]), "barnet", "guides/a/index.html"));
    assert!(text.contains("A check was due by 1 October 2026"), "{text}");
}

#[test]
fn translations_and_easy_read_versions_have_pages_that_say_what_they_are() {
    let files = with(&[
        (
            "london/provision/autism.md",
            &(provision(
                "Autism",
                "expectations:\n- {id: one, text: Do one., modal: should}\n- {id: two, text: Do two., modal: should}\n",
            ) + "English words.\n"),
        ),
        (
            "london/provision/autism.easy-read.md",
            "---\ntitle: Autism in short\n---\nShort words.\n",
        ),
        (
            "london/provision/autism.pl.md",
            "---\ntitle: Autyzm\ntranslation: machine-draft\ntranslated_from: 2026-01-01\nexpectations:\n- {id: one, text: Zrób to.}\n---\nPolskie słowa.\n",
        ),
    ]);
    let built = build(&files, "barnet");
    let easy = words(&built["provision/autism/easy-read/index.html"]);
    assert!(easy.contains("Autism in short") && easy.contains("Short words."), "{easy}");
    let html = &built["pl/provision/autism/index.html"];
    assert!(html.contains("<html lang=\"pl\" dir=\"ltr\""), "{html}");
    let polish = words(html);
    assert!(polish.contains("Autyzm") && polish.contains("Zrób to.") && polish.contains("Do two."));
    assert!(polish.contains("Polskie słowa.") && !polish.contains("English words."));
    let english = references(&built["provision/autism/index.html"]);
    for version in ["../../pl/provision/autism/", "../../provision/autism/easy-read/"] {
        assert!(english.iter().any(|link| link == version), "{english:?}");
    }
    let easy = references(&built["provision/autism/easy-read/index.html"]);
    assert!(!easy.iter().any(|link| link.ends_with("easy-read/")), "it does not offer itself");
    let need = &built["pl/needs/autism/index.html"];
    assert!(need.contains("<html lang=\"pl\"") && words(need).contains("Zrób to."), "{need}");
    assert!(words(need).contains("Do two."), "what is not translated stays as it is");
    assert!(
        references(&built["needs/autism/index.html"])
            .contains(&"../../pl/needs/autism/".to_owned())
    );
    assert!(!built.contains_key("pl/needs/hearing/index.html"));
    all_links_lead_somewhere(&built);
    assert_eq!(said(&files), "");
}

#[test]
fn pictures_and_documents_come_along_and_only_those_that_are_used() {
    let mut files = with(&[(
        "london/guides/a.md",
        &(reviewed("A", "") + "![A door](door.svg)\n\n[The form](../files/form.txt)\n"),
    )]);
    files.insert(
        "content/london/guides/door.svg".into(),
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 30'/>".into(),
    );
    files.insert("content/london/files/form.txt".into(), "Name:".into());
    files.insert("content/london/files/unused.txt".into(), "nobody".into());
    files.insert("content/boroughs/barnet/files/form.txt".into(), "Name in Barnet:".into());
    let built = build(&files, "barnet");
    let html = &built["guides/a/index.html"];
    assert!(
        html.contains("width=\"40\" height=\"30\"") && html.contains("alt=\"A door\""),
        "{html}"
    );
    assert_eq!(built["files/form.txt"], "Name in Barnet:", "the borough's own file");
    assert!(!built.contains_key("files/unused.txt"));
    all_links_lead_somewhere(&built);
    all_links_lead_somewhere(&build(&files, "hub"));
}

#[test]
fn a_document_brings_along_the_style_and_the_pictures_beside_it() {
    let mut files = with(&[
        ("london/guides/a.md", &(reviewed("A", "") + "[The form](../files/form.html)\n")),
        ("london/files/form.html", "<!doctype html><link rel=stylesheet href=\"form.css\"><p>Name"),
    ]);
    files.insert("content/london/files/form.css".into(), "p { color: black }".into());
    let built = build(&files, "barnet");
    assert!(built.contains_key("files/form.html") && built.contains_key("files/form.css"));
}

#[test]
fn a_theme_can_be_changed_file_by_file() {
    let mut files = project();
    files.insert("themes/london/messages/en.yaml".into(), "nav: {home: Front page}\n".into());
    for (file, rule) in [
        ("99-own.css", "p { color: red }"),
        ("print/own.css", "p { color: black }"),
        ("some-pages/own.css", "table { color: green }"),
    ] {
        files.insert(format!("themes/london/assets/css/{file}"), rule.to_owned());
    }
    let built = build(&files, "barnet");
    assert!(built["needs/index.html"].contains("Front page"), "one word of the catalogue");
    let sheet = |name: &str| {
        let mut sheets = built.iter().filter(|(path, _)| path.starts_with(name));
        sheets.next().unwrap().1
    };
    assert!(sheet("assets/style.").contains("p { color: red }"));
    assert!(sheet("assets/print.").contains("p { color: black }"));
    assert!(sheet("assets/some-pages.").contains("table { color: green }"));
}
