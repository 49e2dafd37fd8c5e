//! A mistake shows where the editor looks, beside the last good page, and goes when it is mended.

use std::fs;

use super::super::support::{on_disk, reviewed};
use super::served::Served;
use super::watching::project;

const GUIDE: &str = "content/london/guides/start.md";
const OVER: &str = "class=\"over\"";

fn guide(words: &str) -> String {
    reviewed("Start", "") + words + "\n"
}

/// The words of a page's panel, without its markup.
fn shown(page: &str) -> String {
    let added = page.split("<!--preview-->").nth(1).unwrap_or(page);
    let document = scraper::Html::parse_fragment(added);
    let text: Vec<&str> = document.root_element().text().collect();
    text.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_mistake_lies_over_the_last_good_page_and_goes_when_it_is_mended() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &["--editor", "vscode"]);
    served.write(GUIDE, &guide("The second words."));
    served.wait("/barnet/guides/start/", |page| page.text().contains("The second words."));
    let broken = guide("The third words.").replace("reviewed:", "reveiwed:");
    served.write(GUIDE, &broken);
    let page = served.wait("/barnet/guides/start/", |page| page.text().contains(OVER));
    assert_eq!(page.status, 200);
    let (text, over) = (page.text(), shown(&page.text()));
    assert!(text.contains("The second words.") && !text.contains("The third words."));
    assert!(over.contains("Unknown field reveiwed"), "{over}");
    assert!(over.contains("content/london/guides/start.md line 4, column 1"), "{over}");
    assert!(over.contains("reveiwed: 2026-09-01"), "the line itself: {over}");
    assert!(over.contains("Did you mean reviewed?"), "{over}");
    let real = fs::canonicalize(root.path()).unwrap();
    let link = format!("vscode://file{}/{GUIDE}:4:1", real.display());
    assert!(text.contains(&link), "no {link}");
    // Other pages are as they were, and count it.
    let other = served.get("/barnet/services/help/").text();
    assert!(!other.contains(OVER) && shown(&other).contains("1 error"), "{}", shown(&other));

    served.write(GUIDE, &guide("The fourth words."));
    let page = served.wait("/barnet/guides/start/", |page| !page.text().contains(OVER)).text();
    assert!(page.contains("The fourth words.") && shown(&page).contains("No problems"));
}

#[test]
fn a_broken_link_is_told_on_its_page_at_once_and_everywhere_soon() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    served.write(GUIDE, &guide("See [this](../services/helpp.md)."));
    let page = served.wait("/hub/guides/start/", |page| page.text().contains(OVER)).text();
    assert!(shown(&page).contains("Did you mean services/help?"), "{}", shown(&page));
    let all = served.wait("/_problems/", |page| page.text().contains("helpp"));
    assert!(shown(&all.text()).contains("1 error"), "{}", shown(&all.text()));
    served.write(GUIDE, &guide("See [this](../services/help.md)."));
    served.wait("/_problems/", |page| page.text().contains("No problems"));
}

#[test]
fn content_that_is_broken_from_the_start_is_served_with_its_problems() {
    let mut files = project();
    files.insert(GUIDE.to_owned(), "---\ntitle: Start\nsummary\n---\n".to_owned());
    let root = on_disk(&files);
    let served = Served::start(root.path(), &[]);
    assert_eq!(served.get("/barnet/services/help/").status, 200);
    // The page was never good: its address says why it is not there.
    let page = served.get("/barnet/guides/start/");
    assert_eq!(page.status, 404);
    let over = shown(&page.text());
    assert!(over.contains("content/london/guides/start.md line 3"), "{over}");
    served.write(GUIDE, &guide("Good."));
    served.wait("/barnet/guides/start/", |page| page.status == 200);
}

#[test]
fn a_project_without_a_sound_site_yaml_shows_that_and_nothing_else() {
    let mut files = project();
    let site = files.insert("content/site.yaml".to_owned(), "name: [\n".to_owned()).unwrap();
    let root = on_disk(&files);
    let served = Served::start(root.path(), &[]);
    let page = served.get("/barnet/");
    assert_eq!(page.status, 503);
    assert!(shown(&page.text()).contains("content/site.yaml"), "{}", shown(&page.text()));
    assert!(served.get("/").text().contains("/_problems/"));
    assert!(shown(&served.get("/_problems/").text()).contains("content/site.yaml line"));
    served.write("content/site.yaml", &site);
    served.wait("/barnet/", |page| page.status == 200);
    // Broken again, the last good sites stay.
    served.write("content/site.yaml", "name: [\n");
    let page = served.wait("/barnet/guides/start/", |page| page.text().contains(OVER));
    assert!(page.status == 200 && page.text().contains("The first words."));
    served.write(GUIDE, &guide("Said meanwhile."));
    served.write("content/site.yaml", &site);
    let page = served.wait("/barnet/guides/start/", |page| !page.text().contains(OVER));
    assert!(page.text().contains("Said meanwhile."));
}

#[test]
fn the_content_folder_may_be_taken_away_and_brought_back() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let (here, away) = (root.path().join("content"), root.path().join("elsewhere"));
    fs::rename(&here, &away).unwrap();
    let page = served.wait("/barnet/guides/start/", |page| page.text().contains(OVER));
    assert!(page.status == 200 && shown(&page.text()).contains("There is no content/site.yaml"));
    fs::rename(&away, &here).unwrap();
    served.wait("/barnet/guides/start/", |page| !page.text().contains(OVER));
    served.write(GUIDE, &guide("Still watched."));
    served.wait("/barnet/guides/start/", |page| page.text().contains("Still watched."));
    fs::remove_dir_all(&here).unwrap();
    served.wait("/barnet/", |page| page.text().contains(OVER));
}

