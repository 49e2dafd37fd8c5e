//! The filters that templates have besides tera's own. All are pure: words and numbers in, words
//! out.

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Registers them. Must come before the templates.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
    tera.register_filter("plural", plural);
    tera.register_filter("date", date);
    tera.register_filter("time", time);
}

/// `{{ m.adapted_by | fill(name=x) }}`: puts words into the places of a message.
fn fill(message: &str, kwargs: Kwargs, _: &State<'_>) -> String {
    let mut filled = message.to_owned();
    for (key, value) in kwargs.iter() {
        filled = filled.replace(&format!("{{{key}}}"), &value.to_string());
    }
    filled
}

/// `{{ m.entries | plural(n=3) }}`: chooses the words for a number, and puts the number in.
fn plural(message: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let number = kwargs.must_get::<i64>("n")?;
    let category = if number == 1 { "one" } else { "other" };
    let form = message.get_from_path(category).or_else(|| message.get_from_path("other"));
    let words = form.and_then(Value::as_str).or_else(|| message.as_str());
    let words =
        words.ok_or_else(|| Error::message("a plural needs the words `one` and `other`"))?;
    Ok(words.replace("{n}", &number.to_string()))
}

/// `{{ "2026-09-01" | date(m=m) }}`: "1 September 2026"; "September 2026" and "2026" where only
/// so much is known.
fn date(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let words = kwargs.must_get::<&Value>("m")?;
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let name = |month: &str| -> Option<String> {
        let index = month.parse::<usize>().ok()?.checked_sub(1)?;
        let months = words.get_from_path("months")?.as_array()?;
        Some(months.get(index)?.as_str()?.to_owned())
    };
    let month = month.and_then(name);
    let day = day.and_then(|day| day.parse::<u8>().ok());
    Ok(match (year, month, day) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(year), Some(month), None) => format!("{month} {year}"),
        (Some(year), _, _) => year.to_owned(),
        _ => text.to_owned(),
    })
}

/// `{{ "2026-10-06T16:00:00" | time }}`: "4pm"; "4:30pm" where there are minutes.
fn time(text: &str, _: Kwargs, _: &State<'_>) -> String {
    let clock = text.rsplit(['T', ' ']).next().unwrap_or(text);
    let mut parts = clock.split(':').map(|part| part.parse::<u8>().ok());
    let (Some(Some(hour)), Some(Some(minute))) = (parts.next(), parts.next()) else {
        return text.to_owned();
    };
    let half = if hour < 12 { "am" } else { "pm" };
    let hour = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    match (hour, minute, half) {
        (12, 0, "pm") => "midday".to_owned(),
        (12, 0, _) => "midnight".to_owned(),
        (hour, 0, half) => format!("{hour}{half}"),
        (hour, minute, half) => format!("{hour}:{minute:02}{half}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(template: &str) -> String {
        let mut tera = Tera::new();
        register(&mut tera);
        tera.add_raw_template("a", template).unwrap();
        let mut context = tera::Context::new();
        let months = [
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
        let pages = serde_json::json!({"one": "{n} page", "other": "{n} pages"});
        context.insert("m", &serde_json::json!({"months": months, "pages": pages}));
        tera.render("a", &context).unwrap()
    }

    #[test]
    fn dates_and_times_are_written_as_people_say_them() {
        assert_eq!(shown("{{ '2026-09-01' | date(m=m) }}"), "1 September 2026");
        assert_eq!(shown("{{ '2019-06' | date(m=m) }}"), "June 2019");
        assert_eq!(shown("{{ '2019' | date(m=m) }}"), "2019");
        assert_eq!(shown("{{ '2026-10-06T16:00:00' | time }}"), "4pm");
        assert_eq!(shown("{{ '09:30' | time }}"), "9:30am");
        assert_eq!(shown("{{ '12:00' | time }}"), "midday");
    }

    #[test]
    fn a_message_takes_words_and_numbers() {
        assert_eq!(shown("{{ 'By {name}' | fill(name='Barnet') }}"), "By Barnet");
        assert_eq!(shown("{{ m.pages | plural(n=1) }}"), "1 page");
        assert_eq!(shown("{{ m.pages | plural(n=0) }}"), "0 pages");
    }
}
