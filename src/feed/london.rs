//! Moments as London's clocks show them, for formats that ask for an offset.

use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The time zone of everything that is held.
pub(super) const ZONE: &str = "Europe/London";

/// A moment with its offset. The zones are in the program, and London is one of them.
pub(super) fn zoned(moment: DateTime) -> Option<Zoned> {
    moment.to_zoned(TimeZone::get(ZONE).ok()?).ok()
}
