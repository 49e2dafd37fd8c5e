//! One page as search sees it, and what its words come to.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::analyzer::{Analyzer, Surface, TokenId, words};
use super::synonyms::{About, Synonyms};
use crate::digest::{Digest, Digester};

/// How many times each field counts: title, headings and keywords, text.
pub const BOOSTS: [f32; FIELDS] = [3.0, 2.0, 1.0];

/// How many fields are ranked by.
pub const FIELDS: usize = 3;

/// What a page says, as plain text. Nothing of it depends on the site that shows the page, so
/// that sites share what they inherit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Its headings.
    pub headings: Vec<String>,
    /// Words that people may search it by.
    pub keywords: Vec<String>,
    /// Its text, from summary to footnotes, part by part.
    pub body: Vec<String>,
    /// Whether it is the page of a need: what people type of a need leads to its page alone.
    pub is_need: bool,
}

impl Document {
    /// Tells apart documents that differ.
    pub fn digest(&self) -> Digest {
        let mut digester = Digester::new();
        digester.part(self.title.as_bytes()).part(&[u8::from(self.is_need)]);
        for part in [&self.headings, &self.keywords, &self.body] {
            digester.part(&(part.len() as u64).to_le_bytes());
            for text in part {
                digester.part(text.as_bytes());
            }
        }
        digester.finish()
    }
}

/// The stems of a document, as the index takes them.
#[derive(Debug, PartialEq, Eq)]
pub struct Analysed {
    /// For each field its stems, joined by spaces.
    pub fields: [String; FIELDS],
    /// Every surface that is in it, once.
    pub surfaces: Box<[Arc<Surface>]>,
}

/// Analyses a document, with an analyzer of these synonyms, and adds what its words lead to.
pub fn analyse(document: &Document, analyzer: &mut Analyzer, synonyms: &Synonyms) -> Analysed {
    let mut pass = Pass { analyzer, synonyms, fields: Default::default() };
    pass.text(0, &document.title);
    // What is said of the title counts as much as a heading, what is said of the rest as text.
    let mut told = BTreeSet::new();
    for text in document.headings.iter().chain(&document.keywords) {
        let start = pass.fields[1].len();
        pass.text(1, text);
        told.extend(pass.found(1, start, About::Whole(document.is_need)));
    }
    for text in &document.body {
        pass.text(2, text);
    }
    told.extend(pass.found(2, 0, About::Nothing));
    told.extend(pass.found(0, 0, About::Part(document.is_need)));
    let named: BTreeSet<usize> = pass.found(0, 0, About::Nothing).collect();
    for rule in &named {
        pass.text(1, synonyms.words(*rule));
    }
    for rule in told.difference(&named) {
        pass.text(2, synonyms.words(*rule));
    }
    Analysed { fields: [0, 1, 2].map(|field| pass.stems(field)), surfaces: pass.surfaces() }
}

struct Pass<'a> {
    analyzer: &'a mut Analyzer,
    synonyms: &'a Synonyms,
    fields: [Vec<TokenId>; FIELDS],
}

impl Pass<'_> {
    fn text(&mut self, field: usize, text: &str) {
        let mut before: Option<(usize, &str)> = None;
        for (start, word) in words(text) {
            self.word(field, word);
            // "won't" is typed "wont" as often. "children's" is only the children's.
            if let Some((at, first)) = before
                && word != "s"
                && matches!(&text[at + first.len()..start], "'" | "’")
            {
                self.word(field, &format!("{first}{word}"));
            }
            before = Some((start, word));
        }
    }

    fn word(&mut self, field: usize, word: &str) {
        self.fields[field].extend(self.analyzer.token(word));
    }

    /// The rules that fit a field from one of its words on.
    fn found(&self, field: usize, start: usize, about: About) -> impl Iterator<Item = usize> {
        self.synonyms.found(&self.fields[field][start..], self.analyzer.tokens(), about)
    }

    /// The stems of a field, joined by spaces.
    fn stems(&self, field: usize) -> String {
        let tokens = self.analyzer.tokens();
        let mut stems = String::with_capacity(self.fields[field].len() * 8);
        for token in &self.fields[field] {
            stems.push_str(&tokens[*token as usize].surface.stem);
            stems.push(' ');
        }
        stems.pop();
        stems
    }

    /// The surfaces of all fields, once each.
    fn surfaces(self) -> Box<[Arc<Surface>]> {
        let mut ids = self.fields.concat();
        ids.sort_unstable();
        ids.dedup();
        let tokens = ids.iter().map(|id| &self.analyzer.tokens()[*id as usize]);
        let surfaces = tokens.flat_map(|token| std::iter::once(&token.surface).chain(&token.bare));
        let mut surfaces: Vec<&Arc<Surface>> = surfaces.collect();
        // An analyzer has one surface of each form, however it was written.
        surfaces.sort_unstable_by_key(|surface| Arc::as_ptr(surface));
        surfaces.dedup_by_key(|surface| Arc::as_ptr(surface));
        surfaces.into_iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::vocabulary::{LeadsTo, Synonyms as Written, Vocabulary};

    fn analysed(title: &str, body: &str) -> Analysed {
        let strings = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let synonyms = Written {
            same: vec![
                strings(&["SaLT", "speech therapy"]),
                strings(&["ADD", "attention deficit"]),
            ],
            leads_to: vec![LeadsTo {
                from: strings(&["meltdown", "autisum"]),
                to: strings(&["autism"]),
            }],
        };
        let vocabulary = Vocabulary { synonyms, ..Vocabulary::default() };
        let synonyms = Synonyms::new(&vocabulary, "en");
        let document = Document {
            title: title.to_owned(),
            body: vec![body.to_owned()],
            ..Document::default()
        };
        analyse(&document, &mut synonyms.analyzer("en"), &synonyms)
    }

    #[test]
    fn synonyms_go_both_ways_and_parents_words_only_where_a_page_is_about_what_they_mean() {
        assert_eq!(analysed("Speech therapies", "").fields[1], "salt");
        assert_eq!(analysed("x", "Ask SaLT.").fields[2], "ask salt speech therapi");
        assert_eq!(analysed("Autism", "").fields[2], "meltdown");
        assert_eq!(analysed("x", "Autism.").fields[2], "autism");
    }

    #[test]
    fn a_short_form_is_not_taken_for_the_word_that_is_spelled_like_it() {
        assert_eq!(analysed("x", "Ask ADD").fields[2], "ask add attent deficit");
        assert_eq!(analysed("x", "Add it").fields[2], "add it");
    }

    #[test]
    fn a_word_with_an_apostrophe_is_found_without_it() {
        assert_eq!(analysed("x", "won’t").fields[2], "won t wont");
        assert_eq!(analysed("x", "child's").fields[2], "child s");
    }
}
