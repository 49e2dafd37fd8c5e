//! The filters that templates have besides tera's own. All are pure: words and numbers in, words
//! out. How a language counts, and how it writes dates and times, its catalogue says.

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::messages::{DIGITS, LANGUAGE};
use super::{plurals, spoken};

/// Registers them. Must come before the templates.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
    tera.register_filter("plural", plural);
    tera.register_filter("date", date);
    tera.register_filter("time", time);
    tera.register_filter("bare", |text: &str, _: Kwargs, _: &State<'_>| spoken::bare(text));
}

/// `{{ m.adapted_by | fill(name=x) }}`: puts words into the places of a message. With markup among
/// them (a captured block) the whole comes out as markup, and the other words are escaped.
fn fill(message: &Value, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let text = message.as_str().ok_or_else(|| Error::message("only a text can be filled in"))?;
    let markup = message.is_safe() || kwargs.iter().any(|(_, value)| value.is_safe());
    let written = |value: &Value| -> TeraResult<String> {
        match markup && !value.is_safe() {
            true => state.escape(&value.to_string()),
            false => Ok(value.to_string()),
        }
    };
    let mut filled = written(message)?;
    for (key, value) in kwargs.iter() {
        let words = match value.is_safe() {
            true => value.to_string(),
            false => isolated(written(value)?, text),
        };
        filled = filled.replace(&format!("{{{key}}}"), &words);
    }
    Ok(if markup { Value::safe_string(&filled) } else { Value::normal_string(&filled) })
}

/// Words that run the other way than the message around them, kept together by Unicode's isolates
/// (UAX #9). A message may stand in a title or a label, where no `<bdi>` can.
fn isolated(words: String, message: &str) -> String {
    if words.is_ascii() && message.is_ascii() {
        return words;
    }
    let runs_left = |text: &str| text.chars().any(is_right_to_left);
    let other_way = match runs_left(message) {
        // A range of numbers, `12–14`, has no direction of its own and would be turned round.
        true => !runs_left(&words) && words.chars().any(|c| !c.is_ascii_digit()),
        false => runs_left(&words),
    };
    match (other_way, runs_left(message)) {
        (false, _) => words,
        (true, true) => format!("\u{2066}{words}\u{2069}"),
        (true, false) => format!("\u{2068}{words}\u{2069}"),
    }
}

/// Whether a letter belongs to a script that is written from right to left.
pub(super) fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// `{{ m.entries | plural(n=3) }}`: chooses the words for a number, and puts the number in.
fn plural(message: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let number = kwargs.must_get::<i64>("n")?;
    let language = word(message, LANGUAGE).unwrap_or("en");
    let form = word(message, plurals::form(language, number)).or_else(|| word(message, "other"));
    let words = form.or_else(|| message.as_str());
    let words =
        words.ok_or_else(|| Error::message("a plural needs the words `one` and `other`"))?;
    let number = in_digits(number.to_string(), word(message, DIGITS));
    Ok(words.replace("{n}", &number))
}

/// `{{ "2026-09-01" | date(m=m) }}`: "1 September 2026"; "September 2026" and "2026" where only
/// so much is known.
fn date(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let words = kwargs.must_get::<&Value>("m")?;
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month.and_then(|month| month.parse::<usize>().ok()?.checked_sub(1));
    // Some languages name a month otherwise when it stands alone: "września", but "wrzesień".
    let name = |list: &'static str| -> Option<&str> {
        words.get_from_path(list)?.as_array()?.get(month?)?.as_str()
    };
    let day = day.and_then(|day| day.parse::<u8>().ok());
    let year = year.unwrap_or(text);
    let written = match (name("months"), name("months_alone").or(name("months")), day) {
        (Some(month), _, Some(day)) => word(words, "date.day")
            .unwrap_or("{day} {month} {year}")
            .replace("{day}", &day.to_string())
            .replace("{month}", month)
            .replace("{year}", year),
        (_, Some(month), None) => word(words, "date.month")
            .unwrap_or("{month} {year}")
            .replace("{month}", month)
            .replace("{year}", year),
        _ => year.to_owned(),
    };
    Ok(in_digits(written, word(words, "language.digits")))
}

/// `{{ "2026-10-06T16:00:00" | time(m=m) }}`: "4pm"; "4:30pm" where there are minutes.
fn time(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let words = kwargs.must_get::<&Value>("m")?;
    let clock = text.rsplit(['T', ' ']).next().unwrap_or(text);
    let mut numbers = clock.split(':').map(|part| part.parse::<u8>().ok());
    let (Some(Some(hour)), Some(Some(minute))) = (numbers.next(), numbers.next()) else {
        return Ok(text.to_owned());
    };
    let named = match (hour, minute) {
        (12, 0) => word(words, "time.midday"),
        (0, 0) => word(words, "time.midnight"),
        _ => None,
    };
    let written = named.filter(|named| !named.is_empty()).map_or_else(
        || {
            let pattern = match minute {
                0 => word(words, "time.hour").unwrap_or("{hour}{part}"),
                _ => word(words, "time.minutes").unwrap_or("{hour}:{minute}{part}"),
            };
            let shown = match (word(words, "time.clock"), hour % 12) {
                (Some("24"), _) => hour,
                (_, 0) => 12,
                (_, hour) => hour,
            };
            pattern
                .replace("{hour}", &shown.to_string())
                .replace("{minute}", &format!("{minute:02}"))
                .replace("{part}", &part_of_day(words, hour))
        },
        str::to_owned,
    );
    Ok(in_digits(written, word(words, "language.digits")))
}

/// What a language calls the part of the day: the last whose first hour has come.
fn part_of_day(words: &Value, hour: u8) -> String {
    let Some(parts) = words.get_from_path("time.parts").and_then(Value::as_map) else {
        return String::new();
    };
    let begun = parts.iter().filter_map(|(from, part)| {
        let from = from.as_str()?.parse::<u8>().ok()?;
        (from <= hour).then_some((from, part.as_str()?))
    });
    begun.max().map_or_else(String::new, |(_, part)| part.to_owned())
}

fn word<'a>(words: &'a Value, path: &'a str) -> Option<&'a str> {
    words.get_from_path(path)?.as_str()
}

/// Numbers in the digits of a language, where it has its own.
fn in_digits(text: String, digits: Option<&str>) -> String {
    let Some(digits) = digits.filter(|digits| super::messages::is_other_digits(digits)) else {
        return text;
    };
    let digits: Vec<char> = digits.chars().collect();
    let own = |c: char| c.to_digit(10).and_then(|digit| digits.get(digit as usize)).copied();
    text.chars().map(|c| own(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests;
