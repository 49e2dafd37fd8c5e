//! `serve`: all sites in the browser while somebody writes.
//!
//! Three threads, each with one job: one serves, one waits for changes and makes the next
//! generation of the sites, one follows all links whenever nothing has changed for a moment.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::{Outcome, check_site, fail, tell};
use crate::cli::{EditorName, Serve};
use crate::diagnostic::Diagnostic;
use crate::engine;
use crate::io::disk::Disk;
use crate::io::http::{self, Bell, Listener, Pages};
use crate::io::watch::{Wake, Watcher};
use crate::io::{browser, clock};
use crate::path::SourcePath;
use crate::preview::generation::Inputs;
use crate::preview::problem::Count;
use crate::preview::{Editor, Preview, Settings};
use crate::theme::interface::Interface;

/// How often the clock is looked at: a new day is a change like any other.
const TICK: Duration = Duration::from_secs(20);

/// How often all files are looked at where the system reports no changes.
const POLL: Duration = Duration::from_millis(300);

/// How long nothing may have changed before all links are followed.
const LULL: Duration = Duration::from_millis(400);

/// Serves until it is interrupted.
pub fn run(root: &Path, arguments: &Serve) -> Outcome {
    match serve(root, arguments) {
        Ok(()) => Outcome::Done,
        Err(message) => fail(&message),
    }
}

fn serve(root: &Path, arguments: &Serve) -> Result<(), String> {
    let root = fs::canonicalize(root)
        .map_err(|error| format!("{} cannot be read: {error}", root.display()))?;
    let listener = Listener::bind(&arguments.host, arguments.port)
        .map_err(|refused| bind_message(arguments, &refused))?;
    // Watched first and read then: what changes in between is seen.
    let watcher = watcher(&root, arguments.poll);
    let disk = Disk::read(&root);
    if let Some(site) = &arguments.site {
        check_site(site, &engine::site_names(disk.tree())).inspect_err(|_| {
            // A file that could not be read may be why it is not there.
            tell(&mut disk.problems().cloned().collect(), disk.tree());
        })?;
    }
    let interface = Arc::new(Interface::new().map_err(|problem| problem.message)?);
    let origin = listener.origin();
    let settings = Settings {
        origin: origin.clone(),
        only: arguments.site.clone(),
        drafts: arguments.drafts,
        editor: match arguments.editor {
            EditorName::None => Editor::None,
            EditorName::Vscode => Editor::VsCode(root.to_string_lossy().into_owned()),
        },
        interface,
    };
    let (bell, (report, reports)) = (Bell::new(), channel());
    let today = arguments.today;
    let mut editing = Editing { disk, today, bell: bell.clone(), report };
    let unread = editing.unread();
    let preview = Arc::new(Preview::new(settings, editing.inputs(&unread, &BTreeSet::new())));
    say(&format!("Preview at {origin}/ (end it with Ctrl+C)"));
    if listener.is_public() {
        say("Anybody on the network can read it, drafts too: it listens at more than this machine");
    }
    say_problems(&origin, preview.count());
    if arguments.open {
        browser::open(&format!("{origin}/"));
    }
    std::thread::spawn({
        let preview = preview.clone();
        move || editing.follow(watcher, &preview)
    });
    std::thread::spawn({
        let (preview, bell) = (preview.clone(), bell.clone());
        move || follow_links(&preview, &bell, &reports)
    });
    let (answering, telling) = (preview.clone(), preview);
    let pages = Pages {
        answer: Box::new(move |asked| answering.answer(asked)),
        news: Box::new(move |page| telling.news(page)),
    };
    http::serve(listener, Arc::new(pages), &bell).map_err(|error| error.to_string())
}

fn bind_message(arguments: &Serve, refused: &http::BindError) -> String {
    let Serve { host, port, .. } = arguments;
    match refused.free {
        Some(free) => format!(
            "port {port} is in use, perhaps by another preview: choose another, such as \
             `--port {free}`, which is free"
        ),
        None => format!("cannot listen at {host}, port {port}: {}", refused.error),
    }
}

