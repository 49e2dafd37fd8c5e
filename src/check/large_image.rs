//! Pictures that make a page slow on a phone.

use super::{Finding, Look, Rule, Whole};
use crate::diagnostic::{Severity, Span};
use crate::site::files::measure;

pub(super) const RULE: Rule = Rule {
    code: "large-image",
    reason: "A picture of a megabyte takes longer than a parent on a slow phone waits.",
    severity: Severity::Warning,
    explanation: "It finds pictures of more than 300 KB, or of more than 2,400 pixels on a side, in \
        the folders of content/. Save them smaller, or as WebP.",
    look: Look::Whole(look),
};

const MOST_BYTES: usize = 300_000;
const MOST_PIXELS: usize = 2_400;
const ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    let layers = whole.model.project.layers.values();
    for file in layers.flat_map(|layer| layer.files.values()) {
        let name = file.path.file_name();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        if !ENDINGS.contains(&&*ending) {
            continue;
        }
        let bytes = file.loaded.bytes();
        // The size of a drawing says nothing about how long it takes to come.
        let size = measure(name, bytes).filter(|_| ending != "svg");
        let message = match size {
            _ if bytes.len() > MOST_BYTES => {
                format!("this picture has {} KB", bytes.len().div_ceil(1000))
            }
            Some((width, height)) if width.max(height) > MOST_PIXELS => {
                format!("this picture is {width} by {height} pixels large")
            }
            _ => continue,
        };
        let help = "save it smaller: up to 300 KB and 2,400 pixels on each side";
        findings.push(Finding::new(Span::file(&file.path), message, help));
    }
}
