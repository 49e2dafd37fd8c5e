//! Source files as text, and the way from a byte of one to its line and column.
//!
//! This module does no reading from disk: `io::load` brings the bytes in.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, Span};
use crate::path::SourcePath;

/// One input file, decoded: UTF-8 without a byte order mark and without NUL. Line ends are kept
/// as they are.
#[derive(Debug)]
pub struct SourceFile {
    /// Where it lies.
    pub path: SourcePath,
    /// What it says.
    pub text: Arc<str>,
    landmarks: OnceLock<Box<[Landmark]>>,
}

/// A byte whose line and column are known: one in every few thousand, so that a place is found
/// without counting from the start of the file.
#[derive(Clone, Copy, Debug)]
struct Landmark {
    at: usize,
    line: u32,
    column: u32,
}

impl Landmark {
    const APART: usize = 4096;

    /// The start of a text.
    const START: Self = Self { at: 0, line: 1, column: 1 };

    /// One further along a text.
    fn on(self, text: &str, at: usize) -> Self {
        let between = &text[self.at..at];
        let Some(line_end) = memchr::memrchr(b'\n', between.as_bytes()) else {
            return Self { at, column: self.column.saturating_add(characters(between)), ..self };
        };
        let lines = memchr::memchr_iter(b'\n', between.as_bytes()).count();
        let line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        Self { at, line, column: characters(&between[line_end + 1..]).saturating_add(1) }
    }

    /// Those of a text, in order, but for its start.
    fn all(text: &str) -> impl Iterator<Item = Self> {
        let next = |last: &Self| {
            let at = floor_char(text, last.at + Self::APART);
            (at < text.len()).then(|| last.on(text, at))
        };
        std::iter::successors(Some(Self::START), next).skip(1)
    }
}

impl SourceFile {
    /// The largest file we read as text, in bytes. A page of a book has 3,000; a file beyond this
    /// is a mistake, and would hold up every build.
    pub const LARGEST: usize = 10 * 1024 * 1024;

    /// A file whose text is already sound.
    pub fn new(path: SourcePath, text: &str) -> Self {
        Self { path, text: Arc::from(text), landmarks: OnceLock::new() }
    }

    /// Decodes the bytes of a file: takes a byte order mark off and refuses what is too large, not
    /// UTF-8, or holds NUL, each with its place and what to do.
    pub fn decode(path: SourcePath, bytes: &[u8]) -> Result<Self, Diagnostic> {
        if bytes.len() > Self::LARGEST {
            let message = format!("the file is {} MB long", bytes.len() / 1_000_000);
            return Err(Diagnostic::error("file-too-large", Span::file(&path), message)
                .help("split it into several pages: a page may have up to 10 MB of text"));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let (text, broken_at) = match std::str::from_utf8(bytes) {
            Ok(text) => match text.find('\0') {
                None => return Ok(Self::new(path, text)),
                Some(at) => (text.replace('\0', " "), at),
            },
            Err(error) => (String::from_utf8_lossy(bytes).into_owned(), error.valid_up_to()),
        };
        let file = Self::new(path, &text);
        let span = file.span(broken_at..broken_at + 1);
        Err(Diagnostic::error("not-text", span, "the file is not UTF-8 text from here on")
            .help("save it again with the encoding UTF-8 (in most editors: Save as, Encoding)"))
    }

    /// The place of a range of bytes. A range over several lines is cut at the end of the first.
    pub fn span(&self, range: Range<usize>) -> Span {
        let text = &*self.text;
        let start = floor_char(text, range.start);
        let end = floor_char(text, range.end).max(start);
        let landmarks = self.landmarks.get_or_init(|| Landmark::all(text).collect());
        let before = landmarks.partition_point(|landmark| landmark.at <= start);
        let near = before.checked_sub(1).map_or(Landmark::START, |near| landmarks[near]);
        let Landmark { line, column, .. } = near.on(text, start);
        let first_line = text[start..end].split(['\n', '\r']).next().unwrap_or_default();
        Span { path: self.path.clone(), line, column, len: characters(first_line).max(1) }
    }
}

/// How much of a long line is shown on each side of a mark, in characters.
const AROUND: usize = 40;

/// A part of a line with a mark in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The part, tabs as spaces.
    pub text: String,
    /// The mark, in bytes of `text`.
    pub mark: Range<usize>,
    /// Whether the line has more before the part, and after it.
    pub is_cut: (bool, bool),
}

