//! Pages to look things up on: glossary, A to Z, about, not found.

use serde::Serialize;

use super::body;
use super::home::{CountView, welcome};
use super::maker::{GETTING_HELP, Maker};
use super::parts::{BlockView, ChoiceView, FromView, LinkView};
use crate::content::kinds::Kind;
use crate::content::vocabulary::Term;
use crate::path::UrlPath;
use crate::site::index::{self, Line};
use crate::site::links::term_anchor;

/// Words explained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GlossaryView {
    /// The letters that have words.
    pub letters: Vec<ChoiceView>,
    /// The words.
    pub terms: Vec<TermView>,
}

/// A word explained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermView {
    /// Its anchor.
    pub id: String,
    /// The word.
    pub term: String,
    /// What its letters stand for.
    pub title: Option<String>,
    /// Other spellings.
    pub also: Vec<String>,
    /// What it means.
    pub description: String,
    /// The letter, on its first word.
    pub first_of: Option<String>,
}

/// The glossary.
pub fn glossary(maker: &Maker<'_>) -> GlossaryView {
    let mut letters: Vec<ChoiceView> = Vec::new();
    let mut terms = Vec::new();
    let mut sorted: Vec<&Term> = maker.place.model.project.vocabulary.glossary.iter().collect();
    sorted.sort_by_cached_key(|term| index::sort_key(&term.term));
    for term in sorted {
        let letter = index::letter(&term.term).to_string();
        let new = letters.last().is_none_or(|last| last.title != letter);
        if new {
            letters.push(ChoiceView {
                href: format!("#letter-{}", index::letter_slug(index::letter(&term.term))),
                title: letter.clone(),
                current: false,
                count: None,
            });
        }
        terms.push(TermView {
            id: term_anchor(&term.term),
            term: term.term.clone(),
            title: term.title.clone(),
            also: term.aliases.clone(),
            description: term.description.clone(),
            first_of: new.then_some(letter),
        });
    }
    GlossaryView { letters, terms }
}

/// Everything by its first letter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AToZView {
    /// The letters.
    pub letters: Vec<ChoiceView>,
    /// The lines shown, by letter.
    pub groups: Vec<LetterView>,
}

/// A letter with its lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LetterView {
    /// The letter.
    pub letter: String,
    /// Its anchor.
    pub id: String,
    /// Its lines.
    pub items: Vec<LetterItem>,
}

/// A line of the A to Z.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LetterItem {
    /// The words.
    pub title: String,
    /// The page.
    pub href: String,
    /// `need`, or a kind's folder.
    pub kind: &'static str,
    /// Whose it is, where it is not the site's own or the shared layer's.
    pub who: Option<String>,
}

/// One page of the A to Z: of one letter where it is split, else of all.
pub fn a_to_z(maker: &Maker<'_>, letter: Option<char>) -> AToZView {
    let letters = index::letters(maker.place);
    let split = !index::split(maker.place).is_empty();
    let shown = letter.or_else(|| letters.keys().next().copied());
    let first = letters.keys().next().copied();
    let choice = |key: &char| {
        let slug = index::letter_slug(*key);
        let href = match split {
            false => format!("#letter-{slug}"),
            true if Some(*key) == first => maker.href(&UrlPath::new("a-z/")),
            true => maker.href(&UrlPath::new(&format!("a-z/{slug}/"))),
        };
        let current = split && Some(*key) == shown;
        ChoiceView { title: key.to_string(), href, current, count: None }
    };
    let choices = letters.keys().map(choice).collect();
    let groups = letters
        .iter()
        .filter(|(key, _)| !split || Some(**key) == shown)
        .map(|(key, lines)| LetterView {
            letter: key.to_string(),
            id: format!("letter-{}", index::letter_slug(*key)),
            items: lines.iter().map(|line| item(maker, line)).collect(),
        })
        .collect();
    AToZView { letters: choices, groups }
}

fn item(maker: &Maker<'_>, line: &Line<'_>) -> LetterItem {
    match line {
        Line::Need(need) => LetterItem {
            title: need.item.plain().to_owned(),
            href: maker.href(&UrlPath::new(&format!("needs/{}/", need.id.as_str()))),
            kind: "need",
            who: None,
        },
        Line::Entry(line) => {
            let (scope, home) = (&maker.place.scopes[line.scope], &line.home);
            let own = scope.owner != maker.place.main().owner;
            let name = maker.place.model.layer_name(home.entry.provenance.top());
            LetterItem {
                title: maker.in_scope(scope).text(&home.entry.common().title),
                href: maker.href(&home.url),
                kind: home.entry.id.kind.folder(),
                who: name.filter(|_| own).map(str::to_owned),
            }
        }
    }
}

/// How the site is made.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AboutView {
    /// Its layers, lowest first.
    pub layers: Vec<FromView>,
    /// The authority's full name; empty for the hub.
    pub official_name: String,
    /// Its code of the Office for National Statistics.
    pub ons_code: Option<String>,
    /// How much there is of each layer's.
    pub counts: Vec<CountView>,
    /// The welcome's words.
    pub body: Vec<BlockView>,
    /// More to read.
    pub links: Vec<LinkView>,
}

/// The page about the site.
pub fn about(maker: &Maker<'_>) -> AboutView {
    let stack = &maker.scope.stack;
    let borough = maker.place.borough();
    let count = |key: &'static str, wanted: &dyn Fn(&crate::site::model::Entry) -> bool| {
        let lines = maker.place.catalogue.all();
        let n = lines.filter(|line| wanted(&line.home.entry)).count();
        CountView { key, n }
    };
    let lowest = |entry: &crate::site::model::Entry| entry.provenance.top().clone();
    let body =
        welcome(maker.scope).map(|home| body::fill(maker, &home.entry.id, &home.entry.body).blocks);
    let guides = [(Kind::Guide, "layers-explained"), (Kind::Guide, "evidence-and-survey")];
    let link = |home: &crate::site::place::Home| LinkView {
        title: maker.text(&home.entry.common().title),
        href: maker.href(&home.url),
    };
    AboutView {
        layers: stack.iter().map(|layer| maker.from_layer(layer, false)).collect(),
        official_name: borough.map(|b| b.official_name.clone()).unwrap_or_default(),
        ons_code: borough.map(|b| b.ons_code.as_str().to_owned()),
        counts: vec![
            count("london", &|entry| lowest(entry) == crate::content::layer::Layer::Shared),
            count("adapted", &|entry| entry.provenance.is_adapted()),
            count("own", &|entry| {
                lowest(entry) != crate::content::layer::Layer::Shared
                    && !entry.provenance.is_adapted()
            }),
        ],
        body: body.unwrap_or_default(),
        links: guides
            .into_iter()
            .filter_map(|known| maker.known(known))
            .map(link)
            .chain([LinkView {
                title: maker.word("nav.coverage").to_owned(),
                href: maker.href(&UrlPath::new("coverage/")),
            }])
            .collect(),
    }
}

/// What is shown where there is nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotFoundView {
    /// Where to go instead.
    pub links: Vec<LinkView>,
}

/// The page for an address that leads nowhere.
pub fn not_found(maker: &Maker<'_>) -> NotFoundView {
    let help = maker.known(GETTING_HELP).map(|home| LinkView {
        title: maker.text(&home.entry.common().title),
        href: maker.href(&home.url),
    });
    NotFoundView { links: help.into_iter().collect() }
}
