//! Telephone numbers, email addresses and postcodes that cannot be right.

use super::subject::Written;
use super::{Finding, Look, Rule};
use crate::diagnostic::Severity;

pub(super) const PHONE: Rule = Rule {
    code: "wrong-phone",
    reason: "A number with a digit too few reaches nobody.",
    severity: Severity::Warning,
    explanation: "It finds numbers in `phone` and `number`, in pages, borough.yaml and partner.yaml, \
        that are no number of the United Kingdom: 10 or 11 digits that begin with 0 or +44 (short \
        ones such as 111 and 119 are known).",
    look: Look::Written(|written, findings| {
        look(
            written,
            findings,
            &["phone", "number"],
            is_phone,
            "no telephone number of the United Kingdom",
            "write all 11 digits: 020 7946 0000",
        );
    }),
};

pub(super) const EMAIL: Rule = Rule {
    code: "wrong-email",
    reason: "A message to a misspelt address is lost in silence.",
    severity: Severity::Warning,
    explanation: "It finds `email` values, in pages, borough.yaml and partner.yaml, that are not \
        NAME@HOST with a dot in the host.",
    look: Look::Written(|written, findings| {
        look(
            written,
            findings,
            &["email"],
            is_email,
            "no email address",
            "write it as name@example.org",
        );
    }),
};

pub(super) const POSTCODE: Rule = Rule {
    code: "wrong-postcode",
    reason: "A wrong postcode leads people, and their satnav, to the wrong street.",
    severity: Severity::Warning,
    explanation: "It finds `postcode` values that do not have the form of one: NW4 4BG, SW1A 2AA.",
    look: Look::Written(|written, findings| {
        look(
            written,
            findings,
            &["postcode"],
            is_postcode,
            "no postcode",
            "write it as in NW4 4BG",
        );
    }),
};

fn look(
    written: &Written<'_>,
    findings: &mut Vec<Finding>,
    names: &[&str],
    is_sound: fn(&str) -> bool,
    what: &str,
    help: &str,
) {
    for node in written.values(names) {
        let text = node.text().unwrap_or_default();
        if !text.is_empty() && !is_sound(text) {
            let message = format!("`{text}` is {what}");
            findings.push(Finding::new(node.at.span(), message, help));
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

/// The forms of a postcode: A9, A99, AA9, AA99, A9A, AA9A, then 9AA (BS 7666).
fn is_postcode(text: &str) -> bool {
    let form = |part: &str| -> String {
        let kind = |c: char| match c {
            'A'..='Z' => 'A',
            '0'..='9' => '9',
            _ => '?',
        };
        part.chars().map(kind).collect()
    };
    let Some((outward, inward)) = text.trim().split_once(' ') else { return false };
    let outward = form(outward);
    ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].contains(&&*outward) && form(inward) == "9AA"
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
