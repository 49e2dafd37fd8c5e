//! The glossary in place: the first time that a page's text uses a word of the glossary, the word
//! leads to what it means, and carries it along.
//!
//! Never inside a link, a heading, code or a title: [`Explainer::html`] follows the tags.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::body::escape;
use super::maker::Maker;
use crate::path::UrlPath;
use crate::site::links::term_anchor;

/// Elements in which nothing is explained.
const LEFT_ALONE: [&str; 13] =
    ["a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "abbr", "dfn", "button"];

/// Explains words, each once.
#[derive(Debug, Default)]
pub struct Explainer {
    explained: BTreeSet<usize>,
    /// How many elements are open in which nothing is explained.
    inside: usize,
}

impl Explainer {
    /// Goes over a run of HTML as a body is made of: complete tags, escaped text. What it opens
    /// stays open for the next run.
    pub fn html(&mut self, maker: &Maker<'_>, html: &str, out: &mut String) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.text(maker, &rest[..at], out);
            let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
            let tag = &rest[at..end];
            self.follow(tag);
            out.push_str(tag);
            rest = &rest[end..];
        }
        self.text(maker, rest, out);
    }

    /// Notes that a tag was opened or closed.
    pub fn follow(&mut self, tag: &str) {
        let closes = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if !LEFT_ALONE.contains(&name) {
            return;
        }
        self.inside = if closes { self.inside.saturating_sub(1) } else { self.inside + 1 };
    }

    fn text(&mut self, maker: &Maker<'_>, text: &str, out: &mut String) {
        let vocabulary = &maker.place.model.project.vocabulary;
        let mut written = 0;
        if self.inside == 0 && maker.explains {
            for (range, term) in vocabulary.spellings.find(text) {
                if !self.explained.insert(term) {
                    continue;
                }
                let item = &vocabulary.glossary[term];
                let address = UrlPath::new(&format!("glossary/#{}", term_anchor(&item.term)));
                out.push_str(&text[written..range.start]);
                let meaning = match &item.title {
                    Some(title) => format!("{title}. {}", item.description),
                    None => item.description.clone(),
                };
                // Writing to a String cannot fail.
                let _ = write!(
                    out,
                    "<a class=\"term\" href=\"{}\" data-meaning=\"{}\">{}</a>",
                    escape(&maker.href(&address)),
                    escape(&meaning),
                    &text[range.clone()]
                );
                written = range.end;
            }
        }
        out.push_str(&text[written..]);
    }
}
