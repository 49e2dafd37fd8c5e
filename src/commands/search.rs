//! `search`: what a site's search would answer, from the same index.

use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use super::{Outcome, check_site, fail, tell};
use crate::cli::Search;
use crate::diagnostic::{Diagnostic, did_you_mean, has_errors};
use crate::engine::{self, Edition, Wanted};
use crate::io::{clock, load};
use crate::search::Searchable;
use crate::search::collection::{Page, Value};
use crate::search::index::IndexError;
use crate::search::query::{Found, Question};
use crate::site::model::Day;

/// What `--json` prints. Stable; documented in the README.
#[derive(Serialize)]
struct Answer {
    query: String,
    /// What was searched for instead, where a word is not known.
    mended: Option<String>,
    site: String,
    /// How many pages have every word.
    whole: usize,
    /// How many have some of the words; the others among them.
    total: usize,
    results: Vec<Hit>,
}

/// One page.
#[derive(Serialize)]
struct Hit {
    title: String,
    kind: String,
    owner: String,
    /// Its address from the site's root, or the whole address where the site has one.
    url: String,
    score: f32,
    summary: String,
    needs: Vec<String>,
    phases: Vec<String>,
}

/// Why a search gave no answer.
enum Stop {
    Told(Outcome),
    Wrong(String),
}

/// Searches.
pub fn run(root: &Path, arguments: &Search) -> Outcome {
    match search(root, arguments) {
        Ok(answer) => {
            answer.print(arguments.json);
            Outcome::Done
        }
        Err(Stop::Told(outcome)) => outcome,
        Err(Stop::Wrong(message)) => fail(&message),
    }
}

fn search(root: &Path, arguments: &Search) -> Result<Answer, Stop> {
    let mut problems = Vec::new();
    let tree = load::load(root).into_value(&mut problems);
    check_site(&arguments.site, &engine::site_names(&tree)).map_err(|message| {
        // A file that could not be read may be why it is not there.
        tell(&mut problems, &tree);
        Stop::Wrong(message)
    })?;
    let laid_out = lay_out(&tree, arguments, &mut problems);
    if has_errors(&problems) {
        return Err(Stop::Told(tell(&mut problems, &tree)));
    }
    let (edition, mut languages) = laid_out.ok_or_else(|| Stop::Wrong("no site".to_owned()))?;
    if languages.is_empty() {
        return Err(Stop::Wrong("the site has no pages".to_owned()));
    }
    let english = languages.swap_remove(0);
    answer(&edition, &english, arguments)
}

fn lay_out(
    tree: &crate::content::tree::SourceTree,
    arguments: &Search,
    problems: &mut Vec<Diagnostic>,
) -> Option<(Edition, Vec<Searchable>)> {
    let today = arguments.today.unwrap_or_else(clock::today_in_london);
    let day = Day { today, drafts: arguments.drafts };
    let wanted = Wanted { day, sites: vec![arguments.site.clone()], base_url: None };
    let project = engine::parse(tree, None).into_value(problems)?;
    let theme = engine::load_theme(tree, &project).into_value(problems)?;
    let model = engine::resolve(project, day, None).into_value(problems);
    let edition = engine::lay_out(&model, &theme, &wanted).pop()?;
    let languages = edition.search(None);
    let languages = languages.map_err(|problem| problems.push(problem)).ok()?;
    Some((edition, languages))
}

fn answer(edition: &Edition, english: &Searchable, arguments: &Search) -> Result<Answer, Stop> {
    let facets = &english.collection.facets;
    let kinds = places("kind", &facets.kinds, &arguments.kind)?;
    let needs = places("need", &facets.needs, &arguments.need)?;
    let phases = places("phase", &facets.phases, &arguments.phase)?;
    let any = |wanted: &[usize], has: &[usize]| {
        wanted.is_empty() || has.iter().any(|value| wanted.contains(value))
    };
    let fits = |found: &&Found| {
        let page = english.page(found);
        page.is_some_and(|page| {
            any(&kinds, &[page.kind]) && any(&needs, &page.needs) && any(&phases, &page.phases)
        })
    };
    let failed = |error: IndexError| Stop::Wrong(error.to_string());
    let question = Question::new(english, &arguments.query);
    let (whole, some) = question.all(&english.index).map_err(failed)?;
    let counted = |found: &[Found]| found.iter().filter(fits).count();
    let hit = |found: &Found| Some(Hit::new(edition, english, found, english.page(found)?));
    Ok(Answer {
        query: arguments.query.clone(),
        mended: question.mended().map(str::to_owned),
        site: arguments.site.clone(),
        whole: counted(&whole),
        total: counted(&whole) + counted(&some),
        results: whole
            .iter()
            .chain(&some)
            .filter(fits)
            .take(arguments.limit)
            .filter_map(hit)
            .collect(),
    })
}

/// The places of some values in a facet.
fn places(name: &str, values: &[Value], wanted: &[String]) -> Result<Vec<usize>, Stop> {
    let place = |wanted: &String| {
        values.iter().position(|value| value.key == *wanted).ok_or_else(|| {
            let help = did_you_mean(wanted, values.iter().map(|value| value.key.as_str()));
            Stop::Wrong(format!("there is no {name} `{wanted}`: {help}"))
        })
    };
    wanted.iter().map(place).collect()
}

impl Hit {
    fn new(edition: &Edition, english: &Searchable, found: &Found, page: &Page) -> Self {
        let facets = &english.collection.facets;
        let label = |values: &[Value], at: usize| {
            values.get(at).map(|value| value.label.clone()).unwrap_or_default()
        };
        let keys = |values: &[Value], places: &[usize]| -> Vec<String> {
            places.iter().filter_map(|at| Some(values.get(*at)?.key.clone())).collect()
        };
        Self {
            title: page.title.clone(),
            kind: label(&facets.kinds, page.kind),
            owner: label(&facets.owners, page.owner),
            url: match &edition.place.base_url {
                Some(base) => base.join(&page.url),
                None => format!("/{}", page.url),
            },
            score: found.score,
            summary: page.summary.clone(),
            needs: keys(&facets.needs, &page.needs),
            phases: keys(&facets.phases, &page.phases),
        }
    }
}

impl Answer {
    /// Prints itself. That nobody reads it (a closed pipe) is no reason to fail.
    fn print(&self, json: bool) {
        let mut out = std::io::stdout().lock();
        if json {
            let _ = writeln!(out, "{}", serde_json::to_string(self).unwrap_or_default());
            return;
        }
        if let Some(mended) = &self.mended {
            let _ = writeln!(out, "Showing results for \u{201c}{mended}\u{201d}.");
        }
        let Answer { query, whole, total, site, .. } = self;
        let _ = match (whole, total) {
            (_, 0) => writeln!(out, "Nothing was found for \u{201c}{query}\u{201d} in {site}."),
            (0, total) => writeln!(out, "No page of {site} has all words; {total} have some."),
            (whole, _) => writeln!(out, "{whole} of {site} with every word"),
        };
        for hit in &self.results {
            let Hit { title, kind, owner, url, score, summary, .. } = hit;
            let _ =
                writeln!(out, "\n{title}  ({kind}, {owner}; score {score:.2})\n{url}\n{summary}");
        }
    }
}
