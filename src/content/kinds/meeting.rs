//! Networks and events: people who meet, again and again or once.

use jiff::civil::{Date, DateTime, Time};

use super::training::Booking;
use super::words;
use crate::content::date::{check_order, parse_time};
use crate::content::fields::{Read, Reader, record};
use crate::content::node::Node;
use crate::content::shape::{Form, Shape};

record! {
    /// The fields of a network or an event.
    pub struct Meeting {
        /// When it meets again and again.
        pub meets: Option<Meets>,
        /// When it begins, if it happens once; London time.
        pub start: Option<DateTime>,
        /// When it ends; London time.
        pub end: Option<DateTime>,
        /// Where.
        pub place: Option<String>,
        /// Who may come.
        pub open_to: Option<String>,
        /// How to book.
        pub book: Option<Booking>,
    }
}

record! {
    /// A meeting that repeats.
    pub struct Meets {
        /// How often.
        pub every: Every,
        /// On which day, in words: "first Tuesday".
        pub on: Option<String>,
        /// From when to when on the day.
        pub time: Option<TimeRange>,
        /// The first day.
        pub from: Option<Date>,
        /// The last day.
        pub until: Option<Date>,
        /// Days on which it does not meet.
        pub except: Vec<Date>,
    }
}

words! {
    /// How often a meeting repeats.
    pub enum Every {
        /// Each week.
        Week = "week",
        /// Each second week.
        TwoWeeks = "2 weeks",
        /// Each month.
        Month = "month",
        /// Each half term of the school year.
        HalfTerm = "half-term",
        /// Each term of the school year.
        Term = "term",
    }
}

/// From one time of a day to a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    /// When it begins.
    pub start: Time,
    /// When it ends.
    pub end: Time,
}

impl Read for TimeRange {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let range = node.text().and_then(|text| {
            let (start, end) = text.split_once(['-', '–'])?;
            Some(Self { start: parse_time(start.trim())?, end: parse_time(end.trim())? })
        });
        match range.filter(|range| range.start < range.end) {
            Some(range) => Some(range),
            None => reader.unfit(node, "a time such as \"16:00-17:30\""),
        }
    }

    fn shape() -> Shape {
        Shape::Form(Form {
            what: "from one time of the day to another",
            pattern: "^[0-9]{2}:[0-9]{2} *[-–] *[0-9]{2}:[0-9]{2}$",
            example: "16:00-17:30",
            may_be_number: false,
        })
    }
}

impl Meeting {
    /// Reads a network or an event, and tells an end before its start.
    pub fn read_checked(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        check_order(node, reader);
        Self::read_fields(node, reader)
    }
}
