//! A site: whose it is, which entries it shows, and at which address each of them is.
//!
//! A borough's site has one scope, its own. The hub has one for the shared layer, one for each
//! partner and one for each borough, because the same slug may be adapted by several: a link on
//! Barnet's page leads to Barnet's version if there is one, to a partner's if not, and else to the
//! shared page.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::catalogue::Catalogue;
use super::model::{Entry, Model, View};
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
    pub scopes: Vec<Scope>,
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
    /// Lays out a site.
    pub fn new(model: Arc<Model>, id: SiteId, base_url: Option<BaseUrl>) -> Self {
        let scopes = match &id {
            SiteId::Borough(slug) => {
                let owner = Layer::Borough(slug.clone());
                let view = model.view(&owner).clone();
                vec![whole_scope(owner, &view)]
            }
            SiteId::Hub => hub_scopes(&model),
        };
        let catalogue = Catalogue::new(&id, &scopes);
        Self { model, id, base_url, scopes, catalogue }
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
        self.scopes.iter().find(|scope| scope.owner == *owner)
    }

    /// Every entry that has a page in this site, with its scope: each once.
    pub fn pages(&self) -> impl Iterator<Item = (&Scope, &Home)> {
        self.scopes.iter().flat_map(|scope| {
            scope.homes.values().filter(|home| home.here).map(move |home| (scope, home))
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

/// A scope that shows every entry itself.
fn whole_scope(owner: Layer, view: &View) -> Scope {
    let prefix = UrlPath::home();
    let homes = view.entries.iter().map(|(id, entry)| {
        (id.clone(), Home { entry: entry.clone(), url: address(&prefix, id), here: true })
    });
    Scope { owner, stack: view.stack.clone(), homes: homes.collect(), prefix }
}

fn hub_scopes(model: &Model) -> Vec<Scope> {
    let mut scopes = vec![whole_scope(Layer::Shared, &model.shared)];
    for (slug, view) in &model.partners {
        let prefix = UrlPath::new(&format!("partners/{slug}/"));
        scopes.push(part_scope(Layer::Partner(slug.clone()), view, prefix));
    }
    for (slug, view) in &model.boroughs {
        let prefix = UrlPath::new(&format!("boroughs/{slug}/"));
        scopes.push(part_scope(Layer::Borough(slug.clone()), view, prefix));
    }
    scopes
}

/// A scope of the hub: it shows what its owner says; the rest is where the lower layer shows it.
fn part_scope(owner: Layer, view: &View, prefix: UrlPath) -> Scope {
    let homes = view.entries.iter().map(|(id, entry)| {
        let top = entry.provenance.top();
        let here = *top == owner;
        let url = match top {
            _ if here => address(&prefix, id),
            Layer::Partner(slug) => address(&UrlPath::new(&format!("partners/{slug}/")), id),
            _ => address(&UrlPath::home(), id),
        };
        (id.clone(), Home { entry: entry.clone(), url, here })
    });
    let homes = homes.collect();
    Scope { owner, stack: view.stack.clone(), homes, prefix }
}
