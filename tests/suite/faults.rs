//! The real binary meets death at any moment, a full disk, and folders that cannot be written to.
//! After each, people see one whole version of the site, and the next build works.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use ordinarily::digest::{Digest, Digester};
use tempfile::TempDir;

use crate::support::names_in;

mod injected;
mod names;
mod together;

const SITE: &str = "barnet";
const GUIDES: usize = 200;

/// A small project whose every page holds `version`. Versions of one length give files of one
/// size, so that only their content tells them apart.
fn project(version: &str) -> TempDir {
    project_of(GUIDES, version)
}

/// The same with so many guides.
fn project_of(guides: usize, version: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: String| {
        let path = root.path().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let list = |id: &str| format!("- id: {id}\n  title: {id}\n");
    write("site.yaml", "name: Inclusion\nhub: {title: London}\nlanguages: [en]\n".to_owned());
    write(
        "vocabulary/needs.yaml",
        "areas:\n  - {id: cognition, title: Cognition}\n\
         needs:\n  - {id: dyslexia, title: Dyslexia, area: cognition}\n"
            .to_owned(),
    );
    write("vocabulary/phases.yaml", list("primary"));
    write("vocabulary/tiers.yaml", list("ordinarily"));
    write("vocabulary/audiences.yaml", list("parents"));
    write(
        "london/index.md",
        format!("---\ntitle: Welcome\nsummary: Start here.\n---\n{version}\n"),
    );
    write(
        "boroughs/barnet/borough.yaml",
        "official_name: London Borough of Barnet\nname: Barnet\nons_code: E09000003\n\
         languages: [en]\n"
            .to_owned(),
    );
    for number in 0..guides {
        let front = format!(
            "---\ntitle: Guide {number}\nsummary: What to do.\nreviewed: 2026-09-10\n\
             review_by: 2027-09-10\nowner: Demonstration editors\n---\n"
        );
        let body = format!("This is guide {number} of version {version}.\n\n").repeat(10);
        write(&format!("london/guides/guide-{number}.md"), front + &body);
    }
    root
}

/// A build of `root` into `out`, ready to start.
fn build(root: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordinarily"));
    command.arg("--root").arg(root).arg("build").arg("--out").arg(out);
    command.args(["--site", SITE, "--today", "2026-11-22"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

#[track_caller]
fn succeeds(mut build: Command) {
    let output = build.output().unwrap();
    assert!(output.status.success(), "{}", text_of(&output));
}

/// Runs a build that has to fail for the sake of its surroundings, and gives what it says.
#[track_caller]
fn fails(mut build: Command) -> String {
    let output = build.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", text_of(&output));
    text_of(&output)
}

fn text_of(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// One digest of all names and bytes below a folder; of nothing, if it is not there.
fn tree(folder: &Path) -> Digest {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if !entry.file_type().is_dir() {
            files.insert(entry.path().to_owned(), fs::read(entry.path()).unwrap());
        }
    }
    let mut digester = Digester::new();
    for (path, bytes) in files {
        let path = path.strip_prefix(folder).unwrap();
        digester.part(path.to_str().unwrap().as_bytes()).part(&bytes);
    }
    digester.finish()
}

/// Builds `root` afresh and gives the tree that it should have wherever it is built.
fn tree_of(root: &Path) -> Digest {
    let out = tempfile::tempdir().unwrap();
    succeeds(build(root, out.path()));
    tree(&out.path().join(SITE))
}

/// The room that the files below a folder take on a disk of 4 KB blocks, in KB. Folders take none
/// on the kind of disk that we mount.
fn kilobytes(folder: &Path) -> u64 {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|file| file.metadata().unwrap().len().div_ceil(4096) * 4).sum()
}

/// Numbers that look random and are the same in every run (SplitMix64).
fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Kills a build, and tells whether it was over by then.
fn kill_after(moment: Duration, mut build: Child) -> bool {
    thread::sleep(moment);
    let over = build.try_wait().unwrap().is_some();
    build.kill().unwrap();
    build.wait().unwrap();
    over
}

#[test]
fn a_build_killed_at_any_moment_leaves_one_whole_version() {
    let projects = [project("Alpha"), project("Bravo")];
    let versions = projects.each_ref().map(|project| tree_of(project.path()));
    assert_ne!(versions[0], versions[1]);
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join(SITE);
    succeeds(build(projects[0].path(), out.path()));
    let start = Instant::now();
    succeeds(build(projects[1].path(), out.path()));
    let whole_build = u64::try_from(start.elapsed().as_micros()).unwrap();

    let (mut seed, mut over, mut seen) = (0x5EED, 0, versions[1]);
    for number in 0..60 {
        let moment = Duration::from_micros(random(&mut seed) % (whole_build * 6 / 5));
        let version = number % 2;
        let build = build(projects[version].path(), out.path()).spawn().unwrap();
        let was_over = kill_after(moment, build);
        over += usize::from(was_over);
        let now = tree(&site);
        let allowed = if was_over { [versions[version]; 2] } else { [seen, versions[version]] };
        assert!(allowed.contains(&now), "kill {number} after {moment:?} left a mixture");
        seen = now;
    }
    assert!((1..60).contains(&over), "{over} of 60 builds were over before they were killed");

    for version in [1, 0] {
        succeeds(build(projects[version].path(), out.path()));
        assert_eq!(tree(&site), versions[version], "the next build works");
    }
    assert_eq!(names_in(out.path()), [".ordinarily", SITE], "nothing is left beside the sites");
}

#[test]
fn a_first_build_that_is_killed_leaves_nothing_or_all() {
    let project = project("Alpha");
    let start = Instant::now();
    let whole = tree_of(project.path());
    let whole_build = u64::try_from(start.elapsed().as_micros()).unwrap();
    let mut seed = 0xF1257;
    for _ in 0..10 {
        let out = tempfile::tempdir().unwrap();
        let site = out.path().join(SITE);
        let moment = Duration::from_micros(random(&mut seed) % whole_build);
        kill_after(moment, build(project.path(), out.path()).spawn().unwrap());
        assert!(!site.exists() || tree(&site) == whole, "killed after {moment:?}");
        succeeds(build(project.path(), out.path()));
        assert_eq!(tree(&site), whole);
    }
}

/// A disk of its own, in memory, taken away again at the end.
pub(crate) struct Disk(TempDir);

impl Disk {
    /// `None` where we may not mount one.
    pub(crate) fn new(kilobytes: u64) -> Option<Self> {
        let disk = Self(tempfile::tempdir().unwrap());
        disk.mount(&format!("size={kilobytes}k")).then_some(disk)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    fn mount(&self, options: &str) -> bool {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "none"]).arg(self.path());
        mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }

    fn remount(&self, options: &str) {
        assert!(self.mount(&format!("remount,{options}")));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).stderr(Stdio::null()).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_site_and_gives_its_room_back() {
    let (old, new) = (project("Alpha"), project("Bravo"));
    let elsewhere = tempfile::tempdir().unwrap();
    succeeds(build(old.path(), elsewhere.path()));
    let one_site = kilobytes(elsewhere.path());
    let Some(disk) = Disk::new(one_site * 3 / 2) else {
        eprintln!("skipped: no disk can be mounted here");
        return;
    };
    let out = disk.path().join("dist");
    let site = out.join(SITE);
    succeeds(build(old.path(), &out));
    let before = tree(&site);
    for _ in 0..2 {
        let says = fails(build(new.path(), &out));
        assert!(says.contains("disk is full") && says.contains("as it was"), "{says}");
        assert_eq!(tree(&site), before);
        assert!(kilobytes(&out) < one_site * 5 / 4, "the room is given back");
    }
    disk.remount(&format!("size={}k", one_site * 3));
    succeeds(build(new.path(), &out));
    assert_eq!(tree(&site), tree_of(new.path()));
}

#[test]
fn files_that_cannot_be_written_whole_leave_the_old_site() {
    let (old, new) = (project("Alpha"), project("Bravo"));
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join(SITE);
    succeeds(build(old.path(), out.path()));
    let before = tree(&site);
    // The shell forbids files over one block; a program that ignores the signal gets an error.
    let inner = build(new.path(), out.path());
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"]);
    limited.arg(inner.get_program()).args(inner.get_args());
    let says = fails(limited);
    assert!(says.contains("cannot write") && says.contains("as it was"), "{says}");
    assert_eq!(tree(&site), before);
    succeeds(build(new.path(), out.path()));
    assert_eq!(tree(&site), tree_of(new.path()));
}

#[test]
fn a_disk_that_can_only_be_read_leaves_the_old_site() {
    let (old, new) = (project("Alpha"), project("Bravo"));
    let Some(disk) = Disk::new(100_000) else {
        eprintln!("skipped: no disk can be mounted here");
        return;
    };
    let out = disk.path().join("dist");
    let site = out.join(SITE);
    succeeds(build(old.path(), &out));
    let before = tree(&site);
    disk.remount("ro");
    let says = fails(build(new.path(), &out));
    assert!(says.contains("--out") && says.contains("dist"), "{says}");
    assert_eq!(tree(&site), before);
    disk.remount("rw");
    succeeds(build(new.path(), &out));
    assert_eq!(tree(&site), tree_of(new.path()));
}

#[test]
fn a_folder_that_we_may_not_write_to_leaves_the_old_site() {
    let (old, new) = (project("Alpha"), project("Bravo"));
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join(SITE);
    let allow = |mode| {
        fs::set_permissions(out.path(), fs::Permissions::from_mode(mode)).unwrap();
    };
    succeeds(build(old.path(), out.path()));
    let before = tree(&site);
    allow(0o555);
    if fs::write(out.path().join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write anywhere");
        return;
    }
    let says = fails(build(new.path(), out.path()));
    allow(0o755);
    assert!(says.contains("you may not write there"), "{says}");
    assert_eq!(tree(&site), before);
    succeeds(build(new.path(), out.path()));
    assert_eq!(tree(&site), tree_of(new.path()));
}
