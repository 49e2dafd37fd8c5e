//! The content that we ship: real, sourced, honest, and whole on every site.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::OnceLock;

use ordinarily::content::kinds::Payload;
use ordinarily::content::kinds::provision::Modal;
use ordinarily::content::tree::SourceTree;
use ordinarily::diagnostic::has_errors;
use ordinarily::engine::{self, Wanted};
use ordinarily::io::{load, terminal};
use scraper::{ElementRef, Html, Selector};

use super::sites::{all_links_lead_somewhere, ids, references, target};
use super::support::{Files, build_tree, today, words};

pub(crate) fn tree() -> &'static SourceTree {
    static TREE: OnceLock<SourceTree> = OnceLock::new();
    TREE.get_or_init(|| {
        let loaded = load::load(Path::new(env!("CARGO_MANIFEST_DIR")));
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        loaded.value
    })
}

/// The files of a site of the shipped content, which is without any problem.
fn site(name: &str) -> Files {
    let (built, problems) = build_tree(tree(), name, today(), Vec::new());
    assert!(problems.is_empty(), "{}", terminal::problems(&problems, tree(), false));
    built
}

fn pages(site: &Files) -> impl Iterator<Item = (&String, &String)> {
    site.iter().filter(|(path, _)| path.ends_with(".html") && !path.starts_with("files/"))
}

#[test]
fn there_is_a_site_for_each_of_the_33_authorities_and_one_for_london() {
    let names = engine::site_names(tree());
    assert_eq!(names.len(), 34);
    let mut problems = Vec::new();
    let project = engine::parse(tree(), None).into_value(&mut problems).unwrap();
    assert!(!has_errors(&problems));
    let codes: Vec<&str> = project.boroughs.values().map(|b| b.file.ons_code.as_str()).collect();
    for number in 1..=33 {
        let code = format!("E090000{number:02}");
        assert!(codes.contains(&code.as_str()), "{code} is missing");
    }
    for (slug, code) in
        [("barnet", 3), ("city-of-london", 1), ("westminster", 33), ("kingston-upon-thames", 21)]
    {
        let slug = ordinarily::path::Slug::parse(slug).unwrap();
        assert_eq!(project.boroughs[&slug].file.ons_code.as_str(), format!("E090000{code:02}"));
    }
}

#[test]
fn every_link_on_all_34_sites_leads_somewhere() {
    use rayon::prelude::*;
    engine::site_names(tree()).par_iter().for_each(|name| all_links_lead_somewhere(&site(name)));
}

/// How many clicks a page is from the home page, by its file.
fn clicks(site: &Files) -> BTreeMap<String, usize> {
    let mut clicks = BTreeMap::from([("index.html".to_owned(), 0)]);
    let mut next: VecDeque<String> = clicks.keys().cloned().collect();
    while let Some(path) = next.pop_front() {
        let so_far = clicks[&path];
        for link in references(&site[&path]) {
            let Some((file, _)) = target(&path, &link) else { continue };
            if file.ends_with(".html") && site.contains_key(&file) && !clicks.contains_key(&file) {
                clicks.insert(file.clone(), so_far + 1);
                next.push_back(file);
            }
        }
    }
    clicks
}

#[test]
fn every_need_place_and_contact_is_at_most_three_clicks_from_home() {
    for name in ["hub", "barnet", "hounslow", "kingston-upon-thames"] {
        let site = site(name);
        let clicks = clicks(&site);
        let wanted = |path: &str| {
            let folders: Vec<&str> = path.split('/').collect();
            let kind = if folders[0] == "boroughs" { folders.get(2) } else { folders.first() };
            matches!(kind, Some(&"needs" | &"places" | &"services"))
        };
        let pages: Vec<&String> =
            pages(&site).map(|(path, _)| path).filter(|p| wanted(p)).collect();
        assert!(pages.len() > 20, "{name}: {pages:?}");
        for path in pages {
            let far = clicks.get(path);
            assert!(far.is_some_and(|far| *far <= 3), "{name}/{path}: {far:?} clicks");
        }
    }
}

