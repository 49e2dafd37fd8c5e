//! What a page shows: for each kind of page a view that holds just that, and never the site.
//!
//! [`view`] is the one door: a route in, plain data out. The theme turns the data into HTML; no
//! word of the interface and no markup but that of bodies is written here.

pub mod body;
pub mod chrome;
pub mod compare;
pub mod coverage;
pub mod diary;
pub mod entry;
pub mod expectations;
pub mod explain;
pub mod formats;
pub mod home;
pub mod hub;
pub mod list;
pub mod maker;
pub mod matrix;
pub mod need;
pub mod paper;
pub mod parts;
pub mod places;
pub mod reference;
pub mod search;
pub mod self_evaluation;
pub mod sources;
pub mod spoken;

use std::collections::BTreeSet;

use serde::Serialize;

use chrome::Frame;
use list::Listing;
use maker::{Maker, Words};
use parts::GroupView;

use crate::content::kinds::Kind;
use crate::content::vocabulary::{Item, find};
use crate::digest::Digest;
use crate::path::{Slug, UrlPath};
use crate::site::catalogue::Listed;
use crate::site::place::{Home, Place, Scope};
use crate::site::routes::{Page, Route, Routes};

/// One page, ready for its template.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageView {
    /// What stands around it.
    pub frame: Frame,
    /// What it shows.
    pub page: Content,
    /// The language of its words.
    #[serde(skip)]
    pub language: String,
    /// The texts that stand in that language, where it is not English.
    #[serde(skip)]
    pub translated: BTreeSet<String>,
}

impl PageView {
    /// Tells apart pages that may look otherwise; nothing if a view holds what cannot be written.
    pub fn digest(&self) -> Option<Digest> {
        let all = (self, &self.language, &self.translated, self.related());
        postcard::to_stdvec(&all).ok().map(|view| Digest::of(&view))
    }

    /// Other entries about the same needs.
    pub fn related(&self) -> &[GroupView] {
        match &self.page {
            Content::Entry(entry) => &entry.related,
            _ => &[],
        }
    }
}

/// What a page shows, by kind of page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// The home page.
    Home(Box<home::HomeView>),
    /// All needs.
    Needs(need::NeedsView),
    /// One need.
    Need(Box<need::NeedView>),
    /// One entry.
    Entry(Box<entry::EntryView>),
    /// A list.
    List(Box<list::ListView>),
    /// Words explained.
    Glossary(reference::GlossaryView),
    /// Everything by letter.
    AToZ(reference::AToZView),
    /// Search.
    Search(search::SearchView),
    /// How much is expected for each need and age.
    Matrix(matrix::MatrixView),
    /// What is expected for a subject.
    Checklist(Box<matrix::ChecklistView>),
    /// Where a school rates itself.
    SelfEvaluation(self_evaluation::SelfEvaluationView),
    /// Everything as one document.
    Paper(Box<paper::PaperView>),
    /// How the site is made.
    About(Box<reference::AboutView>),
    /// Statutory headings.
    Coverage(Box<coverage::CoverageView>),
    /// Needs to compare boroughs on.
    CompareIndex(compare::CompareIndexView),
    /// Boroughs beside each other.
    Compare(Box<compare::CompareView>),
    /// All boroughs.
    Boroughs(hub::BoroughsView),
    /// A borough's or partner's section.
    Section(Box<hub::SectionView>),
    /// Nothing here.
    NotFound(reference::NotFoundView),
    /// Somewhere else.
    Redirect(RedirectView),
}

/// A page that leads somewhere else.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RedirectView {
    /// Where.
    pub to: String,
}

/// The template of a kind of page.
pub fn template(page: &Page) -> &'static str {
    match page {
        Page::Home => "home",
        Page::Needs => "needs",
        Page::Need(_) | Page::NeedIn(..) => "need",
        Page::List(..) | Page::Phase(..) | Page::Audience(..) => "list",
        Page::Entry(..) | Page::EasyRead(..) | Page::Translation(..) => "entry",
        Page::Glossary => "glossary",
        Page::AToZ(_) => "atoz",
        Page::Search(_) => "search",
        Page::Matrix => "matrix",
        Page::Checklist(..) => "checklist",
        Page::SelfEvaluation => "self_evaluation",
        // A file has no template; nobody asks for one.
        Page::Feed(_) => "",
        Page::Paper => "paper",
        Page::About => "about",
        Page::Coverage => "coverage",
        Page::CompareIndex => "compare_index",
        Page::Compare(_) => "compare",
        Page::Boroughs => "boroughs",
        Page::Section(_) => "section",
        Page::Redirect(_) => "redirect",
        Page::NotFound => "not_found",
    }
}

