//! The vocabularies: needs, phases, tiers and all other words that sites are sorted by.
//!
//! They are data. [`files`] reads them; here is what they say.

pub mod files;

use std::collections::BTreeMap;

use super::fields::{Read, Reader, record};
use super::kinds::Kind;
use super::names::{AreaId, NeedId};
use super::node::Node;
use super::shape::{FieldShape, Group, Shape};
use super::spellings::Spellings;
use crate::path::Slug;

/// All vocabularies, each in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    /// Groups of needs.
    pub areas: Vec<Item>,
    /// Types of need.
    pub needs: Vec<Need>,
    /// Ages.
    pub phases: Vec<Item>,
    /// How much help.
    pub tiers: Vec<Item>,
    /// Whom pages are written for.
    pub audiences: Vec<Item>,
    /// Who does things in a school.
    pub roles: Vec<Item>,
    /// Topics of whole-school provision.
    pub topics: Vec<Item>,
    /// Stages towards inclusion.
    pub stages: Vec<Item>,
    /// What councils do for inclusion.
    pub strands: Vec<Item>,
    /// Headings that the law asks a local offer for.
    pub local_offer: Vec<LocalOfferHeading>,
    /// Words explained, as they stand.
    pub glossary: Vec<Term>,
    /// How the words of the glossary are found in a text.
    pub spellings: Spellings,
    /// Words that mean the same to a search.
    pub synonyms: Synonyms,
}

record! {
    /// One item of a vocabulary.
    pub struct Item {
        /// Its name in front matter and addresses.
        pub id: Slug,
        /// Its name for people.
        pub title: String,
        /// What a parent would call it.
        pub plain_title: Option<String>,
        /// What it is.
        pub description: Option<String>,
        /// Other words for it.
        pub aliases: Vec<String>,
        /// Its place among the others; items without one come last, as they stand.
        pub order: Option<u32>,
        /// Of an audience: the age at which its pages should be easy to read.
        pub reading_age: Option<u32>,
        /// The same in other languages.
        pub translations: BTreeMap<String, ItemTranslation>,
    }
}

record! {
    /// An item's words in another language.
    pub struct ItemTranslation {
        /// Its name for people.
        pub title: Option<String>,
        /// What a parent would call it.
        pub plain_title: Option<String>,
        /// What it is.
        pub description: Option<String>,
    }
}

/// A type of need.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// What every item has.
    pub item: Item,
    /// Its known name.
    pub id: NeedId,
    /// The group it belongs to.
    pub area: AreaId,
    /// Its code in the school census; several needs may share one.
    pub code: Option<String>,
}

/// A heading that the law asks a local offer for.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalOfferHeading {
    /// What every item has.
    pub item: Item,
    /// Where the law asks for it.
    pub citation: Option<String>,
    /// The kinds of entry that answer it.
    pub covered_by: Vec<Kind>,
}

record! {
    /// A word explained.
    pub struct Term {
        /// The word, as it is spelled.
        pub term: String,
        /// What its letters stand for.
        pub title: Option<String>,
        /// Other spellings.
        pub aliases: Vec<String>,
        /// What it means, in a sentence or two.
        pub description: String,
        /// The same in other languages.
        pub translations: BTreeMap<String, ItemTranslation>,
    }
}

/// Words that mean the same to a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Synonyms {
    /// Each group leads from any of its words to all of them.
    pub same: Vec<Vec<String>>,
    /// One way only: misspellings, and parents' words for a school's.
    pub leads_to: Vec<LeadsTo>,
}

record! {
    /// Words that lead to other words, but not back.
    pub struct LeadsTo {
        /// What people type.
        pub from: Vec<String>,
        /// What they mean.
        pub to: Vec<String>,
    }
}

/// A group of words; a list within a list.
#[derive(Clone, Debug, PartialEq)]
struct Words(Vec<String>);

impl Read for Words {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let words: Vec<_> = node.items().iter().map(|item| String::read(item, reader)).collect();
        words.into_iter().collect::<Option<_>>().map(Self)
    }

    fn shape() -> Shape {
        Shape::List(Box::new(Shape::Text))
    }
}

impl Read for Kind {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let kind = node.text().and_then(Self::parse);
        if kind.is_none() {
            let folders = Self::listed().map(Self::folder);
            super::fields::unknown_name(node, reader, "kind", folders);
        }
        kind
    }

    fn shape() -> Shape {
        let folders = Self::listed().map(|kind| (kind.folder(), kind.about()));
        let names = Self::listed().filter(|kind| kind.name() != kind.folder());
        Shape::Word(folders.chain(names.map(|kind| (kind.name(), kind.about()))).collect())
    }
}

record! {
    /// What only needs have.
    pub struct OfNeed {
        /// The group it belongs to.
        pub area: AreaId,
        /// Its code in the school census; several needs may share one.
        pub code: Option<String>,
    }
}

record! {
    /// What only headings of the local offer have.
    pub struct OfHeading {
        /// Where the law asks for it.
        pub citation: Option<String>,
        /// The kinds of entry that answer it.
        pub covered_by: Vec<Kind>,
    }
}

/// The shape of an item that has some fields more than others.
fn item_with(name: &'static str, more: Vec<FieldShape>) -> Shape {
    let fields = (Item::RECORD.fields)().into_iter().chain(more).collect();
    Shape::Group(Group { name, fields })
}

impl Read for Need {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        reader.unknown_fields(node, &[Item::FIELDS, OfNeed::FIELDS]);
        let item = Item::read_fields(node, reader);
        let own = OfNeed::read_fields(node, reader);
        let (item, own) = (item?, own?);
        let id = NeedId::known(&item.id, reader.names)?;
        Some(Self { id, item, area: own.area, code: own.code })
    }

    fn shape() -> Shape {
        item_with("Need", (OfNeed::RECORD.fields)())
    }
}

impl Read for LocalOfferHeading {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        reader.unknown_fields(node, &[Item::FIELDS, OfHeading::FIELDS]);
        let item = Item::read_fields(node, reader);
        let own = OfHeading::read_fields(node, reader);
        let (item, own) = (item?, own?);
        Some(Self { item, citation: own.citation, covered_by: own.covered_by })
    }

    fn shape() -> Shape {
        item_with("LocalOfferHeading", (OfHeading::RECORD.fields)())
    }
}

impl Item {
    /// What people call it: the plain title where there is one.
    pub fn plain(&self) -> &str {
        self.plain_title.as_deref().unwrap_or(&self.title)
    }
}

/// The item with this id.
pub fn find<'a>(items: &'a [Item], id: &Slug) -> Option<&'a Item> {
    items.iter().find(|item| item.id == *id)
}
