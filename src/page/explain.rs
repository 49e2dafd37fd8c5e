//! The glossary in place: the first time that a page uses a word of the glossary, the word leads to
//! what it means, and carries it along.
//!
//! This goes over the rendered page, because only there it is known what comes first: a sentence
//! of the front matter, of the text, or of another entry.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::body::escape;
use crate::content::vocabulary::Vocabulary;
use crate::site::links::term_anchor;
use crate::site::routes::Page;

/// Elements in which nothing is explained: links and what is linked as a whole, headings, code,
/// names and titles, and what people do something with.
const LEFT_ALONE: [&str; 30] = [
    "a", "abbr", "article", "button", "caption", "cite", "code", "del", "dfn", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "ins", "label", "legend", "nav", "option", "pre", "script", "select",
    "summary", "svg", "template", "th", "time", "title",
];

/// Whether a page explains the words that it uses: it is in English, as the glossary is, and made
/// to be read.
pub fn explains(page: &Page) -> bool {
    let read = !matches!(page, Page::Glossary | Page::Redirect(_) | Page::NotFound | Page::Feed(_));
    read && page.language().is_none()
}

/// A rendered page with its words explained, each once. `root` stands before an address from the
/// site's root.
pub fn explain(html: &str, vocabulary: &Vocabulary, root: &str) -> String {
    let bounds = html.find("<main").zip(html.rfind("</main>"));
    let Some((start, end)) = bounds.filter(|(start, end)| start < end) else {
        return html.to_owned();
    };
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    out.push_str(&html[..start]);
    let mut explainer = Explainer { vocabulary, root, explained: BTreeSet::new(), inside: 0, out };
    explainer.html(&html[start..end]);
    explainer.out.push_str(&html[end..]);
    explainer.out
}

struct Explainer<'a> {
    vocabulary: &'a Vocabulary,
    root: &'a str,
    explained: BTreeSet<usize>,
    /// How many elements are open in which nothing is explained.
    inside: usize,
    out: String,
}

impl Explainer<'_> {
    /// Goes over complete tags and escaped text.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.text(&rest[..at]);
            let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
            let tag = &rest[at..end];
            self.follow(tag);
            self.out.push_str(tag);
            rest = &rest[end..];
        }
        self.text(rest);
    }

    /// Notes that a tag opens or closes.
    fn follow(&mut self, tag: &str) {
        let closes = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if LEFT_ALONE.contains(&name) {
            self.inside = if closes { self.inside.saturating_sub(1) } else { self.inside + 1 };
        }
    }

    fn text(&mut self, text: &str) {
        let mut written = 0;
        if self.inside == 0 {
            for (range, term) in self.vocabulary.spellings.find(text) {
                if self.explained.insert(term) {
                    self.out.push_str(&text[written..range.start]);
                    self.term(term, &text[range.clone()]);
                    written = range.end;
                }
            }
        }
        self.out.push_str(&text[written..]);
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
