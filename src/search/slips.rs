//! Words that are nowhere in an index, and the words that may have been meant.

use super::forms::{Form, class, forms};
use super::index::Index;

/// How many surfaces misspelt words are compared with.
const WORDS: usize = 15_000;

/// The surfaces that somebody might misspell.
pub struct Slips<'a> {
    /// In the order of their letters.
    pub(super) forms: Vec<Form<'a>>,
}

impl<'a> Slips<'a> {
    /// The commonest words of an index.
    pub fn new(index: &'a Index) -> Self {
        Self::among(&forms(index))
    }

    /// The commonest of some forms.
    pub(super) fn among(forms: &[Form<'a>]) -> Self {
        let may_be_misspelt = |form: &&Form<'_>| {
            form.text.chars().nth(2).is_some() && !form.text.contains(char::is_numeric)
        };
        let mut forms: Vec<Form<'a>> = forms.iter().filter(may_be_misspelt).copied().collect();
        if forms.len() > WORDS {
            forms.sort_by(|a, b| b.documents.cmp(&a.documents).then(a.text.cmp(b.text)));
            forms.truncate(WORDS);
            forms.sort_by(|a, b| a.text.encode_utf16().cmp(b.text.encode_utf16()));
        }
        Self { forms }
    }

    /// The words that are nearest to what was typed, the likeliest first: one letter left out,
    /// added, exchanged or swapped with its neighbour, in words of eight letters and more two.
    /// Of those as near, the ones with the same first letter, then those that lost a letter or
    /// had two swapped (which happens in fewer ways than adding one of many), then the commonest.
    pub fn nearest(&self, typed: &str) -> Vec<String> {
        let letters = |word: &str| {
            let mut letters: Vec<u16> = word.encode_utf16().collect();
            letters.sort_unstable();
            letters
        };
        let length = typed.encode_utf16().count();
        let most = match length {
            0..4 => return Vec::new(),
            4..8 => 1,
            _ => 2,
        };
        let (own, first) = (letters(typed), typed.chars().next());
        let near = self.forms.iter().filter_map(|form| {
            if form.text.encode_utf16().count().abs_diff(length) > most {
                return None;
            }
            let far = strsim::osa_distance(typed, form.text);
            let lost = form.text.encode_utf16().count() > length || letters(form.text) == own;
            let rank =
                (far, form.text.chars().next() != first, !lost, u8::MAX - class(form.documents));
            (far <= most).then_some((rank, form.text))
        });
        let mut near: Vec<_> = near.collect();
        near.sort_by_key(|(rank, _)| *rank);
        near.into_iter().take(3).map(|(_, word)| word.to_owned()).collect()
    }
}
