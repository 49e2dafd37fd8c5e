//! A tree of what a YAML text says, each part with its place.
//!
//! Layers are merged on this tree and typed values are read from it, so both can say where every
//! word came from. A node keeps the text of a scalar as it was written: `020 7946` and `1.50` lose
//! nothing on the way to the field that knows what they mean.

use std::ops::Range;
use std::sync::Arc;

use super::source::SourceFile;
use crate::diagnostic::Span;

/// Where a node stands: a range of bytes of a file.
#[derive(Clone, Debug)]
pub struct At {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes.
    pub range: Range<usize>,
}

impl At {
    /// Line and column, worked out only now: few nodes ever need them.
    pub fn span(&self) -> Span {
        self.file.span(self.range.clone())
    }
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands.
    pub at: At,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// One value.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// Names with values, in the order written.
    Map(Vec<Entry>),
}

/// One value as written.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// Its text, without quotation marks.
    pub text: String,
    /// Whether it stood without quotation marks, so that `true` may mean true.
    pub plain: bool,
}

/// A name with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name.
    pub key: String,
    /// Where the name stands.
    pub key_at: At,
    /// The value.
    pub node: Node,
}

impl Node {
    /// Its entries, if it is a map.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The entry called `key`.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value called `key`; nothing when it is null.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node).filter(|node| !node.is_null())
    }

    /// The text, if it is a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// Its items: of a list its own, of a single value that one, of nothing none.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// Whether it says nothing.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// What kind of value it is, in an editor's words.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar(_) => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "a group of fields",
        }
    }

    /// How many nodes the tree has.
    pub fn size(&self) -> usize {
        match &self.value {
            Value::Null | Value::Scalar(_) => 1,
            Value::List(items) => 1 + items.iter().map(Node::size).sum::<usize>(),
            Value::Map(entries) => 1 + entries.iter().map(|e| 1 + e.node.size()).sum::<usize>(),
        }
    }

    /// Whether two trees say the same, wherever they stand and however they were written.
    pub fn says_the_same(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Scalar(a), Value::Scalar(b)) => a.text == b.text,
            (Value::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.says_the_same(b))
            }
            (Value::Map(a), Value::Map(b)) => {
                a.len() == b.len()
                    && a.iter().zip(b).all(|(a, b)| a.key == b.key && a.node.says_the_same(&b.node))
            }
            _ => false,
        }
    }
}