/// The scope that a page is told from.
pub fn scope<'a>(place: &'a Place, page: &Page) -> Option<&'a Scope> {
    match page {
        Page::Entry(scope, _)
        | Page::EasyRead(scope, _)
        | Page::Translation(scope, ..)
        | Page::Section(scope) => place.scopes.get(*scope).map(AsRef::as_ref),
        _ => Some(place.main()),
    }
}

/// Makes the view of a route.
pub fn view(place: &Place, routes: &Routes, route: &Route, words: &Words) -> Option<PageView> {
    let scope = scope(place, &route.page)?;
    // A host shows this page at any address, so only a path from the host's root finds the way.
    let root = match (&route.page, &place.base_url) {
        (Page::NotFound, Some(url)) => url.path(),
        (Page::NotFound, None) => "/".to_owned(),
        _ => route.url.to_root(),
    };
    let maker = Maker { place, routes, scope, root: &root, words };
    let (page, title, description) = content(&maker, &route.page)?;
    let frame = chrome::frame(&maker, &route.url, &route.page, (title, description));
    let language = route.page.language().map_or("en", |language| language.as_str()).to_owned();
    let translated = spoken::translated(&maker, &route.page);
    Some(PageView { frame, page, language, translated })
}

type Titled = (Content, String, String);

fn content(maker: &Maker<'_>, page: &Page) -> Option<Titled> {
    let word = |key: &str| maker.word(key).to_owned();
    Some(match page {
        Page::Home => {
            let view = home::view(maker);
            let (title, lead) = (view.title.clone(), view.lead.clone());
            (Content::Home(Box::new(view)), title, lead)
        }
        Page::Needs => {
            let view = need::NeedsView { areas: need::areas(maker) };
            (Content::Needs(view), word("nav.needs"), word("needs.lead"))
        }
        Page::Need(id) | Page::NeedIn(id, _) => {
            let vocabulary = &maker.place.model.project.vocabulary;
            let need = vocabulary.needs.iter().find(|need| need.id.slug() == id)?;
            let view = need::view(maker, need, page.language());
            let title = view.plain_title.clone().unwrap_or_else(|| view.title.clone());
            let lead = view.lead.clone();
            (Content::Need(Box::new(view)), title, lead)
        }
        Page::List(..) | Page::Phase(..) | Page::Audience(..) => list_page(maker, page)?,
        Page::Entry(_, id) => entry_page(maker, maker.scope.homes.get(id)?, None),
        Page::EasyRead(_, id) => {
            let home = maker.scope.homes.get(id)?;
            let version = home.entry.easy_read.as_deref()?;
            entry_page(maker, home, Some((version, None)))
        }
        Page::Translation(_, id, language) => {
            let home = maker.scope.homes.get(id)?;
            let version = home.entry.translations.get(language)?;
            entry_page(maker, home, Some((version, Some(language.as_str()))))
        }
        Page::Glossary => {
            let view = reference::glossary(maker);
            (Content::Glossary(view), word("nav.glossary"), word("glossary.lead"))
        }
        Page::AToZ(letter) => {
            let view = reference::a_to_z(maker, *letter);
            (Content::AToZ(view), word("nav.atoz"), word("atoz.lead"))
        }
        Page::Search(language) => {
            let view = search::view(maker, language.as_ref());
            (Content::Search(view), word("search.title"), word("search.lead"))
        }
        Page::Matrix => {
            let view = matrix::view(maker);
            let lead = maker.text(maker.word("expectations.lead"));
            (Content::Matrix(view), word("expectations.title"), lead)
        }
        Page::Checklist(subject, phase) => {
            let view = matrix::checklist(maker, subject, phase.as_ref());
            let (title, lead) = checklist_title(maker, &view);
            (Content::Checklist(Box::new(view)), title, lead)
        }
        Page::SelfEvaluation => {
            let view = self_evaluation::view(maker);
            let lead = word("self_evaluation.lead");
            (Content::SelfEvaluation(view), word("self_evaluation.title"), lead)
        }
        Page::Feed(_) => return None,
        Page::Paper => {
            let view = paper::view(maker);
            (Content::Paper(Box::new(view)), word("paper.title"), word("paper.lead"))
        }
        Page::About => {
            let view = reference::about(maker);
            (Content::About(Box::new(view)), word("nav.about"), word("about.lead"))
        }
        Page::Coverage => {
            let view = coverage::view(maker);
            let lead =
                if maker.place.borough().is_some() { "coverage.lead" } else { "coverage.lead_hub" };
            let lead = maker.text(maker.word(lead));
            (Content::Coverage(Box::new(view)), word("nav.coverage"), lead)
        }
        Page::CompareIndex => {
            let view = compare::index(maker);
            (Content::CompareIndex(view), word("compare.title"), word("compare.lead"))
        }
        Page::Compare(id) => {
            let vocabulary = &maker.place.model.project.vocabulary;
            let need = vocabulary.needs.iter().find(|need| need.id.slug() == id)?;
            let view = compare::view(maker, need);
            let title = maker.word("compare.of").replace("{need}", &view.need);
            (Content::Compare(Box::new(view)), title, word("compare.of_lead"))
        }
        Page::Boroughs => {
            let view = hub::all(maker);
            (Content::Boroughs(view), word("nav.boroughs"), word("boroughs.lead"))
        }
        Page::Section(_) => {
            let view = hub::section(maker, maker.scope);
            let (name, lead) = (view.name.clone(), view.lead.clone());
            (Content::Section(Box::new(view)), name, lead)
        }
        Page::Redirect(to) => {
            let view = RedirectView { to: maker.href(to) };
            (Content::Redirect(view), word("redirect.title"), String::new())
        }
        Page::NotFound => {
            let view = reference::not_found(maker);
            (Content::NotFound(view), word("not_found.title"), String::new())
        }
    })
}

