//! How hard a text is to read.
//!
//! The grade is that of J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom,
//! *Derivation of new readability formulas for Navy enlisted personnel*, 1975:
//! `0.39 × words per sentence + 11.8 × syllables per word − 15.59`. It is the number of years at
//! school in the United States that a reader needs; five more give an age.

use std::ops::Range;

/// The bytes of each sentence of a text.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut push = |range: Range<usize>| {
        let part = &text[range.clone()];
        let from = range.start + (part.len() - part.trim_start().len());
        let to = from + part.trim().len();
        if words(&text[from..to]).next().is_some() {
            found.push(from..to);
        }
    };
    for (at, mark) in text.char_indices() {
        let end = at + mark.len_utf8();
        let stops = match mark {
            // Not in `1.50`, `example.org` and `e.g.`.
            '.' | '!' | '?' => {
                text[end..].chars().next().is_none_or(|next| !next.is_alphanumeric())
            }
            // Not in `10:30`.
            ':' => text[end..].starts_with(char::is_whitespace),
            ';' | '\n' => true,
            _ => false,
        };
        if stops {
            push(start..end);
            start = end;
        }
    }
    push(start..text.len());
    found
}

/// The words of a text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || "'’-".contains(c)))
        .filter(|word| word.chars().any(char::is_alphanumeric))
}

/// How many syllables an English word has, near enough: runs of vowels, but for a silent e.
pub fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let mut runs = 0;
    let mut before = false;
    for letter in word.chars() {
        let vowel = "aeiouy".contains(letter);
        runs += usize::from(vowel && !before);
        before = vowel;
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && runs > 1;
    (runs - usize::from(silent)).max(1)
}

/// The Flesch–Kincaid grade of some texts together; nothing without words.
pub fn grade<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<f64> {
    let (mut sentence_count, mut word_count, mut syllable_count) = (0_u32, 0_u32, 0_u32);
    for text in texts {
        sentence_count += u32::try_from(sentences(text).len()).unwrap_or(u32::MAX);
        for word in words(text) {
            word_count += 1;
            syllable_count += u32::try_from(syllables(word)).unwrap_or(u32::MAX);
        }
    }
    (word_count > 0).then(|| {
        0.39 * f64::from(word_count) / f64::from(sentence_count.max(1))
            + 11.8 * f64::from(syllable_count) / f64::from(word_count)
            - 15.59
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measure_of_reading_age_knows_plain_words_from_hard_ones() {
        assert!(grade(["The cat sat on the mat. The dog ran to the cat."]).unwrap() < 2.0);
        let hard = "Multidisciplinary consideration of individual circumstances necessitates comprehensive documentation.";
        assert!(grade([hard]).unwrap() > 15.0);
        assert_eq!(grade([" – "]), None);
    }

    #[test]
    fn a_full_stop_inside_a_number_or_an_address_ends_nothing() {
        let text = "It costs 1.50 at 10:30, see example.org. Ask! Then go";
        assert_eq!(sentences(text).len(), 3);
    }
}
