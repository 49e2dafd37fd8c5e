//! Problems as text for people: place, source line, caret, and what to do.

use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::content::source::excerpt;
use crate::content::tree::SourceTree;
use crate::diagnostic::{Diagnostic, Severity};

/// All problems, one after the other, and a line that counts them.
pub fn problems(problems: &[Diagnostic], tree: &SourceTree, colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for problem in problems {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}\n", one(problem, tree, &renderer));
    }
    text
}

/// `2 errors, 1 warning and 3 pieces of advice`; only what there is.
pub fn count(problems: &[Diagnostic]) -> String {
    let of = |severity: Severity, one: &str, many: &str| {
        let number = problems.iter().filter(|problem| problem.severity == severity).count();
        match number {
            0 => None,
            1 => Some(format!("1 {one}")),
            number => Some(format!("{number} {many}")),
        }
    };
    let counts = [
        of(Severity::Error, "error", "errors"),
        of(Severity::Warning, "warning", "warnings"),
        of(Severity::Advice, "piece of advice", "pieces of advice"),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    match counts.split_last() {
        None => "no problems".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
    }
}

fn one(problem: &Diagnostic, tree: &SourceTree, renderer: &Renderer) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE.with_name("advice"),
    };
    let title = level.primary_title(&*problem.message).id(problem.code);
    let path = problem.span.path.as_str();
    let source = tree.text(&problem.span.path).and_then(|file| {
        let index = usize::try_from(problem.span.line).ok()?.checked_sub(1)?;
        file.text.lines().nth(index).or_else(|| (index == 0).then_some(""))
    });
    let group = match source {
        Some(line) => {
            let shown = excerpt(line, problem.span.column as usize, problem.span.len as usize);
            let mark = AnnotationKind::Primary.span(shown.mark.clone());
            let snippet = Snippet::source(shown.text)
                .path(path)
                .line_start(problem.span.line as usize)
                .fold(false)
                .annotation(mark);
            title.element(snippet)
        }
        None if problem.span.line > 0 => title.element(
            Origin::path(path)
                .line(problem.span.line as usize)
                .char_column(problem.span.column as usize),
        ),
        None => title.element(Origin::path(path)),
    };
    let group: Group<'_> = match &problem.help {
        Some(help) => group.element(Level::HELP.message(&**help)),
        None => group,
    };
    renderer.render(&[group])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::path::SourcePath;

    #[test]
    fn a_problem_shows_its_line_with_a_caret_and_what_to_do() {
        let mut tree = SourceTree::new();
        let path = SourcePath::new("content/london/guides/a.md");
        tree.insert(path.clone(), b"---\nneeds: [autisum]\n---\n").unwrap();
        let span = Span { path, line: 2, column: 9, len: 7 };
        let problem = Diagnostic::error("unknown-name", span, "unknown need `autisum`")
            .help("did you mean `autism`?");
        let text = problems(&[problem], &tree, false);
        let expected = "\
error[unknown-name]: unknown need `autisum`
 --> content/london/guides/a.md:2:9
  |
2 | needs: [autisum]
  |         ^^^^^^^
  |
  = help: did you mean `autism`?
";
        assert_eq!(text.trim_end(), expected.trim_end());
    }
}
