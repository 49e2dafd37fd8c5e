//! The plain words of a compiled body.

use crate::content::markdown::{Body, Piece};
use crate::digest::{Digest, Digester};

/// Elements that stand inside a word or between two: taking them away joins nothing wrongly.
const INLINE: [&str; 13] =
    ["a", "abbr", "b", "code", "del", "em", "i", "ins", "mark", "span", "strong", "sub", "u"];

/// The text of a body, without markup; words that other pages bring (titles, borough, what
/// directives show) are left out.
pub(super) fn plain(body: &Body) -> String {
    let mut text = String::new();
    for part in parts(body) {
        match part {
            Part::Html(html) => add_html(&mut text, html),
            Part::Words(words) => {
                text.push_str(words);
                text.push(' ');
            }
            Part::Gap => text.push(' '),
        }
    }
    text
}

/// Tells apart bodies of different plain words, without making these.
pub(super) fn digest(body: &Body) -> Digest {
    let mut digester = Digester::new();
    for part in parts(body) {
        match part {
            Part::Html(html) => digester.part(b"html").part(html.as_bytes()),
            Part::Words(words) => digester.part(b"words").part(words.as_bytes()),
            Part::Gap => digester.part(b"gap"),
        };
    }
    digester.finish()
}

/// What of a body becomes plain words.
enum Part<'a> {
    /// These words, without the markup.
    Html(&'a str),
    /// These words as they stand.
    Words(&'a str),
    /// Nothing but the end of a word.
    Gap,
}

fn parts(body: &Body) -> impl Iterator<Item = Part<'_>> {
    let footnotes = body.footnotes.iter().flat_map(|note| &note.pieces);
    body.pieces.iter().chain(footnotes).filter_map(|piece| match piece {
        Piece::Html(html) => Some(Part::Html(html)),
        Piece::Image(image) => Some(Part::Words(&image.alt)),
        // An inline hole: the words around it stay apart by their own spaces.
        Piece::LinkStart(_) | Piece::LinkEnd | Piece::Borough { .. } | Piece::Message(_) => None,
        _ => Some(Part::Gap),
    })
}

fn add_html(text: &mut String, html: &str) {
    let mut rest = html;
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
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
