//! Checks a catalogue against English, so that a translator is told before a reader sees it.
//!
//! Wrong is: a message that English does not have, a plural without a form that the language
//! needs, a place to fill in that is lost or unknown, a list that is too short. What is not
//! translated yet is no mistake: it is shown in English, and told once for the whole catalogue.

use std::collections::BTreeSet;

use super::messages::is_plural;
use super::plurals;
use crate::content::node::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Span, did_you_mean, nearest};
use crate::path::SourcePath;

/// Messages that each language fills in as it needs: how it writes dates and times. They may
/// leave a place out, but not invent one.
const OWN_WAY: [&str; 2] = ["date", "time"];
/// Groups whose fields differ from language to language: the parts of the day.
const OWN_FIELDS: [&str; 1] = ["time.parts"];

/// A catalogue that is to be checked.
pub(super) struct Translation<'a> {
    /// The language.
    pub(super) code: &'a str,
    /// Its file.
    pub(super) path: SourcePath,
    /// Every message there is.
    pub(super) english: &'a Node,
}

/// Names the groups of messages that only pages in English show, so that nobody need translate them.
const ENGLISH_ONLY: &str = "english_only";

impl Translation<'_> {
    /// Checks the project's catalogue `own`; `built_in` is what the program brings in its place.
    pub(super) fn check(
        &self,
        own: Option<&Node>,
        built_in: Option<&Node>,
        problems: &mut Vec<Diagnostic>,
    ) {
        if let Some(own) = own {
            self.group(own, self.english, "", problems);
            check_language(own, problems);
        }
        let mut missing = Vec::new();
        list_missing(self.english, &[own, built_in], "", &mut missing);
        if let Some(first) = missing.first() {
            let message = match missing.len() {
                1 => format!("a message is not translated: `{first}`"),
                many => format!("{many} messages are not translated, first `{first}`"),
            };
            let span = own.and_then(|own| place_for(own, first));
            let span = span.unwrap_or_else(|| Span::file(&self.path));
            problems.push(
                Diagnostic::warning("untranslated-messages", span, message)
                    .help("readers see the English words there: add them to this catalogue"),
            );
        }
    }

    fn group(&self, own: &Node, english: &Node, prefix: &str, problems: &mut Vec<Diagnostic>) {
        for entry in own.entries() {
            let path = joined(prefix, &entry.key);
            match english.entry(&entry.key) {
                Some(known) => self.message(entry, &known.node, &path, problems),
                None => {
                    let known = english.entries().iter().map(|known| known.key.as_str());
                    let message = format!("there is no message `{path}`");
                    problems.push(
                        Diagnostic::error("unknown-message", entry.key_at.span(), message)
                            .help(did_you_mean(&entry.key, known)),
                    );
                }
            }
        }
    }

    fn message(&self, own: &Entry, english: &Node, path: &str, problems: &mut Vec<Diagnostic>) {
        if own.node.is_null() || OWN_FIELDS.contains(&path) {
            return;
        }
        let wrong = |message: String, help: &str| {
            Diagnostic::error("wrong-message", own.key_at.span(), message).help(help)
        };
        match (&own.node.value, &english.value) {
            (Value::Map(_), Value::Map(_)) if is_plural(english) => {
                self.plural(own, english, path, problems);
            }
            (Value::Scalar(_), Value::Map(_)) if is_plural(english) => {
                let message = format!("`{path}` needs a form for each kind of number");
                let forms = plurals::forms(self.code).join(": …, ");
                problems.push(wrong(message, &format!("write `{{{forms}: …}}`")));
            }
            (Value::Map(_), Value::Map(_)) => self.group(&own.node, english, path, problems),
            (Value::Scalar(scalar), Value::Scalar(known)) => {
                let lax = OWN_WAY.iter().any(|way| path.starts_with(way));
                let places = Places { wanted: places(&known.text), optional: BTreeSet::new() };
                places.check(&scalar.text, lax, path, &own.node, problems);
            }
            (Value::List(items), Value::List(known)) if items.len() != known.len() => {
                let message = format!("`{path}` has {} items", items.len());
                problems.push(wrong(
                    message,
                    &format!("English has {}: each in its place", known.len()),
                ));
            }
            (Value::List(_), Value::List(_)) => {}
            (_, known) => {
                let message = format!("`{path}` is {}", own.node.kind());
                let known = Node { at: english.at.clone(), value: known.clone() };
                problems.push(wrong(message, &format!("in English it is {}", known.kind())));
            }
        }
    }

    fn plural(&self, own: &Entry, english: &Node, path: &str, problems: &mut Vec<Diagnostic>) {
        let needed = plurals::forms(self.code);
        let needs = format!("this language has the forms {}", needed.join(", "));
        let told = |span, message| Diagnostic::error("plural-form", span, message);
        for form in own.node.entries().iter().filter(|form| !needed.contains(&form.key.as_str())) {
            let message = format!("`{path}` has a form `{}` that is never used", form.key);
            problems.push(told(form.key_at.span(), message).help(needs.clone()));
        }
        for form in &needed {
            let Some(words) = own.node.get(form) else {
                let numbers = plurals::samples(self.code, form);
                let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                let help = match numbers.is_empty() {
                    true => format!("{needs}; `{form}` goes with fractions"),
                    false => format!("{needs}; `{form}` goes with {}", numbers.join(", ")),
                };
                let message = format!("`{path}` lacks the form `{form}`");
                problems.push(told(own.key_at.span(), message).help(help));
                continue;
            };
            // "One page" and "two pages" may say their number in a word.
            let spelled = ["zero", "one", "two"].contains(form);
            let optional = if spelled { BTreeSet::from(["n"]) } else { BTreeSet::new() };
            let wanted = english.get("other").and_then(Node::text).map(places).unwrap_or_default();
            let text = words.text().unwrap_or_default();
            let path = format!("{path}.{form}");
            Places { wanted, optional }.check(text, false, &path, words, problems);
        }
    }
}

