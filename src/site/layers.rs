//! Puts one front matter on another: the rules by which a borough adapts what it inherits.
//!
//! - A field of the upper file wins; `field: null` clears it.
//! - A list is replaced, but for the lists whose items have an `id`: those merge item by item, and
//!   an item field by field. A new item comes last, or after the item that its `after` names.
//! - `drop` takes items away, `replaces: true` inherits nothing.
//!
//! It works on [`Node`]s, before anything is typed, so a rule holds for every kind alike and each
//! word keeps its place. Bodies are put together by [`compose`].
//!
//! Laws, held by property tests: putting a file on twice changes nothing, and a file that says
//! nothing changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::content::common::Part;
use crate::content::kinds::Kind;
use crate::content::markdown::{Body, Footnote, Piece};
use crate::content::node::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Span, did_you_mean};

/// What a file sets, beyond what stood there already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The fields, but for lists that merge by id.
    pub fields: BTreeSet<String>,
    /// The items, each with the fields of it that were set; by list and id.
    pub items: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Changes {
    /// Adds what another file sets.
    pub fn add(&mut self, other: &Changes) {
        self.fields.extend(other.fields.iter().cloned());
        for (item, fields) in &other.items {
            self.items.entry(item.clone()).or_default().extend(fields.iter().cloned());
        }
    }

    /// Takes away what another file sets anew.
    pub fn take_away(&mut self, other: &Changes) {
        self.fields.retain(|field| !other.fields.contains(field));
        for (item, fields) in &other.items {
            if let Some(known) = self.items.get_mut(item) {
                known.retain(|field| !fields.contains(field));
            }
        }
        self.items.retain(|_, fields| !fields.is_empty());
    }
}

/// Puts `over` on `base`. Without a base it only tidies `over`: what speaks of lower layers is
/// taken out.
pub fn merge(
    base: Option<&Node>,
    over: &Node,
    kind: Kind,
    problems: &mut Vec<Diagnostic>,
) -> (Node, Changes) {
    let replaces = over.get("replaces").and_then(Node::text) == Some("true");
    let base = base.filter(|_| !replaces);
    let mut merge = Merge { kind, changes: Changes::default(), problems };
    let mut entries: Vec<Entry> = base.map(|base| base.entries().to_vec()).unwrap_or_default();
    for entry in over.entries() {
        if Part::FIELDS.contains(&entry.key.as_str()) {
            continue;
        }
        merge.field(&mut entries, entry);
    }
    if let Some(drop) = over.get("drop") {
        merge.drop_items(&mut entries, drop);
    }
    let changes = merge.changes;
    (Node { at: over.at.clone(), value: Value::Map(entries) }, changes)
}

struct Merge<'a> {
    kind: Kind,
    changes: Changes,
    problems: &'a mut Vec<Diagnostic>,
}

impl Merge<'_> {
    fn field(&mut self, entries: &mut Vec<Entry>, over: &Entry) {
        let place = entries.iter().position(|entry| entry.key == over.key);
        if over.node.is_null() {
            if let Some(place) = place {
                entries.remove(place);
                self.changes.fields.insert(over.key.clone());
            }
            return;
        }
        let by_id = self.kind.lists_by_id().contains(&over.key.as_str());
        if by_id && over.node.items().iter().all(|item| matches!(item.value, Value::Map(_))) {
            let items = place.map(|place| entries[place].node.items().to_vec());
            let items = self.items(&over.key, items.unwrap_or_default(), over.node.items());
            let node = Node { at: over.node.at.clone(), value: Value::List(items) };
            put(entries, place, Entry { node, ..over.clone() });
        } else {
            let same = place.is_some_and(|place| entries[place].node.says_the_same(&over.node));
            if !same {
                self.changes.fields.insert(over.key.clone());
                put(entries, place, over.clone());
            }
        }
    }

    /// Merges two lists by the ids of their items.
    fn items(&mut self, list: &str, mut items: Vec<Node>, over: &[Node]) -> Vec<Node> {
        let mut first_new: BTreeMap<String, String> = BTreeMap::new();
        for item in over {
            let id = id_of(item).unwrap_or_default().to_owned();
            let key = (list.to_owned(), id.clone());
            let place = items.iter().position(|known| id_of(known) == Some(&id));
            if let Some(place) = place.filter(|_| !id.is_empty()) {
                let (merged, fields) = merge_item(&items[place], item);
                if let Some(after) = item.get("after") {
                    let message = format!("`{id}` is there already, so `after` does nothing");
                    self.problems.push(
                        Diagnostic::warning("after-known-item", after.at.span(), message)
                            .help("`after` only places a new item: take the line away"),
                    );
                }
                if !fields.is_empty() {
                    items[place] = merged;
                    self.changes.items.insert(key, fields);
                }
                continue;
            }
            let (new, fields) = merge_item(&Node { value: Value::Null, ..item.clone() }, item);
            let place = match item.get("after") {
                Some(after) => self.place_after(&items, after, &id, &mut first_new),
                None => items.len(),
            };
            items.insert(place, new);
            self.changes.items.insert(key, fields);
        }
        items
    }

    /// Where a new item goes that names the one before it. Several that name the same one keep
    /// their order.
    fn place_after(
        &mut self,
        items: &[Node],
        after: &Node,
        id: &str,
        last_new: &mut BTreeMap<String, String>,
    ) -> usize {
        let named = after.text().unwrap_or_default();
        let before = last_new.insert(named.to_owned(), id.to_owned());
        let before = before.as_deref().unwrap_or(named);
        match items.iter().position(|item| id_of(item) == Some(before)) {
            Some(place) => place + 1,
            None => {
                let message = format!("`after` names an unknown item `{named}`");
                let help = did_you_mean(named, items.iter().filter_map(id_of));
                self.problems
                    .push(Diagnostic::error("unknown-item", after.at.span(), message).help(help));
                items.len()
            }
        }
    }

    fn drop_items(&mut self, entries: &mut [Entry], drop: &Node) {
        for wanted in drop.entries() {
            let list = wanted.key.as_str();
            if !self.kind.lists_by_id().contains(&list) {
                let message = format!("`drop` cannot take items from `{list}`");
                let help = match self.kind.lists_by_id() {
                    [] => "this kind has no list whose items have an id".to_owned(),
                    lists => format!("it can take them from: {}", lists.join(", ")),
                };
                self.problems.push(
                    Diagnostic::error("wrong-drop", wanted.key_at.span(), message).help(help),
                );
                continue;
            }
            let Some(place) = entries.iter().position(|entry| entry.key == list) else {
                for id in wanted.node.items() {
                    self.unknown_drop(id, list, &[]);
                }
                continue;
            };
            let mut items = entries[place].node.items().to_vec();
            for id in wanted.node.items() {
                match items.iter().position(|item| id_of(item) == id.text()) {
                    Some(at) => {
                        items.remove(at);
                        self.changes.fields.insert(list.to_owned());
                    }
                    None => self.unknown_drop(id, list, &items),
                }
            }
            entries[place].node.value = Value::List(items);
        }
    }

    fn unknown_drop(&mut self, id: &Node, list: &str, items: &[Node]) {
        let name = id.text().unwrap_or_default();
        let message = format!("`{list}` has no item `{name}` to drop");
        let help = did_you_mean(name, items.iter().filter_map(id_of));
        self.problems.push(Diagnostic::error("unknown-item", id.at.span(), message).help(help));
    }
}

