//! Law 1: the preview answers what a build writes, byte for byte, after any edits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ordinarily::content::tree::SourceTree;
use ordinarily::diagnostic::has_errors;
use ordinarily::engine::{self, BaseUrl, Wanted};
use ordinarily::io::http::{Answer, Asked};
use ordinarily::path::SourcePath;
use ordinarily::preview::generation::Inputs;
use ordinarily::preview::{Editor, Preview, Settings};
use ordinarily::theme::interface::Interface;
use rayon::prelude::*;

use super::super::laws::{Random, bring_to};
use super::super::support::{Files, files_in, on_disk, provision, reviewed, run, today};
use super::served::{SENTINEL, Served, sentinel, without_addition};
use super::watching::project;

const ORIGIN: &str = "http://127.0.0.1:3000";
const LAYERS: [&str; 4] = ["london", "boroughs/barnet", "boroughs/kingston", "partners/achieving"];

/// One edit as somebody might make it: sound or not.
fn edit(files: &mut Files, random: &mut Random, step: usize) {
    let layer = LAYERS[random.below(LAYERS.len())];
    let slug = ["start", "second", "third", "help"][random.below(4)];
    let path = format!("content/{layer}/guides/{slug}.md");
    let provision_path = format!("content/{layer}/provision/autism.md");
    let mut put = |path: &str, text: String| {
        files.insert(path.to_owned(), text);
    };
    match random.below(24) {
        0 => {
            files.remove(&path);
        }
        1 => put(&path, reviewed(&format!("Guide {step}"), "keywords: [x]\n") + "Words.\n"),
        2 => put(&path, reviewed("Guide", "needs: [hearing]\nphases: [primary]\n") + "More.\n"),
        3 => put(&path, reviewed("Guide", &format!("aliases: [/old-{step}/]\n"))),
        4 => {
            if let Some(text) = files.remove(&path) {
                files.insert(format!("content/{layer}/guides/moved-{step}.md"), text);
            }
        }
        5 => {
            let moved: Vec<String> = files
                .keys()
                .filter(|path| path.starts_with(&format!("content/{layer}/guides/")))
                .cloned()
                .collect();
            for old in moved {
                let text = files.remove(&old).unwrap();
                files.insert(old.replace("/guides/", "/practice/"), text);
            }
        }
        6 => put("themes/london/assets/css/99-own.css", format!("p {{ order: {step} }}\n")),
        7 => put(
            "themes/london/templates/pages/glossary.html",
            format!("<html><body>{step}: {{{{ frame.title }}}}</body></html>"),
        ),
        8 => put("themes/london/messages/en.yaml", format!("skip: Skip {step}\n")),
        9 => files.retain(|path, _| !path.starts_with("themes/")),
        10 => {
            let text = provision(
                "Autism",
                &format!("expectations:\n- {{id: one, text: Do {step}., modal: should}}\n"),
            );
            put(&provision_path, text);
        }
        11 => put(
            &provision_path,
            format!(
                "---\nexpectations:\n- {{id: new-{step}, text: New., modal: could}}\n---\n::: inherit\n"
            ),
        ),
        12 => put(&provision_path, "---\ndrop: {expectations: [two]}\n---\n".to_owned()),
        13 => put(
            &format!("content/{layer}/guides/{slug}.pl.md"),
            "---\ntitle: Przewodnik\n---\nSłowa.\n".to_owned(),
        ),
        14 => put(
            &format!("content/{layer}/guides/{slug}.easy-read.md"),
            "---\ntitle: Easy\n---\nShort.\n".to_owned(),
        ),
        15 => {
            let site = files.get_mut("content/site.yaml").unwrap();
            *site = site.replace("notice: Demonstration", &format!("notice: {step} Demonstration"));
        }
        16 => put(
            "content/vocabulary/glossary.yaml",
            format!("- {{term: SENCo, description: Number {step}.}}\n"),
        ),
        17 => {
            let borough = files.get_mut("content/boroughs/barnet/borough.yaml").unwrap();
            match borough.contains("hide:") {
                true => *borough = borough.replace("hide: [guides/start]\n", ""),
                false => borough.push_str("hide: [guides/start]\n"),
            }
        }
        18 => {
            let borough = "content/boroughs/brent/borough.yaml";
            if files.contains_key(borough) {
                files.retain(|path, _| !path.starts_with("content/boroughs/brent/"));
            } else {
                let brent =
                    "official_name: London Borough of Brent\nname: Brent\nons_code: E09000005\n";
                files.insert(borough.to_owned(), brent.to_owned());
            }
        }
        19 => {
            put("content/london/files/a.svg", format!("<svg viewBox='0 0 {step}1 1'/>"));
            put(&path, reviewed("Picture", "") + "![A picture](../files/a.svg)\n");
        }
        20 => {
            put(&format!("content/{layer}/data/table.csv"), format!("a,b\nx,{step}\n"));
            put(
                &format!("content/{layer}/data/table.md"),
                "---\ntitle: Table\nsummary: A table.\nfile: table.csv\n---\n".to_owned(),
            );
        }
        // What feeds tell of: dates that come and go, news, and whom to turn to.
        21 => put(
            &format!("content/{layer}/events/{slug}.md"),
            format!(
                "---\ntitle: Day {step}\nsummary: Come.\n{}---\n",
                ["", "start: 2026-12-01 10:00\n", "start: 2026-12-01 10:00\ndraft: true\n"]
                    [step % 3]
            ),
        ),
        22 => {
            let text = format!(
                "---\ntitle: News {step}\nsummary: New.\ndate: 2026-11-0{}\n---\n",
                step % 9 + 1
            );
            put(&format!("content/{layer}/news/{slug}.md"), text);
            put(
                &format!("content/{layer}/services/{slug}.md"),
                reviewed(&format!("Team {step}"), ""),
            );
        }
        // Mistakes; a later edit of the same file, or the last one of all, mends them.
        _ => put(
            &path,
            reviewed("Broken", "needs: [no-such-need]\n") + "See [x](../guides/none.md).\n",
        ),
    }
}

