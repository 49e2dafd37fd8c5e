//! Little integers, words that share their beginnings, and rising numbers, as the browser reads
//! them.

use super::FORMAT;
use crate::compress;
use crate::digest::{Digest, Digester};

/// Bytes being written, and the places where something of another nature begins.
#[derive(Clone, Debug, Default)]
pub(super) struct Bytes(pub(super) Vec<u8>, pub(super) Vec<usize>);

impl Bytes {
    /// An integer as LEB128: seven bits a byte, lowest first, the top bit says that more follow.
    pub(super) fn integer(&mut self, mut value: u32) {
        while value >= 0x80 {
            // Seven bits and the top one: always a byte.
            self.0.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    /// How many of something there are, or how long.
    pub(super) fn count(&mut self, count: usize) {
        self.integer(u32::try_from(count).unwrap_or(u32::MAX));
    }

    /// A byte.
    pub(super) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Words in order: of each how much of the one before it begins with and how long its rest is,
    /// in UTF-16 units, which are what a browser counts in; then all rests, and before them how
    /// many bytes they are.
    pub(super) fn words<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        let mut rests = String::new();
        let mut before = "";
        for word in words {
            let shared = shared(before, word);
            self.count(units(&word[..shared]));
            self.count(units(&word[shared..]));
            rests.push_str(&word[shared..]);
            before = word;
        }
        self.count(rests.len());
        self.cut();
        self.0.extend_from_slice(rests.as_bytes());
        self.cut();
    }

    /// From here on the bytes are of another nature.
    pub(super) fn cut(&mut self) {
        self.1.push(self.0.len());
    }

    /// Tells apart bytes that come out otherwise.
    pub(super) fn digest(&self) -> Digest {
        let mut digester = Digester::new();
        digester.part(&FORMAT.to_le_bytes()).part(&self.0);
        self.1.iter().for_each(|cut| _ = digester.part(&(*cut as u64).to_le_bytes()));
        digester.finish()
    }

    /// Compressed. Each part between cuts is coded for itself.
    pub(super) fn gzip(&self) -> Vec<u8> {
        let starts = std::iter::once(0).chain(self.1.iter().copied());
        let ends = self.1.iter().copied().chain([self.0.len()]);
        compress::gzip(starts.zip(ends).map(|(start, end)| &self.0[start..end]))
    }
}

/// Bits being written, the highest of a byte first.
#[derive(Debug, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// How many bits of the last byte are free.
    free: u32,
}

impl Bits {
    /// Rising numbers from `low` up to `high`, of which the reader knows how many there are, by
    /// binary interpolative coding (Moffat and Stuiver, “Binary interpolative coding for effective
    /// index compression”, Information Retrieval 3, 2000): first the middle one, then those below
    /// and those above it, each in as many bits as the room that is left for it asks for. Runs of
    /// neighbours, of which documents in order have many, cost nothing.
    pub(super) fn rising(&mut self, numbers: &[u32], low: u32, high: u32) {
        let middle = numbers.len() / 2;
        let Some(number) = numbers.get(middle) else { return };
        let (below, above) = (&numbers[..middle], &numbers[middle + 1..]);
        let (least, most) = (low + length(below), high - length(above));
        self.one_of(number - least, most - least + 1);
        // What is empty has no room to speak of: below the first there may be no number.
        if !below.is_empty() {
            self.rising(below, low, number - 1);
        }
        if !above.is_empty() {
            self.rising(above, number + 1, high);
        }
    }

    /// A value of so many: the first of them in a bit less, if their number is no power of two.
    fn one_of(&mut self, value: u32, values: u32) {
        let width = values.ilog2();
        let short = (1 << width) - (values - (1 << width));
        match value < short {
            true => self.bits(value, width),
            false => self.bits(value + short, width + 1),
        }
    }

    fn bits(&mut self, value: u32, width: u32) {
        for at in (0..width).rev() {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            self.free -= 1;
            if let Some(last) = self.bytes.last_mut() {
                *last |= (value >> at & 1) as u8 * (1 << self.free);
            }
        }
    }

    /// What was written, the last byte filled up with zeros.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

fn length(numbers: &[u32]) -> u32 {
    u32::try_from(numbers.len()).unwrap_or(u32::MAX)
}

/// How many bytes of their beginning two words share, whole letters only.
fn shared(a: &str, b: &str) -> usize {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    same.map(|(letter, _)| letter.len_utf8()).sum()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_and_words_are_written_as_the_browser_reads_them() {
        let mut bytes = Bytes::default();
        bytes.integer(0);
        bytes.integer(127);
        bytes.integer(300);
        assert_eq!(bytes.0, [0, 0x7f, 0xac, 0x02]);
        let mut bytes = Bytes::default();
        bytes.words(["é", "és"].into_iter());
        assert_eq!(bytes.0, [[0, 1, 1, 1, 3].as_slice(), "és".as_bytes()].concat());
        // ë and é share a byte, but not a letter.
        assert_eq!(shared("aë", "aé"), 1);
    }
    #[test]
    fn rising_numbers_take_the_bits_that_their_room_asks_for() {
        let bits = |numbers: &[u32], high| {
            let mut bits = Bits::default();
            bits.rising(numbers, 0, high);
            bits.into_bytes()
        };
        assert!(bits(&[], 9).is_empty());
        assert!(bits(&[0, 1, 2, 3, 4], 4).is_empty(), "all there are: nothing to say");
        // One of three: 0 is `0`, 1 is `10`, 2 is `11`.
        assert_eq!(bits(&[0], 2), [0]);
        assert_eq!(bits(&[1], 2), [0b1000_0000]);
        assert_eq!(bits(&[2], 2), [0b1100_0000]);
        // The middle one, 5, as one of 1 to 6; then 0 of 0 to 4, and 7 of 6 to 7.
        assert_eq!(bits(&[0, 5, 7], 7), [0b1100_0100]);
    }
}
