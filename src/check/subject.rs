//! A page as its readers meet it: its words with their places, and what its entry comes to.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::outside::Answers;
use crate::content::common::Common;
use crate::content::front_matter;
use crate::content::layer::{Page, Variant};
use crate::content::markdown::{Places, Prose, WrittenLink, prose};
use crate::content::node::{At, Node, Value};
use crate::content::source::SourceFile;
use crate::content::tree::{Loaded, SourceTree};
use crate::content::vocabulary::Vocabulary;
use crate::content::yaml;
use crate::diagnostic::Span;
use crate::site::model::{Entry, Model};

/// Fields whose words readers meet as sentences.
const SENTENCES: [&str; 20] = [
    "summary",
    "presents_as",
    "text",
    "detail",
    "green",
    "amber",
    "red",
    "evidence",
    "ask_the_school",
    "parent_summary",
    "does",
    "threshold",
    "what",
    "why",
    "result",
    "you_said",
    "we_did",
    "caveat",
    "admission",
    "commissioned",
];

/// Fields that families read, where a page has expectations for schools as well.
const FOR_FAMILIES: [&str; 8] = [
    "summary",
    "presents_as",
    "ask_the_school",
    "parent_summary",
    "you_said",
    "we_did",
    "does",
    "what",
];

/// One page.
pub struct Subject<'a> {
    /// Everything, put together.
    pub model: &'a Model,
    /// The page.
    pub page: &'a Arc<Page>,
    file: &'a SourceFile,
    /// Its entry as the owner of its layer shows it; none on a day on which it is not shown.
    pub entry: Option<&'a Arc<Entry>>,
    /// Its front matter.
    pub node: Node,
    /// The headings of its body: level as written, and bytes of the file.
    pub headings: Vec<(u8, Range<usize>)>,
    /// The links of its body.
    pub links: Vec<WrittenLink>,
    /// All runs of words: those of the front matter, then those of the body.
    pub passages: Vec<Passage>,
}

/// A run of words with its place.
pub struct Passage {
    /// The words.
    pub text: String,
    /// Whether it need not be a sentence: a title, a heading, a cell.
    pub is_label: bool,
    /// Whether families read it.
    pub is_for_families: bool,
    place: Place,
}

impl Passage {
    /// Whether it stands in the text, and not in a field.
    pub fn is_of_body(&self) -> bool {
        matches!(self.place, Place::Body(_))
    }
}

enum Place {
    Field(At),
    Body(Places),
}

/// All pages that take part in a site now or will, in the order of their files. Pages of an
/// earlier reading, which stand in for one with a mistake, are left out.
pub fn pages(model: &Model) -> Vec<&Arc<Page>> {
    (model.project.layers.values())
        .flat_map(|layer| layer.pages.values())
        .filter(|read| read.is_current())
        .filter_map(|read| read.page.as_ref())
        .filter(|page| model.day.drafts || page.part.draft != Some(true))
        .collect()
}

impl<'a> Subject<'a> {
    /// Reads a page; none if its front matter cannot be read, which is told elsewhere.
    pub fn new(model: &'a Model, page: &'a Arc<Page>) -> Option<Self> {
        let wording = model.project.wording(page)?;
        let (node, file) = (wording.document(page.id.kind)?, &wording.file);
        let body = front_matter::split(file).ok()?.body;
        let Prose { blocks, links, headings } = prose(file, body);
        let entry = model.view(&page.layer).entries.get(&page.id);
        let mut passages = Vec::new();
        collect(&node, "", page, &mut passages);
        passages.extend(blocks.into_iter().map(|block| Passage {
            text: block.text,
            is_label: block.is_label,
            is_for_families: true,
            place: Place::Body(block.places),
        }));
        Some(Self { model, page, file, entry, node, headings, links, passages })
    }

    /// The day.
    pub fn today(&self) -> Date {
        self.model.day.today
    }

