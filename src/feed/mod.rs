//! What a site publishes for programs and spreadsheets, beside its pages.
//!
//! Bytes out, from the same words that pages show: nothing is said here that no page says.

pub mod coverage;
pub mod expectations;

use crate::page::maker::Maker;
use crate::site::routes::Feed;

/// The bytes of a feed.
pub fn bytes(maker: &Maker<'_>, feed: Feed) -> Vec<u8> {
    match feed {
        Feed::ExpectationsCsv => expectations::csv(maker),
        Feed::ExpectationsJson => expectations::json(maker),
    }
}
