//! A small project in memory or on disk, and what comes out of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::civil::date;
use ordinarily::content::tree::SourceTree;
use ordinarily::diagnostic::{Diagnostic, has_errors, sort_and_dedup};
use ordinarily::engine::{self, Wanted};
use ordinarily::io::terminal;
use ordinarily::path::SourcePath;
use ordinarily::site::model::Day;
use tempfile::TempDir;

/// Files by their paths.
pub(crate) type Files = BTreeMap<String, String>;

/// The least that a project needs, with two boroughs and a partner of one of them.
pub(crate) fn base() -> Files {
    let item = |id: &str, title: &str| format!("- {{id: {id}, title: {title}}}\n");
    let borough = |name: &str, code: &str, more: &str| {
        format!("official_name: London Borough of {name}\nname: {name}\nons_code: {code}\n{more}")
    };
    let files = [
        (
            "site.yaml",
            "name: Inclusion\nhub: {title: All of London, base_url: https://hub.example.org}\n\
             languages: [en, pl, ar]\nnotice: Demonstration content.\n"
                .to_owned(),
        ),
        (
            "vocabulary/needs.yaml",
            "areas:\n- {id: communication, title: Communication}\n\
             needs:\n- {id: autism, title: Autism, area: communication, aliases: [ASD]}\n\
             - {id: hearing, title: Hearing, area: communication}\n"
                .to_owned(),
        ),
        (
            "vocabulary/phases.yaml",
            item("early-years", "Early years") + &item("primary", "Primary"),
        ),
        ("vocabulary/tiers.yaml", item("universal", "Universal") + &item("targeted", "Targeted")),
        ("vocabulary/audiences.yaml", item("parents", "Parents") + &item("schools", "Schools")),
        ("vocabulary/roles.yaml", item("senco", "SENCo")),
        ("vocabulary/topics.yaml", item("assessment", "Assessment")),
        ("vocabulary/glossary.yaml", "- {term: SENCo, description: A teacher.}\n".to_owned()),
        ("boroughs/barnet/borough.yaml", borough("Barnet", "E09000003", "")),
        (
            "boroughs/kingston/borough.yaml",
            borough("Kingston", "E09000021", "layers: [achieving]\n"),
        ),
        ("partners/achieving/partner.yaml", "name: Achieving for Children\n".to_owned()),
        ("london/index.md", "---\ntitle: Welcome\nsummary: Start here.\n---\n".to_owned()),
    ];
    files.map(|(path, text)| (format!("content/{path}"), text)).into()
}

/// The base with files added or replaced; paths are within `content/`.
pub(crate) fn with(more: &[(&str, &str)]) -> Files {
    let mut files = base();
    for (path, text) in more {
        files.insert(format!("content/{path}"), (*text).to_owned());
    }
    files
}

/// A page of provision with expectations, as most tests need one.
pub(crate) fn provision(title: &str, more: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: What schools should do.\nneeds: [autism]\n\
         reviewed: 2026-09-01\nreview_by: 2027-09-01\nowner: SEND team\n{more}---\n"
    )
}

/// The front matter of any other page that must be reviewed.
pub(crate) fn reviewed(title: &str, more: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: About {title}.\nreviewed: 2026-09-01\n\
         review_by: 2027-09-01\nowner: SEND team\n{more}---\n"
    )
}

/// Files as a source tree. Text that cannot be decoded is a problem, as it is on disk.
pub(crate) fn tree(files: &Files, problems: &mut Vec<Diagnostic>) -> SourceTree {
    let mut tree = SourceTree::new();
    for (path, text) in files {
        problems.extend(tree.insert(SourcePath::new(path), text.as_bytes()).err());
    }
    tree
}

/// The day of all tests.
pub(crate) fn today() -> Day {
    Day { today: date(2026, 11, 22), drafts: false }
}

/// A site's files, by path, and every problem of the project.
pub(crate) fn build_on(
    files: &Files,
    site: &str,
    day: Day,
) -> (Files, Vec<Diagnostic>, SourceTree) {
    let mut problems = Vec::new();
    let tree = tree(files, &mut problems);
    let (built, mut found) = build_tree(&tree, site, day, problems);
    sort_and_dedup(&mut found);
    (built, found, tree)
}

/// The files of a site that is built from a tree, and every problem; none if there are errors.
pub(crate) fn build_tree(
    tree: &SourceTree,
    site: &str,
    day: Day,
    mut problems: Vec<Diagnostic>,
) -> (Files, Vec<Diagnostic>) {
    let wanted = Wanted { day, sites: vec![site.to_owned()], base_url: None };
    let mut built = Files::new();
    if let Some(project) = engine::parse(tree, None).into_value(&mut problems) {
        let theme = engine::load_theme(tree, &project).into_value(&mut problems);
        let model = engine::resolve(project, wanted.day, None).into_value(&mut problems);
        let Some(theme) = theme else { return (built, problems) };
        let editions = engine::lay_out(&model, &theme, &wanted);
        problems.extend(engine::check(&editions));
        let sound = !has_errors(&problems);
        for edition in editions.iter().filter(|_| sound) {
            for output in edition.outputs() {
                match edition.bytes(&theme, &output) {
                    Ok(bytes) => {
                        let path = output.path().unwrap().to_string();
                        built.insert(path, String::from_utf8_lossy(&bytes).into_owned());
                    }
                    Err(problem) => problems.push(problem),
                }
            }
        }
    }
    (built, problems)
}

/// A site's files. The project must be without errors.
#[track_caller]
pub(crate) fn build(files: &Files, site: &str) -> Files {
    let (built, problems, tree) = build_on(files, site, today());
    assert!(!has_errors(&problems), "{}", terminal::problems(&problems, &tree, false));
    built
}

/// One page of a site.
#[track_caller]
pub(crate) fn page(files: &Files, site: &str, path: &str) -> String {
    let built = build(files, site);
    let names: Vec<&String> = built.keys().collect();
    built.get(path).unwrap_or_else(|| panic!("no {path} among {names:?}")).clone()
}

/// The words of a page, without its markup, each run of white space one space.
pub(crate) fn words(html: &str) -> String {
    let document = scraper::Html::parse_document(html);
    let main = scraper::Selector::parse("main").unwrap();
    let text: Vec<&str> = document.select(&main).flat_map(|main| main.text()).collect();
    text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the program says of a project, problem after problem.
pub(crate) fn said(files: &Files) -> String {
    let mut problems = Vec::new();
    let mut last = SourceTree::new();
    for site in ["hub", "barnet", "kingston"] {
        let (_, found, tree) = build_on(files, site, today());
        problems.extend(found);
        last = tree;
    }
    sort_and_dedup(&mut problems);
    terminal::problems(&problems, &last, false)
}

/// Writes a project to a folder.
pub(crate) fn write(root: &Path, files: &Files) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// A project on disk.
pub(crate) fn on_disk(files: &Files) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), files);
    root
}

/// What the program did.
pub(crate) struct Run {
    /// Its exit status.
    pub(crate) status: i32,
    /// Its results.
    pub(crate) out: String,
    /// Its problems.
    pub(crate) err: String,
}

/// Runs the program in a folder.
pub(crate) fn run(root: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_ordinarily"))
        .arg("--root")
        .arg(root)
        .args(arguments)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Run {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Every file below a folder with its bytes; our own state is left out.
pub(crate) fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .filter(|(path, _)| !path.starts_with(".ordinarily"))
        .collect()
}

/// What lies in a folder, sorted.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
