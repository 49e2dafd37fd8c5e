//! `new`

use std::path::Path;

use super::{Outcome, fail};
use crate::cli::New;

/// TODO
pub fn run(root: &Path, arguments: &New) -> Outcome {
    let _ = (root, arguments);
    fail("not yet")
}
