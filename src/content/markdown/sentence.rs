//! Whether the next word begins a sentence.

/// Where in a sentence the text so far has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sentence {
    /// The next word begins one: a block starts, or a full stop and a space have gone by.
    Start,
    /// A full stop has gone by, but no space yet: `www.` or the end of a sentence.
    Stopped,
    /// In the middle of one.
    Inside,
}

impl Sentence {
    /// After some more text.
    pub(super) fn after(self, text: &str) -> Self {
        let is_dressing = |c: char| c.is_whitespace() || "\"'“”‘’()[]".contains(c);
        let words = text.trim_end_matches(is_dressing);
        let spaced = text[words.len()..].contains(char::is_whitespace);
        let state = match words.chars().next_back() {
            None => self,
            Some(_) if words.ends_with("e.g.") || words.ends_with("i.e.") => Self::Inside,
            Some('.' | '!' | '?' | '…') => Self::Stopped,
            Some(_) => Self::Inside,
        };
        if spaced { state.after_space() } else { state }
    }

    /// After a space or a line break.
    pub(super) fn after_space(self) -> Self {
        if self == Self::Stopped { Self::Start } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::Sentence::{self, Inside, Start, Stopped};

    fn after(parts: &[&str]) -> Sentence {
        parts.iter().fold(Start, |state, part| state.after(part))
    }

    #[test]
    fn a_sentence_starts_after_a_stop_and_a_space() {
        assert_eq!(after(&[]), Start);
        assert_eq!(after(&["In "]), Inside);
        assert_eq!(after(&["We help. "]), Start);
        assert_eq!(after(&["We help.", " "]), Start);
        assert_eq!(after(&["www."]), Stopped);
        assert_eq!(after(&["Really?", "”", " ("]), Start);
        assert_eq!(after(&["“"]), Start);
    }

    #[test]
    fn an_abbreviation_does_not_end_a_sentence() {
        assert_eq!(after(&["councils, e.g. "]), Inside);
    }
}
