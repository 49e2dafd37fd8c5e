//! From the Markdown of one body to HTML with holes.
//!
//! 1. `text`: directive lines (`::: steps`) are hidden from the parser, in a copy.
//! 2. pulldown-cmark reads the copy as one CommonMark document, so that footnotes and link
//!    definitions reach across directives.
//! 3. `mapper`: its events become those we publish: no raw HTML, no inline style, links judged by
//!    `address`, lines read by `directive`; what only a page can know becomes a marked hole.
//! 4. The events are written as HTML, once.
//! 5. `cut`: the HTML is cut at the marks into [`Piece`]s.
//!
//! A body is compiled once for its file and filled in once for every page it is shown on. Nothing
//! here looks at another file: whether a link's target exists is found out there.

mod address;
mod block;
mod cut;
mod directive;
mod inline;
mod mapper;
mod piece;
mod prose;
mod sentence;
mod table;
mod text;

#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Options, Parser, html};

use crate::content::source::SourceFile;
use crate::diagnostic::Checked;

pub use directive::{Argument, Directive, Shows};
pub use piece::{Anchor, Body, Footnote, Image, Link, LinkTarget, Piece};
pub use prose::{Block, Places, Prose, WrittenLink, prose};

/// What we take besides CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_WIKILINKS);

/// Compiles the Markdown at `body`, in bytes of `file`.
pub fn compile(file: &SourceFile, body: Range<usize>) -> Checked<Body> {
    let body = text::BodyText::new(file, body);
    let copy = body.for_parser();
    let events = Parser::new_ext(&copy, OPTIONS).into_offset_iter().collect();
    let mapped = mapper::map(&body, events);
    let mut written = String::with_capacity(copy.len() * 3 / 2);
    html::push_html(&mut written, mapped.events.into_iter());
    let (pieces, footnotes) = cut::cut(&written, mapped.holes, mapped.footnote_labels);
    let value = Body { pieces, footnotes, anchors: mapped.anchors };
    Checked { value, problems: mapped.problems }
}
