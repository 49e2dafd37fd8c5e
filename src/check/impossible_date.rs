//! Dates that cannot be.

use jiff::civil::{Date, Weekday};

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::content::date::parse_date;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "impossible-date",
    reason: "A family that comes on the wrong day does not come again.",
    severity: Severity::Warning,
    explanation: "It finds days that no month has (31 June 2026), days of the week that do not belong \
        to their date (Monday 22 November 2026), and a `reviewed` day that has not come yet. English \
        pages only.",
    look: Look::Page(look),
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const DAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let reviewed = subject.node.get("reviewed").and_then(|node| parse_date(node.text()?));
    if reviewed.is_some_and(|day| day > subject.today()) {
        let help = "write the day on which somebody last checked the page";
        findings.push(Finding::new(subject.field("reviewed"), "this day has not come yet", help));
    }
    if !subject.is_english() {
        return;
    }
    for passage in &subject.passages {
        let text = &*passage.text;
        let words = words(text);
        for (at, three) in words.windows(3).enumerate() {
            let [(start, day), (_, month), (last, year)] = three else { continue };
            let Some(month) = MONTHS.iter().position(|name| name == month) else { continue };
            let (Ok(day), Ok(year)) = (day.parse::<i8>(), year.parse::<i16>()) else { continue };
            let month = i8::try_from(month + 1).unwrap_or(1);
            let message = match Date::new(year, month, day) {
                Err(_) => "there is no such day".to_owned(),
                Ok(date) => {
                    let before = at.checked_sub(1).and_then(|at| words.get(at)).map(|word| word.1);
                    let named = DAYS.iter().find(|(name, _)| Some(*name) == before);
                    let is = DAYS.iter().find(|(_, weekday)| *weekday == date.weekday());
                    match (named, is) {
                        (Some(named), Some(is)) if named != is => {
                            format!("this day is a {}, not a {}", is.0, named.0)
                        }
                        _ => continue,
                    }
                }
            };
            let range = *start..last + 4;
            let span = subject.place(passage, &range);
            findings.push(Finding::new(span, message, "check the date"));
        }
    }
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    words
}
