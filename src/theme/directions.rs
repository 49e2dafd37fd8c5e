//! Words from right to left on a page from left to right, such as an Arabic title in an English
//! list: each stretch of them stands in `<bdi>`, so that the numbers, commas and names around it
//! keep their places (Unicode Bidirectional Algorithm, UAX #9, and HTML, "The bdi element").
//!
//! Authors may write such words anywhere: in titles, names of schools, summaries, bodies. So the
//! finished page is looked at, and no template need know of it; a page without such words, as
//! nearly all are, is not changed by a byte. The other way round, English on a page from right to
//! left, is marked with its language and direction by [`super::spoken`].

use super::filters::is_right_to_left;
use super::spoken::{ONLY_TEXT, closes, opens};

/// Puts `<bdi>` around words from right to left.
pub(super) fn apart(html: String) -> String {
    if !may_have_any(html.as_bytes()) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + html.len() / 32);
    let (mut rest, mut tag, mut only_text) = (html.as_str(), "", None::<&str>);
    while !rest.is_empty() {
        let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let says_itself = tag.contains(" dir=") || tag.starts_with("<bdi");
        match only_text.is_none() && !says_itself && text.chars().any(is_right_to_left) {
            true => isolate(text, &mut out),
            false => out.push_str(text),
        }
        // Autoescaped values have no `>` of their own.
        (tag, rest) = after.split_at(after.find('>').map_or(after.len(), |end| end + 1));
        out.push_str(tag);
        only_text = match only_text {
            Some(name) if closes(tag, name) => None,
            Some(name) => Some(name),
            None => ONLY_TEXT.into_iter().find(|name| opens(tag, name)),
        };
    }
    out
}

/// Whether a page may have letters of such a script, by the first bytes that they have in UTF-8.
/// Whole stretches at once, because this is asked of every page.
fn may_have_any(bytes: &[u8]) -> bool {
    let may_begin = |byte: u8| matches!(byte, 0xd6..=0xdf | 0xe0 | 0xef);
    bytes.chunks(256).any(|part| part.iter().fold(false, |any, byte| any | may_begin(*byte)))
}

/// A text that begins from right to left stands apart as a whole, with its full stop; in any other
/// each stretch does.
fn isolate(text: &str, out: &mut String) {
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    let said = &text[start..end];
    out.push_str(&text[..start]);
    match strong(said).next() {
        Some((_, true)) => wrapped(said, out),
        _ => {
            let mut done = 0;
            for (from, to) in stretches(said) {
                out.push_str(&said[done..from]);
                wrapped(&said[from..to], out);
                done = to;
            }
            out.push_str(&said[done..]);
        }
    }
    out.push_str(&text[end..]);
}

fn wrapped(text: &str, out: &mut String) {
    out.extend(["<bdi>", text, "</bdi>"]);
}

/// From the first to the last letter of each stretch from right to left, spaces between included.
fn stretches(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut goes_on = false;
    for (at, left) in strong(text) {
        let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
        match (left, goes_on, found.last_mut()) {
            (true, true, Some(last)) => last.1 = end,
            (true, ..) => found.push((at, end)),
            (false, ..) => {}
        }
        goes_on = left;
    }
    found
}

/// The letters that have a direction: where each is, and whether it runs from right to left.
/// Those of a reference such as `&amp;` are none.
fn strong(text: &str) -> impl Iterator<Item = (usize, bool)> {
    let mut in_reference = false;
    text.char_indices().filter_map(move |(at, letter)| {
        match letter {
            '&' => in_reference = true,
            ';' => in_reference = false,
            _ => {}
        }
        let counts = letter.is_alphabetic() && !in_reference;
        counts.then(|| (at, is_right_to_left(letter)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(apart(html.to_owned()), expected);
    }

    #[test]
    fn a_name_in_a_line_stands_apart() {
        check(
            "<li><a href=\"x\">وحدة 3</a> 12</li>",
            "<li><a href=\"x\"><bdi>وحدة 3</bdi></a> 12</li>",
        );
        check("<p> وحدة الميناء! </p>", "<p> <bdi>وحدة الميناء!</bdi> </p>");
        check(
            "<p>At מוצרט &amp; מנדלסון, 12 places</p>",
            "<p>At <bdi>מוצרט &amp; מנדלסון</bdi>, 12 places</p>",
        );
        check("<p>ב, then ג 4</p>", "<p><bdi>ב, then ג 4</bdi></p>");
        check("<p>a ב b ג 4</p>", "<p>a <bdi>ב</bdi> b <bdi>ג</bdi> 4</p>");
    }

    #[test]
    fn what_says_its_direction_or_holds_no_elements_is_left_alone() {
        for html in [
            "<p>Plain – words, café, বাংলা, \u{fe0f}</p>",
            "<title>وحدة</title><a lang=\"ar\" dir=\"auto\">العربية</a>",
            "<svg><a><title>وحدة</title><text>ב</text></a></svg>",
            "<script type=\"application/ld+json\">{\"name\":\"وحدة\"}</script>",
            "<input value=\"وحدة\"><bdi>ב</bdi>",
            "",
            "<p>&",
        ] {
            check(html, html);
        }
    }
}
