//! `init`

use std::path::Path;

use super::{Outcome, fail};
use crate::cli::Init;

/// TODO
pub fn run(root: &Path, arguments: &Init) -> Outcome {
    let _ = (root, arguments);
    fail("not yet")
}
