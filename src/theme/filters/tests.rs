//! The filters as templates use them, on the catalogues that the program brings.

use super::*;
use crate::content::tree::SourceTree;
use crate::theme::Theme;

const LANGUAGES: [&str; 7] = ["en", "ar", "bn", "pl", "so", "tr", "ur"];

/// What a template shows with the words of a language as `m`.
#[track_caller]
fn shown(language: &str, template: &str) -> String {
    let theme = Theme::load(&SourceTree::new(), "london", &LANGUAGES).value.unwrap();
    let mut tera = Tera::new();
    register(&mut tera);
    tera.add_raw_template("a.html", template).unwrap();
    let mut context = tera::Context::new();
    context.insert_value("m", theme.entry(language).unwrap().1.clone());
    tera.render("a.html", &context).unwrap()
}

/// Which form a language takes for a number, through the filter.
#[track_caller]
fn form(language: &str, number: i64) -> String {
    let mut tera = Tera::new();
    register(&mut tera);
    tera.add_raw_template("a.html", &format!("{{{{ p | plural(n={number}) }}}}")).unwrap();
    let mut forms: serde_json::Map<String, serde_json::Value> =
        plurals::FORMS.iter().map(|form| ((*form).to_owned(), (*form).into())).collect();
    forms.insert(LANGUAGE.to_owned(), language.into());
    let mut context = tera::Context::new();
    context.insert("p", &forms);
    tera.render("a.html", &context).unwrap()
}

#[test]
fn dates_and_times_are_written_as_people_say_them() {
    let date = |date: &str| shown("en", &format!("{{{{ '{date}' | date(m=m) }}}}"));
    let time = |time: &str| shown("en", &format!("{{{{ '{time}' | time(m=m) }}}}"));
    assert_eq!(date("2026-09-01"), "1 September 2026");
    assert_eq!(date("2019-06"), "June 2019");
    assert_eq!(date("2019"), "2019");
    assert_eq!(date("soon"), "soon");
    assert_eq!(time("2026-10-06T16:00:00"), "4pm");
    assert_eq!(time("09:30"), "9:30am");
    assert_eq!((time("12:00"), time("00:00")), ("midday".into(), "midnight".into()));
    assert_eq!((time("12:30"), time("00:30")), ("12:30pm".into(), "12:30am".into()));
    assert_eq!(time("late"), "late");
}

#[test]
fn each_language_writes_dates_and_times_in_its_own_way() {
    for (language, day, month, time) in [
        ("pl", "6 października 2026", "październik 2026", "16:00"),
        ("tr", "6 Ekim 2026", "Ekim 2026", "16.00"),
        ("so", "6 Oktoobar 2026", "Oktoobar 2026", "4:00 galabnimo"),
        ("bn", "৬ অক্টোবর ২০২৬", "অক্টোবর ২০২৬", "বিকেল ৪টা"),
        ("ur", "6 اکتوبر 2026", "اکتوبر 2026", "سہ پہر 4 بجے"),
        ("ar", "6 أكتوبر 2026", "أكتوبر 2026", "4 مساءً"),
    ] {
        assert_eq!(shown(language, "{{ '2026-10-06' | date(m=m) }}"), day);
        assert_eq!(shown(language, "{{ '2026-10' | date(m=m) }}"), month);
        assert_eq!(shown(language, "{{ '16:00' | time(m=m) }}"), time);
    }
    assert_eq!(shown("bn", "{{ '09:30' | time(m=m) }}"), "সকাল ৯:৩০");
    assert_eq!(shown("ar", "{{ '00:00' | time(m=m) }}"), "منتصف الليل");
}

#[test]
fn a_message_takes_words_and_numbers() {
    assert_eq!(shown("en", "{{ 'By {name}' | fill(name='Barnet') }}"), "By Barnet");
    let places = |language: &str, n: i64| {
        shown(language, &format!("{{{{ m.entry.places_left | plural(n={n}) }}}}"))
    };
    assert_eq!((places("en", 1), places("en", 0)), ("1 place left".into(), "0 places left".into()));
    assert_eq!(places("pl", 22), "zostały 22 miejsca");
    assert_eq!(places("pl", 12), "zostało 12 miejsc");
    assert_eq!(places("ar", 2), "بقي مكانان");
    assert_eq!(places("ar", 11), "بقي 11 مكانًا");
    assert_eq!(places("bn", 12), "১২টি আসন বাকি");
    assert_eq!(places("tr", 12), "12 yer kaldı");
}

