//! What programs read: JSON, annotations, SARIF, the summary; always the same.

use serde_json::Value;

use super::{check, guide};
use crate::support::with;

fn files() -> crate::support::Files {
    with(&[
        (
            "london/guides/b.md",
            &guide("", "For help [click here](/glossary/).\n\nUtilise it: 100%."),
        ),
        ("london/guides/a.md", "---\ntitle: Broken\n---\n"),
    ])
}

#[test]
fn json_has_each_problem_with_its_place_and_a_summary() {
    let run = check(&files(), &["--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let problems = report["problems"].as_array().unwrap();
    let link = problems.iter().find(|problem| problem["code"] == "link-text").unwrap();
    assert_eq!(link["path"], "content/london/guides/b.md");
    assert_eq!((link["line"].as_u64(), link["column"].as_u64()), (Some(9), Some(10)));
    let summary = report["summary"].as_array().unwrap();
    assert!(summary.iter().any(|line| line["code"] == "link-text" && line["count"] == 1));
    assert_eq!(report["today"], "2026-11-22");
    assert_eq!((run.status, &*run.err), (1, ""));
}

#[test]
fn github_gets_one_annotation_a_line() {
    let run = check(&files(), &["--format", "github"]);
    let line =
        "::warning file=content/london/guides/b.md,line=9,col=10,endColumn=34,title=link-text::";
    assert!(run.out.contains(line), "{}", run.out);
    assert!(run.out.contains("::error file=content/london/guides/a.md"), "{}", run.out);
    assert!(run.out.lines().all(|line| line.starts_with("::")), "{}", run.out);
}

#[test]
fn sarif_names_its_rules_and_places() {
    let run = check(&files(), &["--format", "sarif"]);
    let log: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let link = results.iter().find(|result| result["ruleId"] == "link-text").unwrap();
    assert_eq!(link["level"], "warning");
    let place = &link["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/london/guides/b.md");
    assert_eq!(place["region"]["startLine"], 9);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), ordinarily::check::RULES.len());
}

#[test]
fn a_summary_by_rule_stands_at_the_end_and_all_is_stable() {
    let first = check(&files(), &[]);
    let second = check(&files(), &[]);
    assert_eq!((&first.out, &first.err), (&second.out, &second.err));
    assert!(first.out.contains("1 warning  link-text"), "{}", first.out);
    let last = first.out.lines().last().unwrap();
    assert!(last.contains("error") && last.contains("of advice"), "{last}");
}
