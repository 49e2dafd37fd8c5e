//! Telephone numbers, email addresses and postcodes that cannot be right: in their fields, in
//! running text, and in what a link dials or writes to.

mod in_text;

use std::ops::Range;

use super::subject::{Subject, Written};
use super::{Finding, Look, Rule};
use crate::diagnostic::{Severity, Span};

pub(super) const PHONE: Rule = Rule {
    code: "wrong-phone",
    reason: "A number with a digit too few reaches nobody.",
    severity: Severity::Warning,
    explanation: "It finds numbers in `phone` and `number`, in pages, borough.yaml and partner.yaml, \
        in `tel:` links and in text that begins like one (020, 01632, +44), that are no number of \
        the United Kingdom: 10 or 11 digits that begin with 0 or +44 (short ones such as 111 and \
        119 are known).",
    look: Look::Written(|written, findings| {
        PHONES.look(written, findings);
    }),
};

pub(super) const EMAIL: Rule = Rule {
    code: "wrong-email",
    reason: "A message to a misspelt address is lost in silence.",
    severity: Severity::Warning,
    explanation: "It finds `email` values, in pages, borough.yaml and partner.yaml, `mailto:` links \
        and words with an @ in text that are not NAME@HOST with a dot in the host.",
    look: Look::Written(|written, findings| {
        EMAILS.look(written, findings);
    }),
};

pub(super) const POSTCODE: Rule = Rule {
    code: "wrong-postcode",
    reason: "A wrong postcode leads people, and their satnav, to the wrong street.",
    severity: Severity::Warning,
    explanation: "It finds `postcode` values that do not have the form of one (NW4 4BG, SW1A 2AA), \
        and in text those that nearly have it: NW4 4B6, or NW44BG without its space.",
    look: Look::Written(|written, findings| {
        POSTCODES.look(written, findings);
    }),
};

/// One way to reach somebody, and where it is written.
struct Way {
    /// The fields that hold it.
    fields: &'static [&'static str],
    /// How a link to it begins, if there are such links.
    scheme: Option<&'static str>,
    /// What is meant as one in running text.
    in_text: fn(&str) -> Vec<Range<usize>>,
    is_sound: fn(&str) -> bool,
    what: &'static str,
    help: &'static str,
}

const PHONES: Way = Way {
    fields: &["phone", "number"],
    scheme: Some("tel:"),
    in_text: in_text::phones,
    is_sound: is_phone,
    what: "no telephone number of the United Kingdom",
    help: "write all 11 digits: 020 7946 0000",
};

const EMAILS: Way = Way {
    fields: &["email"],
    scheme: Some("mailto:"),
    in_text: in_text::emails,
    is_sound: is_email,
    what: "no email address",
    help: "write it as name@example.org",
};

const POSTCODES: Way = Way {
    fields: &["postcode"],
    scheme: None,
    in_text: in_text::postcodes,
    is_sound: is_postcode,
    what: "no postcode",
    help: "write it as in NW4 4BG",
};

impl Way {
    fn look(&self, written: &Written<'_>, findings: &mut Vec<Finding>) {
        for value in written.values(self.fields) {
            self.judge(value.text().unwrap_or_default(), || value.at.span(), findings);
        }
        if let Some(subject) = written.body {
            self.text_of(subject, findings);
        }
    }

    fn judge(&self, text: &str, place: impl FnOnce() -> Span, findings: &mut Vec<Finding>) {
        if !text.is_empty() && !(self.is_sound)(text) {
            let message = format!("`{text}` is {}", self.what);
            findings.push(Finding::new(place(), message, self.help));
        }
    }

    fn text_of(&self, subject: &Subject<'_>, findings: &mut Vec<Finding>) {
        for passage in &subject.passages {
            for range in (self.in_text)(&passage.text) {
                let place = || subject.place(passage, &range);
                self.judge(&passage.text[range.clone()], place, findings);
            }
        }
        for link in &subject.links {
            let to = self.scheme.and_then(|scheme| link.address.strip_prefix(scheme));
            // A message may go to several, and be begun: `mailto:a@b.org,c@d.org?subject=…`.
            let to = to.and_then(|to| to.split('?').next()).unwrap_or_default();
            for one in to.split(',') {
                self.judge(one, || subject.span(link.range.clone()), findings);
            }
        }
    }
}

fn is_phone(text: &str) -> bool {
    let known = |c: char| c.is_ascii_digit() || " ()-+".contains(c);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = match (text.trim_start().starts_with('+'), digits.strip_prefix("44")) {
        (true, Some(rest)) => format!("0{}", rest.trim_start_matches('0')),
        (true, None) => return false,
        (false, _) => digits,
    };
    let is_short = ["101", "105", "111", "119", "999"].contains(&&*national)
        || (national.len() == 6 && national.starts_with("116"));
    text.chars().all(known)
        && (is_short || (national.starts_with('0') && matches!(national.len(), 10 | 11)))
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let sound = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.+'".contains(c))
    };
    let ending = host.rsplit('.').next().unwrap_or_default();
    sound(name)
        && sound(host)
        && host.contains('.')
        && ending.len() > 1
        && host.split('.').all(|part| !part.is_empty())
}

/// A code's first half: A9, A99, AA9, AA99, A9A or AA9A (BS 7666).
fn is_outward(text: &str) -> bool {
    ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].contains(&&*form(text))
}

fn is_postcode(text: &str) -> bool {
    let halves = text.trim().split_once(' ');
    halves.is_some_and(|(outward, inward)| is_outward(outward) && form(inward) == "9AA")
}

/// A text with each capital as `A` and each digit as `9`.
fn form(text: &str) -> String {
    let kind = |c: char| match c {
        'A'..='Z' => 'A',
        '0'..='9' => '9',
        _ => '?',
    };
    text.chars().map(kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_addresses_and_postcodes_are_known_by_their_form() {
        for sound in
            ["020 7946 0000", "+44 20 7946 0000", "+44 (0)20 7946 0000", "0800 1111 11", "111"]
        {
            assert!(is_phone(sound), "{sound}");
        }
        for wrong in ["020 7946 000 0000", "7946 0000", "+1 212 555 0100", "ring us"] {
            assert!(!is_phone(wrong), "{wrong}");
        }
        assert!(
            is_email("send@barnet.example.org")
                && !is_email("send@barnet")
                && !is_email("a b@c.de")
        );
        assert!(is_postcode("NW4 4BG") && is_postcode("SW1A 2AA") && !is_postcode("NW44BG"));
        assert!(!is_postcode("NW4 BG4"));
    }
}