#[test]
fn markup_in_a_message_stays_markup_and_words_beside_it_are_escaped() {
    let captured = "{% set x %}<b>ü</b>{% endset %}";
    let filled = |message: &str| {
        shown("en", &format!("{captured}{{{{ '{message}' | fill(a=x, b='<i>') }}}}"))
    };
    assert_eq!(filled("a & {a}, {b}"), "a &amp; <b>ü</b>, &lt;i&gt;");
    assert_eq!(shown("en", "{{ 'a & {b}' | fill(b='<i>') }}"), "a &amp; &lt;i&gt;");
}

#[test]
fn words_that_run_the_other_way_are_kept_together() {
    let filled = |message: &str, words: &str| {
        shown("en", &format!("{{{{ '{message}' | fill(x='{words}') }}}}"))
    };
    assert_eq!(filled("من {x}", "Barnet (north)"), "من \u{2066}Barnet (north)\u{2069}");
    assert_eq!(filled("صفحة {x}", "12–14"), "صفحة \u{2066}12–14\u{2069}");
    assert_eq!(filled("صفحة {x}", "12"), "صفحة 12");
    assert_eq!(filled("من {x}", "لندن"), "من لندن");
    assert_eq!(filled("From {x}.", "لندن"), "From \u{2068}لندن\u{2069}.");
    assert_eq!(filled("From {x}.", "Barnet"), "From Barnet.");
}

/// A category, and some of its numbers.
type Sample<'a> = (&'a str, &'a [i64]);

/// The samples of CLDR's chart "Language Plural Rules" for whole numbers.
#[test]
fn plurals_follow_the_rules_of_each_language() {
    let samples: [(&str, &[Sample]); 7] = [
        ("en", &[("one", &[1]), ("other", &[0, 2, 3, 16, 100, 1000, 1_000_000])]),
        ("tr", &[("one", &[1]), ("other", &[0, 2, 3, 16, 100, 1000, 1_000_000])]),
        ("so", &[("one", &[1]), ("other", &[0, 2, 3, 16, 100, 1000, 1_000_000])]),
        ("ur", &[("one", &[1]), ("other", &[0, 2, 3, 16, 100, 1000, 1_000_000])]),
        ("bn", &[("one", &[0, 1]), ("other", &[2, 3, 17, 100, 1000, 1_000_000])]),
        (
            "pl",
            &[
                ("one", &[1]),
                ("few", &[2, 3, 4, 22, 23, 24, 32, 102, 1002]),
                ("many", &[0, 5, 11, 12, 13, 14, 19, 21, 25, 100, 112, 1000, 1_000_000]),
            ],
        ),
        (
            "ar",
            &[
                ("zero", &[0]),
                ("one", &[1]),
                ("two", &[2]),
                ("few", &[3, 10, 103, 110, 1003]),
                ("many", &[11, 26, 99, 111, 1011]),
                ("other", &[100, 101, 102, 200, 202, 300, 1000, 1_000_000]),
            ],
        ),
    ];
    for (language, forms) in samples {
        for (wanted, numbers) in forms {
            for number in *numbers {
                assert_eq!(form(language, *number), *wanted, "{number} in {language}");
            }
        }
    }
    assert_eq!(form("en-GB", 1), "one");
    assert_eq!(form("no language at all", 1), "other");
}

#[test]
fn english_words_are_counted_by_english_rules_on_any_page() {
    let text = "entry: {places_left: {one: \"{n} only\", other: \"{n} of them\"}}\n";
    let mut tree = SourceTree::new();
    for (code, text) in [("en", text), ("pl", "nav: {home: Start}\n")] {
        let path = format!("themes/own/messages/{code}.yaml");
        tree.insert(crate::path::SourcePath::new(&path), text.as_bytes()).unwrap();
    }
    // A language that the program does not bring: what it lacks is English.
    let path = crate::path::SourcePath::new("themes/own/messages/cs.yaml");
    tree.insert(path, b"nav: {home: Start}\n").unwrap();
    let theme = Theme::load(&tree, "own", &["cs"]).value.unwrap();
    let mut tera = Tera::new();
    register(&mut tera);
    tera.add_raw_template("a", "{{ m.entry.places_left | plural(n=3) }}").unwrap();
    let mut context = tera::Context::new();
    context.insert_value("m", theme.entry("cs").unwrap().1.clone());
    let rendered = tera.render("a", &context).unwrap();
    assert_eq!(spoken::spans(&rendered, "ltr"), "<span lang=\"en\">3 of them</span>");
}
