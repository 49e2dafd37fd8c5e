//! Names for ever: the same entry has the same one in every feed, on every site, at every address.

use uuid::Uuid;

use crate::content::layer::Layer;
use crate::site::model::Entry;

/// A UUID that follows from words alone (RFC 9562, version 5): no clock, no chance. The words
/// begin with a scheme of our own, so that nobody else's come to the same.
pub(super) fn uuid(words: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("ordinarily:{words}").as_bytes())
}

/// What names an entry: whoever spoke last of it, its kind and its slug. What a borough only
/// inherits is the same entry as in the hub; what it adapts is its own.
pub(super) fn of_entry(entry: &Entry) -> String {
    let layer: &Layer = entry.provenance.top();
    format!("{layer}/{}", entry.id)
}
