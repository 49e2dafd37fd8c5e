//! Dates for calendars (iCalendar, RFC 5545): of one entry, and of a whole site.
//!
//! When something was last said is the day of its review, never the clock's. Times are London's,
//! with the zone named, so that what repeats keeps its hour when the clocks change. What begins
//! and ends at midnight lasts all day.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;

use super::ics::Lines;
use super::identity;
use super::london::{ZONE, zoned};
use crate::content::date::lasts_all_day;
use crate::content::kinds::training::Session;
use crate::content::kinds::{EntryId, Payload};
use crate::page::home::site_name;
use crate::page::maker::Maker;
use crate::site::feeds::DATED;
use crate::site::place::Home;
use crate::site::recurrence::{Recurrence, Rhythm};

/// Everything of a site that has a date.
pub fn site(maker: &Maker<'_>) -> Vec<u8> {
    let mut lines = Lines::new(&site_name(maker));
    let catalogue = &maker.place.catalogue;
    for line in DATED.iter().flat_map(|kind| catalogue.of_kind(*kind).iter()) {
        let scope = maker.place.scopes.get(line.scope).map_or(maker.scope, AsRef::as_ref);
        add_entry(&maker.in_scope(scope), &line.home, &mut lines);
    }
    lines.finish()
}

/// The dates of one entry.
pub fn entry(maker: &Maker<'_>, scope: usize, id: &EntryId) -> Vec<u8> {
    let scope = maker.place.scopes.get(scope).map_or(maker.scope, AsRef::as_ref);
    let Some(home) = scope.homes.get(id) else { return Vec::new() };
    let maker = maker.in_scope(scope);
    let mut lines = Lines::new(&maker.text(&home.entry.common().title));
    add_entry(&maker, home, &mut lines);
    lines.finish()
}

/// When something is held.
struct Held<'a> {
    /// What tells it from the entry's other dates.
    key: String,
    start: DateTime,
    end: Option<DateTime>,
    place: Option<&'a String>,
    rule: Option<&'a Recurrence>,
}

fn add_entry(maker: &Maker<'_>, home: &Home, lines: &mut Lines) {
    match home.entry.payload() {
        Payload::Training(training) => {
            for (at, Session { start, end, place, .. }) in training.sessions.iter().enumerate() {
                // Two groups may begin at one time, in two rooms: they are two dates.
                let before = training.sessions[..at].iter().filter(|other| other.start == *start);
                let key = match before.count() {
                    0 => format!("#{start}"),
                    others => format!("#{start}#{}", others + 1),
                };
                let place = place.as_ref();
                let held = Held { key, start: *start, end: *end, place, rule: None };
                add(maker, home, &held, lines);
            }
        }
        Payload::Meeting(meeting) => {
            let place = meeting.place.as_ref();
            if let Some(start) = meeting.start {
                let held = Held { key: String::new(), start, end: meeting.end, place, rule: None };
                add(maker, home, &held, lines);
            }
            if let Some(rule) = meeting.meets.as_ref().and_then(Recurrence::of) {
                let at = |time: Time| rule.first.to_datetime(time);
                let start = at(rule.time.map_or(Time::midnight(), |time| time.start));
                let end = rule.time.map(|time| at(time.end));
                let held = Held { key: "#meets".to_owned(), start, end, place, rule: Some(&rule) };
                add(maker, home, &held, lines);
            }
        }
        _ => {}
    }
}

fn add(maker: &Maker<'_>, home: &Home, held: &Held<'_>, lines: &mut Lines) {
    let common = home.entry.common();
    let name = format!("{}{}", identity::of_entry(&home.entry), held.key);
    let said = common.reviewed.unwrap_or(held.start.date());
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &identity::uuid(&name).to_string());
    lines.put("DTSTAMP", &format!("{}T000000Z", day(said)));
    lines.text("SUMMARY", &maker.text(&common.title));
    if !common.summary.is_empty() {
        lines.text("DESCRIPTION", &maker.text(&common.summary));
    }
    let whole_days = lasts_all_day(held.start, held.end);
    let mut put = |name: &str, moment: DateTime| match whole_days {
        true => lines.put(&format!("{name};VALUE=DATE"), &day(moment.date())),
        false => lines.put(&format!("{name};TZID={ZONE}"), &local(moment)),
    };
    put("DTSTART", held.start);
    if let Some(end) = held.end {
        put("DTEND", end);
    }
    if let Some(rule) = held.rule {
        for except in &rule.except {
            put("EXDATE", except.to_datetime(held.start.time()));
        }
        lines.put("RRULE", &repeats(rule, held.start.time(), whole_days));
    }
    if let Some(place) = held.place {
        lines.text("LOCATION", &maker.text(place));
    }
    if let Some(base) = &maker.place.base_url {
        lines.put("URL", &base.join(home.url.as_str()));
    }
    lines.put("END", "VEVENT");
}

/// How something repeats (section 3.3.10). The last time is told as the start is: as a day, or in
/// UTC where the start has a zone.
fn repeats(rule: &Recurrence, at: Time, whole_days: bool) -> String {
    let mut text = match rule.rhythm {
        Rhythm::Weeks(1, on) => format!("FREQ=WEEKLY;BYDAY={}", weekday(on)),
        Rhythm::Weeks(weeks, on) => format!("FREQ=WEEKLY;INTERVAL={weeks};BYDAY={}", weekday(on)),
        Rhythm::Months(nth, on) => format!("FREQ=MONTHLY;BYDAY={nth}{}", weekday(on)),
    };
    if let Some(until) = rule.until {
        let until = match whole_days {
            true => day(until),
            false => utc(until.to_datetime(at)),
        };
        text.push_str(&format!(";UNTIL={until}"));
    }
    text
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn local(moment: DateTime) -> String {
    let time = moment.time();
    format!("{}T{:02}{:02}{:02}", day(moment.date()), time.hour(), time.minute(), time.second())
}

/// A moment in London as UTC says it.
fn utc(moment: DateTime) -> String {
    let utc = zoned(moment).map(|moment| moment.with_time_zone(TimeZone::UTC).datetime());
    utc.map(|utc| format!("{}Z", local(utc))).unwrap_or_default()
}
