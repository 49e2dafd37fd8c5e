//! `build`: every wanted site, whole, into the output folder.
//!
//! 1. Load the inputs. If they, the arguments and the program are those of the last build, and its
//!    sites are still whole, there is nothing to do.
//! 2. Parse, resolve, lay out, check. Any error ends the build here: nothing is replaced.
//! 3. Render and write all pages of all sites in parallel, then publish site by site.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;

use super::{Outcome, check_site, fail, tell};
use crate::cli::Build;
use crate::content::tree::SourceTree;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::digest::{Digest, Digester};
use crate::engine::{self, BaseUrl, Edition, Output, Wanted};
use crate::io::publish::{OutFolder, PublishError, Published, Publisher};
use crate::io::{clock, load, machine};
use crate::site::model::Day;
use crate::theme::Theme;

/// What `--json` prints. Stable; documented in the README.
#[derive(Default, Serialize)]
struct Report {
    /// The day that was built for.
    today: String,
    /// Whether there was nothing to do.
    unchanged: bool,
    sites: Vec<SiteReport>,
    /// Milliseconds by phase.
    phases: Vec<(&'static str, f64)>,
    peak_memory_bytes: Option<u64>,
    warnings: usize,
    /// The sites that have no address, and so lack what needs one.
    without_address: Vec<String>,
}

#[derive(Serialize)]
struct SiteReport {
    id: String,
    pages: usize,
    files: usize,
    written: usize,
    unchanged: usize,
    removed: usize,
    bytes: u64,
}

/// Why a build ended early.
enum Stop {
    Told(Outcome),
    Machine(String),
}

impl From<PublishError> for Stop {
    fn from(error: PublishError) -> Self {
        Self::Machine(error.to_string())
    }
}

/// Builds.
pub fn run(root: &Path, arguments: &Build) -> Outcome {
    if let Some(jobs) = arguments.jobs {
        // Only ever called once, so it cannot have been set before.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    match build(root, arguments) {
        Ok(report) => {
            report.print(arguments.json);
            Outcome::Done
        }
        Err(Stop::Told(outcome)) => outcome,
        Err(Stop::Machine(message)) => fail(&message),
    }
}

/// Measures the phases.
struct Clock {
    last: Instant,
    phases: Vec<(&'static str, f64)>,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now(), phases: Vec::new() }
    }

