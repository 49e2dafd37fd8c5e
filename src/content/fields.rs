//! Typed values out of a [`Node`] tree, collecting every problem on the way.
//!
//! 1. [`Read`] turns one node into one value, or says what is wrong at its place.
//! 2. [`Field`] does it for a named field: required, optional (`Option`) or many (`Vec`, where a
//!    single value is a list of one).
//! 3. `record!` writes a struct, its reading and its [`Shape`] down once, so a field has one home.
//!
//! A required field that is not there is kept apart from the other problems ([`Reader::missing`]):
//! a file that adapts a lower layer's entry may leave any field out, and only the merged entry
//! must have them all.

use std::collections::BTreeMap;

use super::names::Names;
use super::node::{At, Entry, Node, Value};
use super::shape::{self, Shape};
use crate::diagnostic::{Diagnostic, Span, did_you_mean};
use crate::path::{Slug, slugify};

/// What reading needs to know, and what it found.
pub struct Reader<'a> {
    /// The names that exist: needs, phases, boroughs, …
    pub names: &'a Names,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
    /// What is required and not there.
    pub missing: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// A reader that has found nothing yet.
    pub fn new(names: &'a Names) -> Self {
        Self { names, problems: Vec::new(), missing: Vec::new() }
    }

    /// Notes an error at a node.
    pub fn error(&mut self, code: &'static str, at: &At, message: String, help: impl Into<String>) {
        self.problems.push(Diagnostic::error(code, at.span(), message).help(help));
    }

    /// Notes a warning at a node.
    pub fn warn(&mut self, code: &'static str, at: &At, message: String, help: impl Into<String>) {
        self.problems.push(Diagnostic::warning(code, at.span(), message).help(help));
    }

    /// Notes that a required field is not there.
    pub fn lacks(&mut self, at: &At, field: &str, help: impl Into<String>) {
        let start = At { file: at.file.clone(), range: at.range.start..at.range.start + 1 };
        let message = format!("`{field}` is missing");
        self.missing.push(Diagnostic::error("missing-field", start.span(), message).help(help));
    }

    /// Notes fields that nobody reads, with the nearest name that exists.
    pub fn unknown_fields(&mut self, node: &Node, known: &[&[&str]]) {
        for entry in node.entries() {
            let all = || known.iter().flat_map(|names| names.iter().copied());
            if !all().any(|name| name == entry.key) {
                let message = format!("unknown field `{}`", entry.key);
                let help = did_you_mean(&entry.key, all());
                self.error("unknown-field", &entry.key_at, message, help);
            }
        }
    }

    /// Says that a node is not what its field wants.
    pub fn unfit<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        let (message, help) = match (node.text(), node.is_null()) {
            (Some(text), _) => {
                (format!("`{}` is not {wanted}", shorten(text)), format!("it must be {wanted}"))
            }
            (None, true) => (
                "this stands for nothing in YAML".to_owned(),
                "write a value; if you mean the word, put quotation marks round it: \"null\""
                    .into(),
            ),
            (None, false) => {
                let kind = node.kind();
                (format!("{kind} stands where {wanted} should"), format!("it must be {wanted}"))
            }
        };
        self.error("wrong-value", &node.at, message, help);
        None
    }
}

/// A text cut to a length that fits a message.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A value that one node can say.
pub trait Read: Sized {
    /// Reads it; `None` when it is not sound, and then the reader knows why.
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;

    /// What it looks like.
    fn shape() -> Shape;
}

/// A value that a named field can say, there or not.
pub trait Field: Sized {
    /// Reads the field `name` of `parent`.
    fn field(parent: &Node, name: &str, reader: &mut Reader<'_>) -> Option<Self>;

    /// Whether it must be there.
    const REQUIRED: bool = false;

    /// What it looks like.
    fn field_shape() -> Shape;
}

impl<T: Read> Field for T {
    fn field(parent: &Node, name: &str, reader: &mut Reader<'_>) -> Option<Self> {
        match parent.get(name) {
            Some(node) => T::read(node, reader),
            None => {
                reader.lacks(&parent.at, name, format!("add a line `{name}: …`"));
                None
            }
        }
    }

    const REQUIRED: bool = true;

    fn field_shape() -> Shape {
        T::shape()
    }
}

impl<T: Read> Field for Option<T> {
    fn field(parent: &Node, name: &str, reader: &mut Reader<'_>) -> Option<Self> {
        match parent.get(name) {
            Some(node) => T::read(node, reader).map(Some),
            None => Some(None),
        }
    }

    fn field_shape() -> Shape {
        T::shape()
    }
}

impl<T: Read> Field for Vec<T> {
    fn field(parent: &Node, name: &str, reader: &mut Reader<'_>) -> Option<Self> {
        let items = parent.get(name).map_or(&[] as &[Node], Node::items);
        // Read them all before giving up, so that every wrong item is told.
        let read: Vec<Option<T>> = items.iter().map(|item| T::read(item, reader)).collect();
        read.into_iter().collect()
    }

    fn field_shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

impl<T: Read> Field for BTreeMap<String, T> {
    fn field(parent: &Node, name: &str, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(node) = parent.get(name) else { return Some(Self::new()) };
        if !matches!(node.value, Value::Map(_)) {
            return reader.unfit(node, "a group of fields");
        }
        let read = |entry: &Entry, reader: &mut Reader<'_>| {
            T::read(&entry.node, reader).map(|value| (entry.key.clone(), value))
        };
        let all: Vec<_> = node.entries().iter().map(|entry| read(entry, reader)).collect();
        all.into_iter().collect()
    }

