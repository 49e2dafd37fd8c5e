//! Moments as London's clocks show them, for formats that ask for an offset.

use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The time zone of everything that is held.
pub(super) const ZONE: &str = "Europe/London";

/// London's clocks by the rule of the law (POSIX 1003.1, `TZ`): an hour on from the last Sunday of
/// March to the last of October, at 01:00 UTC. No file of the machine is asked, so every machine
/// writes the same.
const RULE: &str = "GMT0BST,M3.5.0/1,M10.5.0/2";

/// A moment with its offset.
pub(super) fn zoned(moment: DateTime) -> Option<Zoned> {
    moment.to_zoned(TimeZone::posix(RULE).ok()?).ok()
}
