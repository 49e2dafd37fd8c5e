//! What a field may hold, in words, and an example of it.

use jiff::civil::Date;

use super::entry::quoted;
use crate::check::RULES;
use crate::content::date::DATE;
use crate::content::kinds::Kind;
use crate::content::names::Names;
use crate::content::shape::{FieldShape, Group, Shape};

/// Stands where somebody has to put words.
const WORDS: &str = "…";

/// How a line of explanation begins. One of an example begins with a single `#`.
const MARK: &str = "##";

/// How wide explanations are, in characters.
const WIDTH: usize = 98;

/// Examples for a page.
pub(super) struct Examples<'a> {
    pub(super) kind: Kind,
    pub(super) names: &'a Names,
    pub(super) today: Date,
}

impl Examples<'_> {
    /// What a value may be, in a sentence; nothing where any words will do.
    pub(super) fn may_be(&self, shape: &Shape) -> String {
        let one_of = |words: Vec<&str>| match words.as_slice() {
            [] => String::new(),
            words => format!("One of: {}.", words.join(", ")),
        };
        match shape {
            Shape::Text | Shape::Group(_) | Shape::Rule | Shape::Table(_) => String::new(),
            Shape::Flag => "`true` or `false`.".to_owned(),
            Shape::Whole => "A whole number.".to_owned(),
            Shape::Number => "A number such as 51.5.".to_owned(),
            Shape::Form(form) if form.pattern == DATE.pattern => String::new(),
            Shape::Form(form) => format!("It is {}.", form.what),
            Shape::Word(words) => one_of(words.iter().map(|(word, _)| *word).collect()),
            Shape::Name(name) => {
                one_of((name.known)(self.names).iter().map(|slug| slug.as_str()).collect())
            }
            Shape::List(item) => match (&**item, self.may_be(item).strip_prefix("One of: ")) {
                (_, Some(words)) => format!("Any of: {words}"),
                (Shape::Group(_), None) => "A list of items.".to_owned(),
                (_, None) => "A list.".to_owned(),
            },
            Shape::Either(forms) => forms.first().map_or_else(String::new, |one| self.may_be(one)),
        }
    }

    /// An example of a field, as lines of YAML; each field of a group with its explanation.
    pub(super) fn lines(&self, field: &FieldShape) -> Vec<String> {
        let name = field.name;
        match &field.shape {
            // Only these lists have items that can be taken away.
            Shape::Table(_) => {
                let list = self.kind.lists_by_id().first().unwrap_or(&WORDS);
                vec![format!("{name}: {{{list}: [{WORDS}]}}")]
            }
            Shape::Group(group) => self.group(name, group, "  ", "  "),
            Shape::List(item) => match &**item {
                Shape::Group(group) => self.group(name, group, "  - ", "    "),
                _ => vec![format!("{name}: {}", self.inline(&field.shape))],
            },
            shape => vec![format!("{name}: {}", self.inline(shape))],
        }
    }

    fn group(&self, name: &str, group: &Group, first: &str, others: &str) -> Vec<String> {
        let mut lines = vec![format!("{name}:")];
        for field in &group.fields {
            let nested = self.lines(field);
            let required = if field.required { " Required." } else { "" };
            let may_be = self.may_be(&field.shape);
            let about = format!("{}{required} {may_be}", field.about);
            for (at, line) in nested.iter().enumerate() {
                let indent = if lines.len() == 1 { first } else { others };
                let about = if at == 0 { format!("  # {}", about.trim()) } else { String::new() };
                lines.push(format!("{indent}{line}{about}"));
            }
        }
        lines
    }

    /// An example of a value, in one line.
    pub(super) fn inline(&self, shape: &Shape) -> String {
        match shape {
            Shape::Text => WORDS.to_owned(),
            Shape::Flag => "true".to_owned(),
            Shape::Whole => "12".to_owned(),
            Shape::Number => "51.5".to_owned(),
            Shape::Form(form) if form.pattern == DATE.pattern => self.today.to_string(),
            Shape::Form(form) => plain_or_quoted(form.example),
            Shape::Word(words) => words.first().map_or(WORDS, |(word, _)| word).to_owned(),
            Shape::Name(name) => {
                (name.known)(self.names).first().map_or(WORDS, |slug| slug.as_str()).to_owned()
            }
            Shape::Rule => RULES[0].code.to_owned(),
            Shape::List(item) => format!("[{}]", self.inline(item)),
            Shape::Group(group) => {
                let needed = group.fields.iter().filter(|field| field.required);
                let fields = needed.map(|f| format!("{}: {}", f.name, self.inline(&f.shape)));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
            Shape::Table(value) => format!("{{{WORDS}: {}}}", self.inline(value)),
            Shape::Either(forms) => {
                forms.first().map_or_else(|| WORDS.to_owned(), |one| self.inline(one))
            }
        }
    }
}

fn plain_or_quoted(text: &str) -> String {
    let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c));
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// Words as lines of explanation in YAML.
pub(super) fn wrapped(words: &str) -> String {
    let mut text = String::new();
    let mut line = MARK.to_owned();
    for word in words.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = MARK.to_owned();
        }
        line.push(' ');
        line.push_str(word);
    }
    text + &line + "\n"
}
