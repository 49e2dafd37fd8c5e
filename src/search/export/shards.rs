//! Shards: surfaces in order, with the groups of their stems, cut into pieces of about one size.
//!
//! ```text
//! number of surfaces
//! each: shared · rest · rest's bytes · reference
//! number of groups · length of each · groups
//! ```
//! A reference is `number · class · kind` in one integer, from its high bits to its lowest: kind
//! 0 is a group of this shard, 1 one of another shard, whose number in that shard follows as an
//! integer of its own. The class is the logarithm of the number of documents that have the
//! surface, 4 bits. A group lies in the shard of its first surface; a large one lies alone, so
//! that nobody fetches it for the sake of its neighbours.

use std::collections::{BTreeMap, HashMap};

use super::bytes::Bytes;
use super::groups::Group;
use crate::search::document::Analysed;

/// About how many bytes a shard has.
const SIZE: usize = 24_000;

/// A surface of the index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    /// The folded word.
    pub(super) text: &'a str,
    /// Its stem.
    pub(super) stem: &'a str,
    /// In how many documents it is.
    pub(super) documents: u32,
}

impl Form<'_> {
    /// The logarithm of its number of documents, to the base 2, rounded down.
    pub(super) fn class(&self) -> u8 {
        u8::try_from(self.documents.max(1).ilog2().min(15)).unwrap_or(15)
    }
}

/// All surfaces of some documents, in the order in which JavaScript compares them.
pub(super) fn forms<'a>(documents: impl Iterator<Item = &'a Analysed>) -> Vec<Form<'a>> {
    let mut known: HashMap<&str, Form<'a>> = HashMap::new();
    for surface in documents.flat_map(|analysed| &analysed.surfaces) {
        let new = Form { text: &surface.text, stem: &surface.stem, documents: 0 };
        known.entry(&surface.text).or_insert(new).documents += 1;
    }
    let mut forms: Vec<Form<'a>> = known.into_values().collect();
    forms.sort_by(|a, b| a.text.encode_utf16().cmp(b.text.encode_utf16()));
    forms
}

/// The shards, and the first surface of each that has surfaces: these come first.
pub(super) struct Shards {
    pub(super) keys: Vec<String>,
    pub(super) files: Vec<Vec<u8>>,
}

/// Where a group lies.
#[derive(Clone, Copy)]
enum At {
    /// In a shard with surfaces, at a place.
    Shard(usize, usize),
    /// Alone: the how-manieth of those.
    Alone(usize),
}

/// Cuts forms and groups into shards.
pub(super) fn shards(forms: &[Form<'_>], groups: &[Group]) -> Shards {
    let by_stem: BTreeMap<&str, &Group> =
        groups.iter().map(|group| (group.stem.as_str(), group)).collect();
    let mut at: HashMap<&str, At> = HashMap::new();
    let mut cut: Vec<(&[Form<'_>], Vec<&Group>)> = Vec::new();
    let mut alone: Vec<&Group> = Vec::new();
    let (mut first, mut size, mut here) = (0, 0, Vec::new());
    for (number, form) in forms.iter().enumerate() {
        if let Some(group) = by_stem.get(form.stem)
            && !at.contains_key(form.stem)
        {
            let large = group.bytes.len() > SIZE / 3;
            at.insert(
                form.stem,
                match large {
                    true => At::Alone(alone.len()),
                    false => At::Shard(cut.len(), here.len()),
                },
            );
            match large {
                true => alone.push(group),
                false => {
                    here.push(*group);
                    size += group.bytes.len() + 2;
                }
            }
        }
        size += form.text.len() / 2 + 4;
        if size >= SIZE || number + 1 == forms.len() {
            cut.push((&forms[first..=number], std::mem::take(&mut here)));
            (first, size) = (number + 1, 0);
        }
    }
    let keys = cut.iter().filter_map(|(forms, _)| Some(forms.first()?.text.to_owned())).collect();
    let surfaces = cut.len();
    let encode_one = |(number, (forms, groups)): (usize, &(&[Form<'_>], Vec<&Group>))| {
        let place = |stem: &str| match at.get(stem) {
            Some(At::Shard(shard, group)) => (*shard, *group),
            Some(At::Alone(shard)) => (surfaces + shard, 0),
            None => (0, 0),
        };
        encode(number, forms, groups, place)
    };
    let mut files: Vec<Vec<u8>> = cut.iter().enumerate().map(encode_one).collect();
    files.extend(alone.into_iter().map(|group| encode(usize::MAX, &[], &[group], |_| (0, 0))));
    Shards { keys, files }
}

fn encode<'a>(
    number: usize,
    forms: &[Form<'a>],
    groups: &[&Group],
    place: impl Fn(&'a str) -> (usize, usize),
) -> Vec<u8> {
    let mut bytes = Bytes::default();
    bytes.count(forms.len());
    let mut before = "";
    for form in forms {
        bytes.word(before, form.text);
        before = form.text;
        let (shard, group) = place(form.stem);
        let low = usize::from(form.class()) << 1;
        if shard == number {
            bytes.count(group << 5 | low);
        } else {
            bytes.count(shard << 5 | low | 1);
            bytes.count(group);
        }
    }
    bytes.count(groups.len());
    for group in groups {
        bytes.count(group.bytes.len());
    }
    for group in groups {
        bytes.0.extend_from_slice(&group.bytes);
    }
    bytes.0
}
