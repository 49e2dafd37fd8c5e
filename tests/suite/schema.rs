//! `ordinarily schema`: what editors are told is what the program reads.

use std::collections::BTreeSet;
use std::path::Path;

use ordinarily::content::tree::{Loaded, SourceTree};
use ordinarily::content::{front_matter, kinds::Kind, layout, node, yaml};
use serde_json::{Map, Value, json};

use super::shipped;
use super::support::{base, on_disk, run};

/// Every schema that a project gives.
fn schemas(root: &Path) -> Map<String, Value> {
    let run = run(root, &["schema"]);
    assert_eq!((run.status, &*run.err), (0, ""));
    let Value::Object(all) = serde_json::from_str(&run.out).unwrap() else { panic!("no object") };
    all
}

/// What is wrong with a value by its schema.
fn wrong(schema: &Value, value: &Value) -> Option<String> {
    let mut compiler = boon::Compiler::new();
    compiler.set_default_draft(boon::Draft::V2020_12);
    compiler.add_resource("mem:/schema.json", schema.clone()).unwrap();
    let mut compiled = boon::Schemas::new();
    let at = compiler.compile("mem:/schema.json", &mut compiled).unwrap();
    compiled.validate(value, at).err().map(|error| format!("{error:#}"))
}

/// A tree as other programs read the same YAML (the core schema of YAML 1.2).
fn value(node: &node::Node) -> Value {
    match &node.value {
        node::Value::Null => Value::Null,
        node::Value::List(items) => items.iter().map(value).collect(),
        node::Value::Map(entries) => {
            Value::Object(entries.iter().map(|e| (e.key.clone(), value(&e.node))).collect())
        }
        node::Value::Scalar(scalar) => match (scalar.plain, scalar.text.as_str()) {
            (true, "true") => json!(true),
            (true, "false") => json!(false),
            (true, text) => match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(number), _) => json!(number),
                (_, Ok(number)) if number.is_finite() => json!(number),
                _ => json!(text),
            },
            (false, text) => json!(text),
        },
    }
}

/// Every file with fields, with the name of its schema and what it says.
fn files(tree: &SourceTree) -> Vec<(String, String, Value)> {
    let mut files = Vec::new();
    for (rest, path, loaded) in tree.below("content") {
        let Loaded::Text(file) = loaded else { continue };
        let (name, range) = if let Some(stem) = rest.strip_suffix(".yaml") {
            let name = match stem.strip_prefix("vocabulary/") {
                Some(name) => format!("vocabulary-{name}"),
                None => stem.rsplit('/').next().unwrap().to_owned(),
            };
            (name, 0..file.text.len())
        } else if let Some((_, rest)) = layout::layer_of(path).filter(|_| rest.ends_with(".md")) {
            let kind = rest.split_once('/').map_or(Some(Kind::Welcome), |(f, _)| Kind::parse(f));
            let Some(kind) = kind else { continue };
            (kind.name().to_owned(), front_matter::split(file).unwrap().front_matter)
        } else {
            continue;
        };
        let node = yaml::parse(file, range).value.unwrap();
        files.push((rest.to_owned(), name, value(&node)));
    }
    files
}

#[test]
fn everything_that_we_ship_fits_its_schema() {
    let schemas = schemas(Path::new(env!("CARGO_MANIFEST_DIR")));
    let files = files(shipped::tree());
    assert!(files.len() > 150, "{}", files.len());
    for (path, name, value) in files {
        let wrong = wrong(&schemas[&name], &value);
        assert!(wrong.is_none(), "{path}: {wrong:?}");
    }
}

#[test]
fn every_field_of_every_schema_is_explained() {
    fn each(schema: &Value, at: &str, seen: &mut usize) {
        if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
            for (name, field) in fields {
                *seen += 1;
                // The lists of a vocabulary file are explained by the file.
                let about = field.get("description").and_then(Value::as_str).unwrap_or_default();
                let whole = about.ends_with('.') && !about.contains("  ");
                assert!(whole || at.starts_with("vocabulary-"), "{at}.{name}: {about:?}");
            }
        }
        match schema {
            Value::Object(parts) => parts.values().for_each(|part| each(part, at, seen)),
            Value::Array(parts) => parts.iter().for_each(|part| each(part, at, seen)),
            _ => {}
        }
    }
    let root = on_disk(&base());
    let mut seen = 0;
    for (name, schema) in &schemas(root.path()) {
        each(schema, name, &mut seen);
        // Compiling it holds it against the schema of schemas.
        assert!(wrong(schema, &json!(12)).is_some(), "{name}");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema["description"].as_str().unwrap().ends_with('.'), "{name}");
    }
    assert!(seen > 400, "{seen}");
}

