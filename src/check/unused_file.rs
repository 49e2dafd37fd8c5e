//! Files that no page leads to.

use rayon::prelude::*;

use super::{Finding, Look, Rule, Whole};
use crate::content::tree::Loaded;
use crate::diagnostic::{Severity, Span};

pub(super) const RULE: Rule = Rule {
    code: "unused-file",
    reason: "A file that no page leads to is not published: somebody may think that it is.",
    severity: Severity::Advice,
    explanation: "It finds pictures and documents in the folders of content/ whose name stands in no \
        page, borough.yaml or document of any layer. Link to it, or delete it.",
    look: Look::Whole(look),
};

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    let layers = &whole.model.project.layers;
    let files: Vec<_> = layers.values().flat_map(|layer| layer.files.values()).collect();
    if files.is_empty() {
        return;
    }
    let wordings = whole.pages.iter().filter_map(|page| whole.model.project.wording(page));
    let pages = wordings.map(|wording| &*wording.file.text);
    let own = whole.tree.below("content").map(|(_, _, loaded)| loaded);
    let others =
        own.chain(files.iter().map(|file| &file.loaded)).filter_map(|loaded| match loaded {
            Loaded::Text(file) if !file.path.as_str().ends_with(".md") => Some(&*file.text),
            _ => None,
        });
    let texts: Vec<&str> = pages.chain(others).collect();
    for file in files {
        let name = file.path.file_name();
        // A blank is written `%20` in a link.
        let encoded = name.contains(' ').then(|| name.replace(' ', "%20"));
        let names = |text: &&&str| {
            text.contains(name) || encoded.as_ref().is_some_and(|name| text.contains(name))
        };
        if texts.par_iter().find_any(names).is_none() {
            let help = "link to it, or delete it";
            findings.push(Finding::new(Span::file(&file.path), "no page leads to this file", help));
        }
    }
}