    fn field_shape() -> Shape {
        Shape::Table(Box::new(T::shape()))
    }
}

/// Writes a struct and its reading down once. Each field is read by its type: `T` is required,
/// `Option<T>` may be left out, `Vec<T>` is a list. `… in parent` structs share their node with
/// others (an entry's common fields and its kind's), so unknown fields are told by the caller.
/// The first paragraph above a field is what editors are told of it.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[doc = $about:literal])* pub $field:ident $(as $label:literal)?: $type:ty, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $( $(#[doc = $about])* pub $field: $type, )*
        }

        impl $name {
            /// The names of its fields, as editors write them.
            pub const FIELDS: &'static [&'static str] =
                &[$( $crate::content::fields::label!($field $($label)?), )*];

            /// Its fields with what they look like.
            pub const RECORD: $crate::content::shape::Record = $crate::content::shape::Record {
                names: Self::FIELDS,
                fields: Self::fields,
            };

            fn fields() -> Vec<$crate::content::shape::FieldShape> {
                vec![$( $crate::content::shape::FieldShape {
                    name: $crate::content::fields::label!($field $($label)?),
                    about: concat!($($about, )*).trim_ascii(),
                    required: <$type as $crate::content::fields::Field>::REQUIRED,
                    shape: <$type as $crate::content::fields::Field>::field_shape(),
                }, )*]
            }

            /// Reads its fields from a group that may hold other fields too.
            pub fn read_fields(
                node: &$crate::content::node::Node,
                reader: &mut $crate::content::fields::Reader<'_>,
            ) -> Option<Self> {
                $(
                    let $field = <$type as $crate::content::fields::Field>::field(
                        node,
                        $crate::content::fields::label!($field $($label)?),
                        reader,
                    );
                )*
                Some(Self { $( $field: $field?, )* })
            }
        }

        impl $crate::content::fields::Read for $name {
            fn read(
                node: &$crate::content::node::Node,
                reader: &mut $crate::content::fields::Reader<'_>,
            ) -> Option<Self> {
                if !matches!(node.value, $crate::content::node::Value::Map(_)) {
                    let wanted = format!("a group of fields ({})", Self::FIELDS.join(", "));
                    return reader.unfit(node, &wanted);
                }
                reader.unknown_fields(node, &[Self::FIELDS]);
                Self::read_fields(node, reader)
            }

            fn shape() -> $crate::content::shape::Shape {
                let (name, fields) = (stringify!($name), Self::fields());
                $crate::content::shape::Shape::Group($crate::content::shape::Group { name, fields })
            }
        }
    };
}

/// The name of a field: its own, or the one given where Rust keeps the word for itself.
macro_rules! label {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $label:literal) => {
        $label
    };
}

pub(crate) use {label, record};

impl Read for String {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match node.text().map(str::trim) {
            Some("") => {
                let help = "write the words, or take the field away";
                reader.error("empty-value", &node.at, "nothing stands here".to_owned(), help);
                None
            }
            Some(text) => Some(text.to_owned()),
            None => reader.unfit(node, "words"),
        }
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

impl Read for bool {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match node.text() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => reader.unfit(node, "`true` or `false`"),
        }
    }

    fn shape() -> Shape {
        Shape::Flag
    }
}

impl Read for u32 {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match node.text().and_then(|text| text.parse().ok()) {
            Some(number) => Some(number),
            None => reader.unfit(node, "a whole number such as 12"),
        }
    }

    fn shape() -> Shape {
        Shape::Whole
    }
}

impl Read for f64 {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match node.text().and_then(|text| text.parse().ok()).filter(|n: &f64| n.is_finite()) {
            Some(number) => Some(number),
            None => reader.unfit(node, "a number such as 51.5"),
        }
    }

    fn shape() -> Shape {
        Shape::Number
    }
}

impl Read for Slug {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = node.text() else { return reader.unfit(node, "a short name") };
        match Slug::parse(text) {
            Ok(slug) => Some(slug),
            Err(sound) => {
                let message = format!("`{}` is not a name we can use in an address", shorten(text));
                let help = format!("use small letters, digits and hyphens: `{sound}`");
                reader.error("wrong-name", &node.at, message, help);
                None
            }
        }
    }

    fn shape() -> Shape {
        Shape::Form(shape::SLUG)
    }
}

/// A value that keeps its place, for what can only be checked once all layers are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T: Read> Read for Placed<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let span = node.at.span();
        T::read(node, reader).map(|value| Self { value, span })
    }

    fn shape() -> Shape {
        T::shape()
    }
}

/// The words for an unknown name of a vocabulary, with the nearest one. A name that is only
/// written differently (`Early years`) is met by its slug.
pub fn unknown_name<'a>(
    node: &Node,
    reader: &mut Reader<'_>,
    what: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) {
    let text = node.text().unwrap_or_default();
    let slug = slugify(text);
    let help = if known.clone().any(|name| name == slug) {
        format!("did you mean `{slug}`?")
    } else {
        did_you_mean(text, known)
    };
    let message = format!("unknown {what} `{}`", shorten(text));
    reader.error("unknown-name", &node.at, message, help);
}
