//! What is broken, stale, unclear or missing in what the files say: one file for each rule.
//!
//! 1. [`subject`] gives rules a page as its readers meet it: its words with their places. One is
//!    there only while rules look at it: the words of all pages at once would fill a preview.
//! 2. [`RULES`] is the one list of rules. Each looks at one page, or at everything at once.
//! 3. [`settings`] knows how severe `site.yaml` wants each to be, and what a page may do because
//!    its front matter says why (`allow`).
//!
//! A page of the shared layer is looked at once, not once for each borough that shows it. What
//! keeps a site from being built at all is told where it is read: those codes are in [`told`].
//! Nothing here is asked by a build.

mod abolished_bodies;
mod accessibility_statement;
mod acronym;
mod base_changed;
mod comments;
mod duplicate;
mod easy_read;
mod fact_of_2019;
pub mod formats;
mod heading_order;
mod impossible_date;
mod large_image;
mod link_text;
mod long_sentence;
mod nothing_to_ask;
mod orphan;
pub mod outside;
mod owner;
mod plain_words;
mod publish_dates;
pub mod readability;
mod reading_age;
mod review;
mod service_contact;
pub mod settings;
mod source;
mod statutory;
pub mod subject;
pub mod told;
mod translation;
mod unfinished;
mod unused_file;
mod wrong_contact;

use std::sync::Arc;

use rayon::prelude::*;

use crate::content::layer::{Layer, Page};
use crate::content::tree::SourceTree;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::path::{Slug, SourcePath};
use crate::site::model::Model;

use outside::Answers;
use settings::{Allowed, Settings};
use subject::{Subject, Written};

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its short stable name.
    pub code: &'static str,
    /// Why it is there, in one line.
    pub reason: &'static str,
    /// How severe it is unless `site.yaml` says otherwise.
    pub severity: Severity,
    /// What it finds, what it leaves alone, and what to do.
    pub explanation: &'static str,
    /// How it looks.
    pub look: Look,
}

/// How a rule looks.
#[derive(Clone, Copy, Debug)]
pub enum Look {
    /// At each page.
    Page(fn(&Subject<'_>, &mut Vec<Finding>)),
    /// At what each page, borough.yaml and partner.yaml has in its fields and links.
    Written(fn(&Written<'_>, &mut Vec<Finding>)),
    /// At everything at once.
    Whole(fn(&Whole<'_>, &mut Vec<Finding>)),
    /// Not at all: it is told where settings are read.
    Settings,
}

/// Everything that is looked at.
pub struct Whole<'a> {
    /// What the files say, put together.
    pub model: &'a Model,
    /// The files.
    pub tree: &'a SourceTree,
    /// Every page, layer by layer, in the order of the files.
    pub pages: &'a [&'a Arc<Page>],
}

/// What a rule has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub span: Span,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Finding {
    /// Something found.
    pub fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into() }
    }
}

/// All rules, in the order of their codes.
pub const RULES: [Rule; 38] = [
    abolished_bodies::RULE,
    accessibility_statement::RULE,
    base_changed::RULE,
    comments::RULE,
    duplicate::RULE,
    publish_dates::EXPIRED,
    fact_of_2019::RULE,
    heading_order::RULE,
    impossible_date::RULE,
    large_image::RULE,
    link_text::RULE,
    long_sentence::RULE,
    service_contact::RULE,
    easy_read::RULE,
    owner::RULE,
    source::RULE,
    nothing_to_ask::RULE,
    publish_dates::NOT_YET,
    statutory::OFFLINE,
    orphan::RULE,
    statutory::OUT_OF_AREA,
    outside::BROKEN,
    outside::MOVED,
    outside::NOT_ASKED,
    translation::RULE,
    plain_words::RULE,
    reading_age::RULE,
    review::OVERDUE,
    review::SOON,
    statutory::MISSING,
    acronym::RULE,
    unfinished::RULE,
    settings::UNKNOWN_RULE,
    settings::UNUSED_ALLOW,
    unused_file::RULE,
    wrong_contact::EMAIL,
    wrong_contact::PHONE,
    wrong_contact::POSTCODE,
];

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// The codes of all rules, and of what is told where it is read.
pub fn codes() -> impl Iterator<Item = &'static str> + Clone {
    RULES.iter().map(|rule| rule.code).chain(told::all().map(|told| told.code))
}

