//! From written HTML with marked holes to pieces.

use super::piece::{Footnote, Piece};

/// What a mark in the HTML stands for.
#[derive(Debug)]
pub(super) enum Hole {
    /// A piece.
    Piece(Piece),
    /// From here to its end is the footnote with this index, not the text around it.
    FootnoteStart(usize),
    /// Back to what was before the last start.
    FootnoteEnd,
}

/// The mark of the hole with this index. No source file holds NUL, so no text looks like it.
pub(super) fn mark(index: usize) -> String {
    format!("\0{index}\0")
}

/// Cuts `html` at its marks. `labels` are those of the footnotes, in order.
pub(super) fn cut(
    html: &str,
    holes: Vec<Hole>,
    labels: Vec<String>,
) -> (Vec<Piece>, Vec<Footnote>) {
    let mut holes: Vec<Option<Hole>> = holes.into_iter().map(Some).collect();
    let new = |label| Footnote { label, pieces: Vec::new() };
    let mut footnotes: Vec<Footnote> = labels.into_iter().map(new).collect();
    let mut pieces = Vec::new();
    let mut around = Vec::new();
    for (number, part) in html.split('\0').enumerate() {
        let is_mark = number % 2 == 1;
        if !is_mark {
            add_html(&mut pieces, part);
            continue;
        }
        let index = part.parse::<usize>().ok();
        match index.and_then(|index| holes.get_mut(index)).and_then(Option::take) {
            Some(Hole::Piece(piece)) => pieces.push(piece),
            Some(Hole::FootnoteStart(index)) => {
                around.push((index, std::mem::take(&mut pieces)));
            }
            Some(Hole::FootnoteEnd) => {
                if let Some((index, outer)) = around.pop() {
                    let inner = std::mem::replace(&mut pieces, outer);
                    if let Some(footnote) = footnotes.get_mut(index) {
                        footnote.pieces = inner;
                    }
                }
            }
            None => {}
        }
    }
    if pieces.iter().all(is_blank) {
        pieces.clear();
    }
    // A body is kept as long as its site: without the room that was left for more.
    pieces.shrink_to_fit();
    (pieces, footnotes)
}

fn add_html(pieces: &mut Vec<Piece>, html: &str) {
    match pieces.last_mut() {
        _ if html.is_empty() => {}
        Some(Piece::Html(before)) => before.push_str(html),
        _ => pieces.push(Piece::Html(html.to_owned())),
    }
}

fn is_blank(piece: &Piece) -> bool {
    matches!(piece, Piece::Html(html) if html.trim().is_empty())
}