/// Checks the project's own English words against those of the program: templates fill in what
/// the program's words have.
pub(super) fn check_english(own: &Node, built_in: &Node, problems: &mut Vec<Diagnostic>) {
    english_group(own, built_in, "", problems);
    check_language(own, problems);
}

fn english_group(own: &Node, built_in: &Node, prefix: &str, problems: &mut Vec<Diagnostic>) {
    for entry in own.entries() {
        let path = joined(prefix, &entry.key);
        let Some(known) = built_in.entry(&entry.key) else {
            // A theme with templates of its own may have words of its own; a slip is near to one.
            let near = nearest(&entry.key, built_in.entries().iter().map(|e| e.key.as_str()));
            if let Some(near) = near.filter(|near| own.entry(near).is_none()) {
                let message = format!("no page asks for `{path}`");
                problems.push(
                    Diagnostic::warning("unknown-message", entry.key_at.span(), message)
                        .help(format!("did you mean `{near}`?")),
                );
            }
            continue;
        };
        match (&entry.node.value, &known.node.value) {
            (Value::Map(_), Value::Map(_)) => {
                english_group(&entry.node, &known.node, &path, problems)
            }
            (Value::Scalar(own), Value::Scalar(built_in)) => {
                let known = places(&built_in.text);
                for place in places(&own.text).difference(&known) {
                    problems.push(unknown_place(place, &known, &path, &entry.node));
                }
            }
            (own, built_in) if std::mem::discriminant(own) != std::mem::discriminant(built_in) => {
                let message = format!("`{path}` is {}", entry.node.kind());
                problems.push(
                    Diagnostic::error("wrong-message", entry.key_at.span(), message)
                        .help(format!("it should be {}", known.node.kind())),
                );
            }
            _ => {}
        }
    }
}

/// The places of a message that are filled in, and those of them that it may leave out.
struct Places<'a> {
    wanted: BTreeSet<&'a str>,
    optional: BTreeSet<&'a str>,
}

