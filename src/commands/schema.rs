//! `schema`

use std::path::Path;

use super::{Outcome, fail};
use crate::cli::Schema;

/// TODO
pub fn run(root: &Path, arguments: &Schema) -> Outcome {
    let _ = (root, arguments);
    fail("not yet")
}