/// Takes mistakes away that edits may have left.
fn mend(files: &mut Files) {
    files.retain(|_, text| !text.contains("no-such-need"));
    let start = "content/london/guides/start.md";
    files.entry(start.to_owned()).or_insert_with(|| reviewed("Start", ""));
    let autism = "content/london/provision/autism.md";
    let two = "expectations:\n- {id: one, text: Do., modal: should}\n- {id: two, text: Do two., modal: could}\n";
    files.insert(autism.to_owned(), provision("Autism", two));
    // A translation, or a table, of a page that was moved away.
    let lone: Vec<String> = files
        .keys()
        .filter(|path| path.ends_with(".pl.md") || path.ends_with(".easy-read.md"))
        .filter(|path| {
            let slug = path.rsplit('/').next().unwrap().split('.').next().unwrap();
            let kind = path.rsplit('/').nth(1).unwrap();
            let layer = path.split(&format!("/{kind}/")).next().unwrap();
            !files.contains_key(&format!("{layer}/{kind}/{slug}.md"))
        })
        .cloned()
        .collect();
    files.retain(|path, _| !lone.contains(path));
}

/// What a fresh build of all sites writes, by site and path; nothing if there are errors.
fn built(files: &Files) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut problems = Vec::new();
    let tree = super::super::support::tree(files, &mut problems);
    let project = engine::parse(&tree, None).into_value(&mut problems)?;
    let theme = engine::load_theme(&tree, &project).into_value(&mut problems)?;
    let model = engine::resolve(project, today(), None).into_value(&mut problems);
    let wanted = Wanted { day: today(), sites: Vec::new(), base_url: BaseUrl::parse(ORIGIN) };
    let editions = engine::lay_out(&model, &theme, &wanted);
    problems.extend(engine::check(&editions));
    if has_errors(&problems) {
        return None;
    }
    let mut built = BTreeMap::new();
    for edition in &editions {
        for output in edition.outputs() {
            let path = format!("/{}/{}", edition.place.id, output.path().unwrap());
            built.insert(path, edition.bytes(&theme, &output).unwrap().into_owned());
        }
    }
    Some(built)
}

/// A preview in memory, brought from one state of the files to the next as `io::disk` would.
struct Memory {
    tree: SourceTree,
    preview: Preview,
}

impl Memory {
    fn new(files: &Files, interface: &Arc<Interface>) -> Self {
        let tree = super::super::support::tree(files, &mut Vec::new());
        let settings = Settings {
            origin: ORIGIN.to_owned(),
            only: None,
            drafts: false,
            editor: Editor::None,
            interface: interface.clone(),
        };
        let preview = Preview::new(settings, inputs(&tree, &BTreeSet::new()));
        Self { tree, preview }
    }

