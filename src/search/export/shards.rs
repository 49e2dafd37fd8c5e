//! Shards: surfaces in order, with the groups of their stems, cut into pieces of about one size.
//!
//! A shard is written column after column, because like beside like is smaller when compressed:
//! ```text
//! number of surfaces
//! the surfaces (`Bytes::words`)
//! of each surface: reference
//! number of groups
//! of each group: number of documents
//! of each document of each group: code
//!   … if it has the stem in its title: the title's norm
//!   … if it has the stem in its headings: the headings' norm
//! of each group: the numbers of its documents, as bits (`Bits::rising`)
//! of each document of each group: what codes leave out, of texts, then of titles, then of headings
//! ```
//! A reference of 0 is the shard's next group. An odd one, `2n + 1`, is the group `n` before the
//! last one. An even one, `2n + 2`, is one of shard `n`; its number there follows, and the
//! logarithm of its number of documents. A group lies in the shard of its first surface; a large
//! one lies alone, so that nobody fetches it for the sake of its neighbours.
//!
//! What a code says is told at [`Group`]'s.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::bytes::{Bits, Bytes};
use super::groups::{Cursors, Found, Group, Groups};
use crate::search::forms::{Form, class};
use crate::search::index::IndexError;

/// About how many bytes a shard has.
const SIZE: usize = 16_000;

/// The shards, and the first surface of each that has surfaces: these come first.
pub(super) struct Shards {
    pub(super) keys: Vec<String>,
    pub(super) files: Vec<Bytes>,
}

/// Where a group lies.
#[derive(Clone, Copy)]
enum At {
    /// In a shard with surfaces, at a place.
    Shard(usize, usize),
    /// Alone: the how-manieth of those.
    Alone(usize),
}

/// Cuts the forms and groups of so many documents into shards.
///
/// # Errors
/// If a group cannot be read.
pub(super) fn shards(
    forms: &[Form<'_>],
    groups: &Groups,
    documents: u32,
) -> Result<Shards, IndexError> {
    let mut at: FxHashMap<&str, At> = FxHashMap::default();
    let mut cut: Vec<(&[Form<'_>], Vec<&Found>)> = Vec::new();
    let mut alone: Vec<&Found> = Vec::new();
    let (mut first, mut size, mut here) = (0, 0, Vec::new());
    for (number, form) in forms.iter().enumerate() {
        if let Some(group) = groups.find(form.stem)
            && !at.contains_key(form.stem)
        {
            let bytes = group.documents * 2;
            let large = bytes > SIZE / 3;
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
                    here.push(group);
                    size += bytes + 1;
                }
            }
        }
        size += form.text.len() / 2 + 3;
        if size >= SIZE || number + 1 == forms.len() {
            cut.push((&forms[first..=number], std::mem::take(&mut here)));
            (first, size) = (number + 1, 0);
        }
    }
    if cut.is_empty() {
        // Whoever looks for a word of an empty site finds a shard without words.
        cut.push((&[], Vec::new()));
    }
    let keys = cut.iter().filter_map(|(forms, _)| Some(forms.first()?.text.to_owned())).collect();
    let surfaces = cut.len();
    let place = |stem: &str| match at.get(stem) {
        Some(At::Shard(shard, group)) => (*shard, *group),
        Some(At::Alone(shard)) => (surfaces + shard, 0),
        None => (0, 0),
    };
    let alone = alone.into_iter().map(|group| (&[] as &[Form<'_>], vec![group]));
    cut.extend(alone);
    let one = |cursors: &mut Cursors, (number, (forms, found)): (usize, (&[_], Vec<&Found>))| {
        let mut bytes = Bytes::default();
        surfaces_of(&mut bytes, number, forms, place, groups);
        let read = found.into_iter().map(|found| groups.read(found, cursors));
        postings(&mut bytes, &read.collect::<Result<Vec<Group>, _>>()?, documents);
        Ok(bytes)
    };
    let files = cut.into_par_iter().enumerate().map_init(Cursors::default, one);
    Ok(Shards { keys, files: files.collect::<Result<_, IndexError>>()? })
}

fn surfaces_of(
    bytes: &mut Bytes,
    number: usize,
    forms: &[Form<'_>],
    place: impl Fn(&str) -> (usize, usize),
    known: &Groups,
) {
    bytes.count(forms.len());
    bytes.words(forms.iter().map(|form| form.text));
    let mut groups = 0;
    for form in forms {
        match place(form.stem) {
            (shard, group) if shard == number && group == groups => {
                bytes.count(0);
                groups += 1;
            }
            (shard, group) if shard == number => bytes.count((groups - 1 - group) * 2 + 1),
            (shard, group) => {
                bytes.count(shard * 2 + 2);
                bytes.count(group);
                let documents = known.find(form.stem).map_or(1, |group| group.documents);
                bytes.byte(class(documents));
            }
        }
    }
}

fn postings(bytes: &mut Bytes, groups: &[Group], documents: u32) {
    bytes.count(groups.len());
    groups.iter().for_each(|group| bytes.count(group.documents.len()));
    bytes.cut();
    groups.iter().for_each(|group| bytes.0.extend(&group.codes));
    bytes.cut();
    for field in 0..2 {
        groups.iter().for_each(|group| bytes.0.extend(&group.norms[field]));
    }
    bytes.cut();
    let mut bits = Bits::default();
    for group in groups {
        bits.rising(&group.documents, 0, documents.saturating_sub(1));
    }
    bytes.0.append(&mut bits.into_bytes());
    bytes.cut();
    for field in [2, 0, 1] {
        let rests = groups.iter().flat_map(|group| &group.rests[field]);
        rests.for_each(|rest| bytes.integer(*rest));
    }
}
