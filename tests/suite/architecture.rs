//! The floors of the house: which module may use which, and who may touch the world.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The floors from the top down; a module uses those on lower floors, and its own.
const FLOORS: [&[&str]; 11] = [
    &["main"],
    &["commands"],
    &["cli"],
    &["preview"],
    &["engine", "io", "scaffold", "schema"],
    &["theme", "feed", "search", "check"],
    &["page"],
    &["site"],
    &["content"],
    &["diagnostic"],
    &["path", "digest", "compress"],
];

/// The library's source files, by path from `src/`, without their tests.
fn sources() -> BTreeMap<String, String> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let walk = walkdir::WalkDir::new(&top).into_iter().map(Result::unwrap);
    let files = walk.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(&top).unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(entry.path()).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
            (path, code)
        })
        .filter(|(path, _)| !path.ends_with("tests.rs"))
        .collect()
}

/// The module at the top of a file's path: `content` of `content/yaml.rs`.
fn room(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// The rooms that a file names as `crate::…`.
fn used(code: &str) -> Vec<&str> {
    let code_lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let uses = code_lines.flat_map(|line| line.split("crate::").skip(1));
    uses.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap())
        .collect()
}

#[test]
fn every_module_stands_on_a_floor_and_uses_only_lower_ones() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, code) in sources() {
        if path == "lib.rs" {
            continue;
        }
        let from = room(&path);
        let Some(own) = floor(from) else {
            wrong.push(format!("{path} stands on no floor"));
            continue;
        };
        for to in used(&code) {
            seen += 1;
            let allowed = to == from || floor(to).is_some_and(|other| other > own);
            if !allowed {
                wrong.push(format!("{path} uses crate::{to}, which is not below it"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 100, "only {seen} uses were read: does the test still read the sources?");
}

#[test]
fn io_knows_trees_of_bytes_and_never_a_site() {
    for (path, code) in sources().iter().filter(|(path, _)| room(path) == "io") {
        for to in used(code) {
            let known = ["io", "content", "path", "digest", "diagnostic"];
            assert!(known.contains(&to), "{path} uses crate::{to}");
        }
    }
}

#[test]
fn only_io_and_commands_touch_the_world() {
    for (path, code) in sources() {
        if ["io", "commands", "main"].contains(&room(&path)) {
            continue;
        }
        for outside in ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant"]
        {
            assert!(!code.contains(outside), "{path} uses {outside}");
        }
    }
}

#[test]
fn each_library_has_one_home() {
    for (library, home) in [
        ("pulldown_cmark", "content/markdown"),
        ("serde_yaml", "content/yaml"),
        ("tera", "theme"),
        ("walkdir", "io"),
        ("notify", "io/watch"),
        ("hyper", "io/http"),
        ("tokio", "io/http"),
        ("percent_encoding", "path"),
        ("mime_guess", "preview/address"),
        ("rustix", "io"),
        ("annotate_snippets", "io/terminal"),
        ("csv", "content/tables"),
        ("imagesize", "site/files"),
        ("similar", "page/expectations"),
        ("tantivy", "search"),
        ("flate2", "compress"),
        ("brotli", "compress"),
        ("ureq", "io/outside"),
        ("unicode_normalization", "search/analyzer"),
        ("uuid", "feed/identity"),
    ] {
        for (path, code) in sources() {
            let named = code.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//") && line.contains(&format!("{library}::"))
            });
            assert!(!named || path.starts_with(home), "{path} uses {library}");
        }
    }
    // What is in the binary: themes, and the site that `init` begins with.
    for (path, code) in sources() {
        let home = ["theme", "scaffold"].contains(&room(&path));
        assert!(home || !code.contains("include_dir!"), "{path} embeds files");
    }
}

#[test]
fn files_are_rooms_of_a_comfortable_size() {
    for (path, code) in sources() {
        let lines = code.lines().count();
        assert!(lines <= 400, "{path} has {lines} lines");
    }
}

#[test]
fn no_need_tier_or_borough_is_written_into_the_program_or_its_templates() {
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/london/templates");
    let templates = walkdir::WalkDir::new(theme).into_iter().map(Result::unwrap);
    let templates = templates.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let text = fs::read_to_string(entry.path()).unwrap();
        (entry.path().to_str().unwrap().to_owned(), text)
    });
    let code = sources().into_iter().map(|(path, code)| {
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        (path, lines.collect::<Vec<_>>().join("\n"))
    });
    for (path, text) in templates.chain(code) {
        for name in ["\"autism\"", "\"barnet\"", "\"universal\"", "\"early-years\"", "\"primary\""]
        {
            assert!(!text.contains(name), "{path} names {name}");
        }
    }
}

/// The codes that a source file tells, by the calls that take one as their first word.
fn codes_told(code: &str) -> Vec<String> {
    let calls = ["error(", "warning(", "advice(", "warn(", "problem(", "told(", "code:"];
    let mut codes = Vec::new();
    for call in calls {
        for (at, _) in code.match_indices(call) {
            let rest = code[at + call.len()..].trim_start();
            let word = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
            let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let kebab = |word: &str| word.chars().all(sound);
            if let Some((word, after)) = word
                && kebab(word)
                && after.trim_start().starts_with([',', ')'])
            {
                codes.push(word.to_owned());
            }
        }
    }
    codes
}

#[test]
fn every_code_that_is_told_is_explained_and_every_explained_code_is_told() {
    let explained: BTreeSet<&str> = ordinarily::check::codes().collect();
    let mut told: BTreeSet<String> = BTreeSet::from([ordinarily::io::load::UNREADABLE.to_owned()]);
    for (path, code) in sources().iter().filter(|(path, _)| !path.starts_with("check/told")) {
        told.extend(codes_told(code));
        // A code that comes from elsewhere would escape this test.
        for call in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::advice("] {
            for (at, _) in code.match_indices(call) {
                let first = code[at + call.len()..].trim_start();
                let known = ["\"", "code,", "UNREADABLE,"];
                assert!(known.iter().any(|known| first.starts_with(known)), "{path}: {first:.60}");
            }
        }
    }
    let told: BTreeSet<&str> = told.iter().map(String::as_str).collect();
    let missing: Vec<_> = told.difference(&explained).collect();
    assert!(missing.is_empty(), "told and not explained: {missing:?}");
    let unused: Vec<_> = explained.difference(&told).collect();
    assert!(unused.is_empty(), "explained and never told: {unused:?}");
}

/// A field that is read past `record!` would be a field that no schema knows.
#[test]
fn fields_have_one_home() {
    for (path, code) in sources() {
        let reads = code.contains("Field>::field(") || code.contains("Field::field(");
        assert!(!reads || path == "content/fields.rs", "{path} reads a field on its own");
        for (at, _) in code.match_indices(".unknown_fields(") {
            let names = &code[at..code[at..].find(';').map_or(code.len(), |end| at + end)];
            assert!(!names.contains('"'), "{path} names fields on its own: {names}");
        }
    }
}
