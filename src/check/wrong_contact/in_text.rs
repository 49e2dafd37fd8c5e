//! Finds what is meant as a telephone number, an email address or a postcode in running text.
//!
//! In text nothing says what a run of digits is, so only what can hardly be anything else is taken:
//! a year, a price, a reference or an opening time is never a telephone number.

use std::ops::Range;

/// Runs of digits that begin like a number of the United Kingdom: `020 …`, `01632 …`, `+44 …`.
pub(super) fn phones(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(['0', '+']).map(|at| from + at) {
        let run = digits(text, start);
        from = run.end.max(start + 1);
        let before = text[..start].chars().next_back();
        let joined = before.is_some_and(|c| c.is_alphanumeric() || ".,-/+:#£".contains(c));
        let mut after = text[run.end..].chars();
        let goes_on = match after.next() {
            Some(c) if c.is_alphanumeric() || "/:_%".contains(c) => true,
            Some('.' | '-' | ',') => after.next().is_some_and(char::is_alphanumeric),
            _ => false,
        };
        if !joined && !goes_on && is_meant_as_phone(&text[run.clone()]) {
            found.push(run);
        }
    }
    found
}

/// The digits from `start` on, with single spaces, hyphens and brackets between them.
fn digits(text: &str, start: usize) -> Range<usize> {
    let mut end = start;
    let mut gap = 0;
    for (at, c) in text[start..].char_indices() {
        match c {
            '0'..='9' => (end, gap) = (start + at + 1, 0),
            '+' if at == 0 => {}
            '(' | ')' => {}
            ' ' | '\u{a0}' | '-' if gap == 0 => gap = 1,
            _ => break,
        }
    }
    start..end
}

fn is_meant_as_phone(text: &str) -> bool {
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    if text.starts_with('+') {
        return text.starts_with("+44") && count >= 7;
    }
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let first = groups.first().map_or(0, |group| group.len());
    // From nine to five, as in 0900-1700.
    let hours = groups.len() == 2 && groups.iter().all(|group| group.len() == 4);
    !text.starts_with("00") && count >= 8 && !hours && (matches!(first, 3..=5) || first >= 8)
}

/// Words with an `@` in them.
pub(super) fn emails(text: &str) -> Vec<Range<usize>> {
    if !text.contains('@') {
        return Vec::new();
    }
    let is_meant = |word: &Range<usize>| {
        let word = &text[word.clone()];
        word.find('@').is_some_and(|at| at > 0 && at + 1 < word.len()) && !word.contains("://")
    };
    words(text).filter(is_meant).collect()
}

/// Two words that look like the halves of a postcode, or both written as one.
pub(super) fn postcodes(text: &str) -> Vec<Range<usize>> {
    // Most sentences have no digit, and so no postcode.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let words: Vec<Range<usize>> = words(text).collect();
    let halves = words.windows(2).filter_map(|pair| {
        let (outward, inward) = (&text[pair[0].clone()], &text[pair[1].clone()]);
        let side_by_side = &text[pair[0].end..pair[1].start] == " ";
        let mixed = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
        let inward_like = inward.len() == 3
            && inward.chars().all(mixed)
            && inward.starts_with(|c: char| c.is_ascii_digit())
            && inward.contains(|c: char| c.is_ascii_uppercase());
        let meant = side_by_side && super::is_outward(outward) && inward_like;
        meant.then(|| pair[0].start..pair[1].end)
    });
    let in_one = words.iter().filter(|word| {
        let word = &text[(*word).clone()];
        let halves = word.len().checked_sub(3).and_then(|at| word.split_at_checked(at));
        let has_digits = word.bytes().any(|byte| byte.is_ascii_digit());
        word.len() > 5
            && has_digits
            && halves.is_some_and(|(one, two)| super::is_postcode(&format!("{one} {two}")))
    });
    halves.chain(in_one.cloned()).collect()
}

/// The words between white space, without the punctuation around them.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let punctuation = |c: char| !c.is_alphanumeric() && !"@+_".contains(c);
    text.split_whitespace().filter_map(move |word| {
        // The word is a part of the text.
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let trimmed = word.trim_start_matches(punctuation);
        let start = start + word.len() - trimmed.len();
        let trimmed = trimmed.trim_end_matches(punctuation);
        (!trimmed.is_empty()).then(|| start..start + trimmed.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, find: fn(&str) -> Vec<Range<usize>>) -> Vec<&str> {
        find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn numbers_that_are_meant_as_telephone_numbers_are_found() {
        for (text, number) in [
            ("Ring 020 7946 0000, or write.", "020 7946 0000"),
            ("(01632 960 00)", "01632 960 00"),
            ("Ring +44 (0)20 7946 000.", "+44 (0)20 7946 000"),
            ("Ring 02079460000", "02079460000"),
        ] {
            assert_eq!(all(text, phones), [number], "{text}");
        }
    }

    #[test]
    fn years_times_prices_and_references_are_no_telephone_numbers() {
        for text in [
            "From 0900-1700 or 0900 to 1700 on 01 09 2026.",
            "It was 0.05, 1,000,000 or 2019-06-0123456789, in 05 schools.",
            "See DFE-00123-2019, 00123-2019BKT-EN and 0000 0000 0000.",
            "https://example.org/01234567890/ and a/01234 567890 b",
        ] {
            assert_eq!(all(text, phones), [""; 0], "{text}");
        }
    }

    #[test]
    fn addresses_and_postcodes_are_found_as_they_are_meant() {
        assert_eq!(all("Write to <a@b>, or a@c.de. Not @us, a @ b.", emails), ["a@b", "a@c.de"]);
        assert_eq!(
            all("At NW4 4BG, NW4 4B6 or NW44BG.", postcodes),
            ["NW4 4BG", "NW4 4B6", "NW44BG"]
        );
        assert_eq!(all("KS1 KS2, H1 and H2, E10 000 of 1ST.", postcodes), [""; 0]);
    }
}
