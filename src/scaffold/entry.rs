//! The text of a new page: each field of its kind, with what it says and what it may hold, from the
//! same shapes as the schemas.
//!
//! A field that must be there has a value; the others are commented out, each with an example. A
//! line of explanation begins with `##`, an example with `#`: take that away, and it counts.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::example::{Examples, wrapped};
use crate::content::common::{self, Common, Part};
use crate::content::date::DATE;
use crate::content::kinds::{EntryId, Kind, Payload};
use crate::content::layer::Layer;
use crate::content::names::Names;
use crate::content::shape::{FieldShape, Shape};
use crate::path::{Slug, SourcePath, slug_of};

/// What somebody has still to write. Such a page is a draft, so nobody reads this by mistake.
const TO_BE_WRITTEN: &str = "To be written";

/// A page to begin with.
#[derive(Debug)]
pub struct NewEntry<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its title.
    pub title: &'a str,
    /// Whose it is.
    pub layer: &'a Layer,
    /// The day on which it is written.
    pub today: Date,
    /// The names that it may refer to.
    pub names: &'a Names,
}

impl NewEntry<'_> {
    /// Which entry it becomes.
    ///
    /// # Errors
    /// What is wrong with the title, and what to do.
    pub fn id(&self) -> Result<EntryId, String> {
        let title = self.title.trim();
        if title.is_empty() {
            return Err("the title is empty: say in a few words what the page is about".to_owned());
        }
        if title.contains(char::is_control) {
            return Err("a title is one line of words: take line breaks and tabs out".to_owned());
        }
        let text = if self.kind == Kind::Welcome { "index" } else { title };
        let slug = slug_of(text).and_then(|text| Slug::parse(&text).ok());
        let slug = slug.ok_or_else(|| {
            format!(
                "no address can be made of `{title}`: give it a title with letters or digits \
                 (addresses have a to z, 0 to 9 and hyphens), and change the title in the file"
            )
        })?;
        Ok(EntryId { kind: self.kind, slug })
    }

    /// The file that it goes to.
    pub fn path(&self, id: &EntryId) -> SourcePath {
        file_of(self.layer, id)
    }

    /// The whole text of the file.
    pub fn text(&self) -> String {
        let shapes = common::shapes(self.kind);
        let part = |names: &[&str]| -> Vec<&FieldShape> {
            shapes.iter().filter(|field| names.contains(&field.name)).collect()
        };
        let own = Payload::record(self.kind).names;
        let (first, rest) = Common::FIELDS.split_at(2);
        let mut text = format!("---\n{}", wrapped(&self.preface()));
        text.push_str("draft: true\n");
        for names in [first, own, rest, Part::FIELDS] {
            text.push('\n');
            for field in part(names).into_iter().filter(|field| field.name != "draft") {
                text.push_str(&self.field(field));
            }
        }
        let body = "the text of the page, in Markdown. Its headings begin with `##`.";
        format!("{}\n---\n\n{TO_BE_WRITTEN}: {body}\n", text.trim_end())
    }

    fn preface(&self) -> String {
        format!(
            "A new page: {}. As long as it says `draft: true`, only people who ask for drafts see \
             it. Lines that begin with `##` explain, and may go when you have read them. To use a \
             field, take the `#` away before it and before the lines that belong to it.",
            self.kind.about()
        )
    }

    fn field(&self, field: &FieldShape) -> String {
        let examples = Examples { kind: self.kind, names: self.names, today: self.today };
        let mut text = wrapped(&format!("{} {}", field.about, examples.may_be(&field.shape)));
        match field.required {
            true => text.push_str(&format!("{}: {}\n", field.name, self.value(field, &examples))),
            false => {
                let example = examples.lines(field);
                example.iter().for_each(|line| text.push_str(&format!("#{line}\n")));
            }
        }
        text
    }

    /// The value of a field that must be there.
    fn value(&self, field: &FieldShape, examples: &Examples<'_>) -> String {
        match (field.name, &field.shape) {
            ("title", _) => quoted(self.title.trim()),
            ("review_by", _) => {
                let in_a_year = self.today.checked_add(1.year()).unwrap_or(self.today);
                in_a_year.to_string()
            }
            (_, Shape::Form(form)) if form.pattern == DATE.pattern => self.today.to_string(),
            (_, Shape::Text) => quoted(&format!("{TO_BE_WRITTEN}: {}", lower_first(field.about))),
            (_, shape) => examples.inline(shape),
        }
    }
}

/// The file of an entry in a layer.
pub fn file_of(layer: &Layer, id: &EntryId) -> SourcePath {
    SourcePath::new(&format!("{}/{}.md", layer.folder(), id.path()))
}

/// Words in quotation marks: any words at all are safe in them. JSON's are YAML's.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
