//! The glossary in place: the first time that a page uses a word of the glossary, the word leads to
//! what it means, and carries it along.
//!
//! This goes over the rendered page, because only there it is known what comes first: a sentence
//! of the front matter, of the text, or of another entry.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use memchr::memmem;

use super::body::escape;
use crate::content::vocabulary::Vocabulary;
use crate::site::links::term_anchor;
use crate::site::routes::Page;

/// Whether a page explains the words that it uses: it is in English, as the glossary is, and made
/// to be read.
pub fn explains(page: &Page) -> bool {
    let looked_up = matches!(page, Page::Glossary | Page::Paper);
    let read = !looked_up && !matches!(page, Page::Redirect(_) | Page::NotFound | Page::Feed(_));
    read && page.language().is_none()
}

/// A rendered page with its words explained, each once. `root` stands before an address from the
/// site's root.
pub fn explain(html: &str, vocabulary: &Vocabulary, root: &str) -> String {
    let main = memmem::find(html.as_bytes(), b"<main");
    let bounds = main.zip(memmem::rfind(html.as_bytes(), b"</main>"));
    let Some((start, end)) = bounds.filter(|(start, end)| start < end) else {
        return html.to_owned();
    };
    let mut explainer = Explainer {
        html,
        vocabulary,
        root,
        explained: BTreeSet::new(),
        copied: 0,
        out: String::with_capacity(html.len() + html.len() / 8),
    };
    explainer.go(start, end);
    explainer.out.push_str(&html[explainer.copied..]);
    explainer.out
}

struct Explainer<'a> {
    html: &'a str,
    vocabulary: &'a Vocabulary,
    root: &'a str,
    explained: BTreeSet<usize>,
    /// Up to where the page is copied into `out`.
    copied: usize,
    out: String,
}

impl Explainer<'_> {
    /// Goes over complete tags and escaped text, and past elements in which nothing is explained.
    fn go(&mut self, mut start: usize, end: usize) {
        let html = &self.html[..end];
        let find = |what: u8, from: usize| {
            memchr::memchr(what, &html.as_bytes()[from..]).map_or(end, |at| from + at)
        };
        while start < end {
            let tag = find(b'<', start);
            self.text(start, tag);
            let name = name(html[tag..].get(1..).unwrap_or_default());
            start = match is_left_alone(name) {
                true => past(html, tag, name),
                false => (find(b'>', tag) + 1).min(end),
            };
        }
    }

    fn text(&mut self, start: usize, end: usize) {
        for (range, term) in self.vocabulary.spellings.find(&self.html[start..end]) {
            if self.explained.insert(term) {
                let (from, to) = (start + range.start, start + range.end);
                self.out.push_str(&self.html[self.copied..from]);
                self.term(term, &self.html[from..to]);
                self.copied = to;
            }
        }
    }

    fn term(&mut self, term: usize, words: &str) {
        let item = &self.vocabulary.glossary[term];
        let meaning = match &item.title {
            Some(title) => format!("{title}. {}", item.description),
            None => item.description.clone(),
        };
        // Writing to a String cannot fail.
        let _ = write!(
            self.out,
            "<a class=\"term\" href=\"{}glossary/#{}\" data-meaning=\"{}\">{words}</a>",
            escape(self.root),
            term_anchor(&item.term),
            escape(&meaning),
        );
    }
}

/// The name of the element whose tag goes on like this; nothing of one that closes.
fn name(tag: &str) -> &str {
    let end = tag.bytes().position(|byte| !byte.is_ascii_alphanumeric());
    &tag[..end.unwrap_or(tag.len())]
}

/// Where an element ends that begins at `start`; where the page ends, if it is never closed.
fn past(html: &str, start: usize, element: &str) -> usize {
    let (bytes, element) = (html.as_bytes(), element.as_bytes());
    let mut open = 0;
    for at in memchr::memchr_iter(b'<', &bytes[start..]).map(|at| start + at) {
        let closes = bytes.get(at + 1) == Some(&b'/');
        let name = at + 1 + usize::from(closes);
        // Most tags are told by their first letter.
        if bytes.get(name) != element.first() || !bytes[name..].starts_with(element) {
            continue;
        }
        let end = name + element.len();
        if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        open = if closes { open - 1 } else { open + 1 };
        if open == 0 {
            return memchr::memchr(b'>', &bytes[end..]).map_or(html.len(), |at| end + at + 1);
        }
    }
    html.len()
}

/// Elements in which nothing is explained: links and what is linked as a whole, headings, code,
/// names and titles, and what people do something with.
fn is_left_alone(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "article"
            | "button"
            | "caption"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ins"
            | "label"
            | "legend"
            | "nav"
            | "option"
            | "pre"
            | "script"
            | "select"
            | "summary"
            | "svg"
            | "template"
            | "th"
            | "time"
            | "title"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_ends_where_it_is_closed_itself() {
        let after = |html: &str, element| html[past(html, 0, element)..].to_owned();
        assert_eq!(after("<a href=x>b <abbr>c</abbr></a> d", "a"), " d");
        assert_eq!(after("<del>a<del>b</del>c</del >d</del>", "del"), "d</del>");
        assert_eq!(after("<article>a</article>b<article>", "article"), "b<article>");
        assert_eq!(after("<nav>never closed</navigation>", "nav"), "");
    }
}
