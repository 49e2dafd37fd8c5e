//! Pages that are no entry's: needs, words explained, lists, boroughs.

use super::source::stands_behind;
use super::{Collected, Collector, GLOSSARY, LIST, NEED, Shown};
use crate::content::kinds::Kind;
use crate::content::layer::Layer;
use crate::content::vocabulary::{Need, Term};
use crate::page::need::{self, NeedView};
use crate::path::UrlPath;
use crate::search::document::Document;
use crate::search::synonyms::{names, translated};
use crate::site::links::term_anchor;
use crate::site::place::SiteId;
use crate::site::routes;

/// Lists and other pages that every site has, with their addresses, and the keys of their titles
/// and of the sentences on them.
const PAGES: [(&str, &str, &str); 6] = [
    ("needs/", "nav.needs", "needs.lead"),
    ("expectations/", "expectations.title", "expectations.lead"),
    ("self-evaluation/", "self_evaluation.title", "self_evaluation.lead"),
    ("glossary/", "glossary.title", "glossary.lead"),
    ("a-z/", "atoz.title", "atoz.lead"),
    ("about/", "nav.about", "about.lead"),
];

impl<'a> Collector<'a, '_> {
    /// The page of each need.
    pub(super) fn needs(&self) -> Vec<Collected<'a>> {
        let place = self.site.place;
        let languages = |need: &Need| routes::languages_of(place, &need.id);
        let mut pages = Vec::new();
        for (at, need) in self.vocabulary().needs.iter().enumerate() {
            let language = languages(need).into_iter().find(|l| l.as_str() == self.language);
            let prefix = match language {
                Some(language) => format!("{}/", language.as_str()),
                None if self.language == "en" => String::new(),
                None => continue,
            };
            let view = need::view(&self.maker(place.main()), need, language);
            let url = UrlPath::new(&format!("{prefix}needs/{}/", need.id.as_str()));
            let (mut page, source) = self.need(need, view, url);
            page.needs = vec![at];
            pages.push((page, source));
        }
        pages
    }

    fn need(&self, need: &Need, view: NeedView, url: UrlPath) -> Collected<'a> {
        let whole = match &view.plain_title {
            Some(plain) => format!("{}: {plain}", view.title),
            None => view.title.clone(),
        };
        let mut document = Document {
            title: view.title,
            headings: Vec::new(),
            keywords: match self.language {
                "en" => names(need).map(str::to_owned).collect(),
                language => translated(need, language).map(str::to_owned).collect(),
            },
            body: vec![view.lead.clone()],
            is_need: true,
        };
        let behind = need::provision_for(self.site.place.main(), need);
        for home in behind.filter(|home| stands_behind(&home.entry)) {
            document.body.extend(home.entry.common().keywords.iter().cloned());
        }
        document.body.extend(view.signs);
        for strategy in view.strategies {
            document.body.push(strategy.title);
            document.body.extend(strategy.text);
        }
        document.body.extend(view.summary);
        document.body.extend(view.questions);
        document.body.extend(view.evidence);
        for expectation in view.tiers.into_iter().flat_map(|tier| tier.expectations) {
            document.body.push(expectation.text);
            document.body.extend(expectation.detail);
        }
        let shown =
            Shown { url, title: whole, summary: view.lead, kind: NEED, owner: &Layer::Shared };
        self.other(shown, document)
    }

    /// The words that the site explains. As text, not as titles: a page that is about a word
    /// tells more than the sentence that explains it.
    pub(super) fn terms(&self) -> Vec<Collected<'a>> {
        let term = |term: &Term| {
            let Term { term, title, aliases, description, .. } = term;
            let whole = match title {
                Some(title) => format!("{term}: {title}"),
                None => term.clone(),
            };
            let document = Document {
                body: [vec![whole.clone(), description.clone()], aliases.clone()].concat(),
                ..Document::default()
            };
            let shown = Shown {
                url: UrlPath::new(&format!("glossary/#{}", term_anchor(term))),
                title: whole,
                summary: description.clone(),
                kind: GLOSSARY,
                owner: &Layer::Shared,
            };
            self.other(shown, document)
        };
        self.vocabulary().glossary.iter().map(term).collect()
    }

    /// The lists of entries, and other pages that every site has.
    pub(super) fn lists(&self) -> Vec<Collected<'a>> {
        let of_kinds = Kind::listed().map(Kind::folder).map(|folder| {
            let names = vec![format!("kind.{folder}"), format!("kinds.{folder}.all")];
            let (title, lead) = (format!("kinds.{folder}.title"), format!("kinds.{folder}.lead"));
            (format!("{folder}/"), title, lead, names)
        });
        let hub = [("boroughs/", "nav.boroughs", "boroughs.lead")].into_iter();
        let hub = hub.filter(|_| self.site.place.id == SiteId::Hub);
        let others = PAGES.into_iter().chain(hub).map(|(url, title, lead)| {
            (url.to_owned(), title.to_owned(), lead.to_owned(), Vec::new())
        });
        let word = |key: &String| self.site.words.get(key).cloned().unwrap_or_default();
        let page = |(url, title, lead, names): (String, String, String, Vec<String>)| {
            let document = Document {
                title: word(&title),
                keywords: names.iter().map(word).collect(),
                body: vec![word(&lead)],
                ..Document::default()
            };
            let shown = Shown {
                url: UrlPath::new(&url),
                title: word(&title),
                summary: self.maker(self.site.place.main()).text(&word(&lead)),
                kind: LIST,
                owner: &Layer::Shared,
            };
            self.other(shown, document)
        };
        of_kinds.chain(others).map(page).collect()
    }

    /// In the hub, the sections of boroughs and partners.
    pub(super) fn sections(&self) -> Vec<Collected<'a>> {
        let place = self.site.place;
        let scopes = place.scopes.iter().skip(1);
        scopes
            .map(|scope| {
                let name = place.model.layer_name(&scope.owner).unwrap_or_default().to_owned();
                let welcome = scope
                    .homes
                    .values()
                    .find(|home| home.here && home.entry.id.kind == Kind::Welcome);
                let summary = welcome
                    .map(|home| self.maker(scope).text(&home.entry.common().summary))
                    .unwrap_or_default();
                let official = match &scope.owner {
                    Layer::Borough(slug) => place.model.project.boroughs.get(slug),
                    _ => None,
                };
                let official = official.map(|borough| borough.file.official_name.clone());
                let document = Document {
                    title: name.clone(),
                    keywords: official.iter().cloned().collect(),
                    body: vec![summary.clone()],
                    ..Document::default()
                };
                let shown = Shown {
                    url: scope.prefix.clone(),
                    title: name,
                    summary: if summary.is_empty() {
                        official.unwrap_or_default()
                    } else {
                        summary
                    },
                    kind: LIST,
                    owner: &scope.owner,
                };
                self.other(shown, document)
            })
            .collect()
    }
}
