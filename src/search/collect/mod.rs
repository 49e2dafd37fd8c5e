//! What a site lets people search: its needs, its entries, the words it explains, its lists, and
//! in the hub the boroughs. Drafts and hidden entries have no page, so they are not here either;
//! what boroughs merely inherit has one page in the hub, so it is here once.

mod others;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::collection::{Collection, Facets, Page, Value};
use super::document::{Analysed, Document};
use super::entry;
use super::memo::{Known, Memo};
use super::synonyms::translated;
use crate::content::common::Fields;
use crate::content::kinds::{Kind, Payload};
use crate::content::layer::Layer;
use crate::content::names::NeedId;
use crate::content::vocabulary::{Vocabulary, find};
use crate::page::maker::{Maker, Words};
use crate::path::{Slug, UrlPath};
use crate::site::model::Entry;
use crate::site::place::{Home, Place, Scope, SiteId};
use crate::site::routes::Routes;

/// The kinds of page besides those of entries.
const NEED: &str = "need";
const GLOSSARY: &str = "glossary";
const LIST: &str = "list";

/// How many entries an analyzer takes at a time.
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

/// Collects the pages of one language.
pub fn collect(site: Site<'_>, language: &str, memo: &Memo) -> Collection {
    let known = memo.known(&site.place.model.project.vocabulary, language);
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
    Collection::new(language, facets, pages)
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

/// Whether an entry is the provision of one need, whose page is put together from it.
fn stands_behind(entry: &Entry) -> bool {
    let own = |need: &NeedId| *need.slug() == entry.id.slug;
    entry.id.kind == Kind::Provision && entry.common().needs.iter().any(own)
}

struct Collector<'a> {
    site: Site<'a>,
    language: &'a str,
    known: &'a Known,
    kinds: BTreeMap<&'a str, usize>,
    owners: BTreeMap<Layer, usize>,
    needs: BTreeMap<&'a str, usize>,
    phases: BTreeMap<&'a str, usize>,
}

/// An entry in one language.
struct Version<'a> {
    fields: &'a Fields,
    url: UrlPath,
    analysed: Arc<Analysed>,
}

/// What a page shows in a list of results, before its words are known.
struct Shown<'a> {
    url: UrlPath,
    title: String,
    summary: String,
    kind: &'a str,
    owner: &'a Layer,
}

impl<'a> Collector<'a> {
    fn new(site: Site<'a>, language: &'a str, known: &'a Known, facets: &'a Facets) -> Self {
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

    fn page(&self, shown: Shown<'_>, analysed: Arc<Analysed>) -> Page {
        Page {
            url: shown.url.as_str().to_owned(),
            title: shown.title,
            summary: shown.summary,
            kind: self.kinds.get(shown.kind).copied().unwrap_or_default(),
            owner: self.owners.get(shown.owner).copied().unwrap_or_default(),
            needs: Vec::new(),
            phases: (0..self.phases.len()).collect(),
            analysed,
        }
    }

    /// A page that is no entry's.
    fn other(&self, shown: Shown<'_>, document: &Document) -> Page {
        let analysed = self.known.with_analyzer(|analyzer| self.known.other(analyzer, document));
        self.page(shown, analysed)
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
            version.analysed,
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

    /// Names of what an entry is about, of whom it is for, and of its owner.
    fn names(&self, entry: &'a Entry) -> impl Iterator<Item = &'a str> {
        let needs = &entry.common().needs;
        let about = self.vocabulary().needs.iter().filter(|need| needs.contains(&need.id));
        let owner = self.site.place.model.layer_name(entry.provenance.top());
        let easy_read = entry.easy_read.as_ref().map(|_| "Easy Read");
        let roles = match entry.payload() {
            Payload::Training(training) => training.for_roles.as_slice(),
            _ => &[],
        };
        let roles = roles.iter().filter_map(|id| find(&self.vocabulary().roles, id.slug()));
        let roles = roles.map(|role| role.title.as_str());
        about.map(|need| need.item.title.as_str()).chain(roles).chain(owner).chain(easy_read)
    }

    fn entries(&self) -> Vec<Page> {
        let place = self.site.place;
        let lines: Vec<_> = place.catalogue.all().collect();
        let pages = lines.par_chunks(AT_A_TIME).flat_map_iter(|lines| {
            self.known.with_analyzer(|analyzer| {
                let page = |line: &&crate::site::catalogue::Line| {
                    let entry = &line.home.entry;
                    let analysed = self.known.entry(analyzer, entry, || {
                        let names = self.names(entry);
                        entry::document(&entry.fields, &entry.body, names, stands_behind(entry))
                    });
                    let scope = place.scopes.get(line.scope).map_or(place.main(), Arc::as_ref);
                    let url = line.home.url.clone();
                    let version = Version { fields: &entry.fields, url, analysed };
                    self.entry(scope, &line.home, version)
                };
                lines.iter().map(page).collect::<Vec<_>>()
            })
        });
        pages.collect()
    }

    fn translations(&self) -> Vec<Page> {
        let mut pages = Vec::new();
        for (scope, home) in self.site.place.pages() {
            let entry = &home.entry;
            let translations = entry.translations.iter();
            for (language, said) in translations.filter(|(l, _)| l.as_str() == self.language) {
                let needs = home.entry.common().needs.iter();
                let of = |id: &NeedId| self.vocabulary().needs.iter().find(|need| need.id == *id);
                let names = needs.filter_map(of).flat_map(|need| translated(need, self.language));
                let document =
                    entry::document(&said.fields, &said.body, names, stands_behind(entry));
                let analysed =
                    self.known.with_analyzer(|analyzer| self.known.other(analyzer, &document));
                let url = UrlPath::new(&format!("{}/{}", language.as_str(), home.url.as_str()));
                let version = Version { fields: &said.fields, url, analysed };
                pages.push(self.entry(scope, home, version));
            }
        }
        pages
    }
}
