//! What was found, for programs: JSON, annotations for GitHub, SARIF for code scanning.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{RULES, rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::path::encoded;

/// How often each code was told, with its severity: the worst first, then the most frequent.
pub fn summary(problems: &[Diagnostic]) -> Vec<(Severity, &'static str, usize)> {
    let mut counts: BTreeMap<(Severity, &'static str), usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry((problem.severity, problem.code)).or_default() += 1;
    }
    let mut lines: Vec<_> = counts.into_iter().map(|((s, code), n)| (s, code, n)).collect();
    lines.sort_by_key(|(severity, code, n)| (*severity, std::cmp::Reverse(*n), *code));
    lines
}

/// The summary as lines of text, each with the rule's reason.
pub fn summary_text(problems: &[Diagnostic]) -> String {
    let lines = summary(problems);
    let width = lines.iter().map(|(_, code, _)| code.len()).max().unwrap_or_default();
    let mut text = String::new();
    for (severity, code, n) in lines {
        let reason = reason(code);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{n:>6} {:<8} {code:<width$}  {reason}", severity.word());
    }
    text
}

fn reason(code: &str) -> &'static str {
    let told = || super::told::all().find(|told| told.code == code).map(|told| told.reason);
    rule(code).map(|rule| rule.reason).or_else(told).unwrap_or_default()
}

/// One object: `problems`, each with its place, and `summary`, the counts by code.
pub fn json(problems: &[Diagnostic], today: jiff::civil::Date) -> String {
    let one = |problem: &Diagnostic| {
        json!({
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "help": problem.help,
            "path": problem.span.path.as_str(),
            "line": problem.span.line,
            "column": problem.span.column,
            "length": problem.span.len,
        })
    };
    let counts = summary(problems).into_iter();
    let counts =
        counts.map(|(severity, code, n)| json!({"severity": severity, "code": code, "count": n}));
    let report = json!({
        "today": today.to_string(),
        "problems": problems.iter().map(one).collect::<Vec<_>>(),
        "summary": counts.collect::<Vec<_>>(),
    });
    format!("{report}\n")
}

/// One workflow command a line, as GitHub Actions reads them from a job's output.
pub fn github(problems: &[Diagnostic]) -> String {
    let mut text = String::new();
    for problem in problems {
        let kind = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        };
        let span = &problem.span;
        let mut place = format!("file={}", property(span.path.as_str()));
        if span.line > 0 {
            let end = span.column + span.len;
            let _ = write!(place, ",line={},col={},endColumn={end}", span.line, span.column);
        }
        let help = problem.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
        let message = data(&format!("{}{help}", problem.message));
        let _ = writeln!(text, "::{kind} {place},title={}::{message}", property(problem.code));
    }
    text
}

/// The value after `::`, as `@actions/core` escapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, as `@actions/core` escapes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A log of the Static Analysis Results Interchange Format, version 2.1.0 (OASIS).
pub fn sarif(problems: &[Diagnostic]) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code,
                "shortDescription": {"text": rule.reason},
                "fullDescription": {"text": rule.explanation},
                "defaultConfiguration": {"level": level(rule.severity)},
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "ordinarily",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": problems.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    format!("{log}\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn result(problem: &Diagnostic) -> Value {
    let span = &problem.span;
    let mut place = json!({"artifactLocation": {"uri": encoded(span.path.as_str())}});
    if span.line > 0 {
        place["region"] = json!({
            "startLine": span.line,
            "startColumn": span.column,
            "endColumn": span.column + span.len,
        });
    }
    let help = problem.help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default();
    json!({
        "ruleId": problem.code,
        "level": level(problem.severity),
        "message": {"text": format!("{}{help}", problem.message)},
        "locations": [{"physicalLocation": place}],
    })
}
