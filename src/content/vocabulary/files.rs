//! The files of `vocabulary/`: which there are, which lists they hold, and how they are read.
//!
//! Reading goes over the files twice: first for the names alone, so that one file may refer to
//! another's, then for everything else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Item, LeadsTo, LocalOfferHeading, Need, Synonyms, Term, Vocabulary, Words};
use crate::content::fields::{Read, Reader};
use crate::content::names::Names;
use crate::content::node::{Node, Value};
use crate::content::shape::Shape;
use crate::content::source::SourceFile;
use crate::content::spellings::Spellings;
use crate::content::yaml;
use crate::diagnostic::{Checked, Diagnostic, Span, did_you_mean};
use crate::path::Slug;

/// A list by its name, if the file has more than one, with what its items look like.
pub type ListShape = (Option<&'static str>, fn() -> Shape);

/// One file of `vocabulary/`.
#[derive(Clone, Copy, Debug)]
pub struct VocabularyFile {
    /// Its name, without its ending.
    pub name: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// The lists in it.
    pub lists: &'static [ListShape],
}

const fn file(
    name: &'static str,
    about: &'static str,
    lists: &'static [ListShape],
) -> VocabularyFile {
    VocabularyFile { name, about, lists }
}

const ITEMS: &[ListShape] = &[(None, Item::shape)];

/// The files of `vocabulary/`.
pub const FILES: [VocabularyFile; 10] = [
    file(
        "needs",
        "Types of need, and the groups they belong to.",
        &[(Some("areas"), Item::shape), (Some("needs"), Need::shape)],
    ),
    file("phases", "Ages.", ITEMS),
    file("tiers", "How much help.", ITEMS),
    file("audiences", "Whom pages are written for.", ITEMS),
    file("roles", "Who does things in a school.", ITEMS),
    file("topics", "Topics of whole-school provision.", ITEMS),
    file(
        "stages",
        "Stages towards inclusion, and what councils do for it.",
        &[(Some("stages"), Item::shape), (Some("strands"), Item::shape)],
    ),
    file(
        "local-offer",
        "Headings that the law asks a local offer for.",
        &[(None, LocalOfferHeading::shape)],
    ),
    file(
        "synonyms",
        "Words that mean the same to a search, and words that lead to others.",
        &[(Some("same"), Words::shape), (Some("leads_to"), LeadsTo::shape)],
    ),
    file("glossary", "Words explained where pages first use them.", &[(None, Term::shape)]),
];

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
            let names = FILES.iter().map(|file| file.name);
            let Some(known) = names.clone().find(|known| *known == stem) else {
                let message = format!("`{name}` is not a vocabulary");
                let help = did_you_mean(stem, names);
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
            let known = FILES.iter().find(|known| known.name == *file);
            let known = known.map_or(&[] as &[_], |known| known.lists);
            let lists: Vec<&str> = known.iter().filter_map(|(name, _)| *name).collect();
            match (&node.value, &*lists) {
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
            for (list, _) in known {
                check_ids(self.list(file, *list), reader);
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
