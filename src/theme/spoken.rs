//! Which words of a page are in another language than the page: WCAG asks that a program which
//! reads aloud be told (success criterion 3.1.2, language of parts).
//!
//! On a page in another language than English whatever nobody has translated stands in English.
//! Such texts are marked with two characters that Unicode keeps for the inside of programs, so
//! that templates need not know of it; when the page is rendered the marks become
//! `<span lang="en">` between tags, and vanish where no span can stand.

use std::collections::BTreeSet;

use serde_json::Value as Json;

/// Before words in English. A noncharacter: no text that people exchange may have it.
const OPEN: char = '\u{1fffe}';
/// After words in English.
const CLOSE: char = '\u{1ffff}';

/// The fields of views that hold sentences and names for people. All others are addresses, keys
/// of messages, numbers, dates and markup.
const PROSE: [&str; 42] = [
    "also",
    "amber",
    "audiences",
    "caveat",
    "columns",
    "description",
    "detail",
    "does",
    "evidence",
    "format",
    "green",
    "hours",
    "label",
    "lead",
    "name",
    "notice",
    "official_name",
    "on",
    "owner",
    "page",
    "parent_summary",
    "phases",
    "place",
    "plain_title",
    "provision",
    "questions",
    "red",
    "responsible",
    "role",
    "route",
    "rows",
    "signs",
    "summary",
    "term",
    "text",
    "threshold",
    "title",
    "we_did",
    "when",
    "who",
    "words",
    "you_said",
];

/// Messages that are patterns and names of languages, not words to be read.
const PATTERNS: [&str; 10] = [
    "date",
    "day",
    "digits",
    "hour",
    "language",
    "languages",
    "midday",
    "minutes",
    "month",
    "time",
];

/// Marks the sentences and names of a view that are not among those that were translated.
pub(super) fn mark_view(view: &mut Json, translated: &BTreeSet<String>) {
    mark(view, false, &|text| !translated.contains(text));
}

/// Marks what a catalogue says under a key, unless it is a pattern.
pub(super) fn mark_word(key: &str, message: &mut Json) {
    if !PATTERNS.contains(&key) {
        mark_words(message);
    }
}

/// Marks all words of a catalogue.
pub(super) fn mark_words(words: &mut Json) {
    match words {
        Json::String(text) => *text = marked(text),
        Json::Array(items) => items.iter_mut().for_each(mark_words),
        Json::Object(fields) => fields.iter_mut().for_each(|(key, value)| mark_word(key, value)),
        _ => {}
    }
}

fn mark(value: &mut Json, is_prose: bool, is_english: &impl Fn(&str) -> bool) {
    match value {
        Json::String(text) if is_prose && is_english(text) => *text = marked(text),
        Json::Array(items) => {
            items.iter_mut().for_each(|item| mark(item, is_prose, is_english));
        }
        Json::Object(fields) => {
            for (key, value) in fields {
                mark(value, PROSE.contains(&key.as_str()), is_english);
            }
        }
        _ => {}
    }
}

/// A text between marks, if it has anything to read aloud.
fn marked(text: &str) -> String {
    match text.chars().any(char::is_alphabetic) {
        true => format!("{OPEN}{}{CLOSE}", bare(text)),
        false => text.to_owned(),
    }
}

/// A text without marks, such as one that names a message.
pub(super) fn bare(text: &str) -> String {
    text.replace([OPEN, CLOSE], "")
}

/// Elements that can hold text, but no element.
pub(super) const ONLY_TEXT: [&str; 6] = ["title", "option", "textarea", "script", "style", "svg"];

/// Turns marks into spans: `<span lang="en">`, with the direction where the page's is another.
/// Each stretch of text has a span of its own: a template may have cut what was marked, or put
/// tags into it.
pub(super) fn spans(html: &str, direction: &str) -> String {
    let open = match direction {
        "ltr" => "<span lang=\"en\">",
        _ => "<span lang=\"en\" dir=\"ltr\">",
    };
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let (mut rest, mut depth, mut only_text) = (html, 0_usize, None::<&str>);
    while !rest.is_empty() {
        let (text, after) = rest.split_at(rest.find(['<', OPEN, CLOSE]).unwrap_or(rest.len()));
        let (before, said, space) = trimmed(text);
        match depth > 0 && only_text.is_none() && !said.is_empty() {
            true => out.extend([before, open, said, "</span>", space]),
            false => out.push_str(text),
        }
        if let Some(after) = after.strip_prefix(OPEN) {
            depth += 1;
            rest = after;
        } else if let Some(after) = after.strip_prefix(CLOSE) {
            depth = depth.saturating_sub(1);
            rest = after;
        } else {
            // Autoescaped values have no `>` of their own.
            let (tag, after) = after.split_at(after.find('>').map_or(after.len(), |end| end + 1));
            out.push_str(&bare(tag));
            only_text = match only_text {
                Some(name) if closes(tag, name) => None,
                Some(name) => Some(name),
                None => ONLY_TEXT.into_iter().find(|name| opens(tag, name)),
            };
            rest = after;
        }
    }
    out
}

/// A text, and the space around it.
fn trimmed(text: &str) -> (&str, &str, &str) {
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len().max(start);
    (&text[..start], &text[start..end], &text[end..])
}

/// Whether a tag opens an element.
pub(super) fn opens(tag: &str, name: &str) -> bool {
    let after = tag.strip_prefix('<').and_then(|tag| tag.strip_prefix(name));
    after.is_some_and(|after| after.starts_with(['>', ' ']))
}

/// Whether a tag closes it.
pub(super) fn closes(tag: &str, name: &str) -> bool {
    tag.strip_prefix("</").and_then(|tag| tag.strip_suffix('>')) == Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_not_translated_is_marked_and_keys_and_addresses_are_not() {
        let mut view = json!({"title": "Autyzm", "kind": "guides", "href": "guides/",
            "phases": ["Primary"], "cards": [{"title": "Help", "also": ["1.5"]}]});
        mark_view(&mut view, &BTreeSet::from(["Autyzm".to_owned()]));
        let text = view.to_string();
        assert!(text.contains(&format!("[\"{OPEN}Primary{CLOSE}\"]")), "{text}");
        assert!(text.contains(&format!("\"{OPEN}Help{CLOSE}\"")), "{text}");
        assert_eq!(text.matches(OPEN).count(), 2, "{text}");
    }

    #[test]
    fn marks_become_spans_between_tags_and_vanish_elsewhere() {
        let english = marked("Help & more");
        let page = format!(
            "<title>{english}</title><p title=\"{english}\">Pomoc: {english}.</p>\
             <svg><text>{english}</text></svg><option>{english}</option>{english}"
        );
        assert_eq!(
            spans(&page, "ltr"),
            "<title>Help & more</title><p title=\"Help & more\">Pomoc: \
             <span lang=\"en\">Help & more</span>.</p><svg><text>Help & more</text></svg>\
             <option>Help & more</option><span lang=\"en\">Help & more</span>"
        );
    }

    #[test]
    fn what_a_template_cuts_is_said_piece_by_piece() {
        let cut = format!("<b>{OPEN}London</b>: <i>what {OPEN}schools{CLOSE} do{CLOSE}</i> x");
        let said = |text: &str| format!("<span lang=\"en\" dir=\"ltr\">{text}</span>");
        assert_eq!(
            spans(&cut, "rtl"),
            format!(
                "<b>{}</b>{} <i>{} {} {}</i> x",
                said("London"),
                said(":"),
                said("what"),
                said("schools"),
                said("do")
            )
        );
    }
}
