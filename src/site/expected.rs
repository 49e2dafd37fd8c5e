//! What a site expects of schools, by subject: each need, and what every pupil gets.
//!
//! Only the site's own scope counts: in the hub that is what all of London shares.

use super::place::{Home, Place, Scope};
use crate::content::kinds::Payload;
use crate::content::kinds::provision::{Expectation, Provision};
use crate::path::Slug;

/// The part of an address that stands for what is about no need in particular.
const WHOLE_SCHOOL: &str = "whole-school";

/// What expectations are about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Every pupil.
    WholeSchool,
    /// A need.
    Need(Slug),
}

impl Subject {
    /// The part of an address that stands for it. No need can have the other's: an id that two
    /// subjects shared would be told as an address that two things want.
    pub fn slug(&self) -> &str {
        match self {
            Self::WholeSchool => WHOLE_SCHOOL,
            Self::Need(need) => need.as_str(),
        }
    }
}

/// All subjects that anything is expected for, every pupil first, then needs in their order.
pub fn subjects(place: &Place) -> Vec<Subject> {
    let needs = place.model.project.vocabulary.needs.iter();
    let needs = needs.map(|need| Subject::Need(need.id.slug().clone()));
    let all = std::iter::once(Subject::WholeSchool).chain(needs);
    all.filter(|subject| count(place.main(), subject, None) > 0).collect()
}

/// The provision about a subject.
pub fn provision<'a>(
    scope: &'a Scope,
    subject: &Subject,
) -> impl Iterator<Item = (&'a Home, &'a Provision)> {
    scope.homes.values().filter_map(move |home| {
        let Payload::Provision(provision) = home.entry.payload() else { return None };
        let needs = &home.entry.common().needs;
        let is_about = match subject {
            Subject::WholeSchool => needs.is_empty(),
            Subject::Need(need) => needs.iter().any(|id| id.slug() == need),
        };
        is_about.then_some((home, &**provision))
    })
}

/// Whether an expectation holds at an age; one that names no age holds at all.
pub fn is_for(expectation: &Expectation, phase: &str) -> bool {
    let phases = &expectation.phases;
    phases.is_empty() || phases.iter().any(|id| id.as_str() == phase)
}

/// How many expectations there are, of all ages or of one.
pub fn count(scope: &Scope, subject: &Subject, phase: Option<&Slug>) -> usize {
    let expectations = provision(scope, subject).flat_map(|(_, provision)| &provision.expectations);
    let wanted =
        |expectation: &&Expectation| phase.is_none_or(|phase| is_for(expectation, phase.as_str()));
    expectations.filter(wanted).count()
}
