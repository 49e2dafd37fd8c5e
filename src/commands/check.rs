//! `check`: everything that is broken, stale, unclear or missing, in one report.
//!
//! 1. Load, parse, resolve, as a build does; each step's problems are kept.
//! 2. Lay out the wanted sites and follow their links. No page is rendered.
//! 3. Ask every rule, and report by place.

use std::collections::BTreeSet;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Outcome, check_site, fail, print, tell};
use crate::check::outside::{Answer, Answers, addresses};
use crate::check::{self, codes, explain, formats};
use crate::cli::{Check, CheckFormat, CoverageFormat};
use crate::content::layer::Layer;
use crate::content::layout::layer_of;
use crate::content::tree::SourceTree;
use crate::diagnostic::{Diagnostic, Severity, did_you_mean, sort_and_dedup};
use crate::engine::{self, Wanted};
use crate::feed::coverage;
use crate::io::{clock, load, outside, terminal};
use crate::path::Slug;
use crate::site::model::{Day, Model};

/// Checks.
pub fn run(root: &Path, arguments: &Check) -> Outcome {
    if let Some(code) = &arguments.explain {
        return match explain(code) {
            Some(text) => print(text.as_bytes()),
            None => fail(&format!("there is no code `{code}`: {}", did_you_mean(code, codes()))),
        };
    }
    let mut problems = Vec::new();
    let tree = load::load(root).into_value(&mut problems);
    let names = engine::site_names(&tree);
    for site in &arguments.site {
        if let Err(message) = check_site(site, &names) {
            // A file that could not be read may be why it is not there.
            tell(&mut problems, &tree);
            return fail(&message);
        }
    }
    let today = arguments.today.unwrap_or_else(clock::today_in_london);
    let day = Day { today, drafts: arguments.drafts };
    let wanted = Wanted { day, sites: arguments.site.clone(), base_url: None };
    let asking = arguments.external.then(|| Asking {
        cache: root.join(CACHE),
        today: clock::today_in_london(),
        loopback: arguments.external_loopback,
    });
    let rules = arguments.coverage.is_none();
    let model = look(&tree, &wanted, rules.then_some(asking), &mut problems);
    if let (Some(format), Some(model)) = (arguments.coverage, &model) {
        return print_coverage(format, model, &arguments.site);
    }
    if let Some(model) = &model {
        problems.retain(|problem| concerns(model, &arguments.site, problem));
    }
    sort_and_dedup(&mut problems);
    report(&problems, &tree, arguments, today);
    outcome(&problems, arguments.deny.is_some())
}

/// Where answers of other sites are kept between runs, below the root.
const CACHE: &str = ".ordinarily-cache/outside-links.json";

/// How other sites are asked.
struct Asking {
    cache: PathBuf,
    today: jiff::civil::Date,
    loopback: bool,
}

impl Asking {
    /// Asks every address of another site.
    fn ask(&self, model: &Model, tree: &SourceTree) -> Answers {
        let addresses = addresses(model, tree);
        let Self { cache, today, loopback } = self;
        let asking = outside::Asking { cache, today: *today, loopback: *loopback };
        let answers = outside::ask(&addresses, asking).into_iter();
        answers.map(|(address, answer)| (address, meaning(answer))).collect()
    }
}

/// What an answer means for a link.
fn meaning(answer: outside::Answer) -> Answer {
    match answer {
        outside::Answer::Fine | outside::Answer::Moved { for_good: false, .. } => Answer::Fine,
        outside::Answer::Moved { to, for_good: true } => Answer::Moved(to),
        outside::Answer::Status(status) => Answer::Broken(format!("it answers with {status}")),
        outside::Answer::Unreachable(why) => Answer::Broken(why),
        outside::Answer::NotAsked(why) => Answer::NotAsked(why),
    }
}

/// Reads everything; with `rules`, follows links and asks every rule, and other sites if wanted.
fn look(
    tree: &SourceTree,
    wanted: &Wanted,
    rules: Option<Option<Asking>>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Arc<Model>> {
    let project = engine::parse(tree, None).into_value(problems)?;
    let theme = engine::load_theme(tree, &project).into_value(problems);
    let model = engine::resolve(project, wanted.day, None).into_value(problems);
    if let Some(asking) = rules {
        if let Some(theme) = theme {
            problems.extend(engine::check(&engine::lay_out(&model, &theme, wanted)));
        }
        let answers = asking.map(|asking| asking.ask(&model, tree)).unwrap_or_default();
        problems.extend(check::check(&model, tree, &answers, &|| false).into_iter().flatten());
    }
    Some(model)
}

/// Whether a problem concerns one of the wanted sites: it stands in one of their layers, or in a
/// file that all sites share.
fn concerns(model: &Model, sites: &[String], problem: &Diagnostic) -> bool {
    let Some((layer, _)) = layer_of(&problem.span.path) else { return true };
    let mut layers: BTreeSet<&Layer> = BTreeSet::new();
    for site in sites {
        let borough = model.project.boroughs.iter().find(|(slug, _)| slug.as_str() == site);
        match borough {
            Some((_, borough)) => layers.extend(&borough.stack),
            // The hub shows what every layer says.
            None => return true,
        }
    }
    sites.is_empty() || layers.contains(&layer)
}

fn report(problems: &[Diagnostic], tree: &SourceTree, arguments: &Check, today: jiff::civil::Date) {
    let text = match arguments.format {
        CheckFormat::Text => {
            let stderr = std::io::stderr();
            let colours = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
            let told = terminal::problems(problems, tree, colours);
            let _ = write!(stderr.lock(), "{told}");
            format!("{}{}\n", formats::summary_text(problems), terminal::count(problems))
        }
        CheckFormat::Json => formats::json(problems, today),
        CheckFormat::Github => formats::github(problems),
        CheckFormat::Sarif => formats::sarif(problems),
    };
    print(text.as_bytes());
}

fn outcome(problems: &[Diagnostic], deny_warnings: bool) -> Outcome {
    let worst = problems.iter().map(|problem| problem.severity).min();
    if problems.iter().any(|problem| problem.code == load::UNREADABLE) {
        return Outcome::Failed;
    }
    match worst {
        Some(Severity::Error) => Outcome::Problems,
        Some(Severity::Warning) if deny_warnings => Outcome::Problems,
        _ => Outcome::Done,
    }
}

fn print_coverage(format: CoverageFormat, model: &Model, sites: &[String]) -> Outcome {
    let is_hub = sites.iter().any(|site| site == "hub");
    let wanted: Vec<Slug> = match is_hub {
        true => Vec::new(),
        false => sites.iter().filter_map(|site| Slug::parse(site).ok()).collect(),
    };
    print(&match format {
        CoverageFormat::Text => coverage::text(model, &wanted).into_bytes(),
        CoverageFormat::Csv => coverage::csv(model, &wanted),
        CoverageFormat::Json => coverage::json(model, &wanted),
    })
}