fn watcher(root: &Path, poll: bool) -> Watcher {
    if poll {
        return Watcher::by_the_clock(root);
    }
    Watcher::new(root).unwrap_or_else(|(why, watcher)| {
        say(&format!("changes are looked for at regular times, because: {why}"));
        watcher
    })
}

/// Files, and whoever wants to know when they have changed.
struct Editing {
    disk: Disk,
    today: Option<Date>,
    bell: Bell,
    report: std::sync::mpsc::Sender<()>,
}

impl Editing {
    fn unread(&self) -> Vec<Diagnostic> {
        self.disk.problems().cloned().collect()
    }

    fn inputs<'a>(
        &'a self,
        unread: &'a [Diagnostic],
        changed: &'a BTreeSet<SourcePath>,
    ) -> Inputs<'a> {
        let today = self.today.unwrap_or_else(clock::today_in_london);
        Inputs { tree: self.disk.tree(), unread, changed, today }
    }

    /// Waits for changes for ever, and makes a generation of each.
    fn follow(&mut self, mut watcher: Watcher, preview: &Preview) {
        let mut day = self.today.unwrap_or_else(clock::today_in_london);
        let mut look_next = Instant::now() + TICK;
        loop {
            let patience = if watcher.is_told() { TICK } else { POLL };
            let woken = watcher.wait(patience);
            let start = Instant::now();
            let is_due = !watcher.is_told() || start >= look_next;
            let seen = match woken {
                Some(wake) => Some(self.disk.look_again(&wake)),
                None if is_due => {
                    let seen = self.disk.look_again(&Wake::Everywhere);
                    // Looking everywhere takes at most a hundredth of the time.
                    look_next = Instant::now() + TICK.max(start.elapsed() * 100);
                    Some(seen)
                }
                None => None,
            };
            let today = self.today.unwrap_or_else(clock::today_in_london);
            let changed = seen.as_ref().map(|seen| &seen.changed);
            let nothing = changed.is_none_or(BTreeSet::is_empty)
                && !seen.as_ref().is_some_and(|seen| seen.problems_changed)
                && today == day;
            if nothing {
                continue;
            }
            day = today;
            let (unread, none) = (self.unread(), BTreeSet::new());
            let changed = changed.unwrap_or(&none);
            preview.update(self.inputs(&unread, changed));
            self.bell.ring();
            // Nobody follows links any more only when the program ends.
            let _ = self.report.send(());
            say_change(preview, changed, start.elapsed());
        }
    }
}

/// Indexes what is searched and follows all links whenever there is a new generation and then a
/// lull; links with one thread, so that the next change never waits for it.
fn follow_links(preview: &Preview, bell: &Bell, reports: &Receiver<()>) {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
    loop {
        match reports.recv_timeout(LULL) {
            Ok(()) => continue,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        preview.index();
        if pool.install(|| preview.follow_links()) {
            bell.ring();
        }
        if reports.recv().is_err() {
            return;
        }
    }
}

/// Says something to whoever started the preview. That nobody reads it is no reason to end.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn say_change(preview: &Preview, changed: &BTreeSet<SourcePath>, took: Duration) {
    let what = match (changed.first(), changed.len()) {
        (None, _) => "another day".to_owned(),
        (Some(path), 1) => path.to_string(),
        (Some(path), more) => format!("{path} and {} more", more - 1),
    };
    let Count { errors, .. } = preview.count();
    let errors = match errors {
        0 => String::new(),
        1 => ", 1 error".to_owned(),
        errors => format!(", {errors} errors"),
    };
    let number = preview.now().number;
    say(&format!("{number}: {what}, {:.1} ms{errors}", took.as_secs_f64() * 1000.0));
}

fn say_problems(origin: &str, count: Count) {
    if count != Count::default() {
        let Count { errors, warnings, .. } = count;
        say(&format!("errors: {errors}, warnings: {warnings}, all at {origin}/_problems/"));
    }
}
