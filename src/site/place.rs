//! A site: whose it is, which entries it shows, and at which address each of them is.
//!
//! A borough's site has one scope, its own. The hub has one for the shared layer, one for each
//! partner and one for each borough, because the same slug may be adapted by several: a link on
//! Barnet's page leads to Barnet's version if there is one, to a partner's if not, and else to the
//! shared page.
//!
//! The scope is also what a preview renews: laid out again after an edit, a site takes over every
//! scope whose entries are the same, and of a changed one whatever its own pages do not touch.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;

use super::catalogue::{Catalogue, Line, Shelf};
use super::model::{Entry, Model, View};
use super::routes::ScopeRoutes;
use crate::content::config::{BaseUrl, BoroughFile};
use crate::content::kinds::{EntryId, Kind};
use crate::content::layer::Layer;
use crate::path::{Slug, UrlPath};

/// Which site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SiteId {
    /// The pan-London site.
    Hub,
    /// A borough's.
    Borough(Slug),
}

impl SiteId {
    /// Its name on the command line and its folder in `dist/`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Hub => "hub",
            Self::Borough(slug) => slug.as_str(),
        }
    }
}

impl fmt::Display for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// All sites of a model, the hub first.
pub fn all_sites(model: &Model) -> Vec<SiteId> {
    let boroughs = model.boroughs.keys().cloned().map(SiteId::Borough);
    std::iter::once(SiteId::Hub).chain(boroughs).collect()
}

/// One site.
#[derive(Debug)]
pub struct Place {
    /// What everything is resolved to.
    pub model: Arc<Model>,
    /// Which site it is.
    pub id: SiteId,
    /// Where it is published.
    pub base_url: Option<BaseUrl>,
    /// Its scopes, its own first.
    pub scopes: Vec<Arc<Scope>>,
    /// Everything that it lists, sorted.
    pub catalogue: Catalogue,
}

/// The entries that one layer's owner sees, each with its address in this site.
#[derive(Debug)]
pub struct Scope {
    /// Whose scope it is.
    pub owner: Layer,
    /// Its layers, lowest first.
    pub stack: Vec<Layer>,
    /// What its addresses begin with: nothing, or `boroughs/barnet/`.
    pub prefix: UrlPath,
    /// Its entries.
    pub homes: BTreeMap<EntryId, Home>,
    /// Its own pages, sorted for lists.
    pub(super) shelf: Arc<Shelf>,
    /// The addresses of its own pages.
    pub(super) routes: Arc<ScopeRoutes>,
    /// What its entries come from.
    view: Arc<View>,
    /// Its number in the site.
    at: usize,
}

impl Scope {
    /// Its own listed entries of a kind that are about a need.
    pub fn about<'a>(&'a self, need: &'a Slug, kind: Kind) -> impl Iterator<Item = &'a Line> {
        self.shelf.about(need, kind)
    }
}

/// Where an entry is.
#[derive(Clone, Debug)]
pub struct Home {
    /// The entry.
    pub entry: Arc<Entry>,
    /// Its address in this site.
    pub url: UrlPath,
    /// Whether its page belongs to this scope; else it is another scope's.
    pub here: bool,
}

impl Place {
    /// Lays out a site, taking over what is the same `before`.
    pub fn new(
        model: Arc<Model>,
        id: SiteId,
        base_url: Option<BaseUrl>,
        before: Option<&Self>,
    ) -> Self {
        let layer_out = LayerOut { model: &model, id: &id, before };
        let scopes = layer_out.scopes();
        let shelves = scopes.iter().map(|scope| scope.shelf.clone()).collect();
        Self { catalogue: Catalogue::new(shelves), model, id, base_url, scopes }
    }

    /// The borough whose site this is.
    pub fn borough(&self) -> Option<&BoroughFile> {
        match &self.id {
            SiteId::Hub => None,
            SiteId::Borough(slug) => self.model.project.boroughs.get(slug).map(|b| &b.file),
        }
    }

    /// The site's own scope.
    pub fn main(&self) -> &Scope {
        &self.scopes[0]
    }

    /// The scope of a layer's owner.
    pub fn scope(&self, owner: &Layer) -> Option<&Scope> {
        self.scopes.iter().find(|scope| scope.owner == *owner).map(Arc::as_ref)
    }

    /// Every entry that has a page in this site, with its scope: each once.
    pub fn pages(&self) -> impl Iterator<Item = (&Scope, &Home)> {
        self.scopes.iter().flat_map(|scope| {
            let here = scope.homes.values().filter(|home| home.here);
            here.map(move |home| (scope.as_ref(), home))
        })
    }
}

