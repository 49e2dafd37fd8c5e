//! Whatever happens to the files, and however it is saved, the page is right afterwards.

use std::fs;
use std::path::Path;

use super::super::support::{Files, on_disk, provision, reviewed, with};
use super::served::{SENTINEL, Served, sentinel};

/// A project with something of every layer, and the sentinel.
pub(super) fn project() -> Files {
    let mut files = with(&[
        (
            "london/provision/autism.md",
            &(provision(
                "Autism",
                "expectations:\n- {id: one, text: Do one., modal: should, tier: universal}\n\
                 - {id: two, text: Do two., modal: could}\nask_next: help\n",
            ) + "## First\n\nWords about {borough}. See [[services/help]].\n"),
        ),
        ("london/services/help.md", &reviewed("Help", "does: Help\n")),
        ("london/guides/start.md", &(reviewed("Start", "") + "The first words.\n")),
        (
            "boroughs/barnet/provision/autism.md",
            "---\nexpectations:\n- {id: one, text: Do one here.}\n---\n::: inherit\n\nMore.\n",
        ),
        ("partners/achieving/services/panel.md", &reviewed("Panel", "covers: kingston\n")),
    ]);
    files.insert(SENTINEL.to_owned(), sentinel("nothing yet"));
    files
}

const GUIDE: &str = "content/london/guides/start.md";

fn guide(words: &str) -> String {
    reviewed("Start", "") + words + "\n"
}

#[test]
fn the_first_page_is_there_as_soon_as_it_says_so_and_all_sites_are_listed() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let list = served.get("/").text();
    for (site, name) in [("hub", "All of London"), ("barnet", "Barnet"), ("kingston", "Kingston")] {
        assert!(list.contains(&format!("<a href=\"/{site}/\">{name}</a>")), "{list}");
        assert_eq!(served.get(&format!("/{site}/")).status, 200);
    }
    let redirect = served.get("/barnet/guides/start");
    assert_eq!((redirect.status, &*redirect.headers["location"]), (302, "/barnet/guides/start/"));
    assert_eq!(served.get("/barnet").headers["location"], "/barnet/");
    assert_eq!(served.get("/nowhere/").status, 404);
}

#[test]
fn only_the_site_that_is_asked_for_is_served() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &["--site", "barnet"]);
    assert_eq!(served.get("/barnet/").status, 200);
    assert_eq!(served.get("/hub/").status, 404);
    assert!(!served.get("/").text().contains("/hub/"));
}

#[test]
fn an_edit_an_addition_a_rename_and_a_deletion_show() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    served.write(GUIDE, &guide("Other words."));
    served.wait("/barnet/guides/start/", |page| page.text().contains("Other words."));

    served.write("content/boroughs/barnet/guides/own.md", &reviewed("Barnet’s own", ""));
    served.wait("/barnet/guides/own/", |page| page.status == 200);
    assert!(served.get("/barnet/guides/").text().contains("Barnet’s own"));
    assert_eq!(served.get("/kingston/guides/own/").status, 404);

    let folder = root.path().join("content/boroughs/barnet/guides");
    fs::rename(folder.join("own.md"), folder.join("new.md")).unwrap();
    served.wait("/barnet/guides/new/", |page| page.status == 200);
    assert_eq!(served.get("/barnet/guides/own/").status, 404);

    fs::remove_file(folder.join("new.md")).unwrap();
    served.wait("/barnet/guides/new/", |page| page.status == 404);
    assert!(!served.get("/barnet/guides/").text().contains("Barnet’s own"));
}

#[test]
fn a_folder_that_is_moved_or_removed_takes_its_pages_along() {
    let mut files = project();
    for number in 0..20 {
        let path = format!("content/boroughs/barnet/guides/number-{number}.md");
        files.insert(path, reviewed(&format!("Number {number}"), ""));
    }
    let root = on_disk(&files);
    let served = Served::start(root.path(), &[]);
    let layer = root.path().join("content/boroughs/barnet");
    fs::rename(layer.join("guides"), layer.join("practice")).unwrap();
    served.wait("/barnet/practice/number-19/", |page| page.status == 200);
    served.settle("moved");
    for number in 0..20 {
        assert_eq!(served.get(&format!("/barnet/practice/number-{number}/")).status, 200);
        assert_eq!(served.get(&format!("/barnet/guides/number-{number}/")).status, 404);
    }
    fs::remove_dir_all(layer.join("practice")).unwrap();
    served.settle("removed");
    assert_eq!(served.get("/barnet/practice/number-3/").status, 404);
}