/// The words that explain a code.
pub fn explain(code: &str) -> Option<String> {
    if let Some(rule) = rule(code) {
        let Rule { code, reason, severity, explanation, .. } = rule;
        let severity = severity.word();
        return Some(format!(
            "{code} ({severity} unless site.yaml says otherwise)\n{reason}\n\n{explanation}\n"
        ));
    }
    let told::Told { reason, explanation, .. } = told::all().find(|told| told.code == code)?;
    let always = "It is told where it is read, by `build` too: site.yaml cannot turn it off.";
    Some(format!("{code}\n{reason}\n\n{explanation}\n{always}\n"))
}

/// The files that rules read beside pages and pictures: what a preview keeps for them.
pub fn small_files(tree: &SourceTree, model: &Model) -> SourceTree {
    let project = &model.project;
    let boroughs = project.boroughs.keys().cloned().map(Layer::Borough);
    let partners = project.partners.keys().cloned().map(Layer::Partner);
    let own = boroughs
        .chain(partners)
        .filter_map(|layer| Some(format!("{}/{}", layer.folder(), layer.own_file()?)));
    let mut small = SourceTree::new();
    for path in std::iter::once("content/site.yaml".to_owned()).chain(own) {
        let path = SourcePath::new(&path);
        if let Some(loaded) = tree.get(&path) {
            small.insert_loaded(path, loaded.clone());
        }
    }
    small
}

/// Looks with every rule at what the files say. Gives up, with nothing, when `stop` says so.
pub fn check(
    model: &Model,
    tree: &SourceTree,
    answers: &Answers,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Diagnostic>> {
    let mut settings = Settings::read(tree);
    let mut found = std::mem::take(&mut settings.problems);
    let pages = subject::pages(model);
    let looked_at = pages.par_iter().filter_map(|page| {
        // Most of the time goes into pages.
        let subject = (!stop()).then(|| Subject::new(model, page))??;
        let found = each_rule(&settings, |look, findings| match look {
            Look::Page(look) => look(&subject, findings),
            Look::Written(look) => look(&subject.written(answers), findings),
            Look::Whole(_) | Look::Settings => {}
        });
        Some((found, settings::allowed_by(&subject)))
    });
    let (of_pages, allowed): (Vec<_>, Vec<_>) = looked_at.unzip();
    if stop() {
        return None;
    }
    found.extend(of_pages.into_iter().flatten());
    for node in subject::own_files(tree) {
        found.extend(each_rule(&settings, |look, findings| {
            if let Look::Written(look) = look {
                look(&Written { node: &node, body: None, answers }, findings);
            }
        }));
    }
    let whole = Whole { model, tree, pages: &pages };
    found.extend(each_rule(&settings, |look, findings| {
        if let Look::Whole(look) = look {
            look(&whole, findings);
        }
    }));
    Some(Allowed::new(allowed.into_iter().flatten()).apply(found, &settings))
}

/// What rules that are on find, looking in one way.
fn each_rule(
    settings: &Settings,
    ask: impl Fn(Look, &mut Vec<Finding>),
) -> Vec<(&'static str, Diagnostic)> {
    let mut told = Vec::new();
    for rule in RULES.iter().filter(|rule| settings.severity(rule).is_some()) {
        let mut findings = Vec::new();
        ask(rule.look, &mut findings);
        let problems = findings.into_iter().filter_map(|finding| settings.tell(rule, finding));
        told.extend(problems.map(|problem| (rule.code, problem)));
    }
    told
}

/// The place of a borough's own file.
fn borough_file(slug: &Slug) -> Span {
    Span::file(&SourcePath::new(&format!("content/boroughs/{slug}/borough.yaml")))
}