/// The part of a line around a mark. `column` counts characters from 1, `len` too.
pub fn excerpt(line: &str, column: usize, len: usize) -> Excerpt {
    let start = column.saturating_sub(1);
    let first = start.saturating_sub(AROUND);
    let mut text = String::new();
    let mut mark = 0..0;
    let mut characters = line.chars().enumerate().skip(first);
    for (at, character) in characters.by_ref().take(start - first + AROUND + len.min(AROUND)) {
        if at == start {
            mark.start = text.len();
        }
        text.push(if character.is_control() { ' ' } else { character });
        if at < start + len {
            mark.end = text.len();
        }
    }
    if start >= line.chars().count() {
        mark = text.len()..text.len();
    }
    let is_cut = (first > 0, characters.next().is_some());
    Excerpt { text, mark, is_cut }
}

fn characters(part: &str) -> u32 {
    u32::try_from(part.chars().count()).unwrap_or(u32::MAX)
}

/// The start of the character that holds byte `at`, or the end of the text.
fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new(SourcePath::new("a.md"), text)
    }

    #[test]
    fn a_place_counts_lines_and_characters_from_one() {
        let file = file("één\r\ntwee: drie\n");
        let at = file.text.find("drie").unwrap();
        let span = file.span(at..at + 4);
        assert_eq!((span.line, span.column, span.len), (2, 7, 4));
        let n = file.text.find('n').unwrap();
        assert_eq!(file.span(n..n + 40).column, 3);
        assert_eq!(file.span(n..n + 40).len, 1);
    }

    #[test]
    fn a_place_far_along_a_long_line_is_counted_too() {
        let file = file(&("é".repeat(10_000) + "\na"));
        let span = file.span(19_998..20_004);
        assert_eq!((span.line, span.column, span.len), (1, 10_000, 1));
        assert_eq!(file.span(20_001..20_002).line, 2);
        assert_eq!(file.span(20_001..20_002).column, 1);
    }

    proptest! {
        #[test]
        fn any_place_is_where_counting_from_the_start_finds_it(
            parts in prop::collection::vec(("[a-zé\u{1F600}\r]{0,40}|\n{1,3}", 1..300_usize), 0..12),
            at in 0..20_000_usize,
        ) {
            let text: String = parts.iter().map(|(part, times)| part.repeat(*times)).collect();
            let at = floor_char(&text, at);
            let before = &text[..at];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let span = file(&text).span(at..at);
            prop_assert_eq!((span.line as usize, span.column as usize), (line, column));
        }
    }

    #[test]
    fn a_very_long_line_is_cut_around_its_mark() {
        let line = "x".repeat(1_000_000);
        let shown = excerpt(&line, 500_000, 3);
        assert!(shown.text.len() < 400);
        assert_eq!(shown.mark.len(), 3);
        assert_eq!(shown.is_cut, (true, true));
        assert_eq!(excerpt(&"x".repeat(90), 1, 3).is_cut, (false, true));
        assert_eq!(excerpt(&"x".repeat(90), 90, 1).is_cut, (true, false));
        assert_eq!(excerpt("xyz", 2, 1).is_cut, (false, false));
    }

    #[test]
    fn a_place_beyond_the_end_is_the_end() {
        let span = file("ab").span(90..99);
        assert_eq!((span.line, span.column, span.len), (1, 3, 1));
        assert_eq!(file("").span(0..0).line, 1);
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_at_their_place() {
        let decode = |bytes: &[u8]| SourceFile::decode(SourcePath::new("a.md"), bytes);
        let problem = decode(b"one\ntw\xffo").unwrap_err();
        assert_eq!((problem.span.line, problem.span.column), (2, 3));
        assert_eq!(decode(b"a\0b").unwrap_err().span.column, 2);
        assert_eq!(&*decode(b"\xef\xbb\xbfa").unwrap().text, "a");
    }
}
