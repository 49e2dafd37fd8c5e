//! Pages that somebody should have checked by now, or should soon.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::diagnostic::Severity;

pub(super) const OVERDUE: Rule = Rule {
    code: "review-overdue",
    reason: "A page that nobody checks grows wrong, and readers cannot tell.",
    severity: Severity::Warning,
    explanation: "It finds pages whose `review_by` is before today. Check the page against what is \
        true now, then set `reviewed` to the day you did and `review_by` to the next. The page is \
        published all the same: an urgent correction elsewhere must not wait for it.",
    look: Look::Page(overdue),
};

pub(super) const SOON: Rule = Rule {
    code: "review-soon",
    reason: "A review takes time: it helps to know of it before it is late.",
    severity: Severity::Advice,
    explanation: "It finds pages whose `review_by` is within the next 30 days.",
    look: Look::Page(soon),
};

const SOON_DAYS: i32 = 30;

/// The days until a page must be checked, if it says so itself.
fn days_left(subject: &Subject<'_>) -> Option<i32> {
    let node = subject.node.get("review_by")?;
    let date = crate::content::date::parse_date(node.text()?)?;
    let main = subject.is_main() && !subject.has_expired();
    main.then(|| date.since(subject.today()).map_or(0, |span| span.get_days()))
}

fn overdue(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if let Some(days) = days_left(subject).filter(|days| *days < 0) {
        let message = format!("the review is overdue by {}", in_words(-days));
        let help = "check the page, then set `reviewed` and `review_by`";
        findings.push(Finding::new(subject.field("review_by"), message, help));
    }
}

fn soon(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if let Some(days) = days_left(subject).filter(|days| (0..=SOON_DAYS).contains(days)) {
        let message = match days {
            0 => "the review is due today".to_owned(),
            days => format!("the review is due in {}", in_words(days)),
        };
        let help = "check the page, then set `reviewed` and `review_by`";
        findings.push(Finding::new(subject.field("review_by"), message, help));
    }
}

fn in_words(days: i32) -> String {
    match days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}
