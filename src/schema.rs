//! JSON Schema (2020-12) of what editors write, for their editors.
//!
//! 1. `content` says what each field may hold ([`Shape`]), from the lines that read it.
//! 2. `document` turns a group of fields into a schema; names (needs, phases, boroughs, …) are
//!    those that the content at hand defines, and where there is none any name will do.
//! 3. [`documents`] names the file of each, and [`settings`] tells Visual Studio Code of them.
//!
//! A schema never refuses what the program takes. It takes a little more: it knows nothing of other
//! files, and of no field whether a lower layer has it already.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::check::{self, settings::SEVERITIES};
use crate::content::config::{BoroughFile, Config, PartnerFile};
use crate::content::fields::Read as _;
use crate::content::kinds::Kind;
use crate::content::names::Names;
use crate::content::shape::{FieldShape, Form, Group, Shape};
use crate::content::vocabulary::files::{FILES, VocabularyFile};
use crate::content::{common, layer, shape};
use crate::path::Slug;

/// The schema of one file.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is called: `site`, `vocabulary-needs`, `provision`.
    pub name: String,
    /// The files that it is for, as a pattern of paths from the project's root; of a kind none,
    /// because its fields stand inside of Markdown.
    pub files: Option<String>,
    /// The schema.
    pub schema: Value,
}

/// Every schema: the small files, the vocabularies, the kinds.
pub fn documents(names: &Names) -> Vec<Document> {
    let small = [
        ("site", "site.yaml", "What all sites share.", Config::shape()),
        ("borough", "boroughs/*/borough.yaml", "One authority.", BoroughFile::shape()),
        (
            "partner",
            "partners/*/partner.yaml",
            "A provider that serves several boroughs.",
            PartnerFile::shape(),
        ),
    ];
    let small = small.into_iter().map(|(name, files, about, shape)| Document {
        name: name.to_owned(),
        files: Some(format!("content/{files}")),
        schema: of_file(name, about, &shape, names),
    });
    let vocabularies = FILES.iter().map(|file| Document {
        name: format!("vocabulary-{}", file.name),
        files: Some(format!("content/vocabulary/{}.yaml", file.name)),
        schema: of_vocabulary(file, names),
    });
    let kinds = Kind::ALL.into_iter().map(|kind| Document {
        name: kind.name().to_owned(),
        files: None,
        schema: of_kind(kind, names),
    });
    small.chain(vocabularies).chain(kinds).collect()
}

/// Settings for Visual Studio Code, where the schemas lie in `folder`: a path from the project's
/// root, or a whole one.
pub fn settings(documents: &[Document], folder: &str) -> String {
    let pairs = documents.iter().filter_map(|document| {
        let file = format!("{folder}/{}.schema.json", document.name);
        Some((file, json!(document.files.as_ref()?)))
    });
    let schemas: Map<String, Value> = pairs.collect();
    let text = serde_json::to_string_pretty(&json!({ "yaml.schemas": schemas }));
    format!("{SETTINGS}{}\n", text.unwrap_or_default())
}

const SETTINGS: &str = "\
// For Visual Studio Code with the extension “YAML” (redhat.vscode-yaml): put this into
// .vscode/settings.json of the folder that holds content/. Fields of site.yaml, borough.yaml,
// partner.yaml and the vocabularies are then completed and explained as you write.
//
// Front matter stands inside of Markdown, where that extension does not look. For pages
// `ordinarily new` writes each field with its explanation, `ordinarily serve` shows a mistake as
// soon as you save, and the schemas of kinds beside this file are for tools that read front matter.
";

fn of_file(name: &str, about: &str, shape: &Shape, names: &Names) -> Value {
    let Shape::Group(group) = shape else { return Value::Null };
    let mut writer = Writer { names, definitions: Map::new() };
    let mut body = writer.group(group);
    if name == "site" {
        body["properties"]["rules"]["anyOf"] = json!([rules(), { "type": "null" }]);
    }
    document(&format!("{name}.yaml"), about, body, writer)
}

