//! What all page builders need: the site, the address of the page, and the few things that every
//! view says in the same way.

use std::collections::BTreeMap;

use super::parts::{
    CardView, CitationView, ContactView, FromView, LanguageView, LinkView, PhoneView, SourceView,
    TrustView,
};
use crate::content::common::{Common, Source};
use crate::content::kinds::directory::Contact;
use crate::content::kinds::training::Offer;
use crate::content::kinds::{EntryId, Kind, Payload};
use crate::content::layer::Layer;
use crate::content::vocabulary::{Item, find};
use crate::path::{Slug, UrlPath};
use crate::site::catalogue::Line;
use crate::site::links::{Finder, Target};
use crate::site::model::Entry;
use crate::site::place::{Home, Place, Scope, SiteId};
use crate::site::routes::Routes;

/// Entries that pages link to by name where a layer has them. They are part of the content model:
/// a site without one leaves its link out.
pub const SENDIASS: (Kind, &str) = (Kind::Service, "sendiass");
/// The council's team.
pub const SEN_TEAM: (Kind, &str) = (Kind::Service, "sen-team");
/// Help, step by step.
pub const GETTING_HELP: (Kind, &str) = (Kind::Guide, "getting-help");
/// What is and is not accessible, and whom to tell.
pub const ACCESSIBILITY: (Kind, &str) = (Kind::Guide, "accessibility-statement");
/// How to ask for an assessment.
pub const ASSESSMENT: (Kind, &str) = (Kind::Guide, "ehc-needs-assessment");

/// The words of the interface in the page's language, by their place in the catalogue:
/// `body.alert-note` → "Note".
pub type Words = BTreeMap<String, String>;

/// Makes the views of one page.
#[derive(Clone, Copy)]
pub struct Maker<'a> {
    /// The site.
    pub place: &'a Place,
    /// Its routes.
    pub routes: &'a Routes,
    /// The scope of the page.
    pub scope: &'a Scope,
    /// What stands before an address from the site's root.
    pub root: &'a str,
    /// The words of the interface.
    pub words: &'a Words,
}

