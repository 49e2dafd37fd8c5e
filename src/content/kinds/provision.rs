//! Provision: what schools should ordinarily provide.

use std::collections::BTreeSet;

use super::words;
use crate::content::date::PartialDate;
use crate::content::fields::{Placed, Reader, record};
use crate::content::names::{PhaseId, RoleId, TierId, TopicId};
use crate::content::node::Node;
use crate::path::Slug;

record! {
    /// The fields of provision.
    pub struct Provision {
        /// The tier of expectations that name none.
        pub tier: Option<TierId>,
        /// What an adult may see, in plain words.
        pub presents_as: Vec<String>,
        /// What schools are expected to do.
        pub expectations: Vec<Expectation>,
        /// Ways of doing it.
        pub strategies: Vec<Strategy>,
        /// What to keep as evidence.
        pub evidence: Vec<String>,
        /// Whom to ask next: services, nearest first.
        pub ask_next: Vec<Placed<Slug>>,
        /// Questions that parents can ask.
        pub ask_the_school: Vec<String>,
        /// The whole in two or three sentences for parents.
        pub parent_summary: Option<String>,
    }
}

record! {
    /// One thing that schools are expected to do, in a form that a person could observe.
    pub struct Expectation {
        /// Its name within the entry, and its anchor.
        pub id: Slug,
        /// In a layer that adds it: the item that it comes after.
        pub after: Option<Slug>,
        /// One sentence.
        pub text: String,
        /// A sentence more.
        pub detail: Option<String>,
        /// The law behind a `must`.
        pub law: Option<Law>,
        /// How binding it is.
        pub modal: Modal,
        /// How much help it is.
        pub tier: Option<TierId>,
        /// For which ages; none means all.
        pub phases: Vec<PhaseId>,
        /// The topic of whole-school provision it belongs to.
        pub topic: Option<TopicId>,
        /// Who does it.
        pub responsible: Vec<RoleId>,
        /// How to tell how well it is done.
        pub indicators: Option<Indicators>,
    }
}

record! {
    /// The law behind a `must`.
    pub struct Law {
        /// The Act or the Regulations.
        pub title: String,
        /// Section, regulation or duty.
        pub provision: Option<String>,
        /// Where its text stands.
        pub url: Option<String>,
        /// When somebody read that text; none is shown as "citation to be checked".
        pub checked: Option<PartialDate>,
    }
}

record! {
    /// What a school would see at each rating.
    pub struct Indicators {
        /// Done well.
        pub green: Option<String>,
        /// Partly done.
        pub amber: Option<String>,
        /// Not done.
        pub red: Option<String>,
    }
}

record! {
    /// A way of helping.
    pub struct Strategy {
        /// Its name within the entry.
        pub id: Slug,
        /// In a layer that adds it: the item that it comes after.
        pub after: Option<Slug>,
        /// Its name for people.
        pub title: String,
        /// What to do.
        pub text: Option<String>,
    }
}

words! {
    /// How binding an expectation is.
    pub enum Modal {
        /// The law says so.
        Must = "must",
        /// Expected of every school.
        Should = "should",
        /// Worth trying.
        Could = "could",
    }
}

impl Provision {
    /// Reads provision and what no single field can tell: ids that stand twice, and a `must`
    /// without its law.
    pub fn read_checked(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        for list in ["expectations", "strategies"] {
            check_ids(node, list, reader);
        }
        for item in node.get("expectations").map_or(&[] as &[Node], Node::items) {
            let must = item.get("modal").filter(|modal| modal.text() == Some("must"));
            if let (Some(modal), None) = (must, item.get("law")) {
                let message = "a `must` needs the law behind it".to_owned();
                let help = "add `law: {title: Equality Act 2010}`, or say `should`";
                reader.warn("must-without-law", &modal.at, message, help);
            }
        }
        Self::read_fields(node, reader)
    }
}

/// Tells ids that stand twice in a list.
pub(super) fn check_ids(node: &Node, list: &str, reader: &mut Reader<'_>) {
    let mut seen = BTreeSet::new();
    for item in node.get(list).map_or(&[] as &[Node], Node::items) {
        if let Some((id, text)) = item.get("id").and_then(|id| Some((id, id.text()?)))
            && !seen.insert(text.to_owned())
        {
            let message = format!("the id `{text}` stands twice in `{list}`");
            reader.error("duplicate-id", &id.at, message, "give each item an id of its own");
        }
    }
}