/// Saves a file as an editor does.
type Save = fn(&Path, &str);

#[test]
fn every_way_in_which_editors_save_is_seen() {
    let by_renaming: Save = |file, text| {
        let beside = file.with_file_name(".start.md.tmp123");
        fs::write(&beside, text).unwrap();
        fs::rename(beside, file).unwrap();
    };
    // vim: tries whether it may write, moves the old file away, writes anew, removes the old one.
    let like_vim: Save = |file, text| {
        let probe = file.with_file_name("4913");
        fs::write(&probe, "").unwrap();
        fs::remove_file(probe).unwrap();
        let old = file.with_file_name("start.md~");
        fs::rename(file, &old).unwrap();
        fs::write(file, text).unwrap();
        fs::remove_file(old).unwrap();
    };
    // Visual Studio Code: empties the file and writes it again, in place.
    let in_place: Save = |file, text| {
        use std::io::Write as _;
        let mut open = fs::File::options().write(true).truncate(true).open(file).unwrap();
        open.sync_all().unwrap();
        open.write_all(text.as_bytes()).unwrap();
    };
    let bit_by_bit: Save = |file, text| {
        use std::io::Write as _;
        let mut open = fs::File::options().write(true).truncate(true).open(file).unwrap();
        for part in text.as_bytes().chunks(7) {
            open.write_all(part).unwrap();
            open.flush().unwrap();
        }
    };
    let away_and_back: Save = |file, text| {
        fs::remove_file(file).unwrap();
        fs::write(file, text).unwrap();
    };
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let ways = [
        ("renaming", by_renaming),
        ("vim", like_vim),
        ("in place", in_place),
        ("bit by bit", bit_by_bit),
        ("away and back", away_and_back),
    ];
    for (name, save) in ways {
        let words = format!("Saved by {name}.");
        save(&root.path().join(GUIDE), &guide(&words));
        served.wait("/hub/guides/start/", |page| {
            page.status == 200
                && page.text().contains(&words)
                && !page.text().contains("class=\"over")
        });
    }
}

#[test]
fn a_save_of_the_same_length_right_after_another_is_seen() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    for round in 0..5 {
        for words in ["aaaa", "bbbb", "cccc", "dddd"] {
            served.write(GUIDE, &guide(words));
        }
        let last = format!("z{round:03}");
        served.write(GUIDE, &guide(&last));
        served.wait("/hub/guides/start/", |page| page.text().contains(&last));
    }
}

#[test]
fn hundreds_of_files_that_change_at_once_all_show() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let path = |number: usize| format!("content/boroughs/kingston/guides/page-{number}.md");
    for number in 0..300 {
        served.write(&path(number), &reviewed(&format!("Page {number}"), ""));
    }
    served.settle("all added");
    for number in (0..300).step_by(37) {
        assert_eq!(served.get(&format!("/kingston/guides/page-{number}/")).status, 200, "{number}");
    }
    // As a version control system goes to another branch: files are removed and written anew.
    for number in 0..300 {
        let file = root.path().join(path(number));
        fs::remove_file(&file).unwrap();
        if number % 3 == 0 {
            fs::write(&file, reviewed(&format!("Other {number}"), "")).unwrap();
        }
    }
    served.settle("another branch");
    let list = served.get("/kingston/guides/").text();
    assert!(list.contains("Other 297") && !list.contains("Page 1<"));
    assert_eq!(served.get("/kingston/guides/page-1/").status, 404);
}

