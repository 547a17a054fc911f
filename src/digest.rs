//! File names and checksums by sha256.

use hmac_sha256::Hash;

/// The first `bytes` bytes of the sha256 of the parts, in hexadecimal. A zero byte separates the parts, so that
/// `["a", "b"]` and `["ab"]` differ.
///
/// # Panics
/// When `bytes` is more than 32.
#[must_use]
pub fn hex(parts: &[&[u8]], bytes: usize) -> String {
    use std::fmt::Write;
    let mut hash = Hash::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            hash.update([0]);
        }
        hash.update(part);
    }
    let mut name = String::with_capacity(2 * bytes);
    for byte in &hash.finalize()[..bytes] {
        write!(name, "{byte:02x}").expect("a String takes every write");
    }
    name
}

/// The text with a checksum at its end, for cache entries: [`opened`] returns the text, or nothing when any bit of it
/// has changed.
#[must_use]
pub fn sealed(text: &str) -> String {
    format!("{text}\n{}\n", hex(&[text.as_bytes()], CHECKSUM))
}

/// The text that [`sealed`] was given, if it is whole.
#[must_use]
pub fn opened(sealed: &str) -> Option<&str> {
    let (text, checksum) = sealed.strip_suffix('\n')?.rsplit_once('\n')?;
    (hex(&[text.as_bytes()], CHECKSUM) == checksum).then_some(text)
}

/// Length of the checksum in bytes; this many do not match by chance.
const CHECKSUM: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_first_digits_of_the_sha256() {
        assert_eq!(hex(&[b""], 4), "e3b0c442");
        assert_eq!(hex(&[b"abc"], 32).len(), 64);
        assert!(hex(&[b"abc"], 32).starts_with("ba7816bf8f01cfea"));
        assert_ne!(hex(&[b"a", b"b"], 16), hex(&[b"ab"], 16));
    }

    #[test]
    fn a_changed_bit_is_seen() {
        let sealed = sealed("one\ntwo");
        assert_eq!(opened(&sealed), Some("one\ntwo"));
        for place in 0..sealed.len() {
            for bit in 0..8 {
                let mut bytes = sealed.clone().into_bytes();
                bytes[place] ^= 1 << bit;
                if let Ok(text) = std::str::from_utf8(&bytes) {
                    assert_eq!(opened(text), None, "{text:?}");
                }
            }
            assert_eq!(opened(&sealed[..place]), None);
        }
    }
}
