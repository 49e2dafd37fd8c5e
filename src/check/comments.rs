//! Boroughs that do not show what families said, and what was done.

use super::{Finding, Look, Rule, Whole, borough_file};
use crate::content::kinds::Payload;
use crate::content::layer::Layer;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "comments-and-responses",
    reason: "Councils must publish comments on the Local Offer and their response (SEND Regulations 2014, Part 4).",
    severity: Severity::Advice,
    explanation: "It finds boroughs without a page in `feedback/`, their own or their partner's, of \
        the last 12 months that says both `you_said` and `we_did`. Only a council can supply it, so \
        this is advice.",
    look: Look::Whole(look),
};

fn look(whole: &Whole<'_>, findings: &mut Vec<Finding>) {
    let today = whole.model.day.today;
    let year_ago = today.saturating_sub(jiff::Span::new().years(1));
    for (slug, view) in &whole.model.boroughs {
        let is_answered = view.entries.values().any(|entry| match entry.payload() {
            Payload::Feedback(feedback) => {
                feedback.we_did.is_some()
                    && (year_ago..=today).contains(&feedback.date)
                    && *entry.provenance.top() != Layer::Shared
            }
            _ => false,
        });
        if !is_answered {
            let name = &whole.model.project.boroughs[slug].file.name;
            let message =
                format!("{name} has published no comment with its response for 12 months");
            let help = "add a page to feedback/ with `you_said` and `we_did`";
            findings.push(Finding::new(borough_file(slug), message, help));
        }
    }
}