#[test]
fn five_thousand_problems_at_once_are_told_a_few_at_a_time() {
    let mut files = project();
    for number in 0..50 {
        let wrong: String = (0..100).map(|field| format!("wrong-{field}: 1\n")).collect();
        let text = reviewed(&format!("Wrong {number}"), &wrong);
        files.insert(format!("content/london/guides/wrong-{number}.md"), text);
    }
    let root = on_disk(&files);
    let served = Served::start(root.path(), &[]);
    let page = served.get("/hub/guides/wrong-7/").text();
    assert_eq!(page.matches("<article class=\"problem").count(), 10);
    assert!(shown(&page).contains("And 90 more: see all problems"), "{}", shown(&page));
    assert!(shown(&page).contains("5000 errors"));
    assert!(page.len() < 60_000, "{} bytes", page.len());
    let all = served.get("/_problems/?page=50").text();
    assert_eq!(all.matches("<article class=\"problem").count(), 100);
    assert!(shown(&all).contains("Page 50 of 50"));
    assert_eq!(served.get("/_problems/?page=nonsense").status, 200);
}

#[test]
fn a_template_with_a_mistake_is_told_at_its_place_over_the_last_good_page() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let template = "themes/london/templates/pages/glossary.html";
    served.write(template, "<html><body>Mine: {{ page.terms | length }}</body></html>");
    served.wait("/hub/glossary/", |page| page.text().contains("Mine: 1"));
    // What cannot be read at all, and what fails only when a page is made.
    for (broken, line) in [
        ("<html><body>\n{% if %}</body></html>", "line 2"),
        ("<html><body>\n\n{{ page.nothing }}</body></html>", "line 3"),
    ] {
        served.write(template, broken);
        let page = served.wait("/hub/glossary/", |page| page.text().contains(OVER));
        assert_eq!(page.status, 200);
        let (text, over) = (page.text(), shown(&page.text()));
        assert!(text.contains("Mine: 1"), "the last good page is beneath: {text}");
        assert!(over.contains(&format!("{template} {line}")), "{over}");
        served.write(template, "<html><body>Mine: {{ page.terms | length }}</body></html>");
        served.wait("/hub/glossary/", |page| !page.text().contains(OVER));
    }
}

#[test]
fn a_page_says_which_files_and_layers_it_comes_from_and_when_it_is_due() {
    let mut files = project();
    let overdue = "---\ntitle: Old\nsummary: Old words.\nreviewed: 2020-01-01\n\
                   review_by: 2021-01-01\nowner: Nobody\n---\n";
    files.insert("content/london/guides/old.md".to_owned(), overdue.to_owned());
    let root = on_disk(&files);
    let served = Served::start(root.path(), &[]);
    let bar = shown(&served.get("/barnet/provision/autism/").text());
    assert!(bar.contains("Reviewed 1 September 2026, next by 1 September 2027"), "{bar}");
    assert!(bar.contains("content/boroughs/barnet/provision/autism.md Barnet"), "{bar}");
    assert!(bar.contains("content/london/provision/autism.md London-wide"), "{bar}");
    let bar = shown(&served.get("/barnet/guides/old/").text());
    assert!(bar.contains("overdue since 1 January 2021"), "{bar}");
    let bar = shown(&served.get("/kingston/needs/autism/").text());
    assert!(bar.contains("content/vocabulary/needs.yaml"), "{bar}");
}

#[test]
fn without_an_editor_paths_are_shown_and_open_nothing() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &["--editor", "none"]);
    let page = served.get("/barnet/guides/start/").text();
    assert!(page.contains("<code>content/london/guides/start.md</code>"));
    assert!(!page.contains("vscode:"));
}

#[test]
fn an_open_page_hears_that_it_is_gone_and_that_it_is_back() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let mut news = served.listen("/barnet/guides/start/");
    let first = news.next();
    assert_eq!(first["gone"], false);
    let file = root.path().join(GUIDE);
    let text = fs::read_to_string(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let gone = news.next();
    assert_eq!(gone["gone"], true);
    assert!(gone["panel"].as_str().unwrap().contains("This page is no longer there"));
    fs::write(&file, text).unwrap();
    let back = news.next();
    assert_eq!((&back["gone"], &back["digest"]), (&false.into(), &first["digest"]));
}

#[test]
fn what_rules_find_shows_on_its_page_and_in_the_list_and_goes_when_it_is_mended() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    served.write(GUIDE, &guide("For help [click here](../services/help.md)."));
    let all = served.wait("/_problems/", |page| page.text().contains("link-text"));
    assert!(shown(&all.text()).contains("These words do not say where the link leads"));
    let page = served.get("/barnet/guides/start/").text();
    assert!(page.contains("link-text") && !page.contains(OVER), "{}", shown(&page));
    assert!(shown(&page).contains("No problems"), "it can wait: {}", shown(&page));
    assert!(!served.get("/barnet/services/help/").text().contains("link-text"));
    served.write(GUIDE, &guide("For help see [how to reach us](../services/help.md)."));
    served.wait("/_problems/", |page| !page.text().contains("link-text"));
}
