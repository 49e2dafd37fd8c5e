//! What a field may hold, as data: what `ordinarily schema` tells editors, and what `ordinarily new`
//! explains in the pages that it writes.
//!
//! Nothing is written down twice: `record!` makes the reading of a struct and its shape from the
//! same lines, and a type cannot be read without saying what it looks like ([`Read::shape`]).
//!
//! [`Read::shape`]: super::fields::Read::shape

use std::collections::BTreeSet;

use super::names::Names;
use crate::path::Slug;

/// What a value may be.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Words. A number or `true` is taken as it is written.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0.
    Whole,
    /// A number.
    Number,
    /// A text of a certain form.
    Form(Form),
    /// One of some fixed words, each with what it means.
    Word(Vec<(&'static str, &'static str)>),
    /// A name that content defines: a need, a phase, a borough, …
    Name(Name),
    /// The code of a rule of `check`.
    Rule,
    /// A group of fields.
    Group(Group),
    /// A list; a single value is a list of one.
    List(Box<Shape>),
    /// Names that somebody chooses, each with a value.
    Table(Box<Shape>),
    /// Any of several.
    Either(Vec<Shape>),
}

/// A text of a certain form.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What it is, for people.
    pub what: &'static str,
    /// A regular expression (ECMA-262) that the whole of it fits.
    pub pattern: &'static str,
    /// One that fits.
    pub example: &'static str,
    /// Whether YAML may take it for a number, as it would `2019`.
    pub may_be_number: bool,
}

/// A name that content defines.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// What it names: `need`.
    pub what: &'static str,
    /// Those that there are.
    pub known: fn(&Names) -> &BTreeSet<Slug>,
}

/// A group of fields.
#[derive(Clone, Debug)]
pub struct Group {
    /// What the struct is called that they are read into.
    pub name: &'static str,
    /// The fields, in their order.
    pub fields: Vec<FieldShape>,
}

/// One field.
#[derive(Clone, Debug)]
pub struct FieldShape {
    /// Its name, as editors write it.
    pub name: &'static str,
    /// What it says, in one or two sentences.
    pub about: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it may hold.
    pub shape: Shape,
}

/// The fields that are read into one struct.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// Their names.
    pub names: &'static [&'static str],
    /// What they are.
    pub fields: fn() -> Vec<FieldShape>,
}

impl Record {
    /// No field at all.
    pub const NONE: Self = Self { names: &[], fields: Vec::new };
}

/// A short name that can be part of an address.
pub const SLUG: Form = Form {
    what: "a short name of small letters, digits and hyphens",
    pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
    example: "short-name",
    may_be_number: true,
};
