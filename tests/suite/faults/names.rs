//! Names that a disk cannot hold, or holds only once, and more files than a folder likes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{Disk, SITE, build, fails, names_in, project_of, succeeds, text_of};

/// A small project with one file more.
fn with(path: &str, bytes: &[u8]) -> TempDir {
    let project = project_of(1, "Alpha");
    write(project.path(), path, bytes);
    project
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join("content").join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn page(more: &str) -> Vec<u8> {
    format!(
        "---\ntitle: A\nsummary: B.\nreviewed: 2026-09-10\nreview_by: 2027-09-10\nowner: C\n{more}\
         ---\nText.\n"
    )
    .into_bytes()
}

fn run(mut build: Command) -> Output {
    build.output().unwrap()
}

#[test]
fn the_longest_name_that_a_disk_takes_is_published() {
    let name = format!("{}.pdf", "n".repeat(251));
    let project = with(&format!("london/files/{name}"), b"words");
    let link = page("").into_iter().chain(format!("[a](../files/{name})\n").into_bytes());
    write(project.path(), "london/guides/a.md", &link.collect::<Vec<u8>>());
    let out = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        succeeds(build(project.path(), out.path()));
        let published = out.path().join(SITE).join("files").join(&name);
        assert_eq!(fs::read(published).unwrap(), b"words");
        write(project.path(), "london/guides/b.md", &page(""));
    }
}

#[test]
fn a_page_with_too_long_a_name_is_told_with_one_that_fits() {
    let project = with(&format!("london/guides/{}.md", "n".repeat(252)), &page(""));
    let out = tempfile::tempdir().unwrap();
    let output = run(build(project.path(), out.path()));
    let said = text_of(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("call the file `{}.md`", "n".repeat(80))), "{said}");
}

#[test]
fn an_old_address_that_no_disk_can_hold_is_told_where_it_is_written() {
    let parts = "part/".repeat(900);
    for long in [format!("/{}/", "n".repeat(256)), format!("/{parts}")] {
        let project = with("london/guides/a.md", &page(&format!("aliases: [{long}]\n")));
        let out = tempfile::tempdir().unwrap();
        let output = run(build(project.path(), out.path()));
        let said = text_of(&output);
        assert_eq!(output.status.code(), Some(1), "{said:.500}");
        assert!(said.contains("a.md:7:11") && said.contains("too long"), "{said:.500}");
    }
}

#[test]
fn an_old_address_with_a_line_break_in_it_is_no_address() {
    let alias = page("aliases: [\"/a/\\n/b/ https://example.org\", \"/c\\td/\"]\n");
    let project = with("london/guides/a.md", &alias);
    let out = tempfile::tempdir().unwrap();
    let output = run(build(project.path(), out.path()));
    let said = text_of(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.matches("error[wrong-alias]").count(), 2, "{said}");
}

#[test]
fn an_output_folder_with_too_long_a_path_is_told() {
    let project = project_of(1, "Alpha");
    let out = tempfile::tempdir().unwrap();
    let deep = out.path().join("deep/".repeat(1_000));
    let says = fails(build(project.path(), &deep));
    assert!(says.contains("File name too long") && says.contains("as it was"), "{says:.500}");
    assert_eq!(names_in(out.path()), [""; 0]);
}

#[test]
fn files_whose_names_differ_only_in_capitals_are_told_with_both() {
    let project = with("london/files/Form.pdf", b"one");
    write(project.path(), "london/files/form.pdf", b"two");
    let links = "[a](../files/Form.pdf) [b](../files/form.pdf)\n";
    write(project.path(), "london/guides/a.md", &[page(""), links.into()].concat());
    let out = tempfile::tempdir().unwrap();
    let says = text_of(&run(build(project.path(), out.path())));
    assert!(says.contains("files/Form.pdf") && says.contains("files/form.pdf"), "{says}");
    assert!(!out.path().join(SITE).exists());
}

#[test]
fn fifty_thousand_files_in_one_folder_are_published() {
    const FILES: usize = 50_000;
    // In memory where we may: what is tried here is the program, and disks take their time.
    let disk = Disk::new(2_000_000);
    let elsewhere = tempfile::tempdir().unwrap();
    let place = disk.as_ref().map_or(elsewhere.path(), Disk::path);
    let project = project_of(1, "Alpha");
    let root = place.join("project");
    assert!(Command::new("cp").arg("-r").args([project.path(), &root]).status().unwrap().success());
    let files = root.join("content/london/files");
    fs::create_dir_all(&files).unwrap();
    let mut links = String::new();
    for number in 0..FILES {
        fs::write(files.join(format!("form-{number}.txt")), number.to_string()).unwrap();
        links += &format!("- [{number}](../files/form-{number}.txt)\n");
    }
    write(&root, "london/guides/forms.md", &[page(""), links.clone().into()].concat());
    let out = place.join("dist");
    succeeds(build(&root, &out));
    let published = out.join(SITE).join("files");
    assert_eq!(names_in(&published).len(), FILES);
    assert_eq!(fs::read_to_string(published.join("form-49999.txt")).unwrap(), "49999");
    // One less, and the whole folder is brought up to date.
    fs::remove_file(files.join("form-0.txt")).unwrap();
    let links = links.replace("- [0](../files/form-0.txt)\n", "");
    write(&root, "london/guides/forms.md", &[page(""), links.into()].concat());
    succeeds(build(&root, &out));
    assert_eq!(names_in(&published).len(), FILES - 1);
    assert_eq!(names_in(&out), [".ordinarily", SITE]);
}