/// Each rule of `check` with why it is there, and what it may be set to.
fn rules() -> Value {
    let words: Vec<&str> = SEVERITIES.iter().map(|(word, _)| *word).collect();
    let one = |rule: &check::Rule| {
        (rule.code.to_owned(), json!({ "description": rule.reason, "enum": words }))
    };
    let properties: Map<String, Value> = check::RULES.iter().map(one).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn of_vocabulary(file: &VocabularyFile, names: &Names) -> Value {
    let mut writer = Writer { names, definitions: Map::new() };
    let mut list = |shape: fn() -> Shape| json!({ "type": ["array", "null"], "items": writer.value(&shape()) });
    let body = match file.lists {
        [(None, item)] => list(*item),
        lists => {
            let named =
                lists.iter().filter_map(|(name, item)| Some(((*name)?.to_owned(), list(*item))));
            let properties: Map<String, Value> = named.collect();
            json!({
                "type": ["object", "null"],
                "properties": properties,
                "additionalProperties": false,
            })
        }
    };
    document(&format!("vocabulary/{}.yaml", file.name), file.about, body, writer)
}

/// The front matter of a kind. No field is required: a page may adapt a lower layer's or translate
/// another, and then leaves out what it does not change. What a whole page needs is said in words.
fn of_kind(kind: Kind, names: &Names) -> Value {
    let mut writer = Writer { names, definitions: Map::new() };
    let fields = common::shapes(kind);
    let mut body = writer.group(&Group { name: "", fields: fields.clone() });
    if let Some(body) = body.as_object_mut() {
        body.remove("required");
    }
    for field in fields.iter().filter(|field| field.required) {
        let words = format!("{} Every page must have it, unless a lower layer does.", field.about);
        body["properties"][field.name]["description"] = json!(words);
        writer.allow_null(&mut body["properties"][field.name]);
    }
    if let Some(field) = layer::table_field(kind)
        && let Some(forms) =
            body["properties"][field].get_mut("anyOf").and_then(Value::as_array_mut)
    {
        forms.push(json!({ "type": "string", "pattern": "\\.csv$" }));
    }
    for list in kind.lists_by_id() {
        writer.may_adapt(fields.iter().find(|field| field.name == *list));
    }
    body["properties"]["drop"]["propertyNames"] = json!({ "enum": kind.lists_by_id() });
    let about = format!("The front matter of `{}`: {}.", kind.name(), kind.about());
    document(kind.name(), &about, body, writer)
}

fn document(title: &str, about: &str, body: Value, writer: Writer<'_>) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!(title));
    schema.insert("description".to_owned(), json!(about));
    if let Value::Object(body) = body {
        schema.extend(body);
    }
    if !writer.definitions.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(writer.definitions));
    }
    Value::Object(schema)
}

/// Writes shapes as schemas, each group once.
struct Writer<'a> {
    names: &'a Names,
    definitions: Map<String, Value>,
}

impl Writer<'_> {
    fn group(&mut self, group: &Group) -> Value {
        let mut properties = Map::new();
        for field in &group.fields {
            properties.insert(field.name.to_owned(), self.field(field));
        }
        let required: Vec<&str> =
            group.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
        json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    }

    fn field(&mut self, field: &FieldShape) -> Value {
        let mut schema = self.value(&field.shape);
        if schema.get("$ref").is_some() {
            schema = json!({ "anyOf": [schema] });
        }
        if !field.required {
            self.allow_null(&mut schema);
        }
        schema["description"] = json!(field.about);
        schema
    }

    /// A field that says nothing is as good as none.
    fn allow_null(&self, schema: &mut Value) {
        if let Some(forms) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
            forms.push(json!({ "type": "null" }));
        } else if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            words.push(Value::Null);
        } else if let Some(types) = schema.get_mut("type") {
            match types {
                Value::Array(types) => types.push(json!("null")),
                one => *one = json!([one.clone(), "null"]),
            }
        }
    }

    fn value(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Text => json!({ "type": ["string", "number", "boolean"] }),
            Shape::Flag => json!({ "type": "boolean" }),
            Shape::Whole => json!({ "type": "integer", "minimum": 0 }),
            Shape::Number => json!({ "type": "number" }),
            Shape::Form(form) => of_form(form),
            Shape::Word(words) => json!({
                "enum": words.iter().map(|(word, _)| *word).collect::<Vec<_>>(),
                "enumDescriptions": words.iter().map(|(_, about)| *about).collect::<Vec<_>>(),
            }),
            Shape::Name(name) => of_names((name.known)(self.names)),
            Shape::Rule => json!({
                "enum": check::RULES.iter().map(|rule| rule.code).collect::<Vec<_>>(),
                "enumDescriptions": check::RULES.iter().map(|rule| rule.reason).collect::<Vec<_>>(),
            }),
            Shape::Group(group) => {
                if !self.definitions.contains_key(group.name) {
                    let definition = self.group(group);
                    self.definitions.insert(group.name.to_owned(), definition);
                }
                json!({ "$ref": format!("#/$defs/{}", group.name) })
            }
            Shape::List(item) => {
                let item = self.value(item);
                json!({ "anyOf": [{ "type": "array", "items": item }, item] })
            }
            Shape::Table(value) => {
                json!({ "type": "object", "additionalProperties": self.value(value) })
            }
            Shape::Either(forms) => {
                let forms: Vec<Value> = forms.iter().map(|form| self.value(form)).collect();
                json!({ "anyOf": forms })
            }
        }
    }

    /// The items of a list that layers merge by id: of one that adapts another only the id must be
    /// there, and any field may be cleared.
    fn may_adapt(&mut self, list: Option<&FieldShape>) {
        let Some(Shape::List(item)) = list.map(|field| &field.shape) else { return };
        let Shape::Group(group) = &**item else { return };
        let Some(mut definition) = self.definitions.remove(group.name) else { return };
        definition["required"] = json!(["id"]);
        for field in group.fields.iter().filter(|field| field.required && field.name != "id") {
            self.allow_null(&mut definition["properties"][field.name]);
        }
        self.definitions.insert(group.name.to_owned(), definition);
    }
}

fn of_form(form: &Form) -> Value {
    let types = if form.may_be_number { json!(["string", "number"]) } else { json!("string") };
    json!({ "type": types, "pattern": form.pattern, "examples": [form.example] })
}

/// One of some names; where there are none yet, anything that could be one.
fn of_names(names: &BTreeSet<Slug>) -> Value {
    if names.is_empty() { of_form(&shape::SLUG) } else { json!({ "enum": names }) }
}
