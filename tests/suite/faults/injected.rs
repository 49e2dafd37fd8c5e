//! Faults at a chosen call: `fault.c` stands between the program and its files, and kills it there,
//! or answers as a full disk, a broken one or a locked one would. So every stage of a build and of
//! publishing is met, whoever runs the tests.

use std::ops::RangeInclusive;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use ordinarily::digest::Digest;
use tempfile::TempDir;

use super::{SITE, build, fs, names_in, project_of, succeeds, text_of, tree, tree_of};

const DENIED: &str = "13";
const BROKEN: &str = "5";
const FULL: &str = "28";

/// Where `fault.c` is, compiled once.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/faults/fault.c");
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fault.so");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source);
        let compiled = compiler.status().expect("these tests need cc: tests/run installs it");
        assert!(compiled.success());
        library
    })
}

/// Which calls about files below a folder count: those that "change" or "read".
#[derive(Clone, Copy)]
struct Calls<'a> {
    kind: &'a str,
    under: &'a Path,
}

/// A build on one thread, so that its calls come in much the same order each time.
fn watched(root: &Path, out: &Path, calls: Calls<'_>) -> Command {
    let mut build = build(root, out);
    build.args(["--jobs", "1"]).env("LD_PRELOAD", library());
    build.env("FAULT_UNDER", calls.under).env("FAULT_CALLS", calls.kind);
    build
}

/// A build in which those calls go wrong.
fn faulty(
    root: &Path,
    out: &Path,
    calls: Calls<'_>,
    how: &str,
    at: RangeInclusive<usize>,
) -> Command {
    let mut build = watched(root, out, calls);
    build.env("FAULT", how);
    build.env("FAULT_FROM", at.start().to_string()).env("FAULT_TO", at.end().to_string());
    build
}

/// How many such calls a build makes.
fn count(root: &Path, out: &Path, calls: Calls<'_>) -> usize {
    let told = tempfile::NamedTempFile::new().unwrap();
    let mut build = watched(root, out, calls);
    build.env("FAULT_COUNT", told.path());
    succeeds(build);
    fs::read_to_string(told.path()).unwrap().parse().unwrap()
}

/// Three versions of a small project, the first of them published.
struct Stage {
    projects: [TempDir; 3],
    versions: [Digest; 3],
    out: TempDir,
}

impl Stage {
    fn new() -> Self {
        let projects = ["Alpha", "Bravo", "Carol"].map(|name| project_of(8, name));
        let versions = projects.each_ref().map(|project| tree_of(project.path()));
        let [first, second, third] = versions;
        assert!(first != second && second != third && third != first);
        let stage = Self { projects, versions, out: tempfile::tempdir().unwrap() };
        stage.publish_first();
        stage
    }

    /// Publishes the first version. Both trees are there then, as they are after any longer time,
    /// and the second version is in neither, so that a build of it has all its files to write.
    fn publish_first(&self) {
        for version in [2, 0] {
            succeeds(build(self.root(version), self.out.path()));
        }
        assert_eq!(self.site(), self.versions[0]);
    }

    fn root(&self, version: usize) -> &Path {
        self.projects[version].path()
    }

    fn site(&self) -> Digest {
        tree(&self.out.path().join(SITE))
    }

    /// The output folder holds the site and what is ours, and of that no trace of a fault.
    #[track_caller]
    fn is_tidy(&self) {
        assert_eq!(names_in(self.out.path()), [".ordinarily", SITE]);
        let ours = self.out.path().join(".ordinarily");
        assert_eq!(names_in(&ours), ["README.txt", SITE, "lock"]);
        let ours = ours.join(SITE);
        let names = ["kept", "live.manifest", "spare", "spare.manifest", "writing"];
        assert_eq!(names_in(&ours), names);
        assert_eq!(names_in(&ours.join("kept")).len(), 1, "its index, in one part");
        assert_eq!(names_in(&ours.join("writing")), [""; 0]);
    }
}

