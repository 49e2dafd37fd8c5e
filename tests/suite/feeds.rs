//! What a site publishes beside its pages, read back by programs that know the formats.

mod atom;
mod calendar;
mod hosting;
mod json_ld;
mod open_referral;
mod sitemap;
mod tables;

use super::support::{Files, with};

/// Files with an address for Barnet's site.
fn addressed(more: &[(&str, &str)]) -> Files {
    let mut files = with(more);
    let site = files.get_mut("content/site.yaml").unwrap();
    site.push_str("base_urls: {barnet: \"https://barnet.example.org/send\"}\n");
    files
}

/// Text that no format may stumble over: markup, other scripts, signs that end things.
const HARD: &str = "A & B <b> \"c\" ]]> --> </script> نص Zażółć";
