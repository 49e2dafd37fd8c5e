//! The plain words of a compiled body.

use crate::content::markdown::{Body, Piece};

/// Elements that stand inside a word or between two: taking them away joins nothing wrongly.
const INLINE: [&str; 13] =
    ["a", "abbr", "b", "code", "del", "em", "i", "ins", "mark", "span", "strong", "sub", "u"];

/// The text of a body, without markup; words that other pages bring (titles, borough, what
/// directives show) are left out.
pub(super) fn plain(body: &Body) -> String {
    let mut text = String::new();
    for piece in &body.pieces {
        add(&mut text, piece);
    }
    for piece in body.footnotes.iter().flat_map(|note| &note.pieces) {
        add(&mut text, piece);
    }
    text
}

fn add(text: &mut String, piece: &Piece) {
    match piece {
        Piece::Html(html) => add_html(text, html),
        Piece::Image(image) => {
            text.push_str(&image.alt);
            text.push(' ');
        }
        // An inline hole: the words around it stay apart by their own spaces.
        Piece::LinkStart(_) | Piece::LinkEnd | Piece::Borough { .. } | Piece::Message(_) => {}
        _ => text.push(' '),
    }
}

fn add_html(text: &mut String, html: &str) {
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (taken, instead) = match rest.starts_with('<') {
            true => {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                (end, if is_inline(&rest[..end]) { "" } else { " " })
            }
            false => entity(rest),
        };
        text.push_str(instead);
        rest = &rest[taken..];
    }
    text.push_str(rest);
}

fn is_inline(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or(name);
    INLINE.contains(&name)
}

/// The length of an entity at the start of a text, and what it stands for. Our own HTML has no
/// others.
fn entity(text: &str) -> (usize, &'static str) {
    let known = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
    let found = known.into_iter().find(|(entity, _)| text.starts_with(entity));
    found.map_or((1, "&"), |(entity, plain)| (entity.len(), plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay_apart_or_together_as_they_were() {
        let mut text = String::new();
        add_html(&mut text, "<p>a<strong>b</strong> &lt;c&gt; AT&amp;T</p><p>d &x 1 < 2");
        assert_eq!(text, " ab <c> AT&T  d &x 1  ");
    }
}