#[test]
fn every_page_is_sound_html_and_asks_nothing_of_another_host() {
    let one = |document: &Html, selector: &str| {
        document.select(&Selector::parse(selector).unwrap()).count()
    };
    for name in ["hub", "barnet", "camden"] {
        for (path, html) in pages(&site(name)) {
            let document = Html::parse_document(html);
            assert!(html.starts_with("<!doctype html>"), "{name}/{path}");
            assert_eq!(one(&document, "h1"), 1, "{name}/{path} has one first heading");
            // A data block is no script: a browser carries out nothing of it.
            let inline = "[style], style, script:not([src]):not([type='application/ld+json'])";
            assert_eq!(one(&document, inline), 0, "{name}/{path}: inline");
            assert_eq!(one(&document, "html[lang][dir]"), 1, "{name}/{path}");
            let policy = "meta[http-equiv=Content-Security-Policy]";
            assert!(
                one(&document, policy) == 1 || one(&document, "meta[http-equiv=refresh]") == 1,
                "{path}"
            );
            let mut ids = ids(html);
            let all = ids.len();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), all, "{name}/{path}: an id stands twice");
            for source in ["src", "srcset", "data", "poster"] {
                let selector = Selector::parse(&format!("[{source}]")).unwrap();
                for element in document.select(&selector) {
                    let value = element.value().attr(source).unwrap();
                    assert!(!value.contains("//"), "{name}/{path}: {value}");
                }
            }
        }
    }
}

#[test]
fn the_map_of_boroughs_and_the_list_beside_it_count_alike() {
    let document = Html::parse_document(&site("hub")["index.html"]);
    let text = |element: ElementRef<'_>| element.text().collect::<String>().trim().to_owned();
    let counted = |items: &str, name: &str, number: &str| {
        let [items, name, number] = [items, name, number].map(|s| Selector::parse(s).unwrap());
        let one = |item: ElementRef<'_>| {
            let number = item.select(&number).next()?;
            Some((text(item.select(&name).next()?), text(number)))
        };
        document.select(&items).filter_map(one).collect::<BTreeMap<String, String>>()
    };
    let list = counted("ul.boroughs li", "a", "span.n");
    assert!(list.len() > 5, "{list:?}");
    assert_eq!(counted("svg.tilemap a", "title", "text.n"), list);
}

#[test]
fn every_page_says_that_it_is_demonstration_content() {
    for (path, html) in pages(&site("barnet")) {
        let redirect = html.contains("http-equiv=\"refresh\"");
        assert!(redirect || html.contains("Demonstration content"), "{path}");
    }
}

/// What the report names, on the page of the borough that did it, with its facts.
#[test]
fn every_practice_of_the_report_is_on_its_boroughs_pages_with_its_facts_and_its_date() {
    let facts = [
        ("barnet", "provision/ordinarily-available", vec!["2019", "EHCP", "Local Offer"]),
        ("barnet", "toolkits/senco-toolkit", vec!["six months", "working group"]),
        ("barnet", "data/sen-register", vec!["outside"]),
        ("barnet", "networks/senco-moderation", vec!["support plans"]),
        ("barnet", "practice/orion-teaching-accelerators", vec!["Orion", "teaching accelerators"]),
        ("barnet", "practice/orion-reception-buddies", vec!["buddy"]),
        ("barnet", "practice/hendon-weekly-briefing", vec!["Hendon", "SENCo"]),
        ("greenwich", "toolkits/sen-support-profile", vec!["panel"]),
        ("greenwich", "services/autism-outreach", vec!["19", "occupational therapists"]),
        ("greenwich", "guides/funding-and-structure", vec!["£6,000"]),
        ("barking-and-dagenham", "places/arps", vec!["25", "just under 400"]),
        ("barking-and-dagenham", "training/thrive", vec!["30 schools", "health"]),
        ("barking-and-dagenham", "guides/self-evaluation", vec!["red", "amber", "green"]),
        ("barking-and-dagenham", "guides/quick-support", vec!["quick"]),
        ("newham", "practice/monega-20-10-timetable", vec!["20 minutes", "10 minutes"]),
        ("newham", "guides/quick-support", vec!["quick"]),
        ("southwark", "practice/snowsfields-reflection-sheet", vec!["reflection sheet"]),
        ("kingston-upon-thames", "practice/tolworth-postcards", vec!["postcards"]),
        (
            "kingston-upon-thames",
            "practice/christ-church-precision-teaching",
            vec!["precision teaching"],
        ),
        (
            "kingston-upon-thames",
            "services/early-intervention-panel",
            vec!["half term", "Windsor and Maidenhead"],
        ),
        ("kingston-upon-thames", "networks/secondary-peer-review", vec!["secondary"]),
        ("richmond-upon-thames", "services/early-intervention-panel", vec!["half term", "CAMHS"]),
    ];
    let mut sites: BTreeMap<&str, Files> = BTreeMap::new();
    for (borough, path, parts) in facts {
        let site = sites.entry(borough).or_insert_with(|| site(borough));
        {
            let html = site.get(&format!("{path}/index.html"));
            let html = html.unwrap_or_else(|| panic!("{borough} has no {path}"));
            let text = words(html);
            for part in parts {
                assert!(
                    text.to_lowercase().contains(&part.to_lowercase()),
                    "{borough}/{path}: {part}\n{text}"
                );
            }
            assert!(text.contains("2019"), "{borough}/{path} carries no date");
            assert!(text.contains("Inclusive practice"), "{borough}/{path} names no source");
        }
    }
    let richmond = site("richmond-upon-thames");
    let orleans: String = pages(&richmond)
        .filter(|(path, _)| path.contains("orleans"))
        .map(|(_, html)| words(html))
        .collect();
    for part in ["break", "boccia", "Duke of Edinburgh", "LSA"] {
        assert!(orleans.contains(part), "Orleans Park: {part}");
    }
}