/// The address of an entry below a prefix.
fn address(prefix: &UrlPath, id: &EntryId) -> UrlPath {
    match id.kind {
        Kind::Welcome => prefix.clone(),
        kind => prefix.join(&format!("{}/{}/", kind.folder(), id.slug)),
    }
}

/// Makes the scopes of a site.
struct LayerOut<'a> {
    model: &'a Model,
    id: &'a SiteId,
    before: Option<&'a Place>,
}

impl LayerOut<'_> {
    fn scopes(&self) -> Vec<Arc<Scope>> {
        let model = self.model;
        if let SiteId::Borough(slug) = self.id {
            return vec![self.scope(0, Layer::Borough(slug.clone()), UrlPath::home())];
        }
        let mut owners = vec![(Layer::Shared, UrlPath::home())];
        for slug in model.partners.keys() {
            let prefix = UrlPath::new(&format!("partners/{slug}/"));
            owners.push((Layer::Partner(slug.clone()), prefix));
        }
        for slug in model.boroughs.keys() {
            let prefix = UrlPath::new(&format!("boroughs/{slug}/"));
            owners.push((Layer::Borough(slug.clone()), prefix));
        }
        let owners: Vec<_> = owners.into_iter().enumerate().collect();
        owners.into_par_iter().map(|(at, (owner, prefix))| self.scope(at, owner, prefix)).collect()
    }

    /// A site's first scope shows every entry itself. The others, which only the hub has, show
    /// what their owner says; the rest is where the lower layer shows it.
    fn home(&self, at: usize, owner: &Layer, prefix: &UrlPath, entry: &Arc<Entry>) -> Home {
        let top = entry.provenance.top();
        let here = at == 0 || top == owner;
        let url = match top {
            _ if here => address(prefix, &entry.id),
            Layer::Partner(slug) => address(&UrlPath::new(&format!("partners/{slug}/")), &entry.id),
            _ => address(&UrlPath::home(), &entry.id),
        };
        Home { entry: entry.clone(), url, here }
    }

    fn scope(&self, at: usize, owner: Layer, prefix: UrlPath) -> Arc<Scope> {
        let view = self.model.view(&owner);
        let before = self.before.and_then(|before| before.scopes.get(at));
        let before = before.filter(|before| before.owner == owner);
        let Some(before) = before else {
            let homes = view.entries.iter();
            let homes = homes
                .map(|(id, entry)| (id.clone(), self.home(at, &owner, &prefix, entry)))
                .collect();
            return Arc::new(Scope::new(self.id, at, (owner, prefix), view, homes));
        };
        if Arc::ptr_eq(&before.view, view) {
            return before.clone();
        }
        let mut homes = before.homes.clone();
        let mut own_pages_changed = false;
        for (id, entry) in differing(&before.view.entries, &view.entries) {
            let home = entry.map(|entry| self.home(at, &owner, &prefix, entry));
            own_pages_changed |= home.as_ref().is_some_and(|home| home.here);
            let replaced = match home {
                Some(home) => homes.insert(id.clone(), home),
                None => homes.remove(id),
            };
            own_pages_changed |= replaced.is_some_and(|home| home.here);
        }
        Arc::new(match own_pages_changed {
            true => Scope::new(self.id, at, (owner, prefix), view, homes),
            false => Scope {
                owner,
                stack: view.stack.clone(),
                prefix,
                homes,
                shelf: before.shelf.clone(),
                routes: before.routes.clone(),
                view: view.clone(),
                at,
            },
        })
    }
}

impl Scope {
    fn new(
        site: &SiteId,
        at: usize,
        (owner, prefix): (Layer, UrlPath),
        view: &Arc<View>,
        homes: BTreeMap<EntryId, Home>,
    ) -> Self {
        let shelf = Arc::new(Shelf::new(site, at, &homes));
        let routes = Arc::new(ScopeRoutes::new(at, &prefix, &homes));
        let (stack, view) = (view.stack.clone(), view.clone());
        Self { owner, stack, prefix, homes, shelf, routes, view, at }
    }

    /// Its number among the scopes of its site.
    pub fn at(&self) -> usize {
        self.at
    }
}

/// Where two views differ: the ids, each with its entry now.
fn differing<'a>(
    then: &'a BTreeMap<EntryId, Arc<Entry>>,
    now: &'a BTreeMap<EntryId, Arc<Entry>>,
) -> Vec<(&'a EntryId, Option<&'a Arc<Entry>>)> {
    let gone = then.keys().filter(|id| !now.contains_key(*id)).map(|id| (id, None));
    let is_new = |(id, entry): &(&EntryId, &Arc<Entry>)| {
        then.get(*id).is_none_or(|known| !Arc::ptr_eq(known, entry))
    };
    let new = now.iter().filter(is_new).map(|(id, entry)| (id, Some(entry)));
    gone.chain(new).collect()
}
