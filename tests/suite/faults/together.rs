//! What others do meanwhile: a second build, an editor who saves, things in the content that are no
//! files.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use ordinarily::io::publish::OutFolder;

use super::{SITE, build, names_in, project_of, succeeds, text_of, tree, tree_of};

/// How long a build of a few pages may take: many times what it does take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Waits for a program, but not for ever.
fn ends(program: &mut Child) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = program.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > PATIENCE {
            program.kill().unwrap();
            program.wait().unwrap();
            panic!("the program does not end");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// What a build says that must end. It says little enough for a pipe.
fn output(mut build: Command) -> Output {
    let mut program = build.spawn().unwrap();
    let status = ends(&mut program);
    let mut stderr = Vec::new();
    program.stderr.take().unwrap().read_to_end(&mut stderr).unwrap();
    Output { status, stdout: Vec::new(), stderr }
}

#[test]
fn a_second_build_says_that_it_waits_and_then_builds() {
    let project = project_of(4, "Alpha");
    let out = tempfile::tempdir().unwrap();
    let first = OutFolder::claim(out.path(), || panic!("nobody else builds here")).unwrap();
    let mut second = build(project.path(), out.path()).spawn().unwrap();
    let mut said = BufReader::new(second.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert_eq!(line, "another build is running here: waiting for it\n");
    assert!(!out.path().join(SITE).exists());
    drop(first);
    assert!(ends(&mut second).success());
    assert_eq!(tree(&out.path().join(SITE)), tree_of(project.path()));
}

#[test]
fn two_builds_at_once_leave_one_whole_version_every_time() {
    let projects = [project_of(8, "Alpha"), project_of(8, "Bravo")];
    let versions = projects.each_ref().map(|project| tree_of(project.path()));
    let out = tempfile::tempdir().unwrap();
    for round in 0..10 {
        let mut both = projects.each_ref().map(|p| build(p.path(), out.path()).spawn().unwrap());
        for program in &mut both {
            assert!(ends(program).success(), "round {round}");
        }
        assert!(versions.contains(&tree(&out.path().join(SITE))), "round {round}");
        assert_eq!(names_in(out.path()), [".ordinarily", SITE]);
    }
}

#[test]
fn a_page_saved_again_and_again_while_it_is_read_is_published_as_it_was_saved_last() {
    let project = project_of(8, "Alpha");
    let page = project.path().join("content/london/guides/guide-3.md");
    let texts = ["Alpha", "Bravo longer"].map(|word| {
        let text = fs::read_to_string(&page).unwrap();
        text + &format!("{word} once more.\n\n").repeat(400)
    });
    let out = tempfile::tempdir().unwrap();
    let published = out.path().join(SITE).join("guides/guide-3/index.html");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for turn in 0.. {
                // As most editors save: beside, and over the old file.
                let beside = page.with_extension("md.tmp");
                fs::write(&beside, &texts[turn % 2]).unwrap();
                fs::rename(&beside, &page).unwrap();
                if done.load(Ordering::Relaxed) && turn % 2 == 1 {
                    return;
                }
            }
        });
        for _ in 0..15 {
            let built = output(build(project.path(), out.path()));
            done.store(!built.status.success(), Ordering::Relaxed);
            assert!(built.status.success(), "{}", text_of(&built));
            let html = fs::read_to_string(&published).unwrap();
            let counts = ["Alpha once", "Bravo longer once"].map(|word| html.matches(word).count());
            assert!([[400, 0], [0, 400]].contains(&counts), "{counts:?}");
        }
        done.store(true, Ordering::Relaxed);
    });
    succeeds(build(project.path(), out.path()));
    assert_eq!(tree(&out.path().join(SITE)), tree_of(project.path()));
}

#[test]
fn an_edit_that_keeps_a_files_size_and_time_is_seen() {
    let project = project_of(4, "Alpha");
    let page = project.path().join("content/london/index.md");
    let out = tempfile::tempdir().unwrap();
    succeeds(build(project.path(), out.path()));
    let time = fs::metadata(&page).unwrap().modified().unwrap();
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("Alpha", "Bravo")).unwrap();
    File::options().write(true).open(&page).unwrap().set_modified(time).unwrap();
    succeeds(build(project.path(), out.path()));
    let home = fs::read_to_string(out.path().join(SITE).join("index.html")).unwrap();
    assert!(home.contains("Bravo"));
}

#[test]
fn files_of_the_far_future_and_of_1970_are_built_like_all_others() {
    let projects = [project_of(4, "Alpha"), project_of(4, "Bravo")];
    let far = SystemTime::UNIX_EPOCH + Duration::from_secs(4_102_444_800);
    let out = tempfile::tempdir().unwrap();
    for (time, version) in [(far, 0), (SystemTime::UNIX_EPOCH, 1), (far, 1), (far, 0)] {
        let root = projects[version].path();
        for folder in [root, out.path()] {
            set_times(folder, time);
        }
        succeeds(build(root, out.path()));
        assert_eq!(tree(&out.path().join(SITE)), tree_of(root));
    }
}

/// Gives every file below a folder a modification time.
fn set_times(folder: &Path, time: SystemTime) {
    for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let file = File::options().write(true).open(entry.path()).unwrap();
            file.set_modified(time).unwrap();
        }
    }
}

/// Puts something odd at a path.
type Odd = fn(&Path);

#[test]
fn what_is_no_file_is_told_and_never_waited_for() {
    let pipe: Odd = |path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    let socket: Odd = |path| drop(UnixListener::bind(path).unwrap());
    let circle: Odd = |path| symlink(path.file_name().unwrap(), path).unwrap();
    let link_to_pipe: Odd = |path| {
        let pipe = path.with_extension("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        symlink(pipe.file_name().unwrap(), path).unwrap();
    };
    let endless: Odd = |path| symlink("/dev/zero", path).unwrap();
    let out = tempfile::tempdir().unwrap();
    succeeds(build(project_of(4, "Alpha").path(), out.path()));
    let before = tree(&out.path().join(SITE));
    let odd = [pipe, socket, circle, link_to_pipe, endless];
    for (number, odd) in odd.iter().enumerate() {
        for path in ["london/index.md", "site.yaml", "boroughs/barnet/borough.yaml"] {
            let project = project_of(4, "Bravo");
            let place = project.path().join("content").join(path);
            fs::remove_file(&place).unwrap();
            odd(&place);
            let built = output(build(project.path(), out.path()));
            let said = text_of(&built);
            let status = built.status.code();
            assert!(matches!(status, Some(1 | 2)), "{number} as {path}: {status:?}");
            assert!(said.contains(path), "{number} as {path}: {said}");
            assert_eq!(tree(&out.path().join(SITE)), before);
        }
    }
}
