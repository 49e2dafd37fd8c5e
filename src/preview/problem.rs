//! Problems as the preview shows them: with the lines around, and a link into the editor.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Editor;
use crate::content::source::excerpt;
use crate::diagnostic::{Diagnostic, Severity, sort_and_dedup};
use crate::page::maker::capital;
use crate::path::SourcePath;

/// How many lines are shown before and after the one that is meant.
const AROUND: usize = 1;

/// One problem, ready for its template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// Its short stable name.
    pub code: &'static str,
    /// What is wrong.
    pub message: Vec<Words>,
    /// What to do.
    pub help: Vec<Words>,
    /// The file.
    pub path: String,
    /// The line, from 1; 0 for the whole file.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// The line and those around it.
    pub lines: Vec<Line>,
    /// Opens the editor at the line.
    pub open: Option<String>,
}

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Whether they are to be written just so.
    pub code: bool,
}

/// One line of a file, cut in three: before the mark, the mark, after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its number.
    pub number: usize,
    /// What stands before the mark; the whole line where it has none.
    pub before: String,
    /// What is meant.
    pub mark: String,
    /// What stands after it.
    pub after: String,
    /// Whether this is the line that is meant.
    pub meant: bool,
}

impl Problem {
    fn new(problem: &Diagnostic, text: Option<&str>, editor: &Editor) -> Self {
        let span = &problem.span;
        Self {
            severity: problem.severity,
            code: problem.code,
            message: words(&problem.message),
            help: problem.help.as_deref().map_or_else(Vec::new, words),
            path: span.path.to_string(),
            line: span.line,
            column: span.column,
            lines: text.map_or_else(Vec::new, |text| lines(problem, text)),
            open: editor.link(&span.path, span.line, span.column),
        }
    }
}

/// A sentence, with a capital at its start, and what stands in backticks apart.
fn words(sentence: &str) -> Vec<Words> {
    let parts = sentence.split('`').enumerate();
    let parts = parts.filter(|(_, text)| !text.is_empty()).map(|(at, text)| Words {
        text: if at == 0 { capital(text) } else { text.to_owned() },
        code: at % 2 == 1,
    });
    parts.collect()
}

fn lines(problem: &Diagnostic, text: &str) -> Vec<Line> {
    let Some(at) = (problem.span.line as usize).checked_sub(1) else { return Vec::new() };
    let first = at.saturating_sub(AROUND);
    let shown = text.lines().enumerate().skip(first).take(at - first + 1 + AROUND);
    shown
        .map(|(index, line)| {
            let meant = index == at;
            let (column, len) = match meant {
                true => (problem.span.column as usize, problem.span.len as usize),
                false => (1, 0),
            };
            let part = excerpt(line, column, len);
            let (before, rest) = part.text.split_at(if meant { part.mark.start } else { 0 });
            let (mark, after) = rest.split_at(part.mark.len());
            Line {
                number: index + 1,
                before: format!("{}{before}", if part.is_cut.0 { "…" } else { "" }),
                mark: mark.to_owned(),
                after: format!("{after}{}", if part.is_cut.1 { "…" } else { "" }),
                meant,
            }
        })
        .collect()
}

/// Problems by file.
#[derive(Clone, Debug, Default)]
pub struct Problems(BTreeMap<SourcePath, Vec<Problem>>);

impl Problems {
    /// Sorts problems and shows each at its place; `text` knows what files say.
    pub fn new(
        mut found: Vec<Diagnostic>,
        editor: &Editor,
        text: impl Fn(&SourcePath) -> Option<String>,
    ) -> Self {
        sort_and_dedup(&mut found);
        let mut by_file: BTreeMap<SourcePath, Vec<Problem>> = BTreeMap::new();
        for of_file in found.chunk_by(|a, b| a.span.path == b.span.path) {
            let path = &of_file[0].span.path;
            let text = text(path);
            let shown = of_file.iter().map(|found| Problem::new(found, text.as_deref(), editor));
            by_file.insert(path.clone(), shown.collect());
        }
        Self(by_file)
    }

    /// Those of one file.
    pub fn of(&self, path: &SourcePath) -> &[Problem] {
        self.0.get(path).map_or(&[], Vec::as_slice)
    }

    /// All, in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.values().flatten()
    }

    /// Those of files that `wanted` lets pass.
    #[must_use]
    pub fn only(&self, wanted: impl Fn(&SourcePath) -> bool) -> Self {
        let kept = self.0.iter().filter(|(path, _)| wanted(path));
        Self(kept.map(|(path, problems)| (path.clone(), problems.clone())).collect())
    }

    /// The files with problems, each with them.
    pub fn files(&self) -> impl Iterator<Item = (&SourcePath, &Vec<Problem>)> {
        self.0.iter()
    }
}

/// How many problems there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// That keep sites from being published.
    pub errors: usize,
    /// That are only told.
    pub warnings: usize,
    /// What rules have found, however severe: it can wait.
    pub findings: usize,
}

impl Count {
    /// Counts.
    pub fn of<'a>(problems: impl Iterator<Item = &'a Problem>) -> Self {
        problems.fold(Self::default(), |count, problem| match problem.severity {
            Severity::Error => Self { errors: count.errors + 1, ..count },
            Severity::Warning => Self { warnings: count.warnings + 1, ..count },
            Severity::Advice => Self { findings: count.findings + 1, ..count },
        })
    }
}
