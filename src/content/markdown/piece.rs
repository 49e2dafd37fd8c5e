//! What a compiled body is made of. Plain data: who fills the holes in is `page`'s business.

use crate::diagnostic::Span;

use super::directive::Directive;

/// A body, compiled once for its file; its holes are filled in once for every page it is shown on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The text, in order.
    pub pieces: Vec<Piece>,
    /// The notes below the text, in the order they are defined. [`Piece::FootnoteReference`]
    /// says by its index which one it means; who fills the body in numbers them.
    pub footnotes: Vec<Footnote>,
    /// The headings, in order, for a table of contents and for checking links.
    pub anchors: Vec<Anchor>,
}

impl Body {
    /// Whether there is nothing to show: blank text, or nothing but comments. Such a body
    /// inherits the one below it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// Finished HTML, or a hole to fill in. Tags that hold other pieces come in pairs and are nested
/// as elements must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Finished HTML, escaped and safe as it stands.
    Html(String),
    /// `{borough}`. It may stand inside a quoted attribute: escape `"` too.
    Borough {
        /// Whether it begins a sentence: the hub's "your borough" needs a capital there.
        starts_sentence: bool,
    },
    /// `<h2 id="…">`. The anchor is unique in its file, not yet among several composed bodies.
    HeadingStart {
        /// 2 to 6.
        level: u8,
        /// The slug of the heading's words.
        anchor: String,
    },
    /// `</h2>`.
    HeadingEnd {
        /// That of its start.
        level: u8,
    },
    /// `<a href="…">` to somewhere inside the site. Left out together with its
    /// [`Piece::LinkEnd`], it leaves plain words.
    LinkStart(Box<Link>),
    /// `</a>` of the last [`Piece::LinkStart`].
    LinkEnd,
    /// A whole link that brings no words along (`[[services/x]]`): they are its target's title.
    LinkTitle(Box<Link>),
    /// `<img …>`.
    Image(Box<Image>),
    /// The raised number of the footnote with this index in [`Body::footnotes`].
    FootnoteReference(usize),
    /// A word of the interface, in the page's language: `alert-note`, `alert-tip`,
    /// `alert-important`, `alert-warning`, `alert-caution`, `task-done`, `task-open` or `table`. It may
    /// stand inside a quoted attribute: escape `"` too.
    Message(&'static str),
    /// A single-line directive that shows something.
    Directive(Box<Directive>),
    /// `::: inherit`: the lower layer's body goes here.
    Inherit(Box<Span>),
}

/// A link to somewhere inside the site, not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: LinkTarget,
    /// What follows `#`, percent-decoded.
    pub anchor: Option<String>,
    /// The title attribute; empty for most.
    pub title: String,
    /// The whole link as written.
    pub span: Span,
}

/// Where a link leads, by the three ways an editor can say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A path from this file's folder, percent-decoded: `../services/x.md`, `files/a.pdf`.
    File(String),
    /// A folder and a slug from `[[services/x]]`.
    Entry(String),
    /// An address from the site's root, as written: `/needs/autism/`.
    Site(String),
    /// This same page: `#anchor`.
    Here,
}

/// A picture, not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// A path from this file's folder, or from the site's root if it starts with `/`;
    /// percent-decoded.
    pub address: String,
    /// What it shows, in plain words; `{borough}` in it is still to be filled in. Empty if it is
    /// decorative.
    pub alt: String,
    /// The title attribute; empty for most.
    pub title: String,
    /// Whether the editor said that it is decoration (`alt: none`).
    pub decorative: bool,
    /// The whole image as written.
    pub span: Span,
}

/// One note below the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// What the editor calls it: the `1` of `[^1]`.
    pub label: String,
    /// What it says: whole blocks.
    pub pieces: Vec<Piece>,
}

/// One heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// That of its [`Piece::HeadingStart`].
    pub name: String,
    /// 2 to 6.
    pub level: u8,
    /// Its words, without markup; `{borough}` in them is still to be filled in.
    pub words: String,
}
