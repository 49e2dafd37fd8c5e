//! Little integers and words that share their beginnings, as the browser reads them.

use std::io::Write as _;

use flate2::{Compression, GzBuilder};

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

    /// A word after another: the length of the beginning that they share, in bytes, and the
    /// length of the rest. The rest itself is given back.
    pub(super) fn word<'a>(&mut self, before: &str, word: &'a str) -> &'a [u8] {
        let shared = shared(before, word);
        self.count(shared);
        self.count(word.len() - shared);
        &word.as_bytes()[shared..]
    }

    /// From here on the bytes are of another nature.
    pub(super) fn cut(&mut self) {
        self.1.push(self.0.len());
    }

    /// Compressed, the same on every machine: without a name and without a time. Each part
    /// between cuts is coded for itself.
    pub(super) fn gzip(&self) -> Vec<u8> {
        let mut encoder = GzBuilder::new().write(Vec::new(), Compression::new(6));
        let mut start = 0;
        for cut in self.1.iter().chain([&self.0.len()]) {
            // Writing to memory does not fail.
            let _ = encoder.write_all(&self.0[start..*cut]);
            if *cut < self.0.len() && *cut > start {
                let _ = encoder.flush();
            }
            start = *cut;
        }
        encoder.finish().unwrap_or_default()
    }
}

/// How many bytes of their beginning two words share, whole letters only.
fn shared(a: &str, b: &str) -> usize {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    same.map(|(letter, _)| letter.len_utf8()).sum()
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
        assert_eq!(bytes.word("école", "écoles"), b"s");
        assert_eq!(bytes.0, [6, 1]);
        // ë and é share a byte, but not a letter.
        assert_eq!(shared("aë", "aé"), 1);
    }
}
