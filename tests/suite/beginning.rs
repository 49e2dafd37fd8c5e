//! To begin with: `init` writes a whole site, `new` writes a page.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ordinarily::content::kinds::Kind;
use ordinarily::scaffold::starter;

use super::support::{Run, base, files_in, on_disk, reviewed, run, with};

/// Begins a page in the base project, and gives what the program said and the file's text.
fn new(kind: &str, title: &str, more: &[&str]) -> (Run, Option<String>) {
    let root = on_disk(&base());
    let run = run(root.path(), &[&["new", kind, title], more].concat());
    let path = run.out.strip_prefix("wrote ").and_then(|rest| rest.lines().next());
    let text = path.map(|path| fs::read_to_string(root.path().join(path)).unwrap());
    (run, text)
}

#[track_caller]
fn refused(kind: &str, title: &str, more: &[&str], says: &str) {
    let (run, text) = new(kind, title, more);
    assert_eq!((run.status, text), (2, None), "{}", run.out);
    assert!(run.err.starts_with("error: ") && run.err.contains(says), "{}", run.err);
}

#[test]
fn a_new_site_builds_and_checks_clean() {
    let folder = tempfile::tempdir().unwrap();
    for (name, more) in [("plain", &[][..]), ("with", &["--borough", "Tower Hamlets"][..])] {
        let site = folder.path().join(name);
        let begun = run(folder.path(), &[&["init", site.to_str().unwrap()], more].concat());
        assert_eq!((begun.status, &*begun.err), (0, ""));
        assert!(site.join("README.md").is_file() && begun.out.contains("README.md"));
        let checked = run(&site, &["check", "--deny", "warnings"]);
        assert_eq!(checked.status, 0, "{}", checked.err);
        assert!(!checked.err.contains("warning["), "{}", checked.err);
        let out = site.join("dist");
        let built = run(&site, &["build", "--out", out.to_str().unwrap()]);
        assert_eq!((built.status, &*built.err), (0, ""));
        assert_eq!(out.join("tower-hamlets/index.html").is_file(), name == "with");
    }
    let page = folder.path().join("with/dist/tower-hamlets/guides/asking-for-help/index.html");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("Keep a note") && page.contains("Agree what to try"), "{page}");
    let files = files_in(&folder.path().join("with"));
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("content/")) {
        let text = String::from_utf8_lossy(bytes);
        for mark in ["@TODAY@", "@IN_A_YEAR@", "@NAME@", "@OFFICIAL_NAME@", "@ONS_CODE@"] {
            assert!(!text.contains(mark), "{mark} is left in {path}");
        }
    }
}

#[test]
fn a_new_site_says_what_the_council_must_supply_and_invents_nothing() {
    let today = jiff::civil::date(2026, 11, 22);
    let barnet = starter::authority("barnet").unwrap();
    let files = starter::files(today, Some(&barnet));
    let mut marked = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| !path.contains("/vocabulary/")) {
        let text = String::from_utf8_lossy(bytes);
        marked += text.matches("Council to supply").count();
        let values = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        for line in values.filter(|_| path.starts_with("content/")) {
            for invented in ["phone:", "email:", "url:", "website:", "address:", "postcode:", "@"] {
                assert!(!line.contains(invented), "{path}: {line}");
            }
        }
    }
    assert!(marked > 6, "{marked}");
}

#[test]
fn a_site_begins_only_in_an_empty_folder_and_with_a_borough_that_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(path("empty")).unwrap();
    assert_eq!(run(folder.path(), &["init", &path("empty")]).status, 0);
    fs::write(path("file"), "mine").unwrap();
    fs::create_dir(path("full")).unwrap();
    fs::write(path("full/.keep"), "mine").unwrap();
    for (name, says) in [("full", "is not empty, and nothing was written"), ("file", "cannot read")]
    {
        let refused = run(folder.path(), &["init", &path(name)]);
        assert_eq!(refused.status, 2);
        assert!(refused.err.contains(says) && refused.err.contains(name), "{}", refused.err);
    }
    assert_eq!(files_in(Path::new(&path("full"))).len(), 1);
    let refused = run(folder.path(), &["init", &path("other"), "--borough", "Barnt"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("did you mean `Barnet`?"), "{}", refused.err);
    assert!(refused.err.contains("another council"), "{}", refused.err);
    assert!(!Path::new(&path("other")).exists());
}

