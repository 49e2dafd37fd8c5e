//! Markdown: against the specification of CommonMark, and against whatever may be typed.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests too")]

pub(crate) mod commonmark;
mod hostile;

use ordinarily::content::markdown::{Body, Image, Link, LinkTarget, Piece, compile};
use ordinarily::content::source::SourceFile;
use ordinarily::diagnostic::Checked;
use ordinarily::path::SourcePath;

fn check(markdown: &str) -> Checked<Body> {
    compile(&SourceFile::new(SourcePath::new("a.md"), markdown), 0..markdown.len())
}

/// The body filled in as CommonMark would have it: links and pictures as they were written.
fn fill(pieces: &[Piece]) -> String {
    pieces.iter().map(fill_one).collect()
}

fn fill_one(piece: &Piece) -> String {
    match piece {
        Piece::Html(html) => html.clone(),
        Piece::HeadingStart { level, .. } => format!("<h{level}>"),
        Piece::HeadingEnd { level } => format!("</h{level}>"),
        Piece::LinkStart(link) => {
            format!("<a href=\"{}\"{}>", escape(&address(link)), title(&link.title))
        }
        Piece::LinkEnd => "</a>".to_owned(),
        Piece::Image(image) => {
            let Image { address, alt, title: words, .. } = &**image;
            let (address, alt) = (escape(address), escape(alt));
            format!("<img src=\"{address}\" alt=\"{alt}\"{} />", title(words))
        }
        other => format!("[{other:?}]"),
    }
}

fn address(link: &Link) -> String {
    let anchor = link.anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
    match &link.target {
        LinkTarget::File(path) | LinkTarget::Site(path) | LinkTarget::Entry(path) => {
            format!("{path}{anchor}")
        }
        LinkTarget::Here => anchor,
    }
}

fn title(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(words)) }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