#[test]
fn templates_styles_words_and_vocabularies_show_too() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let page = "/barnet/guides/start/";
    served.write("themes/london/templates/pages/glossary.html", "<html><body>Mine</body></html>");
    served.wait("/hub/glossary/", |page| page.text().starts_with("<html><body>Mine"));

    let old = served.get(page).text();
    served.write("themes/london/assets/css/99-own.css", "p { order: 7 }\n");
    let new = served.wait(page, |page| page.text() != old).text();
    let style = new.split("assets/style.").nth(1).unwrap().split('"').next().unwrap();
    let sheet = served.get(&format!("/barnet/assets/style.{style}"));
    assert_eq!(sheet.headers["content-type"], "text/css; charset=utf-8");
    assert!(sheet.text().contains("p { order: 7 }"));

    served.write("themes/london/messages/en.yaml", "skip: Over to the words\n");
    served.wait(page, |page| page.text().contains("Over to the words"));

    let needs = "content/vocabulary/needs.yaml";
    let text = fs::read_to_string(root.path().join(needs)).unwrap();
    served.write(needs, &text.replace("title: Hearing", "title: Deaf children"));
    served.wait("/barnet/needs/", |page| page.text().contains("Deaf children"));

    let site = "content/site.yaml";
    let text = fs::read_to_string(root.path().join(site)).unwrap();
    served.write(site, &text.replace("Demonstration content.", "Only a trial."));
    served.wait(page, |page| page.text().contains("Only a trial."));

    let borough = "content/boroughs/barnet/borough.yaml";
    let text = fs::read_to_string(root.path().join(borough)).unwrap();
    served.write(borough, &(text.clone() + "hide: [guides/start]\n"));
    served.wait(page, |page| page.status == 404);
    served.write(borough, &text.replace("name: Barnet", "name: Barnet-on-Dollis"));
    served.wait(page, |page| page.text().contains("Barnet-on-Dollis"));
}

#[test]
fn a_borough_that_is_added_or_taken_away_is_a_site_more_or_less() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let text = "official_name: London Borough of Brent\nname: Brent\nons_code: E09000005\n";
    served.write("content/boroughs/brent/borough.yaml", text);
    served.wait("/brent/guides/start/", |page| page.status == 200);
    assert!(served.get("/hub/boroughs/").text().contains("Brent"));
    fs::remove_dir_all(root.path().join("content/boroughs/brent")).unwrap();
    served.settle("gone");
    assert_eq!(served.get("/brent/").status, 404);
    assert!(!served.get("/hub/boroughs/").text().contains("Brent"));
}

#[test]
fn where_the_system_reports_no_changes_looking_at_regular_times_finds_them() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &["--poll"]);
    served.write(GUIDE, &guide("Other words."));
    served.wait("/hub/guides/start/", |page| page.text().contains("Other words."));
    fs::remove_file(root.path().join(GUIDE)).unwrap();
    served.wait("/hub/guides/start/", |page| page.status == 404);
}

#[test]
fn one_change_of_many_files_is_one_generation_and_nothing_is_none() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let mut news = served.listen("/hub/guides/start/");
    let first = news.next();
    assert_eq!(first["generation"], 1);
    // Saved again with the same words, and files that are none of ours: no generation.
    served.write(GUIDE, &guide("The first words."));
    served.write("dist/hub/index.html", "x");
    served.write("content/london/guides/.start.md.swp", "x");
    served.write(SENTINEL, &sentinel("one"));
    let second = news.next();
    assert_eq!(second["generation"], 2);
    assert_eq!(second["digest"], first["digest"], "the page itself is the same");
    served.write(GUIDE, &guide("Other words."));
    let third = news.next();
    assert_eq!(third["generation"], 3);
    assert_ne!(third["digest"], first["digest"]);
}

#[test]
fn a_style_alone_leaves_the_page_as_it_is_and_names_the_new_sheet() {
    let root = on_disk(&project());
    let served = Served::start(root.path(), &[]);
    let mut news = served.listen("/barnet/");
    let first = news.next();
    served.write("themes/london/assets/css/99-own.css", "p { order: 7 }\n");
    // In between it may be told that all links have been followed.
    let second = loop {
        let next = news.next();
        assert_eq!(first["digest"], next["digest"]);
        if first["styles"] != next["styles"] {
            break next;
        }
    };
    let sheet = second["styles"][0].as_str().unwrap();
    assert!(served.get(sheet).text().contains("p { order: 7 }"));
}

#[test]
fn drafts_show_when_they_are_asked_for_and_say_so() {
    let mut files = project();
    let draft = reviewed("Not yet", "draft: true\n");
    files.insert("content/london/guides/draft.md".to_owned(), draft);
    let root = on_disk(&files);
    let served = Served::start(root.path(), &[]);
    assert_eq!(served.get("/hub/guides/draft/").status, 404);
    let served = Served::start(root.path(), &["--drafts"]);
    let page = served.get("/hub/guides/draft/");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<span class=\"state\">Draft</span>"));
}
