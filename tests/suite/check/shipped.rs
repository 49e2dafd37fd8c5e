//! The content we ship.

use std::path::Path;

use crate::support::run;

#[test]
fn the_shipped_content_has_no_error_and_no_warning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = run(root, &["check", "--today", "2026-11-22", "--deny", "warnings"]);
    assert_eq!(run.status, 0, "{}{}", run.err, run.out);
}
