//! What there is to begin with: one page with its fields explained ([`entry`]), and a whole site
//! that explains itself ([`starter`]). Here is only text; commands write it.

pub mod entry;
mod example;
pub mod starter;
