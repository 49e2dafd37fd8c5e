//! YAML text to a [`Node`] tree.
//!
//! The parser under serde-saphyr gives events with their places; this module, the only one that
//! knows that crate, builds the tree from them and turns its refusals into words that help. It
//! does not know what any field means.
//!
//! What it refuses: a key that stands twice, more than one document, more nesting than any page
//! needs, and aliases that would copy themselves into a huge tree.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde_yaml::granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, options};

use super::node::{At, Entry, Node, Scalar, Value};
use super::source::SourceFile;
use crate::diagnostic::{Checked, Diagnostic};

/// How deep lists and groups may lie in each other.
const DEEPEST: usize = 32;
/// How many nodes one file may have once its aliases are written out.
const MOST_NODES: usize = 500_000;
/// How many fields one group may have.
const MOST_FIELDS: usize = 5_000;

/// Reads the YAML in `range` of a file. `None` when it cannot be read at all.
pub fn parse(file: &Arc<SourceFile>, range: Range<usize>) -> Checked<Option<Node>> {
    let mut builder = Builder::new(file, range.clone());
    let options = options! {
        emit_comments: false,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    for next in Parser::new_from_str_with_options(&file.text[range], options) {
        let step = match next {
            Ok((event, span)) => {
                let bytes = span.byte_range().unwrap_or(0..0);
                builder.take(event, bytes)
            }
            Err(error) => Err(builder.refusal(&error)),
        };
        if let Err(problem) = step {
            builder.problems.push(problem);
            return Checked { value: None, problems: builder.problems };
        }
    }
    Checked { value: Some(builder.finish()), problems: builder.problems }
}

/// A list or group that is not closed yet.
struct Open {
    start: Range<usize>,
    anchor: usize,
    shape: Shape,
}

enum Shape {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<(String, At)> },
}

struct Builder<'a> {
    file: &'a Arc<SourceFile>,
    offset: usize,
    whole: Range<usize>,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    nodes: usize,
    anchors: HashMap<usize, Node>,
    problems: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(file: &'a Arc<SourceFile>, range: Range<usize>) -> Self {
        Self {
            file,
            offset: range.start,
            whole: range,
            open: Vec::new(),
            root: None,
            documents: 0,
            nodes: 0,
            anchors: HashMap::new(),
            problems: Vec::new(),
        }
    }

    fn at(&self, bytes: Range<usize>) -> At {
        At { file: self.file.clone(), range: bytes.start + self.offset..bytes.end + self.offset }
    }

    fn take(&mut self, event: Event<'_>, bytes: Range<usize>) -> Result<(), Diagnostic> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let span = self.at(bytes).span();
                    let message = "a second document begins here";
                    return Err(Diagnostic::error("yaml-documents", span, message)
                        .help("keep one document in a file: take the `---` line away"));
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, _tag) => {
                let plain = style == ScalarStyle::Plain;
                let nothing = plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = if nothing {
                    Value::Null
                } else {
                    Value::Scalar(Scalar { text: text.into_owned(), plain })
                };
                let node = Node { at: self.at(bytes), value };
                self.add(node, anchor)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open.push(Open { start: bytes, anchor, shape: Shape::List(Vec::new()) });
                Ok(())
            }
            Event::MappingStart(_, anchor, _) => {
                let shape = Shape::Map { entries: Vec::new(), key: None };
                self.open.push(Open { start: bytes, anchor, shape });
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(bytes),
            Event::Alias(anchor) => self.alias(anchor, bytes),
            _ => Ok(()),
        }
    }

    fn close(&mut self, bytes: Range<usize>) -> Result<(), Diagnostic> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let at = self.at(open.start.start..bytes.start.max(open.start.end));
        let value = match open.shape {
            Shape::List(items) => Value::List(items),
            Shape::Map { entries, .. } => Value::Map(entries),
        };
        self.add(Node { at, value }, open.anchor)
    }

    fn alias(&mut self, anchor: usize, bytes: Range<usize>) -> Result<(), Diagnostic> {
        let at = self.at(bytes);
        let Some(mut node) = self.anchors.get(&anchor).cloned() else {
            return Err(Diagnostic::error("yaml", at.span(), "this alias stands inside itself")
                .help("write the value out instead of `*name`"));
        };
        self.nodes += node.size();
        node.at = at;
        self.add(node, 0)
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Diagnostic> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            let message = "the aliases of this file would write themselves out without end";
            return Err(Diagnostic::error("yaml-too-large", node.at.span(), message)
                .help("write the values out instead of `*name`"));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.shape) {
            None => self.root = Some(node),
            Some(Shape::List(items)) => items.push(node),
            Some(Shape::Map { entries, key }) => match key.take() {
                None => *key = Some(key_of(node)?),
                Some((name, key_at)) => {
                    if let Some(first) = entries.iter().find(|entry| entry.key == name) {
                        let line = first.key_at.span().line;
                        let message = format!("`{name}` stands twice (first in line {line})");
                        let problem = Diagnostic::error("duplicate-key", key_at.span(), message)
                            .help("keep one of the two: the other would be lost");
                        self.problems.push(problem);
                    } else if entries.len() == MOST_FIELDS {
                        let message = format!("a group of more than {MOST_FIELDS} fields");
                        return Err(Diagnostic::error("yaml-too-large", key_at.span(), message)
                            .help("use a list, or several files"));
                    } else {
                        entries.push(Entry { key: name, key_at, node });
                    }
                }
            },
        }
        Ok(())
    }

    fn finish(&mut self) -> Node {
        let at = At { file: self.file.clone(), range: self.whole.clone() };
        self.root.take().unwrap_or(Node { at, value: Value::Null })
    }

    fn refusal(&self, error: &ScanError) -> Diagnostic {
        let text = &self.file.text[self.whole.clone()];
        let mut start = error.marker().byte_offset().unwrap_or(0).min(text.len());
        let line_start = text.as_bytes()[..start].iter().rposition(|byte| *byte == b'\n');
        let line_start = line_start.map_or(0, |at| at + 1);
        let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let (message, help) = words(error.kind(), line);
        if message == TAB {
            // The parser stops behind the tab; people look for the tab itself.
            start = line.find('\t').map_or(start, |at| line_start + at);
        }
        let span = self.at(start..start + 1).span();
        Diagnostic::error("yaml", span, message).help(help)
    }
}

