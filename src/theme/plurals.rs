//! Which form of a word goes with a number, by the rules of each language.
//!
//! The rules are those of Unicode's CLDR ("Language Plural Rules"), for cardinal numbers. A
//! language that CLDR does not know has one form, `other`.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// The names of all forms, in the order in which a catalogue lists them.
pub(super) const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The form that goes with a number: `few`.
pub(super) fn form(language: &str, number: i64) -> &'static str {
    rules(language).map_or("other", |rules| name(rules.category_for(number)))
}

/// The forms that a language has, in the order of [`FORMS`].
pub(super) fn forms(language: &str) -> Vec<&'static str> {
    let Some(rules) = rules(language) else { return vec!["other"] };
    let known: Vec<&str> = rules.categories().map(name).collect();
    FORMS.into_iter().filter(|form| known.contains(form)).collect()
}

/// The first few whole numbers that take a form; none where only fractions do.
pub(super) fn samples(language: &str, wanted: &str) -> Vec<i64> {
    (0..=200).filter(|number| form(language, *number) == wanted).take(4).collect()
}

fn rules(language: &str) -> Option<PluralRules> {
    let locale = Locale::try_from_str(language).ok()?;
    PluralRules::try_new_cardinal((&locale).into()).ok()
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
