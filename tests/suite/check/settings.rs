//! Severities, allowances, and what the command may be asked.

use super::{check, count, guide};
use crate::support::{base, on_disk, run, with};

const PAGE: &str = "london/guides/help.md";

fn with_rules(rules: &str, page: &str) -> crate::support::Files {
    let mut files = with(&[(PAGE, page)]);
    if let Some(site) = files.get_mut("content/site.yaml") {
        site.push_str(rules);
    }
    files
}

#[test]
fn a_project_can_make_a_rule_stricter_or_turn_it_off() {
    let page = guide("", "For help [click here](/glossary/).");
    let run = check(&with_rules("rules: {link-text: error}\n", &page), &[]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("error[link-text]"));
    let run = check(&with_rules("rules: {link-text: off}\n", &page), &[]);
    assert!(!run.err.contains("link-text") && run.status == 0, "{}", run.err);
}

#[test]
fn a_misspelt_rule_or_severity_is_told_with_the_nearest_name() {
    let run =
        check(&with_rules("rules: {link-txt: error, reading-age: loud}\n", &guide("", "")), &[]);
    assert!(run.err.contains("unknown rule `link-txt`"), "{}", run.err);
    assert!(run.err.contains("did you mean `link-text`?"), "{}", run.err);
    assert!(run.err.contains("`loud` is not a severity"), "{}", run.err);
    assert!(run.err.contains("        ^^^^^^^^"), "{}", run.err);
}

#[test]
fn a_page_may_break_a_rule_and_say_why() {
    let allow = "allow: [{rule: link-text, because: it is a quotation}]\n";
    let run = check(&with(&[(PAGE, &guide(allow, "Then [click here](/glossary/)."))]), &[]);
    assert!(!run.err.contains("link-text"), "{}", run.err);
    let run = check(&with(&[(PAGE, &guide(allow, "Help."))]), &[]);
    assert_eq!(count(&run.err, "unused-allow", PAGE), 1, "{}", run.err);
    let misspelt = allow.replace("link-text", "link-texts");
    let run = check(&with(&[(PAGE, &guide(&misspelt, "Help."))]), &[]);
    assert!(run.err.contains("did you mean `link-text`?"), "{}", run.err);
}

#[test]
fn denied_warnings_end_with_status_1_and_advice_never_does() {
    let late = guide("", "Help.").replace("2027-09-01", "2026-11-01");
    let statement = (
        "london/guides/accessibility-statement.md",
        guide("", "It works.").replace("Help", "Access").replace("What help", "How it"),
    );
    let files = with(&[(PAGE, &late), (statement.0, &statement.1)]);
    assert_eq!(check(&files, &[]).status, 0);
    assert_eq!(check(&files, &["--deny", "warnings"]).status, 1);
    let files = with(&[(PAGE, &guide("", "Help.")), (statement.0, &statement.1)]);
    let run = check(&files, &["--deny", "warnings"]);
    assert!(run.err.contains("advice["), "{}", run.err);
    assert_eq!(run.status, 0, "{}", run.err);
}

#[test]
fn a_check_of_one_site_tells_what_that_site_shows() {
    let page = guide("", "For help [click here](/glossary/).");
    let files = with(&[("boroughs/barnet/guides/own.md", &page), (PAGE, &page)]);
    let at = |site: &str| check(&files, &["--site", site]).err;
    assert_eq!(count(&at("barnet"), "link-text", "boroughs/barnet/guides/own.md"), 1);
    assert_eq!(count(&at("kingston"), "link-text", "boroughs/barnet/guides/own.md"), 0);
    assert_eq!(count(&at("kingston"), "link-text", PAGE), 1);
    assert_eq!(count(&at("hub"), "link-text", "boroughs/barnet/guides/own.md"), 1);
    let run = check(&files, &["--site", "barnett"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("did you mean `barnet`?"), "{}", run.err);
}

#[test]
fn every_code_that_is_told_is_explained() {
    let root = on_disk(&base());
    for rule in &ordinarily::check::RULES {
        let text = ordinarily::check::explain(rule.code).unwrap();
        assert!(text.contains(rule.reason) && text.len() > 120, "{text}");
    }
    for told in ordinarily::check::told::all() {
        let text = ordinarily::check::explain(told.code).unwrap();
        assert!(text.contains(told.reason) && text.contains(told.explanation), "{text}");
        for part in [told.reason, told.explanation] {
            assert!(part.len() > 10 && part.ends_with('.'), "{}: {part}", told.code);
        }
    }
    for code in ["link-text", "broken-link", "yaml", "unreadable", "plural-form"] {
        let run = run(root.path(), &["check", "--explain", code]);
        assert_eq!((run.status, &*run.err), (0, ""), "{code}");
        assert!(run.out.starts_with(code) && run.out.lines().count() > 3, "{}", run.out);
    }
    for (wrong, near) in [("link-txt", "link-text"), ("duplicate-keys", "duplicate-key")] {
        let run = run(root.path(), &["check", "--explain", wrong]);
        assert_eq!(run.status, 2);
        assert!(run.err.contains(&format!("did you mean `{near}`?")), "{}", run.err);
    }
}

#[test]
fn a_mistake_in_what_a_page_may_break_keeps_the_page_and_the_rest() {
    let allow =
        "allow:\n  - {rule: link-text, because: a quotation}\n  - {rule: owner}\n  - words\n";
    let page = guide(allow, "Then [click here](/glossary/).");
    let other = guide("", "See [help](help.md) and [that](/guides/none/).");
    let files = with(&[(PAGE, &page), ("london/guides/other.md", &other)]);
    let run = check(&files, &[]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("error[missing-field]: `because` is missing"), "{}", run.err);
    assert!(run.err.contains("error[wrong-value]: `words` is not a group"), "{}", run.err);
    assert!(!run.err.contains("link-text"), "{}", run.err);
    // The page is there: only the link to one that is not is broken.
    assert_eq!(count(&run.err, "broken-link", "london/guides/other.md"), 1, "{}", run.err);
}

#[test]
fn codes_are_told_once_in_their_order() {
    let codes: Vec<&str> = ordinarily::check::codes().collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), codes.len());
}

#[test]
fn a_build_gives_no_advice_and_asks_no_rule() {
    let late = guide("", "For help [click here](/glossary/).").replace("2027-09-01", "2026-11-01");
    let root = on_disk(&with(&[(PAGE, &late)]));
    let run = run(root.path(), &["build", "--today", "2026-11-22"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(!run.err.contains("advice") && !run.err.contains("link-text"), "{}", run.err);
}
