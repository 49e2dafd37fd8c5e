//! The vocabularies: needs, phases, tiers and all other words that sites are sorted by.
//!
//! They are data. Reading goes over the files twice: first for the names alone, so that one file
//! may refer to another's, then for everything else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fields::{Read, Reader, record};
use super::kinds::Kind;
use super::names::{AreaId, Names, NeedId};
use super::node::{Node, Value};
use super::source::SourceFile;
use super::spellings::Spellings;
use super::yaml;
use crate::diagnostic::{Checked, Diagnostic, Span, did_you_mean};
use crate::path::Slug;

/// The files of `vocabulary/`, without their ending.
const FILES: [&str; 10] = [
    "needs",
    "phases",
    "tiers",
    "audiences",
    "roles",
    "topics",
    "stages",
    "local-offer",
    "synonyms",
    "glossary",
];

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
}

/// The nodes of the vocabulary files, by the files' names.
pub struct Files(BTreeMap<&'static str, Node>);

impl Files {
    /// Parses the YAML files of `vocabulary/` and tells those that nobody knows.
    pub fn parse(files: &[Arc<SourceFile>]) -> Checked<Self> {
        let mut problems = Vec::new();
        let mut nodes = BTreeMap::new();
        for file in files {
            let name = file.path.file_name();
            let stem = name.strip_suffix(".yaml").unwrap_or(name);
            let Some(known) = FILES.into_iter().find(|known| *known == stem) else {
                let message = format!("`{name}` is not a vocabulary");
                let help = did_you_mean(stem, FILES);
                let span = Span::file(&file.path);
                problems.push(Diagnostic::error("unknown-file", span, message).help(help));
                continue;
            };
            let node = yaml::parse(file, 0..file.text.len()).into_value(&mut problems);
            nodes.extend(node.map(|node| (known, node)));
        }
        Checked { value: Self(nodes), problems }
    }

    fn list(&self, file: &str, list: Option<&str>) -> &[Node] {
        let node = self.0.get(file).and_then(|node| match list {
            Some(list) => node.get(list),
            None => Some(node),
        });
        node.map_or(&[], Node::items)
    }

    fn ids(&self, file: &str, list: Option<&str>) -> BTreeSet<Slug> {
        let ids = self.list(file, list).iter().filter_map(|item| item.get("id")?.text());
        ids.filter_map(|id| Slug::parse(id).ok()).collect()
    }

    /// The names alone. Boroughs, partners and languages come from elsewhere.
    pub fn names(&self) -> Names {
        Names {
            needs: self.ids("needs", Some("needs")),
            areas: self.ids("needs", Some("areas")),
            phases: self.ids("phases", None),
            tiers: self.ids("tiers", None),
            audiences: self.ids("audiences", None),
            roles: self.ids("roles", None),
            topics: self.ids("topics", None),
            stages: self.ids("stages", Some("stages")),
            strands: self.ids("stages", Some("strands")),
            local_offer: self.ids("local-offer", None),
            ..Names::default()
        }
    }

    /// Everything, once the names are known.
    pub fn read(&self, reader: &mut Reader<'_>) -> Vocabulary {
        self.check_shapes(reader);
        let plain = |file, list, reader: &mut Reader<'_>| {
            let items = self.list(file, list);
            in_order(read_items(items, reader), |item: &Item| item)
        };
        let glossary = read_items(self.list("glossary", None), reader);
        Vocabulary {
            areas: plain("needs", Some("areas"), reader),
            needs: in_order(read_items(self.list("needs", Some("needs")), reader), |n: &Need| {
                &n.item
            }),
            phases: plain("phases", None, reader),
            tiers: plain("tiers", None, reader),
            audiences: plain("audiences", None, reader),
            roles: plain("roles", None, reader),
            topics: plain("topics", None, reader),
            stages: plain("stages", Some("stages"), reader),
            strands: plain("stages", Some("strands"), reader),
            local_offer: in_order(
                read_items(self.list("local-offer", None), reader),
                |heading: &LocalOfferHeading| &heading.item,
            ),
            spellings: Spellings::new(&glossary),
            glossary,
            synonyms: Synonyms {
                same: read_items::<Words>(self.list("synonyms", Some("same")), reader)
                    .into_iter()
                    .map(|words| words.0)
                    .collect(),
                leads_to: read_items(self.list("synonyms", Some("leads_to")), reader),
            },
        }
    }

    /// Tells a file that is a list where it should have named lists, or the other way about, and
    /// ids that stand twice.
    fn check_shapes(&self, reader: &mut Reader<'_>) {
        for (file, node) in &self.0 {
            let lists: &[&str] = match *file {
                "needs" => &["areas", "needs"],
                "stages" => &["stages", "strands"],
                "synonyms" => &["same", "leads_to"],
                _ => &[],
            };
            match (&node.value, lists) {
                (Value::Null, _) | (Value::List(_), []) => {}
                (Value::Map(_), lists) if !lists.is_empty() => {
                    reader.unknown_fields(node, &[lists]);
                }
                (_, []) => {
                    let message = format!("{} stands where a list belongs", node.kind());
                    reader.error("wrong-value", &node.at, message, "begin each item with `- `");
                }
                _ => {
                    let message = format!("{} stands where a group belongs", node.kind());
                    let help = format!("write the lists {}", lists.join(" and "));
                    reader.error("wrong-value", &node.at, message, help);
                }
            }
            let named: Vec<Option<&str>> = if lists.is_empty() {
                vec![None]
            } else {
                lists.iter().map(|l| Some(*l)).collect()
            };
            for list in named {
                check_ids(self.list(file, list), reader);
            }
        }
    }
}

fn check_ids(items: &[Node], reader: &mut Reader<'_>) {
    let mut seen = BTreeSet::new();
    for item in items {
        let name = item.get("id").or_else(|| item.get("term"));
        if let Some((name, text)) = name.and_then(|name| Some((name, name.text()?)))
            && !seen.insert(text.to_owned())
        {
            let message = format!("`{text}` stands twice");
            reader.error("duplicate-id", &name.at, message, "keep one of the two");
        }
    }
}

fn read_items<T: Read>(items: &[Node], reader: &mut Reader<'_>) -> Vec<T> {
    items.iter().filter_map(|item| T::read(item, reader)).collect()
}

/// Sorts items by `order`; those without one come last, as they stand.
fn in_order<T>(mut items: Vec<T>, item: impl Fn(&T) -> &Item) -> Vec<T> {
    items.sort_by_key(|value| item(value).order.unwrap_or(u32::MAX));
    items
}

impl Read for Need {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        reader.unknown_fields(node, &[Item::FIELDS, &["area", "code"]]);
        let item = Item::read_fields(node, reader);
        let area = <AreaId as super::fields::Field>::field(node, "area", reader);
        let code = <Option<String> as super::fields::Field>::field(node, "code", reader);
        let item = item?;
        let id = NeedId::known(&item.id, reader.names)?;
        Some(Self { id, item, area: area?, code: code? })
    }
}

impl Read for LocalOfferHeading {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        reader.unknown_fields(node, &[Item::FIELDS, &["citation", "covered_by"]]);
        let item = Item::read_fields(node, reader);
        let citation = <Option<String> as super::fields::Field>::field(node, "citation", reader);
        let covered_by = <Vec<Kind> as super::fields::Field>::field(node, "covered_by", reader);
        Some(Self { item: item?, citation: citation?, covered_by: covered_by? })
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
