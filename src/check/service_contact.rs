//! Services that nobody can reach.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::content::kinds::Payload;
use crate::content::kinds::directory::Contact;
use crate::content::layer::Layer;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "no-contact",
    reason: "A family that finds a service must be able to reach it.",
    severity: Severity::Advice,
    explanation: "It finds services of a borough or a partner that name no telephone number, email or \
        web address. Services of the shared layer are left alone: each borough adds its own. Only a \
        council knows the contact, so this is advice.",
    look: Look::Page(look),
};

/// Whether a contact says how to reach anybody.
pub(super) fn can_be_reached(contact: &Contact) -> bool {
    contact.phone.is_some()
        || !contact.phones.is_empty()
        || contact.email.is_some()
        || contact.url.is_some()
}

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(Payload::Service(service)) = subject.entry.map(|entry| entry.payload()) else {
        return;
    };
    let reached = service.contact.as_ref().is_some_and(can_be_reached);
    if !reached && subject.is_main() && subject.page.layer != Layer::Shared {
        let help = "add `contact: {phone: …, email: …, url: …}`; each part is optional";
        findings.push(Finding::new(subject.whole(), "nobody can reach this service", help));
    }
}
