//! `ordinarily` turns what London's boroughs write about support at school into fast, static
//! sites: one for each borough, and one for London as a whole.
//!
//! # The way from files to sites
//! ```text
//! files ─ io::load ─▶ SourceTree ─ content::project ─▶ Project ─ site::model ─▶ Model
//!                                                                                 │
//!        dist/<site>/ ◀─ io::publish ─ bytes ◀─ theme ─ PageView ◀─ page ─ Route ◀┘
//! ```
//! Data flows one way, and a module uses only those that stand above it in this list:
//!
//! 1. [`path`], [`digest`], [`diagnostic`]: the words that everything shares. [`compress`].
//! 2. [`content`]: what the files say. Every problem is collected, none stops the reading.
//! 3. [`site`]: what a site is: layers put together, addresses, links.
//! 4. [`page`]: what each page shows, as plain data.
//! 5. [`theme`]: templates, styles and words; plain data becomes HTML.
//!    [`search`] beside it: pages become an index, the index becomes static files.
//!    [`check`] beside it: what is broken, stale, unclear or missing, one file for each rule.
//! 6. [`feed`]: the same for spreadsheets and programs. [`engine`]: the order of the phases.
//!    [`io`]: the only place that touches the world.
//! 7. [`preview`]: all sites in memory, one page at a time, for somebody who is writing.
//! 8. [`schema`]: which fields there are, for editors. [`scaffold`]: pages and sites to begin with.
//! 9. [`cli`] and [`commands`]: what may be typed, and what it does.

pub mod check;
pub mod cli;
pub mod commands;
pub mod compress;
pub mod content;
pub mod diagnostic;
pub mod digest;
pub mod engine;
pub mod feed;
pub mod io;
pub mod page;
pub mod path;
pub mod preview;
pub mod scaffold;
pub mod schema;
pub mod search;
pub mod site;
pub mod theme;
