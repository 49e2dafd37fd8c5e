//! What a site is: layers put together, entries at their addresses, links that lead somewhere.
//!
//! [`layers`] has the rules by which one file adapts another, [`provenance`] remembers who says
//! what, [`model`] holds what every entry comes to for every stack of layers and
//! [`resolve`] works it out, [`place`] lays a site out,
//! [`catalogue`] sorts what it lists, [`expected`] counts what it expects of schools,
//! [`routes`] knows its addresses, [`index`] sorts it by letter, and [`links`] finds the way, and
//! [`files`] says which pictures and documents come along, [`feeds`] what is there for programs,
//! [`recurrence`] when what repeats is held, and [`canonical`] which address of a page to name.

mod alias;
pub mod canonical;
pub mod catalogue;
pub mod coverage;
pub mod expected;
pub mod feeds;
pub mod files;
pub mod index;
pub mod layers;
pub mod links;
pub mod logo;
pub mod model;
pub mod place;
pub mod provenance;
pub mod recurrence;
pub mod resolve;
pub mod routes;
mod versions;