    fn phase(&mut self, name: &'static str) {
        let now = Instant::now();
        let milliseconds = now.duration_since(self.last).as_secs_f64() * 1000.0;
        self.phases.push((name, (milliseconds * 100.0).round() / 100.0));
        self.last = now;
    }
}

fn build(root: &Path, arguments: &Build) -> Result<Report, Stop> {
    let mut clock = Clock::start();
    let wanted = wanted(arguments)?;
    let out = out_folder(root, &arguments.out)?;
    let mut problems = Vec::new();
    let tree = load::load(root).into_value(&mut problems);
    let names = engine::site_names(&tree);
    for site in &wanted.sites {
        check_site(site, &names).map_err(|message| {
            // A file that could not be read may be why it is not there.
            tell(&mut problems, &tree);
            Stop::Machine(message)
        })?;
    }
    clock.phase("load");

    let inputs = inputs(&tree, &wanted);
    let folder = OutFolder::claim(&out, || {
        let _ = writeln!(std::io::stderr(), "another build is running here: waiting for it");
    })?;
    let mut report = Report { today: wanted.day.today.to_string(), ..Report::default() };
    if !arguments.force && problems.is_empty() {
        let asked = names.iter().filter(|n| wanted.sites.is_empty() || wanted.sites.contains(n));
        let asked: Vec<&String> = asked.collect();
        let intact = asked.par_iter().all(|site| folder.is_intact(site, inputs));
        clock.phase("compare");
        if intact {
            report.unchanged = true;
            report.phases = clock.phases;
            report.peak_memory_bytes = machine::peak_memory();
            return Ok(report);
        }
    }

    let (theme, editions) = prepare(&tree, &wanted, &mut problems, &mut clock)
        .filter(|_| !has_errors(&problems))
        .ok_or(())
        .map_err(|()| Stop::Told(told(&mut problems, &tree)))?;
    report.sites = publish(&folder, &theme, &editions, inputs, &mut problems, &mut clock)
        .map_err(|stop| stop.unwrap_or_else(|| Stop::Told(told(&mut problems, &tree))))?;
    tell(&mut problems, &tree);
    report.without_address =
        engine::without_address(&editions).into_iter().map(ToString::to_string).collect();
    report.warnings = problems.len();
    report.phases = clock.phases;
    report.peak_memory_bytes = machine::peak_memory();
    Ok(report)
}

/// Tells problems of which at least one keeps the sites from being built.
fn told(problems: &mut Vec<Diagnostic>, tree: &SourceTree) -> Outcome {
    let outcome = tell(problems, tree);
    let _ = writeln!(std::io::stderr(), "nothing was built: what was published is as it was");
    match outcome {
        Outcome::Done => Outcome::Problems,
        outcome => outcome,
    }
}

fn prepare(
    tree: &SourceTree,
    wanted: &Wanted,
    problems: &mut Vec<Diagnostic>,
    clock: &mut Clock,
) -> Option<(Theme, Vec<Edition>)> {
    let project = engine::parse(tree, None).into_value(problems);
    clock.phase("parse");
    let project = project?;
    let theme = engine::load_theme(tree, &project).into_value(problems);
    clock.phase("theme");
    let model = engine::resolve(project, wanted.day, None).into_value(problems);
    clock.phase("resolve");
    let theme = theme?;
    let editions = engine::lay_out(&model, &theme, wanted);
    problems.extend(engine::check(&editions));
    clock.phase("check");
    Some((theme, editions))
}

/// Renders and writes everything, then publishes. `None` in the error: problems were added.
fn publish(
    folder: &OutFolder,
    theme: &Theme,
    editions: &[Edition],
    inputs: Digest,
    problems: &mut Vec<Diagnostic>,
    clock: &mut Clock,
) -> Result<Vec<SiteReport>, Option<Stop>> {
    let publishers: Vec<Publisher<'_>> = editions
        .iter()
        .map(|edition| folder.publisher(edition.place.id.as_str()))
        .collect::<Result<_, _>>()
        .map_err(|error| Some(error.into()))?;
    let outputs: Vec<(usize, Output<'_>)> = editions
        .iter()
        .enumerate()
        .flat_map(|(at, edition)| edition.outputs().into_iter().map(move |output| (at, output)))
        .collect();
    let (made, indexed): (Vec<Failure>, Vec<Failure>) = rayon::join(
        || {
            let one = |(at, output): &(usize, Output<'_>)| {
                make(&editions[*at], theme, output, &publishers[*at]).err()
            };
            outputs.par_iter().filter_map(one).collect()
        },
        || {
            let sites = editions.par_iter().zip(&publishers);
            sites.filter_map(|(edition, site)| index(edition, theme, site).err()).collect()
        },
    );
    clock.phase("render");
    for failure in made.into_iter().chain(indexed) {
        match failure {
            Failure::Page(problem) => problems.push(*problem),
            Failure::Disk(error) => return Err(Some(error.into())),
        }
    }
    if has_errors(problems) {
        return Err(None);
    }
    let mut reports = Vec::new();
    for (edition, publisher) in editions.iter().zip(publishers) {
        let published = publisher.finish(inputs).map_err(|error| Some(error.into()))?;
        reports.push(SiteReport::new(edition, &published));
    }
    clock.phase("publish");
    Ok(reports)
}

enum Failure {
    Page(Box<Diagnostic>),
    Disk(PublishError),
}

fn make(
    edition: &Edition,
    theme: &Theme,
    output: &Output<'_>,
    publisher: &Publisher<'_>,
) -> Result<(), Failure> {
    let bytes = edition.bytes(theme, output).map_err(|problem| Failure::Page(Box::new(problem)))?;
    match output.path() {
        Some(path) => publisher.put(&path, &bytes).map_err(Failure::Disk),
        None => Ok(()),
    }
}

/// Makes what a site is searched by.
fn index(edition: &Edition, theme: &Theme, publisher: &Publisher<'_>) -> Result<(), Failure> {
    let files = edition.search_outputs().map_err(|problem| Failure::Page(Box::new(problem)))?;
    files.par_iter().try_for_each(|output| make(edition, theme, output, publisher))
}

fn wanted(arguments: &Build) -> Result<Wanted, Stop> {
    let base_url = match &arguments.base_url {
        Some(url) => Some(BaseUrl::parse(url).ok_or_else(|| {
            Stop::Machine(format!(
                "--base-url must be an address such as https://example.org/send, not `{url}`"
            ))
        })?),
        None => None,
    };
    let today = arguments.today.unwrap_or_else(clock::today_in_london);
    let day = Day { today, drafts: arguments.drafts };
    Ok(Wanted { day, sites: arguments.site.clone(), base_url })
}

/// The output folder, if it is one that inputs cannot be lost in.
fn out_folder(root: &Path, out: &Path) -> Result<PathBuf, Stop> {
    let out = if out.is_absolute() { out.to_path_buf() } else { root.join(out) };
    let whole = real(&out);
    for folder in load::FOLDERS {
        let inputs = real(&root.join(folder));
        if whole.starts_with(&inputs) {
            return Err(Stop::Machine(format!(
                "--out {} lies inside {folder}/: choose a folder outside it",
                out.display()
            )));
        }
        if inputs.starts_with(&whole) {
            return Err(Stop::Machine(format!(
                "--out {} holds {folder}/ itself: choose a folder of its own, such as dist",
                out.display()
            )));
        }
    }
    Ok(out)
}

/// A path without links and dots, also where its end does not exist yet.
fn real(path: &Path) -> PathBuf {
    match (fs::canonicalize(path), path.parent(), path.file_name()) {
        (Ok(path), _, _) => path,
        (Err(_), Some(parent), Some(name)) => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            real(parent).join(name)
        }
        _ => path.to_path_buf(),
    }
}

/// The digest of all that decides what is built.
fn inputs(tree: &SourceTree, wanted: &Wanted) -> Digest {
    Digester::new()
        .part(tree.digest().hex().as_bytes())
        .part(machine::program_digest().hex().as_bytes())
        .part(format!("{wanted:?}").as_bytes())
        .finish()
}

impl SiteReport {
    fn new(edition: &Edition, published: &Published) -> Self {
        Self {
            id: edition.place.id.to_string(),
            pages: edition.routes.len(),
            files: published.written + published.unchanged,
            written: published.written,
            unchanged: published.unchanged,
            removed: published.removed,
            bytes: published.bytes,
        }
    }
}

impl Report {
    /// Prints itself. That nobody reads it (a closed pipe) is no reason to fail.
    fn print(&self, json: bool) {
        let mut out = std::io::stdout().lock();
        if json {
            let _ = writeln!(out, "{}", self.to_json());
            return;
        }
        if self.unchanged {
            let _ = writeln!(out, "Nothing has changed: the sites are as they were.");
            return;
        }
        for site in &self.sites {
            let SiteReport { id, pages, written, unchanged, .. } = site;
            let _ = writeln!(
                out,
                "{id:<24} {pages:>6} pages {written:>6} files written {unchanged:>6} unchanged"
            );
        }
        self.note_missing_addresses(&mut out);
        let pages: usize = self.sites.iter().map(|site| site.pages).sum();
        let seconds: f64 = self.phases.iter().map(|(_, time)| time).sum::<f64>() / 1000.0;
        let sites = match self.sites.len() {
            1 => "1 site".to_owned(),
            sites => format!("{sites} sites"),
        };
        let phases: Vec<String> =
            self.phases.iter().map(|(name, time)| format!("{name} {time:.0} ms")).collect();
        let _ = writeln!(out, "\n{sites}, {pages} pages in {seconds:.2} s ({})", phases.join(", "));
    }

    /// One note, however many sites are built: to have no address is a choice, not a mistake.
    fn note_missing_addresses(&self, out: &mut impl std::io::Write) {
        let who = match &self.without_address[..] {
            [] => return,
            [one] => format!("{one} has"),
            several => format!("{} sites have", several.len()),
        };
        let _ = writeln!(
            out,
            "note: {who} no address, so no sitemap.xml and no Atom feeds: give --base-url, or \
             `base_urls` in content/site.yaml"
        );
    }

    fn to_json(&self) -> String {
        let phases: serde_json::Map<String, serde_json::Value> =
            self.phases.iter().map(|(name, time)| ((*name).to_owned(), (*time).into())).collect();
        let report = serde_json::json!({
            "today": self.today,
            "unchanged": self.unchanged,
            "sites": self.sites,
            "phases_ms": phases,
            "peak_memory_bytes": self.peak_memory_bytes,
            "warnings": self.warnings,
            "without_address": self.without_address,
        });
        report.to_string()
    }
}