    fn bring(&mut self, before: &Files, after: &Files) {
        let mut changed = BTreeSet::new();
        for gone in before.keys().filter(|path| !after.contains_key(*path)) {
            self.tree.remove(&SourcePath::new(gone));
            changed.insert(SourcePath::new(gone));
        }
        for (path, text) in after.iter().filter(|(path, text)| before.get(*path) != Some(text)) {
            self.tree.insert(SourcePath::new(path), text.as_bytes()).unwrap();
            changed.insert(SourcePath::new(path));
        }
        self.preview.update(inputs(&self.tree, &changed));
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let asked = Asked { path: path.to_owned(), query: String::new() };
        match self.preview.answer(&asked) {
            Answer::Whole(whole) => (whole.status, without_addition(&whole.bytes)),
            Answer::Events(_) => panic!("{path} is a page"),
        }
    }
}

fn inputs<'a>(tree: &'a SourceTree, changed: &'a BTreeSet<SourcePath>) -> Inputs<'a> {
    Inputs { tree, unread: &[], changed, today: today().today }
}

#[test]
fn after_any_edits_the_preview_answers_what_a_build_writes() {
    let interface = Arc::new(Interface::new().unwrap());
    let compared: Vec<usize> = (0..200_u64)
        .into_par_iter()
        .map(|seed| {
            let mut random = Random::new(seed);
            let mut files = project();
            let mut memory = Memory::new(&files, &interface);
            let steps = 1 + random.below(30);
            for step in 0..steps {
                let before = files.clone();
                for _ in 0..=random.below(2) {
                    edit(&mut files, &mut random, step);
                }
                memory.bring(&before, &files);
                // Somebody looks in between: what is laid out now is gone on from later.
                let site = ["hub", "barnet", "kingston"][random.below(3)];
                memory.get(&format!("/{site}/guides/start/"));
            }
            let before = files.clone();
            mend(&mut files);
            memory.bring(&before, &files);
            let Some(built) = built(&files) else { return 0 };
            for (path, bytes) in &built {
                let (status, answered) = memory.get(path);
                assert_eq!(status, 200, "seed {seed}, {steps} steps: {path}");
                if answered != *bytes {
                    let (answered, bytes) =
                        (String::from_utf8_lossy(&answered), String::from_utf8_lossy(bytes));
                    panic!("seed {seed}, {steps} steps: {path}\n{answered}\n\n{bytes}");
                }
            }
            for gone in ["/hub/guides/second/", "/barnet/guides/third/", "/brent/"] {
                let is_built = built.contains_key(&format!("{gone}index.html"));
                assert_eq!(memory.get(gone).0 == 200, is_built, "seed {seed}: {gone}");
            }
            built.len()
        })
        .collect();
    let sound = compared.iter().filter(|pages| **pages > 0).count();
    assert!(sound > 150, "only {sound} of 200 sequences ended without errors");
}

#[test]
fn the_real_program_answers_over_http_what_it_builds() {
    for seed in 0..4 {
        let mut random = Random::new(1000 + seed);
        let mut files = project();
        let root = on_disk(&files);
        let served = Served::start(root.path(), &[]);
        for round in 0..3 {
            let before = files.clone();
            for step in 0..8 {
                edit(&mut files, &mut random, step);
            }
            mend(&mut files);
            files.insert(SENTINEL.to_owned(), sentinel("not yet"));
            bring_to(root.path(), &before, &files);
            let words = format!("round {round} of {seed}");
            served.settle(&words);
            files.insert(SENTINEL.to_owned(), sentinel(&words));
            let out = format!("fresh-{round}");
            let origin = format!("http://{}", served.address);
            let arguments =
                ["build", "--out", &out, "--base-url", &origin, "--today", "2026-11-22"];
            let done = run(root.path(), &arguments);
            if done.status != 0 {
                continue;
            }
            for (path, bytes) in files_in(&root.path().join(out)) {
                let response = served.get(&format!("/{path}"));
                assert_eq!(response.status, 200, "{path}");
                assert!(response.own() == bytes, "seed {seed}, round {round}: {path} differs");
            }
        }
    }
}

#[test]
fn a_new_day_is_a_change_like_any_other() {
    let mut files = project();
    let tomorrow = reviewed("Tomorrow", "publish_from: 2026-11-23\n");
    files.insert("content/london/guides/tomorrow.md".to_owned(), tomorrow);
    let memory = Memory::new(&files, &Arc::new(Interface::new().unwrap()));
    assert_eq!(memory.get("/barnet/guides/tomorrow/").0, 404);
    let next = today().today.tomorrow().unwrap();
    memory.preview.update(Inputs { today: next, ..inputs(&memory.tree, &BTreeSet::new()) });
    assert_eq!(memory.get("/barnet/guides/tomorrow/").0, 200);
}
