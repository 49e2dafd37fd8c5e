//! How sites are built elsewhere: what the workflow and the container image run is what the program
//! understands, and what they copy is there.

use std::path::Path;
use std::sync::Arc;

use ordinarily::cli::Cli;
use ordinarily::content::node::{Node, Value};
use ordinarily::content::source::SourceFile;
use ordinarily::content::yaml;
use ordinarily::path::SourcePath;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn parsed(path: &str) -> Node {
    let text = read(path);
    let file = Arc::new(SourceFile::new(SourcePath::new(path), &text));
    let parsed = yaml::parse(&file, 0..text.len());
    assert_eq!(parsed.problems, []);
    parsed.value.unwrap()
}

/// Every value of a field of this name, however deep it lies.
fn values<'n>(node: &'n Node, name: &str, found: &mut Vec<&'n str>) {
    for entry in node.entries() {
        if entry.key == name {
            found.extend(entry.node.text());
        }
        values(&entry.node, name, found);
    }
    // A value that stands alone is its own list of one.
    if let Value::List(items) = &node.value {
        items.iter().for_each(|item| values(item, name, found));
    }
}

/// Reads a command line as the program does.
fn understand(line: &str) {
    let words = line.split_whitespace().map(|word| word.trim_matches('"'));
    // What a shell puts in is some address.
    let words = words.map(|word| if word == "$URL" { "https://example.org/send/" } else { word });
    if let Err(error) = <Cli as clap::Parser>::try_parse_from(words) {
        panic!("{line}: {error}");
    }
}

#[test]
fn the_workflow_checks_then_builds_the_site_that_it_publishes() {
    let workflow = parsed(".github/workflows/publish.yml");
    let mut runs = Vec::new();
    values(&workflow, "run", &mut runs);
    let ours: Vec<&str> =
        runs.iter().filter_map(|run| run.strip_prefix("target/release/")).collect();
    assert!(ours[0].starts_with("ordinarily check") && ours[0].contains("--deny warnings"));
    assert!(ours[1].starts_with("ordinarily build"));
    ours.iter().for_each(|line| understand(line));
    let (mut sites, mut paths) = (Vec::new(), Vec::new());
    values(&workflow, "SITE", &mut sites);
    values(&workflow, "path", &mut paths);
    assert_eq!(sites, ["hub"]);
    assert!(paths.contains(&"dist/${{ env.SITE }}"), "{paths:?}");
}

#[test]
fn the_image_runs_commands_that_the_program_understands() {
    let text = read("Dockerfile");
    // The examples in its head, with lines that go on put together.
    let head = text.replace("\\\n#", " ");
    let examples: Vec<&str> = head.lines().filter(|line| line.contains("docker run")).collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        let (_, command) = example.rsplit_once(" ordinarily ").unwrap();
        understand(&format!("ordinarily {command}"));
    }
    assert!(text.contains("ENTRYPOINT [\"ordinarily\"]") && text.contains("CMD [\"build\"]"));
    understand("ordinarily build");
}

#[test]
fn the_image_is_built_with_the_rust_that_the_package_asks_for_and_runs_as_nobody_in_particular() {
    let (image, package) = (read("Dockerfile"), read("Cargo.toml"));
    let version = package.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    assert!(image.contains(&format!("FROM rust:{}-slim", version.trim_matches('"'))));
    assert!(image.lines().any(|line| line == "USER 1000:1000"));
}

#[test]
fn what_the_image_is_built_from_has_all_that_the_program_embeds() {
    let ignored = read(".dockerignore");
    for line in read("build.rs").lines().filter(|line| line.contains("[\"themes/london\"")) {
        for folder in line.split('"').filter(|part| part.contains('/')) {
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).is_dir(), "{folder}");
            let top = folder.split('/').next().unwrap();
            assert!(ignored.lines().all(|line| line.trim_matches('/') != top), "{folder}");
        }
    }
}