/// So many numbers from 1 to `last`, evenly apart, both ends among them.
fn spread(many: usize, last: usize) -> impl Iterator<Item = usize> {
    (0..many).map(move |at| 1 + at * (last - 1) / (many - 1))
}

#[test]
fn a_build_killed_at_any_change_of_the_disk_leaves_one_whole_version() {
    let stage = Stage::new();
    let (out, versions) = (stage.out.path(), stage.versions);
    let calls = Calls { kind: "change", under: out };
    let last = count(stage.root(1), out, calls);
    let (mut kills, mut seen) = (0, versions[1]);
    for at in (1..=last).chain(1..=last) {
        // One that is not there.
        let version = [at % 3, (at + 1) % 3].into_iter().find(|n| versions[*n] != seen).unwrap();
        let mut build = faulty(stage.root(version), out, calls, "kill", at..=at);
        let output = build.output().unwrap();
        let killed = output.status.signal() == Some(9);
        assert!(killed || output.status.success(), "call {at}: {}", text_of(&output));
        kills += usize::from(killed);
        let now = stage.site();
        let new = versions[version];
        assert!(now == new || killed && now == seen, "killed at call {at} of {last}: a mixture");
        assert_eq!(names_in(out), [".ordinarily", SITE], "killed at call {at} of {last}");
        seen = now;
    }
    // A build that finds much done by one that was killed before it makes fewer calls.
    assert!(kills > 80 && kills > last, "{kills} of {} builds were killed", 2 * last);
    for version in [1, 0] {
        succeeds(build(stage.root(version), out));
        assert_eq!(stage.site(), versions[version], "the next build works");
    }
    stage.is_tidy();
}

#[test]
fn a_first_build_killed_at_any_change_of_the_disk_leaves_nothing_or_all() {
    let project = project_of(8, "Alpha");
    let whole = tree_of(project.path());
    let out = tempfile::tempdir().unwrap();
    let last = count(project.path(), out.path(), Calls { kind: "change", under: out.path() });
    let mut kills = 0;
    for at in spread(40, last) {
        let out = tempfile::tempdir().unwrap();
        let calls = Calls { kind: "change", under: out.path() };
        let output = faulty(project.path(), out.path(), calls, "kill", at..=at).output().unwrap();
        kills += usize::from(output.status.signal() == Some(9));
        let site = out.path().join(SITE);
        assert!(!site.exists() || tree(&site) == whole, "killed at call {at} of {last}");
        succeeds(build(project.path(), out.path()));
        assert_eq!(tree(&site), whole, "after a kill at call {at} of {last}");
        assert_eq!(names_in(out.path()), [".ordinarily", SITE]);
    }
    assert!(kills > 38, "{kills} of 40 builds were killed");
}

/// Lets calls of a build go wrong, at each of some places: it fails and the old site stays, or it
/// could do without and the new one is there. The next build works, and leaves nothing.
fn meets(stage: &Stage, calls: Calls<'_>, how: &str, lasts: bool, places: usize) -> usize {
    let out = stage.out.path();
    let last = count(stage.root(1), out, calls);
    stage.publish_first();
    let mut failures = 0;
    for at in spread(places, last) {
        let end = if lasts { usize::MAX / 2 } else { at };
        let output = faulty(stage.root(1), out, calls, how, at..=end).output().unwrap();
        let said = text_of(&output);
        match output.status.code() {
            Some(0) => assert_eq!(stage.site(), stage.versions[1], "call {at} of {last}"),
            Some(1 | 2) => {
                let why = said.contains("as it was") || said.contains("cannot be read");
                assert!(why, "call {at} of {last}: {said}");
                assert_eq!(stage.site(), stage.versions[0], "call {at} of {last}: {said}");
                failures += 1;
                succeeds(build(stage.root(1), out));
                assert_eq!(stage.site(), stage.versions[1], "after call {at} of {last}");
            }
            _ => panic!("call {at} of {last}: {:?} {said}", output.status),
        }
        stage.publish_first();
        stage.is_tidy();
    }
    failures
}

