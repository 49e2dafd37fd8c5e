//! Bodies that no longer exist, named as if they did.

use super::subject::Subject;
use super::{Finding, Look, Rule};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "abolished-body",
    reason: "A family that looks for a body which is gone loses days.",
    severity: Severity::Warning,
    explanation: "It finds clinical commissioning groups (CCGs, gone since July 2022) and Regional \
        Schools Commissioners in a passage of a page that nowhere says that they are gone \
        (“abolished”, “replaced”, “no longer”, “then”, “former”). Say so, or name who does it now.",
    look: Look::Page(look),
};

const GONE: [&str; 4] = [
    "CCG",
    "Clinical Commissioning Group",
    "Regional Schools Commissioner",
    "Regional School Commissioner",
];

const SAID: [&str; 8] = [
    "abolished",
    "no longer",
    "replaced",
    "since closed",
    "former",
    "have since",
    "has since",
    "ended",
];

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let passages = &subject.passages;
    if passages.iter().any(|passage| SAID.iter().any(|said| passage.text.contains(said))) {
        return;
    }
    for passage in passages {
        let text = passage.text.to_ascii_lowercase();
        let found = GONE.iter().find_map(|name| {
            let at = match *name {
                "CCG" => passage.text.find(name),
                name => text.find(&name.to_ascii_lowercase()),
            };
            at.map(|at| (at, *name))
        });
        if let Some((at, name)) = found {
            let span = subject.place(passage, &(at..at + name.len()));
            let message = format!("“{name}” is named as if it still existed");
            let help = "say that it has been abolished, or name who does it now";
            findings.push(Finding::new(span, message, help));
        }
    }
}
