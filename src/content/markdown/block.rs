//! Headings, alerts, footnotes, code, raw HTML and directives.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use crate::diagnostic::Diagnostic;
use crate::path::slugify;

use super::cut::Hole;
use super::directive::{self, Line};
use super::mapper::{FootnoteSeen, Mapper, plain_words};
use super::piece::{Anchor, Piece};

/// A directive that holds text until its `:::`.
#[derive(Clone, Copy)]
pub(super) enum Container {
    Steps,
    Details,
}

impl<'a> Mapper<'_, 'a> {
    pub(super) fn heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        let rest = self.events.as_slice();
        let is_end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Heading(_)));
        let end = rest.iter().position(|(event, _)| is_end(event)).unwrap_or(rest.len());
        let words = plain_words(&rest[..end]);
        if level == HeadingLevel::H1 {
            let message = "the page's title is its only first-level heading";
            let problem = Diagnostic::warning("second-h1", self.body.span(range), message);
            self.problems.push(problem.help("use `##`"));
        }
        let level = published_level(level);
        let anchor = self.unique_anchor(&words);
        self.anchors.push(Anchor { name: anchor.clone(), level, words });
        self.html("\n");
        self.hole(Piece::HeadingStart { level, anchor });
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel) {
        self.hole(Piece::HeadingEnd { level: published_level(level) });
        self.html("\n");
    }

    /// The slug of a heading's words, with a number behind it if an earlier heading has it.
    fn unique_anchor(&mut self, words: &str) -> String {
        let words = words.replace("{borough}", " ").replace(['\'', '’', '‘'], "");
        let has_letters = words.contains(char::is_alphanumeric);
        let slug = if has_letters { slugify(&words) } else { "section".to_owned() };
        let Some(count) = self.anchor_counts.get(&slug).copied() else {
            self.anchor_counts.insert(slug.clone(), 1);
            return slug;
        };
        let mut number = count + 1;
        while self.anchor_counts.contains_key(&format!("{slug}-{number}")) {
            number += 1;
        }
        let anchor = format!("{slug}-{number}");
        self.anchor_counts.insert(anchor.clone(), 1);
        self.anchor_counts.insert(slug, number);
        anchor
    }

    pub(super) fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", "alert-note"),
            BlockQuoteKind::Tip => ("tip", "alert-tip"),
            BlockQuoteKind::Important => ("important", "alert-important"),
            BlockQuoteKind::Warning => ("warning", "alert-warning"),
            BlockQuoteKind::Caution => ("caution", "alert-caution"),
        };
        self.html(format!("<div class=\"alert {class}\" role=\"note\"><p class=\"label\">"));
        self.hole(Piece::Message(word));
        self.html("</p>\n");
    }

    /// Code is shown as it was written: no holes, and no hidden lines.
    pub(super) fn code_block(&mut self, tag: Tag<'a>) {
        self.out.push(Event::Start(tag));
        for (event, range) in self.events.by_ref() {
            let event = match event {
                Event::Text(text) => Event::Text(self.body.original(text, &range)),
                event => event,
            };
            let is_end = matches!(event, Event::End(_));
            self.out.push(event);
            if is_end {
                break;
            }
        }
    }

    /// Directives are HTML blocks to the parser. What else is in one was typed as HTML.
    pub(super) fn html_block(&mut self) {
        let mut raw = String::new();
        let mut raw_start = None;
        let mut in_comment = false;
        while let Some((event, range)) = self.events.next() {
            let (Event::Html(html) | Event::Text(html)) = event else { break };
            match self.body.directive_line(range.start) {
                Some(line) if !in_comment => {
                    self.raw_html(&raw, raw_start.take());
                    raw.clear();
                    self.directive(line);
                }
                _ => {
                    let html = self.body.original(html, &range);
                    in_comment = is_comment_open(in_comment, &html);
                    raw.push_str(&html);
                    raw_start.get_or_insert(range);
                }
            }
        }
        self.raw_html(&raw, raw_start);
    }

    /// Shows a block of HTML as text, without its comments.
    fn raw_html(&mut self, raw: &str, first_line: Option<Range<usize>>) {
        let Some(range) = first_line else { return };
        let (shown, is_open) = without_comments(raw);
        if is_open {
            let message = "this comment is never closed, so the text after it is missing";
            let problem =
                Diagnostic::error("unclosed-comment", self.body.span(range.clone()), message);
            self.problems.push(problem.help("write `-->` where it ends"));
        }
        if !shown.trim().is_empty() {
            self.report_raw_html(range);
            self.out.push(Event::Start(Tag::Paragraph));
            self.words(CowStr::from(shown.trim().to_owned()));
            self.out.push(Event::End(TagEnd::Paragraph));
        }
    }

    fn directive(&mut self, line: Range<usize>) {
        let span = self.body.span(line.clone());
        match directive::read(self.body, line, &mut self.problems) {
            Line::Close => match self.containers.pop() {
                Some((container, _)) => self.end_container(container),
                // The wrong name has been reported; its end is no second mistake.
                None if self.unknown_directives > 0 => self.unknown_directives -= 1,
                None => self.problems.push(directive::nothing_to_close(span)),
            },
            Line::Steps => {
                self.containers.push((Container::Steps, span));
                self.html("<div class=\"steps\">\n");
            }
            Line::Details(title, range) => {
                self.containers.push((Container::Details, span));
                self.html("<details class=\"more-text\"><summary>");
                self.text(CowStr::Borrowed(title), range);
                self.html("</summary><div class=\"flow\">\n");
            }
            Line::Inherit => self.hole(Piece::Inherit(Box::new(span))),
            Line::Shown(directive) => self.hole(Piece::Directive(Box::new(directive))),
            Line::Unknown => self.unknown_directives += 1,
            Line::Broken => {}
        }
    }

    fn end_container(&mut self, container: Container) {
        self.html(match container {
            Container::Steps => "</div>\n",
            Container::Details => "</div></details>\n",
        });
    }

    /// Closes and reports what the file left open.
    pub(super) fn close_containers(&mut self) {
        while let Some((container, span)) = self.containers.pop() {
            self.problems.push(directive::never_closed(span));
            self.end_container(container);
        }
    }

    /// Numbers the definitions before the walk: references may come first.
    pub(super) fn find_footnotes(&mut self) {
        for (event, range) in self.events.as_slice() {
            let Event::Start(Tag::FootnoteDefinition(label)) = event else { continue };
            let index = self.footnotes.len();
            if *self.footnote_indices.entry(label.to_lowercase()).or_insert(index) == index {
                let (label, range) = (label.to_string(), range.clone());
                self.footnotes.push(FootnoteSeen { label, range, is_used: false });
            }
        }
    }

    pub(super) fn footnote(&mut self, label: &str, range: Range<usize>) {
        let index = self.footnote_indices.get(&label.to_lowercase()).copied();
        let is_first = |index: &usize| self.footnotes.get(*index).is_some_and(|f| f.range == range);
        let Some(index) = index.filter(is_first) else {
            let message =
                format!("there is a footnote `[^{label}]` already, so this one is left out");
            let problem = Diagnostic::warning("repeated-footnote", self.body.span(range), message);
            self.problems.push(problem.help("give each footnote a name of its own"));
            self.take_element();
            return;
        };
        let mark = self.mark(Hole::FootnoteStart(index));
        self.html(mark);
    }

    pub(super) fn end_footnote(&mut self) {
        let mark = self.mark(Hole::FootnoteEnd);
        self.html(mark);
    }

    pub(super) fn report_unused_footnotes(&mut self) {
        for footnote in self.footnotes.iter().filter(|footnote| !footnote.is_used) {
            let span = self.body.span(footnote.range.clone());
            let message = format!("nothing refers to the footnote `[^{}]`", footnote.label);
            let problem = Diagnostic::warning("unused-footnote", span, message);
            let help = format!("write [^{}] where it belongs, or take it out", footnote.label);
            self.problems.push(problem.help(help));
        }
    }
}

/// The level we publish: the first is the page's title.
fn published_level(level: HeadingLevel) -> u8 {
    (level as u8).max(2)
}

fn is_comment_open(was_open: bool, line: &str) -> bool {
    match (line.rfind("<!--"), line.rfind("-->")) {
        (Some(start), Some(end)) => start > end,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => was_open,
    }
}

/// The text around the comments, and whether the last of them is never closed.
fn without_comments(raw: &str) -> (String, bool) {
    let mut shown = String::new();
    let mut rest = raw;
    while let Some((before, comment)) = rest.split_once("<!--") {
        shown.push_str(before);
        // `<!-->` and `<!--->` are whole comments: CommonMark 6.6.
        let after = ["->", ">"].iter().find_map(|end| comment.strip_prefix(end));
        match after.or_else(|| comment.split_once("-->").map(|(_, after)| after)) {
            Some(after) => rest = after,
            None => return (shown, true),
        }
    }
    shown.push_str(rest);
    (shown, false)
}
