//! What goes wrong and where: places, problems, and values that carry their problems along.
//!
//! Nothing here prints: `io::terminal` turns a [`Diagnostic`] into text with its source line and
//! caret. Nothing here stops at the first problem either: a step takes [`Checked`] values apart,
//! goes on with what is sound, and hands all problems up.

use std::fmt;

use crate::path::SourcePath;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published; stops a run under `--deny warnings`.
    Warning,
    /// Worth doing, and often only a council can; never stops anything.
    Advice,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub path: SourcePath,
    /// The line, from 1; 0 means the file as a whole.
    pub line: u32,
    /// The column in characters, from 1; 0 when `line` is 0.
    pub column: u32,
    /// How many characters of the line it covers, at least 1 where there is a line.
    pub len: u32,
}

impl Severity {
    /// The word for it, as editors write it and as it is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

impl Span {
    /// A file as a whole.
    pub fn file(path: &SourcePath) -> Self {
        Self { path: path.clone(), line: 0, column: 0, len: 0 }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.path),
            _ => write!(f, "{}:{}:{}", self.path, self.line, self.column),
        }
    }
}

/// One problem: what is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// Where. First, so that problems sort by file and line.
    pub span: Span,
    /// How bad.
    pub severity: Severity,
    /// A short stable name such as `unknown-field`, for searching and for silencing.
    pub code: &'static str,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do, one or two sentences.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem that keeps the site from being published.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { span, severity: Severity::Error, code, message: message.into(), help: None }
    }

    /// A problem that is only told.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// A problem that never stops anything.
    pub fn advice(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Advice, ..Self::error(code, span, message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A value with the problems found while making it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<T> {
    /// What could be made of the input.
    pub value: T,
    /// What was wrong with it.
    pub problems: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value without problems.
    pub fn sound(value: T) -> Self {
        Self { value, problems: Vec::new() }
    }

    /// Changes the value and keeps its problems.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: change(self.value), problems: self.problems }
    }

    /// Takes the value out and leaves its problems in `problems`.
    pub fn into_value(self, problems: &mut Vec<Diagnostic>) -> T {
        problems.extend(self.problems);
        self.value
    }

    /// Whether any problem keeps the site from being published.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.problems)
    }
}

/// Whether any of `problems` keeps the site from being published.
pub fn has_errors(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// Sorts problems by file, line and column and drops repeats: one wrong line of the shared layer
/// would otherwise be told once for every borough that inherits it. What to do may differ from
/// site to site (the nearest name that one of them has); the problem is the same, and the first
/// help in order stands for all.
pub fn sort_and_dedup(problems: &mut Vec<Diagnostic>) {
    problems.sort();
    problems.dedup_by(|one, kept| {
        (&one.span, one.severity, one.code, &one.message)
            == (&kept.span, kept.severity, kept.code, &kept.message)
    });
}

/// The name among `known` that the writer most likely meant, if one is near enough: one slip for
/// short names, two for names over five letters, three for names over eleven.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let slips = match wrong.chars().count() {
        0..=5 => 1,
        6..=11 => 2,
        _ => 3,
    };
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(&wrong, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= slips)
        .min()
        .map(|(_, name)| name)
}

/// The help line for an unknown name: the nearest known one, or the first few there are.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(name) = nearest(wrong, known.iter().copied()) {
        return format!("did you mean `{name}`?");
    }
    match known.as_slice() {
        [] => "there are none yet".to_owned(),
        few if few.len() <= 12 => format!("it can be: {}", few.join(", ")),
        many => format!("it can be one of {}: {}, …", many.len(), many[..8].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        assert_eq!(nearest("autisum", ["autism", "adhd"]), Some("autism"));
        assert_eq!(nearest("hearing", ["autism", "adhd"]), None);
        assert_eq!(nearest("Sumary", ["summary"]), Some("summary"));
    }

    #[test]
    fn one_problem_with_two_helps_is_told_once() {
        let span = || Span::file(&SourcePath::new("content/london/guides/a.md"));
        let problem = |help: &str| Diagnostic::error("broken-link", span(), "no page").help(help);
        let other = Diagnostic::error("broken-link", span(), "no file");
        let mut problems = vec![problem("did you mean `b`?"), other, problem("did you mean `a`?")];
        sort_and_dedup(&mut problems);
        let helps: Vec<_> = problems.iter().map(|problem| problem.help.as_deref()).collect();
        assert_eq!(helps, [None, Some("did you mean `a`?")]);
    }
}
