//! Markdown against the CommonMark specification.
//!
//! The 652 examples of CommonMark 0.31.2 come from the parser's own package, where Cargo has put
//! it: its tests hold them, each with the HTML that it must give.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use ordinarily::content::markdown::Body;
use ordinarily::diagnostic::Checked;

use super::{check, fill};

pub(crate) struct Example {
    pub(crate) number: usize,
    pub(crate) markdown: String,
    html: String,
}

/// Reads the examples out of the parser's generated tests.
pub(crate) fn examples() -> Vec<Example> {
    let path = parser_folder().join("tests/suite/spec.rs");
    let source = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("the parser's tests are not at {path:?}: {error}"));
    let after = |text: &str, start: &str| -> Option<(String, String)> {
        let (_, text) = text.split_once(start)?;
        let (inside, rest) = text.split_once("\"##;")?;
        Some((inside.to_owned(), rest.to_owned()))
    };
    let tests = source.split("#[test]").skip(1).enumerate();
    tests
        .map(|(index, test)| {
            let (markdown, rest) = after(test, "let original = r##\"").unwrap();
            let (html, _) = after(&rest, "let expected = r##\"").unwrap();
            Example { number: index + 1, markdown, html }
        })
        .collect()
}

/// Where Cargo keeps the source of the parser that this package is built with.
fn parser_folder() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--offline", "--format-version", "1"])
        .args(["--filter-platform", "host-tuple", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let parser = packages.iter().find(|package| package["name"] == "pulldown-cmark").unwrap();
    let manifest = PathBuf::from(parser["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().to_owned()
}

/// Takes away what we do otherwise on purpose in every file, on both sides: smart punctuation,
/// headings one level down, addresses kept as words instead of percent signs, line breaks
/// before headings.
fn without_our_ways(html: &str) -> String {
    let mut html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>").replace("&quot;", "\"");
    for (typographic, typed) in
        [("“", "\""), ("”", "\""), ("‘", "'"), ("’", "'"), ("—", "---"), ("–", "--"), ("…", "...")]
    {
        html = html.replace(typographic, typed);
    }
    while html.contains("--") || html.contains("\n<h") {
        html = html.replace("--", "-").replace("\n<h", "<h");
    }
    percent_decode(html.trim())
}

/// The same whether a tag is a tag or text that looks like one.
fn text_only(html: &str) -> String {
    let html = html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let html = without_our_ways(&html).replace("<p>", "").replace("</p>", "");
    html.split_whitespace().collect()
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Such examples are still compared, without telling a tag from its text.
const SHOWS_HTML: &str = "HTML is shown as text";

/// Why an example cannot give what CommonMark says it gives, if it cannot.
fn our_rule(example: &Example, checked: &Checked<Body>) -> Option<&'static str> {
    let told = |code: &str| checked.problems.iter().any(|problem| problem.code == code);
    match () {
        () if example.html.contains("<!--") => Some("comments are left out"),
        () if told("raw-html") => Some(SHOWS_HTML),
        () if told("forbidden-link") => Some("only some schemes may be linked to"),
        () if told("empty-link") => Some("a link that leads nowhere is only its words"),
        () if example.markdown.contains("[[") => Some("double brackets link to entries"),
        () => None,
    }
}

#[test]
fn commonmark_is_read_as_its_specification_says() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let mut compared = 0;
    let mut exempt = BTreeMap::new();
    for example in &examples {
        let checked = check(&example.markdown);
        let rule = our_rule(example, &checked);
        if let Some(rule) = rule {
            *exempt.entry(rule).or_insert(0) += 1;
            if rule != SHOWS_HTML {
                continue;
            }
        } else {
            compared += 1;
        }
        let ours = fill(&checked.value.pieces);
        let alike = match rule {
            Some(_) => text_only(&ours) == text_only(&example.html),
            None => without_our_ways(&ours) == without_our_ways(&example.html),
        };
        assert!(alike, "example {}: {}\n{ours}", example.number, example.markdown);
    }
    println!("{compared} examples of CommonMark compared; not compared: {exempt:?}");
    assert!(compared > 560, "{compared} compared; {exempt:?}");
}
