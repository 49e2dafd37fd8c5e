//! From text to words, the same way for what is written and for what is typed.
//!
//! 1. [`words`] cuts a text where no letter, digit or mark stands, so that Bengali and Urdu words
//!    stay whole.
//! 2. [`fold`] takes away what people leave out when they type: capitals, accents, vowel signs.
//! 3. [`Analyzer::surface`] finds the stem, by tantivy's stemmer of the language if it has one.
//!
//! A folded word is called a surface. The browser does steps 1 and 2 with the same tables
//! ([`FOLDS`], [`stop_words`]), which travel in the index; it needs no stemmer, because the index
//! says which surfaces have the same stem.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::content::runs::runs;

/// Longer words, in letters, are left out: nobody types them.
pub const LONGEST: usize = 40;

/// More words of a query do not count: a person who types so many has told enough.
pub const MOST: usize = 16;

/// Letters that no accent can be taken from, with what people type instead.
pub const FOLDS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// Marks that are taken off: accents, vowel signs of Arabic script, joiners, variants of emoji.
/// Ranges of code points, both ends included.
pub const STRIPPED: &[(char, char)] = &[
    ('\u{300}', '\u{36f}'),
    ('\u{640}', '\u{640}'),
    ('\u{64b}', '\u{65f}'),
    ('\u{670}', '\u{670}'),
    ('\u{200c}', '\u{200d}'),
    ('\u{fe00}', '\u{fe0f}'),
];

/// Words of a query that are passed over as long as others remain: people type whole sentences.
/// Of other languages than English none are known.
pub fn stop_words(language: &str) -> &'static [&'static str] {
    match language {
        "en" => &[
            "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by",
            "can", "could", "did", "do", "does", "for", "from", "has", "have", "he", "her", "him",
            "his", "how", "if", "in", "is", "it", "its", "just", "me", "my", "no", "not", "of",
            "on", "or", "our", "she", "should", "so", "some", "that", "the", "their", "them",
            "there", "they", "this", "to", "us", "was", "we", "what", "when", "where", "which",
            "who", "why", "will", "with", "would", "you", "your",
        ],
        _ => &[],
    }
}

fn begins(character: char) -> bool {
    character.is_alphabetic() || character.is_numeric()
}

fn goes_on(character: char) -> bool {
    begins(character)
        || is_combining_mark(character)
        || matches!(character, '\u{200c}' | '\u{200d}')
}

/// The words of a text as they stand, each with the place where it begins. Words that are too
/// long are left out.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = runs(text, begins, goes_on).map(|range| (range.start, &text[range]));
    words.filter(|(_, word)| word.len() <= LONGEST || word.chars().nth(LONGEST).is_none())
}

/// A word without capitals and accents. Nothing may be left of one that is all marks.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return match word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(word.to_ascii_lowercase()),
            false => Cow::Borrowed(word),
        };
    }
    let mut folded = String::with_capacity(word.len());
    for character in word.to_lowercase().nfd() {
        if STRIPPED.iter().any(|(first, last)| (*first..=*last).contains(&character)) {
            continue;
        }
        match FOLDS.iter().find(|(letter, _)| *letter == character) {
            Some((_, plain)) => folded.push_str(plain),
            None => folded.push(character),
        }
    }
    Cow::Owned(folded)
}

/// What a query asks for: its folded words without those that say little, each once.
pub fn query_words(text: &str, language: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (_, word) in words(text) {
        let word = fold(word).into_owned();
        if !word.is_empty() && !all.contains(&word) {
            all.push(word);
        }
    }
    let stop = stop_words(language);
    let telling = |word: &&String| word.chars().nth(1).is_some() && !stop.contains(&word.as_str());
    let some: Vec<String> = all.iter().filter(telling).cloned().collect();
    let mut asked = if some.is_empty() { all } else { some };
    asked.truncate(MOST);
    asked
}

/// A folded word and its stem.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Surface {
    /// The folded word.
    pub text: Box<str>,
    /// What it has in common with its other forms.
    pub stem: Box<str>,
}

/// A word as it stands in a text.
#[derive(Debug)]
pub struct Token {
    /// Its form.
    pub surface: Arc<Surface>,
    /// A form that may be typed instead of it.
    pub bare: Option<Arc<Surface>>,
    /// Whether it stands in capitals, as short forms do.
    pub capitals: bool,
    /// Whether a phrase that leads to other words begins with its stem.
    pub begins: bool,
}

/// A word's number with an [`Analyzer`].
pub type TokenId = u32;

/// The stems that phrases begin with, each with the places of these phrases.
pub type Beginnings = FxHashMap<Box<str>, Vec<usize>>;

/// Whether a word is written like SEND or EPs.
pub fn is_short_form(word: &str) -> bool {
    let letters = word.strip_suffix('s').unwrap_or(word);
    letters.len() > 1 && letters.chars().all(char::is_uppercase)
}

