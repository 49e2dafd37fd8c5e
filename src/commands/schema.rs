//! `schema`: which fields there are and what they may hold, for editors and other programs.

use std::path::Path;

use serde_json::{Map, Value};

use super::{Outcome, fail, note, print};
use crate::cli::Schema;
use crate::content::project;
use crate::io::{files, load};
use crate::schema::{self, Document};

/// Prints all schemas as one object, or writes each into a file.
pub fn run(root: &Path, arguments: &Schema) -> Outcome {
    // Whatever is wrong with the content, its names are the names.
    let tree = load::load(root).value;
    if tree.below("content/vocabulary").next().is_none() {
        let root = root.display();
        note(&format!("{root} has no content/vocabulary: any name of a need, a phase … will do"));
    }
    let names = project::names(&tree);
    let documents = schema::documents(&names);
    match &arguments.out {
        None => print(all(documents).as_bytes()),
        Some(folder) => match write(root, folder, &documents) {
            Ok(text) => print(text.as_bytes()),
            Err(message) => fail(&message),
        },
    }
}

fn all(documents: Vec<Document>) -> String {
    let all: Map<String, Value> = documents.into_iter().map(|d| (d.name, d.schema)).collect();
    format!("{}\n", serde_json::to_string_pretty(&all).unwrap_or_default())
}

const SETTINGS: &str = "vscode-settings.jsonc";

fn write(root: &Path, folder: &Path, documents: &[Document]) -> Result<String, String> {
    files::make_folder(folder)?;
    for document in documents {
        let text = serde_json::to_string_pretty(&document.schema).unwrap_or_default();
        let file = folder.join(format!("{}.schema.json", document.name));
        files::write(&file, format!("{text}\n").as_bytes())?;
    }
    let from_root = files::path_from(root, folder);
    let settings = folder.join(SETTINGS);
    files::write(&settings, schema::settings(documents, &from_root).as_bytes())?;
    Ok(format!(
        "wrote {} schemas into {}\n{} says how Visual Studio Code uses them, and what it cannot do\n",
        documents.len(),
        folder.display(),
        settings.display()
    ))
}