impl<'a> Maker<'a> {
    /// Looks up links from the page's scope.
    pub fn finder(&self) -> Finder<'a> {
        Finder { place: self.place, routes: self.routes, scope: self.scope }
    }

    /// The same page seen from another scope.
    pub fn in_scope(self, scope: &'a Scope) -> Self {
        Self { scope, ..self }
    }

    /// An address of this site as a link on this page.
    pub fn href(&self, url: &UrlPath) -> String {
        match url.as_str() {
            "" => self.root.to_owned(),
            path => format!("{}{path}", self.root),
        }
    }

    /// The link to an entry that pages know by name.
    pub fn known(&self, (kind, slug): (Kind, &str)) -> Option<&'a Home> {
        let id = EntryId { kind, slug: Slug::parse(slug).ok()? };
        self.scope.homes.get(&id)
    }

    /// Links to those of some entries that are there.
    pub fn known_links(&self, entries: &[(Kind, &str)]) -> Vec<LinkView> {
        let homes = entries.iter().filter_map(|entry| self.known(*entry));
        let link = |home: &Home| LinkView {
            title: self.text(&home.entry.common().title),
            href: self.href(&home.url),
        };
        homes.map(link).collect()
    }

    /// The home of a service.
    pub fn service(&self, slug: &Slug) -> Option<&'a Home> {
        self.scope.homes.get(&EntryId { kind: Kind::Service, slug: slug.clone() })
    }

    /// A text of the front matter with the borough's name in it.
    pub fn text(&self, text: &str) -> String {
        // Nearly all texts are told by this one byte.
        if !text.contains('{') {
            return text.to_owned();
        }
        let mut filled = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some(at) = rest.find("{borough}") {
            filled.push_str(&rest[..at]);
            let before = filled.trim_end();
            let starts = before.is_empty() || before.ends_with(['.', '!', '?', ':']);
            filled.push_str(&self.borough(starts));
            rest = &rest[at + "{borough}".len()..];
        }
        filled.push_str(rest);
        filled
    }

    /// The borough's name, or "your borough".
    pub fn borough(&self, starts_sentence: bool) -> String {
        let owner = match &self.scope.owner {
            Layer::Borough(_) => self.place.model.layer_name(&self.scope.owner),
            _ => None,
        };
        match (owner, starts_sentence) {
            (Some(name), _) => name.to_owned(),
            (None, false) => self.word("body.your-borough").to_owned(),
            (None, true) => capital(self.word("body.your-borough")),
        }
    }

    /// A word of the interface; nothing where the catalogue lacks it.
    pub fn word(&self, key: &str) -> &'a str {
        self.words.get(key).map_or("", String::as_str)
    }

    /// Optional texts.
    pub fn some_text(&self, text: Option<&String>) -> Option<String> {
        text.map(|text| self.text(text))
    }

    /// Several texts.
    pub fn texts(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    /// The names of vocabulary items for people.
    pub fn titles<'i>(
        &self,
        items: &[Item],
        ids: impl IntoIterator<Item = &'i Slug>,
    ) -> Vec<String> {
        let title = |id: &Slug| find(items, id).map_or_else(|| id.to_string(), |i| i.title.clone());
        ids.into_iter().map(title).collect()
    }

    /// Who says an entry.
    pub fn from(&self, entry: &Entry) -> FromView {
        self.from_layer(entry.provenance.top(), entry.provenance.is_adapted())
    }

    /// Who says something.
    pub fn from_layer(&self, layer: &Layer, adapted: bool) -> FromView {
        match self.place.model.layer_name(layer) {
            None => FromView { style: "london", name: String::new() },
            Some(name) if adapted => FromView { style: "adapted", name: name.to_owned() },
            Some(name) => FromView { style: "own", name: name.to_owned() },
        }
    }

    /// A listed entry.
    pub fn card(&self, line: &Line) -> CardView {
        match self.place.scopes.get(line.scope) {
            Some(scope) => self.in_scope(scope).card_of(&line.home),
            None => self.card_of(&line.home),
        }
    }

    /// An entry of this scope in a list.
    pub fn card_of(&self, home: &Home) -> CardView {
        let entry = &home.entry;
        let maker = self;
        let common = entry.common();
        let (who, offer, told) = match entry.payload() {
            Payload::Practice(practice) => (practice.school.clone(), None, true),
            Payload::Place(place) => (place.school.clone(), None, true),
            Payload::Training(training) => {
                (training.provider.clone(), training.offer.map(Offer::word), false)
            }
            _ => (None, None, false),
        };
        let newest = common.sources.iter().filter_map(|source| source.date).max();
        CardView {
            title: maker.text(&common.title),
            href: self.href(&home.url),
            summary: maker.text(&common.summary),
            kind: entry.id.kind.folder(),
            who: maker.some_text(who.as_ref()),
            as_of: newest.filter(|_| told).map(|date| date.to_string()),
            offer,
            from: self.from(entry),
            pin: None,
        }
    }

    /// The line that says who says so and how fresh it is.
    pub fn trust(&self, home: &Home) -> TrustView {
        let entry = &home.entry;
        let common = entry.common();
        let audiences = &self.place.model.project.vocabulary.audiences;
        let drafts = entry.pages.iter().any(|page| page.part.draft == Some(true));
        TrustView {
            from: self.from(entry),
            reviewed: common.reviewed.map(|date| date.to_string()),
            review_by: common.review_by.map(|date| date.to_string()),
            overdue: common.review_by.is_some_and(|date| date < self.place.model.day.today),
            draft: drafts,
            audiences: self.titles(audiences, common.audiences.iter().map(|id| id.slug())),
            easy_read: self.easy_read(home),
            languages: self.languages(home),
        }
    }

    /// An entry's Easy Read version.
    pub fn easy_read(&self, home: &Home) -> Option<String> {
        home.entry.easy_read.as_ref().map(|_| self.href(&home.url.join("easy-read/")))
    }

    /// An entry's other languages.
    pub fn languages(&self, home: &Home) -> Vec<LanguageView> {
        let translations = home.entry.translations.keys();
        translations
            .map(|language| {
                let code = language.as_str();
                let url = UrlPath::new(&format!("{code}/{}", home.url.as_str()));
                LanguageView { code: code.to_owned(), href: self.href(&url), current: false }
            })
            .collect()
    }

    /// Where an entry's words come from.
    pub fn source(&self, entry: &Entry) -> SourceView {
        let common = entry.common();
        let provenance = &entry.provenance;
        let top = provenance.top();
        let changed = |origin: &&crate::site::provenance::Origin| {
            origin.adapted.as_ref().is_some_and(|(layer, _)| layer == top)
        };
        let adapted = provenance.is_adapted();
        let shared_page = entry.base.as_ref().filter(|_| adapted).and_then(|_| {
            let hub = self.place.model.project.config.hub.base_url.as_ref()?;
            let path = format!("{}/", entry.id.path());
            match self.place.id {
                SiteId::Hub => {
                    let home = self.place.main().homes.get(&entry.id)?;
                    Some(self.href(&home.url))
                }
                SiteId::Borough(_) => {
                    self.place.model.shared.entries.get(&entry.id)?;
                    Some(hub.join(&path))
                }
            }
        });
        SourceView {
            from: self.from(entry),
            body_from: provenance.body.iter().map(|l| self.from_layer(l, false)).collect(),
            owner: common.owner.clone(),
            reviewed: common.reviewed.map(|date| date.to_string()),
            review_by: common.review_by.map(|date| date.to_string()),
            changed: provenance.items.values().filter(changed).count(),
            added: match adapted {
                true => provenance.items.values().filter(|origin| origin.layer == *top).count(),
                false => 0,
            },
            sources: citations(common),
            shared_page: shared_page.filter(|_| entry.id.kind != Kind::Welcome),
            tell: self.tell(),
        }
    }

    /// Where to tell that something is wrong: the council's email, or the page about its team.
    fn tell(&self) -> Option<String> {
        let contacts = self.place.borough().map(|borough| &borough.contacts);
        let email = contacts.into_iter().flatten().find_map(|contact| contact.email.as_ref());
        let by_email = email.map(|email| format!("mailto:{email}"));
        by_email.or_else(|| Some(self.href(&self.known(SEN_TEAM)?.url)))
    }

    /// How to reach a service in this page's borough.
    pub fn service_contact(&self, home: &Home) -> ContactView {
        let entry = &home.entry;
        let own = match entry.payload() {
            Payload::Service(service) => service.contact.as_ref(),
            _ => None,
        };
        let borough = match &self.scope.owner {
            Layer::Borough(slug) => self.place.model.project.boroughs.get(slug),
            _ => None,
        };
        let is =
            |known: (Kind, &str)| known.0 == entry.id.kind && known.1 == entry.id.slug.as_str();
        let of_borough = borough.and_then(|borough| {
            if is(SENDIASS) {
                borough.file.sendiass.as_ref()
            } else if is(SEN_TEAM) {
                borough.file.contacts.first()
            } else {
                None
            }
        });
        let common = entry.common();
        let view = contact(own.or(of_borough), self.text(&common.title));
        ContactView {
            href: Some(self.href(&home.url)),
            summary: Some(self.text(&common.summary)),
            ..view
        }
    }

    /// The page that a finder's target is, as a link on this page.
    pub fn target_href(&self, target: &Target<'_>) -> Option<String> {
        match target {
            Target::Page(url, _) => Some(self.href(url)),
            Target::File(layer, _, path) => {
                let url = crate::site::files::document_url(self.place, layer, path);
                Some(self.href(&url))
            }
            Target::Here => Some(String::new()),
            Target::Hidden(_) | Target::Nothing(..) => None,
        }
    }
}

