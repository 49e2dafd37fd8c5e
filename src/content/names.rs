//! The names that content may refer to, and the types that hold a name known to exist.
//!
//! Needs, phases, tiers and the rest are data: an editor adds one to a vocabulary file, and it is
//! known. Each kind of name has its own type, so that a phase never stands where a tier belongs.

use std::collections::BTreeSet;

use super::fields::{Read, Reader, unknown_name};
use super::node::Node;
use super::shape::{Name, Shape};
use crate::path::Slug;

/// Every name that exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Of `vocabulary/needs.yaml`.
    pub needs: BTreeSet<Slug>,
    /// Of `vocabulary/needs.yaml`.
    pub areas: BTreeSet<Slug>,
    /// Of `vocabulary/phases.yaml`.
    pub phases: BTreeSet<Slug>,
    /// Of `vocabulary/tiers.yaml`.
    pub tiers: BTreeSet<Slug>,
    /// Of `vocabulary/audiences.yaml`.
    pub audiences: BTreeSet<Slug>,
    /// Of `vocabulary/roles.yaml`.
    pub roles: BTreeSet<Slug>,
    /// Of `vocabulary/topics.yaml`.
    pub topics: BTreeSet<Slug>,
    /// Of `vocabulary/stages.yaml`.
    pub stages: BTreeSet<Slug>,
    /// Of `vocabulary/stages.yaml`.
    pub strands: BTreeSet<Slug>,
    /// Of `vocabulary/local-offer.yaml`.
    pub local_offer: BTreeSet<Slug>,
    /// The folders of `boroughs/`.
    pub boroughs: BTreeSet<Slug>,
    /// The folders of `partners/`.
    pub partners: BTreeSet<Slug>,
    /// Of `site.yaml`.
    pub languages: BTreeSet<Slug>,
}

macro_rules! name {
    ($(#[$meta:meta])* $name:ident, $what:literal, $set:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Slug);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// The name.
            pub fn slug(&self) -> &Slug {
                &self.0
            }

            /// The name, if it exists.
            pub fn known(slug: &Slug, names: &Names) -> Option<Self> {
                names.$set.contains(slug).then(|| Self(slug.clone()))
            }
        }

        impl Read for $name {
            fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
                let Some(text) = node.text() else {
                    return reader.unfit(node, concat!("the name of a ", $what));
                };
                let slug = Slug::parse(text).ok();
                if let Some(name) = slug.and_then(|slug| Self::known(&slug, reader.names)) {
                    return Some(name);
                }
                let names = reader.names;
                unknown_name(node, reader, $what, names.$set.iter().map(Slug::as_str));
                None
            }

            fn shape() -> Shape {
                Shape::Name(Name { what: $what, known: |names| &names.$set })
            }
        }
    };
}

name!(/// A type of need, such as `autism`.
    NeedId, "need", needs);
name!(/// A group of needs, such as `sensory-and-physical`.
    AreaId, "area of need", areas);
name!(/// An age, such as `early-years`.
    PhaseId, "phase", phases);
name!(/// How much help, such as `universal`.
    TierId, "tier", tiers);
name!(/// Whom a page is written for, such as `parents`.
    AudienceId, "audience", audiences);
name!(/// Who does something in a school, such as `senco`.
    RoleId, "role", roles);
name!(/// A topic of whole-school provision, such as `pastoral-care`.
    TopicId, "topic", topics);
name!(/// A stage towards inclusion, such as `culture`.
    StageId, "stage", stages);
name!(/// What a council does for inclusion, such as `challenge`.
    StrandId, "strand", strands);
name!(/// A heading that the law asks a local offer for.
    LocalOfferId, "local offer heading", local_offer);
name!(/// A borough, such as `barnet`.
    BoroughId, "borough", boroughs);
name!(/// A partner: a layer that several boroughs share.
    PartnerId, "partner layer", partners);
name!(/// A language of the sites, such as `pl`.
    Language, "language", languages);
