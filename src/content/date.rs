//! Dates and times as editors write them.

use jiff::civil::{Date, DateTime, Time};

use super::fields::{Read, Reader};
use super::node::Node;
use super::shape::{Form, Shape};

/// What a date looks like.
pub const DATE: Form = Form {
    what: "a date",
    pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    example: "2026-09-01",
    may_be_number: false,
};

impl Read for Date {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = node.text().unwrap_or_default();
        parse_date(text).or_else(|| refuse(node, reader, "a date such as 2026-09-01"))
    }

    fn shape() -> Shape {
        Shape::Form(DATE)
    }
}

impl Read for DateTime {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = node.text().unwrap_or_default();
        parse_moment(text)
            .or_else(|| refuse(node, reader, "a date and time such as 2026-10-06 16:00"))
    }

    fn shape() -> Shape {
        Shape::Form(Form {
            what: "a date and a time, as the clock shows in London",
            pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T] *[0-9]{2}:[0-9]{2}$",
            example: "2026-10-06 16:00",
            may_be_number: false,
        })
    }
}

/// A date of which only the year, or the year and the month, may be known: that of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day, 1 to 31.
    pub day: Option<i8>,
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl Read for PartialDate {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = node.text().unwrap_or_default();
        parse_partial(text)
            .or_else(|| refuse(node, reader, "a date such as 2026-09-01, 2019-06 or 2019"))
    }

    fn shape() -> Shape {
        Shape::Form(Form {
            what: "a date, a month or a year",
            pattern: "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
            example: "2019-06",
            may_be_number: true,
        })
    }
}

/// Tells of something that is held if its `end` is not after its `start`.
pub fn check_order(held: &Node, reader: &mut Reader<'_>) {
    let moment = |name: &str| held.get(name)?.text().and_then(parse_moment);
    if let (Some(start), Some(end), Some(at)) = (moment("start"), moment("end"), held.get("end"))
        && end <= start
    {
        let message = "the end is not after the start".to_owned();
        reader.error("wrong-date", &at.at, message, "check both dates and times");
    }
}

fn refuse<T>(node: &Node, reader: &mut Reader<'_>, wanted: &str) -> Option<T> {
    let Some(text) = node.text() else { return reader.unfit(node, wanted) };
    let message = format!("`{text}` is not {wanted}");
    let help = match british(text) {
        Some(date) => format!("write the year first: `{date}`"),
        None => format!("it must be {wanted}"),
    };
    reader.error("wrong-date", &node.at, message, help);
    None
}

/// Exactly `YYYY-MM-DD`.
pub fn parse_date(text: &str) -> Option<Date> {
    let exact = text.len() == 10 && text.is_ascii();
    exact
        .then(|| parse_partial(text))?
        .and_then(|partial| Date::new(partial.year, partial.month?, partial.day?).ok())
}

/// A date and a time, with a blank or a `T` between them.
fn parse_moment(text: &str) -> Option<DateTime> {
    let (date, time) = text.split_once([' ', 'T'])?;
    Some(parse_date(date)?.to_datetime(parse_time(time.trim())?))
}

/// Exactly `HH:MM`.
pub fn parse_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let two_digits = |part: &str| {
        let sound = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        sound.then(|| part.parse().ok()).flatten()
    };
    Time::new(two_digits(hour)?, two_digits(minute)?, 0, 0).ok()
}

/// Whether something lasts all day, or several: editors write a time with each date, and midnight
/// where there is none to tell. The day on which it ends at midnight is none of its days.
pub fn lasts_all_day(start: DateTime, end: Option<DateTime>) -> bool {
    let at_midnight = |moment: DateTime| moment.time() == Time::midnight();
    at_midnight(start) && end.is_none_or(at_midnight)
}

fn parse_partial(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| match parts.next() {
        None => Some(None),
        Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
            Some(part.parse::<i16>().ok())
        }
        Some(_) => None,
    };
    let year = number(4)??;
    let month = number(2)?.map(i8::try_from).transpose().ok()?;
    let day = number(2)?.map(i8::try_from).transpose().ok()?;
    let sound =
        parts.next().is_none() && Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
    sound.then_some(PartialDate { year, month, day })
}

/// `10/09/2026`, `10.9.2026` or `10-09-2026` as the date it means in Britain.
fn british(text: &str) -> Option<Date> {
    let mut parts = text.trim().split(['/', '.', '-']);
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let year = parts.next()?.parse().ok()?;
    let done = parts.next().is_none() && year > 999;
    done.then(|| Date::new(year, month, day).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_the_year_first_and_exists() {
        assert!(parse_date("2026-09-01").is_some());
        for bad in
            ["2026-9-1", "2026-02-30", "01/09/2026", "2026-09-01x", "", "2026-09", "２０26-1"]
        {
            assert!(parse_date(bad).is_none(), "{bad}");
        }
        assert_eq!(british("10/09/2026"), parse_date("2026-09-10"));
    }

    #[test]
    fn a_source_may_know_only_its_month_or_year() {
        let june = PartialDate { year: 2019, month: Some(6), day: None };
        assert_eq!(parse_partial("2019-06"), Some(june));
        assert!(parse_partial("2019").is_some());
        assert!(parse_partial("2019-13").is_none());
    }
}
