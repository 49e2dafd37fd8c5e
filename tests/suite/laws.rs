//! The laws of the house, on what comes out: warm equals cold, the same input gives the same
//! bytes, a page changes only when what it shows changes.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use ordinarily::digest::{Digest, Digester};

use super::faults::Disk;
use super::support::{
    Files, base, build, build_on, files_in, on_disk, provision, reviewed, run, today, with, write,
};

/// A project with something of every layer.
fn project() -> Files {
    with(&[
        (
            "london/provision/autism.md",
            &(provision(
                "Autism",
                "expectations:\n- {id: one, text: Do one., modal: should, tier: universal}\n\
                 - {id: two, text: Do two., modal: could}\nask_next: help\n",
            ) + "## First\n\nWords about {borough}. See [[services/help]].\n"),
        ),
        ("london/services/help.md", &reviewed("Help", "does: Help\n")),
        (
            "london/guides/start.md",
            &(reviewed("Start", "") + "See [a](../provision/autism.md#one).\n"),
        ),
        (
            "boroughs/barnet/provision/autism.md",
            "---\nexpectations:\n- {id: one, text: Do one here.}\n---\n::: inherit\n\nMore.\n",
        ),
        ("partners/achieving/services/panel.md", &reviewed("Panel", "covers: kingston\n")),
    ])
}

/// A small generator of numbers, seeded, so that a failure can be repeated.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// One edit as an editor might make it.
fn edit(files: &mut Files, random: &mut Random, step: usize) {
    let layers = ["london", "boroughs/barnet", "partners/achieving"];
    let layer = layers[random.below(layers.len())];
    let slug = ["start", "second", "third"][random.below(3)];
    let path = format!("content/{layer}/guides/{slug}.md");
    match random.below(6) {
        0 => {
            files.remove(&path);
        }
        1 => {
            files.insert(path, reviewed(&format!("Guide {step}"), "keywords: [x]\n") + "Words.\n");
        }
        2 => {
            if let Some(text) = files.remove(&path) {
                let other = format!("content/{layer}/guides/moved-{step}.md");
                files.insert(other, text);
            }
        }
        3 => {
            let style = "themes/london/assets/css/99-own.css";
            files.insert(style.to_owned(), format!("p {{ order: {step} }}\n"));
        }
        4 => {
            let text = files.get_mut("content/london/services/help.md").unwrap();
            text.push_str(&format!("Sentence {step}.\n"));
        }
        _ => {
            let site = files.get_mut("content/site.yaml").unwrap();
            *site = site.replace("Demonstration content.", &format!("Demonstration {step}."));
        }
    }
}

/// Brings a folder to just these files, as an editor's saves and deletions would.
pub(crate) fn bring_to(root: &Path, before: &Files, after: &Files) {
    for gone in before.keys().filter(|path| !after.contains_key(*path)) {
        fs::remove_file(root.join(gone)).unwrap();
    }
    let changed = after.iter().filter(|(path, text)| before.get(*path) != Some(text));
    write(root, &changed.map(|(path, text)| (path.clone(), text.clone())).collect());
}

#[test]
fn after_any_edits_a_second_build_leaves_what_a_fresh_build_gives() {
    for seed in 0..16 {
        let mut random = Random::new(seed);
        let mut files = project();
        let root = on_disk(&files);
        let build = |out: &str| {
            let arguments = ["build", "--out", out, "--today", "2026-11-22"];
            let done = run(root.path(), &arguments);
            assert_eq!(done.status, 0, "seed {seed}: {}", done.err);
        };
        build("dist");
        for step in 0..6 {
            let before = files.clone();
            for _ in 0..=random.below(3) {
                edit(&mut files, &mut random, step);
            }
            // Links of the project lead to this page.
            let start = "content/london/guides/start.md";
            files.entry(start.to_owned()).or_insert_with(|| reviewed("Start", ""));
            bring_to(root.path(), &before, &files);
            build("dist");
            let fresh = format!("fresh-{step}");
            build(&fresh);
            let (warm, cold) =
                (files_in(&root.path().join("dist")), files_in(&root.path().join(&fresh)));
            assert_eq!(names(&warm), names(&cold), "seed {seed}, step {step}");
            for (path, bytes) in &warm {
                assert_eq!(bytes, &cold[path], "seed {seed}, step {step}: {path}");
            }
        }
    }
}

#[test]
fn what_was_kept_of_the_last_build_is_not_believed_once_it_was_changed() {
    let files = project();
    let root = on_disk(&files);
    let build = |out: &str, today: &str| {
        let done = run(root.path(), &["build", "--out", out, "--today", today]);
        assert_eq!(done.status, 0, "{}", done.err);
    };
    build("dist", "2026-11-22");
    let mut damaged = 0;
    for site in ["hub", "barnet"] {
        let kept = root.path().join("dist/.ordinarily").join(site).join("kept");
        for file in fs::read_dir(kept).unwrap() {
            let file = file.unwrap().path();
            let mut bytes = fs::read(&file).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(&file, bytes).unwrap();
            damaged += 1;
        }
    }
    assert!(damaged >= 2, "{damaged} files");
    build("dist", "2026-11-23");
    build("fresh", "2026-11-23");
    assert!(files_in(&root.path().join("dist")) == files_in(&root.path().join("fresh")));
}

fn names(files: &BTreeMap<String, Vec<u8>>) -> Vec<&String> {
    files.keys().collect()
}

/// What differs between one machine and another.
struct Machine {
    threads: &'static str,
    zone: &'static str,
    language: &'static str,
    /// Which rights new files do not get.
    umask: &'static str,
    /// Whether somebody else than the owner of the files builds, where the tests may do so.
    is_somebody_else: bool,
}

