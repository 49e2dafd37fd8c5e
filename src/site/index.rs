//! The A to Z: everything that has a page, by the first letter of its title.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::catalogue;
use super::place::Place;
use crate::content::vocabulary::Need;

/// A to Z pages are split by letter when the whole would have more lines than this.
const LONGEST: usize = 400;

/// A line of the A to Z.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    /// A need's page.
    Need(&'a Need),
    /// An entry's page.
    Entry(&'a catalogue::Line),
}

impl<'a> Line<'a> {
    /// The words that it stands under.
    pub fn title(&self) -> &'a str {
        match self {
            Self::Need(need) => need.item.plain(),
            Self::Entry(line) => &line.home.entry.common().title,
        }
    }

    fn key(&self) -> Cow<'a, str> {
        match self {
            Self::Need(need) => Cow::Owned(sort_key(need.item.plain())),
            Self::Entry(line) => Cow::Borrowed(&line.key),
        }
    }
}

/// All lines by letter, each letter's in the order of their titles. `#` holds what begins with
/// no letter from A to Z.
pub fn letters(place: &Place) -> BTreeMap<char, Vec<Line<'_>>> {
    let needs = place.model.project.vocabulary.needs.iter().map(Line::Need);
    let entries = place.catalogue.all().map(Line::Entry);
    let mut letters: BTreeMap<char, Vec<Line<'_>>> = BTreeMap::new();
    for line in needs.chain(entries) {
        letters.entry(first_letter(&line.key())).or_default().push(line);
    }
    for lines in letters.values_mut() {
        lines.sort_by(|a, b| a.key().cmp(&b.key()));
    }
    letters
}

/// The letters that have a page each; none where the whole is one page.
pub fn split(place: &Place) -> BTreeSet<char> {
    let needs = &place.model.project.vocabulary.needs;
    let entries = || place.catalogue.all();
    if needs.len() + entries().count() <= LONGEST {
        return BTreeSet::new();
    }
    let of_needs = needs.iter().map(|need| letter(need.item.plain()));
    of_needs.chain(entries().map(|line| first_letter(&line.key))).collect()
}

/// The last part of a letter's address.
pub fn letter_slug(letter: char) -> String {
    match letter {
        '#' => "other".to_owned(),
        letter => letter.to_lowercase().to_string(),
    }
}

/// The letter that a title stands under.
pub fn letter(title: &str) -> char {
    first_letter(&sort_key(title))
}

fn first_letter(key: &str) -> char {
    match key.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => first.to_ascii_uppercase(),
        _ => '#',
    }
}

/// What titles are sorted by: small letters without accents, quotation marks or a leading "the".
pub fn sort_key(title: &str) -> String {
    let slug = crate::path::slugify(title);
    slug.strip_prefix("the-").map(str::to_owned).unwrap_or(slug)
}
