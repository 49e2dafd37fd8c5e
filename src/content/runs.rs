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

/// What a byte of a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// A letter or digit of ASCII.
    Letter,
    /// Anything else of ASCII.
    Gap,
    /// A part of something that is not ASCII.
    Other,
}

const BYTES: [Byte; 256] = {
    let mut table = [Byte::Other; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = if byte.is_ascii_alphanumeric() { Byte::Letter } else { Byte::Gap };
        byte += 1;
    }
    table
};

/// The first place from `at` on where a letter is of a word, or is not.
#[inline]
fn first(text: &str, mut at: usize, wanted: bool, is: fn(char) -> bool) -> Option<usize> {
    let passed = if wanted { Byte::Gap } else { Byte::Letter };
    loop {
        while BYTES[usize::from(*text.as_bytes().get(at)?)] == passed {
            at += 1;
        }
        // Here is what is wanted, or something that is not ASCII.
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