/// The title of a list of expectations, such as "Autism, primary: what schools should provide".
fn checklist_title(maker: &Maker<'_>, view: &matrix::ChecklistView) -> (String, String) {
    let subject = match &view.phase {
        Some(phase) => format!("{}, {}", view.title, phase.to_lowercase()),
        None => view.title.clone(),
    };
    let title = maker.word("expectations.of").replace("{subject}", &subject);
    (title, maker.text(maker.word("expectations.of_lead")))
}

fn entry_page(
    maker: &Maker<'_>,
    home: &Home,
    version: Option<(&crate::site::model::Version, Option<&str>)>,
) -> Titled {
    let view = entry::view(maker, home, version);
    let (title, summary) = (view.title.clone(), view.summary.clone());
    (Content::Entry(Box::new(view)), title, summary)
}

fn list_page(maker: &Maker<'_>, page: &Page) -> Option<Titled> {
    let place = maker.place;
    let vocabulary = &place.model.project.vocabulary;
    let (listing, number) = match page {
        Page::List(kind, number) => (kind_list(maker, *kind), *number),
        Page::Phase(id, number) => {
            let entries = place.catalogue.for_phase(id);
            (item_list(maker, "ages", &vocabulary.phases, id, entries)?, *number)
        }
        Page::Audience(id, number) => {
            let entries = place.catalogue.for_audience(id);
            (item_list(maker, "for", &vocabulary.audiences, id, entries)?, *number)
        }
        _ => return None,
    };
    let (title, lead) = match listing.kind {
        "" => (listing.title.clone(), listing.lead.clone()),
        kind => (
            maker.word(&format!("kinds.{kind}.title")).to_owned(),
            maker.word(&format!("kinds.{kind}.lead")).to_owned(),
        ),
    };
    let title = match number {
        1 => title,
        number => maker
            .word("list.page_of")
            .replace("{title}", &title)
            .replace("{n}", &number.to_string()),
    };
    let view = list::view(maker, listing, number);
    Some((Content::List(Box::new(view)), title, lead))
}

fn kind_list<'a>(maker: &Maker<'a>, kind: Kind) -> Listing<'a> {
    Listing {
        kind: kind.folder(),
        title: String::new(),
        lead: String::new(),
        url: UrlPath::new(&format!("{}/", kind.folder())),
        entries: maker.place.catalogue.of_kind(kind),
        filters: Vec::new(),
    }
}

/// A list of the entries for one item of a vocabulary, with its siblings to choose from.
fn item_list<'a>(
    maker: &Maker<'a>,
    folder: &'static str,
    items: &[Item],
    id: &Slug,
    entries: Listed<'a>,
) -> Option<Listing<'a>> {
    let item = find(items, id)?;
    let address = |id: &Slug| UrlPath::new(&format!("{folder}/{id}/"));
    let choice = |item: &Item| parts::ChoiceView {
        title: item.title.clone(),
        href: maker.href(&address(&item.id)),
        current: item.id == *id,
        count: None,
    };
    let choices = items.iter().map(choice).collect();
    Some(Listing {
        kind: "",
        title: item.plain().to_owned(),
        lead: item.description.clone().unwrap_or_default(),
        url: address(id),
        entries,
        filters: vec![list::FilterView { key: folder, choices }],
    })
}
