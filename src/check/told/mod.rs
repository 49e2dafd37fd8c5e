//! What is told where it is read, by a build as well as by `check`: every code that is no rule, in
//! one place, to be explained. A code is written down where it is told; a test reads the sources
//! and holds that each is here, and that nothing else is.

mod fields;
mod files;
mod text;
mod theme;

/// A code, why it is told, and what to do.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// The code.
    pub code: &'static str,
    /// Why, in one sentence.
    pub reason: &'static str,
    /// What to do.
    pub explanation: &'static str,
}

/// Every code that is no rule.
pub fn all() -> impl Iterator<Item = &'static Told> + Clone {
    files::CODES.iter().chain(&fields::CODES).chain(&text::CODES).chain(&theme::CODES)
}

const fn told(code: &'static str, reason: &'static str, explanation: &'static str) -> Told {
    Told { code, reason, explanation }
}
