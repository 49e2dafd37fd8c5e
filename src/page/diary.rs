//! When things are held: of one entry, and of all together, soonest first.

use jiff::civil::DateTime;
use serde::Serialize;

use super::maker::Maker;
use super::parts::FromView;
use crate::content::date::lasts_all_day;
use crate::content::kinds::meeting::Meeting;
use crate::content::kinds::training::Training;
use crate::content::kinds::{Kind, Payload};

/// A time at which something is held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SessionView {
    /// `2026-10-06T16:00:00`, London time.
    pub start: String,
    /// When it ends.
    pub end: Option<String>,
    /// Whether it lasts all day, so that no time is worth saying.
    pub all_day: bool,
    /// Where.
    pub place: Option<String>,
    /// How many places are left.
    pub places_left: Option<u32>,
}

/// A time at which an entry's training or event is held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateView {
    /// The entry's title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Who says so.
    pub from: FromView,
    /// When and where.
    pub session: SessionView,
}

/// When training is held, in the order of its file.
pub fn of_training(training: &Training) -> impl Iterator<Item = (DateTime, SessionView)> {
    training.sessions.iter().map(|session| {
        let view = SessionView {
            start: session.start.to_string(),
            end: session.end.map(|end| end.to_string()),
            all_day: lasts_all_day(session.start, session.end),
            place: session.place.clone(),
            places_left: session.places_left,
        };
        (session.start, view)
    })
}

/// When a meeting is held that happens once.
pub fn of_meeting(meeting: &Meeting) -> Option<(DateTime, SessionView)> {
    let start = meeting.start?;
    let view = SessionView {
        start: start.to_string(),
        end: meeting.end.map(|end| end.to_string()),
        all_day: lasts_all_day(start, meeting.end),
        place: meeting.place.clone(),
        places_left: None,
    };
    Some((start, view))
}

/// What is held from today on, soonest first, at most so many.
pub fn next(maker: &Maker<'_>, kinds: &[Kind], most: usize) -> Vec<DateView> {
    let today = maker.place.model.day.today;
    let lines = kinds.iter().flat_map(|kind| maker.place.catalogue.of_kind(*kind).iter());
    let held = lines.flat_map(|line| {
        let sessions: Vec<(DateTime, SessionView)> = match line.home.entry.payload() {
            Payload::Training(training) => of_training(training).collect(),
            Payload::Meeting(meeting) => of_meeting(meeting).into_iter().collect(),
            _ => Vec::new(),
        };
        sessions.into_iter().map(move |(start, session)| (start, session, line))
    });
    let mut held: Vec<_> = held.filter(|(start, ..)| start.date() >= today).collect();
    held.sort_by(|(a, _, one), (b, _, other)| {
        (a, &one.key, &one.home.url).cmp(&(b, &other.key, &other.home.url))
    });
    held.truncate(most);
    let view = |(_, session, line): (DateTime, SessionView, _)| {
        let card = maker.card(line);
        DateView { title: card.title, href: card.href, from: card.from, session }
    };
    held.into_iter().map(view).collect()
}
