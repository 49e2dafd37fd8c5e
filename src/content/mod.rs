//! What the files say.
//!
//! [`tree`] holds the files, [`layout`] knows what their places mean, [`yaml`] and
//! [`front_matter`] read their structure into [`node`]s, [`fields`] reads typed values from those
//! and says what they look like ([`shape`]), [`markdown`] compiles their text, [`pages`] reads a
//! layer, [`stacks`] says which layers lie on which, and [`project`] puts all of it together. The
//! model itself is [`common`], [`kinds`], [`vocabulary`] (with [`spellings`]), [`config`] and
//! [`layer`]. [`runs`] cuts texts into words.

pub mod common;
pub mod config;
pub mod date;
pub mod fields;
pub mod front_matter;
pub mod kinds;
pub mod layer;
pub mod layout;
pub mod markdown;
pub mod names;
pub mod node;
pub mod pages;
pub mod project;
pub mod runs;
pub mod shape;
pub mod source;
pub mod spellings;
pub mod stacks;
pub mod tables;
pub mod tree;
pub mod vocabulary;
pub mod yaml;
