//! The promises of `ordinarily`, each tested where a user meets it: on the files that come out, on
//! what the program says, on what is left on the disk.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod architecture;
mod bad_input;
mod bad_pages;
mod beginning;
mod brand;
mod check;
mod compare;
mod compressed;
mod deploying;
mod expectations;
mod explained;
mod faults;
mod feeds;
mod home;
mod kinds;
mod languages;
mod laws;
mod layers;
mod library;
mod markdown;
mod missed_sites;
mod places;
mod preview;
mod publishing;
mod schema;
mod search;
mod shipped;
mod sites;
mod specifications;
mod support;