#[test]
fn the_authorities_to_begin_with_are_those_that_we_ship() {
    let all = starter::authorities();
    assert_eq!(all.len(), 33);
    let boroughs = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/boroughs");
    for one in all {
        let file = boroughs.join(one.id.as_str()).join("borough.yaml");
        let text = fs::read_to_string(&file).unwrap();
        for line in [
            format!("official_name: {}", one.official_name),
            format!("name: {}", one.name),
            format!("ons_code: {}", one.ons_code.as_str()),
        ] {
            assert!(text.lines().any(|known| known.replace('"', "") == line), "{line}");
        }
        assert_eq!(starter::authority(&one.official_name), Ok(one.clone()));
        assert_eq!(starter::authority(&one.name.to_uppercase()), Ok(one));
    }
}

#[test]
fn a_new_page_of_every_kind_builds_and_checks_without_errors() {
    for kind in Kind::ALL {
        for borough in [&[][..], &["--borough", "barnet"][..]] {
            let mut files = base();
            files.remove("content/london/index.md");
            let root = on_disk(&files);
            let new = run(root.path(), &[&["new", kind.name(), "A first one"], borough].concat());
            assert_eq!((new.status, &*new.err), (0, ""), "{kind:?}");
            for command in [&["check", "--drafts"][..], &["build", "--drafts"][..]] {
                let run = run(root.path(), command);
                assert_eq!(run.status, 0, "{kind:?}: {}", run.err);
            }
            let dist = files_in(&root.path().join("dist/barnet"));
            let page = match kind {
                Kind::Welcome => "index.html".to_owned(),
                kind => format!("{}/a-first-one/index.html", kind.folder()),
            };
            assert!(dist.contains_key(&page), "{page}: {:?}", dist.keys());
        }
    }
}

/// A page's front matter with every example counting.
fn with_examples(text: &str) -> String {
    let example = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with('#') => rest.to_owned(),
        _ => line.to_owned(),
    };
    text.lines().map(|line| example(line) + "\n").collect()
}

#[test]
fn every_field_that_a_new_page_explains_is_one_that_is_read() {
    for kind in Kind::ALL {
        let (_, text) = new(kind.name(), "A first one", &["--borough", "barnet"]);
        let text = with_examples(&text.unwrap());
        let path = match kind {
            Kind::Welcome => "boroughs/barnet/index.md".to_owned(),
            kind => format!("boroughs/barnet/{}/a-first-one.md", kind.folder()),
        };
        let root = on_disk(&with(&[(&path, &text)]));
        let said = run(root.path(), &["check", "--drafts"]).err;
        for code in ["unknown-field", "yaml", "wrong-value", "missing-field", "empty-value"] {
            assert!(!said.contains(&format!("error[{code}]")), "{kind:?}: {said}\n{text}");
        }
        // And none is forgotten.
        let written: BTreeSet<&str> =
            text.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
        for field in ordinarily::content::common::shapes(kind) {
            assert!(written.contains(field.name), "{kind:?} lacks {}", field.name);
        }
    }
}

#[test]
fn a_new_page_is_a_draft_of_today_at_its_place() {
    let root = on_disk(&base());
    let new = run(root.path(), &["new", "guides", "Getting help", "--borough", "Barnet"]);
    let path = "content/boroughs/barnet/guides/getting-help.md";
    assert!(new.out.starts_with(&format!("wrote {path}\n")), "{}{}", new.out, new.err);
    let text = fs::read_to_string(root.path().join(path)).unwrap();
    let today = ordinarily::io::clock::today_in_london();
    assert!(text.contains("draft: true\n") && text.contains("title: \"Getting help\"\n"), "{text}");
    assert!(text.contains(&format!("reviewed: {today}\n")), "{text}");
    run(root.path(), &["build"]);
    assert!(!root.path().join("dist/barnet/guides/getting-help").exists());
}

