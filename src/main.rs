//! The program: reads the command line, runs the command, gives its exit status.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let cli = ordinarily::cli::Cli::parse();
    ordinarily::commands::run(&cli).into()
}
