//! Tables: a frame that scrolls, a caption, headings with a scope, and alignment by class.
//!
//! The parser's own table writer is not used: it writes inline styles, which a strict content
//! security policy forbids.

use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd};

use super::mapper::{Mapper, Placed, plain_words};
use super::piece::Piece;

/// How the paragraph before a table begins if it is the table's caption.
const CAPTION: &str = "Table:";

/// The table we are in, or about to be in.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    in_caption: bool,
    /// Its frame stands already, because its caption came before it.
    is_open: bool,
}

impl<'a> Mapper<'_, 'a> {
    /// A paragraph, or the caption of the table that follows.
    pub(super) fn paragraph(&mut self) {
        let Some(caption) = caption(self.events.as_slice()) else {
            return self.out.push(Event::Start(Tag::Paragraph));
        };
        let label = self.attribute(&caption);
        self.html(format!(
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table>\n<caption>"
        ));
        self.table.is_open = true;
        self.table.in_caption = true;
        if let Some((Event::Text(text), range)) = self.events.next() {
            let words = text.strip_prefix(CAPTION).unwrap_or(&text).trim_start();
            self.text(CowStr::from(words.to_owned()), range.end - words.len()..range.end);
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        if std::mem::take(&mut self.table.in_caption) {
            self.html("</caption>\n");
        } else {
            self.out.push(Event::End(TagEnd::Paragraph));
        }
    }

    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.table.alignments = alignments;
        if !std::mem::take(&mut self.table.is_open) {
            // It may scroll, so the keyboard must reach it, and what it stops at needs a name.
            self.html("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
            self.hole(Piece::Message("table"));
            self.html("\"><table>\n");
        }
    }

    pub(super) fn start_table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.html("<thead><tr>");
    }

    pub(super) fn start_table_row(&mut self) {
        self.table.in_head = false;
        self.table.column = 0;
        self.html("<tr>");
    }

    pub(super) fn start_table_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            _ => "",
        };
        let tag = if self.table.in_head { "<th scope=\"col\"" } else { "<td" };
        self.html(format!("{tag}{class}>"));
    }

    pub(super) fn end_table_cell(&mut self) {
        self.table.column += 1;
        self.html(if self.table.in_head { "</th>" } else { "</td>" });
    }
}

/// The words of the caption, if `rest` is the inside of a paragraph that captions a table.
fn caption(rest: &[Placed<'_>]) -> Option<String> {
    let (Event::Text(first), _) = rest.first()? else { return None };
    if !first.starts_with(CAPTION) {
        return None;
    }
    let is_end = |(event, _): &Placed<'_>| matches!(event, Event::End(TagEnd::Paragraph));
    let end = rest.iter().position(is_end)?;
    let (Event::Start(Tag::Table(_)), _) = rest.get(end + 1)? else { return None };
    let words = plain_words(&rest[..end]);
    let caption = words.strip_prefix(CAPTION)?.trim();
    (!caption.is_empty()).then(|| caption.to_owned())
}
