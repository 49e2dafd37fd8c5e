//! Any page of any kind and layer: told what is wrong with it, or it is rendered.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordinarily_fuzz::{build, on_one_thread, project};

/// Where the page lies; `autism` and `help` adapt pages of the shared layer.
const PLACES: [&str; 16] = [
    "london/index.md",
    "london/provision/page.md",
    "london/guides/page.md",
    "london/services/page.md",
    "london/places/page.md",
    "london/training/page.md",
    "london/toolkits/page.md",
    "london/practice/page.md",
    "london/networks/page.md",
    "london/events/page.md",
    "london/news/page.md",
    "london/data/page.md",
    "london/feedback/page.md",
    "boroughs/barnet/provision/autism.md",
    "partners/achieving/services/help.md",
    "london/services/help.pl.md",
];

fuzz_target!(init: on_one_thread(), |input: (u8, &[u8])| {
    let (place, page) = input;
    let place = PLACES[usize::from(place) % PLACES.len()];
    if let Some(tree) = project(&[(place, page)]) {
        // Where a page may show: itself, its feeds, its lists, all in one.
        let parts = ["page/", "autism/", "help/", "paper/", "calendar", "a-z/"];
        build(&tree, |path| path == "index.html" || parts.iter().any(|part| path.contains(part)));
    }
});
