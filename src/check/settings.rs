//! How severe each rule is, and what a page may do because it says why.

use std::collections::{BTreeMap, BTreeSet};

use super::subject::Subject;
use super::{Finding, Look, RULES, Rule, codes, rule};
use crate::content::tree::SourceTree;
use crate::content::yaml;
use crate::diagnostic::{Diagnostic, Severity, Span, did_you_mean};
use crate::path::SourcePath;

/// A rule that nobody knows is set or allowed.
pub(super) const UNKNOWN_RULE: Rule = Rule {
    code: "unknown-rule",
    reason: "A rule that is misspelt in site.yaml or in `allow` has no effect, and nobody notices.",
    severity: Severity::Warning,
    explanation: "It finds names under `rules:` in site.yaml and under `allow:` in front matter that \
        are no rule of `check`, and severities that are none of error, warning, advice and off. \
        Write the code that stands in square brackets in the report.",
    look: Look::Settings,
};

/// A page is allowed what it does not do.
pub(super) const UNUSED_ALLOW: Rule = Rule {
    code: "unused-allow",
    reason: "An `allow` that is no longer needed would hide the next mistake of its kind.",
    severity: Severity::Advice,
    explanation: "It finds `allow: [{rule, because}]` in the front matter of a page in which that \
        rule finds nothing. Take the line away.",
    look: Look::Settings,
};

/// What site.yaml may set a rule to.
pub const SEVERITIES: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("advice", Some(Severity::Advice)),
    ("off", None),
];

/// How severe each rule is.
pub(super) struct Settings {
    severities: BTreeMap<&'static str, Option<Severity>>,
    /// What is wrong with the settings themselves.
    pub(super) problems: Vec<(&'static str, Diagnostic)>,
}

impl Settings {
    /// Reads `rules:` of `site.yaml`.
    pub(super) fn read(tree: &SourceTree) -> Self {
        let severities = RULES.iter().map(|rule| (rule.code, Some(rule.severity))).collect();
        let mut settings = Self { severities, problems: Vec::new() };
        let file = tree.text(&SourcePath::new("content/site.yaml"));
        let node = file.and_then(|file| yaml::parse(file, 0..file.text.len()).value);
        let rules = node.as_ref().and_then(|node| node.get("rules"));
        let mut wrong = Vec::new();
        for entry in rules.map_or(&[] as &[_], |rules| rules.entries()) {
            let Some(rule) = rule(&entry.key) else {
                wrong.push(unknown(entry.key_at.span(), &entry.key));
                continue;
            };
            let word = entry.node.text().unwrap_or_default();
            let Some((_, severity)) = SEVERITIES.iter().find(|(known, _)| *known == word) else {
                let message = format!("`{word}` is not a severity");
                let words: Vec<&str> = SEVERITIES.iter().map(|(word, _)| *word).collect();
                let help = format!("it can be: {}", words.join(", "));
                wrong.push(Finding::new(entry.node.at.span(), message, help));
                continue;
            };
            settings.severities.insert(rule.code, *severity);
        }
        let told = wrong.into_iter().filter_map(|finding| settings.tell(&UNKNOWN_RULE, finding));
        settings.problems = told.map(|problem| (UNKNOWN_RULE.code, problem)).collect();
        settings
    }

    /// How severe a rule is; nothing if it is off.
    pub(super) fn severity(&self, rule: &Rule) -> Option<Severity> {
        self.severities.get(rule.code).copied().flatten()
    }

    /// What is told of something found.
    pub(super) fn tell(&self, rule: &Rule, finding: Finding) -> Option<Diagnostic> {
        let Finding { span, message, help } = finding;
        let severity = self.severity(rule)?;
        Some(Diagnostic { span, severity, code: rule.code, message, help: Some(help) })
    }
}

fn unknown(span: Span, name: &str) -> Finding {
    // What is told while reading is no matter of opinion: it cannot be set.
    let message = match codes().any(|code| code == name) {
        true => format!("`{name}` cannot be set or allowed: it must be mended"),
        false => format!("unknown rule `{name}`"),
    };
    Finding::new(span, message, did_you_mean(name, RULES.iter().map(|rule| rule.code)))
}

/// The rules that a page's front matter allows it to break, each with its place.
pub(super) fn allowed_by(subject: &Subject<'_>) -> Vec<(String, Span)> {
    let items = subject.node.get("allow").map_or(&[] as &[_], |node| node.items());
    let rules = items.iter().filter_map(|item| item.get("rule"));
    rules.map(|rule| (rule.text().unwrap_or_default().to_owned(), rule.at.span())).collect()
}

/// What pages may do: for each file, the rules with the places that allow them.
pub(super) struct Allowed {
    by_file: BTreeMap<SourcePath, BTreeMap<String, Span>>,
}

impl Allowed {
    /// Puts together what pages say.
    pub(super) fn new(allowed: impl Iterator<Item = (String, Span)>) -> Self {
        let mut by_file: BTreeMap<SourcePath, BTreeMap<String, Span>> = BTreeMap::new();
        for (rule, span) in allowed {
            by_file.entry(span.path.clone()).or_default().insert(rule, span);
        }
        Self { by_file }
    }

    /// Takes away what is allowed, and tells what is allowed in vain.
    pub(super) fn apply(
        &self,
        found: Vec<(&'static str, Diagnostic)>,
        settings: &Settings,
    ) -> Vec<Diagnostic> {
        let mut used: BTreeSet<(&SourcePath, &str)> = BTreeSet::new();
        let mut told = Vec::new();
        for (code, problem) in found {
            let allowed = self.by_file.get_key_value(&problem.span.path);
            match allowed.filter(|(_, rules)| rules.contains_key(code)) {
                Some((path, _)) => {
                    used.insert((path, code));
                }
                None => told.push(problem),
            }
        }
        for (path, rules) in &self.by_file {
            for (name, span) in rules {
                let told_of = match rule(name) {
                    None => settings.tell(&UNKNOWN_RULE, unknown(span.clone(), name)),
                    // Where nobody has asked other sites, nothing can be found of them.
                    Some(rule) if rule.code.starts_with("outside-") => None,
                    // A rule that is off finds nothing, and will again when it is on.
                    Some(rule) if settings.severity(rule).is_none() => None,
                    Some(rule) if used.contains(&(path, rule.code)) => None,
                    Some(_) => {
                        let message = format!("`{name}` finds nothing on this page");
                        let help = "take the line away";
                        settings.tell(&UNUSED_ALLOW, Finding::new(span.clone(), message, help))
                    }
                };
                told.extend(told_of);
            }
        }
        told
    }
}
