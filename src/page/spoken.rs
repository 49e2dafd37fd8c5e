//! What of a page in another language was translated: all else stands in English.

use std::collections::BTreeSet;

use super::maker::Maker;
use super::need::provision_for;
use crate::content::names::Language;
use crate::path::Slug;
use crate::site::model::Version;
use crate::site::routes::Page;

/// The texts that a page takes from translations; nothing on a page in English.
pub fn translated(maker: &Maker<'_>, page: &Page) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    match page {
        Page::Translation(_, id, language) => {
            let version = maker.scope.homes.get(id);
            let version = version.and_then(|home| home.entry.translations.get(language));
            add_version(maker, version.map(AsRef::as_ref), &mut texts);
        }
        Page::NeedIn(id, language) => add_need(maker, id, language, &mut texts),
        _ => {}
    }
    if page.language().is_some() {
        texts.extend(maker.words.values().cloned());
    }
    texts
}

fn add_need(maker: &Maker<'_>, id: &Slug, language: &Language, texts: &mut BTreeSet<String>) {
    let vocabulary = &maker.place.model.project.vocabulary;
    let Some(need) = vocabulary.needs.iter().find(|need| need.id.slug() == id) else { return };
    for home in provision_for(maker.scope, need) {
        add_version(maker, home.entry.translations.get(language).map(AsRef::as_ref), texts);
    }
    if let Some(own) = need.item.translations.get(language.as_str()) {
        let own = [&own.title, &own.plain_title, &own.description];
        texts.extend(own.into_iter().flatten().map(|text| maker.text(text)));
    }
}

fn add_version(maker: &Maker<'_>, version: Option<&Version>, texts: &mut BTreeSet<String>) {
    let own = version.iter().flat_map(|version| &version.texts);
    texts.extend(own.map(|text| maker.text(text)));
}