impl Places<'_> {
    fn check(
        &self,
        text: &str,
        lax: bool,
        path: &str,
        node: &Node,
        problems: &mut Vec<Diagnostic>,
    ) {
        let own = places(text);
        for place in own.difference(&self.wanted) {
            problems.push(unknown_place(place, &self.wanted, path, node));
        }
        let lost = self.wanted.difference(&own).filter(|place| !self.optional.contains(*place));
        for place in lost.filter(|_| !lax) {
            let message = format!("`{path}` lacks `{{{place}}}`");
            problems.push(
                Diagnostic::error("missing-placeholder", node.at.span(), message)
                    .help("English has it: put it where the words should stand"),
            );
        }
    }
}

fn unknown_place(place: &str, known: &BTreeSet<&str>, path: &str, node: &Node) -> Diagnostic {
    let message = format!("nothing is filled in for `{{{place}}}` in `{path}`");
    let help = match known.is_empty() {
        true => "this message has no places to fill in: write the words alone".to_owned(),
        false => did_you_mean(place, known.iter().copied()),
    };
    Diagnostic::error("unknown-placeholder", node.at.span(), message).help(help)
}

/// The names in braces of a message: `Reviewed {date}` → `date`.
fn places(text: &str) -> BTreeSet<&str> {
    let names =
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    let is_name = |name: &&str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    names.filter(is_name).collect()
}

/// What a catalogue says of its language.
fn check_language(own: &Node, problems: &mut Vec<Diagnostic>) {
    let Some(language) = own.get("language") else { return };
    for (field, values) in [("direction", ["ltr", "rtl"]), ("reviewed", ["true", "false"])] {
        let Some(value) = language.get(field) else { continue };
        if !value.text().is_some_and(|text| values.contains(&text)) {
            let message = format!("`language.{field}` cannot be this");
            problems.push(
                Diagnostic::error("wrong-message", value.at.span(), message)
                    .help(format!("it can be: {}", values.join(", "))),
            );
        }
    }
    if let Some(digits) = language.get("digits") {
        let ten = digits.text().is_some_and(|text| text.chars().count() == 10);
        if !ten {
            let message = "`language.digits` are not ten signs";
            problems.push(
                Diagnostic::error("wrong-message", digits.at.span(), message)
                    .help("write the signs for 0 to 9 in quotation marks, without spaces"),
            );
        }
    }
}

/// The messages of `english` that none of the catalogues has, in the order of English.
pub(super) fn list_missing(
    english: &Node,
    catalogues: &[Option<&Node>],
    prefix: &str,
    missing: &mut Vec<String>,
) {
    for entry in english.entries() {
        let path = joined(prefix, &entry.key);
        if path == ENGLISH_ONLY || is_english_only(english, &path) {
            continue;
        }
        let own: Vec<Option<&Node>> =
            catalogues.iter().map(|c| c.and_then(|c| c.get(&entry.key))).collect();
        let there = own.iter().any(Option::is_some);
        let is_group = !entry.node.entries().is_empty() && !is_plural(&entry.node);
        if is_group && !OWN_FIELDS.contains(&path.as_str()) {
            list_missing(&entry.node, &own, &path, missing);
        } else if !there {
            missing.push(path);
        }
    }
}

/// Whether a message or group is named in the English catalogue's list of those that only pages in
/// English show.
fn is_english_only(english: &Node, path: &str) -> bool {
    let listed = english.get(ENGLISH_ONLY).map_or(&[] as &[Node], Node::items);
    listed.iter().any(|name| name.text() == Some(path))
}

/// The line of the nearest group in a catalogue that a missing message belongs to.
fn place_for(own: &Node, path: &str) -> Option<Span> {
    let mut node = own;
    let mut place = None;
    for key in path.split('.') {
        let Some(entry) = node.entry(key) else { break };
        place = Some(entry.key_at.span());
        node = &entry.node;
    }
    place
}

fn joined(prefix: &str, key: &str) -> String {
    match prefix {
        "" => key.to_owned(),
        prefix => format!("{prefix}.{key}"),
    }
}
