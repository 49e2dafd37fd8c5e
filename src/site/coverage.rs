//! Statutory coverage: which headings that the law asks a Local Offer for a borough publishes.
//!
//! It says what is published, by whom, and how fresh it is. Whether that is what the law asks for
//! is for people to judge: nothing here says that anybody complies.

use jiff::civil::Date;

use super::model::{Entry, Model};
use crate::content::layer::Layer;
use crate::content::vocabulary::LocalOfferHeading;

/// How a borough stands with a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// A page of the borough, or of a provider it shares, names the heading and is in date.
    Published,
    /// Only pages that all of London shares name it.
    InheritedOnly,
    /// Pages name it, and the review of each of them that counts is overdue.
    OutOfDate,
    /// No page names it.
    Missing,
}

impl Status {
    /// All, from the best to the worst.
    pub const ALL: [Self; 4] =
        [Self::Published, Self::InheritedOnly, Self::OutOfDate, Self::Missing];

    /// Its key in messages, CSV and JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::InheritedOnly => "inherited_only",
            Self::OutOfDate => "out_of_date",
            Self::Missing => "missing",
        }
    }

    /// Its words in English.
    pub fn words(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::InheritedOnly => "inherited only",
            Self::OutOfDate => "out of date",
            Self::Missing => "missing",
        }
    }
}

/// How one layer's owner stands with one heading.
#[derive(Clone, Debug)]
pub struct Coverage<'a> {
    /// The heading.
    pub heading: &'a LocalOfferHeading,
    /// How it stands.
    pub status: Status,
    /// The pages that name the heading: its own first, then those it inherits.
    pub pages: Vec<&'a Entry>,
}

/// How a layer's owner stands with every heading, in the order of the headings.
pub fn coverage<'a>(model: &'a Model, owner: &Layer) -> Vec<Coverage<'a>> {
    let headings = &model.project.vocabulary.local_offer;
    headings.iter().map(|heading| of_heading(model, owner, heading)).collect()
}

fn of_heading<'a>(model: &'a Model, owner: &Layer, heading: &'a LocalOfferHeading) -> Coverage<'a> {
    let entries = model.view(owner).entries.values().map(|entry| &**entry);
    let named = entries
        .filter(|entry| entry.common().local_offer.iter().any(|id| *id.slug() == heading.item.id));
    let (own, shared): (Vec<&Entry>, Vec<&Entry>) =
        named.partition(|entry| *entry.provenance.top() != Layer::Shared);
    let any_in_date = |entries: &[&Entry]| entries.iter().any(|e| is_in_date(e, model.day.today));
    let status = match (own.as_slice(), shared.as_slice()) {
        ([], []) => Status::Missing,
        (own, _) if any_in_date(own) => Status::Published,
        ([], shared) if any_in_date(shared) => Status::InheritedOnly,
        _ => Status::OutOfDate,
    };
    Coverage { heading, status, pages: own.into_iter().chain(shared).collect() }
}

/// Whether nobody is late to check an entry.
pub fn is_in_date(entry: &Entry, today: Date) -> bool {
    entry.common().review_by.is_none_or(|by| today <= by)
}

/// How many headings stand so, for each status in the order of [`Status::ALL`].
pub fn counts(coverage: &[Coverage<'_>]) -> [usize; 4] {
    Status::ALL.map(|status| coverage.iter().filter(|line| line.status == status).count())
}