/// The fields at the top of a schema's file; of a vocabulary those of the items of a list.
fn fields(schema: &Value, list: Option<&str>) -> BTreeSet<String> {
    let items = match list {
        Some("") => &schema["items"],
        Some(list) => &schema["properties"][list]["items"],
        None => schema,
    };
    let group = match items["$ref"].as_str() {
        Some(at) => &schema["$defs"][at.rsplit('/').next().unwrap()],
        None => items,
    };
    group["properties"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn a_field_is_in_the_schema_exactly_if_the_program_reads_it() {
    let root = on_disk(&base());
    let schemas = schemas(root.path());
    let places = [
        ("site", "site.yaml", None, ""),
        ("borough", "boroughs/barnet/borough.yaml", None, ""),
        ("partner", "partners/achieving/partner.yaml", None, ""),
        ("vocabulary-needs", "vocabulary/needs.yaml", Some("needs"), "areas: []\nneeds:\n- "),
        ("vocabulary-needs", "vocabulary/needs.yaml", Some("areas"), "needs: []\nareas:\n- "),
        ("vocabulary-local-offer", "vocabulary/local-offer.yaml", Some(""), "- "),
        ("vocabulary-phases", "vocabulary/phases.yaml", Some(""), "- "),
        ("vocabulary-glossary", "vocabulary/glossary.yaml", Some(""), "- "),
        ("vocabulary-synonyms", "vocabulary/synonyms.yaml", Some("leads_to"), "leads_to:\n- "),
    ];
    let places = places.map(|(name, path, list, before)| {
        (name.to_owned(), path.to_owned(), list, before.to_owned(), "")
    });
    let kinds = Kind::ALL.into_iter().map(|kind| {
        let file = if kind == Kind::Welcome { "index.md" } else { "x.md" };
        let path = format!("boroughs/barnet/{}/{file}", kind.folder()).replace("//", "/");
        (kind.name().to_owned(), path, None, "---\n".to_owned(), "\n---\n")
    });
    for (name, path, list, before, after) in places.into_iter().chain(kinds) {
        let known = fields(&schemas[&name], list);
        // One that nobody knows, so that the fields are known to be looked at.
        let all = known.iter().map(String::as_str).chain(["nobody-knows-it"]);
        let written: Vec<String> = all.map(|field| format!("{field}: {{zzz: 1}}")).collect();
        let group = format!("{before}{{{}}}{after}", written.join(", "));
        let mut files = base();
        files.insert(format!("content/{path}"), group);
        let root = on_disk(&files);
        let said = run(root.path(), &["check"]).err;
        let unknown: Vec<&str> = said
            .split("error[unknown-field]: unknown field `")
            .skip(1)
            .filter_map(|rest| rest.split('`').next())
            .filter(|field| *field != "zzz")
            .collect();
        assert_eq!(unknown, ["nobody-knows-it"], "{path}: {said}");
    }
}

#[test]
fn names_are_those_of_the_content_and_free_where_there_is_none() {
    let root = on_disk(&base());
    let guide = &schemas(root.path())["guide"];
    assert!(wrong(guide, &json!({ "needs": ["autism"], "title": 2026 })).is_none());
    for bad in [
        json!({ "needs": ["autisum"] }),
        json!({ "tittle": "Help" }),
        json!({ "reviewed": "10/09/2026" }),
        json!({ "draft": "perhaps" }),
        json!({ "steps": [{ "title": "No id" }] }),
    ] {
        assert!(wrong(guide, &bad).is_some(), "{bad}");
    }
    // A page that adapts another says only what it changes, and may clear a field.
    for good in [json!({}), json!({ "steps": [{ "id": "a", "who": null }], "owner": null })] {
        assert!(wrong(guide, &good).is_none(), "{good}");
    }
    let borough = &schemas(root.path())["borough"];
    assert!(wrong(borough, &json!({ "name": "Barnet" })).unwrap().contains("ons_code"));
    let site = &schemas(root.path())["site"];
    let rules = |severity: &str| {
        let hub = json!({ "title": "London" });
        json!({ "name": "a", "hub": hub, "rules": { "link-text": severity } })
    };
    assert!(wrong(site, &rules("off")).is_none() && wrong(site, &rules("loud")).is_some());
    let empty = tempfile::tempdir().unwrap();
    let run = run(empty.path(), &["schema"]);
    assert!(run.status == 0 && run.err.contains("has no content/vocabulary"), "{}", run.err);
    let guide = &serde_json::from_str::<Value>(&run.out).unwrap()["guide"];
    assert!(wrong(guide, &json!({ "needs": ["anything"] })).is_none());
    assert!(wrong(guide, &json!({ "needs": ["Any Thing"] })).is_some());
}

#[test]
fn schemas_are_written_to_a_folder_with_settings_for_an_editor() {
    let root = on_disk(&base());
    let folder = root.path().join(".vscode/schemas");
    for _ in 0..2 {
        let run = run(root.path(), &["schema", "--out", folder.to_str().unwrap()]);
        assert_eq!((run.status, &*run.err), (0, ""));
    }
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    for (name, schema) in schemas(root.path()) {
        let written: Value = serde_json::from_str(&read(&format!("{name}.schema.json"))).unwrap();
        assert_eq!(written, schema);
    }
    let settings = read("vscode-settings.jsonc");
    let pair = "\"./.vscode/schemas/site.schema.json\": \"content/site.yaml\"";
    assert!(settings.contains(pair) && !settings.contains("guide.schema.json"), "{settings}");
    let file = root.path().join("content/site.yaml/x");
    let run = run(root.path(), &["schema", "--out", file.to_str().unwrap()]);
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("error: cannot make "), "{}", run.err);
}
