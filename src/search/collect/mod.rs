//! What a site lets people search: its needs, its entries, the words it explains, its lists, and
//! in the hub the boroughs. Drafts and hidden entries have no page, so they are not here either;
//! what boroughs merely inherit has one page in the hub, so it is here once.

mod others;
mod source;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::collection::{Collection, Facets, Page, Value};
use super::document::Document;
use super::memo::Known;
use super::synonyms::translated;
use super::{entry, text};
use crate::content::common::Fields;
use crate::content::kinds::Kind;
use crate::content::layer::Layer;
use crate::content::names::NeedId;
use crate::content::vocabulary::Vocabulary;
use crate::digest::Digest;
use crate::page::maker::{Maker, Words};
use crate::path::{Slug, UrlPath};
use crate::site::place::{Home, Place, Scope, SiteId};
use crate::site::routes::Routes;
use source::{Source, stands_behind};

pub use source::Sources;

/// The kinds of page besides those of entries.
const NEED: &str = "need";
const GLOSSARY: &str = "glossary";
const LIST: &str = "list";

/// How many entries a core takes at a time.
const AT_A_TIME: usize = 64;

/// A site, with what its pages need to be read.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The site.
    pub place: &'a Place,
    /// Its addresses.
    pub routes: &'a Routes,
    /// The words of the interface in the language that is collected.
    pub words: &'a Words,
}

/// Collects the pages of one language, and what their documents are made from.
pub(super) fn collect<'a>(
    site: Site<'a>,
    language: &str,
    known: Arc<Known>,
) -> (Collection, Sources<'a>) {
    let facets = facets(site);
    let collector = Collector::new(site, language, &known, &facets);
    let mut pages = match language {
        "en" => collector.entries(),
        _ => collector.translations(),
    };
    pages.extend(collector.needs());
    if language == "en" {
        pages.extend(collector.terms());
        pages.extend(collector.lists());
        pages.extend(collector.sections());
    }
    known.tidy();
    let (collection, sources) = Collection::new(language, facets, pages);
    (collection, Sources { site, known, sources })
}

fn facets(site: Site<'_>) -> Facets {
    let place = site.place;
    let vocabulary = &place.model.project.vocabulary;
    let word = |key: String| site.words.get(&key).cloned().unwrap_or_default();
    let kinds = std::iter::once(NEED)
        .chain(Kind::listed().map(Kind::folder))
        .chain([GLOSSARY, LIST])
        .map(|key| Value { key: key.to_owned(), label: word(format!("kind.{key}")) });
    let owner = |layer: &Layer| Value {
        key: match layer {
            Layer::Shared => "london".to_owned(),
            Layer::Partner(slug) | Layer::Borough(slug) => slug.to_string(),
        },
        label: match place.model.layer_name(layer) {
            Some(name) => name.to_owned(),
            None => word("from.london".to_owned()),
        },
    };
    let item = |id: &Slug, label: &str| Value { key: id.to_string(), label: label.to_owned() };
    Facets {
        kinds: kinds.collect(),
        owners: owners(place).iter().map(owner).collect(),
        needs: vocabulary.needs.iter().map(|n| item(n.id.slug(), &n.item.title)).collect(),
        phases: vocabulary.phases.iter().map(|phase| item(&phase.id, &phase.title)).collect(),
    }
}

/// The layers whose pages a site shows, lowest first.
fn owners(place: &Place) -> Vec<Layer> {
    match place.id {
        SiteId::Borough(_) => place.main().stack.clone(),
        SiteId::Hub => place.scopes.iter().map(|scope| scope.owner.clone()).collect(),
    }
}

/// A page, and what its document is made from.
type Collected<'a> = (Page, Source<'a>);

struct Collector<'a, 'b> {
    site: Site<'a>,
    language: &'b str,
    known: &'b Known,
    kinds: BTreeMap<&'b str, usize>,
    owners: BTreeMap<Layer, usize>,
    needs: BTreeMap<&'b str, usize>,
    phases: BTreeMap<&'b str, usize>,
}

/// An entry in one language.
struct Version<'a> {
    fields: &'a Fields,
    url: UrlPath,
    words: Digest,
}

