//! Content lines of iCalendar (RFC 5545, section 3.1), and London's time zone.

/// When clocks in London change, as section 3.6.5 asks for it: a program that knows the zone by its
/// name takes its own rules, and one that does not is right all the same.
const TIME_ZONE: [&str; 17] = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "TZNAME:BST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "TZNAME:GMT",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// The longest line in octets, without its end.
const LONGEST: usize = 75;

/// A calendar that is being written.
pub(super) struct Lines(String);

impl Lines {
    /// Begins a calendar with a name for people (RFC 7986; older programs know it by the other).
    pub(super) fn new(name: &str) -> Self {
        let mut lines = Self(String::new());
        lines.put("BEGIN", "VCALENDAR");
        lines.put("VERSION", "2.0");
        lines.put("PRODID", "-//ordinarily//ordinarily//EN");
        lines.put("CALSCALE", "GREGORIAN");
        lines.text("NAME", name);
        lines.text("X-WR-CALNAME", name);
        for line in TIME_ZONE {
            lines.line(line);
        }
        lines
    }

    /// Ends it.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.put("END", "VCALENDAR");
        self.0.into_bytes()
    }

    /// A property whose value stands as it is.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{value}"));
    }

    /// A property whose value is a text (section 3.3.11): `\`, `;`, `,` and the ends of lines are
    /// written so that they are no syntax, other control characters are left out.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let mut value = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            match c {
                '\\' | ';' | ',' => value.extend(['\\', c]),
                '\n' => value.push_str("\\n"),
                '\t' => value.push('\t'),
                c if c.is_control() => {}
                c => value.push(c),
            }
        }
        self.put(name, &value);
    }

    /// Writes a line, folded before it gets too long and never within a character.
    fn line(&mut self, line: &str) {
        let mut room = LONGEST;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LONGEST - 1;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_at_75_octets_and_between_characters() {
        let title = "Zażółć gęślą jaźń, دعم اللغة ".repeat(12);
        let mut lines = Lines(String::new());
        lines.text("SUMMARY", &title);
        let written = lines.0;
        assert!(written.split("\r\n").all(|line| line.len() <= LONGEST));
        let unfolded = written.replace("\r\n ", "");
        assert_eq!(unfolded, format!("SUMMARY:{}\r\n", title.replace(',', "\\,")));
    }

    #[test]
    fn no_text_breaks_out_of_its_property() {
        let mut lines = Lines(String::new());
        lines.text("SUMMARY", "a;b,c\\d\r\nEND:VEVENT\u{0}\u{7}\u{85}e");
        assert_eq!(lines.0, "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENTe\r\n");
    }
}
