//! When something that repeats is held: what a calendar can be told of "every second Tuesday".
//!
//! Only what is said becomes a rule. "Each half term" depends on a school's calendar, and words
//! that name no day of the week or month name no day at all: such meetings have no file, and
//! their page says in words when they are.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use crate::content::kinds::meeting::{Every, Meets, TimeRange};

/// A rule by which a meeting repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// The first day on which it is held.
    pub first: Date,
    /// From when to when; nothing means all day.
    pub time: Option<TimeRange>,
    /// How it goes on from there.
    pub rhythm: Rhythm,
    /// The last day on which it may be held.
    pub until: Option<Date>,
    /// Days on which it would be held, but is not.
    pub except: Vec<Date>,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// Each so many weeks, on a day of the week.
    Weeks(u8, Weekday),
    /// Each month: on the first such day of the week, the second, or the last (-1).
    Months(i8, Weekday),
}

impl Recurrence {
    /// The rule of a meeting, if it says one.
    pub fn of(meets: &Meets) -> Option<Self> {
        let from = meets.from?;
        let on = meets.on.as_deref().map(read_day);
        let rhythm = match (meets.every, on) {
            (Every::Week, None) => Rhythm::Weeks(1, from.weekday()),
            (Every::TwoWeeks, None) => Rhythm::Weeks(2, from.weekday()),
            (Every::Week, Some(Some((None, day)))) => Rhythm::Weeks(1, day),
            (Every::TwoWeeks, Some(Some((None, day)))) => Rhythm::Weeks(2, day),
            (Every::Month, Some(Some((Some(nth), day)))) => Rhythm::Months(nth, day),
            _ => return None,
        };
        let first = rhythm.first(from)?;
        let until = meets.until;
        if until.is_some_and(|until| until < first) {
            return None;
        }
        let mut except: Vec<Date> = meets.except.clone();
        except.retain(|day| *day >= first && until.is_none_or(|until| *day <= until));
        except.sort_unstable();
        except.dedup();
        Some(Self { first, time: meets.time, rhythm, until, except })
    }
}

impl Rhythm {
    /// The first day of it, from a day on.
    fn first(self, from: Date) -> Option<Date> {
        match self {
            Self::Weeks(_, day) if day == from.weekday() => Some(from),
            Self::Weeks(_, day) => from.nth_weekday(1, day).ok(),
            Self::Months(nth, day) => {
                let this = from.nth_weekday_of_month(nth, day).ok()?;
                if this >= from {
                    return Some(this);
                }
                let next = from.first_of_month().checked_add(1.month()).ok()?;
                next.nth_weekday_of_month(nth, day).ok()
            }
        }
    }
}

/// A day in words: "Tuesday", "Tuesdays", "first Tuesday", "the last Friday of the month".
fn read_day(words: &str) -> Option<(Option<i8>, Weekday)> {
    let lower = words.to_lowercase();
    let small = ["every", "each", "on", "the", "of", "in", "month"];
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.filter(|word| !small.contains(word)).collect();
    match words[..] {
        [day] => Some((None, weekday(day)?)),
        [nth, day] => Some((Some(ordinal(nth)?), weekday(day)?)),
        _ => None,
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn ordinal(word: &str) -> Option<i8> {
    Some(match word {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        "fourth" | "4th" => 4,
        "last" => -1,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn meets(every: Every, on: Option<&str>) -> Meets {
        let on = on.map(str::to_owned);
        let from = Some(date(2026, 10, 7));
        Meets { every, on, time: None, from, until: None, except: Vec::new() }
    }

    #[test]
    fn a_rule_begins_on_the_first_day_that_fits() {
        let first = |every, on| Recurrence::of(&meets(every, on)).map(|rule| rule.first);
        assert_eq!(first(Every::Week, None), Some(date(2026, 10, 7)));
        assert_eq!(first(Every::Week, Some("Wednesdays")), Some(date(2026, 10, 7)));
        assert_eq!(first(Every::TwoWeeks, Some("Tuesday")), Some(date(2026, 10, 13)));
        assert_eq!(first(Every::Month, Some("first Tuesday")), Some(date(2026, 11, 3)));
        assert_eq!(
            first(Every::Month, Some("The last Friday of the month")),
            Some(date(2026, 10, 30))
        );
    }

    #[test]
    fn words_that_name_no_day_make_no_rule() {
        for (every, on) in [
            (Every::Month, None),
            (Every::Month, Some("Tuesday")),
            (Every::Week, Some("first Tuesday")),
            (Every::Week, Some("Tuesday or Thursday")),
            (Every::Term, Some("first Tuesday")),
            (Every::HalfTerm, None),
        ] {
            assert_eq!(Recurrence::of(&meets(every, on)), None, "{every:?} {on:?}");
        }
        assert_eq!(Recurrence::of(&Meets { from: None, ..meets(Every::Week, None) }), None);
        let over = Meets { until: Some(date(2026, 10, 1)), ..meets(Every::Week, None) };
        assert_eq!(Recurrence::of(&over), None);
    }
}
