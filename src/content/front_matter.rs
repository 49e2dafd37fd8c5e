//! Finds the front matter of a page: the YAML between a first line `---` and the next `---`.

use std::ops::Range;

use super::source::SourceFile;
use crate::diagnostic::{Diagnostic, Span};

/// The two parts of a page, as ranges of bytes of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML.
    pub front_matter: Range<usize>,
    /// The Markdown.
    pub body: Range<usize>,
}

/// Splits a page. Line ends may be those of any system.
pub fn split(file: &SourceFile) -> Result<Parts, Diagnostic> {
    let text = &*file.text;
    let example = "a page begins with a line `---`, then `title: …` and other fields, then `---`";
    if text.trim().is_empty() {
        return Err(Diagnostic::error("empty-file", Span::file(&file.path), "the file is empty")
            .help(format!("write the page or delete the file; {example}")));
    }
    let first_end = line_end(text, 0);
    if text[..first_end].trim_end() != "---" {
        let message = "the page has no front matter";
        return Err(
            Diagnostic::error("no-front-matter", file.span(0..first_end), message).help(example)
        );
    }
    let mut start = first_end;
    while start < text.len() {
        let end = line_end(text, start);
        if text[start..end].trim_end() == "---" {
            return Ok(Parts { front_matter: first_end..start, body: end..text.len() });
        }
        start = end;
    }
    let message = "the front matter that begins here never ends";
    Err(Diagnostic::error("open-front-matter", file.span(0..3), message)
        .help("put a line `---` after the last field, before the text of the page"))
}

/// The start of the next line.
fn line_end(text: &str, start: usize) -> usize {
    text[start..].find('\n').map_or(text.len(), |at| start + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    fn parts(text: &str) -> Result<(String, String), &'static str> {
        let file = SourceFile::new(SourcePath::new("a.md"), text);
        let parts = split(&file).map_err(|problem| problem.code)?;
        Ok((text[parts.front_matter].to_owned(), text[parts.body].to_owned()))
    }

    #[test]
    fn a_page_is_front_matter_and_body_with_any_line_ends() {
        assert_eq!(parts("---\na: b\n---\nText").unwrap(), ("a: b\n".into(), "Text".into()));
        assert_eq!(
            parts("--- \r\na: b\r\n---\r\n\r\nText").unwrap(),
            ("a: b\r\n".into(), "\r\nText".into())
        );
        assert_eq!(parts("---\n---").unwrap(), (String::new(), String::new()));
    }

    #[test]
    fn a_page_without_an_end_or_a_start_of_front_matter_is_refused() {
        assert_eq!(parts("---\na: b\nText"), Err("open-front-matter"));
        assert_eq!(parts("Text"), Err("no-front-matter"));
        assert_eq!(parts(" \n\n"), Err("empty-file"));
    }
}
