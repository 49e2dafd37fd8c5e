//! Boroughs beside each other, need by need: what all share is said once, then what any of them
//! says differently, adds or leaves out, and what only some of them offer.
//!
//! The page shows every borough that says anything of its own; a script narrows it down to those
//! that somebody chooses.

use serde::Serialize;

use super::expectations::{self, Filter};
use super::maker::Maker;
use super::parts::{ChoiceView, DiffView, ExpectationView, LinkView};
use crate::content::kinds::Kind;
use crate::content::kinds::provision::Provision;
use crate::content::layer::Layer;
use crate::content::vocabulary::Need;
use crate::path::UrlPath;
use crate::site::expected::{self, Subject};
use crate::site::place::{Home, Scope};

/// All needs to compare boroughs on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CompareIndexView {
    /// The needs; each with how many boroughs and partners say anything of their own.
    pub needs: Vec<ChoiceView>,
}

/// Boroughs on one need.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CompareView {
    /// The need.
    pub need: String,
    /// Other needs.
    pub needs: Vec<ChoiceView>,
    /// Every borough, for choosing.
    pub boroughs: Vec<BoroughChoice>,
    /// What is expected in all of London and changed by nobody.
    pub shared: Vec<ExpectationView>,
    /// What any borough says differently, adds or leaves out.
    pub rows: Vec<Row>,
    /// What boroughs offer beside, kind by kind.
    pub offers: Vec<Row>,
    /// Boroughs that say nothing of their own about it.
    pub silent: Vec<LinkView>,
}

/// A borough to choose.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoroughChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it says anything of its own.
    pub speaks: bool,
}

/// One thing, as London and as boroughs have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// A kind's folder, where it is a kind of offer; the theme names it.
    pub kind: &'static str,
    /// What all other boroughs say; nothing where only those below do.
    pub shared: Option<String>,
    /// Who says what.
    pub sides: Vec<Side>,
}

/// What one borough or partner says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// The boroughs for which it says so.
    pub boroughs: Vec<String>,
    /// Who says it.
    pub name: String,
    /// `changed`, `added`, `left-out` or `offers`.
    pub how: &'static str,
    /// Its words, and what they change of the shared ones.
    pub words: Vec<DiffView>,
    /// A sentence more.
    pub detail: Vec<DiffView>,
    /// Its pages.
    pub links: Vec<LinkView>,
}

/// The address of a need's comparison.
pub fn address(need: &Need) -> UrlPath {
    UrlPath::new(&format!("compare/{}/", need.id.as_str()))
}

/// All needs.
pub fn index(maker: &Maker<'_>) -> CompareIndexView {
    CompareIndexView { needs: needs(maker, None) }
}

fn needs(maker: &Maker<'_>, current: Option<&Need>) -> Vec<ChoiceView> {
    let needs = maker.place.model.project.vocabulary.needs.iter();
    let choice = |need: &Need| ChoiceView {
        title: need.item.plain().to_owned(),
        href: maker.href(&address(need)),
        current: current.is_some_and(|current| current.id == need.id),
        count: Some(speakers(maker, need).count()).filter(|count| *count > 0),
    };
    needs.map(choice).collect()
}

/// The boroughs and partners that say anything of their own about a need.
fn speakers<'a>(maker: &Maker<'a>, need: &'a Need) -> impl Iterator<Item = &'a Scope> {
    let scopes = maker.place.scopes.iter().skip(1).map(std::convert::AsRef::as_ref);
    scopes.filter(|scope: &&Scope| {
        Kind::listed().any(|kind| scope.about(need.id.slug(), kind).next().is_some())
    })
}

/// One need.
pub fn view(maker: &Maker<'_>, need: &Need) -> CompareView {
    let subject = Subject::Need(need.id.slug().clone());
    let mut rows: Vec<Row> = Vec::new();
    let mut touched: Vec<String> = Vec::new();
    for scope in speakers(maker, need) {
        let maker = maker.in_scope(scope);
        for (home, provision) in expected::provision(scope, &subject).filter(|(home, _)| home.here)
        {
            differences(&maker, home, provision, &mut rows, &mut touched);
        }
    }
    let entries = expected::provision(maker.place.main(), &subject);
    let shared = expectations::tiers(maker, entries, &Filter::default(), true);
    let shared = shared.into_iter().flat_map(|tier| tier.expectations);
    let speaking: Vec<String> =
        speakers(maker, need).flat_map(|scope| boroughs_of(maker, scope)).collect();
    let scopes = maker.place.scopes.iter().skip(1);
    let boroughs = scopes.filter(|scope| matches!(scope.owner, Layer::Borough(_)));
    let choice = |scope: &Scope| {
        let id = id_of(scope);
        BoroughChoice { speaks: speaking.contains(&id), name: name_of(maker, scope), id }
    };
    let all: Vec<BoroughChoice> = boroughs.clone().map(|scope| choice(scope)).collect();
    let silent = boroughs.filter(|scope| !speaking.contains(&id_of(scope)));
    CompareView {
        need: need.item.plain().to_owned(),
        needs: needs(maker, Some(need)),
        boroughs: all,
        shared: shared.filter(|item| !touched.contains(&item.anchor)).collect(),
        rows,
        offers: offers(maker, need),
        silent: silent
            .map(|scope| LinkView { title: name_of(maker, scope), href: maker.href(&scope.prefix) })
            .collect(),
    }
}