#[test]
fn a_disk_that_is_full_from_any_stage_on_leaves_the_old_site() {
    let stage = Stage::new();
    let calls = Calls { kind: "change", under: stage.out.path() };
    assert!(meets(&stage, calls, FULL, true, 24) > 18);
}

#[test]
fn a_disk_that_breaks_or_forbids_at_any_stage_leaves_the_old_site() {
    let stage = Stage::new();
    let calls = Calls { kind: "change", under: stage.out.path() };
    // A build can do without what it keeps for the next one.
    assert!(meets(&stage, calls, BROKEN, false, 16) > 9);
    assert!(meets(&stage, calls, DENIED, false, 16) > 9);
}

#[test]
fn an_input_or_an_old_site_that_cannot_be_read_leaves_the_old_site() {
    let stage = Stage::new();
    let content = Calls { kind: "read", under: &stage.root(1).join("content") };
    assert!(meets(&stage, content, BROKEN, false, 24) > 12);
    let published = Calls { kind: "read", under: stage.out.path() };
    meets(&stage, published, BROKEN, false, 24);
}

#[test]
fn a_first_build_on_a_full_disk_leaves_no_part_of_a_site() {
    let project = project_of(8, "Alpha");
    let whole = tree_of(project.path());
    let last = {
        let out = tempfile::tempdir().unwrap();
        count(project.path(), out.path(), Calls { kind: "change", under: out.path() })
    };
    for at in spread(8, last - 1) {
        let out = tempfile::tempdir().unwrap();
        let calls = Calls { kind: "change", under: out.path() };
        let mut build_on_it = faulty(project.path(), out.path(), calls, FULL, at..=usize::MAX / 2);
        let output = build_on_it.output().unwrap();
        let site = out.path().join(SITE);
        let fits = match output.status.code() {
            Some(0) => tree(&site) == whole,
            Some(2) => !site.exists() && text_of(&output).contains("disk is full"),
            _ => false,
        };
        assert!(fits, "call {at} of {last}: {}", text_of(&output));
        succeeds(build(project.path(), out.path()));
        assert_eq!(tree(&site), whole);
    }
}

#[test]
fn a_clock_that_is_set_back_gives_the_site_of_that_day() {
    let project = project_of(8, "Alpha");
    let page = "---\ntitle: New\nsummary: What is new.\nreviewed: 2026-09-10\nowner: Editors\n\
                review_by: 2027-09-10\npublish_from: 2026-01-01\n---\nWords.\n";
    fs::write(project.path().join("content/london/guides/new.md"), page).unwrap();
    let built = |out: &Path, seconds: &str| {
        let mut build = Command::new(env!("CARGO_BIN_EXE_ordinarily"));
        build.arg("--root").arg(project.path()).args(["build", "--site", SITE, "--out"]).arg(out);
        build.env("LD_PRELOAD", library()).env("FAULT_CLOCK", seconds);
        let output = build.output().unwrap();
        assert!(output.status.success(), "{}", text_of(&output));
        (tree(&out.join(SITE)), String::from_utf8(output.stdout).unwrap())
    };
    // Noon of 22 November 2026, and of 1 March 2021.
    let (later, earlier) = ("1795348800", "1614600000");
    let out = tempfile::tempdir().unwrap();
    let (first, _) = built(out.path(), later);
    assert_eq!(first, tree_of(project.path()), "the clock is what says the day");
    let (back, _) = built(out.path(), earlier);
    assert_ne!(back, first);
    assert_eq!(back, built(tempfile::tempdir().unwrap().path(), earlier).0);
    assert_eq!(built(out.path(), later).0, first);
    assert!(built(out.path(), later).1.contains("Nothing has changed"));
}
