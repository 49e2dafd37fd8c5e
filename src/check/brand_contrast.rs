//! Brand colours on which white words cannot be read.

use super::{Finding, Look, Rule, Whole};
use crate::content::yaml;
use crate::diagnostic::Severity;
use crate::path::SourcePath;

pub(super) const RULE: Rule = Rule {
    code: "brand-contrast",
    reason: "White words on a colour that is too light cannot be read by everybody.",
    severity: Severity::Warning,
    explanation: "It finds a `brand.colour` in borough.yaml whose contrast with white is under 4.5 to 1 \
        (WCAG 2.2, success criterion 1.4.3, relative luminance as defined there). Choose a darker one.",
    look: Look::Whole(look),
};

const LEAST: f64 = 4.5;

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    for (slug, borough) in whole.model.project.boroughs.iter() {
        let colour = borough.file.brand.as_ref().and_then(|brand| brand.colour.as_ref());
        let Some(ratio) = colour.and_then(|colour| contrast_with_white(colour.as_str())) else {
            continue;
        };
        if ratio >= LEAST {
            continue;
        }
        let path = SourcePath::new(&format!("content/boroughs/{slug}/borough.yaml"));
        let node =
            whole.tree.text(&path).and_then(|file| yaml::parse(file, 0..file.text.len()).value);
        let colour = node.as_ref().and_then(|node| node.get("brand")?.get("colour"));
        let span = colour.map_or_else(|| super::borough_file(slug), |node| node.at.span());
        let message = format!("the contrast of this colour with white is {ratio:.2} to 1");
        findings.push(Finding::new(span, message, "choose a darker one: 4.5 to 1 or more"));
    }
}

/// The contrast ratio of a colour `#rrggbb` with white.
fn contrast_with_white(colour: &str) -> Option<f64> {
    let part = |from: usize| {
        let value = u8::from_str_radix(colour.get(from..from + 2)?, 16).ok()?;
        let value = f64::from(value) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    let luminance = 0.2126 * part(1)? + 0.7152 * part(3)? + 0.0722 * part(5)?;
    Some(1.05 / (luminance + 0.05))
}
