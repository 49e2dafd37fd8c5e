//! The page of one need, put together from every entry about it: what the school should already
//! be doing comes first.

use serde::Serialize;

use super::expectations::{self, Filter};
use super::maker::{ASSESSMENT, Maker, SENDIASS};
use super::matrix;
use super::parts::{
    ChoiceView, ContactView, GroupView, LanguageView, LinkView, SourceView, TierView, TrustView,
};
use crate::content::kinds::provision::Provision;
use crate::content::kinds::{Kind, Payload};
use crate::content::names::Language;
use crate::content::vocabulary::Need;
use crate::path::UrlPath;
use crate::site::catalogue::Line;
use crate::site::expected::Subject;
use crate::site::place::{Home, Scope};
use crate::site::routes;

/// How many entries of a kind a need's page shows.
const SHOWN: usize = 6;

/// All needs, by area.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeedsView {
    /// The areas.
    pub areas: Vec<AreaView>,
}

/// An area with its needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaView {
    /// Its id, for its anchor and its picture.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What a parent would call it.
    pub plain_title: String,
    /// Its needs.
    pub needs: Vec<NeedLink>,
}

/// A link to a need.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeedLink {
    /// Its id.
    pub id: String,
    /// What a parent would call it.
    pub title: String,
    /// Other words for it.
    pub also: Option<String>,
    /// Its page.
    pub href: String,
    /// Whether anything about it is published.
    pub ready: bool,
}

/// A way of helping.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StrategyView {
    /// Its anchor.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// What to do.
    pub text: Option<String>,
}

/// A step of the way to more help: one that everybody knows (`key`), or a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AskStep {
    /// `teacher`, `senco` or `assessment`; the theme has the words.
    pub key: Option<&'static str>,
    /// The service.
    pub contact: Option<ContactView>,
    /// How to be referred to it.
    pub route: Option<String>,
    /// What must have been done before.
    pub threshold: Vec<String>,
    /// The page about it.
    pub href: Option<String>,
}

/// One need.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeedView {
    /// Its name.
    pub title: String,
    /// What a parent would call it, where that differs.
    pub plain_title: Option<String>,
    /// What it is.
    pub lead: String,
    /// Other words for it.
    pub also: Vec<String>,
    /// Who says so and how fresh it is.
    pub trust: Option<TrustView>,
    /// The whole in short, for parents.
    pub summary: Vec<String>,
    /// The same for one age, as lists to print.
    pub phases: Vec<ChoiceView>,
    /// What schools are expected to do.
    pub tiers: Vec<TierView>,
    /// What an adult may see.
    pub signs: Vec<String>,
    /// Questions that parents can ask.
    pub questions: Vec<String>,
    /// What to keep as evidence.
    pub evidence: Vec<String>,
    /// Ways of helping.
    pub strategies: Vec<StrategyView>,
    /// Whom to ask next.
    pub ask: Vec<AskStep>,
    /// Everything else about it, by kind.
    pub groups: Vec<GroupView>,
    /// Whether no place for it is published.
    pub missing_places: bool,
    /// The provision pages that this one is put together from.
    pub entries: Vec<LinkView>,
    /// Where the words come from.
    pub source: Option<SourceView>,
    /// Whether nothing is published about it yet.
    pub missing: bool,
}

/// All needs, by area.
pub fn areas(maker: &Maker<'_>) -> Vec<AreaView> {
    let vocabulary = &maker.place.model.project.vocabulary;
    vocabulary
        .areas
        .iter()
        .map(|area| AreaView {
            id: area.id.to_string(),
            title: area.title.clone(),
            plain_title: area.plain().to_owned(),
            needs: vocabulary
                .needs
                .iter()
                .filter(|need| *need.area.slug() == area.id)
                .map(|need| need_link(maker, need))
                .collect(),
        })
        .filter(|area| !area.needs.is_empty())
        .collect()
}