fn put(entries: &mut Vec<Entry>, place: Option<usize>, entry: Entry) {
    match place {
        Some(place) => entries[place] = entry,
        None => entries.push(entry),
    }
}

fn id_of(item: &Node) -> Option<&str> {
    item.get("id").and_then(Node::text)
}

/// Puts one item on another, field by field; `indicators` too field by field. Gives the fields
/// that say something new.
fn merge_item(base: &Node, over: &Node) -> (Node, BTreeSet<String>) {
    let mut entries = base.entries().to_vec();
    let mut fields = BTreeSet::new();
    for entry in over.entries().iter().filter(|entry| entry.key != "after") {
        let place = entries.iter().position(|known| known.key == entry.key);
        if entry.node.is_null() {
            if let Some(place) = place {
                entries.remove(place);
                fields.insert(entry.key.clone());
            }
            continue;
        }
        let mut node = entry.node.clone();
        if let Some(place) = place {
            if entry.key == "indicators" {
                node = merge_item(&entries[place].node, &node).0;
            }
            if entries[place].node.says_the_same(&node) {
                continue;
            }
        }
        fields.insert(entry.key.clone());
        put(&mut entries, place, Entry { node, ..entry.clone() });
    }
    (Node { at: over.at.clone(), value: Value::Map(entries) }, fields)
}

/// Puts one body on another: an empty one inherits, another replaces, and `::: inherit` in it puts
/// the lower body at that place. A body that comes out as it went in is shared, not copied.
pub fn compose(
    base: Option<&Arc<Body>>,
    over: &Arc<Body>,
    problems: &mut Vec<Diagnostic>,
) -> Arc<Body> {
    let inherits = over.pieces.iter().any(|piece| matches!(piece, Piece::Inherit(_)));
    let Some(base) = base else {
        for piece in &over.pieces {
            if let Piece::Inherit(span) = piece {
                let message = "there is no lower layer's text to inherit";
                problems.push(
                    Diagnostic::error("nothing-to-inherit", Span::clone(span), message)
                        .help("take the line away: no lower layer has this entry"),
                );
            }
        }
        return if inherits { Arc::new(without_inherit(over)) } else { over.clone() };
    };
    if over.is_empty() {
        return base.clone();
    }
    if !inherits {
        return over.clone();
    }
    let mut composed = Body { footnotes: over.footnotes.clone(), ..Body::default() };
    for piece in &over.pieces {
        match piece {
            Piece::Inherit(_) => {
                // Notes are known by their index, so the inherited ones move behind what is there.
                let first = composed.footnotes.len();
                let moved = |piece: &Piece| move_footnote(piece, first);
                composed.pieces.extend(base.pieces.iter().map(moved));
                composed.footnotes.extend(base.footnotes.iter().map(|note| Footnote {
                    label: note.label.clone(),
                    pieces: note.pieces.iter().map(moved).collect(),
                }));
                composed.anchors.extend(base.anchors.iter().cloned());
            }
            piece => composed.pieces.push(piece.clone()),
        }
    }
    composed.anchors.extend(over.anchors.iter().cloned());
    Arc::new(composed)
}

fn without_inherit(body: &Body) -> Body {
    let mut body = body.clone();
    body.pieces.retain(|piece| !matches!(piece, Piece::Inherit(_)));
    body
}

fn move_footnote(piece: &Piece, by: usize) -> Piece {
    match piece {
        Piece::FootnoteReference(index) => Piece::FootnoteReference(index + by),
        piece => piece.clone(),
    }
}
