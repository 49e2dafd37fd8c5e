//! What stands around pages, header and footer, is the same on many: it is rendered once for them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tera::Value;

use crate::diagnostic::Diagnostic;
use crate::page::PageView;
use crate::page::chrome::Frame;
use crate::page::parts::LanguageView;

/// The headers and footers of a site that have been rendered.
#[derive(Debug, Default)]
pub(super) struct Around {
    known: Mutex<BTreeMap<Key, Value>>,
}

/// All that a header and a footer may depend on, besides the site and the page's languages.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    language: String,
    template: &'static str,
    root: String,
    section: &'static str,
    search: String,
}

/// What the templates of header and footer know of a page's frame.
#[derive(Debug, Serialize)]
pub(super) struct Shared<'a> {
    template: &'a str,
    root: &'a str,
    section: &'a str,
    search: &'a str,
    languages: &'a [LanguageView],
}

impl Around {
    /// The header and footer of a page, ready for its template. Of a page that is there in other
    /// languages they are its own, because they lead to those.
    ///
    /// # Errors
    /// What `render` says.
    pub(super) fn of(
        &self,
        view: &PageView,
        render: impl FnOnce(&Shared<'_>) -> Result<(String, String), Diagnostic>,
    ) -> Result<Value, Diagnostic> {
        let Frame { template, root, section, search, languages, .. } = &view.frame;
        let make = || {
            let shared = Shared { template, root, section, search, languages };
            let (header, footer) = render(&shared)?;
            let parts = [("header", header), ("footer", footer)];
            let parts = parts.map(|(key, html)| (key.into(), Value::safe_string(&html)));
            Ok(Value::from(tera::Map::from_iter(parts)))
        };
        if !languages.is_empty() {
            return make();
        }
        let key = Key {
            language: view.language.clone(),
            template,
            root: root.clone(),
            section,
            search: search.clone(),
        };
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(around) = known().get(&key) {
            return Ok(around.clone());
        }
        // Not while others wait: should two threads make the same one, both come out alike.
        let around = make()?;
        known().insert(key, around.clone());
        Ok(around)
    }
}
