//! The words of a body as its readers meet them, each with its place in the editor's file.
//!
//! [`compile`](super::compile) forgets where words stood; whoever judges the words themselves
//! needs to know. This is read only then, so a build does not pay for it.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::text::BodyText;
use crate::content::source::SourceFile;

/// The words of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Paragraphs, items of lists, headings and cells, in order.
    pub blocks: Vec<Block>,
    /// The links, in order.
    pub links: Vec<WrittenLink>,
    /// The headings: level as written, and bytes of the file.
    pub headings: Vec<(u8, Range<usize>)>,
}

/// A run of words that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The words, without markup and code.
    pub text: String,
    /// Whether it is a heading or a cell, which need not be a sentence.
    pub is_label: bool,
    /// Where its words stand.
    pub places: Places,
}

/// Where parts of a block's text stand: from this byte of the text on, at this byte of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(Vec<(usize, usize)>);

/// A link as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenLink {
    /// Where it leads.
    pub address: String,
    /// Its words.
    pub words: String,
    /// Whether its target gives it words (`[[services/x]]`), or it holds a picture.
    pub has_other_words: bool,
    /// Its bytes of the file.
    pub range: Range<usize>,
}

impl Places {
    /// The bytes of the file that a range of the text comes from.
    pub fn of(&self, range: &Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let part = self.0.partition_point(|(text, _)| *text <= offset);
            let (text, file) = self.0.get(part.saturating_sub(1)).copied().unwrap_or_default();
            file + offset.saturating_sub(text)
        };
        let last = range.end.saturating_sub(1).max(range.start);
        at(range.start)..at(last) + 1
    }
}

impl Block {
    fn push(&mut self, words: &str, at: usize) {
        self.places.0.push((self.text.len(), at));
        self.text.push_str(words);
    }
}

/// Reads the words of the Markdown at `body`, in bytes of `file`.
pub fn prose(file: &SourceFile, body: Range<usize>) -> Prose {
    let start = body.start;
    let body = BodyText::new(file, body);
    let copy = body.for_parser();
    let mut reader = ProseReader { start, ..ProseReader::default() };
    for (event, range) in Parser::new_ext(&copy, OPTIONS).into_offset_iter() {
        reader.event(event, range);
    }
    reader.finish_block(false);
    reader.prose
}

#[derive(Default)]
struct ProseReader {
    start: usize,
    prose: Prose,
    block: Block,
    link: Option<WrittenLink>,
    /// How many code blocks and such are open.
    silent: usize,
}

impl ProseReader {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag),
            Event::Text(text) if self.silent == 0 => self.words(&text, range.start),
            Event::Code(code) => {
                if let Some(link) = &mut self.link {
                    link.words.push_str(&code);
                }
                // A gap, so that the words on both sides stay two.
                self.block.push(" ", self.start + range.start);
            }
            Event::SoftBreak | Event::HardBreak => self.words(" ", range.start),
            _ => {}
        }
    }

    fn words(&mut self, text: &str, at: usize) {
        self.block.push(text, self.start + at);
        if let Some(link) = &mut self.link {
            link.words.push_str(text);
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let range = self.start + range.start..self.start + range.end;
        match tag {
            Tag::Link { link_type, dest_url, .. } => {
                let bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                self.link = Some(WrittenLink {
                    address: dest_url.to_string(),
                    words: String::new(),
                    has_other_words: bare,
                    range,
                });
            }
            Tag::Image { .. } => {
                if let Some(link) = &mut self.link {
                    link.has_other_words = true;
                }
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.silent += 1,
            Tag::Heading { level, .. } => {
                self.finish_block(false);
                self.prose.headings.push((number(level), range));
            }
            Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::FootnoteDefinition(_) => {
                self.finish_block(false);
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => self.prose.links.extend(self.link.take()),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.silent = self.silent.saturating_sub(1),
            TagEnd::Heading(_) | TagEnd::TableCell => self.finish_block(true),
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.finish_block(false),
            _ => {}
        }
    }

    fn finish_block(&mut self, is_label: bool) {
        let block = std::mem::take(&mut self.block);
        if !block.text.trim().is_empty() {
            self.prose.blocks.push(Block { is_label, ..block });
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    #[test]
    fn words_know_their_place_in_the_file() {
        let text = "Go *there* now.\n\n- One [two](x.md)\n\n## Three\n";
        let file = SourceFile::new(SourcePath::new("a.md"), text);
        let prose = prose(&file, 0..text.len());
        let texts: Vec<&str> = prose.blocks.iter().map(|block| &*block.text).collect();
        assert_eq!(texts, ["Go there now.", "One two", "Three"]);
        assert_eq!(&text[prose.blocks[0].places.of(&(3..8))], "there");
        assert_eq!(&text[prose.blocks[0].places.of(&(9..13))], "now.");
        assert_eq!(prose.links[0].words, "two");
        assert_eq!(prose.headings[0].0, 2);
    }
}
