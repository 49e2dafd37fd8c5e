//! The day, where the sites are read, and the time, for what no page shows.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Today in London. Where the machine knows no time zones, the day by Greenwich.
pub fn today_in_london() -> Date {
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    Timestamp::now().to_zoned(zone).date()
}

/// Now, in nanoseconds since 1970.
pub fn nanoseconds() -> i128 {
    Timestamp::now().as_nanosecond()
}
