//! Any Markdown, directives and all, compiles, and its problems stand within it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordinarily::content::markdown::{Piece, compile};
use ordinarily_fuzz::{file, sound};

/// Elements that only raw HTML could bring in.
const ACTIVE: [&str; 7] = ["script", "style", "iframe", "object", "form", "link", "svg"];

fuzz_target!(|bytes: &[u8]| {
    let Some(file) = file("a.md", bytes) else { return };
    let read = compile(&file, 0..file.text.len());
    sound(&read.problems, &file);
    for piece in &read.value.pieces {
        if let Piece::Html(html) = piece {
            for tag in html.split('<').skip(1) {
                let name = tag.split(['>', ' ', '/']).next().unwrap();
                assert!(!ACTIVE.contains(&name), "{html}");
            }
        }
    }
});
