//! Training and toolkits.

use jiff::civil::DateTime;

use super::words;
use crate::content::date::check_order;
use crate::content::fields::{Placed, Reader, record};
use crate::content::names::RoleId;
use crate::content::node::Node;
use crate::path::Slug;

record! {
    /// The fields of training.
    pub struct Training {
        /// What it is about, in plain words.
        pub areas: Vec<String>,
        /// How it is paid for.
        pub offer: Option<Offer>,
        /// Who gives it.
        pub provider: Option<String>,
        /// In person, online, in school, or another way.
        pub format: Option<String>,
        /// How long it takes.
        pub duration: Option<String>,
        /// What it costs.
        pub cost: Option<String>,
        /// Whether those who come train their colleagues afterwards.
        pub cascade: Option<bool>,
        /// When it is held.
        pub sessions: Vec<Session>,
        /// How to book.
        pub book: Option<Booking>,
        /// For which roles in a school.
        pub for_roles: Vec<RoleId>,
    }
}

record! {
    /// One time at which training is held.
    pub struct Session {
        /// When it begins, London time.
        pub start: DateTime,
        /// When it ends, London time.
        pub end: Option<DateTime>,
        /// Where.
        pub place: Option<String>,
        /// How many places are left.
        pub places_left: Option<u32>,
    }
}

record! {
    /// How to book.
    pub struct Booking {
        /// Where on the web.
        pub url: Option<String>,
        /// By email.
        pub email: Option<String>,
    }
}

words! {
    /// How training is paid for.
    pub enum Offer {
        /// Part of what every school gets.
        Core = "core",
        /// Schools buy it.
        Traded = "traded",
        /// Free for all.
        Free = "free",
    }
}

record! {
    /// The fields of a toolkit.
    pub struct Toolkit {
        /// Its documents.
        pub items: Vec<ToolkitItem>,
        /// With whom it was made.
        pub coproduced_with: Option<String>,
    }
}

record! {
    /// One document of a toolkit. Its format and size are measured, not written.
    pub struct ToolkitItem {
        /// Its name within the toolkit.
        pub id: Slug,
        /// In a layer that adds it: the item that it comes after.
        pub after: Option<Slug>,
        /// Its name for people.
        pub title: String,
        /// A file beside the page or in `files/`.
        pub file: Option<Placed<String>>,
        /// An address, where the document is not ours.
        pub url: Option<String>,
        /// The step of the graduated approach that it serves.
        pub purpose: Option<Purpose>,
    }
}

words! {
    /// A step of the graduated approach.
    pub enum Purpose {
        /// Find out what the child needs.
        Assess = "assess",
        /// Agree what to do.
        Plan = "plan",
        /// Do it.
        Do = "do",
        /// See what changed.
        Review = "review",
    }
}

impl Training {
    /// Reads training, and tells sessions that end before they start.
    pub fn read_checked(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let sessions = node.get("sessions").map_or(&[] as &[Node], Node::items);
        sessions.iter().for_each(|session| check_order(session, reader));
        Self::read_fields(node, reader)
    }
}

impl Toolkit {
    /// Reads a toolkit, and tells items that lead to no document.
    pub fn read_checked(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        super::provision::check_ids(node, "items", reader);
        let toolkit = Self::read_fields(node, reader)?;
        let nodes = node.get("items").map_or(&[] as &[Node], Node::items);
        for (item, node) in toolkit.items.iter().zip(nodes) {
            if item.file.is_none() && item.url.is_none() {
                reader.lacks(&node.at, "file", "name the `file` or the `url` of the document");
            }
        }
        Some(toolkit)
    }
}
