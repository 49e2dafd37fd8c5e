//! Pages that only the hub has: all boroughs, and the section of each borough and partner.

use serde::Serialize;

use super::body;
use super::entry::loose_contact;
use super::home::{BoroughLink, boroughs, partners, welcome};
use super::list::groups_by_kind;
use super::maker::Maker;
use super::parts::{BlockView, ContactView, GroupView, LanguageView, LinkView};
use crate::content::kinds::Kind;
use crate::content::layer::Layer;
use crate::path::UrlPath;
use crate::site::place::Scope;

/// All boroughs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoroughsView {
    /// The boroughs.
    pub boroughs: Vec<BoroughLink>,
    /// The partners.
    pub partners: Vec<BoroughLink>,
}

/// A borough's or a partner's section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionView {
    /// Its name.
    pub name: String,
    /// Its full name; empty for a partner.
    pub official_name: String,
    /// The council's or partner's website.
    pub website: Option<String>,
    /// Its own site.
    pub site_url: Option<String>,
    /// The welcome's title; empty where there is none of its own.
    pub title: String,
    /// The welcome's summary.
    pub lead: String,
    /// The welcome.
    pub body: Vec<BlockView>,
    /// Whom to reach.
    pub contacts: Vec<ContactView>,
    /// The welcome's Easy Read version.
    pub easy_read: Option<String>,
    /// The welcome's other languages.
    pub languages: Vec<LanguageView>,
    /// Its own and adapted entries, by kind.
    pub groups: Vec<GroupView>,
    /// Its partners.
    pub partners: Vec<LinkView>,
    /// The boroughs that it serves, if it is a partner.
    pub boroughs: Vec<LinkView>,
    /// Whether it has nothing of its own yet.
    pub missing: bool,
}

/// The page of all boroughs.
pub fn all(maker: &Maker<'_>) -> BoroughsView {
    BoroughsView { boroughs: boroughs(maker), partners: partners(maker) }
}

/// The page of one section.
pub fn section<'a>(maker: &Maker<'a>, scope: &'a Scope) -> SectionView {
    let project = &maker.place.model.project;
    let own_welcome = welcome(scope).filter(|home| home.here);
    let (title, lead, body) = match own_welcome {
        Some(home) => (
            maker.text(&home.entry.common().title),
            maker.text(&home.entry.common().summary),
            body::fill(maker, &home.entry.id, &home.entry.body).blocks,
        ),
        None => Default::default(),
    };
    let groups = groups_by_kind(maker, Kind::listed(), |kind| {
        let of_kind = maker.place.catalogue.of_kind(kind).iter();
        (of_kind.filter(|line| line.owner == scope.owner).collect(), 0)
    });
    let mut view = SectionView {
        name: maker.place.model.layer_name(&scope.owner).unwrap_or_default().to_owned(),
        official_name: String::new(),
        website: None,
        site_url: None,
        title,
        lead,
        body,
        contacts: Vec::new(),
        easy_read: own_welcome.and_then(|home| maker.easy_read(home)),
        languages: own_welcome.map(|home| maker.languages(home)).unwrap_or_default(),
        missing: groups.is_empty(),
        groups,
        partners: partner_links(maker, scope),
        boroughs: Vec::new(),
    };
    match &scope.owner {
        Layer::Borough(slug) => {
            if let Some(borough) = project.boroughs.get(slug) {
                view.official_name.clone_from(&borough.file.official_name);
                view.website.clone_from(&borough.file.website);
                let sendiass = borough.file.sendiass.iter();
                let contacts = borough.file.contacts.iter().chain(sendiass);
                view.contacts = contacts.map(loose_contact).collect();
                let url = project.config.base_urls.get(slug.as_str());
                view.site_url = url.map(|url| url.join(""));
            }
        }
        Layer::Partner(slug) => {
            if let Some(partner) = project.partners.get(slug) {
                view.website.clone_from(&partner.file.website);
                view.contacts = partner.file.contacts.iter().map(loose_contact).collect();
            }
            view.boroughs = served_boroughs(maker, &scope.owner);
        }
        Layer::Shared => {}
    }
    view
}

fn partner_links(maker: &Maker<'_>, scope: &Scope) -> Vec<LinkView> {
    let others = scope.stack.iter().filter(|layer| **layer != scope.owner);
    let partners = others.filter_map(|layer| match layer {
        Layer::Partner(slug) => Some((layer, slug)),
        _ => None,
    });
    partners
        .map(|(layer, slug)| LinkView {
            title: maker.place.model.layer_name(layer).unwrap_or_default().to_owned(),
            href: maker.href(&UrlPath::new(&format!("partners/{slug}/"))),
        })
        .collect()
}

fn served_boroughs(maker: &Maker<'_>, partner: &Layer) -> Vec<LinkView> {
    let boroughs = maker.place.model.project.boroughs.iter();
    boroughs
        .filter(|(_, borough)| borough.stack.contains(partner))
        .map(|(slug, borough)| LinkView {
            title: borough.file.name.clone(),
            href: maker.href(&UrlPath::new(&format!("boroughs/{slug}/"))),
        })
        .collect()
}
