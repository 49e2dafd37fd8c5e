//! `sitemap.xml` and `robots.txt`.

use std::collections::BTreeMap;

use super::super::support::{Files, build, on_disk, reviewed, run, with};
use super::addressed;

const BARNET: &str = "https://barnet.example.org/send/";

/// The addresses of a sitemap or of an index, each with its day.
fn addresses(xml: &str) -> BTreeMap<String, Option<String>> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    assert_eq!(document.root_element().tag_name().namespace(), Some(namespace));
    let text = |node: roxmltree::Node<'_, '_>, name: &str| {
        let child = node.children().find(|child| child.tag_name().name() == name)?;
        child.text().map(str::to_owned)
    };
    let items = document.root_element().children().filter(roxmltree::Node::is_element);
    items.map(|item| (text(item, "loc").unwrap(), text(item, "lastmod"))).collect()
}

fn project() -> Files {
    addressed(&[
        ("london/guides/shared.md", &reviewed("Shared", "")),
        ("boroughs/barnet/guides/own.md", &reviewed("Own", "aliases: [/old/own]\n")),
        ("boroughs/barnet/guides/draft.md", &reviewed("Draft", "draft: true\n")),
        (
            "boroughs/barnet/news/told.md",
            "---\ntitle: Told\nsummary: Told.\ndate: 2026-10-02\n---\n",
        ),
        ("boroughs/barnet/news/told.pl.md", "---\ntitle: Powiedziane\nsummary: Tak.\n---\n"),
    ])
}

#[test]
fn the_sitemap_lists_each_canonical_page_with_the_day_its_author_gave() {
    let built = build(&project(), "barnet");
    let sitemap = addresses(&built["sitemap.xml"]);
    let day = |path: &str| sitemap.get(&format!("{BARNET}{path}")).cloned();
    assert_eq!(day("guides/own/"), Some(Some("2026-09-01".to_owned())));
    assert_eq!(day("news/told/"), Some(Some("2026-10-02".to_owned())));
    assert_eq!(day("pl/news/told/"), Some(Some("2026-10-02".to_owned())));
    assert_eq!(day(""), Some(None), "the home page is put together from many");
    for absent in ["guides/shared/", "guides/draft/", "old/own/", "404.html", "robots.txt"] {
        assert_eq!(day(absent), None, "{absent}");
    }
    // Every address is a page of the site.
    for address in sitemap.keys() {
        let path = address.strip_prefix(BARNET).unwrap();
        assert!(built.contains_key(&format!("{path}index.html")), "{address}");
    }
    let hub = addresses(&build(&project(), "hub")["sitemap.xml"]);
    assert!(hub.contains_key("https://hub.example.org/guides/shared/"));
}

#[test]
fn robots_txt_names_the_sitemap_where_there_is_one() {
    let robots = &build(&project(), "barnet")["robots.txt"];
    assert_eq!(robots, &format!("User-agent: *\nAllow: /\n\nSitemap: {BARNET}sitemap.xml\n"));
    let kingston = build(&project(), "kingston");
    assert_eq!(kingston["robots.txt"], "User-agent: *\nAllow: /\n");
    assert!(!kingston.contains_key("sitemap.xml"), "no address is known");
}

#[test]
fn a_build_notes_once_that_sites_without_an_address_lack_files() {
    let root = on_disk(&project());
    let all = run(root.path(), &["build"]);
    assert_eq!(all.out.matches("no sitemap.xml").count(), 1, "{}", all.out);
    assert!(all.out.contains("kingston has no address"), "{}", all.out);
    let addressed = ["build", "--out", "other", "--base-url", "https://a.org"];
    assert!(!run(root.path(), &addressed).out.contains("no address"));
    let neither = on_disk(&with(&[("site.yaml", "name: A\nhub: {title: B}\nlanguages: [en]\n")]));
    let noted = run(neither.path(), &["build"]);
    assert_eq!((noted.status, &*noted.err), (0, ""), "a note is no problem");
    let json = run(neither.path(), &["build", "--force", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["without_address"], serde_json::json!(["hub", "barnet", "kingston"]));
    assert!(noted.out.contains("3 sites have no address"), "{}", noted.out);
}

/// Barnet with so many news of its own, and so many that it only passes on.
fn news(own: usize, inherited: usize) -> Files {
    let mut files = addressed(&[]);
    for (layer, count) in [("boroughs/barnet", own), ("london", inherited)] {
        for number in 0..count {
            files.insert(
                format!("content/{layer}/news/{}{number}.md", &layer[..1]),
                "---\ntitle: N\nsummary: N.\ndate: 2026-10-02\n---\n".to_owned(),
            );
        }
    }
    files
}

#[test]
fn a_site_of_more_than_fifty_thousand_pages_has_an_index_of_full_sitemaps() {
    let files = news(50_010, 0);
    let xml = some(&files, &["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
    let index: Vec<String> = addresses(&xml["sitemap.xml"]).into_keys().collect();
    assert_eq!(index, [format!("{BARNET}sitemap-1.xml"), format!("{BARNET}sitemap-2.xml")]);
    let (one, two) = (addresses(&xml["sitemap-1.xml"]), addresses(&xml["sitemap-2.xml"]));
    assert!(one.len() == 50_000 && two.len() > 10, "{} and {}", one.len(), two.len());
    assert!(one.keys().all(|address| !two.contains_key(address)));
}

#[test]
fn pages_that_another_site_lists_do_not_make_a_sitemap_longer() {
    let xml = some(&news(20, 50_000), &["sitemap.xml"]);
    assert!(xml["sitemap.xml"].contains("<urlset"), "{:.200}", xml["sitemap.xml"]);
    assert!((20..1_000).contains(&addresses(&xml["sitemap.xml"]).len()));
}

/// Some files of Barnet's site, without making the others.
fn some(files: &Files, paths: &[&str]) -> Files {
    use ordinarily::engine::{self, Wanted};
    let mut problems = Vec::new();
    let tree = super::super::support::tree(files, &mut problems);
    let project = engine::parse(&tree, None).into_value(&mut problems).unwrap();
    let theme = engine::load_theme(&tree, &project).into_value(&mut problems).unwrap();
    let day = super::super::support::today();
    let model = engine::resolve(project, day, None).into_value(&mut problems);
    let wanted = Wanted { day, sites: vec!["barnet".to_owned()], base_url: None };
    let editions = engine::lay_out(&model, &theme, &wanted);
    let bytes = |path: &&str| {
        let output = editions[0].output(&ordinarily::path::UrlPath::new(path)).unwrap();
        let bytes = editions[0].bytes(&theme, &output).unwrap();
        ((*path).to_owned(), String::from_utf8(bytes.into_owned()).unwrap())
    };
    paths.iter().map(bytes).collect()
}