fn key_of(node: Node) -> Result<(String, At), Diagnostic> {
    match node.value {
        Value::Scalar(scalar) => Ok((scalar.text, node.at)),
        _ => Err(Diagnostic::error("yaml", node.at.span(), "the name of a field must be a word")
            .help("write `name: value`")),
    }
}

/// The parser's refusal in an editor's words, with what to do.
fn words(kind: &ErrorKind, line: &str) -> (String, &'static str) {
    use ErrorKind as K;
    let tabbed = line.trim_start_matches(' ').starts_with('\t');
    match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar => tab(),
        _ if tabbed => tab(),
        K::MappingValueNotAllowed | K::InvalidColonPlacement | K::MappingKeyNotAllowed => (
            "a second colon stands in this value".to_owned(),
            "put quotation marks round the whole value: `title: \"Speech: first steps\"`",
        ),
        K::UnclosedQuotedScalar
        | K::DocumentIndicatorInQuotedScalar
        | K::InvalidQuotedScalarIndent => (
            "a quotation mark is opened and never closed".to_owned(),
            "close it at the end of the value; a quotation mark inside the words is written \\\"",
        ),
        K::InvalidTrailingDoubleQuotedScalar | K::InvalidTrailingSingleQuotedScalar => (
            "words follow the closing quotation mark".to_owned(),
            "put the quotation marks round the whole value",
        ),
        K::UnclosedFlowCollection { .. }
        | K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping => {
            ("a bracket is opened and never closed".to_owned(), "close it with `]` or `}`")
        }
        K::RecursionLimitExceeded => {
            ("lists and groups lie too deep in each other".to_owned(), "no field needs this depth")
        }
        K::UnexpectedCharacter { character } => (
            format!("a value cannot begin with `{character}`"),
            "put quotation marks round the whole value",
        ),
        K::UnknownAnchor => {
            ("this `*name` stands for nothing".to_owned(), "put quotation marks round the value")
        }
        K::SimpleKeyExpected | K::ExpectedBlockMappingKey | K::InvalidIndentation => (
            "this line does not fit the lines around it".to_owned(),
            "write `name: value`, with as many spaces before it as its neighbours have",
        ),
        other => (
            format!("this is not YAML: {other}"),
            "check the line: `name: value`, two spaces for each step in, `- ` before an item",
        ),
    }
}

const TAB: &str = "a tab stands where YAML takes only spaces";

fn tab() -> (String, &'static str) {
    (
        TAB.to_owned(),
        "use two spaces for each step in; most editors can turn tabs into spaces for you",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    fn read(text: &str) -> Checked<Option<Node>> {
        let file = Arc::new(SourceFile::new(SourcePath::new("a.yaml"), text));
        parse(&file, 0..text.len())
    }

    fn problem(text: &str) -> (u32, u32, String) {
        let problem = read(text).problems.swap_remove(0);
        (problem.span.line, problem.span.column, problem.message)
    }

    #[test]
    fn scalars_keep_their_text_and_their_place() {
        let node = read("phone: 020 7946\nprice: 1.50\n").value.unwrap();
        assert_eq!(node.get("phone").unwrap().text(), Some("020 7946"));
        let price = node.get("price").unwrap();
        assert_eq!(price.text(), Some("1.50"));
        assert_eq!((price.at.span().line, price.at.span().column), (2, 8));
    }

    #[test]
    fn a_key_that_stands_twice_is_told_with_both_places() {
        let (line, column, message) = problem("a: 1\nb: 2\na: 3\n");
        assert_eq!((line, column), (3, 1));
        assert_eq!(message, "`a` stands twice (first in line 1)");
    }

    #[test]
    fn a_tab_a_colon_and_an_open_quotation_mark_are_told_in_plain_words() {
        assert!(problem("a:\n\t- b\n").2.contains("tab"));
        assert!(problem("title: Speech: first steps\n").2.contains("colon"));
        assert!(problem("title: \"Speech\nb: c\n").2.contains("quotation mark"));
        assert!(problem("a: [b, c\n").2.contains("bracket"));
        assert!(problem("a: b\n---\nc: d\n").2.contains("second document"));
    }

    #[test]
    fn aliases_that_multiply_and_deep_nesting_are_refused() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let below = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", [below.as_str(); 10].join(", "));
        }
        assert!(problem(&bomb).2.contains("without end"));
        assert!(problem(&"[".repeat(10_000)).2.contains("too deep"));
        let deep: String = (0..200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert!(problem(&deep).2.contains("too deep"));
    }

    #[test]
    fn nothing_is_nothing() {
        assert!(read("").value.unwrap().is_null());
        assert!(read("# only a comment\n").value.unwrap().is_null());
        assert!(read("a: ~\n").value.unwrap().get("a").is_none());
    }
}
