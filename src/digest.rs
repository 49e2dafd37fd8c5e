//! Digests of bytes: BLAKE3, 256 bits, cut short where they go into a file name.

use std::fmt;

/// The BLAKE3 digest of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// All 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }

    /// The first 8 hexadecimal digits, for file names such as `style.1a2b3c4d.css`.
    pub fn short(&self) -> String {
        self.hex()[..8].to_owned()
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// A number made of it: as good as chance, and always the same.
    pub fn number(&self) -> u64 {
        self.0.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// Reads what [`Digest::hex`] wrote.
    pub fn parse(hex: &str) -> Option<Self> {
        blake3::Hash::from_hex(hex).ok().map(|hash| Self(*hash.as_bytes()))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

/// How many bytes BLAKE3 is given at once: from so many on it uses the widest instructions that
/// there are.
const BATCH: usize = 16 * 1024;

/// Digests a sequence of parts so that no two different sequences look alike: each part goes in
/// with its length before it.
#[derive(Default)]
pub struct Digester {
    hasher: blake3::Hasher,
    /// Parts that the hasher has not had yet: most are short, and it is slow on those.
    waiting: Vec<u8>,
}

impl Digester {
    /// A digest of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one part.
    pub fn part(&mut self, bytes: &[u8]) -> &mut Self {
        self.waiting.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= BATCH {
            self.hasher.update(&self.waiting);
            self.waiting.clear();
        }
        self
    }

    /// The digest of all parts so far.
    pub fn finish(&mut self) -> Digest {
        self.hasher.update(&self.waiting);
        self.waiting.clear();
        Digest(*self.hasher.finalize().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        let ab_c = Digester::new().part(b"ab").part(b"c").finish();
        let a_bc = Digester::new().part(b"a").part(b"bc").finish();
        assert_ne!(ab_c, a_bc);
    }

    #[test]
    fn it_is_the_same_however_long_the_parts_are_and_whoever_looks_in_between() {
        let lengths = [0, 3, BATCH - 20, 1, 5, BATCH, 3 * BATCH + 1, 0];
        let parts = lengths.map(|length| vec![b'a'; length]);
        let (mut watched, mut unseen, mut bytes) = (Digester::new(), Digester::new(), Vec::new());
        for part in &parts {
            bytes.extend((part.len() as u64).to_le_bytes());
            bytes.extend(part);
            assert_eq!(watched.part(part).finish(), Digest::of(&bytes));
            unseen.part(part);
        }
        assert_eq!(unseen.finish(), Digest::of(&bytes));
    }

    #[test]
    fn a_digest_reads_back_from_its_hex() {
        let digest = Digest::of(b"autism");
        assert_eq!(Digest::parse(&digest.hex()), Some(digest));
        assert_eq!(Digest::parse("xyz"), None);
    }
}
