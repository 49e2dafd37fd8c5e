//! Text inside XML, for the sitemap and Atom.
//!
//! Two small formats of ours need no more than this: elements are written as they stand in their
//! specifications, and every text goes through [`text`].

use std::borrow::Cow;

/// What stands at the start of a document.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// A text as it may stand between tags and in attributes. Characters that XML 1.0 cannot hold in
/// any form (section 2.2: most control characters, and two noncharacters) are left out, because
/// one of them makes a whole feed unreadable. `>` is written so too, for the sake of `]]>`.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !matches!(c, '&' | '<' | '>' | '"') && is_allowed(c);
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len() + 16);
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            c => written.push(c),
        }
    }
    Cow::Owned(written)
}

fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_breaks_out_of_its_element() {
        assert_eq!(text("a & b <c> \"d\" ]]>"), "a &amp; b &lt;c&gt; &quot;d&quot; ]]&gt;");
        assert_eq!(text("a\u{0}\u{8}\u{1f}b\u{fffe}\tc\n"), "ab\tc\n");
        assert_eq!(text("Zażółć نص"), "Zażółć نص");
    }
}
