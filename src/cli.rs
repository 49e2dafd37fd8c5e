//! The command line: what may be typed. What it means is decided in `commands`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Builds a fast, accessible site for each borough from Markdown and YAML.
#[derive(Debug, Parser)]
#[command(name = "ordinarily", version, about, max_term_width = 100)]
pub struct Cli {
    /// The folder that holds content/ and themes/.
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub root: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the sites into a folder that any web server can show.
    Build(Build),
    /// Show all sites while you write: a page changes as soon as its file is saved.
    Serve(Serve),
    /// Say what is broken, stale, unclear or missing.
    Check(Check),
    /// Ask what a site's search would answer.
    Search(Search),
    /// Begin: write a small site that builds, checks clean and explains itself.
    Init(Init),
    /// Write one new page with each of its fields explained.
    New(New),
    /// Tell editors which fields there are: JSON Schema of every kind and of the small files.
    Schema(Schema),
    /// Print a script by which a shell completes commands and options.
    Completions(Completions),
}

/// The arguments of `build`.
#[derive(Args, Debug)]
pub struct Build {
    /// Only this site: a borough's folder name, or `hub`. May be given several times.
    #[arg(long, value_name = "ID")]
    pub site: Vec<String>,
    /// Where to build; each site gets a folder in it.
    #[arg(long, default_value = "dist", value_name = "DIR")]
    pub out: PathBuf,
    /// Where the site will be published; with several sites each is below it, at URL/ID/.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Show drafts too.
    #[arg(long)]
    pub drafts: bool,
    /// Build as if it were this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// Write compressed files too, NAME.br and NAME.gz, for servers that send those.
    #[arg(long)]
    pub compress: bool,
    /// Print a report as JSON.
    #[arg(long)]
    pub json: bool,
    /// Say how long each phase took, and how much memory was held at its end.
    #[arg(long)]
    pub timings: bool,
    /// Make everything again, even what has not changed.
    #[arg(long)]
    pub force: bool,
    /// How many threads to use; as many as there are cores unless said.
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
}

/// The arguments of `serve`.
#[derive(Args, Debug)]
pub struct Serve {
    /// Only this site: a borough's folder name, or `hub`.
    #[arg(long, value_name = "ID")]
    pub site: Option<String>,
    /// The port; 0 takes any that is free.
    #[arg(long, default_value_t = 3000)]
    pub port: u16,
    /// The address to listen at. Anything but this machine's own shows drafts to the network.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// Open the browser.
    #[arg(long)]
    pub open: bool,
    /// Show drafts too.
    #[arg(long)]
    pub drafts: bool,
    /// Look for changes at regular times: for network drives, which report none.
    #[arg(long)]
    pub poll: bool,
    /// What opens when you choose to edit a page.
    #[arg(long, value_enum, default_value_t = EditorName::Vscode)]
    pub editor: EditorName,
    /// Show the sites as they will be on this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
}

/// The arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Only what this site shows: a borough's folder name, or `hub`. May be given several times.
    #[arg(long, value_name = "ID")]
    pub site: Vec<String>,
    /// How to tell what is found.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// End with status 1 on warnings too. Advice never stops anything.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// Check as if it were this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// Look at drafts too.
    #[arg(long)]
    pub drafts: bool,
    /// Ask each address of another site whether it is still there; it takes a while.
    #[arg(long)]
    pub external: bool,
    /// Let --external ask this machine: for the program's own tests.
    #[arg(long, hide = true, requires = "external")]
    pub external_loopback: bool,
    /// Say what a code means, and look at nothing.
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
    /// Print which statutory headings each borough publishes, and look at nothing else.
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["explain", "format"])]
    pub coverage: Option<CoverageFormat>,
}

/// How to tell what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people: the line, a caret, what to do; a summary by rule at the end.
    Text,
    /// For programs: one object.
    Json,
    /// For GitHub Actions: one annotation a line.
    Github,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

/// What ends a check with status 1, besides errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings.
    Warnings,
}

/// How to print coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    /// For people.
    Text,
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

/// The arguments of `search`.
#[derive(Args, Debug)]
pub struct Search {
    /// What to look for.
    pub query: String,
    /// In which site: a borough's folder name, or `hub`.
    #[arg(long, value_name = "ID", default_value = "hub")]
    pub site: String,
    /// Only pages about this need; may be given several times.
    #[arg(long, value_name = "ID")]
    pub need: Vec<String>,
    /// Only pages for this age; may be given several times.
    #[arg(long, value_name = "ID")]
    pub phase: Vec<String>,
    /// Only pages of this kind, such as `guides`; may be given several times.
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// How many results to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Print the answer as JSON.
    #[arg(long)]
    pub json: bool,
    /// Look at drafts too.
    #[arg(long)]
    pub drafts: bool,
    /// Ask as if it were this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
}

/// The arguments of `init`.
#[derive(Args, Debug)]
pub struct Init {
    /// The folder to begin in; it must be empty, or not there yet.
    pub dir: PathBuf,
    /// Begin with the layer of this London borough too: its name, such as `Barnet`.
    #[arg(long, value_name = "NAME")]
    pub borough: Option<String>,
}

/// The arguments of `new`.
#[derive(Args, Debug)]
pub struct New {
    /// What it is: `guide`, `service`, `provision`, …, or `welcome`.
    pub kind: String,
    /// Its title, in quotation marks if it has spaces.
    pub title: String,
    /// Write it in this borough's layer, not in the shared one: the borough's folder name.
    #[arg(long, value_name = "ID", conflicts_with = "partner")]
    pub borough: Option<String>,
    /// Write it in this partner's layer, which several boroughs share: the partner's folder name.
    #[arg(long, value_name = "ID")]
    pub partner: Option<String>,
}

/// The arguments of `schema`.
#[derive(Args, Debug)]
pub struct Schema {
    /// Write a file for each, and settings for Visual Studio Code, into this folder.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// The arguments of `completions`.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell.
    pub shell: clap_complete::Shell,
}

/// An editor that a page can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EditorName {
    /// Visual Studio Code.
    Vscode,
    /// None: paths are shown, and open nothing.
    None,
}