#[test]
fn the_survey_and_the_recommendations_are_told_with_their_limits() {
    let hub = site("hub");
    let survey = words(&hub["guides/evidence-and-survey/index.html"]);
    for part in ["17", "124", "88", "25", "2018"] {
        assert!(survey.contains(part), "{part}");
    }
    let asked = words(&hub["guides/recommendations-2019/index.html"]).to_lowercase();
    for part in ["nine", "ten", "abolished"] {
        assert!(asked.contains(part), "{part}");
    }
}

#[test]
fn every_entry_has_a_source_every_must_its_law_and_every_expectation_what_a_visitor_would_see() {
    let mut problems = Vec::new();
    let project = engine::parse(tree(), None).into_value(&mut problems).unwrap();
    let wanted = Wanted { day: today(), sites: Vec::new(), base_url: None };
    let model = engine::resolve(project, wanted.day, None).into_value(&mut problems);
    let views = model.boroughs.values().chain([&model.shared]);
    let mut expectations = 0;
    for entry in views.flat_map(|view| view.entries.values()) {
        let id = format!("{} of {}", entry.id, entry.provenance.top());
        if entry.id.kind == ordinarily::content::kinds::Kind::Welcome {
            continue;
        }
        assert!(!entry.common().sources.is_empty(), "{id} has no source");
        assert!(entry.common().sources.iter().all(|source| source.date.is_some()), "{id}: no date");
        let Payload::Provision(provision) = entry.payload() else { continue };
        for item in &provision.expectations {
            expectations += 1;
            assert!(item.modal != Modal::Must || item.law.is_some(), "{id}#{}: no law", item.id);
            assert!(item.indicators.is_some(), "{id}#{}: no indicators", item.id);
            assert!(!item.responsible.is_empty(), "{id}#{}: nobody does it", item.id);
        }
    }
    assert!(expectations > 1000, "{expectations} over all boroughs");
    for slug in ["autism", "speech-language-communication"] {
        let id = ordinarily::content::kinds::EntryId::parse(&format!("provision/{slug}")).unwrap();
        let Payload::Provision(provision) = model.shared.entries[&id].payload() else { panic!() };
        assert!(provision.expectations.len() >= 12, "{slug}");
    }
}

#[test]
fn no_page_holds_a_telephone_number_an_email_address_or_a_postcode_that_nobody_gave_us() {
    for (path, html) in pages(&site("barnet")) {
        let invented = references(html).into_iter().find(|link| {
            link.starts_with("mailto:") || (link.starts_with("tel:") && link != "tel:999")
        });
        assert_eq!(invented, None, "{path}");
    }
}