    /// The vocabularies.
    pub fn vocabulary(&self) -> &'a Vocabulary {
        &self.model.project.vocabulary
    }

    /// What its entry says in every kind; of a page that stands alone what it says itself.
    pub fn common(&self) -> Option<&Common> {
        let fields = self.entry.map(|entry| &entry.fields).or(self.page.fields.as_ref());
        fields.map(|fields| &fields.common)
    }

    /// Whether it is the entry itself, in English, and not another version of it.
    pub fn is_main(&self) -> bool {
        self.page.variant == Variant::Main
    }

    /// Whether its words are English.
    pub fn is_english(&self) -> bool {
        !matches!(self.page.variant, Variant::Translation(_))
    }

    /// Whether it adapts what a lower layer says.
    pub fn adapts(&self) -> bool {
        self.page.part.replaces != Some(true)
            && self
                .entry
                .is_some_and(|entry| entry.pages.iter().any(|page| page.layer != self.page.layer))
    }

    /// Whether its last day is over.
    pub fn has_expired(&self) -> bool {
        self.page.part.publish_until.is_some_and(|last| last < self.today())
    }

    /// Whether it is written for an audience whose pages aim at a reading age, and at which.
    pub fn reading_aim(&self) -> Option<u32> {
        let audiences = &self.common()?.audiences;
        let known = self.vocabulary().audiences.iter();
        let of = known.filter(|item| audiences.iter().any(|id| id.slug() == &item.id));
        of.filter_map(|item| item.reading_age).min()
    }

    /// The place of a field's value; where it has none, of the front matter's start.
    pub fn field(&self, name: &str) -> Span {
        self.node.get(name).map_or_else(|| Span::file(&self.page.path), |node| node.at.span())
    }

    /// The place of the page as a whole.
    pub fn whole(&self) -> Span {
        Span::file(&self.page.path)
    }

    /// The place of some bytes of its file.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        self.file.span(bytes)
    }

    /// The place of a part of a passage.
    pub fn place(&self, passage: &Passage, part: &Range<usize>) -> Span {
        match &passage.place {
            Place::Body(places) => self.file.span(places.of(part)),
            Place::Field(at) => {
                // Quotation marks and folded lines make the written text differ from the read one.
                let words = passage.text.get(part.clone()).unwrap_or_default();
                let written = at.file.text.get(at.range.clone()).unwrap_or_default();
                let before = passage.text.get(..part.start).unwrap_or_default();
                let nth = before.matches(words).count();
                match written.match_indices(words).nth(nth) {
                    Some((from, _)) => {
                        let start = at.range.start + from;
                        at.file.span(start..start + words.len())
                    }
                    None => at.span(),
                }
            }
        }
    }

    /// Every value of a field of this name, however deep it lies, as it stands.
    pub fn values(&self, name: &str) -> Vec<&Node> {
        values_of(&self.node, name)
    }

    /// Its fields and links.
    pub fn written(&'a self, answers: &'a Answers) -> Written<'a> {
        Written { node: &self.node, body: Some(self), answers }
    }
}

/// What a file has in its fields and links: that of a page, of `borough.yaml` or `partner.yaml`.
pub struct Written<'a> {
    /// Its fields.
    pub node: &'a Node,
    /// The page that it is, if it has a body.
    pub body: Option<&'a Subject<'a>>,
    /// What came of asking the addresses of other sites; empty where nobody asked.
    pub answers: &'a Answers,
}

impl<'a> Written<'a> {
    /// Every value of a field of one of these names, however deep it lies, as it stands.
    pub fn values(&self, names: &[&str]) -> impl Iterator<Item = &'a Node> {
        names.iter().flat_map(|name| values_of(self.node, name))
    }

    /// Where the links of its body lead, as written, and their places.
    pub fn links(&self) -> impl Iterator<Item = (&'a str, Span)> {
        let links =
            self.body.into_iter().flat_map(|page| page.links.iter().map(move |link| (page, link)));
        links.map(|(page, link)| (&*link.address, page.span(link.range.clone())))
    }
}

/// What stands in the files of their own that boroughs and partners have.
pub fn own_files(tree: &SourceTree) -> impl Iterator<Item = Node> {
    tree.below("content").filter_map(|(_, path, loaded)| {
        let Loaded::Text(file) = loaded else { return None };
        let is_own = ["borough.yaml", "partner.yaml"].contains(&path.file_name());
        is_own.then(|| yaml::parse(file, 0..file.text.len()).value)?
    })
}

/// Every value of a field of this name in a tree, however deep it lies.
fn values_of<'n>(node: &'n Node, name: &str) -> Vec<&'n Node> {
    let mut found = Vec::new();
    values(node, name, &mut found);
    found
}

fn values<'n>(node: &'n Node, name: &str, found: &mut Vec<&'n Node>) {
    for entry in node.entries() {
        if entry.key == name {
            found.extend(entry.node.items().iter().filter(|item| item.text().is_some()));
        }
        values(&entry.node, name, found);
    }
    if let Value::List(items) = &node.value {
        items.iter().for_each(|item| values(item, name, found));
    }
}

fn collect(node: &Node, key: &str, page: &Page, passages: &mut Vec<Passage>) {
    match &node.value {
        Value::Map(entries) => {
            // What a source is called, and what the law is called, are other people's words.
            let own = entries.iter().filter(|e| e.key != "sources" && e.key != "law");
            own.for_each(|entry| collect(&entry.node, &entry.key, page, passages));
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, key, page, passages)),
        // A table beside the page is another file.
        Value::Scalar(scalar) if SENTENCES.contains(&key) || key == "title" => {
            let has_steps = page.id.kind == crate::content::kinds::Kind::Guide && key == "text";
            passages.push(Passage {
                text: scalar.text.clone(),
                is_label: key == "title",
                is_for_families: FOR_FAMILIES.contains(&key) || has_steps,
                place: Place::Field(node.at.clone()),
            });
        }
        Value::Scalar(_) | Value::Null => {}
    }
}
