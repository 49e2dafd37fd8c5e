//! What many pages share is rendered once: header, footer, and cards about the same needs.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tera::Value;

use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::page::PageView;
use crate::page::chrome::Frame;

/// The shared parts of a site that have been rendered, by what they were rendered from.
#[derive(Debug, Default)]
pub(super) struct Shared {
    known: Mutex<HashMap<Digest, Value>>,
}

impl Shared {
    /// The HTML of a part. `from` is all that it may depend on, besides the site: `render` is only
    /// asked for what has not been rendered from the same.
    ///
    /// # Errors
    /// What `render` says.
    pub(super) fn part(
        &self,
        from: &impl Serialize,
        render: impl FnOnce() -> Result<String, Diagnostic>,
    ) -> Result<Value, Diagnostic> {
        let made = |html: String| Value::safe_string(&html);
        let Ok(from) = postcard::to_stdvec(from) else { return render().map(made) };
        let key = Digest::of(&from);
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(part) = known().get(&key) {
            return Ok(part.clone());
        }
        // Not while others wait: should two threads make the same one, both come out alike.
        let part = made(render()?);
        known().insert(key, part.clone());
        Ok(part)
    }
}

/// What the templates of shared parts know of a page's frame.
#[derive(Debug, Default, Serialize)]
pub(super) struct SharedFrame<'a> {
    root: &'a str,
    template: &'a str,
    section: &'a str,
    search: &'a str,
}

impl<'a> SharedFrame<'a> {
    /// Of header and footer.
    pub(super) fn around(view: &'a PageView) -> Self {
        let Frame { template, root, section, search, .. } = &view.frame;
        Self { root, template, section, search }
    }

    /// Of a part that only leads to other pages.
    pub(super) fn inside(view: &'a PageView) -> Self {
        Self { root: &view.frame.root, ..Self::default() }
    }
}
