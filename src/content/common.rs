//! The fields that entries of every kind have.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::date::PartialDate;
use super::fields::{Placed, Read, Reader, record};
use super::kinds::{EntryId, Kind, Payload, words};
use super::names::{AudienceId, LocalOfferId, NeedId, PhaseId, StageId, StrandId};
use super::node::{Node, Value};
use super::shape::{FieldShape, Shape};

record! {
    /// What every entry says of itself.
    pub struct Common {
        /// Its name for people, up to 120 characters.
        pub title: String,
        /// What it is, in one plain sentence of up to 200 characters.
        pub summary: String,
        /// The needs it is about.
        pub needs: Vec<NeedId>,
        /// The ages it is for; none means all.
        pub phases: Vec<PhaseId>,
        /// Whom it is written for.
        pub audiences: Vec<AudienceId>,
        /// The stage towards inclusion that it belongs to.
        pub stage: Option<StageId>,
        /// What kind of a council's work it is.
        pub strand: Option<StrandId>,
        /// When somebody last checked it.
        pub reviewed: Option<Date>,
        /// By when somebody must check it again.
        pub review_by: Option<Date>,
        /// Who answers for it.
        pub owner: Option<String>,
        /// Where its facts come from.
        pub sources: Vec<Source>,
        /// The headings of the local offer that it answers.
        pub local_offer: Vec<LocalOfferId>,
        /// Old addresses, from the site's root, that lead here.
        pub aliases: Vec<Placed<String>>,
        /// Words that people may search it by.
        pub keywords: Vec<String>,
        /// Rules of `check` that it may break, each with the reason.
        pub allow: Option<Allows>,
    }
}

record! {
    /// Where a fact comes from.
    pub struct Source {
        /// What it is called.
        pub title: String,
        /// Where it is on the web.
        pub url: Option<String>,
        /// The day, the month or the year that it is of.
        pub date: Option<PartialDate>,
        /// The page of it where the fact stands.
        pub page: Option<String>,
    }
}

record! {
    /// A rule that an entry may break.
    pub struct Allow {
        /// The rule's code, as `check` prints it in square brackets.
        pub rule: RuleCode,
        /// The reason.
        pub because: String,
    }
}

/// The code of a rule of `check`, as somebody wrote it: `check` tells those that there are not.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleCode(pub String);

impl Read for RuleCode {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        String::read(node, reader).map(Self)
    }

    fn shape() -> Shape {
        Shape::Rule
    }
}

/// What an entry may break. An item with a mistake is told and left out: what a page may break
/// is no reason to do without the page, or to tell what its other items allow.
#[derive(Clone, Debug, PartialEq)]
pub struct Allows(pub Vec<Allow>);

impl Read for Allows {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self(node.items().iter().filter_map(|item| Allow::read(item, reader)).collect()))
    }

    fn shape() -> Shape {
        Shape::List(Box::new(Allow::shape()))
    }
}

record! {
    /// What one file says about its part in the site. None of it is inherited.
    pub struct Part {
        /// Not shown, unless drafts are asked for.
        pub draft: Option<bool>,
        /// Not shown before this day.
        pub publish_from: Option<Date>,
        /// Not shown after this day.
        pub publish_until: Option<Date>,
        /// Items of the lower layer to take away, by list.
        pub drop: BTreeMap<String, Ids>,
        /// Inherits nothing from lower layers.
        pub replaces: Option<bool>,
        /// The `reviewed` date of the lower entry that this one was made from.
        pub base_reviewed: Option<Date>,
        /// Who made the translation.
        pub translation: Option<TranslationState>,
        /// The `reviewed` date of the original that was translated.
        pub translated_from: Option<Date>,
    }
}

words! {
    /// Who made a translation.
    pub enum TranslationState {
        /// A machine; nobody has checked it.
        MachineDraft = "machine-draft",
        /// A person has checked it.
        Reviewed = "reviewed",
    }
}

/// Ids of items, one or many.
#[derive(Clone, Debug, PartialEq)]
pub struct Ids(pub Vec<Placed<String>>);

impl Read for Ids {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let ids: Vec<_> = node.items().iter().map(|item| Placed::read(item, reader)).collect();
        ids.into_iter().collect::<Option<_>>().map(Self)
    }

    fn shape() -> Shape {
        Shape::List(Box::new(Shape::Text))
    }
}

impl Part {
    /// Whether the file takes part in a site of the day `today`.
    pub fn is_shown(&self, today: Date, drafts: bool) -> bool {
        (drafts || self.draft != Some(true))
            && self.publish_from.is_none_or(|from| from <= today)
            && self.publish_until.is_none_or(|until| today <= until)
    }
}

/// The fields of one entry, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Fields {
    /// Those of every kind.
    pub common: Common,
    /// Those of its own kind.
    pub payload: Payload,
}

impl Fields {
    /// Reads the front matter of an entry. What is not there at all is left in
    /// [`Reader::missing`].
    pub fn read(id: &EntryId, node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            let message = "the front matter is not a group of fields".to_owned();
            reader.error("wrong-value", &node.at, message, "write `name: value` in each line");
            return None;
        }
        let own = Payload::record(id.kind).names;
        reader.unknown_fields(node, &[own, Common::FIELDS, Part::FIELDS]);
        let common = Common::read_fields(node, reader);
        let payload = Payload::read(id.kind, node, reader);
        check_lengths(node, reader);
        check_dates(id.kind, node, reader);
        Some(Self { common: common?, payload: payload? })
    }
}

/// What an entry must say if its kind is one that grows old, and how.
const REVIEW: [(&str, &str); 3] = [
    ("reviewed", "add the day somebody last checked it: `reviewed: 2026-09-01`"),
    ("review_by", "add the day it must be checked again: `review_by: 2027-09-01`"),
    ("owner", "add who answers for it: `owner: SEND team`"),
];

/// Every field of a kind's front matter: those of every kind, its own, and those about its part.
pub fn shapes(kind: Kind) -> Vec<FieldShape> {
    let records = [Common::RECORD, Payload::record(kind), Part::RECORD];
    let mut fields: Vec<FieldShape> =
        records.into_iter().flat_map(|record| (record.fields)()).collect();
    for field in &mut fields {
        let grows_old =
            kind.must_be_reviewed() && REVIEW.iter().any(|(name, _)| *name == field.name);
        field.required |= grows_old;
    }
    fields
}

fn check_lengths(node: &Node, reader: &mut Reader<'_>) {
    for (field, most, help) in [
        ("title", 120, "say it shorter: long titles are cut in search results"),
        ("summary", 200, "one plain sentence is enough"),
    ] {
        let length = |node: &Node| node.text().map_or(0, |text| text.chars().count());
        if let Some(value) = node.get(field).filter(|value| length(value) > most) {
            let message = format!("`{field}` has {} characters", length(value));
            reader.warn("long-text", &value.at, message, format!("up to {most}: {help}"));
        }
    }
}

fn check_dates(kind: Kind, node: &Node, reader: &mut Reader<'_>) {
    if kind.must_be_reviewed() {
        for (field, help) in REVIEW {
            if node.get(field).is_none() {
                reader.lacks(&node.at, field, help);
            }
        }
    }
    let date = |field: &str| {
        let value = node.get(field)?;
        Some((value, super::date::parse_date(value.text()?)?))
    };
    for (first, second) in [("reviewed", "review_by"), ("publish_from", "publish_until")] {
        if let (Some((_, earlier)), Some((value, later))) = (date(first), date(second))
            && later < earlier
        {
            let message = format!("`{second}` is before `{first}`");
            reader.error("wrong-date", &value.at, message, "check both dates");
        }
    }
}