#[test]
fn a_new_page_may_be_a_partners_for_all_the_boroughs_that_it_serves() {
    let root = on_disk(&with(&[("london/guides/help.md", &reviewed("Help", ""))]));
    let new = run(root.path(), &["new", "service", "The panel", "--partner", "Achieving"]);
    let path = "content/partners/achieving/services/the-panel.md";
    assert!(new.out.starts_with(&format!("wrote {path}\n")), "{}{}", new.out, new.err);
    let built = run(root.path(), &["build", "--drafts"]);
    assert_eq!(built.status, 0, "{}", built.err);
    assert!(root.path().join("dist/kingston/services/the-panel/index.html").exists());
    assert!(!root.path().join("dist/barnet/services/the-panel").exists());
    let adapts = run(root.path(), &["new", "guide", "Help", "--partner", "achieving"]);
    assert!(adapts.out.contains("It adapts content/london/guides/help.md"), "{}", adapts.out);
}

#[test]
fn a_new_page_never_takes_the_place_of_another() {
    let root = on_disk(&with(&[("london/guides/help.md", "---\ntitle: Mine\n---\n")]));
    let refused = run(root.path(), &["new", "guide", "Help"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("guides/help.md is there already"), "{}", refused.err);
    let text = fs::read_to_string(root.path().join("content/london/guides/help.md")).unwrap();
    assert_eq!(text, "---\ntitle: Mine\n---\n");
    let adapts = run(root.path(), &["new", "guide", "Help", "--borough", "barnet"]);
    assert!(adapts.out.contains("It adapts content/london/guides/help.md"), "{}", adapts.out);
}

#[test]
fn a_title_may_be_any_words_in_any_script() {
    for (title, slug) in [
        ("Speech: \"first steps\" & 'more' #1", "speech-first-steps-more-1"),
        ("Życie codzienne – pomoc", "zycie-codzienne-pomoc"),
        ("مساعدة", "msaada"),
        ("- [not] {yaml}: *x &y !z %", "not-yaml-x-y-z"),
        ("null", "null"),
        ("C:\\Users\\", "c-users"),
    ] {
        let root = on_disk(&base());
        let new = run(root.path(), &["new", "news", "--", title]);
        assert_eq!((new.status, &*new.err), (0, ""), "{title}");
        let path = new.out.lines().next().unwrap().trim_start_matches("wrote ").to_owned();
        assert!(path.starts_with("content/london/news/"), "{path}");
        if title.is_ascii() || title.starts_with('Ż') {
            assert_eq!(path, format!("content/london/news/{slug}.md"));
        }
        let built = run(root.path(), &["build", "--drafts"]);
        assert_eq!(built.status, 0, "{title}: {}", built.err);
    }
    let long = "word ".repeat(60);
    let (run, text) = new("guide", &long, &[]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(text.unwrap().contains(long.trim()));
    let name = run.out.lines().next().unwrap().rsplit('/').next().unwrap();
    assert!(name.len() <= 83, "{name}");
}

#[test]
fn a_new_page_that_cannot_be_is_refused_with_what_to_do() {
    refused("guid", "Help", &[], "there is no kind `guid`: did you mean `guide`?");
    refused("recipe", "Help", &[], "it can be: welcome, provision, guide");
    refused("guide", "Help", &["--borough", "barnett"], "did you mean `barnet`?");
    refused("guide", "Help", &["--borough", "hub"], "there is no borough `hub`");
    refused("guide", "Help", &["--partner", "achievin"], "did you mean `achieving`?");
    refused("guide", "Help", &["--partner", "barnet"], "there is no partner `barnet`");
    refused("guide", "Help", &["--partner", "achieving", "--borough", "barnet"], "cannot be used");
    refused("guide", "", &[], "the title is empty");
    refused("guide", " \u{a0}", &[], "the title is empty");
    refused("guide", "One\nTwo", &[], "a title is one line");
    refused("guide", "!?", &[], "no address can be made of `!?`");
    let empty = tempfile::tempdir().unwrap();
    let run = run(empty.path(), &["new", "guide", "Help"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("no content/site.yaml") && run.err.contains("init"), "{}", run.err);
    assert_eq!(files_in(empty.path()).len(), 0);
}

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    let root = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = run(root.path(), &["completions", shell]);
        assert_eq!((run.status, &*run.err), (0, ""), "{shell}");
        for word in ["completions", "schema", "--borough", "--coverage"] {
            assert!(run.out.contains(word.trim_start_matches('-')), "{shell} lacks {word}");
        }
    }
    let run = run(root.path(), &["completions", "tcsh"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("possible values: bash, elvish, fish"), "{}", run.err);
}
