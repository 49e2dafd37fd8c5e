//! The commands: arguments in, the phases in their order, a report out.

pub mod build;
pub mod check;
pub mod completions;
pub mod init;
pub mod new;
pub mod schema;
pub mod search;
pub mod serve;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use crate::cli::{Cli, Command};
use crate::content::tree::SourceTree;
use crate::diagnostic::{Diagnostic, did_you_mean, has_errors, sort_and_dedup};
use crate::io::{load, terminal};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked.
    Done,
    /// The content has problems.
    Problems,
    /// The arguments are wrong, or the machine said no.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Problems => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Runs what was typed.
pub fn run(cli: &Cli) -> Outcome {
    match &cli.command {
        Command::Build(arguments) => build::run(&cli.root, arguments),
        Command::Serve(arguments) => serve::run(&cli.root, arguments),
        Command::Check(arguments) => check::run(&cli.root, arguments),
        Command::Search(arguments) => search::run(&cli.root, arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::New(arguments) => new::run(&cli.root, arguments),
        Command::Schema(arguments) => schema::run(&cli.root, arguments),
        Command::Completions(arguments) => completions::run(arguments),
    }
}

/// Says if there is no such site.
fn check_site(wanted: &str, names: &[String]) -> Result<(), String> {
    if names.iter().any(|name| name == wanted) {
        return Ok(());
    }
    let help = did_you_mean(wanted, names.iter().map(String::as_str));
    Err(format!("there is no site `{wanted}`: {help}"))
}

/// Says why a command failed. That nobody can hear it is no reason to stop otherwise.
fn fail(message: &str) -> Outcome {
    let _ = writeln!(std::io::stderr(), "error: {message}");
    Outcome::Failed
}

/// Prints a result. That nobody reads it (a closed pipe) is no reason to fail.
fn print(bytes: &[u8]) -> Outcome {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
    Outcome::Done
}

/// Says something that is no reason to fail.
fn note(message: &str) {
    let _ = writeln!(std::io::stderr(), "note: {message}");
}

/// Tells problems, sorted, and says how a run with them ends.
fn tell(problems: &mut Vec<Diagnostic>, tree: &SourceTree) -> Outcome {
    sort_and_dedup(problems);
    if problems.is_empty() {
        return Outcome::Done;
    }
    let stderr = std::io::stderr();
    let colours = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let text = terminal::problems(problems, tree, colours);
    let _ = writeln!(stderr.lock(), "{text}{}", terminal::count(problems));
    if problems.iter().any(|problem| problem.code == load::UNREADABLE) {
        Outcome::Failed
    } else if has_errors(problems) {
        Outcome::Problems
    } else {
        Outcome::Done
    }
}
