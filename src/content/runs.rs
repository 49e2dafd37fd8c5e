//! Cutting a text into words.

use std::ops::Range;

/// The places of a text where letters follow each other: each begins with one that `begins`, and
/// ends before one with which nothing `goes_on`. Whatever begins must go on as well. Both are only
/// asked of what is not ASCII: of that, letters and digits do both, and nothing else does either.
///
/// Every word of a site goes through here twice, so ASCII is looked up in a table.
pub fn runs(
    text: &str,
    begins: fn(char) -> bool,
    goes_on: fn(char) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = first(text, at, true, begins)?;
        at = first(text, start, false, goes_on).unwrap_or(text.len());
        Some(start..at)
    })
}

/// Which bytes are letters or digits of ASCII.
const IN_WORDS: [bool; 128] = {
    let mut table = [false; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// The first place from `at` on where a letter is of a word, or is not.
fn first(text: &str, mut at: usize, wanted: bool, is: fn(char) -> bool) -> Option<usize> {
    loop {
        let rest = &text.as_bytes()[at..];
        let found = rest.iter().position(|byte| {
            IN_WORDS.get(usize::from(*byte)).is_none_or(|in_word| *in_word == wanted)
        });
        at += found?;
        // Found is what is wanted, or something that is not ASCII.
        let letter = text[at..].chars().next()?;
        if letter.is_ascii() || is(letter) == wanted {
            return Some(at);
        }
        at += letter.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_wherever_no_letter_stands_in_any_script() {
        let cut = |text| {
            let runs = runs(text, char::is_alphanumeric, char::is_alphanumeric);
            runs.map(|range| &text[range]).collect::<Vec<_>>()
        };
        assert_eq!(cut("–Łódź, co-op “5½”…"), ["Łódź", "co", "op", "5½"]);
        assert_eq!(cut("…"), [""; 0]);
    }
}
