//! `new`: one page at its place, with each of its fields explained.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Outcome, fail, print};
use crate::cli::New;
use crate::content::kinds::{EntryId, Kind};
use crate::content::layer::Layer;
use crate::content::names::Names;
use crate::content::project;
use crate::content::tree::SourceTree;
use crate::diagnostic::did_you_mean;
use crate::io::{clock, files, load};
use crate::path::{Slug, SourcePath, slugify};
use crate::scaffold::entry::{NewEntry, file_of};

/// Writes the page.
pub fn run(root: &Path, arguments: &New) -> Outcome {
    match write(root, arguments) {
        Ok(text) => print(text.as_bytes()),
        Err(message) => fail(&message),
    }
}

fn write(root: &Path, arguments: &New) -> Result<String, String> {
    let tree = load::load(root).value;
    if tree.get(&SourcePath::new("content/site.yaml")).is_none() {
        return Err(format!(
            "there is no content/site.yaml in {}: run in the folder that holds content/, or name \
             it with --root; `ordinarily init` begins a new site",
            root.display()
        ));
    }
    let names = project::names(&tree);
    let kind = kind(&arguments.kind)?;
    let layer = layer(arguments, &names)?;
    let today = clock::today_in_london();
    let entry = NewEntry { kind, title: &arguments.title, layer: &layer, today, names: &names };
    let id = entry.id()?;
    let path = entry.path(&id);
    files::write_new(&root.join(path.as_str()), entry.text().as_bytes())?;
    let note = shared(&tree, &layer, &id).map(|shared| {
        format!(
            "It adapts {shared}: take out every field that should stay as it is there, and the \
             text too if you want to keep that.\n"
        )
    });
    Ok(format!(
        "wrote {path}\n{}It is a draft: `ordinarily serve --drafts` shows it; take `draft: true` \
         out when it is ready.\n",
        note.unwrap_or_default()
    ))
}

fn kind(wanted: &str) -> Result<Kind, String> {
    let wanted = wanted.to_lowercase();
    let known = Kind::ALL.into_iter().find(|kind| kind.name() == wanted);
    known.or_else(|| Kind::parse(&wanted)).ok_or_else(|| {
        let help = did_you_mean(&wanted, Kind::ALL.into_iter().map(Kind::name));
        let all: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
        match help.starts_with("did you mean") {
            true => format!("there is no kind `{wanted}`: {help}"),
            false => format!("there is no kind `{wanted}`: it can be: {}", all.join(", ")),
        }
    })
}

fn layer(arguments: &New, names: &Names) -> Result<Layer, String> {
    let New { borough, partner, .. } = arguments;
    match (borough, partner) {
        (Some(wanted), _) => Ok(Layer::Borough(known("borough", wanted, &names.boroughs)?)),
        (None, Some(wanted)) => Ok(Layer::Partner(known("partner", wanted, &names.partners)?)),
        (None, None) => Ok(Layer::Shared),
    }
}

/// A name, if there is a folder of it.
fn known(what: &str, wanted: &str, all: &BTreeSet<Slug>) -> Result<Slug, String> {
    let slug = Slug::parse(&slugify(wanted)).ok();
    slug.filter(|slug| all.contains(slug)).ok_or_else(|| match all.is_empty() {
        true => format!("there is no {what} `{wanted}`, nor any other in content/{what}s/"),
        false => {
            let help = did_you_mean(wanted, all.iter().map(Slug::as_str));
            format!("there is no {what} `{wanted}`: {help}")
        }
    })
}

/// The same entry in the shared layer, where the page of a borough or a partner would adapt it.
fn shared(tree: &SourceTree, layer: &Layer, id: &EntryId) -> Option<SourcePath> {
    let path = file_of(&Layer::Shared, id);
    (*layer != Layer::Shared && tree.get(&path).is_some()).then_some(path)
}