/// Finds the stems of one language's words, each once.
pub struct Analyzer {
    stemmer: Option<TextAnalyzer>,
    /// By the folded word.
    known: FxHashMap<Box<str>, Arc<Surface>>,
    /// By the word as it stands: most words of a text are not folded again.
    ids: FxHashMap<Box<str>, Option<TokenId>>,
    tokens: Vec<Token>,
    beginnings: Arc<Beginnings>,
}

impl Analyzer {
    /// The analyzer of a language, by its code.
    pub fn new(language: &str) -> Self {
        Self::of_phrases(language, Arc::default())
    }

    /// One that also knows what phrases begin with.
    pub fn of_phrases(language: &str, beginnings: Arc<Beginnings>) -> Self {
        let stemmed = match language {
            "en" => Some(Language::English),
            "ar" => Some(Language::Arabic),
            "tr" => Some(Language::Turkish),
            _ => None,
        };
        let stemmer = stemmed.map(|language| {
            TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(language)).build()
        });
        let (known, ids, tokens) = Default::default();
        Self { stemmer, known, ids, tokens, beginnings }
    }

    /// What a word of a text comes to; nothing if nothing is left of it.
    pub fn token(&mut self, word: &str) -> Option<TokenId> {
        if let Some(known) = self.ids.get(word) {
            return *known;
        }
        let id = self.surface(word).and_then(|surface| {
            let id = TokenId::try_from(self.tokens.len()).ok()?;
            let bare = self.without_article(&surface);
            self.tokens.push(Token {
                bare,
                begins: self.beginnings.contains_key(&surface.stem),
                surface,
                capitals: is_short_form(word),
            });
            Some(id)
        });
        self.ids.insert(word.into(), id);
        id
    }

    /// What [`Analyzer::token`] has numbered.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// A word without the article that is written together with it in Arabic, if it has the same
    /// stem without: a browser has no stemmer to find that out.
    fn without_article(&mut self, surface: &Surface) -> Option<Arc<Surface>> {
        let bare = surface.text.strip_prefix("ال")?;
        self.surface(bare).filter(|bare| bare.stem == surface.stem)
    }

    /// A word as it stands, folded and stemmed; nothing if nothing is left of it.
    pub fn surface(&mut self, word: &str) -> Option<Arc<Surface>> {
        let folded = fold(word);
        if folded.is_empty() {
            return None;
        }
        if let Some(known) = self.known.get(folded.as_ref()) {
            return Some(known.clone());
        }
        let mut stem = String::new();
        if let Some(stemmer) = &mut self.stemmer {
            stemmer.token_stream(&folded).process(&mut |token| stem.push_str(&token.text));
        }
        // A stemmer may leave nothing of a short word.
        let stem = if stem.is_empty() { folded.as_ref().into() } else { stem.into_boxed_str() };
        let surface = Arc::new(Surface { text: folded.as_ref().into(), stem });
        self.known.insert(surface.text.clone(), surface.clone());
        Some(surface)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        words(text).map(|(_, word)| fold(word).into_owned()).collect()
    }

    #[test]
    fn words_are_cut_and_folded_as_people_type_them() {
        assert_eq!(
            cut("The children’s post-16 CAFÉ"),
            ["the", "children", "s", "post", "16", "cafe"]
        );
        assert_eq!(cut("Łódź, Weiß, naïve"), ["lodz", "weiss", "naive"]);
        assert_eq!(cut("🙂 <b> .* __proto__ 5½"), ["b", "proto", "5½"]);
        assert_eq!(cut(&"x".repeat(41)), [""; 0]);
        assert_eq!(cut(&"é".repeat(40)), ["e".repeat(40)]);
    }

    #[test]
    fn words_of_other_scripts_stay_whole() {
        assert_eq!(cut("বাংলা ভাষা").len(), 2);
        assert_eq!(cut("خصوصی تعلیمی ضروریات").len(), 3);
        // Vowel signs and the joiner are left out by most who type.
        assert_eq!(cut("مَدْرَسَة"), cut("مدرسة"));
        assert_eq!(cut("می\u{200c}خواهم"), cut("میخواهم"));
    }

    #[test]
    fn forms_of_a_word_have_one_stem_where_the_language_has_a_stemmer() {
        let stem = |language: &str, word: &str| {
            Analyzer::new(language).surface(word).unwrap().stem.to_string()
        };
        assert_eq!(stem("en", "Schools"), stem("en", "school"));
        assert_ne!(stem("pl", "szkoły"), stem("pl", "szkoła"));
        assert_eq!(stem("tr", "okullar"), stem("tr", "okul"));
    }

    #[test]
    fn a_query_keeps_the_words_that_tell_unless_there_are_no_others() {
        assert_eq!(query_words("what is an ARP", "en"), ["arp"]);
        assert_eq!(query_words("children's", "en"), ["children"]);
        assert_eq!(query_words("what is it", "en"), ["what", "is", "it"]);
        assert_eq!(query_words("a", "en"), ["a"]);
        assert_eq!(query_words("school school", "en"), ["school"]);
        assert!(query_words("?!", "en").is_empty());
    }
}