fn need_link(maker: &Maker<'_>, need: &Need) -> NeedLink {
    let title = need.item.plain();
    let formal = (need.item.title != title).then(|| need.item.title.clone());
    let words: Vec<String> =
        formal.into_iter().chain(need.item.aliases.iter().take(2).cloned()).take(3).collect();
    NeedLink {
        id: need.id.as_str().to_owned(),
        title: title.to_owned(),
        also: (!words.is_empty()).then(|| words.join(", ")),
        href: maker.href(&UrlPath::new(&format!("needs/{}/", need.id.as_str()))),
        ready: provision_for(maker.scope, need).next().is_some(),
    }
}

/// The provision of a scope that is about a need.
pub fn provision_for<'a>(scope: &'a Scope, need: &Need) -> impl Iterator<Item = &'a Home> {
    let id = need.id.clone();
    scope.homes.values().filter(move |home| {
        home.entry.id.kind == Kind::Provision && home.entry.common().needs.contains(&id)
    })
}

/// The page of a need; in another language as far as its provision is translated.
pub fn view(maker: &Maker<'_>, need: &Need, language: Option<&Language>) -> NeedView {
    let homes: Vec<&Home> = provision_for(maker.scope, need).collect();
    let entries: Vec<(&Home, &Provision)> =
        homes.iter().filter_map(|home| spoken(home, language)).collect();
    let provisions: Vec<&Provision> = entries.iter().map(|(_, provision)| *provision).collect();
    let texts = |field: fn(&Provision) -> &Vec<String>| -> Vec<String> {
        provisions.iter().flat_map(|provision| maker.texts(field(provision))).collect()
    };
    let strategies = entries.iter().flat_map(|(home, provision)| {
        strategies(maker, provision, &format!("{}--", home.entry.id.slug))
    });
    let item = &need.item;
    let own = language.and_then(|language| item.translations.get(language.as_str()));
    let title = own.and_then(|own| own.title.as_deref()).unwrap_or(&item.title);
    let plain = own.and_then(|own| own.plain_title.as_deref().or(own.title.as_deref()));
    let plain = plain.unwrap_or(item.plain());
    let entry_link = |home: &&Home| LinkView {
        title: maker.text(&home.entry.common().title),
        href: maker.href(&home.url),
    };
    let own_lead = own.and_then(|own| own.description.clone());
    let summary = || homes.first().map(|home| home.entry.common().summary.clone());
    let lead = own_lead.or_else(|| item.description.clone()).or_else(summary);
    let groups = groups(maker, need, &provisions);
    NeedView {
        title: title.to_owned(),
        plain_title: (plain != title).then(|| plain.to_owned()),
        lead: maker.text(&lead.unwrap_or_default()),
        also: item.aliases.clone(),
        trust: homes.first().map(|home| {
            let languages = languages(maker, need, language);
            TrustView { languages, ..maker.trust(home) }
        }),
        summary: provisions
            .iter()
            .filter_map(|provision| maker.some_text(provision.parent_summary.as_ref()))
            .collect(),
        phases: match language {
            None => matrix::ages(maker, &Subject::Need(need.id.slug().clone()), None),
            Some(_) => Vec::new(),
        },
        tiers: expectations::tiers(maker, entries.iter().copied(), &Filter::default(), true),
        signs: texts(|provision| &provision.presents_as),
        questions: texts(|provision| &provision.ask_the_school),
        evidence: texts(|provision| &provision.evidence),
        strategies: strategies.collect(),
        ask: ask_steps(maker, &provisions),
        missing_places: !groups.iter().any(|group| group.kind == Kind::Place.folder()),
        groups,
        entries: homes.iter().map(entry_link).collect(),
        source: homes.first().map(|home| maker.source(&home.entry)),
        missing: homes.is_empty(),
    }
}

/// What an entry says as provision, in a language if it is translated.
fn spoken<'a>(home: &'a Home, language: Option<&Language>) -> Option<(&'a Home, &'a Provision)> {
    let version = language.and_then(|language| home.entry.translations.get(language));
    match version.map(|version| &version.fields.payload) {
        Some(Payload::Provision(provision)) => Some((home, provision)),
        _ => expectations::provision_of(home),
    }
}

