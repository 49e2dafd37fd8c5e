//! Little integers and words that share their beginnings, as the browser reads them.

/// Bytes being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Bytes(pub(super) Vec<u8>);

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

    /// A word after another: the length of the beginning that they share, in bytes, the length of
    /// the rest, the rest.
    pub(super) fn word(&mut self, before: &str, word: &str) {
        let shared = shared(before, word);
        self.count(shared);
        self.count(word.len() - shared);
        self.0.extend_from_slice(&word.as_bytes()[shared..]);
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
        bytes.word("école", "écoles");
        assert_eq!(bytes.0, [6, 1, b's']);
        // ë and é share a byte, but not a letter.
        assert_eq!(shared("aë", "aé"), 1);
    }
}
