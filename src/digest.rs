//! File names and checksums by hashes.

use hmac_sha256::Hash;

/// The first `bytes` bytes of the sha256 of the parts, in hexadecimal. A zero byte separates the parts, so that
/// `["a", "b"]` and `["ab"]` differ.
///
/// # Panics
/// When `bytes` is more than 32.
#[must_use]
pub fn hex(parts: &[&[u8]], bytes: usize) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hash = Hash::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            hash.update([0]);
        }
        hash.update(part);
    }
    let bytes = &hash.finalize()[..bytes];
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
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

/// The bytes in base64url (RFC 4648) without padding.
#[must_use]
pub fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0, |bits, &byte| bits << 8 | u32::from(byte));
        let bits = bits << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let digit = bits >> (18 - 6 * place) & 63;
            text.push(char::from(DIGITS[digit as usize]));
        }
    }
    text
}

/// Eight characters for the text: the start of its sha256 in base64url. poetry, hatch and pipenv name environments so.
#[must_use]
pub fn eight_of_sha256(text: &str) -> String {
    eight(&Hash::hash(text.as_bytes()))
}

/// The same of its MD5, as pdm does.
#[must_use]
pub fn eight_of_md5(text: &str) -> String {
    eight(&md5(text.as_bytes()))
}

/// Eight characters are six bytes.
fn eight(bytes: &[u8]) -> String {
    base64url(&bytes[..6])
}

/// The constants of the 64 steps: the sine of each step's number, times 2³².
const SINES: [u32; 64] = [
    0xd76a_a478,
    0xe8c7_b756,
    0x2420_70db,
    0xc1bd_ceee,
    0xf57c_0faf,
    0x4787_c62a,
    0xa830_4613,
    0xfd46_9501,
    0x6980_98d8,
    0x8b44_f7af,
    0xffff_5bb1,
    0x895c_d7be,
    0x6b90_1122,
    0xfd98_7193,
    0xa679_438e,
    0x49b4_0821,
    0xf61e_2562,
    0xc040_b340,
    0x265e_5a51,
    0xe9b6_c7aa,
    0xd62f_105d,
    0x0244_1453,
    0xd8a1_e681,
    0xe7d3_fbc8,
    0x21e1_cde6,
    0xc337_07d6,
    0xf4d5_0d87,
    0x455a_14ed,
    0xa9e3_e905,
    0xfcef_a3f8,
    0x676f_02d9,
    0x8d2a_4c8a,
    0xfffa_3942,
    0x8771_f681,
    0x6d9d_6122,
    0xfde5_380c,
    0xa4be_ea44,
    0x4bde_cfa9,
    0xf6bb_4b60,
    0xbebf_bc70,
    0x289b_7ec6,
    0xeaa1_27fa,
    0xd4ef_3085,
    0x0488_1d05,
    0xd9d4_d039,
    0xe6db_99e5,
    0x1fa2_7cf8,
    0xc4ac_5665,
    0xf429_2244,
    0x432a_ff97,
    0xab94_23a7,
    0xfc93_a039,
    0x655b_59c3,
    0x8f0c_cc92,
    0xffef_f47d,
    0x8584_5dd1,
    0x6fa8_7e4f,
    0xfe2c_e6e0,
    0xa301_4314,
    0x4e08_11a1,
    0xf753_7e82,
    0xbd3a_f235,
    0x2ad7_d2bb,
    0xeb86_d391,
];

/// By how many bits the steps rotate, four to a round.
const ROTATIONS: [[u32; 4]; 4] = [
    [7, 12, 17, 22],
    [5, 9, 14, 20],
    [4, 11, 16, 23],
    [6, 10, 15, 21],
];

/// MD5 (RFC 1321), for names only: it protects nothing.
fn md5(message: &[u8]) -> [u8; 16] {
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize(padded.len().next_multiple_of(64), 0);
    if padded.len() < message.len() + 9 {
        padded.resize(padded.len() + 64, 0);
    }
    let bits = (message.len() as u64 * 8).to_le_bytes();
    let end = padded.len() - bits.len();
    padded[end..].copy_from_slice(&bits);
    let mut state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded.chunks_exact(64) {
        md5_block(&mut state, block);
    }
    let mut bytes = [0; 16];
    for (place, word) in bytes.chunks_exact_mut(4).zip(state) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    bytes
}

/// Mixes one block of 64 bytes into the state.
fn md5_block(state: &mut [u32; 4], block: &[u8]) {
    let words: Vec<u32> = block
        .chunks_exact(4)
        .map(|word| u32::from_le_bytes(word.try_into().expect("four bytes")))
        .collect();
    let [mut a, mut b, mut c, mut d] = *state;
    for step in 0..64 {
        let (round, mixed, word) = match step / 16 {
            0 => (0, (b & c) | (!b & d), step),
            1 => (1, (d & b) | (!d & c), 5 * step + 1),
            2 => (2, b ^ c ^ d, 3 * step + 5),
            _ => (3, c ^ (b | !d), 7 * step),
        };
        let sum = a
            .wrapping_add(mixed)
            .wrapping_add(SINES[step])
            .wrapping_add(words[word % 16]);
        let rotated = sum.rotate_left(ROTATIONS[round][step % 4]);
        (a, b, c, d) = (d, b.wrapping_add(rotated), b, c);
    }
    for (old, new) in state.iter_mut().zip([a, b, c, d]) {
        *old = old.wrapping_add(new);
    }
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
    fn eight_characters_are_six_bytes() {
        assert_eq!(eight_of_sha256(""), "47DEQpj8");
        assert_eq!(eight_of_md5(""), "1B2M2Y8A");
        assert_eq!(base64url(&[0xff; 6]), "________");
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

    /// RFC 1321, A.5.
    #[test]
    fn md5_is_that_of_the_rfc() {
        for (message, expect) in [
            ("", "d41d8cd98f00b204e9800998ecf8427e"),
            ("abc", "900150983cd24fb0d6963f7d28e17f72"),
            (
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                "d174ab98d277d9f5a5611c2c9f419d9f",
            ),
            (
                "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
                "57edf4a22be3c955ac49da2e2107b67a",
            ),
        ] {
            let hex: String = md5(message.as_bytes())
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            assert_eq!(hex, expect, "{message}");
        }
    }
}
