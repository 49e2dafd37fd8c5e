//! Which files a page is made from, for whoever wants to change it.

use std::sync::Arc;

use super::home::welcome;
use super::need::provision_for;
use crate::content::layer::{Layer, Page as SourcePage};
use crate::path::SourcePath;
use crate::site::expected;
use crate::site::model::Entry;
use crate::site::place::{Home, Place, Scope};
use crate::site::routes::{Page, Route};

/// A file that a page is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub path: SourcePath,
    /// Whose it is; nothing for a file that all layers share, such as a vocabulary.
    pub layer: Option<Layer>,
}

/// The files of a page: of an entry those of all its layers, lowest first.
pub fn sources(place: &Place, route: &Route) -> Vec<Source> {
    match &route.page {
        Page::Home => of_scope(place.main()),
        Page::Section(at) => place.scopes.get(*at).map_or_else(Vec::new, |scope| of_scope(scope)),
        Page::About | Page::Paper => vec![layer_file(&place.main().owner)],
        Page::Entry(at, id) | Page::EasyRead(at, id) | Page::Translation(at, id, _) => {
            let entry = place.scopes.get(*at).and_then(|scope| scope.homes.get(id));
            let mut files = entry.map_or_else(Vec::new, |home| of_entry(&home.entry));
            let version = entry.and_then(|home| match &route.page {
                Page::EasyRead(..) => home.entry.easy_read.as_ref(),
                Page::Translation(_, _, language) => home.entry.translations.get(language),
                _ => None,
            });
            files.extend(version.iter().flat_map(|version| of_pages(&version.pages)));
            files
        }
        Page::Need(id) | Page::NeedIn(id, _) => {
            let needs = &place.model.project.vocabulary.needs;
            let need = needs.iter().find(|need| need.id.slug() == id);
            let homes = need.into_iter().flat_map(|need| provision_for(place.main(), need));
            let files = homes.flat_map(|home: &Home| of_entry(&home.entry));
            files.chain([vocabulary("needs")]).collect()
        }
        Page::Compare(id) => {
            let needs = &place.model.project.vocabulary.needs;
            let need = needs.iter().find(|need| need.id.slug() == id);
            let scopes = place.scopes.iter();
            let homes = scopes.flat_map(|scope| {
                let homes = need.into_iter().flat_map(|need| provision_for(scope, need));
                homes.filter(|home| home.here)
            });
            homes.flat_map(|home| of_entry(&home.entry)).collect()
        }
        Page::Needs => vec![vocabulary("needs")],
        Page::Phase(..) => vec![vocabulary("phases")],
        Page::Audience(..) => vec![vocabulary("audiences")],
        Page::Glossary => vec![vocabulary("glossary")],
        Page::Coverage => vec![vocabulary("local-offer")],
        Page::Search(_) => vec![vocabulary("synonyms")],
        Page::Redirect(to) => {
            let home = place.pages().find(|(_, home)| home.url == *to);
            home.map_or_else(Vec::new, |(_, home)| of_entry(&home.entry))
        }
        Page::Checklist(subject, _) => {
            let homes = expected::provision(place.main(), subject);
            homes.flat_map(|(home, _)| of_entry(&home.entry)).collect()
        }
        Page::Matrix | Page::SelfEvaluation | Page::Feed(_) => Vec::new(),
        Page::List(..) | Page::AToZ(_) | Page::CompareIndex | Page::Boroughs | Page::NotFound => {
            Vec::new()
        }
    }
}

fn of_scope(scope: &Scope) -> Vec<Source> {
    let of_welcome = welcome(scope).map_or_else(Vec::new, |home| of_entry(&home.entry));
    of_welcome.into_iter().chain([layer_file(&scope.owner)]).collect()
}

fn of_entry(entry: &Entry) -> Vec<Source> {
    of_pages(&entry.pages).collect()
}

fn of_pages(pages: &[Arc<SourcePage>]) -> impl Iterator<Item = Source> {
    let source = |page: &Arc<SourcePage>| Source {
        path: page.path.clone(),
        layer: Some(page.layer.clone()),
    };
    pages.iter().map(source)
}

/// The file by which a layer describes itself; of the shared layer, `site.yaml`.
fn layer_file(layer: &Layer) -> Source {
    let path = match layer.own_file() {
        Some(file) => format!("{}/{file}", layer.folder()),
        None => "content/site.yaml".to_owned(),
    };
    Source { path: SourcePath::new(&path), layer: Some(layer.clone()) }
}

fn vocabulary(name: &str) -> Source {
    Source { path: SourcePath::new(&format!("content/vocabulary/{name}.yaml")), layer: None }
}
