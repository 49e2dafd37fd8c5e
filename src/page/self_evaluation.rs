//! Where a school rates itself. What is rated comes from `expectations/expectations.json`; the
//! ratings stay on the reader's device.

use serde::Serialize;

use super::maker::Maker;
use crate::path::UrlPath;

/// What the page needs to know besides its words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SelfEvaluationView {
    /// All expectations.
    pub data: String,
    /// The same to read and to print without a script.
    pub checklists: String,
    /// For spreadsheets.
    pub csv: String,
    /// What keeps the page working without a connection.
    pub worker: String,
}

/// The page.
pub fn view(maker: &Maker<'_>) -> SelfEvaluationView {
    let href = |path: &str| maker.href(&UrlPath::new(path));
    SelfEvaluationView {
        data: href("expectations/expectations.json"),
        checklists: href("expectations/"),
        csv: href("expectations/expectations.csv"),
        worker: href("self-evaluation/sw.js"),
    }
}
