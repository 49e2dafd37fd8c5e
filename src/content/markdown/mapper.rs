//! From the parser's events to those we publish: the walk, and what its parts share.
//!
//! `block` has the headings, alerts, footnotes and directives, `table` the paragraphs and tables,
//! `inline` the words, links and pictures.

use std::collections::HashMap;
use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, Span};

use super::block::Container;
use super::cut::{Hole, mark};
use super::inline::LinkEnd;
use super::piece::{Anchor, Piece};
use super::sentence::Sentence;
use super::table::Table;
use super::text::BodyText;

/// An event and its place in the body.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// What the walk leaves.
pub(super) struct Mapped<'a> {
    /// To be written as HTML. Holes are marks in it.
    pub(super) events: Vec<Event<'a>>,
    /// What the marks stand for.
    pub(super) holes: Vec<Hole>,
    /// The labels of the footnotes, in the order they are defined.
    pub(super) footnote_labels: Vec<String>,
    /// The headings.
    pub(super) anchors: Vec<Anchor>,
    /// What was wrong.
    pub(super) problems: Vec<Diagnostic>,
}

/// Maps all events of a body.
pub(super) fn map<'a>(body: &BodyText<'a>, events: Vec<Placed<'a>>) -> Mapped<'a> {
    let mut mapper = Mapper {
        body,
        out: Vec::with_capacity(events.len() + 16),
        events: events.into_iter(),
        holes: Vec::new(),
        problems: Vec::new(),
        sentence: Sentence::Start,
        raw_html_is_told: false,
        links: Vec::new(),
        references_after_link: Vec::new(),
        table: Table::default(),
        containers: Vec::new(),
        unknown_directives: 0,
        anchors: Vec::new(),
        anchor_counts: HashMap::new(),
        footnotes: Vec::new(),
        footnote_indices: HashMap::new(),
    };
    mapper.find_footnotes();
    while let Some((event, range)) = mapper.events.next() {
        mapper.event(event, range);
    }
    mapper.close_containers();
    mapper.report_unused_footnotes();
    Mapped {
        events: mapper.out,
        holes: mapper.holes,
        footnote_labels: mapper.footnotes.into_iter().map(|footnote| footnote.label).collect(),
        anchors: mapper.anchors,
        problems: mapper.problems,
    }
}

/// The walk over the events.
pub(super) struct Mapper<'b, 'a> {
    pub(super) body: &'b BodyText<'a>,
    /// What is still to come; it may be looked into as far as need be.
    pub(super) events: IntoIter<Placed<'a>>,
    pub(super) out: Vec<Event<'a>>,
    holes: Vec<Hole>,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) sentence: Sentence,
    /// One warning is enough for all tags of a paragraph.
    pub(super) raw_html_is_told: bool,
    /// The links we are in, and how each one ends.
    pub(super) links: Vec<LinkEnd>,
    pub(super) references_after_link: Vec<usize>,
    /// The table we are in. Tables do not nest.
    pub(super) table: Table,
    /// The directives that hold what comes now, and the places where they began.
    pub(super) containers: Vec<(Container, Span)>,
    /// How many directives with wrong names may still be followed by their `:::`.
    pub(super) unknown_directives: usize,
    pub(super) anchors: Vec<Anchor>,
    /// For each anchor in use, the last number put behind it.
    pub(super) anchor_counts: HashMap<String, usize>,
    pub(super) footnotes: Vec<FootnoteSeen>,
    /// From a label in small letters.
    pub(super) footnote_indices: HashMap<String, usize>,
}

/// What we know of a footnote while walking.
pub(super) struct FootnoteSeen {
    pub(super) label: String,
    /// Where it is defined.
    pub(super) range: Range<usize>,
    pub(super) is_used: bool,
}

impl<'a> Mapper<'_, 'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text, range),
            Event::Html(html) | Event::InlineHtml(html) => self.inline_html(html, range),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::TaskListMarker(is_done) => self.task(is_done),
            Event::SoftBreak | Event::HardBreak => {
                self.sentence = self.sentence.after_space();
                self.out.push(event);
            }
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::Rule => {
                self.sentence = Sentence::Inside;
                self.out.push(event);
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        if is_block(tag.to_end()) {
            self.sentence = Sentence::Start;
            self.raw_html_is_told = false;
        }
        match tag {
            Tag::Link { .. } => self.link(tag, range),
            Tag::Image { .. } => self.image(tag, range),
            Tag::Paragraph => self.paragraph(),
            Tag::Heading { level, .. } => self.heading(level, range),
            Tag::BlockQuote(Some(kind)) => self.alert(kind),
            Tag::CodeBlock(_) => self.code_block(tag),
            Tag::HtmlBlock => self.html_block(),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_table_head(),
            Tag::TableRow => self.start_table_row(),
            Tag::TableCell => self.start_table_cell(),
            Tag::FootnoteDefinition(label) => self.footnote(&label, range),
            tag => self.out.push(Event::Start(tag)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if is_block(tag) {
            self.sentence = Sentence::Start;
        }
        match tag {
            TagEnd::Link => self.end_link(),
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(Some(_)) => self.html("</div>\n"),
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => self.html("</tr></thead>\n<tbody>\n"),
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => self.end_table_cell(),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            tag => self.out.push(Event::End(tag)),
        }
    }

    /// Writes finished HTML.
    pub(super) fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::Html(html.into()));
    }

    /// Makes a hole and gives its mark, to be written into HTML.
    pub(super) fn mark(&mut self, hole: Hole) -> String {
        self.holes.push(hole);
        mark(self.holes.len() - 1)
    }

    /// Writes a hole.
    pub(super) fn hole(&mut self, piece: Piece) {
        let mark = self.mark(Hole::Piece(piece));
        self.out.push(Event::InlineHtml(mark.into()));
    }

    /// Takes the events up to the end of the element that has just started.
    pub(super) fn take_element(&mut self) -> Vec<Placed<'a>> {
        let mut depth = 0_usize;
        let is_last = |(event, _): &Placed<'a>| {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return true,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            false
        };
        let rest = self.events.as_slice();
        let length = rest.iter().position(is_last).map_or(rest.len(), |last| last + 1);
        self.events.by_ref().take(length).collect()
    }
}

fn is_block(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    !matches!(tag, Emphasis | Image | Link | Strikethrough | Strong | Subscript | Superscript)
}

/// The words of some events without their markup. `{borough}` stays as it is.
pub(super) fn plain_words(events: &[Placed<'_>]) -> String {
    let mut words = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}
