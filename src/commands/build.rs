//! `build`: every wanted site, whole, into the output folder.
//!
//! 1. Load the inputs. If they, the arguments and the program are those of the last build, and its
//!    sites are still whole, there is nothing to do.
//! 2. Parse, resolve, lay out, check. Any error ends the build here: nothing is replaced.
//! 3. Render and write all pages of all sites in parallel, then publish site by site.

mod compressed;
mod report;
mod timings;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Outcome, check_site, fail, tell};
use crate::cli::Build;
use crate::content::tree::SourceTree;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::digest::{Digest, Digester};
use crate::engine::{self, BaseUrl, Draft, Edition, Output, Wanted};
use crate::io::publish::{OutFolder, PublishError, Publisher};
use crate::io::{clock, load, machine};
use crate::search::memo::Store;
use crate::site::model::Day;
use crate::theme::Theme;
use compressed::Compressed;
use report::{Report, SiteReport};
use timings::Clock;

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
            report.print(arguments.json, arguments.timings);
            Outcome::Done
        }
        Err(Stop::Told(outcome)) => outcome,
        Err(Stop::Machine(message)) => fail(&message),
    }
}

fn build(root: &Path, arguments: &Build) -> Result<Report, Stop> {
    let mut clock = Clock::start();
    let wanted = wanted(arguments)?;
    let out = out_folder(root, &arguments.out)?;
    let mut problems = Vec::new();
    let mut tree = load::load(root).into_value(&mut problems);
    let names = engine::site_names(&tree);
    for site in &wanted.sites {
        check_site(site, &names).map_err(|message| {
            // A file that could not be read may be why it is not there.
            tell(&mut problems, &tree);
            Stop::Machine(message)
        })?;
    }
    clock.phase("load");

    let program = machine::program();
    let inputs = inputs(&tree, &wanted, arguments.compress, program);
    let folder = OutFolder::claim(&out, || {
        let _ = writeln!(std::io::stderr(), "another build is running here: waiting for it");
    })?;
    let mut report = Report {
        today: wanted.day.today.to_string(),
        left_over: folder.sites_besides(&names)?,
        ..Report::default()
    };
    if !arguments.force && problems.is_empty() {
        let asked = names.iter().filter(|n| wanted.sites.is_empty() || wanted.sites.contains(n));
        let asked: Vec<&String> = asked.collect();
        let intact = asked.par_iter().all(|site| folder.is_intact(site, inputs));
        clock.phase("compare");
        if intact {
            report.unchanged = true;
            report.phases = clock.phases;
            report.peak_memory_bytes = machine::memory().map(|memory| memory.peak);
            return Ok(report);
        }
    }

    let prepared = prepare(&tree, &wanted, &mut problems, &mut clock);
    if let Some((_, editions)) = prepared.as_ref().filter(|_| arguments.compress) {
        problems.extend(compressed::clashes(editions));
    }
    let (theme, editions) = prepared
        .filter(|_| !has_errors(&problems))
        .ok_or(())
        .map_err(|()| Stop::Told(told(&mut problems, &tree)))?;
    // What is wrong from here on is no editor's mistake. So what they wrote has been told of, and
    // need lie in memory no longer: at 100,000 pages that is a quarter of it.
    tell(&mut problems, &tree);
    report.warnings = problems.len();
    problems.clear();
    tree.remove_below("content");
    let how = How { inputs, program, compress: arguments.compress, force: arguments.force };
    report.sites = publish(&folder, &theme, &editions, how, &mut problems, &mut clock)
        .map_err(|stop| stop.unwrap_or_else(|| Stop::Told(told(&mut problems, &tree))))?;
    tell(&mut problems, &tree);
    report.warnings += problems.len();
    report.without_address =
        engine::without_address(&editions).into_iter().map(ToString::to_string).collect();
    report.phases = clock.phases;
    report.peak_memory_bytes = machine::memory().map(|memory| memory.peak);
    // The process is about to end. To give all this back piece by piece would take as long as
    // reading it did.
    std::mem::forget((theme, editions, tree));
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
    let model = engine::resolve_once(project, wanted.day).into_value(problems);
    clock.phase("resolve");
    let theme = theme?;
    let editions = engine::lay_out(&model, &theme, wanted);
    problems.extend(engine::check(&editions));
    clock.phase("check");
    Some((theme, editions))
}

/// One site on its way: where it goes, and the compressed forms of its files if it has any.
struct Site<'a> {
    edition: &'a Edition,
    publisher: Publisher<'a>,
    compressed: Option<Compressed>,
    program: Digest,
}

/// How sites are made.
#[derive(Clone, Copy)]
struct How {
    /// The digest of all that they are built from.
    inputs: Digest,
    /// What makes them: another version may make others of the same.
    program: Digest,
    /// Whether to write compressed files.
    compress: bool,
    /// Whether to make again what is there.
    force: bool,
}

