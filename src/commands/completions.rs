//! `completions`: a script by which a shell completes commands and options.

use clap::CommandFactory as _;

use super::{Outcome, print};
use crate::cli::{Cli, Completions};

/// Prints the script.
pub fn run(arguments: &Completions) -> Outcome {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    print(&script)
}