/// What an entry changes of the one below it. `touched` collects the anchors of shared
/// expectations that are no longer the same everywhere.
fn differences(
    maker: &Maker<'_>,
    home: &Home,
    provision: &Provision,
    rows: &mut Vec<Row>,
    touched: &mut Vec<String>,
) {
    let link = |id: &str| LinkView {
        title: maker.text(&home.entry.common().title),
        href: format!("{}#{id}", maker.href(&home.url)),
    };
    let side = |how, words, detail, id: &str| Side {
        boroughs: boroughs_of(maker, maker.scope),
        name: name_of(maker, maker.scope),
        how,
        words,
        detail,
        links: vec![link(id)],
    };
    let base = home.entry.base.as_ref().map(|base| &base.fields.payload);
    let before = match base {
        Some(crate::content::kinds::Payload::Provision(before)) => before.expectations.as_slice(),
        _ => &[],
    };
    for expectation in &provision.expectations {
        let id = expectation.id.as_str();
        let anchor = format!("{}--{id}", home.entry.id.slug);
        let known = before.iter().find(|known| known.id == expectation.id);
        match (known, expectations::change(maker, &home.entry, expectation)) {
            (Some(known), Some(change)) => {
                let whole = |words: Vec<DiffView>, text: Option<&String>| match words.is_empty() {
                    true => same(&maker.some_text(text).unwrap_or_default()),
                    false => words,
                };
                let words = whole(change.text, Some(&expectation.text));
                let detail = whole(change.detail, expectation.detail.as_ref());
                touched.push(anchor);
                put(rows, Some(maker.text(&known.text)), side("changed", words, detail, id));
            }
            (None, _) => {
                let detail = maker.some_text(expectation.detail.as_ref()).unwrap_or_default();
                let words = same(&maker.text(&expectation.text));
                put(rows, None, side("added", words, same(&detail), id));
            }
            (Some(_), None) => {}
        }
    }
    for gone in before {
        if !provision.expectations.iter().any(|known| known.id == gone.id) {
            touched.push(format!("{}--{}", home.entry.id.slug, gone.id));
            let left_out = side("left-out", Vec::new(), Vec::new(), "");
            put(rows, Some(maker.text(&gone.text)), left_out);
        }
    }
}

fn same(text: &str) -> Vec<DiffView> {
    let words = DiffView { change: "same", words: text.to_owned() };
    if text.is_empty() { Vec::new() } else { vec![words] }
}

/// Puts what is said about the same shared words into one row.
fn put(rows: &mut Vec<Row>, shared: Option<String>, side: Side) {
    let known = rows.iter_mut().find(|row| shared.is_some() && row.shared == shared);
    match known {
        Some(row) => row.sides.push(side),
        None => rows.push(Row { kind: "", shared, sides: vec![side] }),
    }
}

/// What boroughs and partners offer for a need beside expectations, kind by kind.
fn offers(maker: &Maker<'_>, need: &Need) -> Vec<Row> {
    let kinds = Kind::listed().filter(|kind| *kind != Kind::Provision);
    let rows = kinds.map(|kind| {
        let sides = speakers(maker, need).filter_map(|scope| {
            let maker = maker.in_scope(scope);
            let links: Vec<LinkView> = scope
                .about(need.id.slug(), kind)
                .map(|line| LinkView {
                    title: maker.text(&line.home.entry.common().title),
                    href: maker.href(&line.home.url),
                })
                .collect();
            (!links.is_empty()).then(|| Side {
                boroughs: boroughs_of(&maker, scope),
                name: name_of(&maker, scope),
                how: "offers",
                words: Vec::new(),
                detail: Vec::new(),
                links,
            })
        });
        Row { kind: kind.folder(), shared: None, sides: sides.collect() }
    });
    rows.filter(|row| !row.sides.is_empty()).collect()
}

fn id_of(scope: &Scope) -> String {
    match &scope.owner {
        Layer::Borough(slug) | Layer::Partner(slug) => slug.to_string(),
        Layer::Shared => String::new(),
    }
}

fn name_of(maker: &Maker<'_>, scope: &Scope) -> String {
    maker.place.model.layer_name(&scope.owner).unwrap_or_default().to_owned()
}

/// The borough itself, or the boroughs that a partner serves.
fn boroughs_of(maker: &Maker<'_>, scope: &Scope) -> Vec<String> {
    match &scope.owner {
        Layer::Partner(_) => {
            let boroughs = maker.place.model.project.boroughs.iter();
            let served = boroughs.filter(|(_, borough)| borough.stack.contains(&scope.owner));
            served.map(|(slug, _)| slug.to_string()).collect()
        }
        _ => vec![id_of(scope)],
    }
}