/// Renders and writes everything, then publishes. `None` in the error: problems were added.
fn publish(
    folder: &OutFolder,
    theme: &Theme,
    editions: &[Edition],
    how: How,
    problems: &mut Vec<Diagnostic>,
    clock: &mut Clock,
) -> Result<Vec<SiteReport>, Option<Stop>> {
    let sites: Vec<Site<'_>> = (editions.iter())
        .map(|edition| Site::open(folder, edition, how))
        .collect::<Result<_, _>>()
        .map_err(|error| Some(error.into()))?;
    let outputs: Vec<(&Site<'_>, Output<'_>)> = (sites.iter())
        .flat_map(|site| site.edition.outputs().into_iter().map(move |output| (site, output)))
        .collect();
    let (made, indexed): (Vec<Failure>, Vec<Failure>) = rayon::join(
        || {
            let failed = |(site, output): &(&Site<'_>, Output<'_>)| site.make(theme, output).err();
            // A few at a time, so that no core is left with many when the others are done.
            outputs.par_iter().with_max_len(8).filter_map(failed).collect()
        },
        || sites.par_iter().filter_map(|site| site.index(theme).err()).collect(),
    );
    drop(outputs);
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
    for Site { edition, publisher, compressed, .. } in sites {
        let published = publisher.finish(how.inputs).map_err(|error| Some(error.into()))?;
        reports.push(SiteReport::new(edition, &published, compressed.as_ref()));
    }
    clock.phase("publish");
    Ok(reports)
}

enum Failure {
    Page(Box<Diagnostic>),
    Disk(PublishError),
}

impl From<Diagnostic> for Failure {
    fn from(problem: Diagnostic) -> Self {
        Self::Page(Box::new(problem))
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Self::Disk(error)
    }
}

impl<'a> Site<'a> {
    fn open(folder: &'a OutFolder, edition: &'a Edition, how: How) -> Result<Self, PublishError> {
        let publisher = folder.publisher(edition.place.id.as_str())?;
        let publisher = if how.force { publisher.believing_nothing() } else { publisher };
        let compressed = how.compress.then(Compressed::default);
        Ok(Self { edition, publisher, compressed, program: how.program })
    }

    /// Makes one file, unless it was made from the same before.
    fn make(&self, theme: &Theme, output: &Output<'_>) -> Result<(), Failure> {
        let (edition, publisher) = (self.edition, &self.publisher);
        let Some(path) = output.path() else { return Ok(()) };
        let put = |bytes: &[u8]| -> Result<(Digest, u64), Failure> {
            publisher.put(&path, bytes)?;
            Ok((Digest::of(bytes), bytes.len() as u64))
        };
        let by_us = |from| self.by_us(from);
        let (from, size) = match edition.draft(output)? {
            Draft::Bytes(bytes) => put(&bytes)?,
            Draft::Page(route, view) => {
                let render = || Ok::<_, Failure>(edition.render(theme, route, &view)?);
                match edition.made_from(theme, &view).map(by_us) {
                    Some(from) => (from, publisher.put_made(&path, from, render)?),
                    None => put(&render()?)?,
                }
            }
            Draft::Search(url, export) => {
                let from = by_us(export.made_from(url));
                let compress = || Ok::<_, Failure>(export.bytes(url).unwrap_or_default());
                (from, publisher.put_made(&path, from, compress)?)
            }
        };
        match &self.compressed {
            Some(forms) => Ok(forms.put(publisher, &path, (by_us(from), size))?),
            None => Ok(()),
        }
    }

    /// Tells apart what another version makes of the same.
    fn by_us(&self, from: Digest) -> Digest {
        Digester::new().part(self.program.bytes()).part(from.bytes()).finish()
    }

    /// Makes what the site is searched by.
    fn index(&self, theme: &Theme) -> Result<(), Failure> {
        let files = self.edition.search_outputs(Some(self))?;
        files.par_iter().try_for_each(|output| self.make(theme, output))
    }
}

impl Store for Site<'_> {
    fn get(&self, from: Digest) -> Option<Vec<u8>> {
        self.publisher.kept().get(self.by_us(from))
    }

    fn has(&self, from: Digest) -> bool {
        self.publisher.kept().has(self.by_us(from))
    }

    fn put(&self, from: Digest, made: &[u8]) {
        self.publisher.kept().put(self.by_us(from), made);
    }
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
fn inputs(tree: &SourceTree, wanted: &Wanted, compress: bool, program: Digest) -> Digest {
    Digester::new()
        .part(tree.digest().hex().as_bytes())
        .part(program.hex().as_bytes())
        .part(format!("{wanted:?}").as_bytes())
        .part(&[u8::from(compress)])
        .finish()
}