/// What a page shows in a list of results, before its words are known.
struct Shown<'a> {
    url: UrlPath,
    title: String,
    summary: String,
    kind: &'a str,
    owner: &'a Layer,
}

impl<'a, 'b> Collector<'a, 'b> {
    fn new(site: Site<'a>, language: &'b str, known: &'b Known, facets: &'b Facets) -> Self {
        fn places(values: &[Value]) -> BTreeMap<&str, usize> {
            values.iter().enumerate().map(|(at, value)| (value.key.as_str(), at)).collect()
        }
        let owners = owners(site.place).into_iter().enumerate();
        Self {
            site,
            language,
            known,
            kinds: places(&facets.kinds),
            owners: owners.map(|(at, owner)| (owner, at)).collect(),
            needs: places(&facets.needs),
            phases: places(&facets.phases),
        }
    }

    fn vocabulary(&self) -> &'a Vocabulary {
        &self.site.place.model.project.vocabulary
    }

    fn maker(&self, scope: &'a Scope) -> Maker<'a> {
        let Site { place, routes, words } = self.site;
        Maker { place, routes, scope, root: "", words }
    }

    fn page(&self, shown: Shown<'_>, words: Digest) -> Page {
        Page {
            url: shown.url.as_str().to_owned(),
            title: shown.title,
            summary: shown.summary,
            kind: self.kinds.get(shown.kind).copied().unwrap_or_default(),
            owner: self.owners.get(shown.owner).copied().unwrap_or_default(),
            needs: Vec::new(),
            phases: (0..self.phases.len()).collect(),
            words,
        }
    }

    /// A page that is no entry's.
    fn other(&self, shown: Shown<'_>, document: Document) -> Collected<'a> {
        (self.page(shown, self.known.digest(&document)), Source::Document(document))
    }

    /// The page of an entry, or of a version of it.
    fn entry(&self, scope: &'a Scope, home: &Home, version: Version<'_>) -> Page {
        let common = &version.fields.common;
        let maker = self.maker(scope);
        let mut page = self.page(
            Shown {
                url: version.url,
                title: maker.text(&common.title),
                summary: maker.text(&common.summary),
                kind: home.entry.id.kind.folder(),
                owner: home.entry.provenance.top(),
            },
            version.words,
        );
        let common = home.entry.common();
        page.needs =
            common.needs.iter().filter_map(|n| self.needs.get(n.as_str()).copied()).collect();
        if !common.phases.is_empty() {
            let phases = common.phases.iter();
            page.phases = phases.filter_map(|p| self.phases.get(p.as_str()).copied()).collect();
        }
        page
    }

    fn entries(&self) -> Vec<Collected<'a>> {
        let place = self.site.place;
        let lines: Vec<_> = place.catalogue.all().collect();
        let pages = lines.par_iter().with_min_len(AT_A_TIME).map(|line| {
            let source = Source::Entry(&line.home.entry);
            let words = source.digest(self.site, self.known);
            let scope = place.scopes.get(line.scope).map_or(place.main(), Arc::as_ref);
            let url = line.home.url.clone();
            let version = Version { fields: &line.home.entry.fields, url, words };
            (self.entry(scope, &line.home, version), source)
        });
        pages.collect()
    }

    fn translations(&self) -> Vec<Collected<'a>> {
        let mut pages = Vec::new();
        for (scope, home) in self.site.place.pages() {
            let entry = &home.entry;
            let translations = entry.translations.iter();
            for (language, said) in translations.filter(|(l, _)| l.as_str() == self.language) {
                let needs = home.entry.common().needs.iter();
                let of = |id: &NeedId| self.vocabulary().needs.iter().find(|need| need.id == *id);
                let names = needs.filter_map(of).flat_map(|need| translated(need, self.language));
                let body = (&*said.body, text::plain(&said.body));
                let document = entry::document(&said.fields, body, names, stands_behind(entry));
                let source = Source::Document(document);
                let words = source.digest(self.site, self.known);
                let url = UrlPath::new(&format!("{}/{}", language.as_str(), home.url.as_str()));
                let version = Version { fields: &said.fields, url, words };
                pages.push((self.entry(scope, home, version), source));
            }
        }
        pages
    }
}
