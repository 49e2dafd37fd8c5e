//! Words, links, pictures: what stands inside a block.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::diagnostic::Diagnostic;

use super::address::{self, Address};
use super::cut::Hole;
use super::mapper::{Mapper, plain_words};
use super::piece::{Image, Link, LinkTarget, Piece};
use super::sentence::Sentence;

/// What an editor writes for the borough's name.
const BOROUGH: &str = "{borough}";

/// The title of a picture that is only decoration.
const DECORATION: &str = "alt: none";

/// How the end of a link is written.
#[derive(Clone, Copy)]
pub(super) enum LinkEnd {
    Outside,
    Inside,
    /// Not at all: only the link's words are kept.
    Words,
}

impl<'a> Mapper<'_, 'a> {
    /// Text, with a hole for every `{borough}`. A backslash before the brace keeps it as text.
    pub(super) fn text(&mut self, text: CowStr<'a>, range: Range<usize>) {
        if let Some(line) = range.start.checked_sub(1).and_then(|at| self.body.indented_line(at)) {
            // The parser saw a backslash for the first colon.
            self.words(CowStr::Borrowed(":"));
            self.report_indented(line);
        }
        if !text.contains(BOROUGH) {
            return self.words(text);
        }
        if text.starts_with(BOROUGH) && self.body.is_escaped(range.start) {
            return self.words(text);
        }
        let mut parts = text.split(BOROUGH);
        self.words(parts.next().unwrap_or_default().to_owned().into());
        for part in parts {
            self.borough();
            self.words(part.to_owned().into());
        }
    }

    fn report_indented(&mut self, line: Range<usize>) {
        let message = "an indented directive is shown as text";
        self.problems.push(
            Diagnostic::warning("indented-directive", self.body.span(line), message)
                .help("start it at the beginning of the line"),
        );
    }

    fn borough(&mut self) {
        let starts_sentence = self.sentence == Sentence::Start;
        self.sentence = Sentence::Inside;
        self.hole(Piece::Borough { starts_sentence });
    }

    /// Text without holes.
    pub(super) fn words(&mut self, text: CowStr<'a>) {
        if !text.is_empty() {
            self.sentence = self.sentence.after(&text);
            self.out.push(Event::Text(text));
        }
    }

    /// Text as the value of a quoted attribute, with its holes.
    pub(super) fn attribute(&mut self, text: &str) -> String {
        let mut value = String::new();
        let mut sentence = Sentence::Start;
        for (number, part) in text.split(BOROUGH).enumerate() {
            if number > 0 {
                let starts_sentence = sentence == Sentence::Start;
                value.push_str(&self.mark(Hole::Piece(Piece::Borough { starts_sentence })));
                sentence = Sentence::Inside;
            }
            value.push_str(&part.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;"));
            sentence = sentence.after(part);
        }
        value
    }

    /// A tag in running text is shown as it was typed; a comment is left out.
    pub(super) fn inline_html(&mut self, html: CowStr<'a>, range: Range<usize>) {
        if html.starts_with("<!--") {
            return;
        }
        let html = self.body.original(html, &range);
        if !self.raw_html_is_told {
            self.raw_html_is_told = true;
            self.report_raw_html(range);
        }
        self.words(html);
    }

    pub(super) fn report_raw_html(&mut self, range: Range<usize>) {
        let message = "HTML is shown as text";
        self.problems.push(
            Diagnostic::warning("raw-html", self.body.span(range), message)
                .help("write it in Markdown, or put backticks round it if readers are to see it"),
        );
    }

    pub(super) fn task(&mut self, is_done: bool) {
        let (class, word) = if is_done { ("done", "task-done") } else { ("open", "task-open") };
        let label = self.mark(Hole::Piece(Piece::Message(word)));
        self.html(format!(
            "<span class=\"task {class}\" role=\"img\" aria-label=\"{label}\"></span> "
        ));
    }

    pub(super) fn link(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let Tag::Link { link_type, dest_url, title, id } = tag else { return };
        if !self.links.is_empty() {
            // A link cannot hold another; the parser lets `[[a|<https://b>]]` through.
            return self.links.push(LinkEnd::Words);
        }
        let address = match link_type {
            LinkType::WikiLink { .. } => address::read_wiki(&dest_url),
            LinkType::Email => Address::Outside(format!("mailto:{dest_url}")),
            _ => address::read(&dest_url),
        };
        match address {
            Address::Inside(target, anchor) => {
                let title = title.to_string();
                let link = Link { target, anchor, title, span: self.body.span(range) };
                self.link_inside(link, link_type);
            }
            Address::Outside(address) => {
                self.links.push(LinkEnd::Outside);
                let (link_type, dest_url) = (LinkType::Inline, address.into());
                self.out.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            unfit => {
                self.links.push(LinkEnd::Words);
                self.report_link(unfit, range);
            }
        }
    }

    fn link_inside(&mut self, link: Link, link_type: LinkType) {
        let has_words = match link_type {
            LinkType::WikiLink { has_pothole } => has_pothole && self.words_follow(),
            _ => true,
        };
        if !has_words && matches!(link.target, LinkTarget::Entry(_)) {
            self.take_element();
            self.sentence = Sentence::Inside;
            return self.hole(Piece::LinkTitle(Box::new(link)));
        }
        self.links.push(LinkEnd::Inside);
        self.hole(Piece::LinkStart(Box::new(link)));
    }

    /// Whether the link that has just started holds anything: `[[services/x|]]` does not.
    fn words_follow(&self) -> bool {
        let events = self.events.as_slice().iter().map(|(event, _)| event);
        events
            .take_while(|event| !matches!(event, Event::End(TagEnd::Link)))
            .any(|event| !matches!(event, Event::Text(text) if text.trim().is_empty()))
    }

    fn report_link(&mut self, address: Address, range: Range<usize>) {
        let span = self.body.span(range);
        self.problems.push(match address {
            Address::Scheme(scheme) => {
                let message = format!("an address may not start with `{scheme}:`");
                Diagnostic::error("forbidden-link", span, message).help(
                    "it may start with https:, http:, mailto: or tel:, or lead to a page or file \
                     of this site",
                )
            }
            Address::OtherHost => {
                let message = "this link leaves out how to reach the other site";
                Diagnostic::error("forbidden-link", span, message)
                    .help("write https: before the two slashes")
            }
            _ => {
                let message = "this link leads nowhere, so only its words are shown";
                Diagnostic::warning("empty-link", span, message)
                    .help("write where it leads: [words](../services/name.md)")
            }
        });
    }

    pub(super) fn end_link(&mut self) {
        match self.links.pop() {
            Some(LinkEnd::Outside) => self.out.push(Event::End(TagEnd::Link)),
            Some(LinkEnd::Inside) => self.hole(Piece::LinkEnd),
            Some(LinkEnd::Words) | None => {}
        }
        if self.links.is_empty() {
            for footnote in std::mem::take(&mut self.references_after_link) {
                self.hole(Piece::FootnoteReference(footnote));
            }
        }
    }

    pub(super) fn footnote_reference(&mut self, label: &str) {
        let index = self.footnote_indices.get(&label.to_lowercase()).copied();
        let Some(index) = index else { return self.words(format!("[^{label}]").into()) };
        if let Some(footnote) = self.footnotes.get_mut(index) {
            footnote.is_used = true;
        }
        if self.links.is_empty() {
            self.hole(Piece::FootnoteReference(index));
        } else {
            // It will be a link itself, and a link cannot hold another.
            self.references_after_link.push(index);
        }
    }

    pub(super) fn image(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let Tag::Image { link_type, dest_url, title, .. } = tag else { return };
        let words = plain_words(&self.take_element());
        self.sentence = Sentence::Inside;
        let span = self.body.span(range.clone());
        match address::read(&dest_url) {
            Address::Inside(..) | Address::Empty => {}
            unfit @ Address::Scheme(_) => {
                self.report_link(unfit, range);
                return self.words(words.into());
            }
            Address::Outside(_) | Address::OtherHost => {
                let message = "this picture lies on another site";
                let help =
                    "a page makes no request to another host: save the picture beside the page";
                self.problems.push(Diagnostic::error("outside-image", span, message).help(help));
                return self.words(words.into());
            }
        }
        let decorative = title.trim() == DECORATION;
        let is_wiki = matches!(link_type, LinkType::WikiLink { has_pothole: false });
        let alt = if decorative || is_wiki { String::new() } else { words.trim().to_owned() };
        if alt.is_empty() && !decorative {
            let message = "this picture has no words for people who cannot see it";
            self.problems.push(Diagnostic::error("missing-alt", span.clone(), message).help(
                "say what it shows: ![Two children at a table](table.jpg); if it is only \
                 decoration: ![](line.svg \"alt: none\")",
            ));
        }
        let title = if decorative { String::new() } else { title.to_string() };
        let address = address::percent_decode(&dest_url);
        self.hole(Piece::Image(Box::new(Image { address, alt, title, decorative, span })));
    }
}