/// The other languages of a need's page, English first.
fn languages(maker: &Maker<'_>, need: &Need, current: Option<&Language>) -> Vec<LanguageView> {
    let path = format!("needs/{}/", need.id.as_str());
    let view = |code: &str, path: &str| LanguageView {
        code: code.to_owned(),
        href: maker.href(&UrlPath::new(path)),
        current: false,
    };
    let english = current.map(|_| view("en", &path));
    let others = routes::languages_of(maker.place, &need.id).into_iter();
    let others = others.filter(|language| Some(*language) != current).map(|language| {
        let code = language.as_str();
        view(code, &format!("{code}/{path}"))
    });
    english.into_iter().chain(others).collect()
}

/// Everything about a need but its provision and the services that the way to more help names
/// already, by kind; in the hub from all boroughs.
fn groups(maker: &Maker<'_>, need: &Need, provisions: &[&Provision]) -> Vec<GroupView> {
    let kinds = Kind::listed().filter(|kind| *kind != Kind::Provision);
    let asked = asked(maker, provisions);
    super::list::groups_by_kind(maker, kinds, |kind| {
        let about = maker.place.catalogue.about(need.id.slug(), kind);
        let named = |line: &&Line| asked.iter().any(|home| home.url == line.home.url);
        let twice = if kind == Kind::Service { about.iter().filter(named).count() } else { 0 };
        let rest = about.iter().filter(|line| twice == 0 || !named(line)).take(SHOWN);
        (rest.collect(), about.len().saturating_sub(twice + SHOWN))
    })
}

/// Strategies, each with an anchor after `prefix`.
pub fn strategies(maker: &Maker<'_>, provision: &Provision, prefix: &str) -> Vec<StrategyView> {
    let strategy = |strategy: &crate::content::kinds::provision::Strategy| StrategyView {
        anchor: format!("{prefix}{}", strategy.id),
        title: maker.text(&strategy.title),
        text: maker.some_text(strategy.text.as_ref()),
    };
    provision.strategies.iter().map(strategy).collect()
}

/// The services on the way to more help: those that provision names, then independent advice.
pub fn asked<'a>(maker: &Maker<'a>, provisions: &[&Provision]) -> Vec<&'a Home> {
    let mut services: Vec<&Home> = Vec::new();
    let named = provisions.iter().flat_map(|provision| &provision.ask_next);
    for home in named.filter_map(|slug| maker.service(&slug.value)) {
        if !services.iter().any(|known| known.entry.id == home.entry.id) {
            services.push(home);
        }
    }
    if let Some(advice) = maker.known(SENDIASS) {
        services.retain(|home| home.entry.id != advice.entry.id);
        services.push(advice);
    }
    services
}

/// The way to more help: the teacher, the SENCo, the services that provision names, independent
/// advice, an assessment.
pub fn ask_steps(maker: &Maker<'_>, provisions: &[&Provision]) -> Vec<AskStep> {
    let known = |key: &'static str, href: Option<String>| AskStep {
        key: Some(key),
        contact: None,
        route: None,
        threshold: Vec::new(),
        href,
    };
    let service = |home: &&Home| {
        let referral = match home.entry.payload() {
            Payload::Service(service) => service.referral.as_ref(),
            _ => None,
        };
        AskStep {
            key: None,
            contact: Some(maker.service_contact(home)),
            route: referral.and_then(|referral| maker.some_text(referral.route.as_ref())),
            threshold: referral.map_or_else(Vec::new, |r| maker.texts(&r.threshold)),
            href: Some(maker.href(&home.url)),
        }
    };
    let assessment = maker.known(ASSESSMENT).map(|home| maker.href(&home.url));
    let mut steps = vec![known("teacher", None), known("senco", None)];
    steps.extend(asked(maker, provisions).iter().map(service));
    steps.push(known("assessment", assessment));
    steps
}