/// Builds on a machine, from another folder than the project's. Every file by its path.
fn built_on(machine: &Machine, program: &Path, root: &Path) -> BTreeMap<String, Vec<u8>> {
    let out = root.join("dist");
    let mut build = Command::new("sh");
    build.args(["-c", "umask $0 && exec \"$@\"", machine.umask]);
    build.arg(program).arg("--root").arg(root);
    build.args(["build", "--jobs", machine.threads, "--today", "2026-11-22"]);
    build.current_dir(std::env::temp_dir()).env("HOME", "/nonexistent");
    build.env("TZ", machine.zone).env("LC_ALL", machine.language).env("LANG", machine.language);
    if machine.is_somebody_else && rustix::process::geteuid().is_root() {
        fs::create_dir(&out).unwrap();
        std::os::unix::fs::chown(&out, Some(65534), Some(65534)).unwrap();
        build.uid(65534).gid(65534);
    }
    let done = build.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    files_in(&out)
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_machine() {
    let files = project();
    let first = on_disk(&files);
    // Another folder, on another disk where we may mount one, its files written in another order
    // and at other times.
    let disk = Disk::new(100_000);
    let somewhere = tempfile::tempdir().unwrap();
    let second = disk.as_ref().map_or(somewhere.path(), Disk::path);
    for folder in [second, somewhere.path()] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
    // The other user may not be let to where the tests lie.
    let program = Path::new(env!("CARGO_BIN_EXE_ordinarily"));
    let copy = somewhere.path().join("ordinarily");
    fs::copy(program, &copy).unwrap();
    let elsewhere = second.join("somewhere/else entirely");
    for (number, (path, text)) in (0..).zip(files.iter().rev()) {
        write(&elsewhere, &Files::from([(path.clone(), text.clone())]));
        let file = fs::File::options().write(true).open(elsewhere.join(path)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(number)).unwrap();
    }
    let one =
        Machine { threads: "1", zone: "UTC", language: "C", umask: "022", is_somebody_else: false };
    let two = Machine {
        threads: "2",
        zone: "Pacific/Auckland",
        language: "tr_TR.UTF-8",
        umask: "007",
        is_somebody_else: true,
    };
    let (one, two) = (built_on(&one, program, first.path()), built_on(&two, &copy, &elsewhere));
    assert_eq!(names(&one), names(&two));
    for (path, bytes) in &one {
        assert_eq!(bytes, &two[path], "{path}");
    }
    let hash = |files: &BTreeMap<String, Vec<u8>>| {
        let mut digester = Digester::new();
        for (path, bytes) in files {
            digester.part(path.as_bytes()).part(bytes);
        }
        digester.finish().hex()
    };
    println!("{} files, {} and {}", one.len(), hash(&one), hash(&two));
    assert_eq!(hash(&one), hash(&two));
    assert!(one.len() > 80, "{} files", one.len());
}

#[test]
fn a_build_with_nothing_changed_does_nothing_and_says_so() {
    let root = on_disk(&project());
    let build = |more: &[&str]| {
        let mut arguments = vec!["build", "--json", "--today", "2026-11-22"];
        arguments.extend(more);
        let done = run(root.path(), &arguments);
        assert_eq!(done.status, 0, "{}", done.err);
        serde_json::from_str::<serde_json::Value>(&done.out).unwrap()
    };
    assert_eq!(build(&[])["unchanged"], false);
    assert_eq!(build(&[])["unchanged"], true);
    assert_eq!(build(&["--drafts"])["unchanged"], false, "an option is an input");
    assert_eq!(build(&[])["unchanged"], false);
    let forced = build(&["--force"]);
    assert_eq!(forced["unchanged"], false);
    assert!(forced["sites"].as_array().unwrap().iter().all(|site| site["written"] == 0));
    fs::remove_file(root.path().join("dist/barnet/index.html")).unwrap();
    assert_eq!(build(&[])["unchanged"], false, "a site that was touched is built again");
    assert!(root.path().join("dist/barnet/index.html").exists());
    assert_eq!(build(&[])["unchanged"], true);
}

#[test]
fn an_edit_changes_only_the_pages_that_show_it() {
    let before = build(&project(), "barnet");
    let mut files = project();
    let service = files.get_mut("content/london/services/help.md").unwrap();
    service.push_str("One sentence more.\n");
    let after = build(&files, "barnet");
    let changed: Vec<&String> =
        after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    // The paper edition shows everything.
    assert_eq!(changed, ["paper/index.html", "services/help/index.html"]);
}

#[test]
fn no_page_knows_a_digest_that_an_edit_of_another_page_would_change() {
    // Else one edit would rewrite every page. Style, script and pictures name their own bytes.
    let built = build(&project(), "barnet");
    let assets = built.iter().filter(|(path, _)| path.starts_with("assets/"));
    let mut seen = 0;
    for (path, bytes) in assets {
        seen += 1;
        assert!(path.contains(&Digest::of(bytes.as_bytes()).short()), "{path}");
    }
    assert!(seen >= 5, "{seen} files");
}

#[test]
fn templates_have_no_clock_no_files_and_no_chance() {
    for call in
        ["now()", "get_random(start=0, end=9)", "get_env(name='HOME')", "load_data(path='x')"]
    {
        let mut files = base();
        files.insert(
            "themes/london/templates/pages/glossary.html".to_owned(),
            format!("{{{{ {call} }}}}"),
        );
        let (built, problems, _) = build_on(&files, "barnet", today());
        assert!(!built.contains_key("glossary/index.html"), "{call}");
        assert!(problems.iter().any(|problem| problem.code == "template"), "{call}");
    }
}
