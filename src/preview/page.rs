//! One page of a site, as it is now: its bytes are those that a build would write.

use std::sync::Arc;

use super::Preview;
use super::generation::Generation;
use super::problem::{Problem, Problems};
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::engine::{Edition, Output};
use crate::path::{SourcePath, UrlPath, encoded};
use crate::site::routes::{Page, Route};

/// What is at an address.
#[derive(Debug)]
pub struct Shown {
    /// The name of the site.
    pub site: String,
    /// The address in it.
    pub url: UrlPath,
    /// The site, if it can be laid out.
    pub edition: Option<Arc<Edition>>,
    /// What is shown; nothing for a file that is passed on.
    pub route: Option<Route>,
    /// Whether nothing is at the address. The bytes are then those of the page that says so.
    pub is_missing: bool,
    /// The bytes, as a build would write them; none where nothing could be rendered.
    pub bytes: Vec<u8>,
    /// What went wrong while rendering.
    pub problems: Vec<Problem>,
}

impl Shown {
    /// A page that there is nothing to show of yet.
    fn nothing(site: &str, url: &UrlPath) -> Self {
        Self {
            site: site.to_owned(),
            url: url.clone(),
            edition: None,
            route: None,
            is_missing: false,
            bytes: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Its path in the preview.
    pub fn path(&self) -> String {
        format!("/{}/{}", self.site, encoded(self.url.as_str()))
    }

    /// The name of the file that a build would write.
    pub fn file_name(&self) -> String {
        match self.url.output() {
            Some(path) if !self.is_missing => path.to_string(),
            _ => "404.html".to_owned(),
        }
    }

    /// The paths of its style sheets in the preview.
    pub fn styles(&self) -> Vec<String> {
        let sheets = self.edition.iter().flat_map(|edition| sheets(edition));
        sheets.map(|sheet| format!("/{}/{sheet}", self.site)).collect()
    }

    /// What tells this page from an earlier state of it. That its style has changed does not
    /// count: that is exchanged in the open page.
    pub fn digest(&self) -> Digest {
        let Some(edition) = &self.edition else { return Digest::of(&self.bytes) };
        let mut text = String::from_utf8_lossy(&self.bytes).into_owned();
        for sheet in sheets(edition) {
            text = text.replace(sheet, "");
        }
        Digest::of(text.as_bytes())
    }
}

/// The style sheets of a site, from its root.
fn sheets(edition: &Edition) -> impl Iterator<Item = &str> {
    let brand = edition.assets.brand.as_deref();
    [edition.assets.style.as_str()].into_iter().chain(brand)
}

/// Makes what is at an address of a site; `None` if there is no such site.
pub fn show(preview: &Preview, now: &Generation, site: &str, url: &UrlPath) -> Option<Shown> {
    let Some(world) = &now.world else { return Some(Shown::nothing(site, url)) };
    let edition = world.edition(site)?;
    let not_found = || Route { url: UrlPath::new("404.html"), page: Page::NotFound };
    let (output, is_missing) = match edition.output(url) {
        Some(output) => (output, false),
        None => (Output::Page(not_found()), true),
    };
    let mut problems = Vec::new();
    let mut bytes = edition.bytes(&world.look.theme, &output);
    if let Err(problem) = &bytes {
        world.look.note_failure();
        problems.push(problem.clone());
        let steady = world.look.steady.as_ref().unwrap_or(&preview.settings.interface.theme);
        bytes = edition.bytes(steady, &output);
    }
    let bytes = bytes.map(std::borrow::Cow::into_owned).unwrap_or_default();
    let problems = template_problems(preview, &world.look.theme, problems);
    let route = match output {
        Output::Page(route) => Some(route),
        Output::File(..) | Output::Search(..) => None,
    };
    let edition = Some(edition);
    Some(Shown { route, is_missing, bytes, problems, edition, ..Shown::nothing(site, url) })
}

fn template_problems(
    preview: &Preview,
    theme: &crate::theme::Theme,
    found: Vec<Diagnostic>,
) -> Vec<Problem> {
    let text = |path: &SourcePath| theme.text(path);
    Problems::new(found, &preview.settings.editor, text).iter().cloned().collect()
}
