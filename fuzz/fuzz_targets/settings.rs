//! Any file beside the pages: settings, vocabularies, a logo.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordinarily_fuzz::{build, on_one_thread, project};

const PLACES: [&str; 16] = [
    "site.yaml",
    "boroughs/barnet/borough.yaml",
    "partners/achieving/partner.yaml",
    "vocabulary/needs.yaml",
    "vocabulary/phases.yaml",
    "vocabulary/tiers.yaml",
    "vocabulary/audiences.yaml",
    "vocabulary/roles.yaml",
    "vocabulary/topics.yaml",
    "vocabulary/stages.yaml",
    "vocabulary/local-offer.yaml",
    "vocabulary/synonyms.yaml",
    "vocabulary/glossary.yaml",
    "boroughs/barnet/files/logo.svg",
    "boroughs/barnet/files/logo.png",
    "boroughs/barnet/files/logo.webp",
];

fuzz_target!(init: on_one_thread(), |input: (u8, &[u8])| {
    let (place, bytes) = input;
    let place = PLACES[usize::from(place) % PLACES.len()];
    let borough = format!(
        "official_name: London Borough of Barnet\nname: Barnet\nons_code: E09000003\n\
         layers: [achieving]\nbrand: {{colour: \"#00566b\", logo: {}}}\n",
        place.trim_start_matches("boroughs/barnet/")
    );
    let logo = ("boroughs/barnet/borough.yaml", borough.as_bytes());
    let tree = match place.contains("/logo.") {
        true => project(&[logo, (place, bytes)]),
        false => project(&[(place, bytes)]),
    };
    if let Some(tree) = tree {
        build(&tree, |path| path == "index.html" || path.starts_with("needs/"));
    }
});