/// A contact, or the lack of one.
pub fn contact(contact: Option<&Contact>, title: String) -> ContactView {
    let Some(contact) = contact else {
        return ContactView {
            title,
            href: None,
            summary: None,
            role: None,
            phones: Vec::new(),
            email: None,
            url: None,
            hours: None,
            missing: true,
        };
    };
    let first = contact.phone.iter().map(|number| (String::new(), number.clone()));
    let more = contact.phones.iter().map(|phone| (phone.label.clone(), phone.number.clone()));
    let phones: Vec<PhoneView> = first
        .chain(more)
        .map(|(label, number)| PhoneView { label, dial: dial(&number), number })
        .collect();
    ContactView {
        title: contact.name.clone().unwrap_or(title),
        href: None,
        summary: None,
        role: contact.role.clone(),
        missing: phones.is_empty() && contact.email.is_none() && contact.url.is_none(),
        phones,
        email: contact.email.clone(),
        url: contact.url.clone(),
        hours: contact.hours.clone(),
    }
}

/// A number as a telephone dials it: digits, and a plus at the start.
fn dial(number: &str) -> String {
    let plus = number.trim_start().starts_with('+');
    let digits = number.chars().filter(char::is_ascii_digit);
    plus.then_some('+').into_iter().chain(digits).collect()
}

fn citations(common: &Common) -> Vec<CitationView> {
    let citation = |source: &Source| CitationView {
        title: source.title.clone(),
        url: source.url.clone(),
        date: source.date.map(|date| date.to_string()),
        page: source.page.clone(),
    };
    common.sources.iter().map(citation).collect()
}

/// A text with a capital at its start.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
