//! The text of a body: the copy that the parser reads, and the way back to the editor's file.
//!
//! The parser must see a directive line as a block of its own, wherever it stands. So each one is
//! overwritten, in a copy, by a processing instruction of the same length: `<?????>`. CommonMark
//! takes that for an HTML block that interrupts a paragraph and ends on its own line (its third
//! kind). A comment would do that too, but would end an editor's `<!-- … -->` around it. The
//! length stays the same so that every offset in the copy is also one in the file.
//!
//! An indented one is only text, but the parser takes any colon at the start of a line for a
//! definition. So its first colon becomes a backslash, which keeps the next one from that.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::CowStr;

use crate::content::source::SourceFile;
use crate::diagnostic::Span;

/// What a directive line starts with, in the first column.
const MARK: &str = ":::";

/// A body inside its file.
pub(super) struct BodyText<'a> {
    file: &'a SourceFile,
    /// Where the body starts in the file.
    start: usize,
    /// The body as the editor wrote it.
    pub(super) text: &'a str,
    /// Lines that look like directives, in order, from their colons to before their line ends.
    /// Those in code or in a comment are none; only the parser can tell.
    lines: Vec<MarkedLine>,
}

struct MarkedLine {
    range: Range<usize>,
    is_indented: bool,
}

impl<'a> BodyText<'a> {
    /// The body at `range` of `file`. A range that is none of the file's is empty.
    pub(super) fn new(file: &'a SourceFile, range: Range<usize>) -> Self {
        let start = range.start;
        let text = file.text.get(range).unwrap_or_default();
        Self { file, start, text, lines: marked_lines(text) }
    }

    /// The text with its directive lines hidden from the parser.
    pub(super) fn for_parser(&self) -> Cow<'a, str> {
        if self.lines.is_empty() {
            return Cow::Borrowed(self.text);
        }
        let mut copy = String::with_capacity(self.text.len());
        let mut done = 0;
        for MarkedLine { range, is_indented } in &self.lines {
            copy.push_str(&self.text[done..range.start]);
            if *is_indented {
                copy.push('\\');
                done = range.start + 1;
                continue;
            }
            copy.push_str("<?");
            copy.extend(std::iter::repeat_n('?', range.len() - MARK.len()));
            copy.push('>');
            done = range.end;
        }
        copy.push_str(&self.text[done..]);
        Cow::Owned(copy)
    }

    /// The directive line that starts at `offset`, if one does.
    pub(super) fn directive_line(&self, offset: usize) -> Option<Range<usize>> {
        self.marked_line(offset).filter(|line| !line.is_indented).map(|line| line.range.clone())
    }

    /// The line that would be a directive if it were not indented, whose colons start at
    /// `offset`.
    pub(super) fn indented_line(&self, offset: usize) -> Option<Range<usize>> {
        self.marked_line(offset).filter(|line| line.is_indented).map(|line| line.range.clone())
    }

    fn marked_line(&self, offset: usize) -> Option<&MarkedLine> {
        let found = self.lines.binary_search_by_key(&offset, |line| line.range.start).ok()?;
        self.lines.get(found)
    }

    /// What the editor wrote where the parser read `text`, which may be a hidden line.
    pub(super) fn original(&self, text: CowStr<'a>, range: &Range<usize>) -> CowStr<'a> {
        match self.text.get(range.clone()) {
            // Another length means that the parser made the text up (a tab cut in two).
            Some(original) if text.len() == range.len() => CowStr::Borrowed(original),
            _ => text,
        }
    }

    /// Whether the character at `offset` has a backslash before it.
    pub(super) fn is_escaped(&self, offset: usize) -> bool {
        self.text.as_bytes()[..offset.min(self.text.len())].ends_with(b"\\")
    }

    /// The place of a range of the body.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.file.span(self.start + range.start..self.start + range.end)
    }
}

fn marked_lines(text: &str) -> Vec<MarkedLine> {
    let mut lines = Vec::new();
    for (at, _) in text.match_indices(MARK) {
        let before = text[..at].trim_end_matches([' ', '\t', '>']);
        if before.is_empty() || before.ends_with(['\n', '\r']) {
            let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
            lines.push(MarkedLine { range: at..end, is_indented: before.len() < at });
        }
    }
    lines
}
