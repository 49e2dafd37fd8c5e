//! The program: reads the command line, runs the command, gives its exit status.

use std::process::ExitCode;

use clap::Parser as _;

/// Every page is thousands of small allocations on as many threads as there are cores, and the
/// preview has to give back what following links and indexing held for a moment. README has figures.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = ordinarily::cli::Cli::parse();
    ordinarily::commands::run(&cli).into()
}
